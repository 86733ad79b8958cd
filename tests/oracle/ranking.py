# SPDX-License-Identifier: Apache-2.0
"""Ranks: the candidates, how two of them compare, and what they get where they tie."""
from dataclasses import dataclass
from fractions import Fraction
from functools import cmp_to_key

from . import exact
from .expressions import order
from .rulebook import Setting
from .values import OracleError, State


@dataclass
class Candidate:
    """An entity in the ranking: the figure that is compared, then the tie-breakers."""
    place: object
    result: object
    figure: object
    chain: list
    heads: Fraction = Fraction(1)


def _order_of_breakers(left, right):
    """As `compare`, by one tie-breaker."""
    if left is None or right is None:
        return (left is None) - (right is None)
    (direction, one), (_, other) = left, right
    return order(other, one) if direction == "high" else order(one, other)


class Ranking:
    """The candidates and how two of them compare."""

    def __init__(self, scoring, scored):
        self.scoring = scoring
        self.rank = scoring.rulebook.rank or {}
        self.default_within = "group" if scoring.rulebook.groups else "all"
        where = Setting(self.rank["where"]) if "where" in self.rank else None
        self.candidates = [self._candidate(place, result) for place, result in scored
                           if scoring.holds(where, place)]

    def _candidate(self, place, result):
        totals, by = result.totals, self.rank.get("by", "published")
        if by == "published":
            figure = totals.total
        elif by == "raw":
            figure = totals.raw
        else:
            figure = exact.round_to(totals.raw, int(by), self.scoring.rulebook.mode)
        return Candidate(place, result, figure, [self._breaker(entry, place) for entry in self.rank.get("then", [])])

    def _breaker(self, entry, place):
        """A tie-breaker, high first; `{low: formula}` the other way round. Without a value it comes last."""
        (direction, formula), = entry.items() if isinstance(entry, dict) else [("high", entry)]
        value = self.scoring.evaluate(Setting(formula), place)
        if value is State.UNDEFINED:
            raise OracleError(f"the tie-breaker `{formula}` is undefined")
        return None if isinstance(value, State) or value is None else (direction, value)

    def compare(self, left, right):
        """Negative when left comes before right, 0 when they share a rank."""
        first = exact.compare(right.figure, left.figure)
        if self.rank.get("best", "high") == "low":
            first = -first
        if first:
            return first
        return next(filter(None, map(_order_of_breakers, left.chain, right.chain)), 0)

    def parts(self, within):
        """The candidates of each group (or of all), best first."""
        parts = {}
        for candidate in self.candidates:
            parts.setdefault(self.part_of(candidate.place, within), []).append(candidate)
        return {part: sorted(candidates, key=cmp_to_key(self.compare)) for part, candidates in parts.items()}

    def part_of(self, place, within):
        """What separates rankings: the group, or nothing."""
        return self.scoring.group(place) if within == "group" else None

    def give_ranks(self):
        """Set the rank of every candidate."""
        for candidates in self.parts(self.rank.get("within", self.default_within)).values():
            for candidate in candidates:
                candidate.result.rank = self._rank(candidate, candidates)

    def _rank(self, candidate, candidates):
        orders = [self.compare(other, candidate) for other in candidates]
        before, same = sum(order < 0 for order in orders), sum(order == 0 for order in orders)
        ties = self.rank.get("ties", "min")
        if ties == "dense":
            ahead = [other for other, order in zip(candidates, orders) if order < 0]
            steps = sum(index == 0 or self.compare(ahead[index - 1], other) != 0 for index, other in enumerate(ahead))
            return Fraction(steps + 1)
        return {"min": Fraction(before + 1), "max": Fraction(before + same), "average": before + Fraction(same + 1, 2)}[ties]
