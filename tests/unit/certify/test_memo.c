/* SPDX-License-Identifier: Apache-2.0
 *
 * The memo of exact values: what it finds at which level, and that it stays within its size.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "certify/evaluate.h"

static void rationals_count_at_every_level_and_enclosures_at_theirs(void **state) {
    (void)state;
    jl_memo memo = {0};
    jl_exact x, found;
    uint8_t found_state = JL_UNDEFINED;
    bool open = false;
    jl_exact_init(&x, 256);
    jl_exact_init(&found, 128);
    jl_exact_set_integer(&x, 2);
    assert_false(jl_memo_find(&memo, (jl_place){1, 0}, 0, &found, &found_state));
    assert_true(jl_memo_keep(&memo, (jl_place){1, 0}, 0, &x, JL_VALUE));
    assert_true(jl_exact_sqrt(&x, &x, &open));
    assert_true(jl_memo_keep(&memo, (jl_place){1, 1}, 1, &x, JL_VALUE));
    assert_true(jl_memo_find(&memo, (jl_place){1, 0}, 5, &found, &found_state) && found.rational);
    assert_true(jl_memo_find(&memo, (jl_place){1, 1}, 0, &found, &found_state) && !found.rational);
    assert_true(jl_memo_find(&memo, (jl_place){1, 1}, 1, &found, &found_state));
    assert_false(jl_memo_find(&memo, (jl_place){1, 1}, 2, &found, &found_state));
    assert_false(jl_memo_find(&memo, (jl_place){0, 1}, 0, &found, &found_state));
    jl_exact_clear(&found);
    jl_exact_clear(&x);
    jl_memo_free(&memo);
}

static void a_full_memo_forgets_and_goes_on(void **state) {
    (void)state;
    jl_memo memo = {0};
    jl_exact x;
    jl_exact_init(&x, 128);
    for (uint32_t row = 0; row < 100000; row++) {
        uint8_t found_state = JL_VALUE;
        jl_exact_set_integer(&x, row);
        assert_true(jl_memo_keep(&memo, (jl_place){3, row}, 0, &x, JL_MISSING));
        jl_exact_set_integer(&x, -1);
        assert_true(jl_memo_find(&memo, (jl_place){3, row}, 0, &x, &found_state));
        assert_true(found_state == JL_MISSING && jl_exact_to_double(&x) == row);
        assert_true(2 * memo.n_entries <= memo.n_slots && memo.n_slots <= 1u << 17);
    }
    jl_exact_clear(&x);
    jl_memo_free(&memo);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rationals_count_at_every_level_and_enclosures_at_theirs),
        cmocka_unit_test(a_full_memo_forgets_and_goes_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
