/* SPDX-License-Identifier: Apache-2.0
 *
 * Exact meanings of row operations: against their kernels on random operands, against results worked by hand, and at
 * boundaries that no precision decides.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "numbers.h"

#define MAX_ARGS 3

typedef struct operands {
    double v[MAX_ARGS];
    uint8_t s[MAX_ARGS];
} operands;

typedef struct outcome {
    double v;
    uint8_t s;
    bool rational, taken_as_equal;
} outcome;

/* Exact operands at one precision: the values, with √2·√2 (irrational to the library) for each NaN. */
static void set_operand(jl_exact *x, double value) {
    bool open = false;
    if (!isnan(value)) {
        jl_exact_set_double(x, value);
        return;
    }
    jl_exact_set_integer(x, 2);
    assert_true(jl_exact_sqrt(x, x, &open));
    jl_exact_mul(x, x, x);
}

static bool run_at(const jl_op_row *op, const jl_parameters *p, const operands *in, mpfr_prec_t precision,
                   outcome *out) {
    jl_exact room[MAX_ARGS], result;
    const jl_exact *args[MAX_ARGS];
    const size_t n_args = (size_t)op->n_args;
    for (size_t arg = 0; arg < n_args; arg++) {
        jl_exact_init(&room[arg], precision);
        set_operand(&room[arg], in->v[arg]);
        args[arg] = &room[arg];
    }
    jl_exact_init(&result, precision);
    *out = (outcome){0};
    const jl_exact_row row = {
        p, args, in->s, n_args, precision, precision == JL_EXACT_LAST_PRECISION, &out->taken_as_equal};
    const bool closed = op->exact(&row, &result, &out->s);
    out->v = jl_exact_to_double(&result);
    out->rational = result.rational;
    jl_exact_clear(&result);
    for (size_t arg = 0; arg < n_args; arg++) {
        jl_exact_clear(&room[arg]);
    }
    return closed;
}

static outcome run(jl_op_kind kind, const jl_parameters *p, const operands *in) {
    outcome out = {0};
    mpfr_prec_t precision = JL_EXACT_FIRST_PRECISION;
    while (!run_at(jl_op_row_of(kind), p, in, precision, &out)) {
        precision *= 2;
        assert_true(precision <= JL_EXACT_LAST_PRECISION);
    }
    return out;
}

static outcome run_kernel(jl_op_kind kind, const jl_parameters *p, const operands *in, uint8_t *near_out) {
    operands copy = *in;
    outcome out = {0};
    jl_register args[MAX_ARGS];
    for (size_t arg = 0; arg < MAX_ARGS; arg++) {
        args[arg] = (jl_register){&copy.v[arg], &copy.s[arg]};
    }
    *near_out = 0;
    const jl_op_row *op = jl_op_row_of(kind);
    op->kernel(&(jl_block){1, p, {&out.v, &out.s}, args, (size_t)op->n_args, near_out, false});
    return out;
}

/* ---- against the kernels ---- */

static const jl_table_row steps_down[] = {{95, 100, true, false}, {9, 90, false, false}, {0, 70.5, true, false}};
static const jl_table_row steps_up[] = {{0, 3, true, false}, {5, 2, false, false}, {20, 1, true, false}};
static const jl_table_row knots[] = {{-10, 0, false, false}, {0, 50, false, false}, {5, 54.5, false, false}, {20, 100, false, false}};

static const jl_parameters parameters[] = {
    {.digits = 0,
     .mode = JL_HALF_UP,
     .mask = JL_STATE_BIT(JL_MISSING),
     .state = JL_MISSING,
     .rows = steps_down,
     .n_rows = 3,
     .below = 2,
     .above = 2,
     .count = 15},
    {.digits = 1,
     .mode = JL_HALF_EVEN,
     .mask = JL_STATE_BIT(JL_NOT_DUE) | JL_STATE_BIT(JL_UNDEFINED),
     .state = JL_NOT_DUE,
     .rows = steps_up,
     .n_rows = 3,
     .at_most = true,
     .number = 7.25,
     .has_otherwise = true,
     .count = 1},
    {.digits = 2,
     .mode = JL_TRUNCATE,
     .mask = JL_STATE_BIT(JL_NOT_APPLICABLE),
     .state = JL_UNDEFINED,
     .rows = knots,
     .n_rows = 4,
     .below = 1,
     .above = 0,
     .count = 28},
    {.digits = -1,
     .mode = JL_CEILING,
     .state = JL_UNDEFINED,
     .rows = knots,
     .n_rows = 4,
     .below = 0,
     .above = 1,
     .count = 31},
    {.digits = 1,
     .mode = JL_FLOOR,
     .state = JL_MISSING,
     .rows = knots,
     .n_rows = 4,
     .number = 1,
     .has_otherwise = true,
     .count = 2},
};

