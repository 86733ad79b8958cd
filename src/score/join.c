/* SPDX-License-Identifier: Apache-2.0
 *
 * Lookups and partitions: keys -> rows. Parts are numbered as they are met; inside a part rows lie in key order of
 * their table, so nothing depends on the order of a file.
 */
#include "score/keyed.h"
#include "score/view.h"

#define MAX_KEYS (JL_MAX_KEYS + 1) /* a partition may have one more */

static size_t view_keys(const jl_program *program, const jl_op *op, jl_view *views) {
    const uint32_t *args = jl_op_args(program->plan, op);
    for (size_t key = 0; key < op->n_args && key < MAX_KEYS; key++) {
        views[key] = jl_view_of(program, args[key]);
    }
    return op->n_args;
}

/* false: a key has no value. */
static bool read_keys(const jl_view *views, size_t n_keys, size_t row, double *keys) {
    for (size_t key = 0; key < n_keys; key++) {
        if (jl_view_state(&views[key], row) != JL_VALUE) {
            return false;
        }
        keys[key] = jl_view_number(&views[key], row);
    }
    return true;
}

/* The rows of a table by its keys. */
static bool key_table(jl_program *program, uint32_t shape) {
    const jl_table *table = &program->data->tables[program->plan->shapes[shape].table];
    const size_t n_keys = table->rule->n_keys;
    jl_space *space = &program->spaces[shape];
    space->keyed = jl_keyed_new(program->arena, n_keys, table->n_rows);
    for (size_t row = 0; space->keyed != NULL && row < table->n_rows; row++) {
        double keys[MAX_KEYS];
        for (size_t key = 0; key < n_keys; key++) {
            keys[key] = table->columns[key].values[row];
        }
        if (jl_keyed_add(space->keyed, keys, (uint32_t)row) == JL_NO_ROW) {
            return false;
        }
    }
    return space->keyed != NULL;
}

/* The keys of an entity in a row of another table. */
static bool read_entity_keys(const jl_program *program, uint32_t table, uint32_t row, double *keys) {
    const jl_rulebook *rulebook = program->plan->rulebook;
    const jl_table_rule *entities = &rulebook->tables[rulebook->entities];
    for (size_t key = 0; key < entities->n_keys; key++) {
        const uint32_t column = jl_table_column(&rulebook->tables[table], entities->columns[key].name);
        const jl_column *cells = column == JL_NONE ? NULL : &program->data->tables[table].columns[column];
        if (cells == NULL || cells->values == NULL || (cells->states != NULL && cells->states[row] != JL_VALUE)) {
            return false;
        }
        keys[key] = cells->values[row];
    }
    return true;
}

jeoul_status jl_find_entity(jl_program *program, uint32_t shape, uint32_t row, uint32_t *entity_out) {
    const jl_plan *plan = program->plan;
    jl_space *entities = &program->spaces[plan->entity_shape];
    double keys[MAX_KEYS];
    *entity_out = shape == plan->entity_shape ? row : JL_NO_ROW;
    if (shape == plan->entity_shape || plan->shapes[shape].kind != JL_SHAPE_TABLE ||
        !read_entity_keys(program, plan->shapes[shape].table, row, keys)) {
        return JEOUL_OK;
    }
    if (entities->keyed == NULL && !key_table(program, plan->entity_shape)) {
        return JEOUL_NO_MEMORY;
    }
    *entity_out = jl_keyed_find(entities->keyed, keys);
    return JEOUL_OK;
}

