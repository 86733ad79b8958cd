/* SPDX-License-Identifier: Apache-2.0
 *
 * Emitting operations. An operation that is already there (same kind, shape, operands, constants) is not made twice:
 * formulas that say the same thing share one value, and methods may repeat an argument freely.
 */
#include <string.h>

#include "plan/builder.h"

#define MAX_DEPTH 1000

void jl_builder_fail(jl_builder *builder, jeoul_status status) {
    if (builder->status != JEOUL_NO_MEMORY && status != JEOUL_OK) {
        builder->status = status;
    }
}

const jl_value *jl_value_of(const jl_builder *builder, uint32_t value) {
    return &builder->values[value];
}

static uint32_t add_value(jl_builder *builder, jl_value value) {
    if (!jl_arena_grow(builder->arena, &builder->values, &builder->values_capacity, builder->n_values + 1,
                       sizeof(jl_value))) {
        jl_builder_fail(builder, JEOUL_NO_MEMORY);
        return 0;
    }
    builder->values[builder->n_values] = value;
    return (uint32_t)builder->n_values++;
}

uint32_t jl_new_shape(jl_builder *builder, jl_shape shape) {
    if (!jl_arena_grow(builder->arena, &builder->shapes, &builder->shapes_capacity, builder->n_shapes + 1,
                       sizeof(jl_shape))) {
        jl_builder_fail(builder, JEOUL_NO_MEMORY);
        return 0;
    }
    builder->shapes[builder->n_shapes] = shape;
    return (uint32_t)builder->n_shapes++;
}

/* ---- constants ---- */

static uint32_t find_constant(const jl_builder *builder, const jl_constant *wanted) {
    for (size_t constant = 0; constant < builder->n_constants; constant++) {
        const jl_constant *known = &builder->constants[constant];
        if (memcmp(&known->value, &wanted->value, sizeof(double)) == 0 && known->state == wanted->state &&
            known->type == wanted->type && jl_text_equal(known->decimal, wanted->decimal)) {
            return known->out;
        }
    }
    return 0;
}

static uint32_t add_constant(jl_builder *builder, jl_constant constant, jl_value_type type) {
    constant.type = (uint8_t)type;
    constant.out = (uint32_t)builder->n_values;
    const uint32_t known = find_constant(builder, &constant);
    if (known != 0) {
        return known;
    }
    if (!jl_arena_grow(builder->arena, &builder->constants, &builder->constants_capacity, builder->n_constants + 1,
                       sizeof(jl_constant))) {
        jl_builder_fail(builder, JEOUL_NO_MEMORY);
        return 0;
    }
    builder->constants[builder->n_constants] = constant;
    return add_value(builder, (jl_value){.shape = JL_SHAPE_CONSTANT,
                                         .type = (uint8_t)type,
                                         .origin = JL_ORIGIN_CONSTANT,
                                         .rational = true,
                                         .source = (uint32_t)builder->n_constants++,
                                         .node = JL_NONE});
}

uint32_t jl_constant_typed(jl_builder *builder, double value, jl_value_type type) {
    return add_constant(builder, (jl_constant){.value = value}, type);
}

uint32_t jl_constant_number(jl_builder *builder, double value) {
    return jl_constant_typed(builder, value, JL_TYPE_NUMBER);
}

uint32_t jl_constant_decimal(jl_builder *builder, jl_text decimal) {
    double value = 0.0;
    bool is_long = false;
    if (!jl_number_parse(decimal, &value, &is_long)) {
        jl_builder_fail(builder, JEOUL_INTERNAL);
        return 0;
    }
    return add_constant(builder, (jl_constant){.value = value, .decimal = is_long ? decimal : (jl_text){NULL, 0}},
                        JL_TYPE_NUMBER);
}

uint32_t jl_constant_truth(jl_builder *builder, bool truth) {
    return add_constant(builder, (jl_constant){.value = truth ? 1.0 : 0.0}, JL_TYPE_TRUTH);
}

uint32_t jl_constant_symbol(jl_builder *builder, jl_text text) {
    const uint32_t symbol = jl_symbol_add(builder->symbols, text);
    if (symbol == JL_NO_SYMBOL) {
        jl_builder_fail(builder, JEOUL_NO_MEMORY);
        return 0;
    }
    return add_constant(builder, (jl_constant){.value = (double)symbol}, JL_TYPE_CODE);
}

uint32_t jl_constant_state(jl_builder *builder, jl_state state) {
    return add_constant(builder, (jl_constant){.value = 0.0, .state = (uint8_t)state}, JL_TYPE_NUMBER);
}

bool jl_is_constant(const jl_builder *builder, uint32_t value, double *value_out) {
    const jl_value *known = &builder->values[value];
    if (known->origin != JL_ORIGIN_CONSTANT || builder->constants[known->source].state != JL_VALUE) {
        return false;
    }
    *value_out = builder->constants[known->source].value;
    return true;
}

