/* SPDX-License-Identifier: Apache-2.0
 *
 * Rulebook text -> rulebook: YAML to a tree, the tree against the table of keys, then part by part into structs, then
 * the checks that look at several parts. Each step goes on after mistakes, so that one run shows them all.
 */
#include "rulebook/read.h"

static const jl_text *read_names(jl_reader *reader, const jl_yaml *node, size_t n_most, size_t *n_out) {
    *n_out = 0;
    const bool list = node != NULL && node->kind == JL_YAML_LIST;
    const size_t n_names = list                                                                    ? node->n_items
                           : node != NULL && node->kind == JL_YAML_SCALAR && node->text.length > 0 ? 1
                                                                                                   : 0;
    jl_text *names = jl_reader_array(reader, n_names, sizeof(jl_text));
    for (size_t k = 0; names != NULL && k < n_names; k++) {
        names[(*n_out)++] = list ? node->items[k]->text : node->text;
    }
    if (n_names > n_most) {
        jl_refuse(reader, JL_YAML_LIMIT, node->items[n_most]->span, "expected at most %zu names, found %zu", n_most,
                  n_names);
    }
    return names;
}

static void read_heading(jl_reader *reader, const jl_yaml *root) {
    jl_rulebook *book = reader->book;
    const jl_yaml *period = jl_map_at(root, "period");
    book->id = jl_text_at(root, "id");
    book->title = jl_text_at(root, "title");
    book->basis = jl_text_at(root, "basis");
    book->from = jl_is_date(jl_text_at(period, "from")) ? jl_text_at(period, "from") : (jl_text){NULL, 0};
    book->to = jl_is_date(jl_text_at(period, "to")) ? jl_text_at(period, "to") : (jl_text){NULL, 0};
    book->states = jl_read_states(reader, jl_map_at(root, "states"), &book->n_states);
    book->grades = read_names(reader, jl_list_at(root, "grades"), JL_MAX_GRADES, &book->n_grades);
    if (book->from.length == 0 || book->to.length == 0 || jl_text_compare(book->from, book->to) <= 0) return;
    jl_refuse(reader, JL_WRONG_VALUE, jl_scalar_at(period, "to")->span,
              "expected a last day not before %.*s, found %.*s", JL_TEXT_ARG(book->from), JL_TEXT_ARG(book->to));
}

/* The names of the groups are known when one column of choices makes them. */
static void read_group_names(jl_reader *reader, const jl_table_rule *entities) {
    jl_rulebook *book = reader->book;
    const uint32_t column = book->n_groups == 1 ? jl_table_column(entities, book->groups[0]) : JL_NONE;
    if (column == JL_NONE) return;
    const jl_column_rule *rule = &entities->columns[column];
    jl_text *names = jl_reader_array(reader, rule->n_choices, sizeof(jl_text));
    for (size_t k = 0; names != NULL && k < rule->n_choices; k++) {
        names[k] = rule->choices[k].text;
    }
    book->group_names = names;
    book->n_group_names = names != NULL ? rule->n_choices : 0;
}

static void read_groups(jl_reader *reader, const jl_yaml *root) {
    jl_rulebook *book = reader->book;
    const jl_yaml *node = jl_yaml_get(root, "groups");
    book->entities = jl_table_at(reader, root, "entities");
    book->groups = read_names(reader, node, JL_MAX_KEYS, &book->n_groups);
    if (node == NULL) return;
    book->groups_span = node->span;
    reader->groups_unread = book->entities == JL_NONE || book->n_groups == 0;
    for (size_t group = 0; !reader->groups_unread && group < book->n_groups; group++) {
        const jl_span span = node->kind == JL_YAML_LIST ? node->items[group]->span : node->span;
        reader->groups_unread = !jl_check_column(reader, book->entities, book->groups[group], span);
    }
    if (!reader->groups_unread) {
        read_group_names(reader, &book->tables[book->entities]);
    }
}

