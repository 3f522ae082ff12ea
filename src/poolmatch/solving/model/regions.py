"""A large problem in parts: people who live near one another, and what they hold."""

from __future__ import annotations

import math

import numpy as np

from poolmatch.arrays import Bools, Floats, Ints
from poolmatch.solving.model.features import CandidateFeatures


def regions(features: CandidateFeatures, count: int, angle: float) -> Ints:
    """Divide the people into regions with about equally many candidates, and return the region of each candidate.

    The country is cut in two again and again, across its longer side, along lines that are turned by an angle: another
    angle, other borders.

    Parameters
    ----------
    features
        Where the candidates lie. A person is where, on average, the meetings are that they could do.
    count
        Number of regions, 1 or more.
    angle
        Radians.

    Returns
    -------
    ndarray of int, shape ``(candidates,)``
        Numbers from 0 to ``count − 1``.
    """
    _, person = np.unique(features.person, return_inverse=True)
    weight = np.bincount(person).astype(float)
    east, north = _middle(features.lon, person), _middle(features.lat, person)
    east = east * math.cos(math.radians(float(north.mean()) if len(north) else 0.0))
    along = east * math.cos(angle) + north * math.sin(angle)
    across = north * math.cos(angle) - east * math.sin(angle)
    region = np.zeros(len(weight), np.int64)
    todo = [(np.arange(len(weight)), 0, count)]
    while todo:
        people, first, number = todo.pop()
        region[people] = first
        if number == 1 or len(people) < 2:
            continue
        wide = np.ptp(along[people]) > np.ptp(across[people])
        order = people[np.argsort((along if wide else across)[people], kind="stable")]
        total = np.cumsum(weight[order])
        half = number // 2
        goal = total[-1] * half / number
        cut = int(np.argmin(np.abs(total[:-1] - goal))) + 1
        todo += [(order[:cut], first, half), (order[cut:], first + half, number - half)]
    return region[person]


def _middle(place: Floats, person: Ints) -> Floats:
    """Return the mean of the known places of each person; who has none is in the middle of all."""
    known = ~np.isnan(place)
    number = np.bincount(person, known)
    total = np.bincount(person, np.where(known, place, 0.0))
    everywhere = float(place[known].mean()) if known.any() else 0.0
    return np.where(number > 0, total / np.maximum(number, 1), everywhere)


def pieces(features: CandidateFeatures, region: Ints, taken: Ints) -> list[Bools]:
    """Return which candidates are free in the piece of each region: disjoint pieces of one roster.

    Free are the people of the region at the seats that they hold, and at empty seats; an empty seat belongs to the
    region that has most candidates for it.

    Parameters
    ----------
    features
        Where the candidates lie.
    region
        Region of each candidate; see `regions`.
    taken
        Which candidates the roster takes.
    """
    count = int(region.max(initial=-1)) + 1
    seats, seat = np.unique(features.seat, return_inverse=True)
    votes = np.zeros((len(seats), max(1, count)), np.int64)
    np.add.at(votes, (seat, region), 1)
    owner = votes.argmax(axis=1)
    mine = np.flatnonzero(taken[: len(features)])
    owner[seat[mine]] = region[mine]
    inside = owner[seat] == region
    return [np.asarray(inside & (region == number)) for number in range(count)]
