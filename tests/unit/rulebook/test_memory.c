/* SPDX-License-Identifier: Apache-2.0
 *
 * Wherever memory ends, reading ends with JEOUL_NO_MEMORY and nothing is lost. Linked with --wrap for malloc, calloc
 * and realloc, which reaches this library's allocations and not those of the libraries it uses.
 */
#include "rulebooks.h"

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

static jeoul_status read_with_failure(const char *text, long failing) {
    const jl_source source = {JL_TEXT("test.yaml"), jl_text_of(text)};
    const jl_rulebook *book = NULL;
    n_allocations = 0;
    failing_allocation = failing;
    jl_arena *arena = jl_arena_new();
    const jeoul_status status = arena == NULL ? JEOUL_NO_MEMORY : jl_rulebook_read(arena, &source, &book, NULL);
    failing_allocation = 0;
    assert_int_equal(book != NULL, status == JEOUL_OK);
    jl_arena_free(arena);
    return status;
}

/* Enough of everything to fill more than one block of an arena. */
static void write_rulebook(jl_buffer *text, const char *wrong) {
    jl_buffer_format(text,
                     HEAD TABLES
                     "groups: 군\ngrades: [S, A]\nvalues: {합계: sum(실적 over group)}\n"
                     "scales: {가: {at_least: {95: 100}, otherwise: 0}, 나: {S: 1}, 다: {curve: [[0, 1], [1, 2]]}}\n"
                     "adjustments: {items: [{id: 가점, kind: bonus, points: 실적 > 1}]}\n"
                     "gates: [{id: 기준, pass: 실적 > 1, cap: A}]\n"
                     "results: {round: {total: 2}, rank: {then: [실적]}, grade: {cutoffs: {S: 90, A: %s}}}\n"
                     "tests: [{given: {부서: [{부서: 가}]}, expect: {가: {total: 3}}}]\n"
                     "scorecard:\n  indicators:\n",
                     wrong);
    for (int k = 0; k < 150; k++) {
        jl_buffer_format(text,
                         "    - {id: 지표%d, weight: {실과소: 2/3, 읍면동: 2/3}, score: \"achievement(실적 + %d, 목표, "
                         "up, cap = 100)\"}\n",
                         k, k);
    }
}

static void check_every_failure(const char *wrong, jeoul_status expected) {
    jl_buffer text = {NULL, 0, 0, false};
    write_rulebook(&text, wrong);
    const jeoul_status whole = read_with_failure(text.data, 0);
    const long n_all = n_allocations;
    assert_int_equal(whole, expected);
    assert_true(n_all > 20);
    for (long failing = 1; failing <= n_all; failing++) {
        assert_int_equal(read_with_failure(text.data, failing), JEOUL_NO_MEMORY);
    }
    jl_buffer_free(&text);
}

static void a_good_rulebook_ends_with_no_memory(void **state) {
    (void)state;
    check_every_failure("0", JEOUL_OK);
}

static void a_bad_rulebook_ends_with_no_memory(void **state) {
    (void)state;
    check_every_failure("1", JEOUL_RULEBOOK);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_rulebook_ends_with_no_memory),
        cmocka_unit_test(a_bad_rulebook_ends_with_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
