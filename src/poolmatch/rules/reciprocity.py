"""Rule `reciprocity`: organisations give about as many hours as they receive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import ClassVar

import numpy as np
from pydantic import Field

from poolmatch.arrays import Candidates, Ints, bools, distinct, expand_ranges, ints
from poolmatch.domain.employers import employers
from poolmatch.domain.frozen import Departed
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem
from poolmatch.domain.reciprocity import Split, opening_minutes, part_minutes, receivers
from poolmatch.rule import Finding, Model, PreferenceRule, Words

STEPS: tuple[tuple[int, int], ...] = ((0, 1), (8, 2), (24, 4))
"""From so many hours of balance on, either way, a further hour costs this many points."""
GAVE = Words(
    "{who} has given {hours:.2f} hours more than it has received.",
    "{who} heeft {hours:.2f} uur meer gegeven dan gekregen.",
)
RECEIVED = Words(
    "{who} has received {hours:.2f} hours more than it has given.",
    "{who} heeft {hours:.2f} uur meer gekregen dan gegeven.",
)


class ReciprocityRule(PreferenceRule):
    """An organisation's closing balance, hours given less received, costs 1 point per hour to 8, 2 to 24, 4 beyond.

    Hours are given by the employer, or where that is blank by the organisations of the ties of kind `employee` on the
    day. They are received by the commissioners of a meeting, else its deciders, else all its parties but observers.
    Both go in equal parts, each in whole minutes; hours for one's own meetings count on both sides. The table `ledger`
    holds the opening balance. What people gave in the past who have left the pool since is received all the same.

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

    @property
    def ledger_split(self) -> Split:
        """Among which parties the hours of a meeting are split."""
        return self.split

    def penalty(self, candidates: Candidates, model: Model) -> None:
        """Split each balance into what is given too much and too little, in columns that grow dearer step by step."""
        world = candidates.world
        problem = world.problem
        opening = Counter({row.organisation: opening_minutes(row) for row in problem.ledger})
        opening.subtract(self._received(problem, problem.departed))
        organisation, column, minutes = self._flows(candidates)
        edges = np.searchsorted(organisation, np.arange(len(world.organisations) + 1))
        for name, number in world.organisations.of.items():
            part = slice(edges[number], edges[number + 1])
            mine, weight, start = column[part], minutes[part], opening[name]
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
        world, problem = candidates.world, candidates.world.problem
        column = np.arange(len(candidates))
        # Who has an employer on record has that one on every day.
        by_ties = bools(row.organisation is None for row in world.people)
        day = np.where(by_ties[candidates.person], candidates.column("day"), problem.period.start.toordinal())
        people, days, worker = distinct(candidates.person, day)
        givers = [
            employers(problem, world.people[person].facilitator, date.fromordinal(number))
            for person, number in zip(people.tolist(), days.tolist(), strict=True)
        ]
        parties = [receivers(problem, row.meeting, self.split) for row in world.meetings]
        by, gave, given = _parts(candidates, worker, givers)
        to, got, received = _parts(candidates, candidates.meeting, parties)
        organisation, where = np.concatenate([by, to]), np.concatenate([gave, got])
        minutes = np.concatenate([given, -received])
        # Who works for a receiver of the meeting both gives and takes: one entry.
        keys, row = np.unique(organisation * max(1, len(column)) + where, return_inverse=True)
        total = np.zeros(len(keys), np.int64)
        np.add.at(total, row, minutes)
        used = total != 0
        keys, total = keys[used], total[used]
        return keys // max(1, len(column)), keys % max(1, len(column)), total

    def _received(self, problem: Problem, departed: Iterable[Departed]) -> Counter[str]:
        """Return the minutes that each organisation received from people who are no longer in the pool."""
        minutes: Counter[str] = Counter()
        for item in departed:
            parties = receivers(problem, item.meeting.meeting, self.split)
            for party in parties:
                minutes[party] += part_minutes(item.ticks, len(parties))
        return minutes

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each organisation whose closing balance is not zero."""
        problem = plan.problem
        balance = Counter({row.organisation: opening_minutes(row) for row in problem.ledger})
        balance.subtract(self._received(problem, plan.departed))
        for item in plan.assignments:
            givers = employers(problem, item.facilitator.facilitator, item.day)
            parties = receivers(problem, item.meeting.meeting, self.split)
            for names, sign in ((givers, 1), (parties, -1)):
                for name in names:
                    balance[name] += sign * part_minutes(item.ticks, len(names))
        for name in (row.organisation for row in problem.organisations):
            minutes = abs(balance[name])
            points = sum(
                rate * max(0, min(minutes, end) - 60 * begin)
                for (begin, rate), end in zip(STEPS, [*(60 * edge for edge, _ in STEPS[1:]), minutes], strict=True)
            )
            if points:
                words = (GAVE if balance[name] > 0 else RECEIVED).fill(who=name, hours=minutes / 60)
                yield self.found(points, words, organisations=(name,))


def _parts(candidates: Candidates, group: Ints, groups: Sequence[Sequence[str]]) -> tuple[Ints, Ints, Ints]:
    """Return who shares what takes how long, in equal parts.

    Parameters
    ----------
    candidates
        The candidates.
    group
        Which organisations share the hours of each; shape ``(candidates,)``.
    groups
        The organisations of each group, by id.

    Returns
    -------
    organisation, candidate, minutes
        The parts: whose, of which candidate, and how much.
    """
    world = candidates.world
    count = ints(map(len, groups))
    member = ints(world.organisations.get(name) for names in groups for name in names)
    edges = np.append(0, np.cumsum(count))
    where, entry = expand_ranges(edges[group], edges[group + 1])
    amounts, shared, place = distinct(candidates.column("ticks")[where], count[group[where]])
    minutes = ints(part_minutes(*pair) for pair in zip(amounts.tolist(), shared.tolist(), strict=True))
    return member[entry], where, minutes[place]
