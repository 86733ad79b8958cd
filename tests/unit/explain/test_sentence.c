/* SPDX-License-Identifier: Apache-2.0
 *
 * Sentences: particles that fit, pieces that are left out, rounding in words, and that both languages are complete.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "explain/sentence.h"

static void check_text(jl_buffer *buffer, const char *expected, const char *input) {
    size_t length = 0;
    char *text = jl_buffer_take(buffer, &length);
    if (text == NULL || strcmp(text, expected) != 0) {
        fail_msg("`%s`: expected `%s`, found `%s`", input, expected, text == NULL ? "" : text);
    }
    free(text);
}

static void particles_fit_the_word_before_them(void **state) {
    (void)state;
    static const struct particle_case {
        const char *argument, *pattern, *expected;
    } cases[] = {
        {"실적", "{1을}", "실적을"},
        {"지표", "{1을}", "지표를"},
        {"점수", "{1은}", "점수는"},
        {"총점", "{1은}", "총점은"},
        {"평가군", "{1이}", "평가군이"},
        {"목표", "{1이}", "목표가"},
        {"서울", "{1으로}", "서울로"}, /* a final ㄹ takes 로 */
        {"분야", "{1으로}", "분야로"},
        {"구간", "{1으로}", "구간으로"},
        {"서울", "{1을}", "서울을"},
        {"목표", "{1과}", "목표와"},
        {"목표", "{1이면}", "목표면"},
        {"95", "{1을}", "95를"},       /* 오 */
        {"100", "{1을}", "100을"},     /* 백 */
        {"37", "{1으로}", "37로"},     /* 칠 */
        {"2.3", "{1으로}", "2.3으로"}, /* 삼 */
        {"S", "{1은}", "S는"},
        {"L", "{1은}", "L은"},
        {"'외부'", "{1을}", "'외부'를"},
        {"0.333…", "{1을}", "0.333…을"},
        {"달성도(최고 100점)", "{1으로}", "달성도(최고 100점)로"}, /* a remark does not sound */
        {"(집행액 / 정원)", "{1을}", "(집행액 / 정원)을"},
        {"평균((가)의 수)", "{1을}", "평균((가)의 수)을"},
        {"", "{1을}", "를"},
        {"갑", "{1처럼}", "갑처럼"}, /* no such particle: as it stands */
    };
    for (size_t index = 0; index < JL_COUNT(cases); index++) {
        const jl_text argument = jl_text_of(cases[index].argument);
        jl_buffer buffer = {NULL, 0, 0, false};
        jl_put_in(&buffer, jl_text_of(cases[index].pattern), &(jl_arguments){.texts = &argument, .n = 1});
        check_text(&buffer, cases[index].expected, cases[index].argument);
    }
}

static void pieces_of_a_pattern_depend_on_their_arguments(void **state) {
    (void)state;
    static const struct pattern_case {
        const char *pattern, *a, *b, *expected;
    } cases[] = {
        {"{1} of {2}", "x", "y", "x of y"},
        {"{1}[ ({2})]", "x", "y", "x (y)"},
        {"{1}[ ({2})]", "x", "", "x"},
        {"[{1}][{2}]!", "", "", "!"},
        {"{1} {1|value|values}", "1", "", "1 value"},
        {"{1} {1|value|values}", "12", "", "12 values"},
        {"{2}{1}", "x", "y", "yx"},
        {"{3}", "x", "y", ""},
        {"plain", "x", "y", "plain"},
        {"open {1", "x", "y", "open "},
    };
    for (size_t index = 0; index < JL_COUNT(cases); index++) {
        const jl_text texts[] = {jl_text_of(cases[index].a), jl_text_of(cases[index].b)};
        jl_buffer buffer = {NULL, 0, 0, false};
        jl_buffer_add(&buffer, (jl_text){"", 0});
        jl_buffer_char(&buffer, '>');
        jl_put_in(&buffer, jl_text_of(cases[index].pattern), &(jl_arguments){.texts = texts, .n = 2});
        char expected[64] = ">";
        strcat(expected, cases[index].expected);
        check_text(&buffer, expected, cases[index].pattern);
    }
}

