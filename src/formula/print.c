/* SPDX-License-Identifier: Apache-2.0
 *
 * Expression tree -> formula text: single spaces, only the parentheses that are needed. Reading it back gives the same
 * tree.
 *
 * The same walk writes the sentences of an explanation, where names are replaced by the numbers put in; those read `×`
 * and stand for themselves, so a replacement is taken as tight as a name.
 */
#include "formula/formula.h"

struct printer {
    jl_buffer *buffer;
    jl_substitute *substitute; /* NULL: canonical text */
    void *context;
};

/* As in parser.c: how tightly each kind of expression binds. */
enum {
    BIND_IF = 1,
    BIND_OR,
    BIND_AND,
    BIND_NOT,
    BIND_COMPARE,
    BIND_SUM,
    BIND_PRODUCT,
    BIND_SIGN,
    BIND_POWER,
    BIND_ATOM
};

static const struct sign {
    const char *text;
    int binding;
} signs[] = {
    [JL_BINARY_OR] = {"or", BIND_OR},      [JL_BINARY_AND] = {"and", BIND_AND},   [JL_BINARY_EQ] = {"==", BIND_COMPARE},
    [JL_BINARY_NE] = {"!=", BIND_COMPARE}, [JL_BINARY_LT] = {"<", BIND_COMPARE},  [JL_BINARY_LE] = {"<=", BIND_COMPARE},
    [JL_BINARY_GT] = {">", BIND_COMPARE},  [JL_BINARY_GE] = {">=", BIND_COMPARE}, [JL_BINARY_ADD] = {"+", BIND_SUM},
    [JL_BINARY_SUB] = {"-", BIND_SUM},     [JL_BINARY_MUL] = {"*", BIND_PRODUCT}, [JL_BINARY_DIV] = {"/", BIND_PRODUCT},
    [JL_BINARY_POW] = {"^", BIND_POWER},
};

static void print(const struct printer *printer, const jl_ast *ast);

static int binding_of(const jl_ast *ast) {
    switch ((jl_ast_kind)ast->kind) {
    case JL_AST_IF: return BIND_IF;
    case JL_AST_NOT: return BIND_NOT;
    case JL_AST_IN: return BIND_COMPARE;
    case JL_AST_NEGATE: return BIND_SIGN;
    case JL_AST_BINARY: return signs[ast->op].binding;
    default: return BIND_ATOM;
    }
}

static void put(const struct printer *printer, const char *text) {
    jl_buffer_add(printer->buffer, jl_text_of(text));
}

static void print_within(const struct printer *printer, const jl_ast *ast, int binding) {
    const bool grouped = binding_of(ast) < binding;
    put(printer, grouped ? "(" : "");
    print(printer, ast);
    put(printer, grouped ? ")" : "");
}

static void print_quoted(const struct printer *printer, jl_text text, char quote) {
    jl_buffer_char(printer->buffer, quote);
    jl_buffer_add(printer->buffer, text);
    jl_buffer_char(printer->buffer, quote);
}

static void print_name(const struct printer *printer, jl_text name) {
    if (jl_formula_is_identifier(name)) {
        jl_buffer_add(printer->buffer, name);
    } else {
        print_quoted(printer, name, '`');
    }
}

static void print_items(const struct printer *printer, const jl_ast *const *items, size_t n_items) {
    for (size_t item = 0; item < n_items; item++) {
        put(printer, item > 0 ? ", " : "");
        print(printer, items[item]);
    }
}

static const char *sign_of(const struct printer *printer, jl_binary op) {
    if (printer->substitute != NULL && op == JL_BINARY_MUL) return "×";
    return signs[op].text;
}

