/* SPDX-License-Identifier: Apache-2.0
 *
 * REDUCE and LIST: the exact values that count (of the rows of a part, or of the elements of a list) go to the exact
 * reducer. Values with a state are left out; what their states mean for the result is scoring's rule,
 * jl_reduction_state.
 */
#include <stdlib.h>

#include "certify/evaluate.h"
#include "score/view.h"

typedef struct collection {
    void *memory;
    const jl_exact **x, **y;
    uint32_t *scratch; /* 3 per value, for the reducer */
    size_t n;          /* values that count */
    uint8_t strongest; /* state among the rows or elements, whether they count or not */
    uint8_t worst;     /* the same among the states in p.mask */
    bool is_empty;     /* no rows at all */
} collection;

static bool make_collection(collection *values, size_t capacity) {
    const size_t size = 2 * sizeof(const jl_exact *) + 3 * sizeof(uint32_t);
    memset(values, 0, sizeof *values);
    values->is_empty = true;
    values->memory = capacity > SIZE_MAX / size - 1 ? NULL : malloc((capacity + 1) * size);
    if (values->memory == NULL) {
        return false;
    }
    values->x = values->memory;
    values->y = values->x + capacity;
    values->scratch = (uint32_t *)(void *)(values->y + capacity);
    return true;
}

/* The value of an operand in `*x_out`, which stays taken. */
static jeoul_status take(jl_certifier *certifier, const jl_attempt *attempt, jl_place place, const jl_exact **x_out,
                         uint8_t *state) {
    uint8_t own_state = JL_VALUE;
    jl_exact *x = jl_room_take(&certifier->rooms[attempt->level]);
    if (x == NULL) {
        return JEOUL_NO_MEMORY;
    }
    *x_out = x;
    JL_TRY(jl_evaluate(certifier, place, attempt->level, x, &own_state));
    *state = jl_stronger(*state, own_state);
    return JEOUL_OK;
}

/* Adds a value, with its weight or position if `y` is not NULL, unless one of the two has a state. */
static jeoul_status add(jl_certifier *certifier, const jl_attempt *attempt, collection *values, jl_place x,
                        const jl_place *y) {
    jl_room *room = &certifier->rooms[attempt->level];
    const size_t used = room->used;
    uint8_t state = JL_VALUE;
    JL_TRY(take(certifier, attempt, x, &values->x[values->n], &state));
    if (y != NULL) {
        JL_TRY(take(certifier, attempt, *y, &values->y[values->n], &state));
    }
    values->is_empty = false;
    values->strongest = jl_stronger(values->strongest, state);
    if ((attempt->op->p.mask & JL_STATE_BIT(state)) != 0) {
        values->worst = jl_stronger(values->worst, state);
    }
    if (state == JL_VALUE) {
        values->n++;
    } else {
        jl_room_release(room, used);
    }
    return JEOUL_OK;
}

static void reduce(jl_attempt *attempt, jl_op_kind reducer, const collection *values, mpfr_prec_t precision) {
    const jl_parameters *p = &attempt->op->p;
    *attempt->state_out = jl_reduction_state(reducer, p, values->n, values->is_empty, values->strongest, values->worst);
    if (*attempt->state_out != JL_VALUE) {
        jl_exact_set_integer(attempt->out, 0);
        attempt->closed = true;
        return;
    }
    const jl_exact_segment segment = {.p = p,
                                      .x = values->x,
                                      .y = values->y,
                                      .n = values->n,
                                      .scratch = values->scratch,
                                      .precision = precision,
                                      .last = attempt->level == JL_LAST_LEVEL,
                                      .taken_as_equal = &attempt->taken_as_equal};
    attempt->closed = jl_op_row_of(reducer)->exact_reducer(&segment, attempt->out, attempt->state_out);
}

/* ---- the rows of a part ---- */

