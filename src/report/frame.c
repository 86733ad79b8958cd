/* SPDX-License-Identifier: Apache-2.0
 *
 * Frames: cells in, CSV and JSON out.
 *
 * Whoever fills a frame puts cell after cell without looking and asks once at the end, as with a buffer: after a failed
 * allocation the frame takes nothing more. A cell is 16 bytes; its texts are borrowed, since nearly all of them stand
 * in the rulebook or in the data.
 */
#include "report/frame.h"

#include <stdlib.h>

#define FIRST_CAPACITY 1024

jeoul_status jl_frame_open(jl_frame *frame, const jl_text *names, size_t n_columns) {
    *frame = (jl_frame){.arena = jl_arena_new(), .names = names, .n_columns = n_columns};
    frame->failed = frame->arena == NULL;
    return frame->failed ? JEOUL_NO_MEMORY : JEOUL_OK;
}

void jl_frame_close(jl_frame *frame) {
    jl_arena_free(frame->arena);
    free(frame->cells);
    *frame = (jl_frame){.arena = NULL};
}

void jl_frame_clear(jl_frame *frame) {
    frame->n_cells = 0;
}

size_t jl_frame_rows(const jl_frame *frame) {
    return frame->n_cells / frame->n_columns;
}

/* ---- filling ---- */

static bool grow(jl_frame *frame) {
    const size_t capacity = frame->capacity == 0 ? FIRST_CAPACITY : frame->capacity * 2;
    const bool fits = frame->capacity <= SIZE_MAX / 2 / sizeof *frame->cells;
    jl_frame_cell *cells = fits ? realloc(frame->cells, capacity * sizeof *cells) : NULL;
    if (cells == NULL) {
        frame->failed = true;
        return false;
    }
    frame->cells = cells;
    frame->capacity = capacity;
    return true;
}

static void put(jl_frame *frame, jl_frame_cell cell) {
    if (frame->failed || (frame->n_cells == frame->capacity && !grow(frame))) return;
    frame->cells[frame->n_cells++] = cell;
}

void jl_frame_put_empty(jl_frame *frame) {
    put(frame, (jl_frame_cell){.kind = JL_FRAME_EMPTY});
}

void jl_frame_put_text(jl_frame *frame, jl_text text) {
    assert(text.length <= UINT32_MAX);
    const uint8_t kind = text.length > 0 ? JL_FRAME_TEXT : JL_FRAME_EMPTY;
    put(frame, (jl_frame_cell){.is.text = text.data, .length = (uint32_t)text.length, .kind = kind});
}

void jl_frame_put_copy(jl_frame *frame, jl_text text) {
    const jl_text copy = jl_arena_copy(frame->arena, text);
    frame->failed = frame->failed || copy.length < text.length;
    jl_frame_put_text(frame, copy);
}

void jl_frame_put_built(jl_frame *frame, jl_buffer *text) {
    frame->failed = frame->failed || text->failed;
    jl_frame_put_copy(frame, (jl_text){text->data, text->length});
    jl_buffer_free(text);
}

void jl_frame_put_integer(jl_frame *frame, int64_t number) {
    put(frame, (jl_frame_cell){.is.number = number, .kind = JL_FRAME_INTEGER});
}

void jl_frame_put_scaled(jl_frame *frame, int64_t scaled, int digits) {
    put(frame, (jl_frame_cell){.is.number = scaled, .digits = (int8_t)digits, .kind = JL_FRAME_DECIMAL});
}

void jl_frame_put_settled(jl_frame *frame, double settled, int digits) {
    jl_frame_put_scaled(frame, jl_number_to_scaled(settled, digits), digits);
}

/* ---- writing ---- */

/* Points of a ledger may be wider than a double, so they never become one. */
void jl_print_scaled(int64_t scaled, int digits, jl_buffer *buffer) {
    const uint64_t magnitude = scaled < 0 ? (uint64_t)0 - (uint64_t)scaled : (uint64_t)scaled;
    uint64_t unit = 1;
    for (int i = 0; i < digits; i++) unit *= 10;
    jl_buffer_format(buffer, "%s%llu", scaled < 0 ? "-" : "", (unsigned long long)(magnitude / unit));
    if (digits > 0) {
        jl_buffer_format(buffer, ".%0*llu", digits, (unsigned long long)(magnitude % unit));
    } else if (magnitude != 0) {
        jl_buffer_repeat(buffer, "0", (size_t)-digits);
    }
}

static jl_text text_of(const jl_frame_cell *cell) {
    return (jl_text){cell->is.text, cell->length};
}

static bool needs_quotes(jl_text text) {
    for (size_t i = 0; i < text.length; i++) {
        if (strchr(",\"\r\n", text.data[i]) != NULL) return true;
    }
    return false;
}

static void write_csv_text(jl_text text, jl_buffer *buffer) {
    if (!needs_quotes(text)) {
        jl_buffer_add(buffer, text);
        return;
    }
    jl_buffer_char(buffer, '"');
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '"') jl_buffer_char(buffer, '"');
        jl_buffer_char(buffer, text.data[i]);
    }
    jl_buffer_char(buffer, '"');
}

static void write_number(const jl_frame_cell *cell, jl_buffer *buffer) {
    if (cell->kind == JL_FRAME_DECIMAL) {
        jl_print_scaled(cell->is.number, cell->digits, buffer);
    } else {
        jl_buffer_format(buffer, "%lld", (long long)cell->is.number);
    }
}

void jl_frame_csv(const jl_frame *frame, jl_buffer *buffer) {
    for (size_t column = 0; column < frame->n_columns; column++) {
        if (column > 0) jl_buffer_char(buffer, ',');
        write_csv_text(frame->names[column], buffer);
    }
    for (size_t i = 0; i < frame->n_cells; i++) {
        const jl_frame_cell *cell = &frame->cells[i];
        jl_buffer_char(buffer, i % frame->n_columns == 0 ? '\n' : ',');
        if (cell->kind == JL_FRAME_TEXT) {
            write_csv_text(text_of(cell), buffer);
        } else if (cell->kind != JL_FRAME_EMPTY) {
            write_number(cell, buffer);
        }
    }
    jl_buffer_char(buffer, '\n');
}

static void write_json_cell(const jl_frame_cell *cell, jl_buffer *buffer) {
    if (cell->kind == JL_FRAME_EMPTY) {
        jl_buffer_add(buffer, JL_TEXT("null"));
    } else if (cell->kind == JL_FRAME_TEXT) {
        jl_buffer_json(buffer, text_of(cell));
    } else {
        write_number(cell, buffer);
    }
}

void jl_frame_json_row(const jl_frame *frame, size_t row, size_t n_left_out, jl_buffer *buffer) {
    for (size_t column = n_left_out; column < frame->n_columns && !frame->failed; column++) {
        if (column > n_left_out) jl_buffer_char(buffer, ',');
        jl_buffer_json(buffer, frame->names[column]);
        jl_buffer_char(buffer, ':');
        write_json_cell(&frame->cells[row * frame->n_columns + column], buffer);
    }
}

void jl_frame_json(const jl_frame *frame, size_t n_left_out, jl_buffer *buffer) {
    const size_t n_rows = jl_frame_rows(frame);
    for (size_t row = 0; row < n_rows; row++) {
        jl_buffer_add(buffer, row == 0 ? JL_TEXT("[\n{") : JL_TEXT(",\n{"));
        jl_frame_json_row(frame, row, n_left_out, buffer);
        jl_buffer_char(buffer, '}');
    }
    jl_buffer_add(buffer, n_rows == 0 ? JL_TEXT("[]") : JL_TEXT("]"));
}
