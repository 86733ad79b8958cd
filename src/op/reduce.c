/* SPDX-License-Identifier: Apache-2.0
 *
 * Reducers on doubles: the values of one part in, one value out. Sums run in 8 virtual lanes (lane i takes elements i,
 * i + 8, …) joined by halves, so that the order is the same on every machine; whatever else is summed is first written
 * to scratch. Sums of squares are taken in two passes. A domain test near its boundary is reported and left to the
 * exact reducers.
 *
 * Sources of the formulas: examples/language/functions.md; the error of a forecast is that of a single new observation.
 */
#include <math.h>

#include "op/functions.h"

#define LANES 8

/* A segment on its way to a value: what a reduction reads, and what it says besides the value. */
typedef struct work {
    const jl_parameters *p;
    const double *x, *y;
    size_t n;        /* at least 1 */
    double *scratch; /* 2n + 16 */
    uint8_t state;
    bool near;
} work;
typedef double reduction(work *w);

static uint8_t reduce(const jl_segment *segment, double *scratch, double *out, bool *near_out, reduction *function) {
    work w = {segment->p, segment->x, segment->y, segment->n, scratch, JL_VALUE, false};
    const double value = segment->n == 0 ? 0.0 : function(&w);
    *near_out = *near_out || w.near;
    if (segment->n == 0) {
        w.state = JL_MISSING;
    }
    *out = w.state == JL_VALUE ? value : 0.0;
    return w.state;
}

static double refuse(work *w, jl_state state) {
    w->state = (uint8_t)state;
    return 0.0;
}

static void mark(work *w, double distance, double magnitude) {
    w->near = w->near || jl_is_near(distance, magnitude);
}

static double sum(const double *values, size_t n) {
    double lane[LANES] = {0};
    size_t row = 0;
    for (; row + LANES <= n; row += LANES) {
        for (size_t i = 0; i < LANES; i++) {
            lane[i] += values[row + i];
        }
    }
    for (size_t i = 0; row + i < n; i++) {
        lane[i] += values[row + i];
    }
    for (size_t half = LANES / 2; half > 0; half /= 2) {
        for (size_t i = 0; i < half; i++) {
            lane[i] += lane[i + half];
        }
    }
    return lane[0];
}

static double largest(const double *values, size_t n) {
    double magnitude = 0.0;
    for (size_t row = 0; row < n; row++) {
        magnitude = fabs(values[row]) > magnitude ? fabs(values[row]) : magnitude;
    }
    return magnitude;
}

/* A sum, marked where most of its digits cancel. */
static double marked_sum(work *w, const double *values, size_t n) {
    const double result = sum(values, n);
    w->near = w->near || jl_is_cancelled(result, largest(values, n));
    return result;
}

static double mean_of(work *w, const double *values, size_t n) {
    return marked_sum(w, values, n) / (double)n;
}

/* Σ (a - a0) (b - b0) */
static double sum_products(work *w, const double *a, double a0, const double *b, double b0) {
    for (size_t row = 0; row < w->n; row++) {
        w->scratch[row] = (a[row] - a0) * (b[row] - b0);
    }
    return marked_sum(w, w->scratch, w->n);
}

/* Squares of distances from a centre: so small ones have lost most of their digits when the distances were taken. */
static double sum_squares(work *w, const double *values, double centre, double magnitude) {
    const double squares = sum_products(w, values, centre, values, centre);
    w->near = w->near || squares < JL_CANCELLED * JL_CANCELLED * magnitude * magnitude;
    return squares;
}

/* a / b, where b = 0 is undefined. */
static double divide(work *w, double a, double b) {
    mark(w, b, 1.0);
    return b == 0.0 ? refuse(w, JL_UNDEFINED) : a / b;
}

