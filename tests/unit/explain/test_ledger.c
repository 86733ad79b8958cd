/* SPDX-License-Identifier: Apache-2.0
 *
 * Ledgers: the lines of every entity add up to its published total, and each thing that happens on the way has its
 * line.
 */
#include <stdio.h>
#include <stdlib.h>

#include "evaluations.h"

#define DEPT "tables:\n  dept: {key: dept, columns: {grp: [a, b], x: number, y: number, z: number}}\n"
#define WHO "entities: dept\ngroups: grp\n"
#define ENTITIES DEPT WHO
#define LEDGER_TABLE "  book: {key: [dept, no], columns: {what: [good, bad], cause: text, p: number}}\n"

static const evaluation_text evaluations[] = {
    {"leaves of an additive tree",
     "jeoul: 1\nid: t\n" ENTITIES "scorecard:\n  areas:\n    - id: A\n      weight: 60\n      indicators:\n"
     "        - {id: x, weight: 20}\n        - {id: y, weight: 40}\n    - {id: z, weight: 40}\nresults: {round: "
     "{total: 2}}\n",
     {{"dept", "dept,grp,x,y,z\none,a,90,33.3333333,70\ntwo,b,0.005,99.995,12.3456789\n"}}},
    {"scores and points rounded at nodes",
     "jeoul: 1\nid: t\n" ENTITIES
     "scorecard:\n  weight_total: free\n  round: {score: 1, points: 1}\n  areas:\n    - id: A\n      weight: 60\n"
     "      weight_total: free\n      round: {score: 1, points: 1}\n      indicators:\n        - {id: x, weight: 1, "
     "round: 0}\n        - {id: y, weight: 2, round: {points: 1}}\n"
     "    - {id: z, weight: 40}\nresults: {round: {total: 2}}\n",
     {{"dept", "dept,grp,x,y,z\none,a,90.5,33.35,70.04\ntwo,b,1.25,99.95,12.3456\n"}}},
    {"weights of nodes that do not count",
     "jeoul: 1\nid: t\n" ENTITIES
     "scorecard:\n  weight_total: free\n  indicator: {missing: redistribute}\n  indicators:\n"
     "    - {id: x, weight: 3}\n    - {id: y, weight: {a: 3, b: none}}\n    - {id: z, weight: 7}\nresults: {round: "
     "{total: 3}}\n",
     {{"dept", "dept,grp,x,y,z\none,a,90,,70\ntwo,b,80,20,10\nthree,a,,,50\n"}}},
    {"an area answered by its policy, and one whose weights are zero",
     "jeoul: 1\nid: t\n" ENTITIES "scorecard:\n  weight_total: free\n  areas:\n    - id: A\n      weight: 3\n      "
     "weight_total: free\n      missing: 40\n"
     "      indicator: {missing: redistribute}\n      indicators: [{id: x, weight: 1}, {id: y, weight: 1}]\n"
     "    - id: B\n      weight: 7\n      weight_total: free\n      undefined: 55\n      indicators: [{id: z, weight: "
     "0}]\nresults: {round: {total: 2}}\n",
     {{"dept", "dept,grp,x,y,z\none,a,,,70\ntwo,b,80,20,10\n"}}},
    {"nodes that are not additive",
     "jeoul: 1\nid: t\n" ENTITIES
     "scorecard:\n  weight_total: free\n  areas:\n    - {id: A, weight: 3, combine: geometric, indicators: [{id: x, "
     "weight: 1}, {id: y, weight: 2}], weight_total: free}\n"
     "    - id: B\n      weight: 7\n      score: 100 - C / 2\n      indicators: [{id: C, score: z}]\nresults: {round: "
     "{total: 2}}\n",
     {{"dept", "dept,grp,x,y,z\none,a,7,13,70\ntwo,b,80,20,10\n"}}},
    {"items, caps and limits",
     "jeoul: 1\nid: t\n" ENTITIES
     "scorecard: {score: x}\nadjustments:\n  limits: {bonus: 2, penalty: 1.5, total: [10, 95]}\n  items:\n"
     "    - {id: p, kind: bonus, points: y, cap: 1.75}\n    - {id: q, kind: bonus, points: 0.33333}\n    - {id: r, "
     "kind: penalty, points: z}\nresults: {round: {total: 1}}\n",
     {{"dept", "dept,grp,x,y,z\none,a,99,5,0\ntwo,b,10,0,4\nthree,a,50.05,1.12345,0.5\n"}}},
    {"adjustments of an area",
     "jeoul: 1\nid: t\n" ENTITIES
     "scorecard:\n  weight_total: free\n  areas:\n    - id: A\n      weight: 3\n      round: {score: 1, points: 2}\n   "
     "   indicators: [{id: x, weight: 100}]\n      weight_total: free\n"
     "      adjustments:\n        limits: {bonus: 2, penalty: 1}\n        items: [{id: p, kind: bonus, points: y, cap: "
     "3}, {id: q, kind: penalty, points: z}]\n"
     "    - {id: B, weight: 7, score: 50}\nresults: {round: {total: 2}}\n",
     {{"dept", "dept,grp,x,y,z\none,a,99.99,5,0\ntwo,b,1,0,4\nthree,a,50.05,1.12345,0.5\n"}}},
    {"rows of a sheet",
     "jeoul: 1\nid: t\ntables:\n  dept: {key: dept}\n  kpi: {key: [dept, k], columns: {w: number, v: number, use: "
     "[yes, no]}}\nentities: dept\n"
     "scorecard:\n  weight_total: free\n  each: kpi\n  where: use == 'yes'\n  indicator: {weight: w, score: v, "
     "missing: redistribute, round: 1}\nresults: {round: {total: 2}}\n",
     {{"dept", "dept\none\ntwo\n"},
      {"kpi", "dept,k,w,v,use\ntwo,a,1,33.33,yes\none,b,2,50,yes\none,a,3,66.66,yes\none,c,5,1,no\ntwo,b,9,,yes\n"}}},
    {"rows of a ledger",
     "jeoul: 1\nid: t\n" DEPT LEDGER_TABLE WHO "scorecard: {score: x}\nadjustments:\n  items:\n"
     "    - {id: g, kind: bonus, each: book, where: what == 'good', once: cause, points: p, cap: 3}\n    - {id: b, "
     "kind: penalty, each: book, where: what == 'bad', points: p}\nresults: {round: {total: 2}}\n",
     {{"dept", "dept,grp,x,y,z\none,a,90,0,0\ntwo,b,80,0,0\n"},
      {"book", "dept,no,what,cause,p\none,1,good,fire,1.5\none,2,good,fire,2\none,3,good,flood,1.25\ntwo,1,bad,late,0."
               "3333\n"}}},
    {"a total rounded to tens",
     "jeoul: 1\nid: t\n" ENTITIES "scorecard: {score: x}\nresults: {round: {total: -1}}\n",
     {{"dept", "dept,grp,x,y,z\none,a,94.9999,0,0\ntwo,b,95,0,0\n"}}},
};

