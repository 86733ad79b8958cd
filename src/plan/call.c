/* SPDX-License-Identifier: Apache-2.0
 *
 * Calls: the functions that are built in. Methods are gone by now (expand.c); what is left is arithmetic on one row,
 * scales, aggregates and peer statistics. One table row per function.
 */
#include <string.h>

#include "plan/builder.h"
#include "plan/words.h"

typedef struct jl_function jl_function;
typedef uint32_t lower_function(jl_builder *builder, const jl_scope *scope, const jl_ast *call,
                                const jl_function *function);

struct jl_function {
    const char *name;
    int least, most;   /* positional arguments; most -1: any number */
    const char *named; /* parameters that may be named, with | between */
    lower_function *lower;
    jl_op_kind kind;
    uint8_t mode; /* rounding mode; or: 1 looks for the lowest first */
};

/* ---- arguments ---- */

static const jl_ast *find_argument(const jl_ast *call, const char *name) {
    for (size_t named = 0; named < call->n_named; named++) {
        if (jl_text_equal(call->named[named].name, jl_text_of(name))) {
            return call->named[named].value;
        }
    }
    return NULL;
}

static uint32_t report_arguments(jl_builder *builder, const jl_ast *at, const char *expected) {
    jl_builder_fail(builder, jl_report(builder->diagnostics, JL_WRONG_ARGUMENTS, at->span, "expected %s", expected));
    return 0;
}

#define MAX_COUNT 1000000
#define MAX_ROUND_DIGITS 12

/* A whole number written in the formula. */
static bool read_whole(jl_builder *builder, const jl_ast *argument, const char *name, int32_t lowest, int32_t highest,
                       int32_t *count_out) {
    double number = 0.0;
    const bool is_negative = argument->kind == JL_AST_NEGATE;
    const jl_ast *digits = is_negative ? argument->children[0] : argument;
    const bool read = digits->kind == JL_AST_NUMBER && jl_number_parse(digits->text, &number, NULL);
    number = is_negative ? -number : number;
    if (!read || number < lowest || number > highest || number != (double)(int32_t)number) {
        jl_builder_fail(builder, jl_report(builder->diagnostics, JL_WRONG_ARGUMENTS, argument->span,
                                           "`%s` expects a whole number from %d to %d, written as a number", name,
                                           (int)lowest, (int)highest));
        return false;
    }
    *count_out = (int32_t)number;
    return true;
}

static bool read_count(jl_builder *builder, const jl_ast *call, const char *name, int32_t standard, int32_t lowest,
                       int32_t *count_out) {
    const jl_ast *argument = find_argument(call, name);
    *count_out = standard;
    return argument == NULL || read_whole(builder, argument, name, lowest, MAX_COUNT, count_out);
}

/* A word among "a|b|c": its position, or -1 after a message. `standard` -1: must be written. */
static int read_word(jl_builder *builder, const jl_ast *call, const char *name, const char *words, int standard) {
    const jl_ast *argument = find_argument(call, name);
    if (argument == NULL) {
        if (standard < 0) {
            jl_builder_fail(builder, jl_report(builder->diagnostics, JL_WRONG_ARGUMENTS, call->span,
                                               "`%.*s` needs `%s = %s`", JL_TEXT_ARG(call->text), name, words));
        }
        return standard;
    }
    int position = 0;
    for (const char *word = words; *word != '\0'; position++) {
        const char *bar = strchr(word, '|');
        const size_t length = bar == NULL ? strlen(word) : (size_t)(bar - word);
        if ((argument->kind == JL_AST_NAME || jl_is_word(argument)) &&
            jl_text_equal(argument->text, (jl_text){word, length})) {
            return position;
        }
        word += length + (bar != NULL);
    }
    jl_builder_fail(builder, jl_report(builder->diagnostics, JL_WRONG_ARGUMENTS, argument->span,
                                       "`%s` expects one of %s", name, words));
    return -1;
}

static uint32_t emit_one(jl_builder *builder, const jl_scope *scope, jl_op_kind kind, jl_value_type type, uint32_t x,
                         const jl_parameters *p, jl_span span) {
    return jl_emit(builder, kind, scope->shape, type, &x, 1, p, scope->node, span);
}

/* ---- arithmetic on one row ---- */

