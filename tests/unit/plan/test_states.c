/* SPDX-License-Identifier: Apache-2.0
 *
 * States and their answers: each state of a leaf under each policy, what spreads upward, and what is an error.
 */
#include "../../evaluations.h"

#define HEAD                                                                                                  \
    "jeoul: 1\ntables: {부서: {key: 부서, columns: {군: [갑, 을], 가: number, 나: number, 다: number}}}\n"    \
    "states: {해당없음: not_applicable, 미도래: not_due}\nentities: 부서\ngroups: 군\n"                       \
    "results: {round: {total: 2}}\n"

/* One indicator 가 of weight 60 in each state beside 나 of weight 40 and score 50; the total of a value is 100. */
static void every_state_has_its_policy(void **state) {
    static const struct {
        const char *policies;
        double missing, not_applicable, not_due;
    } cases[] = {
        {"missing: redistribute", 50, 50, 50},
        {"missing: 0", 20, 50, 50},
        {"missing: 30, not_applicable: 40, not_due: 60", 38, 44, 56},
        {"missing: mean(score over all)", 80, 50, 50},
        {"missing: none, not_applicable: 0", NAN, 20, 50},
        {"missing: 0, not_applicable: none", 20, NAN, 50},
        {"missing: 0, not_due: none", 20, 50, NAN},
        {"missing: 0, not_due: redistribute, not_applicable: redistribute", 20, 50, 50},
        {"missing: 부서.나 * 2", 80, 50, 50},
    };
    evaluation *made = *state;
    for (size_t index = 0; index < N_OF(cases); index++) {
        char rulebook[1024];
        (void)snprintf(rulebook, sizeof rulebook,
                       HEAD "scorecard: {indicators: [{id: 가, weight: 60, %s}, {id: 나, weight: 40}]}\n", cases[index].policies);
        SCORE(made, rulebook, {"부서", "부서,군,가,나,다\nㄱ,갑,100,50,\nㄴ,갑,,50,\nㄷ,갑,해당없음,50,\nㄹ,을,미도래,50,\n"});
        assert_figures(made, "total", 80, cases[index].missing, cases[index].not_applicable, cases[index].not_due);
    }
}

static void a_state_without_an_answer_is_an_error_that_names_it(void **state) {
    static const struct {
        const char *policies, *cell, *code, *message;
    } cases[] = {
        {"", "", "JL0501", "`ㄱ`, `가` has no value: it is missing"},
        {"missing: error", "", "JL0501", "`ㄱ`, `가` has no value"},
        {"not_applicable: error", "해당없음", "JL0503", "`ㄱ`, `가` has a state without an answer: it is not applicable"},
        {"not_due: error", "미도래", "JL0503", "`ㄱ`, `가` has a state without an answer: it is not due"},
        {"score: 1 / value", "0", "JL0502", "`ㄱ`, `가` has no defined value: it is undefined: division by zero in `1 / value`"},
        {"score: ln(value)", "0", "JL0502", "LN of `ln(value)` has no result"},
        {"missing: 1 / (부서.나 - 50)", "", "JL0503", "`ㄱ`, `가` has a state without an answer: it is undefined"},
        {"missing: 다", "", "JL0501", "`ㄱ`, `가` has no value"},
        {"undefined: missing, score: 1 / value", "0", "JL0501", "`ㄱ`, `가` has no value: it is missing"},
    };
    evaluation *made = *state;
    for (size_t index = 0; index < N_OF(cases); index++) {
        char rulebook[1024], text[128];
        (void)snprintf(rulebook, sizeof rulebook, HEAD "scorecard: {indicators: [{id: 가, %s}, {id: 나}]}\n", cases[index].policies);
        (void)snprintf(text, sizeof text, "부서,군,가,나,다\nㄱ,갑,%s,50,\n", cases[index].cell);
        assert_int_equal(TRY_SCORE(made, rulebook, {"부서", text}), JEOUL_DATA);
        check_diagnostic(made, first_error(made), cases[index].code, cases[index].message, cases[index].policies, __LINE__);
        assert_int_equal(jeoul_diagnostics_error_count(made->diagnostics), 1);
    }
}

static void undefined_arithmetic_becomes_what_the_node_says(void **state) {
    static const struct {
        const char *undefined;
        double score, total;
    } cases[] = {
        {"undefined: 7", 7, 28.5},          {"undefined: 부서.나 + 1", 51, 50.5}, {"undefined: missing, missing: 5", 5, 27.5},
        {"undefined: not_applicable", NAN, 50}, {"undefined: not_due", NAN, 50},
    };
    evaluation *made = *state;
    for (size_t index = 0; index < N_OF(cases); index++) {
        char rulebook[1024];
        (void)snprintf(rulebook, sizeof rulebook, HEAD "scorecard: {indicators: [{id: 가, score: 1 / value, %s}, {id: 나}]}\n",
                       cases[index].undefined);
        SCORE(made, rulebook, {"부서", "부서,군,가,나,다\nㄱ,갑,0,50,\n"});
        assert_figures(made, "가", cases[index].score);
        assert_figures(made, "total", cases[index].total);
    }
}

