/* SPDX-License-Identifier: Apache-2.0
 *
 * Compiling a whole rulebook: what is warned of, what is compiled though nothing reads it, and the day of reading.
 */
#include "../../evaluations.h"

#define HEAD "jeoul: 1\nentities: 부서\nresults: {round: {total: 2}}\n"

static void columns_that_nothing_reads_are_warned_of(void **state) {
    static const char rulebook[] = HEAD
        "tables:\n"
        "  부서: {key: 부서, title: 이름, columns: {군: [갑, 을], 이름: text, 실적: number, 남음: number, 인원: number}}\n"
        "  대장: {key: [부서, 번호], valid_from: 날, columns: {날: date, 점: number, 안씀: text, 사안: text}}\n"
        "groups: 군\n"
        "scorecard: {value: 실적}\n"
        "adjustments: {items: [{id: 상, kind: bonus, each: 대장, once: 사안, points: 점}]}\n"
        "grades: [S, A]\n";
    static const char *const messages[] = {"column `남음` of table `부서` is never used",
                                           "column `인원` of table `부서` is never used",
                                           "column `안씀` of table `대장` is never used"};
    evaluation *made = *state;
    assert_int_equal(parse_rulebook(made, rulebook), JEOUL_OK);
    for (size_t index = 0; index < N_OF(messages); index++) {
        jeoul_diagnostic found;
        assert_diagnostic(made, index, "JL0308", messages[index]);
        assert_int_equal(jeoul_diagnostics_get(made->diagnostics, index, &found), JEOUL_OK);
        assert_int_equal(found.severity, JEOUL_WARNING);
    }
    assert_int_equal(jeoul_diagnostics_count(made->diagnostics), N_OF(messages));
}

static void derived_columns_are_checked_though_nothing_reads_them(void **state) {
    evaluation *made = *state;
    assert_int_equal(parse_rulebook(made, HEAD "tables: {부서: {key: 부서, columns: {실적: number}, derive: {두배: 실젹 * 2}}}\n"
                                               "scorecard: {value: 실적}\n"),
                     JEOUL_RULEBOOK);
    assert_only_diagnostic(made, "JL0202", "unknown name `실젹`");
}

static void derived_columns_are_read_like_others(void **state) {
    evaluation *made = *state;
    SCORE(made,
          HEAD "tables:\n  부서: {key: 부서, columns: {실적: number}, derive: {두배: 실적 * 2, 네배: 두배 * 2}}\n"
               "  응답: {key: [부서, 번호], columns: {점: number}, derive: {보정: 점 - mean(점 over 부서)}}\n"
               "scorecard: {score: 네배 + sum(응답.보정) + max(응답.보정)}\n",
          {"부서", "부서,실적\nㄱ,1\nㄴ,2\n"}, {"응답", "부서,번호,점\nㄱ,1,1\nㄱ,2,5\nㄴ,1,7\n"});
    assert_figures(made, "total", 6, 8);
}

static void the_day_of_reading_is_given_or_the_end_of_the_period(void **state) {
    static const char rulebook[] = HEAD "period: {to: 2017-12-31}\ntables: {부서: {key: 부서, columns: {실적: number}}}\n"
                                        "scorecard: {score: year(as_of) + month(as_of) / 100}\n";
    evaluation *made = *state;
    const jeoul_rulebook_options options = {sizeof options, "2018-02-03"};
    const given_table tables[] = {{"부서", "부서,실적\nㄱ,1\n"}};
    SCORE(made, rulebook, tables[0]);
    assert_figures(made, "total", 2017.12);
    clear_evaluation(made);
    assert_int_equal(jeoul_rulebook_parse("test.yaml", rulebook, strlen(rulebook), &options, &made->rulebook, made->diagnostics), JEOUL_OK);
    assert_int_equal(give_tables(made, tables, 1), JEOUL_OK);
    assert_int_equal(jeoul_score(made->rulebook, made->data, NULL, &made->result, made->diagnostics), JEOUL_OK);
    assert_figures(made, "total", 2018.02);
}

static void one_mistake_is_said_once(void **state) {
    evaluation *made = *state;
    assert_int_equal(parse_rulebook(made, HEAD "tables: {부서: {key: 부서, columns: {실적: number, 목표: number}}}\n"
                                               "values: {값: 목퓨 * 2, 둘: 값 + 1, 셋: 둘 + 값}\n"
                                               "scorecard: {indicators: [{id: 가, value: 실적, score: value + 셋}, {id: 나, score: 가}]}\n"
                                               "grades: [S, A]\n"),
                     JEOUL_RULEBOOK);
    assert_only_diagnostic(made, "JL0202", "unknown name `목퓨`");
}

static void mistakes_of_all_formulas_are_said_in_one_run(void **state) {
    evaluation *made = *state;
    assert_int_equal(parse_rulebook(made, "jeoul: 1\nentities: 부서\ntables: {부서: {key: 부서, columns: {실적: number}}}\n"
                                          "values: {값: 없음1, 둘: 없음2}\n"
                                          "scorecard: {indicators: [{id: 가, score: 없음3}, {id: 나, score: 없음4}]}\n"
                                          "adjustments: {items: [{id: 상, kind: bonus, points: 없음5}]}\n"
                                          "grades: [S, A]\ngates: [{id: 문, pass: 없음6 == 1, cap: A}]\n"
                                          "results: {round: {total: 0}, rank: {then: [없음7]}, grade: {cutoffs: {S: 없음8, A: 0}}}\n"),
                     JEOUL_RULEBOOK);
    assert_int_equal(jeoul_diagnostics_error_count(made->diagnostics), 8);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        EVALUATION_TEST(columns_that_nothing_reads_are_warned_of),
        EVALUATION_TEST(derived_columns_are_checked_though_nothing_reads_them),
        EVALUATION_TEST(derived_columns_are_read_like_others),
        EVALUATION_TEST(the_day_of_reading_is_given_or_the_end_of_the_period),
        EVALUATION_TEST(one_mistake_is_said_once),
        EVALUATION_TEST(mistakes_of_all_formulas_are_said_in_one_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