static uint32_t lower_unary(jl_builder *builder, const jl_scope *scope, const jl_ast *call,
                            const jl_function *function) {
    return emit_one(builder, scope, function->kind, JL_TYPE_NUMBER, jl_lower_number(builder, scope, call->children[0]),
                    NULL, call->span);
}

static uint32_t lower_chain(jl_builder *builder, const jl_scope *scope, const jl_ast *call, jl_op_kind kind) {
    uint32_t result = jl_lower_number(builder, scope, call->children[0]);
    for (size_t child = 1; child < call->n_children; child++) {
        const uint32_t next = jl_lower_number(builder, scope, call->children[child]);
        result = jl_emit_two(builder, kind, scope->shape, result, next, scope->node, call->span);
    }
    return result;
}

static uint32_t lower_first(jl_builder *builder, const jl_scope *scope, const jl_ast *call,
                            const jl_function *function) {
    return lower_chain(builder, scope, call, function->kind);
}

static bool is_none(const jl_ast *ast) {
    return (jl_is_word(ast) || ast->kind == JL_AST_NAME) && jl_text_equal(ast->text, JL_TEXT("none"));
}

/* x where low <= high, else undefined. */
static uint32_t require_order(jl_builder *builder, const jl_scope *scope, const jl_ast *call, uint32_t x, uint32_t low,
                              uint32_t high) {
    double lowest = 0.0, highest = 0.0;
    if (jl_is_constant(builder, low, &lowest) && jl_is_constant(builder, high, &highest)) {
        if (lowest <= highest) {
            return x;
        }
        jl_builder_fail(builder, jl_report(builder->diagnostics, JL_NEVER_VALID, call->span,
                                           "the lower bound is always above the upper one"));
        return 0;
    }
    /* Bounds without a value have given x their state already. */
    const uint32_t ordered[] = {jl_emit_two(builder, JL_OP_LE, scope->shape, low, high, scope->node, call->span),
                                jl_constant_truth(builder, true)};
    jl_parameters p = jl_with_mask((uint8_t)~JL_STATE_BIT(JL_VALUE));
    const uint32_t args[] = {
        jl_emit(builder, JL_OP_ON_STATE, scope->shape, JL_TYPE_TRUTH, ordered, 2, &p, scope->node, call->span), x};
    p = jl_no_parameters();
    p.cause = JL_TEXT("the lower bound is above the upper one");
    return jl_emit(builder, JL_OP_REQUIRE, scope->shape, JL_TYPE_NUMBER, args, 2, &p, scope->node, call->span);
}

/* clamp(x, low, high): a bound may be `none`. */
static uint32_t lower_clamp(jl_builder *builder, const jl_scope *scope, const jl_ast *call,
                            const jl_function *function) {
    static const jl_op_kind kinds[] = {JL_OP_MAX, JL_OP_MIN};
    uint32_t x = jl_lower_number(builder, scope, call->children[0]), limits[2] = {0, 0};
    bool is_open = false;
    (void)function;
    for (size_t bound = 0; bound < 2; bound++) {
        if (is_none(call->children[bound + 1])) {
            is_open = true;
            continue;
        }
        limits[bound] = jl_lower_number(builder, scope, call->children[bound + 1]);
        x = jl_emit_two(builder, kinds[bound], scope->shape, x, limits[bound], scope->node, call->span);
    }
    return is_open || x == 0 ? x : require_order(builder, scope, call, x, limits[0], limits[1]);
}

static uint32_t lower_round(jl_builder *builder, const jl_scope *scope, const jl_ast *call,
                            const jl_function *function) {
    static const jl_round_mode modes[] = {JL_HALF_UP, JL_HALF_EVEN, JL_TRUNCATE, JL_CEILING, JL_FLOOR};
    const uint32_t x = jl_lower_number(builder, scope, call->children[0]);
    const int mode = function->mode == JL_HALF_UP
                         ? read_word(builder, call, "mode", "half_up|half_even|truncate|ceiling|floor", 0)
                         : 0;
    const jl_ast *argument = call->n_children > 1 ? call->children[1] : find_argument(call, "digits");
    int32_t digits;
    if (argument == NULL) {
        return report_arguments(builder, call, "the number of digits as the second argument");
    }
    if (!read_whole(builder, argument, "digits", -MAX_ROUND_DIGITS, MAX_ROUND_DIGITS, &digits) || x == 0 || mode < 0) {
        return 0;
    }
    return jl_emit_round(builder, scope->shape, x, digits,
                         function->mode == JL_HALF_UP ? modes[mode] : (jl_round_mode)function->mode, scope->node,
                         call->span);
}

