/* SPDX-License-Identifier: Apache-2.0
 *
 * Options of older and newer callers, with a struct that has had two versions.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "api/objects.h"

typedef struct first_options {
    size_t struct_size;
    uint64_t rows;
} first_options;

typedef struct options {
    size_t struct_size;
    uint64_t rows, plain;
} options;

/* A later library's. */
typedef struct later_options {
    size_t struct_size;
    uint64_t rows, plain, later, last;
} later_options;

static const size_t sizes[] = {sizeof(first_options), sizeof(options)};

typedef struct size_case {
    size_t size;
    uint64_t later, last;
    jeoul_status status;
    uint64_t rows, plain; /* as they are read */
} size_case;

static void options_are_read_as_far_as_both_sides_know_them(void **state) {
    static const size_case cases[] = {
        {sizeof(options), 9, 9, JEOUL_OK, 3, 4},
        {sizeof(first_options), 9, 9, JEOUL_OK, 3, 2},
        {sizeof(later_options), 0, 0, JEOUL_OK, 3, 4},
        {sizeof(later_options), 1, 0, JEOUL_ARGUMENT, 1, 2},
        {sizeof(later_options), 0, (uint64_t)1 << 63, JEOUL_ARGUMENT, 1, 2},
        {sizeof(later_options) - 1, 0, 0, JEOUL_OK, 3, 4},
        {sizeof(options) - 1, 0, 0, JEOUL_ARGUMENT, 1, 2},
        {sizeof(first_options) + 1, 0, 0, JEOUL_ARGUMENT, 1, 2},
        {sizeof(size_t), 0, 0, JEOUL_ARGUMENT, 1, 2},
        {1, 0, 0, JEOUL_ARGUMENT, 1, 2},
        {0, 0, 0, JEOUL_ARGUMENT, 1, 2},
        {4097, 0, 0, JEOUL_ARGUMENT, 1, 2},
        {SIZE_MAX, 0, 0, JEOUL_ARGUMENT, 1, 2},
    };
    (void)state;
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        const later_options given = {cases[i].size, 3, 4, cases[i].later, cases[i].last};
        options read = {sizeof read, 1, 2};
        assert_int_equal(jl_options_read(&given, sizes, JL_COUNT(sizes), &read), cases[i].status);
        assert_int_equal(read.rows, cases[i].rows);
        assert_int_equal(read.plain, cases[i].plain);
    }
}

static void no_options_are_the_defaults(void **state) {
    options read = {sizeof read, 1, 2};
    (void)state;
    assert_int_equal(jl_options_read(NULL, sizes, JL_COUNT(sizes), &read), JEOUL_OK);
    assert_int_equal(read.rows, 1);
    assert_int_equal(read.plain, 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_are_read_as_far_as_both_sides_know_them),
        cmocka_unit_test(no_options_are_the_defaults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
