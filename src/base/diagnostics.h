/* SPDX-License-Identifier: Apache-2.0
 *
 * Diagnostics: what is wrong with an input, and where. A diagnostic keeps its own copy of the line it points at, so it
 * outlives the source. Codes are in codes.def; the number of a code never changes and is never used again.
 */
#ifndef JL_BASE_DIAGNOSTICS_H
#define JL_BASE_DIAGNOSTICS_H

#include "base/base.h"

/* One input text: a rulebook, a table. Borrowed by spans; lives in the arena of what was read from it. */
typedef struct jl_source {
    jl_text name; /* as given by the caller: shown in messages */
    jl_text text; /* UTF-8 */
} jl_source;

typedef struct jl_span {
    const jl_source *source; /* NULL: no place */
    uint32_t start, end;     /* byte offsets, half-open */
} jl_span;

static inline jl_span jl_span_join(jl_span first, jl_span last) {
    return (jl_span){first.source, first.start, last.end};
}
static inline jl_text jl_span_text(jl_span span) {
    return span.source == NULL ? (jl_text){NULL, 0} : (jl_text){span.source->text.data + span.start, span.end - span.start};
}
/* 1-based line and column (characters) of the span's start; 0 without a source. */
void jl_span_locate(jl_span span, uint32_t *line_out, uint32_t *column_out);

typedef enum jl_code {
#define JL_CODE(name, number, severity, title) JL_##name,
#include "base/codes.def"
#undef JL_CODE
    JL_N_CODES
} jl_code;

/* Message wording: lower case, no full stop, names in backticks, expected and found. `diagnostics` may be NULL. Each
 * call returns the status that fits the code's severity: JEOUL_OK for notes and warnings, JEOUL_RULEBOOK for errors
 * of codes JL01xx-JL03xx, JL06xx-JL07xx, JEOUL_DATA for JL04xx and JL05xx, so that `return jl_report(…)` reads well. */
jeoul_status jl_report(jeoul_diagnostics *diagnostics, jl_code code, jl_span span, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* A place that is not in a source text at hand: a cell of a table file. `line_text` (may be empty) is shown with the
 * caret under [start, end) bytes of it. */
jeoul_status jl_report_cell(jeoul_diagnostics *diagnostics, jl_code code, jl_text file, uint32_t line, jl_text line_text,
                            uint32_t start, uint32_t end, const char *format, ...) __attribute__((format(printf, 8, 9)));
/* These add to the last diagnostic reported. */
void jl_report_help(jeoul_diagnostics *diagnostics, const char *format, ...) __attribute__((format(printf, 2, 3)));
void jl_report_nearest(jeoul_diagnostics *diagnostics, jl_text name, const jl_text *candidates, size_t n_candidates);
void jl_report_second(jeoul_diagnostics *diagnostics, jl_span span, const char *label); /* "first defined here" */
void jl_report_path(jeoul_diagnostics *diagnostics, jl_text yaml_path);                  /* scorecard.areas[0].weight */
/* Gives every diagnostic about the source that has no path the one that `write_path` finds for the byte it points
 * at. */
typedef void jl_write_path(const void *tree, uint32_t at, jl_buffer *path);
void jl_report_paths(jeoul_diagnostics *diagnostics, const jl_source *source, jl_write_path *write_path, const void *tree);
const char *jl_code_number(jl_code code); /* "JL0203" */
jl_code jl_code_by_number(jl_text number); /* JL_N_CODES: unknown */

#endif
