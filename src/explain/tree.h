/* SPDX-License-Identifier: Apache-2.0
 *
 * An explanation as a tree of lines for a terminal: write_text.c makes it of the parts, tree.c draws it.
 */
#ifndef JL_EXPLAIN_TREE_H
#define JL_EXPLAIN_TREE_H

#include "explain/explainer.h"

typedef enum jl_ink { JL_INK_PLAIN, JL_INK_STRONG, JL_INK_ALARM } jl_ink;

typedef struct jl_branch jl_branch;
struct jl_branch {
    jl_text label;
    jl_text weight, score, points; /* figures, each in its own column */
    bool shares;                   /* points are weight x score / 100, and are written so */
    jl_text instead;               /* of the figures: why there are none */
    jl_text detail, place;
    jl_ink ink;
    jl_notes notes; /* a line of its own each, below */
    jl_branch *first, *last, *next;
};

/* Draws the children of a branch. Columns are as wide as their contents in terminal cells, within reason. */
void jl_draw_tree(const jl_branch *root, bool colour, jl_buffer *out);
/* Text with the escapes of an ink, if colour is wanted. */
void jl_draw_text(jl_text text, jl_ink ink, bool colour, jl_buffer *out);

#endif
