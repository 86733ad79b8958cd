/* SPDX-License-Identifier: Apache-2.0
 *
 * Grades: by quota on the rank, by cut-offs, or both; then floors, caps by gates, grades down. A grade is its position
 * in `grades`, 0 the best. A gate never changes a score or a rank.
 */
#include <string.h>

#include "plan/builder.h"

static uint32_t grade_constant(jl_builder *builder, uint32_t grade) {
    return grade == JL_NONE ? jl_constant_state(builder, JL_NOT_APPLICABLE)
                            : jl_constant_number(builder, (double)grade);
}

static uint32_t choose(jl_builder *builder, uint32_t shape, uint32_t condition, uint32_t then, uint32_t otherwise,
                       uint32_t node, jl_span span) {
    const uint32_t args[] = {condition, then, otherwise};
    return jl_emit(builder, JL_OP_IF, shape, JL_TYPE_NUMBER, args, 3, NULL, node, span);
}

/* A cut-off is a number or a column. */
static uint32_t cutoff_value(jl_builder *builder, const jl_scope *scope, const jl_cutoff *cutoff) {
    return jl_check_number(builder, jl_compile_formula(builder, scope, cutoff->value, NULL), cutoff->value->span);
}

/* The best grade whose cut-off x reaches; from the lowest grade up. */
static uint32_t grade_by_cutoffs(jl_builder *builder, const jl_scope *scope, const jl_grade_rule *rule, uint32_t x,
                                 uint32_t *values_out) {
    uint32_t grade = grade_constant(builder, rule->otherwise);
    for (size_t index = rule->n_cutoffs; index-- > 0;) {
        const jl_cutoff *cutoff = &rule->cutoffs[index];
        const uint32_t value = cutoff_value(builder, scope, cutoff);
        const uint32_t sides[] = {rule->at_most ? x : value, rule->at_most ? value : x};
        const uint32_t reached =
            jl_emit(builder, JL_OP_LE, scope->shape, JL_TYPE_TRUTH, sides, 2, NULL, scope->node, cutoff->span);
        grade = choose(builder, scope->shape, reached, grade_constant(builder, cutoff->grade), grade, scope->node,
                       cutoff->span);
        if (values_out != NULL) {
            values_out[index] = value;
        }
    }
    return grade;
}

/* ---- quota ---- */

static const jl_quota *make_quota(jl_builder *builder, const jl_grade_rule *rule) {
    jl_quota *quota = jl_arena_alloc(builder->arena, sizeof *quota);
    int64_t *shares = jl_arena_array(builder->arena, builder->rulebook->n_grades, sizeof *shares);
    if (quota == NULL || shares == NULL) {
        jl_builder_fail(builder, JEOUL_NO_MEMORY);
        return NULL;
    }
    for (size_t index = 0; index < rule->n_quota; index++) {
        double percent = 0.0;
        (void)jl_number_parse(rule->quota[index].value->text, &percent, NULL);
        shares[rule->quota[index].grade] = jl_number_to_scaled(percent, 6);
    }
    *quota = (jl_quota){.n_grades = builder->rulebook->n_grades,
                        .shares = shares,
                        .seats = (uint8_t)rule->seats,
                        .tie_at_cut = (uint8_t)rule->tie_at_cut,
                        .heads_all = rule->heads_all,
                        .refill = rule->refill};
    return quota;
}

/* Heads are whole and not below zero, or nothing is scored. */
static uint32_t check_heads(jl_builder *builder, uint32_t heads, jl_span span) {
    const uint32_t shape = builder->entity_shape;
    jl_parameters p = jl_with_mask((uint8_t)~JL_STATE_BIT(JL_VALUE));
    if (jl_check_number(builder, heads, span) == 0) {
        return 0;
    }
    p.code = JL_BAD_HEADS;
    const uint32_t known = jl_emit(builder, JL_OP_FAIL_ON, shape, JL_TYPE_NUMBER, &heads, 1, &p, JL_NONE, span);
    const uint32_t whole = jl_emit_round(builder, shape, known, 0, JL_TRUNCATE, JL_NONE, span);
    const uint32_t fraction = jl_emit_two(builder, JL_OP_LT, shape, whole, known, JL_NONE, span);
    const uint32_t below =
        jl_emit_two(builder, JL_OP_LT, shape, known, jl_constant_number(builder, 0.0), JL_NONE, span);
    const uint32_t args[] = {jl_emit_two(builder, JL_OP_OR, shape, fraction, below, JL_NONE, span), known};
    jl_parameters refused = jl_no_parameters();
    refused.code = JL_BAD_HEADS;
    return jl_emit(builder, JL_OP_REFUSE, shape, JL_TYPE_NUMBER, args, 2, &refused, JL_NONE, span);
}

static uint32_t head_counts(jl_builder *builder, const jl_grade_rule *rule) {
    if (rule->heads.length == 0) {
        return jl_constant_number(builder, 1.0);
    }
    const uint32_t column = jl_table_column(&builder->rulebook->tables[builder->rulebook->entities], rule->heads);
    if (column == JL_NONE) {
        jl_builder_fail(builder, jl_report(builder->diagnostics, JL_UNKNOWN_COLUMN, rule->span,
                                           "unknown column `%.*s` for `heads`", JL_TEXT_ARG(rule->heads)));
        return 0;
    }
    return check_heads(builder, jl_cell(builder, builder->entity_shape, column), rule->span);
}

