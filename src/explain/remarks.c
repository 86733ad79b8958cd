/* SPDX-License-Identifier: Apache-2.0
 *
 * Remarks on a formula that was worked out: rows counted and left out, bands met. They are read off the columns that
 * the run has kept, where its own operations have counted the same rows.
 */
#include "explain/put_in.h"

void jl_add_note_once(jl_explainer *explainer, jl_notes *notes, jl_sentence sentence, const jl_text *args) {
    const jl_text text = jl_sentence_of(explainer, sentence, args);
    for (const jl_note *note = notes->first; note != NULL; note = note->next) {
        if (jl_text_equal(note->text, text)) {
            return;
        }
    }
    jl_note_text(explainer, notes, text);
}

/* ---- rows ---- */

typedef struct jl_tally {
    size_t values, without_value, unknown; /* unknown: the `where` has no value there */
} jl_tally;

static const jl_op *op_of(const jl_plan *plan, uint32_t value) {
    return value != 0 && plan->values[value].origin == JL_ORIGIN_OP ? &plan->ops[plan->values[value].source] : NULL;
}

static uint8_t state_of(const jl_program *program, uint32_t value, uint32_t row, double *number_out) {
    uint8_t state = JL_UNDEFINED;
    *number_out = 0.0;
    const bool is_constant = program->plan->values[value].shape == JL_SHAPE_CONSTANT;
    return jl_program_read(program, value, is_constant ? 0 : row, number_out, &state) ? state : (uint8_t)JL_UNDEFINED;
}

static void count_row(const jl_program *program, const jl_op *op, uint32_t row, jl_tally *tally) {
    const uint32_t *args = jl_op_args(program->plan, op);
    double number = 0.0;
    const uint8_t where = op->has_where ? state_of(program, args[op->n_args - 1], row, &number) : (uint8_t)JL_VALUE;
    if (where != JL_VALUE) {
        tally->unknown++;
    } else if (!op->has_where || number != 0.0) {
        const bool counts = state_of(program, args[1], row, &number) == JL_VALUE;
        *(counts ? &tally->values : &tally->without_value) += 1;
    }
}

static jl_tally count_part(const jl_program *program, const jl_op *op, const jl_space *space, size_t part) {
    jl_tally tally = {0, 0, 0};
    for (uint32_t place = space->first[part]; place < space->first[part + 1]; place++) {
        count_row(program, op, space->order[place], &tally);
    }
    return tally;
}

/* The part that a value is the index of; NULL: it has none at that row. */
static const jl_space *find_part(const jl_program *program, uint32_t index, uint32_t row, size_t *part_out) {
    const jl_op *op = op_of(program->plan, index);
    double part = 0.0;
    if (op == NULL || state_of(program, index, row, &part) != JL_VALUE) {
        return NULL;
    }
    *part_out = (size_t)part;
    if (op->kind == JL_OP_LOOKUP) {
        return &program->spaces[op->p.space];
    }
    for (size_t shape = 0; shape < program->plan->n_shapes; shape++) {
        const jl_shape *known = &program->plan->shapes[shape];
        if (known->kind == JL_SHAPE_PARTITION && &program->plan->ops[known->op] == op) {
            return &program->spaces[shape];
        }
    }
    return NULL;
}

/* The operation over many rows that gives a value, and the value that says which part. */
static const jl_op *find_reduction(const jl_plan *plan, uint32_t value, uint32_t *index_out) {
    const jl_op *op = op_of(plan, value);
    while (op != NULL && op->kind == JL_OP_ON_STATE) {
        op = op_of(plan, jl_op_args(plan, op)[0]);
    }
    if (op != NULL && op->kind == JL_OP_RANK) {
        *index_out = jl_op_args(plan, op)[0];
        return op;
    }
    if (op == NULL || op->kind != JL_OP_GATHER) {
        return NULL;
    }
    *index_out = jl_op_args(plan, op)[1];
    op = op_of(plan, jl_op_args(plan, op)[0]);
    return op != NULL && jl_op_row_of((jl_op_kind)op->kind)->form == JL_FORM_REDUCE ? op : NULL;
}

/* "응답.점수 where 고객구분 == '외부'": what was counted. */
static jl_text print_counted(jl_explainer *explainer, const jl_ast *call) {
    jl_buffer text = {NULL, 0, 0, false};
    if (call->n_children > 0) {
        jl_formula_print(call->children[0], &text);
    }
    if (call->where != NULL) {
        jl_buffer_add(&text, text.length > 0 ? JL_TEXT(" where ") : JL_TEXT("where "));
        jl_formula_print(call->where, &text);
    }
    return jl_keep(explainer, &text);
}

