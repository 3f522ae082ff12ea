"""Rule `available`: out where setup, meeting and wrap-up do not lie wholly inside availability and membership."""

from typing import Any

import pytest
from tests.builders import Cells, facilitator, meeting, out, problem, roster

from poolmatch import STANDARD_RULES, Problem, check
from poolmatch.arrays import Arrays
from poolmatch.eligibility import eligibility

IN: set[str] = set()
OUT = {"available"}


def times(*rows: tuple[str, str, str] | tuple[str, str, str, str], **of_meeting: Any) -> Problem:
    """Return a problem with one meeting (5 March 14:00 to 16:00 by default) and rows of kind, start, end and rrule."""
    cells: Cells = {"start": "2026-03-05 14:00", "end": "2026-03-05 16:00"} | of_meeting
    columns = ("kind", "start", "end", "rrule")
    availability = [{"facilitator": "F1", **dict(zip(columns, row, strict=False))} for row in rows]
    return problem([meeting(**cells)], availability=availability)


def day(clock: str) -> str:
    return f"2026-03-05 {clock}"


def test_without_rows_always() -> None:
    assert out(times()) == IN


def test_wishes_are_no_limits() -> None:
    assert out(times(("prefer", "2026-03-10", "2026-03-10"))) == IN
    assert out(times(("avoid", "2026-03-05", "2026-03-05"))) == IN
    assert out(times(("prefer", "2026-03-05", "2026-03-05"), ("unavailable", "2026-03-05", "2026-03-05"))) == OUT


# --- windows -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("opens", "closes", "expected"),
    [
        ("14:00", "16:00", IN),
        ("13:00", "17:00", IN),
        ("14:01", "16:00", OUT),
        ("14:00", "15:59", OUT),
        ("14:00:01", "17:00", OUT),
        ("13:00", "15:59:59", OUT),
        ("08:00", "14:00", OUT),
        ("16:00", "20:00", OUT),
        ("14:30", "15:30", OUT),
    ],
)
def test_the_meeting_lies_inside_a_window(opens: str, closes: str, expected: set[str]) -> None:
    assert out(times(("available", day(opens), day(closes)))) == expected


def test_one_window_elsewhere_rules_out_everything_else() -> None:
    assert out(times(("available", "2026-03-10 08:00", "2026-03-10 18:00"))) == OUT


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (("13:00", "15:00"), ("15:00", "17:00"), IN),  # they touch in the middle of the meeting
        (("13:00", "15:30"), ("14:30", "17:00"), IN),  # they overlap
        (("13:00", "15:00"), ("15:01", "17:00"), OUT),  # a minute between them
        (("13:00", "17:00"), ("14:30", "15:00"), IN),  # one inside the other
        (("08:00", "10:00"), ("13:00", "17:00"), IN),  # the other is far away
    ],
)
def test_windows_add_up(first: tuple[str, str], second: tuple[str, str], expected: set[str]) -> None:
    rows = [("available", day(a), day(b)) for a, b in (first, second)]
    assert out(times(*rows)) == expected
    assert out(times(*rows[::-1])) == expected


# --- absence -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("opens", "closes", "expected"),
    [
        ("12:00", "14:00", IN),  # touches the start
        ("16:00", "18:00", IN),  # touches the end
        ("12:00", "14:00:01", OUT),
        ("15:59:59", "18:00", OUT),
        ("14:30", "15:00", OUT),  # in the middle
        ("08:00", "20:00", OUT),  # around it
        ("14:00", "16:00", OUT),
    ],
)
@pytest.mark.parametrize("windows", [(), (("available", "2026-03-05", "2026-03-05"),)])
def test_absence_subtracts(
    windows: tuple[tuple[str, str, str], ...], opens: str, closes: str, expected: set[str]
) -> None:
    assert out(times(*windows, ("unavailable", day(opens), day(closes)))) == expected
    assert out(times(("unavailable", day(opens), day(closes)), *windows)) == expected


def test_several_absences_leave_what_lies_between() -> None:
    rows = [("unavailable", day("08:00"), day("14:00")), ("unavailable", day("16:00"), day("23:00"))]
    assert out(times(*rows)) == IN
    assert out(times(*rows, ("available", day("09:00"), day("22:00")))) == IN
    assert out(times(*rows, ("unavailable", day("13:00"), day("14:30")))) == OUT


def test_absence_that_covers_every_window_leaves_nothing() -> None:
    assert out(times(("available", day("14:00"), day("16:00")), ("unavailable", day("13:00"), day("17:00")))) == OUT


