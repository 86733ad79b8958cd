/* SPDX-License-Identifier: Apache-2.0
 *
 * Lowering: an expanded formula -> operations of the plan, with types checked on the way. A literal text takes its
 * meaning from the other side of its comparison: a choice, a date, or plain text.
 */
#include <string.h>

#include "plan/builder.h"
#include "plan/words.h"
#include "table/table.h"

#define MAX_LOWERED 1000000u /* parts of formulas of one rulebook, methods put in */
#define MAX_DEPTH 1000u      /* of them on top of each other, through all definitions */

static const char *const type_names[] = {
    [JL_TYPE_NUMBER] = "a number",           [JL_TYPE_TRUTH] = "true or false", [JL_TYPE_CODE] = "a text",
    [JL_TYPE_ORDERED] = "an ordered choice", [JL_TYPE_DATE] = "a date",         [JL_TYPE_MONTH] = "a month",
    [JL_TYPE_QUARTER] = "a quarter",         [JL_TYPE_YEAR] = "a year",         [JL_TYPE_INDEX] = "a row"};

static uint32_t report_type(jl_builder *builder, jl_span span, const char *expected, uint32_t found) {
    jl_builder_fail(builder, jl_report(builder->diagnostics, JL_WRONG_TYPE, span, "expected %s, found %s", expected,
                                       type_names[jl_value_of(builder, found)->type]));
    return 0;
}

bool jl_is_number(const jl_builder *builder, uint32_t value) {
    const uint8_t type = jl_value_of(builder, value)->type;
    return type == JL_TYPE_NUMBER || type == JL_TYPE_YEAR;
}

uint32_t jl_check_number(jl_builder *builder, uint32_t value, jl_span span) {
    return value == 0 || jl_is_number(builder, value) ? value : report_type(builder, span, "a number", value);
}

uint32_t jl_check_truth(jl_builder *builder, uint32_t value, jl_span span) {
    const bool fits = value == 0 || jl_value_of(builder, value)->type == JL_TYPE_TRUTH;
    return fits ? value : report_type(builder, span, "a condition", value);
}

uint32_t jl_check_like(jl_builder *builder, uint32_t value, uint32_t other, jl_span span) {
    const bool numbers = jl_is_number(builder, value) && jl_is_number(builder, other);
    const uint8_t wanted = jl_value_of(builder, other)->type;
    const bool fits = value == 0 || other == 0 || numbers || jl_value_of(builder, value)->type == wanted;
    return fits ? value : report_type(builder, span, type_names[wanted], value);
}

uint32_t jl_lower_number(jl_builder *builder, const jl_scope *scope, const jl_ast *ast) {
    return jl_check_number(builder, jl_lower(builder, scope, ast), ast->span);
}

uint32_t jl_lower_truth(jl_builder *builder, const jl_scope *scope, const jl_ast *ast) {
    return jl_check_truth(builder, jl_lower(builder, scope, ast), ast->span);
}

/* ---- literals ---- */

static uint32_t report_not_a_choice(jl_builder *builder, const jl_ast *literal, const jl_column_rule *column) {
    jl_text *names = jl_arena_array(builder->arena, column->n_choices, sizeof *names);
    if (names == NULL) {
        jl_builder_fail(builder, JEOUL_NO_MEMORY);
        return 0;
    }
    for (size_t choice = 0; choice < column->n_choices; choice++) {
        names[choice] = column->choices[choice].text;
    }
    jl_builder_fail(builder, jl_report(builder->diagnostics, JL_NOT_A_CHOICE, literal->span,
                                       "`%.*s` is not among the choices of `%.*s`", JL_TEXT_ARG(literal->text),
                                       JL_TEXT_ARG(column->name)));
    jl_report_nearest(builder->diagnostics, literal->text, names, column->n_choices);
    return 0;
}

static uint32_t choice_constant(jl_builder *builder, const jl_ast *literal, const jl_column_rule *column) {
    for (size_t choice = 0; choice < column->n_choices; choice++) {
        const jl_choice *known = &column->choices[choice];
        if (!jl_text_equal(known->text, literal->text)) {
            continue;
        }
        if (column->type == JL_COLUMN_ORDERED) {
            return jl_constant_typed(builder, (double)choice, JL_TYPE_ORDERED);
        }
        return known->is_number ? jl_constant_decimal(builder, known->word) : jl_constant_symbol(builder, known->word);
    }
    return report_not_a_choice(builder, literal, column);
}

