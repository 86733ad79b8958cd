/* SPDX-License-Identifier: Apache-2.0
 *
 * Explanations of whole entities: a snapshot of the text, and what is said about policies, redistribution, adjustments,
 * ranks, ties, grades and gates, in both languages and in JSON.
 */
#include <stdlib.h>

#include "evaluations.h"

static const evaluation_text offices = {
    "offices",
    "jeoul: 1\n"
    "id: hand\n"
    "title: 손으로 만든 평가\n"
    "tables:\n"
    "  과: {key: 과, columns: {군: [가, 나], 계획: number, 실적: number, 이행: number, 만족: number, 위험: number, "
    "해당: [예, 아니오], 겸직: number}}\n"
    "  표: {key: [과, 지표], columns: {비중: number, 점: number, 제외: [예, 아니오]}}\n"
    "  상벌: {key: [과, 번호], columns: {종류: [상, 벌], 사유: text, 점수: number}}\n"
    "entities: 과\n"
    "groups: 군\n"
    "grades: [우수, 보통, 미흡]\n"
    "states: {없음: not_applicable, 미정: not_due}\n"
    "scorecard:\n"
    "  weight_total: free\n"
    "  areas:\n"
    "    - id: 업무\n"
    "      title: 업무 실적\n"
    "      weight: {가: 60, 나: 50}\n"
    "      weight_total: free\n"
    "      round: {score: 1, points: 1}\n"
    "      indicators:\n"
    "        - {id: 달성, weight: 3, score: \"achievement(실적, 계획, up, cap = 100)\", undefined: 0, missing: 10}\n"
    "        - {id: 이행률, weight: 2, value: 이행, impute: 50, score: value, missing: 0}\n"
    "        - {id: 위험도, weight: {가: 1, 나: none}, score: 100 - 위험, missing: 0}\n"
    "        - {id: 특수, weight: 2, applies: 해당 == '예', score: 만족, missing: redistribute}\n"
    "      adjustments:\n"
    "        limits: {bonus: 2}\n"
    "        items:\n"
    "          - {id: 포상, kind: bonus, each: 상벌, where: 종류 == '상', once: 사유, points: 점수, cap: 3}\n"
    "          - {id: 겸직가점, kind: bonus, points: 겸직, missing: 0}\n"
    "    - id: 표평가\n"
    "      weight: 40\n"
    "      weight_total: free\n"
    "      each: 표\n"
    "      where: 제외 == '아니오'\n"
    "      indicator: {weight: 비중, score: 점, round: 0}\n"
    "    - id: 최저\n"
    "      weight: 10\n"
    "      combine: min\n"
    "      indicators:\n"
    "        - {id: 만족도, score: 만족, missing: 30}\n"
    "        - {id: 안전, score: 100 - 위험, missing: 0}\n"
    "adjustments:\n"
    "  limits: {bonus: 1, penalty: 2, total: [0, 95]}\n"
    "  items:\n"
    "    - {id: 벌점, kind: penalty, each: 상벌, where: 종류 == '벌', points: 점수, cap: 1.5}\n"
    "    - {id: 기본가점, kind: bonus, points: 1.25}\n"
    "gates:\n"
    "  - {id: 위험기준, pass: 위험 < 50, cap: 보통, unknown: fail}\n"
    "values:\n"
    "  비율: {formula: 실적 / 계획 * 100, undefined: not_applicable}\n"
    "results:\n"
    "  round: {total: 1}\n"
    "  rank: {within: group, by: published, ties: min, then: [업무, {low: 위험}]}\n"
    "  grade: {cutoffs: {우수: 85, 보통: 60, 미흡: 0}}\n",
    {{"과", "과,군,계획,실적,이행,만족,위험,해당,겸직\n"
            "총무,가,30,32,90,80.5,10,예,0.5\n"
            "재무,가,0,12,,70,20,아니오,\n"
            "홍보,나,7,5,77.7,90,60,예,1\n"
            "민원,나,7,5,77.7,90,5,예,1\n"
            "감사,가,1,1,100,100,0,예,3\n"},
     {"표", "과,지표,비중,점,제외\n"
            "총무,하나,3,77.77,아니오\n"
            "총무,둘,4,80.5,아니오\n"
            "총무,셋,5,10,예\n"
            "재무,하나,1,50,아니오\n"
            "재무,둘,2,없음,아니오\n"
            "홍보,하나,1,60,아니오\n"
            "민원,하나,1,60,아니오\n"
            "감사,하나,1,100,아니오\n"
            "감사,둘,,미정,아니오\n"},
     {"상벌", "과,번호,종류,사유,점수\n"
              "총무,1,상,표창,2\n"
              "총무,2,상,표창,1.5\n"
              "총무,3,상,감사장,1.7\n"
              "총무,4,벌,지각,1.1\n"
              "총무,5,벌,누락,0.9\n"
              "감사,1,상,표창,2\n"}}};

