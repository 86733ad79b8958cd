# SPDX-License-Identifier: Apache-2.0
"""Random formulas: a scope says what can be named at a place, and templates and expressions are drawn from it."""
from dataclasses import dataclass, field

PEER_SETS = ("all", "group", "유형")
ROUND_MODES = ("half_up", "half_even", "truncate", "ceiling", "floor")


@dataclass
class Scope:
    """What a formula may name at its place."""
    numbers: list
    directions: list = field(default_factory=lambda: ["up", "down", "방향"])
    rows: list = field(default_factory=list)
    row_weights: dict = field(default_factory=dict)
    row_conditions: list = field(default_factory=list)
    histories: list = field(default_factory=list)
    scales: list = field(default_factory=list)
    lookups: list = field(default_factory=list)
    nodes: list = field(default_factory=list)
    plan: bool = False
    peers: tuple = PEER_SETS


class FormulaMaker:
    """Draws formulas from a random number generator."""

    def __init__(self, random):
        self.random = random
        self.choose = random.choice

    def number(self, scope, depth=1):
        """An expression with a number."""
        if depth == 0 or self.random.random() < 0.3:
            return self.choose(scope.numbers) if self.random.random() < 0.8 else self.literal()
        make = self.choose([self._arithmetic, self._arithmetic, self._scalar_function, self._conditional, self._first])
        return make(scope, depth - 1)

    def literal(self):
        """A numeric literal, often on a coarse grid."""
        return self.choose(["0", "1", "2", "3", "7", "10", "100", "0.5", "0.1", "0.25", "1.5", "33.3", "1_000", "2E1", "0.3", "12.345"])

    def _arithmetic(self, scope, depth):
        left, right = self.number(scope, depth), self.number(scope, depth)
        return f"({left} {self.choose('+-*' if right == '0' else '+-*/')} {right})"

    def _scalar_function(self, scope, depth):
        a, b = self.number(scope, depth), self.number(scope, depth)
        return self.choose([
            f"abs({a} - {b})", f"min({a}, {b})", f"max({a}, {b}, {self.literal()})", f"clamp({a}, 0, 100)", f"-({a})",
            f"round({a}, {self.choose([-1, 0, 1, 2])}, mode = {self.choose(ROUND_MODES)})", f"truncate({a}, 1)", f"ceiling({a}, 0)",
            f"sqrt(abs({a}))", f"ln(abs({a}) + 1)", f"exp({a} / 100)", f"phi(({a} - {b}) / 10)", f"(abs({a}) + 1) ^ 2", f"abs({a}) ^ 0.5",
        ])

    def _conditional(self, scope, depth):
        return f"(if {self.truth(scope, depth)} then {self.number(scope, depth)} else {self.number(scope, depth)})"

    def _first(self, scope, depth):
        return f"first({self.choose(scope.numbers)}, {self.number(scope, depth)}, 0)"

    def truth(self, scope, depth=1):
        """A condition."""
        a, b = self.number(scope, 0), self.number(scope, max(depth - 1, 0))
        simple = [f"{a} {self.choose(['<', '<=', '>', '>=', '==', '!='])} {b}", "유형 == '갑'", "등급 in ('S', 'A')", "난이도 >= '중'",
                  f"known({a})", "착수 <= '2017-06-30'", f"{a} in (1, 2, 5)", "유형 != '을'"]
        condition = self.choose(simple)
        if depth > 0 and self.random.random() < 0.4:
            return f"({condition} {self.choose(['and', 'or'])} {self.truth(scope, depth - 1)})"
        return f"not ({condition})" if self.random.random() < 0.1 else condition

    def score(self, scope):
        """A score: a method, a scale, an aggregate, a peer statistic or an expression."""
        makers = [self._method, self._method, self._relative, self._expression]
        makers += [self._rows] * bool(scope.rows) + [self._history] * bool(scope.histories) + [self._scale] * bool(scope.scales)
        makers += [self._lookup] * bool(scope.lookups) + [self._of_nodes] * bool(scope.nodes) + [self._path] * scope.plan
        return self.choose(makers)(scope)

    def _expression(self, scope):
        formula = self.number(scope, 2)
        return f"clamp({formula}, 0, 100)" if self.random.random() < 0.8 else formula

    def _method(self, scope):
        a, b, direction = self.number(scope, 1), self.choose(scope.numbers), self.choose(scope.directions)
        floor, form = self.choose(["0", "20"]), self.choose(["ratio", "mirrored"])
        return self.choose([
            f"achievement({a}, {b}, {direction}, form = {form}, cap = {self.choose(['100', '120', 'none'])})",
            f"achievement({a}, {b}, up, cap = 100, floor = {floor})",
            f"interval({a}, low = {self.literal()}, high = {self.number(scope, 0)}, floor = {floor})",
            f"interval({a}, low = {self.choose(scope.numbers)}, high = {b}, floor = {floor}, direction = {direction})",
            f"ratio({a}, base = {b}, share = 0.2, direction = {direction}, floor = {floor})",
            f"beta({a}, low = 1, likely = 2, high = {b}, floor = 20)",
            f"middle({a}, {b}, tolerance = {self.literal()})",
            f"band({a}, low = 2, high = {b}, tolerance = 5, floor = {floor})",
            f"clamp(improvement({a}, {b}), 0, 100)",
            f"met({a}, {b}, {direction})",
            f"met({a}, {b}, {direction}, partial = 0.8)",
            f"checklist([{self.truth(scope, 0)}, {self.truth(scope, 0)}, {self.truth(scope, 0)}])",
            f"checklist([{self.truth(scope, 0)}, {self.truth(scope, 0)}], w = [2, 1])",
        ])

    def over(self, scope, condition=0.15):
        """`over` a set of peers, sometimes with a condition."""
        where = f" where {self.truth(scope, 0)}" if self.random.random() < condition else ""
        return f"over {self.choose(scope.peers)}{where}"

    def _relative(self, scope):
        x, direction, sigma = self.choose(scope.numbers), self.choose(["up", "down"]), self.choose(["population", "sample"])
        plain, best = self.over(scope, 0), self.choose(["high", "low"])
        return self.choose([
            f"percentile({x} {plain}, best = {best})", f"percentile({x} {plain}, best = {best}, ties = half)",
            f"percentile({x} {plain}, best = {best}, ties = {self.choose(['max', 'dense', 'average'])})",
            f"100 - rank({x} {plain}, best = {best}, ties = {self.choose(['min', 'max', 'dense', 'average'])})",
            f"minmax({x} {self.over(scope)}, direction = {direction})", f"t({x} {self.over(scope)}, sigma = {sigma})",
            f"50 + 10 * z({x} {self.over(scope)}, sigma = {sigma})",
            f"benchmark({x} {plain}, n = 2, low = 0, direction = up, floor = 20)",
            f"100 * {x} / max({x} {self.over(scope)})", f"clamp(50 + {x} - mean({x} {self.over(scope)}), 0, 100)",
            f"count({x} {self.over(scope)})", f"{x} - median({x} {self.over(scope)})", f"sd({x} {self.over(scope)}, sigma = {sigma})",
        ])

    def _rows(self, scope):
        x = self.choose(scope.rows)
        where = f" where {self.choose(scope.row_conditions)}" if scope.row_conditions and self.random.random() < 0.4 else ""
        weight = scope.row_weights.get(x, "1")
        return self.choose([
            f"mean({x}{where}, from = {self.choose('123')})", f"interval(mean({x}{where}), low = 1, high = 5, floor = 0)",
            f"trimmed_mean({x}{where}, drop = 1, from = 3, fewer = {self.literal()})", f"10 * count({x}{where})",
            f"median({x}{where}) * 20", f"20 * max({x}{where})", f"sum({x}{where})", f"20 * weighted_mean({x}, {weight}{where})",
            f"best({x}{where}, n = 2, direction = up) * 20", f"20 * last({x})", f"20 * last({x}, n = 2)",
            f"variance({x}, sigma = sample)",
            f"20 * mean(mean({x}) over {self.choose(scope.peers)})", f"20 * mean({x} over group)", f"only({x}{where})",
        ])

    def _history(self, scope):
        x, actual, direction = self.choose(scope.histories), self.choose(scope.numbers), self.choose(["up", "down"])
        sigma = self.choose(["population", "sample"])
        return self.choose([
            f"deviation({actual}, {x}, {direction}, k = {self.choose('12')}, sigma = {sigma}, floor = 20)",
            f"trend({actual}, {x}, {direction}, floor = 20)", f"base({x}, {direction})", f"clamp(forecast({x}), 0, 100)",
            f"slope({x}) + 50",
            f"ratio({actual}, base = base({x}, {direction}), share = 0.1, direction = {direction}, floor = 20)", f"forecast_error({x})",
        ])

    def _path(self, scope):
        actual = self.choose(scope.numbers)
        return self.choose([f"path({actual}, low = 계획.하한, high = 계획.상한, year = {self.choose(['2016', '2017', '2019'])}, floor = 20)",
                            f"at(계획.상한, {self.choose(['2017', '2018'])})"])

    def _scale(self, scope):
        return f"{self.choose(scope.scales)}({self.number(scope, 1)})"

    def _lookup(self, scope):
        return self.choose(scope.lookups)

    def _of_nodes(self, scope):
        a, b = self.choose(scope.nodes), self.choose(scope.nodes)
        return self.choose([f"0.7 * {a} + 0.3 * score({b})", f"max({a}, {b})", f"percentile({a} over all, best = high)",
                            f"first({a}, {b}, 50)", f"if {a} >= {b} then {a} else 60", f"t({a} over group, sigma = population)"])
