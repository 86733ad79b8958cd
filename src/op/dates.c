/* SPDX-License-Identifier: Apache-2.0
 *
 * Calendar arithmetic. Days are counted from the first of March of year 0, so that the leap day ends the year.
 */
#include "op/dates.h"

#define DAYS_TO_1970 719468 /* from 0000-03-01 */

static int64_t divide_down(int64_t a, int64_t b) {
    return a / b - (a % b < 0);
}

double jl_day_of(int year, int month, int day) {
    const int64_t march_year = month > 2 ? year : year - 1;
    const int64_t era = divide_down(march_year, 400), year_of_era = march_year - era * 400;
    const int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    const int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return (double)(era * 146097 + day_of_era - DAYS_TO_1970);
}

static void split(double day, int64_t *year_out, int *month_out) {
    const int64_t shifted = (int64_t)day + DAYS_TO_1970;
    const int64_t era = divide_down(shifted, 146097), day_of_era = shifted - era * 146097;
    const int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int month_from_march = (int)((5 * day_of_year + 2) / 153);
    *month_out = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    *year_out = year_of_era + era * 400 + (*month_out <= 2);
}

double jl_day_year(double day) {
    int64_t year;
    int month;
    split(day, &year, &month);
    return (double)year;
}

double jl_day_month(double day) {
    int64_t year;
    int month;
    split(day, &year, &month);
    return (double)month;
}

double jl_months_between(double from, double to, int32_t from_days) {
    int64_t year;
    int month;
    double counted = 0.0;
    split(from, &year, &month);
    for (double start = jl_day_of((int)year, month, 1); start <= to;) {
        year += month == 12;
        month = month == 12 ? 1 : month + 1;
        const double next = jl_day_of((int)year, month, 1);
        const double first = start < from ? from : start, last = next - 1 > to ? to : next - 1;
        counted += last - first + 1 >= (double)from_days;
        start = next;
    }
    return counted;
}
