# SPDX-License-Identifier: Apache-2.0
"""Figures as published: every one settled at its digits, and all of them as plain texts."""
from dataclasses import dataclass
from fractions import Fraction

from . import exact
from .values import State

DIGITS = 4


@dataclass
class PublishedNode:
    """A node of one entity as published; figures are fractions at their digits, or None."""
    spot: object
    id: str
    title: str
    level: int
    is_leaf: bool
    state: str
    raw_value: object
    value: str
    score: Fraction | None
    weight: Fraction | None
    points: Fraction | None
    score_digits: int
    points_digits: int
    grade: str | None = None


def publish_node(scoring, spot):
    """All figures of a spot at their published digits."""
    node, mode = spot.node, scoring.rulebook.mode
    if node.adjustments is not None:
        scoring.adjusting.sums(node.adjustments, scoring.home(spot.place.entity))  # wrong entries are errors, even where nothing counts
    outcome, value = scoring.outcome(spot), scoring.value(spot) if spot.node.is_leaf else None
    score_digits, points_digits = _score_digits(node), max(DIGITS, node.rounding.points or 0)
    return PublishedNode(
        spot=spot, id=spot.id, title=node.title if not node.is_row else spot.id.partition("/")[2], level=node.level,
        is_leaf=node.is_leaf, state="" if outcome.state is None else outcome.state.word, raw_value=value,
        value=_value_text(value, DIGITS if node.digits is None else node.digits, mode),
        score=_settled(outcome.score, score_digits, mode), weight=_settled(scoring.shown_weight(spot), DIGITS, mode),
        points=_settled(scoring.shown_points(spot), points_digits, mode), score_digits=score_digits, points_digits=points_digits)


def _score_digits(node):
    """The digits of a published score: `digits`, else those it was rounded to, else 4."""
    if node.digits is not None:
        return node.digits
    return DIGITS if node.rounding.score is None else node.rounding.score


def _settled(figure, digits, mode):
    return None if figure is None else exact.round_to(figure, digits, mode)


def _value_text(value, digits, mode):
    """A value as published: a number at its digits, text as it is, nothing for a state."""
    if exact.is_number(value):
        return exact.decimal_text(exact.round_to(value, digits, mode), digits)
    return "" if value is None or isinstance(value, State) else str(value)


def _text(figure, digits):
    return "" if figure is None else exact.decimal_text(figure, digits)


def as_data(scoring, results):
    """The results as plain lists, maps and texts."""
    return {"entities": [_entity_data(scoring.rulebook, result) for result in results]}


def _entity_data(rulebook, result):
    if result.error is not None:
        return {"entity": result.entity, "group": result.group, "error": result.error}
    totals = result.totals
    figures = {part: _text(_settled(getattr(totals, part), DIGITS, rulebook.mode), DIGITS) for part in ("base", "bonus", "penalty")}
    return {"entity": result.entity, "group": result.group, "total": _text(totals.total, rulebook.total_digits), **figures,
            "rank": "" if result.rank is None else exact.shortest_decimal(result.rank), "grade": result.grade or "",
            "gates": {gate.id: "yes" if result.gates[gate.id] else "no" for gate in rulebook.gates},
            "values": {name: _value_text(value, rulebook.values[name].digits, rulebook.mode) for name, value in result.values.items()},
            "nodes": [_node_data(node) for node in result.nodes]}


def _node_data(node):
    return {"node": node.id, "title": node.title, "level": node.level, "state": node.state, "value": node.value,
            "score": _text(node.score, node.score_digits), "weight": _text(node.weight, DIGITS),
            "points": _text(node.points, node.points_digits), "grade": node.grade or ""}
