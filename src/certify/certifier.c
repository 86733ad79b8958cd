/* SPDX-License-Identifier: Apache-2.0
 *
 * The certifier from outside: settling what scoring leaves open, comparing rows for ranks, and exact values for
 * explanations. One thread at a time.
 */
#include <stdlib.h>

#include "certify/evaluate.h"

/* ---- life ---- */

/* Values worth remembering: several ops read them, or one op reads them at many rows. */
static void find_shared(const jl_plan *plan, bool *shared) {
    bool *read = shared + plan->n_values; /* the second half, while counting */
    for (size_t i = 0; i < plan->n_ops; i++) {
        const jl_op *op = &plan->ops[i];
        const uint32_t *args = jl_op_args(plan, op);
        const jl_form form = jl_op_row_of((jl_op_kind)op->kind)->form;
        for (size_t arg = 0; arg < op->n_args; arg++) {
            shared[args[arg]] =
                shared[args[arg]] || read[args[arg]] || form == JL_FORM_ORDER || (form == JL_FORM_GATHER && arg == 0);
            read[args[arg]] = true;
        }
        shared[op->out] = shared[op->out] || form == JL_FORM_REDUCE || plan->values[op->out].settled;
    }
}

jl_certifier *jl_certifier_new(jl_program *program) {
    jl_certifier *certifier = calloc(1, sizeof *certifier);
    if (certifier == NULL) {
        return NULL;
    }
    certifier->program = program;
    for (int level = 0; level < JL_LEVELS; level++) {
        certifier->rooms[level].precision = (mpfr_prec_t)JL_EXACT_FIRST_PRECISION << level;
    }
    certifier->shared = calloc(program->plan->n_values, 2 * sizeof(bool));
    if (certifier->shared == NULL) {
        jl_certifier_free(certifier);
        return NULL;
    }
    find_shared(program->plan, certifier->shared);
    return certifier;
}

void jl_certifier_free(jl_certifier *certifier) {
    if (certifier == NULL) {
        return;
    }
    for (int level = 0; level < JL_LEVELS; level++) {
        jl_room_free(&certifier->rooms[level]);
    }
    jl_memo_free(&certifier->memo);
    free(certifier->shared);
    free(certifier);
}

uint64_t jl_certifier_taken_as_equal(const jl_certifier *certifier) {
    return certifier->n_taken_as_equal;
}

static void empty_rooms(jl_certifier *certifier) {
    for (int level = 0; level < JL_LEVELS; level++) {
        jl_room_release(&certifier->rooms[level], 0);
    }
}

/* ---- settling ---- */

static jeoul_status settle(void *context, uint32_t op, uint32_t row, double *value_out, uint8_t *state_out) {
    jl_certifier *certifier = context;
    empty_rooms(certifier);
    const jl_op *settled = &certifier->program->plan->ops[op];
    jl_attempt attempt = {.op = settled, .row = row, .out = jl_room_take(&certifier->rooms[0]), .state_out = state_out};
    if (attempt.out == NULL) {
        return JEOUL_NO_MEMORY;
    }
    JL_TRY(jl_climb(certifier, &attempt));
    const jl_place place = {settled->out, row};
    if (certifier->shared[settled->out] &&
        !jl_memo_keep(&certifier->memo, place, attempt.level, attempt.out, *state_out)) {
        return JEOUL_NO_MEMORY;
    }
    *value_out = *state_out == JL_VALUE ? jl_exact_to_double(attempt.out) : 0.0;
    certifier->n_taken_as_equal += attempt.taken_as_equal;
    return JEOUL_OK;
}

static jeoul_status compare_at(jl_certifier *certifier, const jl_place places[2], int level, jl_order *order_out) {
    jl_exact *sides[2];
    for (size_t side = 0; side < 2; side++) {
        uint8_t state = JL_VALUE;
        sides[side] = jl_room_take(&certifier->rooms[level]);
        if (sides[side] == NULL) {
            return JEOUL_NO_MEMORY;
        }
        JL_TRY(jl_evaluate(certifier, places[side], level, sides[side], &state));
    }
    *order_out = jl_exact_compare(sides[0], sides[1]);
    return JEOUL_OK;
}

static jeoul_status compare(void *context, uint32_t value, uint32_t row_a, uint32_t row_b, int *order_out) {
    jl_certifier *certifier = context;
    const jl_place places[2] = {{value, row_a}, {value, row_b}};
    jl_order order = JL_OPEN;
    empty_rooms(certifier);
    for (int level = 0; level < JL_LEVELS && order == JL_OPEN; level++) {
        JL_TRY(compare_at(certifier, places, level, &order));
    }
    certifier->n_taken_as_equal += order == JL_OPEN;
    *order_out = order == JL_OPEN ? 0 : (int)order;
    return JEOUL_OK;
}

jl_settler jl_certifier_settler(jl_certifier *certifier) {
    return (jl_settler){.context = certifier, .settle = settle, .compare = compare};
}

/* ---- exact values ---- */

static int level_of(mpfr_prec_t precision) {
    int level = 0;
    while (level < JL_LAST_LEVEL && (mpfr_prec_t)JL_EXACT_FIRST_PRECISION << level < precision) {
        level++;
    }
    return level;
}

jeoul_status jl_certify_value(jl_certifier *certifier, uint32_t value, uint32_t row, mpfr_prec_t precision,
                              jl_exact *out, uint8_t *state_out) {
    const int level = level_of(precision);
    empty_rooms(certifier);
    jl_exact *x = jl_room_take(&certifier->rooms[level]);
    if (x == NULL) {
        return JEOUL_NO_MEMORY;
    }
    JL_TRY(jl_evaluate(certifier, (jl_place){value, row}, level, x, state_out));
    jl_exact_set(out, x);
    return JEOUL_OK;
}
