/* SPDX-License-Identifier: Apache-2.0
 *
 * Names: where a bare name is sought, what a qualified one reads, and what is said when there are two meanings or none.
 */
#include <stdlib.h>

#include "formulas.h"

static void bare_names_mean_columns_nodes_values_and_the_day(void **state) {
    static const formula_case cases[] = {
        {__LINE__, "실적", {8, 12, 20, M}},
        {__LINE__, "부서.실적", {8, 12, 20, M}},
        {__LINE__, "추가", {8, 12, 20, 0}},
        {__LINE__, "합계", {29, 31, 35, 25}},
        {__LINE__, "total", {29, 31, 35, 25}},
        {__LINE__, "base - total", {0, 0, 0, 0}},
        {__LINE__, "year(as_of)", {2017, 2017, 2017, 2017}},
        {__LINE__, "sum(대장.건수 * 실적)", {40, 60, 0, 0}},
        {__LINE__, "sum(대장.건수 * 합계 / 합계)", {5, 5, 0, 1}},
        {__LINE__, "sum(대장.건수 where 군 == '실과소')", {5, 5, 0, 0}},
        {__LINE__, "sum(대장.건수 where 대장.부서 == '가')", {5, 0, 0, 0}},
    };
    check_formulas(state, cases, N_OF(cases));
}

static void qualified_names_follow_references_and_keys(void **state) {
    static const formula_case cases[] = {
        {__LINE__, "상위.정원", {M, 10, 20, 10}},
        {__LINE__, "상위.실적 + 1", {M, 9, 13, 9}},
        {__LINE__, "정의서.배점", {30, 20, 30, M}},
        {__LINE__, "sum(대장.건수 * 상위.정원)", {0, 50, 0, 10}},
        {__LINE__, "if 상위.등급 == 'S' then 1 else 0", {M, 1, 0, 1}},
    };
    check_formulas(state, cases, N_OF(cases));
}

static void names_that_mean_nothing_here_are_refused(void **state) {
    static const formula_fault cases[] = {
        {__LINE__, "실젹",
                   "^", "JL0202", "unknown name `실젹`"},
        {__LINE__, "value",
                   "^", "JL0202", "unknown name `value`"},
        {__LINE__, "sum(대장.건슈)",
                   "         ^", "JL0203", "unknown column `건슈` in table `대장`"},
        {__LINE__, "sum(대장.건수 where 향목 == '수상')",
                   "                    ^", "JL0203", "unknown column `향목` in table `대장`"},
        {__LINE__, "sum(대쟝.건수)",
                   "    ^", "JL0303", "unknown table `대쟝`"},
        {__LINE__, "상위.정윈",
                   "     ^", "JL0203", "unknown column `정윈` in table `부서`"},
        {__LINE__, "정의서.배졈",
                   "       ^", "JL0203", "unknown column `배졈` in table `정의서`"},
        {__LINE__, "이력.값",
                   "^", "JL0208", "`이력.값` stands for many rows here: the key `연도` is not known"},
    };
    check_faults(state, cases, N_OF(cases));
}

static void the_nearest_name_is_given_as_help(void **state) {
    static const struct {
        const char *formula, *help;
    } cases[] = {
        {"실젹", "did you mean `실적`?"},
        {"sum(대장.건슈)", "did you mean `건수`?"},
        {"sum(대쟝.건수)", "did you mean `대장`?"},
        {"합개", "did you mean `합계`?"},
    };
    evaluation *made = *state;
    for (size_t index = 0; index < N_OF(cases); index++) {
        jeoul_diagnostic found;
        assert_int_equal(parse_rulebook(made, formula_rulebook(cases[index].formula)), JEOUL_RULEBOOK);
        assert_int_equal(jeoul_diagnostics_get(made->diagnostics, first_error(made), &found), JEOUL_OK);
        assert_non_null(found.help);
        assert_string_equal(found.help, cases[index].help);
    }
}

