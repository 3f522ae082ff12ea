"""The assessment of one person for many occasions at once, as numbers: agrees with `assess` on every pair."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

import numpy as np

from poolmatch.arrays import FIRST_DAY, GRADES, LAST_DAY, Arrays, Ints, Occasions, Person
from poolmatch.domain.organisations import Link
from poolmatch.neutrality.assess import GROUP_KINDS, MAX_LINKS, ties_of
from poolmatch.neutrality.policy import Policy

Reach = tuple[int, bool, int, int]
"""Number of an organisation that is reached, whether through links, first and last day on which all links hold."""


def _first(day: date | None) -> int:
    return FIRST_DAY if day is None else day.toordinal()


def _last(day: date | None) -> int:
    return LAST_DAY if day is None else day.toordinal()


def _neighbours(world: Arrays) -> dict[str, list[tuple[str, Link]]]:
    near: dict[str, list[tuple[str, Link]]] = {}
    for link in world.problem.links:
        if link.kind in GROUP_KINDS:
            near.setdefault(link.source, []).append((link.target, link))
            near.setdefault(link.target, []).append((link.source, link))
    return near


def _reach(world: Arrays, organisation: str) -> tuple[Reach, ...]:
    """Return every organisation that a tie to this one reaches along a group, with the days on which it does."""
    near = world.memo("neutrality: neighbours", lambda: _neighbours(world))

    def follow(names: tuple[str, ...], first: int, last: int) -> Iterator[Reach]:
        yield world.organisations.get(names[-1]), len(names) > 1, first, last
        if len(names) > MAX_LINKS:
            return
        for name, link in near.get(names[-1], ()):
            starts, ends = max(first, _first(link.start)), min(last, _last(link.end))
            if name not in names and starts <= ends:
                yield from follow((*names, name), starts, ends)

    return tuple(dict.fromkeys(follow((organisation,), FIRST_DAY, LAST_DAY)))


def degrees(person: Person, occasions: Occasions, policy: Policy) -> Ints:
    """Return the worst degree over all paths, for one person at each occasion.

    Parameters
    ----------
    person
        The person.
    occasions
        Any number of rows.
    policy
        What counts as a tie.

    Returns
    -------
    ndarray of int, shape ``(occasions,)``
        Values of `poolmatch.domain.degree.Degree`.
    """
    world, stakes = person.world, occasions.stakes
    day = occasions.day[stakes.owner]
    worst = np.zeros(len(stakes.organisation), np.int64)
    for tie in ties_of(world.problem, person.row.facilitator):
        if tie.organisation is None:
            continue
        by_chain = {
            linked: np.max(
                [
                    [int(row.degree(grade)) for grade in GRADES]
                    for row in policy.rows
                    if tie.kind in row.kinds and row.chain == ("group" if linked else "none")
                ]
                or [[0] * len(GRADES)],
                axis=0,
            )
            for linked in (False, True)
        }
        name = tie.organisation
        reach: tuple[Reach, ...] = world.memo(("neutrality: reach", name), partial(_reach, world, name))
        for organisation, linked, first, last in reach:
            starts, ends = max(first, _first(tie.start)), min(last, _last(tie.end))
            here = (stakes.organisation == organisation) & (day >= starts) & (day <= ends)
            np.maximum(worst, np.where(here, by_chain[linked][stakes.grade], 0), out=worst)
    return stakes.max(worst)
