/* SPDX-License-Identifier: Apache-2.0
 *
 * The contract of jeoul.h: who owns what, what is refused, and what is NULL on failure.
 */
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "../evaluations.h"

static const char RULEBOOK[] = "jeoul: 1\n"
                               "id: small\n"
                               "title: 작은 평가\n"
                               "period: {from: 2017-01-01, to: 2017-12-31}\n"
                               "tables:\n"
                               "  부서: {key: 부서, columns: {실적: number, 목표: number}}\n"
                               "  대장: {key: [부서, 번호], columns: {건수: number}}\n"
                               "entities: 부서\n"
                               "grades: [S, A]\n"
                               "scorecard: {indicators: [{id: 달성, score: 100 * 실적 / 목표, missing: 0}]}\n"
                               "adjustments: {items: [{id: 수상, kind: bonus, each: 대장, points: 건수}]}\n"
                               "results: {round: {total: 1}, rank: {within: all}, grade: {cutoffs: {S: 60, A: 0}}}\n"
                               "tests:\n"
                               "  - {given: {부서: [{부서: 가, 실적: 1, 목표: 3}]}, expect: {가: {total: 33.3}}}\n";
static const char ENTITIES[] = "부서,실적,목표\n가,2,3\n나,1,3\n";
static const char LEDGER[] = "부서,번호,건수\n나,1,5\n";
#define TABLES            \
    {"부서", ENTITIES}, { \
        "대장", LEDGER    \
    }

static const char *const RANKING = "entity,group,total,rank,grade\n가,,66.7,1,S\n나,,38.3,2,A\n";

static char *text_of(const jeoul_result *result, jeoul_frame frame, jeoul_format format) {
    char *text = NULL;
    assert_int_equal(jeoul_result_text(result, frame, format, &text), JEOUL_OK);
    return text;
}

static void assert_ranking(const jeoul_result *result) {
    char *text = text_of(result, JEOUL_FRAME_RANKING, JEOUL_CSV);
    assert_string_equal(text, RANKING);
    jeoul_text_free(text);
}

/* ---- version, statuses ---- */

static void the_version_is_that_of_the_header(void **state) {
    char version[32];
    (void)state;
    (void)snprintf(version, sizeof version, "%d.%d.%d", JEOUL_VERSION_MAJOR, JEOUL_VERSION_MINOR, JEOUL_VERSION_PATCH);
    assert_string_equal(jeoul_version(), version);
}

static void every_status_has_a_text(void **state) {
    (void)state;
    for (int status = JEOUL_OK; status <= JEOUL_INTERNAL; status++) {
        assert_non_null(jeoul_status_text((jeoul_status)status));
        assert_string_not_equal(jeoul_status_text((jeoul_status)status), jeoul_status_text((jeoul_status)99));
    }
}

/* ---- ownership ---- */

static void releasing_nothing_does_nothing(void **state) {
    (void)state;
    jeoul_text_free(NULL);
    jeoul_diagnostics_free(NULL);
    jeoul_rulebook_free(NULL);
    jeoul_data_free(NULL);
    jeoul_result_free(NULL);
}

/* Each order of freeing rulebook, data and result; the result is read as long as it is there. */
static void objects_may_be_freed_in_any_order(void **state) {
    static const char *const orders[] = {"rds", "rsd", "drs", "dsr", "srd", "sdr"};
    evaluation *made = *state;
    for (size_t order = 0; order < N_OF(orders); order++) {
        SCORE(made, RULEBOOK, TABLES);
        for (size_t step = 0; step < 3; step++) {
            if (made->result != NULL) assert_ranking(made->result);
            if (orders[order][step] == 'r') {
                jeoul_rulebook_free(made->rulebook);
                made->rulebook = NULL;
            } else if (orders[order][step] == 'd') {
                jeoul_data_free(made->data);
                made->data = NULL;
            } else {
                jeoul_result_free(made->result);
                made->result = NULL;
            }
        }
    }
}

