/* SPDX-License-Identifier: Apache-2.0
 *
 * Nearest names: one slip is forgiven in three letters; a Hangul syllable is two or three letters.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base.h"

typedef struct nearest_case {
    const char *name;
    const char *nearest; /* NULL: none */
} nearest_case;

static void one_slip_in_three_letters_is_forgiven(void **state) {
    const jl_text names[] = {
        JL_TEXT("실적"),  JL_TEXT("목표"), JL_TEXT("방향"),   JL_TEXT("가중치"), JL_TEXT("weight"),
        JL_TEXT("score"), JL_TEXT("mean"), JL_TEXT("median"), JL_TEXT("ln"),     JL_TEXT("indicators"),
    };
    const nearest_case cases[] = {
        {"실젹", "실적"}, /* one letter of one syllable */
        {"가중지", "가중치"},
        {"목포", "목표"},
        {"방햐", "방향"}, /* the last consonant left out */
        {"점수", NULL},
        {"wieght", "weight"}, /* two letters changed places: one slip */
        {"wight", "weight"},
        {"Score", "score"}, /* capitals are no slip */
        {"mena", "mean"},
        {"meadian", "median"},
        {"indicator", "indicators"},
        {"lm", NULL}, /* two letters: no slip is forgiven */
        {"ratio", NULL},
        {"", NULL},
        {"\xFF\xFE", NULL},
    };
    (void)state;
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        const int found = jl_nearest_name(jl_text_of(cases[i].name), names, JL_COUNT(names));
        if (cases[i].nearest == NULL) {
            assert_int_equal(found, -1);
        } else {
            assert_true(found >= 0);
            assert_string_equal(names[found].data, cases[i].nearest);
        }
    }
}

static void decomposed_names_are_the_same_names(void **state) {
    const jl_text names[] = {JL_TEXT("목표"), JL_TEXT("실적")};
    (void)state;
    assert_int_equal(jl_nearest_name(JL_TEXT("\u1109\u1175\u11AF\u110C\u1165\u11A8"), names, 2), 1);
}

static void the_first_of_equally_near_names_is_taken(void **state) {
    const jl_text names[] = {JL_TEXT("cats"), JL_TEXT("bats"), JL_TEXT("hats")};
    (void)state;
    assert_int_equal(jl_nearest_name(JL_TEXT("rats"), names, 3), 0);
    assert_int_equal(jl_nearest_name(JL_TEXT("bats"), names, 3), 1);
    assert_int_equal(jl_nearest_name(JL_TEXT("bats"), names, 0), -1);
}

static void very_long_names_are_left_out(void **state) {
    char long_name[200];
    (void)state;
    memset(long_name, 'x', sizeof long_name);
    const jl_text names[] = {{long_name, 199}, {long_name, 64}};
    assert_int_equal(jl_nearest_name((jl_text){long_name, 200}, names, 2), -1);
    assert_int_equal(jl_nearest_name((jl_text){long_name, 63}, names, 2), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_slip_in_three_letters_is_forgiven),
        cmocka_unit_test(decomposed_names_are_the_same_names),
        cmocka_unit_test(the_first_of_equally_near_names_is_taken),
        cmocka_unit_test(very_long_names_are_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
