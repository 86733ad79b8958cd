/* SPDX-License-Identifier: Apache-2.0
 *
 * The printed plan: one line per stage and operation, with every kind of operand and parameter.
 */
#include "../../evaluations.h"

static const char rulebook[] =
    "jeoul: 1\nid: small\n"
    "tables:\n  부서: {key: 부서, columns: {군: [갑, 을], 실적: number}}\n  대장: {key: [부서, 번호], columns: {점: number}}\n"
    "entities: 부서\ngroups: 군\n"
    "scorecard:\n  indicators:\n"
    "    - {id: 가, score: 실적 / 4, round: 1, missing: 0}\n"
    "    - {id: 나, weight: {갑: none, 을: 1}, score: \"mean(대장.점 where 번호 == '1', from = 2)\", missing: redistribute}\n"
    "    - {id: 다, score: \"best(대장.점, n = 3, direction = up)\", undefined: not_due, missing: redistribute}\n"
    "    - {id: 라, score: sum(대장.점 over group)}\n" /* parts by a column of another table */
    "  indicator: {weight: 1}\n  weight_total: free\n"
    "results: {round: {total: 2, mode: truncate}, rank: {}}\n";

static void a_plan_shows_its_operations_operands_and_parameters(void **state) {
    static const char *const parts[] = {
        "plan of small: ",
        "\nstage 1 over 부서\n",
        " = DIV 부서.실적 4  ; 가\n",
        " mask=16 code=JL0502  ; 가\n",
        " digits=1 mode=2  ; 가 [kept]\n",
        " 0 mask=8  ; 가\n",
        " SUM  ; total\n",
        ", whole columns\n",
        " = PARTITION 부서.군 [kept]\n",
        " = PARTITION 대장.부서 [kept]\n",
        " = LOOKUP 부서.부서 in parts of %",
        " = CODE_EQ 대장.번호 '1'  ; 나",
        " = MEAN %",
        " 대장.점 where %",
        " from=2  ; 나 [kept]\n",
        " n=3  ; 다 [kept]\n",
        " over parts of %",
        " = RANK %",
    };
    evaluation *made = *state;
    char *text = NULL;
    assert_int_equal(parse_rulebook(made, rulebook), JEOUL_OK);
    assert_int_equal(jeoul_rulebook_plan(made->rulebook, &text), JEOUL_OK);
    for (size_t part = 0; part < N_OF(parts); part++) {
        if (strstr(text, parts[part]) == NULL) fail_msg("no `%s` in\n%s", parts[part], text);
    }
    jeoul_text_free(text);
}

/* The number after %, or 0 at another kind of operand. */
static unsigned value_at(const char *text) {
    unsigned value = 0;
    return sscanf(text, "%%%u", &value) == 1 ? value : 0;
}

/* Marks what a line defines; false: it reads what no line above it has defined. */
static bool follow_line(const char *line, bool *defined) {
    const unsigned out = value_at(line + 2);
    const char *end = strchr(line, '\n');
    bool good = true;
    for (const char *at = strchr(line, '='); at != NULL && at < end; at = strchr(at + 1, '%')) {
        good = good && (*at != '%' || defined[value_at(at)]);
    }
    defined[out] = true;
    return good;
}

static void operations_stand_after_what_they_read(void **state) {
    evaluation *made = *state;
    bool defined[1024] = {false};
    char *text = NULL;
    assert_int_equal(parse_rulebook(made, rulebook), JEOUL_OK);
    assert_int_equal(jeoul_rulebook_plan(made->rulebook, &text), JEOUL_OK);
    for (const char *line = strstr(text, "\n  %"); line != NULL; line = strstr(line + 1, "\n  %")) {
        if (!follow_line(line + 1, defined)) fail_msg("%.80s", line);
    }
    jeoul_text_free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        EVALUATION_TEST(a_plan_shows_its_operations_operands_and_parameters),
        EVALUATION_TEST(operations_stand_after_what_they_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
