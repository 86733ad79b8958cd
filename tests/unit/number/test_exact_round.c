/* SPDX-License-Identifier: Apache-2.0
 *
 * Rounding exact values, with the published cases of evaluations, and the ways out to double, integer and text.
 */
#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "number/exact.h"

static int start(void **state) {
    static jl_exact x;
    jl_exact_init(&x, JL_EXACT_FIRST_PRECISION);
    *state = &x;
    return 0;
}

static int stop(void **state) {
    jl_exact_clear(*state);
    mpfr_free_cache();
    return 0;
}

static uint64_t next_random(uint64_t *seed) {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    return *seed ^= *seed << 17;
}

static void set(jl_exact *x, const char *text) {
    assert_true(jl_exact_set_text(x, jl_text_of(text)));
}

typedef struct round_case {
    const char *given;
    int digits;
    const char *half_up, *half_even, *truncated, *ceiling, *floor;
} round_case;

static const round_case round_cases[] = {
    {"10.075", 2, "10.08", "10.08", "10.07", "10.08", "10.07"}, /* 10.0749999… as a double */
    {"5.015", 2, "5.02", "5.02", "5.01", "5.02", "5.01"},
    {"5.0202", 2, "5.02", "5.02", "5.02", "5.03", "5.02"}, /* 6 points at score 83.67 */
    {"-2.5", 0, "-3", "-2", "-2", "-2", "-3"},
    {"2.5", 0, "3", "2", "2", "3", "2"},
    {"3.5", 0, "4", "4", "3", "4", "3"},
    {"-0.4", 0, "0", "0", "0", "0", "-1"},
    {"0.4", 0, "0", "0", "0", "1", "0"},
    {"-0.5", 0, "-1", "0", "0", "0", "-1"},
    {"89.995", 2, "90", "90", "89.99", "90", "89.99"},
    {"89.985", 2, "89.99", "89.98", "89.98", "89.99", "89.98"},
    {"78.0061538", 2, "78.01", "78.01", "78", "78.01", "78"},
    {"7", 2, "7", "7", "7", "7", "7"},
    {"12500", -3, "13000", "12000", "12000", "13000", "12000"},
    {"-12500", -3, "-13000", "-12000", "-12000", "-12000", "-13000"},
    {"499", -3, "0", "0", "0", "1000", "0"},
    {"0", 2, "0", "0", "0", "0", "0"},
};

static void check_rounded(const char *given, int digits, jl_round_mode mode, const char *expected) {
    jl_exact x, wanted;
    jl_exact_init(&x, 64);
    jl_exact_init(&wanted, 64);
    set(&x, given);
    set(&wanted, expected);
    assert_true(jl_exact_round(&x, &x, digits, mode));
    if (!x.rational || !mpq_equal(x.q, wanted.q)) fail_msg("%s to %d digits is not %s", given, digits, expected);
    jl_exact_clear(&x);
    jl_exact_clear(&wanted);
}

static void every_mode_rounds_as_published(void **state) {
    (void)state;
    for (size_t i = 0; i < JL_COUNT(round_cases); i++) {
        const round_case *row = &round_cases[i];
        check_rounded(row->given, row->digits, JL_HALF_UP, row->half_up);
        check_rounded(row->given, row->digits, JL_HALF_EVEN, row->half_even);
        check_rounded(row->given, row->digits, JL_TRUNCATE, row->truncated);
        check_rounded(row->given, row->digits, JL_CEILING, row->ceiling);
        check_rounded(row->given, row->digits, JL_FLOOR, row->floor);
    }
}

static void set_ratio(jl_exact *x, const char *a, const char *b) {
    jl_exact divisor;
    bool open;
    jl_exact_init(&divisor, 64);
    set(x, a);
    set(&divisor, b);
    assert_true(jl_exact_div(x, x, &divisor, &open));
    jl_exact_clear(&divisor);
}

/* x = constant - factor x |x|, printed to 2 digits. */
static void check_points(jl_exact *x, const char *constant, const char *factor, const char *expected) {
    jl_exact number;
    jl_buffer text = {0};
    jl_exact_init(&number, 64);
    jl_exact_abs(x, x);
    set(&number, factor);
    jl_exact_mul(x, x, &number);
    set(&number, constant);
    jl_exact_sub(x, &number, x);
    jl_exact_print(x, 2, &text);
    assert_string_equal(text.data, expected);
    jl_buffer_free(&text);
    jl_exact_clear(&number);
}

