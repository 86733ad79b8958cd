/* SPDX-License-Identifier: Apache-2.0
 *
 * Spelling and width of names: what a misspelt command or option was meant to be, and how many cells of a terminal a text
 * takes. Commands and options are ASCII, so bytes are letters enough; names of rulebooks the library compares itself.
 */
#include <string.h>
#include <utf8proc.h>

#include "tools/tools.h"

enum { MAX_LETTERS = 64 };

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

/* Levenshtein's distance, one row at a time; `b` has at most MAX_LETTERS. */
static size_t distance(const char *a, const char *b) {
    size_t row[MAX_LETTERS + 1];
    const size_t n_a = strlen(a), n_b = strlen(b);
    for (size_t j = 0; j <= n_b; j++) {
        row[j] = j;
    }
    for (size_t i = 1; i <= n_a; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= n_b; j++) {
            const size_t replaced = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = least(least(row[j], row[j - 1]) + 1, replaced);
        }
    }
    return row[n_b];
}

const char *tool_nearest(const char *name, const char *const *candidates, size_t n_candidates) {
    size_t nearest = strlen(name) / 3 + 2; /* one letter in three may be wrong, and always one */
    const char *found = NULL;
    for (size_t i = 0; i < n_candidates; i++) {
        if (strlen(candidates[i]) > MAX_LETTERS) continue;
        const size_t steps = distance(name, candidates[i]);
        if (steps >= nearest) continue;
        nearest = steps;
        found = candidates[i];
    }
    return found;
}

size_t tool_width(const char *text) {
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text;
    size_t width = 0;
    while (*bytes != '\0') {
        utf8proc_int32_t letter = 0;
        const utf8proc_ssize_t n = utf8proc_iterate(bytes, -1, &letter);
        width += n > 0 ? (size_t)utf8proc_charwidth(letter) : 1;
        bytes += n > 0 ? n : 1;
    }
    return width;
}
