# SPDX-License-Identifier: Apache-2.0
"""The value of a formula at a place.

The evaluator walks the syntax tree. Names and nodes lead back to the scoring, which computes them when they are asked for.
"""
from fractions import Fraction

from . import exact
from .formula import Call, List, Member, Name, Number, children, parse
from .functions import FEW, FUNCTIONS, Series
from .places import derived_place
from .scales import apply_scale
from .values import Date, OracleError, Pointer, State, Year, strongest

ARITHMETIC = {"+": exact.add, "-": exact.subtract, "*": exact.multiply}
ORDERINGS = {"<": lambda order: order < 0, "<=": lambda order: order <= 0,
             ">": lambda order: order > 0, ">=": lambda order: order >= 0}
PARTS_OF_NODES = ("score", "points", "value")


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
        values = [self.evaluate(part, place) for part in (tree.operand, *tree.choices)]
        state = strongest(values)
        return state if state is not None else any(equal(values[0], choice) for choice in values[1:])

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
        trees = bind(function, tree.positional, tree.named)
        arguments = {parameter.name: self._argument(parameter, part, place) for parameter, part in trees}
        if any(parameter.variadic for parameter in function.parameters):
            return self._chained(function, [self._argument(parameter, part, place) for parameter, part in trees])
        if not function.defined(arguments):
            return State.UNDEFINED
        state = strongest(arguments.values())
        return state if state is not None else function.apply(*arguments.values())

    @staticmethod
    def _chained(function, arguments):
        state = strongest(arguments)
        return state if state is not None else function.apply(*arguments)

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
        named = dict(tree.named)
        least, fewer = named.pop("from", None), named.pop("fewer", None)
        trees = bind(function, tree.positional, named)
        scalars = {parameter.name: self._argument(parameter, part, place)
                   for parameter, part in trees if parameter.kind in ("scalar", "word")}
        series = self._series(function, dict((p.name, part) for p, part in trees if p.kind not in ("scalar", "word")), tree, place)
        state = strongest([*scalars.values(), series, getattr(series, "own", None)])
        if state is not None:
            return state
        least = function.least if least is None else exact.whole(self.evaluate(least, place))
        result = FEW if len(series.values) < least else function.apply(*self._arranged(function, scalars, series))
        if result is not FEW:
            return result
        return State.MISSING if fewer is None else self.evaluate(fewer, place)

    @staticmethod
    def _arranged(function, scalars, series):
        """The arguments of an aggregate in the order of its parameters."""
        known = {**scalars, **series.beside}
        return [known.get(parameter.name, series if parameter.kind == "series" else None) for parameter in function.parameters]

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
        peers = [place] if call.over is None else self.peers(call.over, place)
        table = self._driving_table(x, [*trees, *([] if call.where is None else [call.where])], place)
        if table is None:
            if call.over is None:
                raise OracleError(f"`{call.function}` needs the rows of a table, a list or `over`")
            return [((), peer) for peer in peers]
        return [(tuple(row.cells[key] for key in table.key if key not in peer.keys), peer.into(row))
                for peer in peers for row in table.matching(peer.keys)]

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
        """The places of the entities, or of the rows of the table in hand, that `over` names."""
        is_set = over in (("all",), ("group",))
        by_row = place.derived or place.hand is not None and not is_set and any(name in place.hand for name in over)
        table = place.hand if by_row else place.entities
        if over == ("all",):
            return [place.with_keys_of(row) for row in table.rows]
        names = self.scoring.rulebook.groups if over == ("group",) else over
        parts = self._parts(table, tuple(names), place)
        return [place.with_keys_of(row) for row in parts.get(self._columns_of(names, place), [])]

    def _parts(self, table, names, place):
        """The rows of a table by what the named columns hold."""
        key = (table.name, names, place.hand and place.hand.name)
        if key not in self.parts:
            self.parts[key] = parts = {}
            for row in table.rows:
                parts.setdefault(self._columns_of(names, place.with_keys_of(row)), []).append(row)
        return self.parts[key]

    def _columns_of(self, names, place):
        return tuple(self.column(name, place) for name in names)


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
