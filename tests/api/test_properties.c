/* SPDX-License-Identifier: Apache-2.0
 *
 * Properties that hold whatever the rulebook: nothing depends on the size of blocks or on the order of rows, weights
 * count only by their ratios, methods never punish a better actual, and plain scoring differs from the certified one at
 * most by a rounding.
 *
 * Run as: test_properties FOLDER of a rulebook and its tables
 */
#include "../evaluations.h"

#include <stdlib.h>

static const char *folder;

/* ---- random numbers, the same on every machine ---- */

static uint64_t random_state;

static size_t random_below(size_t n) {
    random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (size_t)(random_state >> 33) % n;
}

/* ---- texts ---- */

typedef struct text {
    char *data;
    size_t length, capacity;
} text;

static void add_text(text *out, const char *added) {
    const size_t length = strlen(added);
    while (out->length + length + 1 > out->capacity) {
        out->capacity = out->capacity == 0 ? 4096 : 2 * out->capacity;
        out->data = realloc(out->data, out->capacity);
        assert_non_null(out->data);
    }
    memcpy(out->data + out->length, added, length + 1);
    out->length += length;
}

static void read_file(const char *name, text *out) {
    char path[1024], block[4096];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    for (size_t n_read; (n_read = fread(block, 1, sizeof block - 1, file)) > 0;) {
        block[n_read] = '\0';
        add_text(out, block);
    }
    fclose(file);
}

/* All frames of a result, one after the other. */
static char *write_frames(const evaluation *made) {
    text all = {0};
    for (int frame = JEOUL_FRAME_RANKING; frame <= JEOUL_FRAME_EVERYTHING; frame++) {
        for (int format = JEOUL_JSON; format <= (frame == JEOUL_FRAME_EVERYTHING ? JEOUL_JSON : JEOUL_CSV); format++) {
            char *written = NULL;
            assert_int_equal(jeoul_result_text(made->result, (jeoul_frame)frame, (jeoul_format)format, &written), JEOUL_OK);
            add_text(&all, written);
            jeoul_text_free(written);
        }
    }
    return all.data;
}

static void score_again(evaluation *made, uint32_t block_rows, bool plain) {
    const jeoul_score_options options = {sizeof options, block_rows, plain};
    jeoul_result_free(made->result);
    made->result = NULL;
    if (jeoul_score(made->rulebook, made->data, &options, &made->result, made->diagnostics) == JEOUL_OK) return;
    show_diagnostics(made);
    fail();
}

/* ---- evaluations ---- */

static void load_rulebook(evaluation *made) {
    char path[1024];
    clear_evaluation(made);
    (void)snprintf(path, sizeof path, "%s/rulebook.yaml", folder);
    assert_int_equal(jeoul_rulebook_load(path, NULL, &made->rulebook, made->diagnostics), JEOUL_OK);
}

static void load_everything(evaluation *made) {
    load_rulebook(made);
    assert_int_equal(jeoul_data_new(made->rulebook, &made->data), JEOUL_OK);
    assert_int_equal(jeoul_data_read_folder(made->data, folder, made->diagnostics), JEOUL_OK);
    assert_int_equal(jeoul_data_finish(made->data, made->diagnostics), JEOUL_OK);
    score_again(made, 0, false);
}

#define MANY 1300

static const char many_rulebook[] =
    "jeoul: 1\nentities: 기관\ngroups: 군\ngrades: [S, A, B, C]\n"
    "tables:\n"
    "  기관: {key: 기관, columns: {군: [갑, 을, 병], 가: number, 나: number, 다: number}}\n"
    "  지표: {key: [기관, 지표], columns: {실적: number, 목표: number, 배점: number}}\n"
    "states: {해당없음: not_applicable}\n"
    "values: {평균: mean(가 over group), 편차: \"sd(지표.실적, sigma = population)\"}\n"
    "scorecard:\n"
    "  indicator: {missing: 20, round: 3}\n"
    "  areas:\n"
    "    - {id: 표, weight: 50, missing: 40, each: 지표, weight_total: free,\n"
    "       indicator: {weight: 배점, score: \"achievement(지표.실적, 지표.목표, up, cap = 100)\"}}\n"
    "    - id: 비교\n"
    "      weight: 50\n"
    "      combine: geometric\n"
    "      weight_total: free\n"
    "      undefined: 0\n"
    "      indicators:\n"
    "        - {id: 하나, weight: 1, score: \"t(가 over group, sigma = sample)\"}\n"
    "        - {id: 둘, weight: 2, score: \"percentile(나 over all, best = high)\"}\n"
    "        - {id: 셋, weight: 1, score: \"phi((다 - mean(다 over group)) / 10) * 100\"}\n"
    "results:\n"
    "  round: {total: 2}\n"
    "  rank: {within: group, by: raw, then: [표]}\n"
    "  grade: {quota: {S: 10, A: 30, B: 40, C: 20}, seats: largest_remainder, tie_at_cut: up}\n";