static uint32_t date_constant(jl_builder *builder, const jl_ast *literal, uint8_t type) {
    double day = 0.0;
    static const char *const forms[] = {[JL_TYPE_DATE] = "2017-03-31",
                                        [JL_TYPE_MONTH] = "2017-03",
                                        [JL_TYPE_QUARTER] = "2017-Q1",
                                        [JL_TYPE_YEAR] = "2017"};
    const bool read = type == JL_TYPE_DATE      ? jl_date_parse(literal->text, &day)
                      : type == JL_TYPE_MONTH   ? jl_month_parse(literal->text, &day)
                      : type == JL_TYPE_QUARTER ? jl_quarter_parse(literal->text, &day)
                                                : jl_year_parse(literal->text, &day);
    if (!read) {
        jl_builder_fail(builder, jl_report(builder->diagnostics, JL_WRONG_TYPE, literal->span,
                                           "expected %s such as '%s', found '%.*s'", type_names[type], forms[type],
                                           JL_TEXT_ARG(literal->text)));
        return 0;
    }
    return jl_constant_typed(builder, day, (jl_value_type)type);
}

uint32_t jl_literal_of(jl_builder *builder, const jl_ast *literal, jl_value_type type, const jl_column_rule *column) {
    if (jl_is_word(literal)) {
        return jl_constant_symbol(builder, literal->text);
    }
    if (column != NULL && column->n_choices > 0) {
        return choice_constant(builder, literal, column);
    }
    switch (type) {
    case JL_TYPE_CODE: return jl_constant_symbol(builder, literal->text);
    case JL_TYPE_DATE:
    case JL_TYPE_MONTH:
    case JL_TYPE_QUARTER:
    case JL_TYPE_YEAR: return date_constant(builder, literal, (uint8_t)type);
    default:
        jl_builder_fail(builder, jl_report(builder->diagnostics, JL_WRONG_TYPE, literal->span,
                                           "a text is compared with %s", type_names[type]));
        return 0;
    }
}

uint32_t jl_literal_like(jl_builder *builder, const jl_ast *literal, uint32_t other) {
    const jl_value *like = jl_value_of(builder, other);
    return jl_literal_of(builder, literal, (jl_value_type)like->type, like->column);
}

/* ---- comparison ---- */

static bool lower_sides(jl_builder *builder, const jl_scope *scope, const jl_ast *left, const jl_ast *right,
                        uint32_t sides_out[2]) {
    const bool left_is_literal = left->kind == JL_AST_TEXT, right_is_literal = right->kind == JL_AST_TEXT;
    sides_out[0] = left_is_literal && !right_is_literal ? 0 : jl_lower(builder, scope, left);
    sides_out[1] = right_is_literal && !left_is_literal ? 0 : jl_lower(builder, scope, right);
    if (left_is_literal && !right_is_literal && sides_out[1] != 0) {
        sides_out[0] = jl_literal_like(builder, left, sides_out[1]);
    } else if (right_is_literal && !left_is_literal && sides_out[0] != 0) {
        sides_out[1] = jl_literal_like(builder, right, sides_out[0]);
    }
    return sides_out[0] != 0 && sides_out[1] != 0;
}

static bool is_decimal(const jl_builder *builder, uint32_t value) {
    const jl_value *known = jl_value_of(builder, value);
    if (known->origin == JL_ORIGIN_CONSTANT) {
        return builder->constants[known->source].decimal.length == 0;
    }
    return known->decimal;
}

static uint32_t emit_comparison(jl_builder *builder, const jl_scope *scope, jl_op_kind kind, uint32_t a, uint32_t b,
                                jl_span span) {
    const uint32_t args[] = {a, b};
    jl_parameters p = jl_no_parameters();
    p.decimals = is_decimal(builder, a) && is_decimal(builder, b);
    return jl_emit(builder, kind, scope->shape, JL_TYPE_TRUTH, args, 2, &p, scope->node, span);
}

static uint32_t emit_equal(jl_builder *builder, const jl_scope *scope, const uint32_t sides[2], jl_span span) {
    const uint8_t type = jl_value_of(builder, sides[0])->type;
    const bool is_code = type == JL_TYPE_CODE || type == JL_TYPE_TRUTH;
    return is_code ? jl_emit_two(builder, JL_OP_CODE_EQ, scope->shape, sides[0], sides[1], scope->node, span)
                   : emit_comparison(builder, scope, JL_OP_EQ, sides[0], sides[1], span);
}

static bool comparable(jl_builder *builder, const uint32_t sides[2]) {
    const jl_value *a = jl_value_of(builder, sides[0]), *b = jl_value_of(builder, sides[1]);
    return a->type == b->type || (jl_is_number(builder, sides[0]) && jl_is_number(builder, sides[1]));
}

