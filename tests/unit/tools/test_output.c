/* SPDX-License-Identifier: Apache-2.0
 *
 * src/tools/output.c: whatever call fails, the folder is as it was before. The system calls are wrapped by the linker
 * (--wrap), so that the n-th of each can be made to fail.
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "tools/tools.h"

typedef enum call { NO_CALL, WRITE, FSYNC, CLOSE, RENAME, LINK, N_CALLS } call;

/* What is to fail, and how often it has been called. */
static struct faults {
    call failing;
    int at;  /* the n-th call fails, from 1; 0: every call */
    int error;
    int n_called;
    bool raises;  /* a write sends SIGTERM instead of failing */
} faults;

static bool fails(call current) {
    if (current != faults.failing) return false;
    faults.n_called++;
    if (faults.at != 0 && faults.n_called != faults.at) return false;
    errno = faults.error;
    return true;
}

ssize_t __real_write(int fd, const void *bytes, size_t length);
int __real_fsync(int fd);
int __real_close(int fd);
int __real_renameat(int from_fd, const char *from, int to_fd, const char *to);
int __real_linkat(int from_fd, const char *from, int to_fd, const char *to, int flags);
ssize_t __wrap_write(int fd, const void *bytes, size_t length);
int __wrap_fsync(int fd);
int __wrap_close(int fd);
int __wrap_renameat(int from_fd, const char *from, int to_fd, const char *to);
int __wrap_linkat(int from_fd, const char *from, int to_fd, const char *to, int flags);

ssize_t __wrap_write(int fd, const void *bytes, size_t length) {
    if (!fails(WRITE)) return __real_write(fd, bytes, length);
    if (!faults.raises) return -1;
    raise(SIGTERM);
    return __real_write(fd, bytes, length);
}

int __wrap_fsync(int fd) {
    return fails(FSYNC) ? -1 : __real_fsync(fd);
}

int __wrap_close(int fd) {
    const int outcome = __real_close(fd);
    return fails(CLOSE) ? -1 : outcome;
}

int __wrap_renameat(int from_fd, const char *from, int to_fd, const char *to) {
    return fails(RENAME) ? -1 : __real_renameat(from_fd, from, to_fd, to);
}

int __wrap_linkat(int from_fd, const char *from, int to_fd, const char *to, int flags) {
    return fails(LINK) ? -1 : __real_linkat(from_fd, from, to_fd, to, flags);
}

/* ---- a folder with two of the three files ---- */

enum { N_FILES = 3 };
static char former_mark[] = "{\"jeoul\": 1}", former_text[] = "former\n";
static char new_mark[] = "{\"jeoul\": 2}", new_text[] = "new\n", first_text[] = "first\n";
static const tool_file files[N_FILES] = {{"result.json", new_mark}, {"ranking.csv", new_text}, {"scores.csv", first_text}};
static char folder[] = "/tmp/jeoul-output-XXXXXX";

static void path_of(const char *name, char *path) {
    snprintf(path, 256, "%s/%s", folder, name);
}

static void put(const char *name, const char *text) {
    char path[256];
    path_of(name, path);
    FILE *stream = fopen(path, "w");
    assert_non_null(stream);
    assert_true(fputs(text, stream) >= 0);
    assert_int_equal(fclose(stream), 0);
}

/* "" if it is not there. */
static void get(const char *name, char *text, size_t size) {
    char path[256];
    path_of(name, path);
    FILE *stream = fopen(path, "r");
    text[stream != NULL ? fread(text, 1, size - 1, stream) : 0] = '\0';
    if (stream != NULL) fclose(stream);
}

static void check_file(const char *name, const char *expected, int line) {
    char text[64] = {0};
    get(name, text, sizeof(text));
    if (strcmp(text, expected) != 0) fail_msg("line %d: %s holds `%s`, expected `%s`", line, name, text, expected);
}

/* The folder has no other names than the files: temporary ones are gone. */
static void check_names(size_t n_expected, int line) {
    char command[300];
    snprintf(command, sizeof(command), "test $(ls -A %s | wc -l) = %zu", folder, n_expected);
    if (system(command) != 0) fail_msg("line %d: other files than the %zu expected", line, n_expected);
}

