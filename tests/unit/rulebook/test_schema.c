/* SPDX-License-Identifier: Apache-2.0
 *
 * The JSON Schema is JSON, and every reference in it leads somewhere.
 */
#include "rulebooks.h"

/* Each returns what follows the value, or NULL if there is none. */
static const char *skip_value(const char *at);

static const char *skip_space(const char *at) {
    return at + strspn(at, " \n");
}

static const char *skip_string(const char *at) {
    for (at++; *at != '"'; at++) {
        if (*at == '\0' || (unsigned char)*at < 0x20) return NULL;
        if (*at == '\\' && *++at == '\0') return NULL;
    }
    return at + 1;
}

static const char *skip_members(const char *at, char close) {
    at = skip_space(at + 1);
    if (*at == close) return at + 1;
    while (at != NULL) {
        if (close == '}') {
            at = *at == '"' ? skip_string(at) : NULL;
            if (at == NULL || *(at = skip_space(at)) != ':') return NULL;
            at = skip_space(at + 1);
        }
        at = skip_value(at);
        if (at == NULL) return NULL;
        at = skip_space(at);
        if (*at == close) return at + 1;
        at = *at == ',' ? skip_space(at + 1) : NULL;
    }
    return NULL;
}

static const char *skip_value(const char *at) {
    if (*at == '{') return skip_members(at, '}');
    if (*at == '[') return skip_members(at, ']');
    if (*at == '"') return skip_string(at);
    const size_t length = strspn(at, "-0123456789truefalsn");
    return length > 0 ? at + length : NULL;
}

static int start_schema(void **state) {
    static jl_buffer buffer;
    buffer = (jl_buffer){NULL, 0, 0, false};
    jl_rulebook_schema(&buffer);
    *state = &buffer;
    return buffer.failed;
}

static int stop_schema(void **state) {
    jl_buffer_free(*state);
    return 0;
}

static void the_schema_is_json(void **state) {
    const jl_buffer *schema = *state;
    const char *end = skip_value(schema->data);
    assert_non_null(end);
    assert_string_equal(end, "\n");
}

static void every_reference_has_a_definition(void **state) {
    static const char mark[] = "\"#/$defs/";
    const jl_buffer *schema = *state;
    int n_references = 0;
    for (const char *at = strstr(schema->data, mark); at != NULL; at = strstr(at, mark)) {
        char definition[80];
        at += strlen(mark);
        snprintf(definition, sizeof definition, "\n    \"%.*s\": {", (int)strcspn(at, "\""), at);
        assert_non_null(strstr(schema->data, definition));
        n_references++;
    }
    assert_true(n_references > 50);
}

static void what_this_version_does_not_read_is_not_offered(void **state) {
    const jl_buffer *schema = *state;
    assert_null(strstr(schema->data, "\"awards\""));
    assert_non_null(strstr(schema->data, "\"scorecard\""));
}

#define SCHEMA_TEST(name) cmocka_unit_test_setup_teardown(name, start_schema, stop_schema)

int main(void) {
    const struct CMUnitTest tests[] = {
        SCHEMA_TEST(the_schema_is_json),
        SCHEMA_TEST(every_reference_has_a_definition),
        SCHEMA_TEST(what_this_version_does_not_read_is_not_offered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
