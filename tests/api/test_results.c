/* SPDX-License-Identifier: Apache-2.0
 *
 * Results of small evaluations whose figures can be computed on paper: the figures by name, and the frames as texts.
 */
#include <stdlib.h>

#include "../evaluations.h"

/* 가부서: 고유 100 x 60 % + 50 x 40 % = 80, of 60 points 48. 달성 8 / 10 = 80, 24 points; 만족 90, 9 points; base 81.
 *         Bonus 1.5 x 1 + 1.5 x 2 = 4.5, cap 3, limit 2: 83. It has failed the gate: B instead of A.
 * 나부서: 고유 33.3, of 60 points 19.98. 만족 does not apply, so 달성 weighs 40: 33.3333, 13.3333 points; 33.3133 -> 33.3.
 * 다, 부서: 고유 95 x 50 % + 100 x 50 % = 97.5, 58.5 points. 달성 is missing: 0 points; 만족 70, 7 points; 65.5. */
static const char RULEBOOK[] =
    "jeoul: 1\n"
    "id: paper\n"
    "title: 종이 위의 평가\n"
    "period: {from: 2017-01-01, to: 2017-12-31}\n"
    "tables:\n"
    "  부서:\n"
    "    key: 부서\n"
    "    columns: {군: [가군, 나군], 실적: number, 목표: number, 만족: number, 비위: [있음, 없음],\n"
    "      등급: {우수: up, 보통: down}, 수준: {ordered: {of: [하, 중, 상]}}, 기한: date, 월: month, 분기: quarter}\n"
    "  지표표:\n"
    "    key: [부서, 지표]\n"
    "    title: 이름\n"
    "    columns: {이름: text, 점수: number, 가중치: number, 제외: [예, 아니오]}\n"
    "  대장: {key: [부서, 번호], columns: {건수: number}}\n"
    "states: {해당없음: not_applicable}\n"
    "entities: 부서\n"
    "groups: 군\n"
    "grades: [S, A, B]\n"
    "values:\n"
    "  달성률: 100 * 실적 / 목표\n"
    "  청렴: 비위 == '없음'\n"
    "  평가등급: 등급\n"
    "  평가수준: 수준\n"
    "  마감: 기한\n"
    "  마감월: 월\n"
    "  마감분기: 분기\n"
    "scorecard:\n"
    "  indicator: {missing: 0}\n"
    "  areas:\n"
    "    - id: 고유\n"
    "      title: 고유 지표\n"
    "      weight: 60\n"
    "      weight_total: 100\n"
    "      each: 지표표\n"
    "      where: 제외 != '예'\n"
    "      indicator: {weight: 가중치, score: 점수}\n"
    "    - id: 공통\n"
    "      weight: 40\n"
    "      indicators:\n"
    "        - id: 달성\n"
    "          title: 목표 달성\n"
    "          weight: 30\n"
    "          value: 달성률\n"
    "          score: achievement(실적, 목표, up, cap = 100)\n"
    "        - {id: 만족도, weight: 10, score: 만족}\n"
    "adjustments:\n"
    "  limits: {bonus: 2}\n"
    "  items:\n"
    "    - {id: 수상, title: 수상 실적, kind: bonus, each: 대장, points: 1.5 * 건수, cap: 3}\n"
    "gates:\n"
    "  - {id: 청렴기준, pass: 청렴, cap: B}\n"
    "results:\n"
    "  round: {total: 1, mode: half_up}\n"
    "  rank: {within: group, by: published, ties: min}\n"
    "  grade:\n"
    "    - {cutoffs: {S: 90, A: 70, B: 0}}\n"
    "    - {of: [공통], cutoffs: {S: 80, A: 30, B: 0}}\n";

static const char ENTITIES[] = "부서,군,실적,목표,만족,비위,등급,수준,기한,월,분기\n"
                               "가부서,가군,8,10,90,있음,우수,상,2017-03-01,2017-03,2017-Q1\n"
                               "나부서,가군,1,3,해당없음,없음,보통,하,,,\n"
                               "\"다, 부서\",나군,,5,70,없음,,,2017-12-31,2016-12,2016-Q4\n";
static const char SHEET[] = "부서,지표,이름,점수,가중치,제외\n"
                            "가부서,1,첫째,100,60,아니오\n"
                            "가부서,2,둘째,50,40,아니오\n"
                            "가부서,3,셋째,10,99,예\n"
                            "나부서,1,첫째,33.3,100,아니오\n"
                            "\"다, 부서\",1,첫째,95,50,아니오\n"
                            "\"다, 부서\",2,둘째,100,50,아니오\n";
