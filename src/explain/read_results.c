/* SPDX-License-Identifier: Apache-2.0
 *
 * What stands after the scorecard, read back: adjustments, values, gates, the total, ranks, ties and grades.
 */
#include "explain/read_back.h"

/* ---- adjustments ---- */

/* "1.25점", "(0.5 × 건수)점", "점수만큼". */
static jl_text read_points(jl_document *document, const jl_setting *setting) {
    const jl_ast *one = setting->n_arms == 1 ? setting->arms[0].formula : NULL;
    if (one == NULL) {
        return jl_setting_in_words(document, setting);
    }
    const bool is_name = one->kind == JL_AST_NAME || one->kind == JL_AST_QUALIFIED;
    return jl_said(document, is_name ? JL_SAY_POINTS_BY_NAME : JL_SAY_POINTS_OF,
                   JL_ARGS(jl_phrase_operand(&document->phraser, one)));
}

static jl_text read_item(jl_document *document, const jl_item *item) {
    const jl_text points = read_points(document, &item->points);
    const jl_text where = item->where == NULL ? (jl_text){NULL, 0} : jl_phrase(&document->phraser, item->where);
    jl_list list = {.between = JL_TEXT(", ")};
    if (item->each != JL_NONE) {
        jl_list_add(&list, jl_said(document, JL_SAY_ITEM_EACH,
                                   JL_ARGS(document->rulebook->tables[item->each].name, where, points)));
    } else {
        jl_list_add(&list, jl_said(document, JL_SAY_ITEM_FORMULA, JL_ARGS(where, points)));
    }
    if (item->once.length > 0) {
        jl_list_add(&list, jl_said(document, JL_SAY_ITEM_ONCE, JL_ARGS(item->once)));
    }
    if (item->cap != NULL) {
        jl_list_add(&list, jl_said(document, JL_SAY_ITEM_CAP, JL_ARGS(jl_phrase(&document->phraser, item->cap))));
    }
    if (item->missing.kind == JL_POLICY_FORMULA) {
        jl_list_add(&list, jl_said(document, JL_SAY_ITEM_MISSING,
                                   JL_ARGS(jl_policy_in_words(document, &item->missing, JL_POLICY_ERROR))));
    }
    return jl_list_end(document, &list);
}

static void read_limits(jl_document *document, const jl_limits *limits, size_t level) {
    if (limits->bonus.length > 0) {
        jl_say_line(document, level, JL_SAY_LIMIT_BONUS, JL_ARGS(limits->bonus));
    }
    if (limits->penalty.length > 0) {
        jl_say_line(document, level, JL_SAY_LIMIT_PENALTY, JL_ARGS(limits->penalty));
    }
    if (limits->low.length > 0 || limits->high.length > 0) {
        jl_say_line(document, level, JL_SAY_LIMIT_TOTAL, JL_ARGS(limits->low, limits->high));
    }
}

void jl_read_items_back(jl_document *document, const jl_adjustments *adjustments, size_t level) {
    for (size_t index = 0; index < adjustments->n_items; index++) {
        const jl_item *item = &adjustments->items[index];
        const jl_text kind = jl_said(document, item->penalty ? JL_SAY_ITEM_PENALTY : JL_SAY_ITEM_BONUS, NULL);
        jl_say_line(document, level, JL_SAY_READ_ITEM,
                    JL_ARGS(kind, jl_title_or_id(item->title, item->id), item->basis, read_item(document, item)));
    }
    read_limits(document, &adjustments->limits, level);
}

static void read_adjustments(jl_document *document) {
    const jl_adjustments *adjustments = &document->rulebook->adjustments;
    const jl_limits *limits = &adjustments->limits;
    if (adjustments->n_items > 0 || limits->low.length > 0 || limits->high.length > 0) {
        jl_begin_section(document, JL_SAY_SECTION_ADJUSTMENTS);
        jl_read_items_back(document, adjustments, 1);
    }
}

/* ---- values ---- */

static void read_values(jl_document *document) {
    if (document->rulebook->n_values == 0) {
        return;
    }
    jl_begin_section(document, JL_SAY_SECTION_VALUES);
    for (size_t index = 0; index < document->rulebook->n_values; index++) {
        const jl_named_value *value = &document->rulebook->values[index];
        jl_say_line(document, 1, JL_SAY_READ_NAMED,
                    JL_ARGS(jl_title_or_id(value->title, value->id), jl_setting_in_words(document, &value->formula)));
    }
}

/* ---- rank ---- */

