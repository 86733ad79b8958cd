/* SPDX-License-Identifier: Apache-2.0
 *
 * jeoul check: a rulebook in, its diagnostics out; with --read the rulebook as sentences, for an officer to sign.
 */
#include "tools/tools.h"

static int answer_json(const tool_inputs *inputs, jeoul_status status, const char *sentences) {
    const int exit_status = tool_report_json("check", status, inputs);
    if (sentences != NULL) {
        fputs(",\"read\":", stdout);
        tool_json_string(stdout, sentences);
    }
    fputs("}\n", stdout);
    return exit_status;
}

int tool_check(const tool_settings *settings) {
    tool_inputs inputs = {.diagnostics = NULL};
    char *sentences = NULL;
    jeoul_status status = tool_load_rulebook(&inputs, settings);
    if (status == JEOUL_OK && settings->read) {
        status = jeoul_rulebook_read(inputs.rulebook, settings->language, &sentences);
    }
    int exit_status = TOOL_GOOD;
    if (settings->format == JEOUL_JSON) {
        exit_status = answer_json(&inputs, status, sentences);
    } else {
        exit_status = tool_report(status, &inputs);
        if (sentences != NULL) {
            tool_print(sentences);
        } else if (status == JEOUL_OK) {
            printf("%s: no errors\n", settings->operands[0]);
        }
    }
    jeoul_text_free(sentences);
    tool_inputs_free(&inputs);
    return exit_status;
}
