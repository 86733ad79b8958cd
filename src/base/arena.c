/* SPDX-License-Identifier: Apache-2.0
 *
 * Arena: many small pieces of memory that live and die together.
 *
 * In come sizes, out go zeroed pieces aligned for any type. Memory is taken from the heap in blocks that double up to 1
 * MiB; a piece larger than the next block would be has one of its own. Nothing is ever given back singly: growing an
 * array leaves the old copy behind, which costs at most as much again as the array itself.
 */
#include "base/base.h"

#include <stdio.h>
#include <stdlib.h>
#include <utf8proc.h>

#define FIRST_BLOCK ((size_t)4096)
#define LARGEST_BLOCK ((size_t)1 << 20)
#define ALIGNMENT _Alignof(max_align_t)

typedef struct arena_block {
    struct arena_block *next; /* older block */
    size_t used, capacity;    /* bytes of `bytes` */
    _Alignas(max_align_t) unsigned char bytes[];
} arena_block;

struct jl_arena {
    arena_block *newest; /* NULL before the first piece */
    size_t next_capacity;
};

jl_arena *jl_arena_new(void) {
    jl_arena *arena = malloc(sizeof *arena);
    if (arena == NULL) return NULL;
    *arena = (jl_arena){NULL, FIRST_BLOCK};
    return arena;
}

void jl_arena_free(jl_arena *arena) {
    if (arena == NULL) return;
    for (arena_block *block = arena->newest; block != NULL;) {
        arena_block *next = block->next;
        free(block);
        block = next;
    }
    free(arena);
}

/* A large piece gets its own block behind the newest one, so that the room left in the newest one is not lost. */
static arena_block *add_block(jl_arena *arena, size_t needed) {
    const bool large = needed > arena->next_capacity;
    const size_t capacity = large ? needed : arena->next_capacity;
    arena_block *block = calloc(1, sizeof(arena_block) + capacity);
    if (block == NULL) return NULL;
    block->capacity = capacity;
    if (large && arena->newest != NULL) {
        block->next = arena->newest->next;
        arena->newest->next = block;
        return block;
    }
    block->next = arena->newest;
    arena->newest = block;
    if (!large && arena->next_capacity < LARGEST_BLOCK) arena->next_capacity *= 2;
    return block;
}

void *jl_arena_alloc(jl_arena *arena, size_t size) {
    if (size > PTRDIFF_MAX - sizeof(arena_block) - ALIGNMENT) return NULL; /* no object may be larger */
    const size_t rounded = size == 0 ? ALIGNMENT : (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    arena_block *block = arena->newest;
    if (block == NULL || block->capacity - block->used < rounded) {
        block = add_block(arena, rounded);
        if (block == NULL) return NULL;
    }
    void *piece = block->bytes + block->used;
    block->used += rounded;
    return piece;
}

void *jl_arena_array(jl_arena *arena, size_t n, size_t size) {
    if (size != 0 && n > SIZE_MAX / size) return NULL;
    return jl_arena_alloc(arena, n * size);
}

/* The piece is zeroed, so the byte after the copy ends it for readers of C strings. */
jl_text jl_arena_copy(jl_arena *arena, jl_text text) {
    if (text.length == SIZE_MAX) return (jl_text){NULL, 0};
    char *copy = jl_arena_alloc(arena, text.length + 1);
    if (copy == NULL) return (jl_text){NULL, 0};
    if (text.length != 0) memcpy(copy, text.data, text.length);
    return (jl_text){copy, text.length};
}

/* Latin, Hangul syllables, compatibility jamo and ideographs: in NFC whatever stands beside them. Nearly all text is
 * that. */
static bool is_plain(utf8proc_int32_t c) {
    return c < 0x300 || (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0x3131 && c <= 0x318E) || (c >= 0x4E00 && c <= 0x9FFF);
}

static bool is_plainly_nfc(jl_text text) {
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text.data;
    for (size_t offset = 0; offset < text.length;) {
        utf8proc_int32_t c = bytes[offset];
        utf8proc_ssize_t length = 1;
        if (c >= 0x80) length = utf8proc_iterate(bytes + offset, (utf8proc_ssize_t)(text.length - offset), &c);
        if (length <= 0 || !is_plain(c)) return false;
        offset += (size_t)length;
    }
    return true;
}

bool jl_arena_copy_nfc(jl_arena *arena, jl_text text, jl_text *copy_out) {
    *copy_out = (jl_text){NULL, 0};
    if (is_plainly_nfc(text) || !jl_text_is_utf8(text, NULL)) {
        *copy_out = jl_arena_copy(arena, text);
        return copy_out->data != NULL;
    }
    utf8proc_uint8_t *composed = NULL;
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text.data;
    const utf8proc_option_t nfc = (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    const utf8proc_ssize_t length = utf8proc_map(bytes, (utf8proc_ssize_t)text.length, &composed, nfc);
    if (length < 0) return false; /* the text is UTF-8, so only memory can be missing */
    *copy_out = jl_arena_copy(arena, (jl_text){(const char *)composed, (size_t)length});
    free(composed);
    return copy_out->data != NULL;
}

jl_text jl_arena_format(jl_arena *arena, const char *format, ...) {
    jl_text text = {NULL, 0};
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    const int length = vsnprintf(NULL, 0, format, arguments);
    char *data = length < 0 ? NULL : jl_arena_alloc(arena, (size_t)length + 1);
    if (data != NULL) {
        vsnprintf(data, (size_t)length + 1, format, again);
        text = (jl_text){data, (size_t)length};
    }
    va_end(again);
    va_end(arguments);
    return text;
}

/* The array's type is unknown here, so its pointer is read and written by memcpy. */
bool jl_arena_grow(jl_arena *arena, void *items_pointer, size_t *capacity, size_t needed, size_t item_size) {
    if (needed <= *capacity) return true;
    size_t larger = *capacity < 8 ? 8 : *capacity;
    while (larger < needed) larger = larger > SIZE_MAX / 2 ? needed : larger * 2;
    void *items = jl_arena_array(arena, larger, item_size);
    if (items == NULL) return false;
    void *old;
    memcpy(&old, items_pointer, sizeof old);
    if (*capacity != 0) memcpy(items, old, *capacity * item_size);
    memcpy(items_pointer, &items, sizeof items);
    *capacity = larger;
    return true;
}
