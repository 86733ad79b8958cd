/* SPDX-License-Identifier: Apache-2.0
 *
 * States and their answers: from a node's method to the score that is carried. In this order: applies, undefined, round,
 * policy. A policy answers a state of the node; `none` spreads to the root (scorecard.c). A node whose weight is `none`
 * for a group, or that lies below an area that is left out or does not apply, is left out there without an answer.
 */
#include <string.h>

#include "plan/scorecard.h"

static uint32_t emit_fail(jl_builder *builder, const jl_scope *scope, uint32_t x, uint8_t mask, jl_code code,
                          jl_span span) {
    jl_parameters p = jl_with_mask(mask);
    p.code = (int)code;
    return x == 0 ? 0
                  : jl_emit(builder, JL_OP_FAIL_ON, scope->shape, (jl_value_type)jl_value_of(builder, x)->type, &x, 1,
                            &p, scope->node, span);
}

static uint32_t emit_answer(jl_builder *builder, const jl_scope *scope, uint32_t x, uint8_t mask,
                            const jl_ast *formula) {
    jl_scope with_score = *scope;
    with_score.score = x;
    const uint32_t answer = jl_compile_formula(builder, &with_score, formula, NULL);
    const uint32_t args[] = {x, jl_check_number(builder, answer, formula->span)};
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
    uint8_t fails = 0;
    for (size_t index = 0; index < JL_COUNT(policies) && score != 0; index++) {
        const jl_policy *policy = policies[index].policy;
        const uint8_t mask = (uint8_t)JL_STATE_BIT(policies[index].state);
        if (policy->kind == JL_POLICY_FORMULA) {
            const uint32_t answer = jl_compile_formula(builder, scope, policy->formula, NULL);
            const uint32_t args[] = {score, jl_check_number(builder, answer, policy->formula->span)};
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

/* ---- who is left out ---- */

/* `applies` of a node at the rows of a shape. */
static uint32_t compile_applies(jl_builder *builder, uint32_t node, uint32_t shape) {
    const jl_ast *applies = builder->rulebook->nodes[node].applies;
    const jl_scope scope = jl_node_scope(builder, node);
    const uint32_t condition = jl_compile_formula(builder, &scope, applies, NULL);
    if (jl_check_truth(builder, condition, applies->span) == 0) {
        return 0;
    }
    return scope.shape == shape ? condition : jl_from_entity(builder, shape, condition, applies->span);
}

/* True where an area applies, or where that is not known: then the area itself has the state. */
static uint32_t may_apply(jl_builder *builder, uint32_t node, uint32_t shape) {
    const uint32_t args[] = {compile_applies(builder, node, shape), jl_constant_truth(builder, true)};
    const jl_parameters p = jl_with_mask((uint8_t)~JL_STATE_BIT(JL_VALUE));
    return jl_emit(builder, JL_OP_ON_STATE, shape, JL_TYPE_TRUTH, args, 2, &p, node,
                   builder->rulebook->nodes[node].applies->span);
}

static bool has_none(const jl_setting *weight) {
    for (size_t arm = 0; arm < weight->n_arms; arm++) {
        if (weight->arms[arm].formula == NULL) {
            return true;
        }
    }
    return false;
}

/* True where the weight of a node is not `none`. */
static uint32_t has_weight(jl_builder *builder, uint32_t node, uint32_t shape) {
    const uint32_t own_shape = jl_node_scope(builder, node).shape;
    const jl_span span = builder->rulebook->nodes[node].weight.span;
    const uint32_t args[] = {jl_own_weight(builder, node), jl_constant_number(builder, 0.0)};
    const jl_parameters p =
        jl_with_mask(JL_STATE_BIT(JL_MISSING) | JL_STATE_BIT(JL_NOT_DUE) | JL_STATE_BIT(JL_UNDEFINED));
    const uint32_t written = jl_emit(builder, JL_OP_ON_STATE, own_shape, JL_TYPE_NUMBER, args, 2, &p, node, span);
    const uint32_t known = jl_emit(builder, JL_OP_KNOWN, own_shape, JL_TYPE_TRUTH, &written, 1, NULL, node, span);
    return own_shape == shape ? known : jl_from_entity(builder, shape, known, span);
}

static uint32_t both(jl_builder *builder, uint32_t shape, uint32_t a, uint32_t b, uint32_t node) {
    return a == 0 ? b : jl_emit_two(builder, JL_OP_AND, shape, a, b, node, builder->rulebook->nodes[node].span);
}

uint32_t jl_counts_here(jl_builder *builder, uint32_t node) {
    const uint32_t shape = jl_node_scope(builder, node).shape;
    uint32_t here = 0;
    for (uint32_t at = node; at != JL_NONE; at = builder->rulebook->nodes[at].parent) {
        const jl_node *rule = &builder->rulebook->nodes[at];
        here = has_none(&rule->weight) ? both(builder, shape, here, has_weight(builder, at, shape), node) : here;
        here = at != node && rule->applies != NULL ? both(builder, shape, here, may_apply(builder, at, shape), node)
                                                   : here;
    }
    return here;
}

/* Zero where a condition does not hold: nothing answers a state there, and nothing fails. */
uint32_t jl_value_where(jl_builder *builder, uint32_t condition, uint32_t x, uint32_t node) {
    const uint32_t args[] = {condition, x, jl_constant_number(builder, 0.0)};
    return jl_emit(builder, JL_OP_IF, jl_node_scope(builder, node).shape, JL_TYPE_NUMBER, args, 3, NULL, node,
                   builder->rulebook->nodes[node].span);
}

/* From the method's result to the score that is carried. Policies answer states of the node; that it is left out is not
 * one of them. */
uint32_t jl_finish_score(jl_builder *builder, const jl_scope *scope, uint32_t node, uint32_t method,
                         uint32_t *rounded_out) {
    const jl_node *rule = &builder->rulebook->nodes[node];
    const uint32_t here = jl_counts_here(builder, node), shape = scope->shape;
    uint32_t score = method;
    if (rule->applies != NULL) {
        score = jl_emit_two(builder, JL_OP_WHEN, shape, compile_applies(builder, node, shape), score, node,
                            rule->applies->span);
    }
    score = here == 0 ? score : jl_value_where(builder, here, score, node);
    score = jl_compile_undefined(builder, scope, score, &rule->undefined, rule->span);
    if (rule->round_score.set) {
        score = jl_emit_round(builder, shape, score, rule->round_score.digits, rule->round_score.mode, node,
                              rule->round_score.span);
    }
    *rounded_out = here == 0 ? score : jl_emit_two(builder, JL_OP_WHEN, shape, here, score, node, rule->span);
    jl_scope with_score = *scope;
    with_score.score = *rounded_out;
    score = jl_compile_policies(builder, &with_score, score, rule, rule->span);
    return here == 0 ? score : jl_emit_two(builder, JL_OP_WHEN, shape, here, score, node, rule->span);
}
