"""Rule `practice-window`: so many meetings and hours in the days up to the end of the period."""

from collections.abc import Sequence
from typing import Any

import pytest
from pydantic import ValidationError
from tests.builders import Cells, Holders, facilitator, meeting, penalty, problem, roster
from tests.rules.growing import on, seats, was
from tests.rules.half_over import did, half
from tests.rules.half_over import on as evening

from poolmatch import STANDARD_RULES, Problem, RuleSet, Status, check, solve
from poolmatch.rules.practice_window import PracticeWindowRule
from poolmatch.testing import check_rule

RULE = "practice-window"
POINT = 60
"""Units of a point: the rule counts by the minute."""


def asking(**parameters: Any) -> RuleSet:
    return STANDARD_RULES.plus(PracticeWindowRule(**parameters))


def charged(case: Problem, holders: Holders, **parameters: Any) -> int:
    return penalty(RULE, case, holders, asking(**parameters))


def month(history: Sequence[Cells] = (), people: Sequence[str | Cells] = ("F1",), **tables: Any) -> Problem:
    """Return M1 and M2, of an hour each."""
    return problem([on("M1", 3), on("M2", 20)], people, history=history, **tables)


ONE: Holders = {"M1": "F1"}
TWO: Holders = {"M1": "F1", "M2": "F1"}


def test_the_example_of_the_rule() -> None:
    # 7 meetings of 3 hours and 2 more this month: 9 meetings, 27 of 36 hours.
    before = [
        {**was("F1", "lead", f"2025-0{n}-10"), "start": f"2025-0{n}-10 19:00", "end": f"2025-0{n}-10 22:00"}
        for n in range(1, 8)
    ]
    rows = [meeting(f"M{n}", f"2026-03-{10 * n} 19:00", f"2026-03-{10 * n} 22:00") for n in (1, 2)]
    case = problem(rows, ["F1"], history=before)
    assert charged(case, TWO, meetings=9, hours=36) == 9 * POINT
    assert charged(case, {}, meetings=9, hours=36) == (2 + 15) * POINT
    findings = check(case, roster({}), asking(meetings=9, hours=36)).by_rule[RULE]
    assert [(item.facilitators, item.points) for item in findings] == [(("F1",), 2), (("F1",), 15)]
    assert [item.words.en for item in findings] == [
        "F1 has 7 of 9 meetings in the 1096 days up to 2026-03-31.",
        "F1 has 21.00 of 36 hours in the 1096 days up to 2026-03-31.",
    ]
    assert [item.words.nl for item in findings] == [
        "F1 heeft 7 van de 9 bijeenkomsten in de 1096 dagen tot en met 31-3-2026.",
        "F1 heeft 21,00 van de 36 uur in de 1096 dagen tot en met 31-3-2026.",
    ]


@pytest.mark.parametrize(("asked", "held", "points"), [(1, {}, 1), (1, ONE, 0), (2, ONE, 1), (2, TWO, 0), (5, TWO, 3)])
def test_each_meeting_that_is_missing_costs_a_point(asked: int, held: Holders, points: int) -> None:
    assert charged(month(), held, meetings=asked) == points * POINT


@pytest.mark.parametrize(
    ("hours", "held", "minutes"), [(1, {}, 60), (1, ONE, 0), (1.5, ONE, 30), (2, TWO, 0), (2.02, TWO, 1), (4, ONE, 180)]
)
def test_each_hour_that_is_missing_costs_a_point_by_the_minute(hours: float, held: Holders, minutes: int) -> None:
    assert charged(month(), held, hours=hours) == minutes


def test_hours_are_from_start_to_end() -> None:
    around = {"setup_minutes": 30, "wrapup_minutes": 15, "preparation_hours": 2}
    case = problem([{**on("M1", 3), **around}], ["F1"], history=[was("F1", "lead", "2026-02-10", hours=9)])
    assert charged(case, {}, hours=4) == 120  # the two hours of history are those of its times
    assert charged(case, ONE, hours=4) == 60


def test_parts_of_minutes_are_rounded_half_up() -> None:
    for end, minutes in [("20:29:29", 1), ("20:29:30", 0)]:
        case = problem([meeting("M1", "2026-03-03 19:30:00", f"2026-03-03 {end}"), on("M2", 20)], ["F1"])
        assert charged(case, ONE, hours=1) == minutes


