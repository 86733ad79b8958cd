/* SPDX-License-Identifier: Apache-2.0
 *
 * Exact reducers: results worked by hand, and what stays rational.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "segments.h"

static void results_worked_by_hand_come_out(void **state) {
    (void)state;
    static const struct {
        jl_op_kind kind;
        jl_parameters p;
        values in;
        double v;
        uint8_t s;
        bool rational;
    } cases[] = {
        {JL_OP_SUM, {0}, {{0.1, 0.2}, {0}, 2}, 0.3, JL_VALUE, true},
        {JL_OP_MEAN, {0}, {{1, 2}, {0}, 2}, 1.5, JL_VALUE, true},
        {JL_OP_WEIGHTED_MEAN, {0}, {{100, 50}, {0.3, 0.2}, 2}, 80, JL_VALUE, true},
        {JL_OP_WEIGHTED_MEAN, {0}, {{100, 50}, {0.1, -0.1}, 2}, 0, JL_UNDEFINED, true},
        {JL_OP_MEDIAN, {0}, {{3, 1, 2}, {0}, 3}, 2, JL_VALUE, true},
        {JL_OP_MEDIAN, {0}, {{4, 1, 2, 9}, {0}, 4}, 3, JL_VALUE, true},
        {JL_OP_WEIGHTED_MEDIAN, {0}, {{10, 30, 20}, {1, 2, 1}, 3}, 25, JL_VALUE, true},
        {JL_OP_WEIGHTED_MEDIAN, {0}, {{10, 30, 20}, {1, 3, 1}, 3}, 30, JL_VALUE, true},
        {JL_OP_WEIGHTED_MEDIAN, {0}, {{10, 30, 20}, {1, 1, 0}, 3}, 20, JL_VALUE, true},
        {JL_OP_WEIGHTED_MEDIAN, {0}, {{10}, {0}, 1}, 0, JL_UNDEFINED, true},
        {JL_OP_TRIMMED_MEAN, {.count = 1}, {{90, 70, 80, 100, 100}, {0}, 5}, 90, JL_VALUE, true},
        {JL_OP_TRIMMED_MEAN, {.count = 1}, {{90, 70}, {0}, 2}, 0, JL_MISSING, true},
        {JL_OP_VARIANCE, {.count = 1}, {{1, 2, 3}, {0}, 3}, 1, JL_VALUE, true},
        {JL_OP_VARIANCE, {.count = 1}, {{1}, {0}, 1}, 0, JL_UNDEFINED, true},
        {JL_OP_SD, {0}, {{1, 3}, {0}, 2}, 1, JL_VALUE, true},
        {JL_OP_SD, {0}, {{90, 95, 100, 105, 110}, {0}, 5}, 7.0710678118654755, JL_VALUE, false},
        {JL_OP_SD, {0}, {{0.1, 0.1, 0.1}, {0}, 3}, 0, JL_VALUE, true},
        {JL_OP_BEST, {.count = 2}, {{1, 5, 3}, {0}, 3}, 4, JL_VALUE, true},
        {JL_OP_BEST, {.count = 2, .low_first = true}, {{1, 5, 3}, {0}, 3}, 2, JL_VALUE, true},
        {JL_OP_BEST, {.count = 5}, {{1, 5, 3}, {0}, 3}, 3, JL_VALUE, true},
        {JL_OP_LAST, {.count = 3}, {{1, 5, 3, 7}, {0}, 4}, 5, JL_VALUE, true},
        {JL_OP_LAST, {0}, {{1, 5, 3, 7}, {0}, 4}, 7, JL_VALUE, true},
        {JL_OP_ONLY, {0}, {{1, 1}, {0}, 2}, 0, JL_UNDEFINED, true},
        {JL_OP_SLOPE, {0}, {{10, 12, 14}, {2014, 2015, 2016}, 3}, 2, JL_VALUE, true},
        {JL_OP_SLOPE, {0}, {{10, 12}, {2014, 2015}, 2}, 0, JL_UNDEFINED, true},
        {JL_OP_SLOPE, {0}, {{10, 12, 14}, {5, 5, 5}, 3}, 0, JL_UNDEFINED, true},
        {JL_OP_FORECAST, {0}, {{10, 12, 14}, {2014, 2015, 2016}, 3}, 16, JL_VALUE, true},
        {JL_OP_FORECAST_ERROR, {0}, {{10, 12, 14}, {2014, 2015, 2016}, 3}, 0, JL_VALUE, true},
        /* residuals ½, −1, ½: S² = 1½ / 1 · (1 + 1/3 + 4/2) = 5 */
        {JL_OP_FORECAST_ERROR, {0}, {{1, 0, 2}, {1, 2, 3}, 3}, 2.2360679774997898, JL_VALUE, false},
        {JL_OP_GEOMETRIC_MEAN, {0}, {{2, 8}, {1, 1}, 2}, 4, JL_VALUE, true},
        {JL_OP_GEOMETRIC_MEAN, {0}, {{2, 16}, {20, 10}, 2}, 4, JL_VALUE, true},
        {JL_OP_GEOMETRIC_MEAN, {0}, {{2, 3}, {1, 1}, 2}, 2.4494897427831779, JL_VALUE, false},
        {JL_OP_GEOMETRIC_MEAN, {0}, {{2, 0}, {1, 1}, 2}, 0, JL_UNDEFINED, true},
        {JL_OP_HARMONIC_MEAN, {0}, {{40, 60}, {1, 1}, 2}, 48, JL_VALUE, true},
        {JL_OP_POWER_MEAN, {.number = 2}, {{1, 7}, {1, 1}, 2}, 5, JL_VALUE, true},
        {JL_OP_POWER_MEAN, {.number = 2}, {{0, 0}, {1, 1}, 2}, 0, JL_VALUE, true},
        {JL_OP_POWER_MEAN, {.number = -1}, {{0, 4}, {1, 1}, 2}, 0, JL_UNDEFINED, true},
    };
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        const reduced out = reduce_exactly(cases[i].kind, &cases[i].p, &cases[i].in);
        if (out.s != cases[i].s || out.v != cases[i].v || out.rational != cases[i].rational) {
            fail_msg("case %zu (%s): %.17g/%d rational %d instead of %.17g/%d", i, jl_op_row_of(cases[i].kind)->name,
                     out.v, out.s, out.rational, cases[i].v, cases[i].s);
        }
    }
}

