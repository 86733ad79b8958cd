/* SPDX-License-Identifier: Apache-2.0
 *
 * The public objects. References are counted atomically, so objects may be freed in any order and from any thread.
 */
#ifndef JL_API_OBJECTS_H
#define JL_API_OBJECTS_H

#include <stdatomic.h>

#include "report/frame.h"

struct jeoul_rulebook {
    atomic_int references;
    jl_arena *arena;
    jl_symbols *symbols;
    const jl_source *source;
    const jl_rulebook *rules;
    const jl_plan *plan;
    double as_of;           /* days since 1970-01-01; NAN: there is no date */
    const char *folder;     /* where relative files are sought; "" or ending in / */
    const char *id, *title; /* terminated */
    const char **tables;    /* terminated names */
    const char **grades;    /* terminated, best first */
};

struct jeoul_result {
    const jeoul_rulebook *rulebook;
    const jeoul_data *data;
    jl_arena *arena;
    jl_program *program;
    jl_certifier *certifier;
    uint64_t n_settled, n_taken_as_equal; /* of the scoring itself */
    const char **entities, **groups;      /* terminated names, by entity */
};

const jeoul_rulebook *jl_rulebook_retain(const jeoul_rulebook *rulebook);
const jeoul_data *jl_data_retain(const jeoul_data *data);
/* Options as given, NULL or of any version, into `options`, which holds the defaults. Both begin with struct_size;
 * `sizes` are those that the struct has had, this library's last (options.c). */
jeoul_status jl_options_read(const void *given, const size_t *sizes, size_t n_sizes, void *options);
/* Text in an arena as a terminated string; NULL: no memory. */
const char *jl_terminated(jl_arena *arena, jl_text text);
/* Scores finished data; `entities_complete`: every entity must have rows where the scorecard reads them. */
jeoul_status jl_score_data(const jeoul_rulebook *rulebook, const jeoul_data *data, const jeoul_score_options *options,
                           bool entities_complete, jeoul_result **result_out, jeoul_diagnostics *diagnostics);
/* Room for an ISO date. */
typedef struct jl_date_text {
    char data[32];
} jl_date_text;
/* What reports are written from; borrowed from the result, its date from `date`. */
jl_outcome jl_result_outcome(const jeoul_result *result, jl_date_text *date);
/* Diagnoses the values without an answer that a run has found (failures.c). */
jeoul_status jl_report_failures(const jeoul_result *result, jeoul_diagnostics *diagnostics);

#endif
