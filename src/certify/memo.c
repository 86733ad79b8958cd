/* SPDX-License-Identifier: Apache-2.0
 *
 * Exact values that will be asked for again, by place: an open hash table of bounded size. A rational counts at every
 * level, an enclosure at its own and below. Exact values depend on the plan and the data alone, so nothing ever has to
 * be taken back; when the table is full all of it is forgotten.
 */
#include <stdlib.h>

#include "certify/evaluate.h"

#define FIRST_SLOTS 256u
#define MOST_SLOTS (1u << 17) /* half of them in use: some 16 MB of small rationals */

struct jl_memo_entry {
    jl_place place;
    int level;
    uint8_t state;
    jl_exact x;
};

static void free_entry(struct jl_memo_entry *entry) {
    jl_exact_clear(&entry->x);
    free(entry);
}

static void forget_all(jl_memo *memo) {
    for (size_t slot = 0; slot < memo->n_slots; slot++) {
        if (memo->slots[slot] != NULL) free_entry(memo->slots[slot]);
        memo->slots[slot] = NULL;
    }
    memo->n_entries = 0;
}

void jl_memo_free(jl_memo *memo) {
    forget_all(memo);
    free(memo->slots);
    *memo = (jl_memo){0};
}

/* The slot of a place, or the empty one where it belongs. There always is an empty one. */
static struct jl_memo_entry **find_slot(const jl_memo *memo, jl_place place) {
    const uint64_t key = (uint64_t)place.value << 32 | place.row;
    size_t slot = (size_t)((key * UINT64_C(0x9E3779B97F4A7C15)) >> 32) & (memo->n_slots - 1);
    for (;; slot = (slot + 1) & (memo->n_slots - 1)) {
        const struct jl_memo_entry *entry = memo->slots[slot];
        if (entry == NULL || (entry->place.value == place.value && entry->place.row == place.row)) {
            return &memo->slots[slot];
        }
    }
}

bool jl_memo_find(const jl_memo *memo, jl_place place, int level, jl_exact *out, uint8_t *state_out) {
    const struct jl_memo_entry *entry = memo->n_slots == 0 ? NULL : *find_slot(memo, place);
    if (entry == NULL || (!entry->x.rational && entry->level < level)) return false;
    jl_exact_set(out, &entry->x);
    *state_out = entry->state;
    return true;
}

static bool grow(jl_memo *memo) {
    const jl_memo old = *memo;
    memo->n_slots = old.n_slots == 0 ? FIRST_SLOTS : 2 * old.n_slots;
    memo->slots = calloc(memo->n_slots, sizeof *memo->slots);
    if (memo->slots == NULL) {
        *memo = old;
        return false;
    }
    for (size_t slot = 0; slot < old.n_slots; slot++) {
        if (old.slots[slot] != NULL) *find_slot(memo, old.slots[slot]->place) = old.slots[slot];
    }
    free(old.slots);
    return true;
}

static bool make_room(jl_memo *memo) {
    if (2 * (memo->n_entries + 1) <= memo->n_slots) return true;
    if (memo->n_slots < MOST_SLOTS) return grow(memo);
    forget_all(memo);
    return true;
}

bool jl_memo_keep(jl_memo *memo, jl_place place, int level, const jl_exact *x, uint8_t state) {
    if (!make_room(memo)) return false;
    struct jl_memo_entry **slot = find_slot(memo, place);
    struct jl_memo_entry *entry = malloc(sizeof *entry);
    if (entry == NULL) return false;
    if (*slot == NULL) {
        memo->n_entries++;
    } else {
        free_entry(*slot);
    }
    jl_exact_init(&entry->x, x->rational ? MPFR_PREC_MIN : mpfr_get_prec(x->low));
    jl_exact_set(&entry->x, x);
    entry->place = place;
    entry->level = level;
    entry->state = state;
    *slot = entry;
    return true;
}
