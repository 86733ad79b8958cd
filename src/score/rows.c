/* SPDX-License-Identifier: Apache-2.0
 *
 * Row operations: the ops of one stage over blocks of rows. A value that is not kept lives in a register of one block;
 * registers are given back after the last op that reads them. After a decision, the rows that lie too near its boundary
 * are settled exactly before anything reads them.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "score/view.h"

struct jl_row_runner {
    jl_program *program;
    const jl_stage *stage;  /* being run */
    size_t block_rows;      /* room in a register */
    jl_register *registers; /* by value of the plan: where it lies in this block; v NULL: nowhere yet */
    jl_register *free_list; /* registers to use again */
    size_t n_free;
    uint32_t *last_use;     /* by value: position in the stage of the last op that reads it + 1 */
    jl_register *operands;  /* of one op */
    uint8_t *near, *values; /* block_rows; values: all zero */
    double *scratch;        /* for lists */
};

/* ---- registers ---- */

static bool new_register(jl_row_runner *runner, jl_register *out) {
    if (runner->n_free > 0) {
        *out = runner->free_list[--runner->n_free];
        return true;
    }
    out->v = jl_arena_array(runner->program->arena, runner->block_rows, sizeof(double));
    out->s = jl_arena_array(runner->program->arena, runner->block_rows, 1);
    return out->v != NULL && out->s != NULL;
}

static bool fill_constant(jl_row_runner *runner, uint32_t value) {
    const jl_plan *plan = runner->program->plan;
    const jl_constant *constant = &plan->constants[plan->values[value].source];
    jl_register *filled = &runner->registers[value];
    if (filled->v != NULL) {
        return true;
    }
    if (!new_register(runner, filled)) {
        return false;
    }
    for (size_t row = 0; row < runner->block_rows; row++) {
        filled->v[row] = constant->value;
        filled->s[row] = constant->state;
    }
    return true;
}

/* Where an operand of the stage's shape lies for the block that starts at `start`. */
static bool find_operand(jl_row_runner *runner, uint32_t value, size_t start, jl_register *out) {
    jl_program *program = runner->program;
    const jl_value *known = &program->plan->values[value];
    if (known->origin == JL_ORIGIN_CONSTANT) {
        const bool filled = fill_constant(runner, value);
        *out = runner->registers[value];
        return filled;
    }
    if (known->origin == JL_ORIGIN_CELL) {
        const jl_view view = jl_view_of(program, value);
        /* Kernels only read their operands. */
        out->v = (double *)(uintptr_t)(view.v + start);
        out->s = view.s == NULL ? runner->values : (uint8_t *)(uintptr_t)(view.s + start);
        return true;
    }
    if (program->columns[value].v != NULL) {
        *out = (jl_register){program->columns[value].v + start, program->columns[value].s + start};
        return true;
    }
    *out = runner->registers[value];
    return out->v != NULL;
}

static void release_operands(jl_row_runner *runner, const jl_op *op, size_t position) {
    const uint32_t *args = jl_op_args(runner->program->plan, op);
    for (size_t arg = 0; arg < op->n_args; arg++) {
        jl_register *lies = &runner->registers[args[arg]];
        const bool is_register = runner->program->plan->values[args[arg]].origin == JL_ORIGIN_OP && lies->v != NULL;
        if (is_register && runner->last_use[args[arg]] == position + 1) {
            runner->free_list[runner->n_free++] = *lies;
            lies->v = NULL;
        }
    }
}

/* ---- operations ---- */

static void gather(const jl_row_runner *runner, const jl_op *op, jl_block *block) {
    const jl_view source = jl_view_of(runner->program, jl_op_args(runner->program->plan, op)[0]);
    const jl_register index = block->args[1];
    for (size_t row = 0; row < block->n; row++) {
        const bool found = index.s[row] == JL_VALUE;
        const size_t at = found ? (size_t)index.v[row] : 0;
        const uint8_t state = found ? jl_view_state(&source, at) : op->p.state;
        block->out.s[row] = state;
        block->out.v[row] = state != JL_VALUE ? 0.0 : found ? jl_view_number(&source, at) : op->p.number;
    }
}

uint8_t jl_reduction_state(jl_op_kind reducer, const jl_parameters *p, size_t n, bool is_empty, uint8_t strongest,
                           uint8_t worst) {
    const size_t least = p->n > 1 ? (size_t)p->n : 1;
    const bool is_total = reducer == JL_OP_COUNT || reducer == JL_OP_SUM;
    if (reducer == JL_OP_WORST_STATE) {
        return worst;
    }
    if (strongest == JL_UNDEFINED) {
        return JL_UNDEFINED;
    }
    if (n == 0 && p->combine) {
        return is_empty ? (uint8_t)JL_MISSING : strongest;
    }
    return (uint8_t)(n >= least || (is_total && p->n == 0) ? JL_VALUE : JL_MISSING);
}

