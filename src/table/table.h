/* SPDX-License-Identifier: Apache-2.0
 *
 * Tables: files and Arrow arrays -> typed columns whose rows have been checked.
 *
 * Every cell is a double: a number as it is; a text, choice or reference as the symbol of its text in the data's
 * symbols (which continue the rulebook's); an ordered choice as its position; a date as days since 1970-01-01, a
 * month as year * 12 + month - 1, a quarter as year * 4 + quarter - 1, a year as itself. A choice that maps to a
 * number is that number, one that maps to a word is the word's symbol; positions of ordered choices count from 0. A
 * reference is what stands in the key it points to (text: a symbol). A cell without a value has a state and the
 * double 0.
 */
#ifndef JL_TABLE_TABLE_H
#define JL_TABLE_TABLE_H

#include <stdatomic.h>

#include "rulebook/rulebook.h"

#define JL_TABLE_MAX_ROWS 100000000u
#define JL_CELL_MAX_BYTES 65536u

/* The decimal of a cell that a double does not stand for (more than 15 significant digits). */
typedef struct jl_long_cell {
    uint32_t row;
    jl_text decimal;
} jl_long_cell;

typedef struct jl_column {
    bool present;              /* a derived column is not */
    const double *values;      /* n_rows; borrowed from Arrow or in the arena */
    const uint8_t *states;     /* n_rows of jl_state, or NULL: all are values */
    const jl_long_cell *longs; /* by row, ascending */
    size_t n_longs;
} jl_column;

typedef struct jl_table {
    const jl_table_rule *rule;
    bool given;                /* read without a mistake */
    bool failed;               /* read with mistakes, which are diagnosed; may be given again */
    jl_text file;              /* name for messages; empty: from memory */
    size_t n_rows;
    jl_column *columns;        /* rule->n_columns, then n_others */
    const jl_column_rule *others; /* `others: number`: the columns that the rulebook does not declare, as found */
    size_t n_others;
    const struct jl_origin *origin; /* the text the rows came from, for messages; NULL: not kept */
    const uint32_t *lines;     /* n_rows: line of the file a row starts at, 1-based; NULL: from memory */
    const uint32_t *key_order; /* n_rows: rows sorted by their keys (text by bytes, numbers and dates by size) */
} jl_table;

struct jeoul_data {
    atomic_int references;         /* counted by src/api */
    const jeoul_rulebook *owner;   /* keeps the rulebook alive; used by src/api only */
    const jl_rulebook *rulebook;
    jl_arena *arena;
    jl_symbols *symbols;
    jl_table *tables;              /* rulebook->n_tables, same order */
    struct ArrowArray *arrays;     /* moved in; released with the data */
    size_t n_arrays, arrays_capacity;
    double as_of;                  /* days since 1970-01-01: for valid_from; not finite: there is no date */
    bool partial; /* a test's: rows may point to rows of other tables than the entities' that are not given */
    bool finished;
};

/* `symbols` of the rulebook are the parent. */
jeoul_status jl_data_new(const jl_rulebook *rulebook, const jl_symbols *symbols, double as_of,
                         struct jeoul_data **data_out);
void jl_data_destroy(struct jeoul_data *data);
jeoul_status jl_data_parse_csv(struct jeoul_data *data, uint32_t table, jl_text name, jl_text text,
                               jeoul_diagnostics *diagnostics);
jeoul_status jl_data_read_csv(struct jeoul_data *data, uint32_t table, const char *path,
                              jeoul_diagnostics *diagnostics);
jeoul_status jl_data_read_folder(struct jeoul_data *data, const char *folder, jeoul_diagnostics *diagnostics);
/* Both are moved in, also on failure. */
jeoul_status jl_data_add_arrow(struct jeoul_data *data, uint32_t table, struct ArrowSchema *schema,
                               struct ArrowArray *array, jeoul_diagnostics *diagnostics);
/* Rows of texts, as the rulebook's tests give them. `headers` name columns; a column that is not among them is blank in
 * every row, but keys must be there. The spans are for messages. */
typedef struct jl_text_rows {
    const jl_text *headers;
    size_t n_headers;
    const jl_text *cells;      /* n_rows x n_headers */
    const jl_span *cell_spans; /* same, or NULL */
    size_t n_rows;
} jl_text_rows;
jeoul_status jl_data_add_rows(struct jeoul_data *data, uint32_t table, const jl_text_rows *rows,
                              jeoul_diagnostics *diagnostics);
/* Absent tables, `valid_from` selection, doubled keys, references to unknown rows (a key column named like the single
 * key of another table is a reference to it; a REFERENCE column too), key order. Tables that were read with mistakes
 * make it fail without another diagnostic. */
jeoul_status jl_data_finish(struct jeoul_data *data, jeoul_diagnostics *diagnostics);

/* Index in `columns` of a table's column by name, declared or found under `others: number`; JL_NONE: no such. */
uint32_t jl_data_column(const struct jeoul_data *data, uint32_t table, jl_text name);
/* How a column's cells are written: its own rule; of a reference, the rule of the key it points to. */
const jl_column_rule *jl_column_meaning(const struct jeoul_data *data, uint32_t table, uint32_t column);
/* Whether its doubles are symbols. */
bool jl_column_is_symbols(const jl_column_rule *meaning);
/* The decimal of a cell that its double does not stand for; empty: the double does. */
jl_text jl_column_long(const jl_column *column, size_t row);
/* Writes what stands in a cell, for messages and results: text, decimal, date as ISO. */
void jl_table_print_cell(const struct jeoul_data *data, uint32_t table, uint32_t column, size_t row, jl_buffer *buffer);
/* A diagnostic at a row of a table, or at its cell in a column (JL_NONE: the row): file, line and cell when it came
 * from a file or a rulebook; from memory the message says the row. */
jeoul_status jl_report_row(jeoul_diagnostics *diagnostics, jl_code code, const struct jeoul_data *data, uint32_t table,
                           uint32_t column, size_t row, const char *format, ...) __attribute__((format(printf, 7, 8)));

/* ---- dates (ISO texts) ---- */
bool jl_date_parse(jl_text text, double *days_out);      /* 2017-03-31 */
bool jl_month_parse(jl_text text, double *month_out);    /* 2017-03 */
bool jl_quarter_parse(jl_text text, double *quarter_out);/* 2017-Q1, 2017Q1 */
bool jl_year_parse(jl_text text, double *year_out);      /* 2017 */
void jl_date_split(double days, int *year_out, int *month_out, int *day_out);

#endif
