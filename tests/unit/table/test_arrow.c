/* SPDX-License-Identifier: Apache-2.0
 *
 * Arrow frames as tables: what is borrowed, what is converted, what is refused, and that all is released.
 */
#include <math.h>

#include "frames.h"

static const jl_choice grades[] = {{TEXT("S"), TEXT("S"), false}, {TEXT("A"), TEXT("A"), false}};
static const jl_column_rule columns[] = {KEY("부서"), COLUMN_WITH("실적", JL_COLUMN_NUMBER, .maximum = TEXT("100")),
                                         COLUMN_WITH("등급", JL_COLUMN_CHOICE, .choices = grades, .n_choices = 2)};
static const jl_table_rule rule = {
    .name = TEXT("표"), .columns = columns, .n_columns = 3, .n_keys = 1, .valid_from = JL_NONE};

static const int32_t key_offsets[] = {0, 3, 6, 9}, grade_offsets[] = {0, 1, 2, 3};
static const char key_bytes[] = "가나다", grade_bytes[] = "SAS";

static void add_keys_and_grades(test_frame *frame) {
    add_child(frame, "부서", "u", 3, NULL, key_offsets, key_bytes);
    add_child(frame, "등급", "u", 3, NULL, grade_offsets, grade_bytes);
}

static void doubles_are_borrowed_without_a_copy(void **state) {
    static const double values[] = {1.5, 100, -3};
    fixture tables;
    test_frame frame;
    (void)state;
    open_tables(&tables, &rule, 1);
    open_frame(&frame, 3);
    add_keys_and_grades(&frame);
    add_child(&frame, "실적", "g", 2, NULL, values, NULL);
    assert_int_equal(add_frame(&tables, 0, &frame), JEOUL_OK);
    assert_null(frame.schema.release);
    assert_null(frame.array.release);
    assert_int_equal(frame.n_schema_releases, 1);
    assert_int_equal(frame.n_array_releases, 0);
    assert_ptr_equal(tables.data->tables[0].columns[1].values, values);
    assert_null(tables.data->tables[0].columns[1].states);
    assert_int_equal(jl_data_finish(tables.data, tables.diagnostics), JEOUL_OK);
    check_printed(&tables, 0, 0, 2, "다");
    check_printed(&tables, 0, 2, 1, "A");
    close_tables(&tables);
    assert_int_equal(frame.n_array_releases, 1);
}

static void nulls_get_states_and_the_doubles_stay(void **state) {
    static const double values[] = {1.5, 0, -3};
    static const uint8_t validity[] = {0x05};
    fixture tables;
    test_frame frame;
    (void)state;
    open_tables(&tables, &rule, 1);
    open_frame(&frame, 3);
    add_keys_and_grades(&frame);
    add_child(&frame, "실적", "g", 2, validity, values, NULL);
    static const uint8_t whole_rows[] = {0x07};
    frame.no_validity[0] = whole_rows;
    frame.array.null_count = -1;
    assert_int_equal(add_frame(&tables, 0, &frame), JEOUL_OK);
    assert_ptr_equal(tables.data->tables[0].columns[1].values, values);
    assert_int_equal(state_at(&tables, 0, 1, 0), JL_VALUE);
    assert_int_equal(state_at(&tables, 0, 1, 1), JL_MISSING);
    close_tables(&tables);
}

static void what_stands_under_a_null_is_never_seen(void **state) {
    static const double values[] = {1.5, 1e300, -3};
    static const double not_numbers[] = {1.5, (double)NAN, -3};
    static const uint8_t validity[] = {0x05};
    (void)state;
    for (int with_nan = 0; with_nan <= 1; with_nan++) {
        fixture tables;
        test_frame frame;
        open_tables(&tables, &rule, 1);
        open_frame(&frame, 3);
        add_keys_and_grades(&frame);
        add_child(&frame, "실적", "g", 2, with_nan ? NULL : validity, with_nan ? not_numbers : values, NULL);
        assert_int_equal(add_frame(&tables, 0, &frame), JEOUL_OK);
        assert_int_equal(state_at(&tables, 0, 1, 1), JL_MISSING);
        assert_true(number_at(&tables, 0, 1, 1) == 0);
        assert_true(number_at(&tables, 0, 1, 2) == -3);
        assert_int_equal(frame.n_array_releases, 1); /* nothing is borrowed */
        close_tables(&tables);
        assert_int_equal(frame.n_array_releases, 1);
    }
}

