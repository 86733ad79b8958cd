/* SPDX-License-Identifier: Apache-2.0
 *
 * jeoul score: rulebook and tables in; ranking, scores, contributions and the whole result into a folder, a summary on stdout.
 * Everything is rendered before the first file is touched.
 */
#include "tools/tools.h"

/* The result comes first: it marks the folder as jeoul's, also if the machine stops between two renamings. */
enum { RESULT, RANKING, SCORES, CONTRIBUTIONS, N_FILES };

typedef struct file_row {
    const char *name;
    jeoul_frame frame;
    jeoul_format format;
} file_row;

static const file_row FILES[N_FILES] = {
    [RESULT] = {"result.json", JEOUL_FRAME_EVERYTHING, JEOUL_JSON},
    [RANKING] = {"ranking.csv", JEOUL_FRAME_RANKING, JEOUL_CSV},
    [SCORES] = {"scores.csv", JEOUL_FRAME_SCORES, JEOUL_CSV},
    [CONTRIBUTIONS] = {"contributions.csv", JEOUL_FRAME_CONTRIBUTIONS, JEOUL_CSV},
};

static jeoul_status render_files(const jeoul_result *result, tool_file *files) {
    for (size_t i = 0; i < N_FILES; i++) {
        const jeoul_status status = jeoul_result_text(result, FILES[i].frame, FILES[i].format, &files[i].text);
        if (status != JEOUL_OK) return status;
    }
    return JEOUL_OK;
}

static void answer_json(const tool_inputs *inputs, const tool_settings *settings, const tool_file *files) {
    uint64_t settled = 0, taken_as_equal = 0;
    jeoul_result_exact_counts(inputs->result, &settled, &taken_as_equal);
    tool_report_json("score", JEOUL_OK, inputs);
    printf(",\"rulebook\":");
    tool_json_string(stdout, jeoul_rulebook_id(inputs->rulebook));
    printf(",\"entities\":%zu,\"settled_exactly\":%llu,\"taken_as_equal\":%llu,\"folder\":",
           jeoul_result_entity_count(inputs->result), (unsigned long long)settled, (unsigned long long)taken_as_equal);
    tool_json_string(stdout, settings->out);
    for (size_t i = 0; i < N_FILES; i++) {
        printf("%s\"%s\"", i == 0 ? ",\"files\":[" : ",", files[i].name);
    }
    fputs("]}\n", stdout);
}

static int answer_text(const tool_inputs *inputs, const tool_settings *settings, const tool_file *files) {
    tool_report(JEOUL_OK, inputs);
    if (settings->quiet) return TOOL_GOOD;
    const char *title = jeoul_rulebook_title(inputs->rulebook);
    printf("%s\n\n", title[0] != '\0' ? title : jeoul_rulebook_id(inputs->rulebook));
    const int exit_status = tool_print_ranking(files[RANKING].text, settings->language);
    printf("\n%s:", settings->out);
    for (size_t i = 0; i < N_FILES; i++) {
        printf(" %s", files[i].name);
    }
    putchar('\n');
    return exit_status;
}

/* Why nothing could be written is on stderr already. */
static int answer_unwritten(tool_inputs *inputs, const tool_settings *settings, int exit_status) {
    inputs->told = true;
    tool_finish("score", settings, JEOUL_IO, inputs);
    return exit_status;
}

static int write_and_answer(tool_inputs *inputs, const tool_settings *settings, const tool_file *files) {
    const int exit_status = tool_write_files(settings->out, files, N_FILES, settings->force);
    if (exit_status != TOOL_GOOD) return answer_unwritten(inputs, settings, exit_status);
    if (settings->format != JEOUL_JSON) return answer_text(inputs, settings, files);
    answer_json(inputs, settings, files);
    return TOOL_GOOD;
}

int tool_score(const tool_settings *settings) {
    tool_inputs inputs = {.diagnostics = NULL};
    tool_file files[N_FILES];
    for (size_t i = 0; i < N_FILES; i++) {
        files[i] = (tool_file){FILES[i].name, NULL};
    }
    int exit_status = tool_check_folder(settings->out, files, N_FILES, settings->force);
    if (exit_status != TOOL_GOOD) return answer_unwritten(&inputs, settings, exit_status);
    jeoul_status status = tool_load_and_score(&inputs, settings);
    if (status == JEOUL_OK) status = render_files(inputs.result, files);
    exit_status = status == JEOUL_OK ? write_and_answer(&inputs, settings, files)
                                     : tool_finish("score", settings, status, &inputs);
    for (size_t i = 0; i < N_FILES; i++) {
        jeoul_text_free(files[i].text);
    }
    tool_inputs_free(&inputs);
    return exit_status;
}
