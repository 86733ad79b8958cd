/* SPDX-License-Identifier: Apache-2.0
 *
 * The nearest of some names to a misspelt one.
 *
 * Names are compared letter by letter in lower case, a Hangul syllable as its two or three letters: most Korean slips
 * of the pen change one letter of a syllable, and names of two syllables would otherwise never be near anything. Two
 * neighbours that changed places count as one slip. Names longer than 64 letters are left out.
 */
#include "base/base.h"

#include <utf8proc.h>

#define MOST_LETTERS 64

/* Number of letters; 0 if there are none, too many, or the name is not UTF-8. */
static size_t spell(jl_text name, utf8proc_int32_t letters[MOST_LETTERS]) {
    const utf8proc_option_t options = (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD);
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)name.data;
    const utf8proc_ssize_t n = utf8proc_decompose(bytes, (utf8proc_ssize_t)name.length, letters, MOST_LETTERS, options);
    return n < 0 || n > MOST_LETTERS ? 0 : (size_t)n;
}

static size_t smaller(size_t a, size_t b) {
    return a < b ? a : b;
}

/* Edit distance with transpositions (optimal string alignment), over three rows of the usual table. */
static size_t distance(const utf8proc_int32_t *a, size_t n_a, const utf8proc_int32_t *b, size_t n_b) {
    size_t rows[3][MOST_LETTERS + 1];
    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= n_b; j++) above[j] = j;
    for (size_t i = 1; i <= n_a; i++) {
        row[0] = i;
        for (size_t j = 1; j <= n_b; j++) {
            row[j] = smaller(smaller(above[j], row[j - 1]) + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = smaller(row[j], before[j - 2] + 1);
        }
        size_t *free_row = before;
        before = above;
        above = row;
        row = free_row;
    }
    return above[n_b];
}

int jl_nearest_name(jl_text name, const jl_text *candidates, size_t n_candidates) {
    utf8proc_int32_t letters[MOST_LETTERS], others[MOST_LETTERS];
    const size_t n_letters = spell(name, letters);
    size_t best = n_letters / 3 + 1; /* the first distance that is too far */
    int nearest = -1;
    if (n_letters == 0) return -1;
    for (size_t i = 0; i < n_candidates && i <= INT32_MAX; i++) {
        const size_t n_others = spell(candidates[i], others);
        const size_t edits = n_others == 0 ? best : distance(letters, n_letters, others, n_others);
        if (edits < best) {
            best = edits;
            nearest = (int)i;
        }
    }
    return nearest;
}
