"""Empty seats: where the pool fell away, and what keeps out those who could have come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from poolmatch.arrays import Arrays
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Plan, Roster, RosterRow, completed
from poolmatch.explain.standing import standings
from poolmatch.rule import Finding
from poolmatch.ruleset import RuleSet

MOST_TRIALS = 2000
"""So many people are tried in empty seats; beyond it nobody waits for more."""


@dataclass(frozen=True)
class EmptySeat:
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
        break it. The rest could still be added, but that would be no better.
    """

    meeting: str
    seat: str
    fell: Mapping[str, int]
    eligible: int
    kept_out: Mapping[str, int]

    def to_dict(self) -> dict[str, Any]:
        """Return the seat as data for a JSON document."""
        return {
            "meeting": self.meeting,
            "seat": self.seat,
            "fell": dict(self.fell),
            "eligible": self.eligible,
            "kept_out": dict(self.kept_out),
        }


def empty_seats(problem: Problem, roster: Roster, rules: RuleSet) -> tuple[EmptySeat, ...]:
    """Return the required seats that a roster leaves empty, in the order of the problem, duties last.

    Parameters
    ----------
    problem
        The problem.
    roster
        A roster of it.
    rules
        The rules.
    """
    roster = completed(problem, roster)
    filled = {(row.meeting, row.seat) for row in roster.rows if row.facilitator is not None}
    empty = [row for row in problem.all_seats if row.required and (row.meeting, row.seat) not in filled]
    if not empty:
        return ()
    found = standings(Arrays(problem), rules, ((row.meeting, row.seat) for row in empty))
    trials = _Trials(problem, roster, rules)
    result = []
    for seat in empty:
        standing = found[seat.meeting, seat.seat]
        kept_out: Counter[str] = Counter()
        for name in standing.eligible:
            rule = trials.first_broken(name, seat.meeting, seat.seat)
            if rule is not None:
                kept_out[rule] += 1
        order = {rule.id: kept_out[rule.id] for rule in rules.constraints if kept_out[rule.id]}
        result.append(EmptySeat(seat.meeting, seat.seat, standing.fell, len(standing.eligible), order))
    return tuple(result)


class _Trials:
    """Puts people into empty seats of a roster and asks the constraints about it.

    Only what can matter is laid out: the meetings the person sits in, and the series of the seat.
    """

    def __init__(self, problem: Problem, roster: Roster, rules: RuleSet) -> None:
        self._problem = problem
        self._rules = rules
        self._left = MOST_TRIALS
        self._rows: dict[str, list[RosterRow]] = {}
        self._of_person: dict[str, set[str]] = {}
        for row in roster.rows:
            if row.facilitator is not None:
                self._rows.setdefault(row.meeting, []).append(row)
                self._of_person.setdefault(row.facilitator, set()).add(row.meeting)

    def first_broken(self, name: str, meeting: str, seat: str) -> str | None:
        """Return the first constraint that someone would break in the seat, None when there is a slot without any."""
        if self._left <= 0:
            return None
        self._left -= 1
        problem = self._problem
        series = problem.series.get(problem.meeting(meeting).series or "", ())
        nearby = {meeting, *(row.meeting for row in series), *self._of_person.get(name, ())}
        rows = [row for other in sorted(nearby) for row in self._rows.get(other, ())]
        before = self._broken(rows)
        first: str | None = None
        for start in self._starts(meeting):
            trial = RosterRow(meeting=meeting, seat=seat, facilitator=name, start=start)
            broken = next((item.rule for item in self._broken([*rows, trial]) if item not in before), None)
            if broken is None:
                return None
            first = first or broken
        return first

    def _starts(self, meeting: str) -> list[datetime | None]:
        """Return the slot that is chosen for a meeting, else every slot."""
        held = self._rows.get(meeting, ())
        times = self._problem.times(self._problem.meeting(meeting))
        if held and times:
            return [held[0].start or times[0][0]]
        return [start for start, _ in times] or [None]

    def _broken(self, rows: list[RosterRow]) -> list[Finding]:
        plan = Plan(self._problem, Roster(rows=tuple(rows)), whole=False)
        return [item for rule in self._rules.constraints for item in rule.judge(plan)]