static const char LEDGER[] = "부서,번호,건수\n"
                             "가부서,1,1\n"
                             "가부서,2,2\n";
#define TABLES                               \
    {"부서", ENTITIES}, {"지표표", SHEET}, { \
        "대장", LEDGER                       \
    }

/* ---- texts ---- */

#define assert_text(made, frame, format, expected) check_text((made), (frame), (format), (expected), __FILE__, __LINE__)
static void check_text(const evaluation *made, jeoul_frame frame, jeoul_format format, const char *expected,
                       const char *file, int line) {
    char *text = NULL;
    if (jeoul_result_text(made->result, frame, format, &text) != JEOUL_OK) _fail(file, line);
    _assert_string_equal(text, expected, file, line);
    jeoul_text_free(text);
}

#define assert_says(made, frame, format, expected) check_says((made), (frame), (format), (expected), __FILE__, __LINE__)
static void check_says(const evaluation *made, jeoul_frame frame, jeoul_format format, const char *expected,
                       const char *file, int line) {
    char *text = NULL;
    if (jeoul_result_text(made->result, frame, format, &text) != JEOUL_OK) _fail(file, line);
    const bool is_there = strstr(text, expected) != NULL;
    if (!is_there) print_error("expected somewhere:\n%s\nfound:\n%s\n", expected, text);
    jeoul_text_free(text);
    if (!is_there) _fail(file, line);
}

static void the_ranking_has_one_row_per_entity(void **state) {
    evaluation *made = *state;
    SCORE(made, RULEBOOK, TABLES);
    assert_text(made, JEOUL_FRAME_RANKING, JEOUL_CSV,
                "entity,group,total,rank,grade\n"
                "가부서,가군,83.0,1,B\n"
                "나부서,가군,33.3,2,B\n"
                "\"다, 부서\",나군,65.5,1,B\n");
    assert_text(made, JEOUL_FRAME_RANKING, JEOUL_JSON,
                "[\n"
                "{\"entity\":\"가부서\",\"group\":\"가군\",\"total\":83.0,\"rank\":1,\"grade\":\"B\"},\n"
                "{\"entity\":\"나부서\",\"group\":\"가군\",\"total\":33.3,\"rank\":2,\"grade\":\"B\"},\n"
                "{\"entity\":\"다, 부서\",\"group\":\"나군\",\"total\":65.5,\"rank\":1,\"grade\":\"B\"}]\n");
}

static void scores_have_every_node_and_every_row_that_counts(void **state) {
    evaluation *made = *state;
    SCORE(made, RULEBOOK, TABLES);
    assert_text(made, JEOUL_FRAME_SCORES, JEOUL_CSV,
                "부서,node,title,level,state,value,score,weight,points,grade\n"
                "가부서,고유,고유 지표,1,,,80.0000,60.0000,48.0000,\n"
                "가부서,고유/1,첫째,2,,,100.0000,36.0000,36.0000,\n"
                "가부서,고유/2,둘째,2,,,50.0000,24.0000,12.0000,\n"
                "가부서,공통,공통,1,,,82.5000,40.0000,33.0000,S\n"
                "가부서,달성,목표 달성,2,,80.0000,80.0000,30.0000,24.0000,\n"
                "가부서,만족도,만족도,2,,,90.0000,10.0000,9.0000,\n"
                "나부서,고유,고유 지표,1,,,33.3000,60.0000,19.9800,\n"
                "나부서,고유/1,첫째,2,,,33.3000,60.0000,19.9800,\n"
                "나부서,공통,공통,1,,,33.3333,40.0000,13.3333,A\n"
                "나부서,달성,목표 달성,2,,33.3333,33.3333,40.0000,13.3333,\n"
                "나부서,만족도,만족도,2,not_applicable,,,,,\n"
                "\"다, 부서\",고유,고유 지표,1,,,97.5000,60.0000,58.5000,\n"
                "\"다, 부서\",고유/1,첫째,2,,,95.0000,30.0000,28.5000,\n"
                "\"다, 부서\",고유/2,둘째,2,,,100.0000,30.0000,30.0000,\n"
                "\"다, 부서\",공통,공통,1,,,17.5000,40.0000,7.0000,B\n"
                "\"다, 부서\",달성,목표 달성,2,missing,,0.0000,30.0000,0.0000,\n"
                "\"다, 부서\",만족도,만족도,2,,,70.0000,10.0000,7.0000,\n");
    assert_says(
        made, JEOUL_FRAME_SCORES, JEOUL_JSON,
        "{\"부서\":\"나부서\",\"node\":\"만족도\",\"title\":\"만족도\",\"level\":2,\"state\":\"not_applicable\","
        "\"value\":null,\"score\":null,\"weight\":null,\"points\":null,\"grade\":null}");
}

