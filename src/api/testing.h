/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files that run a rulebook's own tests share: given.c makes the tables, expect.c compares, test.c runs.
 */
#ifndef JL_API_TESTING_H
#define JL_API_TESTING_H

#include "api/objects.h"

/* The tables of a test, finished: those given, all others without rows. */
jeoul_status jl_make_given(const jeoul_rulebook *rulebook, const jl_test_rule *test, jeoul_data **data_out,
                           jeoul_diagnostics *diagnostics);

/* One test while it runs. */
typedef struct jl_trial {
    const jeoul_rulebook *rulebook;
    const jl_test_rule *test;
    jeoul_diagnostics *diagnostics; /* where failed expectations go */
    size_t n_failed;                /* expectations */
    jeoul_status status;            /* the first failure of the engine itself: no memory */
} jl_trial;

/* Diagnoses an expectation that does not hold. */
void jl_fail_trial(jl_trial *trial, jl_span span, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Compares all results that are expected of one entity. */
void jl_check_entity(jl_trial *trial, const jeoul_result *result, size_t entity, const jl_yaml *expected);

#endif
