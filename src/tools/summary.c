/* SPDX-License-Identifier: Apache-2.0
 *
 * The ranking as aligned tables, one per group: the library's ranking frame (CSV) in, text on stdout out. No number is
 * formatted here: every cell is printed as the frame has it, so that the screen and the files cannot differ.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "tools/tools.h"

enum { MAX_COLUMNS = 32, MAX_SHOWN = 100 }; /* lines of one group; the rest is in the file */

typedef struct frame {
    char **cells; /* n_rows x n_columns, the header first; into the text */
    size_t n_columns, n_rows, capacity;
} frame;

/* ---- CSV -> cells ---- */

/* Ends the cell at *cursor and unquotes it in place. *cursor is left behind its separator; *last tells that a line ended. */
static char *take_cell(char **cursor, bool *last) {
    char *read = *cursor;
    const bool quoted = *read == '"';
    char *cell = quoted ? ++read : read;
    char *write = cell;
    while (*read != '\0' && (quoted || (*read != ',' && *read != '\n' && *read != '\r'))) {
        if (quoted && *read == '"') {
            if (read[1] != '"') break;
            read++;
        }
        *write++ = *read++;
    }
    if (quoted && *read == '"') read++;
    while (*read == '\r') read++;
    *last = *read != ',';
    *cursor = *read == '\0' ? read : read + 1;
    *write = '\0';
    return cell;
}

static bool add_cell(frame *ranking, size_t index, char *cell) {
    if (index == ranking->capacity) {
        const size_t capacity = index == 0 ? 256 : index * 2;
        char **cells = realloc(ranking->cells, capacity * sizeof(*cells));
        if (cells == NULL) return false;
        ranking->cells = cells;
        ranking->capacity = capacity;
    }
    ranking->cells[index] = cell;
    return true;
}

/* false: no memory, or a frame of unequal lines (which the library does not render). */
static bool read_frame(frame *ranking, char *text) {
    size_t n_cells = 0, line_start = 0;
    if (strncmp(text, "\xEF\xBB\xBF", 3) == 0) text += 3;
    while (*text != '\0') {
        bool last = false;
        if (!add_cell(ranking, n_cells++, take_cell(&text, &last))) return false;
        if (!last) continue;
        if (ranking->n_columns == 0) ranking->n_columns = n_cells;
        if (n_cells - line_start != ranking->n_columns) return false;
        line_start = n_cells;
        ranking->n_rows++;
    }
    return line_start == n_cells && ranking->n_rows > 0 && ranking->n_columns <= MAX_COLUMNS;
}

static const char *cell_at(const frame *ranking, size_t row, size_t column) {
    return ranking->cells[row * ranking->n_columns + column];
}

/* The column of a heading, the last if a key column is named alike; n_columns: there is none. */
static size_t find_column(const frame *ranking, const char *heading) {
    for (size_t column = ranking->n_columns; column > 0; column--) {
        if (strcmp(cell_at(ranking, 0, column - 1), heading) == 0) return column - 1;
    }
    return ranking->n_columns;
}

/* ---- order: groups as they first appear, ranks inside ---- */

typedef struct line {
    size_t row;
    size_t group; /* row where its group first appears */
    unsigned long rank;
} line;

static int compare_lines(const void *a, const void *b) {
    const line *first = a, *second = b;
    if (first->group != second->group) return first->group < second->group ? -1 : 1;
    if (first->rank != second->rank) return first->rank < second->rank ? -1 : 1;
    return first->row < second->row ? -1 : first->row > second->row;
}

static void order_lines(const frame *ranking, line *lines, size_t n_lines) {
    const size_t group = find_column(ranking, "group"), rank = find_column(ranking, "rank");
    for (size_t i = 0; i < n_lines; i++) {
        lines[i] = (line){.row = i + 1, .group = 1, .rank = ULONG_MAX};
        if (rank < ranking->n_columns) {
            const char *digits = cell_at(ranking, i + 1, rank);
            if (*digits >= '0' && *digits <= '9') lines[i].rank = strtoul(digits, NULL, 10);
        }
        if (group == ranking->n_columns) continue;
        const char *name = cell_at(ranking, i + 1, group);
        while (strcmp(cell_at(ranking, lines[i].group, group), name) != 0) {
            lines[i].group++;
        }
    }
    qsort(lines, n_lines, sizeof(*lines), compare_lines);
}

/* ---- printing ---- */