#define ONE_TABLE "jeoul: 1\ntables: {부서: {key: 부서, columns: {실적: number, 목표: number}}}\nentities: 부서\n"
#define TWO_TABLES                                                                                            \
    "jeoul: 1\ntables:\n"                                                                                     \
    "  부서: {key: 부서, columns: {실적: number, 가중치: number}}\n"                                          \
    "  지표: {key: [부서, 지표], columns: {실적: number, 가중치: number}}\n"                                  \
    "entities: 부서\n"
#define RESULTS "results: {round: {total: 0}}\n"

static void two_meanings_are_an_error_that_shows_both_spellings(void **state) {
    static const struct {
        const char *rulebook, *message;
    } cases[] = {
        {ONE_TABLE "values: {답: 실적}\nscorecard: {indicators: [{id: 실적}]}\n" RESULTS,
         "`실적` could be `부서.실적` or `score(실적)`"},
        {ONE_TABLE "values: {목표: 1, 답: 목표}\nscorecard: {score: 1}\n" RESULTS,
         "`목표` could be `부서.목표` or `value(목표)`"},
        {TWO_TABLES "scorecard: {each: 지표, indicator: {score: 실적}}\n" RESULTS,
         "`실적` could be `지표.실적` or `부서.실적`"},
        {TWO_TABLES "scorecard: {measures: 지표, indicators: [{id: 가, score: 가중치}]}\n" RESULTS,
         "`가중치` could be `부서.가중치` or `지표.가중치`"},
    };
    evaluation *made = *state;
    for (size_t index = 0; index < N_OF(cases); index++) {
        jeoul_diagnostic found;
        assert_int_equal(parse_rulebook(made, cases[index].rulebook), JEOUL_RULEBOOK);
        assert_diagnostic(made, first_error(made), "JL0207", cases[index].message);
        assert_int_equal(jeoul_diagnostics_get(made->diagnostics, first_error(made), &found), JEOUL_OK);
        assert_string_equal(found.help, "write the one that is meant");
    }
}

static void an_id_means_its_column_in_its_own_leaf_and_the_node_in_its_area(void **state) {
    evaluation *made = *state;
    SCORE(made,
          ONE_TABLE "scorecard: {areas: [{id: 분야, score: 2 * 실적, indicators: [{id: 실적, score: 실적 + 1}]}]}\n" RESULTS,
          {"부서", "부서,실적,목표\n갑,3,\n"});
    assert_figures(made, "실적", 4);
    assert_figures(made, "분야", 8);
}

static void a_row_of_a_sheet_reads_its_own_columns_and_those_of_its_entity(void **state) {
    evaluation *made = *state;
    SCORE(made,
          "jeoul: 1\ntables:\n  부서: {key: 부서, columns: {정원: number}}\n"
          "  지표: {key: [부서, 지표], columns: {실적: number}}\nentities: 부서\n"
          "scorecard: {each: 지표, indicator: {score: 지표.실적 + 정원 + 부서.정원}}\n" RESULTS,
          {"부서", "부서,정원\n갑,10\n을,1\n"}, {"지표", "부서,지표,실적\n갑,ㄱ,1\n갑,ㄴ,3\n을,ㄱ,4\n"});
    assert_figures(made, "total", 22, 6);
}

static void measures_bring_the_row_of_the_indicator(void **state) {
    evaluation *made = *state;
    SCORE(made,
          "jeoul: 1\ntables:\n  부서: {key: 부서, columns: {정원: number}}\n"
          "  지표: {key: [부서, 지표], columns: {실적: number, 목표: number}}\nentities: 부서\n"
          "scorecard:\n  measures: 지표\n  indicators:\n"
          "    - {id: ㄱ, score: 100 * 실적 / 목표}\n    - {id: ㄴ, value: 실적, score: 지표.목표 + value + 정원}\n" RESULTS,
          {"부서", "부서,정원\n갑,10\n을,1\n"},
          {"지표", "부서,지표,실적,목표\n갑,ㄱ,1,2\n갑,ㄴ,3,4\n을,ㄱ,4,5\n을,ㄴ,6,7\n"});
    assert_figures(made, "ㄱ", 50, 80);
    assert_figures(made, "ㄴ", 17, 14);
}

