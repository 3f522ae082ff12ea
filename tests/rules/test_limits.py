"""Rules `max-per-day`, `max-per-week`, `max-meetings` and `max-hours`: never more than the facilitator's limit."""

from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from tests.builders import Cells, breaks, facilitator, meeting, problem, roster

from poolmatch import Problem, check


def held(starts: Sequence[str], history: Iterable[Cells] = (), **limits: Any) -> Problem:
    """Return a problem with one facilitator and an hour's meeting M1, M2 … at each start."""
    meetings = [meeting(f"M{n}", start, f"{start[:13]}:59") for n, start in enumerate(starts, 1)]
    return problem(meetings, [facilitator(**limits)], history=list(history))


def past(name: str, start: str, end: str | None = None, who: str = "F1", **cells: Any) -> Cells:
    end = end or f"{start[:13]}:59"
    return {"meeting": name, "facilitator": who, "role": "lead", "start": start, "end": end, **cells}


def all_of(case: Problem) -> dict[str | tuple[str, str], str | None]:
    return {row.meeting: "F1" for row in case.meetings}


# --- a day -------------------------------------------------------------------------------------------------

THREE = ["2026-03-05 09:00", "2026-03-05 13:00", "2026-03-05 17:00"]


@pytest.mark.parametrize(
    ("limits", "count", "expected"),
    [
        ({}, 2, False),  # the default is 2
        ({}, 3, True),
        ({"max_per_day": 1}, 1, False),
        ({"max_per_day": 1}, 2, True),
        ({"max_per_day": 3}, 3, False),
        ({"max_per_day": 0}, 1, True),  # 0 is a limit
    ],
)
def test_max_per_day(limits: dict[str, Any], count: int, expected: bool) -> None:
    case = held(THREE[:count], **limits)
    assert breaks("max-per-day", case, all_of(case)) is expected


@pytest.mark.parametrize(
    ("starts", "expected"),
    [
        # 00:30 on the 6th is 23:30 on the 5th in UTC: another local day, so one each.
        (["2026-03-05 20:00", "2026-03-06 00:30"], False),
        # 00:30 on the 5th is 23:30 on the 4th in UTC, but the same local day.
        (["2026-03-05 00:30", "2026-03-05 20:00"], True),
        (["2026-03-05 23:00", "2026-03-06 09:00"], False),
    ],
)
def test_max_per_day_counts_local_days(starts: list[str], expected: bool) -> None:
    case = held(starts, max_per_day=1)
    assert breaks("max-per-day", case, all_of(case)) is expected


def test_max_per_day_counts_a_meeting_on_the_day_it_starts() -> None:
    case = problem(
        [meeting("M1", "2026-03-05 22:00", "2026-03-06 03:00"), meeting("M2", "2026-03-06 20:00", "2026-03-06 21:00")],
        [facilitator(max_per_day=1)],
    )
    assert not breaks("max-per-day", case, all_of(case))


def test_max_per_day_does_not_count_history() -> None:
    case = held(["2026-03-05 09:00"], [past("P1", "2026-03-05 13:00")], max_per_day=1)
    assert not breaks("max-per-day", case, all_of(case))


def test_max_per_day_names_the_day_and_its_meetings_only() -> None:
    case = held([*THREE, "2026-03-06 13:00"])
    (finding,) = check(case, roster(all_of(case))).by_rule["max-per-day"]
    assert (finding.day.isoformat() if finding.day else "", finding.meetings) == ("2026-03-05", ("M1", "M2", "M3"))
    assert finding.words.en == "F1 has 3 meetings on 2026-03-05, the limit is 2."
    assert finding.words.nl == "F1 heeft 3 bijeenkomsten op 5-3-2026, de grens is 2."


def test_a_limit_is_one_s_own() -> None:
    meetings = [meeting(f"M{n}", start, f"{start[:13]}:59") for n, start in enumerate(THREE, 1)]
    case = problem(meetings, [facilitator("F1", max_per_day=1), facilitator("F2", max_per_day=3)])
    assert breaks("max-per-day", case, {"M1": "F1", "M2": "F1", "M3": "F2"})
    assert not breaks("max-per-day", case, {"M1": "F2", "M2": "F2", "M3": "F2"})
    assert not breaks("max-per-day", case, {"M1": "F1", "M2": "F2", "M3": "F2"})


