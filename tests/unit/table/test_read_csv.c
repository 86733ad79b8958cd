/* SPDX-License-Identifier: Apache-2.0
 *
 * CSV files as tables: headers, rows, `unpivot`, other columns, and every mistake of a file in one run.
 */
#include "tables.h"

static const jl_column_rule columns[] = {KEY("부서"), COLUMN("정원", JL_COLUMN_NUMBER), COLUMN("비고", JL_COLUMN_TEXT)};
static const jl_table_rule rule = {
    .name = TEXT("부서"), .columns = columns, .n_columns = 3, .n_keys = 1, .valid_from = JL_NONE};

static void assert_read(const char *text) {
    fixture tables;
    open_tables(&tables, &rule, 1);
    if (parse(&tables, 0, text) != JEOUL_OK) {
        print_diagnostics(&tables);
        fail_msg("%s", text);
    }
    assert_int_equal(tables.data->tables[0].n_rows, 2);
    check_printed(&tables, 0, 0, 0, "기획감사실");
    check_printed(&tables, 0, 1, 0, "35");
    check_printed(&tables, 0, 0, 1, "총무과");
    check_printed(&tables, 0, 1, 1, "12.5");
    check_printed(&tables, 0, 2, 1, "나");
    close_tables(&tables);
}

static void the_same_table_in_many_spellings(void **state) {
    (void)state;
    assert_read("부서,정원,비고\n기획감사실,35,가\n총무과,12.5,나\n");
    assert_read("부서,정원,비고\r\n기획감사실,35,가\r\n총무과,12.5,나");
    assert_read("\xEF\xBB\xBF부서,정원,비고\n기획감사실,35,가\n총무과,12.5,나\n");
    assert_read("정원,비고,부서\n35,가,기획감사실\n12.5,나,총무과\n");
    assert_read("\"부서\",\" 정원 \",비고\n\"기획감사실\",\"35\",\"가\"\n총무과, 12.5 ,나\n");
    assert_read("\n,,\n부서,정원,비고\n\n기획감사실,35,가\n,,,,\n총무과,12.5,나\n\n ,,\n");
    assert_read("부서,정원,비고,,\n기획감사실,35,가\n총무과,12.5,나,,\n");
    assert_read("부서,정원,비고\n기획감사실,35,가,,\n총무과,12.5,나\n");
    assert_read("부서,정원,비고\n기획감사실,35,\"두\n줄, \"\"짜리\"\"\"\n총무과,12.5,나\n");
    /* NFD, from a Mac */
    assert_read("\xE1\x84\x87\xE1\x85\xAE\xE1\x84\x89\xE1\x85\xA5,정원,비고\n기획감사실,35,가\n총무과,12.5,"
                "\xE1\x84\x82\xE1\x85\xA1\n");
    /* CP949 */
    assert_read(
        "\xBA\xCE\xBC\xAD,\xC1\xA4\xBF\xF8,\xBA\xF1\xB0\xED\n\xB1\xE2\xC8\xB9\xB0\xA8\xBB\xE7\xBD\xC7,35,\xB0\xA1\n"
        "\xC3\xD1\xB9\xAB\xB0\xFA,12.5,\xB3\xAA\n");
}

static void rows_know_their_lines(void **state) {
    fixture tables;
    (void)state;
    open_tables(&tables, &rule, 1);
    assert_int_equal(parse(&tables, 0, "부서,정원,비고\n\n가,1,\"a\nb\nc\"\n나,2,\n"), JEOUL_OK);
    assert_int_equal(tables.data->tables[0].lines[0], 3);
    assert_int_equal(tables.data->tables[0].lines[1], 6);
    assert_true(jl_text_equal(tables.data->tables[0].file, JL_TEXT("t.csv")));
    assert_int_equal(state_at(&tables, 0, 2, 1), JL_MISSING);
    assert_null(tables.data->tables[0].columns[1].states);
    close_tables(&tables);
}