static void contributions_name_node_kind_and_policy(void **state) {
    evaluation *made = *state;
    SCORE(made, RULEBOOK, TABLES);
    assert_text(made, JEOUL_FRAME_CONTRIBUTIONS, JEOUL_CSV,
                "entity,node,title,kind,score,weight,points,policy\n"
                "가부서,고유/1,첫째,node,100.0000,36.0000,36.0000,\n"
                "가부서,고유/2,둘째,node,50.0000,24.0000,12.0000,\n"
                "가부서,달성,목표 달성,node,80.0000,30.0000,24.0000,\n"
                "가부서,만족도,만족도,node,90.0000,10.0000,9.0000,\n"
                "가부서,수상,수상 실적,bonus,,,4.5000,\n"
                "가부서,수상,수상 실적,cap,,,-1.5000,cap: 3\n"
                "가부서,,,bonus_limit,,,-1.0000,bonus: 2\n"
                "나부서,고유/1,첫째,node,33.3000,60.0000,19.9800,\n"
                "나부서,달성,목표 달성,node,33.3333,40.0000,13.3333,\n"
                "나부서,,,total_rounding,,,-0.0133,\n"
                "나부서,만족도,만족도,absent,,,0.0000,not_applicable: redistribute\n"
                "\"다, 부서\",고유/1,첫째,node,95.0000,30.0000,28.5000,\n"
                "\"다, 부서\",고유/2,둘째,node,100.0000,30.0000,30.0000,\n"
                "\"다, 부서\",달성,목표 달성,node,0.0000,30.0000,0.0000,missing: 0\n"
                "\"다, 부서\",만족도,만족도,node,70.0000,10.0000,7.0000,\n");
}

static void everything_is_one_object_of_a_versioned_schema(void **state) {
    evaluation *made = *state;
    SCORE(made, RULEBOOK, TABLES);
    static const char *const parts[] = {
        "{\"jeoul_result\":1,\n\"rulebook\":{\"id\":\"paper\",\"title\":\"종이 위의 평가\"},\n\"engine\":\"0.1.0\",\n"
        "\"as_of\":\"2017-12-31\",\n\"settled_exactly\":",
        "\"warnings\":[],\n\"entities\":[\n{\"entity\":\"가부서\",\"group\":\"가군\",\"base\":81.0000,\"bonus\":2.0000,"
        "\"penalty\":0.0000,\"total\":83.0,\"rank\":1,\"grade\":\"B\",\n\"gates\":{\"청렴기준\":false},\n"
        "\"values\":{\"달성률\":80.0000,\"청렴\":false,\"평가등급\":\"우수\",\"평가수준\":\"상\",\"마감\":\"2017-03-"
        "01\","
        "\"마감월\":\"2017-03\",\"마감분기\":\"2017-Q1\"},\n\"nodes\":[\n{\"node\":\"고유\",",
        "\"values\":{\"달성률\":33.3333,\"청렴\":true,\"평가등급\":\"보통\",\"평가수준\":\"하\",\"마감\":null,"
        "\"마감월\":null,\"마감분기\":null}",
        "\"contributions\":[\n{\"node\":\"고유/1\",\"title\":\"첫째\",\"kind\":\"node\",\"score\":100.0000,"
        "\"weight\":36.0000,\"points\":36.0000,\"policy\":null},\n",
        "\"values\":{\"달성률\":null,\"청렴\":true,\"평가등급\":null,\"평가수준\":null,\"마감\":\"2017-12-31\","
        "\"마감월\":\"2016-12\",\"마감분기\":\"2016-Q4\"}",
        "\"points\":7.0000,\"policy\":null}]}]}\n",
    };
    for (size_t part = 0; part < N_OF(parts); part++) {
        assert_says(made, JEOUL_FRAME_EVERYTHING, JEOUL_JSON, parts[part]);
    }
}

/* ---- figures by name ---- */

static void figures_are_found_by_name(void **state) {
    evaluation *made = *state;
    SCORE(made, RULEBOOK, TABLES);
    assert_figures(made, "total", 83.0, 33.3, 65.5);
    assert_figures(made, "base", 81.0, 33.3133, 65.5);
    assert_figures(made, "bonus", 2, 0, 0);
    assert_figures(made, "penalty", 0, 0, 0);
    assert_figures(made, "rank", 1, 2, 1);
    assert_figures(made, "고유", 80, 33.3, 97.5);
    assert_figures(made, "달성", 80, 33.3333, 0);
    assert_figures(made, "만족도", 90, NAN, 70);
    assert_figures(made, "달성률", 80, 33.3333, NAN);
    assert_figures(made, "청렴", 0, 1, 1);
    assert_figures(made, "마감", NAN, NAN, NAN);
    assert_grades(made, "B B B");
}

