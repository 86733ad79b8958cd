/* SPDX-License-Identifier: Apache-2.0
 *
 * Binding a plan to data and running its stages. Columns are made when their stage runs; nothing outlives the program.
 */
#include <stdlib.h>
#include <string.h>

#include "score/view.h"

jl_view jl_view_of(const jl_program *program, uint32_t value) {
    const jl_value *known = &program->plan->values[value];
    if (known->origin == JL_ORIGIN_CONSTANT) {
        const jl_constant *constant = &program->plan->constants[known->source];
        return (jl_view){&constant->value, &constant->state, 0, constant->decimal.length == 0};
    }
    const bool decimal = known->decimal && !program->has_longs;
    if (known->origin == JL_ORIGIN_CELL) {
        const jl_table *table = &program->data->tables[program->plan->shapes[known->shape].table];
        const jl_column *column = &table->columns[known->source];
        return (jl_view){column->values, column->states, 1, decimal};
    }
    return (jl_view){program->columns[value].v, program->columns[value].s, 1, decimal};
}

bool jl_program_read(const jl_program *program, uint32_t value, size_t row, double *value_out, uint8_t *state_out) {
    const jl_value *known = &program->plan->values[value];
    if (known->origin == JL_ORIGIN_OP && (program->columns[value].v == NULL || row >= program->ready[value])) {
        return false;
    }
    const jl_view view = jl_view_of(program, value);
    *state_out = jl_view_state(&view, row);
    *value_out = *state_out == JL_VALUE ? jl_view_number(&view, row) : 0.0;
    return true;
}

/* ---- binding ---- */

static bool any_longs(const struct jeoul_data *data) {
    for (size_t table = 0; table < data->rulebook->n_tables; table++) {
        for (size_t column = 0; column < data->rulebook->tables[table].n_columns; column++) {
            if (data->tables[table].columns[column].n_longs > 0) {
                return true;
            }
        }
    }
    return false;
}

static bool bind(jl_program *program) {
    const jl_plan *plan = program->plan;
    program->spaces = jl_arena_array(program->arena, plan->n_shapes, sizeof *program->spaces);
    program->columns = jl_arena_array(program->arena, plan->n_values, sizeof *program->columns);
    program->ready = jl_arena_array(program->arena, plan->n_values, sizeof *program->ready);
    if (program->spaces == NULL || program->columns == NULL || program->ready == NULL) {
        return false;
    }
    for (size_t shape = 0; shape < plan->n_shapes; shape++) {
        const bool is_table = plan->shapes[shape].kind == JL_SHAPE_TABLE;
        program->spaces[shape].n = is_table ? program->data->tables[plan->shapes[shape].table].n_rows : 1;
    }
    return true;
}

jeoul_status jl_program_new(const jl_plan *plan, const struct jeoul_data *data, size_t block_rows,
                            jl_program **program_out) {
    jl_arena *arena = jl_arena_new();
    jl_program *program = arena == NULL ? NULL : jl_arena_alloc(arena, sizeof *program);
    *program_out = NULL;
    if (program != NULL) {
        *program = (jl_program){
            .plan = plan, .data = data, .arena = arena, .block_rows = block_rows, .has_longs = any_longs(data)};
    }
    if (program == NULL || !bind(program)) {
        jl_arena_free(arena);
        return JEOUL_NO_MEMORY;
    }
    *program_out = program;
    return JEOUL_OK;
}

void jl_program_free(jl_program *program) {
    if (program != NULL) {
        jl_arena_free(program->arena);
    }
}

/* ---- running ---- */

static bool make_columns(jl_program *program, const jl_stage *stage) {
    for (size_t index = 0; index < stage->n_ops; index++) {
        const uint32_t out = program->plan->ops[stage->ops[index]].out;
        const size_t n_rows = program->spaces[stage->shape].n;
        if (!program->plan->kept[out]) {
            continue;
        }
        program->columns[out].v = jl_arena_array(program->arena, n_rows + 1, sizeof(double));
        program->columns[out].s = jl_arena_array(program->arena, n_rows + 1, 1);
        if (program->columns[out].v == NULL || program->columns[out].s == NULL) {
            return false;
        }
    }
    return true;
}

static jeoul_status run_whole(jl_program *program, const jl_op *op, jeoul_diagnostics *diagnostics) {
    switch (jl_op_row_of((jl_op_kind)op->kind)->form) {
    case JL_FORM_LOOKUP: return jl_run_lookup(program, op);
    case JL_FORM_PARTITION: return jl_run_partition(program, op);
    case JL_FORM_REDUCE: return jl_run_reduce(program, op);
    case JL_FORM_ORDER:
        return op->kind == JL_OP_RANK ? jl_run_rank(program, op) : jl_run_quota(program, op, diagnostics);
    case JL_FORM_ROW:
    case JL_FORM_GATHER: break;
    }
    return JEOUL_INTERNAL;
}

static jeoul_status run_stage(jl_program *program, jl_row_runner *rows, const jl_stage *stage,
                              jeoul_diagnostics *diagnostics) {
    if (!make_columns(program, stage)) {
        return JEOUL_NO_MEMORY;
    }
    if (!stage->whole) {
        return jl_run_rows(rows, stage);
    }
    const jl_op *op = &program->plan->ops[stage->ops[0]];
    JL_TRY(run_whole(program, op, diagnostics));
    program->ready[op->out] = (uint32_t)program->spaces[stage->shape].n;
    return JEOUL_OK;
}

/* ---- failures ---- */

bool jl_add_failure(jl_program *program, uint32_t op, uint32_t row) {
    if (!jl_arena_grow(program->arena, &program->failures, &program->failures_capacity, program->n_failures + 1,
                       sizeof *program->failures)) {
        return false;
    }
    program->failures[program->n_failures++] = (jl_failure){op, row, JL_NO_ROW};
    return true;
}

static int by_entity(const void *left, const void *right) {
    const jl_failure *a = left, *b = right;
    if (a->entity != b->entity) {
        return a->entity < b->entity ? -1 : 1;
    }
    if (a->op != b->op) {
        return a->op < b->op ? -1 : 1;
    }
    return a->row < b->row ? -1 : a->row > b->row;
}

static jeoul_status sort_failures(jl_program *program) {
    for (size_t index = 0; index < program->n_failures; index++) {
        jl_failure *failure = &program->failures[index];
        JL_TRY(jl_find_entity(program, program->plan->ops[failure->op].shape, failure->row, &failure->entity));
    }
    if (program->n_failures > 0) {
        qsort(program->failures, program->n_failures, sizeof *program->failures, by_entity);
    }
    return JEOUL_OK;
}

jeoul_status jl_program_run(jl_program *program, jeoul_diagnostics *diagnostics) {
    jl_row_runner *rows = jl_row_runner_new(program);
    if (rows == NULL) {
        return JEOUL_NO_MEMORY;
    }
    jeoul_status status = JEOUL_OK;
    for (size_t stage = 0; stage < program->plan->n_stages && status == JEOUL_OK; stage++) {
        status = run_stage(program, rows, &program->plan->stages[stage], diagnostics);
    }
    if (status != JEOUL_OK && status != JEOUL_DATA) {
        return status;
    }
    JL_TRY(sort_failures(program));
    return program->n_failures > 0 ? JEOUL_DATA : status;
}
