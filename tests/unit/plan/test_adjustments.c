/* SPDX-License-Identifier: Apache-2.0
 *
 * Bonuses and penalties: from ledgers and formulas, once per cause, capped per item, per kind and over all.
 */
#include "../../evaluations.h"

#define HEAD                                                                                                  \
    "jeoul: 1\ntables:\n  부서: {key: 부서, columns: {점수: number, 위반: number, 우수: [예, 아니오]}}\n"     \
    "  대장: {key: [부서, 번호], columns: {항목: [수상, 제안], 사안: text, 점: number}}\n"                    \
    "states: {해당없음: not_applicable}\nentities: 부서\nresults: {round: {total: 2}}\n"                      \
    "scorecard: {value: 점수, score: value}\n"
#define DATA                                                                                                  \
    {"부서", "부서,점수,위반,우수\nㄱ,50,2,예\nㄴ,60,0,아니오\n"},                                            \
    {"대장", "부서,번호,항목,사안,점\nㄱ,1,수상,a,1.5\nㄱ,2,제안,a,2\nㄱ,3,수상,,0.25\nㄱ,4,제안,,0.5\nㄱ,5,수상,b,해당없음\n"}

static void items_are_summed_capped_and_added(void **state) {
    static const struct {
        const char *adjustments;
        double bonus, penalty, total;
    } cases[] = {
        {"items: [{id: 상, kind: bonus, each: 대장, points: 점}]", 4.25, 0, 54.25},
        {"items: [{id: 상, kind: bonus, each: 대장, where: 항목 == '수상', points: 점}]", 1.75, 0, 51.75},
        {"items: [{id: 상, kind: bonus, each: 대장, once: 사안, points: 점}]", 2.75, 0, 52.75},
        {"items: [{id: 상, kind: bonus, each: 대장, where: 항목 == '수상', once: 사안, points: 점}]", 1.75, 0, 51.75},
        {"items: [{id: 상, kind: bonus, each: 대장, points: 점, cap: 3}]", 3, 0, 53},
        {"items: [{id: 상, kind: bonus, each: 대장, points: 1}, {id: 벌, kind: penalty, points: 위반}]", 5, 2, 53},
        {"items: [{id: 상, kind: bonus, points: 3, cap: 위반}, {id: 둘, kind: bonus, points: 1}]", 3, 0, 53},
        {"limits: {bonus: 2, penalty: 1}, items: [{id: 상, kind: bonus, points: 3}, {id: 벌, kind: penalty, points: 위반}]", 2, 1, 51},
        {"limits: {total: [none, 52]}, items: [{id: 상, kind: bonus, points: 3}]", 3, 0, 52},
        {"limits: {total: [60, none]}, items: [{id: 상, kind: bonus, points: 3}]", 3, 0, 60},
        {"limits: {total: [0, 100]}, items: [{id: 벌, kind: penalty, points: 80}]", 0, 80, 0},
        {"items: [{id: 상, kind: bonus, where: 우수 == '예', points: 7}]", 7, 0, 57},
        {"items: [{id: 상, kind: bonus, where: 우수 == '아니오', points: 7}]", 0, 0, 50},
    };
    evaluation *made = *state;
    for (size_t index = 0; index < N_OF(cases); index++) {
        char rulebook[2048];
        (void)snprintf(rulebook, sizeof rulebook, HEAD "adjustments: {%s}\n", cases[index].adjustments);
        SCORE(made, rulebook, DATA);
        if (figure_of(made, "ㄱ", "bonus") != cases[index].bonus || figure_of(made, "ㄱ", "penalty") != cases[index].penalty ||
            figure_of(made, "ㄱ", "total") != cases[index].total) {
            fail_msg("%s: %g - %g = %g", cases[index].adjustments, figure_of(made, "ㄱ", "bonus"),
                     figure_of(made, "ㄱ", "penalty"), figure_of(made, "ㄱ", "total"));
        }
        assert_figures(made, "base", 50, 60);
    }
}

