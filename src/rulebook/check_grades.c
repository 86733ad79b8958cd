/* SPDX-License-Identifier: Apache-2.0
 *
 * Grades: quotas that make 100, cut-offs that fall from grade to grade down to an open end, grades that somebody can
 * reach.
 */
#include "number/exact.h"
#include "rulebook/read.h"

static jl_text decimal_of(jl_reader *reader, const jl_ast *ast) {
    const bool negative = ast->kind == JL_AST_NEGATE;
    const jl_ast *number = negative ? ast->children[0] : ast;
    if (number->kind != JL_AST_NUMBER) return (jl_text){NULL, 0};
    if (!negative) return number->text;
    const jl_text decimal = jl_arena_format(reader->arena, "-%.*s", JL_TEXT_ARG(number->text));
    if (decimal.data == NULL) {
        jl_reader_note(reader, JEOUL_NO_MEMORY);
    }
    return decimal;
}

/* ---- quotas ---- */

static void add_percent(jl_reader *reader, const jl_cutoff *quota, jl_exact *sum, jl_exact *percent) {
    const jl_text decimal = decimal_of(reader, quota->value);
    if (decimal.length == 0 || !jl_exact_set_text(percent, decimal)) return;
    jl_exact_add(sum, sum, percent);
    if (jl_exact_sign(percent) != JL_LESS) return;
    jl_refuse(reader, JL_WRONG_VALUE, quota->span, "expected a percentage of at least 0, found %.*s",
              JL_TEXT_ARG(decimal));
}

static void check_quota(jl_reader *reader, const jl_yaml *map, const jl_grade_rule *rule) {
    jl_exact sum, other;
    jl_exact_init(&sum, JL_EXACT_FIRST_PRECISION);
    jl_exact_init(&other, JL_EXACT_FIRST_PRECISION);
    for (size_t k = 0; k < rule->n_quota; k++) {
        add_percent(reader, &rule->quota[k], &sum, &other);
    }
    jl_exact_set_integer(&other, 100);
    if (jl_exact_compare(&sum, &other) != JL_EQUAL) {
        char digits[JL_NUMBER_LENGTH];
        const jl_text found = {digits, jl_number_print(jl_exact_to_double(&sum), digits)};
        jl_refuse(reader, JL_QUOTA_SUM, jl_map_span(map), "expected a quota that adds up to 100, found %.*s",
                  JL_TEXT_ARG(found));
    }
    jl_exact_clear(&sum);
    jl_exact_clear(&other);
}

/* ---- cut-offs ---- */

/* Best first, each next cut-off is lower; where lower is better, higher. */
static void check_falling(jl_reader *reader, const jl_cutoff *cutoffs, size_t n_cutoffs, bool rising) {
    for (size_t k = 1; k < n_cutoffs; k++) {
        const jl_text better = decimal_of(reader, cutoffs[k - 1].value), worse = decimal_of(reader, cutoffs[k].value);
        if (better.length == 0 || worse.length == 0) continue;
        const int order = jl_decimal_compare(better, worse);
        if (rising ? order < 0 : order > 0) continue;
        const jl_text grade = reader->book->grades[cutoffs[k].grade],
                      above = reader->book->grades[cutoffs[k - 1].grade];
        jl_refuse(reader, JL_GRADE_UNREACHABLE, cutoffs[k].span,
                  "expected a cut-off of `%.*s` %s the %.*s of `%.*s`, found %.*s", JL_TEXT_ARG(grade),
                  rising ? "above" : "below", JL_TEXT_ARG(better), JL_TEXT_ARG(above), JL_TEXT_ARG(worse));
    }
}

static void check_open(jl_reader *reader, const jl_grade_rule *rule) {
    const jl_cutoff *lowest = &rule->cutoffs[rule->n_cutoffs - 1];
    const jl_text decimal = decimal_of(reader, lowest->value);
    if (!rule->at_most && decimal.length > 0 && jl_decimal_compare(decimal, JL_TEXT("0")) <= 0) return;
    jl_refuse(reader, JL_CUTOFF_OPEN, lowest->span, "the last cut-off leaves some without a grade");
    jl_report_help(reader->diagnostics, "%s",
                   rule->at_most ? "write `otherwise: GRADE`, or `otherwise: none`"
                                 : "give the lowest grade the cut-off 0, or write `otherwise: none`");
}

