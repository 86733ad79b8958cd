/* SPDX-License-Identifier: Apache-2.0
 *
 * Aggregates and peer statistics: many rows -> one value.
 *
 * An aggregate partitions the rows of a table by the keys that are known where it stands (or by what `over` names),
 * reduces each part once, and reads the result back by the same keys. Equality with a column of the outer row in
 * `where` is one more key.
 */
#include <string.h>

#include "plan/builder.h"
#include "plan/words.h"

/* How the rows of an aggregate and the place it stands at find each other. */
typedef struct jl_joint {
    jl_scope inner; /* of a row that is aggregated */
    uint32_t table; /* of those rows */
    uint32_t inner_keys[JL_MAX_KEYS], outer_keys[JL_MAX_KEYS];
    size_t n_keys;
    uint32_t part;  /* part index of the inner rows */
    uint32_t where; /* truth at the inner rows, or 0 */
    bool has_where, wrong;
} jl_joint;

/* ---- which table ---- */

static bool is_many_rows(const jl_builder *builder, const jl_scope *scope, uint32_t table) {
    return table != JL_NONE && jl_table_of_shape(builder, scope->shape) != table &&
           jl_count_known_keys(builder, scope, table) < builder->rulebook->tables[table].n_keys;
}

/* Tables with many rows here that an expression names, outside inner aggregates. */
static void find_tables(const jl_builder *builder, const jl_scope *scope, const jl_ast *ast, uint32_t *table,
                        const jl_ast **second) {
    if (ast->kind == JL_AST_QUALIFIED) {
        const uint32_t named = jl_rulebook_table(builder->rulebook, ast->qualifier);
        if (is_many_rows(builder, scope, named)) {
            if (*table != JL_NONE && *table != named) {
                *second = ast;
            }
            *table = *table == JL_NONE ? named : *table;
        }
        return;
    }
    if (jl_is_aggregate(ast)) {
        return;
    }
    for (size_t child = 0; child < ast->n_children; child++) {
        find_tables(builder, scope, ast->children[child], table, second);
    }
}

static uint32_t table_of_call(jl_builder *builder, const jl_scope *scope, const jl_ast *call, bool *wrong) {
    uint32_t table = JL_NONE;
    const jl_ast *second = NULL;
    if (call->n_children == 1 && call->children[0]->kind == JL_AST_NAME &&
        jl_text_equal(call->text, JL_TEXT("count"))) {
        table = jl_rulebook_table(builder->rulebook, call->children[0]->text);
        if (table != JL_NONE) {
            return table;
        }
    }
    for (size_t child = 0; child < call->n_children; child++) {
        find_tables(builder, scope, call->children[child], &table, &second);
    }
    if (second != NULL) {
        jl_builder_fail(builder,
                        jl_report(builder->diagnostics, JL_NOT_ONE_CELL, second->span,
                                  "rows of two tables, `%.*s` and `%.*s`, cannot be aggregated together",
                                  JL_TEXT_ARG(builder->rulebook->tables[table].name), JL_TEXT_ARG(second->qualifier)));
        *wrong = true;
    }
    return table;
}

/* ---- keys ---- */

static void add_key(jl_builder *builder, jl_joint *joint, uint32_t inner, uint32_t outer, jl_span span) {
    if (inner == 0 || outer == 0) {
        joint->wrong = true;
    } else if (joint->n_keys == JL_MAX_KEYS) {
        jl_builder_fail(builder, jl_report(builder->diagnostics, JL_FORMULA_LIMIT, span,
                                           "more than %u keys join an aggregate", JL_MAX_KEYS));
        joint->wrong = true;
    } else {
        joint->inner_keys[joint->n_keys] = inner;
        joint->outer_keys[joint->n_keys++] = outer;
    }
}

static bool is_bare(const jl_ast *ast, const char *name) {
    return ast->kind == JL_AST_NAME && jl_text_equal(ast->text, jl_text_of(name));
}

