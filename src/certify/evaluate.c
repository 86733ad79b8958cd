/* SPDX-License-Identifier: Apache-2.0
 *
 * The recursion over the plan: a place in, its exact value out. It goes down to decimals: cells, constants, and columns
 * that scoring has settled already. Decisions on the way are decided by a ladder of their own, so whatever comes back
 * is decided, and only the width of its enclosure depends on the level that was asked for.
 */
#include "certify/evaluate.h"

#define MOST_OPERANDS 3

jl_place jl_operand_place(const jl_plan *plan, uint32_t value, uint32_t row) {
    return (jl_place){value, plan->values[value].shape == JL_SHAPE_CONSTANT ? 0 : row};
}

/* ---- decimals ---- */

static jeoul_status set_decimal(jl_exact *out, jl_text decimal) {
    return jl_exact_set_text(out, decimal) ? JEOUL_OK : JEOUL_INTERNAL;
}

static jeoul_status read_constant(const jl_constant *constant, jl_exact *out, uint8_t *state_out) {
    *state_out = constant->state;
    if (constant->state == JL_VALUE && constant->decimal.length > 0) {
        return set_decimal(out, constant->decimal);
    }
    jl_exact_set_double(out, constant->state == JL_VALUE ? constant->value : 0.0);
    return JEOUL_OK;
}

/* The decimal of a cell that its double does not stand for; NULL: it does. */
static const jl_long_cell *find_long_cell(const jl_program *program, jl_place place) {
    const jl_value *value = &program->plan->values[place.value];
    const jl_table *table = &program->data->tables[program->plan->shapes[value->shape].table];
    const jl_column *column = &table->columns[value->source];
    size_t low = 0, high = column->n_longs;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (column->longs[middle].row < place.row) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < column->n_longs && column->longs[low].row == place.row ? &column->longs[low] : NULL;
}

static jeoul_status read_cell(const jl_program *program, jl_place place, jl_exact *out, uint8_t *state_out) {
    double cell = 0.0;
    if (!jl_program_read(program, place.value, place.row, &cell, state_out)) {
        return JEOUL_INTERNAL;
    }
    const jl_long_cell *long_cell = *state_out == JL_VALUE ? find_long_cell(program, place) : NULL;
    if (long_cell != NULL) {
        return set_decimal(out, long_cell->decimal);
    }
    jl_exact_set_double(out, *state_out == JL_VALUE ? cell : 0.0);
    return JEOUL_OK;
}

/* m / 10^digits of a settled number. */
static void set_settled(jl_exact *out, double settled, int digits) {
    jl_exact_set_integer(out, jl_number_to_scaled(settled, digits));
    if (digits != 0) {
        mpq_t scale;
        mpq_init(scale);
        mpz_ui_pow_ui(mpq_numref(scale), 10, (unsigned long)(digits < 0 ? -digits : digits));
        if (digits > 0) {
            mpq_div(out->q, out->q, scale);
        } else {
            mpq_mul(out->q, out->q, scale);
        }
        mpq_clear(scale);
    }
}

/* Results of these are whole numbers or halves that scoring finds without arithmetic on doubles. */
static bool is_found_by_scoring(jl_op_kind kind) {
    const jl_form form = jl_op_row_of(kind)->form;
    return form == JL_FORM_LOOKUP || form == JL_FORM_PARTITION || form == JL_FORM_ORDER || kind == JL_OP_COUNT;
}

/* A column that scoring has filled with values a double stands for: settled numbers, truths, codes, dates, ranks,
 * counts. Numbers that are only passed on are followed to where they come from, which may be a cell with a long
 * decimal. */
static bool read_column(const jl_program *program, jl_place place, jl_exact *out, uint8_t *state_out) {
    const jl_value *value = &program->plan->values[place.value];
    const bool is_decimal = value->settled || value->type != JL_TYPE_NUMBER ||
                            is_found_by_scoring((jl_op_kind)program->plan->ops[value->source].kind);
    double number = 0.0;
    if (!is_decimal || place.row >= program->ready[place.value] ||
        !jl_program_read(program, place.value, place.row, &number, state_out)) {
        return false;
    }
    if (*state_out == JL_VALUE && value->settled) {
        set_settled(out, number, value->digits);
    } else {
        jl_exact_set_double(out, *state_out == JL_VALUE ? number : 0.0);
    }
    return true;
}

/* ---- row ops ---- */

bool jl_operand_counts(jl_op_kind kind, size_t arg, const jl_exact *first, uint8_t first_state) {
    if (arg == 0) {
        return true;
    }
    switch (kind) {
    case JL_OP_IF: return first_state == JL_VALUE && jl_is_true(first, first_state) == (arg == 1);
    case JL_OP_REQUIRE:
    case JL_OP_WHEN: return jl_is_true(first, first_state);
    case JL_OP_AND: return first_state != JL_VALUE || jl_is_true(first, first_state);
    case JL_OP_OR: return !jl_is_true(first, first_state);
    case JL_OP_FIRST: return first_state != JL_VALUE;
    default: return true;
    }
}

