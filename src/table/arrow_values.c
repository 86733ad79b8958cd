/* SPDX-License-Identifier: Apache-2.0
 *
 * Elements of Arrow arrays -> doubles, decimals and texts.
 *
 * A float32 means the shortest decimal that reads back as the same float, as every float printer shows it: 87.4f is
 * 87.4 and not 87.40000152587890625. Integers beyond 2^53 and decimals of many digits carry their text along. Arrays
 * are trusted to be as long as they say, for they come from this process; offsets inside text arrays are checked
 * because producers have had mistakes there.
 */
#include "table/arrow_values.h"

#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "number/exact.h"

__extension__ typedef __int128 int128;
__extension__ typedef unsigned __int128 uint128;

/* ---- opening ---- */

static const struct {
    const char *format;
    jl_arrow_kind kind;
    size_t width;
    int64_t n_buffers;
} formats[] = {
    {"n", JL_ARROW_NULL, 0, 0},     {"b", JL_ARROW_BOOL, 0, 2},           {"c", JL_ARROW_SIGNED, 1, 2},
    {"C", JL_ARROW_UNSIGNED, 1, 2}, {"s", JL_ARROW_SIGNED, 2, 2},         {"S", JL_ARROW_UNSIGNED, 2, 2},
    {"i", JL_ARROW_SIGNED, 4, 2},   {"I", JL_ARROW_UNSIGNED, 4, 2},       {"l", JL_ARROW_SIGNED, 8, 2},
    {"L", JL_ARROW_UNSIGNED, 8, 2}, {"f", JL_ARROW_FLOAT32, 4, 2},        {"g", JL_ARROW_FLOAT64, 8, 2},
    {"u", JL_ARROW_TEXT, 4, 3},     {"U", JL_ARROW_LARGE_TEXT, 8, 3},     {"vu", JL_ARROW_TEXT_VIEW, 16, 3},
    {"tdD", JL_ARROW_DAYS, 4, 2},   {"tdm", JL_ARROW_MILLISECONDS, 8, 2},
};

/* "d:38,2" or "d:38,2,128". */
static bool read_decimal_format(const char *format, int *scale_out) {
    int numbers[3] = {0, 0, 128}, sign = 1;
    size_t n = 0;
    if (strncmp(format, "d:", 2) != 0) return false;
    for (const char *at = format + 2; *at != '\0'; at++) {
        if (*at == ',') {
            numbers[n] *= sign;
            sign = 1;
            if (++n > 2) return false;
            numbers[n] = 0;
        } else if (*at == '-') {
            sign = -1;
        } else if (*at >= '0' && *at <= '9' && numbers[n] < 1000) {
            numbers[n] = numbers[n] * 10 + (*at - '0');
        } else {
            return false;
        }
    }
    numbers[n] *= sign;
    *scale_out = numbers[1];
    return n >= 1 && numbers[2] == 128 && *scale_out >= -200 && *scale_out <= 200;
}

static bool read_format(const char *format, jl_arrow_column *column, int64_t *n_buffers_out) {
    if (read_decimal_format(format, &column->scale)) {
        column->kind = JL_ARROW_DECIMAL128;
        column->width = sizeof(int128);
        *n_buffers_out = 2;
        return true;
    }
    for (size_t i = 0; i < JL_COUNT(formats); i++) {
        if (strcmp(format, formats[i].format) != 0) continue;
        column->kind = formats[i].kind;
        column->width = formats[i].width;
        *n_buffers_out = formats[i].n_buffers;
        return true;
    }
    return false;
}

static void open_dictionary(const struct ArrowSchema *schema, const struct ArrowArray *array, jl_arrow_column *column) {
    column->is_signed = column->kind == JL_ARROW_SIGNED;
    column->kind = JL_ARROW_DICTIONARY;
    column->entry_schema = schema->dictionary;
    column->entry_array = array->dictionary;
}

bool jl_arrow_open(const struct ArrowSchema *schema, const struct ArrowArray *array, size_t offset, size_t length,
                   jl_arrow_column *column_out) {
    jl_arrow_column column = {.length = length};
    int64_t n_buffers = 0;
    if (schema->format == NULL || array->offset < 0 || array->length < 0 || (uint64_t)array->length < offset + length)
        return false;
    if (!read_format(schema->format, &column, &n_buffers) || array->n_buffers < n_buffers) return false;
    if ((schema->dictionary == NULL) != (array->dictionary == NULL)) return false;
    column.offset = offset + (size_t)array->offset;
    if (n_buffers > 0) {
        column.validity = array->null_count == 0 ? NULL : array->buffers[0];
        column.values = array->buffers[1];
    }
    if (column.kind == JL_ARROW_TEXT || column.kind == JL_ARROW_LARGE_TEXT) column.bytes = array->buffers[2];
    if (column.kind == JL_ARROW_TEXT_VIEW) {
        column.buffers = array->buffers == NULL ? NULL : (const void *const *)array->buffers + 2;
        column.n_view_buffers = (size_t)array->n_buffers - 3;
    }
    if (schema->dictionary != NULL) {
        if (column.kind != JL_ARROW_SIGNED && column.kind != JL_ARROW_UNSIGNED) return false;
        open_dictionary(schema, array, &column);
    }
    *column_out = column;
    return true;
}