static uint32_t lower_known(jl_builder *builder, const jl_scope *scope, const jl_ast *call,
                            const jl_function *function) {
    return emit_one(builder, scope, function->kind, JL_TYPE_TRUTH, jl_lower(builder, scope, call->children[0]), NULL,
                    call->span);
}

/* require(condition, x, 'why'): only definitions of methods use it, but anybody may. */
static uint32_t lower_require(jl_builder *builder, const jl_scope *scope, const jl_ast *call,
                              const jl_function *function) {
    const uint32_t args[] = {jl_lower_truth(builder, scope, call->children[0]),
                             jl_lower_number(builder, scope, call->children[1])};
    jl_parameters p = jl_no_parameters();
    if (call->children[2]->kind != JL_AST_TEXT) {
        return report_arguments(builder, call->children[2], "the reason as a text");
    }
    const uint32_t cause = jl_symbol_add(builder->symbols, call->children[2]->text);
    if (cause == JL_NO_SYMBOL) {
        jl_builder_fail(builder, JEOUL_NO_MEMORY);
        return 0;
    }
    p.cause = jl_symbol_text(builder->symbols, cause); /* one text for all, so that equal operations are found equal */
    return jl_emit(builder, function->kind, scope->shape, JL_TYPE_NUMBER, args, 2, &p, scope->node, call->span);
}

/* ---- dates ---- */

static uint32_t lower_date(jl_builder *builder, const jl_scope *scope, const jl_ast *ast) {
    if (ast->kind == JL_AST_TEXT) {
        return jl_literal_of(builder, ast, JL_TYPE_DATE, NULL);
    }
    const uint32_t date = jl_lower(builder, scope, ast);
    if (date != 0 && jl_value_of(builder, date)->type != JL_TYPE_DATE) {
        return report_arguments(builder, ast, "a date");
    }
    return date;
}

static uint32_t lower_date_part(jl_builder *builder, const jl_scope *scope, const jl_ast *call,
                                const jl_function *function) {
    return emit_one(builder, scope, function->kind, JL_TYPE_NUMBER, lower_date(builder, scope, call->children[0]), NULL,
                    call->span);
}

static uint32_t lower_months(jl_builder *builder, const jl_scope *scope, const jl_ast *call,
                             const jl_function *function) {
    const uint32_t args[] = {lower_date(builder, scope, call->children[0]),
                             lower_date(builder, scope, call->children[1])};
    jl_parameters p = jl_no_parameters();
    if (!read_count(builder, call, "from_days", 15, 1, &p.count)) {
        return 0;
    }
    return jl_emit(builder, function->kind, scope->shape, JL_TYPE_NUMBER, args, 2, &p, scope->node, call->span);
}

/* ---- many values ---- */

static bool has_list(const jl_ast *call) {
    for (size_t child = 0; child < call->n_children; child++) {
        if (jl_find_list(call->children[child]) != NULL) {
            return true;
        }
    }
    return false;
}

/* min and max of several scalars are arithmetic; of rows, lists and peers they are aggregates. */
static uint32_t lower_extreme(jl_builder *builder, const jl_scope *scope, const jl_ast *call,
                              const jl_function *function) {
    jl_parameters p = jl_no_parameters();
    if (call->n_children > 1 && !has_list(call)) {
        return lower_chain(builder, scope, call, function->kind);
    }
    if (!read_count(builder, call, "from", 0, 1, &p.n)) {
        return 0;
    }
    return jl_lower_aggregate(builder, scope, call, function->kind == JL_OP_MIN ? JL_OP_LOWEST : JL_OP_HIGHEST, p);
}

