# SPDX-License-Identifier: Apache-2.0
"""Runs the engine and the oracle over random rulebooks and compares all that is published: totals, ranks, grades, nodes, values, gates.

    python3 -m oracle.compare --engine JEOUL --seed 1 --count 100 [--keep FOLDER]

Where the oracle finds an error the engine must end with status 1; besides, the engine may refuse a number that is too large. Cases that differ stay in the folder of `--keep`.
README.md says how to look into one.
"""
import argparse
import shutil
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

from .__main__ import score_folder
from .engine import engine_results, same
from .random_rulebooks import write_case
from .values import OracleError

ENTITY_FIGURES = ("group", "base", "bonus", "penalty", "total", "rank", "grade")
NODE_FIGURES = ("state", "value", "score", "weight", "points", "grade")
TOO_LARGE = "is too large for its digits"
SHOWN = 5


def outcome_of(score):
    """The results, or the message of an error."""
    try:
        return score(), None
    except OracleError as error:
        return None, str(error)


def differences(expected, found):
    """What differs between the oracle's and the engine's results."""
    others = {entity["entity"]: entity for entity in found["entities"]}
    if [entity["entity"] for entity in expected["entities"]] != list(others):
        yield "other entities, or another order"
        return
    for entity in expected["entities"]:
        yield from _entity_differences(entity, others[entity["entity"]])


def _entity_differences(expected, found):
    name = expected["entity"]
    yield from _figures(name, expected, found, ENTITY_FIGURES)
    lines = sum((Decimal(line["points"]) for line in found["contributions"] if line["points"]), Decimal(0))
    if found["total"] and lines != Decimal(found["total"]):
        yield f"{name}: the engine's contributions add up to {lines}, not to the total {found['total']}"
    for part in ("values", "gates"):
        yield from _figures(f"{name} {part}", expected[part], found[part], expected[part])
    nodes = {node["node"]: node for node in found["nodes"]}
    if [node["node"] for node in expected["nodes"]] != list(nodes):
        yield f"{name}: other nodes, or another order"
        return
    for node in expected["nodes"]:
        yield from _figures(f"{name} {node['node']}", node, nodes[node["node"]], NODE_FIGURES)


def _figures(name, expected, found, columns):
    for column in columns:
        if not same(expected[column], found[column]):
            yield f"{name} {column}: oracle {expected[column] or 'nothing'}, engine {found[column] or 'nothing'}"


def compare_case(engine, folder):
    """The differences of one case."""
    rulebook, data = folder / "rulebook.yaml", folder / "data"
    expected, oracle_error = outcome_of(lambda: score_folder(rulebook, data))
    try:
        found, engine_error = outcome_of(lambda: engine_results(engine, rulebook, data))
    except RuntimeError as error:
        return [str(error)]
    if oracle_error is not None or engine_error is not None:
        agree = oracle_error is not None and engine_error is not None or TOO_LARGE in (engine_error or "")
        return [] if agree else [f"oracle: {oracle_error or 'no error'}; engine: {engine_error or 'no error'}"]
    return list(differences(expected, found))


def main():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", required=True, help="the engine's command line program")
    parser.add_argument("--seed", type=int, default=1, help="seed of the first case")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--keep", help="folder for the cases that differ")
    options = parser.parse_args()
    failed = 0
    for seed in range(options.seed, options.seed + options.count):
        with tempfile.TemporaryDirectory() as folder:
            write_case(seed, folder)
            found = compare_case(options.engine, Path(folder))
            if found and options.keep:
                shutil.copytree(folder, Path(options.keep) / str(seed), dirs_exist_ok=True)
        failed += bool(found)
        for difference in found[:SHOWN]:
            print(f"seed {seed}: {difference}")
        if len(found) > SHOWN:
            print(f"seed {seed}: and {len(found) - SHOWN} more")
    print(f"{options.count - failed} passed, {failed} failed")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
