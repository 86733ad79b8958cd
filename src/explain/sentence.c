/* SPDX-License-Identifier: Apache-2.0
 *
 * Patterns and arguments in, sentences out.
 *
 * A Korean particle depends on the last sound of the word before it (지표를, 실적을), so a pattern names one form and the
 * argument decides. Sounds of digits and Latin letters are those of their Korean names.
 */
#include "explain/sentence.h"

typedef struct jl_wordings {
    jl_text texts[2]; /* by jeoul_language */
} jl_wordings;

#define TEXT(literal) \
    { (literal), sizeof(literal) - 1 }
static const jl_wordings sentences[] = {
#define JL_SENTENCE(name, korean, english) {{TEXT(korean), TEXT(english)}},
#define JL_WORDING(table, key, korean, english)
#include "explain/sentences.def"
#undef JL_SENTENCE
#undef JL_WORDING
};

static const struct keyed_wording {
    jl_wording_table table;
    jl_text key;
    jl_text texts[2];
} keyed_wordings[] = {
#define JL_SENTENCE(name, korean, english)
#define JL_WORDING(table, key, korean, english) {JL_WORDING_##table, TEXT(key), {TEXT(korean), TEXT(english)}},
#include "explain/sentences.def"
#undef JL_SENTENCE
#undef JL_WORDING
};

jl_text jl_wording(jeoul_language language, jl_sentence sentence) {
    return sentences[sentence].texts[language == JEOUL_ENGLISH];
}

jl_text jl_wording_of(jl_wording_table table, jl_text key, jeoul_language language) {
    for (size_t index = 0; index < JL_COUNT(keyed_wordings); index++) {
        if (keyed_wordings[index].table == table && jl_text_equal(keyed_wordings[index].key, key)) {
            return keyed_wordings[index].texts[language == JEOUL_ENGLISH];
        }
    }
    return (jl_text){NULL, 0};
}

/* ---- particles ---- */

static const struct particle {
    jl_text after_consonant, after_vowel;
} particles[] = {{TEXT("은"), TEXT("는")},   {TEXT("이"), TEXT("가")},   {TEXT("을"), TEXT("를")},
                 {TEXT("과"), TEXT("와")},   {TEXT("으로"), TEXT("로")}, {TEXT("이면"), TEXT("면")},
                 {TEXT("이고"), TEXT("고")}, {TEXT("이나"), TEXT("나")}, {TEXT("이며"), TEXT("며")}};

enum sound { VOWEL, CONSONANT, RIEUL };

/* The character that ends at `end`; moves `end` to its start. */
static uint32_t previous_character(jl_text text, size_t *end) {
    uint32_t character = 0;
    unsigned shift = 0;
    while (*end > 0) {
        const unsigned char byte = (unsigned char)text.data[--*end];
        if ((byte & 0xC0u) != 0x80u) {
            const uint32_t mask = byte < 0x80u ? 0x7Fu : byte < 0xE0u ? 0x1Fu : byte < 0xF0u ? 0x0Fu : 0x07u;
            return character | (byte & mask) << shift;
        }
        character |= (byte & 0x3Fu) << shift;
        shift += 6;
    }
    return character;
}

static enum sound sound_of_character(uint32_t character) {
    if (character >= 0xAC00 && character <= 0xD7A3) {
        const uint32_t last = (character - 0xAC00) % 28;
        return last == 0 ? VOWEL : last == 8 ? RIEUL : CONSONANT;
    }
    switch (character) {
    case '1':
    case '7':
    case '8':
    case 'l':
    case 'L':
    case 'r':
    case 'R': return RIEUL;
    case '0':
    case '3':
    case '6':
    case 'm':
    case 'M':
    case 'n':
    case 'N': return CONSONANT;
    default: return VOWEL;
    }
}

static bool is_silent(uint32_t character) {
    return character == ')' || character == ']' || character == '\'' || character == '"' || character == '`' ||
           character == ' ' || character == 0x2026; /* … */
}

