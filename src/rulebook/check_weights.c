/* SPDX-License-Identifier: Apache-2.0
 *
 * Weights that are numbers must add up to what `weight_total` says, exactly, for every group. Weights that are columns
 * are known per entity only and are left to the scoring; a sum with one such weight in it is left too.
 */
#include <gmp.h>

#include "number/exact.h"
#include "rulebook/read.h"

#define MAX_EXPONENT 64u    /* of a constant power */
#define MAX_BITS (1u << 16) /* of a constant; beyond it a weight counts as not constant */

struct kin {
    uint32_t n_children, n_written; /* children, and those of them with a weight */
};

struct weights {
    jl_reader *reader;
    const jl_rulebook *book;
    struct kin *kin; /* by node */
    jl_text group;   /* empty: there are no named groups */
};

enum outcome { KNOWN, UNKNOWN, ABSENT /* `none`: the node is not there for the group */ };

/* ---- constants ---- */

static bool evaluate(const jl_ast *ast, mpq_t result);

static bool is_small(const mpq_t x) {
    return mpz_sizeinbase(mpq_numref(x), 2) < MAX_BITS && mpz_sizeinbase(mpq_denref(x), 2) < MAX_BITS;
}

static bool raise_to(mpq_t result, const mpq_t base, const mpq_t exponent) {
    if (mpz_cmp_ui(mpq_denref(exponent), 1) != 0 || mpz_cmpabs_ui(mpq_numref(exponent), MAX_EXPONENT) > 0) return false;
    if (mpq_sgn(exponent) < 0 && mpq_sgn(base) == 0) return false;
    const unsigned long times = mpz_get_ui(mpq_numref(exponent));
    mpz_pow_ui(mpq_numref(result), mpq_numref(base), times);
    mpz_pow_ui(mpq_denref(result), mpq_denref(base), times);
    if (mpq_sgn(exponent) < 0) {
        mpq_inv(result, result);
    }
    return true;
}

static bool apply(jl_binary op, mpq_t result, const mpq_t a, const mpq_t b) {
    switch (op) {
    case JL_BINARY_ADD: mpq_add(result, a, b); return true;
    case JL_BINARY_SUB: mpq_sub(result, a, b); return true;
    case JL_BINARY_MUL: mpq_mul(result, a, b); return true;
    case JL_BINARY_POW: return raise_to(result, a, b);
    case JL_BINARY_DIV:
        if (mpq_sgn(b) == 0) return false;
        mpq_div(result, a, b);
        return true;
    default: return false;
    }
}

static bool evaluate_binary(const jl_ast *ast, mpq_t result) {
    mpq_t a, b;
    mpq_inits(a, b, NULL);
    const bool constant =
        evaluate(ast->children[0], a) && evaluate(ast->children[1], b) && apply((jl_binary)ast->op, result, a, b);
    mpq_clears(a, b, NULL);
    return constant && is_small(result);
}

static bool set_decimal(mpq_t result, jl_text decimal) {
    jl_exact x;
    jl_exact_init(&x, JL_EXACT_FIRST_PRECISION);
    const bool number = jl_exact_set_text(&x, decimal);
    mpq_set(result, x.q);
    jl_exact_clear(&x);
    return number;
}

/* Whether the formula is made of numbers only, and their value. */
static bool evaluate(const jl_ast *ast, mpq_t result) {
    switch ((jl_ast_kind)ast->kind) {
    case JL_AST_NUMBER: return set_decimal(result, ast->text);
    case JL_AST_BINARY: return evaluate_binary(ast, result);
    case JL_AST_NEGATE:
        if (!evaluate(ast->children[0], result)) return false;
        mpq_neg(result, result);
        return true;
    default: return false;
    }
}

/* ---- weights of nodes ---- */

static const jl_arm *arm_of(const jl_setting *setting, jl_text group) {
    for (size_t arm = 0; arm < setting->n_arms; arm++) {
        if (setting->arms[arm].group.length == 0 || jl_text_equal(setting->arms[arm].group, group))
            return &setting->arms[arm];
    }
    return NULL;
}

