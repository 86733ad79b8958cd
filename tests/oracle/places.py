# SPDX-License-Identifier: Apache-2.0
"""Where a formula stands: which keys are known, which row is in hand, which node asks."""
from dataclasses import dataclass, replace

from .tables import Table
from .values import OracleError


@dataclass(frozen=True)
class Place:
    """The surroundings of a formula.

    keys: column → value, for every column that is known here and may be the key of another table; hand: the table whose row is in hand, if not the entity's;
    measured: that row is the entity's own one for an indicator, so the formula still belongs to the entity; outer: rows in hand
    further out (innermost first) as pairs (table, row); node: the node whose formula it is; stage: which of its formulas, as that
    settles what `value`, `score` and `total` mean; derived: the formula belongs to a row of a table, to no entity.
    """

    keys: dict
    entities: Table
    hand: Table | None = None
    measured: bool = False
    outer: tuple = ()
    node: object = None
    stage: str = ""
    derived: bool = False

    @property
    def entity(self):
        """The entity's row, or None in a derived column of a table without the entity's key."""
        return self.entities.find(self.keys) if self.knows(self.entities) else None

    @property
    def row(self):
        """The row in hand, if there is one."""
        return self.hand.find(self.keys) if self.hand is not None else None

    def knows(self, table):
        """Whether one row of the table is meant here."""
        return all(key in self.keys for key in table.key)

    def at(self, stage):
        """The same place for another of its formulas."""
        return replace(self, stage=stage)

    def with_keys_of(self, row):
        """The same place for another entity, or for another row of the table in hand."""
        return replace(self, keys={**self.keys, **row.cells})

    def into(self, row):
        """The place of an aggregated row, seen from here."""
        outer = self.outer if self.hand is None else ((self.hand, self.row), *self.outer)
        return replace(self, keys={**self.keys, **row.cells}, hand=row.table, measured=False, outer=outer)

    def row_of(self, table):
        """The row of a table that `table.column` means here (None: there is no such row)."""
        if table is self.hand:
            return self.row
        for outer_table, row in self.outer:
            if outer_table is table:
                return row
        if not self.knows(table):
            raise OracleError(f"table `{table.name}` has many rows here: it must stand in an aggregate")
        return table.find(self.keys)


def derived_place(row, entities):
    """The place of a formula of a derived column."""
    keys = row.keys()
    entity = entities.find(keys) if all(key in keys for key in entities.key) else None
    return Place(keys={**(entity.cells if entity else {}), **row.cells}, entities=entities, hand=row.table, derived=True)
