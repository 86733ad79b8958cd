/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a rulebook: it is refused with diagnostics, or it can be read back, printed and tested.
 */
#include <stdlib.h>

#include "fuzz.h"

static void use(const jeoul_rulebook *rulebook, jeoul_diagnostics *diagnostics) {
    char *text = NULL;
    if (jeoul_rulebook_read(rulebook, JEOUL_KOREAN, &text) != JEOUL_OK) abort();
    jeoul_text_free(text);
    if (jeoul_rulebook_read(rulebook, JEOUL_ENGLISH, &text) != JEOUL_OK) abort();
    jeoul_text_free(text);
    if (jeoul_rulebook_plan(rulebook, &text) != JEOUL_OK) abort();
    jeoul_text_free(text);
    if (jeoul_test(rulebook, NULL, NULL, diagnostics) == JEOUL_INTERNAL) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    jeoul_diagnostics *diagnostics = NULL;
    jeoul_rulebook *rulebook = NULL;
    char *text = NULL;
    if (jeoul_diagnostics_new(&diagnostics) != JEOUL_OK) abort();
    /* Files that a rulebook names are sought beside it: nowhere. */
    const jeoul_status status =
        jeoul_rulebook_parse("/nonexistent/fuzz.yaml", (const char *)bytes, length, NULL, &rulebook, diagnostics);
    if (status == JEOUL_OK) use(rulebook, diagnostics);
    if (status == JEOUL_INTERNAL) abort();
    if (status != JEOUL_OK && jeoul_diagnostics_error_count(diagnostics) == 0) abort();
    if (jeoul_diagnostics_render(diagnostics, JEOUL_TEXT, 0, &text) != JEOUL_OK) abort();
    jeoul_text_free(text);
    jeoul_rulebook_free(rulebook);
    jeoul_diagnostics_free(diagnostics);
    return 0;
}
