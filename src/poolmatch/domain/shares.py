"""Fair shares: what part of the work is someone's, what they did before, and how much is fair in the period.

Shares are exact; what carries over and targets are rounded half up to whole minutes, once, here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date, datetime
from fractions import Fraction

from poolmatch.domain.calendar import Period
from poolmatch.domain.grouping import grouped
from poolmatch.domain.hours import exact, ticks_of_meeting, ticks_of_past, whole_minutes
from poolmatch.domain.presence import Days, days_present, is_whole_days, leaves, with_carry_over
from poolmatch.domain.problem import Problem
from poolmatch.domain.values import days_later

Part = Callable[[Period, datetime, datetime], bool]
"""Tells whether a meeting from one instant to another is of a part of all work, such as the evenings.

What is worked out for a part is kept by it: two that are equal say the same. Duties, which have no time, are of none.
"""


def required_ticks(problem: Problem, part: Part | None = None) -> int:
    """Return what all required seats ask for, in ticks; a flexible meeting counts by its first slot.

    Parameters
    ----------
    problem
        The problem.
    part
        Which part of the work; None is all of it.
    """
    total = 0
    for seat in problem.all_seats:
        if seat.required:
            meeting = problem.meeting(seat.meeting)
            start, end = (*problem.times(meeting), (None, None))[0]
            if _counts(problem, part, start, end):
                total += ticks_of_meeting(meeting, start, end)
    return total


def _counts(problem: Problem, part: Part | None, start: datetime | None, end: datetime | None) -> bool:
    """Tell whether work is of a part; work without a time is of none but the whole."""
    if part is None:
        return True
    return start is not None and end is not None and part(problem.period, start, end)


def shares(problem: Problem) -> Mapping[str, Fraction]:
    """Return each pool member's share of the work of the period, externals aside; shares add up to 1.

    The weight is contract hours times days present, which are the days between joining and leaving the pool less
    leave (`poolmatch.domain.presence`). Blank contract hours count as the mean of those given. When none is given
    days alone weigh, and when all weights are 0 they are equal.
    """
    return problem.memo("shares", lambda: _shares(problem, problem.period.start, problem.period.end))


def shares_before(problem: Problem) -> Mapping[str, Fraction]:
    """Return each pool member's share of the past work that carries over, weighed like `shares` by its days."""
    opens = with_carry_over(problem.period).start
    return problem.memo("shares before", lambda: _shares(problem, opens, days_later(problem.period.start, -1)))


def _shares(problem: Problem, first: date, last: date) -> Mapping[str, Fraction]:
    members = [person for person in problem.facilitators if not person.external]
    given = [exact(person.contract_hours) for person in members if person.contract_hours is not None]
    mean = sum(given, Fraction(0)) / len(given) if given else Fraction(1)
    away, weights = problem.memo("leaves", lambda: _leaves(problem)), {}
    for person in members:
        hours = mean if person.contract_hours is None else exact(person.contract_hours)
        weights[person.facilitator] = hours * days_present(person, away.get(person.facilitator, ()), first, last)
    whole = sum(weights.values(), Fraction(0))
    if whole == 0:
        return {name: Fraction(1, len(weights)) for name in weights}
    return {name: weight / whole for name, weight in weights.items()}


def _leaves(problem: Problem) -> Mapping[str, tuple[Days, ...]]:
    rows = grouped((row for row in problem.availability if is_whole_days(row)), lambda row: row.facilitator)
    return {name: leaves(found, problem.period) for name, found in rows.items()}


def carried_ticks(problem: Problem, part: Part | None = None) -> Mapping[str, int]:
    """Return each pool member's ticks of past work in the days before the period that carry over.

    Past duties, which have no day, carry over too.

    Parameters
    ----------
    problem, part
        As of `required_ticks`.
    """
    opens, closes = with_carry_over(problem.period).span[0], problem.period.span[0]
    members = {person.facilitator for person in problem.facilitators if not person.external}
    ticks: defaultdict[str, int] = defaultdict(int)
    for row in problem.past:
        carries = row.facilitator in members and (row.start is None or opens <= row.start < closes)
        if carries and _counts(problem, part, row.start, row.end):
            ticks[row.facilitator] += ticks_of_past(row)
    return ticks


def targets(problem: Problem, part: Part | None = None) -> Mapping[str, int]:
    """Return each pool member's fair number of whole minutes in the period, externals aside.

    The target is the share of all required seats, less the surplus that was worked above the share of the past; it
    is at least 0. Of a part of the work it is the same share of that part, less what was worked of it too much.

    Parameters
    ----------
    problem, part
        As of `required_ticks`.
    """
    return problem.memo(("targets", part), lambda: _targets(problem, part))


def _targets(problem: Problem, part: Part | None) -> Mapping[str, int]:
    now, before = shares(problem), shares_before(problem)
    asked, past = required_ticks(problem, part), carried_ticks(problem, part)
    all_past = sum(past.values())
    result = {}
    for name, share in now.items():
        surplus = max(0, whole_minutes(past.get(name, 0)) - whole_minutes(before[name] * all_past))
        result[name] = max(0, whole_minutes(share * asked) - surplus)
    return result