/* Heap sort, by x; y (may be NULL) goes along. Equal x come in an order that depends on the input alone. */
static void sift_down(double *x, double *y, size_t root, size_t n) {
    for (size_t child; (child = 2 * root + 1) < n; root = child) {
        if (child + 1 < n && x[child] < x[child + 1]) {
            child++;
        }
        if (!(x[root] < x[child])) {
            return;
        }
        const double x_root = x[root];
        x[root] = x[child];
        x[child] = x_root;
        if (y != NULL) {
            const double y_root = y[root];
            y[root] = y[child];
            y[child] = y_root;
        }
    }
}

static void sort(double *x, double *y, size_t n) {
    for (size_t root = n / 2; root-- > 0;) {
        sift_down(x, y, root, n);
    }
    for (size_t last = n; last-- > 1;) {
        const double x_first = x[0], y_first = y == NULL ? 0.0 : y[0];
        x[0] = x[last];
        x[last] = x_first;
        if (y != NULL) {
            y[0] = y[last];
            y[last] = y_first;
        }
        sift_down(x, y, 0, last);
    }
}

static const double *sorted(work *w) {
    memcpy(w->scratch, w->x, w->n * sizeof(double));
    sort(w->scratch, NULL, w->n);
    return w->scratch;
}

/* ---- sums and means ---- */

uint8_t jl_reduce_count(const jl_segment *segment, double *scratch, double *out, bool *near_out) {
    (void)scratch;
    (void)near_out;
    *out = (double)segment->n;
    return JL_VALUE;
}

uint8_t jl_reduce_sum(const jl_segment *segment, double *scratch, double *out, bool *near_out) {
    (void)scratch;
    *out = sum(segment->x, segment->n);
    *near_out = *near_out || jl_is_cancelled(*out, largest(segment->x, segment->n));
    return JL_VALUE;
}

/* The strongest state is found by whoever has the rows; of values there is nothing to say. */
uint8_t jl_reduce_worst_state(const jl_segment *segment, double *scratch, double *out, bool *near_out) {
    (void)segment;
    (void)scratch;
    (void)near_out;
    *out = 0.0;
    return JL_VALUE;
}

static double mean(work *w) {
    return mean_of(w, w->x, w->n);
}

uint8_t jl_reduce_mean(const jl_segment *segment, double *scratch, double *out, bool *near_out) {
    return reduce(segment, scratch, out, near_out, mean);
}

static double weighted_mean(work *w) {
    return divide(w, sum_products(w, w->x, 0.0, w->y, 0.0), marked_sum(w, w->y, w->n));
}

uint8_t jl_reduce_weighted_mean(const jl_segment *segment, double *scratch, double *out, bool *near_out) {
    return reduce(segment, scratch, out, near_out, weighted_mean);
}

/* The mean of the last p.count, or of all there are. */
static size_t at_most_count(const work *w) {
    const size_t count = w->p->count > 1 ? (size_t)w->p->count : 1;
    return count < w->n ? count : w->n;
}

static double last(work *w) {
    const size_t count = at_most_count(w);
    return mean_of(w, w->x + w->n - count, count);
}

uint8_t jl_reduce_last(const jl_segment *segment, double *scratch, double *out, bool *near_out) {
    return reduce(segment, scratch, out, near_out, last);
}

static double only(work *w) {
    return w->n > 1 ? refuse(w, JL_UNDEFINED) : w->x[0];
}

uint8_t jl_reduce_only(const jl_segment *segment, double *scratch, double *out, bool *near_out) {
    return reduce(segment, scratch, out, near_out, only);
}

static double variance(work *w) {
    const double centre = mean_of(w, w->x, w->n), degrees = (double)w->n - w->p->count;
    return degrees <= 0.0 ? refuse(w, JL_UNDEFINED) : sum_squares(w, w->x, centre, centre) / degrees;
}

uint8_t jl_reduce_variance(const jl_segment *segment, double *scratch, double *out, bool *near_out) {
    return reduce(segment, scratch, out, near_out, variance);
}

static double deviation(work *w) {
    return sqrt(variance(w));
}

uint8_t jl_reduce_sd(const jl_segment *segment, double *scratch, double *out, bool *near_out) {
    return reduce(segment, scratch, out, near_out, deviation);
}