static uint32_t lower_comparison(jl_builder *builder, const jl_scope *scope, const jl_ast *ast) {
    uint32_t sides[2];
    if (!lower_sides(builder, scope, ast->children[0], ast->children[1], sides)) {
        return 0;
    }
    if (!comparable(builder, sides)) {
        return report_type(builder, ast->children[1]->span, type_names[jl_value_of(builder, sides[0])->type], sides[1]);
    }
    const bool has_order =
        jl_value_of(builder, sides[0])->type != JL_TYPE_CODE && jl_value_of(builder, sides[0])->type != JL_TYPE_TRUTH;
    if (ast->op != JL_BINARY_EQ && ast->op != JL_BINARY_NE && !has_order) {
        return report_type(builder, ast->children[0]->span, "something with an order", sides[0]);
    }
    switch ((jl_binary)ast->op) {
    case JL_BINARY_EQ: return emit_equal(builder, scope, sides, ast->span);
    case JL_BINARY_NE: {
        const uint32_t equal = emit_equal(builder, scope, sides, ast->span);
        return jl_emit(builder, JL_OP_NOT, scope->shape, JL_TYPE_TRUTH, &equal, 1, NULL, scope->node, ast->span);
    }
    case JL_BINARY_LT: return emit_comparison(builder, scope, JL_OP_LT, sides[0], sides[1], ast->span);
    case JL_BINARY_LE: return emit_comparison(builder, scope, JL_OP_LE, sides[0], sides[1], ast->span);
    case JL_BINARY_GT: return emit_comparison(builder, scope, JL_OP_LT, sides[1], sides[0], ast->span);
    default: return emit_comparison(builder, scope, JL_OP_LE, sides[1], sides[0], ast->span);
    }
}

static uint32_t lower_in(jl_builder *builder, const jl_scope *scope, const jl_ast *ast) {
    uint32_t any = 0;
    for (size_t choice = 1; choice < ast->n_children; choice++) {
        uint32_t sides[2];
        if (!lower_sides(builder, scope, ast->children[0], ast->children[choice], sides)) {
            return 0;
        }
        if (!comparable(builder, sides)) {
            return report_type(builder, ast->children[choice]->span, type_names[jl_value_of(builder, sides[0])->type],
                               sides[1]);
        }
        const uint32_t equal = emit_equal(builder, scope, sides, ast->span);
        any = choice == 1 ? equal : jl_emit_two(builder, JL_OP_OR, scope->shape, any, equal, scope->node, ast->span);
    }
    return any;
}

/* ---- operators ---- */

static uint32_t lower_arithmetic(jl_builder *builder, const jl_scope *scope, const jl_ast *ast) {
    static const jl_op_kind kinds[] = {[JL_BINARY_ADD] = JL_OP_ADD,
                                       [JL_BINARY_SUB] = JL_OP_SUB,
                                       [JL_BINARY_MUL] = JL_OP_MUL,
                                       [JL_BINARY_DIV] = JL_OP_DIV,
                                       [JL_BINARY_POW] = JL_OP_POW};
    const uint32_t left = jl_lower_number(builder, scope, ast->children[0]);
    const uint32_t right = jl_lower_number(builder, scope, ast->children[1]);
    double divisor;
    if (left == 0 || right == 0) {
        return 0;
    }
    const bool divides = ast->op == JL_BINARY_DIV;
    if (divides && jl_is_constant(builder, right, &divisor) && divisor == 0.0) {
        jl_builder_fail(builder,
                        jl_report(builder->diagnostics, JL_NEVER_VALID, ast->span, "this always divides by zero"));
        return 0;
    }
    jl_parameters p = jl_no_parameters();
    p.decimals = is_decimal(builder, right) && (divides || is_decimal(builder, left));
    const uint32_t args[] = {left, right};
    return jl_emit(builder, kinds[ast->op], scope->shape, JL_TYPE_NUMBER, args, 2, &p, scope->node, ast->span);
}

static uint32_t lower_binary(jl_builder *builder, const jl_scope *scope, const jl_ast *ast) {
    if (ast->op == JL_BINARY_AND || ast->op == JL_BINARY_OR) {
        const uint32_t left = jl_lower_truth(builder, scope, ast->children[0]);
        const uint32_t right = jl_lower_truth(builder, scope, ast->children[1]);
        return jl_emit_two(builder, ast->op == JL_BINARY_AND ? JL_OP_AND : JL_OP_OR, scope->shape, left, right,
                           scope->node, ast->span);
    }
    return ast->op >= JL_BINARY_ADD ? lower_arithmetic(builder, scope, ast) : lower_comparison(builder, scope, ast);
}

static uint32_t lower_one(jl_builder *builder, const jl_scope *scope, const jl_ast *ast) {
    const bool is_not = ast->kind == JL_AST_NOT;
    const uint32_t x =
        is_not ? jl_lower_truth(builder, scope, ast->children[0]) : jl_lower_number(builder, scope, ast->children[0]);
    return jl_emit(builder, is_not ? JL_OP_NOT : JL_OP_NEG, scope->shape, is_not ? JL_TYPE_TRUTH : JL_TYPE_NUMBER, &x,
                   1, NULL, scope->node, ast->span);
}

