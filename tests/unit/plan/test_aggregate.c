/* SPDX-License-Identifier: Apache-2.0
 *
 * Aggregates and peer statistics: which rows belong to the place in hand, which of them count, and what comes of none.
 */
#include "formulas.h"

static void rows_that_share_the_known_keys_are_aggregated(void **state) {
    static const formula_case cases[] = {
        {__LINE__, "count(대장)", {3, 1, 0, 1}},
        {__LINE__, "count(대장.건수)", {2, 1, 0, 1}},
        {__LINE__, "count(대장.건수 > 2)", {2, 1, 0, 1}},
        {__LINE__, "sum(대장.건수)", {5, 5, 0, 1}},
        {__LINE__, "mean(대장.건수)", {2.5, 5, M, 1}},
        {__LINE__, "min(대장.건수)", {2, 5, M, 1}},
        {__LINE__, "max(대장.건수)", {3, 5, M, 1}},
        {__LINE__, "median(이력.값)", {2, 4, 7, M}},
        {__LINE__, "sd(이력.값, sigma = population)", {2.1602468995, 0, 0, M}},
        {__LINE__, "sd(이력.값, sigma = sample)", {2.6457513111, 0, U, M}},
        {__LINE__, "variance(이력.값, sigma = sample)", {7, 0, U, M}},
        {__LINE__, "weighted_mean(이력.값, 이력.연도 - 2014)", {4.6666666667, 4, 7, M}},
        {__LINE__, "weighted_mean(이력.값, 이력.연도 - 2014 - 1)", {U, U, 7, M}},
        {__LINE__, "trimmed_mean(이력.값, drop = 1)", {2, 4, M, M}},
        {__LINE__, "trimmed_mean(이력.값, drop = 0)", {3, 4, 7, M}},
        {__LINE__, "best(이력.값, n = 2, direction = up)", {4, 4, 7, M}},
        {__LINE__, "best(이력.값, n = 2, direction = down)", {1.5, 4, 7, M}},
        {__LINE__, "last(이력.값)", {6, 4, 7, M}},
        {__LINE__, "last(이력.값, n = 2)", {4, 4, 7, M}},
        {__LINE__, "only(대장.건수)", {U, 5, M, 1}},
        {__LINE__, "slope(이력.값)", {2.5, 0, U, M}},
        {__LINE__, "forecast(이력.값)", {8, 4, U, M}},
        {__LINE__, "forecast_error(이력.값)", {2.2360679775, 0, U, M}},
        {__LINE__, "at(이력.값, 2015)", {2, 4, U, U}},
        {__LINE__, "at(이력.값 * 2, '2016')", {12, 8, 14, U}},
    };
    check_formulas(state, cases, N_OF(cases));
}

static void conditions_choose_the_rows(void **state) {
    static const formula_case cases[] = {
        {__LINE__, "count(대장 where 항목 == '수상')", {2, 0, 0, 1}},
        {__LINE__, "sum(대장.건수 where 항목 == '제안')", {3, 5, 0, 0}},
        {__LINE__, "mean(대장.건수 where 항목 == '제안')", {3, 5, M, M}},
        {__LINE__, "count(대장 where 건수 > 2)", {1, 1, 0, 0}},
        {__LINE__, "count(대장 where 달성 == '예')", {2, 1, 0, 0}},
        {__LINE__, "sum(대장.건수 where 1 / (건수 - 3) < 1)", {U, 5, 0, 1}},
        {__LINE__, "sum(대장.건수 where 항목 == '수상' and 번호 == '1')", {2, 0, 0, 1}},
        {__LINE__, "count(대장 where 건수 > 2 and known(달성))", {1, 1, 0, 0}},
    };
    check_formulas(state, cases, N_OF(cases));
}

static void too_few_values_are_missing_or_what_the_formula_says(void **state) {
    static const formula_case cases[] = {
        {__LINE__, "mean(이력.값, from = 2)", {3, 4, M, M}},
        {__LINE__, "mean(이력.값, from = 2, fewer = 50)", {3, 4, 50, 50}},
        {__LINE__, "mean(이력.값, from = 2, fewer = 정원)", {3, 4, 30, 40}},
        {__LINE__, "sum(이력.값, from = 2)", {9, 12, M, M}},
        {__LINE__, "count(대장, from = 2)", {3, M, M, M}},
        {__LINE__, "max([실적, 목표], from = 2)", {10, 12, 25, M}},
        {__LINE__, "trimmed_mean(대장.건수, drop = 1, fewer = 0)", {0, 0, 0, 0}},
    };
    check_formulas(state, cases, N_OF(cases));
}

