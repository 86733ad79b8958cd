/* SPDX-License-Identifier: Apache-2.0
 *
 * An explanation as text: parts become lines of a tree. The line itself has weight x score = points and the formula
 * with its numbers; below it, fainter, stand the formula as written and what happened on the way.
 */
#include "explain/tree.h"

typedef struct jl_text_writer {
    jl_explainer *explainer;
    jl_branch spare;
} jl_text_writer;

static jl_branch *add_branch(jl_text_writer *writer, jl_branch *parent, jl_text label) {
    jl_branch *branch = jl_arena_alloc(writer->explainer->arena, sizeof *branch);
    if (branch == NULL) {
        jl_explain_fail(writer->explainer, JEOUL_NO_MEMORY);
        writer->spare = (jl_branch){.label = label};
        return &writer->spare;
    }
    branch->label = label;
    if (parent->last == NULL) {
        parent->first = branch;
    } else {
        parent->last->next = branch;
    }
    parent->last = branch;
    return branch;
}

static jl_text say(jl_text_writer *writer, jl_sentence sentence, jl_text a, jl_text b) {
    const jl_text args[JL_SAY_MOST] = {a, b};
    return jl_sentence_of(writer->explainer, sentence, args);
}

static jl_text word(const jl_text_writer *writer, jl_sentence sentence) {
    return jl_wording(writer->explainer->language, sentence);
}

/* ---- numbers ---- */

/* Without zeros at the end of its decimals. */
static jl_text strip(jl_text number) {
    if (number.length == 0 || memchr(number.data, '.', number.length) == NULL) {
        return number;
    }
    while (number.data[number.length - 1] == '0') {
        number.length--;
    }
    number.length -= number.data[number.length - 1] == '.';
    return number;
}

static bool same_number(jl_text a, jl_text b) {
    return jl_text_equal(strip(a), strip(b));
}

static jl_text with_sign(jl_text_writer *writer, jl_text number, bool minus) {
    jl_buffer text = {NULL, 0, 0, false};
    const bool has_sign = number.length > 0 && number.data[0] == '-';
    if (number.length > 0 && !has_sign && !same_number(number, JL_TEXT("0"))) {
        jl_buffer_char(&text, minus ? '-' : '+');
    }
    jl_buffer_add(&text, number);
    return jl_keep(writer->explainer, &text);
}

/* ---- formulas ---- */

static void add_joined(jl_buffer *text, const char *sign, jl_text more) {
    if (more.length > 0) {
        jl_buffer_add(text, text->length > 0 ? jl_text_of(sign) : (jl_text){NULL, 0});
        jl_buffer_add(text, more);
    }
}

/* "100 × 82.1 / 85 = 96.588235… → 96.588". */
static jl_text describe_result(jl_text_writer *writer, const jl_worked *worked, jl_text outcome, bool counts) {
    jl_buffer text = {NULL, 0, 0, false};
    jl_buffer_add(&text, worked->numbers);
    const bool changed = counts && outcome.length > 0 && !same_number(worked->result, outcome);
    if (counts && !jl_text_equal(worked->result, worked->numbers) && (worked->numbers.length > 0 || changed)) {
        add_joined(&text, " = ", worked->result);
    }
    if (changed && text.length > 0) {
        add_joined(&text, " → ", outcome);
    }
    if (counts && worked->bound.length > 0) {
        jl_buffer_format(&text, " (%.*s)", JL_TEXT_ARG(worked->bound));
    }
    return jl_keep(writer->explainer, &text);
}

static void note_written(jl_text_writer *writer, jl_sentence sentence, const jl_worked *worked, jl_branch *branch) {
    if (worked->written.length > 0 && !jl_text_equal(worked->written, branch->detail)) {
        jl_note_text(writer->explainer, &branch->notes, say(writer, sentence, worked->written, (jl_text){NULL, 0}));
    }
}

