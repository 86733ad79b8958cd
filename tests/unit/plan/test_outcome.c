/* SPDX-License-Identifier: Apache-2.0
 *
 * After the root: base, adjustments, limits, rounding, values, rank. Six entities in two groups.
 */
#include "../../evaluations.h"

#define HEAD                                                                                                  \
    "jeoul: 1\ntables: {부서: {key: 부서, columns: {군: [갑, 을], 점: number, 보조: number, 말: text, 제외: [예, 아니오]}}}\n" \
    "entities: 부서\ngroups: 군\nscorecard: {value: 점}\n"
#define DATA                                                                                                  \
    {"부서", "부서,군,점,보조,말,제외\nㄱ,갑,89.994,1,x,아니오\nㄴ,갑,89.995,2,x,아니오\nㄷ,갑,89.9951,3,x,예\n"    \
             "ㄹ,을,70,,x,아니오\nㅁ,을,90,5,x,아니오\nㅂ,을,70,6,x,아니오\n"}

static void the_total_is_rounded_as_the_rulebook_says(void **state) {
    static const struct {
        const char *round;
        double expected[6];
    } cases[] = {
        {"{total: 2}", {89.99, 90, 90, 70, 90, 70}},
        {"{total: 2, mode: half_up}", {89.99, 90, 90, 70, 90, 70}},
        {"{total: 2, mode: half_even}", {89.99, 90, 90, 70, 90, 70}},
        {"{total: 2, mode: truncate}", {89.99, 89.99, 89.99, 70, 90, 70}},
        {"{total: 2, mode: floor}", {89.99, 89.99, 89.99, 70, 90, 70}},
        {"{total: 2, mode: ceiling}", {90, 90, 90, 70, 90, 70}},
        {"{total: 0}", {90, 90, 90, 70, 90, 70}},
        {"{total: -1}", {90, 90, 90, 70, 90, 70}},
        {"{total: 4}", {89.994, 89.995, 89.9951, 70, 90, 70}},
    };
    evaluation *made = *state;
    for (size_t index = 0; index < N_OF(cases); index++) {
        char rulebook[1024];
        (void)snprintf(rulebook, sizeof rulebook, HEAD "results: {round: %s}\n", cases[index].round);
        SCORE(made, rulebook, DATA);
        check_figures(made, "total", cases[index].expected, 6, cases[index].round, __LINE__);
    }
}

static void ranks_stand_on_the_declared_figure(void **state) {
    static const struct {
        const char *rank;
        double expected[6];
    } cases[] = {
        {"{}", {3, 1, 1, 2, 1, 2}},
        {"{within: all}", {4, 1, 1, 5, 1, 5}},
        {"{by: raw}", {3, 2, 1, 2, 1, 2}},
        {"{by: 3}", {3, 1, 1, 2, 1, 2}},
        {"{by: 0}", {1, 1, 1, 2, 1, 2}},
        {"{best: low}", {1, 2, 2, 1, 3, 1}},
        {"{ties: max}", {3, 2, 2, 3, 1, 3}},
        {"{ties: dense}", {2, 1, 1, 2, 1, 2}},
        {"{ties: average}", {3, 1.5, 1.5, 2.5, 1, 2.5}},
        {"{then: [보조]}", {3, 2, 1, 3, 1, 2}},
        {"{then: [{low: 보조}]}", {3, 1, 2, 3, 1, 2}},
        {"{then: [{high: 보조}]}", {3, 2, 1, 3, 1, 2}},
        {"{then: [점 * 0, 0 - 보조]}", {3, 1, 2, 3, 1, 2}},
        {"{where: 제외 == '아니오'}", {2, 1, NAN, 2, 1, 2}},
        {"{where: 보조 > 1}", {NAN, 1, 1, NAN, 1, 2}},
        {"{within: all, by: raw, where: 보조 > 1, then: [total]}", {NAN, 3, 2, NAN, 1, 4}},
    };
    evaluation *made = *state;
    for (size_t index = 0; index < N_OF(cases); index++) {
        char rulebook[1024];
        (void)snprintf(rulebook, sizeof rulebook, HEAD "results: {round: {total: 2}, rank: %s}\n", cases[index].rank);
        SCORE(made, rulebook, DATA);
        check_figures(made, "rank", cases[index].expected, 6, cases[index].rank, __LINE__);
    }
}

