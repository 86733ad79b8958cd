/* SPDX-License-Identifier: Apache-2.0
 *
 * The scorecard: each node's score, in the fixed order value, impute, method, applies, undefined, round, policy. Nodes
 * are compiled when they are first asked for, so formulas may name any node; a node that asks for itself is a cycle.
 *
 * Whether a node counts (its presence) is the state of its score. Where points are rounded, the score of an area needs
 * the effective weights of its children, which need to know who counts: so presence is taken from the score as it is
 * without rounding of points, which has the same states.
 */
#include <string.h>

#include "plan/builder.h"
#include "plan/scorecard.h"

jl_scope jl_entity_scope(const jl_builder *builder) {
    return (jl_scope){.shape = builder->entity_shape, .node = JL_NONE, .measures = JL_NONE};
}

jl_scope jl_node_scope(const jl_builder *builder, uint32_t node) {
    const jl_node *rule = &builder->rulebook->nodes[node];
    jl_scope scope = jl_entity_scope(builder);
    scope.node = node;
    if (rule->kind == JL_NODE_ROW) {
        scope.shape = builder->table_shapes[rule->each];
    } else if (rule->kind == JL_NODE_INDICATOR) {
        scope.measures = builder->rulebook->measures;
        scope.indicator = builder->rulebook->measures == JL_NONE ? (jl_text){NULL, 0} : rule->id;
    }
    return scope;
}

/* ---- settings ---- */

static bool is_one_formula(const jl_setting *setting) {
    return setting->n_arms == 1 && setting->arms[0].group.length == 0;
}

static uint32_t compile_arm(jl_builder *builder, const jl_scope *scope, const jl_arm *arm, jl_trace *trace) {
    trace->group = arm->group;
    return arm->formula == NULL ? jl_constant_state(builder, JL_NOT_APPLICABLE)
                                : jl_compile_formula(builder, scope, arm->formula, trace);
}

uint32_t jl_compile_setting(jl_builder *builder, const jl_scope *scope, const jl_setting *setting,
                            const jl_trace **traces_out, size_t *n_traces_out) {
    jl_trace *traces = jl_arena_array(builder->arena, setting->n_arms, sizeof *traces);
    if (traces == NULL) {
        jl_builder_fail(builder, JEOUL_NO_MEMORY);
        return 0;
    }
    if (traces_out != NULL) {
        *traces_out = traces;
        *n_traces_out = setting->n_arms;
    }
    const jl_arm *last = &setting->arms[setting->n_arms - 1];
    uint32_t result = compile_arm(builder, scope, last, &traces[setting->n_arms - 1]);
    if (is_one_formula(setting)) {
        return result;
    }
    const uint32_t column =
        jl_table_column(&builder->rulebook->tables[builder->rulebook->entities], builder->rulebook->groups[0]);
    const uint32_t group =
        jl_from_entity(builder, scope->shape, jl_cell(builder, builder->entity_shape, column), setting->span);
    uint32_t like = last->formula == NULL ? 0 : result; /* `none` goes with every type */
    for (size_t arm = setting->n_arms - 1; arm-- > 0 && result != 0;) {
        const jl_arm *rule = &setting->arms[arm];
        const uint32_t is_here = jl_emit_two(builder, JL_OP_CODE_EQ, scope->shape, group,
                                             jl_constant_symbol(builder, rule->group), scope->node, rule->group_span);
        const uint32_t here = compile_arm(builder, scope, rule, &traces[arm]);
        const uint32_t args[] = {is_here, rule->formula == NULL ? here : jl_check_like(builder, here, like, rule->span),
                                 result};
        like = rule->formula == NULL ? like : here;
        result = jl_emit(builder, JL_OP_IF, scope->shape, (jl_value_type)jl_value_of(builder, like)->type, args, 3,
                         NULL, scope->node, setting->span);
    }
    return result;
}

/* ---- leaves ---- */

static bool find_own_column(const jl_builder *builder, const jl_scope *scope, jl_text id, uint32_t *table_out,
                            uint32_t *column_out) {
    const uint32_t tables[] = {jl_table_of_shape(builder, scope->shape), scope->measures, builder->rulebook->entities};
    for (size_t place = 0; place < JL_COUNT(tables); place++) {
        if (tables[place] == JL_NONE) {
            continue;
        }
        const uint32_t column = jl_table_column(&builder->rulebook->tables[tables[place]], id);
        if (column != JL_NONE) {
            *table_out = tables[place];
            *column_out = column;
            return true;
        }
    }
    return false;
}

