/* SPDX-License-Identifier: Apache-2.0
 *
 * What a command says: diagnostics and failures in, text on stderr or one JSON object on stdout out, and the exit status that
 * fits. The library words and renders every diagnostic; only what it cannot know (arguments, output files) is worded here.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tools/tools.h"

int tool_exit_status(jeoul_status status) {
    switch (status) {
    case JEOUL_OK: return TOOL_GOOD;
    case JEOUL_IO:
    case JEOUL_RULEBOOK:
    case JEOUL_DATA:
    case JEOUL_ARGUMENT: return TOOL_INPUT;
    case JEOUL_NO_MEMORY:
    case JEOUL_CANCELLED:
    case JEOUL_INTERNAL: return TOOL_FAILED;
    }
    return TOOL_FAILED;
}

int tool_complain(int exit_status, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("jeoul: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    return exit_status;
}

/* https://no-color.org: set and not empty means none. */
bool tool_colour(FILE *stream) {
    const char *no_colour = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    if (no_colour != NULL && no_colour[0] != '\0') return false;
    if (terminal != NULL && strcmp(terminal, "dumb") == 0) return false;
    return isatty(fileno(stream)) == 1;
}

int tool_report(jeoul_status status, const tool_inputs *inputs) {
    const jeoul_diagnostics *diagnostics = inputs->diagnostics;
    bool told = inputs->told;
    if (diagnostics != NULL && jeoul_diagnostics_count(diagnostics) > 0) {
        char *text = NULL;
        const jeoul_status rendered = jeoul_diagnostics_render(diagnostics, JEOUL_TEXT, tool_colour(stderr), &text);
        if (rendered != JEOUL_OK) return tool_complain(TOOL_FAILED, "%s", jeoul_status_text(rendered));
        fputs(text, stderr);
        jeoul_text_free(text);
        told = told || jeoul_diagnostics_error_count(diagnostics) > 0;
    }
    const int exit_status = tool_exit_status(status);
    if (exit_status == TOOL_FAILED || (exit_status != TOOL_GOOD && !told)) {
        tool_complain(exit_status, "%s", jeoul_status_text(status));
    }
    return exit_status;
}

void tool_json_string(FILE *stream, const char *text) {
    fputc('"', stream);
    for (const unsigned char *byte = (const unsigned char *)text; *byte != '\0'; byte++) {
        if (*byte == '"' || *byte == '\\') {
            fprintf(stream, "\\%c", *byte);
        } else if (*byte == '\n') {
            fputs("\\n", stream);
        } else if (*byte < 0x20 || *byte == 0x7f) {
            fprintf(stream, "\\u%04x", (unsigned)*byte);
        } else {
            fputc(*byte, stream);
        }
    }
    fputc('"', stream);
}

/* For machines: the names of the header, not its phrases. */
static const char *status_name(jeoul_status status) {
    switch (status) {
    case JEOUL_OK: return "ok";
    case JEOUL_NO_MEMORY: return "no_memory";
    case JEOUL_IO: return "io";
    case JEOUL_RULEBOOK: return "rulebook";
    case JEOUL_DATA: return "data";
    case JEOUL_ARGUMENT: return "argument";
    case JEOUL_CANCELLED: return "cancelled";
    case JEOUL_INTERNAL: return "internal";
    }
    return "unknown";
}

int tool_report_json(const char *command, jeoul_status status, const tool_inputs *inputs) {
    char *rendered = NULL;
    if (inputs->diagnostics != NULL) {
        const jeoul_status rendering = jeoul_diagnostics_render(inputs->diagnostics, JEOUL_JSON, 0, &rendered);
        if (rendering != JEOUL_OK) status = rendering;
    }
    printf("{\"jeoul\":\"%s\",\"command\":\"%s\",\"status\":\"%s\",\"report\":%s", jeoul_version(), command,
           status_name(status), rendered != NULL ? rendered : "null");
    jeoul_text_free(rendered);
    return tool_exit_status(status);
}

int tool_finish(const char *command, const tool_settings *settings, jeoul_status status, const tool_inputs *inputs) {
    if (settings->format != JEOUL_JSON) return tool_report(status, inputs);
    const int exit_status = tool_report_json(command, status, inputs);
    fputs("}\n", stdout);
    return exit_status;
}

void tool_print(const char *text) {
    const size_t length = strlen(text);
    fputs(text, stdout);
    if (length > 0 && text[length - 1] != '\n') fputc('\n', stdout);
}