static const struct {
    const char *text, *code;
    uint32_t line, column;
    const char *message, *help;
} bad[] = {
    {"", "JL0412", 1, 0, "the file is empty: expected a line with the names of the columns", NULL},
    {"\n , \n", "JL0412", 1, 0, "the file is empty: expected a line with the names of the columns", NULL},
    {"부서,현원수,비고\n", "JL0403", 1, 1, "the file has no column `정원`", NULL},
    {"부서,정원수,비고\n", "JL0403", 1, 1, "the file has no column `정원`", "did you mean `정원수`?"},
    {"부서;정원;비고\n", "JL0403", 1, 1, "the file has no column `부서`",
     "the fields seem to be separated by semicolons: save with commas"},
    {"부서,정원,비고,정원\n", "JL0415", 1, 10, "the file has the column `정원` twice", NULL},
    {"부서,\"정원,비고\n가,1,나\n", "JL0412", 1, 4, "the quote that opens here is never closed", NULL},
    {"부서,정원,비고\n가,1,\"나\n다,2,라\n", "JL0412", 2, 5, "the quote that opens here is never closed", NULL},
    {"부서,정원,비고\n가,1,나\"다\n", "JL0412", 2, 6, "a quote inside a field that is not in quotes",
     "put the whole field in quotes and write each quote inside it twice"},
    {"부서,정원,비고\n가,1,\"나\"다\n", "JL0412", 2, 8,
     "expected a comma or the end of the line after the closing quote", NULL},
    {"부서,정원,비고\n가,1\n", "JL0412", 2, 1, "expected 3 fields, found 2", NULL},
    {"부서,정원,비고\n가,1,234,나\n", "JL0412", 2, 1, "expected 3 fields, found 4",
     "put a field that has a comma in quotes"},
    {"부서,정원,비고\n가,x,나\n", "JL0405", 2, 3, "expected a number in column `정원`, found `x`", ""},
    {"부서,정원,비고\n가,\"x\",나\n", "JL0405", 2, 4, "expected a number in column `정원`, found `x`", ""},
    {"비고,부서,정원\n\"a\nb\",가,x\n", "JL0405", 3, 6, "expected a number in column `정원`, found `x`", ""},
    {"부서,정원,비고\r\n가,1,나\r\n다,x,라\r\n", "JL0405", 3, 3, "expected a number in column `정원`, found `x`", ""},
    {"부서,정원,비고\r가,1,나\r다,x,라\r", "JL0405", 3, 3, "expected a number in column `정원`, found `x`", ""},
    {"\xEF\xBB\xBF정원,부서,비고\nx,가,나\n", "JL0405", 2, 1, "expected a number in column `정원`, found `x`", ""},
    {"부서,정원,비고\n,1,나\n", "JL0410", 2, 1, "the key `부서` is blank", NULL},
};

static void mistakes_of_a_file_have_their_place(void **state) {
    (void)state;
    for (size_t i = 0; i < JL_COUNT(bad); i++) {
        fixture tables;
        open_tables(&tables, &rule, 1);
        assert_int_equal(parse(&tables, 0, bad[i].text), JEOUL_DATA);
        assert_diagnostic(&tables, 0, bad[i].code, bad[i].line, bad[i].column, bad[i].message, bad[i].help);
        close_tables(&tables);
    }
}

static void all_mistakes_are_found_in_one_run(void **state) {
    fixture tables;
    (void)state;
    open_tables(&tables, &rule, 1);
    assert_int_equal(parse(&tables, 0,
                           "부서,정원,비고\n"
                           "가,x,나\n"
                           ",y,\n"
                           "다,1\n"
                           "라,\"2\"3,마\n"
                           "바,4,사\n"
                           "아,z,자\n"),
                     JEOUL_DATA);
    assert_int_equal(jeoul_diagnostics_error_count(tables.diagnostics), 6);
    assert_int_equal(diagnostic_at(&tables, 0).line, 2);
    assert_int_equal(diagnostic_at(&tables, 1).line, 3);
    assert_int_equal(diagnostic_at(&tables, 2).line, 3);
    assert_int_equal(diagnostic_at(&tables, 3).line, 4);
    assert_int_equal(diagnostic_at(&tables, 4).line, 5);
    assert_int_equal(diagnostic_at(&tables, 5).line, 7);
    /* A table that failed may be given again. */
    assert_int_equal(parse(&tables, 0, "부서,정원,비고\n가,1,나\n"), JEOUL_OK);
    assert_true(tables.data->tables[0].given);
    assert_false(tables.data->tables[0].failed);
    assert_int_equal(parse(&tables, 0, "부서,정원,비고\n가,1,나\n"), JEOUL_ARGUMENT);
    assert_int_equal(parse(&tables, 1, "부서,정원,비고\n가,1,나\n"), JEOUL_ARGUMENT);
    close_tables(&tables);
}

