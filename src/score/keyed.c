/* SPDX-License-Identifier: Apache-2.0
 *
 * Open addressing over tuples of doubles that lie one after another. The hash is fixed, so two runs walk the same way.
 */
#include "score/keyed.h"

struct jl_keyed {
    jl_arena *arena;
    size_t n_keys, n_entries, capacity, n_slots;
    double *keys;    /* n_entries x n_keys */
    uint32_t *rows;  /* n_entries */
    uint32_t *slots; /* entry + 1; 0: free */
};

static bool set_slots(jl_keyed *map, size_t n_slots);

jl_keyed *jl_keyed_new(jl_arena *arena, size_t n_keys, size_t n_expected) {
    jl_keyed *map = jl_arena_alloc(arena, sizeof *map);
    if (map == NULL) {
        return NULL;
    }
    map->arena = arena;
    map->n_keys = n_keys;
    size_t n_slots = 16;
    while (n_slots < n_expected * 2) {
        n_slots *= 2;
    }
    return set_slots(map, n_slots) ? map : NULL;
}

static uint64_t hash_keys(const double *keys, size_t n_keys) {
    uint64_t hash = 0x9E3779B97F4A7C15u;
    for (size_t key = 0; key < n_keys; key++) {
        uint64_t bits;
        const double value = keys[key] + 0.0; /* -0 and 0 are one key */
        memcpy(&bits, &value, sizeof bits);
        hash = (hash ^ bits) * 0xBF58476D1CE4E5B9u;
        hash ^= hash >> 29;
    }
    return hash;
}

static bool same_keys(const jl_keyed *map, uint32_t entry, const double *keys) {
    for (size_t key = 0; key < map->n_keys; key++) {
        if (map->keys[(size_t)entry * map->n_keys + key] != keys[key]) {
            return false;
        }
    }
    return true;
}

static size_t find_slot(const jl_keyed *map, const double *keys) {
    size_t slot = (size_t)hash_keys(keys, map->n_keys) & (map->n_slots - 1);
    while (map->slots[slot] != 0 && !same_keys(map, map->slots[slot] - 1, keys)) {
        slot = (slot + 1) & (map->n_slots - 1);
    }
    return slot;
}

static bool set_slots(jl_keyed *map, size_t n_slots) {
    uint32_t *slots = jl_arena_array(map->arena, n_slots, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    map->slots = slots;
    map->n_slots = n_slots;
    for (uint32_t entry = 0; entry < map->n_entries; entry++) {
        slots[find_slot(map, map->n_keys == 0 ? NULL : map->keys + (size_t)entry * map->n_keys)] = entry + 1;
    }
    return true;
}

uint32_t jl_keyed_find(const jl_keyed *map, const double *keys) {
    const uint32_t entry = map->slots[find_slot(map, keys)];
    return entry == 0 ? UINT32_MAX : map->rows[entry - 1];
}

static bool append(jl_keyed *map, const double *keys, uint32_t row) {
    size_t keys_capacity = map->capacity * map->n_keys, rows_capacity = map->capacity;
    if (!jl_arena_grow(map->arena, &map->rows, &rows_capacity, map->n_entries + 1, sizeof *map->rows)) {
        return false;
    }
    if (map->n_keys > 0 &&
        !jl_arena_grow(map->arena, &map->keys, &keys_capacity, rows_capacity * map->n_keys, sizeof *map->keys)) {
        return false;
    }
    map->capacity = rows_capacity;
    if (map->n_keys > 0) {
        memcpy(map->keys + map->n_entries * map->n_keys, keys, map->n_keys * sizeof *keys);
    }
    map->rows[map->n_entries++] = row;
    return true;
}

uint32_t jl_keyed_add(jl_keyed *map, const double *keys, uint32_t row) {
    size_t slot = find_slot(map, keys);
    if (map->slots[slot] != 0) {
        return map->rows[map->slots[slot] - 1];
    }
    if (!append(map, keys, row)) {
        return UINT32_MAX;
    }
    map->slots[slot] = (uint32_t)map->n_entries;
    if (map->n_entries * 2 > map->n_slots && !set_slots(map, map->n_slots * 2)) {
        return UINT32_MAX;
    }
    return row;
}
