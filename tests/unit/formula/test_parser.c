/* SPDX-License-Identifier: Apache-2.0
 *
 * Formulas are read with the precedence of the language; what cannot be read is reported where it stands, with advice.
 */
#include "formulas.h"

typedef struct tree_case {
    int line;
    const char *formula, *tree;
} tree_case;

static void check_trees(void **state, const tree_case *cases, size_t n_cases) {
    for (size_t i = 0; i < n_cases; i++) {
        check_tree(*state, cases[i].formula, cases[i].tree, __FILE__, cases[i].line);
    }
}

static void operators_bind_in_the_order_of_the_language(void **state) {
    const tree_case cases[] = {
        {__LINE__, "a + b * c", "(+ a (* b c))"},
        {__LINE__, "(a + b) * c", "(* (+ a b) c)"},
        {__LINE__, "a - b - c", "(- (- a b) c)"},
        {__LINE__, "a / b / c", "(/ (/ a b) c)"},
        {__LINE__, "a / b * c", "(* (/ a b) c)"},
        {__LINE__, "-2^2", "(neg (^ 2 2))"},
        {__LINE__, "2^3^2", "(^ 2 (^ 3 2))"},
        {__LINE__, "2^-3^2", "(^ 2 (neg (^ 3 2)))"},
        {__LINE__, "-a * b", "(* (neg a) b)"},
        {__LINE__, "a * -b + c", "(+ (* a (neg b)) c)"},
        {__LINE__, "- -a", "(neg (neg a))"},
        {__LINE__, "a + b < c * d", "(< (+ a b) (* c d))"},
        {__LINE__, "not a == b", "(not (== a b))"},
        {__LINE__, "not not a", "(not (not a))"},
        {__LINE__, "not a and b or c", "(or (and (not a) b) c)"},
        {__LINE__, "a or b and c", "(or a (and b c))"},
        {__LINE__, "a and not b", "(and a (not b))"},
        {__LINE__, "a in (1, 2) and b", "(and (in a 1 2) b)"},
        {__LINE__, "a + 1 in (1, -2)", "(in (+ a 1) 1 (neg 2))"},
        {__LINE__, "if a then b else c + 1", "(if a b (+ c 1))"},
        {__LINE__, "if a then b else if c then d else e", "(if a b (if c d e))"},
        {__LINE__, "1 + (if a then b else c)", "(+ 1 (if a b c))"},
        {__LINE__, "[a, b + 1, [c]]", "(list a (+ b 1) (list c))"},
    };
    check_trees(state, cases, JL_COUNT(cases));
}

static void calls_take_arguments_over_where_and_names(void **state) {
    const tree_case cases[] = {
        {__LINE__, "count()", "(call count)"},
        {__LINE__, "abs(a)", "(call abs a)"},
        {__LINE__, "max(a, b, c)", "(call max a b c)"},
        {__LINE__, "achievement(실적, 목표, up, cap = 100, floor = 1 + 1)",
         "(call achievement 실적 목표 up cap=100 floor=(+ 1 1))"},
        {__LINE__, "f(cap = 100)", "(call f cap=100)"},
        {__LINE__, "mean(x over group)", "(call mean x over group)"},
        {__LINE__, "mean(x over 시도, 연도)", "(call mean x over 시도 over 연도)"},
        {__LINE__, "mean(x over 시도, 연도 where a == 1, from = 3)", "(call mean x over 시도 over 연도 where (== a 1) from=3)"},
        {__LINE__, "mean(x over 시도, 부서.군, from = 3, fewer = 0)", "(call mean x over 시도 over 부서.군 from=3 fewer=0)"},
        {__LINE__, "count(where a)", "(call count where a)"},
        {__LINE__, "count(공약 where a or b)", "(call count 공약 where (or a b))"},
        {__LINE__, "mean(mean(응답.점수) over group)", "(call mean (call mean 응답.점수) over group)"},
        {__LINE__, "`1단계`(x)", "(call 1단계 x)"},
        {__LINE__, "mean (x)", "(call mean x)"},
    };
    check_trees(state, cases, JL_COUNT(cases));
}

