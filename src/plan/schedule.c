/* SPDX-License-Identifier: Apache-2.0
 *
 * Scheduling: which operations run together. Row operations of one shape run block by block in one stage as long as
 * none of them needs a whole column that the stage itself makes; an operation over whole columns is a stage of its own.
 * A stage's level is the number of such barriers below it.
 */
#include <stdlib.h>
#include <string.h>

#include "plan/builder.h"

typedef struct slot {
    uint32_t level, shape, op; /* op: order of the list */
    bool whole;
} slot;

static bool is_whole(const jl_op *op) {
    const jl_form form = jl_op_row_of((jl_op_kind)op->kind)->form;
    return form != JL_FORM_ROW && form != JL_FORM_GATHER;
}

/* Whether an operand must be there in full before the operation can run. */
static bool needs_whole(const jl_plan *plan, const jl_op *op, uint32_t arg) {
    const jl_value *value = &plan->values[arg];
    return is_whole(op) || is_whole(&plan->ops[value->source]) || value->shape != op->shape;
}

/* A LOOKUP among parts comes after the PARTITION that makes them, which is not one of its operands. */
static uint32_t level_of_space(const jl_plan *plan, const jl_op *op, const uint32_t *levels) {
    const jl_shape *space = &plan->shapes[op->p.space];
    return op->kind == JL_OP_LOOKUP && space->kind == JL_SHAPE_PARTITION ? levels[space->op] + 1 : 0;
}

static void find_levels(const jl_plan *plan, uint32_t *levels, bool *kept) {
    for (size_t index = 0; index < plan->n_ops; index++) {
        const jl_op *op = &plan->ops[index];
        const uint32_t *args = jl_op_args(plan, op);
        levels[index] = level_of_space(plan, op, levels);
        for (size_t arg = 0; arg < op->n_args; arg++) {
            if (plan->values[args[arg]].origin != JL_ORIGIN_OP) {
                continue;
            }
            const bool whole = needs_whole(plan, op, args[arg]);
            const uint32_t level = levels[plan->values[args[arg]].source] + (whole ? 1 : 0);
            levels[index] = level > levels[index] ? level : levels[index];
        }
    }
    /* A value is kept if an operation of another stage reads it. */
    for (size_t index = 0; index < plan->n_ops; index++) {
        const jl_op *op = &plan->ops[index];
        const uint32_t *args = jl_op_args(plan, op);
        kept[op->out] = kept[op->out] || is_whole(op);
        for (size_t arg = 0; arg < op->n_args; arg++) {
            const jl_value *value = &plan->values[args[arg]];
            const bool same_stage = value->origin == JL_ORIGIN_OP && !is_whole(op) &&
                                    !is_whole(&plan->ops[value->source]) && value->shape == op->shape &&
                                    levels[value->source] == levels[index];
            kept[args[arg]] = kept[args[arg]] || (value->origin == JL_ORIGIN_OP && !same_stage);
        }
    }
}

static int by_stage(const void *left, const void *right) {
    const slot *a = left, *b = right;
    if (a->level != b->level) {
        return a->level < b->level ? -1 : 1;
    }
    if (a->whole != b->whole) {
        return a->whole ? 1 : -1;
    }
    if (a->shape != b->shape && !a->whole) {
        return a->shape < b->shape ? -1 : 1;
    }
    return a->op < b->op ? -1 : a->op > b->op;
}

static bool same_stage(const slot *a, const slot *b) {
    return !a->whole && !b->whole && a->level == b->level && a->shape == b->shape;
}

static void keep(bool *kept, uint32_t value) {
    kept[value] = true;
}

