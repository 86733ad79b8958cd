/* SPDX-License-Identifier: Apache-2.0
 *
 * The scorecard: values, methods and combinations of a tree, in the fixed order of the language.
 */
#include "../../evaluations.h"

#define HEAD                                                                                                  \
    "jeoul: 1\ntables: {부서: {key: 부서, columns: {군: [갑, 을], 가: number, 나: number, 다: number, 말: text}}}\n" \
    "states: {해당없음: not_applicable, 미도래: not_due}\nentities: 부서\ngroups: 군\n"                       \
    "results: {round: {total: 4}}\n"
#define THREE "indicators: [{id: 가, weight: 1}, {id: 나, weight: 2}, {id: 다, weight: 1}]}\n"
#define DATA {"부서", "부서,군,가,나,다,말\nㄱ,갑,10,20,40,x\nㄴ,을,90,90,90,x\n"}

static void areas_combine_their_children(void **state) {
    static const struct {
        const char *combine;
        double first;
    } cases[] = {
        {"mean", 22.5},    {"sum", 70},          {"geometric", 20}, {"harmonic", 17.7778}, {"min", 10}, {"max", 40},
        {"median", 20},    {"{power: 2}", 25},   {"{power: 0}", 20}, {"{power: -1}", 17.7778}, {"{power: 1}", 22.5},
    };
    evaluation *made = *state;
    for (size_t index = 0; index < N_OF(cases); index++) {
        char rulebook[1024];
        const bool is_sum = strcmp(cases[index].combine, "sum") == 0;
        (void)snprintf(rulebook, sizeof rulebook, HEAD "scorecard: {combine: %s, weight_total: free, %s", cases[index].combine,
                       is_sum ? "indicators: [{id: 가}, {id: 나}, {id: 다}]}\n" : THREE);
        SCORE(made, rulebook, DATA);
        assert_figures(made, "total", cases[index].first, is_sum ? 270 : 90);
    }
}

static void a_value_is_imputed_then_scored_then_rounded(void **state) {
    evaluation *made = *state;
    SCORE(made,
          HEAD "scorecard: {indicators: [{id: 점, value: 가 + 1, impute: 50, score: value / 3, round: 1}]}\n",
          {"부서", "부서,군,가,나,다,말\nㄱ,갑,10,,,\nㄴ,을,,,,\n"});
    assert_figures(made, "점", 3.7, 16.7);
}

static void impute_answers_a_missing_value_only(void **state) {
    evaluation *made = *state;
    SCORE(made, HEAD "scorecard: {indicators: [{id: 가, impute: 50}, {id: 나}]}\n",
          {"부서", "부서,군,가,나,다,말\nㄱ,갑,해당없음,20,,\nㄴ,을,,30,,\n"});
    assert_figures(made, "가", NAN, 50);
    assert_figures(made, "total", 20, 40);
}

static void what_indicators_share_is_written_once_and_the_nearest_wins(void **state) {
    evaluation *made = *state;
    SCORE(made,
          HEAD "scorecard:\n"
               "  indicator: {score: value * 2, round: 0}\n"
               "  area: {weight: 1}\n"
               "  weight_total: free\n"
               "  areas:\n"
               "    - {id: 위, indicators: [{id: 가}, {id: 나, score: value + 0.4}]}\n"
               "    - {id: 아래, indicator: {score: value * 3}, indicators: [{id: 다}, {id: 라, value: 부서.가, round: 1, score: value / 3}]}\n",
          DATA);
    assert_figures(made, "가", 20, 180);
    assert_figures(made, "나", 20, 90);
    assert_figures(made, "다", 120, 270);
    assert_figures(made, "라", 3.3, 30);
}

static void formulas_and_weights_may_differ_by_group(void **state) {
    evaluation *made = *state;
    SCORE(made,
          HEAD "scorecard:\n  indicators:\n"
               "    - {id: 가, weight: {갑: 60, 을: none}, score: {갑: 가 + 1, 을: 가 + 2}}\n"
               "    - {id: 나, weight: {갑: 40, 을: 100}, value: {갑: 나, 을: none}, score: {갑: value, 을: 7}}\n",
          DATA);
    assert_figures(made, "가", 11, NAN);
    assert_figures(made, "나", 20, 7);
    assert_figures(made, "total", 14.6, 7);
}

static void a_node_may_be_a_formula_over_other_nodes(void **state) {
    evaluation *made = *state;
    SCORE(made,
          HEAD "scorecard:\n  areas:\n"
               "    - {id: 섞음, score: 0.5 * 가 + 0.5 * 밖, indicators: [{id: 가}, {id: 나}]}\n"
               "    - {id: 밖, indicators: [{id: 다}]}\n",
          DATA);
    assert_figures(made, "섞음", 25, 90);
    assert_figures(made, "total", 32.5, 90);
}

static void a_scorecard_may_be_one_indicator(void **state) {
    evaluation *made = *state;
    SCORE(made, HEAD "scorecard: {value: 가 + 나, score: value / 2, round: 0}\n", DATA);
    assert_figures(made, "total", 15, 90);
}

static void the_full_mark_is_the_weight_of_the_root(void **state) {
    evaluation *made = *state;
    SCORE(made, HEAD "scorecard: {weight: 300, indicators: [{id: 가, weight: 100}, {id: 나, weight: 200}]}\n", DATA);
    assert_figures(made, "total", 50, 270);
}

/* ---- sheets ---- */

