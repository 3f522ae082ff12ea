"""Small problems with teams, series, slots and duties, in which rosters fill up."""

from __future__ import annotations

import math
import random

from tests.solving.optima import STRICTER

from poolmatch import Problem
from poolmatch.arrays import Arrays
from poolmatch.checking import input_issues
from poolmatch.domain.organisations import Organisation
from poolmatch.domain.people import ROLES
from poolmatch.eligibility import eligibility
from poolmatch.testing import random_problem


def eased(problem: Problem, rng: random.Random) -> Problem:
    """Return the problem with two employers who are no party, and people who can do most things: rosters fill up."""
    people = [
        row.model_copy(
            update={"organisation": rng.choice("EF"), "roles": ROLES, "max_travel_km": None, "max_per_day": 2}
        )
        for row in problem.facilitators
    ]
    organisations = [*problem.organisations, *(Organisation(organisation=name, name=name) for name in "EF")]
    gone = dict.fromkeys(("ties", "waivers", "availability", "strikes", "serves"), ())
    return problem.replace(facilitators=people, organisations=organisations, **gone)


def programme(seed: int, people: int, meetings: int, seats: int, pins: bool = False) -> Problem:
    """Return a problem with teams and slots; without pins, spacing or session numbers that contradict them."""
    rng = random.Random(seed)
    problem = random_problem(rng, people, meetings, seats, pins, teams=True, programme=True)
    problem = eased(problem, rng) if seed % 5 < 3 else problem
    tables = {issue.table for issue in input_issues(problem, STRICTER) if issue.severity == "error"}
    if "meetings" in tables:
        problem = problem.replace(meetings=[row.model_copy(update={"session": None}) for row in problem.meetings])
    return problem.replace(pins=(), spacing=()) if tables else problem


def tiny(seed: int) -> Problem:
    """Return a problem of which all rosters can be gone through, a programme or not."""
    if seed % 2:
        return programme(seed, 2, *((3, 1) if seed % 4 == 1 else (2, 2)))
    rng = random.Random(seed)
    case = random_problem(rng, people=3, meetings=3, pins=False)
    return eased(case, rng) if seed % 4 else case


def lively(seed: int, least: int = 8, most: int = 1000) -> Problem:
    """Return a problem with so many candidates at least, of which all rosters can be gone through: no more than that.

    It has people who can do most things; every other one is a programme.
    """
    rng = random.Random(seed)
    while True:
        if seed % 2:
            case = programme(5 * rng.randrange(10**6), 3, 2, 2)  # of these all are eased
        else:
            case = eased(random_problem(rng, people=3, meetings=4, pins=False), rng)
        slots = [len(case.times(case.meeting(seat.meeting))) or 1 for seat in case.all_seats]
        rosters = math.prod(1 + len(case.facilitators) * number for number in slots)
        if rosters <= most and len(eligibility(Arrays(case), STRICTER).candidates) >= least:
            return case
