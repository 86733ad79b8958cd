/* SPDX-License-Identifier: Apache-2.0
 *
 * Values without an answer -> diagnostics that name entity, indicator (or named value, or gate) and cause. A failure of
 * an area is silent where one of its own indicators has failed for the same entity: it is the same mistake seen again.
 */
#include <stdlib.h>

#include "api/objects.h"

static bool is_below(const jl_rulebook *rules, uint32_t node, uint32_t area) {
    while (node != JL_NONE && node != area) {
        node = rules->nodes[node].parent;
    }
    return node == area;
}

/* What belongs to no node is told apart by the place in the rulebook. */
static bool is_same_place(const jl_op *a, const jl_op *b) {
    return a->node == b->node && (a->node != JL_NONE || a->span.start == b->span.start);
}

/* Whether another failure of the same entity explains this one. Failures are sorted by entity. */
static bool is_follow_up(const jeoul_result *result, size_t index) {
    const jl_program *program = result->program;
    const jl_failure *failure = &program->failures[index];
    const jl_op *op = &program->plan->ops[failure->op];
    size_t first = index;
    while (first > 0 && program->failures[first - 1].entity == failure->entity) {
        first--;
    }
    for (size_t other = first; other < program->n_failures && program->failures[other].entity == failure->entity;
         other++) {
        const jl_op *other_op = &program->plan->ops[program->failures[other].op];
        const bool same_place =
            other < index && is_same_place(op, other_op) && program->failures[other].row == failure->row;
        const bool deeper = other_op->node != JL_NONE && op->node != JL_NONE && other_op->node != op->node &&
                            is_below(result->rulebook->rules, other_op->node, op->node);
        if (same_place || deeper) {
            return true;
        }
    }
    return false;
}

/* ---- the cause ---- */

static void describe_operation(const jl_op *op, jl_buffer *cause) {
    const jl_text text = jl_span_text(op->span);
    switch (op->kind) {
    case JL_OP_REQUIRE: jl_buffer_add(cause, op->p.cause); break;
    case JL_OP_DIV: jl_buffer_format(cause, "division by zero in `%.*s`", JL_TEXT_ARG(text)); break;
    case JL_OP_GATHER: jl_buffer_format(cause, "no row for `%.*s`", JL_TEXT_ARG(text)); break;
    default:
        jl_buffer_format(cause, "%s of `%.*s` has no result", jl_op_row_of((jl_op_kind)op->kind)->name,
                         JL_TEXT_ARG(text));
        break;
    }
}

static const char *state_name(uint8_t state) {
    static const char *const names[] = {"a value", "not applicable", "not due", "missing", "undefined"};
    return names[state];
}

static jeoul_status read_state(const jeoul_result *result, uint32_t value, uint32_t row, uint8_t *state_out) {
    jl_exact x;
    jl_exact_init(&x, JL_EXACT_FIRST_PRECISION);
    const jeoul_status status =
        jl_certify_value(result->certifier, value, row, JL_EXACT_FIRST_PRECISION, &x, state_out);
    jl_exact_clear(&x);
    return status;
}

/* Follows the state down to where it arose. */
static jeoul_status describe_cause(const jeoul_result *result, const jl_failure *failure, jl_buffer *cause) {
    const jl_plan *plan = result->program->plan;
    const jl_op *op = &plan->ops[failure->op];
    uint32_t cause_op = JL_NONE, cause_row = 0;
    uint8_t state = JL_VALUE;
    if (op->kind != JL_OP_FAIL_ON) {
        return JEOUL_OK;
    }
    const uint32_t tested = jl_op_args(plan, op)[0];
    JL_TRY(read_state(result, tested, failure->row, &state));
    JL_TRY(jl_certify_cause(result->certifier, tested, failure->row, &cause_op, &cause_row));
    jl_buffer_format(cause, "it is %s", state_name(state));
    if (cause_op != JL_NONE) {
        jl_buffer_add(cause, JL_TEXT(": "));
        describe_operation(&plan->ops[cause_op], cause);
    }
    return cause->failed ? JEOUL_NO_MEMORY : JEOUL_OK;
}