static void a_rulebook_outlives_its_text(void **state) {
    evaluation *made = *state;
    char *text = strdup(RULEBOOK);
    assert_non_null(text);
    assert_int_equal(jeoul_rulebook_parse("t.yaml", text, strlen(text), NULL, &made->rulebook, made->diagnostics),
                     JEOUL_OK);
    memset(text, 'x', strlen(text));
    free(text);
    assert_string_equal(jeoul_rulebook_id(made->rulebook), "small");
    assert_string_equal(jeoul_rulebook_title(made->rulebook), "작은 평가");
    assert_int_equal(jeoul_rulebook_table_count(made->rulebook), 2);
    assert_string_equal(jeoul_rulebook_table(made->rulebook, 0), "부서");
    assert_string_equal(jeoul_rulebook_table(made->rulebook, 1), "대장");
    assert_null(jeoul_rulebook_table(made->rulebook, 2));
    assert_int_equal(jeoul_test(made->rulebook, NULL, NULL, made->diagnostics), JEOUL_OK);
}

static void diagnostics_outlive_what_they_are_about(void **state) {
    evaluation *made = *state;
    jeoul_diagnostic found = {0};
    char *text = NULL;
    assert_int_equal(TRY_SCORE(made, RULEBOOK, {"부서", "부서,실적,목표\n가,많음,3\n"}, {"대장", LEDGER}), JEOUL_DATA);
    jeoul_data_free(made->data);
    jeoul_rulebook_free(made->rulebook);
    made->data = NULL;
    made->rulebook = NULL;
    assert_only_diagnostic(made, "JL0405", "많음");
    assert_int_equal(jeoul_diagnostics_get(made->diagnostics, 0, &found), JEOUL_OK);
    assert_int_equal(found.line, 2);
    assert_int_equal(jeoul_diagnostics_render(made->diagnostics, JEOUL_JSON, 0, &text), JEOUL_OK);
    assert_non_null(strstr(text, "JL0405"));
    jeoul_text_free(text);
}

/* ---- rulebooks ---- */

static void a_rulebook_that_is_not_there_is_io(void **state) {
    evaluation *made = *state;
    jeoul_rulebook *rulebook = (jeoul_rulebook *)state;
    assert_int_equal(jeoul_rulebook_load("/nowhere/rulebook.yaml", NULL, &rulebook, made->diagnostics), JEOUL_IO);
    assert_null(rulebook);
    assert_only_diagnostic(made, "JL0401", "/nowhere/rulebook.yaml");
}

static void a_rulebook_is_loaded_from_a_file(void **state) {
    evaluation *made = *state;
    char path[] = "/tmp/jeoul-api-XXXXXX";
    const int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, RULEBOOK, strlen(RULEBOOK)), (ssize_t)strlen(RULEBOOK));
    assert_int_equal(close(file), 0);
    assert_int_equal(jeoul_rulebook_load(path, NULL, &made->rulebook, made->diagnostics), JEOUL_OK);
    assert_string_equal(jeoul_rulebook_id(made->rulebook), "small");
    assert_int_equal(unlink(path), 0);
}

static void a_wrong_rulebook_is_none(void **state) {
    evaluation *made = *state;
    jeoul_rulebook *rulebook = (jeoul_rulebook *)state;
    assert_int_equal(jeoul_rulebook_parse("t.yaml", "jeoul: 2\n", 9, NULL, &rulebook, made->diagnostics),
                     JEOUL_RULEBOOK);
    assert_null(rulebook);
    assert_true(jeoul_diagnostics_error_count(made->diagnostics) > 0);
    assert_int_equal(jeoul_rulebook_parse("t.yaml", "", 0, NULL, &rulebook, NULL), JEOUL_RULEBOOK);
    assert_null(rulebook);
}

static void the_date_may_be_given(void **state) {
    static const char *const dates[] = {"2017-13-01", "2017-2-1", "오늘", ""};
    evaluation *made = *state;
    jeoul_rulebook_options options = JEOUL_RULEBOOK_OPTIONS_INIT;
    options.as_of = "2018-06-30";
    assert_int_equal(jeoul_rulebook_parse("t.yaml", RULEBOOK, strlen(RULEBOOK), &options, &made->rulebook, NULL),
                     JEOUL_OK);
    for (size_t i = 0; i < N_OF(dates); i++) {
        jeoul_rulebook *rulebook = NULL;
        options.as_of = dates[i];
        jeoul_diagnostics_clear(made->diagnostics);
        assert_int_equal(
            jeoul_rulebook_parse("t.yaml", RULEBOOK, strlen(RULEBOOK), &options, &rulebook, made->diagnostics),
            JEOUL_ARGUMENT);
        assert_null(rulebook);
        assert_diagnostic(made, 0, "JL0702", "`as_of` expects a date");
    }
}

