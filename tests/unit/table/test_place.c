/* SPDX-License-Identifier: Apache-2.0
 *
 * Places: messages about rows that were read before, texts in messages, dots that look alike.
 */
#include "tables.h"

static const jl_column_rule columns[] = {KEY("부서"), COLUMN("실적", JL_COLUMN_NUMBER), COLUMN("비고", JL_COLUMN_TEXT)};
static const jl_table_rule rule = {
    .name = TEXT("표"), .columns = columns, .n_columns = 3, .n_keys = 1, .valid_from = JL_NONE};

static void a_row_is_found_again(void **state) {
    static const struct {
        uint32_t column;
        size_t row;
        uint32_t line, at;
    } cases[] = {{0, 0, 2, 4},  {1, 0, 2, 1}, {JL_NONE, 0, 2, 1}, {1, 1, 3, 2},
                 {2, 1, 3, 11}, {0, 2, 5, 3}, {2, 2, 5, 5}};
    (void)state;
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        fixture tables;
        open_tables(&tables, &rule, 1);
        assert_int_equal(parse(&tables, 0, "실적,부서,비고\r\n10,가,a\r\n\"2\",\"나나\",\"b\r\nb\"\r\n3,다,c"),
                         JEOUL_OK);
        assert_int_equal(jl_report_row(tables.diagnostics, JL_SCORE_MISSING, tables.data, 0, cases[i].column,
                                       cases[i].row, "%s", "no"),
                         JEOUL_DATA);
        assert_diagnostic(&tables, 0, "JL0501", cases[i].line, cases[i].at, "no", NULL);
        close_tables(&tables);
    }
}

/* Of a large file only the line is known: its text is not kept. */
static void rows_of_large_files_have_their_line(void **state) {
    const size_t length = JL_KEPT_TEXT + 4096;
    char *text = malloc(length);
    const char head[] = "실적,부서,비고\n10,가,a\n";
    fixture tables;
    (void)state;
    memset(text, '\n', length);
    memcpy(text, head, sizeof head - 1);
    open_tables(&tables, &rule, 1);
    assert_int_equal(jl_data_parse_csv(tables.data, 0, JL_TEXT("t.csv"), (jl_text){text, length}, tables.diagnostics),
                     JEOUL_OK);
    assert_null(tables.data->tables[0].origin);
    (void)jl_report_row(tables.diagnostics, JL_SCORE_MISSING, tables.data, 0, 1, 0, "no");
    assert_diagnostic(&tables, 0, "JL0501", 2, 0, "no", NULL);
    close_tables(&tables);
    free(text);
}

static void the_line_is_shown_with_a_caret(void **state) {
    fixture tables;
    char *text = NULL;
    (void)state;
    open_tables(&tables, &rule, 1);
    assert_int_equal(parse(&tables, 0, "부서,실적,비고\n기획감사실,1x,a\n"), JEOUL_DATA);
    assert_int_equal(jeoul_diagnostics_render(tables.diagnostics, JEOUL_TEXT, 0, &text), JEOUL_OK);
    assert_non_null(strstr(text, "t.csv:2:7: error[JL0405]: expected a number in column `실적`, found `1x`"));
    assert_non_null(strstr(text, "기획감사실,1x,a"));
    assert_non_null(strstr(text, "           ^^")); /* five syllables are ten cells */
    jeoul_text_free(text);
    close_tables(&tables);
}

static void long_texts_are_cut_between_characters(void **state) {
    (void)state;
    assert_string_equal(jl_shown_text(JL_TEXT("")).data, "");
    assert_string_equal(jl_shown_text((jl_text){NULL, 0}).data, "");
    assert_string_equal(jl_shown_text(JL_TEXT("가나")).data, "가나");
    char text[80];
    memset(text, 'a', sizeof text);
    assert_int_equal(strlen(jl_shown_text((jl_text){text, 60}).data), 60);
    assert_int_equal(strlen(jl_shown_text((jl_text){text, 61}).data), 63);
    memcpy(text + 59, "가", 3);
    assert_int_equal(strlen(jl_shown_text((jl_text){text, 80}).data), 62);
}

static void only_dots_that_look_alike_are_explained(void **state) {
    static const struct {
        const char *found, *known;
        bool alike;
    } cases[] = {
        {"가ㆍ나", "가·나", true}, {"가·나", "가ㆍ나", true},
        {"가・나", "가·나", true}, {"가·나ㆍ다", "가·나·다", true},
        {"가·나", "가·나", false}, {"가ㆍ나", "가·다", false},
        {"가나", "가·나", false},  {"가·", "가", false},
        {"ㆍ", "·", true},         {"", "", false},
        {"가.나", "가·나", false}, {"가ㆍ나", "가·나다", false},
    };
    (void)state;
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        const jl_text known = jl_text_of(cases[i].known);
        fixture tables = {0};
        assert_int_equal(jeoul_diagnostics_new(&tables.diagnostics), JEOUL_OK);
        (void)jl_report(tables.diagnostics, JL_CELL_CHOICE, (jl_span){NULL, 0, 0}, "no");
        jl_report_similar(tables.diagnostics, jl_text_of(cases[i].found), &known, 1);
        const char *help = diagnostic_at(&tables, 0).help;
        if ((help != NULL && strstr(help, "look alike") != NULL) != cases[i].alike)
            fail_msg("%s, %s", cases[i].found, cases[i].known);
        jeoul_diagnostics_free(tables.diagnostics);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_is_found_again),
        cmocka_unit_test(rows_of_large_files_have_their_line),
        cmocka_unit_test(the_line_is_shown_with_a_caret),
        cmocka_unit_test(long_texts_are_cut_between_characters),
        cmocka_unit_test(only_dots_that_look_alike_are_explained),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
