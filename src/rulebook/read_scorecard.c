/* SPDX-License-Identifier: Apache-2.0
 *
 * `scorecard:` -> nodes in pre-order. What indicators and areas share is handed down as two prototype nodes; a node
 * starts as a copy of its prototype and writes its own settings over it, so the nearest one wins and nobody looks
 * upward later.
 */
#include "rulebook/read.h"

struct prototypes {
    jl_node area, indicator;
};

struct tree {
    jl_reader *reader;
    jl_node *nodes;
    uint32_t *last_children; /* by node */
    size_t n, capacity, last_capacity;
};

static bool read_node(struct tree *tree, const jl_yaml *map, uint32_t parent, const struct prototypes *shared);

/* ---- settings ---- */

static jl_rounding rounding(const jl_yaml *node, int digits, int mode) {
    return (jl_rounding){.set = true, .digits = (int8_t)digits, .mode = (jl_round_mode)mode, .span = node->span};
}

/* `round: 2`, or {score: 2, points: 1, mode: truncate}. */
static void read_rounding(const jl_reader *reader, const jl_yaml *map, jl_node *node) {
    const jl_yaml *parts = jl_map_at(map, "round"), *single = jl_scalar_at(map, "round");
    if (parts == NULL && single == NULL) return;
    node->round_score = node->round_points = (jl_rounding){.set = false};
    if (single != NULL) {
        node->round_score = rounding(single, jl_integer_at(map, "round", 0), (int)reader->mode);
        return;
    }
    const int mode = jl_word_at(parts, "mode", JL_SCALAR_ROUND_MODE, (int)reader->mode);
    const jl_yaml *score = jl_scalar_at(parts, "score"), *points = jl_scalar_at(parts, "points");
    if (score != NULL) {
        node->round_score = rounding(score, jl_integer_at(parts, "score", 0), mode);
    }
    if (points != NULL) {
        node->round_points = rounding(points, jl_integer_at(parts, "points", 0), mode);
    }
}

static void read_setting_over(jl_reader *reader, const jl_yaml *map, const char *key, jl_setting *setting) {
    const jl_yaml *value = jl_yaml_get(map, key);
    if (value != NULL) {
        *setting = jl_read_setting(reader, value);
    }
}

static void read_policy_over(jl_reader *reader, const jl_yaml *map, const char *key, jl_scalar scalar,
                             jl_policy *policy) {
    const jl_policy written = jl_policy_at(reader, map, key, scalar);
    if (written.kind != JL_POLICY_UNSET) {
        *policy = written;
    }
}

static void read_combine(jl_reader *reader, const jl_yaml *map, jl_node *node) {
    static const jl_combine combines[] = {JL_COMBINE_MEAN,   JL_COMBINE_SUM, JL_COMBINE_GEOMETRIC, JL_COMBINE_HARMONIC,
                                          JL_COMBINE_MEDIAN, JL_COMBINE_MIN, JL_COMBINE_MAX};
    const int word = jl_word_at(map, "combine", JL_SCALAR_COMBINE, -1);
    if (word >= 0) {
        node->combine = combines[word];
    } else if (jl_map_at(map, "combine") != NULL) {
        node->combine = JL_COMBINE_POWER;
        node->power = jl_decimal_at(reader, jl_map_at(map, "combine"), "power");
    }
}

/* What a map says over what the node has from above. */
static void read_settings(jl_reader *reader, const jl_yaml *map, jl_node *node) {
    read_setting_over(reader, map, "weight", &node->weight);
    read_setting_over(reader, map, "value", &node->value);
    read_setting_over(reader, map, "impute", &node->impute);
    read_setting_over(reader, map, "score", &node->score);
    read_policy_over(reader, map, "missing", JL_SCALAR_POLICY, &node->missing);
    read_policy_over(reader, map, "not_applicable", JL_SCALAR_POLICY, &node->not_applicable);
    read_policy_over(reader, map, "not_due", JL_SCALAR_POLICY, &node->not_due);
    read_policy_over(reader, map, "undefined", JL_SCALAR_UNDEFINED, &node->undefined);
    read_rounding(reader, map, node);
    node->digits = (int8_t)jl_integer_at(map, "digits", node->digits);
    node->weight_total =
        (jl_weight_total)jl_word_at(map, "weight_total", JL_SCALAR_WEIGHT_TOTAL, (int)node->weight_total);
    node->over_full = jl_yaml_get(map, "over_full") != NULL ? jl_yes_at(map, "over_full") : node->over_full;
    read_combine(reader, map, node);
}

/* Decimals that nothing says, here or above. */
#define UNWRITTEN (-1)
#define STANDARD_DIGITS 4

