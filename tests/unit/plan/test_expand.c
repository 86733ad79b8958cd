/* SPDX-License-Identifier: Apache-2.0
 *
 * Methods: what their definitions make of their arguments, in each of their bad cases too, and which calls are refused.
 */
#include "formulas.h"

static void targets_are_scored_as_the_manuals_say(void **state) {
    static const formula_case cases[] = {
        {__LINE__, "achievement(실적, 목표, up, cap = 100)", {80, 100, 80, M}},
        {__LINE__, "achievement(실적, 목표, up, cap = none)", {80, 120, 80, M}},
        {__LINE__, "achievement(실적, 목표, up, cap = 100, floor = 90)", {90, 100, 90, M}},
        {__LINE__, "achievement(실적, 목표, down, form = ratio, cap = none)", {125, 83.3333333333, 125, M}},
        {__LINE__, "achievement(실적, 목표, down, form = mirrored, cap = none)", {120, 80, 120, M}},
        {__LINE__, "achievement(실적, 실적 - 8, up, cap = 100)", {U, 100, 100, M}},
        {__LINE__, "achievement(실적 - 8, 목표, down, form = ratio, cap = none)", {U, 250, 208.3333333333, M}},
        {__LINE__, "met(실적, 목표, up)", {0, 100, 0, M}},
        {__LINE__, "met(실적, 목표, down)", {100, 0, 100, M}},
        {__LINE__, "met(실적, 목표, up, partial = 0.8)", {80, 100, 80, M}},
        {__LINE__, "met(실적, 목표, up, partial = 0.9)", {0, 100, 0, M}},
        {__LINE__, "met(실적, 목표, down, partial = 0.8)", {100, 83.3333333333, 100, M}},
        {__LINE__, "met(실적, 실적 - 8, up, partial = 0.8)", {U, 100, 100, M}},
        {__LINE__, "improvement(실적, 목표)", {-20, 20, -20, M}},
        {__LINE__, "improvement(목표, 실적 - 8)", {U, 150, 108.3333333333, M}},
        {__LINE__, "middle(실적, 10, 4)", {50, 50, 0, M}},
        {__LINE__, "middle(실적, 10, 4, floor = 20)", {50, 50, 20, M}},
        {__LINE__, "middle(목표, 10, 실적 - 8)", {U, 100, 0, M}},
        {__LINE__, "band(실적, 9, 13, 4)", {75, 100, 0, M}},
        {__LINE__, "band(10, 실적, 13, 4)", {100, 50, U, M}},
    };
    check_formulas(state, cases, N_OF(cases));
}

static void intervals_run_from_the_lowest_to_the_highest_target(void **state) {
    static const formula_case cases[] = {
        {__LINE__, "interval(실적, low = 8, high = 18, floor = 20)", {20, 52, 100, M}},
        {__LINE__, "interval(실적, low = 18, high = 8, floor = 20)", {100, 68, 20, M}},
        {__LINE__, "interval(실적, low = 18, high = 8, floor = 20, direction = down)", {100, 68, 20, M}},
        {__LINE__, "interval(실적, low = 18, high = 8, floor = 20, direction = up)", {U, U, U, M}},
        {__LINE__, "interval(실적, low = 목표, high = 10, floor = 0)", {U, U, 33.3333333333, M}},
        {__LINE__, "ratio(실적, 10, share = 0.2, direction = up, floor = 20)", {20, 100, 100, M}},
        {__LINE__, "ratio(실적, 10, share = 0.2, direction = down, floor = 20)", {100, 20, 20, M}},
        {__LINE__, "ratio(10, 실적 - 8, share = 0.2, direction = up, floor = 20)", {U, 100, 26.6666666667, M}},
        {__LINE__, "base(이력.값, up)", {6, 4, M, M}},
        {__LINE__, "base(이력.값, down)", {3, 4, M, M}},
        {__LINE__, "base([5, 7, 3], up)", {5, 5, 5, 5}},
        {__LINE__, "deviation(실적, 이력.값, up, k = 2, sigma = population, floor = 20)", {78.5164019955, U, U, M}},
        {__LINE__, "deviation(실적, 이력.값, up, k = 2, sigma = sample, floor = 20)", {75.1185789204, U, U, M}},
        {__LINE__, "deviation(실적, 이력.값, down, k = 2, sigma = population, floor = 20)", {20, U, U, M}},
        {__LINE__, "deviation(7, [5, 7, 3], up, k = 1, sigma = sample, floor = 0)", {100, 100, 100, 100}},
        {__LINE__, "trend(실적, 이력.값, up, floor = 20)", {60, U, U, M}},
        {__LINE__, "beta(실적, low = 8, likely = 8, high = 14, floor = 20)", {32.6924203145, 99.8920081575, 100, M}},
        {__LINE__, "beta(10, low = 실적, likely = 8, high = 10, floor = 20)", {99.9999770679, U, U, M}},
        {__LINE__, "path(실적, 이력.값, 이력.값 + 10, 2015, floor = 20)", {68, 84, U, U}},
        {__LINE__, "benchmark(실적 over all, n = 2, low = 8, direction = up, floor = 0)", {0, 50, 100, M}},
        {__LINE__, "benchmark(실적 over group, n = 9, low = 20, direction = down, floor = 0)", {100, 80, U, M}},
    };
    check_formulas(state, cases, N_OF(cases));
}

