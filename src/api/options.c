/* SPDX-License-Identifier: Apache-2.0
 *
 * Options as a caller knows them -> as this library knows them. The caller may have been built with an older or a newer
 * header: members that it does not know stay at their defaults; members that the library does not know must be zero,
 * for nobody would do what they ask.
 */
#include "api/objects.h"

#define MOST_BYTES 4096 /* of any version; a larger size was never set */

static bool is_zero(const unsigned char *bytes, size_t n_bytes) {
    for (size_t i = 0; i < n_bytes; i++) {
        if (bytes[i] != 0) return false;
    }
    return true;
}

jeoul_status jl_options_read(const void *given, const size_t *sizes, size_t n_sizes, void *options) {
    const size_t known = sizes[n_sizes - 1];
    size_t size;
    if (given == NULL) return JEOUL_OK;
    memcpy(&size, given, sizeof size);
    const bool is_newer = size > known && size <= MOST_BYTES;
    bool fits = is_newer && is_zero((const unsigned char *)given + known, size - known);
    for (size_t i = 0; i < n_sizes; i++) fits = fits || size == sizes[i];
    if (!fits) return JEOUL_ARGUMENT;
    memcpy(options, given, size < known ? size : known);
    return JEOUL_OK;
}
