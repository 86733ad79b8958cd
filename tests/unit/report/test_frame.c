/* SPDX-License-Identifier: Apache-2.0
 *
 * Frames: what is put into them is what their CSV and JSON say.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "report/frame.h"

#define TEXT(literal) \
    { (literal), sizeof(literal) - 1 }

static const jl_text NAMES[] = {TEXT("name"), TEXT("points")};

static void open_frame(jl_frame *frame) {
    assert_int_equal(jl_frame_open(frame, NAMES, JL_COUNT(NAMES)), JEOUL_OK);
}

static void assert_buffer(jl_buffer *buffer, const char *expected) {
    assert_false(buffer->failed);
    assert_string_equal(buffer->data == NULL ? "" : buffer->data, expected);
    jl_buffer_free(buffer);
}

/* The cell of the first row and column, and what it is in a file. */
typedef struct text_case {
    const char *text, *csv, *json;
} text_case;

static void texts_are_quoted_as_each_format_demands(void **state) {
    static const text_case cases[] = {
        {"기획감사실", "기획감사실", "\"기획감사실\""},
        {"읍, 면", "\"읍, 면\"", "\"읍, 면\""},
        {"\"가\"", "\"\"\"가\"\"\"", "\"\\\"가\\\"\""},
        {"두\n줄", "\"두\n줄\"", "\"두\\n줄\""},
        {"끝\r", "\"끝\r\"", "\"끝\\u000d\""},
        {"\\", "\\", "\"\\\\\""},
        {" 빈칸 ", " 빈칸 ", "\" 빈칸 \""},
        {"", "", "null"},
    };
    (void)state;
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        jl_frame frame;
        jl_buffer csv = {NULL, 0, 0, false}, json = {NULL, 0, 0, false}, expected = {NULL, 0, 0, false};
        open_frame(&frame);
        jl_frame_put_text(&frame, jl_text_of(cases[i].text));
        jl_frame_put_integer(&frame, 1);
        jl_frame_csv(&frame, &csv);
        jl_buffer_format(&expected, "name,points\n%s,1\n", cases[i].csv);
        assert_buffer(&csv, expected.data);
        jl_buffer_free(&expected);
        jl_frame_json(&frame, 0, &json);
        jl_buffer_format(&expected, "[\n{\"name\":%s,\"points\":1}]", cases[i].json);
        assert_buffer(&json, expected.data);
        jl_buffer_free(&expected);
        jl_frame_close(&frame);
    }
}

typedef struct number_case {
    int64_t scaled;
    int digits;
    const char *expected;
} number_case;

static void numbers_keep_their_digits(void **state) {
    static const number_case cases[] = {
        {8740, 2, "87.40"},
        {0, 2, "0.00"},
        {-5, 2, "-0.05"},
        {-300, 2, "-3.00"},
        {7, 0, "7"},
        {-7, 0, "-7"},
        {12, -3, "12000"},
        {0, -3, "0"},
        {1, 15, "0.000000000000001"},
        {INT64_MAX, 4, "922337203685477.5807"},
        {INT64_MIN, 4, "-922337203685477.5808"},
    };
    (void)state;
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        jl_buffer buffer = {NULL, 0, 0, false};
        jl_print_scaled(cases[i].scaled, cases[i].digits, &buffer);
        assert_buffer(&buffer, cases[i].expected);
    }
}

static void settled_numbers_and_empty_cells_are_written(void **state) {
    jl_frame frame;
    jl_buffer csv = {NULL, 0, 0, false}, json = {NULL, 0, 0, false};
    (void)state;
    open_frame(&frame);
    jl_frame_put_text(&frame, JL_TEXT("가"));
    jl_frame_put_settled(&frame, 87.4, 2);
    jl_frame_put_empty(&frame);
    jl_frame_put_empty(&frame);
    assert_int_equal(jl_frame_rows(&frame), 2);
    jl_frame_csv(&frame, &csv);
    assert_buffer(&csv, "name,points\n가,87.40\n,\n");
    jl_frame_json(&frame, 0, &json);
    assert_buffer(&json, "[\n{\"name\":\"가\",\"points\":87.40},\n{\"name\":null,\"points\":null}]");
    jl_frame_close(&frame);
}

