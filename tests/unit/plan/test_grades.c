/* SPDX-License-Identifier: Apache-2.0
 *
 * Grades: cut-offs, quotas with floors, gates that cap and lower, and what is graded. Seats are tested with the quota
 * itself (score/test_quota.c).
 */
#include "../../evaluations.h"

#define HEAD                                                                                                  \
    "jeoul: 1\ntables: {부서: {key: 부서, columns: {군: [갑, 을], 점: number, 경계: number, 통과: [예, 아니오], 인원: number}}}\n" \
    "entities: 부서\ngroups: 군\ngrades: [S, A, B, C]\n"
#define ONE "scorecard: {value: 점}\n"
#define DATA                                                                                                  \
    {"부서", "부서,군,점,경계,통과,인원\nㄱ,갑,95,90,예,1\nㄴ,갑,90,95,아니오,1\nㄷ,갑,80,,예,2\nㄹ,갑,79.996,70,,1\nㅁ,갑,10,0,예,1\n"}

static void check_results(evaluation *made, const char *more, const char *grades, const char *file, int line) {
    char rulebook[2048];
    (void)snprintf(rulebook, sizeof rulebook, HEAD ONE "%s\n", more);
    score_well(made, rulebook, (const given_table[]){DATA}, 1, file, line);
    check_grades(made, grades, file, line);
}

static void cut_offs_grade_by_the_figure_that_is_declared(void **state) {
    static const struct {
        const char *results, *grades;
    } cases[] = {
        {"results: {round: {total: 2}, grade: {cutoffs: {S: 90, A: 80, B: 50, C: 0}}}", "S S A A C"},
        {"results: {round: {total: 2}, grade: {cutoffs: {S: 90, A: 80, B: 50, C: 0}, by: published}}", "S S A A C"},
        {"results: {round: {total: 2}, grade: {cutoffs: {S: 90, A: 80, B: 50, C: 0}, by: value}}", "S S A B C"},
        {"results: {round: {total: 2}, grade: {cutoffs: {S: 90, A: 80, B: 50, C: 20, otherwise: none}}}", "S S A A -"},
        {"results: {round: {total: 2}, grade: {cutoffs: {S: 90, A: 85, B: 80, otherwise: C}}}", "S S B B C"},
        {"results: {round: {total: 2}, grade: {cutoffs_at_most: {S: 10, A: 80, B: 90}, otherwise: C}}", "C B A A S"},
        {"results: {round: {total: 2}, grade: {cutoffs: {S: 10, A: 80, B: 90}, at_most: yes, otherwise: C}}", "C B A A S"},
        {"results: {round: {total: 2}, grade: {cutoffs: {S: \"first(경계, 100)\", A: 60, B: 50, C: 0}}}", "S A A S S"},
    };
    evaluation *made = *state;
    for (size_t index = 0; index < N_OF(cases); index++) {
        check_results(made, cases[index].results, cases[index].grades, cases[index].results, __LINE__);
    }
}

#define QUOTA "results: {round: {total: 2}, grade: {quota: {S: 20, A: 20, B: 40, C: 20}, seats: cumulative_half_up, tie_at_cut: up"

static void a_quota_may_have_floors(void **state) {
    static const struct {
        const char *results, *grades;
    } cases[] = {
        {QUOTA "}}", "S A B B C"},
        {QUOTA ", at_least: {S: 96}}}", "A A B B C"},
        {QUOTA ", at_least: {S: 96, A: 95.5}}}", "B B B B C"},
        {QUOTA ", at_least: {A: 91}}}", "S B B B C"},
        {QUOTA ", at_least: {S: 96}, refill: yes}}", "A B B B C"},
        {QUOTA ", at_least: {S: 경계}}}", "S A B B C"},
        {QUOTA ", heads: 인원}}", "S A B B C"},
        {"results: {round: {total: 2}, rank: {where: 점 > 20}, grade: {quota: {S: 25, A: 25, B: 25, C: 25}, seats: cumulative_half_up, tie_at_cut: up}}", "S A B B -"},
    };
    evaluation *made = *state;
    for (size_t index = 0; index < N_OF(cases); index++) {
        check_results(made, cases[index].results, cases[index].grades, cases[index].results, __LINE__);
    }
}

#define CUTOFFS "results: {round: {total: 2}, grade: {cutoffs: {S: 90, A: 80, B: 50, C: 0}}}\n"

