/* SPDX-License-Identifier: Apache-2.0
 *
 * What scorecard.c and weights.c share: the two walk the same tree, one upwards with scores, one downwards with
 * weights.
 */
#ifndef JL_PLAN_SCORECARD_H
#define JL_PLAN_SCORECARD_H

#include "plan/builder.h"

/* Its score is the weighted mean of its children: points and effective weights go on below. */
static inline bool jl_is_additive(const jl_node *rule) {
    return rule->score.n_arms == 0 && rule->combine == JL_COMBINE_MEAN;
}
/* From the method's result to the score that is carried (states.c); `rounded_out`: before the policies. */
uint32_t jl_finish_score(jl_builder *builder, const jl_scope *scope, uint32_t node, uint32_t method,
                         uint32_t *rounded_out);
/* Truth at the rows of a node: false where it is left out, since its weight is `none` or an area above it is left out or
 * does not apply. 0: it is left out nowhere. */
uint32_t jl_counts_here(jl_builder *builder, uint32_t node);
/* x where a condition holds, elsewhere 0, at the rows of a node. */
uint32_t jl_value_where(jl_builder *builder, uint32_t condition, uint32_t x, uint32_t node);
/* States of a node that take the score away from all above it. */
uint8_t jl_spreading_states(const jl_node *rule);
size_t jl_count_children(const jl_builder *builder, uint32_t node);
typedef uint32_t jl_child_value(jl_builder *builder, uint32_t child);
uint32_t jl_emit_children(jl_builder *builder, uint32_t node, jl_op_kind reducer, jl_child_value *x, jl_child_value *y);
/* A value whose state says whether the node counts. */
uint32_t jl_presence_of(jl_builder *builder, uint32_t node);
/* At the entities: index of the entity's own part among the parts of the rows of that shape. */
uint32_t jl_rows_of_entity(jl_builder *builder, uint32_t shape, jl_span span);
/* A column of rows that belong to entities reduced per entity; `y`, `where` 0: none. Entities without rows get `absent`
 * (VALUE: 0). */
uint32_t jl_reduce_to_entities(jl_builder *builder, uint32_t shape, jl_op_kind reducer, uint32_t x, uint32_t y,
                               uint32_t where, const jl_parameters *p, uint8_t absent, uint32_t node, jl_span span);
/* A column of a sheet's rows reduced per entity, under the sheet's `where`. */
uint32_t jl_reduce_rows(jl_builder *builder, uint32_t node, jl_op_kind reducer, uint32_t x, uint32_t y,
                        const jl_parameters *p, uint8_t absent);
/* The weight of a node where the node counts; a weight that is missing there is an error. */
uint32_t jl_counted_weight(jl_builder *builder, uint32_t node);
uint32_t jl_score_from_points(jl_builder *builder,
                              uint32_t node); /* points of the children / their effective weights x 100 */
/* x, undefined where the children that count weigh nothing together. */
uint32_t jl_require_weight(jl_builder *builder, uint32_t node, uint32_t x);
/* The score; weights of rows or columns that do not add up for an entity are reported. */
uint32_t jl_check_weight_sums(jl_builder *builder, uint32_t node, uint32_t score);
bool jl_has_own_points(const jl_builder *builder, uint32_t node); /* a child rounds or adjusts its points */

#endif
