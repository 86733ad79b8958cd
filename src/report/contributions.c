/* SPDX-License-Identifier: Apache-2.0
 *
 * The contributions frame: the lines of each entity's ledger, whose points add up to its published total. Behind them,
 * with no points, the indicators that do not count: their policy tells why the others weigh more.
 */
#include "report/frame.h"

static const jl_text NAMES[JL_N_CONTRIBUTION_COLUMNS] = {
    {"entity", 6}, {"node", 4}, {"title", 5}, {"kind", 4}, {"score", 5}, {"weight", 6}, {"points", 6}, {"policy", 6},
};

jeoul_status jl_open_contributions(jl_frame *frame_out) {
    return jl_frame_open(frame_out, NAMES, JL_N_CONTRIBUTION_COLUMNS);
}

static const char *kind_word(const jl_plan *plan, const jl_line *line) {
    switch (line->kind) {
    case JL_LINE_NODE: return "node";
    case JL_LINE_NODE_ROUNDING: return "rounding";
    case JL_LINE_AREA_LIMIT: return "area_limit";
    case JL_LINE_ITEM: return plan->items[line->item].rule->penalty ? "penalty" : "bonus";
    case JL_LINE_ITEM_CAP: return "cap";
    case JL_LINE_BONUS_LIMIT: return "bonus_limit";
    case JL_LINE_PENALTY_LIMIT: return "penalty_limit";
    case JL_LINE_TOTAL_LIMIT: return "total_limit";
    case JL_LINE_DISPLAY: return "display";
    case JL_LINE_TOTAL_ROUNDING: return "total_rounding";
    }
    return "";
}

/* ---- policies ---- */

/* Policies `none` and `error` leave no total, and no lines. */
static jl_text policy_word(const jl_policy *policy) {
    if (policy->kind == JL_POLICY_FORMULA) return jl_span_text(policy->span);
    if (policy->kind == JL_POLICY_STATE) return jl_text_of(jl_state_word_of((uint8_t)policy->state));
    return JL_TEXT("redistribute");
}

static void add_policy(const jl_policy *policy, uint8_t state, jl_buffer *text) {
    const jl_text word = policy_word(policy);
    jl_buffer_format(text, "%s%s: %.*s", text->length > 0 ? ", " : "", jl_state_word_of(state), JL_TEXT_ARG(word));
}

static uint8_t state_of(const jl_outcome *outcome, uint32_t value, size_t row) {
    double number;
    uint8_t state = JL_VALUE;
    if (value != 0) (void)jl_program_read(outcome->program, value, row, &number, &state);
    return state;
}

static const jl_policy *policy_of(const jl_node *rule, uint8_t state) {
    switch (state) {
    case JL_MISSING: return &rule->missing;
    case JL_NOT_APPLICABLE: return &rule->not_applicable;
    case JL_NOT_DUE: return &rule->not_due;
    default: return NULL;
    }
}

/* What the rulebook answered to a node's state, as it is written there: `missing: 0`. Where a policy would have given a
 * score and there is none, a weight of `none` has taken the node away. */
static void add_policies(const jl_outcome *outcome, uint32_t node, size_t row, jl_buffer *text) {
    const jl_plan_node *known = &outcome->program->plan->nodes[node];
    const jl_node *rule = &outcome->program->plan->rulebook->nodes[node];
    const bool answers = rule->undefined.kind == JL_POLICY_FORMULA || rule->undefined.kind == JL_POLICY_STATE;
    const uint8_t state = state_of(outcome, known->rounded, row);
    const jl_policy *policy = policy_of(rule, state);
    if (answers && state_of(outcome, known->method, row) == JL_UNDEFINED) {
        add_policy(&rule->undefined, JL_UNDEFINED, text);
    }
    if (policy == NULL) return;
    if (policy->kind == JL_POLICY_FORMULA && !jl_node_counts(outcome->program, node, (uint32_t)row)) {
        jl_buffer_add(text, JL_TEXT("weight: none"));
    } else {
        add_policy(policy, state, text);
    }
}

static void add_number(const char *name, jl_text number, jl_buffer *text) {
    if (number.length > 0)
        jl_buffer_format(text, "%s%s: %.*s", text->length > 0 ? ", " : "", name, JL_TEXT_ARG(number));
}

static const jl_limits *limits_of(const jl_plan *plan, const jl_line *line) {
    const jl_rulebook *rulebook = plan->rulebook;
    const bool is_area = line->node != JL_NONE && rulebook->nodes[line->node].adjustments != NULL;
    return is_area ? &rulebook->nodes[line->node].adjustments->limits : &rulebook->adjustments.limits;
}

