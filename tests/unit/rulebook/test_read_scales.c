/* SPDX-License-Identifier: Apache-2.0
 *
 * Scales: steps from the highest down, bands as steps, curves, lookups.
 */
#include "rulebooks.h"

#define SCALES(body) HEAD TABLES SCORECARD RESULTS "scales:\n  가: " body "\n"

static const jl_scale *read_scale(void **state, const char *text) {
    const jl_rulebook *book = read_rulebook(*state, text);
    assert_int_equal(book->n_scales, 1);
    return &book->scales[0];
}

static void check_row(const jl_scale *scale, size_t row, const char *edge, bool closed, const char *result) {
    assert_true(row < scale->n_rows);
    assert_text(scale->rows[row].edge, edge);
    assert_text(scale->rows[row].result, result);
    assert_int_equal(scale->rows[row].closed, closed);
}

static void steps_stand_from_the_best_edge_on_however_they_are_written(void **state) {
    const jl_scale *falling = read_scale(state, SCALES("{at_least: {90: 90, 100: 95, 9.5E1: 92}, otherwise: 70}"));
    assert_int_equal(falling->kind, JL_SCALE_STEPS);
    assert_false(falling->at_most);
    assert_int_equal(falling->n_rows, 3);
    check_row(falling, 0, "100", true, "95");
    check_row(falling, 1, "9.5E1", true, "92");
    check_row(falling, 2, "90", true, "90");
    assert_text(falling->otherwise, "70");
    const jl_scale *rising = read_scale(state, SCALES("{at_most: {10: 90, -2: 100}}"));
    assert_true(rising->at_most);
    check_row(rising, 0, "-2", true, "100");
    check_row(rising, 1, "10", true, "90");
    assert_int_equal(rising->otherwise.length, 0);
}

static void bands_become_steps(void **state) {
    const jl_scale *open = read_scale(
        state, SCALES("[{below: 80, score: 1}, {at_least: 80, at_most: 90, score: 2}, {above: 90, score: 3}]"));
    assert_int_equal(open->kind, JL_SCALE_STEPS);
    assert_int_equal(open->n_rows, 2);
    check_row(open, 0, "90", false, "3");
    check_row(open, 1, "80", true, "2");
    assert_text(open->otherwise, "1");
    const jl_scale *ended =
        read_scale(state, SCALES("[{at_least: 0, below: 50, score: 1}, {at_least: 50, at_most: 100, score: 2}]"));
    assert_int_equal(ended->n_rows, 3);
    check_row(ended, 0, "100", false, ""); /* beyond the end nothing is defined */
    check_row(ended, 1, "50", true, "2");
    check_row(ended, 2, "0", true, "1");
    assert_int_equal(ended->otherwise.length, 0);
    const jl_scale *point =
        read_scale(state, SCALES("[{at_least: 5, at_most: 5, score: 2}, {above: 5, score: 3}, {below: 5, score: 1}]"));
    check_row(point, 0, "5", false, "3");
    check_row(point, 1, "5", true, "2");
}

static void curves_have_knots_and_say_what_holds_beyond(void **state) {
    const jl_scale *curve = read_scale(state, SCALES("{curve: [[0, 0], [54, 50.5]], below: hold, above: extend}"));
    assert_int_equal(curve->kind, JL_SCALE_CURVE);
    check_row(curve, 1, "54", true, "50.5");
    assert_int_equal(curve->below, JL_BEYOND_HOLD);
    assert_int_equal(curve->above, JL_BEYOND_EXTEND);
    assert_int_equal(read_scale(state, SCALES("{curve: [[0, 0], [1, 1]]}"))->above, JL_BEYOND_UNDEFINED);
}

static void lookups_keep_their_words(void **state) {
    const jl_scale *lookup = read_scale(state, SCALES("{S: 100, 1등급: 95, otherwise: -1}"));
    assert_int_equal(lookup->kind, JL_SCALE_LOOKUP);
    assert_int_equal(lookup->n_rows, 2);
    assert_text(lookup->rows[1].key, "1등급");
    assert_text(lookup->rows[1].result, "95");
    assert_text(lookup->otherwise, "-1");
}

#define READ_TEST(name) cmocka_unit_test_setup_teardown(name, start_rulebooks, stop_rulebooks)

int main(void) {
    const struct CMUnitTest tests[] = {
        READ_TEST(steps_stand_from_the_best_edge_on_however_they_are_written),
        READ_TEST(bands_become_steps),
        READ_TEST(curves_have_knots_and_say_what_holds_beyond),
        READ_TEST(lookups_keep_their_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
