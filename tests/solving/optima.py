"""Rule sets, and the optima of small problems under them: by enumeration and by HiGHS, without `solve`."""

from __future__ import annotations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix, vstack

from poolmatch import STANDARD_RULES, Problem, Roster
from poolmatch.arrays import Arrays
from poolmatch.checking import judge
from poolmatch.domain.roster import RosterRow
from poolmatch.eligibility import eligibility
from poolmatch.rules.exposure_cap import ExposureCapRule
from poolmatch.rules.external_last import ExternalLastRule
from poolmatch.ruleset import RuleSet
from poolmatch.solving.model.blocks import Blocks
from poolmatch.solving.model.system import UNBOUNDED
from poolmatch.testing import every_roster

CAPPED = STANDARD_RULES.plus(ExposureCapRule(cap=1, window_days=3))
"""The one rule that is off unless it is given parameters, switched on."""
STRICTER = CAPPED.plus(ExternalLastRule(hard=True))
"""And the one preference that can be a limit, made one."""
OPTIMUM = 58981.098333333335
"""Of ``pool(12, 40, 6, 1)``, as proven without pieces; `test_regional_search.py` proves it again."""


def best_by_enumeration(problem: Problem, rules: RuleSet) -> tuple[int, ...] | None:
    """Return the least tier values of all legal rosters, judged one by one; None when there is no legal roster.

    Who may not sit somewhere may not in any roster: that much is asked only once.
    """
    world, eligibility_rules = Arrays(problem), {rule.id for rule in rules.eligibility}
    known: dict[RosterRow, bool] = {}

    def eligible(row: RosterRow) -> bool:
        if row not in known:
            broken = {item.rule for item in judge(problem, Roster(rows=(row,)), rules, world).violations}
            known[row] = not broken & eligibility_rules
        return known[row]

    rosters = (item for item in every_roster(problem) if all(eligible(row) for row in item.rows if row.facilitator))
    reports = (judge(problem, roster, rules, world) for roster in rosters)
    return min((tuple(tier.value for tier in report.tiers) for report in reports if report.legal), default=None)


def best_by_milp(problem: Problem, rules: RuleSet) -> tuple[int, ...]:
    """Return the least tier values by HiGHS, tier after tier, on the same blocks."""
    blocks = Blocks.of(eligibility(Arrays(problem), rules).candidates, rules)
    lower, upper = blocks.bounds
    width = len(lower)
    if not width:
        return tuple(objective.constant for objective in blocks.objectives(rules))
    row, column, factor = blocks.matrix
    low, high = blocks.row_bounds
    group, member = blocks.groups
    groups = int(group.max()) + 1 if len(group) else 0
    rows = csr_matrix((factor.astype(float), (row, column)), shape=(len(high), width))
    members = csr_matrix((np.ones(len(group)), (group, member)), shape=(groups, width))
    matrix: csr_matrix[np.float64] = vstack([rows, members]).tocsr()
    below = np.concatenate([np.where(low <= -UNBOUNDED, -np.inf, low), np.full(groups, -np.inf)])
    above = np.concatenate([np.where(high >= UNBOUNDED, np.inf, high), np.ones(groups)])
    values = []
    for objective in blocks.objectives(rules):
        cost = np.zeros(width)
        cost[objective.column] = objective.weight
        answer = milp(
            cost,
            constraints=LinearConstraint(matrix, below, above) if matrix.shape[0] else (),
            bounds=Bounds(lower, upper),
            integrality=np.ones(width, np.int64),
        )
        assert answer.success, answer.message
        values.append(round(answer.fun) * objective.unit + objective.constant)
        matrix = vstack([matrix, csr_matrix(cost)]).tocsr()
        below, above = np.append(below, -np.inf), np.append(above, round(answer.fun))
    return tuple(values)


def best_sum(case: Problem, rules: RuleSet) -> int:
    """Return the least weighted sum of all legal rosters."""
    world = Arrays(case)
    reports = (judge(case, roster, rules, world) for roster in every_roster(case))
    return min(report.weighted.value for report in reports if report.legal)
