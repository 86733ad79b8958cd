# SPDX-License-Identifier: Apache-2.0
"""Runs the engine's command line and reads what it writes into the same plain data that the oracle gives."""
import csv
import subprocess
import tempfile
from decimal import Decimal, InvalidOperation
from pathlib import Path

from .values import OracleError


def engine_results(engine, rulebook, data):
    """The results of `engine score RULEBOOK DATA`; exit status 1 is an error of the rulebook or of its data."""
    with tempfile.TemporaryDirectory() as out:
        run = subprocess.run([engine, "score", str(rulebook), str(data), "-o", out], capture_output=True, text=True, check=False)
        if run.returncode == 1:
            raise OracleError(run.stderr.strip() or run.stdout.strip())
        if run.returncode != 0:
            raise RuntimeError(f"the engine ended with status {run.returncode}: {run.stderr.strip()}")
        return _read(Path(out))


def _read(folder):
    entities = {row["entity"]: {**row, "nodes": []} for row in read_csv_dicts(folder / "ranking.csv")}
    for row in read_csv_dicts(folder / "scores.csv"):
        entities[row["entity"]]["nodes"].append(row)
    return {"entities": list(entities.values())}


def read_csv_dicts(path):
    """The records of a UTF-8 CSV file."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def same(left, right):
    """Whether two texts are the same decimal number, or the same text."""
    try:
        return Decimal(left) == Decimal(right)
    except InvalidOperation:
        return left == right
