/* SPDX-License-Identifier: Apache-2.0
 *
 * Weights flow down, points flow up. The effective weight of a node is its parent's x its own / the sum of the siblings
 * that count; points = effective weight x score / 100. Only where points are rounded (or an area has adjustments of its
 * own) does the score of an area come from the points of its children.
 */
#include <string.h>

#include "plan/scorecard.h"

static const jl_node *rule_of(const jl_builder *builder, uint32_t node) {
    return &builder->rulebook->nodes[node];
}

/* ---- own weights ---- */

static bool has_weighted_sibling(const jl_builder *builder, uint32_t node) {
    for (uint32_t child = rule_of(builder, rule_of(builder, node)->parent)->first_child; child != JL_NONE;
         child = rule_of(builder, child)->next_sibling) {
        if (rule_of(builder, child)->weight.n_arms > 0) {
            return true;
        }
    }
    return false;
}

static uint32_t compile_own_weight(jl_builder *builder, uint32_t node) {
    const jl_node *rule = rule_of(builder, node);
    if (rule->weight.n_arms > 0) {
        const jl_scope scope = jl_node_scope(builder, node);
        const uint32_t weight = jl_compile_setting(builder, &scope, &rule->weight, NULL, NULL);
        return jl_check_number(builder, weight, rule->weight.span);
    }
    if (node == 0) {
        return jl_constant_number(builder, 100.0);
    }
    if (has_weighted_sibling(builder, node)) {
        jl_builder_fail(builder, jl_report(builder->diagnostics, JL_MISSING_KEY, rule->span,
                                           "`%.*s` has no weight, its siblings have", JL_TEXT_ARG(rule->id)));
        return 0;
    }
    return jl_constant_number(builder, 1.0);
}

uint32_t jl_own_weight(jl_builder *builder, uint32_t node) {
    if (builder->own_weights[node] == 0) {
        builder->own_weights[node] = compile_own_weight(builder, node);
    }
    return builder->own_weights[node];
}

static bool is_constant(const jl_builder *builder, uint32_t value) {
    double number;
    return value != 0 && jl_is_constant(builder, value, &number);
}

/* The weight where the node counts; elsewhere its state. */
static uint32_t present_weight(jl_builder *builder, uint32_t node) {
    const jl_scope scope = jl_node_scope(builder, node);
    const uint32_t presence = jl_presence_of(builder, node), weight = jl_own_weight(builder, node);
    const jl_span span = rule_of(builder, node)->span;
    const uint32_t counts = jl_emit(builder, JL_OP_KNOWN, scope.shape, JL_TYPE_TRUTH, &presence, 1, NULL, node, span);
    return jl_emit_two(builder, JL_OP_WHEN, scope.shape, counts, weight, node, span);
}

uint32_t jl_counted_weight(jl_builder *builder, uint32_t node) {
    const jl_scope scope = jl_node_scope(builder, node);
    const jl_span span = rule_of(builder, node)->weight.span;
    if (is_constant(builder, jl_own_weight(builder, node))) {
        return jl_own_weight(builder, node);
    }
    const uint32_t weight = present_weight(builder, node);
    jl_parameters p = jl_no_parameters();
    p.mask = JL_STATE_BIT(JL_MISSING) | JL_STATE_BIT(JL_UNDEFINED) | JL_STATE_BIT(JL_NOT_DUE);
    p.code = JL_SCORE_MISSING;
    const uint32_t known = jl_emit(builder, JL_OP_FAIL_ON, scope.shape, JL_TYPE_NUMBER, &weight, 1, &p, node, span);
    return jl_refuse_negative(builder, scope.shape, known, JL_NEGATIVE_WEIGHT, node, span);
}

/* ---- rows of a sheet ---- */

static uint32_t row_part(jl_builder *builder, uint32_t shape, jl_span span) {
    const jl_table_rule *entities = &builder->rulebook->tables[builder->rulebook->entities];
    const uint32_t table = jl_table_of_shape(builder, shape);
    const uint32_t *keys = jl_entity_keys(builder, shape);
    if (keys == NULL && !jl_has_entity(builder, table)) {
        jl_builder_fail(builder,
                        jl_report(builder->diagnostics, JL_UNKNOWN_COLUMN, span,
                                  "the rows of `%.*s` do not say whose they are: they lack a key of `%.*s`",
                                  JL_TEXT_ARG(builder->rulebook->tables[table].name), JL_TEXT_ARG(entities->name)));
    }
    return keys == NULL ? 0 : jl_partition(builder, shape, keys, entities->n_keys, span);
}

