/* SPDX-License-Identifier: Apache-2.0
 *
 * Exact values: rounding, and the ways out to double, integer and text.
 *
 * Rounding works on integers only: q x 10^digits is divided with remainder, and the mode decides by the remainder. An
 * enclosure is rounded at both ends; as rounding never falls, ends that agree have settled everything between them.
 */
#include "number/bounds.h"
#include "number/decimal.h"

#include <math.h>
#include <stdlib.h>

#define DIGITS_LIMIT 400 /* of decimals, either way */
#define SETTLED_BITS 53  /* of the integer of a settled number */
#define TINY_BITS 65536  /* 2^-65536 is below every half unit that may be asked for, and so is all below it */

/* Away from zero, given twice the remainder's magnitude against the divisor. */
static bool goes_away(jl_round_mode mode, int twice_against_divisor, bool odd, int sign) {
    switch (mode) {
    case JL_HALF_UP: return twice_against_divisor >= 0;
    case JL_HALF_EVEN: return twice_against_divisor > 0 || (twice_against_divisor == 0 && odd);
    case JL_CEILING: return sign > 0;
    case JL_FLOOR: return sign < 0;
    case JL_TRUNCATE: break;
    }
    return false;
}

/* m = q x 10^digits, rounded to an integer. */
static void round_scaled(mpz_t m, mpq_srcptr q, int digits, jl_round_mode mode) {
    mpz_t remainder, divisor;
    mpz_init(remainder);
    mpz_init(divisor);
    assert(digits >= -DIGITS_LIMIT && digits <= DIGITS_LIMIT);
    mpz_ui_pow_ui(divisor, 10, (unsigned long)abs(digits));
    if (digits >= 0) {
        mpz_mul(m, mpq_numref(q), divisor);
        mpz_set(divisor, mpq_denref(q));
    } else {
        mpz_set(m, mpq_numref(q));
        mpz_mul(divisor, divisor, mpq_denref(q));
    }
    mpz_tdiv_qr(m, remainder, m, divisor);
    const int sign = mpz_sgn(remainder);
    mpz_mul_2exp(remainder, remainder, 1);
    if (sign != 0 && goes_away(mode, mpz_cmpabs(remainder, divisor), mpz_odd_p(m) != 0, sign)) {
        if (sign > 0) {
            mpz_add_ui(m, m, 1);
        } else {
            mpz_sub_ui(m, m, 1);
        }
    }
    mpz_clear(remainder);
    mpz_clear(divisor);
}

/* x = m / 10^digits */
static void set_scaled(jl_exact *x, mpz_srcptr m, int digits) {
    mpz_set(mpq_numref(x->q), m);
    mpz_ui_pow_ui(mpq_denref(x->q), 10, (unsigned long)abs(digits));
    if (digits < 0) {
        mpz_mul(mpq_numref(x->q), mpq_numref(x->q), mpq_denref(x->q));
        mpz_set_ui(mpq_denref(x->q), 1);
    }
    mpq_canonicalize(x->q);
    x->rational = true;
}

/* One end of an enclosure, rounded. What is too small to matter is replaced by 2^-65536, lest its fraction fill the
 * memory. */
static bool round_end(mpz_t m, mpfr_srcptr end, int digits, jl_round_mode mode) {
    if (!mpfr_number_p(end)) return false;
    mpq_t q;
    mpq_init(q);
    const bool tiny = mpfr_regular_p(end) && mpfr_get_exp(end) < -TINY_BITS;
    const bool huge = mpfr_regular_p(end) && mpfr_get_exp(end) > (mpfr_exp_t)JL_EXACT_BITS;
    if (tiny) {
        mpq_set_si(q, mpfr_sgn(end) < 0 ? -1 : 1, 1);
        mpq_div_2exp(q, q, TINY_BITS);
    } else if (!huge) {
        mpfr_get_q(q, end);
    }
    if (!huge) round_scaled(m, q, digits, mode);
    mpq_clear(q);
    return !huge;
}