/* √2·√2, √3·√3 and √5·√5 are 2, 3 and 5, but enclosures to the library. */
static void order_statistics_of_enclosures_enclose_the_value(void **state) {
    (void)state;
    static const int squares[] = {5, 2, 3, 2, 3};
    jl_exact room[JL_COUNT(squares)], result;
    const jl_exact *x[JL_COUNT(squares)];
    uint32_t scratch[3 * JL_COUNT(squares)];
    bool open = false, taken_as_equal = false;
    uint8_t state_out = JL_MISSING;
    for (size_t i = 0; i < JL_COUNT(squares); i++) {
        jl_exact_init(&room[i], JL_EXACT_FIRST_PRECISION);
        jl_exact_set_integer(&room[i], squares[i]);
        assert_true(jl_exact_sqrt(&room[i], &room[i], &open));
        jl_exact_mul(&room[i], &room[i], &room[i]);
        x[i] = &room[i];
    }
    jl_exact_init(&result, JL_EXACT_FIRST_PRECISION);
    const jl_parameters p = {.count = 1};
    const jl_exact_segment segment = {
        &p, x, x, JL_COUNT(squares), scratch, JL_EXACT_FIRST_PRECISION, false, &taken_as_equal};
    assert_true(jl_meaning_of_median(&segment, &result, &state_out));
    assert_true(state_out == JL_VALUE && !result.rational && jl_exact_to_double(&result) == 3);
    assert_true(mpfr_cmp_ui(result.low, 3) <= 0 && mpfr_cmp_ui(result.high, 3) >= 0);
    assert_true(jl_meaning_of_best(&segment, &result, &state_out) && jl_exact_to_double(&result) == 5);
    assert_true(jl_meaning_of_weighted_median(&segment, &result, &state_out) && jl_exact_to_double(&result) == 3);
    assert_false(taken_as_equal);
    jl_exact_clear(&result);
    for (size_t i = 0; i < JL_COUNT(squares); i++) {
        jl_exact_clear(&room[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_worked_by_hand_come_out),
        cmocka_unit_test(order_statistics_of_enclosures_enclose_the_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
