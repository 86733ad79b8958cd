/* SPDX-License-Identifier: Apache-2.0
 *
 * A finished run -> single figures, as they are published: settled numbers, grades, and values that are no numbers as
 * texts.
 */
#include "report/frame.h"

size_t jl_outcome_entities(const jl_outcome *outcome) {
    return outcome->program->spaces[outcome->program->plan->entity_shape].n;
}

bool jl_outcome_read(const jl_outcome *outcome, uint32_t value, size_t row, double *number_out) {
    uint8_t state = JL_MISSING;
    *number_out = 0.0;
    return value != 0 && jl_program_read(outcome->program, value, row, number_out, &state) && state == JL_VALUE;
}

jl_text jl_outcome_grade(const jl_outcome *outcome, uint32_t value, size_t row) {
    const jl_rulebook *rulebook = outcome->program->plan->rulebook;
    double grade;
    const bool has_grade =
        jl_outcome_read(outcome, value, row, &grade) && grade >= 0 && grade < (double)rulebook->n_grades;
    return has_grade ? rulebook->grades[(size_t)grade] : (jl_text){NULL, 0};
}

void jl_put_published(const jl_outcome *outcome, uint32_t value, size_t row, int digits, jl_frame *frame) {
    double number;
    if (jl_outcome_read(outcome, value, row, &number)) {
        jl_frame_put_settled(frame, number, digits);
    } else {
        jl_frame_put_empty(frame);
    }
}

/* Average ranks of ties end in a half. */
void jl_put_rank(const jl_outcome *outcome, size_t entity, jl_frame *frame) {
    double rank;
    const bool is_ranked = jl_outcome_read(outcome, outcome->program->plan->rank, entity, &rank);
    if (is_ranked && rank == (double)(int64_t)rank) {
        jl_frame_put_integer(frame, (int64_t)rank);
    } else {
        jl_put_published(outcome, outcome->program->plan->rank, entity, 1, frame);
    }
}

void jl_put_grade(const jl_outcome *outcome, uint32_t value, size_t row, jl_frame *frame) {
    jl_frame_put_text(frame, jl_outcome_grade(outcome, value, row));
}

/* A policy answers the state of `rounded`; a child's `none` takes the score away after that. */
uint8_t jl_node_state(const jl_program *program, const jl_plan_node *node, size_t row) {
    const uint32_t values[] = {node->rounded, node->score};
    uint8_t state = JL_VALUE;
    double number;
    for (size_t i = 0; i < JL_COUNT(values) && state == JL_VALUE; i++) {
        if (values[i] != 0) (void)jl_program_read(program, values[i], row, &number, &state);
    }
    return state;
}

bool jl_value_is_number(const jl_plan *plan, uint32_t value) {
    return plan->values[value].type == JL_TYPE_NUMBER || plan->values[value].type == JL_TYPE_YEAR;
}

const char *jl_state_word_of(uint8_t state) {
    static const char *const words[] = {"value", "not_applicable", "not_due", "missing", "undefined"};
    return words[state];
}

/* ---- values that are no numbers ---- */

static void print_date(uint8_t type, double value, jl_buffer *buffer) {
    const int whole = (int)value;
    int year, month, day;
    if (type == JL_TYPE_MONTH) {
        jl_buffer_format(buffer, "%04d-%02d", whole / 12, whole % 12 + 1);
    } else if (type == JL_TYPE_QUARTER) {
        jl_buffer_format(buffer, "%04d-Q%d", whole / 4, whole % 4 + 1);
    } else {
        jl_date_split(value, &year, &month, &day);
        jl_buffer_format(buffer, "%04d-%02d-%02d", year, month, day);
    }
}

/* A choice that maps to a word is printed as it stands in cells; several may map to one word, the first stands for
 * all. */
static void print_code(const jl_outcome *outcome, const jl_value *value, double symbol, jl_buffer *buffer) {
    const jl_text word = jl_symbol_text(outcome->program->data->symbols, (uint32_t)symbol);
    for (size_t i = 0; value->column != NULL && i < value->column->n_choices; i++) {
        if (!jl_text_equal(value->column->choices[i].word, word)) continue;
        jl_buffer_add(buffer, value->column->choices[i].text);
        return;
    }
    jl_buffer_add(buffer, word);
}

static void print_ordered(const jl_value *value, double position, jl_buffer *buffer) {
    if (value->column != NULL && position >= 0 && position < (double)value->column->n_choices) {
        jl_buffer_add(buffer, value->column->choices[(size_t)position].text);
    }
}

static void print_other(const jl_outcome *outcome, const jl_value *value, double number, jl_buffer *buffer) {
    switch (value->type) {
    case JL_TYPE_TRUTH: jl_buffer_add(buffer, number != 0 ? JL_TEXT("yes") : JL_TEXT("no")); break;
    case JL_TYPE_CODE: print_code(outcome, value, number, buffer); break;
    case JL_TYPE_ORDERED: print_ordered(value, number, buffer); break;
    default: print_date(value->type, number, buffer); break;
    }
}

/* Such a value is a whole number inside, so the first precision is enough; it may not have been kept by the run. */
jeoul_status jl_outcome_print(const jl_outcome *outcome, uint32_t value, size_t row, bool *has_out, jl_buffer *buffer) {
    jl_exact exact;
    uint8_t state = JL_MISSING;
    double number = 0.0;
    jeoul_status status = JEOUL_OK;
    if (!jl_program_read(outcome->program, value, row, &number, &state)) {
        jl_exact_init(&exact, JL_EXACT_FIRST_PRECISION);
        status = jl_certify_value(outcome->certifier, value, (uint32_t)row, JL_EXACT_FIRST_PRECISION, &exact, &state);
        number = status == JEOUL_OK && state == JL_VALUE ? jl_exact_to_double(&exact) : 0.0;
        jl_exact_clear(&exact);
    }
    *has_out = status == JEOUL_OK && state == JL_VALUE;
    if (*has_out) {
        print_other(outcome, &outcome->program->plan->values[value], number, buffer);
    }
    return status;
}
