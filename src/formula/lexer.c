/* SPDX-License-Identifier: Apache-2.0
 *
 * Formula text -> tokens. A name is a letter of any script, then letters, digits, `_` and `·`; anything else stands in
 * backquotes. A number is a plain decimal; 만, 억 and 조 directly after it multiply.
 *
 * People paste formulas from word processors and write them from habit. So the lexer knows the usual strangers (×, ≥,
 * &&, %, typographic quotes), says how each is written here, and goes on with what was meant: one mistake, one message.
 */
#include "formula/token.h"

#include <utf8proc.h>

#include "number/number.h"

struct lexer {
    jl_arena *arena;
    jeoul_diagnostics *diagnostics;
    const char *text; /* of the source, so that positions are offsets of spans */
    uint32_t at, end;
    const jl_source *source;
    jl_token *tokens;
    size_t n_tokens, capacity;
    bool clean;
};

typedef struct spelling {
    const char *text;
    jl_token_kind kind; /* JL_TOKEN_END: nothing is put in its place */
} spelling;

/* Longer spellings first. */
static const spelling symbols[] = {
    {"==", JL_TOKEN_EQ},       {"!=", JL_TOKEN_NE},        {"<=", JL_TOKEN_LE},   {">=", JL_TOKEN_GE},
    {"<", JL_TOKEN_LT},        {">", JL_TOKEN_GT},         {"(", JL_TOKEN_OPEN},  {")", JL_TOKEN_CLOSE},
    {"[", JL_TOKEN_LIST_OPEN}, {"]", JL_TOKEN_LIST_CLOSE}, {",", JL_TOKEN_COMMA}, {".", JL_TOKEN_DOT},
    {"=", JL_TOKEN_ASSIGN},    {"+", JL_TOKEN_PLUS},       {"-", JL_TOKEN_MINUS}, {"*", JL_TOKEN_TIMES},
    {"/", JL_TOKEN_DIVIDE},    {"^", JL_TOKEN_POWER},
};

static const spelling keywords[] = {
    {"if", JL_TOKEN_IF}, {"then", JL_TOKEN_THEN}, {"else", JL_TOKEN_ELSE},
    {"or", JL_TOKEN_OR}, {"and", JL_TOKEN_AND},   {"not", JL_TOKEN_NOT},
    {"in", JL_TOKEN_IN}, {"over", JL_TOKEN_OVER}, {"where", JL_TOKEN_WHERE},
};

/* Signs that are not part of the language, and what to write instead. */
static const struct stranger {
    spelling sign;
    const char *help;
} strangers[] = {
    {{"%", JL_TOKEN_END}, "there is no `%` in formulas: 95 % is written 95, or 0.95 where a share is meant"},
    {{"％", JL_TOKEN_END}, "there is no `%` in formulas: 95 % is written 95, or 0.95 where a share is meant"},
    {{"**", JL_TOKEN_POWER}, "a power is written `^`"},
    {{"//", JL_TOKEN_DIVIDE}, "division is written `/` and is exact"},
    {{"<>", JL_TOKEN_NE}, "\"not equal\" is written `!=`"},
    {{"=>", JL_TOKEN_GE}, "\"at least\" is written `>=`"},
    {{"=<", JL_TOKEN_LE}, "\"at most\" is written `<=`"},
    {{"&&", JL_TOKEN_AND}, "write `and`"},
    {{"&", JL_TOKEN_AND}, "write `and`"},
    {{"||", JL_TOKEN_OR}, "write `or`"},
    {{"|", JL_TOKEN_OR}, "write `or`"},
    {{"!", JL_TOKEN_NOT}, "write `not`"},
    {{"×", JL_TOKEN_TIMES}, "multiplication is written `*`"},
    {{"÷", JL_TOKEN_DIVIDE}, "division is written `/`"},
    {{"−", JL_TOKEN_MINUS}, "minus is the hyphen of the keyboard, `-`"},
    {{"–", JL_TOKEN_MINUS}, "minus is the hyphen of the keyboard, `-`"},
    {{"△", JL_TOKEN_MINUS}, "minus is written `-`"},
    {{"≤", JL_TOKEN_LE}, "\"at most\" is written `<=`"},
    {{"≥", JL_TOKEN_GE}, "\"at least\" is written `>=`"},
    {{"≠", JL_TOKEN_NE}, "\"not equal\" is written `!=`"},
    {{"（", JL_TOKEN_OPEN}, "write the narrow `(`"},
    {{"）", JL_TOKEN_CLOSE}, "write the narrow `)`"},
    {{"，", JL_TOKEN_COMMA}, "write the narrow `,`"},
    {{"；", JL_TOKEN_COMMA}, "arguments are separated by `,`"},
    {{";", JL_TOKEN_COMMA}, "arguments are separated by `,`"},
    {{"＝", JL_TOKEN_EQ}, "\"equal\" is written `==`"},
    {{"{", JL_TOKEN_LIST_OPEN}, "a list is written [a, b, c]"},
    {{"}", JL_TOKEN_LIST_CLOSE}, "a list is written [a, b, c]"},
    {{"?", JL_TOKEN_END}, "a choice is written `if c then a else b`"},
    {{"・", JL_TOKEN_END},
     "in names only the middle dot `·` (U+00B7) stands free; a name with `・` stands in backquotes"},
    {{"#", JL_TOKEN_END}, "a comment needs a space before `#`"},
};

