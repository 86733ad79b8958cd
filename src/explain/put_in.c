/* SPDX-License-Identifier: Apache-2.0
 *
 * A formula with its numbers put in: the tree that was compiled and the value of each of its parts at one row in, a
 * smaller tree out, which is then printed as formulas are.
 *
 * Smaller, because a reader wants the calculation that was done and not the one that might have been: of an `if` only
 * the branch taken is left, of a clamp only the bound that acted, of a test of the domain what it lets through. Names
 * and aggregates become their numbers. What was decided on the way becomes notes.
 */
#include "explain/put_in.h"
#include "plan/words.h"

#define MOST_NODES 400u  /* of the smaller tree: beyond that nobody reads it */
#define SHOWN UINT32_MAX /* index of a node whose text is written as it stands */

/* ---- small trees ---- */

/* A substitute for jl_formula_print_with. */
static bool write_shown(const jl_ast *ast, void *context, jl_buffer *buffer) {
    (void)context;
    if (ast->kind != JL_AST_NAME || ast->index != SHOWN) {
        return false;
    }
    jl_buffer_add(buffer, ast->text);
    return true;
}

static jl_ast *make_node(jl_putting *putting, const jl_ast *like) {
    jl_ast *node = jl_arena_alloc(putting->explainer->arena, sizeof *node);
    putting->n_nodes++;
    if (node == NULL) {
        jl_explain_fail(putting->explainer, JEOUL_NO_MEMORY);
        return NULL;
    }
    *node = *like;
    return node;
}

static const jl_ast *show_text(jl_putting *putting, jl_text text) {
    return make_node(putting, &(jl_ast){.kind = JL_AST_NAME, .index = SHOWN, .text = text});
}

/* A figure as an operand: a minus is an operator, so that the printer sets parentheses where they are needed. */
static const jl_ast *show_figure(jl_putting *putting, jl_text text) {
    if (text.length == 0 || text.data[0] != '-') {
        return show_text(putting, text);
    }
    const jl_ast **child = jl_arena_alloc(putting->explainer->arena, sizeof *child);
    if (child == NULL || (*child = show_text(putting, (jl_text){text.data + 1, text.length - 1})) == NULL) {
        jl_explain_fail(putting->explainer, JEOUL_NO_MEMORY);
        return NULL;
    }
    return make_node(putting, &(jl_ast){.kind = JL_AST_NEGATE, .children = child, .n_children = 1});
}

static const jl_ast *show_value(jl_putting *putting, const jl_ast *ast) {
    const uint32_t value = putting->trace->values[ast->index];
    if (value == 0) {
        jl_buffer text = {NULL, 0, 0, false};
        jl_formula_print(ast, &text);
        return show_text(putting, jl_keep(putting->explainer, &text));
    }
    return show_figure(putting, jl_figure_text(putting->explainer, value, putting->row));
}

static const jl_ast *copy_with(jl_putting *putting, const jl_ast *ast, const jl_ast **children) {
    jl_ast *copy = make_node(putting, ast);
    if (copy != NULL) {
        copy->children = children;
        copy->n_over = 0;
        copy->where = NULL;
    }
    return copy;
}

static const jl_ast *shrink(jl_putting *putting, const jl_ast *ast);

/* A negative operand at the right of a sign stands in parentheses, which the formula language does not need. */
static const jl_ast *enclose(jl_putting *putting, const jl_ast *operand) {
    jl_buffer text = {NULL, 0, 0, false};
    jl_buffer_char(&text, '(');
    jl_formula_print_with(operand, write_shown, NULL, &text);
    jl_buffer_char(&text, ')');
    return show_text(putting, jl_keep(putting->explainer, &text));
}

static bool is_number(const jl_ast *ast, const char *number) {
    return ast->kind == JL_AST_NUMBER && jl_text_equal(ast->text, jl_text_of(number));
}

/* The operand that x + 0, x - 0 and x × 1 come to: a definition has put the other one there, such as a floor of 0. */
static const jl_ast *find_idle(const jl_ast *ast, const jl_ast *const *children) {
    switch ((jl_binary)ast->op) {
    case JL_BINARY_ADD:
        return is_number(children[1], "0") ? children[0] : is_number(children[0], "0") ? children[1] : NULL;
    case JL_BINARY_SUB: return is_number(children[1], "0") ? children[0] : NULL;
    case JL_BINARY_MUL:
        return is_number(children[1], "1") ? children[0] : is_number(children[0], "1") ? children[1] : NULL;
    default: return NULL;
    }
}

/* NULL: memory has ended. */
static const jl_ast *tidy(jl_putting *putting, const jl_ast *ast, const jl_ast **children) {
    const bool is_arithmetic = ast->kind == JL_AST_BINARY && ast->op >= JL_BINARY_ADD;
    const jl_ast *idle = is_arithmetic ? find_idle(ast, children) : NULL;
    if (idle != NULL) {
        return idle;
    }
    const bool is_signed = ast->kind == JL_AST_NEGATE || (is_arithmetic && ast->op != JL_BINARY_POW);
    const size_t last = ast->n_children - 1;
    if (is_signed && children[last]->kind == JL_AST_NEGATE &&
        (children[last] = enclose(putting, children[last])) == NULL) {
        return NULL;
    }
    return copy_with(putting, ast, children);
}