/* 달성 as a Mac writes it. */
static void names_are_compared_in_nfc(void **state) {
    evaluation *made = *state;
    SCORE(made, RULEBOOK, TABLES);
    assert_figures(made, "\u1103\u1161\u11af\u1109\u1165\u11bc", 80, 33.3333, 0);
}

static void unknown_names_and_wrong_lengths_are_refused(void **state) {
    evaluation *made = *state;
    double figures[4];
    SCORE(made, RULEBOOK, TABLES);
    static const char *const names[] = {"", "없음", "고유/1", "수상", "청렴기준", "grade"};
    for (size_t name = 0; name < N_OF(names); name++) {
        assert_int_equal(jeoul_result_scores(made->result, names[name], figures, 3), JEOUL_ARGUMENT);
    }
    assert_int_equal(jeoul_result_scores(made->result, "total", figures, 2), JEOUL_ARGUMENT);
    assert_int_equal(jeoul_result_scores(made->result, "total", figures, 4), JEOUL_ARGUMENT);
}

static void entities_and_groups_have_names(void **state) {
    evaluation *made = *state;
    SCORE(made, RULEBOOK, TABLES);
    assert_int_equal(jeoul_result_entity_count(made->result), 3);
    assert_string_equal(jeoul_result_entity(made->result, 2), "다, 부서");
    assert_string_equal(jeoul_result_group(made->result, 2), "나군");
    assert_null(jeoul_result_entity(made->result, 3));
    assert_null(jeoul_result_group(made->result, 3));
    assert_null(jeoul_result_grade(made->result, 3));
}

/* ---- other shapes ---- */

/* Keys of two columns; a node that is no weighted mean: points stop there. No grades, ranks by their average. */
static const char TWO_KEYS[] = "jeoul: 1\n"
                               "tables:\n"
                               "  시험: {key: [해, 과목], columns: {해: year, 갑: number, 을: number}}\n"
                               "entities: 시험\n"
                               "groups: [해, 과목]\n"
                               "scorecard:\n"
                               "  weight: 1\n"
                               "  areas:\n"
                               "    - id: 기하\n"
                               "      weight: 1\n"
                               "      combine: geometric\n"
                               "      indicators: [{id: 갑}, {id: 을}]\n"
                               "results: {round: {total: 3, mode: half_up}, rank: {within: all, ties: average}}\n";

static void several_keys_have_columns_of_their_own(void **state) {
    evaluation *made = *state;
    SCORE(made, TWO_KEYS, {"시험", "해,과목,갑,을\n2017,국어,40,90\n2017,수학,60,60\n2018,국어,10,10\n"});
    assert_text(made, JEOUL_FRAME_RANKING, JEOUL_CSV,
                "entity,group,total,rank,grade\n"
                "2017/국어,2017/국어,0.600,1.5,\n"
                "2017/수학,2017/수학,0.600,1.5,\n"
                "2018/국어,2018/국어,0.100,3,\n");
    assert_says(made, JEOUL_FRAME_SCORES, JEOUL_CSV,
                "해,과목,node,title,level,state,value,score,weight,points,grade\n"
                "2017,국어,기하,기하,1,,,60.0000,1.0000,0.6000,\n"
                "2017,국어,갑,갑,2,,40.0000,40.0000,,,\n");
    assert_says(made, JEOUL_FRAME_CONTRIBUTIONS, JEOUL_CSV,
                "2017/국어,기하,기하,node,60.0000,1.0000,0.6000,\n2017/수학,");
    assert_null(jeoul_result_grade(made->result, 0));
    assert_figures(made, "rank", 1.5, 1.5, 3);
}

/* `none` takes the score away up to the total. */
static const char SPREADS[] =
    "jeoul: 1\n"
    "tables: {부서: {key: 부서, columns: {갑: number, 을: number}}}\n"
    "entities: 부서\n"
    "grades: [가, 나]\n"
    "scorecard: {id: 종합, indicators: [{id: 갑, weight: 40, missing: none}, {id: 을, weight: 60}]}\n"
    "results: {round: {total: 2}, rank: {within: all}, grade: {cutoffs: {가: 50, 나: 0}}}\n";