/* More entities than a block has rows; few different cells, so that ties are common. */
static void score_many(evaluation *made) {
    text entities = {0}, rows = {0};
    char line[128];
    random_state = 7;
    add_text(&entities, "기관,군,가,나,다\n");
    add_text(&rows, "기관,지표,실적,목표,배점\n");
    for (size_t entity = 0; entity < MANY; entity++) {
        static const char *const groups[] = {"갑", "을", "병"};
        (void)snprintf(line, sizeof line, "e%04zu,%s,%zu.%zu,%s,%zu\n", entity, groups[random_below(3)], random_below(100),
                       random_below(10), random_below(20) == 0 ? "" : random_below(2) == 0 ? "5" : "7.5", random_below(50));
        add_text(&entities, line);
        for (size_t row = random_below(4); row > 0; row--) {
            (void)snprintf(line, sizeof line, "e%04zu,%zu,%zu,%zu,%zu\n", entity, row, random_below(12), 1 + random_below(10),
                           1 + random_below(5));
            add_text(&rows, line);
        }
    }
    const given_table tables[] = {{"기관", entities.data}, {"지표", rows.data}};
    score_well(made, many_rulebook, tables, N_OF(tables), __FILE__, __LINE__);
    free(entities.data);
    free(rows.data);
}

/* ---- blocks ---- */

static void check_blocks(evaluation *made) {
    static const uint32_t sizes[] = {1, 7, 512, 100000};
    char *expected = write_frames(made);
    for (size_t index = 0; index < N_OF(sizes); index++) {
        score_again(made, sizes[index], false);
        char *found = write_frames(made);
        const bool same = strcmp(found, expected) == 0;
        free(found);
        if (!same) fail_msg("blocks of %u rows give other results", sizes[index]);
    }
    free(expected);
}

static void the_size_of_blocks_changes_no_byte(void **state) {
    load_everything(*state);
    check_blocks(*state);
    score_many(*state);
    check_blocks(*state);
}

/* ---- order ---- */

/* The lines after the first in another order. */
static void shuffle_lines(char *data) {
    char *lines[4096];
    size_t n_lines = 0;
    const size_t length = strlen(data);
    char *copy = malloc(length + 1);
    assert_non_null(copy);
    char *write = strchr(data, '\n') + 1;
    memcpy(copy, data, length + 1);
    for (char *line = copy + (write - data); *line != '\0'; line = strchr(line, '\n') + 1) lines[n_lines++] = line;
    for (size_t left = n_lines; left > 0; left--) {
        const size_t taken = random_below(left);
        const size_t line_length = (size_t)(strchr(lines[taken], '\n') - lines[taken]) + 1;
        memcpy(write, lines[taken], line_length);
        write += line_length;
        lines[taken] = lines[left - 1];
    }
    free(copy);
}

static void give_shuffled(evaluation *made, bool entities_too) {
    assert_int_equal(jeoul_data_new(made->rulebook, &made->data), JEOUL_OK);
    for (size_t index = 0; index < jeoul_rulebook_table_count(made->rulebook); index++) {
        const char *table = jeoul_rulebook_table(made->rulebook, index);
        char name[128];
        text csv = {0};
        (void)snprintf(name, sizeof name, "%s.csv", table);
        read_file(name, &csv);
        if (entities_too || strcmp(table, "부서") != 0) shuffle_lines(csv.data);
        assert_int_equal(jeoul_data_parse_csv(made->data, table, name, csv.data, csv.length, made->diagnostics), JEOUL_OK);
        free(csv.data);
    }
    assert_int_equal(jeoul_data_finish(made->data, made->diagnostics), JEOUL_OK);
    score_again(made, 0, false);
}