jeoul_status jl_keeps_row(jl_certifier *certifier, const jl_op *op, uint32_t row, bool *keeps_out,
                          uint8_t *state_out) {
    const jl_plan *plan = certifier->program->plan;
    jl_room *room = &certifier->rooms[0];
    const size_t used = room->used;
    *keeps_out = true;
    *state_out = JL_VALUE;
    if (!op->has_where) {
        return JEOUL_OK;
    }
    jl_exact *truth = jl_room_take(room);
    if (truth == NULL) {
        return JEOUL_NO_MEMORY;
    }
    JL_TRY(jl_evaluate(certifier, jl_operand_place(plan, jl_op_args(plan, op)[op->n_args - 1], row), 0, truth, state_out));
    *keeps_out = jl_is_true(truth, *state_out);
    jl_room_release(room, used);
    return JEOUL_OK;
}

static jeoul_status collect_part(jl_certifier *certifier, const jl_attempt *attempt, collection *values) {
    const jl_plan *plan = certifier->program->plan;
    const jl_op *op = attempt->op;
    const jl_space *space = &certifier->program->spaces[op->shape];
    const uint32_t *args = jl_op_args(plan, op);
    const bool has_y = jl_op_row_of((jl_op_kind)op->kind)->n_args == 2;
    for (uint32_t place = space->first[attempt->row]; place < space->first[attempt->row + 1]; place++) {
        const uint32_t row = space->order[place];
        const jl_place y = has_y ? jl_operand_place(plan, args[2], row) : (jl_place){0, 0};
        bool keeps = false;
        uint8_t where_state = JL_VALUE;
        JL_TRY(jl_keeps_row(certifier, op, row, &keeps, &where_state));
        if (where_state == JL_UNDEFINED) {
            values->strongest = JL_UNDEFINED;
        } else if (keeps) {
            JL_TRY(add(certifier, attempt, values, jl_operand_place(plan, args[1], row), has_y ? &y : NULL));
        }
    }
    return JEOUL_OK;
}

jeoul_status jl_attempt_reduce(jl_certifier *certifier, jl_attempt *attempt) {
    const jl_space *space = &certifier->program->spaces[attempt->op->shape];
    jl_room *room = &certifier->rooms[attempt->level];
    const size_t used = room->used;
    collection values;
    if (!make_collection(&values, space->first[attempt->row + 1] - space->first[attempt->row])) {
        return JEOUL_NO_MEMORY;
    }
    const jeoul_status status = collect_part(certifier, attempt, &values);
    if (status == JEOUL_OK) {
        reduce(attempt, (jl_op_kind)attempt->op->kind, &values, room->precision);
        jl_room_release(room, used);
    }
    free(values.memory);
    return status;
}

/* ---- the elements of a list ---- */

static jeoul_status collect_list(jl_certifier *certifier, const jl_attempt *attempt, collection *values) {
    const jl_plan *plan = certifier->program->plan;
    const uint32_t *args = jl_op_args(plan, attempt->op);
    const bool has_y = jl_op_row_of((jl_op_kind)attempt->op->p.reducer)->n_args == 2;
    const size_t n = has_y ? attempt->op->n_args / 2 : attempt->op->n_args;
    for (size_t element = 0; element < n; element++) {
        const jl_place x = jl_operand_place(plan, args[element], attempt->row);
        const jl_place y = has_y ? jl_operand_place(plan, args[n + element], attempt->row) : x;
        JL_TRY(add(certifier, attempt, values, x, has_y ? &y : NULL));
    }
    return JEOUL_OK;
}

jeoul_status jl_attempt_list(jl_certifier *certifier, jl_attempt *attempt) {
    jl_room *room = &certifier->rooms[attempt->level];
    const size_t used = room->used;
    collection values;
    if (!make_collection(&values, attempt->op->n_args)) {
        return JEOUL_NO_MEMORY;
    }
    const jeoul_status status = collect_list(certifier, attempt, &values);
    if (status == JEOUL_OK) {
        reduce(attempt, (jl_op_kind)attempt->op->p.reducer, &values, room->precision);
        jl_room_release(room, used);
    }
    free(values.memory);
    return status;
}
