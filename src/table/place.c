/* SPDX-License-Identifier: Apache-2.0
 *
 * Where a cell stands -> a diagnostic with file, line and column.
 *
 * Reading keeps offsets only; the physical line is looked for when something is wrong. After reading, a table keeps
 * its text (up to JL_KEPT_TEXT bytes), so that messages about a row that was read well, such as an unknown key, can
 * show it too: the record is parsed once more. Of larger files only the line number is known.
 */
#include <stdarg.h>

#include "table/parts.h"

static bool ends_line(char c) {
    return c == '\n' || c == '\r';
}

static jeoul_status report_in_text(jeoul_diagnostics *diagnostics, jl_code code, const jl_cell_place *place,
                                   jl_text message) {
    const jl_text text = place->text;
    size_t first = place->start, last = place->start;
    while (first > 0 && !ends_line(text.data[first - 1])) first--;
    while (last < text.length && !ends_line(text.data[last])) last++;
    const uint32_t line =
        place->line +
        jl_line_of((jl_text){text.data + place->record, text.length - place->record}, place->start - place->record) - 1;
    const size_t end = place->end < last ? place->end : last;
    return jl_report_cell(diagnostics, code, place->file, line, (jl_text){text.data + first, last - first},
                          (uint32_t)(place->start - first), (uint32_t)(end - first), "%.*s", JL_TEXT_ARG(message));
}

static jeoul_status report_message(jeoul_diagnostics *diagnostics, jl_code code, const jl_cell_place *place,
                                   jl_text message) {
    if (place->span.source != NULL) return jl_report(diagnostics, code, place->span, "%.*s", JL_TEXT_ARG(message));
    if (place->text.length != 0) return report_in_text(diagnostics, code, place, message);
    if (place->file.length != 0) {
        return jl_report_cell(diagnostics, code, place->file, place->line, (jl_text){NULL, 0}, 0, 0, "%.*s",
                              JL_TEXT_ARG(message));
    }
    if (place->row == SIZE_MAX) {
        return jl_report(diagnostics, code, place->span, "%.*s, in table `%.*s`", JL_TEXT_ARG(message),
                         JL_TEXT_ARG(place->table));
    }
    return jl_report(diagnostics, code, place->span, "%.*s, in row %zu of table `%.*s`", JL_TEXT_ARG(message),
                     place->row + 1, JL_TEXT_ARG(place->table));
}

jeoul_status jl_report_place_list(jeoul_diagnostics *diagnostics, jl_code code, const jl_cell_place *place,
                                  const char *format, va_list arguments) {
    jl_buffer message = {NULL, 0, 0, false};
    jl_buffer_format_list(&message, format, arguments);
    const jeoul_status status = report_message(diagnostics, code, place, (jl_text){message.data, message.length});
    jl_buffer_free(&message);
    return status;
}

jeoul_status jl_report_place(jeoul_diagnostics *diagnostics, jl_code code, const jl_cell_place *place,
                             const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const jeoul_status status = jl_report_place_list(diagnostics, code, place, format, arguments);
    va_end(arguments);
    return status;
}

#define KEPT 100 /* errors, and as many of all else: a promise of jeoul.h */

bool jl_only_counts(const jeoul_diagnostics *diagnostics) {
    return diagnostics == NULL || jeoul_diagnostics_error_count(diagnostics) >= KEPT;
}

/* ---- rows that were read before ---- */

/* Offset of a line: 1 is the first. */
static size_t find_line(jl_text text, uint32_t line) {
    size_t at = 0;
    for (uint32_t n = 1; n < line && at < text.length; at++) {
        const bool half = text.data[at] == '\r' && at + 1 < text.length && text.data[at + 1] == '\n';
        n += ends_line(text.data[at]) && !half;
    }
    return at;
}

/* The field of a record that a cell came from: under `unpivot`, the one that the row's name column names. */
static uint32_t field_of(const struct jeoul_data *data, uint32_t table, uint32_t column, size_t row) {
    const jl_table *rows = &data->tables[table];
    const jl_unpivot *unpivot = rows->rule->unpivot;
    if (column == JL_NONE) return JL_NONE;
    if (unpivot == NULL || column >= rows->rule->n_columns ||
        !jl_text_equal(rows->rule->columns[column].name, unpivot->value)) {
        return rows->origin->fields[column];
    }
    const uint32_t name = jl_table_column(rows->rule, unpivot->name);
    jl_buffer header = {NULL, 0, 0, false};
    jl_table_print_cell(data, table, name, row, &header);
    uint32_t field = JL_NONE;
    for (size_t i = 0; i < unpivot->n_from && field == JL_NONE; i++) {
        if (jl_text_equal((jl_text){header.data, header.length}, unpivot->from[i])) field = rows->origin->from[i];
    }
    jl_buffer_free(&header);
    return field;
}

/* Parses the row's record again. Without memory, the row stands for its cell. */
static void place_in_text(const struct jeoul_data *data, uint32_t table, uint32_t column, size_t row,
                          jl_cell_place *place) {
    place->text = data->tables[table].origin->text;
    place->record = place->start = place->end = find_line(place->text, place->line);
    jl_csv csv = {.text = place->text, .at = place->record, .line = place->line, .arena = jl_arena_new()};
    if (csv.arena != NULL && jl_csv_next(&csv)) {
        const uint32_t field = field_of(data, table, column, row);
        const bool known = field != JL_NONE && field < csv.n_fields;
        if (known) place->start = (size_t)(csv.fields[field].data - place->text.data);
        place->end = known ? place->start + csv.fields[field].length : csv.at;
    }
    jl_arena_free(csv.arena);
}