static const jl_ast *shrink_children(jl_putting *putting, const jl_ast *ast) {
    const jl_ast **children = jl_arena_array(putting->explainer->arena, ast->n_children, sizeof *children);
    if (children == NULL && ast->n_children > 0) {
        jl_explain_fail(putting->explainer, JEOUL_NO_MEMORY);
        return NULL;
    }
    for (size_t child = 0; child < ast->n_children; child++) {
        if ((children[child] = shrink(putting, ast->children[child])) == NULL) {
            return NULL;
        }
    }
    return tidy(putting, ast, children);
}

/* ---- what was decided ---- */

static bool evaluate(jl_putting *putting, const jl_ast *ast, jl_exact *out) {
    uint8_t state;
    return jl_evaluate_into(putting->explainer, putting->trace->values[ast->index], putting->row, out, &state);
}

/* "direction == up": a question of the method, not of the data. */
static bool asks_for_word(const jl_ast *condition) {
    for (size_t child = 0; child < condition->n_children; child++) {
        if (jl_is_word(condition->children[child])) {
            return true;
        }
    }
    return false;
}

/* "80.2 >= 75: 참", where the branch taken does not show why. */
static void note_condition(jl_putting *putting, const jl_ast *condition, bool holds) {
    jl_buffer text = {NULL, 0, 0, false};
    const jl_ast *small = shrink(putting, condition);
    if (small == NULL) {
        return;
    }
    jl_formula_print_with(small, write_shown, NULL, &text);
    const jl_text args[JL_SAY_MOST] = {jl_keep(putting->explainer, &text),
                                       jl_wording(putting->explainer->language, holds ? JL_SAY_TRUE : JL_SAY_FALSE)};
    jl_add_note_once(putting->explainer, putting->notes, JL_SAY_CONDITION, args);
}

static const jl_ast *shrink_if(jl_putting *putting, const jl_ast *ast) {
    const jl_ast *condition = ast->children[0];
    if (!evaluate(putting, condition, &putting->explainer->number)) {
        return shrink(putting, condition); /* its state is the result */
    }
    const bool holds = jl_exact_sign(&putting->explainer->number) != JL_EQUAL;
    const jl_ast *taken = ast->children[holds ? 1 : 2];
    if (taken->kind == JL_AST_NUMBER && !asks_for_word(condition)) {
        note_condition(putting, condition, holds);
    }
    return shrink(putting, taken);
}

static const jl_ast *bound_by(jl_putting *putting, const jl_ast *x, const jl_ast *bound, const char *function) {
    const jl_ast **children = jl_arena_array(putting->explainer->arena, 2, sizeof *children);
    if (children == NULL) {
        jl_explain_fail(putting->explainer, JEOUL_NO_MEMORY);
        return NULL;
    }
    children[0] = shrink(putting, x);
    children[1] = shrink(putting, bound);
    if (children[0] == NULL || children[1] == NULL) {
        return NULL;
    }
    return make_node(
        putting, &(jl_ast){.kind = JL_AST_CALL, .text = jl_text_of(function), .children = children, .n_children = 2});
}

/* The bound is the number in hand. */
static void note_bound(jl_putting *putting, jl_sentence sentence) {
    const jl_text args[JL_SAY_MOST] = {jl_short_text(putting->explainer, &putting->explainer->number)};
    putting->bound = jl_sentence_of(putting->explainer, sentence, args);
}

/* clamp(x, low, high): only a bound that acted is left. */
static const jl_ast *shrink_clamp(jl_putting *putting, const jl_ast *ast) {
    jl_explainer *explainer = putting->explainer;
    const jl_ast *x = ast->children[0], *low = ast->children[1], *high = ast->children[2];
    if (!evaluate(putting, x, &explainer->other)) {
        return shrink(putting, x);
    }
    if (evaluate(putting, low, &explainer->number) &&
        jl_exact_compare(&explainer->other, &explainer->number) == JL_LESS) {
        note_bound(putting, JL_SAY_FLOOR_ACTED);
        return bound_by(putting, x, low, "max");
    }
    if (evaluate(putting, high, &explainer->number) &&
        jl_exact_compare(&explainer->other, &explainer->number) == JL_GREATER) {
        note_bound(putting, JL_SAY_CAP_ACTED);
        return bound_by(putting, x, high, "min");
    }
    return shrink(putting, x);
}

/* The first argument that has a value; the last one if none has. */
static const jl_ast *shrink_first(jl_putting *putting, const jl_ast *ast) {
    size_t argument = 0;
    while (argument + 1 < ast->n_children && !evaluate(putting, ast->children[argument], &putting->explainer->number)) {
        argument++;
    }
    return shrink(putting, ast->children[argument]);
}

/* ---- calls ---- */