static jeoul_status attempt_row(jl_certifier *certifier, jl_attempt *attempt) {
    const jl_plan *plan = certifier->program->plan;
    const jl_op *op = attempt->op;
    jl_room *room = &certifier->rooms[attempt->level];
    const size_t used = room->used;
    const jl_exact *args[MOST_OPERANDS];
    uint8_t states[MOST_OPERANDS] = {JL_VALUE, JL_VALUE, JL_VALUE};
    assert(op->n_args <= MOST_OPERANDS);
    for (size_t arg = 0; arg < op->n_args; arg++) {
        const jl_place place = jl_operand_place(plan, jl_op_args(plan, op)[arg], attempt->row);
        jl_exact *operand = jl_room_take(room);
        if (operand == NULL) {
            return JEOUL_NO_MEMORY;
        }
        args[arg] = operand;
        if (jl_operand_counts((jl_op_kind)op->kind, arg, args[0], states[0])) {
            JL_TRY(jl_evaluate(certifier, place, attempt->level, operand, &states[arg]));
        }
    }
    const jl_exact_row row = {.p = &op->p,
                              .args = args,
                              .states = states,
                              .n_args = op->n_args,
                              .precision = room->precision,
                              .last = attempt->level == JL_LAST_LEVEL,
                              .taken_as_equal = &attempt->taken_as_equal};
    attempt->closed = jl_op_row_of((jl_op_kind)op->kind)->exact(&row, attempt->out, attempt->state_out);
    jl_room_release(room, used);
    return JEOUL_OK;
}

/* ---- gather ---- */

jeoul_status jl_follow_index(jl_certifier *certifier, const jl_op *op, uint32_t row, bool *found_out,
                             jl_place *place_out) {
    const jl_plan *plan = certifier->program->plan;
    const uint32_t *args = jl_op_args(plan, op);
    jl_room *room = &certifier->rooms[0];
    const size_t used = room->used;
    jl_exact *index = jl_room_take(room);
    uint8_t state = JL_MISSING;
    if (index == NULL) {
        return JEOUL_NO_MEMORY;
    }
    JL_TRY(jl_evaluate(certifier, jl_operand_place(plan, args[1], row), 0, index, &state));
    *found_out = state == JL_VALUE;
    if (*found_out) {
        *place_out = jl_operand_place(plan, args[0], (uint32_t)jl_exact_to_double(index));
    }
    jl_room_release(room, used);
    return JEOUL_OK;
}

static jeoul_status attempt_gather(jl_certifier *certifier, jl_attempt *attempt) {
    bool found = false;
    jl_place place = {0, 0};
    JL_TRY(jl_follow_index(certifier, attempt->op, attempt->row, &found, &place));
    attempt->closed = true;
    if (found) {
        return jl_evaluate(certifier, place, attempt->level, attempt->out, attempt->state_out);
    }
    *attempt->state_out = attempt->op->p.state;
    jl_exact_set_double(attempt->out, attempt->op->p.state == JL_VALUE ? attempt->op->p.number : 0.0);
    return JEOUL_OK;
}

/* ---- all ops ---- */

static jeoul_status attempt_op(jl_certifier *certifier, jl_attempt *attempt) {
    switch (jl_op_row_of((jl_op_kind)attempt->op->kind)->form) {
    case JL_FORM_ROW:
        return attempt->op->kind == JL_OP_LIST ? jl_attempt_list(certifier, attempt) : attempt_row(certifier, attempt);
    case JL_FORM_REDUCE: return jl_attempt_reduce(certifier, attempt);
    case JL_FORM_GATHER: return attempt_gather(certifier, attempt);
    case JL_FORM_LOOKUP:
    case JL_FORM_PARTITION:
    case JL_FORM_ORDER: break;
    }
    return JEOUL_INTERNAL; /* read from their columns: scoring computes them before anything that needs them */
}

jeoul_status jl_climb(jl_certifier *certifier, jl_attempt *attempt) {
    JL_TRY(attempt_op(certifier, attempt));
    if (attempt->closed) {
        return JEOUL_OK;
    }
    if (attempt->level == JL_LAST_LEVEL) {
        return JEOUL_INTERNAL;
    }
    jl_room *room = &certifier->rooms[attempt->level + 1];
    const size_t used = room->used;
    jl_attempt above = *attempt;
    above.level++;
    above.out = jl_room_take(room);
    if (above.out == NULL) {
        return JEOUL_NO_MEMORY;
    }
    JL_TRY(jl_climb(certifier, &above));
    jl_exact_set(attempt->out, above.out);
    attempt->closed = true;
    attempt->taken_as_equal = above.taken_as_equal;
    jl_room_release(room, used);
    return JEOUL_OK;
}

static jeoul_status evaluate_op(jl_certifier *certifier, jl_place place, int level, jl_exact *out, uint8_t *state_out) {
    const jl_plan *plan = certifier->program->plan;
    const bool shared = certifier->shared[place.value];
    if (read_column(certifier->program, place, out, state_out) ||
        (shared && jl_memo_find(&certifier->memo, place, level, out, state_out))) {
        return JEOUL_OK;
    }
    jl_attempt attempt = {.op = &plan->ops[plan->values[place.value].source],
                          .row = place.row,
                          .level = level,
                          .out = out,
                          .state_out = state_out};
    JL_TRY(jl_climb(certifier, &attempt));
    const bool kept = !shared || jl_memo_keep(&certifier->memo, place, level, out, *state_out);
    return kept ? JEOUL_OK : JEOUL_NO_MEMORY;
}

jeoul_status jl_evaluate(jl_certifier *certifier, jl_place place, int level, jl_exact *out, uint8_t *state_out) {
    const jl_plan *plan = certifier->program->plan;
    const jl_value *value = &plan->values[place.value];
    switch ((jl_value_origin)value->origin) {
    case JL_ORIGIN_CONSTANT: return read_constant(&plan->constants[value->source], out, state_out);
    case JL_ORIGIN_CELL: return read_cell(certifier->program, place, out, state_out);
    case JL_ORIGIN_OP: return evaluate_op(certifier, place, level, out, state_out);
    case JL_ORIGIN_NOTHING: break;
    }
    return JEOUL_INTERNAL;
}
