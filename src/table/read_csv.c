/* SPDX-License-Identifier: Apache-2.0
 *
 * A CSV file -> the columns of one table.
 *
 * Three steps: find the columns by their headers, bound the number of rows by the lines of the file, then read
 * record by record. Whatever is wrong is reported and reading goes on; only a quote that is never closed ends it,
 * for the rest of the file lies inside. A table with `unpivot` makes several rows of each record: the cells of the
 * other columns are read once and put into each.
 */
#include <stdlib.h>

#include "table/eight.h"
#include "table/parts.h"

typedef struct csv_sheet {
    jl_reading *reading;
    jl_csv csv;
    jl_headers headers;
    size_t n_named;   /* fields up to the last one with a header: a record has at least so many */
    uint32_t *fields; /* by sink: its field, or JL_NONE; in the data's arena */
    size_t fields_capacity;
    bool found_any;                 /* a declared column was found: it makes sense to read on */
    uint32_t name_sink, value_sink; /* unpivot; else JL_NONE */
    uint32_t *from;                 /* unpivot: field of each header of `from`; in the data's arena */
    jl_cell *names;                 /* unpivot: the cell of the name column for each of them */
    size_t n_copies;                /* rows that a record makes */
} csv_sheet;

/* ---- places ---- */

static void place_at(csv_sheet *sheet, const jl_field *field) {
    jl_cell_place *place = &sheet->reading->place;
    place->record = sheet->csv.record;
    place->line = sheet->csv.record_line;
    place->start = (size_t)(field->data - sheet->csv.text.data);
    place->end = place->start + field->length;
}

static void place_at_record(csv_sheet *sheet) {
    const jl_field whole = {sheet->csv.text.data + sheet->csv.record, sheet->csv.at - sheet->csv.record, false};
    place_at(sheet, &whole);
}

static void place_at_byte(csv_sheet *sheet, size_t offset) {
    const jl_field byte = {sheet->csv.text.data + offset, 1, false};
    place_at(sheet, &byte);
}

/* ---- records ---- */

static bool is_blank(const jl_field *field) {
    return jl_trim_cell((jl_text){field->data, field->length}).length == 0;
}

/* Spreadsheets leave rows of nothing but commas behind. */
static bool is_blank_record(const jl_csv *csv) {
    for (size_t field = 0; field < csv->n_fields; field++) {
        if (!is_blank(&csv->fields[field])) return false;
    }
    return csv->fault == JL_CSV_FINE;
}

static bool refuse_fault(csv_sheet *sheet) {
    static const char *const texts[] = {
        [JL_CSV_OPEN_QUOTE] = "the quote that opens here is never closed",
        [JL_CSV_AFTER_QUOTE] = "expected a comma or the end of the line after the closing quote",
        [JL_CSV_LONE_QUOTE] = "a quote inside a field that is not in quotes",
    };
    place_at_byte(sheet, sheet->csv.fault_at);
    jl_refuse_cell(sheet->reading, JL_CSV_SYNTAX, "%s", texts[sheet->csv.fault]);
    if (sheet->csv.fault == JL_CSV_LONE_QUOTE) {
        jl_report_help(sheet->reading->diagnostics,
                       "put the whole field in quotes and write each quote inside it twice");
    }
    return false;
}

/* Fields without a header may be left out or stand blank at the end. */
static bool check_width(csv_sheet *sheet) {
    const jl_csv *csv = &sheet->csv;
    size_t n_fields = csv->n_fields;
    while (n_fields > sheet->headers.n && is_blank(&csv->fields[n_fields - 1])) n_fields--;
    if (n_fields >= sheet->n_named && n_fields <= sheet->headers.n) return true;
    place_at_record(sheet);
    jl_refuse_cell(sheet->reading, JL_CSV_SYNTAX, "expected %zu fields, found %zu", sheet->headers.n, csv->n_fields);
    if (n_fields > sheet->headers.n)
        jl_report_help(sheet->reading->diagnostics, "put a field that has a comma in quotes");
    return false;
}

