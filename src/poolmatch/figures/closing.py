"""Closing a month: its roster becomes history and ledger of the next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from poolmatch.domain.hours import TICKS, exact
from poolmatch.domain.organisations import LedgerEntry
from poolmatch.domain.past import Past
from poolmatch.domain.problem import Problem
from poolmatch.domain.reciprocity import Split
from poolmatch.domain.roster import Plan, Roster
from poolmatch.figures.ledger import NOBODY, ledger

OF_THE_MONTH = ("slots", "spacing", "duties", "requirements", "pins", "published")
"""Tables that speak of the meetings of one month only: they do not carry over."""
MAY_NAME_MEETINGS = ("ties", "waivers", "strikes", "preferences")
"""Tables of which the rows that name a meeting do not carry over."""


def next_month(problem: Problem, roster: Roster, tables: Mapping[str, Any], split: Split = "commissioner") -> Problem:
    """Return the problem of the next period, with what was done in this one as history and ledger.

    Organisations, people and what is known of them carry over. Rows about meetings of the closed period do not.

    Parameters
    ----------
    problem
        The problem of the period that is closed.
    roster
        What was done; what was rostered and did not take place is taken out first.
    tables
        Tables of the next period: ``period``, ``meetings``, ``stakes`` and ``seats`` at least, and whatever else is
        different then, such as ``availability`` or ``facilitators``.
    split
        How hours are received, as in the rule `reciprocity`.

    Raises
    ------
    ProblemError
        The roster does not fit the problem, or the tables are wrong.
    """
    carried: dict[str, Any] = dict.fromkeys(OF_THE_MONTH, ())
    for name in MAY_NAME_MEETINGS:
        carried[name] = [row for row in getattr(problem, name) if row.meeting is None]
    carried["history"] = [*problem.past, *_done(problem, roster)]
    carried["ledger"] = _entries(problem, roster, split)
    return problem.replace(**(carried | dict(tables)))


def _done(problem: Problem, roster: Roster) -> list[Past]:
    return [
        Past(
            meeting=item.meeting.meeting,
            facilitator=item.facilitator.facilitator,
            role=item.seat.role or next(iter(item.facilitator.roles), "co"),  # a duty may ask for any role
            start=item.start,
            end=item.end,
            seat=item.seat.seat,
            organisations=tuple(
                stake.organisation for stake in problem.stakes_of(item.meeting.meeting) if stake.grade != "observer"
            ),
            series=item.meeting.series,
            session=item.meeting.session,
            hours=item.ticks / TICKS / 60,
        )
        for item in Plan(problem, roster).assignments
    ]


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
