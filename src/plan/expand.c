/* SPDX-License-Identifier: Apache-2.0
 *
 * Expanding: a formula with calls of methods -> the formula that the methods' definitions make of it. Arguments are put
 * in as trees. An `if` over words that are known now keeps only its branch, so an argument that is not needed need not
 * be given.
 */
#include <string.h>

#include "plan/builder.h"
#include "plan/words.h"

typedef struct jl_method {
    jl_text name, signature, body;
} jl_method;

static const jl_method methods[] = {
#define JL_METHOD(name, signature, body) \
    {{name, sizeof(name) - 1}, {signature, sizeof(signature) - 1}, {body, sizeof(body) - 1}},
#include "plan/methods.def"
#undef JL_METHOD
};

typedef struct jl_binding {
    jl_text name, words; /* parameter; the words it takes, with | between */
    const jl_ast *value; /* NULL: not given and without a default */
} jl_binding;

#define MAX_PARAMETERS 10

typedef struct jl_environment {
    jl_binding bindings[MAX_PARAMETERS];
    size_t n_bindings;
    const jl_ast *call; /* of the method, expanded: its span, over and where */
} jl_environment;

typedef struct jl_expander {
    jl_builder *builder;
    uint32_t n_nodes; /* numbered so far */
    uint32_t depth;
} jl_expander;

#define MAX_EXPANSION_DEPTH 12
#define MAX_EXPANDED_NODES 20000u

static const jl_ast *expand(jl_expander *expander, const jl_environment *environment, const jl_ast *ast);

const jl_text *jl_method_signature(jl_text name) {
    for (size_t index = 0; index < JL_COUNT(methods); index++) {
        if (jl_text_equal(methods[index].name, name)) {
            return &methods[index].signature;
        }
    }
    return NULL;
}

size_t jl_method_names(jl_text *names_out, size_t capacity) {
    size_t n_names = 0;
    for (; n_names < JL_COUNT(methods) && n_names < capacity; n_names++) {
        names_out[n_names] = methods[n_names].name;
    }
    return n_names;
}

static const jl_method *find_method(jl_text name) {
    for (size_t index = 0; index < JL_COUNT(methods); index++) {
        if (jl_text_equal(methods[index].name, name)) {
            return &methods[index];
        }
    }
    return NULL;
}

static jl_ast *new_node(jl_expander *expander, const jl_ast *like) {
    jl_ast *node = jl_arena_alloc(expander->builder->arena, sizeof *node);
    if (node == NULL) {
        jl_builder_fail(expander->builder, JEOUL_NO_MEMORY);
        return NULL;
    }
    *node = *like;
    return node;
}

bool jl_is_word(const jl_ast *ast) {
    return ast->kind == JL_AST_TEXT && ast->op == JL_WORD;
}

static const jl_ast *make_word(jl_expander *expander, const jl_ast *like, jl_text word) {
    jl_ast *node = new_node(expander, like);
    if (node != NULL) {
        node->kind = JL_AST_TEXT;
        node->op = JL_WORD;
        node->text = word;
        node->n_children = 0;
        node->index = expander->n_nodes++;
    }
    return node;
}

/* ---- signatures ---- */

/* Cuts the next parameter off a signature: "name : words = default". */
static bool next_parameter(jl_text *signature, jl_text *name_out, jl_text *words_out, jl_text *default_out) {
    if (signature->length == 0) {
        return false;
    }
    const char *comma = memchr(signature->data, ',', signature->length);
    const size_t length = comma == NULL ? signature->length : (size_t)(comma - signature->data);
    jl_text part = {signature->data, length};
    signature->data += comma == NULL ? length : length + 1;
    signature->length -= comma == NULL ? length : length + 1;
    *default_out = (jl_text){NULL, 0};
    *words_out = (jl_text){NULL, 0};
    const char *equals = memchr(part.data, '=', part.length);
    if (equals != NULL) {
        *default_out = jl_text_trim((jl_text){equals + 1, (size_t)(part.data + part.length - equals - 1)});
        part.length = (size_t)(equals - part.data);
    }
    const char *colon = memchr(part.data, ':', part.length);
    if (colon != NULL) {
        *words_out = jl_text_trim((jl_text){colon + 1, (size_t)(part.data + part.length - colon - 1)});
        part.length = (size_t)(colon - part.data);
    }
    *name_out = jl_text_trim(part);
    return true;
}

