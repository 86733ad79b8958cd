/* SPDX-License-Identifier: Apache-2.0
 *
 * The tests that a rulebook carries: which expectations hold, and what is said where one does not.
 */
#include <stdlib.h>
#include <unistd.h>

#include "../evaluations.h"

/* 가: 고유 90, of 60 points 54. 달성 100 x 2 / 3 = 66.6667, of 40 points 26.6667. Total 80.67, the best of all, S. */
static const char RULEBOOK[] =
    "jeoul: 1\n"
    "tables:\n"
    "  부서: {key: 부서, columns: {실적: number, 목표: number, 비위: [있음, 없음], 기한: date}}\n"
    "  지표표: {key: [부서, 지표], columns: {점수: number, 가중치: number}}\n"
    "  정의: {key: 지표, columns: {만점: number}}\n"
    "states: {해당없음: not_applicable}\n"
    "entities: 부서\n"
    "grades: [S, A]\n"
    "values: {달성률: 100 * 실적 / 목표, 청렴: 비위 == '없음', 마감: 기한}\n"
    "scorecard:\n"
    "  areas:\n"
    "    - {id: 고유, weight: 60, weight_total: 100, each: 지표표, indicator: {weight: 가중치, score: 점수, missing: "
    "0}}\n"
    "    - {id: 공통, weight: 40, indicators: [{id: 달성, value: 달성률, score: 달성률}]}\n"
    "results: {round: {total: 2}, rank: {within: all}, grade: {cutoffs: {S: 80, A: 0}}}\n"
    "tests:\n";

#define GIVEN                                                                        \
    "  - title: 하나\n"                                                            \
    "    given:\n"                                                                   \
    "      부서: [{부서: 가, 실적: 2, 목표: 3, 비위: 없음}]\n"          \
    "      지표표: [{부서: 가, 지표: 하나, 점수: 90, 가중치: 100}]\n" \
    "    expect:\n"

static jeoul_status test_with(evaluation *made, const char *name, const char *tests, size_t *n_passed,
                              size_t *n_failed) {
    char text[16384];
    clear_evaluation(made);
    const int length = snprintf(text, sizeof text, "%s%s", RULEBOOK, tests);
    const jeoul_status status =
        jeoul_rulebook_parse(name, text, (size_t)length, NULL, &made->rulebook, made->diagnostics);
    if (status != JEOUL_OK) show_diagnostics(made);
    assert_int_equal(status, JEOUL_OK);
    jeoul_diagnostics_clear(made->diagnostics);
    return jeoul_test(made->rulebook, n_passed, n_failed, made->diagnostics);
}

/* ---- one expectation ---- */

static void expectations_that_hold_pass(void **state) {
    evaluation *made = *state;
    static const char *const expectations[] = {
        "total: 80.67",
        "total: 80.7",
        "total: 81",
        "total: 80.670",
        "rank: 1",
        "grade: S",
        "base: 80.6667",
        "base: 80.66666667",
        "bonus: 0",
        "penalty: 0.00",
        "달성: 66.667",
        "달성률: 66.66666666666666666667",
        "달성률: 67",
        "달성률: 6.67e1",
        "달성률: 0.7E+2",
        "청렴: yes",
        "청렴: true",
        "마감: none",
        "마감: missing",
        "고유: 90",
        "고유/하나: 90.0",
        "고유/하나: {score: 90, weight: 60.00, points: 54, state: value, grade: none}",
        "달성: {value: 66.7, score: 66.7, points: 26.67, weight: 40}",
        "total: 80.67, rank: 1, grade: S",
    };
    for (size_t i = 0; i < N_OF(expectations); i++) {
        char tests[2048];
        size_t n_passed = 9, n_failed = 9;
        (void)snprintf(tests, sizeof tests, GIVEN "      가: {%s}\n", expectations[i]);
        if (test_with(made, "t.yaml", tests, &n_passed, &n_failed) != JEOUL_OK) {
            print_error("%s\n", expectations[i]);
            show_diagnostics(made);
            fail();
        }
        assert_int_equal(n_passed, 1);
        assert_int_equal(n_failed, 0);
        assert_int_equal(jeoul_diagnostics_count(made->diagnostics), 0);
    }
}