/* "실적값: 집행액 / 예산액 * 100 = 8038.4 / 8552.9 × 100 = 93.984496…". */
static void note_value(jl_text_writer *writer, const jl_part *part, jl_branch *branch) {
    jl_buffer text = {NULL, 0, 0, false};
    const jl_worked *worked = &part->value_formula;
    if (worked->written.length == 0 || (worked->numbers.length == 0 && part->kind != JL_PART_SHEET)) {
        return; /* a column alone is seen in the formula of the score */
    }
    if (part->kind != JL_PART_ROW) { /* the sheet has said it for all its rows */
        jl_buffer_add(&text, worked->written);
    }
    add_joined(&text, " = ", worked->numbers);
    if (!jl_text_equal(worked->numbers, worked->result) && !jl_text_equal(worked->written, worked->result)) {
        add_joined(&text, " = ", worked->result);
    }
    jl_note_text(writer->explainer, &branch->notes,
                 say(writer, JL_SAY_VALUE_LINE, jl_keep(writer->explainer, &text), (jl_text){NULL, 0}));
}

/* ---- parts ---- */

/* "performance.yaml:41", without folders. */
static jl_text describe_place(jl_text_writer *writer, jl_span span) {
    uint32_t line = 0, column = 0;
    jl_span_locate(span, &line, &column);
    if (line == 0) {
        return (jl_text){NULL, 0};
    }
    jl_text name = span.source->name;
    for (size_t offset = name.length; offset > 0; offset--) {
        if (name.data[offset - 1] == '/') {
            name.data += offset;
            name.length -= offset;
            break;
        }
    }
    jl_buffer text = {NULL, 0, 0, false};
    jl_buffer_format(&text, "%.*s:%u", JL_TEXT_ARG(name), line);
    return jl_keep(writer->explainer, &text);
}

static void copy_notes(jl_text_writer *writer, const jl_notes *notes, jl_branch *branch) {
    for (const jl_note *note = notes->first; note != NULL; note = note->next) {
        jl_note_text(writer->explainer, &branch->notes, note->text);
    }
}

static void add_node(jl_text_writer *writer, jl_branch *parent, const jl_part *part);

static void add_children(jl_text_writer *writer, jl_branch *parent, const jl_part *first) {
    for (const jl_part *part = first; part != NULL; part = part->next) {
        add_node(writer, parent, part);
    }
}

static void fill_scored(jl_text_writer *writer, const jl_part *part, jl_branch *branch) {
    const bool counts = part->state == JL_VALUE, is_row = part->kind == JL_PART_ROW;
    branch->weight = strip(part->weight);
    branch->score = part->score;
    branch->points = part->points;
    branch->shares = part->points.length > 0 && part->weight.length > 0 && part->unadjusted.length == 0;
    if (!counts) {
        branch->instead = jl_state_text(writer->explainer, part->state);
        branch->ink = JL_INK_ALARM;
    }
    branch->detail = describe_result(writer, &part->formula, part->score, counts);
    branch->place = is_row
                        ? (jl_text){NULL, 0}
                        : describe_place(writer, part->formula.span.source != NULL ? part->formula.span : part->span);
    note_value(writer, part, branch);
    if (!is_row) {
        note_written(writer, part->kind == JL_PART_SHEET ? JL_SAY_ROWS_WRITTEN : JL_SAY_WRITTEN, &part->formula,
                     branch);
    }
    if (part->unadjusted.length > 0) {
        jl_note_text(writer->explainer, &branch->notes,
                     say(writer, JL_SAY_UNADJUSTED, part->unadjusted, (jl_text){NULL, 0}));
    }
    if (part->grade.length > 0) {
        jl_note_text(writer->explainer, &branch->notes,
                     say(writer, JL_SAY_NODE_GRADE, part->grade, (jl_text){NULL, 0}));
    }
}

static void fill_item(jl_text_writer *writer, const jl_part *part, jl_branch *branch) {
    branch->label = say(writer, part->penalty ? JL_SAY_PENALTY : JL_SAY_BONUS, part->title, (jl_text){NULL, 0});
    branch->points = with_sign(writer, part->points, part->penalty);
    branch->detail = describe_result(writer, &part->formula, part->points, true);
    branch->place = describe_place(writer, part->span);
    if (part->formula.numbers.length > 0 || part->first != NULL) {
        note_written(writer, JL_SAY_WRITTEN, &part->formula, branch);
    }
}

static void fill_entry(jl_text_writer *writer, const jl_part *part, jl_branch *branch) {
    branch->detail = describe_result(writer, &part->formula, part->points, true);
    if (part->failed) {
        branch->instead = word(writer, JL_SAY_NOT_COUNTED);
        branch->detail = part->points;
    } else if (branch->detail.length == 0) {
        branch->detail = part->points;
    }
}