static void arguments_may_have_names(void **state) {
    (void)state;
    const jl_text names[] = {JL_TEXT("x"), JL_TEXT("low"), JL_TEXT("lowest")};
    const jl_text texts[] = {JL_TEXT("실적"), JL_TEXT("1"), JL_TEXT("0")};
    jl_buffer buffer = {NULL, 0, 0, false};
    jl_put_in(&buffer, JL_TEXT("{x을} {low} {lowest}"), &(jl_arguments){.names = names, .texts = texts, .n = 3});
    check_text(&buffer, "실적을 1 0", "names");
}

static void rounding_is_said_by_its_place(void **state) {
    (void)state;
    static const struct rounding_case {
        int digits;
        jl_round_mode mode;
        const char *korean, *english;
    } cases[] = {
        {2, JL_HALF_UP, "소수 둘째 자리까지 반올림", "rounded half up to 2 decimals"},
        {0, JL_HALF_UP, "정수 자리까지 반올림", "rounded half up to whole numbers"},
        {-3, JL_TRUNCATE, "천의 자리까지 남기고 버림", "truncated to thousands"},
        {1, JL_CEILING, "소수 첫째 자리까지 올림", "rounded up to 1 decimal"},
        {12, JL_FLOOR, "소수 12째 자리까지 내림", "rounded down to 12 decimals"},
        {-6, JL_HALF_EVEN, "10의 6제곱 자리까지 반올림(반은 짝수 쪽으로)",
         "rounded half to even to the 6th power of ten"},
    };
    for (size_t index = 0; index < JL_COUNT(cases); index++) {
        jl_buffer korean = {NULL, 0, 0, false}, english = {NULL, 0, 0, false};
        jl_say_rounding(&korean, JEOUL_KOREAN, cases[index].digits, cases[index].mode);
        jl_say_rounding(&english, JEOUL_ENGLISH, cases[index].digits, cases[index].mode);
        check_text(&korean, cases[index].korean, "korean");
        check_text(&english, cases[index].english, "english");
    }
}

/* Counts `{1`, `{2` … and brackets: both wordings of a sentence name the same arguments. */
static unsigned named_arguments(jl_text wording) {
    unsigned named = 0;
    for (size_t byte = 0; byte + 1 < wording.length; byte++) {
        if (wording.data[byte] == '{' && wording.data[byte + 1] >= '1' && wording.data[byte + 1] <= '9') {
            named |= 1u << (wording.data[byte + 1] - '0');
        }
    }
    return named;
}

static void both_languages_say_the_same_arguments(void **state) {
    (void)state;
    for (int sentence = 0; sentence < JL_N_SENTENCES; sentence++) {
        const jl_text korean = jl_wording(JEOUL_KOREAN, (jl_sentence)sentence);
        const jl_text english = jl_wording(JEOUL_ENGLISH, (jl_sentence)sentence);
        assert_true(korean.length > 0 && english.length > 0);
        if (named_arguments(korean) != named_arguments(english)) {
            fail_msg("`%.*s` and `%.*s` name different arguments", JL_TEXT_ARG(korean), JL_TEXT_ARG(english));
        }
    }
}

static void an_unknown_key_has_no_wording(void **state) {
    (void)state;
    assert_int_equal(jl_wording_of(JL_WORDING_WORD, JL_TEXT("sideways"), JEOUL_KOREAN).length, 0);
    assert_true(jl_text_equal(jl_wording_of(JL_WORDING_WORD, JL_TEXT("sample"), JEOUL_ENGLISH), JL_TEXT("sample")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(particles_fit_the_word_before_them),
        cmocka_unit_test(pieces_of_a_pattern_depend_on_their_arguments),
        cmocka_unit_test(arguments_may_have_names),
        cmocka_unit_test(rounding_is_said_by_its_place),
        cmocka_unit_test(both_languages_say_the_same_arguments),
        cmocka_unit_test(an_unknown_key_has_no_wording),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
