/* SPDX-License-Identifier: Apache-2.0
 *
 * `valid_from`: a table holds several versions of a row, each with the date it holds from; one of them is read.
 *
 * Of the rows that agree in all other key columns, the newest one that is not after the date of the data stays. The
 * others leave the table before anything looks at it, so that nothing later needs to know that there were versions.
 * Two rows of equal key and date are left to the check for doubled keys.
 */
#include <math.h>
#include <stdlib.h>

#include "op/dates.h"
#include "table/parts.h"

/* The date of the data in the unit of a column; without a date, everything is valid. */
static double as_of_in(const struct jeoul_data *data, jl_column_type type) {
    if (!isfinite(data->as_of)) return INFINITY;
    const double year = jl_day_year(data->as_of), month = jl_day_month(data->as_of);
    switch (type) {
    case JL_COLUMN_MONTH: return year * 12 + month - 1;
    case JL_COLUMN_QUARTER: return year * 4 + floor((month - 1) / 3);
    case JL_COLUMN_YEAR: return year;
    default: return data->as_of;
    }
}

static jeoul_status check_dates(const struct jeoul_data *data, uint32_t table, jeoul_diagnostics *diagnostics) {
    const jl_table *rows = &data->tables[table];
    const uint32_t date = rows->rule->valid_from;
    jeoul_status status = JEOUL_OK;
    for (size_t row = 0; row < rows->n_rows && rows->columns[date].states != NULL; row++) {
        if (rows->columns[date].states[row] == JL_VALUE) continue;
        status = jl_report_row(diagnostics, JL_KEY_BLANK, data, table, date, row,
                               "the date `%.*s` from which the row is valid is blank",
                               JL_TEXT_ARG(rows->rule->columns[date].name));
    }
    return status;
}

/* Marks in `stays` the newest valid row of each key; a row of the same date as the newest one stays too. */
static bool mark_valid(const struct jeoul_data *data, uint32_t table, const jl_column **keys, size_t n_keys,
                       uint8_t *stays) {
    const jl_table *rows = &data->tables[table];
    const double *dates = rows->columns[rows->rule->valid_from].values;
    const double as_of = as_of_in(data, rows->rule->columns[rows->rule->valid_from].type);
    jl_key_index index;
    double *newest = malloc((rows->n_rows + 1) * sizeof *newest);
    const bool room = jl_key_index_init(&index, keys, n_keys, rows->n_rows) && newest != NULL;
    for (uint32_t row = 0; room && row < rows->n_rows; row++) {
        if (dates[row] > as_of) continue;
        const uint32_t first = jl_key_add(&index, row);
        if (first == JL_NONE) {
            newest[row] = dates[row];
        } else if (dates[row] > newest[first]) {
            newest[first] = dates[row];
        }
    }
    for (uint32_t row = 0; room && row < rows->n_rows; row++) {
        stays[row] = dates[row] <= as_of && dates[row] == newest[jl_key_find(&index, keys, row)];
    }
    jl_key_index_clear(&index);
    free(newest);
    return room;
}

/* ---- leaving out rows ---- */

static bool keep_longs(struct jeoul_data *data, jl_column *column, const uint8_t *stays, const uint32_t *new_rows) {
    jl_long_cell *kept = jl_arena_array(data->arena, column->n_longs, sizeof *kept);
    size_t n = 0;
    if (kept == NULL) return false;
    for (size_t i = 0; i < column->n_longs; i++) {
        const jl_long_cell cell = column->longs[i];
        if (stays[cell.row]) kept[n++] = (jl_long_cell){new_rows[cell.row], cell.decimal};
    }
    column->longs = kept;
    column->n_longs = n;
    return true;
}

static bool keep_cells(struct jeoul_data *data, jl_column *column, size_t n_rows, size_t n_kept, const uint8_t *stays,
                       const uint32_t *new_rows) {
    double *values = jl_arena_array(data->arena, n_kept, sizeof *values);
    uint8_t *states = column->states == NULL ? NULL : jl_arena_array(data->arena, n_kept, sizeof *states);
    if (values == NULL || (column->states != NULL && states == NULL)) return false;
    for (size_t row = 0; row < n_rows; row++) {
        if (!stays[row]) continue;
        values[new_rows[row]] = column->values[row];
        if (states != NULL) states[new_rows[row]] = column->states[row];
    }
    if (!keep_longs(data, column, stays, new_rows)) return false;
    column->values = values;
    column->states = states;
    return true;
}

