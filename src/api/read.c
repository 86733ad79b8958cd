/* SPDX-License-Identifier: Apache-2.0
 *
 * jeoul_rulebook_read: the rulebook as sentences.
 */
#include "api/objects.h"
#include "explain/explain.h"

jeoul_status jeoul_rulebook_read(const jeoul_rulebook *rulebook, jeoul_language language, char **text_out) {
    if (rulebook == NULL || text_out == NULL || (language != JEOUL_KOREAN && language != JEOUL_ENGLISH)) {
        return JEOUL_ARGUMENT;
    }
    *text_out = NULL;
    jl_buffer text = {NULL, 0, 0, false};
    jeoul_status status = jl_read_back(rulebook->rules, language, &text);
    if (status == JEOUL_OK && (*text_out = jl_buffer_take(&text, NULL)) == NULL) {
        status = JEOUL_NO_MEMORY;
    }
    jl_buffer_free(&text);
    return status;
}
