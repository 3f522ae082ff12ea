"""Rule `max-evenings`: never more evening meetings in a week than the facilitator's limit."""

from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from tests.builders import MARCH, Cells, breaks, facilitator, meeting, problem, roster
from tests.rules.half_over import FIXED, half, notes, on, told, violated

from poolmatch import STANDARD_RULES, Problem, Roster, check, solve
from poolmatch.testing import check_rule

RULE = "max-evenings"
Times = tuple[str, str]
MONDAY, TUESDAY, SUNDAY = (
    ("2026-03-02 19:30", "2026-03-02 21:30"),
    ("2026-03-03 19:30", "2026-03-03 21:30"),
    ("2026-03-08 19:30", "2026-03-08 21:30"),
)
"""Evenings of ISO week 10."""


def held(times: Sequence[Times], history: Iterable[Cells] = (), **limits: Any) -> Problem:
    """Return a problem with one facilitator and meetings M1, M2 … at these times."""
    meetings = [meeting(f"M{n}", start, end) for n, (start, end) in enumerate(times, 1)]
    return problem(meetings, [facilitator(**limits)], history=list(history))


def past(name: str, start: str, end: str, who: str = "F1", **cells: Any) -> Cells:
    return {"meeting": name, "facilitator": who, "role": "lead", "start": start, "end": end, **cells}


def all_of(case: Problem) -> dict[str | tuple[str, str], str | None]:
    return {row.meeting: "F1" for row in case.meetings}


@pytest.mark.parametrize(("limit", "expected"), [(None, False), (4, False), (3, False), (2, True), (0, True)])
def test_the_limit_is_inclusive_and_0_is_one(limit: int | None, expected: bool) -> None:
    case = held([MONDAY, TUESDAY, SUNDAY], max_evenings_per_week=limit)
    assert breaks(RULE, case, all_of(case)) is expected


@pytest.mark.parametrize(
    ("start", "end", "cells", "evening"),
    [
        ("16:00", "18:00", {}, False),
        ("16:00", "18:00:01", {}, True),
        ("16:00", "18:15", {}, True),
        ("18:00", "19:00", {}, True),
        ("09:00", "17:00", {}, False),
        ("09:00", "18:30", {}, True),
        ("16:00", "18:00", {"wrapup_minutes": 60}, False),  # its own end counts
        ("16:00", "18:01", {"wrapup_minutes": 60}, True),
        ("18:30", "19:30", {"setup_minutes": 60}, True),
        ("00:30", "02:00", {}, False),
    ],
)
def test_an_evening_meeting_ends_after_six(start: str, end: str, cells: Cells, evening: bool) -> None:
    case = problem(
        [meeting("M1", f"2026-03-05 {start}", f"2026-03-05 {end}", **cells)], [facilitator(max_evenings_per_week=0)]
    )
    assert breaks(RULE, case, {"M1": "F1"}) is evening
    assert not breaks(RULE, case, {})


@pytest.mark.parametrize(
    ("start", "end", "evening"),
    [
        ("2026-03-05 22:00", "2026-03-06 01:00", True),
        ("2026-03-05 09:00", "2026-03-06 01:00", True),
        # The clock goes forward in the night: 17:30 is 15:30 in UTC, 18:30 would be 17:30 the day before.
        ("2026-03-29 15:30", "2026-03-29 18:00", False),
        ("2026-03-29 15:30", "2026-03-29 18:01", True),
        ("2026-03-28 15:30", "2026-03-28 18:00", False),
        ("2026-03-28 15:30", "2026-03-28 18:01", True),
        # 00:30 on the 30th is 22:30 on the 29th in UTC: it lies in the night of a day, not in an evening.
        ("2026-03-30 00:30", "2026-03-30 02:00", False),
    ],
)
def test_the_clock_is_the_local_one_of_the_day_of_the_start(start: str, end: str, evening: bool) -> None:
    case = held([(start, end)], max_evenings_per_week=0)
    assert breaks(RULE, case, {"M1": "F1"}) is evening


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ([MONDAY, SUNDAY], True),
        ([("2026-03-01 19:30", "2026-03-01 21:30"), MONDAY], False),  # Sunday of week 9
        ([SUNDAY, ("2026-03-09 19:30", "2026-03-09 21:30")], False),
        ([MONDAY, ("2026-03-03 09:00", "2026-03-03 11:00")], False),  # by day
        ([("2026-03-02 18:00", "2026-03-02 19:00"), ("2026-03-02 20:00", "2026-03-02 21:00")], True),  # two in one
    ],
)
def test_meetings_count_per_iso_week(times: Sequence[Times], expected: bool) -> None:
    case = held(times, max_evenings_per_week=1)
    assert breaks(RULE, case, all_of(case)) is expected


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([past("P1", "2026-02-23 19:30", "2026-02-23 21:30")], True),  # Monday of the week of 1 March
        ([past("P1", "2026-02-23 15:00", "2026-02-23 18:00")], False),
        ([past("P1", "2026-02-23 15:00", "2026-02-23 18:01")], True),
        ([past("P1", "2026-02-22 19:30", "2026-02-22 21:30")], False),  # Sunday of the week before
        ([past("P1", "2026-02-23 19:30", "2026-02-23 21:30", "F2")], False),
        ([past("M1", "2026-02-23 19:30", "2026-02-23 21:30")], False),  # it is planned here
        ([{"meeting": "P1", "facilitator": "F1", "role": "mentor", "hours": 5}], False),  # a duty has no day
    ],
)
def test_history_counts(history: list[Cells], expected: bool) -> None:
    sunday = meeting("M1", "2026-03-01 19:30", "2026-03-01 21:30")
    case = problem([sunday], [facilitator(max_evenings_per_week=1), "F2"], history=history)
    assert breaks(RULE, case, {"M1": "F1"}) is expected
    assert not breaks(RULE, case, {"M1": "F2"})


