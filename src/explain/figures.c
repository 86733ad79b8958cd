/* SPDX-License-Identifier: Apache-2.0
 *
 * Figures of an explanation: settled columns and exact values in, decimal texts out. Settled numbers keep their digits;
 * exact ones are cut, never rounded, so that what is shown before a rounding does not hide it.
 */
#include <stdlib.h>

#include "explain/explainer.h"

#define MOST_DECIMALS 6

/* ---- texts ---- */

void jl_explain_fail(jl_explainer *explainer, jeoul_status status) {
    if (explainer->status == JEOUL_OK) {
        explainer->status = status;
    }
}

jl_text jl_keep(jl_explainer *explainer, jl_buffer *buffer) {
    const jl_text copy = jl_arena_copy(explainer->arena, (jl_text){buffer->data, buffer->length});
    if (buffer->failed || copy.length != buffer->length) {
        jl_explain_fail(explainer, JEOUL_NO_MEMORY);
    }
    jl_buffer_free(buffer);
    return copy;
}

jl_text jl_sentence_of(jl_explainer *explainer, jl_sentence sentence, const jl_text *args) {
    jl_buffer buffer = {NULL, 0, 0, false};
    jl_say(&buffer, explainer->language, sentence, args);
    return jl_keep(explainer, &buffer);
}

void jl_note_text(jl_explainer *explainer, jl_notes *notes, jl_text text) {
    if (text.length == 0) {
        return;
    }
    jl_note *note = jl_arena_alloc(explainer->arena, sizeof *note);
    if (note == NULL) {
        jl_explain_fail(explainer, JEOUL_NO_MEMORY);
        return;
    }
    note->text = text;
    if (notes->last == NULL) {
        notes->first = note;
    } else {
        notes->last->next = note;
    }
    notes->last = note;
}

void jl_note_say(jl_explainer *explainer, jl_notes *notes, jl_sentence sentence, const jl_text *args) {
    jl_note_text(explainer, notes, jl_sentence_of(explainer, sentence, args));
}

jl_text jl_count_text(jl_explainer *explainer, size_t n) {
    jl_buffer buffer = {NULL, 0, 0, false};
    jl_buffer_format(&buffer, "%zu", n);
    return jl_keep(explainer, &buffer);
}

jl_text jl_state_text(const jl_explainer *explainer, uint8_t state) {
    static const jl_sentence states[] = {[JL_VALUE] = JL_SAY_STATE_VALUE,
                                         [JL_NOT_APPLICABLE] = JL_SAY_STATE_NOT_APPLICABLE,
                                         [JL_NOT_DUE] = JL_SAY_STATE_NOT_DUE,
                                         [JL_MISSING] = JL_SAY_STATE_MISSING,
                                         [JL_UNDEFINED] = JL_SAY_STATE_UNDEFINED};
    return jl_wording(explainer->language, states[state]);
}

/* ---- settled numbers ---- */

jl_text jl_settled_text(jl_explainer *explainer, uint32_t value, uint32_t row) {
    char digits[JL_NUMBER_LENGTH];
    double number = 0.0;
    uint8_t state = JL_MISSING;
    if (value == 0 || !jl_program_read(explainer->program, value, row, &number, &state) || state != JL_VALUE) {
        return (jl_text){NULL, 0};
    }
    jl_buffer buffer = {NULL, 0, 0, false};
    jl_buffer_add(&buffer,
                  (jl_text){digits, jl_number_print_fixed(number, explainer->plan->values[value].digits, digits)});
    return jl_keep(explainer, &buffer);
}

jl_text jl_points_text(jl_explainer *explainer, int64_t points) {
    char digits[JL_NUMBER_LENGTH];
    const int n_digits = explainer->out.ledger.digits;
    jl_buffer buffer = {NULL, 0, 0, false};
    jl_buffer_add(&buffer,
                  (jl_text){digits, jl_number_print_fixed(jl_number_from_scaled(points, n_digits), n_digits, digits)});
    return jl_keep(explainer, &buffer);
}

/* ---- exact numbers ---- */

bool jl_evaluate_into(jl_explainer *explainer, uint32_t value, uint32_t row, jl_exact *out, uint8_t *state_out) {
    *state_out = JL_MISSING;
    if (value == 0 || explainer->status != JEOUL_OK) {
        return false;
    }
    const jeoul_status status =
        jl_certify_value(explainer->request->certifier, value, row, JL_EXACT_FIRST_PRECISION, out, state_out);
    if (status != JEOUL_OK) {
        jl_explain_fail(explainer, status);
        return false;
    }
    return *state_out == JL_VALUE;
}

static void print_stripped(const jl_exact *decimal, jl_buffer *buffer) {
    const size_t before = buffer->length;
    jl_exact_print(decimal, MOST_DECIMALS, buffer);
    while (buffer->length > before && buffer->data[buffer->length - 1] == '0') {
        buffer->length--;
    }
    if (buffer->length > before && buffer->data[buffer->length - 1] == '.') {
        buffer->length--;
    }
}

void jl_print_short(const jl_exact *x, jl_buffer *buffer) {
    jl_exact cut;
    jl_exact_init(&cut, JL_EXACT_FIRST_PRECISION);
    /* An enclosure that cannot be cut holds a decimal of that many digits. */
    const bool is_cut = jl_exact_round(&cut, x, MOST_DECIMALS, JL_TRUNCATE);
    if (is_cut && jl_exact_compare(&cut, x) != JL_EQUAL) {
        jl_exact_print(&cut, MOST_DECIMALS, buffer);
        jl_buffer_add(buffer, JL_TEXT("…"));
    } else if (is_cut || jl_exact_round(&cut, x, MOST_DECIMALS, JL_HALF_UP)) {
        print_stripped(&cut, buffer);
    } else {
        char digits[JL_NUMBER_LENGTH];
        jl_buffer_add(buffer, (jl_text){digits, jl_number_print(jl_exact_to_double(x), digits)});
        jl_buffer_add(buffer, JL_TEXT("…"));
    }
    jl_exact_clear(&cut);
}

