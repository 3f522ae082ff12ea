"""Distances and travel times between homes and meetings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pydantic import BaseModel, ConfigDict, Field

from poolmatch.domain.meetings import Meeting
from poolmatch.domain.people import Facilitator

EARTH_RADIUS_KM = 6371.0
Floats = NDArray[np.float64]
NOBODY_KNOWS = 2**40
"""Seconds of the longest journey by a function that tells only what it is asked."""
Point = tuple[float, float]
"""Latitude and longitude in degrees."""


def great_circle(lat_a: ArrayLike, lon_a: ArrayLike, lat_b: ArrayLike, lon_b: ArrayLike) -> Floats:
    """Return great-circle distances by the haversine formula.

    Parameters
    ----------
    lat_a, lon_a, lat_b, lon_b
        Points in degrees, of shapes that broadcast; NaN where unknown.

    Returns
    -------
    ndarray of float
        Kilometres, NaN where a point is unknown. Rounded to a thousandth of a millimetre, so that a scalar
        and a vectorised evaluation agree to the last digit.
    """
    north_a, east_a = np.radians(np.asarray(lat_a, float)), np.radians(np.asarray(lon_a, float))
    north_b, east_b = np.radians(np.asarray(lat_b, float)), np.radians(np.asarray(lon_b, float))
    chord = (
        np.sin((north_b - north_a) / 2) ** 2 + np.cos(north_a) * np.cos(north_b) * np.sin((east_b - east_a) / 2) ** 2
    )
    return np.asarray(np.round(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1.0, chord))), 9), np.float64)


def number_or_nan(value: float | None) -> float:
    """Return the number, NaN for a blank."""
    return float("nan") if value is None else value


class Travel(BaseModel):
    """How far and how long travel is. Part of a rule set.

    Attributes
    ----------
    detour
        Road kilometres per kilometre of great circle.
    speed_kmh
        Kilometres per hour.
    fixed_minutes
        Minutes that every journey takes besides, for leaving and arriving.
    between
        Whether people go from one meeting of a day to the next, instead of home and back for each: which kilometres
        somebody travels in all.
    minutes
        Optional: travel minutes from a routing engine, as a mapping from a pair of points to minutes or a function
        of two points. It replaces the formula for travel times; distances keep it.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", arbitrary_types_allowed=True)

    detour: Annotated[float, Field(ge=1, le=10)] = 1.3
    speed_kmh: Annotated[float, Field(gt=0, le=1000)] = 60.0
    fixed_minutes: Annotated[float, Field(ge=0, le=600)] = 10.0
    between: bool = False
    minutes: Mapping[tuple[Point, Point], float] | Callable[[Point, Point], float] | None = Field(
        default=None, exclude=True, repr=False
    )

    def __hash__(self) -> int:
        """Return a hash of all but ``minutes``, which may be a table that has none."""
        return hash((self.detour, self.speed_kmh, self.fixed_minutes, self.between))

    def kilometres(self, lat_a: ArrayLike, lon_a: ArrayLike, lat_b: ArrayLike, lon_b: ArrayLike) -> Floats:
        """Return road kilometres between points in degrees, NaN where one is unknown."""
        return np.asarray(great_circle(lat_a, lon_a, lat_b, lon_b) * self.detour, np.float64)

    def seconds(self, lat_a: ArrayLike, lon_a: ArrayLike, lat_b: ArrayLike, lon_b: ArrayLike) -> NDArray[np.int64]:
        """Return travel times in whole seconds, rounded up; 0 between equal points and where one is unknown."""
        points = [np.asarray(item, float) for item in np.broadcast_arrays(lat_a, lon_a, lat_b, lon_b)]
        if self.minutes is None:
            seconds = self._driving(self.kilometres(*points))
        else:  # each journey is looked up once
            flat = np.stack([item.ravel() for item in points], axis=1)
            journeys, place = np.unique(flat, axis=0, return_inverse=True)
            found = [np.nan if np.isnan(row).any() else 60 * self._minutes(*row.tolist()) for row in journeys]
            seconds = np.array(found, float)[place.ravel()].reshape(points[0].shape)
        same = (points[0] == points[2]) & (points[1] == points[3])
        known = ~np.isnan(seconds) & ~same
        return np.where(known, np.ceil(np.where(known, seconds, 0.0) - 1e-6), 0).astype(np.int64)

    def _driving(self, kilometres: Floats) -> Floats:
        return kilometres / self.speed_kmh * 3600 + self.fixed_minutes * 60

    def _minutes(self, lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
        """Return what the caller's own minutes are from one point to another; 0 from a point to itself."""
        journey = (lat_a, lon_a), (lat_b, lon_b)
        if journey[0] == journey[1]:
            return 0.0
        if callable(self.minutes):
            return self.minutes(*journey)
        assert self.minutes is not None
        if journey not in self.minutes:
            raise KeyError(f"travel.minutes has nothing from {journey[0]} to {journey[1]}: add it, or give a function")
        return self.minutes[journey]

    def longest(self, owner: NDArray[np.int64], lat: Floats, lon: Floats) -> NDArray[np.int64]:
        """Return for each of some known points what no journey to or from another point of its owner takes longer than.

        Parameters
        ----------
        owner
            Whose each point is; shape ``(points,)``.
        lat, lon
            Degrees; shape ``(points,)``.

        Returns
        -------
        ndarray of int, shape ``(points,)``
            Seconds.
        """
        if callable(self.minutes):
            return np.full(len(owner), NOBODY_KNOWS)
        if self.minutes is not None:
            return np.full(len(owner), int(np.ceil(60 * max(self.minutes.values(), default=0.0))))
        # No two points lie farther apart than both together from a third: here one in the middle of their owner's.
        _, first, group = np.unique(owner, return_index=True, return_inverse=True)
        middle = []
        for side in (lat, lon):
            least, most = side[first], side[first]
            np.minimum.at(least, group, side)
            np.maximum.at(most, group, side)
            middle.append(((least + most) / 2)[group])
        farthest = np.zeros(len(first))
        np.maximum.at(farthest, group, self.kilometres(lat, lon, *middle))
        return np.ceil(self._driving(2 * farthest)[group] + 1).astype(np.int64)

    def home_kilometres(self, facilitator: Facilitator, meeting: Meeting) -> float | None:
        """Return kilometres from home to meeting one way; 0 online and within a region, None when unknown."""
        if meeting.online:
            return 0.0
        if facilitator.lat is None or meeting.lat is None:
            same = facilitator.region is not None and facilitator.region == meeting.region
            return 0.0 if same else None
        return float(self.kilometres(facilitator.lat, facilitator.lon, meeting.lat, meeting.lon))  # type: ignore[arg-type]

    def kilometres_between(self, first: Meeting, second: Meeting) -> float | None:
        """Return kilometres from one meeting to another; None when either is online or has no point."""
        if first.online or second.online or None in (first.lat, second.lat):
            return None
        points = (first.lat, first.lon, second.lat, second.lon)
        return float(self.kilometres(*(number_or_nan(item) for item in points)))

    def seconds_between(self, first: Meeting, second: Meeting) -> int:
        """Return the travel time between two meetings in whole seconds; 0 when either is online or unknown."""
        if first.online or second.online:
            return 0
        points = (first.lat, first.lon, second.lat, second.lon)
        return int(self.seconds(*(number_or_nan(item) for item in points)))

    def description(self) -> dict[str, Any]:
        """Return the settings as data, for files and fingerprints."""
        replaced = self.minutes is not None
        return self.model_dump() | ({"minutes": "replaced by the caller"} if replaced else {})