#define SHEET                                                                                                 \
    "jeoul: 1\ntables:\n  부서: {key: 부서, columns: {군: [갑, 을]}}\n"                                       \
    "  지표: {key: [부서, 지표], columns: {점수: number, 배점: number, 반기: [상, 하]}}\n"                    \
    "states: {해당없음: not_applicable}\nentities: 부서\ngroups: 군\nresults: {round: {total: 2}}\n"
#define SHEET_DATA                                                                                            \
    {"부서", "부서,군\nㄱ,갑\nㄴ,을\n"}, {"지표", "부서,지표,점수,배점,반기\nㄱ,1,80,30,상\nㄱ,2,90,70,하\nㄴ,1,50,100,상\nㄴ,2,해당없음,0,하\n"}

static void a_sheet_is_one_indicator_per_row(void **state) {
    static const struct {
        const char *settings;
        double expected[2];
    } cases[] = {
        {"indicator: {score: 점수}", {85, 50}},
        {"indicator: {score: 점수, weight: 배점}", {87, 50}},
        {"weight_total: 100, indicator: {score: 점수, weight: 배점}", {87, 50}},
        {"weight_total: free, indicator: {score: 점수, weight: 배점 / 2}", {87, 50}},
        {"weight_total: 1, indicator: {score: 점수, weight: 배점 / 100}", {87, 50}},
        {"where: 반기 == '상', weight_total: free, indicator: {score: 점수, weight: 배점}", {80, 50}},
        {"where: 반기 == '하', missing: 0, not_applicable: 5, weight_total: free, indicator: {score: 점수, weight: 배점}", {90, 5}},
        {"combine: max, indicator: {score: 점수}", {90, 50}},
        {"combine: sum, indicator: {score: 점수}", {170, 50}},
        {"indicator: {score: 점수 / 3, round: 0}", {28.5, 17}},
        {"indicator: {score: 점수, round: {points: 0, score: 0}}", {85, 50}},
        {"indicator: {value: 점수, score: {갑: value, 을: value + 1}}", {85, 51}},
    };
    evaluation *made = *state;
    for (size_t index = 0; index < N_OF(cases); index++) {
        char rulebook[1024];
        (void)snprintf(rulebook, sizeof rulebook, SHEET "scorecard: {each: 지표, %s}\n", cases[index].settings);
        SCORE(made, rulebook, SHEET_DATA);
        check_figures(made, "total", cases[index].expected, 2, cases[index].settings, __LINE__);
    }
}

static void weights_of_rows_that_do_not_add_up_are_refused(void **state) {
    evaluation *made = *state;
    assert_int_equal(TRY_SCORE(made, SHEET "scorecard: {each: 지표, indicator: {score: 점수, weight: 배점}}\n",
                               {"부서", "부서,군\nㄱ,갑\nㄴ,을\n"},
                               {"지표", "부서,지표,점수,배점,반기\nㄱ,1,80,30,상\nㄱ,2,90,69.9,하\nㄴ,1,50,100,상\n"}),
                     JEOUL_DATA);
    assert_diagnostic(made, first_error(made), "JL0504", "`ㄱ`, `total` has weights that do not add up");
}

static void weights_of_rows_that_are_missing_or_negative_are_refused(void **state) {
    evaluation *made = *state;
    assert_int_equal(TRY_SCORE(made, SHEET "scorecard: {each: 지표, weight_total: free, indicator: {score: 점수, weight: 배점}}\n",
                               {"부서", "부서,군\nㄱ,갑\nㄴ,을\n"},
                               {"지표", "부서,지표,점수,배점,반기\nㄱ,1,80,,상\nㄱ,2,90,70,하\nㄴ,1,50,-1,상\nㄴ,2,50,101,상\n"}),
                     JEOUL_DATA);
    assert_diagnostic(made, first_error(made), "JL0501", "`ㄱ`, `지표 ㄱ 1` has no value");
    assert_diagnostic(made, first_error(made) + 1, "JL0310", "`ㄴ`, `지표 ㄴ 1` has a weight below zero");
}

static void a_leaf_that_nothing_scores_is_refused(void **state) {
    static const char *const leaves[] = {"{id: 라}", "{id: 말}"};
    evaluation *made = *state;
    for (size_t index = 0; index < N_OF(leaves); index++) {
        char rulebook[1024];
        (void)snprintf(rulebook, sizeof rulebook, HEAD "scorecard: {indicators: [{id: 가}, %s]}\n", leaves[index]);
        assert_int_equal(parse_rulebook(made, rulebook), JEOUL_RULEBOOK);
        assert_diagnostic(made, first_error(made), "JL0311", "nothing says how");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        EVALUATION_TEST(areas_combine_their_children),
        EVALUATION_TEST(a_value_is_imputed_then_scored_then_rounded),
        EVALUATION_TEST(impute_answers_a_missing_value_only),
        EVALUATION_TEST(what_indicators_share_is_written_once_and_the_nearest_wins),
        EVALUATION_TEST(formulas_and_weights_may_differ_by_group),
        EVALUATION_TEST(a_node_may_be_a_formula_over_other_nodes),
        EVALUATION_TEST(a_scorecard_may_be_one_indicator),
        EVALUATION_TEST(the_full_mark_is_the_weight_of_the_root),
        EVALUATION_TEST(a_sheet_is_one_indicator_per_row),
        EVALUATION_TEST(weights_of_rows_that_do_not_add_up_are_refused),
        EVALUATION_TEST(weights_of_rows_that_are_missing_or_negative_are_refused),
        EVALUATION_TEST(a_leaf_that_nothing_scores_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