def test_two_seats_at_one_past_meeting_are_one() -> None:
    history = [past("P1", "2026-02-25 19:30", "2026-02-25 21:30", seat=seat) for seat in ("lead", "scribe")]
    case = held([("2026-03-01 19:30", "2026-03-01 21:30")], history, max_evenings_per_week=2)
    assert not breaks(RULE, case, all_of(case))


def test_duties_have_no_evening() -> None:
    case = problem(
        [meeting()], [facilitator(max_evenings_per_week=0)], duties=[{"duty": "D1", "kind": "coaching", "hours": 9}]
    )
    assert not breaks(RULE, case, {("D1", "coaching"): "F1"})


def test_a_flexible_meeting_counts_in_the_slot_that_is_chosen() -> None:
    slots = [
        {"meeting": "M1", "start": f"2026-03-05 {start}", "end": f"2026-03-05 {end}"}
        for start, end in [("10:00", "12:00"), ("19:30", "21:30")]
    ]
    case = problem([{"meeting": "M1"}], [facilitator(max_evenings_per_week=0)], slots=slots)
    assert check_rule(STANDARD_RULES[RULE], case) == 3
    result = solve(case, **FIXED)
    assert [row.start.hour for row in result.roster.rows if row.start is not None] == [10]


def test_who_has_had_their_evenings_stays_at_home() -> None:
    # F1 likes both; without the limit F1 has both, with it F2 comes on one of the evenings.
    meetings = [meeting("M1", *MONDAY), meeting("M2", *TUESDAY)]
    likes = [{"facilitator": "F1", "meeting": name, "score": 10} for name in ("M1", "M2")]
    rules = STANDARD_RULES.without("fair-load", "reciprocity")
    for limit, held_by_first in ((None, 2), (1, 1), (0, 0)):
        case = problem(meetings, [facilitator("F1", max_evenings_per_week=limit), "F2"], preferences=likes)
        result = solve(case, rules, **FIXED)
        assert [row.facilitator for row in result.roster.rows].count("F1") == held_by_first
        assert None not in [row.facilitator for row in result.roster.rows]


def test_it_says_how_many_and_what_is_past() -> None:
    history = [past("P1", "2026-02-25 19:30", "2026-02-25 21:30")]
    case = held([("2026-03-01 19:30", "2026-03-01 21:30")], history, max_evenings_per_week=1)
    (finding,) = check(case, roster(all_of(case))).by_rule[RULE]
    assert finding.words.en == "F1 has 2 evening meetings in week 9 (1 of them past), the limit is 1."
    assert finding.words.nl == "F1 heeft 2 avondbijeenkomsten in week 9 (waarvan 1 geweest), de grens is 1."
    assert (finding.meetings, finding.day) == (("M1",), case.period.start)
    (finding,) = check(held([MONDAY], max_evenings_per_week=0), roster({"M1": "F1"})).by_rule[RULE]
    assert finding.words.en == "F1 has 1 evening meeting in week 10 (0 of them past), the limit is 0."


def test_only_evening_meetings_take_part() -> None:
    times = [MONDAY, ("2026-03-03 09:00", "2026-03-03 11:00"), SUNDAY]
    case = held(times, max_evenings_per_week=1)
    (finding,) = check(case, roster(all_of(case))).by_rule[RULE]
    assert finding.meetings == ("M1", "M3")


def test_the_week_of_today_counts_as_it_was() -> None:
    # Today is Wednesday the 18th; M1 was on Monday evening, M2 is on Friday evening of the same week.
    today = {**MARCH, "today": "2026-03-18"}
    people = [facilitator("F1", max_evenings_per_week=1)]
    case = half([on("M1", 16), on("M2", 20), on("M3", 20, "10:00")], people, published=[told("F1")], period=today)
    assert violated(case, roster({"M2": "F1"})) == {RULE}
    assert check(case, roster({"M3": "F1"})).legal
    assert solve(case, **FIXED).roster.holder("M2", "lead") is None
    check_rule(STANDARD_RULES[RULE], case)
    never = half([on("M1", 16)], [facilitator("F1", max_evenings_per_week=0)], published=[told("F1")], period=today)
    assert [item.rule for item in notes(never, Roster())] == [RULE]
