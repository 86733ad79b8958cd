# SPDX-License-Identifier: Apache-2.0
"""The value of a formula at a place.

The evaluator walks the syntax tree. Names and nodes lead back to the scoring, which computes them when they are asked for.
"""
from fractions import Fraction

from . import exact
from .formula import Call, List, Member, Name, Number, children, parse
from .functions import FUNCTIONS, Series
from .places import derived_place
from .scales import apply_scale
from .values import Date, OracleError, Pointer, State, Year, strongest

ARITHMETIC = {"+": exact.add, "-": exact.subtract, "*": exact.multiply}
ORDERINGS = {"<": lambda order: order < 0, "<=": lambda order: order <= 0,
             ">": lambda order: order > 0, ">=": lambda order: order >= 0}
PARTS_OF_NODES = ("score", "points", "weight", "value")


def as_number(value):
    """The value, which must be a number."""
    if not exact.is_number(value):
        raise OracleError(f"expected a number, found `{value}`")
    return value


def _dated(left, right):
    """Both sides, with a text against a date read as a date of its kind."""
    return _dated_as(right, left), _dated_as(left, right)


def _dated_as(example, value):
    if not isinstance(value, str):
        return value
    if isinstance(example, Date):
        return Date.parse(example.kind, value)
    return Year(value) if isinstance(example, Year) else value


def equal(left, right):
    """left == right"""
    left, right = _dated(left, right)
    if exact.is_number(left) or exact.is_number(right):
        return exact.compare(as_number(left), as_number(right)) == 0
    return left == right


def order(left, right):
    """−1, 0 or 1, for numbers, dates and choices in order."""
    left, right = _dated(left, right)
    if isinstance(left, Date):
        return (left > right) - (left < right)
    words = getattr(left, "order", None) or getattr(right, "order", None)
    if words:
        return (words.index(left) > words.index(right)) - (words.index(left) < words.index(right))
    return exact.compare(as_number(left), as_number(right))


