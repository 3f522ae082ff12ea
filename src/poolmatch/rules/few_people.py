"""Rule `few-people`: as few people as will do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from poolmatch.arrays import Candidates
from poolmatch.domain.roster import Plan
from poolmatch.rule import Finding, Model, PreferenceRule, Words
from poolmatch.spans import overlap_cliques


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
        """Let a column per person be 1 when they sit anywhere; of what overlaps they do one, so it shares a row."""
        people, mine = np.unique(candidates.person, return_inverse=True)
        used = model.columns(np.zeros(len(people), np.int64), np.ones(len(people), np.int64))
        timed = candidates.timed
        opens, closes = (candidates.column(name)[timed] for name in ("opens", "closes"))
        group, place = overlap_cliques(candidates.person[timed], opens, closes)
        member = timed[place]
        alone = np.setdiff1d(np.arange(len(candidates)), member)
        count = int(group.max()) + 1 if len(group) else 0
        row = np.concatenate([group, count + np.arange(len(alone))])
        column = np.concatenate([member, alone])
        _, first = np.unique(row, return_index=True)
        owner = used[mine[column[first]]]
        entries = np.concatenate([column, owner])
        signs = np.concatenate([np.ones(len(column), np.int64), np.full(len(owner), -1)])
        rows = np.concatenate([row, np.arange(len(owner))])
        model.rows(rows, entries, signs, upper=np.zeros(len(owner), np.int64))
        model.cost(used, np.ones(len(used), np.int64))

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each facilitator who is used."""
        for name in plan.work_of:
            words = Words(f"{name} is needed.", f"{name} is nodig.")
            yield self.found(1, words, facilitators=(name,))
