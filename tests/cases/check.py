# SPDX-License-Identifier: Apache-2.0
"""Compares results with what the publishers of the cases printed, cell by cell.

    python3 check.py --cases FOLDER_OF_PUBLISHED_CASES --engine JEOUL
    python3 check.py --cases FOLDER_OF_PUBLISHED_CASES --oracle

A case whose published files are not there is skipped, and so is a cell that the publisher left empty.
"""
import argparse
import sys
import tempfile
from collections import Counter
from fractions import Fraction
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

# pylint: disable=wrong-import-position
from oracle.__main__ import score_folder  # noqa: E402
from oracle.engine import engine_results, same  # noqa: E402
from oracle.exact import decimal_text, round_to  # noqa: E402
from prepare import CASES, prepare, read  # noqa: E402


def facilities_corporation(entities, _):
    """One row per node, and the total."""
    entity = entities["공단"]
    rows = {node["node"]: node for node in entity["nodes"]}
    rows["total"] = {"score": entity["total"], "points": entity["total"], "weight": "100", "title": "합계"}
    return {(identifier,): row for identifier, row in rows.items()}


def undp_hdi_2022(entities, _):
    """One row per country or aggregate."""
    return {(name,): {"hdi": entity["total"], "hdi_rank_2022": entity["rank"], "hdicode": entity["grade"]}
            for name, entity in entities.items()}


def epa_aqi(entities, _):
    """One row per reading."""
    return {(name,): {"aqi": entity["total"], "category": entity["grade"]} for name, entity in entities.items()}


def kice_csat_grades(entities, published):
    """One row per subject and grade: the lowest score that has it, its candidates and their share."""
    candidates = {(row["year"], row["subject"], row["standard_score"]): int(row["candidates"]) for row in published}
    heads, all_heads, lowest = Counter(), Counter(), {}
    for (year, subject, score), number in candidates.items():
        entity = entities[f"{year}/{subject}/{score}"]
        key = (year, subject, entity["grade"])
        heads[key] += number
        all_heads[year, subject] += number
        if key not in lowest or int(score) < int(lowest[key][0]):
            percentile = next(node["score"] for node in entity["nodes"] if node["node"] == "백분위")
            lowest[key] = (score, percentile)
    grades = [(year, subject, str(grade)) for year, subject in all_heads for grade in range(1, 10)]
    return {key: {"cut_standard_score": lowest.get(key, ("", ""))[0], "candidates": str(heads[key]),
                  "percent": _percent(heads[key], all_heads[key[:2]]), "percentile_at_cut": lowest.get(key, ("", ""))[1]}
            for key in grades}


def _percent(part, whole):
    return decimal_text(round_to(Fraction(100 * part, whole), 2, "half_up"), 2)


KEYS = {"facilities_corporation": 1, "undp_hdi_2022": 1, "epa_aqi": 1, "kice_csat_grades": 3}
READERS = {reader.__name__: reader for reader in (facilities_corporation, undp_hdi_2022, epa_aqi, kice_csat_grades)}


def differences(name, found, expected):
    """For each printed cell: None if it is the same, else what differs."""
    for row in expected:
        cells = list(row.items())
        key = tuple(cell for _, cell in cells[:KEYS[name]])
        for column, wanted in cells[KEYS[name]:]:
            if wanted == "":
                continue
            cell = found.get(key, {}).get(column, "")
            yield None if same(cell, wanted) else f"{name} {'/'.join(key)} {column}: printed {wanted}, found {cell or 'nothing'}"


def check(name, cases, score):
    """The differences of one case, or None if its published files are not there."""
    with tempfile.TemporaryDirectory() as data:
        folder = prepare(name, cases, data)
        if folder is None:
            return None
        entities = {entity["entity"]: entity for entity in score(HERE / name / "rulebook.yaml", data)["entities"]}
    found = READERS[name](entities, read(folder / "input.csv"))
    return list(differences(name, found, read(folder / "expected.csv")))


def main():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", help="the folder with the published cases")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--engine", help="the engine's command line program")
    which.add_argument("--oracle", action="store_true", help="check the oracle instead")
    options = parser.parse_args()
    score = score_folder if options.oracle else lambda rulebook, data: engine_results(options.engine, rulebook, data)
    passed = failed = skipped = 0
    for name in CASES:
        cells = check(name, options.cases, score)
        if cells is None:
            skipped += 1
            continue
        wrong = [cell for cell in cells if cell is not None]
        for cell in wrong[:10]:
            print(cell)
        passed, failed = passed + len(cells) - len(wrong), failed + len(wrong)
        print(f"{name}: {len(cells) - len(wrong)} of {len(cells)} cells")
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