static const evaluation_text quotas = {
    "quotas",
    "jeoul: 1\n"
    "id: 정원\n"
    "title: 비율 등급\n"
    "tables:\n"
    "  과: {key: 과, columns: {점: number, 보조: number, 검증: [적정, 미흡]}}\n"
    "entities: 과\n"
    "grades: [S, A, B]\n"
    "scorecard: {score: 점}\n"
    "gates:\n"
    "  - {id: 검증, pass: 검증 == '적정', down: 1, unknown: fail}\n"
    "results:\n"
    "  round: {total: 0}\n"
    "  rank: {by: published, ties: min, then: [{low: 보조}]}\n"
    "  grade: {quota: {S: 20, A: 40, B: 40}, seats: cumulative_half_up, tie_at_cut: up, at_least: {S: 90}}\n",
    {{"과", "과,점,보조,검증\n"
            "가,88.6,1,적정\n"
            "나,85.4,2,적정\n"
            "다,85.2,1,미흡\n"
            "라,70,3,적정\n"
            "마,69.7,3,\n"}}};

static const evaluation_text others = {
    "others",
    "jeoul: 1\n"
    "id: others\n"
    "title: 그 밖의 규칙\n"
    "basis: 규정 제1조\n"
    "period: {from: 2017-01-01, to: 2017-12-31}\n"
    "tables:\n"
    "  과:\n"
    "    key: 과\n"
    "    title: 이름\n"
    "    columns:\n"
    "      이름: text\n"
    "      군: [가, 나]\n"
    "      점: {number: {unit: \"%\"}}\n"
    "      끝: month\n"
    "      분기: quarter\n"
    "      등: {ordered: {of: [하, 중, 상]}}\n"
    "      기한: date\n"
    "  표: {key: [과, 지표], title: 지표명, columns: {지표명: text, 실: number, 목: number, 무게: number}}\n"
    "entities: 과\n"
    "groups: 군\n"
    "grades: [으뜸, 버금]\n"
    "scorecard:\n"
    "  weight_total: free\n"
    "  areas:\n"
    "    - id: 기하\n"
    "      weight: 5\n"
    "      combine: geometric\n"
    "      weight_total: free\n"
    "      indicators: [{id: 갑, weight: 1, value: 점, score: value / 2 + 1}, {id: 을, weight: 2, score: 50}]\n"
    "    - id: 표\n"
    "      weight: 5\n"
    "      weight_total: free\n"
    "      missing: 0\n"
    "      each: 표\n"
    "      indicator: {weight: 무게, value: 실 / 목 * 100, score: \"min(value, 100)\", undefined: not_applicable, "
    "missing: mean(score over group)}\n"
    "    - {id: 군별, weight: 2, score: {가: 점 * 2, 나: none}, not_applicable: 33}\n"
    "values:\n"
    "  달: {formula: if 끝 >= '2017-06' and 분기 > '2017-Q1' and 등 >= '중' then 1 else 0, digits: 0}\n"
    "  마감: 기한\n"
    "results:\n"
    "  round: {total: 1}\n"
    "  rank: {within: group, by: raw, best: low, ties: average, where: 점 > 1}\n"
    "  grade: [{cutoffs_at_most: {으뜸: 40}, otherwise: 버금, by: value}, {of: [기하], cutoffs: {으뜸: 50, 버금: "
    "0}}]\n",
    {{"과", "과,이름,군,점,끝,분기,등,기한\n"
            "a,총무과,가,40,2017-08,2017-Q3,상,2017-03-31\n"
            "b,재무과,가,40,2017-03,2017-Q1,하,2017-03-31\n"
            "c,홍보과,나,1,2017-08,2017-Q3,중,2017-03-31\n"
            "d,민원과,나,60,2017-08,2017-Q3,중,2017-03-31\n"},
     {"표", "과,지표,지표명,실,목,무게\n"
            "a,1,하나,30,40,1\n"
            "a,2,둘,30,0,2\n"
            "b,1,하나,60,40,1\n"
            "b,2,둘,,10,3\n"
            "c,1,하나,1,2,1\n"
            "d,1,하나,1,2,1\n"}}};

