/* SPDX-License-Identifier: Apache-2.0
 *
 * Scoring: binds the plan to the data, runs it with the exact reading as settler, and keeps both for results and
 * explanations.
 */
#include <stdlib.h>

#include "api/objects.h"

#define STANDARD_BLOCK_ROWS 512u
#define MOST_BLOCK_ROWS 65536u

void jeoul_result_free(jeoul_result *result) {
    if (result == NULL) {
        return;
    }
    jl_certifier_free(result->certifier);
    jl_program_free(result->program);
    jl_arena_free(result->arena);
    jeoul_data_free((jeoul_data *)(uintptr_t)result->data);
    jeoul_rulebook_free((jeoul_rulebook *)(uintptr_t)result->rulebook);
    free(result);
}

/* ---- names ---- */

static const char *name_entity(const jeoul_result *result, size_t row) {
    const uint32_t entities = result->rulebook->rules->entities;
    const jl_table_rule *table = &result->rulebook->rules->tables[entities];
    jl_buffer name = {NULL, 0, 0, false};
    for (uint32_t key = 0; key < table->n_keys; key++) {
        jl_buffer_add(&name, key > 0 ? JL_TEXT("/") : (jl_text){NULL, 0});
        jl_table_print_cell(result->data, entities, key, row, &name);
    }
    const char *terminated = name.failed ? NULL : jl_terminated(result->arena, (jl_text){name.data, name.length});
    jl_buffer_free(&name);
    return terminated;
}

static const char *name_group(const jeoul_result *result, size_t row) {
    const jl_rulebook *rules = result->rulebook->rules;
    jl_buffer name = {NULL, 0, 0, false};
    for (size_t group = 0; group < rules->n_groups; group++) {
        jl_buffer_add(&name, group > 0 ? JL_TEXT("/") : (jl_text){NULL, 0});
        jl_table_print_cell(result->data, rules->entities,
                            jl_table_column(&rules->tables[rules->entities], rules->groups[group]), row, &name);
    }
    const char *terminated = name.failed ? NULL : jl_terminated(result->arena, (jl_text){name.data, name.length});
    jl_buffer_free(&name);
    return terminated;
}

static bool name_rows(jeoul_result *result) {
    const size_t n_rows = result->data->tables[result->rulebook->rules->entities].n_rows;
    result->entities = jl_arena_array(result->arena, n_rows + 1, sizeof *result->entities);
    result->groups = jl_arena_array(result->arena, n_rows + 1, sizeof *result->groups);
    if (result->entities == NULL || result->groups == NULL) {
        return false;
    }
    for (size_t row = 0; row < n_rows; row++) {
        result->entities[row] = name_entity(result, row);
        result->groups[row] = name_group(result, row);
        if (result->entities[row] == NULL || result->groups[row] == NULL) {
            return false;
        }
    }
    return true;
}

/* ---- rows that must be there ---- */

static bool *find_entities_with_rows(const jeoul_result *result, uint32_t table) {
    const jl_rulebook *rules = result->rulebook->rules;
    const jl_table *rows = &result->data->tables[table], *entities = &result->data->tables[rules->entities];
    const uint32_t column = jl_table_column(rows->rule, entities->rule->columns[0].name);
    bool *has_rows = calloc(entities->n_rows + 1, sizeof *has_rows);
    if (has_rows == NULL || column == JL_NONE || entities->rule->n_keys != 1) {
        return has_rows;
    }
    size_t *row_of = calloc(jl_symbols_count(result->data->symbols) + 1, sizeof *row_of);
    if (row_of == NULL) {
        free(has_rows);
        return NULL;
    }
    for (size_t row = 0; row < entities->n_rows; row++) {
        row_of[(size_t)entities->columns[0].values[row]] = row + 1;
    }
    for (size_t row = 0; row < rows->n_rows; row++) {
        has_rows[row_of[(size_t)rows->columns[column].values[row]]] = true;
    }
    memmove(has_rows, has_rows + 1, entities->n_rows * sizeof *has_rows);
    free(row_of);
    return has_rows;
}

