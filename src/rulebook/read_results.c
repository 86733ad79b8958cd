/* SPDX-License-Identifier: Apache-2.0
 *
 * `results:` -> rounding of the total, ranks, grades. Grades are read in the order of `grades:`, whatever order the map
 * has.
 */
#include "rulebook/read.h"

/* ---- ranks ---- */

static bool read_within(jl_reader *reader, const jl_yaml *map) {
    const bool grouped = reader->book->n_groups > 0 || reader->groups_unread;
    const bool within = jl_word_at(map, "within", JL_SCALAR_WITHIN, grouped ? 1 : 0) == 1;
    if (!within || grouped) return within;
    jl_refuse(reader, JL_WRONG_VALUE, jl_scalar_at(map, "within")->span,
              "expected `all`, because `groups` is not written, found `group`");
    return false;
}

static void read_tie_key(jl_reader *reader, const jl_yaml *node, jl_tie_key *key) {
    const bool map = node->kind == JL_YAML_MAP;
    const jl_yaml *low = map ? jl_scalar_at(node, "low") : NULL, *high = map ? jl_scalar_at(node, "high") : node;
    if (map && node->n_items != 1) {
        jl_refuse(reader, JL_WRONG_KIND, jl_map_span(node), "expected `low` or `high`, found %zu keys", node->n_items);
    }
    key->low_first = low != NULL;
    key->formula = jl_read_formula(reader, low != NULL ? low : high);
}

static void read_rank(jl_reader *reader, const jl_yaml *map) {
    jl_rank_rule *rank = &reader->book->rank;
    const int by = jl_word_at(map, "by", JL_SCALAR_RANK_BY, -1);
    const jl_yaml *then = jl_list_at(map, "then");
    rank->set = true;
    rank->span = jl_map_span(map);
    rank->within_group = read_within(reader, map);
    rank->by = by >= 0 ? (jl_rank_by)by : jl_scalar_at(map, "by") != NULL ? JL_BY_DIGITS : JL_BY_PUBLISHED;
    rank->by_digits = (int8_t)jl_integer_at(map, "by", 0);
    rank->low_is_best = jl_word_at(map, "best", JL_SCALAR_BEST, 0) == 1;
    rank->ties = (jl_ties)jl_word_at(map, "ties", JL_SCALAR_TIES, JL_TIES_MIN);
    rank->where = jl_formula_at(reader, map, "where");
    jl_tie_key *keys = then != NULL ? jl_reader_array(reader, then->n_items, sizeof(jl_tie_key)) : NULL;
    for (size_t item = 0; keys != NULL && item < then->n_items; item++) {
        read_tie_key(reader, then->items[item], &keys[rank->n_then++]);
    }
    rank->then = keys;
}

/* ---- grades ---- */

/* A percentage was checked to be a number, and what is none was reported. */
static const jl_ast *read_share(jl_reader *reader, const jl_yaml *node, jl_scalar scalar) {
    const bool wrong = scalar == JL_SCALAR_NUMBER && jl_decimal_of(reader, node).length == 0;
    return wrong ? NULL : jl_read_formula(reader, node);
}

/* Grade -> number or formula, best first; `otherwise` is left to the caller. */
static const jl_cutoff *read_cutoffs(jl_reader *reader, const jl_yaml *map, jl_scalar scalar, size_t *n_out) {
    *n_out = 0;
    if (map == NULL) return NULL;
    jl_cutoff *cutoffs = jl_reader_array(reader, map->n_items, sizeof(jl_cutoff));
    for (size_t item = 0; cutoffs != NULL && item < map->n_items; item++) {
        if (jl_text_equal(map->keys[item]->text, JL_TEXT("otherwise")) || jl_is_date(map->keys[item]->text)) continue;
        const jl_cutoff cutoff = {jl_read_grade(reader, map->keys[item]), read_share(reader, map->items[item], scalar),
                                  map->items[item]->span};
        if (cutoff.grade == JL_NONE || cutoff.value == NULL) continue;
        size_t at = (*n_out)++;
        for (; at > 0 && cutoffs[at - 1].grade > cutoff.grade; at--) {
            cutoffs[at] = cutoffs[at - 1];
        }
        cutoffs[at] = cutoff;
    }
    return cutoffs;
}

