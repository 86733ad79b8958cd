/* SPDX-License-Identifier: Apache-2.0
 *
 * libyaml events -> tree. Marks of libyaml count characters; spans count bytes. A cursor over the source turns one into
 * the other: marks come almost in order, so it hardly ever walks back.
 *
 * A file that is not YAML ends the reading. What YAML allows and the language does not (tags, anchors, merges, doubled
 * keys) is reported and left out, so that the rest of the file is still checked in the same run.
 */
#include "rulebook/yaml.h"

#include <yaml.h>

struct reader {
    jl_arena *arena;
    const jl_source *source;
    jeoul_diagnostics *diagnostics;
    yaml_parser_t parser;
    jeoul_status status;
    size_t cursor_character;
    uint32_t cursor_byte;
    size_t n_nodes;
    unsigned depth;
};

typedef struct node_list {
    const jl_yaml **items;
    size_t n, capacity;
} node_list;

static const jl_yaml *read_node(struct reader *reader, const yaml_event_t *event);

/* ---- places ---- */

static bool is_continuation(char byte) {
    return ((unsigned char)byte & 0xC0) == 0x80;
}

static uint32_t byte_of(struct reader *reader, size_t character) {
    const jl_text text = reader->source->text;
    while (reader->cursor_character < character && reader->cursor_byte < text.length) {
        do {
            reader->cursor_byte++;
        } while (reader->cursor_byte < text.length && is_continuation(text.data[reader->cursor_byte]));
        reader->cursor_character++;
    }
    while (reader->cursor_character > character) {
        do {
            reader->cursor_byte--;
        } while (is_continuation(text.data[reader->cursor_byte]));
        reader->cursor_character--;
    }
    return reader->cursor_byte;
}

static jl_span span_between(struct reader *reader, yaml_mark_t start, yaml_mark_t end) {
    const uint32_t from = byte_of(reader, start.index);
    return (jl_span){reader->source, from, byte_of(reader, end.index)};
}

static jl_span span_of_event(struct reader *reader, const yaml_event_t *event) {
    return span_between(reader, event->start_mark, event->end_mark);
}

static const jl_yaml *no_memory(struct reader *reader) {
    reader->status = JEOUL_NO_MEMORY;
    return NULL;
}

static void complain(struct reader *reader, jeoul_status status) {
    if (reader->status == JEOUL_OK) {
        reader->status = status;
    }
}

/* ---- events ---- */

/* What libyaml says, and what the writer of a rulebook most likely has to do. */
static const char *const syntax_helps[][2] = {
    {"did not find expected ',' or", "inside { } or [ ] a formula with a comma or brackets stands in quotes"},
    {"cannot start any token",
     "a value that begins with `, @ or % stands in quotes; lines are indented with spaces, not tabs"},
    {"mapping values are not allowed", "a value that contains a colon and a space stands in quotes"},
    {"did not find expected key",
     "keys of one map begin in the same column; text after a closing quote does not belong to the value"},
    {"could not find expected ':'", "each line of a map is `key: value`"},
};

static void report_syntax(struct reader *reader) {
    const yaml_parser_t *parser = &reader->parser;
    const char *problem = parser->problem != NULL ? parser->problem : "the text cannot be read";
    uint32_t at = byte_of(reader, parser->problem_mark.index);
    if (parser->error == YAML_READER_ERROR) {
        at = reader->source->text.length < parser->problem_offset ? 0 : (uint32_t)parser->problem_offset;
    }
    const jl_span span = {reader->source, at, at};
    complain(reader,
             jl_report(reader->diagnostics, JL_YAML_SYNTAX, span, "%s%s%s",
                       parser->context != NULL ? parser->context : "", parser->context != NULL ? ": " : "", problem));
    for (size_t k = 0; k < JL_COUNT(syntax_helps); k++) {
        if (strstr(problem, syntax_helps[k][0]) == NULL) continue;
        jl_report_help(reader->diagnostics, "%s", syntax_helps[k][1]);
        return;
    }
}

