/* SPDX-License-Identifier: Apache-2.0
 *
 * A rulebook read back as a document: who is evaluated, from which data, by which scales, then what read_scorecard.c
 * and read_results.c add, and a line to sign.
 */
#include "explain/read_back.h"

/* ---- the document ---- */

jl_text jl_said(jl_document *document, jl_sentence sentence, const jl_text *args) {
    return jl_phrase_say(&document->phraser, sentence, args);
}

void jl_put_line(jl_document *document, size_t level, jl_text text) {
    if (text.length > 0) {
        jl_buffer_repeat(document->out, "  ", level);
        jl_buffer_add(document->out, text);
        jl_buffer_char(document->out, '\n');
    }
}

void jl_say_line(jl_document *document, size_t level, jl_sentence sentence, const jl_text *args) {
    jl_put_line(document, level, jl_said(document, sentence, args));
}

void jl_begin_section(jl_document *document, jl_sentence title) {
    const jl_text wording = jl_wording(document->phraser.language, title);
    jl_buffer_format(document->out, "\n%u. %.*s\n", ++document->n_sections, JL_TEXT_ARG(wording));
}

void jl_list_add(jl_list *list, jl_text text) {
    if (text.length > 0) {
        jl_buffer_add(&list->buffer, list->buffer.length > 0 ? list->between : (jl_text){NULL, 0});
        jl_buffer_add(&list->buffer, text);
    }
}

jl_text jl_list_end(jl_document *document, jl_list *list) {
    return jl_phrase_keep(&document->phraser, &list->buffer);
}

jl_text jl_title_or_id(jl_text title, jl_text id) {
    return title.length > 0 ? title : id;
}

/* ---- settings, policies, rounding ---- */

jl_text jl_setting_in_words(jl_document *document, const jl_setting *setting) {
    jl_list list = {.between = JL_TEXT(", ")};
    for (size_t index = 0; index < setting->n_arms; index++) {
        const jl_arm *arm = &setting->arms[index];
        jl_buffer text = {NULL, 0, 0, false};
        jl_buffer_add(&text, arm->group);
        jl_buffer_add(&text, arm->group.length > 0 ? JL_TEXT(" ") : (jl_text){NULL, 0});
        jl_buffer_add(&text, arm->formula == NULL ? jl_wording(document->phraser.language, JL_SAY_READ_WEIGHT_NONE)
                                                  : jl_phrase(&document->phraser, arm->formula));
        jl_list_add(&list, jl_phrase_keep(&document->phraser, &text));
    }
    return jl_list_end(document, &list);
}

static jl_text state_name(const jl_document *document, jl_state state) {
    static const jl_sentence states[] = {[JL_VALUE] = JL_SAY_STATE_VALUE,
                                         [JL_NOT_APPLICABLE] = JL_SAY_STATE_NOT_APPLICABLE,
                                         [JL_NOT_DUE] = JL_SAY_STATE_NOT_DUE,
                                         [JL_MISSING] = JL_SAY_STATE_MISSING,
                                         [JL_UNDEFINED] = JL_SAY_STATE_UNDEFINED};
    return jl_wording(document->phraser.language, states[state]);
}

jl_text jl_policy_in_words(jl_document *document, const jl_policy *policy, jl_policy_kind standard) {
    const jl_text none = {NULL, 0};
    switch (policy->kind == JL_POLICY_UNSET ? standard : policy->kind) {
    case JL_POLICY_REDISTRIBUTE: return jl_said(document, JL_SAY_THEN_REDISTRIBUTE, NULL);
    case JL_POLICY_NONE: return jl_said(document, JL_SAY_THEN_NONE, NULL);
    case JL_POLICY_ERROR: return jl_said(document, JL_SAY_THEN_ERROR, NULL);
    case JL_POLICY_STATE: return jl_said(document, JL_SAY_THEN_STATE, JL_ARGS(state_name(document, policy->state)));
    case JL_POLICY_FORMULA:
        return jl_said(document, policy->formula->kind == JL_AST_NUMBER ? JL_SAY_THEN_SCORE : JL_SAY_THEN_FORMULA,
                       JL_ARGS(jl_phrase(&document->phraser, policy->formula)));
    case JL_POLICY_UNSET: break;
    }
    return none;
}

