/* SPDX-License-Identifier: Apache-2.0
 *
 * The ledger: settled columns in, lines that add up to the published total out.
 *
 * Each line is the difference of two published numbers, so the lines of a node and of everything below it telescope to
 * the points of the node; what is left at the end can only be the rounding of what is printed. An additive node whose
 * children do not add up to it for any such reason (its score was answered by a policy, its weights are all zero) is
 * one line itself: the display's line never hides more than the display can explain.
 */
#include "explain/ledger.h"

typedef struct jl_bookkeeper {
    const jl_program *program;
    const jl_plan *plan;
    jl_arena *arena;
    jl_ledger *ledger;
    jl_line *lines;
    size_t n_lines, capacity;
    uint32_t entity;
    int64_t unit;        /* of the fewest digits that are published, in those of the ledger */
    jeoul_status status; /* the first failure */
} jl_bookkeeper;

/* ---- rows ---- */

jl_row_list jl_rows_of(const jl_program *program, uint32_t rows, uint32_t entity) {
    const jl_plan *plan = program->plan;
    double part = 0.0;
    uint8_t state = JL_MISSING;
    if (rows == 0 || !jl_program_read(program, rows, entity, &part, &state) || state != JL_VALUE) {
        return (jl_row_list){NULL, 0};
    }
    const jl_space *space = &program->spaces[plan->ops[plan->values[rows].source].p.space];
    const uint32_t first = space->first[(size_t)part], next = space->first[(size_t)part + 1];
    return (jl_row_list){space->order + first, next - first};
}

bool jl_row_counts(const jl_program *program, const jl_plan_node *sheet, uint32_t row) {
    double truth = 0.0;
    uint8_t state = JL_MISSING;
    return sheet->row_counts == 0 ||
           (jl_program_read(program, sheet->row_counts, row, &truth, &state) && state == JL_VALUE && truth != 0.0);
}

static bool has_value(const jl_program *program, uint32_t value, uint32_t row) {
    double number = 0.0;
    uint8_t state = JL_MISSING;
    return value != 0 && jl_program_read(program, value, row, &number, &state) && state == JL_VALUE;
}

bool jl_node_counts(const jl_program *program, uint32_t node, uint32_t row) {
    return has_value(program, program->plan->nodes[node].score, row);
}

/* ---- numbers ---- */

static int64_t add(jl_bookkeeper *books, int64_t a, int64_t b) {
    int64_t sum = 0;
    if (__builtin_add_overflow(a, b, &sum)) {
        books->status = JEOUL_DATA;
    }
    return sum;
}

static int64_t power_of_ten(int digits) {
    int64_t power = 1;
    for (int digit = 0; digit < digits; digit++) {
        power *= 10;
    }
    return power;
}

/* A settled number in the digits of the ledger; 0 where there is none. */
static int64_t read_points(jl_bookkeeper *books, uint32_t value, uint32_t row) {
    double number = 0.0;
    uint8_t state = JL_MISSING;
    if (value == 0 || !jl_program_read(books->program, value, row, &number, &state) || state != JL_VALUE) {
        return 0;
    }
    const int digits = books->plan->values[value].digits;
    int64_t scaled = 0;
    if (__builtin_mul_overflow(jl_number_to_scaled(number, digits), power_of_ten(books->ledger->digits - digits),
                               &scaled)) {
        books->status = JEOUL_DATA;
    }
    return scaled;
}

static int most_digits(const jl_plan *plan, uint32_t value, int digits) {
    return value != 0 && plan->values[value].digits > digits ? plan->values[value].digits : digits;
}

static int find_digits(const jl_plan *plan) {
    int digits = most_digits(plan, plan->published_limited, most_digits(plan, plan->total, JL_LEDGER_DIGITS));
    for (size_t node = 0; node < plan->rulebook->n_nodes; node++) {
        digits = most_digits(plan, plan->nodes[node].published_points, digits);
    }
    return digits;
}

/* ---- lines ---- */

static void add_line(jl_bookkeeper *books, jl_line line) {
    if (books->status == JEOUL_OK &&
        !jl_arena_grow(books->arena, &books->lines, &books->capacity, books->n_lines + 1, sizeof *books->lines)) {
        books->status = JEOUL_NO_MEMORY;
    }
    if (books->status == JEOUL_OK) {
        books->lines[books->n_lines++] = line;
    }
}

static void add_if_not_zero(jl_bookkeeper *books, jl_line line) {
    if (line.points != 0) {
        add_line(books, line);
    }
}

