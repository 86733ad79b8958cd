/* SPDX-License-Identifier: Apache-2.0
 *
 * Elements of Arrow arrays: the decimal that a float32 stands for, and formats.
 */
#include <float.h>
#include <math.h>

#include "table/arrow_values.h"
#include "tables.h"

/* The shortest %.{n}g that reads back as the same float; tests run in the C locale. */
static double shortest_by_printf(float value) {
    char text[64];
    for (int n = 1; n <= 9; n++) {
        snprintf(text, sizeof text, "%.*g", n, (double)value);
        if (strtof(text, NULL) == value) break;
    }
    return strtod(text, NULL);
}

static void a_float_means_its_shortest_decimal(void **state) {
    static const float values[] = {0.0f,    87.4f,        -0.1f,       1.0f,         100.0f,        1e15f,
                                   9.9e14f, 123456789.0f, 1e-5f,       9.999999e-6f, 3.4028235e38f, 1.17549435e-38f,
                                   1e-45f,  16777216.0f,  33554432.0f, 0.3333333f,   1e10f,         99999.99f};
    (void)state;
    for (size_t i = 0; i < JL_COUNT(values); i++) {
        assert_true(jl_arrow_shortest_float(values[i]) == shortest_by_printf(values[i]));
    }
    assert_true(isnan(jl_arrow_shortest_float(NAN)));
    assert_true(isinf(jl_arrow_shortest_float(-INFINITY)));
}

/* At powers of two floats above stand wider than floats below, and the nearest decimal may be another float's. */
static void floats_of_all_sizes_come_back(void **state) {
    uint32_t random = 2463534242u;
    (void)state;
    for (int i = 0; i < 200000; i++) {
        float value;
        random ^= random << 13;
        random ^= random >> 17;
        random ^= random << 5;
        const uint32_t bits = i % 4 == 0 ? random & 0xFF800000u : random;
        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value)) continue;
        const double shortest = jl_arrow_shortest_float(value);
        assert_true((float)shortest == value);
        char ours[64], theirs[64];
        snprintf(ours, sizeof ours, "%.9g", shortest);
        snprintf(theirs, sizeof theirs, "%.9g", shortest_by_printf(value));
        assert_true(strlen(ours) <= strlen(theirs)); /* printf may miss the upper neighbour at a power of two */
    }
}

static void formats_are_known_or_refused(void **state) {
    static const struct {
        const char *format;
        bool known;
    } cases[] = {
        {"g", true},      {"d:19,10", true},      {"d:19,10,128", true}, {"d:5,-3", true}, {"vu", true},
        {"tdD", true},    {"d:19,10,256", false}, {"d:19", false},       {"d:", false},    {"d:1,2,128,4", false},
        {"d:x,2", false}, {"d:9999999,2", false}, {"", false},           {"gg", false},    {"tss:", false},
        {"+s", false},    {"z", false},
    };
    static const void *buffers[3] = {NULL, "", ""};
    (void)state;
    for (size_t i = 0; i < JL_COUNT(cases); i++) {
        const struct ArrowSchema schema = {.format = cases[i].format};
        const struct ArrowArray array = {.n_buffers = 3, .buffers = buffers};
        jl_arrow_column column;
        if (jl_arrow_open(&schema, &array, 0, 0, &column) != cases[i].known) fail_msg("%s", cases[i].format);
    }
    const struct ArrowArray few = {.n_buffers = 1, .buffers = buffers},
                            negative = {.length = -1, .n_buffers = 3, .buffers = buffers};
    jl_arrow_column column;
    assert_false(jl_arrow_open(&(struct ArrowSchema){.format = "g"}, &few, 0, 0, &column));
    assert_false(jl_arrow_open(&(struct ArrowSchema){.format = "g"}, &negative, 0, 0, &column));
    assert_false(jl_arrow_open(&(struct ArrowSchema){.format = NULL}, &few, 0, 0, &column));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_float_means_its_shortest_decimal),
        cmocka_unit_test(floats_of_all_sizes_come_back),
        cmocka_unit_test(formats_are_known_or_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