static void offsets_of_frame_and_column_add_up(void **state) {
    static const double values[] = {9, 9, 9, 1, 2, 3};
    static const uint8_t validity[] = {0x28}; /* elements 3 and 5 */
    static const double keys[] = {7, 7, 10, 20, 30};
    static const jl_column_rule numbered[] = {COLUMN_WITH("번호", JL_COLUMN_NUMBER, .is_key = true),
                                              COLUMN("실적", JL_COLUMN_NUMBER)};
    static const jl_table_rule numbers = {
        .name = TEXT("표"), .columns = numbered, .n_columns = 2, .n_keys = 1, .valid_from = JL_NONE};
    fixture tables;
    test_frame frame;
    (void)state;
    open_tables(&tables, &numbers, 1);
    open_frame(&frame, 3);
    frame.array.offset = 2;
    add_child(&frame, "번호", "g", 2, NULL, keys, NULL);
    add_child(&frame, "실적", "g", 2, validity, values, NULL)->offset = 1;
    assert_int_equal(add_frame(&tables, 0, &frame), JEOUL_OK);
    assert_ptr_equal(tables.data->tables[0].columns[0].values, keys + 2);
    assert_true(number_at(&tables, 0, 1, 0) == 1);
    assert_int_equal(state_at(&tables, 0, 1, 1), JL_MISSING);
    assert_true(number_at(&tables, 0, 1, 2) == 3);
    close_tables(&tables);
    assert_int_equal(frame.n_array_releases, 1);
}

/* ---- types ---- */

static void every_type_is_converted(void **state) {
    static const int8_t i8[] = {-5, 0, 127};
    static const uint8_t u8[] = {5, 0, 255}, bits[] = {0x05};
    static const int16_t i16[] = {-5, 0, 32767};
    static const uint16_t u16[] = {5, 0, 65535};
    static const int32_t i32[] = {-5, 0, INT32_MAX}, text_offsets[] = {0, 4, 5, 12};
    static const uint32_t u32[] = {5, 0, UINT32_MAX};
    static const int64_t i64[] = {-9007199254740993, 0, INT64_MAX}, large_offsets[] = {0, 4, 5, 12};
    static const uint64_t u64[] = {5, 0, UINT64_MAX};
    static const float f32[] = {87.4f, 0, 16777217.0f};
    static const double f64[] = {0.1, 0, 1e22};
    static const int64_t decimals[] = {12345, 0, 0, 0, -1, -1}; /* 123.45, 0.00, -0.01, little end first */
    static const char bytes[] = "-1.507654321";
    static const struct {
        const char *format, *printed[3];
        const void *values, *bytes;
    } cases[] = {
        {"c", {"-5", "0", "127"}, i8, NULL},
        {"C", {"5", "0", "255"}, u8, NULL},
        {"s", {"-5", "0", "32767"}, i16, NULL},
        {"S", {"5", "0", "65535"}, u16, NULL},
        {"i", {"-5", "0", "2147483647"}, i32, NULL},
        {"I", {"5", "0", "4294967295"}, u32, NULL},
        {"l", {"-9007199254740993", "0", "9223372036854775807"}, i64, NULL},
        {"L", {"5", "0", "18446744073709551615"}, u64, NULL},
        {"f", {"87.4", "0", "16777216"}, f32, NULL},
        {"g", {"0.1", "0", "1e22"}, f64, NULL},
        {"b", {"1", "0", "1"}, bits, NULL},
        {"d:10,2", {"123.45", "0", "-0.01"}, decimals, NULL},
        {"d:10,0,128", {"12345", "0", "-1"}, decimals, NULL},
        {"d:10,-2", {"1234500", "0", "-100"}, decimals, NULL},
        {"d:38,20", {"0.00000000000000012345", "0", "-0.00000000000000000001"}, decimals, NULL},
        {"u", {"-1.5", "0", "7654321"}, text_offsets, bytes},
        {"U", {"-1.5", "0", "7654321"}, large_offsets, bytes},
    };
    static const jl_column_rule numbered[] = {KEY("부서"), COLUMN("실적", JL_COLUMN_NUMBER)};
    static const jl_table_rule numbers = {
        .name = TEXT("표"), .columns = numbered, .n_columns = 2, .n_keys = 1, .valid_from = JL_NONE};
    (void)state;
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        fixture tables;
        test_frame frame;
        open_tables(&tables, &numbers, 1);
        open_frame(&frame, 3);
        add_child(&frame, "부서", "u", 3, NULL, key_offsets, key_bytes);
        add_child(&frame, "실적", cases[i].format, cases[i].bytes == NULL ? 2 : 3, NULL, cases[i].values,
                  cases[i].bytes);
        if (add_frame(&tables, 0, &frame) != JEOUL_OK) {
            print_diagnostics(&tables);
            fail_msg("%s", cases[i].format);
        }
        for (size_t row = 0; row < 3; row++) check_printed(&tables, 0, 1, row, cases[i].printed[row]);
        close_tables(&tables);
        assert_int_equal(frame.n_array_releases, 1);
    }
}