static void peers_are_those_the_call_says(void **state) {
    static const formula_case cases[] = {
        {__LINE__, "minmax(실적 over all, direction = up)", {0, 33.3333333333, 100, M}},
        {__LINE__, "minmax(실적 over all, direction = down)", {100, 66.6666666667, 0, M}},
        {__LINE__, "minmax(실적 over group, direction = up)", {0, 100, U, M}},
        {__LINE__, "minmax(실적 over all where 목표 == 10, direction = up)", {0, 100, 300, M}},
        {__LINE__, "z(실적 over all, sigma = population)", {-1.0690449676, -0.2672612419, 1.3363062096, M}},
        {__LINE__, "z(실적 over all, sigma = sample)", {-0.8728715609, -0.2182178902, 1.0910894512, M}},
        {__LINE__, "z(실적 over group, sigma = population)", {-1, 1, U, M}},
        {__LINE__, "t(실적 over group, sigma = population)", {40, 60, U, M}},
        {__LINE__, "percentile(실적 over all, best = high)", {0, 50, 100, M}},
        {__LINE__, "percentile(실적 over all, best = low)", {100, 50, 0, M}},
        {__LINE__, "percentile(목표 over all, best = high)", {33.3333333333, 33.3333333333, 100, 100}},
        {__LINE__, "percentile(목표 over all, best = high, ties = max)", {0, 0, 66.6666666667, 66.6666666667}},
        {__LINE__, "percentile(목표 over all, best = high, ties = average)", {16.6666666667, 16.6666666667, 83.3333333333, 83.3333333333}},
        {__LINE__, "percentile(실적 over group, best = high)", {0, 100, U, M}},
        {__LINE__, "percentile(실적 over all, best = high, ties = half)", {16.6666666667, 50, 83.3333333333, M}},
        {__LINE__, "percentile(실적 over all, best = high, ties = half, weight = 정원)", {8.3333333333, 33.3333333333, 75, M}},
    };
    check_formulas(state, cases, N_OF(cases));
}

static void checklists_count_the_met_items(void **state) {
    static const formula_case cases[] = {
        {__LINE__, "checklist([실적 > 8, 목표 > 10])", {0, 50, 100, 100}},
        {__LINE__, "checklist([실적 > 8, 목표 > 10], w = [3, 1])", {0, 75, 100, 100}},
        {__LINE__, "checklist(대장.달성 == '예')", {66.6666666667, 100, U, U}},
        {__LINE__, "checklist(대장.달성 == '예', w = 대장.건수)", {40, 100, U, U}},
    };
    check_formulas(state, cases, N_OF(cases));
}

