/* SPDX-License-Identifier: Apache-2.0
 *
 * Names: what a bare or qualified name in a formula means at its place. A bare name is sought in the row in hand, in
 * the entity's columns, and among nodes and values; two hits are an error that shows both spellings. Inside its own
 * leaf an id means the column of that name.
 */
#include <math.h>
#include <string.h>

#include "plan/builder.h"

/* Where a bare name was found. */
typedef struct hits {
    uint32_t row, measures, entity; /* column indices, or JL_NONE */
    uint32_t node, named;           /* or JL_NONE */
} hits;

static uint32_t find_node(const jl_builder *builder, jl_text id) {
    /* The root is named only if the rulebook gives it an id; `total` is the figure after the adjustments. */
    const bool root_is_total = jl_text_equal(builder->rulebook->nodes[0].id, JL_TEXT("total"));
    for (uint32_t node = root_is_total ? 1 : 0; node < builder->rulebook->n_nodes; node++) {
        if (jl_text_equal(builder->rulebook->nodes[node].id, id)) {
            return node;
        }
    }
    return JL_NONE;
}

static uint32_t find_named(const jl_builder *builder, jl_text id) {
    for (uint32_t named = 0; named < builder->rulebook->n_values; named++) {
        if (jl_text_equal(builder->rulebook->values[named].id, id)) {
            return named;
        }
    }
    return JL_NONE;
}

static hits find_hits(jl_builder *builder, const jl_scope *scope, jl_text name) {
    const jl_rulebook *rulebook = builder->rulebook;
    const uint32_t table = jl_table_of_shape(builder, scope->shape);
    hits found = {.row = jl_table_column(&rulebook->tables[table], name), .measures = JL_NONE, .entity = JL_NONE};
    if (scope->measures != JL_NONE && scope->measures != table) {
        found.measures = jl_table_column(&rulebook->tables[scope->measures], name);
    }
    if (table != rulebook->entities && jl_has_entity(builder, jl_table_of_shape(builder, scope->shape))) {
        found.entity = jl_table_column(&rulebook->tables[rulebook->entities], name);
    }
    found.node = find_node(builder, name);
    found.named = find_named(builder, name);
    const bool is_own_id = scope->node != JL_NONE && found.node == scope->node;
    if (is_own_id) {
        found.node = JL_NONE;
    }
    const bool is_child = found.node != JL_NONE && scope->node != JL_NONE &&
                          rulebook->nodes[found.node].parent == scope->node &&
                          rulebook->nodes[scope->node].kind == JL_NODE_AREA;
    if (is_child) {
        return (hits){JL_NONE, JL_NONE, JL_NONE, found.node, JL_NONE};
    }
    /* A key column of the row, of its measures and of its entity are the same thing. */
    if (found.row != JL_NONE && rulebook->tables[table].columns[found.row].is_key) {
        found.measures = found.entity = JL_NONE;
    }
    if (found.measures != JL_NONE && rulebook->tables[scope->measures].columns[found.measures].is_key) {
        found.entity = JL_NONE;
    }
    return found;
}

static size_t count_hits(const hits *found) {
    return (size_t)(found->row != JL_NONE) + (found->measures != JL_NONE) + (found->entity != JL_NONE) +
           (found->node != JL_NONE) + (found->named != JL_NONE);
}

static uint32_t report_ambiguous(jl_builder *builder, const jl_scope *scope, const jl_ast *ast, const hits *found) {
    const jl_rulebook *rulebook = builder->rulebook;
    jl_text spellings[5] = {{NULL, 0}};
    size_t n_spellings = 0;
    const struct {
        uint32_t column, table;
    } columns[] = {{found->row, jl_table_of_shape(builder, scope->shape)},
                   {found->measures, scope->measures},
                   {found->entity, rulebook->entities}};
    for (size_t place = 0; place < JL_COUNT(columns); place++) {
        if (columns[place].column != JL_NONE) {
            spellings[n_spellings++] =
                jl_arena_format(builder->arena, "%.*s.%.*s", JL_TEXT_ARG(rulebook->tables[columns[place].table].name),
                                JL_TEXT_ARG(ast->text));
        }
    }
    if (found->node != JL_NONE) {
        spellings[n_spellings++] = jl_arena_format(builder->arena, "score(%.*s)", JL_TEXT_ARG(ast->text));
    }
    if (found->named != JL_NONE) {
        spellings[n_spellings++] = jl_arena_format(builder->arena, "value(%.*s)", JL_TEXT_ARG(ast->text));
    }
    jl_builder_fail(builder,
                    jl_report(builder->diagnostics, JL_AMBIGUOUS_NAME, ast->span, "`%.*s` could be `%.*s` or `%.*s`",
                              JL_TEXT_ARG(ast->text), JL_TEXT_ARG(spellings[0]), JL_TEXT_ARG(spellings[1])));
    jl_report_help(builder->diagnostics, "write the one that is meant");
    return 0;
}