static void compile_value(jl_builder *builder, jl_scope *scope, uint32_t node, jl_plan_node *out) {
    const jl_node *rule = &builder->rulebook->nodes[node];
    uint32_t table, column;
    if (rule->value.n_arms > 0) {
        out->value = jl_compile_setting(builder, scope, &rule->value, &out->value_traces, &out->n_value_traces);
    } else if (rule->id.length > 0 && find_own_column(builder, scope, rule->id, &table, &column)) {
        const uint32_t value = jl_read_column(builder, scope, table, column, rule->span);
        out->value = value != 0 && jl_is_number(builder, value) ? value : 0;
    }
    scope->value = out->value;
    if (out->value != 0 && rule->impute.n_arms > 0) {
        const uint32_t imputed = jl_compile_setting(builder, scope, &rule->impute, NULL, NULL);
        const uint32_t args[] = {jl_check_number(builder, out->value, rule->value.span),
                                 jl_check_number(builder, imputed, rule->impute.span)};
        const jl_parameters p = jl_with_mask(JL_STATE_BIT(JL_MISSING));
        out->value =
            jl_emit(builder, JL_OP_ON_STATE, scope->shape, JL_TYPE_NUMBER, args, 2, &p, node, rule->impute.span);
    }
    scope->value = out->value;
}

static uint32_t compile_method(jl_builder *builder, const jl_scope *scope, uint32_t node, jl_plan_node *out) {
    const jl_node *rule = &builder->rulebook->nodes[node];
    if (rule->score.n_arms > 0) {
        const uint32_t score = jl_compile_setting(builder, scope, &rule->score, &out->traces, &out->n_traces);
        return jl_check_number(builder, score, rule->score.span);
    }
    if (out->value == 0 && rule->value.n_arms == 0) {
        jl_builder_fail(builder, jl_report(builder->diagnostics, JL_NO_SCORE, rule->span,
                                           "nothing says how `%.*s` is scored", JL_TEXT_ARG(rule->id)));
        jl_report_help(builder->diagnostics, "give it a `score`, a `value`, or a column of its name");
    }
    out->traces = out->value_traces;
    out->n_traces = out->n_value_traces;
    return jl_check_number(builder, out->value, rule->value.span);
}

/* ---- inner nodes ---- */

static const jl_plan_node *report_cycle(jl_builder *builder, uint32_t node, jl_span wanted_at) {
    const jl_node *rule = &builder->rulebook->nodes[node];
    jl_builder_fail(builder, jl_report(builder->diagnostics, JL_CYCLE, wanted_at,
                                       "the score of `%.*s` depends on itself", JL_TEXT_ARG(rule->id)));
    jl_report_second(builder->diagnostics, rule->span, "the node is here");
    return NULL;
}

static jl_op_kind reducer_of(const jl_node *rule) {
    static const jl_op_kind reducers[] = {[JL_COMBINE_MEAN] = JL_OP_WEIGHTED_MEAN,
                                          [JL_COMBINE_SUM] = JL_OP_SUM,
                                          [JL_COMBINE_GEOMETRIC] = JL_OP_GEOMETRIC_MEAN,
                                          [JL_COMBINE_HARMONIC] = JL_OP_HARMONIC_MEAN,
                                          [JL_COMBINE_POWER] = JL_OP_POWER_MEAN,
                                          [JL_COMBINE_MEDIAN] = JL_OP_WEIGHTED_MEDIAN,
                                          [JL_COMBINE_MIN] = JL_OP_LOWEST,
                                          [JL_COMBINE_MAX] = JL_OP_HIGHEST};
    return reducers[rule->combine];
}

static jl_parameters combine_parameters(const jl_node *rule, jl_op_kind reducer) {
    jl_parameters p = jl_with_mask(0);
    p.combine = true;
    p.reducer = (uint16_t)reducer;
    if (rule->combine == JL_COMBINE_POWER) {
        (void)jl_number_parse(rule->power, &p.number, NULL);
    }
    return p;
}

size_t jl_count_children(const jl_builder *builder, uint32_t node) {
    size_t n_children = 0;
    for (uint32_t child = builder->rulebook->nodes[node].first_child; child != JL_NONE;
         child = builder->rulebook->nodes[child].next_sibling) {
        n_children++;
    }
    return n_children;
}

