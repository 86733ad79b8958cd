/* SPDX-License-Identifier: Apache-2.0
 *
 * The scorecard: nodes in pre-order, and what is shared above them reaches them, the nearest first.
 */
#include "rulebooks.h"

static void nodes_stand_in_pre_order_areas_before_indicators(void **state) {
    const jl_rulebook *book =
        read_rulebook(*state, HEAD TABLES RESULTS "scorecard:\n"
                                                  "  indicators: [{id: 라}]\n"
                                                  "  areas:\n"
                                                  "    - id: 가\n"
                                                  "      indicators: [{id: 나}, {id: 다}]\n"
                                                  "    - {id: 마, each: 부서, indicator: {score: 실적}}\n");
    static const struct {
        const char *id;
        jl_node_kind kind;
        uint32_t parent, first_child, next_sibling, depth;
    } nodes[] = {
        {"total", JL_NODE_AREA, JL_NONE, 1, JL_NONE, 0},
        {"가", JL_NODE_AREA, 0, 2, 4, 1},
        {"나", JL_NODE_INDICATOR, 1, JL_NONE, 3, 2},
        {"다", JL_NODE_INDICATOR, 1, JL_NONE, JL_NONE, 2},
        {"마", JL_NODE_SHEET, 0, 5, 6, 1},
        {"", JL_NODE_ROW, 4, JL_NONE, JL_NONE, 2},
        {"라", JL_NODE_INDICATOR, 0, JL_NONE, JL_NONE, 1},
    };
    assert_int_equal(book->n_nodes, JL_COUNT(nodes));
    for (size_t k = 0; k < JL_COUNT(nodes); k++) {
        assert_text(book->nodes[k].id, nodes[k].id);
        assert_int_equal(book->nodes[k].kind, nodes[k].kind);
        assert_int_equal(book->nodes[k].parent, nodes[k].parent);
        assert_int_equal(book->nodes[k].first_child, nodes[k].first_child);
        assert_int_equal(book->nodes[k].next_sibling, nodes[k].next_sibling);
        assert_int_equal(book->nodes[k].depth, nodes[k].depth);
    }
}

static void what_is_not_written_has_the_defaults_of_the_language(void **state) {
    const jl_rulebook *book = read_rulebook(*state, HEAD "title: 평가\n" TABLES SCORECARD RESULTS);
    const jl_node *leaf = node_named(book, "실적");
    assert_text(book->nodes[0].title, "평가");
    assert_int_equal(leaf->digits, 4);
    assert_int_equal(leaf->weight_total, JL_WEIGHTS_PARENT);
    assert_int_equal(leaf->combine, JL_COMBINE_MEAN);
    assert_int_equal(leaf->missing.kind, JL_POLICY_UNSET);
    assert_int_equal(leaf->weight.n_arms + leaf->value.n_arms + leaf->impute.n_arms + leaf->score.n_arms, 0);
    assert_false(leaf->round_score.set || leaf->round_points.set || leaf->over_full);
    assert_int_equal(leaf->each, JL_NONE);
    assert_int_equal(book->measures, JL_NONE);
}

static void the_nearest_indicator_and_area_above_win(void **state) {
    const jl_rulebook *book = read_rulebook(
        *state, HEAD TABLES RESULTS "scorecard:\n"
                                    "  indicator: {score: 실적, missing: 0, round: 3, digits: 1}\n"
                                    "  area: {round: {score: 2, points: 1, mode: truncate}}\n"
                                    "  areas:\n"
                                    "    - id: 가\n"
                                    "      indicator: {score: 목표, round: {points: 2}}\n"
                                    "      areas:\n"
                                    "        - id: 나\n"
                                    "          round: 0\n"
                                    "          indicators: [{id: 다, missing: redistribute}, {id: 라, score: 1}]\n"
                                    "    - id: 마\n");
    const jl_node *deep = node_named(book, "다"), *own = node_named(book, "라"), *shallow = node_named(book, "마");
    assert_formula(deep->score.arms[0].formula, "목표");
    assert_formula(own->score.arms[0].formula, "1");
    assert_formula(shallow->score.arms[0].formula, "실적");
    assert_int_equal(deep->missing.kind, JL_POLICY_REDISTRIBUTE);
    assert_formula(own->missing.formula, "0");
    assert_int_equal(deep->digits, 1);
    assert_true(shallow->round_score.set && !shallow->round_points.set);
    assert_true(!deep->round_score.set && deep->round_points.set); /* one key, so it is replaced as a whole */
    assert_int_equal(node_named(book, "가")->round_points.mode, JL_TRUNCATE);
    assert_int_equal(node_named(book, "나")->round_score.digits, 0);
    assert_false(node_named(book, "나")->round_points.set);
    assert_false(book->nodes[0].round_score.set); /* what is shared below is not the root's own */
}

static void a_sheet_has_one_row_that_stands_for_all(void **state) {
    const jl_rulebook *book =
        read_rulebook(*state, HEAD RESULTS
                      "tables: {부서: {key: 부서}, 지표: {key: [부서, 번호], columns: {실적: number, 반기: text}}}\n"
                      "scorecard:\n"
                      "  indicator: {missing: 0}\n"
                      "  areas:\n"
                      "    - id: 상반기\n"
                      "      each: 지표\n"
                      "      where: 반기 == '상'\n"
                      "      indicator: {weight: 10, score: 실적, undefined: missing}\n");
    const jl_node *sheet = node_named(book, "상반기"), *row = &book->nodes[sheet->first_child];
    assert_int_equal(sheet->each, 1);
    assert_formula(sheet->where, "반기 == '상'");
    assert_int_equal(sheet->missing.kind, JL_POLICY_UNSET);
    assert_int_equal(row->kind, JL_NODE_ROW);
    assert_int_equal(row->each, 1);
    assert_formula(row->missing.formula, "0");
    assert_int_equal(row->undefined.kind, JL_POLICY_STATE);
    assert_int_equal(row->undefined.state, JL_MISSING);
}

