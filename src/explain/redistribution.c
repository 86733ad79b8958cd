/* SPDX-License-Identifier: Apache-2.0
 *
 * Redistribution: where the weight of children that do not count went. Full weights are what the children of an
 * additive node would have if all of them counted: the parent's weight x own / sum of all.
 */
#include "explain/explainer.h"

#define WEIGHT_DIGITS 4
#define MOST_LISTED 6 /* siblings by name; more are only counted */

typedef struct jl_sharing {
    jl_explainer *explainer;
    jl_exact above, all, present; /* the parent's weight; sums of own weights */
    jl_exact own, share;          /* of the child in hand */
    size_t n_present;
    bool has_absent;
} jl_sharing;

static void open_sharing(jl_sharing *sharing) {
    jl_exact *const numbers[] = {&sharing->above, &sharing->all, &sharing->present, &sharing->own, &sharing->share};
    for (size_t number = 0; number < JL_COUNT(numbers); number++) {
        jl_exact_init(numbers[number], JL_EXACT_FIRST_PRECISION);
    }
}

static void close_sharing(jl_sharing *sharing) {
    jl_exact *const numbers[] = {&sharing->above, &sharing->all, &sharing->present, &sharing->own, &sharing->share};
    for (size_t number = 0; number < JL_COUNT(numbers); number++) {
        jl_exact_clear(numbers[number]);
    }
}

/* Children that could have a weight: nodes and rows, not those without one in this group. */
static bool takes_part(const jl_explainer *explainer, const jl_part *child) {
    return child->node != JL_NONE && !jl_has_no_weight(explainer, child->node);
}

static bool read_weight(jl_sharing *sharing, const jl_part *child) {
    uint8_t state;
    const uint32_t weight = sharing->explainer->plan->nodes[child->node].weight;
    return takes_part(sharing->explainer, child) &&
           jl_evaluate_into(sharing->explainer, weight, child->row, &sharing->own, &state);
}

static void add_up(jl_sharing *sharing, const jl_part *parent) {
    for (const jl_part *child = parent->first; child != NULL; child = child->next) {
        if (!read_weight(sharing, child)) {
            continue;
        }
        jl_exact_add(&sharing->all, &sharing->all, &sharing->own);
        if (child->state == JL_VALUE) {
            jl_exact_add(&sharing->present, &sharing->present, &sharing->own);
            sharing->n_present++;
        } else {
            sharing->has_absent = true;
        }
    }
}

static jl_text print_weight(jl_explainer *explainer, const jl_exact *weight) {
    jl_buffer text = {NULL, 0, 0, false};
    jl_exact rounded;
    jl_exact_init(&rounded, JL_EXACT_FIRST_PRECISION);
    if (jl_exact_round(&rounded, weight, WEIGHT_DIGITS, JL_HALF_UP)) {
        jl_print_short(&rounded, &text);
    }
    jl_exact_clear(&rounded);
    return jl_keep(explainer, &text);
}

/* x = a x own / sum; false where the sum is zero. */
static bool take_share(jl_exact *x, const jl_exact *a, const jl_exact *own, const jl_exact *sum) {
    bool open = false;
    jl_exact_mul(x, a, own);
    return jl_exact_div(x, x, sum, &open) && !open;
}

/* "용지 보상 협의율 +4.5, 수리시설 보수 +7.5" for what `full` gives to each sibling that counts. */
static jl_text list_receivers(jl_sharing *sharing, const jl_part *parent, const jl_exact *full) {
    jl_buffer list = {NULL, 0, 0, false};
    for (const jl_part *child = parent->first; child != NULL; child = child->next) {
        if (child->state != JL_VALUE || !read_weight(sharing, child) ||
            !take_share(&sharing->share, full, &sharing->own, &sharing->present)) {
            continue;
        }
        const jl_text gain = print_weight(sharing->explainer, &sharing->share);
        jl_buffer_format(&list, "%s%.*s +%.*s", list.length > 0 ? ", " : "", JL_TEXT_ARG(child->title),
                         JL_TEXT_ARG(gain));
    }
    return jl_keep(sharing->explainer, &list);
}

static void note_absent(jl_sharing *sharing, const jl_part *parent, jl_part *child, const jl_exact *full) {
    jl_explainer *explainer = sharing->explainer;
    if (sharing->n_present == 0) {
        return;
    }
    const bool lists = sharing->n_present <= MOST_LISTED;
    const jl_text receivers =
        lists ? list_receivers(sharing, parent, full) : jl_count_text(explainer, sharing->n_present);
    const jl_text args[JL_SAY_MOST] = {child->full_weight, receivers};
    jl_note_say(explainer, &child->notes, lists ? JL_SAY_WEIGHT_GOES_TO : JL_SAY_WEIGHT_GOES_TO_MANY, args);
}

static void give_full_weights(jl_sharing *sharing, const jl_part *parent) {
    jl_exact full;
    jl_exact_init(&full, JL_EXACT_FIRST_PRECISION);
    for (jl_part *child = parent->first; child != NULL; child = child->next) {
        if (!read_weight(sharing, child) || !take_share(&full, &sharing->above, &sharing->own, &sharing->all)) {
            continue;
        }
        child->full_weight = print_weight(sharing->explainer, &full);
        if (child->state != JL_VALUE) {
            note_absent(sharing, parent, child, &full);
        }
    }
    jl_exact_clear(&full);
}

void jl_explain_redistribution(jl_explainer *explainer, jl_part *parent) {
    const jl_plan_node *known = &explainer->plan->nodes[parent->node];
    jl_sharing sharing = {.explainer = explainer};
    uint8_t state;
    if (!known->additive || parent->points.length == 0 || explainer->status != JEOUL_OK) {
        return;
    }
    open_sharing(&sharing);
    add_up(&sharing, parent);
    if (sharing.has_absent && jl_evaluate_into(explainer, known->effective, parent->row, &sharing.above, &state)) {
        give_full_weights(&sharing, parent);
    }
    close_sharing(&sharing);
}