/* What is published, or read by explanations. */
static void keep_outputs(const jl_plan *plan, bool *kept) {
    const uint32_t outputs[] = {plan->published_base,
                                plan->published_bonus,
                                plan->published_penalty,
                                plan->published_bonus_sum,
                                plan->published_penalty_sum,
                                plan->published_added,
                                plan->published_limited,
                                plan->total,
                                plan->rank,
                                plan->grade,
                                plan->grade_by_quota,
                                plan->grade_after_floor,
                                plan->grade_after_gates,
                                plan->group_part};
    for (size_t output = 0; output < JL_COUNT(outputs); output++) {
        keep(kept, outputs[output]);
    }
    for (size_t index = 0; index < plan->rulebook->n_nodes; index++) {
        const jl_plan_node *node = &plan->nodes[index];
        const jl_policy_kind undefined = plan->rulebook->nodes[index].undefined.kind;
        const bool is_answered = undefined == JL_POLICY_FORMULA || undefined == JL_POLICY_STATE;
        const uint32_t values[] = {is_answered ? node->method : 0,
                                   node->rounded,
                                   node->score,
                                   node->published_value,
                                   node->published_score,
                                   node->published_effective,
                                   node->published_points,
                                   node->grade,
                                   node->rows,
                                   node->row_counts,
                                   node->published_unadjusted,
                                   node->published_bonus,
                                   node->published_penalty};
        for (size_t value = 0; value < JL_COUNT(values); value++) {
            keep(kept, values[value]);
        }
    }
    for (size_t item = 0; item < plan->n_items; item++) {
        keep(kept, plan->items[item].published_raw);
        keep(kept, plan->items[item].published_capped);
        keep(kept, plan->items[item].row_points);
        keep(kept, plan->items[item].row_counts);
        keep(kept, plan->items[item].rows);
    }
    for (size_t named = 0; named < plan->rulebook->n_values; named++) {
        keep(kept, plan->named[named].published);
        keep(kept, plan->named[named].value);
    }
    for (size_t gate = 0; gate < plan->rulebook->n_gates; gate++) {
        keep(kept, plan->gates[gate]);
    }
    for (size_t cutoff = 0; cutoff < plan->n_cutoffs; cutoff++) {
        keep(kept, plan->cutoffs[cutoff]);
    }
}

static bool cut_stages(jl_builder *builder, jl_plan *plan, const slot *slots) {
    jl_stage *stages = jl_arena_array(builder->arena, plan->n_ops + 1, sizeof *stages);
    uint32_t *order = jl_arena_array(builder->arena, plan->n_ops + 1, sizeof *order);
    if (stages == NULL || order == NULL) {
        return false;
    }
    for (size_t index = 0; index < plan->n_ops; index++) {
        order[index] = slots[index].op;
        if (index > 0 && same_stage(&slots[index - 1], &slots[index])) {
            stages[plan->n_stages - 1].n_ops++;
            continue;
        }
        stages[plan->n_stages++] =
            (jl_stage){.shape = slots[index].shape, .ops = &order[index], .n_ops = 1, .whole = slots[index].whole};
    }
    plan->stages = stages;
    return true;
}

jeoul_status jl_schedule(jl_builder *builder, jl_plan *plan) {
    uint32_t *levels = jl_arena_array(builder->arena, plan->n_ops + 1, sizeof *levels);
    bool *kept = jl_arena_array(builder->arena, plan->n_values + 1, sizeof *kept);
    slot *slots = jl_arena_array(builder->arena, plan->n_ops + 1, sizeof *slots);
    if (levels == NULL || kept == NULL || slots == NULL) {
        return JEOUL_NO_MEMORY;
    }
    find_levels(plan, levels, kept);
    keep_outputs(plan, kept);
    kept[0] = false;
    for (uint32_t index = 0; index < plan->n_ops; index++) {
        slots[index] = (slot){
            .level = levels[index], .shape = plan->ops[index].shape, .op = index, .whole = is_whole(&plan->ops[index])};
    }
    qsort(slots, plan->n_ops, sizeof *slots, by_stage);
    plan->kept = kept;
    return cut_stages(builder, plan, slots) ? JEOUL_OK : JEOUL_NO_MEMORY;
}
