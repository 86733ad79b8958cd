/* SPDX-License-Identifier: Apache-2.0
 *
 * Adjustments as parts: a formula worked out, or the entity's rows of the table one by one, counted or not; then the
 * cap. And those lines of the ledger that are no node and no item: what rounding and limits of a node change.
 */
#include "explain/explainer.h"

/* ---- rows of the table ---- */

/* What a row says in words: its texts and choices that are no keys. */
static jl_text describe_row(jl_explainer *explainer, uint32_t table, uint32_t row) {
    const jl_table_rule *rule = &explainer->rulebook->tables[table];
    jl_buffer text = {NULL, 0, 0, false};
    jl_buffer_add(&text, jl_row_title(explainer, table, row));
    for (uint32_t column = (uint32_t)rule->n_keys; column < rule->n_columns; column++) {
        const jl_column_rule *known = &rule->columns[column];
        const bool is_words = known->type == JL_COLUMN_TEXT || known->type == JL_COLUMN_CHOICE;
        const jl_column *cells = &explainer->data->tables[table].columns[column];
        const bool is_there = cells->present && (cells->states == NULL || cells->states[row] == JL_VALUE);
        if (is_words && is_there && !jl_text_equal(known->name, rule->title_column)) {
            jl_buffer_add(&text, text.length > 0 ? JL_TEXT(" · ") : (jl_text){NULL, 0});
            jl_table_print_cell(explainer->data, table, column, row, &text);
        }
    }
    return jl_keep(explainer, &text);
}

static bool is_true(const jl_explainer *explainer, uint32_t value, uint32_t row) {
    double truth = 0.0;
    uint8_t state = JL_MISSING;
    const bool is_constant = explainer->plan->values[value].shape == JL_SHAPE_CONSTANT;
    return jl_program_read(explainer->program, value, is_constant ? 0 : row, &truth, &state) && state == JL_VALUE &&
           truth != 0.0;
}

static void add_entry(jl_explainer *explainer, const jl_plan_item *item, uint32_t row, jl_part *part) {
    jl_part *entry = jl_part_new(explainer, JL_PART_ENTRY);
    uint8_t state;
    entry->row = row;
    entry->id = jl_row_key(explainer, item->rule->each, row);
    entry->title = describe_row(explainer, item->rule->each, row);
    entry->failed = !is_true(explainer, item->row_counts, row);
    if (jl_evaluate_into(explainer, item->row_points, row, &explainer->number, &state)) {
        entry->points = jl_short_text(explainer, &explainer->number);
    }
    entry->state = state;
    if (entry->failed) {
        const jl_text args[JL_SAY_MOST] = {state == JL_VALUE ? item->rule->once : jl_state_text(explainer, state)};
        jl_note_say(explainer, &entry->notes, state == JL_VALUE ? JL_SAY_ONCE_ONLY : JL_SAY_ENTRY_UNKNOWN, args);
    } else {
        const jl_trace *trace = jl_trace_for(explainer, item->traces, item->n_traces);
        entry->formula = jl_work_out(explainer, trace, row, &entry->notes);
    }
    jl_part_add(explainer, part, entry);
}

/* Rows that the item's `where` leaves to other items are not its own. */
static void add_entries(jl_explainer *explainer, const jl_plan_item *item, jl_part *part) {
    const jl_row_list rows = jl_rows_as_given(explainer, item->rows);
    for (size_t index = 0; index < rows.n && explainer->status == JEOUL_OK; index++) {
        uint8_t state = JL_MISSING;
        double points;
        (void)jl_program_read(explainer->program, item->row_points, rows.rows[index], &points, &state);
        if (state != JL_NOT_APPLICABLE && state != JL_NOT_DUE) {
            add_entry(explainer, item, rows.rows[index], part);
        }
    }
}

/* ---- items ---- */

static jl_text print_cap(jl_explainer *explainer, const jl_ast *cap) {
    return cap == NULL ? (jl_text){NULL, 0} : jl_formula_written(explainer, cap);
}

jl_part *jl_part_of_item(jl_explainer *explainer, uint32_t index) {
    const jl_plan_item *item = &explainer->plan->items[index];
    const jl_item *rule = item->rule;
    jl_part *part = jl_part_new(explainer, JL_PART_ITEM);
    part->id = rule->id;
    part->title = rule->title.length > 0 ? rule->title : rule->id;
    part->basis = rule->basis;
    part->span = rule->span;
    part->penalty = rule->penalty;
    part->points = jl_settled_text(explainer, item->published_capped, explainer->entity);
    part->cap = print_cap(explainer, rule->cap);
    if (rule->each == JL_NONE) {
        const jl_trace *trace = jl_trace_for(explainer, item->traces, item->n_traces);
        part->formula = jl_work_out(explainer, trace, explainer->entity, &part->notes);
    } else {
        add_entries(explainer, item, part);
        const jl_trace *trace = jl_trace_for(explainer, item->traces, item->n_traces);
        part->formula.written = trace == NULL ? (jl_text){NULL, 0} : jl_formula_written(explainer, trace->source);
    }
    const jl_text raw = jl_settled_text(explainer, item->published_raw, explainer->entity);
    if (!jl_text_equal(raw, part->points)) {
        const jl_text args[JL_SAY_MOST] = {part->cap, raw, part->points};
        jl_note_say(explainer, &part->notes, JL_SAY_CAPPED, args);
    }
    return part;
}

/* ---- changes ---- */

static const struct change {
    jl_line_kind kind;
    const char *name;
    jl_sentence title;
} changes[] = {{JL_LINE_NODE_ROUNDING, "rounding", JL_SAY_LINE_ROUNDING},
               {JL_LINE_AREA_LIMIT, "area_limit", JL_SAY_LINE_AREA_LIMIT},
               {JL_LINE_BONUS_LIMIT, "bonus_limit", JL_SAY_LINE_BONUS_LIMIT},
               {JL_LINE_PENALTY_LIMIT, "penalty_limit", JL_SAY_LINE_PENALTY_LIMIT}};

static void add_change(jl_explainer *explainer, const jl_line *line, jl_part *part) {
    for (size_t index = 0; index < JL_COUNT(changes); index++) {
        if (changes[index].kind == line->kind) {
            jl_part *change = jl_part_new(explainer, JL_PART_CHANGE);
            change->change = changes[index].name;
            change->title = jl_wording(explainer->language, changes[index].title);
            change->points = jl_points_text(explainer, line->points);
            jl_part_add(explainer, part, change);
        }
    }
}

void jl_add_changes(jl_explainer *explainer, uint32_t node, jl_part *part) {
    const jl_ledger *ledger = &explainer->out.ledger;
    for (size_t line = 0; line < ledger->n_lines; line++) {
        if (ledger->lines[line].node == node) {
            add_change(explainer, &ledger->lines[line], part);
        }
    }
}
