/* SPDX-License-Identifier: Apache-2.0
 *
 * Rulebooks read back: a snapshot of the whole document, and sentences for what a rulebook can say.
 */
#include <stdlib.h>

#include "evaluations.h"

static const char offices[] =
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
    "  grade: {cutoffs: {우수: 85, 보통: 60, 미흡: 0}}\n";

static char *read_rulebook(const char *rulebook, jeoul_language language) {
    evaluation made = {NULL, NULL, NULL, NULL};
    char *text = NULL;
    assert_int_equal(jeoul_diagnostics_new(&made.diagnostics), JEOUL_OK);
    check_status(
        &made, jeoul_rulebook_parse("rules.yaml", rulebook, strlen(rulebook), NULL, &made.rulebook, made.diagnostics));
    check_status(&made, jeoul_rulebook_read(made.rulebook, language, &text));
    free_evaluation(&made);
    return text;
}

static void a_rulebook_is_a_document_to_sign(void **state) {
    (void)state;
    char *text = read_rulebook(offices, JEOUL_KOREAN);
    const char *const expected[] = {
        "손으로 만든 평가\n"
        "규칙 파일: rules.yaml (id hand)\n"
        "\n"
        "1. 평가 대상\n"
        "  표 과의 줄마다 평가대상 하나이다.\n"
        "  평가군은 군에 따라 나눈다: 가, 나.\n"
        "\n"
        "2. 자료\n"
        "  과: 과마다 한 줄. 군(가·나), 계획(수), 실적(수), 이행(수), 만족(수), 위험(수), 해당(예·아니오), 겸직(수)\n"
        "  표: 과·지표마다 한 줄. 비중(수), 점(수), 제외(예·아니오)\n"
        "  상벌: 과·번호마다 한 줄. 종류(상·벌), 사유(글), 점수(수)\n"
        "  다음 낱말은 상태로 읽는다: '없음' 해당 없음, '미정' 시기 미도래.\n"
        "  빈칸은 따로 정하지 않았으면 자료 없음으로 읽는다.\n"
        "\n",
        "3. 평가 항목\n"
        "  만점은 100점이다.\n"
        "  득점은 배점에 평점을 곱해 100으로 나눈 것이다. 따로 적지 않은 분야의 평점은 아래 항목의 평점을 배점으로 "
        "가중 평균한 것이다.\n"
        "  따로 적지 않은 지표: 자료가 없으면 0점, 해당이 없으면 배점을 나머지에 나눔, 시기가 오지 않았으면 배점을 "
        "나머지에 나눔, 계산할 수 없으면 평가를 멈추고 알림.\n"
        "  따로 적지 않은 분야: 자료가 없으면 평가를 멈추고 알림, 해당이 없으면 배점을 나머지에 나눔, 시기가 오지 "
        "않았으면 배점을 나머지에 나눔, 계산할 수 없으면 평가를 멈추고 알림.\n"
        "  아래 가중치는 비율로 쓴다.\n"
        "  3.1 업무 실적 (업무) — 배점 가 60, 나 50\n"
        "      아래 가중치는 비율로 쓴다.\n"
        "      평점은 소수 첫째 자리까지 반올림, 득점은 소수 첫째 자리까지 반올림.\n"
        "      가점 포상: 표 상벌의 줄마다(종류 = '상'인 줄만) 점수만큼, 사유가 같은 것은 점수가 가장 높은 하나만, "
        "3점까지\n"
        "      가점 겸직가점: 겸직만큼, 점수가 없으면 0점\n"
        "      가점은 모두 합해 2점까지이다.\n"
        "      가감점을 더해도 0점과 분야의 배점 사이에 둔다.\n"
        "    3.1.1 달성 — 배점 3\n"
        "        계획 대비 실적의 달성도(높을수록 좋음, 최고 100점)로 평가한다.\n"
        "        자료가 없으면 10점, 계산할 수 없으면 0점.\n"
        "    3.1.2 이행률 — 배점 2\n"
        "        실적값이 없으면 50으로 대신한다.\n"
        "        실적값을 그대로 평점으로 한다.\n"
        "    3.1.3 위험도 — 배점 가 1, 나 없음\n"
        "        100 - 위험으로 평가한다.\n"
        "    3.1.4 특수 — 배점 2\n"
        "        해당 = '예'일 때만 평가한다.\n"
        "        만족을 그대로 평점으로 한다.\n"
        "        자료가 없으면 배점을 나머지에 나눔.\n"
        "  3.2 표평가 — 배점 40\n"
        "      아래 가중치는 비율로 쓴다.\n"
        "      표 표에 있는 평가대상의 줄마다 지표 하나이다(제외 = '아니오'인 줄만).\n"
        "      지표의 가중치: 비중\n"
        "      점을 그대로 평점으로 한다.\n"
        "      자료가 없으면 평가를 멈추고 알림, 평점은 정수 자리까지 반올림.\n"
        "  3.3 최저 — 배점 10\n"
        "      평점은 아래 평점 가운데 가장 낮은 것이다.\n"
        "    3.3.1 만족도\n"
        "        만족을 그대로 평점으로 한다.\n"
        "        자료가 없으면 30점.\n"
        "    3.3.2 안전\n"
        "        100 - 위험으로 평가한다.\n"
        "\n"
        "4. 가점과 감점\n"
        "  감점 벌점: 표 상벌의 줄마다(종류 = '벌'인 줄만) 점수만큼, 1.5점까지\n"
        "  가점 기본가점: 1.25점\n"
        "  가점은 모두 합해 1점까지이다.\n"
        "  감점은 모두 합해 2점까지이다.\n"
        "  총점은 0점보다 낮지 않고 95점보다 높지 않다.\n"
        "\n"
        "5. 함께 싣는 수치\n"
        "  비율: 실적 / 계획 × 100\n"
        "\n"
        "6. 총점, 순위, 등급\n"
        "  총점은 소수 첫째 자리까지 반올림한다.\n"
        "  순위는 평가군 안에서 총점이 높은 순서로 매긴다.\n"
        "  동점은 차례로 업무(높은 쪽), 위험(낮은 쪽)을 견주어 가리고, 그래도 같으면 동점이다.\n"
        "  동점은 같은 순위로 하고 다음 순위를 건너뛴다(1, 1, 3).\n"
        "  등급은 총점에 따라 준다: 85 이상 우수, 60 이상 보통, 0 이상 미흡.\n"
        "  위험기준: 위험 < 50이어야 한다. 아니면 보통 이하로 한다. 알 수 없으면 통과하지 못한 것으로 본다.\n"
        "\n"
        "위의 내용대로 평가함을 확인한다.\n"
        "    년    월    일      소속            성명              (서명)\n"};
    const char *rest = text;
    for (size_t part = 0; part < JL_COUNT(expected); part++) {
        const size_t length = strlen(expected[part]);
        if (strncmp(rest, expected[part], length) != 0) {
            fail_msg("expected\n%s\nfound\n%s", expected[part], rest);
        }
        rest += length;
    }
    assert_string_equal(rest, "");
    jeoul_text_free(text);
}