/* The result is rational in either case: a settled number is exact from here on. */
bool jl_exact_round(jl_exact *x, const jl_exact *a, int digits, jl_round_mode mode) {
    mpz_t low, high;
    mpz_init(low);
    mpz_init(high);
    bool settled = true;
    if (a->rational) {
        round_scaled(low, a->q, digits, mode);
    } else {
        settled = round_end(low, a->low, digits, mode) && round_end(high, a->high, digits, mode);
        settled = settled && mpz_cmp(low, high) == 0;
    }
    if (settled) set_scaled(x, low, digits);
    mpz_clear(low);
    mpz_clear(high);
    return settled;
}

/* Of a rational correctly rounded; of an enclosure a figure to work on with, not to publish. */
double jl_exact_to_double(const jl_exact *a) {
    if (a->rational) return jl_rational_to_double(a->q);
    mpfr_t middle;
    mpfr_init2(middle, jl_exact_precision(a) + 2);
    mpfr_add(middle, a->low, a->high, MPFR_RNDN);
    mpfr_div_2ui(middle, middle, 1, MPFR_RNDN);
    const double value = mpfr_get_d(middle, MPFR_RNDN);
    mpfr_clear(middle);
    return isnan(value) ? 0 : value; /* everything from -infinity to infinity */
}

/* Truncated and compared, which finds out in one step whether there are more digits. */
bool jl_exact_to_scaled(const jl_exact *a, int digits, int64_t *scaled_out) {
    if (!a->rational) return false;
    jl_exact rounded;
    mpz_t m;
    jl_exact_init(&rounded, MPFR_PREC_MIN);
    mpz_init(m);
    round_scaled(m, a->q, digits, JL_TRUNCATE);
    set_scaled(&rounded, m, digits);
    const bool fits = mpq_equal(rounded.q, a->q) && mpz_sizeinbase(m, 2) <= SETTLED_BITS;
    if (fits) {
        *scaled_out = (int64_t)mpz_get_d(m); /* exact, and GMP's `long` has 32 bits on some machines */
    }
    mpz_clear(m);
    jl_exact_clear(&rounded);
    return fits;
}

/* The digits of |m|, with leading zeros where the point needs them. NULL: no memory. */
static char *digits_of(mpz_srcptr m, size_t least, size_t *length_out) {
    char *digits = malloc(mpz_sizeinbase(m, 10) + least + 2);
    if (digits == NULL) return NULL;
    mpz_get_str(digits, 10, m);
    const size_t length = strlen(digits);
    const size_t n_zeros = length < least ? least - length : 0;
    memmove(digits + n_zeros, digits, length + 1);
    memset(digits, '0', n_zeros);
    *length_out = length + n_zeros;
    return digits;
}

/* The digits are those of an integer, with the point put in: nothing passes through a double. */
void jl_exact_print(const jl_exact *a, int digits, jl_buffer *buffer) {
    mpz_t m;
    assert(a->rational);
    mpz_init(m);
    round_scaled(m, a->q, digits, JL_HALF_UP);
    if (mpz_sgn(m) < 0) jl_buffer_char(buffer, '-');
    mpz_abs(m, m);
    const size_t n_decimals = digits > 0 ? (size_t)digits : 0;
    size_t length = 0;
    char *text = digits_of(m, n_decimals + 1, &length);
    if (text == NULL) {
        buffer->failed = true;
    } else {
        jl_buffer_add(buffer, (jl_text){text, length - n_decimals});
        if (n_decimals > 0) jl_buffer_char(buffer, '.');
        jl_buffer_add(buffer, (jl_text){text + length - n_decimals, n_decimals});
        if (digits < 0 && mpz_sgn(m) != 0) jl_buffer_repeat(buffer, "0", (size_t)-digits);
    }
    free(text);
    mpz_clear(m);
}