static void a_frame_without_rows_has_its_names(void **state) {
    jl_frame frame;
    jl_buffer csv = {NULL, 0, 0, false}, json = {NULL, 0, 0, false};
    (void)state;
    open_frame(&frame);
    jl_frame_csv(&frame, &csv);
    assert_buffer(&csv, "name,points\n");
    jl_frame_json(&frame, 0, &json);
    assert_buffer(&json, "[]");
    jl_frame_close(&frame);
}

static void leading_columns_can_be_left_out_of_json(void **state) {
    jl_frame frame;
    jl_buffer rows = {NULL, 0, 0, false}, row = {NULL, 0, 0, false};
    (void)state;
    open_frame(&frame);
    jl_frame_put_text(&frame, JL_TEXT("가"));
    jl_frame_put_integer(&frame, 3);
    jl_frame_json(&frame, 1, &rows);
    assert_buffer(&rows, "[\n{\"points\":3}]");
    jl_frame_json_row(&frame, 0, 0, &row);
    assert_buffer(&row, "\"name\":\"가\",\"points\":3");
    jl_frame_close(&frame);
}

/* The buffer is the frame's to free, and its text outlives it. */
static void texts_that_are_made_belong_to_the_frame(void **state) {
    jl_frame frame;
    jl_buffer made = {NULL, 0, 0, false}, csv = {NULL, 0, 0, false};
    (void)state;
    open_frame(&frame);
    jl_buffer_format(&made, "%s/%d", "성과지표", 1);
    jl_frame_put_built(&frame, &made);
    assert_null(made.data);
    jl_frame_put_built(&frame, &made);
    jl_frame_csv(&frame, &csv);
    assert_buffer(&csv, "name,points\n성과지표/1,\n");
    jl_frame_close(&frame);
}

static void a_frame_grows_and_can_be_filled_again(void **state) {
    jl_frame frame;
    jl_buffer csv = {NULL, 0, 0, false};
    (void)state;
    open_frame(&frame);
    for (int64_t row = 0; row < 5000; row++) {
        jl_frame_put_text(&frame, JL_TEXT("가"));
        jl_frame_put_integer(&frame, row);
    }
    assert_false(frame.failed);
    assert_int_equal(jl_frame_rows(&frame), 5000);
    assert_int_equal(frame.cells[9999].is.number, 4999);
    jl_frame_clear(&frame);
    assert_int_equal(jl_frame_rows(&frame), 0);
    jl_frame_put_text(&frame, JL_TEXT("나"));
    jl_frame_put_integer(&frame, 1);
    jl_frame_csv(&frame, &csv);
    assert_buffer(&csv, "name,points\n나,1\n");
    jl_frame_close(&frame);
}

/* A buffer whose memory has ended makes the frame fail, and nothing is read of the cells that are not there. */
static void a_failed_text_fails_the_frame(void **state) {
    jl_frame frame;
    jl_buffer made = {.failed = true}, row = {NULL, 0, 0, false};
    (void)state;
    open_frame(&frame);
    jl_frame_put_built(&frame, &made);
    assert_true(frame.failed);
    jl_frame_put_integer(&frame, 1);
    assert_int_equal(frame.n_cells, 0);
    jl_frame_json_row(&frame, 0, 0, &row);
    assert_buffer(&row, "");
    jl_frame_close(&frame);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_quoted_as_each_format_demands),
        cmocka_unit_test(numbers_keep_their_digits),
        cmocka_unit_test(settled_numbers_and_empty_cells_are_written),
        cmocka_unit_test(a_frame_without_rows_has_its_names),
        cmocka_unit_test(leading_columns_can_be_left_out_of_json),
        cmocka_unit_test(texts_that_are_made_belong_to_the_frame),
        cmocka_unit_test(a_frame_grows_and_can_be_filled_again),
        cmocka_unit_test(a_failed_text_fails_the_frame),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
