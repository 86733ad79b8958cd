/* SPDX-License-Identifier: Apache-2.0
 *
 * The public functions of results: single figures for callers that compute on, and whole frames as text. Every figure
 * is the one that is published.
 */
#include <math.h>
#include <stdio.h>

#include "api/objects.h"

size_t jeoul_result_entity_count(const jeoul_result *result) {
    return result == NULL ? 0 : result->data->tables[result->rulebook->rules->entities].n_rows;
}

const char *jeoul_result_entity(const jeoul_result *result, size_t index) {
    return index < jeoul_result_entity_count(result) ? result->entities[index] : NULL;
}

const char *jeoul_result_group(const jeoul_result *result, size_t index) {
    return index < jeoul_result_entity_count(result) ? result->groups[index] : NULL;
}

void jeoul_result_exact_counts(const jeoul_result *result, uint64_t *settled_out, uint64_t *taken_as_equal_out) {
    if (settled_out != NULL) *settled_out = result == NULL ? 0 : result->n_settled;
    if (taken_as_equal_out != NULL) *taken_as_equal_out = result == NULL ? 0 : result->n_taken_as_equal;
}

jl_outcome jl_result_outcome(const jeoul_result *result, jl_date_text *date) {
    int year, month, day;
    date->data[0] = '\0';
    if (isfinite(result->rulebook->as_of)) {
        jl_date_split(result->rulebook->as_of, &year, &month, &day);
        (void)snprintf(date->data, sizeof date->data, "%04d-%02d-%02d", year, month, day);
    }
    return (jl_outcome){.program = result->program,
                        .certifier = result->certifier,
                        .entities = result->entities,
                        .groups = result->groups,
                        .as_of = jl_text_of(date->data),
                        .n_settled = result->n_settled,
                        .n_taken_as_equal = result->n_taken_as_equal};
}

/* ---- figures ---- */

/* Grades are terminated texts of the rulebook object, so that they live as long as results do. */
const char *jeoul_result_grade(const jeoul_result *result, size_t index) {
    double grade = 0.0;
    uint8_t state = JL_MISSING;
    const uint32_t value = result == NULL ? 0 : result->rulebook->plan->grade;
    if (value == 0 || index >= jeoul_result_entity_count(result)) return NULL;
    const bool has_grade = jl_program_read(result->program, value, index, &grade, &state) && state == JL_VALUE;
    return has_grade ? result->rulebook->grades[(size_t)grade] : NULL;
}

/* A plan value that is named; 0 with true: nothing of the kind is in the rulebook, as if it were 0 everywhere. */
static bool find_result(const jl_plan *plan, jl_text name, uint32_t *value_out) {
    const struct {
        jl_text name;
        uint32_t value;
    } results[] = {{JL_TEXT("total"), plan->total},
                   {JL_TEXT("base"), plan->published_base},
                   {JL_TEXT("bonus"), plan->published_bonus},
                   {JL_TEXT("penalty"), plan->published_penalty},
                   {JL_TEXT("rank"), plan->rank}};
    for (size_t i = 0; i < JL_COUNT(results); i++) {
        *value_out = results[i].value;
        if (jl_text_equal(results[i].name, name)) return true;
    }
    return false;
}

static bool find_named(const jl_plan *plan, jl_text name, uint32_t *value_out) {
    const jl_rulebook *rulebook = plan->rulebook;
    for (size_t node = 0; node < rulebook->n_nodes; node++) {
        *value_out = plan->nodes[node].published_score;
        if (rulebook->nodes[node].kind != JL_NODE_ROW && jl_text_equal(rulebook->nodes[node].id, name)) return true;
    }
    for (size_t value = 0; value < rulebook->n_values; value++) {
        *value_out = plan->named[value].published != 0 ? plan->named[value].published : plan->named[value].value;
        if (jl_text_equal(rulebook->values[value].id, name)) return true;
    }
    return false;
}

/* Texts and dates are no numbers; truths are 0 and 1. */
static double number_at(const jl_program *program, uint32_t value, size_t row) {
    const uint8_t type = program->plan->values[value].type;
    const bool is_number = type == JL_TYPE_NUMBER || type == JL_TYPE_YEAR || type == JL_TYPE_TRUTH;
    double number = 0.0;
    uint8_t state = JL_MISSING;
    const bool has_value = is_number && jl_program_read(program, value, row, &number, &state) && state == JL_VALUE;
    return has_value ? number : (double)NAN;
}

