/* SPDX-License-Identifier: Apache-2.0
 *
 * The whole result as one JSON object, version 1 of its schema: the rulebook, how it was computed, and per entity its
 * figures, gates, values, nodes and contributions. Later versions of the schema only add members.
 *
 * Entities are written one by one through frames of one row (figures) or of their own rows (nodes, contributions), so
 * that a number looks here as it does in the CSV files.
 */
#include "report/frame.h"

#define SCHEMA_VERSION 1

static const jl_text FIGURES[] = {
    {"entity", 6}, {"group", 5}, {"base", 4}, {"bonus", 5}, {"penalty", 7}, {"total", 5}, {"rank", 4}, {"grade", 5},
};

typedef struct writer {
    const jl_outcome *outcome;
    jl_buffer *json;
    jl_frame figures, scores, contributions; /* of the entity in hand */
} writer;

static void add_member(jl_buffer *json, const char *separator, jl_text name) {
    jl_buffer_add(json, jl_text_of(separator));
    jl_buffer_json(json, name);
    jl_buffer_char(json, ':');
}

/* ---- how it was computed ---- */

static void write_warnings(const jl_outcome *outcome, jl_buffer *json) {
    const bool is_plain = outcome->program->settler.settle == NULL;
    jl_buffer_add(json, JL_TEXT(",\n\"warnings\":["));
    if (is_plain) {
        jl_buffer_add(json, JL_TEXT("{\"code\":null,\"message\":\"scored in doubles, nothing was settled exactly\"}"));
    }
    if (outcome->n_taken_as_equal > 0) {
        jl_buffer_format(
            json, "%s{\"code\":\"%s\",\"message\":\"%llu comparisons stayed open and were taken as equal\"}",
            is_plain ? "," : "", jl_code_number(JL_TAKEN_AS_EQUAL), (unsigned long long)outcome->n_taken_as_equal);
    }
    jl_buffer_char(json, ']');
}

static void write_head(const jl_outcome *outcome, jl_buffer *json) {
    const jl_rulebook *rulebook = outcome->program->plan->rulebook;
    jl_buffer_format(json, "{\"jeoul_result\":%d,\n\"rulebook\":{\"id\":", SCHEMA_VERSION);
    jl_buffer_json(json, rulebook->id);
    add_member(json, ",", JL_TEXT("title"));
    jl_buffer_json(json, rulebook->title);
    add_member(json, "},\n", JL_TEXT("engine"));
    jl_buffer_json(json, jl_text_of(jeoul_version()));
    add_member(json, ",\n", JL_TEXT("as_of"));
    if (outcome->as_of.length > 0) {
        jl_buffer_json(json, outcome->as_of);
    } else {
        jl_buffer_add(json, JL_TEXT("null"));
    }
    jl_buffer_format(json, ",\n\"settled_exactly\":%llu,\n\"taken_as_equal\":%llu",
                     (unsigned long long)outcome->n_settled, (unsigned long long)outcome->n_taken_as_equal);
    write_warnings(outcome, json);
}

/* ---- an entity ---- */

/* No adjustments of a kind add nothing. */
static void put_adjustment(const writer *out, uint32_t value, size_t entity, int digits, jl_frame *figures) {
    if (value == 0) {
        jl_frame_put_scaled(figures, 0, digits);
    } else {
        jl_put_published(out->outcome, value, entity, digits, figures);
    }
}

static void write_figures(writer *out, size_t entity) {
    const jl_plan *plan = out->outcome->program->plan;
    const int total_digits = plan->rulebook->round_total.digits;
    const int digits = total_digits > JL_LEDGER_DIGITS ? total_digits : JL_LEDGER_DIGITS;
    jl_frame *figures = &out->figures;
    jl_frame_clear(figures);
    jl_frame_put_text(figures, jl_text_of(out->outcome->entities[entity]));
    jl_frame_put_text(figures, jl_text_of(out->outcome->groups[entity]));
    jl_put_published(out->outcome, plan->published_base, entity, digits, figures);
    put_adjustment(out, plan->published_bonus, entity, digits, figures);
    put_adjustment(out, plan->published_penalty, entity, digits, figures);
    jl_put_published(out->outcome, plan->total, entity, total_digits, figures);
    jl_put_rank(out->outcome, entity, figures);
    jl_put_grade(out->outcome, plan->grade, entity, figures);
    jl_frame_json_row(figures, 0, 0, out->json);
}

static void write_truth(const jl_outcome *outcome, uint32_t value, size_t row, jl_buffer *json) {
    double truth;
    const bool is_known = jl_outcome_read(outcome, value, row, &truth);
    jl_buffer_add(json, !is_known ? JL_TEXT("null") : truth != 0 ? JL_TEXT("true") : JL_TEXT("false"));
}

