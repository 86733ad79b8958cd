/* SPDX-License-Identifier: Apache-2.0
 *
 * Tables against each other: absent ones, doubled and unknown keys, references, order.
 */
#include "tables.h"

static const jl_column_rule departments[] = {KEY("부서"), COLUMN_WITH("상위부서", JL_COLUMN_REFERENCE, .target = 0)};
static const jl_column_rule sheets[] = {KEY("부서"), KEY("지표"), COLUMN("실적", JL_COLUMN_NUMBER)};
static const jl_table_rule rules[] = {
    {.name = TEXT("부서"), .columns = departments, .n_columns = 2, .n_keys = 1, .valid_from = JL_NONE},
    {.name = TEXT("성과지표"), .columns = sheets, .n_columns = 3, .n_keys = 2, .valid_from = JL_NONE},
};

static void good_tables_are_finished_once(void **state) {
    fixture tables;
    (void)state;
    open_tables(&tables, rules, 2);
    assert_int_equal(parse(&tables, 0, "부서,상위부서\n나,가\n가,\n다,나\n"), JEOUL_OK);
    assert_int_equal(parse(&tables, 1, "부서,지표,실적\n나,b,1\n나,a,2\n가,b,3\n"), JEOUL_OK);
    assert_int_equal(jl_data_finish(tables.data, tables.diagnostics), JEOUL_OK);
    assert_true(tables.data->finished);
    assert_int_equal(jl_data_finish(tables.data, tables.diagnostics), JEOUL_ARGUMENT);
    assert_int_equal(parse(&tables, 0, "부서,상위부서\n"), JEOUL_ARGUMENT);
    const uint32_t *order = tables.data->tables[0].key_order;
    assert_int_equal(order[0], 1);
    assert_int_equal(order[1], 0);
    assert_int_equal(order[2], 2);
    order = tables.data->tables[1].key_order;
    assert_int_equal(order[0], 2);
    assert_int_equal(order[1], 1);
    assert_int_equal(order[2], 0);
    check_printed(&tables, 0, 1, 0, "가");
    close_tables(&tables);
}

static void absent_tables_are_named(void **state) {
    fixture tables;
    (void)state;
    open_tables(&tables, rules, 2);
    assert_int_equal(parse(&tables, 0, "부서,상위부서\n가,x\n"), JEOUL_OK);
    assert_int_equal(jl_data_finish(tables.data, tables.diagnostics), JEOUL_DATA);
    assert_diagnostic(&tables, 0, "JL0413", 0, 0, "table `성과지표` was not given", NULL);
    assert_diagnostic(&tables, 1, "JL0409", 2, 3, "table `부서` has no row `x`", NULL);
    assert_false(tables.data->finished);
    close_tables(&tables);
}

static void tables_with_mistakes_are_not_complained_about_twice(void **state) {
    fixture tables;
    (void)state;
    open_tables(&tables, rules, 2);
    assert_int_equal(parse(&tables, 0, "부서\n가\n"), JEOUL_DATA);
    assert_int_equal(parse(&tables, 1, "부서,지표,실적\n나,b,1\n"), JEOUL_OK);
    assert_int_equal(jl_data_finish(tables.data, tables.diagnostics), JEOUL_DATA);
    assert_int_equal(jeoul_diagnostics_count(tables.diagnostics), 1);
    close_tables(&tables);
}

static void doubled_keys_are_found(void **state) {
    fixture tables;
    (void)state;
    open_tables(&tables, rules, 2);
    assert_int_equal(parse(&tables, 0, "상위부서,부서\n,가\n,나\n, 가\n,가\n"), JEOUL_OK);
    assert_int_equal(parse(&tables, 1, "실적,부서,지표\n1,가,a\n2,가,b\n3,나,a\n4,가,a\n"), JEOUL_OK);
    assert_int_equal(jl_data_finish(tables.data, tables.diagnostics), JEOUL_DATA);
    assert_int_equal(jeoul_diagnostics_count(tables.diagnostics), 3);
    assert_diagnostic(&tables, 0, "JL0408", 4, 2, "the key `가` stands on line 2 already", NULL);
    assert_diagnostic(&tables, 1, "JL0408", 5, 2, "the key `가` stands on line 2 already", NULL);
    assert_diagnostic(&tables, 2, "JL0408", 5, 3, "the key `가/a` stands on line 2 already", NULL);
    close_tables(&tables);
}

