/* SPDX-License-Identifier: Apache-2.0
 *
 * Tokens -> expression tree: a Pratt parser over one table of prefix and infix rules.
 *
 * Mistakes whose meaning is clear (`=` for `==`, a chain of comparisons) are reported and parsing goes on; the first
 * real syntax error ends it, because what follows would be guesses. Once anything has been reported there is no tree.
 */
#include "formula/token.h"

struct parser {
    jl_arena *arena;
    jeoul_diagnostics *diagnostics;
    const jl_token *token; /* the one in hand */
    jeoul_status status;   /* JEOUL_RULEBOOK: something was reported; JEOUL_NO_MEMORY */
    bool silent;           /* a syntax error would only be a follow-up of what was reported before */
    uint32_t n_nodes;
    unsigned depth; /* of the expressions being parsed */
};

/* A node and the height of its tree, which later stages need not know. */
typedef struct tall_node {
    jl_ast ast;
    unsigned height;
} tall_node;

typedef struct node_list {
    const jl_ast **items;
    size_t n, capacity;
} node_list;

/* How tightly an operator binds; an operand binds at least as tightly as its operator asks. */
enum { BIND_NONE, BIND_IF, BIND_OR, BIND_AND, BIND_NOT, BIND_COMPARE, BIND_SUM, BIND_PRODUCT, BIND_SIGN, BIND_POWER };

typedef jl_ast *parse_prefix(struct parser *parser);
static parse_prefix parse_number, parse_text, parse_name, parse_group, parse_list, parse_sign, parse_not, parse_if;
static jl_ast *parse_expression(struct parser *parser, int binding);

static const struct rule {
    parse_prefix *prefix;
    int prefix_binding; /* BIND_NONE: allowed everywhere; else needs parentheses inside a tighter operator */
    int binding;        /* as an infix operator; BIND_NONE: is none */
    jl_binary op;
} rules[] = {
    [JL_TOKEN_NUMBER] = {.prefix = parse_number},
    [JL_TOKEN_TEXT] = {.prefix = parse_text},
    [JL_TOKEN_NAME] = {.prefix = parse_name},
    [JL_TOKEN_OPEN] = {.prefix = parse_group},
    [JL_TOKEN_LIST_OPEN] = {.prefix = parse_list},
    [JL_TOKEN_IF] = {.prefix = parse_if, .prefix_binding = BIND_IF},
    [JL_TOKEN_NOT] = {.prefix = parse_not, .prefix_binding = BIND_NOT},
    [JL_TOKEN_OR] = {.binding = BIND_OR, .op = JL_BINARY_OR},
    [JL_TOKEN_AND] = {.binding = BIND_AND, .op = JL_BINARY_AND},
    [JL_TOKEN_ASSIGN] = {.binding = BIND_COMPARE, .op = JL_BINARY_EQ},
    [JL_TOKEN_EQ] = {.binding = BIND_COMPARE, .op = JL_BINARY_EQ},
    [JL_TOKEN_NE] = {.binding = BIND_COMPARE, .op = JL_BINARY_NE},
    [JL_TOKEN_LT] = {.binding = BIND_COMPARE, .op = JL_BINARY_LT},
    [JL_TOKEN_LE] = {.binding = BIND_COMPARE, .op = JL_BINARY_LE},
    [JL_TOKEN_GT] = {.binding = BIND_COMPARE, .op = JL_BINARY_GT},
    [JL_TOKEN_GE] = {.binding = BIND_COMPARE, .op = JL_BINARY_GE},
    [JL_TOKEN_IN] = {.binding = BIND_COMPARE},
    [JL_TOKEN_PLUS] = {.binding = BIND_SUM, .op = JL_BINARY_ADD},
    [JL_TOKEN_MINUS] = {.prefix = parse_sign, .binding = BIND_SUM, .op = JL_BINARY_SUB},
    [JL_TOKEN_TIMES] = {.binding = BIND_PRODUCT, .op = JL_BINARY_MUL},
    [JL_TOKEN_DIVIDE] = {.binding = BIND_PRODUCT, .op = JL_BINARY_DIV},
    [JL_TOKEN_POWER] = {.binding = BIND_POWER, .op = JL_BINARY_POW},
    [JL_TOKEN_WHERE] = {.binding = BIND_NONE}, /* the last kind: the table has a row for each */
};

/* ---- helpers ---- */

static void *out_of_memory(struct parser *parser) {
    parser->status = JEOUL_NO_MEMORY;
    return NULL;
}