/* A formula, a formula per group, or {formula: …, digits: …}. */
static void read_value(jl_reader *reader, const jl_yaml *node, jl_named_value *value) {
    const bool full = node->kind == JL_YAML_MAP && jl_yaml_get(node, "formula") != NULL;
    value->formula = jl_read_setting(reader, full ? jl_yaml_get(node, "formula") : node);
    value->digits = 4;
    if (!full) return;
    value->title = jl_text_at(node, "title");
    value->undefined = jl_policy_at(reader, node, "undefined", JL_SCALAR_UNDEFINED);
    value->digits = (int8_t)jl_integer_at(node, "digits", 4);
    for (size_t item = 0; item < node->n_items; item++) {
        if (jl_key_rule_of(JL_CONTEXT_VALUE, node->keys[item]->text)->key[0] != '*') continue;
        jl_refuse(reader, JL_UNKNOWN_KEY, node->keys[item]->span, "unknown key `%.*s` beside `formula`",
                  JL_TEXT_ARG(node->keys[item]->text));
    }
}

void jl_read_values(jl_reader *reader, const jl_yaml *root) {
    const jl_yaml *map = jl_map_at(root, "values");
    jl_named_value *values = map != NULL ? jl_reader_array(reader, map->n_items, sizeof(jl_named_value)) : NULL;
    for (size_t item = 0; values != NULL && item < map->n_items; item++) {
        values[item].id = map->keys[item]->text;
        values[item].span = map->keys[item]->span;
        read_value(reader, map->items[item], &values[item]);
    }
    reader->book->values = values;
    reader->book->n_values = values != NULL ? map->n_items : 0;
}

static void read_parts(jl_reader *reader, const jl_yaml *root) {
    read_heading(reader, root);
    jl_read_tables(reader, root);
    read_groups(reader, root);
    jl_read_scales(reader, root);
    jl_read_values(reader, root);
    reader->mode = (jl_round_mode)jl_word_at(jl_map_at(jl_map_at(root, "results"), "round"), "mode",
                                             JL_SCALAR_ROUND_MODE, JL_HALF_UP);
    jl_read_scorecard(reader, root);
    reader->book->adjustments = jl_read_adjustments(reader, jl_map_at(root, "adjustments"));
    jl_read_gates(reader, root);
    jl_check_ids(reader);
    jl_read_results(reader, root);
    jl_check_weights(reader);
    jl_check_grades(reader, root);
    jl_read_tests(reader, root);
}

void jl_rulebook_report_paths(const jl_rulebook *rulebook, jeoul_diagnostics *diagnostics) {
    jl_report_paths(diagnostics, rulebook->source, jl_yaml_path, rulebook->tree);
}

jeoul_status jl_rulebook_read(jl_arena *arena, const jl_source *source, const jl_rulebook **rulebook_out,
                              jeoul_diagnostics *diagnostics) {
    jeoul_status status = JEOUL_OK;
    *rulebook_out = NULL;
    const jl_yaml *root = jl_yaml_read(arena, source, diagnostics, &status);
    if (root == NULL) return status;
    jl_rulebook *book = jl_arena_alloc(arena, sizeof(jl_rulebook));
    if (book == NULL) return JEOUL_NO_MEMORY;
    book->arena = arena;
    book->source = source;
    book->tree = root;
    book->entities = JL_NONE;
    book->measures = JL_NONE;
    jl_reader reader = {.arena = arena, .diagnostics = diagnostics, .book = book, .status = status};
    jl_reader_note(&reader, jl_keys_check(arena, root, diagnostics));
    reader.ids = jl_symbols_new(NULL);
    if (reader.ids == NULL) {
        jl_reader_note(&reader, JEOUL_NO_MEMORY);
    } else if (reader.status != JEOUL_NO_MEMORY && root->kind == JL_YAML_MAP) {
        read_parts(&reader, root);
    }
    jl_symbols_free(reader.ids);
    jl_rulebook_report_paths(book, diagnostics);
    *rulebook_out = reader.status == JEOUL_OK ? book : NULL;
    return reader.status;
}