static void names_are_letters_then_digits_underscores_and_middle_dots(void **state) {
    const tree_case cases[] = {
        {__LINE__, "집행액2_a·b", "집행액2_a·b"},
        {__LINE__, "`1-1-1` + `제안 채택률`", "(+ 1-1-1 제안 채택률)"},
        {__LINE__, "응답.점수 + 응답.`점 수`", "(+ 응답.점수 응답.점 수)"},
        {__LINE__, "iffy + overall", "(+ iffy overall)"},
        {__LINE__, "\u1109\u1175\u11AF\u110C\u1165\u11A8", "실적"},
        {__LINE__, "`\u1109\u1175\u11AF\u110C\u1165\u11A8`", "실적"},
        {__LINE__, "'\u1109\u1175\u11AF\u110C\u1165\u11A8'", "'실적'"},
        {__LINE__, "만 + 억원", "(+ 만 억원)"},
        {__LINE__, "a\u00A0+\u3000b", "(+ a b)"},
        {__LINE__, "x == '가 \"나\"' or x == \"다 '라'\"", "(or (== x '가 \"나\"') (== x '다 '라''))"},
    };
    check_trees(state, cases, JL_COUNT(cases));
}

static void numbers_are_plain_decimals_and_words_multiply(void **state) {
    const tree_case cases[] = {
        {__LINE__, "0", "0"},           {__LINE__, "0.50", "0.50"},         {__LINE__, "1_000_000", "1000000"},
        {__LINE__, "9.7E-7", "9.7E-7"}, {__LINE__, "5억", "500000000"},      {__LINE__, "2.5억", "250000000"},
        {__LINE__, "0.5만", "5000"},    {__LINE__, "1.23456만", "12345.6"},  {__LINE__, "0.00001만", "0.1"},
        {__LINE__, "3조", "3000000000000"}, {__LINE__, "1_200만", "12000000"}, {__LINE__, "0억", "0"},
        {__LINE__, "2017-12", "(- 2017 12)"},
    };
    check_trees(state, cases, JL_COUNT(cases));
}

typedef struct fault_case {
    int line;
    const char *formula, *caret, *code, *said;
} fault_case;

/* The first diagnostic stands under the caret, has the code, and says the words in its message or its help. */
static void check_fault(const formulas *made, const fault_case *fault) {
    jeoul_status status;
    jeoul_diagnostic view;
    jeoul_diagnostics_clear(made->diagnostics);
    const jl_ast *ast = parse_formula(made, jl_text_of(fault->formula), &status);
    if (ast != NULL || jeoul_diagnostics_get(made->diagnostics, 0, &view) != JEOUL_OK) {
        print_error("line %d: `%s` is read without an error\n", fault->line, fault->formula);
        _fail(__FILE__, fault->line);
    }
    _assert_int_equal(status, JEOUL_RULEBOOK, __FILE__, fault->line);
    _assert_string_equal(view.code, fault->code, __FILE__, fault->line);
    _assert_int_equal(view.column, strspn(fault->caret, " ") + 1, __FILE__, fault->line);
    if (strstr(view.message, fault->said) == NULL && (view.help == NULL || strstr(view.help, fault->said) == NULL)) {
        print_error("line %d: \"%s\" (%s) does not say \"%s\"\n", fault->line, view.message, view.help, fault->said);
        _fail(__FILE__, fault->line);
    }
}

static void check_faults(void **state, const fault_case *cases, size_t n_cases) {
    for (size_t i = 0; i < n_cases; i++) check_fault(*state, &cases[i]);
}

