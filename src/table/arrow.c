/* SPDX-License-Identifier: Apache-2.0
 *
 * A struct array of the Arrow C data interface -> the columns of one table.
 *
 * The array is moved in. A column of doubles whose cells are all numbers in range is borrowed as it is; with nulls
 * it is borrowed too, as long as 0 stands where there is no value, and gets a column of states. All else is
 * converted once, through the same cells as text from a file, so that states, choices, ranges and keys mean the same
 * wherever data come from.
 */
#include "table/arrow_values.h"

#include <math.h>

typedef struct arrow_frame {
    jl_reading *reading;
    const struct ArrowSchema *schema;
    const struct ArrowArray *array;
    jl_headers headers;
    size_t n_rows;                  /* of the frame */
    size_t n_copies;                /* rows of the table that each makes: more than one under `unpivot` */
    uint32_t name_sink, value_sink; /* unpivot; else JL_NONE */
    bool borrowed;                  /* some column is: the array must stay */
} arrow_frame;

/* Rows of the table that one row of the frame fills in a column: `count` from `first` on. */
typedef struct copy_range {
    size_t first, count;
} copy_range;

static bool put(arrow_frame *frame, jl_sink *sink, copy_range copies, size_t row, jl_cell cell) {
    for (size_t copy = 0; copy < copies.count; copy++) {
        if (!jl_sink_put(frame->reading, sink, row * frame->n_copies + copies.first + copy, cell)) return false;
    }
    return true;
}

/* ---- cells ---- */

static jl_text text_of_number(jl_arrow_kind kind, double number, char *buffer) {
    if (kind == JL_ARROW_BOOL) return number != 0 ? JL_TEXT("true") : JL_TEXT("false");
    return (jl_text){buffer, jl_number_print(number, buffer)};
}

static bool take_element(jl_reading *reading, jl_cell_reader *reader, jl_arrow_kind kind, jl_arrow_element element,
                         char *buffer, jl_cell *cell_out) {
    const bool number_column = reader->rule->type == JL_COLUMN_NUMBER;
    switch (element.what) {
    case JL_ELEMENT_NONE: return jl_cell_read(reading, reader, (jl_text){NULL, 0}, cell_out);
    case JL_ELEMENT_TEXT: return jl_cell_read(reading, reader, element.text, cell_out);
    case JL_ELEMENT_NUMBER:
        if (reader->takes_numbers || (number_column && kind == JL_ARROW_BOOL)) {
            return jl_cell_take_number(reading, reader, element.number, element.text, cell_out);
        }
        if (element.text.length == 0) element.text = text_of_number(kind, element.number, buffer);
        return jl_cell_read(reading, reader, element.text, cell_out);
    case JL_ELEMENT_BAD: break;
    }
    return jl_refuse_cell(reading, JL_BAD_CELL, "expected a %s in column `%.*s`, found what is none",
                          number_column ? "finite number" : "text", JL_TEXT_ARG(reader->column->name));
}

static void fill_plain(arrow_frame *frame, jl_sink *sink, const jl_arrow_column *column, copy_range copies) {
    jl_reading *reading = frame->reading;
    char buffer[JL_ELEMENT_BYTES];
    for (size_t row = 0; row < frame->n_rows && reading->status != JEOUL_NO_MEMORY; row++) {
        jl_cell cell;
        reading->place.row = row;
        const jl_arrow_element element = jl_arrow_read(column, row, buffer);
        if (take_element(reading, &sink->reader, column->kind, element, buffer, &cell))
            (void)put(frame, sink, copies, row, cell);
    }
}

/* ---- dictionaries ---- */

typedef struct dictionary_cells {
    jl_arrow_column column;
    jl_cell *cells;
    bool *known; /* the entry has been read and is good; a bad one is read again for each row, to report it there */
} dictionary_cells;

static bool read_entry(arrow_frame *frame, jl_sink *sink, dictionary_cells *entries, int64_t index, jl_cell *cell_out) {
    jl_reading *reading = frame->reading;
    char buffer[JL_ELEMENT_BYTES];
    if (index >= 0 && entries->known[index]) {
        *cell_out = entries->cells[index];
        return true;
    }
    const jl_arrow_element bad = {JL_ELEMENT_BAD, 0.0, {NULL, 0}};
    const jl_arrow_element element = index < 0 ? bad : jl_arrow_read(&entries->column, (size_t)index, buffer);
    if (!take_element(reading, &sink->reader, entries->column.kind, element, buffer, cell_out)) return false;
    if (cell_out->decimal.length != 0) {
        cell_out->decimal = jl_arena_copy(reading->scratch, cell_out->decimal);
        if (cell_out->decimal.data == NULL) return jl_no_memory(reading);
    }
    entries->cells[index] = *cell_out;
    entries->known[index] = true;
    return true;
}

