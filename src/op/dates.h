/* SPDX-License-Identifier: Apache-2.0
 *
 * Days since 1970-01-01 in the Gregorian calendar, and the months between two of them. Shared by the kernels and the exact
 * meanings: dates are whole numbers, so both are the same.
 */
#ifndef JL_OP_DATES_H
#define JL_OP_DATES_H

#include <stdint.h>

#define JL_BEYOND_IS_UNDEFINED 0
#define JL_BEYOND_IS_HOLD 1
#define JL_BEYOND_IS_EXTEND 2

double jl_day_of(int year, int month, int day);
double jl_day_year(double day);
double jl_day_month(double day); /* 1 … 12 */
/* Calendar months in [from, to], both days included, in which at least `from_days` of these days lie. */
double jl_months_between(double from, double to, int32_t from_days);

#endif
