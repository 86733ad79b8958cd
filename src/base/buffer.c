/* SPDX-License-Identifier: Apache-2.0
 *
 * String builder: pieces in, one text on the heap out.
 *
 * Callers append without looking and ask once at the end: after a failed allocation the buffer keeps what it had,
 * ignores all further appends, and jl_buffer_take gives NULL.
 */
#include "base/base.h"

#include <stdio.h>
#include <stdlib.h>

/* Room for `more` bytes and the terminator. */
static bool reserve(jl_buffer *buffer, size_t more) {
    if (buffer->failed) return false;
    if (buffer->data != NULL && more < buffer->capacity - buffer->length) return true;
    size_t capacity = buffer->capacity < 64 ? 64 : buffer->capacity;
    while (capacity - buffer->length <= more && capacity <= SIZE_MAX / 2) capacity *= 2;
    char *data = capacity - buffer->length > more ? realloc(buffer->data, capacity) : NULL;
    if (data == NULL) {
        buffer->failed = true;
        return false;
    }
    buffer->data = data;
    buffer->capacity = capacity;
    data[buffer->length] = '\0';
    return true;
}

void jl_buffer_add(jl_buffer *buffer, jl_text text) {
    if (text.length == 0 || !reserve(buffer, text.length)) return;
    memcpy(buffer->data + buffer->length, text.data, text.length);
    buffer->length += text.length;
    buffer->data[buffer->length] = '\0';
}

void jl_buffer_char(jl_buffer *buffer, char byte) {
    jl_buffer_add(buffer, (jl_text){&byte, 1});
}

void jl_buffer_repeat(jl_buffer *buffer, const char *terminated, size_t times) {
    const jl_text text = jl_text_of(terminated);
    for (size_t i = 0; i < times && !buffer->failed; i++) jl_buffer_add(buffer, text);
}

void jl_buffer_format_list(jl_buffer *buffer, const char *format, va_list arguments) {
    va_list again;
    va_copy(again, arguments);
    const int length = vsnprintf(NULL, 0, format, arguments);
    if (length < 0) {
        buffer->failed = true;
    } else if (reserve(buffer, (size_t)length)) {
        vsnprintf(buffer->data + buffer->length, (size_t)length + 1, format, again);
        buffer->length += (size_t)length;
    }
    va_end(again);
}

void jl_buffer_format(jl_buffer *buffer, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    jl_buffer_format_list(buffer, format, arguments);
    va_end(arguments);
}

/* JSON demands escapes for quotes, backslashes and control characters only; all else stays readable. */
void jl_buffer_json(jl_buffer *buffer, jl_text text) {
    jl_buffer_char(buffer, '"');
    size_t start = 0;
    for (size_t i = 0; i < text.length; i++) {
        const unsigned char byte = (unsigned char)text.data[i];
        if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
        jl_buffer_add(buffer, (jl_text){text.data + start, i - start});
        start = i + 1;
        if (byte == '\n') {
            jl_buffer_add(buffer, JL_TEXT("\\n"));
        } else if (byte < 0x20) {
            jl_buffer_format(buffer, "\\u%04x", byte);
        } else {
            jl_buffer_char(buffer, '\\');
            jl_buffer_char(buffer, (char)byte);
        }
    }
    if (text.length != 0) jl_buffer_add(buffer, (jl_text){text.data + start, text.length - start});
    jl_buffer_char(buffer, '"');
}

void jl_buffer_free(jl_buffer *buffer) {
    free(buffer->data);
    *buffer = (jl_buffer){NULL, 0, 0, false};
}

char *jl_buffer_take(jl_buffer *buffer, size_t *length_out) {
    char *data = reserve(buffer, 0) ? buffer->data : NULL; /* an empty text is a text, too */
    if (length_out != NULL) *length_out = data == NULL ? 0 : buffer->length;
    if (data != NULL) buffer->data = NULL;
    jl_buffer_free(buffer);
    return data;
}
