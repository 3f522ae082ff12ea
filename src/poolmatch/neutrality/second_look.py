"""A second look: a sample of what the table of degrees says is judged again by `assess`, pair by pair."""

from __future__ import annotations

import numpy as np

from poolmatch.arrays import Arrays
from poolmatch.domain.degree import Degree
from poolmatch.errors import InternalError
from poolmatch.neutrality.assessment import assess
from poolmatch.neutrality.policy import Policy
from poolmatch.neutrality.table import NO_SIDE, degrees

PEOPLE, EACH = 20, 10
"""How many people are looked at again, and at how many occasions each: rejected ones first."""


def second_look(world: Arrays, policy: Policy, seed: int) -> int:
    """Judge a sample of pairs again, above all pairs that were rejected.

    Assigned pairs are all judged again with the roster; a pair that is wrongly rejected would never show there.

    Parameters
    ----------
    world
        The problem as numbers.
    policy
        What counts as a tie.
    seed
        Draws the sample.

    Returns
    -------
    int
        Number of pairs.

    Raises
    ------
    InternalError
        Table and `assess` disagree about a pair.
    """
    draw, occasions = np.random.default_rng(seed), world.occasions
    if not len(occasions):
        return 0
    looked_at, names = 0, list(world.organisations.of)
    for position in draw.permutation(len(world.people))[:PEOPLE].tolist():
        found = degrees(world.person(position), occasions, policy)
        sides = found.side.tolist()
        by_harm = np.lexsort((draw.random(len(occasions)), -found.degree))
        for row in by_harm[:EACH].tolist():
            name, meeting = world.people[position].facilitator, world.meetings[occasions.meeting[row]]
            times = [start for start, _ in world.problem.times(meeting)]
            slot = next((start for start in times if start.timestamp() == occasions.start[row]), None)
            again = assess(world.problem, name, meeting.meeting, slot, policy=policy)
            side = "" if sides[row] == NO_SIDE else world.problem.webs.same_of(names[sides[row]], again.day)
            table = _said(Degree(int(found.degree[row])), bool(found.waived[row]), side)
            alone = _said(again.degree, again.waived, again.balanced)
            if table != alone:
                words = f"{table} in the table, {alone} when assessed alone"
                raise InternalError(f"{name} at {meeting.meeting} is {words}")
            looked_at += 1
    return looked_at


def _said(degree: Degree, waived: bool, side: str) -> str:
    """Return all that a degree says, in words."""
    return degree.word + " (waived)" * waived + (f" (balanced, {side})" if side else "")
