"""How roles are earned: the steps from one role to the next, and what people have done towards them before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter

from poolmatch.domain.people import Facilitator, Role
from poolmatch.domain.problem import Problem, kept
from poolmatch.domain.values import days_later
from poolmatch.words import Words

ROLE_TWICE = Words("the role {role} has two steps; keep one", "de rol {role} heeft twee stappen; houd er één")
NOT_IN_ORDER = Words(
    "the step to {role} needs {needs}, which is earned only later; write the steps from the bottom up",
    "de stap naar {role} vraagt {needs}, die pas later verdiend wordt; schrijf de stappen van onder naar boven",
)


class Step(BaseModel):
    """What is needed before a role. Part of a rule set.

    Attributes
    ----------
    role
        The role that is earned.
    needs
        The role that must have been held before.
    times
        In how many meetings.
    within_days
        On how many days before the meeting those count; none = at any time before.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    role: Role
    needs: Role
    times: Annotated[int, Field(ge=1, le=1000)]
    within_days: Annotated[int | None, Field(ge=1, le=36_500)] = None

    def opens(self, day: date) -> date:
        """Return the first day that counts for a meeting on a day."""
        return date.min if self.within_days is None else days_later(day, -self.within_days)

    def done(self, held: Iterable[date], day: date) -> int:
        """Return how many of some days on which the needed role was held count for a meeting on a day."""
        return sum(self.opens(day) <= earlier < day for earlier in held)


def _from_the_bottom_up(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    for place, step in enumerate(steps):
        if step.role in (other.role for other in steps[:place]):
            raise ValueError(ROLE_TWICE.fill(role=step.role))
        if step.needs in (other.role for other in steps[place:]):
            raise ValueError(NOT_IN_ORDER.fill(role=step.role, needs=step.needs))
    return steps


Steps = Annotated[
    tuple[Step, ...],
    BeforeValidator(lambda given: tuple(given) if isinstance(given, list) else given),
    Field(min_length=1),
    AfterValidator(_from_the_bottom_up),
]
"""Steps from the bottom up, one for each role that is earned: what a step needs is no role of a later one."""
STEPS: TypeAdapter[tuple[Step, ...]] = TypeAdapter(Steps)
"""Reads steps from data."""
LADDER: tuple[Step, ...] = (
    Step(role="co", needs="observer", times=2, within_days=365),
    Step(role="lead", needs="co", times=2, within_days=730),
)
"""Observe, then co-lead, then lead: the steps as they come."""


@kept
def roles_held(problem: Problem) -> Mapping[tuple[str, str], Sequence[date]]:
    """Return on which local days people held a role, by facilitator and role, once for each meeting.

    From `history`, and from the part of the period that is past. Duties have no day and are not among them.
    """
    held = {
        (row.facilitator, row.role, row.meeting, problem.period.local_day(row.start))
        for row in problem.past
        if row.start is not None
    }
    for name, was in problem.frozen.items():
        day = problem.period.local_day(was.start)
        held |= {(holder, problem.seat(name, seat).role, name, day) for seat, holder in was.holders.items() if holder}
    found: defaultdict[tuple[str, str], list[date]] = defaultdict(list)
    for facilitator, role, _, day in sorted(held):
        found[facilitator, role].append(day)
    return dict(found)


@kept
def next_steps(problem: Problem, steps: tuple[Step, ...]) -> Mapping[str, Step]:
    """Return the step that each member of the pool is at as of the period's first day; not of externals.

    A step is behind someone who held its role before, or did what it needs, and with it each step below: who has led
    need not observe any more. The next is the first that is not, of those to a role that is among their roles. Who
    has none, or is in the pool on no day of the period, is left out.
    """
    period, held = problem.period, roles_held(problem)

    def behind(name: str, step: Step) -> bool:
        before = any(day < period.start for day in held.get((name, step.role), ()))
        earned = step.done(held.get((name, step.needs), ()), period.start) >= step.times
        return before or earned or any(behind(name, above) for above in steps if above.needs == step.role)

    def following(person: Facilitator) -> Step | None:
        name = person.facilitator
        return next((step for step in steps if step.role in person.roles and not behind(name, step)), None)

    members = [row for row in problem.facilitators if not row.external and row.member(period.start, period.end)]
    return {row.facilitator: step for row in members if (step := following(row)) is not None}
