/* SPDX-License-Identifier: Apache-2.0
 *
 * Every file in bad/ says on its lines what is wrong with them: `# … expect error JL0301:11`, code and column, the
 * column where it matters; `expect error on line 7: JL0101` for a line that cannot carry a comment. What is reported
 * and what is expected must be the same lists, so that no mistake hides and none brings followers.
 *
 * Run as: test_bad_rulebooks FOLDER
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "jeoul/jeoul.h"

#define MOST_EXPECTED 64
#define MOST_FILES 256
#define LONGEST_FILE (1u << 20)

typedef struct expectation {
    uint32_t line, column; /* column 0: any */
    char code[7];
    int met;
} expectation;

typedef struct expectations {
    expectation items[MOST_EXPECTED];
    size_t n;
} expectations;

/* ---- what a file expects ---- */

static void read_codes(expectations *expected, const char *at, uint32_t line) {
    int length = 0;
    unsigned number;
    if (sscanf(at, " on line %u:%n", &number, &length) == 1 && length > 0) {
        line = number;
        at += length;
    }
    while (expected->n < MOST_EXPECTED) {
        expectation *item = &expected->items[expected->n];
        *item = (expectation){.line = line};
        if (sscanf(at, " %6[JL0-9]%n", item->code, &length) != 1 || strlen(item->code) != 6) return;
        at += length;
        if (sscanf(at, ":%u%n", &item->column, &length) == 1) at += length;
        expected->n++;
    }
}

static void read_expectations(expectations *expected, const char *text) {
    uint32_t number = 1;
    for (const char *line = text; line != NULL; number++) {
        const char *end = strchr(line, '\n'), *comment = strstr(line, "expect error");
        if (comment != NULL && (end == NULL || comment < end))
            read_codes(expected, comment + strlen("expect error"), number);
        line = end == NULL ? NULL : end + 1;
    }
}

/* ---- what is reported ---- */

static jeoul_status load(const char *path, jeoul_diagnostics *diagnostics) {
    jeoul_rulebook *rulebook;
    const jeoul_status status = jeoul_rulebook_load(path, NULL, &rulebook, diagnostics);
    jeoul_rulebook_free(rulebook);
    return status;
}

static int meets(expectation *item, const jeoul_diagnostic *found) {
    if (item->met || item->line != found->line || strcmp(item->code, found->code) != 0) return 0;
    item->met = item->column == 0 || item->column == found->column;
    return item->met;
}

static size_t count_unexpected(expectations *expected, const jeoul_diagnostics *diagnostics) {
    size_t n_unexpected = 0;
    jeoul_diagnostic found;
    for (size_t k = 0; jeoul_diagnostics_get(diagnostics, k, &found) == JEOUL_OK; k++) {
        int met = 0;
        for (size_t item = 0; !met && item < expected->n; item++) met = meets(&expected->items[item], &found);
        if (met) continue;
        print_error("%s:%u:%u: not expected: %s %s\n", found.file, found.line, found.column, found.code, found.message);
        n_unexpected++;
    }
    return n_unexpected;
}

static size_t count_unmet(const char *path, const expectations *expected) {
    size_t n_unmet = 0;
    for (size_t item = 0; item < expected->n; item++) {
        if (expected->items[item].met) continue;
        print_error("%s:%u: not reported: %s:%u\n", path, expected->items[item].line, expected->items[item].code,
                    expected->items[item].column);
        n_unmet++;
    }
    return n_unmet;
}

static char *read_file(const char *path) {
    FILE *file = fopen(path, "rb");
    char *text = file == NULL ? NULL : calloc(1, LONGEST_FILE);
    if (text != NULL && fread(text, 1, LONGEST_FILE - 1, file) == 0) text[0] = '\0';
    if (file != NULL) fclose(file);
    return text;
}

static void the_mistakes_of_the_file_are_reported_on_their_lines(void **state) {
    const char *path = *state;
    expectations expected = {.n = 0};
    jeoul_diagnostics *diagnostics;
    char *text = read_file(path);
    assert_non_null(text);
    assert_int_equal(jeoul_diagnostics_new(&diagnostics), JEOUL_OK);
    read_expectations(&expected, text);
    const jeoul_status status = load(path, diagnostics);
    const size_t n_wrong = count_unexpected(&expected, diagnostics) + count_unmet(path, &expected);
    jeoul_diagnostics_free(diagnostics);
    free(text);
    assert_true(expected.n > 0);
    assert_int_equal(n_wrong, 0);
    assert_int_equal(status, JEOUL_RULEBOOK);
}

/* ---- the folder ---- */

static int compare_names(const void *a, const void *b) {
    return strcmp(((const struct CMUnitTest *)a)->name, ((const struct CMUnitTest *)b)->name);
}

static char *path_of(const char *folder, const char *name) {
    const size_t size = strlen(folder) + strlen(name) + 2;
    char *path = malloc(size);
    if (path != NULL) snprintf(path, size, "%s/%s", folder, name);
    return path;
}

static size_t list_files(const char *folder, struct CMUnitTest *tests) {
    size_t n_files = 0;
    DIR *open = opendir(folder);
    for (struct dirent *entry; open != NULL && n_files < MOST_FILES && (entry = readdir(open)) != NULL;) {
        const char *ending = strrchr(entry->d_name, '.');
        if (ending == NULL || strcmp(ending, ".yaml") != 0) continue;
        char *path = path_of(folder, entry->d_name);
        if (path == NULL) break;
        tests[n_files++] = (struct CMUnitTest){
            .name = path, .initial_state = path, .test_func = the_mistakes_of_the_file_are_reported_on_their_lines};
    }
    if (open != NULL) closedir(open);
    qsort(tests, n_files, sizeof *tests, compare_names);
    return n_files;
}

int main(int n_arguments, char **arguments) {
    static struct CMUnitTest tests[MOST_FILES];
    const size_t n_files = n_arguments == 2 ? list_files(arguments[1], tests) : 0;
    if (n_files == 0) {
        fprintf(stderr, "run as: test_bad_rulebooks FOLDER\n");
        return 1;
    }
    const int n_failed = _cmocka_run_group_tests("bad rulebooks", tests, n_files, NULL, NULL);
    for (size_t file = 0; file < n_files; file++) free(tests[file].initial_state);
    return n_failed;
}