/* Numbers become text where the column is text; dates and booleans where they fit. */
static void types_meet_the_column(void **state) {
    static const int32_t days[] = {17531, 0, -1};
    static const int64_t milliseconds[] = {17531 * INT64_C(86400000), 0, -86400000};
    static const int16_t years[] = {2015, 2016, 2017};
    static const double codes[] = {101, 102.5, 103};
    static const uint8_t bits[] = {0x05};
    static const jl_choice answers[] = {{TEXT("true"), TEXT("true"), false}, {TEXT("false"), TEXT("false"), false}};
    static const struct {
        jl_column_rule column;
        const char *format, *printed[3];
        const void *values;
    } cases[] = {
        {COLUMN("x", JL_COLUMN_DATE), "tdD", {"2017-12-31", "1970-01-01", "1969-12-31"}, days},
        {COLUMN("x", JL_COLUMN_DATE), "tdm", {"2017-12-31", "1970-01-01", "1969-12-31"}, milliseconds},
        {COLUMN("x", JL_COLUMN_YEAR), "s", {"2015", "2016", "2017"}, years},
        {COLUMN("x", JL_COLUMN_TEXT), "s", {"2015", "2016", "2017"}, years},
        {COLUMN("x", JL_COLUMN_TEXT), "g", {"101", "102.5", "103"}, codes},
        {COLUMN_WITH("x", JL_COLUMN_CHOICE, .choices = answers, .n_choices = 2), "b", {"true", "false", "true"}, bits},
        {COLUMN("x", JL_COLUMN_NUMBER), "n", {"(nothing)", "(nothing)", "(nothing)"}, NULL},
    };
    (void)state;
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        const jl_column_rule both[] = {KEY("부서"), cases[i].column};
        const jl_table_rule table = {
            .name = JL_TEXT("표"), .columns = both, .n_columns = 2, .n_keys = 1, .valid_from = JL_NONE};
        fixture tables;
        test_frame frame;
        open_tables(&tables, &table, 1);
        open_frame(&frame, 3);
        add_child(&frame, "부서", "u", 3, NULL, key_offsets, key_bytes);
        add_child(&frame, "x", cases[i].format, cases[i].values == NULL ? 0 : 2, NULL, cases[i].values, NULL);
        assert_int_equal(add_frame(&tables, 0, &frame), JEOUL_OK);
        for (size_t row = 0; row < 3; row++) check_printed(&tables, 0, 1, row, cases[i].printed[row]);
        close_tables(&tables);
    }
}