bool jl_words_have(jl_text words, jl_text word) {
    while (words.length > 0) {
        const char *bar = memchr(words.data, '|', words.length);
        const size_t length = bar == NULL ? words.length : (size_t)(bar - words.data);
        if (jl_text_equal((jl_text){words.data, length}, word)) {
            return true;
        }
        words.data += bar == NULL ? length : length + 1;
        words.length -= bar == NULL ? length : length + 1;
    }
    return false;
}

/* ---- arguments ---- */

static const jl_ast *expand_argument(jl_expander *expander, const jl_environment *environment, const jl_ast *ast,
                                     jl_text words) {
    if (ast->kind == JL_AST_NAME && jl_words_have(words, ast->text)) {
        return make_word(expander, ast, ast->text);
    }
    return expand(expander, environment, ast);
}

static const jl_ast *parse_default(jl_expander *expander, const jl_ast *call, jl_text text) {
    jl_ast *node = new_node(expander, call);
    if (node == NULL) {
        return NULL;
    }
    double number;
    const bool is_number = jl_number_parse(text, &number, NULL);
    node->kind = is_number ? JL_AST_NUMBER : JL_AST_TEXT;
    node->op = (uint8_t)(is_number ? 0u : JL_WORD);
    node->text = text;
    node->n_children = node->n_named = node->n_over = 0;
    node->where = NULL;
    node->index = expander->n_nodes++;
    return node;
}

static const jl_named *find_named(const jl_ast *call, jl_text name) {
    for (size_t named = 0; named < call->n_named; named++) {
        if (jl_text_equal(call->named[named].name, name)) {
            return &call->named[named];
        }
    }
    return NULL;
}

static bool report_arguments(jl_builder *builder, const jl_ast *call, const jl_environment *bound) {
    for (size_t named = 0; named < call->n_named; named++) {
        jl_text names[MAX_PARAMETERS];
        bool known = false;
        for (size_t index = 0; index < bound->n_bindings; index++) {
            names[index] = bound->bindings[index].name;
            known = known || jl_text_equal(names[index], call->named[named].name);
        }
        if (!known) {
            jl_builder_fail(builder, jl_report(builder->diagnostics, JL_WRONG_ARGUMENTS, call->named[named].span,
                                               "`%.*s` has no parameter `%.*s`", JL_TEXT_ARG(call->text),
                                               JL_TEXT_ARG(call->named[named].name)));
            jl_report_nearest(builder->diagnostics, call->named[named].name, names, bound->n_bindings);
            return false;
        }
    }
    if (call->n_children > bound->n_bindings) {
        jl_builder_fail(builder,
                        jl_report(builder->diagnostics, JL_WRONG_ARGUMENTS, call->children[bound->n_bindings]->span,
                                  "`%.*s` takes at most %zu arguments, found %zu", JL_TEXT_ARG(call->text),
                                  bound->n_bindings, call->n_children));
        return false;
    }
    return true;
}

static bool bind_arguments(jl_expander *expander, const jl_environment *outer, const jl_ast *call,
                           const jl_method *method, jl_environment *bound) {
    jl_text rest = method->signature, name, words, standard;
    bound->n_bindings = 0;
    while (next_parameter(&rest, &name, &words, &standard)) {
        const size_t position = bound->n_bindings++;
        const jl_named *named = find_named(call, name);
        jl_binding *binding = &bound->bindings[position];
        *binding = (jl_binding){.name = name, .words = words};
        if (position < call->n_children && named != NULL) {
            jl_builder_fail(expander->builder, jl_report(expander->builder->diagnostics, JL_WRONG_ARGUMENTS,
                                                         named->span, "`%.*s` is given twice", JL_TEXT_ARG(name)));
            return false;
        }
        if (position < call->n_children || named != NULL) {
            const jl_ast *given = named != NULL ? named->value : call->children[position];
            binding->value = expand_argument(expander, outer, given, words);
        } else if (standard.length > 0) {
            binding->value = parse_default(expander, call, standard);
        } else {
            continue;
        }
        if (binding->value == NULL) {
            return false;
        }
    }
    return report_arguments(expander->builder, call, bound);
}

/* ---- trees ---- */