static bool takes_truth(jl_op_kind kind, size_t arg) {
    const bool first = kind == JL_OP_IF || kind == JL_OP_REQUIRE || kind == JL_OP_WHEN || kind == JL_OP_REFUSE;
    return kind == JL_OP_NOT || kind == JL_OP_AND || kind == JL_OP_OR || (first && arg == 0);
}

static double random_operand(random_source *random, jl_op_kind kind, size_t arg) {
    if (takes_truth(kind, arg)) {
        return random_below(random, 2);
    }
    if (kind == JL_OP_YEAR || kind == JL_OP_MONTH || kind == JL_OP_MONTHS) {
        return (double)random_below(random, 40000) - 3000.0;
    }
    if (kind == JL_OP_MAP || kind == JL_OP_CODE_EQ) {
        return random_below(random, 25);
    }
    return random_decimal(random);
}

static bool is_representable(double value) {
    return isfinite(value) && fabs(value) < 1e100;
}

/* Steps want their edges in the order of their direction, curves theirs ascending. */
static bool suits(jl_op_kind kind, const jl_parameters *p) {
    return (kind != JL_OP_STEPS || p->rows != knots) && (kind != JL_OP_CURVE || p->rows != steps_down);
}

static void check_against_kernel(jl_op_kind kind, const jl_parameters *p, random_source *random) {
    operands in = {{0}, {0}};
    uint8_t near = 0;
    for (size_t arg = 0; arg < (size_t)jl_op_row_of(kind)->n_args; arg++) {
        in.s[arg] = random_state(random);
        in.v[arg] = in.s[arg] == JL_VALUE ? random_operand(random, kind, arg) : 0.0;
    }
    const outcome fast = run_kernel(kind, p, &in, &near);
    const outcome exact = run(kind, p, &in);
    const bool comparable = is_representable(fast.v);
    if (!near && comparable && (fast.s != exact.s || !agree(fast.v, exact.v))) {
        fail_msg("%s(%g/%d, %g/%d, %g/%d): kernel %.17g/%d, exact %.17g/%d", jl_op_row_of(kind)->name, in.v[0], in.s[0],
                 in.v[1], in.s[1], in.v[2], in.s[2], fast.v, fast.s, exact.v, exact.s);
    }
    assert_false(exact.taken_as_equal);
    assert_true(exact.s == JL_VALUE || exact.v == 0.0);
    if (jl_op_row_of(kind)->rational) {
        assert_true(exact.rational);
    }
}

static void exact_meanings_agree_with_their_kernels(void **state) {
    (void)state;
    random_source random = {20170101};
    for (int kind = 0; kind < JL_N_OPS; kind++) {
        const jl_op_row *op = jl_op_row_of((jl_op_kind)kind);
        for (int trial = 0; op->exact != NULL && trial < 2000; trial++) {
            const jl_parameters *p = &parameters[(size_t)trial % JL_COUNT(parameters)];
            if (suits((jl_op_kind)kind, p)) {
                check_against_kernel((jl_op_kind)kind, p, &random);
            }
        }
    }
}

/* ---- by hand ---- */

#define ROOT_SQUARED NAN /* √2·√2: 2, but the library sees an enclosure */