static void add_columns(const jl_table_rule *table, jl_text *names, size_t *n_names, size_t capacity) {
    for (size_t column = 0; column < table->n_columns && *n_names < capacity; column++) {
        names[(*n_names)++] = table->columns[column].name;
    }
}

static uint32_t report_unknown(jl_builder *builder, const jl_scope *scope, const jl_ast *ast) {
    enum { CAPACITY = 512 };
    const jl_rulebook *rulebook = builder->rulebook;
    jl_text *names = jl_arena_array(builder->arena, CAPACITY, sizeof *names);
    if (names == NULL) {
        jl_builder_fail(builder, JEOUL_NO_MEMORY);
        return 0;
    }
    const uint32_t table = scope->measures != JL_NONE ? scope->measures : jl_table_of_shape(builder, scope->shape);
    const bool in_table = table != rulebook->entities;
    size_t n_names = 0;
    add_columns(&rulebook->tables[table], names, &n_names, CAPACITY);
    if (in_table) {
        add_columns(&rulebook->tables[rulebook->entities], names, &n_names, CAPACITY);
    }
    for (size_t named = 0; named < rulebook->n_values && n_names < CAPACITY; named++) {
        names[n_names++] = rulebook->values[named].id;
    }
    for (size_t node = 1; node < rulebook->n_nodes && n_names < CAPACITY; node++) {
        if (rulebook->nodes[node].id.length > 0) {
            names[n_names++] = rulebook->nodes[node].id;
        }
    }
    if (in_table || scope->node != JL_NONE) {
        jl_builder_fail(builder, jl_report(builder->diagnostics, JL_UNKNOWN_COLUMN, ast->span,
                                           "unknown column `%.*s` in table `%.*s`", JL_TEXT_ARG(ast->text),
                                           JL_TEXT_ARG(rulebook->tables[table].name)));
    } else {
        jl_builder_fail(builder, jl_report(builder->diagnostics, JL_UNKNOWN_NAME, ast->span, "unknown name `%.*s`",
                                           JL_TEXT_ARG(ast->text)));
    }
    jl_report_nearest(builder->diagnostics, ast->text, names, n_names);
    return 0;
}

static uint32_t report_no_day(jl_builder *builder, const jl_ast *ast) {
    jl_builder_fail(builder, jl_report(builder->diagnostics, JL_UNKNOWN_NAME, ast->span, "`as_of` has no day"));
    jl_report_help(builder->diagnostics, "give the rulebook a `period` with `to`, or a day when it is loaded");
    return 0;
}

/* `value`, `score`, `total`, `base`, `as_of`: names that depend on the place. false: not one of them here. */
static bool find_special(jl_builder *builder, const jl_scope *scope, const jl_ast *ast, uint32_t *value_out) {
    const struct {
        jl_text name;
        uint32_t value;
    } specials[] = {{JL_TEXT("value"), scope->value},
                    {JL_TEXT("score"), scope->score},
                    {JL_TEXT("total"), jl_from_entity(builder, scope->shape, builder->total, ast->span)},
                    {JL_TEXT("base"), jl_from_entity(builder, scope->shape, builder->base, ast->span)}};
    for (size_t special = 0; special < JL_COUNT(specials); special++) {
        if (specials[special].value != 0 && jl_text_equal(specials[special].name, ast->text)) {
            *value_out = specials[special].value;
            return true;
        }
    }
    const bool is_total = jl_text_equal(ast->text, JL_TEXT("total")) || jl_text_equal(ast->text, JL_TEXT("base"));
    if (is_total && builder->status != JEOUL_OK) {
        *value_out = 0; /* it could not be compiled, which has been reported */
        return true;
    }
    if (jl_text_equal(ast->text, JL_TEXT("as_of"))) {
        *value_out = isnan(builder->as_of) ? report_no_day(builder, ast)
                                           : jl_constant_typed(builder, builder->as_of, JL_TYPE_DATE);
        return true;
    }
    return false;
}

