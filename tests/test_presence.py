"""On how many days someone is there: from joining to leaving the pool, less leave of seven days or more on end.

The period is March 2026, 31 days; the days before it that carry over are 30 November to 28 February.
"""

from datetime import date
from typing import Any

import pytest
from tests.builders import MARCH, Cells, facilitator, problem

from poolmatch import Problem, ProblemError
from poolmatch.domain.presence import Days, days_present, leaves


def away(*rows: tuple[str, str] | tuple[str, str, str], kind: str = "unavailable", **of_person: Any) -> Problem:
    """Return a problem of one person with rows of start, end and recurrence."""
    columns = ("start", "end", "rrule")
    cells: list[Cells] = [{"facilitator": "F1", "kind": kind, **dict(zip(columns, row, strict=False))} for row in rows]
    return problem([], [facilitator(**of_person)], availability=cells)


def leave(case: Problem) -> list[tuple[str, str]]:
    found = leaves(case.about("F1", "availability"), case.period)
    return [(first.isoformat()[2:], last.isoformat()[2:]) for first, last in found]


def present(case: Problem, first: str = "2026-03-01", last: str = "2026-03-31") -> int:
    runs: tuple[Days, ...] = leaves(case.about("F1", "availability"), case.period)
    return days_present(case.facilitator("F1"), runs, date.fromisoformat(first), date.fromisoformat(last))


def march(first: int, last: int) -> tuple[str, str]:
    return f"2026-03-{first:02}", f"2026-03-{last:02}"


# --- what is a leave ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "days"),
    [
        ((), 31),
        ((march(10, 15),), 31),  # six days
        ((march(10, 16),), 24),  # seven
        ((march(10, 17),), 23),
        ((march(1, 31),), 0),
        ((march(10, 12), march(13, 16)), 24),  # they touch
        ((march(10, 14), march(12, 16)), 24),  # they overlap
        ((march(10, 16), march(12, 13)), 24),  # one inside the other
        ((march(10, 12), march(14, 17)), 31),  # a day between them: three and four
        ((march(1, 7), march(9, 15)), 17),  # two leaves
        ((march(1, 7), march(9, 14)), 24),  # a leave and six days
        ((march(23, 29),), 24),  # the last day has 23 hours
        ((march(24, 29),), 31),
    ],
)
def test_seven_whole_days_on_end_are_a_leave(rows: tuple[tuple[str, str], ...], days: int) -> None:
    assert present(away(*rows)) == days
    assert present(away(*rows[::-1])) == days


@pytest.mark.parametrize(
    ("start", "end", "within", "before"),
    [
        ("2026-02-26", "2026-03-04", 27, 88),  # three days of February and four of March
        ("2026-02-27", "2026-03-04", 31, 91),  # six
        ("2026-03-28", "2026-04-03", 27, 91),
        ("2026-03-28", "2026-04-02", 31, 91),
        ("2026-03-31", "2026-04-30", 30, 91),
        ("2026-02-01", "2026-04-30", 0, 63),
        ("2025-11-24", "2025-11-30", 31, 90),  # the last of seven days carries over
        ("2025-11-25", "2025-11-30", 31, 91),
        ("2025-08-01", "2025-11-29", 31, 91),
        ("2025-01-01", "2026-12-31", 0, 0),
    ],
)
def test_a_leave_counts_with_all_its_days_wherever_it_begins_or_ends(
    start: str, end: str, within: int, before: int
) -> None:
    case = away((start, end))
    assert present(case) == within
    assert present(case, "2025-11-30", "2026-02-28") == before


def test_rows_in_hours_are_no_leave() -> None:
    clock = ("2026-03-10 00:00", "2026-03-20 00:00")
    assert leave(away(clock)) == []
    assert leave(away(("2026-03-10", "2026-03-20 00:00"), ("2026-03-10 00:00", "2026-03-20"))) == []
    assert leave(away(march(10, 12), ("2026-03-13 00:00", "2026-03-14 00:00"), march(14, 17))) == []


@pytest.mark.parametrize("kind", ["available", "prefer", "avoid"])
def test_rows_of_another_kind_are_no_leave(kind: str) -> None:
    assert leave(away(march(1, 31), kind=kind)) == []


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ((*march(2, 2), "FREQ=DAILY;COUNT=7"), [("26-03-02", "26-03-08")]),
        ((*march(2, 2), "FREQ=DAILY;COUNT=6"), []),
        ((*march(2, 8), "FREQ=WEEKLY;COUNT=3"), [("26-03-02", "26-03-22")]),  # the weeks touch
        ((*march(2, 7), "FREQ=WEEKLY;COUNT=3"), []),
        ((*march(2, 8), "FREQ=WEEKLY;INTERVAL=2;COUNT=2"), [("26-03-02", "26-03-08"), ("26-03-16", "26-03-22")]),
        ((*march(26, 26), "FREQ=DAILY"), []),  # a rule without end stops at the end of the period: six days
        ((*march(25, 25), "FREQ=DAILY"), [("26-03-25", "26-03-31")]),
        ((*march(26, 26), "FREQ=DAILY;COUNT=7"), [("26-03-26", "26-04-01")]),
        (("2025-12-01", "2025-12-01", "FREQ=DAILY;COUNT=10"), [("25-12-01", "25-12-10")]),
        (("2020-01-04", "2020-01-05", "FREQ=WEEKLY"), []),  # every weekend
    ],
)
def test_recurrences_count(row: tuple[str, str, str], expected: list[tuple[str, str]]) -> None:
    assert leave(away(row)) == expected