static void print_binary(const struct printer *printer, const jl_ast *ast) {
    const int binding = signs[ast->op].binding;
    const bool right = ast->op == JL_BINARY_POW;
    /* A sign at the left of a power needs parentheses, at the right it does not: (-2)^2, 2^-2. */
    const bool signed_exponent = right && ast->children[1]->kind == JL_AST_NEGATE;
    const bool loose = binding == BIND_OR || binding == BIND_AND || binding == BIND_SUM || binding == BIND_PRODUCT;
    print_within(printer, ast->children[0], loose ? binding : binding + 1);
    jl_buffer_format(printer->buffer, right ? "%s" : " %s ", sign_of(printer, (jl_binary)ast->op));
    print_within(printer, ast->children[1], signed_exponent ? BIND_SIGN : right ? binding : binding + 1);
}

static void print_if(const struct printer *printer, const jl_ast *ast) {
    put(printer, "if ");
    print(printer, ast->children[0]);
    put(printer, " then ");
    print(printer, ast->children[1]);
    put(printer, " else ");
    print(printer, ast->children[2]);
}

static void print_call(const struct printer *printer, const jl_ast *ast) {
    print_name(printer, ast->text);
    put(printer, "(");
    print_items(printer, ast->children, ast->n_children);
    const char *gap = ast->n_children > 0 ? " " : "";
    if (ast->n_over > 0) {
        jl_buffer_format(printer->buffer, "%sover ", gap);
        print_items(printer, ast->over, ast->n_over);
        gap = " ";
    }
    if (ast->where != NULL) {
        jl_buffer_format(printer->buffer, "%swhere ", gap);
        print(printer, ast->where);
        gap = " ";
    }
    for (size_t k = 0; k < ast->n_named; k++) {
        put(printer, k > 0 || gap[0] != '\0' ? ", " : "");
        print_name(printer, ast->named[k].name);
        put(printer, " = ");
        print(printer, ast->named[k].value);
    }
    put(printer, ")");
}

static bool substituted(const struct printer *printer, const jl_ast *ast) {
    const bool replaceable = ast->kind == JL_AST_NAME || ast->kind == JL_AST_QUALIFIED || ast->kind == JL_AST_CALL;
    return printer->substitute != NULL && replaceable && printer->substitute(ast, printer->context, printer->buffer);
}

static void print(const struct printer *printer, const jl_ast *ast) {
    if (substituted(printer, ast)) return;
    switch ((jl_ast_kind)ast->kind) {
    case JL_AST_NUMBER: jl_buffer_add(printer->buffer, ast->text); break;
    case JL_AST_TEXT:
        print_quoted(printer, ast->text, memchr(ast->text.data, '\'', ast->text.length) != NULL ? '"' : '\'');
        break;
    case JL_AST_NAME: print_name(printer, ast->text); break;
    case JL_AST_QUALIFIED:
        print_name(printer, ast->qualifier);
        put(printer, ".");
        print_name(printer, ast->text);
        break;
    case JL_AST_NEGATE:
        put(printer, "-");
        print_within(printer, ast->children[0], BIND_SIGN);
        break;
    case JL_AST_NOT:
        put(printer, "not ");
        print_within(printer, ast->children[0], BIND_NOT);
        break;
    case JL_AST_BINARY: print_binary(printer, ast); break;
    case JL_AST_IF: print_if(printer, ast); break;
    case JL_AST_IN:
        print_within(printer, ast->children[0], BIND_COMPARE + 1);
        put(printer, " in (");
        print_items(printer, ast->children + 1, ast->n_children - 1);
        put(printer, ")");
        break;
    case JL_AST_LIST:
        put(printer, "[");
        print_items(printer, ast->children, ast->n_children);
        put(printer, "]");
        break;
    case JL_AST_CALL: print_call(printer, ast); break;
    }
}

void jl_formula_print(const jl_ast *ast, jl_buffer *buffer) {
    print(&(struct printer){.buffer = buffer}, ast);
}

void jl_formula_print_with(const jl_ast *ast, jl_substitute *substitute, void *context, jl_buffer *buffer) {
    print(&(struct printer){.buffer = buffer, .substitute = substitute, .context = context}, ast);
}
