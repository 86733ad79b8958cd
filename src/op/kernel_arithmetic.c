/* SPDX-License-Identifier: Apache-2.0
 *
 * Kernels of arithmetic, rounding and comparison on doubles.
 *
 * Each takes one block of rows. A row whose operands have a state gives the strongest of them and the number 0.
 * Decisions mark rows that lie too near a boundary for doubles; the caller settles those exactly.
 */
#include <math.h>

#include "op/functions.h"

typedef double unary(double a);
typedef double binary(double a, double b);

static inline void each_one(const jl_block *block, unary *operation) {
    const jl_register a = block->args[0];
    for (size_t row = 0; row < block->n; row++) {
        block->out.s[row] = a.s[row];
        block->out.v[row] = a.s[row] == JL_VALUE ? operation(a.v[row]) : 0.0;
    }
}

static inline void each_two(const jl_block *block, binary *operation) {
    const jl_register a = block->args[0], b = block->args[1];
    for (size_t row = 0; row < block->n; row++) {
        const uint8_t state = jl_stronger(a.s[row], b.s[row]);
        block->out.s[row] = state;
        block->out.v[row] = state == JL_VALUE ? operation(a.v[row], b.v[row]) : 0.0;
    }
}

static inline void mark(const jl_block *block, size_t row, double distance, double magnitude) {
    if (block->near != NULL && block->out.s[row] == JL_VALUE && jl_is_near(distance, magnitude)) {
        block->near[row] = 1;
    }
}

/* A decision at the boundary x = 0 of an operand: rows near it are marked, rows where `outside` holds become undefined.
 */
static inline void require_domain(const jl_block *block, jl_register x, bool (*outside)(double x)) {
    for (size_t row = 0; row < block->n; row++) {
        mark(block, row, x.v[row], 1.0);
        if (block->out.s[row] == JL_VALUE && outside(x.v[row])) {
            block->out.s[row] = JL_UNDEFINED;
            block->out.v[row] = 0.0;
        }
    }
}

static double add(double a, double b) {
    return a + b;
}
static double subtract(double a, double b) {
    return a - b;
}
static double multiply(double a, double b) {
    return a * b;
}
static double divide(double a, double b) {
    return a / b;
}
static double negate(double a) {
    return -a;
}
static double smaller(double a, double b) {
    return b < a ? b : a;
}
static double larger(double a, double b) {
    return b > a ? b : a;
}
static double distribution(double x) {
    return 0.5 * erfc(-x * 0.70710678118654752440);
}
static bool is_zero(double x) {
    return x == 0.0;
}
static bool is_negative(double x) {
    return x < 0.0;
}
static bool is_not_positive(double x) {
    return !(x > 0.0);
}

/* Rows where most digits cancel are marked. The difference of equal decimals, and sums of whole ones, are exact. */
static void mark_cancelled(const jl_block *block) {
    const jl_register a = block->args[0], b = block->args[1];
    for (size_t row = 0; block->near != NULL && row < block->n; row++) {
        const double larger_one = fabs(a.v[row]) > fabs(b.v[row]) ? a.v[row] : b.v[row];
        if (block->out.s[row] != JL_VALUE || !jl_is_cancelled(block->out.v[row], larger_one)) {
            continue;
        }
        const bool is_whole = a.v[row] == trunc(a.v[row]) && b.v[row] == trunc(b.v[row]);
        block->near[row] = !(block->decimals && (block->out.v[row] == 0.0 || is_whole));
    }
}

void jl_kernel_add(const jl_block *block) {
    each_two(block, add);
    mark_cancelled(block);
}
void jl_kernel_sub(const jl_block *block) {
    each_two(block, subtract);
    mark_cancelled(block);
}
void jl_kernel_mul(const jl_block *block) {
    each_two(block, multiply);
}
void jl_kernel_div(const jl_block *block) {
    each_two(block, divide);
    require_domain(block, block->args[1], is_zero);
}
void jl_kernel_neg(const jl_block *block) {
    each_one(block, negate);
}
void jl_kernel_abs(const jl_block *block) {
    each_one(block, fabs);
}
void jl_kernel_min(const jl_block *block) {
    each_two(block, smaller);
}
void jl_kernel_max(const jl_block *block) {
    each_two(block, larger);
}
void jl_kernel_sqrt(const jl_block *block) {
    each_one(block, sqrt);
    require_domain(block, block->args[0], is_negative);
}
/* The logarithm of a number near 1 is as wrong as that number's distance from 1. */
void jl_kernel_ln(const jl_block *block) {
    const jl_register x = block->args[0];
    each_one(block, log);
    require_domain(block, x, is_not_positive);
    for (size_t row = 0; block->near != NULL && row < block->n; row++) {
        if (x.s[row] == JL_VALUE && jl_is_cancelled(x.v[row] - 1.0, 1.0)) {
            block->near[row] = 1;
        }
    }
}
void jl_kernel_exp(const jl_block *block) {
    each_one(block, exp);
}
void jl_kernel_phi(const jl_block *block) {
    each_one(block, distribution);
}

