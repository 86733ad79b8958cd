# SPDX-License-Identifier: Apache-2.0
"""The results of all entities: scored one by one, then ranked and graded together."""
from dataclasses import dataclass, field
from fractions import Fraction

from .grading import Grading, gate_passed
from .publish import publish_node
from .ranking import Ranking
from .tables import key_text, plain_text
from .values import OracleError


@dataclass
class Result:
    """What is published of one entity."""
    entity: str
    group: str
    totals: object = None
    rank: Fraction | None = None
    grade: str | None = None
    nodes: list = field(default_factory=list)
    values: dict = field(default_factory=dict)
    gates: dict = field(default_factory=dict)
    error: str | None = None


def score_all(scoring):
    """The results of all entities in the order of their table; an entity that cannot be scored has an error."""
    results = [_score_entity(scoring, row) for row in scoring.entities.rows]
    scored = [(scoring.home(row), result) for row, result in zip(scoring.entities.rows, results)
              if result.error is None and result.totals.total is not None]
    ranking = Ranking(scoring, scored)
    if scoring.rulebook.rank is not None:
        ranking.give_ranks()
    for grading in scoring.rulebook.grading:
        Grading(scoring, ranking, grading).give_grades(results, scored)
    return results


def _score_entity(scoring, row):
    home = scoring.home(row)
    group = scoring.group(home)
    result = Result(key_text(row.key), "" if group is None else plain_group(group))
    try:
        result.totals = scoring.totals(home)
        result.nodes = [publish_node(scoring, spot) for spot in _spots(scoring, scoring.spot(scoring.rulebook.root, home))]
        result.values = {name: scoring.value_of(name, home) for name in scoring.rulebook.values}
        result.gates = {gate.id: gate_passed(scoring, gate, home) for gate in scoring.rulebook.gates}
    except OracleError as error:
        result.error = str(error)
    return result


def plain_group(group):
    """A group as published: its parts with slashes between them."""
    return key_text(group) if isinstance(group, tuple) else plain_text(group)


def _spots(scoring, spot):
    """A spot and all below it, without a root that has no id."""
    if spot.node.id:
        yield spot
    for child in scoring.children(spot):
        yield from _spots(scoring, child)
