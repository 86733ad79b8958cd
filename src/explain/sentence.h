/* SPDX-License-Identifier: Apache-2.0
 *
 * Sentences of explanations and of rulebooks read back, in Korean and English. All wording is in sentences.def; names
 * and numbers are put in here, with the Korean particle that fits them.
 */
#ifndef JL_EXPLAIN_SENTENCE_H
#define JL_EXPLAIN_SENTENCE_H

#include "base/base.h"
#include "number/number.h"

typedef enum jl_sentence {
#define JL_SENTENCE(name, korean, english) JL_SAY_##name,
#define JL_WORDING(table, key, korean, english)
#include "explain/sentences.def"
#undef JL_SENTENCE
#undef JL_WORDING
    JL_N_SENTENCES
} jl_sentence;

#define JL_SAY_MOST 5 /* arguments of a sentence */

/* Appends a sentence. `args`: JL_SAY_MOST texts, of which those that the sentence names are read; NULL: none. */
void jl_say(jl_buffer *buffer, jeoul_language language, jl_sentence sentence, const jl_text *args);
/* The wording of a sentence without arguments. */
jl_text jl_wording(jeoul_language language, jl_sentence sentence);

/* Wordings by key: of functions and methods, words of methods, reasons why something is undefined. */
typedef enum jl_wording_table { JL_WORDING_FUNCTION, JL_WORDING_WORD, JL_WORDING_REASON } jl_wording_table;
/* Empty data: the table has no such key. */
jl_text jl_wording_of(jl_wording_table table, jl_text key, jeoul_language language);

/* Appends a pattern with what stands in braces replaced: `{n}`, or `{name}` if `names` is given (n_args of both).
 * `{1을}` adds the particle in the form that fits the argument; `{1|value|values}` is `value` if the argument is 1; a
 * piece in brackets is left out if an argument in it is empty. */
typedef struct jl_arguments {
    const jl_text *names; /* NULL: arguments are numbered from 1 */
    const jl_text *texts;
    size_t n;
} jl_arguments;
void jl_put_in(jl_buffer *buffer, jl_text pattern, const jl_arguments *arguments);

/* 소수 둘째 자리까지 반올림; "rounded half up to 2 decimals". */
void jl_say_rounding(jl_buffer *buffer, jeoul_language language, int digits, jl_round_mode mode);

#endif
