"""`solve` chooses the slots of a series that keep its order and its spacing, and those that are pinned."""

from __future__ import annotations

import pytest
from tests.builders import meeting, problem
from tests.solving.flexible import away, course, days_of, holders, moment, pool, proven, single, slots

from poolmatch import Status, solve

# --- series --------------------------------------------------------------------------------------------------


def test_spacing_is_kept_through_a_series() -> None:
    # A week between: 3, 10 and 17 are the only three (2 asks for a 9th, 9 and 16 for a 23rd, 8 for a 1st).
    case = course(
        {"S1": [2, 3, 9], "S2": [8, 10, 16], "S3": [15, 17, 31]},
        spacing=[{"series": "course", "min_days": 7, "max_days": 7}],
    )
    found = proven(case)
    assert found.roster.filled == 3
    assert days_of(found) == {"S1": {3}, "S2": {10}, "S3": {17}}


@pytest.mark.parametrize(
    ("spacing", "costs", "expected"),
    [
        ({}, {8: 1, 12: 3, 20: 5}, 8),
        ({"min_days": 7}, {8: 1, 12: 3, 20: 5}, 12),
        ({"min_days": 8}, {8: 1, 12: 3, 20: 5}, 20),
        ({}, {8: 5, 12: 3, 20: 1}, 20),
        ({"max_days": 7}, {8: 5, 12: 3, 20: 1}, 12),
        ({"max_days": 6}, {8: 5, 12: 3, 20: 1}, 8),
    ],
)
def test_of_the_slots_that_keep_the_spacing_the_cheapest_is_chosen(
    spacing: dict[str, int], costs: dict[int, int], expected: int
) -> None:
    # S1 is on the 5th: 3, 7 and 15 days before.
    case = course({"S1": [5], "S2": list(costs)}, spacing=[{"series": "course", **spacing}] if spacing else [])
    offered = [row for day, cost in costs.items() for row in slots("S2", day, cost=cost)]
    found = proven(case.replace(slots=[*slots("S1", 5), *offered]))
    assert found.roster.filled == 2
    assert days_of(found)["S2"] == {expected}


def test_order_is_kept_where_sessions_are_numbered() -> None:
    # S2 is cheaper on the 4th, but S1 is on the 9th.
    for numbered, expected in ((True, 11), (False, 4)):
        case = course({"S1": [9], "S2": [4, 11]}, numbered)
        offered = slots("S2", 4, cost=0) + slots("S2", 11, cost=9)
        found = proven(case.replace(slots=[*slots("S1", 9), *offered]))
        assert days_of(found) == {"S1": {9}, "S2": {expected}}


def test_a_session_that_no_slot_fits_between_its_neighbours_stays_empty() -> None:
    # On the 5th it lies before session 1, on the 20th after session 3. Two of the three can be held.
    case = course({"S1": [10], "S2": [5, 20], "S3": [12]})
    for limit in (60, 0):
        found = solve(case, workers=1, time_limit=limit)
        assert found.report.legal
        assert found.roster.filled == 2
    # A session that matters more than both of the others is held instead of one of them.
    rows = [row.model_copy(update={"priority": 5 if row.meeting == "S2" else 1}) for row in case.meetings]
    weighty = proven(case.replace(meetings=rows))
    assert weighty.roster.holder("S2", "lead") == "F1"
    assert weighty.roster.filled == 2


def test_a_fixed_session_draws_the_flexible_ones() -> None:
    case = problem(
        [
            {"meeting": "S1", "series": "course", "session": 1},
            meeting("S2", moment(12), moment(12, "12:00"), series="course", session=2),
            {"meeting": "S3", "series": "course", "session": 3},
        ],
        ["F1"],
        slots=slots("S1", 5, 6) + slots("S3", 18, 19, 20),
        spacing=[{"series": "course", "min_days": 7, "max_days": 7}],
    )
    assert days_of(proven(case)) == {"S1": {5}, "S2": {12}, "S3": {19}}


