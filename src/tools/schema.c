/* SPDX-License-Identifier: Apache-2.0
 *
 * jeoul schema: nothing in, the JSON Schema of rulebooks out, for editors.
 */
#include "tools/tools.h"

int tool_schema(const tool_settings *settings) {
    const tool_inputs none = {.diagnostics = NULL};
    char *text = NULL;
    (void)settings;
    const jeoul_status status = jeoul_schema(&text);
    if (status == JEOUL_OK) tool_print(text);
    jeoul_text_free(text);
    return tool_report(status, &none);
}
