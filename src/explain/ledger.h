/* SPDX-License-Identifier: Apache-2.0
 *
 * The ledger of one entity: lines of points that add up to its published total, exactly. Points are whole numbers of
 * the last digit of the ledger. Contributions stand where the tree stops being additive: leaves under additive nodes,
 * else the first node whose score is not the weighted mean of its children. Whatever happens on the way has a line of
 * its own: points rounded at a node, an area's adjustments and their limits, items and their caps, limits of a kind,
 * limits of the total, and the rounding that closes the sum.
 *
 * Every number comes from columns that scoring has settled, so a ledger costs no exact arithmetic: all entities have
 * one.
 */
#ifndef JL_EXPLAIN_LEDGER_H
#define JL_EXPLAIN_LEDGER_H

#include "certify/certify.h"

typedef enum jl_line_kind {
    JL_LINE_NODE,          /* a contribution: node, row for a row of a sheet */
    JL_LINE_NODE_ROUNDING, /* what rounding (of score or points) at an additive node adds to its children */
    JL_LINE_AREA_LIMIT,    /* what an area's full mark (or zero) takes from its adjustments */
    JL_LINE_ITEM,          /* an adjustment before its cap, signed */
    JL_LINE_ITEM_CAP,      /* what its cap takes away */
    JL_LINE_BONUS_LIMIT,   /* what the limit on all bonuses takes away; of an area's own if it has a node */
    JL_LINE_PENALTY_LIMIT, /* what the limit on all penalties gives back; likewise */
    JL_LINE_TOTAL_LIMIT,   /* what the limits of the total change */
    JL_LINE_DISPLAY,       /* rounding of the printed lines themselves */
    JL_LINE_TOTAL_ROUNDING /* rounding of the total */
} jl_line_kind;

typedef struct jl_line {
    jl_line_kind kind;
    uint32_t node;  /* scorecard node, or JL_NONE */
    uint32_t row;   /* of the sheet's table, or JL_NO_ROW */
    uint32_t item;  /* index in plan->items, or JL_NONE */
    int64_t points; /* in 10^-digits */
} jl_line;

typedef struct jl_ledger {
    int digits; /* of all lines: the most that any published points have, and at least those of the total */
    const jl_line *lines;
    size_t n_lines;
    int64_t total;  /* the published total in 10^-digits: the sum of the lines */
    bool has_total; /* false: the entity has a state instead; no lines then */
} jl_ledger;

/* The lines live in the arena. JEOUL_DATA: the digits of the ledger have no room for the points. */
jeoul_status jl_ledger_make(const jl_program *program, uint32_t entity, jl_arena *arena, jl_ledger *ledger_out);

/* Rows of a sheet or of an item's table that belong to one entity, in key order. */
typedef struct jl_row_list {
    const uint32_t *rows; /* borrowed from the program */
    size_t n;
} jl_row_list;
/* `rows` of a jl_plan_node or jl_plan_item. */
jl_row_list jl_rows_of(const jl_program *program, uint32_t rows, uint32_t entity);
/* Whether a row of a sheet is one of those its `where` keeps. */
bool jl_row_counts(const jl_program *program, const jl_plan_node *sheet, uint32_t row);
/* Whether a node of the scorecard counts at a row of its shape: it has a score. */
bool jl_node_counts(const jl_program *program, uint32_t node, uint32_t row);

#endif