/* A name that nothing else has is a column of the first table at hand that takes `others: number`. */
static bool declare_other(jl_builder *builder, const jl_scope *scope, const jl_ast *ast) {
    const jl_rulebook *rulebook = builder->rulebook;
    const uint32_t row = jl_table_of_shape(builder, scope->shape);
    const uint32_t tables[] = {row, scope->measures, jl_has_entity(builder, row) ? rulebook->entities : JL_NONE};
    for (size_t place = 0; place < JL_COUNT(tables); place++) {
        if (tables[place] != JL_NONE && rulebook->tables[tables[place]].others == JL_OTHERS_NUMBER) {
            return jl_declare_column(builder, tables[place], ast->text, ast->span) != JL_NONE;
        }
    }
    return false;
}

uint32_t jl_resolve_name(jl_builder *builder, const jl_scope *scope, const jl_ast *ast) {
    uint32_t value = 0;
    const hits found = find_hits(builder, scope, ast->text);
    const size_t n_hits = count_hits(&found);
    if (n_hits == 0 && find_special(builder, scope, ast, &value)) {
        return value;
    }
    if (n_hits == 0) {
        return declare_other(builder, scope, ast) ? jl_resolve_name(builder, scope, ast)
                                                  : report_unknown(builder, scope, ast);
    }
    if (n_hits > 1) {
        return report_ambiguous(builder, scope, ast, &found);
    }
    if (found.row != JL_NONE) {
        return jl_cell(builder, scope->shape, found.row);
    }
    if (found.measures != JL_NONE) {
        return jl_read_column(builder, scope, scope->measures, found.measures, ast->span);
    }
    if (found.entity != JL_NONE) {
        return jl_from_entity(builder, scope->shape, jl_cell(builder, builder->entity_shape, found.entity), ast->span);
    }
    if (found.node != JL_NONE) {
        const jl_plan_node *node = jl_compile_node(builder, found.node, ast->span);
        return node == NULL ? 0 : jl_from_entity(builder, scope->shape, node->score, ast->span);
    }
    jl_compile_named(builder, found.named, ast->span);
    return jl_from_entity(builder, scope->shape, builder->named[found.named].value, ast->span);
}

/* ---- table.column ---- */

static uint32_t report_no_column(jl_builder *builder, const jl_ast *ast, const jl_table_rule *table) {
    jl_text *names = jl_arena_array(builder->arena, table->n_columns, sizeof *names);
    size_t n_names = 0;
    if (names == NULL) {
        jl_builder_fail(builder, JEOUL_NO_MEMORY);
        return 0;
    }
    add_columns(table, names, &n_names, table->n_columns);
    jl_builder_fail(builder, jl_report(builder->diagnostics, JL_UNKNOWN_COLUMN, ast->name_span,
                                       "unknown column `%.*s` in table `%.*s`", JL_TEXT_ARG(ast->text),
                                       JL_TEXT_ARG(table->name)));
    jl_report_nearest(builder->diagnostics, ast->text, names, n_names);
    return 0;
}

static bool is_outer_row(const jl_builder *builder, const jl_scope *scope, uint32_t table) {
    for (const jl_scope *outer = scope->outer; outer != NULL; outer = outer->outer) {
        if (jl_table_of_shape(builder, outer->shape) == table) {
            return true;
        }
    }
    return false;
}

static uint32_t report_outer(jl_builder *builder, const jl_ast *ast) {
    jl_builder_fail(builder,
                    jl_report(builder->diagnostics, JL_OUTER_ROW, ast->span,
                              "`%.*s.%.*s` belongs to the outer row and may only be compared for equality in `where`",
                              JL_TEXT_ARG(ast->qualifier), JL_TEXT_ARG(ast->text)));
    return 0;
}

