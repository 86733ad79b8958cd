/* SPDX-License-Identifier: Apache-2.0
 *
 * Exact values: the four operations against plain GMP, enclosures that always hold the number, comparing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "number/exact.h"

#define N 4
typedef struct numbers {
    jl_exact x[N]; /* rational */
    jl_exact e[N]; /* for enclosures */
} numbers;

static int start(void **state) {
    static numbers all;
    for (int i = 0; i < N; i++) {
        jl_exact_init(&all.x[i], JL_EXACT_FIRST_PRECISION);
        jl_exact_init(&all.e[i], JL_EXACT_FIRST_PRECISION);
    }
    *state = &all;
    return 0;
}

static int stop(void **state) {
    numbers *all = *state;
    for (int i = 0; i < N; i++) {
        jl_exact_clear(&all->x[i]);
        jl_exact_clear(&all->e[i]);
    }
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

static void check_rational(const jl_exact *x, const char *fraction) {
    mpq_t expected;
    mpq_init(expected);
    mpq_set_str(expected, fraction, 10);
    mpq_canonicalize(expected);
    assert_true(x->rational);
    if (!mpq_equal(x->q, expected)) fail_msg("not %s", fraction);
    mpq_clear(expected);
}

/* Some value with few or many digits, as they stand in rulebooks and tables; never 0. */
static void set_random(jl_exact *x, uint64_t *seed) {
    mpq_set_si(x->q, (long)(next_random(seed) >> (1 + next_random(seed) % 55)) + 1, next_random(seed) % 100000 + 1);
    mpq_canonicalize(x->q);
    if (next_random(seed) % 2 == 0) mpq_neg(x->q, x->q);
    x->rational = true;
}

/* An enclosure of the rational, `slack` units of its last place wide on each side. */
static void blur(jl_exact *e, const jl_exact *x, int slack) {
    mpfr_set_q(e->low, x->q, MPFR_RNDD);
    mpfr_set_q(e->high, x->q, MPFR_RNDU);
    for (int i = 0; i < slack; i++) {
        mpfr_nextbelow(e->low);
        mpfr_nextabove(e->high);
    }
    e->rational = false;
}

static void check_encloses(const jl_exact *e, const jl_exact *x) {
    assert_true(x->rational);
    if (e->rational) {
        assert_true(mpq_equal(e->q, x->q));
    } else {
        assert_true(mpfr_cmp_q(e->low, x->q) <= 0);
        assert_true(mpfr_cmp_q(e->high, x->q) >= 0);
    }
}

static void values_come_in_exactly(void **state) {
    jl_exact *x = &((numbers *)*state)->x[0];
    jl_exact_set_integer(x, INT64_MIN);
    check_rational(x, "-9223372036854775808");
    jl_exact_set_integer(x, INT64_MAX);
    check_rational(x, "9223372036854775807");
    jl_exact_set_integer(x, -5);
    check_rational(x, "-5");
    set(x, "-12.50");
    check_rational(x, "-25/2");
    set(x, "1.5e3");
    check_rational(x, "1500");
    set(x, "0.1234567890123456789012345678901234567890");
    check_rational(x, "1234567890123456789012345678901234567890/10000000000000000000000000000000000000000");
    assert_false(jl_exact_set_text(x, JL_TEXT("1,000")));
}

static void a_double_means_its_shortest_decimal(void **state) {
    jl_exact *x = &((numbers *)*state)->x[0];
    jl_exact_set_double(x, 0.1);
    check_rational(x, "1/10");
    jl_exact_set_double(x, -87.35);
    check_rational(x, "-1747/20");
    jl_exact_set_double(x, 0.1 + 0.2);
    check_rational(x, "30000000000000004/100000000000000000");
    jl_exact_set_double(x, 1e22);
    check_rational(x, "10000000000000000000000");
    jl_exact_set_double(x, 0);
    check_rational(x, "0");
}

typedef void mpq_function(mpq_ptr, mpq_srcptr, mpq_srcptr);
typedef void exact_function(jl_exact *, const jl_exact *, const jl_exact *);

static void divide(jl_exact *x, const jl_exact *a, const jl_exact *b) {
    bool open = true;
    assert_true(jl_exact_div(x, a, b, &open));
    assert_false(open);
}

typedef struct operation {
    exact_function *exact;
    mpq_function *oracle;
} operation;

static const operation operations[] = {
    {jl_exact_add, mpq_add},
    {jl_exact_sub, mpq_sub},
    {jl_exact_mul, mpq_mul},
    {divide, mpq_div},
};

static void rational_operations_are_those_of_gmp(void **state) {
    numbers *all = *state;
    uint64_t seed = 11;
    jl_exact *a = &all->x[0], *b = &all->x[1], *result = &all->x[2], *oracle = &all->x[3];
    for (int i = 0; i < 4000; i++) {
        const operation *pair = &operations[i % 4];
        set_random(a, &seed);
        set_random(b, &seed);
        pair->oracle(oracle->q, a->q, b->q);
        pair->exact(result, a, b);
        check_encloses(result, oracle);
        assert_true(result->rational);
        pair->exact(i % 8 < 4 ? a : b, a, b); /* a result may be an operand */
        check_encloses(i % 8 < 4 ? a : b, oracle);
    }
}

/* Whatever numbers two enclosures hold, the enclosure of the result holds theirs. */
static void enclosures_hold_the_result(void **state) {
    numbers *all = *state;
    uint64_t seed = 12;
    jl_exact *a = &all->x[0], *b = &all->x[1], *oracle = &all->x[3];
    for (int i = 0; i < 4000; i++) {
        const operation *pair = &operations[i % 4];
        jl_exact *ea = &all->e[0], *eb = &all->e[1], *result = &all->e[2];
        set_random(a, &seed);
        set_random(b, &seed);
        blur(ea, a, i % 5);
        blur(eb, b, i % 3);
        pair->oracle(oracle->q, a->q, b->q);
        pair->exact(result, ea, i % 6 == 0 ? b : eb);
        assert_false(result->rational);
        check_encloses(result, oracle);
        pair->exact(i % 8 < 4 ? ea : eb, i % 7 == 0 ? a : ea, eb);
        check_encloses(i % 8 < 4 ? ea : eb, oracle);
    }
}

static void operations_with_one_operand_thrice_agree(void **state) {
    numbers *all = *state;
    set(&all->x[0], "1.5");
    jl_exact_mul(&all->x[0], &all->x[0], &all->x[0]);
    check_rational(&all->x[0], "9/4");
    blur(&all->e[0], &all->x[0], 1);
    set(&all->x[1], "0");
    jl_exact_sub(&all->e[0], &all->e[0], &all->e[0]);
    check_encloses(&all->e[0], &all->x[1]);
    assert_int_equal(jl_exact_sign(&all->e[0]), JL_OPEN);
}

static void division_by_zero_is_undefined_and_by_what_may_be_zero_open(void **state) {
    numbers *all = *state;
    bool open = true;
    set(&all->x[0], "3");
    set(&all->x[1], "0");
    assert_false(jl_exact_div(&all->x[2], &all->x[0], &all->x[1], &open));
    assert_false(open);
    blur(&all->e[0], &all->x[1], 1);
    assert_false(jl_exact_div(&all->x[2], &all->x[0], &all->e[0], &open));
    assert_true(open);
    blur(&all->e[0], &all->x[0], 1);
    assert_true(jl_exact_div(&all->x[2], &all->x[1], &all->e[0], &open));
    assert_false(open);
    check_rational(&all->x[2], "0");
}

static void zero_times_anything_is_zero(void **state) {
    numbers *all = *state;
    set(&all->x[0], "0");
    set(&all->x[1], "7");
    blur(&all->e[0], &all->x[1], 2);
    jl_exact_mul(&all->e[1], &all->e[0], &all->x[0]);
    check_rational(&all->e[1], "0");
}

static void infinite_ends_do_no_harm(void **state) {
    numbers *all = *state;
    jl_exact *wide = &all->e[0];
    bool open;
    set(&all->x[0], "0");
    set(&all->x[1], "1");
    wide->rational = false;
    mpfr_set_inf(wide->low, -1);
    mpfr_set_inf(wide->high, 1);
    for (size_t i = 0; i < 3; i++) {
        operations[i].exact(&all->e[1], wide, wide);
        check_encloses(&all->e[1], &all->x[0]);
    }
    mpfr_set_ui(wide->low, 1, MPFR_RNDN);
    assert_true(jl_exact_div(&all->e[1], wide, wide, &open));
    check_encloses(&all->e[1], &all->x[1]);
    assert_int_equal(jl_exact_compare(wide, &all->x[0]), JL_GREATER);
}

static void numbers_beyond_the_size_limit_become_enclosures(void **state) {
    numbers *all = *state;
    jl_exact *x = &all->x[0];
    set(x, "3");
    for (int i = 0; i < 19; i++) jl_exact_mul(x, x, x); /* 3 ^ 2^19 would have 830 000 bits */
    assert_true(x->rational);
    jl_exact_mul(x, x, x);
    assert_false(x->rational);
    assert_true(mpfr_less_p(x->low, x->high));
    jl_exact_set(&all->x[1], x);
    divide(x, x, &all->x[1]);
    set(&all->x[2], "1");
    check_encloses(x, &all->x[2]);
}

static void check_order(const jl_exact *a, const jl_exact *b, jl_order expected) {
    const jl_order turned = expected == JL_OPEN ? JL_OPEN : (jl_order)(-(int)expected);
    assert_int_equal(jl_exact_compare(a, b), expected);
    assert_int_equal(jl_exact_compare(b, a), turned);
}

static void values_are_compared_as_far_as_they_are_known(void **state) {
    numbers *all = *state;
    set(&all->x[0], "0.1");
    set(&all->x[1], "0.3");
    set(&all->x[2], "0.30");
    check_order(&all->x[0], &all->x[1], JL_LESS);
    check_order(&all->x[1], &all->x[2], JL_EQUAL);
    blur(&all->e[0], &all->x[0], 1);
    blur(&all->e[1], &all->x[1], 1);
    check_order(&all->e[0], &all->e[1], JL_LESS);
    check_order(&all->e[0], &all->x[1], JL_LESS);
    check_order(&all->e[1], &all->x[0], JL_GREATER);
    check_order(&all->e[1], &all->x[1], JL_OPEN);
    check_order(&all->e[1], &all->e[1], JL_OPEN);
    set(&all->x[3], "0.25"); /* its enclosure is a point */
    blur(&all->e[2], &all->x[3], 0);
    check_order(&all->e[2], &all->x[3], JL_EQUAL);
    check_order(&all->e[2], &all->e[2], JL_EQUAL);
}

static void signs_are_known_or_open(void **state) {
    numbers *all = *state;
    const char *const texts[] = {"-0.5", "0", "2.25"};
    for (int i = 0; i < 3; i++) {
        set(&all->x[0], texts[i]);
        assert_int_equal(jl_exact_sign(&all->x[0]), i - 1);
        blur(&all->e[0], &all->x[0], 0);
        assert_int_equal(jl_exact_sign(&all->e[0]), i - 1);
        blur(&all->e[0], &all->x[0], 1);
        assert_int_equal(jl_exact_sign(&all->e[0]), i == 1 ? (int)JL_OPEN : i - 1);
    }
}

static void magnitudes_and_opposites_hold_the_number(void **state) {
    numbers *all = *state;
    uint64_t seed = 13;
    for (int i = 0; i < 500; i++) {
        set_random(&all->x[0], &seed);
        blur(&all->e[0], &all->x[0], i % 3);
        mpq_neg(all->x[1].q, all->x[0].q);
        mpq_abs(all->x[2].q, all->x[0].q);
        jl_exact_neg(&all->e[1], &all->e[0]);
        check_encloses(&all->e[1], &all->x[1]);
        jl_exact_abs(&all->e[0], &all->e[0]);
        check_encloses(&all->e[0], &all->x[2]);
        jl_exact_neg(&all->x[0], &all->x[0]);
        check_encloses(&all->x[0], &all->x[1]);
        jl_exact_abs(&all->x[0], &all->x[0]);
        check_encloses(&all->x[0], &all->x[2]);
    }
    set(&all->x[0], "0");
    blur(&all->e[0], &all->x[0], 1);
    jl_exact_abs(&all->e[1], &all->e[0]);
    assert_true(mpfr_zero_p(all->e[1].low));
    check_encloses(&all->e[1], &all->x[0]);
}

static void the_lesser_and_the_greater_are_found(void **state) {
    numbers *all = *state;
    set(&all->x[0], "0.1");
    set(&all->x[1], "0.3");
    jl_exact_min(&all->x[2], &all->x[0], &all->x[1]);
    check_rational(&all->x[2], "1/10");
    jl_exact_max(&all->x[0], &all->x[0], &all->x[1]);
    check_rational(&all->x[0], "3/10");
    blur(&all->e[0], &all->x[1], 3);
    set(&all->x[0], "0.1");
    jl_exact_min(&all->e[1], &all->e[0], &all->x[0]); /* decided: the rational itself */
    check_rational(&all->e[1], "1/10");
    jl_exact_min(&all->e[1], &all->e[0], &all->x[1]); /* open: an enclosure of it */
    assert_false(all->e[1].rational);
    check_encloses(&all->e[1], &all->x[1]);
    jl_exact_max(&all->e[1], &all->e[0], &all->x[1]);
    check_encloses(&all->e[1], &all->x[1]);
}

static void copies_to_less_precision_still_hold_the_number(void **state) {
    numbers *all = *state;
    jl_exact coarse;
    jl_exact_init(&coarse, 24);
    set(&all->x[0], "0.1");
    blur(&all->e[0], &all->x[0], 1);
    jl_exact_set(&coarse, &all->e[0]);
    check_encloses(&coarse, &all->x[0]);
    jl_exact_set(&coarse, &coarse);
    jl_exact_set(&coarse, &all->x[0]);
    check_rational(&coarse, "1/10");
    jl_exact_clear(&coarse);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(values_come_in_exactly, start, stop),
        cmocka_unit_test_setup_teardown(a_double_means_its_shortest_decimal, start, stop),
        cmocka_unit_test_setup_teardown(rational_operations_are_those_of_gmp, start, stop),
        cmocka_unit_test_setup_teardown(enclosures_hold_the_result, start, stop),
        cmocka_unit_test_setup_teardown(operations_with_one_operand_thrice_agree, start, stop),
        cmocka_unit_test_setup_teardown(division_by_zero_is_undefined_and_by_what_may_be_zero_open, start, stop),
        cmocka_unit_test_setup_teardown(zero_times_anything_is_zero, start, stop),
        cmocka_unit_test_setup_teardown(infinite_ends_do_no_harm, start, stop),
        cmocka_unit_test_setup_teardown(numbers_beyond_the_size_limit_become_enclosures, start, stop),
        cmocka_unit_test_setup_teardown(values_are_compared_as_far_as_they_are_known, start, stop),
        cmocka_unit_test_setup_teardown(signs_are_known_or_open, start, stop),
        cmocka_unit_test_setup_teardown(magnitudes_and_opposites_hold_the_number, start, stop),
        cmocka_unit_test_setup_teardown(the_lesser_and_the_greater_are_found, start, stop),
        cmocka_unit_test_setup_teardown(copies_to_less_precision_still_hold_the_number, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
