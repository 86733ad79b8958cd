/* SPDX-License-Identifier: Apache-2.0
 *
 * A map from keys (a few doubles) to rows. Keys are compared by value; the order of insertion decides nothing but the
 * number given.
 */
#ifndef JL_SCORE_KEYED_H
#define JL_SCORE_KEYED_H

#include "base/base.h"

typedef struct jl_keyed jl_keyed;

jl_keyed *jl_keyed_new(jl_arena *arena, size_t n_keys, size_t n_expected); /* NULL: no memory */
/* The row of these keys, or UINT32_MAX. */
uint32_t jl_keyed_find(const jl_keyed *map, const double *keys);
/* The row of these keys, which becomes `row` if they are new. UINT32_MAX: no memory. */
uint32_t jl_keyed_add(jl_keyed *map, const double *keys, uint32_t row);

#endif
