/* SPDX-License-Identifier: Apache-2.0
 *
 * `tables:` -> tables and columns. Names come first, because a column's type may be a table that is written further
 * down.
 *
 * Columns stand in one array: the keys in the order of `key`, then the others as written, then the derived ones.
 * Readers of files and compilers of formulas both rely on it.
 */
#include "rulebook/read.h"

static const struct type_word {
    const char *word;
    jl_column_type type;
} type_words[] = {
    {"number", JL_COLUMN_NUMBER}, {"text", JL_COLUMN_TEXT},       {"date", JL_COLUMN_DATE},
    {"month", JL_COLUMN_MONTH},   {"quarter", JL_COLUMN_QUARTER}, {"year", JL_COLUMN_YEAR},
    {"choice", JL_COLUMN_CHOICE}, {"ordered", JL_COLUMN_ORDERED},
};

uint32_t jl_rulebook_table(const jl_rulebook *rulebook, jl_text name) {
    for (uint32_t table = 0; table < rulebook->n_tables; table++) {
        if (jl_text_equal(rulebook->tables[table].name, name)) return table;
    }
    return JL_NONE;
}

uint32_t jl_table_column(const jl_table_rule *table, jl_text name) {
    for (uint32_t column = 0; column < table->n_columns; column++) {
        if (jl_text_equal(table->columns[column].name, name)) return column;
    }
    return JL_NONE;
}

const jl_state_word *jl_read_states(jl_reader *reader, const jl_yaml *map, size_t *n_out) {
    *n_out = 0;
    if (map == NULL) return NULL;
    jl_state_word *words = jl_reader_array(reader, map->n_items, sizeof(jl_state_word));
    for (size_t item = 0; words != NULL && item < map->n_items; item++) {
        const int word = jl_word_index(JL_SCALAR_STATE, map->items[item]->text);
        if (word < 0) continue;
        words[(*n_out)++] = (jl_state_word){map->keys[item]->text, (jl_state)(word + JL_NOT_APPLICABLE)};
    }
    return words;
}

/* ---- column types ---- */

/* false: no such type and no such table; reported. */
static bool read_type_name(jl_reader *reader, const jl_yaml *name, jl_column_rule *column) {
    jl_text candidates[JL_COUNT(type_words) + 64];
    size_t n_candidates = 0;
    for (size_t k = 0; k < JL_COUNT(type_words); k++) {
        if (jl_text_equal(name->text, jl_text_of(type_words[k].word))) {
            column->type = type_words[k].type;
            return true;
        }
        candidates[n_candidates++] = jl_text_of(type_words[k].word);
    }
    column->target = jl_rulebook_table(reader->book, name->text);
    column->type = JL_COLUMN_REFERENCE;
    if (column->target != JL_NONE) return true;
    for (size_t table = 0; table < reader->book->n_tables && n_candidates < JL_COUNT(candidates); table++) {
        candidates[n_candidates++] = reader->book->tables[table].name;
    }
    column->type = JL_COLUMN_TEXT;
    jl_refuse(reader, JL_UNKNOWN_TABLE, name->span, "expected a type or a table, found `%.*s`",
              JL_TEXT_ARG(name->text));
    jl_report_nearest(reader->diagnostics, name->text, candidates, n_candidates);
    return false;
}

static void read_choice(jl_reader *reader, jl_choice *choice, const jl_yaml *text, const jl_yaml *word) {
    choice->text = text->text;
    choice->word = text->text;
    if (word == NULL || word->kind != JL_YAML_SCALAR) return;
    const jl_text decimal = jl_decimal_of(reader, word);
    choice->is_number = decimal.length > 0;
    choice->word = choice->is_number ? decimal : word->text;
}

static void check_choices(jl_reader *reader, const jl_yaml *node, const jl_column_rule *column) {
    jl_symbols *seen = jl_symbols_new(NULL);
    for (size_t k = 0; seen != NULL && k < column->n_choices; k++) {
        const jl_choice *choice = &column->choices[k];
        const uint32_t before = jl_symbols_count(seen), symbol = jl_symbol_add(seen, choice->text);
        if (symbol == JL_NO_SYMBOL) {
            jl_reader_note(reader, JEOUL_NO_MEMORY);
        } else if (symbol < before) {
            jl_refuse(reader, JL_DOUBLED_ID, node->items[k]->span, "the choice `%.*s` is given twice",
                      JL_TEXT_ARG(choice->text));
        } else if (choice->is_number != column->choices[0].is_number) {
            jl_refuse(reader, JL_WRONG_VALUE, node->items[k]->span,
                      "expected choices that mean words only or numbers only, found both");
        }
    }
    if (seen == NULL) {
        jl_reader_note(reader, JEOUL_NO_MEMORY);
    }
    jl_symbols_free(seen);
}

