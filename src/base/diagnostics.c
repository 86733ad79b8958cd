/* SPDX-License-Identifier: Apache-2.0
 *
 * Diagnostics: creating and collecting.
 *
 * In come codes, spans and messages; out go diagnostics that own all they show, sorted as they will be read. Whatever
 * is quoted in a message may come from a broken file, so texts are made clean here, once: UTF-8, one line, no control
 * characters. The same complaint about the same place is taken once. When memory ends, a diagnostic is counted but not
 * kept.
 */
#include "base/collected.h"

#include <stdlib.h>
#include <utf8proc.h>

#define LONGEST_SIDE 100 /* bytes of a line shown on each side of the mark, when the line is long */
#define LONGEST_MARK 200 /* bytes marked at most */

jeoul_status jeoul_diagnostics_new(jeoul_diagnostics **diagnostics_out) {
    if (diagnostics_out == NULL) return JEOUL_ARGUMENT;
    *diagnostics_out = NULL;
    jeoul_diagnostics *diagnostics = calloc(1, sizeof *diagnostics);
    if (diagnostics == NULL) return JEOUL_NO_MEMORY;
    diagnostics->arena = jl_arena_new();
    if (diagnostics->arena == NULL) {
        free(diagnostics);
        return JEOUL_NO_MEMORY;
    }
    *diagnostics_out = diagnostics;
    return JEOUL_OK;
}

void jeoul_diagnostics_free(jeoul_diagnostics *diagnostics) {
    if (diagnostics == NULL) return;
    jl_arena_free(diagnostics->arena);
    free(diagnostics);
}

/* A fresh arena may not be had; then the old one goes on and only its memory is kept longer. */
void jeoul_diagnostics_clear(jeoul_diagnostics *diagnostics) {
    if (diagnostics == NULL) return;
    jl_arena *arena = jl_arena_new();
    if (arena == NULL) {
        arena = diagnostics->arena;
    } else {
        jl_arena_free(diagnostics->arena);
    }
    memset(diagnostics, 0, sizeof *diagnostics);
    diagnostics->arena = arena;
}

size_t jeoul_diagnostics_count(const jeoul_diagnostics *diagnostics) {
    return diagnostics == NULL ? 0 : diagnostics->n_items;
}

size_t jeoul_diagnostics_error_count(const jeoul_diagnostics *diagnostics) {
    return diagnostics == NULL ? 0 : diagnostics->n_reported[JEOUL_ERROR];
}

jeoul_status jeoul_diagnostics_get(const jeoul_diagnostics *diagnostics, size_t index, jeoul_diagnostic *view_out) {
    if (view_out == NULL || index >= jeoul_diagnostics_count(diagnostics)) return JEOUL_ARGUMENT;
    const jl_diagnostic *item = diagnostics->items[index];
    *view_out = (jeoul_diagnostic){
        .severity = jl_code_severity(item->code),
        .code = jl_code_number(item->code),
        .message = item->message,
        .help = item->help,
        .file = item->place.file.length == 0 ? NULL : item->place.file.data,
        .line = item->place.line,
        .column = item->place.column,
        .path = item->path,
    };
    return JEOUL_OK;
}

/* ---- clean text ---- */

/* The end of the character at `offset`, and whether it may be shown as it is. */
static size_t next_character(jl_text text, size_t offset, bool *clean_out) {
    utf8proc_int32_t c;
    const utf8proc_ssize_t left = (utf8proc_ssize_t)(text.length - offset);
    const utf8proc_ssize_t length = utf8proc_iterate((const utf8proc_uint8_t *)text.data + offset, left, &c);
    *clean_out = length > 0 && c >= 0x20 && c != 0x7F && !(c >= 0x80 && c < 0xA0) && c != 0x2028 && c != 0x2029;
    return offset + (length > 0 ? (size_t)length : 1);
}

/* One column of text for one column of the source: tabs and line ends become spaces, stray bytes U+FFFD. */
static void add_clean(jl_buffer *buffer, jl_text text) {
    for (size_t offset = 0; offset < text.length;) {
        bool clean;
        const size_t end = next_character(text, offset, &clean);
        const char first = text.data[offset];
        const bool blank = first == '\t' || first == '\n' || first == '\r';
        if (clean) {
            jl_buffer_add(buffer, (jl_text){text.data + offset, end - offset});
        } else {
            jl_buffer_add(buffer, blank ? JL_TEXT(" ") : JL_TEXT("\xEF\xBF\xBD"));
        }
        offset = end;
    }
}

