#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks the language reference and the READMEs against the sources and the program.

usage: check_reference.py JEOUL [--write]      --write: put what the program prints now into the pages

- A block marked ```yaml FILE or ```c FILE is a part of that file, line by line; only its indentation may differ.
- A block marked ```console is run: what stands below `$ jeoul …` is what the program prints. OUT is an empty folder,
  and a line `…` stands for any lines.
- Every key and every word of keys.def, every function and method, and every code with its severity is in the reference;
  the parameters of the methods are those of methods.def.
- Links between pages lead somewhere.
- `jeoul test` passes on every rulebook of examples/, and those of the reference all carry tests.
"""

import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
REFERENCE = sorted((ROOT / "examples/language").glob("*.md"))
PAGES = REFERENCE + [ROOT / name for name in (
    "README.md", "README.ko.md", "src/README.md", "tests/README.md", "bindings/README.md", "bench/README.md",
    "examples/README.md")]
FENCE = re.compile(r"^```(.*?)\n(.*?)^```$", re.M | re.S)

mistakes = []


def complain(place, what):
    mistakes.append(f"{place.relative_to(ROOT) if isinstance(place, pathlib.Path) else place}: {what}")


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


# ---- blocks ----

def without_indentation(lines):
    depth = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return [line[depth:].rstrip() for line in lines]


def is_part(block, text):
    wanted, lines = without_indentation(block), text.splitlines()
    return any(without_indentation(lines[at:at + len(wanted)]) == wanted for at in range(len(lines) - len(wanted) + 1))


def check_quotation(page, name, block):
    path = page.parent / name
    if not path.is_file():
        complain(page, f"quotes `{name}`, which is not there")
    elif not is_part(block.splitlines(), path.read_text(encoding="utf-8")):
        complain(page, f"a block is not a part of `{name}`: {block.splitlines()[0].strip()}")


def matches(expected, found):
    """Lines against lines; `…` stands for any."""
    if not expected:
        return not found
    if expected[0] == "…":
        return any(matches(expected[1:], found[skipped:]) for skipped in range(len(found) + 1))
    return bool(found) and expected[0] == found[0].rstrip() and matches(expected[1:], found[1:])


def run(jeoul, arguments, folder):
    command = [jeoul] + [argument.replace("OUT", folder) for argument in arguments]
    result = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return result.returncode, result.stdout.decode("utf-8").replace(folder, "OUT")


def commands(block):
    """The commands of a console block, each with what it is said to print."""
    for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
        command, _, output = part.partition("\n")
        yield command, output


def prints(jeoul, command):
    words = shlex.split(command)
    if words[0] != "jeoul":
        return None
    with tempfile.TemporaryDirectory() as folder:
        found = run(jeoul, words[1:], folder)[1]
    return "".join(line.rstrip() + "\n" for line in found.splitlines())


def check_console(jeoul, page, block):
    for command, output in commands(block):
        found = prints(jeoul, command)
        if found is None:
            complain(page, f"cannot run `{command}`")
        elif not matches(output.splitlines(), found.splitlines()):
            complain(page, f"`{command}` prints\n{found}")


def write_console(jeoul, page):
    def rewrite(fence):
        parts = [f"$ {command}\n" + (output if "…\n" in output else prints(jeoul, command))
                 for command, output in commands(fence[2])]
        return "```console\n" + "".join(parts) + "```" if fence[1] == "console" else fence[0]

    page.write_text(FENCE.sub(rewrite, page.read_text(encoding="utf-8")), encoding="utf-8")


def check_blocks(jeoul, page):
    for mark, block in FENCE.findall(page.read_text(encoding="utf-8")):
        language, _, name = mark.partition(" ")
        if language == "console":
            check_console(jeoul, page, block)
        elif language in ("yaml", "c", "csv") and name:
            check_quotation(page, name, block)
        elif language == "yaml":
            complain(page, f"a rulebook without a file: {block.splitlines()[0]}")


# ---- links ----

def anchors(page):
    titles = re.findall(r"^#+ (.*)$", FENCE.sub("", page.read_text(encoding="utf-8")), re.M)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def check_links(page):
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        name, _, anchor = link.partition("#")
        if "://" in link:
            continue
        target = (page.parent / name).resolve() if name else page
        if not target.exists():
            complain(page, f"the link `{link}` leads nowhere")
        elif anchor and anchor not in anchors(target):
            complain(page, f"the link `{link}` has no such heading")


# ---- what must be mentioned ----

def arguments_of(source, macro):
    """The arguments of each use of a macro, texts joined and without quotes."""
    for body in re.findall(rf"^{macro}\((.*?)\)\n(?=\n|JL_|/\*|\Z)", source + "\n", re.M | re.S):
        body = re.sub(r'"\s*\n\s*"', "", body)
        yield [item.strip().strip('"') for item in re.findall(r'"(?:[^"\\]|\\.)*"|[^,"]+', body) if item.strip()]


def spans(pages):
    """The code that stands inside the text of the pages."""
    text = "\n".join(FENCE.sub("", page.read_text(encoding="utf-8")) for page in pages)
    return re.findall(r"`` (.*?) ``|`([^`\n]+)`", text.replace("\n", " "))


def check_keys(words):
    source = read("src/rulebook/keys.def")
    for context, key, *_ in arguments_of(source, "JL_KEY"):
        if key not in ("*", "-") and key not in words:
            complain("src/rulebook/keys.def", f"the key `{key}` ({context}) is not in the reference")
    for name, _, *rest in arguments_of(source, "JL_SCALAR"):
        for word in re.findall(r"[^|]+", rest[0]) if rest and "|" in rest[0] else []:
            if word not in words:
                complain("src/rulebook/keys.def", f"the word `{word}` ({name}) is not in the reference")


def parameters(signature):
    """[(name, default or None)]; words that a parameter takes are left out."""
    found = []
    for part in signature.split(","):
        name, _, default = part.partition("=")
        found.append((name.partition(":")[0].strip(), default.strip() or None))
    return found


def check_functions(codes):
    for name in re.findall(r'^    \{"(\w+)", \d', read("src/plan/call.c"), re.M):
        if not any(code.startswith(name + "(") for code in codes):
            complain("src/plan/call.c", f"the function `{name}` is not in the reference")
    for name, signature, *_ in arguments_of(read("src/plan/methods.def"), "JL_METHOD"):
        told = [code for code in codes if code.startswith(name + "(") and code.endswith(")")]
        plain = [re.sub(r" over S\b", "", code[len(name) + 1:-1]) for code in told]
        if not any(parameters(text) == parameters(signature) for text in plain):
            complain("src/plan/methods.def", f"`{name}({signature})` is not in the reference as such, found {told}")


def check_codes():
    text = read("examples/language/diagnostics.md")
    for _, number, severity, *_ in arguments_of(read("src/base/codes.def"), "JL_CODE"):
        if not re.search(rf"^\| {number} \| {severity.lower()} \|", text, re.M):
            complain("src/base/codes.def", f"{number} ({severity.lower()}) is not in the reference")


# ---- rulebooks ----

def check_rulebook(jeoul, path):
    status, output = run(jeoul, ["test", str(path.relative_to(ROOT))], "OUT")
    passed = re.search(r"(\d+) passed, 0 failed", output)
    if status != 0 or passed is None:
        complain(path, f"`jeoul test` fails\n{output}")
    elif passed[1] == "0" and path.parent.name == "language":
        complain(path, "a rulebook of the reference without tests")


def main():
    jeoul = str(pathlib.Path(sys.argv[1]).resolve())
    for page in PAGES:
        if "--write" in sys.argv[2:]:
            write_console(jeoul, page)
        check_blocks(jeoul, page)
        check_links(page)
    codes = [first or second for first, second in spans(REFERENCE)]
    check_keys({word for code in codes for word in re.findall(r"[\w△]+", code)})
    check_functions(codes)
    check_codes()
    for path in sorted((ROOT / "examples").rglob("*.yaml")):
        if path.parent.name != "wrong":
            check_rulebook(jeoul, path)
    print("\n".join(mistakes) if mistakes else f"{len(PAGES)} pages agree with the sources and the program")
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main())
