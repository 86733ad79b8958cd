/* SPDX-License-Identifier: Apache-2.0
 *
 * Bytes of a file -> UTF-8. What offices save is UTF-8 with or without byte order mark, or CP949 (which holds all of
 * EUC-KR).
 *
 * Without a declaration, bytes that are UTF-8 are taken as UTF-8, everything else as CP949: Korean text of more than
 * a word or two in CP949 is practically never valid UTF-8. Whoever has such a file declares its encoding. A byte
 * order mark beats everything.
 */
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>

#include "table/parts.h"

static const struct {
    const char *name; /* in capital letters */
    bool korean;      /* CP949, else UTF-8 */
} encodings[] = {
    {"UTF-8", false}, {"UTF8", false},  {"CP949", true}, {"MS949", true},
    {"UHC", true},    {"EUC-KR", true}, {"EUCKR", true},
};

static bool is_named(jl_text text, const char *capitals) {
    if (text.length != strlen(capitals)) return false;
    for (size_t i = 0; i < text.length; i++) {
        const char c = text.data[i];
        if ((c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c) != capitals[i]) return false;
    }
    return true;
}

static bool starts_with(jl_text text, const char *bytes, size_t length) {
    return text.length >= length && memcmp(text.data, bytes, length) == 0;
}

uint32_t jl_line_of(jl_text bytes, size_t offset) {
    uint32_t line = 1;
    for (size_t i = 0; i < offset; i++) {
        const char c = bytes.data[i];
        line += c == '\n' || (c == '\r' && !(i + 1 < bytes.length && bytes.data[i + 1] == '\n'));
    }
    return line;
}

/* Only the line is named: its bytes cannot be shown. */
static jeoul_status report_byte(jeoul_diagnostics *diagnostics, jl_text file, jl_text bytes, size_t offset,
                                const char *expected) {
    return jl_report_cell(diagnostics, JL_BAD_ENCODING, file, jl_line_of(bytes, offset), (jl_text){NULL, 0}, 0, 0,
                          "expected %s, found the byte 0x%02X", expected, (unsigned)(unsigned char)bytes.data[offset]);
}

typedef enum conversion { CONVERTED, BAD_BYTE, NO_CONVERTER, NO_ROOM } conversion;

/* A character of CP949 has at most two bytes and becomes at most three. */
static conversion convert(jl_text bytes, jl_decoded *decoded_out, size_t *bad_offset_out) {
    if (bytes.length > SIZE_MAX / 2 - 8) return NO_ROOM;
    const size_t room = bytes.length + bytes.length / 2 + 3;
    char *owned = malloc(room);
    if (owned == NULL) return NO_ROOM;
    const iconv_t converter = iconv_open("UTF-8", "CP949");
    if (converter == (iconv_t)-1) {
        free(owned);
        return errno == ENOMEM ? NO_ROOM : NO_CONVERTER;
    }
    char *in = NULL, *out = owned;
    const char *start = bytes.data;
    memcpy(&in, &start, sizeof in); /* iconv does not write there, it only lacks the const */
    size_t in_left = bytes.length, out_left = room;
    const size_t result = iconv(converter, &in, &in_left, &out, &out_left);
    iconv_close(converter);
    if (result == (size_t)-1) {
        *bad_offset_out = bytes.length - in_left;
        free(owned);
        return BAD_BYTE;
    }
    *decoded_out = (jl_decoded){{owned, room - out_left}, owned};
    return CONVERTED;
}

static jeoul_status read_korean(jl_text bytes, bool declared, jl_text file, jl_decoded *decoded_out,
                                jeoul_diagnostics *diagnostics) {
    size_t bad_offset = 0;
    switch (convert(bytes, decoded_out, &bad_offset)) {
    case CONVERTED: return JEOUL_OK;
    case NO_ROOM: return JEOUL_NO_MEMORY;
    case NO_CONVERTER:
        return jl_report_cell(diagnostics, JL_BAD_ENCODING, file, 0, (jl_text){NULL, 0}, 0, 0,
                              "this system cannot read CP949");
    case BAD_BYTE: break;
    }
    const jeoul_status status =
        report_byte(diagnostics, file, bytes, bad_offset, declared ? "CP949, as declared" : "UTF-8 or CP949");
    if (declared && jl_text_is_utf8(bytes, NULL))
        jl_report_help(diagnostics, "the file is UTF-8: leave `encoding` out");
    if (!declared) jl_report_help(diagnostics, "save the file as CSV UTF-8");
    return status;
}

static jeoul_status read_utf8(jl_text bytes, jl_text file, jl_decoded *decoded_out, jeoul_diagnostics *diagnostics) {
    size_t bad_offset = 0;
    if (jl_text_is_utf8(bytes, &bad_offset)) {
        *decoded_out = (jl_decoded){bytes, NULL};
        return JEOUL_OK;
    }
    return report_byte(diagnostics, file, bytes, bad_offset, "UTF-8");
}

/* A zero byte is in no text that anybody typed; it would cut names short for callers that read C strings. */
static jeoul_status check_zero_bytes(const jl_decoded *decoded, jl_text file, jeoul_diagnostics *diagnostics) {
    const jl_text text = decoded->text;
    const char *zero = text.length == 0 ? NULL : memchr(text.data, '\0', text.length);
    if (zero == NULL) return JEOUL_OK;
    return report_byte(diagnostics, file, text, (size_t)(zero - text.data), "text");
}

static jeoul_status read_declared(jl_text bytes, jl_text declared, jl_text file, jl_decoded *decoded_out,
                                  jeoul_diagnostics *diagnostics) {
    for (size_t i = 0; i < JL_COUNT(encodings); i++) {
        if (!is_named(declared, encodings[i].name)) continue;
        return encodings[i].korean ? read_korean(bytes, true, file, decoded_out, diagnostics)
                                   : read_utf8(bytes, file, decoded_out, diagnostics);
    }
    return jl_report_cell(diagnostics, JL_BAD_ENCODING, file, 0, (jl_text){NULL, 0}, 0, 0,
                          "unknown encoding `%.*s`, expected UTF-8 or CP949", JL_TEXT_ARG(declared));
}

jeoul_status jl_decode(jl_text bytes, jl_text declared, jl_text file, jl_decoded *decoded_out,
                       jeoul_diagnostics *diagnostics) {
    *decoded_out = (jl_decoded){{NULL, 0}, NULL};
    jeoul_status status;
    if (starts_with(bytes, "\xFF\xFE", 2) || starts_with(bytes, "\xFE\xFF", 2)) {
        status = jl_report_cell(diagnostics, JL_BAD_ENCODING, file, 0, (jl_text){NULL, 0}, 0, 0,
                                "expected UTF-8 or CP949, found UTF-16");
        jl_report_help(diagnostics, "save the file as CSV UTF-8");
        return status;
    }
    if (starts_with(bytes, "\xEF\xBB\xBF", 3)) {
        status = read_utf8((jl_text){bytes.data + 3, bytes.length - 3}, file, decoded_out, diagnostics);
    } else if (declared.length != 0) {
        status = read_declared(bytes, declared, file, decoded_out, diagnostics);
    } else if (jl_text_is_utf8(bytes, NULL)) {
        *decoded_out = (jl_decoded){bytes, NULL};
        status = JEOUL_OK;
    } else {
        status = read_korean(bytes, false, file, decoded_out, diagnostics);
    }
    if (status == JEOUL_OK) status = check_zero_bytes(decoded_out, file, diagnostics);
    if (status != JEOUL_OK) {
        free(decoded_out->owned);
        *decoded_out = (jl_decoded){{NULL, 0}, NULL};
    }
    return status;
}
