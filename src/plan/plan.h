/* SPDX-License-Identifier: Apache-2.0
 *
 * The plan: a rulebook compiled to a short straight program over whole columns. It has the meaning and no data; it is
 * immutable and may be shared. Values are numbered in the order they are computed (an operation's operands come before
 * it).
 *
 * A shape is a set of rows. Every table is a shape; so is each partition of a table by some of its values (by group, by
 * entity, by nothing at all). Rows of different shapes meet in two ways only: GATHER reads along an index that a LOOKUP
 * found by key, and a reducer makes one value per part of a partition. This serves joins, sheets, ledgers, peers and
 * definition tables alike.
 */
#ifndef JL_PLAN_PLAN_H
#define JL_PLAN_PLAN_H

#include "op/op.h"
#include "rulebook/rulebook.h"

typedef enum jl_shape_kind { JL_SHAPE_ONE, JL_SHAPE_TABLE, JL_SHAPE_PARTITION } jl_shape_kind;

typedef struct jl_shape {
    jl_shape_kind kind;
    uint32_t table; /* TABLE: index in the rulebook */
    uint32_t base;  /* PARTITION: the shape that is divided; its part index is the PARTITION op's result */
    uint32_t op;    /* PARTITION: the op that makes it */
} jl_shape;
#define JL_SHAPE_CONSTANT 0u /* shapes[0]: one row; only constants have it */

typedef enum jl_value_type {
    JL_TYPE_NUMBER,
    JL_TYPE_TRUTH,
    JL_TYPE_CODE,
    JL_TYPE_ORDERED,
    JL_TYPE_DATE,
    JL_TYPE_MONTH,
    JL_TYPE_QUARTER,
    JL_TYPE_YEAR,
    JL_TYPE_INDEX
} jl_value_type;
typedef enum jl_value_origin { JL_ORIGIN_NOTHING, JL_ORIGIN_CONSTANT, JL_ORIGIN_CELL, JL_ORIGIN_OP } jl_value_origin;

typedef struct jl_value {
    uint32_t shape;
    uint8_t type, origin;
    bool rational; /* every operation below it is */
    bool decimal;  /* a cell, a constant or a settled value, as it stands: doubles compare as its decimals do */
    bool settled;  /* the output of a ROUND: a decimal with `digits` */
    int8_t digits;
    uint32_t source; /* CONSTANT: index of the constant; CELL: column of the shape's table; OP: index of the op */
    uint32_t depth;  /* operations below it, on the longest way down */
    const jl_column_rule *column; /* the column it was read from, through gathers: for its choices; or NULL */
    uint32_t node;                /* scorecard node, or JL_NONE */
    jl_span span;
} jl_value;

typedef struct jl_constant {
    double value;
    jl_text decimal; /* exact decimal; empty: the double's own */
    uint8_t state;   /* a constant may be a state: `none` */
    uint8_t type;    /* jl_value_type */
    uint32_t out;    /* the value it is */
} jl_constant;

typedef struct jl_op {
    uint16_t kind;         /* jl_op_kind */
    uint32_t shape, out;   /* shape of the result; value it defines */
    uint32_t args, n_args; /* slice of plan->args: value numbers */
    jl_parameters p;
    uint32_t node; /* scorecard node, or JL_NONE */
    jl_span span;
    /* REDUCE and RANK operands: args[0] is the part index, then the columns; where is the last one if has_where. */
    bool has_where;
} jl_op;

/* Ops of one shape that run together over blocks of rows, or one op that needs whole columns. In this order. */
typedef struct jl_stage {
    uint32_t shape;
    const uint32_t *ops;
    size_t n_ops;
    bool whole; /* LOOKUP, PARTITION, REDUCE, RANK, QUOTA: one op over whole columns */
} jl_stage;

/* A formula and the values of its parts, for sentences. */
typedef struct jl_trace {
    const jl_ast *source;   /* as written */
    const jl_ast *ast;      /* with methods replaced by their definitions */
    jl_text group;          /* of a formula by group; empty: every group */
    const uint32_t *values; /* by jl_ast.index: the value of that part, or 0 when it has none of its own */
} jl_trace;

