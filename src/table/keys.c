/* SPDX-License-Identifier: Apache-2.0
 *
 * Keys of rows: finding equal ones by hashing, and their order.
 *
 * A key is the doubles of its columns, so numbers compare by value and texts by symbol; readers have made sure that
 * keys have a value, no long decimals and no negative zeros. The order is for people and for sums that must not
 * depend on the order of a file: text by bytes, which is by code point, all else by size.
 */
#include <stdlib.h>

#include "table/parts.h"

/* ---- equal keys ---- */

static uint64_t mix(uint64_t hash) {
    hash = (hash ^ (hash >> 32)) * UINT64_C(0xd6e8feb86659fd93);
    hash = (hash ^ (hash >> 32)) * UINT64_C(0xd6e8feb86659fd93);
    return hash ^ (hash >> 32);
}

static uint64_t hash_key(const jl_column *const *columns, size_t n_columns, size_t row) {
    uint64_t hash = 0;
    for (size_t i = 0; i < n_columns; i++) {
        uint64_t bits;
        memcpy(&bits, &columns[i]->values[row], sizeof bits);
        hash = mix(hash ^ bits) + i;
    }
    return hash;
}

static bool is_same_key(const jl_column *const *a, size_t row_a, const jl_column *const *b, size_t row_b,
                        size_t n_columns) {
    for (size_t i = 0; i < n_columns; i++) {
        if (a[i]->values[row_a] != b[i]->values[row_b]) return false;
    }
    return true;
}

/* At most half full. */
bool jl_key_index_init(jl_key_index *index, const jl_column *const *columns, size_t n_columns, size_t n_rows) {
    size_t n_slots = 16;
    while (n_slots / 2 < n_rows) n_slots *= 2;
    *index = (jl_key_index){columns, n_columns, calloc(n_slots, sizeof(uint32_t)), n_slots - 1};
    return index->slots != NULL;
}

void jl_key_index_clear(jl_key_index *index) {
    free(index->slots);
    index->slots = NULL;
}

/* The slot of the key, or the empty one where it belongs. */
static uint32_t *find_slot(const jl_key_index *index, const jl_column *const *columns, size_t row) {
    for (size_t at = (size_t)hash_key(columns, index->n_columns, row);; at++) {
        uint32_t *slot = &index->slots[at & index->mask];
        if (*slot == 0 || is_same_key(index->columns, *slot - 1, columns, row, index->n_columns)) return slot;
    }
}

uint32_t jl_key_find(const jl_key_index *index, const jl_column *const *columns, size_t row) {
    const uint32_t slot = *find_slot(index, columns, row);
    return slot == 0 ? JL_NONE : slot - 1;
}

uint32_t jl_key_add(jl_key_index *index, uint32_t row) {
    uint32_t *slot = find_slot(index, index->columns, row);
    if (*slot != 0) return *slot - 1;
    *slot = row + 1;
    return JL_NONE;
}

/* ---- order ---- */

/* A key column whose doubles sort as the order wants: of texts, their places among all texts of the column. */
typedef struct sort_keys {
    double **columns;
    size_t n_columns, n_rows;
} sort_keys;

static bool comes_after(const sort_keys *keys, uint32_t a, uint32_t b) {
    for (size_t i = 0; i < keys->n_columns; i++) {
        const double left = keys->columns[i][a], right = keys->columns[i][b];
        if (left != right) return left > right;
    }
    return false;
}

static void merge(const sort_keys *keys, const uint32_t *left, size_t n_left, const uint32_t *right, size_t n_right,
                  uint32_t *out) {
    while (n_left > 0 && n_right > 0) {
        if (comes_after(keys, *left, *right)) {
            *out++ = *right++;
            n_right--;
        } else {
            *out++ = *left++;
            n_left--;
        }
    }
    memcpy(out, left, n_left * sizeof *out);
    memcpy(out + n_left, right, n_right * sizeof *out);
}

