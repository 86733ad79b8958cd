/* SPDX-License-Identifier: Apache-2.0
 *
 * What a test expects of one entity, compared with what came out.
 *
 * A number is compared at the digits that are written: the exact value, not the published one, is rounded to them, so
 * that 68.35 holds for a value that is published as 68.3544 and no figure is rounded twice. The mode is that of the
 * total. A result without a value is expected as `none` or as its state.
 */
#include "api/testing.h"

#define MOST_DIGITS 400 /* that may be written */

/* One result: what is found in the plan at a row. */
typedef struct finding {
    enum { FIND_VALUE, FIND_GRADE, FIND_STATE, FIND_ZERO, FIND_NOTHING } kind;
    uint32_t value; /* of the plan; STATE: the node */
    uint32_t row;   /* of its shape */
} finding;

/* One expectation while it is compared. */
typedef struct question {
    jl_trial *trial;
    const jeoul_result *result;
    size_t entity;
    const jl_yaml *name, *part, *expected; /* part: of a node's map; NULL: the name alone */
} question;

static void fail(const question *asked, jl_text found) {
    const jl_text part = asked->part == NULL ? (jl_text){NULL, 0} : asked->part->text;
    jl_fail_trial(asked->trial, asked->expected->span, "`%s`, `%.*s`%s%.*s: expected `%.*s`, found `%.*s`",
                  asked->result->entities[asked->entity], JL_TEXT_ARG(asked->name->text), part.length > 0 ? " " : "",
                  JL_TEXT_ARG(part), JL_TEXT_ARG(asked->expected->text), JL_TEXT_ARG(found));
}

static void fail_built(const question *asked, jl_buffer *found) {
    if (found->failed) asked->trial->status = JEOUL_NO_MEMORY;
    fail(asked, (jl_text){found->data, found->length});
    jl_buffer_free(found);
}

static bool expects(const question *asked, jl_text text) {
    return jl_text_equal(asked->expected->text, text);
}

static void compare_text(const question *asked, jl_text found) {
    if (!expects(asked, found)) fail(asked, found);
}

static void compare_state(const question *asked, uint8_t state) {
    const jl_text word = jl_text_of(jl_state_word_of(state));
    if (!expects(asked, word) && !expects(asked, JL_TEXT("none"))) fail(asked, word);
}

/* ---- numbers ---- */

/* Decimals of a number as it is written; tens of 7e1 are below zero. An exponent that large is no number. */
static int digits_written(jl_text number) {
    int digits = 0, exponent = 0, sign = 1;
    size_t at = 0;
    while (at < number.length && number.data[at] != '.' && (number.data[at] | 0x20) != 'e') at++;
    if (at < number.length && number.data[at] == '.') {
        for (at++; at < number.length && (number.data[at] | 0x20) != 'e'; at++) digits++;
    }
    for (at++; at < number.length; at++) {
        if (number.data[at] == '-') sign = -1;
        if (number.data[at] >= '0' && number.data[at] <= '9') exponent = exponent * 10 + (number.data[at] - '0');
    }
    digits -= sign * exponent;
    return digits < -MOST_DIGITS ? -MOST_DIGITS : digits > MOST_DIGITS ? MOST_DIGITS : digits;
}

/* Rounds the exact value of a place, with more precision while that is open; in the end its nearest double decides. */
static jeoul_status round_exact(const question *asked, finding at, int digits, jl_exact *rounded, uint8_t *state_out) {
    const jl_round_mode mode = asked->result->rulebook->rules->round_total.mode;
    jeoul_status status = JEOUL_OK;
    bool is_open = true;
    for (mpfr_prec_t precision = JL_EXACT_FIRST_PRECISION; is_open && precision <= JL_EXACT_LAST_PRECISION;
         precision *= 2) {
        jl_exact exact;
        jl_exact_init(&exact, precision);
        status = jl_certify_value(asked->result->certifier, at.value, at.row, precision, &exact, state_out);
        const bool is_over = status != JEOUL_OK || *state_out != JL_VALUE;
        is_open = !is_over && !jl_exact_round(rounded, &exact, digits, mode);
        if (is_open) jl_exact_set_double(rounded, jl_exact_to_double(&exact));
        jl_exact_clear(&exact);
    }
    if (is_open) (void)jl_exact_round(rounded, rounded, digits, mode);
    return status;
}

static void fail_number(const question *asked, const jl_exact *rounded, int digits) {
    jl_buffer found = {NULL, 0, 0, false};
    jl_exact_print(rounded, digits, &found);
    fail_built(asked, &found);
}