static jeoul_status find_normal(const jl_plan *plan, const char *name, uint32_t *value_out) {
    jl_arena *arena = jl_arena_new();
    jl_text normal;
    jeoul_status status = JEOUL_NO_MEMORY;
    if (arena != NULL && jl_arena_copy_nfc(arena, jl_text_of(name), &normal)) {
        const bool found =
            find_result(plan, normal, value_out) || (normal.length > 0 && find_named(plan, normal, value_out));
        status = found ? JEOUL_OK : JEOUL_ARGUMENT;
    }
    jl_arena_free(arena);
    return status;
}

jeoul_status jeoul_result_scores(const jeoul_result *result, const char *name, double *numbers_out, size_t n) {
    uint32_t value = 0;
    if (result == NULL || name == NULL || n != jeoul_result_entity_count(result) || (numbers_out == NULL && n > 0)) {
        return JEOUL_ARGUMENT;
    }
    JL_TRY(find_normal(result->rulebook->plan, name, &value));
    for (size_t row = 0; row < n; row++) {
        numbers_out[row] = value == 0 ? 0.0 : number_at(result->program, value, row);
    }
    return JEOUL_OK;
}

/* ---- frames ---- */

static jeoul_status add_rows(const jl_outcome *outcome, jeoul_status (*add)(const jl_outcome *, size_t, jl_frame *),
                             jl_frame *rows) {
    for (size_t entity = 0; entity < jl_outcome_entities(outcome); entity++) {
        JL_TRY(add(outcome, entity, rows));
    }
    return JEOUL_OK;
}

static jeoul_status fill_frame(const jl_outcome *outcome, jeoul_frame frame, jl_frame *rows) {
    switch (frame) {
    case JEOUL_FRAME_RANKING: return jl_report_ranking(outcome, rows);
    case JEOUL_FRAME_SCORES:
        JL_TRY(jl_open_scores(outcome, true, rows));
        return add_rows(outcome, jl_add_scores, rows);
    case JEOUL_FRAME_CONTRIBUTIONS:
        JL_TRY(jl_open_contributions(rows));
        return add_rows(outcome, jl_add_contributions, rows);
    case JEOUL_FRAME_EVERYTHING: break;
    }
    return JEOUL_ARGUMENT;
}

static jeoul_status write_frame(const jl_outcome *outcome, jeoul_frame frame, jeoul_format format, jl_buffer *buffer) {
    jl_frame rows = {.arena = NULL};
    if (frame == JEOUL_FRAME_EVERYTHING) {
        return format == JEOUL_JSON ? jl_report_everything(outcome, buffer) : JEOUL_ARGUMENT;
    }
    if (format != JEOUL_JSON && format != JEOUL_CSV) return JEOUL_ARGUMENT;
    const jeoul_status status = fill_frame(outcome, frame, &rows);
    if (status == JEOUL_OK && format == JEOUL_CSV) jl_frame_csv(&rows, buffer);
    if (status == JEOUL_OK && format == JEOUL_JSON) {
        jl_frame_json(&rows, 0, buffer);
        jl_buffer_char(buffer, '\n');
    }
    jl_frame_close(&rows);
    return status;
}

jeoul_status jeoul_result_text(const jeoul_result *result, jeoul_frame frame, jeoul_format format, char **text_out) {
    jl_buffer buffer = {NULL, 0, 0, false};
    jl_date_text date;
    if (text_out == NULL) return JEOUL_ARGUMENT;
    *text_out = NULL;
    if (result == NULL) return JEOUL_ARGUMENT;
    const jl_outcome outcome = jl_result_outcome(result, &date);
    const jeoul_status status = write_frame(&outcome, frame, format, &buffer);
    if (status != JEOUL_OK) {
        jl_buffer_free(&buffer);
        return status;
    }
    *text_out = jl_buffer_take(&buffer, NULL);
    return *text_out == NULL ? JEOUL_NO_MEMORY : JEOUL_OK;
}