class Formulas:
    """Evaluates formulas; `scoring` knows the rulebook, the tables and the nodes."""

    def __init__(self, scoring):
        self.scoring = scoring
        self.tables = scoring.tables
        self.scales = scoring.rulebook.scales
        self.derived, self.parts = {}, {}

    def evaluate(self, tree, place):
        """A number, text, truth, date or state."""
        return getattr(self, f"_{type(tree).__name__.lower()}")(tree, place)

    def _number(self, tree, _):
        return tree.value

    def _text(self, tree, _):
        return tree.value

    def _list(self, tree, _):
        raise OracleError("a list stands only in an aggregate")

    # Names

    def _name(self, tree, place):
        word = self.scoring.word(tree.name, place)
        if word is not None:
            return word
        readings = [*self._columns(tree.name, place), *self.scoring.named(tree.name, place)]
        if len(readings) != 1:
            raise OracleError(f"{'two things are' if readings else 'nothing is'} called `{tree.name}` here")
        return readings[0]()

    def _columns(self, name, place):
        """The readings of a name as a column: of the row in hand, and of the entity."""
        if place.hand is not None and name in place.hand:
            yield lambda: self.cell(place.row, place.hand, name)
            if name in place.hand.key:
                return
        if place.entity is not None and place.hand is not place.entities and name in place.entities:
            yield lambda: self.cell(place.entity, place.entities, name)

    def column(self, name, place):
        """The cell of the column of that name, or None when there is none."""
        for reading in self._columns(name, place):
            return reading()
        return None

    def cell(self, row, table, name):
        """A cell, or what a derived column gives; a row that is not there has no value."""
        if name not in table:
            raise OracleError(f"unknown column `{name}` in table `{table.name}`")
        if row is None:
            return State.MISSING
        return self._derive(row, name) if name in table.derive else row.cells[name]

    def _derive(self, row, name):
        key = (row.table.name, row.key, name)
        if key not in self.derived:
            tree = parse(row.table.derive[name])
            self.derived[key] = self.evaluate(tree, derived_place(row, self.scoring.entities))
        return self.derived[key]

    def _member(self, tree, place):
        if isinstance(tree.base, Name) and tree.base.name in self.tables:
            table = self.tables[tree.base.name]
            return self.cell(place.row_of(table), table, tree.name)
        pointer = self.evaluate(tree.base, place)
        if isinstance(pointer, State):
            return pointer
        if not isinstance(pointer, Pointer):
            raise OracleError(f"`.{tree.name}` needs a table or a column that points to one")
        table = self.tables[pointer.table]
        return self.cell(table.by_key[(pointer,)], table, tree.name)

    # Operators

    def _unary(self, tree, place):
        value = self.evaluate(tree.operand, place)
        if isinstance(value, State):
            return value
        return not value if tree.operator == "not" else -as_number(value)

    def _binary(self, tree, place):
        left, right = self.evaluate(tree.left, place), self.evaluate(tree.right, place)
        if tree.operator in ("and", "or"):
            return _three_valued(tree.operator == "or", left, right)
        state = strongest((left, right))
        if state is not None:
            return state
        if tree.operator in ("==", "!="):
            return equal(left, right) == (tree.operator == "==")
        if tree.operator in ORDERINGS:
            return ORDERINGS[tree.operator](order(left, right))
        return _arithmetic(tree.operator, as_number(left), as_number(right))

    def _in(self, tree, place):
        operand, *choices = [self.evaluate(part, place) for part in (tree.operand, *tree.choices)]
        states = [strongest((operand, choice)) for choice in choices]
        if any(state is None and equal(operand, choice) for state, choice in zip(states, choices)):
            return True
        state = strongest(states)
        return state if state is not None else False

    def _if(self, tree, place):
        condition = self.evaluate(tree.condition, place)
        if isinstance(condition, State):
            return condition
        return self.evaluate(tree.first if condition else tree.second, place)

    # Calls

    def _call(self, tree, place):
        if tree.function == "first":
            return self._first(tree, place)
        if tree.function == "known":
            return not isinstance(self.evaluate(tree.positional[0], place), State)
        if tree.function in PARTS_OF_NODES:
            return self.scoring.part(tree.function, tree.positional[0].name, place)
        if tree.function in self.scales:
            return self._scale(tree, place)
        function = find_function(tree)
        return self._aggregate(function, tree, place) if function.takes_series else self._plain_call(function, tree, place)

    def _first(self, tree, place):
        values = [self.evaluate(argument, place) for argument in tree.positional]
        return next((value for value in values if not isinstance(value, State)), strongest(values))

    def _scale(self, tree, place):
        x = self.evaluate(tree.positional[0], place)
        return x if isinstance(x, State) else apply_scale(self.scales[tree.function], x)

    def _plain_call(self, function, tree, place):
        if function.variadic:
            arguments = [self.evaluate(part, place) for part in tree.positional]
            state = strongest(arguments)
            return state if state is not None else function.apply(*arguments)
        arguments = {parameter.name: self._argument(parameter, part, place)
                     for parameter, part in bind(function, tree.positional, tree.named)}
        state = State.UNDEFINED if function.refuses(arguments) else strongest(arguments.values())
        return state if state is not None else function.apply(*arguments.values())

    def _argument(self, parameter, tree, place):
        """A scalar argument: a word of the method, a number (or text, or date), or None when it was left out."""
        if tree is None:
            return None
        if isinstance(tree, Name) and tree.name in parameter.words:
            return tree.name
        value = self.evaluate(tree, place)
        if isinstance(value, State) or parameter.kind != "word":
            return value
        meaning = getattr(value, "meaning", None) or value
        if meaning not in parameter.words:
            raise OracleError(f"expected {' or '.join(parameter.words)}, found `{value}`")
        return meaning

    def _aggregate(self, function, tree, place):
        named, positional = dict(tree.named), tree.positional
        if len(positional) > 1 and function.name in ("mean", "median"):
            positional = (List(positional),)
        least, fewer = named.pop("from", None), named.pop("fewer", None)
        trees = dict(bind(function, positional, named))
        arguments = {parameter.name: self._argument(parameter, part, place)
                     for parameter, part in trees.items() if parameter.kind in ("scalar", "word")}
        series = self._series(function, {p.name: part for p, part in trees.items() if p.name not in arguments}, tree, place)
        if series is State.UNDEFINED or series.own is State.UNDEFINED:
            return State.UNDEFINED
        arguments.update(series.beside, **{next(p.name for p in trees if p.kind == "series"): series, "own": series.own})
        least = function.least if least is None else exact.whole(self.evaluate(least, place))
        result = self._reduced(function, arguments, series, len(series.values) < least)
        return result if result is not State.MISSING or fewer is None else self.evaluate(fewer, place)

    @staticmethod
    def _reduced(function, arguments, series, too_few):
        """What the function makes of a series; without enough values it is missing, or what state the picked rows have."""
        if function.refuses(arguments):
            return State.UNDEFINED
        if series.placeless is not None:
            return series.placeless
        states = [value for value in arguments.values() if isinstance(value, State)]
        if too_few:
            states.append(max(series.skipped.values(), default=State.MISSING) if function.picks and not series.values else State.MISSING)
        return max(states) if states else function.apply(*(arguments[parameter.name] for parameter in function.parameters))

    def _series(self, function, trees, call, place):
        """The values to aggregate, or UNDEFINED when one of them is."""
        (_, x), *beside = trees.items()
        if isinstance(x, List):
            return self._list_series(x, beside, place)
        counts_rows = function.name == "count" and isinstance(x, Name) and x.name in self.tables
        places = self._row_places(x, [x, *(tree for _, tree in beside)], call, place)
        series = Series([], [], {name: [] for name, _ in beside}, {})
        if function.compares_own:
            series.own = self.evaluate(x, place)
            series.placeless = self._placeless(call, place) if function.gives_place else None
        for key, row_place in places:
            inside = True if call.where is None else self.evaluate(call.where, row_place)
            if inside is State.UNDEFINED:
                return inside
            if inside is True:
                values = [Fraction(1) if counts_rows else self.evaluate(x, row_place),
                          *(self.evaluate(tree, row_place) for _, tree in beside)]
                if strongest(values) is State.UNDEFINED:
                    return State.UNDEFINED
                _append(series, key, values)
        return series

    def _placeless(self, call, place):
        """Why the row in hand has no place among its peers: it is not one of them."""
        if self._columns_of(self._set_columns(call.over), place) is None:
            return State.MISSING
        inside = call.where is None or self.evaluate(call.where, place) is True
        return None if inside else State.NOT_APPLICABLE

    def _list_series(self, x, beside, place):
        columns = [x.items, *(tree.items if isinstance(tree, List) else [tree] * len(x.items) for _, tree in beside)]
        series = Series([], [], {name: [] for name, _ in beside}, {})
        for index, trees in enumerate(zip(*columns)):
            values = [self.evaluate(tree, place) for tree in trees]
            if strongest(values) is State.UNDEFINED:
                return State.UNDEFINED
            _append(series, (Fraction(index + 1),), values)
        return series

    def _row_places(self, x, trees, call, place):
        """Pairs (remaining key, place) of all rows or peers that an aggregate reads."""
        table = self._driving_table(x, [*trees, *([] if call.where is None else [call.where])], place)
        if table is not None:
            rows = table.matching(place.keys) if call.over is None else table.ordered
            places = [(tuple(row.cells[key] for key in table.key if key not in place.keys), place.into(row)) for row in rows]
            return places if call.over is None else self._alike(call.over, place, places)
        if call.over is None:
            raise OracleError(f"`{call.function}` needs the rows of a table, a list or `over`")
        return [((), peer) for peer in self.peers(call.over, place)]

    def _alike(self, over, place, places):
        """Those of the rows of another table in which the columns of `over` hold the same as here."""
        names = self._set_columns(over)
        here = self._columns_of(names, place)
        return [(key, row_place) for key, row_place in places if here is not None and self._columns_of(names, row_place) == here]

    def _driving_table(self, x, trees, place):
        """The table with the most keys among those that are read here in many rows, or None."""
        names = [name for tree in trees for name in self._tables_read(tree)]
        if isinstance(x, Name) and x.name in self.tables:
            names.append(x.name)
        outer = [table for table, _ in place.outer]
        many = [table for table in map(self.tables.get, names)
                if table is not place.hand and table not in outer and not place.knows(table)]
        return max(many, key=lambda table: len(table.key), default=None)

    def _tables_read(self, tree):
        """The names of tables that a tree reads outside inner aggregates."""
        if isinstance(tree, Member) and isinstance(tree.base, Name) and tree.base.name in self.tables:
            yield tree.base.name
        if isinstance(tree, Call) and (tree.function, True) in FUNCTIONS and find_function(tree).takes_series:
            return
        for child in children(tree):
            yield from self._tables_read(child)

    def peers(self, over, place):
        """The places of the rows that `over` names: of the table in hand, or of the entities where the formula is an entity's."""
        table = place.entities if place.hand is None or place.measured else place.hand
        names = self._set_columns(over)
        here = self._columns_of(names, place)
        return [] if here is None else [place.with_keys_of(row) for row in self._parts(table, names, place).get(here, [])]

    def _set_columns(self, over):
        """The columns in which peers agree."""
        names = [self.scoring.rulebook.groups if name == "group" else () if name == "all" else (name,) for name in over]
        return tuple(name for part in names for name in part)

    def _parts(self, table, names, place):
        """The rows of a table, in key order, by what the named columns hold; a row without a value there is in no part."""
        key = (table.name, names, place.hand and place.hand.name)
        if key not in self.parts:
            self.parts[key] = parts = {}
            for row in table.ordered:
                parts.setdefault(self._columns_of(names, place.with_keys_of(row)), []).append(row)
            parts.pop(None, None)
        return self.parts[key]

    def _columns_of(self, names, place):
        """What the columns hold at a place, or None where one has no value."""
        values = tuple(self.column(name, place) for name in names)
        return None if strongest(values) is not None else values


