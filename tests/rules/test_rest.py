"""Rule `rest`: eleven hours of elapsed time between occupied spans that start on different local dates."""

from typing import Any

import pytest
from tests.builders import Cells, breaks, meeting, problem, roster

from poolmatch import check
from poolmatch.rules.rest import RestRule
from poolmatch.ruleset import STANDARD_RULES

RULE = "rest"
BOTH: dict[str | tuple[str, str], str | None] = {"M1": "F1", "M2": "F1"}


def tired(first: tuple[str, str], second: tuple[str, str], hours: float = 11, **cells: Any) -> bool:
    """Tell whether there is too little rest between two meetings; the same in both orders of the table."""
    rows = [meeting("M1", *first, **cells), meeting("M2", *second)]
    rules = STANDARD_RULES.plus(RestRule(hours=hours))
    (answer,) = {breaks(RULE, problem(order), BOTH, rules) for order in (rows, rows[::-1])}
    return answer


def after_past(history: list[Cells], start: str = "2026-03-01 09:00", end: str = "2026-03-01 11:00") -> bool:
    case = problem([meeting("M1", start, end)], ["F1", "F2"], history=history)
    assert not breaks(RULE, case, {"M1": None})
    return breaks(RULE, case, {"M1": "F1"})


EVENING = ("2026-03-05 20:00", "2026-03-05 22:00")


@pytest.mark.parametrize(
    ("start", "expected"), [("09:00", False), ("08:59:59", True), ("08:59", True), ("09:01", False), ("00:00", True)]
)
def test_eleven_hours_are_enough(start: str, expected: bool) -> None:
    # 22:00 to 9:00 is 11 hours.
    assert tired(EVENING, (f"2026-03-06 {start}", "2026-03-06 12:00")) is expected


@pytest.mark.parametrize(
    ("cells", "start", "expected"),
    [
        ({"wrapup_minutes": 30}, "09:30", False),
        ({"wrapup_minutes": 30}, "09:29", True),
        ({"setup_minutes": 60}, "09:00", False),  # the setup of the first is long before
        ({"preparation_hours": 3}, "09:00", False),
    ],
)
def test_wrap_up_shortens_the_rest(cells: dict[str, Any], start: str, expected: bool) -> None:
    assert tired(EVENING, (f"2026-03-06 {start}", "2026-03-06 12:00"), **cells) is expected


@pytest.mark.parametrize(("start", "expected"), [("09:45", False), ("09:44", True)])
def test_setup_shortens_the_rest(start: str, expected: bool) -> None:
    # 45 minutes of setup before 9:45 begin at 9:00.
    morning = (f"2026-03-06 {start}", "2026-03-06 12:00")
    assert tired(morning, EVENING, setup_minutes=45) is expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        # One local date, though 4 and 5 March in UTC: not looked at.
        (("2026-03-05 00:30", "2026-03-05 02:00"), ("2026-03-05 09:00", "2026-03-05 10:00"), False),
        # Two local dates, though both 5 March in UTC: looked at.
        (("2026-03-05 22:00", "2026-03-05 23:00"), ("2026-03-06 00:15", "2026-03-06 01:00"), True),
        # The first ends on the date of the second but started the day before: looked at.
        (("2026-03-05 23:00", "2026-03-06 01:00"), ("2026-03-06 11:59", "2026-03-06 13:00"), True),
        (("2026-03-05 23:00", "2026-03-06 01:00"), ("2026-03-06 12:00", "2026-03-06 13:00"), False),
        (("2026-03-05 09:00", "2026-03-05 10:00"), ("2026-03-05 20:00", "2026-03-05 22:00"), False),
        # Two days apart.
        (EVENING, ("2026-03-07 08:00", "2026-03-07 09:00"), False),
        # Different dates that overlap: no rest at all.
        (("2026-03-05 22:00", "2026-03-06 02:00"), ("2026-03-06 01:00", "2026-03-06 03:00"), True),
    ],
)
def test_the_local_date_of_the_start_decides(first: tuple[str, str], second: tuple[str, str], expected: bool) -> None:
    assert tired(first, second) is expected


def test_a_setup_that_begins_before_a_meeting_of_the_day_before() -> None:
    # M1 starts on 6 March; its setup, from 8:00 on the 5th, is under way when M2 of the 5th begins.
    assert tired(("2026-03-06 10:00", "2026-03-06 11:00"), ("2026-03-05 09:00", "2026-03-05 10:00"), setup_minutes=1560)


@pytest.mark.parametrize(("start", "expected"), [("09:00", True), ("09:59", True), ("10:00", False), ("10:01", False)])
def test_the_night_of_the_clock_change_is_an_hour_shorter(start: str, expected: bool) -> None:
    # 22:00 on 28 March is 21:00 UTC; 10:00 on 29 March is 08:00 UTC: 11 hours.
    night = ("2026-03-28 20:00", "2026-03-28 22:00")
    assert tired(night, (f"2026-03-29 {start}", "2026-03-29 12:00")) is expected


