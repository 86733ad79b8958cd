/* SPDX-License-Identifier: Apache-2.0
 *
 * The table of keys -> JSON Schema 2020-12, for editors. Every context is a definition of its own; what the table
 * cannot say (sums, names, formulas) is left to `jeoul check`.
 *
 * An editor hands YAML over with types (95 is a number, yes may be true), the language gives types by place. So each
 * kind of scalar lists every JSON form in which its text may arrive.
 */
#include "rulebook/keys.h"
#include "rulebook/rulebook.h"

static const char *const context_names[JL_N_CONTEXTS] = {
#define JL_SCALAR(name, base, words, low, high, description)
#define JL_CONTEXT(name, includes) [JL_CONTEXT_##name] = #name,
#define JL_KEY(context, key, scalar, map, list, need, description)
#include "rulebook/keys.def"
#undef JL_SCALAR
#undef JL_CONTEXT
#undef JL_KEY
};

static void put(jl_buffer *buffer, const char *text) {
    jl_buffer_add(buffer, jl_text_of(text));
}

static void put_string(jl_buffer *buffer, jl_text text) {
    jl_buffer_char(buffer, '"');
    for (size_t k = 0; k < text.length; k++) {
        if (text.data[k] == '"' || text.data[k] == '\\') {
            jl_buffer_char(buffer, '\\');
        }
        jl_buffer_char(buffer, text.data[k]);
    }
    jl_buffer_char(buffer, '"');
}

/* ---- scalars ---- */

/* 100, true and false also arrive as a number or a truth value. */
static bool has_other_form(jl_text word) {
    return jl_text_equal(word, JL_TEXT("true")) || jl_text_equal(word, JL_TEXT("false")) ||
           (word.data[0] >= '0' && word.data[0] <= '9');
}

static void put_words(jl_buffer *buffer, jl_text words) {
    const char *comma = "";
    put(buffer, "{\"enum\": [");
    while (words.length > 0) {
        const char *bar = memchr(words.data, '|', words.length);
        const jl_text word = {words.data, bar == NULL ? words.length : (size_t)(bar - words.data)};
        put(buffer, comma);
        put_string(buffer, word);
        if (has_other_form(word)) {
            jl_buffer_format(buffer, ", %.*s", JL_TEXT_ARG(word));
        }
        const size_t used = bar == NULL ? word.length : word.length + 1;
        words = (jl_text){words.data + used, words.length - used};
        comma = ", ";
    }
    put(buffer, "]}");
}

static void put_base(jl_buffer *buffer, const jl_scalar_rule *rule) {
    switch (rule->base) {
    case JL_BASE_ANY: put(buffer, "{\"type\": [\"string\", \"number\", \"boolean\", \"null\"]}"); break;
    case JL_BASE_TEXT: put(buffer, "{\"type\": [\"string\", \"number\", \"boolean\"]}"); break;
    case JL_BASE_FORMULA: put(buffer, "{\"type\": [\"string\", \"number\"]}"); break;
    case JL_BASE_DATE: put(buffer, "{\"type\": \"string\", \"pattern\": \"^[0-9]{4}-[0-9]{2}-[0-9]{2}$\"}"); break;
    case JL_BASE_INTEGER:
        jl_buffer_format(buffer, "{\"type\": \"integer\", \"minimum\": %d, \"maximum\": %d}", rule->low, rule->high);
        break;
    case JL_BASE_NUMBER:
        put(buffer, "{\"anyOf\": [{\"type\": \"number\"}, {\"type\": \"string\", \"pattern\": "
                    "\"^-?[0-9][0-9_]*([.][0-9_]+)?([eE][+-]?[0-9]+|만|억|조)?$\"}]}");
        break;
    case JL_BASE_WORD: break;
    }
}

static void put_scalar(jl_buffer *buffer, const jl_scalar_rule *rule) {
    const jl_text words = jl_text_of(rule->words);
    const bool both = words.length > 0 && rule->base != JL_BASE_WORD;
    put(buffer, both ? "{\"anyOf\": [" : "");
    if (words.length > 0) {
        put_words(buffer, words);
    }
    put(buffer, both ? ", " : "");
    put_base(buffer, rule);
    put(buffer, both ? "]}" : "");
}

/* ---- contexts ---- */

static void put_reference(jl_buffer *buffer, jl_context context) {
    jl_buffer_format(buffer, "{\"$ref\": \"#/$defs/%s\"}", context_names[context]);
}

