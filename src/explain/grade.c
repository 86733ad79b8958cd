/* SPDX-License-Identifier: Apache-2.0
 *
 * The grade of an entity, step by step: by quota or cut-offs, then floors, then gates; and how far it is to the next
 * one.
 */
#include "explain/explainer.h"

#define NO_GRADE SIZE_MAX

static bool read_number(const jl_explainer *explainer, uint32_t value, uint32_t row, double *number_out) {
    uint8_t state = JL_MISSING;
    return value != 0 && jl_program_read(explainer->program, value, row, number_out, &state) && state == JL_VALUE;
}

static size_t grade_of(const jl_explainer *explainer, uint32_t value, uint32_t entity) {
    double grade = 0.0;
    const bool has_grade =
        read_number(explainer, value, entity, &grade) && (size_t)grade < explainer->rulebook->n_grades;
    return has_grade ? (size_t)grade : NO_GRADE;
}

static jl_text name_of(const jl_explainer *explainer, size_t grade) {
    return grade == NO_GRADE ? jl_wording(explainer->language, JL_SAY_NO_GRADE) : explainer->rulebook->grades[grade];
}

static const jl_grade_rule *find_rule(const jl_rulebook *rulebook) {
    for (size_t rule = 0; rule < rulebook->n_grade_rules; rule++) {
        if (rulebook->grade_rules[rule].of == JL_GRADE_TOTAL) {
            return &rulebook->grade_rules[rule];
        }
    }
    return NULL;
}

static void note(jl_explainer *explainer, jl_sentence sentence, const jl_text *args) {
    jl_note_say(explainer, &explainer->out.standing.grade_notes, sentence, args);
}

/* ---- distance ---- */

/* "+1.08": what is missing, with its sign. */
static void set_distance(jl_explainer *explainer, size_t grade, const jl_exact *wanted, const jl_exact *found) {
    jl_standing *standing = &explainer->out.standing;
    jl_buffer text = {NULL, 0, 0, false};
    jl_exact_sub(&explainer->third, wanted, found);
    jl_buffer_add(&text, jl_exact_sign(&explainer->third) == JL_LESS ? (jl_text){NULL, 0} : JL_TEXT("+"));
    jl_print_short(&explainer->third, &text);
    standing->distance = jl_keep(explainer, &text);
    standing->next_grade = name_of(explainer, grade);
}

/* ---- by cut-offs ---- */

static void explain_cutoffs(jl_explainer *explainer, const jl_grade_rule *rule, size_t grade) {
    const jl_plan *plan = explainer->plan;
    const uint32_t row = explainer->entity, x = rule->by_value ? plan->limited : plan->total;
    size_t next = NO_GRADE;
    uint32_t next_cutoff = 0;
    uint8_t state;
    for (size_t index = 0; index < plan->n_cutoffs; index++) {
        const size_t at = rule->cutoffs[index].grade;
        if (at == grade) {
            const jl_text args[JL_SAY_MOST] = {jl_figure_text(explainer, x, row),
                                               jl_figure_text(explainer, plan->cutoffs[index], row),
                                               name_of(explainer, grade)};
            note(explainer, rule->at_most ? JL_SAY_CUTOFF_AT_MOST : JL_SAY_CUTOFF_AT_LEAST, args);
        } else if (at < grade && (next == NO_GRADE || at > next)) {
            next = at;
            next_cutoff = plan->cutoffs[index];
        }
    }
    if (next != NO_GRADE && jl_evaluate_into(explainer, next_cutoff, row, &explainer->number, &state) &&
        jl_evaluate_into(explainer, x, row, &explainer->other, &state)) {
        set_distance(explainer, next, &explainer->number, &explainer->other);
    }
}

/* ---- by quota ---- */

typedef struct jl_cut {
    jl_explainer *explainer;
    uint32_t part_value, heads_value;
    double part;
    jl_buffer seats; /* "S 7, A 11": heads that each grade was given by the quota */
    uint32_t above;  /* the last entity above the cut, JL_NO_ROW: nobody */
    size_t next;     /* its grade */
    double above_order;
} jl_cut;

static bool is_peer(const jl_cut *cut, uint32_t entity) {
    double part = 0.0;
    return read_number(cut->explainer, cut->part_value, entity, &part) && part == cut->part;
}

