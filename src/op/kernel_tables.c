/* SPDX-License-Identifier: Apache-2.0
 *
 * Kernels of scales (steps, curves, lookups) and of dates.
 */
#include <math.h>

#include "op/dates.h"
#include "op/functions.h"

static inline void write(const jl_block *block, size_t row, double value, uint8_t state) {
    block->out.v[row] = state == JL_VALUE ? value : 0.0;
    block->out.s[row] = state;
}

static inline void write_otherwise(const jl_block *block, size_t row) {
    write(block, row, block->p->number, block->p->has_otherwise ? JL_VALUE : block->p->state);
}

static bool reaches(double x, const jl_table_row *step, bool at_most) {
    if (x == step->edge) {
        return step->closed;
    }
    return at_most ? x < step->edge : x > step->edge;
}

/* The first row whose edge is reached gives the result: rows stand from the highest edge down (at_most: from the lowest
 * up). */
void jl_kernel_steps(const jl_block *block) {
    const jl_parameters *p = block->p;
    const jl_register x = block->args[0];
    for (size_t row = 0; row < block->n; row++) {
        if (x.s[row] != JL_VALUE) {
            write(block, row, 0.0, x.s[row]);
            continue;
        }
        size_t step = 0;
        for (; step < p->n_rows && !reaches(x.v[row], &p->rows[step], p->at_most); step++) {
            if (block->near != NULL && jl_is_near(x.v[row] - p->rows[step].edge, fabs(x.v[row]))) {
                block->near[row] = 1;
            }
        }
        if (step < p->n_rows && block->near != NULL && jl_is_near(x.v[row] - p->rows[step].edge, fabs(x.v[row]))) {
            block->near[row] = 1;
        }
        if (step == p->n_rows) {
            write_otherwise(block, row);
        } else if (p->rows[step].is_outside) {
            write(block, row, 0.0, p->state);
        } else {
            write(block, row, p->rows[step].result, JL_VALUE);
        }
    }
}

static double along(const jl_table_row *from, const jl_table_row *to, double x) {
    return from->result + (to->result - from->result) * (x - from->edge) / (to->edge - from->edge);
}

static void write_beyond(const jl_block *block, size_t row, uint8_t beyond, double held, double extended) {
    write(block, row, beyond == JL_BEYOND_IS_HOLD ? held : extended,
          beyond == JL_BEYOND_IS_UNDEFINED ? JL_UNDEFINED : JL_VALUE);
}

/* Straight lines between knots, which stand in ascending order. The curve itself is continuous, so only its ends
 * decide. */
void jl_kernel_curve(const jl_block *block) {
    const jl_parameters *p = block->p;
    const jl_register x = block->args[0];
    const jl_table_row *first = &p->rows[0], *last = &p->rows[p->n_rows - 1];
    for (size_t row = 0; row < block->n; row++) {
        const double at = x.v[row];
        if (x.s[row] != JL_VALUE) {
            write(block, row, 0.0, x.s[row]);
            continue;
        }
        if (block->near != NULL && (jl_is_near(at - first->edge, fabs(at)) || jl_is_near(at - last->edge, fabs(at)))) {
            block->near[row] = 1;
        }
        if (at < first->edge) {
            write_beyond(block, row, p->below, first->result, along(first, first + 1, at));
        } else if (at > last->edge) {
            write_beyond(block, row, p->above, last->result, along(last - 1, last, at));
        } else {
            size_t knot = 1;
            while (knot + 1 < p->n_rows && at > p->rows[knot].edge) {
                knot++;
            }
            write(block, row, along(&p->rows[knot - 1], &p->rows[knot], at), JL_VALUE);
        }
    }
}

void jl_kernel_map(const jl_block *block) {
    const jl_parameters *p = block->p;
    const jl_register x = block->args[0];
    for (size_t row = 0; row < block->n; row++) {
        size_t entry = 0;
        while (entry < p->n_rows && p->rows[entry].edge != x.v[row]) {
            entry++;
        }
        if (x.s[row] != JL_VALUE) {
            write(block, row, 0.0, x.s[row]);
        } else if (entry < p->n_rows) {
            write(block, row, p->rows[entry].result, JL_VALUE);
        } else {
            write_otherwise(block, row);
        }
    }
}

void jl_kernel_year(const jl_block *block) {
    for (size_t row = 0; row < block->n; row++) {
        write(block, row, jl_day_year(block->args[0].v[row]), block->args[0].s[row]);
    }
}

void jl_kernel_month(const jl_block *block) {
    for (size_t row = 0; row < block->n; row++) {
        write(block, row, jl_day_month(block->args[0].v[row]), block->args[0].s[row]);
    }
}

void jl_kernel_months(const jl_block *block) {
    const jl_register from = block->args[0], to = block->args[1];
    for (size_t row = 0; row < block->n; row++) {
        uint8_t state = jl_stronger(from.s[row], to.s[row]);
        if (state == JL_VALUE && to.v[row] < from.v[row]) {
            state = JL_UNDEFINED;
        }
        write(block, row, state == JL_VALUE ? jl_months_between(from.v[row], to.v[row], block->p->count) : 0.0, state);
    }
}
