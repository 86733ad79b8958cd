/* SPDX-License-Identifier: Apache-2.0
 *
 * Tree against the table of keys: every unknown, missing or misplaced thing is reported, in one walk. Whoever reads the
 * tree afterwards may pass over what has the wrong kind: it has been reported here.
 */
#include "rulebook/keys.h"

#include "formula/formula.h"

const jl_scalar_rule jl_scalar_rules[JL_N_SCALARS] = {
#define JL_SCALAR(name, base, words, low, high, description) \
    [JL_SCALAR_##name] = {JL_BASE_##base, words, low, high, description},
#define JL_CONTEXT(name, includes)
#define JL_KEY(context, key, scalar, map, list, need, description)
#include "rulebook/keys.def"
#undef JL_SCALAR
#undef JL_CONTEXT
#undef JL_KEY
};

const jl_context jl_context_includes[JL_N_CONTEXTS] = {
#define JL_SCALAR(name, base, words, low, high, description)
#define JL_CONTEXT(name, includes) [JL_CONTEXT_##name] = JL_CONTEXT_##includes,
#define JL_KEY(context, key, scalar, map, list, need, description)
#include "rulebook/keys.def"
#undef JL_SCALAR
#undef JL_CONTEXT
#undef JL_KEY
};

#define JL_NEED_OPTIONAL JL_OPTIONAL
#define JL_NEED_REQUIRED JL_REQUIRED
#define JL_NEED_NOT_YET JL_NOT_YET_READ
const jl_key_rule jl_key_rules[] = {
#define JL_SCALAR(name, base, words, low, high, description)
#define JL_CONTEXT(name, includes)
#define JL_KEY(context, key, scalar, map, list, need, description) \
    {JL_CONTEXT_##context, key, JL_SCALAR_##scalar, JL_CONTEXT_##map, JL_CONTEXT_##list, JL_NEED_##need, description},
#include "rulebook/keys.def"
#undef JL_SCALAR
#undef JL_CONTEXT
#undef JL_KEY
};
const size_t jl_n_key_rules = JL_COUNT(jl_key_rules);

struct checker {
    jl_arena *arena;
    jeoul_diagnostics *diagnostics;
    jeoul_status status;
};

static void check_value(struct checker *checker, const jl_key_rule *rule, const jl_yaml *value, jl_span owner);

/* ---- the table ---- */

/* The rule of a key in a context itself. */
static const jl_key_rule *own_rule(jl_context context, jl_text key) {
    for (size_t k = 0; k < jl_n_key_rules; k++) {
        if (jl_key_rules[k].context == context && jl_text_equal(key, jl_text_of(jl_key_rules[k].key)))
            return &jl_key_rules[k];
    }
    return NULL;
}

static const jl_key_rule *rule_with_included(jl_context context, jl_text key) {
    const jl_key_rule *rule = NULL;
    for (; rule == NULL && context != JL_CONTEXT_NONE; context = jl_context_includes[context]) {
        rule = own_rule(context, key);
    }
    return rule;
}

const jl_key_rule *jl_key_rule_of(jl_context context, jl_text key) {
    const jl_key_rule *rule = rule_with_included(context, key);
    return rule != NULL ? rule : rule_with_included(context, JL_TEXT("*"));
}

jl_context jl_context_of_node(const jl_yaml *node) {
    const bool has_children = jl_yaml_get(node, "areas") != NULL || jl_yaml_get(node, "indicators") != NULL ||
                              jl_yaml_get(node, "each") != NULL;
    return has_children ? JL_CONTEXT_AREA : JL_CONTEXT_INDICATOR;
}

/* Takes the next word off the front of a list of words; empty: no more. */
static jl_text next_word(jl_text *words) {
    size_t length = 0;
    while (length < words->length && words->data[length] != '|') {
        length++;
    }
    const jl_text word = {words->data, length};
    const size_t used = length < words->length ? length + 1 : length;
    *words = (jl_text){words->data + used, words->length - used};
    return word;
}

int jl_word_index(jl_scalar scalar, jl_text text) {
    jl_text words = jl_text_of(jl_scalar_rules[scalar].words);
    for (int index = 0; words.length > 0; index++) {
        if (jl_text_equal(next_word(&words), text)) return index;
    }
    return -1;
}

/* ---- scalars ---- */

bool jl_is_date(jl_text text) {
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (text.length != 10 || text.data[4] != '-' || text.data[7] != '-') return false;
    int parts[8];
    for (size_t k = 0, part = 0; k < 10; k++) {
        if (k == 4 || k == 7) continue;
        if (text.data[k] < '0' || text.data[k] > '9') return false;
        parts[part++] = text.data[k] - '0';
    }
    const int year = parts[0] * 1000 + parts[1] * 100 + parts[2] * 10 + parts[3];
    const int month = parts[4] * 10 + parts[5], day = parts[6] * 10 + parts[7];
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1] && !(month == 2 && day == 29 && !leap);
}

/* Numbers are read as formulas read them, so that there is one way to write them. */
bool jl_read_decimal(jl_arena *arena, const jl_yaml *node, jl_text *decimal_out) {
    jeoul_status status = JEOUL_OK;
    *decimal_out = (jl_text){NULL, 0};
    if (node == NULL || node->kind != JL_YAML_SCALAR || !node->plain || node->text.length == 0) return true;
    const jl_ast *ast = jl_formula_parse(arena, node->span, NULL, &status);
    const bool negative = ast != NULL && ast->kind == JL_AST_NEGATE;
    const jl_ast *number = negative ? ast->children[0] : ast;
    if (number == NULL || number->kind != JL_AST_NUMBER) return status != JEOUL_NO_MEMORY;
    *decimal_out = negative ? jl_arena_format(arena, "-%.*s", JL_TEXT_ARG(number->text)) : number->text;
    return decimal_out->data != NULL;
}

bool jl_read_integer(jl_text text, int *value_out) {
    const bool negative = text.length > 0 && text.data[0] == '-';
    int value = 0;
    if (text.length == (negative ? 1 : 0) || text.length > 4) return false;
    for (size_t k = negative ? 1 : 0; k < text.length; k++) {
        if (text.data[k] < '0' || text.data[k] > '9') return false;
        value = value * 10 + (text.data[k] - '0');
    }
    *value_out = negative ? -value : value;
    return true;
}

static bool fits(struct checker *checker, const jl_scalar_rule *rule, const jl_yaml *value) {
    jl_text decimal;
    int integer;
    switch (rule->base) {
    case JL_BASE_ANY: return true;
    case JL_BASE_TEXT:
    case JL_BASE_FORMULA: return value->text.length > 0;
    case JL_BASE_DATE: return jl_is_date(value->text);
    case JL_BASE_INTEGER:
        return jl_read_integer(value->text, &integer) && integer >= rule->low && integer <= rule->high;
    case JL_BASE_NUMBER:
        if (!jl_read_decimal(checker->arena, value, &decimal)) {
            checker->status = JEOUL_NO_MEMORY;
        }
        return decimal.length > 0;
    case JL_BASE_WORD: break;
    }
    return false;
}

static void complain(struct checker *checker, jeoul_status status) {
    if (checker->status == JEOUL_OK) {
        checker->status = status;
    }
}

static void report_nearest_word(struct checker *checker, const char *list, jl_text found) {
    jl_text candidates[16];
    size_t n_candidates = 0;
    for (jl_text words = jl_text_of(list); words.length > 0 && n_candidates < JL_COUNT(candidates);) {
        candidates[n_candidates++] = next_word(&words);
    }
    jl_report_nearest(checker->diagnostics, found, candidates, n_candidates);
}

static void check_scalar(struct checker *checker, jl_scalar scalar, const jl_yaml *value) {
    const jl_scalar_rule *rule = &jl_scalar_rules[scalar];
    if (jl_word_index(scalar, value->text) >= 0 || fits(checker, rule, value)) return;
    const bool empty = value->text.length == 0 && !value->quoted;
    const char *quote = empty ? "" : "`";
    const jl_text found = empty ? JL_TEXT("nothing") : value->text;
    const jl_code code = scalar == JL_SCALAR_VERSION ? JL_WRONG_VERSION : empty ? JL_WRONG_KIND : JL_WRONG_VALUE;
    complain(checker, jl_report(checker->diagnostics, code, value->span, "expected %s, found %s%.*s%s",
                                rule->description, quote, JL_TEXT_ARG(found), quote));
    report_nearest_word(checker, rule->words, value->text);
}

/* ---- maps ---- */

static void report_unknown(struct checker *checker, jl_context context, const jl_yaml *key) {
    jl_text candidates[64];
    size_t n_candidates = 0;
    for (jl_context part = context; part != JL_CONTEXT_NONE; part = jl_context_includes[part]) {
        for (size_t k = 0; k < jl_n_key_rules; k++) {
            if (jl_key_rules[k].context != part || jl_key_rules[k].need == JL_NOT_YET_READ) continue;
            assert(n_candidates < JL_COUNT(candidates));
            candidates[n_candidates++] = jl_text_of(jl_key_rules[k].key);
        }
    }
    complain(checker,
             jl_report(checker->diagnostics, JL_UNKNOWN_KEY, key->span, "unknown key `%.*s`", JL_TEXT_ARG(key->text)));
    if (context == JL_CONTEXT_INDICATOR && jl_key_rule_of(JL_CONTEXT_AREA, key->text) != NULL) {
        jl_report_help(checker->diagnostics,
                       "it belongs to an area, and this node has no `areas`, `indicators` or `each`");
    } else if (context == JL_CONTEXT_AREA && jl_key_rule_of(JL_CONTEXT_INDICATOR, key->text) != NULL) {
        jl_report_help(checker->diagnostics,
                       "it belongs to an indicator; what the indicators below share stands under `indicator:`");
    } else {
        jl_report_nearest(checker->diagnostics, key->text, candidates, n_candidates);
    }
}

static void check_required(struct checker *checker, jl_context context, const jl_yaml *map, jl_span owner) {
    for (; context != JL_CONTEXT_NONE; context = jl_context_includes[context]) {
        for (size_t k = 0; k < jl_n_key_rules; k++) {
            const jl_key_rule *rule = &jl_key_rules[k];
            if (rule->context != context || rule->need != JL_REQUIRED || jl_yaml_get(map, rule->key) != NULL) continue;
            complain(checker,
                     jl_report(checker->diagnostics, JL_MISSING_KEY, owner, "the key `%s` is missing", rule->key));
            jl_report_help(checker->diagnostics, "`%s`: %s", rule->key, rule->description);
        }
    }
}

static void check_map(struct checker *checker, jl_context context, const jl_yaml *map, jl_span owner) {
    if (context == JL_CONTEXT_INDICATOR) {
        context = jl_context_of_node(map);
    }
    for (size_t item = 0; item < map->n_items; item++) {
        const jl_yaml *key = map->keys[item];
        const jl_key_rule *rule = jl_key_rule_of(context, key->text);
        if (rule == NULL) {
            report_unknown(checker, context, key);
        } else if (rule->need == JL_NOT_YET_READ) {
            complain(checker, jl_report(checker->diagnostics, JL_NOT_YET, key->span,
                                        "`%.*s` (%s) is not supported by this version", JL_TEXT_ARG(key->text),
                                        rule->description));
        } else {
            check_value(checker, rule, map->items[item], key->span);
        }
    }
    check_required(checker, context, map, owner);
}

static void report_kind(struct checker *checker, const jl_key_rule *rule, const jl_yaml *value) {
    static const char *const found[] = {
        [JL_YAML_SCALAR] = "a single value", [JL_YAML_LIST] = "a list", [JL_YAML_MAP] = "a map"};
    const bool scalar = rule->scalar != JL_SCALAR_NONE, list = rule->list != JL_CONTEXT_NONE,
               map = rule->map != JL_CONTEXT_NONE;
    const bool nothing = value->kind == JL_YAML_SCALAR && value->text.length == 0;
    complain(checker, jl_report(checker->diagnostics, JL_WRONG_KIND, value->span, "expected %s%s%s%s%s, found %s",
                                scalar ? jl_scalar_rules[rule->scalar].description : "",
                                scalar && (list || map) ? " or " : "", list ? "a list" : "", list && map ? " or " : "",
                                map ? "a map" : "", nothing ? "nothing" : found[value->kind]));
}

/* Any value may be dated in the language, and in no place in this version. */
static bool is_dated(const jl_yaml *value) {
    return value->kind == JL_YAML_MAP && value->n_items > 0 && jl_is_date(value->keys[0]->text);
}

static void check_value(struct checker *checker, const jl_key_rule *rule, const jl_yaml *value, jl_span owner) {
    if (checker->status == JEOUL_NO_MEMORY || (value->kind == JL_YAML_SCALAR && value->wrong)) return;
    if (is_dated(value)) {
        complain(checker, jl_report(checker->diagnostics, JL_NOT_YET, value->keys[0]->span,
                                    "dated values are not supported by this version"));
    } else if (value->kind == JL_YAML_SCALAR && rule->scalar != JL_SCALAR_NONE) {
        check_scalar(checker, rule->scalar, value);
    } else if (value->kind == JL_YAML_MAP && rule->map != JL_CONTEXT_NONE) {
        check_map(checker, rule->map, value, owner);
    } else if (value->kind == JL_YAML_LIST && rule->list != JL_CONTEXT_NONE) {
        const jl_key_rule *element = own_rule(rule->list, JL_TEXT("-"));
        for (size_t item = 0; item < value->n_items; item++) {
            const jl_yaml *found = value->items[item];
            check_value(checker, element, found,
                        found->kind == JL_YAML_MAP && found->n_items > 0 ? found->keys[0]->span : found->span);
        }
    } else {
        report_kind(checker, rule, value);
    }
}

jeoul_status jl_keys_check(jl_arena *arena, const jl_yaml *root, jeoul_diagnostics *diagnostics) {
    static const jl_key_rule whole = {.map = JL_CONTEXT_RULEBOOK, .key = "", .description = "a rulebook"};
    struct checker checker = {.arena = arena, .diagnostics = diagnostics, .status = JEOUL_OK};
    const jl_span start = {root->span.source, root->span.start, root->span.start};
    check_value(&checker, &whole, root, start);
    return checker.status;
}