static void check_sum(const evaluation *made, uint32_t entity, const char *title) {
    jl_arena *arena = jl_arena_new();
    jl_ledger ledger;
    int64_t sum = 0;
    assert_non_null(arena);
    assert_int_equal(jl_ledger_make(made->result->program, entity, arena, &ledger), JEOUL_OK);
    for (size_t line = 0; line < ledger.n_lines; line++) {
        sum += ledger.lines[line].points;
    }
    double total = 0.0;
    uint8_t state = JL_MISSING;
    assert_true(jl_program_read(made->result->program, made->rulebook->plan->total, entity, &total, &state));
    assert_true(ledger.has_total == (state == JL_VALUE));
    if (sum != ledger.total || (ledger.has_total && jl_number_from_scaled(ledger.total, ledger.digits) != total)) {
        fail_msg("%s: the lines of `%s` add up to %lld, its total is %lld", title, made->result->entities[entity],
                 (long long)sum, (long long)ledger.total);
    }
    jl_arena_free(arena);
}

static void lines_add_up_to_the_published_total(void **state) {
    (void)state;
    for (size_t index = 0; index < JL_COUNT(evaluations); index++) {
        evaluation made = make_evaluation(&evaluations[index]);
        for (uint32_t entity = 0; entity < jeoul_result_entity_count(made.result); entity++) {
            check_sum(&made, entity, evaluations[index].title);
        }
        free_evaluation(&made);
    }
}

/* ---- the kinds of lines ---- */

static const evaluation_text *find_evaluation(const char *title) {
    for (size_t index = 0; index < JL_COUNT(evaluations); index++) {
        if (strcmp(evaluations[index].title, title) == 0) {
            return &evaluations[index];
        }
    }
    fail_msg("no evaluation `%s`", title);
    return NULL;
}