@pytest.mark.parametrize(
    ("day", "points"), [("2026-03-01", 0), ("2026-02-28", 0), ("2026-02-22", 0), ("2026-02-21", 1), ("2025-02-22", 1)]
)
def test_the_window_ends_with_the_period(day: str, points: int) -> None:
    # 38 days up to 31 March: from 22 February on.
    assert charged(month([was("F1", "lead", day)]), {}, meetings=1, window_days=38) == points * POINT


def test_days_are_local() -> None:
    # 00:30 on the 22nd is 23:30 on the 21st in UTC.
    night = {**was("F1", "lead", "2026-02-22"), "start": "2026-02-22 00:30", "end": "2026-02-22 02:00"}
    assert charged(month([night]), {}, meetings=1, window_days=38) == 0
    assert charged(month([night]), {}, meetings=1, window_days=37) == POINT


def test_a_window_may_be_shorter_than_the_period() -> None:
    assert charged(month(), TWO, meetings=2, window_days=12) == POINT  # from the 20th on
    assert charged(month(), TWO, meetings=1, window_days=12) == 0
    assert charged(month(), TWO, meetings=1, window_days=11) == POINT


def test_only_some_roles_count() -> None:
    rows = [*seats("co", "scribe"), *seats("lead", of="M2")]
    case = month([was("F1", "scribe", "2026-02-10")], [facilitator("F1", roles="lead;co;scribe")], seats=rows)
    assert charged(case, {("M1", "co"): "F1", ("M2", "lead"): "F1"}, meetings=3) == POINT
    assert charged(case, {("M1", "scribe"): "F1"}, meetings=3) == 3 * POINT
    assert charged(case, {("M1", "scribe"): "F1"}, meetings=3, roles=("scribe",)) == POINT


def test_who_is_asked() -> None:
    members: list[tuple[Cells, int]] = [
        ({"external": True}, 0),
        ({"left": "2026-03-30"}, 0),
        ({"left": "2026-03-31"}, 1),
        ({"joined": "2026-03-31"}, 1),
        ({"joined": "2026-04-01"}, 0),
    ]
    for cells, points in members:
        assert charged(month(people=[facilitator("F1", **cells)]), {}, meetings=1) == points * POINT
    assert charged(month(people=["F1", "F2"]), ONE, meetings=1) == POINT


def test_duties_are_no_meetings() -> None:
    case = month(
        [{"meeting": "P1", "facilitator": "F1", "role": "lead", "hours": 5}],
        duties=[{"duty": "D1", "kind": "coaching", "hours": 2, "role": "lead"}],
    )
    assert charged(case, {("D1", "coaching"): "F1"}, meetings=1, hours=1) == 2 * POINT


def test_two_rows_of_one_meeting_count_once() -> None:
    rows = [was("F1", role, "2026-02-10") for role in ("lead", "co")]
    assert charged(month(rows), {}, meetings=2, hours=4) == (1 + 2) * POINT


def test_a_slot_counts_by_its_own_day_and_length() -> None:
    times = [("2026-03-03 19:30", "2026-03-03 21:30"), ("2026-03-25 19:30", "2026-03-25 20:30")]
    slots = [{"meeting": "M1", "start": start, "end": end} for start, end in times]
    case = problem([{"meeting": "M1"}], ["F1"], slots=slots)
    assert check_rule(PracticeWindowRule(meetings=1, hours=2, window_days=12), case) == 3
    assert check_rule(PracticeWindowRule(meetings=1, hours=2), case) == 3


# --- series ------------------------------------------------------------------------------------------------


def course(*history: Cells) -> Problem:
    """Return M1 and M2 of one series, and M3 by itself."""
    rows = [{**on("M1", 3), "series": "S"}, {**on("M2", 20), "series": "S"}, on("M3", 25)]
    return problem(rows, ["F1"], history=history)


THREE: Holders = {**TWO, "M3": "F1"}


