/* SPDX-License-Identifier: Apache-2.0
 *
 * A formula in, a phrase out. Operators keep their signs, which every office reads; functions and methods become words,
 * one pattern each in sentences.def, with the parameters of their signatures put in by name.
 */
#include "explain/phrase.h"
#include "plan/words.h"

#define MOST_PARAMETERS 10

/* Parameters of the functions that are no methods; `over`, `where`, `from` and `fewer` are said for all alike. */
static const struct signature {
    jl_text name, parameters;
} signatures[] = {
#define SIGNATURE(name, parameters)            \
    {                                          \
        {name, sizeof(name) - 1}, {            \
            parameters, sizeof(parameters) - 1 \
        }                                      \
    }
    SIGNATURE("clamp", "x, low, high"),
    SIGNATURE("round", "x, digits, mode"),
    SIGNATURE("truncate", "x, digits"),
    SIGNATURE("ceiling", "x, digits"),
    SIGNATURE("require", "c, x, why"),
    SIGNATURE("months", "from, to, from_days"),
    SIGNATURE("weighted_mean", "x, w"),
    SIGNATURE("trimmed_mean", "x, drop"),
    SIGNATURE("sd", "x, sigma"),
    SIGNATURE("variance", "x, sigma"),
    SIGNATURE("best", "x, n, direction"),
    SIGNATURE("last", "x, n"),
    SIGNATURE("at", "x, key"),
    SIGNATURE("rank", "x, best, ties"),
#undef SIGNATURE
};

/* How tightly each kind of expression binds, as in the grammar. */
enum {
    BIND_IF = 1,
    BIND_OR,
    BIND_AND,
    BIND_NOT,
    BIND_COMPARE,
    BIND_SUM,
    BIND_PRODUCT,
    BIND_SIGN,
    BIND_POWER,
    BIND_ATOM
};

static void say(jl_phraser *phraser, const jl_ast *ast, jl_buffer *out);

/* ---- texts ---- */

jl_text jl_phrase_keep(jl_phraser *phraser, jl_buffer *buffer) {
    const jl_text copy = jl_arena_copy(phraser->arena, (jl_text){buffer->data, buffer->length});
    if (buffer->failed || copy.length != buffer->length) {
        phraser->status = JEOUL_NO_MEMORY;
    }
    jl_buffer_free(buffer);
    return copy;
}

jl_text jl_phrase_say(jl_phraser *phraser, jl_sentence sentence, const jl_text *args) {
    jl_buffer buffer = {NULL, 0, 0, false};
    jl_say(&buffer, phraser->language, sentence, args);
    return jl_phrase_keep(phraser, &buffer);
}

jl_text jl_phrase(jl_phraser *phraser, const jl_ast *ast) {
    jl_buffer buffer = {NULL, 0, 0, false};
    say(phraser, ast, &buffer);
    return jl_phrase_keep(phraser, &buffer);
}

/* ---- operators ---- */

static const struct sign {
    const char *text; /* NULL: a word */
    jl_sentence word;
    int binding;
} signs[] = {
    [JL_BINARY_OR] = {NULL, JL_SAY_OR, BIND_OR},        [JL_BINARY_AND] = {NULL, JL_SAY_AND, BIND_AND},
    [JL_BINARY_EQ] = {" = ", JL_SAY_OR, BIND_COMPARE},  [JL_BINARY_NE] = {" ≠ ", JL_SAY_OR, BIND_COMPARE},
    [JL_BINARY_LT] = {" < ", JL_SAY_OR, BIND_COMPARE},  [JL_BINARY_LE] = {" ≤ ", JL_SAY_OR, BIND_COMPARE},
    [JL_BINARY_GT] = {" > ", JL_SAY_OR, BIND_COMPARE},  [JL_BINARY_GE] = {" ≥ ", JL_SAY_OR, BIND_COMPARE},
    [JL_BINARY_ADD] = {" + ", JL_SAY_OR, BIND_SUM},     [JL_BINARY_SUB] = {" - ", JL_SAY_OR, BIND_SUM},
    [JL_BINARY_MUL] = {" × ", JL_SAY_OR, BIND_PRODUCT}, [JL_BINARY_DIV] = {" / ", JL_SAY_OR, BIND_PRODUCT},
    [JL_BINARY_POW] = {"^", JL_SAY_OR, BIND_POWER},
};

static int binding_of(const jl_ast *ast) {
    switch ((jl_ast_kind)ast->kind) {
    case JL_AST_IF: return BIND_IF;
    case JL_AST_NOT: return BIND_NOT;
    case JL_AST_IN: return BIND_COMPARE;
    case JL_AST_NEGATE: return BIND_SIGN;
    case JL_AST_BINARY: return signs[ast->op].binding;
    default: return BIND_ATOM;
    }
}

