/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of this folder share, in the order of the work: bytes -> text -> records -> cells -> columns ->
 * checked tables.
 *
 * One struct goes through all readers (CSV, rows of a rulebook, Arrow): jl_reading. A reader finds the columns of
 * its input, then hands text to jl_cell_read and what comes back to jl_sink_put; the reading knows where the cell in
 * hand stands, so that every message has a place, and remembers that something was wrong, so that all of an input is
 * read before it is refused.
 */
#ifndef JL_TABLE_PARTS_H
#define JL_TABLE_PARTS_H

#include "table/table.h"

#define JL_KEPT_TEXT ((size_t)16 << 20) /* bytes of a file that are kept, so that later messages can show the line */

/* ---- encoding.c ---- */

/* The text of a file in UTF-8, without byte order mark. */
typedef struct jl_decoded {
    jl_text text;
    char *owned; /* malloc'ed when it had to be converted, else NULL: `text` is part of the bytes */
} jl_decoded;

/* `declared`: what the rulebook says, or empty. Reports what cannot be read. */
jeoul_status jl_decode(jl_text bytes, jl_text declared, jl_text file, jl_decoded *decoded_out,
                       jeoul_diagnostics *diagnostics);
/* The line that an offset is on, 1-based. */
uint32_t jl_line_of(jl_text bytes, size_t offset);

/* ---- csv.c ---- */

typedef enum jl_csv_fault {
    JL_CSV_FINE,
    JL_CSV_OPEN_QUOTE,  /* the text ends inside quotes */
    JL_CSV_AFTER_QUOTE, /* something other than a comma or a line end follows a closing quote */
    JL_CSV_LONE_QUOTE   /* a quote inside a field that does not start with one */
} jl_csv_fault;

/* A slice of the text: what stands between commas, or between its quotes. */
typedef struct jl_field {
    const char *data;
    size_t length;
    bool doubled; /* "" inside stands for one quote */
} jl_field;

typedef struct jl_csv {
    jl_text text;
    size_t at;        /* offset of the next record */
    uint32_t line;    /* its line */
    jl_arena *arena;  /* of `fields` */
    jl_field *fields; /* of the record read last */
    size_t n_fields, capacity;
    size_t record; /* its offset */
    uint32_t record_line;
    jl_csv_fault fault; /* the first one in it; its fields are not to be trusted then */
    size_t fault_at;
    bool no_memory; /* why jl_csv_next ended */
} jl_csv;

/* Reads the next record; false at the end of the text. */
bool jl_csv_next(jl_csv *csv);
/* Text of a field, its doubled quotes made single in the arena. false: no memory. */
bool jl_field_text(const jl_field *field, jl_arena *arena, jl_text *text_out);
/* More than the line ends of `text`, counted fast: no table has more records. */
size_t jl_csv_most_records(jl_text text);

/* ---- place.c ---- */

/* Where the cell in hand stands. Lines and columns are worked out only when a message needs them. */
typedef struct jl_cell_place {
    jl_text table;     /* name, for messages from memory */
    jl_text file;      /* name of the file; empty: not from a file */
    jl_text text;      /* the whole file; empty: not at hand */
    size_t record;     /* offset of the record in `text` */
    uint32_t line;     /* of the record; 0: not from a file */
    size_t start, end; /* offsets of the cell in `text`; both equal to `record`: the row */
    jl_span span;      /* rows of a rulebook */
    size_t row;        /* from memory: 0-based; SIZE_MAX: the table as a whole */
} jl_cell_place;

jeoul_status jl_report_place(jeoul_diagnostics *diagnostics, jl_code code, const jl_cell_place *place,
                             const char *format, ...) __attribute__((format(printf, 4, 5)));
jeoul_status jl_report_place_list(jeoul_diagnostics *diagnostics, jl_code code, const jl_cell_place *place,
                                  const char *format, va_list arguments) __attribute__((format(printf, 4, 0)));
/* Whether further errors are only counted, so that places and help need not be worked out: a table can have a million
 * bad cells, and looking for each of them in the text would never end. */
bool jl_only_counts(const jeoul_diagnostics *diagnostics);
/* At most 60 bytes of a text, for messages; ends with an ellipsis if cut. */
typedef struct jl_shown {
    char data[72];
} jl_shown;
jl_shown jl_shown_text(jl_text text);
/* Adds help: that the text differs from a candidate only in middle dots that look alike, or the nearest candidate. */
void jl_report_similar(jeoul_diagnostics *diagnostics, jl_text found, const jl_text *candidates, size_t n_candidates);