/* Index of an entity's own part among the parts of the rows. */
static uint32_t part_of_entity(jl_builder *builder, uint32_t part, jl_span span) {
    const uint32_t *keys = part == 0 ? NULL : jl_entity_keys(builder, builder->entity_shape);
    const size_t n_keys = builder->rulebook->tables[builder->rulebook->entities].n_keys;
    return keys == NULL ? 0
                        : jl_lookup(builder, builder->entity_shape, jl_part_shape(builder, part), keys, n_keys, span);
}

uint32_t jl_rows_of_entity(jl_builder *builder, uint32_t shape, jl_span span) {
    return part_of_entity(builder, row_part(builder, shape, span), span);
}

uint32_t jl_reduce_to_entities(jl_builder *builder, uint32_t shape, jl_op_kind reducer, uint32_t x, uint32_t y,
                               uint32_t where, const jl_parameters *p, uint8_t absent, uint32_t node, jl_span span) {
    const uint32_t part = row_part(builder, shape, span);
    uint32_t args[4] = {part, x}, n_args = 2;
    if (part == 0 || x == 0) {
        return 0;
    }
    if (y != 0) {
        args[n_args++] = y;
    }
    if (where != 0) {
        args[n_args++] = where;
    }
    const uint32_t space = jl_part_shape(builder, part);
    const uint32_t reduced =
        jl_emit_where(builder, reducer, space, JL_TYPE_NUMBER, args, n_args, p, where != 0, node, span);
    return jl_gather(builder, builder->entity_shape, reduced, part_of_entity(builder, part, span), absent, 0.0, span);
}

static uint32_t sheet_where(jl_builder *builder, uint32_t sheet) {
    const jl_node *rule = rule_of(builder, sheet);
    if (rule->where == NULL) {
        return 0;
    }
    const jl_scope scope = jl_node_scope(builder, rule->first_child);
    return jl_check_truth(builder, jl_compile_formula(builder, &scope, rule->where, NULL), rule->where->span);
}

uint32_t jl_reduce_rows(jl_builder *builder, uint32_t node, jl_op_kind reducer, uint32_t x, uint32_t y,
                        const jl_parameters *p, uint8_t absent) {
    const jl_node *rule = rule_of(builder, node);
    return jl_reduce_to_entities(builder, builder->table_shapes[rule->each], reducer, x, y, sheet_where(builder, node),
                                 p, absent, node, rule->span);
}

/* What the weights below a node must add up to for each entity; 0: anything. */
static uint32_t wanted_total(jl_builder *builder, uint32_t sheet) {
    switch (rule_of(builder, sheet)->weight_total) {
    case JL_WEIGHTS_100: return jl_constant_number(builder, 100.0);
    case JL_WEIGHTS_1: return jl_constant_number(builder, 1.0);
    case JL_WEIGHTS_PARENT:
        return sheet == 0 || rule_of(builder, sheet)->weight.n_arms > 0 ? jl_own_weight(builder, sheet)
                                                                        : jl_constant_number(builder, 100.0);
    case JL_WEIGHTS_FREE: break;
    }
    return 0;
}

/* The score; a sum of weights that is not the wanted one is reported. */
static uint32_t refuse_other_sum(jl_builder *builder, uint32_t node, uint32_t found, uint32_t wanted, uint32_t score,
                                 uint32_t shape, jl_span span) {
    const uint32_t equal = jl_emit_two(builder, JL_OP_EQ, shape, found, wanted, node, span);
    const uint32_t differs = jl_emit(builder, JL_OP_NOT, shape, JL_TYPE_TRUTH, &equal, 1, NULL, node, span);
    const uint32_t args[] = {differs, score};
    jl_parameters p = jl_no_parameters();
    p.code = JL_ROW_WEIGHTS;
    return jl_emit(builder, JL_OP_REFUSE, shape, JL_TYPE_NUMBER, args, 2, &p, node, span);
}

static bool has_column_weight(jl_builder *builder, uint32_t area) {
    for (uint32_t child = rule_of(builder, area)->first_child; child != JL_NONE;
         child = rule_of(builder, child)->next_sibling) {
        const uint32_t weight = jl_own_weight(builder, child);
        if (weight != 0 && jl_value_of(builder, weight)->origin != JL_ORIGIN_CONSTANT &&
            rule_of(builder, child)->weight.n_arms == 1) {
            return true;
        }
    }
    return false;
}

static uint32_t check_listed_weights(jl_builder *builder, uint32_t area, uint32_t score) {
    const jl_node *rule = rule_of(builder, area);
    const uint32_t shape = builder->entity_shape;
    const uint32_t wanted = has_column_weight(builder, area) ? wanted_total(builder, area) : 0;
    return wanted == 0
               ? score
               : refuse_other_sum(builder, area, jl_emit_children(builder, area, JL_OP_SUM, jl_own_weight, NULL),
                                  wanted, score, shape, rule->span);
}