# --- setup and wrap-up -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("opens", "closes", "expected"),
    [("13:30", "16:15", IN), ("13:31", "16:15", OUT), ("13:30", "16:14", OUT), ("14:00", "16:00", OUT)],
)
def test_setup_and_wrap_up_are_inside_too(opens: str, closes: str, expected: set[str]) -> None:
    # 30 minutes before 14:00 is 13:30; 15 minutes after 16:00 is 16:15.
    case = times(("available", day(opens), day(closes)), setup_minutes=30, wrapup_minutes=15)
    assert out(case) == expected


@pytest.mark.parametrize(
    ("opens", "closes", "expected"),
    [("12:00", "13:30", IN), ("12:00", "13:31", OUT), ("16:15", "18:00", IN), ("16:14", "18:00", OUT)],
)
def test_absence_during_setup_or_wrap_up_puts_out(opens: str, closes: str, expected: set[str]) -> None:
    case = times(("unavailable", day(opens), day(closes)), setup_minutes=30, wrapup_minutes=15)
    assert out(case) == expected


# --- whole days --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2026-03-05", "2026-03-05", IN),
        ("2026-03-01", "2026-03-05", IN),
        ("2026-03-05", "2026-03-31", IN),
        ("2026-03-01", "2026-03-04", OUT),
        ("2026-03-06", "2026-03-31", OUT),
    ],
)
def test_bare_dates_are_whole_days_the_last_included(first: str, last: str, expected: set[str]) -> None:
    assert out(times(("available", first, last))) == expected
    assert out(times(("unavailable", first, last))) == (OUT if expected == IN else IN)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-03-05 00:00", "2026-03-05 02:00", IN),  # 4 March 23:00 in UTC
        ("2026-03-05 22:00", "2026-03-06 00:00", IN),
        ("2026-03-04 23:59", "2026-03-05 02:00", OUT),
        ("2026-03-05 22:00", "2026-03-06 00:01", OUT),
    ],
)
def test_a_day_runs_from_midnight_to_midnight_local(start: str, end: str, expected: set[str]) -> None:
    assert out(times(("available", "2026-03-05", "2026-03-05"), start=start, end=end)) == expected


def test_days_that_follow_one_another_join_at_midnight() -> None:
    night = {"start": "2026-03-05 22:00", "end": "2026-03-06 02:00"}
    rows = [("available", "2026-03-05", "2026-03-05"), ("available", "2026-03-06", "2026-03-06")]
    assert out(times(*rows, **night)) == IN
    assert out(times(rows[0], ("available", "2026-03-07", "2026-03-07"), **night)) == OUT


# --- after the period --------------------------------------------------------------------------------------

LAST_NIGHT = {"start": "2026-03-31 22:00", "end": "2026-04-01 01:00"}


def test_absence_on_the_first_day_after_the_period_counts_for_a_meeting_that_runs_into_it() -> None:
    assert out(times(("unavailable", "2026-04-01", "2026-04-01"), **LAST_NIGHT)) == OUT
    assert out(times(("unavailable", "2026-04-02", "2026-04-02"), **LAST_NIGHT)) == IN
    assert out(times(("available", "2026-03-31", "2026-03-31"), **LAST_NIGHT)) == OUT
    assert out(times(("available", "2026-03-31", "2026-04-01"), **LAST_NIGHT)) == IN


def test_a_rule_without_end_stops_at_the_end_of_the_period_and_one_with_an_end_does_not() -> None:
    # 1 April 2026 is a Wednesday, 4 March the first Wednesday of the period.
    first = ("unavailable", "2026-03-04", "2026-03-04")
    assert out(times((*first, "FREQ=WEEKLY"), **LAST_NIGHT)) == IN
    assert out(times((*first, "FREQ=WEEKLY;UNTIL=20260401T215900Z"), **LAST_NIGHT)) == OUT
    assert out(times((*first, "FREQ=WEEKLY;COUNT=5"), **LAST_NIGHT)) == OUT  # 4, 11, 18, 25 March, 1 April
    assert out(times((*first, "FREQ=WEEKLY;COUNT=4"), **LAST_NIGHT)) == IN


def test_the_setup_may_begin_before_the_period() -> None:
    case = {"start": "2026-03-01 00:30", "end": "2026-03-01 02:00", "setup_minutes": 60}
    assert out(times(("unavailable", "2026-02-28", "2026-02-28"), **case)) == OUT
    assert out(times(("unavailable", "2026-02-28 20:00", "2026-02-28 23:30"), **case)) == IN
    # Every Saturday since 3 January; 28 February is one.
    assert out(times(("unavailable", "2026-01-03", "2026-01-03", "FREQ=WEEKLY"), **case)) == OUT


