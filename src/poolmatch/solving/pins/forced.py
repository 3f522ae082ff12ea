"""Pins that are kept although they break rules: the rules are widened by just what the pins take."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from poolmatch.arrays import Ints
from poolmatch.checking import Report, judge, pins_alone
from poolmatch.domain.roster import Roster
from poolmatch.errors import InternalError
from poolmatch.rule import Finding
from poolmatch.solving.backends.cpsat import Answer, Search, Settings
from poolmatch.solving.model.forced import ForcedBlocks
from poolmatch.solving.model.system import UNBOUNDED, Objective, System
from poolmatch.solving.running.budget import Budget

RATHER_NOT = 10**9
"""How much worse it is to hold a meeting at two times than to break another rule by as much."""
NO_GROUPS = (np.zeros(0, np.int64),) * 2


@dataclass(frozen=True)
class Widened:
    """A system with room for the pins.

    Attributes
    ----------
    system
        What the rules wrote, widened.
    taken
        A 0/1 value for each candidate: a roster that keeps the pins, and the system.
    """

    system: System
    taken: Ints


def widen(blocks: ForcedBlocks, settings: Settings, budget: Budget) -> Widened | None:
    """Return the blocks with room for the pins, and for nothing more; None when none was found in time.

    Each row and group of a constraint, pins aside, gets a slack. The pins alone show, with the least sum of slacks,
    what they break; other seats may cure some of that, such as a team without a lead; by what is left the rows and
    groups are widened. A pin that leaves the slot open is kept in a slot where its facilitator is eligible, if
    possible; once anything is widened, in the slot for which it was.

    Parameters
    ----------
    blocks
        What the rules wrote.
    settings, budget
        How, and how long, to search for the least widening.

    Raises
    ------
    InternalError
        The solver claims that there is no such widening, though there always is one.
    """
    elastic = _Elastic(blocks)
    alone = elastic.search(elastic.others, elastic.most, settings).minimise(elastic.wanted, budget.left, budget.stop)
    budget.spend(alone.spent)
    if alone.infeasible:
        raise InternalError("the solver claims that forced pins cannot be kept, though any rule gives way to them")
    if alone.values is None:
        return None
    search = elastic.search(np.zeros(0, np.int64), elastic.slacks(alone), settings)
    search.hint(alone.values)
    answer = search.minimise(elastic.wanted, max(1.0, budget.left), budget.stop)
    budget.spend(answer.spent)
    return elastic.widened(alone if answer.values is None else answer)


def legal_but_for_pins(report: Report) -> bool:
    """Tell whether a roster is legal, but for what forced pins break by themselves in the slots it has them in."""
    if report.legal or not report.rules.forces_pins:
        return report.legal
    problem = report.problem
    held = {(row.meeting, row.seat, row.facilitator): row.start for row in report.roster.rows}
    rows = []
    for pin, row in zip(problem.open_pins, pins_alone(problem).rows, strict=True):
        start = pin.slot_start or held.get((pin.meeting, pin.seat, pin.facilitator), row.start)
        rows.append(row.model_copy(update={"start": start}))
    alone = judge(problem, Roster(rows=tuple(rows)), report.rules).violations

    def excused(item: Finding) -> bool:
        same = (other for other in alone if (other.rule, other.seat) == (item.rule, item.seat))
        return any(set(other.facilitators) <= set(item.facilitators) for other in same)

    return all(excused(item) for item in report.violations)


class _Elastic:
    """The blocks with groups as rows, and a slack for each side of a row that is a constraint's."""

    def __init__(self, blocks: ForcedBlocks) -> None:
        self._candidates = blocks.candidates
        self._lower, self._upper = blocks.bounds
        self._kept = np.unique(np.concatenate([np.zeros(0, np.int64), *blocks.pinned]))
        self.others = np.setdiff1d(np.arange(len(self._candidates)), np.union1d(self._kept, self._candidates.past))
        """Candidates whom no pin asks for, and who are not as it was in the past either."""
        row, column, factor = blocks.matrix
        group, member = blocks.groups
        groups = int(group.max()) + 1 if len(group) else 0
        # Groups follow the rows of constraints, and those of preferences come last.
        row = np.concatenate([np.where(row < blocks.hard_rows, row, row + groups), group + blocks.hard_rows])
        order = np.argsort(row, kind="stable")
        self._row = row[order]
        self._column = np.concatenate([column, member])[order]
        self._factor = np.concatenate([factor, np.ones(len(member), np.int64)])[order]
        low, high = blocks.row_bounds
        place = [blocks.hard_rows] * groups
        self._low, self._high = np.insert(low, place, -UNBOUNDED), np.insert(high, place, 1)
        self.hard_rows = blocks.hard_rows + groups
        hard = np.arange(len(self._low)) < self.hard_rows
        twice = np.zeros(len(hard), np.bool_)
        for rule, rows, own_groups in blocks.written:
            if rule.keeps_pins:
                hard[rows.start : rows.stop] = False
            if rule.gives_way_last:
                twice[rows.start : rows.stop] = True
                twice[blocks.hard_rows + own_groups.start : blocks.hard_rows + own_groups.stop] = True
        self._above = np.flatnonzero(hard & (self._high < UNBOUNDED))
        self._below = np.flatnonzero(hard & (self._low > -UNBOUNDED))
        reach = np.zeros(len(hard), np.int64)
        extent = np.maximum(np.abs(self._lower[self._column]), np.abs(self._upper[self._column]))
        np.add.at(reach, self._row, np.abs(self._factor) * extent)
        sides = np.concatenate([self._above, self._below])
        bound = np.concatenate([self._high[self._above], self._low[self._below]])
        self.most = reach[sides] + np.abs(bound)
        """The most that each slack could be asked for."""
        self._slack = np.arange(len(self._lower), len(self._lower) + len(sides))
        ineligible = self._kept[~self._candidates.eligible[self._kept]]
        weight = np.concatenate([np.where(twice[sides], RATHER_NOT, 2), np.ones(len(ineligible), np.int64)])
        self.wanted = Objective(0, 1, np.concatenate([self._slack, ineligible]), weight, 0)
        """The sum of slacks, and rather than that someone in a slot where they are not eligible."""

    def search(self, without: Ints, most: Ints, settings: Settings) -> Search:
        """Return a search without some candidates, in which each slack has a limit."""
        upper = self._upper.copy()
        upper[without] = np.minimum(upper[without], 0)
        row = np.concatenate([self._row, self._above, self._below])
        column = np.concatenate([self._column, self._slack])
        signs = np.concatenate([np.full(len(self._above), -1), np.ones(len(self._below), np.int64)])
        order = np.argsort(row, kind="stable")
        entries = row[order], column[order], np.concatenate([self._factor, signs])[order]
        bounds = np.append(self._lower, np.zeros(len(most), np.int64)), np.append(upper, most)
        return Search(System(bounds, entries, (self._low, self._high), NO_GROUPS), settings)

    def slacks(self, answer: Answer) -> Ints:
        """Return the slacks of an answer."""
        assert answer.values is not None
        return answer.values[self._slack]

    def widened(self, answer: Answer) -> Widened:
        """Return the blocks with the slacks of an answer as room."""
        assert answer.values is not None
        lower, upper, low, high = (side.copy() for side in (self._lower, self._upper, self._low, self._high))
        slacks = self.slacks(answer)
        high[self._above] += slacks[: len(self._above)]
        low[self._below] -= slacks[len(self._above) :]
        if self.wanted.value(answer.values):
            lower[self._kept] = upper[self._kept] = answer.values[self._kept]
        else:
            upper[self._kept] *= self._candidates.eligible[self._kept]
        entries = self._row, self._column, self._factor
        system = System((lower, upper), entries, (low, high), NO_GROUPS, self.hard_rows)
        return Widened(system, answer.values[: len(self._candidates)])