/* A mistake after which parsing can go on. */
static void report(struct parser *parser, jl_code code, jl_span span, const char *message, const char *help) {
    jl_report(parser->diagnostics, code, span, "%s", message);
    if (help != NULL) {
        jl_report_help(parser->diagnostics, "%s", help);
    }
    parser->status = JEOUL_RULEBOOK;
}

/* A mistake that ends the parse; the caller returns. */
static void fail(struct parser *parser, jl_code code, jl_span span, const char *message, const char *help) {
    if (parser->status == JEOUL_NO_MEMORY) return;
    if (!parser->silent) {
        report(parser, code, span, message, help);
    }
    parser->status = JEOUL_RULEBOOK;
    parser->silent = true;
}

static void fail_expected(struct parser *parser, const char *expected, const char *help) {
    const bool ended = parser->token->kind == JL_TOKEN_END;
    const jl_text written = ended ? JL_TEXT("the end of the formula") : jl_span_text(parser->token->span);
    const char *quote = ended ? "" : "`";
    const jl_text message =
        jl_arena_format(parser->arena, "expected %s, found %s%.*s%s", expected, quote, JL_TEXT_ARG(written), quote);
    if (message.data == NULL) {
        out_of_memory(parser);
        return;
    }
    fail(parser, JL_FORMULA_SYNTAX, parser->token->span, message.data, help);
}

static bool at(const struct parser *parser, jl_token_kind kind) {
    return parser->token->kind == kind;
}

static const jl_token *take(struct parser *parser) {
    return at(parser, JL_TOKEN_END) ? parser->token : parser->token++;
}

static bool accept(struct parser *parser, jl_token_kind kind) {
    if (!at(parser, kind)) return false;
    take(parser);
    return true;
}

static bool at_named(const struct parser *parser) {
    return at(parser, JL_TOKEN_NAME) && parser->token[1].kind == JL_TOKEN_ASSIGN;
}

static bool add_node(struct parser *parser, node_list *list, const jl_ast *node) {
    if (node == NULL) return false;
    if (!jl_arena_grow(parser->arena, &list->items, &list->capacity, list->n + 1, sizeof(*list->items))) {
        out_of_memory(parser);
        return false;
    }
    list->items[list->n++] = node;
    return true;
}

/* ---- nodes: made when complete, so that parents are numbered after their children ---- */

static void raise_above(unsigned *height, const jl_ast *child) {
    const unsigned child_height = ((const tall_node *)(const void *)child)->height;
    *height = child_height > *height ? child_height : *height;
}

static unsigned height_of(const jl_ast *ast) {
    unsigned height = 0;
    for (size_t child = 0; child < ast->n_children; child++) {
        raise_above(&height, ast->children[child]);
    }
    for (size_t k = 0; k < ast->n_named; k++) {
        raise_above(&height, ast->named[k].value);
    }
    if (ast->where != NULL) {
        raise_above(&height, ast->where);
    }
    return height + 1;
}

static jl_ast *make_node(struct parser *parser, jl_ast content) {
    const unsigned height = height_of(&content);
    if (height > JL_FORMULA_MAX_DEPTH) {
        fail(parser, JL_FORMULA_LIMIT, content.span, "expected at most 100 operations within each other, found more",
             "a long sum is written sum([a, b, c]); parts of a formula can stand under `values`");
        return NULL;
    }
    tall_node *node = jl_arena_alloc(parser->arena, sizeof(tall_node));
    if (node == NULL) return out_of_memory(parser);
    content.index = parser->n_nodes++;
    node->ast = content;
    node->height = height;
    return &node->ast;
}

static jl_ast *make_branch(struct parser *parser, jl_ast_kind kind, jl_binary op, jl_span span,
                           const node_list *children) {
    return make_node(parser, (jl_ast){.kind = (uint8_t)kind,
                                      .op = (uint8_t)op,
                                      .span = span,
                                      .children = children->items,
                                      .n_children = children->n});
}

static jl_ast *make_leaf(struct parser *parser, jl_ast_kind kind, const jl_token *token) {
    return make_node(
        parser, (jl_ast){.kind = (uint8_t)kind, .span = token->span, .name_span = token->span, .text = token->text});
}

/* ---- prefix rules ---- */

static jl_ast *parse_number(struct parser *parser) {
    return make_leaf(parser, JL_AST_NUMBER, take(parser));
}

