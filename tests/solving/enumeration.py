"""All rosters of a small problem, judged without the solver."""

from __future__ import annotations

from collections.abc import Iterator

from poolmatch import Problem, Roster
from poolmatch.arrays import Arrays
from poolmatch.checking import Report, judge
from poolmatch.ruleset import RuleSet
from poolmatch.testing import every_roster


def judged_rosters(case: Problem, rules: RuleSet) -> Iterator[Report]:
    """Judge every roster in which all are eligible; who may not sit somewhere is asked for once."""
    world, ids = Arrays(case), {rule.id for rule in rules.eligibility}
    known: dict[object, bool] = {}

    def possible(roster: Roster) -> bool:
        for row in roster.rows:
            if row.facilitator and row not in known:
                broken = {item.rule for item in judge(case, Roster(rows=(row,)), rules, world).violations}
                known[row] = not broken & ids
        return all(known[row] for row in roster.rows if row.facilitator)

    return (judge(case, roster, rules, world) for roster in every_roster(case) if possible(roster))