/* Query 회계41301-1689 (2003): 46.75 + (50 - 3 x |0.88 - ratio| x 100), passed at 75. The digits kept of the ratio, or of
 * the difference, decide about the contract. */
static void one_digit_decides_a_contract(void **state) {
    jl_exact *x = *state, limit;
    jl_exact_init(&limit, 64);
    set(&limit, "0.88");
    for (int digits = 2; digits <= 3; digits++) {
        set_ratio(x, "210680000", "261358120");
        assert_true(jl_exact_round(x, x, digits, JL_HALF_UP));
        jl_exact_sub(x, &limit, x);
        check_points(x, "96.75", "300", digits == 2 ? "75.75" : "74.55");
    }
    set_ratio(x, "210680000", "261358120");
    jl_exact_sub(x, &limit, x);
    assert_true(jl_exact_round(x, x, 4, JL_HALF_UP)); /* 7.39 once it is times 100 */
    check_points(x, "96.75", "300", "74.58");
    jl_exact_clear(&limit);
}

/* 5.14 + 5.00 of 13 points: rounded before adding 78.00, unrounded 10.1408 would give 78.01. */
static void leaves_are_rounded_before_they_are_added(void **state) {
    set_ratio(*state, "1014", "13");
    assert_true(jl_exact_round(*state, *state, 2, JL_HALF_UP));
    check_points(*state, "0", "-1", "78.00");
    set_ratio(*state, "1014.08", "13");
    check_points(*state, "0", "-1", "78.01");
}

static void enclose(jl_exact *x, const char *low, const char *high) {
    mpfr_set_str(x->low, low, 10, MPFR_RNDD);
    mpfr_set_str(x->high, high, 10, MPFR_RNDU);
    x->rational = false;
}

typedef struct enclosure_case {
    const char *low, *high;
    int digits;
    jl_round_mode mode;
    const char *expected; /* NULL: open */
} enclosure_case;

static void an_enclosure_is_rounded_when_its_ends_agree(void **state) {
    const enclosure_case cases[] = {
        {"1.2345", "1.2346", 2, JL_HALF_UP, "1.23"},
        {"1.2349", "1.2351", 2, JL_HALF_UP, NULL},
        {"1.23", "1.235", 2, JL_TRUNCATE, NULL}, /* 1.23 itself has no double, so the low end is below it */
        {"1.25", "1.26", 1, JL_TRUNCATE, "1.2"},
        {"-0.001", "0.001", 2, JL_HALF_UP, "0"},
        {"-0.001", "0.001", 2, JL_FLOOR, NULL},
        {"0", "1e-100000", 2, JL_CEILING, NULL},
        {"1e-100000", "1e-99999", 2, JL_CEILING, "0.01"},
        {"1e-100000", "1e-99999", 2, JL_HALF_UP, "0"},
        {"-1e-99999", "-1e-100000", 2, JL_FLOOR, "-0.01"},
        {"1e400000", "1e400000", 2, JL_HALF_UP, NULL}, /* too large for a rational */
        {"1", "inf", 2, JL_HALF_UP, NULL},
        {"-inf", "1", 2, JL_HALF_UP, NULL},
        {"1499", "1499.5", -3, JL_HALF_UP, "1000"},
    };
    jl_exact wanted;
    jl_exact_init(&wanted, 64);
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        enclose(*state, cases[i].low, cases[i].high);
        const bool settled = jl_exact_round(*state, *state, cases[i].digits, cases[i].mode);
        assert_int_equal(settled, cases[i].expected != NULL);
        if (!settled) continue;
        set(&wanted, cases[i].expected);
        assert_int_equal(jl_exact_compare(*state, &wanted), JL_EQUAL);
    }
    jl_exact_clear(&wanted);
}