/* x ^ y: undefined for 0 ^ negative and for a negative base with a fraction. Near a base of 0, or near a whole exponent
 * of a negative base, doubles do not decide. */
void jl_kernel_pow(const jl_block *block) {
    const jl_register x = block->args[0], y = block->args[1];
    each_two(block, pow);
    for (size_t row = 0; row < block->n; row++) {
        mark(block, row, x.v[row], 1.0);
        if (x.v[row] < 0.0) {
            mark(block, row, y.v[row] - nearbyint(y.v[row]), fabs(y.v[row]));
        }
        const bool undefined =
            (x.v[row] == 0.0 && y.v[row] < 0.0) || (x.v[row] < 0.0 && y.v[row] != nearbyint(y.v[row]));
        if (undefined && block->out.s[row] == JL_VALUE) {
            block->out.s[row] = JL_UNDEFINED;
            block->out.v[row] = 0.0;
        }
    }
}

/* ---- rounding ---- */

static double power_of_ten(int exponent) {
    static const double powers[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    return powers[exponent];
}

static double scale_by_digits(double x, int digits) {
    return digits >= 0 ? x * power_of_ten(digits) : x / power_of_ten(-digits);
}

static double round_scaled(double scaled, jl_round_mode mode) {
    const double down = floor(scaled), rest = scaled - down;
    switch (mode) {
    case JL_HALF_UP: return scaled < 0 ? (rest > 0.5 ? down + 1 : down) : (rest >= 0.5 ? down + 1 : down);
    case JL_HALF_EVEN: return nearbyint(scaled);
    case JL_TRUNCATE: return trunc(scaled);
    case JL_CEILING: return ceil(scaled);
    case JL_FLOOR: return down;
    }
    return scaled;
}

/* Distance of the scaled number to the nearest place where its rounding jumps: halves, or whole numbers. */
static double distance_to_jump(double scaled, jl_round_mode mode) {
    if (mode == JL_HALF_UP || mode == JL_HALF_EVEN) {
        return fabs(scaled - floor(scaled) - 0.5);
    }
    return fabs(scaled - nearbyint(scaled));
}

void jl_kernel_round(const jl_block *block) {
    const jl_register x = block->args[0];
    const int digits = block->p->digits;
    const jl_round_mode mode = (jl_round_mode)block->p->mode;
    for (size_t row = 0; row < block->n; row++) {
        block->out.s[row] = x.s[row];
        block->out.v[row] = 0.0;
        if (x.s[row] != JL_VALUE) {
            continue;
        }
        const double scaled = scale_by_digits(x.v[row], digits);
        mark(block, row, distance_to_jump(scaled, mode), fabs(scaled));
        const double whole = round_scaled(scaled, mode);
        block->out.v[row] = digits >= 0 ? whole / power_of_ten(digits) : whole * power_of_ten(-digits);
    }
}

/* ---- comparison ---- */

static inline void compare(const jl_block *block, binary *relation) {
    const jl_register a = block->args[0], b = block->args[1];
    each_two(block, relation);
    for (size_t row = 0; row < block->n; row++) {
        mark(block, row, a.v[row] - b.v[row], fabs(a.v[row]));
    }
}

static double equal(double a, double b) {
    return a == b;
}
static double less(double a, double b) {
    return a < b;
}
static double less_or_equal(double a, double b) {
    return a <= b;
}

void jl_kernel_eq(const jl_block *block) {
    compare(block, equal);
}
void jl_kernel_lt(const jl_block *block) {
    compare(block, less);
}
void jl_kernel_le(const jl_block *block) {
    compare(block, less_or_equal);
}
void jl_kernel_code_eq(const jl_block *block) {
    each_two(block, equal);
}