/* What is computed for each scorecard node, at its shape (entities; rows of the sheet for a ROW node). 0: not there. */
typedef struct jl_plan_node {
    uint32_t rule; /* index in rulebook->nodes */
    uint32_t shape;
    uint32_t value; /* of the indicator, in its own unit */
    uint32_t
        method; /* the score before rounding and policies: of an indicator its formula, of an area its combination */
    uint32_t rounded;   /* after rounding, before policies: its state is what the policy answered */
    uint32_t score;     /* carried: after rounding and policies; its state says whether the node counts */
    uint32_t weight;    /* own weight as written */
    uint32_t effective; /* effective weight: parent's x own / sum of the siblings that count */
    uint32_t points;    /* carried: effective x score / 100, rounded if declared, area adjustments included */
    uint32_t published_value, published_score, published_effective,
        published_points; /* settled at the digits published */
    int8_t score_digits, points_digits;
    bool additive;          /* its score is the weighted mean of its children: contributions go on below */
    uint32_t grade;         /* grade index value when the grades are also of nodes */
    const jl_trace *traces; /* score formulas (per group), for sentences; n_traces 0 for a combination */
    size_t n_traces;
    const jl_trace *value_traces;
    size_t n_value_traces;
    uint32_t bonus, penalty; /* sums of the area's adjustments after their limits, as points */
    uint32_t unadjusted;     /* of an area with adjustments: its points before them */
    uint32_t published_unadjusted, published_bonus, published_penalty;
    /* SHEET: index of the entity's part among the parts of the rows (the part's rows, in key order, are in its space);
     * truth at the rows: the row counts, 0: every row. */
    uint32_t rows, row_counts;
} jl_plan_node;

typedef struct jl_plan_item {
    const jl_item *rule;
    uint32_t node;                   /* area whose adjustment it is, or JL_NONE: the whole's */
    uint32_t row_shape;              /* of the ledger; 0: none */
    uint32_t row_points, row_counts; /* at row_shape: points of a row; truth: it counts (where, once) */
    uint32_t rows;                   /* index of the entity's part among the parts of the rows, as of a sheet */
    uint32_t raw;                    /* per entity: before the item's cap */
    uint32_t capped;                 /* after it */
    uint32_t published_raw, published_capped;
    const jl_trace *traces;
    size_t n_traces;
} jl_plan_item;

typedef struct jl_plan_named {
    const jl_named_value *rule;
    uint32_t value, published;
    const jl_trace *traces;
    size_t n_traces;
} jl_plan_named;

typedef struct jl_plan {
    const jl_rulebook *rulebook;
    const jl_symbols *symbols; /* of the rulebook */
    jl_arena *arena;
    const jl_shape *shapes;
    size_t n_shapes;
    const jl_value *values; /* values[0] is nothing: the poison of mistakes */
    size_t n_values;
    const jl_op *ops;
    size_t n_ops;
    const uint32_t *args;
    const jl_constant *constants;
    size_t n_constants;
    const jl_stage *stages;
    size_t n_stages;
    const bool *kept; /* by value: needed whole after its stage (read elsewhere, or published) */

    uint32_t entity_shape;
    uint32_t group_part;       /* value at entity_shape: part index of the group (all in one without groups) */
    const jl_plan_node *nodes; /* same order as rulebook->nodes */
    const jl_plan_item *items;
    size_t n_items;
    const jl_plan_named *named;  /* rulebook->values */
    const uint32_t *gates;       /* truth value per rulebook->gates: passed */
    const jl_trace *gate_traces; /* of their conditions */
    /* The whole. base: points of the root. bonus_sum: before the limit on bonuses; bonus: after it. limited: base +
     * bonus - penalty within the limits; total: rounded. published_*: settled at 4 digits (or more where points keep
     * more). */
    uint32_t base, bonus_sum, bonus, penalty_sum, penalty, added, limited, total;
    uint32_t published_base, published_bonus, published_penalty, published_bonus_sum, published_penalty_sum,
        published_added, published_limited;
    uint32_t order;       /* place among those who share a quota; value at entity_shape, 0: there is none */
    uint32_t rank, grade; /* the place as published, and the grade; 0: the rulebook asks for none */
    uint32_t grade_by_quota, grade_after_floor, grade_after_gates; /* steps of the grade, for explanations */
    const uint32_t *cutoffs; /* of the total's cut-off grades: values, best first */
    size_t n_cutoffs;
} jl_plan;

#define JL_LEDGER_DIGITS 4 /* digits of published points unless a rounding keeps more */

/* `symbols` receives every text of the rulebook; it must not change afterwards. */
jeoul_status jl_plan_compile(const jl_rulebook *rulebook, jl_arena *arena, jl_symbols *symbols, double as_of,
                             const jl_plan **plan_out, jeoul_diagnostics *diagnostics);
/* One line per stage and op. */
void jl_plan_print(const jl_plan *plan, jl_buffer *buffer);

static inline const uint32_t *jl_op_args(const jl_plan *plan, const jl_op *op) {
    return plan->args + op->args;
}

#endif