static void lists_are_aggregated_like_rows(void **state) {
    static const formula_case cases[] = {
        {__LINE__, "mean([실적, 목표])", {9, 11, 22.5, 25}},
        {__LINE__, "sum([1, 2, 3] * 정원)", {60, 120, 180, 240}},
        {__LINE__, "weighted_mean([실적, 목표], [1, 3])", {9.5, 10.5, 23.75, 25}},
        {__LINE__, "weighted_mean([실적, 목표], 2)", {9, 11, 22.5, 25}},
        {__LINE__, "slope([5, 7, 9])", {2, 2, 2, 2}},
        {__LINE__, "forecast([5, 7, 9])", {11, 11, 11, 11}},
        {__LINE__, "median(1, 실적, 100)", {8, 12, 20, 50.5}},
        {__LINE__, "mean(3, 4)", {3.5, 3.5, 3.5, 3.5}},
        {__LINE__, "count([실적 > 8, 목표 > 8])", {2, 2, 2, 1}},
        {__LINE__, "last([실적, 정원])", {10, 20, 30, 40}},
        {__LINE__, "last([정원, 실적])", {8, 12, 20, 40}},
        {__LINE__, "min([실적, mean(이력.값)])", {3, 4, 7, M}},
    };
    check_formulas(state, cases, N_OF(cases));
}

static void peers_are_all_the_group_or_equal_columns(void **state) {
    static const formula_case cases[] = {
        {__LINE__, "sum(정원 over all)", {100, 100, 100, 100}},
        {__LINE__, "sum(정원 over group)", {30, 30, 70, 70}},
        {__LINE__, "mean(실적 over group)", {10, 10, 20, 20}},
        {__LINE__, "sum(정원 over 목표)", {30, 30, 70, 70}},
        {__LINE__, "sum(정원 over 등급)", {40, 20, 40, 0}},
        {__LINE__, "sum(정원 over group, 목표)", {30, 30, 70, 70}},
        {__LINE__, "sum(정원 over all where known(실적))", {60, 60, 60, 60}},
        {__LINE__, "count(실적 over group)", {2, 2, 1, 1}},
        {__LINE__, "mean(mean(이력.값) over all)", {4.6666666667, 4.6666666667, 4.6666666667, 4.6666666667}},
        {__LINE__, "mean(이력.값 over all)", {4, 4, 4, 4}},
        {__LINE__, "sum(대장.건수 over group)", {10, 10, 1, 1}},
        {__LINE__, "mean(정원 over 등급)", {20, 20, 20, M}},
        {__LINE__, "rank(실적 over all, best = high)", {3, 2, 1, M}},
        {__LINE__, "rank(실적 over all, best = low)", {1, 2, 3, M}},
        {__LINE__, "rank(목표 over all, best = high)", {3, 3, 1, 1}},
        {__LINE__, "rank(목표 over all, best = high, ties = max)", {4, 4, 2, 2}},
        {__LINE__, "rank(목표 over all, best = high, ties = dense)", {2, 2, 1, 1}},
        {__LINE__, "rank(목표 over all, best = high, ties = average)", {3.5, 3.5, 1.5, 1.5}},
        {__LINE__, "rank(정원 over group, best = high)", {2, 1, 2, 1}},
        {__LINE__, "rank(정원 over all where 목표 > 10, best = high)", {M, M, 2, 1}},
    };
    check_formulas(state, cases, N_OF(cases));
}

#define SHEET(results_key)                                                                                     \
    "jeoul: 1\ntables:\n"                                                                                      \
    "  부서: {key: 부서, columns: {시군: text}}\n"                                                             \
    "  과제: {key: [부서, 과제], columns: {지표명: text, 목표: number}}\n"                                     \
    "  결과: {key: " results_key ", columns: {점수: number}}\n"                                                \
    "entities: 부서\n"                                                                                         \
    "results: {round: {total: 2}}\n"

#define DEPARTMENTS {"부서", "부서,시군\n갑,논산\n을,공주\n"}
#define TASKS {"과제", "부서,과제,지표명,목표\n갑,1,ㄱ,1\n갑,2,ㄴ,2\n을,1,ㄷ,3\n"}

static void columns_that_are_known_join_by_themselves(void **state) {
    evaluation *made = *state;
    SCORE(made, SHEET("[시군, 지표명]") "scorecard: {each: 과제, indicator: {missing: 0, score: 결과.점수}}\n",
          DEPARTMENTS, TASKS, {"결과", "시군,지표명,점수\n논산,ㄱ,10\n공주,ㄱ,30\n논산,ㄴ,50\n"});
    assert_figures(made, "total", 30, 0);
}

