"""Rule `reciprocity`: organisations give about as many hours as they receive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import ClassVar

import numpy as np
from pydantic import Field

from poolmatch.arrays import Candidates, Ints
from poolmatch.domain.reciprocity import Split, given_minutes, opening_minutes, received_minutes, receivers
from poolmatch.domain.roster import Plan
from poolmatch.rule import Finding, Model, PreferenceRule, Words

STEPS: tuple[tuple[int, int], ...] = ((0, 1), (8, 2), (24, 4))
"""From so many hours of balance on, either way, a further hour costs this many points."""


class ReciprocityRule(PreferenceRule):
    """An organisation's closing balance, hours given less received, costs 1 point per hour to 8, 2 to 24, 4 beyond.

    Hours are given by the employer and received by the commissioners of a meeting, else its deciders, else all its
    parties but observers, in equal parts; hours for one's own meetings count on both sides. The table `ledger` holds
    the opening balance. Each share is in whole minutes.

    Example: an organisation gives 10 hours and receives none: 8 + 2 × 2 = 12 points.
    """

    id: ClassVar[str] = "reciprocity"
    sentence: ClassVar[Words] = Words(
        "Organisations give about as much as they receive.", "Organisaties geven ongeveer evenveel als zij krijgen."
    )
    tier: ClassVar[int] = 5
    scale: ClassVar[int] = 60
    """A minute at 1 point per hour."""

    split: Split = Field(
        default="commissioner",
        description="Who receives: commissioners, else deciders, else all parties; or all parties at once.",
    )

    def penalty(self, candidates: Candidates, model: Model) -> None:
        """Split each balance into what is given too much and too little, in columns that grow dearer step by step."""
        world = candidates.world
        problem = world.problem
        opening = {row.organisation: opening_minutes(row) for row in problem.ledger}
        organisation, column, minutes = self._flows(candidates)
        edges = np.searchsorted(organisation, np.arange(len(world.organisations) + 1))
        for name, number in world.organisations.of.items():
            part = slice(edges[number], edges[number + 1])
            mine, weight, start = column[part], minutes[part], opening.get(name, 0)
            entries, factors = [mine], [weight]
            for sign in (1, -1):
                most = max(0, sign * start + int(np.maximum(sign * weight, 0).sum()))
                lengths = [min((b - a) * 60, most) for (a, _), (b, _) in pairwise(STEPS)]
                taken = model.columns(np.zeros(len(STEPS), np.int64), [*lengths, most])
                entries.append(taken)
                factors.append(np.full(len(taken), -sign))
                model.cost(taken, [rate for _, rate in STEPS])
            row = np.zeros(sum(map(len, entries)), np.int64)
            model.rows(row, np.concatenate(entries), np.concatenate(factors), lower=[-start], upper=[-start])

    def _flows(self, candidates: Candidates) -> tuple[Ints, Ints, Ints]:
        """Return organisation, candidate and minutes given less received of each entry, sorted by organisation."""
        world = candidates.world
        ticks = candidates.column("ticks")
        employer = np.array([world.organisations.get(row.organisation) for row in world.people], np.int64)
        column = np.arange(len(candidates))
        by = employer[candidates.person] if len(column) else column
        amounts, place = np.unique(ticks, return_inverse=True)
        gives = np.array([given_minutes(amount) for amount in amounts.tolist()], np.int64)[place]
        parts = [(by[by >= 0], column[by >= 0], gives[by >= 0])]
        by_meeting = np.argsort(candidates.meeting, kind="stable")
        edges = np.searchsorted(candidates.meeting[by_meeting], np.arange(len(world.meetings) + 1))
        for number, meeting in enumerate(world.meetings):
            here = by_meeting[edges[number] : edges[number + 1]]
            parties = receivers(world.problem, meeting.meeting, self.split)
            if not len(here) or not parties:
                continue
            takes = {amount: -received_minutes(amount, len(parties)) for amount in set(ticks[here].tolist())}
            weights = np.array([takes[amount] for amount in ticks[here].tolist()], np.int64)
            for party in parties:
                parts.append((np.full(len(here), world.organisations.get(party)), here, weights))
        organisation, where, minutes = (np.concatenate(side) for side in zip(*parts, strict=True))
        # Who works for a receiver of the meeting both gives and takes: one entry.
        keys, row = np.unique(organisation * max(1, len(column)) + where, return_inverse=True)
        total = np.zeros(len(keys), np.int64)
        np.add.at(total, row, minutes)
        used = total != 0
        keys, total = keys[used], total[used]
        return keys // max(1, len(column)), keys % max(1, len(column)), total

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each organisation whose closing balance is not zero."""
        problem = plan.problem
        balance = Counter({row.organisation: opening_minutes(row) for row in problem.ledger})
        for item in plan.assignments:
            if item.facilitator.organisation is not None:
                balance[item.facilitator.organisation] += given_minutes(item.ticks)
            parties = receivers(problem, item.meeting.meeting, self.split)
            for party in parties:
                balance[party] -= received_minutes(item.ticks, len(parties))
        for name in (row.organisation for row in problem.organisations):
            minutes = abs(balance[name])
            points = sum(
                rate * max(0, min(minutes, end) - 60 * begin)
                for (begin, rate), end in zip(STEPS, [*(60 * edge for edge, _ in STEPS[1:]), minutes], strict=True)
            )
            if points:
                gave = balance[name] > 0
                hours = minutes / 60
                words = Words(
                    f"{name} has {'given' if gave else 'received'} {hours:.2f} hours more than it has "
                    f"{'received' if gave else 'given'}.",
                    f"{name} heeft {hours:.2f} uur meer {'gegeven dan gekregen' if gave else 'gekregen dan gegeven'}.",
                )
                yield self.found(points, words, organisations=(name,))
