/* SPDX-License-Identifier: Apache-2.0
 *
 * A plan and a program made by hand: one table of six rows, divided into its even and its odd rows. Values are added
 * one by one; columns are filled only where a test says so, so that everything else has to be found by recursion.
 */
#ifndef TEST_CERTIFY_SMALL_PLAN_H
#define TEST_CERTIFY_SMALL_PLAN_H

#include "certify/evaluate.h"

enum { CONSTANT = JL_SHAPE_CONSTANT, ROWS, PARTS, N_SHAPES };
enum { N_ROWS = 6, N_PARTS = 2, MOST = 160 };

typedef struct small_plan {
    jl_shape shapes[N_SHAPES];
    jl_value values[MOST];
    jl_op ops[MOST];
    uint32_t args[4 * MOST];
    jl_constant constants[MOST];
    jl_plan plan;
    size_t n_args;

    jl_column columns[8];
    jl_table table;
    struct jeoul_data data;
    jl_space spaces[N_SHAPES];
    jl_register registers[MOST];
    uint32_t ready[MOST];
    jl_program program;
} small_plan;

static inline void small_plan_init(small_plan *small) {
    static const uint32_t first[] = {0, 3, 6}, order[] = {0, 2, 4, 1, 3, 5};
    memset(small, 0, sizeof *small);
    small->shapes[ROWS] = (jl_shape){.kind = JL_SHAPE_TABLE};
    small->shapes[PARTS] = (jl_shape){.kind = JL_SHAPE_PARTITION, .base = ROWS};
    small->plan = (jl_plan){.shapes = small->shapes,
                            .n_shapes = N_SHAPES,
                            .values = small->values,
                            .n_values = 1,
                            .ops = small->ops,
                            .args = small->args,
                            .constants = small->constants};
    small->table = (jl_table){.given = true, .n_rows = N_ROWS, .columns = small->columns};
    small->data = (struct jeoul_data){.tables = &small->table};
    small->spaces[CONSTANT].n = 1;
    small->spaces[ROWS].n = N_ROWS;
    small->spaces[PARTS] = (jl_space){.n = N_PARTS, .first = first, .order = order};
    small->program = (jl_program){.plan = &small->plan,
                                  .data = &small->data,
                                  .spaces = small->spaces,
                                  .columns = small->registers,
                                  .ready = small->ready};
}

static inline uint32_t add_value(small_plan *small, jl_value value) {
    assert(small->plan.n_values < MOST);
    small->values[small->plan.n_values] = value;
    return (uint32_t)small->plan.n_values++;
}

static inline uint32_t add_constant(small_plan *small, const char *decimal) {
    const jl_text text = {decimal, strlen(decimal)};
    jl_constant *constant = &small->constants[small->plan.n_constants];
    *constant = (jl_constant){.decimal = text};
    (void)jl_number_parse(text, &constant->value, NULL);
    return add_value(
        small,
        (jl_value){.shape = CONSTANT, .origin = JL_ORIGIN_CONSTANT, .source = (uint32_t)small->plan.n_constants++});
}

static inline uint32_t add_cell(small_plan *small, uint32_t column, const double *values, const uint8_t *states) {
    small->columns[column] = (jl_column){.present = true, .values = values, .states = states};
    return add_value(small, (jl_value){.shape = ROWS, .origin = JL_ORIGIN_CELL, .source = column});
}

static inline uint32_t add_op(small_plan *small, jl_op op, const uint32_t *args, size_t n_args) {
    const uint32_t index = (uint32_t)small->plan.n_ops++;
    op.args = (uint32_t)small->n_args;
    op.n_args = (uint32_t)n_args;
    op.out = add_value(small, (jl_value){.shape = op.shape,
                                         .origin = JL_ORIGIN_OP,
                                         .source = index,
                                         .settled = op.kind == JL_OP_ROUND,
                                         .digits = (int8_t)op.p.digits});
    memcpy(small->args + small->n_args, args, n_args * sizeof *args);
    small->n_args += n_args;
    small->ops[index] = op;
    return op.out;
}

/* ADD_OP(small, ((jl_op){…}), a, b) */
#define ADD_OP(small, op, ...) \
    add_op(small, op, (const uint32_t[]){__VA_ARGS__}, sizeof((const uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t))

/* Gives a value a whole column, of which `ready` rows count. */
static inline void fill_column(small_plan *small, uint32_t value, double *values, uint8_t *states, uint32_t ready) {
    small->registers[value] = (jl_register){values, states};
    small->ready[value] = ready;
}

#endif
