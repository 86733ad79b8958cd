/* SPDX-License-Identifier: Apache-2.0
 *
 * The scorecard read back: each node numbered as in a manual, its weight per group, how it is scored, and what is done
 * when it cannot be. What most nodes share is said once at the top, and a node says only what is different about it.
 */
#include "explain/read_back.h"

#define MOST_DEPTH 32

/* What is done with states and with digits. */
enum { WHEN_MISSING, WHEN_NOT_APPLICABLE, WHEN_NOT_DUE, WHEN_UNDEFINED, ROUND_SCORE, ROUND_POINTS, N_CLAUSES };

typedef struct jl_clauses {
    jl_text texts[N_CLAUSES];
} jl_clauses;

typedef struct jl_outline {
    jl_document *document;
    unsigned numbers[MOST_DEPTH];
    jl_clauses common, common_area; /* of most indicators, of most areas; empty where there is no such node */
} jl_outline;

static bool is_leaf(const jl_node *rule) {
    return rule->kind == JL_NODE_INDICATOR || rule->kind == JL_NODE_ROW;
}

/* ---- states and rounding ---- */

static jl_text say_rounding(jl_document *document, jl_sentence sentence, jl_sentence without,
                            const jl_rounding *rounding) {
    return rounding->set ? jl_said(document, sentence, JL_ARGS(jl_rounding_in_words(document, rounding)))
                         : jl_said(document, without, NULL);
}

static jl_clauses read_clauses(jl_document *document, const jl_node *rule) {
    const struct {
        const jl_policy *policy;
        jl_policy_kind standard;
        jl_sentence sentence;
    } policies[] = {{&rule->missing, JL_POLICY_ERROR, JL_SAY_IF_MISSING},
                    {&rule->not_applicable, JL_POLICY_REDISTRIBUTE, JL_SAY_IF_NOT_APPLICABLE},
                    {&rule->not_due, JL_POLICY_REDISTRIBUTE, JL_SAY_IF_NOT_DUE},
                    {&rule->undefined, JL_POLICY_ERROR, JL_SAY_IF_UNDEFINED}};
    jl_clauses clauses;
    for (size_t index = 0; index < JL_COUNT(policies); index++) {
        const jl_text answer = jl_policy_in_words(document, policies[index].policy, policies[index].standard);
        clauses.texts[index] = jl_said(document, policies[index].sentence, JL_ARGS(answer));
    }
    clauses.texts[ROUND_SCORE] =
        say_rounding(document, JL_SAY_SCORE_ROUNDED, JL_SAY_SCORE_NOT_ROUNDED, &rule->round_score);
    clauses.texts[ROUND_POINTS] =
        say_rounding(document, JL_SAY_POINTS_ARE_ROUNDED, JL_SAY_POINTS_NOT_ROUNDED, &rule->round_points);
    return clauses;
}

/* The text that most of `n` clauses have. */
static jl_text find_most_frequent(const jl_clauses *all, size_t n, size_t clause) {
    size_t most = 0;
    jl_text frequent = {NULL, 0};
    for (size_t index = 0; index < n && most * 2 <= n; index++) {
        size_t n_same = 0;
        for (size_t other = 0; other < n; other++) {
            n_same += jl_text_equal(all[index].texts[clause], all[other].texts[clause]);
        }
        if (n_same > most) {
            most = n_same;
            frequent = all[index].texts[clause];
        }
    }
    return frequent;
}

static jl_clauses find_common(jl_document *document, bool of_leaves) {
    const jl_rulebook *rulebook = document->rulebook;
    jl_clauses *all = jl_arena_array(document->phraser.arena, rulebook->n_nodes, sizeof *all);
    jl_clauses common = {.texts = {{NULL, 0}}};
    size_t n = 0;
    if (all == NULL) {
        document->phraser.status = JEOUL_NO_MEMORY;
        return common;
    }
    for (size_t node = of_leaves ? 0 : 1; node < rulebook->n_nodes; node++) {
        if (is_leaf(&rulebook->nodes[node]) == of_leaves) {
            all[n++] = read_clauses(document, &rulebook->nodes[node]);
        }
    }
    for (size_t clause = 0; clause < N_CLAUSES; clause++) {
        common.texts[clause] = find_most_frequent(all, n, clause);
    }
    return common;
}

