/* SPDX-License-Identifier: Apache-2.0
 *
 * Arguments -> settings. One table says every option of every command: its spelling, its help and its place in the settings;
 * a command only lists which of them it takes. So help, parser and suggestions cannot drift apart, and an option means the
 * same wherever it is taken.
 */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "tools/tools.h"

typedef struct option_row {
    unsigned bit;
    char letter; /* 0: long form only */
    const char *name;
    const char *argument; /* NULL: a switch */
    const char *help;
} option_row;

static const option_row OPTIONS[] = {
    {TOOL_OUT, 'o', "out", "FOLDER", "write the results into this folder; it is made if it is not there"},
    {TOOL_ENTITY, 0, "entity", "NAME", "the entity to explain: its key, several key columns joined by \"/\""},
    {TOOL_TABLE, 0, "table", "NAME=FILE", "read this table from FILE and not from the folder; may be repeated"},
    {TOOL_AS_OF, 0, "as-of", "YYYY-MM-DD", "read dated values as of this day and not the end of the period"},
    {TOOL_PLAIN, 0, "plain", NULL, "doubles only, nothing settled exactly: to compare, not to publish"},
    {TOOL_BLOCK, 0, "block", "ROWS", "rows worked on together; results do not depend on it"},
    {TOOL_FORCE, 0, "force", NULL, "replace files in FOLDER even if they are not of a former run"},
    {TOOL_QUIET, 'q', "quiet", NULL, "no summary"},
    {TOOL_READ, 0, "read", NULL, "print the rulebook back as sentences"},
    {TOOL_LANG, 0, "lang", "ko|en", "language of sentences and headings; Korean unless given"},
    {TOOL_FORMAT, 0, "format", "text|json", "json: answer with one JSON object on standard output"},
    {TOOL_HELP, 'h', "help", NULL, "print this help"},
};
enum { N_OPTIONS = sizeof(OPTIONS) / sizeof(OPTIONS[0]), FIRST_LONG = 256 };

static bool is_taken(const tool_command *command, const option_row *row) {
    return row->bit == TOOL_HELP || (command->options & row->bit) != 0;
}

/* ---- help ---- */

/* "-o FOLDER", "--entity NAME", "--plain" */
static void print_form(FILE *stream, const option_row *row, bool is_short) {
    if (is_short) {
        fprintf(stream, "-%c", row->letter);
    } else {
        fprintf(stream, "--%s", row->name);
    }
    if (row->argument != NULL) fprintf(stream, " %s", row->argument);
}

void tool_usage_line(FILE *stream, const tool_command *command) {
    fprintf(stream, "usage: jeoul %s", command->name);
    for (size_t i = 0; i < 2 && command->operands[i] != NULL; i++) {
        fprintf(stream, " %s", command->operands[i]);
    }
    for (size_t i = 0; i < N_OPTIONS; i++) {
        if ((command->required & OPTIONS[i].bit) == 0) continue;
        fputc(' ', stream);
        print_form(stream, &OPTIONS[i], OPTIONS[i].letter != 0);
    }
    fputs((command->options & ~command->required) != 0 ? " [options]\n" : "\n", stream);
}

void tool_options_help(FILE *stream, const tool_command *command) {
    fputs("Options\n", stream);
    for (size_t i = 0; i < N_OPTIONS; i++) {
        if (!is_taken(command, &OPTIONS[i])) continue;
        fputs("  ", stream);
        if (OPTIONS[i].letter != 0) {
            print_form(stream, &OPTIONS[i], true);
            fputs(", ", stream);
        }
        print_form(stream, &OPTIONS[i], false);
        fprintf(stream, "\n        %s\n", OPTIONS[i].help);
    }
}

/* ---- mistakes ---- */

static int usage_mistake(const tool_command *command) {
    tool_usage_line(stderr, command);
    fprintf(stderr, "`jeoul help %s` tells more\n", command->name);
    return TOOL_USAGE;
}