static void text_views_are_read(void **state) {
    struct {
        int32_t length;
        char inline_text[12];
    } views[3] = {{3, "가"}, {15, ""}, {12, ""}};
    static const char long_text[] = "xx나나나나나", twelve[] = "다다다다";
    static const int64_t sizes[] = {17};
    const int32_t where[2] = {0, 2}; /* buffer, offset */
    fixture tables;
    test_frame frame;
    (void)state;
    memcpy(views[1].inline_text, "나나", 4);
    memcpy(views[1].inline_text + 4, where, sizeof where);
    memcpy(views[2].inline_text, twelve, 12);
    open_tables(&tables, &rule, 1);
    open_frame(&frame, 3);
    add_child(&frame, "부서", "vu", 4, NULL, views, long_text);
    frame.buffers[0][3] = sizes;
    add_child(&frame, "등급", "u", 3, NULL, grade_offsets, grade_bytes);
    add_child(&frame, "실적", "n", 0, NULL, NULL, NULL);
    assert_int_equal(add_frame(&tables, 0, &frame), JEOUL_OK);
    check_printed(&tables, 0, 0, 0, "가");
    check_printed(&tables, 0, 0, 1, "나나나나나");
    check_printed(&tables, 0, 0, 2, twelve);
    close_tables(&tables);
}

static void dictionaries_are_read_entry_by_entry(void **state) {
    static const int8_t indices[] = {1, 0, 2};
    static const uint8_t validity[] = {0x03};
    static const int32_t offsets[] = {0, 1, 2, 3};
    fixture tables;
    test_frame frame;
    (void)state;
    open_tables(&tables, &rule, 1);
    open_frame(&frame, 3);
    add_child(&frame, "부서", "u", 3, NULL, key_offsets, key_bytes);
    add_child(&frame, "실적", "n", 0, NULL, NULL, NULL);
    add_child(&frame, "등급", "c", 2, validity, indices, NULL);
    add_dictionary(&frame, 3, offsets, "SAx");
    assert_int_equal(add_frame(&tables, 0, &frame), JEOUL_OK); /* the bad entry is not used: its row is null */
    check_printed(&tables, 0, 2, 0, "A");
    check_printed(&tables, 0, 2, 1, "S");
    assert_int_equal(state_at(&tables, 0, 2, 2), JL_MISSING);
    close_tables(&tables);

    static const uint32_t wrong[] = {2, 5, 2};
    open_tables(&tables, &rule, 1);
    open_frame(&frame, 3);
    add_child(&frame, "부서", "u", 3, NULL, key_offsets, key_bytes);
    add_child(&frame, "실적", "n", 0, NULL, NULL, NULL);
    add_child(&frame, "등급", "I", 2, NULL, wrong, NULL);
    add_dictionary(&frame, 3, offsets, "SAx");
    assert_int_equal(add_frame(&tables, 0, &frame), JEOUL_DATA);
    assert_int_equal(jeoul_diagnostics_error_count(tables.diagnostics), 3);
    assert_diagnostic(&tables, 0, "JL0407", 0, 0,
                      "expected one of `S`, `A` in column `등급`, found `x`, in row 1 of table `표`", NULL);
    assert_diagnostic(&tables, 1, "JL0405", 0, 0,
                      "expected a text in column `등급`, found what is none, in row 2 of table `표`", NULL);
    assert_diagnostic(&tables, 2, "JL0407", 0, 0,
                      "expected one of `S`, `A` in column `등급`, found `x`, in row 3 of table `표`", NULL);
    close_tables(&tables);
    assert_int_equal(frame.n_array_releases, 1);
    assert_int_equal(frame.n_schema_releases, 1);
}

/* ---- mistakes ---- */

