"""In a workbook a seat is called by its role, as people do who never gave it an id; nothing is guessed between two."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.builders import meeting, problem, roster
from tests.tables.files import GOOD

from poolmatch import Problem, Roster, check, read, read_roster, write
from poolmatch.report import write_judged
from poolmatch.tables.seat_names import seat_meant
from poolmatch.vocabulary import TABLES

CASE = problem(
    [meeting("M1"), meeting("M2", "2026-03-06 19:30", "2026-03-06 21:30")],
    ["F1", "F2"],
    pins=[{"meeting": "M1", "seat": "lead", "facilitator": "F1"}],
    published=[{"meeting": "M1", "seat": "lead", "facilitator": "F1", "start": "2026-03-05 19:30"}],
    requirements=[{"meeting": "M1", "seat": "lead", "skill": "deep", "level": 2}],
    skills=[{"facilitator": "F1", "skill": "deep", "level": 2}],
).replace(seats=[])
TEAM = [{"meeting": "M1", "seat": "leider", "role": "co"}, {"meeting": "M1", "seat": "hoofd", "role": "lead"}]
SHEETS = {"vastgezette plaatsen": "pins", "gepubliceerd rooster": "published", "eisen": "requirements"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    write(CASE, tmp_path / "pool.xlsx", language="nl")
    return tmp_path / "pool.xlsx"


def retyped(path: Path, seat: str) -> Problem:
    """The problem with another text for the seat in all tables that name it."""
    book = openpyxl.load_workbook(path)
    for title in SHEETS:
        book[title]["B2"] = seat
    book.save(path)
    return read(path)


def seats(case: Problem) -> dict[str, Any]:
    return {table: getattr(case, table)[0].seat for table in SHEETS.values()}


def seated(made: Roster) -> set[tuple[str, str, str | None]]:
    return {(row.meeting, row.seat, row.facilitator) for row in made.rows}


def test_a_dutch_workbook_calls_the_seat_of_the_lead_as_dutch_people_do(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    assert {book[title]["B2"].value for title in SHEETS} == {"leider"}
    assert read(path) == CASE


@pytest.mark.parametrize("typed", ["leider", "Leider", " LEIDER ", "lead"])
def test_a_seat_may_be_called_as_its_role(path: Path, typed: str) -> None:
    assert seats(retyped(path, typed)) == dict.fromkeys(SHEETS.values(), "lead")


def test_the_id_of_a_seat_comes_before_the_role_of_another(tmp_path: Path) -> None:
    path = tmp_path / "pool.xlsx"
    pinned = [{"meeting": "M1", "seat": "leider", "facilitator": "F1"}]
    case = CASE.replace(seats=TEAM, pins=pinned, published=[], requirements=[])
    write(case, path, language="nl")
    assert read(path) == case


def past(*seats: str) -> list[dict[str, object]]:
    """Past work in some seats, each of a meeting of its own."""
    work = {"facilitator": "F1", "role": "lead", "start": "2026-01-05 19:00", "end": "2026-01-05 21:00"}
    return [{**work, "meeting": f"P{number}", "seat": seat} for number, seat in enumerate(seats, 1)]


def shown(path: Path) -> list[object]:
    """The cells of the column of seats of past work."""
    rows = openpyxl.load_workbook(path)["eerder werk"].values
    place = next(rows).index("plaats")
    return [row[place] for row in rows]


@pytest.mark.parametrize(
    ("named", "seats", "cells"),
    [
        ((), ("lead", "co-2"), ["leider", "co-2"]),
        ((), ("lead", "leider", "'Leider"), ["leider", "'leider", "''Leider"]),
        (("leider",), ("lead", "leider", "Leider"), ["lead", "leider", "Leider"]),
        (("lead",), ("lead", "leider"), ["lead", "'leider"]),
    ],
)
def test_a_seat_of_past_work_is_called_so_where_that_is_read_back(
    tmp_path: Path, named: tuple[str, ...], seats: tuple[str, ...], cells: list[str]
) -> None:
    path = tmp_path / "pool.xlsx"
    rows = [{"meeting": "M2", "seat": seat, "role": "lead"} for seat in named]
    case = CASE.replace(history=past(*seats), seats=rows)
    write(case, path, language="nl")
    assert shown(path) == cells
    assert read(path) == case
    write(case, tmp_path / "english.xlsx")
    assert read(tmp_path / "english.xlsx") == case


def test_what_people_type_for_a_seat_of_past_work_is_read(tmp_path: Path) -> None:
    path = tmp_path / "pool.xlsx"
    case = CASE.replace(history=past("lead"), seats=[{"meeting": "M2", "seat": "lead", "role": "lead"}])
    write(case, path, language="nl")
    book = openpyxl.load_workbook(path)
    for cell in next(column for column in book["eerder werk"].columns if column[0].value == "plaats")[1:]:
        cell.value = " Leider"
    book.save(path)
    assert read(path) == case


def test_dutch_files_call_seats_so_too(tmp_path: Path) -> None:
    """Those that a program for spreadsheets saves from the sheets of a workbook."""
    texts = dict(GOOD) | {
        "seats": "",
        "history": "meeting,facilitator,role,seat,hours\nP1,F1,lead,leider,2\nP2,F1,lead,'leider,2\n",
        "pins": "meeting,seat,facilitator\nM1,leider,F1\n",
    }
    for name, text in texts.items():
        if text:
            (tmp_path / f"{TABLES[name].nl}.csv").write_text(text, "utf-8")
    case = read(tmp_path)
    assert [row.seat for row in case.pins] == ["lead"]
    assert [row.seat for row in case.history] == ["lead", "leider"]


def test_what_two_seats_are_called_is_neither() -> None:
    assert seat_meant("leider", {"first": "lead", "second": "lead"}) == "leider"
    assert seat_meant("verslaglegger", {"first": "lead", "second": "scribe"}) == "second"
    assert seat_meant("observer", {"first": "observer", "second": None}) == "first"


def test_the_roster_to_edit_calls_it_so_too_and_is_read_back(tmp_path: Path) -> None:
    path, made = tmp_path / "roster.xlsx", roster({"M1": "F1", "M2": "F2"})
    write_judged(check(CASE, made), path, "nl")
    sheet = openpyxl.load_workbook(path)["rooster"]
    place = [cell.value for cell in sheet[1]].index("plaats")
    assert [sheet[line][place].value for line in (2, 3)] == ["leider", "leider"]
    assert seated(read_roster(path, CASE)) == seated(made)


def test_the_roster_calls_a_seat_by_its_id_where_another_is_called_as_the_role(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    team = [{"meeting": "M1", "seat": "leider", "role": "co"}, {"meeting": "M1", "seat": "lead", "role": "lead"}]
    case = CASE.replace(seats=team, pins=[], published=[], requirements=[])
    made = roster({("M1", "lead"): "F1", ("M1", "leider"): "F2", ("M2", "lead"): "F2"})
    write_judged(check(case, made), path, "nl")
    assert seated(read_roster(path, case)) == seated(made)
