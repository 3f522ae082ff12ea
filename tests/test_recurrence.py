"""Recurring availability: the last day of a rule, the days it leaves out, and what each end of a row says."""

import pytest
from tests.builders import MARCH, problem

from poolmatch import Issue, Problem, ProblemError


def case(start: str, end: str, rrule: str | None = None, zone: str = "Europe/Amsterdam", **cells: object) -> Problem:
    """Return a problem of March 2026 with one row of availability."""
    row = {"facilitator": "F1", "kind": "unavailable", "start": start, "end": end, "rrule": rrule, **cells}
    return problem(availability=[row], period={**MARCH, "timezone": zone})


def spans(made: Problem) -> list[str]:
    """Return from when to when the one row is, by the clock of the place."""
    (row,), zone = made.availability, made.period.zone
    return [f"{a.astimezone(zone):%d %H:%M} {b.astimezone(zone):%d %H:%M}" for a, b in row.spans(made.period)]


def days(made: Problem) -> list[str]:
    """Return on which days of the month the one row begins."""
    return [span[:2] for span in spans(made)]


def warned(made: Problem) -> list[Issue]:
    """Return the warnings about availability."""
    return [issue for issue in made.warnings if issue.table == "availability"]


# --- UNTIL -------------------------------------------------------------------------------------------------

# 3, 10, 17, 24 and 31 March 2026 are Tuesdays. The clock goes forward on the 29th: 09:00 is then 07:00 in UTC.
MORNINGS = ("2026-03-03 09:00", "2026-03-03 17:00")


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("20260331", "31"),
        ("20260330", "24"),
        ("20260331T235959", "31"),
        ("20260331T090000", "31"),
        ("20260331T085959", "24"),
        ("20260331T070000Z", "31"),
        ("20260331T065959Z", "24"),
        ("20260331t070000z", "31"),
    ],
)
def test_a_date_in_until_runs_to_that_day_s_end_and_an_instant_to_its_second(until: str, last: str) -> None:
    tuesdays = ["03", "10", "17", "24", "31"]
    assert days(case(*MORNINGS, f"FREQ=WEEKLY;UNTIL={until}")) == tuesdays[: tuesdays.index(last) + 1]


def test_the_last_day_counts_to_its_last_minute_and_not_a_minute_longer() -> None:
    late = "2026-03-27 23:59", "2026-03-28 00:30"
    assert days(case(*late, "FREQ=DAILY;UNTIL=20260329")) == ["27", "28", "29"]
    early = "2026-03-27 00:00", "2026-03-27 00:30"
    assert days(case(*early, "FREQ=DAILY;UNTIL=20260329")) == ["27", "28", "29"]


def test_the_last_day_of_a_rule_for_whole_days() -> None:
    assert days(case("2026-03-03", "2026-03-03", "FREQ=WEEKLY;UNTIL=20260331")) == ["03", "10", "17", "24", "31"]
    assert days(case("2026-03-03", "2026-03-03", "FREQ=WEEKLY;UNTIL=20260330")) == ["03", "10", "17", "24"]


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Auckland"])
def test_the_last_day_is_that_of_the_place(zone: str) -> None:
    # 22:00 in New York is on the next day in UTC, 02:00 in Auckland on the day before.
    for clock in ("02:00", "22:00"):
        row = f"2026-03-16 {clock}", f"2026-03-16 {clock[:2]}:30"
        assert days(case(*row, "FREQ=DAILY;UNTIL=20260318", zone)) == ["16", "17", "18"]


def test_a_rule_that_is_said_to_last_for_ever_stops_with_the_period_like_one_without_end() -> None:
    for end in ("", ";UNTIL=99991231", ";UNTIL=99991231T235959", ";UNTIL=99991231T235959Z"):
        made = case("2026-03-29 09:00", "2026-03-29 10:00", f"FREQ=DAILY{end}")
        assert days(made)[:3] == ["29", "30", "31"]
    assert days(case("2026-03-29 09:00", "2026-03-29 10:00", "FREQ=DAILY")) == ["29", "30", "31"]


@pytest.mark.parametrize("until", ["2026-03-31", "31-03-2026", "20260231", "202603", "20260331T2359", "20260331T+0100"])
def test_what_is_neither_a_date_nor_an_instant_is_refused_and_not_guessed(until: str) -> None:
    with pytest.raises(ProblemError, match="rrule: has an UNTIL that is neither a date nor an instant; write a date"):
        case(*MORNINGS, f"FREQ=WEEKLY;UNTIL={until}")


# --- except ------------------------------------------------------------------------------------------------


