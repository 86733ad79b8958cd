/* SPDX-License-Identifier: Apache-2.0
 *
 * The ranking frame: one row per entity, in the order of the entity table.
 */
#include "report/frame.h"

static const jl_text NAMES[] = {
    {"entity", 6}, {"group", 5}, {"total", 5}, {"rank", 4}, {"grade", 5},
};

static void put_entity(const jl_outcome *outcome, size_t entity, jl_frame *frame) {
    const jl_plan *plan = outcome->program->plan;
    jl_frame_put_text(frame, jl_text_of(outcome->entities[entity]));
    jl_frame_put_text(frame, jl_text_of(outcome->groups[entity]));
    jl_put_published(outcome, plan->total, entity, plan->rulebook->round_total.digits, frame);
    jl_put_rank(outcome, entity, frame);
    jl_put_grade(outcome, plan->grade, entity, frame);
}

jeoul_status jl_report_ranking(const jl_outcome *outcome, jl_frame *frame_out) {
    JL_TRY(jl_frame_open(frame_out, NAMES, JL_COUNT(NAMES)));
    for (size_t entity = 0; entity < jl_outcome_entities(outcome); entity++) {
        put_entity(outcome, entity, frame_out);
    }
    return frame_out->failed ? JEOUL_NO_MEMORY : JEOUL_OK;
}
