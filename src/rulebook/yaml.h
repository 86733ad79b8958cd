/* SPDX-License-Identifier: Apache-2.0
 *
 * YAML text -> a tree of maps, lists and scalars with byte spans. Tags, anchors, aliases, merges, second documents and
 * doubled keys (after NFC) are errors. A scalar has no type: the place where it stands decides.
 */
#ifndef JL_RULEBOOK_YAML_H
#define JL_RULEBOOK_YAML_H

#include "base/diagnostics.h"

#define JL_YAML_MAX_BYTES (8u << 20)
#define JL_YAML_MAX_DEPTH 64
#define JL_YAML_MAX_NODES 1000000u

typedef enum jl_yaml_kind { JL_YAML_SCALAR, JL_YAML_LIST, JL_YAML_MAP } jl_yaml_kind;

typedef struct jl_yaml jl_yaml;
struct jl_yaml {
    jl_yaml_kind kind;
    jl_span span; /* of a scalar: the characters of its value, without quotes */
    jl_text text; /* scalar: value, NFC */
    bool plain;   /* scalar: span's bytes are the value's bytes (no escapes, no folds), so carets inside are exact */
    bool quoted;  /* scalar: written in quotes or as a block */
    bool wrong;   /* scalar: stands for something that was refused and reported; later checks pass over it */
    const jl_yaml **keys;  /* map: scalars, NFC */
    const jl_yaml **items; /* map: values; list: elements */
    size_t n_items;
};

/* NULL: not readable at all. *status_out tells what happened; with JEOUL_RULEBOOK there may be a tree all the same:
 * what was refused is left out of it, so that the rest can be checked too. */
const jl_yaml *jl_yaml_read(jl_arena *arena, const jl_source *source, jeoul_diagnostics *diagnostics,
                            jeoul_status *status_out);
/* Where in the tree a byte of the source stands: "scorecard.areas[0].weight"; a jl_write_path. */
void jl_yaml_path(const void *tree, uint32_t at, jl_buffer *path);
/* The value of a key, or NULL. */
const jl_yaml *jl_yaml_get(const jl_yaml *map, const char *key);

#endif