/* getopt cuts nothing off: what it could not read is still "--fromat=json". */
static int unknown_option(const tool_command *command, const char *argument) {
    const char *names[N_OPTIONS];
    size_t n_names = 0;
    char name[64];
    const size_t length = strcspn(argument + 2, "=");
    for (size_t i = 0; i < N_OPTIONS; i++) {
        if (is_taken(command, &OPTIONS[i])) names[n_names++] = OPTIONS[i].name;
    }
    const char *nearest = NULL;
    if (length < sizeof(name)) {
        memcpy(name, argument + 2, length);
        name[length] = '\0';
        nearest = tool_nearest(name, names, n_names);
    }
    if (nearest != NULL) {
        tool_complain(TOOL_USAGE, "`jeoul %s` has no option `--%.*s`; did you mean `--%s`?", command->name, (int)length,
                      argument + 2, nearest);
    } else {
        tool_complain(TOOL_USAGE, "`jeoul %s` has no option `--%.*s`", command->name, (int)length, argument + 2);
    }
    return usage_mistake(command);
}

static int refused_option(const tool_command *command, int answer, char **argv) {
    const char *argument = argv[optind - 1];
    if (answer == ':') {
        tool_complain(TOOL_USAGE, "option `%s` needs a value", argument);
    } else if (optopt >= FIRST_LONG) {
        tool_complain(TOOL_USAGE, "option `--%s` takes no value", OPTIONS[optopt - FIRST_LONG].name);
    } else if (optopt != 0) {
        tool_complain(TOOL_USAGE, "`jeoul %s` has no option `-%c`", command->name, optopt);
    } else {
        return unknown_option(command, argument);
    }
    return usage_mistake(command);
}

static int wrong_value(const tool_command *command, const option_row *row, const char *value) {
    tool_complain(TOOL_USAGE, "option `--%s`: expected %s, found `%s`", row->name, row->argument, value);
    return usage_mistake(command);
}

/* ---- values ---- */

/* The shape only; whether there is such a day the library knows. */
static bool looks_like_date(const char *text) {
    static const char SHAPE[] = "dddd-dd-dd";
    if (strlen(text) != sizeof(SHAPE) - 1) return false;
    for (size_t i = 0; i < sizeof(SHAPE) - 1; i++) {
        const bool digit = text[i] >= '0' && text[i] <= '9';
        if (SHAPE[i] == 'd' ? !digit : text[i] != SHAPE[i]) return false;
    }
    return true;
}

static bool read_rows(const char *text, uint32_t *rows_out) {
    const size_t length = strspn(text, "0123456789");
    if (length == 0 || length > 9 || text[length] != '\0') return false;
    *rows_out = (uint32_t)strtoul(text, NULL, 10);
    return true;
}

/* 1: taken, 0: not NAME=FILE, -1: no memory. */
static int add_table(tool_settings *settings, const char *text) {
    const size_t length = strcspn(text, "=");
    if (length == 0 || text[length] == '\0' || text[length + 1] == '\0') return 0;
    tool_table *tables = realloc(settings->tables, (settings->n_tables + 1) * sizeof(*tables));
    if (tables == NULL) return -1;
    settings->tables = tables;
    char *name = malloc(length + 1);
    if (name == NULL) return -1;
    memcpy(name, text, length);
    name[length] = '\0';
    tables[settings->n_tables++] = (tool_table){name, text + length + 1};
    return 1;
}

static bool read_language(const char *text, jeoul_language *language_out) {
    const bool korean = strcmp(text, "ko") == 0;
    *language_out = korean ? JEOUL_KOREAN : JEOUL_ENGLISH;
    return korean || strcmp(text, "en") == 0;
}

static bool read_format(const char *text, jeoul_format *format_out) {
    const bool json = strcmp(text, "json") == 0;
    *format_out = json ? JEOUL_JSON : JEOUL_TEXT;
    return json || strcmp(text, "text") == 0;
}