static enum outcome written_weight(const struct weights *weights, const jl_node *node, mpq_t weight) {
    const jl_arm *arm = arm_of(&node->weight, weights->group);
    if (arm == NULL) return UNKNOWN;
    if (arm->formula == NULL) return ABSENT;
    return evaluate(arm->formula, weight) ? KNOWN : UNKNOWN;
}

static bool is_unwritten(const jl_node *node) {
    return node->weight.n_arms == 0 && !jl_setting_is_broken(&node->weight);
}

/* Whether a node hands weight down to its children at all. */
static bool shares_weight(const jl_node *node) {
    return node->score.n_arms == 0 && !jl_setting_is_broken(&node->score) && node->combine != JL_COMBINE_SUM;
}

static enum outcome weight_of(const struct weights *weights, const jl_node *node, mpq_t weight);

/* What the children of a node have to add up to. */
static enum outcome total_of(const struct weights *weights, const jl_node *node, mpq_t total) {
    switch (node->weight_total) {
    case JL_WEIGHTS_100: mpq_set_ui(total, 100, 1); return KNOWN;
    case JL_WEIGHTS_1: mpq_set_ui(total, 1, 1); return KNOWN;
    case JL_WEIGHTS_FREE: return UNKNOWN;
    case JL_WEIGHTS_PARENT: break;
    }
    return weight_of(weights, node, total);
}

/* The weight as written; of siblings without weights, an equal share of what they add up to. */
static enum outcome weight_of(const struct weights *weights, const jl_node *node, mpq_t weight) {
    if (!is_unwritten(node)) return written_weight(weights, node, weight);
    if (node->parent == JL_NONE) {
        mpq_set_ui(weight, 100, 1);
        return KNOWN;
    }
    const jl_node *parent = &weights->book->nodes[node->parent];
    const struct kin *siblings = &weights->kin[node->parent];
    if (siblings->n_written > 0 || !shares_weight(parent) || total_of(weights, parent, weight) != KNOWN) return UNKNOWN;
    mpq_t share;
    mpq_init(share);
    mpq_set_ui(share, 1, siblings->n_children);
    mpq_mul(weight, weight, share);
    mpq_clear(share);
    return KNOWN;
}

/* ---- sums ---- */

static enum outcome add_children(const struct weights *weights, const jl_node *node, mpq_t sum) {
    enum outcome outcome = KNOWN;
    mpq_t weight;
    mpq_init(weight);
    for (uint32_t child = node->first_child; child != JL_NONE && outcome != UNKNOWN;
         child = weights->book->nodes[child].next_sibling) {
        const enum outcome found = written_weight(weights, &weights->book->nodes[child], weight);
        if (found == KNOWN) {
            mpq_add(sum, sum, weight);
        }
        outcome = found == UNKNOWN ? UNKNOWN : outcome;
    }
    mpq_clear(weight);
    return outcome;
}

static void report_sum(const struct weights *weights, const jl_node *node, const mpq_t sum, const mpq_t total) {
    char found[JL_NUMBER_LENGTH], expected[JL_NUMBER_LENGTH];
    const jl_text found_text = {found, jl_number_print(mpq_get_d(sum), found)};
    const jl_text expected_text = {expected, jl_number_print(mpq_get_d(total), expected)};
    const bool grouped = weights->group.length > 0;
    jl_refuse(weights->reader, JL_WEIGHT_SUM, node->span,
              "expected weights below `%.*s` that add up to %.*s%s%.*s%s, found %.*s", JL_TEXT_ARG(node->id),
              JL_TEXT_ARG(expected_text), grouped ? " for `" : "", JL_TEXT_ARG(weights->group), grouped ? "`" : "",
              JL_TEXT_ARG(found_text));
    jl_report_help(weights->reader->diagnostics,
                   "`weight_total` says what they add up to: parent (if not written), 100, 1 or free");
}

