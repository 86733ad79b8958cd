/* SPDX-License-Identifier: Apache-2.0
 *
 * The library's version, the words for its statuses, and the release of texts it handed over.
 */
#include "base/base.h"

#include <stdlib.h>

#define QUOTE(number) #number
#define VERSION(major, minor, patch) QUOTE(major) "." QUOTE(minor) "." QUOTE(patch)

const char *jeoul_version(void) {
    return VERSION(JEOUL_VERSION_MAJOR, JEOUL_VERSION_MINOR, JEOUL_VERSION_PATCH);
}

const char *jeoul_status_text(jeoul_status status) {
    static const char *const texts[] = {
        "ok",             "no memory",      "file cannot be read", "rulebook is wrong",
        "data are wrong", "wrong argument", "cancelled",           "internal error",
    };
    const size_t index = (size_t)status;
    return index < JL_COUNT(texts) ? texts[index] : "unknown status";
}

void jeoul_text_free(char *text) {
    free(text);
}
