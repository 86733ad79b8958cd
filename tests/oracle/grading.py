# SPDX-License-Identifier: Apache-2.0
"""Grades: quotas on heads, cut-offs of totals and of nodes, and gates that hold a grade down."""
from fractions import Fraction

from . import exact
from .rulebook import Gate, Setting, boolean, number
from .values import OracleError, State

SEATS = {"cumulative_half_up": "half_up", "cumulative_floor": "floor", "cumulative_ceiling": "ceiling"}


class Grading:
    """One map under `results.grade`."""

    def __init__(self, scoring, ranking, data):
        self.scoring, self.ranking, self.data = scoring, ranking, data
        self.tie = data.get("tie_at_cut", "up")
        self.grades = scoring.rulebook.grades or list(data.get("quota", data.get("cutoffs", data.get("cutoffs_at_most"))))

    def give_grades(self, results, scored):
        """Set the grades that this map gives: to nodes, or to the entities that have a total."""
        if "quota" in self.data:
            self._quota_grades()
        elif self.data.get("of", "total") == "total":
            for place, result in scored:
                result.grade = self._cut(result.totals.raw if self.data.get("by") == "value" else result.totals.total, place)
        else:
            self._node_grades(results)
            return
        for place, result in scored:
            if result.grade is not None:
                result.grade = self._after_gates(result.grade, place)

    # Quota

    def _quota_grades(self):
        within = self.data.get("within", self.ranking.rank.get("within", self.ranking.default_within))
        for part, candidates in self.ranking.parts(within).items():
            self._count_heads(candidates)
            seats = self.cumulative_seats(self._all_heads(part, within, candidates))
            if boolean(self.data.get("refill", "no")):
                self._fill_again(candidates, seats)
            else:
                self._fill(candidates, seats)

    def _count_heads(self, candidates):
        if "heads" in self.data:
            for candidate in candidates:
                candidate.heads = self.scoring.number(Setting(self.data["heads"]), candidate.place, "the number of heads")

    def _all_heads(self, part, within, candidates):
        """The heads on which the quota is taken: of those ranked, or of all."""
        if self.data.get("of_heads", "ranked") == "ranked":
            return sum(candidate.heads for candidate in candidates)
        homes = [self.scoring.home(row) for row in self.scoring.entities.rows]
        homes = [home for home in homes if self.ranking.part_of(home, within) == part]
        if "heads" not in self.data:
            return Fraction(len(homes))
        return sum(self.scoring.number(Setting(self.data["heads"]), home, "the number of heads") for home in homes)

    def cumulative_seats(self, heads):
        """For each grade the seats of it and of all better ones."""
        shares = [number(self.data["quota"].get(grade, "0")) for grade in self.grades]
        if sum(shares) != 100:
            raise OracleError("a quota must add up to 100 %")
        seats = self.data.get("seats", "cumulative_half_up")
        if seats in SEATS:
            return [exact.round_to(heads * sum(shares[:place + 1]) / 100, 0, SEATS[seats]) for place in range(len(shares))]
        exactly = [heads * share / 100 for share in shares]
        each = _largest_remainder(exactly) if seats == "largest_remainder" else [exact.round_to(seat, 0, "half_up") for seat in exactly]
        if sum(each) != heads:
            raise OracleError(f"the seats add up to {sum(each)}, but there are {heads} heads")
        return [sum(each[:place + 1]) for place in range(len(each))]

    def _fill(self, candidates, seats):
        for candidate in candidates:
            place = self._seat(candidate, candidates, seats)
            while not self._reaches(candidate, self.grades[place]) and place < len(self.grades) - 1:
                place += 1
            candidate.result.grade = self.grades[place]

    def _seat(self, candidate, candidates, seats):
        """The best grade with a free seat for a candidate."""
        orders = [(self.ranking.compare(other, candidate), other.heads) for other in candidates]
        before = sum(heads for order, heads in orders if order < 0)
        after = sum(heads for order, heads in orders if order <= 0)
        last = len(seats) - 1
        upper = next((place for place, seat in enumerate(seats) if before < seat), last)
        lower = next((place for place, seat in enumerate(seats) if after <= seat), last)
        tied = sum(order == 0 for order, _ in orders)
        if self.tie == "error" and upper != lower and tied > 1:
            raise OracleError("a tie lies across a cut of the quota")
        return lower if self.tie == "down" else upper

    def _fill_again(self, candidates, seats):
        """Down the ranking, tie by tie: seats that nobody reaches are lost, and the grades below keep their own numbers."""
        place, used, waiting, last = 0, Fraction(0), list(candidates), len(seats) - 1
        while waiting:
            tied = [candidate for candidate in waiting if self.ranking.compare(candidate, waiting[0]) == 0]
            heads = sum(candidate.heads for candidate in tied)
            while place < last:
                fits = self._fits(used, heads, seats[place])
                if fits and all(self._reaches(one, self.grades[place]) for one in tied):
                    break
                place, used = place + 1, seats[place] if fits else used
            if self.tie == "error" and len(tied) > 1 and place < last and used + heads > seats[place]:
                raise OracleError("a tie lies across a cut of the quota")
            for candidate in tied:
                candidate.result.grade = self.grades[place]
            used += heads
            waiting = waiting[len(tied):]

    def _fits(self, used, heads, seats):
        return used + heads <= seats if self.tie == "down" else used < seats

    def _reaches(self, candidate, grade):
        """Whether the total is what `at_least` asks for this grade."""
        least = self.data.get("at_least", {}).get(grade)
        return least is None or candidate.result.totals.total >= number(least)

    # Gates

    def _after_gates(self, grade, place):
        """The grade when all gates that were not passed hold it down: caps first, then whole grades."""
        failed = [gate for gate in self.scoring.rulebook.gates if not gate_passed(self.scoring, gate, place)]
        worst = max([self.grades.index(grade), *(self.grades.index(gate.cap) for gate in failed if gate.cap is not None)])
        return self.grades[min(worst + sum(gate.down for gate in failed), len(self.grades) - 1)]

    # Cut-offs

    def _cut(self, figure, place):
        """The first grade whose cut-off the figure reaches; the last takes the rest unless `otherwise` says who does."""
        at_most = "cutoffs_at_most" in self.data or boolean(self.data.get("at_most", "no"))
        cutoffs = dict(self.data.get("cutoffs", self.data.get("cutoffs_at_most")))
        otherwise = cutoffs.pop("otherwise", self.data.get("otherwise", list(cutoffs)[-1]))
        for grade, cutoff in cutoffs.items():
            order = exact.compare(figure, self.scoring.number(Setting(cutoff), place, "a cut-off"))
            if order <= 0 if at_most else order >= 0:
                return grade
        return None if otherwise == "none" else otherwise

    def _node_grades(self, results):
        of = self.data["of"]
        for result in results:
            for node in result.nodes:
                wanted = node.id in of if isinstance(of, list) else node.is_leaf if of == "leaves" else node.level > 0
                figure = node.raw_value if self.data.get("by") == "value" else node.score
                if wanted and exact.is_number(figure):
                    node.grade = self._cut(figure, node.spot.place)


def gate_passed(scoring, gate: Gate, place):
    """Whether an entity passes a gate; an unknown condition is answered by `unknown`."""
    truth = scoring.evaluate(gate.passes, place)
    if not isinstance(truth, State):
        return truth
    if gate.unknown == "error":
        raise OracleError(f"gate `{gate.id}` is {truth.word}")
    return gate.unknown == "pass"


def _largest_remainder(exactly):
    """Whole seats: each rounded down, the rest to the largest remainders, the better grade first among equals."""
    seats = [exact.round_to(seat, 0, "floor") for seat in exactly]
    left = int(sum(exactly) - sum(seats))
    by_remainder = sorted(range(len(seats)), key=lambda place: (seats[place] - exactly[place], place))
    for place in by_remainder[:left]:
        seats[place] += 1
    return seats
