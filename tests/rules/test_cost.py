"""Rule `cost`: an external's hours times the hourly cost, exact to the unit.

A point is a unit of money. A unit of the rule is a ten-thousandth of it for a minute of 1500 ticks, an hour of 60
minutes: 60 × 1500 × 10000 units make a point. An hour is 90000 ticks, a second 25.
"""

from collections.abc import Sequence
from typing import Any

import pytest
from tests.builders import Cells, facilitator, meeting, penalty, problem, roster

from poolmatch import Problem, check, solve
from poolmatch.errors import TooLarge
from poolmatch.rules.cost import CostRule

RULE = "cost"
POINT = 60 * 1500 * 10_000


def outsider(name: str = "X", cost: float | str | None = 95, **cells: Any) -> Cells:
    return facilitator(name, organisation=f"Bureau {name}", external=True, hourly_cost=cost, **cells)


def hired(start: str, end: str, cost: float | str | None, **cells: Any) -> Problem:
    """Return a meeting on 5 March between two times of the clock, and an external."""
    return problem([meeting("M1", f"2026-03-05 {start}", f"2026-03-05 {end}", **cells)], [outsider(cost=cost)])


def test_the_example_of_the_rule() -> None:
    # Four hours at 95 an hour: 380.
    assert CostRule().scale == POINT == 900_000_000
    case = hired("10:00", "14:00", 95)
    assert penalty(RULE, case, {"M1": "X"}) == 380 * POINT
    assert penalty(RULE, case, {}) == 0
    (tier,) = [tier for tier in check(case, roster({"M1": "X"})).tiers if tier.tier == 6]
    assert (tier.value, tier.scale, tier.points) == (380 * POINT, POINT, 380)


@pytest.mark.parametrize(
    ("end", "cost", "units"),
    [
        # The unit is 1/10000 of money × 1 tick: cost × 10000 × ticks.
        ("11:00", 1, 10_000 * 90_000),
        ("11:00", 0.0001, 90_000),
        ("11:30", 95.5, 955_000 * 135_000),  # 143.25
        ("10:20", 100, 1_000_000 * 30_000),  # a third of an hour: 33.333…
        ("10:01", 99.99, 999_900 * 1_500),
        ("10:00:01", 0.0001, 25),  # a second
        ("10:00:01", 87.1234, 871_234 * 25),
        ("17:00:59", 87.1234, 871_234 * (7 * 90_000 + 59 * 25)),
        ("12:00", 0.1, 1_000 * 180_000),  # a tenth, not the nearest binary fraction
        ("12:00", 1.005, 10_050 * 180_000),
        ("12:00", 9.9996, 99_996 * 180_000),  # × 10000 is 99995.99999999999 as a float
        ("12:00", 0, 0),
        ("12:00", None, 0),
    ],
)
def test_hours_and_money_are_exact(end: str, cost: float | None, units: int) -> None:
    assert penalty(RULE, hired("10:00", end, cost), {"M1": "X"}) == units


@pytest.mark.parametrize(
    ("cost", "parts"), [(0.00004, 0), (0.00005, 1), (0.00014, 1), (0.00015, 2), (0.000149999, 1), (80.00005, 800_001)]
)
def test_beyond_four_decimals_money_is_rounded_half_up(cost: float, parts: int) -> None:
    assert penalty(RULE, hired("10:00", "11:00", cost), {"M1": "X"}) == parts * 90_000


@pytest.mark.parametrize(
    ("cells", "ticks"),
    [
        ({"setup_minutes": 1}, 1_500),
        ({"wrapup_minutes": 30}, 45_000),
        ({"preparation_hours": 1.5}, 135_000),
        ({"preparation_hours": 0.3333}, 29_997),
        ({"preparation_hours": 0.0001}, 9),
        ({"setup_minutes": 15, "wrapup_minutes": 15, "preparation_hours": 2.25}, 45_000 + 202_500),
    ],
)
def test_setup_wrap_up_and_preparation_are_paid(cells: dict[str, Any], ticks: int) -> None:
    case = hired("10:00", "12:00", 62.5, **cells)
    assert penalty(RULE, case, {"M1": "X"}) == 625_000 * (180_000 + ticks)


def test_hours_are_elapsed_time() -> None:
    # From 01:00 to 05:00 by the clock on 29 March: 3 hours.
    case = problem([meeting("M1", "2026-03-29 01:00", "2026-03-29 05:00")], [outsider(cost=50)])
    assert penalty(RULE, case, {"M1": "X"}) == 150 * POINT