static void results_worked_by_hand_come_out(void **state) {
    (void)state;
    static const struct {
        jl_op_kind kind;
        operands in;
        double v;
        uint8_t s;
    } cases[] = {
        {JL_OP_ADD, {{0.1, 0.2}, {0}}, 0.3, JL_VALUE},
        {JL_OP_ADD, {{1, 0}, {JL_VALUE, JL_NOT_DUE}}, 0, JL_NOT_DUE},
        {JL_OP_ADD, {{0, 0}, {JL_UNDEFINED, JL_MISSING}}, 0, JL_UNDEFINED},
        {JL_OP_DIV, {{1, 0}, {0}}, 0, JL_UNDEFINED},
        {JL_OP_DIV, {{0, 0}, {JL_MISSING, JL_VALUE}}, 0, JL_MISSING},
        {JL_OP_POW, {{32, 0.4}, {0}}, 4, JL_VALUE},
        {JL_OP_POW, {{0, -1}, {0}}, 0, JL_UNDEFINED},
        {JL_OP_POW, {{-8, 0.5}, {0}}, 0, JL_UNDEFINED},
        {JL_OP_POW, {{-2, 3}, {0}}, -8, JL_VALUE},
        {JL_OP_SQRT, {{-0.25}, {0}}, 0, JL_UNDEFINED},
        {JL_OP_SQRT, {{2.25}, {0}}, 1.5, JL_VALUE},
        {JL_OP_LN, {{0}, {0}}, 0, JL_UNDEFINED},
        {JL_OP_PHI, {{0}, {0}}, 0.5, JL_VALUE},
        {JL_OP_AND, {{0, 0}, {JL_VALUE, JL_UNDEFINED}}, 0, JL_VALUE},
        {JL_OP_AND, {{1, 0}, {JL_VALUE, JL_MISSING}}, 0, JL_MISSING},
        {JL_OP_OR, {{0, 1}, {JL_MISSING, JL_VALUE}}, 1, JL_VALUE},
        {JL_OP_IF, {{1, 5, 0}, {JL_VALUE, JL_VALUE, JL_UNDEFINED}}, 5, JL_VALUE},
        {JL_OP_IF, {{0, 5, 0}, {JL_VALUE, JL_VALUE, JL_UNDEFINED}}, 0, JL_UNDEFINED},
        {JL_OP_IF, {{0, 5, 5}, {JL_NOT_DUE, JL_VALUE, JL_VALUE}}, 0, JL_NOT_DUE},
        {JL_OP_FIRST, {{0, 3}, {JL_UNDEFINED, JL_VALUE}}, 3, JL_VALUE},
        {JL_OP_FIRST, {{0, 0}, {JL_NOT_DUE, JL_MISSING}}, 0, JL_MISSING},
        {JL_OP_KNOWN, {{0}, {JL_UNDEFINED}}, 0, JL_VALUE},
        {JL_OP_REQUIRE, {{0, 3}, {0}}, 0, JL_UNDEFINED},
        {JL_OP_WHEN, {{0, 3}, {0}}, 0, JL_NOT_APPLICABLE},
        {JL_OP_WHEN, {{0, 0}, {JL_MISSING, JL_UNDEFINED}}, 0, JL_MISSING},
        {JL_OP_HOLD, {{7, 0}, {JL_VALUE, JL_MISSING}}, 0, JL_MISSING},
        {JL_OP_ON_STATE, {{0, 20}, {JL_MISSING, JL_VALUE}}, 20, JL_VALUE},
        {JL_OP_TO_STATE, {{0}, {JL_NOT_DUE}}, 0, JL_NOT_DUE},
        {JL_OP_STEPS, {{95}, {0}}, 100, JL_VALUE},
        {JL_OP_STEPS, {{9}, {0}}, 70.5, JL_VALUE},
        {JL_OP_STEPS, {{-0.001}, {0}}, 0, JL_MISSING},
        {JL_OP_MONTHS, {{17167, 17225}, {0}}, 2, JL_VALUE}, /* 2017-01-01 to 2017-02-28 */
        {JL_OP_MONTHS, {{17225, 17167}, {0}}, 0, JL_UNDEFINED},
        {JL_OP_LE, {{ROOT_SQUARED, 1.999}, {0}}, 0, JL_VALUE},
        {JL_OP_MAX, {{ROOT_SQUARED, 3}, {0}}, 3, JL_VALUE},
    };
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        const outcome out = run(cases[i].kind, &parameters[0], &cases[i].in);
        if (out.s != cases[i].s || out.v != cases[i].v) {
            fail_msg("case %zu (%s): %.17g/%d instead of %.17g/%d", i, jl_op_row_of(cases[i].kind)->name, out.v, out.s,
                     cases[i].v, cases[i].s);
        }
    }
}

static void roundings_of_the_published_cases_come_out(void **state) {
    (void)state;
    static const struct {
        double x;
        int digits;
        jl_round_mode mode;
        double result;
    } cases[] = {
        {10.075, 2, JL_HALF_UP, 10.08}, {5.015, 2, JL_HALF_UP, 5.02}, {-2.5, 0, JL_HALF_UP, -3},
        {-2.5, 0, JL_HALF_EVEN, -2},    {89.995, 2, JL_HALF_UP, 90},  {5.0249, 2, JL_TRUNCATE, 5.02},
        {-1.1, 0, JL_CEILING, -1},      {-1.1, 0, JL_FLOOR, -2},      {12345, -3, JL_HALF_UP, 12000},
        {12500, -3, JL_HALF_UP, 13000},
    };
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        const jl_parameters p = {.digits = cases[i].digits, .mode = (uint8_t)cases[i].mode};
        const outcome out = run(JL_OP_ROUND, &p, &(operands){{cases[i].x}, {JL_VALUE}});
        assert_true(out.s == JL_VALUE && out.v == cases[i].result && !out.taken_as_equal);
    }
}

