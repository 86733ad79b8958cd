/* SPDX-License-Identifier: Apache-2.0
 *
 * Exact meanings of scales (steps, curves, maps) and of functions of dates. Edges and results are the shortest decimals
 * of their doubles. Dates and codes are integers that a double holds, so functions of dates are exact in the kernel and
 * are not written twice.
 */
#include "op/dates.h"
#include "op/functions.h"

static bool answer_number(jl_exact *out, uint8_t *state_out, double number) {
    jl_exact_set_double(out, number);
    *state_out = JL_VALUE;
    return true;
}

static bool answer_outside(const jl_exact_row *row, jl_exact *out, uint8_t *state_out) {
    const jl_parameters *p = row->p;
    return p->has_otherwise ? answer_number(out, state_out, p->number)
                            : jl_exact_answer_state(out, state_out, p->state);
}

/* Order of the operand against an edge; `out` is used as room for the edge. */
static bool compare_edge(const jl_exact_row *row, double edge, jl_exact *out, jl_order *order_out) {
    jl_exact_set_double(out, edge);
    return jl_exact_decide(row->args[0], out, row->last, row->taken_as_equal, order_out);
}

bool jl_meaning_steps(const jl_exact_row *row, jl_exact *out, uint8_t *state_out) {
    const jl_parameters *p = row->p;
    const jl_order inside = p->at_most ? JL_LESS : JL_GREATER;
    if (jl_exact_row_has_state(row, out, state_out)) {
        return true;
    }
    for (size_t step = 0; step < p->n_rows; step++) {
        jl_order order = JL_OPEN;
        if (!compare_edge(row, p->rows[step].edge, out, &order)) {
            return false;
        }
        if (order == inside || (order == JL_EQUAL && p->rows[step].closed)) {
            return p->rows[step].is_outside ? jl_exact_answer_state(out, state_out, p->state)
                                            : answer_number(out, state_out, p->rows[step].result);
        }
    }
    return answer_outside(row, out, state_out);
}

bool jl_meaning_map(const jl_exact_row *row, jl_exact *out, uint8_t *state_out) {
    if (jl_exact_row_has_state(row, out, state_out)) {
        return true;
    }
    for (size_t entry = 0; entry < row->p->n_rows; entry++) {
        jl_order order = JL_OPEN;
        if (!compare_edge(row, row->p->rows[entry].edge, out, &order)) {
            return false;
        }
        if (order == JL_EQUAL) {
            return answer_number(out, state_out, row->p->rows[entry].result);
        }
    }
    return answer_outside(row, out, state_out);
}

/* ---- curves ---- */

/* out = a.result + (x - a.edge) (b.result - a.result) / (b.edge - a.edge) */
static bool interpolate(const jl_exact_row *row, const jl_table_row *a, const jl_table_row *b, jl_exact *out,
                        uint8_t *state_out) {
    jl_exact knot, slope;
    bool open = false;
    jl_exact_init(&knot, row->precision);
    jl_exact_init(&slope, row->precision);
    jl_exact_set_double(&slope, b->result);
    jl_exact_set_double(&knot, a->result);
    jl_exact_sub(&slope, &slope, &knot);
    jl_exact_set_double(out, b->edge);
    jl_exact_set_double(&knot, a->edge);
    jl_exact_sub(out, out, &knot);
    if (jl_exact_div(&slope, &slope, out, &open)) { /* edges ascend: never undefined, and rational */
        jl_exact_sub(out, row->args[0], &knot);
        jl_exact_mul(out, out, &slope);
        jl_exact_set_double(&knot, a->result);
        jl_exact_add(out, out, &knot);
        *state_out = JL_VALUE;
    } else {
        jl_exact_answer_state(out, state_out, JL_UNDEFINED);
    }
    jl_exact_clear(&slope);
    jl_exact_clear(&knot);
    return true;
}

/* Outside the knots: `beyond` is p.below or p.above, `knot` the last knot on that side, a and b the line that is
 * continued. */
static bool answer_beyond(const jl_exact_row *row, uint8_t beyond, size_t knot, size_t a, jl_exact *out,
                          uint8_t *state_out) {
    const jl_table_row *knots = row->p->rows;
    if (beyond == JL_BEYOND_IS_HOLD) {
        return answer_number(out, state_out, knots[knot].result);
    }
    if (beyond == JL_BEYOND_IS_EXTEND) {
        return interpolate(row, &knots[a], &knots[a + 1], out, state_out);
    }
    return jl_exact_answer_state(out, state_out, JL_UNDEFINED);
}

bool jl_meaning_curve(const jl_exact_row *row, jl_exact *out, uint8_t *state_out) {
    const jl_parameters *p = row->p;
    if (jl_exact_row_has_state(row, out, state_out)) {
        return true;
    }
    assert(p->n_rows >= 2);
    for (size_t knot = 0; knot < p->n_rows; knot++) {
        jl_order order = JL_OPEN;
        if (!compare_edge(row, p->rows[knot].edge, out, &order)) {
            return false;
        }
        if (order == JL_EQUAL) {
            return answer_number(out, state_out, p->rows[knot].result);
        }
        if (order == JL_LESS && knot == 0) {
            return answer_beyond(row, p->below, 0, 0, out, state_out);
        }
        if (order == JL_LESS) {
            return interpolate(row, &p->rows[knot - 1], &p->rows[knot], out, state_out);
        }
    }
    return answer_beyond(row, p->above, p->n_rows - 1, p->n_rows - 2, out, state_out);
}

/* ---- dates ---- */

/* The kernel on this one row; its operands are whole numbers. */
static bool answer_by_kernel(const jl_exact_row *row, jl_kernel *kernel, jl_exact *out, uint8_t *state_out) {
    double operands[2] = {0, 0}, result = 0;
    uint8_t states[2] = {JL_VALUE, JL_VALUE};
    jl_register args[2] = {{&operands[0], &states[0]}, {&operands[1], &states[1]}};
    assert(row->n_args <= JL_COUNT(args));
    for (size_t arg = 0; arg < row->n_args; arg++) {
        operands[arg] = jl_exact_to_double(row->args[arg]);
        states[arg] = row->states[arg];
    }
    const jl_block block = {.n = 1, .p = row->p, .out = {&result, state_out}, .args = args, .n_args = row->n_args};
    kernel(&block);
    jl_exact_set_double(out, *state_out == JL_VALUE ? result : 0);
    return true;
}

bool jl_meaning_year(const jl_exact_row *row, jl_exact *out, uint8_t *state_out) {
    return answer_by_kernel(row, jl_kernel_year, out, state_out);
}

bool jl_meaning_month(const jl_exact_row *row, jl_exact *out, uint8_t *state_out) {
    return answer_by_kernel(row, jl_kernel_month, out, state_out);
}

bool jl_meaning_months(const jl_exact_row *row, jl_exact *out, uint8_t *state_out) {
    return answer_by_kernel(row, jl_kernel_months, out, state_out);
}
