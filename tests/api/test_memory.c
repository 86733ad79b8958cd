/* SPDX-License-Identifier: Apache-2.0
 *
 * Memory: whichever allocation fails, at whichever step of an evaluation that uses every part of the language, the
 * answer is JEOUL_NO_MEMORY, and nothing is lost.
 *
 * Linked with --wrap for malloc, calloc and realloc; sanitizers see the leaks. GMP, MPFR, libyaml and utf8proc allocate
 * inside their own libraries, which are not failed.
 *
 * Run as: test_memory FOLDER of a rulebook and its tables
 */
#include "../evaluations.h"

#include <stdlib.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *memory, size_t size);

static long n_left; /* allocations until one fails; 0: none fails */
static const char *folder;

static bool fails(void) {
    return n_left > 0 && --n_left == 0;
}

void *__wrap_malloc(size_t size) {
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size) {
    return fails() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *memory, size_t size) {
    return fails() ? NULL : __real_realloc(memory, size);
}

typedef jeoul_status step(evaluation *made);

static bool came_to_its_end(void) {
    const bool came = n_left > 0;
    n_left = 0;
    return came;
}

/* Every allocation of a step fails once; the step leaves nothing behind when it fails. A diagnostic that finds no memory
 * is not kept, and the step goes on: only without diagnostics does every failure show. */
static void check_step_with(evaluation *made, step *tried, jeoul_status expected) {
    jeoul_status status = JEOUL_NO_MEMORY;
    bool is_done = false;
    for (long n = 1; !is_done; n++) {
        jeoul_diagnostics_clear(made->diagnostics);
        n_left = n;
        status = tried(made);
        is_done = came_to_its_end();
        const bool is_right = is_done ? status == expected
                                      : status == JEOUL_NO_MEMORY || (made->diagnostics != NULL && status == expected);
        if (is_right) continue;
        if (made->diagnostics != NULL) show_diagnostics(made);
        fail_msg("allocation %ld: %s", n, jeoul_status_text(status));
    }
}

static void check_step(evaluation *made, step *tried, jeoul_status expected) {
    jeoul_diagnostics *diagnostics = made->diagnostics;
    check_step_with(made, tried, expected);
    made->diagnostics = NULL;
    check_step_with(made, tried, expected);
    made->diagnostics = diagnostics;
}

/* ---- steps ---- */

static jeoul_status load(evaluation *made) {
    char path[1024];
    (void)snprintf(path, sizeof path, "%s/rulebook.yaml", folder);
    jeoul_rulebook_free(made->rulebook);
    made->rulebook = NULL;
    return jeoul_rulebook_load(path, NULL, &made->rulebook, made->diagnostics);
}

static jeoul_status read_data(evaluation *made) {
    jeoul_data_free(made->data);
    made->data = NULL;
    jeoul_status status = jeoul_data_new(made->rulebook, &made->data);
    if (status == JEOUL_OK) status = jeoul_data_read_folder(made->data, folder, made->diagnostics);
    return status == JEOUL_OK ? jeoul_data_finish(made->data, made->diagnostics) : status;
}

static jeoul_status score(evaluation *made) {
    jeoul_result_free(made->result);
    made->result = NULL;
    return jeoul_score(made->rulebook, made->data, NULL, &made->result, made->diagnostics);
}

static jeoul_status free_text(jeoul_status status, char *text) {
    assert_true((status == JEOUL_OK) == (text != NULL));
    jeoul_text_free(text);
    return status;
}

static jeoul_status write_frames(evaluation *made) {
    static const struct {
        jeoul_frame frame;
        jeoul_format format;
    } texts[] = {{JEOUL_FRAME_RANKING, JEOUL_CSV},       {JEOUL_FRAME_RANKING, JEOUL_JSON},
                 {JEOUL_FRAME_SCORES, JEOUL_CSV},        {JEOUL_FRAME_SCORES, JEOUL_JSON},
                 {JEOUL_FRAME_CONTRIBUTIONS, JEOUL_CSV}, {JEOUL_FRAME_CONTRIBUTIONS, JEOUL_JSON},
                 {JEOUL_FRAME_EVERYTHING, JEOUL_JSON}};
    jeoul_status status = JEOUL_OK;
    for (size_t index = 0; index < N_OF(texts) && status == JEOUL_OK; index++) {
        char *text = NULL;
        status = jeoul_result_text(made->result, texts[index].frame, texts[index].format, &text);
        status = free_text(status, text);
    }
    return status;
}

static jeoul_status read_figures(evaluation *made) {
    double figures[MOST_ENTITIES];
    return jeoul_result_scores(made->result, "고객", figures, jeoul_result_entity_count(made->result));
}

static jeoul_status write_plan(evaluation *made) {
    char *text = NULL;
    const jeoul_status status = jeoul_rulebook_plan(made->rulebook, &text);
    return free_text(status, text);
}

static jeoul_status read_back(evaluation *made) {
    jeoul_status status = JEOUL_OK;
    for (int language = JEOUL_KOREAN; language <= JEOUL_ENGLISH && status == JEOUL_OK; language++) {
        char *text = NULL;
        status = jeoul_rulebook_read(made->rulebook, (jeoul_language)language, &text);
        status = free_text(status, text);
    }
    return status;
}

static jeoul_status write_schema(evaluation *made) {
    char *text = NULL;
    (void)made;
    const jeoul_status status = jeoul_schema(&text);
    return free_text(status, text);
}

static jeoul_status explain_as(evaluation *made, const char *entity, jeoul_format format, jeoul_language language) {
    const jeoul_explain_options options = {sizeof options, format, language, 1};
    char *text = NULL;
    const jeoul_status status = jeoul_explain(made->result, entity, &options, &text, made->diagnostics);
    return free_text(status, text);
}