def test_an_excepted_day_is_left_out() -> None:
    made = case(*MORNINGS, "FREQ=WEEKLY", **{"except": "2026-03-10;2026-03-24"})
    assert days(made) == ["03", "17", "31"]
    assert warned(made) == []


def test_an_excepted_day_has_been_counted() -> None:
    made = case(*MORNINGS, "FREQ=WEEKLY;COUNT=3", **{"except": "2026-03-10"})
    assert days(made) == ["03", "17"]  # 3, 10 and 17 are the three


def test_all_of_a_day_is_left_out() -> None:
    made = case("2026-03-03 09:00", "2026-03-03 10:00", "FREQ=DAILY;BYHOUR=9,13;COUNT=6", **{"except": "2026-03-04"})
    assert spans(made) == ["03 09:00 03 10:00", "03 13:00 03 14:00", "05 09:00 05 10:00", "05 13:00 05 14:00"]


def test_it_is_the_day_on_which_an_occurrence_begins_in_local_time() -> None:
    nights = "2026-03-03 22:00", "2026-03-04 02:00"
    made = case(*nights, "FREQ=DAILY;COUNT=3", **{"except": "2026-03-04"})
    assert spans(made) == ["03 22:00 04 02:00", "05 22:00 06 02:00"]
    # It goes on until the 6th, and begins on the 5th: nothing is left out.
    made = case(*nights, "FREQ=DAILY;COUNT=3", **{"except": "2026-03-06"})
    assert days(made) == ["03", "04", "05"]
    assert len(warned(made)) == 1
    # 00:30 in Amsterdam is on the day before in UTC.
    made = case("2026-03-03 00:30", "2026-03-03 01:30", "FREQ=DAILY;COUNT=3", **{"except": "2026-03-04"})
    assert days(made) == ["03", "05"]


def test_a_whole_day_is_excepted() -> None:
    assert days(case("2026-03-03", "2026-03-03", "FREQ=WEEKLY", **{"except": "2026-03-31"})) == ["03", "10", "17", "24"]


def test_an_exception_on_a_day_without_occurrence_is_told_with_its_day() -> None:
    made = case(*MORNINGS, "FREQ=WEEKLY;UNTIL=20260324", **{"except": "2026-03-10;2026-03-11;2026-03-31;2026-02-24"})
    (warning,) = warned(made)
    assert (warning.severity, warning.rows, warning.column) == ("warning", (1,), "except")
    assert warning.value == "2026-02-24;2026-03-11;2026-03-31"
    assert str(warning).endswith("names a day on which it does not recur; correct the day, or remove it")
    assert days(made) == ["03", "17", "24"]


def test_an_exception_in_another_month_is_none_to_warn_of() -> None:
    # Tuesdays since 6 January 2026, with the holidays of the year written out.
    made = case("2026-01-06 09:00", "2026-01-06 17:00", "FREQ=WEEKLY", **{"except": "2026-01-13;2026-12-29"})
    assert warned(made) == []
    assert days(made) == ["17", "24", "03", "10", "17", "24", "31"]  # 17 and 24 February lie within two weeks of it


def test_an_exception_of_a_rule_without_end_in_a_far_year_is_looked_for_within_limits() -> None:
    made = case("2026-03-03 09:00", "2026-03-03 09:10", "FREQ=HOURLY", **{"except": "2199-01-01"})
    (warning,) = warned(made)
    assert warning.value == "2199-01-01"


def test_an_exception_needs_a_rule() -> None:
    with pytest.raises(ProblemError, match="column except: is given without a recurrence"):
        case(*MORNINGS, **{"except": "2026-03-03"})


# --- ends of a row -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-03-05", "2026-03-07 12:00", "05 00:00 07 12:00"),
        ("2026-03-05 12:00", "2026-03-07", "05 12:00 08 00:00"),
        ("2026-03-05 12:00", "2026-03-05", "05 12:00 06 00:00"),
        ("2026-03-05", "2026-03-05 12:00", "05 00:00 05 12:00"),
        ("2026-03-28 12:00", "2026-03-29", "28 12:00 30 00:00"),
    ],
)
def test_each_end_of_a_row_is_read_by_itself(start: str, end: str, expected: str) -> None:
    assert spans(case(start, end)) == [expected]
    assert spans(case(start, end, "FREQ=DAILY;COUNT=1")) == [expected]


@pytest.mark.parametrize("rrule", [None, "FREQ=DAILY;COUNT=2"])
def test_an_end_before_the_start_is_refused(rrule: str | None) -> None:
    for end in ("2026-03-05 00:00", "2026-03-04"):
        with pytest.raises(ProblemError, match="column end: is not after start"):
            case("2026-03-05", end, rrule)
