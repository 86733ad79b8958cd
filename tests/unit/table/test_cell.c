/* SPDX-License-Identifier: Apache-2.0
 *
 * Cells: what the text of a cell is as its column declares it, and how it is refused.
 *
 * Each case is one cell of column 값 in a file of three lines; the cell stands on line 3.
 */
#include "tables.h"

static const jl_choice grades[] = {{TEXT("S"), TEXT("S"), false}, {TEXT("가·나"), TEXT("가·나"), false}};
static const jl_choice directions[] = {
    {TEXT("상향"), TEXT("up"), false}, {TEXT("하향"), TEXT("down"), false}, {TEXT("증가"), TEXT("up"), false}};
static const jl_choice points[] = {{TEXT("수"), TEXT("5"), true},
                                   {TEXT("우"), TEXT("3.5"), true},
                                   {TEXT("길다"), TEXT("0.1234567890123456789"), true}};
static const jl_choice levels[] = {
    {TEXT("하"), TEXT("하"), false}, {TEXT("중"), TEXT("중"), false}, {TEXT("상"), TEXT("상"), false}};
static const jl_choice handed_in[] = {{TEXT("제출"), TEXT("제출"), false}, {TEXT("미제출"), TEXT("미제출"), false}};
static const jl_state_word states[] = {
    {TEXT("해당없음"), JL_NOT_APPLICABLE}, {TEXT("미제출"), JL_MISSING}, {TEXT("미도래"), JL_NOT_DUE}};
static const jl_state_word own_states[] = {{TEXT("-"), JL_NOT_DUE}, {TEXT("-9"), JL_MISSING}};

#define N .type = JL_COLUMN_NUMBER
#define CHOICES(list) .choices = list, .n_choices = JL_COUNT(list)
#define VALUE(number) JL_VALUE, number

typedef struct cell_case {
    jl_column_rule column; /* without names */
    const char *text;
    jl_state state;
    double value;
    const char *shown; /* as printed; NULL: as the text */
} cell_case;

