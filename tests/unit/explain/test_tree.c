/* SPDX-License-Identifier: Apache-2.0
 *
 * Trees on a terminal: branches, and columns that stand under each other although Hangul takes two cells.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "explain/tree.h"

static char *draw(const jl_branch *root, bool colour) {
    jl_buffer buffer = {NULL, 0, 0, false};
    size_t length = 0;
    jl_draw_tree(root, colour, &buffer);
    char *text = jl_buffer_take(&buffer, &length);
    assert_non_null(text);
    return text;
}

static void check_drawing(const jl_branch *root, const char *expected) {
    char *text = draw(root, false);
    if (strcmp(text, expected) != 0) {
        fail_msg("expected\n%s\nfound\n%s", expected, text);
    }
    free(text);
}

static void branches_show_who_is_below_whom(void **state) {
    (void)state;
    jl_note second_note = {JL_TEXT("두 번째"), NULL}, first_note = {JL_TEXT("첫 번째"), &second_note};
    jl_branch grandchild = {.label = JL_TEXT("손자")};
    jl_branch last = {
        .label = JL_TEXT("끝"), .first = &grandchild, .last = &grandchild, .notes = {&first_note, &second_note}};
    jl_branch leaf = {.label = JL_TEXT("잎"), .notes = {&second_note, &second_note}};
    jl_branch first = {.label = JL_TEXT("처음"), .first = &leaf, .last = &leaf, .next = &last};
    const jl_branch root = {.first = &first, .last = &last};
    check_drawing(&root, "├─ 처음\n"
                         "│  └─ 잎\n"
                         "│          두 번째\n"
                         "└─ 끝\n"
                         "   │    첫 번째\n"
                         "   │    두 번째\n"
                         "   └─ 손자\n");
}

static void figures_stand_under_each_other(void **state) {
    (void)state;
    jl_branch points_only = {.label = JL_TEXT("bonus"),
                             .points = JL_TEXT("+1.50"),
                             .detail = JL_TEXT("0.5 × 3"),
                             .place = JL_TEXT("a.yaml:7")};
    jl_branch absent = {.label = JL_TEXT("교육"), .instead = JL_TEXT("자료 없음"), .next = &points_only};
    jl_branch leaf = {.label = JL_TEXT("kpi"),
                      .weight = JL_TEXT("20"),
                      .score = JL_TEXT("100.000"),
                      .points = JL_TEXT("20.000"),
                      .shares = true,
                      .detail = JL_TEXT("min(32 / 30 × 100, 100)"),
                      .place = JL_TEXT("a.yaml:41")};
    jl_branch area = {.label = JL_TEXT("BSC 평가"),
                      .weight = JL_TEXT("60"),
                      .score = JL_TEXT("91.230"),
                      .points = JL_TEXT("54.738"),
                      .shares = true,
                      .first = &leaf,
                      .last = &leaf,
                      .next = &absent};
    const jl_branch root = {.first = &area, .last = &points_only};
    check_drawing(&root, "├─ BSC 평가  60 ×  91.230 % = 54.738\n"
                         "│  └─ kpi    20 × 100.000 % = 20.000  min(32 / 30 × 100, 100)  a.yaml:41\n"
                         "├─ 교육      자료 없음\n"
                         "└─ bonus                       +1.50  0.5 × 3                  a.yaml:7\n");
}

static void a_label_too_long_pushes_only_its_own_line(void **state) {
    (void)state;
    jl_branch longest = {.label = JL_TEXT("가나다라마바사아자차카타파하가나다라마바사아자차카타파하"),
                         .points = JL_TEXT("2")};
    jl_branch other = {.label = JL_TEXT("짧음"), .points = JL_TEXT("1"), .next = &longest};
    const jl_branch root = {.first = &other, .last = &longest};
    check_drawing(&root, "├─ 짧음                                             1\n"
                         "└─ 가나다라마바사아자차카타파하가나다라마바사아자차카타파하    2\n");
}

/* The cell at which a piece of a line begins. */
static size_t cell_of(const char *text, const char *piece) {
    const char *found = strstr(text, piece);
    assert_non_null(found);
    const char *line = found;
    while (line > text && line[-1] != '\n') {
        line--;
    }
    return jl_text_width((jl_text){line, (size_t)(found - line)});
}

static void columns_are_measured_in_cells(void **state) {
    (void)state;
    static const char *const labels[] = {"latin", "한글", "한글과 latin", "e\xCC\x81",
                                         "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB"}; /* é and 한 decomposed */
    jl_branch branches[JL_COUNT(labels)];
    for (size_t index = 0; index < JL_COUNT(labels); index++) {
        branches[index] = (jl_branch){.label = jl_text_of(labels[index]),
                                      .points = JL_TEXT("7"),
                                      .detail = JL_TEXT("산식"),
                                      .place = JL_TEXT("a.yaml:1"),
                                      .next = index + 1 < JL_COUNT(labels) ? &branches[index + 1] : NULL};
    }
    const jl_branch root = {.first = &branches[0], .last = &branches[JL_COUNT(labels) - 1]};
    char *text = draw(&root, false);
    const size_t expected = cell_of(text, "a.yaml:1");
    for (char *line = text; *line != '\0'; line = strchr(line, '\n') + 1) {
        assert_int_equal(cell_of(line, "a.yaml:1"), expected);
    }
    free(text);
}

static void colour_is_only_drawn_on_request(void **state) {
    (void)state;
    jl_note note = {JL_TEXT("산식"), NULL};
    jl_branch branch = {.label = JL_TEXT("총점"), .ink = JL_INK_STRONG, .notes = {&note, &note}};
    const jl_branch root = {.first = &branch, .last = &branch};
    char *coloured = draw(&root, true);
    assert_string_equal(coloured, "└─ \x1b[1m총점\x1b[0m\n        \x1b[2m산식\x1b[0m\n");
    free(coloured);
    check_drawing(&root, "└─ 총점\n        산식\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(branches_show_who_is_below_whom),           cmocka_unit_test(figures_stand_under_each_other),
        cmocka_unit_test(a_label_too_long_pushes_only_its_own_line), cmocka_unit_test(columns_are_measured_in_cells),
        cmocka_unit_test(colour_is_only_drawn_on_request),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
