/* SPDX-License-Identifier: Apache-2.0
 *
 * REDUCE: one value per part. The values that count are copied side by side in key order and handed to the reducer;
 * states are dealt with here, in the same way as for lists.
 */
#include "score/view.h"

typedef struct part_reader {
    jl_view x, y, where;
    bool has_y, has_where;
    double *x_values, *y_values, *scratch;
} part_reader;

typedef struct part_states {
    size_t n;      /* values that count */
    bool is_empty; /* no rows */
    uint8_t strongest, worst;
} part_states;

static size_t longest_part(const jl_space *space) {
    size_t longest = 0;
    for (size_t part = 0; part < space->n; part++) {
        const size_t n_rows = space->first[part + 1] - space->first[part];
        longest = n_rows > longest ? n_rows : longest;
    }
    return longest;
}

static bool prepare(jl_program *program, const jl_op *op, part_reader *reader) {
    const uint32_t *args = jl_op_args(program->plan, op);
    const size_t longest = longest_part(&program->spaces[op->shape]);
    reader->has_y = jl_op_row_of((jl_op_kind)op->kind)->n_args == 2;
    reader->has_where = op->has_where;
    reader->x = jl_view_of(program, args[1]);
    reader->y = reader->has_y ? jl_view_of(program, args[2]) : reader->x;
    reader->where = jl_view_of(program, args[op->n_args - 1]);
    reader->x_values = jl_arena_array(program->arena, longest + 1, sizeof(double));
    reader->y_values = jl_arena_array(program->arena, longest + 1, sizeof(double));
    reader->scratch = jl_arena_array(program->arena, 2 * longest + 16, sizeof(double));
    return reader->x_values != NULL && reader->y_values != NULL && reader->scratch != NULL;
}

static part_states read_part(part_reader *reader, const jl_space *space, size_t part, uint8_t mask) {
    part_states states = {.is_empty = true};
    for (uint32_t place = space->first[part]; place < space->first[part + 1]; place++) {
        const uint32_t row = space->order[place];
        if (reader->has_where && !jl_view_keeps(&reader->where, row)) {
            /* An unknown condition leaves the row out; an undefined one leaves the result undefined. */
            const bool is_undefined = jl_view_state(&reader->where, row) == JL_UNDEFINED;
            states.strongest = is_undefined ? (uint8_t)JL_UNDEFINED : states.strongest;
            continue;
        }
        uint8_t state = jl_view_state(&reader->x, row);
        state = reader->has_y ? jl_stronger(state, jl_view_state(&reader->y, row)) : state;
        states.is_empty = false;
        states.strongest = jl_stronger(states.strongest, state);
        states.worst = (mask & JL_STATE_BIT(state)) != 0 ? jl_stronger(states.worst, state) : states.worst;
        if (state == JL_VALUE) {
            reader->x_values[states.n] = jl_view_number(&reader->x, row);
            reader->y_values[states.n++] = reader->has_y ? jl_view_number(&reader->y, row) : 0.0;
        }
    }
    return states;
}

jeoul_status jl_run_reduce(jl_program *program, const jl_op *op) {
    const jl_space *space = &program->spaces[op->shape];
    const jl_register out = program->columns[op->out];
    const uint32_t index = (uint32_t)(op - program->plan->ops);
    part_reader reader;
    if (!prepare(program, op, &reader)) {
        return JEOUL_NO_MEMORY;
    }
    for (size_t part = 0; part < space->n; part++) {
        const part_states states = read_part(&reader, space, part, op->p.mask);
        bool near = false;
        out.v[part] = 0.0;
        out.s[part] =
            jl_reduction_state((jl_op_kind)op->kind, &op->p, states.n, states.is_empty, states.strongest, states.worst);
        if (out.s[part] == JL_VALUE) {
            const jl_segment segment = {&op->p, reader.x_values, reader.has_y ? reader.y_values : NULL, states.n};
            out.s[part] = jl_op_row_of((jl_op_kind)op->kind)->reducer(&segment, reader.scratch, &out.v[part], &near);
        }
        if (near && program->settler.settle != NULL) {
            program->n_settled++;
            JL_TRY(
                program->settler.settle(program->settler.context, index, (uint32_t)part, &out.v[part], &out.s[part]));
        }
    }
    return JEOUL_OK;
}