/* The clauses that are not among those said before; NULL: all that say something is done. */
static jl_text list_clauses(jl_document *document, const jl_clauses *clauses, const jl_clauses *said) {
    jl_list list = {.between = jl_wording(document->phraser.language, JL_SAY_READ_AND_THEN)};
    const jl_text idle[] = {jl_said(document, JL_SAY_SCORE_NOT_ROUNDED, NULL),
                            jl_said(document, JL_SAY_POINTS_NOT_ROUNDED, NULL)};
    for (size_t clause = 0; clause < N_CLAUSES; clause++) {
        const jl_text text = clauses->texts[clause];
        const bool is_idle = jl_text_equal(text, idle[0]) || jl_text_equal(text, idle[1]);
        if (said == NULL ? !is_idle : !jl_text_equal(text, said->texts[clause])) {
            jl_list_add(&list, text);
        }
    }
    return jl_list_end(document, &list);
}

/* ---- how a node is scored ---- */

static bool is_bare_name(const jl_ast *ast, const char *name) {
    return ast->kind == JL_AST_NAME && jl_text_equal(ast->text, jl_text_of(name));
}

/* The one formula of a setting; NULL: none, or one per group. */
static const jl_ast *single_formula(const jl_setting *setting) {
    return setting->n_arms == 1 && setting->arms[0].group.length == 0 ? setting->arms[0].formula : NULL;
}

static jl_text read_formula(jl_document *document, const jl_node *rule, const jl_ast *score) {
    const jl_scale *scale = jl_scale_of_call(document->rulebook, score);
    const jl_ast *value = single_formula(&rule->value);
    if (scale != NULL && score->n_children == 1) {
        const bool of_value = is_bare_name(score->children[0], "value") && value != NULL;
        const jl_text what = jl_phrase(&document->phraser, of_value ? value : score->children[0]);
        return jl_said(document, JL_SAY_READ_SCORE_SCALE,
                       JL_ARGS(what, scale->name, jl_scale_in_words(document, scale)));
    }
    if (is_bare_name(score, "value")) {
        return jl_said(document, JL_SAY_READ_SCORE_VALUE, NULL);
    }
    const bool is_name = score->kind == JL_AST_NAME || score->kind == JL_AST_QUALIFIED;
    return jl_said(document, is_name ? JL_SAY_READ_SCORE_COLUMN : JL_SAY_READ_SCORE,
                   JL_ARGS(jl_phrase(&document->phraser, score)));
}

/* Whether the sentence of the score says the value already: by its name, or as what a scale is given. */
static bool says_value(const jl_document *document, const jl_node *rule) {
    const jl_ast *score = single_formula(&rule->score);
    const bool is_scaled = score != NULL && jl_scale_of_call(document->rulebook, score) != NULL &&
                           score->n_children == 1 && is_bare_name(score->children[0], "value") &&
                           single_formula(&rule->value) != NULL;
    return is_scaled || (document->phraser.value != NULL && rule->score.n_arms > 0);
}

static void read_scores(jl_document *document, const jl_node *rule, size_t level) {
    for (size_t index = 0; index < rule->score.n_arms; index++) {
        const jl_arm *arm = &rule->score.arms[index];
        const jl_text sentence = arm->formula == NULL ? jl_said(document, JL_SAY_READ_GROUP_NONE, NULL)
                                                      : read_formula(document, rule, arm->formula);
        if (arm->group.length > 0) {
            jl_say_line(document, level, JL_SAY_READ_FOR_GROUP, JL_ARGS(arm->group, sentence));
        } else {
            jl_put_line(document, level, sentence);
        }
    }
    if (rule->score.n_arms == 0 && is_leaf(rule)) {
        const bool has_value = rule->value.n_arms > 0;
        jl_say_line(document, level, has_value ? JL_SAY_READ_SCORE_VALUE : JL_SAY_READ_SCORE_COLUMN, JL_ARGS(rule->id));
    }
}