static void who_has_no_total_has_no_rank(void **state) {
    evaluation *made = *state;
    SCORE(made, HEAD "results: {round: {total: 0}, rank: {within: all}, grade: {quota: {갑: 50, 을: 50}, seats: cumulative_half_up, tie_at_cut: up}}\n"
                     "grades: [갑, 을]\n" , {"부서", "부서,군,점,보조,말,제외\nㄱ,갑,1,,,\nㄴ,갑,2,,,\n"});
    assert_figures(made, "rank", 2, 1);
    assert_grades(made, "을 갑");
    clear_evaluation(made);
    SCORE(made, "jeoul: 1\ntables: {부서: {key: 부서, columns: {점: number}}}\nentities: 부서\nscorecard: {indicators: [{id: 점, missing: redistribute}], missing: redistribute}\n"
                "results: {round: {total: 0}, rank: {}}\n", {"부서", "부서,점\nㄱ,1\nㄴ,\nㄷ,3\n"});
    assert_figures(made, "rank", 2, NAN, 1);
    assert_figures(made, "total", 1, NAN, 3);
}

static void rank_and_total_are_there_or_not_as_the_rulebook_asks(void **state) {
    evaluation *made = *state;
    SCORE(made, HEAD "results: {round: {total: 2}}\n", DATA);
    assert_figures(made, "rank", 0, 0, 0, 0, 0, 0);
    assert_grades(made, "- - - - - -");
}

static void values_are_published_at_their_digits(void **state) {
    evaluation *made = *state;
    SCORE(made, HEAD "values: {가: 보조 / 3, 나: {formula: 보조 / 3, digits: 1}, 다: {formula: 1 / (보조 - 1), undefined: missing},\n"
                     "  라: 보조 > 2, 마: {갑: 보조, 을: none}, 바: 총점 / 2, 총점: total}\nresults: {round: {total: 2}}\n", DATA);
    assert_figures(made, "가", 0.3333, 0.6667, 1, NAN, 1.6667, 2);
    assert_figures(made, "나", 0.3, 0.7, 1, NAN, 1.7, 2);
    assert_figures(made, "다", NAN, 1, 0.5, NAN, 0.25, 0.2);
    assert_figures(made, "라", 0, 0, 1, NAN, 1, 1);
    assert_figures(made, "마", 1, 2, 3, NAN, NAN, NAN);
    assert_figures(made, "바", 44.995, 45, 45, 35, 45, 35);
}

static void orders_that_do_not_fit_are_refused(void **state) {
    static const struct {
        const char *rank, *message;
    } cases[] = {
        {"{then: [말]}", "a tie is broken by something with an order, not a text"},
        {"{where: 보조}", "expected a condition, found a number"},
    };
    evaluation *made = *state;
    for (size_t index = 0; index < N_OF(cases); index++) {
        char rulebook[1024];
        (void)snprintf(rulebook, sizeof rulebook, HEAD "results: {round: {total: 2}, rank: %s}\n", cases[index].rank);
        assert_int_equal(parse_rulebook(made, rulebook), JEOUL_RULEBOOK);
        assert_only_diagnostic(made, "JL0206", cases[index].message);
    }
}

static void a_value_that_is_undefined_is_an_error_of_the_entity(void **state) {
    evaluation *made = *state;
    assert_int_equal(TRY_SCORE(made, HEAD "values: {가: 1 / (보조 - 1)}\nresults: {round: {total: 2}}\n", DATA), JEOUL_DATA);
    assert_only_diagnostic(made, "JL0502", "`ㄱ`");
}

static void numbers_too_large_for_their_digits_are_refused(void **state) {
    evaluation *made = *state;
    assert_int_equal(TRY_SCORE(made, HEAD "values: {가: {formula: 점 * 1000000000000, digits: 4}}\nresults: {round: {total: 2}}\n", DATA), JEOUL_DATA);
    assert_diagnostic(made, first_error(made), "JL0507", "`ㄱ`, `가` is too large for its digits");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        EVALUATION_TEST(the_total_is_rounded_as_the_rulebook_says),
        EVALUATION_TEST(ranks_stand_on_the_declared_figure),
        EVALUATION_TEST(who_has_no_total_has_no_rank),
        EVALUATION_TEST(rank_and_total_are_there_or_not_as_the_rulebook_asks),
        EVALUATION_TEST(values_are_published_at_their_digits),
        EVALUATION_TEST(orders_that_do_not_fit_are_refused),
        EVALUATION_TEST(a_value_that_is_undefined_is_an_error_of_the_entity),
        EVALUATION_TEST(numbers_too_large_for_their_digits_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