static void the_order_of_rows_changes_no_byte(void **state) {
    evaluation *made = *state;
    load_everything(made);
    char *expected = write_frames(made);
    for (random_state = 1; random_state < 8; random_state++) {
        const uint64_t seed = random_state;
        load_rulebook(made);
        give_shuffled(made, false);
        char *found = write_frames(made);
        assert_string_equal(found, expected);
        free(found);
        random_state = seed;
    }
    free(expected);
}

static void the_order_of_entities_changes_no_figure(void **state) {
    static const char *const names[] = {"total", "base", "bonus", "penalty", "rank", "성과", "공통", "만족", "역량", "군평균"};
    evaluation *made = *state, other = {0};
    assert_int_equal(jeoul_diagnostics_new(&other.diagnostics), JEOUL_OK);
    load_everything(made);
    load_rulebook(&other);
    random_state = 3;
    give_shuffled(&other, true);
    for (size_t entity = 0; entity < jeoul_result_entity_count(made->result); entity++) {
        const char *entity_name = jeoul_result_entity(made->result, entity);
        const char *grade = jeoul_result_grade(other.result, entity_named(&other, entity_name));
        assert_string_equal(grade, jeoul_result_grade(made->result, entity));
        for (size_t name = 0; name < N_OF(names); name++) {
            assert_true(same_figure(figure_of(made, entity_name, names[name]), figure_of(&other, entity_name, names[name])));
        }
    }
    clear_evaluation(&other);
    jeoul_diagnostics_free(other.diagnostics);
}

/* ---- weights ---- */

static void weights_count_by_their_ratios(void **state) {
    static const char *const factors[] = {"1", "2", "0.1", "1/3", "1000000"};
    evaluation *made = *state;
    char *expected = NULL;
    for (size_t index = 0; index < N_OF(factors); index++) {
        char rulebook[2048];
        (void)snprintf(rulebook, sizeof rulebook,
                       "jeoul: 1\nentities: 부서\nresults: {round: {total: 3}, rank: {}}\n"
                       "tables: {부서: {key: 부서, columns: {가: number, 나: number, 다: number}}}\n"
                       "scorecard: {weight_total: free, missing: 0, indicator: {missing: redistribute}, areas: [\n"
                       "  {id: 위, weight: 2 * %s, missing: redistribute, weight_total: free, indicators: [{id: 가, weight: 3 * %s}, {id: 나, weight: 5 * %s}]},\n"
                       "  {id: 아래, weight: 7 * %s, missing: redistribute, combine: harmonic, undefined: 0, weight_total: free,\n"
                       "   indicators: [{id: 다, weight: %s}, {id: 라, weight: 4 * %s, value: 부서.가 + 1}]}]}\n",
                       factors[index], factors[index], factors[index], factors[index], factors[index], factors[index]);
        SCORE(made, rulebook, {"부서", "부서,가,나,다\nㄱ,71.3,52.9,10\nㄴ,,3,99\nㄷ,33.333,66.667,\nㄹ,,,\n"});
        char *found = NULL;
        assert_int_equal(jeoul_result_text(made->result, JEOUL_FRAME_RANKING, JEOUL_CSV, &found), JEOUL_OK);
        if (expected == NULL) expected = strdup(found);
        assert_string_equal(found, expected);
        jeoul_text_free(found);
    }
    free(expected);
}

/* ---- monotone methods ---- */

