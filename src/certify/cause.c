/* SPDX-License-Identifier: Apache-2.0
 *
 * Why a value has a state: down from the value to the op where the state arose. At each op the first operand that
 * counts and has the same state is followed; where none has it, the op itself is the cause.
 */
#include "certify/evaluate.h"

/* A place with its state and, for conditions, its value (level 0). */
typedef struct reading {
    jl_exact *x;
    uint8_t state;
} reading;

static jeoul_status read_place(jl_certifier *certifier, jl_place place, reading *out) {
    if (out->x == NULL && (out->x = jl_room_take(&certifier->rooms[0])) == NULL) {
        return JEOUL_NO_MEMORY;
    }
    return jl_evaluate(certifier, place, 0, out->x, &out->state);
}

/* Moves *place to the first operand of a row op that counts and has the state. */
static jeoul_status find_operand(jl_certifier *certifier, const jl_op *op, uint8_t state, jl_place *place,
                                 bool *found_out) {
    const jl_plan *plan = certifier->program->plan;
    reading first = {NULL, JL_VALUE}, other = {NULL, JL_VALUE};
    for (size_t arg = 0; arg < op->n_args && !*found_out; arg++) {
        const jl_place operand = jl_operand_place(plan, jl_op_args(plan, op)[arg], place->row);
        reading *operand_reading = arg == 0 ? &first : &other;
        if (!jl_operand_counts((jl_op_kind)op->kind, arg, first.x, first.state)) {
            continue;
        }
        JL_TRY(read_place(certifier, operand, operand_reading));
        if (operand_reading->state == state) {
            *place = operand;
            *found_out = true;
        }
    }
    return JEOUL_OK;
}

/* The first row of a part that counts and has the state, in its value or its weight. */
static jeoul_status find_row(jl_certifier *certifier, const jl_op *op, uint8_t state, jl_place *place,
                             bool *found_out) {
    const jl_plan *plan = certifier->program->plan;
    const jl_space *space = &certifier->program->spaces[op->shape];
    const uint32_t *args = jl_op_args(plan, op);
    const size_t n_columns = (size_t)jl_op_row_of((jl_op_kind)op->kind)->n_args;
    const uint32_t part = place->row;
    reading column = {NULL, JL_VALUE};
    for (uint32_t i = space->first[part]; i < space->first[part + 1] && !*found_out; i++) {
        bool keeps = false;
        uint8_t where_state = JL_VALUE;
        JL_TRY(jl_keeps_row(certifier, op, space->order[i], &keeps, &where_state));
        for (size_t arg = 1; keeps && arg <= n_columns && !*found_out; arg++) {
            const jl_place operand = jl_operand_place(plan, args[arg], space->order[i]);
            JL_TRY(read_place(certifier, operand, &column));
            if (column.state == state) {
                *place = operand;
                *found_out = true;
            }
        }
    }
    return JEOUL_OK;
}

/* What a GATHER reads, or why its index leads nowhere. */
static jeoul_status find_source(jl_certifier *certifier, const jl_op *op, uint8_t state, jl_place *place,
                                bool *found_out) {
    jl_place source = *place;
    reading column = {NULL, JL_VALUE};
    bool found = false;
    JL_TRY(jl_follow_index(certifier, op, place->row, &found, &source));
    if (!found) {
        return JEOUL_OK;
    }
    JL_TRY(read_place(certifier, source, &column));
    if (column.state == state) {
        *place = source;
        *found_out = true;
    }
    return JEOUL_OK;
}

static jeoul_status go_down(jl_certifier *certifier, const jl_op *op, uint8_t state, jl_place *place, bool *found_out) {
    *found_out = false;
    switch (jl_op_row_of((jl_op_kind)op->kind)->form) {
    case JL_FORM_ROW: return find_operand(certifier, op, state, place, found_out);
    case JL_FORM_REDUCE: return find_row(certifier, op, state, place, found_out);
    case JL_FORM_GATHER: return find_source(certifier, op, state, place, found_out);
    case JL_FORM_LOOKUP:
    case JL_FORM_PARTITION:
    case JL_FORM_ORDER: break;
    }
    return JEOUL_OK;
}

jeoul_status jl_certify_cause(jl_certifier *certifier, uint32_t value, uint32_t row, uint32_t *op_out,
                              uint32_t *op_row_out) {
    const jl_plan *plan = certifier->program->plan;
    jl_place place = {value, row};
    reading top = {NULL, JL_VALUE};
    for (int level = 0; level < JL_LEVELS; level++) {
        jl_room_release(&certifier->rooms[level], 0);
    }
    JL_TRY(read_place(certifier, place, &top));
    while (plan->values[place.value].origin == JL_ORIGIN_OP) {
        const uint32_t op = plan->values[place.value].source;
        const size_t used = certifier->rooms[0].used;
        bool found = false;
        JL_TRY(go_down(certifier, &plan->ops[op], top.state, &place, &found));
        jl_room_release(&certifier->rooms[0], used);
        if (!found) {
            *op_out = op;
            *op_row_out = place.row;
            return JEOUL_OK;
        }
    }
    *op_out = JL_NONE;
    *op_row_out = place.row;
    return JEOUL_OK;
}