static const cell_case good[] = {
    {{N}, "95", VALUE(95), NULL},
    {{N}, "  95 ", VALUE(95), "95"},
    {{N},
     "\xC2\xA0"
     "95\xE3\x80\x80",
     VALUE(95),
     "95"}, /* no-break and ideographic space */
    {{N}, "-3.50", VALUE(-3.5), "-3.5"},
    {{N}, "+3", VALUE(3), "3"},
    {{N}, "-0", VALUE(0), "0"},
    {{N}, "9.7E-7", VALUE(9.7e-7), "0.00000097"},
    {{N}, "0.1", VALUE(0.1), NULL},
    {{N}, "12345678901234567890", VALUE(12345678901234567890.0), NULL},
    {{N}, "0.3000000000000000000001", VALUE(0.3), NULL},
    {{N}, "", JL_MISSING, 0, "미제출"},
    {{N}, "   ", JL_MISSING, 0, "미제출"},
    {{N}, "해당없음", JL_NOT_APPLICABLE, 0, NULL},
    {{N}, "미도래", JL_NOT_DUE, 0, NULL},
    {{N},
     "\xE1\x84\x86\xE1\x85\xB5\xE1\x84\x83\xE1\x85\xA9\xE1\x84\x85\xE1\x85\xA2",
     JL_NOT_DUE,
     0,
     "미도래"}, /* NFD */
    {{N, .blank = JL_BLANK_NUMBER, .blank_number = TEXT("0")}, "", VALUE(0), "0"},
    {{N, .blank_state = JL_NOT_APPLICABLE}, "", JL_NOT_APPLICABLE, 0, "해당없음"},
    {{N, .states = own_states, .n_states = 2}, "-", JL_NOT_DUE, 0, NULL},
    {{N, .states = own_states, .n_states = 2}, "-9", JL_MISSING, 0, NULL},
    {{N, .states = own_states, .n_states = 2}, "-8", VALUE(-8), NULL},
    {{N, .states = own_states, .n_states = 2}, "-9.0", VALUE(-9), "-9"},
    {{N, .states = own_states, .n_states = 1}, "-9", VALUE(-9), NULL},
    {{N, .states = own_states, .n_states = 1}, "-", JL_NOT_DUE, 0, NULL},
    {{N, .states = own_states, .n_states = 2}, "해당없음", JL_NOT_APPLICABLE, 0, NULL},
    {{N, .minimum = TEXT("1"), .maximum = TEXT("5")}, "1", VALUE(1), NULL},
    {{N, .minimum = TEXT("1"), .maximum = TEXT("5")}, "5.0", VALUE(5), "5"},
    {{N, .maximum = TEXT("0.3000000000000000000002")}, "0.3000000000000000000001", VALUE(0.3), NULL},
    {{.type = JL_COLUMN_TEXT}, " 기획감사실 ", JL_VALUE, -1, "기획감사실"},
    {{.type = JL_COLUMN_TEXT}, "\xE1\x84\x80\xE1\x85\xA1", JL_VALUE, -1, "가"}, /* NFD */
    {{.type = JL_COLUMN_TEXT}, "해당없음", JL_NOT_APPLICABLE, 0, NULL},
    {{.type = JL_COLUMN_CHOICE, CHOICES(grades)}, "S", JL_VALUE, -1, NULL},
    {{.type = JL_COLUMN_CHOICE, CHOICES(grades)}, "가·나", JL_VALUE, -1, NULL},
    {{.type = JL_COLUMN_CHOICE, CHOICES(directions)}, "하향", JL_VALUE, -1, NULL},
    {{.type = JL_COLUMN_CHOICE, CHOICES(directions)}, "증가", JL_VALUE, -1, "상향"},
    {{.type = JL_COLUMN_CHOICE, CHOICES(points)}, "우", VALUE(3.5), NULL},
    {{.type = JL_COLUMN_CHOICE, CHOICES(handed_in)}, "미제출", JL_VALUE, -1, NULL}, /* a choice before a state */
    {{.type = JL_COLUMN_CHOICE, CHOICES(handed_in)}, "해당없음", JL_NOT_APPLICABLE, 0, NULL},
    {{.type = JL_COLUMN_ORDERED, CHOICES(levels)}, "하", VALUE(0), NULL},
    {{.type = JL_COLUMN_ORDERED, CHOICES(levels)}, "상", VALUE(2), NULL},
    {{.type = JL_COLUMN_DATE}, "2017-12-31", VALUE(17531), NULL},
    {{.type = JL_COLUMN_MONTH}, "2017-12", VALUE(24215), NULL},
    {{.type = JL_COLUMN_QUARTER}, "2017Q4", VALUE(8071), "2017-Q4"},
    {{.type = JL_COLUMN_YEAR}, "2017", VALUE(2017), NULL},
    {{.type = JL_COLUMN_YEAR}, "", JL_MISSING, 0, "미제출"},
};

/* A file with keys, the cell and one more column behind it. */
static jeoul_status read_cell(fixture *tables, jl_table_rule *rule, jl_column_rule columns[3],
                              const jl_column_rule *column, const char *text) {
    char file[512];
    columns[0] = (jl_column_rule)KEY("부서");
    columns[1] = *column;
    columns[1].name = columns[1].header = JL_TEXT("값");
    columns[1].target = JL_NONE;
    if (columns[1].blank_state == JL_VALUE) columns[1].blank_state = JL_MISSING;
    columns[2] = (jl_column_rule)COLUMN("비고", JL_COLUMN_TEXT);
    *rule = (jl_table_rule){.name = TEXT("표"), .columns = columns, .n_columns = 3, .n_keys = 1, .valid_from = JL_NONE};
    open_tables(tables, rule, 1);
    tables->rulebook.states = states;
    tables->rulebook.n_states = JL_COUNT(states);
    snprintf(file, sizeof file, "부서,값,비고\n기획감사실,,가\n총무과,\"%s\",나\n", text);
    return parse(tables, 0, file);
}

static void cells_are_what_their_columns_declare(void **state) {
    (void)state;
    for (size_t i = 0; i < JL_COUNT(good); i++) {
        fixture tables;
        jl_table_rule rule;
        jl_column_rule columns[3];
        if (read_cell(&tables, &rule, columns, &good[i].column, good[i].text) != JEOUL_OK) {
            print_diagnostics(&tables);
            fail_msg("case %zu", i);
        }
        assert_int_equal(state_at(&tables, 0, 1, 1), good[i].state);
        if (good[i].value != -1) assert_true(number_at(&tables, 0, 1, 1) == good[i].value);
        check_printed(&tables, 0, 1, 1, good[i].shown == NULL ? good[i].text : good[i].shown);
        close_tables(&tables);
    }
}