static jl_ast *parse_text(struct parser *parser) {
    return make_leaf(parser, JL_AST_TEXT, take(parser));
}

/* `a, b` up to the closing sign; *end_out is the span of that sign. */
static bool parse_items(struct parser *parser, jl_token_kind close, node_list *items, jl_span *end_out) {
    do {
        if (!add_node(parser, items, parse_expression(parser, BIND_IF))) return false;
    } while (accept(parser, JL_TOKEN_COMMA));
    if (!at(parser, close)) {
        fail_expected(parser, close == JL_TOKEN_CLOSE ? "`,` or `)`" : "`,` or `]`", NULL);
        return false;
    }
    *end_out = take(parser)->span;
    return true;
}

static jl_ast *parse_list(struct parser *parser) {
    const jl_span start = take(parser)->span;
    node_list items = {0};
    jl_span end;
    if (!parse_items(parser, JL_TOKEN_LIST_CLOSE, &items, &end)) return NULL;
    return make_branch(parser, JL_AST_LIST, 0, jl_span_join(start, end), &items);
}

/* Parentheses leave no node, but messages about the expression underline them too. */
static jl_ast *parse_group(struct parser *parser) {
    const jl_span start = take(parser)->span;
    jl_ast *inner = parse_expression(parser, BIND_IF);
    if (inner == NULL) return NULL;
    if (!at(parser, JL_TOKEN_CLOSE)) {
        fail_expected(parser, "an operator or `)`", at(parser, JL_TOKEN_COMMA) ? "a list is written [a, b, c]" : NULL);
        return NULL;
    }
    inner->span = jl_span_join(start, take(parser)->span);
    return inner;
}

static jl_ast *parse_operand(struct parser *parser, jl_ast_kind kind, int binding) {
    const jl_span start = take(parser)->span;
    node_list operand = {0};
    if (!add_node(parser, &operand, parse_expression(parser, binding))) return NULL;
    return make_branch(parser, kind, 0, jl_span_join(start, operand.items[0]->span), &operand);
}

static jl_ast *parse_sign(struct parser *parser) {
    return parse_operand(parser, JL_AST_NEGATE, BIND_SIGN);
}

static jl_ast *parse_not(struct parser *parser) {
    return parse_operand(parser, JL_AST_NOT, BIND_NOT);
}

static jl_ast *parse_if(struct parser *parser) {
    const jl_span start = take(parser)->span;
    node_list parts = {0};
    if (!add_node(parser, &parts, parse_expression(parser, BIND_IF))) return NULL;
    if (!accept(parser, JL_TOKEN_THEN)) {
        fail_expected(parser, "an operator or `then`", NULL);
        return NULL;
    }
    if (!add_node(parser, &parts, parse_expression(parser, BIND_IF))) return NULL;
    if (!accept(parser, JL_TOKEN_ELSE)) {
        fail_expected(parser, "an operator or `else`", "`if` always has an `else`");
        return NULL;
    }
    if (!add_node(parser, &parts, parse_expression(parser, BIND_IF))) return NULL;
    return make_branch(parser, JL_AST_IF, 0, jl_span_join(start, parts.items[2]->span), &parts);
}

/* ---- names and calls ---- */

/* 부서 or 부서.정원 */
static jl_ast *parse_column(struct parser *parser) {
    if (!at(parser, JL_TOKEN_NAME)) {
        fail_expected(parser, "a name", NULL);
        return NULL;
    }
    const jl_token *first = take(parser);
    if (!accept(parser, JL_TOKEN_DOT)) return make_leaf(parser, JL_AST_NAME, first);
    if (!at(parser, JL_TOKEN_NAME)) {
        fail_expected(parser, "the name of a column after the dot", NULL);
        return NULL;
    }
    const jl_token *last = take(parser);
    return make_node(parser, (jl_ast){.kind = JL_AST_QUALIFIED,
                                      .span = jl_span_join(first->span, last->span),
                                      .name_span = last->span,
                                      .qualifier = first->text,
                                      .text = last->text});
}

/* `over all`, `over group`, `over 시도, 연도`: the columns end at `where` or at a named argument. */
static bool parse_over(struct parser *parser, jl_ast *call) {
    node_list columns = {0};
    do {
        if (!add_node(parser, &columns, parse_column(parser))) return false;
    } while (at(parser, JL_TOKEN_COMMA) &&
             !(parser->token[1].kind == JL_TOKEN_NAME && parser->token[2].kind == JL_TOKEN_ASSIGN) &&
             accept(parser, JL_TOKEN_COMMA));
    call->over = columns.items;
    call->n_over = columns.n;
    return true;
}