/* ---- what no precision decides ---- */

static void open_decisions_stay_open_until_the_last_precision(void **state) {
    (void)state;
    const jl_parameters whole = {.digits = 0, .mode = JL_TRUNCATE, .rows = steps_up, .n_rows = 3};
    const jl_table_row edge = {2, 8, true, false}, other_edge = {1, 4, true, false};
    const jl_parameters at_two = {.rows = (const jl_table_row[]){edge, other_edge}, .n_rows = 2};
    const struct {
        jl_op_kind kind;
        const jl_parameters *p;
        operands in;
        double v;
    } cases[] = {
        {JL_OP_EQ, &whole, {{ROOT_SQUARED, 2}, {0}}, 1},   {JL_OP_LT, &whole, {{ROOT_SQUARED, 2}, {0}}, 0},
        {JL_OP_LE, &whole, {{ROOT_SQUARED, 2}, {0}}, 1},   {JL_OP_LE, &whole, {{2, ROOT_SQUARED}, {0}}, 1},
        {JL_OP_ROUND, &whole, {{ROOT_SQUARED}, {0}}, 2},   {JL_OP_STEPS, &at_two, {{ROOT_SQUARED}, {0}}, 8},
        {JL_OP_POW, &whole, {{-3, ROOT_SQUARED}, {0}}, 9},
    };
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        outcome out = {0};
        const jl_op_row *op = jl_op_row_of(cases[i].kind);
        assert_false(run_at(op, cases[i].p, &cases[i].in, JL_EXACT_FIRST_PRECISION, &out));
        assert_false(run_at(op, cases[i].p, &cases[i].in, JL_EXACT_LAST_PRECISION / 2, &out));
        assert_true(run_at(op, cases[i].p, &cases[i].in, JL_EXACT_LAST_PRECISION, &out));
        assert_true(out.taken_as_equal && out.s == JL_VALUE && out.v == cases[i].v);
    }
}

/* √2·√2 − 2: 0, but the library sees an enclosure of it. */
static bool run_on_nothing(jl_op_kind kind, bool last, outcome *out) {
    const mpfr_prec_t precision = last ? JL_EXACT_LAST_PRECISION : JL_EXACT_FIRST_PRECISION;
    const jl_parameters p = {.digits = 2};
    const uint8_t states[2] = {JL_VALUE, JL_VALUE};
    jl_exact x, two, result;
    jl_exact_init(&x, precision);
    jl_exact_init(&two, precision);
    jl_exact_init(&result, precision);
    set_operand(&x, ROOT_SQUARED);
    jl_exact_set_integer(&two, 2);
    jl_exact_sub(&x, &x, &two);
    const jl_exact *args[2] = {kind == JL_OP_DIV ? &two : &x, &x};
    *out = (outcome){0};
    const jl_op_row *op = jl_op_row_of(kind);
    const jl_exact_row row = {&p, args, states, (size_t)op->n_args, precision, last, &out->taken_as_equal};
    const bool closed = op->exact(&row, &result, &out->s);
    out->v = jl_exact_to_double(&result);
    jl_exact_clear(&result);
    jl_exact_clear(&two);
    jl_exact_clear(&x);
    return closed;
}

static void open_domains_count_as_their_boundary_at_the_end(void **state) {
    (void)state;
    static const struct {
        jl_op_kind kind;
        double v;
        uint8_t s;
    } cases[] = {
        {JL_OP_DIV, 0, JL_UNDEFINED}, {JL_OP_LN, 0, JL_UNDEFINED}, {JL_OP_SQRT, 0, JL_VALUE}, {JL_OP_POW, 1, JL_VALUE}};
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        outcome out = {0};
        assert_false(run_on_nothing(cases[i].kind, false, &out));
        assert_true(run_on_nothing(cases[i].kind, true, &out));
        assert_true(out.taken_as_equal && out.s == cases[i].s && out.v == cases[i].v);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exact_meanings_agree_with_their_kernels),
        cmocka_unit_test(results_worked_by_hand_come_out),
        cmocka_unit_test(roundings_of_the_published_cases_come_out),
        cmocka_unit_test(open_decisions_stay_open_until_the_last_precision),
        cmocka_unit_test(open_domains_count_as_their_boundary_at_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