static uint32_t lower_reducer(jl_builder *builder, const jl_scope *scope, const jl_ast *call,
                              const jl_function *function) {
    jl_parameters p = jl_no_parameters();
    const bool is_spread = function->kind == JL_OP_SD || function->kind == JL_OP_VARIANCE;
    const bool is_best = function->kind == JL_OP_BEST, is_last = function->kind == JL_OP_LAST;
    const bool is_trimmed = function->kind == JL_OP_TRIMMED_MEAN;
    const int sigma = is_spread ? read_word(builder, call, "sigma", "population|sample", -1) : 0;
    const int direction = is_best ? read_word(builder, call, "direction", "up|down", -1) : 0;
    if ((is_best && find_argument(call, "n") == NULL) || (is_trimmed && find_argument(call, "drop") == NULL)) {
        return report_arguments(builder, call,
                                is_best ? "`n`: how many of the best" : "`drop`: how many to leave out at each end");
    }
    const bool read = read_count(builder, call, "from", 0, 1, &p.n) &&
                      (!(is_best || is_last) || read_count(builder, call, "n", 1, 1, &p.count)) &&
                      (!is_trimmed || read_count(builder, call, "drop", 1, 0, &p.count));
    if (sigma < 0 || direction < 0 || !read) {
        return 0;
    }
    p.count = is_spread ? sigma : p.count;
    p.low_first = direction == 1;
    p.combine = is_last || function->kind == JL_OP_ONLY; /* what is picked brings its state along */
    return jl_lower_aggregate(builder, scope, call, function->kind, p);
}

static uint32_t lower_at(jl_builder *builder, const jl_scope *scope, const jl_ast *call, const jl_function *function) {
    (void)function;
    return jl_lower_at(builder, scope, call);
}

static uint32_t lower_order(jl_builder *builder, const jl_scope *scope, const jl_ast *call,
                            const jl_function *function) {
    jl_parameters p = jl_no_parameters();
    const int best = read_word(builder, call, "best", "high|low", -1);
    const int ties = function->mode == 1 ? JL_RANK_HALF_BELOW
                                         : read_word(builder, call, "ties", "min|max|dense|average", JL_RANK_MIN);
    if (best < 0 || ties < 0) {
        return 0;
    }
    p.low_first = best == 1;
    p.ties = (uint8_t)ties;
    return jl_lower_peer_order(builder, scope, call, p);
}

/* ---- parts of nodes ---- */

/* Points and effective weights go down as far as areas are means. */
static uint32_t find_share(jl_builder *builder, const jl_ast *call, uint32_t index) {
    const jl_text id = builder->rulebook->nodes[index].id;
    if (!jl_contributes(builder, index)) {
        jl_builder_fail(builder, jl_report(builder->diagnostics, JL_WRONG_ARGUMENTS, call->span,
                                           "`%.*s` has no points: an area above it is not the mean of its children",
                                           JL_TEXT_ARG(id)));
        return 0;
    }
    return jl_text_equal(call->text, JL_TEXT("points")) ? jl_compile_points(builder, index)
                                                        : jl_compile_effective(builder, index);
}

static uint32_t report_no_value(jl_builder *builder, const jl_ast *call, uint32_t index) {
    jl_builder_fail(builder, jl_report(builder->diagnostics, JL_WRONG_ARGUMENTS, call->span,
                                       "`%.*s` has no value of its own, only a score",
                                       JL_TEXT_ARG(builder->rulebook->nodes[index].id)));
    return 0;
}

static uint32_t find_part(jl_builder *builder, const jl_ast *call, uint32_t index, bool is_named) {
    if (is_named) {
        jl_compile_named(builder, index, call->span);
        return builder->named[index].value;
    }
    const jl_plan_node *node = jl_compile_node(builder, index, call->span);
    if (node == NULL) {
        return 0;
    }
    if (jl_text_equal(call->text, JL_TEXT("score"))) {
        return node->score;
    }
    if (jl_text_equal(call->text, JL_TEXT("value"))) {
        return node->value != 0 ? node->value : report_no_value(builder, call, index);
    }
    return find_share(builder, call, index);
}

/* score(A), value(A), points(A), weight(A) of a node; value(A) of a value. */
static uint32_t lower_part(jl_builder *builder, const jl_scope *scope, const jl_ast *call,
                           const jl_function *function) {
    const jl_rulebook *rulebook = builder->rulebook;
    const jl_ast *name = call->children[0];
    (void)function;
    if (name->kind == JL_AST_NAME) {
        for (uint32_t node = 1; node < rulebook->n_nodes; node++) {
            if (jl_text_equal(rulebook->nodes[node].id, name->text)) {
                return jl_from_entity(builder, scope->shape, find_part(builder, call, node, false), call->span);
            }
        }
        for (uint32_t named = 0; named < rulebook->n_values; named++) {
            if (jl_text_equal(call->text, JL_TEXT("value")) && jl_text_equal(rulebook->values[named].id, name->text)) {
                return jl_from_entity(builder, scope->shape, find_part(builder, call, named, true), call->span);
            }
        }
    }
    return report_arguments(builder, name, "the id of a node of the scorecard");
}

