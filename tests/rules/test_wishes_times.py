"""Rule `wishes`: a time to avoid costs 5, a preferred time earns 5, and a slot costs what it says."""

from typing import Any

import pytest
from tests.builders import facilitator, meeting, penalty, problem
from tests.rules.wished import ALL, POINT, RULE, day, team, timed

from poolmatch import Problem, Roster, check, solve

# --- times -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("opens", "closes", "points"),
    [
        ("12:00", "14:00", 0),  # touching
        ("12:00", "14:00:01", 5),
        ("16:00", "18:00", 0),
        ("15:59:59", "18:00", 5),
        ("14:30", "15:00", 5),
        ("10:00", "20:00", 5),
        ("14:00", "16:00", 5),
    ],
)
def test_any_part_in_a_time_to_avoid(opens: str, closes: str, points: int) -> None:
    assert penalty(RULE, timed(("avoid", day(opens), day(closes))), ALL) == points * POINT


@pytest.mark.parametrize(
    ("opens", "closes", "points"),
    [
        ("14:00", "16:00", -5),
        ("10:00", "20:00", -5),
        ("14:00:01", "16:00", 0),
        ("14:00", "15:59:59", 0),
        ("14:30", "15:00", 0),
        ("08:00", "12:00", 0),
    ],
)
def test_the_whole_in_a_preferred_time(opens: str, closes: str, points: int) -> None:
    assert penalty(RULE, timed(("prefer", day(opens), day(closes))), ALL) == points * POINT


@pytest.mark.parametrize(
    ("rows", "points"),
    [
        ([("prefer", "13:00", "15:00"), ("prefer", "15:00", "17:00")], -5),  # together they cover it
        ([("prefer", "15:00", "17:00"), ("prefer", "13:00", "15:00")], -5),
        ([("prefer", "13:00", "15:00"), ("prefer", "15:01", "17:00")], 0),
        ([("prefer", "13:00", "17:00"), ("prefer", "12:00", "18:00")], -5),  # once
        ([("prefer", "13:00", "14:10"), ("prefer", "13:30", "14:05"), ("prefer", "14:10", "16:00")], -5),
        ([("avoid", "13:00", "14:30"), ("avoid", "15:30", "17:00")], 5),  # once
        ([("avoid", "14:30", "14:40"), ("prefer", "12:00", "18:00")], 0),  # 5 − 5
        ([("avoid", "08:00", "09:00"), ("avoid", "20:00", "21:00")], 0),
    ],
)
def test_several_rows(rows: list[tuple[str, str, str]], points: int) -> None:
    case = timed(*((kind, day(a), day(b)) for kind, a, b in rows))
    assert penalty(RULE, case, ALL) == points * POINT


@pytest.mark.parametrize(
    ("row", "points"),
    [
        (("avoid", "12:00", "13:31"), 5),
        (("avoid", "12:00", "13:30"), 0),
        (("avoid", "16:14", "18:00"), 5),
        (("avoid", "16:15", "18:00"), 0),
        (("prefer", "13:30", "16:15"), -5),
        (("prefer", "13:31", "16:15"), 0),
        (("prefer", "13:30", "16:14"), 0),
    ],
)
def test_setup_and_wrap_up_belong_to_it(row: tuple[str, str, str], points: int) -> None:
    # Occupied from 13:30 to 16:15.
    case = timed((row[0], day(row[1]), day(row[2])), setup_minutes=30, wrapup_minutes=15)
    assert penalty(RULE, case, ALL) == points * POINT


def test_recurring_times() -> None:
    # Thursdays from 5 March; the meeting is on Thursday 12 March.
    row = {"facilitator": "F1", "kind": "avoid", "start": "2026-03-05", "end": "2026-03-05", "rrule": "FREQ=WEEKLY"}
    case = problem([meeting("M1", "2026-03-12 14:00", "2026-03-12 16:00")], availability=[row])
    assert penalty(RULE, case, ALL) == 5 * POINT
    case = problem([meeting("M1", "2026-03-13 14:00", "2026-03-13 16:00")], availability=[row])
    assert penalty(RULE, case, ALL) == 0


def test_windows_are_no_wishes() -> None:
    case = timed(("available", day("10:00"), day("20:00")), ("unavailable", day("20:00"), day("21:00")))
    assert penalty(RULE, case, ALL) == 0


def test_times_of_one_say_nothing_of_another() -> None:
    case = timed(("avoid", day("10:00"), day("20:00")))
    assert penalty(RULE, case, {"M1": "F2"}) == 0
    assert solve(case, workers=1).roster.holder("M1", "lead") == "F2"


