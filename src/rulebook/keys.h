/* SPDX-License-Identifier: Apache-2.0
 *
 * The table of keys (keys.def) as data, and the generic check of a tree against it. Private to src/rulebook.
 */
#ifndef JL_RULEBOOK_KEYS_H
#define JL_RULEBOOK_KEYS_H

#include "rulebook/yaml.h"

typedef enum jl_scalar_base {
    JL_BASE_ANY,  /* also nothing */
    JL_BASE_TEXT, /* anything but nothing */
    JL_BASE_NUMBER,
    JL_BASE_INTEGER,
    JL_BASE_DATE,
    JL_BASE_FORMULA, /* read where it is used */
    JL_BASE_WORD     /* one of the words only */
} jl_scalar_base;

typedef enum jl_scalar {
#define JL_SCALAR(name, base, words, low, high, description) JL_SCALAR_##name,
#define JL_CONTEXT(name, includes)
#define JL_KEY(context, key, scalar, map, list, need, description)
#include "rulebook/keys.def"
#undef JL_SCALAR
    JL_N_SCALARS
} jl_scalar;

typedef enum jl_context {
#define JL_SCALAR(name, base, words, low, high, description)
#undef JL_CONTEXT
#define JL_CONTEXT(name, includes) JL_CONTEXT_##name,
#include "rulebook/keys.def"
#undef JL_SCALAR
#undef JL_CONTEXT
#undef JL_KEY
    JL_N_CONTEXTS
} jl_context;

typedef enum jl_need { JL_OPTIONAL, JL_REQUIRED, JL_NOT_YET_READ } jl_need;

typedef struct jl_scalar_rule {
    jl_scalar_base base;
    const char *words;       /* separated by |, in the order of the enumeration they are read into */
    int low, high;           /* of an integer */
    const char *description; /* "a number" */
} jl_scalar_rule;

typedef struct jl_key_rule {
    jl_context context;
    const char *key;      /* "*": any other; "-": an element of a list */
    jl_scalar scalar;     /* NONE: no scalar may stand here */
    jl_context map, list; /* NONE: no map, no list */
    jl_need need;
    const char *description;
} jl_key_rule;

extern const jl_scalar_rule jl_scalar_rules[JL_N_SCALARS];
extern const jl_key_rule jl_key_rules[];
extern const size_t jl_n_key_rules;
extern const jl_context jl_context_includes[JL_N_CONTEXTS]; /* NONE: nothing */

/* Where the keys of a node stand: AREA if it has children, else INDICATOR. */
jl_context jl_context_of_node(const jl_yaml *node);
/* The rule of a key, with what the context includes; NULL: not allowed there. */
const jl_key_rule *jl_key_rule_of(jl_context context, jl_text key);
/* Position of the text among the words of the kind, or -1. */
int jl_word_index(jl_scalar scalar, jl_text text);
/* Decimal of a scalar as a rulebook writes numbers: a sign, underscores, 만 억 조. Empty and true: not a number. false:
 * no memory. */
bool jl_read_decimal(jl_arena *arena, const jl_yaml *node, jl_text *decimal_out);
/* At most four characters: a sign and digits. */
bool jl_read_integer(jl_text text, int *value_out);
/* YYYY-MM-DD that is a day of the calendar. */
bool jl_is_date(jl_text text);
/* Checks the whole tree: unknown, missing and unsupported keys, and values of the wrong kind. */
jeoul_status jl_keys_check(jl_arena *arena, const jl_yaml *root, jeoul_diagnostics *diagnostics);

#endif
