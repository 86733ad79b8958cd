/* SPDX-License-Identifier: Apache-2.0
 *
 * After the root: base, caps per kind, sum, limits, rounding, rank. No step looks back.
 */
#include <string.h>

#include "plan/builder.h"

static uint32_t publish(jl_builder *builder, uint32_t value) {
    const jl_rounding *rounding = &builder->rulebook->round_total;
    const int digits = rounding->digits > JL_LEDGER_DIGITS ? rounding->digits : JL_LEDGER_DIGITS;
    return value == 0
               ? 0
               : jl_emit_round(builder, builder->entity_shape, value, digits, rounding->mode, JL_NONE, rounding->span);
}

static uint32_t add_adjustments(jl_builder *builder, const jl_plan *plan) {
    const jl_span span = builder->rulebook->adjustments.limits.span;
    uint32_t sum = plan->base;
    if (plan->bonus != 0) {
        sum = jl_emit_two(builder, JL_OP_ADD, builder->entity_shape, sum, plan->bonus, JL_NONE, span);
    }
    if (plan->penalty != 0) {
        sum = jl_emit_two(builder, JL_OP_SUB, builder->entity_shape, sum, plan->penalty, JL_NONE, span);
    }
    return sum;
}

static void compile_total(jl_builder *builder, jl_plan *plan) {
    const jl_rulebook *rulebook = builder->rulebook;
    plan->base = builder->base = builder->nodes[0].points;
    const jl_adjusted adjusted = jl_compile_adjustments(builder, &rulebook->adjustments, JL_NONE);
    plan->bonus_sum = adjusted.bonus_sum;
    plan->bonus = adjusted.bonus;
    plan->penalty_sum = adjusted.penalty_sum;
    plan->penalty = adjusted.penalty;
    plan->added = add_adjustments(builder, plan);
    plan->limited = jl_limit_total(builder, &rulebook->adjustments.limits, plan->added, JL_NONE);
    plan->total = jl_emit_round(builder, builder->entity_shape, plan->limited, rulebook->round_total.digits,
                                rulebook->round_total.mode, JL_NONE, rulebook->round_total.span);
    builder->total = plan->total;
    plan->published_base = publish(builder, plan->base);
    plan->published_bonus_sum = publish(builder, plan->bonus_sum);
    plan->published_bonus = publish(builder, plan->bonus);
    plan->published_penalty_sum = publish(builder, plan->penalty_sum);
    plan->published_penalty = publish(builder, plan->penalty);
    plan->published_added = publish(builder, plan->added);
    plan->published_limited = publish(builder, plan->limited);
}

/* ---- rank ---- */

static uint32_t rank_key(jl_builder *builder, const jl_plan *plan, const jl_rank_rule *rule) {
    uint32_t key = plan->total;
    if (rule->by == JL_BY_RAW) {
        key = plan->limited;
    } else if (rule->by == JL_BY_DIGITS) {
        key = jl_emit_round(builder, builder->entity_shape, plan->limited, rule->by_digits,
                            builder->rulebook->round_total.mode, JL_NONE, rule->span);
    }
    return rule->low_is_best
               ? jl_emit(builder, JL_OP_NEG, builder->entity_shape, JL_TYPE_NUMBER, &key, 1, NULL, JL_NONE, rule->span)
               : key;
}

/* A figure of the ranking may be missing, but not undefined. */
static uint32_t fail_undefined(jl_builder *builder, uint32_t x, jl_span span) {
    jl_parameters p = jl_with_mask(JL_STATE_BIT(JL_UNDEFINED));
    p.code = JL_SCORE_UNDEFINED;
    return x == 0 ? 0
                  : jl_emit(builder, JL_OP_FAIL_ON, builder->entity_shape, (jl_value_type)jl_value_of(builder, x)->type,
                            &x, 1, &p, JL_NONE, span);
}

static uint32_t tie_key(jl_builder *builder, const jl_tie_key *rule) {
    const jl_scope scope = jl_entity_scope(builder);
    const uint32_t formula = jl_compile_formula(builder, &scope, rule->formula, NULL);
    if (formula != 0 && jl_value_of(builder, formula)->type == JL_TYPE_CODE) {
        jl_builder_fail(builder, jl_report(builder->diagnostics, JL_WRONG_TYPE, rule->formula->span,
                                           "a tie is broken by something with an order, not a text"));
        return 0;
    }
    const uint32_t key = fail_undefined(builder, formula, rule->formula->span);
    return rule->low_first ? jl_emit(builder, JL_OP_NEG, builder->entity_shape, JL_TYPE_NUMBER, &key, 1, NULL, JL_NONE,
                                     rule->formula->span)
                           : key;
}

uint32_t jl_compile_order(jl_builder *builder, const jl_plan *plan, bool within_group) {
    const jl_rank_rule *rule = &builder->rulebook->rank;
    uint32_t *args = jl_arena_array(builder->arena, rule->n_then + 3, sizeof *args);
    size_t n_args = 0;
    if (args == NULL) {
        jl_builder_fail(builder, JEOUL_NO_MEMORY);
        return 0;
    }
    args[n_args++] =
        within_group ? builder->group_part : jl_partition(builder, builder->entity_shape, NULL, 0, rule->span);
    args[n_args++] = rank_key(builder, plan, rule);
    for (size_t tie = 0; tie < rule->n_then; tie++) {
        args[n_args++] = tie_key(builder, &rule->then[tie]);
    }
    if (rule->where != NULL) {
        const jl_scope scope = jl_entity_scope(builder);
        uint32_t where = jl_compile_formula(builder, &scope, rule->where, NULL);
        where = jl_check_truth(builder, where, rule->where->span);
        args[n_args++] = fail_undefined(builder, where, rule->where->span);
    }
    jl_parameters p = jl_no_parameters();
    p.ties = (uint8_t)rule->ties;
    return jl_emit_where(builder, JL_OP_RANK, builder->entity_shape, JL_TYPE_NUMBER, args, n_args, &p,
                         rule->where != NULL, JL_NONE, rule->span);
}

void jl_compile_outcome(jl_builder *builder, jl_plan *plan) {
    compile_total(builder, plan);
    for (uint32_t named = 0; named < builder->rulebook->n_values; named++) {
        jl_compile_named(builder, named, builder->rulebook->values[named].span);
    }
    const jl_rank_rule *rank = &builder->rulebook->rank;
    plan->rank = rank->set ? jl_compile_order(builder, plan, rank->within_group) : 0;
}