/* Merge sort from below: stable, and a table that is sorted already is only looked through. */
static void sort_rows(const sort_keys *keys, uint32_t *rows, uint32_t *spare) {
    size_t n_sorted = 1;
    while (n_sorted < keys->n_rows && !comes_after(keys, rows[n_sorted - 1], rows[n_sorted])) n_sorted++;
    if (n_sorted >= keys->n_rows) return;
    for (size_t width = 1; width < keys->n_rows; width *= 2) {
        for (size_t start = 0; start < keys->n_rows; start += 2 * width) {
            const size_t middle = start + width < keys->n_rows ? start + width : keys->n_rows;
            const size_t end = middle + width < keys->n_rows ? middle + width : keys->n_rows;
            merge(keys, rows + start, middle - start, rows + middle, end - middle, spare + start);
        }
        memcpy(rows, spare, keys->n_rows * sizeof *rows);
    }
}

typedef struct named_symbol {
    jl_text text;
    uint32_t symbol;
} named_symbol;

static int compare_names(const void *left, const void *right) {
    return jl_text_compare(((const named_symbol *)left)->text, ((const named_symbol *)right)->text);
}

/* The place of each symbol of a column among them by text. `places` has room for all symbols. */
static bool rank_symbols(const struct jeoul_data *data, const jl_column *column, size_t n_rows, uint32_t *places) {
    const uint32_t n_symbols = jl_symbols_count(data->symbols);
    named_symbol *names = malloc((n_symbols + (size_t)1) * sizeof *names);
    size_t n = 0;
    if (names == NULL) return false;
    memset(places, 0, n_symbols * sizeof *places);
    for (size_t row = 0; row < n_rows; row++) places[(uint32_t)column->values[row]] = 1;
    for (uint32_t symbol = 0; symbol < n_symbols; symbol++) {
        if (places[symbol] != 0) names[n++] = (named_symbol){jl_symbol_text(data->symbols, symbol), symbol};
    }
    qsort(names, n, sizeof *names, compare_names);
    for (size_t place = 0; place < n; place++) places[names[place].symbol] = (uint32_t)place;
    free(names);
    return true;
}

static bool make_sort_column(const struct jeoul_data *data, uint32_t table, uint32_t column, double *out) {
    const jl_table *rows = &data->tables[table];
    const jl_column *values = &rows->columns[column];
    if (!jl_column_is_symbols(jl_column_meaning(data, table, column))) {
        if (rows->n_rows != 0) memcpy(out, values->values, rows->n_rows * sizeof *out);
        return true;
    }
    uint32_t *places = malloc((jl_symbols_count(data->symbols) + (size_t)1) * sizeof *places);
    const bool ranked = places != NULL && rank_symbols(data, values, rows->n_rows, places);
    for (size_t row = 0; ranked && row < rows->n_rows; row++) out[row] = places[(uint32_t)values->values[row]];
    free(places);
    return ranked;
}

static bool sort_by_keys(const struct jeoul_data *data, uint32_t table, sort_keys *keys, uint32_t *order) {
    bool room = true;
    for (size_t i = 0; i < keys->n_columns && room; i++) {
        keys->columns[i] = malloc((keys->n_rows + 1) * sizeof(double));
        room = keys->columns[i] != NULL && make_sort_column(data, table, (uint32_t)i, keys->columns[i]);
    }
    uint32_t *spare = room ? malloc((keys->n_rows + 1) * sizeof *spare) : NULL;
    if (spare != NULL) sort_rows(keys, order, spare);
    room = spare != NULL;
    free(spare);
    return room;
}

const uint32_t *jl_key_order(const struct jeoul_data *data, uint32_t table) {
    const jl_table *rows = &data->tables[table];
    sort_keys keys = {NULL, rows->rule->n_keys, rows->n_rows};
    uint32_t *order = jl_arena_array(data->arena, rows->n_rows, sizeof *order);
    keys.columns = calloc(keys.n_columns + 1, sizeof *keys.columns);
    bool sorted = order != NULL && keys.columns != NULL;
    for (size_t row = 0; sorted && row < rows->n_rows; row++) order[row] = (uint32_t)row;
    sorted = sorted && sort_by_keys(data, table, &keys, order);
    for (size_t i = 0; keys.columns != NULL && i < keys.n_columns; i++) free(keys.columns[i]);
    free(keys.columns);
    return sorted ? order : NULL;
}
