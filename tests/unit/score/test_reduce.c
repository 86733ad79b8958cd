/* SPDX-License-Identifier: Apache-2.0
 *
 * Reductions at run time: which values count, states, and domain tests that doubles get wrong.
 */
#include "../../evaluations.h"

#define HEAD                                                                                                  \
    "jeoul: 1\ntables:\n  부서: {key: 부서}\n  값: {key: [부서, 해], columns: {해: number, 점: number, 무게: number}}\n" \
    "states: {해당없음: not_applicable, 미도래: not_due}\nentities: 부서\nresults: {round: {total: 2}}\nscorecard: {score: 1}\n"

static void score_value(evaluation *made, const char *formula, const char *rows) {
    char rulebook[1024], text[256];
    (void)snprintf(rulebook, sizeof rulebook, HEAD "values: {답: {formula: \"%s\", undefined: -999, digits: 6}}\n", formula);
    (void)snprintf(text, sizeof text, "부서,해,점,무게\n%s", rows);
    SCORE(made, rulebook, {"부서", "부서\nㄱ\n"}, {"값", text});
}

static void domain_tests_are_settled_exactly(void **state) {
    static const struct {
        const char *formula, *rows;
        double expected;
    } cases[] = {
        /* weights that add up to nothing, a history on a line, equal values, a zero: never so in doubles */
        {"weighted_mean(값.점, 값.무게)", "ㄱ,1,1,0.1\nㄱ,2,2,0.2\nㄱ,3,3,-0.3\n", -999},
        {"forecast_error(값.점)", "ㄱ,1,0.1,\nㄱ,2,0.2,\nㄱ,3,0.3,\nㄱ,4,0.4,\n", 0},
        {"1 / forecast_error(값.점)", "ㄱ,1,0.1,\nㄱ,2,0.2,\nㄱ,3,0.3,\nㄱ,4,0.4,\n", -999},
        {"1 / sd(값.점 + 값.무게, sigma = sample)", "ㄱ,1,0.1,0.2\nㄱ,2,0.3,0\nㄱ,3,0.15,0.15\n", -999},
        {"1 / (mean(값.점) - 0.2)", "ㄱ,1,0.1,\nㄱ,2,0.2,\nㄱ,3,0.3,\n", -999},
        {"slope(값.점)", "ㄱ,1,0.1,\nㄱ,2,0.2,\nㄱ,3,0.3,\n", 0.1},
        {"only(값.점)", "ㄱ,1,0.1,\nㄱ,2,,\n", 0.1},
        {"only(값.점)", "ㄱ,1,0.1,\nㄱ,2,0.1,\n", -999},
        {"variance(값.점, sigma = sample)", "ㄱ,1,0.1,\n", -999},
        {"median(값.점)", "ㄱ,1,3,\nㄱ,2,1,\nㄱ,3,2,\nㄱ,4,10,\n", 2.5},
    };
    evaluation *made = *state;
    for (size_t index = 0; index < N_OF(cases); index++) {
        score_value(made, cases[index].formula, cases[index].rows);
        check_figures(made, "답", &cases[index].expected, 1, cases[index].formula, (int)index);
    }
}

static void states_are_skipped_and_counted(void **state) {
    static const struct {
        const char *formula;
        double expected;
    } cases[] = {
        {"count(값)", 5},          {"count(값.점)", 2},        {"sum(값.점)", 7},       {"mean(값.점)", 3.5},
        {"last(값.점)", 4},        {"last(값.점, n = 9)", 3.5}, {"sum(값.점, from = 3)", NAN},
        {"max(값.점, from = 2)", 4}, {"sum(값.점 where 값.무게 > 0)", 3},
    };
    evaluation *made = *state;
    for (size_t index = 0; index < N_OF(cases); index++) {
        score_value(made, cases[index].formula, "ㄱ,1,3,1\nㄱ,2,해당없음,1\nㄱ,3,미도래,1\nㄱ,4,4,\nㄱ,5,,1\n");
        check_figures(made, "답", &cases[index].expected, 1, cases[index].formula, (int)index);
    }
}

static void an_undefined_row_makes_the_whole_undefined(void **state) {
    static const struct {
        const char *formula;
        double expected;
    } cases[] = {
        {"sum(1 / 값.점)", -999}, {"count(1 / 값.점)", -999}, {"sum(1 / 값.점 where 점 != 0)", 1}, {"sum(값.점 where 1 / 점 > 0)", -999},
    };
    evaluation *made = *state;
    for (size_t index = 0; index < N_OF(cases); index++) {
        score_value(made, cases[index].formula, "ㄱ,1,1,1\nㄱ,2,0,1\n");
        check_figures(made, "답", &cases[index].expected, 1, cases[index].formula, (int)index);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        EVALUATION_TEST(domain_tests_are_settled_exactly),
        EVALUATION_TEST(states_are_skipped_and_counted),
        EVALUATION_TEST(an_undefined_row_makes_the_whole_undefined),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
