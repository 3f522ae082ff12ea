"""Rule `max-on-end`: not too many working days, or weekends with work, one after the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Annotated, ClassVar

import numpy as np
from pydantic import Field

from poolmatch.arrays import Candidates, bounds
from poolmatch.domain.assignments import Placement
from poolmatch.domain.holidays import SATURDAY
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem, kept
from poolmatch.issues import Issue, Message
from poolmatch.rule import ConstraintRule, Finding, Model, Words
from poolmatch.teams import let_follow
from poolmatch.vocabulary import counts

Numbering = Callable[[date], int | None]
"""The number of what a day is part of, counted on without gaps; None where it is part of nothing that counts."""

BEGINS_LATE = Message(
    "history-begins-late",
    Words(
        "tells of no work on or before {day}, so that the rule max-on-end may miss days of work just before the period",
        "noemt geen werk op of vóór {day}, zodat de regel max-on-end werkdagen vlak voor de periode kan missen",
    ),
    Words(
        "add the work of those days, or leave this as it is if there was none",
        "vul het werk van die dagen aan, of laat dit zo als er geen was",
    ),
    "warning",
)


def weekend_of(day: date) -> int | None:
    """Return the number of the weekend of a Saturday or Sunday."""
    return (day.toordinal() - 1) // 7 if day.weekday() >= SATURDAY else None


@kept
def past_days(problem: Problem) -> Mapping[str, frozenset[date]]:
    """Return the local days on which people began past work that is not planned here."""
    days: defaultdict[str, set[date]] = defaultdict(set)
    for row in problem.past:
        if row.start is not None:
            days[row.facilitator].add(problem.period.local_day(row.start))
    return {name: frozenset(found) for name, found in days.items()}


@kept
def days_worked(problem: Problem) -> Mapping[str, frozenset[date]]:
    """Return the local days on which people worked for sure: those of the past, and of past meetings of the period."""
    days = {name: set(found) for name, found in past_days(problem).items()}
    for was in problem.frozen.values():
        for holder in filter(None, was.holders.values()):
            days.setdefault(holder, set()).add(problem.period.local_day(was.start))
    return {name: frozenset(found) for name, found in days.items()}


def runs(numbers: Sequence[int]) -> Iterator[list[int]]:
    """Yield the runs, as long as they are, of consecutive numbers among numbers that rise."""
    run: list[int] = []
    for number in numbers:
        if run and number != run[-1] + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


class MaxOnEndRule(ConstraintRule):
    """At most ``days`` working days one after the other, and at most ``weekends`` weekends with work on end.

    A working day is a local day on which a meeting starts, a weekend with work one with such a Saturday or Sunday.
    History counts. Duties have no day and do not count.

    Source: the Dutch Working Hours Act (Arbeidstijdenwet) speaks of hours. Article 5:5 asks for 36 hours of rest on end
    in any 7 times 24 hours, or for 72 in 14 times 24, in parts of 32 or more: a free day after six comes near to that,
    and is neither as much nor all that is possible. Article 5:6 asks for 13 free Sundays in 52 weeks: ``weekends = 3``
    sees to that.

    Example: work on the last six days of February, and a meeting on the first of March.
    """

    id: ClassVar[str] = "max-on-end"
    standard: ClassVar[bool] = False
    sentence: ClassVar[Words] = Words(
        "Nobody works too many days, or weekends, one after the other.",
        "Niemand werkt te veel dagen, of weekenden, achter elkaar.",
    )
    looks_wide: ClassVar[bool] = False
    discreet: ClassVar[bool] = True

    days: Annotated[int, Field(ge=1, le=31, description="Most working days on end.")] = 6
    weekends: Annotated[
        int | None, Field(ge=1, le=52, description="Most weekends on end with work; none = any number.")
    ] = None

    def _limits(self) -> Iterator[tuple[int, Numbering, Callable[[int], Words]]]:
        """Yield each limit, what is numbered for it, and the words for so many of that."""
        yield self.days, date.toordinal, counts.days
        if self.weekends is not None:
            yield self.weekends, weekend_of, counts.weekends

    def issues(self, problem: Problem) -> Iterator[Issue]:
        """Yield a warning where history begins too late to tell what goes on in the period."""
        # A period may begin on a Sunday, whose Saturday is a day earlier.
        before = max(self.days, 0 if self.weekends is None else 7 * self.weekends + 1)
        day = problem.period.start - timedelta(days=before)
        if not any(found <= day for days in past_days(problem).values() for found in days):
            yield BEGINS_LATE.at("history", day=day)

    def post(self, candidates: Candidates, model: Model) -> None:
        """Write for each person that of any days, or weekends, on end that could all be worked one is free."""
        world = candidates.world
        columns = candidates.timed[candidates.open[candidates.timed]]
        days, place = np.unique(candidates.column("day")[columns], return_inverse=True)
        edges = bounds(candidates.person[columns], len(world.people)).tolist()
        for limit, number, _ in self._limits():
            of_day = [number(date.fromordinal(day)) for day in days.tolist()]
            for position, person in enumerate(world.people):
                ahead: defaultdict[int, list[int]] = defaultdict(list)
                for entry in range(edges[position], edges[position + 1]):
                    when = of_day[place[entry]]
                    if when is not None:
                        ahead[when].append(int(columns[entry]))
                worked = map(number, days_worked(world.problem).get(person.facilitator, ()))
                _post_windows(candidates, model, limit, {when for when in worked if when is not None}, ahead)

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each run of days, and of weekends, that is too long and in which a meeting of the period lies."""
        for name, placements in plan.of_facilitator.items():
            before = past_days(plan.problem).get(name, ())
            for limit, number, counted in self._limits():
                worked: defaultdict[int, list[date]] = defaultdict(list)
                for day in (*before, *(item.day for item in placements)):
                    when = number(day)
                    if when is not None:
                        worked[when].append(day)
                for run in runs(sorted(worked)):
                    mine = [item for item in placements if number(item.day) in run]
                    if len(run) > limit and mine:
                        words = Words(
                            "{who} works {count} on end, from {first} to {last}, the limit is {limit}.",
                            "{who} werkt {count} achter elkaar, van {first} tot en met {last}, de grens is {limit}.",
                            who=name,
                            count=counted(len(run)),
                            first=min(worked[run[0]]),
                            last=max(worked[run[-1]]),
                            limit=limit,
                        )
                        yield self._found(name, mine, words)

    def _found(self, name: str, placements: Sequence[Placement], words: Words) -> Finding:
        meetings = tuple(item.meeting.meeting for item in placements)
        return Finding(self.id, "violation", words, (name,), meetings, day=placements[0].day)


