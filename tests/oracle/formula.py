# SPDX-License-Identifier: Apache-2.0
"""Formula text → syntax tree: a lexer and a Pratt parser.

Precedence from low to high: if–then–else, or, and, not, comparison and `in` (not chained), + −, * /, unary −, ^ (right).
"""
import re
import unicodedata
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from .values import OracleError


@dataclass(frozen=True)
class Number:
    """A numeric literal."""
    value: Fraction


@dataclass(frozen=True)
class Text:
    """A quoted literal."""
    value: str


@dataclass(frozen=True)
class Name:
    """A bare name: a column, node, value, or a method's word in its place."""
    name: str


@dataclass(frozen=True)
class Member:
    """`table.column`, or a column of the row that another column points to."""
    base: object
    name: str


@dataclass(frozen=True)
class Unary:
    """`-x` or `not x`."""
    operator: str
    operand: object


@dataclass(frozen=True)
class Binary:
    """Two operands and an operator between them."""
    operator: str
    left: object
    right: object


@dataclass(frozen=True)
class In:
    """`x in (a, b, …)`"""
    operand: object
    choices: tuple


@dataclass(frozen=True)
class If:
    """`if condition then first else second`"""
    condition: object
    first: object
    second: object


@dataclass(frozen=True)
class List:
    """`[a, b, c]`"""
    items: tuple


@dataclass(frozen=True)
class Call:
    """`function(x over set where condition, y, name = value)`"""
    function: str
    positional: tuple
    named: dict = field(hash=False)
    over: tuple = None
    where: object = None


TOKENS = re.compile(r"""
    (?P<space>\s+)
  | (?P<number>\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?(?P<unit>[만억조])?)
  | (?P<text>'[^']*'|"[^"]*")
  | (?P<quoted>`[^`]*`)
  | (?P<name>[^\W\d_][\w·]*)
  | (?P<symbol>==|!=|<=|>=|[-+*/^<>=()\[\],.])
""", re.VERBOSE)

UNITS = {None: 1, "만": 10 ** 4, "억": 10 ** 8, "조": 10 ** 12}
KEYWORDS = {"if", "then", "else", "or", "and", "not", "in", "over", "where"}
COMPARISONS = {"==", "!=", "<", "<=", ">", ">="}
BINDING = {"or": 1, "and": 2, "in": 4, **dict.fromkeys(COMPARISONS, 4), "+": 5, "-": 5, "*": 6, "/": 6, "^": 8}
NOT_BINDING, MINUS_BINDING = 3, 7


def _number(text, unit):
    digits = text.rstrip("만억조").replace("_", "")
    return Fraction(digits) * UNITS[unit]


def tokenize(source):
    """The tokens of a formula as pairs (kind, value), closed by ("end", None)."""
    tokens, position = [], 0
    while position < len(source):
        match = TOKENS.match(source, position)
        if match is None:
            raise OracleError(f"unexpected `{source[position]}` in formula `{source}`")
        position = match.end()
        kind = "number" if match["number"] else match.lastgroup
        if kind != "space":
            tokens.append(_token(kind, match))
    return tokens + [("end", None)]


def _token(kind, match):
    text = match.group()
    if kind == "number":
        return "number", _number(text, match["unit"])
    if kind in ("text", "quoted"):
        return ("name" if kind == "quoted" else "text"), text[1:-1]
    if kind == "name" and text in KEYWORDS:
        return "symbol", text
    return kind, text


