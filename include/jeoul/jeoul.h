/* SPDX-License-Identifier: Apache-2.0
 *
 * jeoul (저울): scores organisations from a rulebook.
 *
 * The order of this header is the order of the work: diagnostics, rulebook, data, score, result, explanation.
 *
 * Words. entity 평가대상: who is scored. group 평가군: who is ranked together. table: what was measured; measure 실적:
 * one column. indicator 지표: a leaf of the scorecard, area 분야: an inner node. score 평점: any number, methods give 0
 * to 100. weight 가중치·배점. points 득점: effective weight x score / 100. adjustment 가감점: bonus or penalty. total
 * 총점. rank 순위. grade 등급. full mark 만점: the weight of the root.
 *
 * Contract. Text is UTF-8; text handed in ends with NUL. A `T **x_out` belongs to the caller and is NULL on failure; a
 * `const T *` that is returned is borrowed from the argument it came from. Objects hold counted references to what they
 * need, so they may be freed in any order. Nothing is printed, no locale is read, no process is ended by this library
 * itself (GMP and MPFR, which it uses for exact arithmetic, end the process when memory ends inside them). There are no
 * globals.
 */
#ifndef JEOUL_JEOUL_H
#define JEOUL_JEOUL_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define JEOUL_API __attribute__((visibility("default")))
#else
#define JEOUL_API
#endif

/* Within one major version, functions and the members of structs keep their meaning; options only grow at the end.
 * Options of a newer header are taken as long as what this library does not know of them is zero. */
#define JEOUL_VERSION_MAJOR 0
#define JEOUL_VERSION_MINOR 1
#define JEOUL_VERSION_PATCH 0
/* The version of the library at run time: "0.1.0". */
JEOUL_API const char *jeoul_version(void);

/* What a caller can do about a failure; the detail is in the diagnostics. */
typedef enum jeoul_status {
    JEOUL_OK = 0,
    JEOUL_NO_MEMORY = 1, /* an allocation failed; the arguments are unchanged */
    JEOUL_IO = 2,        /* a file could not be read */
    JEOUL_RULEBOOK = 3,  /* the rulebook is wrong: see the diagnostics */
    JEOUL_DATA = 4, /* a table is wrong, or a value is missing or undefined without an answer: see the diagnostics */
    JEOUL_ARGUMENT =
        5, /* the call itself is wrong: unknown name, options of an unknown size, a NULL that must not be */
    JEOUL_CANCELLED = 6, /* the caller asked to stop */
    JEOUL_INTERNAL = 7   /* a mistake in this library; please report it */
} jeoul_status;

/* "ok", "no memory", … */
JEOUL_API const char *jeoul_status_text(jeoul_status status);

/* Releases a text that a function handed over by `char **`. NULL does nothing. */
JEOUL_API void jeoul_text_free(char *text);

typedef enum jeoul_language { JEOUL_KOREAN = 0, JEOUL_ENGLISH = 1 } jeoul_language;
typedef enum jeoul_format { JEOUL_TEXT = 0, JEOUL_JSON = 1, JEOUL_CSV = 2 } jeoul_format;

/* ---- diagnostics ---- */

/* Collects what is wrong; may be NULL wherever it is asked for. One thread at a time. */
typedef struct jeoul_diagnostics jeoul_diagnostics;

typedef enum jeoul_severity { JEOUL_ERROR = 0, JEOUL_WARNING = 1, JEOUL_NOTE = 2 } jeoul_severity;

/* A view; the texts live as long as the diagnostics. */
typedef struct jeoul_diagnostic {
    jeoul_severity severity;
    const char *code;    /* stable: "JL0203" */
    const char *message; /* one line, lower case, names in backticks */
    const char *help;    /* NULL or one line of advice */
    const char *file;    /* NULL: no place */
    uint32_t line;       /* 1-based; 0: no place */
    uint32_t column;     /* 1-based, in characters */
    const char *path;    /* NULL or the place in the YAML tree: "scorecard.areas[0].weight" */
} jeoul_diagnostic;

JEOUL_API jeoul_status jeoul_diagnostics_new(jeoul_diagnostics **diagnostics_out);
JEOUL_API void jeoul_diagnostics_free(jeoul_diagnostics *diagnostics);
/* Number kept: errors are kept up to 100, notes and warnings up to 100 more; what came after is only counted. */
JEOUL_API size_t jeoul_diagnostics_count(const jeoul_diagnostics *diagnostics);
JEOUL_API size_t
jeoul_diagnostics_error_count(const jeoul_diagnostics *diagnostics); /* all errors, also those not kept */
/* Fills the view; JEOUL_ARGUMENT if there is no such diagnostic. */
JEOUL_API jeoul_status jeoul_diagnostics_get(const jeoul_diagnostics *diagnostics, size_t index,
                                             jeoul_diagnostic *view_out);
/* All of them, in the order of files and lines: as text with the line and a caret (colour: ANSI escapes), or as JSON.
 */
