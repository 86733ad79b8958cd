# SPDX-License-Identifier: Apache-2.0
"""Rulebook YAML → model: tables, scales, the tree of nodes with what `indicator:` and `area:` share, adjustments, gates, results.

A scalar stays text until its place gives it a type. Numbers in the places of formulas are formulas.
"""
import unicodedata
from dataclasses import dataclass, field
from fractions import Fraction

import yaml

from .formula import parse
from .values import STATE_WORDS, OracleError, State

NOT_IN_THIS_VERSION = ("eligible", "select", "awards", "summary", "extends")
DEFAULT_POLICIES = {State.MISSING: "error", State.NOT_APPLICABLE: "redistribute", State.NOT_DUE: "redistribute"}
POLICY_WORDS = ("redistribute", "none", "error")


def normalise(data):
    """The same YAML data in NFC."""
    if isinstance(data, dict):
        return {normalise(key): normalise(value) for key, value in data.items()}
    if isinstance(data, list):
        return [normalise(item) for item in data]
    return unicodedata.normalize("NFC", data)


def as_list(data):
    """One item, or a list of them, as a list."""
    return data if isinstance(data, list) else [data]


def number(text):
    """A decimal as written in a rulebook."""
    try:
        return Fraction(text.replace("_", ""))
    except (ValueError, AttributeError):
        raise OracleError(f"expected a number, found `{text}`") from None


def boolean(text):
    """A yes or no."""
    if text not in ("yes", "no", "true", "false"):
        raise OracleError(f"expected yes or no, found `{text}`")
    return text in ("yes", "true")


class Setting:
    """A formula, or one for every group; `none` stands for no formula."""

    def __init__(self, data):
        self.by_group = {group: self._tree(text) for group, text in data.items()} if isinstance(data, dict) else None
        self.tree = None if self.by_group is not None else self._tree(data)

    @staticmethod
    def _tree(text):
        return None if text == "none" else parse(text)

    def choose(self, group):
        """The tree that holds for this group, or None."""
        if self.by_group is None:
            return self.tree
        if group not in self.by_group:
            raise OracleError(f"no value for group `{group}`")
        return self.by_group[group]


def setting(data, key):
    """The setting under a key, or None if the key is absent."""
    return Setting(data[key]) if key in data else None


@dataclass
class Rounding:
    """Digits kept of the score and of the points (None: not rounded), and the mode."""
    score: int | None
    points: int | None
    mode: str

    @classmethod
    def read(cls, data, default_mode):
        """`2`, or `{score: 2, points: 2, mode: …}`."""
        if not isinstance(data, dict):
            data = {"score": data} if data is not None else {}
        digits = {part: int(data[part]) if part in data else None for part in ("score", "points")}
        return cls(mode=data.get("mode", default_mode), **digits)


@dataclass
class Adjustments:
    """Bonus and penalty items and the limits of their sums."""
    items: list
    bonus_limit: Setting | None
    penalty_limit: Setting | None
    low: Setting | None
    high: Setting | None

    @classmethod
    def read(cls, data):
        """The map under `adjustments:`."""
        limits = data.get("limits", {})
        low, high = limits.get("total", ["none", "none"])
        return cls([Item.read(item) for item in data.get("items", [])], setting(limits, "bonus"), setting(limits, "penalty"),
                   Setting(low), Setting(high))


@dataclass
class Item:
    """One bonus or penalty."""
    id: str
    kind: str
    points: Setting
    each: str | None
    where: Setting | None
    once: str | None
    cap: Setting | None
    missing: str
    unknown: str

    @classmethod
    def read(cls, data):
        """One entry of `items:`."""
        if data.get("kind") not in ("bonus", "penalty"):
            raise OracleError(f"adjustment `{data.get('id')}`: expected kind bonus or penalty")
        return cls(data["id"], data["kind"], Setting(data["points"]), data.get("each"), setting(data, "where"), data.get("once"),
                   setting(data, "cap"), data.get("missing", "error"), data.get("unknown", "error"))


@dataclass
class Gate:
    """A condition whose failure holds the grade down."""
    id: str
    passes: Setting
    cap: str | None
    down: int
    unknown: str

    @classmethod
    def read(cls, data):
        """One entry of `gates:`."""
        return cls(data["id"], Setting(data["pass"]), data.get("cap"), int(data.get("down", 0)), data.get("unknown", "error"))


@dataclass
class Value:
    """An entry of `values:`: a formula per entity."""
    id: str
    formula: Setting
    digits: int
    undefined: str

    @classmethod
    def read(cls, identifier, data):
        """A formula, or a map with `formula:` and its digits."""
        if not (isinstance(data, dict) and "formula" in data):
            data = {"formula": data}
        return cls(identifier, Setting(data["formula"]), int(data.get("digits", 4)), data.get("undefined", "error"))