/* Without a remark in parentheses at the end: 달성도(최고 100점)로 sounds as 달성도로. What is all in parentheses stays. */
static jl_text without_remark(jl_text text) {
    size_t depth = 0, end = text.length;
    while (end > 0 && text.data[text.length - 1] == ')') {
        const char byte = text.data[--end];
        depth += byte == ')';
        depth -= byte == '(';
        if (depth == 0) {
            const bool is_remark = end > 0 && text.data[end - 1] != ' ' && text.data[end - 1] != '(';
            return is_remark ? (jl_text){text.data, end} : text;
        }
    }
    return text;
}

static enum sound last_sound(jl_text text) {
    text = without_remark(text);
    size_t end = text.length;
    while (end > 0) {
        const uint32_t character = previous_character(text, &end);
        if (!is_silent(character)) {
            return sound_of_character(character);
        }
    }
    return VOWEL;
}

static void add_particle(jl_buffer *buffer, jl_text argument, jl_text wanted) {
    const enum sound sound = last_sound(argument);
    for (size_t index = 0; index < JL_COUNT(particles); index++) {
        const struct particle *particle = &particles[index];
        if (jl_text_equal(particle->after_consonant, wanted)) {
            const bool is_ro = jl_text_equal(wanted, JL_TEXT("으로"));
            const bool as_vowel = sound == VOWEL || (sound == RIEUL && is_ro);
            jl_buffer_add(buffer, as_vowel ? particle->after_vowel : particle->after_consonant);
            return;
        }
    }
    jl_buffer_add(buffer, wanted);
}

/* ---- patterns ---- */

static bool has_prefix(jl_text text, jl_text prefix) {
    return text.length >= prefix.length && memcmp(text.data, prefix.data, prefix.length) == 0;
}

/* The argument that a brace begins with; the longest name wins. *rest_out: what follows it inside the brace. */
static bool find_argument(const jl_arguments *arguments, jl_text inside, size_t *index_out, jl_text *rest_out) {
    size_t longest = 0;
    for (size_t index = 0; index < arguments->n; index++) {
        const char digit[] = {(char)('1' + index)};
        const jl_text name = arguments->names == NULL ? (jl_text){digit, 1} : arguments->names[index];
        if (name.length > longest && has_prefix(inside, name)) {
            longest = name.length;
            *index_out = index;
        }
    }
    *rest_out = (jl_text){inside.data + longest, inside.length - longest};
    return longest > 0;
}

/* `|one|many`: by whether the argument is 1. */
static void add_number_form(jl_buffer *buffer, jl_text argument, jl_text forms) {
    const char *bar = memchr(forms.data + 1, '|', forms.length - 1);
    const size_t first = bar == NULL ? forms.length - 1 : (size_t)(bar - forms.data) - 1;
    if (bar == NULL || jl_text_equal(argument, JL_TEXT("1"))) {
        jl_buffer_add(buffer, (jl_text){forms.data + 1, first});
    } else {
        jl_buffer_add(buffer, (jl_text){bar + 1, forms.length - first - 2});
    }
}

static void put_one_in(jl_buffer *buffer, const jl_arguments *arguments, jl_text inside) {
    size_t index = 0;
    jl_text rest;
    if (!find_argument(arguments, inside, &index, &rest)) {
        return;
    }
    if (rest.length > 0 && rest.data[0] == '|') {
        add_number_form(buffer, arguments->texts[index], rest);
        return;
    }
    jl_buffer_add(buffer, arguments->texts[index]);
    if (rest.length > 0) {
        add_particle(buffer, arguments->texts[index], rest);
    }
}

/* Whether every argument that a piece of a pattern names is there. */
static bool is_complete(jl_text piece, const jl_arguments *arguments) {
    const char *open = NULL;
    while (piece.length > 0 && (open = memchr(piece.data, '{', piece.length)) != NULL) {
        const size_t before = (size_t)(open - piece.data) + 1;
        const jl_text inside = {open + 1, piece.length - before};
        size_t index = 0;
        jl_text rest;
        if (!find_argument(arguments, inside, &index, &rest) || arguments->texts[index].length == 0) {
            return false;
        }
        piece = rest;
    }
    return true;
}