JEOUL_API jeoul_status jeoul_diagnostics_render(const jeoul_diagnostics *diagnostics, jeoul_format format, int colour,
                                                char **text_out);
JEOUL_API void jeoul_diagnostics_clear(jeoul_diagnostics *diagnostics);

/* ---- rulebook ---- */

/* A checked rulebook and its plan. Immutable; may be shared between threads. */
typedef struct jeoul_rulebook jeoul_rulebook;

typedef struct jeoul_rulebook_options {
    size_t struct_size; /* sizeof(jeoul_rulebook_options) */
    const char *as_of;  /* "2017-12-31"; NULL: the end of the rulebook's period, if it has one */
} jeoul_rulebook_options;
#define JEOUL_RULEBOOK_OPTIONS_INIT \
    { sizeof(jeoul_rulebook_options), NULL }

/* Reads, checks and compiles. All mistakes of the file are diagnosed in one run. JEOUL_IO, JEOUL_RULEBOOK. */
JEOUL_API jeoul_status jeoul_rulebook_load(const char *path, const jeoul_rulebook_options *options,
                                           jeoul_rulebook **rulebook_out, jeoul_diagnostics *diagnostics);
/* The same from memory. `name` is shown in messages and is the place relative files are sought from. */
JEOUL_API jeoul_status jeoul_rulebook_parse(const char *name, const char *text, size_t length,
                                            const jeoul_rulebook_options *options, jeoul_rulebook **rulebook_out,
                                            jeoul_diagnostics *diagnostics);
JEOUL_API void jeoul_rulebook_free(jeoul_rulebook *rulebook);
JEOUL_API const char *jeoul_rulebook_id(const jeoul_rulebook *rulebook);
JEOUL_API const char *jeoul_rulebook_title(const jeoul_rulebook *rulebook); /* "" if it has none */
JEOUL_API size_t jeoul_rulebook_table_count(const jeoul_rulebook *rulebook);
JEOUL_API const char *jeoul_rulebook_table(const jeoul_rulebook *rulebook, size_t index); /* name; NULL: no such */
/* The rulebook as sentences, for an officer to read and sign. */
JEOUL_API jeoul_status jeoul_rulebook_read(const jeoul_rulebook *rulebook, jeoul_language language, char **text_out);
/* The plan, one operation per line (JEOUL_TEXT), for engineers. */
JEOUL_API jeoul_status jeoul_rulebook_plan(const jeoul_rulebook *rulebook, char **text_out);
/* The JSON Schema (2020-12) of rulebooks, for editors. */
JEOUL_API jeoul_status jeoul_schema(char **text_out);

/* ---- data ---- */

/* The tables of one evaluation. A builder until jeoul_data_finish; immutable and shareable afterwards. */
typedef struct jeoul_data jeoul_data;

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE
/* The Arrow C data interface, as its specification gives it, so that frames pass without a copy. */
#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4
struct ArrowSchema {
    const char *format;
    const char *name;
    const char *metadata;
    int64_t flags;
    int64_t n_children;
    struct ArrowSchema **children;
    struct ArrowSchema *dictionary;
    void (*release)(struct ArrowSchema *);
    void *private_data;
};
struct ArrowArray {
    int64_t length;
    int64_t null_count;
    int64_t offset;
    int64_t n_buffers;
    int64_t n_children;
    const void **buffers;
    struct ArrowArray **children;
    struct ArrowArray *dictionary;
    void (*release)(struct ArrowArray *);
    void *private_data;
};
#endif

JEOUL_API jeoul_status jeoul_data_new(const jeoul_rulebook *rulebook, jeoul_data **data_out);
JEOUL_API void jeoul_data_free(jeoul_data *data);
/* Reads one CSV file as the table of that name: UTF-8 (with or without BOM) or CP949, as found or as the rulebook
 * declares. Every bad cell is diagnosed. JEOUL_IO, JEOUL_DATA, JEOUL_ARGUMENT (no such table, or given already). */
JEOUL_API jeoul_status jeoul_data_read_csv(jeoul_data *data, const char *table, const char *path,
                                           jeoul_diagnostics *diagnostics);
/* The same from memory; `name` is shown in messages. */
JEOUL_API jeoul_status jeoul_data_parse_csv(jeoul_data *data, const char *table, const char *name, const char *text,
                                            size_t length, jeoul_diagnostics *diagnostics);
/* Reads every table of the rulebook that was not given yet, right or wrong, from FOLDER/<file or table name>.csv. */
JEOUL_API jeoul_status jeoul_data_read_folder(jeoul_data *data, const char *folder, jeoul_diagnostics *diagnostics);
/* Takes a struct array (one child per column). It is moved: its release callback runs when nothing needs it any more,
 * also on failure. Float64 columns are borrowed without a copy; integers, float32, booleans, text and dictionaries are
 * converted. */
JEOUL_API jeoul_status jeoul_data_add_arrow(jeoul_data *data, const char *table, struct ArrowSchema *schema,
                                            struct ArrowArray *array, jeoul_diagnostics *diagnostics);
