/* SPDX-License-Identifier: Apache-2.0
 *
 * Shared by the files that read a rulebook back: a document of numbered sections and indented lines.
 */
#ifndef JL_EXPLAIN_READ_BACK_H
#define JL_EXPLAIN_READ_BACK_H

#include "explain/explain.h"
#include "explain/phrase.h"

typedef struct jl_document {
    jl_phraser phraser;
    const jl_rulebook *rulebook;
    jl_buffer *out;
    unsigned n_sections;
} jl_document;

/* Arguments of a sentence: what is not given is empty. */
#define JL_ARGS(...) ((const jl_text[JL_SAY_MOST]){__VA_ARGS__})

void jl_begin_section(jl_document *document, jl_sentence title);
/* One line, indented by two spaces a level; an empty text gives none. */
void jl_put_line(jl_document *document, size_t level, jl_text text);
void jl_say_line(jl_document *document, size_t level, jl_sentence sentence, const jl_text *args);
/* A sentence as text. */
jl_text jl_said(jl_document *document, jl_sentence sentence, const jl_text *args);
/* Texts that become one: "a, b, c". */
typedef struct jl_list {
    jl_buffer buffer;
    jl_text between;
} jl_list;
void jl_list_add(jl_list *list, jl_text text);
jl_text jl_list_end(jl_document *document, jl_list *list);

jl_text jl_title_or_id(jl_text title, jl_text id);
/* "실과소 60, 읍면동 50", or the one phrase for everybody. */
jl_text jl_setting_in_words(jl_document *document, const jl_setting *setting);
/* "95 이상 100점, 90 이상 90점, 그 밖 70점". */
jl_text jl_scale_in_words(jl_document *document, const jl_scale *scale);
/* What a policy makes of a state; `standard`: what an unwritten one does. */
jl_text jl_policy_in_words(jl_document *document, const jl_policy *policy, jl_policy_kind standard);
jl_text jl_rounding_in_words(jl_document *document, const jl_rounding *rounding);

void jl_read_scorecard_back(jl_document *document);                                              /* read_scorecard.c */
void jl_read_items_back(jl_document *document, const jl_adjustments *adjustments, size_t level); /* read_results.c */
void jl_read_results_back(jl_document *document);

#endif
