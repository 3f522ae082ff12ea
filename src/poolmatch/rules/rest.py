"""Rule `rest`: daily rest between two working days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import Annotated, ClassVar

import numpy as np
from pydantic import Field

from poolmatch.arrays import Candidates, second
from poolmatch.domain.hours import exact
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem, kept
from poolmatch.rule import ConstraintRule, Finding, Model, Words
from poolmatch.spans import close_pairs

Worked = tuple[date, datetime, datetime, str]
"""Local day, start and end of past work, and the id of its meeting."""


@kept
def past_work(problem: Problem) -> dict[str, list[Worked]]:
    """Return the timed past work of each facilitator that is not planned here."""
    work: defaultdict[str, list[Worked]] = defaultdict(list)
    for row in problem.past:
        if row.start is not None and row.end is not None:
            work[row.facilitator].append((problem.period.local_day(row.start), row.start, row.end, row.meeting))
    return work


class RestRule(ConstraintRule):
    """Between two occupied spans with different local dates there are at least ``hours`` hours of elapsed time.

    History counts. Source: daily rest of the Dutch Working Hours Act (Arbeidstijdenwet, article 5:3).

    Example: a wrap-up at 22:30 and a setup at 9:00 the next morning are 10.5 hours apart.
    """

    id: ClassVar[str] = "rest"
    sentence: ClassVar[Words] = Words(
        "Between two working days there is daily rest.", "Tussen twee werkdagen is er dagelijkse rust."
    )
    looks_wide: ClassVar[bool] = False
    discreet: ClassVar[bool] = True

    hours: Annotated[float, Field(ge=0, le=48, description="Least rest, hours.")] = 11.0

    @property
    def _gap(self) -> timedelta:
        return timedelta(seconds=int(exact(self.hours) * 3600))

    def post(self, candidates: Candidates, model: Model) -> None:
        """At most one of each pair without rest between them; none without rest after past work."""
        opens, closes, day = (candidates.column(name) for name in ("opens", "closes", "day"))
        gap, timed = int(self._gap.total_seconds()), candidates.timed
        first, later = close_pairs(candidates.person[timed], opens[timed], closes[timed], gap)
        first, later = timed[first], timed[later]
        other_day = day[first] != day[later]
        pairs = np.stack([first[other_day], later[other_day]], axis=1)
        model.at_most_one(np.repeat(np.arange(len(pairs)), 2), pairs.ravel())
        world, tired = candidates.world, np.zeros(len(candidates), np.bool_)
        for name, work in past_work(world.problem).items():
            if name not in world.positions:
                continue
            mine = candidates.of_person(world.positions[name])
            for worked_on, start, end, _ in work:
                soon = (opens[mine] < second(end) + gap) & (closes[mine] + gap > second(start))
                tired[mine] |= soon & (day[mine] != worked_on.toordinal())
        model.fix(timed[tired[timed]], 0)

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each pair of spans without rest between them, of which at least one is planned."""
        past, gap = past_work(plan.problem), self._gap
        for name, placements in plan.of_facilitator.items():
            planned = [(item.day, *item.occupied, item.meeting.meeting) for item in placements]
            for one, other in (*combinations(planned, 2), *((a, b) for a in past.get(name, ()) for b in planned)):
                (day, _, end, before), (next_day, start, _, after) = sorted((one, other), key=lambda item: item[1:3])
                if day != next_day and start - end < gap:
                    rest = (start - end).total_seconds() / 3600
                    words = Words(
                        "{who} has {rest:.1f} hours of rest between {before} and {after}, {needed:g} are needed.",
                        "{who} heeft {rest:.1f} uur rust tussen {before} en {after}, {needed:g} is nodig.",
                        who=name,
                        rest=rest,
                        before=before,
                        after=after,
                        needed=self.hours,
                    )
                    yield Finding(self.id, "violation", words, (name,), (before, after), day=next_day)