/* A list of words, or a map of words to what they mean. */
static void read_choices(jl_reader *reader, const jl_yaml *node, jl_column_rule *column) {
    jl_choice *choices = jl_reader_array(reader, node->n_items, sizeof(jl_choice));
    if (choices == NULL) return;
    const bool mapped = node->kind == JL_YAML_MAP;
    for (size_t k = 0; k < node->n_items; k++) {
        read_choice(reader, &choices[k], mapped ? node->keys[k] : node->items[k], mapped ? node->items[k] : NULL);
    }
    column->choices = choices;
    column->n_choices = node->n_items;
    check_choices(reader, node, column);
    if (node->n_items > 0) return;
    jl_refuse(reader, JL_WRONG_VALUE, node->span, "expected at least one choice, found none");
}

static void read_blank(jl_reader *reader, const jl_yaml *options, jl_column_rule *column) {
    const int word = jl_word_at(options, "blank", JL_SCALAR_BLANK, -1);
    if (word == 0) {
        column->blank = JL_BLANK_ERROR;
    } else if (word > 0) {
        column->blank_state = (jl_state)word;
    } else {
        column->blank_number = jl_decimal_at(reader, options, "blank");
        column->blank = column->blank_number.length > 0 ? JL_BLANK_NUMBER : JL_BLANK_STATE;
    }
}

static void read_options(jl_reader *reader, const jl_yaml *options, jl_column_rule *column) {
    const jl_text header = jl_text_at(options, "header");
    column->header = header.length > 0 ? header : column->header;
    column->title = jl_text_at(options, "title");
    column->unit = jl_text_at(options, "unit");
    column->minimum = jl_decimal_at(reader, options, "min");
    column->maximum = jl_decimal_at(reader, options, "max");
    column->minus = jl_text_at(options, "minus");
    column->thousands = jl_yes_at(options, "thousands");
    column->states = jl_read_states(reader, jl_map_at(options, "states"), &column->n_states);
    read_blank(reader, options, column);
    const jl_yaml *choices = jl_yaml_get(options, "of");
    if (choices != NULL && choices->kind != JL_YAML_SCALAR) {
        read_choices(reader, choices, column);
    }
    if (column->minimum.length == 0 || column->maximum.length == 0) return;
    if (jl_decimal_compare(column->minimum, column->maximum) <= 0) return;
    jl_refuse(reader, JL_WRONG_VALUE, jl_scalar_at(options, "max")->span,
              "expected a largest value not below %.*s, found %.*s", JL_TEXT_ARG(column->minimum),
              JL_TEXT_ARG(column->maximum));
}

/* `number`; `[S, A]`; `{number: {min: 1}}`; `{상향: up, 하향: down}`. */
static void read_type(jl_reader *reader, const jl_yaml *node, jl_column_rule *column) {
    if (node->kind == JL_YAML_SCALAR) {
        if (node->text.length > 0 && !node->wrong) {
            read_type_name(reader, node, column);
        }
    } else if (node->kind == JL_YAML_LIST) {
        column->type = JL_COLUMN_CHOICE;
        read_choices(reader, node, column);
    } else if (node->n_items == 1 && node->items[0]->kind == JL_YAML_MAP) {
        read_type_name(reader, node->keys[0], column);
        read_options(reader, node->items[0], column);
    } else {
        column->type = JL_COLUMN_CHOICE;
        read_choices(reader, node, column);
    }
    const bool needs_choices = column->type == JL_COLUMN_CHOICE || column->type == JL_COLUMN_ORDERED;
    if (!needs_choices || column->n_choices > 0 || node->kind != JL_YAML_SCALAR) return;
    jl_refuse(reader, JL_WRONG_VALUE, node->span, "expected the choices, found `%.*s`", JL_TEXT_ARG(node->text));
    jl_report_help(reader->diagnostics, "write them as a list: [S, A, B]");
}

/* ---- the columns of a table ---- */

struct columns {
    jl_column_rule *items;
    size_t n, capacity;
};

static jl_column_rule *find_column(const struct columns *columns, jl_text name) {
    for (size_t k = 0; k < columns->n; k++) {
        if (jl_text_equal(columns->items[k].name, name)) return &columns->items[k];
    }
    return NULL;
}

