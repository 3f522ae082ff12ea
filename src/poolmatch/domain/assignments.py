"""What a row of a roster says, laid on its problem: who, in which seat of which meeting, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from poolmatch.domain.calendar import Span
from poolmatch.domain.hours import TICKS, ticks_of_meeting
from poolmatch.domain.meetings import Meeting, Seat
from poolmatch.domain.people import Facilitator
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import RosterRow

SeatAt = tuple[str, str, datetime | None]
"""Meeting, seat and start; without a start the seat at any of its times. Of a duty its id, its kind and None."""


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