static void say_within(jl_phraser *phraser, const jl_ast *ast, int least, jl_buffer *out) {
    const bool is_grouped = binding_of(ast) < least;
    jl_buffer_add(out, is_grouped ? JL_TEXT("(") : (jl_text){NULL, 0});
    say(phraser, ast, out);
    jl_buffer_add(out, is_grouped ? JL_TEXT(")") : (jl_text){NULL, 0});
}

jl_text jl_phrase_operand(jl_phraser *phraser, const jl_ast *ast) {
    jl_buffer buffer = {NULL, 0, 0, false};
    say_within(phraser, ast, BIND_ATOM, &buffer);
    return jl_phrase_keep(phraser, &buffer);
}

static void say_binary(jl_phraser *phraser, const jl_ast *ast, jl_buffer *out) {
    const struct sign *sign = &signs[ast->op];
    const bool is_power = ast->op == JL_BINARY_POW;
    const bool is_strict = sign->binding == BIND_COMPARE || is_power;
    say_within(phraser, ast->children[0], sign->binding + (is_strict ? 1 : 0), out);
    jl_buffer_add(out, sign->text != NULL ? jl_text_of(sign->text) : jl_wording(phraser->language, sign->word));
    say_within(phraser, ast->children[1], sign->binding + (is_power ? 0 : 1), out);
}

static jl_text join(jl_phraser *phraser, const jl_ast *const *items, size_t n) {
    jl_buffer buffer = {NULL, 0, 0, false};
    for (size_t item = 0; item < n; item++) {
        jl_buffer_add(&buffer, item > 0 ? JL_TEXT(", ") : (jl_text){NULL, 0});
        say(phraser, items[item], &buffer);
    }
    return jl_phrase_keep(phraser, &buffer);
}

static void say_pattern(jl_phraser *phraser, jl_sentence sentence, jl_text a, jl_text b, jl_text c, jl_buffer *out) {
    const jl_text args[JL_SAY_MOST] = {a, b, c};
    jl_say(out, phraser->language, sentence, args);
}

/* ---- names ---- */

static void say_name(jl_phraser *phraser, const jl_ast *ast, jl_buffer *out) {
    static const struct special {
        const char *name;
        jl_sentence wording;
    } specials[] = {{"value", JL_SAY_NAME_VALUE},
                    {"score", JL_SAY_NAME_SCORE},
                    {"total", JL_SAY_NAME_TOTAL},
                    {"base", JL_SAY_NAME_BASE},
                    {"as_of", JL_SAY_NAME_AS_OF}};
    if (phraser->value != NULL && jl_text_equal(ast->text, JL_TEXT("value"))) {
        const jl_ast *value = phraser->value;
        phraser->value = NULL;
        say(phraser, value, out);
        phraser->value = value;
        return;
    }
    for (size_t special = 0; special < JL_COUNT(specials); special++) {
        if (jl_text_equal(ast->text, jl_text_of(specials[special].name))) {
            jl_buffer_add(out, jl_wording(phraser->language, specials[special].wording));
            return;
        }
    }
    jl_buffer_add(out, ast->text);
}

static void say_text(const jl_ast *ast, jl_buffer *out) {
    jl_buffer_char(out, '\'');
    jl_buffer_add(out, ast->text);
    jl_buffer_char(out, '\'');
}

/* ---- calls ---- */

typedef struct jl_call {
    jl_text names[MOST_PARAMETERS], texts[MOST_PARAMETERS];
    size_t n;
} jl_call;

const jl_scale *jl_scale_of_call(const jl_rulebook *rulebook, const jl_ast *call) {
    for (size_t scale = 0; call->kind == JL_AST_CALL && scale < rulebook->n_scales; scale++) {
        if (jl_text_equal(rulebook->scales[scale].name, call->text)) {
            return &rulebook->scales[scale];
        }
    }
    return NULL;
}

static jl_text signature_of(jl_text function) {
    const jl_text *method = jl_method_signature(function);
    for (size_t index = 0; method == NULL && index < JL_COUNT(signatures); index++) {
        if (jl_text_equal(signatures[index].name, function)) {
            return signatures[index].parameters;
        }
    }
    return method != NULL ? *method : JL_TEXT("x");
}

