/* SPDX-License-Identifier: Apache-2.0
 *
 * Memory: whichever allocation fails, the answer is NO_MEMORY, nothing leaks and every frame is released.
 *
 * Linked with --wrap for malloc, calloc and realloc; sanitizers and valgrind see the leaks. GMP and MPFR have their
 * own allocations, which are not failed.
 */
#include <unistd.h>

#include "frames.h"

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *memory, size_t size);

static long n_left = -1; /* allocations until one fails; below 0: none fails */

static bool fails(void) {
    if (n_left > 0) n_left--;
    return n_left == 0;
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

static const jl_choice grades[] = {{TEXT("S"), TEXT("S"), false}, {TEXT("A"), TEXT("A"), false}};
static const jl_state_word states[] = {{TEXT("해당없음"), JL_NOT_APPLICABLE}};
static const jl_column_rule departments[] = {KEY("부서"), COLUMN_WITH("상위부서", JL_COLUMN_REFERENCE, .target = 0),
                                             COLUMN_WITH("등급", JL_COLUMN_CHOICE, .choices = grades, .n_choices = 2)};
static const jl_text raters[] = {TEXT("위원1"), TEXT("위원2")};
static const jl_unpivot unpivot = {.from = raters, .n_from = 2, .name = TEXT("위원"), .value = TEXT("점수")};
static const jl_column_rule ratings[] = {KEY("부서"), KEY("위원"), COLUMN("점수", JL_COLUMN_NUMBER)};
static const jl_column_rule manual[] = {KEY("지표"), COLUMN("개정일", JL_COLUMN_DATE),
                                        COLUMN("배점", JL_COLUMN_NUMBER)};
static const jl_table_rule rules[] = {
    {.name = TEXT("부서"),
     .columns = departments,
     .n_columns = 3,
     .n_keys = 1,
     .others = JL_OTHERS_NUMBER,
     .valid_from = JL_NONE},
    {.name = TEXT("평가"), .columns = ratings, .n_columns = 3, .n_keys = 2, .unpivot = &unpivot, .valid_from = JL_NONE},
    {.name = TEXT("정의서"), .columns = manual, .n_columns = 3, .n_keys = 1, .valid_from = 1},
};

/* Everything a table can need: NFD, long decimals, states, CP949, versions, spans. */
static const char department_file[] =
    "부서,상위부서,등급,2016\n\xE1\x84\x80\xE1\x85\xA1,,S,1\n나,가,\"A\",\n다,가,해당없음,1.2345678901234567\n";
static const char rating_file[] = "\xBA\xCE\xBC\xAD,\xC0\xA7\xBF\xF8"
                                  "1,\xC0\xA7\xBF\xF8"
                                  "2\n\xB0\xA1,1,2\n\xB3\xAA,3.3333333333333333333,\n";
static const jl_source source = {TEXT("book.yaml"), TEXT("abcdef")};
static const jl_text headers[] = {TEXT("지표"), TEXT("개정일"), TEXT("배점")};
static const jl_text cells[] = {TEXT("a"), TEXT("2018-01-01"), TEXT("1"),
                                TEXT("a"), TEXT("2016-01-01"), TEXT("2.1234567890123456")};

static jeoul_status fill_and_finish(struct jeoul_data *data, const char *path, jeoul_diagnostics *diagnostics) {
    const jl_span spans[] = {{&source, 0, 1}, {&source, 1, 2}, {&source, 2, 3},
                             {&source, 3, 4}, {&source, 4, 5}, {&source, 5, 6}};
    const jl_text_rows rows = {headers, 3, cells, spans, 2};
    JL_TRY(jl_data_parse_csv(data, 0, JL_TEXT("t.csv"), JL_TEXT(department_file), diagnostics));
    JL_TRY(jl_data_read_csv(data, 1, path, diagnostics));
    JL_TRY(jl_data_add_rows(data, 2, &rows, diagnostics));
    return jl_data_finish(data, diagnostics);
}

static jeoul_status make_tables(const jl_rulebook *rulebook, const char *path, jeoul_diagnostics *diagnostics) {
    struct jeoul_data *data;
    JL_TRY(jl_data_new(rulebook, NULL, 17531.0, &data));
    const jeoul_status status = fill_and_finish(data, path, diagnostics);
    jl_data_destroy(data);
    return status;
}

static void every_allocation_may_fail(void **state) {
    const jl_rulebook rulebook = {.tables = rules, .n_tables = 3, .measures = JL_NONE, .states = states, .n_states = 1};
    jeoul_status status = JEOUL_NO_MEMORY;
    char path[] = "/tmp/jeoul-memory-XXXXXX";
    const int file = mkstemp(path);
    (void)state;
    assert_true(file >= 0);
    assert_int_equal(write(file, rating_file, sizeof rating_file - 1), sizeof rating_file - 1);
    close(file);
    long n = 0;
    while (status == JEOUL_NO_MEMORY && n < 10000) {
        n_left = ++n;
        status = make_tables(&rulebook, path, NULL);
        n_left = -1;
    }
    unlink(path);
    assert_int_equal(status, JEOUL_OK);
    assert_true(n > 50);
}

/* A message that finds no memory is not kept, but the failure it reports is not lost. */
static void failing_diagnostics_do_not_turn_errors_into_success(void **state) {
    const jl_rulebook rulebook = {.tables = rules, .n_tables = 1, .measures = JL_NONE};
    (void)state;
    for (long n = 1; n < 300; n++) {
        jeoul_diagnostics *diagnostics = NULL;
        struct jeoul_data *data = NULL;
        assert_int_equal(jeoul_diagnostics_new(&diagnostics), JEOUL_OK);
        assert_int_equal(jl_data_new(&rulebook, NULL, 0, &data), JEOUL_OK);
        n_left = n;
        jeoul_status status = jl_data_parse_csv(data, 0, JL_TEXT("t.csv"),
                                                JL_TEXT("부서,상위부서,등급,부셔\n가,나,x,y\n가,,S,\"\n"), diagnostics);
        n_left = -1;
        assert_true(status == JEOUL_NO_MEMORY || status == JEOUL_DATA);
        status =
            jl_data_parse_csv(data, 0, JL_TEXT("t.csv"), JL_TEXT("부서,상위부서,등급\n가,나,S\n가,,A\n"), diagnostics);
        assert_int_equal(status, JEOUL_OK);
        n_left = n;
        status = jl_data_finish(data, diagnostics);
        n_left = -1;
        assert_true(status == JEOUL_NO_MEMORY || status == JEOUL_DATA);
        jl_data_destroy(data);
        jeoul_diagnostics_free(diagnostics);
    }
}

static void frames_are_released_whichever_allocation_fails(void **state) {
    static const jl_column_rule columns[] = {KEY("부서"), COLUMN("실적", JL_COLUMN_NUMBER),
                                             COLUMN_WITH("등급", JL_COLUMN_CHOICE, .choices = grades, .n_choices = 2),
                                             COLUMN("액수", JL_COLUMN_NUMBER)};
    static const jl_table_rule rule = {
        .name = TEXT("표"), .columns = columns, .n_columns = 4, .n_keys = 1, .valid_from = JL_NONE};
    static const double values[] = {1, 0, 3};
    static const uint8_t validity[] = {0x05};
    static const int64_t amounts[] = {9007199254740993, 1, 9007199254740995};
    static const int32_t offsets[] = {0, 3, 6, 9}, grade_offsets[] = {0, 1, 2};
    static const int8_t indices[] = {1, 0, 1};
    const jl_rulebook rulebook = {.tables = &rule, .n_tables = 1, .measures = JL_NONE};
    jeoul_status status = JEOUL_NO_MEMORY;
    (void)state;
    for (long n = 1; status == JEOUL_NO_MEMORY && n < 1000; n++) {
        struct jeoul_data *data = NULL;
        test_frame frame;
        open_frame(&frame, 3);
        add_child(&frame, "부서", "u", 3, NULL, offsets, "가나다");
        add_child(&frame, "실적", "g", 2, validity, values, NULL);
        add_child(&frame, "액수", "l", 2, NULL, amounts, NULL);
        add_child(&frame, "등급", "c", 2, NULL, indices, NULL);
        add_dictionary(&frame, 2, grade_offsets, "SA");
        assert_int_equal(jl_data_new(&rulebook, NULL, 0, &data), JEOUL_OK);
        n_left = n;
        status = jl_data_add_arrow(data, 0, &frame.schema, &frame.array, NULL);
        n_left = -1;
        assert_null(frame.array.release);
        assert_int_equal(frame.n_array_releases, status == JEOUL_OK ? 0 : 1);
        assert_int_equal(frame.n_schema_releases, 1);
        jl_data_destroy(data);
        assert_int_equal(frame.n_array_releases, 1);
    }
    assert_int_equal(status, JEOUL_OK);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(failing_diagnostics_do_not_turn_errors_into_success),
        cmocka_unit_test(frames_are_released_whichever_allocation_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
