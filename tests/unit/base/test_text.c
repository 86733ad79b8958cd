/* SPDX-License-Identifier: Apache-2.0
 *
 * Text views: comparing, trimming, UTF-8, width in terminal cells.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base.h"

static void text_of_null_is_empty(void **state) {
    (void)state;
    assert_int_equal(jl_text_of(NULL).length, 0);
    assert_true(jl_text_equal(jl_text_of(NULL), jl_text_of("")));
    assert_int_equal(jl_text_of("가").length, 3);
}

static void order_is_by_bytes(void **state) {
    const char *const sorted[] = {"", "A", "AB", "a", "ab", "abc", "b", "가", "가나", "나", "힣", "\xF0\x9F\x98\x80"};
    (void)state;
    for (int i = 0; i < (int)JL_COUNT(sorted); i++) {
        for (int j = 0; j < (int)JL_COUNT(sorted); j++) {
            const int expected = i < j ? -1 : i > j;
            assert_int_equal(jl_text_compare(jl_text_of(sorted[i]), jl_text_of(sorted[j])), expected);
            assert_int_equal(jl_text_equal(jl_text_of(sorted[i]), jl_text_of(sorted[j])), i == j);
        }
    }
}

typedef struct trim_case {
    const char *given, *expected;
} trim_case;

static void blanks_are_trimmed_at_both_sides(void **state) {
    const trim_case cases[] = {
        {"", ""}, {"  \t\r\n", ""}, {"a", "a"}, {"\t a b \r\n", "a b"}, {" 가 나 ", "가 나"},
    };
    (void)state;
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        assert_true(jl_text_equal(jl_text_trim(jl_text_of(cases[i].given)), jl_text_of(cases[i].expected)));
    }
}

typedef struct utf8_case {
    const char *bytes;
    int bad_offset; /* -1: good */
} utf8_case;

static void bytes_that_are_not_utf8_are_found(void **state) {
    const utf8_case cases[] = {
        {"", -1},
        {"plain ascii, longer than eight bytes", -1},
        {"성과지표", -1},
        {"\xF0\x9F\x98\x80", -1},
        {"\xF4\x8F\xBF\xBF", -1}, /* U+10FFFF, the last one */
        {"\xF4\x90\x80\x80", 0},  /* beyond it */
        {"12345678\xFF", 8},
        {"가\x80", 3},            /* continuation without a start */
        {"ab\xEA\xB0", 2},        /* cut off at the end */
        {"ab\xEA\xB0z", 2},       /* cut off in the middle */
        {"\xC0\xAF", 0},          /* overlong "/" */
        {"\xE0\x80\xAF", 0},      /* overlong, three bytes */
        {"\xED\xA0\x80", 0},      /* half of a surrogate pair */
        {"x\xB0\xA1\xB3\xAA", 1}, /* CP949 for 가나 */
        {"0123456789abcdef\xEA\xB0\x80 \xFE", 20},
    };
    (void)state;
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        size_t bad_offset = 999;
        assert_int_equal(jl_text_is_utf8(jl_text_of(cases[i].bytes), &bad_offset), cases[i].bad_offset < 0);
        if (cases[i].bad_offset >= 0) assert_int_equal(bad_offset, cases[i].bad_offset);
        assert_int_equal(jl_text_is_utf8(jl_text_of(cases[i].bytes), NULL), cases[i].bad_offset < 0);
    }
}

typedef struct width_case {
    const char *text;
    size_t width, characters;
} width_case;

static void hangul_is_two_cells_wide(void **state) {
    const width_case cases[] = {
        {"", 0, 0},
        {"abc", 3, 3},
        {"성과", 4, 2},
        {"\u1112\u1161\u11AB", 2, 3}, /* 한 in its letters: one syllable on the screen */
        {"e\u0301", 1, 2},            /* the accent stands on the letter */
        {"漢字", 4, 2},
        {"（㎡）", 6, 3}, /* wide brackets; the unit is one cell in some fonts, two in others */
        {"a\xFF\xFE"
         "b",
         4, 4}, /* stray bytes: one each */
    };
    (void)state;
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        assert_int_equal(jl_text_width(jl_text_of(cases[i].text)), cases[i].width);
        assert_int_equal(jl_text_characters(jl_text_of(cases[i].text)), cases[i].characters);
    }
}

static void hashes_are_the_same_everywhere(void **state) {
    (void)state;
    assert_true(jl_text_hash(jl_text_of("")) == UINT64_C(0xcbf29ce484222325));
    assert_true(jl_text_hash(jl_text_of("foobar")) == UINT64_C(0x85944171f73967e8));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_of_null_is_empty),
        cmocka_unit_test(order_is_by_bytes),
        cmocka_unit_test(blanks_are_trimmed_at_both_sides),
        cmocka_unit_test(bytes_that_are_not_utf8_are_found),
        cmocka_unit_test(hangul_is_two_cells_wide),
        cmocka_unit_test(hashes_are_the_same_everywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
