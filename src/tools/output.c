/* SPDX-License-Identifier: Apache-2.0
 *
 * Files written whole or not at all: names and texts in, all files of a folder replaced at once, or nothing changed.
 *
 * Each text goes to a temporary file beside its target and to the disk (fsync); only when all lie there are they renamed, and
 * a rename that fails takes back those before it (hard links keep the former files until then, where the file system has hard
 * links). Signals that would end the program are held back meanwhile and asked for between blocks: so no handler and no
 * global is needed to clean up, and the signal acts when the folder is as it was.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tools/tools.h"

enum { MAX_FILES = 8, MAX_NAME = 64, BLOCK_BYTES = 1 << 20, MARK_BYTES = 256 };

static const int ENDING_SIGNALS[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
enum { N_ENDING_SIGNALS = sizeof(ENDING_SIGNALS) / sizeof(ENDING_SIGNALS[0]) };

typedef struct writing {
    const char *folder;  /* for messages */
    char path[PATH_MAX]; /* of the folder; cut while folders are made */
    size_t n_made;       /* folders that were not there before: the folder and those above it */
    int folder_fd;
    const tool_file *files;
    size_t n_files;
    char temporary[MAX_FILES][MAX_NAME]; /* "": there is none (any more) */
    char former[MAX_FILES][MAX_NAME];    /* a second name of what the target was; "": none (any more) */
    bool unkept[MAX_FILES];              /* the target was there, but could not have a second name */
    sigset_t held;                       /* signals held back */
    sigset_t mask;                       /* as it was */
} writing;

static int failed(const writing *work, const char *name, const char *doing) {
    const int error = errno;
    return tool_complain(TOOL_FAILED, "cannot %s %s/%s: %s", doing, work->folder, name, strerror(error));
}

/* ---- signals ---- */

