"""Rule `practice-window`: everyone keeps up the practice that a register asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Annotated, ClassVar

import numpy as np
from pydantic import BeforeValidator, Field

from poolmatch.arrays import ROLES, Candidates, Ints, ints
from poolmatch.domain.hours import exact, half_up
from poolmatch.domain.people import Facilitator, Role
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem
from poolmatch.domain.values import days_later
from poolmatch.issues import Issue, Message
from poolmatch.rule import Finding, Model, PreferenceRule, Words
from poolmatch.vocabulary import counts
from poolmatch.words import first_few

NOTHING_ASKED = Message(
    "practice-window-without-number",
    Words("says neither how many meetings nor how many hours", "zegt niet hoeveel bijeenkomsten en niet hoeveel uren"),
    Words(
        "give meetings or hours under [rules.practice-window], or leave the rule out",
        "geef meetings of hours onder [rules.practice-window], of laat de regel weg",
    ),
    "warning",
)
SHORT_HISTORY = Message(
    "history-shorter-than-window",
    Words(
        "{begins}, while practice counts from {asked} on; of {who} it may be missing",
        "{begins}, terwijl oefening telt vanaf {asked}; van {who} kan die ontbreken",
    ),
    Words("add the older rows", "vul de oudere rijen aan"),
    "warning",
)
BEGINS = Words("begins on {day}", "begint op {day}")
EMPTY = Words("is empty", "is leeg")
FEW_MEETINGS = Words(
    "{who} has {count} of {least} meetings in the {length} up to {day}.",
    "{who} heeft {count} van de {least} bijeenkomsten in de {length} tot en met {day}.",
)
FEW_HOURS = Words(
    "{who} has {count:.2f} of {least:g} hours in the {length} up to {day}.",
    "{who} heeft {count:.2f} van de {least:g} uur in de {length} tot en met {day}.",
)
SHOWN = 5
"""So many people are named."""


@dataclass(frozen=True)
class Held:
    """A meeting that someone held.

    Attributes
    ----------
    meeting, series
        Ids.
    minutes
        Its length from start to end, in minutes rounded half up.
    """

    meeting: str
    series: str | None
    minutes: int


def minutes(start: datetime, end: datetime) -> int:
    """Return the time from start to end in minutes, rounded half up."""
    return half_up(Fraction(int((end - start).total_seconds()), 60))


class PracticeWindowRule(PreferenceRule):
    """Who has fewer ``meetings`` or ``hours`` in the window than asked costs 1 point for each that is missing.

    The window is the ``window_days`` days that end with the last day of the period, and history counts. Hours are those
    from start to end of a meeting, each rounded to whole minutes; setup, preparation and duties are none. Counted are
    meetings in a seat of one of the ``roles``; asked is of whoever is in the pool on the last day and no external.

    Example: 9 meetings and 36 hours in three years are asked; F1 has 7 meetings of 3 hours, and 2 more this month: no
    meeting is missing, but 9 hours are.
    """

    id: ClassVar[str] = "practice-window"
    sentence: ClassVar[Words] = Words(
        "Everyone keeps up the practice that is asked for over the years.",
        "Ieder houdt de ervaring op peil die over de jaren gevraagd wordt.",
    )
    standard: ClassVar[bool] = False
    tier: ClassVar[int] = 4
    scale: ClassVar[int] = 60

    meetings: Annotated[
        int | None, Field(ge=1, le=10_000, description="Fewest meetings in the window; none = any number.")
    ] = None
    hours: Annotated[
        float | None, Field(gt=0, le=100_000, description="Fewest hours in the window; none = any number.")
    ] = None
    window_days: Annotated[int, Field(ge=1, le=36_500, description="Length of the window, days.")] = 1096
    roles: Annotated[
        tuple[Role, ...],
        Field(min_length=1, description="Roles whose seats count."),
        BeforeValidator(lambda given: tuple(given) if isinstance(given, list) else given),
    ] = ("lead", "co")
    series_once: Annotated[
        bool, Field(description="Count the meetings of a series as one, as where a series is one mediation.")
    ] = False

    @property
    def _least_minutes(self) -> int:
        return 0 if self.hours is None else half_up(exact(self.hours) * 60)

    def _opens(self, problem: Problem) -> date:
        """Return the first day of the window."""
        return days_later(problem.period.end, 1 - self.window_days)

    def _asked(self, problem: Problem, person: Facilitator) -> bool:
        return not person.external and person.member(problem.period.end)

    def _before(self, problem: Problem) -> Mapping[str, Mapping[str, Held]]:
        """Return what people held in the window, by person and meeting: in history, and in the period's own past."""
        period, opens = problem.period, self._opens(problem)
        found: dict[str, dict[str, Held]] = {}
        for row in problem.past:
            if row.start is None or row.end is None or row.role not in self.roles:
                continue
            if opens <= period.local_day(row.start) <= period.end:
                held = Held(row.meeting, row.series, minutes(row.start, row.end))
                found.setdefault(row.facilitator, {})[row.meeting] = held
        for name, was in problem.frozen.items():
            if period.local_day(was.start) >= opens:
                held = Held(name, problem.meeting(name).series, minutes(was.start, was.end))
                for seat, holder in was.holders.items():
                    if holder is not None and problem.seat(name, seat).role in self.roles:
                        found.setdefault(holder, {})[name] = held
        return found

    def issues(self, problem: Problem) -> Iterator[Issue]:
        """Yield that nothing is asked, and whose history may be too short to tell."""
        if self.meetings is None and self.hours is None:
            yield NOTHING_ASKED.at("rules", column=f"rules.{self.id}")
            return
        asked, before = self._opens(problem), self._before(problem)
        days = [problem.period.local_day(row.start) for row in problem.past if row.start is not None]
        if asked >= problem.period.start or (days and min(days) <= asked):
            return
        short = [
            person.facilitator
            for person in problem.facilitators
            if self._asked(problem, person) and any(self._missing(before.get(person.facilitator, {}).values()))
        ]
        if short:
            begins = BEGINS.fill(day=min(days)) if days else EMPTY
            who = first_few(sorted(short), SHOWN)
            yield SHORT_HISTORY.at("history", column="start", begins=begins, asked=asked, who=who)

    def _missing(self, held: Iterable[Held]) -> tuple[int, int]:
        """Return how many meetings and how many minutes are missing after the past."""
        done = tuple(held)
        series = {item.series for item in done if self.series_once and item.series is not None}
        single = sum(not self.series_once or item.series is None for item in done)
        meetings = (self.meetings or 0) - len(series) - single
        return max(0, meetings), max(0, self._least_minutes - sum(item.minutes for item in done))

    def penalty(self, candidates: Candidates, model: Model) -> None:
        """Let columns per person take up the meetings and the minutes that are missing."""
        world = candidates.world
        before = self._before(world.problem)
        roles = [ROLES.index(role) for role in self.roles]
        counted = candidates.open & candidates.column("timed") & np.isin(candidates.column("role"), roles)
        counted &= candidates.column("day") >= self._opens(world.problem).toordinal()
        around = ints(row.setup_minutes + row.wrapup_minutes for row in world.meetings)[candidates.meeting]
        length = (candidates.column("closes") - candidates.column("opens") - 60 * around + 30) // 60
        for position, person in enumerate(world.people):
            if not self._asked(world.problem, person):
                continue
            mine = candidates.of_person(position)
            column = np.flatnonzero(counted[mine]) + mine.start
            held = before.get(person.facilitator, {}).values()
            meetings, wanted = self._missing(held)
            once = self._once(candidates, model, column, held) if meetings else column
            _charge(model, once, np.ones(len(once), np.int64), meetings, self.scale)
            _charge(model, column, length[column], wanted, 1)

    def _once(self, candidates: Candidates, model: Model, column: Ints, held: Iterable[Held]) -> Ints:
        """Return columns of which each adds one: the candidates, or for those of a series that counts once a column."""
        world = candidates.world
        series = candidates.column("series")[column]
        if not self.series_once:
            return column
        done = {world.series.get(item.series) for item in held if item.series is not None}
        parts = [column[series < 0]]
        for number in sorted({*series[series >= 0].tolist()} - done):
            members = column[series == number]
            any_of_them = model.columns([0], [1])
            entries = np.append(any_of_them, members)
            factors = np.repeat([1, -1], [1, len(members)])
            model.rows(np.zeros(len(entries), np.int64), entries, factors, upper=[0])
            parts.append(any_of_them)
        return np.concatenate(parts)

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield who is short of meetings or hours, and by how much."""
        problem = plan.problem
        before, opens = self._before(problem), self._opens(problem)
        for person in problem.facilitators:
            if not self._asked(problem, person):
                continue
            name = person.facilitator
            held = dict(before.get(name, {}))
            for item in plan.of_facilitator.get(name, ()):
                if item.seat.role in self.roles and item.day >= opens:
                    row = item.meeting
                    held[row.meeting] = Held(row.meeting, row.series, minutes(item.start, item.end))
            once = {
                ("", item.series) if self.series_once and item.series is not None else (item.meeting, None)
                for item in held.values()
            }
            meetings = max(0, (self.meetings or 0) - len(once))
            wanted = max(0, self._least_minutes - sum(item.minutes for item in held.values()))
            window = {"who": name, "length": counts.days(self.window_days), "day": problem.period.end}
            if meetings:
                words = FEW_MEETINGS.fill(count=(self.meetings or 0) - meetings, least=self.meetings, **window)
                yield self.found(meetings * self.scale, words, facilitators=(name,))
            if wanted:
                done = (self._least_minutes - wanted) / 60
                yield self.found(wanted, FEW_HOURS.fill(count=done, least=self.hours, **window), facilitators=(name,))


def _charge(model: Model, column: Ints, adds: Ints, missing: int, weight: int) -> None:
    """Charge what some columns add less than is missing."""
    if missing:
        short = model.columns([max(0, missing - int(adds.sum()))], [missing])
        entries = np.append(column, short)
        model.rows(np.zeros(len(entries), np.int64), entries, np.append(adds, 1), lower=[missing])
        model.cost(short, [weight])