static void unknown_keys_have_their_place_and_the_nearest_name(void **state) {
    fixture tables;
    (void)state;
    open_tables(&tables, rules, 2);
    assert_int_equal(parse(&tables, 0, "부서,상위부서\n기획감사실,\n문화·체육과,기획감사\n"), JEOUL_OK);
    assert_int_equal(parse(&tables, 1, "지표,실적,부서\na,1,기획감사실\nb,2,\"문화ㆍ체육과\"\nc,3,없음\n"), JEOUL_OK);
    assert_int_equal(jl_data_finish(tables.data, tables.diagnostics), JEOUL_DATA);
    assert_int_equal(jeoul_diagnostics_count(tables.diagnostics), 3);
    assert_diagnostic(&tables, 0, "JL0409", 3, 6, "table `부서` has no row `문화ㆍ체육과`",
                      "`문화·체육과` has the dot `·` (U+00B7), this is `ㆍ` (U+318D): they look alike but differ");
    assert_diagnostic(&tables, 1, "JL0409", 3, 8, "table `부서` has no row `기획감사`", "did you mean `기획감사실`?");
    assert_diagnostic(&tables, 2, "JL0409", 4, 5, "table `부서` has no row `없음`", NULL);
    close_tables(&tables);
}

static void numbers_as_keys_compare_by_value(void **state) {
    static const jl_column_rule years[] = {COLUMN_WITH("회차", JL_COLUMN_NUMBER, .is_key = true)};
    static const jl_column_rule marks[] = {COLUMN_WITH("회차", JL_COLUMN_NUMBER, .is_key = true), KEY("부서")};
    static const jl_column_rule links[] = {KEY("이름"), COLUMN_WITH("앞", JL_COLUMN_REFERENCE, .target = 0)};
    static const jl_table_rule numbered[] = {
        {.name = TEXT("회차"), .columns = years, .n_columns = 1, .n_keys = 1, .valid_from = JL_NONE},
        {.name = TEXT("점수"), .columns = marks, .n_columns = 2, .n_keys = 2, .valid_from = JL_NONE},
        {.name = TEXT("줄"), .columns = links, .n_columns = 2, .n_keys = 1, .valid_from = JL_NONE},
    };
    fixture tables;
    (void)state;
    open_tables(&tables, numbered, 3);
    assert_int_equal(parse(&tables, 0, "회차\n10\n2.0\n-0\n"), JEOUL_OK);
    assert_int_equal(parse(&tables, 1, "회차,부서\n2,가\n1e1,나\n0,다\n"), JEOUL_OK);
    assert_int_equal(parse(&tables, 2, "이름,앞\n가,2.00\n나,\n"), JEOUL_OK);
    assert_int_equal(jl_data_finish(tables.data, tables.diagnostics), JEOUL_OK);
    const uint32_t *order = tables.data->tables[0].key_order;
    assert_int_equal(order[0], 2);
    assert_int_equal(order[1], 1);
    assert_int_equal(order[2], 0);
    check_printed(&tables, 2, 1, 0, "2");
    close_tables(&tables);
}

