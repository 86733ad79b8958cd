/* SPDX-License-Identifier: Apache-2.0
 *
 * An explanation as a tree of parts, before it is written: shared by the files of explain/. One walk over the
 * scorecard, the adjustments and the outcome builds it, two writers print it. Numbers in it are decimal texts as they
 * are shown; an empty text is a number that is not there.
 */
#ifndef JL_EXPLAIN_EXPLAINER_H
#define JL_EXPLAIN_EXPLAINER_H

#include "explain/explain.h"
#include "explain/ledger.h"
#include "explain/sentence.h"

/* ---- the tree ---- */

typedef enum jl_part_kind {
    JL_PART_AREA,
    JL_PART_SHEET,
    JL_PART_INDICATOR,
    JL_PART_ROW,    /* of a sheet */
    JL_PART_CHANGE, /* a line of the ledger that is no node and no item: rounding, a limit */
    JL_PART_ITEM,   /* an adjustment */
    JL_PART_ENTRY,  /* a row of an adjustment's table */
    JL_PART_VALUE,  /* a value of `values` */
    JL_PART_GATE
} jl_part_kind;

/* A formula worked out at one row. */
typedef struct jl_worked {
    jl_text written; /* as it stands in the rulebook */
    jl_text numbers; /* with numbers put in */
    jl_text result;  /* before any rounding; cut numbers end in … */
    jl_text bound;   /* the cap or floor that acted, in words */
    jl_span span;
} jl_worked;

typedef struct jl_note {
    jl_text text;
    const struct jl_note *next;
} jl_note;

typedef struct jl_notes {
    jl_note *first, *last;
} jl_notes;

typedef struct jl_part jl_part;
struct jl_part {
    jl_part_kind kind;
    uint32_t node, row; /* of the scorecard; row of its shape */
    jl_text id, title, basis;
    jl_span span;
    uint8_t state;                           /* of the score: anything but JL_VALUE does not count */
    bool failed;                             /* GATE: not passed; ENTRY: not counted */
    bool penalty;                            /* ITEM */
    const char *change;                      /* CHANGE: its kind in JSON */
    jl_text own_weight, full_weight, weight; /* as written; in points without and with what siblings left over */
    jl_text value, unit, score, points, cap, grade;
    jl_text unadjusted; /* AREA: its points before its own adjustments; empty: it has none */
    jl_worked value_formula, formula;
    jl_notes notes;
    jl_part *first, *last, *next; /* children, sibling */
};

/* The way from the base to the total: settled numbers, empty where the rulebook has no such step. */
typedef struct jl_sums {
    jl_text base, bonus_sum, bonus, penalty_sum, penalty; /* *_sum: before the limit of the kind */
    jl_text added, limited;                               /* before and after the limits of the total */
    jl_text exact, total;                                 /* before the rounding of the total, and after it */
    jl_text rounding;                                     /* how, in words */
    jl_text display;                                      /* what rounding of the printed points adds */
    jl_text limit;                                        /* what the limits of the total add */
} jl_sums;

typedef struct jl_standing {
    jl_text rank, ranked, tied; /* tied: how many share the rank, itself included */
    jl_text grade, next_grade, distance;
    jl_notes rank_notes, grade_notes;
} jl_standing;

typedef struct jl_explanation {
    jl_part *scorecard, *items, *values, *gates; /* the last three: first of a list */
    jl_sums sums;
    jl_standing standing;
    jl_ledger ledger;
} jl_explanation;

/* ---- the walk ---- */

typedef struct jl_explainer {
    const jl_explain_request *request;
    const jl_program *program;
    const jl_plan *plan;
    const jl_rulebook *rulebook;
    const struct jeoul_data *data;
    jl_arena *arena;
    jeoul_language language;
    uint32_t entity;
    jl_exact number, other, third; /* scratch */
    jl_part spare;                 /* what is written to once memory has ended */
    jl_explanation out;
    jeoul_status status; /* the first failure */
} jl_explainer;

/* ---- texts (figures.c) ---- */