/* Checks the tables against each other. Must be called once before scoring. JEOUL_DATA. */
JEOUL_API jeoul_status jeoul_data_finish(jeoul_data *data, jeoul_diagnostics *diagnostics);

/* ---- score ---- */

/* The outcome of one scoring. Immutable; it may be read by one thread at a time. */
typedef struct jeoul_result jeoul_result;

typedef struct jeoul_score_options {
    size_t struct_size;  /* sizeof(jeoul_score_options) */
    uint32_t block_rows; /* rows worked on together; 0: 512. Results do not depend on it */
    int32_t plain;       /* not 0: doubles only, nothing settled exactly (for comparison) */
} jeoul_score_options;
#define JEOUL_SCORE_OPTIONS_INIT \
    { sizeof(jeoul_score_options), 0, 0 }

/* Scores, ranks and grades every entity. Whatever can jump (rounding, comparison, rank, quota) is settled exactly.
 * JEOUL_DATA: a value is missing or undefined and the rulebook does not say what then. */
JEOUL_API jeoul_status jeoul_score(const jeoul_rulebook *rulebook, const jeoul_data *data,
                                   const jeoul_score_options *options, jeoul_result **result_out,
                                   jeoul_diagnostics *diagnostics);
JEOUL_API void jeoul_result_free(jeoul_result *result);

JEOUL_API size_t jeoul_result_entity_count(const jeoul_result *result);
/* The key of an entity, in the order of its table (several key columns are joined by "/"); NULL: no such. */
JEOUL_API const char *jeoul_result_entity(const jeoul_result *result, size_t index);
/* The group of an entity, or "" without groups. */
JEOUL_API const char *jeoul_result_group(const jeoul_result *result, size_t index);
/* One number per entity into `numbers_out` (n must be the entity count): "total", "base", "bonus", "penalty", "rank",
 * or the id of a value or of a scorecard node (its score). NaN where there is none. JEOUL_ARGUMENT: no such name, or
 * wrong n. */
JEOUL_API jeoul_status jeoul_result_scores(const jeoul_result *result, const char *name, double *numbers_out, size_t n);
/* The grade of an entity's total, or NULL. */
JEOUL_API const char *jeoul_result_grade(const jeoul_result *result, size_t index);
/* How many operations on rows had to be settled by exact arithmetic, and how many comparisons stayed open and were
 * taken as equal. */
JEOUL_API void jeoul_result_exact_counts(const jeoul_result *result, uint64_t *settled_out,
                                         uint64_t *taken_as_equal_out);

/* ranking: entity, group, total, rank, grade. scores: one line per entity and node: the key columns of the entity under
 * their own names, then node, title, level, state, value, score, weight, points, grade; one of these that a key column
 * is named like has the prefix `jeoul_`: `jeoul_node`. contributions: entity, node, title, kind, score, weight, points,
 * policy; the points of an entity add up to its total. everything: all of it (JSON only). */
typedef enum jeoul_frame {
    JEOUL_FRAME_RANKING = 0,
    JEOUL_FRAME_SCORES = 1,
    JEOUL_FRAME_CONTRIBUTIONS = 2,
    JEOUL_FRAME_EVERYTHING = 3
} jeoul_frame;
/* A frame as JEOUL_CSV or JEOUL_JSON. */
JEOUL_API jeoul_status jeoul_result_text(const jeoul_result *result, jeoul_frame frame, jeoul_format format,
                                         char **text_out);

/* ---- explanation ---- */

typedef struct jeoul_explain_options {
    size_t struct_size;      /* sizeof(jeoul_explain_options) */
    jeoul_format format;     /* JEOUL_TEXT or JEOUL_JSON */
    jeoul_language language; /* of the sentences; names are the rulebook's */
    int32_t colour;          /* not 0: ANSI escapes */
} jeoul_explain_options;
#define JEOUL_EXPLAIN_OPTIONS_INIT \
    { sizeof(jeoul_explain_options), JEOUL_TEXT, JEOUL_KOREAN, 0 }

/* The score of one entity, node by node: formula, numbers put in, policy, weight, points, rulebook line, rounding,
 * rank, grade and the distance to the next one. The contributions add up to the published total exactly.
 * JEOUL_ARGUMENT: no such entity. */
JEOUL_API jeoul_status jeoul_explain(const jeoul_result *result, const char *entity,
                                     const jeoul_explain_options *options, char **text_out,
                                     jeoul_diagnostics *diagnostics);

/* ---- the rulebook's own tests ---- */

/* Runs the `tests:` of a rulebook. JEOUL_OK: all passed; JEOUL_RULEBOOK: some failed, each with a diagnostic. The
 * counts may be NULL. */
JEOUL_API jeoul_status jeoul_test(const jeoul_rulebook *rulebook, size_t *n_passed_out, size_t *n_failed_out,
                                  jeoul_diagnostics *diagnostics);

#ifdef __cplusplus
}
#endif
#endif
