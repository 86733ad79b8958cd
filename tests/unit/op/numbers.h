/* SPDX-License-Identifier: Apache-2.0
 *
 * Random operands for the tests of src/op, and the ladder that asks an exact meaning again until it is closed. Operands
 * are decimals of few digits, so that equal values, zeros and half cases are common.
 */
#ifndef TEST_OP_NUMBERS_H
#define TEST_OP_NUMBERS_H

#include <math.h>

#include "op/functions.h"

typedef struct random_source {
    uint64_t state;
} random_source;

static inline uint32_t random_below(random_source *random, uint32_t n) {
    random->state = random->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(random->state >> 33) % n;
}

static inline double random_decimal(random_source *random) {
    static const double scales[] = {1, 2, 10, 100, 1000};
    const double whole = (double)random_below(random, random_below(random, 4) == 0 ? 100001 : 41) - 20.0;
    return whole / scales[random_below(random, JL_COUNT(scales))];
}

/* No values and states most of the time, so that states meet states too. */
static inline uint8_t random_state(random_source *random) {
    return random_below(random, 4) != 0 ? JL_VALUE : (uint8_t)random_below(random, JL_UNDEFINED + 1);
}

static inline bool agree(double a, double b) {
    const double magnitude = fmax(1.0, fmax(fabs(a), fabs(b)));
    return a == b || fabs(a - b) <= 1e-9 * magnitude;
}

#endif
