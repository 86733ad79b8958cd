/* SPDX-License-Identifier: Apache-2.0
 *
 * Explanations of results, and rulebooks read back: both as text for people, from one table of sentences.
 */
#ifndef JL_EXPLAIN_EXPLAIN_H
#define JL_EXPLAIN_EXPLAIN_H

#include "certify/certify.h"

/* What is to be explained. Everything is borrowed. */
typedef struct jl_explain_request {
    const jl_program *program;   /* a finished run */
    jl_certifier *certifier;     /* of that program */
    const char *const *entities; /* names, by row of the entity table */
    const char *const *groups;   /* "" without groups */
    uint32_t entity;
    jeoul_format format; /* JEOUL_TEXT or JEOUL_JSON */
    jeoul_language language;
    bool colour; /* text: ANSI escapes */
} jl_explain_request;

/* Appends the explanation of one entity. JEOUL_DATA: its points are too large for the ledger. */
jeoul_status jl_explain(const jl_explain_request *request, jl_buffer *out);

/* Appends the rulebook as sentences, for an officer to read and sign. */
jeoul_status jl_read_back(const jl_rulebook *rulebook, jeoul_language language, jl_buffer *out);

#endif