static uint32_t read_otherwise(jl_reader *reader, const jl_yaml *rule, const jl_yaml *cutoffs) {
    const jl_yaml *inner = jl_scalar_at(cutoffs, "otherwise"), *outer = jl_scalar_at(rule, "otherwise");
    const jl_yaml *written = inner != NULL ? inner : outer;
    if (written == NULL || jl_text_equal(written->text, JL_TEXT("none"))) return JL_NONE;
    return jl_read_grade(reader, written);
}

static void read_listed_nodes(jl_reader *reader, const jl_yaml *list, jl_grade_rule *rule) {
    uint32_t *nodes = jl_reader_array(reader, list->n_items, sizeof(uint32_t));
    rule->of = JL_GRADE_LISTED;
    for (size_t item = 0; nodes != NULL && item < list->n_items; item++) {
        const jl_yaml *name = list->items[item];
        const jl_id_place *place = jl_find_id(reader, name->text);
        if (place != NULL && place->node != JL_NONE) {
            nodes[rule->n_nodes++] = place->node;
        } else if (reader->book->n_nodes > 0 && name->kind == JL_YAML_SCALAR && !name->wrong) {
            jl_refuse(reader, JL_UNKNOWN_NAME, name->span, "unknown node `%.*s`", JL_TEXT_ARG(name->text));
            jl_report_nearest_id(reader, name->text);
        }
    }
    rule->nodes = nodes;
}

static void read_quota(jl_reader *reader, const jl_yaml *map, jl_grade_rule *rule) {
    const jl_yaml *heads = jl_scalar_at(map, "heads");
    rule->quota = read_cutoffs(reader, jl_map_at(map, "quota"), JL_SCALAR_NUMBER, &rule->n_quota);
    rule->seats = (jl_seats)jl_word_at(map, "seats", JL_SCALAR_SEATS, 0);
    rule->tie_at_cut = (jl_tie_at_cut)jl_word_at(map, "tie_at_cut", JL_SCALAR_TIE_AT_CUT, 0);
    rule->heads_all = jl_word_at(map, "of_heads", JL_SCALAR_HEADS_OF, 0) == 1;
    rule->refill = jl_yes_at(map, "refill");
    rule->at_least = read_cutoffs(reader, jl_map_at(map, "at_least"), JL_SCALAR_FORMULA, &rule->n_at_least);
    if (heads != NULL && reader->book->entities != JL_NONE &&
        jl_check_column(reader, reader->book->entities, heads->text, heads->span)) {
        rule->heads = heads->text;
    }
}

/* Keys that say nothing without another one. */
static const struct companion {
    const char *key, *needs;
    bool required; /* and that one needs it */
    jl_scalar words;
} companions[] = {
    {"seats", "quota", true, JL_SCALAR_SEATS},     {"tie_at_cut", "quota", true, JL_SCALAR_TIE_AT_CUT},
    {"heads", "quota", false, JL_SCALAR_NONE},     {"of_heads", "quota", false, JL_SCALAR_NONE},
    {"at_least", "quota", false, JL_SCALAR_NONE},  {"refill", "quota", false, JL_SCALAR_NONE},
    {"at_most", "cutoffs", false, JL_SCALAR_NONE},
};

static void check_companions(jl_reader *reader, const jl_yaml *map) {
    for (size_t k = 0; k < JL_COUNT(companions); k++) {
        const struct companion *companion = &companions[k];
        const bool written = jl_yaml_get(map, companion->key) != NULL;
        const bool needed = jl_yaml_get(map, companion->needs) != NULL;
        if (written && !needed) {
            jl_refuse(reader, JL_MISSING_KEY, jl_key_span(map, companion->key), "`%s` needs `%s` beside it",
                      companion->key, companion->needs);
        } else if (needed && !written && companion->required) {
            jl_refuse(reader, JL_MISSING_KEY, jl_key_span(map, companion->needs), "`%s` needs `%s` beside it",
                      companion->needs, companion->key);
            jl_report_help(reader->diagnostics, "%s", jl_scalar_rules[companion->words].description);
        }
    }
}