static uint32_t check_row_weights(jl_builder *builder, uint32_t sheet, uint32_t score) {
    const jl_node *rule = rule_of(builder, sheet);
    const uint32_t row = rule->first_child, shape = builder->entity_shape;
    const bool has_weights = rule_of(builder, row)->weight.n_arms > 0;
    const uint32_t wanted = has_weights ? wanted_total(builder, sheet) : 0;
    if (wanted == 0) {
        return score;
    }
    const jl_parameters none = jl_no_parameters();
    const uint32_t found = jl_reduce_rows(builder, sheet, JL_OP_SUM, jl_own_weight(builder, row), 0, &none, JL_MISSING);
    return refuse_other_sum(builder, sheet, found, wanted, score, shape, rule->span);
}

uint32_t jl_check_weight_sums(jl_builder *builder, uint32_t node, uint32_t score) {
    return rule_of(builder, node)->kind == JL_NODE_SHEET ? check_row_weights(builder, node, score)
                                                         : check_listed_weights(builder, node, score);
}

/* ---- effective weights and points ---- */

/* Has a state where none of them counts. */
static uint32_t sum_of_siblings(jl_builder *builder, uint32_t parent) {
    const jl_node *rule = rule_of(builder, parent);
    jl_parameters p = jl_no_parameters();
    p.combine = true;
    if (rule->kind == JL_NODE_SHEET) {
        return jl_reduce_rows(builder, parent, JL_OP_SUM, present_weight(builder, rule->first_child), 0, &p,
                              JL_MISSING);
    }
    return jl_emit_children(builder, parent, JL_OP_SUM, present_weight, NULL);
}

static bool always_weigh(jl_builder *builder, uint32_t node) {
    for (uint32_t child = rule_of(builder, node)->first_child; child != JL_NONE;
         child = rule_of(builder, child)->next_sibling) {
        double weight = 0.0;
        if (!jl_is_constant(builder, jl_own_weight(builder, child), &weight) || weight <= 0.0) {
            return false;
        }
    }
    return true;
}

uint32_t jl_require_weight(jl_builder *builder, uint32_t node, uint32_t x) {
    const uint32_t shape = builder->entity_shape;
    const jl_span span = rule_of(builder, node)->span;
    if (always_weigh(builder, node)) {
        return x;
    }
    const uint32_t weighs = jl_emit_two(builder, JL_OP_LT, shape, jl_constant_number(builder, 0.0),
                                        sum_of_siblings(builder, node), node, span);
    const uint32_t answered[] = {weighs, jl_constant_truth(builder, true)};
    jl_parameters p = jl_with_mask((uint8_t)~JL_STATE_BIT(JL_VALUE));
    const uint32_t args[] = {jl_emit(builder, JL_OP_ON_STATE, shape, JL_TYPE_TRUTH, answered, 2, &p, node, span), x};
    p = jl_no_parameters();
    p.cause = JL_TEXT("the weights add up to zero");
    return jl_emit(builder, JL_OP_REQUIRE, shape, JL_TYPE_NUMBER, args, 2, &p, node, span);
}

static uint32_t compile_effective(jl_builder *builder, uint32_t node) {
    const jl_node *rule = rule_of(builder, node);
    const jl_scope scope = jl_node_scope(builder, node);
    if (node == 0) {
        return jl_own_weight(builder, node);
    }
    if (!jl_is_additive(rule_of(builder, rule->parent))) {
        return jl_constant_number(builder, 100.0); /* nothing is passed down: points there are points of 100 */
    }
    const uint32_t above =
        jl_from_entity(builder, scope.shape, jl_compile_effective(builder, rule->parent), rule->span);
    const uint32_t siblings = jl_from_entity(builder, scope.shape, sum_of_siblings(builder, rule->parent), rule->span);
    const uint32_t product =
        jl_emit_two(builder, JL_OP_MUL, scope.shape, above, present_weight(builder, node), node, rule->span);
    const uint32_t share = jl_emit_two(builder, JL_OP_DIV, scope.shape, product, siblings, node, rule->span);
    if (always_weigh(builder, rule->parent)) {
        return share;
    }
    const uint32_t args[] = {share, jl_constant_number(builder, 0.0)}; /* of siblings that weigh nothing together */
    const jl_parameters p = jl_with_mask(JL_STATE_BIT(JL_UNDEFINED));
    return jl_emit(builder, JL_OP_ON_STATE, scope.shape, JL_TYPE_NUMBER, args, 2, &p, node, rule->span);
}