# --- recurrence --------------------------------------------------------------------------------------------

# Every Sunday from 1 March, 09:00 to 12:00 by the clock: 08:00 UTC until 22 March, 07:00 UTC on 29 March.
SUNDAYS = ("available", "2026-03-01 09:00", "2026-03-01 12:00", "FREQ=WEEKLY;BYDAY=SU")


@pytest.mark.parametrize("date", ["2026-03-01", "2026-03-08", "2026-03-22", "2026-03-29"])
@pytest.mark.parametrize(
    ("opens", "closes", "expected"), [("09:00", "12:00", IN), ("08:59", "12:00", OUT), ("09:00", "12:01", OUT)]
)
def test_a_weekly_window_follows_the_clock_across_the_change(
    date: str, opens: str, closes: str, expected: set[str]
) -> None:
    assert out(times(SUNDAYS, start=f"{date} {opens}", end=f"{date} {closes}")) == expected


def test_a_weekly_window_is_shut_on_other_days() -> None:
    assert out(times(SUNDAYS, start="2026-03-02 09:00", end="2026-03-02 12:00")) == OUT


def test_a_rule_that_began_last_year_still_holds() -> None:
    # Fridays since 3 January 2025; 6 March 2026 is a Friday, 5 March is not.
    fridays = ("unavailable", "2025-01-03", "2025-01-03", "FREQ=WEEKLY;BYDAY=FR")
    assert out(times(fridays, start="2026-03-06 14:00", end="2026-03-06 16:00")) == OUT
    assert out(times(fridays)) == IN


def test_every_second_week() -> None:
    # Thursdays 5 and 19 March, not the 12th.
    row = ("unavailable", day("13:00"), day("17:00"), "FREQ=WEEKLY;INTERVAL=2")
    found = [out(times(row, start=f"2026-03-{n} 14:00", end=f"2026-03-{n} 16:00")) for n in ("05", "12", "19")]
    assert found == [OUT, IN, OUT]


@pytest.mark.parametrize(("until", "expected"), [("20260305T130000Z", OUT), ("20260305T110000Z", IN)])
def test_until_is_the_last_start(until: str, expected: set[str]) -> None:
    # Daily from 1 March 13:00 in Amsterdam, 12:00 UTC. On the 5th it starts at 12:00 UTC.
    row = ("unavailable", "2026-03-01 13:00", "2026-03-01 17:00", f"FREQ=DAILY;UNTIL={until}")
    assert out(times(row)) == expected


def test_a_recurring_whole_day_is_23_hours_on_the_day_of_the_clock_change() -> None:
    sundays = ("available", "2026-03-01", "2026-03-01", "FREQ=WEEKLY")
    assert out(times(sundays, start="2026-03-29 00:00", end="2026-03-30 00:00")) == IN
    assert out(times(sundays, start="2026-03-29 00:00", end="2026-03-30 00:30")) == OUT
    assert out(times(sundays, start="2026-03-28 23:30", end="2026-03-29 12:00")) == OUT


def test_a_rule_that_never_occurs_leaves_no_window() -> None:
    assert out(times(("available", day("13:00"), day("17:00"), "FREQ=DAILY;UNTIL=20260301T000000Z"))) == OUT


def test_one_recurrence_in_two_periods_and_two_time_zones() -> None:
    # Thursdays 18:00 to 20:00 from 5 March: 17:00 UTC in Amsterdam, 23:00 UTC in New York.
    cells = {"facilitator": "F1", "kind": "available", "start": "2026-03-05 18:00", "end": "2026-03-05 20:00"}

    def starts(zone: str, last: str = "2026-03-19") -> list[str]:
        period = {"name": "p", "start": "2026-03-01", "end": last, "timezone": zone}
        case = problem([], availability=[{**cells, "rrule": "FREQ=WEEKLY"}], period=period)
        return [f"{start:%d %H:%M}" for row in case.availability for start, _ in row.spans(case.period)]

    for _ in range(2):
        assert starts("Europe/Amsterdam") == ["05 17:00", "12 17:00", "19 17:00"]
        assert starts("Europe/Amsterdam", "2026-03-14") == ["05 17:00", "12 17:00"]
        assert starts("America/New_York") == ["05 23:00", "12 22:00", "19 22:00"]  # the clock moves on 8 March there


# --- membership of the pool --------------------------------------------------------------------------------


