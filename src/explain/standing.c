/* SPDX-License-Identifier: Apache-2.0
 *
 * The rank of an entity among its peers: how many there are, who shares the rank, and what decided against those with
 * the same total. Keys are compared exactly, as the ranking itself compared them.
 */
#include "explain/explainer.h"

typedef struct jl_peers {
    jl_explainer *explainer;
    const jl_op *op;      /* the RANK */
    const uint32_t *keys; /* [0] what is ranked, then what breaks ties */
    size_t n_keys;
    double part, rank;
    size_t n_ranked, n_tied;
    jl_buffer tied; /* names of those who share the rank */
} jl_peers;

static bool read_number(const jl_explainer *explainer, uint32_t value, uint32_t row, double *number_out) {
    uint8_t state = JL_MISSING;
    return jl_program_read(explainer->program, value, row, number_out, &state) && state == JL_VALUE;
}

static size_t count_entities(const jl_explainer *explainer) {
    return explainer->program->spaces[explainer->plan->entity_shape].n;
}

/* ---- ties ---- */

/* Order of the entity against another by one key; JL_OPEN: one of them has none. */
static jl_order compare_key(jl_explainer *explainer, uint32_t key, uint32_t other) {
    uint8_t state;
    const bool known = jl_evaluate_into(explainer, key, explainer->entity, &explainer->number, &state) &&
                       jl_evaluate_into(explainer, key, other, &explainer->other, &state);
    return known ? jl_exact_compare(&explainer->number, &explainer->other) : JL_OPEN;
}

/* What broke the tie with another entity of the same total. */
static void note_tie_break(jl_peers *peers, uint32_t other) {
    jl_explainer *explainer = peers->explainer;
    const jl_rank_rule *rule = &explainer->rulebook->rank;
    for (size_t tie = 0; tie < rule->n_then && tie + 1 < peers->n_keys; tie++) {
        if (compare_key(explainer, peers->keys[tie + 1], other) == JL_EQUAL) {
            continue;
        }
        const uint32_t key = peers->keys[tie + 1];
        const jl_op *op = explainer->plan->values[key].origin == JL_ORIGIN_OP
                              ? &explainer->plan->ops[explainer->plan->values[key].source]
                              : NULL;
        /* A key that compares low first is ranked by its opposite. */
        const bool is_opposite = rule->then[tie].low_first && op != NULL && op->kind == JL_OP_NEG;
        const uint32_t shown = is_opposite ? jl_op_args(explainer->plan, op)[0] : key;
        const jl_text args[JL_SAY_MOST] = {
            jl_text_of(explainer->request->entities[other]), jl_formula_written(explainer, rule->then[tie].formula),
            jl_figure_text(explainer, shown, explainer->entity), jl_figure_text(explainer, shown, other)};
        jl_note_say(explainer, &explainer->out.standing.rank_notes,
                    rule->then[tie].low_first ? JL_SAY_TIE_BROKEN_LOW : JL_SAY_TIE_BROKEN, args);
        return;
    }
}

/* ---- peers ---- */

static void meet_peer(jl_peers *peers, uint32_t other) {
    jl_explainer *explainer = peers->explainer;
    double rank = 0.0;
    if (!read_number(explainer, explainer->plan->rank, other, &rank)) {
        return;
    }
    peers->n_ranked++;
    if (rank == peers->rank) {
        peers->n_tied++;
        if (other != explainer->entity) {
            jl_buffer_format(&peers->tied, "%s%s", peers->tied.length > 0 ? ", " : "",
                             explainer->request->entities[other]);
        }
    } else if (peers->n_keys > 1 && compare_key(explainer, peers->keys[0], other) == JL_EQUAL) {
        note_tie_break(peers, other);
    }
}

static void meet_peers(jl_peers *peers) {
    const uint32_t part_value = jl_op_args(peers->explainer->plan, peers->op)[0];
    const size_t n_entities = count_entities(peers->explainer);
    for (uint32_t other = 0; other < n_entities && peers->explainer->status == JEOUL_OK; other++) {
        double part = 0.0;
        if (read_number(peers->explainer, part_value, other, &part) && part == peers->part) {
            meet_peer(peers, other);
        }
    }
}

static void say_rank(jl_peers *peers) {
    jl_explainer *explainer = peers->explainer;
    jl_standing *standing = &explainer->out.standing;
    char digits[JL_NUMBER_LENGTH];
    jl_buffer rank = {NULL, 0, 0, false};
    jl_buffer_add(&rank, (jl_text){digits, jl_number_print(peers->rank, digits)});
    standing->rank = jl_keep(explainer, &rank);
    standing->ranked = jl_count_text(explainer, peers->n_ranked);
    standing->tied = jl_count_text(explainer, peers->n_tied);
    const jl_text args[JL_SAY_MOST] = {jl_keep(explainer, &peers->tied)};
    if (peers->n_tied > 1) {
        jl_note_say(explainer, &standing->rank_notes, JL_SAY_SHARES_RANK_WITH, args);
    }
}

static void say_basis(jl_explainer *explainer) {
    const jl_rank_rule *rule = &explainer->rulebook->rank;
    jl_notes *notes = &explainer->out.standing.rank_notes;
    if (rule->by == JL_BY_RAW) {
        jl_note_say(explainer, notes, JL_SAY_RANKED_BY_RAW, NULL);
    } else if (rule->by == JL_BY_DIGITS) {
        jl_buffer words = {NULL, 0, 0, false};
        jl_say_rounding(&words, explainer->language, rule->by_digits, explainer->rulebook->round_total.mode);
        const jl_text args[JL_SAY_MOST] = {jl_keep(explainer, &words)};
        jl_note_say(explainer, notes, JL_SAY_RANKED_BY_DIGITS, args);
    }
    if (rule->low_is_best) {
        jl_note_say(explainer, notes, JL_SAY_LOW_IS_BEST, NULL);
    }
}

void jl_explain_rank(jl_explainer *explainer) {
    const jl_plan *plan = explainer->plan;
    if (plan->rank == 0) {
        return;
    }
    const jl_op *op = &plan->ops[plan->values[plan->rank].source];
    const uint32_t *args = jl_op_args(plan, op);
    jl_peers peers = {.explainer = explainer,
                      .op = op,
                      .keys = args + 1,
                      .n_keys = op->n_args - 1 - (op->has_where ? 1u : 0u),
                      .tied = {NULL, 0, 0, false}};
    if (!read_number(explainer, plan->rank, explainer->entity, &peers.rank) ||
        !read_number(explainer, args[0], explainer->entity, &peers.part)) {
        jl_note_say(explainer, &explainer->out.standing.rank_notes, JL_SAY_NOT_RANKED, NULL);
        return;
    }
    say_basis(explainer);
    meet_peers(&peers);
    say_rank(&peers);
}