static bool read_cell(csv_sheet *sheet, jl_sink *sink, uint32_t field_number, jl_cell *cell_out) {
    const jl_field *field = &sheet->csv.fields[field_number];
    jl_text text = {field->data, field->length};
    place_at(sheet, field);
    if (field->doubled && !jl_field_text(field, sheet->reading->scratch, &text)) return jl_no_memory(sheet->reading);
    return jl_cell_read(sheet->reading, &sink->reader, text, cell_out);
}

static void put_copies(csv_sheet *sheet, jl_sink *sink, jl_cell cell) {
    jl_reading *reading = sheet->reading;
    for (size_t copy = 0; copy < sheet->n_copies; copy++)
        (void)jl_sink_put(reading, sink, reading->n_rows + copy, cell);
}

static void read_unpivoted(csv_sheet *sheet) {
    jl_reading *reading = sheet->reading;
    jl_sink *name = &reading->sinks[sheet->name_sink], *value = &reading->sinks[sheet->value_sink];
    jl_cell cell;
    for (size_t copy = 0; copy < sheet->n_copies; copy++) {
        (void)jl_sink_put(reading, name, reading->n_rows + copy, sheet->names[copy]);
        if (sheet->from[copy] == JL_NONE) continue;
        if (read_cell(sheet, value, sheet->from[copy], &cell))
            (void)jl_sink_put(reading, value, reading->n_rows + copy, cell);
    }
}

/* A short plain number in a column that wants nothing else is stored at once: most cells of most tables. */
static bool read_quickly(csv_sheet *sheet, jl_sink *sink, uint32_t field_number) {
    const jl_field *field = &sheet->csv.fields[field_number];
    const char *end = sheet->csv.text.data + sheet->csv.text.length;
    double value;
    if (!sink->reader.takes_numbers || end - field->data < 9 || field->length == 0) return false;
    const size_t sign = field->data[0] == '-';
    if (!jl_eight_number(jl_eight_load(field->data + sign), field->length - sign, &value)) return false;
    if (sign != 0) value = 0.0 - value; /* 0 stays 0 */
    if (value < sink->reader.low || value > sink->reader.high) return false;
    sink->values[sheet->reading->n_rows] = value;
    return true;
}

static void read_record(csv_sheet *sheet) {
    jl_reading *reading = sheet->reading;
    jl_cell cell;
    for (size_t i = 0; i < reading->n_sinks; i++) {
        if (sheet->fields[i] == JL_NONE ||
            (sheet->n_copies == 1 && read_quickly(sheet, &reading->sinks[i], sheet->fields[i])))
            continue;
        if (read_cell(sheet, &reading->sinks[i], sheet->fields[i], &cell)) put_copies(sheet, &reading->sinks[i], cell);
    }
    if (sheet->from != NULL) read_unpivoted(sheet);
    for (size_t copy = 0; copy < sheet->n_copies; copy++)
        reading->lines[reading->n_rows + copy] = sheet->csv.record_line;
    reading->n_rows += sheet->n_copies;
}

static bool has_room(csv_sheet *sheet) {
    jl_reading *reading = sheet->reading;
    if (reading->capacity - reading->n_rows >= sheet->n_copies) return true;
    place_at_record(sheet);
    return jl_refuse_cell(reading, JL_TABLE_LIMIT, "expected at most %u rows", JL_TABLE_MAX_ROWS);
}

static void read_records(csv_sheet *sheet) {
    while (sheet->reading->status != JEOUL_NO_MEMORY && jl_csv_next(&sheet->csv)) {
        if (is_blank_record(&sheet->csv)) continue;
        if (sheet->csv.fault != JL_CSV_FINE) {
            refuse_fault(sheet);
        } else if (check_width(sheet)) {
            if (!has_room(sheet)) return;
            read_record(sheet);
        }
    }
    if (sheet->csv.no_memory) jl_no_memory(sheet->reading);
}

