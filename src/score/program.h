/* SPDX-License-Identifier: Apache-2.0
 *
 * A program: a plan bound to data, for one run. Columns of tables are borrowed; values that are needed beyond their
 * stage get a column of their own, the others live in registers of one block.
 */
#ifndef JL_SCORE_PROGRAM_H
#define JL_SCORE_PROGRAM_H

#include "plan/plan.h"
#include "table/table.h"

#define JL_NO_ROW UINT32_MAX

/* The rows of a shape at run time. */
typedef struct jl_space {
    size_t n; /* rows */
    /* PARTITION: */
    const uint32_t *part_of; /* by row of the base: its part, or JL_NO_ROW (a key has no value) */
    const uint32_t *first;   /* n + 1: offsets in `order` */
    const uint32_t *order;   /* base rows by part, inside a part in key order of the base's table */
    struct jl_keyed *keyed;  /* keys -> row; NULL until a LOOKUP or PARTITION makes it */
} jl_space;

/* Settles by exact arithmetic what doubles leave open. NULL functions: plain scoring, doubles decide. */
typedef struct jl_settler {
    void *context;
    /* The value of a DECIDES op (or of a reducer with a near domain test) at a row of its shape. */
    jeoul_status (*settle)(void *context, uint32_t op, uint32_t row, double *value_out, uint8_t *state_out);
    /* Order of two rows of one value: -1, 0, 1. */
    jeoul_status (*compare)(void *context, uint32_t value, uint32_t row_a, uint32_t row_b, int *order_out);
} jl_settler;

/* A state that had no answer, or a condition that was refused: at a row of the op's shape. */
typedef struct jl_failure {
    uint32_t op, row;
    uint32_t entity; /* row of the entity, or JL_NO_ROW */
} jl_failure;

typedef struct jl_program {
    const jl_plan *plan;
    const struct jeoul_data *data;
    jl_arena *arena;
    jl_space *spaces;     /* by shape */
    jl_register *columns; /* by value: whole columns (v NULL: not kept); constants have none */
    uint32_t
        *ready; /* by value: leading rows of its column that are computed (and settled); cells and constants: unused */
    size_t block_rows;
    bool has_longs; /* some cell has a decimal that its double does not stand for */
    jl_settler settler;
    uint64_t n_settled;
    jl_failure *failures; /* of the run, by entity, then by op */
    size_t n_failures, failures_capacity;
} jl_program;

/* Binds a plan to finished data. The program lives in its own arena: jl_program_free. */
jeoul_status jl_program_new(const jl_plan *plan, const struct jeoul_data *data, size_t block_rows,
                            jl_program **program_out);
/* Runs every stage. Values without an answer do not stop it: JEOUL_DATA, and all of them are in `failures`. A tie
 * across a cut and seats that do not add up are diagnosed at once. */
jeoul_status jl_program_run(jl_program *program, jeoul_diagnostics *diagnostics);
void jl_program_free(jl_program *program);

/* One row of one value that is a cell, a constant, or kept: its double and state. false: it is not at hand. */
bool jl_program_read(const jl_program *program, uint32_t value, size_t row, double *value_out, uint8_t *state_out);

#endif