/* How many grades a map of grades names. */
static size_t count_grades(const jl_yaml *map) {
    return map == NULL ? 0 : map->n_items - (jl_yaml_get(map, "otherwise") != NULL ? 1 : 0);
}

void jl_check_grade_rule(jl_reader *reader, const jl_yaml *map, const jl_grade_rule *rule) {
    const jl_yaml *at_most = jl_map_at(map, "cutoffs_at_most"),
                  *cutoffs = at_most != NULL ? at_most : jl_map_at(map, "cutoffs");
    const jl_yaml *quota = jl_map_at(map, "quota");
    const bool readable = count_grades(quota) == rule->n_quota && count_grades(cutoffs) == rule->n_cutoffs;
    const bool formed = quota != NULL || cutoffs != NULL;
    reader->grades_unread |= !readable || !formed;
    if (!readable) return;
    if (quota != NULL) {
        check_quota(reader, quota, rule);
    }
    check_falling(reader, rule->cutoffs, rule->n_cutoffs, rule->at_most);
    check_falling(reader, rule->at_least, rule->n_at_least, false);
    if (rule->n_cutoffs > 0 && jl_yaml_get(cutoffs, "otherwise") == NULL && jl_yaml_get(map, "otherwise") == NULL) {
        check_open(reader, rule);
    }
}

/* ---- grades that nobody can get ---- */

static bool is_in(const jl_cutoff *cutoffs, size_t n_cutoffs, uint32_t grade) {
    for (size_t k = 0; k < n_cutoffs; k++) {
        if (cutoffs[k].grade == grade) return true;
    }
    return false;
}

static bool gives_seats(jl_reader *reader, const jl_grade_rule *rule, uint32_t grade) {
    for (size_t k = 0; k < rule->n_quota; k++) {
        if (rule->quota[k].grade != grade) continue;
        const jl_text percent = decimal_of(reader, rule->quota[k].value);
        return percent.length == 0 || jl_decimal_compare(percent, JL_TEXT("0")) > 0;
    }
    return false;
}

static bool is_reachable(jl_reader *reader, uint32_t grade) {
    const jl_rulebook *book = reader->book;
    for (size_t k = 0; k < book->n_grade_rules; k++) {
        const jl_grade_rule *rule = &book->grade_rules[k];
        if (gives_seats(reader, rule, grade) || is_in(rule->cutoffs, rule->n_cutoffs, grade) ||
            rule->otherwise == grade)
            return true;
    }
    for (size_t gate = 0; gate < book->n_gates; gate++) {
        if (book->gates[gate].cap == grade || (book->gates[gate].down > 0 && grade > 0)) return true;
    }
    return false;
}

static void check_reachable(jl_reader *reader) {
    const jl_rulebook *book = reader->book;
    for (uint32_t grade = 0; grade < book->n_grades && book->n_grade_rules > 0; grade++) {
        if (is_reachable(reader, grade)) continue;
        jl_refuse(reader, JL_GRADE_UNREACHABLE, book->grade_rules[0].span, "nobody can get the grade `%.*s`",
                  JL_TEXT_ARG(book->grades[grade]));
        jl_report_help(reader->diagnostics, "no quota, cut-off, `otherwise` or gate leads to it");
    }
}

static void check_names_differ(jl_reader *reader, const jl_yaml *list) {
    for (size_t grade = 0; list != NULL && grade < list->n_items; grade++) {
        for (size_t other = 0; other < grade; other++) {
            if (!jl_text_equal(list->items[grade]->text, list->items[other]->text)) continue;
            jl_refuse(reader, JL_DOUBLED_ID, list->items[grade]->span, "the grade `%.*s` is given twice",
                      JL_TEXT_ARG(list->items[grade]->text));
        }
    }
}

void jl_check_grades(jl_reader *reader, const jl_yaml *root) {
    check_names_differ(reader, jl_list_at(root, "grades"));
    if (!reader->grades_unread) {
        check_reachable(reader);
    }
}
