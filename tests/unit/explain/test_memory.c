/* SPDX-License-Identifier: Apache-2.0
 *
 * Wherever memory ends, explaining and reading back end with JEOUL_NO_MEMORY and nothing is lost. Linked with --wrap for
 * malloc, calloc and realloc, which reaches this library's allocations and not those of the libraries it uses.
 */
#include <stdlib.h>

#include "evaluations.h"

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

/* Enough indicators to fill more than one block of an arena. */
static void write_rulebook(jl_buffer *text) {
    jl_buffer_add(
        text, JL_TEXT("jeoul: 1\nid: t\ntables:\n"
                      "  과: {key: 과, columns: {가: number, 나: number}}\n"
                      "  대장: {key: [과, 번], columns: {사유: text, 점: number}}\n"
                      "entities: 과\ngrades: [S, A]\n"
                      "scales: {구간: {at_least: {95: 100, 90: 90}, otherwise: 70}}\n"
                      "adjustments: {items: [{id: 가점, kind: bonus, each: 대장, once: 사유, points: 점, cap: 1}]}\n"
                      "gates: [{id: 기준, pass: 가 > 1, cap: A}]\nvalues: {합: sum(가 over all)}\n"
                      "results: {round: {total: 2}, rank: {then: [나]}, grade: {quota: {S: 50, A: 50}, seats: "
                      "cumulative_half_up, tie_at_cut: up}}\n"
                      "scorecard:\n  weight_total: free\n  indicator: {missing: redistribute, undefined: 0}\n"
                      "  indicators:\n"));
    for (int k = 0; k < 20; k++) {
        jl_buffer_format(text,
                         "    - {id: 지표%d, weight: %d, score: \"구간(achievement(가 + %d, 나, up, cap = 100))\"}\n",
                         k, k + 1, k);
    }
    jl_buffer_add(text, JL_TEXT("    - {id: 없음, weight: 5, score: 나}\n    - {id: 있음, weight: 5, score: 가}\n"));
}

typedef jeoul_status labour(const evaluation *made, char **text_out);

static jeoul_status explain_as_text(const evaluation *made, char **text_out) {
    return jeoul_explain(made->result, "을", NULL, text_out, NULL);
}

static jeoul_status explain_as_json(const evaluation *made, char **text_out) {
    const jeoul_explain_options options = {sizeof options, JEOUL_JSON, JEOUL_ENGLISH, 0};
    return jeoul_explain(made->result, "갑", &options, text_out, NULL);
}

static jeoul_status explain_nobody(const evaluation *made, char **text_out) {
    return jeoul_explain(made->result, "병", NULL, text_out, made->diagnostics);
}

static jeoul_status read_back(const evaluation *made, char **text_out) {
    return jeoul_rulebook_read(made->rulebook, JEOUL_KOREAN, text_out);
}

static jeoul_status work_with_failure(const evaluation *made, labour *work, long failing) {
    char *text = NULL;
    n_allocations = 0;
    failing_allocation = failing;
    const jeoul_status status = work(made, &text);
    failing_allocation = 0;
    assert_int_equal(text != NULL, status == JEOUL_OK);
    jeoul_text_free(text);
    return status;
}

static evaluation make_large_evaluation(void) {
    static const char entities[] = "과,가,나\n갑,32,30\n을,5,\n", book[] = "과,번,사유,점\n갑,1,불,2\n갑,2,불,1\n";
    jl_buffer rulebook = {NULL, 0, 0, false};
    write_rulebook(&rulebook);
    const evaluation_text text = {"", rulebook.data, {{"과", entities}, {"대장", book}}};
    const evaluation made = make_evaluation(&text);
    jl_buffer_free(&rulebook);
    return made;
}

static void check_every_failure(labour *work, jeoul_status expected, long least) {
    evaluation made = make_large_evaluation();
    assert_int_equal(work_with_failure(&made, work, 0), expected);
    const long n_all = n_allocations;
    assert_true(n_all >= least);
    for (long failing = 1; failing <= n_all; failing++) {
        const jeoul_status status = work_with_failure(&made, work, failing);
        /* Exact values that cannot be remembered are computed again, and a diagnostic may be lost. */
        assert_true(status == JEOUL_NO_MEMORY || status == expected);
    }
    assert_int_equal(work_with_failure(&made, work, 0), expected);
    free_evaluation(&made);
}

static void a_text_ends_with_no_memory(void **state) {
    (void)state;
    check_every_failure(explain_as_text, JEOUL_OK, 100);
}

static void json_ends_with_no_memory(void **state) {
    (void)state;
    check_every_failure(explain_as_json, JEOUL_OK, 100);
}

static void an_unknown_entity_ends_with_no_memory(void **state) {
    (void)state;
    check_every_failure(explain_nobody, JEOUL_ARGUMENT, 2);
}

static void reading_back_ends_with_no_memory(void **state) {
    (void)state;
    check_every_failure(read_back, JEOUL_OK, 100);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_ends_with_no_memory),
        cmocka_unit_test(json_ends_with_no_memory),
        cmocka_unit_test(an_unknown_entity_ends_with_no_memory),
        cmocka_unit_test(reading_back_ends_with_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
