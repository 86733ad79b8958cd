/* SPDX-License-Identifier: Apache-2.0
 *
 * `scales:` -> steps, curves and lookups. Bands with both ends printed (95 이상 100 미만) are read into steps once they
 * have been found to leave no gap and to overlap nowhere, so that later stages know three kinds only.
 */
#include <stdlib.h>

#include "number/exact.h"
#include "rulebook/read.h"

int jl_decimal_compare(jl_text a, jl_text b) {
    jl_exact x, y;
    jl_exact_init(&x, JL_EXACT_FIRST_PRECISION);
    jl_exact_init(&y, JL_EXACT_FIRST_PRECISION);
    jl_exact_set_text(&x, a);
    jl_exact_set_text(&y, b);
    const int order = mpq_cmp(x.q, y.q);
    jl_exact_clear(&x);
    jl_exact_clear(&y);
    return order;
}

/* ---- steps ---- */

static int by_falling_edge(const void *a, const void *b) {
    return jl_decimal_compare(((const jl_scale_row *)b)->edge, ((const jl_scale_row *)a)->edge);
}

static int by_rising_edge(const void *a, const void *b) {
    return -by_falling_edge(a, b);
}

static void check_edges_differ(jl_reader *reader, const jl_scale *scale) {
    for (size_t row = 1; row < scale->n_rows; row++) {
        if (jl_decimal_compare(scale->rows[row - 1].edge, scale->rows[row].edge) != 0) continue;
        jl_refuse(reader, JL_BAND_OVERLAP, scale->rows[row].span, "the step %.*s is given twice",
                  JL_TEXT_ARG(scale->rows[row].edge));
        jl_report_second(reader->diagnostics, scale->rows[row - 1].span, "and here");
    }
}

static void read_steps(jl_reader *reader, const jl_yaml *map, jl_scale *scale) {
    jl_scale_row *rows = jl_reader_array(reader, map->n_items, sizeof(jl_scale_row));
    if (rows == NULL) return;
    for (size_t item = 0; item < map->n_items; item++) {
        const jl_yaml *key = map->keys[item];
        jl_scale_row row = {.edge = jl_decimal_of(reader, key),
                            .result = jl_decimal_of(reader, map->items[item]),
                            .closed = true,
                            .span = key->span};
        if (row.edge.length > 0 && row.result.length > 0) {
            rows[scale->n_rows++] = row;
        } else if (row.edge.length == 0) {
            jl_refuse(reader, JL_WRONG_VALUE, key->span, "expected a number, found `%.*s`", JL_TEXT_ARG(key->text));
        }
    }
    qsort(rows, scale->n_rows, sizeof(jl_scale_row), scale->at_most ? by_rising_edge : by_falling_edge);
    scale->rows = rows;
    check_edges_differ(reader, scale);
}

/* Only a lookup has words of its own, only a curve goes on beyond its ends, and a curve leaves nothing for
 * `otherwise`. */
static void refuse_keys(jl_reader *reader, const jl_yaml *map, jl_scale_kind kind) {
    static const char *const forms[] = {"steps", "a curve", "a lookup"};
    for (size_t item = 0; item < map->n_items; item++) {
        const jl_yaml *key = map->keys[item];
        const bool word = jl_key_rule_of(JL_CONTEXT_SCALE, key->text)->key[0] == '*';
        const bool beyond = jl_text_equal(key->text, JL_TEXT("below")) || jl_text_equal(key->text, JL_TEXT("above"));
        const bool rest = jl_text_equal(key->text, JL_TEXT("otherwise"));
        const bool wrong = word     ? kind != JL_SCALE_LOOKUP
                           : beyond ? kind != JL_SCALE_CURVE
                                    : rest && kind == JL_SCALE_CURVE;
        if (!wrong) continue;
        jl_refuse(reader, JL_UNKNOWN_KEY, key->span, "unknown key `%.*s` in %s", JL_TEXT_ARG(key->text), forms[kind]);
    }
}

/* ---- curves ---- */

static void read_knot(jl_reader *reader, const jl_yaml *knot, jl_scale_row *row) {
    const bool pair = knot->kind == JL_YAML_LIST && knot->n_items == 2;
    *row = (jl_scale_row){.closed = true, .span = knot->span};
    if (pair) {
        row->edge = jl_decimal_of(reader, knot->items[0]);
        row->result = jl_decimal_of(reader, knot->items[1]);
    } else if (knot->kind == JL_YAML_LIST) {
        jl_refuse(reader, JL_BAD_SCALE, knot->span, "expected a knot [number, score], found %zu values", knot->n_items);
    }
}

