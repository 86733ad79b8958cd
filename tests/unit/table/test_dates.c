/* SPDX-License-Identifier: Apache-2.0
 *
 * Dates: ISO texts only, and what they are as numbers.
 */
#include "tables.h"

typedef bool parser(jl_text text, double *value_out);

static void iso_texts_are_numbers(void **state) {
    static const struct {
        parser *parse;
        const char *text;
        double value;
    } cases[] = {
        {jl_date_parse, "1970-01-01", 0},       {jl_date_parse, "2017-12-31", 17531},
        {jl_date_parse, "1969-12-31", -1},      {jl_date_parse, "2000-02-29", 11016},
        {jl_date_parse, "0001-01-01", -719162}, {jl_date_parse, "9999-12-31", 2932896},
        {jl_month_parse, "2017-03", 24206},     {jl_month_parse, "2017-12", 24215},
        {jl_quarter_parse, "2017-Q1", 8068},    {jl_quarter_parse, "2017Q4", 8071},
        {jl_year_parse, "2017", 2017},          {jl_year_parse, "0001", 1},
    };
    (void)state;
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        double value = -1;
        assert_true(cases[i].parse(jl_text_of(cases[i].text), &value));
        assert_true(value == cases[i].value);
    }
}

static void other_spellings_are_refused(void **state) {
    static const struct {
        parser *parse;
        const char *text;
    } cases[] = {
        {jl_date_parse, ""},           {jl_date_parse, "2017-3-31"},  {jl_date_parse, "2017.03.31"},
        {jl_date_parse, "2017-02-29"}, {jl_date_parse, "2017-04-31"}, {jl_date_parse, "2017-13-01"},
        {jl_date_parse, "2017-00-01"}, {jl_date_parse, "2017-01-00"}, {jl_date_parse, "1900-02-29"},
        {jl_date_parse, "0000-01-01"}, {jl_date_parse, "2017-03-3x"}, {jl_date_parse, "20170331"},
        {jl_date_parse, "2017-03/31"}, {jl_month_parse, "2017-3"},    {jl_month_parse, "2017-13"},
        {jl_month_parse, "2017/03"},   {jl_quarter_parse, "2017-Q5"}, {jl_quarter_parse, "2017 Q1"},
        {jl_quarter_parse, "2017-q1"}, {jl_quarter_parse, "2017Q0"},  {jl_year_parse, "17"},
        {jl_year_parse, "0000"},       {jl_year_parse, "2017년"},     {jl_year_parse, "+217"},
    };
    (void)state;
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        double value;
        if (cases[i].parse(jl_text_of(cases[i].text), &value)) fail_msg("%s was taken", cases[i].text);
    }
}

static void every_day_of_1200_years_comes_back(void **state) {
    (void)state;
    for (double days = -300000; days < 140000; days++) {
        int year, month, day;
        char text[64];
        double again;
        jl_date_split(days, &year, &month, &day);
        const int length = snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
        assert_true(jl_date_parse((jl_text){text, (size_t)length}, &again));
        assert_true(again == days);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(iso_texts_are_numbers),
        cmocka_unit_test(other_spellings_are_refused),
        cmocka_unit_test(every_day_of_1200_years_comes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
