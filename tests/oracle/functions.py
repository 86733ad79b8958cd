# SPDX-License-Identifier: Apache-2.0
"""The functions and methods of the formula language.

Each is registered under its signature. `x` is a scalar, `x=0` one with a default, `*x` any number of them, `x?` one that may be left
out, `x:up|down` a word of the method, `x/none` a scalar or the word none, `x[]` a series of rows, list items or peers, `x{}` a second
argument read on the same rows. The evaluator sees to the states of the scalars, to rows without a value, and to `from` and `fewer`:
what comes here has values only. A function answers UNDEFINED where its formula has no meaning, and MISSING where it has too few
values. Conditions that stand under `undefined` count even if another argument has a state, for undefined is stronger; what is judged
(`actual`, `x` or the own value) must have a value, for its state goes before them.
"""
import inspect
import re
from dataclasses import dataclass
from fractions import Fraction

from . import exact
from .exact import add, compare, divide, multiply, sign, subtract
from .values import Date, OracleError, State

UNDEFINED, MISSING = State.UNDEFINED, State.MISSING
ZERO, ONE, HUNDRED = Fraction(0), Fraction(1), Fraction(100)
ROUND_WORDS = "|".join(exact.ROUND_MODES)

FUNCTIONS = {}
PARAMETER = re.compile(r"(\*)?([\w]+)(\[\]|\{\})?(?::([\w|]+))?(/none)?(\?)?(?:=(\w+))?")


@dataclass(frozen=True)
class Parameter:
    """One parameter of a signature."""
    name: str
    kind: str
    words: tuple
    variadic: bool
    optional: bool
    default: str | None


@dataclass(frozen=True)
class Function:
    """A function, its parameters, and how it treats a series.

    compares_own: the judged row's own value is compared with the series; gives_place: it orders that row among the others; picks: of
    rows without values it gives their state; least: the number of values it needs unless `from` says otherwise; undefined: conditions
    on arguments, named by their parameters, under which it is undefined.
    """
    name: str
    parameters: tuple
    apply: object
    compares_own: bool = False
    gives_place: bool = False
    picks: bool = False
    least: int = 1
    undefined: tuple = ()

    @property
    def takes_series(self):
        """Whether it aggregates."""
        return any(parameter.kind == "series" for parameter in self.parameters)

    @property
    def variadic(self):
        """Whether it takes any number of arguments."""
        return any(parameter.variadic for parameter in self.parameters)

    def refuses(self, arguments):
        """Whether some condition under which it is undefined holds for arguments that all have values."""
        for condition in self.undefined:
            values = [arguments[name] for name in inspect.signature(condition).parameters]
            if not any(isinstance(value, State) for value in values) and condition(*values):
                return True
        return False


@dataclass
class Series:
    """The values of a series in key order, their keys, further arguments on the same rows, the states of the rows left out by their
    keys, the judged entity's own value, and why it has no place among the others."""
    values: list
    keys: list
    beside: dict
    skipped: dict
    own: object = None
    placeless: State | None = None


def _parameter(text):
    star, name, brackets, words, none, optional, default = PARAMETER.fullmatch(text).groups()
    kind = {"[]": "series", "{}": "beside", None: "scalar"}[brackets]
    words = tuple(words.split("|")) if words else ("none",) if none else ()
    if kind == "scalar" and words and not none:
        kind = "word"
    return Parameter(name, kind, words, bool(star), bool(optional), default)


def function(signature, **treatment):
    """Register a function under its signature."""
    name, rest = signature.split("(")
    parameters = tuple(_parameter(part) for part in rest.rstrip(")").split())

    def register(apply):
        registered = Function(name, parameters, apply, **treatment)
        FUNCTIONS[name, registered.takes_series] = registered
        return apply
    return register


# Scalars

@function("abs(x)")
def absolute(x):
    """|x|"""
    return abs(x)


@function("min(*x)")
def scalar_min(*x):
    """The least argument."""
    return exact.smallest(x)


@function("max(*x)")
def scalar_max(*x):
    """The greatest argument."""
    return exact.largest(x)


@function("clamp(x low/none high/none)", undefined=[lambda low, high: "none" not in (low, high) and compare(low, high) > 0])
def clamp(x, low, high):
    """x held inside [low, high]."""
    return exact.clamp(x, *(None if bound == "none" else bound for bound in (low, high)))


