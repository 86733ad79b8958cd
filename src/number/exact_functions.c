/* SPDX-License-Identifier: Apache-2.0
 *
 * Exact values: powers, roots, logarithm, exponential and the normal distribution function.
 *
 * What is rational stays rational: integer powers, roots of perfect powers, ln 1, exp 0, phi 0. All else is enclosed,
 * the ends being computed by MPFR, which rounds each of these functions correctly in the direction asked for.
 */
#include "number/bounds.h"

#define LARGEST_EXPONENT 1000000 /* of rational powers */
#define LARGEST_ROOT 1000

/* ---- powers ---- */

static bool is_zero(const jl_exact *a) {
    return jl_exact_sign(a) == JL_EQUAL;
}

static bool is_integer(const jl_exact *a) {
    return a->rational && mpz_cmp_ui(mpq_denref(a->q), 1) == 0;
}

static bool is_one(const jl_exact *a) {
    return is_integer(a) && mpz_cmp_ui(mpq_numref(a->q), 1) == 0;
}

/* 1 or -1, whose powers need no arithmetic however large the exponent. */
static bool is_unit(const jl_exact *a) {
    return is_integer(a) && mpz_cmpabs_ui(mpq_numref(a->q), 1) == 0;
}

/* x = q ^ exponent by repeated multiplication; a negative exponent turns the fraction round. */
static void set_power(jl_exact *x, mpq_srcptr q, long exponent) {
    const unsigned long times = exponent < 0 ? (unsigned long)-exponent : (unsigned long)exponent;
    mpz_pow_ui(mpq_numref(x->q), mpq_numref(q), times);
    mpz_pow_ui(mpq_denref(x->q), mpq_denref(q), times);
    if (exponent < 0) mpq_inv(x->q, x->q);
    x->rational = true;
}

/* Whether q ^ exponent may be computed as a rational. */
static bool fits(const jl_exact *a, mpz_srcptr exponent) {
    if (mpz_cmpabs_ui(exponent, LARGEST_EXPONENT) > 0) return false;
    const unsigned long times = mpz_get_ui(exponent); /* of the magnitude */
    return times == 0 || jl_exact_size(a) <= JL_EXACT_BITS / times;
}

/* The enclosure of a ^ b for a >= 0, and b > 0 where a can be 0. There the power is monotone in each argument. */
static void enclose_power(jl_bounds *result, const jl_bounds *a, const jl_exact *b) {
    jl_bounds exponent;
    jl_bounds_init_of(&exponent, b, mpfr_get_prec(result->low));
    jl_bounds_corners(result, a, &exponent, mpfr_pow);
    jl_bounds_clear(&exponent);
}

/* A base that may be positive and negative, an integer exponent above 0: both sides are taken apart. */
static void enclose_mixed_power(jl_bounds *result, const jl_bounds *a, const jl_exact *b, bool odd) {
    jl_bounds side, other;
    jl_bounds_init(&side, mpfr_get_prec(result->low));
    jl_bounds_init(&other, mpfr_get_prec(result->low));
    mpfr_set_zero(side.low, 1);
    mpfr_neg(side.high, a->low, MPFR_RNDU);
    enclose_power(&other, &side, b);
    mpfr_set(side.high, a->high, MPFR_RNDU);
    enclose_power(result, &side, b);
    if (odd) {
        mpfr_neg(result->low, other.high, MPFR_RNDD);
    } else {
        mpfr_max(result->high, result->high, other.high, MPFR_RNDU);
    }
    jl_bounds_clear(&side);
    jl_bounds_clear(&other);
}

