/* SPDX-License-Identifier: Apache-2.0
 *
 * Double to decimal text: the shortest one, the fixed one, and the integers of settled numbers.
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

static uint64_t next_random(uint64_t *seed) {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    return *seed ^= *seed << 17;
}

static void check_print(double value, const char *expected) {
    char text[JL_NUMBER_LENGTH + 1];
    text[jl_number_print(value, text)] = '\0';
    assert_string_equal(text, expected);
}

typedef struct print_case {
    double value;
    const char *text;
} print_case;

static void the_shortest_decimal_is_printed(void **state) {
    const print_case cases[] = {
        {0, "0"},
        {-0.0, "0"},
        {1, "1"},
        {-87.5, "-87.5"},
        {0.1, "0.1"},
        {0.1 + 0.2, "0.30000000000000004"},
        {10.075, "10.075"},
        {1.0 / 3, "0.3333333333333333"},
        {100, "100"},
        {1e15, "1000000000000000"},
        {123456789012345680, "123456789012345680"},
        {9007199254740992, "9007199254740992"},
        {1e20, "100000000000000000000"},
        {999999999999999900000.0, "999999999999999900000"},
        {1e21, "1e21"},
        {-1.5e21, "-1.5e21"},
        {1e23, "1e23"},
        {1e-7, "0.0000001"},
        {1.5e-10, "0.00000000015"},
        {1.7976931348623157e308, "1.7976931348623157e308"},
        {0x1p-44, "0.00000000000005684341886080802"}, /* the nearest of 16 digits is another double's */
        {0x1p-24, "0.00000005960464477539063"},       /* and here only the one above reads back */
        {5e-9, "0.000000005"},
    };
    (void)state;
    for (size_t i = 0; i < JL_COUNT(cases); i++) check_print(cases[i].value, cases[i].text);
}

static void the_smallest_numbers_fit_the_buffer(void **state) {
    char text[JL_NUMBER_LENGTH + 1];
    (void)state;
    text[jl_number_print(-5e-324, text)] = '\0';
    assert_int_equal(strlen(text), 3 + 323 + 1);
    assert_int_equal(text[strlen(text) - 1], '5');
    text[jl_number_print(-2.2250738585072011e-308, text)] = '\0';
    assert_true(strtod(text, NULL) == -2.2250738585072011e-308);
}

/* The fewest digits that printf needs to give the number back. */
static int digits_needed(double value) {
    char text[64];
    for (int digits = 1; digits < 17; digits++) {
        snprintf(text, sizeof text, "%.*e", digits - 1, value);
        if (strtod(text, NULL) == value) return digits;
    }
    return 17;
}

static int significant_digits(const char *text) {
    int n = 0, zeros = 0;
    for (; *text != '\0' && *text != 'e'; text++) {
        if (*text < '0' || *text > '9' || (n == 0 && *text == '0')) continue;
        zeros = *text == '0' ? zeros + 1 : 0;
        n++;
    }
    return n - zeros;
}

static void check_round_trip(double value) {
    char text[JL_NUMBER_LENGTH + 1];
    double again;
    const size_t length = jl_number_print(value, text);
    text[length] = '\0';
    assert_true(length < JL_NUMBER_LENGTH);
    if (!jl_number_parse((jl_text){text, length}, &again, NULL) || again != value) {
        fail_msg("%a was printed as %s and read as %a", value, text, again);
    }
    if (strtod(text, NULL) != value || significant_digits(text) > digits_needed(value)) {
        fail_msg("%a was printed as %s", value, text);
    }
}

static void random_numbers_come_back(void **state) {
    uint64_t seed = 7;
    (void)state;
    for (int i = 0; i < 12000; i++) {
        uint64_t bits = next_random(&seed);
        if (i % 4 == 1) bits &= UINT64_C(0x800FFFFFFFFFFFFF) >> (i % 50); /* subnormal */
        if (i % 4 == 2) bits &= UINT64_C(0xFFF0000000000000);             /* powers of two */
        double value;
        memcpy(&value, &bits, sizeof value);
        if (i % 4 == 3) value = (double)(int64_t)(bits >> 20) / 1000;
        if (isfinite(value)) check_round_trip(value);
    }
}

typedef struct fixed_case {
    double value;
    int digits;
    const char *text;
} fixed_case;

static void settled_numbers_keep_their_digits(void **state) {
    const fixed_case cases[] = {
        {87.4, 2, "87.40"},
        {-3, 2, "-3.00"},
        {-0.05, 2, "-0.05"},
        {0, 2, "0.00"},
        {-0.0, 2, "0.00"},
        {0.001, 3, "0.001"},
        {100, 0, "100"},
        {-7, 0, "-7"},
        {12000, -3, "12000"},
        {0, -3, "0"},
        {-4000, -3, "-4000"},
        {10.08, 2, "10.08"},
        {90071992547409.91, 2, "90071992547409.91"}, /* the largest with two digits */
        {9007199254740991, 0, "9007199254740991"},
        {9.007199254740991, 15, "9.007199254740991"},
        {0.1, 15, "0.100000000000000"},
    };
    (void)state;
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        char text[JL_NUMBER_LENGTH + 1];
        text[jl_number_print_fixed(cases[i].value, cases[i].digits, text)] = '\0';
        assert_string_equal(text, cases[i].text);
    }
}

static void settled_numbers_and_integers_are_the_same_thing(void **state) {
    uint64_t seed = 3;
    (void)state;
    for (int i = 0; i < 100000; i++) {
        const int digits = (int)(next_random(&seed) % 31) - 15;
        const int64_t m = (int64_t)(next_random(&seed) % UINT64_C(2000000000000000)) - INT64_C(1000000000000000);
        assert_true(jl_number_to_scaled(jl_number_from_scaled(m, digits), digits) == m);
    }
    assert_true(jl_number_from_scaled(1005, 2) == 10.05);
    assert_true(jl_number_from_scaled(12, -3) == 12000);
    assert_true(jl_number_to_scaled(0.1 + 0.2, 1) == 3); /* nearly settled: the nearest */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_shortest_decimal_is_printed),
        cmocka_unit_test(the_smallest_numbers_fit_the_buffer),
        cmocka_unit_test(random_numbers_come_back),
        cmocka_unit_test(settled_numbers_keep_their_digits),
        cmocka_unit_test(settled_numbers_and_integers_are_the_same_thing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
