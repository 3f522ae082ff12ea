"""Empty seats: where the pool fell away, and what keeps out those who could have come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from poolmatch.arrays import Arrays
from poolmatch.checking import HasReport, Report
from poolmatch.domain.meetings import Seat
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Roster, RosterRow
from poolmatch.eligibility import standings
from poolmatch.explain.explanation import Explanation, explained, explained_once
from poolmatch.rule import ConstraintRule
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
        Of these, how many a constraint keeps out of this roster, by the first that does: put into the seat, they would
        break it.
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
    trials, left = _Trials(plan, rules.constraints), most_trials
    result = []
    for number, seat in enumerate(empty):
        standing = found[seat.meeting, seat.seat, None]
        share = min(left // (len(empty) - number), len(standing.eligible))  # what a seat leaves over passes on
        left -= share
        kept_out = Counter(trials.first_broken(name, seat) for name in standing.eligible[:share])
        order = {rule.id: kept_out[rule.id] for rule in rules.constraints if kept_out[rule.id]}
        eligible = len(standing.eligible)
        result.append(EmptySeat(seat.meeting, seat.seat, standing.fell, eligible, order, eligible - share))
    return tuple(result)


class _Trials:
    """Puts people into empty seats of a roster and asks the constraints about it.

    Only what can matter is laid out: the meetings the person sits in, and the series of the seat.
    """

    def __init__(self, plan: Plan, constraints: Sequence[ConstraintRule]) -> None:
        self._plan = plan
        self._constraints = constraints

    def first_broken(self, name: str, seat: Seat) -> str | None:
        """Return the first constraint that someone would break in the seat, None when there is a slot without any."""
        plan, problem = self._plan, self._plan.problem
        series = problem.series.get(problem.meeting(seat.meeting).series or "", ())
        work = (item.meeting.meeting for item in plan.work_of.get(name, ()))
        nearby = sorted({seat.meeting, *(row.meeting for row in series), *work})
        first: str | None = None
        for start in self._starts(seat.meeting):
            row = RosterRow(meeting=seat.meeting, seat=seat.seat, facilitator=name, start=start)
            broken = self._broken(nearby, row)
            if broken is None:
                return None
            first = first or broken
        return first

    def _starts(self, meeting: str) -> Sequence[datetime | None]:
        """Return the slot that is chosen for a meeting, else every slot."""
        held = self._plan.of_meeting.get(meeting)
        if held:
            return [held[0].start]
        return [start for start, _ in self._plan.problem.times(self._plan.problem.meeting(meeting))] or [None]

    def _broken(self, meetings: Sequence[str], trial: RosterRow) -> str | None:
        """Return the first constraint that has more to say once somebody is added to some meetings."""
        before, after = self._plan.part(meetings), self._plan.part(meetings, trial)
        for rule in self._constraints:
            found = list(rule.judge(after))
            if found and found != (known := list(rule.judge(before))) and any(item not in known for item in found):
                return rule.id
        return None