static void an_area_takes_the_strongest_state_of_its_children_and_answers_it(void **state) {
    static const struct {
        const char *policies;
        double expected[4];
    } cases[] = {
        {"missing: 1, not_due: 2, not_applicable: 3", {10, 1, 2, 3}},
        {"missing: redistribute, not_due: none, not_applicable: redistribute", {10, NAN, NAN, NAN}},
    };
    evaluation *made = *state;
    for (size_t index = 0; index < N_OF(cases); index++) {
        char rulebook[1024];
        (void)snprintf(rulebook, sizeof rulebook,
                       HEAD "scorecard: {areas: [{id: 분야, %s, indicator: {missing: redistribute}, indicators: [{id: 가}, {id: 나}]}],\n"
                            "  missing: redistribute, not_due: redistribute}\n", cases[index].policies);
        SCORE(made, rulebook, {"부서", "부서,군,가,나,다\nㄱ,갑,,10,\nㄴ,갑,미도래,,\nㄷ,갑,미도래,해당없음,\nㄹ,갑,해당없음,해당없음,\n"});
        check_figures(made, "분야", cases[index].expected, 4, cases[index].policies, __LINE__);
    }
}

static void none_spreads_to_the_root(void **state) {
    evaluation *made = *state;
    SCORE(made,
          HEAD "scorecard: {missing: redistribute, areas: [{id: 위, missing: 5, areas: [\n"
               "  {id: 아래, missing: 5, indicators: [{id: 가, missing: none}, {id: 나}]}, {id: 곁, score: 1}]}, {id: 밖, score: 2}]}\n",
          {"부서", "부서,군,가,나,다\nㄱ,갑,1,1,\nㄴ,갑,,1,\n"});
    assert_figures(made, "아래", 1, NAN);
    assert_figures(made, "위", 1, NAN);
    assert_figures(made, "곁", 1, 1);
    assert_figures(made, "total", 1.5, NAN);
}

static void none_spreads_from_the_rows_of_a_sheet(void **state) {
    evaluation *made = *state;
    SCORE(made,
          "jeoul: 1\ntables: {부서: {key: 부서}, 지표: {key: [부서, 지표], columns: {점수: number, 반: [상, 하]}}}\nentities: 부서\n"
          "results: {round: {total: 0}}\n"
          "scorecard: {missing: redistribute, each: 지표, where: 반 == '상', indicator: {score: 점수, missing: none}}\n",
          {"부서", "부서\nㄱ\nㄴ\nㄷ\n"}, {"지표", "부서,지표,점수,반\nㄱ,1,1,상\nㄱ,2,3,상\nㄴ,1,1,상\nㄴ,2,,상\nㄷ,1,7,상\nㄷ,2,,하\n"});
    assert_figures(made, "total", 2, NAN, 7);
}

static void applies_reaches_all_below(void **state) {
    evaluation *made = *state;
    SCORE(made,
          HEAD "scorecard:\n  areas:\n"
               "    - {id: 분야, applies: 군 == '갑', indicators: [{id: 가}, {id: 나, applies: 다 > 1}]}\n"
               "    - {id: 밖, score: 10}\n",
          {"부서", "부서,군,가,나,다\nㄱ,갑,1,2,3\nㄴ,갑,1,2,0\nㄷ,을,1,2,3\n"});
    assert_figures(made, "가", 1, 1, NAN);
    assert_figures(made, "나", 2, NAN, NAN);
    assert_figures(made, "분야", 1.5, 1, NAN);
    assert_figures(made, "total", 5.75, 5.5, 10);
}

static void what_does_not_apply_is_not_asked_for(void **state) {
    evaluation *made = *state;
    SCORE(made, HEAD "scorecard: {indicators: [{id: 가, applies: 나 > 0, score: 1 / value}, {id: 다}]}\n",
          {"부서", "부서,군,가,나,다\nㄱ,갑,0,0,3\nㄴ,갑,,0,3\n"});
    assert_figures(made, "total", 3, 3);
}

static void conditions_that_are_none_are_refused(void **state) {
    evaluation *made = *state;
    assert_int_equal(parse_rulebook(made, HEAD "scorecard: {indicators: [{id: 가, applies: 나 + 1}]}\n"), JEOUL_RULEBOOK);
    assert_only_diagnostic(made, "JL0206", "expected a condition, found a number");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        EVALUATION_TEST(every_state_has_its_policy),
        EVALUATION_TEST(a_state_without_an_answer_is_an_error_that_names_it),
        EVALUATION_TEST(undefined_arithmetic_becomes_what_the_node_says),
        EVALUATION_TEST(an_area_takes_the_strongest_state_of_its_children_and_answers_it),
        EVALUATION_TEST(none_spreads_to_the_root),
        EVALUATION_TEST(none_spreads_from_the_rows_of_a_sheet),
        EVALUATION_TEST(applies_reaches_all_below),
        EVALUATION_TEST(what_does_not_apply_is_not_asked_for),
        EVALUATION_TEST(conditions_that_are_none_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