/* LIST over the children of an area: x and, for reducers with weights, y. */
uint32_t jl_emit_children(jl_builder *builder, uint32_t node, jl_op_kind reducer, jl_child_value *x,
                          jl_child_value *y) {
    const jl_node *rule = &builder->rulebook->nodes[node];
    const size_t n_children = jl_count_children(builder, node);
    uint32_t *args = jl_arena_array(builder->arena, 2 * n_children + 1, sizeof *args);
    if (args == NULL) {
        jl_builder_fail(builder, JEOUL_NO_MEMORY);
        return 0;
    }
    size_t position = 0;
    for (uint32_t child = rule->first_child; child != JL_NONE;
         child = builder->rulebook->nodes[child].next_sibling, position++) {
        args[position] = x(builder, child);
        args[n_children + position] = y == NULL ? 0 : y(builder, child);
    }
    const jl_parameters p = combine_parameters(rule, reducer);
    return jl_emit(builder, JL_OP_LIST, builder->entity_shape, JL_TYPE_NUMBER, args,
                   y == NULL ? n_children : 2 * n_children, &p, node, rule->span);
}

static uint32_t score_of(jl_builder *builder, uint32_t node) {
    const jl_plan_node *compiled = jl_compile_node(builder, node, builder->rulebook->nodes[node].span);
    return compiled == NULL ? 0 : compiled->score;
}

/* ---- states that spread: the policy `none` ---- */

static bool spreads_below(const jl_builder *builder, uint32_t node);

static bool spreads(const jl_builder *builder, uint32_t node) {
    return jl_spreading_states(&builder->rulebook->nodes[node]) != 0 || spreads_below(builder, node);
}

static bool spreads_below(const jl_builder *builder, uint32_t node) {
    for (uint32_t child = builder->rulebook->nodes[node].first_child; child != JL_NONE;
         child = builder->rulebook->nodes[child].next_sibling) {
        if (spreads(builder, child)) {
            return true;
        }
    }
    return false;
}

/* A value whose state says whether a child counts; one that is left out has no state that could spread. */
static uint32_t spreading_value(jl_builder *builder, uint32_t child, bool is_row) {
    const uint32_t value = is_row ? score_of(builder, child) : jl_presence_of(builder, child);
    const uint32_t here = jl_counts_here(builder, child);
    return here == 0 ? value : jl_value_where(builder, here, value, child);
}

/* 0 with the strongest state that spreads from below a node, or without one. */
static uint32_t spread_below(jl_builder *builder, uint32_t node) {
    const jl_node *rule = &builder->rulebook->nodes[node];
    const uint32_t shape = builder->entity_shape;
    uint32_t spread = jl_constant_number(builder, 0.0);
    for (uint32_t child = rule->first_child; child != JL_NONE; child = builder->rulebook->nodes[child].next_sibling) {
        const jl_parameters p = jl_with_mask(jl_spreading_states(&builder->rulebook->nodes[child]));
        const bool is_row = rule->kind == JL_NODE_SHEET;
        if (p.mask != 0) {
            const uint32_t value = spreading_value(builder, child, is_row);
            const uint32_t args[] = {
                spread, is_row ? jl_reduce_rows(builder, node, JL_OP_WORST_STATE, value, 0, &p, JL_VALUE) : value};
            spread = jl_emit(builder, JL_OP_HOLD, shape, JL_TYPE_NUMBER, args, 2, &p, node, rule->span);
        }
        if (spreads(builder, child) && !is_row) {
            spread = jl_emit_two(builder, JL_OP_ADD, shape, spread, spread_below(builder, child), node, rule->span);
        }
    }
    return spread;
}

/* Outside the mean and the sum, a child that weighs nothing takes no part. */
static uint32_t weighing_value(jl_builder *builder, uint32_t child, uint32_t value) {
    const uint32_t shape = jl_node_scope(builder, child).shape, weight = jl_counted_weight(builder, child);
    const jl_span span = builder->rulebook->nodes[child].span;
    double constant = 0.0;
    if (jl_is_constant(builder, weight, &constant) && constant > 0.0) {
        return value;
    }
    /* An absent child has no weight either; it keeps its own state. */
    const uint32_t weighs[] = {
        jl_emit_two(builder, JL_OP_LT, shape, jl_constant_number(builder, 0.0), weight, child, span),
        jl_constant_truth(builder, true)};
    const jl_parameters p = jl_with_mask((uint8_t)~JL_STATE_BIT(JL_VALUE));
    const uint32_t condition = jl_emit(builder, JL_OP_ON_STATE, shape, JL_TYPE_TRUTH, weighs, 2, &p, child, span);
    return jl_emit_two(builder, JL_OP_WHEN, shape, condition, value, child, span);
}