/* Without a date every version of a row is valid, and the newest one is read. */
static void there_need_not_be_a_date(void **state) {
    static const char text[] =
        "jeoul: 1\n"
        "tables:\n"
        "  부서: {key: 부서, columns: {실적: number}}\n"
        "  정의: {key: 부서, valid_from: 개정, columns: {개정: date, 목표: number}}\n"
        "entities: 부서\n"
        "scorecard: {indicators: [{id: 달성, score: 100 * 실적 / 정의.목표}]}\n"
        "results: {round: {total: 1}}\n";
    evaluation *made = *state;
    SCORE(made, text, {"부서", "부서,실적\n가,1\n"}, {"정의", "부서,개정,목표\n가,1960-01-01,4\n가,2999-01-01,2\n"});
    assert_figures(made, "total", 50);
    char *everything = text_of(made->result, JEOUL_FRAME_EVERYTHING, JEOUL_JSON);
    assert_non_null(strstr(everything, "\"as_of\":null"));
    jeoul_text_free(everything);
}

static void texts_of_a_rulebook_belong_to_the_caller(void **state) {
    evaluation *made = *state;
    char *text = NULL;
    assert_int_equal(parse_rulebook(made, RULEBOOK), JEOUL_OK);
    assert_int_equal(jeoul_rulebook_plan(made->rulebook, &text), JEOUL_OK);
    assert_int_equal(strncmp(text, "plan of small", 13), 0);
    jeoul_text_free(text);
    assert_int_equal(jeoul_rulebook_read(made->rulebook, JEOUL_KOREAN, &text), JEOUL_OK);
    assert_non_null(strstr(text, "작은 평가"));
    jeoul_text_free(text);
    assert_int_equal(jeoul_schema(&text), JEOUL_OK);
    assert_non_null(strstr(text, "2020-12"));
    jeoul_text_free(text);
}

/* ---- data ---- */

static void tables_are_given_once_by_a_name_of_the_rulebook(void **state) {
    evaluation *made = *state;
    assert_int_equal(parse_rulebook(made, RULEBOOK), JEOUL_OK);
    assert_int_equal(jeoul_data_new(made->rulebook, &made->data), JEOUL_OK);
    assert_int_equal(jeoul_data_parse_csv(made->data, "부셔", "t.csv", "", 0, made->diagnostics), JEOUL_ARGUMENT);
    const size_t last = jeoul_diagnostics_count(made->diagnostics) - 1;
    jeoul_diagnostic unknown = {0};
    assert_diagnostic(made, last, "JL0303", "부셔");
    assert_int_equal(jeoul_diagnostics_get(made->diagnostics, last, &unknown), JEOUL_OK);
    assert_non_null(unknown.help);
    assert_string_equal(unknown.help, "did you mean `부서`?");
    assert_int_equal(jeoul_data_parse_csv(made->data, "부서", "t.csv", ENTITIES, strlen(ENTITIES), made->diagnostics),
                     JEOUL_OK);
    assert_int_equal(jeoul_data_parse_csv(made->data, "부서", "t.csv", ENTITIES, strlen(ENTITIES), made->diagnostics),
                     JEOUL_ARGUMENT);
    assert_int_equal(jeoul_data_read_csv(made->data, "대장", "/nowhere.csv", made->diagnostics), JEOUL_IO);
    assert_int_equal(jeoul_data_parse_csv(made->data, "대장", "t.csv", LEDGER, strlen(LEDGER), NULL), JEOUL_OK);
    assert_int_equal(jeoul_data_finish(made->data, NULL), JEOUL_OK);
}

