/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows written in a rulebook (its tests) -> the columns of one table.
 *
 * Rows name the columns they need: a column that no row names is blank, so that a test of one rule does not have to
 * fill in a whole table. Only keys must be there. Rows are long already: `unpivot` does not apply.
 */
#include "table/parts.h"

typedef struct given_rows {
    jl_reading *reading;
    const jl_text_rows *rows;
    jl_headers headers;
    uint32_t *fields; /* by sink: header, or JL_NONE; in the data's arena */
} given_rows;

static jl_span span_of(const given_rows *given, size_t row, uint32_t field) {
    const jl_text_rows *rows = given->rows;
    if (rows->cell_spans == NULL || row >= rows->n_rows || field == JL_NONE) return (jl_span){NULL, 0, 0};
    return rows->cell_spans[row * rows->n_headers + field];
}

/* The first cell that is written in a row; the column is at the cell itself if it is. */
static void place_at(given_rows *given, size_t row, uint32_t field) {
    jl_cell_place *place = &given->reading->place;
    place->row = row;
    place->span = span_of(given, row, field);
    for (uint32_t other = 0; place->span.source == NULL && other < given->rows->n_headers; other++) {
        place->span = span_of(given, row, other);
    }
}

static bool is_key_absent(const given_rows *given, const jl_column_rule *column, uint32_t field) {
    return field == JL_NONE && column->is_key && given->rows->n_rows > 0;
}

static bool find_columns(given_rows *given) {
    jl_reading *reading = given->reading;
    given->fields = jl_arena_array(reading->data->arena, reading->n_sinks, sizeof(uint32_t));
    if (given->fields == NULL) return jl_no_memory(reading);
    for (size_t i = 0; i < reading->n_sinks; i++) {
        const jl_column_rule *column = &reading->rule->columns[i];
        given->fields[i] = JL_NONE;
        if (column->derive != NULL) continue;
        given->fields[i] = jl_headers_take(&given->headers, column->name);
        if (given->fields[i] == JL_NONE) given->fields[i] = jl_headers_take(&given->headers, column->header);
        if (!is_key_absent(given, column, given->fields[i])) continue;
        place_at(given, 0, JL_NONE);
        jl_refuse_cell(reading, JL_COLUMN_ABSENT, "the rows of table `%.*s` do not give the key `%.*s`",
                       JL_TEXT_ARG(reading->rule->name), JL_TEXT_ARG(column->name));
    }
    return true;
}

/* A name that no column has is a mistake here, and not a remark as in a file. */
static bool check_others(given_rows *given) {
    jl_reading *reading = given->reading;
    const jl_table_rule *rule = reading->rule;
    jl_text *names = jl_arena_array(reading->scratch, rule->n_columns, sizeof *names);
    if (names == NULL) return jl_no_memory(reading);
    for (size_t i = 0; i < rule->n_columns; i++) names[i] = rule->columns[i].name;
    for (uint32_t field = 0; field < given->headers.n; field++) {
        const jl_text header = given->headers.texts[field];
        if (given->headers.used[field] || rule->others == JL_OTHERS_IGNORE) continue;
        if (rule->others == JL_OTHERS_NUMBER) {
            if (!jl_reading_add_other(reading, header)) return false;
            uint32_t *fields = jl_arena_array(reading->data->arena, reading->n_sinks, sizeof(uint32_t));
            if (fields == NULL) return jl_no_memory(reading);
            memcpy(fields, given->fields, (reading->n_sinks - 1) * sizeof(uint32_t));
            fields[reading->n_sinks - 1] = field;
            given->fields = fields;
            continue;
        }
        place_at(given, 0, field);
        jl_refuse_cell(reading, JL_UNKNOWN_COLUMN, "table `%.*s` has no column `%.*s`", JL_TEXT_ARG(rule->name),
                       JL_TEXT_ARG(header));
        jl_report_nearest(reading->diagnostics, header, names, rule->n_columns);
    }
    return true;
}

static bool read_cells(given_rows *given) {
    jl_reading *reading = given->reading;
    const jl_text_rows *rows = given->rows;
    if (!jl_reading_reserve(reading, rows->n_rows)) return false;
    for (size_t row = 0; row < rows->n_rows; row++) {
        for (size_t i = 0; i < reading->n_sinks; i++) {
            const uint32_t field = given->fields[i];
            jl_sink *sink = &reading->sinks[i];
            if (!sink->open || (field == JL_NONE && sink->reader.column->is_key)) continue;
            const jl_text text = field == JL_NONE ? (jl_text){NULL, 0} : rows->cells[row * rows->n_headers + field];
            jl_cell cell;
            place_at(given, row, field);
            if (jl_cell_read(reading, &sink->reader, text, &cell)) (void)jl_sink_put(reading, sink, row, cell);
            if (reading->status == JEOUL_NO_MEMORY) return false;
        }
    }
    reading->n_rows = rows->n_rows;
    return true;
}

/* The spans by column, for messages about rows later on. */
static bool keep_origin(given_rows *given) {
    jl_reading *reading = given->reading;
    jl_arena *arena = reading->data->arena;
    const size_t n_columns = reading->n_sinks;
    struct jl_origin *origin = jl_arena_alloc(arena, sizeof *origin);
    jl_span *spans = n_columns != 0 && given->rows->n_rows > SIZE_MAX / n_columns
                         ? NULL
                         : jl_arena_array(arena, given->rows->n_rows * n_columns, sizeof *spans);
    if (origin == NULL || spans == NULL) return jl_no_memory(reading);
    for (size_t row = 0; row < given->rows->n_rows; row++) {
        for (size_t i = 0; i < n_columns; i++) {
            place_at(given, row, given->fields[i]);
            spans[row * n_columns + i] = reading->place.span;
        }
    }
    *origin = (struct jl_origin){.spans = spans, .n_columns = n_columns};
    reading->origin = origin;
    return true;
}

jeoul_status jl_data_add_rows(struct jeoul_data *data, uint32_t table, const jl_text_rows *rows,
                              jeoul_diagnostics *diagnostics) {
    jl_reading reading;
    given_rows given = {.reading = &reading, .rows = rows};
    if (jl_reading_begin(&reading, data, table, diagnostics) == JEOUL_OK) {
        const bool read = jl_headers_init(&reading, &given.headers, rows->headers, rows->n_headers) &&
                          find_columns(&given) && check_others(&given) && read_cells(&given);
        if (read && rows->cell_spans != NULL && reading.status == JEOUL_OK) (void)keep_origin(&given);
        jl_headers_clear(&given.headers);
    }
    return jl_reading_end(&reading);
}
