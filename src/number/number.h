/* SPDX-License-Identifier: Apache-2.0
 *
 * Numbers: decimal text <-> double, rounding modes. Independent of the host's locale.
 *
 * A double means its shortest decimal: 0.1 read from a file is the decimal 0.1. A settled number with d digits is the
 * integer m / 10^d with |m| < 2^53.
 */
#ifndef JL_NUMBER_NUMBER_H
#define JL_NUMBER_NUMBER_H

#include "base/base.h"

typedef enum jl_round_mode { JL_HALF_UP, JL_HALF_EVEN, JL_TRUNCATE, JL_CEILING, JL_FLOOR } jl_round_mode;

/* Reads [+-]digits[.digits][(e|E)[+-]digits], nothing around it; correctly rounded. `long_out` (may be NULL) is set if the
 * decimal has more than 15 significant digits, so that the double may not stand for it. Exponents beyond +-400 and texts
 * beyond 1000 bytes are refused. */
bool jl_number_parse(jl_text text, double *value_out, bool *long_out);
/* Shortest decimal that reads back as the same double, plain notation below 10^21, no trailing ".0". `buffer` has room for
 * JL_NUMBER_LENGTH bytes; returns the length (not terminated). Infinity and NaN never come here. */
#define JL_NUMBER_LENGTH 400
size_t jl_number_print(double value, char *buffer);
/* The settled number with `digits` decimals (0..15; negative ones print as an integer): "87.40", "-3.00". |value| 10^digits < 2^53. */
size_t jl_number_print_fixed(double value, int digits, char *buffer);
/* Nearest double of m / 10^digits, for digits -15..15: exact meaning of a settled number. */
double jl_number_from_scaled(int64_t scaled, int digits);
/* The integer m of a settled number. */
int64_t jl_number_to_scaled(double settled, int digits);

#endif
