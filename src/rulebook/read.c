/* SPDX-License-Identifier: Apache-2.0
 *
 * Small pieces of a rulebook that stand in many places: names, numbers, formulas, settings per group, policies.
 */
#include "rulebook/read.h"

#include <stdarg.h>

void jl_reader_note(jl_reader *reader, jeoul_status status) {
    if (reader->status == JEOUL_OK || status == JEOUL_NO_MEMORY) {
        reader->status = status;
    }
}

void jl_refuse(jl_reader *reader, jl_code code, jl_span span, const char *format, ...) {
    jl_buffer message = {NULL, 0, 0, false};
    va_list arguments;
    va_start(arguments, format);
    jl_buffer_format_list(&message, format, arguments);
    va_end(arguments);
    jl_reader_note(reader,
                   message.failed ? JEOUL_NO_MEMORY : jl_report(reader->diagnostics, code, span, "%s", message.data));
    jl_buffer_free(&message);
}

void *jl_reader_array(jl_reader *reader, size_t n, size_t size) {
    void *array = jl_arena_array(reader->arena, n > 0 ? n : 1, size);
    if (array == NULL) {
        jl_reader_note(reader, JEOUL_NO_MEMORY);
    }
    return array;
}

/* ---- values of keys ---- */

static const jl_yaml *value_of_kind(const jl_yaml *map, const char *key, jl_yaml_kind kind) {
    const jl_yaml *value = jl_yaml_get(map, key);
    return value != NULL && value->kind == kind ? value : NULL;
}

const jl_yaml *jl_scalar_at(const jl_yaml *map, const char *key) {
    const jl_yaml *value = value_of_kind(map, key, JL_YAML_SCALAR);
    return value != NULL && !value->wrong && value->text.length > 0 ? value : NULL;
}

const jl_yaml *jl_map_at(const jl_yaml *map, const char *key) {
    return value_of_kind(map, key, JL_YAML_MAP);
}

const jl_yaml *jl_list_at(const jl_yaml *map, const char *key) {
    return value_of_kind(map, key, JL_YAML_LIST);
}

jl_text jl_text_at(const jl_yaml *map, const char *key) {
    const jl_yaml *value = jl_scalar_at(map, key);
    return value != NULL ? value->text : (jl_text){NULL, 0};
}

int jl_word_at(const jl_yaml *map, const char *key, jl_scalar scalar, int otherwise) {
    const int index = jl_word_index(scalar, jl_text_at(map, key));
    return index >= 0 ? index : otherwise;
}

bool jl_yes_at(const jl_yaml *map, const char *key) {
    return jl_word_at(map, key, JL_SCALAR_YES_NO, 0) % 2 == 1; /* no, yes, false, true */
}

int jl_integer_at(const jl_yaml *map, const char *key, int otherwise) {
    int value;
    return jl_read_integer(jl_text_at(map, key), &value) ? value : otherwise;
}

jl_text jl_decimal_of(jl_reader *reader, const jl_yaml *node) {
    jl_text decimal;
    if (!jl_read_decimal(reader->arena, node, &decimal)) {
        jl_reader_note(reader, JEOUL_NO_MEMORY);
    }
    return decimal;
}

jl_text jl_decimal_at(jl_reader *reader, const jl_yaml *map, const char *key) {
    return jl_decimal_of(reader, jl_scalar_at(map, key));
}

jl_span jl_map_span(const jl_yaml *map) {
    return map->kind == JL_YAML_MAP && map->n_items > 0 ? map->keys[0]->span : map->span;
}

jl_span jl_key_span(const jl_yaml *map, const char *key) {
    const jl_text name = jl_text_of(key);
    size_t item = 0;
    while (item < map->n_items && !jl_text_equal(map->keys[item]->text, name)) {
        item++;
    }
    return item < map->n_items ? map->keys[item]->span : map->span;
}

jl_span jl_id_span(const jl_yaml *map) {
    const jl_yaml *id = jl_scalar_at(map, "id");
    return id != NULL ? id->span : jl_map_span(map);
}

/* ---- formulas ---- */

