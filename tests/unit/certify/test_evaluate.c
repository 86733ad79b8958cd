/* SPDX-License-Identifier: Apache-2.0
 *
 * The exact reading of plans made by hand: decimals at the bottom, states, reducers, what is settled and what is taken
 * as equal.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "small_plan.h"

static const double whole[N_ROWS] = {1, 2, 3, 4, 5, 6};
static const double tenths[N_ROWS] = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6};

/* The exact value to 20 decimals, and its state. */
static void check_value(small_plan *small, uint32_t value, uint32_t row, const char *expected, uint8_t expected_state) {
    jl_certifier *certifier = jl_certifier_new(&small->program);
    jl_buffer text = {0};
    jl_exact x;
    uint8_t state = JL_UNDEFINED;
    assert_non_null(certifier);
    jl_exact_init(&x, JL_EXACT_FIRST_PRECISION);
    assert_int_equal(jl_certify_value(certifier, value, row, JL_EXACT_FIRST_PRECISION, &x, &state), JEOUL_OK);
    assert_true(x.rational || jl_exact_round(&x, &x, 20, JL_HALF_UP));
    jl_exact_print(&x, 20, &text);
    if (strcmp(text.data, expected) != 0 || state != expected_state) {
        fail_msg("value %u, row %u: %s/%d instead of %s/%d", value, row, text.data, state, expected, expected_state);
    }
    jl_buffer_free(&text);
    jl_exact_clear(&x);
    jl_certifier_free(certifier);
}

static void cells_and_constants_are_their_decimals(void **state) {
    (void)state;
    static const jl_long_cell longs[] = {{1, {"0.20000000000000000001", 22}}, {4, {"7.00000000000000000007", 22}}};
    small_plan small;
    small_plan_init(&small);
    const uint32_t cell = add_cell(&small, 0, tenths, NULL), constant = add_constant(&small, "0.00000000000000000005");
    const uint32_t sum = ADD_OP(&small, ((jl_op){.kind = JL_OP_ADD, .shape = ROWS}), cell, constant);
    check_value(&small, sum, 2, "0.30000000000000000005", JL_VALUE);
    small.columns[0].longs = longs;
    small.columns[0].n_longs = JL_COUNT(longs);
    check_value(&small, sum, 0, "0.10000000000000000005", JL_VALUE);
    check_value(&small, sum, 1, "0.20000000000000000006", JL_VALUE);
    check_value(&small, sum, 4, "7.00000000000000000012", JL_VALUE);
    check_value(&small, sum, 5, "0.60000000000000000005", JL_VALUE);
}

static void branches_that_are_not_taken_are_not_asked(void **state) {
    (void)state;
    small_plan small;
    small_plan_init(&small);
    const uint32_t x = add_cell(&small, 0, whole, NULL), three = add_constant(&small, "3"),
                   zero = add_constant(&small, "0");
    const uint32_t never = add_value(&small, (jl_value){.shape = ROWS}); /* evaluating it is an internal error */
    const uint32_t is_three = ADD_OP(&small, ((jl_op){.kind = JL_OP_EQ, .shape = ROWS}), x, three);
    const uint32_t chosen = ADD_OP(&small, ((jl_op){.kind = JL_OP_IF, .shape = ROWS}), is_three, x, never);
    const uint32_t required = ADD_OP(&small, ((jl_op){.kind = JL_OP_REQUIRE, .shape = ROWS}), zero, never);
    check_value(&small, chosen, 2, "3.00000000000000000000", JL_VALUE);
    check_value(&small, required, 0, "0.00000000000000000000", JL_UNDEFINED);
}

/* ---- reducers ---- */

