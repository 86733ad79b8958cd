# SPDX-License-Identifier: Apache-2.0
"""The tests that a rulebook carries: given rows, expected figures, compared at the digits written."""
from pathlib import Path

from . import exact
from .evaluate import Scoring
from .results import score_all
from .rulebook import load_rulebook, number
from .tables import fill_tables, read_csv
from .values import OracleError

PARTS = ("value", "score", "points", "weight", "grade", "state")
TOTALS = {"total": "raw", "base": "base", "bonus": "bonus", "penalty": "penalty"}


def run_tests(path):
    """Run all tests of a rulebook, print what differs; the exit status."""
    tests = load_rulebook(path).tests
    failures = [f"{test.get('title', index + 1)}: {difference}"
                for index, test in enumerate(tests) for difference in run_test(path, test)]
    for failure in failures:
        print(failure)
    failed = len({failure.rpartition(": ")[0] for failure in failures})
    print(f"{len(tests) - failed} passed, {failed} failed")
    return int(bool(failures))


def run_test(path, test):
    """The differences between what one test expects and what is computed."""
    rulebook = load_rulebook(path)
    try:
        scoring = Scoring(rulebook, fill_tables(rulebook, _given(rulebook, test["given"], Path(path).parent)))
        results = {result.entity: result for result in score_all(scoring)}
    except OracleError as error:
        results, whole_error = {}, str(error)
    else:
        whole_error = "no such entity"
    for entity, expected in test["expect"].items():
        result = results.get(entity)
        error = whole_error if result is None else result.error
        yield from (f"{entity}: {text}" for text in _differences(scoring if result else None, result, error, expected))


def _given(rulebook, given, folder):
    """The records of the given tables: rows written in the rulebook, or a file beside it."""
    return {name: read_csv(folder / rows) if isinstance(rows, str) else [_record(rulebook, name, row) for row in rows]
            for name, rows in given.items()}


def _record(rulebook, name, row):
    """A row of a test as a record of a file: cells that are not written are blank."""
    data = rulebook.tables[name]
    keys = data["key"] if isinstance(data["key"], list) else [data["key"]]
    blank = dict.fromkeys([*keys, *data.get("columns", {})], "")
    headers = {column: data.get("header", {}).get(column, _own_header(type_, column))
               for column, type_ in data.get("columns", {}).items()}
    return {headers.get(column, column): cell for column, cell in {**blank, **row}.items()}


def _own_header(type_, column):
    """The header that a column in full form declares for itself."""
    options = next(iter(type_.values())) if isinstance(type_, dict) and len(type_) == 1 else None
    return options.get("header", column) if isinstance(options, dict) else column


def _differences(scoring, result, error, expected):
    if "error" in expected:
        if error is None:
            yield "expected an error"
        return
    if error is not None:
        yield error
        return
    for name, figure in expected.items():
        if isinstance(figure, dict):
            yield from _node_differences(scoring, result, name, figure)
        else:
            yield from _compare(name, _figure(scoring, result, name), figure, scoring.rulebook.mode)


def _node_differences(scoring, result, name, expected):
    for part, figure in expected.items():
        if part not in PARTS:
            raise OracleError(f"a node has no `{part}`")
        yield from _compare(f"{name} {part}", _part(scoring, _node(result, name), part), figure, scoring.rulebook.mode)


def _node(result, name):
    for node in result.nodes:
        if node.id == name:
            return node
    raise OracleError(f"nothing is called `{name}`")


def _figure(scoring, result, name):
    """A figure of an entity that a test names, as exact as it is carried."""
    if name in TOTALS:
        return result.totals.total if name == "total" else getattr(result.totals, name)
    if name in ("rank", "grade"):
        return getattr(result, name)
    if name in scoring.rulebook.values:
        return result.values[name]
    return _part(scoring, _node(result, name), "score")


def _part(scoring, node, part):
    """A part of a node as exact as it is carried."""
    spot = node.spot
    if part == "score":
        return scoring.outcome(spot).score
    if part == "weight":
        return scoring.shown_weight(spot)
    if part == "points":
        return scoring.shown_points(spot)
    return getattr(node, part)


def _compare(name, found, expected, mode):
    """Numbers are compared at the digits written, everything else as text."""
    try:
        digits, wanted = len(expected.partition(".")[2]), number(expected)
        found_number = number(found) if isinstance(found, str) else found
    except OracleError:
        digits = wanted = found_number = None
    if wanted is not None and exact.is_number(found_number):
        if exact.round_to(found_number, digits, mode) != wanted:
            yield f"{name}: expected {expected}, found {exact.decimal_text(exact.round_to(found_number, digits + 4, mode), digits + 4)}"
    elif (found or "none") != expected:
        yield f"{name}: expected {expected}, found {found}"