uint32_t jl_compile_effective(jl_builder *builder, uint32_t node) {
    jl_plan_node *out = &builder->nodes[node];
    if (builder->weight_progress[node] == JL_STEP_IN_PROGRESS) {
        jl_builder_fail(builder,
                        jl_report(builder->diagnostics, JL_CYCLE, rule_of(builder, node)->span,
                                  "the weight of `%.*s` depends on itself", JL_TEXT_ARG(rule_of(builder, node)->id)));
        return 0;
    }
    if (builder->weight_progress[node] == JL_STEP_NOT_YET) {
        builder->weight_progress[node] = JL_STEP_IN_PROGRESS;
        out->weight = jl_own_weight(builder, node);
        out->effective = compile_effective(builder, node);
        builder->weight_progress[node] = JL_STEP_DONE;
    }
    return out->effective;
}

/* Points are passed up only through additive nodes; below any other node children show score and weight. */
bool jl_contributes(const jl_builder *builder, uint32_t node) {
    while (node != 0 && jl_is_additive(rule_of(builder, rule_of(builder, node)->parent))) {
        node = rule_of(builder, node)->parent;
    }
    return node == 0;
}

/* effective x score / 100, rounded if the node says so. */
static uint32_t points_of_score(jl_builder *builder, uint32_t node, uint32_t score) {
    const jl_node *rule = rule_of(builder, node);
    const jl_scope scope = jl_node_scope(builder, node);
    const uint32_t product =
        jl_emit_two(builder, JL_OP_MUL, scope.shape, jl_compile_effective(builder, node), score, node, rule->span);
    return jl_emit_two(builder, JL_OP_DIV, scope.shape, product, jl_constant_number(builder, 100.0), node, rule->span);
}

static uint32_t round_points(jl_builder *builder, uint32_t node, uint32_t points) {
    const jl_rounding *rounding = &rule_of(builder, node)->round_points;
    const jl_scope scope = jl_node_scope(builder, node);
    return rounding->set
               ? jl_emit_round(builder, scope.shape, points, rounding->digits, rounding->mode, node, rounding->span)
               : points;
}

/* What the area's own bonuses and penalties make of its points: within [0, its weight] unless `over_full`. The score stays. */
static uint32_t adjust_points(jl_builder *builder, uint32_t node, uint32_t points) {
    const jl_node *rule = rule_of(builder, node);
    const uint32_t shape = builder->entity_shape;
    const jl_adjusted adjusted = jl_compile_adjustments(builder, rule->adjustments, node);
    builder->nodes[node].bonus = adjusted.bonus;
    builder->nodes[node].penalty = adjusted.penalty;
    builder->nodes[node].unadjusted = points;
    if (adjusted.bonus != 0) {
        points = jl_emit_two(builder, JL_OP_ADD, shape, points, adjusted.bonus, node, rule->span);
    }
    if (adjusted.penalty != 0) {
        points = jl_emit_two(builder, JL_OP_SUB, shape, points, adjusted.penalty, node, rule->span);
    }
    points = jl_limit_total(builder, &rule->adjustments->limits, points, node);
    points = jl_emit_two(builder, JL_OP_MAX, shape, points, jl_constant_number(builder, 0.0), node, rule->span);
    if (rule->over_full) {
        return points;
    }
    return jl_emit_two(builder, JL_OP_MIN, shape, points, jl_compile_effective(builder, node), node, rule->span);
}

uint32_t jl_compile_points(jl_builder *builder, uint32_t node) {
    const jl_plan_node *out = jl_compile_node(builder, node, rule_of(builder, node)->span);
    if (out == NULL) {
        return 0;
    }
    if (out->points == 0) {
        const bool is_adjusted = node != 0 && rule_of(builder, node)->adjustments != NULL;
        uint32_t points = points_of_score(builder, node, out->score);
        points = is_adjusted ? adjust_points(builder, node, points) : points;
        builder->nodes[node].points = round_points(builder, node, points);
    }
    return builder->nodes[node].points;
}

static uint32_t effective_of(jl_builder *builder, uint32_t node) {
    return jl_compile_effective(builder, node);
}

bool jl_has_own_points(const jl_builder *builder, uint32_t node) {
    for (uint32_t child = rule_of(builder, node)->first_child; child != JL_NONE;
         child = rule_of(builder, child)->next_sibling) {
        if (rule_of(builder, child)->round_points.set || rule_of(builder, child)->adjustments != NULL) {
            return true;
        }
    }
    return false;
}

