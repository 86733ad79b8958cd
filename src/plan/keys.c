/* SPDX-License-Identifier: Apache-2.0
 *
 * Keys: how rows of one table find rows of another. At any place some keys are known (the row's own columns, those of
 * its entity, the id of the indicator); a column of a table all of whose keys are known is one cell. There is no other
 * kind of join.
 */
#include <string.h>

#include "plan/builder.h"

uint32_t jl_table_of_shape(const jl_builder *builder, uint32_t shape) {
    return builder->shapes[shape].kind == JL_SHAPE_TABLE ? builder->shapes[shape].table : JL_NONE;
}

static jl_value_type type_of_column(const jl_column_rule *column) {
    switch (column->type) {
    case JL_COLUMN_NUMBER: return JL_TYPE_NUMBER;
    case JL_COLUMN_CHOICE:
        for (size_t choice = 0; choice < column->n_choices; choice++) {
            if (!column->choices[choice].is_number) {
                return JL_TYPE_CODE;
            }
        }
        return column->n_choices > 0 ? JL_TYPE_NUMBER : JL_TYPE_CODE;
    case JL_COLUMN_ORDERED: return JL_TYPE_ORDERED;
    case JL_COLUMN_DATE: return JL_TYPE_DATE;
    case JL_COLUMN_MONTH: return JL_TYPE_MONTH;
    case JL_COLUMN_QUARTER: return JL_TYPE_QUARTER;
    case JL_COLUMN_YEAR: return JL_TYPE_YEAR;
    case JL_COLUMN_TEXT:
    case JL_COLUMN_REFERENCE: break;
    }
    return JL_TYPE_CODE;
}

static uint32_t add_cell(jl_builder *builder, uint32_t shape, uint32_t column, const jl_column_rule *rule) {
    if (!jl_arena_grow(builder->arena, &builder->values, &builder->values_capacity, builder->n_values + 1,
                       sizeof(jl_value))) {
        jl_builder_fail(builder, JEOUL_NO_MEMORY);
        return 0;
    }
    builder->values[builder->n_values] = (jl_value){.shape = shape,
                                                    .type = (uint8_t)type_of_column(rule),
                                                    .origin = JL_ORIGIN_CELL,
                                                    .rational = true,
                                                    .decimal = true,
                                                    .source = column,
                                                    .column = rule,
                                                    .node = JL_NONE,
                                                    .span = rule->span};
    return (uint32_t)builder->n_values++;
}

static uint32_t compile_derived(jl_builder *builder, uint32_t shape, uint32_t *cell, const jl_column_rule *rule) {
    const jl_scope scope = {.shape = shape, .node = JL_NONE, .measures = JL_NONE};
    *cell = JL_IN_PROGRESS;
    const uint32_t value = jl_compile_formula(builder, &scope, rule->derive, NULL);
    *cell = value;
    return value;
}

uint32_t jl_cell(jl_builder *builder, uint32_t shape, uint32_t column) {
    const uint32_t table = jl_table_of_shape(builder, shape);
    const jl_column_rule *rule = &builder->rulebook->tables[table].columns[column];
    uint32_t *cell = &builder->cells[table][column];
    builder->used[table][column] = true;
    if (*cell == JL_IN_PROGRESS) {
        jl_builder_fail(builder, jl_report(builder->diagnostics, JL_CYCLE, rule->span,
                                           "the derived column `%.*s` reads itself", JL_TEXT_ARG(rule->name)));
        return 0;
    }
    if (*cell == 0) {
        if (rule->derive != NULL) {
            return compile_derived(builder, shape, cell, rule);
        }
        *cell = add_cell(builder, shape, column, rule);
    }
    return *cell;
}

static void *grow_by_one(jl_builder *builder, const void *items, size_t n_items, size_t size) {
    void *grown = jl_arena_array(builder->arena, n_items + 1, size);
    if (grown == NULL) {
        jl_builder_fail(builder, JEOUL_NO_MEMORY);
    } else if (n_items > 0) {
        memcpy(grown, items, n_items * size);
    }
    return grown;
}

/* The rulebook is still ours alone while it is being compiled, so its table may learn a column. */
uint32_t jl_declare_column(jl_builder *builder, uint32_t table, jl_text name, jl_span span) {
    jl_table_rule *rule = (jl_table_rule *)(uintptr_t)&builder->rulebook->tables[table];
    const size_t n_columns = rule->n_columns;
    jl_column_rule *columns = grow_by_one(builder, rule->columns, n_columns, sizeof *columns);
    uint32_t *cells = grow_by_one(builder, builder->cells[table], n_columns + 1, sizeof *cells);
    bool *used = grow_by_one(builder, builder->used[table], n_columns + 1, sizeof *used);
    if (columns == NULL || cells == NULL || used == NULL) {
        return JL_NONE;
    }
    columns[n_columns] = (jl_column_rule){.name = name,
                                          .header = name,
                                          .span = span,
                                          .type = JL_COLUMN_NUMBER,
                                          .target = JL_NONE,
                                          .blank_state = JL_MISSING};
    rule->columns = columns;
    rule->n_columns++;
    builder->cells[table] = cells;
    builder->used[table] = used;
    return (uint32_t)n_columns;
}

