/* SPDX-License-Identifier: Apache-2.0
 *
 * The builder of a plan, shared by the files of plan/. Emitting never fails visibly: value 0 is the poison of a mistake
 * that has been reported (or of memory that ended); whatever reads it is 0 too, so one mistake gives one diagnostic.
 */
#ifndef JL_PLAN_BUILDER_H
#define JL_PLAN_BUILDER_H

#include <string.h>

#include "plan/plan.h"

typedef struct jl_builder {
    const jl_rulebook *rulebook;
    jl_arena *arena;
    jl_symbols *symbols;
    jeoul_diagnostics *diagnostics;
    double as_of;
    jeoul_status status; /* OK, NO_MEMORY or RULEBOOK: the first failure */

    jl_shape *shapes;
    size_t n_shapes, shapes_capacity;
    jl_value *values;
    size_t n_values, values_capacity;
    jl_op *ops;
    size_t n_ops, ops_capacity;
    uint32_t *args;
    size_t n_args, args_capacity;
    jl_constant *constants;
    size_t n_constants, constants_capacity;
    uint32_t *slots; /* hash of ops by what they compute -> value */
    size_t n_slots;

    uint32_t *table_shapes; /* by table */
    uint32_t **cells;       /* by table, column: value, 0: not yet, JL_IN_PROGRESS: a derived column being compiled */
    bool **used;            /* by table, column: some formula reads it */
    jl_plan_node *nodes;
    uint8_t *node_progress; /* NOT_YET, IN_PROGRESS, DONE: finds cycles */
    uint8_t *weight_progress;
    uint8_t *named_progress;
    jl_plan_named *named;
    jl_plan_item *items;
    size_t n_items, items_capacity;
    uint32_t *own_weights;              /* by node: weight as written; 0: not yet */
    uint32_t *presence, *plain_methods; /* by inner node: score and combination without rounding of points */
    uint8_t *presence_progress;
    uint32_t entity_shape, group_part;
    uint32_t total, base; /* values, once they are there */
    size_t n_lowered;     /* parts of formulas so far, methods put in */
    size_t depth;         /* of the part in hand, through all definitions that are being compiled */
} jl_builder;

#define JL_IN_PROGRESS UINT32_MAX
enum { JL_STEP_NOT_YET, JL_STEP_IN_PROGRESS, JL_STEP_DONE };

/* The place a formula stands in: which row is in hand and what names mean there. */
typedef struct jl_scope jl_scope;
struct jl_scope {
    uint32_t shape;        /* rows the formula is computed for: a table */
    uint32_t node;         /* scorecard node, or JL_NONE */
    uint32_t measures;     /* table whose row of this entity and indicator is in hand too, or JL_NONE */
    jl_text indicator;     /* id of the indicator, a known key under `measures`; else empty */
    uint32_t value, score; /* what `value` and `score` mean here; 0: nothing */
    const jl_scope *outer; /* of an aggregate's argument: where the aggregate stands; NULL: top */
    uint32_t *trace;       /* by jl_ast.index: the values found; NULL: not wanted */
};

/* Constants of an operation: none; or a set of states. All bytes are zeroed, since equal operations are found by their bytes. */
static inline jl_parameters jl_with_mask(uint8_t mask) {
    jl_parameters p;
    memset(&p, 0, sizeof p);
    p.mask = mask;
    return p;
}
static inline jl_parameters jl_no_parameters(void) {
    return jl_with_mask(0);
}

/* ---- emitting (emit.c) ---- */
void jl_builder_fail(jl_builder *builder, jeoul_status status);
uint32_t jl_constant_number(jl_builder *builder, double value);
uint32_t jl_constant_typed(jl_builder *builder, double value, jl_value_type type); /* a date, an ordered choice */
uint32_t jl_constant_decimal(jl_builder *builder, jl_text decimal);
uint32_t jl_constant_truth(jl_builder *builder, bool truth);
uint32_t jl_constant_symbol(jl_builder *builder, jl_text text);
uint32_t jl_constant_state(jl_builder *builder, jl_state state);
bool jl_is_constant(const jl_builder *builder, uint32_t value, double *value_out);
/* `p` may be NULL. The result has the type of the operation; an equal operation gives the value it gave before. */
uint32_t jl_emit(jl_builder *builder, jl_op_kind kind, uint32_t shape, jl_value_type type, const uint32_t *args,
                 size_t n_args, const jl_parameters *p, uint32_t node, jl_span span);