/* ---- text ---- */

static void the_text_is_a_tree_with_everything_in_it(void **state) {
    (void)state;
    evaluation made = make_evaluation(&offices);
    char *text = explain(&made, "총무", JEOUL_TEXT, JEOUL_KOREAN);
    const char *expected =
        "총무 (가)   87.7   2위 / 3   우수\n"
        "손으로 만든 평가\n"
        "├─ 업무 실적              54.5455 ×     91.4     51.9000  91.375 → 91.4                                  "
        "rules.yaml:15\n"
        "│  │    가감점을 더하기 전 득점 49.8545\n"
        "│  │    득점 51.854545… → 51.9 소수 첫째 자리까지 반올림\n"
        "│  ├─ 달성                20.4545 × 100.0000 % = 20.4545  min(100 × 32 / 30, 100) = 100 (최고 100 적용)  "
        "rules.yaml:21\n"
        "│  │       산식: achievement(실적, 계획, up, cap = 100)\n"
        "│  ├─ 이행률              13.6364 ×  90.0000 % = 12.2727                                                 "
        "rules.yaml:22\n"
        "│  │       산식: 이행\n"
        "│  ├─ 위험도               6.8182 ×  90.0000 % =  6.1364  100 - 10 = 90                                  "
        "rules.yaml:23\n"
        "│  │       산식: 100 - 위험\n"
        "│  ├─ 특수                13.6364 ×  80.5000 % = 10.9773                                                 "
        "rules.yaml:24\n"
        "│  │       산식: 만족\n"
        "│  ├─ 가점 포상                                  +3.0000                                                 "
        "rules.yaml:28\n"
        "│  │  │    산식: 점수\n"
        "│  │  │    한도 3: 3.7000 → 3.0000\n"
        "│  │  ├─ 1 · 상 · 표창                                    2\n"
        "│  │  ├─ 2 · 상 · 표창    계산 안 함                      1.5\n"
        "│  │  │       사유가 같은 것 가운데 하나만 계산\n"
        "│  │  └─ 3 · 상 · 감사장                                  1.7\n"
        "│  ├─ 가점 겸직가점                              +0.5000                                                 "
        "rules.yaml:29\n"
        "│  ├─ 가점 한도                                  -1.5000\n"
        "│  └─ 반올림 차이                                +0.0591\n"
        "├─ 표평가                 36.3636 ×  79.7143 % = 28.9870                                                 "
        "rules.yaml:35\n"
        "│  │    지표마다: 점\n"
        "│  │    조건에 들지 않아 뺀 줄 1개\n"
        "│  ├─ 하나                15.5844 ×       78 % = 12.1558  77.77 → 78\n"
        "│  └─ 둘                  20.7792 ×       81 % = 16.8312  80.5 → 81\n"
        "├─ 최저                    9.0909 ×  80.5000 % =  7.3182                                                 "
        "rules.yaml:36\n"
        "│  │    아래 평점 가운데 가장 낮은 것\n"
        "│  ├─ 만족도                         80.5000                                                             "
        "rules.yaml:40\n"
        "│  │       산식: 만족\n"
        "│  └─ 안전                           90.0000              100 - 10 = 90                                  "
        "rules.yaml:41\n"
        "│          산식: 100 - 위험\n"
        "├─ 조정 전 합계                                  88.2052\n"
        "├─ 감점 벌점                                     -1.5000                                                 "
        "rules.yaml:45\n"
        "│  │    산식: 점수\n"
        "│  │    한도 1.5: 2.0000 → 1.5000\n"
        "│  ├─ 4 · 벌 · 지각                                       1.1\n"
        "│  └─ 5 · 벌 · 누락                                       0.9\n"
        "├─ 가점 기본가점                                 +1.2500                                                 "
        "rules.yaml:46\n"
        "├─ 가점 합계                                     +1.0000  한도 적용 1.25 → 1\n"
        "├─ 감점 합계                                     -1.5000\n"
        "├─ 총점                                             87.7  87.705194… → 87.7 소수 첫째 자리까지 반올림\n"
        "├─ 순위                   2위 / 3\n"
        "├─ 등급                   우수\n"
        "│       87.7 ≥ 85 → 우수\n"
        "├─ 조건 위험기준          통과                            10 < 50                                        "
        "rules.yaml:48\n"
        "│       산식: 위험 < 50\n"
        "└─ 참고 비율              106.6667                        32 / 30 × 100 = 106.666666… → 106.6667         "
        "rules.yaml:50\n"
        "        산식: 실적 / 계획 * 100\n";
    if (strcmp(text, expected) != 0) {
        fail_msg("expected\n%s\nfound\n%s", expected, text);
    }
    jeoul_text_free(text);
    free_evaluation(&made);
}