/* ---- order ---- */

static double lowest(work *w) {
    double value = w->x[0];
    for (size_t row = 1; row < w->n; row++) {
        value = w->x[row] < value ? w->x[row] : value;
    }
    return value;
}

uint8_t jl_reduce_lowest(const jl_segment *segment, double *scratch, double *out, bool *near_out) {
    return reduce(segment, scratch, out, near_out, lowest);
}

static double highest(work *w) {
    double value = w->x[0];
    for (size_t row = 1; row < w->n; row++) {
        value = w->x[row] > value ? w->x[row] : value;
    }
    return value;
}

uint8_t jl_reduce_highest(const jl_segment *segment, double *scratch, double *out, bool *near_out) {
    return reduce(segment, scratch, out, near_out, highest);
}

static double median(work *w) {
    const double *ascending = sorted(w);
    return w->n % 2 == 1 ? ascending[w->n / 2] : mean_of(w, ascending + w->n / 2 - 1, 2);
}

uint8_t jl_reduce_median(const jl_segment *segment, double *scratch, double *out, bool *near_out) {
    return reduce(segment, scratch, out, near_out, median);
}

static double trimmed_mean(work *w) {
    const size_t drop = w->p->count > 0 ? (size_t)w->p->count : 0;
    return w->n <= 2 * drop ? refuse(w, JL_MISSING) : mean_of(w, sorted(w) + drop, w->n - 2 * drop);
}

uint8_t jl_reduce_trimmed_mean(const jl_segment *segment, double *scratch, double *out, bool *near_out) {
    return reduce(segment, scratch, out, near_out, trimmed_mean);
}

static double best(work *w) {
    const size_t count = at_most_count(w);
    return mean_of(w, sorted(w) + (w->p->low_first ? 0 : w->n - count), count);
}

uint8_t jl_reduce_best(const jl_segment *segment, double *scratch, double *out, bool *near_out) {
    return reduce(segment, scratch, out, near_out, best);
}

/* Mean of the lowest value that reaches half of the weight and the lowest that exceeds it: mostly the same. */
static double weighted_median(work *w) {
    double *x = w->scratch, *weights = w->scratch + w->n;
    const double whole = sum(w->y, w->n), half = whole / 2;
    memcpy(x, w->x, w->n * sizeof(double));
    memcpy(weights, w->y, w->n * sizeof(double));
    sort(x, weights, w->n);
    mark(w, whole, 1.0);
    if (!(whole > 0.0)) {
        return refuse(w, JL_UNDEFINED);
    }
    double cumulated = 0.0;
    size_t reached = w->n, exceeded = 0;
    for (; exceeded + 1 < w->n; exceeded++) {
        cumulated += weights[exceeded];
        mark(w, cumulated - half, whole);
        if (reached == w->n && cumulated >= half) {
            reached = exceeded;
        }
        if (cumulated > half) {
            break;
        }
    }
    reached = reached == w->n ? exceeded : reached;
    return (x[reached] + x[exceeded]) / 2;
}

uint8_t jl_reduce_weighted_median(const jl_segment *segment, double *scratch, double *out, bool *near_out) {
    return reduce(segment, scratch, out, near_out, weighted_median);
}

/* ---- lines ---- */

/* Least squares of x on y. */
typedef struct line {
    double mean_x, mean_y, spread, slope; /* spread: sum of the squares of y - mean_y */
} line;

static bool fit(work *w, line *fitted_out) {
    fitted_out->mean_x = mean_of(w, w->x, w->n);
    fitted_out->mean_y = mean_of(w, w->y, w->n);
    if (w->n <= 2) {
        w->state = JL_UNDEFINED;
        return false;
    }
    fitted_out->spread = sum_products(w, w->y, fitted_out->mean_y, w->y, fitted_out->mean_y);
    (void)sum_squares(w, w->x, fitted_out->mean_x, fitted_out->mean_x); /* marks values that hardly differ */
    fitted_out->slope =
        divide(w, sum_products(w, w->x, fitted_out->mean_x, w->y, fitted_out->mean_y), fitted_out->spread);
    return w->state == JL_VALUE;
}

