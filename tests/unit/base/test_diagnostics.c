/* SPDX-License-Identifier: Apache-2.0
 *
 * Collecting diagnostics: places, order, limits, help. What they look like is test_render.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/diagnostics.h"

static int start(void **state) {
    jeoul_diagnostics *diagnostics;
    const jeoul_status status = jeoul_diagnostics_new(&diagnostics);
    *state = diagnostics;
    return status != JEOUL_OK;
}

static int stop(void **state) {
    jeoul_diagnostics_free(*state);
    return 0;
}

static jl_span find(const jl_source *source, const char *part) {
    const char *at = strstr(source->text.data, part);
    assert_non_null(at);
    const uint32_t first = (uint32_t)(at - source->text.data);
    return (jl_span){source, first, first + (uint32_t)strlen(part)};
}

static jeoul_diagnostic get(const jeoul_diagnostics *diagnostics, size_t index) {
    jeoul_diagnostic view;
    assert_int_equal(jeoul_diagnostics_get(diagnostics, index, &view), JEOUL_OK);
    return view;
}

typedef struct locate_case {
    const char *text;
    uint32_t offset, line, column;
} locate_case;

static void lines_and_columns_count_from_one(void **state) {
    const locate_case cases[] = {
        {"", 0, 1, 1},
        {"abc", 0, 1, 1},
        {"abc", 3, 1, 4},
        {"a\nb", 1, 1, 2},
        {"a\nb", 2, 2, 1},
        {"a\r\nb", 2, 1, 3}, /* between CR and LF: still the first line */
        {"a\r\nb", 3, 2, 1},
        {"a\rb", 2, 2, 1},
        {"가나: 1", 6, 1, 3},
        {"\t가 x", 5, 1, 4},
        {"\xEF\xBB\xBF"
         "ab",
         4, 1, 2}, /* the byte order mark is no column */
        {"x\n\n\n", 4, 4, 1},
        {"abc", 99, 1, 4},
    };
    (void)state;
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        const jl_source source = {JL_TEXT("a.yaml"), jl_text_of(cases[i].text)};
        uint32_t line, column;
        jl_span_locate((jl_span){&source, cases[i].offset, cases[i].offset}, &line, &column);
        assert_int_equal(line, cases[i].line);
        assert_int_equal(column, cases[i].column);
    }
}

static void a_span_without_a_source_has_no_place(void **state) {
    uint32_t line = 9, column = 9;
    jl_span_locate((jl_span){NULL, 1, 2}, &line, &column);
    assert_int_equal(line, 0);
    assert_int_equal(column, 0);
    jl_report(*state, JL_NO_FILE, (jl_span){NULL, 0, 0}, "cannot read `%s`", "kpi.csv");
    const jeoul_diagnostic view = get(*state, 0);
    assert_null(view.file);
    assert_int_equal(view.line, 0);
    assert_string_equal(view.message, "cannot read `kpi.csv`");
}

static void reporting_to_nobody_still_gives_the_status(void **state) {
    (void)state;
    assert_int_equal(jl_report(NULL, JL_WEIGHT_SUM, (jl_span){NULL, 0, 0}, "x"), JEOUL_RULEBOOK);
    assert_int_equal(jl_report(NULL, JL_UNUSED_COLUMN, (jl_span){NULL, 0, 0}, "x"), JEOUL_OK);
    assert_int_equal(jl_report_cell(NULL, JL_BAD_CELL, JL_TEXT("a"), 1, JL_TEXT("b"), 0, 1, "x"), JEOUL_DATA);
    jl_report_help(NULL, "x");
    jl_report_nearest(NULL, JL_TEXT("x"), NULL, 0);
    jl_report_second(NULL, (jl_span){NULL, 0, 0}, "x");
    jl_report_path(NULL, JL_TEXT("x"));
    assert_int_equal(jeoul_diagnostics_count(NULL), 0);
    assert_int_equal(jeoul_diagnostics_error_count(NULL), 0);
    jeoul_diagnostics_clear(NULL);
    jeoul_diagnostics_free(NULL);
}

static void diagnostics_outlive_the_source(void **state) {
    char text[] = "score: 실젹\n";
    char name[] = "a.yaml";
    const jl_source source = {jl_text_of(name), jl_text_of(text)};
    assert_int_equal(jl_report(*state, JL_UNKNOWN_COLUMN, find(&source, "실젹"), "unknown"), JEOUL_RULEBOOK);
    memset(text, 'x', sizeof text - 1);
    memset(name, 'x', sizeof name - 1);
    const jeoul_diagnostic view = get(*state, 0);
    assert_int_equal(view.severity, JEOUL_ERROR);
    assert_string_equal(view.code, "JL0203");
    assert_string_equal(view.file, "a.yaml");
    assert_int_equal(view.line, 1);
    assert_int_equal(view.column, 8);
    assert_null(view.help);
    assert_null(view.path);
}

static void diagnostics_are_in_the_order_of_files_and_lines(void **state) {
    const jl_source late = {JL_TEXT("z.yaml"), JL_TEXT("one two\nthree")};
    const jl_source early = {JL_TEXT("a.yaml"), JL_TEXT("four")};
    jl_report(*state, JL_UNKNOWN_NAME, find(&late, "three"), "3");
    jl_report(*state, JL_UNKNOWN_NAME, find(&early, "four"), "4");
    jl_report(*state, JL_UNKNOWN_NAME, find(&late, "two"), "2a");
    jl_report(*state, JL_UNUSED_COLUMN, find(&late, "two"), "2b");
    jl_report(*state, JL_UNKNOWN_NAME, find(&late, "one"), "1");
    const char *const expected[] = {"1", "2a", "2b", "3", "4"};
    assert_int_equal(jeoul_diagnostics_count(*state), 5);
    for (size_t i = 0; i < 5; i++) assert_string_equal(get(*state, i).message, expected[i]);
}

