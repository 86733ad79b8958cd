/* SPDX-License-Identifier: Apache-2.0
 *
 * Shared by the files of score/: reading whole columns, and the operations that work on them.
 */
#ifndef JL_SCORE_VIEW_H
#define JL_SCORE_VIEW_H

#include "score/program.h"

/* A column to read: cells, constants (stride 0), or what a stage has kept. */
typedef struct jl_view {
    const double *v;
    const uint8_t *s; /* NULL: all are values */
    size_t stride;    /* 0: one element for all rows */
    bool decimal;     /* doubles compare as their decimals do */
} jl_view;

jl_view jl_view_of(const jl_program *program, uint32_t value);
static inline double jl_view_number(const jl_view *view, size_t row) {
    return view->v[row * view->stride];
}
static inline uint8_t jl_view_state(const jl_view *view, size_t row) {
    return view->s == NULL ? (uint8_t)JL_VALUE : view->s[row * view->stride];
}
/* Whether the where of an op (its last operand) keeps a row; true without one. */
static inline bool jl_view_keeps(const jl_view *where, size_t row) {
    return where == NULL || (jl_view_state(where, row) == JL_VALUE && jl_view_number(where, row) != 0.0);
}

/* The parts that a PARTITION value numbers. */
jl_space *jl_space_of_part(const jl_program *program, uint32_t part);

/* Runs row operations; one for the whole program, so that registers and constants are made once (rows.c). NULL: no memory. */
typedef struct jl_row_runner jl_row_runner;
jl_row_runner *jl_row_runner_new(jl_program *program);
jeoul_status jl_run_rows(jl_row_runner *runner, const jl_stage *stage);
jeoul_status jl_run_lookup(jl_program *program, const jl_op *op);     /* join.c */
jeoul_status jl_run_partition(jl_program *program, const jl_op *op);
/* The entity whose keys a row of a table has; JL_NO_ROW: it has none. */
jeoul_status jl_find_entity(jl_program *program, uint32_t shape, uint32_t row, uint32_t *entity_out);
jeoul_status jl_run_reduce(jl_program *program, const jl_op *op);                                /* reduce.c */
jeoul_status jl_run_rank(jl_program *program, const jl_op *op);                                  /* rank.c */
jeoul_status jl_run_quota(jl_program *program, const jl_op *op, jeoul_diagnostics *diagnostics); /* quota.c */
/* The state of a reduction that its values alone do not decide: `n` values counted, `strongest` and `worst` states
 * among all. VALUE: the reducer is to be asked. Shared by REDUCE and LIST. */
uint8_t jl_reduction_state(jl_op_kind reducer, const jl_parameters *p, size_t n, bool is_empty, uint8_t strongest,
                           uint8_t worst);
bool jl_add_failure(jl_program *program, uint32_t op, uint32_t row);

#endif
