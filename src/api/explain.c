/* SPDX-License-Identifier: Apache-2.0
 *
 * jeoul_explain: finds the entity by its name, as results write it, and hands out its explanation.
 */
#include "explain/explain.h"
#include "api/objects.h"

static size_t count_entities(const jeoul_result *result) {
    return result->program->spaces[result->program->plan->entity_shape].n;
}

static jeoul_status report_unknown(const jeoul_result *result, jl_arena *arena, jl_text name,
                                   jeoul_diagnostics *diagnostics) {
    const size_t n_entities = count_entities(result);
    jl_text *names = jl_arena_array(arena, n_entities + 1, sizeof *names);
    if (names == NULL) {
        return JEOUL_NO_MEMORY;
    }
    for (size_t entity = 0; entity < n_entities; entity++) {
        names[entity] = jl_text_of(result->entities[entity]);
    }
    (void)jl_report(diagnostics, JL_NO_ENTITY, (jl_span){NULL, 0, 0}, "unknown entity `%.*s`", JL_TEXT_ARG(name));
    jl_report_nearest(diagnostics, name, names, n_entities);
    return JEOUL_ARGUMENT;
}

static jeoul_status find_entity(const jeoul_result *result, const char *name, uint32_t *entity_out,
                                jeoul_diagnostics *diagnostics) {
    jl_arena *arena = jl_arena_new();
    jl_text wanted;
    jeoul_status status = JEOUL_NO_MEMORY;
    if (arena != NULL && jl_arena_copy_nfc(arena, jl_text_of(name), &wanted)) {
        uint32_t entity = 0;
        while (entity < count_entities(result) && !jl_text_equal(jl_text_of(result->entities[entity]), wanted)) {
            entity++;
        }
        *entity_out = entity;
        status = entity < count_entities(result) ? JEOUL_OK : report_unknown(result, arena, wanted, diagnostics);
    }
    jl_arena_free(arena);
    return status;
}

static jeoul_status read_options(const jeoul_explain_options *options, jl_explain_request *request) {
    static const size_t sizes[] = {sizeof *options};
    jeoul_explain_options known = JEOUL_EXPLAIN_OPTIONS_INIT;
    JL_TRY(jl_options_read(options, sizes, JL_COUNT(sizes), &known));
    const bool knows_format = known.format == JEOUL_TEXT || known.format == JEOUL_JSON;
    const bool knows_language = known.language == JEOUL_KOREAN || known.language == JEOUL_ENGLISH;
    if (!knows_format || !knows_language) {
        return JEOUL_ARGUMENT;
    }
    request->format = known.format;
    request->language = known.language;
    request->colour = known.colour != 0;
    return JEOUL_OK;
}

jeoul_status jeoul_explain(const jeoul_result *result, const char *entity, const jeoul_explain_options *options,
                           char **text_out, jeoul_diagnostics *diagnostics) {
    if (result == NULL || entity == NULL || text_out == NULL) {
        return JEOUL_ARGUMENT;
    }
    *text_out = NULL;
    jl_explain_request request = {.program = result->program,
                                  .certifier = result->certifier,
                                  .entities = result->entities,
                                  .groups = result->groups};
    jl_buffer text = {NULL, 0, 0, false};
    JL_TRY(read_options(options, &request));
    JL_TRY(find_entity(result, entity, &request.entity, diagnostics));
    jeoul_status status = jl_explain(&request, &text);
    if (status == JEOUL_DATA) {
        (void)jl_report(diagnostics, JL_TOO_LARGE, (jl_span){NULL, 0, 0},
                        "the points of `%s` are too large for the digits of its contributions",
                        result->entities[request.entity]);
    }
    if (status == JEOUL_OK && (*text_out = jl_buffer_take(&text, NULL)) == NULL) {
        status = JEOUL_NO_MEMORY;
    }
    jl_buffer_free(&text);
    return status;
}
