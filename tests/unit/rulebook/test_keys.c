/* SPDX-License-Identifier: Apache-2.0
 *
 * The table of keys is sound: every context is filled and used, and no key or word is something else to another YAML
 * tool.
 */
#include "rulebook/keys.h"
#include "rulebooks.h"

static bool stands_in(jl_context context, char name) {
    for (size_t k = 0; k < jl_n_key_rules; k++) {
        if (jl_key_rules[k].context == context && (name == '\0' || jl_key_rules[k].key[0] == name)) return true;
    }
    return jl_context_includes[context] != JL_CONTEXT_NONE && stands_in(jl_context_includes[context], name);
}

static void every_context_is_filled_and_used(void **state) {
    (void)state;
    for (int context = JL_CONTEXT_NONE + 1; context < JL_N_CONTEXTS; context++) {
        bool used = context == JL_CONTEXT_RULEBOOK ||
                    context == JL_CONTEXT_AREA; /* an area is told from an indicator by its keys */
        for (size_t k = 0; k < jl_n_key_rules; k++) {
            used |= jl_key_rules[k].map == (jl_context)context || jl_key_rules[k].list == (jl_context)context;
        }
        for (int other = 0; other < JL_N_CONTEXTS; other++) used |= jl_context_includes[other] == (jl_context)context;
        assert_true(used);
        assert_true(stands_in((jl_context)context, '\0'));
    }
}

static void lists_have_elements_and_maps_have_none(void **state) {
    (void)state;
    for (size_t k = 0; k < jl_n_key_rules; k++) {
        const jl_key_rule *rule = &jl_key_rules[k];
        if (rule->list != JL_CONTEXT_NONE) assert_true(stands_in(rule->list, '-'));
        if (rule->map != JL_CONTEXT_NONE) assert_false(stands_in(rule->map, '-'));
        assert_true(strlen(rule->description) > 0);
    }
}

static void keys_of_a_context_are_given_once(void **state) {
    (void)state;
    for (size_t k = 0; k < jl_n_key_rules; k++) {
        for (jl_context context = jl_key_rules[k].context; context != JL_CONTEXT_NONE;
             context = jl_context_includes[context]) {
            for (size_t other = 0; other < jl_n_key_rules; other++) {
                if (other == k || jl_key_rules[other].context != context) continue;
                assert_string_not_equal(jl_key_rules[other].key, jl_key_rules[k].key);
            }
        }
    }
}

/* The same rulebook must be read alike by tools of YAML 1.1. */
static void no_key_is_a_truth_value(void **state) {
    static const char *const truths[] = {"y", "n", "yes", "no", "on", "off", "true", "false", "null", "~"};
    (void)state;
    for (size_t k = 0; k < jl_n_key_rules; k++) {
        for (size_t truth = 0; truth < JL_COUNT(truths); truth++)
            assert_string_not_equal(jl_key_rules[k].key, truths[truth]);
    }
}

static void words_have_the_numbers_of_their_enumerations(void **state) {
    (void)state;
    assert_int_equal(jl_word_index(JL_SCALAR_ROUND_MODE, JL_TEXT("half_up")), JL_HALF_UP);
    assert_int_equal(jl_word_index(JL_SCALAR_ROUND_MODE, JL_TEXT("floor")), JL_FLOOR);
    assert_int_equal(jl_word_index(JL_SCALAR_UNDEFINED, JL_TEXT("missing")), JL_MISSING);
    assert_int_equal(jl_word_index(JL_SCALAR_BLANK, JL_TEXT("not_applicable")), JL_NOT_APPLICABLE);
    assert_int_equal(jl_word_index(JL_SCALAR_WEIGHT_TOTAL, JL_TEXT("free")), JL_WEIGHTS_FREE);
    assert_int_equal(jl_word_index(JL_SCALAR_SEATS, JL_TEXT("largest_remainder")), JL_SEATS_LARGEST_REMAINDER);
    assert_int_equal(jl_word_index(JL_SCALAR_TIES, JL_TEXT("average")), JL_TIES_AVERAGE);
    assert_int_equal(jl_word_index(JL_SCALAR_TIE_AT_CUT, JL_TEXT("error")), JL_TIE_ERROR);
    assert_int_equal(jl_word_index(JL_SCALAR_UNKNOWN, JL_TEXT("fail")), JL_UNKNOWN_FAIL);
    assert_int_equal(jl_word_index(JL_SCALAR_BEYOND, JL_TEXT("extend")), JL_BEYOND_EXTEND);
    assert_int_equal(jl_word_index(JL_SCALAR_OTHERS, JL_TEXT("number")), JL_OTHERS_NUMBER);
    assert_int_equal(jl_word_index(JL_SCALAR_GRADE_OF, JL_TEXT("leaves")), JL_GRADE_LEAVES);
    assert_int_equal(jl_word_index(JL_SCALAR_RANK_BY, JL_TEXT("raw")), JL_BY_RAW);
    assert_int_equal(jl_word_index(JL_SCALAR_SEATS, JL_TEXT("cumulative")), -1);
    assert_int_equal(jl_word_index(JL_SCALAR_TEXT, JL_TEXT("")), -1);
}

static void dates_are_days_of_the_calendar(void **state) {
    (void)state;
    assert_true(jl_is_date(JL_TEXT("2016-02-29")));
    assert_true(jl_is_date(JL_TEXT("2000-02-29")));
    assert_false(jl_is_date(JL_TEXT("2017-02-29")));
    assert_false(jl_is_date(JL_TEXT("1900-02-29")));
    assert_false(jl_is_date(JL_TEXT("2017-13-01")));
    assert_false(jl_is_date(JL_TEXT("2017-00-01")));
    assert_false(jl_is_date(JL_TEXT("2017-04-31")));
    assert_false(jl_is_date(JL_TEXT("2017-4-1")));
    assert_false(jl_is_date(JL_TEXT("")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_context_is_filled_and_used),
        cmocka_unit_test(lists_have_elements_and_maps_have_none),
        cmocka_unit_test(keys_of_a_context_are_given_once),
        cmocka_unit_test(no_key_is_a_truth_value),
        cmocka_unit_test(words_have_the_numbers_of_their_enumerations),
        cmocka_unit_test(dates_are_days_of_the_calendar),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