/* Operands: part, rank, heads, total, and a least total per grade (a state where there is none). */
static uint32_t grade_by_quota(jl_builder *builder, jl_plan *plan, const jl_grade_rule *rule) {
    const size_t n_grades = builder->rulebook->n_grades;
    const jl_scope scope = jl_entity_scope(builder);
    uint32_t *args = jl_arena_array(builder->arena, n_grades + 4, sizeof *args);
    if (args == NULL) {
        jl_builder_fail(builder, JEOUL_NO_MEMORY);
        return 0;
    }
    args[0] =
        rule->within_group ? builder->group_part : jl_partition(builder, builder->entity_shape, NULL, 0, rule->span);
    args[1] = plan->order = jl_compile_order(builder, plan, rule->within_group);
    args[2] = head_counts(builder, rule);
    args[3] = plan->total;
    for (size_t grade = 0; grade < n_grades; grade++) {
        args[4 + grade] = jl_constant_state(builder, JL_NOT_APPLICABLE);
    }
    for (size_t floor = 0; rule->refill && floor < rule->n_at_least; floor++) {
        args[4 + rule->at_least[floor].grade] = cutoff_value(builder, &scope, &rule->at_least[floor]);
    }
    jl_parameters p = jl_no_parameters();
    p.quota = make_quota(builder, rule);
    return jl_emit(builder, JL_OP_QUOTA, builder->entity_shape, JL_TYPE_NUMBER, args, n_grades + 4, &p, JL_NONE,
                   rule->span);
}

/* A grade whose floor is not reached becomes the next one; the seat stays empty. */
static uint32_t apply_floors(jl_builder *builder, const jl_plan *plan, const jl_grade_rule *rule, uint32_t grade) {
    const jl_scope scope = jl_entity_scope(builder);
    const uint32_t shape = scope.shape;
    for (uint32_t index = 0; !rule->refill && index + 1 < builder->rulebook->n_grades; index++) {
        for (size_t floor = 0; floor < rule->n_at_least; floor++) {
            if (rule->at_least[floor].grade != index) {
                continue;
            }
            const jl_span span = rule->at_least[floor].span;
            const uint32_t here =
                jl_emit_two(builder, JL_OP_EQ, shape, grade, grade_constant(builder, index), JL_NONE, span);
            const uint32_t below = jl_emit_two(builder, JL_OP_LT, shape, plan->total,
                                               cutoff_value(builder, &scope, &rule->at_least[floor]), JL_NONE, span);
            const uint32_t falls = jl_emit_two(builder, JL_OP_AND, shape, here, below, JL_NONE, span);
            grade = choose(builder, shape, falls, grade_constant(builder, index + 1), grade, JL_NONE, span);
        }
    }
    return grade;
}

/* ---- gates ---- */

static uint32_t compile_gate(jl_builder *builder, const jl_gate *gate, jl_trace *trace) {
    const jl_scope scope = jl_entity_scope(builder);
    const uint32_t passed = jl_compile_formula(builder, &scope, gate->pass, trace);
    jl_parameters p = jl_no_parameters();
    p.mask = JL_STATE_BIT(JL_NOT_APPLICABLE) | JL_STATE_BIT(JL_NOT_DUE) | JL_STATE_BIT(JL_MISSING) |
             JL_STATE_BIT(JL_UNDEFINED);
    if (jl_check_truth(builder, passed, gate->pass->span) == 0) {
        return 0;
    }
    if (gate->unknown == JL_UNKNOWN_ERROR) {
        p.code = JL_SCORE_MISSING;
        return jl_emit(builder, JL_OP_FAIL_ON, scope.shape, JL_TYPE_TRUTH, &passed, 1, &p, JL_NONE, gate->span);
    }
    const uint32_t args[] = {passed, jl_constant_truth(builder, gate->unknown == JL_UNKNOWN_PASS)};
    return jl_emit(builder, JL_OP_ON_STATE, scope.shape, JL_TYPE_TRUTH, args, 2, &p, JL_NONE, gate->span);
}

static uint32_t apply_caps(jl_builder *builder, const uint32_t *gates, uint32_t grade, bool downs) {
    const jl_rulebook *rulebook = builder->rulebook;
    const uint32_t shape = builder->entity_shape;
    for (size_t index = 0; index < rulebook->n_gates; index++) {
        const jl_gate *gate = &rulebook->gates[index];
        uint32_t failed = grade;
        if (!downs && gate->cap != JL_NONE) {
            failed =
                jl_emit_two(builder, JL_OP_MAX, shape, grade, grade_constant(builder, gate->cap), JL_NONE, gate->span);
        } else if (downs && gate->down > 0) {
            const uint32_t lower = jl_emit_two(builder, JL_OP_ADD, shape, grade,
                                               jl_constant_number(builder, gate->down), JL_NONE, gate->span);
            failed = jl_emit_two(builder, JL_OP_MIN, shape, lower,
                                 grade_constant(builder, (uint32_t)rulebook->n_grades - 1), JL_NONE, gate->span);
        }
        grade = failed == grade ? grade : choose(builder, shape, gates[index], grade, failed, JL_NONE, gate->span);
    }
    return grade;
}

