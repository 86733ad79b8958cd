# SPDX-License-Identifier: Apache-2.0
"""Bonus and penalty items: the points of their rows, the cap of each item, the limits of each kind and of the total."""
from dataclasses import replace
from fractions import Fraction

from . import exact
from .expressions import as_number
from .rulebook import Setting
from .values import OracleError, State


class Adjusting:
    """Computes the adjustments of an entity; `scoring` evaluates their formulas."""

    def __init__(self, scoring):
        self.scoring = scoring

    def sums(self, adjustments, home):
        """Bonus and penalty: each item under its cap, each kind under its limit."""
        sums = {}
        for kind, limit in (("bonus", adjustments.bonus_limit), ("penalty", adjustments.penalty_limit)):
            amount = exact.total(self.item_points(item, home) for item in adjustments.items if item.kind == kind)
            sums[kind] = exact.clamp(amount, None, self._limit(limit, home))
        return sums["bonus"], sums["penalty"]

    def limited(self, adjustments, amount, home):
        """An amount held inside `limits: {total: [low, high]}`."""
        return exact.clamp(amount, self._limit(adjustments.low, home), self._limit(adjustments.high, home))

    def _limit(self, setting, home):
        return None if setting is None else self.scoring.number(setting, home, "a limit")

    def item_points(self, item, home):
        """The points of one item, under its cap."""
        places = [home] if item.each is None else [
            replace(home, keys={**home.keys, **row.cells}, hand=row.table) for row in self.scoring.tables[item.each].matching(home.keys)]
        rows = [(place, points) for place in places for points in self._row_points(item, place)]
        amount = exact.total(points for _, points in self._distinct(item, rows))
        return exact.clamp(amount, None, self._limit(item.cap, home))

    def _row_points(self, item, place):
        """The points of a row, or nothing where `where` leaves it out."""
        counts = True if item.where is None else self.scoring.evaluate(item.where, place)
        if counts is False:
            return
        points = self.scoring.evaluate(item.points, place) if counts is True else counts
        if isinstance(points, State):
            points = self._answered_points(item, points, item.missing if counts is True else item.unknown, place)
        if points is None:
            return
        if exact.sign(as_number(points)) < 0:
            raise OracleError(f"the points of adjustment `{item.id}` are negative")
        yield as_number(points)

    def _answered_points(self, item, state, answer, place):
        """What points without a value become: none where they do not apply, else as `missing` or `unknown` says."""
        if state in (State.NOT_APPLICABLE, State.NOT_DUE) or state is State.MISSING and answer in ("redistribute", "none"):
            return None
        if state is State.UNDEFINED or answer == "error":
            raise OracleError(f"the points of adjustment `{item.id}` are {state.word}")
        return self.scoring.evaluate(Setting(answer), place)

    def _distinct(self, item, rows):
        """With `once`, of the rows with one cause the one with the most points; a blank cause stands for itself."""
        if item.once is None:
            return rows
        kept = {}
        for place, points in rows:
            cause = self.scoring.formulas.column(item.once, place)
            key = place.row.key if isinstance(cause, State) else (item.once, cause)
            if key not in kept or exact.compare(points, kept[key][1]) > 0:
                kept[key] = (place, points)
        return list(kept.values())