def _digits(number):
    digits = exact.whole(number)
    if digits is None:
        raise OracleError("digits must be a whole number")
    return digits


@function(f"round(x digits mode:{ROUND_WORDS}=half_up)")
def rounded(x, digits, mode):
    """x at so many decimals."""
    return exact.round_to(x, _digits(digits), mode)


@function("truncate(x digits)")
def truncate(x, digits):
    """x cut toward zero."""
    return exact.round_to(x, _digits(digits), "truncate")


@function("ceiling(x digits)")
def ceiling(x, digits):
    """x raised toward +∞."""
    return exact.round_to(x, _digits(digits), "ceiling")


@function("require(c x why)", undefined=[lambda c: not c])
def require(_, x, __):
    """x, undefined where c is false."""
    return x


@function("sqrt(x)")
def sqrt(x):
    """√x"""
    return UNDEFINED if sign(x) < 0 else exact.square_root(x)


@function("ln(x)")
def ln(x):
    """The natural logarithm."""
    return UNDEFINED if sign(x) <= 0 else exact.logarithm(x)


@function("exp(x)")
def exp(x):
    """e ^ x"""
    return exact.exponential(x)


@function("phi(x)")
def phi(x):
    """Φ(x)"""
    return exact.normal(x)


def _date(value):
    """A date; one written as text is a full date."""
    date = Date.parse("date", value) if isinstance(value, str) else value
    if not isinstance(date, Date):
        raise OracleError(f"expected a date, found `{value}`")
    return date


@function("year(d)")
def year(d):
    """The year of a date."""
    return Fraction(_date(d).parts[0])


@function("month(d)")
def month(d):
    """The month of a date."""
    return Fraction(_date(d).parts[1])


def _month_lengths(start, end):
    """For each calendar month from start to end the number of its days inside [start, end]."""
    first, last = (Date("month", date.parts[:2]) for date in (start, end))
    (year_, month_), days = first.parts, []
    while (year_, month_) <= last.parts:
        low = start.parts[2] if (year_, month_) == first.parts else 1
        high = end.parts[2] if (year_, month_) == last.parts else _days_in(year_, month_)
        days.append(high - low + 1)
        year_, month_ = (year_ + 1, 1) if month_ == 12 else (year_, month_ + 1)
    return days


def _days_in(year_, month_):
    leap = year_ % 4 == 0 and (year_ % 100 != 0 or year_ % 400 == 0)
    return (31, 28 + leap, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month_ - 1]


@function("months(from to from_days=15)")
def months(start, end, from_days):
    """How many calendar months have at least `from_days` days in [start, end]."""
    start, end = _date(start), _date(end)
    if end < start:
        return UNDEFINED
    return Fraction(sum(days >= from_days for days in _month_lengths(start, end)))


# Aggregates

@function("count(x[])", least=0)
def count(x):
    """How many values."""
    return Fraction(len(x.values))


@function("sum(x[])", least=0)
def total(x):
    """Σx"""
    return exact.total(x.values)


def mean_of(values):
    """The mean of a list that is not empty."""
    return divide(exact.total(values), Fraction(len(values)))


@function("mean(x[])")
def mean(x):
    """The arithmetic mean."""
    return mean_of(x.values)


@function("min(x[])")
def aggregate_min(x):
    """The least value."""
    return exact.smallest(x.values)


@function("max(x[])")
def aggregate_max(x):
    """The greatest value."""
    return exact.largest(x.values)


@function("median(x[])")
def median(x):
    """The middle value, or the mean of the two in the middle."""
    values = exact.ordered(x.values)
    middle = len(values) // 2
    return values[middle] if len(values) % 2 else mean_of(values[middle - 1:middle + 1])


@function("weighted_mean(x[] w{})")
def weighted_mean(x, w):
    """Σwx / Σw"""
    weights = exact.total(w)
    if sign(weights) == 0:
        return UNDEFINED
    return divide(exact.total(map(multiply, w, x.values)), weights)


@function("trimmed_mean(x[] drop)")
def trimmed_mean(x, drop):
    """The mean without the `drop` highest and the `drop` lowest values."""
    drop = _digits(drop)
    if len(x.values) <= 2 * drop:
        return MISSING
    return mean_of(exact.ordered(x.values)[drop:len(x.values) - drop])