/* A difference of `n` published numbers that their rounding explains. */
static bool is_noise(const jl_bookkeeper *books, int64_t difference, size_t n) {
    const int64_t most = (int64_t)(n + 2) * books->unit;
    return difference >= -most && difference <= most;
}

/* ---- adjustments ---- */

typedef struct jl_kinds {
    int64_t bonus, penalty; /* after the caps of the items */
    size_t n_items;
} jl_kinds;

static jl_kinds add_items(jl_bookkeeper *books, uint32_t node) {
    jl_kinds sums = {0, 0, 0};
    for (uint32_t index = 0; index < books->plan->n_items; index++) {
        const jl_plan_item *item = &books->plan->items[index];
        if (item->node != node) {
            continue;
        }
        const int64_t raw = read_points(books, item->published_raw, books->entity);
        const int64_t capped = read_points(books, item->published_capped, books->entity);
        const int64_t sign = item->rule->penalty ? -1 : 1;
        int64_t *sum = item->rule->penalty ? &sums.penalty : &sums.bonus;
        add_if_not_zero(books, (jl_line){JL_LINE_ITEM, node, JL_NO_ROW, index, sign * raw});
        add_if_not_zero(books, (jl_line){JL_LINE_ITEM_CAP, node, JL_NO_ROW, index, sign * (capped - raw)});
        *sum = add(books, *sum, capped);
        sums.n_items++;
    }
    return sums;
}

static void add_line_of(jl_bookkeeper *books, jl_line_kind kind, uint32_t node, int64_t points) {
    add_if_not_zero(books, (jl_line){kind, node, JL_NO_ROW, JL_NONE, points});
}

/* The adjustments of an area on `points`; returns what they make of them, before the area's points are rounded. */
static int64_t adjust_area(jl_bookkeeper *books, uint32_t node, int64_t points) {
    const jl_plan_node *known = &books->plan->nodes[node];
    const jl_kinds sums = add_items(books, node);
    const int64_t bonus = read_points(books, known->published_bonus, books->entity);
    const int64_t penalty = read_points(books, known->published_penalty, books->entity);
    const int64_t full = read_points(books, known->published_effective, books->entity);
    if (!is_noise(books, bonus - sums.bonus, sums.n_items)) {
        add_line_of(books, JL_LINE_BONUS_LIMIT, node, bonus - sums.bonus);
    }
    if (!is_noise(books, sums.penalty - penalty, sums.n_items)) {
        add_line_of(books, JL_LINE_PENALTY_LIMIT, node, sums.penalty - penalty);
    }
    const int64_t sum = add(books, points, bonus - penalty);
    int64_t limited = sum < 0 ? 0 : sum;
    if (!books->plan->rulebook->nodes[node].over_full && limited > full) {
        limited = full;
    }
    add_line_of(books, JL_LINE_AREA_LIMIT, node, limited - sum);
    return limited;
}

/* ---- the scorecard ---- */

static int64_t walk(jl_bookkeeper *books, uint32_t node, uint32_t row);

static int64_t walk_rows(jl_bookkeeper *books, uint32_t sheet, size_t *n_out) {
    const jl_plan_node *known = &books->plan->nodes[sheet];
    const jl_row_list rows = jl_rows_of(books->program, known->rows, books->entity);
    int64_t points = 0;
    for (size_t index = 0; index < rows.n; index++) {
        if (jl_row_counts(books->program, known, rows.rows[index])) {
            points = add(books, points, walk(books, books->plan->rulebook->nodes[sheet].first_child, rows.rows[index]));
            ++*n_out;
        }
    }
    return points;
}

/* The points of the children that count; *n_out: how many children there are. */
static int64_t walk_children(jl_bookkeeper *books, uint32_t node, size_t *n_out) {
    const jl_rulebook *rulebook = books->plan->rulebook;
    int64_t points = 0;
    *n_out = 0;
    if (rulebook->nodes[node].kind == JL_NODE_SHEET) {
        return walk_rows(books, node, n_out);
    }
    for (uint32_t child = rulebook->nodes[node].first_child; child != JL_NONE;
         child = rulebook->nodes[child].next_sibling) {
        points = add(books, points, walk(books, child, books->entity));
        ++*n_out;
    }
    return points;
}

static bool is_divided(const jl_bookkeeper *books, uint32_t node, uint32_t row) {
    const jl_plan_node *known = &books->plan->nodes[node];
    const bool is_inner = books->plan->rulebook->nodes[node].first_child != JL_NONE;
    return is_inner && known->additive && has_value(books->program, known->rounded, row);
}

