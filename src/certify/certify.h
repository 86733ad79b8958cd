/* SPDX-License-Identifier: Apache-2.0
 *
 * The exact reading: any value of a plan at any row, from decimals alone. It settles what scoring in doubles leaves
 * open, and explanations are written from it.
 */
#ifndef JL_CERTIFY_CERTIFY_H
#define JL_CERTIFY_CERTIFY_H

#include "score/program.h"

typedef struct jl_certifier jl_certifier;

/* The program must outlive the certifier. NULL: no memory. */
jl_certifier *jl_certifier_new(jl_program *program);
void jl_certifier_free(jl_certifier *certifier);
/* The settler that scoring uses; its context is the certifier. */
jl_settler jl_certifier_settler(jl_certifier *certifier);
/* The exact value and state of one row, enclosed at `precision` if irrational. `out` is initialised by the caller at
 * that precision. */
jeoul_status jl_certify_value(jl_certifier *certifier, uint32_t value, uint32_t row, mpfr_prec_t precision,
                              jl_exact *out, uint8_t *state_out);
/* Of a value that is undefined (or has another state): the operation below it where the state arose, for messages.
 * JL_NONE: a cell. */
jeoul_status jl_certify_cause(jl_certifier *certifier, uint32_t value, uint32_t row, uint32_t *op_out,
                              uint32_t *op_row_out);
uint64_t jl_certifier_taken_as_equal(const jl_certifier *certifier);

#endif
