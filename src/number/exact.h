/* SPDX-License-Identifier: Apache-2.0
 *
 * Exact values: a rational (GMP) while the arithmetic is rational, an enclosure [low, high] (MPFR, rounded outwards) where it
 * is not. Comparisons of enclosures may be open; the caller asks again with more precision.
 *
 * Results may be the same object as operands. GMP and MPFR end the process when memory ends; rationals are therefore kept
 * below JL_EXACT_BITS and become enclosures beyond it.
 */
#ifndef JL_NUMBER_EXACT_H
#define JL_NUMBER_EXACT_H

#include <gmp.h>
#include <mpfr.h>

#include "number/number.h"

#define JL_EXACT_BITS (1u << 20)        /* size limit of a rational */
#define JL_EXACT_FIRST_PRECISION 128    /* bits; doubled until decided */
#define JL_EXACT_LAST_PRECISION 4096

typedef struct jl_exact {
    bool rational;
    mpq_t q;             /* valid if rational; always initialised */
    mpfr_t low, high;    /* valid if not rational; always initialised */
} jl_exact;

typedef enum jl_order { JL_LESS = -1, JL_EQUAL = 0, JL_GREATER = 1, JL_OPEN = 2 } jl_order;

void jl_exact_init(jl_exact *x, mpfr_prec_t precision);   /* 0, rational */
void jl_exact_clear(jl_exact *x);
void jl_exact_set(jl_exact *x, const jl_exact *from);
void jl_exact_set_integer(jl_exact *x, int64_t value);
void jl_exact_set_double(jl_exact *x, double value);      /* its shortest decimal */
bool jl_exact_set_text(jl_exact *x, jl_text decimal);     /* as jl_number_parse; false: not a number */

void jl_exact_add(jl_exact *x, const jl_exact *a, const jl_exact *b);
void jl_exact_sub(jl_exact *x, const jl_exact *a, const jl_exact *b);
void jl_exact_mul(jl_exact *x, const jl_exact *a, const jl_exact *b);
/* The following return false when the operation is undefined there (or, for an enclosure that holds the boundary, when that is
 * still open: then *open is set and the caller asks again with more precision). */
bool jl_exact_div(jl_exact *x, const jl_exact *a, const jl_exact *b, bool *open);
bool jl_exact_pow(jl_exact *x, const jl_exact *a, const jl_exact *b, bool *open); /* perfect powers stay rational: 8 ^ (1/3) = 2 */
bool jl_exact_sqrt(jl_exact *x, const jl_exact *a, bool *open);                   /* squares of rationals stay rational */
bool jl_exact_ln(jl_exact *x, const jl_exact *a, bool *open);                     /* ln 1 = 0 */
void jl_exact_exp(jl_exact *x, const jl_exact *a);                                /* exp 0 = 1 */
void jl_exact_phi(jl_exact *x, const jl_exact *a);                                /* normal distribution function; phi 0 = 1/2 */
void jl_exact_neg(jl_exact *x, const jl_exact *a);
void jl_exact_abs(jl_exact *x, const jl_exact *a);
void jl_exact_min(jl_exact *x, const jl_exact *a, const jl_exact *b);             /* of enclosures: the enclosure of the minimum */
void jl_exact_max(jl_exact *x, const jl_exact *a, const jl_exact *b);

jl_order jl_exact_compare(const jl_exact *a, const jl_exact *b);
jl_order jl_exact_sign(const jl_exact *a);
/* Rounds to `digits` decimals (negative: tens). false: still open at this precision. The result is rational. */
bool jl_exact_round(jl_exact *x, const jl_exact *a, int digits, jl_round_mode mode);
double jl_exact_to_double(const jl_exact *a);              /* nearest (of an enclosure: of its middle) */
/* m of a rational m / 10^digits; false if it is no such number or |m| >= 2^53. */
bool jl_exact_to_scaled(const jl_exact *a, int digits, int64_t *scaled_out);
/* Decimal text of a rational rounded half up to `digits` decimals; appended to the buffer. */
void jl_exact_print(const jl_exact *a, int digits, jl_buffer *buffer);

#endif