static void signs_of_other_languages_are_answered_with_the_right_ones(void **state) {
    const fault_case cases[] = {
        {__LINE__, "실적 % 2",
                   "   ^", "JL0201", "no `%` in formulas"},
        {__LINE__, "a = b",
                   "  ^", "JL0201", "`==`"},
        {__LINE__, "f(a where b = 1)",
                   "            ^", "JL0201", "`==`"},
        {__LINE__, "a && b",
                   "  ^", "JL0201", "`and`"},
        {__LINE__, "a || b",
                   "  ^", "JL0201", "`or`"},
        {__LINE__, "!a",
                   "^", "JL0201", "`not`"},
        {__LINE__, "a × b",
                   "  ^", "JL0201", "`*`"},
        {__LINE__, "a ÷ b",
                   "  ^", "JL0201", "`/`"},
        {__LINE__, "a − b",
                   "  ^", "JL0201", "`-`"},
        {__LINE__, "a ≥ b",
                   "  ^", "JL0201", "`>=`"},
        {__LINE__, "a ≠ b",
                   "  ^", "JL0201", "`!=`"},
        {__LINE__, "a <> b",
                   "  ^", "JL0201", "`!=`"},
        {__LINE__, "a ** b",
                   "  ^", "JL0201", "`^`"},
        {__LINE__, "f（a)",
                   " ^", "JL0201", "narrow"},
        {__LINE__, "a == “가”",
                   "     ^", "JL0201", "straight quotes"},
        {__LINE__, "a == ‘가’ and b",
                   "     ^", "JL0201", "straight quotes"},
        {__LINE__, "가・나",
                   " ^", "JL0201", "U+00B7"},
        {__LINE__, "a $ b",
                   "  ^", "JL0201", "U+0024"},
        {__LINE__, "a AND b",
                   "  ^", "JL0201", "write `and`"},
        {__LINE__, "제안 채택률",
                   "   ^", "JL0201", "backquotes"},
    };
    check_faults(state, cases, JL_COUNT(cases));
}

static void numbers_that_could_mean_something_else_are_refused(void **state) {
    const fault_case cases[] = {
        {__LINE__, "a + 0x1F",
                   "    ^", "JL0213", "decimal"},
        {__LINE__, "007",
                   "^", "JL0213", "leading zeros"},
        {__LINE__, "1__0",
                   "^", "JL0213", "between two digits"},
        {__LINE__, "10_",
                   "^", "JL0213", "between two digits"},
        {__LINE__, "월 <= 2017-01-01",
                   "     ^", "JL0213", "dates in quotes"},
        {__LINE__, "2x",
                   "^", "JL0213", "backquotes"},
        {__LINE__, "5만원",
                   "^", "JL0213", "backquotes"},
        {__LINE__, "1e999",
                   "^", "JL0213", "400"},
        {__LINE__, ".5",
                   "^", "JL0201", "0.5"},
    };
    check_faults(state, cases, JL_COUNT(cases));
}

static void formulas_that_break_off_or_run_on_are_refused(void **state) {
    const fault_case cases[] = {
        {__LINE__, "a +",
                   "   ^", "JL0201", "the end of the formula"},
        {__LINE__, "(a + b",
                   "      ^", "JL0201", "`)`"},
        {__LINE__, "a + b)",
                   "     ^", "JL0201", "found `)`"},
        {__LINE__, "f(a,)",
                   "    ^", "JL0201", "an argument after `,`"},
        {__LINE__, "f(a, over group)",
                   "     ^", "JL0201", "an argument after `,`"},
        {__LINE__, "f(a b)",
                   "    ^", "JL0201", "`,`"},
        {__LINE__, "f(a = 1, b)",
                   "         ^", "JL0201", "named arguments come last"},
        {__LINE__, "f(a, from = 3 over group)",
                   "              ^", "JL0201", "the order is"},
        {__LINE__, "f(a where b over group)",
                   "            ^", "JL0201", "the order is"},
        {__LINE__, "f(a over 3)",
                   "         ^", "JL0201", "a name"},
        {__LINE__, "a.b.c",
                   "   ^", "JL0201", "found `.`"},
        {__LINE__, "a < b < c",
                   "      ^", "JL0201", "a < b and b < c"},
        {__LINE__, "if a then b",
                   "           ^", "JL0201", "always has an `else`"},
        {__LINE__, "1 + if a then b else c",
                   "    ^", "JL0201", "in parentheses"},
        {__LINE__, "a == not b",
                   "     ^", "JL0201", "in parentheses"},
        {__LINE__, "a not in (b)",
                   "  ^", "JL0201", "not x in"},
        {__LINE__, "a in b",
                   "     ^", "JL0201", "x in ('a', 'b')"},
        {__LINE__, "(a, b)",
                   "  ^", "JL0201", "[a, b, c]"},
        {__LINE__, "[]",
                   " ^", "JL0201", "expected a number, a name"},
        {__LINE__, "x == '가",
                   "     ^", "JL0201", "closing `'`"},
        {__LINE__, "a + ``",
                   "    ^", "JL0201", "between the backquotes"},
    };
    check_faults(state, cases, JL_COUNT(cases));
}

