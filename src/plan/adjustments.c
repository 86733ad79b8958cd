/* SPDX-License-Identifier: Apache-2.0
 *
 * Adjustments: bonuses and penalties from ledgers or formulas, capped per item, then per kind. `points` are never
 * negative; the kind gives the sign.
 */
#include <string.h>

#include "plan/scorecard.h"

static uint32_t emit_if(jl_builder *builder, const jl_scope *scope, uint32_t condition, uint32_t then,
                        uint32_t otherwise, const jl_item *item) {
    const uint32_t args[] = {condition, then, otherwise};
    return jl_emit(builder, JL_OP_IF, scope->shape, JL_TYPE_NUMBER, args, 3, NULL, scope->node, item->span);
}

static uint32_t fail_on(jl_builder *builder, const jl_scope *scope, uint32_t x, uint8_t mask, const jl_item *item) {
    jl_parameters p = jl_with_mask(mask);
    p.code = JL_SCORE_MISSING;
    return x == 0 ? 0
                  : jl_emit(builder, JL_OP_FAIL_ON, scope->shape, (jl_value_type)jl_value_of(builder, x)->type, &x, 1,
                            &p, scope->node, item->span);
}

/* Whether a state gives no points, without an error. */
static bool gives_none(const jl_policy *policy) {
    return policy->kind == JL_POLICY_REDISTRIBUTE || policy->kind == JL_POLICY_NONE;
}

/* Points that are missing are an error unless the item says otherwise; not applicable and not due count as none. */
static uint32_t answer_missing(jl_builder *builder, const jl_scope *scope, uint32_t points, const jl_item *item) {
    const uint8_t undefined = JL_STATE_BIT(JL_UNDEFINED), missing = JL_STATE_BIT(JL_MISSING);
    if (item->missing.kind == JL_POLICY_FORMULA) {
        const uint32_t answer = jl_compile_formula(builder, scope, item->missing.formula, NULL);
        const uint32_t args[] = {points, jl_check_number(builder, answer, item->missing.span)};
        const jl_parameters p = jl_with_mask(missing);
        points = jl_emit(builder, JL_OP_ON_STATE, scope->shape, JL_TYPE_NUMBER, args, 2, &p, scope->node,
                         item->missing.span);
    }
    return fail_on(builder, scope, points, gives_none(&item->missing) ? undefined : undefined | missing, item);
}

/* ---- which rows ---- */

/* The rows of an item: those where its condition holds, and those where it is not known and `unknown` gives points. */
typedef struct jl_choice_of_rows {
    uint32_t holds;   /* the condition; its state where it is not known */
    uint32_t counts;  /* truth, always known */
    uint32_t unknown; /* truth, always known: `unknown` gives the points; 0: it never does */
} jl_choice_of_rows;

static uint32_t known_or(jl_builder *builder, const jl_scope *scope, uint32_t truth, uint8_t mask, bool otherwise,
                         const jl_item *item) {
    const uint32_t args[] = {truth, jl_constant_truth(builder, otherwise)};
    const jl_parameters p = jl_with_mask(mask);
    return jl_emit(builder, JL_OP_ON_STATE, scope->shape, JL_TYPE_TRUTH, args, 2, &p, scope->node, item->span);
}

static uint32_t compile_where(jl_builder *builder, const jl_scope *scope, const jl_item *item) {
    return item->where == NULL
               ? jl_constant_truth(builder, true)
               : jl_check_truth(builder, jl_compile_formula(builder, scope, item->where, NULL), item->where->span);
}

static jl_choice_of_rows choose_rows(jl_builder *builder, const jl_scope *scope, const jl_item *item) {
    const uint8_t undefined = JL_STATE_BIT(JL_UNDEFINED), missing = JL_STATE_BIT(JL_MISSING);
    const uint8_t others = JL_STATE_BIT(JL_NOT_APPLICABLE) | JL_STATE_BIT(JL_NOT_DUE) | undefined;
    const bool answers = item->unknown.kind == JL_POLICY_FORMULA;
    jl_choice_of_rows rows = {compile_where(builder, scope, item), 0, 0};
    if (item->where == NULL || rows.holds == 0) {
        rows.counts = rows.holds;
        return rows;
    }
    rows.holds = fail_on(builder, scope, rows.holds,
                         answers || gives_none(&item->unknown) ? undefined : undefined | missing, item);
    rows.counts = known_or(builder, scope, rows.holds, others | missing, false, item);
    if (answers) {
        const uint32_t known = known_or(builder, scope, rows.holds, others, false, item);
        const uint32_t is_known =
            jl_emit(builder, JL_OP_KNOWN, scope->shape, JL_TYPE_TRUTH, &known, 1, NULL, scope->node, item->span);
        rows.unknown =
            jl_emit(builder, JL_OP_NOT, scope->shape, JL_TYPE_TRUTH, &is_known, 1, NULL, scope->node, item->span);
        rows.holds = known_or(builder, scope, rows.holds, missing, true, item);
        rows.counts = jl_emit_two(builder, JL_OP_OR, scope->shape, rows.counts, rows.unknown, scope->node, item->span);
    }
    return rows;
}

