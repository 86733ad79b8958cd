/* SPDX-License-Identifier: Apache-2.0
 *
 * What a rulebook says about its tables and scales: a part of rulebook.h, which everybody else includes.
 */
#ifndef JL_RULEBOOK_TABLES_H
#define JL_RULEBOOK_TABLES_H

#include "formula/formula.h"
#include "op/op.h"

/* ---- tables ---- */

#define JL_MAX_KEYS 16u /* key columns of a table, and columns that make the groups */

typedef enum jl_column_type {
    JL_COLUMN_NUMBER,
    JL_COLUMN_TEXT,
    JL_COLUMN_CHOICE,
    JL_COLUMN_ORDERED,
    JL_COLUMN_DATE,
    JL_COLUMN_MONTH,
    JL_COLUMN_QUARTER,
    JL_COLUMN_YEAR,
    JL_COLUMN_REFERENCE
} jl_column_type;

typedef struct jl_choice {
    jl_text text;   /* what stands in a cell */
    jl_text word;   /* what it means: mapped word (up, down) or text of a number; else the same as text */
    bool is_number; /* word is a number: the column is used as a number */
} jl_choice;

/* How a state is written in a cell: 해당없음 -> not_applicable. */
typedef struct jl_state_word {
    jl_text text;
    jl_state state;
} jl_state_word;

typedef struct jl_column_rule {
    jl_text name, header; /* header: what the file calls it (the name if not written) */
    jl_text title, unit;
    jl_span span; /* of the name in the rulebook */
    jl_column_type type;
    bool is_key;
    const jl_choice *choices; /* CHOICE, ORDERED */
    size_t n_choices;
    uint32_t target;          /* REFERENCE: index of the table pointed to */
    jl_text minimum, maximum; /* decimals as written; empty: none */
    enum { JL_BLANK_STATE, JL_BLANK_NUMBER, JL_BLANK_ERROR } blank;
    jl_state blank_state; /* JL_MISSING unless declared */
    jl_text blank_number;
    jl_text minus;  /* "△" or "parentheses" or empty */
    bool thousands; /* 1,234 allowed */
    const jl_state_word *states;
    size_t n_states;
    const jl_ast *derive; /* a formula over the row instead of a file column; NULL: a file column */
} jl_column_rule;

typedef struct jl_unpivot {
    const jl_text *from; /* file headers */
    size_t n_from;
    jl_text name, value; /* columns they become: the header's text, and its cell */
    jl_span span;
} jl_unpivot;

typedef enum jl_others { JL_OTHERS_NOTE, JL_OTHERS_IGNORE, JL_OTHERS_NUMBER } jl_others;

typedef struct jl_table_rule {
    jl_text name, title_column, file, encoding; /* file: empty = <name>.csv; encoding: empty = detected */
    jl_span span;
    const jl_column_rule *columns; /* keys first, in the order of `key`, then as written, derived ones last */
    size_t n_columns, n_keys;
    jl_others others;          /* columns of the file that are not declared */
    const jl_unpivot *unpivot; /* NULL: none */
    uint32_t valid_from;       /* column index of the date; UINT32_MAX: none */
} jl_table_rule;

/* ---- scales ---- */

typedef enum jl_scale_kind { JL_SCALE_STEPS, JL_SCALE_CURVE, JL_SCALE_LOOKUP } jl_scale_kind;
typedef enum jl_beyond { JL_BEYOND_UNDEFINED, JL_BEYOND_HOLD, JL_BEYOND_EXTEND } jl_beyond;

/* STEPS: row k holds for edge[k] <= x (or < x if !closed[k]) and below row k - 1's edge; rows from the highest edge
 * down (at_least); for at_most the mirror: x <= edge, rows from the lowest edge up. Bands that end above are STEPS
 * whose first row has no result. CURVE: knots (edge, result) ascending. LOOKUP: key -> result. */
typedef struct jl_scale_row {
    jl_text key;          /* LOOKUP: the text */
    jl_text edge, result; /* decimals as written; an empty result: undefined there */
    bool closed;
    jl_span span;
} jl_scale_row;

typedef struct jl_scale {
    jl_text name;
    jl_span span;
    jl_scale_kind kind;
    bool at_most;
    const jl_scale_row *rows;
    size_t n_rows;
    jl_text otherwise;      /* decimal; empty: undefined outside */
    jl_beyond below, above; /* CURVE */
} jl_scale;

#endif
