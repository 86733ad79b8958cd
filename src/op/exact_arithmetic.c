/* SPDX-License-Identifier: Apache-2.0
 *
 * Exact meanings of arithmetic: decimals in, a rational or an enclosure out. One driver for functions defined
 * everywhere and one for those that are not; the functions themselves are number/exact.h's.
 */
#include "op/functions.h"

typedef void unary(jl_exact *x, const jl_exact *a);
typedef void binary(jl_exact *x, const jl_exact *a, const jl_exact *b);

static bool apply_unary(const jl_exact_row *row, unary *function, jl_exact *out, uint8_t *state_out) {
    if (!jl_exact_row_has_state(row, out, state_out)) {
        function(out, row->args[0]);
    }
    return true;
}

static bool apply_binary(const jl_exact_row *row, binary *function, jl_exact *out, uint8_t *state_out) {
    if (!jl_exact_row_has_state(row, out, state_out)) {
        function(out, row->args[0], row->args[1]);
    }
    return true;
}

bool jl_meaning_add(const jl_exact_row *row, jl_exact *out, uint8_t *state_out) {
    return apply_binary(row, jl_exact_add, out, state_out);
}

bool jl_meaning_sub(const jl_exact_row *row, jl_exact *out, uint8_t *state_out) {
    return apply_binary(row, jl_exact_sub, out, state_out);
}

bool jl_meaning_mul(const jl_exact_row *row, jl_exact *out, uint8_t *state_out) {
    return apply_binary(row, jl_exact_mul, out, state_out);
}

bool jl_meaning_min(const jl_exact_row *row, jl_exact *out, uint8_t *state_out) {
    return apply_binary(row, jl_exact_min, out, state_out);
}

bool jl_meaning_max(const jl_exact_row *row, jl_exact *out, uint8_t *state_out) {
    return apply_binary(row, jl_exact_max, out, state_out);
}

bool jl_meaning_neg(const jl_exact_row *row, jl_exact *out, uint8_t *state_out) {
    return apply_unary(row, jl_exact_neg, out, state_out);
}

bool jl_meaning_abs(const jl_exact_row *row, jl_exact *out, uint8_t *state_out) {
    return apply_unary(row, jl_exact_abs, out, state_out);
}

bool jl_meaning_exp(const jl_exact_row *row, jl_exact *out, uint8_t *state_out) {
    return apply_unary(row, jl_exact_exp, out, state_out);
}

bool jl_meaning_phi(const jl_exact_row *row, jl_exact *out, uint8_t *state_out) {
    return apply_unary(row, jl_exact_phi, out, state_out);
}

/* ---- functions that are not defined everywhere ---- */

/* A function of number/exact.h with a domain. false: outside it, or (*open) not known yet. */
typedef bool partial(jl_exact *x, const jl_exact *const *args, bool *open);

static bool divide(jl_exact *x, const jl_exact *const *args, bool *open) {
    return jl_exact_div(x, args[0], args[1], open);
}

static bool raise(jl_exact *x, const jl_exact *const *args, bool *open) {
    return jl_exact_pow(x, args[0], args[1], open);
}

static bool take_root(jl_exact *x, const jl_exact *const *args, bool *open) {
    return jl_exact_sqrt(x, args[0], open);
}

static bool take_logarithm(jl_exact *x, const jl_exact *const *args, bool *open) {
    return jl_exact_ln(x, args[0], open);
}

/* An operand as it counts when the ladder ends. The boundaries of all domains are whole numbers (0; for exponents,
 * any): a value that cannot be told from one is that one. */
static void take_whole(jl_exact *x, const jl_exact *operand, bool *taken_as_equal) {
    jl_exact_set(x, operand);
    if (operand->rational) {
        return;
    }
    mpfr_set(x->high, x->low, MPFR_RNDU);
    if (!jl_exact_round(x, x, 0, JL_HALF_EVEN) || jl_exact_compare(x, operand) != JL_OPEN) {
        jl_exact_set(x, operand);
        return;
    }
    *taken_as_equal = true;
}

/* The function once more with what its operands count as; what is open even then is undefined. */
static bool apply_at_boundary(const jl_exact_row *row, partial *function, jl_exact *out, uint8_t *state_out) {
    jl_exact whole[2];
    const jl_exact *args[2];
    assert(row->n_args <= JL_COUNT(whole));
    for (size_t arg = 0; arg < row->n_args; arg++) {
        jl_exact_init(&whole[arg], row->precision);
        take_whole(&whole[arg], row->args[arg], row->taken_as_equal);
        args[arg] = &whole[arg];
    }
    bool open = false;
    if (!function(out, args, &open)) {
        jl_exact_answer_state(out, state_out, JL_UNDEFINED);
    }
    for (size_t arg = 0; arg < row->n_args; arg++) {
        jl_exact_clear(&whole[arg]);
    }
    return true;
}

static bool apply_partial(const jl_exact_row *row, partial *function, jl_exact *out, uint8_t *state_out) {
    bool open = false;
    if (jl_exact_row_has_state(row, out, state_out) || function(out, row->args, &open)) {
        return true;
    }
    if (!open) {
        return jl_exact_answer_state(out, state_out, JL_UNDEFINED);
    }
    return row->last && apply_at_boundary(row, function, out, state_out);
}

bool jl_meaning_div(const jl_exact_row *row, jl_exact *out, uint8_t *state_out) {
    return apply_partial(row, divide, out, state_out);
}

bool jl_meaning_pow(const jl_exact_row *row, jl_exact *out, uint8_t *state_out) {
    return apply_partial(row, raise, out, state_out);
}

bool jl_meaning_sqrt(const jl_exact_row *row, jl_exact *out, uint8_t *state_out) {
    return apply_partial(row, take_root, out, state_out);
}

bool jl_meaning_ln(const jl_exact_row *row, jl_exact *out, uint8_t *state_out) {
    return apply_partial(row, take_logarithm, out, state_out);
}

/* ---- rounding ---- */

/* At the end of the ladder the operand lies on a boundary, which is a decimal with one digit more than the result. */
static bool round_at_boundary(const jl_exact_row *row, jl_exact *out) {
    *row->taken_as_equal = true;
    jl_exact_set(out, row->args[0]);
    mpfr_set(out->high, out->low, MPFR_RNDU);
    return jl_exact_round(out, out, row->p->digits + 1, JL_HALF_EVEN) &&
           jl_exact_round(out, out, row->p->digits, (jl_round_mode)row->p->mode);
}

bool jl_meaning_round(const jl_exact_row *row, jl_exact *out, uint8_t *state_out) {
    if (jl_exact_row_has_state(row, out, state_out) ||
        jl_exact_round(out, row->args[0], row->p->digits, (jl_round_mode)row->p->mode)) {
        return true;
    }
    if (!row->last) {
        return false;
    }
    return round_at_boundary(row, out) || jl_exact_answer_state(out, state_out, JL_UNDEFINED);
}
