"""Closing a month: its roster becomes history and ledger of the next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from poolmatch.domain.assembly import TABLES
from poolmatch.domain.assignments import Assignment
from poolmatch.domain.calendar import Availability, Period
from poolmatch.domain.frozen import Departed
from poolmatch.domain.hours import TICKS, exact
from poolmatch.domain.organisations import LedgerEntry
from poolmatch.domain.past import Past
from poolmatch.domain.people import Role
from poolmatch.domain.plan import Plan
from poolmatch.domain.presence import LEAVE_DAYS, is_whole_days, with_carry_over
from poolmatch.domain.problem import Problem, must_be_problem
from poolmatch.domain.reciprocity import Split
from poolmatch.domain.roster import Roster, must_be_roster
from poolmatch.domain.values import days_later
from poolmatch.errors import ProblemError
from poolmatch.figures.ledger import NOBODY, ledger
from poolmatch.messages import rosters as said
from poolmatch.vocabulary.days import month_name
from poolmatch.words import Language

NEEDED = ("period", "meetings", "stakes")
"""Tables that every month has its own of."""
OF_THE_MONTH = ("slots", "spacing", "duties", "seats", "requirements", "pins", "published")
"""Tables that speak of the meetings of one month only: they do not carry over."""
MAY_NAME_MEETINGS = ("ties", "waivers", "strikes", "preferences")
"""Tables of which the rows that name a meeting do not carry over."""


def following(period: Period, language: Language = "en") -> Period:
    """Return the period after one: as many whole months if it is of whole months, else as many days.

    Parameters
    ----------
    period
        The period that is closed.
    language
        Language of its name.
    """
    start = days_later(period.end, 1)
    end, name = start + (period.end - period.start), None
    if period.start.day == start.day == 1:
        length = _months(start) - _months(period.start)
        year, month = divmod(_months(start) + length, 12)
        end = days_later(date(year, month + 1, 1), -1)
        name = month_name(start).say(language) if length == 1 else None
    return Period(name=name or f"{start} – {end}", start=start, end=end, timezone=period.timezone)


def _months(day: date) -> int:
    """Return how many months lie before that of a day."""
    return 12 * day.year + day.month - 1


def next_month(problem: Problem, roster: Roster, tables: Mapping[str, Any], split: Split = "commissioner") -> Problem:
    """Return the problem of the next period, with what was done in this one as history and ledger.

    Organisations, people and what is known of them carry over. Rows about meetings of the closed period do not, nor
    do consents that have expired, nor what was said of days that no rule looks back on: leaves stay as long as fair
    shares ask for them, recurrences always, and who could only at times that are over has the last of them, so that
    they are not taken to be free. All work stays in the history, for some rules look back over years.

    Parameters
    ----------
    problem
        The problem of the period that is closed.
    roster
        What was done; what was rostered and did not take place is taken out first. What began before the ``today`` of
        the problem is as it was, whatever is left out.
    tables
        Tables of the next period: ``period``, ``meetings`` and ``stakes`` at least, and whatever else is different
        then, such as ``seats``, ``availability`` or ``facilitators``.
    split
        How hours are received, as in the rule `reciprocity`.

    Raises
    ------
    ProblemError
        Tables are missing, or wrong; the period does not lie after the one that is closed; or the roster does not fit
        the problem.
    """
    must_be_problem(problem)
    must_be_roster(roster)
    period = _next_period(problem, tables)
    carried: dict[str, Any] = dict.fromkeys(OF_THE_MONTH, ())
    for name in MAY_NAME_MEETINGS:
        carried[name] = [row for row in getattr(problem, name) if row.meeting is None]
    carried["waivers"] = [row for row in carried["waivers"] if row.expires is None or row.expires >= period.start]
    carried["availability"] = _standing(problem, period)
    carried["history"] = [*problem.past, *_done(problem, roster)]
    carried["ledger"] = _entries(problem, roster, split)
    return problem.replace(**(carried | dict(tables)))


def _next_period(problem: Problem, tables: Mapping[str, Any]) -> Period:
    """Return the next period; raise unless there is one: without it the month that is closed would begin again."""
    missing = [name for name in NEEDED if tables.get(name) is None]
    if missing:
        raise ProblemError(said.TABLE_NEEDED.at(name) for name in missing)
    bare: dict[str, Any] = {name: () for name, kind in TABLES.items() if kind.required_table}
    period = Problem(**bare | {"period": tables["period"]}).period
    if period.start <= problem.period.end:
        raise ProblemError([said.PERIOD_NOT_NEXT.at("period", (1,), "start", end=problem.period.end)])
    return period


def _standing(problem: Problem, period: Period) -> list[Availability]:
    """Return the availability that still says something in a period, or in those after it."""
    last: dict[str, Availability] = {}
    for row in problem.availability:
        if row.kind == "available" and (row.facilitator not in last or _end(row) > _end(last[row.facilitator])):
            last[row.facilitator] = row
    carry_over = days_later(with_carry_over(period).start, -LEAVE_DAYS)  # a leave may begin before what is looked at
    opens = days_later(period.start, -1)  # as may the setting up of a meeting
    return [
        row
        for row in problem.availability
        if row.rrule is not None
        or row is last.get(row.facilitator)
        or _end(row) >= (carry_over if is_whole_days(row) else opens)
    ]


def _end(row: Availability) -> date:
    """Return the day on which a row that does not recur ends; of one that recurs the last that can be."""
    if row.rrule is not None:
        return date.max
    return row.end.date() if isinstance(row.end, datetime) else row.end


def _done(problem: Problem, roster: Roster) -> list[Past]:
    plan = Plan(problem, roster)
    done = [
        _past(problem, item, item.facilitator.facilitator, next(iter(item.facilitator.roles), "co"))
        for item in plan.assignments
    ]
    return [*done, *(_past(problem, item, item.facilitator) for item in plan.departed)]


def _past(problem: Problem, item: Assignment | Departed, who: str, role: Role = "co") -> Past:
    """Return work as a row of history; in that role, if its seat is a duty that asks for none."""
    meeting = item.meeting
    return Past(
        meeting=meeting.meeting,
        facilitator=who,
        role=item.seat.role or role,
        start=item.start,
        end=item.end,
        seat=item.seat.seat,
        organisations=tuple(
            stake.organisation for stake in problem.stakes_of(meeting.meeting) if stake.grade != "observer"
        ),
        series=meeting.series,
        session=meeting.session,
        hours=item.ticks / TICKS / 60,
    )


def _entries(problem: Problem, roster: Roster, split: Split) -> list[LedgerEntry]:
    """Return what each organisation has given and received so far; those without any hours have no row."""
    opening = {row.organisation: row for row in problem.ledger}
    rows = []
    for account in ledger(problem, roster, split).accounts:
        if account.organisation == NOBODY:
            continue
        before = opening.get(account.organisation)
        given = account.given + (exact(before.hours_given) if before else 0)
        received = account.received + account.external + (exact(before.hours_received) if before else 0)
        if given or received:
            rows.append(
                LedgerEntry(organisation=account.organisation, hours_given=float(given), hours_received=float(received))
            )
    return rows
