/* SPDX-License-Identifier: Apache-2.0
 *
 * Ranks: rows sorted by a key and its tie-breakers, near keys settled exactly.
 */
#include <stdlib.h>

#include "../../evaluations.h"

#define HEAD                                                                                                  \
    "jeoul: 1\ntables: {부서: {key: 부서, columns: {가: number, 나: number, 다: number}}}\nentities: 부서\n"   \
    "results: {round: {total: 2}, rank: {by: raw, then: [다]}}\n"

/* 0.1 + 0.2 and 0.3 are one score, though their doubles differ. */
static void scores_that_are_equal_share_a_rank(void **state) {
    evaluation *made = *state;
    uint64_t settled = 0, taken_as_equal = 0;
    SCORE(made, HEAD "scorecard: {score: 가 + 나}\n", {"부서", "부서,가,나,다\nㄱ,0.1,0.2,1\nㄴ,0.3,0,1\nㄷ,0.29999999999999999999,0,1\n"});
    assert_figures(made, "rank", 1, 1, 3);
    jeoul_result_exact_counts(made->result, &settled, &taken_as_equal);
    assert_true(settled > 0);
    assert_int_equal(taken_as_equal, 0);
}

static void plain_scoring_ranks_doubles(void **state) {
    evaluation *made = *state;
    const jeoul_score_options plain = {sizeof plain, 0, 1};
    SCORE(made, HEAD "scorecard: {score: 가 + 나}\n", {"부서", "부서,가,나,다\nㄱ,0.1,0.2,1\nㄴ,0.3,0,1\n"});
    jeoul_result_free(made->result);
    assert_int_equal(jeoul_score(made->rulebook, made->data, &plain, &made->result, made->diagnostics), JEOUL_OK);
    assert_figures(made, "rank", 1, 2);
}

static void irrational_scores_are_ranked_too(void **state) {
    evaluation *made = *state;
    uint64_t settled = 0, taken_as_equal = 0;
    SCORE(made, HEAD "scorecard: {score: sqrt(가) * sqrt(나)}\n", {"부서", "부서,가,나,다\nㄱ,2,3,1\nㄴ,3,2,2\nㄷ,6.0000000000000000001,1,1\n"});
    assert_figures(made, "rank", 3, 2, 1);
    jeoul_result_exact_counts(made->result, &settled, &taken_as_equal);
    assert_true(taken_as_equal > 0); /* √2·√3 and √3·√2: no precision tells them apart */
}

static void tie_breakers_are_compared_as_carried(void **state) {
    evaluation *made = *state;
    SCORE(made,
          "jeoul: 1\ntables: {부서: {key: 부서, columns: {가: number, 나: number, 다: number}}}\nentities: 부서\n"
          "results: {round: {total: 0}, rank: {then: [가 + 나, {low: 다}]}}\nscorecard: {score: 1}\n",
          {"부서", "부서,가,나,다\nㄱ,0.1,0.2,3\nㄴ,0.3,0,2\nㄷ,0.3,0,\nㄹ,,1,1\nㅁ,0.3,0,2\n"});
    assert_figures(made, "rank", 3, 1, 4, 5, 1);
}

static void rows_without_a_key_have_the_state_of_the_key(void **state) {
    evaluation *made = *state;
    SCORE(made,
          "jeoul: 1\ntables: {부서: {key: 부서, columns: {가: number, 나: [x, y]}}}\nentities: 부서\n"
          "values: {순위: \"rank(가 over 나, best = high)\", 없으면: \"if known(순위) then 순위 else 99\"}\n"
          "results: {round: {total: 0}}\nscorecard: {score: 1}\n",
          {"부서", "부서,가,나\nㄱ,1,x\nㄴ,2,x\nㄷ,,x\nㄹ,5,\nㅁ,1,y\n"});
    assert_figures(made, "순위", 2, 1, NAN, NAN, 1);
    assert_figures(made, "없으면", 2, 1, 99, 99, 1);
}

static int by_figure(const void *left, const void *right) {
    const double a = *(const double *)left, b = *(const double *)right;
    return (a < b) - (a > b);
}

/* Many rows, sorted by the library of C for comparison. */
static void many_rows_are_ranked_as_sorting_does(void **state) {
    enum { N = 1000 };
    evaluation *made = *state;
    static double figures[N], sorted[N], ranks[N];
    static char text[N * 24 + 32];
    uint64_t random = 1;
    (void)snprintf(text, sizeof text, "부서,가,나,다\n");
    for (size_t row = 0; row < N; row++) {
        random = random * UINT64_C(6364136223846793005) + 1;
        sorted[row] = figures[row] = (double)(random >> 33 & 511) / 4;
        (void)snprintf(text + strlen(text), 24, "e%zu,%.2f,0,0\n", row, figures[row]);
    }
    qsort(sorted, N, sizeof *sorted, by_figure);
    SCORE(made, HEAD "scorecard: {score: 가 + 나}\n", {"부서", text});
    assert_int_equal(jeoul_result_scores(made->result, "rank", ranks, N), JEOUL_OK);
    for (size_t row = 0; row < N; row++) {
        assert_true(sorted[(size_t)ranks[row] - 1] == figures[row]);
        assert_true(ranks[row] == 1 || sorted[(size_t)ranks[row] - 2] > figures[row]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        EVALUATION_TEST(scores_that_are_equal_share_a_rank),
        EVALUATION_TEST(plain_scoring_ranks_doubles),
        EVALUATION_TEST(irrational_scores_are_ranked_too),
        EVALUATION_TEST(tie_breakers_are_compared_as_carried),
        EVALUATION_TEST(rows_without_a_key_have_the_state_of_the_key),
        EVALUATION_TEST(many_rows_are_ranked_as_sorting_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