@dataclass(eq=False)
class Node:
    """A node of the scorecard; `rows` is the node that stands for each row of a sheet."""
    id: str
    title: str
    level: int
    parent: "Node | None"
    weight: Setting | None
    weight_total: str
    value: Setting | None
    score: Setting | None
    impute: Setting | None
    undefined: object
    policies: dict
    combine: object
    rounding: Rounding
    digits: int | None
    applies: Setting | None
    measures: str | None
    each: str | None
    where: Setting | None
    adjustments: Adjustments | None
    over_full: bool
    is_row: bool = False
    children: list = field(default_factory=list)
    rows: "Node | None" = None

    @property
    def is_leaf(self):
        """Whether it is an indicator."""
        return not self.children and self.rows is None

    @property
    def adds_points(self):
        """Whether its score comes from the points of its children."""
        return self.score is None and self.combine == "mean"

    @property
    def passes_points_up(self):
        """Whether its points become part of the total's: all areas above it add points."""
        return self.parent is None or self.parent.adds_points and self.parent.passes_points_up

    @property
    def gives_weights(self):
        """Whether the weights of its children count."""
        return self.score is None and self.combine != "sum"

    def below(self):
        """This node and all nodes below it, in the order written."""
        yield self
        for child in [*self.children, *([self.rows] if self.rows else [])]:
            yield from child.below()


class TreeReader:
    """Builds the nodes of a scorecard."""

    def __init__(self, default_mode):
        self.default_mode = default_mode

    def read(self, data, parent=None, indicator=None, area=None):
        """The node written as `data`, with what stands above it under `indicator:` and `area:`."""
        indicator, area = indicator or {}, area or {}
        below = [*data.get("areas", []), *data.get("indicators", [])]
        own = {key: value for key, value in data.items() if key not in ("areas", "indicators", "indicator", "area")}
        is_leaf = not below and "each" not in own
        shared = {} if parent is None else indicator if is_leaf else area
        node = self.node({**shared, **own}, parent)
        indicator, area = {**indicator, **data.get("indicator", {})}, {**area, **data.get("area", {})}
        node.children = [self.read(child, node, indicator, area) for child in below]
        if node.each is not None:
            node.rows = self.node({**indicator, "id": node.id}, node)
            node.rows.is_row = True
        return node

    def node(self, data, parent):
        """One node without its children."""
        policies = {state: data.get(state.word, default) for state, default in DEFAULT_POLICIES.items()}
        identifier = data.get("id", "" if parent is None else None)
        if identifier is None:
            raise OracleError("a node below the root needs an `id`")
        return Node(
            id=identifier, title=data.get("title", identifier), level=0 if parent is None else parent.level + 1, parent=parent,
            weight=setting(data, "weight"), weight_total=data.get("weight_total", "parent"), value=setting(data, "value"),
            score=setting(data, "score"), impute=setting(data, "impute"), undefined=data.get("undefined", "error"),
            policies=policies, combine=data.get("combine", "mean"), rounding=Rounding.read(data.get("round"), self.default_mode),
            digits=int(data["digits"]) if "digits" in data else None, applies=setting(data, "applies"),
            measures=data.get("measures", parent and parent.measures), each=data.get("each"), where=setting(data, "where"),
            adjustments=Adjustments.read(data["adjustments"]) if "adjustments" in data else None,
            over_full=boolean(data.get("over_full", "no")))


@dataclass
class Rulebook:
    """A whole rulebook."""
    tables: dict
    states: dict
    entities: str
    groups: list
    grades: list
    scales: dict
    values: dict
    root: Node
    adjustments: Adjustments | None
    gates: list
    total_digits: int
    mode: str
    rank: dict | None
    grading: list
    as_of: str | None
    tests: list

    def __post_init__(self):
        self.nodes = {node.id: node for node in self.root.below() if node.id and not node.is_row}


def read_states(data):
    """A map of cell texts to states."""
    return {text: STATE_WORDS[word] for text, word in data.items()}


def read_rulebook(data):
    """The model of a rulebook given as YAML data."""
    data = normalise(data)
    for key in NOT_IN_THIS_VERSION:
        if key in data:
            raise OracleError(f"`{key}` is not in this version")
    results = data["results"]
    mode = results["round"].get("mode", "half_up")
    return Rulebook(
        tables=data["tables"], states=read_states(data.get("states", {})), entities=data["entities"],
        groups=as_list(data.get("groups", [])), grades=data.get("grades", []), scales=data.get("scales", {}),
        values={key: Value.read(key, value) for key, value in data.get("values", {}).items()},
        root=TreeReader(mode).read(data["scorecard"]),
        adjustments=Adjustments.read(data["adjustments"]) if "adjustments" in data else None,
        gates=[Gate.read(gate) for gate in data.get("gates", [])], total_digits=int(results["round"]["total"]), mode=mode,
        rank=results.get("rank"), grading=as_list(results.get("grade", [])), as_of=data.get("period", {}).get("to"),
        tests=data.get("tests", []))


def load_rulebook(path):
    """Read a rulebook file."""
    try:
        with open(path, encoding="utf-8") as file:
            return read_rulebook(yaml.load(file, yaml.BaseLoader))
    except yaml.YAMLError as error:
        raise OracleError(f"{path}: {error}") from error
