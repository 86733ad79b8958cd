/* SPDX-License-Identifier: Apache-2.0
 *
 * Powers, roots, ln, exp and phi: what is rational stays so, what is not is enclosed, and domains are kept.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "number/exact.h"

static void init(jl_exact *x, const char *fraction) {
    jl_exact_init(x, JL_EXACT_FIRST_PRECISION);
    mpq_set_str(x->q, fraction, 10);
    mpq_canonicalize(x->q);
}

static void blur(jl_exact *x) {
    mpfr_set_q(x->low, x->q, MPFR_RNDD);
    mpfr_set_q(x->high, x->q, MPFR_RNDU);
    mpfr_nextbelow(x->low);
    mpfr_nextabove(x->high);
    x->rational = false;
}

/* The enclosure holds the number, given with more digits than it has, and is narrow. */
static void check_enclosure(const jl_exact *x, const char *digits) {
    mpfr_t value, width;
    mpfr_init2(value, 400);
    mpfr_init2(width, 64);
    mpfr_set_str(value, digits, 10, MPFR_RNDN);
    assert_false(x->rational);
    if (mpfr_cmp(x->low, value) > 0 || mpfr_cmp(x->high, value) < 0) fail_msg("%s is outside", digits);
    mpfr_sub(width, x->high, x->low, MPFR_RNDU);
    mpfr_div(width, width, value, MPFR_RNDU);
    assert_true(fabs(mpfr_get_d(width, MPFR_RNDU)) < 0x1p-110);
    mpfr_clear(value);
    mpfr_clear(width);
}

static void check_rational(const jl_exact *x, const char *fraction) {
    jl_exact expected;
    init(&expected, fraction);
    if (!x->rational || !mpq_equal(x->q, expected.q)) fail_msg("not %s", fraction);
    jl_exact_clear(&expected);
}

typedef struct power_case {
    const char *base, *exponent, *expected; /* fractions */
} power_case;

static void rational_powers_stay_rational(void **state) {
    const power_case cases[] = {
        {"2", "10", "1024"},
        {"-2", "3", "-8"},
        {"2/3", "-2", "9/4"},
        {"-2/3", "-3", "-27/8"},
        {"0", "0", "1"},
        {"0", "5", "0"},
        {"0", "1/2", "0"},
        {"7/5", "0", "1"},
        {"1", "123456789/1000", "1"},
        {"-1", "1000000000001", "-1"},
        {"-1", "1000000000000", "1"},
        {"1", "-5", "1"},
        {"8", "1/3", "2"},
        {"27/8", "2/3", "9/4"},
        {"4/9", "-3/2", "27/8"},
        {"1024", "1/10", "2"},
        {"1/1000000", "1/6", "1/10"},
        {"16", "3/4", "8"},
        {"152587890625", "1/16", "5"},
    };
    (void)state;
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        jl_exact a, b, x;
        bool open = true;
        init(&a, cases[i].base);
        init(&b, cases[i].exponent);
        init(&x, "17");
        assert_true(jl_exact_pow(&x, &a, &b, &open));
        assert_false(open);
        check_rational(&x, cases[i].expected);
        assert_true(jl_exact_pow(i % 2 == 0 ? &a : &b, &a, &b, &open)); /* a result may be an operand */
        check_rational(i % 2 == 0 ? &a : &b, cases[i].expected);
        jl_exact_clear(&a);
        jl_exact_clear(&b);
        jl_exact_clear(&x);
    }
}

static void other_powers_are_enclosed(void **state) {
    const power_case cases[] = {
        {"2", "1/2", "1.41421356237309504880168872420969807856967187537694807317667973799073247846210703885038753432"},
        {"2", "-1/2", "0.70710678118654752440084436210484903928483593768847403658833986899536623923105351942519376716"},
        {"10", "1/3", "2.15443469003188372175929356651935049525934494219210858248923550634641110664834080018544150354"},
        {"3/2", "7/5", "1.7641185337870103588774667209126778850710400083554736862711679024426601"},
        {"9", "1/2000000",
         "1.0000010986128921428110925736217314527718442740151776246993010511242774"}, /* a root beyond those that are tried */
    };
    (void)state;
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        jl_exact a, b, x;
        bool open;
        init(&a, cases[i].base);
        init(&b, cases[i].exponent);
        init(&x, "0");
        assert_true(jl_exact_pow(&x, &a, &b, &open));
        check_enclosure(&x, cases[i].expected);
        jl_exact_clear(&a);
        jl_exact_clear(&b);
        jl_exact_clear(&x);
    }
}

