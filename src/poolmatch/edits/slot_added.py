"""Edit `slot`: a meeting can be held at another time as well."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import ClassVar

from poolmatch.domain.problem import Problem
from poolmatch.edits.edit import Changes, Edit, instant, must_be_to_come, with_altered
from poolmatch.errors import EditRefused
from poolmatch.words import Words

OTHER_END = Words(
    "{meeting} has a time that begins then and ends otherwise; move the meeting instead",
    "{meeting} heeft al een tijdstip dat dan begint en anders eindigt; verplaats de bijeenkomst",
)
DAYS = 7
"""So many days before and after it, another time is looked for."""
HOURS = (-4, 4)
"""And so many hours earlier and later on the day itself."""
FIRST, LAST = time(8), time(23)
"""Between these hours."""


@dataclass(frozen=True)
class SlotAdded(Edit):
    """A meeting can be held at one time more: a fixed one becomes flexible, with its own time as the other slot.

    Attributes
    ----------
    meeting
        Which.
    start, end
        The slot; without an offset by the clock of the period.
    """

    kind: ClassVar[str] = "slot"
    tables: ClassVar[tuple[str, ...]] = ("meetings", "slots")

    meeting: str
    start: datetime
    end: datetime

    @property
    def words(self) -> Words:
        """What would be possible."""
        return Words(
            "Let {meeting} be held at {start} as well.",
            "Laat {meeting} ook op {start} plaatsvinden.",
            meeting=self.meeting,
            start=self.start,
        )

    @property
    def price(self) -> float:
        """2."""
        return 2.0

    @property
    def starts(self) -> tuple[datetime, ...]:
        """The slot."""
        return (self.start,)

    def changes(self, problem: Problem) -> Changes:
        """Add the slot, and before it the time of a fixed meeting."""
        must_be_to_come(problem, self.meeting)
        row = problem.meeting(self.meeting)
        start, end = instant(problem, self.start), instant(problem, self.end)
        ends = dict(problem.times(row))
        if start in ends:
            if ends[start] != end:
                raise EditRefused(OTHER_END.fill(meeting=self.meeting))
            return {}
        slot = {"meeting": self.meeting, "start": start, "end": end}
        if row.start is None:
            return {"slots": [*problem.slots, slot]}
        fixed = {"meeting": self.meeting, "start": row.start, "end": row.end}
        meetings = with_altered(problem.meetings, row, start=None, end=None)
        return {"meetings": meetings, "slots": [*problem.slots, fixed, slot]}

    @classmethod
    def proposed(cls, problem: Problem, meeting: str, seat: str) -> Iterator[Edit]:  # noqa: ARG003 - a time for all
        """Yield other times in the period: on the day itself, then on the days around it, the nearest first.

        Another hour is one of daytime or evening.
        """
        if meeting in problem.frozen or problem.is_duty(meeting):
            return
        period, known = problem.period, problem.times(problem.meeting(meeting))
        shifts = [timedelta(hours=hours) for hours in HOURS]
        shifts += [timedelta(days=sign * days) for days in range(1, DAYS + 1) for sign in (1, -1)]
        start, end = known[0]
        for shift in shifts:
            local = start.astimezone(period.zone).replace(tzinfo=None) + shift
            moment = local.replace(tzinfo=period.zone).astimezone(UTC)  # a time that the clock skips moves on
            slot = period.local_time(moment), period.local_time(moment + (end - start))
            inside = period.span[0] <= moment < period.span[1] and not period.is_past(moment)
            hourly = FIRST <= slot[0].time() < slot[1].time() <= LAST or not shift % timedelta(days=1)
            if inside and hourly and moment not in dict(known):
                yield cls(meeting, *slot)