static void cells_are_read_on_although_a_column_is_absent(void **state) {
    fixture tables;
    (void)state;
    open_tables(&tables, &rule, 1);
    assert_int_equal(parse(&tables, 0, "부서,정원\n가,x\n"), JEOUL_DATA);
    assert_int_equal(jeoul_diagnostics_error_count(tables.diagnostics), 2);
    assert_diagnostic(&tables, 0, "JL0403", 1, 1, "the file has no column `비고`", NULL);
    assert_diagnostic(&tables, 1, "JL0405", 2, 3, "expected a number in column `정원`, found `x`", "");
    close_tables(&tables);
}

static void a_million_bad_cells_are_counted(void **state) {
    fixture tables;
    jl_buffer text = {NULL, 0, 0, false};
    (void)state;
    jl_buffer_add(&text, JL_TEXT("부서,정원,비고\n"));
    for (int i = 0; i < 100000; i++) jl_buffer_add(&text, JL_TEXT("가,x,나\n"));
    open_tables(&tables, &rule, 1);
    assert_int_equal(parse(&tables, 0, text.data), JEOUL_DATA);
    assert_int_equal(jeoul_diagnostics_error_count(tables.diagnostics), 100000);
    assert_int_equal(jeoul_diagnostics_count(tables.diagnostics), 100);
    close_tables(&tables);
    jl_buffer_free(&text);
}

static void diagnostics_may_be_left_out(void **state) {
    fixture tables;
    (void)state;
    open_tables(&tables, &rule, 1);
    assert_int_equal(jl_data_parse_csv(tables.data, 0, JL_TEXT("t.csv"), JL_TEXT("부서,정원\n가,x\n"), NULL),
                     JEOUL_DATA);
    close_tables(&tables);
}

/* ---- other columns ---- */

static void other_columns_are_noted_ignored_or_numbers(void **state) {
    const char *text = "부서,2015,정원,비고,2016\n가,1.5,2,,3\n나,,2,,4\n";
    (void)state;
    for (int others = JL_OTHERS_NOTE; others <= JL_OTHERS_NUMBER; others++) {
        jl_table_rule with_others = rule;
        fixture tables;
        memcpy(&with_others.others, &others, sizeof others);
        open_tables(&tables, &with_others, 1);
        assert_int_equal(parse(&tables, 0, text), JEOUL_OK);
        assert_int_equal(jeoul_diagnostics_count(tables.diagnostics), others == JL_OTHERS_NOTE ? 2 : 0);
        if (others == JL_OTHERS_NOTE) {
            assert_diagnostic(&tables, 0, "JL0404", 1, 4, "column `2015` is not declared and not read", NULL);
            assert_diagnostic(&tables, 1, "JL0404", 1, 15, "column `2016` is not declared and not read", NULL);
        }
        const uint32_t column = jl_data_column(tables.data, 0, JL_TEXT("2015"));
        assert_int_equal(column, others == JL_OTHERS_NUMBER ? 3 : JL_NONE);
        assert_int_equal(jl_data_column(tables.data, 0, JL_TEXT("정원")), 1);
        if (others == JL_OTHERS_NUMBER) {
            assert_int_equal(tables.data->tables[0].n_others, 2);
            assert_true(number_at(&tables, 0, 3, 0) == 1.5);
            assert_int_equal(state_at(&tables, 0, 3, 1), JL_MISSING);
            assert_true(number_at(&tables, 0, 4, 1) == 4);
            assert_int_equal(jl_report_row(tables.diagnostics, JL_SCORE_MISSING, tables.data, 0, 4, 1, "hm"),
                             JEOUL_DATA);
            assert_diagnostic(&tables, 0, "JL0501", 3, 7, "hm", NULL);
        }
        close_tables(&tables);
    }
}