/* A score that was rounded is published as it was rounded, unless `digits` asks for others. */
static void settle_digits(jl_node *node) {
    const int8_t standard = node->round_score.set ? node->round_score.digits : STANDARD_DIGITS;
    node->score_digits = node->digits == UNWRITTEN ? standard : node->digits;
    node->digits = node->digits == UNWRITTEN ? STANDARD_DIGITS : node->digits;
}

static struct prototypes share(jl_reader *reader, const jl_yaml *map, const struct prototypes *above) {
    struct prototypes shared = *above;
    if (jl_map_at(map, "indicator") != NULL) {
        read_settings(reader, jl_map_at(map, "indicator"), &shared.indicator);
    }
    if (jl_map_at(map, "area") != NULL) {
        read_settings(reader, jl_map_at(map, "area"), &shared.area);
    }
    return shared;
}

/* ---- nodes ---- */

static uint32_t add_node(struct tree *tree, const jl_node *node) {
    jl_arena *arena = tree->reader->arena;
    if (!jl_arena_grow(arena, &tree->nodes, &tree->capacity, tree->n + 1, sizeof(jl_node)) ||
        !jl_arena_grow(arena, &tree->last_children, &tree->last_capacity, tree->n + 1, sizeof(uint32_t))) {
        jl_reader_note(tree->reader, JEOUL_NO_MEMORY);
        return JL_NONE;
    }
    const uint32_t index = (uint32_t)tree->n++;
    tree->nodes[index] = *node;
    tree->last_children[index] = JL_NONE;
    if (node->parent == JL_NONE) return index;
    const uint32_t last = tree->last_children[node->parent];
    *(last == JL_NONE ? &tree->nodes[node->parent].first_child : &tree->nodes[last].next_sibling) = index;
    tree->last_children[node->parent] = index;
    return index;
}

/* Under `sum` and under a score of its own, a node takes no weights from its children. */
static void check_weight_allowed(struct tree *tree, const jl_yaml *map, uint32_t parent) {
    const jl_yaml *weight = jl_yaml_get(map, "weight");
    if (weight == NULL || parent == JL_NONE) return;
    const jl_node *above = &tree->nodes[parent];
    const bool scored = above->score.n_arms > 0;
    if (!scored && above->combine != JL_COMBINE_SUM) return;
    jl_refuse(tree->reader, JL_WRONG_VALUE, weight->kind == JL_YAML_MAP ? jl_map_span(weight) : weight->span,
              "expected no weight, because `%.*s` %s", JL_TEXT_ARG(above->id),
              scored ? "has a score of its own" : "adds the scores of its children");
}

static bool read_listed(struct tree *tree, const jl_yaml *map, const char *key, uint32_t parent,
                        const struct prototypes *shared) {
    const jl_yaml *list = jl_list_at(map, key);
    if (list == NULL) return true;
    if (list->n_items == 0) {
        jl_refuse(tree->reader, JL_WRONG_KIND, list->span, "expected at least one node, found none");
    }
    for (size_t item = 0; item < list->n_items; item++) {
        if (list->items[item]->kind == JL_YAML_MAP && !read_node(tree, list->items[item], parent, shared)) return false;
    }
    return true;
}

/* The rows of a sheet: one node that stands for all of them. */
static bool add_row(struct tree *tree, const jl_yaml *map, uint32_t sheet, const struct prototypes *shared) {
    const jl_yaml *described = jl_map_at(map, "indicator");
    jl_node row = shared->indicator;
    settle_digits(&row);
    row.kind = JL_NODE_ROW;
    row.parent = sheet;
    row.depth = tree->nodes[sheet].depth + 1;
    row.each = tree->nodes[sheet].each;
    row.span = described != NULL ? jl_map_span(described) : tree->nodes[sheet].span;
    const bool broken = jl_setting_is_broken(&row.score) || jl_setting_is_broken(&row.value);
    if (row.score.n_arms == 0 && row.value.n_arms == 0 && !broken) {
        jl_refuse(tree->reader, JL_NO_SCORE, row.span, "nothing says how the rows of `%.*s` are scored",
                  JL_TEXT_ARG(tree->nodes[sheet].id));
        jl_report_help(tree->reader->diagnostics, "write `indicator: {score: …}` beside `each`");
    }
    return add_node(tree, &row) != JL_NONE;
}

