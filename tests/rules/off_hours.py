"""What small random problems lack for rules on evenings and weekends: limits, and work in the days before."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from tests.builders import Cells

from poolmatch import Problem


def _done(case: Problem, rng: random.Random, days: Sequence[int]) -> list[Cells]:
    """Return past work of some people on some of these days of March 2026, by day or in the evening."""
    rows: list[Cells] = []
    for row in case.facilitators:
        for day in days:
            if rng.random() < 0.3:
                start = datetime(2026, 3, day, rng.choice([9, 14, 18]), tzinfo=UTC)
                end = start + timedelta(hours=rng.choice([2, 3, 4]))
                work: Cells = {"meeting": f"done {day}", "facilitator": row.facilitator, "role": "lead"}
                rows.append({**work, "start": start, "end": end})
    return rows


def with_evenings(case: Problem, seed: int) -> Problem:
    """Return a problem in which people have limits of evenings, and had some in the days before."""
    rng = random.Random(seed)
    people = [
        row.model_copy(update={"max_evenings_per_week": rng.choice([None, 0, 1, 1, 2])}) for row in case.facilitators
    ]
    return case.replace(facilitators=people, history=[*case.history, *_done(case, rng, (23, 25))])


def with_weekends(case: Problem, seed: int) -> Problem:
    """Return a problem in which people worked on the weekend before, and on days near it."""
    return case.replace(history=[*case.history, *_done(case, random.Random(seed), (21, 22, 26))])