/* As add_table. */
static int take_option(tool_settings *settings, const option_row *row, const char *value) {
    switch (row->bit) {
    case TOOL_OUT: settings->out = value; return value[0] != '\0';
    case TOOL_ENTITY: settings->entity = value; return value[0] != '\0';
    case TOOL_TABLE: return add_table(settings, value);
    case TOOL_AS_OF: settings->as_of = value; return looks_like_date(value);
    case TOOL_BLOCK: return read_rows(value, &settings->block_rows);
    case TOOL_LANG: return read_language(value, &settings->language);
    case TOOL_FORMAT: return read_format(value, &settings->format);
    case TOOL_PLAIN: settings->plain = true; return 1;
    case TOOL_FORCE: settings->force = true; return 1;
    case TOOL_QUIET: settings->quiet = true; return 1;
    case TOOL_READ: settings->read = true; return 1;
    default: settings->help = true; return 1;
    }
}

/* ---- arguments ---- */

/* The table in getopt's terms: a long option answers with FIRST_LONG + its row. */
static void describe_options(const tool_command *command, struct option *longs, char *shorts) {
    *shorts++ = ':';
    for (size_t i = 0; i < N_OPTIONS; i++) {
        const option_row *row = &OPTIONS[i];
        if (!is_taken(command, row)) continue;
        const int has_argument = row->argument != NULL ? required_argument : no_argument;
        *longs++ = (struct option){row->name, has_argument, NULL, FIRST_LONG + (int)i};
        if (row->letter == 0) continue;
        *shorts++ = row->letter;
        if (row->argument != NULL) *shorts++ = ':';
    }
    *longs = (struct option){NULL, 0, NULL, 0};
    *shorts = '\0';
}

static const option_row *row_of(int answer) {
    if (answer >= FIRST_LONG) return &OPTIONS[answer - FIRST_LONG];
    for (size_t i = 0; i < N_OPTIONS; i++) {
        if (answer == OPTIONS[i].letter) return &OPTIONS[i];
    }
    return NULL;
}

static int read_options(tool_settings *settings, const tool_command *command, int argc, char **argv,
                        unsigned *given_out) {
    struct option longs[N_OPTIONS + 1];
    char shorts[2 * N_OPTIONS + 2];
    describe_options(command, longs, shorts);
    opterr = 0;
    for (int answer; (answer = getopt_long(argc, argv, shorts, longs, NULL)) != -1;) {
        const option_row *row = row_of(answer);
        if (row == NULL) return refused_option(command, answer, argv);
        const int taken = take_option(settings, row, optarg);
        if (taken < 0) return tool_complain(TOOL_FAILED, "no memory");
        if (taken == 0) return wrong_value(command, row, optarg);
        *given_out |= row->bit;
    }
    return TOOL_GOOD;
}

static int read_operands(tool_settings *settings, const tool_command *command, int argc, char **argv) {
    for (size_t i = 0; i < 2 && command->operands[i] != NULL; i++) {
        if (optind == argc) {
            tool_complain(TOOL_USAGE, "%s is missing", command->operands[i]);
            return usage_mistake(command);
        }
        settings->operands[i] = argv[optind++];
    }
    if (optind == argc) return TOOL_GOOD;
    tool_complain(TOOL_USAGE, "one argument too many: `%s`", argv[optind]);
    return usage_mistake(command);
}

int tool_settings_read(tool_settings *settings, const tool_command *command, int argc, char **argv) {
    unsigned given = 0;
    *settings = (tool_settings){.format = JEOUL_TEXT, .language = JEOUL_KOREAN};
    int exit_status = read_options(settings, command, argc, argv, &given);
    if (exit_status != TOOL_GOOD || settings->help) return exit_status;
    exit_status = read_operands(settings, command, argc, argv);
    if (exit_status != TOOL_GOOD) return exit_status;
    for (size_t i = 0; i < N_OPTIONS; i++) {
        if ((command->required & ~given & OPTIONS[i].bit) == 0) continue;
        tool_complain(TOOL_USAGE, "option `--%s` is missing", OPTIONS[i].name);
        return usage_mistake(command);
    }
    return TOOL_GOOD;
}

void tool_settings_free(tool_settings *settings) {
    for (size_t i = 0; i < settings->n_tables; i++) {
        free(settings->tables[i].name);
    }
    free(settings->tables);
    *settings = (tool_settings){.format = JEOUL_TEXT};
}