/* ---- scales ---- */

static double decimal_of(jl_text text) {
    double value = 0.0;
    (void)jl_number_parse(text, &value, NULL);
    return value;
}

static bool fill_rows(jl_builder *builder, const jl_scale *scale, uint32_t argument, jl_parameters *p) {
    jl_table_row *rows = jl_arena_array(builder->arena, scale->n_rows, sizeof *rows);
    if (rows == NULL) {
        jl_builder_fail(builder, JEOUL_NO_MEMORY);
        return false;
    }
    const jl_column_rule *column = jl_value_of(builder, argument)->column;
    for (size_t row = 0; row < scale->n_rows; row++) {
        const jl_scale_row *rule = &scale->rows[row];
        rows[row] = (jl_table_row){.edge = decimal_of(rule->edge),
                                   .result = decimal_of(rule->result),
                                   .closed = rule->closed,
                                   .is_outside = scale->kind == JL_SCALE_STEPS && rule->result.length == 0};
        if (scale->kind == JL_SCALE_LOOKUP) {
            const jl_ast key = {.kind = JL_AST_TEXT, .span = rule->span, .text = rule->key};
            const bool is_choice = column != NULL && column->n_choices > 0;
            const uint32_t constant =
                is_choice ? jl_literal_like(builder, &key, argument) : jl_constant_symbol(builder, rule->key);
            if (constant == 0 || !jl_is_constant(builder, constant, &rows[row].edge)) {
                return false;
            }
        }
    }
    p->rows = rows;
    p->n_rows = scale->n_rows;
    return true;
}

/* Choices of a column that a lookup does not have would be undefined for whoever has them. */
static bool check_lookup(jl_builder *builder, const jl_scale *scale, uint32_t argument, jl_span span) {
    const jl_column_rule *column = jl_value_of(builder, argument)->column;
    for (size_t choice = 0; column != NULL && scale->otherwise.length == 0 && choice < column->n_choices; choice++) {
        bool found = false;
        for (size_t row = 0; row < scale->n_rows; row++) {
            found = found || jl_text_equal(scale->rows[row].key, column->choices[choice].text);
        }
        if (!found) {
            jl_builder_fail(builder, jl_report(builder->diagnostics, JL_BAD_SCALE, span,
                                               "the scale `%.*s` has nothing for the choice `%.*s` of `%.*s`",
                                               JL_TEXT_ARG(scale->name), JL_TEXT_ARG(column->choices[choice].text),
                                               JL_TEXT_ARG(column->name)));
            return false;
        }
    }
    return true;
}

static uint32_t lower_scale(jl_builder *builder, const jl_scope *scope, const jl_ast *call, const jl_scale *scale) {
    static const jl_op_kind kinds[] = {
        [JL_SCALE_STEPS] = JL_OP_STEPS, [JL_SCALE_CURVE] = JL_OP_CURVE, [JL_SCALE_LOOKUP] = JL_OP_MAP};
    if (call->n_children != 1 || call->n_named > 0) {
        return report_arguments(builder, call, "one argument for a scale");
    }
    const bool is_lookup = scale->kind == JL_SCALE_LOOKUP;
    const uint32_t x =
        is_lookup ? jl_lower(builder, scope, call->children[0]) : jl_lower_number(builder, scope, call->children[0]);
    jl_parameters p = jl_no_parameters();
    if (x == 0) {
        return 0;
    }
    const uint8_t type = jl_value_of(builder, x)->type;
    const bool is_choice = jl_value_of(builder, x)->column != NULL && jl_value_of(builder, x)->column->n_choices > 0;
    if (is_lookup && type != JL_TYPE_CODE && !is_choice) {
        return report_arguments(builder, call->children[0], "a text or a choice for a lookup");
    }
    if (!fill_rows(builder, scale, x, &p) || (is_lookup && !check_lookup(builder, scale, x, call->span))) {
        return 0;
    }
    p.at_most = scale->at_most;
    p.has_otherwise = scale->otherwise.length > 0;
    p.number = decimal_of(scale->otherwise);
    p.state = JL_UNDEFINED;
    p.below = (uint8_t)scale->below;
    p.above = (uint8_t)scale->above;
    p.decimals = jl_value_of(builder, x)->decimal;
    return emit_one(builder, scope, kinds[scale->kind], JL_TYPE_NUMBER, x, &p, call->span);
}

