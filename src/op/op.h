/* SPDX-License-Identifier: Apache-2.0
 *
 * The operations: what an operation of a plan is. One table (ops.def) gives each its form, its nature, its kernel on
 * doubles and its exact meaning; scoring, certifying and explaining all go through it and have no arithmetic of their
 * own.
 *
 * Every value is a double with a state: truths are 0 and 1, texts and choices are symbols, ranks are integers, an index
 * of a row is an integer. States travel with the arithmetic: the result of an operation takes the strongest state of
 * its operands. `undefined` (a division by zero, a history on a line) is the strongest state; the node that carries it
 * answers it. That is why no operation needs to know whether it counts: the branch of an `if` that is not taken takes
 * its state away with it.
 *
 * Summation order is the order of the rows given, in 8 virtual lanes joined pairwise, on every machine.
 */
#ifndef JL_OP_OP_H
#define JL_OP_OP_H

#include "number/exact.h"
#include "number/number.h"

/* States of a value, weakest first. */
typedef enum jl_state {
    JL_VALUE = 0,
    JL_NOT_APPLICABLE = 1,
    JL_NOT_DUE = 2,
    JL_MISSING = 3,
    JL_UNDEFINED = 4
} jl_state;
#define JL_STATE_BIT(state) (1u << (state))

/* How an operation's operands lie to its result. */
typedef enum jl_form {
    JL_FORM_ROW,       /* row by row; all operands have the shape of the result */
    JL_FORM_LOOKUP,    /* keys of the row -> index of a row of `space` */
    JL_FORM_GATHER,    /* (value of another shape, index) -> the value at that index */
    JL_FORM_PARTITION, /* keys of the row -> index of its part; makes the shape `space` */
    JL_FORM_REDUCE,    /* (part index, columns…, where) -> one value per part */
    JL_FORM_ORDER,     /* (part index, columns…) -> one value per row, which needs all rows of the part */
} jl_form;

/* Whether the result can jump when an operand moves a little. */
typedef enum jl_nature {
    JL_SMOOTH,  /* no */
    JL_DECIDES, /* yes, at a boundary: settled exactly near it before anything reads it */
    JL_CANCELS, /* no; but where most digits of its operands cancel, it is settled exactly too */
    JL_ORDERS   /* it depends on the order of rows: comparisons of near rows are settled exactly */
} jl_nature;

/* Constants of one operation. Unused members are zero. */
typedef struct jl_table_row {
    double edge, result;
    bool closed;     /* steps: the edge itself belongs to the row */
    bool is_outside; /* steps: the row has no result of its own; it is outside the scale */
} jl_table_row;

typedef struct jl_parameters {
    int32_t digits;   /* ROUND */
    uint8_t mode;     /* ROUND: jl_round_mode */
    uint8_t mask;     /* bits of states: ON_STATE, TO_STATE, HOLD, FAIL_ON, WORST_STATE */
    uint8_t state;    /* TO_STATE, GATHER of nothing, STEPS and MAP outside: jl_state */
    bool combine;     /* reducers: of no values gives the strongest state among the operands, not `missing` */
    bool decimals;    /* DECIDES: the operands are decimals as written, on which doubles decide */
    bool low_first;   /* ORDER: the lowest is best */
    uint8_t ties;     /* RANK: jl_rank_ties */
    int32_t n;        /* reducers: least number of values */
    uint16_t reducer; /* LIST: the reducer, a jl_op_kind */
    int32_t count;  /* BEST, LAST: how many; TRIMMED: how many at each end; SD: 0 over n, 1 over n - 1; MONTHS: days */
    double number;  /* POWER: exponent; GATHER of nothing: value */
    uint32_t space; /* LOOKUP, PARTITION, ORDER, QUOTA: a shape of the plan */
    int code;       /* FAIL_ON, REFUSE: jl_code to report */
    jl_text cause;  /* REQUIRE: why it is undefined */
    const jl_table_row *rows; /* STEPS (highest edge first, or lowest if at_most), CURVE (ascending), MAP (by edge) */
    size_t n_rows;
    bool at_most;         /* STEPS */
    bool has_otherwise;   /* STEPS, MAP: `number` outside, else `state` */
    uint8_t below, above; /* CURVE: 0 undefined, 1 hold, 2 extend */
    const struct jl_quota *quota;
} jl_parameters;

typedef enum jl_rank_ties {
    JL_RANK_MIN,
    JL_RANK_MAX,
    JL_RANK_DENSE,
    JL_RANK_AVERAGE,
    JL_RANK_HALF_BELOW,
    JL_RANK_FIRST_BEST
} jl_rank_ties;

