/* SPDX-License-Identifier: Apache-2.0
 *
 * An explanation as JSON, version 1. Settled numbers are numbers, digit by digit; formulas, exact results (which may be
 * cut) and sentences are texts. A member that does not apply is left out. Two spaces a level, one member a line.
 */
#include "explain/explainer.h"

typedef struct jl_json {
    jl_buffer *out;
    int depth;
    bool is_first; /* of the object or list in hand */
} jl_json;

static void start_line(jl_json *json) {
    jl_buffer_add(json->out, json->is_first ? JL_TEXT("\n") : JL_TEXT(",\n"));
    jl_buffer_repeat(json->out, "  ", (size_t)json->depth);
    json->is_first = false;
}

static void open(jl_json *json, char bracket) {
    jl_buffer_char(json->out, bracket);
    json->depth++;
    json->is_first = true;
}

static void close(jl_json *json, char bracket) {
    const bool is_empty = json->is_first;
    json->depth--;
    json->is_first = true;
    if (!is_empty) {
        start_line(json);
    }
    json->is_first = false;
    jl_buffer_char(json->out, bracket);
}

static void name(jl_json *json, const char *member) {
    start_line(json);
    jl_buffer_format(json->out, "\"%s\": ", member);
}

static void put_text(jl_json *json, const char *member, jl_text text) {
    if (text.length > 0) {
        name(json, member);
        jl_buffer_json(json->out, text);
    }
}

/* A decimal text as a number. */
static void put_number(jl_json *json, const char *member, jl_text decimal) {
    if (decimal.length > 0) {
        name(json, member);
        jl_buffer_add(json->out, decimal);
    }
}

static void put_truth(jl_json *json, const char *member, bool truth) {
    name(json, member);
    jl_buffer_add(json->out, truth ? JL_TEXT("true") : JL_TEXT("false"));
}

static void put_notes(jl_json *json, const char *member, const jl_notes *notes) {
    if (notes->first == NULL) {
        return;
    }
    name(json, member);
    open(json, '[');
    for (const jl_note *note = notes->first; note != NULL; note = note->next) {
        start_line(json);
        jl_buffer_json(json->out, note->text);
    }
    close(json, ']');
}

/* The file is the rulebook's. */
static void put_place(jl_json *json, jl_span span) {
    uint32_t line = 0, column = 0;
    jl_span_locate(span, &line, &column);
    if (line > 0) {
        name(json, "line");
        jl_buffer_format(json->out, "%u", line);
    }
}

/* ---- parts ---- */

static const char *state_word(uint8_t state) {
    static const char *const words[] = {"value", "not_applicable", "not_due", "missing", "undefined"};
    return words[state];
}

static void put_formula(jl_json *json, const char *member, const jl_worked *worked) {
    if (worked->written.length == 0 && worked->result.length == 0) {
        return;
    }
    name(json, member);
    open(json, '{');
    put_text(json, "written", worked->written);
    put_text(json, "numbers", worked->numbers);
    put_text(json, "result", worked->result);
    put_text(json, "bound", worked->bound);
    put_place(json, worked->span);
    close(json, '}');
}

static void put_parts(jl_json *json, const char *member, const jl_part *first);

static void put_kind(jl_json *json, const jl_part *part) {
    static const char *const kinds[] = {
        [JL_PART_AREA] = "area",   [JL_PART_SHEET] = "sheet",   [JL_PART_INDICATOR] = "indicator",
        [JL_PART_ROW] = "row",     [JL_PART_CHANGE] = "change", [JL_PART_ITEM] = "bonus",
        [JL_PART_ENTRY] = "entry", [JL_PART_VALUE] = "value",   [JL_PART_GATE] = "gate"};
    const char *kind = part->kind == JL_PART_ITEM && part->penalty ? "penalty" : kinds[part->kind];
    put_text(json, "kind", jl_text_of(part->kind == JL_PART_CHANGE ? part->change : kind));
}

static void put_verdict(jl_json *json, const jl_part *part) {
    if (part->kind <= JL_PART_ROW || part->kind == JL_PART_VALUE) {
        put_text(json, "state", jl_text_of(state_word(part->state)));
    } else if (part->kind == JL_PART_GATE) {
        put_truth(json, "passed", !part->failed);
    } else if (part->kind == JL_PART_ENTRY) {
        put_truth(json, "counted", !part->failed);
    }
}

static bool is_decimal(jl_text text) {
    double number;
    return jl_number_parse(text, &number, NULL);
}

/* A weight as written is exact unless it was cut, a value may be no number at all. */
static void put_figure(jl_json *json, const char *member, jl_text figure) {
    if (is_decimal(figure)) {
        put_number(json, member, figure);
    } else {
        put_text(json, member, figure);
    }
}

static void put_part(jl_json *json, const jl_part *part) {
    open(json, '{');
    put_kind(json, part);
    put_text(json, "id", part->id);
    put_text(json, "title", part->title);
    put_text(json, "basis", part->basis);
    put_verdict(json, part);
    put_figure(json, "value", part->value);
    put_text(json, "unit", part->unit);
    put_figure(json, "own_weight", part->own_weight);
    put_number(json, "full_weight", part->full_weight);
    put_number(json, "weight", part->weight);
    put_number(json, "score", part->score);
    put_number(json, "points_before_adjustments", part->unadjusted);
    put_figure(json, "points", part->points);
    put_figure(json, "cap", part->cap);
    put_text(json, "grade", part->grade);
    put_formula(json, "value_formula", &part->value_formula);
    put_formula(json, "formula", &part->formula);
    put_notes(json, "notes", &part->notes);
    put_place(json, part->span);
    put_parts(json, "children", part->first);
    close(json, '}');
}

