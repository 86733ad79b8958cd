/* SPDX-License-Identifier: Apache-2.0
 *
 * Spelling and width of names. Names are compared decomposed, so that two Hangul syllables differing in one letter (실적, 실젹)
 * are one step apart, and a name typed on a Mac is the same name.
 */
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "tools/tools.h"

enum { MAX_LETTERS = 128 };

/* Letters of a name: Hangul in jamo. 0: too long, or not UTF-8. */
static size_t spell(const char *name, utf8proc_int32_t *letters) {
    const utf8proc_option_t options = UTF8PROC_NULLTERM | UTF8PROC_DECOMPOSE | UTF8PROC_STABLE;
    const utf8proc_ssize_t n = utf8proc_decompose((const utf8proc_uint8_t *)name, 0, letters, MAX_LETTERS, options);
    return n > 0 && n <= MAX_LETTERS ? (size_t)n : 0;
}

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

/* Levenshtein's distance, one row at a time. */
static size_t distance(const utf8proc_int32_t *a, size_t n_a, const utf8proc_int32_t *b, size_t n_b) {
    size_t row[MAX_LETTERS + 1];
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

bool tool_same(const char *a, const char *b) {
    utf8proc_int32_t letters[MAX_LETTERS], other[MAX_LETTERS];
    const size_t n_letters = spell(a, letters), n_other = spell(b, other);
    if (n_letters == 0) return strcmp(a, b) == 0;
    return n_letters == n_other && memcmp(letters, other, n_letters * sizeof(letters[0])) == 0;
}

const char *tool_nearest(const char *name, const char *const *candidates, size_t n_candidates) {
    utf8proc_int32_t letters[MAX_LETTERS], other[MAX_LETTERS];
    const size_t n_letters = spell(name, letters);
    if (n_letters == 0) return NULL;
    size_t nearest = n_letters / 3 + 1; /* one letter in three may be wrong, and always one */
    const char *found = NULL;
    for (size_t i = 0; i < n_candidates; i++) {
        const size_t n_other = spell(candidates[i], other);
        const size_t steps = n_other == 0 ? SIZE_MAX : distance(letters, n_letters, other, n_other);
        if (steps > nearest || (found != NULL && steps == nearest)) continue;
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
