"""A roster: who takes which seat."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, field_serializer

from poolmatch.domain.arguments import must_be
from poolmatch.domain.calendar import Period
from poolmatch.domain.digest import digest
from poolmatch.domain.people import Role
from poolmatch.domain.problem import Problem, must_be_problem
from poolmatch.domain.row import Row
from poolmatch.domain.values import Closed, Id, Instant, SeatId, Text, YesNo
from poolmatch.errors import UnknownId
from poolmatch.messages import ids
from poolmatch.on_use import higher

if TYPE_CHECKING:
    from pandas import DataFrame

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


class EditedRow(RosterRow):
    """A row of a roster as a coordinator edits it."""

    pin: Annotated[
        YesNo | None,
        Field(description="Yes: stays so when a roster is made from this one; no: not pinned; blank: as pins say."),
    ] = None


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
    _flexible: frozenset[str] = PrivateAttr(default=frozenset())
    _marks: Mapping[tuple[str, str], bool] = PrivateAttr(default_factory=dict)

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

    diff: ClassVar[Callable[..., Any]] = higher("poolmatch.explain", "compare")
    """Return what another roster has otherwise than this one; see `poolmatch.compare`."""

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
        copy._flexible = frozenset(row.meeting for row in problem.slots)  # noqa: SLF001
        return copy

    @property
    def timeless(self) -> frozenset[str]:
        """Ids of meetings that can be held at several times and have none, of the problem it was made or read for."""
        timed = {row.meeting for row in self.rows if row.start is not None}
        return frozenset(row.meeting for row in self.rows if row.meeting in self._flexible) - timed

    @property
    def marks(self) -> Mapping[tuple[str, str], bool]:
        """What the file it was read from says of pins: whether a seat is pinned, by meeting and seat; see `pinned`."""
        return self._marks

    def marked(self, marks: Mapping[tuple[str, str], bool]) -> Self:
        """Return a copy that says of some seats whether they are pinned."""
        copy = self.model_copy()
        copy._marks = dict(marks)  # noqa: SLF001 - a copy of itself
        return copy

    def _place(self, meeting: str, seat: str) -> int:
        """Return where the first row of a seat stands."""
        for place, row in enumerate(self.rows):
            if row.meeting == meeting and row.seat == seat:
                return place
        seats = [row.seat for row in self.rows if row.meeting == meeting]
        if seats:
            raise UnknownId.of(ids.SEAT, seat, seats, ids.NO_SEAT_IN_ROSTER.fill(meeting=meeting))
        raise UnknownId.of(ids.MEETING, meeting, {row.meeting for row in self.rows}, ids.NOT_IN_ROSTER)

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
                raise UnknownId.of(ids.FACILITATOR, facilitator, known, ids.NOT_IN_POOL)
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
    def fingerprint(self) -> str:
        """Digest of who holds which seat, and when: whatever order the rows have, and by whatever clock."""
        held = sorted(
            (row.meeting, row.seat, row.facilitator, row.start.astimezone(UTC).isoformat() if row.start else "")
            for row in self.rows
            if row.facilitator is not None
        )
        return digest(held)

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
