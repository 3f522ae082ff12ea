"""Rule `keep-published`: to drop someone who was told costs 8, 4 or 2 points; another time or role costs half."""

from datetime import date, timedelta

import pytest
from tests.builders import MARCH, Cells, Holders, facilitator, meeting, penalty, roster
from tests.rules.published import RULE, as_of, published, seat, told

from poolmatch import Problem, check, solve


def on(day: int, clock: str = "19:30", *rows: Cells) -> Problem:
    start = f"2026-03-{day:02} {clock}"
    return published(*(rows or [told()]), meetings=[meeting("M1", start, f"{start[:10]} 23:59")])


def test_the_example_of_the_rule() -> None:
    # Today is 1 March, the meeting on the 5th.
    case = published(told(), seats=[seat("lead"), seat("co")])
    assert penalty(RULE, case, {}) == 8
    assert penalty(RULE, case, {"M1": "F1"}) == 0
    assert penalty(RULE, case, {("M1", "co"): "F1"}) == 4
    report = check(case, roster({}))
    assert [(tier.value, tier.scale) for tier in report.tiers if tier.tier == 3] == [(8, 1)]


# --- how near ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "points"),
    [
        (1, 8),  # today itself
        (2, 8),
        (7, 8),
        (8, 8),  # 7 days after the 1st
        (9, 4),  # 8
        (15, 4),
        (28, 4),
        (29, 4),  # 28
        (30, 2),  # 29
        (31, 2),
    ],
)
def test_points_by_days_after_the_start_of_the_period(day: int, points: int) -> None:
    assert penalty(RULE, on(day), {}) == points
    assert penalty(RULE, on(day), {"M1": "F2"}) == points
    assert penalty(RULE, on(day), {"M1": "F1"}) == 0


@pytest.mark.parametrize(("ahead", "points"), [(0, 8), (7, 8), (8, 4), (28, 4), (29, 2), (365, 2)])
def test_the_period_says_which_day_is_today(ahead: int, points: int) -> None:
    # The meeting is on 5 March, so many days after today.
    case = published(told(), period=as_of(date(2026, 3, 5) - timedelta(days=ahead)))
    assert penalty(RULE, case, {}) == points
    assert penalty(RULE, case, {"M1": "F1"}) == 0


@pytest.mark.parametrize("today", ["2026-03-06", "2026-03-31", "2026-04-02"])
def test_a_change_in_the_past_costs_nothing(today: str) -> None:
    # F1 was told to lead on the 5th, and history says that F2 did; or nobody was told, and F2 came.
    done = {
        "meeting": "M1",
        "facilitator": "F2",
        "role": "lead",
        "start": "2026-03-05 19:30",
        "end": "2026-03-05 21:30",
    }
    for rows in ([told()], [told(None)]):
        assert penalty(RULE, published(*rows, history=[done], period=as_of(today)), {}) == 0
    # Another role, another time.
    seats = [seat("lead"), seat("co")]
    case = published(told(start="2026-03-05 10:00"), seats=seats, history=[done | {"role": "co"}], period=as_of(today))
    assert penalty(RULE, case, {}) == 0


@pytest.mark.parametrize(
    ("day", "clock", "points"),
    [
        (8, "23:30", 8),
        (9, "00:00", 4),
        (9, "00:30", 4),  # 23:30 on the 8th in UTC
        (29, "23:30", 4),
        (30, "00:30", 2),  # 22:30 on the 29th in UTC, after the clock change
    ],
)
def test_days_are_local(day: int, clock: str, points: int) -> None:
    assert penalty(RULE, on(day, clock), {}) == points
    assert penalty(RULE, on(day, clock, told(start=f"2026-03-{day:02} {clock}")), {}) == points


def test_priority_does_not_matter() -> None:
    for priority in (1, 5):
        assert penalty(RULE, published(told(), meetings=[meeting(priority=priority)]), {}) == 8


# --- what is a change --------------------------------------------------------------------------------------


def test_filling_an_empty_seat_is_no_change() -> None:
    seats = [seat("lead"), seat("co")]
    for rows in ([], [told(None)], [told(None), told(None, seat="co")]):
        case = published(*rows, seats=seats)
        assert penalty(RULE, case, {("M1", "lead"): "F1", ("M1", "co"): "F2"}) == 0
        assert penalty(RULE, case, {}) == 0
    # Beside someone who stays.
    case = published(told(), seats=seats)
    assert penalty(RULE, case, {("M1", "lead"): "F1", ("M1", "co"): "F2"}) == 0


