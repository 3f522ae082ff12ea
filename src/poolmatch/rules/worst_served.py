"""Rule `worst-served`: the meeting whose team likes it least is served as well as can be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from poolmatch.arrays import Candidates, Ints
from poolmatch.domain.plan import Plan
from poolmatch.domain.scores import SCORE_UNITS, score_units
from poolmatch.rule import Finding, Model, PreferenceRule, Words
from poolmatch.teams import let_follow


class WorstServedRule(PreferenceRule):
    """Minus the least sum of preference scores over the team of any meeting. A tier of its own, not standard.

    Meetings without a team do not count: whether seats are filled is for a higher tier. Source: the fairness of paper
    assignments, where the worst-served paper counts (Stelmakh, Shah and Singh, "PeerReview4All", ALT 2019).

    Example: two meetings whose teams' scores add up to 3 and −1: 1 point.
    """

    id: ClassVar[str] = "worst-served"
    sentence: ClassVar[Words] = Words(
        "The worst-served meeting is served as well as can be.",
        "De minst bedeelde bijeenkomst is zo goed mogelijk bedeeld.",
    )
    tier: ClassVar[float] = 5.5
    scale: ClassVar[int] = SCORE_UNITS
    standard: ClassVar[bool] = False

    def _scores(self, candidates: Candidates) -> Ints:
        world = candidates.world
        pairs = zip(candidates.person.tolist(), candidates.meeting.tolist(), strict=True)
        memo: dict[tuple[int, int], int] = {}
        scores = []
        for person, meeting in pairs:
            if (person, meeting) not in memo:
                name, where = world.people[person].facilitator, world.meetings[meeting].meeting
                memo[person, meeting] = score_units(world.problem, name, where)
            scores.append(memo[person, meeting])
        return np.array(scores, np.int64)

    def penalty(self, candidates: Candidates, model: Model) -> None:
        """Bound one column by the scores of each meeting that has a team."""
        timed = candidates.timed
        if not len(timed):
            return
        score, meeting = self._scores(candidates), candidates.meeting[timed]
        order = np.argsort(meeting, kind="stable")
        _, edges = np.unique(meeting[order], return_index=True)
        groups = np.split(timed[order], edges[1:])
        best, worst = 0, 0
        for column in groups:
            best = max(best, int(np.maximum(score[column], 0).sum()))
            worst = min(worst, int(np.minimum(score[column], 0).sum()))
        least = model.columns([-best], [-worst])  # minus the least sum
        anyone = model.columns([0], [1])
        entries, signs = np.append(timed, anyone), np.append(np.ones(len(timed), np.int64), -1)
        model.rows(np.zeros(len(entries), np.int64), entries, signs, lower=[0])
        model.rows([0, 0], np.append(least, anyone), [1, best], lower=[0])
        for column in groups:
            held = model.columns([0], [1])
            let_follow(candidates, model, column, np.repeat(held, len(column)))
            room = best + int(np.maximum(score[column], 0).sum())
            entries = np.concatenate([least, column, held])
            factors = np.concatenate([[1], score[column], [-room]])
            model.rows(np.zeros(len(entries), np.int64), entries, factors, lower=[-room])
        model.cost(least, [1])

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield the meeting that is served worst."""
        sums = {
            meeting: sum(score_units(plan.problem, item.facilitator.facilitator, meeting) for item in placements)
            for meeting, placements in plan.of_meeting.items()
        }
        if sums:
            meeting = min(sums, key=lambda name: (sums[name], name))
            points = sums[meeting] / self.scale
            words = Words(
                "The scores of the team of {meeting} add up to {points:g}, the least of all.",
                "De scores van het team van {meeting} zijn samen {points:g}, het minst van alle.",
                meeting=meeting,
                points=points,
            )
            yield self.found(-sums[meeting], words, meetings=(meeting,))