/* A record has at least n_named - 1 commas and a line end, so the size of the file bounds the rows as its lines do. */
static bool reserve_rows(csv_sheet *sheet) {
    jl_reading *reading = sheet->reading;
    const jl_text rest = {sheet->csv.text.data + sheet->csv.at, sheet->csv.text.length - sheet->csv.at};
    const size_t by_lines = jl_csv_most_records(rest), by_size = rest.length / sheet->n_named + 1;
    const size_t n_records = by_lines < by_size ? by_lines : by_size, most = JL_TABLE_MAX_ROWS / sheet->n_copies;
    if (!jl_reading_reserve(reading, (n_records < most ? n_records : most) * sheet->n_copies)) return false;
    reading->lines = jl_arena_array(reading->data->arena, reading->capacity, sizeof(uint32_t));
    return reading->lines != NULL || jl_no_memory(reading);
}

/* ---- headers ---- */

static bool set_field(csv_sheet *sheet, size_t sink, uint32_t field) {
    jl_arena *arena = sheet->reading->data->arena;
    if (!jl_arena_grow(arena, &sheet->fields, &sheet->fields_capacity, sink + 1, sizeof(uint32_t)))
        return jl_no_memory(sheet->reading);
    sheet->fields[sink] = field;
    return true;
}

static void refuse_doubled(csv_sheet *sheet, uint32_t field) {
    const uint32_t second = jl_headers_second(&sheet->headers, field);
    if (second == JL_NONE) return;
    place_at(sheet, &sheet->csv.fields[second]);
    jl_refuse_cell(sheet->reading, JL_COLUMN_DOUBLED, "the file has the column `%.*s` twice",
                   JL_TEXT_ARG(sheet->headers.texts[field]));
}

static void help_separator(csv_sheet *sheet) {
    if (sheet->headers.n != 1) return;
    const jl_text header = sheet->headers.texts[0];
    const bool tab = header.length > 0 && memchr(header.data, '\t', header.length) != NULL;
    const bool semicolon = header.length > 0 && memchr(header.data, ';', header.length) != NULL;
    if (!tab && !semicolon) return;
    jl_report_help(sheet->reading->diagnostics, "the fields seem to be separated by %s: save with commas",
                   tab ? "tabs" : "semicolons");
}

static void refuse_absent(csv_sheet *sheet, jl_text header, jl_text name, jl_span declared) {
    jl_reading *reading = sheet->reading;
    place_at_record(sheet);
    if (jl_text_equal(header, name)) {
        jl_refuse_cell(reading, JL_COLUMN_ABSENT, "the file has no column `%.*s`", JL_TEXT_ARG(header));
    } else {
        jl_refuse_cell(reading, JL_COLUMN_ABSENT, "the file has no column `%.*s` for `%.*s`", JL_TEXT_ARG(header),
                       JL_TEXT_ARG(name));
    }
    jl_headers_report_nearest(reading, &sheet->headers, header);
    help_separator(sheet);
    jl_report_second(reading->diagnostics, declared, "declared here");
}

static bool comes_from_file(const csv_sheet *sheet, size_t column) {
    return sheet->reading->rule->columns[column].derive == NULL && column != sheet->name_sink &&
           column != sheet->value_sink;
}

static uint32_t take_header(csv_sheet *sheet, jl_text header) {
    const uint32_t field = jl_headers_take(&sheet->headers, header);
    if (field != JL_NONE) refuse_doubled(sheet, field);
    sheet->found_any = sheet->found_any || field != JL_NONE;
    return field;
}

