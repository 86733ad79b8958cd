/* SPDX-License-Identifier: Apache-2.0
 *
 * Numbers with decoration: read where the column declares it, refused with help elsewhere.
 */
#include "tables.h"

#define PLAIN .thousands = false
#define THOUSANDS .thousands = true
#define TRIANGLE .minus = TEXT("△")
#define PARENTHESES .minus = TEXT("parentheses")
#define PERCENT .unit = TEXT("%")

static void declared_decoration_is_taken_off(void **state) {
    static const struct {
        jl_column_rule rule;
        const char *text;
        double value;
    } cases[] = {
        {{THOUSANDS}, "1,234", 1234},
        {{THOUSANDS}, "1,234,567.89", 1234567.89},
        {{THOUSANDS}, "-1,234", -1234},
        {{THOUSANDS}, "1234", 1234},
        {{THOUSANDS}, "12", 12},
        {{TRIANGLE}, "△3.5", -3.5},
        {{TRIANGLE}, "△ 3.5", -3.5},
        {{TRIANGLE}, "-3.5", -3.5},
        {{TRIANGLE}, "3.5", 3.5},
        {{PARENTHESES}, "(3.5)", -3.5},
        {{PARENTHESES}, "( 3.5 )", -3.5},
        {{PARENTHESES}, "-3.5", -3.5},
        {{PERCENT}, "95%", 95},
        {{PERCENT}, "95 %", 95},
        {{PERCENT}, "95", 95},
        {{PERCENT, PARENTHESES}, "(3.5%)", -3.5},
        {{PERCENT, PARENTHESES}, "(3.5)%", -3.5},
        {{PERCENT, TRIANGLE}, "△3.5%", -3.5},
        {{THOUSANDS, TRIANGLE}, "△1,234", -1234},
        {{THOUSANDS, PARENTHESES}, "(1,234)", -1234},
        {{.unit = TEXT("명")}, "35명", 35},
        {{TRIANGLE}, "△0", 0},
    };
    (void)state;
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        jl_reading reading = {0};
        jl_cell cell;
        if (!jl_read_written_number(&reading, &cases[i].rule, jl_text_of(cases[i].text), &cell))
            fail_msg("%s", cases[i].text);
        assert_true(cell.value == cases[i].value);
        assert_int_equal(cell.decimal.length, 0);
    }
}

static void what_is_no_number_is_refused_with_help(void **state) {
    static const struct {
        jl_column_rule rule;
        const char *text, *help;
    } cases[] = {
        {{PLAIN}, "1,234", "declare `thousands: yes` for the column"},
        {{PLAIN}, "95%", "declare `unit: \"%\"` for the column"},
        {{PLAIN}, "△3.5", "declare `minus: △` for the column"},
        {{PLAIN}, "▲3.5", "declare `minus: ▲` for the column"},
        {{PLAIN}, "(3.5)", "declare `minus: parentheses` for the column"},
        {{PLAIN}, "(1,234)", "declare `thousands: yes` for the column; declare `minus: parentheses` for the column"},
        {{PLAIN},
         "△1,234%",
         "declare `thousands: yes` for the column; declare `minus: △` for the column; declare `unit: \"%\"` for the "
         "column"},
        {{PLAIN}, "(3.5%)", "declare `minus: parentheses` for the column; declare `unit: \"%\"` for the column"},
        {{PLAIN}, "3건", "declare `unit: \"건\"` for the column"},
        {{TRIANGLE}, "▲3.5", "declare `minus: ▲` for the column"},
        {{THOUSANDS}, "1,23", "commas stand before every three digits"},
        {{THOUSANDS}, "1,2345", "commas stand before every three digits"},
        {{THOUSANDS}, "1234,567", "commas stand before every three digits"},
        {{THOUSANDS}, ",123", "commas stand before every three digits"},
        {{THOUSANDS}, "1,234.567,8", "commas stand before every three digits"},
        {{THOUSANDS}, "1,,234", "commas stand before every three digits"},
        {{PLAIN}, "1,23", NULL},
        {{PARENTHESES}, "(-3)", NULL},
        {{TRIANGLE}, "△-3", NULL},
        {{TRIANGLE}, "△△3", NULL},
        {{PLAIN}, "3/4", NULL},
        {{PLAIN}, "1.2.3", NULL},
        {{PARENTHESES}, "()", "list `()` under `states` if it says that there is no value"},
        {{PERCENT}, "%", "list `%` under `states` if it says that there is no value"},
        {{TRIANGLE}, "△", "list `△` under `states` if it says that there is no value"},
        {{PLAIN}, "없음", "list `없음` under `states` if it says that there is no value"},
    };
    (void)state;
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        fixture tables = {0};
        jl_reading reading = {0};
        jl_cell cell;
        const jl_text text = jl_text_of(cases[i].text);
        assert_int_equal(jeoul_diagnostics_new(&reading.diagnostics), JEOUL_OK);
        tables.diagnostics = reading.diagnostics;
        assert_false(jl_read_written_number(&reading, &cases[i].rule, text, &cell));
        (void)jl_report(reading.diagnostics, JL_BAD_CELL, (jl_span){NULL, 0, 0}, "%s", cases[i].text);
        jl_report_number_help(&reading, &cases[i].rule, text);
        assert_diagnostic(&tables, 0, "JL0405", 0, 0, cases[i].text, cases[i].help);
        jeoul_diagnostics_free(reading.diagnostics);
    }
}

static void numbers_of_a_page_are_refused(void **state) {
    char text[2000];
    jl_reading reading = {0};
    jl_cell cell;
    (void)state;
    memset(text, '1', sizeof text);
    assert_false(jl_read_written_number(&reading, &(jl_column_rule){THOUSANDS}, (jl_text){text, sizeof text}, &cell));
    assert_false(jl_read_written_number(&reading, &(jl_column_rule){PLAIN}, (jl_text){text, sizeof text}, &cell));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(declared_decoration_is_taken_off),
        cmocka_unit_test(what_is_no_number_is_refused_with_help),
        cmocka_unit_test(numbers_of_a_page_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