/* Moves the buffer's text into the arena. Data is NULL when memory ended. */
static jl_text keep(jl_arena *arena, jl_buffer *buffer) {
    jl_text text = {NULL, 0};
    if (!buffer->failed) text = jl_arena_copy(arena, (jl_text){buffer->data, buffer->length});
    jl_buffer_free(buffer);
    return text;
}

static jl_text keep_clean(jl_arena *arena, jl_text text) {
    jl_buffer buffer = {NULL, 0, 0, false};
    add_clean(&buffer, text);
    return keep(arena, &buffer);
}

__attribute__((format(printf, 2, 0)))
static jl_text keep_formatted(jl_arena *arena, const char *format, va_list arguments) {
    jl_buffer raw = {NULL, 0, 0, false}, clean = {NULL, 0, 0, false};
    jl_buffer_format_list(&raw, format, arguments);
    add_clean(&clean, (jl_text){raw.data, raw.length});
    clean.failed = clean.failed || raw.failed;
    jl_buffer_free(&raw);
    return keep(arena, &clean);
}

/* ---- places ---- */

static bool ends_line(jl_text text, size_t offset) {
    return text.data[offset] == '\n' || text.data[offset] == '\r';
}

static size_t line_end(jl_text text, size_t offset) {
    while (offset < text.length && !ends_line(text, offset)) offset++;
    return offset;
}

/* Start of the line that `offset` is on, and its number. A line ends with LF, CR LF or CR alone. */
static size_t line_start(jl_text text, size_t offset, uint32_t *line_out) {
    size_t start = 0;
    uint32_t line = 1;
    for (size_t i = 0; i < offset; i++) {
        const bool half = text.data[i] == '\r' && i + 1 < text.length && text.data[i + 1] == '\n';
        if (half || !ends_line(text, i)) continue;
        start = i + 1;
        line++;
    }
    *line_out = line;
    return start;
}

/* A byte order mark is no column. */
static uint32_t column_of(jl_text line, size_t offset) {
    const jl_text mark = JL_TEXT("\xEF\xBB\xBF");
    jl_text before = {line.data, offset};
    if (offset >= mark.length && memcmp(line.data, mark.data, mark.length) == 0) {
        before = (jl_text){line.data + mark.length, offset - mark.length};
    }
    return (uint32_t)jl_text_characters(before) + 1;
}

static size_t at_most(size_t value, size_t limit) {
    return value < limit ? value : limit;
}

/* Steps back at most three bytes, also where there is no character at all. */
static size_t character_start(jl_text text, size_t offset) {
    for (int i = 0; i < 3 && offset > 0 && offset < text.length; i++) {
        if (((unsigned char)text.data[offset] & 0xC0) != 0x80) break;
        offset--;
    }
    return offset;
}

/* Cuts a long line down to the neighbourhood of the mark: a row of a wide table would fill the screen. */
static void keep_line(jl_arena *arena, jl_place *place, jl_text line, size_t start, size_t end) {
    const size_t mark_end = end - start > LONGEST_MARK ? character_start(line, start + LONGEST_MARK) : end;
    const bool cut = line.length > 2 * LONGEST_SIDE;
    const size_t from = cut && start > LONGEST_SIDE ? character_start(line, start - LONGEST_SIDE) : 0;
    const size_t to = cut ? character_start(line, at_most(mark_end + LONGEST_SIDE, line.length)) : line.length;
    jl_buffer before = {NULL, 0, 0, false}, after = {NULL, 0, 0, false};
    if (from > 0) jl_buffer_add(&before, JL_TEXT("…"));
    add_clean(&before, (jl_text){line.data + from, start - from});
    add_clean(&after, (jl_text){line.data + mark_end, to - mark_end});
    if (to < line.length) jl_buffer_add(&after, JL_TEXT("…"));
    place->before = keep(arena, &before);
    place->marked = keep_clean(arena, (jl_text){line.data + start, mark_end - start});
    place->after = keep(arena, &after);
    place->n_marked = (uint32_t)jl_text_characters((jl_text){line.data + start, end - start});
    if (place->n_marked == 0) place->n_marked = 1;
}

