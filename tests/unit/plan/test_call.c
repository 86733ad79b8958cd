/* SPDX-License-Identifier: Apache-2.0
 *
 * Functions that are built in: what each gives, what it does with states, and which arguments it refuses.
 */
#include "formulas.h"

static void arithmetic_functions_give_their_values(void **state) {
    static const formula_case cases[] = {
        {__LINE__, "abs(실적 - 목표)", {2, 2, 5, M}},
        {__LINE__, "sqrt(4 * 목표 - 4)", {6, 6, 9.7979589711, 9.7979589711}},
        {__LINE__, "sqrt(실적 - 9)", {U, 1.7320508076, 3.3166247904, M}},
        {__LINE__, "ln(목표 / 10)", {0, 0, 0.9162907319, 0.9162907319}},
        {__LINE__, "ln(실적 - 8)", {U, 1.3862943611, 2.4849066498, M}},
        {__LINE__, "exp(목표 / 10 - 1)", {1, 1, 4.4816890703, 4.4816890703}},
        {__LINE__, "phi(실적 - 8)", {0.5, 0.9999683288, 1, M}},
        {__LINE__, "실적 ^ 2", {64, 144, 400, M}},
        {__LINE__, "(8 - 실적) ^ -1", {U, -0.25, -0.0833333333, M}},
        {__LINE__, "(8 - 실적) ^ 0.5", {0, U, U, M}},
        {__LINE__, "clamp(실적, 10, 15)", {10, 12, 15, M}},
        {__LINE__, "clamp(실적, none, 15)", {8, 12, 15, M}},
        {__LINE__, "clamp(실적, 10, none)", {10, 12, 20, M}},
        {__LINE__, "min(실적, 목표, 9)", {8, 9, 9, M}},
        {__LINE__, "max(실적, 목표)", {10, 12, 25, M}},
        {__LINE__, "round(실적 / 3, 1)", {2.7, 4, 6.7, M}},
        {__LINE__, "round(목표 / 20, digits = 0)", {1, 1, 1, 1}},
        {__LINE__, "round(목표 / 4, 0, mode = half_even)", {2, 2, 6, 6}},
        {__LINE__, "round(목표, -1)", {10, 10, 30, 30}},
        {__LINE__, "round(실적 / 3, 0, mode = floor)", {2, 4, 6, M}},
        {__LINE__, "truncate(-실적 / 3, 0)", {-2, -4, -6, M}},
        {__LINE__, "ceiling(실적 / 3, 0)", {3, 4, 7, M}},
        {__LINE__, "first(실적, 목표)", {8, 12, 20, 25}},
        {__LINE__, "first(실적, 실적 / 0.5)", {8, 12, 20, M}},
        {__LINE__, "if known(실적) then 1 else 0", {1, 1, 1, 0}},
        {__LINE__, "require(실적 > 8, 실적, '실적이 모자람')", {U, 12, 20, M}},
    };
    check_formulas(state, cases, N_OF(cases));
}

static void functions_of_dates_give_numbers(void **state) {
    static const formula_case cases[] = {
        {__LINE__, "year(시작일)", {2017, 2017, M, 2017}},
        {__LINE__, "month(시작일)", {1, 2, M, 12}},
        {__LINE__, "months(시작일, '2017-03-31')", {3, 1, M, U}},
        {__LINE__, "months('2017-01-20', '2017-03-14', from_days = 14)", {2, 2, 2, 2}},
        {__LINE__, "months('2017-01-01', as_of)", {12, 12, 12, 12}},
    };
    check_formulas(state, cases, N_OF(cases));
}

static void scales_are_functions_of_their_name(void **state) {
    static const formula_case cases[] = {
        {__LINE__, "구간(실적)", {50, 100, 100, M}},
        {__LINE__, "곡선(실적)", {80, 120, 200, M}},
        {__LINE__, "곡선(-실적)", {0, 0, 0, M}},
        {__LINE__, "환산(등급)", {90, 80, 90, M}},
        {__LINE__, "나머지(등급)", {90, 10, 90, M}},
    };
    check_formulas(state, cases, N_OF(cases));
}

static void parts_of_nodes_are_asked_for_by_name(void **state) {
    static const formula_case cases[] = {
        {__LINE__, "score(추가)", {8, 12, 20, 0}},
        {__LINE__, "score(합계)", {29, 31, 35, 25}},
        {__LINE__, "weight(추가)", {50, 50, 50, 50}},
        {__LINE__, "points(추가)", {4, 6, 10, 0}},
        {__LINE__, "total - points(기본)", {4, 6, 10, 0}},
    };
    check_formulas(state, cases, N_OF(cases));
}

static void a_value_may_ask_for_the_value_of_a_node_or_of_another_value(void **state) {
    evaluation *made = *state;
    SCORE(made,
          "jeoul: 1\ntables: {부서: {key: 부서, columns: {실적: number}}}\nentities: 부서\n"
          "values: {둘째: value(첫째) + value(가) , 첫째: 2}\n"
          "scorecard: {indicators: [{id: 가, value: 실적 + 1, score: 10 * value}]}\nresults: {round: {total: 0}}\n",
          {"부서", "부서,실적\n갑,3\n"});
    assert_figures(made, "둘째", 6);
    assert_figures(made, "가", 40);
}