static void a_better_actual_never_scores_lower(void **state) {
    static const struct {
        const char *method;
        int direction; /* 1: more is better */
    } cases[] = {
        {"achievement(x, 7, up, cap = 100)", 1},
        {"achievement(x, 7, up, cap = none, floor = 30)", 1},
        {"achievement(x + 1, 7, down, form = ratio, cap = 120)", -1},
        {"achievement(x, 7, down, form = mirrored, cap = 100)", -1},
        {"interval(x, low = 3, high = 12, floor = 20)", 1},
        {"interval(x, low = 12, high = 3, floor = 20, direction = down)", -1},
        {"deviation(x, [9, 5, 7], up, k = 2, sigma = sample, floor = 20)", 1},
        {"deviation(x, [9, 5, 7], down, k = 1, sigma = population, floor = 20)", -1},
        {"ratio(x, 8, share = 0.2, direction = up, floor = 20)", 1},
        {"ratio(x, 8, share = 0.1, direction = down, floor = 20)", -1},
        {"trend(x, [3, 5, 8, 8], up, floor = 20)", 1},
        {"trend(x, [3, 5, 8, 8], down, floor = 20)", -1},
        {"beta(x, low = 3, likely = 5, high = 15, floor = 20)", 1},
        {"benchmark(x over all, n = 3, low = 2, direction = up, floor = 10)", 1},
        {"met(x, 7, up, partial = 0.8)", 1},
        {"met(x + 1, 7, down, partial = 0.5)", -1},
        {"minmax(x over all, direction = up)", 1},
        {"minmax(x over all, direction = down)", -1},
        {"z(x over all, sigma = sample)", 1},
        {"t(x over all, sigma = population)", 1},
        {"percentile(x over all, best = high, ties = half)", 1},
        {"percentile(x over all, best = low, ties = average)", -1},
        {"rank(x over all, best = high, ties = max)", -1},
        {"improvement(x, 3)", 1},
        {"단계(x)", 1},
        {"꺾은선(x)", 1},
    };
    enum { N = 60 };
    evaluation *made = *state;
    static char csv[N * 32];
    (void)snprintf(csv, sizeof csv, "기관,x\n");
    for (int row = 0; row < N; row++) {
        (void)snprintf(csv + strlen(csv), sizeof csv - strlen(csv), "e%02d,%g\n", row, row / 4 * 0.8 + row % 4 * 0.1);
    }
    for (size_t index = 0; index < N_OF(cases); index++) {
        char rulebook[1024];
        double scores[N];
        (void)snprintf(rulebook, sizeof rulebook,
                       "jeoul: 1\nentities: 기관\nresults: {round: {total: 6}}\n"
                       "tables: {기관: {key: 기관, columns: {x: number}}}\n"
                       "scales: {단계: {at_least: {10: 100, 5: 70}, otherwise: 0}, 꺾은선: {curve: [[0, 0], [5, 80], [12, 100]], above: hold}}\n"
                       "scorecard:\n  score: %s\n", cases[index].method);
        SCORE(made, rulebook, {"기관", csv});
        assert_int_equal(jeoul_result_scores(made->result, "total", scores, N), JEOUL_OK);
        for (size_t row = 1; row < N; row++) {
            const double gain = (scores[row] - scores[row - 1]) * cases[index].direction;
            if (gain < 0 || isnan(gain)) fail_msg("%s: row %zu: %g after %g", cases[index].method, row, scores[row], scores[row - 1]);
        }
    }
}

/* ---- plain and certified ---- */

/* A plain score may round the other way where the certified one has settled a tie of decimals. */
static void plain_scores_differ_by_a_rounding_at_most(void **state) {
    static double certified[MANY], plain[MANY];
    evaluation *made = *state;
    size_t n_differ = 0;
    score_many(made);
    assert_int_equal(jeoul_result_scores(made->result, "total", certified, MANY), JEOUL_OK);
    score_again(made, 0, true);
    assert_int_equal(jeoul_result_scores(made->result, "total", plain, MANY), JEOUL_OK);
    for (size_t entity = 0; entity < MANY; entity++) {
        assert_true(fabs(certified[entity] - plain[entity]) < 0.0101);
        n_differ += certified[entity] != plain[entity];
    }
    assert_true(n_differ < MANY / 20);
}

int main(int n_arguments, char **arguments) {
    const struct CMUnitTest tests[] = {
        EVALUATION_TEST(the_size_of_blocks_changes_no_byte),
        EVALUATION_TEST(the_order_of_rows_changes_no_byte),
        EVALUATION_TEST(the_order_of_entities_changes_no_figure),
        EVALUATION_TEST(weights_count_by_their_ratios),
        EVALUATION_TEST(a_better_actual_never_scores_lower),
        EVALUATION_TEST(plain_scores_differ_by_a_rounding_at_most),
    };
    if (n_arguments != 2) {
        fprintf(stderr, "run as: test_properties FOLDER\n");
        return 2;
    }
    folder = arguments[1];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
