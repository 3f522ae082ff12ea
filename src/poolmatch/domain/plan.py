"""A roster laid on its problem: what judges read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

from poolmatch.domain.assignments import Assignment, Placement, SeatAt, assignment
from poolmatch.domain.grouping import grouped
from poolmatch.domain.people import Pairing
from poolmatch.domain.problem import Problem, must_be_problem
from poolmatch.domain.roster import Roster, RosterRow, completed, must_be_roster
from poolmatch.domain.roster_issues import roster_issues
from poolmatch.domain.spelling import duty_seat
from poolmatch.errors import ProblemError

T = TypeVar("T")
EligibleFor = Callable[[Collection[SeatAt]], Mapping[SeatAt, Collection[str]]]
"""Tells of some seats who is possible there, in the order of the problem."""


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
        issues = list(roster_issues(problem, roster))
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
