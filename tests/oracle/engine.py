# SPDX-License-Identifier: Apache-2.0
"""Runs the engine's command line and reads what it writes into the same plain data that the oracle gives."""
import json
import subprocess
import tempfile
from decimal import Decimal, InvalidOperation
from pathlib import Path

from .values import OracleError

TRUTHS = {True: "yes", False: "no", None: ""}


def engine_results(engine, rulebook, data):
    """The results of `engine score RULEBOOK DATA`; exit status 1 is an error of the rulebook or of its data."""
    with tempfile.TemporaryDirectory() as out:
        run = subprocess.run([engine, "score", str(rulebook), str(data), "-o", out], capture_output=True, text=True, check=False)
        if run.returncode == 1:
            raise OracleError(_errors(run.stderr))
        if run.returncode != 0:
            raise RuntimeError(f"the engine ended with status {run.returncode}: {run.stderr.strip()}")
        result = json.loads((Path(out) / "result.json").read_text(encoding="utf-8"), parse_float=str, parse_int=str)
        return {"entities": [_as_texts(entity) for entity in result["entities"]]}


def _errors(text):
    """The messages of errors, without warnings and the lines that show where."""
    return "; ".join(line for line in text.splitlines() if " error[" in line or line.startswith("error")) or text.strip()


def _as_texts(data):
    """The same data with nothing but texts at its ends."""
    if isinstance(data, dict):
        return {key: _as_texts(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_as_texts(item) for item in data]
    return data if isinstance(data, str) else TRUTHS[data]


def same(left, right):
    """Whether two texts are the same decimal number, or the same text."""
    try:
        return Decimal(left) == Decimal(right)
    except InvalidOperation:
        return left == right