def test_only_externals_are_paid() -> None:
    people = [facilitator("F1", hourly_cost=95), outsider("X", 95), outsider("Y", None)]
    case = problem(facilitators=people)
    for holder, points in (("F1", 0), ("X", 190), ("Y", 0)):
        assert penalty(RULE, case, {"M1": holder}) == points * POINT


def test_travel_is_not_paid() -> None:
    case = problem([meeting(lat=53.5, lon=6.0)], [outsider(cost=10, lat=53.0, lon=6.0)])
    assert penalty(RULE, case, {"M1": "X"}) == 20 * POINT


def test_every_assignment_is_paid_by_its_own_rate() -> None:
    rows = [meeting("M1"), meeting("M2", "2026-03-12 19:30", "2026-03-12 22:30")]
    seats = [{"meeting": name, "seat": role, "role": role} for name in ("M1", "M2") for role in ("lead", "co")]
    case = problem(rows, [outsider("X", 80), outsider("Y", 92.5)], seats=seats)
    # Two hours at M1, three at M2.
    assert penalty(RULE, case, {"M1": "X", "M2": "X"}) == 400 * POINT
    assert penalty(RULE, case, {"M1": "X", ("M1", "co"): "Y"}) == 345 * POINT  # 160 + 185
    assert penalty(RULE, case, {"M1": "Y", ("M2", "co"): "X"}) == 425 * POINT  # 185 + 240


def test_duties_are_paid_by_their_hours() -> None:
    for hours, units in ((2, 1_600_000 * 90_000), (0.3333, 800_000 * 29_997), (0, 0)):
        duties = [{"duty": "D1", "kind": "coaching", "hours": hours}]
        case = problem(facilitators=[outsider(cost=80), facilitator("F1", hourly_cost=80)], duties=duties)
        assert penalty(RULE, case, {("D1", "coaching"): "X"}) == units
        assert penalty(RULE, case, {("D1", "coaching"): "F1"}) == 0


def test_a_longer_slot_costs_more() -> None:
    slots: Sequence[Cells] = [
        {"meeting": "M1", "start": "2026-03-05 10:00", "end": "2026-03-05 13:00"},
        {"meeting": "M1", "start": "2026-03-06 10:00", "end": "2026-03-06 12:00"},
    ]
    case = problem([{"meeting": "M1"}], [outsider(cost=40)], slots=slots)
    assert penalty(RULE, case, {}) == 0
    result = solve(case, workers=1)
    assert result.roster.rows[0].start == case.slots[1].start
    assert (result.tiers[-1].value, result.tiers[-1].bound) == (80 * POINT, 80 * POINT)


def test_the_cheaper_comes_even_by_the_smallest_part() -> None:
    for dear, cheap in (("X", "Y"), ("Y", "X")):
        case = problem(facilitators=[outsider(dear, 95.0001), outsider(cheap, 95)])
        result = solve(case, workers=1)
        assert result.roster.holder("M1", "lead") == cheap
        assert result.tiers[-1].value == 190 * POINT


def test_money_and_wishes_are_weighed_in_points() -> None:
    # Two hours: X costs 2.5 points; Y 10, less the score.
    for score, chosen, value in ((8, "Y", 2), (7, "X", 2.5)):
        case = problem(
            facilitators=[outsider("X", 1.25), outsider("Y", 5)],
            preferences=[{"facilitator": "Y", "meeting": "M1", "score": score}],
        )
        result = solve(case, workers=1)
        assert (result.roster.holder("M1", "lead"), result.tiers[-1].points) == (chosen, value)


def test_an_outsider_of_a_million_an_hour_is_exact() -> None:
    case = problem([meeting("M1", "2026-03-05 00:00", "2026-03-06 00:00")], [outsider(cost=1_000_000)])
    result = solve(case, workers=1)
    assert (result.tiers[-1].value, result.tiers[-1].bound) == (24_000_000 * POINT, 24_000_000 * POINT)


def test_what_is_too_much_to_compute_exactly_is_refused() -> None:
    case = problem([meeting("M1", "2026-03-05 00:00", "2026-03-06 00:00")], [outsider(cost=10**9)])
    with pytest.raises(TooLarge):
        solve(case, workers=1)


def test_findings_say_what_it_costs() -> None:
    (finding,) = check(hired("10:00", "10:20", 100), roster({"M1": "X"})).by_rule[RULE]
    assert finding.words.en == "X costs 33.33 at M1."
    assert finding.words.nl == "X kost 33,33 bij M1."
    assert (finding.severity, finding.penalty, finding.scale) == ("penalty", 30_000_000_000, POINT)
    assert (finding.facilitators, finding.meetings, finding.seat) == (("X",), ("M1",), "lead")
    assert not check(hired("10:00", "12:00", 0), roster({"M1": "X"})).by_rule[RULE]