/* ---- one message ---- */

/* The id of the named value or the gate that an operation finishes; empty: of neither. */
static jl_text name_of_value(const jl_plan *plan, uint32_t value) {
    for (size_t named = 0; named < plan->rulebook->n_values; named++) {
        const jl_plan_named *known = &plan->named[named];
        if (known->value == value || known->published == value) return plan->rulebook->values[named].id;
    }
    for (size_t gate = 0; gate < plan->rulebook->n_gates; gate++) {
        if (plan->gates[gate] == value) return plan->rulebook->gates[gate].id;
    }
    return (jl_text){NULL, 0};
}

static void add_name(jl_text name, jl_buffer *place) {
    jl_buffer_format(place, "%s`%.*s`", place->length > 0 ? ", " : "", JL_TEXT_ARG(name));
}

static void name_place(const jeoul_result *result, const jl_failure *failure, jl_buffer *place) {
    const jl_plan *plan = result->program->plan;
    const jl_op *op = &plan->ops[failure->op];
    const jl_rulebook *rules = result->rulebook->rules;
    if (failure->entity != JL_NO_ROW) {
        add_name(jl_text_of(result->entities[failure->entity]), place);
    }
    const jl_text name = op->node == JL_NONE ? name_of_value(plan, op->out) : rules->nodes[op->node].id;
    if (name.length > 0 && (op->node == JL_NONE || rules->nodes[op->node].kind != JL_NODE_ROW)) {
        add_name(name, place);
    }
    const uint32_t table = plan->shapes[op->shape].kind == JL_SHAPE_TABLE ? plan->shapes[op->shape].table : JL_NONE;
    if (table != JL_NONE && op->shape != plan->entity_shape) {
        jl_buffer_format(place, "%s`%.*s", place->length > 0 ? ", " : "", JL_TEXT_ARG(rules->tables[table].name));
        for (uint32_t key = 0; key < rules->tables[table].n_keys; key++) {
            jl_buffer_char(place, ' ');
            jl_table_print_cell(result->data, table, key, failure->row, place);
        }
        jl_buffer_char(place, '`');
    }
}

static jeoul_status report_one(const jeoul_result *result, const jl_failure *failure, jeoul_diagnostics *diagnostics) {
    const jl_op *op = &result->program->plan->ops[failure->op];
    jl_buffer place = {NULL, 0, 0, false}, cause = {NULL, 0, 0, false};
    const jl_code code = op->kind == JL_OP_ROUND ? JL_TOO_LARGE : (jl_code)op->p.code;
    static const char *const sentences[] = {[JL_SCORE_MISSING] = "has no value",
                                            [JL_SCORE_UNDEFINED] = "has no defined value",
                                            [JL_SCORE_STATE] = "has a state without an answer",
                                            [JL_ROW_WEIGHTS] = "has weights that do not add up",
                                            [JL_NEGATIVE_POINTS] = "has points below zero",
                                            [JL_NEGATIVE_WEIGHT] = "has a weight below zero",
                                            [JL_TOO_LARGE] = "is too large for its digits",
                                            [JL_BAD_HEADS] = "has heads that are not a whole number"};
    name_place(result, failure, &place);
    const jeoul_status status = place.failed ? JEOUL_NO_MEMORY : describe_cause(result, failure, &cause);
    if (status == JEOUL_OK) {
        (void)jl_report(diagnostics, code, op->span, "%s %s%s%s", place.data == NULL ? "a value" : place.data,
                        sentences[code], cause.length > 0 ? ": " : "", cause.length > 0 ? cause.data : "");
    }
    jl_buffer_free(&place);
    jl_buffer_free(&cause);
    return status;
}

jeoul_status jl_report_failures(const jeoul_result *result, jeoul_diagnostics *diagnostics) {
    for (size_t index = 0; index < result->program->n_failures; index++) {
        if (!is_follow_up(result, index)) {
            JL_TRY(report_one(result, &result->program->failures[index], diagnostics));
        }
    }
    return JEOUL_DATA;
}