static void bad_cells_name_their_row(void **state) {
    static const double values[] = {1.5, 100.5, (double)INFINITY};
    static const uint8_t validity[] = {0x06};
    fixture tables;
    test_frame frame;
    (void)state;
    open_tables(&tables, &rule, 1);
    open_frame(&frame, 3);
    add_child(&frame, "부서", "u", 3, validity, key_offsets, key_bytes);
    add_child(&frame, "등급", "u", 3, NULL, grade_offsets, "SxS");
    add_child(&frame, "실적", "g", 2, NULL, values, NULL);
    assert_int_equal(add_frame(&tables, 0, &frame), JEOUL_DATA);
    assert_int_equal(jeoul_diagnostics_error_count(tables.diagnostics), 4);
    assert_diagnostic(&tables, 0, "JL0410", 0, 0, "the key `부서` is blank, in row 1 of table `표`", NULL);
    assert_diagnostic(&tables, 1, "JL0406", 0, 0,
                      "expected at most 100 in column `실적`, found 100.5, in row 2 of table `표`", NULL);
    assert_diagnostic(&tables, 2, "JL0405", 0, 0,
                      "expected a finite number in column `실적`, found what is none, in row 3 of table `표`", NULL);
    assert_diagnostic(&tables, 3, "JL0407", 0, 0,
                      "expected one of `S`, `A` in column `등급`, found `x`, in row 2 of table `표`", NULL);
    assert_int_equal(frame.n_array_releases, 1);
    assert_int_equal(frame.n_schema_releases, 1);
    close_tables(&tables);
    assert_int_equal(frame.n_array_releases, 1);
}

static void later_messages_name_the_row_too(void **state) {
    static const double values[] = {1, 2, 3};
    fixture tables;
    test_frame frame;
    (void)state;
    open_tables(&tables, &rule, 1);
    open_frame(&frame, 3);
    add_child(&frame, "부서", "u", 3, NULL, key_offsets, "가나나");
    add_child(&frame, "등급", "u", 3, NULL, grade_offsets, grade_bytes);
    add_child(&frame, "실적", "g", 2, NULL, values, NULL);
    assert_int_equal(add_frame(&tables, 0, &frame), JEOUL_OK);
    assert_int_equal(jl_data_finish(tables.data, tables.diagnostics), JEOUL_DATA);
    assert_diagnostic(&tables, 0, "JL0408", 0, 0, "the key `나` stands in row 2 already, in row 3 of table `표`", NULL);
    close_tables(&tables);
}

static void bad_frames_are_refused_and_released(void **state) {
    static const double values[] = {1, 2, 3};
    (void)state;
    for (int mistake = 0; mistake < 10; mistake++) {
        static const uint8_t no_row[] = {0x05};
        const jeoul_status expected = mistake < 5 ? JEOUL_ARGUMENT : JEOUL_DATA;
        fixture tables;
        test_frame frame;
        open_tables(&tables, &rule, 1);
        open_frame(&frame, 3);
        add_keys_and_grades(&frame);
        add_child(&frame, mistake == 9 ? "실젹" : "실적", mistake == 5 ? "z" : "g", 2, NULL, values, NULL);
        if (mistake == 0) frame.schema.format = "g";
        if (mistake == 1) frame.array.n_children = 2;
        if (mistake == 2) frame.array.length = -1;
        if (mistake == 3) frame.array_pointers[1] = NULL;
        if (mistake == 4) tables.data->finished = true;
        if (mistake == 6) frame.child_arrays[2].length = 2;
        if (mistake == 7) add_child(&frame, "실적", "g", 2, NULL, values, NULL);
        if (mistake == 8) {
            frame.array.null_count = 1;
            frame.no_validity[0] = no_row;
        }
        assert_int_equal(add_frame(&tables, 0, &frame), expected);
        assert_int_equal(frame.n_array_releases, 1);
        assert_int_equal(frame.n_schema_releases, 1);
        if (expected == JEOUL_DATA) assert_int_equal(jeoul_diagnostics_error_count(tables.diagnostics), 1);
        if (mistake == 5) {
            assert_diagnostic(&tables, 0, "JL0416", 0, 0,
                              "column `실적` has the Arrow type `z`, which cannot be read, in table `표`", NULL);
        }
        if (mistake == 7)
            assert_diagnostic(&tables, 0, "JL0415", 0, 0, "the frame has the column `실적` twice, in table `표`", NULL);
        if (mistake == 8)
            assert_diagnostic(&tables, 0, "JL0410", 0, 0, "the whole row is null, in row 2 of table `표`", NULL);
        if (mistake == 9) {
            assert_diagnostic(&tables, 0, "JL0403", 0, 0, "the frame has no column `실적`, in table `표`",
                              "did you mean `실젹`?");
        }
        assert_false(tables.data->tables[0].given);
        close_tables(&tables);
        assert_int_equal(frame.n_array_releases, 1);
    }
}

