/* SPDX-License-Identifier: Apache-2.0
 *
 * What the exact reducers share: one driver, room for what comes between, and domain tests that may stay open.
 */
#ifndef JL_OP_EXACT_WORK_H
#define JL_OP_EXACT_WORK_H

#include "op/functions.h"

/* Places in `room` that the shared functions use; 0 to 4 are the reduction's own. */
enum { JL_ROOM_OWN = 5, JL_ROOM_LEFT = JL_ROOM_OWN, JL_ROOM_RIGHT, JL_ROOM_DIVISOR, JL_ROOM_SIZE };

typedef struct jl_exact_work {
    const jl_exact_segment *segment; /* n >= 1 */
    jl_exact room[JL_ROOM_SIZE];     /* 0 at first */
    uint8_t state;
    bool open; /* undecided at this precision: the result does not count */
} jl_exact_work;
typedef void jl_exact_reduction(jl_exact_work *w, jl_exact *out);

/* Runs a reduction. Of no values: missing. */
bool jl_exact_reduce(const jl_exact_segment *segment, jl_exact *out, uint8_t *state_out, jl_exact_reduction *function);
/* Sets the state; returns false. */
bool jl_exact_refuse(jl_exact_work *w, jl_state state);
/* x = a / b. false: undefined, or open. */
bool jl_exact_divide(jl_exact_work *w, jl_exact *x, const jl_exact *a, const jl_exact *b);
void jl_exact_divide_by(jl_exact_work *w, jl_exact *x, size_t n);
/* Sign of a; false: open. */
bool jl_exact_take_sign(jl_exact_work *w, const jl_exact *a, jl_order *order_out);
void jl_exact_sum(jl_exact *x, const jl_exact *const *values, size_t n);

/* p.count of the values, or all there are; at least one. */
static inline size_t jl_exact_at_most_count(const jl_exact_work *w) {
    const size_t count = w->segment->p->count > 1 ? (size_t)w->segment->p->count : 1;
    return count < w->segment->n ? count : w->segment->n;
}

#endif