/* The text or spans that the rows of a table came from. */
struct jl_origin {
    jl_text text;           /* of a file; empty: rows of a rulebook */
    const uint32_t *fields; /* by column: field of a record, or JL_NONE */
    const uint32_t *from;   /* unpivot: field of each header of `from`; else NULL */
    const jl_span *spans;   /* rows of a rulebook: n_rows x n_columns, of cells; source NULL: not written */
    size_t n_columns;
};

/* ---- cell.c ---- */

/* What a cell says. */
typedef struct jl_cell {
    double value;
    jl_text decimal; /* what the double does not stand for; else empty. Borrowed until the next cell is read */
    uint8_t state;   /* jl_state */
} jl_cell;

typedef struct jl_limit {
    bool set;
    double value;
    jl_text written;
    bool is_long; /* the double does not stand for it */
} jl_limit;

/* How the cells of one column are read: the rule made ready. */
typedef struct jl_cell_reader {
    const jl_column_rule *column; /* as declared: its name, its blank, its key */
    const jl_column_rule *rule;   /* how a cell is written: of a reference, the rule of the key it points to */
    bool joins;                   /* key or reference: has a value, one that doubles stand for */
    const jl_state_word *words;   /* of the column, then of the rulebook */
    size_t n_words;
    bool begins_word[256]; /* by first byte */
    jl_limit minimum, maximum;
    bool takes_numbers; /* a double from `low` to `high` is the cell: it is in range and no word of a state */
    double low, high;
    jl_cell blank;
    bool blank_is_error;
    jl_symbols *choices; /* text -> index in choice_cells */
    jl_cell *choice_cells;
    jl_text *choice_texts; /* for the nearest one */
    size_t n_choices;
    jl_text last; /* text read last, for runs of equal cells */
    jl_cell last_cell;
} jl_cell_reader;

struct jl_sink;
#define JL_WRITTEN_LONGEST 1024 /* bytes of a number with its decoration */

typedef struct jl_reading {
    struct jeoul_data *data;
    uint32_t table;
    const jl_table_rule *rule;
    jl_arena *scratch; /* until the reading ends */
    jl_arena *normal;  /* texts made NFC: emptied now and then */
    size_t normal_bytes;
    char number[JL_WRITTEN_LONGEST]; /* a number without its decoration */
    jeoul_diagnostics *diagnostics;
    jl_cell_place place;
    jeoul_status status;   /* JEOUL_DATA: something was wrong, reading goes on; JEOUL_NO_MEMORY: it ends */
    struct jl_sink *sinks; /* one per column of the rule, then per column found under `others: number` */
    size_t n_sinks, sinks_capacity;
    size_t n_rows, capacity;  /* rows put, rows there is room for */
    uint32_t *lines;          /* capacity; NULL: not from a file */
    struct jl_origin *origin; /* NULL: not kept */
} jl_reading;

