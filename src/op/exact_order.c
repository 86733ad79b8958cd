/* SPDX-License-Identifier: Apache-2.0
 *
 * Exact reducers that depend on the order of values: lowest, highest, median, best, trimmed and weighted median. The
 * k-th value of enclosures is the enclosure of the k-th lower end and the k-th upper end, because the k-th value never
 * falls when a value rises. So lower and upper ends are sorted apart, and no comparison of two values ever stays open.
 */
#include "op/exact_work.h"

/* Indices of the values, by their lower ends and by their upper ends; the same array where all are rational. */
typedef struct ranked {
    const uint32_t *by_low, *by_high;
} ranked;

/* Ends of the values, to be compared. */
typedef struct side {
    const jl_exact *const *values;
    bool upper;
} side;

static int compare(side ends, uint32_t left, uint32_t right) {
    const jl_exact *a = ends.values[left], *b = ends.values[right];
    if (a->rational && b->rational) {
        return mpq_cmp(a->q, b->q);
    }
    if (a->rational) {
        return -mpfr_cmp_q(ends.upper ? b->high : b->low, a->q);
    }
    if (b->rational) {
        return mpfr_cmp_q(ends.upper ? a->high : a->low, b->q);
    }
    return ends.upper ? mpfr_cmp(a->high, b->high) : mpfr_cmp(a->low, b->low);
}

/* Merges the ascending runs order[0 .. n_left) and order[n_left .. n). */
static void merge(side ends, const uint32_t *order, size_t n_left, size_t n, uint32_t *out) {
    size_t left = 0, right = n_left;
    for (size_t place = 0; place < n; place++) {
        const bool take_left = right == n || (left < n_left && compare(ends, order[left], order[right]) <= 0);
        out[place] = order[take_left ? left++ : right++];
    }
}

static size_t smaller(size_t a, size_t b) {
    return a < b ? a : b;
}

/* Merge sort; stable. */
static void sort(side ends, uint32_t *order, uint32_t *scratch, size_t n) {
    for (size_t run = 1; run < n; run *= 2) {
        for (size_t start = 0; start < n; start += 2 * run) {
            merge(ends, order + start, smaller(run, n - start), smaller(2 * run, n - start), scratch + start);
        }
        memcpy(order, scratch, n * sizeof *order);
    }
}

static ranked rank_values(const jl_exact_segment *segment) {
    const size_t n = segment->n;
    uint32_t *by_low = segment->scratch, *by_high = by_low + n, *spare = by_high + n;
    bool rational = true;
    for (uint32_t row = 0; row < n; row++) {
        by_low[row] = by_high[row] = row;
        rational = rational && segment->x[row]->rational;
    }
    sort((side){segment->x, false}, by_low, spare, n);
    if (!rational) {
        sort((side){segment->x, true}, by_high, spare, n);
    }
    return (ranked){by_low, rational ? by_low : by_high};
}

/* The value between the lower end of one value and the upper end of another. */
static const jl_exact *span(jl_exact_work *w, uint32_t low, uint32_t high) {
    const jl_exact *a = w->segment->x[low], *b = w->segment->x[high];
    jl_exact *enclosure = &w->room[JL_ROOM_LEFT];
    if (a == b || (a->rational && b->rational && mpq_equal(a->q, b->q))) {
        return a;
    }
    enclosure->rational = false;
    if (a->rational) {
        mpfr_set_q(enclosure->low, a->q, MPFR_RNDD);
    } else {
        mpfr_set(enclosure->low, a->low, MPFR_RNDD);
    }
    if (b->rational) {
        mpfr_set_q(enclosure->high, b->q, MPFR_RNDU);
    } else {
        mpfr_set(enclosure->high, b->high, MPFR_RNDU);
    }
    return enclosure;
}

/* out = mean of the n values from place `first` on, counted from the lowest. */
static void take_mean_of_places(jl_exact_work *w, jl_exact *out, size_t first, size_t n) {
    const ranked values = rank_values(w->segment);
    jl_exact_set_integer(out, 0);
    for (size_t place = first; place < first + n; place++) {
        jl_exact_add(out, out, span(w, values.by_low[place], values.by_high[place]));
    }
    jl_exact_divide_by(w, out, n);
}

static void fold(jl_exact_work *w, jl_exact *out, void (*choose)(jl_exact *x, const jl_exact *a, const jl_exact *b)) {
    jl_exact_set(out, w->segment->x[0]);
    for (size_t row = 1; row < w->segment->n; row++) {
        choose(out, out, w->segment->x[row]);
    }
}