jl_text jl_rounding_in_words(jl_document *document, const jl_rounding *rounding) {
    jl_buffer text = {NULL, 0, 0, false};
    if (rounding->set) {
        jl_say_rounding(&text, document->phraser.language, rounding->digits, rounding->mode);
    }
    return jl_phrase_keep(&document->phraser, &text);
}

/* ---- head and foot ---- */

static void read_head(jl_document *document) {
    const jl_rulebook *rulebook = document->rulebook;
    jl_put_line(document, 0, jl_title_or_id(rulebook->title, rulebook->id));
    if (rulebook->basis.length > 0) {
        jl_say_line(document, 0, JL_SAY_READ_BASIS, JL_ARGS(rulebook->basis));
    }
    if (rulebook->from.length > 0 && rulebook->to.length > 0) {
        jl_say_line(document, 0, JL_SAY_READ_PERIOD, JL_ARGS(rulebook->from, rulebook->to));
    }
    jl_say_line(document, 0, JL_SAY_READ_SOURCE, JL_ARGS(rulebook->source->name, rulebook->id));
}

static void read_foot(jl_document *document) {
    jl_buffer_char(document->out, '\n');
    jl_say_line(document, 0, JL_SAY_READ_SIGNED, NULL);
    jl_say_line(document, 0, JL_SAY_READ_SIGNATURE, NULL);
}

/* ---- who ---- */

static jl_text join_texts(jl_document *document, const jl_text *texts, size_t n) {
    jl_list list = {.between = JL_TEXT(", ")};
    for (size_t text = 0; text < n; text++) {
        jl_list_add(&list, texts[text]);
    }
    return jl_list_end(document, &list);
}

static void read_who(jl_document *document) {
    const jl_rulebook *rulebook = document->rulebook;
    jl_begin_section(document, JL_SAY_SECTION_WHO);
    jl_say_line(document, 1, JL_SAY_READ_ENTITIES, JL_ARGS(rulebook->tables[rulebook->entities].name));
    if (rulebook->n_groups == 0) {
        jl_say_line(document, 1, JL_SAY_READ_NO_GROUPS, NULL);
        return;
    }
    jl_say_line(document, 1, JL_SAY_READ_GROUPS,
                JL_ARGS(join_texts(document, rulebook->groups, rulebook->n_groups),
                        join_texts(document, rulebook->group_names, rulebook->n_group_names)));
}

/* ---- data ---- */

/* What a choice means, where that is not its text: a word of methods in the reader's language, a number. */
static jl_text read_choice(jl_document *document, const jl_choice *choice) {
    const jl_text wording = jl_wording_of(JL_WORDING_WORD, choice->word, document->phraser.language);
    if (jl_text_equal(choice->text, choice->word)) {
        return choice->text;
    }
    return jl_said(document, JL_SAY_CHOICE_MEANS, JL_ARGS(choice->text, wording.length > 0 ? wording : choice->word));
}

static jl_text join_choices(jl_document *document, const jl_column_rule *column) {
    jl_list list = {.between = JL_TEXT("·")};
    for (size_t choice = 0; choice < column->n_choices; choice++) {
        jl_list_add(&list, read_choice(document, &column->choices[choice]));
    }
    return jl_list_end(document, &list);
}

static jl_text read_type(jl_document *document, const jl_column_rule *column) {
    static const jl_sentence types[] = {
        [JL_COLUMN_NUMBER] = JL_SAY_TYPE_NUMBER,   [JL_COLUMN_TEXT] = JL_SAY_TYPE_TEXT,
        [JL_COLUMN_DATE] = JL_SAY_TYPE_DATE,       [JL_COLUMN_MONTH] = JL_SAY_TYPE_MONTH,
        [JL_COLUMN_QUARTER] = JL_SAY_TYPE_QUARTER, [JL_COLUMN_YEAR] = JL_SAY_TYPE_YEAR};
    if (column->type == JL_COLUMN_CHOICE) {
        return join_choices(document, column);
    }
    if (column->type == JL_COLUMN_ORDERED) {
        return jl_said(document, JL_SAY_TYPE_ORDERED, JL_ARGS(join_choices(document, column)));
    }
    if (column->type == JL_COLUMN_REFERENCE) {
        return jl_said(document, JL_SAY_TYPE_REFERENCE, JL_ARGS(document->rulebook->tables[column->target].name));
    }
    return jl_said(document, types[column->type], NULL);
}

