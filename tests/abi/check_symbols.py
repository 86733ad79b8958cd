# SPDX-License-Identifier: Apache-2.0
"""The library exports exactly the symbols listed in symbols.txt, and the header declares exactly these.

Run as: check_symbols.py NM LIBRARY HEADER LIST
"""
import re
import subprocess
import sys


def exported(nm, library):
    listing = subprocess.run([nm, "-D", "--defined-only", library], check=True, capture_output=True, text=True).stdout
    symbols = {line.split()[-1].split("@")[0] for line in listing.splitlines()}
    return {symbol for symbol in symbols if not symbol.startswith(INSTRUMENTED)}


# What coverage and sanitizers add to a library of theirs.
INSTRUMENTED = ("__asan", "___asan", "__gcov", "__llvm", "__sanitizer", "__ubsan", "__odr_asan", "mangle_path", "gcov")


def declared(header):
    with open(header, encoding="utf-8") as stream:
        return set(re.findall(r"^JEOUL_API [^;(]*?\b(jeoul_\w+)\(", stream.read(), re.MULTILINE))


def main():
    nm, library, header, listed_path = sys.argv[1:]
    with open(listed_path, encoding="utf-8") as stream:
        lines = stream.read().split()
    good = lines == sorted(set(lines))
    if not good:
        print(f"{listed_path}: not sorted, or a symbol twice")
    for found, what in [(exported(nm, library), "exported"), (declared(header), "declared in the header")]:
        for symbol in sorted(found - set(lines)):
            print(f"{symbol}: {what}, but not listed")
        for symbol in sorted(set(lines) - found):
            print(f"{symbol}: listed, but not {what}")
        good = good and found == set(lines)
    return 0 if good else 1


sys.exit(main())