static void settings_by_group_have_an_arm_for_each_group(void **state) {
    const jl_rulebook *book = read_rulebook(*state, HEAD TABLES RESULTS
                                            "groups: 군\nscorecard:\n"
                                            "  indicators: [{id: 가, score: {읍면동: none, 실과소: 실적 + 1}}]\n");
    const jl_setting *score = &node_named(book, "가")->score;
    assert_int_equal(score->n_arms, 2);
    assert_text(score->arms[0].group, "읍면동");
    assert_null(score->arms[0].formula);
    assert_text(score->arms[1].group, "실과소");
    assert_formula(score->arms[1].formula, "실적 + 1");
    assert_text(book->group_names[0], "실과소");
}

static void every_word_of_a_key_is_read_as_what_it_says(void **state) {
    const jl_rulebook *book =
        read_rulebook(*state, HEAD TABLES RESULTS
                      "scorecard:\n"
                      "  combine: sum\n"
                      "  areas:\n"
                      "    - {id: 가, combine: {power: -2}, weight_total: 1, indicators: [{id: a, weight: 1}]}\n"
                      "    - {id: 나, combine: max, weight_total: 100, indicators: [{id: b, weight: 100}]}\n"
                      "    - {id: 다, combine: geometric, weight_total: free, over_full: yes, indicators: [{id: c}]}\n"
                      "    - {id: 라, combine: median, not_due: none, not_applicable: error, indicators: [{id: d}]}\n"
                      "    - {id: 마, applies: 실적 > 1, undefined: error, indicators: [{id: e, impute: 3}]}\n");
    assert_int_equal(book->nodes[0].combine, JL_COMBINE_SUM);
    assert_int_equal(node_named(book, "가")->combine, JL_COMBINE_POWER);
    assert_text(node_named(book, "가")->power, "-2");
    assert_int_equal(node_named(book, "가")->weight_total, JL_WEIGHTS_1);
    assert_int_equal(node_named(book, "나")->combine, JL_COMBINE_MAX);
    assert_int_equal(node_named(book, "나")->weight_total, JL_WEIGHTS_100);
    assert_int_equal(node_named(book, "다")->combine, JL_COMBINE_GEOMETRIC);
    assert_int_equal(node_named(book, "다")->weight_total, JL_WEIGHTS_FREE);
    assert_true(node_named(book, "다")->over_full);
    assert_int_equal(node_named(book, "라")->combine, JL_COMBINE_MEDIAN);
    assert_int_equal(node_named(book, "라")->not_due.kind, JL_POLICY_NONE);
    assert_int_equal(node_named(book, "라")->not_applicable.kind, JL_POLICY_ERROR);
    assert_formula(node_named(book, "마")->applies, "실적 > 1");
    assert_int_equal(node_named(book, "마")->undefined.kind, JL_POLICY_ERROR);
    assert_formula(node_named(book, "e")->impute.arms[0].formula, "3");
}

static void adjustments_of_areas_are_their_own(void **state) {
    const jl_rulebook *book = read_rulebook(
        *state, HEAD TABLES RESULTS
        "scorecard:\n"
        "  areas:\n"
        "    - id: 가\n"
        "      indicators: [{id: 실적}]\n"
        "      adjustments: {limits: {bonus: 2}, items: [{id: 나, kind: bonus, points: 1}]}\n"
        "adjustments:\n"
        "  limits: {penalty: 3, total: [0, none]}\n"
        "  items: [{id: 다, kind: penalty, each: 부서, where: 실적 > 1, once: 군, points: 목표, cap: 2}]\n");
    const jl_adjustments *own = node_named(book, "가")->adjustments;
    const jl_item *item = &book->adjustments.items[0];
    assert_int_equal(own->n_items, 1);
    assert_text(own->limits.bonus, "2");
    assert_false(own->items[0].penalty);
    assert_int_equal(own->items[0].each, JL_NONE);
    assert_text(book->adjustments.limits.low, "0");
    assert_int_equal(book->adjustments.limits.high.length, 0);
    assert_true(item->penalty);
    assert_int_equal(item->each, 0);
    assert_text(item->once, "군");
    assert_formula(item->where, "실적 > 1");
    assert_formula(item->cap, "2");
}

#define READ_TEST(name) cmocka_unit_test_setup_teardown(name, start_rulebooks, stop_rulebooks)

int main(void) {
    const struct CMUnitTest tests[] = {
        READ_TEST(nodes_stand_in_pre_order_areas_before_indicators),
        READ_TEST(what_is_not_written_has_the_defaults_of_the_language),
        READ_TEST(the_nearest_indicator_and_area_above_win),
        READ_TEST(a_sheet_has_one_row_that_stands_for_all),
        READ_TEST(settings_by_group_have_an_arm_for_each_group),
        READ_TEST(every_word_of_a_key_is_read_as_what_it_says),
        READ_TEST(adjustments_of_areas_are_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
