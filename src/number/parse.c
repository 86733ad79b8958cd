/* SPDX-License-Identifier: Apache-2.0
 *
 * Decimal text → double, correctly rounded, whatever the locale.
 *
 * Up to 2^53 and 10^22 both mantissa and power are exact doubles, so one multiplication or division rounds once: the
 * quick way, which nearly every cell of a table takes. All else becomes a rational, rounded to odd at 120 bits and then
 * to nearest: slower, but right for every input, subnormal numbers included.
 */
#include "number/decimal.h"

#include <float.h>
#include <math.h>
#include <mpfr.h>

#define LARGEST_EXPONENT 400
#define LARGEST_EXACT (UINT64_C(1) << 53)
#define MANTISSA_DIGITS 19                     /* as many as a uint64_t holds for sure */
#define SHORT_LIMIT UINT64_C(1000000000000000) /* 10 ^ JL_SHORT_DIGITS */
#define ODD_BITS 120                           /* more than two bits beyond a double's 53 */

const double jl_power_of_ten[JL_EXACT_POWER + 1] = {
    1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
};

static bool is_digit(jl_text text, size_t at) {
    return at < text.length && text.data[at] >= '0' && text.data[at] <= '9';
}

/* Reads `[e[+-]digits]` to the end of the text. */
static bool read_exponent(jl_text text, size_t at, int *exponent_out) {
    *exponent_out = 0;
    if (at == text.length) return true;
    if (text.data[at] != 'e' && text.data[at] != 'E') return false;
    at++;
    const bool negative = at < text.length && text.data[at] == '-';
    if (negative || (at < text.length && text.data[at] == '+')) at++;
    if (!is_digit(text, at)) return false;
    int exponent = 0;
    for (; is_digit(text, at); at++) {
        exponent = exponent * 10 + (text.data[at] - '0');
        if (exponent > LARGEST_EXPONENT) return false;
    }
    *exponent_out = negative ? -exponent : exponent;
    return at == text.length;
}

/* Zeros are held back until a digit follows them, so that trailing ones cost no place in the mantissa. */
static size_t read_digits(jl_text text, size_t at, uint32_t *zeros, jl_decimal *decimal) {
    for (; is_digit(text, at); at++) {
        if (text.data[at] == '0') {
            if (decimal->n_significant > 0) ++*zeros;
            continue;
        }
        decimal->n_significant += *zeros + 1;
        if (decimal->n_significant <= MANTISSA_DIGITS) {
            for (; *zeros > 0; --*zeros) decimal->mantissa *= 10;
            decimal->mantissa = decimal->mantissa * 10 + (uint64_t)(text.data[at] - '0');
        }
        *zeros = 0;
    }
    return at;
}

bool jl_decimal_read(jl_text text, jl_decimal *decimal_out) {
    jl_decimal decimal = {0};
    uint32_t zeros = 0;
    if (text.length == 0 || text.length > JL_DECIMAL_LONGEST) return false;
    decimal.negative = text.data[0] == '-';
    const size_t first = decimal.negative || text.data[0] == '+' ? 1 : 0;
    if (!is_digit(text, first)) return false;
    size_t end = read_digits(text, first, &zeros, &decimal);
    int n_decimals = 0;
    if (end < text.length && text.data[end] == '.') {
        const size_t point = end;
        if (!is_digit(text, point + 1)) return false;
        end = read_digits(text, point + 1, &zeros, &decimal);
        n_decimals = (int)(end - point - 1);
    }
    if (!read_exponent(text, end, &decimal.shift)) return false;
    decimal.digits = (jl_text){text.data + first, end - first};
    decimal.shift -= n_decimals;
    decimal.scale = decimal.shift + (int)zeros;
    *decimal_out = decimal;
    return true;
}

