"""Fair shares of work and what more than them costs: what the rules on shares have in common.

A load is charged in steps that grow dearer: free up to a margin above the target, then 1 point per hour to 125 % of
the target, 2 to 150 %, 4 to 200 % and 8 beyond. Targets are in whole minutes, loads exact.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Annotated

import numpy as np
from pydantic import Field

from poolmatch.arrays import Candidates, Ints
from poolmatch.domain.assignments import Placement
from poolmatch.domain.hours import TICKS
from poolmatch.domain.plan import Plan
from poolmatch.rule import Model

STEPS: tuple[tuple[int, int], ...] = ((125, 1), (150, 2), (200, 4))
"""Up to this percentage of the target an hour costs this many points."""
BEYOND = 8
"""Points per hour above the last step."""
SCALE = 100 * 60 * TICKS
"""Units per point: a unit is a hundredth of a tick at 1 point per hour."""

Tolerance = Annotated[int, Field(ge=0, le=1000, description="Free margin above the target, percent of it.")]


def segments(target: int, tolerance: int) -> list[tuple[int, int | None, int]]:
    """Return the steps of a charge: start and length of each in hundredths of a tick, None is no end, and its rate.

    Parameters
    ----------
    target
        Whole minutes.
    tolerance
        Free margin above the target, percent of it.
    """
    target *= TICKS
    free = 100 + tolerance
    edges = [free, *(edge for edge, _ in STEPS if edge > free)]
    rates = [*(rate for edge, rate in STEPS if edge > free), BEYOND]
    lengths = [(b - a) * target for a, b in pairwise(edges)]
    return list(zip((edge * target for edge in edges), [*lengths, None], rates, strict=True))


def charge(ticks: int, target: int, tolerance: int) -> int:
    """Return what a load in ticks costs, in units; the other parameters as of `segments`."""
    total = 0
    for start, length, rate in segments(target, tolerance):
        part = max(0, 100 * ticks - start)
        total += rate * (part if length is None else min(part, length))
    return total


def post_shares(candidates: Candidates, model: Model, goals: Mapping[str, int], ticks: Ints, tolerance: int) -> None:
    """Let a column per step take up the load above the free margin; steps grow dearer, so they fill in order.

    Parameters
    ----------
    candidates, model
        The candidates, and where columns, rows and costs go.
    goals
        Targets of people, whole minutes; who has none is charged nothing.
    ticks
        What each candidate adds to the load; shape ``(candidates,)``.
    tolerance
        As of `segments`.
    """
    for name, target in goals.items():
        mine = candidates.of_person(candidates.world.positions[name])
        column = np.flatnonzero(ticks[mine]) + mine.start
        load = 100 * ticks[column]
        most = int(load.sum())
        steps = segments(target, tolerance)
        free = steps[0][0]
        if most <= free:
            continue
        lengths = [most if length is None else min(length, most) for _, length, _ in steps]
        # Everything is counted in the largest unit that divides it: quarters of hours, not hundredths of ticks.
        unit = math.gcd(free, *lengths, *load.tolist())
        taken = model.columns(np.zeros(len(lengths), np.int64), [length // unit for length in lengths])
        entries = np.concatenate([column, taken])
        factors = np.concatenate([load // unit, np.full(len(taken), -1)])
        model.rows(np.zeros(len(entries), np.int64), entries, factors, upper=[free // unit])
        model.cost(taken, [rate * unit for _, _, rate in steps])


def charged_in_part(
    plan: Plan, part: Callable[[Placement], bool], goals: Mapping[str, int], tolerance: int
) -> Iterator[tuple[str, int, int, int, tuple[str, ...]]]:
    """Yield who is charged for a part of the meetings: as `charged`, and their meetings in that part.

    Parameters
    ----------
    plan
        The roster.
    part
        Tells whether a placement belongs to the part.
    goals, tolerance
        As of `post_shares`.
    """
    mine = {name: list(filter(part, placements)) for name, placements in plan.of_facilitator.items()}
    loads = {name: sum(item.ticks for item in placements) for name, placements in mine.items()}
    for name, ticks, goal, above in charged(loads, goals, tolerance):
        yield name, ticks, goal, above, tuple(item.meeting.meeting for item in mine[name])


def charged(loads: Mapping[str, int], goals: Mapping[str, int], tolerance: int) -> Iterator[tuple[str, int, int, int]]:
    """Yield who is charged: id, load in ticks, target in minutes, and the charge in units.

    Parameters
    ----------
    loads
        What people work, in ticks.
    goals, tolerance
        As of `post_shares`.
    """
    for name, ticks in loads.items():
        if name in goals:
            above = charge(ticks, goals[name], tolerance)
            if above:
                yield name, ticks, goals[name], above
