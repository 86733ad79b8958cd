/* SPDX-License-Identifier: Apache-2.0
 *
 * Weights flow down, points flow up: effective weights, redistribution, rounding of points, adjustments of areas.
 * points(X) and weight(X) are read as values, so that every step is seen.
 */
#include "../../evaluations.h"

#define HEAD                                                                                                  \
    "jeoul: 1\ntables: {부서: {key: 부서, columns: {군: [갑, 을], 가: number, 나: number, 다: number}},\n"    \
    "  대장: {key: [부서, 번호], columns: {점수: number}}}\n"                                                 \
    "states: {해당없음: not_applicable}\nentities: 부서\ngroups: 군\nresults: {round: {total: 4}}\n"
#define DATA {"부서", "부서,군,가,나,다\nㄱ,갑,10,20,40\nㄴ,을,해당없음,20,40\n"}
#define LEDGER {"대장", "부서,번호,점수\nㄱ,1,3\nㄱ,2,4\n"}

static void effective_weights_are_shares_of_those_that_count(void **state) {
    evaluation *made = *state;
    SCORE(made,
          HEAD "values: {가중: weight(나), 득점: points(나), 분야가중: weight(분야)}\n"
               "scorecard: {weight: 200, weight_total: free, areas: [\n"
               "  {id: 분야, weight: 3, weight_total: free, indicators: [{id: 가, weight: 1}, {id: 나, weight: 2}, {id: 다, weight: 3}]},\n"
               "  {id: 밖, weight: 1, score: 0}]}\n",
          DATA, LEDGER);
    assert_figures(made, "분야가중", 150, 150);
    assert_figures(made, "가중", 50, 60);
    assert_figures(made, "득점", 10, 12);
    assert_figures(made, "분야", 28.3333, 32);
    assert_figures(made, "total", 42.5, 48);
}

static void points_are_rounded_before_they_are_added(void **state) {
    evaluation *made = *state;
    SCORE(made,
          HEAD "values: {득점: points(가)}\n"
               "scorecard: {weight_total: free, areas: [{id: 분야, weight: 13, weight_total: free,\n"
               "  indicator: {round: {points: 0}}, indicators: [{id: 가, weight: 8}, {id: 나, weight: 5}]}, {id: 밖, weight: 87, score: 0}]}\n",
          {"부서", "부서,군,가,나,다\nㄱ,갑,30,70,\nㄴ,을,해당없음,50,\n"}, LEDGER);
    assert_figures(made, "득점", 2, NAN);
    assert_figures(made, "분야", 46.1538, 53.8462); /* (2 + 4) / 13 and round(6.5) / 13 */
    assert_figures(made, "total", 6, 7);
}

static void adjustments_of_an_area_stay_within_its_weight(void **state) {
    static const struct {
        const char *settings;
        double total;
    } cases[] = {
        {"items: [{id: 가점, kind: bonus, each: 대장, points: 점수}]", 12},
        {"items: [{id: 가점, kind: bonus, each: 대장, points: 점수, cap: 5}]", 10},
        {"limits: {bonus: 2}, items: [{id: 가점, kind: bonus, each: 대장, points: 점수}]", 7},
        {"items: [{id: 감점, kind: penalty, each: 대장, points: 점수}]", 0},
        {"limits: {penalty: 1}, items: [{id: 감점, kind: penalty, each: 대장, points: 점수}]", 4},
        {"items: [{id: 가점, kind: bonus, points: 3}, {id: 감점, kind: penalty, points: 1}]", 7},
        {"items: [{id: 가점, kind: bonus, points: 20}]", 20},
    };
    evaluation *made = *state;
    for (size_t index = 0; index < N_OF(cases); index++) {
        char rulebook[2048];
        (void)snprintf(rulebook, sizeof rulebook,
                       HEAD "values: {득점: points(분야)}\nscorecard: {areas: [{id: 분야, weight: 20, adjustments: {%s}, indicators: [{id: 가}]},\n"
                            "  {id: 밖, weight: 80, score: 0}]}\n", cases[index].settings);
        SCORE(made, rulebook, {"부서", "부서,군,가,나,다\nㄱ,갑,25,,\n"}, LEDGER);
        assert_figures(made, "분야", 25); /* the score stays */
        assert_figures(made, "득점", cases[index].total);
        assert_figures(made, "total", cases[index].total);
    }
}

