# SPDX-License-Identifier: Apache-2.0
"""Random formulas: a scope says what can be named at a place, and templates and expressions are drawn from it."""
from dataclasses import dataclass, field

PEER_SETS = ("all", "group", "유형", "유형, 등급")
ROUND_MODES = ("half_up", "half_even", "truncate", "ceiling", "floor")
LITERALS = ("0", "1", "2", "3", "7", "10", "100", "0.5", "0.1", "0.25", "1.5", "33.3", "1_000", "2E1", "0.3", "12.345", "0.0001만")


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
    boss: bool = True
    peers: tuple = PEER_SETS


class FormulaMaker:
    """Draws formulas from a random number generator."""

    def __init__(self, random):
        self.random = random
        self.choose = random.choice

    def chance(self, probability):
        """True with that probability."""
        return self.random.random() < probability

    def number(self, scope, depth=1):
        """An expression with a number."""
        if depth == 0 or self.chance(0.3):
            return self.choose(scope.numbers) if self.chance(0.8) else self.literal()
        make = self.choose([self._arithmetic, self._arithmetic, self._scalar_function, self._conditional, self._first, self._of_dates])
        return make(scope, depth - 1)

    def literal(self):
        """A numeric literal, often on a coarse grid."""
        return self.choose(LITERALS)

    def _arithmetic(self, scope, depth):
        left, right = self.number(scope, depth), self.number(scope, depth)
        operator = self.choose("+-*" if right == "0" else "+-*/")
        return f"({left} {operator} {right})"

    def _scalar_function(self, scope, depth):
        a, b, name = self.number(scope, depth), self.number(scope, depth), self.choose(scope.numbers)
        return self.choose([
            f"abs({a} - {b})", f"min({a}, {b})", f"max({a}, {b}, {self.literal()})", f"clamp({a}, 0, 100)", f"-({a})",
            f"clamp({a}, {self.literal()}, {name})", f"clamp({a}, none, {b})", f"-{name} ^ 2", f"{name} ^ -1", f"2 ^ min(abs({name}), 9)",
            f"round({a}, {self.choose([-1, 0, 1, 2])}, mode = {self.choose(ROUND_MODES)})", f"truncate({a}, 1)", f"ceiling({a}, 0)",
            f"sqrt(abs({a}))", f"sqrt({name})", f"ln(abs({a}) + 1)", f"ln({name})", f"exp(clamp({a}, -99, 99) / 100)",
            f"phi(({a} - {b}) / 10)", f"(abs({a}) + 1) ^ 2", f"abs({a}) ^ 0.5", f"{name} ^ 0.5", f"round({a} * 10, 0) / 10",
        ])

    def _conditional(self, scope, depth):
        return f"(if {self.truth(scope, depth)} then {self.number(scope, depth)} else {self.number(scope, depth)})"

    def _first(self, scope, depth):
        if self.chance(0.2):
            return f"first({self.choose(scope.numbers)} / {self.choose(scope.numbers)}, {self.number(scope, depth)})"
        return f"first({self.choose(scope.numbers)}, {self.number(scope, depth)}, 0)"

    def _of_dates(self, _, __):
        return self.choose(["(year(착수) - 2016)", "month(착수)", "months(착수, 종료)", "months(착수, as_of)",
                            "months('2017-01-20', 착수, from_days = 10)"])

    def truth(self, scope, depth=1):
        """A condition."""
        a, b = self.number(scope, 0), self.number(scope, max(depth - 1, 0))
        simple = [f"{a} {self.choose(['<', '<=', '>', '>=', '==', '!='])} {b}", "유형 == '갑'", "등급 in ('S', 'A')", "난이도 >= '중'",
                  f"known({a})", "착수 <= '2017-06-30'", "착수 < 종료", f"{a} in (1, 2, {b})", "유형 != '을'", "not 방향 == '상향'",
                  "배율 > 1"]
        simple += ["유형 == 상위.유형", "난이도 < 상위.난이도"] * scope.boss
        condition = self.choose(simple)
        if depth > 0 and self.chance(0.4):
            return f"({condition} {self.choose(['and', 'or'])} {self.truth(scope, depth - 1)})"
        return f"not ({condition})" if self.chance(0.1) else condition

    def score(self, scope):
        """A score: a method, a scale, an aggregate, a peer statistic or an expression."""
        makers = [self._method, self._method, self._relative, self._relative, self._expression, self._list]
        makers += [self._rows, self._rows] * bool(scope.rows) + [self._history] * bool(scope.histories)
        makers += [self._scale] * bool(scope.scales) + [self._lookup] * bool(scope.lookups)
        makers += [self._of_nodes] * bool(scope.nodes) + [self._path] * scope.plan
        return self.choose(makers)(scope)

    def _expression(self, scope):
        formula = self.number(scope, 2)
        return f"clamp({formula}, 0, 100)" if self.chance(0.8) else formula

    def _method(self, scope):
        a, b, direction = self.number(scope, 1), self.choose(scope.numbers), self.choose(scope.directions)
        floor, form = self.choose(["0", "20"]), self.choose(["ratio", "mirrored"])
        return self.choose([
            f"achievement({a}, {b}, {direction}, form = {form}, cap = {self.choose(['100', '120', 'none'])})",
            f"achievement({a}, {b}, up, cap = {self.choose(['100', self.choose(scope.numbers)])}, floor = {floor})",
            f"interval({a}, low = {self.literal()}, high = {self.number(scope, 0)}, floor = {floor})",
            f"interval({a}, low = {self.choose(scope.numbers)}, high = {b}, floor = {floor}, direction = {direction})",
            f"ratio({a}, base = {b}, share = 0.2, direction = {direction}, floor = {floor})",
            f"beta({a}, low = 1, likely = 2, high = {b}, floor = 20)",
            f"middle({a}, {b}, tolerance = {self.choose([self.literal(), self.choose(scope.numbers)])})",
            f"band({a}, low = 2, high = {b}, tolerance = 5, floor = {floor})",
            f"clamp(improvement({a}, {b}), 0, 100)",
            f"met({a}, {b}, {direction})",
            f"met({a}, {b}, {direction}, partial = 0.8)",
            f"credit({a} / {b}, partial = 0.5)",
            f"require({self.truth(scope, 0)}, {a}, 'so it is')",
            f"checklist([{self.truth(scope, 0)}, {self.truth(scope, 0)}, {self.truth(scope, 0)}])",
            f"checklist([{self.truth(scope, 0)}, {self.truth(scope, 0)}], w = [2, 1])",
        ])

    def over(self, scope, condition=0.15):
        """`over` a set of peers, sometimes with a condition."""
        where = f" where {self.truth(scope, 0)}" if self.chance(condition) else ""
        return f"over {self.choose(scope.peers)}{where}"

    def _relative(self, scope):
        x, direction, sigma = self.choose(scope.numbers), self.choose(["up", "down"]), self.choose(["population", "sample"])
        x = x if self.chance(0.8) else self.number(scope, 1)
        set_, best = self.over(scope), self.choose(["high", "low"])
        return self.choose([
            f"percentile({x} {set_}, best = {best})", f"percentile({x} {set_}, best = {best}, ties = half)",
            f"percentile({x} {set_}, best = {best}, ties = half, weight = 인원)",
            f"percentile({x} {set_}, best = {best}, ties = {self.choose(['max', 'dense', 'average'])})",
            f"100 - rank({x} {set_}, best = {best}, ties = {self.choose(['min', 'max', 'dense', 'average'])})",
            f"minmax({x} {set_}, direction = {direction})", f"t({x} {set_}, sigma = {sigma})",
            f"50 + 10 * z({x} {set_}, sigma = {sigma})",
            f"benchmark({x} {set_}, n = 2, low = 0, direction = {direction}, floor = 20)",
            f"100 * {x} / max({x} {set_})", f"clamp(50 + {x} - mean({x} {set_}), 0, 100)",
            f"count({x} {set_})", f"{x} - median({x} {set_})", f"sd({x} {set_}, sigma = {sigma})",
            f"sum({x} {set_}, from = 2, fewer = 7)", f"weighted_mean({x}, 인원 {set_})", f"min({x} {set_}, from = 2)",
            f"trimmed_mean({x} {set_}, drop = 1)", f"mean({x} - mean({x} over group) {set_})",
        ])

    def _rows(self, scope):
        x = self.choose(scope.rows)
        where = f" where {self.choose(scope.row_conditions)}" if scope.row_conditions and self.chance(0.4) else ""
        weight, over = scope.row_weights.get(x, "1"), f" over {self.choose(scope.peers)}"
        table = x.partition(".")[0]
        return self.choose([
            f"mean({x}{where}, from = {self.choose('123')})", f"interval(mean({x}{where}), low = 1, high = 5, floor = 0)",
            f"trimmed_mean({x}{where}, drop = 1, from = 3, fewer = {self.literal()})", f"10 * count({x}{where})",
            f"median({x}{where}) * 20", f"20 * max({x}{where})", f"sum({x}{where})", f"20 * weighted_mean({x}, {weight}{where})",
            f"best({x}{where}, n = 2, direction = {self.choose(['up', 'down'])}) * 20", f"20 * last({x})", f"20 * last({x}{where}, n = 2)",
            f"variance({x}, sigma = sample)", f"sum({x}{where}, from = {self.choose('12')})", f"count({table}{where})",
            f"20 * mean(mean({x}) over {self.choose(scope.peers)})", f"20 * mean({x}{over})", f"only({x}{where}, fewer = 3)",
            f"10 * mean({x}{over}{where})", f"count({table}{over}{where})", f"mean(if {x} > 3 then {x} else 0{where})",
            f"sum({x} * {weight}{where})", f"checklist({x} > 2{where}, w = {weight})", f"20 * min({x}, from = 2, fewer = 1)",
            f"50 + mean({x}) - mean({x}{over})",
        ])

    def _list(self, scope):
        a, b, c = (self.choose(scope.numbers) for _ in range(3))
        return self.choose([
            f"mean([{a}, {b}, {c}])", f"mean({a}, {b})", f"median({a}, {b}, {c}, 5)", f"max([{a}, {b}])", f"sum([{a}, {b} / 2])",
            f"weighted_mean([{a}, {b}], [1, {c}])", f"best([{a}, {b}, {c}], n = 2, direction = down)", f"last([{a}, {b}])",
            f"sd([{a}, {b}, {c}], sigma = sample)", f"10 * count([{a}, {b}, {c}])", f"trimmed_mean([{a}, {b}, {c}], drop = 1, fewer = 4)",
            f"forecast([1, {a}, {b}, {c}])", f"slope([{a}, {b}, {c}])", f"only([{a}])",
        ])

    def _history(self, scope):
        x, actual, direction = self.choose(scope.histories), self.choose(scope.numbers), self.choose(["up", "down"])
        sigma = self.choose(["population", "sample"])
        return self.choose([
            f"deviation({actual}, {x}, {direction}, k = {self.choose('12')}, sigma = {sigma}, floor = 20)",
            f"trend({actual}, {x}, {direction}, floor = 20)", f"base({x}, {direction})", f"clamp(forecast({x}), 0, 100)",
            f"slope({x}) + 50",
            *([f"base({x} where 연도 >= 2013, direction = {direction})",
               f"trend({actual}, {x} where 과거 > 0, direction = {direction}, floor = 0)"] if x.startswith("이력") else []),
            f"ratio({actual}, base = base({x}, {direction}), share = 0.1, direction = {direction}, floor = 20)", f"forecast_error({x})",
            *([f"at({x}, {self.choose(['2013', '2016', '2019', 'year(착수) - 2'])})"] if x.startswith("이력") else []),
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
