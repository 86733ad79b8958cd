/* SPDX-License-Identifier: Apache-2.0
 *
 * ops.def as a table: kind -> form, nature, functions. A reducer is JL_DECIDES because its domain test may be near
 * (near_out says so); most never are. `rational` of LIST is that of its reducer, `rational` of GATHER that of what it
 * reads.
 */
#include "op/functions.h"

#define JL_ROW_OP(op, operands, nature_of, is_rational, kernel_of, exact_of)                                        \
    {.name = #op, .form = JL_FORM_ROW, .nature = nature_of, .rational = is_rational, .n_args = operands,            \
     .kernel = kernel_of, .exact = exact_of},
#define JL_REDUCER(op, needs_y, is_rational, reducer_of, exact_of)                                                  \
    {.name = #op, .form = JL_FORM_REDUCE, .nature = JL_DECIDES, .rational = is_rational, .n_args = needs_y ? 2 : 1, \
     .reducer = reducer_of, .exact_reducer = exact_of},
#define JL_OTHER_OP(op, form_of, nature_of) \
    {.name = #op, .form = form_of, .nature = nature_of, .rational = true, .n_args = -1},

static const jl_op_row rows[JL_N_OPS] = {
#include "op/ops.def"
};

const jl_op_row *jl_op_row_of(jl_op_kind kind) {
    assert((unsigned)kind < JL_N_OPS);
    return &rows[kind];
}
