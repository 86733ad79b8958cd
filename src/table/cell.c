/* SPDX-License-Identifier: Apache-2.0
 *
 * The text of a cell -> a typed value or a state, as its column is declared.
 *
 * Order: blank; a word of `states` (the column's, then the rulebook's, but a choice of the column is a choice
 * first); then the type. Text is compared in NFC and trimmed. Most cells are plain numbers or repeat the cell above,
 * so these two are tried first; nothing is allocated for them.
 */
#include <math.h>
#include <stdarg.h>

#include "number/exact.h"
#include "table/parts.h"

#define NORMAL_BYTES ((size_t)1 << 20) /* of texts made NFC that are held at once */

bool jl_no_memory(jl_reading *reading) {
    reading->status = JEOUL_NO_MEMORY;
    return false;
}

bool jl_refuse_cell(jl_reading *reading, jl_code code, const char *format, ...) {
    if (reading->status == JEOUL_OK) reading->status = JEOUL_DATA;
    if (jl_only_counts(reading->diagnostics)) {
        (void)jl_report(reading->diagnostics, code, (jl_span){NULL, 0, 0}, "%s", format);
        return false;
    }
    va_list arguments;
    va_start(arguments, format);
    (void)jl_report_place_list(reading->diagnostics, code, &reading->place, format, arguments);
    va_end(arguments);
    return false;
}

/* ---- text ---- */

/* Bytes of the space that the text starts with; 0: none. U+00A0 and U+3000 come from word processors. */
static size_t space_at(jl_text text, size_t at) {
    const char c = text.data[at];
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') return 1;
    if (c == '\xC2' && text.length - at >= 2 && text.data[at + 1] == '\xA0') return 2;
    return c == '\xE3' && text.length - at >= 3 && memcmp(text.data + at, "\xE3\x80\x80", 3) == 0 ? 3 : 0;
}

static size_t space_before(jl_text text) {
    for (size_t n = 1; n <= 3 && n <= text.length; n++) {
        if (space_at(text, text.length - n) == n) return n;
    }
    return 0;
}

jl_text jl_trim_cell(jl_text text) {
    for (size_t n; text.length > 0 && (n = space_at(text, 0)) != 0;) {
        text.data += n;
        text.length -= n;
    }
    for (size_t n; text.length > 0 && (n = space_before(text)) != 0;) text.length -= n;
    return text;
}

static bool is_ascii(jl_text text) {
    unsigned char all = 0;
    for (size_t i = 0; i < text.length; i++) all |= (unsigned char)text.data[i];
    return all < 0x80;
}

/* A text that is a symbol already is NFC: no table has many distinct ones. */
bool jl_normal_text(jl_reading *reading, jl_text text, jl_text *normal_out) {
    text = jl_trim_cell(text);
    *normal_out = text;
    if (is_ascii(text) || jl_symbol_find(reading->data->symbols, text) != JL_NO_SYMBOL) return true;
    if (reading->normal == NULL || reading->normal_bytes > NORMAL_BYTES) {
        jl_arena_free(reading->normal);
        reading->normal = jl_arena_new();
        reading->normal_bytes = 0;
        if (reading->normal == NULL) return false;
    }
    reading->normal_bytes += text.length;
    return jl_arena_copy_nfc(reading->normal, text, normal_out);
}

/* ---- making a rule ready ---- */

static bool parse_plain(const jl_column_rule *rule, jl_text text, double *value_out, bool *long_out) {
    *long_out = false;
    switch (rule->type) {
    case JL_COLUMN_NUMBER: return jl_number_parse(text, value_out, long_out);
    case JL_COLUMN_DATE: return jl_date_parse(text, value_out);
    case JL_COLUMN_MONTH: return jl_month_parse(text, value_out);
    case JL_COLUMN_QUARTER: return jl_quarter_parse(text, value_out);
    case JL_COLUMN_YEAR: return jl_year_parse(text, value_out);
    default: return false;
    }
}