def test_one_mentor_throughout_and_the_slots_that_suit_them() -> None:
    # F1 cannot on the 9th or 10th; F2 can always, but not on the 2nd and 3rd. Nobody can hold both in the first
    # slots; with the second slot of S2 F1 can.
    case = course(
        {"S1": [2, 3], "S2": [9, 10, 16]},
        facilitators=pool("F1", "F2"),
        seats=[{"meeting": name, "seat": "mentor", "role": "mentor", "continuity": "same"} for name in ("S1", "S2")],
        availability=away("F1", 9, 10) + away("F2", 2, 3),
    )
    found = proven(case)
    assert set(holders(found).values()) == {"F1"}
    assert days_of(found)["S2"] == {16}


# --- pins ----------------------------------------------------------------------------------------------------


def test_a_pin_with_a_slot_moves_the_whole_team() -> None:
    pins = [{"meeting": "M1", "seat": "co", "facilitator": "F1", "slot_start": moment(12)}]
    found = proven(single(5, 6, 12, pins=pins))
    assert days_of(found) == {"M1": {12}}
    assert holders(found) == {("M1", "lead"): "F2", ("M1", "co"): "F1"}
    # Though the lead cannot come then. The pin stands by itself, the team has no lead, so nobody can keep it.
    lost = solve(single(5, 6, 12, pins=pins, availability=away("F2", 12)), workers=1)
    assert lost.status is Status.INFEASIBLE
    assert [pin.seat for pin in lost.clash] == ["co"]


def test_a_pin_without_a_slot_leaves_it_to_the_others() -> None:
    pins = [{"meeting": "M1", "seat": "co", "facilitator": "F1"}]
    found = proven(single(5, 6, 12, pins=pins, availability=away("F2", 5, 12)))
    assert days_of(found) == {"M1": {6}}
    assert holders(found) == {("M1", "lead"): "F2", ("M1", "co"): "F1"}


@pytest.mark.parametrize("time_limit", [60.0, 0.0])
def test_a_blank_pin_with_a_slot_fixes_it_for_the_others(time_limit: float) -> None:
    pins = [{"meeting": "M1", "seat": "co", "slot_start": moment(12)}]
    found = solve(single(5, 6, 12, pins=pins), workers=1, time_limit=time_limit)
    assert days_of(found) == {"M1": {12}}
    assert found.roster.holder("M1", "co") is None
    assert found.roster.holder("M1", "lead") in {"F1", "F2"}
    assert found.report.legal


@pytest.mark.parametrize("time_limit", [60.0, 0.0])
def test_a_slot_that_is_pinned_stands_in_the_roster_though_nobody_comes(time_limit: float) -> None:
    pins = [{"meeting": "M1", "seat": "co", "slot_start": moment(12)}]
    absent = away("F1", 12) + away("F2", 12)
    found = solve(single(5, 6, 12, pins=pins, availability=absent), workers=1, time_limit=time_limit)
    assert found.roster.filled == 0
    assert days_of(found) == {"M1": {12}}
    assert found.report.legal


def test_a_pinned_slot_draws_the_rest_of_its_series() -> None:
    pins = [{"meeting": "S1", "seat": "lead", "facilitator": "F1", "slot_start": moment(9)}]
    spacing = [{"series": "course", "min_days": 7}]
    found = proven(course({"S1": [2, 9], "S2": [9, 15, 16]}, pins=pins, spacing=spacing))
    assert days_of(found) == {"S1": {9}, "S2": {16}}


def test_pinned_slots_that_break_the_spacing_clash() -> None:
    pins = [
        {"meeting": name, "seat": "lead", "facilitator": "F1", "slot_start": moment(day)}
        for name, day in (("S1", 9), ("S2", 15), ("S3", 23))
    ]
    spacing = [{"series": "course", "min_days": 7}]
    found = solve(course({"S1": [2, 9], "S2": [9, 15, 16], "S3": [23]}, pins=pins, spacing=spacing), workers=1)
    assert found.status is Status.INFEASIBLE
    assert [pin.meeting for pin in found.clash] == ["S1", "S2"]
    assert found.roster.filled == 0