/* An entity that the indicators' table does not know at all has been forgotten: no policy answers that. */
static jeoul_status check_measures(const jeoul_result *result, jeoul_diagnostics *diagnostics) {
    const jl_rulebook *rules = result->rulebook->rules;
    const jl_table_rule *entities = &rules->tables[rules->entities];
    jeoul_status status = JEOUL_OK;
    const bool has_symbol_key =
        entities->n_keys == 1 && jl_column_is_symbols(jl_column_meaning(result->data, rules->entities, 0));
    if (rules->measures == JL_NONE || !has_symbol_key ||
        jl_table_column(&rules->tables[rules->measures], entities->columns[0].name) == JL_NONE) {
        return JEOUL_OK;
    }
    bool *has_rows = find_entities_with_rows(result, rules->measures);
    if (has_rows == NULL) {
        return JEOUL_NO_MEMORY;
    }
    for (size_t row = 0; row < result->data->tables[rules->entities].n_rows; row++) {
        if (!has_rows[row]) {
            status = jl_report_row(diagnostics, JL_ROWS_ABSENT, result->data, rules->entities, 0, row,
                                   "`%s` has no row in the table `%.*s`", result->entities[row],
                                   JL_TEXT_ARG(rules->tables[rules->measures].name));
        }
    }
    free(has_rows);
    return status;
}

/* ---- the run ---- */

static jeoul_status run(jeoul_result *result, const jeoul_score_options *options, jeoul_diagnostics *diagnostics) {
    const size_t block_rows = options->block_rows > 0 ? options->block_rows : STANDARD_BLOCK_ROWS;
    const size_t most_rows = block_rows < MOST_BLOCK_ROWS ? block_rows : MOST_BLOCK_ROWS;
    JL_TRY(jl_program_new(result->rulebook->plan, result->data, most_rows, &result->program));
    result->certifier = jl_certifier_new(result->program);
    if (result->certifier == NULL) {
        return JEOUL_NO_MEMORY;
    }
    const jl_settler none = {NULL, NULL, NULL};
    result->program->settler = options->plain != 0 ? none : jl_certifier_settler(result->certifier);
    const jeoul_status status = jl_program_run(result->program, diagnostics);
    result->n_settled = result->program->n_settled;
    result->n_taken_as_equal = jl_certifier_taken_as_equal(result->certifier);
    return status == JEOUL_DATA && result->program->n_failures > 0 ? jl_report_failures(result, diagnostics) : status;
}

static jeoul_status check_arguments(const jeoul_rulebook *rulebook, const jeoul_data *data) {
    const bool fits = rulebook != NULL && data != NULL && data->finished && data->rulebook == rulebook->rules;
    return fits ? JEOUL_OK : JEOUL_ARGUMENT;
}

jeoul_status jl_score_data(const jeoul_rulebook *rulebook, const jeoul_data *data, const jeoul_score_options *options,
                           bool entities_complete, jeoul_result **result_out, jeoul_diagnostics *diagnostics) {
    static const size_t sizes[] = {sizeof *options};
    jeoul_score_options known = JEOUL_SCORE_OPTIONS_INIT;
    *result_out = NULL;
    JL_TRY(check_arguments(rulebook, data));
    JL_TRY(jl_options_read(options, sizes, JL_COUNT(sizes), &known));
    jeoul_result *result = calloc(1, sizeof *result);
    if (result == NULL) {
        return JEOUL_NO_MEMORY;
    }
    result->rulebook = jl_rulebook_retain(rulebook);
    result->data = jl_data_retain(data);
    result->arena = jl_arena_new();
    jeoul_status status = result->arena == NULL || !name_rows(result) ? JEOUL_NO_MEMORY : JEOUL_OK;
    if (status == JEOUL_OK && entities_complete) {
        status = check_measures(result, diagnostics);
    }
    if (status == JEOUL_OK) {
        status = run(result, &known, diagnostics);
    }
    if (status != JEOUL_OK) {
        jeoul_result_free(result);
        return status;
    }
    *result_out = result;
    return JEOUL_OK;
}

jeoul_status jeoul_score(const jeoul_rulebook *rulebook, const jeoul_data *data, const jeoul_score_options *options,
                         jeoul_result **result_out, jeoul_diagnostics *diagnostics) {
    return result_out == NULL ? JEOUL_ARGUMENT : jl_score_data(rulebook, data, options, true, result_out, diagnostics);
}