/* A span that goes on over several lines is marked on its first. */
static jl_place place_of_span(jl_arena *arena, jl_span span) {
    jl_place place = {{NULL, 0}, 0, 0, 0, {NULL, 0}, {NULL, 0}, {NULL, 0}, NULL};
    if (span.source == NULL) return place;
    const jl_text text = span.source->text;
    const size_t start = at_most(span.start, text.length);
    const size_t first = line_start(text, start, &place.line);
    const size_t last = line_end(text, start);
    const jl_text line = {text.length == 0 ? "" : text.data + first, last - first};
    const size_t end = span.end < span.start ? start : at_most(span.end, last);
    place.file = keep_clean(arena, span.source->name);
    place.column = column_of(line, start - first);
    keep_line(arena, &place, line, start - first, end - first);
    return place;
}

static jl_place place_of_cell(jl_arena *arena, jl_text file, uint32_t number, jl_text line, size_t start, size_t end) {
    jl_place place = {keep_clean(arena, file), number, 0, 0, {NULL, 0}, {NULL, 0}, {NULL, 0}, NULL};
    if (line.length == 0) return place;
    start = at_most(start, line.length);
    end = end < start ? start : at_most(end, line.length);
    place.column = column_of(line, start);
    keep_line(arena, &place, line, start, end);
    return place;
}

void jl_span_locate(jl_span span, uint32_t *line_out, uint32_t *column_out) {
    *line_out = *column_out = 0;
    if (span.source == NULL) return;
    const jl_text text = span.source->text;
    const size_t start = at_most(span.start, text.length);
    const size_t first = line_start(text, start, line_out);
    *column_out = text.length == 0 ? 1 : column_of((jl_text){text.data + first, text.length - first}, start - first);
}

/* ---- collecting ---- */

static bool has_room(const jeoul_diagnostics *diagnostics, jeoul_severity severity) {
    const size_t n_errors = diagnostics->n_kept[JEOUL_ERROR];
    return (severity == JEOUL_ERROR ? n_errors : diagnostics->n_items - n_errors) < JL_KEPT_ERRORS;
}

static uint32_t file_order(jeoul_diagnostics *diagnostics, jl_text file) {
    for (size_t i = 0; i < diagnostics->n_items; i++) {
        if (jl_text_equal(diagnostics->items[i]->place.file, file)) return diagnostics->items[i]->file_order;
    }
    return diagnostics->n_files++;
}

static int compare_places(const jl_diagnostic *a, const jl_diagnostic *b) {
    if (a->file_order != b->file_order) return a->file_order < b->file_order ? -1 : 1;
    if (a->place.line != b->place.line) return a->place.line < b->place.line ? -1 : 1;
    return a->place.column == b->place.column ? 0 : a->place.column < b->place.column ? -1 : 1;
}

static bool is_known(const jeoul_diagnostics *diagnostics, const jl_diagnostic *item) {
    for (size_t i = 0; i < diagnostics->n_items; i++) {
        const jl_diagnostic *other = diagnostics->items[i];
        const bool same = other->code == item->code && compare_places(other, item) == 0;
        if (same && strcmp(other->message, item->message) == 0) return true;
    }
    return false;
}

static void insert(jeoul_diagnostics *diagnostics, jl_diagnostic *item) {
    size_t at = diagnostics->n_items++;
    for (; at > 0 && compare_places(diagnostics->items[at - 1], item) > 0; at--) {
        diagnostics->items[at] = diagnostics->items[at - 1];
    }
    diagnostics->items[at] = item;
    diagnostics->last = item;
}

/* Where there is no memory for a text, the diagnostic is only counted. */
static void collect(jeoul_diagnostics *diagnostics, jl_code code, jl_place place, jl_text message) {
    const jeoul_severity severity = jl_code_severity(code);
    jl_diagnostic *item = message.data == NULL ? NULL : jl_arena_alloc(diagnostics->arena, sizeof *item);
    diagnostics->last = NULL;
    if (item != NULL) {
        item->code = code;
        item->message = message.data;
        item->place = place;
        item->file_order = file_order(diagnostics, place.file);
        if (is_known(diagnostics, item)) return;
    }
    diagnostics->n_reported[severity]++;
    if (item == NULL) return;
    insert(diagnostics, item);
    diagnostics->n_kept[severity]++;
}

/* Beyond the limit nothing is looked at any more: a table can have a million bad cells. */
static bool only_counts(jeoul_diagnostics *diagnostics, jl_code code) {
    const jeoul_severity severity = jl_code_severity(code);
    if (diagnostics == NULL) return true;
    if (has_room(diagnostics, severity)) return false;
    diagnostics->n_reported[severity]++;
    diagnostics->last = NULL;
    return true;
}

