/* SPDX-License-Identifier: Apache-2.0
 *
 * Small evaluations for the tests of explanations: rulebook and tables as text in, a result out. A mistake in them
 * fails the test with its diagnostics.
 */
#ifndef TESTS_UNIT_EXPLAIN_EVALUATIONS_H
#define TESTS_UNIT_EXPLAIN_EVALUATIONS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "api/objects.h"
#include "explain/explain.h"
#include "explain/ledger.h"

typedef struct table_text {
    const char *name, *csv;
} table_text;

#define MOST_TABLES 4

typedef struct evaluation_text {
    const char *title;
    const char *rulebook;
    table_text tables[MOST_TABLES]; /* until the first without a name */
} evaluation_text;

typedef struct evaluation {
    jeoul_diagnostics *diagnostics;
    jeoul_rulebook *rulebook;
    jeoul_data *data;
    jeoul_result *result;
} evaluation;

static inline void check_status(const evaluation *made, jeoul_status status) {
    char *text = NULL;
    if (status != JEOUL_OK) {
        (void)jeoul_diagnostics_render(made->diagnostics, JEOUL_TEXT, 0, &text);
        print_message("%s\n", text == NULL ? "" : text);
        jeoul_text_free(text);
        fail_msg("%s", jeoul_status_text(status));
    }
}

static inline evaluation make_evaluation(const evaluation_text *text) {
    evaluation made = {NULL, NULL, NULL, NULL};
    assert_int_equal(jeoul_diagnostics_new(&made.diagnostics), JEOUL_OK);
    check_status(&made, jeoul_rulebook_parse("rules.yaml", text->rulebook, strlen(text->rulebook), NULL, &made.rulebook,
                                             made.diagnostics));
    check_status(&made, jeoul_data_new(made.rulebook, &made.data));
    for (size_t table = 0; table < MOST_TABLES && text->tables[table].name != NULL; table++) {
        const table_text *given = &text->tables[table];
        check_status(&made, jeoul_data_parse_csv(made.data, given->name, given->name, given->csv, strlen(given->csv),
                                                 made.diagnostics));
    }
    check_status(&made, jeoul_data_finish(made.data, made.diagnostics));
    check_status(&made, jeoul_score(made.rulebook, made.data, NULL, &made.result, made.diagnostics));
    return made;
}

static inline void free_evaluation(evaluation *made) {
    jeoul_result_free(made->result);
    jeoul_data_free(made->data);
    jeoul_rulebook_free(made->rulebook);
    jeoul_diagnostics_free(made->diagnostics);
    mpfr_free_cache();
}

/* The explanation of an entity; released by the caller. */
static inline char *explain(const evaluation *made, const char *entity, jeoul_format format, jeoul_language language) {
    const jeoul_explain_options options = {sizeof options, format, language, 0};
    char *text = NULL;
    check_status(made, jeoul_explain(made->result, entity, &options, &text, made->diagnostics));
    return text;
}

static inline void check_has(const char *text, const char *wanted, const char *title) {
    if (strstr(text, wanted) == NULL) {
        print_message("%s\n", text);
        fail_msg("%s: expected `%s`", title, wanted);
    }
}

#endif
