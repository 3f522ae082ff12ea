"""The period, local days and weeks, and when people are available."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import Field, create_model, model_validator
from pydantic_core import PydanticCustomError

from poolmatch.domain.arguments import must_be
from poolmatch.domain.row import Row
from poolmatch.domain.values import (
    Closed,
    Day,
    Days,
    FacilitatorId,
    Moment,
    Text,
    ZoneName,
    days_later,
    midnight,
    wrong,
)
from poolmatch.messages import rows
from poolmatch.words import Words, grouped

MAX_OCCURRENCES = 10_000
MAX_STEPS = 100_000
"""Occurrences of a recurrence rule that are looked at, from its start: what lies before the period counts too."""
RECURRENCES = 128
"""Recurrences that are kept: in a pool many rows say the same, such as every Friday, and each is asked for often."""
AROUND_DAYS = 14
"""Days around the period in which occurrences still matter: occupied spans may begin before it and end after it."""

Span = tuple[datetime, datetime]
"""A half-open interval of instants in UTC."""


@cache
def zone_named(name: str) -> ZoneInfo:
    """Return the time zone of that IANA name."""
    return ZoneInfo(name)


@cache
def _fixed(offset: timedelta) -> timezone:
    return timezone(offset)


class Period(Row):
    """The days that are planned, in local dates."""

    table: ClassVar[str] = "period"
    required_table: ClassVar[bool] = True

    name: Annotated[Text, Field(description="What the period is called, such as March 2026.")]
    start: Annotated[Day, Field(description="First day.")]
    end: Annotated[Day, Field(description="Last day, inclusive.")]
    timezone: Annotated[ZoneName, Field(description="IANA name of the time zone, such as Europe/Amsterdam.")]
    today: Annotated[
        Day | None, Field(description="Day on which is planned: what began before it is past. Blank = nothing is past.")
    ] = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.end < self.start:
            raise wrong(rows.PERIOD_ENDS_FIRST, "end")
        return self

    @property
    def zone(self) -> ZoneInfo:
        """Time zone in which dates are meant."""
        return zone_named(self.timezone)

    @property
    def span(self) -> Span:
        """The period as instants."""
        return midnight(self.start, self.zone), midnight(days_later(self.end, 1), self.zone)

    def local_day(self, moment: datetime) -> date:
        """Return the local date of an instant."""
        return moment.astimezone(self.zone).date()

    def local_time(self, moment: datetime) -> datetime:
        """Return an instant by the local clock: the same instant, whose date, hour and offset are the local ones.

        The offset is a fixed one, so that instants are equal exactly if they are the same: with a named zone those in
        the hour that occurs twice would be equal to no instant in UTC.
        """
        offset = moment.astimezone(self.zone).utcoffset()
        assert offset is not None  # an aware datetime has one
        return moment.astimezone(_fixed(offset))

    def is_past(self, moment: datetime) -> bool:
        """Tell whether an instant lies before the local day that is today; nothing does when that is blank."""
        return self.today is not None and self.local_day(moment) < self.today

    def local_week(self, moment: datetime) -> tuple[int, int]:
        """Return ISO year and ISO week of an instant's local date."""
        return self.local_day(moment).isocalendar()[:2]


class _Recurring(Row):
    """The columns of `Availability` whose names can be declared."""

    table: ClassVar[str] = "availability"

    facilitator: Annotated[FacilitatorId, Field(description="Facilitator.")]
    start: Annotated[Moment, Field(description="Start: a moment, or a date for the whole day.")]
    end: Annotated[Moment, Field(description="End: a moment, or a date, whose whole day is included.")]
    kind: Annotated[
        Literal["available", "unavailable", "prefer", "avoid"],
        Closed,
        Field(description="available rows limit; unavailable subtracts; prefer and avoid are wishes."),
    ]
    rrule: Annotated[Text | None, Field(description="Recurrence (RFC 5545), such as FREQ=WEEKLY;BYDAY=FR.")] = None


if TYPE_CHECKING:
    _Excepting = _Recurring
