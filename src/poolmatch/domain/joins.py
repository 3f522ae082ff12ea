"""Every join between tables: which columns must stand elsewhere to mean anything, and what is said where they do not.

A rule that looks for what nobody wrote finds nothing, and its silence looks like consent. So each column that names
something is in one of three lists: it refers to ids of a table (`poolmatch.domain.row.references`; an unknown id is an
error), it stands in `JOINS`, or `UNJOINED` says why nothing is matched with it. A test walks through all columns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any, Literal, NamedTuple

from poolmatch.domain.meetings import LEAD
from poolmatch.domain.organisations import one_organisation
from poolmatch.domain.row import Row, references
from poolmatch.domain.spelling import shown
from poolmatch.errors import Issue, nearest

Numbered = Sequence[tuple[int, Any]]
Tables = Mapping[str, Numbered]
MOST_HINTS = 50
"""Words of one column for which the nearest known word is looked up: each costs a look at all known words."""


@dataclass(frozen=True)
class Join:
    """Columns whose values must stand in columns of another table.

    Attributes
    ----------
    asks
        Table and columns that are looked at, such as ``pins.meeting+seat``. Of several columns the last is at fault;
        where the others stand nowhere there, that is told by another join.
    stands
        Tables or views, and as many columns, in any of which the values may stand.
    reason, remedy
        Of the issue.
    after
        Table that must have rows: where it is empty, that is the cause, and is told.
    severity
        An error, or a warning.
    hint
        Whether the nearest of the values that do stand there is named.
    where
        Whether the join holds in these tables.
    blank
        Column that must be blank for the join to hold.
    """

    asks: str
    stands: tuple[str, ...]
    reason: str
    remedy: str
    after: str = "meetings"
    severity: Literal["error", "warning"] = "warning"
    hint: bool = False
    where: Callable[[Tables], bool] = lambda _: True
    blank: str = ""

    @property
    def table(self) -> str:
        """Table that is looked at."""
        return self.asks.partition(".")[0]

    @property
    def column(self) -> str:
        """Column that is at fault."""
        return columns_of(self.asks)[-1]


def columns_of(side: str) -> tuple[str, ...]:
    """Return the columns of one side of a join, such as ``pins.meeting+seat``."""
    return tuple(side.partition(".")[2].split("+"))


def _everybody_names_regions(tables: Tables) -> bool:
    people, serving = (
        {getattr(row, "facilitator", None) for _, row in tables[name]} for name in ("facilitators", "serves")
    )
    return people <= serving


_IDLE = "correct it; nothing to do if it is kept for another period"
_NO_EFFECT = "the row has no effect: correct it, or remove it"
_GONE = "nothing to do if that is so"

JOINS = (
    Join(
        "ties.theme",
        ("meetings.theme",),
        "is the theme of no meeting here",
        f"the tie has no effect: {_IDLE}",
        hint=True,
    ),
    *(
        Join(
            f"{table}.series",
            ("meetings.series", "duties.series"),
            "is not the series of any meeting here",
            "nothing to do if it has no session in this period",
            after="",
            hint=True,
        )
        for table in ("ties", "waivers", "spacing")
    ),
    Join(
        "waivers.facilitator+organisation",
        ("relations.facilitator+organisation",),
        "is no organisation that this facilitator is tied to",
        _NO_EFFECT,
        after="",
    ),
    Join("waivers.meeting+party", ("parties.meeting+organisation",), "has no stake there", _NO_EFFECT, after=""),
    Join("waivers.series+party", ("parties.series+organisation",), "has no stake there", _NO_EFFECT, after=""),
    Join(
        "strikes.organisation",
        ("parties.organisation",),
        "has no stake there",
        _NO_EFFECT,
        after="",
        blank="meeting",
    ),
    Join("strikes.meeting+organisation", ("parties.meeting+organisation",), "has no stake there", _NO_EFFECT, after=""),
    Join("preferences.theme", ("meetings.theme",), "is the theme of no meeting here", _IDLE),
    Join("preferences.region", ("meetings.region",), "is the region of no meeting here", _IDLE),
    Join(
        "preferences.organisation",
        ("stakes.organisation", "duties.organisation"),
        "has a stake in no meeting here",
        _IDLE,
    ),
    Join(
        "requirements.skill",
        ("skills.skill",),
        "is a skill that nobody has",
        "correct it, or add it to skills",
        after="facilitators",
        hint=True,
    ),
    Join("skills.skill", ("requirements.skill",), "is a skill that nothing here asks for", _IDLE),
    Join("serves.region", ("meetings.region",), "is the region of no meeting here", _IDLE),
    Join(
        "meetings.region",
        ("serves.region",),
        "is a region that nobody serves",
        "correct it, or add it to serves",
        after="facilitators",
        hint=True,
        where=_everybody_names_regions,
    ),
    *(
        Join(
            f"{table}.role",
            ("facilitators.roles",),
            "is nobody's role",
            "correct it, or give the role to someone",
            after="facilitators",
        )
        for table in ("seats", "duties")
    ),
    *(
        Join(
            f"{table}.meeting+seat",
            ("places.meeting+seat",),
            "is not a seat of that meeting",
            "write one of its seats",
            after="",
            severity="error",
            hint=True,
        )
        for table in ("requirements", "pins")
    ),
    Join("history.facilitator", ("facilitators.facilitator",), "is no longer in the pool", _GONE, after=""),
    Join(
        "history.organisations",
        ("organisations.organisation",),
        "names an unknown organisation",
        "nothing to do if it has gone",
        after="",
    ),
    Join(
        "history.series+seat",
        ("continued.series+seat",),
        "is the name of no seat of that series here",
        "correct it, if that seat goes on here under another name: continuity goes by the name",
    ),
    Join("published.facilitator", ("facilitators.facilitator",), "is no longer in the pool", _GONE, after=""),
    Join("published.meeting", ("places.meeting",), "is no longer planned", _GONE, after=""),
    Join("published.meeting+seat", ("places.meeting+seat",), "is no longer a seat of that meeting", _GONE, after=""),
)

UNJOINED: Mapping[str, str] = {
    "period.name": "for people to read",
    "period.timezone": "a name of the IANA list",
    "organisations.name": "for people to read",
    "organisations.kind": "for people to read",
    "organisations.region": "for people to read",
    "facilitators.name": "for people to read",
    "facilitators.region": "stands for a place where a home has no point; unlike other regions it is a usual thing",
    "meetings.title": "for people to read",
    "availability.rrule": "a rule of its own",
    "availability.except": "days",
    "ties.kind": "the policy says which kinds there are",
    "history.meeting": "past, so that it stands nowhere here",
    "history.series": "may have ended",
}
"""Columns of text that need stand nowhere else, and why."""


def join_issues(tables: Tables, ids: Mapping[str, set[str]]) -> Iterator[Issue]:
    """Yield an issue for whatever refers to nothing.

    Parameters
    ----------
    tables
        Rows with their numbers; also those that are wrong by themselves, with the cells that are right.
    ids
        Every id that was written, by table.
    """
    yield from _references(tables, ids)
    sides = _Sides(tables)
    for join in JOINS:
        if (not join.after or tables[join.after]) and join.where(tables):
            yield from _unmatched(join, sides)


# --- ids -------------------------------------------------------------------------------------------------


def _references(tables: Tables, ids: Mapping[str, set[str]]) -> Iterator[Issue]:
    for name, rows in tables.items():
        if not rows:
            continue
        kind: type[Row] = type(rows[0][1])
        for column, targets in references(kind).items():
            if name in targets:
                continue
            known = set().union(*(ids.get(target, set()) for target in targets))
            where = " or ".join(targets)
            hint = _Hints(known)
            for number, row in rows:
                value = getattr(row, column, None)
                if value is not None and value not in known:
                    remedy = f"{hint(value)}correct it, or add it to {where}"
                    yield Issue(name, (number,), column, f"is not in {where}", remedy, value=value)


class _Hints:
    """Names the nearest of some known words, of as many words as there is time for."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = sorted(known)
        self._found: dict[str, str] = {}

    def __call__(self, word: str) -> str:
        """Return the opening words of a remedy, or "" when none is close."""
        if word not in self._found and len(self._found) < MOST_HINTS:
            self._found[word] = nearest(word, self._known)
        return self._found.get(word, "")


