/* SPDX-License-Identifier: Apache-2.0
 *
 * jeoul plan: a rulebook in, the operations it is compiled to out, for engineers.
 */
#include "tools/tools.h"

int tool_plan(const tool_settings *settings) {
    tool_inputs inputs = {.diagnostics = NULL};
    char *text = NULL;
    jeoul_status status = tool_load_rulebook(&inputs, settings);
    if (status == JEOUL_OK) status = jeoul_rulebook_plan(inputs.rulebook, &text);
    const int exit_status = tool_report(status, &inputs);
    if (status == JEOUL_OK) tool_print(text);
    jeoul_text_free(text);
    tool_inputs_free(&inputs);
    return exit_status;
}