static void finished_data_take_nothing_more(void **state) {
    evaluation *made = *state;
    SCORE(made, RULEBOOK, TABLES);
    assert_int_equal(jeoul_data_finish(made->data, NULL), JEOUL_ARGUMENT);
    assert_int_equal(jeoul_data_parse_csv(made->data, "부서", "t.csv", "", 0, NULL), JEOUL_ARGUMENT);
    assert_int_equal(jeoul_data_read_csv(made->data, "부서", "t.csv", NULL), JEOUL_ARGUMENT);
    assert_int_equal(jeoul_data_read_folder(made->data, ".", NULL), JEOUL_ARGUMENT);
}

static void absent_tables_are_told_when_data_are_finished(void **state) {
    evaluation *made = *state;
    assert_int_equal(TRY_SCORE(made, RULEBOOK, {"부서", ENTITIES}), JEOUL_DATA);
    assert_only_diagnostic(made, "JL0413", "대장");
}

static void count_release_of_schema(struct ArrowSchema *schema) {
    ++*(int *)schema->private_data;
    schema->release = NULL;
}

static void count_release_of_array(struct ArrowArray *array) {
    ++*(int *)array->private_data;
    array->release = NULL;
}

/* Arrow arrays are moved in, so they are released also by calls that are refused. */
static void arrow_arrays_that_are_refused_are_released(void **state) {
    static const char *const tables[] = {"부서들", NULL};
    evaluation *made = *state;
    assert_int_equal(parse_rulebook(made, RULEBOOK), JEOUL_OK);
    assert_int_equal(jeoul_data_new(made->rulebook, &made->data), JEOUL_OK);
    for (size_t i = 0; i < 3; i++) {
        int n_released = 0;
        struct ArrowSchema schema = {.format = "+s", .private_data = &n_released, .release = count_release_of_schema};
        struct ArrowArray array = {.private_data = &n_released, .release = count_release_of_array};
        jeoul_data *data = i == 2 ? NULL : made->data;
        assert_int_equal(jeoul_data_add_arrow(data, i == 2 ? "부서" : tables[i], &schema, &array, NULL),
                         JEOUL_ARGUMENT);
        assert_int_equal(n_released, 2);
    }
    int n_released = 0;
    struct ArrowArray array = {.private_data = &n_released, .release = count_release_of_array};
    assert_int_equal(jeoul_data_add_arrow(made->data, "부서", NULL, &array, NULL), JEOUL_ARGUMENT);
    assert_int_equal(n_released, 1);
}

/* ---- scoring ---- */

static void data_are_scored_by_their_own_rulebook_once_they_are_finished(void **state) {
    evaluation *made = *state;
    jeoul_rulebook *other = NULL;
    jeoul_result *result = (jeoul_result *)state;
    assert_int_equal(parse_rulebook(made, RULEBOOK), JEOUL_OK);
    assert_int_equal(jeoul_data_new(made->rulebook, &made->data), JEOUL_OK);
    assert_int_equal(jeoul_score(made->rulebook, made->data, NULL, &result, NULL), JEOUL_ARGUMENT);
    assert_null(result);
    SCORE(made, RULEBOOK, TABLES);
    assert_int_equal(jeoul_rulebook_parse("t.yaml", RULEBOOK, strlen(RULEBOOK), NULL, &other, NULL), JEOUL_OK);
    result = (jeoul_result *)state;
    assert_int_equal(jeoul_score(other, made->data, NULL, &result, NULL), JEOUL_ARGUMENT);
    assert_null(result);
    jeoul_rulebook_free(other);
}

static void values_without_an_answer_give_no_result(void **state) {
    evaluation *made = *state;
    jeoul_result *result = (jeoul_result *)state;
    assert_int_equal(parse_rulebook(made, RULEBOOK), JEOUL_OK);
    assert_int_equal(
        give_tables(made, (const given_table[]){{"부서", "부서,실적,목표\n가,1,0\n"}, {"대장", LEDGER}}, 1),
        JEOUL_DATA);
    assert_int_equal(
        give_tables(made, (const given_table[]){{"부서", "부서,실적,목표\n나,1,0\n"}, {"대장", LEDGER}}, 2), JEOUL_OK);
    jeoul_diagnostics_clear(made->diagnostics);
    assert_int_equal(jeoul_score(made->rulebook, made->data, NULL, &result, made->diagnostics), JEOUL_DATA);
    assert_null(result);
    assert_only_diagnostic(made, "JL0502", "`나`, `달성` has no defined value");
    assert_int_equal(jeoul_score(made->rulebook, made->data, NULL, &result, NULL), JEOUL_DATA);
}

