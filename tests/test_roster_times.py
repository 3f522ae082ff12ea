"""A roster tells local times, wherever it comes from; a problem and its documents keep UTC."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.builders import meeting, problem

from poolmatch import Problem, Roster, check, solve
from poolmatch.domain.roster import RosterRow
from poolmatch.tables import read_roster, write_roster


def night(start: str, end: str, month: int = 3) -> Problem:
    """Return a problem of a month with one meeting."""
    last = (date(2026, month, 28) + timedelta(days=5)).replace(day=1) - timedelta(days=1)
    period = {"name": "month", "start": f"2026-{month:02}-01", "end": str(last), "timezone": "Europe/Amsterdam"}
    return problem([meeting("M1", start, end)], period=period)


@pytest.mark.parametrize(
    ("start", "end", "month", "day", "offset"),
    [
        ("2026-03-06 00:30", "2026-03-06 01:30", 3, 6, 1),  # on the 5th in UTC
        ("2026-03-05 23:30", "2026-03-05 23:45", 3, 5, 1),
        ("2026-03-31 01:30", "2026-03-31 03:00", 3, 31, 2),  # on the 30th in UTC
        ("2026-10-25 02:30+02:00", "2026-10-25 02:45+02:00", 10, 25, 2),  # the first half past two of that night
        ("2026-10-25 02:30+01:00", "2026-10-25 02:45+01:00", 10, 25, 1),  # and the second
    ],
)
def test_a_roster_tells_local_times(start: str, end: str, month: int, day: int, offset: int, tmp_path: Path) -> None:
    case = night(start, end, month)
    instant = case.meetings[0].start
    made = solve(case, time_limit=1, workers=1).roster
    write_roster(made, tmp_path / "roster.csv", case)
    for told in (
        made,
        check(case, made).roster,
        check(case, Roster(rows=(RosterRow(meeting="M1", seat="lead", facilitator="F1"),))).roster,
        Roster.of(case, {("M1", "lead"): "F1"}),
        read_roster(tmp_path / "roster.csv", case),
        Roster.from_frame(made.to_frame(case), case),
        made.with_holder("M1", "lead", None).with_holder("M1", "lead", "F1"),
        pickle.loads(pickle.dumps(made)),
    ):
        (row,) = told.rows
        assert row.start is not None
        assert row.end is not None
        assert (row.start.date(), row.start.utcoffset()) == (date(2026, month, day), timedelta(hours=offset))
        assert f"{row.start:%H:%M}" == start[11:16]
        assert f"{row.end:%H:%M}" == end[11:16]
        assert row.start == instant  # the same moment, though the problem keeps it in UTC
        assert check(case, told).legal
    assert instant is not None
    assert case.period.local_time(instant) == instant
    assert case.period.local_time(instant).date() == case.period.local_day(instant)


def test_a_slot_that_is_chosen_by_hand_is_told_in_local_time() -> None:
    slots = [{"meeting": "M1", "start": f"2026-03-0{day} 00:30", "end": f"2026-03-0{day} 02:00"} for day in (5, 6)]
    case = problem([{"meeting": "M1"}], slots=slots)
    chosen = Roster.of(case, {}).with_holder("M1", "lead", "F1", case.slots[1].start)
    assert chosen.rows[0].start is not None
    assert chosen.rows[0].start.date() == date(2026, 3, 6)
    assert Roster.of(case, {("M1", "lead"): "F1"}, {"M1": case.slots[1].start}).rows[0].start == chosen.rows[0].start
    assert check(case, chosen).legal


def test_the_times_of_a_problem_stay_in_utc_and_so_do_its_documents() -> None:
    case = night("2026-03-06 00:30", "2026-03-06 01:30")
    assert case.meetings[0].start == datetime(2026, 3, 5, 23, 30, tzinfo=UTC)
    assert case.meetings[0].start.utcoffset() == timedelta(0)
    assert '"start":"2026-03-05T23:30:00Z"' in case.to_json().replace(" ", "")


def test_a_roster_comes_back_from_json_as_the_same_roster() -> None:
    case = night("2026-10-25 02:30+01:00", "2026-10-25 02:45+01:00", 10)
    made = Roster.of(case, {("M1", "lead"): "F1"})
    assert '"start":"2026-10-25T01:30:00Z"' in made.model_dump_json()
    assert Roster.model_validate_json(made.model_dump_json()) == made
