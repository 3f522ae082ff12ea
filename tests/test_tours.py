"""Kilometres of a day: home and back for each meeting, or one journey along all of them."""

from collections.abc import Sequence
from typing import Any

import pytest
from tests.builders import Cells, problem, roster
from tests.rules.on_the_road import at, living

from poolmatch import STANDARD_RULES, RuleSet
from poolmatch.domain.plan import Plan
from poolmatch.domain.tours import kilometres_of_day, saved, stops, whole_kilometres
from poolmatch.domain.travel import Travel

APART, ONWARD = Travel(), Travel(between=True)


def of_days(travel: Travel, meetings: Sequence[Cells], **home: Any) -> list[int]:
    """Return the kilometres of each day of somebody who has all of some meetings."""
    case = problem(meetings, [living(**home)])
    plan = Plan(case, roster({row.meeting: "F1" for row in case.meetings}))
    return [kilometres_of_day(travel, items) for items in stops(plan.placements).values()]


@pytest.mark.parametrize(
    ("tenths", "apart", "onward"),
    [
        ([1], 28, 28),
        ([1, 2], 28 + 58, 14 + 14 + 29),
        ([2, 1], 58 + 28, 29 + 14 + 14),
        ([1, 1], 28 + 28, 14 + 0 + 14),
        ([1, 2, 3], 28 + 58 + 86, 14 + 14 + 14 + 43),
        ([1, 0, 2], 28 + 0 + 58, 14 + 14 + 29 + 29),  # home is on the way
        ([2, 1, 3], 58 + 28 + 86, 29 + 14 + 29 + 43),
        # North and south: 14 + 29 + 14 by the rounded legs, which are one more than home and back for each.
        ([1, -1], 28 + 28, 28 + 28),
    ],
)
def test_a_day_is_a_journey_along_its_meetings_in_order(tenths: list[float], apart: int, onward: int) -> None:
    parts = ("morning", "noon", "afternoon")
    meetings = [at(place, f"M{n}", f"05 {part}") for n, (place, part) in enumerate(zip(tenths, parts, strict=False))]
    assert of_days(APART, meetings) == [apart]
    assert of_days(ONWARD, meetings) == [onward]


def test_each_day_begins_and_ends_at_home() -> None:
    meetings = [at(1, "M1", "05 morning"), at(2, "M2", "06 morning")]
    assert of_days(ONWARD, meetings) == of_days(APART, meetings) == [28, 58]


def test_days_are_local_also_when_the_clock_changes() -> None:
    # In the night to 29 March the clock goes forward. 00:30 on the 29th is 23:30 on the 28th in UTC.
    def night(second: str) -> list[int]:
        rows = [at(1, "M1") | {"start": "2026-03-28 20:00", "end": "2026-03-28 21:00"}]
        rows.append(at(1, "M2") | {"start": second, "end": second[:-2] + "59"})
        return of_days(ONWARD, rows)

    assert night("2026-03-29 00:30") == [28, 28]
    assert night("2026-03-28 23:30") == [28]
    rows = [
        at(1, f"M{n}") | {"start": f"2026-03-29 {h}:30", "end": f"2026-03-29 {h}:59"}
        for n, h in enumerate(("00", "23"))
    ]
    assert of_days(ONWARD, rows) == [28]  # 23 hours apart, of a day of 23 hours


@pytest.mark.parametrize(
    "gone", [{"online": True}, {"lat": None, "lon": None}, {"lat": None, "lon": None, "region": "n"}]
)
def test_what_has_no_known_place_is_no_stop(gone: Cells) -> None:
    meetings = [at(1, "M1"), at(3, "M2", "05 noon", **gone), at(2, "M3", "05 afternoon")]
    assert of_days(ONWARD, meetings, region="n") == [57]
    assert of_days(APART, meetings, region="n") == [86]


def test_who_has_no_known_home_has_no_stops() -> None:
    assert of_days(ONWARD, [at(1, "M1"), at(2, "M2", "05 noon")], lat=None, lon=None) == []


def test_nothing_is_saved_where_the_rounded_legs_are_longer() -> None:
    case = problem([at(1, "M1"), at(-1, "M2", "05 noon"), at(2, "M3", "05 afternoon")], [living()])
    south, far = case.meeting("M2"), case.meeting("M3")
    (who,) = case.facilitators
    assert saved(ONWARD, who, case.meeting("M1"), south) == 0  # 14 + 14 − 29
    assert saved(ONWARD, who, case.meeting("M1"), far) == 29  # 14 + 29 − 14
    assert saved(ONWARD, who, south, far) == 0  # 14 + 29 − 43


@pytest.mark.parametrize(("km", "whole"), [(None, 0), (0.0, 0), (0.49, 0), (0.5, 1), (1.5, 2), (2.5, 3), (2.499, 2)])
def test_half_a_kilometre_goes_up(km: float | None, whole: int) -> None:
    assert whole_kilometres(km) == whole


def test_the_setting_is_part_of_a_rule_set() -> None:
    rules = RuleSet.from_toml('name = "standard"\n[travel]\nbetween = true')
    assert rules.travel == ONWARD
    assert rules == STANDARD_RULES.with_travel(ONWARD)
    assert rules.fingerprint != STANDARD_RULES.fingerprint
    (said,) = STANDARD_RULES.diff(rules)
    assert (said.en, said.nl) == (
        "travel between is yes; before it was no.",
        "reizen between is ja; eerder nee.",
    )
