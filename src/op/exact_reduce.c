/* SPDX-License-Identifier: Apache-2.0
 *
 * Exact reducers: sums, means, spreads, lines and means of powers of exact values. Rational in, rational out wherever
 * the formula is; domain tests that stay open are handed back for more precision. What depends on the order of values
 * is in exact_order.c.
 */
#include "op/exact_work.h"

bool jl_exact_reduce(const jl_exact_segment *segment, jl_exact *out, uint8_t *state_out, jl_exact_reduction *function) {
    jl_exact_work w = {.segment = segment, .state = JL_VALUE};
    if (segment->n == 0) {
        return jl_exact_answer_state(out, state_out, JL_MISSING);
    }
    for (size_t i = 0; i < JL_COUNT(w.room); i++) {
        jl_exact_init(&w.room[i], segment->precision);
    }
    function(&w, out);
    for (size_t i = 0; i < JL_COUNT(w.room); i++) {
        jl_exact_clear(&w.room[i]);
    }
    *state_out = w.state;
    return !w.open && (w.state == JL_VALUE || jl_exact_answer_state(out, state_out, w.state));
}

bool jl_exact_refuse(jl_exact_work *w, jl_state state) {
    w->state = (uint8_t)state;
    return false;
}

/* What a function of number/exact.h said about its domain. Open at the end of the ladder means on the boundary:
 * undefined. */
static bool check(jl_exact_work *w, bool defined, bool open) {
    if (!defined && open && w->segment->last) {
        *w->segment->taken_as_equal = true;
    }
    w->open = w->open || (open && !w->segment->last);
    return defined || jl_exact_refuse(w, JL_UNDEFINED);
}

bool jl_exact_divide(jl_exact_work *w, jl_exact *x, const jl_exact *a, const jl_exact *b) {
    bool open = false;
    const bool defined = jl_exact_div(x, a, b, &open);
    return check(w, defined, open);
}

static bool raise(jl_exact_work *w, jl_exact *x, const jl_exact *a, const jl_exact *b) {
    bool open = false;
    const bool defined = jl_exact_pow(x, a, b, &open);
    return check(w, defined, open);
}

/* Square root of a number that cannot be below 0, though its enclosure may reach there. */
static void take_root(jl_exact_work *w, jl_exact *x) {
    bool open = false;
    if (!x->rational && mpfr_sgn(x->low) < 0) {
        mpfr_set_zero(x->low, 1);
    }
    const bool defined = jl_exact_sqrt(x, x, &open);
    check(w, defined, open);
}

void jl_exact_divide_by(jl_exact_work *w, jl_exact *x, size_t n) {
    jl_exact *divisor = &w->room[JL_ROOM_DIVISOR];
    jl_exact_set_integer(divisor, (int64_t)n);
    jl_exact_divide(w, x, x, divisor);
}

bool jl_exact_take_sign(jl_exact_work *w, const jl_exact *a, jl_order *order_out) {
    const bool closed = jl_exact_decide_sign(a, w->segment->last, w->segment->taken_as_equal, order_out);
    w->open = w->open || !closed;
    return closed;
}

void jl_exact_sum(jl_exact *x, const jl_exact *const *values, size_t n) {
    jl_exact_set_integer(x, 0);
    for (size_t row = 0; row < n; row++) {
        jl_exact_add(x, x, values[row]);
    }
}

/* values - from */
typedef struct distances {
    const jl_exact *const *values;
    const jl_exact *from;
} distances;

/* x = Σ (a - a0) (b - b0); x is none of them. */
static void sum_products(jl_exact_work *w, jl_exact *x, distances a, distances b) {
    jl_exact *left = &w->room[JL_ROOM_LEFT], *right = &w->room[JL_ROOM_RIGHT];
    jl_exact_set_integer(x, 0);
    for (size_t row = 0; row < w->segment->n; row++) {
        jl_exact_sub(left, a.values[row], a.from);
        jl_exact_sub(right, b.values[row], b.from);
        jl_exact_mul(left, left, right);
        jl_exact_add(x, x, left);
    }
}

static void take_mean(jl_exact_work *w, jl_exact *x, const jl_exact *const *values, size_t n) {
    jl_exact_sum(x, values, n);
    jl_exact_divide_by(w, x, n);
}

/* ---- sums and means ---- */

