"""Tasks with a known optimum, found by enumeration."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tests.solving.enumeration import judged_rosters
from tests.solving.optima import STRICTER
from tests.solving.programmes import lively

from poolmatch import STANDARD_RULES
from poolmatch.checking import Report
from poolmatch.rules.few_people import FewPeopleRule
from poolmatch.ruleset import RuleSet
from poolmatch.solving.decomposition.components import components
from poolmatch.solving.model.incumbent import Incumbent
from poolmatch.solving.model.system import Objective
from poolmatch.solving.prepared import Prepared
from poolmatch.solving.running.stopping import Stop
from poolmatch.solving.search.pieces import PieceParams, Pieces
from poolmatch.solving.task import Kept, Task

FEW = STANDARD_RULES.plus(FewPeopleRule()).weighted((7, 5, 4, 3, 2, 1))
"""Under these people are charged for being used, by the weighted sum."""
RULES = (STANDARD_RULES, FEW, STRICTER, STANDARD_RULES.weighted((7, 5, 4, 3, 2, 1)))


@dataclass(frozen=True)
class Known:
    """A task and what it comes to.

    Attributes
    ----------
    prepared
        The problem, in which the tiers above stay at their best.
    task
        Its hint is some legal roster of it.
    start, optimum
        What that roster is worth, and the best one.
    """

    prepared: Prepared
    task: Task
    start: int
    optimum: int

    def worth(self, report: Report) -> int:
        return worth(report, self.task.objective)

    def begun(self) -> Incumbent:
        """Return an incumbent that has the roster that the task begins with."""
        incumbent = Incumbent(self.task.objective, self.task.guide)
        Pieces(self.task, 0, Stop(None), PieceParams()).offer_hint(incumbent)
        assert incumbent.value == self.start
        return incumbent


def worth(report: Report, objective: Objective) -> int:
    """Return what a roster is worth by one tier, or by the weighted sum."""
    if objective.tier == 0:
        return report.weighted.value
    return next(item.value for item in report.tiers if item.tier == objective.tier)


@cache
def legal_rosters(seed: int, rules: RuleSet) -> Sequence[Report]:
    return [report for report in judged_rosters(lively(seed), rules) if report.legal]


@cache
def known(seed: int) -> Known:
    """Return a task: every other one is a weighted sum, the others are tiers in which rosters differ, mostly."""
    rng, rules = random.Random(seed), RULES[seed // 2 % 4]
    prepared = Prepared.of(lively(seed), rules, seed)
    left = legal_rosters(seed, rules)
    place, goals, above = 0, prepared.objectives, list[Kept]()
    rows = len(prepared.system.row_bounds[0])
    while place < len(goals) - 1 and (len({worth(one, goals[place]) for one in left}) == 1 or rng.random() < 0.4):
        best = min(worth(report, goals[place]) for report in left)
        left = [report for report in left if worth(report, goals[place]) == best]
        prepared = prepared.keeping(goals[place], best)
        above.append(Kept(goals[place], best))
        place += 1
    goal = goals[place]
    values = [worth(report, goal) for report in left]
    start = max((rng.randrange(len(left)) for _ in range(3)), key=values.__getitem__)
    task = Task(
        prepared.features,
        prepared.system,
        goal,
        prepared.blocks.guide(rules, goal),
        prepared.columns_of(left[start].roster),
        leads=place == 0 and len(goals) > 1,
        part_of=components(prepared.system, len(prepared.candidates), 1),
        above=tuple(above),
        rules_rows=rows,
    )
    return Known(prepared, task, values[start], min(values))