def variance_of(values, sigma):
    """The variance over n (population) or n − 1 (sample), or None."""
    n = len(values) - (sigma == "sample")
    if n <= 0:
        return None
    middle = mean_of(values)
    return divide(exact.total(multiply(subtract(x, middle), subtract(x, middle)) for x in values), Fraction(n))


def sd_of(values, sigma):
    """The standard deviation, or None."""
    spread = variance_of(values, sigma)
    return None if spread is None else exact.square_root(spread)


@function("variance(x[] sigma:population|sample)")
def variance(x, sigma):
    """The variance."""
    spread = variance_of(x.values, sigma)
    return UNDEFINED if spread is None else spread


@function("sd(x[] sigma:population|sample)")
def sd(x, sigma):
    """The standard deviation."""
    spread = sd_of(x.values, sigma)
    return UNDEFINED if spread is None else spread


@function("best(x[] n direction:up|down)")
def best(x, n, direction):
    """The mean of the n best values, or of those there are."""
    n, values = _digits(n), exact.ordered(x.values)
    return mean_of(values[-n:] if direction == "up" else values[:n])


@function("last(x[] n=1)", picks=True)
def last(x, n):
    """The last value, or the mean of the last n."""
    return mean_of(x.values[-_digits(n):])


@function("at(x[] key)", least=0)
def at(x, key):
    """The value of the row whose remaining key equals `key`."""
    for row_key, value in zip(x.keys, x.values):
        if row_key == (key,):
            return value
    return x.skipped.get((key,), UNDEFINED)


@function("only(x[])", picks=True)
def only(x):
    """The single value."""
    return x.values[0] if len(x.values) == 1 else UNDEFINED


@function("base(x[] direction:up|down)", picks=True, least=3)
def base(x, direction):
    """기준치: the better of the last value and the mean of the last three."""
    both = (x.values[-1], mean_of(x.values[-3:]))
    return exact.largest(both) if direction == "up" else exact.smallest(both)


@dataclass
class Line:
    """Least squares of the values on their keys: the slope, the forecast at the next key and its error squared (or None)."""
    slope: object
    forecast: object
    error_squared: object


def fit(series):
    """The line through a series of at least two values."""
    places, n = [_single(key) for key in series.keys], Fraction(len(series.values))
    middle, centre = mean_of(places), mean_of(series.values)
    spread = exact.total((x - middle) ** 2 for x in places)
    slope = divide(exact.total(multiply(x - middle, y) for x, y in zip(places, series.values)), spread)
    after = places[-1] + 1
    rest = [subtract(y, add(centre, multiply(slope, x - middle))) for x, y in zip(places, series.values)]
    squares = exact.total(multiply(e, e) for e in rest)
    error = None if n <= 2 else multiply(divide(squares, n - 2), 1 + 1 / n + (after - middle) ** 2 / spread)
    return Line(slope, add(centre, multiply(slope, after - middle)), error)


def _single(key):
    if len(key) != 1 or not isinstance(key[0], Fraction):
        raise OracleError("a trend needs one remaining key, a number or a year")
    return key[0]


@function("slope(x[])")
def slope(x):
    """The slope of the least-squares line."""
    return UNDEFINED if len(x.values) <= 2 else fit(x).slope


@function("forecast(x[])")
def forecast(x):
    """The line at the next key."""
    return UNDEFINED if len(x.values) <= 2 else fit(x).forecast


@function("forecast_error(x[])")
def forecast_error(x):
    """S of that forecast."""
    return UNDEFINED if len(x.values) <= 2 else exact.square_root(fit(x).error_squared)


@function("credit(share partial)")
def credit(share, partial):
    """부분인정: 100 from a share of 1 on, 100·share from `partial` on, else 0."""
    if compare(share, ONE) >= 0:
        return HUNDRED
    return multiply(HUNDRED, share) if compare(share, partial) >= 0 else ZERO


@function("checklist(x[] w{}=1)", undefined=[lambda x: not x.values])
def checklist(x, w):
    """100 · Σw of what is met / Σw."""
    weights = exact.total(w)
    if sign(weights) == 0:
        return UNDEFINED
    met_weights = exact.total(weight for met_, weight in zip(x.values, w) if met_)
    return multiply(HUNDRED, divide(met_weights, weights))


# Peers

