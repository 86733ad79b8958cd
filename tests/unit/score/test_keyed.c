/* SPDX-License-Identifier: Apache-2.0
 *
 * Keys of several numbers -> rows.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "score/keyed.h"

static int start_arena(void **state) {
    *state = jl_arena_new();
    return *state == NULL;
}

static int stop_arena(void **state) {
    jl_arena_free(*state);
    return 0;
}

static void rows_are_found_by_all_their_keys(void **state) {
    jl_keyed *map = jl_keyed_new(*state, 2, 4);
    assert_int_equal(jl_keyed_add(map, (const double[]){1, 2}, 7), 7);
    assert_int_equal(jl_keyed_add(map, (const double[]){2, 1}, 8), 8);
    assert_int_equal(jl_keyed_find(map, (const double[]){1, 2}), 7);
    assert_int_equal(jl_keyed_find(map, (const double[]){2, 1}), 8);
    assert_int_equal(jl_keyed_find(map, (const double[]){1, 1}), UINT32_MAX);
}

static void a_key_that_is_there_keeps_its_row(void **state) {
    jl_keyed *map = jl_keyed_new(*state, 1, 0);
    assert_int_equal(jl_keyed_add(map, (const double[]){5}, 1), 1);
    assert_int_equal(jl_keyed_add(map, (const double[]){5}, 2), 1);
    assert_int_equal(jl_keyed_find(map, (const double[]){5}), 1);
}

static void minus_zero_is_zero(void **state) {
    jl_keyed *map = jl_keyed_new(*state, 1, 0);
    assert_int_equal(jl_keyed_add(map, (const double[]){0.0}, 3), 3);
    assert_int_equal(jl_keyed_find(map, (const double[]){-0.0}), 3);
}

static void without_keys_there_is_one_row(void **state) {
    jl_keyed *map = jl_keyed_new(*state, 0, 0);
    assert_int_equal(jl_keyed_find(map, NULL), UINT32_MAX);
    assert_int_equal(jl_keyed_add(map, NULL, 4), 4);
    assert_int_equal(jl_keyed_add(map, NULL, 5), 4);
}

static void maps_grow_beyond_what_was_expected(void **state) {
    jl_keyed *map = jl_keyed_new(*state, 2, 3);
    for (uint32_t row = 0; row < 5000; row++) {
        assert_int_equal(jl_keyed_add(map, (const double[]){row % 70, row / 70}, row), row);
    }
    for (uint32_t row = 0; row < 5000; row++) {
        assert_int_equal(jl_keyed_find(map, (const double[]){row % 70, row / 70}), row);
    }
    assert_int_equal(jl_keyed_find(map, (const double[]){0.5, 0}), UINT32_MAX);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(rows_are_found_by_all_their_keys, start_arena, stop_arena),
        cmocka_unit_test_setup_teardown(a_key_that_is_there_keeps_its_row, start_arena, stop_arena),
        cmocka_unit_test_setup_teardown(minus_zero_is_zero, start_arena, stop_arena),
        cmocka_unit_test_setup_teardown(without_keys_there_is_one_row, start_arena, stop_arena),
        cmocka_unit_test_setup_teardown(maps_grow_beyond_what_was_expected, start_arena, stop_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
