/* SPDX-License-Identifier: Apache-2.0
 *
 * `adjustments:` of the rulebook and of areas -> limits and items; `gates:`.
 */
#include "rulebook/read.h"

static void read_bounds(jl_reader *reader, const jl_yaml *list, jl_limits *limits) {
    if (list == NULL) return;
    if (list->n_items != 2) {
        jl_refuse(reader, JL_WRONG_KIND, list->span, "expected [lowest, highest], found %zu values", list->n_items);
        return;
    }
    limits->low = jl_decimal_of(reader, list->items[0]);
    limits->high = jl_decimal_of(reader, list->items[1]);
    if (limits->low.length == 0 || limits->high.length == 0 || jl_decimal_compare(limits->low, limits->high) <= 0)
        return;
    jl_refuse(reader, JL_WRONG_VALUE, list->span, "expected [lowest, highest], found %.*s above %.*s",
              JL_TEXT_ARG(limits->low), JL_TEXT_ARG(limits->high));
}

static jl_text read_limit(jl_reader *reader, const jl_yaml *map, const char *key) {
    const jl_text limit = jl_decimal_at(reader, map, key);
    if (limit.length > 0 && limit.data[0] == '-') {
        jl_refuse(reader, JL_WRONG_VALUE, jl_scalar_at(map, key)->span, "expected a limit of at least 0, found %.*s",
                  JL_TEXT_ARG(limit));
        jl_report_help(reader->diagnostics, "`penalty` is the most that is taken, written without a sign");
    }
    return limit;
}

static void read_ledger(jl_reader *reader, const jl_yaml *map, jl_item *item) {
    const jl_yaml *once = jl_scalar_at(map, "once");
    item->each = jl_table_at(reader, map, "each");
    if (once != NULL) {
        item->once = once->text;
        item->once_span = once->span;
    }
    if (item->each != JL_NONE) {
        jl_check_column(reader, item->each, item->once, item->once_span);
    } else if (once != NULL && jl_yaml_get(map, "each") == NULL) {
        jl_refuse(reader, JL_MISSING_KEY, once->span, "`once` chooses among rows of `each`, and there is none");
    }
}

static jl_item read_item(jl_reader *reader, const jl_yaml *map) {
    jl_item item = {.id = jl_text_at(map, "id"),
                    .title = jl_text_at(map, "title"),
                    .basis = jl_text_at(map, "basis"),
                    .span = jl_id_span(map)};
    item.penalty = jl_word_at(map, "kind", JL_SCALAR_ITEM_KIND, 0) == 1;
    read_ledger(reader, map, &item);
    item.where = jl_formula_at(reader, map, "where");
    item.points = jl_read_setting(reader, jl_yaml_get(map, "points"));
    item.cap = jl_formula_at(reader, map, "cap");
    item.missing = jl_policy_at(reader, map, "missing", JL_SCALAR_POLICY);
    item.unknown = jl_policy_at(reader, map, "unknown", JL_SCALAR_POLICY);
    return item;
}

jl_adjustments jl_read_adjustments(jl_reader *reader, const jl_yaml *map) {
    jl_adjustments adjustments = {0};
    const jl_yaml *limits = jl_map_at(map, "limits"), *list = jl_list_at(map, "items");
    if (limits != NULL) {
        adjustments.limits.span = jl_map_span(limits);
        adjustments.limits.bonus = read_limit(reader, limits, "bonus");
        adjustments.limits.penalty = read_limit(reader, limits, "penalty");
        read_bounds(reader, jl_list_at(limits, "total"), &adjustments.limits);
    }
    jl_item *items = list != NULL ? jl_reader_array(reader, list->n_items, sizeof(jl_item)) : NULL;
    for (size_t item = 0; items != NULL && item < list->n_items; item++) {
        if (list->items[item]->kind == JL_YAML_MAP) {
            items[adjustments.n_items++] = read_item(reader, list->items[item]);
        }
    }
    adjustments.items = items;
    return adjustments;
}

/* ---- gates ---- */

static jl_gate read_gate(jl_reader *reader, const jl_yaml *map) {
    jl_gate gate = {.id = jl_text_at(map, "id"),
                    .title = jl_text_at(map, "title"),
                    .basis = jl_text_at(map, "basis"),
                    .span = jl_id_span(map)};
    const jl_yaml *cap = jl_scalar_at(map, "cap");
    gate.pass = jl_formula_at(reader, map, "pass");
    gate.cap = cap != NULL ? jl_read_grade(reader, cap) : JL_NONE;
    gate.down = (uint32_t)jl_integer_at(map, "down", 0);
    gate.unknown = (jl_unknown)jl_word_at(map, "unknown", JL_SCALAR_UNKNOWN, JL_UNKNOWN_ERROR);
    if (jl_yaml_get(map, "cap") == NULL && jl_yaml_get(map, "down") == NULL) {
        jl_refuse(reader, JL_MISSING_KEY, gate.span, "the gate has neither `cap` nor `down`");
    }
    return gate;
}

void jl_read_gates(jl_reader *reader, const jl_yaml *root) {
    const jl_yaml *list = jl_list_at(root, "gates");
    jl_gate *gates = list != NULL ? jl_reader_array(reader, list->n_items, sizeof(jl_gate)) : NULL;
    size_t n_gates = 0;
    for (size_t item = 0; gates != NULL && item < list->n_items; item++) {
        if (list->items[item]->kind == JL_YAML_MAP) {
            gates[n_gates++] = read_gate(reader, list->items[item]);
        }
    }
    reader->book->gates = gates;
    reader->book->n_gates = n_gates;
    if (n_gates == 0 || jl_yaml_get(root, "grades") != NULL) return;
    jl_refuse(reader, JL_NO_GRADES, gates[0].span, "gates act on grades, and `grades` is not written");
}