typedef struct failing_case {
    const char *expectation, *message;
} failing_case;

static void expectations_that_fail_say_what_was_found(void **state) {
    evaluation *made = *state;
    static const failing_case cases[] = {
        {"total: 80.66", "`가`, `total`: expected `80.66`, found `80.67`"},
        {"total: 80.6", "`가`, `total`: expected `80.6`, found `80.7`"},
        {"total: 80.671", "`가`, `total`: expected `80.671`, found `80.670`"},
        {"total: none", "`가`, `total`: expected `none`, found `80.6700`"},
        {"rank: 2", "`가`, `rank`: expected `2`, found `1`"},
        {"grade: A", "`가`, `grade`: expected `A`, found `S`"},
        {"bonus: 0.5", "`가`, `bonus`: expected `0.5`, found `0.0`"},
        {"달성률: 66.666", "`가`, `달성률`: expected `66.666`, found `66.667`"},
        {"청렴: no", "`가`, `청렴`: expected `no`, found `yes`"},
        {"마감: 2017-03-01", "`가`, `마감`: expected `2017-03-01`, found `missing`"},
        {"고유/하나: 91", "`가`, `고유/하나`: expected `91`, found `90`"},
        {"고유/하나: {points: 53}", "`가`, `고유/하나` points: expected `53`, found `54`"},
        {"고유/하나: {state: missing}", "`가`, `고유/하나` state: expected `missing`, found `value`"},
        {"고유/둘: 90", "`가` has no row `둘` in its sheet `고유`"},
        {"고유: {points: 54, 배점: 60}", "expected score, value, weight, points, grade or state, found `배점`"},
        {"error: JL0501", "`가`: expected JL0501, found that it can be scored"},
    };
    for (size_t i = 0; i < N_OF(cases); i++) {
        char tests[2048];
        size_t n_passed = 9, n_failed = 9;
        (void)snprintf(tests, sizeof tests, GIVEN "      가: {%s}\n", cases[i].expectation);
        assert_int_equal(test_with(made, "t.yaml", tests, &n_passed, &n_failed), JEOUL_RULEBOOK);
        assert_only_diagnostic(made, "JL0701", cases[i].message);
        assert_int_equal(n_passed, 0);
        assert_int_equal(n_failed, 1);
    }
}

static void a_failure_stands_at_the_value_that_was_expected(void **state) {
    evaluation *made = *state;
    jeoul_diagnostic found = {0};
    char *text = NULL;
    test_with(made, "t.yaml", GIVEN "      가: {rank: 1, total: 80}\n", NULL, NULL);
    assert_int_equal(jeoul_diagnostics_get(made->diagnostics, 0, &found), JEOUL_OK);
    assert_string_equal(found.file, "t.yaml");
    assert_int_equal(found.line, 21);
    assert_int_equal(found.column, 27);
    assert_int_equal(jeoul_diagnostics_render(made->diagnostics, JEOUL_TEXT, 0, &text), JEOUL_OK);
    assert_non_null(strstr(text, "in the test `하나`"));
    jeoul_text_free(text);
}