static bool is_call(const jl_ast *ast, const char *function) {
    return jl_text_equal(ast->text, jl_text_of(function));
}

static bool is_list_call(const jl_ast *ast) {
    return ast->n_children > 0 && ast->children[0]->kind == JL_AST_LIST;
}

/* Functions of single values: their arguments say more than their result. */
static bool is_function_of_values(const jl_ast *ast) {
    static const char *const functions[] = {"abs",      "sqrt",    "ln",   "exp",   "phi",    "round",
                                            "truncate", "ceiling", "year", "month", "months", "mean"};
    for (size_t function = 0; function < JL_COUNT(functions); function++) {
        if (is_call(ast, functions[function])) {
            return ast->n_over == 0 && (!is_call(ast, "mean") || ast->n_children > 1);
        }
    }
    return (is_call(ast, "min") || is_call(ast, "max")) && ast->n_children > 1 && ast->n_over == 0;
}

static const jl_scale *find_scale(const jl_rulebook *rulebook, const jl_ast *call) {
    for (size_t scale = 0; scale < rulebook->n_scales; scale++) {
        if (jl_text_equal(rulebook->scales[scale].name, call->text)) {
            return &rulebook->scales[scale];
        }
    }
    return NULL;
}

static const jl_ast *shrink_call(jl_putting *putting, const jl_ast *ast) {
    const jl_scale *scale = find_scale(putting->explainer->rulebook, ast);
    if (scale != NULL) {
        jl_note_scale(putting, ast, scale);
        return shrink_children(putting, ast);
    }
    if (is_call(ast, "require") && ast->n_children == 3) {
        return shrink(putting, ast->children[1]);
    }
    if (is_call(ast, "clamp") && ast->n_children == 3) {
        return shrink_clamp(putting, ast);
    }
    if (is_call(ast, "first") && ast->n_children > 0) {
        return shrink_first(putting, ast);
    }
    if (is_function_of_values(ast) || is_list_call(ast)) {
        return shrink_children(putting, ast);
    }
    jl_note_rows(putting, ast);
    return show_value(putting, ast);
}

static const jl_ast *shrink(jl_putting *putting, const jl_ast *ast) {
    if (putting->n_nodes > MOST_NODES || putting->explainer->status != JEOUL_OK) {
        return NULL;
    }
    switch ((jl_ast_kind)ast->kind) {
    case JL_AST_NUMBER: return ast;
    case JL_AST_TEXT: return jl_is_word(ast) ? show_text(putting, ast->text) : ast;
    case JL_AST_NAME:
    case JL_AST_QUALIFIED: return show_value(putting, ast);
    case JL_AST_IF: return shrink_if(putting, ast);
    case JL_AST_CALL: return shrink_call(putting, ast);
    case JL_AST_NEGATE:
    case JL_AST_NOT:
    case JL_AST_BINARY:
    case JL_AST_IN:
    case JL_AST_LIST: break;
    }
    return shrink_children(putting, ast);
}

/* ---- a formula worked out ---- */

static jl_text print_numbers(jl_putting *putting) {
    jl_buffer text = {NULL, 0, 0, false};
    const jl_ast *numbers = shrink(putting, putting->trace->ast);
    if (numbers != NULL) {
        jl_formula_print_with(numbers, write_shown, NULL, &text);
    }
    return jl_keep(putting->explainer, &text);
}

jl_text jl_formula_written(jl_explainer *explainer, const jl_ast *source) {
    const jl_text written = jl_text_trim(jl_span_text(source->span));
    if (written.length > 0 && memchr(written.data, '\n', written.length) == NULL) {
        return written;
    }
    jl_buffer text = {NULL, 0, 0, false};
    jl_formula_print(source, &text);
    return jl_keep(explainer, &text);
}

const jl_trace *jl_trace_for(const jl_explainer *explainer, const jl_trace *traces, size_t n_traces) {
    const jl_text group = jl_text_of(explainer->request->groups[explainer->entity]);
    for (size_t index = 0; index < n_traces; index++) {
        if (traces[index].group.length == 0 || jl_text_equal(traces[index].group, group)) {
            return traces[index].source == NULL ? NULL : &traces[index];
        }
    }
    return NULL;
}

jl_worked jl_work_out(jl_explainer *explainer, const jl_trace *trace, uint32_t row, jl_notes *notes) {
    if (trace == NULL) {
        return (jl_worked){.span = {NULL, 0, 0}};
    }
    jl_putting putting = {.explainer = explainer, .trace = trace, .row = row, .notes = notes};
    jl_worked worked = {.written = jl_formula_written(explainer, trace->source), .span = trace->source->span};
    worked.numbers = print_numbers(&putting);
    worked.bound = putting.bound;
    worked.result = jl_figure_text(explainer, trace->values[trace->ast->index], row);
    /* A name alone is its number. */
    if (jl_text_equal(worked.numbers, worked.result) || jl_text_equal(worked.numbers, worked.written)) {
        worked.numbers = (jl_text){NULL, 0};
    }
    return worked;
}
