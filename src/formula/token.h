/* SPDX-License-Identifier: Apache-2.0
 *
 * Tokens: what the lexer hands to the parser. Private to src/formula.
 */
#ifndef JL_FORMULA_TOKEN_H
#define JL_FORMULA_TOKEN_H

#include "formula/formula.h"

typedef enum jl_token_kind {
    JL_TOKEN_END,
    JL_TOKEN_NUMBER,
    JL_TOKEN_TEXT,
    JL_TOKEN_NAME,
    JL_TOKEN_OPEN,
    JL_TOKEN_CLOSE,
    JL_TOKEN_LIST_OPEN,
    JL_TOKEN_LIST_CLOSE,
    JL_TOKEN_COMMA,
    JL_TOKEN_DOT,
    JL_TOKEN_ASSIGN,
    JL_TOKEN_PLUS,
    JL_TOKEN_MINUS,
    JL_TOKEN_TIMES,
    JL_TOKEN_DIVIDE,
    JL_TOKEN_POWER,
    JL_TOKEN_EQ,
    JL_TOKEN_NE,
    JL_TOKEN_LT,
    JL_TOKEN_LE,
    JL_TOKEN_GT,
    JL_TOKEN_GE,
    JL_TOKEN_IF,
    JL_TOKEN_THEN,
    JL_TOKEN_ELSE,
    JL_TOKEN_OR,
    JL_TOKEN_AND,
    JL_TOKEN_NOT,
    JL_TOKEN_IN,
    JL_TOKEN_OVER,
    JL_TOKEN_WHERE
} jl_token_kind;

typedef struct jl_token {
    jl_token_kind kind;
    jl_span span;
    jl_text text; /* NUMBER: plain decimal; TEXT and NAME: NFC, unquoted; else empty */
} jl_token;

/* The tokens of a formula, closed by JL_TOKEN_END. Mistakes are reported and replaced by what was meant, where that
 * is clear; *clean_out tells whether there were none. */
jeoul_status jl_formula_lex(jl_arena *arena, jl_span span, jeoul_diagnostics *diagnostics, const jl_token **tokens_out,
                            bool *clean_out);
/* Whether the text is one of the words of the grammar: if, and, over, … */
bool jl_formula_is_keyword(jl_text text);

#endif