/* What an empty cell means, where the column has a word on it. */
static jl_text read_blank(jl_document *document, const jl_column_rule *column) {
    if (column->blank == JL_BLANK_NUMBER) {
        return jl_said(document, JL_SAY_BLANK_IS, JL_ARGS(column->blank_number));
    }
    if (column->blank == JL_BLANK_ERROR) {
        return jl_said(document, JL_SAY_BLANK_NEVER, NULL);
    }
    return column->blank_state == JL_MISSING
               ? (jl_text){NULL, 0}
               : jl_said(document, JL_SAY_BLANK_IS, JL_ARGS(state_name(document, column->blank_state)));
}

static jl_text read_column(jl_document *document, const jl_column_rule *column) {
    jl_list list = {.between = JL_TEXT(", ")};
    if (column->derive != NULL) {
        jl_list_add(&list,
                    jl_said(document, JL_SAY_TYPE_DERIVED, JL_ARGS(jl_phrase(&document->phraser, column->derive))));
    } else {
        jl_list_add(&list, read_type(document, column));
        jl_list_add(&list, read_blank(document, column));
    }
    if (column->minimum.length > 0) {
        jl_list_add(&list, jl_said(document, JL_SAY_AT_LEAST, JL_ARGS(column->minimum)));
    }
    if (column->maximum.length > 0) {
        jl_list_add(&list, jl_said(document, JL_SAY_AT_MOST, JL_ARGS(column->maximum)));
    }
    if (column->unit.length > 0) {
        jl_list_add(&list, jl_said(document, JL_SAY_TYPE_UNIT, JL_ARGS(column->unit)));
    }
    return jl_said(document, JL_SAY_READ_COLUMN,
                   JL_ARGS(jl_title_or_id(column->title, column->name), jl_list_end(document, &list)));
}

static void read_table(jl_document *document, const jl_table_rule *table) {
    jl_list keys = {.between = JL_TEXT("·")}, columns = {.between = JL_TEXT(", ")};
    for (size_t column = 0; column < table->n_columns; column++) {
        if (column < table->n_keys) {
            jl_list_add(&keys, table->columns[column].name);
        } else {
            jl_list_add(&columns, read_column(document, &table->columns[column]));
        }
    }
    const jl_text key_text = jl_list_end(document, &keys), column_text = jl_list_end(document, &columns);
    jl_say_line(document, 1, JL_SAY_READ_TABLE, JL_ARGS(table->name, key_text, column_text));
}

static void read_states(jl_document *document) {
    jl_list list = {.between = JL_TEXT(", ")};
    for (size_t word = 0; word < document->rulebook->n_states; word++) {
        const jl_state_word *known = &document->rulebook->states[word];
        jl_list_add(
            &list, jl_said(document, JL_SAY_READ_STATE_WORD, JL_ARGS(known->text, state_name(document, known->state))));
    }
    if (document->rulebook->n_states > 0) {
        jl_say_line(document, 1, JL_SAY_READ_STATES, JL_ARGS(jl_list_end(document, &list)));
    }
    jl_say_line(document, 1, JL_SAY_READ_BLANK, NULL);
}

static void read_data(jl_document *document) {
    jl_begin_section(document, JL_SAY_SECTION_DATA);
    for (size_t table = 0; table < document->rulebook->n_tables; table++) {
        read_table(document, &document->rulebook->tables[table]);
    }
    read_states(document);
}

/* ---- scales ---- */

