/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a formula. A formula that can be read prints to a text that reads and prints the same; and as the score of an
 * indicator it is refused or computed.
 */
#include <stdlib.h>
#include <string.h>

#include "formula/formula.h"
#include "fuzz.h"

enum { MAX_FORMULA = JL_FORMULA_MAX_BYTES + 64 };

static const char BEFORE[] = "jeoul: 1\n"
                             "id: fuzz\n"
                             "period: {from: 2017-01-01, to: 2017-12-31}\n"
                             "tables:\n"
                             "  부서:\n"
                             "    key: 부서\n"
                             "    columns:\n"
                             "      군: [가, 나]\n"
                             "      방향: {상향: up, 하향: down}\n"
                             "      날: date\n"
                             "      가동: number\n"
                             "      실적: number\n"
                             "      목표: number\n"
                             "entities: 부서\n"
                             "groups: 군\n"
                             "scales:\n"
                             "  구간: {at_least: {95: 100, 90: 90}, otherwise: 70}\n"
                             "scorecard:\n"
                             "  indicators:\n"
                             "    - id: 지표\n"
                             "      missing: 0\n"
                             "      not_applicable: 0\n"
                             "      not_due: 0\n"
                             "      undefined: 0\n"
                             "      score: ";
static const char AFTER[] = "\nresults: {round: {total: 2}, rank: {within: group}}\n";
static const char TABLE[] = "부서,군,방향,날,가동,실적,목표\n"
                            "하나,가,상향,2017-01-31,1,95.5,100\n"
                            "둘,가,하향,2017-02-28,0,3,4\n"
                            "셋,나,상향,,2.5,,7\n"
                            "넷,나,하향,2016-12-31,-1,0,0\n"
                            "다섯,나,상향,2017-12-31,1e3,33.333,99.999\n";

/* NULL: it cannot be read. Otherwise printed, to be released with free; zero bytes may stand in its names. */
static char *print(const char *formula, size_t length, size_t *length_out) {
    jl_arena *arena = jl_arena_new();
    const jl_source source = {JL_TEXT("fuzz"), {formula, length}};
    const jl_span span = {&source, 0, (uint32_t)length};
    jl_buffer buffer = {NULL, 0, 0, false};
    jeoul_status status = JEOUL_OK;
    if (arena == NULL) abort();
    const jl_ast *ast = jl_formula_parse(arena, span, NULL, &status);
    if ((ast == NULL) != (status != JEOUL_OK)) abort();
    if (ast != NULL) jl_formula_print(ast, &buffer);
    jl_arena_free(arena);
    return ast == NULL ? NULL : jl_buffer_take(&buffer, length_out);
}

static void print_twice(const char *formula, size_t length) {
    size_t n_once = 0, n_twice = 0;
    char *once = print(formula, length, &n_once);
    if (once != NULL && n_once <= JL_FORMULA_MAX_BYTES) {
        char *twice = print(once, n_once, &n_twice);
        if (twice == NULL || n_once != n_twice || memcmp(once, twice, n_once) != 0) abort();
        free(twice);
    }
    free(once);
}

static void score(const char *formula, size_t length) {
    const size_t n_before = sizeof(BEFORE) - 1, n_after = sizeof(AFTER) - 1;
    jeoul_rulebook *rulebook = NULL;
    char *text = malloc(n_before + length + n_after);
    if (text == NULL) abort();
    memcpy(text, BEFORE, n_before);
    for (size_t i = 0; i < length; i++) {
        text[n_before + i] = formula[i] == '\n' || formula[i] == '\r' ? ' ' : formula[i];
    }
    memcpy(text + n_before + length, AFTER, n_after);
    const jeoul_status status =
        jeoul_rulebook_parse("fuzz.yaml", text, n_before + length + n_after, NULL, &rulebook, NULL);
    if (status == JEOUL_OK) fuzz_score(rulebook, "부서", TABLE, sizeof(TABLE) - 1);
    if (status == JEOUL_INTERNAL) abort();
    jeoul_rulebook_free(rulebook);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    const char *formula = (const char *)bytes;
    if (length > MAX_FORMULA) return 0;
    if (jl_text_is_utf8((jl_text){formula, length}, NULL)) print_twice(formula, length);
    score(formula, length);
    return 0;
}
