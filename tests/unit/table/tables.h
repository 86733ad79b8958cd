/* SPDX-License-Identifier: Apache-2.0
 *
 * Rulebooks of one or two tables, written by hand, for the unit tests of tables.
 */
#ifndef TABLES_H
#define TABLES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "table/parts.h"

/* For initialisers of static tables, where JL_TEXT is no constant. */
#define TEXT(literal) \
    { (literal), sizeof(literal) - 1 }
#define KEY(text) COLUMN_WITH(text, JL_COLUMN_TEXT, .is_key = true)
#define COLUMN(text, column_type) COLUMN_WITH(text, column_type, .is_key = false)
#define COLUMN_WITH(text, column_type, ...) \
    { .name = TEXT(text), .header = TEXT(text), .type = column_type, .blank_state = JL_MISSING, __VA_ARGS__ }

/* Data for a rulebook of these tables, with diagnostics. */
typedef struct fixture {
    jl_rulebook rulebook;
    struct jeoul_data *data;
    jeoul_diagnostics *diagnostics;
} fixture;

static inline void open_tables(fixture *tables, const jl_table_rule *rules, size_t n_rules) {
    tables->rulebook = (jl_rulebook){.tables = rules, .n_tables = n_rules, .measures = JL_NONE};
    assert_int_equal(jeoul_diagnostics_new(&tables->diagnostics), JEOUL_OK);
    assert_int_equal(jl_data_new(&tables->rulebook, NULL, 17531.0, &tables->data), JEOUL_OK); /* 2017-12-31 */
}

static inline void close_tables(fixture *tables) {
    jl_data_destroy(tables->data);
    jeoul_diagnostics_free(tables->diagnostics);
}

static inline jeoul_status parse(fixture *tables, uint32_t table, const char *text) {
    return jl_data_parse_csv(tables->data, table, JL_TEXT("t.csv"), jl_text_of(text), tables->diagnostics);
}

static inline void print_diagnostics(const fixture *tables) {
    char *text = NULL;
    if (jeoul_diagnostics_render(tables->diagnostics, JEOUL_TEXT, 0, &text) == JEOUL_OK) print_message("%s\n", text);
    jeoul_text_free(text);
}

/* The only diagnostic, or the one of that number: its code and place. */
static inline jeoul_diagnostic diagnostic_at(const fixture *tables, size_t index) {
    jeoul_diagnostic view = {0};
    if (index >= jeoul_diagnostics_count(tables->diagnostics)) {
        print_diagnostics(tables);
        fail_msg("there is no diagnostic %zu", index);
    }
    jeoul_diagnostics_get(tables->diagnostics, index, &view);
    return view;
}

/* Fails, at the caller's line, unless the diagnostic is the one expected. NULL: no help, "": any help. */
#define assert_diagnostic(tables, index, code, line, column, message, help) \
    check_diagnostic(tables, index, code, line, column, message, help, __FILE__, __LINE__)
static inline void check_diagnostic(const fixture *tables, size_t index, const char *code, uint32_t line,
                                    uint32_t column, const char *message, const char *help, const char *file, int at) {
    const jeoul_diagnostic found = diagnostic_at(tables, index);
    const bool same_help =
        help == NULL ? found.help == NULL : found.help != NULL && (*help == '\0' || strcmp(found.help, help) == 0);
    const bool same = strcmp(found.code, code) == 0 && found.line == line && found.column == column;
    if (same && strcmp(found.message, message) == 0 && same_help) return;
    print_message("expected %s at %u:%u: %s (%s)\nfound    %s at %u:%u: %s (%s)\n", code, line, column, message,
                  help == NULL ? "no help" : help, found.code, found.line, found.column, found.message,
                  found.help == NULL ? "no help" : found.help);
    _fail(file, at);
}

static inline double number_at(const fixture *tables, uint32_t table, uint32_t column, size_t row) {
    return tables->data->tables[table].columns[column].values[row];
}

static inline jl_state state_at(const fixture *tables, uint32_t table, uint32_t column, size_t row) {
    const uint8_t *states = tables->data->tables[table].columns[column].states;
    return states == NULL ? JL_VALUE : (jl_state)states[row];
}

/* What jl_table_print_cell writes; to be freed. */
static inline char *printed(const fixture *tables, uint32_t table, uint32_t column, size_t row) {
    jl_buffer buffer = {NULL, 0, 0, false};
    jl_table_print_cell(tables->data, table, column, row, &buffer);
    if (buffer.data == NULL) jl_buffer_add(&buffer, JL_TEXT("(nothing)"));
    return jl_buffer_take(&buffer, NULL);
}

static inline void check_printed(const fixture *tables, uint32_t table, uint32_t column, size_t row,
                                 const char *expected) {
    char *text = printed(tables, table, column, row);
    assert_string_equal(text, expected);
    jeoul_text_free(text);
}

#endif