static const struct said_case {
    const evaluation_text *evaluation;
    const char *entity;
    jeoul_language language;
    const char *sentence;
} said_cases[] = {
    /* policies */
    {&offices, "재무", JEOUL_KOREAN, "계산할 수 없음(목표가 0보다 크지 않음) → 0점"},
    {&offices, "재무", JEOUL_ENGLISH, "undefined (the target is not above zero) → 0"},
    {&offices, "재무", JEOUL_KOREAN, "실적값이 자료 없음 → 50으로 대체"},
    {&offices, "재무", JEOUL_KOREAN, "적용 조건에 들지 않음: 해당 == '예'"},
    {&offices, "재무", JEOUL_ENGLISH, "the condition does not hold: 해당 == '예'"},
    {&offices, "재무", JEOUL_KOREAN, "해당 없음 → 평가에서 빼고 배점을 나머지에 나눔"},
    {&offices, "홍보", JEOUL_KOREAN, "이 평가군에는 없는 지표"},
    {&offices, "감사", JEOUL_KOREAN, "시기 미도래 → 평가에서 빼고 배점을 나머지에 나눔"},
    /* redistribution: 60 / 110 x 100 x 2 / 8 goes to the others as 3 : 2 : 1 */
    {&offices, "재무", JEOUL_KOREAN, "배점 13.6364를 나눔: 달성 +6.8182, 이행률 +4.5455, 위험도 +2.2727"},
    {&offices, "재무", JEOUL_ENGLISH, "its weight of 13.6364 goes to: 달성 +6.8182, 이행률 +4.5455, 위험도 +2.2727"},
    {&offices, "총무", JEOUL_KOREAN, "조건에 들지 않아 뺀 줄 1개"},
    /* adjustments */
    {&offices, "총무", JEOUL_KOREAN, "한도 3: 3.7000 → 3.0000"},
    {&offices, "총무", JEOUL_KOREAN, "사유가 같은 것 가운데 하나만 계산"},
    {&offices, "총무", JEOUL_ENGLISH, "only one of the same `사유` counts"},
    {&offices, "총무", JEOUL_KOREAN, "한도 적용 1.25 → 1"},
    {&offices, "감사", JEOUL_KOREAN, "한도 적용 100.9545 → 95"},
    {&offices, "총무", JEOUL_KOREAN, "가감점을 더하기 전 득점 49.8545"},
    {&offices, "총무", JEOUL_KOREAN, "득점 51.854545… → 51.9 소수 첫째 자리까지 반올림"},
    {&offices, "총무", JEOUL_ENGLISH, "points 51.854545… → 51.9 rounded half up to 1 decimal"},
    /* total, rank, grade */
    {&offices, "총무", JEOUL_KOREAN, "87.705194… → 87.7 소수 첫째 자리까지 반올림"},
    {&offices, "총무", JEOUL_KOREAN, "2위 / 3"},
    {&offices, "총무", JEOUL_ENGLISH, "2 of 3"},
    {&offices, "총무", JEOUL_KOREAN, "87.7 ≥ 85 → 우수"},
    {&offices, "재무", JEOUL_KOREAN, "보통까지 +18.1"},
    {&offices, "재무", JEOUL_ENGLISH, "+18.1 to 보통"},
    {&offices, "홍보", JEOUL_KOREAN, "등급은 보통 이하"},
    {&offices, "재무", JEOUL_ENGLISH, "rounding of the printed points"},
    {&quotas, "가", JEOUL_KOREAN, "비율에 따른 등급 S; 등급별 자리 S: 1, A: 2, B: 2"},
    {&quotas, "가", JEOUL_KOREAN, "S는 90 이상이어야 함 → A"},
    {&quotas, "가", JEOUL_KOREAN, "S까지 +1"},
    {&quotas, "나", JEOUL_KOREAN, "총점이 같은 다와는 보조로 가림(낮은 쪽이 앞): 2 대 1"},
    {&quotas, "나", JEOUL_ENGLISH, "tie with 다 broken by 보조, the lower first: 2 against 1"},
    {&quotas, "나", JEOUL_KOREAN, "S의 마지막은 가, 총점 89"},
    {&quotas, "나", JEOUL_KOREAN, "S까지 +5"}, /* the floor of 90 is further than the last one's 89 */
    {&quotas, "다", JEOUL_KOREAN, "통과하지 못한 조건 때문에 A → B"},
    {&quotas, "다", JEOUL_KOREAN, "등급을 1단계 내림"},
    {&quotas, "라", JEOUL_KOREAN, "공동 4위 / 5"},
    {&quotas, "라", JEOUL_ENGLISH, "4 of 5, shared"},
    {&quotas, "라", JEOUL_KOREAN, "순위가 같은 곳: 마"},
    {&quotas, "라", JEOUL_KOREAN, "A까지 +15"},
    /* other rules */
    {&others, "a", JEOUL_KOREAN, "그 밖의 규칙 · 규정 제1조"},
    {&others, "a", JEOUL_KOREAN, "아래 평점의 가중 기하평균"},
    {&others, "a", JEOUL_KOREAN, "등급 버금"},
    {&others, "a", JEOUL_KOREAN, "├─ 하나 "}, /* rows go by the title of their table */
    {&others, "a", JEOUL_KOREAN, "실적값: 실 / 목 * 100"},
    {&others, "a", JEOUL_KOREAN, "실적값: 30 / 40 × 100 = 75"},
    {&others, "a", JEOUL_KOREAN, "계산할 수 없음(0으로 나눔) → 해당 없음으로 봄"},
    {&others, "a", JEOUL_KOREAN, "40 × 2 = 80"}, /* the formula of its group */
    {&others, "c", JEOUL_KOREAN, "해당 없음 → 33점"},
    {&others, "b", JEOUL_KOREAN, "자료 없음 → 87.5점 (mean(score over group))"},
    {&others, "a", JEOUL_KOREAN, "반올림하기 전 총점의 순서"},
    {&others, "a", JEOUL_KOREAN, "총점이 낮을수록 앞섬"},
    {&others, "c", JEOUL_KOREAN, "순위를 매기지 않음"},
    {&others, "c", JEOUL_KOREAN, "32.806734… ≤ 40 → 으뜸"},
    {&others, "d", JEOUL_KOREAN, "으뜸까지 -4.097956…"},
    {&others, "a", JEOUL_KOREAN, "2017-08 >= '2017-06' and 2017-Q3 > '2017-Q1' and '상' >= '중': 참"},
    {&others, "b", JEOUL_ENGLISH, "2017-03 >= '2017-06' and 2017-Q1 > '2017-Q1' and '하' >= '중': false"},
    {&others, "a", JEOUL_KOREAN, "2017-03-31"},
};