static void a_released_frame_is_no_frame(void **state) {
    fixture tables;
    test_frame frame;
    (void)state;
    open_tables(&tables, &rule, 1);
    open_frame(&frame, 0);
    frame.schema.release = NULL;
    assert_int_equal(add_frame(&tables, 0, &frame), JEOUL_ARGUMENT);
    assert_int_equal(frame.n_array_releases, 1);
    close_tables(&tables);
}

static void bad_text_arrays_are_refused(void **state) {
    static const int32_t backwards[] = {3, 0, 6, 9};
    fixture tables;
    test_frame frame;
    (void)state;
    open_tables(&tables, &rule, 1);
    open_frame(&frame, 3);
    add_child(&frame, "부서", "u", 3, NULL, backwards, key_bytes);
    add_child(&frame, "등급", "u", 3, NULL, grade_offsets, "S\xFF\0");
    add_child(&frame, "실적", "n", 0, NULL, NULL, NULL);
    assert_int_equal(add_frame(&tables, 0, &frame), JEOUL_DATA);
    assert_int_equal(jeoul_diagnostics_error_count(tables.diagnostics), 3);
    close_tables(&tables);
}

static void an_empty_frame_is_an_empty_table(void **state) {
    fixture tables;
    test_frame frame;
    (void)state;
    open_tables(&tables, &rule, 1);
    open_frame(&frame, 0);
    add_child(&frame, "부서", "u", 3, NULL, NULL, NULL);
    add_child(&frame, "등급", "u", 3, NULL, NULL, NULL);
    add_child(&frame, "실적", "g", 2, NULL, NULL, NULL);
    assert_int_equal(add_frame(&tables, 0, &frame), JEOUL_OK);
    assert_int_equal(jl_data_finish(tables.data, tables.diagnostics), JEOUL_OK);
    close_tables(&tables);
    assert_int_equal(frame.n_array_releases, 1);
}

/* ---- what the table says ---- */

static void states_and_blanks_count_for_numbers_too(void **state) {
    static const jl_state_word words[] = {{TEXT("-9"), JL_NOT_DUE}};
    static const jl_column_rule both[] = {KEY("부서"),
                                          COLUMN_WITH("실적", JL_COLUMN_NUMBER, .states = words, .n_states = 1,
                                                      .blank = JL_BLANK_NUMBER, .blank_number = TEXT("7"))};
    static const jl_table_rule table = {
        .name = TEXT("표"), .columns = both, .n_columns = 2, .n_keys = 1, .valid_from = JL_NONE};
    static const double values[] = {-9, 5, 0};
    static const uint8_t validity[] = {0x03};
    fixture tables;
    test_frame frame;
    (void)state;
    open_tables(&tables, &table, 1);
    open_frame(&frame, 3);
    add_child(&frame, "부서", "u", 3, NULL, key_offsets, key_bytes);
    add_child(&frame, "실적", "g", 2, validity, values, NULL);
    assert_int_equal(add_frame(&tables, 0, &frame), JEOUL_OK);
    assert_int_equal(state_at(&tables, 0, 1, 0), JL_NOT_DUE);
    assert_true(number_at(&tables, 0, 1, 1) == 5);
    assert_true(number_at(&tables, 0, 1, 2) == 7);
    close_tables(&tables);
}

