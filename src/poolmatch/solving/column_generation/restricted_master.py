"""The best roster that can be put together from given schedules, by CP-SAT.

Each person has one of some schedules or none, each shared row is kept, and columns outside of schedules are free. That
is a far tighter model than one of single candidates: its linear relaxation is what column generation has come to. With
all schedules that could be in a better roster, it proves that there is none, or finds it ("route enumeration":
Baldacci, Christofides and Mingozzi, "An exact algorithm for the vehicle routing problem based on the set partitioning
formulation with additional cuts", Mathematical Programming 115, 2008).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import hstack

from poolmatch.arrays import Ints
from poolmatch.solving.backends.cpsat import Answer, Listener, Search, Settings
from poolmatch.solving.column_generation.master import MasterProblem
from poolmatch.solving.column_generation.schedules import Schedules
from poolmatch.solving.model.system import Objective, System
from poolmatch.solving.running.stopping import Stop


@dataclass(frozen=True)
class RestrictedMaster:
    """Schedules to put rosters together from.

    Attributes
    ----------
    schedules
        The schedules.
    system, objective
        What is to be kept and minimised: a column for each schedule, and then those outside of schedules.
    outside
        Those, as positions in the whole system.
    count
        Number of candidates.
    hint
        Values of the columns in a roster; schedules of it that are not among these are left out.
    """

    schedules: Schedules
    system: System
    objective: Objective
    outside: Ints
    count: int
    hint: Ints

    @classmethod
    def of(cls, master: MasterProblem, schedules: Schedules, values: Ints) -> RestrictedMaster:
        """Return the restricted master of schedules, with the values of all columns of a roster for its hint."""
        relaxation, personal = master.relaxation, master.personal
        rows, outside, count = master.shared, master.outside, len(personal.person)
        member = schedules.taken(count)
        whole = relaxation.whole.tocsr()[rows].tocsc()
        matrix = hstack([whole[:, :count] @ member, whole[:, outside]]).tocsr()
        is_group = relaxation.is_group[rows]
        linear, groups = matrix[~is_group].tocoo(), matrix[is_group].tocoo()
        low, high = (
            np.concatenate([np.full(len(schedules), number), side[outside]])
            for number, side in zip((0, 1), relaxation.bounds, strict=True)
        )
        high[groups.col[groups.data > 1]] = 0  # two of one group
        by_person = np.argsort(schedules.person, kind="stable")
        cuts = master.cuts.coefficients(member).tocoo()
        of_person = int(is_group.sum()) + len(master.cuts)
        group = np.concatenate([groups.row, int(is_group.sum()) + cuts.row, of_person + schedules.person[by_person]])
        # Who cannot do nothing has a schedule.
        busy = np.flatnonzero(personal.busy)
        theirs = np.flatnonzero(personal.busy[schedules.person])
        row = np.append(linear.row, int((~is_group).sum()) + np.searchsorted(busy, schedules.person[theirs]))
        column, factor = np.append(linear.col, theirs), np.append(linear.data, np.ones(len(theirs), np.int64))
        sides = relaxation.sides[0][rows[~is_group]], relaxation.sides[1][rows[~is_group]]
        of_group, of_row = np.argsort(group, kind="stable"), np.argsort(row, kind="stable")
        system = System(
            (low, high),
            (row[of_row].astype(np.int64), column[of_row].astype(np.int64), factor[of_row]),
            (np.append(sides[0], np.ones(len(busy), np.int64)), np.append(sides[1], np.ones(len(busy), np.int64))),
            (
                group[of_group].astype(np.int64),
                np.concatenate([groups.col, cuts.col, by_person])[of_group].astype(np.int64),
            ),
        )
        weight = np.concatenate([personal.costs(schedules), master.weight[outside]])
        used = np.flatnonzero(weight)
        objective = replace(master.objective, column=used, weight=weight[used])
        mine = set(master.of_roster(values))
        hint = np.concatenate([[item in mine for item in schedules], values[outside]]).astype(np.int64)
        return cls(schedules, system, objective, outside, count, hint)

    def search(
        self, limit: float, seed: int, stop: Stop, at_most: int, on_bound: Callable[[int], None] | None = None
    ) -> Answer:
        """Search for the best roster of these schedules; see `Search.minimise`."""
        search = Search(self.system, Settings(1, seed, False))
        search.hint(self.hint)
        return search.minimise(self.objective, limit, stop, at_most=at_most, listener=Listener(on_bound))

    def taken(self, answer: Ints) -> Ints:
        """Return which candidates an answer takes."""
        taken = np.zeros(self.count, np.int64)
        chosen = self.schedules.take(np.flatnonzero(answer[: len(self.schedules)]))
        taken[chosen.member] = 1
        return taken