static jl_column_rule *add_column(jl_reader *reader, struct columns *columns, const jl_yaml *name) {
    if (!jl_arena_grow(reader->arena, &columns->items, &columns->capacity, columns->n + 1, sizeof(jl_column_rule))) {
        jl_reader_note(reader, JEOUL_NO_MEMORY);
        return NULL;
    }
    jl_column_rule *column = &columns->items[columns->n++];
    *column = (jl_column_rule){.name = name->text,
                               .header = name->text,
                               .span = name->span,
                               .type = JL_COLUMN_TEXT,
                               .target = JL_NONE,
                               .blank_state = JL_MISSING};
    return column;
}

static void add_key(jl_reader *reader, struct columns *columns, const jl_yaml *name) {
    if (name->kind != JL_YAML_SCALAR || name->text.length == 0) return;
    if (find_column(columns, name->text) != NULL) {
        jl_refuse(reader, JL_DOUBLED_ID, name->span, "the key column `%.*s` is given twice", JL_TEXT_ARG(name->text));
        return;
    }
    jl_column_rule *column = add_column(reader, columns, name);
    if (column != NULL) {
        column->is_key = true;
    }
}

static void read_keys(jl_reader *reader, const jl_yaml *table, struct columns *columns) {
    const jl_yaml *list = jl_list_at(table, "key"), *single = jl_scalar_at(table, "key");
    if (single != NULL) {
        add_key(reader, columns, single);
    }
    for (size_t k = 0; list != NULL && k < list->n_items; k++) {
        add_key(reader, columns, list->items[k]);
    }
    if (list != NULL && list->n_items == 0) {
        jl_refuse(reader, JL_WRONG_VALUE, list->span, "expected at least one key column, found none");
    }
    if (list != NULL && list->n_items > JL_MAX_KEYS) {
        jl_refuse(reader, JL_YAML_LIMIT, list->items[JL_MAX_KEYS]->span, "expected at most %u key columns, found %zu",
                  JL_MAX_KEYS, list->n_items);
    }
}

static void read_columns(jl_reader *reader, const jl_yaml *map, struct columns *columns) {
    for (size_t item = 0; map != NULL && item < map->n_items; item++) {
        jl_column_rule *column = find_column(columns, map->keys[item]->text);
        if (column == NULL) {
            column = add_column(reader, columns, map->keys[item]);
        }
        if (column == NULL) return;
        column->span = map->keys[item]->span;
        read_type(reader, map->items[item], column);
    }
}

static bool names_key(const jl_yaml *table, jl_text name) {
    const jl_yaml *list = jl_list_at(table, "key"), *single = jl_scalar_at(table, "key");
    for (size_t key = 0; list != NULL && key < list->n_items; key++) {
        if (jl_text_equal(list->items[key]->text, name)) return true;
    }
    return single != NULL && jl_text_equal(single->text, name);
}

/* What a table says about the type of its key of that name; NULL: nothing. */
static const jl_yaml *key_type(const jl_yaml *table, jl_text name) {
    const jl_yaml *columns = jl_map_at(table, "columns");
    for (size_t item = 0; columns != NULL && names_key(table, name) && item < columns->n_items; item++) {
        if (jl_text_equal(columns->keys[item]->text, name)) return columns->items[item];
    }
    return NULL;
}

/* The same key name is the same thing everywhere: a key whose type its own table does not say has the type that another
 * table gives it. */
static void share_key_types(jl_reader *reader, const jl_yaml *tables, const jl_yaml *own, struct columns *columns) {
    for (size_t key = 0; key < columns->n && columns->items[key].is_key; key++) {
        const jl_yaml *type = key_type(own, columns->items[key].name);
        for (size_t table = 0; type == NULL && table < tables->n_items; table++) {
            type = key_type(tables->items[table], columns->items[key].name);
            if (type != NULL) read_type(reader, type, &columns->items[key]);
        }
    }
}

static void read_derived(jl_reader *reader, const jl_yaml *map, struct columns *columns) {
    for (size_t item = 0; map != NULL && item < map->n_items; item++) {
        const jl_yaml *name = map->keys[item];
        if (find_column(columns, name->text) != NULL) {
            jl_refuse(reader, JL_DOUBLED_ID, name->span, "the column `%.*s` is given twice", JL_TEXT_ARG(name->text));
            continue;
        }
        jl_column_rule *column = add_column(reader, columns, name);
        if (column == NULL) return;
        column->type = JL_COLUMN_NUMBER;
        column->derive = jl_read_formula(reader, map->items[item]);
    }
}

/* ---- what else a table says ---- */

static void read_headers(jl_reader *reader, const jl_yaml *map, uint32_t table, struct columns *columns) {
    for (size_t item = 0; map != NULL && item < map->n_items; item++) {
        jl_column_rule *column = find_column(columns, map->keys[item]->text);
        if (column != NULL && map->items[item]->kind == JL_YAML_SCALAR) {
            column->header = map->items[item]->text;
        } else if (column == NULL) {
            jl_check_column(reader, table, map->keys[item]->text, map->keys[item]->span);
        }
    }
}

