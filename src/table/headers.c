/* SPDX-License-Identifier: Apache-2.0
 *
 * Headers of a file or a frame -> which field is which column. Compared in NFC and trimmed: files from a Mac are NFD.
 */
#include "table/parts.h"

static bool add_header(jl_reading *reading, jl_headers *headers, size_t field, jl_text text) {
    jl_text normal;
    if (!jl_normal_text(reading, text, &normal)) return false;
    headers->texts[field] = jl_arena_copy(reading->scratch, normal);
    const uint32_t known = jl_symbols_count(headers->names);
    const uint32_t name = jl_symbol_add(headers->names, normal);
    if (headers->texts[field].data == NULL || name == JL_NO_SYMBOL) return false;
    if (name == known) {
        headers->first[name] = (uint32_t)field;
        headers->second[name] = JL_NONE;
    } else if (headers->second[name] == JL_NONE) {
        headers->second[name] = (uint32_t)field;
    }
    return true;
}

bool jl_headers_init(jl_reading *reading, jl_headers *headers, const jl_text *texts, size_t n) {
    jl_arena *arena = reading->scratch;
    *headers = (jl_headers){.n = n, .names = jl_symbols_new(NULL)};
    headers->texts = jl_arena_array(arena, n, sizeof(jl_text));
    headers->used = jl_arena_array(arena, n, sizeof(bool));
    headers->first = jl_arena_array(arena, n, sizeof(uint32_t));
    headers->second = jl_arena_array(arena, n, sizeof(uint32_t));
    bool room = headers->names != NULL && headers->texts != NULL && headers->used != NULL && headers->first != NULL;
    room = room && headers->second != NULL;
    for (size_t field = 0; room && field < n; field++) room = add_header(reading, headers, field, texts[field]);
    return room || jl_no_memory(reading);
}

void jl_headers_clear(jl_headers *headers) {
    jl_symbols_free(headers->names);
    headers->names = NULL;
}

uint32_t jl_headers_take(jl_headers *headers, jl_text header) {
    const uint32_t name = header.length == 0 ? JL_NO_SYMBOL : jl_symbol_find(headers->names, header);
    if (name == JL_NO_SYMBOL) return JL_NONE;
    headers->used[headers->first[name]] = true;
    return headers->first[name];
}

uint32_t jl_headers_second(const jl_headers *headers, uint32_t field) {
    return headers->second[jl_symbol_find(headers->names, headers->texts[field])];
}

void jl_headers_report_nearest(jl_reading *reading, const jl_headers *headers, jl_text header) {
    jl_text *unused = jl_arena_array(reading->scratch, headers->n, sizeof *unused);
    size_t n_unused = 0;
    if (unused == NULL) return;
    for (size_t field = 0; field < headers->n; field++) {
        if (!headers->used[field] && headers->texts[field].length != 0) unused[n_unused++] = headers->texts[field];
    }
    jl_report_similar(reading->diagnostics, header, unused, n_unused);
}