@pytest.mark.parametrize(
    ("excepted", "expected"),
    [
        ("", [("26-03-02", "26-03-15")]),
        ("2026-03-09", [("26-03-02", "26-03-08")]),  # seven days before it, six after
        ("2026-03-08", [("26-03-09", "26-03-15")]),
        ("2026-03-08;2026-03-09", []),
        ("2026-03-02;2026-03-15", [("26-03-03", "26-03-14")]),
    ],
)
def test_a_day_that_is_excepted_breaks_a_run(excepted: str, expected: list[tuple[str, str]]) -> None:
    daily = {"start": "2026-03-02", "end": "2026-03-02", "rrule": "FREQ=DAILY;COUNT=14", "except": excepted}
    case = problem([], availability=[{"facilitator": "F1", "kind": "unavailable", **daily}])
    assert leave(case) == expected
    # The day is no absence either way once another row covers it.
    whole = {"facilitator": "F1", "kind": "unavailable", "start": "2026-03-08", "end": "2026-03-09"}
    assert leave(case.replace(availability=[*case.availability, whole]))[0][1] >= "26-03-14"


def test_the_last_day_of_a_rule_counts() -> None:
    # Six days from the 26th to the end of the period; with 1 April, which UNTIL includes, seven.
    assert leave(away((*march(26, 26), "FREQ=DAILY;UNTIL=20260331"))) == []
    assert leave(away((*march(26, 26), "FREQ=DAILY;UNTIL=20260401"))) == [("26-03-26", "26-04-01")]


def test_rows_of_a_kind_that_recur_and_that_do_not_join() -> None:
    # Every weekend, and the working days of one week: Saturday 7 to Sunday 15 March.
    case = away(("2026-03-07", "2026-03-08", "FREQ=WEEKLY"), march(9, 13))
    assert leave(case) == [("26-03-07", "26-03-15")]


def test_a_day_is_local() -> None:
    for zone in ("Pacific/Auckland", "America/Los_Angeles"):
        case = away(march(10, 16)).replace(period={**MARCH, "timezone": zone})
        assert leave(case) == [("26-03-10", "26-03-16")]


def test_a_rule_that_recurs_too_often_before_the_period_is_told_when_read() -> None:
    # Every quarter of an hour is 4,320 times in 45 days, but 13,056 times in 136.
    with pytest.raises(ProblemError, match="recurs more than 10,000 times"):
        away(("2025-01-01", "2025-01-01", "FREQ=MINUTELY;INTERVAL=15"))
    assert leave(away(("2025-01-01 00:00", "2025-01-01 00:15", "FREQ=MINUTELY;INTERVAL=15"))) == []


# --- days present ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "within", "before"),
    [
        ({}, 31, 91),
        ({"joined": "2026-03-01"}, 31, 0),
        ({"joined": "2026-02-28"}, 31, 1),
        ({"joined": "2026-03-31"}, 1, 0),
        ({"joined": "2026-04-01"}, 0, 0),
        ({"left": "2026-03-31"}, 31, 91),
        ({"left": "2026-03-30"}, 30, 91),
        ({"left": "2026-03-01"}, 1, 91),
        ({"left": "2026-02-28"}, 0, 91),
        ({"left": "2025-11-30"}, 0, 1),
        ({"left": "2025-11-29"}, 0, 0),
        ({"joined": "2026-03-10", "left": "2026-03-10"}, 1, 0),
        ({"joined": "2026-02-20", "left": "2026-03-10"}, 10, 9),
    ],
)
def test_from_joining_to_leaving_both_days_included(cells: Cells, within: int, before: int) -> None:
    assert present(away(**cells)) == within
    assert present(away(**cells), "2025-11-30", "2026-02-28") == before


def test_leave_before_joining_and_after_leaving_is_no_absence() -> None:
    # A leave of 8 to 14 March; in the pool from the 10th on, or to the 10th.
    assert present(away(march(8, 14), joined="2026-03-10")) == 22 - 5
    assert present(away(march(8, 14), left="2026-03-10")) == 10 - 3
    assert present(away(march(8, 14), joined="2026-03-15")) == 17
    assert present(away(march(8, 14), left="2026-03-07")) == 7
    assert present(away(march(8, 14), joined="2026-03-09", left="2026-03-13")) == 0