static void check_unchanged(int line) {
    check_file("result.json", former_mark, line);
    check_file("ranking.csv", former_text, line);
    check_file("scores.csv", "", line);
    check_names(2, line);
}

static void check_replaced(int line) {
    check_file("result.json", new_mark, line);
    check_file("ranking.csv", new_text, line);
    check_file("scores.csv", first_text, line);
    check_names(3, line);
}

static int make_folder(void **state) {
    (void)state;
    faults = (struct faults){.failing = NO_CALL};
    memcpy(folder + sizeof(folder) - 7, "XXXXXX", 6);
    if (mkdtemp(folder) == NULL) return -1;
    put("result.json", former_mark);
    put("ranking.csv", former_text);
    return 0;
}

static int remove_folder(void **state) {
    char command[300];
    (void)state;
    faults = (struct faults){.failing = NO_CALL};
    snprintf(command, sizeof(command), "rm -r %s", folder);
    return system(command);
}

/* ---- claims ---- */

static void all_files_are_replaced(void **state) {
    (void)state;
    assert_int_equal(tool_write_files(folder, files, N_FILES, false), TOOL_GOOD);
    check_replaced(__LINE__);
}

static void a_call_that_fails_changes_nothing(void **state) {
    static const struct {
        call failing;
        int error;
        int n_calls; /* that can fail before the files count as replaced */
    } cases[] = {{WRITE, ENOSPC, 3}, {FSYNC, EIO, 3}, {CLOSE, EDQUOT, 4}, {RENAME, EIO, 3}};
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        /* The first close is of the former result.json, which was only read. */
        for (int at = cases[i].failing == CLOSE ? 2 : 1; at <= cases[i].n_calls; at++) {
            faults = (struct faults){.failing = cases[i].failing, .at = at, .error = cases[i].error};
            assert_int_equal(tool_write_files(folder, files, N_FILES, false), TOOL_FAILED);
            assert_true(faults.n_called >= at);
            check_unchanged(__LINE__);
        }
    }
}

static void a_file_system_without_fsync_will_do(void **state) {
    (void)state;
    faults = (struct faults){.failing = FSYNC, .error = EINVAL};
    assert_int_equal(tool_write_files(folder, files, N_FILES, false), TOOL_GOOD);
    check_replaced(__LINE__);
}

static void a_file_system_without_hard_links_will_do(void **state) {
    (void)state;
    faults = (struct faults){.failing = LINK, .error = EPERM};
    assert_int_equal(tool_write_files(folder, files, N_FILES, false), TOOL_GOOD);
    check_replaced(__LINE__);
}

static volatile sig_atomic_t n_signals;

static void count_signal(int number) {
    (void)number;
    n_signals++;
}

static void a_signal_acts_when_the_folder_is_as_it_was(void **state) {
    (void)state;
    struct sigaction action = {.sa_handler = count_signal}, former;
    assert_int_equal(sigaction(SIGTERM, &action, &former), 0);
    for (int at = 1; at <= 2; at++) {
        n_signals = 0;
        faults = (struct faults){.failing = WRITE, .at = at, .raises = true};
        assert_int_equal(tool_write_files(folder, files, N_FILES, false), TOOL_FAILED);
        assert_int_equal(n_signals, 1);
        check_unchanged(__LINE__);
    }
    assert_int_equal(sigaction(SIGTERM, &former, NULL), 0);
}

static void an_ignored_signal_stays_ignored(void **state) {
    (void)state;
    struct sigaction action = {.sa_handler = SIG_IGN}, former;
    assert_int_equal(sigaction(SIGTERM, &action, &former), 0);
    faults = (struct faults){.failing = WRITE, .at = 1, .raises = true};
    assert_int_equal(tool_write_files(folder, files, N_FILES, false), TOOL_GOOD);
    check_replaced(__LINE__);
    assert_int_equal(sigaction(SIGTERM, &former, NULL), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(all_files_are_replaced, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(a_call_that_fails_changes_nothing, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(a_file_system_without_fsync_will_do, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(a_file_system_without_hard_links_will_do, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(a_signal_acts_when_the_folder_is_as_it_was, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(an_ignored_signal_stays_ignored, make_folder, remove_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