def _append(series, key, values):
    """Add a row to a series, or note its state if it lacks a value."""
    state = strongest(values)
    if state is not None:
        series.skipped[key] = state
        return
    series.keys.append(key)
    series.values.append(values[0])
    for column, value in zip(series.beside.values(), values[1:]):
        column.append(value)


def _three_valued(deciding, left, right):
    """`or` (deciding True) and `and` (deciding False): one deciding side is enough, else a state is unknown."""
    if left is deciding or right is deciding:
        return deciding
    state = strongest((left, right))
    return state if state is not None else not deciding


def _arithmetic(operator, left, right):
    if operator == "/":
        return exact.divide(left, right) if exact.sign(right) else State.UNDEFINED
    if operator == "^":
        result = exact.power(left, right)
        return State.UNDEFINED if result is None else result
    return ARITHMETIC[operator](left, right)


def find_function(call):
    """The function that a call means; `min` and `max` of several arguments are the scalar ones."""
    several = len(call.positional) > 1 and (call.function, False) in FUNCTIONS
    function = FUNCTIONS.get((call.function, not several)) or FUNCTIONS.get((call.function, several))
    if function is None:
        raise OracleError(f"unknown function `{call.function}`")
    return function


def bind(function, positional, named):
    """Pairs (parameter, tree) for all arguments; a parameter that was left out has its default, or None if it may be left out."""
    if any(parameter.variadic for parameter in function.parameters):
        return [(function.parameters[0], tree) for tree in positional]
    given = dict(zip((parameter.name for parameter in function.parameters), positional))
    unknown = set(named) - {parameter.name for parameter in function.parameters}
    if len(positional) > len(function.parameters) or unknown or set(given) & set(named):
        raise OracleError(f"`{function.name}`: wrong arguments {sorted(unknown)}")
    given.update(named)
    return [(parameter, _given_or_default(function, parameter, given)) for parameter in function.parameters]


def _given_or_default(function, parameter, given):
    if parameter.name in given:
        return given[parameter.name]
    if parameter.default is not None:
        return Number(Fraction(parameter.default)) if parameter.default.isdigit() else Name(parameter.default)
    if parameter.optional:
        return None
    raise OracleError(f"`{function.name}` needs `{parameter.name}`")