/* Powers of ten in words, directly after a number. */
static const struct magnitude {
    const char *word;
    int zeros;
} magnitudes[] = {{"만", 4}, {"억", 8}, {"조", 12}};

static jl_span span_of(const struct lexer *lexer, uint32_t start, uint32_t end) {
    return (jl_span){lexer->source, start, end};
}

static jl_text text_of(const struct lexer *lexer, uint32_t start, uint32_t end) {
    return (jl_text){lexer->text + start, end - start};
}

static jl_text rest(const struct lexer *lexer) {
    return text_of(lexer, lexer->at, lexer->end);
}

static bool starts_with(jl_text text, const char *prefix) {
    const size_t length = strlen(prefix);
    return text.length >= length && memcmp(text.data, prefix, length) == 0;
}

/* The character at an offset; *next_out is the offset behind it. 0 at the end. */
static int32_t character_at(const struct lexer *lexer, uint32_t at, uint32_t *next_out) {
    int32_t character = 0;
    if (at < lexer->end) {
        const utf8proc_ssize_t length = utf8proc_iterate((const utf8proc_uint8_t *)lexer->text + at,
                                                         (utf8proc_ssize_t)(lexer->end - at), &character);
        at += length > 0 ? (uint32_t)length : 1;
    }
    *next_out = at;
    return character;
}