static void check_children(struct tree *tree, const jl_yaml *map) {
    jl_reader *reader = tree->reader;
    const bool listed = jl_yaml_get(map, "areas") != NULL || jl_yaml_get(map, "indicators") != NULL;
    const jl_yaml *each = jl_yaml_get(map, "each");
    if (each != NULL && listed) {
        jl_refuse(reader, JL_WRONG_VALUE, each->span, "expected `each` or listed nodes, found both");
    }
    if (each == NULL && jl_yaml_get(map, "where") != NULL) {
        jl_refuse(reader, JL_MISSING_KEY, jl_yaml_get(map, "where")->span,
                  "`where` chooses rows of `each`, and there is none");
    }
}

/* The scorecard itself is an indicator where nothing stands below it. */
static bool is_single(const jl_yaml *map) {
    static const char *const below[] = {"areas", "indicators", "each"};
    for (size_t key = 0; key < JL_COUNT(below); key++) {
        if (jl_yaml_get(map, below[key]) != NULL) return false;
    }
    return true;
}

static jl_node describe(jl_reader *reader, const jl_yaml *map, const jl_node *prototype) {
    jl_node node = *prototype;
    node.id = jl_text_at(map, "id");
    node.title = jl_text_at(map, "title");
    node.basis = jl_text_at(map, "basis");
    node.span = jl_id_span(map);
    node.applies = jl_formula_at(reader, map, "applies");
    read_settings(reader, map, &node);
    settle_digits(&node);
    return node;
}

static bool fill_area(struct tree *tree, const jl_yaml *map, uint32_t index, const struct prototypes *above) {
    const struct prototypes shared = share(tree->reader, map, above);
    if (jl_yaml_get(map, "each") != NULL) return add_row(tree, map, index, &shared);
    return read_listed(tree, map, "areas", index, &shared) && read_listed(tree, map, "indicators", index, &shared);
}

static bool read_area(struct tree *tree, const jl_yaml *map, jl_node *node, const struct prototypes *above) {
    jl_reader *reader = tree->reader;
    node->kind = jl_yaml_get(map, "each") != NULL ? JL_NODE_SHEET : JL_NODE_AREA;
    node->each = jl_table_at(reader, map, "each");
    node->where = jl_formula_at(reader, map, "where");
    check_children(tree, map);
    const jl_yaml *adjustments = node->parent == JL_NONE ? NULL : jl_map_at(map, "adjustments");
    if (adjustments != NULL) {
        jl_adjustments *own = jl_reader_array(reader, 1, sizeof(jl_adjustments));
        if (own == NULL) return false;
        *own = jl_read_adjustments(reader, adjustments);
        node->adjustments = own;
    }
    const uint32_t index = add_node(tree, node);
    return index != JL_NONE && fill_area(tree, map, index, above);
}

/* false: no memory. */
static bool read_node(struct tree *tree, const jl_yaml *map, uint32_t parent, const struct prototypes *shared) {
    const bool area = jl_context_of_node(map) == JL_CONTEXT_AREA;
    check_weight_allowed(tree, map, parent);
    jl_node node = describe(tree->reader, map, area ? &shared->area : &shared->indicator);
    node.parent = parent;
    node.depth = tree->nodes[parent].depth + 1;
    if (area) return read_area(tree, map, &node, shared);
    node.kind = JL_NODE_INDICATOR;
    return add_node(tree, &node) != JL_NONE;
}

static void read_single(struct tree *tree, const jl_yaml *map, const jl_node *node) {
    if (node->score.n_arms == 0 && node->value.n_arms == 0) {
        jl_refuse(tree->reader, JL_MISSING_KEY, node->span,
                  "the scorecard has no `areas`, `indicators`, `each` or `score`");
        return;
    }
    check_children(tree, map);
    (void)add_node(tree, node);
}

void jl_read_scorecard(jl_reader *reader, const jl_yaml *root) {
    const jl_yaml *map = jl_map_at(root, "scorecard");
    if (map == NULL) return;
    const jl_node plain = {
        .parent = JL_NONE, .first_child = JL_NONE, .next_sibling = JL_NONE, .each = JL_NONE, .digits = UNWRITTEN};
    const struct prototypes nothing = {.area = plain, .indicator = plain};
    struct tree tree = {.reader = reader};
    jl_node node = describe(reader, map, &plain);
    node.id = node.id.length > 0 ? node.id : JL_TEXT("total");
    node.title = node.title.length > 0 ? node.title : reader->book->title;
    node.span = jl_key_span(root, "scorecard");
    reader->book->measures = jl_table_at(reader, map, "measures");
    if (is_single(map)) {
        node.kind = JL_NODE_INDICATOR;
        read_single(&tree, map, &node);
    } else {
        (void)read_area(&tree, map, &node, &nothing);
    }
    reader->book->nodes = tree.nodes;
    reader->book->n_nodes = tree.n;
}
