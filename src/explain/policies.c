/* SPDX-License-Identifier: Apache-2.0
 *
 * What happened to a score on its way from the formula to the one that is carried: conditions that keep a node away,
 * arithmetic that has no result, states and their policies. The states of the three values on that way tell which of
 * them acted.
 */
#include "explain/explainer.h"

bool jl_has_no_weight(const jl_explainer *explainer, uint32_t node) {
    const jl_setting *weight = &explainer->rulebook->nodes[node].weight;
    const jl_text group = jl_text_of(explainer->request->groups[explainer->entity]);
    for (size_t arm = 0; arm < weight->n_arms; arm++) {
        if (weight->arms[arm].group.length == 0 || jl_text_equal(weight->arms[arm].group, group)) {
            return weight->arms[arm].formula == NULL;
        }
    }
    return false;
}

/* ---- undefined ---- */

/* Why a value is undefined. */
static jl_text find_reason(jl_explainer *explainer, uint32_t value, uint32_t row) {
    uint32_t op = JL_NONE, op_row = 0;
    const jeoul_status status = jl_certify_cause(explainer->request->certifier, value, row, &op, &op_row);
    if (status != JEOUL_OK) {
        jl_explain_fail(explainer, status);
        return (jl_text){NULL, 0};
    }
    if (op == JL_NONE) {
        return jl_state_text(explainer, JL_UNDEFINED);
    }
    const jl_op *cause = &explainer->plan->ops[op];
    if (cause->kind == JL_OP_REQUIRE && cause->p.cause.length > 0) {
        const jl_text reason = jl_wording_of(JL_WORDING_REASON, cause->p.cause, explainer->language);
        return reason.length > 0 ? reason : cause->p.cause;
    }
    const jl_text name = jl_text_of(jl_op_row_of((jl_op_kind)cause->kind)->name);
    const jl_text reason = jl_wording_of(JL_WORDING_REASON, name, explainer->language);
    return reason.length > 0 ? reason : jl_state_text(explainer, JL_UNDEFINED);
}

static void explain_undefined(jl_explainer *explainer, const jl_part *part, uint8_t answer, jl_notes *notes) {
    const jl_plan_node *known = &explainer->plan->nodes[part->node];
    const jl_text reason = find_reason(explainer, known->method, part->row);
    if (answer == JL_VALUE) {
        const jl_text args[JL_SAY_MOST] = {reason, jl_figure_text(explainer, known->rounded, part->row)};
        jl_note_say(explainer, notes, JL_SAY_UNDEFINED_SCORE, args);
    } else {
        const jl_text args[JL_SAY_MOST] = {reason, jl_state_text(explainer, answer)};
        jl_note_say(explainer, notes, JL_SAY_UNDEFINED_STATE, args);
    }
}

/* ---- states ---- */

static const jl_policy *policy_for(const jl_node *rule, uint8_t state) {
    return state == JL_MISSING ? &rule->missing : state == JL_NOT_DUE ? &rule->not_due : &rule->not_applicable;
}

/* A state that no input had: a condition of the node, or of an area above it, does not hold. */
static void explain_applies(jl_explainer *explainer, const jl_part *part, jl_notes *notes) {
    for (uint32_t node = part->node; node != JL_NONE; node = explainer->rulebook->nodes[node].parent) {
        const jl_ast *applies = explainer->rulebook->nodes[node].applies;
        if (applies != NULL) {
            const jl_text args[JL_SAY_MOST] = {jl_formula_written(explainer, applies)};
            jl_note_say(explainer, notes, JL_SAY_DOES_NOT_APPLY, args);
        }
    }
}

static void explain_state(jl_explainer *explainer, const jl_part *part, uint8_t state, jl_notes *notes) {
    const jl_node *rule = &explainer->rulebook->nodes[part->node];
    const jl_policy *policy = policy_for(rule, state);
    const jl_text name = jl_state_text(explainer, state);
    if (part->state == JL_VALUE) {
        const bool is_number = policy->formula != NULL && policy->formula->kind == JL_AST_NUMBER;
        const jl_text score = jl_figure_text(explainer, explainer->plan->nodes[part->node].score, part->row);
        const jl_text formula =
            is_number || policy->formula == NULL ? (jl_text){NULL, 0} : jl_formula_written(explainer, policy->formula);
        const jl_text args[JL_SAY_MOST] = {name, score, formula};
        jl_note_say(explainer, notes, formula.length > 0 ? JL_SAY_POLICY_FORMULA : JL_SAY_POLICY_SCORE, args);
    } else {
        const jl_text args[JL_SAY_MOST] = {name};
        jl_note_say(explainer, notes, policy->kind == JL_POLICY_NONE ? JL_SAY_POLICY_NONE : JL_SAY_POLICY_REDISTRIBUTE,
                    args);
    }
}

/* A value that was missing and was imputed. */
static void explain_impute(jl_explainer *explainer, const jl_part *part, jl_notes *notes) {
    const jl_plan *plan = explainer->plan;
    const uint32_t value = plan->nodes[part->node].value;
    const jl_op *op =
        value != 0 && plan->values[value].origin == JL_ORIGIN_OP ? &plan->ops[plan->values[value].source] : NULL;
    uint8_t before, after;
    if (explainer->rulebook->nodes[part->node].impute.n_arms == 0 || op == NULL || op->kind != JL_OP_ON_STATE ||
        jl_evaluate_into(explainer, jl_op_args(plan, op)[0], part->row, &explainer->number, &before) ||
        !jl_evaluate_into(explainer, value, part->row, &explainer->number, &after)) {
        return;
    }
    const jl_text args[JL_SAY_MOST] = {jl_state_text(explainer, before), jl_short_text(explainer, &explainer->number)};
    jl_note_say(explainer, notes, JL_SAY_IMPUTED, args);
}

void jl_explain_policy(jl_explainer *explainer, jl_part *part) {
    const jl_plan_node *known = &explainer->plan->nodes[part->node];
    double number;
    uint8_t method = JL_VALUE, rounded = JL_VALUE;
    explain_impute(explainer, part, &part->notes);
    (void)jl_evaluate_into(explainer, known->method, part->row, &explainer->number, &method);
    if (explainer->status != JEOUL_OK ||
        !jl_program_read(explainer->program, known->rounded, part->row, &number, &rounded)) {
        return;
    }
    if (jl_has_no_weight(explainer, part->node)) {
        jl_note_say(explainer, &part->notes, JL_SAY_NO_WEIGHT_HERE, NULL);
        return;
    }
    if (method == JL_UNDEFINED && rounded != JL_UNDEFINED) {
        explain_undefined(explainer, part, rounded, &part->notes);
    } else if (method == JL_VALUE && rounded != JL_VALUE) {
        explain_applies(explainer, part, &part->notes);
    }
    if (rounded != JL_VALUE) {
        explain_state(explainer, part, rounded, &part->notes);
    }
}
