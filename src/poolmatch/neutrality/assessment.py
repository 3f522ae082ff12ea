"""The assessment of one facilitator for one meeting: the worst degree over all paths, and the paths."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from poolmatch.domain.degree import Degree
from poolmatch.domain.meetings import Meeting, Stake
from poolmatch.domain.people import Tie
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Plan
from poolmatch.neutrality.consents import covers, waived
from poolmatch.neutrality.paths import Step, chains, form_of, windows
from poolmatch.neutrality.policy import STRICT, Policy, PolicyRow, Target


@dataclass(frozen=True)
class Path:
    """How a tie of a facilitator reaches a party.

    Attributes
    ----------
    tie
        The tie; for the employer of the table `facilitators` one of kind `employee`.
    organisations
        The tied organisation, then each along the links; the last is the party. Empty for a tie to a dossier or theme.
    steps
        The links between them, as they are walked along.
    party, grade
        The party and the grade of its stake; "" when the meeting has no parties.
    degree
        What the policy makes of it, contention included, before any waiver.
    rule
        The row of the policy; "" when none fits.
    ended
        Whether the tie has ended by the day of the meeting.
    raised
        Whether high contention raised the degree.
    waived
        Whether a complete waiver turns it into something to disclose.
    """

    tie: Tie
    organisations: tuple[str, ...]
    steps: tuple[Step, ...]
    party: str
    grade: str
    degree: Degree
    rule: str
    ended: bool = False
    raised: bool = False
    waived: bool = False

    @property
    def effect(self) -> Degree:
        """The degree after waivers."""
        return Degree.DISCLOSE if self.waived else self.degree


@dataclass(frozen=True)
class Assessment:
    """What neutrality says of one facilitator at one meeting.

    Attributes
    ----------
    facilitator, meeting
        Ids.
    degree
        The worst degree over all paths, after waivers.
    paths
        Every path that was looked at, also those without harm.
    """

    facilitator: str
    meeting: str
    degree: Degree
    paths: tuple[Path, ...]

    @property
    def waived(self) -> bool:
        """Whether the facilitator may act only because every party consents."""
        return self.degree == Degree.DISCLOSE and any(path.waived for path in self.paths)

    @property
    def worst(self) -> tuple[Path, ...]:
        """The paths that make the degree; none when it is neutral."""
        return tuple(path for path in self.paths if path.effect == self.degree > Degree.NEUTRAL)


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
        Start of the slot, for a flexible meeting; None is its first. A duty is judged on the period's first day.
    policy
        What counts as a tie.

    Raises
    ------
    KeyError
        The problem has no such facilitator or meeting.
    """
    row = problem.meeting(meeting)
    day = problem.day(meeting, slot)
    paths = tuple(path for tie in problem.ties_of(facilitator) for path in _paths(problem, tie, row, day, policy))
    degree = max((path.effect for path in paths), default=Degree.NEUTRAL)
    return Assessment(facilitator, meeting, degree, paths)


def assessed(plan: Plan, policy: Policy) -> Mapping[tuple[str, str, datetime | None], Assessment]:
    """Return the assessment of every assignment of a roster, by facilitator, meeting and start.

    Each is made once, whoever asks: judges that speak of one roster share them.

    Parameters
    ----------
    plan
        The roster on its problem.
    policy
        What counts as a tie.
    """

    def build() -> Mapping[tuple[str, str, datetime | None], Assessment]:
        keys = ((item.facilitator.facilitator, item.meeting.meeting, item.start) for item in plan.assignments)
        return {key: assess(plan.problem, *key, policy=policy) for key in keys}

    return plan.memo(("assessed", policy), build)


def _paths(problem: Problem, tie: Tie, meeting: Meeting, day: date, policy: Policy) -> Iterator[Path]:
    """Yield the paths of one tie; none when it has not begun."""
    if tie.start is not None and day < tie.start:
        return
    if tie.organisation is not None:
        yield from _organisation_paths(problem, tie, tie.organisation, meeting, day, policy)
        return
    if tie.theme is not None:
        target: Target = "theme"
        fits = tie.theme == meeting.theme
    else:
        target = "dossier"
        fits = covers(problem, meeting.meeting, named=tie.meeting, series=tie.series)
    if fits:
        rows = [row for row in policy.rows if row.target == target]
        # Who has dealt with the matter itself is no less tied to it when nobody is named as a party.
        for stake in problem.stakes_of(meeting.meeting) or (None,):
            yield _judged(tie, (), (), stake, meeting, day, rows)


def _organisation_paths(
    problem: Problem, tie: Tie, organisation: str, meeting: Meeting, day: date, policy: Policy
) -> Iterator[Path]:
    stakes = {stake.organisation: stake for stake in problem.stakes_of(meeting.meeting)}
    for chain in chains(problem, organisation, day):
        stake = stakes.get(chain.organisations[-1])
        if stake is None:
            continue
        form = form_of(chain.steps)
        rows = [row for row in policy.rows if row.target == "organisation" and form in row.chain]
        path = _judged(tie, chain.organisations, chain.steps, stake, meeting, day, rows)
        if path.degree == Degree.WAIVABLE and waived(problem, tie.facilitator, organisation, meeting.meeting, day):
            path = replace(path, waived=True)
        yield path


def _judged(
    tie: Tie,
    organisations: tuple[str, ...],
    steps: tuple[Step, ...],
    stake: Stake | None,
    meeting: Meeting,
    day: date,
    rows: list[PolicyRow],
) -> Path:
    """Return the path with the harshest degree that any of the rows gives it on the day; of equal rows the first."""
    party, grade = ("", "decider") if stake is None else (stake.organisation, stake.grade)
    best, rule = Degree.NEUTRAL, ""
    for row in rows:
        for window in windows(row, tie):
            if window.first <= day <= window.last:
                degree = row.degree(grade, window.ended)
                if not rule or degree > best:
                    best, rule = degree, row.rule
    raised = raised_degree(best, meeting.contention, tie.theme is not None)
    ended = tie.end is not None and tie.end < day
    return Path(tie, organisations, steps, party, "" if stake is None else grade, raised, rule, ended, raised > best)


def raised_degree(degree: Degree, contention: str, theme: bool) -> Degree:
    """Return the degree that contention leaves: high raises all but neutral by one step.

    A tie to a theme is disclosed at most, whatever the policy and the contention: there is no one who could consent.
    """
    step = int(contention == "high" and degree > Degree.NEUTRAL)
    return Degree(min(degree + step, Degree.DISCLOSE if theme else Degree.BLOCKED))