/* 기하 is no weighted mean, so its indicators have no points; without 을 there is no score at all. */
static void results_that_are_not_there_are_none(void **state) {
    evaluation *made = *state;
    const char *text = "jeoul: 1\n"
                       "tables: {부서: {key: 부서, columns: {갑: number, 을: number}}}\n"
                       "entities: 부서\n"
                       "scorecard:\n"
                       "  combine: geometric\n"
                       "  indicators: [{id: 갑}, {id: 을, missing: none}]\n"
                       "results: {round: {total: 2}, rank: {within: all}}\n"
                       "tests:\n"
                       "  - given: {부서: [{부서: 가, 갑: 4, 을: 9}, {부서: 나, 갑: 4}]}\n"
                       "    expect:\n"
                       "      가: {total: 6, 갑: {points: none, score: 4}, grade: none}\n"
                       "      나: {total: none, base: missing, rank: none, 을: {score: none, state: missing}}\n"
                       "  - given: {부서: [{부서: 나, 갑: 4}]}\n"
                       "    expect: {나: {total: 6}}\n";
    assert_int_equal(parse_rulebook(made, text), JEOUL_OK);
    assert_int_equal(jeoul_test(made->rulebook, NULL, NULL, made->diagnostics), JEOUL_RULEBOOK);
    assert_only_diagnostic(made, "JL0701", "`나`, `total`: expected `6`, found `missing`");
}

/* ---- several ---- */

static void a_failed_test_hides_no_other(void **state) {
    evaluation *made = *state;
    size_t n_passed = 0, n_failed = 0;
    const char *tests = GIVEN "      가: {total: 1, rank: 2}\n" GIVEN "      가: {total: 80.67}\n" GIVEN
                              "      나: {total: 1}\n      가: {total: 80.67, grade: A}\n";
    assert_int_equal(test_with(made, "t.yaml", tests, &n_passed, &n_failed), JEOUL_RULEBOOK);
    assert_int_equal(n_passed, 1);
    assert_int_equal(n_failed, 2);
    assert_int_equal(jeoul_diagnostics_error_count(made->diagnostics), 4);
    assert_diagnostic(made, 0, "JL0701", "`total`: expected `1`");
    assert_diagnostic(made, 1, "JL0701", "`rank`: expected `2`");
    assert_diagnostic(made, 2, "JL0701", "the test gives no entity `나`");
    assert_diagnostic(made, 3, "JL0701", "`grade`: expected `A`, found `S`");
}

static void a_rulebook_without_tests_has_passed_them(void **state) {
    evaluation *made = *state;
    size_t n_passed = 9, n_failed = 9;
    assert_int_equal(test_with(made, "t.yaml", "  []\n", &n_passed, &n_failed), JEOUL_OK);
    assert_int_equal(n_passed + n_failed, 0);
}

/* ---- expected errors ---- */

#define TWO_WITHOUT_TARGETS                                                                                                        \
    "  - given:\n"                                                                                                                 \
    "      부서: [{부서: 가, 실적: 2, 목표: 0}, {부서: 나, 실적: 2, 목표: 1}]\n"                                   \
    "      지표표: [{부서: 가, 지표: 하나, 점수: 90, 가중치: 100}, {부서: 나, 지표: 하나, 가중치: 90}]\n" \
    "    expect: "

typedef struct error_case {
    const char *expect;
    size_t n_passed;
    const char *message; /* of the first diagnostic; NULL: none */
} error_case;

/* 가 has no target to divide by, the weights of 나 add up to 90. */
static void expected_errors_are_those_of_the_entity(void **state) {
    evaluation *made = *state;
    static const error_case cases[] = {
        {"{가: {error: JL0502}}", 1, NULL},
        {"{나: {error: JL0504}}", 1, NULL},
        {"{가: {error: JL0502}, 나: {error: JL0504}}", 1, NULL},
        {"{가: {error: JL0501}}", 0, "`가`: expected JL0501, found JL0502"},
        {"{가: {error: JL0504}}", 0, "`가`: expected JL0504, found JL0502"},
        {"{다: {error: JL0502}}", 0, "`다`: expected JL0502, found no mistake of its own"},
        {"{가: {error: JL0502}, 나: {total: 1}}", 0, "`나`: expected results, found that the test cannot be scored"},
    };
    for (size_t i = 0; i < N_OF(cases); i++) {
        char tests[2048];
        size_t n_passed = 9, n_failed = 9;
        (void)snprintf(tests, sizeof tests, TWO_WITHOUT_TARGETS "%s\n", cases[i].expect);
        const jeoul_status status = test_with(made, "t.yaml", tests, &n_passed, &n_failed);
        assert_int_equal(status, cases[i].message == NULL ? JEOUL_OK : JEOUL_RULEBOOK);
        assert_int_equal(n_passed, cases[i].n_passed);
        assert_int_equal(n_failed, 1 - cases[i].n_passed);
        size_t index = 0;
        jeoul_diagnostic found = {0};
        while (jeoul_diagnostics_get(made->diagnostics, index, &found) == JEOUL_OK &&
               strcmp(found.code, "JL0701") != 0) {
            index++;
        }
        if (cases[i].message != NULL) {
            assert_diagnostic(made, index, "JL0701", cases[i].message);
        } else {
            assert_int_equal(jeoul_diagnostics_count(made->diagnostics), 0);
        }
    }
}