def test_another_seat_of_the_same_role_is_no_change_and_another_role_is_half_of_one() -> None:
    seats = [seat("lead"), seat("co"), seat("second", "co"), seat("notes", "scribe")]
    case = published(told(seat="lead"), told("F2", seat="co"), seats=seats)
    holders: list[tuple[Holders, int]] = [
        ({("M1", "lead"): "F1", ("M1", "co"): "F2"}, 0),
        ({("M1", "lead"): "F1", ("M1", "second"): "F2"}, 0),
        ({("M1", "lead"): "F2", ("M1", "co"): "F1"}, 4 + 4),
        ({("M1", "notes"): "F1", ("M1", "lead"): "F2"}, 4 + 4),
        ({("M1", "notes"): "F1", ("M1", "co"): "F2"}, 4),
        ({("M1", "co"): "F1"}, 4 + 8),
        ({("M1", "notes"): "F2"}, 8 + 4),
        ({}, 8 + 8),
    ]
    for held, points in holders:
        assert penalty(RULE, case, held) == points


@pytest.mark.parametrize(("day", "half"), [(8, 4), (9, 2), (29, 2), (30, 1)])
def test_another_role_costs_half_whatever_is_whole(day: int, half: int) -> None:
    start = f"2026-03-{day:02} 19:30"
    case = published(told(), meetings=[meeting("M1", start, f"{start[:10]} 21:30")], seats=[seat("lead"), seat("co")])
    assert penalty(RULE, case, {("M1", "co"): "F1"}) == half
    assert penalty(RULE, case, {}) == 2 * half


def test_another_time_and_another_role_are_as_bad_as_being_dropped() -> None:
    case = published(told(start="2026-03-05 10:00"), seats=[seat("lead"), seat("co")])
    assert penalty(RULE, case, {("M1", "lead"): "F1"}) == 4
    assert penalty(RULE, case, {("M1", "co"): "F1"}) == 4 + 4
    assert penalty(RULE, case, {}) == 8


def test_a_change_of_person_costs_once() -> None:
    # F2 comes in the place of F1: that is one promise broken, and none to F2.
    assert penalty(RULE, published(told("F1")), {"M1": "F2"}) == 8
    assert penalty(RULE, published(told("F2")), {"M1": "F1"}) == 8


def test_two_who_change_meetings_are_two_changes() -> None:
    # The 5th (8 points) and the 12th (11 days: 4 points).
    rows = [meeting("M1"), meeting("M2", "2026-03-12 19:30", "2026-03-12 21:30")]
    case = published(told("F1"), told("F2", "M2"), meetings=rows)
    assert penalty(RULE, case, {"M1": "F1", "M2": "F2"}) == 0
    assert penalty(RULE, case, {"M1": "F2", "M2": "F1"}) == 12
    assert penalty(RULE, case, {"M1": "F1", "M2": "F1"}) == 4
    assert penalty(RULE, case, {"M1": "F2", "M2": "F2"}) == 8


def test_a_pair_of_meeting_and_person_counts_once() -> None:
    # A roster that broke the rules: F1 in two seats of one meeting.
    rows = [told(seat="lead"), told(seat="co")]
    for given in (rows, rows[::-1]):
        case = published(*given, seats=[seat("lead"), seat("co")])
        assert penalty(RULE, case, {}) == 8
        assert penalty(RULE, case, {("M1", "co"): "F1"}) == 0
        assert penalty(RULE, case, {("M1", "lead"): "F1"}) == 0


def test_a_seat_that_is_gone_makes_no_difference_to_who_was_told() -> None:
    case = published(told(seat="host"), seats=[seat("lead"), seat("co")])
    assert penalty(RULE, case, {}) == 8
    assert penalty(RULE, case, {"M1": "F1"}) == 0
    assert penalty(RULE, case, {("M1", "co"): "F1"}) == 0  # in which role it was, nobody knows any more


def test_people_who_left_and_meetings_that_vanished_cost_nothing() -> None:
    case = published(told("Left"), told("F1", "Vanished"), told("Left", "Vanished", "co"))
    assert penalty(RULE, case, {}) == 0
    assert penalty(RULE, case, {"M1": "F2"}) == 0