static void the_same_complaint_is_taken_once(void **state) {
    const jl_source source = {JL_TEXT("a.yaml"), JL_TEXT("one two")};
    for (int i = 0; i < 3; i++) {
        assert_int_equal(jl_report(*state, JL_UNKNOWN_NAME, find(&source, "two"), "unknown"), JEOUL_RULEBOOK);
        jl_report_help(*state, "look it up");
    }
    jl_report(*state, JL_UNKNOWN_NAME, find(&source, "one"), "unknown");
    assert_int_equal(jeoul_diagnostics_error_count(*state), 2);
    assert_string_equal(get(*state, 1).help, "look it up");
}

static void help_and_path_go_to_the_last_one(void **state) {
    const jl_source source = {JL_TEXT("a.yaml"), JL_TEXT("실젹 two")};
    const jl_text names[] = {JL_TEXT("목표"), JL_TEXT("실적")};
    jl_report(*state, JL_UNKNOWN_NAME, find(&source, "two"), "second");
    jl_report(*state, JL_UNKNOWN_COLUMN, find(&source, "실젹"), "first");
    jl_report_nearest(*state, JL_TEXT("실젹"), names, 2);
    jl_report_path(*state, JL_TEXT("scorecard.areas[0].weight"));
    assert_string_equal(get(*state, 0).help, "did you mean `실적`?");
    assert_string_equal(get(*state, 0).path, "scorecard.areas[0].weight");
    assert_null(get(*state, 1).help);
    jl_report_help(*state, "or declare it in `%s`", "성과지표");
    assert_string_equal(get(*state, 0).help, "did you mean `실적`?; or declare it in `성과지표`");
}

static void far_names_are_not_suggested(void **state) {
    const jl_text names[] = {JL_TEXT("목표"), JL_TEXT("실적")};
    jl_report(*state, JL_UNKNOWN_NAME, (jl_span){NULL, 0, 0}, "x");
    jl_report_nearest(*state, JL_TEXT("weight"), names, 2);
    assert_null(get(*state, 0).help);
}

static void only_a_hundred_errors_are_kept(void **state) {
    for (uint32_t i = 1; i <= 123; i++) {
        jl_report_cell(*state, JL_BAD_CELL, JL_TEXT("kpi.csv"), i, JL_TEXT("x"), 0, 1, "bad %u", i);
        jl_report_help(*state, "help %u", i);
        jl_report_cell(*state, JL_COLUMN_UNKNOWN, JL_TEXT("kpi.csv"), i, JL_TEXT("x"), 0, 1, "odd %u", i);
    }
    jl_report(*state, JL_UNUSED_COLUMN, (jl_span){NULL, 0, 0}, "unused");
    assert_int_equal(jeoul_diagnostics_count(*state), 200);
    assert_int_equal(jeoul_diagnostics_error_count(*state), 123);
    assert_string_equal(get(*state, 199).message, "odd 100");
    assert_string_equal(get(*state, 198).help, "help 100"); /* not that of a dropped one */
    jeoul_diagnostic view;
    assert_int_equal(jeoul_diagnostics_get(*state, 200, &view), JEOUL_ARGUMENT);
    assert_int_equal(jeoul_diagnostics_get(*state, 0, NULL), JEOUL_ARGUMENT);
}

static void clearing_starts_anew(void **state) {
    jl_report(*state, JL_WEIGHT_SUM, (jl_span){NULL, 0, 0}, "x");
    jeoul_diagnostics_clear(*state);
    assert_int_equal(jeoul_diagnostics_count(*state), 0);
    assert_int_equal(jeoul_diagnostics_error_count(*state), 0);
    jl_report_help(*state, "to nobody");
    jl_report(*state, JL_WEIGHT_SUM, (jl_span){NULL, 0, 0}, "x");
    assert_int_equal(jeoul_diagnostics_count(*state), 1);
}

static void messages_are_one_line_of_clean_utf8(void **state) {
    jl_report(*state, JL_BAD_CELL, (jl_span){NULL, 0, 0}, "found `%s`", "12\n\t3\x1b[31m\xB0\xA1 가");
    assert_string_equal(get(*state, 0).message, "found `12  3\uFFFD[31m\uFFFD\uFFFD 가`");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_and_columns_count_from_one),
        cmocka_unit_test_setup_teardown(a_span_without_a_source_has_no_place, start, stop),
        cmocka_unit_test(reporting_to_nobody_still_gives_the_status),
        cmocka_unit_test_setup_teardown(diagnostics_outlive_the_source, start, stop),
        cmocka_unit_test_setup_teardown(diagnostics_are_in_the_order_of_files_and_lines, start, stop),
        cmocka_unit_test_setup_teardown(the_same_complaint_is_taken_once, start, stop),
        cmocka_unit_test_setup_teardown(help_and_path_go_to_the_last_one, start, stop),
        cmocka_unit_test_setup_teardown(far_names_are_not_suggested, start, stop),
        cmocka_unit_test_setup_teardown(only_a_hundred_errors_are_kept, start, stop),
        cmocka_unit_test_setup_teardown(clearing_starts_anew, start, stop),
        cmocka_unit_test_setup_teardown(messages_are_one_line_of_clean_utf8, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
