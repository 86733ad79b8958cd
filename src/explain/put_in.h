/* SPDX-License-Identifier: Apache-2.0
 *
 * Shared by put_in.c, which works formulas out, and remarks.c, which says what they counted and which bands they met.
 */
#ifndef JL_EXPLAIN_PUT_IN_H
#define JL_EXPLAIN_PUT_IN_H

#include "explain/explainer.h"

/* One formula at one row. */
typedef struct jl_putting {
    jl_explainer *explainer;
    const jl_trace *trace;
    uint32_t row;
    jl_notes *notes;
    size_t n_nodes; /* made so far */
    jl_text bound;  /* the cap or floor that acted last, in words */
} jl_putting;

/* Adds a sentence unless it is there already: a method may use an argument more than once. */
void jl_add_note_once(jl_explainer *explainer, jl_notes *notes, jl_sentence sentence, const jl_text *args);
/* How many rows an aggregate, or peers a statistic, has counted and left out. */
void jl_note_rows(jl_putting *putting, const jl_ast *call);
/* Which band, knots or entry of a scale was met. */
void jl_note_scale(jl_putting *putting, const jl_ast *call, const jl_scale *scale);

#endif
