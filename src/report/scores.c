/* SPDX-License-Identifier: Apache-2.0
 *
 * The scores frame: one row per entity and node of the scorecard, and per row of its sheets. The key columns of the
 * entity table come first under their own names, so that the file can be a table of another rulebook; where a column
 * beside them would have the name of one of them, it is prefixed.
 *
 * A state says why a node had no score of its own; the score beside it is what the policy answered, if it did.
 */
#include "report/frame.h"

static const jl_text NODE_COLUMNS[JL_N_NODE_COLUMNS] = {
    {"node", 4},  {"title", 5},  {"level", 5},  {"state", 5}, {"value", 5},
    {"score", 5}, {"weight", 6}, {"points", 6}, {"grade", 5},
};

/* The place of one row of the frame: a node at an entity, or at a row of the entity's sheet. */
typedef struct spot {
    const jl_outcome *outcome;
    size_t entity;
    uint32_t node;
    size_t row; /* of the node's shape */
} spot;

/* The name of a column beside the keys; data NULL: no memory. */
static jl_text name_apart(const jl_table_rule *entities, jl_text name, jl_arena *arena) {
    for (size_t key = 0; key < entities->n_keys && name.data != NULL; key++) {
        if (!jl_text_equal(entities->columns[key].name, name)) continue;
        return name_apart(entities, jl_arena_format(arena, "jeoul_%.*s", JL_TEXT_ARG(name)), arena);
    }
    return name;
}

jeoul_status jl_open_scores(const jl_outcome *outcome, bool beside_keys, jl_frame *frame_out) {
    const jl_rulebook *rulebook = outcome->program->plan->rulebook;
    const jl_table_rule *entities = &rulebook->tables[rulebook->entities];
    const size_t n_columns = entities->n_keys + JL_N_NODE_COLUMNS;
    JL_TRY(jl_frame_open(frame_out, NULL, n_columns));
    jl_text *names = jl_arena_array(frame_out->arena, n_columns, sizeof *names);
    if (names == NULL) return JEOUL_NO_MEMORY;
    for (size_t key = 0; key < entities->n_keys; key++) names[key] = entities->columns[key].name;
    for (size_t i = 0; i < JL_N_NODE_COLUMNS; i++) {
        const jl_text name = beside_keys ? name_apart(entities, NODE_COLUMNS[i], frame_out->arena) : NODE_COLUMNS[i];
        if (name.data == NULL) return JEOUL_NO_MEMORY;
        names[entities->n_keys + i] = name;
    }
    frame_out->names = names;
    return JEOUL_OK;
}

/* ---- the cells of a row ---- */

static void put_keys(const spot *here, jl_frame *frame) {
    const jl_rulebook *rulebook = here->outcome->program->plan->rulebook;
    const size_t n_keys = rulebook->tables[rulebook->entities].n_keys;
    if (n_keys == 1) {
        jl_frame_put_text(frame, jl_text_of(here->outcome->entities[here->entity]));
        return;
    }
    for (uint32_t key = 0; key < n_keys; key++) {
        jl_buffer text = {NULL, 0, 0, false};
        jl_table_print_cell(here->outcome->program->data, rulebook->entities, key, here->entity, &text);
        jl_frame_put_built(frame, &text);
    }
}

static void put_state(const spot *here, const jl_plan_node *node, jl_frame *frame) {
    const uint8_t state = jl_node_state(here->outcome->program, node, here->row);
    jl_frame_put_text(frame, jl_text_of(state == JL_VALUE ? "" : jl_state_word_of(state)));
}

static jeoul_status put_value(const spot *here, const jl_plan_node *node, jl_frame *frame) {
    const jl_plan *plan = here->outcome->program->plan;
    if (node->value == 0 || jl_value_is_number(plan, node->value)) {
        const int digits = plan->rulebook->nodes[here->node].digits;
        jl_put_published(here->outcome, node->published_value, here->row, digits, frame);
        return JEOUL_OK;
    }
    jl_buffer text = {NULL, 0, 0, false};
    bool has_value;
    const jeoul_status status = jl_outcome_print(here->outcome, node->value, here->row, &has_value, &text);
    jl_frame_put_built(frame, &text);
    return status;
}

static jeoul_status add_spot(const spot *here, jl_frame *frame) {
    const jl_plan *plan = here->outcome->program->plan;
    const jl_plan_node *node = &plan->nodes[here->node];
    put_keys(here, frame);
    jl_put_node_name(here->outcome, here->node, here->row, frame);
    jl_frame_put_integer(frame, (int64_t)plan->rulebook->nodes[here->node].depth);
    put_state(here, node, frame);
    JL_TRY(put_value(here, node, frame));
    jl_put_published(here->outcome, node->published_score, here->row, node->score_digits, frame);
    jl_put_published(here->outcome, node->published_effective, here->row, JL_LEDGER_DIGITS, frame);
    jl_put_published(here->outcome, node->published_points, here->row, node->points_digits, frame);
    jl_put_grade(here->outcome, node->grade, here->row, frame);
    return JEOUL_OK;
}

/* ---- the rows of an entity ---- */

static jeoul_status add_sheet_rows(const spot *here, uint32_t sheet, jl_frame *frame) {
    const jl_program *program = here->outcome->program;
    const jl_plan_node *known = &program->plan->nodes[sheet];
    const jl_row_list list = jl_rows_of(program, known->rows, (uint32_t)here->entity);
    for (size_t i = 0; i < list.n; i++) {
        const spot at_row = {here->outcome, here->entity, here->node, list.rows[i]};
        if (jl_row_counts(program, known, list.rows[i])) JL_TRY(add_spot(&at_row, frame));
    }
    return JEOUL_OK;
}

/* The root is the evaluation itself, whose figures are the entity's; it has a row if the rulebook gives it an id. */
static bool is_shown(const jl_rulebook *rulebook, uint32_t node) {
    return node != 0 || !jl_text_equal(rulebook->nodes[0].id, JL_TEXT("total"));
}

/* Nodes stand in the order of the rulebook, rows behind their sheet. */
jeoul_status jl_add_scores(const jl_outcome *outcome, size_t entity, jl_frame *frame) {
    const jl_rulebook *rulebook = outcome->program->plan->rulebook;
    for (uint32_t node = 0; node < rulebook->n_nodes; node++) {
        const spot here = {outcome, entity, node, entity};
        if (rulebook->nodes[node].kind == JL_NODE_ROW) {
            JL_TRY(add_sheet_rows(&here, rulebook->nodes[node].parent, frame));
        } else if (is_shown(rulebook, node)) {
            JL_TRY(add_spot(&here, frame));
        }
    }
    return frame->failed ? JEOUL_NO_MEMORY : JEOUL_OK;
}
