/* SPDX-License-Identifier: Apache-2.0
 *
 * Compiling: a checked rulebook -> a plan. Formulas are compiled in the order they are needed, so the list of
 * operations comes out in an order in which it can be run; stages are cut from it at the end.
 */
#include <string.h>

#include "plan/builder.h"

static bool allocate_tables(jl_builder *builder) {
    const jl_rulebook *rulebook = builder->rulebook;
    builder->table_shapes = jl_arena_array(builder->arena, rulebook->n_tables, sizeof *builder->table_shapes);
    builder->cells = jl_arena_array(builder->arena, rulebook->n_tables, sizeof *builder->cells);
    builder->used = jl_arena_array(builder->arena, rulebook->n_tables, sizeof *builder->used);
    if (builder->table_shapes == NULL || builder->cells == NULL || builder->used == NULL) {
        return false;
    }
    for (uint32_t table = 0; table < rulebook->n_tables; table++) {
        const size_t n_columns = rulebook->tables[table].n_columns;
        builder->cells[table] = jl_arena_array(builder->arena, n_columns + 1, sizeof **builder->cells);
        builder->used[table] = jl_arena_array(builder->arena, n_columns + 1, sizeof **builder->used);
        if (builder->cells[table] == NULL || builder->used[table] == NULL) {
            return false;
        }
        builder->table_shapes[table] = jl_new_shape(builder, (jl_shape){.kind = JL_SHAPE_TABLE, .table = table});
    }
    return true;
}

static bool allocate_nodes(jl_builder *builder) {
    const size_t n_nodes = builder->rulebook->n_nodes, n_values = builder->rulebook->n_values + 1;
    builder->nodes = jl_arena_array(builder->arena, n_nodes, sizeof *builder->nodes);
    builder->node_progress = jl_arena_array(builder->arena, n_nodes, 1);
    builder->weight_progress = jl_arena_array(builder->arena, n_nodes, 1);
    builder->presence_progress = jl_arena_array(builder->arena, n_nodes, 1);
    builder->own_weights = jl_arena_array(builder->arena, n_nodes, sizeof(uint32_t));
    builder->presence = jl_arena_array(builder->arena, n_nodes, sizeof(uint32_t));
    builder->plain_methods = jl_arena_array(builder->arena, n_nodes, sizeof(uint32_t));
    builder->named = jl_arena_array(builder->arena, n_values, sizeof *builder->named);
    builder->named_progress = jl_arena_array(builder->arena, n_values, 1);
    return builder->nodes != NULL && builder->node_progress != NULL && builder->weight_progress != NULL &&
           builder->presence_progress != NULL && builder->own_weights != NULL && builder->presence != NULL &&
           builder->plain_methods != NULL && builder->named != NULL && builder->named_progress != NULL;
}

static bool start(jl_builder *builder) {
    const jl_rulebook *rulebook = builder->rulebook;
    jl_new_shape(builder, (jl_shape){.kind = JL_SHAPE_ONE});
    if (!jl_arena_grow(builder->arena, &builder->values, &builder->values_capacity, 256, sizeof(jl_value)) ||
        !allocate_tables(builder) || !allocate_nodes(builder)) {
        return false;
    }
    builder->values[0] = (jl_value){.origin = JL_ORIGIN_NOTHING};
    builder->n_values = 1;
    builder->entity_shape = builder->table_shapes[rulebook->entities];
    return true;
}

static void compile_groups(jl_builder *builder) {
    const jl_rulebook *rulebook = builder->rulebook;
    uint32_t keys[JL_MAX_KEYS];
    for (size_t group = 0; group < rulebook->n_groups && group < JL_COUNT(keys); group++) {
        const uint32_t column = jl_table_column(&rulebook->tables[rulebook->entities], rulebook->groups[group]);
        const jl_column_rule *rule = &rulebook->tables[rulebook->entities].columns[column];
        if (rule->derive != NULL) {
            jl_builder_fail(builder, jl_report(builder->diagnostics, JL_WRONG_TYPE, rulebook->groups_span,
                                               "expected a column of the table's file, found the derived column `%.*s`",
                                               JL_TEXT_ARG(rule->name)));
            return;
        }
        keys[group] = jl_cell(builder, builder->entity_shape, column);
    }
    builder->group_part = jl_partition(builder, builder->entity_shape, keys, rulebook->n_groups, rulebook->groups_span);
}