/* ---- formulas in words ---- */

static const struct formula_case {
    const char *formula, *korean, *english;
} formula_cases[] = {
    {"구간(가 / 나 * 100)", "가 / 나 × 100을 구간으로 평가한다: 95 이상 100점, 90 이상 90점, 그 밖 70점.",
     "가 / 나 × 100 is scored by 구간: at least 95: 100, at least 90: 90, otherwise 70."},
    {"achievement(가, 나, up, cap = 100)", "나 대비 가의 달성도(높을수록 좋음, 최고 100점)로 평가한다.",
     "Scored as the achievement of 가 against 나 (higher is better, at most 100)."},
    {"achievement(가, 나, 방향, form = mirrored, cap = none, floor = 20)",
     "나 대비 가의 달성도(방향은 방향에 따름, 낮을수록 좋은 것은 2 - 실적 / 목표, 최저 20점)로 평가한다.",
     "Scored as the achievement of 가 against 나 (direction as 방향 says, 2 - actual / target where lower is better, "
     "at least 20)."},
    {"interval(가, low = 60, high = 100, floor = 20)",
     "가를 60에서 20점, 100에서 100점으로 하여 그 사이에 비례시킨 점수로 평가한다.",
     "Scored as 가 in proportion between 60 for 20 and 100 for 100."},
    {"trimmed_mean(답.점, drop = 1, from = 3)",
     "가장 높은 것과 가장 낮은 것을 1개씩 뺀 답의 점의 평균(값이 3개 이상일 때)으로 평가한다.",
     "Scored as the mean of 점 of 답 without the 1 highest and the 1 lowest (of at least 3 values)."},
    {"100 * count(답 where 누구 == '안') / count(답)", "100 × 답의 줄 수(누구 = '안'인 것만) / 답의 줄 수로 평가한다.",
     "Scored as 100 × the number of rows of 답 (only where 누구 = '안') / the number of rows of 답."},
    {"percentile(가 / 나 over group, best = high)", "(가 / 나)의 백분위(높은 것부터, 같은 평가군 안에서)로 평가한다.",
     "Scored as the percentile of (가 / 나) (highest first) (within the group)."},
    {"if 가 >= 나 and not (등급 in ('S', 'A')) then 100 else 0",
     "(가 ≥ 나 그리고 (등급이 'S', 'A' 가운데 하나)가 아님)이면 100, 아니면 0으로 평가한다.",
     "Scored as if 가 ≥ 나 and not (등급 is one of 'S', 'A') then 100, otherwise 0."},
    {"mean([가, 나]) - -3", "가, 나의 평균 - -3으로 평가한다.", "Scored as the mean of 가, 나 - -3."},
    {"(가 + 나) * 2 ^ 2", "(가 + 나) × 2^2로 평가한다.", "Scored as (가 + 나) × 2^2."},
    {"first(가, 나, 0)", "가, 나, 0 가운데 값이 있는 첫째로 평가한다.",
     "Scored as the first of 가, 나, 0 that has a value."},
    {"등급점수(등급)", "등급을 등급점수로 평가한다: S 100점, A 95점, B 70점.",
     "등급 is scored by 등급점수: S 100, A 95, B 70."},
    {"곡선(가)",
     "가를 곡선으로 평가한다: 0에서 0점, 50에서 40점, 그 사이는 직선으로 잇는다; 처음보다 아래는 처음 점수; 끝보다 "
     "위도 같은 기울기로 잇는다.",
     "가 is scored by 곡선: 0 at 0, 40 at 50, joined by straight lines; below the first as the first; above the last "
     "the line goes on."},
    {"mean(가 over all) + mean(가 over 등급)", "가의 평균(전체에서) + 가의 평균(등급이 같은 것끼리)으로 평가한다.",
     "Scored as the mean of 가 (among all) + the mean of 가 (among those with the same 등급)."},
    {"mean(답.점, from = 3, fewer = 50)", "답의 점의 평균(값이 3개 이상일 때, 모자라면 50)으로 평가한다.",
     "Scored as the mean of 점 of 답 (of at least 3 values, otherwise 50)."},
    {"구간(가) / 2", "가를 구간으로 환산한 점수 / 2로 평가한다.", "Scored as the score that 구간 gives 가 / 2."},
    {"(if known(가) then 가 else 나) + 1", "((가에 값이 있음)이면 가, 아니면 나) + 1로 평가한다.",
     "Scored as (if 가 has a value then 가, otherwise 나) + 1."},
    {"가", "가를 그대로 평점으로 한다.", "가 is the score."},
};

