"""Edit `time`: somebody gives some hours in which they were not available."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from typing import ClassVar

from poolmatch.domain.calendar import Availability, Period, Span, merged
from poolmatch.domain.presence import is_whole_days
from poolmatch.domain.problem import Problem
from poolmatch.domain.row import Row
from poolmatch.domain.values import days_later, midnight
from poolmatch.edits.edit import Cells, Changes, Edit, altered, instant
from poolmatch.errors import EditRefused
from poolmatch.words import Words

HALF_A_DAY = timedelta(hours=4)
ENDS_FIRST = Words("the hours end before they begin; swap them", "de uren eindigen voor ze beginnen; draai ze om")


@dataclass(frozen=True)
class TimeGiven(Edit):
    """A facilitator is available for a while, whatever their own rows say.

    What is left of a day or a leave stays taken, in whole days where it was given in days. Who has not joined the pool
    or has left it stays away.

    Attributes
    ----------
    facilitator
        Who.
    start, end
        From when until when; without an offset by the clock of the period.
    """

    kind: ClassVar[str] = "time"
    tables: ClassVar[tuple[str, ...]] = ("availability",)
    discreet: ClassVar[bool] = True

    facilitator: str
    start: datetime
    end: datetime

    @property
    def words(self) -> Words:
        """Who would give which hours."""
        return Words(
            "Ask {who} to be available from {start} to {end}.",
            "Vraag {who} beschikbaar te zijn van {start} tot {end}.",
            who=self.facilitator,
            start=self.start,
            end=self.end,
        )

    @property
    def price(self) -> float:
        """2 for each half day of four hours that is begun."""
        return 2.0 * ceil((self.end - self.start) / HALF_A_DAY)

    def changes(self, problem: Problem) -> Changes:
        """Take the hours out of what is unavailable, and put them into what is available where that is limited."""
        problem.facilitator(self.facilitator)
        hours = instant(problem, self.start), instant(problem, self.end)
        if hours[1] <= hours[0]:
            raise EditRefused(ENDS_FIRST)
        period, rows, changed = problem.period, list[Row | Cells](), False
        for row in problem.availability:
            left = None
            if row.facilitator == self.facilitator and row.kind == "unavailable":
                left = _left_of(row, hours, period)
            rows += [row] if left is None else left
            changed |= left is not None
        open_rows = [row for row in problem.about(self.facilitator, "availability") if row.kind == "available"]
        windows = merged([span for row in open_rows for span in row.spans(period)])
        if open_rows and not any(opens <= hours[0] and hours[1] <= closes for opens, closes in windows):
            rows.append(_row(self.facilitator, *hours, "available"))
            changed = True
        return {"availability": rows} if changed else {}


def _left_of(row: Availability, hours: Span, period: Period) -> list[Row | Cells] | None:
    """Return what is left of an unavailable row without some hours, None where it does not touch them."""
    spans = list(row.spans(period))
    touched = [span for span in spans if span[0] < hours[1] and hours[0] < span[1]]
    if not touched:
        return None
    if row.rrule is None:
        return list(_pieces(row, spans[0], hours, period))
    days = {period.local_day(opens) for opens, _ in touched}
    left: list[Row | Cells] = [altered(row, **{"except": (*row.excepted, *sorted(days))})]
    for span in spans:
        if period.local_day(span[0]) in days:
            left += _pieces(row, span, hours, period)
    return left


def _pieces(row: Availability, span: Span, hours: Span, period: Period) -> Iterator[Cells]:
    """Yield what is left of one span of a row, before the hours and after them."""
    for opens, closes in ((span[0], min(span[1], hours[0])), (max(span[0], hours[1]), span[1])):
        if opens < closes:
            yield from _as_rows(row, opens, closes, period)


def _as_rows(row: Availability, opens: datetime, closes: datetime, period: Period) -> Iterator[Cells]:
    """Yield rows for a span: whole days as days where the row was given in days, the rest as instants."""
    name = row.facilitator
    first, after = period.local_day(opens), period.local_day(closes)
    if midnight(first, period.zone) < opens:
        first = days_later(first, 1)
    if not is_whole_days(row) or after <= first:
        yield _row(name, opens, closes)
        return
    if opens < midnight(first, period.zone):
        yield _row(name, opens, midnight(first, period.zone))
    yield _row(name, first, days_later(after, -1))
    if midnight(after, period.zone) < closes:
        yield _row(name, midnight(after, period.zone), closes)


def _row(name: str, start: date, end: date, kind: str = "unavailable") -> Cells:
    return {"facilitator": name, "start": start, "end": end, "kind": kind}