def _post_windows(
    candidates: Candidates, model: Model, limit: int, worked: set[int], ahead: Mapping[int, list[int]]
) -> None:
    """Write for one person that not all of any ``limit + 1`` numbers on end are worked, with work ahead among them.

    Parameters
    ----------
    candidates, model
        The candidates, and where columns and rows go.
    limit
        Most numbers on end.
    worked
        Numbers that are worked whatever the roster says.
    ahead
        Candidates by number, of work that is still to come.
    """
    could = worked | ahead.keys()
    chosen: dict[int, int] = {}

    def work(when: int) -> int:
        """Return a column that is 1 when there is work ahead then."""
        if when not in chosen:
            columns = ahead[when]
            if len(columns) == 1:
                chosen[when] = columns[0]
            else:
                chosen[when] = int(model.columns([0], [1])[0])
                let_follow(candidates, model, np.array(columns), np.full(len(columns), chosen[when]))
        return chosen[when]

    for first in sorted({when - back for when in ahead for back in range(limit + 1)}):
        window = range(first, first + limit + 1)
        if could.issuperset(window):
            open_ = [when for when in window if when not in worked]
            if open_:
                row = np.zeros(len(open_), np.int64)
                model.rows(row, [work(when) for when in open_], 1, upper=[len(open_) - 1])
            else:  # it is too long already: no work that is still to come takes part in it
                model.fix([column for when in window for column in ahead.get(when, ())], 0)
