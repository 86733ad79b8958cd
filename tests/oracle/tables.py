# SPDX-License-Identifier: Apache-2.0
"""CSV files and rows written in a rulebook → tables of typed cells."""
import codecs
import csv
import io
import re
import unicodedata
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from .exact import shortest_decimal
from .rulebook import number, read_states
from .values import STATE_WORDS, Choice, Date, OracleError, Pointer, State, Year

NUMBER = re.compile(r"-?(\d[\d_]*(\.\d+)?|\.\d+)([eE][+-]?\d+)?")
THOUSANDS = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
SIMPLE_TYPES = ("number", "text", "date", "month", "quarter", "year")


class Column:
    """The type of a column: how its cells are read."""

    def __init__(self, name, data, rulebook):
        self.name = name
        self.kind, options = self._kind(data, rulebook.tables)
        self.header = options.get("header", name)
        self.low, self.high = (number(options[key]) if key in options else None for key in ("min", "max"))
        self.options = options
        self.states = {**rulebook.states, **read_states(options.get("states", {}))}

    def _kind(self, data, tables):
        self.choices = None
        if isinstance(data, str):
            return ("pointer" if data in tables and data not in SIMPLE_TYPES else data), {"table": data}
        if isinstance(data, list):
            self.choices = self._choices(data)
            return "choice", {}
        if len(data) == 1 and next(iter(data)) in (*SIMPLE_TYPES, "choice", "ordered"):
            kind, options = next(iter(data.items()))
            if kind in ("choice", "ordered"):
                self.choices = self._choices(options["of"], kind == "ordered")
            return ("choice" if kind == "ordered" else kind), options
        self.choices = self._choices(data)
        return "choice", {}

    @staticmethod
    def _choices(data, in_order=False):
        order = tuple(data) if in_order else None
        if isinstance(data, list):
            return {text: Choice(text, order=order) for text in data}
        return {text: number(word) if NUMBER.fullmatch(word) else Choice(text, meaning=word, order=order)
                for text, word in data.items()}

    def read(self, text):
        """The value of a cell."""
        text = unicodedata.normalize("NFC", text).strip()
        if text in self.states:
            return self.states[text]
        if text == "":
            return self._blank()
        value = self._value(text)
        if value is None:
            raise OracleError(f"column `{self.name}`: `{text}` is not a {self.kind}")
        if self.kind == "number" and not self._in_range(value):
            raise OracleError(f"column `{self.name}`: {text} is out of range")
        return value

    def _value(self, text):
        if self.kind == "text":
            return text
        if self.kind == "choice":
            return self.choices.get(text)
        if self.kind == "pointer":
            return Pointer(text, self.options["table"])
        if self.kind == "year":
            return Year(text) if re.fullmatch(r"\d{4}", text) else None
        if self.kind in ("date", "month", "quarter"):
            return Date.parse(self.kind, text)
        return self._number(text)

    def _blank(self):
        blank = self.options.get("blank", "missing")
        if blank == "error":
            raise OracleError(f"column `{self.name}`: blank cell")
        return STATE_WORDS[blank] if blank in STATE_WORDS else number(blank)

    def _number(self, text):
        minus = self.options.get("minus")
        if minus == "parentheses" and re.fullmatch(r"\(.*\)", text):
            text = "-" + text[1:-1]
        elif minus not in (None, "parentheses") and text.startswith(minus):
            text = "-" + text[len(minus):]
        if self.options.get("unit") == "%" and text.endswith("%"):
            text = text[:-1].rstrip()
        if self.options.get("thousands") == "yes" and THOUSANDS.fullmatch(text):
            text = text.replace(",", "")
        return number(text) if NUMBER.fullmatch(text) else None

    def _in_range(self, value):
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


class Row:
    """One row: its key and its cells."""

    def __init__(self, table, cells):
        self.table = table
        self.cells = cells
        self.key = tuple(cells[column] for column in table.key)

    def keys(self):
        """Key column → value."""
        return dict(zip(self.table.key, self.key))