const jl_ast *jl_read_formula(jl_reader *reader, const jl_yaml *node) {
    if (node == NULL || node->kind != JL_YAML_SCALAR || node->wrong || node->text.length == 0) return NULL;
    if (!node->plain) {
        jl_refuse(reader, JL_FORMULA_FOLDED, node->span,
                  "expected a formula in one line without YAML escapes, found one with folds or escapes");
        jl_report_help(reader->diagnostics,
                       "write it in one line, in quotes of the kind that it does not contain itself");
        return NULL;
    }
    jeoul_status status = JEOUL_OK;
    const jl_ast *ast = jl_formula_parse(reader->arena, node->span, reader->diagnostics, &status);
    jl_reader_note(reader, status);
    return ast;
}

const jl_ast *jl_formula_at(jl_reader *reader, const jl_yaml *map, const char *key) {
    return jl_read_formula(reader, jl_scalar_at(map, key));
}

bool jl_setting_is_broken(const jl_setting *setting) {
    return setting->n_arms == 0 && setting->span.source != NULL;
}

static bool is_none(const jl_yaml *node) {
    return node->kind == JL_YAML_SCALAR && jl_text_equal(node->text, JL_TEXT("none"));
}

/* Whether the map may name groups; reports if the rulebook has none to name. */
static bool check_groups_declared(jl_reader *reader, const jl_yaml *map) {
    const jl_rulebook *book = reader->book;
    if (reader->groups_unread) return false;
    if (book->n_group_names > 0) return true;
    jl_refuse(reader, JL_WRONG_KIND, jl_map_span(map), "expected a formula, found a map by group");
    jl_report_help(reader->diagnostics, "%s",
                   book->n_groups == 0 ? "groups are declared by `groups: COLUMN`"
                                       : "a map by group needs one group column whose values are choices");
    return false;
}

static bool check_group(jl_reader *reader, const jl_yaml *name) {
    const jl_rulebook *book = reader->book;
    for (size_t group = 0; group < book->n_group_names; group++) {
        if (jl_text_equal(name->text, book->group_names[group])) return true;
    }
    jl_refuse(reader, JL_UNKNOWN_GROUP, name->span, "unknown group `%.*s`", JL_TEXT_ARG(name->text));
    jl_report_nearest(reader->diagnostics, name->text, book->group_names, book->n_group_names);
    return false;
}

static bool names_group(const jl_yaml *map, jl_text group) {
    for (size_t item = 0; item < map->n_items; item++) {
        if (jl_text_equal(map->keys[item]->text, group)) return true;
    }
    return false;
}

static bool check_all_groups(jl_reader *reader, const jl_yaml *map) {
    bool complete = true;
    for (size_t group = 0; group < reader->book->n_group_names; group++) {
        const jl_text name = reader->book->group_names[group];
        if (names_group(map, name)) continue;
        jl_refuse(reader, JL_GROUP_LEFT_OUT, jl_map_span(map), "the group `%.*s` has no value here", JL_TEXT_ARG(name));
        jl_report_help(reader->diagnostics, "write `%.*s: none` if it is not applicable there", JL_TEXT_ARG(name));
        complete = false;
    }
    return complete;
}

/* All arms, or none if one of them cannot be read. */
static void read_arms(jl_reader *reader, const jl_yaml *map, jl_setting *setting) {
    jl_arm *arms = jl_reader_array(reader, map->n_items, sizeof(jl_arm));
    bool complete = arms != NULL && check_groups_declared(reader, map) && check_all_groups(reader, map);
    for (size_t item = 0; arms != NULL && !reader->groups_unread && item < map->n_items; item++) {
        const jl_yaml *value = map->items[item];
        arms[item] = (jl_arm){.group = map->keys[item]->text, .group_span = map->keys[item]->span, .span = value->span};
        arms[item].formula = is_none(value) ? NULL : jl_read_formula(reader, value);
        complete &= reader->book->n_group_names > 0 && check_group(reader, map->keys[item]);
        complete &= is_none(value) || arms[item].formula != NULL;
    }
    setting->arms = arms;
    setting->n_arms = complete ? map->n_items : 0;
}

