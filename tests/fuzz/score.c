/* SPDX-License-Identifier: Apache-2.0
 *
 * What the targets share: a table in, everything that can be asked of its result asked. Failures are answers, too; what must
 * not happen is a wrong result of a rulebook that is known to be good.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

static void render(const jeoul_diagnostics *diagnostics) {
    char *text = NULL;
    if (jeoul_diagnostics_render(diagnostics, JEOUL_TEXT, 1, &text) != JEOUL_OK) abort();
    jeoul_text_free(text);
    if (jeoul_diagnostics_render(diagnostics, JEOUL_JSON, 0, &text) != JEOUL_OK) abort();
    jeoul_text_free(text);
}

static void ask(const jeoul_result *result, jeoul_diagnostics *diagnostics) {
    char *text = NULL;
    if (jeoul_result_text(result, JEOUL_FRAME_EVERYTHING, JEOUL_JSON, &text) != JEOUL_OK) abort();
    jeoul_text_free(text);
    if (jeoul_result_text(result, JEOUL_FRAME_CONTRIBUTIONS, JEOUL_CSV, &text) != JEOUL_OK) abort();
    jeoul_text_free(text);
    if (jeoul_result_entity_count(result) == 0) return;
    if (jeoul_explain(result, jeoul_result_entity(result, 0), NULL, &text, diagnostics) != JEOUL_OK) abort();
    jeoul_text_free(text);
}

void fuzz_score(const jeoul_rulebook *rulebook, const char *table, const char *csv, size_t length) {
    jeoul_diagnostics *diagnostics = NULL;
    jeoul_data *data = NULL;
    jeoul_result *result = NULL;
    if (jeoul_diagnostics_new(&diagnostics) != JEOUL_OK || jeoul_data_new(rulebook, &data) != JEOUL_OK) abort();
    jeoul_status status = jeoul_data_parse_csv(data, table, "fuzz.csv", csv, length, diagnostics);
    if (status == JEOUL_OK) status = jeoul_data_finish(data, diagnostics);
    if (status == JEOUL_OK) status = jeoul_score(rulebook, data, NULL, &result, diagnostics);
    if (status == JEOUL_OK) ask(result, diagnostics);
    if (status == JEOUL_INTERNAL) abort();
    if (status != JEOUL_OK && jeoul_diagnostics_error_count(diagnostics) == 0) abort(); /* a failure must be told */
    render(diagnostics);
    jeoul_result_free(result);
    jeoul_data_free(data);
    jeoul_diagnostics_free(diagnostics);
}

jeoul_rulebook *fuzz_rulebook(const char *text) {
    jeoul_rulebook *rulebook = NULL;
    if (jeoul_rulebook_parse("fuzz.yaml", text, strlen(text), NULL, &rulebook, NULL) != JEOUL_OK) abort();
    return rulebook;
}
