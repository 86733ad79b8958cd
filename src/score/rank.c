/* SPDX-License-Identifier: Apache-2.0
 *
 * RANK: the rows of a part sorted by a key and its tie-breakers. Keys that doubles hold exactly are compared as
 * doubles; others are settled exactly where two are near. A merge sort, so that an order that is settled pair by pair
 * comes out the same every time.
 */
#include <math.h>
#include <string.h>

#include "score/view.h"

typedef struct jl_ranking {
    jl_program *program;
    const jl_op *op;
    const jl_view *keys; /* [0] is what is ranked, the others break ties, highest first */
    const uint32_t *key_values;
    size_t n_keys;
    const jl_view *weight, *where;
    uint32_t *rows, *spare; /* of one part: those that are ranked, then sorted */
    size_t n;
    jeoul_status status;
} jl_ranking;

/* -1: row a comes first. */
static int compare_key(jl_ranking *ranking, size_t key, uint32_t a, uint32_t b) {
    const jl_view *view = &ranking->keys[key];
    const bool a_has = jl_view_state(view, a) == JL_VALUE, b_has = jl_view_state(view, b) == JL_VALUE;
    if (!a_has || !b_has) {
        return (int)b_has - (int)a_has;
    }
    const double x = jl_view_number(view, a), y = jl_view_number(view, b);
    int order = (x > y) - (x < y);
    jl_settler *settler = &ranking->program->settler;
    if (!view->decimal && settler->compare != NULL && jl_is_near(x - y, fabs(x)) && ranking->status == JEOUL_OK) {
        ranking->program->n_settled++;
        ranking->status = settler->compare(settler->context, ranking->key_values[key], a, b, &order);
    }
    return key == 0 && ranking->op->p.low_first ? order : -order;
}

static int compare_rows(jl_ranking *ranking, uint32_t a, uint32_t b) {
    int order = 0;
    for (size_t key = 0; key < ranking->n_keys && order == 0; key++) {
        order = compare_key(ranking, key, a, b);
    }
    return order;
}

static void merge(jl_ranking *ranking, size_t from, size_t middle, size_t to) {
    size_t left = from, right = middle;
    for (size_t place = from; place < to; place++) {
        const bool take_left =
            left < middle && (right == to || compare_rows(ranking, ranking->rows[left], ranking->rows[right]) <= 0);
        ranking->spare[place] = take_left ? ranking->rows[left++] : ranking->rows[right++];
    }
    memcpy(ranking->rows + from, ranking->spare + from, (to - from) * sizeof *ranking->rows);
}

static void sort_rows(jl_ranking *ranking) {
    for (size_t width = 1; width < ranking->n; width *= 2) {
        for (size_t from = 0; from + width < ranking->n; from += 2 * width) {
            const size_t to = from + 2 * width < ranking->n ? from + 2 * width : ranking->n;
            merge(ranking, from, from + width, to);
        }
    }
}

/* ---- what a rank is ---- */

/* Heads that come strictly after the tie, and half of the tie itself. */
static double heads_below(const jl_ranking *ranking, size_t first, size_t last) {
    double below = 0.0, equal = 0.0;
    for (size_t place = first; place < ranking->n; place++) {
        const uint32_t row = ranking->rows[place];
        const bool counts = ranking->weight == NULL || jl_view_state(ranking->weight, row) == JL_VALUE;
        const double heads = !counts ? 0.0 : ranking->weight == NULL ? 1.0 : jl_view_number(ranking->weight, row);
        *(place < last ? &equal : &below) += heads;
    }
    return below + equal / 2;
}

static void write_tie(const jl_ranking *ranking, jl_register out, size_t first, size_t last, size_t dense) {
    double rank = (double)(first + 1);
    switch ((jl_rank_ties)ranking->op->p.ties) {
    case JL_RANK_MIN: break;
    case JL_RANK_MAX: rank = (double)last; break;
    case JL_RANK_DENSE: rank = (double)dense; break;
    case JL_RANK_AVERAGE: rank = (double)(first + 1 + last) / 2; break;
    case JL_RANK_HALF_BELOW: rank = heads_below(ranking, first, last); break;
    case JL_RANK_FIRST_BEST: rank = 0.0; break;
    }
    for (size_t place = first; place < last; place++) {
        out.v[ranking->rows[place]] = rank;
        out.s[ranking->rows[place]] = JL_VALUE;
    }
}