static void check_column_at(jl_reader *reader, uint32_t table, const jl_yaml *map, const char *key) {
    const jl_yaml *name = jl_scalar_at(map, key);
    if (name != NULL) {
        jl_check_column(reader, table, name->text, name->span);
    }
}

static const jl_unpivot *read_unpivot(jl_reader *reader, const jl_yaml *map, uint32_t table) {
    const jl_yaml *from = jl_list_at(map, "from");
    if (from == NULL) return NULL;
    jl_unpivot *unpivot = jl_reader_array(reader, 1, sizeof(jl_unpivot));
    jl_text *headers = jl_reader_array(reader, from->n_items, sizeof(jl_text));
    if (unpivot == NULL || headers == NULL) return NULL;
    for (size_t k = 0; k < from->n_items; k++) {
        headers[k] = from->items[k]->text;
    }
    *unpivot = (jl_unpivot){.from = headers,
                            .n_from = from->n_items,
                            .name = jl_text_at(map, "name"),
                            .value = jl_text_at(map, "value"),
                            .span = jl_map_span(map)};
    check_column_at(reader, table, map, "name");
    check_column_at(reader, table, map, "value");
    return unpivot;
}

static uint32_t read_valid_from(jl_reader *reader, const jl_yaml *map, uint32_t table) {
    const jl_table_rule *rule = &reader->book->tables[table];
    const jl_yaml *name = jl_scalar_at(map, "valid_from");
    if (name == NULL || !jl_check_column(reader, table, name->text, name->span)) return JL_NONE;
    const uint32_t column = jl_table_column(rule, name->text);
    const jl_column_type type = rule->columns[column].type;
    if (type >= JL_COLUMN_DATE && type <= JL_COLUMN_YEAR) return column;
    jl_refuse(reader, JL_WRONG_TYPE, name->span, "expected a column of dates, found `%.*s`", JL_TEXT_ARG(name->text));
    return JL_NONE;
}

/* States of the table hold for its columns that name none themselves. */
static void spread_states(jl_reader *reader, const jl_yaml *map, struct columns *columns) {
    size_t n_states;
    const jl_state_word *states = jl_read_states(reader, jl_map_at(map, "states"), &n_states);
    for (size_t k = 0; k < columns->n; k++) {
        if (columns->items[k].n_states > 0) continue;
        columns->items[k].states = states;
        columns->items[k].n_states = n_states;
    }
}

static void read_table(jl_reader *reader, const jl_yaml *tables, uint32_t table, jl_table_rule *rule) {
    const jl_yaml *map = tables->items[table];
    struct columns columns = {0};
    read_keys(reader, map, &columns);
    rule->n_keys = columns.n;
    read_columns(reader, jl_map_at(map, "columns"), &columns);
    share_key_types(reader, tables, map, &columns);
    read_derived(reader, jl_map_at(map, "derive"), &columns);
    spread_states(reader, map, &columns);
    rule->columns = columns.items;
    rule->n_columns = columns.n;
    read_headers(reader, jl_map_at(map, "header"), table, &columns);
    rule->title_column = jl_text_at(map, "title");
    check_column_at(reader, table, map, "title");
    rule->file = jl_text_at(map, "file");
    rule->encoding = jl_text_at(map, "encoding");
    rule->others = (jl_others)jl_word_at(map, "others", JL_SCALAR_OTHERS, JL_OTHERS_NOTE);
    rule->unpivot = jl_map_at(map, "unpivot") != NULL ? read_unpivot(reader, jl_map_at(map, "unpivot"), table) : NULL;
    rule->valid_from = read_valid_from(reader, map, table);
}

void jl_read_tables(jl_reader *reader, const jl_yaml *root) {
    const jl_yaml *map = jl_map_at(root, "tables");
    if (map == NULL) return;
    jl_table_rule *tables = jl_reader_array(reader, map->n_items, sizeof(jl_table_rule));
    if (tables == NULL) return;
    for (size_t table = 0; table < map->n_items; table++) {
        tables[table].name = map->keys[table]->text;
        tables[table].span = map->keys[table]->span;
        tables[table].valid_from = JL_NONE;
    }
    reader->book->tables = tables;
    reader->book->n_tables = map->n_items;
    for (uint32_t table = 0; table < map->n_items; table++) {
        if (map->items[table]->kind == JL_YAML_MAP) {
            read_table(reader, map, table, &tables[table]);
        }
    }
}