static void put_parts(jl_json *json, const char *member, const jl_part *first) {
    if (first == NULL) {
        return;
    }
    name(json, member);
    open(json, '[');
    for (const jl_part *part = first; part != NULL; part = part->next) {
        start_line(json);
        put_part(json, part);
    }
    close(json, ']');
}

/* ---- the whole ---- */

static void put_rulebook(jl_json *json, const jl_rulebook *rulebook) {
    name(json, "rulebook");
    open(json, '{');
    put_text(json, "id", rulebook->id);
    put_text(json, "title", rulebook->title);
    put_text(json, "basis", rulebook->basis);
    put_text(json, "file", rulebook->source->name);
    close(json, '}');
}

static void put_sums(jl_json *json, const jl_sums *sums) {
    name(json, "outcome");
    open(json, '{');
    put_number(json, "base", sums->base);
    put_number(json, "bonus_sum", sums->bonus_sum);
    put_number(json, "bonus", sums->bonus);
    put_number(json, "penalty_sum", sums->penalty_sum);
    put_number(json, "penalty", sums->penalty);
    put_number(json, "before_limits", sums->added);
    put_number(json, "after_limits", sums->limited);
    put_text(json, "before_rounding", sums->exact);
    put_text(json, "rounding", sums->rounding);
    put_number(json, "total", sums->total);
    close(json, '}');
}

static void put_standing(jl_json *json, const jl_standing *standing) {
    if (standing->rank.length > 0 || standing->rank_notes.first != NULL) {
        name(json, "rank");
        open(json, '{');
        put_number(json, "rank", standing->rank);
        put_number(json, "of", standing->ranked);
        put_number(json, "sharing", standing->tied);
        put_notes(json, "notes", &standing->rank_notes);
        close(json, '}');
    }
    if (standing->grade.length > 0) {
        name(json, "grade");
        open(json, '{');
        put_text(json, "grade", standing->grade);
        put_text(json, "next", standing->next_grade);
        put_text(json, "distance", standing->distance);
        put_notes(json, "notes", &standing->grade_notes);
        close(json, '}');
    }
}

static const char *line_kind(jl_line_kind kind) {
    static const char *const kinds[] = {[JL_LINE_NODE] = "node",
                                        [JL_LINE_NODE_ROUNDING] = "rounding",
                                        [JL_LINE_AREA_LIMIT] = "area_limit",
                                        [JL_LINE_ITEM] = "item",
                                        [JL_LINE_ITEM_CAP] = "item_cap",
                                        [JL_LINE_BONUS_LIMIT] = "bonus_limit",
                                        [JL_LINE_PENALTY_LIMIT] = "penalty_limit",
                                        [JL_LINE_TOTAL_LIMIT] = "total_limit",
                                        [JL_LINE_DISPLAY] = "display",
                                        [JL_LINE_TOTAL_ROUNDING] = "total_rounding"};
    return kinds[kind];
}

static const jl_part *find_part(const jl_part *part, uint32_t node, uint32_t row) {
    const jl_part *found =
        part->node == node && part->kind <= JL_PART_ROW && (part->kind != JL_PART_ROW || part->row == row) ? part
                                                                                                           : NULL;
    for (const jl_part *child = part->first; child != NULL && found == NULL; child = child->next) {
        found = find_part(child, node, row);
    }
    return found;
}

static void put_line(jl_json *json, const jl_explainer *explainer, const jl_line *line) {
    const jl_ledger *ledger = &explainer->out.ledger;
    char digits[JL_NUMBER_LENGTH];
    const double points = jl_number_from_scaled(line->points, ledger->digits);
    const jl_part *node = line->node == JL_NONE ? NULL : find_part(explainer->out.scorecard, line->node, line->row);
    start_line(json);
    open(json, '{');
    put_text(json, "kind", jl_text_of(line_kind(line->kind)));
    if (line->item != JL_NONE) {
        put_text(json, "id", explainer->plan->items[line->item].rule->id);
    } else if (node != NULL) {
        put_text(json, "id", node->id);
    }
    put_number(json, "points", (jl_text){digits, jl_number_print_fixed(points, ledger->digits, digits)});
    close(json, '}');
}

static void put_ledger(jl_json *json, const jl_explainer *explainer) {
    name(json, "contributions");
    open(json, '[');
    for (size_t line = 0; line < explainer->out.ledger.n_lines; line++) {
        put_line(json, explainer, &explainer->out.ledger.lines[line]);
    }
    close(json, ']');
}

void jl_write_explanation_json(const jl_explainer *explainer, jl_buffer *out) {
    const jl_explain_request *request = explainer->request;
    jl_json json = {.out = out};
    open(&json, '{');
    put_number(&json, "jeoul_explanation", JL_TEXT("1"));
    put_rulebook(&json, explainer->rulebook);
    put_text(&json, "entity", jl_text_of(request->entities[request->entity]));
    put_text(&json, "group", jl_text_of(request->groups[request->entity]));
    put_number(&json, "total", explainer->out.sums.total);
    put_standing(&json, &explainer->out.standing);
    name(&json, "scorecard");
    put_part(&json, explainer->out.scorecard);
    put_parts(&json, "adjustments", explainer->out.items);
    put_sums(&json, &explainer->out.sums);
    put_parts(&json, "gates", explainer->out.gates);
    put_parts(&json, "values", explainer->out.values);
    put_ledger(&json, explainer);
    close(&json, '}');
    jl_buffer_char(out, '\n');
}
