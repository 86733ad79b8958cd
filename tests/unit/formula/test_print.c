/* SPDX-License-Identifier: Apache-2.0
 *
 * Printing: the shortest text with the same tree; in sentences, names give way to what stands for them.
 */
#include "formulas.h"

static jl_text print(const formulas *made, const jl_ast *ast) {
    jl_buffer buffer = {NULL, 0, 0, false};
    jl_formula_print(ast, &buffer);
    const jl_text text = jl_arena_copy(made->arena, (jl_text){buffer.data, buffer.length});
    jl_buffer_free(&buffer);
    return text;
}

static void formulas_are_printed_with_the_parentheses_they_need(void **state) {
    const struct {
        const char *written, *printed;
    } cases[] = {
        {"(a+b)*c", "(a + b) * c"},
        {"(a*b)+c", "a * b + c"},
        {"a-(b-c)", "a - (b - c)"},
        {"(a-b)-c", "a - b - c"},
        {"a/(b*c)", "a / (b * c)"},
        {"(-2)^2", "(-2)^2"},
        {"-(2^2)", "-2^2"},
        {"2^(-3)", "2^-3"},
        {"2^(3^2)", "2^3^2"},
        {"(2^3)^2", "(2^3)^2"},
        {"-(a+b)", "-(a + b)"},
        {"a-(-b)", "a - -b"},
        {"(-a)*b", "-a * b"},
        {"not(a and b)or c", "not (a and b) or c"},
        {"(not a)==b", "(not a) == b"},
        {"(a<b)==(c<d)", "(a < b) == (c < d)"},
        {"(a in(1,2))and(b!=c)", "a in (1, 2) and b != c"},
        {"(if a then b else c)+1", "(if a then b else c) + 1"},
        {"if a then b else(if c then d else e)", "if a then b else if c then d else e"},
        {"if(if a then b else c)then d else e", "if if a then b else c then d else e"},
        {"f((if a then b else c),x=[(1),2])", "f(if a then b else c, x = [1, 2])"},
        {"mean(x over 시도,연도 where a==1,from=3)", "mean(x over 시도, 연도 where a == 1, from = 3)"},
        {"count(where a,from=1)", "count(where a, from = 1)"},
        {"count(from=1)", "count(from = 1)"},
        {"`1-1-1`+`집행률`+응답.`점 수`+`if`", "`1-1-1` + 집행률 + 응답.`점 수` + `if`"},
        {"`1단계`(x)", "`1단계`(x)"},
        {"x==\"가\"or x==\"나'\"", "x == '가' or x == \"나'\""},
        {"1_000+5억", "1000 + 500000000"},
    };
    const formulas *made = *state;
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        jeoul_status status;
        const jl_ast *ast = parse_formula(made, jl_text_of(cases[i].written), &status);
        assert_non_null(ast);
        assert_string_equal(print(made, ast).data, cases[i].printed);
    }
}

/* ---- random trees ---- */

static uint32_t next_random(uint32_t *seed, uint32_t below) {
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

static void write_random(jl_buffer *buffer, uint32_t *seed, int depth) {
    static const char *const leaves[] = {"a", "1.5", "'가'", "응답.점수", "`1 가`", "(-a)", "(not b)"};
    static const char *const signs[] = {"+", "-", "*", "/", "^", "==", "<", "and", "or"};
    const uint32_t form = depth == 0 ? 0 : next_random(seed, 7);
    if (form == 0) {
        jl_buffer_format(buffer, "%s", leaves[next_random(seed, JL_COUNT(leaves))]);
        return;
    }
    static const char *const opening[] = {"", "(", "(", "(-", "(not ", "(if ", "f("};
    jl_buffer_format(buffer, "%s", opening[form]);
    write_random(buffer, seed, depth - 1);
    if (form == 1 || form == 2) {
        jl_buffer_format(buffer, " %s ", signs[next_random(seed, JL_COUNT(signs))]);
        write_random(buffer, seed, depth - 1);
    } else if (form == 5) {
        jl_buffer_format(buffer, " then a else ");
        write_random(buffer, seed, depth - 1);
    } else if (form == 6) {
        jl_buffer_format(buffer, " over group where ");
        write_random(buffer, seed, depth - 1);
    }
    jl_buffer_char(buffer, ')');
}

static void what_is_printed_is_read_as_the_same_tree(void **state) {
    const formulas *made = *state;
    uint32_t seed = 1;
    for (int round = 0; round < 3000; round++) {
        jeoul_status status;
        jl_buffer written = {NULL, 0, 0, false}, tree = {NULL, 0, 0, false};
        write_random(&written, &seed, 5);
        const jl_ast *ast = parse_formula(made, (jl_text){written.data, written.length}, &status);
        assert_non_null(ast);
        show(ast, &tree);
        check_tree(made, print(made, ast).data, tree.data, __FILE__, __LINE__);
        jl_buffer_free(&written);
        jl_buffer_free(&tree);
    }
}

/* ---- sentences ---- */

static bool write_number(const jl_ast *ast, void *context, jl_buffer *buffer) {
    size_t *n_asked = context;
    ++*n_asked;
    if (ast->kind == JL_AST_CALL && !jl_text_equal(ast->text, JL_TEXT("mean"))) return false;
    jl_buffer_add(buffer, JL_TEXT("32"));
    return true;
}

static void names_and_calls_give_way_to_numbers(void **state) {
    const formulas *made = *state;
    jeoul_status status;
    jl_buffer buffer = {NULL, 0, 0, false};
    size_t n_asked = 0;
    const jl_ast *ast = parse_formula(made, JL_TEXT("min(실적 / 응답.목표 * 100, mean(x over group))"), &status);
    jl_formula_print_with(ast, write_number, &n_asked, &buffer);
    assert_string_equal(buffer.data, "min(32 / 32 × 100, 32)");
    assert_int_equal(n_asked, 4);
    jl_buffer_free(&buffer);
}

static void identifiers_need_no_backquotes(void **state) {
    (void)state;
    assert_true(jl_formula_is_identifier(JL_TEXT("집행률_2·가")));
    assert_false(jl_formula_is_identifier(JL_TEXT("2단계")));
    assert_false(jl_formula_is_identifier(JL_TEXT("제안 채택률")));
    assert_false(jl_formula_is_identifier(JL_TEXT("where")));
    assert_false(jl_formula_is_identifier(JL_TEXT("")));
}

#define FORMULA_TEST(name) cmocka_unit_test_setup_teardown(name, start_formulas, stop_formulas)

int main(void) {
    const struct CMUnitTest tests[] = {
        FORMULA_TEST(formulas_are_printed_with_the_parentheses_they_need),
        FORMULA_TEST(what_is_printed_is_read_as_the_same_tree),
        FORMULA_TEST(names_and_calls_give_way_to_numbers),
        cmocka_unit_test(identifiers_need_no_backquotes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
