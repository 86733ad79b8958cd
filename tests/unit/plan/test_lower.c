/* SPDX-License-Identifier: Apache-2.0
 *
 * Operators and literals: what they give, which types they take, and how a literal text takes its meaning from the
 * other side of a comparison.
 */
#include "formulas.h"

/* A condition as a number: 1, 0, or no value where it is unknown. */
#define TRUTH(condition) "if " condition " then 1 else 0"

static void operators_bind_and_calculate_as_written(void **state) {
    static const formula_case cases[] = {
        {__LINE__, "실적 + 목표 * 2 - 1", {27, 31, 69, M}},
        {__LINE__, "-실적 ^ 2", {-64, -144, -400, M}},
        {__LINE__, "2 ^ 3 ^ 2", {512, 512, 512, 512}},
        {__LINE__, "목표 / (실적 - 8)", {U, 2.5, 2.0833333333, M}},
        {__LINE__, "1_000 + 5만 + 9.7E-7", {51000.00000097, 51000.00000097, 51000.00000097, 51000.00000097}},
        {__LINE__, "0.1 + 0.2 - 0.3", {0, 0, 0, 0}},
        {__LINE__, "if 실적 >= 목표 then 100 else 실적 / 목표 * 100", {80, 100, 80, M}},
        {__LINE__, "if 실적 > 8 then 1 / (실적 - 8) else 0", {0, 0.25, 0.0833333333, M}},
    };
    check_formulas(state, cases, N_OF(cases));
}

static void conditions_are_three_valued(void **state) {
    static const formula_case cases[] = {
        {__LINE__, TRUTH("실적 > 8"), {0, 1, 1, M}},
        {__LINE__, TRUTH("실적 >= 8"), {1, 1, 1, M}},
        {__LINE__, TRUTH("실적 < 12"), {1, 0, 0, M}},
        {__LINE__, TRUTH("실적 <= 12"), {1, 1, 0, M}},
        {__LINE__, TRUTH("실적 == 12"), {0, 1, 0, M}},
        {__LINE__, TRUTH("실적 != 12"), {1, 0, 1, M}},
        {__LINE__, TRUTH("not 실적 > 8"), {1, 0, 0, M}},
        {__LINE__, TRUTH("실적 > 8 and 정원 < 30"), {0, 1, 0, 0}},
        {__LINE__, TRUTH("실적 > 8 or 정원 > 30"), {0, 1, 1, 1}},
        {__LINE__, TRUTH("실적 > 8 or 정원 > 40"), {0, 1, 1, M}},
        {__LINE__, TRUTH("실적 in (8, 20)"), {1, 0, 1, M}},
        {__LINE__, TRUTH("(실적 > 8) == (정원 > 10)"), {1, 1, 1, M}},
    };
    check_formulas(state, cases, N_OF(cases));
}

static void a_literal_takes_its_meaning_from_the_other_side(void **state) {
    static const formula_case cases[] = {
        {__LINE__, TRUTH("군 == '읍면동'"), {0, 0, 1, 1}},
        {__LINE__, TRUTH("'읍면동' != 군"), {1, 1, 0, 0}},
        {__LINE__, TRUTH("등급 in ('S')"), {1, 0, 1, M}},
        {__LINE__, TRUTH("부서 == '나'"), {0, 1, 0, 0}},
        {__LINE__, TRUTH("시작일 >= '2017-02-15'"), {0, 1, M, 1}},
        {__LINE__, TRUTH("시작일 == as_of"), {0, 0, M, 1}},
        {__LINE__, TRUTH("달 <= '2017-03'"), {1, 0, 1, M}},
        {__LINE__, TRUTH("분기 == '2017-Q2'"), {0, 1, 0, M}},
        {__LINE__, TRUTH("'중' <= 수준"), {1, 0, 1, M}},
        {__LINE__, TRUTH("평점 == '상'"), {1, 0, 0, M}},
        {__LINE__, "평점 * 10", {30, 20, 10, M}},
        {__LINE__, TRUTH("'가' == '가'"), {1, 1, 1, 1}},
        {__LINE__, TRUTH("(if 실적 > 8 then 등급 else 'S') == 'A'"), {0, 1, 0, M}},
        {__LINE__, TRUTH("max(이력.연도) == 2016"), {1, 1, 1, M}},
        {__LINE__, "sum(이력.값 where 연도 == '2015')", {2, 4, 0, 0}},
    };
    check_formulas(state, cases, N_OF(cases));
}

