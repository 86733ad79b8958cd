/* SPDX-License-Identifier: Apache-2.0
 *
 * Exact values in use. Initialising one costs more than most operations on it, so they are kept: each level of the
 * ladder has a stack, and the recursion takes from its top and goes back to where it was. Each value is an allocation
 * of its own, so a pointer stays good while the stack grows.
 */
#include <stdlib.h>

#include "certify/evaluate.h"

#define KEPT 4096 /* values kept beyond those in use; more only while a long reducer runs */

static void forget_above(jl_room *room, size_t kept) {
    while (room->made > kept) {
        jl_exact *last = room->items[--room->made];
        jl_exact_clear(last);
        free(last);
    }
}

void jl_room_free(jl_room *room) {
    forget_above(room, 0);
    free(room->items);
    *room = (jl_room){.precision = room->precision};
}

static bool grow(jl_room *room) {
    const size_t capacity = room->capacity == 0 ? 64 : 2 * room->capacity;
    if (capacity > SIZE_MAX / sizeof *room->items) return false;
    jl_exact **items = realloc(room->items, capacity * sizeof *items);
    if (items == NULL) return false;
    room->items = items;
    room->capacity = capacity;
    return true;
}

static bool make_one(jl_room *room) {
    if (room->made == room->capacity && !grow(room)) return false;
    jl_exact *made = malloc(sizeof *made);
    if (made == NULL) return false;
    jl_exact_init(made, room->precision);
    room->items[room->made++] = made;
    return true;
}

jl_exact *jl_room_take(jl_room *room) {
    if (room->used == room->made && !make_one(room)) return NULL;
    return room->items[room->used++];
}

void jl_room_release(jl_room *room, size_t used) {
    assert(used <= room->used);
    room->used = used;
    if (used <= KEPT) forget_above(room, KEPT);
}
