/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of the command line program share: settings read from its arguments, the inputs it loads, how it reports
 * and how it writes. The program uses the public interface of the library only.
 */
#ifndef JEOUL_TOOLS_H
#define JEOUL_TOOLS_H

#include <stdbool.h>
#include <stdio.h>

#include "jeoul/jeoul.h"

/* Exit statuses, as `jeoul help` states them. */
enum {
    TOOL_GOOD = 0,
    TOOL_INPUT = 1, /* rulebook, table, test or name is wrong, or a file cannot be read */
    TOOL_USAGE = 2, /* the command line cannot be understood */
    TOOL_FAILED = 3 /* results cannot be written, memory ended, or the library is at fault */
};

/* ---- options.c: arguments -> settings ---- */

typedef struct tool_table {
    char *name;       /* owned; of the table in the rulebook */
    const char *path; /* borrowed from the arguments */
} tool_table;

typedef struct tool_settings {
    const char *operands[2]; /* RULEBOOK and DATA_FOLDER */
    const char *out, *entity, *as_of;
    jeoul_format format;
    jeoul_language language;
    uint32_t block_rows; /* 0: the library's own choice */
    bool read, plain, force, quiet, help;
    tool_table *tables; /* --table, in the order given */
    size_t n_tables;
} tool_settings;

/* One bit per option; a command lists those it takes. --help is always taken. */
enum {
    TOOL_OUT = 1u << 0,
    TOOL_ENTITY = 1u << 1,
    TOOL_TABLE = 1u << 2,
    TOOL_AS_OF = 1u << 3,
    TOOL_PLAIN = 1u << 4,
    TOOL_BLOCK = 1u << 5,
    TOOL_FORCE = 1u << 6,
    TOOL_QUIET = 1u << 7,
    TOOL_READ = 1u << 8,
    TOOL_LANG = 1u << 9,
    TOOL_FORMAT = 1u << 10,
    TOOL_HELP = 1u << 11
};

typedef struct tool_command {
    const char *name;
    const char *operands[2]; /* names shown in the usage line; NULL: no more */
    unsigned options;        /* taken */
    unsigned required;       /* of these, must be given */
    const char *summary;     /* a phrase, for the list of commands */
    const char *description; /* lines, for --help */
    int (*run)(const tool_settings *settings);
} tool_command;

/* TOOL_GOOD, TOOL_USAGE (already told on stderr) or TOOL_FAILED. Release with tool_settings_free in every case. */
int tool_settings_read(tool_settings *settings, const tool_command *command, int argc, char **argv);
void tool_settings_free(tool_settings *settings);
/* The usage line and the options of a command. */
void tool_usage_line(FILE *stream, const tool_command *command);
void tool_options_help(FILE *stream, const tool_command *command);

/* ---- names.c: spelling and width ---- */

/* The candidate nearest to `name` if it is near enough to have been meant, else NULL. */
const char *tool_nearest(const char *name, const char *const *candidates, size_t n_candidates);
/* Terminal cells: Hangul 2, combining marks 0. */
size_t tool_width(const char *text);

/* ---- inputs.c: rulebook, tables, result ---- */

typedef struct tool_inputs {
    jeoul_diagnostics *diagnostics;
    jeoul_rulebook *rulebook;
    jeoul_data *data;
    jeoul_result *result;
    bool told; /* the failure is on stderr already, in words that only the program knows */
} tool_inputs;

/* Each goes on from what the former left. Release with tool_inputs_free in every case. */
jeoul_status tool_load_rulebook(tool_inputs *inputs, const tool_settings *settings);
jeoul_status tool_load_and_score(tool_inputs *inputs, const tool_settings *settings);
void tool_inputs_free(tool_inputs *inputs);

/* ---- report.c: diagnostics and failures -> stderr, or one JSON object -> stdout ---- */

int tool_exit_status(jeoul_status status);
/* "jeoul: " and a line on stderr; returns `exit_status`. */
int tool_complain(int exit_status, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool tool_colour(FILE *stream);
/* Text diagnostics on stderr. A failure that left none is told in words. Returns the exit status that fits. */
int tool_report(jeoul_status status, const tool_inputs *inputs);
/* Opens the JSON object that a command answers with: version, command, status, report. More members may follow, each
 * starting with a comma; the caller closes it by "}\n". */
int tool_report_json(const char *command, jeoul_status status, const tool_inputs *inputs);
/* Writes a JSON string with its quotes. */
void tool_json_string(FILE *stream, const char *text);
/* What a command without an answer of its own in JSON ends with: the report in the format asked for. */
int tool_finish(const char *command, const tool_settings *settings, jeoul_status status, const tool_inputs *inputs);
/* Prints a text that ends a line, whether or not it says so. */
void tool_print(const char *text);

/* ---- output.c: files written whole or not at all ---- */

typedef struct tool_file {
    const char *name; /* inside the folder */
    char *text;       /* from the library, owned by the caller */
} tool_file;

/* TOOL_FAILED, after telling why, if `folder` is there and tool_write_files would refuse it: so that nobody waits for a result
 * that cannot be kept. */
int tool_check_folder(const char *folder, const tool_file *files, size_t n_files, bool force);
/* Writes all files or changes nothing. TOOL_GOOD, or TOOL_FAILED after telling why. */
int tool_write_files(const char *folder, const tool_file *files, size_t n_files, bool force);

/* ---- summary.c: the ranking as an aligned table ---- */

/* Prints a ranking frame (CSV, as the library renders it; it is taken apart in place), one table per group. */
int tool_print_ranking(char *ranking_csv, jeoul_language language);

/* ---- commands, one file each ---- */

int tool_check(const tool_settings *settings);
int tool_score(const tool_settings *settings);
int tool_explain(const tool_settings *settings);
int tool_test(const tool_settings *settings);
int tool_schema(const tool_settings *settings);
int tool_plan(const tool_settings *settings);

#endif