/* ---- elements ---- */

static bool bit_at(const uint8_t *bits, size_t i) {
    return (bits[i / 8] >> (i % 8) & 1) != 0;
}

bool jl_arrow_is_null(const jl_arrow_column *column, size_t i) {
    return column->values == NULL || (column->validity != NULL && !bit_at(column->validity, column->offset + i));
}

static const unsigned char *element_at(const jl_arrow_column *column, size_t i) {
    return column->values + (column->offset + i) * column->width;
}

static int64_t signed_at(const unsigned char *at, size_t width) {
    int8_t one;
    int16_t two;
    int32_t four;
    int64_t eight;
    switch (width) {
    case 1: memcpy(&one, at, width); return one;
    case 2: memcpy(&two, at, width); return two;
    case 4: memcpy(&four, at, width); return four;
    default: memcpy(&eight, at, sizeof eight); return eight;
    }
}

static uint64_t unsigned_at(const unsigned char *at, size_t width) {
    uint8_t one;
    uint16_t two;
    uint32_t four;
    uint64_t eight;
    switch (width) {
    case 1: memcpy(&one, at, width); return one;
    case 2: memcpy(&two, at, width); return two;
    case 4: memcpy(&four, at, width); return four;
    default: memcpy(&eight, at, sizeof eight); return eight;
    }
}

static const jl_arrow_element bad_element = {JL_ELEMENT_BAD, 0.0, {NULL, 0}};

static jl_arrow_element number_element(double number) {
    if (isnan(number)) return (jl_arrow_element){JL_ELEMENT_NONE, 0.0, {NULL, 0}};
    return isfinite(number) ? (jl_arrow_element){JL_ELEMENT_NUMBER, number, {NULL, 0}} : bad_element;
}

static jl_arrow_element text_element(const char *data, size_t length) {
    const jl_text text = {data, length};
    const bool good = length == 0 || (jl_text_is_utf8(text, NULL) && memchr(data, '\0', length) == NULL);
    return good ? (jl_arrow_element){JL_ELEMENT_TEXT, 0.0, text} : bad_element;
}

/* A decimal text as a number. */
static jl_arrow_element decimal_element(const char *data, size_t length) {
    const jl_text text = {data, length};
    jl_arrow_element element = {JL_ELEMENT_NUMBER, 0.0, {NULL, 0}};
    bool is_long = false;
    if (!jl_number_parse(text, &element.number, &is_long)) return bad_element;
    if (is_long) element.text = text;
    return element;
}

#define LARGEST_EXACT (INT64_C(1) << 53)

static jl_arrow_element read_signed(int64_t value, char *buffer) {
    if (value >= -LARGEST_EXACT && value <= LARGEST_EXACT) return number_element((double)value);
    return decimal_element(buffer, (size_t)snprintf(buffer, JL_ELEMENT_BYTES, "%" PRId64, value));
}

static jl_arrow_element read_unsigned(uint64_t value, char *buffer) {
    if (value <= (uint64_t)LARGEST_EXACT) return number_element((double)value);
    return decimal_element(buffer, (size_t)snprintf(buffer, JL_ELEMENT_BYTES, "%" PRIu64, value));
}

/* Digits from the right: at least one before the point, `scale` behind it; zeros instead of a negative scale. */
static jl_arrow_element read_decimal(const unsigned char *at, int scale, char *buffer) {
    int128 value;
    memcpy(&value, at, sizeof value);
    const bool negative = value < 0;
    uint128 left = negative ? (uint128)0 - (uint128)value : (uint128)value;
    char *end = buffer + JL_ELEMENT_BYTES, *first = end;
    for (int zeros = scale; zeros < 0; zeros++) *--first = '0';
    for (int place = 0; left != 0 || place <= scale || place == 0; place++) {
        if (place == scale && place > 0) *--first = '.';
        *--first = (char)('0' + (int)(left % 10));
        left /= 10;
    }
    if (negative) *--first = '-';
    return decimal_element(first, (size_t)(end - first));
}

static jl_arrow_element read_bounds(const jl_arrow_column *column, int64_t start, int64_t end) {
    if (start < 0 || end < start || (end > start && column->bytes == NULL)) return bad_element;
    return end == start ? text_element("", 0) : text_element(column->bytes + start, (size_t)(end - start));
}

/* A view holds its length, then up to 12 bytes of text, or 4 of them, the number of a buffer and an offset there. */
static jl_arrow_element read_view(const jl_arrow_column *column, const unsigned char *at) {
    const int64_t length = signed_at(at, 4), number = signed_at(at + 8, 4), offset = signed_at(at + 12, 4);
    if (length < 0) return bad_element;
    if (length <= 12) return text_element((const char *)at + 4, (size_t)length);
    if (number < 0 || (uint64_t)number >= column->n_view_buffers || offset < 0 || column->buffers[number] == NULL)
        return bad_element;
    return text_element((const char *)column->buffers[number] + offset, (size_t)length);
}

