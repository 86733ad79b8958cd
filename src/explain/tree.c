/* SPDX-License-Identifier: Apache-2.0
 *
 * Drawing a tree of lines. Two passes: the first measures in terminal cells (a Hangul syllable takes two), the second
 * writes. Figures stand right-aligned under each other; a label that is too long pushes its own line aside and no
 * other.
 */
#include "explain/tree.h"

#define WIDEST_LABEL 48
#define WIDEST_DETAIL 56
#define GAP 2

typedef struct jl_widths {
    size_t label, weight, score, points, detail;
} jl_widths;

typedef struct jl_drawing {
    jl_widths widths;
    bool colour, has_shares;
    jl_buffer *out;
} jl_drawing;

static const char *const inks[] = {[JL_INK_PLAIN] = "", [JL_INK_STRONG] = "\x1b[1m", [JL_INK_ALARM] = "\x1b[31m"};
static const char faint[] = "\x1b[2m", no_ink[] = "\x1b[0m";

void jl_draw_text(jl_text text, jl_ink ink, bool colour, jl_buffer *out) {
    const bool inked = colour && ink != JL_INK_PLAIN;
    jl_buffer_add(out, jl_text_of(inked ? inks[ink] : ""));
    jl_buffer_add(out, text);
    jl_buffer_add(out, jl_text_of(inked ? no_ink : ""));
}

/* ---- measuring ---- */

static void widen(size_t *width, size_t found, size_t most) {
    const size_t kept = found < most ? found : most;
    *width = kept > *width ? kept : *width;
}

static void measure(jl_drawing *drawing, const jl_branch *parent, size_t depth) {
    jl_widths *widths = &drawing->widths;
    for (const jl_branch *branch = parent->first; branch != NULL; branch = branch->next) {
        widen(&widths->label, 3 * depth + jl_text_width(branch->label), WIDEST_LABEL);
        widen(&widths->weight, jl_text_width(branch->weight), SIZE_MAX);
        widen(&widths->score, jl_text_width(branch->score), SIZE_MAX);
        widen(&widths->points, jl_text_width(branch->points), SIZE_MAX);
        if (branch->place.length > 0) {
            widen(&widths->detail, jl_text_width(branch->detail), WIDEST_DETAIL);
        }
        drawing->has_shares = drawing->has_shares || branch->shares;
        measure(drawing, branch, depth + 1);
    }
}

/* ---- writing ---- */

static void put_spaces(const jl_drawing *drawing, size_t n) {
    jl_buffer_repeat(drawing->out, " ", n);
}

static void put_right(const jl_drawing *drawing, jl_text text, size_t width) {
    const size_t own = jl_text_width(text);
    put_spaces(drawing, own < width ? width - own : 0);
    jl_buffer_add(drawing->out, text);
}

/* Cells between the label and the detail: "weight × score % = points", with the signs where they are meant. */
static size_t width_of_figures(const jl_drawing *drawing) {
    const jl_widths *widths = &drawing->widths;
    return widths->weight + widths->score + widths->points + (widths->weight > 0 ? 3 : 0) +
           (drawing->has_shares  ? 5
            : widths->points > 0 ? GAP
                                 : 0);
}

static void put_figures(const jl_drawing *drawing, const jl_branch *branch) {
    const jl_widths *widths = &drawing->widths;
    const bool is_product = branch->weight.length > 0 && branch->score.length > 0;
    if (branch->instead.length > 0) {
        const size_t own = jl_text_width(branch->instead), room = width_of_figures(drawing);
        jl_buffer_add(drawing->out, branch->instead);
        put_spaces(drawing, own < room ? room - own : 0);
        return;
    }
    put_right(drawing, branch->weight, widths->weight);
    jl_buffer_add(drawing->out, widths->weight == 0 ? (jl_text){NULL, 0}
                                : is_product        ? JL_TEXT(" × ")
                                                    : JL_TEXT("   "));
    put_right(drawing, branch->score, widths->score);
    if (drawing->has_shares) {
        jl_buffer_add(drawing->out, branch->shares ? JL_TEXT(" % = ") : JL_TEXT("     "));
    } else if (widths->points > 0) {
        put_spaces(drawing, GAP);
    }
    put_right(drawing, branch->points, widths->points);
}

static void put_faint(const jl_drawing *drawing, jl_text text) {
    jl_buffer_add(drawing->out, jl_text_of(drawing->colour ? faint : ""));
    jl_buffer_add(drawing->out, text);
    jl_buffer_add(drawing->out, jl_text_of(drawing->colour ? no_ink : ""));
}

/* Lines do not end in spaces. */
static void end_line(jl_buffer *out) {
    while (!out->failed && out->length > 0 && out->data[out->length - 1] == ' ') {
        out->length--;
    }
    jl_buffer_char(out, '\n');
}

static void put_line(const jl_drawing *drawing, const jl_branch *branch, size_t depth) {
    const size_t own = 3 * depth + jl_text_width(branch->label), room = drawing->widths.label;
    jl_draw_text(branch->label, branch->ink, drawing->colour, drawing->out);
    put_spaces(drawing, (own < room ? room - own : 0) + GAP);
    put_figures(drawing, branch);
    if (branch->detail.length > 0 || branch->place.length > 0) {
        const size_t detail = jl_text_width(branch->detail), most = drawing->widths.detail;
        put_spaces(drawing, GAP);
        jl_buffer_add(drawing->out, branch->detail);
        put_spaces(drawing, branch->place.length > 0 ? (detail < most ? most - detail : 0) + GAP : 0);
        put_faint(drawing, branch->place);
    }
    end_line(drawing->out);
}

static void draw(const jl_drawing *drawing, const jl_branch *parent, jl_text stem, size_t depth) {
    for (const jl_branch *branch = parent->first; branch != NULL; branch = branch->next) {
        const bool is_last = branch->next == NULL;
        jl_buffer below = {NULL, 0, 0, false};
        jl_buffer_add(&below, stem);
        jl_buffer_add(&below, is_last ? JL_TEXT("   ") : JL_TEXT("│  "));
        const jl_text stem_below = {below.data, below.length};
        jl_buffer_add(drawing->out, stem);
        jl_buffer_add(drawing->out, is_last ? JL_TEXT("└─ ") : JL_TEXT("├─ "));
        put_line(drawing, branch, depth);
        for (const jl_note *note = branch->notes.first; note != NULL; note = note->next) {
            jl_buffer_add(drawing->out, stem_below);
            jl_buffer_add(drawing->out, branch->first != NULL ? JL_TEXT("│    ") : JL_TEXT("     "));
            put_faint(drawing, note->text);
            end_line(drawing->out);
        }
        draw(drawing, branch, stem_below, depth + 1);
        drawing->out->failed = drawing->out->failed || below.failed;
        jl_buffer_free(&below);
    }
}

void jl_draw_tree(const jl_branch *root, bool colour, jl_buffer *out) {
    jl_drawing drawing = {.colour = colour, .out = out};
    measure(&drawing, root, 1);
    draw(&drawing, root, (jl_text){NULL, 0}, 1);
}
