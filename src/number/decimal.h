/* SPDX-License-Identifier: Apache-2.0
 *
 * Decimal text taken apart, shared by parse.c, print.c and exact.c. For these files only.
 */
#ifndef JL_NUMBER_DECIMAL_H
#define JL_NUMBER_DECIMAL_H

#include <gmp.h>

#include "number/number.h"

#define JL_DECIMAL_LONGEST 1000 /* bytes; a double has at most 767 significant digits */
#define JL_SHORT_DIGITS 15      /* a decimal of so many significant digits is the shortest of its double */
#define JL_EXACT_POWER 22       /* 10^22 is the largest power of ten that is a double */

typedef struct jl_decimal {
    bool negative;
    uint32_t n_significant; /* digits without leading and trailing zeros; 0: the number is zero */
    uint64_t mantissa;      /* of at most 19 significant digits: the number is +-mantissa x 10^scale; otherwise unset */
    int scale;
    jl_text digits; /* all digits as written, with the point among them: the number is +-digits x 10^shift */
    int shift;
} jl_decimal;

extern const double jl_power_of_ten[JL_EXACT_POWER + 1];

bool jl_decimal_read(jl_text text, jl_decimal *decimal_out);
void jl_decimal_to_rational(const jl_decimal *decimal, mpq_t q);
/* Nearest double, ties to even, infinity beyond the largest. */
double jl_rational_to_double(mpq_srcptr q);
/* The shortest decimal m / 10^digits of a double, if |m| < 10^15 and digits <= 15: nearly always. */
bool jl_double_to_short(double value, int64_t *m_out, int *digits_out);

#endif