static uint32_t entity_column(jl_builder *builder, const jl_scope *scope, jl_text name, jl_span span) {
    const uint32_t column = jl_table_column(&builder->rulebook->tables[builder->rulebook->entities], name);
    return jl_from_entity(builder, scope->shape, jl_cell(builder, builder->entity_shape, column), span);
}

static void add_over_keys(jl_builder *builder, const jl_scope *scope, const jl_ast *call, jl_joint *joint) {
    const jl_rulebook *rulebook = builder->rulebook;
    for (size_t over = 0; over < call->n_over && !joint->wrong; over++) {
        const jl_ast *set = call->over[over];
        if (is_bare(set, "all")) {
            continue;
        }
        if (!is_bare(set, "group")) {
            add_key(builder, joint, jl_lower(builder, &joint->inner, set), jl_lower(builder, scope, set), set->span);
            continue;
        }
        for (size_t group = 0; group < rulebook->n_groups; group++) {
            add_key(builder, joint, entity_column(builder, &joint->inner, rulebook->groups[group], set->span),
                    entity_column(builder, scope, rulebook->groups[group], set->span), set->span);
        }
    }
}

/* Without `over`: the key columns of the rows that are known where the aggregate stands. */
static void add_known_keys(jl_builder *builder, const jl_scope *scope, const jl_ast *call, jl_joint *joint) {
    const jl_table_rule *table = &builder->rulebook->tables[joint->table];
    for (uint32_t key = 0; key < table->n_keys; key++) {
        const uint32_t outer = jl_known_key(builder, scope, table->columns[key].name, call->span);
        if (outer != 0) {
            add_key(builder, joint, jl_cell(builder, joint->inner.shape, key), outer, call->span);
        }
    }
}

/* ---- where ---- */

/* A column of the outer row: qualified by the table of the place where the aggregate stands. */
static bool is_outer_column(const jl_builder *builder, const jl_scope *scope, const jl_joint *joint,
                            const jl_ast *ast) {
    if (ast->kind != JL_AST_QUALIFIED) {
        return false;
    }
    const uint32_t table = jl_rulebook_table(builder->rulebook, ast->qualifier);
    return table != JL_NONE && table != joint->table && table == jl_table_of_shape(builder, scope->shape) &&
           jl_count_known_keys(builder, &joint->inner, table) < builder->rulebook->tables[table].n_keys;
}

static void split_where(jl_builder *builder, const jl_scope *scope, jl_joint *joint, const jl_ast *condition) {
    if (condition->kind == JL_AST_BINARY && condition->op == JL_BINARY_AND) {
        split_where(builder, scope, joint, condition->children[0]);
        split_where(builder, scope, joint, condition->children[1]);
        return;
    }
    if (condition->kind == JL_AST_BINARY && condition->op == JL_BINARY_EQ) {
        for (size_t side = 0; side < 2; side++) {
            if (is_outer_column(builder, scope, joint, condition->children[side])) {
                add_key(builder, joint, jl_lower(builder, &joint->inner, condition->children[1 - side]),
                        jl_lower(builder, scope, condition->children[side]), condition->span);
                return;
            }
        }
    }
    const uint32_t truth = jl_lower_truth(builder, &joint->inner, condition);
    joint->wrong = joint->wrong || truth == 0;
    joint->where = joint->has_where ? jl_emit_two(builder, JL_OP_AND, joint->inner.shape, joint->where, truth,
                                                  scope->node, condition->span)
                                    : truth;
    joint->has_where = true;
}

/* ---- joints ---- */

static jl_scope row_scope(const jl_builder *builder, const jl_scope *scope, uint32_t table) {
    return (jl_scope){.shape = builder->table_shapes[table], .node = scope->node, .measures = JL_NONE, .outer = scope};
}

/* The argument is one value. Where it is none at all, because a name is wrong, that is the mistake. */
static void report_single(jl_builder *builder, const jl_scope *scope, const jl_ast *call) {
    jl_scope untraced = *scope;
    untraced.trace = NULL;
    for (size_t child = 0; child < call->n_children; child++) {
        if (jl_lower(builder, &untraced, call->children[child]) == 0) {
            return;
        }
    }
    jl_builder_fail(builder,
                    jl_report(builder->diagnostics, JL_NOT_ONE_CELL, call->span,
                              "`%.*s` needs many values: a column of a table such as `table.column`, `over`, or a list",
                              JL_TEXT_ARG(call->text)));
}