# --- a week ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("starts", "expected"),
    [
        (["2026-03-02 09:00", "2026-03-08 09:00"], True),  # Monday and Sunday of week 10
        (["2026-03-01 09:00", "2026-03-02 09:00"], False),  # Sunday of week 9, Monday of week 10
        (["2026-03-08 09:00", "2026-03-09 09:00"], False),  # Sunday of week 10, Monday of week 11
        (["2026-03-08 22:00", "2026-03-09 00:30"], False),  # 00:30 on Monday is 23:30 on Sunday in UTC
        (["2026-03-02 00:30", "2026-03-08 22:00"], True),  # 00:30 on Monday is Sunday of week 9 in UTC
        (["2026-03-04 09:00", "2026-03-11 09:00"], False),  # two Wednesdays
        (["2026-03-29 22:00", "2026-03-30 00:30"], False),  # the same after the clock change: 22:30 UTC on Sunday
    ],
)
def test_max_per_week_counts_iso_weeks_of_local_days(starts: list[str], expected: bool) -> None:
    case = held(starts, max_per_week=1)
    assert breaks("max-per-week", case, all_of(case)) is expected


@pytest.mark.parametrize(("limit", "expected"), [(None, False), (3, False), (2, True), (0, True)])
def test_max_per_week(limit: int | None, expected: bool) -> None:
    case = held(["2026-03-02 09:00", "2026-03-04 09:00", "2026-03-06 09:00"], max_per_week=limit)
    assert breaks("max-per-week", case, all_of(case)) is expected


def test_max_per_week_of_nothing_leaves_nothing() -> None:
    case = held(["2026-03-02 09:00"], max_per_week=0)
    assert breaks("max-per-week", case, {"M1": "F1"})
    assert not breaks("max-per-week", case, {"M1": None})


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([past("P1", "2026-02-23 09:00")], True),  # Monday of the week of 1 March
        ([past("P1", "2026-02-28 23:30", "2026-03-01 00:15")], True),
        ([past("P1", "2026-02-22 23:30", "2026-02-23 00:15")], False),  # Sunday of the week before
        ([past("P1", "2026-02-23 00:30", "2026-02-23 01:30")], True),  # Sunday evening in UTC
        ([past("P1", "2026-02-25 09:00", who="F2")], False),
        ([past("P1", "2026-02-25 09:00", who="someone who left")], False),
        ([{"meeting": "P1", "facilitator": "F1", "role": "mentor", "hours": 5}], False),  # a duty has no week
    ],
)
def test_max_per_week_counts_history(history: list[Cells], expected: bool) -> None:
    meetings = [meeting("M1", "2026-03-01 12:00", "2026-03-01 13:00")]
    case = problem(meetings, [facilitator("F1", max_per_week=1), "F2"], history=history)
    assert breaks("max-per-week", case, {"M1": "F1"}) is expected


def test_history_takes_its_part_of_a_larger_limit() -> None:
    for count, expected in [(1, False), (2, True)]:
        history = [past(f"P{n}", f"2026-02-2{3 + n} 09:00") for n in range(count)]
        case = held(["2026-03-01 09:00", "2026-03-01 13:00"], history, max_per_week=3)
        assert breaks("max-per-week", case, {"M1": "F1", "M2": "F1"}) is expected
        assert not breaks("max-per-week", case, {"M1": "F1"})


def test_history_over_the_limit_is_no_violation_by_itself() -> None:
    history = [past(f"P{n}", f"2026-02-2{3 + n} 09:00") for n in range(3)]
    case = held(["2026-03-01 12:00", "2026-03-02 12:00"], history, max_per_week=1)
    assert not breaks("max-per-week", case, {})
    assert check(case, roster({})).legal
    assert breaks("max-per-week", case, {"M1": "F1"})
    assert not breaks("max-per-week", case, {"M2": "F1"})  # the next week


def test_history_of_a_meeting_that_is_planned_here_is_ignored() -> None:
    case = held(["2026-03-01 12:00"], [past("M1", "2026-02-25 09:00")], max_per_week=1)
    assert not breaks("max-per-week", case, {"M1": "F1"})


def test_two_seats_at_one_past_meeting_are_one_meeting() -> None:
    history = [past("P1", "2026-02-25 09:00", seat=seat) for seat in ("lead", "scribe")]
    case = held(["2026-03-01 12:00"], history, max_per_week=2)
    assert not breaks("max-per-week", case, {"M1": "F1"})


def test_max_per_week_says_what_is_past() -> None:
    case = held(["2026-03-01 12:00"], [past("P1", "2026-02-25 09:00")], max_per_week=1)
    (finding,) = check(case, roster({"M1": "F1"})).by_rule["max-per-week"]
    assert finding.words.en == "F1 has 2 meetings in week 9 (1 of them past), the limit is 1."
    assert finding.words.nl == "F1 heeft 2 bijeenkomsten in week 9 (waarvan 1 geweest), de grens is 1."


