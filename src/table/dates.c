/* SPDX-License-Identifier: Apache-2.0
 *
 * Dates, months, quarters and years as ISO 8601 writes them: text -> number.
 *
 * Only the one spelling is taken, with all its zeros: 2017. 3. 1. or 03/01/2017 would have to be guessed, and a
 * guessed date is a wrong result. Years are 0001 to 9999.
 */
#include "op/dates.h"
#include "table/table.h"

/* `n` digits at `offset`; -1 if they are not all digits. */
static int digits(jl_text text, size_t offset, size_t n) {
    int value = 0;
    for (size_t i = offset; i < offset + n; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') return -1;
        value = value * 10 + (text.data[i] - '0');
    }
    return value;
}

static int days_in_month(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

/* "2017-03" at the start of the text. */
static bool read_month(jl_text text, int *year_out, int *month_out) {
    *year_out = digits(text, 0, 4);
    *month_out = digits(text, 5, 2);
    return *year_out >= 1 && text.data[4] == '-' && *month_out >= 1 && *month_out <= 12;
}

bool jl_date_parse(jl_text text, double *days_out) {
    int year, month;
    if (text.length != 10 || !read_month(text, &year, &month) || text.data[7] != '-') return false;
    const int day = digits(text, 8, 2);
    if (day < 1 || day > days_in_month(year, month)) return false;
    *days_out = jl_day_of(year, month, day);
    return true;
}

bool jl_month_parse(jl_text text, double *month_out) {
    int year, month;
    if (text.length != 7 || !read_month(text, &year, &month)) return false;
    *month_out = year * 12.0 + month - 1;
    return true;
}

bool jl_quarter_parse(jl_text text, double *quarter_out) {
    const size_t mark = text.length == 7 ? 5 : 4; /* 2017-Q1, 2017Q1 */
    if (text.length != mark + 2 || text.data[mark] != 'Q') return false;
    if (mark == 5 && text.data[4] != '-') return false;
    const int year = digits(text, 0, 4), quarter = digits(text, mark + 1, 1);
    if (year < 1 || quarter < 1 || quarter > 4) return false;
    *quarter_out = year * 4.0 + quarter - 1;
    return true;
}

bool jl_year_parse(jl_text text, double *year_out) {
    const int year = text.length == 4 ? digits(text, 0, 4) : -1;
    if (year < 1) return false;
    *year_out = year;
    return true;
}

void jl_date_split(double days, int *year_out, int *month_out, int *day_out) {
    *year_out = (int)jl_day_year(days);
    *month_out = (int)jl_day_month(days);
    *day_out = (int)(days - jl_day_of(*year_out, *month_out, 1)) + 1;
}
