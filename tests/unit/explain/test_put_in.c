/* SPDX-License-Identifier: Apache-2.0
 *
 * Formulas with their numbers put in: what was calculated, not what might have been, and the remarks on it.
 */
#include <stdlib.h>

#include "evaluations.h"

static const char frame[] =
    "jeoul: 1\n"
    "id: t\n"
    "tables:\n"
    "  과: {key: 과, columns: {가: number, 나: number, 다: number, 등급: [S, A], 방향: {상향: up, 하향: down}, 날: "
    "date, 순: {ordered: {of: [하, 상]}}}}\n"
    "  답: {key: [과, 번], columns: {점: number, 누구: [안, 밖], 비중: number}}\n"
    "  해: {key: [과, 연도], columns: {연도: number, 값: number}}\n"
    "entities: 과\n"
    "scales:\n"
    "  구간: {at_least: {95: 100, 90: 90}, otherwise: 70}\n"
    "  낮은구간: {at_most: {1: 100, 2: 80}, otherwise: 10}\n"
    "  띠: [{above: 50, at_most: 100, score: 20}, {below: 0, score: 1}, {at_least: 0, at_most: 50, score: 10}]\n"
    "  곡선: {curve: [[0, 0], [50, 40], [100, 100]], below: hold, above: extend}\n"
    "  등급점수: {S: 100, A: 95}\n"
    "scorecard:\n"
    "  score: \"%s\"\n"
    "  undefined: 0\n"
    "  missing: 0\n"
    "results: {round: {total: 2}}\n";

static const evaluation_text tables = {
    "",
    "",
    {{"과", "과,가,나,다,등급,방향,날,순\nA,32,30,-4,S,상향,2017-03-31,상\nB,50,,0,A,하향,2017-12-31,하\n"},
     {"답", "과,번,점,누구,비중\nA,1,3,안,1\nA,2,5,밖,2\nA,3,,밖,1\nA,4,4,,1\nB,1,2,안,1\n"},
     {"해", "과,연도,값\nA,2015,10\nA,2016,12\nA,2017,15.5\nB,2015,7\nB,2016,7\nB,2017,7\n"}}};

static const struct formula_case {
    const char *formula, *numbers, *result; /* of A; numbers NULL: the formula is its own number */
    const char *remark;                     /* NULL: any */
} cases[] = {
    {"가 / 나 * 100", "32 / 30 × 100", "106.666666…", NULL},
    {"achievement(가, 나, up, cap = 100)", "min(100 × 32 / 30, 100)", "100", "최고 100 적용"},
    {"achievement(나, 가, up, cap = 100)", "100 × 30 / 32", "93.75", NULL},
    {"achievement(다, 가, up, cap = 100)", "max(100 × (-4) / 32, 0)", "0", "최저 0 적용"},
    {"achievement(가, 나, 방향, form = ratio, cap = none)", "100 × 32 / 30", "106.666666…", NULL},
    {"interval(가, low = -8, high = 72, floor = 0)", "100 × (32 - (-8)) / (72 - (-8))", "50", NULL},
    {"interval(가, low = 20, high = 40, floor = 20)", "20 + (100 - 20) × (32 - 20) / (40 - 20)", "68", NULL},
    {"가 + 다", "32 + (-4)", "28", NULL},
    {"다 * 다 ^ 2", "-4 × (-4)^2", "-64", NULL},
    {"if 가 > 나 then 가 * 2 else 나 / 0.5", "32 × 2", "64", NULL},
    {"if 가 > 나 then 100 else 0", NULL, "100", "32 > 30: 참"},
    {"if known(나) then 나 + 1 else 0", "30 + 1", "31", NULL},
    {"first(나, 가) + 1", "30 + 1", "31", NULL},
    {"round(가 / 나, 2)", "round(32 / 30, 2)", "1.07", NULL},
    {"max(가, 나, 다)", "max(32, 30, -4)", "32", NULL},
    {"sqrt(가 * 2)", "sqrt(32 × 2)", "8", NULL},
    {"sqrt(가)", "sqrt(32)", "5.656854…", NULL},
    {"구간(가 * 3)", "구간(32 × 3)", "100", "구간: 95 이상 → 100"},
    {"구간(가 + 60)", "구간(32 + 60)", "90", "구간: 90 이상 95 미만 → 90"},
    {"구간(가)", "구간(32)", "70", "구간: 90 미만 → 70"},
    {"낮은구간(가 / 20)", "낮은구간(32 / 20)", "80", "낮은구간: 2 이하 1 초과 → 80"},
    {"띠(가 * 3)", "띠(32 × 3)", "20", "띠: 50 초과 100 이하 → 20"},
    {"띠(가 * 4)", "띠(32 × 4)", "계산할 수 없음", "띠: 100 초과에는 정해진 점수가 없음"},
    {"곡선(가)", "곡선(32)", "25.6", "곡선: 0 → 0과 50 → 40 사이"},
    {"곡선(다)", "곡선(-4)", "0", "곡선: 0 아래는 모두 0"},
    {"등급점수(등급)", "등급점수('S')", "100", NULL},
    {"sum(답.점)", NULL, "12", "답.점: 값 3개 (값이 없는 1개는 뺌)"},
    {"mean(답.점 where 누구 == '밖') * 10", "5 × 10", "50", "답.점 where 누구 == '밖': 값 1개 (값이 없는 1개는 뺌)"},
    {"mean(답.점 where 누구 == '밖') * 10", "5 × 10", "50", "조건을 알 수 없는 1개는 뺌"},
    {"count(답)", NULL, "4", NULL},
    {"mean([가, 나, 1])", "mean([32, 30, 1])", "21", NULL},
    {"rank(가 over all, best = high) * 10", "2 × 10", "20", "가: 값 2개"},
    {"max(0, 가 - max(가 over all))", "max(0, 32 - 50)", "0", NULL},
    {"last(해.값) - last(해.값, n = 3)", "15.5 - 12.5", "3", NULL},
    {"month(날) * 10", "month(2017-03-31) × 10", "30", NULL},
    {"if 순 >= '상' then 가 else 0", NULL, "32", NULL},
    {"met(가, 나, up)", NULL, "100", "32 >= 30: 참"},
    {"곡선(가 + 18)", "곡선(32 + 18)", "40", "곡선: 0 → 0과 50 → 40 사이"},
    {"곡선(가 - 32)", "곡선(32 - 32)", "0", "곡선: 0 → 0"},
    {"mean(답.점, from = 5, fewer = 7) * 2", "7 × 2", "14", "답.점: 값 3개"},
    {"sum(가 over 등급) + 1", "32 + 1", "33", "가: 값 1개"},
    {"-다", "-(-4)", "4", NULL},
};

