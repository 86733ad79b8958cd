/* SPDX-License-Identifier: Apache-2.0
 *
 * `given:` of a test -> finished data. Rows name the columns they need; what a row leaves out is blank there. A file is
 * sought from the folder of the rulebook and nowhere else: a rulebook may come from anywhere.
 */
#include "api/testing.h"

/* ---- rows ---- */

static size_t find_header(const jl_text *headers, size_t n_headers, jl_text name) {
    size_t header = 0;
    while (header < n_headers && !jl_text_equal(headers[header], name)) header++;
    return header;
}

static size_t count_cells(const jl_yaml *list) {
    size_t n_cells = 0;
    for (size_t row = 0; row < list->n_items; row++) n_cells += list->items[row]->n_items;
    return n_cells;
}

/* All column names of all rows, each once. */
static bool collect_headers(jl_arena *arena, const jl_yaml *list, jl_text_rows *rows) {
    jl_text *headers = jl_arena_array(arena, count_cells(list) + 1, sizeof *headers);
    if (headers == NULL) return false;
    for (size_t row = 0; row < list->n_items; row++) {
        for (size_t cell = 0; cell < list->items[row]->n_items; cell++) {
            const jl_text name = list->items[row]->keys[cell]->text;
            if (find_header(headers, rows->n_headers, name) == rows->n_headers) headers[rows->n_headers++] = name;
        }
    }
    rows->headers = headers;
    return true;
}

static bool collect_cells(jl_arena *arena, const jl_yaml *list, jl_text_rows *rows) {
    const size_t n_cells = list->n_items * rows->n_headers;
    jl_text *cells = jl_arena_array(arena, n_cells + 1, sizeof *cells);
    jl_span *spans = jl_arena_array(arena, n_cells + 1, sizeof *spans);
    if (cells == NULL || spans == NULL) return false;
    for (size_t row = 0; row < list->n_items; row++) {
        const jl_yaml *map = list->items[row];
        for (size_t cell = 0; cell < map->n_items; cell++) {
            const size_t column = find_header(rows->headers, rows->n_headers, map->keys[cell]->text);
            cells[row * rows->n_headers + column] = map->items[cell]->text;
            spans[row * rows->n_headers + column] = map->items[cell]->span;
        }
    }
    rows->cells = cells;
    rows->cell_spans = spans;
    rows->n_rows = list->n_items;
    return true;
}

static jeoul_status add_rows(jeoul_data *data, uint32_t table, const jl_yaml *list, jeoul_diagnostics *diagnostics) {
    jl_text_rows rows = {.n_rows = 0};
    jl_arena *arena = jl_arena_new();
    jeoul_status status = JEOUL_NO_MEMORY;
    if (arena != NULL && collect_headers(arena, list, &rows) && collect_cells(arena, list, &rows)) {
        status = jl_data_add_rows(data, table, &rows, diagnostics);
    }
    jl_arena_free(arena);
    return status;
}

/* ---- files ---- */

static bool stays_below(jl_text name) {
    bool is_step = true; /* at the beginning of a step of the path */
    if (name.length == 0 || name.data[0] == '/') return false;
    for (size_t i = 0; i < name.length; i++) {
        const bool is_up = is_step && name.length - i >= 2 && memcmp(name.data + i, "..", 2) == 0;
        if (is_up && (name.length - i == 2 || name.data[i + 2] == '/')) return false;
        is_step = name.data[i] == '/';
    }
    return true;
}

static jeoul_status read_file(const jeoul_rulebook *rulebook, jeoul_data *data, uint32_t table, const jl_yaml *name,
                              jeoul_diagnostics *diagnostics) {
    if (!stays_below(name->text)) {
        return jl_report(diagnostics, JL_WRONG_VALUE, name->span,
                         "expected a file in the folder of the rulebook, found `%.*s`", JL_TEXT_ARG(name->text));
    }
    jl_buffer path = {NULL, 0, 0, false};
    jl_buffer_format(&path, "%s%.*s", rulebook->folder, JL_TEXT_ARG(name->text));
    const jeoul_status status = path.failed ? JEOUL_NO_MEMORY : jl_data_read_csv(data, table, path.data, diagnostics);
    jl_buffer_free(&path);
    return status;
}

/* ---- all tables ---- */

static const jl_yaml *given_for(const jl_test_rule *test, jl_text table) {
    for (size_t item = 0; test->given != NULL && item < test->given->n_items; item++) {
        if (jl_text_equal(test->given->keys[item]->text, table)) return test->given->items[item];
    }
    return NULL;
}

static jeoul_status fill_table(const jeoul_rulebook *rulebook, jeoul_data *data, uint32_t table, const jl_yaml *given,
                               jeoul_diagnostics *diagnostics) {
    const jl_text_rows none = {.n_rows = 0};
    if (given == NULL) return jl_data_add_rows(data, table, &none, diagnostics);
    return given->kind == JL_YAML_LIST ? add_rows(data, table, given, diagnostics)
                                       : read_file(rulebook, data, table, given, diagnostics);
}

/* All tables are read before the data are refused, so that all mistakes are diagnosed. */
jeoul_status jl_make_given(const jeoul_rulebook *rulebook, const jl_test_rule *test, jeoul_data **data_out,
                           jeoul_diagnostics *diagnostics) {
    jeoul_data *data = NULL;
    jeoul_status status = jeoul_data_new(rulebook, &data);
    if (status == JEOUL_OK) data->partial = true;
    for (uint32_t table = 0; data != NULL && table < rulebook->rules->n_tables && status != JEOUL_NO_MEMORY; table++) {
        const jl_yaml *given = given_for(test, rulebook->rules->tables[table].name);
        const jeoul_status filled = fill_table(rulebook, data, table, given, diagnostics);
        status = filled == JEOUL_NO_MEMORY || status == JEOUL_OK ? filled : status;
    }
    if (status == JEOUL_OK) status = jl_data_finish(data, diagnostics);
    if (status != JEOUL_OK) {
        jeoul_data_free(data);
        data = NULL;
    }
    *data_out = data;
    return status;
}
