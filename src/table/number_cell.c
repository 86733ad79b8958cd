/* SPDX-License-Identifier: Apache-2.0
 *
 * Numbers as offices write them: 1,234 and △3.5 and (3.5) and 95%. Each only where the column declares it.
 *
 * The decoration is taken off and what is left is a number as everywhere. A number that could be read if the column
 * declared more is still refused, since 1,234 may be a decimal comma and (3) a remark; the help says what to
 * declare. It is found by reading the text again under a rule that has everything the text seems to use.
 */
#include "table/parts.h"

static bool starts_with(jl_text text, jl_text prefix) {
    return prefix.length != 0 && text.length >= prefix.length && memcmp(text.data, prefix.data, prefix.length) == 0;
}

static jl_text after(jl_text text, size_t n) {
    return (jl_text){text.data + n, text.length - n};
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static jl_text without_unit(jl_text text, jl_text unit) {
    if (unit.length == 0 || text.length < unit.length) return text;
    const size_t length = text.length - unit.length;
    return memcmp(text.data + length, unit.data, unit.length) == 0 ? jl_trim_cell((jl_text){text.data, length}) : text;
}

/* Takes the declared minus off. A number that has one may not have another sign. */
static bool take_minus(const jl_column_rule *rule, jl_text *text) {
    if (jl_text_equal(rule->minus, JL_TEXT("parentheses"))) {
        if (text->length < 3 || text->data[0] != '(' || text->data[text->length - 1] != ')') return false;
        *text = without_unit(jl_trim_cell((jl_text){text->data + 1, text->length - 2}), rule->unit);
        return true;
    }
    if (!starts_with(*text, rule->minus)) return false;
    *text = jl_trim_cell(after(*text, rule->minus.length));
    return true;
}

/* Copies without the commas, which must stand before every three digits of the whole part. 0: they do not. */
static size_t copy_without_commas(jl_text text, char *out) {
    size_t length = 0, at = 0, in_group = 0, n_groups = 0;
    if (at < text.length && (text.data[at] == '-' || text.data[at] == '+')) out[length++] = text.data[at++];
    for (; at < text.length && (is_digit(text.data[at]) || text.data[at] == ','); at++) {
        if (text.data[at] != ',') {
            out[length++] = text.data[at];
            in_group++;
            continue;
        }
        if (n_groups == 0 ? in_group < 1 || in_group > 3 : in_group != 3) return 0;
        n_groups++;
        in_group = 0;
    }
    if (n_groups > 0 && in_group != 3) return 0;
    for (; at < text.length; at++) {
        if (text.data[at] == ',') return 0;
        out[length++] = text.data[at];
    }
    return length;
}

bool jl_read_written_number(jl_reading *reading, const jl_column_rule *rule, jl_text text, jl_cell *cell_out) {
    text = without_unit(text, rule->unit);
    const bool negative = take_minus(rule, &text);
    if (text.length == 0 || text.length >= sizeof reading->number) return false;
    if (negative && !is_digit(text.data[0])) return false;
    reading->number[0] = '-';
    char *digits = reading->number + (negative ? 1 : 0);
    size_t length = text.length;
    if (rule->thousands) {
        length = copy_without_commas(text, digits);
    } else {
        memcpy(digits, text.data, length);
    }
    const jl_text number = {reading->number, length == 0 ? 0 : length + (negative ? 1 : 0)};
    bool is_long = false;
    *cell_out = (jl_cell){0.0, {NULL, 0}, JL_VALUE};
    if (!jl_number_parse(number, &cell_out->value, &is_long)) return false;
    if (is_long) cell_out->decimal = number;
    return true;
}

/* ---- help ---- */

/* What stands before the first digit and after the last one. false: no digit. */
static bool split_at_digits(jl_text text, jl_text *before_out, jl_text *after_out) {
    size_t first = 0, last = text.length;
    while (first < text.length && !is_digit(text.data[first])) first++;
    while (last > 0 && !is_digit(text.data[last - 1])) last--;
    if (first == text.length) return false;
    *before_out = jl_trim_cell((jl_text){text.data, first});
    *after_out = jl_trim_cell(after(text, last));
    return true;
}

/* The minus that a text seems to use; empty: none that is known. */
static jl_text guess_minus(jl_text before, jl_text behind) {
    static const char *const signs[] = {"△", "▲", "▽", "▼", "−", "–"};
    if (jl_text_equal(before, JL_TEXT("(")) && behind.length > 0 && memchr(behind.data, ')', behind.length) != NULL) {
        return JL_TEXT("parentheses");
    }
    for (size_t i = 0; i < JL_COUNT(signs); i++) {
        if (jl_text_equal(before, jl_text_of(signs[i]))) return jl_text_of(signs[i]);
    }
    return (jl_text){NULL, 0};
}

/* The column's rule with all that the text seems to use. */
static jl_column_rule guess_rule(const jl_column_rule *rule, jl_text before, jl_text behind) {
    jl_column_rule wider = *rule;
    const jl_text minus = guess_minus(before, behind);
    wider.thousands = true;
    if (minus.length != 0) wider.minus = minus;
    if (behind.length > 0 && behind.data[0] == ')') behind = jl_trim_cell(after(behind, 1));
    if (behind.length > 0 && behind.data[behind.length - 1] == ')')
        behind = jl_trim_cell((jl_text){behind.data, behind.length - 1});
    if (behind.length != 0) wider.unit = behind;
    return wider;
}

void jl_report_number_help(jl_reading *reading, const jl_column_rule *rule, jl_text text) {
    jl_text before, behind;
    jl_cell cell;
    if (!split_at_digits(text, &before, &behind)) {
        jl_report_help(reading->diagnostics, "list `%s` under `states` if it says that there is no value",
                       jl_shown_text(text).data);
        return;
    }
    const jl_column_rule wider = guess_rule(rule, before, behind);
    if (!jl_read_written_number(reading, &wider, text, &cell)) {
        if (rule->thousands && memchr(text.data, ',', text.length) != NULL) {
            jl_report_help(reading->diagnostics, "commas stand before every three digits");
        }
        return;
    }
    if (!rule->thousands && memchr(text.data, ',', text.length) != NULL) {
        jl_report_help(reading->diagnostics, "declare `thousands: yes` for the column");
    }
    if (!jl_text_equal(rule->minus, wider.minus)) {
        jl_report_help(reading->diagnostics, "declare `minus: %.*s` for the column", JL_TEXT_ARG(wider.minus));
    }
    if (!jl_text_equal(rule->unit, wider.unit)) {
        jl_report_help(reading->diagnostics, "declare `unit: \"%s\"` for the column", jl_shown_text(wider.unit).data);
    }
}