static void other_columns_may_not_be_doubled_or_hold_text(void **state) {
    jl_table_rule with_others = rule;
    fixture tables;
    (void)state;
    with_others.others = JL_OTHERS_NUMBER;
    open_tables(&tables, &with_others, 1);
    assert_int_equal(parse(&tables, 0, "부서,a,정원,비고,a\n가,x,2,,3\n"), JEOUL_DATA);
    assert_diagnostic(&tables, 0, "JL0415", 1, 12, "the file has the column `a` twice", NULL);
    assert_diagnostic(&tables, 1, "JL0405", 2, 3, "expected a number in column `a`, found `x`", "");
    close_tables(&tables);
}

/* ---- headers ---- */

static void a_header_renames_what_the_file_calls_otherwise(void **state) {
    static const jl_column_rule budget[] = {KEY("부서"),
                                            {.name = TEXT("예산액"),
                                             .header = TEXT("예산액(백만원)"),
                                             .type = JL_COLUMN_NUMBER,
                                             .blank_state = JL_MISSING}};
    static const jl_table_rule budgets = {
        .name = TEXT("예산"), .columns = budget, .n_columns = 2, .n_keys = 1, .valid_from = JL_NONE};
    fixture tables;
    (void)state;
    open_tables(&tables, &budgets, 1);
    assert_int_equal(parse(&tables, 0, "부서,예산액\n가,1\n"), JEOUL_DATA);
    assert_diagnostic(&tables, 0, "JL0403", 1, 1, "the file has no column `예산액(백만원)` for `예산액`", NULL);
    assert_int_equal(parse(&tables, 0, "부서,예산액(백만원)\n가,1\n"), JEOUL_OK);
    close_tables(&tables);
}

/* ---- unpivot ---- */

static const jl_text raters[] = {TEXT("위원1"), TEXT("위원2"), TEXT("위원3")};
static const jl_unpivot unpivot = {.from = raters, .n_from = 3, .name = TEXT("위원"), .value = TEXT("점수")};
static const jl_column_rule ratings[] = {KEY("부서"), KEY("위원"),
                                         COLUMN_WITH("점수", JL_COLUMN_NUMBER, .maximum = TEXT("5")),
                                         COLUMN("비고", JL_COLUMN_TEXT)};
static const jl_table_rule rating = {
    .name = TEXT("평가"), .columns = ratings, .n_columns = 4, .n_keys = 2, .unpivot = &unpivot, .valid_from = JL_NONE};

static void unpivot_makes_a_row_of_each_cell(void **state) {
    fixture tables;
    (void)state;
    open_tables(&tables, &rating, 1);
    assert_int_equal(
        parse(&tables, 0, "비고,위원2,부서,위원1,위원3\na,1.00000000000000001,가,2,3\nb,,나,5,3.1234567890123456\n"),
        JEOUL_OK);
    assert_int_equal(tables.data->tables[0].n_rows, 6);
    check_printed(&tables, 0, 0, 2, "가");
    check_printed(&tables, 0, 1, 0, "위원1");
    check_printed(&tables, 0, 1, 4, "위원2");
    check_printed(&tables, 0, 2, 0, "2");
    check_printed(&tables, 0, 2, 1, "1.00000000000000001");
    check_printed(&tables, 0, 2, 3, "5");
    check_printed(&tables, 0, 2, 5, "3.1234567890123456");
    check_printed(&tables, 0, 3, 5, "b");
    assert_int_equal(state_at(&tables, 0, 2, 4), JL_MISSING);
    assert_int_equal(tables.data->tables[0].lines[2], 2);
    assert_int_equal(tables.data->tables[0].lines[3], 3);
    /* A later message about a cell finds it where it stands in the file. */
    (void)jl_report_row(tables.diagnostics, JL_SCORE_MISSING, tables.data, 0, 2, 4, "here");
    assert_diagnostic(&tables, 0, "JL0501", 3, 3, "here", NULL);
    close_tables(&tables);
}