static void results_do_not_depend_on_blocks(void **state) {
    static const uint32_t block_rows[] = {0, 1, 2, 7, 512, UINT32_MAX};
    evaluation *made = *state;
    SCORE(made, RULEBOOK, TABLES);
    for (size_t i = 0; i < N_OF(block_rows); i++) {
        jeoul_score_options options = JEOUL_SCORE_OPTIONS_INIT;
        jeoul_result *result = NULL;
        options.block_rows = block_rows[i];
        assert_int_equal(jeoul_score(made->rulebook, made->data, &options, &result, NULL), JEOUL_OK);
        assert_ranking(result);
        jeoul_result_free(result);
    }
}

static void plain_scoring_says_so(void **state) {
    evaluation *made = *state;
    jeoul_score_options options = JEOUL_SCORE_OPTIONS_INIT;
    jeoul_result *result = NULL;
    uint64_t settled = 9, taken_as_equal = 9;
    SCORE(made, RULEBOOK, TABLES);
    options.plain = 1;
    assert_int_equal(jeoul_score(made->rulebook, made->data, &options, &result, NULL), JEOUL_OK);
    assert_ranking(result);
    jeoul_result_exact_counts(result, &settled, &taken_as_equal);
    assert_int_equal(settled + taken_as_equal, 0);
    char *text = text_of(result, JEOUL_FRAME_EVERYTHING, JEOUL_JSON);
    assert_non_null(strstr(text, "\"warnings\":[{\"code\":null,\"message\":\"scored in doubles"));
    jeoul_text_free(text);
    jeoul_result_free(result);
}

/* 60 is the cut of S: the doubles of 36 / 60 x 100 and the like are too near it to decide. */
static void what_was_settled_exactly_is_counted(void **state) {
    evaluation *made = *state;
    uint64_t settled = 0, taken_as_equal = 9;
    SCORE(made, RULEBOOK, {"부서", "부서,실적,목표\n가,59.95,100\n나,3,3\n"}, {"대장", LEDGER});
    jeoul_result_exact_counts(made->result, &settled, &taken_as_equal);
    assert_true(settled > 0);
    assert_int_equal(taken_as_equal, 0);
    assert_grades(made, "S S");
    assert_figures(made, "total", 60, 105);
    jeoul_result_exact_counts(made->result, NULL, NULL);
}

static void options_of_an_unknown_size_are_refused(void **state) {
    evaluation *made = *state;
    jeoul_rulebook_options rulebook_options = {0, NULL};
    jeoul_score_options score_options = {0, 0, 0};
    jeoul_explain_options explain_options = JEOUL_EXPLAIN_OPTIONS_INIT;
    jeoul_rulebook *rulebook = NULL;
    jeoul_result *result = NULL;
    char *text = NULL;
    SCORE(made, RULEBOOK, TABLES);
    assert_int_equal(jeoul_rulebook_parse("t", RULEBOOK, strlen(RULEBOOK), &rulebook_options, &rulebook, NULL),
                     JEOUL_ARGUMENT);
    assert_int_equal(jeoul_score(made->rulebook, made->data, &score_options, &result, NULL), JEOUL_ARGUMENT);
    explain_options.struct_size = 1;
    assert_int_equal(jeoul_explain(made->result, "가", &explain_options, &text, NULL), JEOUL_ARGUMENT);
    assert_null(rulebook);
    assert_null(result);
    assert_null(text);
}