static void reducers_take_the_rows_that_count(void **state) {
    (void)state;
    static const uint8_t states[N_ROWS] = {JL_VALUE, JL_MISSING, JL_NOT_DUE, JL_NOT_APPLICABLE, JL_VALUE, JL_MISSING};
    static const double truths[N_ROWS] = {1, 1, 1, 0, 0, 1};
    static const uint8_t truth_states[N_ROWS] = {JL_VALUE, JL_VALUE, JL_VALUE, JL_VALUE, JL_VALUE, JL_MISSING};
    small_plan small;
    small_plan_init(&small);
    const uint32_t part = add_value(&small, (jl_value){.shape = ROWS, .type = JL_TYPE_INDEX});
    const uint32_t x = add_cell(&small, 0, whole, states), y = add_cell(&small, 1, tenths, NULL);
    const uint32_t where = add_cell(&small, 2, truths, truth_states);
    const struct {
        jl_op op;
        const char *even, *odd; /* rows 0, 2, 4 have the values 1, not due, 5; rows 1, 3, 5 none */
        uint8_t even_state, odd_state;
    } cases[] = {
        {{.kind = JL_OP_SUM}, "6", "0", JL_VALUE, JL_VALUE},
        {{.kind = JL_OP_COUNT}, "2", "0", JL_VALUE, JL_VALUE},
        {{.kind = JL_OP_MEAN}, "3", "0", JL_VALUE, JL_MISSING},
        {{.kind = JL_OP_MEAN, .p = {.n = 3}}, "0", "0", JL_MISSING, JL_MISSING},
        {{.kind = JL_OP_SUM, .p = {.n = 3}}, "0", "0", JL_MISSING, JL_MISSING},
        {{.kind = JL_OP_MEAN, .p = {.combine = true}}, "3", "0", JL_VALUE, JL_MISSING},
        {{.kind = JL_OP_SUM, .p = {.combine = true}, .has_where = true}, "1", "0", JL_VALUE, JL_MISSING},
        {{.kind = JL_OP_SUM, .has_where = true}, "1", "0", JL_VALUE, JL_VALUE},
        {{.kind = JL_OP_WEIGHTED_MEAN}, "4.33333333333333333333", "0", JL_VALUE, JL_MISSING},
        {{.kind = JL_OP_WORST_STATE, .p = {.mask = 1u << JL_NOT_DUE | 1u << JL_NOT_APPLICABLE}},
         "0",
         "0",
         JL_NOT_DUE,
         JL_NOT_APPLICABLE},
        {{.kind = JL_OP_WORST_STATE, .p = {.mask = 1u << JL_UNDEFINED}}, "0", "0", JL_VALUE, JL_VALUE},
    };
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        const bool has_y = jl_op_row_of((jl_op_kind)cases[i].op.kind)->n_args == 2;
        const uint32_t args[] = {part, x, has_y ? y : where};
        jl_op op = cases[i].op;
        op.shape = PARTS;
        const uint32_t reduced = add_op(&small, op, args, has_y || op.has_where ? 3 : 2);
        char even[40], odd[40];
        (void)snprintf(even, sizeof even, strchr(cases[i].even, '.') != NULL ? "%s" : "%s.00000000000000000000",
                       cases[i].even);
        (void)snprintf(odd, sizeof odd, "%s.00000000000000000000", cases[i].odd);
        check_value(&small, reduced, 0, even, cases[i].even_state);
        check_value(&small, reduced, 1, odd, cases[i].odd_state);
    }
}

static void undefined_values_are_never_left_out(void **state) {
    (void)state;
    static const double divisors[N_ROWS] = {1, 2, 0, 4, 5, 6};
    small_plan small;
    small_plan_init(&small);
    const uint32_t part = add_value(&small, (jl_value){.shape = ROWS, .type = JL_TYPE_INDEX});
    const uint32_t x = add_cell(&small, 0, whole, NULL), y = add_cell(&small, 1, divisors, NULL),
                   one = add_constant(&small, "1");
    const uint32_t ratio = ADD_OP(&small, ((jl_op){.kind = JL_OP_DIV, .shape = ROWS}), x, y);
    const uint32_t mean = ADD_OP(&small, ((jl_op){.kind = JL_OP_MEAN, .shape = PARTS}), part, ratio);
    const uint32_t list =
        ADD_OP(&small, ((jl_op){.kind = JL_OP_LIST, .shape = ROWS, .p = {.reducer = JL_OP_SUM, .combine = true}}), x,
               ratio, one);
    check_value(&small, mean, 0, "0.00000000000000000000", JL_UNDEFINED);
    check_value(&small, mean, 1, "1.00000000000000000000", JL_VALUE);
    check_value(&small, list, 1, "4.00000000000000000000", JL_VALUE);
    check_value(&small, list, 2, "0.00000000000000000000", JL_UNDEFINED);
}