static void random_values_round_to_the_nearest(void **state) {
    uint64_t seed = 5;
    jl_exact x, error, half;
    (void)state;
    jl_exact_init(&x, 64);
    jl_exact_init(&error, 64);
    jl_exact_init(&half, 64);
    set(&half, "0.0005");
    for (int i = 0; i < 2000; i++) {
        mpq_set_si(x.q, (long)(next_random(&seed) >> 30) - (1L << 33), next_random(&seed) % 1000 + 1);
        mpq_canonicalize(x.q);
        for (int mode = JL_HALF_UP; mode <= JL_FLOOR; mode++) {
            assert_true(jl_exact_round(&error, &x, 3, (jl_round_mode)mode));
            jl_exact_sub(&error, &error, &x);
            if (mode == JL_CEILING) assert_int_not_equal(jl_exact_sign(&error), JL_LESS);
            if (mode == JL_FLOOR) assert_int_not_equal(jl_exact_sign(&error), JL_GREATER);
            if (mode == JL_TRUNCATE && jl_exact_sign(&error) != JL_EQUAL) {
                assert_int_not_equal(jl_exact_sign(&error), jl_exact_sign(&x));
            }
            jl_exact_abs(&error, &error);
            if (mode >= JL_TRUNCATE) jl_exact_sub(&error, &error, &half);
            assert_int_not_equal(jl_exact_compare(&error, &half), JL_GREATER);
        }
    }
    jl_exact_clear(&x);
    jl_exact_clear(&error);
    jl_exact_clear(&half);
}

static void the_nearest_double_comes_out(void **state) {
    uint64_t seed = 6;
    char text[64];
    for (int i = 0; i < 20000; i++) {
        const int exponent = (int)(next_random(&seed) % 700) - 360;
        snprintf(text, sizeof text, "%llue%d", (unsigned long long)next_random(&seed), exponent);
        set(*state, text);
        assert_true(jl_exact_to_double(*state) == strtod(text, NULL));
    }
    mpq_set_si(((jl_exact *)*state)->q, -1, 3);
    assert_true(jl_exact_to_double(*state) == -1.0 / 3);
    enclose(*state, "1", "2");
    assert_true(jl_exact_to_double(*state) == 1.5);
    enclose(*state, "-inf", "inf");
    assert_true(jl_exact_to_double(*state) == 0);
    enclose(*state, "1", "inf");
    assert_true(jl_exact_to_double(*state) > DBL_MAX);
}

typedef struct scaled_case {
    const char *text;
    int digits;
    bool fits;
    int64_t scaled;
} scaled_case;

static void settled_numbers_come_out_as_integers(void **state) {
    const scaled_case cases[] = {
        {"87.40", 2, true, 8740},
        {"-87.4", 2, true, -8740},
        {"87.405", 2, false, 0},
        {"12000", -3, true, 12},
        {"12500", -3, false, 0},
        {"0", 5, true, 0},
        {"9007199254740991", 0, true, INT64_C(9007199254740991)},
        {"-9007199254740991", 0, true, INT64_C(-9007199254740991)},
        {"9007199254740992", 0, false, 0},
        {"90071992547409.92", 2, false, 0},
    };
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        int64_t scaled = 17;
        set(*state, cases[i].text);
        assert_int_equal(jl_exact_to_scaled(*state, cases[i].digits, &scaled), cases[i].fits);
        if (cases[i].fits) assert_true(scaled == cases[i].scaled);
    }
    int64_t scaled;
    enclose(*state, "1", "1");
    assert_false(jl_exact_to_scaled(*state, 0, &scaled));
}

typedef struct text_case {
    const char *given;
    int digits;
    const char *expected;
} text_case;

static void text_is_rounded_half_up(void **state) {
    const text_case cases[] = {
        {"10.075", 2, "10.08"},
        {"-0.005", 2, "-0.01"},
        {"-0.004", 2, "0.00"}, /* no negative zero */
        {"0.05", 2, "0.05"},
        {"7", 3, "7.000"},
        {"-2.5", 0, "-3"},
        {"1250000", -3, "1250000"},
        {"1249500", -3, "1250000"},
        {"400", -3, "0"},
        {"123456789012345678901234567890.5", 1, "123456789012345678901234567890.5"},
    };
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        jl_buffer buffer = {0};
        set(*state, cases[i].given);
        jl_exact_print(*state, cases[i].digits, &buffer);
        assert_string_equal(buffer.data, cases[i].expected);
        jl_buffer_free(&buffer);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_mode_rounds_as_published),
        cmocka_unit_test_setup_teardown(one_digit_decides_a_contract, start, stop),
        cmocka_unit_test_setup_teardown(leaves_are_rounded_before_they_are_added, start, stop),
        cmocka_unit_test_setup_teardown(an_enclosure_is_rounded_when_its_ends_agree, start, stop),
        cmocka_unit_test(random_values_round_to_the_nearest),
        cmocka_unit_test_setup_teardown(the_nearest_double_comes_out, start, stop),
        cmocka_unit_test_setup_teardown(settled_numbers_come_out_as_integers, start, stop),
        cmocka_unit_test_setup_teardown(text_is_rounded_half_up, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