/* A later header's options: what is behind those of today is zero, or asks for something unknown. */
static void options_of_a_later_header_are_taken_while_they_ask_for_nothing_new(void **state) {
    struct {
        jeoul_rulebook_options known;
        unsigned char later[8];
    } of_rulebook = {.known = JEOUL_RULEBOOK_OPTIONS_INIT};
    struct {
        jeoul_score_options known;
        unsigned char later[8];
    } of_score = {.known = JEOUL_SCORE_OPTIONS_INIT};
    struct {
        jeoul_explain_options known;
        unsigned char later[8];
    } of_explain = {.known = JEOUL_EXPLAIN_OPTIONS_INIT};
    evaluation *made = *state;
    SCORE(made, RULEBOOK, TABLES);
    of_rulebook.known.struct_size = sizeof of_rulebook;
    of_score.known.struct_size = sizeof of_score;
    of_explain.known.struct_size = sizeof of_explain;
    for (unsigned char later = 0; later < 2; later++) {
        const jeoul_status expected = later == 0 ? JEOUL_OK : JEOUL_ARGUMENT;
        jeoul_rulebook *rulebook = NULL;
        jeoul_result *result = NULL;
        char *text = NULL;
        of_rulebook.later[7] = of_score.later[7] = of_explain.later[7] = later;
        assert_int_equal(jeoul_rulebook_parse("t", RULEBOOK, strlen(RULEBOOK), &of_rulebook.known, &rulebook, NULL),
                         expected);
        assert_int_equal(jeoul_score(made->rulebook, made->data, &of_score.known, &result, NULL), expected);
        assert_int_equal(jeoul_explain(made->result, "가", &of_explain.known, &text, NULL), expected);
        jeoul_rulebook_free(rulebook);
        jeoul_result_free(result);
        jeoul_text_free(text);
    }
}

typedef struct scoring {
    const evaluation *made;
    jeoul_status status;
} scoring;

static void *score_again(void *argument) {
    scoring *job = argument;
    for (int i = 0; i < 20 && job->status == JEOUL_OK; i++) {
        jeoul_result *result = NULL;
        char *text = NULL;
        job->status = jeoul_score(job->made->rulebook, job->made->data, NULL, &result, NULL);
        if (job->status == JEOUL_OK) {
            job->status = jeoul_result_text(result, JEOUL_FRAME_RANKING, JEOUL_CSV, &text);
        }
        if (job->status == JEOUL_OK && strcmp(text, RANKING) != 0) job->status = JEOUL_INTERNAL;
        jeoul_text_free(text);
        jeoul_result_free(result);
    }
    return NULL;
}

static void threads_share_rulebooks_and_data(void **state) {
    evaluation *made = *state;
    pthread_t threads[4];
    scoring jobs[N_OF(threads)];
    SCORE(made, RULEBOOK, TABLES);
    for (size_t i = 0; i < N_OF(threads); i++) {
        jobs[i] = (scoring){made, JEOUL_OK};
        assert_int_equal(pthread_create(&threads[i], NULL, score_again, &jobs[i]), 0);
    }
    for (size_t i = 0; i < N_OF(threads); i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_int_equal(jobs[i].status, JEOUL_OK);
    }
}

/* ---- results and explanations ---- */

static void frames_have_the_formats_that_are_promised(void **state) {
    evaluation *made = *state;
    SCORE(made, RULEBOOK, TABLES);
    for (int frame = JEOUL_FRAME_RANKING; frame <= JEOUL_FRAME_EVERYTHING + 1; frame++) {
        for (int format = JEOUL_TEXT; format <= JEOUL_CSV + 1; format++) {
            const bool is_frame = frame < JEOUL_FRAME_EVERYTHING && (format == JEOUL_JSON || format == JEOUL_CSV);
            const bool is_all = frame == JEOUL_FRAME_EVERYTHING && format == JEOUL_JSON;
            char *text = (char *)state;
            const jeoul_status status =
                jeoul_result_text(made->result, (jeoul_frame)frame, (jeoul_format)format, &text);
            assert_int_equal(status, is_frame || is_all ? JEOUL_OK : JEOUL_ARGUMENT);
            assert_int_equal(text != NULL, is_frame || is_all);
            jeoul_text_free(text);
        }
    }
}

static void an_entity_is_explained(void **state) {
    evaluation *made = *state;
    char *text = NULL;
    SCORE(made, RULEBOOK, TABLES);
    assert_int_equal(jeoul_explain(made->result, "나", NULL, &text, NULL), JEOUL_OK);
    assert_non_null(strstr(text, "38.3"));
    jeoul_text_free(text);
    text = (char *)state;
    jeoul_diagnostics_clear(made->diagnostics);
    assert_int_equal(jeoul_explain(made->result, "다", NULL, &text, made->diagnostics), JEOUL_ARGUMENT);
    assert_null(text);
    assert_only_diagnostic(made, "JL0510", "다");
}

