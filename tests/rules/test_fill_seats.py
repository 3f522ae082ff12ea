"""Rule `fill-seats`: an empty required seat costs 1, 2, 4, 8 or 16 points by priority."""

from collections.abc import Sequence
from typing import Any

import pytest
from tests.builders import Cells, Holders, facilitator, meeting, penalty, problem, roster

from poolmatch import Problem, check, solve
from poolmatch.checking import judge
from poolmatch.ruleset import STANDARD_RULES

RULE = "fill-seats"


def seat(name: str, role: str, where: str = "M1", **cells: Any) -> Cells:
    return {"meeting": where, "seat": name, "role": role, **cells}


def team(seats: Sequence[Cells], **of_meeting: Any) -> Problem:
    people = [facilitator(name, roles="lead;co;scribe") for name in ("F1", "F2")]
    return problem([meeting(**of_meeting)], people, seats=seats)


@pytest.mark.parametrize(("priority", "points"), [(1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (None, 4)])
def test_an_empty_seat_costs_by_priority(priority: int | None, points: int) -> None:
    case = problem([meeting(priority=priority)])
    assert penalty(RULE, case, {}) == points
    assert penalty(RULE, case, {"M1": "F1"}) == 0
    report = check(case, roster({}))
    assert [(tier.tier, tier.value, tier.scale) for tier in report.tiers if tier.tier == 1] == [(1, points, 1)]


def test_empty_seats_add_up() -> None:
    # Priorities 1, 3 and 5: 1 + 4 + 16 = 21; with the middle one filled 17.
    rows = [meeting(f"M{n}", f"2026-03-{n + 9} 19:30", f"2026-03-{n + 9} 21:30", priority=n) for n in (1, 3, 5)]
    case = problem(rows)
    assert penalty(RULE, case, {}) == 21
    assert penalty(RULE, case, {"M3": "F1"}) == 17
    assert penalty(RULE, case, {"M1": "F1", "M3": "F1", "M5": "F1"}) == 0


def test_every_seat_of_a_meeting_without_a_lead_counts_by_itself() -> None:
    case = team([seat("a", "scribe"), seat("b", "scribe")], priority=4)
    holders: list[tuple[Holders, int]] = [
        ({}, 16),
        ({("M1", "a"): "F1"}, 8),
        ({("M1", "a"): "F1", ("M1", "b"): "F2"}, 0),
    ]
    for held, points in holders:
        assert penalty(RULE, case, held) == points


@pytest.mark.parametrize(
    ("holders", "points"),
    [
        ({}, 8),
        ({("M1", "lead"): "F1"}, 4),
        ({("M1", "lead"): "F1", ("M1", "notes"): "F2"}, 0),
        ({("M1", "notes"): "F2"}, 8),  # nobody leads: the filled seat counts as empty
    ],
)
def test_without_a_lead_all_required_seats_count_as_empty(holders: Holders, points: int) -> None:
    case = team([seat("lead", "lead"), seat("notes", "scribe")])
    assert penalty(RULE, case, holders) == points


def test_the_words_tell_empty_from_counts_as_empty() -> None:
    case = team([seat("lead", "lead"), seat("notes", "scribe")])
    found = judge(case, roster({("M1", "notes"): "F2"}), STANDARD_RULES).by_rule[RULE]
    assert [item.words.en for item in found] == [
        "M1, seat lead is empty.",
        "M1, seat notes counts as empty: nobody leads.",
    ]
    assert [item.words.nl for item in found] == [
        "M1, plaats lead is leeg.",
        "M1, plaats notes telt als leeg: niemand leidt.",
    ]


@pytest.mark.parametrize(
    ("holders", "points"),
    [
        ({}, 12),
        ({("M1", "one"): "F1"}, 8),  # the other lead seat and the notes are empty
        ({("M1", "two"): "F1"}, 8),
        ({("M1", "one"): "F1", ("M1", "notes"): "F2"}, 4),
        ({("M1", "notes"): "F2"}, 12),
        ({("M1", "one"): "F1", ("M1", "two"): "F2"}, 4),
    ],
)
def test_one_of_two_leads_is_enough_for_the_others_to_count(holders: Holders, points: int) -> None:
    case = team([seat("one", "lead"), seat("two", "lead"), seat("notes", "scribe")])
    assert penalty(RULE, case, holders) == points


@pytest.mark.parametrize(
    ("holders", "points"),
    [
        ({}, 16),
        ({("M1", "one"): "F1"}, 8),  # the notes
        ({("M1", "two"): "F1"}, 16),  # the first lead seat and the notes
        ({("M1", "two"): "F1", ("M1", "notes"): "F2"}, 8),  # who leads from the optional seat leads
        ({("M1", "one"): "F1", ("M1", "notes"): "F2"}, 0),
        ({("M1", "one"): "F1", ("M1", "two"): "F2"}, 8),
        ({("M1", "notes"): "F2"}, 16),
    ],
)
def test_an_optional_second_lead_seat(holders: Holders, points: int) -> None:
    case = team([seat("one", "lead"), seat("two", "lead", required=False), seat("notes", "scribe")], priority=4)
    assert penalty(RULE, case, holders) == points


@pytest.mark.parametrize(
    ("holders", "points"),
    [
        ({}, 64),
        ({("M1", "two"): "F1"}, 48),
        ({("M1", "three"): "F1", ("M1", "co"): "F2"}, 32),
        ({("M1", "one"): "F1", ("M1", "three"): "F2"}, 32),
        ({("M1", "co"): "F1"}, 64),
    ],
)
def test_three_lead_seats_are_a_seat_each(holders: Holders, points: int) -> None:
    case = team([*(seat(name, "lead") for name in ("one", "two", "three")), seat("co", "co")], priority=5)
    assert penalty(RULE, case, holders) == points


def test_who_leads_one_meeting_leads_no_other() -> None:
    rows = [meeting("M1"), meeting("M2", "2026-03-12 19:30", "2026-03-12 21:30")]
    seats = [seat(name, role, where) for where in ("M1", "M2") for name, role in (("lead", "lead"), ("co", "co"))]
    case = problem(rows, ["F1", "F2"], seats=seats)
    # M1 lacks its co; M2 both, for nobody leads there.
    assert penalty(RULE, case, {"M1": "F1", ("M2", "co"): "F2"}) == 12


def test_a_co_is_no_lead() -> None:
    case = team([seat("lead", "lead"), seat("co", "co")])
    assert penalty(RULE, case, {("M1", "co"): "F1"}) == 8
    case = team([seat("co", "co"), seat("notes", "scribe")])
    assert penalty(RULE, case, {("M1", "co"): "F1"}) == 4


def test_optional_seats_are_free() -> None:
    case = team([seat("a", "scribe"), seat("b", "scribe", required=False)])
    assert penalty(RULE, case, {}) == 4
    assert penalty(RULE, case, {("M1", "a"): "F1"}) == 0
    assert penalty(RULE, case, {("M1", "b"): "F1"}) == 4


@pytest.mark.parametrize(
    ("holders", "points"), [({}, 4), ({("M1", "notes"): "F2"}, 4), ({("M1", "lead"): "F1", ("M1", "notes"): "F2"}, 0)]
)
def test_an_optional_lead_seat_costs_nothing_but_the_others_need_it(holders: Holders, points: int) -> None:
    case = team([seat("lead", "lead", required=False), seat("notes", "scribe")])
    assert penalty(RULE, case, holders) == points


def test_a_meeting_without_rows_in_seats_has_a_lead_to_fill() -> None:
    case = problem([meeting("M1"), meeting("M2", "2026-03-06 19:30", "2026-03-06 21:30", priority=4)])
    bare = case.replace(seats=case.seats[:1])
    assert penalty(RULE, bare, {"M1": "F1"}) == 8
    assert penalty(RULE, bare, {"M1": "F1", "M2": "F1"}) == 0


# --- duties ------------------------------------------------------------------------------------------------


def duty(name: str = "D1", kind: str = "coaching", **cells: Any) -> Cells:
    return {"duty": name, "kind": kind, "hours": 2, **cells}


@pytest.mark.parametrize("role", [None, "lead", "co", "scribe"])
@pytest.mark.parametrize(("priority", "points"), [(1, 1), (3, 4), (5, 16), (None, 4)])
def test_a_duty_is_one_required_seat(role: str | None, priority: int | None, points: int) -> None:
    case = problem((), [facilitator(roles="lead;co;scribe")], duties=[duty(role=role, priority=priority)])
    assert penalty(RULE, case, {}) == points
    assert penalty(RULE, case, {("D1", "coaching"): "F1"}) == 0
    (finding,) = check(case, roster({})).by_rule[RULE]
    assert (finding.words.en, finding.words.nl) == ("D1, seat coaching is empty.", "D1, plaats coaching is leeg.")
    assert (finding.meetings, finding.seat, finding.penalty) == (("D1",), "coaching", points)


def test_duties_and_meetings_add_up_and_have_no_lead_in_common() -> None:
    # The meeting weighs 4, its co too; the duties 2 and 8.
    duties = [duty("D1", "lead", role="lead", priority=2), duty("D2", "lead", priority=4)]
    case = problem(facilitators=["F1", "F2"], seats=[seat("lead", "lead"), seat("co", "co")], duties=duties)
    assert penalty(RULE, case, {}) == 18
    # Who takes a duty to lead does not lead the meeting.
    assert penalty(RULE, case, {("D1", "lead"): "F1", ("M1", "co"): "F2"}) == 16
    assert penalty(RULE, case, {("D2", "lead"): "F1", ("M1", "lead"): "F1"}) == 6
    assert penalty(RULE, case, {"M1": "F1", ("M1", "co"): "F2", ("D1", "lead"): "F1", ("D2", "lead"): "F2"}) == 0


def test_the_important_duty_is_done_first() -> None:
    # F1 has two hours: for the meeting or for the duty.
    for of_duty, of_meeting, chosen in ((4, 3, "D1"), (3, 4, "M1")):
        people = [facilitator("F1", max_hours=2)]
        case = problem([meeting(priority=of_meeting)], people, duties=[duty(priority=of_duty)])
        result = solve(case, workers=1)
        assert [row.meeting for row in result.roster.rows if row.facilitator] == [chosen]
        assert (result.tiers[0].value, result.tiers[0].bound) == (4, 4)
    # With four hours for both.
    result = solve(problem(facilitators=[facilitator("F1", max_hours=4)], duties=[duty()]), workers=1)
    assert result.roster.filled == 2


def test_a_duty_that_nobody_can_do_is_unavoidable() -> None:
    case = problem((), ["F1"], duties=[duty(role="mentor", priority=5)])
    tier = solve(case, workers=1).tiers[0]
    assert (tier.value, tier.bound, tier.unavoidable, tier.gap) == (16, 16, 16, 0)


# --- solving -----------------------------------------------------------------------------------------------


def test_the_important_seat_is_filled_first() -> None:
    # One person, two meetings at the same time.
    case = problem([meeting("M1", priority=4), meeting("M2", priority=5)])
    found = solve(case, workers=1)
    assert (found.roster.holder("M1", "lead"), found.roster.holder("M2", "lead")) == (None, "F1")
    assert found.tiers[0].value == 8
    # 16 is more than 8 + 4: two lesser seats do not make up for it. M1 touches both others.
    rows = [
        meeting("M1", "2026-03-05 10:00", "2026-03-05 14:00", priority=5),
        meeting("M2", "2026-03-05 09:00", "2026-03-05 11:00", priority=4),
        meeting("M3", "2026-03-05 13:00", "2026-03-05 15:00", priority=3),
    ]
    assert solve(problem(rows), workers=1).roster.holder("M1", "lead") == "F1"