typedef struct domain_case {
    const char *base, *exponent;
    bool blur_base, blur_exponent, open;
} domain_case;

static void powers_keep_their_domain(void **state) {
    const domain_case cases[] = {
        {"0", "-1", false, false, false},   {"0", "-1/2", false, false, false},
        {"-8", "1/3", false, false, false}, /* a negative base has integer powers only */
        {"-2", "1/2", true, false, false},  {"-2", "2", false, true, true}, /* the exponent may be an integer */
        {"-2", "1/2", false, true, false},                                  /* it is none */
        {"0", "-1", true, false, true},     {"0", "1/2", true, false, true},
        {"0", "0", false, true, true},
    };
    (void)state;
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        jl_exact a, b;
        bool open = !cases[i].open;
        init(&a, cases[i].base);
        init(&b, cases[i].exponent);
        if (cases[i].blur_base) blur(&a);
        if (cases[i].blur_exponent) blur(&b);
        assert_false(jl_exact_pow(&a, &a, &b, &open));
        assert_int_equal(open, cases[i].open);
        jl_exact_clear(&a);
        jl_exact_clear(&b);
    }
}

/* Enclosures of -3 … 3 to integer powers hold the power itself. */
static void powers_of_enclosures_hold_the_power(void **state) {
    (void)state;
    for (long base = -3; base <= 3; base++) {
        for (long exponent = -4; exponent <= 4; exponent++) {
            jl_exact a, b, e, x;
            bool open, open_there;
            init(&a, "0");
            init(&b, "0");
            init(&e, "0");
            init(&x, "0");
            jl_exact_set_integer(&a, base);
            jl_exact_set_integer(&e, base);
            jl_exact_set_integer(&b, exponent);
            blur(&e);
            const bool defined = jl_exact_pow(&x, &a, &b, &open);
            const bool enclosed = jl_exact_pow(&e, &e, &b, &open_there);
            assert_int_equal(enclosed, defined);
            if (defined) {
                const jl_order order = jl_exact_compare(&x, &e);
                assert_true(order == JL_OPEN || order == JL_EQUAL);
            }
            jl_exact_clear(&a);
            jl_exact_clear(&b);
            jl_exact_clear(&e);
            jl_exact_clear(&x);
        }
    }
}

static void huge_powers_become_enclosures(void **state) {
    jl_exact a, b, x;
    bool open;
    (void)state;
    init(&a, "3");
    init(&b, "1000001");
    init(&x, "0");
    assert_true(jl_exact_pow(&x, &a, &b, &open));
    assert_false(x.rational);
    jl_exact_set_integer(&b, 900000); /* the exponent is allowed, the size is not */
    assert_true(jl_exact_pow(&x, &a, &b, &open));
    assert_false(x.rational);
    jl_exact_set_integer(&a, -3);
    jl_exact_set_integer(&b, 10000001);
    assert_true(jl_exact_pow(&x, &a, &b, &open));
    assert_int_equal(jl_exact_sign(&x), JL_LESS);
    assert_true(jl_exact_set_text(&b, JL_TEXT("1e300")));
    assert_true(jl_exact_pow(&x, &a, &b, &open)); /* beyond even MPFR's range: up to infinity */
    assert_int_equal(jl_exact_sign(&x), JL_GREATER);
    jl_exact_clear(&a);
    jl_exact_clear(&b);
    jl_exact_clear(&x);
}

static void roots_of_squares_are_rational(void **state) {
    jl_exact x;
    bool open;
    (void)state;
    init(&x, "9/4");
    assert_true(jl_exact_sqrt(&x, &x, &open));
    check_rational(&x, "3/2");
    mpq_set_si(x.q, 0, 1);
    assert_true(jl_exact_sqrt(&x, &x, &open));
    check_rational(&x, "0");
    mpq_set_si(x.q, 2, 1);
    assert_true(jl_exact_sqrt(&x, &x, &open));
    check_enclosure(&x, "1.41421356237309504880168872420969807856967187537694807317667973799073247846210703885038753");
    jl_exact_mul(&x, &x, &x);
    check_enclosure(&x, "2");
    jl_exact_clear(&x);
}

