/* SPDX-License-Identifier: Apache-2.0
 *
 * CSV: records and fields, and where faults are found.
 */
#include "tables.h"

/* Fields joined by `|`, records ended by `;`; a fault shows as !number@offset. */
static char *split(const char *text) {
    jl_csv csv = {.text = jl_text_of(text), .line = 1, .arena = jl_arena_new()};
    jl_buffer out = {NULL, 0, 0, false};
    jl_buffer_add(&out, JL_TEXT(""));
    while (jl_csv_next(&csv)) {
        for (size_t field = 0; field < csv.n_fields; field++) {
            jl_text single;
            assert_true(jl_field_text(&csv.fields[field], csv.arena, &single));
            if (field > 0) jl_buffer_char(&out, '|');
            jl_buffer_add(&out, single);
        }
        if (csv.fault != JL_CSV_FINE) jl_buffer_format(&out, "!%d@%zu", (int)csv.fault, csv.fault_at);
        jl_buffer_format(&out, ";%u ", csv.record_line);
    }
    jl_arena_free(csv.arena);
    if (out.data == NULL) jl_buffer_char(&out, '-');
    return jl_buffer_take(&out, NULL);
}

static const struct {
    const char *text, *records;
} cases[] = {
    {"", "-"},
    {"a", "a;1 "},
    {"a,b\n1,2\n", "a|b;1 1|2;2 "},
    {"a,b\r\n1,2\r\n3,4", "a|b;1 1|2;2 3|4;3 "},
    {"a\r1\r", "a;1 1;2 "},
    {"a,\n,\n", "a|;1 |;2 "},
    {"a,", "a|;1 "},
    {",", "|;1 "},
    {"\n\na\n", ";1 ;2 a;3 "},
    {"\"a,b\",c\n", "a,b|c;1 "},
    {"\"a \"\"b\"\"\",c\n", "a \"b\"|c;1 "},
    {"\"\"\n", ";1 "},
    {"\"\"\"\"\n", "\";1 "},
    {"\"두 줄\n짜리\",1\n2,3\n", "두 줄\n짜리|1;1 2|3;3 "},
    {"\"a\r\nb\r\nc\"\n1\n", "a\r\nb\r\nc;1 1;4 "},
    {"\"a\rb\"\n1\n", "a\rb;1 1;3 "},
    {" \"a\"\n", " \"a\"!3@1;1 "},
    {"5\" pipe,1\n2,3\n", "5\" pipe|1!3@1;1 2|3;2 "},
    {"\"a\"b,1\n2,3\n", "a|1!2@3;1 2|3;2 "},
    {"\"a\" ,1\n", "a|1!2@3;1 "},
    {"1,\"a\n2,3\n", "1|a\n2,3\n!1@2;1 "},
    {"\"", "!1@0;1 "},
};

static void records_and_fields_are_found(void **state) {
    (void)state;
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        char *records = split(cases[i].text);
        assert_string_equal(records, cases[i].records);
        jeoul_text_free(records);
    }
}

static void no_text_has_more_records_than_foretold(void **state) {
    (void)state;
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        size_t n = 0;
        jl_csv csv = {.text = jl_text_of(cases[i].text), .line = 1, .arena = jl_arena_new()};
        while (jl_csv_next(&csv)) n++;
        assert_true(n <= jl_csv_most_records(csv.text));
        jl_arena_free(csv.arena);
    }
    assert_int_equal(jl_csv_most_records(JL_TEXT("a\r\nb\r\nc")), 3);
    assert_int_equal(jl_csv_most_records(JL_TEXT("a\rb\nc\r\n")), 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_and_fields_are_found),
        cmocka_unit_test(no_text_has_more_records_than_foretold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