static void check_sum(const struct weights *weights, const jl_node *node) {
    mpq_t sum, total;
    mpq_inits(sum, total, NULL);
    if (add_children(weights, node, sum) == KNOWN && total_of(weights, node, total) == KNOWN &&
        !mpq_equal(sum, total)) {
        report_sum(weights, node, sum, total);
    }
    mpq_clears(sum, total, NULL);
}

/* Whether what the children have to add up to differs from group to group. */
static bool total_depends_on_group(const struct weights *weights, const jl_node *node) {
    while (node->weight_total == JL_WEIGHTS_PARENT && is_unwritten(node) && node->parent != JL_NONE) {
        node = &weights->book->nodes[node->parent];
    }
    return node->weight_total == JL_WEIGHTS_PARENT && node->weight.n_arms > 1;
}

static bool depends_on_group(const struct weights *weights, const jl_node *node) {
    const jl_node *nodes = weights->book->nodes;
    bool depends = total_depends_on_group(weights, node);
    for (uint32_t child = node->first_child; child != JL_NONE; child = nodes[child].next_sibling) {
        depends |= nodes[child].weight.n_arms > 1;
    }
    return depends;
}

static void check_sums(struct weights *weights, const jl_node *node) {
    const bool depends = depends_on_group(weights, node);
    const size_t n_groups = weights->book->n_group_names;
    for (size_t group = 0; group < (depends ? n_groups : 1); group++) {
        weights->group = depends ? weights->book->group_names[group] : (jl_text){NULL, 0};
        check_sum(weights, node);
    }
}

/* ---- all nodes ---- */

/* Equal weights are all unwritten; one sibling without a weight among others is a slip. */
static bool check_all_written(const struct weights *weights, uint32_t index) {
    const jl_node *nodes = weights->book->nodes;
    const struct kin *kin = &weights->kin[index];
    if (kin->n_written == 0 || kin->n_written == kin->n_children) return kin->n_written > 0;
    for (uint32_t child = nodes[index].first_child; child != JL_NONE; child = nodes[child].next_sibling) {
        if (!is_unwritten(&nodes[child])) continue;
        jl_refuse(weights->reader, JL_MISSING_KEY, nodes[child].span,
                  "`%.*s` has no weight, though its siblings have one", JL_TEXT_ARG(nodes[child].id));
    }
    return false;
}

static void check_signs(const struct weights *weights, const jl_node *node) {
    mpq_t weight;
    mpq_init(weight);
    for (size_t arm = 0; arm < node->weight.n_arms; arm++) {
        const jl_arm *found = &node->weight.arms[arm];
        if (found->formula == NULL || !evaluate(found->formula, weight) || mpq_sgn(weight) >= 0) continue;
        const jl_text written = jl_span_text(found->span);
        jl_refuse(weights->reader, JL_NEGATIVE_WEIGHT, found->span, "expected a weight of at least 0, found %.*s",
                  JL_TEXT_ARG(written));
    }
    mpq_clear(weight);
}

/* A weight that a prototype brought has been looked at where a node before had it. */
static bool is_seen_before(const jl_rulebook *book, size_t node) {
    return node > 0 && book->nodes[node].weight.arms == book->nodes[node - 1].weight.arms;
}

static void count_kin(struct weights *weights) {
    for (size_t index = 1; index < weights->book->n_nodes; index++) {
        const jl_node *node = &weights->book->nodes[index];
        weights->kin[node->parent].n_children++;
        weights->kin[node->parent].n_written += is_unwritten(node) ? 0 : 1;
    }
}

void jl_check_weights(jl_reader *reader) {
    const jl_rulebook *book = reader->book;
    struct weights weights = {.reader = reader, .book = book};
    weights.kin = jl_reader_array(reader, book->n_nodes, sizeof(struct kin));
    if (weights.kin == NULL) return;
    count_kin(&weights);
    for (uint32_t index = 0; index < book->n_nodes; index++) {
        const jl_node *node = &book->nodes[index];
        if (!is_seen_before(book, index)) {
            check_signs(&weights, node);
        }
        if (node->kind == JL_NODE_AREA && shares_weight(node) && check_all_written(&weights, index)) {
            check_sums(&weights, node);
        }
    }
}