static void write_gates(const writer *out, size_t entity) {
    const jl_plan *plan = out->outcome->program->plan;
    add_member(out->json, ",\n", JL_TEXT("gates"));
    jl_buffer_char(out->json, '{');
    for (size_t gate = 0; gate < plan->rulebook->n_gates; gate++) {
        add_member(out->json, gate > 0 ? "," : "", plan->rulebook->gates[gate].id);
        write_truth(out->outcome, plan->gates[gate], entity, out->json);
    }
    jl_buffer_char(out->json, '}');
}

static jeoul_status write_text_value(const writer *out, uint32_t value, size_t entity) {
    jl_buffer text = {NULL, 0, 0, false};
    bool has_value;
    const jeoul_status status = jl_outcome_print(out->outcome, value, entity, &has_value, &text);
    if (has_value) {
        jl_buffer_json(out->json, (jl_text){text.data, text.length});
    } else {
        jl_buffer_add(out->json, JL_TEXT("null"));
    }
    const bool failed = text.failed;
    jl_buffer_free(&text);
    return status == JEOUL_OK && failed ? JEOUL_NO_MEMORY : status;
}

static jeoul_status write_value(const writer *out, const jl_plan_named *named, size_t entity) {
    const jl_plan *plan = out->outcome->program->plan;
    double number;
    if (plan->values[named->value].type == JL_TYPE_TRUTH) {
        write_truth(out->outcome, named->value, entity, out->json);
    } else if (!jl_value_is_number(plan, named->value)) {
        return write_text_value(out, named->value, entity);
    } else if (jl_outcome_read(out->outcome, named->published, entity, &number)) {
        const int digits = named->rule->digits;
        jl_print_scaled(jl_number_to_scaled(number, digits), digits, out->json);
    } else {
        jl_buffer_add(out->json, JL_TEXT("null"));
    }
    return JEOUL_OK;
}

static jeoul_status write_values(const writer *out, size_t entity) {
    const jl_plan *plan = out->outcome->program->plan;
    add_member(out->json, ",\n", JL_TEXT("values"));
    jl_buffer_char(out->json, '{');
    for (size_t value = 0; value < plan->rulebook->n_values; value++) {
        add_member(out->json, value > 0 ? "," : "", plan->rulebook->values[value].id);
        JL_TRY(write_value(out, &plan->named[value], entity));
    }
    jl_buffer_char(out->json, '}');
    return JEOUL_OK;
}

static jeoul_status write_nodes(writer *out, size_t entity) {
    jl_frame_clear(&out->scores);
    JL_TRY(jl_add_scores(out->outcome, entity, &out->scores));
    add_member(out->json, ",\n", JL_TEXT("nodes"));
    jl_frame_json(&out->scores, out->scores.n_columns - JL_N_NODE_COLUMNS, out->json);
    return JEOUL_OK;
}

static jeoul_status write_contributions(writer *out, size_t entity) {
    jl_frame_clear(&out->contributions);
    JL_TRY(jl_add_contributions(out->outcome, entity, &out->contributions));
    add_member(out->json, ",\n", JL_TEXT("contributions"));
    jl_frame_json(&out->contributions, 1, out->json);
    return JEOUL_OK;
}

static jeoul_status write_entity(writer *out, size_t entity) {
    jl_buffer_add(out->json, entity == 0 ? JL_TEXT("\n{") : JL_TEXT(",\n{"));
    write_figures(out, entity);
    write_gates(out, entity);
    JL_TRY(write_values(out, entity));
    JL_TRY(write_nodes(out, entity));
    JL_TRY(write_contributions(out, entity));
    jl_buffer_char(out->json, '}');
    const bool failed = out->json->failed || out->figures.failed || out->scores.failed || out->contributions.failed;
    return failed ? JEOUL_NO_MEMORY : JEOUL_OK;
}

static jeoul_status write_entities(writer *out) {
    JL_TRY(jl_frame_open(&out->figures, FIGURES, JL_COUNT(FIGURES)));
    JL_TRY(jl_open_scores(out->outcome, false, &out->scores));
    JL_TRY(jl_open_contributions(&out->contributions));
    add_member(out->json, ",\n", JL_TEXT("entities"));
    jl_buffer_char(out->json, '[');
    for (size_t entity = 0; entity < jl_outcome_entities(out->outcome); entity++) {
        JL_TRY(write_entity(out, entity));
    }
    jl_buffer_add(out->json, JL_TEXT("]}\n"));
    return out->json->failed ? JEOUL_NO_MEMORY : JEOUL_OK;
}

jeoul_status jl_report_everything(const jl_outcome *outcome, jl_buffer *buffer) {
    writer out = {.outcome = outcome, .json = buffer};
    write_head(outcome, buffer);
    const jeoul_status status = write_entities(&out);
    jl_frame_close(&out.figures);
    jl_frame_close(&out.scores);
    jl_frame_close(&out.contributions);
    return status;
}
