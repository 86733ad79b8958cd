/* SPDX-License-Identifier: Apache-2.0
 *
 * Files and folders. A table is looked for by its name in NFC, whatever form the file system has it in: folders
 * copied from a Mac hold NFD names, which look the same and are other bytes.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "table/parts.h"

/* strerror speaks the language of the locale. */
static const char *explain_error(int error) {
    switch (error) {
    case ENOENT: return "there is no such file";
    case ENOTDIR: return "it is not a folder";
    case EISDIR: return "it is a folder";
    case EACCES: return "the permission is missing";
    default: return "reading failed";
    }
}

static jeoul_status report_file(jeoul_diagnostics *diagnostics, const char *path, int error) {
    if (error == ENOMEM) return JEOUL_NO_MEMORY;
    (void)jl_report_cell(diagnostics, JL_NO_FILE, jl_text_of(path), 0, (jl_text){NULL, 0}, 0, 0, "cannot read `%s`: %s",
                         path, explain_error(error));
    return JEOUL_IO;
}

/* One byte more than the file has tells its end without another growth. */
static size_t first_capacity(FILE *file) {
    struct stat facts;
    const bool known = fstat(fileno(file), &facts) == 0 && facts.st_size > 0 && (uintmax_t)facts.st_size < SIZE_MAX / 2;
    return known ? (size_t)facts.st_size + 1 : (size_t)1 << 16;
}

/* 0, or the error. */
static int read_all(FILE *file, char **bytes_out, size_t *length_out) {
    size_t capacity = first_capacity(file), length = 0;
    char *bytes = malloc(capacity);
    int error = bytes == NULL ? ENOMEM : 0;
    while (error == 0) {
        length += fread(bytes + length, 1, capacity - length, file);
        if (length < capacity) {
            error = ferror(file) ? (errno == 0 ? EIO : errno) : 0;
            break;
        }
        char *larger = capacity > SIZE_MAX / 2 ? NULL : realloc(bytes, capacity * 2);
        if (larger == NULL) {
            error = ENOMEM;
        } else {
            bytes = larger;
            capacity *= 2;
        }
    }
    if (error != 0) {
        free(bytes);
        return error;
    }
    *bytes_out = bytes;
    *length_out = length;
    return 0;
}

jeoul_status jl_read_file(const char *path, char **bytes_out, size_t *length_out, jeoul_diagnostics *diagnostics) {
    *bytes_out = NULL;
    *length_out = 0;
    errno = 0;
    FILE *file = fopen(path, "rbe");
    if (file == NULL) return report_file(diagnostics, path, errno);
    const int error = read_all(file, bytes_out, length_out);
    fclose(file);
    return error == 0 ? JEOUL_OK : report_file(diagnostics, path, error);
}

/* ---- folders ---- */

typedef struct listing {
    jl_arena *arena;
    jl_text *names;  /* as the file system has them */
    jl_text *normal; /* the same in NFC */
    size_t n, names_capacity, normal_capacity;
} listing;

static bool add_name(listing *files, const char *name) {
    const jl_text copy = jl_arena_copy(files->arena, jl_text_of(name));
    if (copy.data == NULL ||
        !jl_arena_grow(files->arena, &files->names, &files->names_capacity, files->n + 1, sizeof(jl_text)) ||
        !jl_arena_grow(files->arena, &files->normal, &files->normal_capacity, files->n + 1, sizeof(jl_text)) ||
        !jl_arena_copy_nfc(files->arena, copy, &files->normal[files->n])) {
        return false;
    }
    files->names[files->n++] = copy;
    return true;
}

static jeoul_status list_folder(listing *files, const char *folder, jeoul_diagnostics *diagnostics) {
    errno = 0;
    DIR *directory = opendir(folder);
    if (directory == NULL) return report_file(diagnostics, folder, errno);
    bool room = true;
    for (const struct dirent *entry; room && (entry = readdir(directory)) != NULL;)
        room = add_name(files, entry->d_name);
    closedir(directory);
    return room ? JEOUL_OK : JEOUL_NO_MEMORY;
}

/* The name as the file system has it; the one with equal bytes if there are two. Empty: none. */
static jl_text find_name(const listing *files, jl_text wanted) {
    jl_text found = {NULL, 0};
    for (size_t i = 0; i < files->n; i++) {
        if (!jl_text_equal(files->normal[i], wanted)) continue;
        if (found.data == NULL || jl_text_equal(files->names[i], wanted)) found = files->names[i];
    }
    return found;
}

static bool ends_with(jl_text text, jl_text end) {
    return text.length >= end.length && memcmp(text.data + text.length - end.length, end.data, end.length) == 0;
}

/* `file:` of the table, else its name; ".csv" is added where it is not written. */
static bool file_name(const listing *files, const jl_table_rule *rule, jl_text *name_out) {
    const jl_text name = rule->file.length != 0 ? rule->file : rule->name;
    const char *extension = ends_with(name, JL_TEXT(".csv")) ? "" : ".csv";
    const jl_text whole = jl_arena_format(files->arena, "%.*s%s", JL_TEXT_ARG(name), extension);
    return whole.data != NULL && jl_arena_copy_nfc(files->arena, whole, name_out);
}

static jeoul_status report_absent(const listing *files, const jl_table_rule *rule, const char *folder, jl_text wanted,
                                  jeoul_diagnostics *diagnostics) {
    const jeoul_status status =
        jl_report(diagnostics, JL_TABLE_ABSENT, rule->span, "table `%.*s` has no file: expected `%.*s` in folder `%s`",
                  JL_TEXT_ARG(rule->name), JL_TEXT_ARG(wanted), folder);
    jl_report_similar(diagnostics, wanted, files->normal, files->n);
    return status;
}

/* A rulebook may come from anywhere, so its file names stay in the folder: a slash is part of no name in a listing. */
static jeoul_status read_table(struct jeoul_data *data, uint32_t table, const listing *files, const char *folder,
                               jeoul_diagnostics *diagnostics) {
    const jl_table_rule *rule = data->tables[table].rule;
    jl_text wanted;
    if (!file_name(files, rule, &wanted)) return JEOUL_NO_MEMORY;
    const jl_text name = find_name(files, wanted);
    if (name.data == NULL) {
        data->tables[table].failed = true;
        return report_absent(files, rule, folder, wanted, diagnostics);
    }
    const jl_text path = jl_arena_format(files->arena, "%s/%.*s", folder, JL_TEXT_ARG(name));
    return path.data == NULL ? JEOUL_NO_MEMORY : jl_data_read_csv(data, table, path.data, diagnostics);
}

/* No memory ends the work; a file that cannot be read outweighs a table that is wrong. */
static jeoul_status worse(jeoul_status a, jeoul_status b) {
    if (a == JEOUL_OK || b == JEOUL_NO_MEMORY) return b;
    return b == JEOUL_IO ? b : a;
}

jeoul_status jl_data_read_folder(struct jeoul_data *data, const char *folder, jeoul_diagnostics *diagnostics) {
    if (data->finished) return JEOUL_ARGUMENT;
    listing files = {.arena = jl_arena_new()};
    if (files.arena == NULL) return JEOUL_NO_MEMORY;
    jeoul_status status = list_folder(&files, folder, diagnostics);
    const size_t n_tables = status == JEOUL_OK ? data->rulebook->n_tables : 0;
    for (uint32_t table = 0; table < n_tables && status != JEOUL_NO_MEMORY; table++) {
        if (data->tables[table].given || data->tables[table].failed) continue;
        status = worse(status, read_table(data, table, &files, folder, diagnostics));
    }
    jl_arena_free(files.arena);
    return status;
}
