"""A roster as a table: what is read, and what is said of each row."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from poolmatch.checking import check
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Roster, RosterRow
from poolmatch.errors import ProblemError
from poolmatch.tables import read, read_roster, roster_from_frame, roster_to_frame, write, write_roster

START = datetime(2026, 3, 10, 18, 30, tzinfo=UTC)


@pytest.fixture
def roster(problem: Problem) -> Roster:
    return Roster.of(problem, {("M1", "lead"): "F1"})


def said(text: str, problem: Problem, folder: Path) -> str:
    path = folder / "roster.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProblemError) as caught:
        read_roster(path, problem)
    return str(caught.value)


def test_times_are_written_as_local_time(roster: Roster, problem: Problem, tmp_path: Path) -> None:
    write_roster(roster, tmp_path / "roster.csv", problem)
    assert (tmp_path / "roster.csv").read_text(encoding="utf-8").splitlines() == [
        "meeting,seat,role,facilitator,start,end,degree,disclosure",
        "M1,lead,lead,F1,2026-03-10 19:30,2026-03-10 21:30,,",
        "M2,lead,lead,,2026-03-12 14:00,2026-03-12 16:00,,",
    ]


def test_only_meeting_and_seat_are_required(problem: Problem, tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("seat,meeting,facilitator\nlead,M1,F1\n")
    roster = read_roster(tmp_path / "roster.csv", problem)
    assert roster.holder("M1", "lead") == "F1"


def test_all_issues_of_all_rows(problem: Problem, tmp_path: Path) -> None:
    text = (
        "meeting,seat,role,start,degree\nM1,lead,leader,2026-03-10,neutral\nM2,,lead,2026-03-29 02:30,free\n"
        "M2,lead,co,x,y,z\n"
    )
    assert said(text, problem, tmp_path) == (
        "6 problems in the input\n"
        '  roster, column role (line 2): is not a word this column knows; did you mean "lead"? '
        "write one of: lead, co, trainee, observer, scribe, mentor\n"
        "  roster, column start (line 2): is not a date with a time; "
        "write it as YYYY-MM-DD HH:MM, such as 2026-03-29 19:30\n"
        "  roster, column degree (line 3): is not a word this column knows; "
        "write one of: neutral, avoid, disclose, waivable, blocked\n"
        "  roster, column seat (line 3): is required and blank; fill it in\n"
        "  roster, column start (line 3): is a clock time that does not exist that day, "
        "because the clock is moved forward; correct the time\n"
        "  roster (line 4): has a cell without a heading; give the column a heading; "
        "in CSV, put text that holds the separator in double quotes"
    )


ONE_GO = {
    "M1,hoofd,lead,F1,2026-03-10 19:30,2026-03-10 21:30,": {("seat", 1)},
    "M9,lead,lead,F1,,,": {("meeting", 2)},
    "M2,lead,leader,F9,gisteren,2026-03-12 17:00,": {("role", 3), ("facilitator", 3), ("start", 3)},
    ",lead,lead,F8,,,": {("meeting", 4), ("facilitator", 4)},
    "M2,,lead,F1,,,": {("seat", 5)},
    "M2,lead,co,F1,,,misschien": {("role", 6), ("degree", 6)},
    "M2,lead,lead,F1,2026-03-12 14:00,straks,": {("end", 7)},
    "M2,lead,lead,F1,2026-03-12 16:00,2026-03-12 14:00,": {("start", 8)},
}
"""Rows with what is to be said of each: of cells that cannot be read, and of those that name what there is not."""


def test_cells_that_are_wrong_and_what_does_not_fit_are_told_in_one_go(problem: Problem, tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text("\n".join(["meeting,seat,role,facilitator,start,end,degree", *ONE_GO]), "utf-8")
    with pytest.raises(ProblemError) as caught:
        read_roster(path, problem)
    told = [(issue.column, row) for issue in caught.value.issues for row in issue.rows]
    assert sorted(told) == sorted(place for places in ONE_GO.values() for place in places)
    assert all(issue.remedy and issue.where for issue in caught.value.issues)


def test_without_a_column_that_is_required_the_others_are_held_against_the_problem(
    problem: Problem, tmp_path: Path
) -> None:
    told = said("meeting,facilitator\nM1,F1\nM7,F1\nM2,F6\n", problem, tmp_path)
    assert told.count("\n") == 3
    for part in ("column seat", "column meeting (line 3)", "column facilitator (line 4)"):
        assert part in told


def test_in_a_workbook_they_are_told_at_their_cells_with_who_was_meant(problem: Problem, tmp_path: Path) -> None:
    write_roster(Roster.of(problem, {("M1", "lead"): "F1", ("M2", "lead"): "F2"}), tmp_path / "roster.xlsx", problem)
    book = openpyxl.load_workbook(tmp_path / "roster.xlsx")
    places = {cell.value: number for number, cell in enumerate(book["roster"][1], 1)}
    book["roster"].cell(2, places["facilitator"], "Annna")
    book["roster"].cell(2, places["meeting"], "Pleim")
    book["roster"].cell(3, places["facilitator"], "Xantippe")
    book["roster"].cell(3, places["start"], "gisteren")
    book.save(tmp_path / "roster.xlsx")
    with pytest.raises(ProblemError) as caught:
        read_roster(tmp_path / "roster.xlsx", problem)
    told = {issue.cells: issue.remedy for issue in caught.value.issues}
    assert told == {
        ("roster!A2",): 'did you mean "M1"? correct the id',
        ("roster!D2",): 'did you mean "F1"? correct the id',
        ("roster!D3",): "correct the id",
        ("roster!E3",): "write it as YYYY-MM-DD HH:MM, such as 2026-03-29 19:30",
    }


def test_what_a_rule_asks_of_the_problem_and_what_does_not_fit_are_told_in_one_go(problem: Problem) -> None:
    struck = problem.replace(stakes=[])
    held = Roster(rows=(RosterRow(meeting="M1", seat="lead", facilitator="F9"),))
    with pytest.raises(ProblemError) as caught:
        check(struck, held)
    assert {issue.table for issue in caught.value.issues} == {"meetings", "roster"}


def test_rows_are_not_held_against_the_problem(problem: Problem, tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("meeting,seat,facilitator\nM9,lead,F9\n")
    assert read_roster(tmp_path / "roster.csv", problem).holder("M9", "lead") == "F9"


def test_what_is_doubtful_goes_to_the_log(problem: Problem, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "roster.csv").write_text("meeting;seat;phone;notes\nM1;lead;12;\n")
    with caplog.at_level(logging.WARNING, "poolmatch.tables.roster"):
        roster = read_roster(tmp_path / "roster.csv", problem)
    assert roster.holder("M1", "lead") is None
    assert caplog.messages == [
        "roster: is separated by a semicolon; nothing to do",
        "roster, column phone: is not a column of this table; its content is not used",
    ]


def test_30_a_misspelt_column_is_an_error(problem: Problem, tmp_path: Path) -> None:
    assert said("meeting,seat,facilitater\nM1,lead,F1\n", problem, tmp_path) == (
        "1 problem in the input\n"
        '  roster, column facilitater: is not a column of this table; did you mean "facilitator"? '
        "rename it, or remove it"
    )


def test_a_workbook_may_hold_more_than_the_roster(roster: Roster, problem: Problem, tmp_path: Path) -> None:
    write_roster(roster, tmp_path / "roster.xlsx", problem)
    book = openpyxl.load_workbook(tmp_path / "roster.xlsx")
    book.create_sheet("notes", 0)
    book.save(tmp_path / "roster.xlsx")
    assert read_roster(tmp_path / "roster.xlsx", problem) == roster


def test_a_workbook_without_the_roster(problem: Problem, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "rosters"
    book.save(tmp_path / "roster.xlsx")
    with pytest.raises(ProblemError) as caught:
        read_roster(tmp_path / "roster.xlsx", problem)
    assert str(caught.value) == (
        '1 problem in the input\n  roster: is required and missing; did you mean "rosters"? call the sheet roster'
    )


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("nowhere.csv", "nowhere.csv: is missing; check its name, its place and your rights to it"),
        ("good", "good: is a folder; name the file of the roster"),
        (
            "roster.txt",
            "roster.txt: has a form that is not known; give a file that ends in .csv, .xlsx or .parquet",
        ),
    ],
)
def test_other_paths(name: str, says: str, problem: Problem, tmp_path: Path) -> None:
    (tmp_path / "roster.txt").write_text("meeting,seat\n")
    with pytest.raises(ProblemError) as caught:
        read_roster(tmp_path / name, problem)
    assert str(caught.value) == f"1 problem in the input\n  {says}"


def test_it_can_be_fed_in_as_published(roster: Roster, problem: Problem, tmp_path: Path) -> None:
    write(problem, tmp_path / "out")
    frame = roster_to_frame(roster, problem)
    frame = frame[["meeting", "seat", "facilitator", "start"]].rename(columns={"start": "slot_start"})
    frame.to_csv(tmp_path / "out" / "published.csv", index=False)
    published = read(tmp_path / "out").published
    assert [(row.meeting, row.seat, row.facilitator) for row in published] == [
        ("M1", "lead", "F1"),
        ("M2", "lead", None),
    ]
    assert published[0].slot_start == START


# --- frames ----------------------------------------------------------------------------------------------


def test_a_frame_shows_local_time_or_utc(roster: Roster, problem: Problem) -> None:
    assert str(roster_to_frame(roster, problem).loc[0, "start"]) == "2026-03-10 19:30:00+01:00"
    assert str(roster_to_frame(roster).loc[0, "start"]) == "2026-03-10 18:30:00+00:00"


def test_naive_times_in_a_frame_need_the_problem(problem: Problem) -> None:
    frame = pd.DataFrame({"meeting": ["M1"], "seat": ["lead"], "start": [pd.Timestamp("2026-03-10 19:30")]})
    assert roster_from_frame(frame, problem).rows[0].start == START
    with pytest.raises(ProblemError) as caught:
        roster_from_frame(frame)
    assert str(caught.value) == (
        "1 problem in the input\n  roster, row 1, column start: has no offset, "
        "and the time zone of the period is not known; add the offset, such as +01:00"
    )