bool jl_meaning_of_count(const jl_exact_segment *segment, jl_exact *out, uint8_t *state_out) {
    jl_exact_set_integer(out, (int64_t)segment->n);
    *state_out = JL_VALUE;
    return true;
}

bool jl_meaning_of_sum(const jl_exact_segment *segment, jl_exact *out, uint8_t *state_out) {
    jl_exact_sum(out, segment->x, segment->n);
    *state_out = JL_VALUE;
    return true;
}

bool jl_meaning_of_worst_state(const jl_exact_segment *segment, jl_exact *out, uint8_t *state_out) {
    (void)segment;
    return jl_exact_answer_state(out, state_out, JL_VALUE);
}

static void mean(jl_exact_work *w, jl_exact *out) {
    take_mean(w, out, w->segment->x, w->segment->n);
}

bool jl_meaning_of_mean(const jl_exact_segment *segment, jl_exact *out, uint8_t *state_out) {
    return jl_exact_reduce(segment, out, state_out, mean);
}

static void weighted_mean(jl_exact_work *w, jl_exact *out) {
    const jl_exact *zero = &w->room[0];
    jl_exact *weights = &w->room[1];
    sum_products(w, out, (distances){w->segment->x, zero}, (distances){w->segment->y, zero});
    jl_exact_sum(weights, w->segment->y, w->segment->n);
    jl_exact_divide(w, out, out, weights);
}

bool jl_meaning_of_weighted_mean(const jl_exact_segment *segment, jl_exact *out, uint8_t *state_out) {
    return jl_exact_reduce(segment, out, state_out, weighted_mean);
}

static void last(jl_exact_work *w, jl_exact *out) {
    const size_t count = jl_exact_at_most_count(w);
    take_mean(w, out, w->segment->x + w->segment->n - count, count);
}

bool jl_meaning_of_last(const jl_exact_segment *segment, jl_exact *out, uint8_t *state_out) {
    return jl_exact_reduce(segment, out, state_out, last);
}

static void only(jl_exact_work *w, jl_exact *out) {
    jl_exact_set(out, w->segment->x[0]);
    if (w->segment->n > 1) {
        jl_exact_refuse(w, JL_UNDEFINED);
    }
}

bool jl_meaning_of_only(const jl_exact_segment *segment, jl_exact *out, uint8_t *state_out) {
    return jl_exact_reduce(segment, out, state_out, only);
}

static void variance(jl_exact_work *w, jl_exact *out) {
    const jl_exact_segment *segment = w->segment;
    const int64_t degrees = (int64_t)segment->n - segment->p->count;
    if (degrees <= 0) {
        jl_exact_refuse(w, JL_UNDEFINED);
        return;
    }
    const distances from_mean = {segment->x, &w->room[0]};
    take_mean(w, &w->room[0], segment->x, segment->n);
    sum_products(w, out, from_mean, from_mean);
    jl_exact_divide_by(w, out, (size_t)degrees);
}

bool jl_meaning_of_variance(const jl_exact_segment *segment, jl_exact *out, uint8_t *state_out) {
    return jl_exact_reduce(segment, out, state_out, variance);
}

static void deviation(jl_exact_work *w, jl_exact *out) {
    variance(w, out);
    if (w->state == JL_VALUE) {
        take_root(w, out);
    }
}

bool jl_meaning_of_sd(const jl_exact_segment *segment, jl_exact *out, uint8_t *state_out) {
    return jl_exact_reduce(segment, out, state_out, deviation);
}

/* ---- lines: least squares of x on y ---- */

enum { MEAN_X, MEAN_Y, SPREAD, SLOPE, NEXT }; /* places in w->room */

/* false: undefined, or open. */
static bool fit(jl_exact_work *w) {
    const jl_exact_segment *segment = w->segment;
    jl_exact *room = w->room;
    if (segment->n <= 2) {
        return jl_exact_refuse(w, JL_UNDEFINED);
    }
    take_mean(w, &room[MEAN_X], segment->x, segment->n);
    take_mean(w, &room[MEAN_Y], segment->y, segment->n);
    const distances x = {segment->x, &room[MEAN_X]}, y = {segment->y, &room[MEAN_Y]};
    sum_products(w, &room[SPREAD], y, y);
    sum_products(w, &room[SLOPE], x, y);
    return jl_exact_divide(w, &room[SLOPE], &room[SLOPE], &room[SPREAD]);
}

