"""Rule `few-people`: as few people as will do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from poolmatch.arrays import Candidates
from poolmatch.domain.plan import Plan
from poolmatch.rule import Finding, Model, PreferenceRule, Words
from poolmatch.spans import busiest, stabbing

BUSIEST = 3
"""So many of the busiest moments have rows."""


class FewPeopleRule(PreferenceRule):
    """Each facilitator who is used at all costs 1 point. Not among the standard rules.

    Example: three meetings one after the other, done by two people: 2 points.
    """

    id: ClassVar[str] = "few-people"
    sentence: ClassVar[Words] = Words("Few people are needed.", "Er zijn weinig mensen nodig.")
    tier: ClassVar[int] = 6
    standard: ClassVar[bool] = False
    presumes: ClassVar[tuple[str, ...]] = ("no-double-booking",)

    def penalty(self, candidates: Candidates, model: Model) -> None:
        """Let a column per person be 1 when they sit anywhere; of what overlaps they do one, so it shares a row.

        Rows for a few moments will do, if every meeting goes on at one of them. Those of the busiest moments say to the
        relaxation how many are needed at once.
        """
        people, mine = np.unique(candidates.person, return_inverse=True)
        # Who worked in the past is used in any case, whatever they did at once then.
        busy = np.isin(people, candidates.person[candidates.past])
        used = model.columns(busy.astype(np.int64), np.ones(len(people), np.int64))
        timed = candidates.timed
        opens, closes = (candidates.column(name)[timed] for name in ("opens", "closes"))
        seats = np.unique(np.stack([candidates.seat[timed], opens, closes], 1), axis=0)
        peaks = busiest(seats[:, 1], seats[:, 2], BUSIEST)
        at = [timed[(opens <= moment) & (closes > moment)] for moment in np.union1d(stabbing(opens, closes), peaks)]
        untimed = np.flatnonzero(~candidates.column("timed"))
        column = np.concatenate([*at, untimed])
        moment = np.repeat(np.arange(len(at) + len(untimed)), [*map(len, at), *[1] * len(untimed)])
        column, moment = column[~busy[mine[column]]], moment[~busy[mine[column]]]
        keys, row = np.unique(moment * len(people) + mine[column], return_inverse=True)
        owner = used[keys % max(1, len(people))]
        entries = np.concatenate([column, owner])
        signs = np.concatenate([np.ones(len(column), np.int64), np.full(len(owner), -1)])
        rows = np.concatenate([row, np.arange(len(owner))])
        model.rows(rows, entries, signs, upper=np.zeros(len(owner), np.int64))
        model.cost(used, np.ones(len(used), np.int64))

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each facilitator who is used."""
        for name in plan.work_of:
            words = Words("{who} is needed.", "{who} is nodig.", who=name)
            yield self.found(1, words, facilitators=(name,))
