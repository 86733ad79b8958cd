/* SPDX-License-Identifier: Apache-2.0
 *
 * Eight bytes at a time: the same answers as byte by byte.
 */
#include "table/eight.h"
#include "tables.h"

static uint64_t next_random(uint64_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    return *state ^= *state << 17;
}

static bool plain_number(const char *data, size_t length, double *value_out) {
    const jl_text text = {data, length};
    const bool starts_with_digit = length > 0 && data[0] >= '0' && data[0] <= '9';
    const bool plain = memchr(data, 'e', length) == NULL && memchr(data, 'E', length) == NULL;
    return length <= 8 && starts_with_digit && plain && jl_number_parse(text, value_out, NULL);
}

static void check_number(const char eight[8], size_t length) {
    double quick = -1, slow = -1;
    const bool quickly = jl_eight_number(jl_eight_load(eight), length, &quick),
               slowly = plain_number(eight, length, &slow);
    if (quickly != slowly || (quickly && memcmp(&quick, &slow, sizeof quick) != 0)) {
        fail_msg("`%.*s`: %d %g, %d %g", (int)length, eight, quickly, quick, slowly, slow);
    }
}

static void numbers_are_those_of_the_number_parser(void **state) {
    static const char *const texts[] = {
        "",         "0",  "7",  "00000000", "99999999", "0.000001", "1.234567", "123456.7", "1234567.",
        ".1234567", ".",  "..", "1.",       ".1",       "1..2",     "1.2.3",    "12a",      "1e5",
        "-1",       "+1", " 1", "1 ",       "1,2",      "3:4",      "3/4",      "\xFF",     "1\xB0"};
    (void)state;
    for (size_t i = 0; i < JL_COUNT(texts); i++) {
        char eight[8] = "xxxxxxx";
        memcpy(eight, texts[i], strlen(texts[i]));
        check_number(eight, strlen(texts[i]));
    }
    double value;
    assert_false(jl_eight_number(jl_eight_load("12345678"), 9, &value));
}

static void random_numbers_too(void **state) {
    static const char letters[] = "0123456789012345678901234567890123456789..../:,-+e \x80\xFF";
    uint64_t random = 88172645463325252u;
    (void)state;
    for (int i = 0; i < 2000000; i++) {
        char eight[8];
        uint64_t bits = next_random(&random);
        for (size_t k = 0; k < 8; k++, bits /= sizeof letters - 1) eight[k] = letters[bits % (sizeof letters - 1)];
        check_number(eight, next_random(&random) % 9);
    }
}

static void stops_are_found_wherever_they_are(void **state) {
    static const char letters[] = ",\"\n\rab-.!#+\x0B\x0C\x0E\x2B\x2D\x21\x23\x8A\xAC\xFF\x01";
    uint64_t random = 1234567;
    (void)state;
    for (int i = 0; i < 1000000; i++) {
        char eight[8];
        size_t first = 0;
        for (size_t k = 0; k < 8; k++) {
            const uint64_t at = next_random(&random);
            eight[k] = letters[at % 3 == 0 ? at % 4 : 4 + at % (sizeof letters - 5)];
        }
        while (first < 8 && eight[first] != ',' && eight[first] != '"' && eight[first] != '\n' && eight[first] != '\r')
            first++;
        assert_int_equal(jl_eight_until_stop(jl_eight_load(eight)), first);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_those_of_the_number_parser),
        cmocka_unit_test(random_numbers_too),
        cmocka_unit_test(stops_are_found_wherever_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
