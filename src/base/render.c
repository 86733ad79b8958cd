/* SPDX-License-Identifier: Apache-2.0
 *
 * Diagnostics: rendering, as text for people and as JSON for programs.
 *
 * The text is made here once; the bindings pass it on. The caret stands under the marked text in terminal cells, of
 * which a Hangul syllable takes two, so blanks before it are counted by width and not by character.
 */
#include "base/collected.h"

static const char *const severity_names[JL_N_SEVERITIES] = {"error", "warning", "note"};

/* ---- text ---- */

/* ANSI escapes, or nothing at all. */
typedef struct palette {
    const char *severity[JL_N_SEVERITIES];
    const char *strong, *quiet, *plain;
} palette;

static const palette coloured = {{"\x1b[1;31m", "\x1b[1;33m", "\x1b[1;36m"}, "\x1b[1m", "\x1b[34m", "\x1b[0m"};
static const palette colourless = {{"", "", ""}, "", "", ""};

static void add_location(jl_buffer *buffer, const jl_place *place) {
    jl_buffer_add(buffer, place->file);
    if (place->line != 0) jl_buffer_format(buffer, ":%u", place->line);
    if (place->line != 0 && place->column != 0) jl_buffer_format(buffer, ":%u", place->column);
}

static void add_headline(jl_buffer *buffer, const jl_diagnostic *item, const palette *colours) {
    const jeoul_severity severity = jl_code_severity(item->code);
    if (item->place.file.length != 0) {
        add_location(buffer, &item->place);
        jl_buffer_add(buffer, JL_TEXT(": "));
    }
    jl_buffer_format(buffer, "%s%s[%s]%s: %s%s%s\n", colours->severity[severity], severity_names[severity],
                     jl_code_number(item->code), colours->plain, colours->strong, item->message, colours->plain);
}

static void add_gutter(jl_buffer *buffer, const char *mark, const palette *colours) {
    jl_buffer_format(buffer, "%s      %s%s", colours->quiet, mark, colours->plain);
}

/* The line, and under it the mark: carets for the place itself, dashes and a label for a second place. */
static void add_excerpt(jl_buffer *buffer, const jl_place *place, const char *mark, const char *colour,
                        const palette *colours) {
    if (place->column == 0) return;
    const size_t width = jl_text_width(place->marked);
    jl_buffer_format(buffer, "%s%5u |%s ", colours->quiet, place->line, colours->plain);
    jl_buffer_add(buffer, place->before);
    jl_buffer_add(buffer, place->marked);
    jl_buffer_add(buffer, place->after);
    jl_buffer_char(buffer, '\n');
    add_gutter(buffer, "| ", colours);
    jl_buffer_repeat(buffer, " ", jl_text_width(place->before));
    jl_buffer_add(buffer, jl_text_of(colour));
    jl_buffer_repeat(buffer, mark, width == 0 ? 1 : width);
    if (place->label != NULL) jl_buffer_format(buffer, " %s", place->label);
    jl_buffer_format(buffer, "%s\n", colours->plain);
}

static void add_second(jl_buffer *buffer, const jl_place *second, const jl_place *first, const palette *colours) {
    if (!jl_text_equal(second->file, first->file)) {
        add_gutter(buffer, "::: ", colours);
        add_location(buffer, second);
        jl_buffer_char(buffer, '\n');
    }
    add_excerpt(buffer, second, "-", colours->quiet, colours);
}

static void add_text(jl_buffer *buffer, const jl_diagnostic *item, const palette *colours) {
    add_headline(buffer, item, colours);
    add_excerpt(buffer, &item->place, "^", colours->severity[jl_code_severity(item->code)], colours);
    for (uint32_t i = 0; i < item->n_seconds; i++) add_second(buffer, &item->seconds[i], &item->place, colours);
    const bool needs_path = item->path != NULL && item->place.column == 0;
    if (needs_path) {
        add_gutter(buffer, "= at: ", colours);
        jl_buffer_format(buffer, "%s\n", item->path);
    }
    if (item->help != NULL) {
        add_gutter(buffer, "= help: ", colours);
        jl_buffer_format(buffer, "%s\n", item->help);
    }
}

/* "… and 23 more errors", one line for each severity of which not all were kept. */
static void add_rest(jl_buffer *buffer, const jeoul_diagnostics *diagnostics) {
    for (int severity = 0; severity < JL_N_SEVERITIES; severity++) {
        const size_t n = diagnostics->n_reported[severity] - diagnostics->n_kept[severity];
        if (n == 0) continue;
        jl_buffer_format(buffer, "… and %zu more %s%s\n", n, severity_names[severity], n == 1 ? "" : "s");
    }
}