static bool parse_named(struct parser *parser, jl_ast *call) {
    jl_named *named = NULL;
    size_t capacity = 0;
    do {
        if (!at_named(parser)) {
            fail_expected(parser, "`name = value`", "named arguments come last");
            return false;
        }
        const jl_token *name = take(parser);
        take(parser);
        const jl_ast *value = parse_expression(parser, BIND_IF);
        if (value == NULL) return false;
        if (!jl_arena_grow(parser->arena, &named, &capacity, call->n_named + 1, sizeof(jl_named))) {
            out_of_memory(parser);
            return false;
        }
        named[call->n_named++] = (jl_named){name->text, name->span, value};
    } while (accept(parser, JL_TOKEN_COMMA));
    call->named = named;
    return true;
}

static bool at_closing_word(const struct parser *parser) {
    return at(parser, JL_TOKEN_CLOSE) || at(parser, JL_TOKEN_OVER) || at(parser, JL_TOKEN_WHERE);
}

/* After an argument: *open_out tells whether a comma announced another one. */
static bool parse_comma(struct parser *parser, bool *open_out) {
    *open_out = accept(parser, JL_TOKEN_COMMA);
    if (!*open_out || !at_closing_word(parser)) return true;
    fail_expected(parser, "an argument after `,`", NULL);
    return false;
}

static bool parse_positional(struct parser *parser, jl_ast *call, bool *open_out) {
    node_list arguments = {0};
    *open_out = true;
    while (*open_out && !at_closing_word(parser) && !at_named(parser)) {
        if (!add_node(parser, &arguments, parse_expression(parser, BIND_IF))) return false;
        if (!parse_comma(parser, open_out)) return false;
    }
    call->children = arguments.items;
    call->n_children = arguments.n;
    return true;
}

/* Everything between the parentheses, in this order: positional, over, where, named. */
static bool parse_arguments(struct parser *parser, jl_ast *call) {
    bool open;
    if (!parse_positional(parser, call, &open)) return false;
    if (accept(parser, JL_TOKEN_OVER) && !(parse_over(parser, call) && parse_comma(parser, &open))) return false;
    if (accept(parser, JL_TOKEN_WHERE)) {
        call->where = parse_expression(parser, BIND_IF);
        if (call->where == NULL || !parse_comma(parser, &open)) return false;
    }
    if (open && !at(parser, JL_TOKEN_CLOSE) && !parse_named(parser, call)) return false;
    if (at(parser, JL_TOKEN_CLOSE)) return true;
    fail_expected(parser, "an operator, `,` or `)`",
                  at_closing_word(parser) ? "the order is: arguments, `over`, `where`, `name = value`" : NULL);
    return false;
}

static jl_ast *parse_call(struct parser *parser) {
    const jl_token *name = take(parser);
    jl_ast call = {.kind = JL_AST_CALL, .text = name->text, .name_span = name->span};
    take(parser); /* ( */
    if (!parse_arguments(parser, &call)) return NULL;
    call.span = jl_span_join(name->span, take(parser)->span);
    return make_node(parser, call);
}

static jl_ast *parse_name(struct parser *parser) {
    return parser->token[1].kind == JL_TOKEN_OPEN ? parse_call(parser) : parse_column(parser);
}

/* ---- infix rules ---- */

static jl_ast *parse_in(struct parser *parser, const jl_ast *left) {
    node_list parts = {0};
    jl_span end;
    if (!add_node(parser, &parts, left)) return NULL;
    if (!accept(parser, JL_TOKEN_OPEN)) {
        fail_expected(parser, "`(` after `in`", "write x in ('a', 'b')");
        return NULL;
    }
    if (!parse_items(parser, JL_TOKEN_CLOSE, &parts, &end)) return NULL;
    return make_branch(parser, JL_AST_IN, 0, jl_span_join(left->span, end), &parts);
}

static void check_comparison(struct parser *parser, bool chained) {
    if (chained) {
        report(parser, JL_FORMULA_SYNTAX, parser->token->span, "comparisons cannot be chained",
               "write `a < b and b < c`");
    } else if (at(parser, JL_TOKEN_ASSIGN)) {
        report(parser, JL_FORMULA_SYNTAX, parser->token->span, "expected a comparison, found `=`",
               "\"equal\" is written `==`");
    }
}