/* false: the file ends here, reported. */
static bool next_event(struct reader *reader, yaml_event_t *event) {
    if (yaml_parser_parse(&reader->parser, event) != 0) return true;
    if (reader->parser.error == YAML_MEMORY_ERROR) {
        no_memory(reader);
    } else {
        report_syntax(reader);
    }
    return false;
}

static void refuse(struct reader *reader, jl_span span, const char *what, const char *help) {
    complain(reader,
             jl_report(reader->diagnostics, JL_YAML_FORBIDDEN, span, "%s not part of the rulebook language", what));
    jl_report_help(reader->diagnostics, "%s", help);
}

static void check_properties(struct reader *reader, const yaml_event_t *event, const yaml_char_t *anchor,
                             const yaml_char_t *tag) {
    if (anchor != NULL) {
        refuse(reader, span_of_event(reader, event), "anchors are", "what indicators share stands under `indicator:`");
    }
    if (tag != NULL) {
        refuse(reader, span_of_event(reader, event), "tags are", "the place of a value decides its type");
    }
}

/* ---- nodes ---- */

static jl_yaml *make_node(struct reader *reader, jl_yaml_kind kind, jl_span span) {
    if (++reader->n_nodes > JL_YAML_MAX_NODES) {
        complain(reader, jl_report(reader->diagnostics, JL_YAML_LIMIT, span, "expected at most %u values, found more",
                                   JL_YAML_MAX_NODES));
        return NULL;
    }
    jl_yaml *node = jl_arena_alloc(reader->arena, sizeof(jl_yaml));
    if (node == NULL) {
        no_memory(reader);
        return NULL;
    }
    node->kind = kind;
    node->span = span;
    return node;
}

static bool add_node(struct reader *reader, node_list *list, const jl_yaml *node) {
    if (jl_arena_grow(reader->arena, &list->items, &list->capacity, list->n + 1, sizeof(*list->items))) {
        list->items[list->n++] = node;
        return true;
    }
    no_memory(reader);
    return false;
}

static const jl_yaml *read_scalar(struct reader *reader, const yaml_event_t *event) {
    const yaml_scalar_style_t style = event->data.scalar.style;
    jl_span span = span_of_event(reader, event);
    check_properties(reader, event, event->data.scalar.anchor, event->data.scalar.tag);
    const bool in_quotes = style == YAML_SINGLE_QUOTED_SCALAR_STYLE || style == YAML_DOUBLE_QUOTED_SCALAR_STYLE;
    if (in_quotes && span.end - span.start >= 2) {
        span.start++;
        span.end--;
    }
    jl_yaml *node = make_node(reader, JL_YAML_SCALAR, span);
    if (node == NULL) return NULL;
    const jl_text value = {(const char *)event->data.scalar.value, event->data.scalar.length};
    if (!jl_arena_copy_nfc(reader->arena, value, &node->text)) return no_memory(reader);
    node->plain = jl_text_equal(value, jl_span_text(span));
    node->quoted = style != YAML_PLAIN_SCALAR_STYLE;
    if (memchr(node->text.data != NULL ? node->text.data : "", '\0', node->text.length) != NULL) {
        refuse(reader, span, "the character U+0000 is", "leave it out");
        node->wrong = true;
    }
    return node;
}

/* An empty value in the place of what was refused. */
static const jl_yaml *read_alias(struct reader *reader, const yaml_event_t *event) {
    const jl_span span = span_of_event(reader, event);
    refuse(reader, span, "aliases are", "what indicators share stands under `indicator:`");
    jl_yaml *node = make_node(reader, JL_YAML_SCALAR, span);
    if (node != NULL) {
        node->wrong = true;
    }
    return node;
}

static bool is_flow(const yaml_event_t *start) {
    return start->type == YAML_MAPPING_START_EVENT ? start->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
                                                   : start->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
}

/* A block ends where its last value ends, not where the next key begins. */
static void close_collection(struct reader *reader, jl_yaml *node, const yaml_event_t *start, const yaml_event_t *end) {
    const bool tight = !is_flow(start) && node->n_items > 0;
    node->span.end = tight ? node->items[node->n_items - 1]->span.end : span_of_event(reader, end).end;
}

/* ---- commas that split a value ---- */