static jl_cell_place place_of(const struct jeoul_data *data, uint32_t table, uint32_t column, size_t row,
                              bool only_line) {
    const jl_table *rows = &data->tables[table];
    jl_cell_place place = {.table = rows->rule->name, .file = rows->file, .row = row};
    if (rows->lines != NULL) place.line = rows->lines[row];
    if (rows->origin == NULL || only_line) return place;
    if (rows->origin->spans != NULL) {
        const uint32_t at = column == JL_NONE ? 0 : column;
        if (at < rows->origin->n_columns) place.span = rows->origin->spans[row * rows->origin->n_columns + at];
    } else if (rows->lines != NULL) {
        place_in_text(data, table, column, row, &place);
    }
    return place;
}

/* Of errors or of notes: in either case the row's text is not worth looking for again. */
static bool is_full(const jeoul_diagnostics *diagnostics) {
    const size_t n_errors = jeoul_diagnostics_error_count(diagnostics);
    return jl_only_counts(diagnostics) || jeoul_diagnostics_count(diagnostics) - n_errors >= KEPT;
}

jeoul_status jl_report_row(jeoul_diagnostics *diagnostics, jl_code code, const struct jeoul_data *data, uint32_t table,
                           uint32_t column, size_t row, const char *format, ...) {
    const jl_cell_place place = place_of(data, table, column, row, is_full(diagnostics));
    va_list arguments;
    va_start(arguments, format);
    const jeoul_status status = jl_report_place_list(diagnostics, code, &place, format, arguments);
    va_end(arguments);
    return status;
}

/* ---- texts in messages ---- */

jl_shown jl_shown_text(jl_text text) {
    enum { MOST = 60 };
    jl_shown shown = {{0}};
    size_t length = text.length < MOST ? text.length : MOST;
    if (length < text.length) {
        while (length > 0 && ((unsigned char)text.data[length] & 0xC0) == 0x80) length--;
    }
    if (length != 0) memcpy(shown.data, text.data, length);
    if (length < text.length) memcpy(shown.data + length, "…", sizeof "…");
    return shown;
}

static const struct {
    const char *dot, *number;
    size_t length;
} dots[] = {
    {"·", "U+00B7", 2}, {"ㆍ", "U+318D", 3}, {"・", "U+30FB", 3}, {"･", "U+FF65", 3},
    {"‧", "U+2027", 3}, {"∙", "U+2219", 3},  {"•", "U+2022", 3},  {"⋅", "U+22C5", 3},
};
#define NO_DOT JL_COUNT(dots)

/* Which middle dot the text starts with. */
static size_t dot_at(jl_text text) {
    size_t dot = 0;
    while (dot < NO_DOT &&
           !(text.length >= dots[dot].length && memcmp(text.data, dots[dot].dot, dots[dot].length) == 0))
        dot++;
    return dot;
}

static jl_text rest(jl_text text, size_t n) {
    return (jl_text){text.data + n, text.length - n};
}

/* Whether the texts differ in nothing but middle dots; the first pair that differs. */
static bool differ_in_dots(jl_text a, jl_text b, size_t *dot_a_out, size_t *dot_b_out) {
    *dot_a_out = *dot_b_out = NO_DOT;
    while (a.length > 0 && b.length > 0) {
        const size_t dot_a = dot_at(a), dot_b = dot_at(b);
        if ((dot_a == NO_DOT) != (dot_b == NO_DOT)) return false;
        if (dot_a == NO_DOT && a.data[0] != b.data[0]) return false;
        if (dot_a != dot_b && *dot_a_out == NO_DOT) {
            *dot_a_out = dot_a;
            *dot_b_out = dot_b;
        }
        a = rest(a, dot_a == NO_DOT ? 1 : dots[dot_a].length);
        b = rest(b, dot_b == NO_DOT ? 1 : dots[dot_b].length);
    }
    return a.length == 0 && b.length == 0 && *dot_a_out != NO_DOT;
}

static bool report_dots(jeoul_diagnostics *diagnostics, jl_text found, jl_text candidate) {
    size_t ours, theirs;
    if (!differ_in_dots(found, candidate, &ours, &theirs)) return false;
    jl_report_help(diagnostics, "`%.*s` has the dot `%s` (%s), this is `%s` (%s): they look alike but differ",
                   JL_TEXT_ARG(candidate), dots[theirs].dot, dots[theirs].number, dots[ours].dot, dots[ours].number);
    return true;
}

void jl_report_similar(jeoul_diagnostics *diagnostics, jl_text found, const jl_text *candidates, size_t n_candidates) {
    enum { MOST_COMPARED = 10000 }; /* beyond that, a hundred hints would take seconds */
    if (jl_only_counts(diagnostics) || n_candidates > MOST_COMPARED) return;
    for (size_t i = 0; i < n_candidates; i++) {
        if (report_dots(diagnostics, found, candidates[i])) return;
    }
    jl_report_nearest(diagnostics, found, candidates, n_candidates);
}
