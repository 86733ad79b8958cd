/* SPDX-License-Identifier: Apache-2.0
 *
 * Formulas in words, for rulebooks that are read back: columns, operators and methods by their names in the reader's
 * language, parameters named.
 */
#ifndef JL_EXPLAIN_PHRASE_H
#define JL_EXPLAIN_PHRASE_H

#include "explain/sentence.h"
#include "rulebook/rulebook.h"

typedef struct jl_phraser {
    const jl_rulebook *rulebook;
    jl_arena *arena;
    jeoul_language language;
    const jl_ast *value; /* the name that `value` stands for here; NULL: it keeps its own */
    jeoul_status status; /* JEOUL_OK or JEOUL_NO_MEMORY */
} jl_phraser;

/* The texts live in the phraser's arena. */
jl_text jl_phrase(jl_phraser *phraser, const jl_ast *ast);
/* The same as an operand of a sentence: in parentheses if it is an operation. */
jl_text jl_phrase_operand(jl_phraser *phraser, const jl_ast *ast);
/* Moves a buffer's text into the arena; the buffer is freed. */
jl_text jl_phrase_keep(jl_phraser *phraser, jl_buffer *buffer);
jl_text jl_phrase_say(jl_phraser *phraser, jl_sentence sentence, const jl_text *args);
/* The scale that a call is to; NULL: none. */
const jl_scale *jl_scale_of_call(const jl_rulebook *rulebook, const jl_ast *call);

#endif
