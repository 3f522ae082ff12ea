"""Consents: a waiver is complete when every party that must has consented, in time."""

from __future__ import annotations

from datetime import date

from poolmatch.domain.people import Waiver
from poolmatch.domain.problem import Problem


def covers(problem: Problem, meeting: str, *, named: str | None, series: str | None) -> bool:
    """Tell whether a row that names a meeting or a series holds for a meeting.

    Parameters
    ----------
    problem
        The problem.
    meeting
        The meeting.
    named, series
        What the row names; one of the two.
    """
    if named is not None:
        return named == meeting
    return series is not None and problem.meeting(meeting).series == series


def consenting(problem: Problem, meeting: str) -> tuple[str, ...]:
    """Return the parties of a meeting that must consent to a waiver: all but observers."""
    return tuple(stake.organisation for stake in problem.stakes_of(meeting) if stake.grade != "observer")


def in_force(problem: Problem, waiver: Waiver, meeting: str, day: date) -> bool:
    """Tell whether a consent holds for a meeting: given on or before its day, and not expired on it."""
    return (
        covers(problem, meeting, named=waiver.meeting, series=waiver.series)
        and waiver.consented_on <= day
        and (waiver.expires is None or day <= waiver.expires)
    )


def consents(problem: Problem, facilitator: str, organisation: str, meeting: str, day: date) -> tuple[Waiver, ...]:
    """Return the consents in force of the parties that must consent, to a tie to an organisation.

    One organisation may stand under several ids, as what is tied and as a party: a consent counts for all of them.

    Parameters
    ----------
    problem
        The problem.
    facilitator, organisation
        Who is tied, and to which organisation.
    meeting
        The meeting.
    day
        Its local date.
    """
    one = problem.webs.one
    return tuple(
        row
        for row in problem.about(facilitator, "waivers")
        if one(row.organisation, organisation, day)
        and in_force(problem, row, meeting, day)
        and any(one(row.party, party, day) for party in consenting(problem, meeting))
    )


def missing_consents(problem: Problem, facilitator: str, organisation: str, meeting: str, day: date) -> tuple[str, ...]:
    """Return the parties whose consent is still needed, each by one of its ids. Parameters as of `consents`."""
    given = [row.party for row in consents(problem, facilitator, organisation, meeting, day)]
    missing: list[str] = []
    for party in consenting(problem, meeting):
        if not any(problem.webs.one(party, other, day) for other in (*given, *missing)):
            missing.append(party)
    return tuple(missing)


def waived(problem: Problem, facilitator: str, organisation: str, meeting: str, day: date) -> bool:
    """Tell whether a waiver is complete. Where nobody can consent, none is. Parameters as of `consents`."""
    return bool(consenting(problem, meeting)) and not missing_consents(problem, facilitator, organisation, meeting, day)


def deciding(problem: Problem, meeting: str, day: date) -> frozenset[str]:
    """Return the parties that decide on a meeting, each by the first of its ids on the day."""
    stakes = problem.stakes_of(meeting)
    return frozenset(problem.webs.same_of(row.organisation, day) for row in stakes if row.grade == "decider")


def others_consent(problem: Problem, facilitator: str, organisation: str, meeting: str, day: date) -> bool:
    """Tell whether all parties have consented that must, those that decide aside. Parameters as of `consents`."""
    deciders = deciding(problem, meeting, day)
    missing = missing_consents(problem, facilitator, organisation, meeting, day)
    return all(problem.webs.same_of(party, day) in deciders for party in missing)