# --- what stands elsewhere -------------------------------------------------------------------------------


def _unmatched(join: Join, sides: _Sides) -> Iterator[Issue]:
    known = sides.of(*join.stands)
    nothing: _Words = frozenset()
    missing: defaultdict[tuple[Before, str], list[int]] = defaultdict(list)
    for number, row, before, values in sides.walk(join.asks):
        there = known.get(before, nothing)
        if there.issuperset(values) or (before and before not in known):
            continue
        if not join.blank or getattr(row, join.blank, None) is None:
            for value in values:
                if value not in there:
                    missing[before, value].append(number)
    hints: dict[Before, _Hints] = {}
    plain: list[int] = []
    words: list[str] = []
    for (before, value), numbers in missing.items():
        hint = ""
        if join.hint and (before in hints or len(hints) < MOST_HINTS):
            hint = hints.setdefault(before, _Hints(known[before]))(value)
        if join.severity == "error":
            for number in numbers:
                yield Issue(join.table, (number,), join.column, join.reason, hint + join.remedy, value=value)
        elif hint:
            yield Issue(join.table, tuple(numbers), join.column, join.reason, hint + join.remedy, "warning", value)
        else:
            plain += numbers
            words.append(value)
    if plain:
        rows = tuple(sorted(set(plain)))
        yield Issue(join.table, rows, join.column, join.reason, join.remedy, "warning", shown(words))


Before = tuple[str, ...]
"""Values of the columns before the last."""
_Words = set[str] | frozenset[str]


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


class _Sides:
    """What stands in columns of tables, and of views: tables that several make together."""

    def __init__(self, tables: Tables) -> None:
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
        self._found: dict[tuple[str, ...], Mapping[Before, _Words]] = {}

    def of(self, *sides: str) -> Mapping[Before, _Words]:
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
