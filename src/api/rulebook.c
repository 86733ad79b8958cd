/* SPDX-License-Identifier: Apache-2.0
 *
 * The public functions of rulebooks: read, check, compile, and hand out what is asked of them.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "api/objects.h"

const jeoul_rulebook *jl_rulebook_retain(const jeoul_rulebook *rulebook) {
    atomic_fetch_add(&((jeoul_rulebook *)(uintptr_t)rulebook)->references, 1);
    return rulebook;
}

void jeoul_rulebook_free(jeoul_rulebook *rulebook) {
    if (rulebook == NULL || atomic_fetch_sub(&rulebook->references, 1) > 1) {
        return;
    }
    jl_symbols_free(rulebook->symbols);
    jl_arena_free(rulebook->arena);
    free(rulebook);
}

const char *jl_terminated(jl_arena *arena, jl_text text) {
    char *copy = jl_arena_alloc(arena, text.length + 1);
    if (copy != NULL && text.length > 0) {
        memcpy(copy, text.data, text.length);
    }
    return copy;
}

/* ---- loading ---- */

/* What is given, else the end of the period, else no date. */
static jeoul_status resolve_as_of(jeoul_rulebook *rulebook, const char *given, jeoul_diagnostics *diagnostics) {
    const jl_text text = given != NULL ? jl_text_of(given) : rulebook->rules->to;
    rulebook->as_of = (double)NAN;
    if ((given != NULL || text.length > 0) && !jl_date_parse(text, &rulebook->as_of)) {
        (void)jl_report(diagnostics, JL_BAD_OPTION, (jl_span){NULL, 0, 0},
                        "`as_of` expects a date such as 2017-12-31, found `%.*s`", JL_TEXT_ARG(text));
        return JEOUL_ARGUMENT;
    }
    return JEOUL_OK;
}

static const char *folder_of(jl_arena *arena, const char *name) {
    const char *slash = strrchr(name, '/');
    return jl_terminated(arena, (jl_text){name, slash == NULL ? 0 : (size_t)(slash - name) + 1});
}

static bool name_parts(jeoul_rulebook *rulebook, const char *name) {
    const jl_rulebook *rules = rulebook->rules;
    rulebook->id = jl_terminated(rulebook->arena, rules->id);
    rulebook->title = jl_terminated(rulebook->arena, rules->title);
    rulebook->folder = folder_of(rulebook->arena, name);
    rulebook->tables = jl_arena_array(rulebook->arena, rules->n_tables + 1, sizeof *rulebook->tables);
    rulebook->grades = jl_arena_array(rulebook->arena, rules->n_grades + 1, sizeof *rulebook->grades);
    bool named = rulebook->id != NULL && rulebook->title != NULL && rulebook->folder != NULL &&
                 rulebook->tables != NULL && rulebook->grades != NULL;
    for (size_t table = 0; named && table < rules->n_tables; table++) {
        rulebook->tables[table] = jl_terminated(rulebook->arena, rules->tables[table].name);
        named = rulebook->tables[table] != NULL;
    }
    for (size_t grade = 0; named && grade < rules->n_grades; grade++) {
        rulebook->grades[grade] = jl_terminated(rulebook->arena, rules->grades[grade]);
        named = rulebook->grades[grade] != NULL;
    }
    return named;
}

static jeoul_status compile(jeoul_rulebook *rulebook, const char *name, jl_text text, const char *as_of,
                            jeoul_diagnostics *diagnostics) {
    jl_source *source = jl_arena_alloc(rulebook->arena, sizeof *source);
    if (source == NULL) {
        return JEOUL_NO_MEMORY;
    }
    source->name = jl_arena_copy(rulebook->arena, jl_text_of(name));
    source->text = jl_arena_copy(rulebook->arena, text);
    if ((source->text.data == NULL && text.length > 0) || (source->name.data == NULL && *name != '\0')) {
        return JEOUL_NO_MEMORY;
    }
    rulebook->source = source;
    JL_TRY(jl_rulebook_read(rulebook->arena, source, &rulebook->rules, diagnostics));
    JL_TRY(resolve_as_of(rulebook, as_of, diagnostics));
    const jeoul_status status = jl_plan_compile(rulebook->rules, rulebook->arena, rulebook->symbols, rulebook->as_of,
                                                &rulebook->plan, diagnostics);
    jl_rulebook_report_paths(rulebook->rules, diagnostics);
    JL_TRY(status);
    return name_parts(rulebook, name) ? JEOUL_OK : JEOUL_NO_MEMORY;
}

