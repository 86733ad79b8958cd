/* SPDX-License-Identifier: Apache-2.0
 *
 * Exact meanings of comparisons, three-valued logic and states. Truths are the rationals 0 and 1. An operand that is
 * not taken takes its state away with it, so these meanings look at states first and at values only where they count.
 */
#include "op/functions.h"

static bool answer_truth(jl_exact *out, uint8_t *state_out, bool truth) {
    jl_exact_set_integer(out, truth);
    *state_out = JL_VALUE;
    return true;
}

/* Operand `arg` as it is, state included. */
static bool answer_operand(const jl_exact_row *row, size_t arg, jl_exact *out, uint8_t *state_out) {
    if (row->states[arg] != JL_VALUE) {
        return jl_exact_answer_state(out, state_out, row->states[arg]);
    }
    jl_exact_set(out, row->args[arg]);
    *state_out = JL_VALUE;
    return true;
}

static bool is_true(const jl_exact_row *row, size_t arg) {
    return row->states[arg] == JL_VALUE && jl_exact_sign(row->args[arg]) != JL_EQUAL;
}

static bool is_false(const jl_exact_row *row, size_t arg) {
    return row->states[arg] == JL_VALUE && jl_exact_sign(row->args[arg]) == JL_EQUAL;
}

static bool is_in_mask(const jl_exact_row *row, size_t arg) {
    return (row->p->mask & JL_STATE_BIT(row->states[arg])) != 0;
}

/* ---- comparison ---- */

/* True where the order of the two operands is one of `orders`. */
static bool answer_order(const jl_exact_row *row, jl_order order_a, jl_order order_b, jl_exact *out,
                         uint8_t *state_out) {
    jl_order order = JL_OPEN;
    if (jl_exact_row_has_state(row, out, state_out)) {
        return true;
    }
    if (!jl_exact_decide(row->args[0], row->args[1], row->last, row->taken_as_equal, &order)) {
        return false;
    }
    return answer_truth(out, state_out, order == order_a || order == order_b);
}

bool jl_meaning_eq(const jl_exact_row *row, jl_exact *out, uint8_t *state_out) {
    return answer_order(row, JL_EQUAL, JL_EQUAL, out, state_out);
}

bool jl_meaning_lt(const jl_exact_row *row, jl_exact *out, uint8_t *state_out) {
    return answer_order(row, JL_LESS, JL_LESS, out, state_out);
}

bool jl_meaning_le(const jl_exact_row *row, jl_exact *out, uint8_t *state_out) {
    return answer_order(row, JL_LESS, JL_EQUAL, out, state_out);
}

bool jl_meaning_code_eq(const jl_exact_row *row, jl_exact *out, uint8_t *state_out) {
    return answer_order(row, JL_EQUAL, JL_EQUAL, out, state_out);
}

/* ---- logic ---- */

bool jl_meaning_not(const jl_exact_row *row, jl_exact *out, uint8_t *state_out) {
    return jl_exact_row_has_state(row, out, state_out) || answer_truth(out, state_out, is_false(row, 0));
}

bool jl_meaning_and(const jl_exact_row *row, jl_exact *out, uint8_t *state_out) {
    if (is_false(row, 0) || is_false(row, 1)) {
        return answer_truth(out, state_out, false);
    }
    return jl_exact_row_has_state(row, out, state_out) || answer_truth(out, state_out, true);
}

bool jl_meaning_or(const jl_exact_row *row, jl_exact *out, uint8_t *state_out) {
    if (is_true(row, 0) || is_true(row, 1)) {
        return answer_truth(out, state_out, true);
    }
    return jl_exact_row_has_state(row, out, state_out) || answer_truth(out, state_out, false);
}

bool jl_meaning_if(const jl_exact_row *row, jl_exact *out, uint8_t *state_out) {
    if (row->states[0] != JL_VALUE) {
        return answer_operand(row, 0, out, state_out);
    }
    return answer_operand(row, is_true(row, 0) ? 1 : 2, out, state_out);
}

bool jl_meaning_first(const jl_exact_row *row, jl_exact *out, uint8_t *state_out) {
    for (size_t arg = 0; arg < row->n_args; arg++) {
        if (row->states[arg] == JL_VALUE) {
            return answer_operand(row, arg, out, state_out);
        }
    }
    return jl_exact_row_has_state(row, out, state_out);
}

bool jl_meaning_known(const jl_exact_row *row, jl_exact *out, uint8_t *state_out) {
    return answer_truth(out, state_out, row->states[0] == JL_VALUE);
}

/* ---- states ---- */

/* (condition, x): x where the condition holds, `otherwise` where it does not, the state of an unknown condition. */
static bool answer_if(const jl_exact_row *row, jl_state otherwise, jl_exact *out, uint8_t *state_out) {
    if (is_false(row, 0)) {
        return jl_exact_answer_state(out, state_out, (uint8_t)otherwise);
    }
    return answer_operand(row, is_true(row, 0) ? 1 : 0, out, state_out);
}

bool jl_meaning_require(const jl_exact_row *row, jl_exact *out, uint8_t *state_out) {
    return answer_if(row, JL_UNDEFINED, out, state_out);
}

bool jl_meaning_when(const jl_exact_row *row, jl_exact *out, uint8_t *state_out) {
    return answer_if(row, JL_NOT_APPLICABLE, out, state_out);
}

bool jl_meaning_on_state(const jl_exact_row *row, jl_exact *out, uint8_t *state_out) {
    return answer_operand(row, is_in_mask(row, 0) ? 1 : 0, out, state_out);
}

bool jl_meaning_to_state(const jl_exact_row *row, jl_exact *out, uint8_t *state_out) {
    return is_in_mask(row, 0) ? jl_exact_answer_state(out, state_out, row->p->state)
                              : answer_operand(row, 0, out, state_out);
}

bool jl_meaning_hold(const jl_exact_row *row, jl_exact *out, uint8_t *state_out) {
    return is_in_mask(row, 1) ? jl_exact_answer_state(out, state_out, row->states[1])
                              : answer_operand(row, 0, out, state_out);
}

bool jl_meaning_same(const jl_exact_row *row, jl_exact *out, uint8_t *state_out) {
    return answer_operand(row, 0, out, state_out);
}

bool jl_meaning_refuse(const jl_exact_row *row, jl_exact *out, uint8_t *state_out) {
    return answer_operand(row, 1, out, state_out);
}
