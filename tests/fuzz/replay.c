/* SPDX-License-Identifier: Apache-2.0
 *
 * Runs a fuzz target on files, so that seeds and former findings are ordinary tests with any compiler.
 *
 * usage: fuzz_X_replay [--lines] FILE...     --lines: each line of a file is an input
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

/* NULL: it cannot be read. */
static char *read_file(const char *path, size_t *length_out) {
    FILE *stream = fopen(path, "rb");
    if (stream == NULL) return NULL;
    char *bytes = NULL;
    size_t length = 0, capacity = 0;
    do {
        if (length == capacity) {
            capacity = capacity * 2 + 4096;
            char *grown = realloc(bytes, capacity);
            if (grown == NULL) abort();
            bytes = grown;
        }
        length += fread(bytes + length, 1, capacity - length, stream);
    } while (!feof(stream) && !ferror(stream));
    fclose(stream);
    *length_out = length;
    return bytes;
}

/* A copy of exactly that length, so that reading behind it is seen by the sanitizer. */
static void run(const char *bytes, size_t length) {
    char *copy = malloc(length + (length == 0));
    if (copy == NULL) abort();
    memcpy(copy, bytes, length);
    LLVMFuzzerTestOneInput((const uint8_t *)copy, length);
    free(copy);
}

static void run_lines(const char *bytes, size_t length) {
    while (length > 0) {
        const char *end = memchr(bytes, '\n', length);
        const size_t line = end == NULL ? length : (size_t)(end - bytes);
        run(bytes, line);
        length -= line + (end != NULL);
        bytes += line + (end != NULL);
    }
}

int main(int argc, char **argv) {
    const bool lines = argc > 1 && strcmp(argv[1], "--lines") == 0;
    for (int i = lines ? 2 : 1; i < argc; i++) {
        size_t length = 0;
        char *bytes = read_file(argv[i], &length);
        if (bytes == NULL) {
            fprintf(stderr, "cannot read %s\n", argv[i]);
            return 1;
        }
        if (lines) {
            run_lines(bytes, length);
        } else {
            run(bytes, length);
        }
        free(bytes);
    }
    return 0;
}