/* room[NEXT]: from the mean of y to the place after the last. */
static void take_distance_to_next(jl_exact_work *w) {
    jl_exact *next = &w->room[NEXT];
    jl_exact_set_integer(next, 1);
    jl_exact_add(next, next, w->segment->y[w->segment->n - 1]);
    jl_exact_sub(next, next, &w->room[MEAN_Y]);
}

static void slope(jl_exact_work *w, jl_exact *out) {
    if (fit(w)) {
        jl_exact_set(out, &w->room[SLOPE]);
    }
}

bool jl_meaning_of_slope(const jl_exact_segment *segment, jl_exact *out, uint8_t *state_out) {
    return jl_exact_reduce(segment, out, state_out, slope);
}

static void forecast(jl_exact_work *w, jl_exact *out) {
    if (fit(w)) {
        take_distance_to_next(w);
        jl_exact_mul(out, &w->room[SLOPE], &w->room[NEXT]);
        jl_exact_add(out, out, &w->room[MEAN_X]);
    }
}

bool jl_meaning_of_forecast(const jl_exact_segment *segment, jl_exact *out, uint8_t *state_out) {
    return jl_exact_reduce(segment, out, state_out, forecast);
}

/* out = Σ (x - fitted x)² */
static void sum_squared_residuals(jl_exact_work *w, jl_exact *out) {
    jl_exact *residual = &w->room[JL_ROOM_LEFT], *along = &w->room[JL_ROOM_RIGHT];
    jl_exact_set_integer(out, 0);
    for (size_t row = 0; row < w->segment->n; row++) {
        jl_exact_sub(along, w->segment->y[row], &w->room[MEAN_Y]);
        jl_exact_mul(along, along, &w->room[SLOPE]);
        jl_exact_sub(residual, w->segment->x[row], &w->room[MEAN_X]);
        jl_exact_sub(residual, residual, along);
        jl_exact_mul(residual, residual, residual);
        jl_exact_add(out, out, residual);
    }
}

/* √(Σe² / (n - 2) · (1 + 1/n + next² / spread)) */
static void forecast_error(jl_exact_work *w, jl_exact *out) {
    jl_exact *factor = &w->room[NEXT], *one = &w->room[JL_ROOM_LEFT];
    const size_t n = w->segment->n;
    if (!fit(w)) {
        return;
    }
    sum_squared_residuals(w, out);
    jl_exact_divide_by(w, out, n - 2);
    take_distance_to_next(w);
    jl_exact_mul(factor, factor, factor);
    if (!jl_exact_divide(w, factor, factor, &w->room[SPREAD])) {
        return;
    }
    jl_exact_set_integer(one, 1);
    jl_exact_add(factor, factor, one);
    jl_exact_divide_by(w, one, n);
    jl_exact_add(factor, factor, one);
    jl_exact_mul(out, out, factor);
    take_root(w, out);
}

bool jl_meaning_of_forecast_error(const jl_exact_segment *segment, jl_exact *out, uint8_t *state_out) {
    return jl_exact_reduce(segment, out, state_out, forecast_error);
}

/* ---- means of powers ---- */

enum { WEIGHTS, TERM, SHARE, EXPONENT }; /* places in w->room */

/* room[WEIGHTS] = Σ y. false: it is 0, or open; or an x is not above 0 (with zero_too: below 0). */
static bool check_domain(jl_exact_work *w, bool zero_too) {
    const jl_exact_segment *segment = w->segment;
    jl_order order = JL_OPEN;
    for (size_t row = 0; row < segment->n; row++) {
        if (!jl_exact_take_sign(w, segment->x[row], &order)) {
            return false;
        }
        if (order == JL_LESS || (order == JL_EQUAL && !zero_too)) {
            return jl_exact_refuse(w, JL_UNDEFINED);
        }
    }
    jl_exact_sum(&w->room[WEIGHTS], segment->y, segment->n);
    return jl_exact_take_sign(w, &w->room[WEIGHTS], &order) && (order != JL_EQUAL || jl_exact_refuse(w, JL_UNDEFINED));
}

static bool are_rational(const jl_exact *const *values, size_t n) {
    size_t row = 0;
    while (row < n && values[row]->rational) {
        row++;
    }
    return row == n;
}

/* out = Π x ^ (y / scale) */
static void multiply_powers(jl_exact_work *w, jl_exact *out, const jl_exact *scale) {
    jl_exact_set_integer(out, 1);
    for (size_t row = 0; row < w->segment->n && w->state == JL_VALUE; row++) {
        if (jl_exact_divide(w, &w->room[SHARE], w->segment->y[row], scale) &&
            raise(w, &w->room[TERM], w->segment->x[row], &w->room[SHARE])) {
            jl_exact_mul(out, out, &w->room[TERM]);
        }
    }
}