/* From the mean of y to the place after the last. */
static double distance_to_next(const work *w, const line *fitted) {
    return w->y[w->n - 1] + 1.0 - fitted->mean_y;
}

static double slope(work *w) {
    line fitted;
    return fit(w, &fitted) ? fitted.slope : 0.0;
}

uint8_t jl_reduce_slope(const jl_segment *segment, double *scratch, double *out, bool *near_out) {
    return reduce(segment, scratch, out, near_out, slope);
}

static double forecast(work *w) {
    line fitted;
    if (!fit(w, &fitted)) {
        return 0.0;
    }
    const double value = fitted.mean_x + fitted.slope * distance_to_next(w, &fitted);
    w->near = w->near || jl_is_cancelled(value, fitted.mean_x);
    return value;
}

uint8_t jl_reduce_forecast(const jl_segment *segment, double *scratch, double *out, bool *near_out) {
    return reduce(segment, scratch, out, near_out, forecast);
}

static double forecast_error(work *w) {
    line fitted;
    if (!fit(w, &fitted)) {
        return 0.0;
    }
    double *residuals = w->scratch + w->n;
    for (size_t row = 0; row < w->n; row++) {
        residuals[row] = w->x[row] - fitted.mean_x - fitted.slope * (w->y[row] - fitted.mean_y);
    }
    const double n = (double)w->n, next = distance_to_next(w, &fitted);
    const double squares = sum_squares(w, residuals, 0.0, largest(w->x, w->n));
    return sqrt(squares / (n - 2) * (1 + 1 / n + next * next / fitted.spread));
}

uint8_t jl_reduce_forecast_error(const jl_segment *segment, double *scratch, double *out, bool *near_out) {
    return reduce(segment, scratch, out, near_out, forecast_error);
}

/* ---- means of powers ---- */

/* Σ y f(x) / Σ y, with f(x) in the second half of scratch; every x must be above 0 (or, if zero_too, not below it). */
static double mean_of_images(work *w, double (*image)(double x, double exponent), bool zero_too) {
    double *images = w->scratch + w->n;
    for (size_t row = 0; row < w->n; row++) {
        mark(w, w->x[row], 1.0);
        if (w->x[row] < 0.0 || (w->x[row] == 0.0 && !zero_too)) {
            w->state = JL_UNDEFINED;
        }
        images[row] = w->state == JL_VALUE ? image(w->x[row], w->p->number) : 0.0;
    }
    return divide(w, sum_products(w, images, 0.0, w->y, 0.0), sum(w->y, w->n));
}

static double logarithm(double x, double exponent) {
    (void)exponent;
    return log(x);
}

static double geometric_mean(work *w) {
    return exp(mean_of_images(w, logarithm, false));
}

uint8_t jl_reduce_geometric_mean(const jl_segment *segment, double *scratch, double *out, bool *near_out) {
    return reduce(segment, scratch, out, near_out, geometric_mean);
}

static double reciprocal(double x, double exponent) {
    (void)exponent;
    return 1.0 / x;
}

static double harmonic_mean(work *w) {
    return 1.0 / mean_of_images(w, reciprocal, false);
}

uint8_t jl_reduce_harmonic_mean(const jl_segment *segment, double *scratch, double *out, bool *near_out) {
    return reduce(segment, scratch, out, near_out, harmonic_mean);
}

/* The exponent 0 is the limit: the geometric mean. */
static double power_mean(work *w) {
    const double exponent = w->p->number;
    return exponent == 0.0 ? geometric_mean(w) : pow(mean_of_images(w, pow, exponent > 0.0), 1.0 / exponent);
}

uint8_t jl_reduce_power_mean(const jl_segment *segment, double *scratch, double *out, bool *near_out) {
    return reduce(segment, scratch, out, near_out, power_mean);
}