/* ---- operations ---- */

static uint64_t hash_op(const jl_op *op, const uint32_t *args) {
    uint64_t hash = jl_text_hash((jl_text){(const char *)args, op->n_args * sizeof(uint32_t)});
    hash ^= jl_text_hash((jl_text){(const char *)&op->p, sizeof op->p}) * 31u;
    return hash * 1099511628211u + op->kind * 7919u + op->shape;
}

static bool same_op(const jl_builder *builder, const jl_op *a, const jl_op *b, const uint32_t *b_args) {
    return a->kind == b->kind && a->shape == b->shape && a->n_args == b->n_args && a->has_where == b->has_where &&
           memcmp(&a->p, &b->p, sizeof a->p) == 0 &&
           (a->n_args == 0 || memcmp(builder->args + a->args, b_args, a->n_args * sizeof(uint32_t)) == 0);
}

/* A message belongs to its own node, so these are never shared. */
static bool is_shared(jl_op_kind kind) {
    return kind != JL_OP_FAIL_ON && kind != JL_OP_REFUSE;
}

static bool grow_slots(jl_builder *builder) {
    if (builder->n_values * 2 < builder->n_slots) {
        return true;
    }
    const size_t n_slots = builder->n_slots == 0 ? 1024 : builder->n_slots * 2;
    uint32_t *slots = jl_arena_array(builder->arena, n_slots, sizeof(uint32_t));
    if (slots == NULL) {
        return false;
    }
    for (size_t op = 0; op < builder->n_ops; op++) {
        size_t slot = (size_t)hash_op(&builder->ops[op], builder->args + builder->ops[op].args) & (n_slots - 1);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (n_slots - 1);
        }
        slots[slot] = builder->ops[op].out;
    }
    builder->slots = slots;
    builder->n_slots = n_slots;
    return true;
}

static bool append_op(jl_builder *builder, jl_op *op, const uint32_t *args) {
    if (!jl_arena_grow(builder->arena, &builder->ops, &builder->ops_capacity, builder->n_ops + 1, sizeof(jl_op)) ||
        !jl_arena_grow(builder->arena, &builder->args, &builder->args_capacity, builder->n_args + op->n_args,
                       sizeof(uint32_t))) {
        return false;
    }
    op->args = (uint32_t)builder->n_args;
    if (op->n_args > 0) {
        memcpy(builder->args + builder->n_args, args, op->n_args * sizeof(uint32_t));
    }
    builder->n_args += op->n_args;
    builder->ops[builder->n_ops++] = *op;
    return true;
}

static bool all_rational(const jl_builder *builder, const jl_op *op, const uint32_t *args) {
    bool rational = jl_op_row_of((jl_op_kind)op->kind)->rational;
    if (op->kind == JL_OP_LIST) {
        rational = jl_op_row_of((jl_op_kind)op->p.reducer)->rational;
    } else if (jl_op_row_of((jl_op_kind)op->kind)->form != JL_FORM_ROW &&
               jl_op_row_of((jl_op_kind)op->kind)->form != JL_FORM_REDUCE) {
        rational = true;
    }
    for (size_t arg = 0; arg < op->n_args; arg++) {
        rational = rational && builder->values[args[arg]].rational;
    }
    return rational || op->kind == JL_OP_ROUND;
}

/* The choices of a column stay known through operations that only pass it on. */
static const jl_column_rule *passed_column(const jl_builder *builder, const jl_op *op, const uint32_t *args) {
    switch (op->kind) {
    case JL_OP_GATHER:
    case JL_OP_ON_STATE:
    case JL_OP_TO_STATE:
    case JL_OP_HOLD:
    case JL_OP_FAIL_ON: return builder->values[args[0]].column;
    default: return NULL;
    }
}

/* Results that doubles hold exactly: settled numbers, counts and ranks, and what passes such a value on. */
static bool is_decimal(const jl_builder *builder, const jl_op *op, const uint32_t *args) {
    switch (op->kind) {
    case JL_OP_ROUND:
    case JL_OP_COUNT:
    case JL_OP_RANK:
    case JL_OP_QUOTA:
    case JL_OP_YEAR:
    case JL_OP_MONTH:
    case JL_OP_MONTHS: return true;
    case JL_OP_GATHER:
    case JL_OP_TO_STATE:
    case JL_OP_HOLD:
    case JL_OP_FAIL_ON: return builder->values[args[0]].decimal;
    case JL_OP_REFUSE:
    case JL_OP_WHEN:
    case JL_OP_REQUIRE:
    case JL_OP_LOWEST:
    case JL_OP_HIGHEST:
    case JL_OP_ONLY: return builder->values[args[1]].decimal;
    default: return false;
    }
}

