"""Rule `max-on-end`: not too many working days, or weekends with work, one after the other."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import pytest
from tests.builders import Cells, breaks, facilitator, meeting, problem, roster
from tests.rules.half_over import FIXED, half, notes, on, told, violated

from poolmatch import STANDARD_RULES, Problem, Roster, RuleSet, check, solve
from poolmatch.checking import input_issues
from poolmatch.rules.max_on_end import MaxOnEndRule, runs, weekend_of
from poolmatch.testing import check_rule

RULE = "max-on-end"


def rules(**parameters: Any) -> RuleSet:
    return STANDARD_RULES.plus(MaxOnEndRule(**parameters))


def held(days: Iterable[str], history: Iterable[str] = (), clock: str = "10:00", **tables: Any) -> Problem:
    """Return a problem with one facilitator and meetings M1, M2 … of an hour on these days; past work on others."""
    end = f"{int(clock[:2]) + 1:02}{clock[2:]}"
    meetings = [meeting(f"M{n}", f"{day} {clock}", f"{day} {end}") for n, day in enumerate(days, 1)]
    return problem(meetings, [facilitator("F1")], history=[*past(history)], **tables)


def past(days: Iterable[str], who: str = "F1", clock: str = "10:00") -> list[Cells]:
    end = f"{int(clock[:2]) + 1:02}{clock[2:]}"
    return [
        {"meeting": f"P {day}", "facilitator": who, "role": "lead", "start": f"{day} {clock}", "end": f"{day} {end}"}
        for day in days
    ]


def march(*days: int) -> list[str]:
    return [f"2026-03-{day:02}" for day in days]


def february(*days: int) -> list[str]:
    return [f"2026-02-{day:02}" for day in days]


def all_of(case: Problem) -> dict[str | tuple[str, str], str | None]:
    return {row.meeting: "F1" for row in case.meetings}


# --- days --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limit", "days", "expected"),
    [
        (3, march(2, 3, 4), False),
        (3, march(2, 3, 4, 5), True),
        (3, march(2, 3, 4, 6), False),
        (3, march(2, 3, 5, 6), False),
        (1, march(2, 4, 6), False),
        (1, march(2, 3), True),
        (6, march(2, 3, 4, 5, 6, 7), False),
        (6, march(2, 3, 4, 5, 6, 7, 8), True),
        (2, march(27, 28), False),
        (2, march(28, 29, 30), True),  # across the clock change
    ],
)
def test_so_many_days_on_end_and_no_more(limit: int, days: Sequence[str], expected: bool) -> None:
    case = held(days)
    assert breaks(RULE, case, all_of(case), rules(days=limit)) is expected


def test_six_days_by_default() -> None:
    assert MaxOnEndRule().days == 6
    assert MaxOnEndRule().weekends is None
    assert not MaxOnEndRule.standard


def test_several_meetings_of_a_day_are_one_day() -> None:
    rows = [
        meeting(f"M{n}", f"2026-03-0{day} {h}:00", f"2026-03-0{day} {h}:30")
        for n, (day, h) in enumerate([(2, 10), (2, 14), (3, 10), (3, 14), (4, 10), (4, 14)])
    ]
    case = problem(rows, ["F1"])
    assert not breaks(RULE, case, all_of(case), rules(days=3))
    assert breaks(RULE, case, all_of(case), rules(days=2))
    assert breaks(RULE, case, {"M1": "F1", "M2": "F1", "M5": "F1"}, rules(days=2))  # one of each day
    assert not breaks(RULE, case, {"M0": "F1", "M1": "F1", "M4": "F1", "M5": "F1"}, rules(days=2))


def test_the_day_is_the_local_one_of_the_start() -> None:
    # 00:30 on the 3rd is 23:30 on the 2nd in UTC; a meeting past midnight is on the day it starts.
    night = [
        meeting("M1", "2026-03-02 10:00", "2026-03-02 11:00"),
        meeting("M2", "2026-03-03 00:30", "2026-03-03 01:30"),
        meeting("M3", "2026-03-04 22:00", "2026-03-05 02:00"),
    ]
    case = problem(night, ["F1"])
    assert breaks(RULE, case, {"M1": "F1", "M2": "F1"}, rules(days=1))
    assert breaks(RULE, case, {"M2": "F1", "M3": "F1"}, rules(days=1))
    late = problem([night[2], meeting("M4", "2026-03-06 10:00", "2026-03-06 11:00")], ["F1"])
    assert not breaks(RULE, late, {"M3": "F1", "M4": "F1"}, rules(days=1))


def test_days_are_each_one_s_own() -> None:
    case = problem(
        [meeting(f"M{day}", f"2026-03-0{day} 10:00", f"2026-03-0{day} 11:00") for day in (2, 3, 4)], ["F1", "F2"]
    )
    assert not breaks(RULE, case, {"M2": "F1", "M3": "F2", "M4": "F1"}, rules(days=1))
    assert breaks(RULE, case, {"M2": "F1", "M3": "F2", "M4": "F2"}, rules(days=1))


def test_duties_have_no_day() -> None:
    duties = [{"duty": "D1", "kind": "coaching", "hours": 9}]
    case = problem([meeting("M1", "2026-03-02 10:00", "2026-03-02 11:00")], ["F1"], duties=duties)
    assert not breaks(RULE, case, {"M1": "F1", ("D1", "coaching"): "F1"}, rules(days=1))


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        (february(23, 24, 25, 26, 27, 28), True),
        (february(24, 25, 26, 27, 28), False),
        (february(22, 23, 24, 25, 26, 27), False),  # the 28th is free
        (february(22, 23, 24, 25, 26, 28), False),
    ],
)
def test_history_counts(history: list[str], expected: bool) -> None:
    case = held(march(1), history)
    assert breaks(RULE, case, all_of(case), rules()) is expected
    assert not breaks(RULE, case, {}, rules())


def test_work_of_others_in_history_and_of_what_is_planned_here_does_not_count() -> None:
    six = february(23, 24, 25, 26, 27, 28)
    rows = [meeting("M1", "2026-03-01 10:00", "2026-03-01 11:00")]
    case = problem(rows, ["F1", "F2"], history=past(six, "F2"))
    assert not breaks(RULE, case, {"M1": "F1"}, rules())
    assert breaks(RULE, case, {"M1": "F2"}, rules())
    again = [{**row, "meeting": "M1"} for row in past(six)]
    assert not breaks(RULE, problem(rows, ["F1"], history=again), {"M1": "F1"}, rules())


def test_history_that_is_too_long_by_itself_takes_no_more() -> None:
    # Seven days up to 1 March are history; a meeting on the 1st takes part in them, one on the 2nd makes them eight.
    case = held(march(1, 2, 3), [*february(23, 24, 25, 26, 27, 28), *march(1)])
    assert check(case, roster({}), rules()).legal
    assert breaks(RULE, case, {"M1": "F1"}, rules())
    assert breaks(RULE, case, {"M2": "F1"}, rules())
    assert not breaks(RULE, case, {"M3": "F1"}, rules())


def test_history_on_both_sides_of_a_day() -> None:
    case = held(march(4), march(2, 3, 5, 6))
    assert breaks(RULE, case, all_of(case), rules(days=4))
    assert not breaks(RULE, case, all_of(case), rules(days=5))


def test_a_flexible_meeting_counts_on_the_day_that_is_chosen() -> None:
    slots = [
        {"meeting": "M3", "start": f"2026-03-0{day} {h}:00", "end": f"2026-03-0{day} {h + 1}:00"}
        for day, h in [(4, 12), (4, 16), (6, 12)]
    ]
    rows = [
        meeting("M1", "2026-03-02 10:00", "2026-03-02 11:00"),
        meeting("M2", "2026-03-03 10:00", "2026-03-03 11:00"),
    ]
    case = problem([*rows, {"meeting": "M3"}], ["F1"], slots=slots)
    assert check_rule(MaxOnEndRule(days=2), case) == 16
    result = solve(case, rules(days=2), **FIXED)
    assert {row.facilitator for row in result.roster.rows} == {"F1"}
    assert [row.start.day for row in result.roster.rows if row.meeting == "M3" and row.start is not None] == [6]


# --- weekends ----------------------------------------------------------------------------------------------


def test_weekends_are_numbered_one_after_the_other() -> None:
    # 7 and 8 March, 14 and 15 March.
    days = [weekend_of(date(2026, 3, day)) for day in range(6, 17)]
    first = days[1]
    assert first is not None
    assert days == [None, first, first, None, None, None, None, None, first + 1, first + 1, None]


@pytest.mark.parametrize(
    ("limit", "days", "expected"),
    [
        (2, march(7, 14), False),
        (2, march(7, 14, 21), True),
        (2, march(7, 15, 21), True),  # Saturday, Sunday, Saturday
        (2, march(8, 15, 22), True),
        (2, march(7, 8, 14, 15), False),  # four days, two weekends
        (2, march(7, 14, 28), False),  # the 21st and 22nd are free
        (2, march(6, 13, 20), False),  # Fridays
        (1, march(7, 15), True),
        (1, march(1, 7), True),  # Sunday 1 March is the end of a weekend
        (1, march(8, 9), False),
        (None, march(7, 14, 21), False),
    ],
)
def test_so_many_weekends_on_end(limit: int | None, days: Sequence[str], expected: bool) -> None:
    case = held(days)
    assert breaks(RULE, case, all_of(case), rules(weekends=limit)) is expected


def test_weekends_of_history_count() -> None:
    # 21 February is a Saturday, 1 March the Sunday after next: weekends on end are 21, 28 February/1 March, 7 March.
    case = held(march(1, 7), february(21))
    assert not breaks(RULE, case, {"M1": "F1"}, rules(weekends=2))
    assert not breaks(RULE, case, {"M2": "F1"}, rules(weekends=2))
    assert breaks(RULE, case, {"M1": "F1", "M2": "F1"}, rules(weekends=2))
    saturday = held(march(7), february(21, 28))
    assert breaks(RULE, saturday, {"M1": "F1"}, rules(weekends=2))


def test_both_limits_hold() -> None:
    case = held(march(7, 8, 9, 14))
    assert breaks(RULE, case, {"M1": "F1", "M2": "F1", "M3": "F1"}, rules(days=2, weekends=1))
    assert breaks(RULE, case, {"M1": "F1", "M4": "F1"}, rules(days=2, weekends=1))
    assert not breaks(RULE, case, {"M1": "F1", "M2": "F1"}, rules(days=2, weekends=1))
    assert not breaks(RULE, case, {"M3": "F1", "M4": "F1"}, rules(days=2, weekends=1))


def test_three_weekends_on_end_leave_thirteen_free_sundays_in_a_year() -> None:
    # Whoever works as many Sundays as the limit allows: of each four weekends on end one is free.
    busy = [n % 4 < 3 for n in range(52)]
    assert max(len(run) for run in runs([n for n, there in enumerate(busy) if there])) == 3
    assert busy.count(False) == 13


# --- what is said, and done --------------------------------------------------------------------------------


def test_it_names_the_run_and_the_meetings_in_it() -> None:
    case = held([*march(1, 2, 3), *march(10)], february(26, 27, 28))
    (finding,) = check(case, roster(all_of(case)), rules(days=5)).by_rule[RULE]
    assert finding.words.en == "F1 works 6 days on end, from 2026-02-26 to 2026-03-03, the limit is 5."
    assert finding.words.nl == "F1 werkt 6 dagen achter elkaar, van 26-2-2026 tot en met 3-3-2026, de grens is 5."
    assert finding.meetings == ("M1", "M2", "M3")
    assert finding.day == date(2026, 3, 1)
    weekends = held(march(7, 8, 14))
    (finding,) = check(weekends, roster(all_of(weekends)), rules(weekends=1)).by_rule[RULE]
    assert finding.words.en == "F1 works 2 weekends on end, from 2026-03-07 to 2026-03-14, the limit is 1."
    assert finding.words.nl == "F1 werkt 2 weekenden achter elkaar, van 7-3-2026 tot en met 14-3-2026, de grens is 1."
    assert finding.meetings == ("M1", "M2", "M3")


def test_runs_of_numbers() -> None:
    assert list(runs([])) == []
    assert list(runs([3])) == [[3]]
    assert list(runs([1, 2, 4, 7, 8, 9])) == [[1, 2], [4], [7, 8, 9]]


def test_a_free_day_is_found() -> None:
    # Three days of meetings that F1 likes: with at most two on end F2 has one of them, and it is the middle one.
    rows = [meeting(f"M{day}", f"2026-03-0{day} 10:00", f"2026-03-0{day} 11:00") for day in (2, 3, 4)]
    likes = [{"facilitator": "F1", "meeting": f"M{day}", "score": score} for day, score in [(2, 10), (3, 5), (4, 10)]]
    case = problem(rows, ["F1", "F2"], preferences=likes)
    free = STANDARD_RULES.without("fair-load", "reciprocity")
    for limit, expected in ((3, "F1 F1 F1"), (2, "F1 F2 F1"), (1, "F1 F2 F1")):
        result = solve(case, free.plus(MaxOnEndRule(days=limit)), **FIXED)
        assert " ".join(row.facilitator or "nobody" for row in result.roster.rows) == expected


def test_the_past_of_the_period_counts_and_breaks_nothing_by_itself() -> None:
    # Today is Sunday the 15th; F1 led meetings on Thursday, Friday and Saturday.
    meetings = [on("M1", 12), on("M2", 13), on("M3", 14), on("M4", 15), on("M5", 17)]
    case = half(meetings, ["F1"], published=[told("F1", name) for name in ("M1", "M2", "M3")])
    for limit, broken in ((4, False), (3, True), (2, True)):
        assert violated(case, roster({"M4": "F1"}), rules(days=limit)) == ({RULE} if broken else set())
        assert check(case, roster({"M5": "F1"}), rules(days=limit)).legal
        assert [item.rule for item in notes(case, Roster(), rules(days=limit))] == ([RULE] if limit == 2 else [])
        assert check_rule(MaxOnEndRule(days=limit), case) == 32
        assert (solve(case, rules(days=limit), **FIXED).roster.holder("M4", "lead") is None) == broken


def test_a_warning_where_history_begins_too_late() -> None:
    def warned(history: list[str], **parameters: Any) -> list[str]:
        case = held(march(1), history)
        return [issue.code for issue in input_issues(case, rules(**parameters))]

    assert warned([]) == ["history-begins-late"]
    assert warned(february(24)) == ["history-begins-late"]  # six days before 1 March is 23 February
    assert warned(february(23)) == []
    assert warned(february(24), days=5) == []
    assert warned(february(8), weekends=3) == ["history-begins-late"]  # the Saturday three weekends before 1 March
    assert warned(february(7), weekends=3) == []


@pytest.mark.parametrize("parameters", [{"days": 0}, {"days": 32}, {"weekends": 0}, {"weekends": 53}])
def test_limits_have_a_range(parameters: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=next(iter(parameters))):
        MaxOnEndRule(**parameters)
