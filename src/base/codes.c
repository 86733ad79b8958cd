/* SPDX-License-Identifier: Apache-2.0
 *
 * The table of diagnostic codes: number, severity and title of each. All of it comes from codes.def.
 */
#include "base/collected.h"

typedef struct code_row {
    const char *number, *title;
    jeoul_severity severity;
} code_row;

static const code_row rows[] = {
#define JL_CODE(name, number, severity, title) {number, title, JEOUL_##severity},
#include "base/codes.def"
#undef JL_CODE
};

const char *jl_code_number(jl_code code) {
    assert(code < JL_N_CODES);
    return rows[code].number;
}

const char *jl_code_title(jl_code code) {
    assert(code < JL_N_CODES);
    return rows[code].title;
}

jeoul_severity jl_code_severity(jl_code code) {
    assert(code < JL_N_CODES);
    return rows[code].severity;
}

/* Sections 04 and 05 are about tables and what they hold; the others are about the rulebook. */
jeoul_status jl_code_status(jl_code code) {
    if (jl_code_severity(code) != JEOUL_ERROR) return JEOUL_OK;
    const char section = rows[code].number[3];
    return section == '4' || section == '5' ? JEOUL_DATA : JEOUL_RULEBOOK;
}

jl_code jl_code_by_number(jl_text number) {
    for (size_t code = 0; code < JL_COUNT(rows); code++) {
        if (jl_text_equal(number, jl_text_of(rows[code].number))) return (jl_code)code;
    }
    return JL_N_CODES;
}
