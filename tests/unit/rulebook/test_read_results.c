/* SPDX-License-Identifier: Apache-2.0
 *
 * Results: rounding, ranks, grades, gates and tests, with the defaults of the language.
 */
#include "rulebooks.h"

static void ranks_have_defaults_and_keys_for_equals(void **state) {
    const jl_rulebook *plain =
        read_rulebook(*state, HEAD TABLES SCORECARD "results: {round: {total: -1, mode: half_even}, rank: {}}\n");
    assert_true(plain->round_total.set);
    assert_int_equal(plain->round_total.digits, -1);
    assert_int_equal(plain->round_total.mode, JL_HALF_EVEN);
    assert_true(plain->rank.set);
    assert_false(plain->rank.within_group);
    assert_int_equal(plain->rank.by, JL_BY_PUBLISHED);
    assert_int_equal(plain->rank.ties, JL_TIES_MIN);
    const jl_rulebook *full = read_rulebook(
        *state, HEAD TABLES SCORECARD
        "groups: 군\n"
        "results:\n"
        "  round: {total: 2}\n"
        "  rank: {by: 1, best: low, ties: dense, then: [실적, {low: 목표 - 1}, {high: 목표}], where: 실적 > 0}\n");
    assert_true(full->rank.within_group);
    assert_int_equal(full->rank.by, JL_BY_DIGITS);
    assert_int_equal(full->rank.by_digits, 1);
    assert_true(full->rank.low_is_best);
    assert_int_equal(full->rank.ties, JL_TIES_DENSE);
    assert_int_equal(full->rank.n_then, 3);
    assert_false(full->rank.then[0].low_first);
    assert_true(full->rank.then[1].low_first);
    assert_formula(full->rank.then[1].formula, "목표 - 1");
    assert_false(full->rank.then[2].low_first);
    assert_formula(full->rank.where, "실적 > 0");
}

static void quotas_stand_best_grade_first(void **state) {
    const jl_rulebook *book = read_rulebook(*state, HEAD TABLES SCORECARD "grades: [S, A, B]\n"
                                                                          "results:\n"
                                                                          "  round: {total: 2}\n"
                                                                          "  grade:\n"
                                                                          "    quota: {B: 50, S: 20, A: 30}\n"
                                                                          "    seats: largest_remainder\n"
                                                                          "    tie_at_cut: error\n"
                                                                          "    heads: 목표\n"
                                                                          "    of_heads: all\n"
                                                                          "    refill: yes\n"
                                                                          "    at_least: {S: 85}\n");
    const jl_grade_rule *rule = &book->grade_rules[0];
    assert_int_equal(rule->n_quota, 3);
    for (uint32_t grade = 0; grade < 3; grade++) assert_int_equal(rule->quota[grade].grade, grade);
    assert_formula(rule->quota[1].value, "30");
    assert_int_equal(rule->seats, JL_SEATS_LARGEST_REMAINDER);
    assert_int_equal(rule->tie_at_cut, JL_TIE_ERROR);
    assert_text(rule->heads, "목표");
    assert_true(rule->heads_all && rule->refill);
    assert_int_equal(rule->n_at_least, 1);
    assert_int_equal(rule->of, JL_GRADE_TOTAL);
    assert_int_equal(rule->otherwise, JL_NONE);
}

static void cutoffs_may_grade_nodes_and_values_low_or_high(void **state) {
    const jl_rulebook *book = read_rulebook(
        *state, HEAD TABLES "scorecard: {areas: [{id: 가, indicators: [{id: 실적}]}]}\n"
                            "grades: [S, A, B]\n"
                            "results:\n"
                            "  round: {total: 2}\n"
                            "  grade:\n"
                            "    - {cutoffs: {S: 90, A: 실적, otherwise: B}}\n"
                            "    - {of: [실적, 가], cutoffs_at_most: {S: -5, A: 10}, otherwise: none, by: value}\n"
                            "    - {of: leaves, cutoffs: {S: 10, A: 20}, at_most: yes, otherwise: B}\n");
    const jl_grade_rule *rules = book->grade_rules;
    assert_int_equal(book->n_grade_rules, 3);
    assert_int_equal(rules[0].otherwise, 2);
    assert_formula(rules[0].cutoffs[1].value, "실적");
    assert_int_equal(rules[1].of, JL_GRADE_LISTED);
    assert_int_equal(rules[1].n_nodes, 2);
    assert_int_equal(rules[1].nodes[0], 2);
    assert_int_equal(rules[1].nodes[1], 1);
    assert_true(rules[1].at_most && rules[1].by_value);
    assert_formula(rules[1].cutoffs[0].value, "-5");
    assert_int_equal(rules[2].of, JL_GRADE_LEAVES);
    assert_true(rules[2].at_most);
    assert_int_equal(rules[2].otherwise, 2);
}

