/* SPDX-License-Identifier: Apache-2.0
 *
 * For the tests of rulebooks: a rulebook is read from text, and its parts are found by name.
 */
#ifndef JL_TESTS_RULEBOOKS_H
#define JL_TESTS_RULEBOOKS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "rulebook/rulebook.h"

/* What every rulebook needs; a test writes the part it is about. */
#define HEAD "jeoul: 1\nentities: 부서\n"
#define TABLES "tables: {부서: {key: 부서, columns: {군: [실과소, 읍면동], 실적: number, 목표: number}}}\n"
#define SCORECARD "scorecard: {indicators: [{id: 실적}]}\n"
#define RESULTS "results: {round: {total: 2}}\n"

typedef struct rulebooks {
    jl_arena *arena;
    jeoul_diagnostics *diagnostics;
    jl_source source;
} rulebooks;

static inline int start_rulebooks(void **state) {
    static rulebooks made;
    made.arena = jl_arena_new();
    *state = &made;
    return made.arena == NULL || jeoul_diagnostics_new(&made.diagnostics) != JEOUL_OK;
}

static inline int stop_rulebooks(void **state) {
    rulebooks *made = *state;
    jl_arena_free(made->arena);
    jeoul_diagnostics_free(made->diagnostics);
    return 0;
}

static inline void show_diagnostics(const rulebooks *made) {
    char *text;
    if (jeoul_diagnostics_render(made->diagnostics, JEOUL_TEXT, 0, &text) != JEOUL_OK) return;
    print_error("%s", text);
    jeoul_text_free(text);
}

static inline const jl_rulebook *read_rulebook(rulebooks *made, const char *text) {
    const jl_rulebook *book;
    made->source = (jl_source){JL_TEXT("test.yaml"), jl_text_of(text)};
    if (jl_rulebook_read(made->arena, &made->source, &book, made->diagnostics) != JEOUL_OK) {
        show_diagnostics(made);
        fail();
    }
    return book;
}

static inline const jl_node *node_named(const jl_rulebook *book, const char *id) {
    for (size_t node = 0; node < book->n_nodes; node++) {
        if (jl_text_equal(book->nodes[node].id, jl_text_of(id))) return &book->nodes[node];
    }
    fail_msg("no node `%s`", id);
    return NULL;
}

static inline const jl_column_rule *column_named(const jl_table_rule *table, const char *name) {
    const uint32_t column = jl_table_column(table, jl_text_of(name));
    assert_int_not_equal(column, JL_NONE);
    return &table->columns[column];
}

#define assert_text(text, expected)                                       \
    do {                                                                  \
        const jl_text asserted = (text);                                  \
        assert_int_equal(asserted.length, strlen(expected));              \
        assert_memory_equal(asserted.data, (expected), strlen(expected)); \
    } while (0)

static inline void check_formula(const jl_ast *ast, const char *expected, const char *file, int line) {
    jl_buffer buffer = {NULL, 0, 0, false};
    if (ast == NULL) _fail(file, line);
    jl_formula_print(ast, &buffer);
    _assert_string_equal(buffer.data, expected, file, line);
    jl_buffer_free(&buffer);
}
#define assert_formula(ast, expected) check_formula((ast), (expected), __FILE__, __LINE__)

#endif
