"""How far a roster lies from what people were told: what is dropped, whom that disturbs, and how much changes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from poolmatch.arrays import Bools, Ints
from poolmatch.solving.model.blocks import MOST
from poolmatch.solving.model.system import UNBOUNDED, Objective, System

BROKEN, PEOPLE, CHANGES = -3.0, -2.0, -1.0
"""What stands in the place of a tier where assignments that are dropped, disturbed people, and changes are counted."""


def minus(name: float, columns: Ints) -> Objective:
    """Return the number of columns that are 0."""
    return Objective(name, 1, columns, np.full(len(columns), -1), len(columns))


def broken(told: Ints) -> Objective:
    """Return how many of the first columns that were 1 are 0."""
    return minus(BROKEN, np.flatnonzero(told))


def keeping(held: Bools, free: Bools) -> Objective:
    """Return an objective that keeps as many candidates as can be, and takes no other without need."""
    others = np.flatnonzero(free & ~held)
    mine = np.flatnonzero(held)
    weight = np.concatenate([np.full(len(mine), -1 - len(others)), np.ones(len(others), np.int64)])
    return Objective(BROKEN, 1, np.concatenate([mine, others]), weight, 0)


def changes(told: Ints) -> Objective:
    """Return in how many of the first columns values differ from what they were, 0 or 1."""
    return Objective(CHANGES, 1, np.arange(len(told)), np.where(told > 0, -1, 1), int(told.sum()))


@dataclass(frozen=True)
class Nearest:
    """A goal: as little as can be of an objective, and of all rosters that are equal in that the one nearest by.

    Attributes
    ----------
    objective
        The objective; changes are counted beside it.
    """

    objective: Objective


def guided(objective: Objective, told: Ints, bounds: tuple[Ints, Ints]) -> Objective:
    """Return an objective in which changes of the first columns part what is equal; itself where it would not be exact.

    Parameters
    ----------
    objective
        The objective.
    told
        What the first columns were.
    bounds
        Least and greatest value of each column.
    """
    beside, ahead = changes(told), len(told) + 1
    factor = ahead * objective.unit
    reach = np.maximum(*np.abs(bounds))[objective.column].astype(float)
    if factor * float((np.abs(objective.weight) * reach).sum()) > MOST:
        return objective
    weight = np.zeros(max(len(told), 1 + int(objective.column.max(initial=-1))), np.int64)
    weight[objective.column] = factor * objective.weight
    weight[: len(told)] += beside.weight
    column = np.flatnonzero(weight)
    constant = ahead * objective.constant + beside.constant
    return Objective(objective.tier, objective.scale, column, weight[column], constant, ahead=ahead)


def undisturbed(system: System, told: Ints, person: Ints, sure: Ints, hint: Ints) -> tuple[System, Ints, Ints]:
    """Return the system with a 0/1 column for each person that is 1 only where nothing changes for them.

    Parameters
    ----------
    system
        A part, whose first columns are candidates.
    told, person
        Of each of these, its value as it was, and whose it is.
    sure
        People who get no column.
    hint
        Values of all columns of the part in some roster.

    Returns
    -------
    tuple
        The system, these columns, and their values in that roster.
    """
    place = np.flatnonzero(~np.isin(person, sure))
    people, of = np.unique(person[place], return_inverse=True)
    first = len(system.bounds[0])
    columns = first + np.arange(len(people))
    low, high = system.bounds
    bounds = np.append(low, np.zeros_like(columns)), np.append(high, np.ones_like(columns))
    widened = System(bounds, system.matrix, system.row_bounds, system.groups, system.hard_rows)
    # Undisturbed and held before: still held. Undisturbed and not held before: still not held.
    held = told[place] > 0
    row = np.repeat(np.arange(len(place)), 2)
    column = np.stack([columns[of], place], axis=1).ravel()
    factor = np.stack([np.ones_like(place), np.where(held, -1, 1)], axis=1).ravel()
    most = np.where(held, 0, 1)
    quiet = np.ones(len(people), np.int64)
    np.minimum.at(quiet, of, (hint[place] == told[place]).astype(np.int64))
    return widened.with_rows((row, column, factor), np.full(len(place), -UNBOUNDED), most), columns, quiet