/* ---- what must not be NULL ---- */

static void functions_of_rulebooks_refuse_null(void **state) {
    evaluation *made = *state;
    jeoul_rulebook *rulebook = NULL;
    jeoul_data *data = NULL;
    char *text = NULL;
    assert_int_equal(parse_rulebook(made, RULEBOOK), JEOUL_OK);
    assert_int_equal(jeoul_diagnostics_new(NULL), JEOUL_ARGUMENT);
    assert_int_equal(jeoul_rulebook_load(NULL, NULL, &rulebook, NULL), JEOUL_ARGUMENT);
    assert_int_equal(jeoul_rulebook_load("t", NULL, NULL, NULL), JEOUL_ARGUMENT);
    assert_int_equal(jeoul_rulebook_parse(NULL, "", 0, NULL, &rulebook, NULL), JEOUL_ARGUMENT);
    assert_int_equal(jeoul_rulebook_parse("t", NULL, 1, NULL, &rulebook, NULL), JEOUL_ARGUMENT);
    assert_int_equal(jeoul_rulebook_parse("t", "", 0, NULL, NULL, NULL), JEOUL_ARGUMENT);
    assert_int_equal(jeoul_rulebook_read(NULL, JEOUL_KOREAN, &text), JEOUL_ARGUMENT);
    assert_int_equal(jeoul_rulebook_read(made->rulebook, JEOUL_KOREAN, NULL), JEOUL_ARGUMENT);
    assert_int_equal(jeoul_rulebook_read(made->rulebook, (jeoul_language)7, &text), JEOUL_ARGUMENT);
    assert_int_equal(jeoul_rulebook_plan(NULL, &text), JEOUL_ARGUMENT);
    assert_int_equal(jeoul_rulebook_plan(made->rulebook, NULL), JEOUL_ARGUMENT);
    assert_int_equal(jeoul_schema(NULL), JEOUL_ARGUMENT);
    assert_int_equal(jeoul_test(NULL, NULL, NULL, NULL), JEOUL_ARGUMENT);
    assert_int_equal(jeoul_data_new(NULL, &data), JEOUL_ARGUMENT);
    assert_int_equal(jeoul_data_new(made->rulebook, NULL), JEOUL_ARGUMENT);
    assert_null(jeoul_rulebook_id(NULL));
    assert_null(jeoul_rulebook_title(NULL));
    assert_int_equal(jeoul_rulebook_table_count(NULL), 0);
    assert_null(jeoul_rulebook_table(NULL, 0));
}

static void functions_of_data_refuse_null(void **state) {
    evaluation *made = *state;
    jeoul_result *result = NULL;
    assert_int_equal(parse_rulebook(made, RULEBOOK), JEOUL_OK);
    assert_int_equal(jeoul_data_new(made->rulebook, &made->data), JEOUL_OK);
    assert_int_equal(jeoul_data_read_csv(NULL, "부서", "t", NULL), JEOUL_ARGUMENT);
    assert_int_equal(jeoul_data_read_csv(made->data, NULL, "t", NULL), JEOUL_ARGUMENT);
    assert_int_equal(jeoul_data_read_csv(made->data, "부서", NULL, NULL), JEOUL_ARGUMENT);
    assert_int_equal(jeoul_data_parse_csv(NULL, "부서", "t", "", 0, NULL), JEOUL_ARGUMENT);
    assert_int_equal(jeoul_data_parse_csv(made->data, "부서", NULL, "", 0, NULL), JEOUL_ARGUMENT);
    assert_int_equal(jeoul_data_parse_csv(made->data, "부서", "t", NULL, 1, NULL), JEOUL_ARGUMENT);
    assert_int_equal(jeoul_data_read_folder(NULL, ".", NULL), JEOUL_ARGUMENT);
    assert_int_equal(jeoul_data_read_folder(made->data, NULL, NULL), JEOUL_ARGUMENT);
    assert_int_equal(jeoul_data_finish(NULL, NULL), JEOUL_ARGUMENT);
    assert_int_equal(jeoul_score(NULL, made->data, NULL, &result, NULL), JEOUL_ARGUMENT);
    assert_int_equal(jeoul_score(made->rulebook, NULL, NULL, &result, NULL), JEOUL_ARGUMENT);
    assert_int_equal(jeoul_score(made->rulebook, made->data, NULL, NULL, NULL), JEOUL_ARGUMENT);
}