static bool make_joint(jl_builder *builder, const jl_scope *scope, const jl_ast *call, jl_joint *joint) {
    memset(joint, 0, sizeof *joint);
    joint->table = table_of_call(builder, scope, call, &joint->wrong);
    const bool is_peers = joint->table == JL_NONE;
    if (joint->wrong) {
        return false;
    }
    if (is_peers && call->n_over == 0) {
        report_single(builder, scope, call);
        return false;
    }
    joint->inner = is_peers ? *scope : row_scope(builder, scope, joint->table);
    joint->inner.trace = NULL;
    joint->table = jl_table_of_shape(builder, joint->inner.shape);
    if (call->n_over > 0) {
        add_over_keys(builder, scope, call, joint);
    } else {
        add_known_keys(builder, scope, call, joint);
    }
    if (call->where != NULL) {
        split_where(builder, scope, joint, call->where);
    }
    if (!joint->wrong) {
        joint->part = jl_partition(builder, joint->inner.shape, joint->inner_keys, joint->n_keys, call->span);
    }
    return !joint->wrong && joint->part != 0;
}

static uint32_t read_back(jl_builder *builder, const jl_scope *scope, const jl_joint *joint, uint32_t reduced,
                          bool zero_if_none, jl_span span) {
    const bool same_rows =
        joint->inner.shape == scope->shape &&
        (joint->n_keys == 0 || memcmp(joint->inner_keys, joint->outer_keys, joint->n_keys * sizeof(uint32_t)) == 0);
    const uint32_t index = same_rows ? joint->part
                                     : jl_lookup(builder, scope->shape, jl_part_shape(builder, joint->part),
                                                 joint->outer_keys, joint->n_keys, span);
    return jl_gather(builder, scope->shape, reduced, index, zero_if_none ? JL_VALUE : JL_MISSING, 0.0, span);
}

/* `fewer = x` answers a missing result. */
static uint32_t answer_fewer(jl_builder *builder, const jl_scope *scope, const jl_ast *call, uint32_t value) {
    for (size_t named = 0; named < call->n_named; named++) {
        if (jl_text_equal(call->named[named].name, JL_TEXT("fewer"))) {
            const uint32_t args[] = {value, jl_lower_number(builder, scope, call->named[named].value)};
            jl_parameters p = jl_no_parameters();
            p.mask = JL_STATE_BIT(JL_MISSING);
            return jl_emit(builder, JL_OP_ON_STATE, scope->shape, JL_TYPE_NUMBER, args, 2, &p, scope->node, call->span);
        }
    }
    return value;
}

/* ---- series: positions of the values are the one key that is left ---- */

static uint32_t position_column(jl_builder *builder, const jl_joint *joint, const jl_ast *call) {
    const jl_table_rule *table = &builder->rulebook->tables[joint->table];
    uint32_t left = 0;
    size_t n_left = 0;
    for (uint32_t key = 0; key < table->n_keys; key++) {
        const uint32_t cell = jl_cell(builder, joint->inner.shape, key);
        bool is_joined = false;
        for (size_t joined = 0; joined < joint->n_keys; joined++) {
            is_joined = is_joined || joint->inner_keys[joined] == cell;
        }
        if (!is_joined) {
            left = cell;
            n_left++;
        }
    }
    const uint8_t type = n_left == 1 ? jl_value_of(builder, left)->type : (uint8_t)JL_TYPE_CODE;
    if (type == JL_TYPE_CODE || type == JL_TYPE_TRUTH) {
        jl_builder_fail(builder, jl_report(builder->diagnostics, JL_WRONG_ARGUMENTS, call->span,
                                           "`%.*s` needs rows that differ in one more key, a year or a number",
                                           JL_TEXT_ARG(call->text)));
        return 0;
    }
    return left;
}

static bool is_series(jl_op_kind reducer) {
    return reducer == JL_OP_SLOPE || reducer == JL_OP_FORECAST || reducer == JL_OP_FORECAST_ERROR;
}