static jl_ast *parse_infix(struct parser *parser, const jl_ast *left, const struct rule *rule) {
    if (accept(parser, JL_TOKEN_IN)) return parse_in(parser, left);
    take(parser);
    node_list operands = {0};
    if (!add_node(parser, &operands, left)) return NULL;
    /* A power is right-associative, and its exponent may have a sign: 2^-3^2 is 2^(-(3^2)). */
    const int binding = rule->binding == BIND_POWER ? BIND_POWER : rule->binding + 1;
    if (!add_node(parser, &operands, parse_expression(parser, binding))) return NULL;
    return make_branch(parser, JL_AST_BINARY, rule->op, jl_span_join(left->span, operands.items[1]->span), &operands);
}

static jl_ast *parse_first(struct parser *parser, int binding) {
    const struct rule *rule = &rules[parser->token->kind];
    if (rule->prefix == NULL) {
        const bool point = at(parser, JL_TOKEN_DOT) && parser->token[1].kind == JL_TOKEN_NUMBER;
        fail_expected(parser, "a number, a name or `(`", point ? "a number begins with a digit: 0.5" : NULL);
        return NULL;
    }
    if (rule->prefix_binding != BIND_NONE && rule->prefix_binding < binding) {
        fail(parser, JL_FORMULA_SYNTAX, parser->token->span,
             at(parser, JL_TOKEN_IF) ? "`if` stands in parentheses here" : "`not` stands in parentheses here", NULL);
        return NULL;
    }
    return rule->prefix(parser);
}

static jl_ast *parse_expression(struct parser *parser, int binding) {
    if (parser->depth == JL_FORMULA_MAX_DEPTH) {
        fail(parser, JL_FORMULA_LIMIT, parser->token->span,
             "expected at most 100 operations within each other, found more", NULL);
        return NULL;
    }
    parser->depth++;
    jl_ast *ast = parse_first(parser, binding);
    bool compared = false;
    for (const struct rule *rule = &rules[parser->token->kind]; ast != NULL && rule->binding >= binding;
         rule = &rules[parser->token->kind]) {
        if (rule->binding == BIND_COMPARE) {
            check_comparison(parser, compared);
            compared = true;
        }
        ast = parse_infix(parser, ast, rule);
    }
    parser->depth--;
    return ast;
}

/* What a reader of other languages may have meant where an operator was expected. */
static const char *help_for_operator(const jl_token *token) {
    static const char *const words[][2] = {{"AND", "write `and`"},
                                           {"And", "write `and`"},
                                           {"OR", "write `or`"},
                                           {"Or", "write `or`"},
                                           {"그리고", "write `and`"},
                                           {"또는", "write `or`"},
                                           {"x", "multiplication is written `*`"}};
    if (token->kind == JL_TOKEN_NOT) return "write `not x in ('a', 'b')`";
    for (size_t k = 0; token->kind == JL_TOKEN_NAME && k < JL_COUNT(words); k++) {
        if (jl_text_equal(token->text, jl_text_of(words[k][0]))) return words[k][1];
    }
    return token->kind == JL_TOKEN_NAME ? "a name with spaces or signs stands in backquotes" : NULL;
}

const jl_ast *jl_formula_parse(jl_arena *arena, jl_span span, jeoul_diagnostics *diagnostics,
                               jeoul_status *status_out) {
    const jl_token *tokens;
    bool clean;
    if (span.end - span.start > JL_FORMULA_MAX_BYTES) {
        *status_out = jl_report(diagnostics, JL_FORMULA_LIMIT, span, "expected a formula of at most %d bytes, found %u",
                                JL_FORMULA_MAX_BYTES, (unsigned)(span.end - span.start));
        return NULL;
    }
    *status_out = jl_formula_lex(arena, span, diagnostics, &tokens, &clean);
    if (*status_out != JEOUL_OK) return NULL;
    struct parser parser = {.arena = arena,
                            .diagnostics = diagnostics,
                            .token = tokens,
                            .status = clean ? JEOUL_OK : JEOUL_RULEBOOK,
                            .silent = !clean};
    const jl_ast *ast = parse_expression(&parser, BIND_IF);
    if (ast != NULL && !at(&parser, JL_TOKEN_END)) {
        fail_expected(&parser, "an operator", help_for_operator(parser.token));
    }
    *status_out = parser.status;
    return parser.status == JEOUL_OK ? ast : NULL;
}