/* The exact reading goes down by recursion: what lies on top of each other is limited, and so is the stack it needs. */
static uint32_t depth_of(const jl_builder *builder, const jl_op *op, const uint32_t *args) {
    uint32_t depth = 0;
    for (size_t arg = 0; arg < op->n_args; arg++) {
        const uint32_t below = builder->values[args[arg]].depth + 1;
        depth = below > depth ? below : depth;
    }
    return depth;
}

static uint32_t add_op(jl_builder *builder, jl_op *op, jl_value_type type, const uint32_t *args) {
    const uint32_t out = (uint32_t)builder->n_values;
    const uint32_t depth = depth_of(builder, op, args);
    if (depth > MAX_DEPTH) {
        jl_builder_fail(builder, jl_report(builder->diagnostics, JL_FORMULA_LIMIT, op->span,
                                           "more than %d operations build on each other", MAX_DEPTH));
        return 0;
    }
    const bool is_round = op->kind == JL_OP_ROUND;
    const jl_value value = {.shape = op->shape,
                            .type = (uint8_t)type,
                            .origin = JL_ORIGIN_OP,
                            .rational = all_rational(builder, op, args),
                            .decimal = is_decimal(builder, op, args),
                            .settled = is_round,
                            .digits = is_round ? (int8_t)op->p.digits : (int8_t)-1,
                            .source = (uint32_t)builder->n_ops,
                            .depth = depth,
                            .column = passed_column(builder, op, args),
                            .node = op->node,
                            .span = op->span};
    op->out = out;
    if (!append_op(builder, op, args)) {
        jl_builder_fail(builder, JEOUL_NO_MEMORY);
        return 0;
    }
    return add_value(builder, value);
}

uint32_t jl_emit_where(jl_builder *builder, jl_op_kind kind, uint32_t shape, jl_value_type type, const uint32_t *args,
                       size_t n_args, const jl_parameters *p, bool has_where, uint32_t node, jl_span span) {
    for (size_t arg = 0; arg < n_args; arg++) {
        if (args[arg] == 0) {
            return 0;
        }
    }
    jl_op op;
    memset(&op, 0, sizeof op);
    op.kind = (uint16_t)kind;
    op.shape = shape;
    op.n_args = (uint32_t)n_args;
    op.node = node;
    op.span = span;
    op.has_where = has_where;
    if (p != NULL) {
        op.p = *p;
    }
    if (builder->status == JEOUL_NO_MEMORY || !grow_slots(builder)) {
        jl_builder_fail(builder, JEOUL_NO_MEMORY);
        return 0;
    }
    size_t slot = (size_t)hash_op(&op, args) & (builder->n_slots - 1);
    for (; builder->slots[slot] != 0; slot = (slot + 1) & (builder->n_slots - 1)) {
        const uint32_t known = builder->slots[slot];
        if (is_shared(kind) && same_op(builder, &builder->ops[builder->values[known].source], &op, args)) {
            return known;
        }
    }
    const uint32_t out = add_op(builder, &op, type, args);
    builder->slots[slot] = out;
    return out;
}

uint32_t jl_emit(jl_builder *builder, jl_op_kind kind, uint32_t shape, jl_value_type type, const uint32_t *args,
                 size_t n_args, const jl_parameters *p, uint32_t node, jl_span span) {
    return jl_emit_where(builder, kind, shape, type, args, n_args, p, false, node, span);
}

uint32_t jl_emit_round(jl_builder *builder, uint32_t shape, uint32_t x, int digits, jl_round_mode mode, uint32_t node,
                       jl_span span) {
    jl_parameters p = jl_no_parameters();
    p.digits = digits;
    p.mode = (uint8_t)mode;
    return jl_emit(builder, JL_OP_ROUND, shape, JL_TYPE_NUMBER, &x, 1, &p, node, span);
}

uint32_t jl_emit_two(jl_builder *builder, jl_op_kind kind, uint32_t shape, uint32_t a, uint32_t b, uint32_t node,
                     jl_span span) {
    const uint32_t args[] = {a, b};
    const bool is_truth = kind == JL_OP_EQ || kind == JL_OP_LT || kind == JL_OP_LE || kind == JL_OP_CODE_EQ ||
                          kind == JL_OP_AND || kind == JL_OP_OR;
    return jl_emit(builder, kind, shape, is_truth ? JL_TYPE_TRUTH : JL_TYPE_NUMBER, args, 2, NULL, node, span);
}

uint32_t jl_refuse_negative(jl_builder *builder, uint32_t shape, uint32_t x, jl_code code, uint32_t node,
                            jl_span span) {
    const uint32_t args[] = {jl_emit_two(builder, JL_OP_LT, shape, x, jl_constant_number(builder, 0.0), node, span), x};
    jl_parameters p = jl_no_parameters();
    p.code = (int)code;
    return jl_emit(builder, JL_OP_REFUSE, shape, JL_TYPE_NUMBER, args, 2, &p, node, span);
}
