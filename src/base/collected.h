/* SPDX-License-Identifier: Apache-2.0
 *
 * What diagnostics.c collects and render.c shows. For these two files only.
 */
#ifndef JL_BASE_COLLECTED_H
#define JL_BASE_COLLECTED_H

#include "base/diagnostics.h"

#define JL_KEPT_ERRORS 100 /* of errors; as many again of notes and warnings together */
#define JL_MOST_SECONDS 2  /* second places of one diagnostic */
#define JL_N_SEVERITIES 3

/* A place with its own copy of the line. Texts are UTF-8, one line, without control characters, and terminated. */
typedef struct jl_place {
    jl_text file;      /* empty: no place */
    uint32_t line;     /* 1-based; 0: no place */
    uint32_t column;   /* 1-based, in characters; 0: unknown */
    uint32_t n_marked; /* characters marked on this line, at least 1 */
    jl_text before;    /* the line up to the mark; of a long line its end, after an ellipsis */
    jl_text marked;    /* what the caret is under; may be empty at the end of the line */
    jl_text after;     /* the rest of the line; of a long one its beginning, before an ellipsis */
    const char *label; /* of a second place; NULL: none */
} jl_place;

typedef struct jl_diagnostic {
    jl_code code;
    uint32_t file_order; /* files count in the order of their first diagnostic */
    const char *message;
    const char *help; /* NULL: none */
    const char *path; /* NULL: none */
    jl_place place;
    jl_place seconds[JL_MOST_SECONDS];
    uint32_t n_seconds;
} jl_diagnostic;

struct jeoul_diagnostics {
    jl_arena *arena;
    jl_diagnostic *items[2 * JL_KEPT_ERRORS]; /* by file, line and column; equal ones as they came */
    size_t n_items;
    jl_diagnostic *last;                /* the last one reported; NULL if it was not kept */
    size_t n_reported[JL_N_SEVERITIES]; /* by jeoul_severity, also those not kept */
    size_t n_kept[JL_N_SEVERITIES];
    uint32_t n_files;
};

jeoul_severity jl_code_severity(jl_code code);
jeoul_status jl_code_status(jl_code code);
const char *jl_code_title(jl_code code); /* what the code means in general */

#endif
