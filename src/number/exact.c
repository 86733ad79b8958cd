/* SPDX-License-Identifier: Apache-2.0
 *
 * Exact values: the four operations, comparing, and the enclosures that everything beyond rational arithmetic rests on.
 *
 * While both operands are rational and the result stays below the size limit, GMP does the work and nothing is rounded.
 * Otherwise operands are turned into enclosures at the precision of the result. Results are made in fresh numbers and
 * swapped in, so that a result may be one of its operands.
 */
#include "number/bounds.h"
#include "number/decimal.h"

/* ---- enclosures ---- */

void jl_bounds_init(jl_bounds *bounds, mpfr_prec_t precision) {
    mpfr_init2(bounds->low, precision);
    mpfr_init2(bounds->high, precision);
}

/* Rounded outwards, also from another enclosure: it may be known to more bits than fit here. */
void jl_bounds_init_of(jl_bounds *bounds, const jl_exact *a, mpfr_prec_t precision) {
    jl_bounds_init(bounds, precision);
    if (a->rational) {
        mpfr_set_q(bounds->low, a->q, MPFR_RNDD);
        mpfr_set_q(bounds->high, a->q, MPFR_RNDU);
    } else {
        mpfr_set(bounds->low, a->low, MPFR_RNDD);
        mpfr_set(bounds->high, a->high, MPFR_RNDU);
    }
}

void jl_bounds_clear(jl_bounds *bounds) {
    mpfr_clear(bounds->low);
    mpfr_clear(bounds->high);
}

/* The ends change places with their signs. Nothing is rounded, as both have the same precision. */
void jl_bounds_neg(jl_bounds *bounds) {
    mpfr_swap(bounds->low, bounds->high);
    mpfr_neg(bounds->low, bounds->low, MPFR_RNDD);
    mpfr_neg(bounds->high, bounds->high, MPFR_RNDU);
}

/* 0 x infinity and infinity / infinity give NaN. Zero is the limit in the first case and inside the hull in the
 * second. */
static void evaluate_corner(mpfr_ptr out, mpfr_srcptr a, mpfr_srcptr b, jl_corner_function *function,
                            mpfr_rnd_t rounding) {
    function(out, a, b, rounding);
    if (mpfr_nan_p(out)) mpfr_set_zero(out, 1);
}

void jl_bounds_corners(jl_bounds *out, const jl_bounds *a, const jl_bounds *b, jl_corner_function *function) {
    jl_bounds corner;
    jl_bounds_init(&corner, mpfr_get_prec(out->low));
    for (int i = 0; i < 4; i++) {
        mpfr_srcptr left = i < 2 ? a->low : a->high;
        mpfr_srcptr right = i % 2 == 0 ? b->low : b->high;
        evaluate_corner(corner.low, left, right, function, MPFR_RNDD);
        evaluate_corner(corner.high, left, right, function, MPFR_RNDU);
        if (i == 0 || mpfr_less_p(corner.low, out->low)) mpfr_set(out->low, corner.low, MPFR_RNDD);
        if (i == 0 || mpfr_greater_p(corner.high, out->high)) mpfr_set(out->high, corner.high, MPFR_RNDU);
    }
    jl_bounds_clear(&corner);
}

/* Swapped in last, because x may be an operand that was needed until now. */
void jl_exact_take_bounds(jl_exact *x, jl_bounds *bounds) {
    assert(mpfr_get_prec(bounds->low) == mpfr_get_prec(x->low));
    mpfr_swap(x->low, bounds->low);
    mpfr_swap(x->high, bounds->high);
    x->rational = false;
    jl_bounds_clear(bounds);
}

mpfr_prec_t jl_exact_precision(const jl_exact *x) {
    return mpfr_get_prec(x->low);
}

/* Sizes are added up for a product and for a sum alike: the sum of fractions has the product of their denominators. */
size_t jl_exact_size(const jl_exact *a) {
    return mpz_sizeinbase(mpq_numref(a->q), 2) + mpz_sizeinbase(mpq_denref(a->q), 2);
}

bool jl_exact_both_small(const jl_exact *a, const jl_exact *b) {
    return a->rational && b->rational && jl_exact_size(a) + jl_exact_size(b) <= JL_EXACT_BITS;
}

/* ---- life and values ---- */

void jl_exact_init(jl_exact *x, mpfr_prec_t precision) {
    x->rational = true;
    mpq_init(x->q);
    mpfr_init2(x->low, precision);
    mpfr_init2(x->high, precision);
}

void jl_exact_clear(jl_exact *x) {
    mpq_clear(x->q);
    mpfr_clear(x->low);
    mpfr_clear(x->high);
}