static uint32_t weighing_score(jl_builder *builder, uint32_t child) {
    return weighing_value(builder, child, score_of(builder, child));
}

static uint32_t weighing_presence(jl_builder *builder, uint32_t child) {
    return weighing_value(builder, child, jl_presence_of(builder, child));
}

static bool scales_by_weight(jl_op_kind reducer) {
    return reducer == JL_OP_WEIGHTED_MEAN || reducer == JL_OP_SUM;
}

static uint32_t combine_listed(jl_builder *builder, uint32_t node, jl_child_value *score) {
    const jl_op_kind reducer = reducer_of(&builder->rulebook->nodes[node]);
    const bool weighted = jl_op_row_of(reducer)->n_args == 2, scales = scales_by_weight(reducer);
    jl_child_value *x = scales ? score : score == score_of ? weighing_score : weighing_presence;
    const uint32_t combined = jl_emit_children(builder, node, reducer, x, weighted ? jl_counted_weight : NULL);
    return scales ? combined : jl_require_weight(builder, node, combined);
}

/* Sheet: its rows combined per entity. */
static uint32_t combine_rows(jl_builder *builder, uint32_t node) {
    const jl_node *rule = &builder->rulebook->nodes[node];
    const uint32_t row = rule->first_child;
    const jl_op_kind reducer = reducer_of(rule);
    const bool weighted = jl_op_row_of(reducer)->n_args == 2, scales = scales_by_weight(reducer);
    const jl_parameters p = combine_parameters(rule, reducer);
    const uint32_t combined = jl_reduce_rows(builder, node, reducer, (scales ? score_of : weighing_score)(builder, row),
                                             weighted ? jl_counted_weight(builder, row) : 0, &p, JL_MISSING);
    return scales ? combined : jl_require_weight(builder, node, combined);
}

static uint32_t combine_children(jl_builder *builder, uint32_t node, jl_child_value *score) {
    return builder->rulebook->nodes[node].kind == JL_NODE_SHEET ? combine_rows(builder, node)
                                                                : combine_listed(builder, node, score);
}

/* An inner node's own formula over its children, or their combination. */
static uint32_t compile_inner_method(jl_builder *builder, const jl_scope *scope, uint32_t node, jl_plan_node *out) {
    const jl_node *rule = &builder->rulebook->nodes[node];
    if (rule->score.n_arms == 0) {
        const bool from_points = rule->combine == JL_COMBINE_MEAN && jl_has_own_points(builder, node);
        return from_points ? jl_score_from_points(builder, node) : combine_children(builder, node, score_of);
    }
    for (uint32_t child = rule->first_child; child != JL_NONE; child = builder->rulebook->nodes[child].next_sibling) {
        (void)jl_compile_node(builder, child, rule->span);
    }
    return compile_method(builder, scope, node, out);
}

static uint32_t hold_spread(jl_builder *builder, uint32_t node, uint32_t x, uint32_t spread) {
    const uint32_t args[] = {x, spread};
    const jl_parameters p =
        jl_with_mask(JL_STATE_BIT(JL_NOT_APPLICABLE) | JL_STATE_BIT(JL_NOT_DUE) | JL_STATE_BIT(JL_MISSING));
    return jl_emit(builder, JL_OP_HOLD, builder->entity_shape, JL_TYPE_NUMBER, args, 2, &p, node,
                   builder->rulebook->nodes[node].span);
}

/* A node over a child whose state spreads has no score, whatever its own policies say: they are not asked. */
static uint32_t finish_inner(jl_builder *builder, const jl_scope *scope, uint32_t node, uint32_t method,
                             uint32_t *rounded_out) {
    if (!spreads_below(builder, node)) {
        return jl_finish_score(builder, scope, node, method, rounded_out);
    }
    const uint32_t spread = spread_below(builder, node);
    const uint32_t known = jl_emit(builder, JL_OP_KNOWN, builder->entity_shape, JL_TYPE_TRUTH, &spread, 1, NULL, node,
                                   builder->rulebook->nodes[node].span);
    const uint32_t score =
        jl_finish_score(builder, scope, node, jl_value_where(builder, known, method, node), rounded_out);
    *rounded_out = hold_spread(builder, node, *rounded_out, spread);
    return hold_spread(builder, node, score, spread);
}