static void mapped_choices_mean_the_symbol_of_their_word(void **state) {
    fixture tables;
    jl_table_rule rule;
    jl_column_rule columns[3];
    (void)state;
    assert_int_equal(
        read_cell(&tables, &rule, columns, &(jl_column_rule){.type = JL_COLUMN_CHOICE, CHOICES(directions)}, "증가"),
        JEOUL_OK);
    assert_true(number_at(&tables, 0, 1, 1) == jl_symbol_find(tables.data->symbols, JL_TEXT("up")));
    close_tables(&tables);
}

static void long_decimals_are_kept_beside_their_doubles(void **state) {
    static const struct {
        jl_column_rule column;
        const char *text, *decimal;
    } cases[] = {
        {{N}, "0.12345678901234567", "0.12345678901234567"},
        {{N}, "123456789012345", ""},
        {{N, .thousands = true, .minus = TEXT("△")}, "△1,234,567,890,123,456.5", "-1234567890123456.5"},
        {{.type = JL_COLUMN_CHOICE, CHOICES(points)}, "길다", "0.1234567890123456789"},
        {{N}, "1e-320", "1e-320"},
    };
    (void)state;
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        fixture tables;
        jl_table_rule rule;
        jl_column_rule columns[3];
        assert_int_equal(read_cell(&tables, &rule, columns, &cases[i].column, cases[i].text), JEOUL_OK);
        const jl_column *column = &tables.data->tables[0].columns[1];
        assert_true(jl_text_equal(jl_column_long(column, 1), jl_text_of(cases[i].decimal)));
        assert_int_equal(jl_column_long(column, 0).length, 0);
        close_tables(&tables);
    }
}

static const struct {
    jl_column_rule column;
    const char *text;
    const char *code, *message, *help;
} bad[] = {
    {{N},
     "abc",
     "JL0405",
     "expected a number in column `값`, found `abc`",
     "list `abc` under `states` if it says that there is no value"},
    {{N},
     "-",
     "JL0405",
     "expected a number in column `값`, found `-`",
     "list `-` under `states` if it says that there is no value"},
    {{N}, "1_000", "JL0405", "expected a number in column `값`, found `1_000`", NULL},
    {{N}, "1 000", "JL0405", "expected a number in column `값`, found `1 000`", NULL},
    {{N}, ".5", "JL0405", "expected a number in column `값`, found `.5`", NULL},
    {{N}, "1e999", "JL0405", "expected a number in column `값`, found `1e999`", NULL},
    {{N}, "nan", "JL0405", "expected a number in column `값`, found `nan`", ""},
    {{N}, "0x10", "JL0405", "expected a number in column `값`, found `0x10`", NULL},
    {{N, .blank = JL_BLANK_ERROR}, " ", "JL0405", "column `값` may not be blank", NULL},
    {{N, .minimum = TEXT("1"), .maximum = TEXT("5")},
     "0.999",
     "JL0406",
     "expected at least 1 in column `값`, found 0.999",
     NULL},
    {{N, .minimum = TEXT("1"), .maximum = TEXT("5")},
     "5.1",
     "JL0406",
     "expected at most 5 in column `값`, found 5.1",
     NULL},
    {{N, .maximum = TEXT("0.3000000000000000000001")},
     "0.3000000000000000000002",
     "JL0406",
     "expected at most 0.3000000000000000000001 in column `값`, found 0.3000000000000000000002",
     NULL},
    {{N, .maximum = TEXT("0.3")},
     "0.3000000000000000000002",
     "JL0406",
     "expected at most 0.3 in column `값`, found 0.3000000000000000000002",
     NULL},
    {{N, .maximum = TEXT("0.29999999999999999999")},
     "0.3",
     "JL0406",
     "expected at most 0.29999999999999999999 in column `값`, found 0.3",
     NULL},
    {{.type = JL_COLUMN_CHOICE, CHOICES(directions)},
     "상항",
     "JL0407",
     "expected one of `상향`, `하향`, `증가` in column `값`, found `상항`",
     "did you mean `상향`?"},
    {{.type = JL_COLUMN_CHOICE, CHOICES(grades)},
     "가ㆍ나",
     "JL0407",
     "expected one of `S`, `가·나` in column `값`, found `가ㆍ나`",
     "`가·나` has the dot `·` (U+00B7), this is `ㆍ` (U+318D): they look alike but differ"},
    {{.type = JL_COLUMN_CHOICE, CHOICES(grades)},
     "s",
     "JL0407",
     "expected one of `S`, `가·나` in column `값`, found `s`",
     "did you mean `S`?"},
    {{.type = JL_COLUMN_ORDERED, CHOICES(levels)},
     "최상",
     "JL0407",
     "expected one of `하`, `중`, `상` in column `값`, found `최상`",
     NULL},
    {{.type = JL_COLUMN_DATE},
     "2017.12.31",
     "JL0405",
     "expected a date such as 2017-03-31 in column `값`, found `2017.12.31`",
     NULL},
    {{.type = JL_COLUMN_MONTH},
     "17-12",
     "JL0405",
     "expected a month such as 2017-03 in column `값`, found `17-12`",
     NULL},
    {{.type = JL_COLUMN_QUARTER},
     "4/4",
     "JL0405",
     "expected a quarter such as 2017-Q1 in column `값`, found `4/4`",
     NULL},
    {{.type = JL_COLUMN_YEAR}, "2017.0", "JL0405", "expected a year such as 2017 in column `값`, found `2017.0`", NULL},
    {{.type = JL_COLUMN_YEAR, .minimum = TEXT("2000")},
     "1999",
     "JL0406",
     "expected at least 2000 in column `값`, found 1999",
     NULL},
    {{N, .is_key = true}, "", "JL0410", "the key `값` is blank", NULL},
    {{N, .is_key = true}, "해당없음", "JL0410", "the key `값` has no value: `해당없음` is a state", NULL},
    {{N, .is_key = true},
     "1234567890123456",
     "JL0405",
     "expected a key of at most 15 digits in column `값`, found 1234567890123456",
     "declare the column as text"},
};