static void states_of_points_are_answered_by_the_item(void **state) {
    static const struct {
        const char *item, *code; /* NULL: it is scored */
        double bonus;
    } cases[] = {
        {"each: 대장, points: 점", "JL0501", 0},
        {"each: 대장, points: 점, missing: 5", NULL, 6},
        {"each: 대장, points: 점, missing: redistribute", NULL, 1},
        {"each: 대장, points: 점, where: 번호 == '1'", NULL, 1},
        {"each: 대장, points: 1 / (점 - 1), missing: 0", "JL0501", 0},
        {"each: 대장, points: 1, where: 점 > 0", "JL0501", 0},
        {"each: 대장, points: 1, where: 점 > 0, unknown: redistribute", NULL, 1},
        {"points: 위반", "JL0501", 0},
        {"points: 위반, missing: 3", NULL, 3},
        {"points: 위반, missing: none", NULL, 0},
    };
    evaluation *made = *state;
    for (size_t index = 0; index < N_OF(cases); index++) {
        char rulebook[2048];
        (void)snprintf(rulebook, sizeof rulebook, HEAD "adjustments: {items: [{id: 상, kind: bonus, %s}]}\n", cases[index].item);
        const jeoul_status status = TRY_SCORE(made, rulebook, {"부서", "부서,점수,위반,우수\nㄱ,50,,예\n"},
                                              {"대장", "부서,번호,항목,사안,점\nㄱ,1,수상,a,1\nㄱ,2,제안,a,\n"});
        if (cases[index].code != NULL) {
            assert_int_equal(status, JEOUL_DATA);
            check_diagnostic(made, first_error(made), cases[index].code, "`ㄱ`", cases[index].item, __LINE__);
            continue;
        }
        if (status != JEOUL_OK) show_diagnostics(made);
        assert_int_equal(status, JEOUL_OK);
        assert_figures(made, "bonus", cases[index].bonus);
    }
}

static void points_below_zero_are_refused(void **state) {
    evaluation *made = *state;
    assert_int_equal(TRY_SCORE(made, HEAD "adjustments: {items: [{id: 상, kind: bonus, each: 대장, points: 점 - 2},\n"
                                          "  {id: 벌, kind: penalty, points: 위반 - 1}]}\n", DATA),
                     JEOUL_DATA);
    assert_diagnostic(made, first_error(made), "JL0505", "`ㄱ`, `대장 ㄱ 1` has points below zero");
    assert_diagnostic(made, first_error(made) + 3, "JL0505", "`ㄴ` has points below zero");
}

static void items_that_do_not_fit_are_refused(void **state) {
    static const struct {
        const char *item, *code, *message;
    } cases[] = {
        {"each: 대장, where: 점, points: 1", "JL0206", "expected a condition"},
        {"where: 위반, points: 1", "JL0206", "expected a condition"},
        {"points: 우수", "JL0206", "expected a number"},
        {"points: 1, cap: 우수", "JL0206", "expected a number"},
        {"points: 1, missing: 우수", "JL0206", "expected a number"},
    };
    evaluation *made = *state;
    for (size_t index = 0; index < N_OF(cases); index++) {
        char rulebook[2048];
        (void)snprintf(rulebook, sizeof rulebook, HEAD "adjustments: {items: [{id: 상, kind: bonus, %s}]}\n", cases[index].item);
        assert_int_equal(parse_rulebook(made, rulebook), JEOUL_RULEBOOK);
        check_diagnostic(made, first_error(made), cases[index].code, cases[index].message, cases[index].item, __LINE__);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        EVALUATION_TEST(items_are_summed_capped_and_added),
        EVALUATION_TEST(states_of_points_are_answered_by_the_item),
        EVALUATION_TEST(points_below_zero_are_refused),
        EVALUATION_TEST(items_that_do_not_fit_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
