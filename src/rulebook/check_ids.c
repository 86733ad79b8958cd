/* SPDX-License-Identifier: Apache-2.0
 *
 * Nodes, values, adjustments and gates share one space of ids, and the names of results are taken: a name in a formula
 * or in a result always means one thing. What was collected here finds nodes by their ids later.
 */
#include "rulebook/read.h"

static bool is_reserved(jl_text id) {
    static const char *const reserved[] = {"total", "base",  "bonus", "penalty", "rank",
                                           "grade", "value", "score", "as_of"};
    for (size_t k = 0; k < JL_COUNT(reserved); k++) {
        if (jl_text_equal(id, jl_text_of(reserved[k]))) return true;
    }
    return false;
}

static void add_id(jl_reader *reader, jl_text id, jl_span span, uint32_t node) {
    if (id.length == 0) return; /* reported as missing */
    const bool root = node == 0 && jl_text_equal(id, JL_TEXT("total"));
    if (!root && is_reserved(id)) {
        jl_refuse(reader, JL_DOUBLED_ID, span, "the id `%.*s` is a name of the language", JL_TEXT_ARG(id));
        return;
    }
    const uint32_t before = jl_symbols_count(reader->ids), symbol = jl_symbol_add(reader->ids, id);
    if (symbol == JL_NO_SYMBOL ||
        !jl_arena_grow(reader->arena, &reader->id_places, &reader->id_capacity, before + 1, sizeof(jl_id_place))) {
        jl_reader_note(reader, JEOUL_NO_MEMORY);
    } else if (symbol < before) {
        jl_refuse(reader, JL_DOUBLED_ID, span, "the id `%.*s` is given twice", JL_TEXT_ARG(id));
        jl_report_second(reader->diagnostics, reader->id_places[symbol].span, "first given here");
    } else {
        reader->id_places[symbol] = (jl_id_place){span, id, node};
    }
}

static void add_items(jl_reader *reader, const jl_adjustments *adjustments) {
    for (size_t item = 0; item < adjustments->n_items; item++) {
        add_id(reader, adjustments->items[item].id, adjustments->items[item].span, JL_NONE);
    }
}

void jl_check_ids(jl_reader *reader) {
    const jl_rulebook *book = reader->book;
    for (size_t value = 0; value < book->n_values; value++) {
        add_id(reader, book->values[value].id, book->values[value].span, JL_NONE);
    }
    for (uint32_t node = 0; node < book->n_nodes; node++) {
        add_id(reader, book->nodes[node].id, book->nodes[node].span, node);
        if (book->nodes[node].adjustments != NULL) {
            add_items(reader, book->nodes[node].adjustments);
        }
    }
    add_items(reader, &book->adjustments);
    for (size_t gate = 0; gate < book->n_gates; gate++) {
        add_id(reader, book->gates[gate].id, book->gates[gate].span, JL_NONE);
    }
}

const jl_id_place *jl_find_id(const jl_reader *reader, jl_text id) {
    const uint32_t symbol = jl_symbol_find(reader->ids, id);
    return symbol == JL_NO_SYMBOL || reader->id_places == NULL ? NULL : &reader->id_places[symbol];
}

void jl_report_nearest_id(jl_reader *reader, jl_text id) {
    const uint32_t n_ids = jl_symbols_count(reader->ids);
    if (reader->id_names == NULL) {
        jl_text *names = jl_reader_array(reader, n_ids, sizeof(jl_text));
        for (uint32_t k = 0; names != NULL && k < n_ids; k++) {
            names[k] = reader->id_places[k].id;
        }
        reader->id_names = names;
    }
    if (reader->id_names != NULL) {
        jl_report_nearest(reader->diagnostics, id, reader->id_names, n_ids);
    }
}
