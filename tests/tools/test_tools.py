# SPDX-License-Identifier: Apache-2.0
"""The command line: exit statuses, messages, and that results are written whole or not at all.

Run as: test_tools.py PROGRAM. Each test works in a folder of its own on the rulebook in tests/tools/small.
"""
import json
import os
import pty
import resource
import signal
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import unittest

SMALL = os.path.join(os.path.dirname(os.path.abspath(__file__)), "small")
RULEBOOK = os.path.join(SMALL, "rulebook.yaml")
FILES = ["contributions.csv", "ranking.csv", "result.json", "scores.csv"]
COMMANDS = ["check", "score", "explain", "test", "schema", "plan"]
TOTALS = {"기획감사실": "84.00", "강경읍": "97.00", "총무과": "59.60", "연무읍": "82.00", "세무과": "95.25"}


def run(*arguments, **options):
    options.setdefault("stdout", subprocess.PIPE)
    return subprocess.run([PROGRAM, *arguments], stderr=subprocess.PIPE, encoding="utf-8", timeout=120, **options)


def cells(text):
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        self.out = os.path.join(self.folder, "results")

    def file(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(text)
        return path

    def wrong_rulebook(self):
        with open(RULEBOOK, encoding="utf-8") as stream:
            return self.file("wrong.yaml", stream.read().replace("실적, 목표, up", "실젹, 목표, up"))

    def score(self, *arguments, **options):
        return run("score", RULEBOOK, SMALL, "-o", self.out, *arguments, **options)

    def score_on_a_full_disk(self):
        """Every file ends after 64 bytes; figures of a coverage build go elsewhere, or they would be cut as well."""
        with tempfile.TemporaryDirectory() as elsewhere:
            return self.score(env={**os.environ, "GCOV_PREFIX": elsewhere},
                              preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64)))

    def contents(self):
        found = {}
        for name in sorted(os.listdir(self.out)):
            with open(os.path.join(self.out, name), "rb") as stream:
                found[name] = stream.read()
        return found