/* Two passes: the nearest header of an absent column is one that no other column has taken. */
static bool find_columns(csv_sheet *sheet) {
    const jl_table_rule *rule = sheet->reading->rule;
    const size_t n_from = sheet->from == NULL ? 0 : rule->unpivot->n_from;
    for (size_t i = 0; i < rule->n_columns; i++) {
        const bool from_file = comes_from_file(sheet, i);
        if (!set_field(sheet, i, from_file ? take_header(sheet, rule->columns[i].header) : JL_NONE)) return false;
    }
    for (size_t i = 0; i < n_from; i++) sheet->from[i] = take_header(sheet, rule->unpivot->from[i]);
    for (size_t i = 0; i < rule->n_columns; i++) {
        const jl_column_rule *column = &rule->columns[i];
        if (comes_from_file(sheet, i) && sheet->fields[i] == JL_NONE)
            refuse_absent(sheet, column->header, column->name, column->span);
    }
    for (size_t i = 0; i < n_from; i++) {
        const jl_text header = rule->unpivot->from[i];
        if (sheet->from[i] == JL_NONE) refuse_absent(sheet, header, header, rule->unpivot->span);
    }
    return true;
}

static bool take_as_number(csv_sheet *sheet, uint32_t field) {
    jl_reading *reading = sheet->reading;
    const jl_text header = sheet->headers.texts[field];
    if (take_header(sheet, header) != field) return true; /* the second of two, reported with the first */
    return jl_reading_add_other(reading, header) && set_field(sheet, reading->n_sinks - 1, field);
}

static bool take_others(csv_sheet *sheet) {
    const jl_reading *reading = sheet->reading;
    for (uint32_t field = 0; field < sheet->headers.n && reading->rule->others != JL_OTHERS_IGNORE; field++) {
        const jl_text header = sheet->headers.texts[field];
        if (sheet->headers.used[field] || header.length == 0) continue;
        if (reading->rule->others == JL_OTHERS_NUMBER) {
            if (!take_as_number(sheet, field)) return false;
        } else if (jl_headers_second(&sheet->headers, field) != field) {
            place_at(sheet, &sheet->csv.fields[field]);
            (void)jl_report_place(reading->diagnostics, JL_COLUMN_UNKNOWN, &reading->place,
                                  "column `%.*s` is not declared and not read", JL_TEXT_ARG(header));
        }
    }
    return true;
}

/* The name column says for each header of `from` what that header is. */
static bool read_unpivot(csv_sheet *sheet) {
    jl_reading *reading = sheet->reading;
    const jl_unpivot *unpivot = reading->rule->unpivot;
    if (unpivot == NULL || unpivot->n_from == 0) return true;
    sheet->name_sink = jl_table_column(reading->rule, unpivot->name);
    sheet->value_sink = jl_table_column(reading->rule, unpivot->value);
    sheet->from = jl_arena_array(reading->data->arena, unpivot->n_from, sizeof(uint32_t));
    sheet->names = jl_arena_array(reading->scratch, unpivot->n_from, sizeof(jl_cell));
    if (sheet->from == NULL || sheet->names == NULL) return jl_no_memory(reading);
    if (sheet->name_sink == JL_NONE || sheet->value_sink == JL_NONE) {
        reading->status = JEOUL_INTERNAL; /* the rulebook reader has checked it */
        return false;
    }
    sheet->n_copies = unpivot->n_from;
    place_at_record(sheet);
    for (size_t i = 0; i < unpivot->n_from; i++) {
        (void)jl_cell_read(reading, &reading->sinks[sheet->name_sink].reader, unpivot->from[i], &sheet->names[i]);
    }
    return reading->status != JEOUL_NO_MEMORY;
}

static bool next_header_record(csv_sheet *sheet) {
    while (jl_csv_next(&sheet->csv)) {
        if (sheet->csv.fault != JL_CSV_FINE) return refuse_fault(sheet);
        if (!is_blank_record(&sheet->csv)) return true;
    }
    if (sheet->csv.no_memory) return jl_no_memory(sheet->reading);
    return jl_refuse_cell(sheet->reading, JL_CSV_SYNTAX,
                          "the file is empty: expected a line with the names of the columns");
}