static const struct line_case {
    const char *title;
    uint32_t entity;
    jl_line_kind kind;
    const char *id; /* of the node or item; NULL: of the whole */
    int64_t points; /* sum of the lines of that kind and id, in 10^-4 */
} line_cases[] = {
    {"leaves of an additive tree", 0, JL_LINE_NODE, "x", 180000},
    {"leaves of an additive tree", 0, JL_LINE_NODE, "A", 0}, /* only its children have lines */
    {"leaves of an additive tree", 0, JL_LINE_TOTAL_ROUNDING, NULL, -33},
    {"scores and points rounded at nodes", 0, JL_LINE_NODE, "y", 133000},
    /* (91 + 2 x 33.25) / 3 = 52.5, of 60 31.5; the children have 18.2 and 13.3 */
    {"scores and points rounded at nodes", 0, JL_LINE_NODE_ROUNDING, "A", 0},
    {"weights of nodes that do not count", 0, JL_LINE_NODE, "y", 0},
    {"weights of nodes that do not count", 0, JL_LINE_NODE, "x", 270000},
    {"weights of nodes that do not count", 2, JL_LINE_NODE, "z", 500000},
    {"an area answered by its policy, and one whose weights are zero", 0, JL_LINE_NODE, "A", 120000},
    {"an area answered by its policy, and one whose weights are zero", 0, JL_LINE_NODE, "B", 385000},
    {"an area answered by its policy, and one whose weights are zero", 0, JL_LINE_NODE, "z", 0},
    {"nodes that are not additive", 1, JL_LINE_NODE, "B", 665000},
    {"nodes that are not additive", 1, JL_LINE_NODE, "x", 0},
    {"items, caps and limits", 0, JL_LINE_ITEM, "p", 50000},
    {"items, caps and limits", 0, JL_LINE_ITEM_CAP, "p", -32500},
    {"items, caps and limits", 0, JL_LINE_BONUS_LIMIT, NULL, -833},
    {"items, caps and limits", 0, JL_LINE_TOTAL_LIMIT, NULL, -60000},
    {"items, caps and limits", 1, JL_LINE_ITEM, "r", -40000},
    {"items, caps and limits", 1, JL_LINE_PENALTY_LIMIT, NULL, 25000},
    {"items, caps and limits", 1, JL_LINE_TOTAL_LIMIT, NULL, 11667},
    {"adjustments of an area", 0, JL_LINE_ITEM, "p", 50000},
    {"adjustments of an area", 0, JL_LINE_ITEM_CAP, "p", -20000},
    {"adjustments of an area", 0, JL_LINE_BONUS_LIMIT, "A", -10000},
    {"adjustments of an area", 0, JL_LINE_AREA_LIMIT, "A", -20000},
    {"adjustments of an area", 1, JL_LINE_PENALTY_LIMIT, "A", 30000},
    {"adjustments of an area", 1, JL_LINE_AREA_LIMIT, "A", 7000},
    {"rows of a ledger", 0, JL_LINE_ITEM, "g", 32500}, /* the first of two for the same cause does not count */
    {"rows of a ledger", 0, JL_LINE_ITEM_CAP, "g", -2500},
    {"rows of a ledger", 1, JL_LINE_ITEM, "b", -3333},
    {"a total rounded to tens", 0, JL_LINE_TOTAL_ROUNDING, NULL, -49999},
    {"a total rounded to tens", 1, JL_LINE_TOTAL_ROUNDING, NULL, 50000},
};

static bool is_meant(const evaluation *made, const jl_line *line, const struct line_case *wanted) {
    if (line->kind != wanted->kind) {
        return false;
    }
    const jl_text id = line->item != JL_NONE   ? made->rulebook->plan->items[line->item].rule->id
                       : line->node != JL_NONE ? made->rulebook->rules->nodes[line->node].id
                                               : (jl_text){NULL, 0};
    return jl_text_equal(id, jl_text_of(wanted->id));
}

static void what_happens_has_its_line(void **state) {
    (void)state;
    for (size_t index = 0; index < JL_COUNT(line_cases); index++) {
        const struct line_case *wanted = &line_cases[index];
        evaluation made = make_evaluation(find_evaluation(wanted->title));
        jl_arena *arena = jl_arena_new();
        jl_ledger ledger;
        int64_t sum = 0;
        assert_int_equal(jl_ledger_make(made.result->program, wanted->entity, arena, &ledger), JEOUL_OK);
        assert_int_equal(ledger.digits, 4);
        for (size_t line = 0; line < ledger.n_lines; line++) {
            sum += is_meant(&made, &ledger.lines[line], wanted) ? ledger.lines[line].points : 0;
        }
        if (sum != wanted->points) {
            fail_msg("%s, entity %u, kind %d, `%s`: expected %lld, found %lld", wanted->title, wanted->entity,
                     (int)wanted->kind, wanted->id == NULL ? "" : wanted->id, (long long)wanted->points,
                     (long long)sum);
        }
        jl_arena_free(arena);
        free_evaluation(&made);
    }
}