static void read_combination(jl_document *document, const jl_node *rule, size_t level) {
    static const jl_sentence combinations[] = {[JL_COMBINE_SUM] = JL_SAY_COMBINE_SUM,
                                               [JL_COMBINE_GEOMETRIC] = JL_SAY_COMBINE_GEOMETRIC,
                                               [JL_COMBINE_HARMONIC] = JL_SAY_COMBINE_HARMONIC,
                                               [JL_COMBINE_POWER] = JL_SAY_COMBINE_POWER,
                                               [JL_COMBINE_MEDIAN] = JL_SAY_COMBINE_MEDIAN,
                                               [JL_COMBINE_MIN] = JL_SAY_COMBINE_MIN,
                                               [JL_COMBINE_MAX] = JL_SAY_COMBINE_MAX};
    if (!is_leaf(rule) && rule->score.n_arms == 0 && rule->combine != JL_COMBINE_MEAN) {
        const jl_text how = jl_said(document, combinations[rule->combine], JL_ARGS(rule->power));
        jl_say_line(document, level, JL_SAY_READ_COMBINED, JL_ARGS(how));
    }
}

static void read_scoring(jl_document *document, const jl_node *rule, size_t level) {
    const jl_ast *value = single_formula(&rule->value);
    const bool is_name = value != NULL && (value->kind == JL_AST_NAME || value->kind == JL_AST_QUALIFIED);
    document->phraser.value = is_name ? value : NULL;
    if (rule->applies != NULL) {
        jl_say_line(document, level, JL_SAY_READ_APPLIES, JL_ARGS(jl_phrase(&document->phraser, rule->applies)));
    }
    if (rule->value.n_arms > 0 && !says_value(document, rule)) {
        jl_say_line(document, level, JL_SAY_READ_VALUE, JL_ARGS(jl_setting_in_words(document, &rule->value)));
    }
    if (rule->impute.n_arms > 0) {
        jl_say_line(document, level, JL_SAY_READ_IMPUTE, JL_ARGS(jl_setting_in_words(document, &rule->impute)));
    }
    read_scores(document, rule, level);
    read_combination(document, rule, level);
    document->phraser.value = NULL;
}

/* ---- nodes ---- */

static void read_weight_total(jl_document *document, const jl_node *rule, size_t level) {
    static const jl_sentence totals[] = {[JL_WEIGHTS_100] = JL_SAY_READ_WEIGHTS_100,
                                         [JL_WEIGHTS_1] = JL_SAY_READ_WEIGHTS_1,
                                         [JL_WEIGHTS_FREE] = JL_SAY_READ_WEIGHTS_FREE};
    if (!is_leaf(rule) && rule->weight_total != JL_WEIGHTS_PARENT) {
        jl_say_line(document, level, totals[rule->weight_total], NULL);
    }
}

/* "4.1.2": numbers down to the depth of a node. */
static jl_text number_of(jl_outline *outline, size_t depth) {
    jl_buffer text = {NULL, 0, 0, false};
    jl_buffer_format(&text, "%u", outline->document->n_sections);
    for (size_t level = 1; level <= depth && level < MOST_DEPTH; level++) {
        jl_buffer_format(&text, ".%u", outline->numbers[level]);
    }
    return jl_phrase_keep(&outline->document->phraser, &text);
}

static void read_handling(jl_outline *outline, const jl_node *rule, size_t level) {
    const jl_clauses clauses = read_clauses(outline->document, rule);
    const jl_text different =
        list_clauses(outline->document, &clauses, is_leaf(rule) ? &outline->common : &outline->common_area);
    if (different.length > 0) {
        jl_say_line(outline->document, level, JL_SAY_READ_HANDLING, JL_ARGS(different));
    }
}

