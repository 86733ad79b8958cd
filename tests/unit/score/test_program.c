/* SPDX-License-Identifier: Apache-2.0
 *
 * A program: what of it can be read afterwards, and what it says of values without an answer.
 */
#include "../../evaluations.h"

#include "api/objects.h"

#define HEAD                                                                                                  \
    "jeoul: 1\ntables:\n  부서: {key: 부서, columns: {군: [갑, 을], 가: number, 나: number}}\n"               \
    "  대장: {key: [부서, 번호], columns: {점: number}}\nentities: 부서\ngroups: 군\nresults: {round: {total: 2}}\n"

static void only_kept_values_are_at_hand(void **state) {
    evaluation *made = *state;
    double number = -1;
    uint8_t found = JL_UNDEFINED;
    SCORE(made, HEAD "scorecard: {indicators: [{id: 점수, score: 가 / 나 + 1, missing: 0}]}\n",
          {"부서", "부서,군,가,나\nㄱ,갑,1,2\nㄴ,을,,2\n"}, {"대장", "부서,번호,점\n"});
    const jl_program *program = made->result->program;
    const jl_plan *plan = program->plan;
    size_t n_at_hand = 0, n_gone = 0;
    for (uint32_t value = 1; value < plan->n_values; value++) {
        const bool is_there = jl_program_read(program, value, 0, &number, &found);
        assert_int_equal(is_there, plan->values[value].origin != JL_ORIGIN_OP || plan->kept[value]);
        n_at_hand += is_there;
        n_gone += !is_there;
    }
    assert_true(n_at_hand > 5 && n_gone > 5);
    assert_true(jl_program_read(program, plan->nodes[1].score, 1, &number, &found));
    assert_int_equal(found, JL_VALUE);
    assert_true(jl_program_read(program, plan->nodes[1].rounded, 1, &number, &found));
    assert_int_equal(found, JL_MISSING);
    assert_true(number == 0.0);
}

/* Of all entities, each with its own mistake; over blocks smaller than the table. */
static void all_values_without_an_answer_are_found_in_one_run(void **state) {
    evaluation *made = *state;
    const jeoul_score_options options = {sizeof options, 2, 0};
    const given_table tables[] = {{"부서", "부서,군,가,나\nㄱ,갑,1,0\nㄴ,을,,2\nㄷ,갑,3,3\nㄹ,갑,0,0\nㅁ,을,,\n"},
                                  {"대장", "부서,번호,점\nㅁ,1,-1\nㄱ,1,\n"}};
    assert_int_equal(parse_rulebook(made, HEAD "scorecard: {indicators: [{id: 하나, score: 가 / 나}, {id: 둘, score: 가}]}\n"
                                               "adjustments: {items: [{id: 벌, kind: penalty, each: 대장, points: 점}]}\n"),
                     JEOUL_OK);
    assert_int_equal(give_tables(made, tables, 2), JEOUL_OK);
    assert_int_equal(jeoul_score(made->rulebook, made->data, &options, &made->result, made->diagnostics), JEOUL_DATA);
    static const char *const messages[] = {
        "`ㄱ`, `하나` has no defined value", "`ㄴ`, `하나` has no value", "`ㄹ`, `하나` has no defined value", "`ㅁ`, `하나` has no value",
        "`ㄴ`, `둘` has no value", "`ㅁ`, `둘` has no value", "`ㄱ`, `대장 ㄱ 1` has no value", "`ㅁ`, `대장 ㅁ 1` has points below zero"};
    const size_t first = first_error(made);
    assert_int_equal(jeoul_diagnostics_error_count(made->diagnostics), N_OF(messages));
    for (size_t index = 0; index < N_OF(messages); index++) {
        bool found = false;
        for (size_t at = first; at < first + N_OF(messages); at++) {
            jeoul_diagnostic diagnostic;
            assert_int_equal(jeoul_diagnostics_get(made->diagnostics, at, &diagnostic), JEOUL_OK);
            found = found || strstr(diagnostic.message, messages[index]) != NULL;
        }
        if (!found) {
            show_diagnostics(made);
            fail_msg("no `%s`", messages[index]);
        }
    }
}

static void what_an_indicator_lacks_is_not_said_of_its_area_again(void **state) {
    evaluation *made = *state;
    assert_int_equal(TRY_SCORE(made, HEAD "scorecard: {areas: [{id: 위, areas: [{id: 아래, indicators: [{id: 하나, score: 가}]}]}]}\n",
                               {"부서", "부서,군,가,나\nㄱ,갑,,0\n"}, {"대장", "부서,번호,점\n"}),
                     JEOUL_DATA);
    assert_only_diagnostic(made, "JL0501", "`ㄱ`, `하나` has no value");
}

/* A decimal that its double does not stand for is compared as it is written. */
static void long_decimals_are_compared_as_written(void **state) {
    evaluation *made = *state;
    SCORE(made, HEAD "scorecard: {score: 1}\nvalues: {크다: \"if 가 > 0.3 then 1 else 0\", 같다: \"if 가 == 나 then 1 else 0\"}\n",
          {"부서", "부서,군,가,나\nㄱ,갑,0.30000000000000000001,0.3\nㄴ,갑,0.3,0.3\nㄷ,을,0.29999999999999999999,0.3\n"},
          {"대장", "부서,번호,점\n"});
    assert_figures(made, "크다", 1, 0, 0);
    assert_figures(made, "같다", 0, 1, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        EVALUATION_TEST(only_kept_values_are_at_hand),
        EVALUATION_TEST(all_values_without_an_answer_are_found_in_one_run),
        EVALUATION_TEST(what_an_indicator_lacks_is_not_said_of_its_area_again),
        EVALUATION_TEST(long_decimals_are_compared_as_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