void jl_explain_fail(jl_explainer *explainer, jeoul_status status);
/* Moves a buffer's text into the arena; the buffer is freed. */
jl_text jl_keep(jl_explainer *explainer, jl_buffer *buffer);
/* A sentence; `args` as for jl_say. */
jl_text jl_sentence_of(jl_explainer *explainer, jl_sentence sentence, const jl_text *args);
/* Adds a sentence, or a text that is not empty. */
void jl_note_say(jl_explainer *explainer, jl_notes *notes, jl_sentence sentence, const jl_text *args);
void jl_note_text(jl_explainer *explainer, jl_notes *notes, jl_text text);
jl_text jl_count_text(jl_explainer *explainer, size_t n);
jl_text jl_state_text(const jl_explainer *explainer, uint8_t state);

/* ---- figures (figures.c) ---- */

/* A settled number with its digits; empty where there is none. */
jl_text jl_settled_text(jl_explainer *explainer, uint32_t value, uint32_t row);
/* Points in the digits of the ledger. */
jl_text jl_points_text(jl_explainer *explainer, int64_t points);
/* The exact value at a row. false: it has a state, or there was a failure. */
bool jl_evaluate_into(jl_explainer *explainer, uint32_t value, uint32_t row, jl_exact *out, uint8_t *state_out);
/* At most 6 decimals, … if that cuts something off. */
void jl_print_short(const jl_exact *x, jl_buffer *buffer);
jl_text jl_short_text(jl_explainer *explainer, const jl_exact *x);
/* A value of any type as readers know it: 3.5, 'B', 2017-03-31, true; the name of its state if it has one. */
jl_text jl_figure_text(jl_explainer *explainer, uint32_t value, uint32_t row);
/* The keys of a row of a table that are not the entity's, or its title column. */
jl_text jl_row_title(jl_explainer *explainer, uint32_t table, uint32_t row);
jl_text jl_row_key(jl_explainer *explainer, uint32_t table, uint32_t row);
/* Rows of the entity as jl_rows_of gives them, in the order of their table. */
jl_row_list jl_rows_as_given(jl_explainer *explainer, uint32_t rows);

/* ---- formulas (put_in.c) ---- */

/* The trace of the entity's group; NULL: there is none. */
const jl_trace *jl_trace_for(const jl_explainer *explainer, const jl_trace *traces, size_t n_traces);
/* A formula as it stands in the rulebook. */
jl_text jl_formula_written(jl_explainer *explainer, const jl_ast *source);
/* Works a formula out at a row of its shape; what it counted and which bands it met become notes. */
jl_worked jl_work_out(jl_explainer *explainer, const jl_trace *trace, uint32_t row, jl_notes *notes);

/* ---- parts ---- */

jl_part *jl_part_new(jl_explainer *explainer, jl_part_kind kind);
void jl_part_add(const jl_explainer *explainer, jl_part *parent, jl_part *child);
jl_part *jl_part_of_node(jl_explainer *explainer, uint32_t node, uint32_t row); /* nodes.c */
void jl_explain_policy(jl_explainer *explainer, jl_part *part);                 /* policies.c */
bool jl_has_no_weight(const jl_explainer *explainer, uint32_t node); /* its weight is `none` for the entity's group */
void jl_explain_redistribution(jl_explainer *explainer, jl_part *parent); /* redistribution.c */
jl_part *jl_part_of_item(jl_explainer *explainer, uint32_t item);         /* items.c */
/* The lines of the ledger that belong to a node (JL_NONE: to the whole) and are no node and no item. */
void jl_add_changes(jl_explainer *explainer, uint32_t node, jl_part *part);
void jl_explain_outcome(jl_explainer *explainer); /* outcome.c */
void jl_explain_rank(jl_explainer *explainer);    /* standing.c */
void jl_explain_grade(jl_explainer *explainer);   /* grade.c */
void jl_explain_gates(jl_explainer *explainer);

/* ---- writing ---- */

void jl_write_explanation_text(jl_explainer *explainer, jl_buffer *out);
void jl_write_explanation_json(const jl_explainer *explainer, jl_buffer *out);

#endif
