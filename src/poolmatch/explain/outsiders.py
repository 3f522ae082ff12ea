"""Externals in a roster, and why nobody of the pool sits in their place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from poolmatch.arrays import Arrays
from poolmatch.checking import HasReport, Report
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Roster
from poolmatch.eligibility import standings
from poolmatch.explain.explanation import Explanation, explained, explained_once
from poolmatch.neutrality.assessment import assess
from poolmatch.ruleset import RuleSet


@dataclass(frozen=True)
class Outsider(Explanation):
    """An external in a seat.

    Attributes
    ----------
    meeting, seat, facilitator
        The assignment.
    fell
        How many of the pool fell away at each eligibility rule, as in `EmptySeat`; externals aside.
    eligible
        Ids of those of the pool who could have taken the seat by themselves.
    tied
        Those of them who are not neutral there: they would have to disclose, or better stay away.
    """

    meeting: str
    seat: str
    facilitator: str
    fell: Mapping[str, int]
    eligible: tuple[str, ...]
    tied: tuple[str, ...]


def outsiders(problem: Problem, roster: Roster, rules: RuleSet) -> tuple[Outsider, ...]:
    """Return the externals of a roster with the reasons why nobody of the pool sits there, in order of the roster.

    Parameters
    ----------
    problem
        The problem.
    roster
        A roster of it.
    rules
        The rules; only the eligibility rules and the policy are asked.
    """
    return explained(_outside, problem, roster, rules)


def outsiders_of(result: Report | HasReport) -> tuple[Outsider, ...]:
    """Return the externals of a result, as `outsiders`: worked out once, however many ask.

    Parameters
    ----------
    result
        What ``solve`` or ``check`` returned.
    """
    return explained_once(_outside, result)


def _outside(plan: Plan, rules: RuleSet, world: Arrays) -> tuple[Outsider, ...]:
    problem, policy = plan.problem, rules.policy
    items = [item for item in plan.assignments if item.facilitator.external]
    pool = [row for row in problem.facilitators if not row.external]
    found = standings(world, rules, (item.seat_at for item in items), pool)
    result = []
    for item in items:
        meeting, seat = item.meeting.meeting, item.seat.seat
        standing = found[item.seat_at]
        tied = tuple(
            name for name in standing.eligible if assess(problem, name, meeting, item.start, policy=policy).degree > 0
        )
        outside = item.facilitator.facilitator
        result.append(Outsider(meeting, seat, outside, standing.fell, standing.eligible, tied))
    return tuple(result)