def test_the_first_days_of_january_belong_to_the_last_week_of_december() -> None:
    # 31 December 2025 is a Wednesday, 2 January 2026 a Friday: both ISO week 1 of 2026. 28 December is a Sunday.
    period = {"name": "January", "start": "2026-01-01", "end": "2026-01-31", "timezone": "Europe/Amsterdam"}
    friday = [meeting("M1", "2026-01-02 12:00", "2026-01-02 13:00")]
    for day, expected in [("2025-12-31", True), ("2025-12-29", True), ("2025-12-28", False)]:
        history = [past("P1", f"{day} 09:00")]
        case = problem(friday, [facilitator(max_per_week=1)], period=period, history=history)
        assert breaks("max-per-week", case, {"M1": "F1"}) is expected


# --- the period, meetings ----------------------------------------------------------------------------------

SPREAD = ["2026-03-02 09:00", "2026-03-12 09:00", "2026-03-31 09:00"]


@pytest.mark.parametrize(("limit", "expected"), [(None, False), (4, False), (3, False), (2, True), (0, True)])
def test_max_meetings(limit: int | None, expected: bool) -> None:
    case = held(SPREAD, max_meetings=limit)
    assert breaks("max-meetings", case, all_of(case)) is expected


def test_max_meetings_of_nothing() -> None:
    case = held(SPREAD[:1], max_meetings=0)
    assert breaks("max-meetings", case, {"M1": "F1"})
    assert not breaks("max-meetings", case, {})


def test_max_meetings_does_not_count_history() -> None:
    history = [past("P1", "2026-02-25 09:00"), past("P2", "2026-03-03 09:00")]
    case = held(SPREAD[:1], history, max_meetings=1)
    assert not breaks("max-meetings", case, all_of(case))


def test_max_meetings_is_per_person() -> None:
    meetings = [meeting(f"M{n}", start, f"{start[:13]}:59") for n, start in enumerate(SPREAD, 1)]
    case = problem(meetings, [facilitator("F1", max_meetings=1), "F2"])
    assert not breaks("max-meetings", case, {"M1": "F1", "M2": "F2", "M3": "F2"})
    assert breaks("max-meetings", case, {"M1": "F1", "M2": "F1", "M3": "F2"})


# --- the period, hours -------------------------------------------------------------------------------------


def working(limit: float | None, history: Iterable[Cells] = (), **cells: Any) -> Problem:
    """Return two meetings of 2 hours: 4 hours, and what setup, wrap-up and preparation add."""
    meetings = [
        meeting(f"M{n}", f"2026-03-0{n} 14:00", f"2026-03-0{n} 16:00", **(cells if n == 2 else {})) for n in (2, 3)
    ]
    return problem(meetings, [facilitator(max_hours=limit)], history=list(history))


@pytest.mark.parametrize(
    ("limit", "cells", "expected"),
    [
        (None, {}, False),
        (4, {}, False),
        (3.99, {}, True),
        (4.01, {}, False),
        (4, {"setup_minutes": 1}, True),
        (4.5, {"setup_minutes": 30}, False),
        (4.5, {"setup_minutes": 31}, True),
        (4.5, {"wrapup_minutes": 30}, False),
        (4.49, {"wrapup_minutes": 30}, True),
        (5.5, {"preparation_hours": 1.5}, False),
        (5.49, {"preparation_hours": 1.5}, True),
        # 4 h + 15 min + 15 min + 1.5 h = 6 h
        (6, {"setup_minutes": 15, "wrapup_minutes": 15, "preparation_hours": 1.5}, False),
        (5.98, {"setup_minutes": 15, "wrapup_minutes": 15, "preparation_hours": 1.5}, True),
        (0, {}, True),
    ],
)
def test_max_hours(limit: float | None, cells: dict[str, Any], expected: bool) -> None:
    case = working(limit, **cells)
    assert breaks("max-hours", case, all_of(case)) is expected


def test_max_hours_of_part_of_the_work() -> None:
    case = working(2)
    assert not breaks("max-hours", case, {"M2": "F1"})
    assert breaks("max-hours", case, all_of(case))
    assert not breaks("max-hours", working(0), {})


@pytest.mark.parametrize(
    ("preparation", "limit", "expected"),
    [
        (0.33, 4.33, False),  # 4 h and 19.8 minutes of work, and just that is allowed
        (0.3301, 4.33, True),  # 0.006 minute more
        (0.34, 4.335, True),  # 20.4 minutes, 20.1 are allowed
        (0.3333, 4.3333, False),
        (0.3334, 4.3333, True),
    ],
)
def test_max_hours_is_exact(preparation: float, limit: float, expected: bool) -> None:
    case = working(limit, preparation_hours=preparation)
    assert breaks("max-hours", case, all_of(case)) is expected


def test_max_hours_counts_seconds() -> None:
    # Two hours exactly, and one second more.
    for end, expected in [("16:00:00", False), ("16:00:01", True)]:
        case = problem([meeting("M1", "2026-03-05 14:00:00", f"2026-03-05 {end}")], [facilitator(max_hours=2)])
        assert breaks("max-hours", case, {"M1": "F1"}) is expected