static void formulas_are_said_in_words(void **state) {
    (void)state;
    static const char frame[] =
        "jeoul: 1\nid: t\ntables:\n"
        "  과: {key: 과, columns: {군: [안, 밖], 가: number, 나: number, 등급: [S, A, B], 방향: {상향: up, 하향: "
        "down}}}\n"
        "  답: {key: [과, 번], columns: {점: number, 누구: [안, 밖]}}\n"
        "entities: 과\ngroups: 군\nscales:\n  구간: {at_least: {95: 100, 90: 90}, otherwise: 70}\n"
        "  등급점수: {S: 100, A: 95, B: 70}\n  곡선: {curve: [[0, 0], [50, 40]], below: hold, above: extend}\n"
        "scorecard:\n  score: \"%s\"\n  missing: 0\n  undefined: 0\nresults: {round: {total: 2}}\n";
    for (size_t index = 0; index < JL_COUNT(formula_cases); index++) {
        const struct formula_case *wanted = &formula_cases[index];
        const char *hole = strstr(frame, "%s");
        jl_buffer rulebook = {NULL, 0, 0, false};
        jl_buffer_add(&rulebook, (jl_text){frame, (size_t)(hole - frame)});
        jl_buffer_add(&rulebook, jl_text_of(wanted->formula));
        jl_buffer_add(&rulebook, jl_text_of(hole + 2));
        char *korean = read_rulebook(rulebook.data, JEOUL_KOREAN),
             *english = read_rulebook(rulebook.data, JEOUL_ENGLISH);
        check_has(korean, wanted->korean, wanted->formula);
        check_has(english, wanted->english, wanted->formula);
        jeoul_text_free(korean);
        jeoul_text_free(english);
        jl_buffer_free(&rulebook);
    }
}

