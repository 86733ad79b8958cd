/* SPDX-License-Identifier: Apache-2.0
 *
 * Text views: comparing, trimming, measuring. Nothing is copied and nothing can fail.
 *
 * Text that is not UTF-8 is measured all the same, one cell and one character per stray byte, because messages about
 * bad text must be shown too.
 */
#include "base/base.h"

#include <utf8proc.h>

jl_text jl_text_of(const char *terminated) {
    return terminated == NULL ? (jl_text){NULL, 0} : (jl_text){terminated, strlen(terminated)};
}

int jl_text_compare(jl_text a, jl_text b) {
    const size_t shorter = a.length < b.length ? a.length : b.length;
    const int order = shorter == 0 ? 0 : memcmp(a.data, b.data, shorter);
    if (order != 0) return order < 0 ? -1 : 1;
    return a.length == b.length ? 0 : a.length < b.length ? -1 : 1;
}

static bool is_blank(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

jl_text jl_text_trim(jl_text text) {
    while (text.length > 0 && is_blank(text.data[0])) {
        text.data++;
        text.length--;
    }
    while (text.length > 0 && is_blank(text.data[text.length - 1])) text.length--;
    return text;
}

/* Length of the character at `offset`; 0 if the bytes there are not UTF-8. */
static size_t decode(jl_text text, size_t offset, utf8proc_int32_t *character_out) {
    const utf8proc_ssize_t left = (utf8proc_ssize_t)(text.length - offset);
    const utf8proc_ssize_t length = utf8proc_iterate((const utf8proc_uint8_t *)text.data + offset, left, character_out);
    return length > 0 ? (size_t)length : 0;
}

/* Eight bytes at a time while they are ASCII: tables are mostly digits and commas. */
static size_t skip_ascii(jl_text text, size_t offset) {
    uint64_t eight;
    while (text.length - offset >= sizeof eight) {
        memcpy(&eight, text.data + offset, sizeof eight);
        if ((eight & UINT64_C(0x8080808080808080)) != 0) break;
        offset += sizeof eight;
    }
    while (offset < text.length && (unsigned char)text.data[offset] < 0x80) offset++;
    return offset;
}

bool jl_text_is_utf8(jl_text text, size_t *bad_offset_out) {
    for (size_t offset = skip_ascii(text, 0); offset < text.length; offset = skip_ascii(text, offset)) {
        utf8proc_int32_t character;
        const size_t length = decode(text, offset, &character);
        if (length == 0) {
            if (bad_offset_out != NULL) *bad_offset_out = offset;
            return false;
        }
        offset += length;
    }
    return true;
}

/* Vowels and final consonants join the syllable before them and take no room of their own, which utf8proc does not
 * know. */
static bool joins_syllable(utf8proc_int32_t c) {
    return (c >= 0x1160 && c <= 0x11FF) || (c >= 0xD7B0 && c <= 0xD7FB);
}

size_t jl_text_width(jl_text text) {
    size_t width = 0;
    for (size_t offset = 0; offset < text.length;) {
        utf8proc_int32_t character;
        const size_t length = decode(text, offset, &character);
        offset += length == 0 ? 1 : length;
        if (length == 0) {
            width++;
        } else if (!joins_syllable(character)) {
            width += (size_t)utf8proc_charwidth(character);
        }
    }
    return width;
}

size_t jl_text_characters(jl_text text) {
    size_t n_characters = 0;
    for (size_t offset = 0; offset < text.length; n_characters++) {
        utf8proc_int32_t character;
        const size_t length = decode(text, offset, &character);
        offset += length == 0 ? 1 : length;
    }
    return n_characters;
}

/* FNV-1a: short, the same on every machine, and good enough for names and keys. */
uint64_t jl_text_hash(jl_text text) {
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < text.length; i++) {
        hash = (hash ^ (unsigned char)text.data[i]) * UINT64_C(0x100000001b3);
    }
    return hash;
}
