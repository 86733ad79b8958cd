/* SPDX-License-Identifier: Apache-2.0
 *
 * How nodes of the scorecard and rows of its sheets are called.
 */
#include "report/frame.h"

static bool is_entity_key(const jl_rulebook *rulebook, jl_text name) {
    const jl_table_rule *entities = &rulebook->tables[rulebook->entities];
    for (size_t key = 0; key < entities->n_keys; key++) {
        if (jl_text_equal(entities->columns[key].name, name)) {
            return true;
        }
    }
    return false;
}

void jl_print_row_key(const jl_outcome *outcome, uint32_t table, uint32_t row, jl_buffer *buffer) {
    const jl_rulebook *rulebook = outcome->program->plan->rulebook;
    const jl_table_rule *rule = &rulebook->tables[table];
    bool is_first = true;
    for (uint32_t key = 0; key < rule->n_keys; key++) {
        if (is_entity_key(rulebook, rule->columns[key].name)) {
            continue;
        }
        jl_buffer_add(buffer, is_first ? (jl_text){NULL, 0} : JL_TEXT("/"));
        jl_table_print_cell(outcome->program->data, table, key, row, buffer);
        is_first = false;
    }
}

/* ---- names ---- */

/* SHEET/key of the row. */
static void put_row_id(const jl_outcome *outcome, const jl_node *rule, uint32_t row, jl_frame *frame) {
    jl_buffer text = {NULL, 0, 0, false};
    jl_buffer_add(&text, outcome->program->plan->rulebook->nodes[rule->parent].id);
    jl_buffer_char(&text, '/');
    jl_print_row_key(outcome, rule->each, row, &text);
    jl_frame_put_built(frame, &text);
}

/* The display name of the row, if its table has one. */
static void put_row_title(const jl_outcome *outcome, const jl_node *rule, uint32_t row, jl_frame *frame) {
    const jl_table_rule *table = &outcome->program->plan->rulebook->tables[rule->each];
    const uint32_t column = table->title_column.length > 0 ? jl_table_column(table, table->title_column) : JL_NONE;
    jl_buffer text = {NULL, 0, 0, false};
    if (column != JL_NONE) {
        jl_table_print_cell(outcome->program->data, rule->each, column, row, &text);
    } else {
        jl_print_row_key(outcome, rule->each, row, &text);
    }
    jl_frame_put_built(frame, &text);
}

void jl_put_node_name(const jl_outcome *outcome, uint32_t node, size_t row, jl_frame *frame) {
    const jl_node *rule = &outcome->program->plan->rulebook->nodes[node];
    if (rule->kind == JL_NODE_ROW) {
        put_row_id(outcome, rule, (uint32_t)row, frame);
        put_row_title(outcome, rule, (uint32_t)row, frame);
    } else {
        jl_frame_put_text(frame, rule->id);
        jl_frame_put_text(frame, rule->title.length > 0 ? rule->title : rule->id);
    }
}