# --- slots -------------------------------------------------------------------------------------------------


def dated(*costs: float | None, seats: int = 1, **tables: Any) -> Problem:
    """Return a flexible meeting with a slot per cost, on 5, 6 … March, and a seat of each role."""
    slots = [
        {"meeting": "M1", "start": f"2026-03-{n:02} 10:00", "end": f"2026-03-{n:02} 12:00", "cost": cost}
        for n, cost in enumerate(costs, 5)
    ]
    roles = ("lead", "co")[:seats]
    rows = [{"meeting": "M1", "seat": name, "role": name} for name in roles]
    people = [facilitator(f"F{n}", organisation=f"E{n}") for n in (1, 2)]
    return problem([{"meeting": "M1"}], people, seats=rows, slots=slots, **tables)


def in_slot(case: Problem, number: int, lead: str | None = "F1", co: str | None = None) -> int:
    """Return the units when the meeting is held in a slot; the model must agree on every roster."""
    penalty(RULE, case, {})
    holders = {key: name for key, name in team(lead, co).items() if key in case.seat_keys}
    held = Roster.of(case, holders, {"M1": case.slots[number].start})
    return sum(item.penalty for item in check(case, held).by_rule[RULE])


@pytest.mark.parametrize(
    ("cost", "units"),
    [
        (None, 0),
        (0, 0),
        (1, 10_000),
        (2.5, 25_000),
        (0.0001, 1),
        (9.9996, 99_996),  # × 10000 is 99995.99999999999 as a float
        (0.00005, 1),  # half up
        (0.00004, 0),
        (1234.5678, 12_345_678),
    ],
)
def test_the_slot_that_is_chosen_costs(cost: float | None, units: int) -> None:
    case = dated(0.25, cost)
    assert in_slot(case, 0) == 2_500
    assert in_slot(case, 1) == units
    assert in_slot(case, 1, "F2") == units


def test_a_slot_costs_once_for_the_whole_team_and_only_if_anyone_comes() -> None:
    case = dated(4, 7, seats=2)
    for number, points in enumerate((4, 7)):
        assert in_slot(case, number, "F1", "F2") == points * POINT
        assert in_slot(case, number, "F1") == points * POINT
        assert in_slot(case, number, None, "F1") == points * POINT
        assert in_slot(case, number, None) == 0


def test_slots_of_several_meetings_add_up() -> None:
    slots = [
        {"meeting": f"M{n}", "start": f"2026-03-{day:02} 10:00", "end": f"2026-03-{day:02} 12:00", "cost": day}
        for n, day in ((1, 5), (1, 6), (2, 12), (2, 13))
    ]
    case = problem([{"meeting": "M1"}, {"meeting": "M2"}], ["F1"], slots=slots)
    penalty(RULE, case, {})
    starts = {"M1": case.slots[1].start, "M2": case.slots[2].start}
    for held, points in ((("F1", "F1"), 18), (("F1", None), 6), ((None, "F1"), 12)):
        holders = dict(zip((("M1", "lead"), ("M2", "lead")), held, strict=True))
        found = check(case, Roster.of(case, holders, starts)).by_rule[RULE]
        assert sum(item.penalty for item in found) == points * POINT


def test_solve_takes_the_cheapest_slot_that_wishes_leave() -> None:
    assert solve(dated(3, 1, 2), workers=1).roster.rows[0].start == dated(3, 1, 2).slots[1].start
    # F1 would rather not come on the 6th, F2 cannot come at all: 3 on the 5th, 1 + 5 on the 6th, 7 on the 7th.
    rows = [
        {"facilitator": "F1", "kind": "avoid", "start": "2026-03-06", "end": "2026-03-06"},
        {"facilitator": "F2", "kind": "unavailable", "start": "2026-03-01", "end": "2026-03-31"},
    ]
    result = solve(dated(3, 1, 7, availability=rows), workers=1)
    assert result.roster.rows[0].start == result.problem.slots[0].start
    assert result.tiers[-1].points == 3


def test_findings_say_what_a_slot_costs() -> None:
    case = dated(0, 2.5)
    held = Roster.of(case, {("M1", "lead"): "F1"}, {"M1": case.slots[1].start})
    (finding,) = check(case, held).by_rule[RULE]
    assert finding.words.en == "The slot of M1 costs 2.5."
    assert finding.words.nl == "Het tijdstip van M1 kost 2,5."
    assert (finding.points, finding.meetings, finding.facilitators) == (2.5, ("M1",), ())
    assert finding.day is not None
    assert finding.day.isoformat() == "2026-03-06"
