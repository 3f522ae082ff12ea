"""The assessment of one facilitator for one meeting: the worst degree over all paths, and the paths."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from poolmatch.domain.degree import Degree
from poolmatch.domain.meetings import Meeting, Stake
from poolmatch.domain.people import Tie
from poolmatch.domain.problem import Problem
from poolmatch.neutrality.policy import STRICT, Policy

MAX_LINKS = 3
GROUP_KINDS = frozenset({"controls", "unit_of"})


@dataclass(frozen=True)
class Path:
    """How a tie of a facilitator reaches a party.

    Attributes
    ----------
    tie
        Kind of tie.
    organisations
        The tied organisation, then each organisation along the links; the last is the party.
    links
        Kind of each link.
    grade
        Grade of the party's stake.
    degree, rule
        What the policy makes of it, and by which row; neutral and "" when no row fits.
    """

    tie: str
    organisations: tuple[str, ...]
    links: tuple[str, ...]
    grade: str
    degree: Degree
    rule: str

    def __str__(self) -> str:
        chain = [self.organisations[0]]
        for kind, name in zip(self.links, self.organisations[1:], strict=True):
            chain += [kind, name]
        verdict = f"{self.degree.word}, rule {self.rule}" if self.rule else self.degree.word
        return f"{self.tie} of {' → '.join(chain)} ({self.grade}): {verdict}"


@dataclass(frozen=True)
class Assessment:
    """What neutrality says of one facilitator at one meeting.

    Attributes
    ----------
    facilitator, meeting
        Ids.
    degree
        The worst degree over all paths.
    paths
        Every path that was looked at, also those without harm.
    """

    facilitator: str
    meeting: str
    degree: Degree
    paths: tuple[Path, ...]


def active(start: date | None, end: date | None, day: date) -> bool:
    """Tell whether a dated thing holds on a day; both ends are inclusive."""
    return (start is None or start <= day) and (end is None or day <= end)


def ties_of(problem: Problem, facilitator: str) -> Iterator[Tie]:
    """Yield the ties of a facilitator, first the employer's."""
    employer = problem.facilitator(facilitator).organisation
    if employer is not None:
        yield Tie(facilitator=facilitator, kind="employee", organisation=employer)
    yield from problem.about(facilitator, "ties")


def assess(
    problem: Problem, facilitator: str, meeting: str, slot: datetime | None = None, *, policy: Policy = STRICT
) -> Assessment:
    """Assess one facilitator for one meeting.

    Parameters
    ----------
    problem
        The problem.
    facilitator, meeting
        Ids.
    slot
        Start of the slot, for a flexible meeting; None is its first.
    policy
        What counts as a tie.

    Raises
    ------
    KeyError
        The problem has no such facilitator or meeting.
    """
    row = problem.meeting(meeting)
    day = problem.period.local_day(slot or problem.times(row)[0][0])
    paths = tuple(
        path
        for tie in ties_of(problem, facilitator)
        if tie.organisation is not None and active(tie.start, tie.end, day)
        for path in _paths(problem, tie.kind, tie.organisation, row, day, policy)
    )
    degree = max((path.degree for path in paths), default=Degree.NEUTRAL)
    return Assessment(facilitator, meeting, degree, paths)


def _paths(
    problem: Problem, kind: str, organisation: str, meeting: Meeting, day: date, policy: Policy
) -> Iterator[Path]:
    stakes = {stake.organisation: stake for stake in problem.stakes_of(meeting.meeting)}
    links = [link for link in problem.links if link.kind in GROUP_KINDS and active(link.start, link.end, day)]

    def follow(organisations: tuple[str, ...], kinds: tuple[str, ...]) -> Iterator[Path]:
        stake = stakes.get(organisations[-1])
        if stake is not None:
            yield _path(kind, organisations, kinds, stake, policy)
        if len(kinds) == MAX_LINKS:
            return
        for link in links:
            for here, there in ((link.source, link.target), (link.target, link.source)):
                if here == organisations[-1] and there not in organisations:
                    yield from follow((*organisations, there), (*kinds, link.kind))

    yield from follow((organisation,), ())


def _path(kind: str, organisations: tuple[str, ...], links: tuple[str, ...], stake: Stake, policy: Policy) -> Path:
    chain = "group" if links else "none"
    fitting = [row for row in policy.rows if kind in row.kinds and row.chain == chain]
    harshest = max(fitting, key=lambda row: row.degree(stake.grade), default=None)
    if harshest is None:
        return Path(kind, organisations, links, stake.grade, Degree.NEUTRAL, "")
    return Path(kind, organisations, links, stake.grade, harshest.degree(stake.grade), harshest.rule)