/* A dash for a state does not keep negative numbers from being borrowed; a number for a state does. */
static void dictionaries_of_numbers_keep_long_decimals(void **state) {
    static const jl_column_rule both[] = {KEY("부서"), COLUMN("실적", JL_COLUMN_NUMBER)};
    static const jl_table_rule table = {
        .name = TEXT("표"), .columns = both, .n_columns = 2, .n_keys = 1, .valid_from = JL_NONE};
    static const uint8_t indices[] = {0, 1, 0};
    static const int32_t offsets[] = {0, 20, 22};
    (void)state;
    for (int nested = 0; nested <= 1; nested++) {
        fixture tables;
        test_frame frame;
        open_tables(&tables, &table, 1);
        open_frame(&frame, 3);
        add_child(&frame, "부서", "u", 3, NULL, key_offsets, key_bytes);
        add_child(&frame, "실적", "C", 2, NULL, indices, NULL);
        add_dictionary(&frame, 2, offsets, "0.12345678901234567842");
        if (nested) frame.dictionary_schemas[1].format = "z";
        assert_int_equal(add_frame(&tables, 0, &frame), nested ? JEOUL_DATA : JEOUL_OK);
        if (!nested) check_printed(&tables, 0, 1, 2, "0.123456789012345678");
        if (!nested) check_printed(&tables, 0, 1, 1, "42");
        close_tables(&tables);
        assert_int_equal(frame.n_array_releases, 1);
    }
}

static void only_states_that_are_numbers_prevent_borrowing(void **state) {
    static const jl_state_word words[] = {{TEXT("-"), JL_MISSING}, {TEXT("-9"), JL_NOT_DUE}};
    static const double values[] = {-8, 5, 0};
    (void)state;
    for (size_t n_states = 1; n_states <= 2; n_states++) {
        const jl_column_rule both[] = {KEY("부서"),
                                       COLUMN_WITH("실적", JL_COLUMN_NUMBER, .states = words, .n_states = n_states)};
        const jl_table_rule table = {
            .name = TEXT("표"), .columns = both, .n_columns = 2, .n_keys = 1, .valid_from = JL_NONE};
        fixture tables;
        test_frame frame;
        open_tables(&tables, &table, 1);
        open_frame(&frame, 3);
        add_child(&frame, "부서", "u", 3, NULL, key_offsets, key_bytes);
        add_child(&frame, "실적", "g", 2, NULL, values, NULL);
        assert_int_equal(add_frame(&tables, 0, &frame), JEOUL_OK);
        assert_int_equal(tables.data->tables[0].columns[1].values == values, n_states == 1);
        assert_true(number_at(&tables, 0, 1, 0) == -8);
        close_tables(&tables);
    }
}