/* room[EXPONENT] = the least number that makes all shares of the weight whole when multiplied by it, as its reciprocal.
 * */
static void take_unit_share(jl_exact_work *w) {
    mpq_t share;
    mpz_t common;
    mpq_init(share);
    mpz_init_set_ui(common, 1);
    for (size_t row = 0; row < w->segment->n; row++) {
        mpq_div(share, w->segment->y[row]->q, w->room[WEIGHTS].q);
        mpz_lcm(common, common, mpq_denref(share));
    }
    jl_exact_set_integer(&w->room[EXPONENT], 1);
    mpq_set_z(share, common);
    mpq_div(w->room[EXPONENT].q, w->room[EXPONENT].q, share);
    mpz_clear(common);
    mpq_clear(share);
}

/* Rational values and weights: a root of a product of whole powers, so that 2 and 8 give 4 and not something near it.
 * */
static void geometric_mean(jl_exact_work *w, jl_exact *out) {
    const jl_exact_segment *segment = w->segment;
    if (!check_domain(w, false)) {
        return;
    }
    if (!w->room[WEIGHTS].rational || !are_rational(segment->x, segment->n) || !are_rational(segment->y, segment->n)) {
        multiply_powers(w, out, &w->room[WEIGHTS]);
        return;
    }
    take_unit_share(w);
    jl_exact_mul(&w->room[WEIGHTS], &w->room[WEIGHTS], &w->room[EXPONENT]);
    multiply_powers(w, out, &w->room[WEIGHTS]);
    raise(w, out, out, &w->room[EXPONENT]);
}

bool jl_meaning_of_geometric_mean(const jl_exact_segment *segment, jl_exact *out, uint8_t *state_out) {
    return jl_exact_reduce(segment, out, state_out, geometric_mean);
}

static void harmonic_mean(jl_exact_work *w, jl_exact *out) {
    jl_exact *total = &w->room[SHARE];
    if (!check_domain(w, false)) {
        return;
    }
    for (size_t row = 0; row < w->segment->n; row++) {
        if (!jl_exact_divide(w, &w->room[TERM], w->segment->y[row], w->segment->x[row])) {
            return;
        }
        jl_exact_add(total, total, &w->room[TERM]);
    }
    jl_exact_divide(w, out, &w->room[WEIGHTS], total);
}

bool jl_meaning_of_harmonic_mean(const jl_exact_segment *segment, jl_exact *out, uint8_t *state_out) {
    return jl_exact_reduce(segment, out, state_out, harmonic_mean);
}

/* room[TERM] = x ^ exponent; an x that counts as 0 gives 0. */
static bool take_power(jl_exact_work *w, const jl_exact *x) {
    jl_order order = JL_OPEN;
    if (!jl_exact_take_sign(w, x, &order)) {
        return false;
    }
    if (order == JL_EQUAL) {
        jl_exact_set_integer(&w->room[TERM], 0);
        return true;
    }
    return raise(w, &w->room[TERM], x, &w->room[EXPONENT]);
}

static void power_mean(jl_exact_work *w, jl_exact *out) {
    const double exponent = w->segment->p->number;
    if (exponent == 0.0) {
        geometric_mean(w, out);
        return;
    }
    if (!check_domain(w, exponent > 0.0)) {
        return;
    }
    jl_exact_set_double(&w->room[EXPONENT], exponent);
    jl_exact_set_integer(out, 0);
    for (size_t row = 0; row < w->segment->n; row++) {
        if (!take_power(w, w->segment->x[row])) {
            return;
        }
        jl_exact_mul(&w->room[TERM], &w->room[TERM], w->segment->y[row]);
        jl_exact_add(out, out, &w->room[TERM]);
    }
    mpq_inv(w->room[EXPONENT].q, w->room[EXPONENT].q);
    if (jl_exact_divide(w, out, out, &w->room[WEIGHTS])) {
        raise(w, out, out, &w->room[EXPONENT]);
    }
}

bool jl_meaning_of_power_mean(const jl_exact_segment *segment, jl_exact *out, uint8_t *state_out) {
    return jl_exact_reduce(segment, out, state_out, power_mean);
}
