/* SPDX-License-Identifier: Apache-2.0
 *
 * Tables: columns stand keys first, derived last, with the types and options of the rulebook.
 */
#include "rulebooks.h"

#define REST SCORECARD RESULTS

static void columns_stand_keys_first_and_derived_last(void **state) {
    const jl_rulebook *book =
        read_rulebook(*state, HEAD "tables:\n"
                                   "  부서:\n"
                                   "    key: [연도, 부서]\n"
                                   "    derive: {비율: 실적 / 목표}\n"
                                   "    columns: {실적: number, 연도: year, 목표: number}\n" REST);
    static const char *const names[] = {"연도", "부서", "실적", "목표", "비율"};
    const jl_table_rule *table = &book->tables[0];
    assert_int_equal(table->n_columns, JL_COUNT(names));
    assert_int_equal(table->n_keys, 2);
    for (size_t k = 0; k < JL_COUNT(names); k++) {
        assert_text(table->columns[k].name, names[k]);
        assert_int_equal(table->columns[k].is_key, k < 2);
    }
    assert_int_equal(table->columns[0].type, JL_COLUMN_YEAR);
    assert_int_equal(table->columns[1].type, JL_COLUMN_TEXT);
    assert_formula(table->columns[4].derive, "실적 / 목표");
    assert_null(table->columns[2].derive);
}

static void types_have_a_short_and_a_full_form(void **state) {
    const jl_rulebook *book =
        read_rulebook(*state, HEAD "tables:\n"
                                   "  부서:\n"
                                   "    key: 부서\n"
                                   "    columns:\n"
                                   "      실적: {number: {min: -1.5, max: 1_000, thousands: yes, minus: △, unit: "
                                   "\"%\", blank: 0, header: 실적(건)}}\n"
                                   "      분기: quarter\n"
                                   "      월: {month: {blank: error}}\n"
                                   "      시작일: date\n"
                                   "      비고: {text: {blank: not_due, title: 비고란}}\n"
                                   "      등급: [S, A]\n"
                                   "      난이도: {ordered: {of: [하, 중, 상]}}\n"
                                   "      방향: {상향: up, 하향: down}\n"
                                   "      배수: {choice: {of: {높음: 1.2, 낮음: 1}, states: {없음: not_applicable}}}\n"
                                   "      상위부서: 부서\n"
                                   "      사업: {사업: {header: 사업번호}}\n"
                                   "  사업: {key: 사업}\n" REST);
    const jl_table_rule *table = &book->tables[0];
    const jl_column_rule *number = column_named(table, "실적"), *direction = column_named(table, "방향");
    const jl_column_rule *factor = column_named(table, "배수"), *order = column_named(table, "난이도");
    assert_text(number->minimum, "-1.5");
    assert_text(number->maximum, "1000");
    assert_text(number->minus, "△");
    assert_text(number->unit, "%");
    assert_text(number->header, "실적(건)");
    assert_true(number->thousands);
    assert_int_equal(number->blank, JL_BLANK_NUMBER);
    assert_text(number->blank_number, "0");
    assert_int_equal(column_named(table, "분기")->type, JL_COLUMN_QUARTER);
    assert_int_equal(column_named(table, "월")->type, JL_COLUMN_MONTH);
    assert_int_equal(column_named(table, "월")->blank, JL_BLANK_ERROR);
    assert_int_equal(column_named(table, "시작일")->type, JL_COLUMN_DATE);
    assert_int_equal(column_named(table, "비고")->blank, JL_BLANK_STATE);
    assert_int_equal(column_named(table, "비고")->blank_state, JL_NOT_DUE);
    assert_int_equal(column_named(table, "등급")->type, JL_COLUMN_CHOICE);
    assert_int_equal(column_named(table, "등급")->blank_state, JL_MISSING);
    assert_int_equal(order->type, JL_COLUMN_ORDERED);
    assert_int_equal(order->n_choices, 3);
    assert_text(direction->choices[1].text, "하향");
    assert_text(direction->choices[1].word, "down");
    assert_false(direction->choices[1].is_number);
    assert_true(factor->choices[0].is_number);
    assert_text(factor->choices[0].word, "1.2");
    assert_int_equal(factor->states[0].state, JL_NOT_APPLICABLE);
    assert_int_equal(column_named(table, "상위부서")->type, JL_COLUMN_REFERENCE);
    assert_int_equal(column_named(table, "상위부서")->target, 0);
    assert_int_equal(column_named(table, "사업")->target, 1);
    assert_text(column_named(table, "사업")->header, "사업번호");
}

static void tables_say_how_their_files_are_read(void **state) {
    const jl_rulebook *book = read_rulebook(
        *state, HEAD "states: {해당없음: not_applicable}\n"
                     "tables:\n"
                     "  부서: {key: 부서, columns: {실적: number}}\n"
                     "  평가:\n"
                     "    key: [과제, 위원]\n"
                     "    columns: {점수: number, 개정일: date, 이름: {text: {states: {모름: missing}}}}\n"
                     "    title: 이름\n"
                     "    file: 평가표.csv\n"
                     "    encoding: cp949\n"
                     "    others: number\n"
                     "    unpivot: {from: [위원1, 위원2], name: 위원, value: 점수}\n"
                     "    valid_from: 개정일\n"
                     "    states: {미도래: not_due}\n"
                     "    header: {과제: 과제명}\n" REST);
    const jl_table_rule *table = &book->tables[1];
    assert_text(table->title_column, "이름");
    assert_text(table->file, "평가표.csv");
    assert_text(table->encoding, "cp949");
    assert_int_equal(table->others, JL_OTHERS_NUMBER);
    assert_int_equal(table->unpivot->n_from, 2);
    assert_text(table->unpivot->from[1], "위원2");
    assert_text(table->unpivot->value, "점수");
    assert_int_equal(table->valid_from, jl_table_column(table, JL_TEXT("개정일")));
    assert_text(table->columns[0].header, "과제명");
    assert_int_equal(column_named(table, "점수")->states[0].state, JL_NOT_DUE);
    assert_int_equal(column_named(table, "이름")->states[0].state, JL_MISSING);
    assert_int_equal(book->states[0].state, JL_NOT_APPLICABLE);
    assert_int_equal(book->tables[0].valid_from, JL_NONE);
    assert_int_equal(book->tables[0].others, JL_OTHERS_NOTE);
}

static void tables_and_columns_are_found_by_name(void **state) {
    const jl_rulebook *book = read_rulebook(*state, HEAD TABLES REST);
    assert_int_equal(jl_rulebook_table(book, JL_TEXT("부서")), 0);
    assert_int_equal(jl_rulebook_table(book, JL_TEXT("부")), JL_NONE);
    assert_int_equal(jl_table_column(&book->tables[0], JL_TEXT("목표")), 3);
    assert_int_equal(jl_table_column(&book->tables[0], JL_TEXT("")), JL_NONE);
}

#define READ_TEST(name) cmocka_unit_test_setup_teardown(name, start_rulebooks, stop_rulebooks)

int main(void) {
    const struct CMUnitTest tests[] = {
        READ_TEST(columns_stand_keys_first_and_derived_last),
        READ_TEST(types_have_a_short_and_a_full_form),
        READ_TEST(tables_say_how_their_files_are_read),
        READ_TEST(tables_and_columns_are_found_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