/* ---- lists ---- */

const jl_ast *jl_find_list(const jl_ast *ast) {
    if (ast->kind == JL_AST_LIST) {
        return ast;
    }
    const jl_ast *found = NULL;
    for (size_t child = 0; !jl_is_aggregate(ast) && child < ast->n_children && found == NULL; child++) {
        found = jl_find_list(ast->children[child]);
    }
    return found;
}

/* A list that does not go with lists of n elements: of another length, or inside another list. NULL: there is none. */
static const jl_ast *find_odd_list(const jl_ast *ast, size_t n) {
    const jl_ast *found = ast->kind == JL_AST_LIST && ast->n_children != n ? ast : NULL;
    for (size_t child = 0; !jl_is_aggregate(ast) && child < ast->n_children && found == NULL; child++) {
        found = ast->kind == JL_AST_LIST ? jl_find_list(ast->children[child]) : find_odd_list(ast->children[child], n);
    }
    return found;
}

/* Lists of one length in the arguments that the reducer takes, and nothing beside them. */
static bool check_lists(jl_builder *builder, const jl_ast *call, size_t n_taken, size_t n) {
    if (call->n_children > n_taken) {
        jl_builder_fail(builder,
                        jl_report(builder->diagnostics, JL_WRONG_ARGUMENTS, call->children[n_taken]->span,
                                  "`%.*s` takes one list or several values, not both", JL_TEXT_ARG(call->text)));
        return false;
    }
    for (size_t child = 0; child < call->n_children; child++) {
        const jl_ast *odd = find_odd_list(call->children[child], n);
        if (odd != NULL) {
            jl_builder_fail(builder, jl_report(builder->diagnostics, JL_WRONG_ARGUMENTS, odd->span,
                                               odd->n_children == n ? "a list inside a list"
                                                                    : "expected a list of %zu like the one before it",
                                               n));
            return false;
        }
    }
    return true;
}

/* The expression with each list in it replaced by its element; NULL: no memory. */
static const jl_ast *element_of(jl_builder *builder, const jl_ast *ast, size_t element) {
    if (ast->kind == JL_AST_LIST) {
        return ast->children[element];
    }
    if (jl_find_list(ast) == NULL) {
        return ast;
    }
    jl_ast *copy = jl_arena_alloc(builder->arena, sizeof *copy);
    const jl_ast **children = jl_arena_array(builder->arena, ast->n_children, sizeof *children);
    if (copy == NULL || children == NULL) {
        jl_builder_fail(builder, JEOUL_NO_MEMORY);
        return NULL;
    }
    *copy = *ast;
    for (size_t child = 0; child < ast->n_children; child++) {
        if ((children[child] = element_of(builder, ast->children[child], element)) == NULL) {
            return NULL;
        }
    }
    copy->children = children;
    return copy;
}

static bool lower_elements(jl_builder *builder, const jl_scope *scope, const jl_ast *ast, size_t n, bool counts,
                           uint32_t *out) {
    jl_scope untraced = *scope;
    untraced.trace = NULL;
    const jl_scope *place = jl_find_list(ast) != NULL ? scope : &untraced;
    for (size_t element = 0; element < n; element++) {
        const jl_ast *one = element_of(builder, ast, element);
        if (one == NULL) {
            return false;
        }
        out[element] = counts ? jl_lower(builder, place, one) : jl_lower_number(builder, place, one);
        if (out[element] == 0) {
            return false;
        }
    }
    return true;
}

/* The elements of a list are no rows among which `over` or `where` could choose. */
static bool check_no_rows(jl_builder *builder, const jl_ast *call) {
    if (call->n_over == 0 && call->where == NULL) {
        return true;
    }
    jl_builder_fail(builder, jl_report(builder->diagnostics, JL_WRONG_ARGUMENTS, call->span,
                                       "`%.*s` of a list takes no `over` and no `where`", JL_TEXT_ARG(call->text)));
    return false;
}