static void compile_gates(jl_builder *builder, jl_plan *plan) {
    const size_t n_gates = builder->rulebook->n_gates;
    uint32_t *gates = jl_arena_array(builder->arena, n_gates + 1, sizeof *gates);
    jl_trace *traces = jl_arena_array(builder->arena, n_gates + 1, sizeof *traces);
    if (gates == NULL || traces == NULL) {
        jl_builder_fail(builder, JEOUL_NO_MEMORY);
        return;
    }
    for (size_t index = 0; index < n_gates; index++) {
        gates[index] = compile_gate(builder, &builder->rulebook->gates[index], &traces[index]);
    }
    plan->gates = gates;
    plan->gate_traces = traces;
}

/* ---- whose grade ---- */

static void grade_total(jl_builder *builder, jl_plan *plan, const jl_grade_rule *rule) {
    const jl_scope scope = jl_entity_scope(builder);
    const uint32_t x = rule->by_value ? plan->limited : plan->total;
    uint32_t *cutoffs = jl_arena_array(builder->arena, rule->n_cutoffs + 1, sizeof *cutoffs);
    if (cutoffs == NULL) {
        jl_builder_fail(builder, JEOUL_NO_MEMORY);
        return;
    }
    if (rule->n_quota > 0) {
        plan->grade_by_quota = grade_by_quota(builder, plan, rule);
        plan->grade_after_floor = apply_floors(builder, plan, rule, plan->grade_by_quota);
    } else {
        plan->grade_after_floor = grade_by_cutoffs(builder, &scope, rule, x, cutoffs);
        plan->cutoffs = cutoffs;
        plan->n_cutoffs = rule->n_cutoffs;
    }
    plan->grade_after_gates = apply_caps(builder, plan->gates, plan->grade_after_floor, false);
    plan->grade = apply_caps(builder, plan->gates, plan->grade_after_gates, true);
}

static bool is_graded(const jl_rulebook *rulebook, const jl_grade_rule *rule, uint32_t node) {
    const jl_node_kind kind = rulebook->nodes[node].kind;
    const bool is_leaf = kind == JL_NODE_INDICATOR || kind == JL_NODE_ROW;
    for (size_t listed = 0; rule->of == JL_GRADE_LISTED && listed < rule->n_nodes; listed++) {
        if (rule->nodes[listed] == node) {
            return true;
        }
    }
    return node != 0 && (rule->of == JL_GRADE_NODES || (rule->of == JL_GRADE_LEAVES && is_leaf));
}

static void grade_nodes(jl_builder *builder, const jl_grade_rule *rule) {
    for (uint32_t node = 0; node < builder->rulebook->n_nodes; node++) {
        jl_plan_node *out = &builder->nodes[node];
        /* A node without a value that is a number has no grade by value. */
        const uint32_t value = out->published_value != 0 ? out->value : 0;
        const uint32_t x = rule->by_value ? value : out->published_score;
        if (is_graded(builder->rulebook, rule, node) && x != 0) {
            const jl_scope scope = jl_node_scope(builder, node);
            out->grade = grade_by_cutoffs(builder, &scope, rule, x, NULL);
        }
    }
}

static void check_rules(jl_builder *builder) {
    const jl_rulebook *rulebook = builder->rulebook;
    size_t n_totals = 0;
    for (size_t index = 0; index < rulebook->n_grade_rules; index++) {
        const jl_grade_rule *rule = &rulebook->grade_rules[index];
        n_totals += rule->of == JL_GRADE_TOTAL;
        if (rule->of == JL_GRADE_TOTAL && n_totals > 1) {
            jl_builder_fail(builder, jl_report(builder->diagnostics, JL_WRONG_VALUE, rule->span,
                                               "the total is graded twice; a quota takes floors with `at_least`"));
        }
        if (rule->of != JL_GRADE_TOTAL && rule->n_cutoffs == 0) {
            jl_builder_fail(builder, jl_report(builder->diagnostics, JL_WRONG_VALUE, rule->span,
                                               "grades of nodes need `cutoffs`; a quota is for the total"));
        }
    }
    if (rulebook->n_gates > 0 && n_totals == 0) {
        jl_builder_fail(builder, jl_report(builder->diagnostics, JL_NO_GRADES, rulebook->gates[0].span,
                                           "gates act on the grade of the total, and `results` asks for none"));
    }
}

void jl_compile_grades(jl_builder *builder, jl_plan *plan) {
    check_rules(builder);
    compile_gates(builder, plan);
    for (size_t index = 0; index < builder->rulebook->n_grade_rules; index++) {
        const jl_grade_rule *rule = &builder->rulebook->grade_rules[index];
        if (rule->of == JL_GRADE_TOTAL) {
            grade_total(builder, plan, rule);
        } else {
            grade_nodes(builder, rule);
        }
    }
}
