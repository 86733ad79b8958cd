/* SPDX-License-Identifier: Apache-2.0
 *
 * QUOTA: seats per grade from shares of the heads, then grades down the ranking. All in integers: shares are in
 * millionths of a percent. A tie across a cut rises as a whole (and the next grade shrinks), falls as a whole, or is an
 * error.
 */
#include "score/view.h"

#define WHOLE 100000000 /* 100 percent in millionths of a percent */

typedef struct jl_grading {
    jl_program *program;
    const jl_op *op;
    const jl_quota *quota;
    jl_view rank, heads, total;
    const jl_view *floors; /* by grade */
    const uint32_t *rows;  /* of the part, ranked ones first to last */
    size_t n_ranked;
    int64_t cumulative[JL_MAX_GRADES]; /* seats of a grade and all better ones */
    jl_register out;
} jl_grading;

static int64_t heads_of(const jl_grading *grading, uint32_t row) {
    return jl_view_state(&grading->heads, row) == JL_VALUE ? (int64_t)jl_view_number(&grading->heads, row) : 0;
}

/* ---- seats ---- */

static int64_t divide(int64_t dividend, jl_seats rule) {
    const int64_t down = dividend / WHOLE, rest = dividend % WHOLE;
    switch (rule) {
    case JL_SEATS_CUMULATIVE_HALF_UP:
    case JL_SEATS_EACH_HALF_UP: return down + (rest * 2 >= WHOLE);
    case JL_SEATS_CUMULATIVE_CEILING: return (int64_t)(down + (rest > 0));
    case JL_SEATS_CUMULATIVE_FLOOR:
    case JL_SEATS_LARGEST_REMAINDER: break;
    }
    return (int64_t)down;
}

/* Whole seats first; those that are left go to the largest fractions, the better grade first among equals. */
static void give_remainders(const jl_quota *quota, int64_t n_heads, int64_t *seats) {
    bool given[JL_MAX_GRADES] = {false};
    int64_t left = n_heads;
    for (size_t grade = 0; grade < quota->n_grades; grade++) {
        left -= seats[grade];
    }
    for (; left > 0; left--) {
        size_t best = quota->n_grades;
        for (size_t grade = 0; grade < quota->n_grades; grade++) {
            const bool larger = best == quota->n_grades || (int64_t)quota->shares[grade] * n_heads % WHOLE >
                                                               (int64_t)quota->shares[best] * n_heads % WHOLE;
            best = !given[grade] && larger ? grade : best;
        }
        given[best] = true;
        seats[best]++;
    }
}

/* false: seats rounded one by one do not add up. */
static bool count_seats(jl_grading *grading, int64_t n_heads) {
    const jl_quota *quota = grading->quota;
    const jl_seats rule = (jl_seats)quota->seats;
    const bool is_cumulative = rule != JL_SEATS_EACH_HALF_UP && rule != JL_SEATS_LARGEST_REMAINDER;
    int64_t seats[JL_MAX_GRADES], share = 0, sum = 0;
    for (size_t grade = 0; grade < quota->n_grades; grade++) {
        share = is_cumulative ? share + quota->shares[grade] : quota->shares[grade];
        seats[grade] = divide((int64_t)share * n_heads, rule);
    }
    if (rule == JL_SEATS_LARGEST_REMAINDER) {
        give_remainders(quota, n_heads, seats);
    }
    for (size_t grade = 0; grade < quota->n_grades; grade++) {
        sum = is_cumulative ? seats[grade] : sum + seats[grade];
        grading->cumulative[grade] = sum;
    }
    return sum == n_heads;
}

/* ---- grades ---- */

/* The first grade whose seats reach beyond the heads above the tie (up), or hold the tie in full (down). */
static size_t grade_of_tie(const jl_grading *grading, int64_t above, int64_t tied, bool *across_out) {
    size_t up = 0, down = 0;
    while (up + 1 < grading->quota->n_grades && above >= grading->cumulative[up]) {
        up++;
    }
    while (down + 1 < grading->quota->n_grades && above + tied > grading->cumulative[down]) {
        down++;
    }
    *across_out = up != down;
    return grading->quota->tie_at_cut == JL_TIE_DOWN ? down : up;
}

static jeoul_status report_tie(const jl_grading *grading, uint32_t row, jeoul_diagnostics *diagnostics) {
    return jl_report_row(diagnostics, JL_TIE_AT_CUT, grading->program->data, grading->program->plan->rulebook->entities,
                         JL_NONE, row, "rank %d is shared across a cut of the quota",
                         (int)jl_view_number(&grading->rank, row));
}

/* Heads of the rows that share the rank of row `first`; `last_out`: the place after them. */
static int64_t heads_of_tie(const jl_grading *grading, size_t first, size_t *last_out) {
    const double rank = jl_view_number(&grading->rank, grading->rows[first]);
    int64_t heads = 0;
    size_t place = first;
    for (; place < grading->n_ranked && jl_view_number(&grading->rank, grading->rows[place]) == rank; place++) {
        heads += heads_of(grading, grading->rows[place]);
    }
    *last_out = place;
    return heads;
}

static void write_tie(const jl_grading *grading, size_t first, size_t last, size_t grade) {
    for (size_t place = first; place < last; place++) {
        grading->out.v[grading->rows[place]] = (double)grade;
        grading->out.s[grading->rows[place]] = JL_VALUE;
    }
}

