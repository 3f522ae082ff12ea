"""A planning problem: all tables of one period, read together and consistent."""

from __future__ import annotations

import functools
import hashlib
import json
import os
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar, TypeVarTuple

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    model_validator,
)

from poolmatch.domain.arguments import must_be
from poolmatch.domain.assembly import SCHEMA_VERSION, TABLES, assemble, in_order
from poolmatch.domain.calendar import Availability, Period, Span
from poolmatch.domain.document import parse_document
from poolmatch.domain.frozen import Departed, Frozen, departed_holders, frozen_meetings, past_issues
from poolmatch.domain.meetings import LEAD, Duty, Meeting, Pin, Requirement, Seat, Slot, Spacing, Stake
from poolmatch.domain.organisations import LedgerEntry, Link, Organisation
from poolmatch.domain.past import Past, Published
from poolmatch.domain.people import Facilitator, Pairing, Preference, Serves, Skill, Strike, Tie, Waiver
from poolmatch.domain.row import Row
from poolmatch.domain.webs import Webs
from poolmatch.errors import Issue, ProblemError, UnknownId, together

if TYPE_CHECKING:
    from pandas import DataFrame

R = TypeVar("R")
K = TypeVar("K")
T = TypeVar("T")
Ts = TypeVarTuple("Ts")
Cells = Mapping[str, object]
"""The cells of a row, by column."""
Rows = Sequence[R | Cells]
"""The rows of a table, each as one of its kind or as its cells."""