static void lists_with_weights_pair_their_elements(void **state) {
    (void)state;
    small_plan small;
    small_plan_init(&small);
    const uint32_t a = add_constant(&small, "100"), b = add_constant(&small, "50"),
                   x = add_cell(&small, 0, whole, NULL);
    const uint32_t one = add_constant(&small, "1");
    const jl_op op = {.kind = JL_OP_LIST, .shape = ROWS, .p = {.reducer = JL_OP_WEIGHTED_MEAN}};
    const uint32_t mean = ADD_OP(&small, op, a, b, x, one);
    check_value(&small, mean, 3, "90.00000000000000000000", JL_VALUE); /* weights 4 and 1 */
}

/* ---- gathers ---- */

static void gathers_follow_their_index(void **state) {
    (void)state;
    static double index[N_ROWS] = {0, 1, 0, 1, 0, 0};
    static uint8_t index_states[N_ROWS] = {JL_VALUE, JL_VALUE, JL_VALUE, JL_VALUE, JL_VALUE, JL_MISSING};
    small_plan small;
    small_plan_init(&small);
    const uint32_t x = add_cell(&small, 0, tenths, NULL);
    const uint32_t part = ADD_OP(&small, ((jl_op){.kind = JL_OP_PARTITION, .shape = ROWS, .p = {.space = PARTS}}), x);
    fill_column(&small, part, index, index_states, N_ROWS);
    const uint32_t sum = ADD_OP(&small, ((jl_op){.kind = JL_OP_SUM, .shape = PARTS}), part, x);
    const jl_op absent = {.kind = JL_OP_GATHER, .shape = ROWS, .p = {.state = JL_NOT_APPLICABLE}};
    const jl_op zero = {.kind = JL_OP_GATHER, .shape = ROWS, .p = {.state = JL_VALUE, .number = 0.5}};
    const uint32_t peers = ADD_OP(&small, absent, sum, part), peers_or_half = ADD_OP(&small, zero, sum, part);
    check_value(&small, peers, 2, "0.90000000000000000000", JL_VALUE);
    check_value(&small, peers, 3, "1.20000000000000000000", JL_VALUE);
    check_value(&small, peers, 5, "0.00000000000000000000", JL_NOT_APPLICABLE);
    check_value(&small, peers_or_half, 5, "0.50000000000000000000", JL_VALUE);
}

/* ---- settled columns ---- */

static void settled_columns_are_read_as_far_as_they_are_ready(void **state) {
    (void)state;
    double column[N_ROWS] = {9.99, 9.98, 0, 0, 0, 0};
    uint8_t column_states[N_ROWS] = {JL_VALUE, JL_NOT_DUE, JL_VALUE, JL_VALUE, JL_VALUE, JL_VALUE};
    small_plan small;
    small_plan_init(&small);
    const uint32_t x = add_cell(&small, 0, tenths, NULL), seven = add_constant(&small, "7");
    const uint32_t ratio = ADD_OP(&small, ((jl_op){.kind = JL_OP_DIV, .shape = ROWS}), x, seven);
    const uint32_t rounded = ADD_OP(&small, ((jl_op){.kind = JL_OP_ROUND, .shape = ROWS, .p = {.digits = 2}}), ratio);
    fill_column(&small, rounded, column, column_states, 2);
    check_value(&small, rounded, 0, "9.99000000000000000000", JL_VALUE);
    check_value(&small, rounded, 1, "0.00000000000000000000", JL_NOT_DUE);
    check_value(&small, rounded, 2, "0.04000000000000000000", JL_VALUE);
    fill_column(&small, ratio, column, column_states, N_ROWS); /* no decimal: never read */
    check_value(&small, ratio, 2, "0.04285714285714285714", JL_VALUE);
}

