/* SPDX-License-Identifier: Apache-2.0
 *
 * For tests of formulas: one rulebook with one value `답`, into which a test puts a formula, over tables small enough to
 * do the sums by hand.
 */
#ifndef JL_TESTS_PLAN_FORMULAS_H
#define JL_TESTS_PLAN_FORMULAS_H

#include "../../evaluations.h"

#define FORMULA_HEAD                                                                                               \
    "jeoul: 1\n"                                                                                                   \
    "id: formulas\n"                                                                                               \
    "period: {from: 2017-01-01, to: 2017-12-31}\n"                                                                 \
    "tables:\n"                                                                                                    \
    "  부서:\n"                                                                                                    \
    "    key: 부서\n"                                                                                              \
    "    columns: {군: [실과소, 읍면동], 실적: number, 목표: number, 정원: number, 상위: 부서, 시작일: date,\n"    \
    "      평점: {choice: {of: {상: 3, 중: 2, 하: 1}}}, 등급: [S, A], 수준: {ordered: {of: [하, 중, 상]}},\n"      \
    "      분기: quarter, 달: month}\n"                                                                            \
    "  대장: {key: [부서, 번호], columns: {항목: [수상, 제안], 건수: number, 달성: [예, 아니오]}}\n"               \
    "  이력: {key: [부서, 연도], columns: {연도: year, 값: number}}\n"                                             \
    "  요소: {key: [부서, 항], columns: {항: text, 목: text}}\n"                                                   \
    "  정의서: {key: 등급, columns: {배점: number}}\n"                                                             \
    "states: {해당없음: not_applicable, 미도래: not_due}\n"                                                        \
    "entities: 부서\n"                                                                                             \
    "groups: 군\n"                                                                                                 \
    "scales:\n"                                                                                                    \
    "  구간: {at_least: {10: 100, 8: 50}, otherwise: 0}\n"                                                         \
    "  곡선: {curve: [[0, 0], [10, 100]], below: hold, above: extend}\n"                                           \
    "  환산: {S: 90, A: 80}\n"                                                                                     \
    "  일부: {S: 90}\n"                                                                                            \
    "  나머지: {S: 90, otherwise: 10}\n"

#define FORMULA_TAIL                                                                                               \
    "scorecard: {areas: [{id: 합계, indicators: [{id: 기본, score: 50}, {id: 추가, score: 실적}], missing: 0}],\n" \
    "  indicator: {missing: 0}}\n"                                                                                 \
    "results: {round: {total: 2}}\n"

/* 가, 나: 실과소; 다, 라: 읍면동. 라 has no 실적, 다 no entries. */
static const given_table formula_tables[] = {
    {"부서", "부서,군,실적,목표,정원,상위,시작일,평점,등급,수준,분기,달\n"
             "가,실과소,8,10,10,,2017-01-01,상,S,상,2017-Q1,2017-03\n"
             "나,실과소,12,10,20,가,2017-02-15,중,A,하,2017-Q2,2017-04\n"
             "다,읍면동,20,25,30,나,,하,S,중,2017-Q3,2016-12\n"
             "라,읍면동,,25,40,가,2017-12-31,,,,,\n"},
    {"대장", "부서,번호,항목,건수,달성\n가,1,수상,2,예\n가,2,제안,3,아니오\n가,3,수상,,예\n나,1,제안,5,예\n라,1,수상,1,\n"},
    {"이력", "부서,연도,값\n가,2014,1\n가,2015,2\n가,2016,6\n나,2014,4\n나,2015,4\n나,2016,4\n다,2016,7\n"},
    {"요소", "부서,항,목\n가,ㄱ,ㄴ\n"},
    {"정의서", "등급,배점\nS,30\nA,20\n"},
};

/* There is no value (M), or it is undefined (U: what the rulebook answers). */
#define M NAN
#define U (-999.0)

typedef struct formula_case {
    int line;
    const char *formula;
    double expected[4];
} formula_case;

static inline const char *formula_rulebook(const char *formula) {
    static char text[8192];
    (void)snprintf(text, sizeof text, FORMULA_HEAD "values:\n  답:\n    formula: %s\n    undefined: -999\n    digits: 10\n"
                                                   FORMULA_TAIL, formula);
    return text;
}

static inline void check_formulas(void **state, const formula_case *cases, size_t n_cases) {
    evaluation *made = *state;
    for (size_t index = 0; index < n_cases; index++) {
        const formula_case *tried = &cases[index];
        score_well(made, formula_rulebook(tried->formula), formula_tables, N_OF(formula_tables), __FILE__, tried->line);
        check_figures(made, "답", tried->expected, 4, __FILE__, tried->line);
    }
}

/* A formula that is refused: a caret under its first wrong character (Hangul is two cells wide), code and a part of the
 * message. */
typedef struct formula_fault {
    int line;
    const char *formula, *caret, *code, *message;
} formula_fault;

/* Number of the character above a caret, from 1. */
static inline size_t character_above(const char *text, const char *caret) {
    const size_t wanted = strlen(caret) - 1;
    size_t n_characters = 0;
    for (size_t cell = 0; cell < wanted && *text != '\0'; n_characters++) {
        const size_t n_bytes = (*text & 0x80) == 0 ? 1 : (*text & 0x20) == 0 ? 2 : 3;
        cell += n_bytes == 3 ? 2 : 1;
        text += n_bytes;
    }
    return n_characters + 1;
}

static inline void check_fault(evaluation *made, const formula_fault *tried) {
    jeoul_diagnostic found = {0};
    const jeoul_status status = parse_rulebook(made, formula_rulebook(tried->formula));
    const size_t first = first_error(made);
    const bool is_there = jeoul_diagnostics_get(made->diagnostics, first, &found) == JEOUL_OK;
    const size_t column = strlen("    formula: ") + character_above(tried->formula, tried->caret);
    if (status == JEOUL_RULEBOOK && is_there && jeoul_diagnostics_error_count(made->diagnostics) == 1 &&
        strcmp(found.code, tried->code) == 0 && strstr(found.message, tried->message) != NULL &&
        found.column == column) {
        return;
    }
    print_error("%s\n%s: expected %s %s at column %zu, found %s at %u:\n", tried->formula, tried->caret, tried->code,
                tried->message, column, jeoul_status_text(status), found.column);
    show_diagnostics(made);
    _fail(__FILE__, tried->line);
}

static inline void check_faults(void **state, const formula_fault *cases, size_t n_cases) {
    for (size_t index = 0; index < n_cases; index++) check_fault(*state, &cases[index]);
}

#endif
