/* SPDX-License-Identifier: Apache-2.0
 *
 * Runs a reducer, on doubles or exactly, on a short array of values.
 */
#ifndef TEST_OP_SEGMENTS_H
#define TEST_OP_SEGMENTS_H

#include "numbers.h"

#define MAX_VALUES 40

typedef struct values {
    double x[MAX_VALUES], y[MAX_VALUES];
    size_t n;
} values;

typedef struct reduced {
    double v;
    uint8_t s;
    bool rational, taken_as_equal, near;
} reduced;

static inline reduced reduce_doubles(jl_op_kind kind, const jl_parameters *p, const values *in) {
    double scratch[2 * MAX_VALUES + 16];
    reduced out = {0};
    out.s = jl_op_row_of(kind)->reducer(&(jl_segment){p, in->x, in->y, in->n}, scratch, &out.v, &out.near);
    return out;
}

static inline bool reduce_exactly_at(jl_op_kind kind, const jl_parameters *p, const values *in, mpfr_prec_t precision,
                                     reduced *out) {
    jl_exact room[2 * MAX_VALUES], result;
    const jl_exact *x[MAX_VALUES], *y[MAX_VALUES];
    uint32_t scratch[3 * MAX_VALUES];
    for (size_t row = 0; row < in->n; row++) {
        x[row] = &room[2 * row];
        y[row] = &room[2 * row + 1];
        jl_exact_init(&room[2 * row], precision);
        jl_exact_init(&room[2 * row + 1], precision);
        jl_exact_set_double(&room[2 * row], in->x[row]);
        jl_exact_set_double(&room[2 * row + 1], in->y[row]);
    }
    jl_exact_init(&result, precision);
    *out = (reduced){0};
    const bool last = precision == JL_EXACT_LAST_PRECISION;
    const jl_exact_segment segment = {p, x, y, in->n, scratch, precision, last, &out->taken_as_equal};
    const bool closed = jl_op_row_of(kind)->exact_reducer(&segment, &result, &out->s);
    out->v = jl_exact_to_double(&result);
    out->rational = result.rational;
    jl_exact_clear(&result);
    for (size_t i = 0; i < 2 * in->n; i++) {
        jl_exact_clear(&room[i]);
    }
    return closed;
}

static inline reduced reduce_exactly(jl_op_kind kind, const jl_parameters *p, const values *in) {
    reduced out = {0};
    mpfr_prec_t precision = JL_EXACT_FIRST_PRECISION;
    while (!reduce_exactly_at(kind, p, in, precision, &out)) {
        precision *= 2;
    }
    return out;
}

#endif