/* Cuts the next name off a signature, without its words and default. */
static bool next_name(jl_text *signature, jl_text *name_out) {
    if (signature->length == 0) {
        return false;
    }
    const char *comma = memchr(signature->data, ',', signature->length);
    const size_t length = comma == NULL ? signature->length : (size_t)(comma - signature->data);
    size_t end = 0;
    while (end < length && signature->data[end] != ':' && signature->data[end] != '=') {
        end++;
    }
    *name_out = jl_text_trim((jl_text){signature->data, end});
    signature->data += comma == NULL ? length : length + 1;
    signature->length -= comma == NULL ? length : length + 1;
    return true;
}

static const jl_ast *find_named(const jl_ast *call, jl_text name) {
    for (size_t named = 0; named < call->n_named; named++) {
        if (jl_text_equal(call->named[named].name, name)) {
            return call->named[named].value;
        }
    }
    return NULL;
}

static bool takes_words(jl_text parameter) {
    static const char *const parameters[] = {"direction", "form", "cap", "sigma", "best", "ties", "mode", "partial"};
    for (size_t index = 0; index < JL_COUNT(parameters); index++) {
        if (jl_text_equal(parameter, jl_text_of(parameters[index]))) {
            return true;
        }
    }
    return false;
}

/* A word in the reader's language; a column that holds the word; anything else as it is. `none` is nothing. */
static jl_text say_argument(jl_phraser *phraser, jl_text parameter, const jl_ast *argument) {
    const bool is_name = argument->kind == JL_AST_NAME;
    if (is_name && jl_text_equal(argument->text, JL_TEXT("none"))) {
        return (jl_text){NULL, 0};
    }
    const jl_text word = is_name && takes_words(parameter)
                             ? jl_wording_of(JL_WORDING_WORD, argument->text, phraser->language)
                             : (jl_text){NULL, 0};
    if (word.length > 0) {
        return word;
    }
    if (jl_text_equal(parameter, JL_TEXT("direction"))) {
        const jl_text args[JL_SAY_MOST] = {jl_phrase(phraser, argument)};
        return jl_phrase_say(phraser, JL_SAY_AS_COLUMN_SAYS, args);
    }
    const bool is_number = argument->kind == JL_AST_NEGATE && argument->children[0]->kind == JL_AST_NUMBER;
    return is_number ? jl_phrase(phraser, argument) : jl_phrase_operand(phraser, argument);
}

static void read_arguments(jl_phraser *phraser, const jl_ast *call, jl_call *out) {
    jl_text signature = signature_of(call->text), name;
    for (out->n = 0; out->n < MOST_PARAMETERS && next_name(&signature, &name); out->n++) {
        const jl_ast *argument = out->n < call->n_children ? call->children[out->n] : find_named(call, name);
        out->names[out->n] = name;
        out->texts[out->n] = argument == NULL ? (jl_text){NULL, 0} : say_argument(phraser, name, argument);
    }
    /* Functions of any number of values: all of them are x. */
    if (out->n == 1 && call->n_children > 1) {
        out->texts[0] = join(phraser, call->children, call->n_children);
    }
}

/* ---- whose values ---- */

static void add_remark(jl_buffer *remarks, jl_text remark) {
    jl_buffer_add(remarks, remarks->length > 0 ? JL_TEXT(", ") : (jl_text){NULL, 0});
    jl_buffer_add(remarks, remark);
}

static void remark(jl_phraser *phraser, jl_buffer *remarks, jl_sentence sentence, jl_text argument) {
    const jl_text args[JL_SAY_MOST] = {argument};
    add_remark(remarks, jl_phrase_say(phraser, sentence, args));
}

static void remark_over(jl_phraser *phraser, const jl_ast *call, jl_buffer *remarks) {
    const bool is_one_name = call->n_over == 1 && call->over[0]->kind == JL_AST_NAME;
    if (call->n_over == 0) {
        return;
    }
    if (is_one_name && jl_text_equal(call->over[0]->text, JL_TEXT("group"))) {
        remark(phraser, remarks, JL_SAY_OVER_GROUP, (jl_text){NULL, 0});
    } else if (is_one_name && jl_text_equal(call->over[0]->text, JL_TEXT("all"))) {
        remark(phraser, remarks, JL_SAY_OVER_ALL, (jl_text){NULL, 0});
    } else {
        remark(phraser, remarks, JL_SAY_OVER_COLUMNS, join(phraser, call->over, call->n_over));
    }
}

