/* SPDX-License-Identifier: Apache-2.0
 *
 * Files and folders: tables are found by name in any form of Unicode, and what is not there is said.
 */
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tables.h"

#define NFD_DEPARTMENT "\xE1\x84\x87\xE1\x85\xAE\xE1\x84\x89\xE1\x85\xA5" /* 부서 */

static const jl_column_rule departments[] = {KEY("부서")};
static const jl_column_rule ratings[] = {KEY("부서"), COLUMN("점수", JL_COLUMN_NUMBER)};
static const jl_table_rule rules[] = {
    {.name = TEXT("부서"), .columns = departments, .n_columns = 1, .n_keys = 1, .valid_from = JL_NONE},
    {.name = TEXT("평가"),
     .file = TEXT("평가·결과"),
     .columns = ratings,
     .n_columns = 2,
     .n_keys = 1,
     .valid_from = JL_NONE},
};

static char folder[64];

static int make_folder(void **state) {
    (void)state;
    strcpy(folder, "/tmp/jeoul-files-XXXXXX");
    return mkdtemp(folder) == NULL;
}

static void path_of(const char *name, char path[256]) {
    snprintf(path, 256, "%s/%s", folder, name);
}

static void write_file(const char *name, const char *text) {
    char path[256];
    path_of(name, path);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    fclose(file);
}

static int remove_folder(void **state) {
    static const char *const names[] = {"부서.csv", NFD_DEPARTMENT ".csv", "평가·결과.csv", "평가ㆍ결과.csv",
                                        "부시.csv"};
    char path[256];
    (void)state;
    for (size_t i = 0; i < JL_COUNT(names); i++) {
        path_of(names[i], path);
        (void)unlink(path);
        (void)rmdir(path);
    }
    return rmdir(folder);
}

static void a_folder_gives_all_tables(void **state) {
    fixture tables;
    (void)state;
    write_file(NFD_DEPARTMENT ".csv", "부서\n가\n");
    write_file("평가·결과.csv", "부서,점수\n가,5\n");
    open_tables(&tables, rules, 2);
    assert_int_equal(jl_data_read_folder(tables.data, folder, tables.diagnostics), JEOUL_OK);
    assert_int_equal(jl_data_finish(tables.data, tables.diagnostics), JEOUL_OK);
    check_printed(&tables, 1, 1, 0, "5");
    assert_int_equal(jl_data_read_folder(tables.data, folder, tables.diagnostics), JEOUL_ARGUMENT);
    close_tables(&tables);
}

static void of_two_forms_of_a_name_the_exact_one_is_read(void **state) {
    fixture tables;
    (void)state;
    write_file(NFD_DEPARTMENT ".csv", "부서\n가\n");
    write_file("부서.csv", "부서\n나\n");
    open_tables(&tables, rules, 1);
    assert_int_equal(jl_data_read_folder(tables.data, folder, tables.diagnostics), JEOUL_OK);
    check_printed(&tables, 0, 0, 0, "나");
    close_tables(&tables);
}

static void tables_that_are_there_already_are_left(void **state) {
    fixture tables;
    (void)state;
    write_file("부서.csv", "부서\n나\n");
    write_file("평가·결과.csv", "부서,점수\n다,5\n");
    open_tables(&tables, rules, 2);
    assert_int_equal(parse(&tables, 0, "부서\n다\n"), JEOUL_OK);
    assert_int_equal(jl_data_read_folder(tables.data, folder, tables.diagnostics), JEOUL_OK);
    check_printed(&tables, 0, 0, 0, "다");
    close_tables(&tables);
}

/* What was given and is wrong is not replaced behind the caller's back. */
static void tables_that_were_read_with_mistakes_are_left(void **state) {
    fixture tables;
    (void)state;
    write_file("부서.csv", "부서\n나\n");
    write_file("평가·결과.csv", "부서,점수\n나,5\n");
    open_tables(&tables, rules, 2);
    assert_int_equal(parse(&tables, 0, "부사\n다\n"), JEOUL_DATA);
    assert_int_equal(jl_data_read_folder(tables.data, folder, tables.diagnostics), JEOUL_OK);
    assert_false(tables.data->tables[0].given);
    assert_true(tables.data->tables[1].given);
    assert_int_equal(jl_data_finish(tables.data, tables.diagnostics), JEOUL_DATA);
    close_tables(&tables);
}

static void an_absent_file_names_the_folder_and_the_file(void **state) {
    fixture tables;
    char message[512];
    (void)state;
    write_file("부시.csv", "부서\n나\n");
    write_file("평가ㆍ결과.csv", "부서,점수\n가,5\n");
    open_tables(&tables, rules, 2);
    assert_int_equal(jl_data_read_folder(tables.data, folder, tables.diagnostics), JEOUL_DATA);
    snprintf(message, sizeof message, "table `부서` has no file: expected `부서.csv` in folder `%s`", folder);
    assert_diagnostic(&tables, 0, "JL0413", 0, 0, message, "did you mean `부시.csv`?");
    snprintf(message, sizeof message, "table `평가` has no file: expected `평가·결과.csv` in folder `%s`", folder);
    assert_diagnostic(&tables, 1, "JL0413", 0, 0, message,
                      "`평가ㆍ결과.csv` has the dot `ㆍ` (U+318D), this is `·` (U+00B7): they look alike but differ");
    /* What has been said is not said again. */
    assert_int_equal(jl_data_finish(tables.data, tables.diagnostics), JEOUL_DATA);
    assert_int_equal(jeoul_diagnostics_count(tables.diagnostics), 2);
    close_tables(&tables);
}