/* A node is an area if it has children, else an indicator. */
static void put_map(jl_buffer *buffer, jl_context context) {
    if (context != JL_CONTEXT_INDICATOR) {
        put_reference(buffer, context);
        return;
    }
    put(buffer, "{\"if\": {\"anyOf\": [{\"required\": [\"areas\"]}, {\"required\": [\"indicators\"]}, {\"required\": "
                "[\"each\"]}]}, \"then\": ");
    put_reference(buffer, JL_CONTEXT_AREA);
    put(buffer, ", \"else\": ");
    put_reference(buffer, JL_CONTEXT_INDICATOR);
    put(buffer, "}");
}

static void put_shape(jl_buffer *buffer, const jl_key_rule *rule) {
    const char *comma = "";
    const int n_forms =
        (rule->scalar != JL_SCALAR_NONE) + (rule->map != JL_CONTEXT_NONE) + (rule->list != JL_CONTEXT_NONE);
    put(buffer, "{\"description\": ");
    put_string(buffer, jl_text_of(rule->description));
    /* With one form only, editors say what is wrong inside it. */
    put(buffer, n_forms > 1 ? ", \"anyOf\": [" : ", \"allOf\": [");
    if (rule->scalar != JL_SCALAR_NONE) {
        put_scalar(buffer, &jl_scalar_rules[rule->scalar]);
        comma = ", ";
    }
    if (rule->map != JL_CONTEXT_NONE) {
        put(buffer, comma);
        put_map(buffer, rule->map);
        comma = ", ";
    }
    if (rule->list != JL_CONTEXT_NONE) {
        put(buffer, comma);
        put_reference(buffer, rule->list);
    }
    put(buffer, "]}");
}

static const jl_key_rule *rule_named(jl_context context, char name) {
    for (size_t k = 0; k < jl_n_key_rules; k++) {
        if (jl_key_rules[k].context == context && jl_key_rules[k].key[0] == name) return &jl_key_rules[k];
    }
    return NULL;
}

static bool is_named(const jl_key_rule *rule, jl_context context) {
    return rule->context == context && rule->need != JL_NOT_YET_READ && rule->key[0] != '*' && rule->key[0] != '-';
}

static void put_properties(jl_buffer *buffer, jl_context context) {
    const char *comma = "";
    put(buffer, "\"properties\": {");
    for (; context != JL_CONTEXT_NONE; context = jl_context_includes[context]) {
        for (size_t k = 0; k < jl_n_key_rules; k++) {
            if (!is_named(&jl_key_rules[k], context)) continue;
            jl_buffer_format(buffer, "%s\n      \"%s\": ", comma, jl_key_rules[k].key);
            put_shape(buffer, &jl_key_rules[k]);
            comma = ",";
        }
    }
    put(buffer, "}");
}

static void put_required(jl_buffer *buffer, jl_context context) {
    const char *comma = "";
    put(buffer, ",\n      \"required\": [");
    for (; context != JL_CONTEXT_NONE; context = jl_context_includes[context]) {
        for (size_t k = 0; k < jl_n_key_rules; k++) {
            if (!is_named(&jl_key_rules[k], context) || jl_key_rules[k].need != JL_REQUIRED) continue;
            jl_buffer_format(buffer, "%s\"%s\"", comma, jl_key_rules[k].key);
            comma = ", ";
        }
    }
    put(buffer, "]");
}

static void put_definition(jl_buffer *buffer, jl_context context) {
    const jl_key_rule *element = rule_named(context, '-'), *any = rule_named(context, '*');
    jl_buffer_format(buffer, "    \"%s\": {", context_names[context]);
    if (element != NULL) {
        put(buffer, "\"type\": \"array\", \"items\": ");
        put_shape(buffer, element);
    } else {
        put(buffer, "\"type\": \"object\",\n      ");
        put_properties(buffer, context);
        put_required(buffer, context);
        put(buffer, ",\n      \"additionalProperties\": ");
        if (any != NULL) {
            put_shape(buffer, any);
        } else {
            put(buffer, "false");
        }
    }
    put(buffer, "}");
}

void jl_rulebook_schema(jl_buffer *buffer) {
    put(buffer, "{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n  \"title\": \"jeoul "
                "rulebook\",\n  \"$ref\": "
                "\"#/$defs/RULEBOOK\",\n  \"$defs\": {\n");
    for (int context = JL_CONTEXT_NONE + 1; context < JL_N_CONTEXTS; context++) {
        put_definition(buffer, (jl_context)context);
        put(buffer, context + 1 < JL_N_CONTEXTS ? ",\n" : "\n");
    }
    put(buffer, "  }\n}\n");
}