/* ---- settling ---- */

/* √x·√x at the rows: x itself, but only as an enclosure. */
static uint32_t add_blurred(small_plan *small, uint32_t x) {
    const uint32_t root = ADD_OP(small, ((jl_op){.kind = JL_OP_SQRT, .shape = ROWS}), x);
    return ADD_OP(small, ((jl_op){.kind = JL_OP_MUL, .shape = ROWS}), root, root);
}

static void half_cases_are_settled_and_counted(void **state) {
    (void)state;
    static const double halves[N_ROWS] = {0.5, 1.5, 2.5, 3.5, 0.25, 0.75};
    small_plan small;
    small_plan_init(&small);
    const uint32_t x = add_cell(&small, 0, halves, NULL), blurred = add_blurred(&small, x);
    const jl_op to_whole = {.kind = JL_OP_ROUND, .shape = ROWS, .p = {.digits = 0, .mode = JL_HALF_EVEN}};
    const uint32_t plain = ADD_OP(&small, to_whole, x), open = ADD_OP(&small, to_whole, blurred);
    jl_certifier *certifier = jl_certifier_new(&small.program);
    const jl_settler settler = jl_certifier_settler(certifier);
    static const double expected[N_ROWS] = {0, 2, 2, 4, 0, 1};
    for (uint32_t row = 0; row < N_ROWS; row++) {
        double value = -1;
        uint8_t value_state = JL_UNDEFINED;
        assert_int_equal(settler.settle(settler.context, small.values[plain].source, row, &value, &value_state),
                         JEOUL_OK);
        assert_true(value == expected[row] && value_state == JL_VALUE);
        assert_int_equal(settler.settle(settler.context, small.values[open].source, row, &value, &value_state),
                         JEOUL_OK);
        assert_true(value == expected[row] && value_state == JL_VALUE);
    }
    assert_int_equal(jl_certifier_taken_as_equal(certifier), 4); /* √0.25 is rational, 0.75 is no half case */
    jl_certifier_free(certifier);
}

static void rows_are_compared_exactly(void **state) {
    (void)state;
    static const double numbers[N_ROWS] = {0.3, 0.1, 2, 2, 4, 3};
    static const double addends[N_ROWS] = {0, 0.2, 0, 1e-15, 0, 0};
    small_plan small;
    small_plan_init(&small);
    const uint32_t x = add_cell(&small, 0, numbers, NULL), y = add_cell(&small, 1, addends, NULL);
    const uint32_t sum = ADD_OP(&small, ((jl_op){.kind = JL_OP_ADD, .shape = ROWS}), x, y),
                   blurred = add_blurred(&small, sum);
    static const struct {
        uint32_t a, b;
        int order;
        uint64_t taken_as_equal;
    } cases[] = {{0, 1, 0, 1}, {2, 3, -1, 0}, {4, 5, 1, 0}, {3, 2, 1, 0}};
    jl_certifier *certifier = jl_certifier_new(&small.program);
    const jl_settler settler = jl_certifier_settler(certifier);
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        int order = 7;
        const uint64_t before = jl_certifier_taken_as_equal(certifier);
        assert_int_equal(settler.compare(settler.context, sum, cases[i].a, cases[i].b, &order), JEOUL_OK);
        assert_true(order == cases[i].order && jl_certifier_taken_as_equal(certifier) == before);
        assert_int_equal(settler.compare(settler.context, blurred, cases[i].a, cases[i].b, &order), JEOUL_OK);
        assert_true(order == cases[i].order &&
                    jl_certifier_taken_as_equal(certifier) == before + cases[i].taken_as_equal);
    }
    jl_certifier_free(certifier);
}