/* ---- the rest of the language ---- */

static const struct sentence_case {
    const char *lines, *korean, *english;
} sentence_cases[] = {
    {"scorecard: {combine: geometric, areas: [{id: A, weight: 1, score: 가}, {id: B, weight: 2, score: 나}], "
     "weight_total: free}\nresults: {round: {total: 2}}\n",
     "평점은 아래 평점의 가중 기하평균이다.", "The score is the weighted geometric mean of the scores below."},
    {"scorecard: {score: 가}\nresults: {round: {total: -2, mode: truncate}}\n", "총점은 백의 자리까지 남기고 버림한다.",
     "The total is truncated to hundreds."},
    {"scorecard: {score: 가}\nresults: {round: {total: 2}, rank: {within: group, by: raw, best: low, ties: average, "
     "where: 나 > 0}}\n",
     "순위는 평가군 안에서 반올림하기 전 총점이 낮은 순서로 매긴다(나 > 0인 곳만).",
     "Ranks are given within the group by the total before rounding, the lowest first (only where 나 > 0)."},
    {"scorecard: {score: 가}\nresults: {round: {total: 2}, rank: {by: 1, ties: dense}}\n",
     "소수 첫째 자리까지 반올림한 총점이 높은 순서로", "by the total rounded half up to 1 decimal"},
    {"scorecard: {score: 가}\nresults: {round: {total: 2}, rank: {ties: dense}}\n", "(1, 1, 2)", "(1, 1, 2)"},
    {"grades: [좋음, 나쁨]\nscorecard: {score: 가}\nresults: {round: {total: 2}, grade: {cutoffs_at_most: {좋음: 50}, "
     "otherwise: 나쁨}}\n",
     "등급은 총점에 따라 준다: 50 이하 좋음, 그 밖 나쁨.", "Grades follow the total: 좋음 up to 50, otherwise 나쁨."},
    {"grades: [좋음, 나쁨]\nscorecard: {score: 가}\nresults: {round: {total: 2}, rank: {ties: min}, grade: {quota: "
     "{좋음: 30, 나쁨: 70}, seats: largest_remainder, tie_at_cut: error}}\n",
     "동점이 경계에 걸리면 등급을 주지 않고 알린다.", "A tie across a cut stops the evaluation."},
    {"scorecard: {score: 가, missing: none, not_applicable: error, not_due: 30}\nresults: {round: {total: 2}}\n",
     "자료가 없으면 위 분야도 점수가 없음, 해당이 없으면 평가를 멈추고 알림, 시기가 오지 않았으면 30점",
     "if missing, what is above it has no score; if not applicable, the evaluation stops; if not due, 30"},
    {"basis: 규정 제1조\nperiod: {from: 2017-01-01, to: 2017-12-31}\nscorecard: {score: 가}\nresults: {round: {total: "
     "2}}\n",
     "근거: 규정 제1조\n평가 기간: 2017-01-01부터 2017-12-31까지",
     "Basis: 규정 제1조\nPeriod: 2017-01-01 to 2017-12-31"},
    {"scorecard: {score: {안: 가, 밖: none}, not_applicable: 10}\nresults: {round: {total: 2}}\n", "밖: 평가하지 않음",
     "밖: not evaluated"},
    {"scorecard: {undefined: missing, missing: 3, score: mean(가 over 군)}\nresults: {round: {total: 2}}\n",
     "계산할 수 없으면 자료 없음으로 봄", "if undefined, taken as missing"},
    {"scorecard: {indicators: [{id: 가, weight: 60, basis: 별표 1}, {id: 지, weight: 40, value: 나 / 2}]}\nresults: "
     "{round: {total: 2}}\n",
     "실적값: 나 / 2\n      실적값을 그대로 평점으로 한다.", "Basis: 별표 1\n      가 is the score."},
    {"scorecard: {value: 가, score: value * 2}\nresults: {round: {total: 2}}\n", "가 × 2로 평가한다.",
     "Scored as 가 × 2."},
    {"scorecard: {score: 가}\nadjustments:\n  items: [{id: 벌, kind: penalty, where: 나 > 3, points: 0.5}]\nresults: "
     "{round: {total: 2}}\n",
     "감점 벌: (나 > 3)이면 0.5점", "Penalty 벌: 0.5 where 나 > 3"},
};

