# SPDX-License-Identifier: Apache-2.0
"""Scales: bands, curves and lookups, each a function of its name."""
from . import exact
from .exact import add, compare, divide, multiply, subtract
from .rulebook import number
from .values import OracleError, State

EDGES = {"at_least": lambda order: order >= 0, "above": lambda order: order > 0,
         "at_most": lambda order: order <= 0, "below": lambda order: order < 0}


def apply_scale(scale, x):
    """The value of a scale at x."""
    if isinstance(scale, list):
        return _bands(scale, x)
    if "curve" in scale:
        return _curve(scale, x)
    if "at_least" in scale or "at_most" in scale:
        return _steps(scale, x)
    return _lookup(scale, x)


def _require_number(x):
    if not exact.is_number(x):
        raise OracleError(f"this scale takes a number, found `{x}`")


def _steps(scale, x):
    _require_number(x)
    rising = "at_least" in scale
    steps = scale["at_least" if rising else "at_most"]
    for edge in sorted(steps, key=number, reverse=rising):
        order = compare(x, number(edge))
        if order >= 0 if rising else order <= 0:
            return number(steps[edge])
    return number(scale["otherwise"]) if "otherwise" in scale else State.UNDEFINED


def _bands(bands, x):
    _require_number(x)
    for band in bands:
        if all(holds(compare(x, number(band[edge]))) for edge, holds in EDGES.items() if edge in band):
            return number(band["score"])
    return State.UNDEFINED


def _curve(scale, x):
    _require_number(x)
    knots = [(number(left), number(right)) for left, right in scale["curve"]]
    if compare(x, knots[0][0]) < 0:
        return _outside(scale.get("below"), x, knots[0], knots[1])
    if compare(x, knots[-1][0]) > 0:
        return _outside(scale.get("above"), x, knots[-1], knots[-2])
    for left, right in zip(knots, knots[1:]):
        if compare(x, right[0]) <= 0:
            return _on_line(x, left, right)
    return knots[-1][1]


def _outside(rule, x, last, next_to_last):
    if rule == "hold":
        return last[1]
    if rule == "extend":
        return _on_line(x, last, next_to_last)
    return State.UNDEFINED


def _on_line(x, left, right):
    return add(left[1], multiply(right[1] - left[1], divide(subtract(x, left[0]), right[0] - left[0])))


def _lookup(scale, x):
    for key, score in scale.items():
        if key != "otherwise" and _matches(key, x):
            return number(score)
    return number(scale["otherwise"]) if "otherwise" in scale else State.UNDEFINED


def _matches(key, x):
    if exact.is_number(x):
        return compare(number(key), x) == 0
    return key == x