static jl_text read_order(jl_document *document, const jl_rank_rule *rule) {
    const jl_rounding rounding = {.set = true, .digits = rule->by_digits, .mode = document->rulebook->round_total.mode};
    const jl_text what = rule->by == JL_BY_PUBLISHED ? jl_said(document, JL_SAY_BY_TOTAL, NULL)
                         : rule->by == JL_BY_RAW     ? jl_said(document, JL_SAY_BY_RAW_TOTAL, NULL)
                                                     : jl_said(document, JL_SAY_BY_ROUNDED_TOTAL,
                                                               JL_ARGS(jl_rounding_in_words(document, &rounding)));
    return jl_said(document, rule->low_is_best ? JL_SAY_ORDER_LOW : JL_SAY_ORDER_HIGH, JL_ARGS(what));
}

static void read_ties(jl_document *document, const jl_rank_rule *rule) {
    static const jl_sentence ties[] = {[JL_TIES_MIN] = JL_SAY_READ_TIES_MIN,
                                       [JL_TIES_MAX] = JL_SAY_READ_TIES_MAX,
                                       [JL_TIES_DENSE] = JL_SAY_READ_TIES_DENSE,
                                       [JL_TIES_AVERAGE] = JL_SAY_READ_TIES_AVERAGE};
    jl_list list = {.between = JL_TEXT(", ")};
    for (size_t index = 0; index < rule->n_then; index++) {
        jl_list_add(&list, jl_said(document, rule->then[index].low_first ? JL_SAY_THEN_LOW : JL_SAY_THEN_HIGH,
                                   JL_ARGS(jl_phrase(&document->phraser, rule->then[index].formula))));
    }
    if (rule->n_then > 0) {
        jl_say_line(document, 1, JL_SAY_READ_THEN, JL_ARGS(jl_list_end(document, &list)));
    }
    jl_say_line(document, 1, ties[rule->ties], NULL);
}

static void read_rank(jl_document *document) {
    const jl_rank_rule *rule = &document->rulebook->rank;
    if (!rule->set) {
        return;
    }
    const jl_text within = jl_said(document, rule->within_group ? JL_SAY_WITHIN_GROUP : JL_SAY_WITHIN_ALL, NULL);
    const jl_text where = rule->where == NULL ? (jl_text){NULL, 0} : jl_phrase(&document->phraser, rule->where);
    jl_say_line(document, 1, JL_SAY_READ_RANK, JL_ARGS(within, read_order(document, rule), where));
    read_ties(document, rule);
}

/* ---- grades ---- */

static jl_text grade_name(const jl_document *document, uint32_t grade) {
    return grade == JL_NONE ? jl_wording(document->phraser.language, JL_SAY_NO_GRADE)
                            : document->rulebook->grades[grade];
}

static jl_text list_cutoffs(jl_document *document, const jl_cutoff *cutoffs, size_t n, jl_sentence sentence) {
    jl_list list = {.between = JL_TEXT(", ")};
    for (size_t index = 0; index < n; index++) {
        jl_list_add(&list, jl_said(document, sentence,
                                   JL_ARGS(grade_name(document, cutoffs[index].grade),
                                           jl_phrase(&document->phraser, cutoffs[index].value))));
    }
    return jl_list_end(document, &list);
}

static void read_quota(jl_document *document, const jl_grade_rule *rule) {
    static const jl_sentence seats[] = {[JL_SEATS_CUMULATIVE_HALF_UP] = JL_SAY_SEATS_CUMULATIVE_HALF_UP,
                                        [JL_SEATS_CUMULATIVE_FLOOR] = JL_SAY_SEATS_CUMULATIVE_FLOOR,
                                        [JL_SEATS_CUMULATIVE_CEILING] = JL_SAY_SEATS_CUMULATIVE_CEILING,
                                        [JL_SEATS_EACH_HALF_UP] = JL_SAY_SEATS_EACH_HALF_UP,
                                        [JL_SEATS_LARGEST_REMAINDER] = JL_SAY_SEATS_LARGEST_REMAINDER};
    static const jl_sentence ties[] = {[JL_TIE_UP] = JL_SAY_TIE_AT_CUT_UP,
                                       [JL_TIE_DOWN] = JL_SAY_TIE_AT_CUT_DOWN,
                                       [JL_TIE_ERROR] = JL_SAY_TIE_AT_CUT_ERROR};
    const jl_text within = jl_said(document, rule->within_group ? JL_SAY_WITHIN_GROUP : JL_SAY_WITHIN_ALL, NULL);
    jl_say_line(document, 1, JL_SAY_READ_QUOTA,
                JL_ARGS(within, list_cutoffs(document, rule->quota, rule->n_quota, JL_SAY_QUOTA_SHARE)));
    jl_say_line(document, 1, seats[rule->seats], NULL);
    jl_say_line(document, 1, ties[rule->tie_at_cut], NULL);
    if (rule->heads.length > 0) {
        jl_say_line(document, 1, JL_SAY_QUOTA_HEADS, JL_ARGS(rule->heads));
    }
    if (rule->heads_all) {
        jl_say_line(document, 1, JL_SAY_QUOTA_HEADS_ALL, NULL);
    }
    for (size_t floor = 0; floor < rule->n_at_least; floor++) {
        jl_say_line(document, 1, JL_SAY_READ_FLOOR,
                    JL_ARGS(grade_name(document, rule->at_least[floor].grade),
                            jl_phrase(&document->phraser, rule->at_least[floor].value)));
    }
    if (rule->refill) {
        jl_say_line(document, 1, JL_SAY_QUOTA_REFILL, NULL);
    }
}