static void fill_gate(jl_text_writer *writer, const jl_part *part, jl_branch *branch) {
    branch->label = say(writer, JL_SAY_GATE, part->title, (jl_text){NULL, 0});
    branch->instead = word(writer, part->failed ? JL_SAY_GATE_FAILED : JL_SAY_GATE_PASSED);
    branch->ink = part->failed ? JL_INK_ALARM : JL_INK_PLAIN;
    branch->detail = part->formula.numbers;
    branch->place = describe_place(writer, part->span);
    note_written(writer, JL_SAY_WRITTEN, &part->formula, branch);
}

static void fill_value(jl_text_writer *writer, const jl_part *part, jl_branch *branch) {
    branch->label = say(writer, JL_SAY_VALUE, part->title, (jl_text){NULL, 0});
    branch->instead = part->value.length > 0 ? strip(part->value) : jl_state_text(writer->explainer, part->state);
    branch->detail = describe_result(writer, &part->formula, part->value, part->value.length > 0);
    branch->place = describe_place(writer, part->span);
    note_written(writer, JL_SAY_WRITTEN, &part->formula, branch);
}

static void add_node(jl_text_writer *writer, jl_branch *parent, const jl_part *part) {
    jl_branch *branch = add_branch(writer, parent, part->title);
    switch (part->kind) {
    case JL_PART_AREA:
    case JL_PART_SHEET:
    case JL_PART_INDICATOR:
    case JL_PART_ROW: fill_scored(writer, part, branch); break;
    case JL_PART_CHANGE: branch->points = with_sign(writer, part->points, false); break;
    case JL_PART_ITEM: fill_item(writer, part, branch); break;
    case JL_PART_ENTRY: fill_entry(writer, part, branch); break;
    case JL_PART_GATE: fill_gate(writer, part, branch); break;
    case JL_PART_VALUE: fill_value(writer, part, branch); break;
    }
    copy_notes(writer, &part->notes, branch);
    add_children(writer, branch, part->first);
}

/* ---- the outcome ---- */

static void add_limited(jl_text_writer *writer, jl_branch *root, jl_sentence label, jl_text before, jl_text after,
                        bool minus) {
    if (after.length == 0) {
        return;
    }
    jl_branch *branch = add_branch(writer, root, word(writer, label));
    branch->points = with_sign(writer, after, minus);
    if (!same_number(before, after)) {
        branch->detail = say(writer, JL_SAY_LIMITED, strip(before), strip(after));
    }
}

/* Points of the root: of an additive root its children stand beside it already. */
static void add_base(jl_text_writer *writer, jl_branch *root, const jl_part *scorecard, bool is_open) {
    const jl_sums *sums = &writer->explainer->out.sums;
    const bool is_adjusted = sums->bonus.length > 0 || sums->penalty.length > 0;
    if (!is_adjusted && (!is_open || (scorecard->formula.result.length == 0 && scorecard->notes.first == NULL))) {
        return;
    }
    jl_branch *branch = add_branch(writer, root, word(writer, JL_SAY_BASE));
    branch->points = sums->base;
    if (is_open) {
        branch->detail = describe_result(writer, &scorecard->formula, scorecard->score, scorecard->state == JL_VALUE);
        copy_notes(writer, &scorecard->notes, branch);
    }
}

static void add_total(jl_text_writer *writer, jl_branch *root) {
    const jl_sums *sums = &writer->explainer->out.sums;
    if (sums->added.length > 0 && !same_number(sums->added, sums->limited)) {
        jl_branch *limit = add_branch(writer, root, word(writer, JL_SAY_TOTAL_LIMIT));
        limit->points = with_sign(writer, sums->limit, false);
        limit->detail = say(writer, JL_SAY_LIMITED, strip(sums->added), strip(sums->limited));
    }
    if (sums->display.length > 0) {
        add_branch(writer, root, word(writer, JL_SAY_LINE_DISPLAY))->points = with_sign(writer, sums->display, false);
    }
    jl_branch *total = add_branch(writer, root, word(writer, JL_SAY_TOTAL));
    total->ink = JL_INK_STRONG;
    total->points = sums->total;
    if (sums->total.length > 0 && !same_number(sums->exact, sums->total)) {
        const jl_text args[JL_SAY_MOST] = {sums->exact, sums->total, sums->rounding};
        total->detail = jl_sentence_of(writer->explainer, JL_SAY_TOTAL_ROUNDED, args);
    }
}

