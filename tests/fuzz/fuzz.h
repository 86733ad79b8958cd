/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzz targets: bytes in, and nothing may go wrong. libFuzzer calls them, or replay.c with the seeds, as an ordinary test.
 */
#ifndef JEOUL_FUZZ_H
#define JEOUL_FUZZ_H

#include <stddef.h>
#include <stdint.h>

#include "jeoul/jeoul.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* Reads the one table of a rulebook from a CSV text, scores, and renders and explains what came out. */
void fuzz_score(const jeoul_rulebook *rulebook, const char *table, const char *csv, size_t length);
/* The rulebook of a text that must be right, for targets that fuzz something else. */
jeoul_rulebook *fuzz_rulebook(const char *text);

#endif
