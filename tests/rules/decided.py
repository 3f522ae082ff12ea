"""Random problems changed so that somebody decides on the meetings, and people of the pool work for who does."""

from __future__ import annotations

import random

from poolmatch import Problem

PARTIES = "ABCD"
"""Of the problems of `poolmatch.testing`."""


def with_insiders(case: Problem, seed: int) -> Problem:
    """Return a problem in which two parties decide on each meeting, and the third party consents to most people."""
    rng = random.Random(seed)
    stakes, waivers = [], []
    people = [row.model_copy(update={"organisation": rng.choice("AABC")}) for row in case.facilitators]
    for meeting in case.meetings:
        parties = rng.sample(PARTIES, 3)
        for party, grade in zip(parties, ("decider", "decider", rng.choice(["interest", "observer"])), strict=True):
            stakes.append({"meeting": meeting.meeting, "organisation": party, "grade": grade})
        for person in people:
            if rng.random() < 0.8:
                about = {"facilitator": person.facilitator, "organisation": person.organisation, "party": parties[2]}
                waivers.append({**about, "meeting": meeting.meeting, "consented_on": case.period.start})
    return case.replace(stakes=stakes, facilitators=people, waivers=waivers)


def with_favours(case: Problem, seed: int) -> Problem:
    """Return a problem of contested meetings, on each of which somebody's employer decides."""
    rng = random.Random(seed)
    meetings = [row.model_copy(update={"contention": rng.choice(["high", "high", "low"])}) for row in case.meetings]
    stakes = [{"meeting": row.meeting, "organisation": rng.choice("ABC"), "grade": "decider"} for row in case.meetings]
    people = [row.model_copy(update={"organisation": rng.choice("AABC")}) for row in case.facilitators]
    return case.replace(meetings=meetings, stakes=stakes, facilitators=people, waivers=[])
