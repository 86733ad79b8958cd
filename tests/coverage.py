# SPDX-License-Identifier: Apache-2.0
"""Line coverage of src/ from what gcc's instrumented build left behind: per file the share and the lines not run, and the sum.

Run as: coverage.py BUILD MINIMUM. Exit status 1 below MINIMUM percent.
"""
import collections
import json
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SOURCES = os.path.join(ROOT, "src") + os.sep


def data_files(build):
    """Of the program and the library; every object was compiled once."""
    for place, _, names in os.walk(os.path.join(build, "src")):
        yield from (os.path.join(place, name) for name in names if name.endswith(".gcno"))


def counts(build):
    """Source file -> line -> number of times it was run."""
    found = collections.defaultdict(dict)
    for path in sorted(data_files(build)):
        report = subprocess.run(["gcov", "--json-format", "--stdout", path], cwd=build, check=True, capture_output=True)
        for unit in map(json.loads, report.stdout.splitlines()):
            for source in unit["files"]:
                name = os.path.normpath(os.path.join(unit["current_working_directory"], source["file"]))
                if name.startswith(SOURCES):
                    for line in source["lines"]:
                        number = line["line_number"]
                        found[name][number] = found[name].get(number, 0) + line["count"]
    return found


def ranges(numbers):
    """[1, 2, 3, 7] -> "1-3 7" """
    spans = []
    for number in numbers:
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return " ".join(str(first) if first == last else f"{first}-{last}" for first, last in spans)


def main():
    build, minimum = os.path.abspath(sys.argv[1]), float(sys.argv[2])
    n_lines = n_run = 0
    for name, lines in sorted(counts(build).items()):
        missed = sorted(number for number, count in lines.items() if count == 0)
        n_lines += len(lines)
        n_run += len(lines) - len(missed)
        share = 100 * (len(lines) - len(missed)) / len(lines)
        print(f"{share:6.1f} %  {os.path.relpath(name, ROOT):36}  {ranges(missed)[:80]}")
    share = 100 * n_run / n_lines if n_lines else 0.0
    print(f"line coverage of src/: {share:.1f} % ({n_run} of {n_lines} lines)")
    return 0 if share >= minimum else 1


sys.exit(main())
