/* SPDX-License-Identifier: Apache-2.0
 *
 * Pairs of MPFR numbers that enclose a real one, shared by the files of exact.h. Low ends are rounded down, high ends
 * up, so no operation ever loses the number. An end may be infinite: low ends only below, high ends only above.
 */
#ifndef JL_NUMBER_BOUNDS_H
#define JL_NUMBER_BOUNDS_H

#include "number/exact.h"

typedef struct jl_bounds {
    mpfr_t low, high;
} jl_bounds;

typedef int jl_corner_function(mpfr_ptr result, mpfr_srcptr a, mpfr_srcptr b, mpfr_rnd_t rounding);

void jl_bounds_init(jl_bounds *bounds, mpfr_prec_t precision);
void jl_bounds_init_of(jl_bounds *bounds, const jl_exact *a, mpfr_prec_t precision);
void jl_bounds_clear(jl_bounds *bounds);
void jl_bounds_neg(jl_bounds *bounds); /* in place */
/* The hull of a function at the four corners of a x b: its range there if it is monotone in each argument. */
void jl_bounds_corners(jl_bounds *out, const jl_bounds *a, const jl_bounds *b, jl_corner_function *function);

/* Moves the bounds into x, which is no rational from then on, and clears them. Precisions must agree. */
void jl_exact_take_bounds(jl_exact *x, jl_bounds *bounds);
mpfr_prec_t jl_exact_precision(const jl_exact *x);
size_t jl_exact_size(const jl_exact *a); /* bits of a rational, numerator and denominator */
/* Both are rational, and so may be their sum, product and quotient. */
bool jl_exact_both_small(const jl_exact *a, const jl_exact *b);

#endif
