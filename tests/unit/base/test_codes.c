/* SPDX-License-Identifier: Apache-2.0
 *
 * Codes: numbers are unique and in order, sections decide the status. Also the library's own words.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/collected.h"

static void numbers_are_unique_and_in_order(void **state) {
    (void)state;
    for (int code = 0; code < JL_N_CODES; code++) {
        const char *number = jl_code_number((jl_code)code);
        assert_int_equal(strlen(number), 6);
        assert_memory_equal(number, "JL0", 3);
        assert_int_equal(jl_code_by_number(jl_text_of(number)), code);
        if (code > 0) assert_true(strcmp(jl_code_number((jl_code)(code - 1)), number) < 0);
        assert_true(strlen(jl_code_title((jl_code)code)) > 5);
    }
}

static void unknown_numbers_are_no_codes(void **state) {
    (void)state;
    assert_int_equal(jl_code_by_number(JL_TEXT("JL9999")), JL_N_CODES);
    assert_int_equal(jl_code_by_number(JL_TEXT("JL010")), JL_N_CODES);
    assert_int_equal(jl_code_by_number(JL_TEXT("")), JL_N_CODES);
}

static void the_section_decides_the_status(void **state) {
    (void)state;
    assert_int_equal(jl_code_status(JL_YAML_SYNTAX), JEOUL_RULEBOOK);
    assert_int_equal(jl_code_status(JL_UNKNOWN_COLUMN), JEOUL_RULEBOOK);
    assert_int_equal(jl_code_status(JL_WEIGHT_SUM), JEOUL_RULEBOOK);
    assert_int_equal(jl_code_status(JL_BAD_CELL), JEOUL_DATA);
    assert_int_equal(jl_code_status(JL_SCORE_MISSING), JEOUL_DATA);
    assert_int_equal(jl_code_status(JL_QUOTA_SUM), JEOUL_RULEBOOK);
    assert_int_equal(jl_code_status(JL_TEST_FAILED), JEOUL_RULEBOOK);
    assert_int_equal(jl_code_status(JL_UNUSED_COLUMN), JEOUL_OK);
    assert_int_equal(jl_code_status(JL_COLUMN_UNKNOWN), JEOUL_OK);
}

static void every_status_has_its_words(void **state) {
    (void)state;
    assert_string_equal(jeoul_status_text(JEOUL_OK), "ok");
    assert_string_equal(jeoul_status_text(JEOUL_NO_MEMORY), "no memory");
    for (int status = JEOUL_OK; status <= JEOUL_INTERNAL; status++) {
        for (int other = JEOUL_OK; other < status; other++) {
            assert_string_not_equal(jeoul_status_text((jeoul_status)status), jeoul_status_text((jeoul_status)other));
        }
    }
    assert_string_equal(jeoul_status_text((jeoul_status)99), "unknown status");
}

static void the_version_is_that_of_the_header(void **state) {
    char expected[32];
    (void)state;
    snprintf(expected, sizeof expected, "%d.%d.%d", JEOUL_VERSION_MAJOR, JEOUL_VERSION_MINOR, JEOUL_VERSION_PATCH);
    assert_string_equal(jeoul_version(), expected);
    jeoul_text_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_unique_and_in_order),   cmocka_unit_test(unknown_numbers_are_no_codes),
        cmocka_unit_test(the_section_decides_the_status),    cmocka_unit_test(every_status_has_its_words),
        cmocka_unit_test(the_version_is_that_of_the_header),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