static jl_text describe_rank(jl_text_writer *writer) {
    const jl_standing *standing = &writer->explainer->out.standing;
    const bool is_shared = standing->tied.length > 0 && !jl_text_equal(standing->tied, JL_TEXT("1"));
    return standing->rank.length == 0
               ? (jl_text){NULL, 0}
               : say(writer, is_shared ? JL_SAY_RANK_SHARED : JL_SAY_RANK, standing->rank, standing->ranked);
}

static void add_standing(jl_text_writer *writer, jl_branch *root) {
    const jl_standing *standing = &writer->explainer->out.standing;
    if (standing->rank.length > 0 || standing->rank_notes.first != NULL) {
        jl_branch *rank = add_branch(writer, root, word(writer, JL_SAY_RANK_LABEL));
        rank->ink = JL_INK_STRONG;
        rank->instead = describe_rank(writer);
        copy_notes(writer, &standing->rank_notes, rank);
    }
    if (standing->grade.length > 0) {
        jl_branch *grade = add_branch(writer, root, word(writer, JL_SAY_GRADE_LABEL));
        grade->ink = JL_INK_STRONG;
        grade->instead = standing->grade;
        if (standing->distance.length > 0) {
            grade->detail = say(writer, JL_SAY_DISTANCE, standing->next_grade, standing->distance);
        }
        copy_notes(writer, &standing->grade_notes, grade);
    }
}

/* ---- the head ---- */

static void put_head(jl_text_writer *writer, jl_buffer *out) {
    const jl_explainer *explainer = writer->explainer;
    const jl_explain_request *request = explainer->request;
    const jl_text group = jl_text_of(request->groups[request->entity]);
    jl_buffer name = {NULL, 0, 0, false};
    jl_buffer_add(&name, jl_text_of(request->entities[request->entity]));
    if (group.length > 0) {
        jl_buffer_format(&name, " (%.*s)", JL_TEXT_ARG(group));
    }
    jl_draw_text(jl_keep(writer->explainer, &name), JL_INK_STRONG, request->colour, out);
    const jl_text parts[] = {explainer->out.sums.total, describe_rank(writer), explainer->out.standing.grade};
    for (size_t part = 0; part < JL_COUNT(parts); part++) {
        if (parts[part].length > 0) {
            jl_buffer_add(out, JL_TEXT("   "));
            jl_draw_text(parts[part], JL_INK_STRONG, request->colour, out);
        }
    }
    jl_buffer_char(out, '\n');
    jl_buffer_add(out, explainer->rulebook->title.length > 0 ? explainer->rulebook->title : explainer->rulebook->id);
    if (explainer->rulebook->basis.length > 0) {
        jl_buffer_format(out, " · %.*s", JL_TEXT_ARG(explainer->rulebook->basis));
    }
    jl_buffer_char(out, '\n');
}

void jl_write_explanation_text(jl_explainer *explainer, jl_buffer *out) {
    jl_text_writer writer = {.explainer = explainer};
    jl_branch root = {.label = {NULL, 0}};
    const jl_part *scorecard = explainer->out.scorecard;
    const jl_sums *sums = &explainer->out.sums;
    const bool is_open = scorecard->first != NULL && explainer->plan->nodes[0].additive;
    if (is_open) {
        add_children(&writer, &root, scorecard->first);
    } else {
        add_node(&writer, &root, scorecard);
    }
    add_base(&writer, &root, scorecard, is_open);
    add_children(&writer, &root, explainer->out.items);
    add_limited(&writer, &root, JL_SAY_BONUS_SUM, sums->bonus_sum, sums->bonus, false);
    add_limited(&writer, &root, JL_SAY_PENALTY_SUM, sums->penalty_sum, sums->penalty, true);
    add_total(&writer, &root);
    add_standing(&writer, &root);
    add_children(&writer, &root, explainer->out.gates);
    add_children(&writer, &root, explainer->out.values);
    put_head(&writer, out);
    jl_draw_tree(&root, explainer->request->colour, out);
}