/* Each value is read twice by the next: without a memo this would take 2^100 steps. */
static void values_read_often_are_evaluated_once(void **state) {
    (void)state;
    small_plan small;
    small_plan_init(&small);
    const uint32_t one = add_constant(&small, "1"), x = add_cell(&small, 0, tenths, NULL),
                   two = add_constant(&small, "2");
    uint32_t last = add_blurred(&small, x);
    for (int i = 0; i < 100; i++) {
        const uint32_t sum = ADD_OP(&small, ((jl_op){.kind = JL_OP_ADD, .shape = ROWS}), last, last);
        last = i % 2 == 0 ? sum : ADD_OP(&small, ((jl_op){.kind = JL_OP_DIV, .shape = ROWS}), sum, two);
    }
    const uint32_t grown = ADD_OP(&small, ((jl_op){.kind = JL_OP_MUL, .shape = ROWS}), last, one);
    check_value(&small, grown, 4, "562949953421312.00000000000000000000", JL_VALUE); /* 2^50 · 0.5 */
}

/* ---- causes ---- */

static void causes_are_found_where_the_state_arose(void **state) {
    (void)state;
    static const double divisors[N_ROWS] = {1, 2, 3, 0, 5, 6};
    static const uint8_t states[N_ROWS] = {JL_VALUE, JL_VALUE, JL_MISSING, JL_VALUE, JL_VALUE, JL_VALUE};
    small_plan small;
    small_plan_init(&small);
    const uint32_t part = add_value(&small, (jl_value){.shape = ROWS, .type = JL_TYPE_INDEX});
    const uint32_t x = add_cell(&small, 0, whole, states), y = add_cell(&small, 1, divisors, NULL),
                   one = add_constant(&small, "1");
    const uint32_t ratio = ADD_OP(&small, ((jl_op){.kind = JL_OP_DIV, .shape = ROWS}), x, y);
    const uint32_t sum = ADD_OP(&small, ((jl_op){.kind = JL_OP_ADD, .shape = ROWS}), one, ratio);
    const uint32_t mean = ADD_OP(&small, ((jl_op){.kind = JL_OP_MEAN, .shape = PARTS}), part, sum);
    const uint32_t at_least = ADD_OP(&small, ((jl_op){.kind = JL_OP_MEAN, .shape = PARTS, .p = {.n = 9}}), part, y);
    const struct {
        uint32_t value, row, op, op_row;
    } cases[] = {
        {sum, 3, small.values[ratio].source, 3},
        {sum, 2, JL_NONE, 2},
        {mean, 1, small.values[ratio].source, 3},
        {at_least, 0, small.values[at_least].source, 0},
    };
    jl_certifier *certifier = jl_certifier_new(&small.program);
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        uint32_t op = 77, row = 77;
        assert_int_equal(jl_certify_cause(certifier, cases[i].value, cases[i].row, &op, &row), JEOUL_OK);
        assert_true(op == cases[i].op && row == cases[i].op_row);
    }
    jl_certifier_free(certifier);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_and_constants_are_their_decimals),
        cmocka_unit_test(branches_that_are_not_taken_are_not_asked),
        cmocka_unit_test(reducers_take_the_rows_that_count),
        cmocka_unit_test(undefined_values_are_never_left_out),
        cmocka_unit_test(lists_with_weights_pair_their_elements),
        cmocka_unit_test(gathers_follow_their_index),
        cmocka_unit_test(settled_columns_are_read_as_far_as_they_are_ready),
        cmocka_unit_test(half_cases_are_settled_and_counted),
        cmocka_unit_test(rows_are_compared_exactly),
        cmocka_unit_test(values_read_often_are_evaluated_once),
        cmocka_unit_test(causes_are_found_where_the_state_arose),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
