# SPDX-License-Identifier: Apache-2.0
"""What a formula can yield besides numbers and plain text: states, choices and dates; and the errors that stop a run."""
import re
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from functools import total_ordering


class OracleError(Exception):
    """The rulebook or its data do not allow a result; the message says why."""


class State(IntEnum):
    """Why there is no value, weakest first: an operation on several states has the strongest."""

    NOT_APPLICABLE = 1
    NOT_DUE = 2
    MISSING = 3
    UNDEFINED = 4

    @property
    def word(self):
        """The word of the rulebook language."""
        return self.name.lower()


STATE_WORDS = {state.word: state for state in State if state is not State.UNDEFINED}


def strongest(values):
    """The strongest state among the values, or None when all of them are values."""
    states = [value for value in values if isinstance(value, State)]
    return max(states) if states else None


class Choice(str):
    """One of the words that a column allows, with the method's word it maps to and the order of all, if they have one."""

    def __new__(cls, text, meaning=None, order=None):
        choice = super().__new__(cls, text)
        choice.meaning = meaning
        choice.order = order
        return choice


class Pointer(str):
    """The key of a row of another table."""

    def __new__(cls, text, table):
        pointer = super().__new__(cls, text)
        pointer.table = table
        return pointer


DATE_PATTERNS = {
    "date": re.compile(r"(\d{4})-(\d{2})-(\d{2})"),
    "month": re.compile(r"(\d{4})-(\d{2})"),
    "quarter": re.compile(r"(\d{4})-?Q([1-4])"),
}


@total_ordering
@dataclass(frozen=True)
class Date:
    """A date, a month or a quarter."""

    kind: str
    parts: tuple

    @classmethod
    def parse(cls, kind, text):
        """Read `text` as a date of that kind; None if it is none."""
        match = DATE_PATTERNS[kind].fullmatch(text)
        return cls(kind, tuple(map(int, match.groups()))) if match else None

    def __lt__(self, other):
        return self.parts < other.parts

    def __str__(self):
        if self.kind == "quarter":
            return "{}-Q{}".format(*self.parts)
        return "-".join(f"{part:02}" for part in self.parts)


class Year(Fraction):
    """A year: a number, except that it compares with quoted text as well."""