/* The part of a pattern from `open` to its closing bracket, without them; the pattern goes on behind it. */
static jl_text cut_bracket(jl_text *pattern, char close) {
    const char *end = memchr(pattern->data, close, pattern->length);
    const size_t length = end == NULL ? pattern->length : (size_t)(end - pattern->data) + 1;
    const jl_text inside = {pattern->data + 1, length < 2 ? 0 : length - 2};
    pattern->data += length;
    pattern->length -= length;
    return inside;
}

void jl_put_in(jl_buffer *buffer, jl_text pattern, const jl_arguments *arguments) {
    while (pattern.length > 0) {
        size_t plain = 0;
        while (plain < pattern.length && pattern.data[plain] != '{' && pattern.data[plain] != '[') {
            plain++;
        }
        jl_buffer_add(buffer, (jl_text){pattern.data, plain});
        pattern.data += plain;
        pattern.length -= plain;
        if (pattern.length > 0 && pattern.data[0] == '{') {
            put_one_in(buffer, arguments, cut_bracket(&pattern, '}'));
        } else if (pattern.length > 0) {
            const jl_text piece = cut_bracket(&pattern, ']');
            if (is_complete(piece, arguments)) {
                jl_put_in(buffer, piece, arguments);
            }
        }
    }
}

void jl_say(jl_buffer *buffer, jeoul_language language, jl_sentence sentence, const jl_text *args) {
    const jl_arguments arguments = {.texts = args, .n = args == NULL ? 0 : JL_SAY_MOST};
    jl_put_in(buffer, jl_wording(language, sentence), &arguments);
}

/* ---- rounding ---- */

static jl_sentence place_of(int digits) {
    static const jl_sentence decimals[] = {JL_SAY_PLACE_1, JL_SAY_PLACE_2, JL_SAY_PLACE_3, JL_SAY_PLACE_4,
                                           JL_SAY_PLACE_5, JL_SAY_PLACE_6, JL_SAY_PLACE_7, JL_SAY_PLACE_8};
    static const jl_sentence tens[] = {JL_SAY_PLACE_TEN, JL_SAY_PLACE_HUNDRED, JL_SAY_PLACE_THOUSAND,
                                       JL_SAY_PLACE_TEN_THOUSAND};
    if (digits > 0 && digits <= (int)JL_COUNT(decimals)) {
        return decimals[digits - 1];
    }
    if (digits < 0 && -digits <= (int)JL_COUNT(tens)) {
        return tens[-digits - 1];
    }
    return digits == 0 ? JL_SAY_PLACE_WHOLE : digits > 0 ? JL_SAY_PLACE_DECIMALS : JL_SAY_PLACE_POWER;
}

void jl_say_rounding(jl_buffer *buffer, jeoul_language language, int digits, jl_round_mode mode) {
    static const jl_sentence modes[] = {[JL_HALF_UP] = JL_SAY_HALF_UP,
                                        [JL_HALF_EVEN] = JL_SAY_HALF_EVEN,
                                        [JL_TRUNCATE] = JL_SAY_TRUNCATED,
                                        [JL_CEILING] = JL_SAY_CEILING,
                                        [JL_FLOOR] = JL_SAY_FLOOR};
    jl_buffer number = {NULL, 0, 0, false}, place = {NULL, 0, 0, false};
    jl_buffer_format(&number, "%d", digits < 0 ? -digits : digits);
    const jl_text counted[JL_SAY_MOST] = {{number.data, number.length}};
    jl_say(&place, language, place_of(digits), counted);
    const jl_text args[JL_SAY_MOST] = {{place.data, place.length}};
    jl_say(buffer, language, modes[mode], args);
    buffer->failed = buffer->failed || number.failed || place.failed;
    jl_buffer_free(&number);
    jl_buffer_free(&place);
}
