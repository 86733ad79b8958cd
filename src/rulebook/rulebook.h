/* SPDX-License-Identifier: Apache-2.0
 *
 * The rulebook as a checked structure: YAML keys read, `indicator:` and `area:` inherited, formulas parsed. Names
 * inside formulas are not resolved here; that is the plan's work.
 *
 * Everything lives in the rulebook's arena and is immutable once read. Texts are NFC.
 */
#ifndef JL_RULEBOOK_RULEBOOK_H
#define JL_RULEBOOK_RULEBOOK_H

#include "rulebook/tables.h"
#include "rulebook/yaml.h"

/* ---- settings: a formula, possibly one per group ---- */

typedef struct jl_arm {
    jl_text group; /* one value of `groups`; empty: every group */
    jl_span group_span;
    const jl_ast *formula; /* NULL: `none` */
    jl_span span;
} jl_arm;

typedef struct jl_setting {
    const jl_arm *arms;
    size_t n_arms; /* 0: not written anywhere */
    jl_span span;
} jl_setting;

typedef enum jl_policy_kind {
    JL_POLICY_UNSET,        /* not written: the default of the place */
    JL_POLICY_REDISTRIBUTE, /* the node does not count; its weight goes to its siblings */
    JL_POLICY_NONE,         /* the parent has no score either */
    JL_POLICY_ERROR,        /* a diagnostic, nothing is scored */
    JL_POLICY_STATE,        /* becomes that state (undefined: only) */
    JL_POLICY_FORMULA       /* becomes that value */
} jl_policy_kind;

typedef struct jl_policy {
    jl_policy_kind kind;
    jl_state state;        /* STATE */
    const jl_ast *formula; /* FORMULA */
    jl_span span;
} jl_policy;

typedef struct jl_rounding {
    bool set;
    int8_t digits; /* kept decimals; negative: tens */
    jl_round_mode mode;
    jl_span span;
} jl_rounding;

/* ---- scorecard ---- */

typedef enum jl_node_kind {
    JL_NODE_AREA,      /* children listed */
    JL_NODE_INDICATOR, /* a leaf */
    JL_NODE_SHEET,     /* `each`: its only child is the ROW node */
    JL_NODE_ROW        /* one indicator per row of the sheet's table; id empty */
} jl_node_kind;

typedef enum jl_combine {
    JL_COMBINE_MEAN,
    JL_COMBINE_SUM,
    JL_COMBINE_GEOMETRIC,
    JL_COMBINE_HARMONIC,
    JL_COMBINE_POWER,
    JL_COMBINE_MEDIAN,
    JL_COMBINE_MIN,
    JL_COMBINE_MAX
} jl_combine;

typedef enum jl_weight_total { JL_WEIGHTS_PARENT, JL_WEIGHTS_100, JL_WEIGHTS_1, JL_WEIGHTS_FREE } jl_weight_total;

typedef struct jl_limits {
    jl_text bonus, penalty; /* decimals; empty: none */
    jl_text low, high;      /* of the total; empty: none */
    jl_span span;
} jl_limits;

typedef struct jl_item {
    jl_text id, title, basis;
    jl_span span;
    bool penalty;        /* kind */
    uint32_t each;       /* table of the ledger; UINT32_MAX: a formula over the entity */
    const jl_ast *where; /* NULL: every row */
    jl_text once;        /* column; empty: none */
    jl_span once_span;
    jl_setting points;
    const jl_ast *cap; /* NULL: none */
    jl_policy missing, unknown;
} jl_item;

typedef struct jl_adjustments {
    jl_limits limits;
    const jl_item *items;
    size_t n_items;
} jl_adjustments;

typedef struct jl_node {
    jl_node_kind kind;
    jl_text id, title, basis;
    jl_span span;                       /* of the id, or of the node */
    uint32_t parent;                    /* UINT32_MAX: root */
    uint32_t first_child, next_sibling; /* UINT32_MAX: none */
    uint32_t depth;                     /* root 0 */
    uint32_t each;                      /* SHEET and ROW: table index; else UINT32_MAX */
    const jl_ast *where;                /* SHEET: rows that count; NULL: all */
    /* Own or inherited from the nearest `indicator:` / `area:` above. */
    jl_setting weight, value, impute, score;
    const jl_ast *applies; /* NULL: always; acts on everything below */
    jl_policy missing, not_applicable, not_due, undefined;
    jl_rounding round_score, round_points;
    int8_t digits;       /* decimals published; 4 unless written */
    int8_t score_digits; /* of the score: as written, else those it is rounded to, else 4 */
    jl_weight_total weight_total;
    jl_combine combine;
    jl_text power; /* exponent of JL_COMBINE_POWER */
    bool over_full;
    const jl_adjustments *adjustments; /* NULL: none */
} jl_node;

/* ---- values, gates, results ---- */

typedef struct jl_named_value {
    jl_text id, title;
    jl_span span;
    jl_setting formula;
    jl_policy undefined;
    int8_t digits; /* 4 unless written */
} jl_named_value;

typedef enum jl_unknown { JL_UNKNOWN_ERROR, JL_UNKNOWN_PASS, JL_UNKNOWN_FAIL } jl_unknown;

typedef struct jl_gate {
    jl_text id, title, basis;
    jl_span span;
    const jl_ast *pass;
    uint32_t cap;  /* grade index; UINT32_MAX: none */
    uint32_t down; /* grades down; 0: none */
    jl_unknown unknown;
} jl_gate;

