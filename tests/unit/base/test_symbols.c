/* SPDX-License-Identifier: Apache-2.0
 *
 * Symbols: one number per text, in the order of arrival; a child sees its parent's.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/base.h"

static void numbers_follow_the_order_of_arrival(void **state) {
    jl_symbols *symbols = jl_symbols_new(NULL);
    (void)state;
    assert_int_equal(jl_symbol_find(symbols, JL_TEXT("실적")), JL_NO_SYMBOL);
    assert_int_equal(jl_symbol_add(symbols, JL_TEXT("실적")), 0);
    assert_int_equal(jl_symbol_add(symbols, JL_TEXT("목표")), 1);
    assert_int_equal(jl_symbol_add(symbols, JL_TEXT("실적")), 0);
    assert_int_equal(jl_symbol_add(symbols, JL_TEXT("")), 2);
    assert_int_equal(jl_symbol_find(symbols, JL_TEXT("목표")), 1);
    assert_int_equal(jl_symbol_find(symbols, (jl_text){NULL, 0}), 2);
    assert_int_equal(jl_symbols_count(symbols), 3);
    assert_true(jl_text_equal(jl_symbol_text(symbols, 1), JL_TEXT("목표")));
    jl_symbols_free(symbols);
}

static void many_symbols_are_all_found_again(void **state) {
    enum { N = 20000 };
    jl_symbols *symbols = jl_symbols_new(NULL);
    char name[32];
    (void)state;
    for (uint32_t i = 0; i < N; i++) {
        const int length = snprintf(name, sizeof name, "부서%u", i);
        assert_int_equal(jl_symbol_add(symbols, (jl_text){name, (size_t)length}), i);
    }
    for (uint32_t i = 0; i < N; i++) {
        const int length = snprintf(name, sizeof name, "부서%u", i);
        assert_int_equal(jl_symbol_find(symbols, (jl_text){name, (size_t)length}), i);
        assert_string_equal(jl_symbol_text(symbols, i).data, name);
    }
    jl_symbols_free(symbols);
}

static void texts_are_copied(void **state) {
    jl_symbols *symbols = jl_symbols_new(NULL);
    char name[] = "S";
    (void)state;
    jl_symbol_add(symbols, jl_text_of(name));
    name[0] = 'A';
    assert_int_equal(jl_symbol_find(symbols, JL_TEXT("S")), 0);
    assert_int_equal(jl_symbol_add(symbols, jl_text_of(name)), 1);
    jl_symbols_free(symbols);
}

static void a_child_goes_on_counting_after_its_parents(void **state) {
    jl_symbols *parent = jl_symbols_new(NULL);
    (void)state;
    jl_symbol_add(parent, JL_TEXT("S"));
    jl_symbol_add(parent, JL_TEXT("A"));
    jl_symbols *child = jl_symbols_new(parent);
    assert_int_equal(jl_symbols_count(child), 2);
    assert_int_equal(jl_symbol_add(child, JL_TEXT("A")), 1);
    assert_int_equal(jl_symbol_add(child, JL_TEXT("B")), 2);
    jl_symbols *grandchild = jl_symbols_new(child);
    assert_int_equal(jl_symbol_add(grandchild, JL_TEXT("C")), 3);
    assert_int_equal(jl_symbol_find(grandchild, JL_TEXT("S")), 0);
    assert_int_equal(jl_symbol_find(grandchild, JL_TEXT("B")), 2);
    assert_true(jl_text_equal(jl_symbol_text(grandchild, 0), JL_TEXT("S")));
    assert_int_equal(jl_symbol_find(parent, JL_TEXT("B")), JL_NO_SYMBOL);
    assert_int_equal(jl_symbols_count(parent), 2);
    jl_symbols_free(grandchild);
    jl_symbols_free(child);
    jl_symbols_free(parent);
    jl_symbols_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_follow_the_order_of_arrival),
        cmocka_unit_test(many_symbols_are_all_found_again),
        cmocka_unit_test(texts_are_copied),
        cmocka_unit_test(a_child_goes_on_counting_after_its_parents),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
