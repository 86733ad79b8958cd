/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows written in a rulebook: columns by name, the rest blank, mistakes at their span.
 */
#include "tables.h"

static const jl_column_rule columns[] = {
    KEY("부서"),
    {.name = TEXT("예산액"), .header = TEXT("예산액(백만원)"), .type = JL_COLUMN_NUMBER, .blank_state = JL_MISSING},
    COLUMN_WITH("집행액", JL_COLUMN_NUMBER, .blank = JL_BLANK_NUMBER, .blank_number = TEXT("0")),
    COLUMN("비고", JL_COLUMN_TEXT)};
static const jl_table_rule rule = {
    .name = TEXT("표"), .columns = columns, .n_columns = 4, .n_keys = 1, .valid_from = JL_NONE};

/* {부서: 가, 예산액: x} */
static const jl_source source = {TEXT("book.yaml"),
                                 TEXT("tests:\n  - {부서: 가, 예산액: x}\n  - {부서: 가, 예산액: 2}\n")};
static const jl_text headers[] = {TEXT("부서"), TEXT("예산액")};

static void check_span(jl_text line, jl_text cell, jl_span *span_out) {
    const char *at = strstr(source.text.data, line.data);
    assert_non_null(at);
    at = strstr(at, cell.data);
    assert_non_null(at);
    *span_out = (jl_span){&source, (uint32_t)(at - source.text.data),
                          (uint32_t)((size_t)(at - source.text.data) + cell.length)};
}

static void columns_that_no_row_names_are_blank(void **state) {
    static const jl_text cells[] = {TEXT("가"), TEXT("1.5"), TEXT("나"), {NULL, 0}};
    fixture tables;
    (void)state;
    open_tables(&tables, &rule, 1);
    const jl_text_rows rows = {headers, 2, cells, NULL, 2};
    assert_int_equal(jl_data_add_rows(tables.data, 0, &rows, tables.diagnostics), JEOUL_OK);
    assert_true(number_at(&tables, 0, 1, 0) == 1.5);
    assert_int_equal(state_at(&tables, 0, 1, 1), JL_MISSING);
    assert_int_equal(state_at(&tables, 0, 2, 0), JL_VALUE);
    assert_true(number_at(&tables, 0, 2, 0) == 0);
    assert_int_equal(state_at(&tables, 0, 3, 1), JL_MISSING);
    assert_null(tables.data->tables[0].lines);
    close_tables(&tables);
}

static void no_rows_at_all_are_an_empty_table(void **state) {
    fixture tables;
    (void)state;
    open_tables(&tables, &rule, 1);
    assert_int_equal(jl_data_add_rows(tables.data, 0, &(jl_text_rows){0}, tables.diagnostics), JEOUL_OK);
    assert_int_equal(tables.data->tables[0].n_rows, 0);
    assert_int_equal(jl_data_finish(tables.data, tables.diagnostics), JEOUL_OK);
    close_tables(&tables);
}

static void mistakes_stand_at_their_span(void **state) {
    static const jl_text cells[] = {TEXT("가"), TEXT("x"), TEXT("가"), TEXT("2")};
    jl_span spans[4];
    fixture tables;
    (void)state;
    check_span(JL_TEXT("  - {부서: 가, 예산액: x"), JL_TEXT("가"), &spans[0]);
    check_span(JL_TEXT("  - {부서: 가, 예산액: x"), JL_TEXT("x"), &spans[1]);
    check_span(JL_TEXT("  - {부서: 가, 예산액: 2"), JL_TEXT("가"), &spans[2]);
    check_span(JL_TEXT("  - {부서: 가, 예산액: 2"), JL_TEXT("2"), &spans[3]);
    open_tables(&tables, &rule, 1);
    const jl_text_rows rows = {headers, 2, cells, spans, 2};
    assert_int_equal(jl_data_add_rows(tables.data, 0, &rows, tables.diagnostics), JEOUL_DATA);
    assert_diagnostic(&tables, 0, "JL0405", 2, 18, "expected a number in column `예산액`, found `x`", "");
    jeoul_diagnostics_clear(tables.diagnostics);
    const jl_text better[] = {cells[0], JL_TEXT("1"), cells[2], cells[3]};
    const jl_text_rows again = {headers, 2, better, spans, 2};
    assert_int_equal(jl_data_add_rows(tables.data, 0, &again, tables.diagnostics), JEOUL_OK);
    assert_int_equal(jl_data_finish(tables.data, tables.diagnostics), JEOUL_DATA);
    assert_diagnostic(&tables, 0, "JL0408", 3, 10, "the key `가` stands in row 1 already", NULL);
    close_tables(&tables);
}

static void names_that_no_column_has_are_refused(void **state) {
    static const jl_text wrong[] = {TEXT("예산엑"), TEXT("예산액")};
    static const jl_text cells[] = {TEXT("1"), TEXT("2")};
    fixture tables;
    (void)state;
    open_tables(&tables, &rule, 1);
    const jl_text_rows rows = {wrong, 2, cells, NULL, 1};
    assert_int_equal(jl_data_add_rows(tables.data, 0, &rows, tables.diagnostics), JEOUL_DATA);
    assert_diagnostic(&tables, 0, "JL0403", 0, 0,
                      "the rows of table `표` do not give the key `부서`, in row 1 of table `표`", NULL);
    assert_diagnostic(&tables, 1, "JL0203", 0, 0, "table `표` has no column `예산엑`, in row 1 of table `표`",
                      "did you mean `예산액`?");
    close_tables(&tables);
}

static void other_columns_may_be_numbers(void **state) {
    static const jl_text wide[] = {TEXT("부서"), TEXT("2015"), TEXT("2016")};
    static const jl_text cells[] = {TEXT("가"), TEXT("2"), TEXT("3")};
    jl_table_rule with_others = rule;
    fixture tables;
    (void)state;
    with_others.others = JL_OTHERS_NUMBER;
    open_tables(&tables, &with_others, 1);
    const jl_text_rows rows = {wide, 3, cells, NULL, 1};
    assert_int_equal(jl_data_add_rows(tables.data, 0, &rows, tables.diagnostics), JEOUL_OK);
    assert_true(number_at(&tables, 0, jl_data_column(tables.data, 0, JL_TEXT("2016")), 0) == 3);
    close_tables(&tables);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_that_no_row_names_are_blank), cmocka_unit_test(no_rows_at_all_are_an_empty_table),
        cmocka_unit_test(mistakes_stand_at_their_span),        cmocka_unit_test(names_that_no_column_has_are_refused),
        cmocka_unit_test(other_columns_may_be_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