static void compare_number(const question *asked, finding at) {
    jl_exact expected, rounded;
    uint8_t state = JL_VALUE;
    jl_exact_init(&expected, JL_EXACT_FIRST_PRECISION);
    jl_exact_init(&rounded, JL_EXACT_FIRST_PRECISION);
    const bool is_number = jl_exact_set_text(&expected, asked->expected->text);
    const int digits = is_number ? digits_written(asked->expected->text) : JL_LEDGER_DIGITS;
    const jeoul_status status = at.kind == FIND_ZERO ? JEOUL_OK : round_exact(asked, at, digits, &rounded, &state);
    if (status != JEOUL_OK) {
        asked->trial->status = status;
    } else if (state != JL_VALUE) {
        compare_state(asked, state);
    } else if (!is_number || jl_exact_compare(&rounded, &expected) != JL_EQUAL) {
        fail_number(asked, &rounded, digits);
    }
    jl_exact_clear(&expected);
    jl_exact_clear(&rounded);
}

/* ---- what is no number ---- */

static void compare_grade(const question *asked, finding at) {
    jl_date_text date;
    const jl_outcome outcome = jl_result_outcome(asked->result, &date);
    const jl_text grade = jl_outcome_grade(&outcome, at.value, at.row);
    compare_text(asked, grade.length > 0 ? grade : JL_TEXT("none"));
}

static uint8_t state_at(const question *asked, finding at) {
    double number;
    uint8_t state = JL_MISSING;
    (void)jl_program_read(asked->result->program, at.value, at.row, &number, &state);
    return state;
}

static void compare_other(const question *asked, finding at) {
    jl_date_text date;
    jl_buffer found = {NULL, 0, 0, false};
    bool has_value = false;
    const jl_outcome outcome = jl_result_outcome(asked->result, &date);
    const jeoul_status status = jl_outcome_print(&outcome, at.value, at.row, &has_value, &found);
    const jl_text text = {found.data, found.length};
    const bool is_truth = asked->result->rulebook->plan->values[at.value].type == JL_TYPE_TRUTH;
    const bool is_yes = is_truth && jl_text_equal(text, JL_TEXT("yes"));
    const bool is_same =
        expects(asked, text) || (is_truth && expects(asked, is_yes ? JL_TEXT("true") : JL_TEXT("false")));
    if (status != JEOUL_OK) {
        asked->trial->status = status;
    } else if (!has_value) {
        compare_state(asked, state_at(asked, at));
    } else if (!is_same) {
        fail_built(asked, &found);
    }
    jl_buffer_free(&found);
}

static void compare_node_state(const question *asked, finding at) {
    const jl_program *program = asked->result->program;
    compare_text(asked, jl_text_of(jl_state_word_of(jl_node_state(program, &program->plan->nodes[at.value], at.row))));
}

static void compare(const question *asked, finding at) {
    switch (at.kind) {
    case FIND_NOTHING: compare_text(asked, JL_TEXT("none")); break;
    case FIND_GRADE: compare_grade(asked, at); break;
    case FIND_STATE: compare_node_state(asked, at); break;
    case FIND_ZERO: compare_number(asked, at); break;
    case FIND_VALUE:
        if (jl_value_is_number(asked->result->rulebook->plan, at.value)) {
            compare_number(asked, at);
        } else {
            compare_other(asked, at);
        }
        break;
    }
}

/* ---- what a name means ---- */

static finding found_value(uint32_t value, size_t row) {
    return (finding){value == 0 ? FIND_NOTHING : FIND_VALUE, value, (uint32_t)row};
}

/* Points are published only where they add up to the points above. */
static bool find_part(const jl_plan *plan, uint32_t index, jl_text part, size_t row, finding *out) {
    const jl_plan_node *node = &plan->nodes[index];
    const bool has_points = node->published_points != 0;
    const struct {
        jl_text name;
        finding found;
    } parts[] = {{JL_TEXT("score"), found_value(node->score, row)},
                 {JL_TEXT("value"), found_value(node->value, row)},
                 {JL_TEXT("weight"), found_value(has_points ? node->effective : node->weight, row)},
                 {JL_TEXT("points"), found_value(has_points ? node->points : 0, row)},
                 {JL_TEXT("grade"), {FIND_GRADE, node->grade, (uint32_t)row}},
                 {JL_TEXT("state"), {FIND_STATE, index, (uint32_t)row}}};
    for (size_t i = 0; i < JL_COUNT(parts); i++) {
        *out = parts[i].found;
        if (jl_text_equal(parts[i].name, part)) return true;
    }
    return false;
}

static void ask_part(question asked, uint32_t node, size_t row) {
    finding found;
    const jl_text part = asked.part == NULL ? JL_TEXT("score") : asked.part->text;
    if (find_part(asked.result->rulebook->plan, node, part, row, &found)) {
        compare(&asked, found);
    } else {
        jl_fail_trial(asked.trial, asked.part->span,
                      "expected score, value, weight, points, grade or state, found `%.*s`", JL_TEXT_ARG(part));
    }
}

