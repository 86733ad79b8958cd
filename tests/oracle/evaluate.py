# SPDX-License-Identifier: Apache-2.0
"""The scorecard: values, scores, states, weights and points of nodes, adjustments, and the values beside the tree.

A *spot* is a node at an entity (and, under `each`, at a row of its sheet). Everything is computed when it is asked for and kept.
Order inside a node: value, impute, score, `undefined`, round score, policy, weight, points, adjustments of the area, round points.
"""
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import wraps

from . import exact
from .adjusting import Adjusting
from .combine import combine_scores
from .expressions import Formulas, as_number
from .places import Place
from .rulebook import POLICY_WORDS, Setting
from .tables import key_text
from .values import STATE_WORDS, Date, OracleError, State

HUNDRED = Fraction(100)


@dataclass(frozen=True)
class Spot:
    """A node at a place."""
    node: object
    place: Place

    @property
    def key(self):
        """What tells this spot from all others."""
        row = self.place.row.key if self.node.is_row else ()
        return (self.node, self.place.entity.key, row)

    @property
    def id(self):
        """The id as published; a row of a sheet has its remaining key after the id of its area."""
        if not self.node.is_row:
            return self.node.id
        entity_key = self.place.entities.key
        rest = [value for name, value in self.place.row.keys().items() if name not in entity_key]
        return f"{self.node.id}/{key_text(rest)}"


@dataclass(frozen=True)
class Outcome:
    """A score, or the state that stands in its way; with `spreads` the parent has no score either."""
    score: object = None
    state: State | None = None
    spreads: bool = False


PENDING = "the mean of the points below"
IN_PROGRESS = object()


def once(method):
    """Compute a method once for each spot or place (and id), and notice when it needs itself."""

    @wraps(method)
    def wrapper(self, *arguments):
        key = (method.__name__, *map(_identity, arguments))
        if key not in self.memo:
            self.memo[key] = IN_PROGRESS
            try:
                self.memo[key] = method(self, *arguments)
            except BaseException:
                del self.memo[key]
                raise
        if self.memo[key] is IN_PROGRESS:
            raise OracleError(f"{method.__name__} of `{_title(arguments[0])}` depends on itself")
        return self.memo[key]
    return wrapper


def _identity(argument):
    if isinstance(argument, Spot):
        return argument.key
    return argument.entity.key if isinstance(argument, Place) else argument


def _title(argument):
    return argument.id if isinstance(argument, Spot) else argument


