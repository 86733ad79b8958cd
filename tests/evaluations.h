/* SPDX-License-Identifier: Apache-2.0
 *
 * For tests of whole evaluations: a rulebook and its tables are given as text, scored, and figures are compared by the
 * name of the entity. Everything goes through the public header.
 */
#ifndef JL_TESTS_EVALUATIONS_H
#define JL_TESTS_EVALUATIONS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "jeoul/jeoul.h"

#define N_OF(array) (sizeof(array) / sizeof(array)[0])
#define MOST_ENTITIES 128

typedef struct evaluation {
    jeoul_rulebook *rulebook;
    jeoul_data *data;
    jeoul_result *result;
    jeoul_diagnostics *diagnostics;
} evaluation;

/* A table by its name, as the text of a CSV file. */
typedef struct given_table {
    const char *name, *text;
} given_table;

/* ---- set-up ---- */

static inline int open_evaluation(void **state) {
    static evaluation made;
    made = (evaluation){0};
    *state = &made;
    return jeoul_diagnostics_new(&made.diagnostics) != JEOUL_OK;
}

static inline void clear_evaluation(evaluation *made) {
    jeoul_result_free(made->result);
    jeoul_data_free(made->data);
    jeoul_rulebook_free(made->rulebook);
    made->result = NULL;
    made->data = NULL;
    made->rulebook = NULL;
    jeoul_diagnostics_clear(made->diagnostics);
}

static inline int close_evaluation(void **state) {
    evaluation *made = *state;
    clear_evaluation(made);
    jeoul_diagnostics_free(made->diagnostics);
    return 0;
}

#define EVALUATION_TEST(name) cmocka_unit_test_setup_teardown(name, open_evaluation, close_evaluation)

/* Errors only. */
static inline void show_diagnostics(const evaluation *made) {
    jeoul_diagnostic found;
    for (size_t index = 0; jeoul_diagnostics_get(made->diagnostics, index, &found) == JEOUL_OK; index++) {
        if (found.severity != JEOUL_ERROR) continue;
        print_error("%s:%u:%u: %s %s\n", found.file == NULL ? "-" : found.file, found.line, found.column, found.code,
                    found.message);
    }
}

/* ---- steps; what is there from before is freed ---- */

static inline jeoul_status parse_rulebook(evaluation *made, const char *text) {
    clear_evaluation(made);
    return jeoul_rulebook_parse("test.yaml", text, strlen(text), NULL, &made->rulebook, made->diagnostics);
}

static inline jeoul_status give_tables(evaluation *made, const given_table *tables, size_t n_tables) {
    jeoul_data_free(made->data);
    made->data = NULL;
    jeoul_status status = jeoul_data_new(made->rulebook, &made->data);
    for (size_t table = 0; table < n_tables && status == JEOUL_OK; table++) {
        status = jeoul_data_parse_csv(made->data, tables[table].name, tables[table].name, tables[table].text,
                                      strlen(tables[table].text), made->diagnostics);
    }
    return status == JEOUL_OK ? jeoul_data_finish(made->data, made->diagnostics) : status;
}

static inline jeoul_status score_tables(evaluation *made, const char *rulebook, const given_table *tables,
                                        size_t n_tables) {
    jeoul_status status = parse_rulebook(made, rulebook);
    if (status == JEOUL_OK) status = give_tables(made, tables, n_tables);
    if (status == JEOUL_OK) {
        status = jeoul_score(made->rulebook, made->data, NULL, &made->result, made->diagnostics);
    }
    return status;
}

static inline void score_well(evaluation *made, const char *rulebook, const given_table *tables, size_t n_tables,
                              const char *file, int line) {
    if (score_tables(made, rulebook, tables, n_tables) == JEOUL_OK) return;
    show_diagnostics(made);
    _fail(file, line);
}

/* SCORE(made, rulebook, {"부서", "부서,실적\n가,1\n"}, …): scores it, or fails with the diagnostics. */
#define SCORE(made, rulebook, ...)                                                                           \
    score_well((made), (rulebook), (const given_table[]){__VA_ARGS__},                                       \
               sizeof((const given_table[]){__VA_ARGS__}) / sizeof(given_table), __FILE__, __LINE__)
