"""Rule `exposure-cap`: nobody becomes the house facilitator of one party."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Annotated, ClassVar, Self

import numpy as np
from pydantic import Field, model_validator

from poolmatch.arrays import GRADES, Candidates
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem, kept
from poolmatch.neutrality.labels import same_on
from poolmatch.rule import ConstraintRule, Finding, Model, Words
from poolmatch.vocabulary import counts

OBSERVER = GRADES.index("observer")
Event = tuple[int, str]
"""Ordinal of the local day, and what counts once: a series, or a meeting."""


def unit(series: str | None, meeting: str) -> str:
    """Return what a meeting counts as: its series, or itself."""
    return f"series {series}" if series is not None else f"meeting {meeting}"


@kept
def past_events(problem: Problem) -> dict[tuple[str, str], list[Event]]:
    """Return past meetings by facilitator and party, under each of its ids on the day; the period's own past too.

    Work without times has no day and does not count.
    """
    events: defaultdict[tuple[str, str], list[Event]] = defaultdict(list)
    for row in problem.past:
        if row.start is not None:
            day = problem.period.local_day(row.start)
            for party in {name for given in row.organisations for name in problem.webs.ids_of(given, day)}:
                events[row.facilitator, party].append((day.toordinal(), unit(row.series, row.meeting)))
    for name, was in problem.frozen.items():
        what, day = unit(problem.meeting(name).series, name), problem.period.local_day(was.start)
        given = [stake.organisation for stake in problem.stakes_of(name) if stake.grade != "observer"]
        parties = sorted({same for party in given for same in problem.webs.ids_of(party, day)})
        for holder, party in product(filter(None, was.holders.values()), parties):
            events[holder, party].append((day.toordinal(), what))
    return events


HALF_A_CAP = Words(
    "cap and window_days go together: give both, or neither",
    "cap en window_days horen bij elkaar: geef ze allebei, of geen van beide",
)


class ExposureCapRule(ConstraintRule):
    """A facilitator has at most ``cap`` meetings with a party in any ``window_days`` days in a row.

    History counts, a series counts once per window, parties that only observe do not count. A meeting counts for each
    id that stands for a party on its day (links of kind `same_as`). Off unless both parameters are given.

    Example: a cap of 2 in 90 days, two meetings for a party in January and February, and a third in March.
    """

    id: ClassVar[str] = "exposure-cap"
    sentence: ClassVar[Words] = Words(
        "Nobody meets one party too often.", "Niemand heeft te vaak met dezelfde partij te maken."
    )
    looks_wide: ClassVar[bool] = False
    discreet: ClassVar[bool] = True

    cap: Annotated[int | None, Field(ge=0, description="Most meetings with one party; none = off.")] = None
    window_days: Annotated[int | None, Field(ge=1, le=36_500, description="Length of the window, days.")] = None

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        if (self.cap is None) != (self.window_days is None):
            raise ValueError(HALF_A_CAP)
        return self

    def post(self, candidates: Candidates, model: Model) -> None:
        """Count, per person, party and window, what takes place in it; a series by one column."""
        if self.cap is None or self.window_days is None:
            return
        world = candidates.world
        stakes, day = world.occasions.stakes, world.occasions.day
        past = past_events(world.problem)
        names = list(world.organisations.of)
        units = [unit(row.series, row.meeting) for row in world.meetings]
        found: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        for column in candidates.timed.tolist():
            if not candidates.open[column]:
                continue  # the past of the period is among the events
            person, occasion = candidates.person[column], candidates.occasion[column]
            entries = range(stakes.offsets[occasion], stakes.offsets[occasion + 1])
            given = [int(stakes.organisation[entry]) for entry in entries if stakes.grade[entry] != OBSERVER]
            today = int(day[occasion])
            for party in set[int]().union(*(same_on(world, organisation, today) for organisation in given)):
                found[int(person), party].append(column)
        posted = set()  # ids of one organisation mostly have the same meetings
        for (person, party), columns in found.items():
            events = past.get((world.people[person].facilitator, names[party]), [])
            key = person, tuple(columns), tuple(events)
            if key not in posted:
                posted.add(key)
                occasions, meetings = candidates.occasion[columns], candidates.meeting[columns]
                days, what = day[occasions].tolist(), [units[meeting] for meeting in meetings.tolist()]
                self._post_windows(
                    model, self.cap, self.window_days, events, list(zip(days, what, columns, strict=True))
                )

    def _post_windows(
        self, model: Model, cap: int, length: int, events: list[Event], planned: list[tuple[int, str, int]]
    ) -> None:
        for start in sorted({day for day, _ in events} | {day for day, _, _ in planned}):
            before = {what for day, what in events if start <= day < start + length}
            inside = [(what, column) for day, what, column in planned if start <= day < start + length]
            if len(before) > cap:
                model.fix([column for _, column in inside], 0)
                continue
            fresh: defaultdict[str, list[int]] = defaultdict(list)
            for what, column in inside:
                if what not in before:
                    fresh[what].append(column)
            if len(fresh) + len(before) <= cap:
                continue
            counted = []
            for columns in fresh.values():
                if len(columns) == 1:
                    counted += columns
                    continue
                once = int(model.columns([0], [1])[0])
                pairs = np.arange(len(columns))
                entries = np.append(columns, np.full(len(columns), once))
                signs = np.repeat([1, -1], len(columns))
                model.rows(np.tile(pairs, 2), entries, signs, upper=np.zeros(len(columns), np.int64))
                counted.append(once)
            model.rows(np.zeros(len(counted), np.int64), counted, 1, upper=[cap - len(before)])

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each person and party with too many meetings in some window in which one of the period lies."""
        if self.cap is None or self.window_days is None:
            return
        past = past_events(plan.problem)
        for name, placements in plan.of_facilitator.items():
            planned: defaultdict[str, list[tuple[int, str, str]]] = defaultdict(list)
            for item in placements:
                row, webs = item.meeting, plan.problem.webs
                given = [stake for stake in plan.problem.stakes_of(row.meeting) if stake.grade != "observer"]
                event = (item.day.toordinal(), unit(row.series, row.meeting), row.meeting)
                ids = [party for stake in given for party in webs.ids_of(stake.organisation, item.day)]
                for party in dict.fromkeys(ids):
                    planned[party].append(event)
            told = set()
            for party, events in planned.items():
                before, cap, length = past.get((name, party), []), self.cap, self.window_days
                key = self._first_id(plan.problem, party, events), tuple(before), tuple(events)
                if key in told:
                    continue
                told.add(key)
                done = [event for event in events if event[2] in plan.problem.frozen]
                ahead = [event for event in events if event[2] not in plan.problem.frozen]
                # What only the past fills too far is told when nothing that is to come takes part.
                broken = [*self._over(name, party, before, ahead, cap, length)]
                yield from broken or self._over(name, party, before, done, cap, length)

    def _first_id(self, problem: Problem, party: str, events: list[tuple[int, str, str]]) -> str:
        """Return the first of the ids of a party on the day of the first event, so that it is told of once."""
        return problem.webs.same_of(party, date.fromordinal(min(events)[0]))

    def _over(
        self, name: str, party: str, before: list[Event], planned: list[tuple[int, str, str]], cap: int, length: int
    ) -> Iterator[Finding]:
        """Yield the fullest window, when it is over the cap."""
        worst: tuple[int, tuple[str, ...]] = (cap, ())
        events = [*before, *((day, what) for day, what, _ in planned)]
        for start in {day for day, _ in events}:
            meetings = tuple(meeting for day, _, meeting in planned if start <= day < start + length)
            count = len({what for day, what in events if start <= day < start + length})
            if meetings and count > worst[0]:
                worst = count, meetings
        count, meetings = worst
        if meetings:
            words = Words(
                "{who} has {meetings} with {party} within {length}, the cap is {cap}.",
                "{who} heeft {meetings} met {party} binnen {length}, de grens is {cap}.",
                who=name,
                meetings=counts.meetings(count),
                party=party,
                length=counts.days(length),
                cap=cap,
            )
            yield Finding(self.id, "violation", words, (name,), meetings)