def test_the_night_in_october_is_an_hour_longer() -> None:
    # 22:00 on 24 October is 20:00 UTC; 8:00 on 25 October is 07:00 UTC: 11 hours.
    period = {"name": "October", "start": "2026-10-01", "end": "2026-10-31", "timezone": "Europe/Amsterdam"}
    for start, expected in [("08:00", False), ("07:59", True)]:
        rows = [
            meeting("M1", "2026-10-24 20:00", "2026-10-24 22:00"),
            meeting("M2", f"2026-10-25 {start}", "2026-10-25 12:00"),
        ]
        assert breaks(RULE, problem(rows, period=period), BOTH) is expected


@pytest.mark.parametrize(("hours", "expected"), [(0, False), (10, False), (10.5, False), (10.51, True), (48, True)])
def test_the_hours_are_a_parameter(hours: float, expected: bool) -> None:
    # 22:00 to 8:30 is 10.5 hours.
    assert tired(EVENING, ("2026-03-06 08:30", "2026-03-06 12:00"), hours) is expected


def test_a_rest_of_two_days_looks_two_days_ahead() -> None:
    # 22:00 on the 5th to 22:00 on the 7th is 48 hours.
    assert not tired(EVENING, ("2026-03-07 22:00", "2026-03-07 23:00"), 48)
    assert tired(EVENING, ("2026-03-07 21:59", "2026-03-07 23:00"), 48)


# --- history -----------------------------------------------------------------------------------------------


def past(start: str, end: str, name: str = "P1", who: str = "F1") -> Cells:
    return {"meeting": name, "facilitator": who, "role": "lead", "start": start, "end": end}


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([past("2026-02-28 20:00", "2026-02-28 22:00")], False),  # 11 hours before 9:00
        ([past("2026-02-28 20:00", "2026-02-28 22:00:01")], True),
        ([past("2026-02-28 20:00", "2026-02-28 22:01", who="F2")], False),
        ([past("2026-02-28 20:00", "2026-02-28 22:01", who="someone who left")], False),
        ([past("2026-02-28 20:00", "2026-02-28 22:01", name="M1")], False),  # it is planned here
        ([past("2026-02-27 20:00", "2026-02-28 02:00")], False),
        ([past("2026-03-01 06:00", "2026-03-01 08:00")], False),  # the same date
        ([past("2026-03-01 21:00", "2026-03-01 23:00")], False),
        ([past("2026-03-02 22:00", "2026-03-02 23:00")], False),  # long after 11:00
        ([{"meeting": "P1", "facilitator": "F1", "role": "lead", "hours": 100}], False),  # a duty has no time
    ],
)
def test_history_counts(history: list[Cells], expected: bool) -> None:
    assert after_past(history) is expected


@pytest.mark.parametrize(("start", "expected"), [("2026-03-02 09:00", False), ("2026-03-02 08:59:59", True)])
def test_past_work_that_lies_after_a_planned_meeting_counts_too(start: str, expected: bool) -> None:
    # The planned meeting ends on 1 March at 22:00.
    found = after_past([past(start, "2026-03-02 10:00")], "2026-03-01 20:00", "2026-03-01 22:00")
    assert found is expected


def test_too_little_rest_in_the_past_is_no_violation() -> None:
    history = [past("2026-02-26 20:00", "2026-02-26 23:00"), past("2026-02-27 06:00", "2026-02-27 08:00", "P2")]
    case = problem([meeting("M1", "2026-03-01 09:00", "2026-03-01 11:00")], history=history)
    assert check(case, roster({})).legal
    assert check(case, roster({"M1": "F1"})).legal


def test_the_words_name_the_hours_and_both_meetings() -> None:
    rows = [meeting("M1", *EVENING), meeting("M2", "2026-03-06 08:30", "2026-03-06 12:00")]
    (finding,) = check(problem(rows), roster(BOTH)).by_rule[RULE]
    assert finding.words.en == "F1 has 10.5 hours of rest between M1 and M2, 11 are needed."
    assert finding.words.nl == "F1 heeft 10,5 uur rust tussen M1 en M2, 11 is nodig."
    assert finding.meetings == ("M1", "M2")


def test_two_people_rest_by_themselves() -> None:
    rows = [meeting("M1", *EVENING), meeting("M2", "2026-03-06 06:00", "2026-03-06 07:00")]
    case = problem(rows, ["F1", "F2"])
    assert not breaks(RULE, case, {"M1": "F1", "M2": "F2"})
    assert breaks(RULE, case, {"M1": "F2", "M2": "F2"})