/* An area that weighs nothing, or is itself absent, has no points below it; its score is then that of unrounded points. */
static uint32_t choose_weighed(jl_builder *builder, uint32_t node, uint32_t weights, uint32_t score, uint32_t plain) {
    const uint32_t shape = builder->entity_shape;
    const jl_span span = rule_of(builder, node)->span;
    const uint32_t is_positive =
        jl_emit_two(builder, JL_OP_LT, shape, jl_constant_number(builder, 0.0), weights, node, span);
    const uint32_t answered[] = {is_positive, jl_constant_truth(builder, false)};
    const jl_parameters p = jl_with_mask((uint8_t)~JL_STATE_BIT(JL_VALUE));
    const uint32_t condition = jl_emit(builder, JL_OP_ON_STATE, shape, JL_TYPE_TRUTH, answered, 2, &p, node, span);
    const uint32_t branches[] = {condition, score, plain};
    return jl_emit(builder, JL_OP_IF, shape, JL_TYPE_NUMBER, branches, 3, NULL, node, span);
}

uint32_t jl_score_from_points(jl_builder *builder, uint32_t node) {
    const jl_node *rule = rule_of(builder, node);
    uint32_t points, weights;
    if (rule->kind == JL_NODE_SHEET) {
        jl_parameters p = jl_no_parameters();
        p.combine = true;
        points =
            jl_reduce_rows(builder, node, JL_OP_SUM, jl_compile_points(builder, rule->first_child), 0, &p, JL_MISSING);
        weights = jl_reduce_rows(builder, node, JL_OP_SUM, effective_of(builder, rule->first_child), 0, &p, JL_MISSING);
    } else {
        points = jl_emit_children(builder, node, JL_OP_SUM, jl_compile_points, NULL);
        weights = jl_emit_children(builder, node, JL_OP_SUM, effective_of, NULL);
    }
    const uint32_t share = jl_emit_two(builder, JL_OP_DIV, builder->entity_shape, points, weights, node, rule->span);
    const uint32_t score = jl_emit_two(builder, JL_OP_MUL, builder->entity_shape, share,
                                       jl_constant_number(builder, 100.0), node, rule->span);
    return choose_weighed(builder, node, weights, score, builder->plain_methods[node]);
}

/* ---- what is published of every node ---- */

/* How an entity finds the rows of its sheet, for what is listed row by row. */
static void link_rows(jl_builder *builder, uint32_t sheet) {
    const jl_node *rule = rule_of(builder, sheet);
    builder->nodes[sheet].rows = jl_rows_of_entity(builder, builder->table_shapes[rule->each], rule->span);
    builder->nodes[sheet].row_counts = sheet_where(builder, sheet);
}

static uint32_t publish(jl_builder *builder, uint32_t node, uint32_t value, int digits) {
    const uint32_t shape = builder->nodes[node].shape;
    return value == 0 ? 0
                      : jl_emit_round(builder, shape, value, digits, builder->rulebook->round_total.mode, node,
                                      rule_of(builder, node)->span);
}

static void publish_node(jl_builder *builder, uint32_t node) {
    jl_plan_node *out = &builder->nodes[node];
    const jl_node *rule = rule_of(builder, node);
    const bool has_points = jl_contributes(builder, node);
    if (rule->kind == JL_NODE_SHEET) {
        link_rows(builder, node);
    }
    (void)jl_compile_effective(builder, node);
    out->score_digits = rule->score_digits;
    out->points_digits = rule->round_points.set && rule->round_points.digits > JL_LEDGER_DIGITS
                             ? rule->round_points.digits
                             : JL_LEDGER_DIGITS;
    out->published_score = publish(builder, node, out->score, out->score_digits);
    out->published_value = jl_is_number(builder, out->value) ? publish(builder, node, out->value, rule->digits) : 0;
    out->published_effective = publish(builder, node,
                                       has_points                ? out->effective
                                       : rule->weight.n_arms > 0 ? present_weight(builder, node)
                                                                 : 0,
                                       JL_LEDGER_DIGITS);
    const uint32_t points = jl_compile_points(builder, node);
    out->published_points = has_points ? publish(builder, node, points, out->points_digits) : 0;
    out->published_unadjusted = publish(builder, node, out->unadjusted, out->points_digits);
    out->published_bonus = publish(builder, node, out->bonus, out->points_digits);
    out->published_penalty = publish(builder, node, out->penalty, out->points_digits);
}

void jl_compile_contributions(jl_builder *builder) {
    for (uint32_t node = 0; node < builder->rulebook->n_nodes; node++) {
        if (jl_compile_node(builder, node, rule_of(builder, node)->span) != NULL) {
            publish_node(builder, node);
        }
    }
}
