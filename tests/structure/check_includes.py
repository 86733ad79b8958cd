# SPDX-License-Identifier: Apache-2.0
"""The folders are the data flow: a stage includes only itself and stages before it; files stay small; no unfinished marks.

Run as: check_includes.py [ROOT]
"""
import os
import re
import sys

# In the order of the flow. The programs stand aside: they see the public header only.
STAGES = ["base", "number", "op", "formula", "rulebook", "table", "plan", "score", "certify", "explain", "report", "api"]
PUBLIC = "jeoul/jeoul.h"
MAX_LINES = {".c": 600, ".h": 300, PUBLIC: 700}
# Spelled apart, so that this file does not find itself.
MARKS = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK|TB" + r"D|WI" + r"P|not implement" + r"ed|unimplement" + r"ed)\b")
TEXTS = (".c", ".h", ".def", ".py", ".sh", ".build", ".txt", ".yaml", ".md", ".cpp")


def read(path):
    with open(path, encoding="utf-8") as stream:
        return stream.read().splitlines()


def files(root, folders, endings):
    for folder in folders:
        for place, subfolders, names in os.walk(os.path.join(root, folder)):
            subfolders[:] = sorted(name for name in subfolders if not name.startswith((".", "build", "__")))
            yield from (os.path.join(place, name) for name in sorted(names) if name.endswith(endings))


def may_include(stage, included):
    if included == PUBLIC:
        return True
    other = included.split("/")[0]
    if stage not in STAGES:
        return other == stage
    return other in STAGES and STAGES.index(other) <= STAGES.index(stage)


def wrong_includes(root):
    for path in files(root, ["src"], (".c", ".h", ".def")):
        stage = os.path.relpath(path, os.path.join(root, "src")).split(os.sep)[0]
        for number, line in enumerate(read(path), 1):
            included = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
            if included and not may_include(stage, included.group(1)):
                yield f"{os.path.relpath(path, root)}:{number}: `{stage}` may not include `{included.group(1)}`"


def long_files(root):
    for path in files(root, ["src", "include", "tests", "examples"], (".c", ".h")):
        limit = MAX_LINES[PUBLIC] if path.endswith(PUBLIC) else MAX_LINES[os.path.splitext(path)[1]]
        n_lines = len(read(path))
        if n_lines > limit:
            yield f"{os.path.relpath(path, root)}: {n_lines} lines, at most {limit}"


def heads(root):
    for path in files(root, ["src", "include"], (".c", ".h")):
        first = read(path)[:1]
        if first != ["/* SPDX-License-Identifier: Apache-2.0"]:
            yield f"{os.path.relpath(path, root)}:1: expected a head comment that opens with the SPDX line"


def unfinished(root):
    for path in files(root, ["src", "include", "tests", "examples", "bench", "bindings"], TEXTS):
        for number, line in enumerate(read(path), 1):
            if MARKS.search(line):
                yield f"{os.path.relpath(path, root)}:{number}: unfinished: {line.strip()}"


def versions(root):
    header = "\n".join(read(os.path.join(root, "include", PUBLIC)))
    parts = [re.search(rf"#define JEOUL_VERSION_{part} (\d+)", header).group(1) for part in ("MAJOR", "MINOR", "PATCH")]
    if not any(f"version: '{'.'.join(parts)}'" in line for line in read(os.path.join(root, "meson.build"))):
        yield f"meson.build: expected the version of jeoul.h, {'.'.join(parts)}"


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
    found = [line for check in (wrong_includes, long_files, heads, unfinished, versions) for line in check(root)]
    print("\n".join(found))
    return 1 if found else 0


sys.exit(main())