static void mistakes_with_a_clear_meaning_do_not_hide_each_other(void **state) {
    const formulas *made = *state;
    jeoul_status status;
    assert_null(parse_formula(made, JL_TEXT("a × 2 = 0x1 and b < c < d && 007 > “가”"), &status));
    assert_int_equal(jeoul_diagnostics_error_count(made->diagnostics), 7);
}

static void nodes_are_numbered_after_their_children(void **state) {
    const formulas *made = *state;
    jeoul_status status;
    const jl_ast *ast = parse_formula(made, JL_TEXT("mean(x + 1 over 시도 where a, from = 3) * [b]"), &status);
    assert_non_null(ast);
    assert_int_equal(ast->index, 9);
    assert_int_equal(ast->children[0]->index, 6);
    assert_int_equal(ast->children[0]->where->index, 4);
    assert_int_equal(ast->children[0]->over[0]->index, 3);
}

static void spans_cover_what_was_written(void **state) {
    const formulas *made = *state;
    jeoul_status status;
    const jl_ast *ast = parse_formula(made, JL_TEXT(" (a + 응답.점수) * f(b) "), &status);
    assert_non_null(ast);
    assert_true(jl_text_equal(jl_span_text(ast->span), JL_TEXT("(a + 응답.점수) * f(b)")));
    assert_true(jl_text_equal(jl_span_text(ast->children[0]->span), JL_TEXT("(a + 응답.점수)")));
    assert_true(jl_text_equal(jl_span_text(ast->children[0]->children[1]->name_span), JL_TEXT("점수")));
    assert_true(jl_text_equal(jl_span_text(ast->children[1]->name_span), JL_TEXT("f")));
}

static jl_text repeated(const formulas *made, const char *before, const char *middle, const char *after, size_t times) {
    jl_buffer buffer = {NULL, 0, 0, false};
    jl_buffer_repeat(&buffer, before, times);
    jl_buffer_add(&buffer, jl_text_of(middle));
    jl_buffer_repeat(&buffer, after, times);
    const jl_text copy = jl_arena_copy(made->arena, (jl_text){buffer.data, buffer.length});
    jl_buffer_free(&buffer);
    return copy;
}

static void depth_and_length_have_limits(void **state) {
    const formulas *made = *state;
    const struct {
        jl_text formula;
        bool accepted;
    } cases[] = {
        {repeated(made, "(", "a", ")", 98), true},  {repeated(made, "(", "a", ")", 101), false},
        {repeated(made, "-", "a", "", 98), true},   {repeated(made, "-", "a", "", 101), false},
        {repeated(made, "", "a", "+a", 98), true},  {repeated(made, "", "a", "+a", 101), false},
        {repeated(made, "f(", "a", ")", 98), true}, {repeated(made, "f(", "a", ")", 4000), false},
        {repeated(made, "a^", "a", "", 4000), false}, {repeated(made, "", "a", " ", 8191), true},
        {repeated(made, "", "a", " ", 8192), false},
    };
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        jeoul_status status;
        jeoul_diagnostic view;
        jeoul_diagnostics_clear(made->diagnostics);
        assert_int_equal(parse_formula(made, cases[i].formula, &status) != NULL, cases[i].accepted);
        if (cases[i].accepted) continue;
        assert_int_equal(jeoul_diagnostics_get(made->diagnostics, 0, &view), JEOUL_OK);
        assert_string_equal(view.code, "JL0211");
    }
}

#define FORMULA_TEST(name) cmocka_unit_test_setup_teardown(name, start_formulas, stop_formulas)

int main(void) {
    const struct CMUnitTest tests[] = {
        FORMULA_TEST(operators_bind_in_the_order_of_the_language),
        FORMULA_TEST(calls_take_arguments_over_where_and_names),
        FORMULA_TEST(names_are_letters_then_digits_underscores_and_middle_dots),
        FORMULA_TEST(numbers_are_plain_decimals_and_words_multiply),
        FORMULA_TEST(signs_of_other_languages_are_answered_with_the_right_ones),
        FORMULA_TEST(numbers_that_could_mean_something_else_are_refused),
        FORMULA_TEST(formulas_that_break_off_or_run_on_are_refused),
        FORMULA_TEST(mistakes_with_a_clear_meaning_do_not_hide_each_other),
        FORMULA_TEST(nodes_are_numbered_after_their_children),
        FORMULA_TEST(spans_cover_what_was_written),
        FORMULA_TEST(depth_and_length_have_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
