/* SPDX-License-Identifier: Apache-2.0
 *
 * Bands with both ends printed -> steps. Sorted from the highest down, each band must end exactly where the next one
 * begins, and the number between them must belong to one of the two.
 */
#include <stdlib.h>

#include "rulebook/read.h"

struct band {
    jl_text low, high; /* empty: open to that side */
    bool low_closed, high_closed;
    jl_text score;
    jl_span span;
};

/* The higher band first; one without an upper end is the highest. */
static int by_falling_low(const void *a, const void *b) {
    const struct band *first = a, *second = b;
    if (first->low.length == 0 || second->low.length == 0) return (first->low.length == 0) - (second->low.length == 0);
    const int order = jl_decimal_compare(second->low, first->low);
    return order != 0 ? order : first->low_closed - second->low_closed;
}

/* One end of a band: `closed_key` (이상, 이하) or `open_key` (초과, 미만), not both. */
static jl_text read_end(jl_reader *reader, const jl_yaml *map, const char *closed_key, const char *open_key,
                        bool *closed_out) {
    *closed_out = jl_yaml_get(map, closed_key) != NULL;
    if (*closed_out && jl_yaml_get(map, open_key) != NULL) {
        jl_refuse(reader, JL_BAD_SCALE, jl_map_span(map), "expected `%s` or `%s`, found both", closed_key, open_key);
    }
    return jl_decimal_at(reader, map, *closed_out ? closed_key : open_key);
}

static void check_not_empty(jl_reader *reader, const struct band *band) {
    if (band->low.length == 0 || band->high.length == 0) return;
    const int order = jl_decimal_compare(band->low, band->high);
    if (order < 0 || (order == 0 && band->low_closed && band->high_closed)) return;
    jl_refuse(reader, JL_BAD_SCALE, band->span, "no number lies in the band from %.*s to %.*s", JL_TEXT_ARG(band->low),
              JL_TEXT_ARG(band->high));
}

/* false: some part of the band could not be read, so that nothing can be said about its neighbours. */
static bool read_band(jl_reader *reader, const jl_yaml *map, struct band *band) {
    if (map->kind != JL_YAML_MAP) return false;
    band->span = jl_map_span(map);
    band->low = read_end(reader, map, "at_least", "above", &band->low_closed);
    band->high = read_end(reader, map, "at_most", "below", &band->high_closed);
    band->score = jl_decimal_at(reader, map, "score");
    const bool low_written = jl_yaml_get(map, "at_least") != NULL || jl_yaml_get(map, "above") != NULL;
    const bool high_written = jl_yaml_get(map, "at_most") != NULL || jl_yaml_get(map, "below") != NULL;
    check_not_empty(reader, band);
    return band->score.length > 0 && low_written == (band->low.length > 0) && high_written == (band->high.length > 0);
}

static void report_pair(jl_reader *reader, jl_code code, const struct band *upper, const struct band *lower) {
    const bool gap = code == JL_BAND_GAP;
    const char *upper_end = upper->low_closed ? "at least" : "above",
               *lower_end = lower->high_closed ? "at most" : "below";
    if (lower->high.length == 0 || upper->low.length == 0) {
        jl_refuse(reader, code, lower->span, "two bands are open to the same side");
    } else {
        jl_refuse(reader, code, lower->span, "%s between `%s %.*s` and `%s %.*s`",
                  gap ? "no band holds the numbers" : "two bands hold the numbers", lower_end, JL_TEXT_ARG(lower->high),
                  upper_end, JL_TEXT_ARG(upper->low));
    }
    jl_report_second(reader->diagnostics, upper->span, "the band above");
}

static void check_pair(jl_reader *reader, const struct band *upper, const struct band *lower) {
    if (upper->low.length == 0 || lower->high.length == 0) {
        report_pair(reader, JL_BAND_OVERLAP, upper, lower);
        return;
    }
    const int order = jl_decimal_compare(lower->high, upper->low);
    if (order > 0 || (order == 0 && lower->high_closed && upper->low_closed)) {
        report_pair(reader, JL_BAND_OVERLAP, upper, lower);
    } else if (order < 0 || (!lower->high_closed && !upper->low_closed)) {
        report_pair(reader, JL_BAND_GAP, upper, lower);
    }
}

/* Steps from the highest down; beyond a closed-off top nothing is defined. */
static void make_steps(jl_reader *reader, const struct band *bands, size_t n_bands, jl_scale *scale) {
    jl_scale_row *rows = jl_reader_array(reader, n_bands + 1, sizeof(jl_scale_row));
    if (rows == NULL) return;
    scale->kind = JL_SCALE_STEPS;
    scale->rows = rows;
    if (bands[0].high.length > 0) {
        rows[scale->n_rows++] =
            (jl_scale_row){.edge = bands[0].high, .closed = !bands[0].high_closed, .span = bands[0].span};
    }
    for (size_t band = 0; band < n_bands; band++) {
        if (bands[band].low.length == 0) {
            scale->otherwise = bands[band].score;
            continue;
        }
        rows[scale->n_rows++] = (jl_scale_row){.edge = bands[band].low,
                                               .result = bands[band].score,
                                               .closed = bands[band].low_closed,
                                               .span = bands[band].span};
    }
}

void jl_check_bands(jl_reader *reader, const jl_yaml *list, jl_scale *scale) {
    struct band *bands = jl_reader_array(reader, list->n_items, sizeof(struct band));
    bool readable = bands != NULL && list->n_items > 0;
    for (size_t band = 0; bands != NULL && band < list->n_items; band++) {
        readable &= read_band(reader, list->items[band], &bands[band]);
    }
    if (list->n_items == 0) {
        jl_refuse(reader, JL_BAD_SCALE, list->span, "expected at least one band, found none");
    }
    if (!readable) return;
    qsort(bands, list->n_items, sizeof(struct band), by_falling_low);
    for (size_t band = 1; band < list->n_items; band++) {
        check_pair(reader, &bands[band - 1], &bands[band]);
    }
    make_steps(reader, bands, list->n_items, scale);
}
