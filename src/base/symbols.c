/* SPDX-License-Identifier: Apache-2.0
 *
 * Symbols: names and cell texts become small integers, which compare and index in one step.
 *
 * A hash table with open addressing holds symbol numbers; the texts lie in an arena in the order of their numbers. A
 * child sees its parent's symbols under the parent's numbers and goes on counting after them, so a rulebook's symbols
 * serve all its tables without being copied. The price: the parent must not grow any more.
 */
#include "base/base.h"

#include <stdlib.h>

struct jl_symbols {
    const jl_symbols *parent; /* borrowed; NULL: none */
    uint32_t first;           /* number of the first own symbol: how many the parents have */
    uint32_t n_own;
    jl_arena *arena; /* the texts */
    jl_text *texts;  /* n_own of them, in the arena */
    size_t texts_capacity;
    uint32_t *slots;  /* own index + 1; 0: empty; at most three quarters full */
    uint32_t n_slots; /* power of two, 0 before the first symbol */
};

jl_symbols *jl_symbols_new(const jl_symbols *parent) {
    jl_symbols *symbols = calloc(1, sizeof *symbols);
    if (symbols == NULL) return NULL;
    symbols->arena = jl_arena_new();
    if (symbols->arena == NULL) {
        free(symbols);
        return NULL;
    }
    symbols->parent = parent;
    symbols->first = parent == NULL ? 0 : jl_symbols_count(parent);
    return symbols;
}

void jl_symbols_free(jl_symbols *symbols) {
    if (symbols == NULL) return;
    jl_arena_free(symbols->arena);
    free(symbols->slots);
    free(symbols);
}

uint32_t jl_symbols_count(const jl_symbols *symbols) {
    return symbols->first + symbols->n_own;
}

/* Where `text` is, or the empty slot where it belongs. Needs at least one empty slot. */
static uint32_t *find_slot(const jl_symbols *symbols, jl_text text, uint64_t hash) {
    const uint32_t mask = symbols->n_slots - 1;
    for (uint32_t at = (uint32_t)(hash ^ hash >> 32) & mask;; at = (at + 1) & mask) {
        uint32_t *slot = &symbols->slots[at];
        if (*slot == 0 || jl_text_equal(symbols->texts[*slot - 1], text)) return slot;
    }
}

static uint32_t find_hashed(const jl_symbols *symbols, jl_text text, uint64_t hash) {
    for (; symbols != NULL; symbols = symbols->parent) {
        if (symbols->n_slots == 0) continue;
        const uint32_t slot = *find_slot(symbols, text, hash);
        if (slot != 0) return symbols->first + slot - 1;
    }
    return JL_NO_SYMBOL;
}

uint32_t jl_symbol_find(const jl_symbols *symbols, jl_text text) {
    return find_hashed(symbols, text, jl_text_hash(text));
}

static bool double_slots(jl_symbols *symbols) {
    const uint32_t n_slots = symbols->n_slots == 0 ? 32 : symbols->n_slots * 2;
    uint32_t *slots = n_slots > symbols->n_slots ? calloc(n_slots, sizeof *slots) : NULL;
    if (slots == NULL) return false;
    free(symbols->slots);
    symbols->slots = slots;
    symbols->n_slots = n_slots;
    for (uint32_t own = 0; own < symbols->n_own; own++) {
        *find_slot(symbols, symbols->texts[own], jl_text_hash(symbols->texts[own])) = own + 1;
    }
    return true;
}

uint32_t jl_symbol_add(jl_symbols *symbols, jl_text text) {
    const uint64_t hash = jl_text_hash(text);
    const uint32_t known = find_hashed(symbols, text, hash);
    if (known != JL_NO_SYMBOL) return known;
    if (symbols->first + symbols->n_own == JL_NO_SYMBOL - 1) return JL_NO_SYMBOL;
    if (symbols->n_own >= symbols->n_slots / 4 * 3 && !double_slots(symbols)) return JL_NO_SYMBOL;
    const size_t needed = (size_t)symbols->n_own + 1;
    if (!jl_arena_grow(symbols->arena, &symbols->texts, &symbols->texts_capacity, needed, sizeof(jl_text))) {
        return JL_NO_SYMBOL;
    }
    const jl_text copy = jl_arena_copy(symbols->arena, text);
    if (copy.data == NULL) return JL_NO_SYMBOL;
    *find_slot(symbols, text, hash) = symbols->n_own + 1;
    symbols->texts[symbols->n_own] = copy;
    return symbols->first + symbols->n_own++;
}

jl_text jl_symbol_text(const jl_symbols *symbols, uint32_t symbol) {
    while (symbol < symbols->first) symbols = symbols->parent;
    assert(symbol - symbols->first < symbols->n_own);
    return symbols->texts[symbol - symbols->first];
}