static void lowest(jl_exact_work *w, jl_exact *out) {
    fold(w, out, jl_exact_min);
}

bool jl_meaning_of_lowest(const jl_exact_segment *segment, jl_exact *out, uint8_t *state_out) {
    return jl_exact_reduce(segment, out, state_out, lowest);
}

static void highest(jl_exact_work *w, jl_exact *out) {
    fold(w, out, jl_exact_max);
}

bool jl_meaning_of_highest(const jl_exact_segment *segment, jl_exact *out, uint8_t *state_out) {
    return jl_exact_reduce(segment, out, state_out, highest);
}

static void median(jl_exact_work *w, jl_exact *out) {
    const size_t n = w->segment->n;
    take_mean_of_places(w, out, (n - 1) / 2, n % 2 == 1 ? 1 : 2);
}

bool jl_meaning_of_median(const jl_exact_segment *segment, jl_exact *out, uint8_t *state_out) {
    return jl_exact_reduce(segment, out, state_out, median);
}

static void trimmed_mean(jl_exact_work *w, jl_exact *out) {
    const size_t n = w->segment->n, drop = w->segment->p->count > 0 ? (size_t)w->segment->p->count : 0;
    if (n <= 2 * drop) {
        jl_exact_refuse(w, JL_MISSING);
        return;
    }
    take_mean_of_places(w, out, drop, n - 2 * drop);
}

bool jl_meaning_of_trimmed_mean(const jl_exact_segment *segment, jl_exact *out, uint8_t *state_out) {
    return jl_exact_reduce(segment, out, state_out, trimmed_mean);
}

static void best(jl_exact_work *w, jl_exact *out) {
    const size_t count = jl_exact_at_most_count(w);
    take_mean_of_places(w, out, w->segment->p->low_first ? 0 : w->segment->n - count, count);
}

bool jl_meaning_of_best(const jl_exact_segment *segment, jl_exact *out, uint8_t *state_out) {
    return jl_exact_reduce(segment, out, state_out, best);
}

/* ---- weighted median ---- */

enum { HALF, CUMULATED, DIFFERENCE }; /* places in w->room */

/* Values in the middle of the weight, as indices. */
typedef struct middle {
    uint32_t reached, exceeded; /* the first at which the cumulated weight reaches half, and exceeds it */
} middle;

/* false: open, or nothing exceeds half. */
static bool find_middle(jl_exact_work *w, const uint32_t *order, middle *middle_out) {
    jl_exact *cumulated = &w->room[CUMULATED], *difference = &w->room[DIFFERENCE];
    bool reached = false;
    jl_exact_set_integer(cumulated, 0);
    for (size_t place = 0; place < w->segment->n; place++) {
        jl_order sign = JL_OPEN;
        jl_exact_add(cumulated, cumulated, w->segment->y[order[place]]);
        jl_exact_sub(difference, cumulated, &w->room[HALF]);
        if (!jl_exact_take_sign(w, difference, &sign)) {
            return false;
        }
        if (sign != JL_LESS && !reached) {
            middle_out->reached = order[place];
            reached = true;
        }
        if (sign == JL_GREATER) {
            middle_out->exceeded = order[place];
            return true;
        }
    }
    return jl_exact_refuse(w, JL_UNDEFINED);
}

/* The mean of the lowest value that reaches half of the weight and the lowest that exceeds it. */
static void weighted_median(jl_exact_work *w, jl_exact *out) {
    middle low, high;
    jl_order sign = JL_OPEN;
    jl_exact_sum(&w->room[HALF], w->segment->y, w->segment->n);
    if (!jl_exact_take_sign(w, &w->room[HALF], &sign)) {
        return;
    }
    if (sign != JL_GREATER) {
        jl_exact_refuse(w, JL_UNDEFINED);
        return;
    }
    jl_exact_divide_by(w, &w->room[HALF], 2);
    const ranked values = rank_values(w->segment);
    if (find_middle(w, values.by_low, &low) && find_middle(w, values.by_high, &high)) {
        jl_exact_set(out, span(w, low.reached, high.reached));
        jl_exact_add(out, out, span(w, low.exceeded, high.exceeded));
        jl_exact_divide_by(w, out, 2);
    }
}

bool jl_meaning_of_weighted_median(const jl_exact_segment *segment, jl_exact *out, uint8_t *state_out) {
    return jl_exact_reduce(segment, out, state_out, weighted_median);
}
