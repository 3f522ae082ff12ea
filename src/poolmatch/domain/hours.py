"""Hours as whole numbers: what an assignment takes, what someone's share is, what was done before.

What an assignment takes is counted in *ticks* of 0.04 second, which hold whole seconds and hours of up to four decimals
exactly. Targets, shares and what carries over are rounded half up to whole minutes, once, here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from poolmatch.domain.meetings import Meeting
from poolmatch.domain.past import Past

if TYPE_CHECKING:
    from poolmatch.domain.problem import Problem

TICKS = 1500
"""Ticks in a minute."""
CARRY_OVER_DAYS = 91
"""History this many days before the period counts towards fair shares."""


def exact(number: float) -> Fraction:
    """Return the number as it was written: 0.1 is one tenth, not the nearest binary fraction."""
    return Fraction(repr(number))


def half_up(number: Fraction) -> int:
    """Round to the nearest whole number; halves go up."""
    return (number + Fraction(1, 2)).__floor__()


@lru_cache(maxsize=1024)  # problems hold few different numbers of hours, and ask for each again and again
def ticks_of_hours(hours: float) -> int:
    """Return hours in ticks; beyond four decimals rounded half up."""
    return half_up(exact(hours) * 60 * TICKS)


def ticks_limit(hours: float) -> int:
    """Return the most ticks that do not exceed a limit in hours."""
    return (exact(hours) * 60 * TICKS).__floor__()


def ticks_of_meeting(meeting: Meeting, start: datetime | None, end: datetime | None) -> int:
    """Return what a meeting takes one facilitator, in ticks: length, setup, wrap-up and preparation.

    A duty, which has no time, is all preparation.
    """
    seconds = 0 if start is None or end is None else int((end - start).total_seconds())
    fixed = meeting.setup_minutes + meeting.wrapup_minutes
    return seconds * TICKS // 60 + fixed * TICKS + ticks_of_hours(meeting.preparation_hours)


def ticks_of_past(row: Past) -> int:
    """Return what past work took, in ticks."""
    if row.hours is not None:
        return ticks_of_hours(row.hours)
    assert row.start is not None  # a row without hours has times: the row checks it
    assert row.end is not None
    return int((row.end - row.start).total_seconds()) * TICKS // 60


def required_ticks(problem: Problem) -> int:
    """Return what all required seats ask for, in ticks; a flexible meeting counts by its first slot."""
    total = 0
    for seat in problem.all_seats:
        if seat.required:
            meeting = problem.meeting(seat.meeting)
            start, end = (*problem.times(meeting), (None, None))[0]
            total += ticks_of_meeting(meeting, start, end)
    return total


def whole_minutes(ticks: Fraction | int) -> int:
    """Return ticks as whole minutes, rounded half up."""
    return half_up(Fraction(ticks) / TICKS)


def shares(problem: Problem) -> dict[str, Fraction]:
    """Return each pool member's share of the work by contract hours, externals aside; shares add up to 1.

    Blank contract hours count as the mean of those given; when none is given, or all are 0, shares are equal.
    """
    members = [person for person in problem.facilitators if not person.external]
    given = [exact(person.contract_hours) for person in members if person.contract_hours is not None]
    mean = sum(given, Fraction(0)) / len(given) if given else Fraction(1)
    hours = {
        person.facilitator: mean if person.contract_hours is None else exact(person.contract_hours)
        for person in members
    }
    whole = sum(hours.values(), Fraction(0))
    if whole == 0:
        return {name: Fraction(1, len(hours)) for name in hours}
    return {name: item / whole for name, item in hours.items()}


def carried_ticks(problem: Problem) -> Mapping[str, int]:
    """Return each pool member's ticks of past work in the days before the period that carry over."""
    opens, _ = problem.period.span
    members = {person.facilitator for person in problem.facilitators if not person.external}
    first_day = problem.period.start - timedelta(days=CARRY_OVER_DAYS)
    ticks: defaultdict[str, int] = defaultdict(int)
    for row in problem.past:
        if row.facilitator not in members:
            continue
        if row.start is None or (problem.period.local_day(row.start) >= first_day and row.start < opens):
            ticks[row.facilitator] += ticks_of_past(row)
    return ticks


def targets(problem: Problem) -> dict[str, int]:
    """Return each pool member's fair number of whole minutes in the period, externals aside.

    The target is the share of all required seats, less the surplus that was worked above the share of the
    past; it is at least 0. `Problem.targets` keeps the answer.
    """
    share = shares(problem)
    asked = required_ticks(problem)
    past = carried_ticks(problem)
    all_past = sum(past.values())
    result = {}
    for name, part in share.items():
        surplus = max(0, whole_minutes(past.get(name, 0)) - whole_minutes(part * all_past))
        result[name] = max(0, whole_minutes(part * asked) - surplus)
    return result
