/* SPDX-License-Identifier: Apache-2.0
 *
 * Quotas: whole seats from shares of heads, grades down the ranking, ties across a cut.
 */
#include "../../evaluations.h"

/* Entities with the scores n, n - 1 … 1; `heads` heads each. */
static void write_entities(char *text, size_t size, size_t n) {
    (void)snprintf(text, size, "부서,점,인원\n");
    for (size_t entity = 0; entity < n; entity++) {
        (void)snprintf(text + strlen(text), size - strlen(text), "e%03zu,%zu,1\n", entity, n - entity);
    }
}

#define HEAD(other)                                                                                           \
    "jeoul: 1\ntables: {부서: {key: 부서, columns: {점: number, " other "}}}\nentities: 부서\n"                \
    "grades: [S, A, B, C]\nscorecard: {value: 점}\n"

static jeoul_status grade(evaluation *made, const char *settings, const char *text) {
    char rulebook[2048];
    (void)snprintf(rulebook, sizeof rulebook, HEAD("인원: number") "results: {round: {total: 2}, rank: {}, grade: {%s}}\n", settings);
    return TRY_SCORE(made, rulebook, {"부서", text});
}

static void check_seats(evaluation *made, const size_t expected[4], const char *file, int line) {
    size_t found[4] = {0};
    for (size_t entity = 0; entity < jeoul_result_entity_count(made->result); entity++) {
        const char *name = jeoul_result_grade(made->result, entity);
        found[*name == 'S' ? 0 : *name - 'A' + 1]++;
    }
    for (size_t index = 0; index < 4; index++) _assert_int_equal(found[index], expected[index], file, line);
}

static void fractions_of_heads_become_seats_as_declared(void **state) {
    static const struct {
        const char *seats;
        size_t n, expected[4];
    } cases[] = {
        {"cumulative_half_up", 35, {7, 11, 14, 3}},    {"cumulative_floor", 35, {7, 10, 14, 4}},
        {"cumulative_ceiling", 35, {7, 11, 14, 3}},    {"largest_remainder", 35, {7, 11, 14, 3}},
        {"cumulative_half_up", 15, {3, 5, 6, 1}},      {"cumulative_floor", 15, {3, 4, 6, 2}},
        {"cumulative_ceiling", 15, {3, 5, 6, 1}},      {"largest_remainder", 15, {3, 5, 6, 1}},
        {"each_half_up", 50, {10, 15, 20, 5}},         {"cumulative_half_up", 50, {10, 15, 20, 5}},
        {"cumulative_half_up", 1, {0, 1, 0, 0}},       {"cumulative_floor", 1, {0, 0, 0, 1}},
        {"cumulative_ceiling", 1, {1, 0, 0, 0}},       {"largest_remainder", 1, {0, 0, 1, 0}},
        {"cumulative_half_up", 7, {1, 3, 2, 1}},       {"largest_remainder", 7, {1, 2, 3, 1}},
        {"largest_remainder", 2, {0, 1, 1, 0}},
    };
    evaluation *made = *state;
    for (size_t index = 0; index < N_OF(cases); index++) {
        char settings[256], text[2048];
        (void)snprintf(settings, sizeof settings, "quota: {S: 20, A: 30, B: 40, C: 10}, tie_at_cut: up, seats: %s", cases[index].seats);
        write_entities(text, sizeof text, cases[index].n);
        assert_int_equal(grade(made, settings, text), JEOUL_OK);
        check_seats(made, cases[index].expected, cases[index].seats, (int)cases[index].n);
    }
}

static void seats_that_do_not_add_up_are_refused(void **state) {
    evaluation *made = *state;
    char text[2048];
    write_entities(text, sizeof text, 35);
    assert_int_equal(grade(made, "quota: {S: 20, A: 30, B: 40, C: 10}, tie_at_cut: up, seats: each_half_up", text), JEOUL_DATA);
    assert_only_diagnostic(made, "JL0509", "seats rounded one by one do not add up to the 35 heads of a group");
}

/* Of eight entities two share rank 2 and three share rank 5; S 2, A 2, B 2, C 2 seats. */
#define TIES "부서,점,인원\na,9,1\nb,8,1\nc,8,1\nd,7,1\ne,6,1\nf,6,1\ng,6,1\nh,5,1\n"

static void ties_across_a_cut_rise_or_fall_as_a_whole(void **state) {
    static const struct {
        const char *tie, *grades;
    } cases[] = {{"up", "S S S A B B B C"}, {"down", "S A A A C C C C"}};
    evaluation *made = *state;
    for (size_t index = 0; index < N_OF(cases); index++) {
        char settings[256];
        (void)snprintf(settings, sizeof settings, "quota: {S: 25, A: 25, B: 25, C: 25}, seats: each_half_up, tie_at_cut: %s", cases[index].tie);
        assert_int_equal(grade(made, settings, TIES), JEOUL_OK);
        assert_grades(made, cases[index].grades);
    }
}