static jeoul_status explain(evaluation *made) {
    jeoul_status status = explain_as(made, "나", JEOUL_TEXT, JEOUL_KOREAN);
    if (status == JEOUL_OK) status = explain_as(made, "바", JEOUL_TEXT, JEOUL_ENGLISH);
    return status == JEOUL_OK ? explain_as(made, "다", JEOUL_JSON, JEOUL_KOREAN) : status;
}

static jeoul_status test_rulebook(evaluation *made) {
    return jeoul_test(made->rulebook, NULL, NULL, made->diagnostics);
}

/* ---- claims ---- */

static void a_good_evaluation_ends_with_no_memory(void **state) {
    evaluation *made = *state;
    static step *const steps[] = {load,       read_data, score,        write_frames, read_figures,
                                  write_plan, read_back, write_schema, explain,      test_rulebook};
    for (size_t index = 0; index < N_OF(steps); index++) {
        check_step(made, steps[index], JEOUL_OK);
    }
}

/* Mistakes of every stage: what is said of them needs memory too. */
static jeoul_status load_bad_rulebook(evaluation *made) {
    static const char text[] =
        "jeoul: 1\nentities: 부서\nresults: {round: {total: 2}, grade: {cutoffs: {S: 등급, A: 0}}}\ngrades: [S, A]\n"
        "tables:\n  부서: {key: 부서, columns: {등급: [S, A], 실적: number, 목표: number}}\n"
        "  대장: {key: [부서, 번호], columns: {점: number}}\n"
        "scales: {환산: {S: 1}}\n"
        "values: {가: 실젹, 나: 목표 + 대장.점, 다: 환산(등급), 라: achievment(1), 마: 상위.실적, 바: sum(대장.졈),\n"
        "  사: \"if 등급 == 'B' then 1 else 0\", 아: 자, 자: 아, 차: \"achievement(실적, 목표, up)\", 카: [1], 실적: 1, 타: 실적}\n"
        "scorecard: {indicators: [{id: 없음}, {id: 둘, score: 등급}]}\n"
        "gates: [{id: 문, pass: 실적2, cap: A}]\n";
    jeoul_rulebook *rulebook = NULL;
    const jeoul_status status = jeoul_rulebook_parse("bad.yaml", text, strlen(text), NULL, &rulebook, made->diagnostics);
    assert_null(rulebook);
    return status;
}

static void a_bad_rulebook_ends_with_no_memory(void **state) {
    check_step(*state, load_bad_rulebook, JEOUL_RULEBOOK);
}

static jeoul_status score_bad_data(evaluation *made) {
    jeoul_result *result = NULL;
    const jeoul_status status = jeoul_score(made->rulebook, made->data, NULL, &result, made->diagnostics);
    assert_null(result);
    return status;
}

static void values_without_an_answer_end_with_no_memory(void **state) {
    evaluation *made = *state;
    const given_table tables[] = {
        {"부서", "부서,군,실적\nㄱ,갑,1\nㄴ,갑,\nㄷ,을,1\nㄹ,을,0\n"},
        {"대장", "부서,번호,점\nㄱ,1,-1\nㄴ,2,\nㄷ,1,5\n"},
    };
    assert_int_equal(parse_rulebook(made, "jeoul: 1\nentities: 부서\ngroups: 군\ngrades: [S, A]\n"
                                          "tables:\n  부서: {key: 부서, columns: {군: [갑, 을], 실적: number}}\n"
                                          "  대장: {key: [부서, 번호], columns: {점: number}}\n"
                                          "scorecard: {areas: [{id: 분야, indicators: [{id: 가, score: 1 / 실적}]}]}\n"
                                          "adjustments: {items: [{id: 상, kind: bonus, each: 대장, points: 점}]}\n"
                                          "results: {round: {total: 2}, rank: {}, grade: {quota: {S: 50, A: 50}, seats: each_half_up, tie_at_cut: error}}\n"),
                     JEOUL_OK);
    assert_int_equal(give_tables(made, tables, N_OF(tables)), JEOUL_OK);
    check_step(made, score_bad_data, JEOUL_DATA);
}

static jeoul_status render(evaluation *made) {
    static jeoul_diagnostics *mistakes;
    jeoul_status status = JEOUL_OK;
    if (mistakes == NULL) {
        evaluation bad = {0};
        const long kept = n_left;
        n_left = 0;
        assert_int_equal(jeoul_diagnostics_new(&bad.diagnostics), JEOUL_OK);
        assert_int_equal(load_bad_rulebook(&bad), JEOUL_RULEBOOK);
        mistakes = bad.diagnostics;
        n_left = kept;
    }
    (void)made;
    for (int format = JEOUL_TEXT; format <= JEOUL_JSON && status == JEOUL_OK; format++) {
        char *text = NULL;
        status = jeoul_diagnostics_render(mistakes, (jeoul_format)format, 1, &text);
        status = free_text(status, text);
    }
    if (status == JEOUL_OK) {
        jeoul_diagnostics_free(mistakes);
        mistakes = NULL;
    }
    return status;
}

static void rendering_ends_with_no_memory(void **state) {
    check_step(*state, render, JEOUL_OK);
}

int main(int n_arguments, char **arguments) {
    const struct CMUnitTest tests[] = {
        EVALUATION_TEST(a_good_evaluation_ends_with_no_memory),
        EVALUATION_TEST(a_bad_rulebook_ends_with_no_memory),
        EVALUATION_TEST(values_without_an_answer_end_with_no_memory),
        EVALUATION_TEST(rendering_ends_with_no_memory),
    };
    if (n_arguments != 2) {
        fprintf(stderr, "run as: test_memory FOLDER\n");
        return 2;
    }
    folder = arguments[1];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