class Table:
    """A table with its rows in file order, found by key or by a part of the key."""

    def __init__(self, name, rulebook):
        data = rulebook.tables[name]
        self.name = name
        self.key = as_key(data)
        self.title = data.get("title")
        self.derive = data.get("derive", {})
        self.unpivot = data.get("unpivot")
        self.valid_from = data.get("valid_from")
        self.others = data.get("others")
        self.columns = {key: Column(key, _key_type(key, name, rulebook), rulebook) for key in self.key}
        self.columns.update({key: Column(key, type_, rulebook) for key, type_ in data.get("columns", {}).items()})
        self.headers = {key: data.get("header", {}).get(key, column.header) for key, column in self.columns.items()}
        self.rulebook = rulebook
        self.rows, self.by_key, self.indexes = [], {}, {}

    def __contains__(self, column):
        return column in self.columns or column in self.derive

    def fill(self, records):
        """Add the rows given as maps of header → text."""
        for record in self._unpivoted(records):
            self._add(Row(self, self._cells(record)))
        self._keep_valid()
        for row in self.rows:
            if row.key in self.by_key:
                raise OracleError(f"table `{self.name}`: two rows with the key {key_text(row.key)}")
            self.by_key[row.key] = row

    def _add(self, row):
        if any(isinstance(part, State) for part in row.key):
            raise OracleError(f"table `{self.name}`: a row without a key")
        self.rows.append(row)

    def _unpivoted(self, records):
        if self.unpivot is None:
            return records
        columns, name, value = self.unpivot["from"], self.unpivot["name"], self.unpivot["value"]
        if any(column not in record for record in records for column in columns):
            raise OracleError(f"table `{self.name}`: a column of `unpivot` is not there")
        return [{**record, self.headers.get(name, name): column, self.headers.get(value, value): record[column]}
                for record in records for column in columns]

    def _cells(self, record):
        cells = {}
        for name, column in self.columns.items():
            header = self.headers[name]
            if header not in record:
                raise OracleError(f"table `{self.name}`: no column `{header}`")
            cells[name] = column.read(record[header])
        return cells

    def _keep_valid(self):
        """With `valid_from`, keep of each key the newest row that is not after `as_of`."""
        if self.valid_from is None:
            return
        newest = {}
        for row in self.rows:
            since, key = row.cells[self.valid_from], tuple(row.cells[name] for name in self.key if name != self.valid_from)
            if str(since) <= self.rulebook.as_of and (key not in newest or newest[key].cells[self.valid_from] < since):
                newest[key] = row
        self.rows = list(newest.values())

    def find(self, keys):
        """The row whose whole key is among `keys`, or None."""
        return self.by_key.get(tuple(keys[column] for column in self.key))

    @cached_property
    def ordered(self):
        """The rows in key order."""
        return sorted(self.rows, key=lambda row: row.key)

    def matching(self, keys):
        """The rows that agree with `keys` in all shared key columns, in the order of the remaining ones."""
        shared = tuple(column for column in self.key if column in keys)
        if shared not in self.indexes:
            self.indexes[shared] = self._index(shared)
        return self.indexes[shared].get(tuple(keys[column] for column in shared), [])

    def _index(self, shared):
        index = {}
        for row in self.ordered:
            index.setdefault(tuple(row.cells[column] for column in shared), []).append(row)
        return index


def _key_type(key, table, rulebook):
    """Key columns of one name are one thing: the type that any table gives it, text unless one does."""
    for name in (table, *rulebook.tables):
        data = rulebook.tables[name]
        if key in as_key(data) and key in data.get("columns", {}):
            return data["columns"][key]
    return "text"


def key_text(key):
    """A key as published: its parts with slashes between them."""
    return "/".join(plain_text(part) for part in key)


def plain_text(value):
    """A cell value as text."""
    return shortest_decimal(value) if isinstance(value, Fraction) else str(value)


def read_csv(path, encoding=None):
    """The records of a CSV file: UTF-8, with or without a byte order mark, else CP949."""
    data = Path(path).read_bytes()
    if encoding is None:
        encoding = "utf-8" if _is_utf8(data) else "cp949"
    text = data.removeprefix(codecs.BOM_UTF8).decode(encoding)
    rows = list(csv.reader(io.StringIO(unicodedata.normalize("NFC", text), newline="")))
    headers = [header.strip() for header in rows[0]]
    return [dict(zip(headers, row)) for row in rows[1:] if row]


def _is_utf8(data):
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def with_others(rulebook, name, headers):
    """Declare the columns of a file that fall under `others: number`."""
    data = rulebook.tables[name]
    if data.get("others") in (None, "ignore"):
        return
    known = {*data.get("columns", {}), *as_key(data), *data.get("header", {}).values()}
    new = {header: data["others"] for header in headers if header not in known}
    data["columns"] = {**data.get("columns", {}), **new}


def as_key(data):
    """The key columns of a table as a list."""
    return data["key"] if isinstance(data["key"], list) else [data["key"]]


def load_tables(rulebook, folder):
    """All tables of a rulebook from the CSV files of a folder."""
    records = {}
    for name, data in rulebook.tables.items():
        path = Path(folder) / data.get("file", f"{name}.csv")
        if not path.exists():
            raise OracleError(f"table `{name}`: no file {path.name}")
        records[name] = read_csv(path, data.get("encoding"))
    return fill_tables(rulebook, records)


def fill_tables(rulebook, records):
    """All tables of a rulebook from the records given for them; none means an empty table."""
    tables = {}
    for name in rulebook.tables:
        given = records.get(name, [])
        with_others(rulebook, name, given[0] if given else [])
        tables[name] = Table(name, rulebook)
        tables[name].fill(given)
    _check_pointers(tables)
    return tables


def _check_pointers(tables):
    for table in tables.values():
        for row in table.rows:
            for value in row.cells.values():
                if isinstance(value, Pointer) and (value,) not in tables[value.table].by_key:
                    raise OracleError(f"table `{table.name}`: no row `{value}` in table `{value.table}`")