static void an_entity_without_a_total_has_no_rank_no_grade_and_no_contributions(void **state) {
    evaluation *made = *state;
    SCORE(made, SPREADS, {"부서", "부서,갑,을\n하나,,80\n둘,50,100\n"});
    assert_text(made, JEOUL_FRAME_RANKING, JEOUL_CSV, "entity,group,total,rank,grade\n하나,,,,\n둘,,80.00,1,가\n");
    assert_says(made, JEOUL_FRAME_SCORES, JEOUL_CSV,
                "하나,종합,종합,0,missing,,,100.0000,,\n하나,갑,갑,1,missing,,,,,\n하나,을,을,1,,80.0000,80.0000,");
    assert_text(made, JEOUL_FRAME_CONTRIBUTIONS, JEOUL_CSV,
                "entity,node,title,kind,score,weight,points,policy\n"
                "둘,갑,갑,node,50.0000,40.0000,20.0000,\n"
                "둘,을,을,node,100.0000,60.0000,60.0000,\n");
    assert_says(made, JEOUL_FRAME_EVERYTHING, JEOUL_JSON,
                "{\"entity\":\"하나\",\"group\":null,\"base\":null,\"bonus\":0.0000,\"penalty\":0.0000,\"total\":null,"
                "\"rank\":null,\"grade\":null,\n\"gates\":{},\n\"values\":{},\n");
    assert_figures(made, "total", NAN, 80);
    assert_null(jeoul_result_grade(made->result, 0));
}

static const char POLICIES[] =
    "jeoul: 1\n"
    "tables: {부서: {key: 부서, columns: {군: [갑군, 을군], 실적: number, 목표: number, 시기: number, 기타: number}}}\n"
    "states: {미도래: not_due, 해당없음: not_applicable}\n"
    "entities: 부서\n"
    "groups: 군\n"
    "scorecard:\n"
    "  weight_total: free\n"
    "  indicators:\n"
    "    - {id: 나눔, weight: 25, score: 100 * 실적 / 목표, undefined: 40}\n"
    "    - {id: 상태, weight: 25, score: 100 * 실적 / 목표, undefined: not_applicable}\n"
    "    - {id: 때, weight: 25, score: 시기, not_due: 70}\n"
    "    - {id: 몫, weight: {갑군: 25, 을군: none}, score: 기타, not_applicable: 50}\n"
    "results: {round: {total: 2}}\n";

static void answered_states_are_told_as_they_are_written(void **state) {
    evaluation *made = *state;
    SCORE(made, POLICIES, {"부서", "부서,군,실적,목표,시기,기타\n하나,갑군,1,0,미도래,해당없음\n"});
    assert_says(made, JEOUL_FRAME_CONTRIBUTIONS, JEOUL_CSV,
                "하나,나눔,나눔,node,40.0000,33.3333,13.3333,undefined: 40\n");
    assert_says(made, JEOUL_FRAME_CONTRIBUTIONS, JEOUL_CSV,
                "하나,상태,상태,absent,,,0.0000,\"undefined: not_applicable, not_applicable: redistribute\"\n");
    assert_says(made, JEOUL_FRAME_CONTRIBUTIONS, JEOUL_CSV, "하나,때,때,node,70.0000,33.3333,23.3333,not_due: 70\n");
    assert_says(made, JEOUL_FRAME_CONTRIBUTIONS, JEOUL_CSV,
                "하나,몫,몫,node,50.0000,33.3333,16.6667,not_applicable: 50\n");
}

static void a_weight_of_none_is_told_where_no_policy_answered(void **state) {
    evaluation *made = *state;
    const char *text = "jeoul: 1\n"
                       "tables: {부서: {key: 부서, columns: {군: [갑군, 을군], 갑: number, 을: number}}}\n"
                       "entities: 부서\n"
                       "groups: 군\n"
                       "scorecard:\n"
                       "  weight_total: free\n"
                       "  indicators:\n"
                       "    - {id: 갑, weight: 50}\n"
                       "    - {id: 을, weight: {갑군: 50, 을군: none}, not_applicable: 50}\n"
                       "results: {round: {total: 2}}\n";
    SCORE(made, text, {"부서", "부서,군,갑,을\n하나,을군,80,10\n"});
    assert_text(made, JEOUL_FRAME_CONTRIBUTIONS, JEOUL_CSV,
                "entity,node,title,kind,score,weight,points,policy\n"
                "하나,갑,갑,node,80.0000,100.0000,80.0000,\n"
                "하나,을,을,absent,,,0.0000,weight: none\n");
}