/* ---- the table ---- */

static const jl_function functions[] = {
    {"abs", 1, 1, "", lower_unary, JL_OP_ABS, 0},
    {"sqrt", 1, 1, "", lower_unary, JL_OP_SQRT, 0},
    {"ln", 1, 1, "", lower_unary, JL_OP_LN, 0},
    {"exp", 1, 1, "", lower_unary, JL_OP_EXP, 0},
    {"phi", 1, 1, "", lower_unary, JL_OP_PHI, 0},
    {"clamp", 3, 3, "", lower_clamp, JL_OP_MIN, 0},
    {"min", 1, -1, "from|fewer", lower_extreme, JL_OP_MIN, 0},
    {"max", 1, -1, "from|fewer", lower_extreme, JL_OP_MAX, 0},
    {"round", 1, 2, "digits|mode", lower_round, JL_OP_ROUND, JL_HALF_UP},
    {"truncate", 1, 2, "digits", lower_round, JL_OP_ROUND, JL_TRUNCATE},
    {"ceiling", 1, 2, "digits", lower_round, JL_OP_ROUND, JL_CEILING},
    {"first", 1, -1, "", lower_first, JL_OP_FIRST, 0},
    {"known", 1, 1, "", lower_known, JL_OP_KNOWN, 0},
    {"require", 3, 3, "", lower_require, JL_OP_REQUIRE, 0},
    {"year", 1, 1, "", lower_date_part, JL_OP_YEAR, 0},
    {"month", 1, 1, "", lower_date_part, JL_OP_MONTH, 0},
    {"months", 2, 2, "from_days", lower_months, JL_OP_MONTHS, 0},
    {"count", 0, 1, "from|fewer", lower_reducer, JL_OP_COUNT, 0},
    {"sum", 1, 1, "from|fewer", lower_reducer, JL_OP_SUM, 0},
    {"mean", 1, -1, "from|fewer", lower_reducer, JL_OP_MEAN, 0},
    {"median", 1, -1, "from|fewer", lower_reducer, JL_OP_MEDIAN, 0},
    {"weighted_mean", 2, 2, "from|fewer", lower_reducer, JL_OP_WEIGHTED_MEAN, 0},
    {"trimmed_mean", 1, 1, "drop|from|fewer", lower_reducer, JL_OP_TRIMMED_MEAN, 0},
    {"sd", 1, 1, "sigma|from|fewer", lower_reducer, JL_OP_SD, 0},
    {"variance", 1, 1, "sigma|from|fewer", lower_reducer, JL_OP_VARIANCE, 0},
    {"best", 1, 1, "n|direction|from|fewer", lower_reducer, JL_OP_BEST, 0},
    {"last", 1, 1, "n|from|fewer", lower_reducer, JL_OP_LAST, 0},
    {"only", 1, 1, "fewer", lower_reducer, JL_OP_ONLY, 0},
    {"slope", 1, 1, "fewer", lower_reducer, JL_OP_SLOPE, 0},
    {"forecast", 1, 1, "fewer", lower_reducer, JL_OP_FORECAST, 0},
    {"forecast_error", 1, 1, "fewer", lower_reducer, JL_OP_FORECAST_ERROR, 0},
    {"at", 2, 2, "", lower_at, JL_OP_LOOKUP, 0},
    {"rank", 1, 1, "best|ties", lower_order, JL_OP_RANK, 0},
    {"heads_below", 1, 1, "best|weight", lower_order, JL_OP_RANK, 1},
    {"score", 1, 1, "", lower_part, JL_OP_GATHER, 0},
    {"value", 1, 1, "", lower_part, JL_OP_GATHER, 0},
    {"points", 1, 1, "", lower_part, JL_OP_GATHER, 0},
    {"weight", 1, 1, "", lower_part, JL_OP_GATHER, 0},
};
bool jl_is_function(jl_text name) {
    for (size_t index = 0; index < JL_COUNT(functions); index++) {
        if (jl_text_equal(jl_text_of(functions[index].name), name)) {
            return true;
        }
    }
    return jl_method_signature(name) != NULL;
}