static void over_full_lets_an_area_rise_above_its_weight(void **state) {
    evaluation *made = *state;
    SCORE(made,
          HEAD "scorecard: {areas: [{id: 분야, weight: 20, over_full: yes, round: {points: 0}, adjustments: {items: [{id: 가점, kind: bonus, points: 19.6}]},\n"
               "  indicators: [{id: 가}]}, {id: 밖, weight: 80, score: 0}]}\n",
          {"부서", "부서,군,가,나,다\nㄱ,갑,25,,\n"}, LEDGER);
    assert_figures(made, "total", 25); /* round(5 + 19.6) */
}

static void there_are_no_points_below_a_node_that_is_not_additive(void **state) {
    evaluation *made = *state;
    assert_int_equal(parse_rulebook(made, HEAD "values: {득점: points(나)}\n"
                                               "scorecard: {combine: geometric, weight_total: free,\n"
                                               "  indicators: [{id: 나, weight: 3}, {id: 다, weight: 1}]}\n"),
                     JEOUL_RULEBOOK);
    assert_only_diagnostic(made, "JL0205", "`나` has no points: an area above it is not the mean of its children");
}

static void rows_of_a_sheet_have_points_of_their_own(void **state) {
    evaluation *made = *state;
    SCORE(made,
          HEAD "scorecard: {weight: 10, missing: 0, each: 대장, indicator: {score: 점수, round: {points: 1}}}\n",
          DATA, LEDGER);
    assert_figures(made, "total", 0.4, 0); /* 0.15 -> 0.2, 0.2 */
}

static void a_weight_may_not_depend_on_who_has_none(void **state) {
    evaluation *made = *state;
    assert_int_equal(parse_rulebook(made, HEAD "scorecard: {weight_total: free, indicators: [{id: 가, weight: 1}, {id: 나}]}\n"),
                     JEOUL_RULEBOOK);
    assert_only_diagnostic(made, "JL0104", "`나` has no weight");
}

static void weights_from_columns_must_be_there_and_not_negative(void **state) {
    evaluation *made = *state;
    assert_int_equal(TRY_SCORE(made, HEAD "scorecard: {weight_total: free, indicators: [{id: 가, weight: 다}, {id: 나, weight: 1}]}\n",
                               {"부서", "부서,군,가,나,다\nㄱ,갑,25,1,-1\nㄴ,갑,25,1,\nㄷ,갑,해당없음,1,\n"}, LEDGER),
                     JEOUL_DATA);
    assert_diagnostic(made, first_error(made), "JL0310", "`ㄱ`, `가` has a weight below zero");
    assert_diagnostic(made, first_error(made) + 1, "JL0501", "`ㄴ`, `가` has no value");
    assert_int_equal(jeoul_diagnostics_error_count(made->diagnostics), 2);
}

static void rows_need_a_column_that_says_whose_they_are(void **state) {
    evaluation *made = *state;
    assert_int_equal(parse_rulebook(made, "jeoul: 1\ntables: {부서: {key: 부서}, 지표: {key: 지표, columns: {점수: number}}}\n"
                                          "entities: 부서\nscorecard: {each: 지표, indicator: {score: 점수}}\n"
                                          "results: {round: {total: 0}}\n"),
                     JEOUL_RULEBOOK);
    assert_diagnostic(made, first_error(made), "JL0203", "the rows of `지표` do not say whose they are: they lack a key of `부서`");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        EVALUATION_TEST(effective_weights_are_shares_of_those_that_count),
        EVALUATION_TEST(points_are_rounded_before_they_are_added),
        EVALUATION_TEST(adjustments_of_an_area_stay_within_its_weight),
        EVALUATION_TEST(over_full_lets_an_area_rise_above_its_weight),
        EVALUATION_TEST(there_are_no_points_below_a_node_that_is_not_additive),
        EVALUATION_TEST(rows_of_a_sheet_have_points_of_their_own),
        EVALUATION_TEST(a_weight_may_not_depend_on_who_has_none),
        EVALUATION_TEST(weights_from_columns_must_be_there_and_not_negative),
        EVALUATION_TEST(rows_need_a_column_that_says_whose_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