class Arguments(Case):
    def test_wrong_command_lines_end_with_two_and_say_why(self):
        for arguments, expected in [
            ([], "usage"),
            (["scroe"], "did you mean `score`?"),
            (["check"], "RULEBOOK is missing"),
            (["check", RULEBOOK, "more"], "one argument too many: `more`"),
            (["check", RULEBOOK, "--fromat=json"], "did you mean `--format`?"),
            (["check", RULEBOOK, "--format", "xml"], "expected text|json, found `xml`"),
            (["check", RULEBOOK, "-o", "x"], "has no option `-o`"),
            (["check", RULEBOOK, "--as-of", "2017-1-1"], "expected YYYY-MM-DD, found `2017-1-1`"),
            (["check", RULEBOOK, "--read=yes"], "takes no value"),
            (["score", RULEBOOK, SMALL], "option `--out` is missing"),
            (["score", RULEBOOK, SMALL, "-o"], "option `-o` needs a value"),
            (["score", RULEBOOK, SMALL, "-o", "x", "--table", "부서"], "expected NAME=FILE"),
            (["score", RULEBOOK, SMALL, "-o", "x", "--block", "-1"], "expected ROWS"),
            (["explain", RULEBOOK, SMALL], "option `--entity` is missing"),
            (["help", "scor"], "did you mean `score`?"),
        ]:
            with self.subTest(arguments=arguments):
                outcome = run(*arguments)
                self.assertEqual(outcome.returncode, 2)
                self.assertIn(expected, outcome.stderr)
                self.assertEqual(outcome.stdout, "")

    def test_every_command_has_help(self):
        overview = run("help")
        self.assertEqual(overview.returncode, 0)
        for command in COMMANDS:
            with self.subTest(command=command):
                outcome = run("help", command)
                self.assertEqual(outcome.returncode, 0)
                self.assertEqual(outcome.stdout, run(command, "--help").stdout)
                self.assertIn("usage: jeoul " + command, outcome.stdout)
                self.assertIn("  " + command, overview.stdout)

    def test_version_is_printed(self):
        outcome = run("--version")
        self.assertEqual(outcome.returncode, 0)
        self.assertRegex(outcome.stdout, r"^jeoul \d+\.\d+\.\d+\n$")

    def test_output_that_cannot_be_written_is_told(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            outcome = run("schema", stdout=full)
        self.assertEqual(outcome.returncode, 3)
        self.assertIn("standard output", outcome.stderr)


class Check(Case):
    def test_a_good_rulebook_ends_with_zero(self):
        outcome = run("check", RULEBOOK)
        self.assertEqual((outcome.returncode, outcome.stderr), (0, ""))

    def test_a_wrong_rulebook_ends_with_one_and_its_place(self):
        outcome = run("check", self.wrong_rulebook())
        self.assertEqual(outcome.returncode, 1)
        self.assertRegex(outcome.stderr, r"wrong\.yaml:\d+:\d+: error\[JL\d{4}\]")
        self.assertIn("`실적`", outcome.stderr)
        self.assertNotIn("\x1b", outcome.stderr)
        self.assertEqual(outcome.stdout, "")

    def test_json_is_one_object_on_stdout(self):
        for rulebook, status, exit_status in [(RULEBOOK, "ok", 0), (self.wrong_rulebook(), "rulebook", 1)]:
            with self.subTest(status=status):
                outcome = run("check", rulebook, "--format", "json")
                answer = json.loads(outcome.stdout)
                self.assertEqual((answer["status"], outcome.returncode), (status, exit_status))
                self.assertEqual(answer["report"]["errors"] > 0, exit_status == 1)
                self.assertEqual(outcome.stderr, "")

    def test_a_rulebook_that_is_not_there_ends_with_one(self):
        self.assertEqual(run("check", os.path.join(self.folder, "none.yaml")).returncode, 1)

    def test_read_prints_sentences(self):
        korean, english = run("check", "--read", RULEBOOK), run("check", "--read", RULEBOOK, "--lang", "en")
        self.assertIn("작은 평가", korean.stdout)
        self.assertNotEqual(korean.stdout, english.stdout)
        self.assertEqual(json.loads(run("check", "--read", RULEBOOK, "--format", "json").stdout)["read"], korean.stdout)

    def coloured(self, environment):
        reader, terminal = pty.openpty()
        environment = {**{k: v for k, v in os.environ.items() if k != "NO_COLOR"}, "TERM": "xterm", **environment}
        subprocess.run([PROGRAM, "check", self.wrong_rulebook()], stderr=terminal, env=environment, timeout=120)
        os.close(terminal)
        text = b""
        try:
            while chunk := os.read(reader, 65536):
                text += chunk
        except OSError:  # the terminal's other end is closed
            pass
        os.close(reader)
        return b"\x1b[" in text

    def test_colour_is_for_terminals_that_want_it(self):
        self.assertTrue(self.coloured({}))
        self.assertFalse(self.coloured({"NO_COLOR": "1"}))
        self.assertFalse(self.coloured({"TERM": "dumb"}))


class Others(Case):
    def test_the_rulebooks_tests_are_counted(self):
        outcome = run("test", RULEBOOK)
        self.assertEqual((outcome.returncode, outcome.stdout), (0, RULEBOOK + ": 1 passed, 0 failed\n"))
        with open(RULEBOOK, encoding="utf-8") as stream:
            failing = self.file("failing.yaml", stream.read().replace("total: 70.00", "total: 70.01"))
        outcome = run("test", failing, "--format", "json")
        self.assertEqual(outcome.returncode, 1)
        self.assertEqual({"passed": 0, "failed": 1}.items() & json.loads(outcome.stdout).items(),
                         {"passed": 0, "failed": 1}.items())

    def test_schema_is_json_and_plan_has_lines(self):
        self.assertIn("$schema", json.loads(run("schema").stdout))
        self.assertGreater(len(run("plan", RULEBOOK).stdout.splitlines()), 3)

    def test_explain_tells_one_entity(self):
        text = run("explain", RULEBOOK, SMALL, "--entity", "세무과")
        self.assertEqual(text.returncode, 0)
        self.assertIn("95.25", text.stdout)
        self.assertNotIn("\x1b", text.stdout)
        answer = json.loads(run("explain", RULEBOOK, SMALL, "--entity", "세무과", "--format", "json").stdout)
        self.assertIn("세무과", json.dumps(answer, ensure_ascii=False))

    def test_an_unknown_entity_ends_with_one(self):
        outcome = run("explain", RULEBOOK, SMALL, "--entity", "세문과")
        self.assertEqual(outcome.returncode, 1)
        self.assertIn("세문과", outcome.stderr)


class Score(Case):
    def test_four_files_are_written_and_nothing_else(self):
        outcome = self.score()
        self.assertEqual((outcome.returncode, outcome.stderr), (0, ""))
        self.assertEqual(sorted(os.listdir(self.out)), FILES)
        self.assertIn("jeoul", self.contents()["result.json"][:256].decode("utf-8", "ignore"))
        json.loads(self.contents()["result.json"])

    def test_the_summary_is_aligned_and_has_the_numbers_of_the_file(self):
        lines = self.score().stdout.splitlines()
        self.assertIn("실과소 (3)", lines)
        self.assertIn("읍면동 (2)", lines)
        rows = [line for line in lines if any(name in line for name in TOTALS)]
        self.assertEqual([line.split()[:3] for line in rows], [
            ["1", "세무과", "95.25"], ["2", "기획감사실", "84.00"], ["3", "총무과", "59.60"],
            ["1", "강경읍", "97.00"], ["2", "연무읍", "82.00"]])
        ends = {cells(line[:line.index(TOTALS[line.split()[1]])]) for line in rows}
        self.assertEqual(len(ends), 1)

    def test_quiet_prints_nothing(self):
        outcome = self.score("--quiet")
        self.assertEqual((outcome.returncode, outcome.stdout, outcome.stderr), (0, "", ""))

    def test_json_names_folder_and_files(self):
        answer = json.loads(self.score("--format", "json").stdout)
        self.assertEqual((answer["status"], answer["entities"], answer["folder"]), ("ok", 5, self.out))
        self.assertEqual(sorted(answer["files"]), FILES)

    def test_the_same_run_gives_the_same_bytes(self):
        self.score()
        first = self.contents()
        for arguments in [[], ["--block", "1"], ["--block", "4096"]]:
            self.assertEqual(self.score(*arguments).returncode, 0)
            self.assertEqual(self.contents(), first)

    def test_a_table_may_come_from_elsewhere(self):
        with open(os.path.join(SMALL, "부서.csv"), encoding="utf-8") as stream:
            other = self.file("other.csv", stream.read().replace("세무과,실과소,12,10,88.123", "세무과,실과소,12,10,90"))
        for table in ["부서", unicodedata.normalize("NFD", "부서")]:
            self.assertEqual(self.score("--table", table + "=" + other).returncode, 0)
            self.assertIn("96.00", self.contents()["ranking.csv"].decode("utf-8"))

    def test_a_table_that_is_not_in_the_rulebook_is_told(self):
        outcome = self.score("--table", "부셔=" + os.path.join(SMALL, "부서.csv"))
        self.assertEqual(outcome.returncode, 1)
        self.assertIn("no table `부셔`", outcome.stderr)
        self.assertIn("did you mean `부서`?", outcome.stderr)
        self.assertFalse(os.path.exists(self.out))

    def test_a_table_given_twice_is_told(self):
        table = "부서=" + os.path.join(SMALL, "부서.csv")
        outcome = self.score("--table", table, "--table", table)
        self.assertEqual(outcome.returncode, 1)
        self.assertIn("부서", outcome.stderr)

    def test_a_wrong_cell_writes_nothing(self):
        other = self.file("other.csv", "부서,부서군,실적,목표,만족도\n가,실과소,x,10,90\n나,읍면군,1,10,90\n")
        outcome = self.score("--table", "부서=" + other)
        self.assertEqual(outcome.returncode, 1)
        self.assertIn("other.csv:2", outcome.stderr)
        self.assertIn("other.csv:3", outcome.stderr)
        self.assertFalse(os.path.exists(self.out))
        outcome = self.score("--table", "부서=" + other, "--format", "json")
        self.assertEqual((outcome.returncode, outcome.stderr), (1, ""))
        answer = json.loads(outcome.stdout)
        self.assertEqual((answer["status"], answer["report"]["errors"]), ("data", 2))

    def test_a_wrong_rulebook_or_folder_writes_nothing(self):
        for rulebook, folder in [(self.wrong_rulebook(), SMALL), (RULEBOOK, os.path.join(self.folder, "none"))]:
            outcome = run("score", rulebook, folder, "-o", self.out)
            self.assertEqual(outcome.returncode, 1)
            self.assertFalse(os.path.exists(self.out))


class Files(Case):
    def test_folders_above_are_made_and_unmade(self):
        self.out = os.path.join(self.folder, "a", "b", "c") + "/"
        self.assertEqual(self.score().returncode, 0)
        self.assertEqual(sorted(os.listdir(self.out)), FILES)
        shutil.rmtree(os.path.join(self.folder, "a"))
        self.assertEqual(self.score_on_a_full_disk().returncode, 3)
        self.assertEqual(os.listdir(self.folder), [])

    def test_files_of_others_are_not_replaced_without_force(self):
        os.mkdir(self.out)
        for name in ["scores.csv", "result.json"]:
            self.file("results/" + name, "mine\n")
            before = self.contents()
            outcome = self.score()
            self.assertEqual(outcome.returncode, 3)
            self.assertIn("--force", outcome.stderr)
            self.assertEqual(self.contents(), before)
        self.assertEqual(self.score("--force").returncode, 0)
        self.assertEqual(sorted(os.listdir(self.out)), FILES)

    def test_other_files_in_the_folder_stay(self):
        os.mkdir(self.out)
        self.file("results/notes.txt", "mine\n")
        self.assertEqual(self.score().returncode, 0)
        self.assertEqual(self.contents()["notes.txt"], b"mine\n")

    def test_a_full_disk_changes_nothing(self):
        self.score()
        self.file("results/ranking.csv", "former\n")
        before = self.contents()
        outcome = self.score_on_a_full_disk()
        self.assertEqual(outcome.returncode, 3)
        self.assertIn("cannot write", outcome.stderr)
        self.assertEqual(self.contents(), before)

    def test_a_signal_changes_nothing(self):
        def hold_a_signal():  # pending from the start, so that it is met while files are being written
            signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
            os.kill(os.getpid(), signal.SIGTERM)

        self.score()
        self.file("results/ranking.csv", "former\n")
        before = self.contents()
        outcome = self.score(preexec_fn=hold_a_signal)
        self.assertEqual(outcome.returncode, 3)
        self.assertEqual(self.contents(), before)

    def test_what_is_not_a_file_is_not_replaced(self):
        self.score()
        os.remove(os.path.join(self.out, "scores.csv"))
        os.mkdir(os.path.join(self.out, "scores.csv"))
        self.assertEqual(self.score("--force").returncode, 3)
        self.assertEqual(len(os.listdir(self.out)), 4)

    def test_a_file_is_not_a_folder(self):
        self.file("results", "mine\n")
        self.assertEqual(self.score().returncode, 3)


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
