/* SPDX-License-Identifier: Apache-2.0
 *
 * Emitting: formulas that say the same share one value; messages are never shared.
 */
#include "formulas.h"

/* Lines of the printed plan that hold a text. */
static size_t count_lines(const evaluation *made, const char *wanted) {
    char *text = NULL;
    size_t n_lines = 0;
    assert_int_equal(jeoul_rulebook_plan(made->rulebook, &text), JEOUL_OK);
    for (const char *at = strstr(text, wanted); at != NULL; at = strstr(at + 1, wanted)) n_lines++;
    jeoul_text_free(text);
    return n_lines;
}

static size_t count_in_formula(evaluation *made, const char *formula, const char *wanted) {
    assert_int_equal(parse_rulebook(made, formula_rulebook(formula)), JEOUL_OK);
    return count_lines(made, wanted);
}

static void equal_operations_are_made_once(void **state) {
    static const struct {
        const char *formula, *wanted;
        size_t n;
    } cases[] = {
        {"(실적 / 목표) + (실적 / 목표)", "= DIV 부서.실적 부서.목표", 1},
        {"(실적 / 목표) + (목표 / 실적)", "= DIV 부서.", 2},
        {"mean(대장.건수) + mean(대장.건수)", "= MEAN", 1},
        {"mean(대장.건수) + mean(대장.건수, from = 2)", "= MEAN", 2},
        {"mean(대장.건수) + mean(대장.건수 where 항목 == '수상')", "= MEAN", 2},
        {"mean(대장.건수) + sum(대장.건수)", "= PARTITION 대장.부서", 1},
        {"rank(실적 over all, best = high) + rank(실적 over all, best = low)", "= RANK", 2},
        {"round(실적, 1) + round(실적, 1) + round(실적, 2)", "= ROUND 부서.실적", 2},
        {"구간(실적) + 곡선(실적)", "= CURVE", 1},
        {"achievement(실적, 목표, up, cap = 100) + achievement(실적, 목표, up, cap = 100)", "= REQUIRE", 1},
    };
    for (size_t index = 0; index < N_OF(cases); index++) {
        const size_t n = count_in_formula(*state, cases[index].formula, cases[index].wanted);
        if (n != cases[index].n) fail_msg("%s: %zu x `%s`", cases[index].formula, n, cases[index].wanted);
    }
}

static void every_node_has_a_message_of_its_own(void **state) {
    evaluation *made = *state;
    assert_int_equal(parse_rulebook(made, "jeoul: 1\ntables: {부서: {key: 부서, columns: {실적: number}}}\nentities: 부서\n"
                                          "scorecard: {indicators: [{id: 가, value: 실적}, {id: 나, value: 실적}]}\n"
                                          "results: {round: {total: 0}}\n"),
                     JEOUL_OK);
    assert_int_equal(count_lines(made, "= FAIL_ON 부서.실적 mask=16 code=JL0502"), 2);
}

/* More operations and constants than the first tables hold. */
static void plans_grow(void **state) {
    evaluation *made = *state;
    char rulebook[65536] = "jeoul: 1\ntables: {부서: {key: 부서, columns: {실적: number}}}\nentities: 부서\nscorecard: {score: 1}\n"
                           "results: {round: {total: 0}}\nvalues:\n";
    for (int value = 0; value < 1500; value++) {
        (void)snprintf(rulebook + strlen(rulebook), sizeof rulebook - strlen(rulebook), "  v%d: 실적 * %d + %d\n", value, value, value);
    }
    SCORE(made, rulebook, {"부서", "부서,실적\n갑,2\n을,3\n"});
    assert_figures(made, "v0", 0, 0);
    assert_figures(made, "v1499", 4497, 5996);
    assert_int_equal(count_lines(made, "= MUL 부서.실적"), 1500);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        EVALUATION_TEST(equal_operations_are_made_once),
        EVALUATION_TEST(every_node_has_a_message_of_its_own),
        EVALUATION_TEST(plans_grow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