static void calls_of_methods_that_do_not_fit_are_refused(void **state) {
    static const formula_fault cases[] = {
        {__LINE__, "achievement(실적, 목표, up)",
                   "^", "JL0205", "`achievement` needs the argument `cap` here"},
        {__LINE__, "achievement(실적, 목표, down, cap = 100)",
                   "^", "JL0205", "`achievement` needs the argument `form` here"},
        {__LINE__, "achievement(실적, 목표, up, cap = 100, cup = 3)",
                   "                                       ^", "JL0205", "`achievement` has no parameter `cup`"},
        {__LINE__, "improvement(실적, 목표, 3)",
                   "                        ^", "JL0205", "`improvement` takes at most 2 arguments, found 3"},
        {__LINE__, "improvement(실적, 목표, actual = 3)",
                   "                        ^", "JL0205", "`actual` is given twice"},
        {__LINE__, "z(실적, sigma = sample)",
                   "^", "JL0205", "`z` needs to know over whom"},
        {__LINE__, "achievement(실적, 목표, sideways, form = ratio, cap = 100)",
                   "                        ^", "JL0202", "unknown name `sideways`"},
        {__LINE__, "achievement(실적, 목표, up, cap = 100 + 등급)",
                   "                                        ^", "JL0206", "expected a number, found a text"},
        {__LINE__, "achievement(실적, up, up, cap = 100)",
                   "                  ^", "JL0202", "unknown name `up`"},
        {__LINE__, "middle(실적, 10, none)",
                   "                 ^", "JL0202", "unknown name `none`"},
        {__LINE__, "benchmark(실적, n = 2, low = 8, direction = up, floor = 0)",
                   "^", "JL0205", "`benchmark` needs to know over whom"},
    };
    check_faults(state, cases, N_OF(cases));
}

/* Words of a method are known in its place only, or as a choice of a column that maps to them. */
static void a_column_may_bring_the_word(void **state) {
    evaluation *made = *state;
    SCORE(made,
          "jeoul: 1\ntables: {부서: {key: 부서, columns: {실적: number, 목표: number, 방향: {상향: up, 하향: down}}}}\n"
          "entities: 부서\nscorecard: {indicators: [{id: 가,\n"
          "  score: \"achievement(실적, 목표, 방향, form = ratio, cap = none)\"}]}\nresults: {round: {total: 0}}\n",
          {"부서", "부서,실적,목표,방향\n갑,5,10,상향\n을,5,10,하향\n"});
    assert_figures(made, "가", 50, 200);
}

static const char *nested(char *text, size_t size, const char *before, const char *middle, const char *after,
                          size_t times) {
    text[0] = '\0';
    for (size_t time = 0; time < times; time++) (void)strncat(text, before, size - strlen(text) - 1);
    (void)strncat(text, middle, size - strlen(text) - 1);
    for (size_t time = 0; time < times; time++) (void)strncat(text, after, size - strlen(text) - 1);
    return text;
}

static void methods_in_methods_have_a_depth(void **state) {
    evaluation *made = *state;
    char text[2048];
    assert_int_equal(
        parse_rulebook(made, formula_rulebook(nested(text, sizeof text, "improvement(", "실적", ", 1)", 12))), JEOUL_OK);
    assert_int_equal(
        parse_rulebook(made, formula_rulebook(nested(text, sizeof text, "improvement(", "실적", ", 1)", 13))),
        JEOUL_RULEBOOK);
    assert_diagnostic(made, first_error(made), "JL0211", "methods are nested more than 12 deep");
}

/* An argument stands several times in a definition: nesting would multiply the work. */
static void formulas_that_grow_without_end_are_refused(void **state) {
    evaluation *made = *state;
    char text[2048];
    const jeoul_status status = parse_rulebook(
        made, formula_rulebook(nested(text, sizeof text, "minmax(", "실적", " over all, direction = up)", 12)));
    assert_int_equal(status, JEOUL_RULEBOOK);
    assert_diagnostic(made, first_error(made), "JL0211", "too large");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        EVALUATION_TEST(targets_are_scored_as_the_manuals_say),
        EVALUATION_TEST(intervals_run_from_the_lowest_to_the_highest_target),
        EVALUATION_TEST(peers_are_those_the_call_says),
        EVALUATION_TEST(checklists_count_the_met_items),
        EVALUATION_TEST(calls_of_methods_that_do_not_fit_are_refused),
        EVALUATION_TEST(a_column_may_bring_the_word),
        EVALUATION_TEST(methods_in_methods_have_a_depth),
        EVALUATION_TEST(formulas_that_grow_without_end_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
