"""How much a facilitator likes a meeting: the scores of the preferences that match."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from poolmatch.domain.hours import exact
from poolmatch.domain.people import Preference
from poolmatch.domain.problem import Problem

SCORE_UNITS = 10_000
"""Units of a point: scores have four decimals at most."""


def units_of(row: Preference) -> int:
    """Return the score of a preference in units."""
    return _units(row.score)


@lru_cache(maxsize=1024)  # people give few different scores
def _units(score: float) -> int:
    return int(exact(score) * SCORE_UNITS)


def matching(problem: Problem, facilitator: str, meeting: str) -> Iterator[Preference]:
    """Yield someone's preferences that match a meeting; one about an organisation holds for any party."""
    row = problem.meeting(meeting)
    parties = {stake.organisation for stake in problem.stakes_of(meeting)}
    for wish in problem.about(facilitator, "preferences"):
        matches = (
            wish.meeting == meeting
            if wish.meeting is not None
            else wish.theme == row.theme
            if wish.theme is not None
            else wish.region == row.region
            if wish.region is not None
            else wish.organisation in parties
        )
        if matches:
            yield wish


def score_units(problem: Problem, facilitator: str, meeting: str) -> int:
    """Return the sum of the scores of someone's preferences that match a meeting, in units."""
    return sum(units_of(wish) for wish in matching(problem, facilitator, meeting))
