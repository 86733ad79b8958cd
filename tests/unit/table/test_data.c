/* SPDX-License-Identifier: Apache-2.0
 *
 * Data: symbols continue the rulebook's, references print as what they point to, columns are found by name.
 */
#include "tables.h"

static const jl_choice directions[] = {{TEXT("상향"), TEXT("up"), false}, {TEXT("하향"), TEXT("down"), false}};
static const jl_column_rule columns[] = {KEY("부서"),
                                         COLUMN_WITH("방향", JL_COLUMN_CHOICE, .choices = directions, .n_choices = 2),
                                         {.name = TEXT("보정"), .type = JL_COLUMN_NUMBER}};
static const jl_table_rule rule = {
    .name = TEXT("표"), .columns = columns, .n_columns = 3, .n_keys = 1, .valid_from = JL_NONE};

static void texts_of_the_rulebook_and_of_cells_are_one(void **state) {
    const jl_rulebook rulebook = {.tables = &rule, .n_tables = 1};
    jl_table_rule without = rule;
    struct jeoul_data *data = NULL;
    (void)state;
    without.n_columns = 2;
    const jl_rulebook two_columns = {.tables = &without, .n_tables = 1};
    jl_symbols *symbols = jl_symbols_new(NULL);
    const uint32_t up = jl_symbol_add(symbols, JL_TEXT("up")), department = jl_symbol_add(symbols, JL_TEXT("총무과"));
    assert_int_equal(jl_data_new(&two_columns, symbols, 0, &data), JEOUL_OK);
    assert_int_equal(
        jl_data_parse_csv(data, 0, JL_TEXT("t.csv"), JL_TEXT("부서,방향\n총무과,상향\n기획감사실,하향\n"), NULL),
        JEOUL_OK);
    assert_true(data->tables[0].columns[0].values[0] == department);
    assert_true(data->tables[0].columns[1].values[0] == up);
    assert_true(data->tables[0].columns[0].values[1] >= jl_symbols_count(symbols));
    jl_data_destroy(data);
    assert_int_equal(jl_data_new(&rulebook, symbols, 0, &data), JEOUL_OK);
    assert_int_equal(data->references, 1);
    assert_false(data->tables[0].given);
    jl_data_destroy(data);
    jl_symbols_free(symbols);
    jl_data_destroy(NULL);
}

static void references_are_written_as_the_key_they_point_to(void **state) {
    static const jl_column_rule years[] = {COLUMN_WITH("연도", JL_COLUMN_YEAR, .is_key = true)};
    static const jl_column_rule links[] = {KEY("이름"), COLUMN_WITH("첫해", JL_COLUMN_REFERENCE, .target = 0),
                                           COLUMN_WITH("짝", JL_COLUMN_REFERENCE, .target = 1),
                                           COLUMN_WITH("쌍", JL_COLUMN_REFERENCE, .target = 2)};
    static const jl_column_rule pairs[] = {KEY("이름"), KEY("짝")};
    static const jl_table_rule rules[] = {
        {.name = TEXT("해"), .columns = years, .n_columns = 1, .n_keys = 1, .valid_from = JL_NONE},
        {.name = TEXT("줄"), .columns = links, .n_columns = 4, .n_keys = 1, .valid_from = JL_NONE},
        {.name = TEXT("쌍"), .columns = pairs, .n_columns = 2, .n_keys = 2, .valid_from = JL_NONE},
    };
    fixture tables;
    (void)state;
    open_tables(&tables, rules, 3);
    assert_int_equal(parse(&tables, 1, "이름,첫해,짝,쌍\n가,2017,나,다\n나,,가,\n"), JEOUL_OK);
    assert_true(number_at(&tables, 1, 1, 0) == 2017);
    check_printed(&tables, 1, 1, 0, "2017");
    check_printed(&tables, 1, 2, 0, "나");
    check_printed(&tables, 1, 3, 0, "다");
    assert_int_equal(jl_column_meaning(tables.data, 1, 1)->type, JL_COLUMN_YEAR);
    assert_false(jl_column_is_symbols(jl_column_meaning(tables.data, 1, 1)));
    assert_true(jl_column_is_symbols(jl_column_meaning(tables.data, 1, 2)));
    assert_int_equal(parse(&tables, 0, "연도\n2017\n"), JEOUL_OK);
    close_tables(&tables);
}

static void states_are_written_with_their_first_word(void **state) {
    static const jl_state_word words[] = {{TEXT("해당없음"), JL_NOT_APPLICABLE}, {TEXT("-"), JL_NOT_APPLICABLE}};
    static const jl_state_word own[] = {{TEXT("제외"), JL_NOT_APPLICABLE}};
    static const jl_column_rule both[] = {KEY("부서"), COLUMN("가", JL_COLUMN_NUMBER),
                                          COLUMN_WITH("나", JL_COLUMN_NUMBER, .states = own, .n_states = 1)};
    static const jl_table_rule table = {
        .name = TEXT("표"), .columns = both, .n_columns = 3, .n_keys = 1, .valid_from = JL_NONE};
    fixture tables;
    (void)state;
    open_tables(&tables, &table, 1);
    tables.rulebook.states = words;
    tables.rulebook.n_states = 2;
    assert_int_equal(parse(&tables, 0, "부서,가,나\na,-,-\nb,,제외\n"), JEOUL_OK);
    check_printed(&tables, 0, 1, 0, "해당없음");
    check_printed(&tables, 0, 2, 0, "제외");
    check_printed(&tables, 0, 1, 1, "(nothing)");
    close_tables(&tables);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_of_the_rulebook_and_of_cells_are_one),
        cmocka_unit_test(references_are_written_as_the_key_they_point_to),
        cmocka_unit_test(states_are_written_with_their_first_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
