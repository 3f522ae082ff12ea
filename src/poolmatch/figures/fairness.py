"""How evenly the work is shared, before and after a roster."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from poolmatch.domain.hours import TICKS, carried_ticks, shares, targets
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Plan, Roster


@dataclass(frozen=True)
class PersonShare:
    """The work of one pool member, or of all those of one organisation; hours.

    Attributes
    ----------
    name
        Id of the facilitator or organisation; "" for those without an employer.
    share
        Part of all work that is theirs by contract hours, 0 to 1.
    before
        Hours of the past that carry over.
    hours, target
        Hours in the roster, and the fair number of them in the period.
    deviation_before, deviation_after
        Hours above their share of all hours: of the past, and of past and roster together. They add up to 0.
    """

    name: str
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
        Gini coefficient of hours against shares, 0 (all work as much as their share) to 1; before the roster and after.
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
    whole = sum(hours, Fraction(0)) * sum(parts, Fraction(0))
    if not whole:
        return 0.0
    pairs = zip(hours, parts, strict=True)
    items = list(pairs)
    differences = sum((abs(h * q - g * p) for h, p in items for g, q in items), Fraction(0))
    return float(differences / (2 * whole))


def fairness(problem: Problem, roster: Roster) -> Fairness:
    """Return how evenly the work is shared, before and after a roster.

    Parameters
    ----------
    problem
        The problem; its history counts as far as it carries over (`poolmatch.domain.hours.carried_ticks`).
    roster
        A roster of it.

    Raises
    ------
    ProblemError
        The roster does not fit the problem.
    """
    part, goal, past = shares(problem), targets(problem), carried_ticks(problem)
    work = Plan(problem, roster).work_of
    before = {name: Fraction(past.get(name, 0), TICKS * 60) for name in part}
    now = {name: Fraction(sum(item.ticks for item in work.get(name, ())), TICKS * 60) for name in part}
    aim = {name: Fraction(minutes, 60) for name, minutes in goal.items()}
    people = _rows({name: (name,) for name in part}, part, before, now, aim)
    members: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for person in problem.facilitators:
        if person.facilitator in part:
            members[person.organisation or ""] += (person.facilitator,)
    order = [row.organisation for row in problem.organisations if row.organisation in members]
    groups = {name: members[name] for name in [*order, *([""] if "" in members else [])]}
    after = [before[name] + now[name] for name in part]
    deviations = [[getattr(row, name) for row in people] for name in ("deviation_before", "deviation_after")]
    spreads = [max(items) - min(items) if items else 0.0 for items in deviations]
    return Fairness(
        people,
        _rows(groups, part, before, now, aim),
        gini(list(before.values()), list(part.values())),
        gini(after, list(part.values())),
        spreads[0],
        spreads[1],
    )


def _rows(
    groups: Mapping[str, tuple[str, ...]],
    part: Mapping[str, Fraction],
    before: Mapping[str, Fraction],
    now: Mapping[str, Fraction],
    aim: Mapping[str, Fraction],
) -> tuple[PersonShare, ...]:
    all_before, all_now = sum(before.values(), Fraction(0)), sum(now.values(), Fraction(0))
    rows = []
    for name, members in groups.items():
        share, past, hours, target = (
            sum((side[member] for member in members), Fraction(0)) for side in (part, before, now, aim)
        )
        was = past - share * all_before
        rows.append(
            PersonShare(
                name,
                float(share),
                float(past),
                float(hours),
                float(target),
                float(was),
                float(was + hours - share * all_now),
            )
        )
    return tuple(rows)