/* 앞: 100 of 30 points and 10 more, but no more than 30. 뒤: its only child does not count, the area answers 50.
 * Penalties 8, at most 6; 30 + 35 - 6 = 59, at least 60. */
static void limits_are_lines_of_their_own(void **state) {
    evaluation *made = *state;
    const char *text =
        "jeoul: 1\n"
        "tables: {부서: {key: 부서, columns: {갑: number, 을: number}}}\n"
        "entities: 부서\n"
        "scorecard:\n"
        "  areas:\n"
        "    - id: 앞\n"
        "      weight: 30\n"
        "      indicators: [{id: 갑, weight: 30}]\n"
        "      adjustments: {items: [{id: 덤, kind: bonus, points: 10}]}\n"
        "    - {id: 뒤, weight: 70, missing: 50, indicators: [{id: 을, weight: 70, missing: redistribute}]}\n"
        "adjustments:\n"
        "  limits: {penalty: 6, total: [60, 100]}\n"
        "  items: [{id: 벌, kind: penalty, points: 8}]\n"
        "results: {round: {total: 2}}\n";
    SCORE(made, text, {"부서", "부서,갑,을\n하나,100,\n"});
    assert_text(made, JEOUL_FRAME_CONTRIBUTIONS, JEOUL_CSV,
                "entity,node,title,kind,score,weight,points,policy\n"
                "하나,갑,갑,node,100.0000,30.0000,30.0000,\n"
                "하나,덤,덤,bonus,,,10.0000,\n"
                "하나,앞,앞,area_limit,,,-10.0000,\n"
                "하나,뒤,뒤,node,50.0000,70.0000,35.0000,missing: 50\n"
                "하나,벌,벌,penalty,,,-8.0000,\n"
                "하나,,,penalty_limit,,,2.0000,penalty: 6\n"
                "하나,,,total_limit,,,1.0000,\"low: 60, high: 100\"\n"
                "하나,을,을,absent,,,0.0000,missing: redistribute\n");
}

/* 100 / 3 x 3 with three lines of 33.3333. */
static void what_printing_rounds_away_is_a_line(void **state) {
    evaluation *made = *state;
    const char *text = "jeoul: 1\n"
                       "tables: {부서: {key: 부서, columns: {갑: number, 을: number, 병: number}}}\n"
                       "entities: 부서\n"
                       "scorecard: {indicators: [{id: 갑}, {id: 을}, {id: 병}]}\n"
                       "results: {round: {total: 2}}\n";
    SCORE(made, text, {"부서", "부서,갑,을,병\n하나,100,100,100\n"});
    assert_says(made, JEOUL_FRAME_CONTRIBUTIONS, JEOUL_CSV,
                "하나,병,병,node,100.0000,33.3333,33.3333,\n하나,,,display,,,0.0001,\n");
}

/* The square of an irrational root stays open at any precision. */
static void comparisons_that_stay_open_are_told(void **state) {
    evaluation *made = *state;
    const char *text = "jeoul: 1\n"
                       "tables: {부서: {key: 부서, columns: {갑: number}}}\n"
                       "entities: 부서\n"
                       "scorecard: {indicators: [{id: 갑, score: if sqrt(갑) * sqrt(갑) >= 갑 then 100 else 0}]}\n"
                       "results: {round: {total: 2}}\n";
    uint64_t taken_as_equal = 0;
    SCORE(made, text, {"부서", "부서,갑\n하나,2\n"});
    assert_figures(made, "total", 100);
    jeoul_result_exact_counts(made->result, NULL, &taken_as_equal);
    assert_int_equal(taken_as_equal, 1);
    assert_says(made, JEOUL_FRAME_EVERYTHING, JEOUL_JSON,
                "\"taken_as_equal\":1,\n\"warnings\":[{\"code\":\"JL0508\",\"message\":\"1 comparisons stayed open");
}

/* A sheet whose rows have two more keys, and a score without weight sums. */
static void rows_of_several_keys_are_joined(void **state) {
    evaluation *made = *state;
    const char *text = "jeoul: 1\n"
                       "tables:\n"
                       "  부서: {key: 부서, columns: {}}\n"
                       "  실적표: {key: [부서, 해, 지표], columns: {해: year, 점수: number}}\n"
                       "entities: 부서\n"
                       "scorecard: {areas: [{id: 실적, each: 실적표, indicator: {score: 점수}}]}\n"
                       "results: {round: {total: 2}}\n";
    SCORE(made, text, {"부서", "부서\n하나\n"}, {"실적표", "부서,해,지표,점수\n하나,2017,나,50\n하나,2016,가,100\n"});
    assert_text(made, JEOUL_FRAME_SCORES, JEOUL_CSV,
                "부서,node,title,level,state,value,score,weight,points,grade\n"
                "하나,실적,실적,1,,,75.0000,100.0000,75.0000,\n"
                "하나,실적/2016/가,2016/가,2,,,100.0000,50.0000,50.0000,\n"
                "하나,실적/2017/나,2017/나,2,,,50.0000,50.0000,25.0000,\n");
}

