/* SPDX-License-Identifier: Apache-2.0
 *
 * Tables against each other: absent ones, versions, doubled keys, keys that are in no other table, order.
 *
 * Two kinds of columns point to rows: a REFERENCE, and a key named like the single key of another table. Among
 * several tables with that single key one owns the name, the table of entities if it is one of them, else the first:
 * the others point to it. Tables that were read with mistakes are left alone; their diagnostics are there already.
 */
#include <stdlib.h>

#include "table/parts.h"

static jeoul_status first_failure(jeoul_status a, jeoul_status b) {
    return a == JEOUL_OK || b == JEOUL_NO_MEMORY ? b : a;
}

static jeoul_status check_given(const struct jeoul_data *data, jeoul_diagnostics *diagnostics) {
    jeoul_status status = JEOUL_OK;
    for (size_t i = 0; i < data->rulebook->n_tables; i++) {
        const jl_table *table = &data->tables[i];
        if (table->given) continue;
        status = JEOUL_DATA;
        if (table->failed) continue;
        (void)jl_report(diagnostics, JL_TABLE_ABSENT, table->rule->span, "table `%.*s` was not given",
                        JL_TEXT_ARG(table->rule->name));
    }
    return status;
}

/* ---- doubled keys ---- */

static void print_key(const struct jeoul_data *data, uint32_t table, size_t row, jl_buffer *key) {
    for (uint32_t column = 0; column < data->tables[table].rule->n_keys; column++) {
        if (column > 0) jl_buffer_add(key, JL_TEXT("/"));
        jl_table_print_cell(data, table, column, row, key);
    }
}

static jeoul_status report_doubled(const struct jeoul_data *data, uint32_t table, uint32_t first, uint32_t row,
                                   jeoul_diagnostics *diagnostics) {
    jl_buffer key = {NULL, 0, 0, false};
    const uint32_t *lines = data->tables[table].lines;
    print_key(data, table, row, &key);
    const jl_shown shown = jl_shown_text((jl_text){key.data, key.length});
    jl_buffer_free(&key);
    if (lines != NULL) {
        return jl_report_row(diagnostics, JL_KEY_DOUBLED, data, table, 0, row, "the key `%s` stands on line %u already",
                             shown.data, lines[first]);
    }
    return jl_report_row(diagnostics, JL_KEY_DOUBLED, data, table, 0, row, "the key `%s` stands in row %u already",
                         shown.data, first + 1);
}

static jeoul_status check_doubled(const struct jeoul_data *data, uint32_t table, jeoul_diagnostics *diagnostics) {
    const jl_table *rows = &data->tables[table];
    const size_t n_keys = rows->rule->n_keys;
    jl_key_index index = {NULL, 0, NULL, 0};
    jeoul_status status = JEOUL_OK;
    if (n_keys == 0) return JEOUL_OK;
    const jl_column **keys = calloc(n_keys, sizeof *keys);
    for (size_t i = 0; keys != NULL && i < n_keys; i++) keys[i] = &rows->columns[i];
    if (keys == NULL || !jl_key_index_init(&index, keys, n_keys, rows->n_rows)) status = JEOUL_NO_MEMORY;
    for (uint32_t row = 0; status != JEOUL_NO_MEMORY && row < rows->n_rows; row++) {
        const uint32_t first = jl_key_add(&index, row);
        if (first != JL_NONE) status = report_doubled(data, table, first, row, diagnostics);
    }
    jl_key_index_clear(&index);
    free(keys);
    return status;
}

/* ---- references ---- */

/* The table that a column's cells are rows of, or JL_NONE. */
static uint32_t target_of(const jl_rulebook *rulebook, uint32_t table, const jl_column_rule *column) {
    uint32_t owner = JL_NONE;
    if (column->type == JL_COLUMN_REFERENCE && column->target < rulebook->n_tables) {
        return rulebook->tables[column->target].n_keys == 1 ? column->target : JL_NONE;
    }
    for (uint32_t other = 0; other < rulebook->n_tables; other++) {
        const jl_table_rule *rule = &rulebook->tables[other];
        if (!column->is_key && other != rulebook->entities) continue;
        if (rule->n_keys != 1 || !jl_text_equal(rule->columns[0].name, column->name)) continue;
        if (owner == JL_NONE || other == rulebook->entities) owner = other;
    }
    return owner == table ? JL_NONE : owner;
}

/* The texts of a key column, for the nearest one; NULL: it has none, or no memory. */
static jl_text *list_texts(const struct jeoul_data *data, uint32_t target) {
    const jl_table *rows = &data->tables[target];
    if (!jl_column_is_symbols(jl_column_meaning(data, target, 0))) return NULL;
    jl_text *texts = calloc(rows->n_rows + 1, sizeof *texts);
    for (size_t row = 0; texts != NULL && row < rows->n_rows; row++) {
        texts[row] = jl_symbol_text(data->symbols, (uint32_t)rows->columns[0].values[row]);
    }
    return texts;
}

static jeoul_status report_unknown(const struct jeoul_data *data, uint32_t table, uint32_t column, size_t row,
                                   uint32_t target, const jl_text *texts, jeoul_diagnostics *diagnostics) {
    jl_buffer cell = {NULL, 0, 0, false};
    jl_table_print_cell(data, table, column, row, &cell);
    const jl_text found = {cell.data, cell.length};
    const jeoul_status status =
        jl_report_row(diagnostics, JL_KEY_UNKNOWN, data, table, column, row, "table `%.*s` has no row `%s`",
                      JL_TEXT_ARG(data->tables[target].rule->name), jl_shown_text(found).data);
    const size_t n_texts = texts == NULL ? 0 : data->tables[target].n_rows;
    jl_report_similar(diagnostics, found, texts, n_texts);
    jl_buffer_free(&cell);
    return status;
}

