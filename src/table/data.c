/* SPDX-License-Identifier: Apache-2.0
 *
 * The tables of one evaluation: making and destroying them, and printing what stands in a cell.
 *
 * Everything lies in one arena, except Arrow arrays, which were moved in and are released with it. Symbols continue
 * those of the rulebook, so a text of a formula and a text of a cell are equal when their numbers are.
 */
#include <stdlib.h>

#include "table/parts.h"

jeoul_status jl_data_new(const jl_rulebook *rulebook, const jl_symbols *symbols, double as_of,
                         struct jeoul_data **data_out) {
    struct jeoul_data *data = calloc(1, sizeof *data);
    *data_out = NULL;
    if (data == NULL) return JEOUL_NO_MEMORY;
    *data = (struct jeoul_data){.references = 1, .rulebook = rulebook, .as_of = as_of};
    data->arena = jl_arena_new();
    data->symbols = jl_symbols_new(symbols);
    if (data->arena != NULL) data->tables = jl_arena_array(data->arena, rulebook->n_tables, sizeof(jl_table));
    bool room = data->arena != NULL && data->symbols != NULL && data->tables != NULL;
    for (size_t i = 0; room && i < rulebook->n_tables; i++) {
        data->tables[i].rule = &rulebook->tables[i];
        data->tables[i].columns = jl_arena_array(data->arena, rulebook->tables[i].n_columns, sizeof(jl_column));
        room = data->tables[i].columns != NULL;
    }
    if (!room) {
        jl_data_destroy(data);
        return JEOUL_NO_MEMORY;
    }
    *data_out = data;
    return JEOUL_OK;
}

void jl_data_destroy(struct jeoul_data *data) {
    if (data == NULL) return;
    for (size_t i = 0; i < data->n_arrays; i++) {
        if (data->arrays[i].release != NULL) data->arrays[i].release(&data->arrays[i]);
    }
    jl_symbols_free(data->symbols);
    jl_arena_free(data->arena);
    free(data);
}

/* ---- columns ---- */

static const jl_column_rule *rule_of(const jl_table *table, uint32_t column) {
    const size_t n_declared = table->rule->n_columns;
    return column < n_declared ? &table->rule->columns[column] : &table->others[column - n_declared];
}

uint32_t jl_data_column(const struct jeoul_data *data, uint32_t table, jl_text name) {
    const jl_table *rows = &data->tables[table];
    for (uint32_t column = 0; column < rows->rule->n_columns + rows->n_others; column++) {
        if (jl_text_equal(rule_of(rows, column)->name, name)) return column;
    }
    return JL_NONE;
}

const jl_column_rule *jl_column_meaning(const struct jeoul_data *data, uint32_t table, uint32_t column) {
    return jl_rule_meaning(data->rulebook, rule_of(&data->tables[table], column));
}

bool jl_column_is_symbols(const jl_column_rule *meaning) {
    const bool text = meaning->type == JL_COLUMN_TEXT || meaning->type == JL_COLUMN_REFERENCE;
    return text || (meaning->type == JL_COLUMN_CHOICE && !(meaning->n_choices > 0 && meaning->choices[0].is_number));
}

jl_text jl_column_long(const jl_column *column, size_t row) {
    size_t low = 0, high = column->n_longs;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (column->longs[middle].row < row) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < column->n_longs && column->longs[low].row == row ? column->longs[low].decimal : (jl_text){NULL, 0};
}

/* ---- printing ---- */

static void print_number(double value, jl_text decimal, jl_buffer *buffer) {
    char digits[JL_NUMBER_LENGTH];
    jl_buffer_add(buffer, decimal.length != 0 ? decimal : (jl_text){digits, jl_number_print(value, digits)});
}

/* Several texts may mean the same: the first one stands for all. */
static void print_choice(const struct jeoul_data *data, const jl_column_rule *rule, double value, jl_text decimal,
                         jl_buffer *buffer) {
    for (size_t i = 0; i < rule->n_choices; i++) {
        const jl_choice *choice = &rule->choices[i];
        double number = 0.0;
        const bool same = choice->is_number ? jl_number_parse(choice->word, &number, NULL) && number == value
                                            : (double)jl_symbol_find(data->symbols, choice->word) == value;
        if (!same) continue;
        jl_buffer_add(buffer, choice->text);
        return;
    }
    print_number(value, decimal, buffer);
}

static void print_date(const jl_column_rule *rule, double value, jl_buffer *buffer) {
    const int whole = (int)value;
    int year, month, day;
    switch (rule->type) {
    case JL_COLUMN_MONTH: jl_buffer_format(buffer, "%04d-%02d", whole / 12, whole % 12 + 1); return;
    case JL_COLUMN_QUARTER: jl_buffer_format(buffer, "%04d-Q%d", whole / 4, whole % 4 + 1); return;
    case JL_COLUMN_YEAR: jl_buffer_format(buffer, "%04d", whole); return;
    default: break;
    }
    jl_date_split(value, &year, &month, &day);
    jl_buffer_format(buffer, "%04d-%02d-%02d", year, month, day);
}

static void print_value(const struct jeoul_data *data, const jl_column_rule *rule, double value, jl_text decimal,
                        jl_buffer *buffer) {
    switch (rule->type) {
    case JL_COLUMN_NUMBER: print_number(value, decimal, buffer); return;
    case JL_COLUMN_CHOICE: print_choice(data, rule, value, decimal, buffer); return;
    case JL_COLUMN_ORDERED:
        if ((size_t)value < rule->n_choices) jl_buffer_add(buffer, rule->choices[(size_t)value].text);
        return;
    case JL_COLUMN_DATE:
    case JL_COLUMN_MONTH:
    case JL_COLUMN_QUARTER:
    case JL_COLUMN_YEAR: print_date(rule, value, buffer); return;
    case JL_COLUMN_TEXT:
    case JL_COLUMN_REFERENCE: break;
    }
    jl_buffer_add(buffer, jl_symbol_text(data->symbols, (uint32_t)value));
}

/* The first word that is written for the state; a blank cell has none. */
static void print_state(const jl_rulebook *rulebook, const jl_column_rule *column, uint8_t state, jl_buffer *buffer) {
    for (size_t i = 0; i < column->n_states + rulebook->n_states; i++) {
        const jl_state_word *word = i < column->n_states ? &column->states[i] : &rulebook->states[i - column->n_states];
        if (word->state != (jl_state)state) continue;
        jl_buffer_add(buffer, word->text);
        return;
    }
}

void jl_table_print_cell(const struct jeoul_data *data, uint32_t table, uint32_t column, size_t row,
                         jl_buffer *buffer) {
    const jl_table *rows = &data->tables[table];
    const jl_column *cells = &rows->columns[column];
    const jl_column_rule *rule = rule_of(rows, column);
    if (!cells->present) return;
    if (cells->states != NULL && cells->states[row] != JL_VALUE) {
        print_state(data->rulebook, rule, cells->states[row], buffer);
        return;
    }
    print_value(data, jl_rule_meaning(data->rulebook, rule), cells->values[row], jl_column_long(cells, row), buffer);
}