jl_setting jl_read_setting(jl_reader *reader, const jl_yaml *node) {
    jl_setting setting = {0};
    if (node == NULL) return setting;
    setting.span = node->span;
    if (node->kind == JL_YAML_MAP && node->n_items > 0 && !jl_is_date(node->keys[0]->text) &&
        jl_yaml_get(node, "chosen") == NULL) {
        setting.span = jl_map_span(node);
        read_arms(reader, node, &setting);
    } else if (node->kind == JL_YAML_SCALAR) {
        jl_arm *arm = jl_reader_array(reader, 1, sizeof(jl_arm));
        const jl_ast *formula = jl_read_formula(reader, node);
        if (arm == NULL || formula == NULL) return setting;
        *arm = (jl_arm){.formula = formula, .span = node->span};
        setting.arms = arm;
        setting.n_arms = 1;
    }
    return setting;
}

jl_policy jl_policy_at(jl_reader *reader, const jl_yaml *map, const char *key, jl_scalar scalar) {
    const jl_yaml *node = jl_scalar_at(map, key);
    if (node == NULL) return (jl_policy){.kind = JL_POLICY_UNSET};
    jl_policy policy = {.span = node->span};
    const int word = jl_word_index(scalar, node->text);
    if (word < 0) {
        policy.kind = JL_POLICY_FORMULA;
        policy.formula = jl_read_formula(reader, node);
    } else if (scalar == JL_SCALAR_POLICY) {
        policy.kind = (jl_policy_kind)(word + JL_POLICY_REDISTRIBUTE);
    } else {
        policy.kind = word == 0 ? JL_POLICY_ERROR : JL_POLICY_STATE;
        policy.state = (jl_state)word;
    }
    return policy;
}

/* ---- names ---- */

uint32_t jl_find_table(jl_reader *reader, const jl_yaml *name) {
    const jl_rulebook *book = reader->book;
    const uint32_t table = jl_rulebook_table(book, name->text);
    if (table != JL_NONE || book->n_tables == 0) return table;
    jl_refuse(reader, JL_UNKNOWN_TABLE, name->span, "unknown table `%.*s`", JL_TEXT_ARG(name->text));
    jl_text *names = jl_reader_array(reader, book->n_tables, sizeof(jl_text));
    if (names == NULL) return JL_NONE;
    for (size_t k = 0; k < book->n_tables; k++) {
        names[k] = book->tables[k].name;
    }
    jl_report_nearest(reader->diagnostics, name->text, names, book->n_tables);
    return JL_NONE;
}

uint32_t jl_table_at(jl_reader *reader, const jl_yaml *map, const char *key) {
    const jl_yaml *name = jl_scalar_at(map, key);
    return name != NULL ? jl_find_table(reader, name) : JL_NONE;
}

bool jl_check_column(jl_reader *reader, uint32_t table, jl_text column, jl_span span) {
    const jl_table_rule *rule = &reader->book->tables[table];
    if (column.length == 0 || jl_table_column(rule, column) != JL_NONE) return true;
    if (rule->n_columns == 0) return false;
    jl_refuse(reader, JL_UNKNOWN_COLUMN, span, "unknown column `%.*s` in table `%.*s`", JL_TEXT_ARG(column),
              JL_TEXT_ARG(rule->name));
    jl_text *names = jl_reader_array(reader, rule->n_columns, sizeof(jl_text));
    if (names == NULL) return false;
    for (size_t k = 0; k < rule->n_columns; k++) {
        names[k] = rule->columns[k].name;
    }
    jl_report_nearest(reader->diagnostics, column, names, rule->n_columns);
    return false;
}

uint32_t jl_read_grade(jl_reader *reader, const jl_yaml *name) {
    const jl_rulebook *book = reader->book;
    for (uint32_t grade = 0; grade < book->n_grades; grade++) {
        if (jl_text_equal(name->text, book->grades[grade])) return grade;
    }
    if (book->n_grades == 0) return JL_NONE; /* reported once, where grades are needed */
    jl_refuse(reader, JL_UNKNOWN_GRADE, name->span, "unknown grade `%.*s`", JL_TEXT_ARG(name->text));
    jl_report_nearest(reader->diagnostics, name->text, book->grades, book->n_grades);
    return JL_NONE;
}
