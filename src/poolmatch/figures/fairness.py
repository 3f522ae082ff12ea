"""How evenly the work is shared, before and after a roster."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Any

from poolmatch.checking import Report
from poolmatch.domain.hours import TICKS
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem, must_be_problem
from poolmatch.domain.roster import Roster
from poolmatch.domain.shares import carried_ticks, shares, shares_before, targets


@dataclass(frozen=True)
class PersonShare:
    """The work of one pool member, or of all those of one organisation; hours.

    Attributes
    ----------
    name
        Id of the facilitator or organisation; "" for those whose employer column is blank.
    share_before, share
        Part of all work that is theirs by contract hours and days present, 0 to 1: of the past that carries over, and
        in the period.
    before
        Hours of the past that carry over.
    hours, target
        Hours in the roster, and the fair number of them in the period.
    deviation_before, deviation_after
        Hours above their part of all hours: of the past, and of past and roster together, each by its own share. They
        add up to 0.
    """

    name: str
    share_before: float
    share: float
    before: float
    hours: float
    target: float
    deviation_before: float
    deviation_after: float

    def to_dict(self) -> dict[str, Any]:
        """Return the row as data."""
        return dict(self.__dict__)


@dataclass(frozen=True)
class Fairness:
    """Figures of fairness; externals have none.

    Attributes
    ----------
    people, organisations
        A row for each pool member, also those without work, and for each employer, in the order of the problem.
    gini_before, gini_after
        Gini coefficient of hours against the hours that are each one's part, 0 (all work as much as their part) to 1;
        before the roster and after.
    spread_before, spread_after
        Largest less smallest deviation, hours.
    """

    people: tuple[PersonShare, ...]
    organisations: tuple[PersonShare, ...]
    gini_before: float
    gini_after: float
    spread_before: float
    spread_after: float

    def to_dict(self) -> dict[str, Any]:
        """Return the figures as data for a JSON document."""
        return {
            "gini_before": self.gini_before,
            "gini_after": self.gini_after,
            "spread_before": self.spread_before,
            "spread_after": self.spread_after,
            "people": [row.to_dict() for row in self.people],
            "organisations": [row.to_dict() for row in self.organisations],
        }


def gini(hours: Sequence[Fraction], parts: Sequence[Fraction]) -> float:
    """Return the Gini coefficient of hours per share: the mean difference between two shares, over twice the mean.

    Parameters
    ----------
    hours
        Hours of each.
    parts
        Share of each; a share may be 0.

    Returns
    -------
    float
        0 to 1; 0 when there are no hours.
    """
    # In order of hours per share no pair has more before less, so that the differences add up by running sums.
    items = sorted(zip(hours, parts, strict=True), key=lambda item: item[0] / (sum(item) or 1))
    differences = worked = shared = Fraction(0)
    for hour, part in items:
        differences += hour * shared - part * worked
        worked += hour
        shared += part
    return float(differences / (worked * shared)) if worked * shared else 0.0


def fairness(problem: Problem, roster: Roster) -> Fairness:
    """Return how evenly the work is shared, before and after a roster.

    Parameters
    ----------
    problem
        The problem; its history counts as far as it carries over (`poolmatch.domain.shares.carried_ticks`).
    roster
        A roster of it.

    Raises
    ------
    ProblemError
        The roster does not fit the problem.
    """
    must_be_problem(problem)
    past, goal, work = carried_ticks(problem), targets(problem), Plan(problem, roster).work_of
    mine = {
        name: _Hours(
            share_before=before,
            share=shares(problem)[name],
            before=Fraction(past.get(name, 0), TICKS * 60),
            hours=Fraction(sum(item.ticks for item in work.get(name, ())), TICKS * 60),
            target=Fraction(goal[name], 60),
        )
        for name, before in shares_before(problem).items()
    }
    whole = sum(mine.values(), _Hours())
    people = tuple(item.row(name, whole) for name, item in mine.items())
    members: defaultdict[str, _Hours] = defaultdict(_Hours)
    for person in problem.facilitators:
        if person.facilitator in mine:
            members[person.organisation or ""] += mine[person.facilitator]
    order = [row.organisation for row in problem.organisations if row.organisation in members]
    groups = [*order, *([""] if "" in members else [])]
    deviations = [[getattr(row, name) for row in people] for name in ("deviation_before", "deviation_after")]
    spreads = [max(items) - min(items) if items else 0.0 for items in deviations]
    return Fairness(
        people,
        tuple(members[name].row(name, whole) for name in groups),
        gini([item.before for item in mine.values()], [item.share_before for item in mine.values()]),
        gini([item.before + item.hours for item in mine.values()], [item.part(whole) for item in mine.values()]),
        spreads[0],
        spreads[1],
    )


def fairness_of(report: Report) -> Fairness:
    """Return the figures of fairness of a roster that was judged: worked out once."""
    return report.memo(fairness, lambda: fairness(report.problem, report.roster))


@dataclass(frozen=True)
class _Hours:
    """What a `PersonShare` is made of, exactly; it can be added up."""

    share_before: Fraction = Fraction(0)
    share: Fraction = Fraction(0)
    before: Fraction = Fraction(0)
    hours: Fraction = Fraction(0)
    target: Fraction = Fraction(0)

    def __add__(self, other: _Hours) -> _Hours:
        return _Hours(*(getattr(self, item.name) + getattr(other, item.name) for item in fields(self)))

    def part(self, whole: _Hours) -> Fraction:
        """Return how many hours of past and roster together would be theirs."""
        return self.share_before * whole.before + self.share * whole.hours

    def row(self, name: str, whole: _Hours) -> PersonShare:
        return PersonShare(
            name,
            **{item.name: float(getattr(self, item.name)) for item in fields(self)},
            deviation_before=float(self.before - self.share_before * whole.before),
            deviation_after=float(self.before + self.hours - self.part(whole)),
        )