def test_max_hours_does_not_count_history() -> None:
    case = working(4, [past("P1", "2026-02-25 09:00"), past("P2", "2026-03-05 09:00")])
    assert not breaks("max-hours", case, all_of(case))


def test_max_hours_counts_elapsed_time_across_the_clock_change() -> None:
    # From 01:00 to 05:00 by the clock on 29 March: 3 hours.
    case = problem([meeting("M1", "2026-03-29 01:00", "2026-03-29 05:00")], [facilitator(max_hours=3)])
    assert not breaks("max-hours", case, {"M1": "F1"})
    case = problem([meeting("M1", "2026-03-29 01:00", "2026-03-29 05:01")], [facilitator(max_hours=3)])
    assert breaks("max-hours", case, {"M1": "F1"})


def test_max_hours_does_not_count_travel() -> None:
    case = problem(
        [meeting("M1", "2026-03-05 14:00", "2026-03-05 16:00", lat=53.5, lon=6.0)],
        [facilitator(max_hours=2, lat=53.0, lon=6.0)],
    )
    assert not breaks("max-hours", case, {"M1": "F1"})


def test_max_hours_says_how_many() -> None:
    case = working(3.5)
    (finding,) = check(case, roster(all_of(case))).by_rule["max-hours"]
    assert finding.words.en == "F1 works 4 hours in the period, the limit is 3.5."
    assert finding.words.nl == "F1 werkt 4 uur in de periode, de grens is 3,5."


# --- duties ------------------------------------------------------------------------------------------------


def with_duties(*hours: float, **limits: Any) -> Problem:
    """Return a meeting of 2 hours and duties D1, D2 … each of its own kind."""
    duties = [{"duty": f"D{n}", "kind": f"k{n}", "hours": item} for n, item in enumerate(hours, 1)]
    return problem([meeting()], [facilitator(**limits)], duties=duties)


def everything(case: Problem) -> dict[str | tuple[str, str], str | None]:
    return {(seat.meeting, seat.seat): "F1" for seat in case.all_seats}


@pytest.mark.parametrize(
    ("limit", "hours", "expected"),
    [
        (None, [100], False),
        (3.5, [1.5], False),
        (3.49, [1.5], True),
        (5, [1.5, 1.5], False),
        (4.99, [1.5, 1.5], True),
        (2, [0, 0], False),
        (2.3333, [0.3333], False),  # 2 h and 19.998 minutes, exactly
        (2.3332, [0.3333], True),
        (2, [0.0001], True),
    ],
)
def test_max_hours_counts_duties(limit: float | None, hours: list[float], expected: bool) -> None:
    case = with_duties(*hours, max_hours=limit)
    assert breaks("max-hours", case, everything(case)) is expected


def test_max_hours_counts_the_duties_one_has() -> None:
    case = with_duties(1.5, 4, max_hours=4)
    assert not breaks("max-hours", case, {("D2", "k2"): "F1"})
    assert not breaks("max-hours", case, {("D1", "k1"): "F1", "M1": "F1"})
    assert breaks("max-hours", case, {("D1", "k1"): "F1", ("D2", "k2"): "F1"})
    assert breaks("max-hours", case, {("D2", "k2"): "F1", "M1": "F1"})
    assert not breaks("max-hours", case, {})


def test_a_duty_takes_hours_and_is_no_meeting() -> None:
    case = with_duties(2, 2, 2, max_meetings=1, max_per_day=1, max_per_week=1)
    for rule in ("max-meetings", "max-per-day", "max-per-week"):
        assert not breaks(rule, case, everything(case))
    case = with_duties(2, max_meetings=0, max_per_day=0, max_per_week=0)
    for rule in ("max-meetings", "max-per-day", "max-per-week"):
        assert not breaks(rule, case, {("D1", "k1"): "F1"})
        assert breaks(rule, case, {"M1": "F1"})


def test_a_past_duty_takes_no_hours_of_this_period() -> None:
    history = [{"meeting": "P1", "facilitator": "F1", "role": "mentor", "hours": 8}]
    duties = [{"duty": "D1", "kind": "coaching", "hours": 2}]
    case = problem(facilitators=[facilitator(max_hours=4)], duties=duties, history=history)
    assert not breaks("max-hours", case, everything(case))


def test_max_hours_names_the_duties_too() -> None:
    case = with_duties(1.5, max_hours=3)
    (finding,) = check(case, roster(everything(case))).by_rule["max-hours"]
    assert finding.words.en == "F1 works 3.5 hours in the period, the limit is 3."
    assert finding.words.nl == "F1 werkt 3,5 uur in de periode, de grens is 3."
    assert (set(finding.meetings), finding.facilitators) == ({"M1", "D1"}, ("F1",))
