/* SPDX-License-Identifier: Apache-2.0
 *
 * Lookups and partitions at run time: keys without a value, rows that are not there, the order of rows.
 */
#include "../../evaluations.h"

#define HEAD                                                                                                  \
    "jeoul: 1\ntables:\n  부서: {key: 부서, columns: {상위: 부서, 유형: text}}\n"                             \
    "  대장: {key: [부서, 월], columns: {월: month, 점: number}}\n  유형표: {key: 유형, columns: {계수: number}}\n" \
    "entities: 부서\nresults: {round: {total: 2}}\nscorecard: {score: 1}\n"
#define TABLES                                                                                                \
    {"부서", "부서,상위,유형\nㄱ,,x\nㄴ,ㄱ,y\nㄷ,ㄴ,z\nㄹ,ㄱ,\n"},                                            \
    {"대장", "부서,월,점\nㄴ,2017-03,5\nㄱ,2017-02,3\nㄱ,2017-01,1\nㄴ,2017-01,7\nㄷ,2017-01,\n"},              \
    {"유형표", "유형,계수\ny,2\nx,1\n"}

static void a_key_without_a_row_gives_no_value(void **state) {
    evaluation *made = *state;
    SCORE(made, HEAD "values: {계수: 유형표.계수, 있음: known(유형표.계수)}\n", TABLES);
    assert_figures(made, "계수", 1, 2, NAN, NAN);
    assert_figures(made, "있음", 1, 1, 0, 0);
}

static void a_reference_is_followed_to_its_row(void **state) {
    evaluation *made = *state;
    SCORE(made, HEAD "values: {같음: \"if 상위.유형 == 'x' then 1 else 0\"}\n", TABLES);
    assert_figures(made, "같음", NAN, 1, 0, 1);
}

static void rows_lie_in_key_order_whatever_the_file_says(void **state) {
    evaluation *made = *state;
    SCORE(made, HEAD "values: {끝: last(대장.점), 삼월: {formula: \"at(대장.점, '2017-03')\", undefined: missing}}\n", TABLES);
    assert_figures(made, "끝", 3, 5, NAN, NAN);
    assert_figures(made, "삼월", NAN, 5, NAN, NAN);
}

static void without_rows_there_are_no_parts(void **state) {
    evaluation *made = *state;
    SCORE(made, HEAD "values: {합: sum(대장.점), 평균: mean(대장.점), 모두: sum(대장.점 over all), 계수: 유형표.계수}\n",
          {"부서", "부서,상위,유형\nㄱ,,x\n"}, {"대장", "부서,월,점\n"}, {"유형표", "유형,계수\n"});
    assert_figures(made, "합", 0);
    assert_figures(made, "평균", NAN);
    assert_figures(made, "모두", 0);
    assert_figures(made, "계수", NAN);
}

static void without_entities_there_is_nothing_to_score(void **state) {
    evaluation *made = *state;
    SCORE(made, HEAD "values: {합: sum(대장.점)}\n", {"부서", "부서,상위,유형\n"}, {"대장", "부서,월,점\n"}, {"유형표", "유형,계수\n"});
    assert_int_equal(jeoul_result_entity_count(made->result), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        EVALUATION_TEST(a_key_without_a_row_gives_no_value),
        EVALUATION_TEST(a_reference_is_followed_to_its_row),
        EVALUATION_TEST(rows_lie_in_key_order_whatever_the_file_says),
        EVALUATION_TEST(without_rows_there_are_no_parts),
        EVALUATION_TEST(without_entities_there_is_nothing_to_score),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