/* How a column's cells are written: of a reference, the rule of the key it points to. */
const jl_column_rule *jl_rule_meaning(const jl_rulebook *rulebook, const jl_column_rule *column);
/* false: no memory. */
bool jl_cell_reader_init(jl_reading *reading, jl_cell_reader *reader, const jl_column_rule *column);
void jl_cell_reader_clear(jl_cell_reader *reader);
/* false: diagnosed, or no memory (reading->status tells); *cell_out is the blank cell then. */
bool jl_cell_read(jl_reading *reading, jl_cell_reader *reader, jl_text text, jl_cell *cell_out);
/* The same for a number that came as one. `decimal` as in jl_cell. */
bool jl_cell_take_number(jl_reading *reading, jl_cell_reader *reader, double value, jl_text decimal, jl_cell *cell_out);
/* Reports at the reading's place and notes the failure; false, always. */
bool jl_refuse_cell(jl_reading *reading, jl_code code, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Notes that memory ended; false, always. */
bool jl_no_memory(jl_reading *reading);
/* NFC, trimmed; borrowed until the next call. false: no memory. */
bool jl_normal_text(jl_reading *reading, jl_text text, jl_text *normal_out);
jl_text jl_trim_cell(jl_text text); /* no-break and ideographic spaces too */

/* ---- number_cell.c ---- */

/* Reads a number as its column declares it written (thousands, minus, unit). false: it is none. */
bool jl_read_written_number(jl_reading *reading, const jl_column_rule *rule, jl_text text, jl_cell *cell_out);
/* Adds the help for a text that is not a number: what the column would have to declare to read it. */
void jl_report_number_help(jl_reading *reading, const jl_column_rule *rule, jl_text text);

/* ---- column.c ---- */

/* A column in the making. */
typedef struct jl_sink {
    bool open; /* cells go in; derived columns stay shut */
    jl_cell_reader reader;
    double *values;         /* capacity rows, in the data's arena; NULL: not yet, or borrowed */
    const double *borrowed; /* of an Arrow array */
    uint8_t *states;        /* NULL: all are values */
    jl_long_cell *longs;
    size_t n_longs, longs_capacity;
} jl_sink;

/* JEOUL_ARGUMENT: no such table, given already, or the data are finished. jl_reading_end must follow in any case. */
jeoul_status jl_reading_begin(jl_reading *reading, struct jeoul_data *data, uint32_t table,
                              jeoul_diagnostics *diagnostics);
/* One more column, of numbers, under `others: number`: the last sink. false: no memory. `header` is copied. */
bool jl_reading_add_other(jl_reading *reading, jl_text header);
/* Room for rows in every open sink that is not borrowed. false: no memory, or beyond the limit (diagnosed). */
bool jl_reading_reserve(jl_reading *reading, size_t n_rows);
bool jl_sink_put(jl_reading *reading, jl_sink *sink, size_t row, jl_cell cell);
/* Hands the columns over to the data if all went well. Returns reading->status. */
jeoul_status jl_reading_end(jl_reading *reading);

/* ---- headers.c ---- */

/* Headers of an input, in NFC and trimmed. */
typedef struct jl_headers {
    jl_text *texts; /* by field */
    bool *used;     /* by field: a declared column reads it */
    size_t n;
    jl_symbols *names;
    uint32_t *first;  /* by symbol of `names`: the field that has it first */
    uint32_t *second; /* and a second one, or JL_NONE */
} jl_headers;

/* false: no memory. In the reading's scratch. */
bool jl_headers_init(jl_reading *reading, jl_headers *headers, const jl_text *texts, size_t n);
void jl_headers_clear(jl_headers *headers);
/* The field of that header, marked as used; JL_NONE: none. */
uint32_t jl_headers_take(jl_headers *headers, jl_text header);
/* A second field of the same header as `field`, or JL_NONE. */
uint32_t jl_headers_second(const jl_headers *headers, uint32_t field);
/* Adds the help that names the nearest header that no column reads. */
void jl_headers_report_nearest(jl_reading *reading, const jl_headers *headers, jl_text header);

/* ---- files.c ---- */

/* Reads a whole file; *bytes_out is malloc'ed. Reports what went wrong: JEOUL_IO. */
jeoul_status jl_read_file(const char *path, char **bytes_out, size_t *length_out, jeoul_diagnostics *diagnostics);

/* ---- keys.c ---- */

/* Rows of a table by the values of some of its columns. */
typedef struct jl_key_index {
    const jl_column *const *columns;
    size_t n_columns;
    uint32_t *slots; /* row + 1; 0: empty */
    size_t mask;
} jl_key_index;

bool jl_key_index_init(jl_key_index *index, const jl_column *const *columns, size_t n_columns, size_t n_rows);
void jl_key_index_clear(jl_key_index *index);
/* The row with the same key as `row` of `columns`, or JL_NONE. */
uint32_t jl_key_find(const jl_key_index *index, const jl_column *const *columns, size_t row);
/* Adds a row; returns the row that has this key already, which stays, or JL_NONE. */
uint32_t jl_key_add(jl_key_index *index, uint32_t row);
/* Rows of a table in the order of their keys, in the data's arena. NULL: no memory. */
const uint32_t *jl_key_order(const struct jeoul_data *data, uint32_t table);

/* ---- valid.c ---- */

/* Keeps, of the rows that differ only in the date of `valid_from`, the newest one not after the date of the data. */
jeoul_status jl_select_valid(struct jeoul_data *data, uint32_t table, jeoul_diagnostics *diagnostics);

#endif
