/* SPDX-License-Identifier: Apache-2.0
 *
 * Reports: what a run has published -> frames -> CSV and JSON.
 *
 * A frame is a table of named columns, filled row by row. Its cells are texts, integers and settled decimals with their
 * digits, or empty; no double is among them, so what is written is what was settled, digit by digit.
 */
#ifndef JL_REPORT_FRAME_H
#define JL_REPORT_FRAME_H

#include "explain/ledger.h"

/* ---- frames (frame.c) ---- */

typedef enum jl_frame_kind { JL_FRAME_EMPTY, JL_FRAME_TEXT, JL_FRAME_INTEGER, JL_FRAME_DECIMAL } jl_frame_kind;

typedef struct jl_frame_cell {
    union {
        const char *text; /* TEXT: borrowed, or in the frame's arena */
        int64_t number;   /* INTEGER; DECIMAL: in 10^-digits */
    } is;
    uint32_t length; /* TEXT: bytes */
    int8_t digits;   /* DECIMAL: -15 to 15; negative: tens */
    uint8_t kind;    /* jl_frame_kind */
} jl_frame_cell;

typedef struct jl_frame {
    jl_arena *arena;      /* of the names, and of texts that are made for cells */
    const jl_text *names; /* n_columns */
    size_t n_columns;
    jl_frame_cell *cells; /* row by row, n_columns each */
    size_t n_cells, capacity;
    bool failed; /* memory has ended: further cells are ignored */
} jl_frame;

/* The names are borrowed. Room for the names and the frame is the caller's; jl_frame_close in any case. */
jeoul_status jl_frame_open(jl_frame *frame, const jl_text *names, size_t n_columns);
void jl_frame_close(jl_frame *frame);
/* Takes the rows out and keeps the room; texts that were made for them stay until the frame is closed. */
void jl_frame_clear(jl_frame *frame);
size_t jl_frame_rows(const jl_frame *frame);
/* The next cell of the row in hand; a row ends with its last column. */
void jl_frame_put_empty(jl_frame *frame);
void jl_frame_put_text(jl_frame *frame, jl_text text); /* borrowed; an empty text is an empty cell */
void jl_frame_put_copy(jl_frame *frame, jl_text text);
void jl_frame_put_built(jl_frame *frame, jl_buffer *text); /* copied; the buffer is freed */
void jl_frame_put_integer(jl_frame *frame, int64_t number);
void jl_frame_put_scaled(jl_frame *frame, int64_t scaled, int digits);
void jl_frame_put_settled(jl_frame *frame, double settled, int digits);
/* RFC 4180 with LF; the names come first. */
void jl_frame_csv(const jl_frame *frame, jl_buffer *buffer);
/* A list of objects, one per line, without the first `n_left_out` columns. An empty cell is null. The second one writes
 * the members of one of them, without its braces. */
void jl_frame_json(const jl_frame *frame, size_t n_left_out, jl_buffer *buffer);
void jl_frame_json_row(const jl_frame *frame, size_t row, size_t n_left_out, jl_buffer *buffer);
/* scaled / 10^digits with its digits: "87.40", "-3.00"; negative digits as an integer. */
void jl_print_scaled(int64_t scaled, int digits, jl_buffer *buffer);

/* ---- what is reported ---- */

/* A finished run and its names. Everything is borrowed. */
typedef struct jl_outcome {
    const jl_program *program;
    jl_certifier *certifier;
    const char *const *entities; /* by row of the entity table */
    const char *const *groups;   /* "" without groups */
    jl_text as_of;               /* ISO date; empty: none */
    uint64_t n_settled, n_taken_as_equal;
} jl_outcome;

size_t jl_outcome_entities(const jl_outcome *outcome);
/* A published value at a row: settled, in 10^-digits. false: there is none (a state, or value 0). */
bool jl_outcome_read(const jl_outcome *outcome, uint32_t value, size_t row, double *number_out);
/* The grade that a grade value stands for; empty: none. */
jl_text jl_outcome_grade(const jl_outcome *outcome, uint32_t value, size_t row);
/* One cell: a settled number, the rank of an entity, a grade; empty where there is none. */
void jl_put_published(const jl_outcome *outcome, uint32_t value, size_t row, int digits, jl_frame *frame);
void jl_put_rank(const jl_outcome *outcome, size_t entity, jl_frame *frame);
void jl_put_grade(const jl_outcome *outcome, uint32_t value, size_t row, jl_frame *frame);
/* Whether a value is a number, to be published at digits, and no text, truth or date. */
bool jl_value_is_number(const jl_plan *plan, uint32_t value);
/* A value that is no number, as text: what stands in a cell, yes or no, a date. false in *has_out: it has a state. */
jeoul_status jl_outcome_print(const jl_outcome *outcome, uint32_t value, size_t row, bool *has_out, jl_buffer *buffer);
/* Why a node has no score of its own, whether or not a policy has answered; JL_VALUE: it has one. */
uint8_t jl_node_state(const jl_program *program, const jl_plan_node *node, size_t row);
/* "missing", "not_applicable", … */
const char *jl_state_word_of(uint8_t state);

/* ---- names (names.c) ---- */

/* The keys of a sheet's row that are not the entity's, joined by "/". */
void jl_print_row_key(const jl_outcome *outcome, uint32_t table, uint32_t row, jl_buffer *buffer);
/* Two cells: the id of a node (SHEET/key for a row of its shape, a sheet's table) and its title. */
void jl_put_node_name(const jl_outcome *outcome, uint32_t node, size_t row, jl_frame *frame);

/* ---- the frames of a run (ranking.c, scores.c, contributions.c) ---- */

#define JL_N_NODE_COLUMNS 9         /* of the scores frame, after the keys */
#define JL_N_CONTRIBUTION_COLUMNS 8 /* of the contributions frame, with the entity */

/* entity, group, total, rank, grade. */
jeoul_status jl_report_ranking(const jl_outcome *outcome, jl_frame *frame_out);
/* Keys of the entity under their own names, node, title, level, state, value, score, weight, points, grade: one row per
 * node, and per row of a sheet. `beside_keys`: the keys are written too, so no other column may have the name of one.
 * The second one adds the rows of one entity. */
jeoul_status jl_open_scores(const jl_outcome *outcome, bool beside_keys, jl_frame *frame_out);
jeoul_status jl_add_scores(const jl_outcome *outcome, size_t entity, jl_frame *frame);
/* entity, node, title, kind, score, weight, points, policy: the lines of the ledger. */
jeoul_status jl_open_contributions(jl_frame *frame_out);
jeoul_status jl_add_contributions(const jl_outcome *outcome, size_t entity, jl_frame *frame);
/* All of it, as JSON (everything.c). */
jeoul_status jl_report_everything(const jl_outcome *outcome, jl_buffer *buffer);

#endif
