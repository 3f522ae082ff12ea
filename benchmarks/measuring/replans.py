"""A month that goes otherwise: ``python -m benchmarks.measuring.replans [--sizes 60x250x15 …] [--cases 5]``.

In pools with teams somebody falls ill for a week in the middle of the month, and `poolmatch.replan` mends the roster
that people were told; and `poolmatch.substitutes` says who could take a seat. Seconds that go by, of the slowest and on
average, with what was proven. What people were told is the best roster that is known, else what a minute finds.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from benchmarks.cases import teams
from poolmatch import Report, check, read_roster, replan, solve, substitutes
from poolmatch.domain.roster import RosterRow
from poolmatch.edits import PersonOut

SIZES = ("60x250x15", "300x1500x60")
BEST_KNOWN = Path(__file__).parents[1] / "library" / "best_known"
T = TypeVar("T")


def told(size: str) -> Report:
    """Return what people were told in a pool of so many facilitators, meetings and organisations."""
    facilitators, meetings, organisations = map(int, size.split("x"))
    problem = teams.pool(facilitators, meetings, organisations, 1)
    file = BEST_KNOWN / f"teams-{size}-1.csv"
    return check(problem, read_roster(file, problem)) if file.exists() else solve(problem, time_limit=60).report


def timed(call: Callable[[], T]) -> tuple[float, T]:
    """Return how many seconds a call took, and what it returned."""
    began = time.perf_counter()
    answer = call()
    return time.perf_counter() - began, answer


def ahead(report: Report, today: date) -> Sequence[RosterRow]:
    """Return what is held in the week from a day on."""
    week = (today, today + timedelta(days=6))
    return [
        row
        for row in report.roster.rows
        if row.facilitator is not None and row.start is not None and week[0] <= row.start.date() <= week[1]
    ]


def measured(size: str, cases: int, limit: float) -> str:
    """Return a line of figures about one pool.

    Parameters
    ----------
    size
        Facilitators, meetings and organisations.
    cases
        So many illnesses and seats.
    limit
        Seconds that replanning may take.
    """
    report = told(size)
    today = report.problem.period.start + timedelta(days=14)
    rows = random.Random(1).sample(ahead(report, today), cases)
    replans, steps = list[float](), list[float]()
    filled = fewest = people = 0
    for row in rows:
        ill = PersonOut(str(row.facilitator), today, today + timedelta(days=6))
        seconds, answer = timed(partial(replan, report.problem, report, today, [ill], time_limit=limit))
        replans.append(seconds)
        filled, fewest, people = filled + answer.filled, fewest + answer.fewest, people + len(answer.notices)
    substitutes(report, rows[0].meeting, rows[0].seat, time_limit=0)  # the problem is made ready once
    for row in rows:
        steps.append(timed(partial(substitutes, report, row.meeting, row.seat))[0])
    figures = [f"{max(found):.2f} s, {sum(found) / cases:.2f} s on average" for found in (replans, steps)]
    proven = f"coverage proven {filled}, fewest people {fewest} of {cases}; {people / cases:.1f} people told"
    return f"{size}: replan {figures[0]} ({proven}); substitutes {figures[1]}"


def print_lines(description: str, measured: Callable[[str, int, float], str], limit: float) -> None:
    """Print what is measured of each pool that the command line names, a line each.

    Parameters
    ----------
    description
        What the command is for.
    measured
        Returns the line of a size, a number of cases, and seconds for each.
    limit
        Those seconds, unless others are given.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--sizes", nargs="+", default=SIZES)
    parser.add_argument("--cases", type=int, default=5)
    parser.add_argument("--limit", type=float, default=limit)
    chosen = parser.parse_args()
    for one in chosen.sizes:
        print(measured(one, chosen.cases, chosen.limit), flush=True)


if __name__ == "__main__":
    print_lines("A month that goes otherwise", measured, limit=10.0)