/* Distribution of ranked heads to grades. */
typedef struct jl_quota {
    size_t n_grades;
    const int64_t *shares; /* n_grades, in 10^-6 percent; they add up to 100 percent */
    uint8_t seats;         /* jl_seats of the rulebook */
    uint8_t tie_at_cut;    /* jl_tie_at_cut of the rulebook */
    bool heads_all, refill;
} jl_quota;

typedef struct jl_register {
    double *v;
    uint8_t *s; /* jl_state */
} jl_register;

/* One block of a ROW operation. */
typedef struct jl_block {
    size_t n; /* rows */
    const jl_parameters *p;
    jl_register out;
    const jl_register *args;
    size_t n_args;
    uint8_t *near; /* n bytes, zero on entry: set where doubles do not answer, as below; NULL: do not ask */
    bool decimals; /* doubles stand for the operands, which are decimals */
} jl_block;
typedef void jl_kernel(const jl_block *block);

/* Exact operands of one row. */
typedef struct jl_exact_row {
    const jl_parameters *p;
    const jl_exact *const *args;
    const uint8_t *states;
    size_t n_args;
    mpfr_prec_t precision;
    bool last; /* the ladder ends here: what is still open counts as equal; set *taken_as_equal */
    bool *taken_as_equal;
} jl_exact_row;
/* Writes the exact value and state of one row. false: a decision is open at this precision (never when `last`). */
typedef bool jl_exact_meaning(const jl_exact_row *row, jl_exact *out, uint8_t *state_out);

/* Values of one part (a segment of rows, or a list), without the rows that do not count. */
typedef struct jl_segment {
    const jl_parameters *p;
    const double *x, *y; /* n; y: weights, or the positions of a series; NULL if the reducer has none */
    size_t n;
} jl_segment;
/* `near_out` is set when a domain test of the reducer is too near its boundary. Returns the state. */
typedef uint8_t jl_reducer(const jl_segment *segment, double *scratch, double *out,
                           bool *near_out); /* scratch: 2n + 16 doubles */
typedef struct jl_exact_segment {
    const jl_parameters *p;
    const jl_exact *const *x, *const *y;
    size_t n;
    uint32_t *scratch; /* 3n */
    mpfr_prec_t precision;
    bool last;
    bool *taken_as_equal;
} jl_exact_segment;
typedef bool jl_exact_reducer(const jl_exact_segment *segment, jl_exact *out, uint8_t *state_out);

typedef enum jl_op_kind {
#define JL_ROW_OP(name, n_args, nature, rational, kernel, exact) JL_OP_##name,
#define JL_REDUCER(name, needs_y, rational, reducer, exact) JL_OP_##name,
#define JL_OTHER_OP(name, form, nature) JL_OP_##name,
#include "op/ops.def"
#undef JL_ROW_OP
#undef JL_REDUCER
#undef JL_OTHER_OP
    JL_N_OPS
} jl_op_kind;

typedef struct jl_op_row {
    const char *name;
    jl_form form;
    jl_nature nature;
    bool rational;                   /* rational operands give a rational result */
    int n_args;                      /* ROW: number of operands, -1: any; REDUCE: 1, or 2 with y */
    jl_kernel *kernel;               /* ROW */
    jl_exact_meaning *exact;         /* ROW */
    jl_reducer *reducer;             /* REDUCE; also used on lists */
    jl_exact_reducer *exact_reducer; /* REDUCE */
} jl_op_row;

const jl_op_row *jl_op_row_of(jl_op_kind kind);

/* A decision on a double is too near its boundary at `distance` from it when this holds; `magnitude` is the largest
 * operand. The operands' own error is far below it, because a sum in which most digits cancel is settled as well. */
#define JL_NEAR 0x1p-30
static inline bool jl_is_near(double distance, double magnitude) {
    const double scale = magnitude > 1.0 ? magnitude : 1.0;
    return (distance < 0 ? -distance : distance) <= JL_NEAR * scale;
}

/* Whether so many digits of numbers of that magnitude cancel in their sum that its relative error is no longer small. */
#define JL_CANCELLED 0x1p-12
static inline bool jl_is_cancelled(double sum, double magnitude) {
    return (sum < 0 ? -sum : sum) < JL_CANCELLED * (magnitude < 0 ? -magnitude : magnitude);
}

static inline uint8_t jl_stronger(uint8_t a, uint8_t b) {
    return a > b ? a : b;
}

#endif