static void bad_cells_are_refused_at_their_place(void **state) {
    (void)state;
    for (size_t i = 0; i < JL_COUNT(bad); i++) {
        fixture tables;
        jl_table_rule rule;
        jl_column_rule columns[3], column = bad[i].column;
        if (column.is_key || column.blank == JL_BLANK_ERROR) { /* the cell above is blank */
            column.blank = column.blank == JL_BLANK_ERROR ? JL_BLANK_ERROR : JL_BLANK_STATE;
        }
        assert_int_equal(read_cell(&tables, &rule, columns, &column, bad[i].text), JEOUL_DATA);
        const size_t above = jeoul_diagnostics_count(tables.diagnostics) - 1;
        assert_true(above <= 1);
        assert_diagnostic(&tables, above, bad[i].code, 3, 6, bad[i].message, bad[i].help);
        assert_false(tables.data->tables[0].given);
        assert_true(tables.data->tables[0].failed);
        close_tables(&tables);
    }
}

/* The caret starts at the text, not at the blanks before it. */
static void a_long_text_is_cut_in_the_message(void **state) {
    fixture tables;
    jl_table_rule rule;
    jl_column_rule columns[3];
    (void)state;
    const char *text = "가나다라마바사아자차카타파하가나다라마바사아자차카타파하";
    assert_int_equal(read_cell(&tables, &rule, columns, &(jl_column_rule){N}, text), JEOUL_DATA);
    assert_diagnostic(&tables, 0, "JL0405", 3, 6,
                      "expected a number in column `값`, found `가나다라마바사아자차카타파하가나다라마바…`", "");
    close_tables(&tables);
}

static void a_cell_of_a_book_is_refused(void **state) {
    static const jl_column_rule columns[] = {KEY("부서")};
    static const jl_table_rule rule = {
        .name = TEXT("표"), .columns = columns, .n_columns = 1, .n_keys = 1, .valid_from = JL_NONE};
    fixture tables;
    (void)state;
    char *text = malloc(70000);
    memset(text, 'a', 69999);
    memcpy(text, "부서\n", strlen("부서\n"));
    text[69999] = '\0';
    open_tables(&tables, &rule, 1);
    assert_int_equal(parse(&tables, 0, text), JEOUL_DATA);
    assert_diagnostic(&tables, 0, "JL0414", 2, 1, "expected at most 65536 bytes in a cell, found 69992", NULL);
    close_tables(&tables);
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_what_their_columns_declare),
        cmocka_unit_test(mapped_choices_mean_the_symbol_of_their_word),
        cmocka_unit_test(long_decimals_are_kept_beside_their_doubles),
        cmocka_unit_test(bad_cells_are_refused_at_their_place),
        cmocka_unit_test(a_long_text_is_cut_in_the_message),
        cmocka_unit_test(a_cell_of_a_book_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