/* A scale is a function of its name, so the name must be free. */
static void check_scales(jl_builder *builder) {
    for (size_t scale = 0; scale < builder->rulebook->n_scales; scale++) {
        const jl_scale *rule = &builder->rulebook->scales[scale];
        if (jl_is_function(rule->name)) {
            jl_builder_fail(builder, jl_report(builder->diagnostics, JL_BAD_SCALE, rule->span,
                                               "`%.*s` is a function already", JL_TEXT_ARG(rule->name)));
        }
    }
}

/* Derived columns are compiled even if nothing reads them, so that their mistakes show. */
static void compile_derived(jl_builder *builder) {
    for (uint32_t table = 0; table < builder->rulebook->n_tables; table++) {
        const jl_table_rule *rule = &builder->rulebook->tables[table];
        for (uint32_t column = 0; column < rule->n_columns; column++) {
            const bool was_used = builder->used[table][column];
            if (rule->columns[column].derive != NULL) {
                (void)jl_cell(builder, builder->table_shapes[table], column);
                builder->used[table][column] = was_used;
            }
        }
    }
}

static void warn_unused(const jl_builder *builder) {
    for (uint32_t table = 0; table < builder->rulebook->n_tables; table++) {
        const jl_table_rule *rule = &builder->rulebook->tables[table];
        for (uint32_t column = 0; column < rule->n_columns; column++) {
            const jl_column_rule *known = &rule->columns[column];
            const bool is_title = jl_text_equal(known->name, rule->title_column);
            if (!known->is_key && !is_title && column != rule->valid_from && !builder->used[table][column]) {
                (void)jl_report(builder->diagnostics, JL_UNUSED_COLUMN, known->span,
                                "column `%.*s` of table `%.*s` is never used", JL_TEXT_ARG(known->name),
                                JL_TEXT_ARG(rule->name));
            }
        }
    }
}

static void hand_over(const jl_builder *builder, const jl_symbols *symbols, jl_plan *plan) {
    plan->rulebook = builder->rulebook;
    plan->symbols = symbols;
    plan->arena = builder->arena;
    plan->shapes = builder->shapes;
    plan->n_shapes = builder->n_shapes;
    plan->values = builder->values;
    plan->n_values = builder->n_values;
    plan->ops = builder->ops;
    plan->n_ops = builder->n_ops;
    plan->args = builder->args;
    plan->constants = builder->constants;
    plan->n_constants = builder->n_constants;
    plan->entity_shape = builder->entity_shape;
    plan->group_part = builder->group_part;
    plan->nodes = builder->nodes;
    plan->items = builder->items;
    plan->n_items = builder->n_items;
    plan->named = builder->named;
}

jeoul_status jl_plan_compile(const jl_rulebook *rulebook, jl_arena *arena, jl_symbols *symbols, double as_of,
                             const jl_plan **plan_out, jeoul_diagnostics *diagnostics) {
    jl_builder builder = {
        .rulebook = rulebook, .arena = arena, .symbols = symbols, .diagnostics = diagnostics, .as_of = as_of};
    jl_plan *plan = jl_arena_alloc(arena, sizeof *plan);
    *plan_out = NULL;
    if (plan == NULL || !start(&builder)) {
        return JEOUL_NO_MEMORY;
    }
    check_scales(&builder);
    compile_groups(&builder);
    jl_compile_contributions(&builder);
    jl_compile_outcome(&builder, plan);
    jl_compile_grades(&builder, plan);
    compile_derived(&builder);
    JL_TRY(builder.status);
    warn_unused(&builder);
    hand_over(&builder, symbols, plan);
    JL_TRY(jl_schedule(&builder, plan));
    *plan_out = plan;
    return JEOUL_OK;
}