uint32_t jl_emit_where(jl_builder *builder, jl_op_kind kind, uint32_t shape, jl_value_type type, const uint32_t *args,
                       size_t n_args, const jl_parameters *p, bool has_where, uint32_t node, jl_span span);
uint32_t jl_emit_round(jl_builder *builder, uint32_t shape, uint32_t x, int digits, jl_round_mode mode, uint32_t node,
                       jl_span span);
/* Short forms: two operands that are numbers. */
uint32_t jl_emit_two(jl_builder *builder, jl_op_kind kind, uint32_t shape, uint32_t a, uint32_t b, uint32_t node,
                     jl_span span);
/* x; where it is below zero, that is reported as `code`. */
uint32_t jl_refuse_negative(jl_builder *builder, uint32_t shape, uint32_t x, jl_code code, uint32_t node, jl_span span);
uint32_t jl_new_shape(jl_builder *builder, jl_shape shape);
const jl_value *jl_value_of(const jl_builder *builder, uint32_t value);

/* ---- keys and columns (keys.c) ---- */
uint32_t jl_table_of_shape(const jl_builder *builder, uint32_t shape);
/* The value of a column of the table `shape` is the rows of. */
uint32_t jl_cell(jl_builder *builder, uint32_t shape, uint32_t column);
/* Index of the entity of each row of the scope's shape; 0 without a message if the table has none. */
uint32_t jl_entity_index(jl_builder *builder, uint32_t shape, jl_span span);
/* Whether the rows of a table belong to entities: it has all their key columns. */
bool jl_has_entity(const jl_builder *builder, uint32_t table);
/* Those key columns at the rows of a shape; NULL: it has not all of them (no message), or no memory. */
uint32_t *jl_entity_keys(jl_builder *builder, uint32_t shape);
/* A value at entity rows, read from the rows of `shape`. */
uint32_t jl_from_entity(jl_builder *builder, uint32_t shape, uint32_t value, jl_span span);
/* The value that a key column of that name has at the scope, or 0 without a message. */
uint32_t jl_known_key(jl_builder *builder, const jl_scope *scope, jl_text name, jl_span span);
/* Number of key columns of a table that are known at the scope. */
size_t jl_count_known_keys(const jl_builder *builder, const jl_scope *scope, uint32_t table);
/* One cell of a table all of whose keys are known; reports NOT_ONE_CELL otherwise. */
uint32_t jl_read_column(jl_builder *builder, const jl_scope *scope, uint32_t table, uint32_t column, jl_span span);
uint32_t jl_gather(jl_builder *builder, uint32_t shape, uint32_t value, uint32_t index, uint8_t absent_state,
                   double absent_number, jl_span span);
/* Divides the rows of a shape by the keys: the part index at that shape; its space is the new shape (jl_part_shape). */
uint32_t jl_partition(jl_builder *builder, uint32_t shape, const uint32_t *keys, size_t n_keys, jl_span span);
uint32_t jl_part_shape(const jl_builder *builder, uint32_t part);
uint32_t jl_lookup(jl_builder *builder, uint32_t shape, uint32_t space, const uint32_t *keys, size_t n_keys,
                   jl_span span);

/* A column that a formula names in a table with `others: number`: declares it. Returns its index, or JL_NONE after no memory. */
uint32_t jl_declare_column(jl_builder *builder, uint32_t table, jl_text name, jl_span span);

/* ---- names (names.c) ---- */
/* A bare or qualified column, node, value … ; 0 after a message. */
uint32_t jl_resolve_name(jl_builder *builder, const jl_scope *scope, const jl_ast *ast);
uint32_t jl_resolve_qualified(jl_builder *builder, const jl_scope *scope, const jl_ast *ast);

