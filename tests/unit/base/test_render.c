/* SPDX-License-Identifier: Apache-2.0
 *
 * What diagnostics look like. Expected texts stand here as they stand on the screen.
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

static void check_render(const jeoul_diagnostics *diagnostics, jeoul_format format, int colour, const char *expected) {
    char *text;
    assert_int_equal(jeoul_diagnostics_render(diagnostics, format, colour, &text), JEOUL_OK);
    assert_string_equal(text, expected);
    assert_true(jl_text_is_utf8(jl_text_of(text), NULL));
    jeoul_text_free(text);
}

static void the_caret_stands_under_hangul(void **state) {
    const jl_source source = {
        JL_TEXT("performance.yaml"),
        JL_TEXT("jeoul: 1\n        score: achievement(실젹, 목표, 방향, form = ratio, cap = 100)\n"),
    };
    const jl_text names[] = {JL_TEXT("실적")};
    jl_report(*state, JL_UNKNOWN_COLUMN, find(&source, "실젹"), "unknown column `실젹` in table `성과지표`");
    jl_report_nearest(*state, JL_TEXT("실젹"), names, 1);
    jl_report(*state, JL_UNKNOWN_COLUMN, find(&source, "방향"), "unknown column `방향`");
    check_render(*state, JEOUL_TEXT, 0,
                 "performance.yaml:2:28: error[JL0203]: unknown column `실젹` in table `성과지표`\n"
                 "    2 |         score: achievement(실젹, 목표, 방향, form = ratio, cap = 100)\n"
                 "      |                            ^^^^\n"
                 "      = help: did you mean `실적`?\n"
                 "performance.yaml:2:36: error[JL0203]: unknown column `방향`\n"
                 "    2 |         score: achievement(실젹, 목표, 방향, form = ratio, cap = 100)\n"
                 "      |                                        ^^^^\n"
                 "2 errors\n");
}

static void tabs_and_decomposed_hangul_keep_the_caret_right(void **state) {
    const jl_source source = {JL_TEXT("a.yaml"), JL_TEXT("\t\u1112\u1161\u11AB\tx: 1")};
    jl_report(*state, JL_UNKNOWN_KEY, find(&source, "x"), "unknown key `x`");
    check_render(*state, JEOUL_TEXT, 0,
                 "a.yaml:1:6: error[JL0102]: unknown key `x`\n"
                 "    1 |  \u1112\u1161\u11AB x: 1\n"
                 "      |     ^\n"
                 "1 error\n");
}

static void second_places_have_lines_and_labels(void **state) {
    const jl_source source = {JL_TEXT("a.yaml"), JL_TEXT("- id: 집행률\n- id: 집행률\n")};
    const jl_source base = {JL_TEXT("base.yaml"), JL_TEXT("id: 집행률")};
    const jl_span second = {&source, 22, 31};
    jl_report(*state, JL_DOUBLED_ID, second, "id `집행률` given twice");
    jl_report_second(*state, (jl_span){&source, 6, 15}, "first given here");
    jl_report_second(*state, find(&base, "집행률"), "and here");
    jl_report_second(*state, find(&base, "id"), "a third second place is left out");
    check_render(*state, JEOUL_TEXT, 0,
                 "a.yaml:2:7: error[JL0302]: id `집행률` given twice\n"
                 "    2 | - id: 집행률\n"
                 "      |       ^^^^^^\n"
                 "    1 | - id: 집행률\n"
                 "      |       ------ first given here\n"
                 "      ::: base.yaml:1:5\n"
                 "    1 | id: 집행률\n"
                 "      |     ------ and here\n"
                 "1 error\n");
}

static void a_span_over_several_lines_is_marked_on_its_first(void **state) {
    const jl_source source = {JL_TEXT("a.yaml"), JL_TEXT("score: \"a +\n  b\"\nid: x")};
    jl_report(*state, JL_FORMULA_FOLDED, (jl_span){&source, 7, 16}, "a formula may not be folded");
    check_render(*state, JEOUL_TEXT, 0,
                 "a.yaml:1:8: error[JL0112]: a formula may not be folded\n"
                 "    1 | score: \"a +\n"
                 "      |        ^^^^\n"
                 "1 error\n");
}

static void an_empty_span_has_one_caret(void **state) {
    const jl_source source = {JL_TEXT("a.yaml"), JL_TEXT("score: mean(x")};
    jl_report(*state, JL_FORMULA_SYNTAX, (jl_span){&source, 13, 13}, "expected `)`, found the end of the formula");
    check_render(*state, JEOUL_TEXT, 0,
                 "a.yaml:1:14: error[JL0201]: expected `)`, found the end of the formula\n"
                 "    1 | score: mean(x\n"
                 "      |              ^\n"
                 "1 error\n");
}

static void cells_are_shown_in_their_row(void **state) {
    jl_report_cell(*state, JL_BAD_CELL, JL_TEXT("성과지표.csv"), 17, JL_TEXT("기획감사실,제안,3o"), 23, 25,
                   "expected a number, found `3o`");
    jl_report_cell(*state, JL_KEY_DOUBLED, JL_TEXT("성과지표.csv"), 18, (jl_text){NULL, 0}, 0, 0, "two rows");
    check_render(*state, JEOUL_TEXT, 0,
                 "성과지표.csv:17:10: error[JL0405]: expected a number, found `3o`\n"
                 "   17 | 기획감사실,제안,3o\n"
                 "      |                 ^^\n"
                 "성과지표.csv:18: error[JL0408]: two rows\n"
                 "2 errors\n");
}

static void stray_bytes_and_control_characters_are_made_visible(void **state) {
    const jl_source source = {JL_TEXT("a.yaml"), JL_TEXT("a: \x1b[2J\xB0\xB0\xB0\xB0 x")};
    jl_report(*state, JL_NOT_UTF8, (jl_span){&source, 8, 9}, "not UTF-8");
    check_render(*state, JEOUL_TEXT, 0,
                 "a.yaml:1:9: error[JL0108]: not UTF-8\n"
                 "    1 | a: \uFFFD[2J\uFFFD\uFFFD\uFFFD\uFFFD x\n"
                 "      |         ^\n"
                 "1 error\n");
}

static void long_lines_are_cut_around_the_mark(void **state) {
    jl_buffer line = {0};
    jl_buffer_repeat(&line, "가", 100);
    jl_buffer_add(&line, JL_TEXT("bad"));
    jl_buffer_repeat(&line, "나", 100);
    jl_report_cell(*state, JL_BAD_CELL, JL_TEXT("a.csv"), 2, (jl_text){line.data, line.length}, 300, 303, "bad");
    jl_buffer_free(&line);
    jl_buffer expected = {0};
    jl_buffer_add(&expected, JL_TEXT("a.csv:2:101: error[JL0405]: bad\n    2 | …"));
    jl_buffer_repeat(&expected, "가", 34);
    jl_buffer_add(&expected, JL_TEXT("bad"));
    jl_buffer_repeat(&expected, "나", 33);
    jl_buffer_add(&expected, JL_TEXT("…\n      | "));
    jl_buffer_repeat(&expected, " ", 69);
    jl_buffer_add(&expected, JL_TEXT("^^^\n1 error\n"));
    check_render(*state, JEOUL_TEXT, 0, expected.data);
    jl_buffer_free(&expected);
}

static void the_path_stands_in_where_there_is_no_line(void **state) {
    jl_report(*state, JL_MISSING_KEY, (jl_span){NULL, 0, 0}, "required key `id` missing");
    jl_report_path(*state, JL_TEXT("scorecard.areas[0]"));
    check_render(*state, JEOUL_TEXT, 0,
                 "error[JL0104]: required key `id` missing\n"
                 "      = at: scorecard.areas[0]\n"
                 "1 error\n");
}

static void the_last_line_counts_them_all(void **state) {
    char *text;
    for (uint32_t i = 1; i <= 123; i++) {
        jl_report_cell(*state, JL_BAD_CELL, JL_TEXT("a.csv"), i, (jl_text){NULL, 0}, 0, 0, "bad");
    }
    jl_report(*state, JL_UNUSED_COLUMN, (jl_span){NULL, 0, 0}, "unused");
    assert_int_equal(jeoul_diagnostics_render(*state, JEOUL_TEXT, 0, &text), JEOUL_OK);
    const char *end = strstr(text, "… and");
    assert_non_null(end);
    assert_string_equal(end, "… and 23 more errors\n123 errors, 1 warning\n");
    jeoul_text_free(text);
}

static void nothing_to_say_is_the_empty_text(void **state) {
    check_render(*state, JEOUL_TEXT, 0, "");
    check_render(*state, JEOUL_JSON, 0, "{\"errors\": 0, \"warnings\": 0, \"notes\": 0, \"diagnostics\": []}\n");
}

static void colour_is_only_added(void **state) {
    const jl_source source = {JL_TEXT("a.yaml"), JL_TEXT("x: 1")};
    jl_report(*state, JL_UNUSED_COLUMN, (jl_span){&source, 0, 1}, "unused `x`");
    check_render(*state, JEOUL_TEXT, 1,
                 "a.yaml:1:1: \x1b[1;33mwarning[JL0308]\x1b[0m: \x1b[1munused `x`\x1b[0m\n"
                 "\x1b[34m    1 |\x1b[0m x: 1\n"
                 "\x1b[34m      | \x1b[0m\x1b[1;33m^\x1b[0m\n"
                 "1 warning\n");
}

static void json_has_every_member(void **state) {
    const jl_source source = {JL_TEXT("a \"b\".yaml"), JL_TEXT("가: 1\n가: 2")};
    jl_report(*state, JL_DOUBLED_KEY, (jl_span){&source, 7, 10}, "key `가` given twice");
    jl_report_second(*state, (jl_span){&source, 0, 3}, "first given here");
    jl_report_help(*state, "keep one");
    jl_report_path(*state, JL_TEXT("가"));
    jl_report(*state, JL_TABLE_ABSENT, (jl_span){NULL, 0, 0}, "table absent");
    check_render(*state, JEOUL_JSON, 0,
                 "{\"errors\": 2, \"warnings\": 0, \"notes\": 0, \"diagnostics\": [\n"
                 "{\"severity\": \"error\", \"code\": \"JL0103\", \"file\": \"a \\\"b\\\".yaml\", \"line\": 2, "
                 "\"column\": 1, \"end_column\": 2, \"title\": \"key given twice\", "
                 "\"message\": \"key `가` given twice\", \"help\": \"keep one\", \"path\": \"가\", \"seconds\": ["
                 "{\"file\": \"a \\\"b\\\".yaml\", \"line\": 1, \"column\": 1, \"end_column\": 2, "
                 "\"label\": \"first given here\"}]},\n"
                 "{\"severity\": \"error\", \"code\": \"JL0413\", \"file\": null, \"line\": 0, "
                 "\"column\": 0, \"end_column\": 0, \"title\": \"a table of the rulebook was not given\", "
                 "\"message\": \"table absent\", \"help\": null, \"path\": null, \"seconds\": []}]}\n");
}

static void other_formats_are_refused(void **state) {
    char *text = (char *)1;
    assert_int_equal(jeoul_diagnostics_render(*state, JEOUL_CSV, 0, &text), JEOUL_ARGUMENT);
    assert_null(text);
    assert_int_equal(jeoul_diagnostics_render(NULL, JEOUL_TEXT, 0, &text), JEOUL_ARGUMENT);
    assert_int_equal(jeoul_diagnostics_render(*state, JEOUL_TEXT, 0, NULL), JEOUL_ARGUMENT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_caret_stands_under_hangul, start, stop),
        cmocka_unit_test_setup_teardown(tabs_and_decomposed_hangul_keep_the_caret_right, start, stop),
        cmocka_unit_test_setup_teardown(second_places_have_lines_and_labels, start, stop),
        cmocka_unit_test_setup_teardown(a_span_over_several_lines_is_marked_on_its_first, start, stop),
        cmocka_unit_test_setup_teardown(an_empty_span_has_one_caret, start, stop),
        cmocka_unit_test_setup_teardown(cells_are_shown_in_their_row, start, stop),
        cmocka_unit_test_setup_teardown(stray_bytes_and_control_characters_are_made_visible, start, stop),
        cmocka_unit_test_setup_teardown(long_lines_are_cut_around_the_mark, start, stop),
        cmocka_unit_test_setup_teardown(the_path_stands_in_where_there_is_no_line, start, stop),
        cmocka_unit_test_setup_teardown(the_last_line_counts_them_all, start, stop),
        cmocka_unit_test_setup_teardown(nothing_to_say_is_the_empty_text, start, stop),
        cmocka_unit_test_setup_teardown(colour_is_only_added, start, stop),
        cmocka_unit_test_setup_teardown(json_has_every_member, start, stop),
        cmocka_unit_test_setup_teardown(other_formats_are_refused, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