static void all_files_are_read_although_one_is_wrong(void **state) {
    fixture tables;
    (void)state;
    write_file("부서.csv", "부서\n\"\n");
    write_file("평가·결과.csv", "부서,점수\n가,x\n");
    open_tables(&tables, rules, 2);
    assert_int_equal(jl_data_read_folder(tables.data, folder, tables.diagnostics), JEOUL_DATA);
    assert_int_equal(jeoul_diagnostics_count(tables.diagnostics), 2);
    assert_int_equal(diagnostic_at(&tables, 0).line, 2);
    assert_non_null(strstr(diagnostic_at(&tables, 1).file, "평가·결과.csv"));
    close_tables(&tables);
}

static void what_cannot_be_opened_is_an_io_error(void **state) {
    fixture tables;
    char path[256];
    (void)state;
    open_tables(&tables, rules, 2);
    assert_int_equal(jl_data_read_folder(tables.data, "/nonexistent/data", tables.diagnostics), JEOUL_IO);
    assert_diagnostic(&tables, 0, "JL0401", 0, 0, "cannot read `/nonexistent/data`: there is no such file", NULL);
    assert_int_equal(jl_data_read_csv(tables.data, 0, "/nonexistent/a.csv", tables.diagnostics), JEOUL_IO);
    assert_diagnostic(&tables, 1, "JL0401", 0, 0, "cannot read `/nonexistent/a.csv`: there is no such file", NULL);
    assert_int_equal(jl_data_read_csv(tables.data, 0, folder, tables.diagnostics), JEOUL_IO);
    path_of("부서.csv", path);
    assert_int_equal(mkdir(path, 0700), 0);
    close_tables(&tables);
    open_tables(&tables, rules, 2);
    assert_int_equal(jl_data_read_folder(tables.data, folder, tables.diagnostics), JEOUL_IO);
    close_tables(&tables);
}

static void a_file_of_the_rulebook_stays_in_the_folder(void **state) {
    static const jl_table_rule outside = {.name = TEXT("부서"),
                                          .file = TEXT("../jeoul.csv"),
                                          .columns = departments,
                                          .n_columns = 1,
                                          .n_keys = 1,
                                          .valid_from = JL_NONE};
    fixture tables;
    (void)state;
    open_tables(&tables, &outside, 1);
    assert_int_equal(jl_data_read_folder(tables.data, folder, tables.diagnostics), JEOUL_DATA);
    assert_string_equal(diagnostic_at(&tables, 0).code, "JL0413");
    close_tables(&tables);
}

static void large_files_are_read_whole(void **state) {
    jl_buffer text = {NULL, 0, 0, false};
    fixture tables;
    (void)state;
    jl_buffer_add(&text, JL_TEXT("부서\n"));
    for (int i = 0; i < 50000; i++) jl_buffer_format(&text, "과%d\n", i);
    write_file("부서.csv", text.data);
    open_tables(&tables, rules, 1);
    assert_int_equal(jl_data_read_folder(tables.data, folder, tables.diagnostics), JEOUL_OK);
    assert_int_equal(tables.data->tables[0].n_rows, 50000);
    close_tables(&tables);
    jl_buffer_free(&text);
}

/* The size of a pipe is not known beforehand. */
static void a_pipe_is_read_to_its_end(void **state) {
    fixture tables;
    char path[256];
    (void)state;
    path_of("부서.csv", path);
    assert_int_equal(mkfifo(path, 0600), 0);
    const pid_t child = fork();
    if (child == 0) {
        FILE *file = fopen(path, "wb");
        if (file == NULL) _exit(1);
        fputs("부서\n", file);
        for (int i = 0; i < 50000; i++) fprintf(file, "과%d\n", i);
        _exit(fclose(file) != 0);
    }
    open_tables(&tables, rules, 1);
    assert_int_equal(jl_data_read_csv(tables.data, 0, path, tables.diagnostics), JEOUL_OK);
    assert_int_equal(tables.data->tables[0].n_rows, 50000);
    close_tables(&tables);
    int result = 1;
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_int_equal(result, 0);
}

#define in_folder(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void) {
    const struct CMUnitTest tests[] = {
        in_folder(a_folder_gives_all_tables),
        in_folder(of_two_forms_of_a_name_the_exact_one_is_read),
        in_folder(tables_that_are_there_already_are_left),
        in_folder(tables_that_were_read_with_mistakes_are_left),
        in_folder(an_absent_file_names_the_folder_and_the_file),
        in_folder(all_files_are_read_although_one_is_wrong),
        in_folder(what_cannot_be_opened_is_an_io_error),
        in_folder(a_file_of_the_rulebook_stays_in_the_folder),
        in_folder(large_files_are_read_whole),
        in_folder(a_pipe_is_read_to_its_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