static void say_remarks(jl_phraser *phraser, const jl_ast *call, jl_buffer *out) {
    jl_buffer remarks = {NULL, 0, 0, false};
    const jl_ast *least = find_named(call, JL_TEXT("from")), *fewer = find_named(call, JL_TEXT("fewer"));
    remark_over(phraser, call, &remarks);
    if (call->where != NULL) {
        remark(phraser, &remarks, JL_SAY_ONLY_WHERE, jl_phrase(phraser, call->where));
    }
    if (least != NULL) {
        remark(phraser, &remarks, JL_SAY_LEAST_VALUES, jl_phrase(phraser, least));
    }
    if (fewer != NULL) {
        remark(phraser, &remarks, JL_SAY_FEWER, jl_phrase(phraser, fewer));
    }
    if (remarks.length > 0) {
        const jl_text args[JL_SAY_MOST] = {{remarks.data, remarks.length}};
        jl_say(out, phraser->language, JL_SAY_REMARKS, args);
    }
    out->failed = out->failed || remarks.failed;
    jl_buffer_free(&remarks);
}

static jl_text pattern_of(const jl_phraser *phraser, const jl_ast *call) {
    const bool is_last_of_many = jl_text_equal(call->text, JL_TEXT("last")) && find_named(call, JL_TEXT("n")) != NULL;
    const bool counts_rows = jl_text_equal(call->text, JL_TEXT("count")) && call->n_children == 1 &&
                             call->children[0]->kind == JL_AST_NAME &&
                             jl_rulebook_table(phraser->rulebook, call->children[0]->text) != JL_NONE;
    const jl_text key = is_last_of_many ? JL_TEXT("last n") : counts_rows ? JL_TEXT("count rows") : call->text;
    return jl_wording_of(JL_WORDING_FUNCTION, key, phraser->language);
}

/* Remarks that follow each other become one: 표준점수(모집단, 같은 평가군 안에서). */
static void add_joined(jl_buffer *out, jl_text text) {
    for (size_t byte = 0; byte < text.length; byte++) {
        if (text.data[byte] == ')' && byte + 1 < text.length && text.data[byte + 1] == '(') {
            jl_buffer_add(out, JL_TEXT(", "));
            byte++;
        } else {
            jl_buffer_char(out, text.data[byte]);
        }
    }
}

static void say_call(jl_phraser *phraser, const jl_ast *ast, jl_buffer *out) {
    const jl_scale *scale = jl_scale_of_call(phraser->rulebook, ast);
    const jl_text pattern = pattern_of(phraser, ast);
    jl_call call;
    if (scale != NULL && ast->n_children == 1) {
        say_pattern(phraser, JL_SAY_SCALED, jl_phrase_operand(phraser, ast->children[0]), scale->name,
                    (jl_text){NULL, 0}, out);
        return;
    }
    if (pattern.length == 0) {
        jl_formula_print(ast, out);
        return;
    }
    jl_buffer text = {NULL, 0, 0, false};
    read_arguments(phraser, ast, &call);
    jl_put_in(&text, pattern, &(jl_arguments){.names = call.names, .texts = call.texts, .n = call.n});
    say_remarks(phraser, ast, &text);
    add_joined(out, jl_phrase_keep(phraser, &text));
}

/* ---- expressions ---- */

static void say(jl_phraser *phraser, const jl_ast *ast, jl_buffer *out) {
    const jl_text none = {NULL, 0};
    switch ((jl_ast_kind)ast->kind) {
    case JL_AST_NUMBER: jl_buffer_add(out, ast->text); return;
    case JL_AST_TEXT: say_text(ast, out); return;
    case JL_AST_NAME: say_name(phraser, ast, out); return;
    case JL_AST_QUALIFIED: say_pattern(phraser, JL_SAY_COLUMN_OF, ast->qualifier, ast->text, none, out); return;
    case JL_AST_NEGATE:
        jl_buffer_char(out, '-');
        say_within(phraser, ast->children[0], BIND_SIGN, out);
        return;
    case JL_AST_NOT:
        say_pattern(phraser, JL_SAY_NOT, jl_phrase_operand(phraser, ast->children[0]), none, none, out);
        return;
    case JL_AST_BINARY: say_binary(phraser, ast, out); return;
    case JL_AST_IF:
        say_pattern(phraser, JL_SAY_IF, jl_phrase(phraser, ast->children[0]), jl_phrase(phraser, ast->children[1]),
                    jl_phrase(phraser, ast->children[2]), out);
        return;
    case JL_AST_IN:
        say_pattern(phraser, JL_SAY_IN, jl_phrase_operand(phraser, ast->children[0]),
                    join(phraser, ast->children + 1, ast->n_children - 1), none, out);
        return;
    case JL_AST_LIST: jl_buffer_add(out, join(phraser, ast->children, ast->n_children)); return;
    case JL_AST_CALL: say_call(phraser, ast, out); return;
    }
}
