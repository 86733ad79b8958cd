/* SPDX-License-Identifier: Apache-2.0
 *
 * Rulebook, tables and result of a run: settings in, loaded objects and their diagnostics out. A mistake in one table does
 * not hide those of the next: all tables are read before anything stops.
 */
#include "tools/tools.h"

jeoul_status tool_load_rulebook(tool_inputs *inputs, const tool_settings *settings) {
    jeoul_rulebook_options options = JEOUL_RULEBOOK_OPTIONS_INIT;
    options.as_of = settings->as_of;
    const jeoul_status status = jeoul_diagnostics_new(&inputs->diagnostics);
    if (status != JEOUL_OK) return status;
    return jeoul_rulebook_load(settings->operands[0], &options, &inputs->rulebook, inputs->diagnostics);
}

/* The tables that options name. The first failure counts, but all are read. */
static jeoul_status read_named_tables(tool_inputs *inputs, const tool_settings *settings) {
    jeoul_status first = JEOUL_OK;
    for (size_t i = 0; i < settings->n_tables; i++) {
        const tool_table *table = &settings->tables[i];
        const jeoul_status status = jeoul_data_read_csv(inputs->data, table->name, table->path, inputs->diagnostics);
        if (first == JEOUL_OK) first = status;
    }
    return first;
}

/* Wrong cells are no reason to stop: the tables that are right are still checked against each other. Anything else is, for what
 * was not read would be diagnosed as absent. */
static bool goes_on(jeoul_status status) {
    return status == JEOUL_OK || status == JEOUL_DATA;
}

static jeoul_status read_tables(tool_inputs *inputs, const tool_settings *settings) {
    const jeoul_status named = read_named_tables(inputs, settings);
    if (!goes_on(named)) return named;
    const jeoul_status others = jeoul_data_read_folder(inputs->data, settings->operands[1], inputs->diagnostics);
    if (!goes_on(others)) return others;
    const jeoul_status checked = jeoul_data_finish(inputs->data, inputs->diagnostics);
    if (!goes_on(checked)) return checked;
    return named == JEOUL_OK && others == JEOUL_OK ? checked : JEOUL_DATA;
}

jeoul_status tool_load_and_score(tool_inputs *inputs, const tool_settings *settings) {
    jeoul_score_options options = JEOUL_SCORE_OPTIONS_INIT;
    options.block_rows = settings->block_rows;
    options.plain = settings->plain;
    jeoul_status status = tool_load_rulebook(inputs, settings);
    if (status != JEOUL_OK) return status;
    if ((status = jeoul_data_new(inputs->rulebook, &inputs->data)) != JEOUL_OK) return status;
    if ((status = read_tables(inputs, settings)) != JEOUL_OK) return status;
    return jeoul_score(inputs->rulebook, inputs->data, &options, &inputs->result, inputs->diagnostics);
}

void tool_inputs_free(tool_inputs *inputs) {
    jeoul_result_free(inputs->result);
    jeoul_data_free(inputs->data);
    jeoul_rulebook_free(inputs->rulebook);
    jeoul_diagnostics_free(inputs->diagnostics);
    *inputs = (tool_inputs){.diagnostics = NULL};
}
