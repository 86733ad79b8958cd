# SPDX-License-Identifier: Apache-2.0
"""Score a data folder, or run the tests that a rulebook carries."""
import argparse
import json
import sys

from .evaluate import Scoring
from .publish import as_data
from .results import score_all
from .rulebook import load_rulebook
from .selftest import run_tests
from .tables import load_tables
from .values import OracleError


def score_folder(rulebook_path, folder):
    """The results of a rulebook over a data folder as plain data; an error of any entity stops it."""
    rulebook = load_rulebook(rulebook_path)
    scoring = Scoring(rulebook, load_tables(rulebook, folder))
    data = as_data(scoring, score_all(scoring))
    for entity in data["entities"]:
        if "error" in entity:
            raise OracleError(f"{entity['entity']}: {entity['error']}")
    return data


def print_ranking(data):
    """The ranking as CSV."""
    print("entity,group,total,rank,grade")
    for entity in data["entities"]:
        print(",".join(entity[column] for column in ("entity", "group", "total", "rank", "grade")))


def main():
    """The command line."""
    parser = argparse.ArgumentParser(prog="oracle", description=__doc__)
    parser.add_argument("rulebook")
    parser.add_argument("data", nargs="?", help="the folder with the tables")
    parser.add_argument("--json", action="store_true", help="all figures, not only the ranking")
    parser.add_argument("--test", action="store_true", help="run the rulebook's own tests")
    options = parser.parse_args()
    try:
        if options.test:
            return run_tests(options.rulebook)
        data = score_folder(options.rulebook, options.data)
    except OracleError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    if options.json:
        print(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        print_ranking(data)
    return 0


if __name__ == "__main__":
    sys.exit(main())