/* No column is there twice: the engine's own one gives way, and only where the key stands beside it. */
static void keys_may_be_called_like_columns_of_a_result(void **state) {
    evaluation *made = *state;
    const char *text = "jeoul: 1\n"
                       "tables: {표: {key: [node, jeoul_node, score], columns: {점수: number}}}\n"
                       "entities: 표\n"
                       "scorecard: {indicators: [{id: 하나, score: 점수}]}\n"
                       "results: {round: {total: 2}}\n";
    SCORE(made, text, {"표", "node,jeoul_node,score,점수\n가,나,다,50\n"});
    assert_text(made, JEOUL_FRAME_SCORES, JEOUL_CSV,
                "node,jeoul_node,score,jeoul_jeoul_node,title,level,state,value,jeoul_score,weight,points,grade\n"
                "가,나,다,하나,하나,1,,,50.0000,100.0000,50.0000,\n");
    assert_says(made, JEOUL_FRAME_EVERYTHING, JEOUL_JSON, "{\"node\":\"하나\",\"title\":");
}

/* A value that is a text is published as it stands. */
static void values_that_are_texts_are_published(void **state) {
    evaluation *made = *state;
    const char *text = "jeoul: 1\n"
                       "tables: {부서: {key: 부서, columns: {등급: [우수, 보통], 비고: text, 실적: number}}}\n"
                       "entities: 부서\n"
                       "scales: {환산: {우수: 100, 보통: 80}}\n"
                       "scorecard:\n"
                       "  indicator: {weight: 50, missing: 0}\n"
                       "  indicators:\n"
                       "    - {id: 평가, value: 등급, score: 환산(value)}\n"
                       "    - {id: 판정, value: if 실적 > 1 then '우수' else 비고, score: 환산(value)}\n"
                       "results: {round: {total: 2}}\n";
    SCORE(made, text, {"부서", "부서,등급,비고,실적\n하나,우수,보통,2\n둘,,보통,1\n"});
    assert_text(made, JEOUL_FRAME_SCORES, JEOUL_CSV,
                "부서,node,title,level,state,value,score,weight,points,grade\n"
                "하나,평가,평가,1,,우수,100.0000,50.0000,50.0000,\n"
                "하나,판정,판정,1,,우수,100.0000,50.0000,50.0000,\n"
                "둘,평가,평가,1,missing,,0.0000,50.0000,0.0000,\n"
                "둘,판정,판정,1,,보통,80.0000,50.0000,40.0000,\n");
}

static void a_result_without_entities_has_empty_frames(void **state) {
    evaluation *made = *state;
    SCORE(made, SPREADS, {"부서", "부서,갑,을\n"});
    assert_int_equal(jeoul_result_entity_count(made->result), 0);
    assert_text(made, JEOUL_FRAME_RANKING, JEOUL_CSV, "entity,group,total,rank,grade\n");
    assert_text(made, JEOUL_FRAME_RANKING, JEOUL_JSON, "[]\n");
    assert_says(made, JEOUL_FRAME_EVERYTHING, JEOUL_JSON, "\"as_of\":null,");
    assert_says(made, JEOUL_FRAME_EVERYTHING, JEOUL_JSON, "\"entities\":[]}\n");
    assert_int_equal(jeoul_result_scores(made->result, "total", NULL, 0), JEOUL_OK);
}

static void a_result_file_can_be_a_table_of_another_rulebook(void **state) {
    evaluation *made = *state, second = {0};
    const char *text =
        "jeoul: 1\n"
        "tables:\n"
        "  구역: {key: 구역, columns: {소관: text}}\n"
        "  결과: {key: [부서, 지표], others: ignore,\n"
        "    columns: {지표: {text: {header: node}}, 평점: {number: {header: score}}}}\n"
        "entities: 구역\n"
        "scorecard:\n"
        "  indicators: [{id: 이어받음, score: only(결과.평점 where 부서 == 구역.소관 and 지표 == '을')}]\n"
        "results: {round: {total: 2}}\n";
    char *scores = NULL;
    SCORE(made, SPREADS, {"부서", "부서,갑,을\n하나,20,80\n둘,50,95.5\n"});
    assert_int_equal(jeoul_result_text(made->result, JEOUL_FRAME_SCORES, JEOUL_CSV, &scores), JEOUL_OK);
    assert_int_equal(jeoul_diagnostics_new(&second.diagnostics), JEOUL_OK);
    SCORE(&second, text, {"구역", "구역,소관\n동,둘\n서,하나\n"}, {"결과", scores});
    assert_figures(&second, "total", 95.5, 80);
    clear_evaluation(&second);
    jeoul_diagnostics_free(second.diagnostics);
    jeoul_text_free(scores);
}