static bool refuse_type(arrow_frame *frame, jl_text name, const char *format) {
    frame->reading->place.row = SIZE_MAX;
    return jl_refuse_cell(frame->reading, JL_COLUMN_TYPE, "column `%.*s` has the Arrow type `%s`, which cannot be read",
                          JL_TEXT_ARG(name), format == NULL ? "" : format);
}

static void fill_dictionary(arrow_frame *frame, jl_sink *sink, const jl_arrow_column *column, copy_range copies) {
    jl_reading *reading = frame->reading;
    const size_t n = column->entry_array->length < 0 ? 0 : (size_t)column->entry_array->length;
    dictionary_cells entries;
    if (!jl_arrow_open(column->entry_schema, column->entry_array, 0, n, &entries.column) ||
        entries.column.kind == JL_ARROW_DICTIONARY) {
        refuse_type(frame, sink->reader.column->name, column->entry_schema->format);
        return;
    }
    entries.cells = jl_arena_array(reading->scratch, n, sizeof(jl_cell));
    entries.known = jl_arena_array(reading->scratch, n, sizeof(bool));
    if (entries.cells == NULL || entries.known == NULL) {
        jl_no_memory(reading);
        return;
    }
    const jl_arrow_element none = {JL_ELEMENT_NONE, 0.0, {NULL, 0}};
    for (size_t row = 0; row < frame->n_rows && reading->status != JEOUL_NO_MEMORY; row++) {
        jl_cell cell;
        reading->place.row = row;
        const bool read = jl_arrow_is_null(column, row)
                              ? take_element(reading, &sink->reader, column->kind, none, NULL, &cell)
                              : read_entry(frame, sink, &entries, jl_arrow_index(column, row), &cell);
        if (read) (void)put(frame, sink, copies, row, cell);
    }
}

/* ---- borrowing ---- */

/* What stands in the way of borrowing a column of doubles, and whether it needs states. */
typedef struct borrow_survey {
    bool has_states, must_convert;
} borrow_survey;

/* Negative zeros among keys are left to the cells. */
static bool is_clean(const jl_cell_reader *reader, double value) {
    if (!isfinite(value) || (reader->joins && value == 0 && signbit(value))) return false;
    return value >= reader->low && value <= reader->high;
}

static borrow_survey survey_doubles(const arrow_frame *frame, const jl_cell_reader *reader,
                                    const jl_arrow_column *column, const double *values) {
    const bool state_for_blank = reader->blank.state != JL_VALUE && !reader->blank_is_error && !reader->column->is_key;
    borrow_survey survey = {false, false};
    for (size_t row = 0; row < frame->n_rows && !survey.must_convert; row++) {
        if (jl_arrow_is_null(column, row)) {
            survey.has_states = true;
            survey.must_convert = values[row] != 0 || !state_for_blank;
        } else {
            survey.must_convert = !is_clean(reader, values[row]);
        }
    }
    return survey;
}

/* false: the column has to be converted, or memory ended. */
static bool borrow(arrow_frame *frame, jl_sink *sink, const jl_arrow_column *column) {
    jl_reading *reading = frame->reading;
    if (column->kind != JL_ARROW_FLOAT64 || column->values == NULL || frame->n_copies != 1) return false;
    if (!sink->reader.takes_numbers) return false;
    const double *values = (const double *)(const void *)(column->values + column->offset * sizeof(double));
    if ((uintptr_t)values % _Alignof(double) != 0) return false;
    const borrow_survey survey = survey_doubles(frame, &sink->reader, column, values);
    if (survey.must_convert) return false;
    if (survey.has_states) {
        sink->states = jl_arena_array(reading->data->arena, frame->n_rows, sizeof(uint8_t));
        if (sink->states == NULL) return jl_no_memory(reading);
        for (size_t row = 0; row < frame->n_rows; row++) {
            if (jl_arrow_is_null(column, row)) sink->states[row] = sink->reader.blank.state;
        }
    }
    sink->borrowed = values;
    frame->borrowed = true;
    return true;
}

/* ---- columns ---- */

