"""A planning problem: all tables of one period, read together and consistent."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    ValidationError,
    model_validator,
)

from poolmatch.domain.calendar import Availability, Period, Span
from poolmatch.domain.integrity import integrity_issues
from poolmatch.domain.meetings import Duty, Meeting, Pin, Requirement, Seat, Slot, Spacing, Stake
from poolmatch.domain.organisations import LedgerEntry, Link, Organisation
from poolmatch.domain.past import Past, Published
from poolmatch.domain.people import Facilitator, Pairing, Preference, Serves, Skill, Strike, Tie, Waiver
from poolmatch.domain.row import Row, is_blank, issues_of
from poolmatch.domain.values import has_hidden, tidy
from poolmatch.errors import Issue, ProblemError, nearest

if TYPE_CHECKING:
    from pandas import DataFrame

SCHEMA_VERSION: Literal[1] = 1
MAX_ROWS = 1_000_000

TABLES: Mapping[str, type[Row]] = {
    kind.table: kind
    for kind in (
        Period,
        Organisation,
        Link,
        Facilitator,
        Serves,
        Skill,
        Tie,
        Availability,
        Meeting,
        Slot,
        Spacing,
        Duty,
        Stake,
        Seat,
        Requirement,
        Waiver,
        Strike,
        Pairing,
        Preference,
        Pin,
        Past,
        LedgerEntry,
        Published,
    )
}
"""Every table of a problem by name, in the order in which people fill them in."""

R = TypeVar("R")
K = TypeVar("K")


def grouped(rows: Iterable[R], key: Callable[[R], K]) -> Mapping[K, tuple[R, ...]]:
    """Return the rows by key, in their order."""
    groups: defaultdict[K, list[R]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return {name: tuple(group) for name, group in groups.items()}


class Problem(BaseModel):
    """A planning problem. Frozen; each attribute is a table of rows.

    Made from the rows themselves, from mappings of cells, or by ``Problem.from_frames``, ``Problem.from_json``
    and ``poolmatch.read``. Whatever it is made from is checked in full.

    Raises
    ------
    ProblemError
        With *all* issues, each with table, row, column, reason and remedy.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", title="poolmatch problem")

    schema_version: Literal[1] = SCHEMA_VERSION
    period: Period
    organisations: tuple[Organisation, ...] = ()
    links: tuple[Link, ...] = ()
    facilitators: tuple[Facilitator, ...] = ()
    serves: tuple[Serves, ...] = ()
    skills: tuple[Skill, ...] = ()
    ties: tuple[Tie, ...] = ()
    availability: tuple[Availability, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    slots: tuple[Slot, ...] = ()
    spacing: tuple[Spacing, ...] = ()
    duties: tuple[Duty, ...] = ()
    stakes: tuple[Stake, ...] = ()
    seats: tuple[Seat, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    strikes: tuple[Strike, ...] = ()
    pairings: tuple[Pairing, ...] = ()
    preferences: tuple[Preference, ...] = ()
    pins: tuple[Pin, ...] = ()
    history: tuple[Past, ...] = ()
    ledger: tuple[LedgerEntry, ...] = ()
    published: tuple[Published, ...] = Field(default=())

    _warnings: tuple[Issue, ...] = PrivateAttr(default=())

    if TYPE_CHECKING:  # bound in the shop window, because tables lie higher

        @classmethod
        def from_frames(cls, frames: Mapping[str, DataFrame]) -> Self: ...  # noqa: D102
        def to_frames(self) -> dict[str, DataFrame]: ...  # noqa: D102

    @model_validator(mode="wrap")
    @classmethod
    def _assemble(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        if isinstance(data, cls):
            return data
        if not isinstance(data, Mapping):
            raise ProblemError(
                [Issue("problem", (), "", "is not a set of tables", "give an object with a table per name")]
            )
        tables, issues = _read_tables(data)
        if any(issue.severity == "error" for issue in issues):
            raise ProblemError(issues)
        problem = handler(tables)
        problem._warnings = tuple(sorted(set(issues)))
        return problem

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Problem):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in TABLES)

    def __repr__(self) -> str:  # counts only: rows hold the names of people
        sizes = f"{len(self.facilitators)} facilitators, {len(self.meetings)} meetings, {len(self.seats)} seats"
        return f"<Problem {self.period.name}: {sizes}>"

    __str__ = __repr__

    def __hash__(self) -> int:
        return hash((self.period, self.meetings, self.facilitators))

    @property
    def warnings(self) -> tuple[Issue, ...]:
        """What is doubtful in the input, row by row."""
        return self._warnings

    def with_warnings(self, issues: Iterable[Issue]) -> Self:
        """Return a copy that carries these warnings besides its own, such as those of the file it was read from."""
        copy = self.model_copy()
        copy._warnings = tuple(sorted({*self._warnings, *issues}))
        return copy

    def replace(self, **tables: Any) -> Self:
        """Return a problem in which the named tables are replaced, checked like any other."""
        return type(self)(**{name: getattr(self, name) for name in TABLES} | tables)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:  # noqa: ARG002
        """Return a copy with other tables; checked, and without what was worked out from the old ones."""
        return self.replace(**(update or {}))

    # --- documents ---------------------------------------------------------------------------------------

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Return the problem that a JSON document describes.

        Raises
        ------
        ProblemError
            The document is not JSON, repeats a key, holds NaN, is nested too deep, or its rows are wrong.
        """
        return cls.model_validate(_document(text))

    def to_json(self, indent: int | None = None) -> str:
        """Return the problem as one JSON document; without blank cells and without empty tables that may be absent."""
        document = self.model_dump(mode="json", exclude_none=True)
        kept = {k: v for k, v in document.items() if v != [] or TABLES[k].required_table}
        return json.dumps(kept, ensure_ascii=False, indent=indent)

    @cached_property
    def fingerprint(self) -> str:
        """Digest of the content: equal for equal tables, whatever the order of their rows."""
        document = self.model_dump(mode="json", exclude_none=True)
        for rows in document.values():
            if isinstance(rows, list):
                rows.sort(key=lambda row: json.dumps(row, sort_keys=True))
        text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    # --- looking things up -------------------------------------------------------------------------------

    @cached_property
    def _meetings(self) -> Mapping[str, Meeting]:
        return {row.meeting: row for row in self.meetings}

    @cached_property
    def _facilitators(self) -> Mapping[str, Facilitator]:
        return {row.facilitator: row for row in self.facilitators}

    @cached_property
    def _seats(self) -> Mapping[tuple[str, str], Seat]:
        return {(row.meeting, row.seat): row for row in self.seats}

    @cached_property
    def _seats_of(self) -> Mapping[str, tuple[Seat, ...]]:
        return grouped(self.seats, lambda row: row.meeting)

    @cached_property
    def _stakes_of(self) -> Mapping[str, tuple[Stake, ...]]:
        return grouped(self.stakes, lambda row: row.meeting)

    @cached_property
    def _slots_of(self) -> Mapping[str, tuple[Slot, ...]]:
        return grouped(sorted(self.slots, key=lambda row: row.start), lambda row: row.meeting)

    @cached_property
    def _requirements_of(self) -> Mapping[tuple[str, str | None], tuple[Requirement, ...]]:
        return grouped(self.requirements, lambda row: (row.meeting, row.seat))

    def meeting(self, meeting: str) -> Meeting:
        """Return the meeting with that id."""
        return self._meetings[meeting]

    def facilitator(self, facilitator: str) -> Facilitator:
        """Return the facilitator with that id."""
        return self._facilitators[facilitator]

    def seat(self, meeting: str, seat: str) -> Seat:
        """Return the seat of a meeting."""
        return self._seats[meeting, seat]

    def seats_of(self, meeting: str) -> tuple[Seat, ...]:
        """Return the seats of a meeting."""
        return self._seats_of.get(meeting, ())

    def stakes_of(self, meeting: str) -> tuple[Stake, ...]:
        """Return the parties of a meeting with their grades."""
        return self._stakes_of.get(meeting, ())

    def requirements_of(self, meeting: str, seat: str | None) -> tuple[Requirement, ...]:
        """Return what a seat asks for, or with None what the team as a whole must bring."""
        return self._requirements_of.get((meeting, seat), ())

    def times(self, meeting: Meeting) -> tuple[Span, ...]:
        """Return when a meeting may be held, in order of time: one span, or one per slot when it is flexible."""
        if meeting.start is not None and meeting.end is not None:
            return ((meeting.start, meeting.end),)
        return tuple((slot.start, slot.end) for slot in self._slots_of[meeting.meeting])

    @cached_property
    def _links_at(self) -> Mapping[str, tuple[Link, ...]]:
        ends = [(end, link) for link in self.links for end in (link.source, link.target)]
        return {name: tuple(link for _, link in found) for name, found in grouped(ends, lambda item: item[0]).items()}

    def links_at(self, organisation: str) -> tuple[Link, ...]:
        """Return the links that start or end at an organisation, in their order."""
        return self._links_at.get(organisation, ())

    @cached_property
    def _of_person(self) -> Mapping[str, Mapping[str, tuple[Any, ...]]]:
        tables = (self.skills, self.serves, self.availability, self.strikes, self.preferences, self.ties, self.waivers)
        return {rows[0].table: grouped(rows, lambda row: row.facilitator) for rows in tables if rows}

    def about(self, facilitator: str, table: str) -> tuple[Any, ...]:
        """Return the rows about a facilitator of a table: skills, serves, availability, strikes, ties and the like."""
        return self._of_person.get(table, {}).get(facilitator, ())

    def masters(self, facilitator: str, skill: str, level: int, day: date) -> bool:
        """Tell whether a facilitator has a skill at a level on a day."""
        return any(
            row.skill == skill
            and row.level >= level
            and (row.valid_from is None or row.valid_from <= day)
            and (row.valid_until is None or day <= row.valid_until)
            for row in self.about(facilitator, "skills")
        )

    @cached_property
    def occasion_ids(self) -> frozenset[str]:
        """Ids of all meetings and duties."""
        return frozenset(self._meetings) | {duty.duty for duty in self.duties}

    @cached_property
    def seat_keys(self) -> frozenset[tuple[str, str]]:
        """Every (meeting, seat), and every (duty, kind)."""
        return frozenset(self._seats) | {(duty.duty, duty.kind) for duty in self.duties}

    @cached_property
    def past(self) -> tuple[Past, ...]:
        """History without the rows of meetings that are planned here."""
        return tuple(row for row in self.history if row.meeting not in self.occasion_ids)

    def row_number(self, row: Row) -> int:
        """Return the data row of a row in its table, counted from 1."""
        return next(n for n, other in enumerate(getattr(self, row.table), 1) if other is row or other == row)


# --- reading tables --------------------------------------------------------------------------------------


def _read_tables(data: Mapping[str, Any]) -> tuple[dict[str, Any], list[Issue]]:
    """Return validated rows by table, and every issue; rows with an error are left out."""
    issues = list(_unknown_tables(data))
    rows: dict[str, list[tuple[int, Row]]] = {name: [] for name in TABLES}
    halves: dict[str, list[tuple[int, Row]]] = {name: [] for name in TABLES}
    ids: dict[str, set[str]] = {}
    period, found = _period(data)
    issues += found
    zone = period.zone if period else ZoneInfo("Europe/Amsterdam")
    for name, kind in TABLES.items():
        if name == "period":
            continue
        if name not in data and kind.required_table:
            issues.append(_missing_table(name, data))
        raw = data.get(name)
        raw = () if raw is None else raw
        if isinstance(raw, str | bytes | Mapping) or not isinstance(raw, Iterable):
            issues.append(Issue(name, (), "", "is not a list of rows", "give a list with an object per row"))
            continue
        raw = list(raw)
        if len(raw) > MAX_ROWS:
            issues.append(Issue(name, (), "", f"has more than {MAX_ROWS:,} rows", "split the problem"))
            continue
        issues += _unknown_columns(kind, raw)
        missing = _missing_columns(kind, raw)
        issues += missing.values()
        for number, cells in enumerate(raw, 1):
            row, found = _read_row(kind, cells, number, zone)
            issues += (issue for issue in found if issue.column not in missing)
            if not found or all(issue.severity == "warning" for issue in found):
                rows[name].append((number, row))
            else:
                halves[name].append((number, row))
        if len(kind.key) == 1:
            ids[name] = {
                tidy(value)
                for cells in raw
                if isinstance(
                    value := cells.get(kind.key[0]) if isinstance(cells, Mapping) else getattr(cells, kind.key[0], 0),
                    str,
                )
            }
    if period:
        issues += integrity_issues(period, rows, halves, ids)
    tables: dict[str, Any] = {name: tuple(row for _, row in numbered) for name, numbered in rows.items()}
    tables["period"] = period
    return tables, issues


def _period(data: Mapping[str, Any]) -> tuple[Period | None, list[Issue]]:
    raw = data.get("period")
    if isinstance(raw, Period):
        return raw, []
    if isinstance(raw, list | tuple):
        if len(raw) != 1:
            return None, [Issue("period", (), "", f"has {len(raw)} rows", "give exactly one row")]
        raw = raw[0]
        if isinstance(raw, Period):
            return raw, []
    if raw is None:
        return None, [_missing_table("period", data)]
    issues = _unknown_columns(Period, [raw])
    row, found = _read_row(Period, raw, 1, ZoneInfo("UTC"))
    return (row if isinstance(row, Period) and not found else None), issues + found


def _missing_table(name: str, data: Mapping[str, Any]) -> Issue:
    unknown = [given for given in data if given not in TABLES]
    hint = nearest(name, unknown)
    return Issue(name, (), "", "is required and missing", hint + "add the table; it may be empty")


def _unknown_tables(data: Mapping[str, Any]) -> Iterable[Issue]:
    version = data.get("schema_version", SCHEMA_VERSION)
    if version != SCHEMA_VERSION or isinstance(version, bool):
        remedy = f"write it with a poolmatch of this schema version, {SCHEMA_VERSION}"
        yield Issue("problem", (), "schema_version", "is of another version", remedy)
    for name in data:
        if name not in TABLES and name != "schema_version":
            remedy = nearest(str(name), TABLES) + "its content is not used"
            yield Issue(str(name), (), "", "is not a table that poolmatch knows", remedy, "warning")


def _unknown_columns(kind: type[Row], raw: Iterable[object]) -> list[Issue]:
    names: dict[str, list[int]] = defaultdict(list)
    for number, cells in enumerate(raw, 1):
        if isinstance(cells, Mapping):
            for column, value in cells.items():
                if column not in kind.model_fields and value is not None:
                    names[str(column)].append(number)
    remedy = "its content is not used"
    return [
        Issue(
            kind.table, (), name, "is not a column of this table", nearest(name, kind.model_fields) + remedy, "warning"
        )
        for name in names
    ]


def _missing_columns(kind: type[Row], raw: Sequence[object]) -> dict[str, Issue]:
    """Return an issue per required column that no row has: it is told once, not for every row."""
    required = {name for name, field in kind.model_fields.items() if field.is_required()}
    given: set[object] = set()
    for cells in raw:
        given.update(cells if isinstance(cells, Mapping) else required)
    unknown = [str(column) for column in given - kind.model_fields.keys()]
    return {
        name: Issue(kind.table, (), name, "is required and missing", nearest(name, unknown) + "add the column")
        for name in sorted(required - given)
        if raw
    }


def _read_row(kind: type[Row], cells: object, number: int, zone: ZoneInfo) -> tuple[Row, list[Issue]]:
    """Return a row and what is wrong with it; if anything, the row holds only the cells that are right, as text."""
    if isinstance(cells, kind):
        return cells, []
    if not isinstance(cells, Mapping):
        return kind.model_construct(), [
            Issue(kind.table, (number,), "", "is not a row", "give an object with a value per column")
        ]
    issues: list[Issue] = []
    known = {column: value for column, value in cells.items() if column in kind.model_fields}
    for column, value in known.items():
        if isinstance(value, str) and not value.isprintable() and has_hidden(tidy(value)):
            issues.append(
                Issue(
                    kind.table,
                    (number,),
                    column,
                    "holds characters that cannot be seen",
                    "they are taken out",
                    "warning",
                )
            )
    try:
        return kind.model_validate(known, context={"zone": zone}), issues
    except ValidationError as error:
        issues += issues_of(error, kind, number, known)
        bad = {detail["loc"][0] for detail in error.errors(include_url=False) if detail["loc"]}
        good = {
            name: tidy(cell)
            for name, cell in known.items()
            if name not in bad and isinstance(cell, str) and not is_blank(cell)
        }
        return kind.model_construct(None, **good), issues


# --- the JSON document -----------------------------------------------------------------------------------


def _document(text: str | bytes) -> Mapping[str, Any]:
    def refuse(reason: str, remedy: str) -> ProblemError:
        return ProblemError([Issue("document", (), "", reason, remedy)])

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len({name for name, _ in pairs}) < len(pairs):
            twice = next(name for name, _ in pairs if sum(name == other for other, _ in pairs) > 1)
            raise refuse(f"has the key {twice!r} twice in one object", "keep one of them")
        return dict(pairs)

    def constant(word: str) -> None:
        raise refuse(f"holds {word}, which JSON does not know", "write a number or null")

    try:
        if isinstance(text, bytes):
            text = text.decode("utf-8-sig")
        document = json.loads(text, object_pairs_hook=once, parse_constant=constant)
    except UnicodeDecodeError as error:
        raise refuse("is not UTF-8 text", "save it as UTF-8") from error
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise refuse(f"is not JSON: {error.msg} at {place}", "correct it there") from error
    except RecursionError as error:
        raise refuse("is nested too deep", "a problem is an object of tables, each a list of flat rows") from error
    except ValueError as error:  # a whole number of too many digits
        raise refuse("holds a number that is too long", "correct the number") from error
    if not isinstance(document, Mapping):
        raise refuse("is not an object", "give an object with a table per name")
    return document