static jl_limit read_limit(const jl_column_rule *rule, jl_text written) {
    jl_limit limit = {false, 0.0, written, false};
    limit.set = written.length != 0 && parse_plain(rule, written, &limit.value, &limit.is_long);
    return limit;
}

/* Numbers of at most 15 digits are what their doubles are, so a limit that is one is decided by the doubles. */
static void set_bounds(jl_cell_reader *reader) {
    const jl_limit *minimum = &reader->minimum, *maximum = &reader->maximum;
    reader->low = !minimum->set ? -INFINITY : minimum->is_long ? nextafter(minimum->value, INFINITY) : minimum->value;
    reader->high = !maximum->set ? INFINITY : maximum->is_long ? nextafter(maximum->value, -INFINITY) : maximum->value;
    reader->takes_numbers = reader->rule->type == JL_COLUMN_NUMBER;
    double value;
    for (size_t i = 0; i < reader->n_words; i++) {
        if (jl_number_parse(reader->words[i].text, &value, NULL)) reader->takes_numbers = false;
    }
}

static jl_cell number_cell(jl_text decimal) {
    jl_cell cell = {0.0, {NULL, 0}, JL_VALUE};
    bool is_long = false;
    if (!jl_number_parse(decimal, &cell.value, &is_long)) return cell; /* the rulebook reader has checked it */
    if (is_long) cell.decimal = decimal;
    return cell;
}

/* Every text a cell may have becomes a symbol, so that it is known to be NFC wherever it turns up. */
static bool add_choices(jl_reading *reading, jl_cell_reader *reader) {
    const jl_column_rule *rule = reader->rule;
    if (rule->n_choices == 0) return true;
    reader->choices = jl_symbols_new(NULL);
    reader->choice_cells = jl_arena_array(reading->scratch, rule->n_choices, sizeof(jl_cell));
    reader->choice_texts = jl_arena_array(reading->scratch, rule->n_choices, sizeof(jl_text));
    if (reader->choices == NULL || reader->choice_cells == NULL || reader->choice_texts == NULL) return false;
    for (size_t i = 0; i < rule->n_choices; i++) {
        const jl_choice *choice = &rule->choices[i];
        const uint32_t word = jl_symbol_add(reading->data->symbols, choice->word);
        const uint32_t text = jl_symbol_add(reading->data->symbols, choice->text);
        const uint32_t at = jl_symbol_add(reader->choices, choice->text);
        if (word == JL_NO_SYMBOL || text == JL_NO_SYMBOL || at == JL_NO_SYMBOL) return false;
        if (at < reader->n_choices) continue; /* the same text again: the first one counts */
        reader->choice_texts[reader->n_choices++] = choice->text;
        reader->choice_cells[at] = (jl_cell){(double)word, {NULL, 0}, JL_VALUE};
        if (rule->type == JL_COLUMN_ORDERED) reader->choice_cells[at].value = (double)i;
        if (rule->type == JL_COLUMN_CHOICE && choice->is_number) reader->choice_cells[at] = number_cell(choice->word);
    }
    return true;
}

static bool add_words(jl_reading *reading, jl_cell_reader *reader) {
    const jl_rulebook *rulebook = reading->data->rulebook;
    const size_t n_own = reader->column->n_states, most = n_own + rulebook->n_states;
    if (most == 0) return true;
    jl_state_word *words = jl_arena_array(reading->scratch, most, sizeof *words);
    if (words == NULL) return false;
    for (size_t i = 0; i < most; i++) {
        const jl_state_word *word = i < n_own ? &reader->column->states[i] : &rulebook->states[i - n_own];
        const bool choice = reader->choices != NULL && jl_symbol_find(reader->choices, word->text) != JL_NO_SYMBOL;
        if (word->text.length == 0 || (i >= n_own && choice)) continue;
        if (jl_symbol_add(reading->data->symbols, word->text) == JL_NO_SYMBOL) return false;
        reader->begins_word[(unsigned char)word->text.data[0]] = true;
        words[reader->n_words++] = *word;
    }
    reader->words = words;
    return true;
}