static void rows_of_a_sheet_are_lines_of_their_own(void **state) {
    (void)state;
    evaluation made = make_evaluation(find_evaluation("rows of a sheet"));
    jl_arena *arena = jl_arena_new();
    jl_ledger ledger;
    /* `one` has rows 1 (b) and 2 (a); c is left out by the condition. */
    assert_int_equal(jl_ledger_make(made.result->program, 0, arena, &ledger), JEOUL_OK);
    assert_true(ledger.n_lines >= 2);
    assert_int_equal(ledger.lines[0].kind, JL_LINE_NODE);
    assert_int_equal(ledger.lines[0].row, 2);
    assert_int_equal(ledger.lines[0].points, 400200); /* 60 x 66.7 % */
    assert_int_equal(ledger.lines[1].row, 1);
    assert_int_equal(ledger.lines[1].points, 200000);
    jl_arena_free(arena);
    free_evaluation(&made);
}

static void a_total_without_a_value_has_no_lines(void **state) {
    (void)state;
    static const evaluation_text text = {"",
                                         "jeoul: 1\nid: t\n" ENTITIES
                                         "scorecard:\n  missing: redistribute\n  indicator: {missing: redistribute}\n  "
                                         "indicators: [{id: x, weight: 100}]\nresults: {round: {total: 2}}\n",
                                         {{"dept", "dept,grp,x,y,z\none,a,,,\n"}}};
    evaluation made = make_evaluation(&text);
    jl_arena *arena = jl_arena_new();
    jl_ledger ledger;
    assert_int_equal(jl_ledger_make(made.result->program, 0, arena, &ledger), JEOUL_OK);
    assert_false(ledger.has_total);
    assert_int_equal(ledger.n_lines, 0);
    jl_arena_free(arena);
    free_evaluation(&made);
}

static void points_too_large_for_the_digits_are_refused(void **state) {
    (void)state;
    static const evaluation_text text = {"",
                                         "jeoul: 1\nid: t\n" ENTITIES
                                         "scorecard:\n  weight: 20_000_000\n  weight_total: free\n  indicators:\n"
                                         "    - {id: x, weight: 1, round: {points: 12}}\n    - {id: y, weight: "
                                         "19_999_999}\nresults: {round: {total: 2}}\n",
                                         {{"dept", "dept,grp,x,y,z\none,a,50,100,0\n"}}};
    evaluation made = make_evaluation(&text);
    jl_arena *arena = jl_arena_new();
    jl_ledger ledger;
    assert_int_equal(jl_ledger_make(made.result->program, 0, arena, &ledger), JEOUL_DATA);
    jl_arena_free(arena);
    free_evaluation(&made);
}

/* ---- the examples ---- */

/* JEOUL_SOURCE_ROOT, else the folder that this file is below. */
static void example_path(char *path, size_t size, const char *below) {
    const char *root = getenv("JEOUL_SOURCE_ROOT");
    const char *here = __FILE__, *tests = strstr(here, "tests/unit/");
    if (root != NULL) {
        (void)snprintf(path, size, "%s/examples/%s", root, below);
    } else {
        (void)snprintf(path, size, "%.*sexamples/%s", (int)(tests - here), here, below);
    }
}

static void check_example(const char *rulebook, const char *data) {
    char path[4096], folder[4096];
    evaluation made = {NULL, NULL, NULL, NULL};
    example_path(path, sizeof path, rulebook);
    example_path(folder, sizeof folder, data);
    assert_int_equal(jeoul_diagnostics_new(&made.diagnostics), JEOUL_OK);
    const jeoul_status loaded = jeoul_rulebook_load(path, NULL, &made.rulebook, made.diagnostics);
    if (loaded == JEOUL_IO) {
        jeoul_diagnostics_free(made.diagnostics);
        skip();
    }
    check_status(&made, loaded);
    check_status(&made, jeoul_data_new(made.rulebook, &made.data));
    check_status(&made, jeoul_data_read_folder(made.data, folder, made.diagnostics));
    check_status(&made, jeoul_data_finish(made.data, made.diagnostics));
    check_status(&made, jeoul_score(made.rulebook, made.data, NULL, &made.result, made.diagnostics));
    for (uint32_t entity = 0; entity < jeoul_result_entity_count(made.result); entity++) {
        check_sum(&made, entity, rulebook);
    }
    free_evaluation(&made);
}

static void lines_of_the_departments_add_up(void **state) {
    (void)state;
    check_example("nonsan-2017/departments/performance.yaml", "nonsan-2017/departments/data");
}

static void lines_of_the_cities_and_counties_add_up(void **state) {
    (void)state;
    check_example("nonsan-2017/city-county/evaluation.yaml", "nonsan-2017/city-county/data");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_add_up_to_the_published_total),
        cmocka_unit_test(what_happens_has_its_line),
        cmocka_unit_test(rows_of_a_sheet_are_lines_of_their_own),
        cmocka_unit_test(a_total_without_a_value_has_no_lines),
        cmocka_unit_test(points_too_large_for_the_digits_are_refused),
        cmocka_unit_test(lines_of_the_departments_add_up),
        cmocka_unit_test(lines_of_the_cities_and_counties_add_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
