/* SPDX-License-Identifier: Apache-2.0
 *
 * Eight bytes at a time: where a field of a CSV file ends, and the number that a short field says.
 *
 * A file of numbers is short fields of changing length, and a loop over their bytes mostly pays for guessing when it
 * ends. Here a field of up to eight bytes is one word, in which the first byte is the lowest; nothing is guessed.
 * The tests hold both functions against the plain ones. Whatever is longer, or is no plain number, goes the long
 * way.
 */
#ifndef JL_TABLE_EIGHT_H
#define JL_TABLE_EIGHT_H

#include "base/base.h"

#define JL_EIGHT_OF(byte) (UINT64_C(0x0101010101010101) * (byte))

static inline uint64_t jl_eight_load(const char *data) {
    uint64_t eight;
    memcpy(&eight, data, sizeof eight);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    eight = __builtin_bswap64(eight);
#endif
    return eight;
}

/* The high bit of each byte that is equal to `byte`; bits above the lowest one may be wrong. */
static inline uint64_t jl_eight_find(uint64_t eight, unsigned char byte) {
    const uint64_t difference = eight ^ JL_EIGHT_OF(byte);
    return (difference - JL_EIGHT_OF(0x01)) & ~difference & JL_EIGHT_OF(0x80);
}

/* Bytes before the first comma, quote or line end; 8: there is none. */
static inline size_t jl_eight_until_stop(uint64_t eight) {
    const uint64_t stops =
        jl_eight_find(eight, ',') | jl_eight_find(eight, '"') | jl_eight_find(eight, '\n') | jl_eight_find(eight, '\r');
    return stops == 0 ? 8 : (size_t)__builtin_ctzll(stops) / 8;
}

/* The number that the first `length` bytes say, if it is up to eight digits, one of which may be a point inside. */
static inline bool jl_eight_number(uint64_t eight, size_t length, double *value_out) {
    static const double powers[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7};
    if (length - 1 >= 8) return false;
    size_t n_decimals = 0;
    const unsigned unused = 64 - 8 * (unsigned)length;
    if (unused != 0) eight = eight << unused | JL_EIGHT_OF('0') >> (64 - unused); /* zeros before the first digit */
    const uint64_t points = jl_eight_find(eight, '.');
    if (points != 0) {
        const unsigned point = (unsigned)__builtin_ctzll(points) & ~7u; /* its lowest bit */
        if (point <= unused || point == 56) return false;
        const uint64_t before = eight & ((UINT64_C(1) << point) - 1);
        eight = (eight & ~((UINT64_C(0x100) << point) - 1)) | before << 8 | '0';
        n_decimals = 7 - point / 8;
    }
    const bool digits =
        ((eight & JL_EIGHT_OF(0xF0)) | ((eight + JL_EIGHT_OF(0x06)) & JL_EIGHT_OF(0xF0)) >> 4) == JL_EIGHT_OF(0x33);
    if (!digits) return false;
    eight = (eight & JL_EIGHT_OF(0x0F)) * 10 + ((eight & JL_EIGHT_OF(0x0F)) >> 8); /* pairs, in the even bytes */
    const uint64_t pairs = UINT64_C(0x000000FF000000FF);
    const uint64_t sum =
        (eight & pairs) * (100 + (UINT64_C(1000000) << 32)) + (eight >> 16 & pairs) * (1 + (UINT64_C(10000) << 32));
    *value_out = (double)(sum >> 32) / powers[n_decimals];
    return true;
}

#endif
