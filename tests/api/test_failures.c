/* SPDX-License-Identifier: Apache-2.0
 *
 * What is said of values without an answer: whose they are, what they are, why, and each only once.
 */
#include "../evaluations.h"

#define HEAD                                                                                        \
    "jeoul: 1\n"                                                                                    \
    "tables: {부서: {key: 부서, columns: {갑: number, 을: number, 병: number}}}\n"           \
    "entities: 부서\n"                                                                            \
    "grades: [S, A]\n"
#define FIRST "scorecard: {indicators: [{id: 첫째, score: 병}]}\n"
#define RESULTS "results: {round: {total: 2}, grade: {cutoffs: {S: 50, A: 0}}}\n"

typedef struct failure {
    const char *rulebook, *row;
    const char *code, *message; /* the first error */
    size_t n_errors;
} failure;

static void failures_name_what_has_no_answer(void **state) {
    static const failure failures[] = {
        {HEAD FIRST RESULTS, "가,1,1,", "JL0501", "`가`, `첫째` has no value: it is missing", 1},
        {HEAD "values: {비율: 갑 / 을}\n" FIRST RESULTS, "가,1,0,1", "JL0502",
         "`가`, `비율` has no defined value: it is undefined: division by zero in `갑 / 을`", 1},
        {HEAD "values: {비율: 갑 / 을, 역: 병 / (갑 - 1)}\n" FIRST RESULTS, "가,1,0,1", "JL0502", "`가`, `비율`", 2},
        {HEAD "values: {비율: 1 / 을, 역: 1 / 을}\n" FIRST RESULTS, "가,1,0,1", "JL0502", "`가`, `비율`", 2},
        {HEAD "values: {큰수: 갑 * 9조}\n" FIRST RESULTS, "가,9000000,1,1", "JL0507",
         "`가`, `큰수` is too large for its digits", 1},
        {HEAD FIRST "gates: [{id: 기준, pass: 갑 > 0, cap: A, unknown: error}]\n" RESULTS, "가,,1,1", "JL0501",
         "`가`, `기준` has no value: it is missing", 1},
        {HEAD FIRST "gates: [{id: 기준, pass: 갑 > 0, cap: A, unknown: error}, {id: 둘째, pass: 을 > 0, cap: A, "
                    "unknown: error}]\n" RESULTS,
         "가,,,1", "JL0501", "`가`, `기준` has no value: it is missing", 2},
    };
    evaluation *made = *state;
    for (size_t i = 0; i < N_OF(failures); i++) {
        char table[256];
        (void)snprintf(table, sizeof table, "부서,갑,을,병\n%s\n", failures[i].row);
        assert_int_equal(TRY_SCORE(made, failures[i].rulebook, {"부서", table}), JEOUL_DATA);
        assert_diagnostic(made, first_error(made), failures[i].code, failures[i].message);
        assert_int_equal(jeoul_diagnostics_error_count(made->diagnostics), failures[i].n_errors);
    }
}

/* A quota that counts heads, not entities. */
static void heads_that_are_no_whole_number_are_refused(void **state) {
    static const char *const heads[] = {"2.5", "-1", ""};
    evaluation *made = *state;
    for (size_t i = 0; i < N_OF(heads); i++) {
        char table[256];
        (void)snprintf(table, sizeof table, "부서,갑,을,병\n가,%s,1,1\n나,2,1,2\n", heads[i]);
        assert_int_equal(TRY_SCORE(made,
                                   HEAD FIRST
                                   "results:\n"
                                   "  round: {total: 2}\n"
                                   "  rank: {within: all}\n"
                                   "  grade: {within: all, quota: {S: 50, A: 50}, heads: 갑, seats: "
                                   "cumulative_half_up, tie_at_cut: up}\n",
                                   {"부서", table}),
                         JEOUL_DATA);
        assert_only_diagnostic(made, "JL0511", "`가` has heads that are not a whole number");
    }
}

/* An area fails with its indicators; that is not said again. */
static void a_failure_hides_those_that_follow_from_it(void **state) {
    evaluation *made = *state;
    assert_int_equal(TRY_SCORE(made,
                               HEAD "scorecard: {areas: [{id: 분야, missing: error, indicators: [{id: 하나, weight: 50, "
                                    "score: 갑}, {id: 둘, weight: 50, score: 을}]}]}\n" RESULTS,
                               {"부서", "부서,갑,을,병\n가,,1,1\n나,,,1\n"}),
                     JEOUL_DATA);
    assert_int_equal(jeoul_diagnostics_error_count(made->diagnostics), 3);
    assert_diagnostic(made, first_error(made), "JL0501", "`가`, `하나` has no value");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        EVALUATION_TEST(failures_name_what_has_no_answer),
        EVALUATION_TEST(heads_that_are_no_whole_number_are_refused),
        EVALUATION_TEST(a_failure_hides_those_that_follow_from_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