/* ---- lookups ---- */

uint32_t jl_lookup(jl_builder *builder, uint32_t shape, uint32_t space, const uint32_t *keys, size_t n_keys,
                   jl_span span) {
    jl_parameters p = jl_no_parameters();
    p.space = space;
    return jl_emit(builder, JL_OP_LOOKUP, shape, JL_TYPE_INDEX, keys, n_keys, &p, JL_NONE, span);
}

uint32_t jl_gather(jl_builder *builder, uint32_t shape, uint32_t value, uint32_t index, uint8_t absent_state,
                   double absent_number, jl_span span) {
    const uint32_t args[] = {value, index};
    if (value == 0 || index == 0) {
        return 0;
    }
    if (jl_value_of(builder, value)->shape == JL_SHAPE_CONSTANT) {
        return value;
    }
    jl_parameters p = jl_no_parameters();
    p.state = absent_state;
    p.number = absent_number;
    return jl_emit(builder, JL_OP_GATHER, shape, (jl_value_type)jl_value_of(builder, value)->type, args, 2, &p, JL_NONE,
                   span);
}

uint32_t jl_partition(jl_builder *builder, uint32_t shape, const uint32_t *keys, size_t n_keys, jl_span span) {
    for (size_t key = 0; key < n_keys; key++) {
        if (keys[key] == 0) {
            return 0;
        }
    }
    jl_parameters p = jl_no_parameters();
    const size_t n_before = builder->n_ops;
    const uint32_t part = jl_emit(builder, JL_OP_PARTITION, shape, JL_TYPE_INDEX, keys, n_keys, &p, JL_NONE, span);
    if (part != 0 && builder->n_ops > n_before) {
        jl_new_shape(builder,
                     (jl_shape){.kind = JL_SHAPE_PARTITION, .base = shape, .op = (uint32_t)(builder->n_ops - 1)});
    }
    return part;
}

uint32_t jl_part_shape(const jl_builder *builder, uint32_t part) {
    const uint32_t op = builder->values[part].source;
    for (uint32_t shape = 0; shape < builder->n_shapes; shape++) {
        if (builder->shapes[shape].kind == JL_SHAPE_PARTITION && builder->shapes[shape].op == op) {
            return shape;
        }
    }
    return 0;
}

/* ---- the entity of a row ---- */

bool jl_has_entity(const jl_builder *builder, uint32_t table) {
    const jl_table_rule *entities = &builder->rulebook->tables[builder->rulebook->entities];
    for (size_t key = 0; key < entities->n_keys; key++) {
        if (jl_table_column(&builder->rulebook->tables[table], entities->columns[key].name) == JL_NONE) {
            return false;
        }
    }
    return true;
}

uint32_t *jl_entity_keys(jl_builder *builder, uint32_t shape) {
    const jl_rulebook *rulebook = builder->rulebook;
    const jl_table_rule *entities = &rulebook->tables[rulebook->entities];
    const uint32_t table = jl_table_of_shape(builder, shape);
    if (table == JL_NONE || !jl_has_entity(builder, table)) {
        return NULL;
    }
    uint32_t *keys = jl_arena_array(builder->arena, entities->n_keys, sizeof(uint32_t));
    if (keys == NULL) {
        jl_builder_fail(builder, JEOUL_NO_MEMORY);
        return NULL;
    }
    for (size_t key = 0; key < entities->n_keys; key++) {
        keys[key] = jl_cell(builder, shape, jl_table_column(&rulebook->tables[table], entities->columns[key].name));
        builder->used[rulebook->entities][key] = true;
    }
    return keys;
}

uint32_t jl_entity_index(jl_builder *builder, uint32_t shape, jl_span span) {
    const size_t n_keys = builder->rulebook->tables[builder->rulebook->entities].n_keys;
    const uint32_t *keys = jl_entity_keys(builder, shape);
    return keys == NULL ? 0 : jl_lookup(builder, shape, builder->entity_shape, keys, n_keys, span);
}

uint32_t jl_from_entity(jl_builder *builder, uint32_t shape, uint32_t value, jl_span span) {
    if (shape == builder->entity_shape || value == 0) {
        return value;
    }
    return jl_gather(builder, shape, value, jl_entity_index(builder, shape, span), JL_MISSING, 0.0, span);
}

