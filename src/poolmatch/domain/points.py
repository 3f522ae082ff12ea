"""Points that are probably a mistake: latitude and longitude swapped, or a place far from all others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from poolmatch.domain.travel import EARTH_RADIUS_KM, Floats, great_circle
from poolmatch.issues import Issue
from poolmatch.messages import between_rows as between
from poolmatch.words import grouped

FAR_KM = 1000.0
_CELL_KM = 500.0
"""Edge of cubes in which no two points are as far apart as `FAR_KM`."""
_TABLES = ("organisations", "facilitators", "meetings")


def point_issues(tables: Mapping[str, Sequence[tuple[int, Any]]]) -> Iterator[Issue]:
    """Yield a warning per table for points that look swapped, and one for points that are far from all others.

    A point is out of place when it is `FAR_KM` or more from the median of all points. It looks swapped when it is not
    once latitude and longitude change places. Otherwise it is doubtful when no other point is near it either: a pool
    may well have people in two parts of the world.

    Parameters
    ----------
    tables
        Rows with their numbers; those of organisations, facilitators and meetings are looked at together.
    """
    found = [(name, number, row) for name in _TABLES for number, row in tables[name] if row.lat is not None]
    if len(found) < 2:
        return
    lat, lon = (np.array([getattr(row, name) for _, _, row in found], float) for name in ("lat", "lon"))
    middle = _middle(lat, lon)
    away = great_circle(lat, lon, *middle) >= FAR_KM
    could = away & (np.abs(lon) <= 90)
    swapped = could & (great_circle(np.where(could, lon, lat), np.where(could, lat, lon), *middle) < FAR_KM)
    alone = away & ~swapped
    if len(found) < 3:
        alone[:] = False  # of two points neither is the one that is wrong
    elif alone.any():
        alone[alone] = _alone(lat, lon, np.flatnonzero(alone))
    for flags, message in ((swapped, between.SWAPPED_POINT), (alone, between.FAR_POINT)):
        for name in _TABLES:
            rows = [found[place][1] for place in np.flatnonzero(flags).tolist() if found[place][0] == name]
            if rows:
                yield message.at(name, rows, "lat", km=grouped(round(FAR_KM)))


def _middle(lat: Floats, lon: Floats) -> tuple[float, float]:
    """Return the median point; of several, as when half of the points are swapped, the one near most points."""
    ordered = np.sort(lat), np.sort(lon)
    places = sorted({(len(lat) - 1) // 2, len(lat) // 2})
    options = [(float(ordered[0][a]), float(ordered[1][b])) for a, b in product(places, places)]
    return max(options, key=lambda point: int((great_circle(lat, lon, *point) < FAR_KM).sum()))


def _alone(lat: Floats, lon: Floats, which: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Tell of some points whether every other place is far; several rows may be about one place."""
    places, place_of = np.unique(np.column_stack([lat, lon]), axis=0, return_inverse=True)
    north, east = np.radians(places[:, 0]), np.radians(places[:, 1])
    flat = np.cos(north)
    space = np.column_stack([flat * np.cos(east), flat * np.sin(east), np.sin(north)])
    cubes = np.floor(space * (EARTH_RADIUS_KM / _CELL_KM)).astype(np.int64)
    _, cube_of, number = np.unique(cubes, axis=0, return_inverse=True, return_counts=True)
    lonely = number[cube_of.ravel()] == 1  # the others share a cube: so few are left that each is held against all
    of_point = place_of.ravel()[which]
    for place in np.unique(of_point[lonely[of_point]]).tolist():
        apart = great_circle(places[place, 0], places[place, 1], places[:, 0], places[:, 1])
        lonely[place] = (apart < FAR_KM).sum() == 1
    return np.asarray(lonely[of_point], np.bool_)
