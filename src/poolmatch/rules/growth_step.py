"""Rule `growth-step`: who is on the way to a role takes a step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

import numpy as np
from pydantic import Field

from poolmatch.arrays import ROLES, Candidates
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem
from poolmatch.domain.steps import LADDER, Step, Steps, next_steps, roles_held
from poolmatch.rule import Finding, Model, PreferenceRule, Words
from poolmatch.vocabulary.closed_words import ROLES as ROLE_NAMES

STILL = Words(
    "{who} is on the way to {role}, and is not {needs} in any meeting.",
    "{who} is op weg naar {role}, en is in geen bijeenkomst {needs}.",
)


def waiting(problem: Problem, steps: tuple[Step, ...]) -> Iterator[tuple[str, Step]]:
    """Yield who is at which step and has not come nearer in a part of the period that is past."""
    held = roles_held(problem)
    for name, step in next_steps(problem, steps).items():
        if not any(day >= problem.period.start for day in held.get((name, step.needs), ())):
            yield name, step


class GrowthStepRule(PreferenceRule):
    """Who is on the way to a role and holds no seat in the period that brings them nearer costs 1 point.

    On the way is who is in the pool in the period, no external, and at a step to one of their roles: the first that
    history leaves open. Nearer brings each seat of the role that the step needs. Duties do not count.

    Example: F1 may be co once they have observed twice; they have observed once, and observe nowhere this month.
    """

    id: ClassVar[str] = "growth-step"
    sentence: ClassVar[Words] = Words(
        "Who is on the way to a role takes a step.", "Wie op weg is naar een rol, zet een stap."
    )
    standard: ClassVar[bool] = False
    tier: ClassVar[int] = 4

    steps: Annotated[Steps, Field(description="What is needed before a role, from the bottom up.")] = LADDER

    def penalty(self, candidates: Candidates, model: Model) -> None:
        """Let a column per person be 1 unless they hold a seat that brings them nearer."""
        world = candidates.world
        role, usable = candidates.column("role"), candidates.open & candidates.column("timed")
        for name, step in waiting(world.problem, self.steps):
            mine = candidates.of_person(world.positions[name])
            towards = np.flatnonzero(usable[mine] & (role[mine] == ROLES.index(step.needs))) + mine.start
            still = model.columns([0 if len(towards) else 1], [1])
            entries = np.append(towards, still)
            model.rows(np.zeros(len(entries), np.int64), entries, 1, lower=[1])
            model.cost(still, [1])

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield who is on the way to a role and comes no nearer."""
        for name, step in waiting(plan.problem, self.steps):
            if not any(item.seat.role == step.needs for item in plan.of_facilitator.get(name, ())):
                words = STILL.fill(who=name, role=ROLE_NAMES[step.role], needs=ROLE_NAMES[step.needs])
                yield self.found(1, words, facilitators=(name,))
