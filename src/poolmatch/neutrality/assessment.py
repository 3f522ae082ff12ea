"""The assessment of one facilitator for one meeting: the worst degree over all paths, and the paths."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from poolmatch.domain.degree import Degree
from poolmatch.domain.employers import employer_unknown
from poolmatch.domain.meetings import Meeting, Stake
from poolmatch.domain.people import Tie
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem, must_be_problem
from poolmatch.domain.webs import Chain, Form, Step
from poolmatch.neutrality.consents import covers, deciding, others_consent, waived
from poolmatch.neutrality.policy import STRICT, Policy, PolicyRow, Target, must_be_policy
from poolmatch.neutrality.unmatched import must_match
from poolmatch.neutrality.windows import windows

UNKNOWN = "unknown"
"""Kind of the tie that stands for an employer whom nobody wrote down."""
NO_CHAIN = Chain(None, (), ())


@dataclass(frozen=True)
class Path:
    """How a tie of a facilitator reaches a party.

    Attributes
    ----------
    tie
        The tie; for the employer of the table `facilitators` one of kind `employee`, and where no employer is on
        record one of kind `unknown`, to nothing.
    organisations
        The tied organisation, then each along the links; the last is the party. Empty for a tie to a dossier or theme,
        and for an unknown employer.
    steps
        The links between them, as they are walked along: as few as lead there.
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
    linked
        The day whose links are walked along: that of the meeting, or the last day of a tie that has ended. None where
        there are none.
    balanced
        The party that decides, by the first of its ids on the day, whose side the facilitator takes, where as many
        people of each other party that decides can balance that; "" elsewhere.
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
    linked: date | None = None
    balanced: str = ""

    @property
    def effect(self) -> Degree:
        """The degree after waivers and balance."""
        return Degree.DISCLOSE if self.waived or self.balanced else self.degree


