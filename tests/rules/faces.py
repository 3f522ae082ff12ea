"""Who led meetings with which parties before."""

import random
from datetime import UTC, datetime

from poolmatch import Problem


def with_faces(case: Problem, seed: int) -> Problem:
    """Return a made-up problem in which most people led for two parties before, a third of them in its series."""
    rng = random.Random(seed)
    parties = [row.organisation for row in case.organisations]
    rows = [
        {
            "meeting": f"before {row.facilitator}",
            "facilitator": row.facilitator,
            "role": rng.choice(["lead", "co", "scribe"]),
            "start": datetime(2026, 3, 2, 9, tzinfo=UTC),
            "end": datetime(2026, 3, 2, 11, tzinfo=UTC),
            "organisations": rng.sample(parties, 2),
            "series": rng.choice([None, None, "course"]),
        }
        for row in case.facilitators
        if rng.random() < 0.8
    ]
    return case.replace(history=[*case.history, *rows])
