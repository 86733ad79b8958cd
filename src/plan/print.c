/* SPDX-License-Identifier: Apache-2.0
 *
 * A plan as text: one line per stage and operation, for tests and for engineers.
 */
#include "plan/plan.h"

static void print_shape(const jl_plan *plan, uint32_t shape, jl_buffer *buffer) {
    const jl_shape *known = &plan->shapes[shape];
    switch (known->kind) {
    case JL_SHAPE_ONE: jl_buffer_add(buffer, JL_TEXT("one")); break;
    case JL_SHAPE_TABLE: jl_buffer_add(buffer, plan->rulebook->tables[known->table].name); break;
    case JL_SHAPE_PARTITION: jl_buffer_format(buffer, "parts of %%%u", plan->ops[known->op].out); break;
    }
}

static void print_number(double number, jl_buffer *buffer) {
    char digits[JL_NUMBER_LENGTH];
    jl_buffer_add(buffer, (jl_text){digits, jl_number_print(number, digits)});
}

static void print_operand(const jl_plan *plan, uint32_t value, jl_buffer *buffer) {
    static const char *const states[] = {"", "not_applicable", "not_due", "missing", "undefined"};
    const jl_value *known = &plan->values[value];
    if (known->origin == JL_ORIGIN_CONSTANT) {
        const jl_constant *constant = &plan->constants[known->source];
        const bool is_text = known->type == JL_TYPE_CODE && constant->state == JL_VALUE;
        if (constant->state != JL_VALUE) {
            jl_buffer_format(buffer, "%s", states[constant->state]);
        } else if (is_text) {
            jl_buffer_format(buffer, "'%.*s'", JL_TEXT_ARG(jl_symbol_text(plan->symbols, (uint32_t)constant->value)));
        } else {
            print_number(constant->value, buffer);
        }
    } else if (known->origin == JL_ORIGIN_CELL) {
        const jl_table_rule *table = &plan->rulebook->tables[plan->shapes[known->shape].table];
        jl_buffer_format(buffer, "%.*s.%.*s", JL_TEXT_ARG(table->name),
                         JL_TEXT_ARG(table->columns[known->source].name));
    } else {
        jl_buffer_format(buffer, "%%%u", value);
    }
}

static void print_parameters(const jl_plan *plan, const jl_op *op, jl_buffer *buffer) {
    if (op->kind == JL_OP_ROUND) {
        jl_buffer_format(buffer, " digits=%d mode=%u", (int)op->p.digits, op->p.mode);
    }
    if (op->kind == JL_OP_LIST) {
        jl_buffer_format(buffer, " %s", jl_op_row_of((jl_op_kind)op->p.reducer)->name);
    }
    if (op->kind == JL_OP_LOOKUP) {
        jl_buffer_add(buffer, JL_TEXT(" in "));
        print_shape(plan, op->p.space, buffer);
    }
    if (op->p.mask != 0) {
        jl_buffer_format(buffer, " mask=%u", op->p.mask);
    }
    if (op->p.n > 0) {
        jl_buffer_format(buffer, " from=%d", (int)op->p.n);
    }
    if (op->p.count > 0) {
        jl_buffer_format(buffer, " n=%d", (int)op->p.count);
    }
    if (op->p.code != 0) {
        jl_buffer_format(buffer, " code=%s", jl_code_number((jl_code)op->p.code));
    }
}

static void print_op(const jl_plan *plan, const jl_op *op, jl_buffer *buffer) {
    const uint32_t *args = jl_op_args(plan, op);
    jl_buffer_format(buffer, "  %%%u = %s", op->out, jl_op_row_of((jl_op_kind)op->kind)->name);
    for (size_t arg = 0; arg < op->n_args; arg++) {
        jl_buffer_add(buffer, op->has_where && arg + 1 == op->n_args ? JL_TEXT(" where ") : JL_TEXT(" "));
        print_operand(plan, args[arg], buffer);
    }
    print_parameters(plan, op, buffer);
    if (op->node != JL_NONE && plan->rulebook->nodes[op->node].id.length > 0) {
        jl_buffer_format(buffer, "  ; %.*s", JL_TEXT_ARG(plan->rulebook->nodes[op->node].id));
    }
    jl_buffer_add(buffer, plan->kept[op->out] ? JL_TEXT(" [kept]\n") : JL_TEXT("\n"));
}

void jl_plan_print(const jl_plan *plan, jl_buffer *buffer) {
    jl_buffer_format(buffer, "plan of %.*s: %zu operations in %zu stages\n", JL_TEXT_ARG(plan->rulebook->id),
                     plan->n_ops, plan->n_stages);
    for (size_t index = 0; index < plan->n_stages; index++) {
        const jl_stage *stage = &plan->stages[index];
        jl_buffer_format(buffer, "stage %zu over ", index + 1);
        print_shape(plan, stage->shape, buffer);
        jl_buffer_add(buffer, stage->whole ? JL_TEXT(", whole columns\n") : JL_TEXT("\n"));
        for (size_t op = 0; op < stage->n_ops; op++) {
            print_op(plan, &plan->ops[stage->ops[op]], buffer);
        }
    }
}