static void arguments_that_do_not_fit_are_refused(void **state) {
    static const formula_fault cases[] = {
        {__LINE__, "sqrt(1, 2)",
                   "^", "JL0205", "`sqrt` takes 1 argument, found 2"},
        {__LINE__, "min()",
                   "^", "JL0205", "`min` takes at least 1 argument, found 0"},
        {__LINE__, "count(대장, 대장)",
                   "^", "JL0205", "`count` takes up to 1 argument, found 2"},
        {__LINE__, "abs(실적, x = 1)",
                   "          ^", "JL0205", "`abs` has no parameter `x`"},
        {__LINE__, "round(실적)",
                   "^", "JL0205", "the number of digits as the second argument"},
        {__LINE__, "round(실적, 목표)",
                   "            ^", "JL0205", "`digits` expects a whole number from -12 to"},
        {__LINE__, "round(실적, 1.5)",
                   "            ^", "JL0205", "`digits` expects a whole number from -12 to"},
        {__LINE__, "round(실적, 13)",
                   "            ^", "JL0205", "`digits` expects a whole number from -12 to 12"},
        {__LINE__, "round(실적, -13)",
                   "            ^", "JL0205", "`digits` expects a whole number from -12 to"},
        {__LINE__, "round(실적, 1, mode = up)",
                   "                      ^", "JL0205", "`mode` expects one of half_up|half_even|truncate|ceiling|floor"},
        {__LINE__, "months(시작일, as_of, from_days = 0)",
                   "                                  ^", "JL0205", "`from_days` expects a whole number from 1 to"},
        {__LINE__, "year(실적)",
                   "     ^", "JL0205", "expected a date"},
        {__LINE__, "year('2017')",
                   "     ^", "JL0206", "expected a date such as '2017-03-31', found '2017'"},
        {__LINE__, "require(실적 > 1, 실적, 실적)",
                   "                        ^", "JL0205", "expected the reason as a text"},
        {__LINE__, "sd(대장.건수)",
                   "^", "JL0205", "`sd` needs `sigma = population|sample`"},
        {__LINE__, "sd(대장.건수, sigma = both)",
                   "                      ^", "JL0205", "`sigma` expects one of population|sample"},
        {__LINE__, "best(대장.건수, direction = up)",
                   "^", "JL0205", "`n`: how many of the best"},
        {__LINE__, "best(대장.건수, n = 2)",
                   "^", "JL0205", "`best` needs `direction = up|down`"},
        {__LINE__, "trimmed_mean(대장.건수)",
                   "^", "JL0205", "`drop`: how many to leave out at each end"},
        {__LINE__, "trimmed_mean(대장.건수, drop = -1)",
                   "                               ^", "JL0205", "`drop` expects a whole number from 0 to"},
        {__LINE__, "mean(대장.건수, from = 1000001)",
                   "                       ^", "JL0205", "`from` expects a whole number from 1 to"},
        {__LINE__, "max(대장.건수, from = 0)",
                   "                      ^", "JL0205", "`from` expects a whole number from 1 to"},
        {__LINE__, "rank(실적 over all)",
                   "^", "JL0205", "`rank` needs `best = high|low`"},
        {__LINE__, "rank(실적 over all, best = high, ties = half)",
                   "                                        ^", "JL0205", "`ties` expects one of min|max|dense|average"},
        {__LINE__, "score(총점)",
                   "      ^", "JL0205", "the id of a node of the scorecard"},
        {__LINE__, "points(답)",
                   "       ^", "JL0205", "the id of a node of the scorecard"},
        {__LINE__, "weight(1)",
                   "       ^", "JL0205", "the id of a node of the scorecard"},
        {__LINE__, "구간(실적, 목표)",
                   "^", "JL0205", "one argument for a scale"},
        {__LINE__, "환산(실적)",
                   "     ^", "JL0205", "a text or a choice for a lookup"},
        {__LINE__, "구간(등급)",
                   "     ^", "JL0206", "expected a number, found a text"},
        {__LINE__, "일부(등급)",
                   "^", "JL0309", "the scale `일부` has nothing for the choice `A` of `등급`"},
        {__LINE__, "squrt(실적)",
                   "^", "JL0204", "unknown function `squrt`"},
    };
    check_faults(state, cases, N_OF(cases));
}

static void the_nearest_function_is_named(void **state) {
    evaluation *made = *state;
    jeoul_diagnostic found;
    assert_int_equal(parse_rulebook(made, formula_rulebook("achievment(실적, 목표, up, cap = 100)")), JEOUL_RULEBOOK);
    assert_int_equal(jeoul_diagnostics_get(made->diagnostics, first_error(made), &found), JEOUL_OK);
    assert_string_equal(found.help, "did you mean `achievement`?");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        EVALUATION_TEST(arithmetic_functions_give_their_values),
        EVALUATION_TEST(functions_of_dates_give_numbers),
        EVALUATION_TEST(scales_are_functions_of_their_name),
        EVALUATION_TEST(parts_of_nodes_are_asked_for_by_name),
        EVALUATION_TEST(a_value_may_ask_for_the_value_of_a_node_or_of_another_value),
        EVALUATION_TEST(arguments_that_do_not_fit_are_refused),
        EVALUATION_TEST(the_nearest_function_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