static bool expand_list(jl_expander *expander, const jl_environment *environment, const jl_ast *const *items,
                        size_t n_items, const jl_ast ***out) {
    const jl_ast **copies = n_items == 0 ? NULL : jl_arena_array(expander->builder->arena, n_items, sizeof *copies);
    if (n_items > 0 && copies == NULL) {
        jl_builder_fail(expander->builder, JEOUL_NO_MEMORY);
        return false;
    }
    for (size_t item = 0; item < n_items; item++) {
        if ((copies[item] = expand(expander, environment, items[item])) == NULL) {
            return false;
        }
    }
    *out = copies;
    return true;
}

static bool is_over(const jl_ast *ast, const char *set) {
    return ast->n_over == 1 && ast->over[0]->kind == JL_AST_NAME &&
           jl_text_equal(ast->over[0]->text, jl_text_of(set));
}

/* `over peers` of a definition becomes what the call says, and the call must say it; `over rows` too, if it does. */
static bool expand_peers(jl_expander *expander, const jl_environment *environment, const jl_ast *ast, jl_ast *copy) {
    const bool is_peers = environment != NULL && is_over(ast, "peers");
    const bool is_rows = environment != NULL && is_over(ast, "rows");
    if (!is_peers && !is_rows) {
        const jl_ast **over = NULL;
        if (!expand_list(expander, environment, ast->over, ast->n_over, &over)) {
            return false;
        }
        copy->over = over;
        return ast->where == NULL || (copy->where = expand(expander, environment, ast->where)) != NULL;
    }
    const jl_ast *call = environment->call;
    if (is_peers && call->n_over == 0) {
        jl_builder_fail(expander->builder,
                        jl_report(expander->builder->diagnostics, JL_WRONG_ARGUMENTS, call->span,
                                  "`%.*s` needs to know over whom: `over group`, `over all` or columns",
                                  JL_TEXT_ARG(call->text)));
        return false;
    }
    copy->over = call->over;
    copy->n_over = call->n_over;
    copy->where = call->where;
    return true;
}

static bool expand_named(jl_expander *expander, const jl_environment *environment, const jl_ast *ast, jl_ast *copy) {
    jl_named *named = ast->n_named == 0 ? NULL : jl_arena_array(expander->builder->arena, ast->n_named, sizeof *named);
    if (ast->n_named > 0 && named == NULL) {
        jl_builder_fail(expander->builder, JEOUL_NO_MEMORY);
        return false;
    }
    for (size_t index = 0; index < ast->n_named; index++) {
        named[index] = ast->named[index];
        named[index].value = expand(expander, environment, ast->named[index].value);
        if (named[index].value == NULL) {
            return false;
        }
    }
    copy->named = named;
    return true;
}

static const jl_ast *copy_tree(jl_expander *expander, const jl_environment *environment, const jl_ast *ast) {
    jl_ast *copy = new_node(expander, ast);
    if (copy == NULL || !expand_list(expander, environment, ast->children, ast->n_children, &copy->children) ||
        !expand_peers(expander, environment, ast, copy) || !expand_named(expander, environment, ast, copy)) {
        return NULL;
    }
    if (environment != NULL) {
        copy->span = copy->name_span = environment->call->span;
    }
    copy->index = expander->n_nodes++;
    return copy;
}

/* ---- what is known now ---- */

/* 1, 0, or -1 when it is not known before data are. */
static int known_truth(const jl_ast *condition) {
    if (condition->kind != JL_AST_BINARY || (condition->op != JL_BINARY_EQ && condition->op != JL_BINARY_NE)) {
        return -1;
    }
    const jl_ast *left = condition->children[0], *right = condition->children[1];
    const bool none = jl_is_word(right) && jl_text_equal(right->text, JL_TEXT("none"));
    if (!(jl_is_word(left) && jl_is_word(right)) && !none) {
        return -1;
    }
    const bool equal = jl_is_word(left) && jl_text_equal(left->text, right->text);
    return equal == (condition->op == JL_BINARY_EQ);
}

static const jl_ast *expand_if(jl_expander *expander, const jl_environment *environment, const jl_ast *ast) {
    const jl_ast *condition = expand(expander, environment, ast->children[0]);
    if (condition == NULL) {
        return NULL;
    }
    const int truth = known_truth(condition);
    if (truth >= 0) {
        return expand(expander, environment, ast->children[truth ? 1 : 2]);
    }
    return copy_tree(expander, environment, ast);
}