@pytest.mark.parametrize(
    ("left", "points"), [("2026-02-20", 0), ("2026-03-04", 0), ("2026-03-05", 8), ("2026-03-06", 8), (None, 8)]
)
def test_who_has_left_by_that_day_costs_nothing(left: str | None, points: int) -> None:
    people = [facilitator("F1", left=left), "F2"]
    assert penalty(RULE, published(told(), facilitators=people), {"M1": "F2"}) == points
    # The day is the one that was told: the 5th, though the meeting is on the 12th now.
    moved = [meeting("M1", "2026-03-12 19:30", "2026-03-12 21:30")]
    case = published(told(start="2026-03-05 19:30"), facilitators=people, meetings=moved)
    assert penalty(RULE, case, {"M1": "F2"}) == points


def test_externals_were_told_too() -> None:
    case = published(told("X"), facilitators=[facilitator("X", external=True), "F2"])
    assert penalty(RULE, case, {"M1": "F2"}) == 8
    assert penalty(RULE, case, {"M1": "X"}) == 0


# --- duties ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", [None, "2026-03-05 10:00"])
def test_a_duty_has_no_date_so_dropping_it_costs_least(start: str | None) -> None:
    duties = [{"duty": "D1", "kind": "coaching", "hours": 2}]
    for period in (MARCH, as_of("2026-03-20")):  # a duty is never past
        case = published(told("F1", "D1", "coaching", start), duties=duties, period=period)
        assert penalty(RULE, case, {("D1", "coaching"): "F1"}) == 0
        assert penalty(RULE, case, {("D1", "coaching"): "F2"}) == 2
        assert penalty(RULE, case, {}) == 2


# --- solving -----------------------------------------------------------------------------------------------


def test_solve_keeps_what_was_told() -> None:
    rows = [meeting(f"M{n}", f"2026-03-{n:02} 19:30", f"2026-03-{n:02} 21:30") for n in (5, 12, 30)]
    names = ("F3", "F1", "F2")
    promises = [told(name, row["meeting"]) for name, row in zip(names, rows, strict=True)]
    case = published(*promises, meetings=rows, facilitators=["F1", "F2", "F3"])
    for seed in range(3):
        result = solve(case, seed=seed, workers=1)
        assert tuple(row.facilitator for row in result.roster.rows) == names
        assert [tier.value for tier in result.tiers if tier.tier == 3] == [0]


def test_who_drops_out_is_replaced_with_the_least_change() -> None:
    # F1 was to lead on the 5th and the 12th, F2 on the 12th at the same time, F3 nowhere. F1 is ill on the 12th.
    # F2 for F1 would break a promise to F2 as well: 4 + 4. F3 for F1: 4.
    rows = [
        meeting("M1"),
        meeting("M2", "2026-03-12 19:30", "2026-03-12 21:30"),
        meeting("M3", "2026-03-12 19:30", "2026-03-12 21:30"),
    ]
    ill = {"facilitator": "F1", "start": "2026-03-12", "end": "2026-03-12", "kind": "unavailable"}
    case = published(
        told("F1"),
        told("F1", "M2"),
        told("F2", "M3"),
        meetings=rows,
        facilitators=["F1", "F2", "F3"],
        availability=[ill],
    )
    for seed in range(3):
        result = solve(case, seed=seed, workers=1)
        assert [row.facilitator for row in result.roster.rows] == ["F1", "F3", "F2"]
        assert [(tier.value, tier.bound) for tier in result.tiers if tier.tier == 3] == [(4, 4)]


# --- words -------------------------------------------------------------------------------------------------


def test_findings_say_who_was_told_what() -> None:
    (finding,) = check(published(told()), roster({"M1": "F2"})).by_rule[RULE]
    assert finding.words.en == "F1 was told to be at M1 and no longer is."
    assert finding.words.nl == "F1 was verteld naar M1 te gaan, en gaat niet meer."
    assert (finding.severity, finding.penalty, finding.scale, finding.facilitators, finding.meetings) == (
        "penalty",
        8,
        1,
        ("F1",),
        ("M1",),
    )
    (finding,) = check(published(told(start="2026-03-09 19:30")), roster({"M1": "F1"})).by_rule[RULE]
    assert finding.words.en == "F1 was told another time for M1."
    assert finding.words.nl == "F1 was een andere tijd verteld voor M1."
    assert (finding.penalty, finding.facilitators, finding.meetings) == (2, ("F1",), ("M1",))


def test_findings_say_what_of_a_promise_is_broken() -> None:
    case = published(told(start="2026-03-09 19:30"), seats=[seat("lead"), seat("co")])
    (finding,) = check(case, roster({("M1", "co"): "F1"})).by_rule[RULE]
    assert finding.words.en == "F1 was told another time and another role for M1."
    assert finding.words.nl == "F1 was een andere tijd en een andere rol verteld voor M1."
    assert finding.penalty == 4
