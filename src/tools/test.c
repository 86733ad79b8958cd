/* SPDX-License-Identifier: Apache-2.0
 *
 * jeoul test: a rulebook in, how many of its own tests passed out, and a diagnostic for each that failed.
 */
#include "tools/tools.h"

int tool_test(const tool_settings *settings) {
    tool_inputs inputs = {.diagnostics = NULL};
    size_t n_passed = 0, n_failed = 0;
    jeoul_status status = tool_load_rulebook(&inputs, settings);
    const bool loaded = status == JEOUL_OK;
    if (loaded) status = jeoul_test(inputs.rulebook, &n_passed, &n_failed, inputs.diagnostics);
    int exit_status = TOOL_GOOD;
    if (settings->format == JEOUL_JSON) {
        exit_status = tool_report_json("test", status, &inputs);
        if (loaded) printf(",\"passed\":%zu,\"failed\":%zu", n_passed, n_failed);
        fputs("}\n", stdout);
    } else {
        exit_status = tool_report(status, &inputs);
        if (loaded) printf("%s: %zu passed, %zu failed\n", settings->operands[0], n_passed, n_failed);
    }
    tool_inputs_free(&inputs);
    return exit_status;
}
