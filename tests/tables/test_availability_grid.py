"""The grid of half-days: marks become rows of availability, with rows that were worked out by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest

from poolmatch.domain.assembly import TABLES
from poolmatch.domain.half_days import HALF_DAYS
from poolmatch.domain.problem import Problem
from poolmatch.messages import files
from poolmatch.tables import read
from poolmatch.tables.availability_grid import contradictions, half_day, pieces_of, take_availability_grid
from poolmatch.tables.form import Content, Marks
from poolmatch.tables.form_writing import write_form
from poolmatch.tables.grid import Line, Padded
from poolmatch.tables.naming import word_called
from poolmatch.tables.notation import Notation
from poolmatch.tables.reading import Reading
from poolmatch.vocabulary.half_days import HALF_DAYS as CALLED
from poolmatch.vocabulary.half_days import MARKS, MEANINGS, SPELLINGS

Cells = list[object]
TITLE = "wie kan wanneer"
DAYS: Cells = [None, date(2026, 3, 6), None, None, date(2026, 3, 7), None, None]
HALVES: Cells = ["begeleiders", *"omaoma"]


def taken(*people: Cells, head: Cells = DAYS) -> Reading:
    """Return what is read from a grid: two lines of text, days, half-days, and people."""
    reading = Reading()
    cells: list[Cells] = [["Wie kan wanneer"], [None], [None], [None], head, HALVES, *people]
    take_availability_grid(reading, iter(Line(n, line) for n, line in enumerate(cells, 1)), Notation(), TITLE)
    return reading


def rows(reading: Reading) -> list[tuple[object, ...]]:
    return [tuple(row.values()) for row in reading.tables.get("availability", [])]


def told(reading: Reading) -> list[tuple[str, str]]:
    return [(issue.code, str(issue.where)) for issue in reading.issues]


def row(who: object, marks: str) -> Cells:
    """Return a line of the grid; a dot is a blank."""
    return [who, *(None if mark == "." else mark for mark in marks)]


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ("......", []),
        ("x.....", [("2026-03-06 00:00", "2026-03-06 12:30", "unavailable")]),
        (".x....", [("2026-03-06 12:30", "2026-03-06 18:00", "unavailable")]),
        ("..x...", [("2026-03-06 18:00", "2026-03-07 00:00", "unavailable")]),
        ("xx....", [("2026-03-06 00:00", "2026-03-06 18:00", "unavailable")]),
        ("xxx...", [("2026-03-06", "2026-03-06", "unavailable")]),
        ("xxxxxx", [("2026-03-06", "2026-03-07", "unavailable")]),
        (
            "..xxxx",
            [("2026-03-06 18:00", "2026-03-07 00:00", "unavailable"), ("2026-03-07", "2026-03-07", "unavailable")],
        ),
        ("..xx..", [("2026-03-06 18:00", "2026-03-07 12:30", "unavailable")]),
        (
            "g.l...",
            [("2026-03-06 00:00", "2026-03-06 12:30", "prefer"), ("2026-03-06 18:00", "2026-03-07 00:00", "avoid")],
        ),
        (
            "gvl.xg",  # one v: only where a mark says so
            [
                ("2026-03-06", "2026-03-06", "available"),
                ("2026-03-07 18:00", "2026-03-08 00:00", "available"),
                ("2026-03-07 12:30", "2026-03-07 18:00", "unavailable"),
                ("2026-03-06 00:00", "2026-03-06 12:30", "prefer"),
                ("2026-03-07 18:00", "2026-03-08 00:00", "prefer"),
                ("2026-03-06 18:00", "2026-03-07 00:00", "avoid"),
            ],
        ),
    ],
)
def test_marks_become_rows(marks: str, expected: list[tuple[str, str, str]]) -> None:
    reading = taken(row("F1", marks))
    assert rows(reading) == [("F1", *cells) for cells in expected]
    assert told(reading) == []


def test_a_number_is_the_id_that_is_shown_as_in_the_tables() -> None:
    reading = taken([7, "x"], [Padded("007"), "x"])
    assert [person for person, *_ in rows(reading)] == ["7", "007"]


def test_where_a_row_comes_from_is_known() -> None:
    reading = taken(row("F1", "xx...."), row(None, "......"), row("F2", ".....x"))
    located = [str(reading.sources["availability"].where([number], "facilitator")) for number in (1, 2)]
    assert located == ["wie kan wanneer!B7:C7", "wie kan wanneer!G9"]


@pytest.mark.parametrize("spelling", ["x", "X", " x ", "nee", "niet beschikbaar", "kan niet", "unavailable", "no"])
def test_marks_are_read_in_both_languages_and_in_full(spelling: str) -> None:
    assert rows(taken(["F1", spelling])) == [("F1", "2026-03-06 00:00", "2026-03-06 12:30", "unavailable")]


def test_no_spelling_means_two_things() -> None:
    assert set(SPELLINGS.values()) == set(MARKS) == set(MEANINGS)
    assert all(text == text.casefold().strip() for text in SPELLINGS)
    for kind in MARKS:
        for words in (MARKS[kind], MEANINGS[kind]):
            assert SPELLINGS[words.en] == SPELLINGS[words.nl] == kind
    assert list(CALLED) == list(HALF_DAYS)


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ([row("F1", "?x....")], [("mark-unknown", "wie kan wanneer!B7")]),
        ([row("F1", "-.....")], [("mark-unknown", "wie kan wanneer!B7")]),
        ([row(None, "x.x...")], [("mark-without-person", "wie kan wanneer!7:7")]),
        ([[*row("F1", "......"), "x"]], []),
        ([[*row("F1", "......"), None, None, None, "x"]], [("mark-without-day", "wie kan wanneer!K7")]),
        ([row("F1", "x....."), ["x = vakantie"]], []),
    ],
)
def test_what_is_no_mark_or_nowhere_is_told(people: list[Cells], expected: list[tuple[str, str]]) -> None:
    head = [*DAYS, date(2026, 3, 8), None, None]
    assert told(taken(*people, head=head)) == expected


def test_the_documentation_names_marks_and_hours() -> None:
    text = (Path(__file__).parents[2] / "docs" / "workbook.md").read_text("utf-8")
    told = re.findall(r"^\| (\w+) \| (\w+) \| (\d\d:\d\d) \| (\d\d:\d\d) \|$", text, re.MULTILINE)
    begin = [clock.strftime("%H:%M") for clock in HALF_DAYS.values()]
    named = [(words.en, words.nl) for words in CALLED.values()]
    assert told == [(*words, *hours) for words, hours in zip(named, pairwise([*begin, "24:00"]), strict=True)]
    marks = re.findall(r"^\| `(\w)` \| `(\w)` \| .* \| `(\w+)`", text, re.MULTILINE)
    assert {kind: (en, nl) for en, nl, kind in marks} == {kind: (words.en, words.nl) for kind, words in MARKS.items()}


def test_marks_of_a_grid_without_days_are_told_and_a_blank_one_is_nothing() -> None:
    assert told(taken(row("F1", "x....."), head=[None] * 7)) == [("mark-without-day", "wie kan wanneer!B7")]
    assert told(taken(row("F1", "......"), head=[None] * 7)) == []


def test_a_grid_of_which_columns_were_removed_is_not_guessed_at() -> None:
    reading = taken(row("F1", "x....."), head=[None, date(2026, 3, 6), None, date(2026, 3, 7), None, None])
    assert told(reading) == [("grid-of-half-days-changed", "wie kan wanneer!B:D")]
    assert rows(reading) == []


def test_marks_without_days_are_told_wherever_lines_were_removed() -> None:
    reading = Reading()
    cells: list[Cells] = [["Wie kan wanneer"], [None, "vr 6-3"], HALVES, row("F1", "x.....")]
    take_availability_grid(reading, iter(Line(n, line) for n, line in enumerate(cells, 1)), Notation(), TITLE)
    assert told(reading) == [("mark-without-day", "wie kan wanneer!B4")]


def test_a_mark_that_cannot_be_read_is_not_a_blank() -> None:
    reading = Reading()
    faults = [(0, files.NO_RESULT), (2, files.NO_RESULT), (None, files.TOTAL)]
    lines = [Line(5, DAYS), Line(6, HALVES), Line(7, row("F1", "......"), faults)]
    take_availability_grid(reading, iter(lines), Notation(), TITLE)
    assert told(reading) == [(files.NO_RESULT.code, "wie kan wanneer!C7")]
    assert reading.failed


@pytest.mark.parametrize(("marks", "kind"), [("x..v..", "unavailable"), ("v..x..", "unavailable"), ("x..x..", "")])
def test_of_a_day_that_stands_twice_it_counts_that_someone_cannot(marks: str, kind: str) -> None:
    day = date(2026, 3, 6)
    reading = taken(row("F1", marks), head=[None, day, None, None, day, None, None])
    assert rows(reading) == [("F1", "2026-03-06 00:00", "2026-03-06 12:30", "unavailable")]
    assert told(reading) == ([("availability-against-itself", "wie kan wanneer!E7")] if kind else [])


def test_a_week_that_is_crossed_out_is_a_leave() -> None:
    first = half_day(date(2026, 3, 2), "morning")
    (piece,) = pieces_of(dict.fromkeys(range(first, first + 21), "unavailable"))
    assert piece.cells == {"start": "2026-03-02", "end": "2026-03-08", "kind": "unavailable"}


def marked(problem: Problem, marks: Marks, path: Path, language: str) -> Path:
    """Write a workbook with marks in the grid."""
    tables = {name: getattr(problem, name) for name in TABLES if name != "period"}
    write_form(path, language, Content({**tables, "period": (problem.period,)}, problem.period.zone, marks))
    return path


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_grid_that_is_written_is_read(problem: Problem, language: str, tmp_path: Path) -> None:
    """The last day that a grid has room for, of a period of 245, is 31 May: the 92nd."""
    marks = {
        "F1": {(date(2026, 3, 6), "evening"): "unavailable", (date(2026, 3, 9), "morning"): "prefer"},
        "F2": {(date(2026, 5, 31), half): "avoid" for half in HALF_DAYS},
    }
    path = marked(problem, marks, tmp_path / "a.xlsx", language)
    found = read(path)
    expected = problem.replace(
        availability=[
            {"facilitator": "F1", "start": "2026-03-06 18:00", "end": "2026-03-07 00:00", "kind": "unavailable"},
            {"facilitator": "F1", "start": "2026-03-09 00:00", "end": "2026-03-09 12:30", "kind": "prefer"},
            {"facilitator": "F2", "start": "2026-05-31", "end": "2026-05-31", "kind": "avoid"},
        ]
    )
    assert found == expected
    assert found.warnings == ()
    sheet = openpyxl.load_workbook(path, data_only=True)[{"en": "who can when", "nl": TITLE}[language]]
    assert [cell.value for cell in sheet["A"][6:9]] == ["F1 · Anna", "F2 · Bram", None]
    assert [sheet["S7"].value, sheet["Z7"].value] == ["x", "g"], "18 = 1 + 5 days of 3, and the evening"
    assert {sheet.cell(8, place).value for place in range(275, 278)} == {{"en": "r", "nl": "l"}[language]}
    assert sheet.max_column == 1 + 92 * 3


def test_marks_stay_with_whom_they_are_of_when_the_people_are_sorted(problem: Problem, tmp_path: Path) -> None:
    marks: Marks = {"F1": {(date(2026, 3, 6), "evening"): "unavailable"}}
    path = marked(problem, marks, tmp_path / "a.xlsx", "nl")
    book = openpyxl.load_workbook(path)
    people = book["begeleiders"]
    first, second = ([cell.value for cell in people[row]] for row in (2, 3))
    for row, values in {2: second, 3: first}.items():
        for place, value in enumerate(values, 1):
            people.cell(row, place, value)
    grid = book[TITLE]
    for number in range(92):  # openpyxl keeps no result of a formula
        grid.cell(5, 2 + 3 * number).value = date(2026, 3, 1) + timedelta(number)
    book.save(path)
    (told,) = read(path).availability
    assert (told.facilitator, told.start) == ("F1", datetime(2026, 3, 6, 17, tzinfo=UTC)), "18:00 here"


FRIDAY: Mapping[str, object] = {"facilitator": "F1", "start": "2026-03-06 19:00", "end": "2026-03-06 22:00"}
MONDAYS: Mapping[str, object] = {"facilitator": "F1", "kind": "unavailable", "start": "2026-03-02", "end": "2026-03-02"}
OF_GRID: Mapping[str, Mapping[str, object]] = {
    "x": {"facilitator": "F1", "start": "2026-03-06 18:00", "end": "2026-03-07 00:00", "kind": "unavailable"},
    "g": {"facilitator": "F1", "start": "2026-03-09 00:00", "end": "2026-03-09 12:30", "kind": "prefer"},
}


@pytest.mark.parametrize(
    ("cells", "against"),
    [
        ({**FRIDAY, "kind": "available"}, "x"),
        ({**FRIDAY, "kind": "prefer"}, "x"),
        ({**FRIDAY, "kind": "avoid"}, "x"),
        ({**FRIDAY, "kind": "unavailable"}, ""),
        ({**FRIDAY, "kind": "available", "start": "2026-03-06 17:00"}, ""),  # an evening is taken out of it
        ({**FRIDAY, "kind": "available", "rrule": "FREQ=WEEKLY"}, ""),  # one of many is taken out
        ({**FRIDAY, "kind": "available", "facilitator": "F2"}, ""),
        (MONDAYS, ""),
        ({**MONDAYS, "rrule": "FREQ=WEEKLY"}, "g"),
        ({**MONDAYS, "end": "2026-03-20"}, "g"),
        ({**MONDAYS, "start": "2026-03-09 12:30", "end": "2026-03-20"}, ""),
    ],
)
def test_the_grid_says_something_against_the_table(problem: Problem, cells: Mapping[str, object], against: str) -> None:
    case = problem.replace(availability=[cells, *OF_GRID.values()])
    expected = [(1, 2 + list(OF_GRID).index(against))] if against else []
    assert [issue.rows for issue in contradictions(case, first=2)] == expected


def test_where_the_grid_says_something_against_the_table_is_told(problem: Problem, tmp_path: Path) -> None:
    march = problem.replace(period=problem.period.model_copy(update={"end": date(2026, 3, 31)}))
    case = march.replace(availability=[{**FRIDAY, "kind": "available"}])
    marks = {"F1": {(date(2026, 3, 6), "evening"): "unavailable"}}
    (issue,) = read(marked(case, marks, tmp_path / "a.xlsx", "nl")).warnings
    assert issue.code == "availability-against-itself"
    assert str(issue.where) == "beschikbaarheid!D2, wie kan wanneer!S7"


def test_the_list_of_availability_reads_what_the_grid_says_its_marks_mean() -> None:
    for kind, words in MEANINGS.items():
        assert word_called("availability", "kind", words.en) == word_called("availability", "kind", words.nl) == kind