static void reduce_list_row(jl_row_runner *runner, const jl_op *op, jl_block *block, size_t row) {
    const jl_op_row *reducer = jl_op_row_of((jl_op_kind)op->p.reducer);
    const bool has_y = reducer->n_args == 2;
    const size_t n = has_y ? block->n_args / 2 : block->n_args;
    double *x = runner->scratch, *y = x + n, *work = y + n;
    size_t n_counted = 0;
    uint8_t strongest = JL_VALUE, worst = JL_VALUE;
    for (size_t element = 0; element < n; element++) {
        uint8_t state = block->args[element].s[row];
        state = has_y ? jl_stronger(state, block->args[n + element].s[row]) : state;
        strongest = jl_stronger(strongest, state);
        worst = (op->p.mask & JL_STATE_BIT(state)) != 0 ? jl_stronger(worst, state) : worst;
        if (state == JL_VALUE) {
            x[n_counted] = block->args[element].v[row];
            y[n_counted++] = has_y ? block->args[n + element].v[row] : 0.0;
        }
    }
    block->out.v[row] = 0.0;
    block->out.s[row] = jl_reduction_state((jl_op_kind)op->p.reducer, &op->p, n_counted, n == 0, strongest, worst);
    if (block->out.s[row] == JL_VALUE) {
        bool near = false;
        const jl_segment segment = {&op->p, x, has_y ? y : NULL, n_counted};
        block->out.s[row] = reducer->reducer(&segment, work, &block->out.v[row], &near);
        if (near && block->near != NULL) {
            block->near[row] = 1;
        }
    }
}

static void reduce_list(jl_row_runner *runner, const jl_op *op, jl_block *block) {
    for (size_t row = 0; row < block->n; row++) {
        reduce_list_row(runner, op, block, row);
    }
}

static jeoul_status settle_near(jl_row_runner *runner, uint32_t op, const jl_block *block, size_t start) {
    jl_program *program = runner->program;
    for (size_t row = 0; row < block->n; row++) {
        if (block->near[row] != 0) {
            program->n_settled++;
            JL_TRY(program->settler.settle(program->settler.context, op, (uint32_t)(start + row), &block->out.v[row],
                                           &block->out.s[row]));
        }
    }
    return JEOUL_OK;
}

/* A settled number is an integer of its last digit, below 10^15; beyond that a double does not tell its neighbours
 * apart. */
static bool fails(const jl_op *op, const jl_block *block, double limit, size_t row) {
    const jl_register tested = block->args[0];
    switch (op->kind) {
    case JL_OP_FAIL_ON: return (op->p.mask & JL_STATE_BIT(tested.s[row])) != 0;
    case JL_OP_REFUSE: return tested.s[row] == JL_VALUE && tested.v[row] != 0.0;
    default: return block->out.s[row] == JL_VALUE && !(fabs(block->out.v[row]) < limit);
    }
}

static jeoul_status note_failures(jl_row_runner *runner, uint32_t index, const jl_block *block, size_t start) {
    const jl_op *op = &runner->program->plan->ops[index];
    const double limit = op->kind == JL_OP_ROUND ? 1e15 / pow(10.0, op->p.digits) : 0.0;
    if (op->kind != JL_OP_FAIL_ON && op->kind != JL_OP_REFUSE && op->kind != JL_OP_ROUND) {
        return JEOUL_OK;
    }
    for (size_t row = 0; row < block->n; row++) {
        if (fails(op, block, limit, row) && !jl_add_failure(runner->program, index, (uint32_t)(start + row))) {
            return JEOUL_NO_MEMORY;
        }
    }
    return JEOUL_OK;
}

static bool lay_out(jl_row_runner *runner, const jl_op *op, size_t start, jl_block *block) {
    jl_program *program = runner->program;
    const uint32_t *args = jl_op_args(program->plan, op);
    const jl_register column = program->columns[op->out];
    for (size_t arg = op->kind == JL_OP_GATHER ? 1 : 0; arg < op->n_args; arg++) {
        if (!find_operand(runner, args[arg], start, &runner->operands[arg])) {
            return false;
        }
    }
    if (column.v != NULL) {
        block->out = (jl_register){column.v + start, column.s + start};
        return true;
    }
    if (!new_register(runner, &runner->registers[op->out])) {
        return false;
    }
    block->out = runner->registers[op->out];
    return true;
}