/* The same where it is to fail; the status is the result. */
#define TRY_SCORE(made, rulebook, ...)                                                                       \
    score_tables((made), (rulebook), (const given_table[]){__VA_ARGS__},                                     \
                 sizeof((const given_table[]){__VA_ARGS__}) / sizeof(given_table))

/* ---- what came out ---- */

static inline size_t entity_named(const evaluation *made, const char *name) {
    for (size_t entity = 0; entity < jeoul_result_entity_count(made->result); entity++) {
        if (strcmp(jeoul_result_entity(made->result, entity), name) == 0) return entity;
    }
    fail_msg("no entity `%s`", name);
    return 0;
}

static inline double figure_of(const evaluation *made, const char *entity, const char *name) {
    double figures[MOST_ENTITIES];
    const size_t n_entities = jeoul_result_entity_count(made->result);
    assert_true(n_entities <= MOST_ENTITIES);
    if (jeoul_result_scores(made->result, name, figures, n_entities) != JEOUL_OK) fail_msg("no figure `%s`", name);
    return figures[entity_named(made, entity)];
}

static inline bool same_figure(double a, double b) {
    return a == b || (isnan(a) && isnan(b));
}

/* NAN: there is no value. Published figures are decimals, so they are equal or not. */
static inline void check_figures(const evaluation *made, const char *name, const double *expected, size_t n_expected,
                                 const char *file, int line) {
    double figures[MOST_ENTITIES];
    if (jeoul_result_entity_count(made->result) != n_expected ||
        jeoul_result_scores(made->result, name, figures, n_expected) != JEOUL_OK) {
        print_error("no %zu figures `%s`\n", n_expected, name);
        _fail(file, line);
    }
    for (size_t entity = 0; entity < n_expected; entity++) {
        if (same_figure(figures[entity], expected[entity])) continue;
        print_error("`%s` of `%s` is %.17g, expected %.17g\n", name, jeoul_result_entity(made->result, entity),
                    figures[entity], expected[entity]);
        _fail(file, line);
    }
}

/* Of all entities, in the order of their table. */
#define assert_figures(made, name, ...)                                                                      \
    check_figures((made), (name), (const double[]){__VA_ARGS__},                                             \
                  sizeof((const double[]){__VA_ARGS__}) / sizeof(double), __FILE__, __LINE__)

/* "S A - A": grades of all entities; - for none. */
static inline void check_grades(const evaluation *made, const char *expected, const char *file, int line) {
    char found[1024] = "";
    for (size_t entity = 0; entity < jeoul_result_entity_count(made->result); entity++) {
        const char *grade = jeoul_result_grade(made->result, entity);
        (void)snprintf(found + strlen(found), sizeof found - strlen(found), "%s%s", entity > 0 ? " " : "",
                       grade == NULL ? "-" : grade);
    }
    _assert_string_equal(found, expected, file, line);
}
#define assert_grades(made, expected) check_grades((made), (expected), __FILE__, __LINE__)

static inline void check_diagnostic(const evaluation *made, size_t index, const char *code, const char *message,
                                    const char *file, int line) {
    jeoul_diagnostic found = {0};
    const bool is_there = jeoul_diagnostics_get(made->diagnostics, index, &found) == JEOUL_OK;
    if (is_there && strcmp(found.code, code) == 0 && strstr(found.message, message) != NULL) return;
    print_error("expected %s %s\nfound:\n", code, message);
    show_diagnostics(made);
    _fail(file, line);
}
/* Number of the first error; small rulebooks declare columns that they do not use, which warns. */
static inline size_t first_error(const evaluation *made) {
    jeoul_diagnostic found;
    size_t index = 0;
    while (jeoul_diagnostics_get(made->diagnostics, index, &found) == JEOUL_OK && found.severity != JEOUL_ERROR) index++;
    return index;
}

/* The diagnostic of that number: its code and a part of its message. */
#define assert_diagnostic(made, index, code, message)                                                        \
    check_diagnostic((made), (index), (code), (message), __FILE__, __LINE__)
#define assert_only_diagnostic(made, code, message)                                                          \
    do {                                                                                                     \
        assert_diagnostic(made, first_error(made), code, message);                                           \
        assert_int_equal(jeoul_diagnostics_error_count((made)->diagnostics), 1);                             \
    } while (0)

#endif