def _heads(x, weights, wanted):
    """The heads whose comparison with the own value is `wanted`."""
    return exact.total(weight for value, weight in zip(x.values, weights) if compare(value, x.own) == wanted)


def _all_equal(values):
    return compare(exact.smallest(values), exact.largest(values)) == 0


def _place(x, weights, best_, ties):
    better = 1 if best_ == "high" else -1
    above, same = _heads(x, weights, better), _heads(x, weights, 0)
    if ties == "dense":
        ahead = exact.ordered([value for value in x.values if compare(value, x.own) == better])
        return ONE + sum(i == 0 or compare(value, ahead[i - 1]) != 0 for i, value in enumerate(ahead))
    return {"min": above + 1, "max": above + same, "average": above + (same + 1) / 2}[ties]


@function("rank(x[] best:high|low ties:min|max|dense|average=min)", compares_own=True, gives_place=True, least=0)
def rank(x, best_, ties):
    """The place of the own value."""
    return _place(x, [ONE] * len(x.values), best_, ties)


@function("percentile(x[] best:high|low ties:min|max|dense|average|half=min weight{}=1)", compares_own=True, gives_place=True, least=0,
          undefined=[lambda x, own, ties: ties != "half" and len(x.values) <= 1])
def percentile(x, best_, ties, weight):
    """100 (n − r)/(n − 1); with half ties 100 (below + equal/2)/n, counted by heads."""
    if ties == "half":
        below, heads = _heads(x, weight, -1 if best_ == "high" else 1), exact.total(weight)
        return UNDEFINED if sign(heads) == 0 else 100 * (below + _heads(x, weight, 0) / 2) / heads
    n = len(x.values)
    return 100 * (n - _place(x, [ONE] * n, best_, ties)) / (n - 1)


@function("minmax(x[] direction:up|down)", compares_own=True, undefined=[lambda x, own: x.values and _all_equal(x.values)])
def minmax(x, direction):
    """Where the own value lies between the least and the greatest, as a percentage."""
    low, high = exact.smallest(x.values), exact.largest(x.values)
    distance = subtract(x.own, low) if direction == "up" else subtract(high, x.own)
    return multiply(HUNDRED, divide(distance, subtract(high, low)))


ALONE = (lambda x, sigma: sigma == "sample" and len(x.values) == 1)


@function("z(x[] sigma:population|sample)", compares_own=True, undefined=[ALONE])
def z(x, sigma):
    """The own distance from the mean in standard deviations."""
    spread = sd_of(x.values, sigma)
    if sign(spread) == 0:
        return UNDEFINED
    return divide(subtract(x.own, mean_of(x.values)), spread)


@function("t(x[] sigma:population|sample)", compares_own=True, undefined=[ALONE])
def t(x, sigma):
    """10 z + 50"""
    score = z(x, sigma)
    return score if score is UNDEFINED else add(multiply(Fraction(10), score), Fraction(50))


# Methods

@function("achievement(actual target direction:up|down form:ratio|mirrored? cap/none floor=0)", undefined=[
    lambda actual, target, direction: sign(target) <= 0,
    lambda actual, target, direction, form: direction == "down" and form == "ratio" and sign(actual) <= 0,
    lambda floor, cap: cap != "none" and compare(floor, cap) > 0])
def achievement(actual, target, direction, form, cap, floor):
    """목표 대 실적"""
    if direction == "up":
        score = divide(actual, target)
    elif form == "mirrored":
        score = subtract(Fraction(2), divide(actual, target))
    elif form is None:
        raise OracleError("achievement of a falling target needs `form`")
    else:
        score = divide(target, actual)
    return exact.clamp(multiply(HUNDRED, score), floor, None if cap == "none" else cap)


def _sign(direction):
    return ONE if direction == "up" else -ONE


@function("interval(x low high floor direction:up|down|none=none)", undefined=[
    lambda x, low, high, direction: direction != "none" and compare(high, low) != _sign(direction),
    lambda floor: compare(floor, HUNDRED) > 0])
def interval(x, low, high, floor, direction):
    """목표부여: floor at `low`, 100 at `high`."""
    width = subtract(high, low)
    if sign(width) == 0 or compare(floor, HUNDRED) > 0:
        return UNDEFINED
    share = divide(subtract(x, low), width)
    return exact.clamp(add(floor, multiply(subtract(HUNDRED, floor), share)), floor, HUNDRED)