/* "2 errors, 1 warning" */
static void add_summary(jl_buffer *buffer, const jeoul_diagnostics *diagnostics) {
    const char *before = "";
    for (int severity = 0; severity < JL_N_SEVERITIES; severity++) {
        const size_t n = diagnostics->n_reported[severity];
        if (n == 0) continue;
        jl_buffer_format(buffer, "%s%zu %s%s", before, n, severity_names[severity], n == 1 ? "" : "s");
        before = ", ";
    }
    if (*before != '\0') jl_buffer_char(buffer, '\n');
}

static void render_text(jl_buffer *buffer, const jeoul_diagnostics *diagnostics, const palette *colours) {
    for (size_t i = 0; i < diagnostics->n_items; i++) add_text(buffer, diagnostics->items[i], colours);
    add_rest(buffer, diagnostics);
    add_summary(buffer, diagnostics);
}

/* ---- JSON ---- */

static void add_member(jl_buffer *buffer, const char *name, const char *value) {
    jl_buffer_format(buffer, ", \"%s\": ", name);
    if (value == NULL) {
        jl_buffer_add(buffer, JL_TEXT("null"));
    } else {
        jl_buffer_json(buffer, jl_text_of(value));
    }
}

/* `end_column` is the column after the mark, as editors want it. */
static void add_json_place(jl_buffer *buffer, const jl_place *place) {
    jl_buffer_add(buffer, JL_TEXT("\"file\": "));
    if (place->file.length == 0) {
        jl_buffer_add(buffer, JL_TEXT("null"));
    } else {
        jl_buffer_json(buffer, place->file);
    }
    jl_buffer_format(buffer, ", \"line\": %u, \"column\": %u, \"end_column\": %u", place->line, place->column,
                     place->column + place->n_marked);
}

static void add_json(jl_buffer *buffer, const jl_diagnostic *item) {
    jl_buffer_format(buffer, "{\"severity\": \"%s\", \"code\": \"%s\", ", severity_names[jl_code_severity(item->code)],
                     jl_code_number(item->code));
    add_json_place(buffer, &item->place);
    add_member(buffer, "title", jl_code_title(item->code));
    add_member(buffer, "message", item->message);
    add_member(buffer, "help", item->help);
    add_member(buffer, "path", item->path);
    jl_buffer_add(buffer, JL_TEXT(", \"seconds\": ["));
    for (uint32_t i = 0; i < item->n_seconds; i++) {
        jl_buffer_add(buffer, jl_text_of(i == 0 ? "{" : ", {"));
        add_json_place(buffer, &item->seconds[i]);
        add_member(buffer, "label", item->seconds[i].label);
        jl_buffer_char(buffer, '}');
    }
    jl_buffer_add(buffer, JL_TEXT("]}"));
}

static void render_json(jl_buffer *buffer, const jeoul_diagnostics *diagnostics) {
    jl_buffer_format(buffer, "{\"errors\": %zu, \"warnings\": %zu, \"notes\": %zu, \"diagnostics\": [",
                     diagnostics->n_reported[JEOUL_ERROR], diagnostics->n_reported[JEOUL_WARNING],
                     diagnostics->n_reported[JEOUL_NOTE]);
    for (size_t i = 0; i < diagnostics->n_items; i++) {
        jl_buffer_add(buffer, jl_text_of(i == 0 ? "\n" : ",\n"));
        add_json(buffer, diagnostics->items[i]);
    }
    jl_buffer_add(buffer, JL_TEXT("]}\n"));
}

jeoul_status jeoul_diagnostics_render(const jeoul_diagnostics *diagnostics, jeoul_format format, int colour,
                                      char **text_out) {
    if (text_out == NULL) return JEOUL_ARGUMENT;
    *text_out = NULL;
    if (diagnostics == NULL || (format != JEOUL_TEXT && format != JEOUL_JSON)) return JEOUL_ARGUMENT;
    jl_buffer buffer = {NULL, 0, 0, false};
    if (format == JEOUL_JSON) {
        render_json(&buffer, diagnostics);
    } else {
        render_text(&buffer, diagnostics, colour ? &coloured : &colourless);
    }
    *text_out = jl_buffer_take(&buffer, NULL);
    return *text_out == NULL ? JEOUL_NO_MEMORY : JEOUL_OK;
}
