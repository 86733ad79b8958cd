/* SPDX-License-Identifier: Apache-2.0
 *
 * Every function that ops.def names: kernels (kernel_*.c), exact meanings (exact_*.c), reducers on doubles (reduce*.c)
 * and exact reducers (exact_reduce*.c). For the files of this folder; everybody else goes through jl_op_row_of.
 */
#ifndef JL_OP_FUNCTIONS_H
#define JL_OP_FUNCTIONS_H

#include "op/op.h"

#define JL_ROW_OP(name, n_args, nature, rational, kernel, exact) \
    jl_kernel kernel;                                            \
    jl_exact_meaning exact;
#define JL_REDUCER(name, needs_y, rational, reducer, exact) \
    jl_reducer reducer;                                     \
    jl_exact_reducer exact;
#define JL_OTHER_OP(name, form, nature)
#include "op/ops.def"
#undef JL_ROW_OP
#undef JL_REDUCER
#undef JL_OTHER_OP

/* ---- shared by the exact meanings (exact_decide.c) ---- */

/* True where an operand has a state: the strongest is the result (value 0) and there is nothing to compute. */
bool jl_exact_row_has_state(const jl_exact_row *row, jl_exact *out, uint8_t *state_out);
/* Order of a and b. false: open at this precision; at the last one they are taken as equal. */
bool jl_exact_decide(const jl_exact *a, const jl_exact *b, bool last, bool *taken_as_equal, jl_order *order_out);
/* The same against 0. */
bool jl_exact_decide_sign(const jl_exact *a, bool last, bool *taken_as_equal, jl_order *order_out);
/* Writes 0 and the state; returns true, so that a meaning can end with it. */
bool jl_exact_answer_state(jl_exact *out, uint8_t *state_out, uint8_t state);

#endif
