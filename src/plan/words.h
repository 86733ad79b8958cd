/* SPDX-License-Identifier: Apache-2.0
 *
 * Words of methods (up, mirrored, none): known only in the place of the parameter that takes them. In an expanded
 * formula a word is a TEXT node marked as such.
 */
#ifndef JL_PLAN_WORDS_H
#define JL_PLAN_WORDS_H

#include "formula/formula.h"

#define JL_WORD 1u /* jl_ast.op of a TEXT node that is a word */

bool jl_is_word(const jl_ast *ast);
/* Whether `words` ("up|down") has the word. */
bool jl_words_have(jl_text words, jl_text word);
/* Of a method; NULL: there is no such method. */
const jl_text *jl_method_signature(jl_text name);
/* Fills in the names of the methods; returns how many. */
size_t jl_method_names(jl_text *names_out, size_t capacity);

#endif