static bool is_leaf(const jl_builder *builder, uint32_t node) {
    const jl_node_kind kind = builder->rulebook->nodes[node].kind;
    return kind == JL_NODE_INDICATOR || kind == JL_NODE_ROW;
}

/* What an inner node's score would be without rounding of points: it has the same states. */
static void compile_presence(jl_builder *builder, uint32_t node) {
    const jl_scope scope = jl_node_scope(builder, node);
    builder->presence_progress[node] = JL_STEP_IN_PROGRESS;
    builder->plain_methods[node] = combine_children(builder, node, jl_presence_of);
    const uint32_t checked = jl_check_weight_sums(builder, node, builder->plain_methods[node]);
    builder->presence[node] = finish_inner(builder, &scope, node, checked, &builder->nodes[node].rounded);
    builder->presence_progress[node] = JL_STEP_DONE;
}

uint32_t jl_presence_of(jl_builder *builder, uint32_t node) {
    const jl_node *rule = &builder->rulebook->nodes[node];
    if (is_leaf(builder, node) || rule->score.n_arms > 0) {
        return score_of(builder, node);
    }
    if (builder->presence_progress[node] == JL_STEP_IN_PROGRESS) {
        (void)report_cycle(builder, node, rule->span);
        return 0;
    }
    if (builder->presence_progress[node] == JL_STEP_NOT_YET) {
        compile_presence(builder, node);
    }
    return builder->presence[node];
}

static void compile_inner(jl_builder *builder, const jl_scope *scope, uint32_t node, jl_plan_node *out) {
    const jl_node *rule = &builder->rulebook->nodes[node];
    const uint32_t presence = rule->score.n_arms > 0 ? 0 : jl_presence_of(builder, node);
    out->additive = jl_is_additive(rule);
    out->method = compile_inner_method(builder, scope, node, out);
    const bool is_plain = presence != 0 && out->method == builder->plain_methods[node];
    out->score = is_plain ? presence : finish_inner(builder, scope, node, out->method, &out->rounded);
}

/* ---- a node ---- */

const jl_plan_node *jl_compile_node(jl_builder *builder, uint32_t node, jl_span wanted_at) {
    jl_plan_node *out = &builder->nodes[node];
    if (builder->node_progress[node] == JL_STEP_IN_PROGRESS) {
        return report_cycle(builder, node, wanted_at);
    }
    if (builder->node_progress[node] == JL_STEP_DONE) {
        return out;
    }
    builder->node_progress[node] = JL_STEP_IN_PROGRESS;
    jl_scope scope = jl_node_scope(builder, node);
    out->rule = node;
    out->shape = scope.shape;
    if (!is_leaf(builder, node)) {
        compile_inner(builder, &scope, node, out);
    } else {
        compile_value(builder, &scope, node, out);
        out->method = compile_method(builder, &scope, node, out);
        out->score = jl_finish_score(builder, &scope, node, out->method, &out->rounded);
    }
    builder->node_progress[node] = JL_STEP_DONE;
    return out;
}

void jl_compile_named(jl_builder *builder, uint32_t named, jl_span wanted_at) {
    const jl_named_value *rule = &builder->rulebook->values[named];
    jl_plan_named *out = &builder->named[named];
    if (builder->named_progress[named] == JL_STEP_IN_PROGRESS) {
        jl_builder_fail(builder, jl_report(builder->diagnostics, JL_CYCLE, wanted_at,
                                           "the value `%.*s` depends on itself", JL_TEXT_ARG(rule->id)));
    }
    if (builder->named_progress[named] != JL_STEP_NOT_YET) {
        return;
    }
    builder->named_progress[named] = JL_STEP_IN_PROGRESS;
    const jl_scope scope = jl_entity_scope(builder);
    out->rule = rule;
    uint32_t value = jl_compile_setting(builder, &scope, &rule->formula, &out->traces, &out->n_traces);
    if (value != 0 && jl_is_number(builder, value)) {
        value = jl_compile_undefined(builder, &scope, value, &rule->undefined, rule->span);
        out->published = jl_emit_round(builder, scope.shape, value, rule->digits, builder->rulebook->round_total.mode,
                                       JL_NONE, rule->span);
    }
    out->value = value;
    builder->named_progress[named] = JL_STEP_DONE;
}