/* A table is refused as a whole, so its mistake is nobody's own. */
static void mistakes_of_tables_can_be_expected_of_any_entity(void **state) {
    evaluation *made = *state;
    const char *tests = "  - given: {부서: [{부서: 가, 실적: 많음}]}\n    expect: {가: {error: JL0405}}\n"
                        "  - given: {부서: [{부서: 가}, {부서: 가}]}\n    expect: {가: {error: JL0408}}\n";
    assert_int_equal(test_with(made, "t.yaml", tests, NULL, NULL), JEOUL_OK);
}

static void mistakes_that_nobody_expected_are_shown_at_their_place(void **state) {
    evaluation *made = *state;
    const char *tests = "  - given: {부서: [{부서: 가, 실적: 많음}]}\n    expect: {가: {total: 1}}\n";
    jeoul_diagnostic found = {0};
    assert_int_equal(test_with(made, "t.yaml", tests, NULL, NULL), JEOUL_RULEBOOK);
    assert_diagnostic(made, 0, "JL0405", "많음");
    assert_int_equal(jeoul_diagnostics_get(made->diagnostics, 0, &found), JEOUL_OK);
    assert_int_equal(found.line, 16);
    assert_diagnostic(made, 1, "JL0701", "`가`: expected results, found that the test cannot be scored");
    assert_int_equal(jeoul_diagnostics_error_count(made->diagnostics), 2);
}

/* ---- what is given ---- */

static void rows_may_leave_columns_out_and_point_to_rows_that_are_not_given(void **state) {
    evaluation *made = *state;
    const char *tests =
        "  - given:\n"
        "      부서: [{부서: 가, 실적: 1, 목표: 1}, {목표: 2, 실적: 1, 부서: 나, 비위: 있음}]\n"
        "      지표표: [{부서: 가, 지표: 하나, 가중치: 100}, {부서: 나, 지표: 둘, 점수: 50, 가중치: 100}]\n"
        "      정의: [{지표: 셋}]\n"
        "    expect:\n"
        "      가: {total: 40, 청렴: none, 고유/하나: {score: 0, state: missing}}\n"
        "      나: {total: 50, 청렴: no}\n";
    const jeoul_status status = test_with(made, "t.yaml", tests, NULL, NULL);
    if (status != JEOUL_OK) show_diagnostics(made);
    assert_int_equal(status, JEOUL_OK);
}

static void rows_of_entities_that_are_not_given_are_refused(void **state) {
    evaluation *made = *state;
    const char *tests = "  - given:\n"
                        "      부서: [{부서: 가, 실적: 1, 목표: 1}]\n"
                        "      지표표: [{부서: 갸, 지표: 하나, 점수: 1, 가중치: 100}]\n"
                        "    expect: {가: {total: 40}}\n";
    assert_int_equal(test_with(made, "t.yaml", tests, NULL, NULL), JEOUL_RULEBOOK);
    assert_diagnostic(made, 0, "JL0409", "갸");
}