/* In { } and [ ] a comma ends a value that has no quotes, and a formula falls apart: {score: f(a, b = 2)} has the
 * keys `score` and `b = 2`. The pieces are told by the bracket that stays open. */
static int open_brackets(const jl_yaml *node) {
    int open = 0;
    for (size_t k = 0; node->kind == JL_YAML_SCALAR && !node->quoted && k < node->text.length; k++) {
        open += (node->text.data[k] == '(') - (node->text.data[k] == ')');
    }
    return open;
}

static bool is_empty(const jl_yaml *node) {
    return node->kind == JL_YAML_SCALAR && !node->quoted && node->text.length == 0;
}

/* What takes the place of the pieces; NULL: no memory. */
static const jl_yaml *report_split(struct reader *reader, const jl_yaml *first, const jl_yaml *last) {
    const jl_span whole = jl_span_join(first->span, last->span);
    complain(reader, jl_report(reader->diagnostics, JL_FORMULA_SPLIT, whole, "the comma ends the value `%.*s`",
                               JL_TEXT_ARG(first->text)));
    jl_report_help(reader->diagnostics, "put the formula in quotes: \"%.*s\"", JL_TEXT_ARG(jl_span_text(whole)));
    jl_yaml *node = make_node(reader, JL_YAML_SCALAR, whole);
    if (node != NULL) {
        node->wrong = true;
    }
    return node;
}

static bool join_items(struct reader *reader, node_list *items) {
    size_t kept = 0;
    for (size_t k = 0; k < items->n; kept++) {
        const jl_yaml *item = items->items[k];
        int open = open_brackets(item);
        size_t next = k + 1;
        while (open > 0 && next < items->n && items->items[next]->kind == JL_YAML_SCALAR &&
               !items->items[next]->quoted) {
            open += open_brackets(items->items[next++]);
        }
        if (next > k + 1) {
            item = report_split(reader, item, items->items[next - 1]);
            if (item == NULL) return false;
        }
        items->items[kept] = item;
        k = next;
    }
    items->n = kept;
    return true;
}

/* The pieces that follow a value are keys without values. */
static bool join_pairs(struct reader *reader, node_list *keys, node_list *values) {
    size_t kept = 0;
    for (size_t k = 0; k < keys->n; kept++) {
        const jl_yaml *value = values->items[k];
        const bool split_key = open_brackets(keys->items[k]) > 0 && is_empty(value);
        int open = split_key ? open_brackets(keys->items[k]) : open_brackets(value);
        size_t next = k + 1;
        while (open > 0 && next < keys->n && (split_key || is_empty(values->items[next]))) {
            open += open_brackets(keys->items[next++]);
        }
        if (next > k + 1) {
            value = report_split(reader, split_key ? keys->items[k] : value, keys->items[next - 1]);
            if (value == NULL) return false;
        }
        keys->items[kept] = split_key && next > k + 1 ? value : keys->items[k];
        values->items[kept] = value;
        k = next;
    }
    keys->n = values->n = kept;
    return true;
}

/* ---- lists and maps ---- */

static const jl_yaml *read_list(struct reader *reader, const yaml_event_t *start) {
    check_properties(reader, start, start->data.sequence_start.anchor, start->data.sequence_start.tag);
    jl_yaml *list = make_node(reader, JL_YAML_LIST, span_of_event(reader, start));
    node_list items = {0};
    while (list != NULL) {
        yaml_event_t event;
        if (!next_event(reader, &event)) return NULL;
        if (event.type == YAML_SEQUENCE_END_EVENT) {
            list = is_flow(start) && !join_items(reader, &items) ? NULL : list;
            if (list == NULL) break;
            list->items = items.items;
            list->n_items = items.n;
            close_collection(reader, list, start, &event);
            yaml_event_delete(&event);
            break;
        }
        const jl_yaml *item = read_node(reader, &event);
        yaml_event_delete(&event);
        if (item == NULL || !add_node(reader, &items, item)) return NULL;
    }
    return list;
}