static void ties_across_a_cut_may_be_errors(void **state) {
    evaluation *made = *state;
    assert_int_equal(grade(made, "quota: {S: 25, A: 25, B: 25, C: 25}, seats: each_half_up, tie_at_cut: error", TIES), JEOUL_DATA);
    assert_diagnostic(made, first_error(made), "JL0506", "rank 2 is shared across a cut of the quota");
    assert_diagnostic(made, first_error(made) + 1, "JL0506", "rank 5 is shared across a cut of the quota");
    assert_int_equal(grade(made, "quota: {S: 25, A: 25, B: 25, C: 25}, seats: each_half_up, tie_at_cut: error",
                           "부서,점,인원\na,9,1\nb,8,1\nc,7,1\nd,6,1\n"),
                     JEOUL_OK);
    assert_grades(made, "S A B C");
}

static void a_row_may_count_for_many_heads(void **state) {
    evaluation *made = *state;
    const char *const text = "부서,점,인원\na,9,10\nb,8,30\nc,7,50\nd,6,10\ne,5,0\n";
    assert_int_equal(grade(made, "quota: {S: 20, A: 30, B: 40, C: 10}, seats: cumulative_half_up, tie_at_cut: up, heads: 인원", text), JEOUL_OK);
    assert_grades(made, "S S A C C");
}

static void heads_are_whole_numbers(void **state) {
    static const char *const heads[] = {"1.5", "-1"};
    evaluation *made = *state;
    for (size_t index = 0; index < N_OF(heads); index++) {
        char text[128];
        (void)snprintf(text, sizeof text, "부서,점,인원\na,9,%s\n", heads[index]);
        assert_int_equal(grade(made, "quota: {S: 20, A: 30, B: 40, C: 10}, seats: cumulative_half_up, tie_at_cut: up, heads: 인원", text), JEOUL_DATA);
        assert_only_diagnostic(made, "JL0511", "`a` has heads that are not a whole number");
    }
    assert_int_equal(grade(made, "quota: {S: 20, A: 30, B: 40, C: 10}, seats: cumulative_half_up, tie_at_cut: up, heads: 인원", "부서,점,인원\na,9,\n"), JEOUL_DATA);
    assert_int_equal(jeoul_diagnostics_error_count(made->diagnostics), 1);
}

static void the_quota_is_of_the_ranked_or_of_all(void **state) {
    static const struct {
        const char *of_heads, *grades;
    } cases[] = {{"ranked", "S A B C - - - -"}, {"all", "S S A A - - - -"}};
    evaluation *made = *state;
    for (size_t index = 0; index < N_OF(cases); index++) {
        char rulebook[2048];
        (void)snprintf(rulebook, sizeof rulebook,
                       HEAD("뺌: [예]") "results: {round: {total: 2}, rank: {where: not known(뺌)}, grade: {quota: {S: 25, A: 25, B: 25, C: 25},\n"
                            "  seats: each_half_up, tie_at_cut: up, of_heads: %s}}\n", cases[index].of_heads);
        SCORE(made, rulebook, {"부서", "부서,점,뺌\na,9,\nb,8,\nc,7,\nd,6,\ne,19,예\nf,19,예\ng,19,예\nh,19,예\n"});
        assert_grades(made, cases[index].grades);
    }
}

static void shares_may_have_decimals(void **state) {
    evaluation *made = *state;
    char text[4096];
    write_entities(text, sizeof text, 64);
    assert_int_equal(grade(made, "quota: {S: 12.5, A: 37.5, B: 49.999999, C: 0.000001}, seats: cumulative_half_up, tie_at_cut: up", text), JEOUL_OK);
    check_seats(made, (const size_t[]){8, 24, 32, 0}, __FILE__, __LINE__);
}

static void nobody_gets_no_grade(void **state) {
    evaluation *made = *state;
    assert_int_equal(grade(made, "quota: {S: 25, A: 25, B: 25, C: 25}, seats: largest_remainder, tie_at_cut: up", "부서,점,인원\n"), JEOUL_OK);
    assert_grades(made, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        EVALUATION_TEST(fractions_of_heads_become_seats_as_declared),
        EVALUATION_TEST(seats_that_do_not_add_up_are_refused),
        EVALUATION_TEST(ties_across_a_cut_rise_or_fall_as_a_whole),
        EVALUATION_TEST(ties_across_a_cut_may_be_errors),
        EVALUATION_TEST(a_row_may_count_for_many_heads),
        EVALUATION_TEST(heads_are_whole_numbers),
        EVALUATION_TEST(the_quota_is_of_the_ranked_or_of_all),
        EVALUATION_TEST(shares_may_have_decimals),
        EVALUATION_TEST(nobody_gets_no_grade),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
