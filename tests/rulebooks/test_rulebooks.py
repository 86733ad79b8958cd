#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the tests that rulebooks carry.

    test_rulebooks.py JEOUL FOLDER…

Every *.yaml below the folders is given to `jeoul test`; one without tests of its own counts as failed.
"""

import pathlib
import re
import subprocess
import sys


def run(jeoul, rulebook):
    """(passed, failed) of one rulebook; what failed is printed."""
    done = subprocess.run([jeoul, "test", str(rulebook)], capture_output=True, text=True, check=False)
    counts = re.search(r"(\d+) passed, (\d+) failed", done.stdout)
    passed, failed = (int(counts[1]), int(counts[2])) if counts else (0, 1)
    if done.returncode != 0 or passed + failed == 0:
        print(rulebook, done.stdout, done.stderr, sep="\n")
        failed = max(failed, 1)
    return passed, failed


def main():
    """Exit status 0 if every test of every rulebook passed."""
    jeoul, *folders = sys.argv[1:]
    rulebooks = [path for folder in folders for path in sorted(pathlib.Path(folder).rglob("*.yaml"))]
    counts = [run(jeoul, rulebook) for rulebook in rulebooks]
    passed, failed = (sum(column) for column in zip(*counts)) if counts else (0, 1)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