/* The rows of a sheet have no heading of their own. */
static void read_rows(jl_outline *outline, const jl_node *sheet, size_t level) {
    jl_document *document = outline->document;
    const jl_node *row = &document->rulebook->nodes[sheet->first_child];
    const jl_text where = sheet->where == NULL ? (jl_text){NULL, 0} : jl_phrase(&document->phraser, sheet->where);
    jl_say_line(document, level, JL_SAY_READ_SHEET, JL_ARGS(document->rulebook->tables[sheet->each].name, where));
    if (row->weight.n_arms > 0) {
        jl_say_line(document, level, JL_SAY_READ_ROW_WEIGHT, JL_ARGS(jl_setting_in_words(document, &row->weight)));
    }
    read_scoring(document, row, level);
    read_handling(outline, row, level);
}

static void read_heading(jl_outline *outline, const jl_node *rule) {
    jl_document *document = outline->document;
    const bool has_title = rule->title.length > 0 && !jl_text_equal(rule->title, rule->id);
    jl_say_line(document, rule->depth, JL_SAY_READ_NODE,
                JL_ARGS(number_of(outline, rule->depth), jl_title_or_id(rule->title, rule->id),
                        has_title ? rule->id : (jl_text){NULL, 0}, jl_setting_in_words(document, &rule->weight)));
}

static void read_adjustments(jl_document *document, const jl_node *rule, size_t level) {
    if (rule->adjustments != NULL) {
        jl_read_items_back(document, rule->adjustments, level);
        jl_say_line(document, level, rule->over_full ? JL_SAY_AREA_OVER_FULL : JL_SAY_AREA_WITHIN_FULL, NULL);
    }
}

static void read_node(jl_outline *outline, const jl_node *rule) {
    jl_document *document = outline->document;
    const size_t level = rule->depth + 2;
    if (rule->depth < MOST_DEPTH) {
        outline->numbers[rule->depth]++;
    }
    if (rule->depth + 1 < MOST_DEPTH) {
        outline->numbers[rule->depth + 1] = 0;
    }
    read_heading(outline, rule);
    if (rule->basis.length > 0) {
        jl_say_line(document, level, JL_SAY_READ_NODE_BASIS, JL_ARGS(rule->basis));
    }
    read_weight_total(document, rule, level);
    read_scoring(document, rule, level);
    read_handling(outline, rule, level);
    if (rule->kind == JL_NODE_SHEET) {
        read_rows(outline, rule, level);
    }
    read_adjustments(document, rule, level);
}

static void read_root(jl_outline *outline) {
    jl_document *document = outline->document;
    const jl_node *root = &document->rulebook->nodes[0];
    const jl_text full = root->weight.n_arms > 0 ? jl_setting_in_words(document, &root->weight) : JL_TEXT("100");
    jl_say_line(document, 1, JL_SAY_READ_FULL_MARK, JL_ARGS(full));
    if (!is_leaf(root)) {
        jl_say_line(document, 1, JL_SAY_READ_POINTS, NULL);
    }
    if (outline->common.texts[0].length > 0) {
        jl_say_line(document, 1, JL_SAY_READ_COMMON, JL_ARGS(list_clauses(document, &outline->common, NULL)));
    }
    if (outline->common_area.texts[0].length > 0) {
        jl_say_line(document, 1, JL_SAY_READ_COMMON_AREA, JL_ARGS(list_clauses(document, &outline->common_area, NULL)));
    }
    read_weight_total(document, root, 1);
    read_scoring(document, root, 1);
    if (root->kind == JL_NODE_SHEET) {
        read_rows(outline, root, 1);
    }
}

void jl_read_scorecard_back(jl_document *document) {
    jl_outline outline = {.document = document};
    jl_begin_section(document, JL_SAY_SECTION_SCORECARD);
    outline.common = find_common(document, true);
    outline.common_area = find_common(document, false);
    read_root(&outline);
    for (size_t node = 1; node < document->rulebook->n_nodes; node++) {
        if (document->rulebook->nodes[node].kind != JL_NODE_ROW) {
            read_node(&outline, &document->rulebook->nodes[node]);
        }
    }
}