class Parser:
    """A Pratt parser over the tokens of one formula."""

    def __init__(self, source):
        self.source = source
        self.tokens = tokenize(source)
        self.position = 0

    def fail(self, expected):
        """Raise an error that says what was expected and what was found."""
        found = self.tokens[self.position][1] or "the end"
        raise OracleError(f"expected {expected}, found {found} in formula `{self.source}`")

    def at(self, symbol):
        """Whether the next token is this symbol or keyword."""
        return self.tokens[self.position] == ("symbol", symbol)

    def accept(self, symbol):
        """Pass over the symbol if it is next."""
        found = self.at(symbol)
        self.position += found
        return found

    def expect(self, symbol):
        """Pass over the symbol, which must be next."""
        if not self.accept(symbol):
            self.fail(f"`{symbol}`")

    def take(self, kind):
        """The value of the next token, which must be of that kind."""
        found, value = self.tokens[self.position]
        if found != kind:
            self.fail(f"a {kind}")
        self.position += 1
        return value

    def formula(self):
        """The whole formula."""
        tree = self.expression()
        if self.tokens[self.position][0] != "end":
            self.fail("the end of the formula")
        return tree

    def expression(self, binding=0):
        """An expression whose operators bind more tightly than `binding`."""
        left = self.prefix()
        while True:
            kind, operator = self.tokens[self.position]
            if kind != "symbol" or BINDING.get(operator, 0) <= binding:
                return left
            self.position += 1
            left = self.infix(left, operator)

    def prefix(self):
        """What an expression can begin with."""
        kind, value = self.tokens[self.position]
        if kind == "number":
            return Number(self.take("number"))
        if kind == "text":
            return Text(self.take("text"))
        if kind == "name":
            return self.name()
        if self.accept("-"):
            return Unary("-", self.expression(MINUS_BINDING - 1))
        if self.accept("not"):
            return Unary("not", self.expression(NOT_BINDING - 1))
        if self.accept("if"):
            return self.conditional()
        if self.accept("["):
            return List(self.sequence("]"))
        if self.accept("("):
            inner = self.expression()
            self.expect(")")
            return inner
        return self.fail("a value")

    def infix(self, left, operator):
        """The rest of an operation whose operator was just read."""
        if operator == "in":
            self.expect("(")
            return In(left, self.sequence(")"))
        binding = BINDING[operator]
        right = self.expression(binding - 1 if operator == "^" else binding)
        if operator in COMPARISONS and BINDING.get(self.tokens[self.position][1]) == binding:
            self.fail("`and` between two comparisons")
        return Binary(operator, left, right)

    def conditional(self):
        """`if` was read: condition, `then`, `else`."""
        condition = self.expression()
        self.expect("then")
        first = self.expression()
        self.expect("else")
        return If(condition, first, self.expression())

    def sequence(self, closing):
        """Expressions with commas between them, up to the closing bracket."""
        items = [self.expression()]
        while self.accept(","):
            items.append(self.expression())
        self.expect(closing)
        return tuple(items)

    def name(self):
        """A name, a member of a name, or a call."""
        name = self.take("name")
        if self.accept("("):
            return self.call(name)
        tree = Name(name)
        while self.accept("."):
            tree = Member(tree, self.take("name"))
        return tree

    def call(self, function):
        """The arguments of a call whose bracket was just opened."""
        positional, named, over, where = [], {}, None, None
        while not self.accept(")"):
            if positional or named or where:
                self.expect(",")
            if self.tokens[self.position][0] == "name" and self.tokens[self.position + 1] == ("symbol", "="):
                self.argument(named)
                continue
            if not self.at("where"):
                positional.append(self.expression())
            if self.accept("over"):
                over = self.peers()
            if self.accept("where"):
                where = self.expression()
        return Call(function, tuple(positional), named, over, where)

    def argument(self, named):
        """`name = value`"""
        name = self.take("name")
        self.expect("=")
        if name in named:
            self.fail(f"`{name}` only once")
        named[name] = self.expression()

    def peers(self):
        """The set after `over`: names with commas between them, up to a named argument."""
        names = [self.take("name")]
        while self.at(",") and self.tokens[self.position + 2] != ("symbol", "="):
            self.expect(",")
            names.append(self.take("name"))
        return tuple(names)


@lru_cache(maxsize=None)
def parse(source):
    """The syntax tree of a formula."""
    return Parser(unicodedata.normalize("NFC", source)).formula()


def children(tree):
    """The direct parts of a tree that are trees themselves."""
    if isinstance(tree, Call):
        condition = () if tree.where is None else (tree.where,)
        return (*tree.positional, *tree.named.values(), *condition)
    if isinstance(tree, List):
        return tree.items
    if isinstance(tree, In):
        return (tree.operand, *tree.choices)
    parts = {Unary: ("operand",), Binary: ("left", "right"), If: ("condition", "first", "second"), Member: ("base",)}
    return tuple(getattr(tree, part) for part in parts.get(type(tree), ()))