/* Whether a pair belongs to the map; what does not is reported and dropped. `kept` are the keys before it. */
static bool accept_key(struct reader *reader, const jl_yaml *key, jl_symbols *seen, const jl_yaml *const *kept) {
    if (key->kind != JL_YAML_SCALAR) {
        complain(reader, jl_report(reader->diagnostics, JL_WRONG_KIND, key->span, "expected a name as key, found a %s",
                                   key->kind == JL_YAML_MAP ? "map" : "list"));
        return false;
    }
    if (key->wrong) return false;
    if (!key->quoted && jl_text_equal(key->text, JL_TEXT("<<"))) {
        refuse(reader, key->span, "merges are", "what indicators share stands under `indicator:`");
        return false;
    }
    const uint32_t before = jl_symbols_count(seen), symbol = jl_symbol_add(seen, key->text);
    if (symbol == JL_NO_SYMBOL) {
        no_memory(reader);
        return false;
    }
    if (symbol == before) return true;
    complain(reader, jl_report(reader->diagnostics, JL_DOUBLED_KEY, key->span, "the key `%.*s` is given twice",
                               JL_TEXT_ARG(key->text)));
    jl_report_second(reader->diagnostics, kept[symbol]->span, "first given here");
    return false;
}

static bool drop_refused(struct reader *reader, node_list *keys, node_list *values) {
    jl_symbols *seen = jl_symbols_new(NULL);
    size_t kept = 0;
    for (size_t k = 0; seen != NULL && k < keys->n; k++) {
        if (!accept_key(reader, keys->items[k], seen, keys->items)) continue;
        keys->items[kept] = keys->items[k];
        values->items[kept++] = values->items[k];
    }
    keys->n = values->n = kept;
    if (seen == NULL) {
        no_memory(reader);
    }
    jl_symbols_free(seen);
    return reader->status != JEOUL_NO_MEMORY;
}

/* Reads pairs up to the end of the map, whose event is left in *end. */
static bool read_pairs(struct reader *reader, node_list *keys, node_list *values, yaml_event_t *end) {
    while (next_event(reader, end)) {
        if (end->type == YAML_MAPPING_END_EVENT) return true;
        const jl_yaml *key = read_node(reader, end);
        yaml_event_delete(end);
        if (key == NULL || !next_event(reader, end)) return false;
        const jl_yaml *value = read_node(reader, end);
        yaml_event_delete(end);
        if (value == NULL || !add_node(reader, keys, key) || !add_node(reader, values, value)) return false;
    }
    return false;
}

static const jl_yaml *read_map(struct reader *reader, const yaml_event_t *start) {
    check_properties(reader, start, start->data.mapping_start.anchor, start->data.mapping_start.tag);
    jl_yaml *map = make_node(reader, JL_YAML_MAP, span_of_event(reader, start));
    node_list keys = {0}, values = {0};
    yaml_event_t end;
    if (map == NULL || !read_pairs(reader, &keys, &values, &end)) return NULL;
    const bool complete =
        (!is_flow(start) || join_pairs(reader, &keys, &values)) && drop_refused(reader, &keys, &values);
    map->keys = keys.items;
    map->items = values.items;
    map->n_items = values.n;
    close_collection(reader, map, start, &end);
    yaml_event_delete(&end);
    return complete ? map : NULL;
}

static const jl_yaml *read_node(struct reader *reader, const yaml_event_t *event) {
    if (reader->depth == JL_YAML_MAX_DEPTH) {
        complain(reader, jl_report(reader->diagnostics, JL_YAML_LIMIT, span_of_event(reader, event),
                                   "expected at most %d levels within each other, found more", JL_YAML_MAX_DEPTH));
        return NULL;
    }
    reader->depth++;
    const jl_yaml *node = event->type == YAML_SCALAR_EVENT           ? read_scalar(reader, event)
                          : event->type == YAML_SEQUENCE_START_EVENT ? read_list(reader, event)
                          : event->type == YAML_MAPPING_START_EVENT  ? read_map(reader, event)
                                                                     : read_alias(reader, event);
    reader->depth--;
    return node;
}

/* ---- documents ---- */

