/* SPDX-License-Identifier: Apache-2.0
 *
 * The scorecard of one entity as parts: each node with its weight, score and points, its formula worked out, what its
 * policies and its rounding did, and its children below it.
 */
#include "explain/explainer.h"

jl_part *jl_part_new(jl_explainer *explainer, jl_part_kind kind) {
    jl_part *part = jl_arena_alloc(explainer->arena, sizeof *part);
    if (part == NULL) {
        jl_explain_fail(explainer, JEOUL_NO_MEMORY);
        part = &explainer->spare;
        *part = (jl_part){.kind = kind};
    }
    part->kind = kind;
    part->node = JL_NONE;
    return part;
}

void jl_part_add(const jl_explainer *explainer, jl_part *parent, jl_part *child) {
    if (explainer->status != JEOUL_OK) {
        return; /* one of them may be the spare part, which must not become its own sibling */
    }
    if (parent->last == NULL) {
        parent->first = child;
    } else {
        parent->last->next = child;
    }
    parent->last = child;
}

/* ---- names and figures ---- */

static jl_part_kind kind_of(const jl_node *rule) {
    static const jl_part_kind kinds[] = {[JL_NODE_AREA] = JL_PART_AREA,
                                         [JL_NODE_INDICATOR] = JL_PART_INDICATOR,
                                         [JL_NODE_SHEET] = JL_PART_SHEET,
                                         [JL_NODE_ROW] = JL_PART_ROW};
    return kinds[rule->kind];
}

static void name_part(jl_explainer *explainer, const jl_node *rule, jl_part *part) {
    part->id = rule->id;
    part->title = rule->title.length > 0 ? rule->title : rule->id;
    part->basis = rule->basis;
    part->span = rule->span;
    if (rule->kind == JL_NODE_ROW) {
        jl_buffer id = {NULL, 0, 0, false};
        jl_buffer_add(&id, explainer->rulebook->nodes[rule->parent].id);
        jl_buffer_char(&id, '/');
        jl_buffer_add(&id, jl_row_key(explainer, rule->each, part->row));
        part->id = jl_keep(explainer, &id);
        part->title = jl_row_title(explainer, rule->each, part->row);
        part->basis = (jl_text){NULL, 0};
    }
}

static uint8_t state_at(const jl_explainer *explainer, uint32_t value, uint32_t row) {
    double number;
    uint8_t state = JL_MISSING;
    return jl_program_read(explainer->program, value, row, &number, &state) ? state : (uint8_t)JL_MISSING;
}

static jl_text grade_at(const jl_explainer *explainer, uint32_t value, uint32_t row) {
    double grade = 0.0;
    uint8_t state = JL_MISSING;
    const bool has_grade = value != 0 && jl_program_read(explainer->program, value, row, &grade, &state) &&
                           state == JL_VALUE && (size_t)grade < explainer->rulebook->n_grades;
    return has_grade ? explainer->rulebook->grades[(size_t)grade] : (jl_text){NULL, 0};
}

static void fill_figures(jl_explainer *explainer, const jl_plan_node *known, jl_part *part) {
    const jl_node *rule = &explainer->rulebook->nodes[part->node];
    part->state = state_at(explainer, known->score, part->row);
    if (rule->weight.n_arms > 0) {
        part->own_weight = jl_figure_text(explainer, known->weight, part->row);
    }
    part->value = jl_settled_text(explainer, known->published_value, part->row);
    if (known->value != 0 && explainer->plan->values[known->value].column != NULL) {
        part->unit = explainer->plan->values[known->value].column->unit;
    }
    part->score = jl_settled_text(explainer, known->published_score, part->row);
    part->grade = grade_at(explainer, known->grade, part->row);
    if (part->state == JL_VALUE) {
        part->weight = jl_settled_text(explainer, known->published_effective, part->row);
        part->points = jl_settled_text(explainer, known->published_points, part->row);
        part->unadjusted = jl_settled_text(explainer, known->published_unadjusted, part->row);
    }
}

/* ---- formulas ---- */

static void work_out_formulas(jl_explainer *explainer, const jl_plan_node *known, jl_part *part) {
    const jl_trace *score = jl_trace_for(explainer, known->traces, known->n_traces);
    const jl_trace *value = jl_trace_for(explainer, known->value_traces, known->n_value_traces);
    const bool is_value = score != NULL && value != NULL && score->source->kind == JL_AST_NAME &&
                          jl_text_equal(score->source->text, JL_TEXT("value"));
    if (is_value || known->value_traces == known->traces) {
        part->formula = jl_work_out(explainer, is_value ? value : score, part->row, &part->notes);
        return;
    }
    part->value_formula = jl_work_out(explainer, value, part->row, &part->notes);
    part->formula = jl_work_out(explainer, score, part->row, &part->notes);
}

/* What a rounded value was before; empty if it is no result of a rounding. */
static jl_text find_unrounded(jl_explainer *explainer, uint32_t value, uint32_t row) {
    const jl_value *rounded = &explainer->plan->values[value];
    const jl_op *op = rounded->origin == JL_ORIGIN_OP ? &explainer->plan->ops[rounded->source] : NULL;
    uint8_t state;
    const bool found = op != NULL && op->kind == JL_OP_ROUND &&
                       jl_evaluate_into(explainer, jl_op_args(explainer->plan, op)[0], row, &explainer->number, &state);
    return found ? jl_short_text(explainer, &explainer->number) : (jl_text){NULL, 0};
}

