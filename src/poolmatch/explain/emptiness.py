"""Empty seats: where the pool fell away, and what keeps out those who could have come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from poolmatch.arrays import Arrays
from poolmatch.checking import HasReport, Report
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Roster
from poolmatch.eligibility import standings
from poolmatch.explain.explanation import Explanation, explained, explained_once
from poolmatch.explain.trials import Trials
from poolmatch.ruleset import RuleSet

MOST_TRIALS = 20_000
"""So many people are tried in empty seats; beyond it nobody waits for more. Each seat gets its share."""


@dataclass(frozen=True)
class EmptySeat(Explanation):
    """A seat that nobody holds.

    Attributes
    ----------
    meeting, seat
        Ids; of a duty the duty and its kind.
    fell
        How many of the pool fell away at each eligibility rule, in the order of the rules; each person counts at the
        first rule that puts them out, in the slot in which they get farthest. Rules at which nobody fell are left out.
    eligible
        How many could have taken the seat by themselves.
    kept_out
        Of these, how many a rule that limits keeps out of this roster, by the first that does: put into the seat, they
        would break it.
    untried
        Of these, how many were not tried, because so many seats are empty: nothing is known of them. The rest, neither
        kept out nor untried, could still be added, but that would be no better.
    """

    meeting: str
    seat: str
    fell: Mapping[str, int]
    eligible: int
    kept_out: Mapping[str, int]
    untried: int = 0

    @property
    def addable(self) -> int:
        """How many were tried and break nothing."""
        return self.eligible - sum(self.kept_out.values()) - self.untried


def empty_seats(
    problem: Problem, roster: Roster, rules: RuleSet, *, most_trials: int = MOST_TRIALS
) -> tuple[EmptySeat, ...]:
    """Return the required seats that a roster leaves empty, in the order of the problem, duties last.

    Parameters
    ----------
    problem
        The problem.
    roster
        A roster of it.
    rules
        The rules.
    most_trials
        How many times at most somebody is tried in an empty seat, in all; at least 0.
    """
    return explained(_empty, problem, roster, rules, most_trials=most_trials)


def empty_seats_of(result: Report | HasReport, *, most_trials: int = MOST_TRIALS) -> tuple[EmptySeat, ...]:
    """Return the empty seats of a result, as `empty_seats`: worked out once, however many ask.

    Parameters
    ----------
    result
        What ``solve`` or ``check`` returned.
    most_trials
        As of `empty_seats`; that of who asks first counts.
    """
    return explained_once(_empty, result, most_trials=most_trials)


def _empty(plan: Plan, rules: RuleSet, world: Arrays, most_trials: int) -> tuple[EmptySeat, ...]:
    empty = [seat for seat in plan.problem.all_seats if seat.required and (seat.meeting, seat.seat) not in plan.filled]
    found = standings(world, rules, ((seat.meeting, seat.seat, None) for seat in empty))
    trials, left = Trials(plan, rules.limits), most_trials
    result = []
    for number, seat in enumerate(empty):
        standing = found[seat.meeting, seat.seat, None]
        share = min(left // (len(empty) - number), len(standing.eligible))  # what a seat leaves over passes on
        left -= share
        kept_out = Counter(trials.first_broken(name, seat) for name in standing.eligible[:share])
        order = {rule.id: kept_out[rule.id] for rule in rules.limits if kept_out[rule.id]}
        eligible = len(standing.eligible)
        result.append(EmptySeat(seat.meeting, seat.seat, standing.fell, eligible, order, eligible - share))
    return tuple(result)