/* Equality with a column of the outer row is one more key, on either side. */
static void rows_are_joined_by_equality_with_the_outer_row(void **state) {
    static const char *const conditions[] = {"지표 == 과제.지표명", "과제.지표명 == 지표 and 점수 > 0"};
    evaluation *made = *state;
    for (size_t index = 0; index < N_OF(conditions); index++) {
        char rulebook[1024];
        (void)snprintf(rulebook, sizeof rulebook,
                       SHEET("[도시, 지표]") "scorecard: {each: 과제, indicator: {missing: 0,\n"
                                             "  score: \"mean(결과.점수 where %s)\"}}\n", conditions[index]);
        SCORE(made, rulebook, DEPARTMENTS, TASKS, {"결과", "도시,지표,점수\n논산,ㄱ,10\n공주,ㄱ,30\n논산,ㄴ,50\n"});
        assert_figures(made, "total", 35, 0);
    }
}

static void the_outer_row_is_for_equality_only(void **state) {
    evaluation *made = *state;
    assert_int_equal(parse_rulebook(made, SHEET("[도시, 지표]") "scorecard: {each: 과제, indicator: {\n"
                                          "  score: \"mean(결과.점수 where 점수 > 과제.목표)\"}}\n"),
                     JEOUL_RULEBOOK);
    assert_diagnostic(made, first_error(made), "JL0214",
                      "`과제.목표` belongs to the outer row and may only be compared for equality");
}

static void aggregates_that_do_not_fit_are_refused(void **state) {
    static const formula_fault cases[] = {
        {__LINE__, "sum(실적)",
                   "^", "JL0208", "`sum` needs many values"},
        {__LINE__, "sum(대장.건수 * 이력.값)",
                   "                ^", "JL0208", "rows of two tables, `대장` and `이력`, cannot be aggregated together"},
        {__LINE__, "sum(대장.항목)",
                   "    ^", "JL0206", "expected a number, found a text"},
        {__LINE__, "sum(대장.건수 where 건수)",
                   "                    ^", "JL0206", "expected a condition, found a number"},
        {__LINE__, "slope(대장.건수)",
                   "^", "JL0205", "`slope` needs rows that differ in one more key, a year or a number"},
        {__LINE__, "slope(이력.값 over all)",
                   "^", "JL0205", "`slope` needs rows that differ in one more key, a year or a number"},
        {__LINE__, "at(실적, 2015)",
                   "   ^", "JL0205", "`at` needs a column of a table with one more key"},
        {__LINE__, "at(대장.건수 + 이력.값, 2015)",
                   "               ^", "JL0208", "rows of two tables"},
        {__LINE__, "rank(대장.건수 over all, best = high)",
                   "^", "JL0205", "`rank` ranks the row in hand among its peers, not the rows of another table"},
        {__LINE__, "rank(실적, best = high)",
                   "^", "JL0208", "`rank` needs many values"},
        {__LINE__, "weighted_mean([1, 2], [1, 2, 3])",
                   "                      ^", "JL0205", "expected a list of 2 like the one before it"},
        {__LINE__, "weighted_mean([1, 2, 3], [1, 2])",
                   "                         ^", "JL0205", "expected a list of 3 like the one before it"},
        {__LINE__, "sum([1, 2] * [1, 2, 3])",
                   "             ^", "JL0205", "expected a list of 2 like the one before it"},
        {__LINE__, "sum([[1, 2], [3, 4]])",
                   "     ^", "JL0205", "a list inside a list"},
        {__LINE__, "mean([1, 2], 3)",
                   "             ^", "JL0205", "`mean` takes one list or several values, not both"},
        {__LINE__, "max(1, [2, 3])",
                   "       ^", "JL0206", "a list can only be an argument of an aggregate"},
        {__LINE__, "weighted_mean([1, 등급], [1, 2])",
                   "                  ^", "JL0206", "expected a number, found a text"},
        {__LINE__, "sum(정원 over 없는것)",
                   "              ^", "JL0202", "unknown name `없는것`"},
        {__LINE__, "sum(대장.건수 over 대장.항목)",
                   "                   ^", "JL0208", "`대장.항목` stands for many rows here"},
        {__LINE__, "max([실적, 등급])",
                   "           ^", "JL0206", "expected a number, found a text"},
        {__LINE__, "median(실적, 등급)",
                   "             ^", "JL0206", "expected a number, found a text"},
    };
    check_faults(state, cases, N_OF(cases));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        EVALUATION_TEST(rows_that_share_the_known_keys_are_aggregated),
        EVALUATION_TEST(conditions_choose_the_rows),
        EVALUATION_TEST(too_few_values_are_missing_or_what_the_formula_says),
        EVALUATION_TEST(lists_are_aggregated_like_rows),
        EVALUATION_TEST(peers_are_all_the_group_or_equal_columns),
        EVALUATION_TEST(rows_are_joined_by_equality_with_the_outer_row),
        EVALUATION_TEST(columns_that_are_known_join_by_themselves),
        EVALUATION_TEST(the_outer_row_is_for_equality_only),
        EVALUATION_TEST(aggregates_that_do_not_fit_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
