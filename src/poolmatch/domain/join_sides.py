"""What stands in columns of tables, and of views: tables that several make together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import attrgetter
from typing import Any, NamedTuple

from poolmatch.domain.joins import NumberedTables, columns_of
from poolmatch.domain.meetings import LEAD
from poolmatch.domain.organisations import one_organisation

Before = tuple[str, ...]
"""Values of the columns before the last."""
Values = set[str] | frozenset[str]


class _Place(NamedTuple):
    """A seat of a meeting or duty."""

    meeting: str | None
    series: str | None
    seat: str | None


class _Party(NamedTuple):
    """An organisation with a stake in a meeting or duty, under one of its ids."""

    meeting: str | None
    series: str | None
    organisation: str | None = None
    """Blank in a row for the meeting itself."""


class _Relation(NamedTuple):
    """An organisation that a facilitator works for or is tied to, under one of its ids."""

    facilitator: str | None
    organisation: str | None = None
    """Blank in a row for the facilitator."""


class Sides:
    """What stands in columns of tables, and of views: tables that several make together."""

    def __init__(self, tables: NumberedTables) -> None:
        self._tables = tables
        self._views: Mapping[str, Callable[[], Iterator[tuple[Any, ...]]]] = {
            "places": self._places,
            "continued": self._continued,
            "parties": self._parties,
            "relations": self._relations,
        }
        self._first = one_organisation(
            row for _, row in tables["links"] if all(hasattr(row, name) for name in ("source", "target", "kind"))
        )
        self._ids: defaultdict[str, list[str]] = defaultdict(list)
        for name, first in self._first.items():
            self._ids[first].append(name)
        self._found: dict[tuple[str, ...], Mapping[Before, Values]] = {}

    def of(self, *sides: str) -> Mapping[Before, Values]:
        """Return the values of the last column, by those of the columns before it, on several sides together."""
        if sides not in self._found:
            found: defaultdict[Before, set[str]] = defaultdict(set)
            for side in sides:
                for _, _, before, values in self.walk(side):
                    found[before].update(values)
            self._found[sides] = found
        return self._found[sides]

    def walk(self, side: str) -> Iterator[tuple[int, Any, Before, tuple[str, ...]]]:
        """Yield number and row, the values before the last column, and those in it; blank ones before it are left out.

        Parameters
        ----------
        side
            A table or view and its columns, such as ``pins.meeting+seat``.
        """
        name, columns = side.partition(".")[0], columns_of(side)
        rows = enumerate(self._views[name](), 1) if name in self._views else self._tables[name]
        of_row = attrgetter(*columns)
        for number, row in rows:
            try:
                cells = of_row(row)
            except AttributeError:  # a row of which some cells are wrong
                cells = tuple(getattr(row, column, None) for column in columns)
                cells = cells if len(columns) > 1 else cells[0]
            before, value = (cells[:-1], cells[-1]) if len(columns) > 1 else ((), cells)
            if None not in before:
                yield number, row, before, (value,) if isinstance(value, str) else value or ()

    @cached_property
    def _series(self) -> Mapping[str, str | None]:
        """The series of each meeting and duty."""
        return {
            getattr(row, key, ""): getattr(row, "series", None)
            for table, key in (("meetings", "meeting"), ("duties", "duty"))
            for _, row in self._tables[table]
        }

    def _places(self) -> Iterator[_Place]:
        seated = set()
        for _, row in self._tables["seats"]:
            meeting = getattr(row, "meeting", "")
            seated.add(meeting)
            if meeting in self._series:
                yield _Place(meeting, self._series[meeting], getattr(row, "seat", None))
        for _, row in self._tables["duties"]:
            yield _Place(getattr(row, "duty", None), getattr(row, "series", None), getattr(row, "kind", None))
        for _, row in self._tables["meetings"]:
            if hasattr(row, "meeting") and row.meeting not in seated:
                yield _Place(row.meeting, getattr(row, "series", None), LEAD)

    def _continued(self) -> Iterator[_Place]:
        """Yield the seats of series in which some seat asks for continuity."""
        asked = {
            self._series.get(getattr(row, "meeting", ""))
            for _, row in self._tables["seats"]
            if getattr(row, "continuity", "none") != "none"
        }
        yield from (place for place in self._places() if place.series in asked)

    def _parties(self) -> Iterator[_Party]:
        for meeting, series in self._series.items():
            yield _Party(meeting, series)
        for table, key in (("stakes", "meeting"), ("duties", "duty")):
            for _, row in self._tables[table]:
                meeting = getattr(row, key, "")
                for organisation in self._all_ids(getattr(row, "organisation", None)):
                    yield _Party(meeting, self._series.get(meeting), organisation)

    def _relations(self) -> Iterator[_Relation]:
        for table in ("facilitators", "ties"):
            for _, row in self._tables[table]:
                name = getattr(row, "facilitator", None)
                yield _Relation(name)
                for organisation in self._all_ids(getattr(row, "organisation", None)):
                    yield _Relation(name, organisation)

    def _all_ids(self, organisation: str | None) -> Sequence[str]:
        """Return the ids under which an organisation stands."""
        if organisation is None:
            return ()
        return self._ids.get(self._first.get(organisation, ""), (organisation,))