def grouped(rows: Iterable[R], key: Callable[[R], K]) -> Mapping[K, tuple[R, ...]]:
    """Return the rows by key, in their order."""
    groups: defaultdict[K, list[R]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return {name: tuple(group) for name, group in groups.items()}


def kept(function: Callable[[Problem, *Ts], T]) -> Callable[[Problem, *Ts], T]:
    """Let what a function says of a problem be worked out once: a problem never changes, and judges ask it often.

    The answer is shared by all who ask, so nobody may change it.
    """
    name = f"{function.__module__}.{function.__qualname__}"

    @functools.wraps(function)
    def asked(problem: Problem, *about: *Ts) -> T:
        return problem.memo((name, *about), lambda: function(problem, *about))

    return asked


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

    if TYPE_CHECKING:  # rows are made of cells too; and what is bound in the shop window, because tables lie higher

        def __init__(
            self,
            *,
            period: Period | Cells,
            schema_version: object = SCHEMA_VERSION,
            organisations: Rows[Organisation] = (),
            links: Rows[Link] = (),
            facilitators: Rows[Facilitator] = (),
            serves: Rows[Serves] = (),
            skills: Rows[Skill] = (),
            ties: Rows[Tie] = (),
            availability: Rows[Availability] = (),
            meetings: Rows[Meeting] = (),
            slots: Rows[Slot] = (),
            spacing: Rows[Spacing] = (),
            duties: Rows[Duty] = (),
            stakes: Rows[Stake] = (),
            seats: Rows[Seat] = (),
            requirements: Rows[Requirement] = (),
            waivers: Rows[Waiver] = (),
            strikes: Rows[Strike] = (),
            pairings: Rows[Pairing] = (),
            preferences: Rows[Preference] = (),
            pins: Rows[Pin] = (),
            history: Rows[Past] = (),
            ledger: Rows[LedgerEntry] = (),
            published: Rows[Published] = (),
        ) -> None: ...
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
        tables, issues = assemble(data)
        if any(issue.severity == "error" for issue in issues):
            raise ProblemError(issues)
        problem = handler(tables)
        problem._warnings = together(in_order([*issues, *past_issues(problem)]))
        return problem

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Problem):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in TABLES)

    def __repr__(self) -> str:  # counts only: rows hold the names of people
        sizes = f"{len(self.facilitators)} facilitators, {len(self.meetings)} meetings, {len(self.meeting_seats)} seats"
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
        copy = super().model_copy()  # the tables are the same, and have been checked
        copy._warnings = together((*issues, *self._warnings))
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
        return cls.model_validate(parse_document(text))

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
    def all_meetings(self) -> tuple[Meeting, ...]:
        """The meetings, then the duties: each as a meeting without a time."""
        return (*self.meetings, *(duty.as_meeting for duty in self.duties))

    @cached_property
    def meeting_seats(self) -> tuple[Seat, ...]:
        """The seats of the meetings; one that has no row in the table has one required seat, `lead`.

        Such a seat has the continuity of the seats of that name in its series.
        """
        seated = {row.meeting for row in self.seats}
        series = {row.meeting: row.series for row in self.meetings if row.series is not None}
        asked = {
            series[row.meeting]: row.continuity for row in self.seats if row.seat == LEAD and row.meeting in series
        }
        bare = (row for row in self.meetings if row.meeting not in seated)
        return (
            *self.seats,
            *(
                Seat(meeting=row.meeting, seat=LEAD, role="lead", continuity=asked.get(row.series or "", "none"))
                for row in bare
            ),
        )

    @cached_property
    def all_seats(self) -> tuple[Seat, ...]:
        """The seats of the meetings, then the one seat of each duty."""
        return (*self.meeting_seats, *(duty.as_seat for duty in self.duties))

    @cached_property
    def _duties(self) -> Mapping[str, Duty]:
        return {row.duty: row for row in self.duties}

    @cached_property
    def kind_of_duty(self) -> Mapping[str, str]:
        """The kind of each duty, which is also the name of its seat."""
        return {row.duty: row.kind for row in self.duties}

    @cached_property
    def _meetings(self) -> Mapping[str, Meeting]:
        return {row.meeting: row for row in self.all_meetings}

    @cached_property
    def _facilitators(self) -> Mapping[str, Facilitator]:
        return {row.facilitator: row for row in self.facilitators}

    @cached_property
    def _seats(self) -> Mapping[tuple[str, str], Seat]:
        return {(row.meeting, row.seat): row for row in self.all_seats}

    @cached_property
    def _seats_of(self) -> Mapping[str, tuple[Seat, ...]]:
        return grouped(self.all_seats, lambda row: row.meeting)

    @cached_property
    def _stakes_of(self) -> Mapping[str, tuple[Stake, ...]]:
        return grouped((*self.stakes, *(row for duty in self.duties for row in duty.stakes)), lambda row: row.meeting)

    @cached_property
    def _slots_of(self) -> Mapping[str, tuple[Slot, ...]]:
        return grouped(sorted(self.slots, key=lambda row: row.start), lambda row: row.meeting)

    @cached_property
    def _requirements_of(self) -> Mapping[tuple[str, str | None], tuple[Requirement, ...]]:
        """Requirements by meeting and seat; whatever is asked for a duty is asked of who takes it."""

        def place(row: Requirement) -> tuple[str, str | None]:
            duty = self._duties.get(row.meeting)
            return row.meeting, row.seat if duty is None else duty.kind

        return grouped(self.requirements, place)

    def meeting(self, meeting: str) -> Meeting:
        """Return the meeting with that id; a duty as a meeting without a time.

        Raises
        ------
        UnknownId
            There is none; a KeyError.
        """
        try:
            return self._meetings[meeting]
        except (KeyError, TypeError):
            raise UnknownId.of("meeting", meeting, self._meetings) from None

    def facilitator(self, facilitator: str) -> Facilitator:
        """Return the facilitator with that id.

        Raises
        ------
        UnknownId
            There is none; a KeyError.
        """
        try:
            return self._facilitators[facilitator]
        except (KeyError, TypeError):
            raise UnknownId.of("facilitator", facilitator, self._facilitators, "in the pool") from None

    def seat(self, meeting: str, seat: str) -> Seat:
        """Return the seat of a meeting.

        Raises
        ------
        UnknownId
            There is no such meeting, or it has no such seat; a KeyError.
        """
        try:
            return self._seats[meeting, seat]
        except (KeyError, TypeError):
            known = [row.seat for row in self.seats_of(self.meeting(meeting).meeting)]
            raise UnknownId.of("seat", seat, known, f"a seat of {meeting}") from None

    def seats_of(self, meeting: str) -> tuple[Seat, ...]:
        """Return the seats of a meeting."""
        return self._seats_of.get(meeting, ())

    def stakes_of(self, meeting: str) -> tuple[Stake, ...]:
        """Return the parties of a meeting with their grades."""
        return self._stakes_of.get(meeting, ())

    def requirements_of(self, meeting: str, seat: str | None) -> tuple[Requirement, ...]:
        """Return what a seat asks for, or with None what the team as a whole must bring."""
        return self._requirements_of.get((meeting, seat), ())

    def is_duty(self, meeting: str) -> bool:
        """Tell whether that is the id of a duty: work without a time."""
        return meeting in self._duties

    def slots_of(self, meeting: str) -> tuple[Slot, ...]:
        """Return the slots of a flexible meeting in order of time; none of any other."""
        return self._slots_of.get(meeting, ())

    def times(self, meeting: Meeting) -> tuple[Span, ...]:
        """Return when a meeting may be held, in order of time: one span, one per slot if flexible, none for a duty.

        Of a past meeting that is when it was held. Slots before today are among those of a flexible meeting that is
        still to come, though no roster may choose them; `open_times` leaves them out.
        """
        was = self.frozen.get(meeting.meeting)
        if was is not None:
            return ((was.start, was.end),)
        if meeting.start is not None and meeting.end is not None:
            return ((meeting.start, meeting.end),)
        return tuple((slot.start, slot.end) for slot in self.slots_of(meeting.meeting))

    def open_times(self, meeting: Meeting) -> tuple[Span, ...]:
        """Return when a meeting may be held as of today; of a past one when it was."""
        times = self.times(meeting)
        if meeting.meeting in self.frozen:
            return times
        return tuple(span for span in times if not self.period.is_past(span[0]))

    def day(self, meeting: str, start: datetime | None = None) -> date:
        """Return the local date a meeting belongs to when it starts then; by default at its first possible start.

        A duty belongs to the first day of the period.
        """
        if start is None:
            times = self.open_times(self.meeting(meeting))
            if not times:
                return self.period.start
            start = times[0][0]
        return self.period.local_day(start)

    @cached_property
    def _series(self) -> Mapping[str, tuple[Meeting, ...]]:
        def order(row: Meeting) -> tuple[int, datetime, str]:
            start = row.start or self.slots_of(row.meeting)[0].start
            return row.session or 0, start, row.meeting

        members = sorted((row for row in self.meetings if row.series is not None), key=order)
        return grouped(members, lambda row: row.series or "")

    @property
    def series(self) -> Mapping[str, tuple[Meeting, ...]]:
        """The meetings of each series, in order of session; without sessions by their start or first slot."""
        return self._series

    def holding(self, series: str, seat: str) -> tuple[Meeting, ...]:
        """Return the meetings of a series that have a seat of that name, in order."""
        return tuple(row for row in self._series.get(series, ()) if (row.meeting, seat) in self._seats)

    @cached_property
    def continued(self) -> Mapping[tuple[str, str], tuple[Seat, ...]]:
        """Seats that ask for continuity, by series and name, in the order of their meetings."""
        asked = {
            (series, seat.seat)
            for series, members in self._series.items()
            for row in members
            for seat in self.seats_of(row.meeting)
            if seat.continuity != "none"
        }
        return {
            (series, name): tuple(self._seats[row.meeting, name] for row in self.holding(series, name))
            for series, name in sorted(asked)
        }

    @cached_property
    def _past_of_seat(self) -> Mapping[tuple[str | None, str | None], tuple[Past, ...]]:
        return grouped(self.past, lambda row: (row.series, row.seat))

    def past_sessions(self, series: str, seat: str) -> tuple[Past, ...]:
        """Return who held a seat of a series in history, the latest first; also who has left since.

        What began at one moment is ordered by the ids of meeting and person, whatever the order of the rows.
        """
        rows = list(self._past_of_seat.get((series, seat), ()))
        never = datetime.min.replace(tzinfo=UTC)
        rows.sort(key=lambda row: (row.start or never, row.meeting, row.facilitator), reverse=True)
        return tuple(rows)

    @cached_property
    def webs(self) -> Webs:
        """The links between organisations, day by day."""
        return Webs(self.links)

    @cached_property
    def _of_person(self) -> Mapping[str, Mapping[str, tuple[Any, ...]]]:
        tables = (self.skills, self.serves, self.availability, self.strikes, self.preferences, self.ties, self.waivers)
        return {rows[0].table: grouped(rows, lambda row: row.facilitator) for rows in tables if rows}

    def about(self, facilitator: str, table: str) -> tuple[Any, ...]:
        """Return the rows about a facilitator of a table: skills, serves, availability, strikes, ties and the like."""
        return self._of_person.get(table, {}).get(facilitator, ())

    @cached_property
    def _pairings_of(self) -> Mapping[str, tuple[int, ...]]:
        ends = [(name, number) for number, row in enumerate(self.pairings) for name in (row.first, row.second)]
        return {name: tuple(n for _, n in found) for name, found in grouped(ends, lambda end: end[0]).items()}

    def pairings_of(self, facilitator: str) -> tuple[int, ...]:
        """Return the positions of the pairs that a facilitator is part of, from 0."""
        return self._pairings_of.get(facilitator, ())

    @cached_property
    def _ties_of(self) -> Mapping[str, tuple[Tie, ...]]:
        def employer(row: Facilitator) -> tuple[Tie, ...]:
            if row.organisation is None:
                return ()
            return (Tie(facilitator=row.facilitator, kind="employee", organisation=row.organisation),)

        return {row.facilitator: employer(row) + self.about(row.facilitator, "ties") for row in self.facilitators}

    def ties_of(self, facilitator: str) -> tuple[Tie, ...]:
        """Return the ties of a facilitator: first the employer's, then the rows of the table in their order."""
        return self._ties_of[self.facilitator(facilitator).facilitator]

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
        return frozenset(self._meetings)

    @cached_property
    def seat_keys(self) -> frozenset[tuple[str, str]]:
        """Every (meeting, seat), and every (duty, kind)."""
        return frozenset(self._seats)

    @cached_property
    def facilitator_ids(self) -> frozenset[str]:
        """Ids of all facilitators."""
        return frozenset(self._facilitators)

    # --- the past ----------------------------------------------------------------------------------------

    @cached_property
    def past(self) -> tuple[Past, ...]:
        """History without the rows of meetings that are planned here; of those `frozen` tells."""
        return tuple(row for row in self.history if row.meeting not in self.occasion_ids)

    @cached_property
    def _worked_out(self) -> dict[Hashable, Any]:
        return {}

    def memo(self, key: Hashable, build: Callable[[], R]) -> R:
        """Return what was worked out from these tables before, or work it out now."""
        if key not in self._worked_out:
            self._worked_out[key] = build()
        value: R = self._worked_out[key]
        return value

    @cached_property
    def frozen(self) -> Mapping[str, Frozen]:
        """The meetings planned here that began before today, by id: when they were held, and by whom."""
        return frozen_meetings(self)

    @cached_property
    def departed(self) -> tuple[Departed, ...]:
        """The seats of past meetings that were held by people who are no longer in the pool."""
        return tuple(departed_holders(self))

    @cached_property
    def open_pins(self) -> tuple[Pin, ...]:
        """The pins that bind: those on past meetings do not."""
        return tuple(pin for pin in self.pins if pin.meeting not in self.frozen)

    @cached_property
    def _open_pins_of(self) -> Mapping[str, tuple[Pin, ...]]:
        return grouped(self.open_pins, lambda pin: pin.meeting)

    def open_pins_of(self, meeting: str) -> tuple[Pin, ...]:
        """Return the pins of a meeting or duty that bind."""
        return self._open_pins_of.get(meeting, ())

    def all_past(self, meetings: Iterable[str]) -> bool:
        """Tell whether of some meetings, at least one, none is still to come.

        Meetings that are not planned here are those of history. A duty is never past.
        """
        names = tuple(meetings)
        return bool(names) and all(name in self.frozen or name not in self.occasion_ids for name in names)

    def row_number(self, row: Row) -> int:
        """Return the data row of a row in its table, counted from 1."""
        return next(n for n, other in enumerate(getattr(self, row.table), 1) if other is row or other == row)


def must_be_problem(value: object) -> None:
    """Raise TypeError where ``problem`` is no problem, with what to write instead."""
    if isinstance(value, str | os.PathLike):
        remedy = "read it first, by poolmatch.read(path)"
    elif isinstance(value, Mapping):
        remedy = "write Problem(**tables), or Problem.from_frames(frames)"
    else:
        remedy = "make one by poolmatch.read(path) or Problem(...)"
    must_be(value, Problem, "problem", remedy)
