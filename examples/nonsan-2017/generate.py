#!/usr/bin/env python3
"""Generate the synthetic tables of both evaluations of this folder.

    python3 generate.py            write city-county/data/ and departments/data/
    python3 generate.py --check    compare what is there with what would be written

No real data are behind these tables. departments/data/시군결과.csv is not generated:
it is the scores.csv that the city/county evaluation produces (see README.md).
"""

import argparse
import pathlib
import sys

import generate_city_county
import generate_departments

SEED = 2017
HERE = pathlib.Path(__file__).resolve().parent


def all_tables():
    """Path below this folder → bytes of the file."""
    files = {}
    for folder, module in (("city-county", generate_city_county), ("departments", generate_departments)):
        for name, content in module.tables(SEED).items():
            files[f"{folder}/data/{name}.csv"] = content
    return files


def check(files):
    """Names of the files that differ from what this program writes."""
    return [name for name, content in files.items()
            if not (HERE / name).is_file() or (HERE / name).read_bytes() != content]


def write(files):
    for name, content in files.items():
        path = HERE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit status 1 if a committed table differs")
    options = parser.parse_args()
    files = all_tables()
    if not options.check:
        write(files)
        return 0
    stale = check(files)
    for name in stale:
        print(f"{name}: differs from what generate.py writes", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
