/* SPDX-License-Identifier: Apache-2.0
 *
 * Decimal text to double: what is a number, and that each is rounded correctly. The C library's strtod is the oracle;
 * tests run in the C locale, where it can be.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "number/number.h"

/* xorshift64: the same numbers in every run. */
static uint64_t next_random(uint64_t *seed) {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    return *seed ^= *seed << 17;
}

typedef struct parse_case {
    const char *text;
    double value;
    bool is_long;
} parse_case;

static void decimals_are_read(void **state) {
    const parse_case cases[] = {
        {"0", 0, false},
        {"7", 7, false},
        {"+7", 7, false},
        {"-7", -7, false},
        {"007", 7, false},
        {"0.1", 0.1, false},
        {"-12.50", -12.5, false},
        {"1e3", 1000, false},
        {"1E+3", 1000, false},
        {"25e-1", 2.5, false},
        {"10.075", 10.075, false},
        {"123456789012345", 123456789012345, false},
        {"1000000000000000000000", 1e21, false}, /* one significant digit */
        {"0.000000000000000000001", 1e-21, false},
        {"1234567890123456", 1234567890123456, true},
        {"0.1234567890123456", 0.1234567890123456, true},
        {"9007199254740993", 9007199254740992, true}, /* a half: to even */
        {"9007199254740993.0000000000000000000000001", 9007199254740994, true},
        {"1e23", 1e23, false},
        {"8.5e-22", 8.5e-22, false},
        {"1.7976931348623157e308", 1.7976931348623157e308, true},
        {"1.7976931348623158e308", 1.7976931348623157e308, true}, /* below the half to infinity */
        {"2.2250738585072014e-308", 2.2250738585072014e-308, true},
        {"5e-324", 5e-324, true},                  /* subnormal: the double does not stand for the decimal */
        {"2.4703282292062327e-324", 0, true},      /* below half of the smallest */
        {"2.4703282292062328e-324", 5e-324, true}, /* above it */
        {"1e-400", 0, true},
        {"0e400", 0, false},
    };
    (void)state;
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        double value = -1;
        bool is_long;
        assert_true(jl_number_parse(jl_text_of(cases[i].text), &value, &is_long));
        assert_true(value == cases[i].value);
        assert_int_equal(is_long, cases[i].is_long);
        assert_true(jl_number_parse(jl_text_of(cases[i].text), &value, NULL));
    }
}

static void zero_has_no_sign(void **state) {
    const char *const zeros[] = {"-0", "-0.00", "-0e5", "-1e-400"};
    (void)state;
    for (size_t i = 0; i < JL_COUNT(zeros); i++) {
        const double zero = 0;
        double value;
        assert_true(jl_number_parse(jl_text_of(zeros[i]), &value, NULL));
        assert_memory_equal(&value, &zero, sizeof value);
    }
}

static void everything_else_is_refused(void **state) {
    const char *const cases[] = {
        "",        " ",
        "1 ",      " 1",
        "+",       "-",
        "--1",     "+-1",
        ".",       ".5",
        "5.",      "-.5",
        "1.2.3",   "1,5",
        "1_000",   "1e",
        "1e+",     "e5",
        "1e5.",    "1e401",
        "inf",     "nan",
        "0x10",    "3o",
        "1e-401",  "1e9999999999",
        "1.8e308", "1.7976931348623159e308",
        "１２",    "△3.5",
    };
    double value;
    (void)state;
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        if (jl_number_parse(jl_text_of(cases[i]), &value, NULL)) fail_msg("`%s` was read as a number", cases[i]);
    }
    assert_false(jl_number_parse((jl_text){"1\0", 2}, &value, NULL));
    assert_false(jl_number_parse((jl_text){NULL, 0}, &value, NULL));
}

static void very_long_texts_are_refused(void **state) {
    char text[1001];
    double value;
    (void)state;
    memset(text, '0', sizeof text);
    text[1] = '.';
    text[999] = '7';
    assert_true(jl_number_parse((jl_text){text, 1000}, &value, NULL));
    assert_false(jl_number_parse((jl_text){text, 1001}, &value, NULL));
}

static void only_the_view_is_read(void **state) {
    double value;
    (void)state;
    assert_true(jl_number_parse((jl_text){"12345", 2}, &value, NULL));
    assert_true(value == 12);
    assert_true(jl_number_parse((jl_text){"1e55", 3}, &value, NULL));
    assert_true(value == 1e5);
}

static void check_against_strtod(const char *text) {
    double value = 0;
    const double expected = strtod(text, NULL);
    const bool read = jl_number_parse(jl_text_of(text), &value, NULL);
    if (read != (isfinite(expected) != 0) || (read && value != expected))
        fail_msg("%s was read as %a, not %a", text, value, expected);
}

static void random_decimals_are_rounded_correctly(void **state) {
    uint64_t seed = 20170101;
    char text[64];
    (void)state;
    for (int i = 0; i < 30000; i++) {
        const unsigned long long digits = next_random(&seed) >> next_random(&seed) % 60;
        const int exponent = (int)(next_random(&seed) % 660) - 345;
        snprintf(text, sizeof text, "%llue%d", digits, i % 3 == 0 ? exponent : exponent % 30);
        check_against_strtod(text);
        snprintf(text, sizeof text, "%llu.%05llu", digits >> 20, digits % 100000);
        check_against_strtod(text);
    }
}

/* Halves between two doubles are the hardest decimals there are. */
static void halves_between_doubles_go_to_even(void **state) {
    uint64_t seed = 42;
    char text[1200];
    (void)state;
    for (int i = 0; i < 300; i++) {
        const uint64_t mantissa = (next_random(&seed) >> 11) | (UINT64_C(1) << 52);
        const int exponent = (int)(next_random(&seed) % 200) - 150;
        long double half = (long double)(2 * mantissa + 1); /* one bit more than a double has */
        for (int e = exponent; e > 0; e--) half *= 2;
        for (int e = exponent; e < 0; e++) half /= 2;
        const int length = snprintf(text, sizeof text, "%.*Lf", exponent < 0 ? -exponent : 0, half);
        check_against_strtod(text);
        if (exponent >= 0) continue;
        text[length] = '1'; /* a little above the half */
        text[length + 1] = '\0';
        check_against_strtod(text);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimals_are_read),
        cmocka_unit_test(zero_has_no_sign),
        cmocka_unit_test(everything_else_is_refused),
        cmocka_unit_test(very_long_texts_are_refused),
        cmocka_unit_test(only_the_view_is_read),
        cmocka_unit_test(random_decimals_are_rounded_correctly),
        cmocka_unit_test(halves_between_doubles_go_to_even),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