static void write_file(const char *path, const char *text) {
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void files_are_sought_from_the_folder_of_the_rulebook(void **state) {
    evaluation *made = *state;
    char folder[] = "/tmp/jeoul-test-XXXXXX", name[64], file[64];
    assert_non_null(mkdtemp(folder));
    (void)snprintf(name, sizeof name, "%s/rulebook.yaml", folder);
    (void)snprintf(file, sizeof file, "%s/지표표.csv", folder);
    write_file(file, "부서,지표,점수,가중치\n가,하나,90,100\n");
    const char *tests = "  - given: {부서: [{부서: 가, 실적: 2, 목표: 3}], 지표표: 지표표.csv}\n"
                        "    expect: {가: {total: 80.67}}\n"
                        "  - given: {부서: [{부서: 가, 실적: 2, 목표: 3}], 지표표: 없는표.csv}\n"
                        "    expect: {가: {total: 80.67}}\n";
    size_t n_passed = 0, n_failed = 0;
    assert_int_equal(test_with(made, name, tests, &n_passed, &n_failed), JEOUL_RULEBOOK);
    assert_int_equal(n_passed, 1);
    assert_int_equal(n_failed, 1);
    assert_int_equal(unlink(file), 0);
    assert_int_equal(rmdir(folder), 0);
}

static void files_outside_the_folder_are_refused(void **state) {
    evaluation *made = *state;
    static const char *const names[] = {"/etc/hostname", "../표.csv", "표/../../표.csv", "표/..", ".."};
    for (size_t i = 0; i < N_OF(names); i++) {
        char tests[1024];
        (void)snprintf(tests, sizeof tests, "  - {given: {부서: %s}, expect: {가: {total: 1}}}\n", names[i]);
        assert_int_equal(test_with(made, "t.yaml", tests, NULL, NULL), JEOUL_RULEBOOK);
        assert_diagnostic(made, 0, "JL0109", "expected a file in the folder of the rulebook");
    }
    assert_int_equal(test_with(made, "t.yaml", "  - {given: {부서: 표..csv}, expect: {가: {total: 1}}}\n", NULL, NULL),
                     JEOUL_RULEBOOK);
    assert_diagnostic(made, 1, "JL0401", "표..csv");
}

/* ---- the call ---- */

static void counts_and_diagnostics_may_be_left_out(void **state) {
    evaluation *made = *state;
    assert_int_equal(test_with(made, "t.yaml", GIVEN "      가: {total: 1}\n", NULL, NULL), JEOUL_RULEBOOK);
    assert_int_equal(jeoul_test(made->rulebook, NULL, NULL, NULL), JEOUL_RULEBOOK);
    assert_int_equal(test_with(made, "t.yaml", TWO_WITHOUT_TARGETS "{가: {total: 1}}\n", NULL, NULL), JEOUL_RULEBOOK);
    assert_int_equal(jeoul_test(made->rulebook, NULL, NULL, NULL), JEOUL_RULEBOOK);
    assert_int_equal(jeoul_test(NULL, NULL, NULL, NULL), JEOUL_ARGUMENT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        EVALUATION_TEST(expectations_that_hold_pass),
        EVALUATION_TEST(expectations_that_fail_say_what_was_found),
        EVALUATION_TEST(a_failure_stands_at_the_value_that_was_expected),
        EVALUATION_TEST(results_that_are_not_there_are_none),
        EVALUATION_TEST(a_failed_test_hides_no_other),
        EVALUATION_TEST(a_rulebook_without_tests_has_passed_them),
        EVALUATION_TEST(expected_errors_are_those_of_the_entity),
        EVALUATION_TEST(mistakes_of_tables_can_be_expected_of_any_entity),
        EVALUATION_TEST(mistakes_that_nobody_expected_are_shown_at_their_place),
        EVALUATION_TEST(rows_may_leave_columns_out_and_point_to_rows_that_are_not_given),
        EVALUATION_TEST(rows_of_entities_that_are_not_given_are_refused),
        EVALUATION_TEST(files_are_sought_from_the_folder_of_the_rulebook),
        EVALUATION_TEST(files_outside_the_folder_are_refused),
        EVALUATION_TEST(counts_and_diagnostics_may_be_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