/* ---- sums ---- */

/* Adds the decimals of a column, in units of their last of four digits. */
static long long sum_of_points(char *csv, const char *entity) {
    long long sum = 0;
    for (char *line = strtok(csv, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        if (strncmp(line, entity, strlen(entity)) != 0) continue;
        for (int comma = 0; comma < 6; comma++) line = strchr(line, ',') + 1;
        const bool negative = *line == '-';
        const long long whole = strtoll(line + negative, &line, 10);
        const long long part = strtoll(line + 1, NULL, 10);
        sum += (negative ? -1 : 1) * (whole * 10000 + part);
    }
    return sum;
}

static void points_of_contributions_add_up_to_the_total(void **state) {
    evaluation *made = *state;
    const char *text =
        "jeoul: 1\n"
        "tables: {부서: {key: 부서, columns: {갑: number, 을: number, 병: number, 정: number}}}\n"
        "entities: 부서\n"
        "scorecard:\n"
        "  area: {round: 1}\n"
        "  indicator: {round: 1}\n"
        "  areas:\n"
        "    - {id: 앞, weight: 33, indicators: [{id: 갑, weight: 10}, {id: 을, weight: 23}]}\n"
        "    - {id: 뒤, weight: 67, round: {points: 1}, indicators: [{id: 병, weight: 60}, {id: 정, weight: 7}]}\n"
        "adjustments:\n"
        "  limits: {total: [0, 100]}\n"
        "  items: [{id: 벌, kind: penalty, points: score(갑) / 7, cap: 5}]\n"
        "results: {round: {total: 2}}\n";
    double totals[3];
    SCORE(made, text,
          {"부서", "부서,갑,을,병,정\n하나,33.33,66.67,12.345,99.95\n둘,1,2,3,4\n셋,98.765,43.21,77.777,1\n"});
    assert_int_equal(jeoul_result_scores(made->result, "total", totals, 3), JEOUL_OK);
    for (size_t entity = 0; entity < 3; entity++) {
        char *csv = NULL;
        assert_int_equal(jeoul_result_text(made->result, JEOUL_FRAME_CONTRIBUTIONS, JEOUL_CSV, &csv), JEOUL_OK);
        const long long sum = sum_of_points(csv, jeoul_result_entity(made->result, entity));
        assert_int_equal(sum, llround(totals[entity] * 10000));
        jeoul_text_free(csv);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        EVALUATION_TEST(the_ranking_has_one_row_per_entity),
        EVALUATION_TEST(scores_have_every_node_and_every_row_that_counts),
        EVALUATION_TEST(contributions_name_node_kind_and_policy),
        EVALUATION_TEST(everything_is_one_object_of_a_versioned_schema),
        EVALUATION_TEST(figures_are_found_by_name),
        EVALUATION_TEST(names_are_compared_in_nfc),
        EVALUATION_TEST(unknown_names_and_wrong_lengths_are_refused),
        EVALUATION_TEST(entities_and_groups_have_names),
        EVALUATION_TEST(several_keys_have_columns_of_their_own),
        EVALUATION_TEST(an_entity_without_a_total_has_no_rank_no_grade_and_no_contributions),
        EVALUATION_TEST(answered_states_are_told_as_they_are_written),
        EVALUATION_TEST(a_weight_of_none_is_told_where_no_policy_answered),
        EVALUATION_TEST(limits_are_lines_of_their_own),
        EVALUATION_TEST(what_printing_rounds_away_is_a_line),
        EVALUATION_TEST(comparisons_that_stay_open_are_told),
        EVALUATION_TEST(rows_of_several_keys_are_joined),
        EVALUATION_TEST(keys_may_be_called_like_columns_of_a_result),
        EVALUATION_TEST(values_that_are_texts_are_published),
        EVALUATION_TEST(a_result_without_entities_has_empty_frames),
        EVALUATION_TEST(a_result_file_can_be_a_table_of_another_rulebook),
        EVALUATION_TEST(points_of_contributions_add_up_to_the_total),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
