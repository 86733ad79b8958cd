/* SPDX-License-Identifier: Apache-2.0
 *
 * Running the `tests:` of a rulebook: each test is an evaluation of its own, scored like any other, and fails alone.
 *
 * A test may expect that its evaluation fails, so it is scored with diagnostics that nobody sees first. If something
 * else went wrong than was expected, it is scored once more for the caller's diagnostics: its mistakes then have their
 * places in the rulebook.
 */
#include "api/testing.h"

#define MOST_KEPT_ERRORS 100 /* of diagnostics */

static void show_test(const jl_trial *trial) {
    const jl_text title = trial->test->title;
    jl_buffer label = {NULL, 0, 0, false};
    jl_buffer_format(&label, "in the test `%.*s`", JL_TEXT_ARG(title));
    const bool is_titled = title.length > 0 && !label.failed;
    jl_report_second(trial->diagnostics, trial->test->span, is_titled ? label.data : "in this test");
    jl_buffer_free(&label);
}

void jl_fail_trial(jl_trial *trial, jl_span span, const char *format, ...) {
    jl_buffer message = {NULL, 0, 0, false};
    va_list arguments;
    va_start(arguments, format);
    jl_buffer_format_list(&message, format, arguments);
    va_end(arguments);
    trial->n_failed++;
    if (message.failed) {
        trial->status = JEOUL_NO_MEMORY;
    } else {
        (void)jl_report(trial->diagnostics, JL_TEST_FAILED, span, "%s", message.data);
        show_test(trial);
    }
    jl_buffer_free(&message);
}

/* Not every entity needs rows everywhere: a test gives what its rule reads. */
static jeoul_status score(const jl_trial *trial, jeoul_result **result_out, jeoul_diagnostics *diagnostics) {
    jeoul_data *data = NULL;
    *result_out = NULL;
    JL_TRY(jl_make_given(trial->rulebook, trial->test, &data, diagnostics));
    const jeoul_status status = jl_score_data(trial->rulebook, data, NULL, false, result_out, diagnostics);
    jeoul_data_free(data);
    return status;
}

/* ---- an evaluation that was scored ---- */

static size_t find_entity(const jeoul_result *result, jl_text name) {
    size_t entity = 0;
    while (entity < jeoul_result_entity_count(result) && !jl_text_equal(jl_text_of(result->entities[entity]), name)) {
        entity++;
    }
    return entity;
}

static void check_results(jl_trial *trial, const jeoul_result *result) {
    const jl_yaml *expect = trial->test->expect;
    for (size_t item = 0; expect != NULL && item < expect->n_items; item++) {
        const jl_text name = expect->keys[item]->text;
        const size_t entity = find_entity(result, name);
        if (entity == jeoul_result_entity_count(result)) {
            jl_fail_trial(trial, expect->keys[item]->span, "the test gives no entity `%.*s`", JL_TEXT_ARG(name));
        } else {
            jl_check_entity(trial, result, entity, expect->items[item]);
        }
    }
}

/* ---- an evaluation that failed ---- */

/* What is wrong with one entity names it; what is wrong with a table or with all ranks does not. */
static bool names_entity(jl_code code) {
    switch (code) {
    case JL_SCORE_MISSING:
    case JL_SCORE_UNDEFINED:
    case JL_SCORE_STATE:
    case JL_ROW_WEIGHTS:
    case JL_NEGATIVE_POINTS:
    case JL_NEGATIVE_WEIGHT:
    case JL_BAD_HEADS:
    case JL_TOO_LARGE: return true;
    default: return false;
    }
}

static bool is_about(const jeoul_diagnostic *diagnostic, jl_text entity) {
    const char *at = names_entity(jl_code_by_number(jl_text_of(diagnostic->code))) ? diagnostic->message : NULL;
    if (at == NULL) return true;
    while ((at = strchr(at, '`')) != NULL) {
        at++;
        if (strncmp(at, entity.data, entity.length) == 0 && at[entity.length] == '`') return true;
    }
    return false;
}

