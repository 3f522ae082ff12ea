"""What a wish is: a preference, or a time to prefer or to avoid; which seats it is about, and whether it is granted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property

import numpy as np

from poolmatch.arrays import OPEN, Arrays, Candidates, Ints, Spans, second
from poolmatch.checking import Report
from poolmatch.domain.assignments import Assignment, SeatAt
from poolmatch.domain.calendar import Availability, Period, merged
from poolmatch.domain.people import Preference
from poolmatch.domain.problem import Problem
from poolmatch.domain.scores import matching
from poolmatch.solving.granting import Wished
from poolmatch.solving.nearby import Asked
from poolmatch.words import Words

Wish = Preference | Availability
"""A row of the tables in which somebody says what they would like."""

SCORE = Words("{what}, score {score:g}", "{what}, score {score:g}")
PREFERRED = Words("{when}, preferred", "{when}, graag")
AVOIDED = Words("{when}, to be avoided", "{when}, liever niet")
HOURS = Words("{start} to {end}", "{start} tot {end}")
DAYS = Words("{start} up to and including {end}", "{start} tot en met {end}")
RECURRING = Words("{when}, recurring", "{when}, herhaald")
NO_WISH = Words(
    "{who} has no such wish; hand over one of poolmatch.wishes_of",
    "{who} heeft zo'n wens niet; geef er een van poolmatch.wishes_of",
)


def wishes_of(problem: Problem, facilitator: str) -> tuple[Wish, ...]:
    """Return what somebody wishes: rows of `preferences`, then those of `availability` that are wishes, in order.

    A score of 0 wishes nothing. Each can be handed to `poolmatch.why_not_wish`.

    Parameters
    ----------
    problem
        The problem.
    facilitator
        Id.

    Raises
    ------
    UnknownId
        The problem has no such facilitator; a KeyError.
    """
    problem.facilitator(facilitator)
    scores = (row for row in problem.about(facilitator, "preferences") if row.score)
    times = (row for row in problem.about(facilitator, "availability") if row.kind in ("prefer", "avoid"))
    return (*scores, *times)


def must_be_wish(problem: Problem, facilitator: str, wish: object) -> Wish:
    """Return a wish of somebody; raise UnknownId where there is no such person, and ValueError where it is none."""
    for row in wishes_of(problem, facilitator):
        if row == wish:
            return row
    raise ValueError(NO_WISH.fill(who=facilitator))


def words_of(wish: Wish, period: Period) -> Words:
    """Return a wish in words, by ids alone, with its times by the clock of the period."""
    if isinstance(wish, Preference):
        return SCORE.fill(what=wish.meeting or wish.theme or wish.region or wish.organisation, score=wish.score)
    told = PREFERRED if wish.kind == "prefer" else AVOIDED
    when = _when(wish, period)
    return told.fill(when=when if wish.rrule is None else RECURRING.fill(when=when))


def _when(wish: Availability, period: Period) -> Words | date:
    """Return from when until when a time is wished, or the one day of it; a bare date as an end is a whole day."""
    if wish.start == wish.end:  # of a day alone: an hour that ended when it began would be no time
        return wish.start
    start, end = (
        period.local_time(moment) if isinstance(moment, datetime) else moment for moment in (wish.start, wish.end)
    )
    return (HOURS if isinstance(end, datetime) else DAYS).fill(start=start, end=end)


@dataclass(frozen=True)
class Wanted:
    """A wish, and what it is about in a problem.

    Attributes
    ----------
    wish
        The row.
    world
        The problem as numbers.
    """

    wish: Wish
    world: Arrays

    @cached_property
    def work(self) -> bool:
        """Whether it is granted by work that it is about, one seat at least, rather than by none."""
        return self.wish.score > 0 if isinstance(self.wish, Preference) else self.wish.kind == "prefer"

    @cached_property
    def person(self) -> int:
        """Position of who wishes."""
        return self.world.positions[self.wish.facilitator]

    @cached_property
    def rows(self) -> Ints:
        """Positions of the occasions that it is about, the past included.

        One about an organisation is about every meeting of which that is a party. A time to avoid is about what lies in
        it in part; a preferred time about what lies in times that are preferred as a whole, and in this one in part.
        """
        wish, world, occasions = self.wish, self.world, self.world.occasions
        if isinstance(wish, Preference):
            names = (row.meeting for row in world.meetings)
            about = [name for name in names if wish in matching(world.problem, wish.facilitator, name)]
            return np.flatnonzero(np.isin(occasions.meeting, [world.meeting_positions[name] for name in about]))
        spans = Spans.of(merged(list(wish.spans(world.problem.period))))
        inside = occasions.timed & spans.touch(occasions.opens, occasions.closes)
        if wish.kind == "prefer":
            inside &= world.person(self.person).likes.cover(occasions.opens, occasions.closes)
        return np.flatnonzero(inside)

    @cached_property
    def places(self) -> tuple[tuple[int, SeatAt], ...]:
        """Of what it is about and is still to come: the position of each occasion, and meeting, seat and start."""
        world = self.world
        to_come = (world.held[world.occasions.seat[self.rows]] == OPEN) & ~world.early[self.rows]
        still = self.rows[to_come].tolist()
        return tuple(zip(still, self._named(still), strict=True))

    def _named(self, rows: Iterable[int]) -> Iterator[SeatAt]:
        world = self.world
        for row in rows:
            seat = world.seats[world.occasions.seat[row]]
            timed = bool(world.occasions.timed[row])
            start = datetime.fromtimestamp(int(world.occasions.start[row]), UTC) if timed else None
            yield seat.meeting, seat.seat, start

    @property
    def wished(self) -> Wished:
        """The wish for the solver."""
        return Wished(self.person, self.rows, self.work)

    def asked(self, candidates: Candidates, *, granted: bool = True) -> Asked:
        """Return that it is granted, or that it is not, as what is asked of a roster.

        Parameters
        ----------
        candidates
            Of the same problem.
        granted
            Which of the two.
        """
        mine = np.flatnonzero((candidates.person == self.person) & np.isin(candidates.occasion, self.rows))
        return Asked(some=(mine,)) if self.work == granted else Asked(barred=mine)

    def held(self, report: Report) -> tuple[Assignment, ...]:
        """Return the work that it is about and that they have in a roster."""
        work = report.plan.work_of.get(self.wish.facilitator, ())
        return tuple(item for item in work if np.isin(self._rows_at(item.seat_at), self.rows).any())

    def _rows_at(self, place: SeatAt) -> Ints:
        meeting, seat, start = place
        rows = self.world.rows_of(self.world.seat_positions[meeting, seat])
        return rows if start is None else rows[self.world.occasions.start[rows] == second(start)]

    def granted(self, report: Report) -> bool:
        """Tell whether a roster grants it."""
        return bool(self.held(report)) == self.work