def belonging(joined: str | None, left: str | None, *rows: Cells, **of_meeting: Any) -> Problem:
    """Return a problem with one meeting, 5 March 14:00 to 16:00 by default, and F1 in the pool between two days."""
    cells: Cells = {"start": "2026-03-05 14:00", "end": "2026-03-05 16:00"} | of_meeting
    return problem([meeting(**cells)], [facilitator(joined=joined, left=left)], availability=rows)


@pytest.mark.parametrize(
    ("joined", "left", "expected"),
    [
        ("2026-03-05", None, IN),
        ("2026-03-06", None, OUT),
        (None, "2026-03-05", IN),
        (None, "2026-03-04", OUT),
        ("2026-03-05", "2026-03-05", IN),
        ("2026-03-01", "2026-03-31", IN),
        ("2026-04-01", None, OUT),
        (None, "2026-02-28", OUT),
    ],
)
def test_the_first_and_the_last_day_in_the_pool_are_included(
    joined: str | None, left: str | None, expected: set[str]
) -> None:
    assert out(belonging(joined, left)) == expected


def test_setup_and_wrap_up_are_inside_the_membership_too() -> None:
    early = {"start": "2026-03-05 00:30", "end": "2026-03-05 02:00"}
    assert out(belonging("2026-03-05", None, **early, setup_minutes=30)) == IN
    assert out(belonging("2026-03-05", None, **early, setup_minutes=31)) == OUT
    late = {"start": "2026-03-05 22:00", "end": "2026-03-05 23:30"}
    assert out(belonging(None, "2026-03-05", **late, wrapup_minutes=30)) == IN
    assert out(belonging(None, "2026-03-05", **late, wrapup_minutes=31)) == OUT


def test_availability_and_membership_both_hold() -> None:
    window = {"facilitator": "F1", "kind": "available", "start": "2026-03-05 13:00", "end": "2026-03-05 17:00"}
    gone = {"facilitator": "F1", "kind": "unavailable", "start": "2026-03-05 15:00", "end": "2026-03-05 17:00"}
    assert out(belonging("2026-03-05", "2026-03-05", window)) == IN
    assert out(belonging("2026-03-06", None, window)) == OUT
    assert out(belonging("2026-03-05", None, window, gone)) == OUT
    assert out(belonging("2026-03-05", None, gone)) == OUT
    assert out(belonging("2026-03-05", None, {**gone, "start": "2026-03-05 16:00"})) == IN


@pytest.mark.parametrize(
    ("joined", "left", "expected"),
    [
        ("2026-03-31", None, IN),
        ("2026-04-01", None, OUT),
        (None, "2026-03-01", IN),
        (None, "2026-02-28", OUT),
        ("2026-03-10", "2026-03-10", IN),
    ],
)
def test_a_duty_asks_for_one_day_of_the_period(joined: str | None, left: str | None, expected: set[str]) -> None:
    away = {"facilitator": "F1", "start": "2026-03-01", "end": "2026-03-31", "kind": "unavailable"}
    duties = [{"duty": "D1", "kind": "coaching", "hours": 2}]
    for rows in ([], [away]):  # being away matters to no duty
        case = problem([], [facilitator(joined=joined, left=left)], duties=duties, availability=rows)
        assert out(case, where="D1", seat="coaching") == expected


def test_of_a_flexible_meeting_each_slot_is_judged_by_itself() -> None:
    slots = [{"meeting": "M1", "start": f"2026-03-{n} 10:00", "end": f"2026-03-{n} 12:00"} for n in ("05", "12")]
    found = {}
    for left in ("2026-03-04", "2026-03-05", "2026-03-12"):
        case = problem([{"meeting": "M1"}], [facilitator(left=left)], slots=slots)
        world = Arrays(case)
        there = eligibility(world, STANDARD_RULES).candidates
        found[left] = sorted(case.period.local_day(case.slots[k].start).day for k in there.occasion.tolist())
    assert found == {"2026-03-04": [], "2026-03-05": [5], "2026-03-12": [5, 12]}


def test_the_words_tell_membership_from_availability() -> None:
    def words(case: Problem) -> tuple[str, str]:
        (finding,) = check(case, roster({"M1": "F1"})).by_rule["available"]
        return finding.words.en, finding.words.nl

    en, nl = words(belonging(None, "2026-03-04"))
    assert en.endswith("F1 is not in the pool then.")
    assert nl.endswith("F1 zit dan niet in de pool.")
    en, nl = words(times(("unavailable", "2026-03-05", "2026-03-05")))
    assert en.endswith("F1 is not available throughout.")
    assert nl.endswith("F1 is niet de hele tijd beschikbaar.")