static void gates_cap_or_lower_the_grade(void **state) {
    const jl_rulebook *book = read_rulebook(*state, HEAD TABLES SCORECARD RESULTS
                                            "grades: [S, A]\n"
                                            "gates:\n"
                                            "  - {id: 가, title: 기준, basis: 조례, pass: 실적 > 1, cap: A}\n"
                                            "  - {id: 나, pass: 실적 > 2, down: 1, unknown: fail}\n");
    assert_int_equal(book->n_gates, 2);
    assert_int_equal(book->gates[0].cap, 1);
    assert_int_equal(book->gates[0].down, 0);
    assert_int_equal(book->gates[0].unknown, JL_UNKNOWN_ERROR);
    assert_text(book->gates[0].basis, "조례");
    assert_int_equal(book->gates[1].cap, JL_NONE);
    assert_int_equal(book->gates[1].down, 1);
    assert_int_equal(book->gates[1].unknown, JL_UNKNOWN_FAIL);
}

static void values_are_formulas_with_digits_and_an_answer_to_undefined(void **state) {
    const jl_rulebook *book = read_rulebook(*state, HEAD TABLES SCORECARD RESULTS
                                            "groups: 군\n"
                                            "period: {from: 2016-02-29, to: 2016-12-31}\n"
                                            "values:\n"
                                            "  가: 실적 / 목표\n"
                                            "  나: {formula: 실적, title: 나나, digits: 2, undefined: 0}\n"
                                            "  다: {실과소: 1, 읍면동: none}\n");
    assert_text(book->to, "2016-12-31");
    assert_int_equal(book->n_values, 3);
    assert_formula(book->values[0].formula.arms[0].formula, "실적 / 목표");
    assert_int_equal(book->values[0].digits, 4);
    assert_text(book->values[1].title, "나나");
    assert_int_equal(book->values[1].digits, 2);
    assert_int_equal(book->values[1].undefined.kind, JL_POLICY_FORMULA);
    assert_int_equal(book->values[2].formula.n_arms, 2);
    assert_null(book->values[2].formula.arms[1].formula);
}

static void tests_keep_what_is_given_and_expected(void **state) {
    const jl_rulebook *book = read_rulebook(
        *state, HEAD TABLES "scorecard: {areas: [{id: 가, each: 부서, indicator: {score: 실적}}]}\n" RESULTS "tests:\n"
                            "  - title: 시험\n"
                            "    given: {부서: [{부서: 하나, 실적: , 목표: 3}]}\n"
                            "    expect: {하나: {total: 1.50, 가/제안 채택률: {score: 100}, error: JL0501}}\n"
                            "  - given: {부서: 자료.csv}\n"
                            "    expect: {하나: {rank: 1, grade: S, base: 1, bonus: 0, penalty: 0, 가: 3}}\n");
    assert_int_equal(book->n_tests, 2);
    assert_text(book->tests[0].title, "시험");
    assert_text(jl_yaml_get(jl_yaml_get(book->tests[0].expect, "하나"), "total")->text, "1.50");
    assert_text(jl_yaml_get(book->tests[1].given, "부서")->text, "자료.csv");
}

#define READ_TEST(name) cmocka_unit_test_setup_teardown(name, start_rulebooks, stop_rulebooks)

int main(void) {
    const struct CMUnitTest tests[] = {
        READ_TEST(ranks_have_defaults_and_keys_for_equals),
        READ_TEST(quotas_stand_best_grade_first),
        READ_TEST(cutoffs_may_grade_nodes_and_values_low_or_high),
        READ_TEST(gates_cap_or_lower_the_grade),
        READ_TEST(values_are_formulas_with_digits_and_an_answer_to_undefined),
        READ_TEST(tests_keep_what_is_given_and_expected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