static bool is_letter(int32_t character) {
    const utf8proc_category_t category = utf8proc_category(character);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

static bool is_digit(int32_t character) {
    return character >= '0' && character <= '9';
}

/* Combining marks belong to the letter before them: decomposed é is one letter. */
static bool continues_name(int32_t character) {
    const utf8proc_category_t category = utf8proc_category(character);
    return is_letter(character) || is_digit(character) || character == '_' || character == 0xB7 ||
           category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC;
}

static bool add_token(struct lexer *lexer, jl_token_kind kind, uint32_t start, jl_text text) {
    if (!jl_arena_grow(lexer->arena, &lexer->tokens, &lexer->capacity, lexer->n_tokens + 1, sizeof(jl_token)))
        return false;
    lexer->tokens[lexer->n_tokens++] = (jl_token){kind, span_of(lexer, start, lexer->at), text};
    return true;
}

static uint32_t skip_name(const struct lexer *lexer, uint32_t at) {
    uint32_t next;
    while (continues_name(character_at(lexer, at, &next)) && next > at) {
        at = next;
    }
    return at;
}

static jl_token_kind keyword_of(jl_text text) {
    for (size_t k = 0; k < JL_COUNT(keywords); k++) {
        if (jl_text_equal(text, jl_text_of(keywords[k].text))) return keywords[k].kind;
    }
    return JL_TOKEN_NAME;
}

bool jl_formula_is_keyword(jl_text text) {
    return keyword_of(text) != JL_TOKEN_NAME;
}

bool jl_formula_is_identifier(jl_text text) {
    const struct lexer whole = {.text = text.data, .end = (uint32_t)text.length};
    uint32_t next;
    return text.length > 0 && is_letter(character_at(&whole, 0, &next)) && skip_name(&whole, next) == text.length &&
           !jl_formula_is_keyword(text);
}

static bool lex_name(struct lexer *lexer) {
    const uint32_t start = lexer->at;
    lexer->at = skip_name(lexer, start);
    const jl_text written = text_of(lexer, start, lexer->at);
    jl_text name;
    if (!jl_arena_copy_nfc(lexer->arena, written, &name)) return false;
    return add_token(lexer, keyword_of(written), start, name);
}

/* Text in quotes, or a name in backquotes: up to the same sign again; there are no escapes. */
static bool lex_quoted(struct lexer *lexer, jl_token_kind kind) {
    const uint32_t start = lexer->at;
    const char quote = lexer->text[start];
    const char *close = memchr(lexer->text + start + 1, quote, lexer->end - start - 1);
    if (close == NULL) {
        lexer->clean = false;
        jl_report(lexer->diagnostics, JL_FORMULA_SYNTAX, span_of(lexer, start, lexer->end),
                  "expected a closing `%c`, found the end of the formula", quote);
    }
    const uint32_t end = close == NULL ? lexer->end : (uint32_t)(close - lexer->text);
    lexer->at = close == NULL ? end : end + 1;
    jl_text text;
    if (!jl_arena_copy_nfc(lexer->arena, text_of(lexer, start + 1, end), &text)) return false;
    if (kind == JL_TOKEN_NAME && close != NULL && text.length == 0) {
        lexer->clean = false;
        jl_report(lexer->diagnostics, JL_FORMULA_SYNTAX, span_of(lexer, start, lexer->at),
                  "expected a name between the backquotes, found none");
    }
    return add_token(lexer, kind, start, text);
}

/* ---- numbers ---- */

static uint32_t skip_digits(const struct lexer *lexer, uint32_t at) {
    while (at < lexer->end && (is_digit(lexer->text[at]) || lexer->text[at] == '_')) {
        at++;
    }
    return at;
}

/* YYYY-MM-DD without quotes would be a subtraction. */
static uint32_t skip_date(const struct lexer *lexer, uint32_t at) {
    static const char form[] = "dddd-dd-dd";
    for (size_t k = 0; form[k] != '\0'; k++) {
        if (at + k >= lexer->end) return at;
        const char found = lexer->text[at + k];
        if (form[k] == 'd' ? !is_digit(found) : found != form[k]) return at;
    }
    return at + (uint32_t)sizeof form - 1;
}

/* Behind the digits of the integer part: fraction and exponent. */
static uint32_t skip_fraction(const struct lexer *lexer, uint32_t at) {
    if (at + 1 < lexer->end && lexer->text[at] == '.' && is_digit(lexer->text[at + 1])) {
        at = skip_digits(lexer, at + 1);
    }
    if (at < lexer->end && (lexer->text[at] == 'e' || lexer->text[at] == 'E')) {
        uint32_t digits = at + 1;
        if (digits < lexer->end && (lexer->text[digits] == '+' || lexer->text[digits] == '-')) {
            digits++;
        }
        if (digits < lexer->end && is_digit(lexer->text[digits])) return skip_digits(lexer, digits);
    }
    return at;
}

/* An underscore stands between two digits. */
static bool underscores_fit(jl_text text) {
    for (size_t k = 0; k < text.length; k++) {
        if (text.data[k] != '_') continue;
        if (k == 0 || k + 1 == text.length || !is_digit(text.data[k - 1]) || !is_digit(text.data[k + 1])) return false;
    }
    return true;
}

/* The digits without underscores, the point moved `zeros` places to the right: 2.5억 is 250000000. */
static jl_text plain_decimal(struct lexer *lexer, jl_text written, int zeros) {
    char *digits = jl_arena_alloc(lexer->arena, written.length + (size_t)zeros + 1);
    if (digits == NULL) return (jl_text){NULL, 0};
    size_t length = 0, skip = 0;
    int left = zeros; /* places the point still has to move */
    bool behind_point = false;
    for (size_t k = 0; k < written.length; k++) {
        const char found = written.data[k];
        if (found == '_') continue;
        behind_point |= found == '.';
        if (found == '.' ? zeros == 0 : behind_point && zeros > 0 && left-- == 0) {
            digits[length++] = '.';
        }
        if (found != '.') {
            digits[length++] = found;
        }
    }
    for (; left > 0; left--) {
        digits[length++] = '0';
    }
    while (skip + 1 < length && digits[skip] == '0' && is_digit(digits[skip + 1])) {
        skip++;
    }
    return (jl_text){digits + skip, length - skip};
}

static const struct magnitude *magnitude_at(const struct lexer *lexer) {
    for (size_t k = 0; k < JL_COUNT(magnitudes); k++) {
        if (starts_with(rest(lexer), magnitudes[k].word)) return &magnitudes[k];
    }
    return NULL;
}

/* NULL: nothing wrong with the number that ends where the lexer stands. */
static const char *fault_of_number(const struct lexer *lexer, jl_text written, jl_text decimal) {
    uint32_t next;
    double value;
    const int32_t follower = character_at(lexer, lexer->at, &next);
    const bool led_by_zero = written.data[0] == '0';
    if (led_by_zero && written.length == 1 && (follower == 'x' || follower == 'X')) return "numbers are decimal";
    if (led_by_zero && written.length > 1 && (is_digit(written.data[1]) || written.data[1] == '_')) {
        return "a number has no leading zeros; text and dates stand in quotes";
    }
    if (!underscores_fit(written)) return "an underscore stands between two digits";
    if (continues_name(follower))
        return "a name that begins with a digit stands in backquotes; a product is written with `*`";
    if (!jl_number_parse(decimal, &value, NULL)) return "exponents lie between -400 and 400";
    return NULL;
}

static jl_token_kind report_number(struct lexer *lexer, uint32_t start, const char *fault) {
    lexer->clean = false;
    const jl_span span = span_of(lexer, start, lexer->at);
    jl_report(lexer->diagnostics, JL_BAD_NUMBER, span, "expected a number, found `%.*s`",
              JL_TEXT_ARG(jl_span_text(span)));
    jl_report_help(lexer->diagnostics, "%s", fault);
    return JL_TOKEN_NUMBER;
}

static bool lex_number(struct lexer *lexer) {
    const uint32_t start = lexer->at;
    lexer->at = skip_date(lexer, start);
    if (lexer->at > start)
        return add_token(lexer, report_number(lexer, start, "write dates in quotes: '2017-01-01'"), start,
                         JL_TEXT("1"));
    lexer->at = skip_fraction(lexer, skip_digits(lexer, start));
    const jl_text written = text_of(lexer, start, lexer->at);
    const struct magnitude *magnitude = magnitude_at(lexer);
    const bool has_exponent =
        memchr(written.data, 'e', written.length) != NULL || memchr(written.data, 'E', written.length) != NULL;
    const int zeros = magnitude == NULL || has_exponent ? 0 : magnitude->zeros;
    lexer->at += zeros == 0 ? 0 : (uint32_t)strlen(magnitude->word);
    const jl_text decimal = plain_decimal(lexer, written, zeros);
    if (decimal.data == NULL) return false;
    const char *fault = fault_of_number(lexer, written, decimal);
    if (fault == NULL) return add_token(lexer, JL_TOKEN_NUMBER, start, decimal);
    lexer->at = skip_name(lexer, lexer->at);
    return add_token(lexer, report_number(lexer, start, fault), start, JL_TEXT("1"));
}

/* ---- signs ---- */

static bool lex_symbol(struct lexer *lexer, bool *found_out) {
    for (size_t k = 0; k < JL_COUNT(symbols); k++) {
        if (!starts_with(rest(lexer), symbols[k].text)) continue;
        const uint32_t start = lexer->at;
        lexer->at += (uint32_t)strlen(symbols[k].text);
        *found_out = true;
        return add_token(lexer, symbols[k].kind, start, (jl_text){NULL, 0});
    }
    *found_out = false;
    return true;
}

static const struct stranger *stranger_at(const struct lexer *lexer) {
    if (starts_with(rest(lexer), "!=")) return NULL;
    for (size_t k = 0; k < JL_COUNT(strangers); k++) {
        if (starts_with(rest(lexer), strangers[k].sign.text)) return &strangers[k];
    }
    return NULL;
}

/* “text” from a word processor: reported once, read as text up to the closing sign. */
static bool lex_typographic(struct lexer *lexer, bool *found_out) {
    static const char *const quotes[] = {"“", "”", "‘", "’", "„", "「", "」"};
    for (size_t k = 0; k < JL_COUNT(quotes); k++) {
        if (!starts_with(rest(lexer), quotes[k])) continue;
        const uint32_t start = lexer->at, length = (uint32_t)strlen(quotes[k]);
        uint32_t next = lexer->at += length;
        for (bool closed = false; !closed && lexer->at < lexer->end; lexer->at = next) {
            for (size_t q = 0; q < JL_COUNT(quotes); q++) {
                closed |= starts_with(rest(lexer), quotes[q]);
            }
            character_at(lexer, lexer->at, &next);
        }
        *found_out = true;
        lexer->clean = false;
        jl_report(lexer->diagnostics, JL_FORMULA_SYNTAX, span_of(lexer, start, lexer->at),
                  "expected text in straight quotes, found `%s`", quotes[k]);
        jl_report_help(lexer->diagnostics, "write '…' or \"…\"");
        return add_token(lexer, JL_TOKEN_TEXT, start, (jl_text){NULL, 0});
    }
    *found_out = false;
    return true;
}

static bool lex_stranger(struct lexer *lexer) {
    bool found;
    if (!lex_typographic(lexer, &found)) return false;
    if (found) return true;
    const uint32_t start = lexer->at;
    const struct stranger *stranger = stranger_at(lexer);
    const int32_t character = character_at(lexer, start, &lexer->at);
    if (stranger != NULL) {
        lexer->at = start + (uint32_t)strlen(stranger->sign.text);
    }
    lexer->clean = false;
    const jl_span span = span_of(lexer, start, lexer->at);
    if (stranger != NULL) {
        jl_report(lexer->diagnostics, JL_FORMULA_SYNTAX, span, "`%s` is not part of the formula language",
                  stranger->sign.text);
    } else {
        jl_report(lexer->diagnostics, JL_FORMULA_SYNTAX, span, "`%.*s` (U+%04X) is not part of the formula language",
                  JL_TEXT_ARG(jl_span_text(span)), (unsigned)character);
    }
    if (stranger == NULL) return true;
    jl_report_help(lexer->diagnostics, "%s", stranger->help);
    return stranger->sign.kind == JL_TOKEN_END || add_token(lexer, stranger->sign.kind, start, (jl_text){NULL, 0});
}

/* Spaces of every script: no-break and wide ones come along when a formula is pasted. */
static bool is_space(int32_t character) {
    return character == ' ' || character == '\t' || utf8proc_category(character) == UTF8PROC_CATEGORY_ZS;
}

static bool lex_token(struct lexer *lexer) {
    uint32_t next;
    bool found;
    const int32_t character = character_at(lexer, lexer->at, &next);
    if (is_digit(character)) return lex_number(lexer);
    if (is_letter(character)) return lex_name(lexer);
    if (character == '\'' || character == '"') return lex_quoted(lexer, JL_TOKEN_TEXT);
    if (character == '`') return lex_quoted(lexer, JL_TOKEN_NAME);
    if (stranger_at(lexer) != NULL) return lex_stranger(lexer);
    if (!lex_symbol(lexer, &found)) return false;
    return found || lex_stranger(lexer);
}

jeoul_status jl_formula_lex(jl_arena *arena, jl_span span, jeoul_diagnostics *diagnostics, const jl_token **tokens_out,
                            bool *clean_out) {
    struct lexer lexer = {.arena = arena,
                          .diagnostics = diagnostics,
                          .text = span.source->text.data,
                          .at = span.start,
                          .end = span.end,
                          .source = span.source,
                          .clean = true};
    while (lexer.at < lexer.end) {
        uint32_t next;
        if (is_space(character_at(&lexer, lexer.at, &next))) {
            lexer.at = next;
        } else if (!lex_token(&lexer)) {
            return JEOUL_NO_MEMORY;
        }
    }
    if (!add_token(&lexer, JL_TOKEN_END, lexer.end, (jl_text){NULL, 0})) return JEOUL_NO_MEMORY;
    *tokens_out = lexer.tokens;
    *clean_out = lexer.clean;
    return JEOUL_OK;
}