/* ---- known keys ---- */

/* The key column of the measures table that names the indicator: the one that is not a key of the entities. */
static jl_text indicator_key(const jl_builder *builder) {
    const jl_rulebook *rulebook = builder->rulebook;
    if (rulebook->measures == JL_NONE) {
        return (jl_text){NULL, 0};
    }
    const jl_table_rule *table = &rulebook->tables[rulebook->measures];
    for (size_t key = 0; key < table->n_keys; key++) {
        const uint32_t column = jl_table_column(&rulebook->tables[rulebook->entities], table->columns[key].name);
        if (column == JL_NONE || column >= rulebook->tables[rulebook->entities].n_keys) {
            return table->columns[key].name;
        }
    }
    return (jl_text){NULL, 0};
}

uint32_t jl_known_key(jl_builder *builder, const jl_scope *scope, jl_text name, jl_span span) {
    const jl_rulebook *rulebook = builder->rulebook;
    const uint32_t table = jl_table_of_shape(builder, scope->shape);
    uint32_t column = jl_table_column(&rulebook->tables[table], name);
    if (column != JL_NONE) {
        return jl_cell(builder, scope->shape, column);
    }
    column = jl_table_column(&rulebook->tables[rulebook->entities], name);
    if (column != JL_NONE && jl_has_entity(builder, table)) {
        return jl_from_entity(builder, scope->shape, jl_cell(builder, builder->entity_shape, column), span);
    }
    if (scope->indicator.length > 0 && jl_text_equal(name, indicator_key(builder))) {
        return jl_constant_symbol(builder, scope->indicator);
    }
    return 0;
}

static bool key_is_known(const jl_builder *builder, const jl_scope *scope, jl_text name) {
    const jl_rulebook *rulebook = builder->rulebook;
    const uint32_t table = jl_table_of_shape(builder, scope->shape);
    return jl_table_column(&rulebook->tables[table], name) != JL_NONE ||
           (jl_table_column(&rulebook->tables[rulebook->entities], name) != JL_NONE && jl_has_entity(builder, table)) ||
           (scope->indicator.length > 0 && jl_text_equal(name, indicator_key(builder)));
}

size_t jl_count_known_keys(const jl_builder *builder, const jl_scope *scope, uint32_t table) {
    const jl_table_rule *rule = &builder->rulebook->tables[table];
    size_t n_known = 0;
    for (size_t key = 0; key < rule->n_keys; key++) {
        n_known += key_is_known(builder, scope, rule->columns[key].name);
    }
    return n_known;
}

static uint32_t report_many_rows(jl_builder *builder, const jl_scope *scope, const jl_table_rule *rule, uint32_t column,
                                 jl_span span) {
    for (size_t key = 0; key < rule->n_keys; key++) {
        if (key_is_known(builder, scope, rule->columns[key].name)) {
            continue;
        }
        jl_builder_fail(builder, jl_report(builder->diagnostics, JL_NOT_ONE_CELL, span,
                                           "`%.*s.%.*s` stands for many rows here: the key `%.*s` is not known",
                                           JL_TEXT_ARG(rule->name), JL_TEXT_ARG(rule->columns[column].name),
                                           JL_TEXT_ARG(rule->columns[key].name)));
        jl_report_help(builder->diagnostics, "put it in an aggregate, such as `mean(%.*s.%.*s)`",
                       JL_TEXT_ARG(rule->name), JL_TEXT_ARG(rule->columns[column].name));
        break;
    }
    return 0;
}

uint32_t jl_read_column(jl_builder *builder, const jl_scope *scope, uint32_t table, uint32_t column, jl_span span) {
    const jl_table_rule *rule = &builder->rulebook->tables[table];
    if (jl_table_of_shape(builder, scope->shape) == table) {
        return jl_cell(builder, scope->shape, column);
    }
    if (jl_count_known_keys(builder, scope, table) < rule->n_keys) {
        return report_many_rows(builder, scope, rule, column, span);
    }
    uint32_t *keys = jl_arena_array(builder->arena, rule->n_keys, sizeof(uint32_t));
    if (keys == NULL) {
        jl_builder_fail(builder, JEOUL_NO_MEMORY);
        return 0;
    }
    for (size_t key = 0; key < rule->n_keys; key++) {
        keys[key] = jl_known_key(builder, scope, rule->columns[key].name, span);
        builder->used[table][key] = true;
    }
    const uint32_t space = builder->table_shapes[table];
    const uint32_t index = jl_lookup(builder, scope->shape, space, keys, rule->n_keys, span);
    return jl_gather(builder, scope->shape, jl_cell(builder, space, column), index, JL_MISSING, 0.0, span);
}
