/* SPDX-License-Identifier: Apache-2.0
 *
 * Double → decimal text, and settled numbers ↔ integers.
 *
 * The shortest decimal of a double is what it means, so it must be the same one everywhere (also as Python and Java
 * print it): the fewest digits that read back as the same double and, among those, the nearest. Up to 15 digits there
 * is only one candidate, found by multiplying with a power of ten and proved by dividing again. The rest is left to
 * MPFR.
 */
#include "number/decimal.h"

#include <float.h>
#include <math.h>
#include <mpfr.h>

#define SHORT_LIMIT 1e15    /* 10 ^ JL_SHORT_DIGITS */
#define LONGEST_SHORTEST 17 /* digits that always suffice */
#define PLAIN_DIGITS 21     /* digits before the point in plain notation */

/* The product misses an integer below 10^15 by less than 1/4, so adding 1/2 and cutting off finds it. */
bool jl_double_to_short(double value, int64_t *m_out, int *digits_out) {
    const double magnitude = fabs(value);
    for (int digits = 0; digits <= JL_SHORT_DIGITS; digits++) {
        const double scaled = magnitude * jl_power_of_ten[digits];
        if (!(scaled + 0.5 < SHORT_LIMIT)) return false;
        const int64_t m = (int64_t)(scaled + 0.5);
        if ((double)m / jl_power_of_ten[digits] != magnitude) continue;
        *m_out = value < 0 ? -m : m;
        *digits_out = digits;
        return true;
    }
    return false;
}

/* ---- layout: sign, digits and the place of the point become text ---- */

typedef struct digit_row {
    char digits[LONGEST_SHORTEST + 4]; /* the number is 0.digits x 10^point */
    size_t n_digits;
    long point;
    bool negative;
} digit_row;

static size_t put(char *buffer, size_t length, const char *bytes, size_t n) {
    memcpy(buffer + length, bytes, n);
    return length + n;
}

static size_t put_zeros(char *buffer, size_t length, size_t n) {
    memset(buffer + length, '0', n);
    return length + n;
}

/* Digits of an integer, at least `least` of them. */
static size_t put_integer(char *buffer, size_t length, uint64_t value, size_t least) {
    char digits[20];
    size_t n = 0;
    for (; value != 0 || n < least; value /= 10) digits[n++] = (char)('0' + value % 10);
    for (size_t i = 0; i < n; i++) buffer[length + i] = digits[n - 1 - i];
    return length + n;
}

static size_t put_row(const digit_row *row, char *buffer) {
    size_t length = row->negative ? put(buffer, 0, "-", 1) : 0;
    if (row->point > PLAIN_DIGITS) {
        length = put(buffer, length, row->digits, 1);
        if (row->n_digits > 1) length = put(buffer, length, ".", 1);
        length = put(buffer, length, row->digits + 1, row->n_digits - 1);
        length = put(buffer, length, "e", 1);
        return put_integer(buffer, length, (uint64_t)(row->point - 1), 1);
    }
    if (row->point <= 0) {
        length = put(buffer, length, "0.", 2);
        length = put_zeros(buffer, length, (size_t)-row->point);
        return put(buffer, length, row->digits, row->n_digits);
    }
    const size_t whole = (size_t)row->point;
    if (row->n_digits <= whole) {
        length = put(buffer, length, row->digits, row->n_digits);
        return put_zeros(buffer, length, whole - row->n_digits);
    }
    length = put(buffer, length, row->digits, whole);
    length = put(buffer, length, ".", 1);
    return put(buffer, length, row->digits + whole, row->n_digits - whole);
}

/* ---- shortest ---- */

static bool reads_back(const digit_row *row, double value) {
    char text[JL_NUMBER_LENGTH];
    double again;
    const jl_text read = {text, put_row(row, text)};
    return jl_number_parse(read, &again, NULL) && again == value;
}

