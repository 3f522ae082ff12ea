"""Rule `travel-share`: nobody travels much more than their share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar

import numpy as np
from pydantic import Field

from poolmatch.arrays import Candidates, bools, ints
from poolmatch.domain.hours import half_up
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem
from poolmatch.domain.shares import shares
from poolmatch.domain.tours import kilometres_of_day, stops
from poolmatch.domain.travel import Travel
from poolmatch.journeys import Journeys
from poolmatch.rule import Finding, Model, PreferenceRule, Words

STEPS = 10
"""Steps in which kilometres grow dearer."""


class TravelShareRule(PreferenceRule):
    """Kilometres grow dearer the more somebody has of them in the period, in steps that are as long as their share.

    The first step is free; a kilometre of the next costs a tenth of a point, of the one after that two tenths, and so
    on up to a point. Shares are those of `fair-load`, by contract hours and days present; externals have none, and are
    not charged. Kilometres are counted as in `travel-budget`. What a step is does not depend on the roster, so that
    nobody is sent on a longer journey for the sake of others' share.

    Example: steps of 50 km and 130 km: 50 free, 50 at 0.1 point and 30 at 0.2, so 11 points.
    """

    id: ClassVar[str] = "travel-share"
    sentence: ClassVar[Words] = Words(
        "Nobody travels much more than their share.", "Niemand reist veel meer dan het eigen deel."
    )
    tier: ClassVar[int] = 5
    standard: ClassVar[bool] = False
    scale: ClassVar[int] = 10

    travel: Travel = Travel()
    step_km: Annotated[
        int, Field(ge=1, le=10_000, description="Kilometres of a step of someone with the average share.")
    ] = 50

    def _steps(self, problem: Problem) -> Mapping[str, int]:
        """Return how long a step of each pool member is, in whole kilometres; 0 for who has no share."""
        parts = shares(problem)
        return {name: half_up(part * len(parts) * self.step_km) for name, part in parts.items()}

    def penalty(self, candidates: Candidates, model: Model) -> None:
        """Let a column per step take up the kilometres beyond the first; steps grow dearer, so they fill in order."""
        world = candidates.world
        steps = self._steps(world.problem)
        journeys = Journeys(candidates, self.travel)
        free = ints(steps.get(person.facilitator, 0) for person in world.people)
        members = bools(person.facilitator in steps for person in world.people)
        most = journeys.past + journeys.most
        charged = members & (most > free)
        person, column, km = journeys.entries(model, charged)
        at = np.flatnonzero(charged)
        number = np.arange(1, STEPS + 1)  # the last has no end
        lengths = np.where(number < STEPS, np.minimum(free, most)[at, None], most[at, None])
        taken = model.columns(np.zeros(lengths.size, np.int64), lengths.ravel())
        row = np.concatenate([np.searchsorted(at, person), np.repeat(np.arange(len(at)), STEPS)])
        factors = np.concatenate([km, np.full(len(taken), -1)])
        model.rows(row, np.concatenate([column, taken]), factors, upper=(free - journeys.past)[at])
        model.cost(taken, np.tile(number, len(at)))

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each pool member who travels beyond the first step."""
        steps = self._steps(plan.problem)
        for name, placements in plan.of_facilitator.items():
            if name not in steps:
                continue
            days = stops(placements)
            total = sum(kilometres_of_day(self.travel, items) for items in days.values())
            above = sum(max(0, total - number * steps[name]) for number in range(1, STEPS + 1))
            if above:
                words = Words(
                    "{who} travels {total} km in the period; {step} km are free.",
                    "{who} reist in de periode {total} km; {step} km is vrij.",
                    who=name,
                    total=total,
                    step=steps[name],
                )
                yield self.found(above, words, facilitators=(name,))