/* One way of grading, and what belongs to it. */
static void check_form(jl_reader *reader, const jl_yaml *map) {
    static const char *const forms[] = {"quota", "cutoffs", "cutoffs_at_most"};
    const char *found = NULL;
    for (size_t form = 0; form < JL_COUNT(forms); form++) {
        if (jl_yaml_get(map, forms[form]) == NULL) continue;
        if (found != NULL) {
            jl_refuse(reader, JL_WRONG_VALUE, jl_key_span(map, forms[form]),
                      "expected one way of grading, found `%s` beside `%s`", forms[form], found);
        }
        found = forms[form];
    }
    if (found == NULL) {
        jl_refuse(reader, JL_MISSING_KEY, jl_map_span(map), "grades need `quota`, `cutoffs` or `cutoffs_at_most`");
    } else {
        check_companions(reader, map);
    }
}

static jl_grade_rule read_grade(jl_reader *reader, const jl_yaml *map) {
    jl_grade_rule rule = {.span = jl_map_span(map)};
    const jl_yaml *at_most = jl_map_at(map, "cutoffs_at_most"),
                  *cutoffs = at_most != NULL ? at_most : jl_map_at(map, "cutoffs");
    check_form(reader, map);
    rule.of = (jl_grade_of)jl_word_at(map, "of", JL_SCALAR_GRADE_OF, JL_GRADE_TOTAL);
    if (jl_list_at(map, "of") != NULL) {
        read_listed_nodes(reader, jl_list_at(map, "of"), &rule);
    }
    rule.within_group = read_within(reader, map);
    rule.by_value = jl_word_at(map, "by", JL_SCALAR_GRADE_BY, 0) == 1;
    read_quota(reader, map, &rule);
    rule.cutoffs = read_cutoffs(reader, cutoffs, JL_SCALAR_FORMULA, &rule.n_cutoffs);
    rule.at_most = at_most != NULL || jl_yes_at(map, "at_most");
    rule.otherwise = read_otherwise(reader, map, cutoffs);
    if (rule.n_cutoffs > 0 && jl_yaml_get(map, "otherwise") == NULL && jl_yaml_get(cutoffs, "otherwise") == NULL) {
        rule.otherwise = rule.cutoffs[rule.n_cutoffs - 1].grade; /* its cut-off is open: nobody is below it */
    }
    jl_check_grade_rule(reader, map, &rule);
    return rule;
}

static void read_grades(jl_reader *reader, const jl_yaml *node) {
    const size_t n_rules = node->kind == JL_YAML_LIST ? node->n_items : 1;
    jl_grade_rule *rules = jl_reader_array(reader, n_rules, sizeof(jl_grade_rule));
    for (size_t rule = 0; rules != NULL && rule < n_rules; rule++) {
        const jl_yaml *map = node->kind == JL_YAML_LIST ? node->items[rule] : node;
        if (map->kind == JL_YAML_MAP) {
            rules[reader->book->n_grade_rules++] = read_grade(reader, map);
        }
    }
    reader->book->grade_rules = rules;
}

void jl_read_results(jl_reader *reader, const jl_yaml *root) {
    const jl_yaml *map = jl_map_at(root, "results");
    const jl_yaml *round = jl_map_at(map, "round"), *grade = jl_yaml_get(map, "grade");
    const jl_yaml *digits = jl_scalar_at(round, "total");
    if (digits != NULL) {
        reader->book->round_total =
            (jl_rounding){.set = true, .digits = (int8_t)jl_integer_at(round, "total", 0), .span = digits->span};
        reader->book->round_total.mode = reader->mode;
    }
    if (jl_map_at(map, "rank") != NULL) {
        read_rank(reader, jl_map_at(map, "rank"));
    }
    if (grade == NULL) return;
    if (jl_yaml_get(root, "grades") == NULL) {
        jl_refuse(reader, JL_NO_GRADES, jl_map_span(grade), "`grades` is not written");
        jl_report_help(reader->diagnostics, "list them, best first: grades: [S, A, B, C]");
    }
    read_grades(reader, grade);
}
