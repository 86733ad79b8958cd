/* SPDX-License-Identifier: Apache-2.0
 *
 * Arenas: pieces are zeroed, aligned and apart; copies are terminated and, where asked for, in NFC.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base.h"

static int start(void **state) {
    *state = jl_arena_new();
    return *state == NULL;
}

static int stop(void **state) {
    jl_arena_free(*state);
    return 0;
}

static void pieces_are_zeroed_and_aligned(void **state) {
    const size_t sizes[] = {0, 1, 7, 16, 4000, 5000, 1, 100000, 3, (size_t)3 << 20, 9};
    for (size_t i = 0; i < JL_COUNT(sizes); i++) {
        unsigned char *piece = jl_arena_alloc(*state, sizes[i]);
        assert_non_null(piece);
        assert_int_equal((uintptr_t)piece % _Alignof(max_align_t), 0);
        for (size_t at = 0; at < sizes[i]; at++) assert_int_equal(piece[at], 0);
        memset(piece, 0xAB, sizes[i]);
    }
}

static void pieces_do_not_overlap(void **state) {
    enum { N = 2000 };
    uint32_t *pieces[N];
    for (uint32_t i = 0; i < N; i++) {
        pieces[i] = jl_arena_array(*state, i % 37 + 1, sizeof(uint32_t));
        assert_non_null(pieces[i]);
        for (uint32_t at = 0; at <= i % 37; at++) pieces[i][at] = i;
    }
    for (uint32_t i = 0; i < N; i++) {
        for (uint32_t at = 0; at <= i % 37; at++) assert_int_equal(pieces[i][at], i);
    }
}

static void sizes_that_overflow_are_refused(void **state) {
    assert_null(jl_arena_array(*state, SIZE_MAX / 8 + 1, 16));
    assert_null(jl_arena_array(*state, 3, SIZE_MAX / 2));
    assert_null(jl_arena_alloc(*state, SIZE_MAX));
    assert_null(jl_arena_alloc(*state, SIZE_MAX - 64));
    assert_non_null(jl_arena_array(*state, 0, 16));
}

static void freeing_nothing_does_nothing(void **state) {
    (void)state;
    jl_arena_free(NULL);
}

static void copies_are_terminated_and_never_null(void **state) {
    const jl_text copy = jl_arena_copy(*state, (jl_text){"abcdef", 3});
    assert_string_equal(copy.data, "abc");
    assert_int_equal(copy.length, 3);
    const jl_text empty = jl_arena_copy(*state, (jl_text){NULL, 0});
    assert_non_null(empty.data);
    assert_int_equal(empty.length, 0);
}

static void formatted_text_may_be_of_any_length(void **state) {
    assert_string_equal(jl_arena_format(*state, "%s %d", "행", 17).data, "행 17");
    const jl_text wide = jl_arena_format(*state, "%6000d", 1);
    assert_int_equal(wide.length, 6000);
}

static void growing_keeps_what_was_there(void **state) {
    int *items = NULL;
    size_t capacity = 0;
    for (int i = 0; i < 1000; i++) {
        assert_true(jl_arena_grow(*state, &items, &capacity, (size_t)i + 1, sizeof *items));
        items[i] = i;
    }
    for (int i = 0; i < 1000; i++) assert_int_equal(items[i], i);
    assert_in_range(capacity, 1000, 2000);
    assert_false(jl_arena_grow(*state, &items, &capacity, SIZE_MAX / 2, sizeof *items));
    assert_int_equal(items[999], 999);
}

typedef struct nfc_case {
    const char *given, *expected;
} nfc_case;

static void names_are_composed(void **state) {
    const nfc_case cases[] = {
        {"", ""},
        {"plain", "plain"},
        {"\u1112\u1161\u11AB\u1100\u1173\u11AF", "한글"}, /* as a Mac writes file names */
        {"\u1109\u1165\u11BC\u1100\u116A 2017", "성과 2017"},
        {"가\u11A8", "각"}, /* a syllable and a lone final consonant */
        {"e\u0301tude", "étude"},
        {"\u212B", "Å"}, /* the Ångström sign is the letter */
        {"漢字 ㄱ△①", "漢字 ㄱ△①"},
        {"bad \xFF\u1112\u1161", "bad \xFF\u1112\u1161"}, /* not UTF-8: left as it is */
    };
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        jl_text copy;
        assert_true(jl_arena_copy_nfc(*state, jl_text_of(cases[i].given), &copy));
        assert_string_equal(copy.data, cases[i].expected);
        assert_int_equal(copy.length, strlen(cases[i].expected));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(pieces_are_zeroed_and_aligned, start, stop),
        cmocka_unit_test_setup_teardown(pieces_do_not_overlap, start, stop),
        cmocka_unit_test_setup_teardown(sizes_that_overflow_are_refused, start, stop),
        cmocka_unit_test(freeing_nothing_does_nothing),
        cmocka_unit_test_setup_teardown(copies_are_terminated_and_never_null, start, stop),
        cmocka_unit_test_setup_teardown(formatted_text_may_be_of_any_length, start, stop),
        cmocka_unit_test_setup_teardown(growing_keeps_what_was_there, start, stop),
        cmocka_unit_test_setup_teardown(names_are_composed, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