static jeoul_status grade_in_order(jl_grading *grading, jeoul_diagnostics *diagnostics) {
    int64_t above = 0;
    jeoul_status status = JEOUL_OK;
    for (size_t first = 0, last; first < grading->n_ranked; first = last) {
        const int64_t tied = heads_of_tie(grading, first, &last);
        bool across = false;
        const size_t grade = grade_of_tie(grading, above, tied, &across);
        if (across && last - first > 1 && grading->quota->tie_at_cut == JL_TIE_ERROR) {
            status = report_tie(grading, grading->rows[first], diagnostics);
        }
        write_tie(grading, first, last, grade);
        above += tied;
    }
    return status;
}

/* Whether all rows of a tie reach the floor of a grade. */
static bool reach_floor(const jl_grading *grading, size_t grade, size_t first, size_t last) {
    const jl_view *floor = &grading->floors[grade];
    for (size_t place = first; place < last; place++) {
        const uint32_t row = grading->rows[place];
        if (jl_view_state(floor, row) == JL_VALUE &&
            jl_view_number(&grading->total, row) < jl_view_number(floor, row)) {
            return false;
        }
    }
    return true;
}

/* `refill`: seats whose candidates miss the floor are lost, and the grades below keep their own numbers. Where no floor acts,
 * grades are those of grade_in_order. */
static jeoul_status grade_with_floors(jl_grading *grading, jeoul_diagnostics *diagnostics) {
    const bool ties_fall = grading->quota->tie_at_cut == JL_TIE_DOWN;
    int64_t used = 0; /* heads placed and seats lost */
    jeoul_status status = JEOUL_OK;
    for (size_t first = 0, last, grade = 0; first < grading->n_ranked; first = last) {
        const int64_t tied = heads_of_tie(grading, first, &last);
        for (; grade + 1 < grading->quota->n_grades; grade++) {
            const int64_t seats = grading->cumulative[grade];
            const bool has_seat = ties_fall ? used + tied <= seats : used < seats;
            if (has_seat && reach_floor(grading, grade, first, last)) {
                break;
            }
            used = has_seat ? seats : used;
        }
        const bool across = grade + 1 < grading->quota->n_grades && used + tied > grading->cumulative[grade];
        if (across && last - first > 1 && grading->quota->tie_at_cut == JL_TIE_ERROR) {
            status = report_tie(grading, grading->rows[first], diagnostics);
        }
        used += tied;
        write_tie(grading, first, last, grade);
    }
    return status;
}

/* ---- a part ---- */

static void sort_by_rank(const jl_grading *grading, uint32_t *rows, uint32_t *spare, size_t n) {
    for (size_t width = 1; width < n; width *= 2) {
        for (size_t from = 0; from < n; from += 2 * width) {
            const size_t middle = from + width < n ? from + width : n, to = middle + width < n ? middle + width : n;
            size_t left = from, right = middle;
            for (size_t place = from; place < to; place++) {
                const bool take_left =
                    left < middle && (right == to || jl_view_number(&grading->rank, rows[left]) <=
                                                         jl_view_number(&grading->rank, rows[right]));
                spare[place] = take_left ? rows[left++] : rows[right++];
            }
        }
        memcpy(rows, spare, n * sizeof *rows);
    }
}

static jeoul_status grade_part(jl_grading *grading, const jl_space *space, size_t part, uint32_t *rows, uint32_t *spare,
                               jeoul_diagnostics *diagnostics) {
    int64_t n_heads = 0;
    grading->n_ranked = 0;
    for (uint32_t place = space->first[part]; place < space->first[part + 1]; place++) {
        const uint32_t row = space->order[place];
        const bool is_ranked = jl_view_state(&grading->rank, row) == JL_VALUE;
        grading->out.v[row] = 0.0;
        grading->out.s[row] = JL_NOT_APPLICABLE;
        n_heads += is_ranked || grading->quota->heads_all ? heads_of(grading, row) : 0;
        if (is_ranked) {
            rows[grading->n_ranked++] = row;
        }
    }
    sort_by_rank(grading, rows, spare, grading->n_ranked);
    grading->rows = rows;
    if (!count_seats(grading, n_heads)) {
        return jl_report(diagnostics, JL_SEATS_SUM, grading->op->span,
                         "seats rounded one by one do not add up to the %lld heads of a group", (long long)n_heads);
    }
    return grading->quota->refill ? grade_with_floors(grading, diagnostics) : grade_in_order(grading, diagnostics);
}

jeoul_status jl_run_quota(jl_program *program, const jl_op *op, jeoul_diagnostics *diagnostics) {
    const uint32_t *args = jl_op_args(program->plan, op);
    const size_t n_rows = program->spaces[op->shape].n, n_grades = op->p.quota->n_grades;
    const jl_space *space = jl_space_of_part(program, args[0]);
    jl_view *floors = jl_arena_array(program->arena, n_grades, sizeof *floors);
    uint32_t *rows = jl_arena_array(program->arena, n_rows + 1, sizeof *rows),
             *spare = jl_arena_array(program->arena, n_rows + 1, sizeof *spare);
    jeoul_status status = JEOUL_OK;
    if (floors == NULL || rows == NULL || spare == NULL) {
        return JEOUL_NO_MEMORY;
    }
    for (size_t grade = 0; grade < n_grades; grade++) {
        floors[grade] = jl_view_of(program, args[4 + grade]);
    }
    jl_grading grading = {.program = program,
                          .op = op,
                          .quota = op->p.quota,
                          .rank = jl_view_of(program, args[1]),
                          .heads = jl_view_of(program, args[2]),
                          .total = jl_view_of(program, args[3]),
                          .floors = floors,
                          .out = program->columns[op->out]};
    memset(grading.out.s, JL_NOT_APPLICABLE, n_rows);
    for (size_t part = 0; part < space->n; part++) {
        const jeoul_status part_status = grade_part(&grading, space, part, rows, spare, diagnostics);
        status = part_status == JEOUL_OK ? status : JEOUL_DATA;
    }
    return status;
}
