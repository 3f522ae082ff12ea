"""Features of candidates at places of one's choice."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from tests.builders import meeting, problem

from poolmatch import STANDARD_RULES
from poolmatch.arrays import Arrays, Ints
from poolmatch.eligibility import eligibility
from poolmatch.solving.model.features import CandidateFeatures


def land(person: Sequence[int], place: Sequence[tuple[float, float]], seat: Sequence[int] = ()) -> CandidateFeatures:
    """Return the features of people at places (lat, lon); each candidate is for a seat of its own unless it is said."""
    zeros = np.zeros(len(person), np.int64)
    lat, lon = np.array(place, float).reshape(-1, 2).T
    seats = np.array(seat, np.int64) if len(seat) else np.arange(len(person))
    return CandidateFeatures(
        person=np.array(person, np.int64),
        seat=seats,
        meeting=seats,
        series=zeros - 1,
        employer=zeros - 1,
        ticks=zeros,
        day=zeros.astype(float),
        lat=lat,
        lon=lon,
        worth=zeros,
    )


def anywhere(seat: Ints, people: int, seed: int) -> CandidateFeatures:
    """Return candidates for seats, of people who live anywhere: borders may lie as they like."""
    rng = np.random.default_rng(seed)
    home = np.stack([rng.uniform(51, 53, people), rng.uniform(4, 7, people)], axis=1)
    person = rng.integers(people, size=len(seat))
    return land(person.tolist(), home[person].tolist(), seat.tolist())


def two_meetings() -> CandidateFeatures:
    """Return one person's candidates for a seat in each of two meetings."""
    rows = [meeting(f"M{n}", f"2026-03-0{n} 10:00", f"2026-03-0{n} 12:00") for n in (2, 4)]
    return CandidateFeatures.of(eligibility(Arrays(problem(rows, ["F1"])), STANDARD_RULES).candidates)


def features_of(count: int) -> CandidateFeatures:
    """Return candidates each with a person and a seat of their own."""
    each, none, nowhere = np.arange(count), np.zeros(count, np.int64), np.zeros(count)
    return CandidateFeatures(each, each, each, none - 1, none - 1, none, nowhere, nowhere, nowhere, none)