static void fill(arrow_frame *frame, jl_sink *sink, uint32_t child, copy_range copies) {
    jl_reading *reading = frame->reading;
    jl_arrow_column column;
    const struct ArrowSchema *schema = frame->schema->children[child];
    if (!jl_arrow_open(schema, frame->array->children[child], (size_t)frame->array->offset, frame->n_rows, &column)) {
        refuse_type(frame, sink->reader.column->name, schema->format);
        return;
    }
    if (borrow(frame, sink, &column) || reading->status == JEOUL_NO_MEMORY) return;
    if (sink->values == NULL) sink->values = jl_arena_array(reading->data->arena, reading->capacity, sizeof(double));
    if (sink->values == NULL) {
        jl_no_memory(reading);
    } else if (column.kind == JL_ARROW_DICTIONARY) {
        fill_dictionary(frame, sink, &column, copies);
    } else {
        fill_plain(frame, sink, &column, copies);
    }
}

static uint32_t take_header(arrow_frame *frame, jl_text header) {
    const uint32_t child = jl_headers_take(&frame->headers, header);
    if (child != JL_NONE && jl_headers_second(&frame->headers, child) != JL_NONE) {
        frame->reading->place.row = SIZE_MAX;
        jl_refuse_cell(frame->reading, JL_COLUMN_DOUBLED, "the frame has the column `%.*s` twice", JL_TEXT_ARG(header));
    }
    return child;
}

static void refuse_absent(arrow_frame *frame, jl_text header, jl_span declared) {
    frame->reading->place.row = SIZE_MAX;
    jl_refuse_cell(frame->reading, JL_COLUMN_ABSENT, "the frame has no column `%.*s`", JL_TEXT_ARG(header));
    jl_headers_report_nearest(frame->reading, &frame->headers, header);
    jl_report_second(frame->reading->diagnostics, declared, "declared here");
}

/* A frame may use the header of a file or the name of the column. */
static void fill_declared(arrow_frame *frame) {
    jl_reading *reading = frame->reading;
    for (uint32_t i = 0; i < reading->rule->n_columns && reading->status != JEOUL_NO_MEMORY; i++) {
        const jl_column_rule *rule = &reading->rule->columns[i];
        if (rule->derive != NULL || i == frame->name_sink || i == frame->value_sink) continue;
        uint32_t child = take_header(frame, rule->header);
        if (child == JL_NONE) child = take_header(frame, rule->name);
        if (child == JL_NONE) {
            refuse_absent(frame, rule->header, rule->span);
        } else {
            fill(frame, &reading->sinks[i], child, (copy_range){0, frame->n_copies});
        }
    }
}

static void fill_unpivoted(arrow_frame *frame) {
    jl_reading *reading = frame->reading;
    const jl_unpivot *unpivot = reading->rule->unpivot;
    jl_sink *name = &reading->sinks[frame->name_sink], *value = &reading->sinks[frame->value_sink];
    name->values = jl_arena_array(reading->data->arena, reading->capacity, sizeof(double));
    if (name->values == NULL) {
        jl_no_memory(reading);
        return;
    }
    for (size_t copy = 0; copy < unpivot->n_from && reading->status != JEOUL_NO_MEMORY; copy++) {
        jl_cell cell;
        const uint32_t child = take_header(frame, unpivot->from[copy]);
        reading->place.row = SIZE_MAX;
        const bool named = jl_cell_read(reading, &name->reader, unpivot->from[copy], &cell);
        for (size_t row = 0; named && row < frame->n_rows; row++)
            (void)put(frame, name, (copy_range){copy, 1}, row, cell);
        if (child == JL_NONE) {
            refuse_absent(frame, unpivot->from[copy], unpivot->span);
        } else {
            fill(frame, value, child, (copy_range){copy, 1});
        }
    }
}

static void take_others(arrow_frame *frame) {
    jl_reading *reading = frame->reading;
    for (uint32_t child = 0; child < frame->headers.n && reading->rule->others != JL_OTHERS_IGNORE; child++) {
        const jl_text header = frame->headers.texts[child];
        if (frame->headers.used[child] || header.length == 0 || reading->status == JEOUL_NO_MEMORY) continue;
        if (reading->rule->others == JL_OTHERS_NUMBER) {
            if (take_header(frame, header) != child || !jl_reading_add_other(reading, header)) continue;
            fill(frame, &reading->sinks[reading->n_sinks - 1], child, (copy_range){0, frame->n_copies});
        } else if (jl_headers_second(&frame->headers, child) != child) {
            reading->place.row = SIZE_MAX;
            (void)jl_report_place(reading->diagnostics, JL_COLUMN_UNKNOWN, &reading->place,
                                  "column `%.*s` is not declared and not read", JL_TEXT_ARG(header));
        }
    }
}

/* ---- the frame ---- */

