"""A roster: who takes which seat, and that roster laid on its problem."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, field_serializer

from poolmatch.domain.arguments import must_be
from poolmatch.domain.calendar import Period, Span
from poolmatch.domain.grouping import grouped
from poolmatch.domain.hours import TICKS, ticks_of_meeting
from poolmatch.domain.meetings import Meeting, Seat
from poolmatch.domain.people import Facilitator, Pairing, Role
from poolmatch.domain.problem import Problem, must_be_problem
from poolmatch.domain.row import Row
from poolmatch.domain.spelling import duty_seat
from poolmatch.domain.values import Closed, Id, Instant, SeatId, Text
from poolmatch.errors import Issue, ProblemError, UnknownId, nearest

if TYPE_CHECKING:
    from pandas import DataFrame

T = TypeVar("T")
DegreeWord = Annotated[Literal["neutral", "avoid", "disclose", "waivable", "blocked"], Closed]


class RosterRow(Row):
    """One seat of a roster. A blank facilitator leaves the seat empty."""

    table: ClassVar[str] = "roster"
    required_table: ClassVar[bool] = True

    meeting: Annotated[Id, Field(description="Meeting or duty.")]
    seat: Annotated[SeatId, Field(description="Seat.")]
    role: Annotated[Role | None, Field(description="Role of the seat.")] = None
    facilitator: Annotated[Id | None, Field(description="Who takes it; blank = empty.")] = None
    start: Annotated[Instant | None, Field(description="Start.")] = None
    end: Annotated[Instant | None, Field(description="End.")] = None
    degree: Annotated[DegreeWord | None, Field(description="How ties bear on the meeting, for information.")] = None
    disclosure: Annotated[Text | None, Field(description="What the parties are to be told, for information.")] = None

    @field_serializer("start", "end", when_used="json")
    def _in_utc(self, moment: datetime | None) -> datetime | None:
        """Write instants as those of a problem are, whatever clock they are told by."""
        return None if moment is None else moment.astimezone(UTC)


class Roster(BaseModel):
    """Who takes which seat. Made by ``solve``, by hand, or read from a file.

    Parameters
    ----------
    rows
        One row for each seat; a seat without a row is empty. Two rows for one seat are possible, so that
        ``check`` can say what is wrong with them. Their times are instants: of a roster that was made by ``solve`` or
        ``check``, or read for a problem, with the local date, hour and offset.
    """

    model_config = ConfigDict(frozen=True)

    rows: tuple[RosterRow, ...] = ()

    _pool: frozenset[str] | None = PrivateAttr(default=None)
    _period: Period | None = PrivateAttr(default=None)

    def __eq__(self, other: object) -> bool:
        return self.rows == other.rows if isinstance(other, Roster) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.rows)

    def __repr__(self) -> str:
        return f"<Roster {self.filled} of {len(self.rows)} seats filled>"

    __str__ = __repr__

    if TYPE_CHECKING:  # bound in the shop window, because tables lie higher

        def to_frame(self, problem: Problem | None = None) -> DataFrame: ...  # noqa: D102
        @classmethod
        def from_frame(cls, frame: DataFrame, problem: Problem | None = None) -> Self: ...  # noqa: D102

    @classmethod
    def of(
        cls,
        problem: Problem,
        holders: Mapping[tuple[str, str], str | None],
        starts: Mapping[str, datetime] | None = None,
    ) -> Self:
        """Return a roster of every seat of the problem.

        Parameters
        ----------
        problem
            The problem whose seats are listed, in its order, and after them its duties.
        holders
            Facilitator by (meeting, seat); seats that are not named stay empty, those of past meetings as they were.
        starts
            Start of the slot that is chosen, by flexible meeting. One that is not named and has a holder takes its
            first slot from today on; without a holder its time stays open.

        Raises
        ------
        UnknownId
            The problem has no such meeting or seat; a KeyError.
        """
        must_be_problem(problem)
        held = {meeting for (meeting, _), holder in holders.items() if holder is not None}
        for key in holders:
            problem.seat(*key)
        for meeting in starts or ():
            problem.meeting(meeting)
        rows = []
        for seat in problem.all_seats:
            was = problem.frozen.get(seat.meeting)
            start, end = span_of(problem, seat.meeting, (starts or {}).get(seat.meeting), seat.meeting in held)
            rows.append(
                RosterRow(
                    meeting=seat.meeting,
                    seat=seat.seat,
                    role=seat.role or None,
                    facilitator=holders.get((seat.meeting, seat.seat)) or (was.holders[seat.seat] if was else None),
                    start=start,
                    end=end,
                )
            )
        return cls(rows=tuple(rows)).told_in(problem)

    def told_in(self, problem: Problem) -> Self:
        """Return the roster with its times by the clock of a problem, whose people it knows from then on."""
        local = problem.period.local_time

        def times(row: RosterRow) -> Mapping[str, datetime]:
            return {name: local(moment) for name in ("start", "end") if (moment := getattr(row, name)) is not None}

        copy = self.with_rows(times)
        copy._pool, copy._period = problem.facilitator_ids, problem.period  # noqa: SLF001 - a copy of itself
        return copy

    def _place(self, meeting: str, seat: str) -> int:
        """Return where the first row of a seat stands."""
        for place, row in enumerate(self.rows):
            if row.meeting == meeting and row.seat == seat:
                return place
        seats = [row.seat for row in self.rows if row.meeting == meeting]
        if seats:
            raise UnknownId.of("seat", seat, seats, f"a seat of {meeting} in this roster")
        raise UnknownId.of("meeting", meeting, {row.meeting for row in self.rows}, "in this roster")

    def holder(self, meeting: str, seat: str) -> str | None:
        """Return who takes a seat, or None when it is empty.

        Raises
        ------
        UnknownId
            The roster has no row for that seat; a KeyError.
        """
        return self.rows[self._place(meeting, seat)].facilitator

    def with_holder(self, meeting: str, seat: str, facilitator: str | None, start: datetime | None = None) -> Self:
        """Return a copy in which a seat is held by someone else, or by no one.

        Parameters
        ----------
        meeting, seat, facilitator
            Ids.
        start
            Start of the slot, for a flexible meeting that has none yet; otherwise the time of the meeting stays.

        Raises
        ------
        UnknownId
            The roster has no row for that seat, or was made for a problem without that facilitator; a KeyError. What
            was put together by hand knows no pool: ``check`` says who is not in it.
        """
        place = self._place(meeting, seat)
        if facilitator is not None and self._pool is not None and facilitator not in self._pool:
            known = self._pool | {row.facilitator for row in self.rows if row.facilitator is not None}
            if facilitator not in known:
                raise UnknownId.of("facilitator", facilitator, known, "in the pool")
        rows = [row for row in self.rows if (row.meeting, row.seat) != (meeting, seat)]
        fresh = self.rows[place]
        changes: dict[str, Any] = {"facilitator": facilitator, "degree": None, "disclosure": None}
        if start is not None and start != fresh.start:
            changes |= {"start": self._period.local_time(start) if self._period else start, "end": None}
        elif fresh.start is None:
            told = next((row for row in rows if row.meeting == meeting and row.start is not None), None)
            changes |= {"start": told.start, "end": told.end} if told else {}
        rows.insert(place, fresh.model_copy(update=changes))
        return self.model_copy(update={"rows": tuple(rows)})

    def with_rows(self, change: Callable[[RosterRow], Mapping[str, Any]]) -> Self:
        """Return a copy in which each row has the columns that ``change`` returns for it."""
        rows = tuple(row.model_copy(update=new) if (new := dict(change(row))) else row for row in self.rows)
        return self.model_copy(update={"rows": rows})

    @property
    def filled(self) -> int:
        """Number of seats with a facilitator."""
        return sum(row.facilitator is not None for row in self.rows)


def must_be_roster(value: object, name: str = "roster") -> None:
    """Raise TypeError where an argument is no roster, with what to write instead."""
    if isinstance(value, str | os.PathLike):
        remedy = "read it first, by poolmatch.read_roster(path, problem)"
    elif hasattr(value, "roster"):
        remedy = "take its attribute roster"
    elif hasattr(value, "columns"):
        remedy = "write Roster.from_frame(frame, problem)"
    else:
        remedy = "make one by solve(problem).roster, read_roster(path, problem) or Roster.of(problem, holders)"
    must_be(value, Roster, name, remedy)


def span_of(
    problem: Problem, meeting: str, start: datetime | None, held: bool = False
) -> tuple[datetime | None, datetime | None]:
    """Return start and end of a meeting as a roster tells them; of what is open, None.

    Parameters
    ----------
    problem, meeting
        The problem, and the id of the meeting or duty.
    start
        Start of the slot that is chosen, if one is. A past meeting is when it was.
    held
        Whether someone is assigned: then a flexible meeting without a chosen slot takes its first from today on.
    """
    was = problem.frozen.get(meeting)
    if was is not None:
        return was.start, was.end
    times = problem.times(problem.meeting(meeting))
    if start is None and times and (held or len(times) == 1):
        start = problem.open_times(problem.meeting(meeting))[0][0]
    return start, next((end for begin, end in times if begin == start), None)


@dataclass(frozen=True)
class Assignment:
    """One facilitator in one seat of one meeting, or with one duty."""

    meeting: Meeting
    """The meeting; of a duty, the duty as a meeting without a time."""
    seat: Seat
    facilitator: Facilitator
    day: date
    """Local date of the start; of a duty the first day of the period."""
    start: datetime | None
    """Start; None for a duty."""
    end: datetime | None

    @cached_property
    def ticks(self) -> int:
        """What the assignment takes, travel aside, in ticks of `poolmatch.domain.hours`."""
        return ticks_of_meeting(self.meeting, self.start, self.end)

    @property
    def seat_at(self) -> SeatAt:
        """Meeting, seat and start."""
        return self.meeting.meeting, self.seat.seat, self.start

    @property
    def hours(self) -> float:
        """What the assignment takes, travel aside, in hours."""
        return self.ticks / TICKS / 60


@dataclass(frozen=True)
class Placement(Assignment):
    """One facilitator in one seat of one meeting at one time."""

    start: datetime
    end: datetime
    week: tuple[int, int]
    """ISO year and week of the local date."""

    @cached_property
    def occupied(self) -> Span:
        """From the beginning of the setup to the end of the wrap-up."""
        return (
            self.start - timedelta(minutes=self.meeting.setup_minutes),
            self.end + timedelta(minutes=self.meeting.wrapup_minutes),
        )


def assignment(problem: Problem, row: RosterRow) -> Assignment:
    """Return what a row of a roster says, laid on its problem; a flexible meeting without a start takes its first.

    Raises
    ------
    KeyError
        The problem has no such meeting, seat or facilitator; or the row has no facilitator.
    """
    period, meeting = problem.period, problem.meeting(row.meeting)
    seat, person = problem.seat(row.meeting, row.seat), problem.facilitator(row.facilitator or "")
    times = problem.times(meeting)
    if not times:
        return Assignment(meeting, seat, person, period.start, None, None)
    start, end = next((span for span in times if span[0] == row.start), times[0])
    day = period.local_day(start)
    return Placement(meeting, seat, person, day, start, end, day.isocalendar()[:2])


SeatAt = tuple[str, str, datetime | None]
"""Meeting, seat and start; without a start the seat at any of its times. Of a duty its id, its kind and None."""
EligibleFor = Callable[[Collection[SeatAt]], Mapping[SeatAt, Collection[str]]]
"""Tells of some seats who is possible there, in the order of the problem."""


def completed(problem: Problem, roster: Roster) -> Roster:
    """Return a roster in which every seat of a past meeting has a row: one left out, or blank, is as it was.

    A row that names somebody stays as it is, whoever that is, and so does a time that a row gives.
    """
    if not problem.frozen:
        return roster
    named = {(row.meeting, row.seat) for row in roster.rows if row.facilitator is not None}
    rows, listed = list[RosterRow](), set[tuple[str, str]]()
    for row in roster.rows:
        was, key = problem.frozen.get(row.meeting), (row.meeting, row.seat)
        if was is None or key in named:
            rows.append(row)
        else:
            holder = was.holders[row.seat] if key not in listed else None
            rows.append(row.model_copy(update={"facilitator": holder, "start": row.start or was.start}))
        listed.add(key)
    for meeting, was in problem.frozen.items():
        for seat, holder in was.holders.items():
            if (meeting, seat) not in listed:
                rows.append(RosterRow(meeting=meeting, seat=seat, facilitator=holder, start=was.start, end=was.end))
    return roster.model_copy(update={"rows": tuple(rows)})


class Plan:
    """A roster laid on its problem: what judges read.

    Parameters
    ----------
    problem
        The problem.
    roster
        A roster of it. What it leaves out of the past, or leaves blank there, is as it was.
    eligible
        Who is possible where, for the few rules that ask who else could have come; by default everyone is everywhere.
        It is asked about many seats together, because that costs hardly more than one.

    Attributes
    ----------
    roster
        The roster, the past included.
    assignments
        All that is assigned, duties included, in the order of the roster; to people who are in the pool.
    departed
        The seats of past meetings that people held who are no longer in the pool.
    placements
        The assignments to meetings: those that have a time.
    pins
        The pins that bind.

    Raises
    ------
    ProblemError
        The roster names a meeting, seat or facilitator that the problem does not have, or contradicts it.
    """

    def __init__(self, problem: Problem, roster: Roster, eligible: EligibleFor | None = None) -> None:
        must_be_problem(problem)
        must_be_roster(roster)
        roster = _in_its_spelling(problem, roster)
        issues = list(_issues(problem, roster))
        if issues:
            raise ProblemError(issues)
        roster = completed(problem, roster)
        held = (row for row in roster.rows if row.facilitator in problem.facilitator_ids)  # others have left since
        self._lay(problem, roster, (assignment(problem, row) for row in held), eligible)

    def _lay(
        self, problem: Problem, roster: Roster, assignments: Iterable[Assignment], eligible: EligibleFor | None
    ) -> None:
        self.problem = problem
        self.roster = roster
        self.eligible = eligible or self._everyone
        held = {(row.meeting, row.seat, row.facilitator) for row in roster.rows} if problem.departed else ()
        self.departed = tuple(
            item for item in problem.departed if (item.meeting.meeting, item.seat.seat, item.facilitator) in held
        )
        self.assignments = tuple(assignments)
        self.placements = tuple(item for item in self.assignments if isinstance(item, Placement))
        self.pins = problem.open_pins
        self._memo: dict[Hashable, Any] = {}

    def part(self, meetings: Iterable[str], *more: RosterRow) -> Plan:
        """Return the plan of what is held of some meetings and duties only, and of some rows besides.

        It is laid out from this one, without looking at rows again, and the past is not filled in. Of the pins it has
        those of its meetings.

        Parameters
        ----------
        meetings
            Ids; the rows come in their order.
        more
            Further rows of people in the pool, which come last.
        """
        names = tuple(meetings)
        rows = (*(row for name in names for row in self._rows_at.get(name, ())), *more)
        laid = (item for name in names for item in self._at.get(name, ()))
        part = object.__new__(Plan)
        roster = Roster.model_construct(rows=rows)
        part._lay(self.problem, roster, (*laid, *(assignment(self.problem, row) for row in more)), self.eligible)
        part.pins = tuple(pin for name in names for pin in self.problem.open_pins_of(name))
        return part

    @cached_property
    def _at(self) -> Mapping[str, tuple[Assignment, ...]]:
        """Assignments by meeting or duty, in the order of the roster."""
        return grouped(self.assignments, lambda item: item.meeting.meeting)

    @cached_property
    def _rows_at(self) -> Mapping[str, tuple[RosterRow, ...]]:
        """What is held by meeting or duty, in the order of the roster."""
        return grouped((row for row in self.roster.rows if row.facilitator is not None), lambda row: row.meeting)

    def memo(self, key: Hashable, build: Callable[[], T]) -> T:
        """Return what a judge worked out for this roster before, or work it out now."""
        if key not in self._memo:
            self._memo[key] = build()
        value: T = self._memo[key]
        return value

    def _everyone(self, seats: Collection[SeatAt]) -> Mapping[SeatAt, Collection[str]]:
        people = tuple(row.facilitator for row in self.problem.facilitators)
        return dict.fromkeys(seats, people)

    @cached_property
    def _in_time(self) -> Sequence[Assignment]:
        """All assignments in order of time, duties last."""
        return sorted(
            self.assignments, key=lambda item: (item.start is None, (item.start, item.end) if item.start else ())
        )

    @cached_property
    def _placed(self) -> Sequence[Placement]:
        return [item for item in self._in_time if isinstance(item, Placement)]

    @cached_property
    def work_of(self) -> Mapping[str, tuple[Assignment, ...]]:
        """All assignments by facilitator, duties last; only those who have any."""
        return grouped(self._in_time, lambda item: item.facilitator.facilitator)

    @cached_property
    def of_facilitator(self) -> Mapping[str, tuple[Placement, ...]]:
        """Placements by facilitator, in order of time; only those who have any. Duties are not among them."""
        return grouped(self._placed, lambda item: item.facilitator.facilitator)

    @cached_property
    def of_meeting(self) -> Mapping[str, tuple[Placement, ...]]:
        """Placements by meeting, in order of time; only those that have any. Duties are not among them."""
        return grouped(self._placed, lambda item: item.meeting.meeting)

    def pairs(self, *kinds: str) -> Iterator[tuple[Pairing, str, tuple[str, ...]]]:
        """Yield each pair of some kinds, each meeting in which one or both sit, and who does.

        In the order of the problem, the meetings of a pair in order of time.
        """
        place = {name: number for number, name in enumerate(self.of_meeting)}
        numbers = {number for name in self.of_facilitator for number in self.problem.pairings_of(name)}
        for pair in (self.problem.pairings[number] for number in sorted(numbers)):
            if pair.kind in kinds:
                names = (pair.first, pair.second)
                there = {name: {item.meeting.meeting for item in self.of_facilitator.get(name, ())} for name in names}
                for meeting in sorted(set().union(*there.values()), key=place.__getitem__):
                    yield pair, meeting, tuple(name for name in names if meeting in there[name])

    def brings(self, meeting: str, skill: str, level: int, roles: Collection[str]) -> bool:
        """Tell whether someone in a meeting, in one of some roles, has a skill at a level on its day."""
        return any(
            self.problem.masters(item.facilitator.facilitator, skill, level, item.day)
            for item in self.of_meeting.get(meeting, ())
            if item.seat.role in roles
        )

    @cached_property
    def of_seat(self) -> Mapping[tuple[str, str], tuple[Assignment, ...]]:
        """Assignments by meeting and seat, or duty and kind; only seats that are filled."""
        return grouped(self._in_time, lambda item: (item.meeting.meeting, item.seat.seat))

    @cached_property
    def filled(self) -> frozenset[tuple[str, str]]:
        """Meeting and seat, or duty and kind, of what is held; also by people who have left since."""
        gone = ((item.meeting.meeting, item.seat.seat) for item in self.departed)
        return frozenset((*self.of_seat, *gone))


def _in_its_spelling(problem: Problem, roster: Roster) -> Roster:
    """Return the roster with the seats of duties in the spelling of their kinds, which are free words."""
    if not problem.duties:
        return roster
    kind_of = problem.kind_of_duty

    def change(row: RosterRow) -> Mapping[str, Any]:
        seat = duty_seat(kind_of, row.meeting, row.seat)
        return {} if seat == row.seat else {"seat": seat}

    return roster.with_rows(change)


def _issues(problem: Problem, roster: Roster) -> Iterable[Issue]:
    occasions, people = problem.occasion_ids, problem.facilitator_ids
    for number, row in enumerate(roster.rows, 1):
        if row.meeting not in occasions:
            hint = nearest(row.meeting, occasions)
            yield Issue(
                "roster", (number,), "meeting", "is not in the problem", hint + "correct the id", value=row.meeting
            )
        elif (row.meeting, row.seat) not in problem.seat_keys:
            hint = nearest(row.seat, [seat.seat for seat in problem.seats_of(row.meeting)])
            yield Issue(
                "roster", (number,), "seat", "is not a seat of that meeting", hint + "correct the id", value=row.seat
            )
        else:
            yield from _contradictions(problem, row, number)
        if row.facilitator is not None and row.facilitator not in people and not _as_it_was(problem, row):
            hint = nearest(row.facilitator, people)
            yield Issue(
                "roster", (number,), "facilitator", "is not in the pool", hint + "correct the id", value=row.facilitator
            )


def _as_it_was(problem: Problem, row: RosterRow) -> bool:
    """Tell whether a row names who held a seat of a past meeting."""
    was = problem.frozen.get(row.meeting)
    return was is not None and was.holders.get(row.seat) == row.facilitator


def _contradictions(problem: Problem, row: RosterRow, number: int) -> Iterable[Issue]:
    seat = problem.seat(row.meeting, row.seat)
    if row.role is not None and row.role != seat.role:
        remedy = f"write {seat.role}, or leave it blank" if seat.role else "leave it blank"
        yield Issue("roster", (number,), "role", "is not the role of that seat", remedy)
    if row.meeting in problem.frozen:
        return  # another time than it was is the business of the rule `past`
    times = problem.times(problem.meeting(row.meeting))
    if not times:
        if row.start is not None or row.end is not None:
            yield Issue(
                "roster", (number,), "start", "is given for a duty, which has no time", "leave start and end blank"
            )
    elif row.start is None and row.facilitator is not None and len(times) > 1:
        remedy = "copy the start of one of its slots"
        yield Issue("roster", (number,), "start", "is blank though the meeting can be held at several times", remedy)
    elif row.start is not None and row.start not in [start for start, _ in times]:
        yield Issue(
            "roster",
            (number,),
            "start",
            "is not when the meeting is held",
            "copy it from the problem, or leave it blank",
        )
    elif row.end is not None and (row.start or times[0][0], row.end) not in times:
        yield Issue(
            "roster", (number,), "end", "is not when the meeting ends", "copy it from the problem, or leave it blank"
        )
