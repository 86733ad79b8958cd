/* SPDX-License-Identifier: Apache-2.0
 *
 * One entity's explanation: the ledger, then the walk over the scorecard and the outcome, then a writer. Everything
 * lives in one arena that is gone when the text is written.
 */
#include "explain/explainer.h"

static void build(jl_explainer *explainer) {
    jl_explain_fail(explainer,
                    jl_ledger_make(explainer->program, explainer->entity, explainer->arena, &explainer->out.ledger));
    if (explainer->status == JEOUL_OK) {
        explainer->out.scorecard = jl_part_of_node(explainer, 0, explainer->entity);
        jl_explain_outcome(explainer);
        jl_explain_rank(explainer);
        jl_explain_grade(explainer);
        jl_explain_gates(explainer);
    }
}

static jeoul_status write_out(jl_explainer *explainer, jl_buffer *out) {
    if (explainer->status != JEOUL_OK) {
        return explainer->status;
    }
    if (explainer->request->format == JEOUL_JSON) {
        jl_write_explanation_json(explainer, out);
    } else {
        jl_write_explanation_text(explainer, out);
    }
    return out->failed ? JEOUL_NO_MEMORY : explainer->status;
}

jeoul_status jl_explain(const jl_explain_request *request, jl_buffer *out) {
    jl_explainer explainer = {.request = request,
                              .program = request->program,
                              .plan = request->program->plan,
                              .rulebook = request->program->plan->rulebook,
                              .data = request->program->data,
                              .arena = jl_arena_new(),
                              .language = request->language,
                              .entity = request->entity,
                              .status = JEOUL_OK};
    if (explainer.arena == NULL) {
        return JEOUL_NO_MEMORY;
    }
    jl_exact *const scratch[] = {&explainer.number, &explainer.other, &explainer.third};
    for (size_t number = 0; number < JL_COUNT(scratch); number++) {
        jl_exact_init(scratch[number], JL_EXACT_FIRST_PRECISION);
    }
    build(&explainer);
    const jeoul_status status = write_out(&explainer, out);
    for (size_t number = 0; number < JL_COUNT(scratch); number++) {
        jl_exact_clear(scratch[number]);
    }
    jl_arena_free(explainer.arena);
    return status;
}
