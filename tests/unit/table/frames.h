/* SPDX-License-Identifier: Apache-2.0
 *
 * Arrow frames of a few columns, whose releases are counted.
 */
#ifndef FRAMES_H
#define FRAMES_H

#include "tables.h"

#define MOST_CHILDREN 8

typedef struct test_frame {
    struct ArrowSchema schema, child_schemas[MOST_CHILDREN], dictionary_schemas[MOST_CHILDREN],
        *schema_pointers[MOST_CHILDREN];
    struct ArrowArray array, child_arrays[MOST_CHILDREN], dictionary_arrays[MOST_CHILDREN],
        *array_pointers[MOST_CHILDREN];
    const void *buffers[MOST_CHILDREN][4], *dictionary_buffers[MOST_CHILDREN][4], *no_validity[1];
    int n_schema_releases, n_array_releases;
} test_frame;

static inline void release_schema(struct ArrowSchema *schema) {
    ++*(int *)schema->private_data;
    schema->release = NULL;
}

static inline void release_array(struct ArrowArray *array) {
    ++*(int *)array->private_data;
    array->release = NULL;
}

static inline void open_frame(test_frame *frame, int64_t n_rows) {
    memset(frame, 0, sizeof *frame);
    frame->schema = (struct ArrowSchema){.format = "+s",
                                         .name = "",
                                         .children = frame->schema_pointers,
                                         .release = release_schema,
                                         .private_data = &frame->n_schema_releases};
    frame->array = (struct ArrowArray){.length = n_rows,
                                       .n_buffers = 1,
                                       .buffers = frame->no_validity,
                                       .children = frame->array_pointers,
                                       .release = release_array,
                                       .private_data = &frame->n_array_releases};
}

/* Buffers: validity (or NULL), then up to three more. */
static inline struct ArrowArray *add_child(test_frame *frame, const char *name, const char *format, int64_t n_buffers,
                                           const void *validity, const void *values, const void *bytes) {
    const int64_t child = frame->schema.n_children++;
    frame->array.n_children++;
    assert_true(child < MOST_CHILDREN);
    frame->buffers[child][0] = validity;
    frame->buffers[child][1] = values;
    frame->buffers[child][2] = bytes;
    frame->child_schemas[child] = (struct ArrowSchema){.format = format, .name = name};
    frame->child_arrays[child] = (struct ArrowArray){.length = frame->array.length + frame->array.offset,
                                                     .null_count = validity == NULL ? 0 : -1,
                                                     .n_buffers = n_buffers,
                                                     .buffers = frame->buffers[child]};
    frame->schema_pointers[child] = &frame->child_schemas[child];
    frame->array_pointers[child] = &frame->child_arrays[child];
    return &frame->child_arrays[child];
}

/* The last child becomes the indices of these texts. */
static inline void add_dictionary(test_frame *frame, int64_t n_entries, const int32_t *offsets, const char *bytes) {
    const int64_t child = frame->schema.n_children - 1;
    frame->dictionary_buffers[child][1] = offsets;
    frame->dictionary_buffers[child][2] = bytes;
    frame->dictionary_schemas[child] = (struct ArrowSchema){.format = "u", .name = ""};
    frame->dictionary_arrays[child] =
        (struct ArrowArray){.length = n_entries, .n_buffers = 3, .buffers = frame->dictionary_buffers[child]};
    frame->child_schemas[child].dictionary = &frame->dictionary_schemas[child];
    frame->child_arrays[child].dictionary = &frame->dictionary_arrays[child];
}

static inline jeoul_status add_frame(fixture *tables, uint32_t table, test_frame *frame) {
    return jl_data_add_arrow(tables->data, table, &frame->schema, &frame->array, tables->diagnostics);
}

#endif
