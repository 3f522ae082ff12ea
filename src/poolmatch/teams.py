"""Who sits with whom: what the rules on teams have in common."""

from __future__ import annotations

from collections.abc import Container, Iterator

import numpy as np

from poolmatch.arrays import FIRST_DAY, LAST_DAY, Arrays, Candidates, Ints
from poolmatch.domain.meetings import Requirement
from poolmatch.domain.problem import Problem
from poolmatch.rule import Model

TEAM = frozenset({"lead", "co", "mentor"})
"""Roles whose holders carry a meeting together."""
BRINGING = frozenset({"lead", "co", "mentor", "scribe"})
"""Roles whose holders bring their skills into the team."""


def asked_of_teams(problem: Problem, kind: str) -> Iterator[tuple[str, Requirement]]:
    """Yield each meeting and skill that is required of its team, or preferred."""
    for row in problem.requirements:
        if row.seat is None and row.kind == kind and not problem.is_duty(row.meeting):
            yield row.meeting, row


def stands_for(world: Arrays, kinds: Container[str]) -> Ints:
    """Return person, organisation, first and last day of people's ties of some kinds to organisations.

    Returns
    -------
    ndarray of int, shape ``(4, ties)``
        In the order of people.
    """
    rows = [
        (
            place,
            world.organisations.get(tie.organisation),
            FIRST_DAY if tie.start is None else tie.start.toordinal(),
            LAST_DAY if tie.end is None else tie.end.toordinal(),
        )
        for place, row in enumerate(world.people)
        for tie in world.problem.ties_of(row.facilitator)
        if tie.kind in kinds and tie.organisation is not None
    ]
    return np.array(rows, np.int64).reshape(-1, 4).T


def shared_meetings(candidates: Candidates, first: str, second: str) -> Iterator[tuple[Ints, Ints]]:
    """Yield for each meeting the candidates of two people there; of a meeting where either has none, an empty column.

    Meetings where neither could sit are left out, and duties.
    """
    world = candidates.world
    ones, others = (_of(candidates, world.positions[name]) for name in (first, second))
    for meeting in np.union1d(candidates.meeting[ones], candidates.meeting[others]).tolist():
        yield ones[candidates.meeting[ones] == meeting], others[candidates.meeting[others] == meeting]


def _of(candidates: Candidates, person: int) -> Ints:
    first, last = np.searchsorted(candidates.person[candidates.timed], [person, person + 1])
    return candidates.timed[first:last]


def at_most_sum(model: Model, columns: Ints, among: Ints) -> None:
    """Write that the sum of some columns is at most the sum of others."""
    entries = np.concatenate([columns, among])
    signs = np.concatenate([np.ones(len(columns), np.int64), np.full(len(among), -1)])
    model.rows(np.zeros(len(entries), np.int64), entries, signs, upper=[0])


def held_by(candidates: Candidates, model: Model, columns: Ints) -> tuple[Ints, Ints]:
    """Add a column for each person among some candidates that is at least each of theirs, and return both.

    Parameters
    ----------
    candidates, model
        The candidates, and where the rows go.
    columns
        Candidates for seats of which a person holds one or more.

    Returns
    -------
    people, held
        Positions of the people, and their columns: 1 when they hold any of the seats.
    """
    people, mine = np.unique(candidates.person[columns], return_inverse=True)
    held = model.columns(np.zeros(len(people), np.int64), np.ones(len(people), np.int64))
    let_follow(candidates, model, columns, held[mine])
    return people, held


def let_follow(candidates: Candidates, model: Model, columns: Ints, followers: Ints) -> None:
    """Write that whoever takes a seat makes a column 1: of each seat and follower the sum is at most the follower.

    A seat is held once, so its candidates share a row, which is tighter than a row for each.

    Parameters
    ----------
    candidates, model
        The candidates, and where the rows go.
    columns, followers
        Candidates, and for each the column that is at least it; both of shape ``(entries,)``.
    """
    keys, row = np.unique(np.stack([followers, candidates.seat[columns]]), axis=1, return_inverse=True)
    count = keys.shape[1]
    entries = np.concatenate([columns, keys[0]])
    signs = np.concatenate([np.ones(len(columns), np.int64), np.full(count, -1)])
    model.rows(np.concatenate([row, np.arange(count)]), entries, signs, upper=np.zeros(count, np.int64))
