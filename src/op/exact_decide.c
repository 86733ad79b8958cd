/* SPDX-License-Identifier: Apache-2.0
 *
 * What the exact meanings share: states of operands, and comparisons that stay open until the ladder of precisions
 * ends. An open comparison is never guessed: the meaning returns false and is asked again with more bits. At the last
 * precision the two sides are taken as equal, and that is reported.
 */
#include "op/functions.h"

bool jl_exact_answer_state(jl_exact *out, uint8_t *state_out, uint8_t state) {
    jl_exact_set_integer(out, 0);
    *state_out = state;
    return true;
}

bool jl_exact_row_has_state(const jl_exact_row *row, jl_exact *out, uint8_t *state_out) {
    uint8_t state = JL_VALUE;
    for (size_t arg = 0; arg < row->n_args; arg++) {
        state = jl_stronger(state, row->states[arg]);
    }
    *state_out = state;
    return state != JL_VALUE && jl_exact_answer_state(out, state_out, state);
}

static bool close_order(jl_order order, bool last, bool *taken_as_equal, jl_order *order_out) {
    if (order == JL_OPEN && !last) {
        return false;
    }
    if (order == JL_OPEN) {
        *taken_as_equal = true;
        order = JL_EQUAL;
    }
    *order_out = order;
    return true;
}

bool jl_exact_decide(const jl_exact *a, const jl_exact *b, bool last, bool *taken_as_equal, jl_order *order_out) {
    return close_order(jl_exact_compare(a, b), last, taken_as_equal, order_out);
}

bool jl_exact_decide_sign(const jl_exact *a, bool last, bool *taken_as_equal, jl_order *order_out) {
    return close_order(jl_exact_sign(a), last, taken_as_equal, order_out);
}