static jl_text read_steps(jl_document *document, const jl_scale *scale) {
    jl_list list = {.between = JL_TEXT(", ")};
    for (size_t row = 0; row < scale->n_rows; row++) {
        const jl_scale_row *step = &scale->rows[row];
        const jl_sentence edge = scale->at_most ? (step->closed ? JL_SAY_AT_MOST : JL_SAY_BELOW)
                                                : (step->closed ? JL_SAY_AT_LEAST : JL_SAY_ABOVE);
        const jl_text band = jl_said(document, edge, JL_ARGS(step->edge));
        const bool has_score = step->result.length > 0;
        jl_list_add(&list, jl_said(document, has_score ? JL_SAY_SCALE_STEP : JL_SAY_SCALE_NOTHING,
                                   JL_ARGS(band, step->result)));
    }
    if (scale->otherwise.length > 0) {
        jl_list_add(&list, jl_said(document, JL_SAY_SCALE_OTHERWISE, JL_ARGS(scale->otherwise)));
    }
    return jl_list_end(document, &list);
}

static jl_text read_lookup(jl_document *document, const jl_scale *scale) {
    jl_list list = {.between = JL_TEXT(", ")};
    for (size_t row = 0; row < scale->n_rows; row++) {
        jl_list_add(&list,
                    jl_said(document, JL_SAY_SCALE_ENTRY, JL_ARGS(scale->rows[row].key, scale->rows[row].result)));
    }
    if (scale->otherwise.length > 0) {
        jl_list_add(&list, jl_said(document, JL_SAY_SCALE_OTHERWISE, JL_ARGS(scale->otherwise)));
    }
    return jl_list_end(document, &list);
}

static jl_text read_curve(jl_document *document, const jl_scale *scale) {
    static const jl_sentence below[] = {
        [JL_BEYOND_HOLD] = JL_SAY_SCALE_BELOW_HOLD, [JL_BEYOND_EXTEND] = JL_SAY_SCALE_BELOW_EXTEND};
    static const jl_sentence above[] = {
        [JL_BEYOND_HOLD] = JL_SAY_SCALE_ABOVE_HOLD, [JL_BEYOND_EXTEND] = JL_SAY_SCALE_ABOVE_EXTEND};
    jl_list knots = {.between = JL_TEXT(", ")}, whole = {.between = JL_TEXT("; ")};
    for (size_t row = 0; row < scale->n_rows; row++) {
        jl_list_add(&knots,
                    jl_said(document, JL_SAY_SCALE_KNOT, JL_ARGS(scale->rows[row].edge, scale->rows[row].result)));
    }
    jl_list_add(&whole, jl_said(document, JL_SAY_SCALE_CURVE, JL_ARGS(jl_list_end(document, &knots))));
    if (scale->below != JL_BEYOND_UNDEFINED) {
        jl_list_add(&whole, jl_said(document, below[scale->below], NULL));
    }
    if (scale->above != JL_BEYOND_UNDEFINED) {
        jl_list_add(&whole, jl_said(document, above[scale->above], NULL));
    }
    return jl_list_end(document, &whole);
}

jl_text jl_scale_in_words(jl_document *document, const jl_scale *scale) {
    switch (scale->kind) {
    case JL_SCALE_STEPS: return read_steps(document, scale);
    case JL_SCALE_CURVE: return read_curve(document, scale);
    case JL_SCALE_LOOKUP: break;
    }
    return read_lookup(document, scale);
}

static void read_scales(jl_document *document) {
    if (document->rulebook->n_scales == 0) {
        return;
    }
    jl_begin_section(document, JL_SAY_SECTION_SCALES);
    for (size_t scale = 0; scale < document->rulebook->n_scales; scale++) {
        const jl_scale *known = &document->rulebook->scales[scale];
        jl_say_line(document, 1, JL_SAY_READ_SCALE, JL_ARGS(known->name, jl_scale_in_words(document, known)));
    }
}

/* ---- all ---- */

jeoul_status jl_read_back(const jl_rulebook *rulebook, jeoul_language language, jl_buffer *out) {
    jl_document document = {.rulebook = rulebook, .out = out};
    document.phraser = (jl_phraser){.rulebook = rulebook, .arena = jl_arena_new(), .language = language};
    if (document.phraser.arena == NULL) {
        return JEOUL_NO_MEMORY;
    }
    read_head(&document);
    read_who(&document);
    read_data(&document);
    read_scales(&document);
    jl_read_scorecard_back(&document);
    jl_read_results_back(&document);
    read_foot(&document);
    jl_arena_free(document.phraser.arena);
    return out->failed ? JEOUL_NO_MEMORY : document.phraser.status;
}
