/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading a tree into a rulebook: what the parts of the reader share. Private to src/rulebook.
 *
 * The tree has been checked against the table of keys: what has the wrong kind was reported, and is passed over here as
 * if it were not there. So nothing is reported twice, and the later checks look at what could be read.
 */
#ifndef JL_RULEBOOK_READ_H
#define JL_RULEBOOK_READ_H

#include "rulebook/keys.h"
#include "rulebook/rulebook.h"

/* Where an id stands. */
typedef struct jl_id_place {
    jl_span span;
    jl_text id;
    uint32_t node; /* JL_NONE: of a value, an adjustment or a gate */
} jl_id_place;

typedef struct jl_reader {
    jl_arena *arena;
    jeoul_diagnostics *diagnostics;
    jl_rulebook *book;      /* being filled */
    jeoul_status status;    /* the first failure; JEOUL_NO_MEMORY wins */
    jl_round_mode mode;     /* of the total; of every rounding that does not say its own */
    bool groups_unread;     /* `groups` could not be read: nothing can be said about groups */
    bool grades_unread;     /* some quota or cut-off could not be read: nothing can be said about unreachable grades */
    jl_symbols *ids;        /* of nodes, values, adjustments and gates */
    jl_id_place *id_places; /* by symbol */
    size_t id_capacity;
    const jl_text *id_names; /* by symbol; NULL until asked for */
} jl_reader;

void jl_reader_note(jl_reader *reader, jeoul_status status);
/* Reports a mistake and notes it. */
void jl_refuse(jl_reader *reader, jl_code code, jl_span span, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Zeroed array; NULL after noting that memory has ended. n = 0 gives a valid pointer. */
void *jl_reader_array(jl_reader *reader, size_t n, size_t size);

/* The value of a key if it has that kind; else NULL. A scalar counts only if it is not empty. */
const jl_yaml *jl_scalar_at(const jl_yaml *map, const char *key);
const jl_yaml *jl_map_at(const jl_yaml *map, const char *key);
const jl_yaml *jl_list_at(const jl_yaml *map, const char *key);
jl_text jl_text_at(const jl_yaml *map, const char *key);
/* Position among the words of the kind; `otherwise` if not written or not one of them. */
int jl_word_at(const jl_yaml *map, const char *key, jl_scalar scalar, int otherwise);
bool jl_yes_at(const jl_yaml *map, const char *key);
int jl_integer_at(const jl_yaml *map, const char *key, int otherwise);
jl_text jl_decimal_of(jl_reader *reader, const jl_yaml *node);                 /* empty: not a number */
jl_text jl_decimal_at(jl_reader *reader, const jl_yaml *map, const char *key); /* empty: not written */
/* Place of the first key, or of the node: where a message about the whole map points. */
jl_span jl_map_span(const jl_yaml *map);
jl_span jl_key_span(const jl_yaml *map, const char *key);
/* Place of the value of `id`, or of the map. */
jl_span jl_id_span(const jl_yaml *map);

const jl_ast *jl_read_formula(jl_reader *reader, const jl_yaml *node); /* NULL: none, or reported */
const jl_ast *jl_formula_at(jl_reader *reader, const jl_yaml *map, const char *key);
/* A formula, or one per group. Written but not readable: no arms, and a span. */
jl_setting jl_read_setting(jl_reader *reader, const jl_yaml *node);
bool jl_setting_is_broken(const jl_setting *setting);
jl_policy jl_policy_at(jl_reader *reader, const jl_yaml *map, const char *key, jl_scalar scalar);
/* Index of the table; JL_NONE if not written or unknown (reported, unless no table could be read). */
uint32_t jl_find_table(jl_reader *reader, const jl_yaml *name);
uint32_t jl_table_at(jl_reader *reader, const jl_yaml *map, const char *key);
/* Whether the table has the column; reports if not, unless no column of the table could be read. */
bool jl_check_column(jl_reader *reader, uint32_t table, jl_text column, jl_span span);
/* Index of the grade, or JL_NONE (reported). */
uint32_t jl_read_grade(jl_reader *reader, const jl_yaml *name);

/* Parts of the rulebook, in the order of reading. */
void jl_read_tables(jl_reader *reader, const jl_yaml *root);
const jl_state_word *jl_read_states(jl_reader *reader, const jl_yaml *map, size_t *n_out);
void jl_read_scales(jl_reader *reader, const jl_yaml *root);
void jl_read_values(jl_reader *reader, const jl_yaml *root);
void jl_read_scorecard(jl_reader *reader, const jl_yaml *root);
jl_adjustments jl_read_adjustments(jl_reader *reader, const jl_yaml *map);
void jl_read_gates(jl_reader *reader, const jl_yaml *root);
void jl_read_results(jl_reader *reader, const jl_yaml *root);
void jl_read_tests(jl_reader *reader, const jl_yaml *root);

/* Checks of what has been read. */
void jl_check_ids(jl_reader *reader);
const jl_id_place *jl_find_id(const jl_reader *reader, jl_text id); /* NULL: no such id; after jl_check_ids */
void jl_report_nearest_id(jl_reader *reader, jl_text id);
void jl_check_weights(jl_reader *reader);
void jl_check_bands(jl_reader *reader, const jl_yaml *bands, jl_scale *scale);
void jl_check_grade_rule(jl_reader *reader, const jl_yaml *map, const jl_grade_rule *rule);
void jl_check_grades(jl_reader *reader, const jl_yaml *root);
int jl_decimal_compare(jl_text a, jl_text b);

#endif