static jl_arrow_element read_date(double days, char *buffer) {
    int year, month, day;
    if (!(days >= -719162 && days <= 2932896)) return bad_element; /* years 0001 to 9999 */
    jl_date_split(days, &year, &month, &day);
    return text_element(buffer, (size_t)snprintf(buffer, JL_ELEMENT_BYTES, "%04d-%02d-%02d", year, month, day));
}

static jl_arrow_element read_milliseconds(int64_t milliseconds, char *buffer) {
    const int64_t day = 86400000;
    return milliseconds % day != 0 ? bad_element : read_date((double)(milliseconds / day), buffer);
}

static double float64_at(const unsigned char *at) {
    double value;
    memcpy(&value, at, sizeof value);
    return value;
}

static float float32_at(const unsigned char *at) {
    float value;
    memcpy(&value, at, sizeof value);
    return value;
}

jl_arrow_element jl_arrow_read(const jl_arrow_column *column, size_t i, char *buffer) {
    if (jl_arrow_is_null(column, i)) return (jl_arrow_element){JL_ELEMENT_NONE, 0.0, {NULL, 0}};
    const unsigned char *at = element_at(column, i);
    switch (column->kind) {
    case JL_ARROW_BOOL: return number_element(bit_at(column->values, column->offset + i) ? 1.0 : 0.0);
    case JL_ARROW_SIGNED: return read_signed(signed_at(at, column->width), buffer);
    case JL_ARROW_UNSIGNED: return read_unsigned(unsigned_at(at, column->width), buffer);
    case JL_ARROW_FLOAT32: return number_element(jl_arrow_shortest_float(float32_at(at)));
    case JL_ARROW_FLOAT64: return number_element(float64_at(at));
    case JL_ARROW_DECIMAL128: return read_decimal(at, column->scale, buffer);
    case JL_ARROW_TEXT: return read_bounds(column, signed_at(at, 4), signed_at(at + 4, 4));
    case JL_ARROW_LARGE_TEXT: return read_bounds(column, signed_at(at, 8), signed_at(at + 8, 8));
    case JL_ARROW_TEXT_VIEW: return read_view(column, at);
    case JL_ARROW_DAYS: return read_date((double)signed_at(at, 4), buffer);
    case JL_ARROW_MILLISECONDS: return read_milliseconds(signed_at(at, 8), buffer);
    case JL_ARROW_NULL:
    case JL_ARROW_DICTIONARY: break;
    }
    return bad_element;
}

int64_t jl_arrow_index(const jl_arrow_column *column, size_t i) {
    const unsigned char *at = element_at(column, i);
    const int64_t index = column->is_signed ? signed_at(at, column->width) : (int64_t)unsigned_at(at, column->width);
    return index >= 0 && index < column->entry_array->length ? index : -1;
}

/* ---- float32 ---- */

#define FLOAT_DIGITS 9 /* that always suffice */

/* Exact up to 10^15, rounded once. */
static double times_power(double value, int digits) {
    const double power = jl_number_from_scaled(1, digits < 0 ? digits : -digits);
    return digits < 0 ? value / power : value * power;
}

/* Tries the decimals m / 10^digits around a float, the nearest one first; the next one may be its own where the floats
 * below stand closer than those above. */
static bool try_digits(float magnitude, int digits, double *value_out) {
    const int64_t m = (int64_t)(times_power((double)magnitude, digits) + 0.5);
    for (int64_t candidate = m; candidate <= m + 1; candidate++) {
        *value_out = jl_number_from_scaled(candidate, digits);
        if ((float)*value_out == magnitude) return true;
    }
    return false;
}

/* Very large and very small floats, by MPFR. */
static double shortest_slowly(float magnitude) {
    double value = (double)magnitude;
    mpfr_t x;
    mpfr_init2(x, FLT_MANT_DIG);
    mpfr_set_flt(x, magnitude, MPFR_RNDN);
    for (size_t n = 1; n <= FLOAT_DIGITS; n++) {
        char digits[FLOAT_DIGITS + 3], text[FLOAT_DIGITS + 24];
        mpfr_exp_t point;
        mpfr_get_str(digits, &point, 10, n, x, MPFR_RNDN);
        const int length = snprintf(text, sizeof text, "0.%se%ld", digits, (long)point);
        if (jl_number_parse((jl_text){text, (size_t)length}, &value, NULL) && (float)value == magnitude) break;
    }
    mpfr_clear(x);
    return value;
}

double jl_arrow_shortest_float(float value) {
    const float magnitude = fabsf(value);
    if (!isfinite(value) || magnitude == 0) return (double)magnitude;
    double shortest = 0.0;
    if (magnitude < 1e-5f || magnitude >= 1e15f) {
        shortest = shortest_slowly(magnitude);
    } else {
        int digits = 5; /* of one significant digit: of the smallest number here */
        while (times_power((double)magnitude, digits) >= 10) digits--;
        while (!try_digits(magnitude, digits, &shortest)) digits++;
    }
    return value < 0 ? -shortest : shortest;
}