/* Points of the rows that count; a row that does not needs none, and fails for none. */
static uint32_t compile_points(jl_builder *builder, const jl_scope *scope, jl_plan_item *out,
                               const jl_choice_of_rows *rows) {
    const jl_item *item = out->rule;
    const uint32_t zero = jl_constant_number(builder, 0.0);
    uint32_t points = jl_compile_setting(builder, scope, &item->points, &out->traces, &out->n_traces);
    points = jl_check_number(builder, points, item->points.span);
    if (rows->unknown != 0) {
        uint32_t given = jl_compile_formula(builder, scope, item->unknown.formula, NULL);
        given = jl_check_number(builder, given, item->unknown.span);
        points = emit_if(builder, scope, rows->unknown, given, points, item);
    }
    points = emit_if(builder, scope, rows->counts, points, zero, item);
    points = answer_missing(builder, scope, points, item);
    points = jl_refuse_negative(builder, scope->shape, points, JL_NEGATIVE_POINTS, scope->node, item->span);
    return jl_emit_two(builder, JL_OP_WHEN, scope->shape, rows->holds, points, scope->node, item->span);
}

/* ---- ledgers ---- */

/* `once`: of the rows of an entity with the same cause, the one with the most points. */
static uint32_t compile_once(jl_builder *builder, const jl_scope *scope, const jl_item *item, uint32_t points,
                             uint32_t where) {
    const uint32_t table = jl_table_of_shape(builder, scope->shape);
    const uint32_t column = jl_table_column(&builder->rulebook->tables[table], item->once);
    const uint32_t entity = jl_entity_index(builder, scope->shape, item->once_span);
    if (column == JL_NONE || entity == 0) {
        jl_builder_fail(builder, jl_report(builder->diagnostics, JL_UNKNOWN_COLUMN, item->once_span,
                                           "unknown column `%.*s` in table `%.*s`", JL_TEXT_ARG(item->once),
                                           JL_TEXT_ARG(builder->rulebook->tables[table].name)));
        return 0;
    }
    const uint32_t keys[] = {entity, jl_cell(builder, scope->shape, column)};
    const uint32_t args[] = {jl_partition(builder, scope->shape, keys, 2, item->once_span), points, where};
    jl_parameters p = jl_no_parameters();
    p.ties = JL_RANK_FIRST_BEST;
    const uint32_t best = jl_emit_where(builder, JL_OP_RANK, scope->shape, JL_TYPE_TRUTH, args, 3, &p, true,
                                        scope->node, item->once_span);
    /* A row without a cause stands for itself. */
    const uint32_t known =
        jl_emit(builder, JL_OP_KNOWN, scope->shape, JL_TYPE_TRUTH, &keys[1], 1, NULL, scope->node, item->once_span);
    const uint32_t branches[] = {known, best, jl_constant_truth(builder, true)};
    const uint32_t is_first =
        jl_emit(builder, JL_OP_IF, scope->shape, JL_TYPE_TRUTH, branches, 3, NULL, scope->node, item->once_span);
    return jl_emit_two(builder, JL_OP_AND, scope->shape, where, is_first, scope->node, item->once_span);
}

static void compile_ledger(jl_builder *builder, uint32_t node, jl_plan_item *out) {
    const jl_item *item = out->rule;
    const jl_scope scope = {.shape = builder->table_shapes[item->each], .node = node, .measures = JL_NONE};
    const jl_choice_of_rows rows = choose_rows(builder, &scope, item);
    const uint32_t points = compile_points(builder, &scope, out, &rows);
    const uint32_t counts =
        item->once.length > 0 ? compile_once(builder, &scope, item, points, rows.counts) : rows.counts;
    const jl_parameters p = jl_no_parameters();
    out->row_shape = scope.shape;
    out->row_points = points;
    out->row_counts = counts;
    out->rows = jl_rows_of_entity(builder, scope.shape, item->span);
    out->raw = counts == 0 ? 0
                           : jl_reduce_to_entities(builder, scope.shape, JL_OP_SUM, points, 0, counts, &p, JL_VALUE,
                                                   node, item->span);
}

