/* SPDX-License-Identifier: Apache-2.0
 *
 * Scores a folder of tables by a rulebook and prints one line per entity: group, entity, total, grade.
 *
 *     cc score.c $(pkg-config --cflags --libs jeoul) -o score
 *     ./score rulebook.yaml data/
 */
#include <jeoul/jeoul.h>
#include <stdio.h>
#include <stdlib.h>

/* Objects that were never made are NULL, which every function that releases takes. */
typedef struct evaluation {
    jeoul_diagnostics *diagnostics;
    jeoul_rulebook *rulebook;
    jeoul_data *data;
    jeoul_result *result;
} evaluation;

static jeoul_status score(evaluation *this_year, const char *rulebook, const char *folder) {
    jeoul_diagnostics *diagnostics = this_year->diagnostics;
    jeoul_status status = jeoul_rulebook_load(rulebook, NULL, &this_year->rulebook, diagnostics);
    if (status == JEOUL_OK) status = jeoul_data_new(this_year->rulebook, &this_year->data);
    if (status == JEOUL_OK) status = jeoul_data_read_folder(this_year->data, folder, diagnostics);
    if (status == JEOUL_OK) status = jeoul_data_finish(this_year->data, diagnostics);
    if (status == JEOUL_OK) {
        status = jeoul_score(this_year->rulebook, this_year->data, NULL, &this_year->result, diagnostics);
    }
    return status;
}

static jeoul_status print_totals(const jeoul_result *result) {
    const size_t n_entities = jeoul_result_entity_count(result);
    double *totals = calloc(n_entities + 1, sizeof(*totals));
    if (totals == NULL) return JEOUL_NO_MEMORY;
    const jeoul_status status = jeoul_result_scores(result, "total", totals, n_entities);
    for (size_t i = 0; status == JEOUL_OK && i < n_entities; i++) {
        const char *grade = jeoul_result_grade(result, i);
        printf("%s\t%s\t%.2f\t%s\n", jeoul_result_group(result, i), jeoul_result_entity(result, i), totals[i],
               grade != NULL ? grade : "-");
    }
    free(totals);
    return status;
}

/* What is wrong with the rulebook or the tables, with place and caret. */
static void print_diagnostics(const jeoul_diagnostics *diagnostics) {
    char *text = NULL;
    if (jeoul_diagnostics_render(diagnostics, JEOUL_TEXT, 0, &text) == JEOUL_OK) fputs(text, stderr);
    jeoul_text_free(text);
}

int main(int argc, char **argv) {
    evaluation this_year = {NULL, NULL, NULL, NULL};
    if (argc != 3) {
        fprintf(stderr, "usage: %s RULEBOOK DATA_FOLDER\n", argv[0]);
        return 2;
    }
    jeoul_status status = jeoul_diagnostics_new(&this_year.diagnostics);
    if (status == JEOUL_OK) status = score(&this_year, argv[1], argv[2]);
    if (status == JEOUL_OK) status = print_totals(this_year.result);
    if (this_year.diagnostics != NULL) print_diagnostics(this_year.diagnostics);
    if (status != JEOUL_OK) fprintf(stderr, "%s\n", jeoul_status_text(status));
    jeoul_result_free(this_year.result);
    jeoul_data_free(this_year.data);
    jeoul_rulebook_free(this_year.rulebook);
    jeoul_diagnostics_free(this_year.diagnostics);
    return status == JEOUL_OK ? 0 : 1;
}