static uint32_t lower_if(jl_builder *builder, const jl_scope *scope, const jl_ast *ast) {
    const uint32_t condition = jl_lower_truth(builder, scope, ast->children[0]);
    uint32_t branches[2];
    if (!lower_sides(builder, scope, ast->children[1], ast->children[2], branches) || condition == 0) {
        return 0;
    }
    if (jl_check_like(builder, branches[1], branches[0], ast->children[2]->span) == 0) {
        return 0;
    }
    const bool numbers = jl_is_number(builder, branches[0]);
    const uint32_t args[] = {condition, branches[0], branches[1]};
    const jl_value_type type = numbers ? JL_TYPE_NUMBER : (jl_value_type)jl_value_of(builder, branches[0])->type;
    return jl_emit(builder, JL_OP_IF, scope->shape, type, args, 3, NULL, scope->node, ast->span);
}

static uint32_t lower_literal_text(jl_builder *builder, const jl_ast *ast) {
    if (jl_is_word(ast)) {
        jl_builder_fail(builder, jl_report(builder->diagnostics, JL_WRONG_TYPE, ast->span,
                                           "the word `%.*s` cannot be calculated with", JL_TEXT_ARG(ast->text)));
        return 0;
    }
    return jl_constant_symbol(builder, ast->text);
}

static uint32_t lower_kind(jl_builder *builder, const jl_scope *scope, const jl_ast *ast) {
    switch ((jl_ast_kind)ast->kind) {
    case JL_AST_NUMBER: return jl_constant_decimal(builder, ast->text);
    case JL_AST_TEXT: return lower_literal_text(builder, ast);
    case JL_AST_NAME: return jl_resolve_name(builder, scope, ast);
    case JL_AST_QUALIFIED: return jl_resolve_qualified(builder, scope, ast);
    case JL_AST_NEGATE:
    case JL_AST_NOT: return lower_one(builder, scope, ast);
    case JL_AST_BINARY: return lower_binary(builder, scope, ast);
    case JL_AST_IF: return lower_if(builder, scope, ast);
    case JL_AST_IN: return lower_in(builder, scope, ast);
    case JL_AST_CALL: return jl_lower_call(builder, scope, ast);
    case JL_AST_LIST:
        jl_builder_fail(builder, jl_report(builder->diagnostics, JL_WRONG_TYPE, ast->span,
                                           "a list can only be an argument of an aggregate"));
        return 0;
    }
    return 0;
}

/* Methods in methods multiply, and definitions may name each other in a long chain: a short rulebook could ask for more
 * work or more stack than there is. */
static bool is_too_much(jl_builder *builder, const jl_ast *ast) {
    const bool is_too_long = builder->n_lowered == MAX_LOWERED, is_too_deep = builder->depth == MAX_DEPTH;
    if (is_too_long || is_too_deep) {
        jl_builder_fail(builder, jl_report(builder->diagnostics, JL_FORMULA_LIMIT, ast->span, "%s",
                                           is_too_long ? "the formulas are too large once their methods are put in"
                                                       : "the definitions that this one needs are nested too deep"));
        builder->n_lowered = MAX_LOWERED + 1; /* said once, for the whole rulebook */
    }
    return builder->n_lowered > MAX_LOWERED;
}

uint32_t jl_lower(jl_builder *builder, const jl_scope *scope, const jl_ast *ast) {
    if (is_too_much(builder, ast)) {
        return 0;
    }
    builder->n_lowered++;
    builder->depth++;
    const uint32_t value = lower_kind(builder, scope, ast);
    builder->depth--;
    if (scope->trace != NULL && scope->outer == NULL) {
        scope->trace[ast->index] = value;
    }
    return value;
}

uint32_t jl_compile_formula(jl_builder *builder, const jl_scope *scope, const jl_ast *ast, jl_trace *trace_out) {
    uint32_t n_nodes = 0;
    const jl_ast *expanded = jl_expand(builder, ast, &n_nodes);
    if (expanded == NULL) {
        return 0;
    }
    jl_scope traced = *scope;
    traced.trace = trace_out == NULL ? NULL : jl_arena_array(builder->arena, n_nodes, sizeof(uint32_t));
    if (trace_out != NULL) {
        if (traced.trace == NULL) {
            jl_builder_fail(builder, JEOUL_NO_MEMORY);
            return 0;
        }
        trace_out->source = ast;
        trace_out->ast = expanded;
        trace_out->values = traced.trace;
    }
    return jl_lower(builder, &traced, expanded);
}
