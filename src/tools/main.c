/* SPDX-License-Identifier: Apache-2.0
 *
 * The program `jeoul`: its name for a command in, the command's exit status out. What is printed counts as written only when
 * stdout could be closed, so a full disk never looks like success.
 */
#include <errno.h>
#include <signal.h>
#include <string.h>

#include "tools/tools.h"

static const tool_command COMMANDS[] = {
    {
        .name = "check",
        .operands = {"RULEBOOK"},
        .options = TOOL_READ | TOOL_LANG | TOOL_FORMAT | TOOL_AS_OF,
        .summary = "tell what is wrong with a rulebook",
        .description = "Tells every mistake of a rulebook in one run, each with its place. With --read it prints\n"
                       "the rulebook back as sentences, for those who sign it.\n",
        .run = tool_check,
    },
    {
        .name = "score",
        .operands = {"RULEBOOK", "DATA_FOLDER"},
        .options = TOOL_OUT | TOOL_TABLE | TOOL_AS_OF | TOOL_PLAIN | TOOL_BLOCK | TOOL_FORCE | TOOL_QUIET | TOOL_LANG |
                   TOOL_FORMAT,
        .required = TOOL_OUT,
        .summary = "score, rank and grade every entity",
        .description = "Reads the tables of the rulebook from DATA_FOLDER (CSV files by the tables' names), scores\n"
                       "every entity, and writes into FOLDER\n"
                       "  ranking.csv        entity, group, total, rank, grade\n"
                       "  scores.csv         every node of the scorecard, by entity\n"
                       "  contributions.csv  what each node gave to the total; adds up to it\n"
                       "  result.json        all of it\n"
                       "The files are replaced together or, if anything fails, not at all. A wrong rulebook or\n"
                       "table never scores.\n",
        .run = tool_score,
    },
    {
        .name = "explain",
        .operands = {"RULEBOOK", "DATA_FOLDER"},
        .options = TOOL_ENTITY | TOOL_TABLE | TOOL_AS_OF | TOOL_LANG | TOOL_FORMAT,
        .required = TOOL_ENTITY,
        .summary = "tell how the score of one entity came about",
        .description = "Prints the scorecard of one entity as a tree: formulas, the numbers put in, policies,\n"
                       "weights, points, roundings, rank, grade, and the lines of the rulebook they come from.\n",
        .run = tool_explain,
    },
    {
        .name = "test",
        .operands = {"RULEBOOK"},
        .options = TOOL_FORMAT | TOOL_AS_OF,
        .summary = "run the rulebook's own tests",
        .description = "Scores the entities that stand under `tests:` of the rulebook and compares with what is\n"
                       "expected there.\n",
        .run = tool_test,
    },
    {
        .name = "schema",
        .summary = "print the JSON Schema of rulebooks",
        .description = "Prints the JSON Schema (2020-12) that editors use to complete and check a rulebook.\n",
        .run = tool_schema,
    },
    {
        .name = "plan",
        .operands = {"RULEBOOK"},
        .options = TOOL_AS_OF,
        .summary = "print what a rulebook is compiled to",
        .description = "Prints the operations of the plan, one per line, in the order they are computed.\n",
        .run = tool_plan,
    },
};
enum { N_COMMANDS = sizeof(COMMANDS) / sizeof(COMMANDS[0]) };

static const char EXIT_STATUSES[] =
    "Exit status\n"
    "  0  good\n"
    "  1  an input is wrong: rulebook, table, test or name, or a file that cannot be read\n"
    "  2  the command line cannot be understood\n"
    "  3  the results cannot be written, memory ended, or the program is at fault\n";

static const tool_command *find_command(const char *name) {
    for (size_t i = 0; i < N_COMMANDS; i++) {
        if (strcmp(COMMANDS[i].name, name) == 0) return &COMMANDS[i];
    }
    return NULL;
}

static void print_overview(FILE *stream) {
    fputs("jeoul (저울) scores organisations from a rulebook.\n\nusage: jeoul COMMAND …\n\nCommands\n", stream);
    for (size_t i = 0; i < N_COMMANDS; i++) {
        fprintf(stream, "  %-10s%s\n", COMMANDS[i].name, COMMANDS[i].summary);
    }
    fputs("  help      tell more about a command: `jeoul help score`\n\n`jeoul --version` prints the version.\n\n",
          stream);
    fputs(EXIT_STATUSES, stream);
}

static void print_command_help(const tool_command *command) {
    tool_usage_line(stdout, command);
    printf("\n%s\n", command->description);
    tool_options_help(stdout, command);
    printf("\n%s", EXIT_STATUSES);
}

static int unknown_command(const char *name) {
    const char *names[N_COMMANDS + 1] = {"help"};
    for (size_t i = 0; i < N_COMMANDS; i++) {
        names[i + 1] = COMMANDS[i].name;
    }
    const char *nearest = tool_nearest(name, names, N_COMMANDS + 1);
    if (nearest != NULL) {
        tool_complain(TOOL_USAGE, "no command `%s`; did you mean `%s`?", name, nearest);
    } else {
        tool_complain(TOOL_USAGE, "no command `%s`", name);
    }
    fputs("`jeoul help` lists the commands\n", stderr);
    return TOOL_USAGE;
}

static int help(int argc, char **argv) {
    if (argc < 2) {
        print_overview(stdout);
        return TOOL_GOOD;
    }
    if (argc > 2) return tool_complain(TOOL_USAGE, "one argument too many: `%s`", argv[2]);
    const tool_command *command = find_command(argv[1]);
    if (command == NULL) return unknown_command(argv[1]);
    print_command_help(command);
    return TOOL_GOOD;
}

static int run_command(const tool_command *command, int argc, char **argv) {
    tool_settings settings;
    int exit_status = tool_settings_read(&settings, command, argc, argv);
    if (exit_status == TOOL_GOOD && settings.help) {
        print_command_help(command);
    } else if (exit_status == TOOL_GOOD) {
        exit_status = command->run(&settings);
    }
    tool_settings_free(&settings);
    return exit_status;
}

static int dispatch(int argc, char **argv) {
    if (argc < 2) {
        print_overview(stderr);
        return TOOL_USAGE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("jeoul %s\n", jeoul_version());
        return TOOL_GOOD;
    }
    if (strcmp(argv[1], "help") == 0 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        return help(argc - 1, argv + 1);
    }
    const tool_command *command = find_command(argv[1]);
    if (command == NULL) return unknown_command(argv[1]);
    return run_command(command, argc - 1, argv + 1);
}

int main(int argc, char **argv) {
    signal(SIGXFSZ, SIG_IGN); /* a limit on file sizes is told like a full disk */
    const int exit_status = dispatch(argc, argv);
    const bool failed = ferror(stdout) != 0;
    if (fclose(stdout) == 0 && !failed) return exit_status;
    return tool_complain(TOOL_FAILED, "cannot write to standard output: %s",
                         errno != 0 ? strerror(errno) : "unknown error");
}