/* a ^ b for an integer b other than 0. */
static bool power_to_integer(jl_exact *x, const jl_exact *a, const jl_exact *b, bool *open) {
    const bool odd = mpz_odd_p(mpq_numref(b->q)) != 0;
    const bool inverse = mpq_sgn(b->q) < 0;
    const jl_order sign = jl_exact_sign(a);
    *open = inverse && sign == JL_OPEN;
    if (inverse && (sign == JL_OPEN || sign == JL_EQUAL)) return false;
    if (sign == JL_EQUAL || is_unit(a)) {
        jl_exact_set_integer(x, sign == JL_EQUAL ? 0 : sign == JL_LESS && odd ? -1 : 1);
        return true;
    }
    if (a->rational && fits(a, mpq_numref(b->q))) {
        set_power(x, a->q, mpz_get_si(mpq_numref(b->q)));
        return true;
    }
    jl_bounds base, result;
    jl_bounds_init_of(&base, a, jl_exact_precision(x));
    jl_bounds_init(&result, jl_exact_precision(x));
    if (sign == JL_OPEN) {
        enclose_mixed_power(&result, &base, b, odd);
    } else {
        if (sign == JL_LESS) jl_bounds_neg(&base);
        enclose_power(&result, &base, b);
        if (sign == JL_LESS && odd) jl_bounds_neg(&result);
    }
    jl_bounds_clear(&base);
    jl_exact_take_bounds(x, &result);
    return true;
}

/* root = n ^ (1 / degree) if that is an integer. A number of fewer bits than the degree is no perfect power, unless it
 * is 1. */
static bool integer_root(mpz_ptr root, mpz_srcptr n, unsigned long degree) {
    if (mpz_cmp_ui(n, 1) != 0 && mpz_sizeinbase(n, 2) <= degree) return false;
    return mpz_root(root, n, degree) != 0;
}

/* a ^ (p / q) where a > 0 is the q-th power of a rational: 8 ^ (1/3) = 2. */
static bool perfect_power(jl_exact *x, const jl_exact *a, const jl_exact *b) {
    if (!a->rational || !b->rational || mpz_cmp_ui(mpq_denref(b->q), LARGEST_ROOT) > 0) return false;
    const unsigned long degree = mpz_get_ui(mpq_denref(b->q));
    jl_exact root;
    jl_exact_init(&root, MPFR_PREC_MIN);
    const bool perfect = integer_root(mpq_numref(root.q), mpq_numref(a->q), degree) &&
                         integer_root(mpq_denref(root.q), mpq_denref(a->q), degree) && fits(&root, mpq_numref(b->q));
    if (perfect) set_power(x, root.q, mpz_get_si(mpq_numref(b->q)));
    jl_exact_clear(&root);
    return perfect;
}

/* A negative base has a power then, so the answer is open and not undefined. */
static bool may_be_integer(const jl_exact *b) {
    if (b->rational) return is_integer(b);
    mpfr_t first;
    mpfr_init2(first, jl_exact_precision(b));
    mpfr_rint_ceil(first, b->low, MPFR_RNDU);
    const bool may_be = mpfr_lessequal_p(first, b->high) != 0;
    mpfr_clear(first);
    return may_be;
}

/* 0 ^ b */
static bool power_of_zero(jl_exact *x, const jl_exact *b, bool *open) {
    const jl_order sign = jl_exact_sign(b);
    *open = sign == JL_OPEN;
    if (sign == JL_OPEN || sign == JL_LESS) return false;
    jl_exact_set_integer(x, sign == JL_EQUAL ? 1 : 0);
    return true;
}

/* x ^ 0 = 1 for every x, also 0. A negative base has integer powers only. */
bool jl_exact_pow(jl_exact *x, const jl_exact *a, const jl_exact *b, bool *open) {
    *open = false;
    if (is_zero(b) || is_one(a)) {
        jl_exact_set_integer(x, 1);
        return true;
    }
    if (is_integer(b)) return power_to_integer(x, a, b, open);
    const jl_order sign = jl_exact_sign(a);
    if (sign == JL_EQUAL) return power_of_zero(x, b, open);
    const bool touches_zero = sign == JL_OPEN && mpfr_zero_p(a->low) && jl_exact_sign(b) == JL_GREATER;
    if (sign == JL_LESS || (sign == JL_OPEN && !touches_zero)) {
        *open = sign == JL_OPEN || may_be_integer(b);
        return false;
    }
    if (perfect_power(x, a, b)) return true;
    jl_bounds base, result;
    jl_bounds_init_of(&base, a, jl_exact_precision(x));
    jl_bounds_init(&result, jl_exact_precision(x));
    enclose_power(&result, &base, b);
    jl_bounds_clear(&base);
    jl_exact_take_bounds(x, &result);
    return true;
}