bool jl_cell_reader_init(jl_reading *reading, jl_cell_reader *reader, const jl_column_rule *column) {
    *reader = (jl_cell_reader){.column = column, .rule = jl_rule_meaning(reading->data->rulebook, column)};
    reader->joins = column->is_key || column->type == JL_COLUMN_REFERENCE;
    reader->minimum = read_limit(reader->rule, column->minimum);
    reader->maximum = read_limit(reader->rule, column->maximum);
    reader->blank = column->blank == JL_BLANK_NUMBER ? number_cell(column->blank_number)
                                                     : (jl_cell){0.0, {NULL, 0}, (uint8_t)column->blank_state};
    reader->blank_is_error = column->blank == JL_BLANK_ERROR;
    if (!add_choices(reading, reader) || !add_words(reading, reader)) return false;
    set_bounds(reader);
    return true;
}

void jl_cell_reader_clear(jl_cell_reader *reader) {
    jl_symbols_free(reader->choices);
    reader->choices = NULL;
}

/* ---- reading ---- */

static void set_exact(jl_exact *x, double value, jl_text decimal) {
    if (decimal.length == 0 || !jl_exact_set_text(x, decimal)) jl_exact_set_double(x, value);
}

/* Rounding keeps the order, so only equal doubles of long decimals need more than the doubles. */
static int compare_with_limit(const jl_cell *cell, const jl_limit *limit) {
    if (cell->value != limit->value) return cell->value < limit->value ? -1 : 1;
    if (cell->decimal.length == 0 && !limit->is_long) return 0;
    jl_exact ours, theirs;
    jl_exact_init(&ours, JL_EXACT_FIRST_PRECISION);
    jl_exact_init(&theirs, JL_EXACT_FIRST_PRECISION);
    set_exact(&ours, cell->value, cell->decimal);
    set_exact(&theirs, limit->value, limit->is_long ? limit->written : (jl_text){NULL, 0});
    const int order = (int)jl_exact_compare(&ours, &theirs);
    jl_exact_clear(&ours);
    jl_exact_clear(&theirs);
    return order;
}

/* Prints what was found as it will be read back, for messages about numbers that came as doubles too. */
static bool refuse_range(jl_reading *reading, const jl_cell_reader *reader, const char *side, const jl_limit *limit,
                         const jl_cell *cell, jl_text found) {
    char printed[JL_NUMBER_LENGTH];
    if (found.length == 0) found = cell->decimal;
    if (found.length == 0) found = (jl_text){printed, jl_number_print(cell->value, printed)};
    return jl_refuse_cell(reading, JL_OUT_OF_RANGE, "expected at %s %.*s in column `%.*s`, found %s", side,
                          JL_TEXT_ARG(limit->written), JL_TEXT_ARG(reader->column->name), jl_shown_text(found).data);
}

/* The checks that all numbers and dates go through. `found`: as written; may be empty. */
static bool check_value(jl_reading *reading, const jl_cell_reader *reader, const jl_cell *cell, jl_text found) {
    if (reader->minimum.set && compare_with_limit(cell, &reader->minimum) < 0) {
        return refuse_range(reading, reader, "least", &reader->minimum, cell, found);
    }
    if (reader->maximum.set && compare_with_limit(cell, &reader->maximum) > 0) {
        return refuse_range(reading, reader, "most", &reader->maximum, cell, found);
    }
    if (!reader->joins || cell->decimal.length == 0) return true;
    jl_refuse_cell(reading, JL_BAD_CELL, "expected a key of at most 15 digits in column `%.*s`, found %s",
                   JL_TEXT_ARG(reader->column->name), jl_shown_text(cell->decimal).data);
    jl_report_help(reading->diagnostics, "declare the column as text");
    return false;
}