typedef enum jl_ties { JL_TIES_MIN, JL_TIES_MAX, JL_TIES_DENSE, JL_TIES_AVERAGE } jl_ties;
typedef enum jl_rank_by { JL_BY_PUBLISHED, JL_BY_RAW, JL_BY_DIGITS } jl_rank_by;

typedef struct jl_tie_key {
    const jl_ast *formula; /* a node, a column or a formula */
    bool low_first;
} jl_tie_key;

typedef struct jl_rank_rule {
    bool set;
    bool within_group;
    jl_rank_by by;
    int8_t by_digits;
    bool low_is_best;
    jl_ties ties;
    const jl_tie_key *then;
    size_t n_then;
    const jl_ast *where; /* NULL: everybody is ranked */
    jl_span span;
} jl_rank_rule;

typedef enum jl_seats {
    JL_SEATS_CUMULATIVE_HALF_UP,
    JL_SEATS_CUMULATIVE_FLOOR,
    JL_SEATS_CUMULATIVE_CEILING,
    JL_SEATS_EACH_HALF_UP,
    JL_SEATS_LARGEST_REMAINDER
} jl_seats;
typedef enum jl_tie_at_cut { JL_TIE_UP, JL_TIE_DOWN, JL_TIE_ERROR } jl_tie_at_cut;
typedef enum jl_grade_of { JL_GRADE_TOTAL, JL_GRADE_NODES, JL_GRADE_LEAVES, JL_GRADE_LISTED } jl_grade_of;

typedef struct jl_cutoff {
    uint32_t grade;
    const jl_ast *value; /* a number or a column */
    jl_span span;
} jl_cutoff;

typedef struct jl_grade_rule {
    jl_grade_of of;
    const uint32_t *nodes; /* LISTED */
    size_t n_nodes;
    bool within_group, by_value;
    /* quota */
    const jl_cutoff *quota; /* percent per grade, best first; n_quota 0: none */
    size_t n_quota;
    jl_seats seats;
    jl_tie_at_cut tie_at_cut;
    bool heads_all; /* of_heads: all (else the ranked) */
    jl_text heads;  /* column of head counts; empty: each entity is one */
    bool refill;
    /* cut-offs */
    const jl_cutoff *cutoffs; /* best first; n_cutoffs 0: none */
    size_t n_cutoffs;
    bool at_most;              /* cutoffs_at_most: lower is better */
    uint32_t otherwise;        /* grade index of the rest; UINT32_MAX: no grade */
    const jl_cutoff *at_least; /* a floor below a quota: S only from 85 */
    size_t n_at_least;
    jl_span span;
} jl_grade_rule;

typedef struct jl_test_rule {
    jl_text title;
    jl_span span;
    const jl_yaml *given;  /* map: table -> list of rows, or a file name */
    const jl_yaml *expect; /* map: entity -> map */
} jl_test_rule;

#define JL_MAX_GRADES 256u

typedef struct jl_rulebook {
    jl_arena *arena;
    const jl_source *source;
    const jl_yaml *tree; /* what it was read from */
    jl_text id, title, basis;
    jl_text from, to; /* period: ISO dates; may be empty */
    const jl_state_word *states;
    size_t n_states;
    const jl_table_rule *tables;
    size_t n_tables;
    uint32_t entities;     /* table index */
    const jl_text *groups; /* columns of the entity table; */
    size_t n_groups;
    jl_span groups_span;
    const jl_text *group_names; /* when there is one group column and it is a choice: its choices */
    size_t n_group_names;
    const jl_text *grades; /* best first */
    size_t n_grades;
    const jl_scale *scales;
    size_t n_scales;
    const jl_named_value *values;
    size_t n_values;
    uint32_t measures;    /* table index; UINT32_MAX: none */
    const jl_node *nodes; /* pre-order; nodes[0] is the root */
    size_t n_nodes;
    jl_adjustments adjustments;
    const jl_gate *gates;
    size_t n_gates;
    jl_rounding round_total; /* obligatory */
    jl_rank_rule rank;
    const jl_grade_rule *grade_rules;
    size_t n_grade_rules;
    const jl_test_rule *tests;
    size_t n_tests;
} jl_rulebook;

#define JL_NONE UINT32_MAX

/* Reads and checks the structure. On success *rulebook_out owns `arena`-allocated memory; the arena stays the caller's.
 */
jeoul_status jl_rulebook_read(jl_arena *arena, const jl_source *source, const jl_rulebook **rulebook_out,
                              jeoul_diagnostics *diagnostics);
/* Gives diagnostics about the rulebook's text that have none their path in the YAML tree:
 * "scorecard.areas[0].weight". Reading does so itself; later stages call it once they have reported. */
void jl_rulebook_report_paths(const jl_rulebook *rulebook, jeoul_diagnostics *diagnostics);
/* JSON Schema of rulebooks, written from the same table of keys that the reader checks with. */
void jl_rulebook_schema(jl_buffer *buffer);
/* Index of a table by name, or JL_NONE. */
uint32_t jl_rulebook_table(const jl_rulebook *rulebook, jl_text name);
/* Index of a column of a table by name, or JL_NONE. */
uint32_t jl_table_column(const jl_table_rule *table, jl_text name);

#endif
