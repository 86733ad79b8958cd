/* SPDX-License-Identifier: Apache-2.0
 *
 * Shared by the files of certify/. A place is one row of one value; evaluating it gives its exact value at one level of
 * the ladder of precisions (level 0: 128 bits, doubled by each level). What comes back has been decided: only its
 * enclosure may be wide.
 */
#ifndef JL_CERTIFY_EVALUATE_H
#define JL_CERTIFY_EVALUATE_H

#include "certify/certify.h"

enum { JL_LEVELS = 6, JL_LAST_LEVEL = JL_LEVELS - 1 };
static_assert(JL_EXACT_FIRST_PRECISION << JL_LAST_LEVEL == JL_EXACT_LAST_PRECISION, "the ladder ends at its last step");

typedef struct jl_place {
    uint32_t value, row;
} jl_place;

/* ---- room.c: exact values in use, as stacks, one per level; initialised values are kept for the next time ---- */

typedef struct jl_room {
    jl_exact **items;       /* `made` of them are initialised, `used` in use */
    size_t used, made, capacity;
    mpfr_prec_t precision;
} jl_room;

void jl_room_free(jl_room *room);
jl_exact *jl_room_take(jl_room *room);            /* NULL: no memory; valid until it is released */
void jl_room_release(jl_room *room, size_t used); /* back to a former `used` */

/* ---- memo.c: exact values that will be asked for again ---- */

typedef struct jl_memo {
    struct jl_memo_entry **slots;
    size_t n_slots, n_entries;
} jl_memo;

void jl_memo_free(jl_memo *memo);
/* A value known at that level or better. */
bool jl_memo_find(const jl_memo *memo, jl_place place, int level, jl_exact *out, uint8_t *state_out);
/* May forget all others. false: no memory. */
bool jl_memo_keep(jl_memo *memo, jl_place place, int level, const jl_exact *x, uint8_t state);

/* ---- the certifier ---- */

struct jl_certifier {
    jl_program *program;
    jl_room rooms[JL_LEVELS]; /* emptied by every call from outside, so that failures inside need not */
    jl_memo memo;
    bool *shared;             /* by value: read more than once, hence remembered */
    uint64_t n_taken_as_equal;
};

/* One op at one row and level: what is asked, then what comes out. */
typedef struct jl_attempt {
    const jl_op *op;
    uint32_t row;
    int level;
    jl_exact *out;           /* of the level's precision */
    uint8_t *state_out;
    bool closed;             /* false: a decision is open at this level */
    bool taken_as_equal;     /* it was open at the last one */
} jl_attempt;

/* ---- evaluate.c ---- */

/* The exact value (0 with a state) of a place, decided. `out` has the precision of the level. */
jeoul_status jl_evaluate(jl_certifier *certifier, jl_place place, int level, jl_exact *out, uint8_t *state_out);
/* Attempts an op at its level and, while it is open, at the levels above. */
jeoul_status jl_climb(jl_certifier *certifier, jl_attempt *attempt);
/* Row `row` of an operand; constants have one row only. */
jl_place jl_operand_place(const jl_plan *plan, uint32_t value, uint32_t row);
/* Whether operand `arg` of a row op counts, given its first one: the branch of an `if` that is not taken does not. */
bool jl_operand_counts(jl_op_kind kind, size_t arg, const jl_exact *first, uint8_t first_state);
/* Where a GATHER reads at a row; *found_out false: nowhere. */
jeoul_status jl_follow_index(jl_certifier *certifier, const jl_op *op, uint32_t row, bool *found_out,
                             jl_place *place_out);

static inline bool jl_is_true(const jl_exact *x, uint8_t state) {
    return state == JL_VALUE && jl_exact_sign(x) != JL_EQUAL;
}

/* ---- segment.c: one attempt at a REDUCE or a LIST ---- */

jeoul_status jl_attempt_reduce(jl_certifier *certifier, jl_attempt *attempt);
jeoul_status jl_attempt_list(jl_certifier *certifier, jl_attempt *attempt);
/* Whether the `where` of a REDUCE keeps a row of its base; its state tells an unknown condition from a false one. */
jeoul_status jl_keeps_row(jl_certifier *certifier, const jl_op *op, uint32_t row, bool *keeps_out, uint8_t *state_out);

#endif
