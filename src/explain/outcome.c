/* SPDX-License-Identifier: Apache-2.0
 *
 * From the base to the total: the sums of the adjustments, limits and the rounding, each as it was settled. And the
 * values that the rulebook publishes beside the total.
 */
#include "explain/explainer.h"

static jl_text settled(jl_explainer *explainer, uint32_t value) {
    return jl_settled_text(explainer, value, explainer->entity);
}

static jl_text find_line(jl_explainer *explainer, jl_line_kind kind) {
    const jl_ledger *ledger = &explainer->out.ledger;
    for (size_t line = 0; line < ledger->n_lines; line++) {
        if (ledger->lines[line].kind == kind) {
            return jl_points_text(explainer, ledger->lines[line].points);
        }
    }
    return (jl_text){NULL, 0};
}

static void add_sums(jl_explainer *explainer) {
    const jl_plan *plan = explainer->plan;
    const jl_rounding *rounding = &explainer->rulebook->round_total;
    jl_buffer words = {NULL, 0, 0, false};
    uint8_t state;
    jl_sums *sums = &explainer->out.sums;
    *sums = (jl_sums){.base = settled(explainer, plan->published_base),
                      .bonus_sum = settled(explainer, plan->published_bonus_sum),
                      .bonus = settled(explainer, plan->published_bonus),
                      .penalty_sum = settled(explainer, plan->published_penalty_sum),
                      .penalty = settled(explainer, plan->published_penalty),
                      .added = settled(explainer, plan->published_added),
                      .limited = settled(explainer, plan->published_limited),
                      .total = settled(explainer, plan->total),
                      .limit = find_line(explainer, JL_LINE_TOTAL_LIMIT),
                      .display = find_line(explainer, JL_LINE_DISPLAY)};
    if (jl_evaluate_into(explainer, plan->limited, explainer->entity, &explainer->number, &state)) {
        sums->exact = jl_short_text(explainer, &explainer->number);
    }
    jl_say_rounding(&words, explainer->language, rounding->digits, rounding->mode);
    sums->rounding = jl_keep(explainer, &words);
}

static jl_part *explain_value(jl_explainer *explainer, const jl_plan_named *named) {
    jl_part *part = jl_part_new(explainer, JL_PART_VALUE);
    const jl_trace *trace = jl_trace_for(explainer, named->traces, named->n_traces);
    part->id = named->rule->id;
    part->title = named->rule->title.length > 0 ? named->rule->title : named->rule->id;
    part->span = named->rule->span;
    part->formula = jl_work_out(explainer, trace, explainer->entity, &part->notes);
    part->value = jl_settled_text(explainer, named->published, explainer->entity);
    if (jl_evaluate_into(explainer, named->value, explainer->entity, &explainer->number, &part->state) &&
        named->published == 0) {
        part->value = jl_figure_text(explainer, named->value, explainer->entity); /* a text, a truth, a date */
    }
    return part;
}

static void add_values(jl_explainer *explainer) {
    jl_part **end = &explainer->out.values;
    for (size_t named = 0; named < explainer->rulebook->n_values && explainer->status == JEOUL_OK; named++) {
        *end = explain_value(explainer, &explainer->plan->named[named]);
        end = &(*end)->next;
    }
}

static void add_items(jl_explainer *explainer) {
    jl_part **end = &explainer->out.items;
    for (uint32_t item = 0; item < explainer->plan->n_items && explainer->status == JEOUL_OK; item++) {
        if (explainer->plan->items[item].node == JL_NONE) {
            *end = jl_part_of_item(explainer, item);
            end = &(*end)->next;
        }
    }
}

void jl_explain_outcome(jl_explainer *explainer) {
    add_items(explainer);
    add_sums(explainer);
    add_values(explainer);
}