/* Outwards, for x may have less precision than the value it takes. */
void jl_exact_set(jl_exact *x, const jl_exact *from) {
    if (x == from) return;
    x->rational = from->rational;
    if (from->rational) {
        mpq_set(x->q, from->q);
        return;
    }
    mpfr_set(x->low, from->low, MPFR_RNDD);
    mpfr_set(x->high, from->high, MPFR_RNDU);
}

/* In two halves, because GMP's `long` has 32 bits on some machines. */
void jl_exact_set_integer(jl_exact *x, int64_t value) {
    const uint64_t magnitude = value < 0 ? UINT64_C(0) - (uint64_t)value : (uint64_t)value;
    mpz_ptr numerator = mpq_numref(x->q);
    mpz_set_ui(numerator, (unsigned long)(magnitude >> 32));
    mpz_mul_2exp(numerator, numerator, 32);
    mpz_add_ui(numerator, numerator, (unsigned long)(magnitude & UINT32_MAX));
    if (value < 0) mpz_neg(numerator, numerator);
    mpz_set_ui(mpq_denref(x->q), 1);
    x->rational = true;
}

/* Not the binary value: 0.1 in a table is one tenth. Nearly every number takes the quick way without text. */
void jl_exact_set_double(jl_exact *x, double value) {
    char text[JL_NUMBER_LENGTH];
    int64_t m;
    int digits;
    if (!jl_double_to_short(value, &m, &digits)) {
        const bool is_number = jl_exact_set_text(x, (jl_text){text, jl_number_print(value, text)});
        assert(is_number);
        (void)is_number;
        return;
    }
    jl_exact_set_integer(x, m);
    mpz_ui_pow_ui(mpq_denref(x->q), 10, (unsigned long)digits);
    mpq_canonicalize(x->q);
}

bool jl_exact_set_text(jl_exact *x, jl_text text) {
    jl_decimal decimal;
    if (!jl_decimal_read(text, &decimal)) return false;
    jl_decimal_to_rational(&decimal, x->q);
    x->rational = true;
    return true;
}

/* ---- the four operations ---- */

void jl_exact_add(jl_exact *x, const jl_exact *a, const jl_exact *b) {
    if (jl_exact_both_small(a, b)) {
        mpq_add(x->q, a->q, b->q);
        x->rational = true;
        return;
    }
    jl_bounds left, right;
    jl_bounds_init_of(&left, a, jl_exact_precision(x));
    jl_bounds_init_of(&right, b, jl_exact_precision(x));
    mpfr_add(left.low, left.low, right.low, MPFR_RNDD);
    mpfr_add(left.high, left.high, right.high, MPFR_RNDU);
    jl_bounds_clear(&right);
    jl_exact_take_bounds(x, &left);
}

void jl_exact_sub(jl_exact *x, const jl_exact *a, const jl_exact *b) {
    if (jl_exact_both_small(a, b)) {
        mpq_sub(x->q, a->q, b->q);
        x->rational = true;
        return;
    }
    jl_bounds left, right;
    jl_bounds_init_of(&left, a, jl_exact_precision(x));
    jl_bounds_init_of(&right, b, jl_exact_precision(x));
    mpfr_sub(left.low, left.low, right.high, MPFR_RNDD);
    mpfr_sub(left.high, left.high, right.low, MPFR_RNDU);
    jl_bounds_clear(&right);
    jl_exact_take_bounds(x, &left);
}

/* x = the range of a function over enclosures of a and b. */
static void combine(jl_exact *x, const jl_exact *a, const jl_exact *b, jl_corner_function *function) {
    jl_bounds left, right, result;
    jl_bounds_init_of(&left, a, jl_exact_precision(x));
    jl_bounds_init_of(&right, b, jl_exact_precision(x));
    jl_bounds_init(&result, jl_exact_precision(x));
    jl_bounds_corners(&result, &left, &right, function);
    jl_bounds_clear(&left);
    jl_bounds_clear(&right);
    jl_exact_take_bounds(x, &result);
}

/* Nought stays exact, whatever it is multiplied with; enclosures would make it one more unknown. */
void jl_exact_mul(jl_exact *x, const jl_exact *a, const jl_exact *b) {
    if (jl_exact_both_small(a, b)) {
        mpq_mul(x->q, a->q, b->q);
        x->rational = true;
    } else if (jl_exact_sign(a) == JL_EQUAL || jl_exact_sign(b) == JL_EQUAL) {
        jl_exact_set_integer(x, 0);
    } else {
        combine(x, a, b, mpfr_mul);
    }
}

