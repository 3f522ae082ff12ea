"""Rule `short-travel`: kilometres from home to meeting, one way, rounded half up."""

from typing import Any

import pytest
from tests.builders import facilitator, meeting, penalty, problem, roster

from poolmatch import Problem, check, solve
from poolmatch.domain.travel import Travel
from poolmatch.ruleset import STANDARD_RULES

RULE = "short-travel"
HOME: dict[str, Any] = {"lat": 53.0, "lon": 6.0}
ALL: dict[str | tuple[str, str], str | None] = {"M1": "F1"}
# A degree along a meridian is 6371 × π/180 = 111.194927 km, × 1.3 = 144.553405 km of road.


def away(degrees: float, home: dict[str, Any] = HOME, **of_meeting: Any) -> Problem:
    place = {"lat": 53.0 + degrees, "lon": 6.0} | of_meeting
    return problem([meeting(**place)], [facilitator(**home)])


@pytest.mark.parametrize(
    ("degrees", "km"),
    [
        (0, 0),
        (0.00345, 0),  # 0.4987 km
        (0.00346, 1),  # 0.5002 km
        (0.1, 14),  # 14.4553 km
        (0.10030, 14),  # 14.4987 km
        (0.10032, 15),  # 14.5016 km
        (-0.1, 14),
        (1, 145),  # 144.5534 km
    ],
)
def test_kilometres_are_rounded(degrees: float, km: int) -> None:
    assert penalty(RULE, away(degrees), ALL) == km


def test_exactly_half_a_kilometre_goes_up() -> None:
    # 0.1 degree is 11.119492664 km as the crow flies; a detour makes it 12.5 or 13.5 km. To even would be 12 and 14.
    for km, whole in [(12.5, 13), (13.5, 14), (12.4999, 12)]:
        rules = STANDARD_RULES.with_travel(Travel(detour=km / 11.119492664))
        assert float(rules.travel.kilometres(53.0, 6.0, 53.1, 6.0)) == pytest.approx(km, abs=1e-12)
        (finding,) = check(away(0.1), roster(ALL), rules).by_rule[RULE]
        assert finding.penalty == whole
        assert solve(away(0.1), rules, workers=1).tiers[-1].value == whole * 900_000_000


def test_online_and_unknown_cost_nothing() -> None:
    assert penalty(RULE, away(0.1, online=True), ALL) == 0
    assert penalty(RULE, away(0.1, home={}), ALL) == 0
    assert penalty(RULE, away(0.1, lat=None, lon=None), ALL) == 0
    assert penalty(RULE, away(0.1, home={"region": "north"}, lat=None, lon=None, region="north"), ALL) == 0
    assert penalty(RULE, away(0.1, home={"region": "north"}, lat=None, lon=None, region="south"), ALL) == 0


def test_points_count_within_a_region_too() -> None:
    assert penalty(RULE, away(0.1, home=HOME | {"region": "north"}, region="north"), ALL) == 14


def test_journeys_add_up_and_an_empty_seat_costs_none() -> None:
    # 0.1 degree: 14 km; 0.2 degree: 28.9107 → 29 km. F2 lives at the second place.
    rows = [
        meeting("M1", "2026-03-05 09:00", "2026-03-05 10:00", lat=53.1, lon=6.0),
        meeting("M2", "2026-03-06 09:00", "2026-03-06 10:00", lat=53.2, lon=6.0),
    ]
    case = problem(rows, [facilitator("F1", **HOME), facilitator("F2", lat=53.2, lon=6.0)])
    assert penalty(RULE, case, {}) == 0
    assert penalty(RULE, case, {"M1": "F1", "M2": "F1"}) == 43
    assert penalty(RULE, case, {"M1": "F1", "M2": "F2"}) == 14
    assert solve(case, workers=1).roster.holder("M2", "lead") == "F2"


def test_a_kilometre_is_a_point_of_tier_six() -> None:
    report = check(away(0.1), roster(ALL))
    (finding,) = report.by_rule[RULE]
    assert (finding.penalty, finding.scale, finding.points) == (14, 1, 14.0)
    assert finding.words.en == "F1 travels 14 km to M1."
    assert finding.words.nl == "F1 reist 14 km naar M1."
    (tier,) = [tier for tier in report.tiers if tier.tier == 6]
    assert (tier.value, tier.scale, tier.points) == (14 * 900_000_000, 900_000_000, 14.0)


def test_the_distance_from_home_tells_nothing_from_unknown() -> None:
    people = {"north": facilitator(region="north"), "blank": facilitator()}
    places = {"north": meeting(region="north"), "south": meeting(region="south"), "online": meeting(online=True)}
    found = {}
    for home, who in people.items():
        for place, where in (places | {"blank": meeting()}).items():
            case = problem([where], [who])
            found[home, place] = Travel().home_kilometres(case.facilitators[0], case.meetings[0])
    assert found == {
        ("north", "north"): 0.0,  # the same region
        ("north", "south"): None,
        ("north", "online"): 0.0,
        ("north", "blank"): None,
        ("blank", "north"): None,
        ("blank", "south"): None,
        ("blank", "online"): 0.0,
        ("blank", "blank"): None,  # two blanks are not one region
    }
