/* SPDX-License-Identifier: Apache-2.0
 *
 * Base: text views, memory, names. Knows nothing of scoring.
 *
 * Memory belongs to arenas: one per object, freed whole. Every allocation may fail and returns NULL then; nothing here
 * prints or exits. Text is UTF-8, never NUL-terminated by contract, and borrowed unless a comment says otherwise.
 */
#ifndef JL_BASE_BASE_H
#define JL_BASE_BASE_H

#include <assert.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "jeoul/jeoul.h"

#define JL_TRY(call)                                \
    do {                                            \
        const jeoul_status jl_try_status = (call);  \
        if (jl_try_status != JEOUL_OK) {            \
            return jl_try_status;                   \
        }                                           \
    } while (0)

#define JL_COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- text ---- */

typedef struct jl_text {
    const char *data; /* UTF-8, not terminated; may be NULL when length is 0 */
    size_t length;    /* bytes */
} jl_text;

#define JL_TEXT(literal) ((jl_text){(literal), sizeof(literal) - 1})
#define JL_TEXT_ARG(text) (int)(text).length, (text).data /* for "%.*s" */

static inline bool jl_text_equal(jl_text a, jl_text b) {
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}
jl_text jl_text_of(const char *terminated);      /* NULL gives the empty text */
int jl_text_compare(jl_text a, jl_text b);       /* by bytes, which is by code point */
jl_text jl_text_trim(jl_text text);              /* without spaces, tabs and line ends at both sides */
bool jl_text_is_utf8(jl_text text, size_t *bad_offset_out);
size_t jl_text_width(jl_text text);              /* terminal cells: Hangul 2, combining marks 0 */
size_t jl_text_characters(jl_text text);         /* code points */
uint64_t jl_text_hash(jl_text text);             /* fixed, not seeded */

/* ---- arena ---- */

typedef struct jl_arena jl_arena;

jl_arena *jl_arena_new(void);   /* NULL: no memory */
void jl_arena_free(jl_arena *arena);
void *jl_arena_alloc(jl_arena *arena, size_t size);               /* zeroed, aligned for any type; NULL: no memory */
void *jl_arena_array(jl_arena *arena, size_t n, size_t size);     /* as above, the product checked */
jl_text jl_arena_copy(jl_arena *arena, jl_text text);             /* data NULL and length != 0 never happens: on no memory data is NULL, length 0 */
/* Copy in NFC. Returns false on no memory; text that is not UTF-8 is copied as it is. */
bool jl_arena_copy_nfc(jl_arena *arena, jl_text text, jl_text *copy_out);
jl_text jl_arena_format(jl_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Grow *items (an array in the arena of *capacity elements) to hold at least `needed`; doubles. false: no memory. */
bool jl_arena_grow(jl_arena *arena, void *items_pointer, size_t *capacity, size_t needed, size_t item_size);

/* ---- string builder: a growing buffer on the heap; once memory ends it stays failed and ignores appends ---- */

typedef struct jl_buffer {
    char *data;      /* NUL-terminated when not NULL */
    size_t length, capacity;
    bool failed;
} jl_buffer;

void jl_buffer_add(jl_buffer *buffer, jl_text text);
void jl_buffer_char(jl_buffer *buffer, char byte);
void jl_buffer_repeat(jl_buffer *buffer, const char *terminated, size_t times);
void jl_buffer_format(jl_buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
void jl_buffer_format_list(jl_buffer *buffer, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));
void jl_buffer_json(jl_buffer *buffer, jl_text text); /* as a JSON string with its quotes; UTF-8 expected */
void jl_buffer_free(jl_buffer *buffer);
/* Hands the text over as a malloc'ed, terminated string (release with free); the buffer is empty afterwards. NULL: failed. */
char *jl_buffer_take(jl_buffer *buffer, size_t *length_out);

/* ---- symbols: text <-> small integer, first come first numbered; NFC text expected ---- */

typedef struct jl_symbols jl_symbols;
#define JL_NO_SYMBOL UINT32_MAX

jl_symbols *jl_symbols_new(const jl_symbols *parent); /* a parent's symbols are seen first and must not change any more; may be NULL */
void jl_symbols_free(jl_symbols *symbols);
uint32_t jl_symbol_add(jl_symbols *symbols, jl_text text);         /* copies; JL_NO_SYMBOL: no memory */
uint32_t jl_symbol_find(const jl_symbols *symbols, jl_text text);  /* JL_NO_SYMBOL: not there */
jl_text jl_symbol_text(const jl_symbols *symbols, uint32_t symbol);
uint32_t jl_symbols_count(const jl_symbols *symbols);

/* ---- nearest name, for "did you mean" ---- */

/* Index of the candidate with the smallest edit distance, or -1. Distances are counted in letters, of which a Hangul syllable
 * has two or three, and are at most a third of the name's letters. */
int jl_nearest_name(jl_text name, const jl_text *candidates, size_t n_candidates);

#endif