static void types_that_do_not_fit_are_refused(void **state) {
    static const formula_fault cases[] = {
        {__LINE__, "군 + 1",
                   "^", "JL0206", "expected a number, found a text"},
        {__LINE__, "-시작일",
                   " ^", "JL0206", "expected a number, found a date"},
        {__LINE__, "실적 > 1 + 등급",
                   "           ^", "JL0206", "expected a number, found a text"},
        {__LINE__, "if 실적 then 1 else 0",
                   "   ^", "JL0206", "expected a condition, found a number"},
        {__LINE__, "if 실적 > 1 and 목표 then 1 else 0",
                   "                ^", "JL0206", "expected a condition, found a number"},
        {__LINE__, "if not 실적 then 1 else 0",
                   "       ^", "JL0206", "expected a condition, found a number"},
        {__LINE__, "if 군 < '가' then 1 else 0",
                   "        ^", "JL0212", "`가` is not among the choices of `군`"},
        {__LINE__, "if 부서 < '가' then 1 else 0",
                   "   ^", "JL0206", "expected something with an order, found a text"},
        {__LINE__, "if (실적 > 1) < (목표 > 1) then 1 else 0",
                   "   ^", "JL0206", "expected something with an order, found true or false"},
        {__LINE__, "if 실적 == 등급 then 1 else 0",
                   "           ^", "JL0206", "expected a number, found a text"},
        {__LINE__, "if 시작일 == 달 then 1 else 0",
                   "             ^", "JL0206", "expected a date, found a month"},
        {__LINE__, "if 실적 == '8' then 1 else 0",
                   "           ^", "JL0206", "a text is compared with a number"},
        {__LINE__, "if 시작일 > '2017' then 1 else 0",
                   "            ^", "JL0206", "expected a date such as '2017-03-31', found '2017'"},
        {__LINE__, "if 달 > '2017-13' then 1 else 0",
                   "        ^", "JL0206", "expected a month such as '2017-03', found '2017-13'"},
        {__LINE__, "if 분기 > '2017-5' then 1 else 0",
                   "          ^", "JL0206", "expected a quarter such as '2017-Q1', found '2017-5'"},
        {__LINE__, "sum(이력.값 where 연도 == '17년')",
                   "                          ^", "JL0206", "expected a year such as '2017', found '17년'"},
        {__LINE__, "if 등급 in ('S', 'B') then 1 else 0",
                   "                 ^", "JL0212", "`B` is not among the choices of `등급`"},
        {__LINE__, "if 등급 in ('S', 실적) then 1 else 0",
                   "                 ^", "JL0206", "expected a text, found a number"},
        {__LINE__, "if 실적 > 1 then 1 else 등급",
                   "                        ^", "JL0206", "expected a number, found a text"},
        {__LINE__, "실적 / 0",
                   "^", "JL0210", "this always divides by zero"},
        {__LINE__, "1 + [1, 2]",
                   "    ^", "JL0206", "a list can only be an argument of an aggregate"},
        {__LINE__, "sum(대장.건수) + 대장.건수",
                   "                 ^", "JL0208", "`대장.건수` stands for many rows here: the key `번호` is not known"},
    };
    check_faults(state, cases, N_OF(cases));
}

static void the_nearest_choice_is_named(void **state) {
    evaluation *made = *state;
    jeoul_diagnostic found;
    assert_int_equal(parse_rulebook(made, formula_rulebook("count(대장 where 항목 == '수장')")), JEOUL_RULEBOOK);
    assert_int_equal(jeoul_diagnostics_get(made->diagnostics, first_error(made), &found), JEOUL_OK);
    assert_string_equal(found.help, "did you mean `수상`?");
}

static void a_text_is_no_score(void **state) {
    evaluation *made = *state;
    assert_int_equal(parse_rulebook(made, "jeoul: 1\ntables: {부서: {key: 부서, columns: {등급: [S, A]}}}\nentities: 부서\n"
                                          "scorecard: {indicators: [{id: 가, score: 등급}]}\nresults: {round: {total: 0}}\n"),
                     JEOUL_RULEBOOK);
    assert_only_diagnostic(made, "JL0206", "expected a number, found a text");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        EVALUATION_TEST(operators_bind_and_calculate_as_written),
        EVALUATION_TEST(conditions_are_three_valued),
        EVALUATION_TEST(a_literal_takes_its_meaning_from_the_other_side),
        EVALUATION_TEST(types_that_do_not_fit_are_refused),
        EVALUATION_TEST(the_nearest_choice_is_named),
        EVALUATION_TEST(a_text_is_no_score),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
