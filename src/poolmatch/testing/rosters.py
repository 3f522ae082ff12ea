"""Every roster of a small problem."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Roster, RosterRow

MOST_ROSTERS = 4096


def every_roster(problem: Problem, crowded: bool = False) -> Iterator[Roster]:
    """Yield every roster of a small problem, legal or not: duties, and each slot of a flexible meeting, included.

    Parameters
    ----------
    problem
        The problem; at most 4096 rosters.
    crowded
        Also rosters with several people in one seat, or one person in several seats of a meeting: only `one-per-seat`
        judges those.

    Raises
    ------
    ValueError
        There are too many rosters.
    """
    people = [row.facilitator for row in problem.facilitators]
    sizes = range(len(people) + 1 if crowded else 2)
    holders = [chosen for size in sizes for chosen in itertools.combinations(people, size)]
    seats = problem.all_seats
    times = [problem.times(problem.meeting(seat.meeting)) or ((None, None),) for seat in seats]
    # Rosters share their rows: there are few, and many rosters.
    choices = [
        [
            tuple(
                RosterRow(meeting=seat.meeting, seat=seat.seat, facilitator=name, start=start)
                for name in chosen or (None,)
            )
            for chosen in holders
            for start, _ in (slots if chosen else ((None, None),))
        ]
        for seat, slots in zip(seats, times, strict=True)
    ]
    if math.prod(len(item) for item in choices) > MOST_ROSTERS:
        raise ValueError(f"more than {MOST_ROSTERS} rosters; take a smaller problem")
    for choice in itertools.product(*choices):
        rows = tuple(itertools.chain.from_iterable(choice))
        held = [(row.meeting, row.facilitator) for row in rows if row.facilitator is not None]
        if crowded or len(set(held)) == len(held):
            yield Roster(rows=rows)