static size_t heads_of(const jl_cut *cut, uint32_t entity) {
    const bool is_constant = cut->explainer->plan->values[cut->heads_value].shape == JL_SHAPE_CONSTANT;
    double heads = 0.0;
    return read_number(cut->explainer, cut->heads_value, is_constant ? 0 : entity, &heads) ? (size_t)heads : 0;
}

static void count_seats(jl_cut *cut) {
    const jl_explainer *explainer = cut->explainer;
    const size_t n_entities = explainer->program->spaces[explainer->plan->entity_shape].n;
    for (size_t grade = 0; grade < explainer->rulebook->n_grades; grade++) {
        size_t n_seats = 0;
        for (uint32_t entity = 0; entity < n_entities; entity++) {
            const bool is_here =
                is_peer(cut, entity) && grade_of(explainer, explainer->plan->grade_by_quota, entity) == grade;
            n_seats += is_here ? heads_of(cut, entity) : 0;
        }
        jl_buffer_format(&cut->seats, "%s%.*s: %zu", grade > 0 ? ", " : "",
                         JL_TEXT_ARG(explainer->rulebook->grades[grade]), n_seats);
    }
}

/* The entity with the lowest place among those with a better grade. */
static void find_above(jl_cut *cut, size_t grade) {
    const jl_explainer *explainer = cut->explainer;
    const size_t n_entities = explainer->program->spaces[explainer->plan->entity_shape].n;
    for (uint32_t entity = 0; entity < n_entities; entity++) {
        double order = 0.0;
        const size_t theirs = grade_of(explainer, explainer->plan->grade_by_quota, entity);
        const bool is_above = is_peer(cut, entity) && theirs != NO_GRADE && theirs < grade &&
                              read_number(explainer, explainer->plan->order, entity, &order);
        if (is_above && (cut->above == JL_NO_ROW || order > cut->above_order)) {
            cut->above = entity;
            cut->above_order = order;
            cut->next = theirs;
        }
    }
}

static const jl_cutoff *find_floor(const jl_grade_rule *rule, size_t grade) {
    for (size_t floor = 0; floor < rule->n_at_least; floor++) {
        if (rule->at_least[floor].grade == grade) {
            return &rule->at_least[floor];
        }
    }
    return NULL;
}

/* What a grade asks for beside a seat; false: nothing, or a column whose figure is not at hand. */
static bool read_floor(jl_explainer *explainer, const jl_grade_rule *rule, size_t grade, jl_exact *out) {
    const jl_cutoff *floor = find_floor(rule, grade);
    (void)explainer;
    return floor != NULL && floor->value->kind == JL_AST_NUMBER && jl_exact_set_text(out, floor->value->text);
}

static void explain_floor(jl_explainer *explainer, const jl_grade_rule *rule, size_t by_quota, size_t after) {
    const jl_cutoff *floor = find_floor(rule, by_quota);
    uint8_t state;
    if (by_quota == NO_GRADE || after == by_quota || floor == NULL) {
        return;
    }
    const jl_text args[JL_SAY_MOST] = {name_of(explainer, by_quota), jl_formula_written(explainer, floor->value),
                                       name_of(explainer, after)};
    note(explainer, JL_SAY_GRADE_FLOOR, args);
    if (read_floor(explainer, rule, by_quota, &explainer->number) &&
        jl_evaluate_into(explainer, explainer->plan->total, explainer->entity, &explainer->other, &state)) {
        set_distance(explainer, by_quota, &explainer->number, &explainer->other);
    }
}

static void explain_cut(jl_cut *cut, const jl_grade_rule *rule) {
    jl_explainer *explainer = cut->explainer;
    const uint32_t total = explainer->plan->total;
    uint8_t state;
    if (cut->above == JL_NO_ROW || !jl_evaluate_into(explainer, total, cut->above, &explainer->number, &state) ||
        !jl_evaluate_into(explainer, total, explainer->entity, &explainer->other, &state)) {
        return;
    }
    const jl_text args[JL_SAY_MOST] = {name_of(explainer, cut->next),
                                       jl_text_of(explainer->request->entities[cut->above]),
                                       jl_figure_text(explainer, total, cut->above)};
    note(explainer, JL_SAY_LAST_ABOVE_CUT, args);
    (void)jl_evaluate_into(explainer, total, cut->above, &explainer->number, &state);
    if (read_floor(explainer, rule, cut->next, &explainer->third) &&
        jl_exact_compare(&explainer->third, &explainer->number) == JL_GREATER) {
        jl_exact_set(&explainer->number, &explainer->third);
    }
    set_distance(explainer, cut->next, &explainer->number, &explainer->other);
}

