/* SPDX-License-Identifier: Apache-2.0
 *
 * Wherever memory ends, a call ends with JEOUL_NO_MEMORY, its output is NULL, and nothing is lost; or it could do without
 * that memory, and its results are the same. Linked with --wrap for malloc, calloc and realloc, which reaches this
 * library's allocations and not those of GMP and MPFR.
 */
#include <stdlib.h>

#include "../evaluations.h"

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *old, size_t size);

static long n_allocations;      /* since counting began */
static long failing_allocation; /* 0: none */

static bool fails(void) {
    return ++n_allocations == failing_allocation;
}

void *__wrap_malloc(size_t size) {
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size) {
    return fails() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *old, size_t size) {
    return fails() ? NULL : __real_realloc(old, size);
}

/* Something of everything: groups, a sheet, peers, ledgers, policies, gates, quota, values of all types, irrational scores. */
static const char RULEBOOK[] =
    "jeoul: 1\n"
    "period: {from: 2017-01-01, to: 2017-12-31}\n"
    "tables:\n"
    "  부서:\n"
    "    key: 부서\n"
    "    columns: {군: [갑, 을], 실적: number, 목표: number, 등급: [우수, 보통], 기한: date}\n"
    "  지표표: {key: [부서, 지표], title: 이름, columns: {이름: text, 점수: number, 가중치: number}}\n"
    "  대장: {key: [부서, 번호], columns: {건수: number}}\n"
    "states: {해당없음: not_applicable}\n"
    "entities: 부서\n"
    "groups: 군\n"
    "grades: [S, A]\n"
    "scales: {환산: {우수: 100, 보통: 80}}\n"
    "values: {평균: mean(실적 over group), 상태: 등급, 마감: 기한}\n"
    "scorecard:\n"
    "  indicator: {missing: 0, round: 2}\n"
    "  areas:\n"
    "    - {id: 고유, weight: 60, weight_total: 100, each: 지표표, indicator: {weight: 가중치, score: 점수}}\n"
    "    - id: 공통\n"
    "      weight: 40\n"
    "      indicators:\n"
    "        - {id: 달성, weight: 20, score: \"100 * sqrt(실적 / 목표)\", undefined: 0}\n"
    "        - {id: 질, weight: 20, value: 등급, score: 환산(value)}\n"
    "adjustments:\n"
    "  limits: {bonus: 2}\n"
    "  items: [{id: 수상, kind: bonus, each: 대장, points: 건수, cap: 3}]\n"
    "gates: [{id: 기준, pass: 실적 > 0, cap: A}]\n"
    "results:\n"
    "  round: {total: 2}\n"
    "  rank: {within: group, then: [고유]}\n"
    "  grade: {within: group, quota: {S: 50, A: 50}, seats: cumulative_half_up, tie_at_cut: up}\n"
    "tests:\n"
    "  - title: 하나\n"
    "    given:\n"
    "      부서: [{부서: 가, 군: 갑, 실적: 1, 목표: 4, 등급: 우수}]\n"
    "      지표표: [{부서: 가, 지표: 하나, 점수: 90, 가중치: 100}]\n"
    "    expect: {가: {total: 84.00, grade: S, 고유/하나: {score: 90, state: value}, 상태: 우수, 평균: 1, 마감: "
    "none}}\n";

static const char ENTITIES[] = "부서,군,실적,목표,등급,기한\n"
                               "가,갑,2,3,우수,2017-03-01\n"
                               "나,갑,1,0,,\n"
                               "다,을,4,5,보통,\n";
static const char SHEET[] = "부서,지표,이름,점수,가중치\n"
                            "가,하나,첫째,90,40\n"
                            "가,둘,둘째,,60\n"
                            "나,하나,첫째,해당없음,50\n"
                            "나,둘,둘째,70,50\n"
                            "다,하나,첫째,80.5,100\n";
static const char LEDGER[] = "부서,번호,건수\n나,1,5\n다,1,1\n";

static const given_table TABLES[] = {{"부서", ENTITIES}, {"지표표", SHEET}, {"대장", LEDGER}};

/* ---- one run through everything; diagnostics that memory ends in are only counted, so there are none ---- */

static jeoul_status make_result(evaluation *made) {
    jeoul_status status = jeoul_diagnostics_new(&made->diagnostics);
    if (status == JEOUL_OK) {
        status = jeoul_rulebook_parse("t.yaml", RULEBOOK, strlen(RULEBOOK), NULL, &made->rulebook, NULL);
    }
    if (status == JEOUL_OK) status = give_tables(made, TABLES, N_OF(TABLES));
    if (status == JEOUL_OK) {
        status = jeoul_score(made->rulebook, made->data, NULL, &made->result, NULL);
    }
    return status;
}

static char *whole_result; /* of the run in which no allocation failed */

static jeoul_status write_frame(const evaluation *made, jeoul_frame frame, jeoul_format format) {
    char *text = NULL;
    const jeoul_status status = jeoul_result_text(made->result, frame, format, &text);
    assert_int_equal(text != NULL, status == JEOUL_OK);
    if (text != NULL && frame == JEOUL_FRAME_EVERYTHING) {
        if (whole_result == NULL) whole_result = strdup(text);
        assert_string_equal(text, whole_result);
    }
    jeoul_text_free(text);
    return status;
}

static jeoul_status write_results(const evaluation *made) {
    double figures[3];
    jeoul_status status = jeoul_result_scores(made->result, "달성", figures, 3);
    for (int frame = JEOUL_FRAME_RANKING; frame <= JEOUL_FRAME_EVERYTHING && status == JEOUL_OK; frame++) {
        status = write_frame(made, (jeoul_frame)frame, JEOUL_JSON);
        if (status == JEOUL_OK && frame < JEOUL_FRAME_EVERYTHING) {
            status = write_frame(made, (jeoul_frame)frame, JEOUL_CSV);
        }
    }
    return status;
}

static jeoul_status explain_results(const evaluation *made) {
    jeoul_explain_options options = JEOUL_EXPLAIN_OPTIONS_INIT;
    jeoul_status status = JEOUL_OK;
    for (int format = JEOUL_TEXT; format <= JEOUL_JSON && status == JEOUL_OK; format++) {
        char *text = NULL;
        options.format = (jeoul_format)format;
        status = jeoul_explain(made->result, "나", &options, &text, NULL);
        assert_int_equal(text != NULL, status == JEOUL_OK);
        jeoul_text_free(text);
    }
    return status;
}

static jeoul_status run_with_failure(long failing) {
    evaluation made = {0};
    n_allocations = 0;
    failing_allocation = failing;
    jeoul_status status = make_result(&made);
    if (status == JEOUL_OK) status = write_results(&made);
    if (status == JEOUL_OK) status = explain_results(&made);
    if (status == JEOUL_OK) status = jeoul_test(made.rulebook, NULL, NULL, NULL);
    failing_allocation = 0;
    jeoul_result_free(made.result);
    jeoul_data_free(made.data);
    jeoul_rulebook_free(made.rulebook);
    jeoul_diagnostics_free(made.diagnostics);
    return status;
}

static void every_allocation_may_fail(void **state) {
    (void)state;
    assert_int_equal(run_with_failure(0), JEOUL_OK);
    const long n_all = n_allocations;
    assert_true(n_all > 100);
    for (long failing = 1; failing <= n_all; failing++) {
        const jeoul_status status = run_with_failure(failing);
        if (status == JEOUL_NO_MEMORY || status == JEOUL_OK) continue;
        fail_msg("allocation %ld of %ld: %s", failing, n_all, jeoul_status_text(status));
    }
    free(whole_result);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