/* A signal that is ignored (nohup) stays so: held back it would look like a wish to end. */
static void hold_signals(writing *work) {
    sigemptyset(&work->held);
    for (size_t i = 0; i < N_ENDING_SIGNALS; i++) {
        struct sigaction action;
        if (sigaction(ENDING_SIGNALS[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN) {
            sigaddset(&work->held, ENDING_SIGNALS[i]);
        }
    }
    sigprocmask(SIG_BLOCK, &work->held, &work->mask);
}

static bool is_interrupted(const writing *work) {
    sigset_t pending;
    if (sigpending(&pending) != 0) return false;
    for (size_t i = 0; i < N_ENDING_SIGNALS; i++) {
        const int held = sigismember(&work->held, ENDING_SIGNALS[i]);
        if (held == 1 && sigismember(&pending, ENDING_SIGNALS[i]) == 1) return true;
    }
    return false;
}

/* ---- may the files be replaced? ---- */

/* A former run left a result.json, which names its maker at its beginning. */
static bool is_former_run(int folder_fd) {
    char mark[MARK_BYTES + 1];
    const int fd = openat(folder_fd, "result.json", O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) return false;
    const ssize_t length = read(fd, mark, MARK_BYTES);
    close(fd);
    mark[length > 0 ? length : 0] = '\0';
    return strstr(mark, "jeoul") != NULL;
}

static int check_targets(const writing *work, bool force) {
    const bool replaceable = force || is_former_run(work->folder_fd);
    for (size_t i = 0; i < work->n_files; i++) {
        const char *name = work->files[i].name;
        struct stat target;
        if (fstatat(work->folder_fd, name, &target, AT_SYMLINK_NOFOLLOW) != 0) {
            if (errno != ENOENT) return failed(work, name, "look at");
            continue;
        }
        if (!S_ISREG(target.st_mode)) {
            return tool_complain(TOOL_FAILED, "%s/%s is not a file and is not replaced", work->folder, name);
        }
        if (!replaceable) {
            return tool_complain(TOOL_FAILED, "%s/%s is not of a former run of jeoul; --force replaces it",
                                 work->folder, name);
        }
    }
    return TOOL_GOOD;
}

static int open_folder(const char *folder) {
    return open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

int tool_check_folder(const char *folder, const tool_file *files, size_t n_files, bool force) {
    writing work = {.folder = folder, .files = files, .n_files = n_files};
    work.folder_fd = open_folder(folder);
    if (work.folder_fd < 0) {
        if (errno == ENOENT) return TOOL_GOOD; /* it will be made */
        return tool_complain(TOOL_FAILED, "cannot write into %s: %s", folder, strerror(errno));
    }
    const int exit_status = check_targets(&work, force);
    close(work.folder_fd);
    return exit_status;
}

/* ---- temporary files ---- */

static bool write_text(const writing *work, int fd, const char *text) {
    size_t left = strlen(text);
    while (left > 0) {
        if (is_interrupted(work)) {
            errno = EINTR;
            return false;
        }
        const ssize_t written = write(fd, text, left < BLOCK_BYTES ? left : BLOCK_BYTES);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        text += written;
        left -= (size_t)written;
    }
    return true;
}

/* Some file systems have no fsync: then there is nothing more one can do. */
static bool is_flushed(int fd) {
    return fsync(fd) == 0 || errno == EINVAL || errno == ENOTSUP;
}

static int write_temporary(writing *work, size_t index) {
    const char *name = work->files[index].name;
    char *temporary = work->temporary[index];
    snprintf(temporary, MAX_NAME, ".%s.%ld.part", name, (long)getpid());
    const int fd = openat(work->folder_fd, temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0) {
        const int exit_status = failed(work, temporary, "make");
        temporary[0] = '\0';
        return exit_status;
    }
    bool good = write_text(work, fd, work->files[index].text) && is_flushed(fd);
    const int error = errno;
    if (close(fd) != 0) {
        good = false;
    } else if (!good) {
        errno = error;
    }
    return good ? TOOL_GOOD : failed(work, name, "write");
}

/* ---- renaming, and taking back ---- */

/* Keeps the target under a second name. Where that cannot be (FAT has no hard links) a renaming cannot be taken back. */
static void keep_former(writing *work, size_t index) {
    const char *name = work->files[index].name;
    char *former = work->former[index];
    snprintf(former, MAX_NAME, ".%s.%ld.former", name, (long)getpid());
    if (linkat(work->folder_fd, name, work->folder_fd, former, 0) == 0) return;
    work->unkept[index] = errno != ENOENT;
    former[0] = '\0';
}

static void take_back(writing *work, size_t n_renamed) {
    for (size_t i = 0; i < n_renamed; i++) {
        const char *name = work->files[i].name;
        if (work->unkept[i]) {
            tool_complain(TOOL_FAILED, "%s/%s is replaced already", work->folder, name);
        } else if (work->former[i][0] == '\0') {
            unlinkat(work->folder_fd, name, 0);
        } else if (renameat(work->folder_fd, work->former[i], work->folder_fd, name) == 0) {
            work->former[i][0] = '\0';
        }
    }
}

static int rename_all(writing *work) {
    for (size_t i = 0; i < work->n_files; i++) {
        keep_former(work, i);
    }
    for (size_t i = 0; i < work->n_files; i++) {
        if (renameat(work->folder_fd, work->temporary[i], work->folder_fd, work->files[i].name) != 0) {
            const int exit_status = failed(work, work->files[i].name, "replace");
            take_back(work, i);
            return exit_status;
        }
        work->temporary[i][0] = '\0';
    }
    return is_flushed(work->folder_fd) ? TOOL_GOOD : failed(work, "", "keep");
}

static void remove_leftovers(writing *work) {
    for (size_t i = 0; i < work->n_files; i++) {
        if (work->temporary[i][0] != '\0') unlinkat(work->folder_fd, work->temporary[i], 0);
        if (work->former[i][0] != '\0') unlinkat(work->folder_fd, work->former[i], 0);
    }
}

static int write_all(writing *work, bool force) {
    int exit_status = check_targets(work, force);
    for (size_t i = 0; i < work->n_files && exit_status == TOOL_GOOD; i++) {
        exit_status = write_temporary(work, i);
    }
    if (exit_status == TOOL_GOOD) exit_status = rename_all(work);
    remove_leftovers(work);
    return exit_status;
}

/* ---- the folder ---- */

/* Makes what is missing of the path, from the top; false with errno set. */
static bool make_folder(writing *work) {
    const size_t length = strlen(work->folder);
    if (length >= sizeof(work->path)) {
        errno = ENAMETOOLONG;
        return false;
    }
    memcpy(work->path, work->folder, length + 1);
    for (size_t end = 1; end <= length; end++) {
        if (work->path[end - 1] == '/' || (work->path[end] != '/' && work->path[end] != '\0')) continue;
        const char cut = work->path[end];
        work->path[end] = '\0';
        const bool made = mkdir(work->path, 0777) == 0;
        work->path[end] = cut;
        if (!made && errno != EEXIST) return false;
        if (made) work->n_made++;
    }
    return true;
}

static void unmake_folder(writing *work) {
    size_t end = strlen(work->path);
    for (; work->n_made > 0; work->n_made--) {
        while (end > 1 && work->path[end - 1] == '/') end--;
        work->path[end] = '\0';
        rmdir(work->path);
        while (end > 0 && work->path[end - 1] != '/') end--;
    }
}

int tool_write_files(const char *folder, const tool_file *files, size_t n_files, bool force) {
    writing work = {.folder = folder, .files = files, .n_files = n_files, .folder_fd = -1};
    if (n_files > MAX_FILES) return tool_complain(TOOL_FAILED, "too many files");
    hold_signals(&work);
    if (make_folder(&work)) work.folder_fd = open_folder(folder);
    int exit_status = TOOL_FAILED;
    if (work.folder_fd >= 0) {
        exit_status = write_all(&work, force);
        close(work.folder_fd);
    } else {
        tool_complain(TOOL_FAILED, "cannot make folder %s: %s", folder, strerror(errno));
    }
    if (exit_status != TOOL_GOOD) unmake_folder(&work);
    sigprocmask(SIG_SETMASK, &work.mask, NULL); /* a signal held back acts here */
    return exit_status;
}