void jl_decimal_to_rational(const jl_decimal *decimal, mpq_t q) {
    char digits[JL_DECIMAL_LONGEST + 1];
    size_t n_digits = 0;
    for (size_t i = 0; i < decimal->digits.length; i++) {
        if (decimal->digits.data[i] != '.') digits[n_digits++] = decimal->digits.data[i];
    }
    digits[n_digits] = '\0';
    mpz_set_str(mpq_numref(q), digits, 10);
    mpz_ui_pow_ui(mpq_denref(q), 10, (unsigned long)(decimal->shift < 0 ? -decimal->shift : decimal->shift));
    if (decimal->shift > 0) {
        mpz_mul(mpq_numref(q), mpq_numref(q), mpq_denref(q));
        mpz_set_ui(mpq_denref(q), 1);
    }
    if (decimal->negative) mpz_neg(mpq_numref(q), mpq_numref(q));
    mpq_canonicalize(q);
}

/* Rounding to odd first keeps what lies beyond 120 bits from being lost when the second rounding meets a half. */
double jl_rational_to_double(mpq_srcptr q) {
    mpfr_t x;
    mpfr_init2(x, ODD_BITS);
    const int inexact = mpfr_set_q(x, q, MPFR_RNDZ);
    const bool even = mpfr_min_prec(x) < ODD_BITS;
    if (inexact < 0 && even) mpfr_nextabove(x);
    if (inexact > 0 && even) mpfr_nextbelow(x);
    const double value = mpfr_get_d(x, MPFR_RNDN);
    mpfr_clear(x);
    return value;
}

static double magnitude_of(const jl_decimal *decimal) {
    if (decimal->n_significant == 0) return 0;
    const bool small = decimal->n_significant <= MANTISSA_DIGITS && decimal->mantissa <= LARGEST_EXACT;
    if (small && decimal->scale <= 0 && decimal->scale >= -JL_EXACT_POWER) {
        return (double)decimal->mantissa / jl_power_of_ten[-decimal->scale];
    }
    if (small && decimal->scale > 0 && decimal->scale <= JL_EXACT_POWER) {
        return (double)decimal->mantissa * jl_power_of_ten[decimal->scale];
    }
    mpq_t q;
    mpq_init(q);
    jl_decimal_to_rational(decimal, q);
    const double value = fabs(jl_rational_to_double(q));
    mpq_clear(q);
    return value;
}

/* Sign, at most 15 digits and a point: what stands in nearly every cell. false: look closer. */
static bool parse_short(jl_text text, double *value_out) {
    const size_t first = text.length > 0 && text.data[0] == '-' ? 1 : 0;
    size_t point = text.length;
    uint64_t mantissa = 0;
    if (text.length <= first || text.length - first > JL_SHORT_DIGITS + 1) return false;
    for (size_t i = first; i < text.length; i++) {
        const unsigned digit = (unsigned)(unsigned char)text.data[i] - '0';
        if (digit <= 9) {
            mantissa = mantissa * 10 + digit;
        } else if (text.data[i] == '.' && point == text.length && i > first && i + 1 < text.length) {
            point = i;
        } else {
            return false;
        }
    }
    if (mantissa >= SHORT_LIMIT) return false;
    const double magnitude = (double)mantissa / jl_power_of_ten[point == text.length ? 0 : text.length - point - 1];
    *value_out = first == 1 && mantissa != 0 ? -magnitude : magnitude; /* a decimal has no negative zero */
    return true;
}

bool jl_number_parse(jl_text text, double *value_out, bool *long_out) {
    if (parse_short(text, value_out)) {
        if (long_out != NULL) *long_out = false;
        return true;
    }
    jl_decimal decimal;
    if (!jl_decimal_read(text, &decimal)) return false;
    const double magnitude = magnitude_of(&decimal);
    if (!isfinite(magnitude)) return false;
    const bool subnormal = decimal.n_significant > 0 && magnitude < DBL_MIN;
    if (long_out != NULL) *long_out = decimal.n_significant > JL_SHORT_DIGITS || subnormal;
    *value_out = decimal.negative && magnitude > 0 ? -magnitude : magnitude;
    return true;
}