static void of_tables_with_the_same_single_key_one_owns_it(void **state) {
    static const jl_column_rule first[] = {KEY("부서")};
    static const jl_table_rule both[] = {
        {.name = TEXT("부가"), .columns = first, .n_columns = 1, .n_keys = 1, .valid_from = JL_NONE},
        {.name = TEXT("부서"), .columns = first, .n_columns = 1, .n_keys = 1, .valid_from = JL_NONE},
    };
    fixture tables;
    (void)state;
    open_tables(&tables, both, 2);
    tables.rulebook.entities = 1;
    assert_int_equal(parse(&tables, 0, "부서\n가\n"), JEOUL_OK);
    assert_int_equal(parse(&tables, 1, "부서\n가\n나\n"), JEOUL_OK);
    assert_int_equal(jl_data_finish(tables.data, tables.diagnostics), JEOUL_OK);
    close_tables(&tables);
    open_tables(&tables, both, 2);
    tables.rulebook.entities = 1;
    assert_int_equal(parse(&tables, 0, "부서\n가\n다\n"), JEOUL_OK);
    assert_int_equal(parse(&tables, 1, "부서\n가\n나\n"), JEOUL_OK);
    assert_int_equal(jl_data_finish(tables.data, tables.diagnostics), JEOUL_DATA);
    assert_diagnostic(&tables, 0, "JL0409", 3, 1, "table `부서` has no row `다`", NULL);
    close_tables(&tables);
}

static void keys_of_different_types_are_never_equal(void **state) {
    static const jl_column_rule numbers[] = {COLUMN_WITH("회차", JL_COLUMN_NUMBER, .is_key = true)};
    static const jl_column_rule texts[] = {KEY("회차"), KEY("부서")};
    static const jl_table_rule mixed[] = {
        {.name = TEXT("회차"), .columns = numbers, .n_columns = 1, .n_keys = 1, .valid_from = JL_NONE},
        {.name = TEXT("점수"), .columns = texts, .n_columns = 2, .n_keys = 2, .valid_from = JL_NONE},
    };
    fixture tables;
    (void)state;
    open_tables(&tables, mixed, 2);
    assert_int_equal(parse(&tables, 0, "회차\n1\n"), JEOUL_OK);
    assert_int_equal(parse(&tables, 1, "회차,부서\n1,가\n1,나\n"), JEOUL_OK);
    assert_int_equal(jl_data_finish(tables.data, tables.diagnostics), JEOUL_DATA);
    assert_int_equal(jeoul_diagnostics_count(tables.diagnostics), 1);
    assert_diagnostic(&tables, 0, "JL0206", 0, 0, "`회차` points to table `회차`, whose key is of another type", NULL);
    close_tables(&tables);
}

static void many_rows_are_checked_and_sorted(void **state) {
    enum { N = 20000 };
    static const jl_column_rule key[] = {KEY("부서")};
    static const jl_table_rule one = {
        .name = TEXT("부서"), .columns = key, .n_columns = 1, .n_keys = 1, .valid_from = JL_NONE};
    jl_buffer text = {NULL, 0, 0, false};
    fixture tables;
    (void)state;
    jl_buffer_add(&text, JL_TEXT("부서\n"));
    for (unsigned i = 0; i < N; i++) jl_buffer_format(&text, "과%05u\n", i * 7919 % N);
    open_tables(&tables, &one, 1);
    assert_int_equal(parse(&tables, 0, text.data), JEOUL_OK);
    assert_int_equal(jl_data_finish(tables.data, tables.diagnostics), JEOUL_OK);
    for (size_t i = 1; i < N; i++) {
        char *before = printed(&tables, 0, 0, tables.data->tables[0].key_order[i - 1]);
        char *after = printed(&tables, 0, 0, tables.data->tables[0].key_order[i]);
        assert_true(strcmp(before, after) < 0);
        jeoul_text_free(before);
        jeoul_text_free(after);
    }
    close_tables(&tables);
    jl_buffer_free(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_tables_are_finished_once),
        cmocka_unit_test(absent_tables_are_named),
        cmocka_unit_test(tables_with_mistakes_are_not_complained_about_twice),
        cmocka_unit_test(doubled_keys_are_found),
        cmocka_unit_test(unknown_keys_have_their_place_and_the_nearest_name),
        cmocka_unit_test(numbers_as_keys_compare_by_value),
        cmocka_unit_test(of_tables_with_the_same_single_key_one_owns_it),
        cmocka_unit_test(keys_of_different_types_are_never_equal),
        cmocka_unit_test(many_rows_are_checked_and_sorted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
