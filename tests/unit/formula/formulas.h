/* SPDX-License-Identifier: Apache-2.0
 *
 * For the tests of formulas: a text is parsed, and its tree shown as nested calls, so that precedence can be seen.
 */
#ifndef JL_TESTS_FORMULAS_H
#define JL_TESTS_FORMULAS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "formula/formula.h"

typedef struct formulas {
    jl_arena *arena;
    jeoul_diagnostics *diagnostics;
} formulas;

static inline int start_formulas(void **state) {
    static formulas made;
    made.arena = jl_arena_new();
    *state = &made;
    return made.arena == NULL || jeoul_diagnostics_new(&made.diagnostics) != JEOUL_OK;
}

static inline int stop_formulas(void **state) {
    formulas *made = *state;
    jl_arena_free(made->arena);
    jeoul_diagnostics_free(made->diagnostics);
    return 0;
}

static inline const jl_ast *parse_formula(const formulas *made, jl_text text, jeoul_status *status_out) {
    jl_source *source = jl_arena_alloc(made->arena, sizeof(jl_source));
    assert_non_null(source);
    *source = (jl_source){JL_TEXT("formula"), text};
    return jl_formula_parse(made->arena, (jl_span){source, 0, (uint32_t)text.length}, made->diagnostics, status_out);
}

static inline void show(const jl_ast *ast, jl_buffer *buffer) {
    static const char *const binaries[] = {"or", "and", "==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "^"};
    static const char *const kinds[] = {[JL_AST_NEGATE] = "neg", [JL_AST_NOT] = "not",   [JL_AST_IF] = "if",
                                        [JL_AST_IN] = "in",      [JL_AST_LIST] = "list", [JL_AST_CALL] = "call"};
    switch ((jl_ast_kind)ast->kind) {
    case JL_AST_NUMBER:
    case JL_AST_NAME: jl_buffer_add(buffer, ast->text); return;
    case JL_AST_TEXT: jl_buffer_format(buffer, "'%.*s'", JL_TEXT_ARG(ast->text)); return;
    case JL_AST_QUALIFIED:
        jl_buffer_format(buffer, "%.*s.%.*s", JL_TEXT_ARG(ast->qualifier), JL_TEXT_ARG(ast->text));
        return;
    case JL_AST_BINARY: jl_buffer_format(buffer, "(%s", binaries[ast->op]); break;
    default: jl_buffer_format(buffer, "(%s", kinds[ast->kind]); break;
    }
    if (ast->kind == JL_AST_CALL) jl_buffer_format(buffer, " %.*s", JL_TEXT_ARG(ast->text));
    for (size_t child = 0; child < ast->n_children; child++) {
        jl_buffer_char(buffer, ' ');
        show(ast->children[child], buffer);
    }
    for (size_t column = 0; column < ast->n_over; column++) {
        jl_buffer_add(buffer, JL_TEXT(" over "));
        show(ast->over[column], buffer);
    }
    if (ast->where != NULL) {
        jl_buffer_add(buffer, JL_TEXT(" where "));
        show(ast->where, buffer);
    }
    for (size_t k = 0; k < ast->n_named; k++) {
        jl_buffer_format(buffer, " %.*s=", JL_TEXT_ARG(ast->named[k].name));
        show(ast->named[k].value, buffer);
    }
    jl_buffer_char(buffer, ')');
}

/* Fails with the place of the case if the formula does not have the tree. */
static inline void check_tree(const formulas *made, const char *formula, const char *tree, const char *file, int line) {
    jeoul_status status;
    jl_buffer shown = {NULL, 0, 0, false};
    const jl_ast *ast = parse_formula(made, jl_text_of(formula), &status);
    if (ast == NULL) {
        print_error("%s:%d: `%s` cannot be read\n", file, line, formula);
        _fail(file, line);
    }
    show(ast, &shown);
    _assert_string_equal(shown.data, tree, file, line);
    jl_buffer_free(&shown);
}

#endif