static void gates_cap_and_lower_and_leave_the_score(void **state) {
    static const struct {
        const char *gates, *grades;
    } cases[] = {
        {"gates: [{id: 문, pass: 통과 == '예', cap: B, unknown: pass}]", "S B A A C"},
        {"gates: [{id: 문, pass: 통과 == '예', cap: B, unknown: fail}]", "S B A B C"},
        {"gates: [{id: 문, pass: 통과 == '예', down: 1, unknown: pass}]", "S A A A C"},
        {"gates: [{id: 문, pass: 통과 == '예', down: 9, unknown: fail}]", "S C A C C"},
        {"gates: [{id: 문, pass: 점 < 90, cap: A}, {id: 둘, pass: 점 > 80, down: 1}]", "A A B B C"},
        {"gates: [{id: 문, pass: 점 < 90, down: 1}, {id: 둘, pass: 점 < 90, cap: B}]", "C C A A C"},
    };
    evaluation *made = *state;
    for (size_t index = 0; index < N_OF(cases); index++) {
        char results[1024];
        (void)snprintf(results, sizeof results, "%s\n" CUTOFFS, cases[index].gates);
        check_results(made, results, cases[index].grades, cases[index].gates, __LINE__);
        assert_figures(made, "total", 95, 90, 80, 80, 10);
    }
}

static void a_gate_that_is_not_known_is_an_error(void **state) {
    evaluation *made = *state;
    assert_int_equal(TRY_SCORE(made, HEAD ONE CUTOFFS "gates: [{id: 문, pass: 통과 == '예', cap: B}]\n", DATA), JEOUL_DATA);
    assert_only_diagnostic(made, "JL0501", "`ㄹ`, `문` has no value: it is missing");
}

static void nodes_and_leaves_are_graded_too(void **state) {
    static const char *const of[] = {"nodes", "leaves", "[가, 분야]"};
    evaluation *made = *state;
    for (size_t index = 0; index < N_OF(of); index++) {
        char rulebook[2048], *text;
        (void)snprintf(rulebook, sizeof rulebook,
                       HEAD "scorecard: {areas: [{id: 분야, indicators: [{id: 가, value: 점}, {id: 나, value: 경계, missing: 0}]}]}\n"
                            "results: {round: {total: 2}, grade: [{cutoffs: {S: 50, A: 40, B: 30, C: 0}}, {of: %s, by: value, cutoffs: {S: 93, A: 60, B: 50, C: 0}}]}\n", of[index]);
        SCORE(made, rulebook, DATA);
        check_grades(made, "S S A S C", of[index], __LINE__);
        assert_int_equal(jeoul_result_text(made->result, JEOUL_FRAME_SCORES, JEOUL_CSV, &text), JEOUL_OK);
        assert_non_null(strstr(text, "가"));
        jeoul_text_free(text);
    }
}

static void grades_that_do_not_fit_are_refused(void **state) {
    static const struct {
        const char *more, *code, *message;
    } cases[] = {
        {"gates: [{id: 문, pass: 점, cap: B}]\n" CUTOFFS, "JL0206", "expected a condition, found a number"},
        {"results: {round: {total: 2}, grade: {cutoffs: {S: 군, A: 60, B: 50, C: 0}}}\n", "JL0206", "expected a number, found a text"},
        {QUOTA ", heads: 없음}}\n", "JL0203", "unknown column `없음`"},
    };
    evaluation *made = *state;
    for (size_t index = 0; index < N_OF(cases); index++) {
        char rulebook[2048];
        (void)snprintf(rulebook, sizeof rulebook, HEAD ONE "%s", cases[index].more);
        assert_int_equal(parse_rulebook(made, rulebook), JEOUL_RULEBOOK);
        check_diagnostic(made, first_error(made), cases[index].code, cases[index].message, cases[index].more, __LINE__);
    }
}

static void the_number_of_grades_is_limited(void **state) {
    evaluation *made = *state;
    char rulebook[4096] = "jeoul: 1\ntables: {부서: {key: 부서, columns: {점: number}}}\nentities: 부서\n" ONE
                          "results: {round: {total: 0}}\ngrades: [";
    for (int grade = 0; grade < 257; grade++) {
        (void)snprintf(rulebook + strlen(rulebook), sizeof rulebook - strlen(rulebook), "g%d%s", grade, grade < 256 ? ", " : "]\n");
    }
    assert_int_equal(parse_rulebook(made, rulebook), JEOUL_RULEBOOK);
    assert_only_diagnostic(made, "JL0107", "expected at most 256 names, found 257");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        EVALUATION_TEST(cut_offs_grade_by_the_figure_that_is_declared),
        EVALUATION_TEST(a_quota_may_have_floors),
        EVALUATION_TEST(gates_cap_and_lower_and_leave_the_score),
        EVALUATION_TEST(a_gate_that_is_not_known_is_an_error),
        EVALUATION_TEST(nodes_and_leaves_are_graded_too),
        EVALUATION_TEST(grades_that_do_not_fit_are_refused),
        EVALUATION_TEST(the_number_of_grades_is_limited),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
