/* SPDX-License-Identifier: Apache-2.0
 *
 * String builder: what is added comes out, a failed buffer stays failed, JSON strings are escaped.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/base.h"

static void pieces_come_out_in_order(void **state) {
    jl_buffer buffer = {0};
    size_t length;
    (void)state;
    jl_buffer_add(&buffer, JL_TEXT("합계 "));
    jl_buffer_char(&buffer, '=');
    jl_buffer_repeat(&buffer, "─", 3);
    jl_buffer_format(&buffer, " %d%%", 87);
    jl_buffer_add(&buffer, (jl_text){NULL, 0});
    char *text = jl_buffer_take(&buffer, &length);
    assert_string_equal(text, "합계 =─── 87%");
    assert_int_equal(length, strlen(text));
    assert_null(buffer.data);
    assert_int_equal(buffer.length, 0);
    free(text);
}

static void nothing_added_gives_the_empty_text(void **state) {
    jl_buffer buffer = {0};
    (void)state;
    char *text = jl_buffer_take(&buffer, NULL);
    assert_string_equal(text, "");
    free(text);
}

static void long_texts_grow_the_buffer(void **state) {
    jl_buffer buffer = {0};
    (void)state;
    for (int i = 0; i < 10000; i++) {
        jl_buffer_format(&buffer, "%d,", i);
        assert_int_equal(buffer.data[buffer.length], '\0');
    }
    assert_int_equal(buffer.length, 10 * 2 + 90 * 3 + 900 * 4 + 9000 * 5);
    jl_buffer_format(&buffer, "%9000s", "x");
    assert_int_equal(buffer.data[buffer.length - 1], 'x');
    jl_buffer_free(&buffer);
    assert_null(buffer.data);
}

static void a_failed_buffer_stays_failed_until_taken(void **state) {
    jl_buffer buffer = {0};
    size_t length = 99;
    (void)state;
    jl_buffer_add(&buffer, JL_TEXT("abc"));
    buffer.failed = true;
    jl_buffer_add(&buffer, JL_TEXT("def"));
    jl_buffer_format(&buffer, "%d", 1);
    jl_buffer_repeat(&buffer, "x", SIZE_MAX);
    assert_int_equal(buffer.length, 3);
    assert_null(jl_buffer_take(&buffer, &length));
    assert_int_equal(length, 0);
    assert_false(buffer.failed);
}

typedef struct json_case {
    jl_text given;
    const char *expected;
} json_case;

static void json_strings_are_escaped(void **state) {
    const json_case cases[] = {
        {JL_TEXT(""), "\"\""},
        {JL_TEXT("성과"), "\"성과\""},
        {JL_TEXT("a\"b\\c/"), "\"a\\\"b\\\\c/\""},
        {JL_TEXT("one\ntwo\ttab\0nul\x1f"), "\"one\\ntwo\\u0009tab\\u0000nul\\u001f\""},
    };
    (void)state;
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        jl_buffer buffer = {0};
        jl_buffer_json(&buffer, cases[i].given);
        assert_string_equal(buffer.data, cases[i].expected);
        jl_buffer_free(&buffer);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_come_out_in_order),   cmocka_unit_test(nothing_added_gives_the_empty_text),
        cmocka_unit_test(long_texts_grow_the_buffer), cmocka_unit_test(a_failed_buffer_stays_failed_until_taken),
        cmocka_unit_test(json_strings_are_escaped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