static void run_kernel(jl_row_runner *runner, const jl_op *op, jl_block *block) {
    if (op->kind == JL_OP_GATHER) {
        gather(runner, op, block);
    } else if (op->kind == JL_OP_LIST) {
        reduce_list(runner, op, block);
    } else {
        jl_op_row_of((jl_op_kind)op->kind)->kernel(block);
    }
}

static jeoul_status run_op(jl_row_runner *runner, size_t position, size_t start, size_t n) {
    const jl_program *program = runner->program;
    const uint32_t index = runner->stage->ops[position];
    const jl_op *op = &program->plan->ops[index];
    jl_block block = {.n = n, .p = &op->p, .args = runner->operands, .n_args = op->n_args};
    const jl_nature nature = jl_op_row_of((jl_op_kind)op->kind)->nature;
    block.decimals = op->p.decimals && !program->has_longs;
    const bool is_open = nature == JL_CANCELS || (nature == JL_DECIDES && !block.decimals);
    const bool asks = is_open && program->settler.settle != NULL;
    if (!lay_out(runner, op, start, &block)) {
        return JEOUL_NO_MEMORY;
    }
    if (asks) {
        block.near = runner->near;
        memset(runner->near, 0, n);
    }
    run_kernel(runner, op, &block);
    JL_TRY(asks ? settle_near(runner, index, &block, start) : JEOUL_OK);
    JL_TRY(note_failures(runner, index, &block, start));
    release_operands(runner, op, position);
    return JEOUL_OK;
}

/* ---- a stage ---- */

static size_t most_operands(const jl_plan *plan) {
    size_t most = 1;
    for (size_t op = 0; op < plan->n_ops; op++) {
        most = plan->ops[op].n_args > most ? plan->ops[op].n_args : most;
    }
    return most;
}

jl_row_runner *jl_row_runner_new(jl_program *program) {
    const size_t n_values = program->plan->n_values, n_operands = most_operands(program->plan);
    jl_arena *arena = program->arena;
    jl_row_runner *runner = jl_arena_alloc(arena, sizeof *runner);
    if (runner == NULL) {
        return NULL;
    }
    runner->program = program;
    runner->block_rows = program->block_rows;
    runner->registers = jl_arena_array(arena, n_values, sizeof *runner->registers);
    runner->free_list = jl_arena_array(arena, n_values, sizeof *runner->free_list);
    runner->last_use = jl_arena_array(arena, n_values, sizeof *runner->last_use);
    runner->operands = jl_arena_array(arena, n_operands, sizeof *runner->operands);
    runner->near = jl_arena_array(arena, runner->block_rows, 1);
    runner->values = jl_arena_array(arena, runner->block_rows, 1);
    runner->scratch = jl_arena_array(arena, 4 * n_operands + 16, sizeof *runner->scratch);
    const bool made = runner->registers != NULL && runner->free_list != NULL && runner->last_use != NULL &&
                      runner->operands != NULL && runner->near != NULL && runner->values != NULL &&
                      runner->scratch != NULL;
    return made ? runner : NULL;
}

static void find_last_uses(jl_row_runner *runner) {
    const jl_plan *plan = runner->program->plan;
    for (uint32_t position = 0; position < runner->stage->n_ops; position++) {
        const jl_op *op = &plan->ops[runner->stage->ops[position]];
        for (size_t arg = 0; arg < op->n_args; arg++) {
            runner->last_use[jl_op_args(plan, op)[arg]] = position + 1;
        }
    }
}

static jeoul_status run_block(jl_row_runner *runner, size_t start, size_t n) {
    const jl_plan *plan = runner->program->plan;
    for (size_t position = 0; position < runner->stage->n_ops; position++) {
        JL_TRY(run_op(runner, position, start, n));
    }
    for (size_t position = 0; position < runner->stage->n_ops; position++) {
        const uint32_t out = plan->ops[runner->stage->ops[position]].out;
        runner->program->ready[out] = (uint32_t)(start + n);
        /* What nothing read in this stage still holds its register. */
        if (runner->registers[out].v != NULL) {
            runner->free_list[runner->n_free++] = runner->registers[out];
            runner->registers[out].v = NULL;
        }
    }
    return JEOUL_OK;
}

jeoul_status jl_run_rows(jl_row_runner *runner, const jl_stage *stage) {
    const size_t n_rows = runner->program->spaces[stage->shape].n, block_rows = runner->block_rows;
    runner->stage = stage;
    find_last_uses(runner);
    for (size_t start = 0; start < n_rows; start += block_rows) {
        JL_TRY(run_block(runner, start, n_rows - start < block_rows ? n_rows - start : block_rows));
    }
    return JEOUL_OK;
}