def test_a_series_may_count_once() -> None:
    assert charged(course(), THREE, meetings=3) == 0
    assert charged(course(), THREE, meetings=3, series_once=True) == POINT
    assert charged(course(), TWO, meetings=3, series_once=True) == 2 * POINT
    assert charged(course(), {}, meetings=3, series_once=True) == 3 * POINT
    # Its hours count in full.
    assert charged(course(), THREE, hours=3, series_once=True) == 0


def test_a_series_that_began_before_counts_once_all_told() -> None:
    before = [was("F1", "lead", f"2026-02-{day}", series="S") for day in (10, 17)]
    assert charged(course(*before), THREE, meetings=3, series_once=True) == POINT
    assert charged(course(*before), {}, meetings=3, series_once=True) == 2 * POINT
    assert charged(course(*before), {}, meetings=3) == POINT
    other = [was("F1", "lead", "2026-02-10", series="T")]
    assert charged(course(*other), THREE, meetings=3, series_once=True) == 0


# --- the past ----------------------------------------------------------------------------------------------


def test_what_was_done_in_the_period_counts() -> None:
    for history, points in [([did("F1")], 0), ([did("F2")], 1), ([], 1)]:
        case = half([evening("M1", 10), evening("M2", 20)], ["F1"], history=history)
        assert charged(case, {}, meetings=1) == points * POINT
        assert charged(case, {"M2": "F1"}, meetings=1) == 0


def test_history_of_a_meeting_that_is_planned_counts_for_nothing() -> None:
    assert charged(month([was("F1", "lead", "2026-02-10", "M1")]), {}, meetings=1) == POINT


# --- solving, and doubts -----------------------------------------------------------------------------------


def test_who_is_short_goes() -> None:
    """F2 likes to go, and has led enough; F1 has not."""
    wishes = [{"facilitator": "F2", "meeting": "M1", "score": 10}]
    people = [facilitator("F1"), facilitator("F2", organisation="E2")]
    case = problem([on("M1", 3)], people, history=[was("F2", "lead", "2025-02-10")], preferences=wishes)
    for rules, who in [(STANDARD_RULES, "F2"), (asking(meetings=1), "F1")]:
        found = solve(case, rules, time_limit=10)
        assert found.status is Status.OPTIMAL
        assert [row.facilitator for row in found.roster.rows] == [who]


def test_what_the_period_cannot_mend_is_told_all_the_same() -> None:
    case = month(people=[facilitator("F1", roles="scribe")])
    found = solve(case, asking(meetings=9, hours=36), time_limit=10)
    assert found.status is Status.OPTIMAL
    assert [item.points for item in found.report.by_rule[RULE]] == [9, 36]


def doubts(case: Problem, **parameters: Any) -> list[tuple[str, str]]:
    return [(issue.code, issue.reason) for issue in PracticeWindowRule(**parameters).issues(case)]


def test_a_rule_that_asks_nothing_is_told_and_silent() -> None:
    said = "says neither how many meetings nor how many hours"
    assert doubts(month()) == [("practice-window-without-number", said)]
    assert charged(month(), {}) == 0


def test_history_that_begins_too_late_is_told_where_it_may_matter() -> None:
    late = "begins on 2026-02-23, while practice counts from 2026-02-22 on; of F1 it may be missing"
    window = {"meetings": 2, "window_days": 38}
    assert doubts(month([was("F1", "lead", "2026-02-23")]), **window) == [("history-shorter-than-window", late)]
    assert doubts(month([was("F1", "lead", "2026-02-22")]), **window) == []
    assert doubts(month([was("F1", "lead", f"2026-02-{day}") for day in (23, 24)]), **window) == []
    empty = "is empty, while practice counts from 2026-02-22 on; of F1 it may be missing"
    assert doubts(month(), **window) == [("history-shorter-than-window", empty)]
    assert doubts(month(), meetings=2, window_days=31) == []  # it begins with the period
    assert doubts(month(people=[facilitator("F1", external=True)]), **window) == []


@pytest.mark.parametrize(
    "wrong", [{"meetings": 0}, {"hours": 0}, {"window_days": 0}, {"roles": ()}, {"roles": ["boss"]}]
)
def test_parameters_that_ask_for_nothing_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        PracticeWindowRule(**wrong)
