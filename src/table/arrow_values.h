/* SPDX-License-Identifier: Apache-2.0
 *
 * One Arrow column, opened for reading element by element. For arrow.c and arrow_values.c only.
 */
#ifndef JL_TABLE_ARROW_VALUES_H
#define JL_TABLE_ARROW_VALUES_H

#include "table/parts.h"

typedef enum jl_arrow_kind {
    JL_ARROW_NULL,
    JL_ARROW_BOOL,
    JL_ARROW_SIGNED,
    JL_ARROW_UNSIGNED,
    JL_ARROW_FLOAT32,
    JL_ARROW_FLOAT64,
    JL_ARROW_DECIMAL128,
    JL_ARROW_TEXT,
    JL_ARROW_LARGE_TEXT,
    JL_ARROW_TEXT_VIEW,
    JL_ARROW_DAYS,
    JL_ARROW_MILLISECONDS,
    JL_ARROW_DICTIONARY
} jl_arrow_kind;

typedef struct jl_arrow_column {
    jl_arrow_kind kind;
    size_t width;                /* bytes of a fixed-width element; of an index, for a dictionary */
    bool is_signed;              /* of an index */
    int scale;                   /* of a decimal */
    size_t offset, length;       /* of the elements that count, in elements */
    const uint8_t *validity;     /* bit 1: there is a value; NULL: always */
    const unsigned char *values; /* elements, offsets or views; NULL: nothing has a value */
    const char *bytes;           /* of texts */
    const void *const *buffers;  /* of text views: 2 and up */
    size_t n_view_buffers;
    const struct ArrowSchema *entry_schema; /* dictionary */
    const struct ArrowArray *entry_array;
} jl_arrow_column;

/* What an element is. */
typedef struct jl_arrow_element {
    enum { JL_ELEMENT_NONE, JL_ELEMENT_NUMBER, JL_ELEMENT_TEXT, JL_ELEMENT_BAD } what;
    double number;
    jl_text
        text; /* TEXT: in the buffer given or in the array; NUMBER: its decimal if the double does not stand for it */
} jl_arrow_element;
#define JL_ELEMENT_BYTES 400

/* false: the type cannot be read, or the array does not fit its schema. `offset`, `length`: elements that count. */
bool jl_arrow_open(const struct ArrowSchema *schema, const struct ArrowArray *array, size_t offset, size_t length,
                   jl_arrow_column *column_out);
bool jl_arrow_is_null(const jl_arrow_column *column, size_t i);
/* Not of a dictionary. `buffer` has JL_ELEMENT_BYTES bytes. */
jl_arrow_element jl_arrow_read(const jl_arrow_column *column, size_t i, char *buffer);
/* Of a dictionary: the entry; -1: beyond any. */
int64_t jl_arrow_index(const jl_arrow_column *column, size_t i);
/* The decimal that a float stands for, as a double. */
double jl_arrow_shortest_float(float value);

#endif
