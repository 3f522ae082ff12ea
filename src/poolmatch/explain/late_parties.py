"""Organisations that may become a party late, to which meetings, and whom that would put out there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from poolmatch.arrays import Arrays
from poolmatch.checking import Report
from poolmatch.domain.grouping import grouped
from poolmatch.domain.meetings import Meeting, Stake
from poolmatch.domain.problem import Problem
from poolmatch.eligibility import standings

OBSERVES = "observer"
GRADE: Final = "interest"
"""What the interest of a late party is taken to be."""


def likely_meetings(problem: Problem, organisation: str) -> tuple[Meeting, ...]:
    """Return the meetings to which an organisation may become a party late, in the order of the problem.

    They are still to come, it has no stake in them yet, and they share a series, or region and theme, with a meeting
    in which it has one, other than to observe.

    Parameters
    ----------
    problem
        The problem.
    organisation
        Id.
    """
    mine = {row.meeting: row.grade for row in problem.stakes if row.organisation == organisation}
    known = [problem.meeting(name) for name, grade in mine.items() if grade != OBSERVES]
    about = {what for row in known for what in _about(row)}
    open_ones = (row for row in problem.meetings if row.meeting not in problem.frozen and row.meeting not in mine)
    return tuple(row for row in open_ones if any(what in about for what in _about(row)))


def _about(row: Meeting) -> Iterator[tuple[str, ...]]:
    """Yield what makes another meeting likely to have the same parties."""
    if row.series is not None:
        yield ("series", row.series)
    if row.region is not None and row.theme is not None:
        yield (row.region, row.theme)


def with_late_party(problem: Problem, organisation: str, *meetings: str) -> Problem:
    """Return the problem in which an organisation is a party to some meetings more."""
    late = (Stake(meeting=meeting, organisation=organisation, grade=GRADE) for meeting in meetings)
    return problem.replace(stakes=[*problem.stakes, *late])


def put_out(report: Report, organisation: str) -> Mapping[str, tuple[str, ...]]:
    """Return who could no longer sit in each likely meeting of an organisation; nobody where nobody who does could not.

    Parameters
    ----------
    report
        What is said of a roster; its rules are asked again about the problem with the late party.
    organisation
        Id.

    Returns
    -------
    mapping of str to tuple of str
        By meeting, in the order of the problem, ids of people who sit there; an empty tuple where all of them can stay.
    """
    problem, rules = report.problem, report.rules
    likely = [row.meeting for row in likely_meetings(problem, organisation)]
    held = grouped((item for item in report.plan.assignments), lambda item: item.meeting.meeting)
    sitting = [item for meeting in likely for item in held.get(meeting, ())]
    if not sitting:
        return dict.fromkeys(likely, ())
    world = Arrays(with_late_party(problem, organisation, *likely))
    people = list({item.facilitator.facilitator: item.facilitator for item in sitting}.values())
    found = standings(world, rules, (item.seat_at for item in sitting), people)
    gone = grouped(
        (item for item in sitting if item.facilitator.facilitator not in found[item.seat_at].eligible),
        lambda item: item.meeting.meeting,
    )
    return {
        meeting: tuple(dict.fromkeys(item.facilitator.facilitator for item in gone.get(meeting, ())))
        for meeting in likely
    }