jeoul_status jl_run_lookup(jl_program *program, const jl_op *op) {
    jl_space *space = &program->spaces[op->p.space];
    jl_view views[MAX_KEYS];
    double keys[MAX_KEYS];
    const size_t n_keys = view_keys(program, op, views);
    const jl_register out = program->columns[op->out];
    if (space->keyed == NULL && !key_table(program, op->p.space)) {
        return JEOUL_NO_MEMORY;
    }
    for (size_t row = 0; row < program->spaces[op->shape].n; row++) {
        const uint32_t found = read_keys(views, n_keys, row, keys) ? jl_keyed_find(space->keyed, keys) : JL_NO_ROW;
        out.s[row] = found == JL_NO_ROW ? JL_MISSING : JL_VALUE;
        out.v[row] = found == JL_NO_ROW ? 0.0 : (double)found;
    }
    return JEOUL_OK;
}

jl_space *jl_space_of_part(const jl_program *program, uint32_t part) {
    const jl_plan *plan = program->plan;
    const uint32_t op = plan->values[part].source;
    uint32_t shape = 0;
    while (shape < plan->n_shapes &&
           !(plan->shapes[shape].kind == JL_SHAPE_PARTITION && plan->shapes[shape].op == op)) {
        shape++;
    }
    assert(shape < plan->n_shapes);
    return &program->spaces[shape];
}

/* Rows by part, counted first, then laid out in key order. */
static bool order_parts(jl_program *program, const jl_op *op, jl_space *space, uint32_t *part_of) {
    const size_t n_rows = program->spaces[op->shape].n;
    const jl_table *table = &program->data->tables[program->plan->shapes[op->shape].table];
    uint32_t *first = jl_arena_array(program->arena, space->n + 2, sizeof *first);
    uint32_t *next = jl_arena_array(program->arena, space->n + 1, sizeof *next);
    uint32_t *order = jl_arena_array(program->arena, n_rows + 1, sizeof *order);
    if (first == NULL || next == NULL || order == NULL) {
        return false;
    }
    for (size_t row = 0; row < n_rows; row++) {
        if (part_of[row] != JL_NO_ROW) {
            first[part_of[row] + 1]++;
        }
    }
    for (size_t part = 0; part < space->n; part++) {
        first[part + 1] += first[part];
        next[part] = first[part];
    }
    for (size_t position = 0; position < n_rows; position++) {
        const uint32_t row = table->key_order == NULL ? (uint32_t)position : table->key_order[position];
        if (part_of[row] != JL_NO_ROW) {
            order[next[part_of[row]]++] = row;
        }
    }
    space->part_of = part_of;
    space->first = first;
    space->order = order;
    return true;
}

jeoul_status jl_run_partition(jl_program *program, const jl_op *op) {
    const size_t n_rows = program->spaces[op->shape].n;
    jl_space *space = jl_space_of_part(program, op->out);
    jl_view views[MAX_KEYS];
    double keys[MAX_KEYS];
    const size_t n_keys = view_keys(program, op, views);
    const jl_register out = program->columns[op->out];
    uint32_t *part_of = jl_arena_array(program->arena, n_rows + 1, sizeof *part_of);
    uint32_t n_parts = 0;
    space->keyed = jl_keyed_new(program->arena, n_keys, 16);
    if (part_of == NULL || space->keyed == NULL) {
        return JEOUL_NO_MEMORY;
    }
    /* Without keys there is one part, even when there are no rows. */
    if (n_keys == 0 && jl_keyed_add(space->keyed, keys, n_parts++) == JL_NO_ROW) {
        return JEOUL_NO_MEMORY;
    }
    for (size_t row = 0; row < n_rows; row++) {
        const bool has_keys = read_keys(views, n_keys, row, keys);
        part_of[row] = has_keys ? jl_keyed_add(space->keyed, keys, n_parts) : JL_NO_ROW;
        if (has_keys && part_of[row] == JL_NO_ROW) {
            return JEOUL_NO_MEMORY;
        }
        n_parts += has_keys && part_of[row] == n_parts;
        out.s[row] = has_keys ? JL_VALUE : JL_MISSING;
        out.v[row] = has_keys ? (double)part_of[row] : 0.0;
    }
    space->n = n_parts;
    return order_parts(program, op, space, part_of) ? JEOUL_OK : JEOUL_NO_MEMORY;
}