jeoul_status jeoul_rulebook_parse(const char *name, const char *text, size_t length,
                                  const jeoul_rulebook_options *options, jeoul_rulebook **rulebook_out,
                                  jeoul_diagnostics *diagnostics) {
    static const size_t sizes[] = {sizeof *options};
    jeoul_rulebook_options known = JEOUL_RULEBOOK_OPTIONS_INIT;
    if (rulebook_out == NULL || name == NULL || (text == NULL && length > 0)) {
        return JEOUL_ARGUMENT;
    }
    *rulebook_out = NULL;
    JL_TRY(jl_options_read(options, sizes, JL_COUNT(sizes), &known));
    jeoul_rulebook *rulebook = calloc(1, sizeof *rulebook);
    if (rulebook == NULL) {
        return JEOUL_NO_MEMORY;
    }
    atomic_init(&rulebook->references, 1);
    rulebook->arena = jl_arena_new();
    rulebook->symbols = jl_symbols_new(NULL);
    jeoul_status status = JEOUL_NO_MEMORY;
    if (rulebook->arena != NULL && rulebook->symbols != NULL) {
        status = compile(rulebook, name, (jl_text){text, length}, known.as_of, diagnostics);
    }
    if (status != JEOUL_OK) {
        jeoul_rulebook_free(rulebook);
        return status;
    }
    *rulebook_out = rulebook;
    return JEOUL_OK;
}

static jeoul_status read_stream(FILE *stream, jl_buffer *buffer) {
    char block[65536];
    size_t n_read;
    while ((n_read = fread(block, 1, sizeof block, stream)) > 0) {
        jl_buffer_add(buffer, (jl_text){block, n_read});
        if (buffer->failed || buffer->length > JL_YAML_MAX_BYTES) {
            break;
        }
    }
    return buffer->failed ? JEOUL_NO_MEMORY : ferror(stream) ? JEOUL_IO : JEOUL_OK;
}

jeoul_status jeoul_rulebook_load(const char *path, const jeoul_rulebook_options *options, jeoul_rulebook **rulebook_out,
                                 jeoul_diagnostics *diagnostics) {
    jl_buffer text = {NULL, 0, 0, false};
    if (rulebook_out == NULL || path == NULL) {
        return JEOUL_ARGUMENT;
    }
    *rulebook_out = NULL;
    FILE *stream = fopen(path, "rb");
    jeoul_status status = stream == NULL ? JEOUL_IO : read_stream(stream, &text);
    if (stream != NULL) {
        (void)fclose(stream);
    }
    if (status == JEOUL_IO) {
        (void)jl_report(diagnostics, JL_NO_FILE, (jl_span){NULL, 0, 0}, "cannot read the rulebook `%s`", path);
    }
    if (status == JEOUL_OK) {
        status = jeoul_rulebook_parse(path, text.data == NULL ? "" : text.data, text.length, options, rulebook_out,
                                      diagnostics);
    }
    jl_buffer_free(&text);
    return status;
}

/* ---- what a rulebook says of itself ---- */

const char *jeoul_rulebook_id(const jeoul_rulebook *rulebook) {
    return rulebook == NULL ? NULL : rulebook->id;
}

const char *jeoul_rulebook_title(const jeoul_rulebook *rulebook) {
    return rulebook == NULL ? NULL : rulebook->title;
}

size_t jeoul_rulebook_table_count(const jeoul_rulebook *rulebook) {
    return rulebook == NULL ? 0 : rulebook->rules->n_tables;
}

const char *jeoul_rulebook_table(const jeoul_rulebook *rulebook, size_t index) {
    return index < jeoul_rulebook_table_count(rulebook) ? rulebook->tables[index] : NULL;
}

static jeoul_status hand_over(jl_buffer *buffer, char **text_out) {
    *text_out = jl_buffer_take(buffer, NULL);
    return *text_out == NULL ? JEOUL_NO_MEMORY : JEOUL_OK;
}

jeoul_status jeoul_rulebook_plan(const jeoul_rulebook *rulebook, char **text_out) {
    jl_buffer buffer = {NULL, 0, 0, false};
    if (rulebook == NULL || text_out == NULL) {
        return JEOUL_ARGUMENT;
    }
    jl_plan_print(rulebook->plan, &buffer);
    return hand_over(&buffer, text_out);
}

jeoul_status jeoul_schema(char **text_out) {
    jl_buffer buffer = {NULL, 0, 0, false};
    if (text_out == NULL) {
        return JEOUL_ARGUMENT;
    }
    jl_rulebook_schema(&buffer);
    return hand_over(&buffer, text_out);
}