static void compile_formula_item(jl_builder *builder, uint32_t node, jl_plan_item *out) {
    const jl_item *item = out->rule;
    jl_scope scope = jl_entity_scope(builder);
    scope.node = node;
    const jl_choice_of_rows rows = choose_rows(builder, &scope, item);
    const uint32_t args[] = {compile_points(builder, &scope, out, &rows), jl_constant_number(builder, 0.0)};
    const jl_parameters p =
        jl_with_mask(JL_STATE_BIT(JL_NOT_APPLICABLE) | JL_STATE_BIT(JL_NOT_DUE) | JL_STATE_BIT(JL_MISSING));
    out->raw = jl_emit(builder, JL_OP_ON_STATE, scope.shape, JL_TYPE_NUMBER, args, 2, &p, node, item->span);
}

static jl_plan_item *add_item(jl_builder *builder, const jl_item *rule, uint32_t node) {
    if (!jl_arena_grow(builder->arena, &builder->items, &builder->items_capacity, builder->n_items + 1,
                       sizeof(jl_plan_item))) {
        jl_builder_fail(builder, JEOUL_NO_MEMORY);
        return NULL;
    }
    jl_plan_item *item = &builder->items[builder->n_items++];
    memset(item, 0, sizeof *item);
    item->rule = rule;
    item->node = node;
    return item;
}

static uint32_t compile_item(jl_builder *builder, const jl_item *rule, uint32_t node) {
    jl_plan_item compiled = {.rule = rule, .node = node};
    const jl_scope scope = jl_entity_scope(builder);
    const jl_round_mode mode = builder->rulebook->round_total.mode;
    if (rule->each != JL_NONE) {
        compile_ledger(builder, node, &compiled);
    } else {
        compile_formula_item(builder, node, &compiled);
    }
    compiled.capped = compiled.raw;
    if (rule->cap != NULL) {
        uint32_t cap = jl_compile_formula(builder, &scope, rule->cap, NULL);
        cap = jl_check_number(builder, cap, rule->cap->span);
        cap = fail_on(builder, &scope, cap, (uint8_t)~JL_STATE_BIT(JL_VALUE), rule);
        cap = jl_refuse_negative(builder, scope.shape, cap, JL_NEGATIVE_POINTS, node, rule->cap->span);
        compiled.capped = jl_emit_two(builder, JL_OP_MIN, scope.shape, compiled.raw, cap, node, rule->cap->span);
    }
    compiled.published_raw =
        jl_emit_round(builder, scope.shape, compiled.raw, JL_LEDGER_DIGITS, mode, node, rule->span);
    compiled.published_capped =
        jl_emit_round(builder, scope.shape, compiled.capped, JL_LEDGER_DIGITS, mode, node, rule->span);
    jl_plan_item *item = add_item(builder, rule, node);
    if (item != NULL) {
        *item = compiled;
    }
    return compiled.capped;
}

uint32_t jl_limit_total(jl_builder *builder, const jl_limits *limits, uint32_t sum, uint32_t node) {
    if (limits->low.length > 0) {
        sum = jl_emit_two(builder, JL_OP_MAX, builder->entity_shape, sum, jl_constant_decimal(builder, limits->low),
                          node, limits->span);
    }
    if (limits->high.length > 0) {
        sum = jl_emit_two(builder, JL_OP_MIN, builder->entity_shape, sum, jl_constant_decimal(builder, limits->high),
                          node, limits->span);
    }
    return sum;
}

static uint32_t limit_sum(jl_builder *builder, uint32_t sum, jl_text limit, uint32_t node, jl_span span) {
    return limit.length == 0 || sum == 0 ? sum
                                         : jl_emit_two(builder, JL_OP_MIN, builder->entity_shape, sum,
                                                       jl_constant_decimal(builder, limit), node, span);
}

jl_adjusted jl_compile_adjustments(jl_builder *builder, const jl_adjustments *rules, uint32_t node) {
    jl_adjusted adjusted = {0};
    for (size_t index = 0; index < rules->n_items; index++) {
        const uint32_t points = compile_item(builder, &rules->items[index], node);
        uint32_t *sum = rules->items[index].penalty ? &adjusted.penalty_sum : &adjusted.bonus_sum;
        *sum = *sum == 0 ? points
                         : jl_emit_two(builder, JL_OP_ADD, builder->entity_shape, *sum, points, node,
                                       rules->items[index].span);
    }
    adjusted.bonus = limit_sum(builder, adjusted.bonus_sum, rules->limits.bonus, node, rules->limits.span);
    adjusted.penalty = limit_sum(builder, adjusted.penalty_sum, rules->limits.penalty, node, rules->limits.span);
    return adjusted;
}