else:  # the column is called by a reserved word, which no class body can declare
    _about = "Local days on which it does not recur, separated by ;. Needs rrule."
    _column = Annotated[Days, Field(description=_about)]
    _Excepting = create_model("_Excepting", __base__=_Recurring, **{"except": (_column, ())})


class Availability(_Excepting):
    """When a facilitator can, cannot, would like to or would rather not work; once or recurring."""

    @property
    def excepted(self) -> tuple[date, ...]:
        """The column ``except``: local days on which an occurrence that starts then is left out."""
        days: tuple[date, ...] = getattr(self, "except")
        return days

    @model_validator(mode="after")
    def _readable(self) -> Self:
        if self.rrule is not None:
            _check_rule(self.rrule)
        elif self.excepted:
            raise wrong(rows.EXCEPT_WITHOUT_RULE, "except")
        return self

    def spans(self, period: Period) -> Iterator[Span]:
        """Yield the spans as instants; of a recurring row those around the period.

        A recurrence rule without an end stops at the period's end; one with ``UNTIL`` or ``COUNT`` goes on a while,
        because a meeting may last beyond the period.

        Raises
        ------
        pydantic_core.PydanticCustomError
            The end is not after the start, the rule occurs too often, or the text of the rule cannot be read.
        """
        zone = period.zone
        first, last = _local(self.start, zone), _local(self.end, zone, end=True)
        if self.rrule is None:
            span = _instant(self.start, first, zone), _instant(self.end, last, zone)
            if span[1] <= span[0]:
                raise wrong(rows.END_BEFORE_START, "end")
            yield span
            return
        length = last - first
        if length <= timedelta(0):
            raise wrong(rows.END_BEFORE_START, "end")
        opens, closes = (moment.astimezone(zone).replace(tzinfo=None) for moment in period.span)
        spans = recurring(self.rrule, first, length, opens, closes, zone)
        if self.excepted:  # what is left out has been counted: COUNT=4 with one exception leaves three
            spans = tuple(span for span in spans if period.local_day(span[0]) not in self.excepted)
        yield from spans

    def idle_exceptions(self, period: Period) -> tuple[date, ...]:
        """Return the days in ``except`` on which no occurrence starts, whether in the period or not."""
        if self.rrule is None or not self.excepted:
            return ()
        left, last = set(self.excepted), max(self.excepted)
        for moment in islice(_parse(self.rrule, _local(self.start, period.zone), period.zone), MAX_STEPS):
            left.discard(moment.date())
            if not left or moment.date() > last:
                break
        return tuple(sorted(left))


@lru_cache(maxsize=RECURRENCES)
def recurring(
    rule: str, first: datetime, length: timedelta, opens: datetime, closes: datetime, zone: ZoneInfo
) -> tuple[Span, ...]:
    """Return the spans of a recurrence rule around the period from one clock time to another, as instants.

    Parameters
    ----------
    rule
        The rule, as RFC 5545 writes it.
    first, length
        Start of the first occurrence by the clock, and how long each takes.
    opens, closes
        The period, by the clock.
    zone
        Time zone of the clock.

    Raises
    ------
    pydantic_core.PydanticCustomError
        The rule occurs too often, or cannot be read.
    """
    bounded = re.search("UNTIL|COUNT", rule, re.IGNORECASE) is not None
    stop = closes + timedelta(days=AROUND_DAYS) if bounded else closes
    spans: list[Span] = []
    for step, moment in enumerate(_parse(rule, first, zone)):
        if moment >= stop:
            break
        if step >= MAX_STEPS or len(spans) >= MAX_OCCURRENCES:
            raise wrong(rows.TOO_MANY_TIMES.fill(most=grouped(MAX_OCCURRENCES), steps=grouped(MAX_STEPS)), "rrule")
        if moment + length >= opens - timedelta(days=AROUND_DAYS):
            spans.append((_settle(moment, zone), _settle(moment + length, zone)))
    return tuple(spans)


def _local(moment: date | datetime, zone: ZoneInfo, end: bool = False) -> datetime:
    """Return the clock time; a bare date begins, or as an end finishes, at midnight."""
    if isinstance(moment, datetime):
        return moment.astimezone(zone).replace(tzinfo=None)
    return datetime.combine(moment, datetime.min.time()) + timedelta(days=int(end))


