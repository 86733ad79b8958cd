/* SPDX-License-Identifier: Apache-2.0
 *
 * Cells -> columns. A reading collects the columns of one table and hands them over only if every cell was right, so
 * a table of the data is either whole or not given.
 *
 * Rows are counted before the first cell is read (or bounded by the lines of the file), so a column is allocated
 * once and never moved. States get a column only when the first cell without a value comes; long decimals stand in a
 * list beside the doubles.
 */
#include <stdlib.h>

#include "table/parts.h"

const jl_column_rule *jl_rule_meaning(const jl_rulebook *rulebook, const jl_column_rule *column) {
    for (size_t steps = 0; column->type == JL_COLUMN_REFERENCE && steps < rulebook->n_tables; steps++) {
        if (column->target >= rulebook->n_tables || rulebook->tables[column->target].n_keys != 1) break;
        column = &rulebook->tables[column->target].columns[0];
    }
    return column;
}

static bool add_sink(jl_reading *reading, const jl_column_rule *column) {
    if (!jl_arena_grow(reading->scratch, &reading->sinks, &reading->sinks_capacity, reading->n_sinks + 1,
                       sizeof(jl_sink)))
        return false;
    jl_sink *sink = &reading->sinks[reading->n_sinks];
    *sink = (jl_sink){.open = column->derive == NULL};
    reading->n_sinks++;
    return jl_cell_reader_init(reading, &sink->reader, column);
}

jeoul_status jl_reading_begin(jl_reading *reading, struct jeoul_data *data, uint32_t table,
                              jeoul_diagnostics *diagnostics) {
    *reading = (jl_reading){.data = data, .table = table, .diagnostics = diagnostics, .status = JEOUL_ARGUMENT};
    if (data->finished || table >= data->rulebook->n_tables || data->tables[table].given) return JEOUL_ARGUMENT;
    reading->rule = data->tables[table].rule;
    reading->place = (jl_cell_place){.table = reading->rule->name, .row = SIZE_MAX};
    reading->status = JEOUL_OK;
    reading->scratch = jl_arena_new();
    bool room = reading->scratch != NULL;
    for (size_t column = 0; room && column < reading->rule->n_columns; column++)
        room = add_sink(reading, &reading->rule->columns[column]);
    if (!room) reading->status = JEOUL_NO_MEMORY;
    return reading->status;
}

/* A column keeps a pointer to its rule, so the rules stand one by one and are joined at the end. */
bool jl_reading_add_other(jl_reading *reading, jl_text header) {
    jl_column_rule *rule = jl_arena_alloc(reading->data->arena, sizeof *rule);
    const jl_text name = jl_arena_copy(reading->data->arena, header);
    if (rule == NULL || name.data == NULL) return jl_no_memory(reading);
    *rule = (jl_column_rule){
        .name = name, .header = name, .type = JL_COLUMN_NUMBER, .target = JL_NONE, .blank_state = JL_MISSING};
    return add_sink(reading, rule) || jl_no_memory(reading);
}

bool jl_reading_reserve(jl_reading *reading, size_t n_rows) {
    if (n_rows > JL_TABLE_MAX_ROWS) {
        return jl_refuse_cell(reading, JL_TABLE_LIMIT, "expected at most %u rows, found %zu", JL_TABLE_MAX_ROWS,
                              n_rows);
    }
    reading->capacity = n_rows;
    for (size_t i = 0; i < reading->n_sinks; i++) {
        jl_sink *sink = &reading->sinks[i];
        if (!sink->open || sink->borrowed != NULL) continue;
        sink->values = jl_arena_array(reading->data->arena, n_rows, sizeof(double));
        if (sink->values == NULL) return jl_no_memory(reading);
    }
    return true;
}

static bool put_state(jl_reading *reading, jl_sink *sink, size_t row, uint8_t state) {
    if (sink->states == NULL) sink->states = jl_arena_array(reading->data->arena, reading->capacity, sizeof(uint8_t));
    if (sink->states == NULL) return jl_no_memory(reading);
    sink->states[row] = state;
    return true;
}

static bool put_long(jl_reading *reading, jl_sink *sink, size_t row, jl_text decimal) {
    jl_arena *arena = reading->data->arena;
    const jl_text copy = jl_arena_copy(arena, decimal);
    if (copy.data == NULL) return jl_no_memory(reading);
    if (!jl_arena_grow(arena, &sink->longs, &sink->longs_capacity, sink->n_longs + 1, sizeof(jl_long_cell)))
        return jl_no_memory(reading);
    sink->longs[sink->n_longs++] = (jl_long_cell){(uint32_t)row, copy};
    return true;
}

bool jl_sink_put(jl_reading *reading, jl_sink *sink, size_t row, jl_cell cell) {
    assert(row < reading->capacity);
    sink->values[row] = cell.value;
    if (cell.state != JL_VALUE) return put_state(reading, sink, row, cell.state);
    return cell.decimal.length == 0 || put_long(reading, sink, row, cell.decimal);
}

/* ---- handing over ---- */

static int compare_long_cells(const void *left, const void *right) {
    const uint32_t a = ((const jl_long_cell *)left)->row, b = ((const jl_long_cell *)right)->row;
    return a < b ? -1 : a > b;
}

/* Columns that were put together of several come with their rows out of order. */
static void sort_longs(jl_sink *sink) {
    for (size_t i = 1; i < sink->n_longs; i++) {
        if (sink->longs[i - 1].row <= sink->longs[i].row) continue;
        qsort(sink->longs, sink->n_longs, sizeof(jl_long_cell), compare_long_cells);
        return;
    }
}

static bool hand_over(jl_reading *reading) {
    jl_arena *arena = reading->data->arena;
    const size_t n_declared = reading->rule->n_columns, n_others = reading->n_sinks - n_declared;
    jl_column *columns = jl_arena_array(arena, reading->n_sinks, sizeof *columns);
    jl_column_rule *others = jl_arena_array(arena, n_others, sizeof *others);
    if (columns == NULL || others == NULL) return false;
    for (size_t i = 0; i < reading->n_sinks; i++) {
        jl_sink *sink = &reading->sinks[i];
        sort_longs(sink);
        const double *values = sink->borrowed != NULL ? sink->borrowed : sink->values;
        columns[i] = (jl_column){sink->open, values, sink->states, sink->longs, sink->n_longs};
        if (i >= n_declared) others[i - n_declared] = *sink->reader.column;
    }
    jl_table *table = &reading->data->tables[reading->table];
    table->columns = columns;
    table->others = others;
    table->n_others = n_others;
    table->n_rows = reading->n_rows;
    table->lines = reading->lines;
    table->origin = reading->origin;
    table->file = reading->place.file;
    table->given = true;
    return true;
}

jeoul_status jl_reading_end(jl_reading *reading) {
    if (reading->status == JEOUL_OK && !hand_over(reading)) reading->status = JEOUL_NO_MEMORY;
    if (reading->status == JEOUL_OK) reading->data->tables[reading->table].failed = false;
    if (reading->status == JEOUL_DATA || reading->status == JEOUL_IO)
        reading->data->tables[reading->table].failed = true;
    for (size_t i = 0; i < reading->n_sinks; i++) jl_cell_reader_clear(&reading->sinks[i].reader);
    jl_arena_free(reading->normal);
    jl_arena_free(reading->scratch);
    return reading->status;
}
