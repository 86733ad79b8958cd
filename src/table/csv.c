/* SPDX-License-Identifier: Apache-2.0
 *
 * CSV (RFC 4180): text in, records of fields out. Fields are slices of the text; nothing is copied.
 *
 * Lines may end with LF, CR LF or CR. Quoted fields may hold commas, line ends and doubled quotes. A quote anywhere
 * else is a fault and not a character: the usual reason is an unquoted field with a comma that somebody typed, and
 * then the columns have moved. After a fault reading goes on, so that all faults of a file are found in one run.
 */
#include "table/eight.h"
#include "table/parts.h"

static bool grow_fields(jl_csv *csv) {
    if (jl_arena_grow(csv->arena, &csv->fields, &csv->capacity, csv->n_fields + 1, sizeof(jl_field))) return true;
    csv->no_memory = true;
    return false;
}

static void note_fault(jl_csv *csv, jl_csv_fault fault, size_t at) {
    if (csv->fault != JL_CSV_FINE) return;
    csv->fault = fault;
    csv->fault_at = at;
}

/* What ends a stretch of ordinary characters. */
static const bool stops[256] = {[','] = true, ['"'] = true, ['\n'] = true, ['\r'] = true};

/* End of the field that starts at `at`, which is not a quote. */
static size_t plain_end(jl_csv *csv, size_t at) {
    const char *data = csv->text.data;
    const size_t length = csv->text.length;
    for (;; at++) {
        size_t n = 8;
        for (; n == 8 && length - at >= 8; at += n) n = jl_eight_until_stop(jl_eight_load(data + at));
        while (at < length && !stops[(unsigned char)data[at]]) at++;
        if (at >= length || data[at] != '"') return at;
        note_fault(csv, JL_CSV_LONE_QUOTE, at);
    }
}

static void count_lines(jl_csv *csv, size_t start, size_t end) {
    csv->line += jl_line_of((jl_text){csv->text.data + start, end - start}, end - start) - 1;
}

/* Reads the field whose opening quote is at `at`; returns where what follows the closing quote starts. */
static size_t quoted_end(jl_csv *csv, size_t at, jl_field *field) {
    const char *data = csv->text.data;
    const size_t length = csv->text.length, start = at + 1;
    size_t end = start;
    for (;;) {
        const char *quote = end < length ? memchr(data + end, '"', length - end) : NULL;
        if (quote == NULL) {
            note_fault(csv, JL_CSV_OPEN_QUOTE, at);
            end = length;
            break;
        }
        end = (size_t)(quote - data);
        if (end + 1 >= length || data[end + 1] != '"') break;
        field->doubled = true;
        end += 2;
    }
    field->data = data + start;
    field->length = end - start;
    count_lines(csv, start, end);
    return end < length ? end + 1 : length;
}

/* One field; returns the offset of the comma or line end after it. */
static size_t read_field(jl_csv *csv, size_t at, jl_field *field) {
    *field = (jl_field){csv->text.data + at, 0, false};
    if (at < csv->text.length && csv->text.data[at] == '"') {
        const size_t after = quoted_end(csv, at, field);
        if (after >= csv->text.length || (stops[(unsigned char)csv->text.data[after]] && csv->text.data[after] != '"'))
            return after;
        note_fault(csv, JL_CSV_AFTER_QUOTE, after);
        return plain_end(csv, after);
    }
    const size_t end = plain_end(csv, at);
    field->length = end - at;
    return end;
}

/* Past the line end at `at`, if there is one. */
static size_t end_line(jl_csv *csv, size_t at) {
    if (at >= csv->text.length) return at;
    csv->line++;
    const bool pair = csv->text.data[at] == '\r' && at + 1 < csv->text.length && csv->text.data[at + 1] == '\n';
    return at + (pair ? 2 : 1);
}

bool jl_csv_next(jl_csv *csv) {
    if (csv->at >= csv->text.length || csv->no_memory) return false;
    csv->n_fields = 0;
    csv->fault = JL_CSV_FINE;
    csv->record = csv->at;
    csv->record_line = csv->line;
    for (size_t at = csv->at;; at++) {
        if (csv->n_fields >= csv->capacity && !grow_fields(csv)) return false;
        at = read_field(csv, at, &csv->fields[csv->n_fields++]);
        if (at < csv->text.length && csv->text.data[at] == ',') continue;
        csv->at = end_line(csv, at);
        return true;
    }
}

bool jl_field_text(const jl_field *field, jl_arena *arena, jl_text *text_out) {
    *text_out = (jl_text){field->data, field->length};
    if (!field->doubled) return true;
    char *single = jl_arena_alloc(arena, field->length);
    if (single == NULL) return false;
    size_t length = 0;
    for (size_t i = 0; i < field->length; i++) {
        single[length++] = field->data[i];
        if (field->data[i] == '"') i++;
    }
    *text_out = (jl_text){single, length};
    return true;
}

static size_t count_byte(jl_text text, int byte, int but_not_before) {
    size_t n = 0;
    const char *end = text.data + text.length;
    for (const char *at = text.data; at < end; at++) {
        at = memchr(at, byte, (size_t)(end - at));
        if (at == NULL) break;
        n += !(at + 1 < end && at[1] == but_not_before);
    }
    return n;
}

size_t jl_csv_most_records(jl_text text) {
    if (text.length == 0) return 0;
    return count_byte(text, '\n', '\0') + count_byte(text, '\r', '\n') + 1;
}
