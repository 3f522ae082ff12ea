"""Rule `travel-limit`: out where the meeting is farther from home than the limit."""

from math import acos, cos, radians, sin
from typing import Any

import pytest
from tests.builders import facilitator, meeting, out, problem, roster

from poolmatch import Problem, check
from poolmatch.domain.travel import Travel
from poolmatch.ruleset import STANDARD_RULES

# Home at 53.0 N, the meeting 0.1 degree farther north: 6371 km × π/180 × 0.1 = 11.119493 km, × 1.3 = 14.455340 km.
HOME: dict[str, Any] = {"lat": 53.0, "lon": 6.0}
NORTH: dict[str, Any] = {"lat": 53.1, "lon": 6.0}


def apart(limit: float | None, home: dict[str, Any] = HOME, place: dict[str, Any] = NORTH) -> Problem:
    return problem([meeting(**place)], [facilitator(max_travel_km=limit, **home)])


@pytest.mark.parametrize(
    ("limit", "expected"),
    [(14.46, set()), (14.4554, set()), (14.4553, {"travel-limit"}), (14, {"travel-limit"}), (None, set())],
)
def test_farther_than_the_limit_is_out(limit: float | None, expected: set[str]) -> None:
    assert out(apart(limit)) == expected


def test_the_limit_itself_is_in() -> None:
    # A detour that makes the road exactly 12.5 km of 11.119492664 km as the crow flies.
    rules = STANDARD_RULES.with_travel(Travel(detour=12.5 / 11.119492664))
    assert out(apart(12.5), rules=rules) == set()
    assert out(apart(12.4999), rules=rules) == {"travel-limit"}
    assert out(apart(12.5001), rules=rules) == set()


def test_a_limit_of_nothing_allows_the_same_place_only() -> None:
    assert out(apart(0, NORTH)) == set()
    assert out(apart(0, NORTH, NORTH | {"lon": 6.0001})) == {"travel-limit"}


def test_east_and_west_shrink_with_the_latitude() -> None:
    # Law of cosines: cos d = sin²φ + cos²φ cos Δλ, at 53 N with Δλ = 0.1 degree: 6.6919 km, × 1.3 = 8.6995 km.
    phi, step = radians(53), radians(0.1)
    km = 1.3 * 6371 * acos(sin(phi) ** 2 + cos(phi) ** 2 * cos(step))
    assert km == pytest.approx(8.6995, abs=1e-4)
    assert out(apart(8.70, place={"lat": 53.0, "lon": 6.1})) == set()
    assert out(apart(8.69, place={"lat": 53.0, "lon": 6.1})) == {"travel-limit"}
    assert out(apart(8.69, place={"lat": 53.0, "lon": 5.9})) == {"travel-limit"}


def test_an_unknown_point_is_silent() -> None:
    assert out(apart(1, home={})) == set()
    assert out(apart(1, place={})) == set()
    assert out(apart(1, home={"region": "north"}, place={"region": "south"})) == set()
    assert out(apart(1, home={"region": "north"}, place={"region": "north"})) == set()  # 0 km


def test_an_online_meeting_is_no_journey() -> None:
    assert out(apart(1, place=NORTH | {"online": True})) == set()
    assert out(apart(1, place=NORTH | {"online": False})) == {"travel-limit"}


def test_the_employer_is_not_the_home() -> None:
    case = problem([meeting(**NORTH)], [facilitator(max_travel_km=1)])
    placed = [row.model_copy(update=HOME) for row in case.organisations]
    assert out(case.replace(organisations=placed)) == set()


def test_the_words_name_distance_and_limit() -> None:
    (finding,) = check(apart(14), roster({"M1": "F1"})).violations
    assert finding.words.en == "F1 would travel 14.5 km, the limit is 14 km."
    assert finding.words.nl == "F1 zou 14,5 km reizen, de grens is 14 km."
