"""Rule `optional-seats`: an empty optional seat costs 1 point."""

from typing import Any

import pytest
from tests.builders import Cells, Holders, facilitator, meeting, penalty, problem, roster

from poolmatch import Problem, check, solve

RULE = "optional-seats"


def seat(name: str, role: str | None = None, where: str = "M1", **cells: Any) -> Cells:
    return {"meeting": where, "seat": name, "role": role or name, **cells}


def extra(name: str, role: str | None = None, where: str = "M1") -> Cells:
    return seat(name, role, where, required=False)


def people(count: int, roles: str = "lead;co;scribe;observer", **cells: Any) -> list[Cells]:
    return [facilitator(f"F{n}", roles=roles, organisation=f"E{n}", **cells) for n in range(1, count + 1)]


def team(*seats: Cells, count: int = 2, **of_meeting: Any) -> Problem:
    return problem([meeting(**of_meeting)], people(count), seats=seats)


@pytest.mark.parametrize(
    ("holders", "points"),
    [
        ({}, 2),
        ({"M1": "F1"}, 2),
        ({("M1", "watch"): "F1"}, 1),
        ({"M1": "F1", ("M1", "notes"): "F2"}, 1),
        ({("M1", "watch"): "F1", ("M1", "notes"): "F2"}, 0),
    ],
)
def test_each_optional_seat_that_is_empty(holders: Holders, points: int) -> None:
    case = team(seat("lead"), extra("watch", "observer"), extra("notes", "scribe"))
    assert penalty(RULE, case, holders) == points
    report = check(case, roster(holders))
    assert [(tier.value, tier.scale) for tier in report.tiers if tier.tier == 4] == [(points, 1)]


def test_required_seats_and_duties_are_none_of_its_business() -> None:
    duties = [{"duty": "D1", "kind": "coaching", "hours": 2}]
    case = problem(facilitators=people(1), seats=[seat("lead"), seat("co")], duties=duties)
    assert penalty(RULE, case, {}) == 0
    assert penalty(RULE, case, {("M1", "co"): "F1"}) == 0


@pytest.mark.parametrize("priority", [1, 5])
def test_priority_does_not_matter(priority: int) -> None:
    assert penalty(RULE, team(extra("lead"), priority=priority), {}) == 1


def test_seats_of_several_meetings_add_up() -> None:
    rows = [meeting("M1"), meeting("M2", "2026-03-12 19:30", "2026-03-12 21:30")]
    case = problem(rows, people(1), seats=[extra("lead"), extra("lead", where="M2"), extra("co", where="M2")])
    assert penalty(RULE, case, {}) == 3
    assert penalty(RULE, case, {"M1": "F1", "M2": "F1"}) == 1
    assert penalty(RULE, case, {("M2", "co"): "F1"}) == 2


def test_a_seat_in_any_slot_is_filled() -> None:
    slots = [
        {"meeting": "M1", "start": f"2026-03-{day} 10:00", "end": f"2026-03-{day} 12:00"} for day in ("05", "12", "19")
    ]
    case = problem([{"meeting": "M1"}], people(2), slots=slots, seats=[seat("lead"), extra("notes", "scribe")])
    assert penalty(RULE, case, {}) == 1  # the model agrees on every roster in every slot
    result = solve(case, workers=1)
    assert result.roster.filled == 2


def test_nobody_for_it_is_no_fault() -> None:
    case = problem(facilitators=people(1, "lead"), seats=[seat("lead"), extra("notes", "scribe")])
    result = solve(case, workers=1)
    tier = next(tier for tier in result.tiers if tier.tier == 4)
    assert (tier.value, tier.bound, tier.unavoidable, tier.gap) == (1, 1, 1, 0)


def test_solve_fills_it_when_somebody_is_left() -> None:
    for seed in range(3):
        result = solve(team(seat("lead"), extra("notes", "scribe"), count=2), seed=seed, workers=1)
        assert {row.facilitator for row in result.roster.rows} == {"F1", "F2"}
    # Alone one takes the required seat.
    result = solve(team(seat("lead"), extra("notes", "scribe"), count=1), workers=1)
    assert (result.roster.holder("M1", "lead"), result.roster.holder("M1", "notes")) == ("F1", None)


def test_it_is_not_filled_where_that_would_be_illegal() -> None:
    # Nobody can lead: the notes stay untaken.
    case = problem(facilitators=people(1, "scribe"), seats=[seat("lead"), extra("notes", "scribe")])
    result = solve(case, workers=1)
    assert result.roster.filled == 0
    assert [(tier.value, tier.bound) for tier in result.tiers if tier.tier in (1, 4)] == [(4, 4), (1, 1)]


def test_findings_name_the_seat() -> None:
    case = team(seat("lead"), extra("notes", "scribe"))
    (finding,) = check(case, roster({"M1": "F1"})).by_rule[RULE]
    assert finding.words.en == "M1, optional seat notes is empty."
    assert finding.words.nl == "M1, optionele plaats notes is leeg."
    assert (finding.severity, finding.penalty, finding.scale, finding.meetings, finding.seat) == (
        "penalty",
        1,
        1,
        ("M1",),
        "notes",
    )