/* ---- formulas ---- */
/* Methods replaced by their definitions, words by constants; nodes numbered anew (expand.c). NULL: reported. */
const jl_ast *jl_expand(jl_builder *builder, const jl_ast *ast, uint32_t *n_nodes_out);
/* Expands and compiles a formula at a scope; the trace may be NULL (lower.c). */
uint32_t jl_compile_formula(jl_builder *builder, const jl_scope *scope, const jl_ast *ast, jl_trace *trace_out);
uint32_t jl_lower(jl_builder *builder, const jl_scope *scope, const jl_ast *ast);
uint32_t jl_lower_number(jl_builder *builder, const jl_scope *scope, const jl_ast *ast);
uint32_t jl_lower_truth(jl_builder *builder, const jl_scope *scope, const jl_ast *ast);
/* The value if its type fits (a year is a number), or 0 after a message; 0 of 0. */
uint32_t jl_check_number(jl_builder *builder, uint32_t value, jl_span span);
uint32_t jl_check_truth(jl_builder *builder, uint32_t value, jl_span span);
uint32_t jl_check_like(jl_builder *builder, uint32_t value, uint32_t other, jl_span span);
bool jl_is_number(const jl_builder *builder, uint32_t value);
/* A text literal as a constant of the type of `other`. */
uint32_t jl_literal_of(jl_builder *builder, const jl_ast *literal, jl_value_type type, const jl_column_rule *column);
uint32_t jl_literal_like(jl_builder *builder, const jl_ast *literal, uint32_t other);
bool jl_is_function(jl_text name);             /* built in, or a method */
bool jl_is_aggregate(const jl_ast *ast);       /* a call that makes one value of many */
const jl_ast *jl_find_list(const jl_ast *ast); /* a list in an expression, outside aggregates of its own; NULL: none */
uint32_t jl_lower_call(jl_builder *builder, const jl_scope *scope, const jl_ast *ast); /* call.c */
uint32_t jl_lower_aggregate(jl_builder *builder, const jl_scope *scope, const jl_ast *ast, jl_op_kind reducer,
                            jl_parameters p); /* aggregate.c */
uint32_t jl_lower_peer_order(jl_builder *builder, const jl_scope *scope, const jl_ast *ast, jl_parameters p);
uint32_t jl_lower_at(jl_builder *builder, const jl_scope *scope, const jl_ast *ast);
/* A setting: one formula, or one per group chosen by the entity's group. Traces (may be NULL) go into the arena. */
uint32_t jl_compile_setting(jl_builder *builder, const jl_scope *scope, const jl_setting *setting,
                            const jl_trace **traces_out, size_t *n_traces_out);
jl_scope jl_entity_scope(const jl_builder *builder);

/* ---- the scorecard (scorecard.c, weights.c), adjustments.c, outcome.c ---- */
jl_scope jl_node_scope(const jl_builder *builder, uint32_t node);
const jl_plan_node *jl_compile_node(jl_builder *builder, uint32_t node, jl_span wanted_at); /* score and its parts */
uint32_t jl_compile_effective(jl_builder *builder, uint32_t node);                          /* effective weight */
uint32_t jl_compile_points(jl_builder *builder, uint32_t node);
/* Whether the points of a node become part of the total's: all areas above it are means. */
bool jl_contributes(const jl_builder *builder, uint32_t node);
uint32_t jl_own_weight(jl_builder *builder, uint32_t node);
void jl_compile_named(jl_builder *builder, uint32_t named, jl_span wanted_at);
void jl_compile_contributions(jl_builder *builder);
/* Items of the whole (node JL_NONE) or of an area: adds plan items; bonus and penalty sums after their limits, 0 when
 * there are none. */
typedef struct jl_adjusted {
    uint32_t bonus_sum, bonus, penalty_sum, penalty;
} jl_adjusted;
jl_adjusted jl_compile_adjustments(jl_builder *builder, const jl_adjustments *rules, uint32_t node);
/* Points held inside `limits: {total: [low, high]}`, at the entities. */
uint32_t jl_limit_total(jl_builder *builder, const jl_limits *limits, uint32_t sum, uint32_t node);
/* In their formulas `score` is that of the scope. */
uint32_t jl_compile_policies(jl_builder *builder, const jl_scope *scope, uint32_t score, const jl_node *rule,
                             jl_span span);
uint32_t jl_compile_undefined(jl_builder *builder, const jl_scope *scope, uint32_t x, const jl_policy *policy,
                              jl_span span);
void jl_compile_outcome(jl_builder *builder, jl_plan *plan); /* base, total, rank */
/* Places by the figure that is ranked and its tie-breakers, in each group or in all; value at the entities. */
uint32_t jl_compile_order(jl_builder *builder, const jl_plan *plan, bool within_group);
void jl_compile_grades(jl_builder *builder, jl_plan *plan); /* grades.c */

/* ---- order of work (schedule.c) ---- */
jeoul_status jl_schedule(jl_builder *builder, jl_plan *plan);

#endif
