"""Rule `growth`: roles are earned, step by step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar

import numpy as np
from pydantic import Field

from poolmatch.arrays import ROLES, Candidates, Ints
from poolmatch.domain.assignments import Placement
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem
from poolmatch.domain.steps import LADDER, Step, Steps, next_steps, roles_held
from poolmatch.issues import Issue, Message
from poolmatch.rule import ConstraintRule, Finding, Model, Words
from poolmatch.teams import let_follow
from poolmatch.vocabulary import counts
from poolmatch.vocabulary.closed_words import ROLES as ROLE_NAMES
from poolmatch.words import first_few

NOBODYS_STEP = Message(
    "step-without-role",
    Words("has the role {role} nowhere, which the steps name", "heeft nergens de rol {role}, die de stappen noemen"),
    Words(
        "correct the steps of the rule set, or the roles of the seats",
        "verbeter de stappen van de regelset, of de rollen van de plaatsen",
    ),
    "warning",
)
SHORT_HISTORY = Message(
    "history-shorter-than-steps",
    Words(
        "{begins}, while the steps count from {asked} on; what {who} did towards a role may be missing",
        "{begins}, terwijl de stappen tellen vanaf {asked}; wat {who} voor een rol deden kan ontbreken",
    ),
    Words("add what was done before", "vul aan wat daarvoor gedaan is"),
    "warning",
)
BEGINS = Words("begins on {day}", "begint op {day}")
EMPTY = Words("is empty", "is leeg")
BEFORE = Words("before", "eerder")
WITHIN = Words("in the {length} before", "in de {length} ervoor")
UNEARNED = Words(
    "{who} is {role} in {meeting}, but was {needs} {done} of the {times} times that are needed {before}.",
    "{who} is {role} in {meeting}, maar was {before} {done} van de {times} keer die nodig zijn {needs}.",
)
SHOWN = 5
"""So many people are named."""


class GrowthRule(ConstraintRule):
    """Nobody holds a role that has a step before they held it once, or did what the step needs.

    Both on an earlier local day, in history or in the period; what the step needs within its number of days before the
    day of the meeting, the first and the last of them included. One meeting is one time. Roles without a step are
    free, duties have no day and neither need nor give steps, and externals are hired for what they are elsewhere.

    Example: the co needs to have observed twice within a year; F1 observed once in history, and once on the 3rd.
    """

    id: ClassVar[str] = "growth"
    sentence: ClassVar[Words] = Words("Roles are earned, step by step.", "Een rol wordt verdiend, stap voor stap.")
    standard: ClassVar[bool] = False
    looks_wide: ClassVar[bool] = False
    curable: ClassVar[bool] = True

    steps: Annotated[Steps, Field(description="What is needed before a role, from the bottom up.")] = LADDER

    def issues(self, problem: Problem) -> Iterator[Issue]:
        """Yield steps to or from a role that is nowhere, and who may be held back because history is short."""
        seats = {seat.role for seat in problem.meeting_seats}
        known = seats | {row.role for row in problem.past}
        for role in dict.fromkeys(
            [step.role for step in self.steps if step.role not in seats]
            + [step.needs for step in self.steps if step.needs not in known]
        ):
            yield NOBODYS_STEP.at("seats", column="role", role=ROLE_NAMES[role])
        waiting = next_steps(problem, self.steps)
        days = [problem.period.local_day(row.start) for row in problem.past if row.start is not None]
        limited = (step for step in waiting.values() if step.within_days is not None)
        asked = min((step.opens(problem.period.start) for step in limited), default=problem.period.start)
        if waiting and (not days or min(days) > asked):
            begins = BEGINS.fill(day=min(days)) if days else EMPTY
            who = first_few(sorted(waiting), SHOWN)
            yield SHORT_HISTORY.at("history", column="start", begins=begins, asked=asked, who=who)

    def post(self, candidates: Candidates, model: Model) -> None:
        """Bound each person's seats of a role on a day by what they hold on earlier days."""
        world = candidates.world
        usable = np.flatnonzero(candidates.open & candidates.column("timed"))  # the past is among what was held
        for position, person in enumerate(world.people):
            if not person.external:
                first, last = np.searchsorted(candidates.person[usable], [position, position + 1])
                for step in self.steps:
                    self._post_step(candidates, model, usable[first:last], step)

    def _post_step(self, candidates: Candidates, model: Model, mine: Ints, step: Step) -> None:
        """Bound the seats of the role of a step among the candidates of one person."""
        role, day = candidates.column("role")[mine], candidates.column("day")[mine]
        held, needed = (np.flatnonzero(role == ROLES.index(name)) for name in (step.role, step.needs))
        if not len(held):
            return
        past = roles_held(candidates.world.problem)
        name = candidates.world.people[candidates.person[mine[0]]].facilitator
        had, did = past.get((name, step.role), ()), past.get((name, step.needs), ())
        for on in np.unique(day[held]).tolist():
            today = date.fromordinal(on)
            short = step.times - step.done(did, today)
            if short <= 0 or any(earlier < today for earlier in had):
                continue
            wanted = mine[held[day[held] == on]]
            towards = mine[needed[(step.opens(today).toordinal() <= day[needed]) & (day[needed] < on)]]
            before = mine[held[day[held] < on]]
            if len(wanted) > 1:  # several on one day: all of them are earned, or none
                one = model.columns([0], [1])
                let_follow(candidates, model, wanted, np.repeat(one, len(wanted)))
                wanted = one
            entries = np.concatenate([wanted, towards, before])
            factors = np.repeat([short, -1, -short], [1, len(towards), len(before)])
            model.rows(np.zeros(len(entries), np.int64), entries, factors, upper=[0])

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each seat whose holder has not earned its role."""
        past, step_to = roles_held(plan.problem), {step.role: step for step in self.steps}
        for name, placements in plan.of_facilitator.items():
            if plan.problem.facilitator(name).external:
                continue
            ahead: defaultdict[str, list[date]] = defaultdict(list)
            for item in placements:
                if item.meeting.meeting not in plan.problem.frozen:
                    ahead[item.seat.role].append(item.day)
            for item in placements:
                step = step_to.get(item.seat.role)
                if step is None:
                    continue
                had = [*past.get((name, step.role), ()), *ahead[step.role]]
                done = step.done([*past.get((name, step.needs), ()), *ahead[step.needs]], item.day)
                if done < step.times and all(day >= item.day for day in had):
                    yield self._unearned(item, step, done)

    def _unearned(self, item: Placement, step: Step, done: int) -> Finding:
        before = BEFORE if step.within_days is None else WITHIN.fill(length=counts.days(step.within_days))
        words = UNEARNED.fill(
            who=item.facilitator.facilitator,
            role=ROLE_NAMES[step.role],
            meeting=item.meeting.meeting,
            needs=ROLE_NAMES[step.needs],
            done=done,
            times=step.times,
            before=before,
        )
        people, meetings = (item.facilitator.facilitator,), (item.meeting.meeting,)
        return Finding(self.id, "violation", words, people, meetings, item.seat.seat, item.day)