static void explain_rounding(jl_explainer *explainer, const jl_plan_node *known, jl_part *part) {
    const jl_node *rule = &explainer->rulebook->nodes[part->node];
    if (rule->round_score.set) {
        const jl_text before = find_unrounded(explainer, known->rounded, part->row);
        part->formula.result = before.length > 0 ? before : part->formula.result;
    }
    const jl_text before = rule->round_points.set && part->points.length > 0
                               ? find_unrounded(explainer, known->points, part->row)
                               : (jl_text){NULL, 0};
    const jl_text after = jl_figure_text(explainer, known->points, part->row);
    if (before.length > 0 && !jl_text_equal(before, after)) {
        jl_buffer words = {NULL, 0, 0, false};
        jl_say_rounding(&words, explainer->language, rule->round_points.digits, rule->round_points.mode);
        const jl_text args[JL_SAY_MOST] = {before, after, jl_keep(explainer, &words)};
        jl_note_say(explainer, &part->notes, JL_SAY_POINTS_ROUNDED, args);
    }
}

/* A sheet shows the formula that all its rows share. */
static void show_formula_of_rows(jl_explainer *explainer, jl_part *part) {
    const jl_plan_node *row = &explainer->plan->nodes[explainer->rulebook->nodes[part->node].first_child];
    const jl_trace *score = jl_trace_for(explainer, row->traces, row->n_traces);
    const jl_trace *value = jl_trace_for(explainer, row->value_traces, row->n_value_traces);
    if (score != NULL) {
        part->formula.written = jl_formula_written(explainer, score->source);
        part->formula.span = score->source->span;
    }
    if (value != NULL && row->value_traces != row->traces) {
        part->value_formula.written = jl_formula_written(explainer, value->source);
        part->value_formula.span = value->source->span;
    }
}

static void note_combination(jl_explainer *explainer, const jl_node *rule, jl_part *part) {
    static const jl_sentence combinations[] = {[JL_COMBINE_SUM] = JL_SAY_COMBINE_SUM,
                                               [JL_COMBINE_GEOMETRIC] = JL_SAY_COMBINE_GEOMETRIC,
                                               [JL_COMBINE_HARMONIC] = JL_SAY_COMBINE_HARMONIC,
                                               [JL_COMBINE_POWER] = JL_SAY_COMBINE_POWER,
                                               [JL_COMBINE_MEDIAN] = JL_SAY_COMBINE_MEDIAN,
                                               [JL_COMBINE_MIN] = JL_SAY_COMBINE_MIN,
                                               [JL_COMBINE_MAX] = JL_SAY_COMBINE_MAX};
    if (rule->score.n_arms == 0 && rule->combine != JL_COMBINE_MEAN) {
        const jl_text args[JL_SAY_MOST] = {rule->power};
        jl_note_say(explainer, &part->notes, combinations[rule->combine], args);
    }
}

/* ---- children ---- */

static void add_rows(jl_explainer *explainer, const jl_node *rule, const jl_plan_node *known, jl_part *part) {
    const jl_row_list rows = jl_rows_as_given(explainer, known->rows);
    size_t n_left_out = 0;
    for (size_t index = 0; index < rows.n && explainer->status == JEOUL_OK; index++) {
        if (jl_row_counts(explainer->program, known, rows.rows[index])) {
            jl_part_add(explainer, part, jl_part_of_node(explainer, rule->first_child, rows.rows[index]));
        } else {
            n_left_out++;
        }
    }
    if (n_left_out > 0) {
        const jl_text args[JL_SAY_MOST] = {jl_count_text(explainer, n_left_out)};
        jl_note_say(explainer, &part->notes, JL_SAY_ROWS_LEFT_OUT, args);
    }
    show_formula_of_rows(explainer, part);
}

static void add_children(jl_explainer *explainer, const jl_node *rule, const jl_plan_node *known, jl_part *part) {
    if (rule->kind == JL_NODE_SHEET) {
        add_rows(explainer, rule, known, part);
        return;
    }
    for (uint32_t child = rule->first_child; child != JL_NONE && explainer->status == JEOUL_OK;
         child = explainer->rulebook->nodes[child].next_sibling) {
        jl_part_add(explainer, part, jl_part_of_node(explainer, child, explainer->entity));
    }
}

static void add_items(jl_explainer *explainer, jl_part *part) {
    for (uint32_t item = 0; item < explainer->plan->n_items; item++) {
        if (explainer->plan->items[item].node == part->node) {
            jl_part_add(explainer, part, jl_part_of_item(explainer, item));
        }
    }
}

jl_part *jl_part_of_node(jl_explainer *explainer, uint32_t node, uint32_t row) {
    const jl_node *rule = &explainer->rulebook->nodes[node];
    const jl_plan_node *known = &explainer->plan->nodes[node];
    jl_part *part = jl_part_new(explainer, kind_of(rule));
    part->node = node;
    part->row = row;
    name_part(explainer, rule, part);
    fill_figures(explainer, known, part);
    work_out_formulas(explainer, known, part);
    explain_rounding(explainer, known, part);
    jl_explain_policy(explainer, part);
    if (rule->first_child != JL_NONE) {
        note_combination(explainer, rule, part);
        add_children(explainer, rule, known, part);
        jl_explain_redistribution(explainer, part);
    }
    if (rule->kind != JL_NODE_ROW) {
        add_items(explainer, part);
        jl_add_changes(explainer, node, part);
    }
    return part;
}
