/* SPDX-License-Identifier: Apache-2.0
 *
 * YAML: every value knows its bytes in the file, whatever stands before it.
 */
#include "rulebook/yaml.h"
#include "rulebooks.h"

static const jl_yaml *read_tree(rulebooks *made, jl_text text) {
    jeoul_status status;
    made->source = (jl_source){JL_TEXT("test.yaml"), text};
    const jl_yaml *root = jl_yaml_read(made->arena, &made->source, made->diagnostics, &status);
    if (root == NULL || status != JEOUL_OK) show_diagnostics(made);
    assert_non_null(root);
    assert_int_equal(status, JEOUL_OK);
    return root;
}

static void spans_are_bytes_of_the_value(void **state) {
    const struct {
        const char *text, *value;
        bool plain, quoted;
    } cases[] = {
        {"키: 값", "값", true, false},
        {"\xEF\xBB\xBF"
         "키: 값",
         "값", true, false},
        {"# 주석\r\n\r\n키: 값\r\n", "값", true, false},
        {"가: 나\n키:   값  # 주석", "값", true, false},
        {"키: '값 값'", "값 값", true, true},
        {"키: \"값\"", "값", true, true},
        {"키: \"가 '나'\"", "가 '나'", true, true},
        {"키: '가 ''나'''", "가 '나'", false, true},
        {"키: \"\\uAC00\"", "가", false, true},
        {"키: 가\n  나", "가 나", false, false},
        {"키: \"가\n  나\"", "가 나", false, true},
        {"키: |\n  가\n", "가\n", false, true},
        {"{가: 😀, 키: 값}", "값", true, false},
        {"키:", "", true, false},
        {"키: \u1100\u1161", "가", true, false}, /* the bytes of the file, though the value is composed */
    };
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        const jl_yaml *value = jl_yaml_get(read_tree(*state, jl_text_of(cases[i].text)), "키");
        assert_non_null(value);
        assert_text(value->text, cases[i].value);
        assert_int_equal(value->plain, cases[i].plain);
        assert_int_equal(value->quoted, cases[i].quoted);
        if (value->plain && i + 1 < JL_COUNT(cases)) assert_text(jl_span_text(value->span), cases[i].value);
    }
}

static void keys_are_composed_so_that_files_of_all_systems_are_the_same(void **state) {
    const jl_yaml *root = read_tree(*state, JL_TEXT("\u1109\u1175\u11AF\u110C\u1165\u11A8: 1\n"));
    assert_non_null(jl_yaml_get(root, "실적"));
    assert_null(jl_yaml_get(root, "목표"));
}

static void blocks_end_with_their_last_value(void **state) {
    const jl_yaml *root = read_tree(*state, JL_TEXT("가:\n  - 1\n  - 나: 2\n\n# 주석\n다: {라: 3 }\n"));
    assert_text(jl_span_text(jl_yaml_get(root, "가")->span), "- 1\n  - 나: 2");
    assert_text(jl_span_text(jl_yaml_get(root, "다")->span), "{라: 3 }");
}

static void marks_that_walk_back_find_their_bytes(void **state) {
    jl_buffer text = {NULL, 0, 0, false};
    for (int k = 0; k < 300; k++) jl_buffer_format(&text, "키%d: {가: [나, '다', {라: %d}], 마: \"바\"}\n", k, k);
    const jl_yaml *root = read_tree(*state, (jl_text){text.data, text.length});
    assert_int_equal(root->n_items, 300);
    for (size_t k = 0; k < root->n_items; k++) {
        const jl_yaml *last = jl_yaml_get(jl_yaml_get(root->items[k], "가")->items[2], "라");
        assert_true(jl_text_equal(jl_span_text(last->span), last->text));
        assert_text(jl_span_text(jl_yaml_get(root->items[k], "마")->span), "바");
    }
    jl_buffer_free(&text);
}

static void files_beyond_the_limits_are_refused(void **state) {
    rulebooks *made = *state;
    jl_buffer many = {NULL, 0, 0, false}, large = {NULL, 0, 0, false};
    jeoul_status status;
    jeoul_diagnostic view;
    jl_buffer_char(&many, '[');
    jl_buffer_repeat(&many, "1,", JL_YAML_MAX_NODES);
    jl_buffer_char(&many, ']');
    jl_buffer_repeat(&large, "#", JL_YAML_MAX_BYTES + 1);
    const jl_source sources[] = {{JL_TEXT("many"), {many.data, many.length}},
                                 {JL_TEXT("large"), {large.data, large.length}}};
    for (size_t i = 0; i < JL_COUNT(sources); i++) {
        assert_null(jl_yaml_read(made->arena, &sources[i], made->diagnostics, &status));
        assert_int_equal(status, JEOUL_RULEBOOK);
        assert_int_equal(jeoul_diagnostics_get(made->diagnostics, i, &view), JEOUL_OK);
        assert_string_equal(view.code, "JL0107");
    }
    jl_buffer_free(&many);
    jl_buffer_free(&large);
}

static void text_that_is_not_utf8_is_refused_where_it_stops_to_be(void **state) {
    rulebooks *made = *state;
    jeoul_status status;
    jeoul_diagnostic view;
    const jl_source source = {JL_TEXT("test.yaml"), JL_TEXT("jeoul: 1\ntitle: \xBC\xBA\xB0\xFA\n")}; /* CP949 */
    assert_null(jl_yaml_read(made->arena, &source, made->diagnostics, &status));
    assert_int_equal(status, JEOUL_RULEBOOK);
    assert_int_equal(jeoul_diagnostics_get(made->diagnostics, 0, &view), JEOUL_OK);
    assert_string_equal(view.code, "JL0108");
    assert_int_equal(view.line, 2);
    assert_int_equal(view.column, 8);
}

static void places_are_found_in_the_tree(void **state) {
    const struct {
        const char *at, *path;
    } cases[] = {
        {"가:", "가"},
        {"나:", "가[0].나"},
        {"다", "가[0].나[1]"},
        {"라", "마.라"},
    };
    const char *text = "가:\n  - 나: [1, 다]\n마: {라: 2  } # 끝\n";
    const jl_yaml *root = read_tree(*state, jl_text_of(text));
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        jl_buffer path = {NULL, 0, 0, false};
        jl_yaml_path(root, (uint32_t)(strstr(text, cases[i].at) - text), &path);
        assert_string_equal(path.data, cases[i].path);
        jl_buffer_free(&path);
    }
}

#define YAML_TEST(name) cmocka_unit_test_setup_teardown(name, start_rulebooks, stop_rulebooks)

int main(void) {
    const struct CMUnitTest tests[] = {
        YAML_TEST(spans_are_bytes_of_the_value),
        YAML_TEST(keys_are_composed_so_that_files_of_all_systems_are_the_same),
        YAML_TEST(blocks_end_with_their_last_value),
        YAML_TEST(marks_that_walk_back_find_their_bytes),
        YAML_TEST(text_that_is_not_utf8_is_refused_where_it_stops_to_be),
        YAML_TEST(places_are_found_in_the_tree),
        YAML_TEST(files_beyond_the_limits_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