jl_text jl_short_text(jl_explainer *explainer, const jl_exact *x) {
    jl_buffer buffer = {NULL, 0, 0, false};
    jl_print_short(x, &buffer);
    return jl_keep(explainer, &buffer);
}

/* ---- values of any type ---- */

static const jl_choice *find_choice(const jl_explainer *explainer, const jl_column_rule *column, double code) {
    for (size_t index = 0; column != NULL && index < column->n_choices; index++) {
        const jl_choice *choice = &column->choices[index];
        if (!choice->is_number && (double)jl_symbol_find(explainer->data->symbols, choice->word) == code) {
            return choice;
        }
    }
    return NULL;
}

static void print_code(const jl_explainer *explainer, const jl_value *value, double code, jl_buffer *buffer) {
    const jl_choice *choice = find_choice(explainer, value->column, code);
    jl_buffer_char(buffer, '\'');
    jl_buffer_add(buffer, choice != NULL ? choice->text : jl_symbol_text(explainer->data->symbols, (uint32_t)code));
    jl_buffer_char(buffer, '\'');
}

static void print_date(double days, jl_buffer *buffer) {
    int year, month, day;
    jl_date_split(days, &year, &month, &day);
    jl_buffer_format(buffer, "%04d-%02d-%02d", year, month, day);
}

static void print_typed(const jl_explainer *explainer, uint32_t value, const jl_exact *x, jl_buffer *buffer) {
    const jl_value *known = &explainer->plan->values[value];
    const jl_column_rule *column = known->column;
    const double number = jl_exact_to_double(x);
    switch ((jl_value_type)known->type) {
    case JL_TYPE_CODE: print_code(explainer, known, number, buffer); return;
    case JL_TYPE_TRUTH:
        jl_buffer_add(buffer, jl_wording(explainer->language, number != 0.0 ? JL_SAY_TRUE : JL_SAY_FALSE));
        return;
    case JL_TYPE_DATE: print_date(number, buffer); return;
    case JL_TYPE_MONTH: jl_buffer_format(buffer, "%04d-%02d", (int)number / 12, (int)number % 12 + 1); return;
    case JL_TYPE_QUARTER: jl_buffer_format(buffer, "%04d-Q%d", (int)number / 4, (int)number % 4 + 1); return;
    case JL_TYPE_ORDERED:
        if (column != NULL && (size_t)number < column->n_choices) {
            jl_buffer_format(buffer, "'%.*s'", JL_TEXT_ARG(column->choices[(size_t)number].text));
            return;
        }
        break;
    case JL_TYPE_NUMBER:
    case JL_TYPE_YEAR:
    case JL_TYPE_INDEX: break;
    }
    jl_print_short(x, buffer);
}

jl_text jl_figure_text(jl_explainer *explainer, uint32_t value, uint32_t row) {
    uint8_t state = JL_MISSING;
    if (!jl_evaluate_into(explainer, value, row, &explainer->number, &state)) {
        return value == 0 ? (jl_text){NULL, 0} : jl_state_text(explainer, state);
    }
    jl_buffer buffer = {NULL, 0, 0, false};
    print_typed(explainer, value, &explainer->number, &buffer);
    return jl_keep(explainer, &buffer);
}

/* ---- rows ---- */

static bool is_entity_key(const jl_rulebook *rulebook, jl_text name) {
    const uint32_t key = jl_table_column(&rulebook->tables[rulebook->entities], name);
    return key != JL_NONE && key < rulebook->tables[rulebook->entities].n_keys;
}

jl_text jl_row_key(jl_explainer *explainer, uint32_t table, uint32_t row) {
    const jl_table_rule *rule = &explainer->rulebook->tables[table];
    jl_buffer key = {NULL, 0, 0, false};
    for (uint32_t column = 0; column < rule->n_keys; column++) {
        if (!is_entity_key(explainer->rulebook, rule->columns[column].name)) {
            jl_buffer_add(&key, key.length > 0 ? JL_TEXT("/") : (jl_text){NULL, 0});
            jl_table_print_cell(explainer->data, table, column, row, &key);
        }
    }
    return jl_keep(explainer, &key);
}

jl_text jl_row_title(jl_explainer *explainer, uint32_t table, uint32_t row) {
    const jl_table_rule *rule = &explainer->rulebook->tables[table];
    const uint32_t column = rule->title_column.length > 0 ? jl_table_column(rule, rule->title_column) : JL_NONE;
    if (column == JL_NONE) {
        return jl_row_key(explainer, table, row);
    }
    jl_buffer title = {NULL, 0, 0, false};
    jl_table_print_cell(explainer->data, table, column, row, &title);
    return jl_keep(explainer, &title);
}

static int by_row(const void *left, const void *right) {
    const uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return a < b ? -1 : a > b;
}

jl_row_list jl_rows_as_given(jl_explainer *explainer, uint32_t rows) {
    const jl_row_list found = jl_rows_of(explainer->program, rows, explainer->entity);
    uint32_t *sorted = jl_arena_array(explainer->arena, found.n + 1, sizeof *sorted);
    if (sorted == NULL || found.n == 0) {
        jl_explain_fail(explainer, sorted == NULL ? JEOUL_NO_MEMORY : JEOUL_OK);
        return (jl_row_list){NULL, 0};
    }
    memcpy(sorted, found.rows, found.n * sizeof *sorted);
    qsort(sorted, found.n, sizeof *sorted, by_row);
    return (jl_row_list){sorted, found.n};
}