void jl_note_rows(jl_putting *putting, const jl_ast *call) {
    jl_explainer *explainer = putting->explainer;
    uint32_t index = 0;
    size_t part = 0;
    const jl_op *op = find_reduction(explainer->plan, putting->trace->values[call->index], &index);
    const jl_space *space = op == NULL ? NULL : find_part(explainer->program, index, putting->row, &part);
    const bool is_definition = call->n_children > 0 && call->children[0]->kind == JL_AST_IF; /* of a method */
    if (space == NULL || is_definition) {
        return;
    }
    const jl_tally tally = count_part(explainer->program, op, space, part);
    const jl_text args[JL_SAY_MOST] = {print_counted(explainer, call), jl_count_text(explainer, tally.values),
                                       jl_count_text(explainer, tally.without_value),
                                       jl_count_text(explainer, tally.unknown)};
    if (op->kind != JL_OP_COUNT) {
        jl_add_note_once(explainer, putting->notes,
                         tally.without_value > 0 ? JL_SAY_VALUES_COUNTED_WITHOUT : JL_SAY_VALUES_COUNTED, args);
    }
    if (tally.unknown > 0) {
        jl_add_note_once(explainer, putting->notes, JL_SAY_WHERE_UNKNOWN, args);
    }
}

/* ---- scales ---- */

static jl_order compare_with(jl_explainer *explainer, const jl_exact *x, jl_text decimal) {
    return jl_exact_set_text(&explainer->third, decimal) ? jl_exact_compare(x, &explainer->third) : JL_OPEN;
}

static bool reaches(jl_explainer *explainer, const jl_exact *x, const jl_scale *scale, const jl_scale_row *row) {
    const jl_order order = compare_with(explainer, x, row->edge);
    return order == JL_EQUAL ? row->closed : order == (scale->at_most ? JL_LESS : JL_GREATER);
}

/* One edge of a band in words; `inner`: the one that was reached, else the one before it. */
static jl_text describe_edge(jl_explainer *explainer, const jl_scale *scale, size_t step, bool inner) {
    if (inner ? step >= scale->n_rows : step == 0) {
        return (jl_text){NULL, 0};
    }
    const jl_scale_row *row = &scale->rows[inner ? step : step - 1];
    const bool above = inner != scale->at_most, closed = inner == row->closed;
    const jl_sentence sentence =
        above ? (closed ? JL_SAY_AT_LEAST : JL_SAY_ABOVE) : (closed ? JL_SAY_AT_MOST : JL_SAY_BELOW);
    const jl_text args[JL_SAY_MOST] = {row->edge};
    return jl_sentence_of(explainer, sentence, args);
}

/* "90 이상 95 미만". */
static jl_text describe_band(jl_explainer *explainer, const jl_scale *scale, size_t step) {
    const jl_text args[JL_SAY_MOST] = {describe_edge(explainer, scale, step, true),
                                       describe_edge(explainer, scale, step, false)};
    if (args[0].length == 0 || args[1].length == 0) {
        return args[0].length > 0 ? args[0] : args[1];
    }
    return jl_sentence_of(explainer, JL_SAY_BOTH_EDGES, args);
}

static void note_step(jl_putting *putting, const jl_scale *scale, const jl_exact *x) {
    jl_explainer *explainer = putting->explainer;
    size_t step = 0;
    while (step < scale->n_rows && !reaches(explainer, x, scale, &scale->rows[step])) {
        step++;
    }
    const jl_text result = step < scale->n_rows ? scale->rows[step].result : scale->otherwise;
    const jl_text args[JL_SAY_MOST] = {scale->name, describe_band(explainer, scale, step), result};
    jl_add_note_once(explainer, putting->notes, result.length > 0 ? JL_SAY_BAND_MET : JL_SAY_NO_BAND, args);
}

static void note_knots(jl_putting *putting, const jl_scale *scale, const jl_exact *x) {
    jl_explainer *explainer = putting->explainer;
    size_t next = 0;
    while (next < scale->n_rows && compare_with(explainer, x, scale->rows[next].edge) == JL_GREATER) {
        next++;
    }
    if (next == 0 || next == scale->n_rows) {
        const jl_scale_row *end = &scale->rows[next == 0 ? 0 : next - 1];
        const jl_beyond beyond = next == 0 ? scale->below : scale->above;
        const jl_text args[JL_SAY_MOST] = {scale->name, end->edge, end->result};
        if (next == 0 && compare_with(explainer, x, end->edge) == JL_EQUAL) {
            jl_add_note_once(explainer, putting->notes, JL_SAY_KNOT_MET, args);
        } else if (beyond == JL_BEYOND_HOLD) {
            jl_add_note_once(explainer, putting->notes, next == 0 ? JL_SAY_HELD_BELOW : JL_SAY_HELD_ABOVE, args);
        }
        return;
    }
    const jl_scale_row *from = &scale->rows[next - 1], *to = &scale->rows[next];
    const jl_text args[JL_SAY_MOST] = {scale->name, from->edge, from->result, to->edge, to->result};
    jl_add_note_once(explainer, putting->notes, JL_SAY_BETWEEN_KNOTS, args);
}

void jl_note_scale(jl_putting *putting, const jl_ast *call, const jl_scale *scale) {
    jl_explainer *explainer = putting->explainer;
    uint8_t state;
    if (scale->kind == JL_SCALE_LOOKUP || call->n_children != 1 ||
        !jl_evaluate_into(explainer, putting->trace->values[call->children[0]->index], putting->row, &explainer->other,
                          &state)) {
        return; /* an entry of a lookup is plain from the formula itself */
    }
    if (scale->kind == JL_SCALE_STEPS) {
        note_step(putting, scale, &explainer->other);
    } else {
        note_knots(putting, scale, &explainer->other);
    }
}