static void definitions_that_go_in_a_circle_are_refused(void **state) {
    static const struct {
        const char *rulebook, *message;
    } cases[] = {
        {ONE_TABLE "values: {가: 나 + 1, 나: 가}\nscorecard: {score: 1}\n" RESULTS, "the value `가` depends on itself"},
        {ONE_TABLE "scorecard: {indicators: [{id: 가, score: 나}, {id: 나, score: 가 + 1}]}\n" RESULTS,
         "the score of `가` depends on itself"},
        {ONE_TABLE "scorecard: {areas: [{id: 가, indicators: [{id: 나, score: 가}]}]}\n" RESULTS,
         "the score of `가` depends on itself"},
        {ONE_TABLE "scorecard: {indicators: [{id: 가, weight: weight(가), score: 1}]}\n" RESULTS,
         "the weight of `가` depends on itself"},
        {"jeoul: 1\ntables: {부서: {key: 부서, columns: {}, derive: {가: 나, 나: 가 + 1}}}\nentities: 부서\n"
         "scorecard: {score: 1}\n" RESULTS,
         "the derived column `가` reads itself"},
    };
    evaluation *made = *state;
    for (size_t index = 0; index < N_OF(cases); index++) {
        assert_int_equal(parse_rulebook(made, cases[index].rulebook), JEOUL_RULEBOOK);
        assert_diagnostic(made, first_error(made), "JL0209", cases[index].message);
    }
}

/* Each value adds to the next (ahead) or to the one before it. */
static jeoul_status parse_chain(evaluation *made, size_t length, bool ahead) {
    char *text = malloc(length * 32 + 512);
    assert_non_null(text);
    size_t end = (size_t)sprintf(text, ONE_TABLE RESULTS "scorecard: {score: 1}\nvalues:\n  v0: 1\n  v%zu: 1\n", length);
    for (size_t link = 1; link < length; link++) {
        end += (size_t)sprintf(text + end, "  v%zu: v%zu + 1\n", link, ahead ? link + 1 : link - 1);
    }
    const jeoul_status status = parse_rulebook(made, text);
    free(text);
    return status;
}

static void chains_of_definitions_have_a_length(void **state) {
    evaluation *made = *state;
    assert_int_equal(parse_chain(made, 300, true), JEOUL_OK);
    assert_int_equal(parse_chain(made, 300, false), JEOUL_OK);
    assert_int_equal(parse_chain(made, 30000, true), JEOUL_RULEBOOK);
    assert_only_diagnostic(made, "JL0211", "nested too deep");
    assert_int_equal(parse_chain(made, 30000, false), JEOUL_RULEBOOK);
    assert_only_diagnostic(made, "JL0211", "more than 1000 operations build on each other");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        EVALUATION_TEST(bare_names_mean_columns_nodes_values_and_the_day),
        EVALUATION_TEST(qualified_names_follow_references_and_keys),
        EVALUATION_TEST(names_that_mean_nothing_here_are_refused),
        EVALUATION_TEST(the_nearest_name_is_given_as_help),
        EVALUATION_TEST(two_meanings_are_an_error_that_shows_both_spellings),
        EVALUATION_TEST(an_id_means_its_column_in_its_own_leaf_and_the_node_in_its_area),
        EVALUATION_TEST(a_row_of_a_sheet_reads_its_own_columns_and_those_of_its_entity),
        EVALUATION_TEST(measures_bring_the_row_of_the_indicator),
        EVALUATION_TEST(definitions_that_go_in_a_circle_are_refused),
        EVALUATION_TEST(chains_of_definitions_have_a_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