/* A node, or a row of a sheet: its score, or the parts that are listed. */
static void ask_node(question asked, uint32_t node, size_t row) {
    const jl_yaml *expected = asked.expected;
    if (expected->kind != JL_YAML_MAP) {
        ask_part(asked, node, row);
        return;
    }
    for (size_t part = 0; part < expected->n_items; part++) {
        asked.part = expected->keys[part];
        asked.expected = expected->items[part];
        ask_part(asked, node, row);
    }
}

/* The row of a sheet that has the key, or JL_NO_ROW. */
static uint32_t find_row(const question *asked, uint32_t sheet, jl_text key) {
    jl_date_text date;
    const jl_outcome outcome = jl_result_outcome(asked->result, &date);
    const jl_plan_node *node = &asked->result->rulebook->plan->nodes[sheet];
    const jl_row_list list = jl_rows_of(asked->result->program, node->rows, (uint32_t)asked->entity);
    uint32_t found = JL_NO_ROW;
    for (size_t i = 0; i < list.n && found == JL_NO_ROW; i++) {
        jl_buffer text = {NULL, 0, 0, false};
        jl_print_row_key(&outcome, asked->result->rulebook->rules->nodes[sheet].each, list.rows[i], &text);
        if (text.failed) asked->trial->status = JEOUL_NO_MEMORY;
        const bool is_same = jl_text_equal((jl_text){text.data, text.length}, key);
        if (is_same && jl_row_counts(asked->result->program, node, list.rows[i])) found = list.rows[i];
        jl_buffer_free(&text);
    }
    return found;
}

/* SHEET/key */
static bool ask_row(question asked, uint32_t sheet) {
    const jl_node *rule = &asked.result->rulebook->rules->nodes[sheet];
    const jl_text name = asked.name->text, id = rule->id;
    const bool is_named = rule->kind == JL_NODE_SHEET && name.length > id.length && name.data[id.length] == '/';
    if (!is_named || memcmp(name.data, id.data, id.length) != 0) return false;
    const jl_text key = {name.data + id.length + 1, name.length - id.length - 1};
    const uint32_t row = find_row(&asked, sheet, key);
    if (row == JL_NO_ROW) {
        jl_fail_trial(asked.trial, asked.name->span, "`%s` has no row `%.*s` in its sheet `%.*s`",
                      asked.result->entities[asked.entity], JL_TEXT_ARG(key), JL_TEXT_ARG(id));
    } else {
        ask_node(asked, rule->first_child, row);
    }
    return true;
}

static bool ask_scorecard(question asked) {
    const jl_rulebook *rules = asked.result->rulebook->rules;
    for (uint32_t node = 0; node < rules->n_nodes; node++) {
        if (rules->nodes[node].kind != JL_NODE_ROW && jl_text_equal(rules->nodes[node].id, asked.name->text)) {
            ask_node(asked, node, asked.entity);
            return true;
        }
    }
    for (uint32_t node = 0; node < rules->n_nodes; node++) {
        if (ask_row(asked, node)) return true;
    }
    return false;
}

static bool find_result(const question *asked, finding *out) {
    const jl_plan *plan = asked->result->rulebook->plan;
    const uint32_t row = (uint32_t)asked->entity;
    const finding zero = {FIND_ZERO, 0, row};
    const struct {
        jl_text name;
        finding found;
    } results[] = {{JL_TEXT("total"), found_value(plan->total, row)},
                   {JL_TEXT("base"), found_value(plan->base, row)},
                   {JL_TEXT("bonus"), plan->bonus == 0 ? zero : found_value(plan->bonus, row)},
                   {JL_TEXT("penalty"), plan->penalty == 0 ? zero : found_value(plan->penalty, row)},
                   {JL_TEXT("rank"), found_value(plan->rank, row)},
                   {JL_TEXT("grade"), {FIND_GRADE, plan->grade, row}}};
    for (size_t i = 0; i < JL_COUNT(results); i++) {
        *out = results[i].found;
        if (jl_text_equal(results[i].name, asked->name->text)) return true;
    }
    for (size_t value = 0; value < plan->rulebook->n_values; value++) {
        *out = found_value(plan->named[value].value, row);
        if (jl_text_equal(plan->rulebook->values[value].id, asked->name->text)) return true;
    }
    return false;
}

void jl_check_entity(jl_trial *trial, const jeoul_result *result, size_t entity, const jl_yaml *expected) {
    for (size_t item = 0; item < expected->n_items && trial->status == JEOUL_OK; item++) {
        const question asked = {trial, result, entity, expected->keys[item], NULL, expected->items[item]};
        finding found;
        if (jl_text_equal(asked.name->text, JL_TEXT("error"))) {
            jl_fail_trial(trial, asked.expected->span, "`%s`: expected %.*s, found that it can be scored",
                          result->entities[entity], JL_TEXT_ARG(asked.expected->text));
        } else if (find_result(&asked, &found)) {
            compare(&asked, found);
        } else if (!ask_scorecard(asked)) {
            jl_fail_trial(trial, asked.name->span, "unknown result `%.*s`", JL_TEXT_ARG(asked.name->text));
        }
    }
}