/* The sign is asked first: only a divisor that keeps away from 0 gives a quotient with ends. */
bool jl_exact_div(jl_exact *x, const jl_exact *a, const jl_exact *b, bool *open) {
    const jl_order sign = jl_exact_sign(b);
    *open = sign == JL_OPEN;
    if (sign == JL_OPEN || sign == JL_EQUAL) return false;
    if (jl_exact_both_small(a, b)) {
        mpq_div(x->q, a->q, b->q);
        x->rational = true;
    } else if (jl_exact_sign(a) == JL_EQUAL) {
        jl_exact_set_integer(x, 0);
    } else {
        combine(x, a, b, mpfr_div);
    }
    return true;
}

void jl_exact_neg(jl_exact *x, const jl_exact *a) {
    if (a->rational) {
        mpq_neg(x->q, a->q);
        x->rational = true;
        return;
    }
    jl_bounds bounds;
    jl_bounds_init_of(&bounds, a, jl_exact_precision(x));
    jl_bounds_neg(&bounds);
    jl_exact_take_bounds(x, &bounds);
}

/* ---- comparing ---- */

jl_order jl_exact_sign(const jl_exact *a) {
    if (a->rational) return (jl_order)mpq_sgn(a->q);
    if (mpfr_sgn(a->low) > 0) return JL_GREATER;
    if (mpfr_sgn(a->high) < 0) return JL_LESS;
    return mpfr_zero_p(a->low) && mpfr_zero_p(a->high) ? JL_EQUAL : JL_OPEN;
}

static jl_order order_of(int comparison) {
    return comparison < 0 ? JL_LESS : comparison > 0 ? JL_GREATER : JL_EQUAL;
}

/* An enclosure against a rational, without turning the rational into an enclosure first. */
static jl_order compare_with_rational(const jl_exact *a, mpq_srcptr q) {
    const int low = mpfr_cmp_q(a->low, q);
    const int high = mpfr_cmp_q(a->high, q);
    if (low > 0) return JL_GREATER;
    if (high < 0) return JL_LESS;
    return low == 0 && high == 0 ? JL_EQUAL : JL_OPEN;
}

/* Two enclosures are equal only when both are the same point; overlap leaves the order open. */
jl_order jl_exact_compare(const jl_exact *a, const jl_exact *b) {
    if (a->rational && b->rational) return order_of(mpq_cmp(a->q, b->q));
    if (b->rational) return compare_with_rational(a, b->q);
    if (a->rational) {
        const jl_order turned = compare_with_rational(b, a->q);
        return turned == JL_LESS ? JL_GREATER : turned == JL_GREATER ? JL_LESS : turned;
    }
    if (mpfr_greater_p(a->low, b->high)) return JL_GREATER;
    if (mpfr_less_p(a->high, b->low)) return JL_LESS;
    return mpfr_equal_p(a->low, b->high) && mpfr_equal_p(a->high, b->low) ? JL_EQUAL : JL_OPEN;
}

/* Where the sign is open, the magnitude begins at 0 and ends at the farther end. */
void jl_exact_abs(jl_exact *x, const jl_exact *a) {
    const jl_order sign = jl_exact_sign(a);
    if (sign == JL_LESS) {
        jl_exact_neg(x, a);
        return;
    }
    if (sign != JL_OPEN) {
        jl_exact_set(x, a);
        return;
    }
    jl_bounds bounds;
    jl_bounds_init_of(&bounds, a, jl_exact_precision(x));
    mpfr_neg(bounds.low, bounds.low, MPFR_RNDU);
    mpfr_max(bounds.high, bounds.low, bounds.high, MPFR_RNDU);
    mpfr_set_zero(bounds.low, 1);
    jl_exact_take_bounds(x, &bounds);
}

/* While the order is open, each end of the result is the lesser (greater) of the operands' ends. */
static void choose(jl_exact *x, const jl_exact *a, const jl_exact *b, jl_order wanted, jl_corner_function *function) {
    const jl_order order = jl_exact_compare(a, b);
    if (order != JL_OPEN) {
        jl_exact_set(x, order == wanted ? a : b);
        return;
    }
    jl_bounds left, right;
    jl_bounds_init_of(&left, a, jl_exact_precision(x));
    jl_bounds_init_of(&right, b, jl_exact_precision(x));
    function(left.low, left.low, right.low, MPFR_RNDD);
    function(left.high, left.high, right.high, MPFR_RNDU);
    jl_bounds_clear(&right);
    jl_exact_take_bounds(x, &left);
}

void jl_exact_min(jl_exact *x, const jl_exact *a, const jl_exact *b) {
    choose(x, a, b, JL_LESS, mpfr_min);
}

void jl_exact_max(jl_exact *x, const jl_exact *a, const jl_exact *b) {
    choose(x, a, b, JL_GREATER, mpfr_max);
}