static void what_acted_is_said(void **state) {
    (void)state;
    for (size_t index = 0; index < JL_COUNT(said_cases); index++) {
        evaluation made = make_evaluation(said_cases[index].evaluation);
        char *text = explain(&made, said_cases[index].entity, JEOUL_TEXT, said_cases[index].language);
        check_has(text, said_cases[index].sentence, said_cases[index].entity);
        jeoul_text_free(text);
        free_evaluation(&made);
    }
}

static void a_grade_lowered_by_a_gate_has_no_distance(void **state) {
    (void)state;
    evaluation made = make_evaluation(&quotas);
    char *text = explain(&made, "다", JEOUL_TEXT, JEOUL_KOREAN);
    assert_null(strstr(text, "까지 +"));
    jeoul_text_free(text);
    free_evaluation(&made);
}

/* The cell at which the rulebook line stands, of each line that has one. */
static void rulebook_lines_stand_under_each_other(void **state) {
    (void)state;
    evaluation made = make_evaluation(&offices);
    char *text = explain(&made, "홍보", JEOUL_TEXT, JEOUL_KOREAN);
    size_t cell = 0, n_lines = 0;
    for (char *line = text, *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        *end = '\0';
        const char *place = strstr(line, "rules.yaml:");
        if (place != NULL) {
            const size_t here = jl_text_width((jl_text){line, (size_t)(place - line)});
            cell = n_lines++ == 0 ? here : cell;
            assert_int_equal(here, cell);
        }
    }
    assert_true(n_lines > 10);
    jeoul_text_free(text);
    free_evaluation(&made);
}