static bool read_headers(csv_sheet *sheet) {
    jl_reading *reading = sheet->reading;
    if (!next_header_record(sheet)) return false;
    const size_t n = sheet->csv.n_fields;
    jl_text *texts = jl_arena_array(reading->scratch, n, sizeof *texts);
    if (texts == NULL) return jl_no_memory(reading);
    for (size_t field = 0; field < n; field++) {
        if (!jl_field_text(&sheet->csv.fields[field], reading->scratch, &texts[field])) return jl_no_memory(reading);
    }
    if (!jl_headers_init(reading, &sheet->headers, texts, n)) return false;
    for (size_t field = 0; field < n; field++) {
        if (sheet->headers.texts[field].length != 0) sheet->n_named = field + 1;
    }
    return read_unpivot(sheet) && find_columns(sheet) && take_others(sheet);
}

/* ---- the whole ---- */

static bool keep_origin(csv_sheet *sheet) {
    jl_reading *reading = sheet->reading;
    if (reading->status != JEOUL_OK || sheet->csv.text.length > JL_KEPT_TEXT) return true;
    struct jl_origin *origin = jl_arena_alloc(reading->data->arena, sizeof *origin);
    if (origin == NULL) return jl_no_memory(reading);
    *origin = (struct jl_origin){.fields = sheet->fields, .from = sheet->from};
    origin->text = jl_arena_copy(reading->data->arena, sheet->csv.text);
    if (origin->text.data == NULL) return jl_no_memory(reading);
    reading->origin = origin;
    return true;
}

static void read_text(jl_reading *reading, jl_text text) {
    csv_sheet sheet = {.reading = reading, .name_sink = JL_NONE, .value_sink = JL_NONE, .n_copies = 1};
    sheet.csv = (jl_csv){.text = text, .line = 1, .arena = reading->scratch};
    reading->place.text = text;
    if (read_headers(&sheet) && sheet.found_any && reserve_rows(&sheet)) {
        read_records(&sheet);
        (void)keep_origin(&sheet);
    }
    jl_headers_clear(&sheet.headers);
}

static jeoul_status read_bytes(jl_reading *reading, jl_text name, jl_text bytes) {
    jl_decoded decoded = {{NULL, 0}, NULL};
    reading->place.file = jl_arena_copy(reading->data->arena, name.length == 0 ? reading->rule->name : name);
    if (reading->place.file.data == NULL) return JEOUL_NO_MEMORY;
    reading->place.line = 1;
    const jeoul_status status =
        jl_decode(bytes, reading->rule->encoding, reading->place.file, &decoded, reading->diagnostics);
    if (status != JEOUL_OK) return status;
    read_text(reading, decoded.text);
    free(decoded.owned);
    return reading->status;
}

jeoul_status jl_data_parse_csv(struct jeoul_data *data, uint32_t table, jl_text name, jl_text text,
                               jeoul_diagnostics *diagnostics) {
    jl_reading reading;
    if (jl_reading_begin(&reading, data, table, diagnostics) == JEOUL_OK)
        reading.status = read_bytes(&reading, name, text);
    return jl_reading_end(&reading);
}

jeoul_status jl_data_read_csv(struct jeoul_data *data, uint32_t table, const char *path,
                              jeoul_diagnostics *diagnostics) {
    jl_reading reading;
    char *bytes = NULL;
    size_t length = 0;
    if (jl_reading_begin(&reading, data, table, diagnostics) == JEOUL_OK) {
        reading.status = jl_read_file(path, &bytes, &length, diagnostics);
        if (reading.status == JEOUL_OK)
            reading.status = read_bytes(&reading, jl_text_of(path), (jl_text){bytes, length});
    }
    const jeoul_status status = jl_reading_end(&reading);
    free(bytes);
    return status;
}