static void functions_of_results_refuse_null(void **state) {
    evaluation *made = *state;
    double totals[2];
    uint64_t settled = 9, taken_as_equal = 9;
    char *text = (char *)state;
    SCORE(made, RULEBOOK, TABLES);
    assert_int_equal(jeoul_result_entity_count(NULL), 0);
    assert_null(jeoul_result_entity(NULL, 0));
    assert_null(jeoul_result_group(NULL, 0));
    assert_null(jeoul_result_grade(NULL, 0));
    jeoul_result_exact_counts(NULL, &settled, &taken_as_equal);
    assert_int_equal(settled + taken_as_equal, 0);
    assert_int_equal(jeoul_result_scores(NULL, "total", totals, 2), JEOUL_ARGUMENT);
    assert_int_equal(jeoul_result_scores(made->result, NULL, totals, 2), JEOUL_ARGUMENT);
    assert_int_equal(jeoul_result_scores(made->result, "total", NULL, 2), JEOUL_ARGUMENT);
    assert_int_equal(jeoul_result_text(made->result, JEOUL_FRAME_RANKING, JEOUL_CSV, NULL), JEOUL_ARGUMENT);
    assert_int_equal(jeoul_result_text(NULL, JEOUL_FRAME_RANKING, JEOUL_CSV, &text), JEOUL_ARGUMENT);
    assert_null(text);
    assert_int_equal(jeoul_explain(NULL, "가", NULL, &text, NULL), JEOUL_ARGUMENT);
    assert_int_equal(jeoul_explain(made->result, NULL, NULL, &text, NULL), JEOUL_ARGUMENT);
    assert_int_equal(jeoul_explain(made->result, "가", NULL, NULL, NULL), JEOUL_ARGUMENT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        EVALUATION_TEST(the_version_is_that_of_the_header),
        EVALUATION_TEST(every_status_has_a_text),
        EVALUATION_TEST(releasing_nothing_does_nothing),
        EVALUATION_TEST(objects_may_be_freed_in_any_order),
        EVALUATION_TEST(a_rulebook_outlives_its_text),
        EVALUATION_TEST(diagnostics_outlive_what_they_are_about),
        EVALUATION_TEST(a_rulebook_that_is_not_there_is_io),
        EVALUATION_TEST(a_rulebook_is_loaded_from_a_file),
        EVALUATION_TEST(a_wrong_rulebook_is_none),
        EVALUATION_TEST(the_date_may_be_given),
        EVALUATION_TEST(there_need_not_be_a_date),
        EVALUATION_TEST(texts_of_a_rulebook_belong_to_the_caller),
        EVALUATION_TEST(tables_are_given_once_by_a_name_of_the_rulebook),
        EVALUATION_TEST(finished_data_take_nothing_more),
        EVALUATION_TEST(absent_tables_are_told_when_data_are_finished),
        EVALUATION_TEST(arrow_arrays_that_are_refused_are_released),
        EVALUATION_TEST(data_are_scored_by_their_own_rulebook_once_they_are_finished),
        EVALUATION_TEST(values_without_an_answer_give_no_result),
        EVALUATION_TEST(results_do_not_depend_on_blocks),
        EVALUATION_TEST(plain_scoring_says_so),
        EVALUATION_TEST(what_was_settled_exactly_is_counted),
        EVALUATION_TEST(options_of_an_unknown_size_are_refused),
        EVALUATION_TEST(options_of_a_later_header_are_taken_while_they_ask_for_nothing_new),
        EVALUATION_TEST(threads_share_rulebooks_and_data),
        EVALUATION_TEST(frames_have_the_formats_that_are_promised),
        EVALUATION_TEST(an_entity_is_explained),
        EVALUATION_TEST(functions_of_rulebooks_refuse_null),
        EVALUATION_TEST(functions_of_data_refuse_null),
        EVALUATION_TEST(functions_of_results_refuse_null),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
