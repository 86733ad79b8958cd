/* SPDX-License-Identifier: Apache-2.0
 *
 * Encodings: what is found, what is declared, what is refused.
 */
#include "tables.h"

#define DEPARTMENT_CP949 "\xBA\xCE\xBC\xAD" /* 부서 */
#define OUTSIDE_EUC_KR "\x94\xEE"           /* 뷁, which only CP949 has */

static const struct {
    const char *claim, *bytes, *declared;
    const char *text;    /* NULL: refused */
    const char *message; /* then */
    uint32_t line;
    const char *help;
} cases[] = {
    {"ASCII", "a,b\n", "", "a,b\n", NULL, 0, NULL},
    {"UTF-8", "부서\n", "", "부서\n", NULL, 0, NULL},
    {"the mark is taken off", "\xEF\xBB\xBF부서\n", "", "부서\n", NULL, 0, NULL},
    {"CP949 is found", DEPARTMENT_CP949 "\n", "", "부서\n", NULL, 0, NULL},
    {"beyond EUC-KR", OUTSIDE_EUC_KR "," DEPARTMENT_CP949, "", "뷁,부서", NULL, 0, NULL},
    {"CP949 is declared", DEPARTMENT_CP949, "CP949", "부서", NULL, 0, NULL},
    {"in small letters", DEPARTMENT_CP949, "cp949", "부서", NULL, 0, NULL},
    {"by the older name", DEPARTMENT_CP949, "EUC-KR", "부서", NULL, 0, NULL},
    {"UTF-8 is declared", "부서", "UTF-8", "부서", NULL, 0, NULL},
    {"the mark beats the declaration", "\xEF\xBB\xBF부서", "CP949", "부서", NULL, 0, NULL},
    {"both readings: declared counts", "\xC2\xA1", "cp949", "징", NULL, 0, NULL},
    {"both readings: UTF-8 comes first", "\xC2\xA1", "", "¡", NULL, 0, NULL},
    {"an empty file", "", "", "", NULL, 0, NULL},
    {"neither", "a\nb\xFF\n", "", NULL, "expected UTF-8 or CP949, found the byte 0xFF", 2,
     "save the file as CSV UTF-8"},
    {"declared UTF-8, but is not", "a\r\nb\r\n" DEPARTMENT_CP949, "UTF-8", NULL, "expected UTF-8, found the byte 0xBA",
     3, NULL},
    {"broken after the mark",
     "\xEF\xBB\xBF"
     "a\n\xBA",
     "", NULL, "expected UTF-8, found the byte 0xBA", 2, NULL},
    {"declared CP949, but is UTF-8", "제안\n채택률", "CP949", NULL, "expected CP949, as declared, found the byte 0xEC",
     1, "the file is UTF-8: leave `encoding` out"},
    {"half a character at the end", "a\n\xBA", "", NULL, "expected UTF-8 or CP949, found the byte 0xBA", 2,
     "save the file as CSV UTF-8"},
    {"UTF-16",
     "\xFF\xFE"
     "a",
     "", NULL, "expected UTF-8 or CP949, found UTF-16", 0, "save the file as CSV UTF-8"},
    {"an unknown name", "a", "latin1", NULL, "unknown encoding `latin1`, expected UTF-8 or CP949", 0, NULL},
};

static void encodings_are_found_declared_or_refused(void **state) {
    (void)state;
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        fixture tables = {0};
        jl_decoded decoded;
        assert_int_equal(jeoul_diagnostics_new(&tables.diagnostics), JEOUL_OK);
        const jeoul_status status = jl_decode(jl_text_of(cases[i].bytes), jl_text_of(cases[i].declared),
                                              JL_TEXT("t.csv"), &decoded, tables.diagnostics);
        if (cases[i].text != NULL) {
            if (status != JEOUL_OK) fail_msg("%s", cases[i].claim);
            assert_true(jl_text_equal(decoded.text, jl_text_of(cases[i].text)));
        } else {
            assert_int_equal(status, JEOUL_DATA);
            assert_null(decoded.owned);
            assert_diagnostic(&tables, 0, "JL0402", cases[i].line, 0, cases[i].message, cases[i].help);
        }
        free(decoded.owned);
        jeoul_diagnostics_free(tables.diagnostics);
    }
}

static void a_zero_byte_is_no_text(void **state) {
    fixture tables = {0};
    jl_decoded decoded;
    (void)state;
    assert_int_equal(jeoul_diagnostics_new(&tables.diagnostics), JEOUL_OK);
    assert_int_equal(jl_decode(JL_TEXT("a\nb\0c"), (jl_text){NULL, 0}, JL_TEXT("t.csv"), &decoded, tables.diagnostics),
                     JEOUL_DATA);
    assert_diagnostic(&tables, 0, "JL0402", 2, 0, "expected text, found the byte 0x00", NULL);
    jeoul_diagnostics_free(tables.diagnostics);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(encodings_are_found_declared_or_refused),
        cmocka_unit_test(a_zero_byte_is_no_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
