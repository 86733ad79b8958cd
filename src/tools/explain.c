/* SPDX-License-Identifier: Apache-2.0
 *
 * jeoul explain: rulebook and tables in, how the score of one entity came about out. With --format json the explanation is
 * the one JSON object on stdout, and notes go to stderr as text.
 */
#include "tools/tools.h"

static jeoul_status explain(tool_inputs *inputs, const tool_settings *settings, char **text_out) {
    jeoul_explain_options options = JEOUL_EXPLAIN_OPTIONS_INIT;
    options.format = settings->format;
    options.language = settings->language;
    options.colour = settings->format == JEOUL_TEXT && tool_colour(stdout);
    const jeoul_status status = tool_load_and_score(inputs, settings);
    if (status != JEOUL_OK) return status;
    return jeoul_explain(inputs->result, settings->entity, &options, text_out, inputs->diagnostics);
}

int tool_explain(const tool_settings *settings) {
    tool_inputs inputs = {.diagnostics = NULL};
    char *text = NULL;
    int exit_status = TOOL_GOOD;
    const jeoul_status status = explain(&inputs, settings, &text);
    if (status == JEOUL_OK) {
        exit_status = tool_report(status, &inputs);
        tool_print(text);
    } else {
        exit_status = tool_finish("explain", settings, status, &inputs);
    }
    jeoul_text_free(text);
    tool_inputs_free(&inputs);
    return exit_status;
}
