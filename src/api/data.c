/* SPDX-License-Identifier: Apache-2.0
 *
 * The public functions of data: a builder that takes tables by name until it is finished.
 */
#include "api/objects.h"

const jeoul_data *jl_data_retain(const jeoul_data *data) {
    atomic_fetch_add(&((jeoul_data *)(uintptr_t)data)->references, 1);
    return data;
}

jeoul_status jeoul_data_new(const jeoul_rulebook *rulebook, jeoul_data **data_out) {
    if (rulebook == NULL || data_out == NULL) {
        return JEOUL_ARGUMENT;
    }
    JL_TRY(jl_data_new(rulebook->rules, rulebook->symbols, rulebook->as_of, data_out));
    (*data_out)->owner = jl_rulebook_retain(rulebook);
    return JEOUL_OK;
}

void jeoul_data_free(jeoul_data *data) {
    if (data == NULL || atomic_fetch_sub(&data->references, 1) > 1) {
        return;
    }
    const jeoul_rulebook *owner = data->owner;
    jl_data_destroy(data);
    jeoul_rulebook_free((jeoul_rulebook *)(uintptr_t)owner);
}

static jeoul_status report_unknown(const jeoul_data *data, jl_text name, jeoul_diagnostics *diagnostics) {
    const size_t n_tables = data->rulebook->n_tables;
    jl_text *names = jl_arena_array(data->arena, n_tables + 1, sizeof *names);
    if (names == NULL) {
        return JEOUL_NO_MEMORY;
    }
    for (size_t table = 0; table < n_tables; table++) {
        names[table] = data->rulebook->tables[table].name;
    }
    (void)jl_report(diagnostics, JL_UNKNOWN_TABLE, (jl_span){NULL, 0, 0}, "the rulebook has no table `%.*s`",
                    JL_TEXT_ARG(name));
    jl_report_nearest(diagnostics, name, names, n_tables);
    return JEOUL_ARGUMENT;
}

/* The table of that name, if it can still be given. */
static jeoul_status find_table(const jeoul_data *data, const char *name, uint32_t *table_out,
                               jeoul_diagnostics *diagnostics) {
    if (data == NULL || name == NULL || data->finished) {
        return JEOUL_ARGUMENT;
    }
    jl_text wanted;
    if (!jl_arena_copy_nfc(data->arena, jl_text_of(name), &wanted)) {
        return JEOUL_NO_MEMORY;
    }
    *table_out = jl_rulebook_table(data->rulebook, wanted);
    if (*table_out == JL_NONE) {
        return report_unknown(data, wanted, diagnostics);
    }
    if (data->tables[*table_out].given) {
        (void)jl_report(diagnostics, JL_BAD_OPTION, (jl_span){NULL, 0, 0}, "the table `%s` was given already", name);
        return JEOUL_ARGUMENT;
    }
    return JEOUL_OK;
}

jeoul_status jeoul_data_read_csv(jeoul_data *data, const char *table, const char *path,
                                 jeoul_diagnostics *diagnostics) {
    uint32_t index = 0;
    JL_TRY(find_table(data, table, &index, diagnostics));
    return path == NULL ? JEOUL_ARGUMENT : jl_data_read_csv(data, index, path, diagnostics);
}

jeoul_status jeoul_data_parse_csv(jeoul_data *data, const char *table, const char *name, const char *text,
                                  size_t length, jeoul_diagnostics *diagnostics) {
    uint32_t index = 0;
    JL_TRY(find_table(data, table, &index, diagnostics));
    if (name == NULL || (text == NULL && length > 0)) {
        return JEOUL_ARGUMENT;
    }
    return jl_data_parse_csv(data, index, jl_text_of(name), (jl_text){text, length}, diagnostics);
}

jeoul_status jeoul_data_read_folder(jeoul_data *data, const char *folder, jeoul_diagnostics *diagnostics) {
    if (data == NULL || folder == NULL || data->finished) {
        return JEOUL_ARGUMENT;
    }
    return jl_data_read_folder(data, folder, diagnostics);
}

static void release_arrow(struct ArrowSchema *schema, struct ArrowArray *array) {
    if (schema != NULL && schema->release != NULL) {
        schema->release(schema);
    }
    if (array != NULL && array->release != NULL) {
        array->release(array);
    }
}

jeoul_status jeoul_data_add_arrow(jeoul_data *data, const char *table, struct ArrowSchema *schema,
                                  struct ArrowArray *array, jeoul_diagnostics *diagnostics) {
    uint32_t index = 0;
    const jeoul_status status =
        schema == NULL || array == NULL ? JEOUL_ARGUMENT : find_table(data, table, &index, diagnostics);
    if (status != JEOUL_OK) {
        release_arrow(schema, array);
        return status;
    }
    return jl_data_add_arrow(data, index, schema, array, diagnostics);
}

jeoul_status jeoul_data_finish(jeoul_data *data, jeoul_diagnostics *diagnostics) {
    if (data == NULL || data->finished) {
        return JEOUL_ARGUMENT;
    }
    return jl_data_finish(data, diagnostics);
}