/* The rulebook with a formula put in; released by the caller. */
static char *make_rulebook(const char *formula) {
    const size_t size = sizeof frame + strlen(formula);
    char *rulebook = malloc(size);
    const char *hole = strstr(frame, "%s");
    assert_non_null(rulebook);
    memcpy(rulebook, frame, (size_t)(hole - frame));
    rulebook[hole - frame] = '\0';
    strcat(rulebook, formula);
    strcat(rulebook, hole + 2);
    return rulebook;
}

static void check_member(const char *json, const char *member, const char *expected, const char *formula) {
    jl_buffer wanted = {NULL, 0, 0, false};
    jl_buffer_format(&wanted, "\"%s\": ", member);
    if (expected != NULL) {
        jl_buffer_json(&wanted, jl_text_of(expected));
    }
    const bool found = strstr(json, wanted.data) != NULL;
    if (found != (expected != NULL)) {
        print_message("%s\n", json);
        fail_msg("`%s`: expected%s %s", formula, expected == NULL ? " no" : "", wanted.data);
    }
    jl_buffer_free(&wanted);
}

static void numbers_are_put_in(void **state) {
    (void)state;
    for (size_t index = 0; index < JL_COUNT(cases); index++) {
        const struct formula_case *wanted = &cases[index];
        char *rulebook = make_rulebook(wanted->formula);
        evaluation_text text = tables;
        text.rulebook = rulebook;
        evaluation made = make_evaluation(&text);
        char *json = explain(&made, "A", JEOUL_JSON, JEOUL_KOREAN);
        check_member(json, "numbers", wanted->numbers, wanted->formula);
        if (wanted->result != NULL) {
            check_member(json, "result", wanted->result, wanted->formula);
        }
        if (wanted->remark != NULL) {
            check_has(json, wanted->remark, wanted->formula);
        }
        jeoul_text_free(json);
        free_evaluation(&made);
        free(rulebook);
    }
}

static void a_missing_number_shows_as_its_state(void **state) {
    (void)state;
    char *rulebook = make_rulebook("100 * 가 / 나");
    evaluation_text text = tables;
    text.rulebook = rulebook;
    evaluation made = make_evaluation(&text);
    char *korean = explain(&made, "B", JEOUL_JSON, JEOUL_KOREAN),
         *english = explain(&made, "B", JEOUL_JSON, JEOUL_ENGLISH);
    check_has(korean, "\"numbers\": \"100 × 50 / 자료 없음\"", "missing");
    check_has(korean, "자료 없음 → 0점", "missing");
    check_has(english, "\"numbers\": \"100 × 50 / missing\"", "missing");
    jeoul_text_free(korean);
    jeoul_text_free(english);
    free_evaluation(&made);
    free(rulebook);
}

static void a_number_that_is_cut_says_so(void **state) {
    (void)state;
    static const struct {
        const char *exact, *shown;
    } numbers[] = {{"0.1234565", "0.123456…"},
                   {"0.9999999", "0.999999…"},
                   {"-0.0000001", "0.000000…"},
                   {"2.5", "2.5"},
                   {"100", "100"},
                   {"-3.250", "-3.25"},
                   {"0", "0"},
                   {"123456789.12", "123456789.12"}};
    for (size_t index = 0; index < JL_COUNT(numbers); index++) {
        jl_buffer json = {NULL, 0, 0, false};
        jl_buffer_format(&json, "%s * 1 + 가 * 0", numbers[index].exact);
        char *rulebook = make_rulebook(json.data);
        evaluation_text text = tables;
        text.rulebook = rulebook;
        evaluation made = make_evaluation(&text);
        char *explained = explain(&made, "A", JEOUL_JSON, JEOUL_KOREAN);
        const jl_text shown = jl_text_of(numbers[index].shown);
        jl_buffer wanted = {NULL, 0, 0, false};
        jl_buffer_format(&wanted, "\"result\": \"%.*s\"", JL_TEXT_ARG(shown));
        check_has(explained, wanted.data, numbers[index].exact);
        jl_buffer_free(&wanted);
        jl_buffer_free(&json);
        jeoul_text_free(explained);
        free_evaluation(&made);
        free(rulebook);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_put_in),
        cmocka_unit_test(a_missing_number_shows_as_its_state),
        cmocka_unit_test(a_number_that_is_cut_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