static void explain_quota(jl_explainer *explainer, const jl_grade_rule *rule) {
    const jl_plan *plan = explainer->plan;
    const jl_op *op = &plan->ops[plan->values[plan->grade_by_quota].source];
    const size_t by_quota = grade_of(explainer, plan->grade_by_quota, explainer->entity);
    const size_t after = grade_of(explainer, plan->grade_after_floor, explainer->entity);
    const uint32_t *args = jl_op_args(plan, op);
    jl_cut cut = {.explainer = explainer, .part_value = args[0], .heads_value = args[2], .above = JL_NO_ROW};
    if (by_quota == NO_GRADE || !read_number(explainer, cut.part_value, explainer->entity, &cut.part)) {
        note(explainer, JL_SAY_GRADE_NOT_GIVEN, NULL);
        return;
    }
    count_seats(&cut);
    const jl_text said[JL_SAY_MOST] = {name_of(explainer, by_quota), jl_keep(explainer, &cut.seats)};
    note(explainer, JL_SAY_GRADE_BY_QUOTA, said);
    if (after == by_quota) {
        find_above(&cut, by_quota);
        explain_cut(&cut, rule);
    } else {
        explain_floor(explainer, rule, by_quota, after);
    }
}

/* ---- gates ---- */

static void add_gate(jl_explainer *explainer, size_t index, jl_part *part) {
    const jl_gate *gate = &explainer->rulebook->gates[index];
    double passed = 0.0;
    part->id = gate->id;
    part->title = gate->title.length > 0 ? gate->title : gate->id;
    part->basis = gate->basis;
    part->span = gate->span;
    part->failed = !read_number(explainer, explainer->plan->gates[index], explainer->entity, &passed) || passed == 0.0;
    part->formula = jl_work_out(explainer, &explainer->plan->gate_traces[index], explainer->entity, &part->notes);
    if (part->failed) {
        const jl_text down = jl_count_text(explainer, gate->down);
        const jl_text args[JL_SAY_MOST] = {gate->cap == JL_NONE ? down : name_of(explainer, gate->cap)};
        jl_note_say(explainer, &part->notes, gate->cap == JL_NONE ? JL_SAY_GATE_DOWN : JL_SAY_GATE_CAP, args);
    }
}

void jl_explain_gates(jl_explainer *explainer) {
    jl_part **end = &explainer->out.gates;
    for (size_t gate = 0; gate < explainer->rulebook->n_gates && explainer->status == JEOUL_OK; gate++) {
        *end = jl_part_new(explainer, JL_PART_GATE);
        add_gate(explainer, gate, *end);
        end = &(*end)->next;
    }
}

static void explain_gates_effect(jl_explainer *explainer, size_t before, size_t after) {
    if (before == after) {
        return;
    }
    const jl_text args[JL_SAY_MOST] = {name_of(explainer, before), name_of(explainer, after)};
    note(explainer, JL_SAY_GRADE_BY_GATES, args);
    /* More points would not help. */
    explainer->out.standing.next_grade = explainer->out.standing.distance = (jl_text){NULL, 0};
}

void jl_explain_grade(jl_explainer *explainer) {
    const jl_plan *plan = explainer->plan;
    const jl_grade_rule *rule = find_rule(explainer->rulebook);
    if (plan->grade == 0 || rule == NULL) {
        return;
    }
    const size_t grade = grade_of(explainer, plan->grade, explainer->entity);
    const size_t after_floor = grade_of(explainer, plan->grade_after_floor, explainer->entity);
    explainer->out.standing.grade = name_of(explainer, grade);
    if (rule->n_quota > 0) {
        explain_quota(explainer, rule);
    } else {
        explain_cutoffs(explainer, rule, after_floor);
    }
    explain_gates_effect(explainer, after_floor, grade);
}
