/* SPDX-License-Identifier: Apache-2.0
 *
 * Formulas: text -> tree. Knows the grammar only; names and types are settled when the plan is compiled.
 *
 * Precedence, low to high: if-then-else, or, and, not, comparison and in (no chains), + -, * /, unary -, ^ (right).
 * So -2^2 = -4. Named arguments are written `name = value` after the positional ones. An aggregate may carry
 * `over SET` and `where CONDITION` after its positional arguments, in that order.
 */
#ifndef JL_FORMULA_FORMULA_H
#define JL_FORMULA_FORMULA_H

#include "base/diagnostics.h"

#define JL_FORMULA_MAX_BYTES 8192
#define JL_FORMULA_MAX_DEPTH 100

typedef enum jl_ast_kind {
    JL_AST_NUMBER,     /* text: the decimal without underscores (1_000 -> 1000, 5억 -> 5e8 as "500000000") */
    JL_AST_TEXT,       /* text: NFC, without the quotes */
    JL_AST_NAME,       /* text: NFC, without backquotes */
    JL_AST_QUALIFIED,  /* qualifier.text: 응답.점수 */
    JL_AST_NEGATE,     /* children[0] */
    JL_AST_NOT,        /* children[0] */
    JL_AST_BINARY,     /* op, children[0..1] */
    JL_AST_IF,         /* children: condition, then, else */
    JL_AST_IN,         /* children[0] in children[1..] */
    JL_AST_LIST,       /* children: [a, b, c] */
    JL_AST_CALL        /* text: function; children: positional arguments; named; over; where */
} jl_ast_kind;

typedef enum jl_binary {
    JL_BINARY_OR, JL_BINARY_AND, JL_BINARY_EQ, JL_BINARY_NE, JL_BINARY_LT, JL_BINARY_LE, JL_BINARY_GT, JL_BINARY_GE,
    JL_BINARY_ADD, JL_BINARY_SUB, JL_BINARY_MUL, JL_BINARY_DIV, JL_BINARY_POW
} jl_binary;

typedef struct jl_ast jl_ast;

typedef struct jl_named {
    jl_text name;        /* NFC */
    jl_span span;        /* of the name */
    const jl_ast *value;
} jl_named;

struct jl_ast {
    uint8_t kind;              /* jl_ast_kind */
    uint8_t op;                /* jl_binary */
    uint32_t index;            /* 0-based number in its formula, parents after children; the root has n_nodes - 1 */
    jl_span span;              /* the whole expression in the rulebook */
    jl_span name_span;         /* of the function or column name alone (CALL, QUALIFIED) */
    jl_text text, qualifier;
    const jl_ast **children;
    size_t n_children;
    const jl_named *named;
    size_t n_named;
    const jl_ast *const *over; /* NAME or QUALIFIED nodes: all, group or columns */
    size_t n_over;             /* 0: no `over` */
    const jl_ast *where;       /* NULL: none */
};

/* Parses the formula that stands at `span` of its source (already known to be unescaped, so offsets map one to one).
 * NULL: diagnosed, or no memory (*status_out tells: JEOUL_RULEBOOK or JEOUL_NO_MEMORY). Never stops at the first
 * error if it can recover, but returns no tree then. */
const jl_ast *jl_formula_parse(jl_arena *arena, jl_span span, jeoul_diagnostics *diagnostics, jeoul_status *status_out);

/* The tree as canonical formula text: single spaces, only needed parentheses, × ÷ not used. */
void jl_formula_print(const jl_ast *ast, jl_buffer *buffer);
/* The same, with each NAME, QUALIFIED or CALL node for which `substitute` returns true replaced by what it wrote.
 * Multiplication and division are written × and /, as in a sentence for readers. */
typedef bool jl_substitute(const jl_ast *ast, void *context, jl_buffer *buffer);
void jl_formula_print_with(const jl_ast *ast, jl_substitute *substitute, void *context, jl_buffer *buffer);
/* Whether the text is an identifier that needs no backquotes. */
bool jl_formula_is_identifier(jl_text text);

#endif
