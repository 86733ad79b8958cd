/* SPDX-License-Identifier: Apache-2.0
 *
 * States and their answers: from a node's method to the score that is carried. In this order: applies, the weight's `none`, undefined,
 * round, policy. A policy answers a state of the node; `none` spreads to the root (scorecard.c).
 */
#include <string.h>

#include "plan/scorecard.h"

static uint32_t emit_fail(jl_builder *builder, const jl_scope *scope, uint32_t x, uint8_t mask, jl_code code,
                          jl_span span) {
    jl_parameters p = jl_with_mask(mask);
    p.code = code;
    return x == 0 ? 0
                  : jl_emit(builder, JL_OP_FAIL_ON, scope->shape, (jl_value_type)jl_value_of(builder, x)->type, &x, 1,
                            &p, scope->node, span);
}

static uint32_t emit_answer(jl_builder *builder, const jl_scope *scope, uint32_t x, uint8_t mask,
                            const jl_ast *formula) {
    jl_scope with_score = *scope;
    with_score.score = x;
    const uint32_t args[] = {x, jl_compile_formula(builder, &with_score, formula, NULL)};
    const jl_parameters p = jl_with_mask(mask);
    return jl_emit(builder, JL_OP_ON_STATE, scope->shape, JL_TYPE_NUMBER, args, 2, &p, scope->node, formula->span);
}

uint32_t jl_compile_undefined(jl_builder *builder, const jl_scope *scope, uint32_t x, const jl_policy *policy,
                              jl_span span) {
    const uint8_t mask = JL_STATE_BIT(JL_UNDEFINED);
    jl_parameters p = jl_with_mask(mask);
    switch (policy->kind) {
    case JL_POLICY_FORMULA: return emit_answer(builder, scope, x, mask, policy->formula);
    case JL_POLICY_STATE:
        p.state = (uint8_t)policy->state;
        return jl_emit(builder, JL_OP_TO_STATE, scope->shape, JL_TYPE_NUMBER, &x, 1, &p, scope->node, policy->span);
    default: return emit_fail(builder, scope, x, mask, JL_SCORE_UNDEFINED, span);
    }
}

uint32_t jl_compile_policies(jl_builder *builder, const jl_scope *scope, uint32_t score, const jl_node *rule,
                             jl_span span) {
    const struct {
        const jl_policy *policy;
        jl_state state;
        jl_code code;
        bool fails_unset;
    } policies[] = {{&rule->missing, JL_MISSING, JL_SCORE_MISSING, true},
                    {&rule->not_applicable, JL_NOT_APPLICABLE, JL_SCORE_STATE, false},
                    {&rule->not_due, JL_NOT_DUE, JL_SCORE_STATE, false}};
    const uint32_t before = score;
    uint8_t fails = 0;
    for (size_t index = 0; index < JL_COUNT(policies) && score != 0; index++) {
        const jl_policy *policy = policies[index].policy;
        const uint8_t mask = JL_STATE_BIT(policies[index].state);
        if (policy->kind == JL_POLICY_FORMULA) {
            jl_scope with_score = *scope;
            with_score.score = before;
            const uint32_t args[] = {score, jl_compile_formula(builder, &with_score, policy->formula, NULL)};
            const jl_parameters p = jl_with_mask(mask);
            score =
                jl_emit(builder, JL_OP_ON_STATE, scope->shape, JL_TYPE_NUMBER, args, 2, &p, scope->node, policy->span);
        } else if (policy->kind == JL_POLICY_ERROR ||
                   (policy->kind == JL_POLICY_UNSET && policies[index].fails_unset)) {
            fails |= mask;
        }
    }
    /* A formula of a policy may itself have no value. */
    fails |= JL_STATE_BIT(JL_UNDEFINED);
    const bool missing_fails = (fails & JL_STATE_BIT(JL_MISSING)) != 0;
    score = emit_fail(builder, scope, score, fails & (uint8_t)~JL_STATE_BIT(JL_MISSING), JL_SCORE_STATE, span);
    if (missing_fails || rule->missing.kind == JL_POLICY_FORMULA) {
        score = emit_fail(builder, scope, score, JL_STATE_BIT(JL_MISSING), JL_SCORE_MISSING, span);
    }
    return score;
}

/* States of a child that take the score away from its parent. */
uint8_t jl_spreading_states(const jl_node *rule) {
    uint8_t mask = 0;
    mask |= rule->missing.kind == JL_POLICY_NONE ? JL_STATE_BIT(JL_MISSING) : 0u;
    mask |= rule->not_applicable.kind == JL_POLICY_NONE ? JL_STATE_BIT(JL_NOT_APPLICABLE) : 0u;
    mask |= rule->not_due.kind == JL_POLICY_NONE ? JL_STATE_BIT(JL_NOT_DUE) : 0u;
    return mask;
}

/* `applies` of the node and of all above it. */
static uint32_t apply_conditions(jl_builder *builder, const jl_scope *scope, uint32_t x, uint32_t node) {
    for (uint32_t at = node; at != JL_NONE; at = builder->rulebook->nodes[at].parent) {
        const jl_ast *applies = builder->rulebook->nodes[at].applies;
        if (applies == NULL) {
            continue;
        }
        const bool is_own_row = builder->rulebook->nodes[at].kind == JL_NODE_ROW;
        jl_scope condition_scope = is_own_row ? *scope : jl_node_scope(builder, at);
        uint32_t condition = jl_compile_formula(builder, &condition_scope, applies, NULL);
        if (condition != 0 && jl_value_of(builder, condition)->type != JL_TYPE_TRUTH) {
            jl_builder_fail(builder, jl_report(builder->diagnostics, JL_WRONG_TYPE, applies->span,
                                               "`applies` expects a condition"));
            return 0;
        }
        condition = is_own_row ? condition : jl_from_entity(builder, scope->shape, condition, applies->span);
        x = jl_emit_two(builder, JL_OP_WHEN, scope->shape, condition, x, node, applies->span);
    }
    return x;
}

/* A weight of `none` for a group takes the node away from that group. */
static uint32_t hold_weight(jl_builder *builder, const jl_scope *scope, uint32_t x, uint32_t node) {
    const jl_setting *weight = &builder->rulebook->nodes[node].weight;
    bool has_none = false;
    for (size_t arm = 0; arm < weight->n_arms; arm++) {
        has_none = has_none || weight->arms[arm].formula == NULL;
    }
    if (!has_none) {
        return x;
    }
    const uint32_t args[] = {x, jl_own_weight(builder, node)};
    const jl_parameters p = jl_with_mask(JL_STATE_BIT(JL_NOT_APPLICABLE));
    return jl_emit(builder, JL_OP_HOLD, scope->shape, JL_TYPE_NUMBER, args, 2, &p, node, weight->span);
}

/* From the method's result to the score that is carried. */
uint32_t jl_finish_score(jl_builder *builder, const jl_scope *scope, uint32_t node, uint32_t method,
                         uint32_t *rounded_out) {
    const jl_node *rule = &builder->rulebook->nodes[node];
    uint32_t score = apply_conditions(builder, scope, method, node);
    score = hold_weight(builder, scope, score, node);
    score = jl_compile_undefined(builder, scope, score, &rule->undefined, rule->span);
    if (rule->round_score.set) {
        score = jl_emit_round(builder, scope->shape, score, rule->round_score.digits, rule->round_score.mode, node,
                              rule->round_score.span);
    }
    *rounded_out = score;
    /* Policies answer states of the node; a weight of `none` is not one of them. */
    return hold_weight(builder, scope, jl_compile_policies(builder, scope, score, rule, rule->span), node);
}