static uint32_t lower_list(jl_builder *builder, const jl_scope *scope, const jl_ast *call, jl_op_kind reducer,
                           jl_parameters p, size_t n, bool is_listed) {
    const bool has_y = jl_op_row_of(reducer)->n_args == 2, takes_two = has_y && !is_series(reducer);
    if (is_listed && !check_lists(builder, call, takes_two ? 2 : 1, n)) {
        return 0;
    }
    uint32_t *args = jl_arena_array(builder->arena, 2 * n, sizeof *args);
    if (args == NULL) {
        jl_builder_fail(builder, JEOUL_NO_MEMORY);
        return 0;
    }
    for (size_t child = 0; !is_listed && child < n; child++) {
        if ((args[child] = jl_lower_number(builder, scope, call->children[child])) == 0) {
            return 0;
        }
    }
    if (is_listed && !lower_elements(builder, scope, call->children[0], n, reducer == JL_OP_COUNT, args)) {
        return 0;
    }
    for (size_t element = 0; is_series(reducer) && element < n; element++) {
        args[n + element] = jl_constant_number(builder, (double)(element + 1));
    }
    if (takes_two && !lower_elements(builder, scope, call->children[1], n, false, args + n)) {
        return 0;
    }
    p.reducer = (uint16_t)reducer;
    const uint32_t value = jl_emit(builder, JL_OP_LIST, scope->shape, JL_TYPE_NUMBER, args, has_y ? 2 * n : n, &p,
                                   scope->node, call->span);
    return answer_fewer(builder, scope, call, value);
}

/* ---- rows ---- */

static uint32_t lower_x(jl_builder *builder, const jl_joint *joint, const jl_ast *call, jl_op_kind reducer) {
    const bool counts_rows =
        reducer == JL_OP_COUNT &&
        (call->n_children == 0 || (call->children[0]->kind == JL_AST_NAME &&
                                   jl_rulebook_table(builder->rulebook, call->children[0]->text) == joint->table));
    if (counts_rows) {
        return jl_constant_number(builder, 1.0);
    }
    return reducer == JL_OP_COUNT ? jl_lower(builder, &joint->inner, call->children[0])
                                  : jl_lower_number(builder, &joint->inner, call->children[0]);
}

static bool is_selection(jl_op_kind reducer) {
    return reducer == JL_OP_ONLY;
}

uint32_t jl_lower_aggregate(jl_builder *builder, const jl_scope *scope, const jl_ast *call, jl_op_kind reducer,
                            jl_parameters p) {
    const jl_ast *list = call->n_children > 0 ? jl_find_list(call->children[0]) : NULL;
    const bool has_y = jl_op_row_of(reducer)->n_args == 2;
    const bool has_several = call->n_children > 1 && (!has_y || is_series(reducer));
    if ((list != NULL || has_several) && !check_no_rows(builder, call)) {
        return 0;
    }
    if (list != NULL) {
        return lower_list(builder, scope, call, reducer, p, list->n_children, true);
    }
    if (has_several) {
        return lower_list(builder, scope, call, reducer, p, call->n_children, false);
    }
    jl_joint joint;
    if (!make_joint(builder, scope, call, &joint)) {
        return 0;
    }
    uint32_t args[4] = {joint.part, 0, 0, 0};
    size_t n_args = 1;
    args[n_args++] = lower_x(builder, &joint, call, reducer);
    if (has_y) {
        args[n_args++] = is_series(reducer) ? position_column(builder, &joint, call)
                                            : jl_lower_number(builder, &joint.inner, call->children[1]);
    }
    if (joint.has_where) {
        args[n_args++] = joint.where;
    }
    const uint32_t x = args[1];
    const jl_value_type type =
        is_selection(reducer) && x != 0 ? (jl_value_type)jl_value_of(builder, x)->type : JL_TYPE_NUMBER;
    const uint32_t reduced = jl_emit_where(builder, reducer, jl_part_shape(builder, joint.part), type, args, n_args, &p,
                                           joint.has_where, scope->node, call->span);
    const bool zero_if_none = (reducer == JL_OP_COUNT || reducer == JL_OP_SUM) && p.n == 0;
    return answer_fewer(builder, scope, call, read_back(builder, scope, &joint, reduced, zero_if_none, call->span));
}