/* ---- functions of one argument ---- */

typedef int rising_function(mpfr_ptr result, mpfr_srcptr a, mpfr_rnd_t rounding);

/* The enclosure of a function that rises everywhere: its ends come from the ends of the argument. */
static void enclose(jl_exact *x, const jl_exact *a, rising_function *function) {
    jl_bounds bounds;
    jl_bounds_init_of(&bounds, a, jl_exact_precision(x));
    function(bounds.low, bounds.low, MPFR_RNDD);
    function(bounds.high, bounds.high, MPFR_RNDU);
    jl_exact_take_bounds(x, &bounds);
}

/* A fraction in lowest terms is a square exactly when both of its parts are. */
static bool perfect_square(jl_exact *x, const jl_exact *a) {
    if (!a->rational) return false;
    if (!mpz_perfect_square_p(mpq_numref(a->q)) || !mpz_perfect_square_p(mpq_denref(a->q))) return false;
    mpz_sqrt(mpq_numref(x->q), mpq_numref(a->q));
    mpz_sqrt(mpq_denref(x->q), mpq_denref(a->q));
    x->rational = true;
    return true;
}

/* An enclosure whose low end is 0 holds no negative number. */
bool jl_exact_sqrt(jl_exact *x, const jl_exact *a, bool *open) {
    const jl_order sign = jl_exact_sign(a);
    *open = sign == JL_OPEN && mpfr_sgn(a->low) < 0;
    if (*open || sign == JL_LESS) return false;
    if (!perfect_square(x, a)) enclose(x, a, mpfr_sqrt);
    return true;
}

/* An end at 0 leaves it open whether there is a logarithm at all. */
bool jl_exact_ln(jl_exact *x, const jl_exact *a, bool *open) {
    const jl_order sign = jl_exact_sign(a);
    *open = sign == JL_OPEN;
    if (sign != JL_GREATER) return false;
    if (is_one(a)) {
        jl_exact_set_integer(x, 0);
    } else {
        enclose(x, a, mpfr_log);
    }
    return true;
}

void jl_exact_exp(jl_exact *x, const jl_exact *a) {
    if (is_zero(a)) {
        jl_exact_set_integer(x, 1);
    } else {
        enclose(x, a, mpfr_exp);
    }
}

/* phi(a) = erfc(-a / sqrt 2) / 2; erfc falls, so the low end of phi comes from the high end of its argument. */
void jl_exact_phi(jl_exact *x, const jl_exact *a) {
    if (is_zero(a)) {
        mpq_set_ui(x->q, 1, 2);
        x->rational = true;
        return;
    }
    jl_bounds argument, root, result;
    jl_bounds_init_of(&argument, a, jl_exact_precision(x));
    jl_bounds_init(&root, jl_exact_precision(x));
    jl_bounds_init(&result, jl_exact_precision(x));
    mpfr_sqrt_ui(root.low, 2, MPFR_RNDD);
    mpfr_sqrt_ui(root.high, 2, MPFR_RNDU);
    jl_bounds_neg(&argument);
    jl_bounds_corners(&result, &argument, &root, mpfr_div);
    mpfr_swap(result.low, result.high);
    mpfr_erfc(result.low, result.low, MPFR_RNDD);
    mpfr_erfc(result.high, result.high, MPFR_RNDU);
    mpfr_div_2ui(result.low, result.low, 1, MPFR_RNDD);
    mpfr_div_2ui(result.high, result.high, 1, MPFR_RNDU);
    jl_bounds_clear(&argument);
    jl_bounds_clear(&root);
    jl_exact_take_bounds(x, &result);
}