def _instant(moment: date | datetime, local: datetime, zone: ZoneInfo) -> datetime:
    return moment if isinstance(moment, datetime) else midnight(local.date(), zone)


def _settle(local: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant of a recurring clock time: RFC 5545 moves a skipped one forward and takes the first of two."""
    return local.replace(tzinfo=zone, fold=0).astimezone(UTC)


_UNTIL = re.compile(r"(?<=UNTIL=)[^;]*", re.IGNORECASE)
_LAST = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?", re.IGNORECASE)
_RULE = re.compile(r"(RRULE:)?[A-Z]+=[A-Z0-9,+-]+(;[A-Z]+=[A-Z0-9,+-]+)*", re.IGNORECASE)


def _parse(text: str, first: datetime, zone: tzinfo) -> Iterator[datetime]:
    """Return the clock times of a recurrence rule, from its first occurrence on."""
    from dateutil.rrule import rrulestr  # here, because it is slow to import and few problems need it

    unreadable = wrong(rows.NOT_A_RECURRENCE, "rrule")
    if not _RULE.fullmatch(text):
        raise unreadable
    text = _UNTIL.sub(lambda found: _until(found[0], zone), text)
    try:
        return iter(rrulestr(text, dtstart=first))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise unreadable from error


def _until(text: str, zone: tzinfo) -> str:
    """Return the last clock time at which an occurrence may start.

    Calendars write a bare date for what lasts until that day's end, and dateutil would take it for its beginning. It
    would also read whatever looks like a date, in whatever order of day and month.
    """
    found = _LAST.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        day, clock, utc = found.groups()
        last = datetime.strptime(f"{day}{clock or '235959'}", "%Y%m%d%H%M%S")  # noqa: DTZ007 - a local clock time
    except ValueError:
        raise wrong(rows.WRONG_UNTIL, "rrule") from None
    if utc:
        with suppress(OverflowError):  # calendars that mean for ever write the last second of the year 9999
            last = last.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
    return last.isoformat().replace("-", "").replace(":", "")


@lru_cache(maxsize=RECURRENCES)
def _check_rule(text: str) -> None:
    """Raise when a recurrence rule cannot be read."""
    _parse(text, datetime(2026, 1, 1), UTC)  # noqa: DTZ001 - a local clock time


def issue_of_spans(row: Availability, period: Period) -> PydanticCustomError | None:
    """Return what is wrong with the spans of an availability row, or nothing."""
    try:
        for _ in row.spans(period):
            pass
    except PydanticCustomError as error:
        return error
    return None


def merged(spans: list[Span]) -> list[Span]:
    """Return the union of spans as sorted, disjoint spans; those that touch become one."""
    union: list[Span] = []
    for start, end in sorted(spans):
        if union and start <= union[-1][1]:
            union[-1] = union[-1][0], max(union[-1][1], end)
        else:
            union.append((start, end))
    return union


def without(spans: list[Span], holes: list[Span]) -> list[Span]:
    """Return sorted, disjoint spans with the holes (sorted, disjoint) cut out."""
    left: list[Span] = []
    for start, end in spans:
        cursor = start
        for opens, closes in holes:
            if closes <= cursor or opens >= end:
                continue
            if opens > cursor:
                left.append((cursor, opens))
            cursor = max(cursor, closes)
        if cursor < end:
            left.append((cursor, end))
    return left


OUTSIDE = Words(
    "{name} is {day} and must lie in the period, from {start} to {end}",
    "{name} is {day} en moet in de periode liggen, van {start} tot en met {end}",
)


def day_in(period: Period, day: object, name: str) -> date:
    """Return a day of a period, which is an argument called so.

    Raises
    ------
    TypeError
        It is no date.
    ValueError
        It lies outside the period.
    """
    must_be(day, date, name, "write datetime.date(year, month, day)")
    assert isinstance(day, date)
    day = day.date() if isinstance(day, datetime) else day
    if not period.start <= day <= period.end:
        raise ValueError(OUTSIDE.fill(name=name, day=day, start=period.start, end=period.end))
    return day