/* The rule that made the line: a policy, a cap, a limit. */
static void put_policy(const jl_outcome *outcome, const jl_line *line, size_t row, jl_frame *frame) {
    const jl_plan *plan = outcome->program->plan;
    jl_buffer text = {NULL, 0, 0, false};
    switch (line->kind) {
    case JL_LINE_NODE: add_policies(outcome, line->node, row, &text); break;
    case JL_LINE_ITEM_CAP: add_number("cap", jl_span_text(plan->items[line->item].rule->cap->span), &text); break;
    case JL_LINE_BONUS_LIMIT: add_number("bonus", limits_of(plan, line)->bonus, &text); break;
    case JL_LINE_PENALTY_LIMIT: add_number("penalty", limits_of(plan, line)->penalty, &text); break;
    case JL_LINE_TOTAL_LIMIT:
        add_number("low", limits_of(plan, line)->low, &text);
        add_number("high", limits_of(plan, line)->high, &text);
        break;
    default: break;
    }
    jl_frame_put_built(frame, &text);
}

/* ---- lines ---- */

static void put_name(const jl_outcome *outcome, const jl_line *line, size_t row, jl_frame *frame) {
    const jl_plan *plan = outcome->program->plan;
    if (line->item != JL_NONE) {
        const jl_item *item = plan->items[line->item].rule;
        jl_frame_put_text(frame, item->id);
        jl_frame_put_text(frame, item->title.length > 0 ? item->title : item->id);
    } else if (line->node != JL_NONE) {
        jl_put_node_name(outcome, line->node, row, frame);
    } else {
        jl_frame_put_empty(frame);
        jl_frame_put_empty(frame);
    }
}

static void add_line(const jl_outcome *outcome, size_t entity, const jl_ledger *ledger, const jl_line *line,
                     jl_frame *frame) {
    const jl_plan *plan = outcome->program->plan;
    const size_t row = line->row == JL_NO_ROW ? entity : line->row;
    const jl_plan_node *node = line->kind == JL_LINE_NODE ? &plan->nodes[line->node] : NULL;
    jl_frame_put_text(frame, jl_text_of(outcome->entities[entity]));
    put_name(outcome, line, row, frame);
    jl_frame_put_text(frame, jl_text_of(kind_word(plan, line)));
    jl_put_published(outcome, node == NULL ? 0 : node->published_score, row, node == NULL ? 0 : node->score_digits,
                     frame);
    jl_put_published(outcome, node == NULL ? 0 : node->published_effective, row, JL_LEDGER_DIGITS, frame);
    jl_frame_put_scaled(frame, line->points, ledger->digits);
    put_policy(outcome, line, row, frame);
}

/* ---- indicators that do not count ---- */

static void add_absent(const jl_outcome *outcome, size_t entity, const jl_ledger *ledger, uint32_t node, size_t row,
                       jl_frame *frame) {
    jl_buffer policy = {NULL, 0, 0, false};
    if (jl_node_counts(outcome->program, node, (uint32_t)row)) return;
    jl_frame_put_text(frame, jl_text_of(outcome->entities[entity]));
    jl_put_node_name(outcome, node, row, frame);
    jl_frame_put_text(frame, JL_TEXT("absent"));
    jl_frame_put_empty(frame);
    jl_frame_put_empty(frame);
    jl_frame_put_scaled(frame, 0, ledger->digits);
    add_policies(outcome, node, row, &policy);
    jl_frame_put_built(frame, &policy);
}

static void add_absent_rows(const jl_outcome *outcome, size_t entity, const jl_ledger *ledger, uint32_t node,
                            jl_frame *frame) {
    const jl_program *program = outcome->program;
    const jl_plan_node *sheet = &program->plan->nodes[program->plan->rulebook->nodes[node].parent];
    const jl_row_list list = jl_rows_of(program, sheet->rows, (uint32_t)entity);
    for (size_t i = 0; i < list.n; i++) {
        if (jl_row_counts(program, sheet, list.rows[i])) {
            add_absent(outcome, entity, ledger, node, list.rows[i], frame);
        }
    }
}

/* Only where points are passed up to the total. */
static void add_all_absent(const jl_outcome *outcome, size_t entity, const jl_ledger *ledger, jl_frame *frame) {
    const jl_plan *plan = outcome->program->plan;
    for (uint32_t node = 0; node < plan->rulebook->n_nodes; node++) {
        const jl_node_kind kind = plan->rulebook->nodes[node].kind;
        if (plan->nodes[node].published_points == 0) continue;
        if (kind == JL_NODE_INDICATOR) add_absent(outcome, entity, ledger, node, entity, frame);
        if (kind == JL_NODE_ROW) add_absent_rows(outcome, entity, ledger, node, frame);
    }
}

jeoul_status jl_add_contributions(const jl_outcome *outcome, size_t entity, jl_frame *frame) {
    jl_arena *arena = jl_arena_new();
    jl_ledger ledger;
    if (arena == NULL) return JEOUL_NO_MEMORY;
    const jeoul_status status = jl_ledger_make(outcome->program, (uint32_t)entity, arena, &ledger);
    for (size_t line = 0; status == JEOUL_OK && line < ledger.n_lines; line++) {
        add_line(outcome, entity, &ledger, &ledger.lines[line], frame);
    }
    if (status == JEOUL_OK && ledger.has_total) add_all_absent(outcome, entity, &ledger, frame);
    jl_arena_free(arena);
    return status == JEOUL_OK && frame->failed ? JEOUL_NO_MEMORY : status;
}