static void colour_needs_to_be_asked_for(void **state) {
    (void)state;
    evaluation made = make_evaluation(&quotas);
    jeoul_explain_options options = JEOUL_EXPLAIN_OPTIONS_INIT;
    char *plain = NULL, *coloured = NULL;
    check_status(&made, jeoul_explain(made.result, "가", NULL, &plain, NULL));
    options.colour = 1;
    check_status(&made, jeoul_explain(made.result, "가", &options, &coloured, NULL));
    assert_null(strchr(plain, '\x1b'));
    check_has(coloured, "\x1b[1m가\x1b[0m", "the name is bold");
    jeoul_text_free(plain);
    jeoul_text_free(coloured);
    free_evaluation(&made);
}

/* ---- JSON ---- */

static const struct json_case {
    const evaluation_text *evaluation;
    const char *entity, *text;
} json_cases[] = {
    {&offices, "총무", "\"jeoul_explanation\": 1"},
    {&offices, "총무", "\"entity\": \"총무\""},
    {&offices, "총무", "\"group\": \"가\""},
    {&offices, "총무", "\"total\": 87.7"},
    {&offices, "총무", "\"id\": \"표평가/둘\""},
    {&offices, "총무", "\"before_rounding\": \"87.705194…\""},
    {&offices, "총무", "\"kind\": \"bonus_limit\""},
    {&offices, "총무", "\"counted\": false"},
    {&offices, "재무", "\"state\": \"not_applicable\""},
    {&offices, "재무", "\"full_weight\": 13.6364"},
    {&offices, "재무", "\"kind\": \"display\""},
    {&offices, "홍보", "\"passed\": false"},
    {&others, "a", "\"unit\": \"%\""},
    {&others, "a", "\"value\": \"2017-03-31\""},
    {&others, "a", "\"title\": \"하나\""},
    {&quotas, "나", "\"rank\": 3"},
    {&quotas, "나", "\"of\": 5"},
    {&quotas, "나", "\"distance\": \"+5\""},
};