static bool fits(const struct ArrowSchema *schema, const struct ArrowArray *array) {
    if (schema->format == NULL || strcmp(schema->format, "+s") != 0 || schema->n_children != array->n_children)
        return false;
    if (schema->n_children < 0 || schema->n_children > UINT32_MAX - 1 || array->length < 0 || array->offset < 0)
        return false;
    for (int64_t child = 0; child < schema->n_children; child++) {
        if (schema->children[child] == NULL || array->children[child] == NULL) return false;
    }
    return true;
}

/* A row that is null as a whole has no key. */
static bool check_whole_rows(arrow_frame *frame) {
    jl_arrow_column rows = {.offset = (size_t)frame->array->offset, .values = (const unsigned char *)""};
    if (frame->array->null_count == 0 || frame->array->n_buffers < 1) return true;
    rows.validity = frame->array->buffers[0];
    for (size_t row = 0; row < frame->n_rows; row++) {
        if (!jl_arrow_is_null(&rows, row)) continue;
        frame->reading->place.row = row;
        return jl_refuse_cell(frame->reading, JL_KEY_BLANK, "the whole row is null");
    }
    return true;
}

static bool set_up_unpivot(arrow_frame *frame) {
    const jl_unpivot *unpivot = frame->reading->rule->unpivot;
    if (unpivot == NULL || unpivot->n_from == 0) return true;
    frame->name_sink = jl_table_column(frame->reading->rule, unpivot->name);
    frame->value_sink = jl_table_column(frame->reading->rule, unpivot->value);
    frame->n_copies = unpivot->n_from;
    if (frame->name_sink != JL_NONE && frame->value_sink != JL_NONE) return true;
    frame->reading->status = JEOUL_INTERNAL; /* the rulebook reader has checked it */
    return false;
}

static bool read_names(arrow_frame *frame) {
    jl_reading *reading = frame->reading;
    const size_t n = (size_t)frame->schema->n_children;
    jl_text *names = jl_arena_array(reading->scratch, n, sizeof *names);
    if (names == NULL) return jl_no_memory(reading);
    for (size_t child = 0; child < n; child++) names[child] = jl_text_of(frame->schema->children[child]->name);
    return jl_headers_init(reading, &frame->headers, names, n);
}

static void read_frame(arrow_frame *frame) {
    jl_reading *reading = frame->reading;
    const size_t most = JL_TABLE_MAX_ROWS;
    if (!set_up_unpivot(frame) || !read_names(frame)) return;
    if (frame->n_rows > most || frame->n_rows * frame->n_copies > most) {
        jl_refuse_cell(reading, JL_TABLE_LIMIT, "expected at most %zu rows, found %zu", most, frame->n_rows);
        return;
    }
    reading->capacity = reading->n_rows = frame->n_rows * frame->n_copies;
    if (!check_whole_rows(frame)) return;
    fill_declared(frame);
    if (frame->n_copies > 1 || frame->name_sink != JL_NONE) fill_unpivoted(frame);
    take_others(frame);
}

static void release(struct ArrowSchema *schema, struct ArrowArray *array) {
    if (schema->release != NULL) schema->release(schema);
    if (array->release != NULL) array->release(array);
}

jeoul_status jl_data_add_arrow(struct jeoul_data *data, uint32_t table, struct ArrowSchema *schema,
                               struct ArrowArray *array, jeoul_diagnostics *diagnostics) {
    struct ArrowSchema own_schema = *schema;
    struct ArrowArray own_array = *array;
    schema->release = NULL;
    array->release = NULL;
    jl_reading reading;
    arrow_frame frame = {.reading = &reading,
                         .schema = &own_schema,
                         .array = &own_array,
                         .n_copies = 1,
                         .name_sink = JL_NONE,
                         .value_sink = JL_NONE};
    if (jl_reading_begin(&reading, data, table, diagnostics) == JEOUL_OK) {
        if (own_schema.release == NULL || own_array.release == NULL || !fits(&own_schema, &own_array)) {
            reading.status = JEOUL_ARGUMENT;
        } else if (!jl_arena_grow(data->arena, &data->arrays, &data->arrays_capacity, data->n_arrays + 1,
                                  sizeof(struct ArrowArray))) {
            reading.status = JEOUL_NO_MEMORY;
        } else {
            frame.n_rows = (size_t)own_array.length;
            read_frame(&frame);
        }
    }
    jl_headers_clear(&frame.headers);
    if (jl_reading_end(&reading) == JEOUL_OK && frame.borrowed) {
        data->arrays[data->n_arrays++] = own_array;
        own_array.release = NULL;
    }
    release(&own_schema, &own_array);
    return reading.status;
}