@dataclass(frozen=True)
class Assessment:
    """What neutrality says of one facilitator at one meeting.

    Attributes
    ----------
    facilitator, meeting
        Ids.
    degree
        The worst degree over all paths, after waivers and balance.
    paths
        A shortest path for each tie, party and form of chain that leads from the one to the other, also those without
        harm.
    day
        Local date of the meeting for which this holds.
    """

    facilitator: str
    meeting: str
    degree: Degree
    paths: tuple[Path, ...]
    day: date

    @property
    def waived(self) -> bool:
        """Whether the facilitator may act only because every party consents."""
        return self.degree == Degree.DISCLOSE and any(path.waived for path in self.paths)

    @property
    def balanced(self) -> str:
        """The party whose side they take, if they may act only beside as many of each other party that decides."""
        return next((path.balanced for path in self.paths if path.balanced), "")

    @property
    def told(self) -> tuple[Path, ...]:
        """The paths that the parties are to be told of; none about somebody who may not come at all."""
        if self.degree > Degree.DISCLOSE:
            return ()
        return tuple(path for path in self.paths if path.effect == Degree.DISCLOSE)

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
        Start of the slot, for a flexible meeting; None is the worst of all its slots, the first of equals. A duty is
        judged on the period's first day.
    policy
        What counts as a tie.

    Raises
    ------
    UnknownId
        The problem has no such facilitator or meeting; a KeyError.
    ProblemError
        They have a tie that no row of a policy can match, so that nothing can be said of it.
    """
    must_be_problem(problem)
    must_be_policy(policy)
    row, ties = problem.meeting(meeting), problem.ties_of(facilitator)
    must_match(problem, ties, policy)
    starts = [start for start, _ in problem.times(row)] if slot is None else [slot]
    days = dict.fromkeys(problem.day(meeting, start) for start in starts or (None,))
    found = []
    for day in days:
        paths = [path for tie in ties for path in _paths(problem, tie, row, day, policy)]
        paths += _unknown_paths(problem, facilitator, row, day, policy)
        if policy.balanced_teams:
            paths = _balanced(problem, row, day, paths)
        degree = max((path.effect for path in paths), default=Degree.NEUTRAL)
        found.append(Assessment(facilitator, meeting, degree, tuple(paths), day))
    return max(found, key=lambda one: one.degree)


def assess_once(problem: Problem, facilitator: str, meeting: str, slot: datetime | None, policy: Policy) -> Assessment:
    """Return what `assess` returns, worked out once for a problem: for whoever looks at many rosters of it."""
    known: dict[tuple[str, str, datetime | None], Assessment] = problem.memo(("assessed", policy), dict)
    key = facilitator, meeting, slot
    if key not in known:
        known[key] = assess(problem, *key, policy=policy)
    return known[key]


def assessed(plan: Plan, policy: Policy) -> Mapping[tuple[str, str, datetime | None], Assessment]:
    """Return the assessment of every assignment of a roster, by facilitator, meeting and start.

    Each is made once, whoever asks: judges that speak of one roster share them, and rosters of one problem.

    Parameters
    ----------
    plan
        The roster on its problem.
    policy
        What counts as a tie.
    """

    def build() -> Mapping[tuple[str, str, datetime | None], Assessment]:
        keys = ((item.facilitator.facilitator, item.meeting.meeting, item.start) for item in plan.assignments)
        return {key: assess_once(plan.problem, *key, policy) for key in keys}

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
            yield _judged(tie, NO_CHAIN, stake, meeting, day, rows)


def _organisation_paths(
    problem: Problem, tie: Tie, organisation: str, meeting: Meeting, day: date, policy: Policy
) -> Iterator[Path]:
    # An employer that has left the group since is still the one that was in it.
    days = (day, tie.end) if tie.end is not None and tie.end < day else (day,)
    for stake in problem.stakes_of(meeting.meeting):
        for chain, linked in _chains(problem, organisation, stake.organisation, days):
            rows = [row for row in policy.rows if row.target == "organisation" and chain.form in row.chain]
            path = _judged(tie, chain, stake, meeting, day, rows)
            if path.degree == Degree.WAIVABLE and waived(problem, tie.facilitator, organisation, meeting.meeting, day):
                path = replace(path, waived=True)
            yield replace(path, linked=linked) if chain.steps else path


def _chains(problem: Problem, source: str, target: str, days: Sequence[date]) -> Iterator[tuple[Chain, date]]:
    """Yield a shortest chain of each form there is on any of the days, each day by itself; of the first such day."""
    found: dict[Form | None, date] = {}
    for day in days:
        for form in problem.webs.on(day).forms(source, target):
            found.setdefault(form, day)
    for form, day in found.items():
        yield problem.webs.on(day).chain(source, target, form), day


def _unknown_paths(problem: Problem, facilitator: str, meeting: Meeting, day: date, policy: Policy) -> Iterator[Path]:
    """Yield a path to each party where no employer is on record: it could be any of them."""
    rows = [row for row in policy.rows if row.target == UNKNOWN]
    if rows and employer_unknown(problem, facilitator, day):
        nobody = Tie.model_construct(facilitator=facilitator, kind=UNKNOWN)  # a tie that no table could hold
        for stake in problem.stakes_of(meeting.meeting):
            yield _judged(nobody, NO_CHAIN, stake, meeting, day, rows)


def _balanced(problem: Problem, meeting: Meeting, day: date, paths: list[Path]) -> list[Path]:
    """Return the paths of one facilitator, those that are waivable with the side they take if others can balance it.

    Each tied organisation must reach one and the same of the several parties that decide, and no other of them; and all
    other parties that must consent have.
    """
    deciders = deciding(problem, meeting.meeting, day)
    waiting = [path for path in paths if path.effect == Degree.WAIVABLE]
    if len(deciders) < 2 or any(path.effect > Degree.WAIVABLE for path in paths):
        return paths
    if not all(path.organisations for path in waiting):  # the matter itself, or an employer whom nobody wrote down
        return paths
    reached: dict[str, set[str]] = {path.organisations[0]: set() for path in waiting}
    for path in waiting:
        reached[path.organisations[0]] |= {problem.webs.same_of(path.party, day)} & deciders
    sides = set[str]().union(*reached.values())
    if len(sides) != 1 or not all(reached.values()):
        return paths
    who = waiting[0].tie.facilitator
    if not all(others_consent(problem, who, organisation, meeting.meeting, day) for organisation in reached):
        return paths
    (side,) = sides
    return [replace(path, balanced=side) if path.effect == Degree.WAIVABLE else path for path in paths]


def _judged(
    tie: Tie, chain: Chain, stake: Stake | None, meeting: Meeting, day: date, rows: Sequence[PolicyRow]
) -> Path:
    """Return the path with the harshest degree that any of the rows gives it on the day; of equal rows the first."""
    party, grade = ("", "decider") if stake is None else (stake.organisation, stake.grade)
    best, rule = Degree.NEUTRAL, ""
    for row in rows:
        for degree in _degrees(row, tie, grade, day):
            if not rule or degree > best:
                best, rule = degree, row.rule
    raised = raised_degree(best, meeting.contention, tie.theme is not None)
    ended = tie.end is not None and tie.end < day
    given = "" if stake is None else grade
    return Path(tie, chain.organisations, chain.steps, party, given, raised, rule, ended, raised > best)


def _degrees(row: PolicyRow, tie: Tie, grade: str, day: date) -> Iterator[Degree]:
    """Yield the degree that a row gives a tie on a day, if any."""
    if row.target == UNKNOWN:
        yield row.degree(grade)
    for window in windows(row, tie):
        if window.first <= day <= window.last:
            yield row.degree(grade, window.ended)


def raised_degree(degree: Degree, contention: str, theme: bool) -> Degree:
    """Return the degree that contention leaves: high raises all but neutral by one step.

    A tie to a theme is disclosed at most, whatever the policy and the contention: there is no one who could consent.
    """
    step = int(contention == "high" and degree > Degree.NEUTRAL)
    return Degree(min(degree + step, Degree.DISCLOSE if theme else Degree.BLOCKED))