static void read_curve(jl_reader *reader, const jl_yaml *list, jl_scale *scale) {
    jl_scale_row *rows = jl_reader_array(reader, list->n_items, sizeof(jl_scale_row));
    if (rows == NULL) return;
    scale->rows = rows;
    for (size_t item = 0; item < list->n_items; item++) {
        jl_scale_row *row = &rows[scale->n_rows];
        read_knot(reader, list->items[item], row);
        if (row->edge.length == 0 || row->result.length == 0) continue;
        if (scale->n_rows > 0 && jl_decimal_compare(rows[scale->n_rows - 1].edge, row->edge) >= 0) {
            jl_refuse(reader, JL_BAD_SCALE, row->span, "expected knots with rising numbers, found %.*s after %.*s",
                      JL_TEXT_ARG(row->edge), JL_TEXT_ARG(rows[scale->n_rows - 1].edge));
        }
        scale->n_rows++;
    }
    if (list->n_items >= 2) return;
    jl_refuse(reader, JL_BAD_SCALE, list->span, "expected at least two knots, found %zu", list->n_items);
}

/* ---- lookups ---- */

static void read_lookup(jl_reader *reader, const jl_yaml *map, jl_scale *scale) {
    jl_scale_row *rows = jl_reader_array(reader, map->n_items, sizeof(jl_scale_row));
    if (rows == NULL) return;
    scale->rows = rows;
    for (size_t item = 0; item < map->n_items; item++) {
        const jl_yaml *key = map->keys[item];
        if (jl_key_rule_of(JL_CONTEXT_SCALE, key->text)->key[0] != '*') continue;
        const jl_scale_row row = {
            .key = key->text, .result = jl_decimal_of(reader, map->items[item]), .closed = true, .span = key->span};
        if (row.result.length > 0) {
            rows[scale->n_rows++] = row;
        }
    }
}

/* ---- scales ---- */

static void check_one_form(jl_reader *reader, const jl_yaml *map) {
    static const char *const forms[] = {"at_least", "at_most", "curve"};
    const char *first = NULL;
    for (size_t form = 0; form < JL_COUNT(forms); form++) {
        const jl_yaml *value = jl_yaml_get(map, forms[form]);
        if (value != NULL && first != NULL) {
            jl_refuse(reader, JL_BAD_SCALE, jl_map_span(value), "expected one form of scale, found `%s` beside `%s`",
                      forms[form], first);
        }
        first = value != NULL && first == NULL ? forms[form] : first;
    }
}

static void check_not_empty(jl_reader *reader, const jl_yaml *node) {
    if (node->n_items > 0) return;
    jl_refuse(reader, JL_BAD_SCALE, node->span, "expected steps, a curve, bands or a lookup, found nothing");
}

static void read_map(jl_reader *reader, const jl_yaml *map, jl_scale *scale) {
    const jl_yaml *curve = jl_yaml_get(map, "curve"), *at_most = jl_yaml_get(map, "at_most"),
                  *at_least = jl_yaml_get(map, "at_least");
    const jl_yaml *steps = at_least != NULL ? at_least : at_most;
    check_one_form(reader, map);
    scale->kind = steps != NULL ? JL_SCALE_STEPS : curve != NULL ? JL_SCALE_CURVE : JL_SCALE_LOOKUP;
    scale->at_most = at_least == NULL && at_most != NULL;
    scale->otherwise = jl_decimal_at(reader, map, "otherwise");
    scale->below = (jl_beyond)jl_word_at(map, "below", JL_SCALAR_BEYOND, JL_BEYOND_UNDEFINED);
    scale->above = (jl_beyond)jl_word_at(map, "above", JL_SCALAR_BEYOND, JL_BEYOND_UNDEFINED);
    refuse_keys(reader, map, scale->kind);
    if (scale->kind == JL_SCALE_LOOKUP) {
        read_lookup(reader, map, scale);
        check_not_empty(reader, map);
    }
    if (scale->kind == JL_SCALE_STEPS && steps->kind == JL_YAML_MAP) {
        read_steps(reader, steps, scale);
        check_not_empty(reader, steps);
    } else if (scale->kind == JL_SCALE_CURVE && curve->kind == JL_YAML_LIST) {
        read_curve(reader, curve, scale);
    }
}

void jl_read_scales(jl_reader *reader, const jl_yaml *root) {
    const jl_yaml *map = jl_map_at(root, "scales");
    if (map == NULL) return;
    jl_scale *scales = jl_reader_array(reader, map->n_items, sizeof(jl_scale));
    if (scales == NULL) return;
    for (size_t item = 0; item < map->n_items; item++) {
        const jl_yaml *value = map->items[item];
        scales[item].name = map->keys[item]->text;
        scales[item].span = map->keys[item]->span;
        if (value->kind == JL_YAML_LIST) {
            jl_check_bands(reader, value, &scales[item]);
        } else if (value->kind == JL_YAML_MAP && value->n_items > 0 && !jl_is_date(value->keys[0]->text)) {
            read_map(reader, value, &scales[item]);
        } else if (value->kind == JL_YAML_MAP) {
            check_not_empty(reader, value);
        }
    }
    reader->book->scales = scales;
    reader->book->n_scales = map->n_items;
}
