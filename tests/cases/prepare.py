# SPDX-License-Identifier: Apache-2.0
"""Turns the published files of each case into the data folder that its rulebook reads.

    python3 prepare.py --cases FOLDER_OF_PUBLISHED_CASES --out FOLDER
"""
import argparse
import csv
from pathlib import Path

HERE = Path(__file__).resolve().parent


def read(path):
    """The records of a CSV file."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write(path, columns, rows):
    """Write rows (sequences) under a header."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def facilities_corporation(published, out):
    """One corporation: an entity table of one row, and its scores keyed by indicator."""
    write(out / "기관.csv", ["기관"], [["공단"]])
    write(out / "평가.csv", ["기관", "지표", "평점"], [["공단", row["지표"], row["평점"]] for row in published])


def undp_hdi_2022(published, out):
    """Countries and the aggregates printed below them, which have no rank."""
    columns = ["le", "eys", "mys", "gnipc"]
    write(out / "country.csv", ["iso3", "name", "kind", *columns],
          [[row["iso3"], row["country"], "aggregate" if "." in row["iso3"] else "country", *(row[column] for column in columns)]
           for row in published])


def epa_aqi(published, out):
    """The readings as they are."""
    write(out / "reading.csv", list(published[0]), [row.values() for row in published])


def kice_csat_grades(published, out):
    """The standings as they are."""
    write(out / "standing.csv", list(published[0]), [row.values() for row in published])


CASES = {prepare.__name__: prepare for prepare in (facilities_corporation, undp_hdi_2022, epa_aqi, kice_csat_grades)}


def published_folder(name, cases):
    """Where a case's published files are: beside its rulebook, or in the folder of published cases; None if in neither."""
    for folder in (HERE / name, *([Path(cases) / name] if cases else [])):
        if (folder / "input.csv").exists():
            return folder
    return None


def prepare(name, cases, out):
    """Write the data folder of one case; the folder of its published files, None if they are not there."""
    folder = published_folder(name, cases)
    if folder is not None:
        CASES[name](read(folder / "input.csv"), Path(out))
    return folder


def main():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", help="the folder with the published cases")
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    for name in CASES:
        folder = prepare(name, options.cases, Path(options.out) / name)
        print(f"{name}: {'no published files' if folder is None else 'written'}")


if __name__ == "__main__":
    main()