/* Adding 0 turns -0 into 0, so that keys of equal value have equal bits. */
bool jl_cell_take_number(jl_reading *reading, jl_cell_reader *reader, double value, jl_text decimal,
                         jl_cell *cell_out) {
    const jl_cell cell = {value + 0.0, decimal, JL_VALUE};
    if (!check_value(reading, reader, &cell, (jl_text){NULL, 0})) return false;
    *cell_out = cell;
    return true;
}

static bool read_number(jl_reading *reading, jl_cell_reader *reader, jl_text text, jl_cell *cell_out) {
    jl_cell cell;
    if (!jl_read_written_number(reading, reader->rule, text, &cell)) {
        jl_refuse_cell(reading, JL_BAD_CELL, "expected a number in column `%.*s`, found `%s`",
                       JL_TEXT_ARG(reader->column->name), jl_shown_text(text).data);
        jl_report_number_help(reading, reader->rule, text);
        return false;
    }
    cell.value += 0.0;
    if (!check_value(reading, reader, &cell, text)) return false;
    *cell_out = cell;
    return true;
}

static bool read_text(jl_reading *reading, jl_cell_reader *reader, jl_text text, jl_cell *cell_out) {
    const uint32_t symbol = jl_symbol_add(reading->data->symbols, text);
    if (symbol == JL_NO_SYMBOL) return jl_no_memory(reading);
    reader->last = jl_symbol_text(reading->data->symbols, symbol);
    reader->last_cell = *cell_out = (jl_cell){(double)symbol, {NULL, 0}, JL_VALUE};
    return true;
}

/* Up to six choices are listed; beyond that the nearest one has to do. */
static bool refuse_choice(jl_reading *reading, const jl_cell_reader *reader, jl_text text) {
    enum { MOST_LISTED = 6 };
    jl_buffer list = {NULL, 0, 0, false};
    for (size_t i = 0; i < reader->n_choices && reader->n_choices <= MOST_LISTED; i++) {
        jl_buffer_format(&list, "%s`%.*s`", i == 0 ? "" : ", ", JL_TEXT_ARG(reader->choice_texts[i]));
    }
    if (list.length != 0) {
        jl_refuse_cell(reading, JL_CELL_CHOICE, "expected one of %.*s in column `%.*s`, found `%s`", (int)list.length,
                       list.data, JL_TEXT_ARG(reader->column->name), jl_shown_text(text).data);
    } else {
        jl_refuse_cell(reading, JL_CELL_CHOICE, "expected one of the %zu choices of column `%.*s`, found `%s`",
                       reader->n_choices, JL_TEXT_ARG(reader->column->name), jl_shown_text(text).data);
    }
    jl_buffer_free(&list);
    jl_report_similar(reading->diagnostics, text, reader->choice_texts, reader->n_choices);
    return false;
}

static bool read_choice(jl_reading *reading, jl_cell_reader *reader, jl_text text, jl_cell *cell_out) {
    const uint32_t at = reader->choices == NULL ? JL_NO_SYMBOL : jl_symbol_find(reader->choices, text);
    if (at == JL_NO_SYMBOL) return refuse_choice(reading, reader, text);
    const jl_cell cell = reader->choice_cells[at];
    if (!check_value(reading, reader, &cell, text)) return false;
    reader->last = jl_symbol_text(reader->choices, at);
    reader->last_cell = *cell_out = cell;
    return true;
}

static bool read_date(jl_reading *reading, jl_cell_reader *reader, jl_text text, jl_cell *cell_out) {
    static const struct {
        const char *name, *example;
    } kinds[] = {
        [JL_COLUMN_DATE] = {"date", "2017-03-31"},
        [JL_COLUMN_MONTH] = {"month", "2017-03"},
        [JL_COLUMN_QUARTER] = {"quarter", "2017-Q1"},
        [JL_COLUMN_YEAR] = {"year", "2017"},
    };
    jl_cell cell = {0.0, {NULL, 0}, JL_VALUE};
    bool is_long;
    if (!parse_plain(reader->rule, text, &cell.value, &is_long)) {
        return jl_refuse_cell(reading, JL_BAD_CELL, "expected a %s such as %s in column `%.*s`, found `%s`",
                              kinds[reader->rule->type].name, kinds[reader->rule->type].example,
                              JL_TEXT_ARG(reader->column->name), jl_shown_text(text).data);
    }
    if (!check_value(reading, reader, &cell, text)) return false;
    *cell_out = cell;
    return true;
}