static void json_has_the_same_in_members(void **state) {
    (void)state;
    for (size_t index = 0; index < JL_COUNT(json_cases); index++) {
        evaluation made = make_evaluation(json_cases[index].evaluation);
        char *text = explain(&made, json_cases[index].entity, JEOUL_JSON, JEOUL_KOREAN);
        check_has(text, json_cases[index].text, json_cases[index].entity);
        jeoul_text_free(text);
        free_evaluation(&made);
    }
}

/* ---- the call ---- */

static void an_unknown_entity_is_an_argument_error_with_the_nearest_name(void **state) {
    (void)state;
    evaluation made = make_evaluation(&offices);
    char *text = NULL;
    jeoul_diagnostic diagnostic;
    assert_int_equal(jeoul_explain(made.result, "총부", NULL, &text, made.diagnostics), JEOUL_ARGUMENT);
    assert_null(text);
    assert_int_equal(jeoul_diagnostics_count(made.diagnostics), 1);
    assert_int_equal(jeoul_diagnostics_get(made.diagnostics, 0, &diagnostic), JEOUL_OK);
    assert_string_equal(diagnostic.code, "JL0510");
    check_has(diagnostic.help, "총무", "nearest name");
    free_evaluation(&made);
}

static void a_decomposed_name_is_found(void **state) {
    (void)state;
    evaluation made = make_evaluation(&offices);
    char *text = NULL;
    /* 총무 as a file from a Mac writes it. */
    const char *decomposed = "\xE1\x84\x8E\xE1\x85\xA9\xE1\x86\xBC\xE1\x84\x86\xE1\x85\xAE";
    check_status(&made, jeoul_explain(made.result, decomposed, NULL, &text, made.diagnostics));
    check_has(text, "총무", "the name");
    jeoul_text_free(text);
    free_evaluation(&made);
}

static void wrong_calls_are_refused(void **state) {
    (void)state;
    evaluation made = make_evaluation(&quotas);
    char *text = NULL;
    jeoul_explain_options options = JEOUL_EXPLAIN_OPTIONS_INIT;
    assert_int_equal(jeoul_explain(NULL, "가", NULL, &text, NULL), JEOUL_ARGUMENT);
    assert_int_equal(jeoul_explain(made.result, NULL, NULL, &text, NULL), JEOUL_ARGUMENT);
    assert_int_equal(jeoul_explain(made.result, "가", NULL, NULL, NULL), JEOUL_ARGUMENT);
    options.format = JEOUL_CSV;
    assert_int_equal(jeoul_explain(made.result, "가", &options, &text, NULL), JEOUL_ARGUMENT);
    options = (jeoul_explain_options){4, JEOUL_TEXT, JEOUL_KOREAN, 0};
    assert_int_equal(jeoul_explain(made.result, "가", &options, &text, NULL), JEOUL_ARGUMENT);
    free_evaluation(&made);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_text_is_a_tree_with_everything_in_it),
        cmocka_unit_test(what_acted_is_said),
        cmocka_unit_test(a_grade_lowered_by_a_gate_has_no_distance),
        cmocka_unit_test(rulebook_lines_stand_under_each_other),
        cmocka_unit_test(colour_needs_to_be_asked_for),
        cmocka_unit_test(json_has_the_same_in_members),
        cmocka_unit_test(an_unknown_entity_is_an_argument_error_with_the_nearest_name),
        cmocka_unit_test(a_decomposed_name_is_found),
        cmocka_unit_test(wrong_calls_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
