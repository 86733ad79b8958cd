/* SPDX-License-Identifier: Apache-2.0
 *
 * Reducers on doubles: against the exact reducers on random values, and the order in which they add.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "segments.h"

static const jl_parameters parameters[] = {
    {.count = 0, .number = 2},
    {.count = 1, .number = -1},
    {.count = 3, .number = 0.5, .low_first = true},
    {.count = 2, .number = 3},
};

static bool takes_positive_values(jl_op_kind kind) {
    return kind == JL_OP_GEOMETRIC_MEAN || kind == JL_OP_HARMONIC_MEAN || kind == JL_OP_POWER_MEAN;
}

static values random_values(random_source *random, jl_op_kind kind) {
    const bool line = kind == JL_OP_SLOPE || kind == JL_OP_FORECAST || kind == JL_OP_FORECAST_ERROR;
    values in = {.n = random_below(random, random_below(random, 3) == 0 ? MAX_VALUES + 1 : 6)};
    const double first_year = random_below(random, 3000);
    for (size_t row = 0; row < in.n; row++) {
        in.x[row] = random_decimal(random);
        in.y[row] = line ? first_year + (double)row : (double)random_below(random, 4) / 4;
        if (takes_positive_values(kind) && random_below(random, 20) != 0) {
            in.x[row] = fabs(in.x[row]) + 0.25;
        }
    }
    return in;
}

static void check(jl_op_kind kind, const jl_parameters *p, const values *in) {
    const reduced fast = reduce_doubles(kind, p, in), exact = reduce_exactly(kind, p, in);
    assert_true(exact.rational || !jl_op_row_of(kind)->rational);
    if (!fast.near && (fast.s != exact.s || !agree(fast.v, exact.v))) {
        fail_msg("%s of %zu values: double %.17g/%d, exact %.17g/%d", jl_op_row_of(kind)->name, in->n, fast.v, fast.s,
                 exact.v, exact.s);
    }
}

static void reducers_agree_with_their_exact_meaning(void **state) {
    (void)state;
    random_source random = {35};
    for (int kind = 0; kind < JL_N_OPS; kind++) {
        for (int trial = 0; jl_op_row_of((jl_op_kind)kind)->reducer != NULL && trial < 400; trial++) {
            const values in = random_values(&random, (jl_op_kind)kind);
            check((jl_op_kind)kind, &parameters[(size_t)trial % JL_COUNT(parameters)], &in);
        }
    }
}

static void domain_tests_at_their_boundary_are_reported(void **state) {
    (void)state;
    static const struct {
        jl_op_kind kind;
        values in;
        bool near;
    } cases[] = {
        {JL_OP_WEIGHTED_MEAN, {{1, 2}, {0.1, -0.1}, 2}, true}, {JL_OP_WEIGHTED_MEAN, {{1, 2}, {0.1, 0.1}, 2}, false},
        {JL_OP_WEIGHTED_MEDIAN, {{1, 2}, {1, 1}, 2}, true},    {JL_OP_WEIGHTED_MEDIAN, {{1, 2}, {1, 2}, 2}, false},
        {JL_OP_SLOPE, {{1, 2, 3}, {5, 5, 5}, 3}, true},        {JL_OP_SLOPE, {{1, 2, 3}, {5, 6, 7}, 3}, false},
        {JL_OP_GEOMETRIC_MEAN, {{1e-12, 4}, {1, 1}, 2}, true}, {JL_OP_HARMONIC_MEAN, {{0, 4}, {1, 1}, 2}, true},
    };
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        const reduced out = reduce_doubles(cases[i].kind, &parameters[0], &cases[i].in);
        if (out.near != cases[i].near) {
            fail_msg("case %zu", i);
        }
    }
}

/* The values are chosen so that any other order of adding gives another double. */
static void sums_run_in_eight_lanes_joined_by_halves(void **state) {
    (void)state;
    values in = {.n = 19};
    double lane[8] = {0};
    for (size_t row = 0; row < in.n; row++) {
        in.x[row] = 1.0 / (double)(3 * row + 1);
        lane[row % 8] += in.x[row];
    }
    const double left = (lane[0] + lane[4]) + (lane[2] + lane[6]), right = (lane[1] + lane[5]) + (lane[3] + lane[7]);
    assert_true(reduce_doubles(JL_OP_SUM, &parameters[0], &in).v == left + right);
}

static void no_values_have_no_mean_but_a_count_and_a_sum(void **state) {
    (void)state;
    const values none = {.n = 0};
    for (int kind = 0; kind < JL_N_OPS; kind++) {
        if (jl_op_row_of((jl_op_kind)kind)->reducer != NULL) {
            const bool total = kind == JL_OP_COUNT || kind == JL_OP_SUM || kind == JL_OP_WORST_STATE;
            assert_int_equal(reduce_doubles((jl_op_kind)kind, &parameters[0], &none).s, total ? JL_VALUE : JL_MISSING);
            assert_int_equal(reduce_exactly((jl_op_kind)kind, &parameters[0], &none).s, total ? JL_VALUE : JL_MISSING);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reducers_agree_with_their_exact_meaning),
        cmocka_unit_test(domain_tests_at_their_boundary_are_reported),
        cmocka_unit_test(sums_run_in_eight_lanes_joined_by_halves),
        cmocka_unit_test(no_values_have_no_mean_but_a_count_and_a_sum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