static void a_frame_may_use_header_or_name_and_unpivots(void **state) {
    static const jl_text from[] = {TEXT("위원1"), TEXT("위원2")};
    static const jl_unpivot unpivot = {.from = from, .n_from = 2, .name = TEXT("위원"), .value = TEXT("점수")};
    static const jl_column_rule ratings[] = {
        KEY("부서"),
        KEY("위원"),
        COLUMN("점수", JL_COLUMN_NUMBER),
        {.name = TEXT("예산"), .header = TEXT("예산(원)"), .type = JL_COLUMN_NUMBER, .blank_state = JL_MISSING}};
    static const jl_table_rule table = {.name = TEXT("표"),
                                        .columns = ratings,
                                        .n_columns = 4,
                                        .n_keys = 2,
                                        .unpivot = &unpivot,
                                        .valid_from = JL_NONE};
    static const int64_t first[] = {1, 2, 9007199254740997}, second[] = {9007199254740993, 5, 9007199254740995};
    static const int64_t budget[] = {10, 20, 30};
    fixture tables;
    test_frame frame;
    (void)state;
    open_tables(&tables, &table, 1);
    open_frame(&frame, 3);
    add_child(&frame, "부서", "u", 3, NULL, key_offsets, key_bytes);
    add_child(&frame, "위원1", "l", 2, NULL, first, NULL);
    add_child(&frame, "위원2", "l", 2, NULL, second, NULL);
    add_child(&frame, "예산", "l", 2, NULL, budget, NULL);
    assert_int_equal(add_frame(&tables, 0, &frame), JEOUL_OK);
    assert_int_equal(tables.data->tables[0].n_rows, 6);
    check_printed(&tables, 0, 1, 3, "위원2");
    check_printed(&tables, 0, 2, 1, "9007199254740993");
    check_printed(&tables, 0, 2, 2, "2");
    check_printed(&tables, 0, 2, 4, "9007199254740997");
    check_printed(&tables, 0, 2, 5, "9007199254740995");
    check_printed(&tables, 0, 3, 5, "30");
    close_tables(&tables);
    assert_int_equal(frame.n_array_releases, 1);
    open_tables(&tables, &table, 1);
    open_frame(&frame, 3);
    add_child(&frame, "부서", "u", 3, NULL, key_offsets, key_bytes);
    add_child(&frame, "위원1", "l", 2, NULL, first, NULL);
    add_child(&frame, "예산", "l", 2, NULL, budget, NULL);
    assert_int_equal(add_frame(&tables, 0, &frame), JEOUL_DATA);
    assert_diagnostic(&tables, 0, "JL0403", 0, 0, "the frame has no column `위원2`, in table `표`", NULL);
    close_tables(&tables);
}

static void other_columns_are_noted_or_numbers(void **state) {
    static const double values[] = {1, 2, 3};
    (void)state;
    for (int numbers = 0; numbers <= 1; numbers++) {
        jl_table_rule table = rule;
        fixture tables;
        test_frame frame;
        if (numbers) table.others = JL_OTHERS_NUMBER;
        open_tables(&tables, &table, 1);
        open_frame(&frame, 3);
        add_keys_and_grades(&frame);
        add_child(&frame, "실적", "n", 0, NULL, NULL, NULL);
        add_child(&frame, "2016", "g", 2, NULL, values, NULL);
        assert_int_equal(add_frame(&tables, 0, &frame), JEOUL_OK);
        assert_int_equal(jeoul_diagnostics_count(tables.diagnostics), numbers ? 0 : 1);
        const uint32_t column = jl_data_column(tables.data, 0, JL_TEXT("2016"));
        assert_int_equal(column, numbers ? 3 : JL_NONE);
        if (numbers) assert_ptr_equal(tables.data->tables[0].columns[3].values, values);
        close_tables(&tables);
        assert_int_equal(frame.n_array_releases, 1);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(doubles_are_borrowed_without_a_copy),
        cmocka_unit_test(nulls_get_states_and_the_doubles_stay),
        cmocka_unit_test(what_stands_under_a_null_is_never_seen),
        cmocka_unit_test(offsets_of_frame_and_column_add_up),
        cmocka_unit_test(every_type_is_converted),
        cmocka_unit_test(types_meet_the_column),
        cmocka_unit_test(text_views_are_read),
        cmocka_unit_test(dictionaries_are_read_entry_by_entry),
        cmocka_unit_test(bad_cells_name_their_row),
        cmocka_unit_test(later_messages_name_the_row_too),
        cmocka_unit_test(bad_frames_are_refused_and_released),
        cmocka_unit_test(a_released_frame_is_no_frame),
        cmocka_unit_test(bad_text_arrays_are_refused),
        cmocka_unit_test(an_empty_frame_is_an_empty_table),
        cmocka_unit_test(states_and_blanks_count_for_numbers_too),
        cmocka_unit_test(dictionaries_of_numbers_keep_long_decimals),
        cmocka_unit_test(only_states_that_are_numbers_prevent_borrowing),
        cmocka_unit_test(a_frame_may_use_header_or_name_and_unpivots),
        cmocka_unit_test(other_columns_are_noted_or_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
