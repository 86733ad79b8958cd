/* SPDX-License-Identifier: Apache-2.0
 *
 * Kernels of logic and states. Truths are 0 and 1. Logic is three-valued: an operand with a state is unknown, and the
 * result is known only where the known operands settle it.
 */
#include "op/functions.h"

static inline void write(const jl_block *block, size_t row, double value, uint8_t state) {
    block->out.v[row] = state == JL_VALUE ? value : 0.0;
    block->out.s[row] = state;
}

static inline bool has_state_in(uint8_t state, uint8_t mask) {
    return (mask & JL_STATE_BIT(state)) != 0;
}

void jl_kernel_not(const jl_block *block) {
    const jl_register a = block->args[0];
    for (size_t row = 0; row < block->n; row++) {
        write(block, row, a.v[row] == 0.0, a.s[row]);
    }
}

/* and, or: the operand that equals `settling` settles the result whatever the other is. */
static void combine_truths(const jl_block *block, double settling) {
    const jl_register a = block->args[0], b = block->args[1];
    for (size_t row = 0; row < block->n; row++) {
        const bool settled =
            (a.s[row] == JL_VALUE && a.v[row] == settling) || (b.s[row] == JL_VALUE && b.v[row] == settling);
        write(block, row, settled ? settling : 1.0 - settling, settled ? JL_VALUE : jl_stronger(a.s[row], b.s[row]));
    }
}

void jl_kernel_and(const jl_block *block) {
    combine_truths(block, 0.0);
}
void jl_kernel_or(const jl_block *block) {
    combine_truths(block, 1.0);
}

void jl_kernel_if(const jl_block *block) {
    const jl_register condition = block->args[0];
    for (size_t row = 0; row < block->n; row++) {
        const jl_register branch = block->args[condition.v[row] != 0.0 ? 1 : 2];
        const bool known = condition.s[row] == JL_VALUE;
        write(block, row, known ? branch.v[row] : 0.0, known ? branch.s[row] : condition.s[row]);
    }
}

void jl_kernel_first(const jl_block *block) {
    const jl_register a = block->args[0], b = block->args[1];
    for (size_t row = 0; row < block->n; row++) {
        if (a.s[row] == JL_VALUE) {
            write(block, row, a.v[row], JL_VALUE);
        } else {
            write(block, row, b.v[row], b.s[row] == JL_VALUE ? JL_VALUE : jl_stronger(a.s[row], b.s[row]));
        }
    }
}

void jl_kernel_known(const jl_block *block) {
    for (size_t row = 0; row < block->n; row++) {
        write(block, row, block->args[0].s[row] == JL_VALUE, JL_VALUE);
    }
}

/* require and when: x where the condition holds, `otherwise` where it does not, the condition's state where it is
 * unknown. */
static void keep_where(const jl_block *block, jl_state otherwise) {
    const jl_register condition = block->args[0], x = block->args[1];
    for (size_t row = 0; row < block->n; row++) {
        if (condition.s[row] != JL_VALUE) {
            write(block, row, 0.0, condition.s[row]);
        } else if (condition.v[row] == 0.0) {
            write(block, row, 0.0, (uint8_t)otherwise);
        } else {
            write(block, row, x.v[row], x.s[row]);
        }
    }
}

void jl_kernel_require(const jl_block *block) {
    keep_where(block, JL_UNDEFINED);
}
void jl_kernel_when(const jl_block *block) {
    keep_where(block, JL_NOT_APPLICABLE);
}

void jl_kernel_on_state(const jl_block *block) {
    const jl_register x = block->args[0], y = block->args[1];
    for (size_t row = 0; row < block->n; row++) {
        const jl_register chosen = has_state_in(x.s[row], block->p->mask) ? y : x;
        write(block, row, chosen.v[row], chosen.s[row]);
    }
}

void jl_kernel_to_state(const jl_block *block) {
    const jl_register x = block->args[0];
    for (size_t row = 0; row < block->n; row++) {
        write(block, row, x.v[row], has_state_in(x.s[row], block->p->mask) ? block->p->state : x.s[row]);
    }
}

void jl_kernel_hold(const jl_block *block) {
    const jl_register x = block->args[0], y = block->args[1];
    for (size_t row = 0; row < block->n; row++) {
        write(block, row, x.v[row], has_state_in(y.s[row], block->p->mask) ? y.s[row] : x.s[row]);
    }
}

void jl_kernel_same(const jl_block *block) {
    const jl_register x = block->args[0];
    for (size_t row = 0; row < block->n; row++) {
        write(block, row, x.v[row], x.s[row]);
    }
}

void jl_kernel_refuse(const jl_block *block) {
    const jl_register x = block->args[1];
    for (size_t row = 0; row < block->n; row++) {
        write(block, row, x.v[row], x.s[row]);
    }
}
