/* SPDX-License-Identifier: Apache-2.0
 *
 * Nodes, values, adjustments and gates share one space of ids, and the names of results are taken: a name in a formula
 * or in a result always means one thing.
 */
#include "rulebook/read.h"

struct ids {
    jl_reader *reader;
    jl_symbols *symbols;
    jl_span *spans; /* by symbol */
    size_t capacity;
};

static void check_reserved(struct ids *ids, jl_text id, jl_span span) {
    static const char *const reserved[] = {"total", "base",  "bonus", "penalty", "rank",
                                           "grade", "value", "score", "as_of"};
    for (size_t k = 0; k < JL_COUNT(reserved); k++) {
        if (!jl_text_equal(id, jl_text_of(reserved[k]))) continue;
        jl_refuse(ids->reader, JL_DOUBLED_ID, span, "the id `%s` is a name of the language", reserved[k]);
    }
}

static void add_id(struct ids *ids, jl_text id, jl_span span) {
    if (id.length == 0) return; /* reported as missing */
    const uint32_t before = jl_symbols_count(ids->symbols), symbol = jl_symbol_add(ids->symbols, id);
    if (symbol == JL_NO_SYMBOL ||
        !jl_arena_grow(ids->reader->arena, &ids->spans, &ids->capacity, before + 1, sizeof(jl_span))) {
        jl_reader_note(ids->reader, JEOUL_NO_MEMORY);
    } else if (symbol < before) {
        jl_refuse(ids->reader, JL_DOUBLED_ID, span, "the id `%.*s` is given twice", JL_TEXT_ARG(id));
        jl_report_second(ids->reader->diagnostics, ids->spans[symbol], "first given here");
    } else {
        ids->spans[symbol] = span;
        check_reserved(ids, id, span);
    }
}

static void add_items(struct ids *ids, const jl_adjustments *adjustments) {
    for (size_t item = 0; item < adjustments->n_items; item++) {
        add_id(ids, adjustments->items[item].id, adjustments->items[item].span);
    }
}

void jl_check_ids(jl_reader *reader) {
    const jl_rulebook *book = reader->book;
    struct ids ids = {.reader = reader, .symbols = jl_symbols_new(NULL)};
    if (ids.symbols == NULL) {
        jl_reader_note(reader, JEOUL_NO_MEMORY);
        return;
    }
    for (size_t value = 0; value < book->n_values; value++) {
        add_id(&ids, book->values[value].id, book->values[value].span);
    }
    for (size_t node = 1; node < book->n_nodes; node++) { /* 0: the root, `total` */
        add_id(&ids, book->nodes[node].id, book->nodes[node].span);
        if (book->nodes[node].adjustments != NULL) {
            add_items(&ids, book->nodes[node].adjustments);
        }
    }
    add_items(&ids, &book->adjustments);
    for (size_t gate = 0; gate < book->n_gates; gate++) {
        add_id(&ids, book->gates[gate].id, book->gates[gate].span);
    }
    jl_symbols_free(ids.symbols);
}