/* A column that points to a row of a table: `상위부서.정원`. */
static uint32_t follow_reference(jl_builder *builder, const jl_scope *scope, const jl_ast *ast, uint32_t reference) {
    const uint32_t target = jl_value_of(builder, reference)->column->target;
    const jl_table_rule *table = &builder->rulebook->tables[target];
    const uint32_t column = jl_table_column(table, ast->text);
    if (column == JL_NONE) {
        return report_no_column(builder, ast, table);
    }
    const uint32_t space = builder->table_shapes[target];
    const uint32_t index = jl_lookup(builder, scope->shape, space, &reference, 1, ast->span);
    builder->used[target][0] = true;
    return jl_gather(builder, scope->shape, jl_cell(builder, space, column), index, JL_MISSING, 0.0, ast->span);
}

static uint32_t find_reference(jl_builder *builder, const jl_scope *scope, const jl_ast *ast) {
    const jl_rulebook *rulebook = builder->rulebook;
    const uint32_t table = jl_table_of_shape(builder, scope->shape);
    const uint32_t own = jl_table_column(&rulebook->tables[table], ast->qualifier);
    if (own != JL_NONE && rulebook->tables[table].columns[own].type == JL_COLUMN_REFERENCE) {
        return jl_cell(builder, scope->shape, own);
    }
    const uint32_t entity = jl_has_entity(builder, jl_table_of_shape(builder, scope->shape))
                                ? jl_table_column(&rulebook->tables[rulebook->entities], ast->qualifier)
                                : JL_NONE;
    if (entity != JL_NONE && rulebook->tables[rulebook->entities].columns[entity].type == JL_COLUMN_REFERENCE) {
        return jl_from_entity(builder, scope->shape, jl_cell(builder, builder->entity_shape, entity), ast->span);
    }
    return 0;
}

static uint32_t report_no_table(jl_builder *builder, const jl_ast *ast) {
    const jl_rulebook *rulebook = builder->rulebook;
    jl_text *names = jl_arena_array(builder->arena, rulebook->n_tables, sizeof *names);
    if (names == NULL) {
        jl_builder_fail(builder, JEOUL_NO_MEMORY);
        return 0;
    }
    for (size_t table = 0; table < rulebook->n_tables; table++) {
        names[table] = rulebook->tables[table].name;
    }
    jl_builder_fail(builder, jl_report(builder->diagnostics, JL_UNKNOWN_TABLE, ast->span, "unknown table `%.*s`",
                                       JL_TEXT_ARG(ast->qualifier)));
    jl_report_nearest(builder->diagnostics, ast->qualifier, names, rulebook->n_tables);
    return 0;
}

uint32_t jl_resolve_qualified(jl_builder *builder, const jl_scope *scope, const jl_ast *ast) {
    const jl_rulebook *rulebook = builder->rulebook;
    const uint32_t table = jl_rulebook_table(rulebook, ast->qualifier);
    const uint32_t reference = find_reference(builder, scope, ast);
    const bool is_own_key =
        table != JL_NONE && reference != 0 && jl_value_of(builder, reference)->column->target == table;
    if (reference != 0 && !is_own_key) {
        return follow_reference(builder, scope, ast, reference);
    }
    if (table == JL_NONE) {
        return report_no_table(builder, ast);
    }
    uint32_t column = jl_table_column(&rulebook->tables[table], ast->text);
    if (column == JL_NONE && rulebook->tables[table].others == JL_OTHERS_NUMBER) {
        column = jl_declare_column(builder, table, ast->text, ast->name_span);
    } else if (column == JL_NONE) {
        return report_no_column(builder, ast, &rulebook->tables[table]);
    }
    if (column == JL_NONE) {
        return 0;
    }
    const bool is_here = jl_table_of_shape(builder, scope->shape) == table;
    const bool one_cell = jl_count_known_keys(builder, scope, table) == rulebook->tables[table].n_keys;
    if (!is_here && !one_cell && is_outer_row(builder, scope, table)) {
        return report_outer(builder, ast);
    }
    return jl_read_column(builder, scope, table, column, ast->span);
}