static void every_rule_has_its_sentence(void **state) {
    (void)state;
    for (size_t index = 0; index < JL_COUNT(sentence_cases); index++) {
        const struct sentence_case *wanted = &sentence_cases[index];
        jl_buffer rulebook = {NULL, 0, 0, false};
        jl_buffer_format(&rulebook,
                         "jeoul: 1\nid: t\ntables: {과: {key: 과, columns: {군: [안, 밖], 가: number, 나: "
                         "number}}}\nentities: 과\ngroups: 군\n%s",
                         wanted->lines);
        char *korean = read_rulebook(rulebook.data, JEOUL_KOREAN),
             *english = read_rulebook(rulebook.data, JEOUL_ENGLISH);
        check_has(korean, wanted->korean, wanted->lines);
        check_has(english, wanted->english, wanted->lines);
        jeoul_text_free(korean);
        jeoul_text_free(english);
        jl_buffer_free(&rulebook);
    }
}

static void columns_and_grades_are_described(void **state) {
    (void)state;
    static const char rulebook[] =
        "jeoul: 1\n"
        "id: t\n"
        "tables:\n"
        "  과:\n"
        "    key: 과\n"
        "    columns:\n"
        "      가: {number: {min: 0, max: 5, blank: 0}}\n"
        "      나: {number: {blank: error, unit: 명}}\n"
        "      다: {number: {blank: not_applicable}}\n"
        "      순: {ordered: {of: [하, 상]}}\n"
        "      방향: {올림: up, 내림: down}\n"
        "      위: 과\n"
        "      날: date\n"
        "    derive: {합: 가 + 나}\n"
        "entities: 과\n"
        "grades: [S, A, B]\n"
        "scales: {표: {갑: 1, 을: 2, otherwise: 0}}\n"
        "scorecard: {score: \"합 + 다 + 위.가 + achievement(가, 나, 방향, form = ratio, cap = none)\", missing: 0, "
        "undefined: 0, not_applicable: 0}\n"
        "gates: [{id: 기준, pass: 순 == '상' and 날 > '2017-01-01', down: 2, unknown: pass}]\n"
        "results:\n"
        "  round: {total: 2}\n"
        "  rank: {by: 1, ties: max, where: 가 > 0}\n"
        "  grade: {quota: {S: 10, A: 30, B: 60}, seats: each_half_up, tie_at_cut: down, heads: 나, of_heads: all, "
        "at_least: {S: 90}, refill: yes}\n";
    static const char *const sentences[] = {
        "가(수, 빈칸은 0, 0 이상, 5 이하)",
        "나(수, 빈칸이 있으면 안 됨, 단위 명)",
        "다(수, 빈칸은 해당 없음)",
        "순(하·상 순)",
        "방향(올림 = 높을수록 좋음·내림 = 낮을수록 좋음)",
        "위(표 과의 한 줄)",
        "날(날짜)",
        "합(계산: 가 + 나)",
        "표: 갑 1점, 을 2점, 그 밖 0점",
        "위의 가",
        "평가군을 나누지 않는다.",
        "순위는 전체에서 소수 첫째 자리까지 반올림한 총점이 높은 순서로 매긴다(가 > 0인 곳만).",
        "동점은 뒤의 순위로 같게 한다(2, 2, 3).",
        "자리는 등급마다 반올림해 정한다.",
        "동점이 경계에 걸리면 모두 아래 등급으로 한다.",
        "한 줄은 나만큼의 인원으로 센다.",
        "순위가 없는 곳도 인원에 넣는다.",
        "S는 총점이 90 이상이어야 하며, 못 미치면 다음 등급으로 한다.",
        "기준: 순 = '상' 그리고 날 > '2017-01-01'이어야 한다. 아니면 2등급 내린다. 알 수 없으면 통과로 본다."};
    char *text = read_rulebook(rulebook, JEOUL_KOREAN);
    for (size_t index = 0; index < JL_COUNT(sentences); index++) {
        check_has(text, sentences[index], "columns and grades");
    }
    jeoul_text_free(text);
}

static void wrong_calls_are_refused(void **state) {
    (void)state;
    char *text = NULL;
    assert_int_equal(jeoul_rulebook_read(NULL, JEOUL_KOREAN, &text), JEOUL_ARGUMENT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rulebook_is_a_document_to_sign), cmocka_unit_test(formulas_are_said_in_words),
        cmocka_unit_test(every_rule_has_its_sentence),      cmocka_unit_test(columns_and_grades_are_described),
        cmocka_unit_test(wrong_calls_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