@function("deviation(actual history[] direction:up|down k sigma:population|sample floor)",
          least=0, undefined=[lambda actual, history: len(history.values) < 3])
def deviation(actual, history, direction, k, sigma, floor):
    """목표부여(편차): interval between B ± k σ."""
    middle = base(history, direction)
    reach = multiply(multiply(_sign(direction), k), sd_of(history.values, sigma))
    return interval(actual, subtract(middle, reach), add(middle, reach), floor, "none")


@function("ratio(actual base share direction:up|down floor)", undefined=[lambda actual, base: sign(base) <= 0])
def ratio(actual, base_, share, direction, floor):
    """목표부여(비율): interval between B (1 ± share)."""
    reach = multiply(base_, multiply(_sign(direction), share))
    return interval(actual, subtract(base_, reach), add(base_, reach), floor, "none")


@function("path(actual low[] high{} year floor)", least=0, undefined=[
    lambda low, year: (year,) not in low.keys and (year,) not in low.skipped])
def path(actual, low, high, year_, floor):
    """중장기 목표부여: interval with what is planned for the year."""
    if (year_,) in low.skipped:
        return low.skipped[(year_,)]
    place = low.keys.index((year_,))
    return interval(actual, low.values[place], high[place], floor, "none")


def _on_normal(distance, spread, floor):
    return add(floor, multiply(subtract(HUNDRED, floor), exact.normal(divide(distance, spread))))


@function("trend(actual history[] direction:up|down floor)", least=0,
          undefined=[lambda actual, history: len(history.values) < 3])
def trend(actual, history, direction, floor):
    """추세치: Φ of the distance from the forecast in units of its error."""
    line = fit(history)
    if sign(line.error_squared) == 0:
        return UNDEFINED
    distance = multiply(_sign(direction), subtract(actual, line.forecast))
    return _on_normal(distance, exact.square_root(line.error_squared), floor)


@function("beta(actual low likely high floor)", undefined=[lambda actual, low, high: compare(low, high) >= 0])
def beta(actual, low, likely, high, floor):
    """β분포 (PERT)"""
    middle = divide(add(add(low, high), multiply(Fraction(4), likely)), Fraction(6))
    return _on_normal(subtract(actual, middle), divide(subtract(high, low), Fraction(6)), floor)


@function("benchmark(x[] n low direction:up|down floor)", compares_own=True)
def benchmark(x, n, low, direction, floor):
    """글로벌 실적비교: interval up to the mean of the n best peers."""
    return interval(x.own, low, best(x, n, direction), floor, "none")


def _falling(distance, tolerance, floor):
    return exact.clamp(multiply(HUNDRED, subtract(ONE, divide(distance, tolerance))), floor, None)


NO_TOLERANCE = (lambda x, tolerance: sign(tolerance) <= 0)


@function("middle(x target tolerance floor=0)", undefined=[NO_TOLERANCE])
def middle(x, target, tolerance, floor):
    """적정: 100 at the target, falling on both sides."""
    return _falling(abs(subtract(x, target)), tolerance, floor)


@function("band(x low high tolerance floor=0)", undefined=[NO_TOLERANCE, lambda x, low, high: compare(low, high) > 0])
def band(x, low, high, tolerance, floor):
    """적정: 100 inside [low, high], falling outside."""
    return _falling(exact.largest((subtract(low, x), subtract(x, high), ZERO)), tolerance, floor)


@function("improvement(actual previous)")
def improvement(actual, previous):
    """전년대비 증감률"""
    if sign(previous) == 0:
        return UNDEFINED
    return multiply(HUNDRED, divide(subtract(actual, previous), abs(previous)))


@function("met(actual target direction:up|down partial/none=none)", undefined=[
    lambda actual, target, direction, partial: partial != "none" and sign(target) <= 0,
    lambda actual, target, direction, partial: partial != "none" and direction == "down" and sign(actual) <= 0])
def met(actual, target, direction, partial):
    """달성 여부: 100 or 0, or partial credit from a share on."""
    reached = compare(actual, target) * _sign(direction) >= 0
    if partial == "none":
        return HUNDRED if reached else ZERO
    return credit(divide(actual, target) if direction == "up" else divide(target, actual), partial)