/* Whether the mistakes of an entity hold the one expected; the code of another of them if not. */
static bool has_mistake(const jeoul_diagnostics *mistakes, jl_text entity, jl_text code, const char **other_out) {
    *other_out = NULL;
    for (size_t i = 0; i < jeoul_diagnostics_count(mistakes); i++) {
        jeoul_diagnostic mistake;
        (void)jeoul_diagnostics_get(mistakes, i, &mistake);
        if (mistake.severity != JEOUL_ERROR || !is_about(&mistake, entity)) continue;
        if (jl_text_equal(jl_text_of(mistake.code), code)) return true;
        *other_out = mistake.code;
    }
    return false;
}

/* Whether memory ended while mistakes were noted: one is counted and not kept, although there was room for it. */
static bool has_lost_some(const jeoul_diagnostics *mistakes) {
    const size_t n_errors = jeoul_diagnostics_error_count(mistakes);
    size_t n_kept = 0;
    for (size_t i = 0; i < jeoul_diagnostics_count(mistakes); i++) {
        jeoul_diagnostic mistake;
        (void)jeoul_diagnostics_get(mistakes, i, &mistake);
        n_kept += mistake.severity == JEOUL_ERROR;
    }
    return n_kept < n_errors && n_errors <= MOST_KEPT_ERRORS;
}

static void check_mistakes(jl_trial *trial, const jeoul_diagnostics *mistakes) {
    const jl_yaml *expect = trial->test->expect;
    for (size_t item = 0; expect != NULL && item < expect->n_items; item++) {
        const jl_yaml *name = expect->keys[item], *error = jl_yaml_get(expect->items[item], "error");
        const char *other = NULL;
        if (error == NULL) {
            jl_fail_trial(trial, name->span, "`%.*s`: expected results, found that the test cannot be scored",
                          JL_TEXT_ARG(name->text));
        } else if (!has_mistake(mistakes, name->text, error->text, &other)) {
            jl_fail_trial(trial, error->span, "`%.*s`: expected %.*s, found %s", JL_TEXT_ARG(name->text),
                          JL_TEXT_ARG(error->text), other == NULL ? "no mistake of its own" : other);
        }
    }
}

/* Once more, for the caller to see what is wrong. */
static void show_mistakes(const jl_trial *trial) {
    jeoul_result *result = NULL;
    (void)score(trial, &result, trial->diagnostics);
    jeoul_result_free(result);
}

/* ---- all tests ---- */

static bool is_mistake(jeoul_status status) {
    return status == JEOUL_DATA || status == JEOUL_RULEBOOK || status == JEOUL_IO;
}

static jeoul_status run(jl_trial *trial) {
    jeoul_diagnostics *mistakes = NULL;
    jeoul_result *result = NULL;
    JL_TRY(jeoul_diagnostics_new(&mistakes));
    const jeoul_status status = score(trial, &result, mistakes);
    if (status == JEOUL_OK) {
        check_results(trial, result);
    } else if (has_lost_some(mistakes)) {
        trial->status = JEOUL_NO_MEMORY;
    } else if (is_mistake(status)) {
        check_mistakes(trial, mistakes);
        if (trial->n_failed > 0 && trial->diagnostics != NULL) show_mistakes(trial);
    } else {
        trial->status = status;
    }
    jeoul_result_free(result);
    jeoul_diagnostics_free(mistakes);
    return trial->status;
}

jeoul_status jeoul_test(const jeoul_rulebook *rulebook, size_t *n_passed_out, size_t *n_failed_out,
                        jeoul_diagnostics *diagnostics) {
    size_t n_passed = 0, n_failed = 0;
    jeoul_status status = rulebook == NULL ? JEOUL_ARGUMENT : JEOUL_OK;
    for (size_t test = 0; status == JEOUL_OK && test < rulebook->rules->n_tests; test++) {
        jl_trial trial = {.rulebook = rulebook, .test = &rulebook->rules->tests[test], .diagnostics = diagnostics};
        status = run(&trial);
        n_passed += status == JEOUL_OK && trial.n_failed == 0;
        n_failed += status == JEOUL_OK && trial.n_failed > 0;
    }
    if (n_passed_out != NULL) *n_passed_out = n_passed;
    if (n_failed_out != NULL) *n_failed_out = n_failed;
    return status == JEOUL_OK && n_failed > 0 ? JEOUL_RULEBOOK : status;
}
