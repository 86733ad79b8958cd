/* SPDX-License-Identifier: Apache-2.0
 *
 * `tests:` -> titles and the maps of what is given and expected. The names in them are checked here; the values are
 * read when the tests run, with the types of the tables they go into.
 */
#include "rulebook/read.h"

static void check_row(jl_reader *reader, const jl_yaml *row, uint32_t table) {
    for (size_t cell = 0; row->kind == JL_YAML_MAP && cell < row->n_items; cell++) {
        jl_check_column(reader, table, row->keys[cell]->text, row->keys[cell]->span);
    }
}

static void check_given(jl_reader *reader, const jl_yaml *given) {
    const jl_rulebook *book = reader->book;
    for (size_t item = 0; given != NULL && item < given->n_items; item++) {
        const jl_yaml *name = given->keys[item], *rows = given->items[item];
        const uint32_t table = jl_find_table(reader, name);
        if (table == JL_NONE || book->tables[table].unpivot != NULL) continue; /* then rows have the file's columns */
        for (size_t row = 0; rows->kind == JL_YAML_LIST && row < rows->n_items; row++) {
            check_row(reader, rows->items[row], table);
        }
    }
}

/* `error: JL0501`: scoring this entity fails with that code. */
static void check_expected_error(jl_reader *reader, const jl_yaml *entity) {
    const jl_yaml *error = jl_scalar_at(entity, "error");
    if (error == NULL || jl_code_by_number(error->text) != JL_N_CODES) return;
    jl_refuse(reader, JL_WRONG_VALUE, error->span, "expected the code of a diagnostic, found `%.*s`",
              JL_TEXT_ARG(error->text));
    jl_report_help(reader->diagnostics, "codes look like JL0501");
}

/* A result, a value, a node, or a row of a sheet: BSC평가/제안 채택률. */
static bool is_result(const jl_reader *reader, jl_text name) {
    static const char *const results[] = {"total", "base", "bonus", "penalty", "rank", "grade", "error"};
    for (size_t k = 0; k < JL_COUNT(results); k++) {
        if (jl_text_equal(name, jl_text_of(results[k]))) return true;
    }
    for (size_t length = 1; length < name.length; length++) {
        const jl_id_place *place = name.data[length] == '/' ? jl_find_id(reader, (jl_text){name.data, length}) : NULL;
        if (place == NULL || place->node == JL_NONE) continue;
        if (reader->book->nodes[place->node].kind == JL_NODE_SHEET) return true;
    }
    return jl_find_id(reader, name) != NULL;
}

static void check_results(jl_reader *reader, const jl_yaml *entity) {
    for (size_t k = 0; entity->kind == JL_YAML_MAP && k < entity->n_items; k++) {
        const jl_yaml *name = entity->keys[k];
        if (is_result(reader, name->text)) continue;
        jl_refuse(reader, JL_UNKNOWN_NAME, name->span, "unknown result `%.*s`", JL_TEXT_ARG(name->text));
        jl_report_nearest_id(reader, name->text);
    }
    check_expected_error(reader, entity);
}

void jl_read_tests(jl_reader *reader, const jl_yaml *root) {
    const jl_yaml *list = jl_list_at(root, "tests");
    jl_test_rule *tests = list != NULL ? jl_reader_array(reader, list->n_items, sizeof(jl_test_rule)) : NULL;
    size_t n_tests = 0;
    for (size_t item = 0; tests != NULL && item < list->n_items; item++) {
        const jl_yaml *map = list->items[item];
        if (map->kind != JL_YAML_MAP) continue;
        tests[n_tests++] = (jl_test_rule){jl_text_at(map, "title"), jl_map_span(map), jl_map_at(map, "given"),
                                          jl_map_at(map, "expect")};
        check_given(reader, jl_map_at(map, "given"));
        const jl_yaml *expect = jl_map_at(map, "expect");
        for (size_t entity = 0; reader->book->n_nodes > 0 && expect != NULL && entity < expect->n_items; entity++) {
            check_results(reader, expect->items[entity]);
        }
    }
    reader->book->tests = tests;
    reader->book->n_tests = n_tests;
}