/* ---- rank among peers ---- */

uint32_t jl_lower_peer_order(jl_builder *builder, const jl_scope *scope, const jl_ast *call, jl_parameters p) {
    jl_joint joint;
    if (!make_joint(builder, scope, call, &joint)) {
        return 0;
    }
    if (joint.inner.shape != scope->shape) {
        jl_builder_fail(builder,
                        jl_report(builder->diagnostics, JL_WRONG_ARGUMENTS, call->span,
                                  "`%.*s` ranks the row in hand among its peers, not the rows of another table",
                                  JL_TEXT_ARG(call->text)));
        return 0;
    }
    uint32_t args[4] = {joint.part, jl_lower_number(builder, &joint.inner, call->children[0]), 0, 0};
    size_t n_args = 2;
    for (size_t named = 0; named < call->n_named; named++) {
        if (jl_text_equal(call->named[named].name, JL_TEXT("weight"))) {
            args[n_args++] = jl_lower_number(builder, &joint.inner, call->named[named].value);
        }
    }
    if (joint.has_where) {
        args[n_args++] = joint.where;
    }
    return jl_emit_where(builder, JL_OP_RANK, scope->shape, JL_TYPE_NUMBER, args, n_args, &p, joint.has_where,
                         scope->node, call->span);
}

/* ---- at(table.column, key) ---- */

/* A key without a value leads nowhere, but that there is no such row is not known. */
static uint32_t hold_key(jl_builder *builder, const jl_scope *scope, uint32_t found, uint32_t key, jl_span span) {
    const uint32_t args[] = {found, key};
    const jl_parameters p =
        jl_with_mask(JL_STATE_BIT(JL_NOT_APPLICABLE) | JL_STATE_BIT(JL_NOT_DUE) | JL_STATE_BIT(JL_MISSING));
    return found == 0 ? 0
                      : jl_emit(builder, JL_OP_HOLD, scope->shape, (jl_value_type)jl_value_of(builder, found)->type,
                                args, 2, &p, scope->node, span);
}

uint32_t jl_lower_at(jl_builder *builder, const jl_scope *scope, const jl_ast *call) {
    bool wrong = false;
    const uint32_t table = table_of_call(builder, scope, call, &wrong);
    if (wrong || table == JL_NONE) {
        jl_builder_fail(builder, wrong ? JEOUL_OK
                                       : jl_report(builder->diagnostics, JL_WRONG_ARGUMENTS, call->children[0]->span,
                                                   "`at` needs a column of a table with one more key"));
        return 0;
    }
    const jl_table_rule *rule = &builder->rulebook->tables[table];
    const jl_scope inner = row_scope(builder, scope, table);
    uint32_t keys[JL_MAX_KEYS], given = 0, n_open = 0;
    for (uint32_t key = 0; key < rule->n_keys && key < JL_MAX_KEYS; key++) {
        keys[key] = jl_known_key(builder, scope, rule->columns[key].name, call->span);
        if (keys[key] != 0) {
            continue;
        }
        const jl_ast *wanted = call->children[1];
        const uint32_t column = jl_cell(builder, inner.shape, key);
        given =
            wanted->kind == JL_AST_TEXT ? jl_literal_like(builder, wanted, column) : jl_lower(builder, scope, wanted);
        keys[key] = given;
        n_open++;
    }
    if (n_open != 1) {
        jl_builder_fail(builder,
                        jl_report(builder->diagnostics, JL_NOT_ONE_CELL, call->span,
                                  "%u keys of `%.*s` are open here, `at` gives one", n_open, JL_TEXT_ARG(rule->name)));
        return 0;
    }
    const uint32_t x = jl_lower(builder, &inner, call->children[0]);
    const uint32_t index = jl_lookup(builder, scope->shape, inner.shape, keys, rule->n_keys, call->span);
    const uint32_t found = jl_gather(builder, scope->shape, x, index, JL_UNDEFINED, 0.0, call->span);
    return hold_key(builder, scope, found, given, call->span);
}