bool jl_is_aggregate(const jl_ast *ast) {
    if (ast->kind != JL_AST_CALL) {
        return false;
    }
    for (size_t index = 0; index < JL_COUNT(functions); index++) {
        if (jl_text_equal(jl_text_of(functions[index].name), ast->text)) {
            lower_function *const lower = functions[index].lower;
            const bool is_extreme = lower == lower_extreme && (ast->n_children == 1 || has_list(ast));
            return is_extreme || lower == lower_reducer || lower == lower_order || lower == lower_at;
        }
    }
    return false;
}

static uint32_t report_unknown(jl_builder *builder, const jl_ast *call) {
    enum { CAPACITY = 512 };
    const jl_rulebook *rulebook = builder->rulebook;
    jl_text *names = jl_arena_array(builder->arena, CAPACITY, sizeof *names);
    if (names == NULL) {
        jl_builder_fail(builder, JEOUL_NO_MEMORY);
        return 0;
    }
    size_t n_names = jl_method_names(names, CAPACITY);
    for (size_t index = 0; index < JL_COUNT(functions); index++) {
        names[n_names++] = jl_text_of(functions[index].name);
    }
    for (size_t scale = 0; scale < rulebook->n_scales && n_names < CAPACITY; scale++) {
        names[n_names++] = rulebook->scales[scale].name;
    }
    jl_builder_fail(builder, jl_report(builder->diagnostics, JL_UNKNOWN_FUNCTION, call->name_span,
                                       "unknown function `%.*s`", JL_TEXT_ARG(call->text)));
    jl_report_nearest(builder->diagnostics, call->text, names, n_names);
    return 0;
}

static bool check_arguments(jl_builder *builder, const jl_ast *call, const jl_function *function) {
    const size_t most = function->most < 0 ? SIZE_MAX : (size_t)function->most;
    if (call->n_children < (size_t)function->least || call->n_children > most) {
        jl_builder_fail(builder, jl_report(builder->diagnostics, JL_WRONG_ARGUMENTS, call->span,
                                           "`%s` takes %s%d argument%s, found %zu", function->name,
                                           function->most < 0                 ? "at least "
                                           : function->most > function->least ? "up to "
                                                                              : "",
                                           function->most < 0 ? function->least : function->most,
                                           (function->most < 0 ? function->least : function->most) == 1 ? "" : "s",
                                           call->n_children));
        return false;
    }
    for (size_t named = 0; named < call->n_named; named++) {
        if (!jl_words_have(jl_text_of(function->named), call->named[named].name)) {
            jl_builder_fail(builder, jl_report(builder->diagnostics, JL_WRONG_ARGUMENTS, call->named[named].span,
                                               "`%s` has no parameter `%.*s`", function->name,
                                               JL_TEXT_ARG(call->named[named].name)));
            return false;
        }
    }
    return true;
}

/* `over` and `where` choose rows; a call of one value would drop them. */
static bool check_rows(jl_builder *builder, const jl_ast *call) {
    const bool takes_rows = jl_is_aggregate(call) && !jl_text_equal(call->text, JL_TEXT("at"));
    if (takes_rows || (call->n_over == 0 && call->where == NULL)) {
        return true;
    }
    jl_builder_fail(builder, jl_report(builder->diagnostics, JL_WRONG_ARGUMENTS, call->span,
                                       "`%.*s` takes no `over` and no `where`: it makes one value of one row",
                                       JL_TEXT_ARG(call->text)));
    return false;
}

uint32_t jl_lower_call(jl_builder *builder, const jl_scope *scope, const jl_ast *call) {
    if (!check_rows(builder, call)) {
        return 0;
    }
    for (size_t scale = 0; scale < builder->rulebook->n_scales; scale++) {
        if (jl_text_equal(builder->rulebook->scales[scale].name, call->text)) {
            return lower_scale(builder, scope, call, &builder->rulebook->scales[scale]);
        }
    }
    for (size_t index = 0; index < JL_COUNT(functions); index++) {
        if (jl_text_equal(jl_text_of(functions[index].name), call->text)) {
            return check_arguments(builder, call, &functions[index])
                       ? functions[index].lower(builder, scope, call, &functions[index])
                       : 0;
        }
    }
    return report_unknown(builder, call);
}