static void take_digits(digit_row *row, size_t n_digits, mpfr_srcptr x, mpfr_rnd_t rounding) {
    mpfr_exp_t point;
    char digits[LONGEST_SHORTEST + 4];
    mpfr_get_str(digits, &point, 10, n_digits, x, rounding);
    while (n_digits > 1 && digits[n_digits - 1] == '0') n_digits--;
    memcpy(row->digits, digits, n_digits);
    row->n_digits = n_digits;
    row->point = (long)point;
}

/* At a power of two the doubles below stand closer than those above: the nearest decimal may be another double's while
 * the next one above is not, hence the second try, upwards. Subnormal numbers may need fewer than 15 digits. */
static void find_row(double magnitude, digit_row *row) {
    mpfr_t x;
    int exponent;
    const bool uneven = frexp(magnitude, &exponent) == 0.5;
    mpfr_init2(x, DBL_MANT_DIG);
    mpfr_set_d(x, magnitude, MPFR_RNDN);
    for (size_t n = magnitude < DBL_MIN ? 1 : JL_SHORT_DIGITS; n < LONGEST_SHORTEST; n++) {
        take_digits(row, n, x, MPFR_RNDN);
        if (reads_back(row, magnitude)) goto out;
        if (uneven) take_digits(row, n, x, MPFR_RNDU);
        if (uneven && reads_back(row, magnitude)) goto out;
    }
    take_digits(row, LONGEST_SHORTEST, x, MPFR_RNDN);
out:
    mpfr_clear(x);
}

size_t jl_number_print(double value, char *buffer) {
    int64_t m;
    int digits;
    digit_row row = {0};
    assert(isfinite(value));
    if (value == 0) return put(buffer, 0, "0", 1);
    if (jl_double_to_short(value, &m, &digits)) {
        row.n_digits = put_integer(row.digits, 0, (uint64_t)(m < 0 ? -m : m), 1);
        row.point = (long)row.n_digits - digits;
    } else {
        find_row(fabs(value), &row);
    }
    row.negative = value < 0;
    return put_row(&row, buffer);
}

/* ---- settled numbers ---- */

double jl_number_from_scaled(int64_t scaled, int digits) {
    assert(digits >= -JL_SHORT_DIGITS && digits <= JL_SHORT_DIGITS);
    return digits >= 0 ? (double)scaled / jl_power_of_ten[digits] : (double)scaled * jl_power_of_ten[-digits];
}

/* Above 2^52 the product may miss by one; the division says which neighbour was meant. */
int64_t jl_number_to_scaled(double settled, int digits) {
    assert(digits >= -JL_SHORT_DIGITS && digits <= JL_SHORT_DIGITS);
    const double magnitude = fabs(settled);
    const double product = digits >= 0 ? magnitude * jl_power_of_ten[digits] : magnitude / jl_power_of_ten[-digits];
    assert(product <= 0x1p53);
    int64_t m = (int64_t)(product + 0.5);
    if (jl_number_from_scaled(m, digits) != magnitude) {
        if (jl_number_from_scaled(m - 1, digits) == magnitude) {
            m--;
        } else if (jl_number_from_scaled(m + 1, digits) == magnitude) {
            m++;
        }
    }
    return settled < 0 ? -m : m;
}

size_t jl_number_print_fixed(double value, int digits, char *buffer) {
    const int64_t m = jl_number_to_scaled(value, digits);
    const uint64_t magnitude = (uint64_t)(m < 0 ? -m : m);
    size_t length = m < 0 ? put(buffer, 0, "-", 1) : 0;
    if (digits <= 0) {
        length = put_integer(buffer, length, magnitude, 1);
        return magnitude == 0 ? length : put_zeros(buffer, length, (size_t)-digits);
    }
    uint64_t power = 1;
    for (int i = 0; i < digits; i++) power *= 10;
    length = put_integer(buffer, length, magnitude / power, 1);
    length = put(buffer, length, ".", 1);
    return put_integer(buffer, length, magnitude % power, (size_t)digits);
}