static void roots_and_logarithms_keep_their_domain(void **state) {
    jl_exact x, y;
    bool open = true;
    (void)state;
    init(&x, "-1");
    init(&y, "0");
    assert_false(jl_exact_sqrt(&y, &x, &open));
    assert_false(open);
    assert_false(jl_exact_ln(&y, &x, &open));
    assert_false(open);
    mpq_set_si(x.q, 0, 1);
    assert_false(jl_exact_ln(&y, &x, &open));
    assert_false(open);
    blur(&x);
    assert_false(jl_exact_sqrt(&y, &x, &open));
    assert_true(open);
    open = false;
    assert_false(jl_exact_ln(&y, &x, &open));
    assert_true(open);
    mpfr_set_zero(x.low, 1); /* no negative number inside */
    assert_true(jl_exact_sqrt(&y, &x, &open));
    assert_false(open);
    jl_exact_clear(&x);
    jl_exact_clear(&y);
}

static void logarithms_and_exponentials_are_enclosed(void **state) {
    jl_exact x;
    bool open;
    (void)state;
    init(&x, "1");
    assert_true(jl_exact_ln(&x, &x, &open));
    check_rational(&x, "0");
    jl_exact_exp(&x, &x);
    check_rational(&x, "1");
    jl_exact_exp(&x, &x);
    check_enclosure(&x, "2.71828182845904523536028747135266249775724709369995957496696762772407663035354759457138217");
    assert_true(jl_exact_ln(&x, &x, &open));
    check_enclosure(&x, "1");
    jl_exact_set_integer(&x, 2);
    assert_true(jl_exact_ln(&x, &x, &open));
    check_enclosure(&x, "0.69314718055994530941723212145817656807550013436025525412068000949339362196969471560586332");
    jl_exact_clear(&x);
}

static void phi_is_the_normal_distribution(void **state) {
    jl_exact x, tail;
    (void)state;
    init(&x, "0");
    init(&tail, "0");
    jl_exact_phi(&x, &x);
    check_rational(&x, "1/2");
    jl_exact_set_integer(&x, 1);
    jl_exact_phi(&x, &x);
    check_enclosure(&x, "0.8413447460685429485852325456320379224779129667266043909873944502429914");
    jl_exact_set_integer(&x, -2);
    jl_exact_phi(&x, &x);
    check_enclosure(&x, "0.0227501319481792072002826371665334374717762237016784339836660001304762");
    jl_exact_set_integer(&x, 40); /* 1 but for 10^-350 */
    jl_exact_phi(&x, &x);
    assert_true(jl_exact_round(&x, &x, 15, JL_HALF_UP));
    check_rational(&x, "1");
    assert_true(jl_exact_set_text(&x, JL_TEXT("-1e300")));
    jl_exact_phi(&x, &x);
    assert_true(jl_exact_round(&tail, &x, 15, JL_HALF_UP));
    check_rational(&tail, "0");
    assert_int_not_equal(jl_exact_sign(&x), JL_LESS);
    jl_exact_clear(&x);
    jl_exact_clear(&tail);
}

/* More precision gives a narrower enclosure inside the wider one. */
static void precision_narrows_enclosures(void **state) {
    jl_exact a, wide, narrow;
    (void)state;
    init(&a, "-13/7");
    jl_exact_init(&wide, JL_EXACT_FIRST_PRECISION);
    jl_exact_init(&narrow, JL_EXACT_LAST_PRECISION);
    jl_exact_phi(&wide, &a);
    jl_exact_phi(&narrow, &a);
    assert_true(mpfr_cmp(wide.low, narrow.low) < 0);
    assert_true(mpfr_cmp(narrow.low, narrow.high) < 0);
    assert_true(mpfr_cmp(narrow.high, wide.high) < 0);
    jl_exact_clear(&a);
    jl_exact_clear(&wide);
    jl_exact_clear(&narrow);
}

static int stop(void **state) {
    (void)state;
    mpfr_free_cache();
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rational_powers_stay_rational),
        cmocka_unit_test(other_powers_are_enclosed),
        cmocka_unit_test(powers_keep_their_domain),
        cmocka_unit_test(powers_of_enclosures_hold_the_power),
        cmocka_unit_test(huge_powers_become_enclosures),
        cmocka_unit_test(roots_of_squares_are_rational),
        cmocka_unit_test(roots_and_logarithms_keep_their_domain),
        cmocka_unit_test(logarithms_and_exponentials_are_enclosed),
        cmocka_unit_test(phi_is_the_normal_distribution),
        cmocka_unit_test(precision_narrows_enclosures),
    };
    return cmocka_run_group_tests(tests, NULL, stop);
}