static bool read_typed(jl_reading *reading, jl_cell_reader *reader, jl_text text, jl_cell *cell_out) {
    switch (reader->rule->type) {
    case JL_COLUMN_NUMBER: return read_number(reading, reader, text, cell_out);
    case JL_COLUMN_CHOICE:
    case JL_COLUMN_ORDERED: return read_choice(reading, reader, text, cell_out);
    case JL_COLUMN_DATE:
    case JL_COLUMN_MONTH:
    case JL_COLUMN_QUARTER:
    case JL_COLUMN_YEAR: return read_date(reading, reader, text, cell_out);
    case JL_COLUMN_TEXT:
    case JL_COLUMN_REFERENCE: break;
    }
    return read_text(reading, reader, text, cell_out);
}

static const jl_state_word *find_word(const jl_cell_reader *reader, jl_text text) {
    if (!reader->begins_word[(unsigned char)text.data[0]]) return NULL;
    for (size_t i = 0; i < reader->n_words; i++) {
        if (jl_text_equal(reader->words[i].text, text)) return &reader->words[i];
    }
    return NULL;
}

/* A cell without a value: blank, or a word of `states`. */
static bool take_state(jl_reading *reading, const jl_cell_reader *reader, jl_cell cell, jl_text word,
                       jl_cell *cell_out) {
    const jl_text name = reader->column->name;
    if (cell.state == JL_VALUE || !reader->column->is_key) {
        *cell_out = cell;
        return true;
    }
    if (word.length == 0) return jl_refuse_cell(reading, JL_KEY_BLANK, "the key `%.*s` is blank", JL_TEXT_ARG(name));
    return jl_refuse_cell(reading, JL_KEY_BLANK, "the key `%.*s` has no value: `%.*s` is a state", JL_TEXT_ARG(name),
                          JL_TEXT_ARG(word));
}

static bool take_blank(jl_reading *reading, const jl_cell_reader *reader, jl_cell *cell_out) {
    if (!reader->blank_is_error) return take_state(reading, reader, reader->blank, (jl_text){NULL, 0}, cell_out);
    return jl_refuse_cell(reading, JL_BAD_CELL, "column `%.*s` may not be blank", JL_TEXT_ARG(reader->column->name));
}

bool jl_cell_read(jl_reading *reading, jl_cell_reader *reader, jl_text text, jl_cell *cell_out) {
    *cell_out = (jl_cell){0.0, {NULL, 0}, JL_MISSING};
    text = jl_trim_cell(text);
    if (text.length == 0) return take_blank(reading, reader, cell_out);
    if (text.length == reader->last.length && jl_text_equal(text, reader->last)) {
        *cell_out = reader->last_cell;
        return true;
    }
    if (text.length > JL_CELL_MAX_BYTES) {
        return jl_refuse_cell(reading, JL_TABLE_LIMIT, "expected at most %u bytes in a cell, found %zu",
                              JL_CELL_MAX_BYTES, text.length);
    }
    double value;
    bool is_long;
    if (reader->rule->type == JL_COLUMN_NUMBER && !reader->begins_word[(unsigned char)text.data[0]] &&
        jl_number_parse(text, &value, &is_long)) {
        return jl_cell_take_number(reading, reader, value, is_long ? text : (jl_text){NULL, 0}, cell_out);
    }
    if (!jl_normal_text(reading, text, &text)) return jl_no_memory(reading);
    const jl_state_word *word = find_word(reader, text);
    if (word == NULL) return read_typed(reading, reader, text, cell_out);
    return take_state(reading, reader, (jl_cell){0.0, {NULL, 0}, (uint8_t)word->state}, text, cell_out);
}