jeoul_status jl_report(jeoul_diagnostics *diagnostics, jl_code code, jl_span span, const char *format, ...) {
    if (only_counts(diagnostics, code)) return jl_code_status(code);
    va_list arguments;
    va_start(arguments, format);
    const jl_text message = keep_formatted(diagnostics->arena, format, arguments);
    va_end(arguments);
    collect(diagnostics, code, place_of_span(diagnostics->arena, span), message);
    return jl_code_status(code);
}

jeoul_status jl_report_cell(jeoul_diagnostics *diagnostics, jl_code code, jl_text file, uint32_t line,
                            jl_text line_text, uint32_t start, uint32_t end, const char *format, ...) {
    if (only_counts(diagnostics, code)) return jl_code_status(code);
    va_list arguments;
    va_start(arguments, format);
    const jl_text message = keep_formatted(diagnostics->arena, format, arguments);
    va_end(arguments);
    collect(diagnostics, code, place_of_cell(diagnostics->arena, file, line, line_text, start, end), message);
    return jl_code_status(code);
}

/* ---- adding to the last one ---- */

static jl_diagnostic *last_of(jeoul_diagnostics *diagnostics) {
    return diagnostics == NULL ? NULL : diagnostics->last;
}

void jl_report_help(jeoul_diagnostics *diagnostics, const char *format, ...) {
    jl_diagnostic *last = last_of(diagnostics);
    if (last == NULL) return;
    va_list arguments;
    va_start(arguments, format);
    const jl_text help = keep_formatted(diagnostics->arena, format, arguments);
    va_end(arguments);
    if (help.data == NULL) return;
    jl_text both = help;
    if (last->help != NULL) both = jl_arena_format(diagnostics->arena, "%s; %s", last->help, help.data);
    if (both.data != NULL) last->help = both.data;
}

void jl_report_nearest(jeoul_diagnostics *diagnostics, jl_text name, const jl_text *candidates, size_t n_candidates) {
    if (last_of(diagnostics) == NULL) return;
    const int nearest = jl_nearest_name(name, candidates, n_candidates);
    if (nearest < 0) return;
    jl_report_help(diagnostics, "did you mean `%.*s`?", JL_TEXT_ARG(candidates[nearest]));
}

void jl_report_second(jeoul_diagnostics *diagnostics, jl_span span, const char *label) {
    jl_diagnostic *last = last_of(diagnostics);
    if (last == NULL || span.source == NULL || last->n_seconds == JL_MOST_SECONDS) return;
    const jl_text kept = keep_clean(diagnostics->arena, jl_text_of(label));
    if (kept.data == NULL) return;
    jl_place *second = &last->seconds[last->n_seconds++];
    *second = place_of_span(diagnostics->arena, span);
    second->label = kept.data;
}

void jl_report_path(jeoul_diagnostics *diagnostics, jl_text yaml_path) {
    jl_diagnostic *last = last_of(diagnostics);
    if (last != NULL) last->path = keep_clean(diagnostics->arena, yaml_path).data;
}

/* ---- paths ---- */

/* The byte that a place of this text points at. */
static uint32_t offset_of_place(jl_text text, const jl_place *place) {
    size_t offset = 0;
    for (uint32_t line = 1; line < place->line && offset < text.length; line++) {
        offset = line_end(text, offset);
        const bool pair = offset + 1 < text.length && text.data[offset] == '\r' && text.data[offset + 1] == '\n';
        offset = at_most(offset + (pair ? 2 : 1), text.length);
    }
    const jl_text line = {text.length == 0 ? "" : text.data + offset, line_end(text, offset) - offset};
    size_t column = 0;
    while (column < line.length && column_of(line, column) < place->column) column++;
    return (uint32_t)(offset + column);
}

void jl_report_paths(jeoul_diagnostics *diagnostics, const jl_source *source, jl_write_path *write_path, const void *tree) {
    for (size_t i = 0; i < jeoul_diagnostics_count(diagnostics); i++) {
        jl_diagnostic *item = diagnostics->items[i];
        if (item->path != NULL || item->place.line == 0 || !jl_text_equal(item->place.file, source->name)) continue;
        jl_buffer path = {NULL, 0, 0, false};
        write_path(tree, offset_of_place(source->text, &item->place), &path);
        if (path.length > 0) item->path = keep_clean(diagnostics->arena, (jl_text){path.data, path.length}).data;
        jl_buffer_free(&path);
    }
}