/* A definition without rows would drop what the call says about them. */
static bool check_rows(jl_builder *builder, const jl_ast *call, const jl_method *method) {
    const bool has_rows = strstr(method->body.data, "over peers") != NULL || strstr(method->body.data, "over rows") != NULL;
    if (has_rows || (call->n_over == 0 && call->where == NULL)) {
        return true;
    }
    jl_builder_fail(builder, jl_report(builder->diagnostics, JL_WRONG_ARGUMENTS, call->span,
                                       "`%.*s` judges one value: it takes no `over` and no `where`",
                                       JL_TEXT_ARG(call->text)));
    return false;
}

static const jl_ast *expand_method(jl_expander *expander, const jl_environment *outer, const jl_ast *call,
                                   const jl_method *method) {
    jl_environment bound = {.call = call};
    jl_builder *builder = expander->builder;
    if (!check_rows(builder, call, method)) {
        return NULL;
    }
    if (++expander->depth > MAX_EXPANSION_DEPTH) {
        jl_builder_fail(builder, jl_report(builder->diagnostics, JL_FORMULA_LIMIT, call->span,
                                           "methods are nested more than %d deep", MAX_EXPANSION_DEPTH));
        return NULL;
    }
    jl_ast *expanded_call = new_node(expander, call);
    if (expanded_call == NULL || !expand_peers(expander, outer, call, expanded_call) ||
        !bind_arguments(expander, outer, call, method, &bound)) {
        return NULL;
    }
    if (outer != NULL) {
        expanded_call->span = outer->call->span;
    }
    bound.call = expanded_call;
    jl_source *source = jl_arena_alloc(builder->arena, sizeof *source);
    if (source == NULL) {
        jl_builder_fail(builder, JEOUL_NO_MEMORY);
        return NULL;
    }
    *source = (jl_source){.name = method->name, .text = method->body};
    jeoul_status status = JEOUL_OK;
    const jl_ast *body = jl_formula_parse(builder->arena, (jl_span){source, 0, (uint32_t)method->body.length},
                                          builder->diagnostics, &status);
    if (body == NULL) {
        jl_builder_fail(builder, status);
        return NULL;
    }
    const jl_ast *expanded = expand(expander, &bound, body);
    expander->depth--;
    return expanded;
}

static const jl_ast *expand_name(jl_expander *expander, const jl_environment *environment, const jl_ast *ast) {
    for (size_t index = 0; index < environment->n_bindings; index++) {
        const jl_binding *binding = &environment->bindings[index];
        if (!jl_text_equal(binding->name, ast->text)) {
            continue;
        }
        if (binding->value == NULL) {
            jl_builder *builder = expander->builder;
            jl_builder_fail(builder, jl_report(builder->diagnostics, JL_WRONG_ARGUMENTS, environment->call->span,
                                               "`%.*s` needs the argument `%.*s` here",
                                               JL_TEXT_ARG(environment->call->text), JL_TEXT_ARG(ast->text)));
            if (binding->words.length > 0) {
                jl_report_help(builder->diagnostics, "`%.*s` can be %.*s", JL_TEXT_ARG(ast->text),
                               JL_TEXT_ARG(binding->words));
            }
        }
        return binding->value;
    }
    return make_word(expander, ast, ast->text); /* a definition knows its parameters and words, nothing else */
}

static const jl_ast *expand(jl_expander *expander, const jl_environment *environment, const jl_ast *ast) {
    jl_builder *builder = expander->builder;
    if (expander->n_nodes > MAX_EXPANDED_NODES) {
        jl_builder_fail(builder, jl_report(builder->diagnostics, JL_FORMULA_LIMIT, ast->span,
                                           "the formula is too large once its methods are put in"));
        return NULL;
    }
    if (ast->kind == JL_AST_NAME && environment != NULL) {
        return expand_name(expander, environment, ast);
    }
    if (ast->kind == JL_AST_IF) {
        return expand_if(expander, environment, ast);
    }
    const jl_method *method = ast->kind == JL_AST_CALL ? find_method(ast->text) : NULL;
    return method != NULL ? expand_method(expander, environment, ast, method) : copy_tree(expander, environment, ast);
}

const jl_ast *jl_expand(jl_builder *builder, const jl_ast *ast, uint32_t *n_nodes_out) {
    jl_expander expander = {.builder = builder};
    const jl_ast *expanded = expand(&expander, NULL, ast);
    *n_nodes_out = expander.n_nodes;
    return expanded;
}
