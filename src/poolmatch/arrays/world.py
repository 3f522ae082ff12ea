"""The world: a problem as numbers, and each of its people."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar

import numpy as np

from poolmatch.arrays.columns import Bools, Codes, Ints, bools, bounds, floats, ints, second
from poolmatch.arrays.occasions import Demands, Occasions, Stakes
from poolmatch.arrays.people import FIRST_SECOND, LAST_SECOND, Learned, Spans
from poolmatch.domain.calendar import Availability, Span, merged, without
from poolmatch.domain.evenings import evening_begins
from poolmatch.domain.hours import ticks_of_meeting
from poolmatch.domain.meetings import GRADES
from poolmatch.domain.people import ROLES, Facilitator
from poolmatch.domain.presence import outside_pool
from poolmatch.domain.problem import Problem
from poolmatch.domain.values import midnight

T = TypeVar("T")

OPEN, NOBODY = -2, -1
"""Of a seat: it is still to be filled; it is past, and nobody of the pool held it."""


@dataclass(frozen=True)
class Person:
    """One facilitator as numbers.

    Attributes
    ----------
    world
        The arrays this person belongs to.
    position
        Position among the people.
    row
        The facilitator.
    roles
        Which roles they take; shape ``(roles,)``.
    skills
        Their skills.
    regions
        Numbers of the regions they serve, None for every region.
    free
        When they are in the pool and can work; None when nothing limits it.
    likes, dislikes
        When they would like, or would rather not, work.
    struck
        Pairs of party and meeting (-1 for every meeting of the party) that object to them; shape ``(strikes, 2)``.
    """

    world: Arrays
    position: int
    row: Facilitator
    roles: Bools
    skills: Learned
    regions: Ints | None
    free: Spans | None
    likes: Spans
    dislikes: Spans
    struck: Ints

    @cached_property
    def region(self) -> int:
        """Number of the region of their home, -1 when blank."""
        return self.world.regions.get(self.row.region)


def _spans(rows: Iterable[Availability], kind: str, problem: Problem) -> list[Span]:
    return merged([span for row in rows if row.kind == kind for span in row.spans(problem.period)])


class Arrays:
    """A problem as numbers.

    Parameters
    ----------
    problem
        The problem.
    seed
        Rows are sorted by id and then shuffled by this seed, so that nobody gains by the order of the rows.
    """

    def __init__(self, problem: Problem, seed: int = 0) -> None:
        self.problem, self.seed = problem, seed
        shuffle = np.random.default_rng(seed)

        def drawn(rows: Sequence[T], key: Callable[[T], Any]) -> tuple[T, ...]:
            ordered = sorted(rows, key=key)
            return tuple(ordered[place] for place in shuffle.permutation(len(ordered)))

        self.people = drawn(problem.facilitators, lambda row: row.facilitator)
        self.meetings = drawn(problem.all_meetings, lambda row: row.meeting)
        self.regions = Codes([row.region for row in problem.meetings] + [row.region for row in problem.facilitators])
        self.themes = Codes(row.theme for row in problem.meetings)
        self.series = Codes(row.series for row in problem.all_meetings)
        self.skills = Codes(row.skill for row in problem.requirements)
        self.organisations = Codes(row.organisation for row in problem.organisations)
        self.positions = {row.facilitator: place for place, row in enumerate(self.people)}
        self.meeting_positions = {row.meeting: place for place, row in enumerate(self.meetings)}
        order = self.meeting_positions
        self.seats = tuple(sorted(problem.all_seats, key=lambda seat: (order[seat.meeting], seat.seat)))
        self.seat_positions = {(seat.meeting, seat.seat): place for place, seat in enumerate(self.seats)}
        self.seats_at: tuple[tuple[int, ...], ...] = tuple(
            tuple(self.seat_positions[seat.meeting, seat.seat] for seat in problem.seats_of(row.meeting))
            for row in self.meetings
        )
        """Positions of the seats of each meeting."""
        self._memo: dict[Hashable, Any] = {}

    def memo(self, key: Hashable, build: Callable[[], T]) -> T:
        """Return what a rule worked out for this problem before, or work it out now."""
        if key not in self._memo:
            self._memo[key] = build()
        value: T = self._memo[key]
        return value

    @cached_property
    def occasions(self) -> Occasions:
        """Every seat at every slot, in the order of ``seats``."""
        problem, opening = self.problem, self.problem.period.span[0]
        rows: list[tuple[int, ...]] = []
        places: list[int] = []
        slots: dict[tuple[int, datetime | None], int] = {}
        for place, seat in enumerate(self.seats):
            meeting_place = self.meeting_positions[seat.meeting]
            meeting = self.meetings[meeting_place]
            role = ROLES.index(seat.role) if seat.role else -1
            for start, end in problem.times(meeting) or ((None, None),):
                slot = slots.setdefault((meeting_place, start), len(slots))
                day = problem.day(meeting.meeting, start).toordinal()
                begin, finish = second(start or opening), second(end or opening)
                opens, closes = begin - 60 * meeting.setup_minutes, finish + 60 * meeting.wrapup_minutes
                ticks = ticks_of_meeting(meeting, start, end)
                times = (begin, opens, closes, day, (day - 1) // 7, ticks)
                rows.append((place, meeting_place, slot, int(start is not None), role, *times))
                places.append(meeting_place)
        numbers = np.array(rows, np.int64).reshape(-1, 11)
        meetings = [self.meetings[place] for place in places]
        stakes = {
            row.meeting: [
                (self.organisations.get(stake.organisation), GRADES.index(stake.grade))
                for stake in problem.stakes_of(row.meeting)
            ]
            for row in self.meetings
        }
        demands = [
            [
                (self.skills.get(row.skill), row.level, int(row.kind == "required"))
                for row in problem.requirements_of(self.seats[place].meeting, self.seats[place].seat)
            ]
            for place in numbers[:, 0]
        ]
        seat_column, meeting_column, slot_column, timed, role_column, *times_columns = np.ascontiguousarray(numbers.T)
        starts, opens_column, closes_column, days, weeks, lengths = times_columns
        return Occasions(
            seat=seat_column,
            meeting=meeting_column,
            slot=slot_column,
            timed=timed == 1,
            role=role_column,
            start=starts,
            opens=opens_column,
            closes=closes_column,
            day=days,
            week=weeks,
            ticks=lengths,
            online=bools(row.online for row in meetings),
            region=ints(self.regions.get(row.region) for row in meetings),
            theme=ints(self.themes.get(row.theme) for row in meetings),
            series=ints(self.series.get(row.series) for row in meetings),
            contention=ints(("low", "normal", "high").index(row.contention) - 1 for row in meetings),
            lat=floats(row.lat for row in meetings),
            lon=floats(row.lon for row in meetings),
            stakes=Stakes.of([stakes[row.meeting] for row in meetings], 2),
            demands=Demands.of(demands, 3),
            meeting_rows=self.meetings,
            seat_rows=self.seats,
        )

    @cached_property
    def evening(self) -> Bools:
        """Which occasions last into the evening of their day, wrap-up aside; no duties."""
        occasions, period = self.occasions, self.problem.period
        days, place = np.unique(occasions.day, return_inverse=True)
        begins = ints(second(evening_begins(period, date.fromordinal(day))) for day in days.tolist())
        wrapup = ints(60 * row.wrapup_minutes for row in self.meetings)
        ends = occasions.closes - wrapup[occasions.meeting]
        return np.asarray(occasions.timed & (ends > begins[place]))

    @cached_property
    def held(self) -> Ints:
        """Position of the person who held each seat of the past, or ``NOBODY``; ``OPEN`` for what is to come."""
        frozen = self.problem.frozen
        return ints(
            self.positions.get(frozen[seat.meeting].holders[seat.seat] or "", NOBODY)
            if seat.meeting in frozen
            else OPEN
            for seat in self.seats
        )

    @cached_property
    def left_behind(self) -> Bools:
        """Which seats of the past were held by someone who is no longer in the pool: filled, by no person here."""
        gone = {(item.meeting.meeting, item.seat.seat) for item in self.problem.departed}
        return bools((seat.meeting, seat.seat) in gone for seat in self.seats)

    @cached_property
    def early(self) -> Bools:
        """Which occasions begin before today: the past, and slots that no roster may choose any more; no duties."""
        occasions, period = self.occasions, self.problem.period
        if period.today is None:
            return np.zeros(len(occasions), np.bool_)
        return np.asarray(occasions.timed & (occasions.start < second(midnight(period.today, period.zone))))

    def rows_of(self, seat: int) -> Ints:
        """Return the occasions of a seat: one per slot, in order of time."""
        edges = self.memo("seat edges", lambda: bounds(self.occasions.seat, len(self.seats)))
        return np.arange(edges[seat], edges[seat + 1])

    def person(self, position: int) -> Person:
        """Return one facilitator as numbers."""
        return self.memo(("person", position), lambda: self._person(position))

    def _person(self, position: int) -> Person:
        row = self.people[position]
        problem = self.problem
        times, serves = problem.about(row.facilitator, "availability"), problem.about(row.facilitator, "serves")
        windows = _spans(times, "available", problem) if any(item.kind == "available" for item in times) else None
        absent = merged([*_spans(times, "unavailable", problem), *outside_pool(row, problem.period)])
        free: Spans | None = None
        if windows is not None:
            free = Spans.of(without(windows, absent))
        elif absent:
            holes = Spans.of(absent)
            free = Spans(np.append(FIRST_SECOND, holes.closes), np.append(holes.opens, LAST_SECOND))
        learned = [
            (self.skills.get(skill.skill), skill.level, *skill.days)
            for skill in problem.about(row.facilitator, "skills")
        ]
        struck = [
            (self.organisations.get(strike.organisation), self.meeting_positions.get(strike.meeting, -1))
            for strike in problem.about(row.facilitator, "strikes")
        ]
        return Person(
            world=self,
            position=position,
            row=row,
            roles=bools(role in row.roles for role in ROLES),
            skills=Learned(*np.array(learned, np.int64).reshape(-1, 4).T),
            regions=ints(self.regions.get(item.region) for item in serves) if serves else None,
            free=free,
            likes=Spans.of(_spans(times, "prefer", problem)),
            dislikes=Spans.of(_spans(times, "avoid", problem)),
            struck=np.array(struck, np.int64).reshape(-1, 2),
        )