class Scoring:
    """One rulebook with one set of tables."""

    def __init__(self, rulebook, tables):
        self.rulebook = rulebook
        self.tables = tables
        self.entities = tables[rulebook.entities]
        self.formulas = Formulas(self)
        self.adjusting = Adjusting(self)
        self.memo = {}

    # Places and spots

    def home(self, entity):
        """The place of an entity's own formulas."""
        return Place(keys=entity.cells, entities=self.entities)

    def group(self, place):
        """The entity's group: the value of the group column, a tuple of several, None without groups."""
        values = tuple(self.formulas.column(name, self.home(place.entity)) for name in self.rulebook.groups)
        return values[0] if len(values) == 1 else values or None

    def spot(self, node, place):
        """The spot of a node for the entity of a place."""
        home = self.home(place.entity)
        if node.measures is None or not node.is_leaf:
            return Spot(node, replace(home, node=node))
        table = self.tables[node.measures]
        key = next(name for name in table.key if name not in self.entities.key)
        return Spot(node, replace(home, node=node, keys={**home.keys, key: node.id}, hand=table, measured=True))

    def children(self, spot):
        """The spots of the children: nodes, or rows of the sheet."""
        node = spot.node
        if node.rows is None:
            return [self.spot(child, spot.place) for child in node.children]
        entity_keys = spot.place.entity.keys()
        rows = [self._row_spot(node.rows, spot.place, row.cells, row.table)
                for row in self.tables[node.each].matching(entity_keys)]
        return [row for row in rows if self.holds(node.where, row.place)]

    def parent(self, spot):
        """The spot of the parent, None for the root."""
        return None if spot.node.parent is None else self.spot(spot.node.parent, spot.place)

    # Formulas

    def evaluate(self, setting, place, stage=""):
        """The value of a setting for the group of the place; None where the group has none."""
        tree = setting.choose(self.group(place) if setting.by_group is not None else None)
        return None if tree is None else self.formulas.evaluate(tree, place.at(stage) if stage else place)

    def holds(self, setting, place):
        """Whether a condition is true; unknown is not."""
        if setting is None:
            return True
        truth = self.evaluate(setting, place)
        if truth is State.UNDEFINED:
            raise OracleError("a condition is undefined")
        return truth is True

    def number(self, setting, place, what):
        """The number of a setting that must have one (None where the group has none)."""
        value = self.evaluate(setting, place)
        if isinstance(value, State):
            raise OracleError(f"{what} is {value.word}")
        return None if value is None else as_number(value)

    def word(self, name, place):
        """What `value`, `score`, `total`, `as_of` and, in an inner node, the id of a child mean at a place; else None."""
        if place.node is not None and any(child.id == name for child in place.node.children):
            return self.part("score", name, place)
        if place.node is not None and name == "value":
            return self._own_figure(place, self.raw_value if place.stage == "impute" else self.value)
        if place.node is not None and name == "score" and place.stage == "policy":
            return self._own_figure(place, self.own_score)
        if name == "as_of":
            return Date.parse("date", self.rulebook.as_of)
        if name in ("total", "base") and place.entity is not None:
            totals = self.totals(self.home(place.entity))
            figure = getattr(totals, name)
            return totals.state if figure is None else figure
        return None

    def _own_figure(self, place, method):
        """A figure of the place's own node; missing where this peer has no such row."""
        if not place.node.is_row:
            return method(self.spot(place.node, place))
        table = self.tables[place.node.parent.each]
        row = table.find(place.keys)
        return State.MISSING if row is None else method(self._row_spot(place.node, place, row.cells, table))

    def _row_spot(self, node, place, cells, table):
        """The spot of a row of a sheet."""
        home = self.home(place.entity)
        return Spot(node, replace(home, node=node, keys={**home.keys, **cells}, hand=table))

    def named(self, name, place):
        """The readings of a name as a node or as a value."""
        node = self.rulebook.nodes.get(name)
        if node is not None and not (place.node is node and node.is_leaf):
            yield lambda: self.part("score", name, place)
        if name in self.rulebook.values:
            yield lambda: self.value_of(name, self.home(place.entity))

    def part(self, part, name, place):
        """`score(id)`, `points(id)`, `weight(id)`, `value(id)`: a figure of another node, or the state that stands in its way."""
        if part == "value" and name in self.rulebook.values:
            return self.value_of(name, self.home(place.entity))
        if name not in self.rulebook.nodes:
            raise OracleError(f"no node is called `{name}`")
        spot = self.spot(self.rulebook.nodes[name], place)
        if part == "value":
            return self.value(spot)
        outcome = self.outcome(spot)
        if part == "score":
            return outcome.state if outcome.score is None else outcome.score
        if not spot.node.passes_points_up:
            raise OracleError(f"`{name}` has no points")
        weight = self.effective_weight(spot)
        if weight is None or outcome.score is None:
            return max(State.NOT_APPLICABLE, outcome.state or State.NOT_APPLICABLE)
        return weight if part == "weight" else self.points(spot)

    # Value and score

    @once
    def raw_value(self, spot):
        """The value before `impute`."""
        node, place = spot.node, spot.place
        if node.value is not None:
            value = self.evaluate(node.value, place)
            return State.NOT_APPLICABLE if value is None else value
        return None if node.is_row else self.formulas.column(node.id, place)

    @once
    def value(self, spot):
        """The value; a missing one as `impute` says."""
        value = self.raw_value(spot)
        if value is State.MISSING and spot.node.impute is not None:
            return self.evaluate(spot.node.impute, spot.place, "impute")
        return value

    @once
    def own(self, spot):
        """The outcome before rounding and policy, with `undefined` answered; PENDING for the mean of points."""
        applies = self._applies(spot)
        if applies is not True:
            return Outcome(state=applies if isinstance(applies, State) else State.NOT_APPLICABLE)
        outcome = self._answered(spot, self._method(spot))
        if outcome.score is not None and outcome.score is not PENDING:
            return replace(outcome, score=as_number(outcome.score))
        return outcome

    def _applies(self, spot):
        """Whether the spot's own `applies` holds; a state where that is not known."""
        return True if spot.node.applies is None else self.evaluate(spot.node.applies, spot.place)

    def _method(self, spot):
        node, children = spot.node, self.children(spot)
        self._check_weights(spot, children)
        spreading = [self._state(child) for child in children if self.spreads(child)]
        if spreading:
            return Outcome(state=max(spreading), spreads=True)
        if node.score is not None:
            return self._outcome_of(self.evaluate(node.score, spot.place))
        if not node.is_leaf:
            return self._combined(node, children)
        value = self.value(spot)
        if value is None:
            raise OracleError(f"`{spot.id}` has neither a score nor a value")
        return self._outcome_of(value)

    @staticmethod
    def _outcome_of(value):
        if value is None:
            return Outcome(state=State.NOT_APPLICABLE)
        return Outcome(state=value) if isinstance(value, State) else Outcome(score=value)

    def _answered(self, spot, outcome):
        """An undefined result as the node's `undefined` answers it."""
        answer = spot.node.undefined
        if outcome.state is not State.UNDEFINED:
            return outcome
        if answer == "error":
            raise OracleError(f"the score of {spot.id} is undefined")
        if answer in STATE_WORDS:
            return Outcome(state=STATE_WORDS[answer])
        answered = self._outcome_of(self.evaluate(Setting(answer), spot.place))
        if answered.state is State.UNDEFINED:
            raise OracleError(f"the score of {spot.id} is undefined")
        return answered

    @once
    def own_score(self, spot):
        """The score before the policy, rounded; or the state."""
        if self.left_out(spot):
            return State.NOT_APPLICABLE
        outcome = self.own(spot)
        if outcome.state is not None:
            return outcome.state
        score = self._mean_of_points(spot) if outcome.score is PENDING else outcome.score
        rounding = spot.node.rounding
        return score if rounding.score is None else exact.round_to(score, rounding.score, rounding.mode)

    @once
    def outcome(self, spot):
        """The outcome after the policy."""
        if self.left_out(spot):
            return Outcome(state=State.NOT_APPLICABLE)
        outcome = self.own(spot)
        if outcome.spreads:
            return outcome
        if outcome.state is None:
            return Outcome(score=self.own_score(spot))
        return self._policy(spot, outcome.state)

    def _policy(self, spot, state):
        policy = spot.node.policies[state]
        if policy == "error":
            raise OracleError(f"{spot.id} is {state.word}")
        if policy in POLICY_WORDS:
            return Outcome(state=state, spreads=policy == "none")
        score = self.evaluate(Setting(policy), spot.place, "policy")
        if isinstance(score, State) or score is None:
            raise OracleError(f"the policy of {spot.id} gives no score")
        return Outcome(score=as_number(score), state=state)

    @once
    def present(self, spot):
        """Whether the spot has a score, without computing the mean of points."""
        if self.left_out(spot):
            return False
        outcome = self.own(spot)
        return outcome.state is None or not outcome.spreads and self._policy(spot, outcome.state).score is not None

    @once
    def spreads(self, spot):
        """Whether the spot takes the score from its parent."""
        if self.left_out(spot):
            return False
        outcome = self.own(spot)
        return outcome.spreads or outcome.state is not None and self._policy(spot, outcome.state).spreads

    def _state(self, spot):
        return State.NOT_APPLICABLE if self.left_out(spot) else self.own(spot).state

    @once
    def left_out(self, spot):
        """Whether the weight is `none` for this group, or an area above is left out or does not apply."""
        if spot.node.weight is not None and self.evaluate(spot.node.weight, spot.place) is None:
            return True
        parent = self.parent(spot)
        if parent is None:
            return False
        return self.left_out(parent) or self._applies(parent) is False

    # Combining children

    def _combined(self, node, children):
        """The outcome of an area from its children."""
        counted = [child for child in children if self.present(child)]
        if not counted:
            return Outcome(state=max(map(self._state, children), default=State.MISSING))
        if node.combine == "sum":
            return Outcome(score=exact.total(self.outcome(child).score for child in counted))
        if sum(map(self.weight, counted)) == 0:
            return Outcome(state=State.UNDEFINED)
        return Outcome(score=PENDING) if node.combine == "mean" else self._averaged(node.combine, counted)

    def _averaged(self, combine, counted):
        """A combination other than the mean; children of weight 0 do not count."""
        pairs = [(self.outcome(child).score, self.weight(child)) for child in counted]
        return self._outcome_of(combine_scores(combine, [(score, weight) for score, weight in pairs if weight]))

    def _mean_of_points(self, spot):
        """Σ points of the children / Σ their weights × 100; where points are as scored, the weighted mean of the scores.

        So it is too where the area itself has no weight: its children then have no points.
        """
        counted = [child for child in self.children(spot) if self.present(child)]
        is_own = any(child.node.rounding.points is not None or child.node.adjustments is not None for child in counted)
        if is_own and self.effective_weight(spot):
            points, weights = map(self.points, counted), map(self.effective_weight, counted)
            return exact.multiply(exact.divide(exact.total(points), sum(weights)), HUNDRED)
        scores = exact.total(exact.multiply(self.weight(child), self.outcome(child).score) for child in counted)
        return exact.divide(scores, sum(map(self.weight, counted)))

    # Weights and points

    @once
    def weight(self, spot):
        """The weight as written (1 where no sibling has one), None where it is none."""
        node = spot.node
        if node.parent is None and node.weight is None:
            return HUNDRED
        if node.weight is None:
            if not node.is_row and any(sibling.weight is not None for sibling in node.parent.children):
                raise OracleError(f"`{node.id}` has no weight, but others beside it have")
            return Fraction(1)
        weight = self.number(node.weight, spot.place, f"the weight of {spot.id}")
        if weight is not None and weight < 0:
            raise OracleError(f"the weight of {spot.id} is negative")
        return weight

    def _check_weights(self, spot, children):
        """`weight_total`: what the weights of the children must add up to, before any is redistributed."""
        node = spot.node
        weighted = [child for child in children if child.node.weight is not None]
        if node.weight_total == "free" or not weighted or not node.gives_weights:
            return
        expected = self._expected_total(spot)
        found = sum(weight for weight in map(self.weight, weighted) if weight is not None)
        if expected is not None and found != expected:
            raise OracleError(f"weights below `{node.id}` add up to {found}, not {expected}")

    def _expected_total(self, spot):
        """`parent`: the area's own weight, 100 where it carries none."""
        node = spot.node
        if node.weight_total != "parent":
            return Fraction(node.weight_total)
        return HUNDRED if node.weight is None else self.weight(spot)

    def share(self, spot):
        """The part of the parent's weight that the spot has among its present siblings."""
        counted = [sibling for sibling in self.children(self.parent(spot)) if self.present(sibling)]
        weights = sum(map(self.weight, counted))
        return self.weight(spot) / weights if weights else Fraction(0)

    @once
    def effective_weight(self, spot):
        """The weight for which points are counted; 100 below a node that does not add points, None below or at one that is absent."""
        parent = self.parent(spot)
        if parent is None:
            return self.weight(spot)
        if not parent.node.adds_points:
            return HUNDRED
        above = self.effective_weight(parent)
        return None if above is None or not self.present(spot) else above * self.share(spot)

    @once
    def points(self, spot):
        """Effective weight × score / 100, with the area's adjustments, rounded."""
        score, weight, rounding = self.outcome(spot).score, self.effective_weight(spot), spot.node.rounding
        points = exact.divide(exact.multiply(weight, score), HUNDRED)
        if spot.node.adjustments is not None:
            points = self._adjusted_area(spot, points, weight)
        return points if rounding.points is None else exact.round_to(points, rounding.points, rounding.mode)

    def _adjusted_area(self, spot, points, weight):
        adjustments, home = spot.node.adjustments, self.home(spot.place.entity)
        bonus, penalty = self.adjusting.sums(adjustments, home)
        points = self.adjusting.limited(adjustments, exact.subtract(exact.add(points, bonus), penalty), home)
        return exact.clamp(points, Fraction(0), None if spot.node.over_full else weight)

    @once
    def shown_weight(self, spot):
        """The weight as published: the effective one; below a node that does not add points, the own one if there is any."""
        if spot.node.passes_points_up:
            return self.effective_weight(spot)
        return None if spot.node.weight is None or not self.present(spot) else self.weight(spot)

    def shown_points(self, spot):
        """The points as published; None below the first node that does not add points."""
        if not spot.node.passes_points_up or self.outcome(spot).score is None or self.effective_weight(spot) is None:
            return None
        return self.points(spot)

    # Totals and values

    @once
    def totals(self, home):
        """Base, bonus, penalty and total of an entity; no base and no total when the root has no score."""
        root, adjustments = self.spot(self.rulebook.root, home), self.rulebook.adjustments
        bonus, penalty = (Fraction(0), Fraction(0)) if adjustments is None else self.adjusting.sums(adjustments, home)
        outcome = self.outcome(root)
        if outcome.score is None:
            return Totals(None, bonus, penalty, state=outcome.state)
        base = self.points(root)
        if adjustments is None:
            return self._totals(base, bonus, penalty, base)
        raw = self.adjusting.limited(adjustments, exact.subtract(exact.add(base, bonus), penalty), home)
        return self._totals(base, bonus, penalty, raw)

    def _totals(self, base, bonus, penalty, raw):
        total = exact.round_to(raw, self.rulebook.total_digits, self.rulebook.mode)
        return Totals(base, bonus, penalty, raw, total)

    @once
    def value_of(self, name, home):
        """A value of `values:` for an entity."""
        value = self.rulebook.values[name]
        result = self.evaluate(value.formula, home)
        if result is State.UNDEFINED:
            result = self._undefined_value(value, home)
        return State.NOT_APPLICABLE if result is None else result

    def _undefined_value(self, value, home):
        if value.undefined == "error":
            raise OracleError(f"the value {value.id} is undefined")
        if value.undefined in STATE_WORDS:
            return STATE_WORDS[value.undefined]
        return self.evaluate(Setting(value.undefined), home)


@dataclass(frozen=True)
class Totals:
    """The figures of an entity after the root; `raw` is the total before rounding."""
    base: object = None
    bonus: object = None
    penalty: object = None
    raw: object = None
    total: Fraction | None = None
    state: State | None = None