static void write_ranks(jl_ranking *ranking, jl_register out) {
    size_t dense = 0;
    for (size_t first = 0, last; first < ranking->n; first = last) {
        for (last = first + 1;
             last < ranking->n && compare_rows(ranking, ranking->rows[first], ranking->rows[last]) == 0; last++) {
        }
        write_tie(ranking, out, first, last, ++dense);
    }
    /* The merge sort is stable, so the first of the best is the first in key order. */
    if (ranking->op->p.ties == JL_RANK_FIRST_BEST && ranking->n > 0) {
        out.v[ranking->rows[0]] = 1.0;
    }
}

/* Among rows of which one is undefined, or may or may not be one of them, no place is defined. */
static bool is_undefined(const jl_ranking *ranking, uint32_t row) {
    const bool is_kept = jl_view_keeps(ranking->where, row);
    return (is_kept && jl_view_state(&ranking->keys[0], row) == JL_UNDEFINED) ||
           (ranking->where != NULL && jl_view_state(ranking->where, row) == JL_UNDEFINED);
}

static void rank_part(jl_ranking *ranking, const jl_space *space, size_t part, jl_register out) {
    bool undefined = false;
    ranking->n = 0;
    for (uint32_t place = space->first[part]; place < space->first[part + 1]; place++) {
        const uint32_t row = space->order[place];
        const uint8_t state = jl_view_state(&ranking->keys[0], row);
        const bool is_kept = jl_view_keeps(ranking->where, row);
        undefined = undefined || is_undefined(ranking, row);
        out.v[row] = 0.0;
        out.s[row] = is_kept ? state : (uint8_t)JL_NOT_APPLICABLE;
        if (is_kept && state == JL_VALUE) {
            ranking->rows[ranking->n++] = row;
        }
    }
    if (undefined) {
        for (uint32_t place = space->first[part]; place < space->first[part + 1]; place++) {
            out.s[space->order[place]] = JL_UNDEFINED;
        }
        return;
    }
    sort_rows(ranking);
    write_ranks(ranking, out);
}

jeoul_status jl_run_rank(jl_program *program, const jl_op *op) {
    const uint32_t *args = jl_op_args(program->plan, op);
    const size_t n_rows = program->spaces[op->shape].n, n_operands = op->n_args - (op->has_where ? 1u : 0u);
    const bool has_weight = op->p.ties == JL_RANK_HALF_BELOW && n_operands > 2;
    jl_view *views = jl_arena_array(program->arena, op->n_args, sizeof *views);
    jl_ranking ranking = {.program = program,
                          .op = op,
                          .keys = views + 1,
                          .key_values = args + 1,
                          .n_keys = has_weight ? 1 : n_operands - 1};
    ranking.rows = jl_arena_array(program->arena, n_rows + 1, sizeof *ranking.rows);
    ranking.spare = jl_arena_array(program->arena, n_rows + 1, sizeof *ranking.spare);
    if (views == NULL || ranking.rows == NULL || ranking.spare == NULL) {
        return JEOUL_NO_MEMORY;
    }
    for (size_t arg = 0; arg < op->n_args; arg++) {
        views[arg] = jl_view_of(program, args[arg]);
    }
    ranking.weight = has_weight ? &views[2] : NULL;
    ranking.where = op->has_where ? &views[op->n_args - 1] : NULL;
    const jl_space *space = jl_space_of_part(program, args[0]);
    /* A row whose key of the partition has no value is in no part. */
    memset(program->columns[op->out].s, JL_MISSING, n_rows);
    for (size_t part = 0; part < space->n; part++) {
        rank_part(&ranking, space, part, program->columns[op->out]);
    }
    return ranking.status;
}