static void read_cutoffs(jl_document *document, const jl_grade_rule *rule) {
    const bool is_total = rule->of == JL_GRADE_TOTAL;
    const jl_text what = !is_total
                             ? jl_said(document, rule->by_value ? JL_SAY_CUTOFF_BY_VALUE : JL_SAY_CUTOFF_BY_SCORE, NULL)
                         : rule->by_value ? jl_said(document, JL_SAY_BY_RAW_TOTAL, NULL)
                                          : jl_said(document, JL_SAY_BY_TOTAL, NULL);
    jl_list list = {.between = JL_TEXT(", ")};
    jl_list_add(&list, list_cutoffs(document, rule->cutoffs, rule->n_cutoffs,
                                    rule->at_most ? JL_SAY_CUTOFF_TO : JL_SAY_CUTOFF_FROM));
    const bool is_open = rule->n_cutoffs > 0 && rule->otherwise == rule->cutoffs[rule->n_cutoffs - 1].grade;
    if (!is_open && (rule->at_most || rule->otherwise != JL_NONE)) {
        jl_list_add(&list, jl_said(document, JL_SAY_CUTOFF_REST, JL_ARGS(grade_name(document, rule->otherwise))));
    }
    jl_say_line(document, 1, is_total ? JL_SAY_READ_CUTOFFS : JL_SAY_READ_CUTOFFS_NODES,
                JL_ARGS(what, jl_list_end(document, &list)));
}

/* ---- gates ---- */

static void read_gate(jl_document *document, const jl_gate *gate) {
    static const jl_sentence unknown[] = {[JL_UNKNOWN_ERROR] = JL_SAY_GATE_UNKNOWN_ERROR,
                                          [JL_UNKNOWN_PASS] = JL_SAY_GATE_UNKNOWN_PASS,
                                          [JL_UNKNOWN_FAIL] = JL_SAY_GATE_UNKNOWN_FAIL};
    jl_list effect = {.between = JL_TEXT(" ")};
    jl_buffer down = {NULL, 0, 0, false};
    jl_buffer_format(&down, "%u", gate->down);
    const jl_text down_text = jl_phrase_keep(&document->phraser, &down);
    if (gate->cap != JL_NONE) {
        jl_list_add(&effect, jl_said(document, JL_SAY_READ_GATE_CAP, JL_ARGS(grade_name(document, gate->cap))));
    }
    if (gate->down > 0) {
        jl_list_add(&effect, jl_said(document, JL_SAY_READ_GATE_DOWN, JL_ARGS(down_text)));
    }
    jl_list_add(&effect, jl_said(document, unknown[gate->unknown], NULL));
    jl_say_line(document, 1, JL_SAY_READ_GATE,
                JL_ARGS(jl_title_or_id(gate->title, gate->id), jl_phrase(&document->phraser, gate->pass),
                        jl_list_end(document, &effect)));
}

void jl_read_results_back(jl_document *document) {
    const jl_rulebook *rulebook = document->rulebook;
    read_adjustments(document);
    read_values(document);
    jl_begin_section(document, JL_SAY_SECTION_RESULTS);
    jl_say_line(document, 1, JL_SAY_READ_TOTAL, JL_ARGS(jl_rounding_in_words(document, &rulebook->round_total)));
    read_rank(document);
    for (size_t index = 0; index < rulebook->n_grade_rules; index++) {
        const jl_grade_rule *rule = &rulebook->grade_rules[index];
        if (rule->n_quota > 0) {
            read_quota(document, rule);
        } else {
            read_cutoffs(document, rule);
        }
    }
    for (size_t gate = 0; gate < rulebook->n_gates; gate++) {
        read_gate(document, &rulebook->gates[gate]);
    }
}