typedef struct layout {
    const frame *ranking;
    size_t columns[MAX_COLUMNS]; /* in the order printed */
    const char *headings[MAX_COLUMNS];
    size_t widths[MAX_COLUMNS]; /* cells of the terminal */
    bool right[MAX_COLUMNS];    /* aligned to the right: numbers */
    size_t n_columns;
} layout;

static const char *heading_of(const char *name, jeoul_language language) {
    static const char *const KOREAN[][2] = {
        {"entity", "평가대상"},
        {"total", "총점"},
        {"rank", "순위"},
        {"grade", "등급"},
    };
    for (size_t i = 0; language == JEOUL_KOREAN && i < sizeof(KOREAN) / sizeof(KOREAN[0]); i++) {
        if (strcmp(name, KOREAN[i][0]) == 0) return KOREAN[i][1];
    }
    return name;
}

static bool is_number(const char *cell) {
    return strspn(cell, "+-.0123456789") == strlen(cell);
}

static void add_column(layout *page, size_t column, jeoul_language language) {
    const size_t at = page->n_columns++;
    page->columns[at] = column;
    page->headings[at] = heading_of(cell_at(page->ranking, 0, column), language);
    page->widths[at] = tool_width(page->headings[at]);
    page->right[at] = true;
    for (size_t row = 1; row < page->ranking->n_rows; row++) {
        const char *cell = cell_at(page->ranking, row, column);
        const size_t width = tool_width(cell);
        if (width > page->widths[at]) page->widths[at] = width;
        page->right[at] = page->right[at] && is_number(cell);
    }
}

/* The rank opens the line, the group is the title of the table. */
static void lay_out(layout *page, const frame *ranking, jeoul_language language) {
    const size_t group = find_column(ranking, "group"), rank = find_column(ranking, "rank");
    *page = (layout){.ranking = ranking};
    if (rank < ranking->n_columns) add_column(page, rank, language);
    for (size_t column = 0; column < ranking->n_columns; column++) {
        if (column != rank && column != group) add_column(page, column, language);
    }
}

static void print_cell(const layout *page, size_t at, const char *cell) {
    const int padding = (int)(page->widths[at] - tool_width(cell));
    const bool is_last = at + 1 == page->n_columns;
    printf("  %*s%s", page->right[at] ? padding : 0, "", cell);
    if (!page->right[at] && !is_last) printf("%*s", padding, "");
}

static void print_headings(const layout *page, const char *group, size_t n_entities) {
    if (group[0] != '\0') printf("%s (%zu)\n", group, n_entities);
    for (size_t at = 0; at < page->n_columns; at++) {
        print_cell(page, at, page->headings[at]);
    }
    putchar('\n');
}

/* The lines of one group. */
static void print_group(const layout *page, const line *lines, size_t n_lines) {
    const size_t group = find_column(page->ranking, "group");
    print_headings(page, group < page->ranking->n_columns ? cell_at(page->ranking, lines[0].row, group) : "", n_lines);
    for (size_t i = 0; i < n_lines && i < MAX_SHOWN; i++) {
        for (size_t at = 0; at < page->n_columns; at++) {
            print_cell(page, at, cell_at(page->ranking, lines[i].row, page->columns[at]));
        }
        putchar('\n');
    }
    if (n_lines > MAX_SHOWN) printf("  … %zu\n", n_lines - MAX_SHOWN);
}

static void print_groups(const layout *page, const line *lines, size_t n_lines) {
    for (size_t start = 0, end = 0; start < n_lines; start = end) {
        while (end < n_lines && lines[end].group == lines[start].group) end++;
        if (start > 0) putchar('\n');
        print_group(page, lines + start, end - start);
    }
}

int tool_print_ranking(char *ranking_csv, jeoul_language language) {
    frame ranking = {NULL, 0, 0, 0};
    layout page;
    int exit_status = TOOL_FAILED;
    line *lines = NULL;
    if (!read_frame(&ranking, ranking_csv)) goto out;
    lines = calloc(ranking.n_rows, sizeof(*lines));
    if (lines == NULL) goto out;
    order_lines(&ranking, lines, ranking.n_rows - 1);
    lay_out(&page, &ranking, language);
    print_groups(&page, lines, ranking.n_rows - 1);
    exit_status = TOOL_GOOD;
out:
    if (exit_status != TOOL_GOOD) tool_complain(TOOL_FAILED, "no memory for the summary");
    free(lines);
    free(ranking.cells);
    return exit_status;
}