/* Columns are replaced one by one, but the table only as a whole: memory may end in between. */
static bool keep_rows(struct jeoul_data *data, jl_table *table, const uint8_t *stays, uint32_t *new_rows) {
    const size_t n_columns = table->rule->n_columns + table->n_others;
    size_t n_kept = 0;
    for (size_t row = 0; row < table->n_rows; row++) {
        new_rows[row] = (uint32_t)n_kept;
        n_kept += stays[row];
    }
    if (n_kept == table->n_rows) return true;
    jl_table kept = *table;
    kept.columns = jl_arena_array(data->arena, n_columns, sizeof(jl_column));
    uint32_t *lines = jl_arena_array(data->arena, n_kept, sizeof *lines);
    if (kept.columns == NULL || lines == NULL) return false;
    for (size_t i = 0; i < n_columns; i++) {
        kept.columns[i] = table->columns[i];
        if (!table->columns[i].present) continue;
        if (!keep_cells(data, &kept.columns[i], table->n_rows, n_kept, stays, new_rows)) return false;
    }
    for (size_t row = 0; row < table->n_rows && table->lines != NULL; row++) {
        if (stays[row]) lines[new_rows[row]] = table->lines[row];
    }
    if (table->lines != NULL) kept.lines = lines;
    kept.n_rows = n_kept;
    *table = kept;
    return true;
}

/* The spans of a rulebook's rows go with them. */
static bool keep_spans(struct jeoul_data *data, jl_table *table, size_t n_rows, const uint8_t *stays) {
    const struct jl_origin *origin = table->origin;
    if (origin == NULL || origin->spans == NULL || table->n_rows == n_rows) return true;
    struct jl_origin *kept = jl_arena_alloc(data->arena, sizeof *kept);
    jl_span *spans = jl_arena_array(data->arena, table->n_rows * origin->n_columns, sizeof *spans);
    if (kept == NULL || spans == NULL) return false;
    *kept = (struct jl_origin){.spans = spans, .n_columns = origin->n_columns};
    table->origin = kept;
    for (size_t row = 0; row < n_rows; row++) {
        if (!stays[row]) continue;
        memcpy(spans, origin->spans + row * origin->n_columns, origin->n_columns * sizeof *spans);
        spans += origin->n_columns;
    }
    return true;
}

static bool select_rows(struct jeoul_data *data, uint32_t table, const jl_column **keys, uint8_t *stays,
                        uint32_t *new_rows) {
    jl_table *rows = &data->tables[table];
    const size_t n_rows = rows->n_rows;
    size_t n_keys = 0;
    for (uint32_t i = 0; i < rows->rule->n_keys; i++) {
        if (i != rows->rule->valid_from) keys[n_keys++] = &rows->columns[i];
    }
    return mark_valid(data, table, keys, n_keys, stays) && keep_rows(data, rows, stays, new_rows) &&
           keep_spans(data, rows, n_rows, stays);
}

jeoul_status jl_select_valid(struct jeoul_data *data, uint32_t table, jeoul_diagnostics *diagnostics) {
    const jl_table *rows = &data->tables[table];
    if (rows->rule->valid_from == JL_NONE || rows->n_rows == 0) return JEOUL_OK;
    if (!rows->columns[rows->rule->valid_from].present) return JEOUL_OK;
    JL_TRY(check_dates(data, table, diagnostics));
    const jl_column **keys = calloc(rows->rule->n_keys + 1, sizeof *keys);
    uint8_t *stays = calloc(rows->n_rows, sizeof *stays);
    uint32_t *new_rows = calloc(rows->n_rows, sizeof *new_rows);
    const bool room = keys != NULL && stays != NULL && new_rows != NULL;
    const bool selected = room && select_rows(data, table, keys, stays, new_rows);
    free(keys);
    free(stays);
    free(new_rows);
    return selected ? JEOUL_OK : JEOUL_NO_MEMORY;
}