static void unpivot_reports_each_cell_once(void **state) {
    fixture tables;
    (void)state;
    open_tables(&tables, &rating, 1);
    assert_int_equal(parse(&tables, 0, "부서,위원1,위원3,비고\n,2,x,c\n가,6,1,d\n"), JEOUL_DATA);
    assert_int_equal(jeoul_diagnostics_error_count(tables.diagnostics), 4);
    assert_diagnostic(&tables, 0, "JL0403", 1, 1, "the file has no column `위원2`", NULL);
    assert_diagnostic(&tables, 1, "JL0410", 2, 1, "the key `부서` is blank", NULL);
    assert_diagnostic(&tables, 2, "JL0405", 2, 4, "expected a number in column `점수`, found `x`", "");
    assert_diagnostic(&tables, 3, "JL0406", 3, 3, "expected at most 5 in column `점수`, found 6", NULL);
    close_tables(&tables);
}

/* ---- anything at all ---- */

static uint64_t next_random(uint64_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    return *state ^= *state << 17;
}

/* Reads a random text of bytes that mean something, and checks that a table is given or something is said. */
static void whatever_comes_is_read_or_refused(void **state) {
    static const char *const pieces[] = {"부서",
                                         "정원",
                                         "비고",
                                         ",",
                                         ",",
                                         ",",
                                         "\n",
                                         "\n",
                                         "\r\n",
                                         "\"",
                                         "\"\"",
                                         "1",
                                         "2.5",
                                         "가",
                                         "나",
                                         "x",
                                         " ",
                                         "\xEF\xBB\xBF",
                                         "\xBA\xCE",
                                         "\xFF",
                                         "\xE1\x84\x80",
                                         "위원1",
                                         "1e300",
                                         "9999999999999999",
                                         "부서,정원,비고\n"};
    uint64_t random = 88172645463325252u;
    (void)state;
    for (int i = 0; i < 20000; i++) {
        fixture tables;
        jl_buffer text = {NULL, 0, 0, false};
        if (i % 2 == 0) jl_buffer_add(&text, JL_TEXT("부서,정원,비고,위원1,위원2,위원3\n"));
        const uint64_t n = next_random(&random) % 40;
        for (uint64_t k = 0; k < n; k++)
            jl_buffer_add(&text, jl_text_of(pieces[next_random(&random) % JL_COUNT(pieces)]));
        open_tables(&tables, i % 4 < 2 ? &rule : &rating, 1);
        const jl_text bytes = {text.data, text.length};
        const jeoul_status status = jl_data_parse_csv(tables.data, 0, JL_TEXT("t.csv"), bytes, tables.diagnostics);
        assert_true(status == JEOUL_OK || status == JEOUL_DATA);
        assert_int_equal(status == JEOUL_OK, jeoul_diagnostics_error_count(tables.diagnostics) == 0);
        if (status == JEOUL_OK) (void)jl_data_finish(tables.data, tables.diagnostics);
        close_tables(&tables);
        jl_buffer_free(&text);
    }
}

static void random_bytes_are_read_or_refused(void **state) {
    uint64_t random = 1234567;
    (void)state;
    for (int i = 0; i < 5000; i++) {
        fixture tables;
        char bytes[256];
        const size_t length = next_random(&random) % sizeof bytes;
        for (size_t k = 0; k < length; k++) bytes[k] = (char)(next_random(&random) >> 32);
        open_tables(&tables, &rule, 1);
        const jeoul_status status =
            jl_data_parse_csv(tables.data, 0, JL_TEXT(""), (jl_text){bytes, length}, tables.diagnostics);
        assert_true(status == JEOUL_DATA);
        close_tables(&tables);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_table_in_many_spellings),
        cmocka_unit_test(rows_know_their_lines),
        cmocka_unit_test(mistakes_of_a_file_have_their_place),
        cmocka_unit_test(all_mistakes_are_found_in_one_run),
        cmocka_unit_test(cells_are_read_on_although_a_column_is_absent),
        cmocka_unit_test(a_million_bad_cells_are_counted),
        cmocka_unit_test(diagnostics_may_be_left_out),
        cmocka_unit_test(other_columns_are_noted_ignored_or_numbers),
        cmocka_unit_test(other_columns_may_not_be_doubled_or_hold_text),
        cmocka_unit_test(a_header_renames_what_the_file_calls_otherwise),
        cmocka_unit_test(unpivot_makes_a_row_of_each_cell),
        cmocka_unit_test(unpivot_reports_each_cell_once),
        cmocka_unit_test(whatever_comes_is_read_or_refused),
        cmocka_unit_test(random_bytes_are_read_or_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