static jeoul_status report_blank(const struct jeoul_data *data, uint32_t table, uint32_t column, size_t row,
                                 jeoul_diagnostics *diagnostics) {
    return jl_report_row(diagnostics, JL_KEY_BLANK, data, table, column, row,
                         "`%.*s` is blank: the row belongs to nobody",
                         JL_TEXT_ARG(data->tables[table].rule->columns[column].name));
}

static jeoul_status check_cells(const struct jeoul_data *data, uint32_t table, uint32_t column, uint32_t target,
                                const jl_key_index *index, jeoul_diagnostics *diagnostics) {
    const jl_table *rows = &data->tables[table];
    const jl_column *cells = &rows->columns[column];
    const jl_column_rule *rule = &rows->rule->columns[column];
    const bool says_whose = !rule->is_key && rule->type != JL_COLUMN_REFERENCE; /* named like the key of the entities */
    jl_text *texts = NULL;
    jeoul_status status = JEOUL_OK;
    for (size_t row = 0; row < rows->n_rows; row++) {
        if (cells->states != NULL && cells->states[row] != JL_VALUE) {
            status = says_whose ? report_blank(data, table, column, row, diagnostics) : status;
            continue;
        }
        if (jl_key_find(index, &cells, row) != JL_NONE) continue;
        if (texts == NULL) texts = list_texts(data, target);
        status = report_unknown(data, table, column, row, target, texts, diagnostics);
    }
    free(texts);
    return status;
}

/* Symbols and numbers are never equal, however they are written. */
static jeoul_status report_kinds(const struct jeoul_data *data, uint32_t table, uint32_t column, uint32_t target,
                                 jeoul_diagnostics *diagnostics) {
    const jl_column_rule *rule = &data->tables[table].rule->columns[column],
                         *key = &data->tables[target].rule->columns[0];
    (void)jl_report(diagnostics, JL_WRONG_TYPE, rule->span,
                    "`%.*s` points to table `%.*s`, whose key is of another type", JL_TEXT_ARG(rule->name),
                    JL_TEXT_ARG(data->tables[target].rule->name));
    jl_report_second(diagnostics, key->span, "the key");
    return JEOUL_DATA;
}

static jeoul_status check_references(const struct jeoul_data *data, uint32_t table, jeoul_diagnostics *diagnostics) {
    const jl_table_rule *rule = data->tables[table].rule;
    jeoul_status status = JEOUL_OK;
    for (uint32_t column = 0; column < rule->n_columns && status != JEOUL_NO_MEMORY; column++) {
        const uint32_t target = target_of(data->rulebook, table, &rule->columns[column]);
        if (target == JL_NONE || !data->tables[target].given || !data->tables[table].columns[column].present) continue;
        if (data->partial && target != data->rulebook->entities) continue;
        if (jl_column_meaning(data, table, column)->type != jl_column_meaning(data, target, 0)->type &&
            jl_column_is_symbols(jl_column_meaning(data, table, column)) !=
                jl_column_is_symbols(jl_column_meaning(data, target, 0))) {
            status = first_failure(status, report_kinds(data, table, column, target, diagnostics));
            continue;
        }
        const jl_column *key = &data->tables[target].columns[0];
        jl_key_index index;
        if (!jl_key_index_init(&index, &key, 1, data->tables[target].n_rows)) return JEOUL_NO_MEMORY;
        for (uint32_t row = 0; row < data->tables[target].n_rows; row++) (void)jl_key_add(&index, row);
        status = first_failure(status, check_cells(data, table, column, target, &index, diagnostics));
        jl_key_index_clear(&index);
    }
    return status;
}

/* ---- the whole ---- */

static jeoul_status check_tables(struct jeoul_data *data, jeoul_diagnostics *diagnostics) {
    jeoul_status status = check_given(data, diagnostics);
    const uint32_t n_tables = (uint32_t)data->rulebook->n_tables;
    for (uint32_t table = 0; table < n_tables && status != JEOUL_NO_MEMORY; table++) {
        if (!data->tables[table].given) continue;
        jeoul_status checked = jl_select_valid(data, table, diagnostics);
        if (checked == JEOUL_OK) checked = check_doubled(data, table, diagnostics);
        status = first_failure(status, checked);
    }
    for (uint32_t table = 0; table < n_tables && status != JEOUL_NO_MEMORY; table++) {
        if (data->tables[table].given) status = first_failure(status, check_references(data, table, diagnostics));
    }
    return status;
}

jeoul_status jl_data_finish(struct jeoul_data *data, jeoul_diagnostics *diagnostics) {
    if (data->finished) return JEOUL_ARGUMENT;
    JL_TRY(check_tables(data, diagnostics));
    for (uint32_t table = 0; table < data->rulebook->n_tables; table++) {
        data->tables[table].key_order = jl_key_order(data, table);
        if (data->tables[table].key_order == NULL) return JEOUL_NO_MEMORY;
    }
    data->finished = true;
    return JEOUL_OK;
}
