"""The columns that the tables of the domain have, and the kind of value each holds."""

from __future__ import annotations

import pytest

from poolmatch.domain.assembly import TABLES
from poolmatch.domain.roster import RosterRow
from poolmatch.domain.row import Row
from poolmatch.tables.schema import Column, Kind, columns_of


def column(table: str, name: str) -> Column:
    kind = TABLES.get(table, RosterRow)
    return next(column for column in columns_of(kind) if column.name == name)


@pytest.mark.parametrize(
    ("table", "name", "kind", "required", "default"),
    [
        ("facilitators", "facilitator", Kind.TEXT, True, None),
        ("facilitators", "roles", Kind.ITEMS, False, ("lead", "co")),
        ("facilitators", "max_per_day", Kind.WHOLE, False, 2),
        ("facilitators", "lat", Kind.NUMBER, False, None),
        ("facilitators", "external", Kind.YES_NO, False, False),
        ("skills", "valid_from", Kind.DAY, False, None),
        ("meetings", "start", Kind.INSTANT, False, None),
        ("slots", "start", Kind.INSTANT, True, None),
        ("availability", "start", Kind.MOMENT, True, None),
        ("history", "organisations", Kind.ITEMS, False, ()),
        ("preferences", "score", Kind.NUMBER, True, None),
        ("period", "timezone", Kind.TEXT, True, None),
        ("roster", "degree", Kind.WORD, False, None),
    ],
)
def test_kinds(table: str, name: str, kind: Kind, required: bool, default: object) -> None:
    found = column(table, name)
    assert (found.kind, found.required, found.default) == (kind, required, default)


def test_words_and_references() -> None:
    assert column("pairings", "kind").words == ("require", "prefer", "avoid", "forbid")
    assert column("pins", "meeting").tables == ("meetings", "duties")
    assert column("history", "facilitator").tables == ()


def test_every_column_is_explained() -> None:
    kinds: list[type[Row]] = [*TABLES.values(), RosterRow]
    assert [(kind.table, column.name) for kind in kinds for column in columns_of(kind) if not column.explanation] == []
