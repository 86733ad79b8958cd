/* SPDX-License-Identifier: Apache-2.0
 *
 * `valid_from`: of several versions of a row the newest one that is not after the date of the data.
 */
#include "tables.h"

static const jl_column_rule columns[] = {KEY("지표"), COLUMN("개정일", JL_COLUMN_DATE),
                                         COLUMN("배점", JL_COLUMN_NUMBER)};
static const jl_table_rule rule = {
    .name = TEXT("정의서"), .columns = columns, .n_columns = 3, .n_keys = 1, .valid_from = 1};

static void the_newest_valid_version_stays(void **state) {
    fixture tables;
    (void)state;
    open_tables(&tables, &rule, 1); /* as of 2017-12-31 */
    assert_int_equal(parse(&tables, 0,
                           "지표,개정일,배점\n"
                           "a,2016-01-01,1\n"
                           "b,2017-12-31,2.12345678901234567\n"
                           "a,2017-06-01,\n"
                           "a,2018-01-01,4\n"
                           "c,2018-01-01,5\n"
                           "b,2015-01-01,6.12345678901234567\n"),
                     JEOUL_OK);
    assert_int_equal(jl_data_finish(tables.data, tables.diagnostics), JEOUL_OK);
    const jl_table *table = &tables.data->tables[0];
    assert_int_equal(table->n_rows, 2);
    check_printed(&tables, 0, 0, 0, "b");
    check_printed(&tables, 0, 2, 0, "2.12345678901234567");
    check_printed(&tables, 0, 0, 1, "a");
    assert_int_equal(state_at(&tables, 0, 2, 1), JL_MISSING);
    assert_int_equal(table->columns[2].n_longs, 1);
    assert_int_equal(table->lines[0], 3);
    assert_int_equal(table->lines[1], 4);
    assert_int_equal(table->key_order[0], 1);
    (void)jl_report_row(tables.diagnostics, JL_SCORE_MISSING, tables.data, 0, 2, 1, "here");
    assert_diagnostic(&tables, 0, "JL0501", 4, 14, "here", NULL);
    close_tables(&tables);
}

static void two_versions_of_one_date_are_a_doubled_key(void **state) {
    fixture tables;
    (void)state;
    open_tables(&tables, &rule, 1);
    assert_int_equal(parse(&tables, 0, "지표,개정일,배점\na,2016-01-01,1\na,2015-01-01,1\na,2016-01-01,2\n"), JEOUL_OK);
    assert_int_equal(jl_data_finish(tables.data, tables.diagnostics), JEOUL_DATA);
    assert_diagnostic(&tables, 0, "JL0408", 4, 1, "the key `a` stands on line 2 already", NULL);
    close_tables(&tables);
}

static void a_version_needs_its_date(void **state) {
    fixture tables;
    (void)state;
    open_tables(&tables, &rule, 1);
    assert_int_equal(parse(&tables, 0, "지표,개정일,배점\na,,1\nb,2016-01-01,1\n"), JEOUL_OK);
    assert_int_equal(jl_data_finish(tables.data, tables.diagnostics), JEOUL_DATA);
    assert_diagnostic(&tables, 0, "JL0410", 2, 3, "the date `개정일` from which the row is valid is blank", NULL);
    close_tables(&tables);
}

static void the_date_may_be_part_of_the_key(void **state) {
    static const struct {
        jl_column_type type;
        const char *before, *valid, *after;
    } cases[] = {
        {JL_COLUMN_DATE, "2016-12-31", "2017-12-31", "2018-01-01"},
        {JL_COLUMN_MONTH, "2017-11", "2017-12", "2018-01"},
        {JL_COLUMN_QUARTER, "2017-Q1", "2017-Q4", "2018-Q1"},
        {JL_COLUMN_YEAR, "2016", "2017", "2018"},
    };
    (void)state;
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        char text[256];
        fixture tables;
        jl_column_rule dated[] = {KEY("지표"), KEY("개정일"), columns[2]};
        jl_table_rule versions = rule;
        dated[1].type = cases[i].type;
        versions.columns = dated;
        versions.n_keys = 2;
        open_tables(&tables, &versions, 1);
        snprintf(text, sizeof text, "지표,개정일,배점\na,%s,1\na,%s,2\na,%s,3\nb,%s,4\n", cases[i].before,
                 cases[i].valid, cases[i].after, cases[i].before);
        assert_int_equal(parse(&tables, 0, text), JEOUL_OK);
        assert_int_equal(jl_data_finish(tables.data, tables.diagnostics), JEOUL_OK);
        assert_int_equal(tables.data->tables[0].n_rows, 2);
        check_printed(&tables, 0, 2, 0, "2");
        check_printed(&tables, 0, 2, 1, "4");
        close_tables(&tables);
    }
}

static void spans_of_rows_go_with_them(void **state) {
    static const jl_source source = {TEXT("book.yaml"), TEXT("abcdef")};
    static const jl_text headers[] = {TEXT("지표"), TEXT("개정일")};
    static const jl_text cells[] = {TEXT("a"),          TEXT("2018-01-01"), TEXT("b"),
                                    TEXT("2016-01-01"), TEXT("a"),          TEXT("2016-01-01")};
    const jl_span spans[] = {{&source, 0, 1}, {&source, 1, 2}, {&source, 2, 3},
                             {&source, 3, 4}, {&source, 4, 5}, {&source, 5, 6}};
    fixture tables;
    (void)state;
    open_tables(&tables, &rule, 1);
    const jl_text_rows rows = {headers, 2, cells, spans, 3};
    assert_int_equal(jl_data_add_rows(tables.data, 0, &rows, tables.diagnostics), JEOUL_OK);
    assert_int_equal(jl_data_finish(tables.data, tables.diagnostics), JEOUL_OK);
    assert_int_equal(tables.data->tables[0].n_rows, 2);
    (void)jl_report_row(tables.diagnostics, JL_SCORE_MISSING, tables.data, 0, 1, 1, "the last");
    assert_diagnostic(&tables, 0, "JL0501", 1, 6, "the last", NULL);
    close_tables(&tables);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_newest_valid_version_stays), cmocka_unit_test(two_versions_of_one_date_are_a_doubled_key),
        cmocka_unit_test(a_version_needs_its_date),       cmocka_unit_test(the_date_may_be_part_of_the_key),
        cmocka_unit_test(spans_of_rows_go_with_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