/* The first document; a second one is refused. */
static const jl_yaml *read_stream(struct reader *reader) {
    const jl_yaml *root = NULL;
    bool ended = false;
    for (unsigned n_documents = 0; !ended;) {
        yaml_event_t event;
        if (!next_event(reader, &event)) return NULL;
        if (event.type == YAML_DOCUMENT_START_EVENT && n_documents++ == 1) {
            refuse(reader, span_of_event(reader, &event), "a second document is", "write one rulebook per file");
            ended = true;
        } else if (event.type == YAML_SCALAR_EVENT || event.type == YAML_SEQUENCE_START_EVENT ||
                   event.type == YAML_MAPPING_START_EVENT || event.type == YAML_ALIAS_EVENT) {
            root = read_node(reader, &event);
            ended = root == NULL;
        }
        ended = ended || event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    if (root == NULL && reader->status == JEOUL_OK) {
        const jl_span start = {reader->source, 0, 0};
        complain(reader,
                 jl_report(reader->diagnostics, JL_WRONG_KIND, start, "expected a rulebook, found an empty file"));
    }
    return root;
}

static bool check_text(const jl_source *source, jeoul_diagnostics *diagnostics, jeoul_status *status_out) {
    size_t bad;
    if (source->text.length > JL_YAML_MAX_BYTES) {
        *status_out = jl_report(diagnostics, JL_YAML_LIMIT, (jl_span){source, 0, 0},
                                "expected at most %u bytes, found %zu", JL_YAML_MAX_BYTES, source->text.length);
        return false;
    }
    if (jl_text_is_utf8(source->text, &bad)) return true;
    *status_out = jl_report(diagnostics, JL_NOT_UTF8, (jl_span){source, (uint32_t)bad, (uint32_t)bad},
                            "expected UTF-8, found the byte 0x%02X", (unsigned char)source->text.data[bad]);
    jl_report_help(diagnostics, "save the file as UTF-8");
    return false;
}

const jl_yaml *jl_yaml_read(jl_arena *arena, const jl_source *source, jeoul_diagnostics *diagnostics,
                            jeoul_status *status_out) {
    static const char byte_order_mark[] = "\xEF\xBB\xBF";
    struct reader reader = {.arena = arena, .source = source, .diagnostics = diagnostics, .status = JEOUL_OK};
    jl_text text = source->text;
    if (!check_text(source, diagnostics, status_out)) return NULL;
    if (text.length >= 3 && memcmp(text.data, byte_order_mark, 3) == 0) {
        text.data += 3;
        text.length -= 3;
        reader.cursor_byte = 3;
    }
    if (yaml_parser_initialize(&reader.parser) == 0) {
        *status_out = JEOUL_NO_MEMORY;
        return NULL;
    }
    yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader.parser, (const unsigned char *)(text.data != NULL ? text.data : ""),
                                 text.length);
    const jl_yaml *root = read_stream(&reader);
    yaml_parser_delete(&reader.parser);
    *status_out = reader.status;
    return reader.status == JEOUL_NO_MEMORY ? NULL : root;
}

const jl_yaml *jl_yaml_get(const jl_yaml *map, const char *key) {
    const jl_text name = jl_text_of(key);
    for (size_t item = 0; map != NULL && map->kind == JL_YAML_MAP && item < map->n_items; item++) {
        if (jl_text_equal(map->keys[item]->text, name)) return map->items[item];
    }
    return NULL;
}

/* The last child that begins at or before the byte, if it has not ended there yet; else n_items. */
static size_t child_at(const jl_yaml *node, uint32_t at) {
    for (size_t item = node->n_items; item > 0; item--) {
        const jl_yaml *first = node->kind == JL_YAML_MAP ? node->keys[item - 1] : node->items[item - 1];
        if (first->span.start <= at) return at <= node->items[item - 1]->span.end ? item - 1 : node->n_items;
    }
    return node->n_items;
}

void jl_yaml_path(const void *tree, uint32_t at, jl_buffer *path) {
    const jl_yaml *node = tree;
    for (size_t item; node->kind != JL_YAML_SCALAR && (item = child_at(node, at)) < node->n_items;
         node = node->items[item]) {
        if (node->kind == JL_YAML_LIST) {
            jl_buffer_format(path, "[%zu]", item);
        } else {
            jl_buffer_format(path, "%s%.*s", path->length > 0 ? "." : "", JL_TEXT_ARG(node->keys[item]->text));
        }
    }
}