/* Lines of what a node's score is made of; returns what its rounding adds to them. */
static int64_t add_contributions(jl_bookkeeper *books, uint32_t node, uint32_t row, int64_t points) {
    const jl_node *rule = &books->plan->rulebook->nodes[node];
    const bool rounds = rule->round_score.set || (rule->round_points.set && rule->adjustments == NULL);
    const size_t n_before = books->n_lines;
    if (is_divided(books, node, row)) {
        size_t n_children = 0;
        const int64_t rounding = add(books, points, -walk_children(books, node, &n_children));
        if (books->n_lines > n_before && (rounds || is_noise(books, rounding, n_children))) {
            return rounds ? rounding : 0;
        }
        books->n_lines = n_before;
    }
    const bool is_row = rule->kind == JL_NODE_ROW;
    add_line(books, (jl_line){JL_LINE_NODE, node, is_row ? row : JL_NO_ROW, JL_NONE, points});
    return 0;
}

/* Adds the lines of a node at a row of its shape; returns its points as they are published. */
static int64_t walk(jl_bookkeeper *books, uint32_t node, uint32_t row) {
    const jl_plan_node *known = &books->plan->nodes[node];
    if (!jl_node_counts(books->program, node, row) || books->status != JEOUL_OK) {
        return 0;
    }
    const int64_t points = read_points(books, known->published_points, row);
    if (known->published_unadjusted == 0) {
        const int64_t rounding = add_contributions(books, node, row, points);
        add_line_of(books, JL_LINE_NODE_ROUNDING, node, rounding);
        return points;
    }
    const int64_t unadjusted = read_points(books, known->published_unadjusted, row);
    const int64_t rounding = add_contributions(books, node, row, unadjusted);
    const int64_t limited = adjust_area(books, node, unadjusted);
    const bool rounds = books->plan->rulebook->nodes[node].round_points.set;
    add_line_of(books, JL_LINE_NODE_ROUNDING, node, add(books, rounding, rounds ? points - limited : 0));
    return points;
}

/* ---- after the root ---- */

static void add_outcome(jl_bookkeeper *books) {
    const jl_plan *plan = books->plan;
    const uint32_t row = books->entity;
    const struct {
        jl_line_kind kind;
        uint32_t after, before;
    } limits[] = {{JL_LINE_BONUS_LIMIT, plan->published_bonus, plan->published_bonus_sum},
                  {JL_LINE_PENALTY_LIMIT, plan->published_penalty_sum, plan->published_penalty},
                  {JL_LINE_TOTAL_LIMIT, plan->published_limited, plan->published_added}};
    (void)add_items(books, JL_NONE);
    for (size_t limit = 0; limit < JL_COUNT(limits); limit++) {
        const int64_t after = read_points(books, limits[limit].after, row);
        add_line_of(books, limits[limit].kind, JL_NONE, after - read_points(books, limits[limit].before, row));
    }
}

/* What is left is the rounding of the total and of the lines themselves. */
static void close_books(jl_bookkeeper *books) {
    const int64_t rounding = books->ledger->total - read_points(books, books->plan->published_limited, books->entity);
    int64_t sum = rounding;
    for (size_t line = 0; line < books->n_lines; line++) {
        sum = add(books, sum, books->lines[line].points);
    }
    add_line_of(books, JL_LINE_DISPLAY, JL_NONE, add(books, books->ledger->total, -sum));
    add_line_of(books, JL_LINE_TOTAL_ROUNDING, JL_NONE, rounding);
}

jeoul_status jl_ledger_make(const jl_program *program, uint32_t entity, jl_arena *arena, jl_ledger *ledger_out) {
    const jl_plan *plan = program->plan;
    *ledger_out = (jl_ledger){.digits = find_digits(plan)};
    jl_bookkeeper books = {.program = program,
                           .plan = plan,
                           .arena = arena,
                           .ledger = ledger_out,
                           .entity = entity,
                           .unit = power_of_ten(ledger_out->digits - JL_LEDGER_DIGITS),
                           .status = JEOUL_OK};
    if (!has_value(program, plan->total, entity)) {
        return JEOUL_OK;
    }
    ledger_out->has_total = true;
    ledger_out->total = read_points(&books, plan->total, entity);
    (void)walk(&books, 0, entity);
    add_outcome(&books);
    close_books(&books);
    ledger_out->lines = books.lines;
    ledger_out->n_lines = books.n_lines;
    return books.status;
}
