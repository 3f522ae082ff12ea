"""Points that are probably a mistake: latitude and longitude swapped, or far from all others."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import facilitator, meeting, problem
from tests.rings import scaled

from poolmatch import Problem
from poolmatch.domain.points import FAR_KM
from poolmatch.errors import Issue

HERE, NEAR, SWAPPED = (53.25, 6.40), (52.09, 5.12), (6.40, 53.25)
NEW_YORK, TOKYO, PARIS, MADRID = (40.71, -74.01), (35.68, 139.69), (48.86, 2.35), (40.42, -3.70)
Point = tuple[float, float] | None


def at(point: Point) -> dict[str, float]:
    return {} if point is None else {"lat": point[0], "lon": point[1]}


def pool(people: list[Point], meetings: list[Point]) -> Problem:
    return problem(
        [
            meeting(f"M{n}", f"2026-03-{n + 1:02d} 10:00", f"2026-03-{n + 1:02d} 12:00", **at(point))
            for n, point in enumerate(meetings, 1)
        ],
        [facilitator(f"F{n}", **at(point)) for n, point in enumerate(people, 1)],
    )


def told(case: Problem) -> list[tuple[str, tuple[int, ...], str]]:
    def what(issue: Issue) -> str:
        return "swapped" if issue.reason.startswith("looks swapped") else "far"

    found = [issue for issue in case.warnings if issue.column == "lat" and "blank" not in issue.reason]
    return [(issue.table, issue.rows, what(issue)) for issue in found]


def test_lat_and_lon_swapped() -> None:
    case = pool([HERE, SWAPPED, NEAR, SWAPPED], [HERE, NEAR])
    assert told(case) == [("facilitators", (2, 4), "swapped")]
    (issue,) = [issue for issue in case.warnings if issue.column == "lat"]
    assert str(issue) == (
        "facilitators, rows 2, 4, column lat: looks swapped with lon: only the other way round it is near the others; "
        "swap lat and lon"
    )


def test_tables_are_looked_at_together_and_told_apart() -> None:
    assert told(pool([SWAPPED, NEAR], [HERE, NEAR, SWAPPED])) == [
        ("facilitators", (1,), "swapped"),
        ("meetings", (3,), "swapped"),
    ]


def test_half_of_the_points_swapped_are_told_whichever_half() -> None:
    (first,) = told(pool([SWAPPED, SWAPPED], [HERE, NEAR]))
    assert first[2] == "swapped"
    assert len(told(pool([SWAPPED], [HERE]))) == 1


def test_a_point_far_from_all_others() -> None:
    assert told(pool([HERE, NEW_YORK], [NEAR, HERE])) == [("facilitators", (2,), "far")]
    assert told(pool([HERE, HERE], [HERE, MADRID])) == [("meetings", (2,), "far")]
    assert told(pool([HERE, HERE], [HERE, PARIS])) == []


def test_one_wrong_place_in_several_rows_is_one_place() -> None:
    assert told(pool([HERE, NEAR], [NEW_YORK, HERE, NEW_YORK])) == [("meetings", (1, 3), "far")]


def test_a_pool_in_two_parts_of_the_world_is_no_mistake() -> None:
    around = (40.80, -73.95)
    assert told(pool([HERE, NEAR, HERE, NEW_YORK, around], [HERE, NEAR])) == []


@pytest.mark.parametrize(
    ("people", "meetings"),
    [([], [HERE]), ([HERE], []), ([HERE], [None]), ([NEW_YORK], [HERE]), ([TOKYO], [HERE]), ([None], [None, None])],
)
def test_of_one_or_two_points_none_is_far(people: list[Point], meetings: list[Point]) -> None:
    assert told(pool(people or [None], meetings or [None])) == []


@pytest.mark.parametrize("place", [(90.0, 0.0), (-17.7, 179.9), (0.0, 0.0), (45.0, 44.0)])
def test_points_at_the_edges_of_the_map(place: tuple[float, float]) -> None:
    lat, lon = place
    across = (lat, lon - 359.8) if lon > 170 else (lat, lon)
    assert told(pool([place, across], [place, (lat - 0.1, lon)])) == []


@settings(max_examples=scaled(50), deadline=None)
@given(st.lists(st.tuples(st.floats(50.8, 53.5), st.floats(3.4, 7.2)), min_size=2, max_size=6), st.data())
def test_whichever_point_of_a_dutch_pool_is_swapped_is_told(
    points: list[tuple[float, float]], data: st.DataObject
) -> None:
    assert told(pool(list(points), [HERE])) == []
    which = data.draw(st.integers(0, len(points) - 1))
    people = [(lon, lat) if n == which else (lat, lon) for n, (lat, lon) in enumerate(points)]
    assert told(pool(list(people), [HERE])) == [("facilitators", (which + 1,), "swapped")]


def test_the_bound() -> None:
    degree = 6371.0 * 3.141592653589793 / 180  # km per degree of latitude
    far = (HERE[0] - FAR_KM / degree - 1e-6, HERE[1])
    assert told(pool([HERE, HERE], [far])) == [("meetings", (1,), "far")]
    less = (HERE[0] - FAR_KM / degree + 1e-6, HERE[1])
    assert told(pool([HERE, HERE], [less])) == []
