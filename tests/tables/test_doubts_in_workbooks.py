"""What a workbook can be read as without an error, though something else may be meant: a warning, at the cell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from tests.tables.dutch_workbooks import dutch_workbook
from tests.tables.files import GOOD, folder_of

from poolmatch.domain.problem import Problem
from poolmatch.errors import ProblemError
from poolmatch.tables import read

at = datetime.fromisoformat
PAST = ["bijeenkomst", "begeleider", "rol", "begin", "einde", "partijen"]
HELD = at("2026-02-03 19:30"), at("2026-02-03 21:30")


def told(path: Path) -> list[tuple[str, str]]:
    """Code and place of what is said of a file."""
    try:
        issues = read(path).warnings
    except ProblemError as error:
        issues = error.issues
    return [(issue.code, str(issue.where)) for issue in issues]


def sheet(title: str, *rows: list[Any]) -> Callable[[openpyxl.Workbook], None]:
    """Add a sheet."""

    def add(book: openpyxl.Workbook) -> None:
        made = book.create_sheet(title)
        for row in rows:
            made.append(row)

    return add


# --- the past --------------------------------------------------------------------------------------------


def test_a_name_in_the_past_may_be_the_id_of_someone_who_has_left(problem: Problem, tmp_path: Path) -> None:
    """Read in silence, Anna would have the hours of another, and that party would never have been hers."""
    spoil = sheet("eerder werk", PAST, ["OUD", "Anna", "leider", *HELD, "Waterschap; GEM"])
    path = dutch_workbook(problem, tmp_path / "a.xlsx", spoil)
    (past,) = read(path).history
    assert (past.facilitator, past.organisations) == ("F1", ("WAT", "GEM"))
    assert told(path) == [
        ("name-or-id-of-the-past", "'eerder werk'!B2"),
        ("name-or-id-of-the-past", "'eerder werk'!F2"),
    ]


def test_a_told_name_may_be_an_id_too(problem: Problem, tmp_path: Path) -> None:
    spoil = sheet("gepubliceerd rooster", ["bijeenkomst", "plaats", "begeleider"], ["Plein", "lead", "Anna"])
    assert sorted(told(dutch_workbook(problem, tmp_path / "a.xlsx", spoil))) == [
        ("name-or-id-of-the-past", "'gepubliceerd rooster'!A2"),
        ("name-or-id-of-the-past", "'gepubliceerd rooster'!C2"),
    ]


@pytest.mark.parametrize("who", ["F1", "F1 · Anna"])
def test_an_id_in_the_past_is_no_doubt(who: str, problem: Problem, tmp_path: Path) -> None:
    spoil = sheet("eerder werk", PAST, ["OUD", who, "leider", *HELD, "GEM"])
    assert told(dutch_workbook(problem, tmp_path / "a.xlsx", spoil)) == []


def test_past_work_that_is_pasted_twice_counts_twice(problem: Problem, tmp_path: Path) -> None:
    rows = [["OUD", "F1", "leider", *HELD, "GEM"], ["OUD ", "F1 ", "leider", *HELD, "GEM "]]
    assert told(dutch_workbook(problem, tmp_path / "a.xlsx", sheet("eerder werk", PAST, *rows))) == [
        ("row-twice", "'eerder werk'!2:2, 'eerder werk'!3:3")
    ]


# --- times -----------------------------------------------------------------------------------------------


def test_past_work_at_midnight_is_a_date_alone(problem: Problem, tmp_path: Path) -> None:
    spoil = sheet("eerder werk", PAST, ["OUD", "F1", "leider", at("2026-02-03"), HELD[1], "GEM"])

    def shown(book: openpyxl.Workbook) -> None:
        spoil(book)
        book["eerder werk"]["D2"].number_format = "d-m-yyyy h:mm"

    assert told(dutch_workbook(problem, tmp_path / "a.xlsx", shown)) == [("starts-at-midnight", "'eerder werk'!D2")]


@pytest.mark.parametrize(
    ("shown", "says"), [("d-m-yyyy", []), ("d-m-yyyy h:mm", [("ends-at-midnight", "beschikbaarheid!C2")])]
)
def test_the_last_day_of_a_leave_in_a_cell_of_times(
    shown: str, says: list[tuple[str, str]], problem: Problem, tmp_path: Path
) -> None:
    spoil = sheet(
        "beschikbaarheid",
        ["begeleider", "begin", "einde", "soort"],
        ["F1", at("2026-03-09"), at("2026-03-13"), "niet beschikbaar"],
        ["F2", at("2026-03-09 09:00"), at("2026-03-10"), "niet beschikbaar"],
    )

    def typed(book: openpyxl.Workbook) -> None:
        spoil(book)
        for place in ("B2", "C2"):
            book["beschikbaarheid"][place].number_format = shown
        for place in ("B3", "C3"):
            book["beschikbaarheid"][place].number_format = "d-m-yyyy h:mm"

    assert told(dutch_workbook(problem, tmp_path / "a.xlsx", typed)) == says


def test_a_day_in_figures_with_a_time_in_dutch(problem: Problem, tmp_path: Path) -> None:
    start = problem.meetings[0].start
    assert start is not None
    local = start.astimezone(problem.period.zone)
    path = dutch_workbook(
        problem,
        tmp_path / "a.xlsx",
        lambda book: book["bijeenkomsten"].__setitem__("C2", f"{local:%Y-%m-%d %H:%M} uur"),
    )
    assert (read(path), told(path)) == (problem, [])


# --- numbers and headers ---------------------------------------------------------------------------------


def test_a_percentage_is_no_number_of_hours(problem: Problem, tmp_path: Path) -> None:
    """Eight that is typed in a cell of percentages becomes 0.08."""

    def typed(book: openpyxl.Workbook) -> None:
        book["begeleiders"]["L2"] = 0.08
        book["begeleiders"]["L2"].number_format = "0%"

    path = dutch_workbook(problem, tmp_path / "a.xlsx", typed)
    assert told(path) == [("percentage-in-place-of-number", "begeleiders!L2")]


def test_a_percent_sign_in_a_note_of_the_format_is_decoration(problem: Problem, tmp_path: Path) -> None:
    def typed(book: openpyxl.Workbook) -> None:
        book["begeleiders"]["L2"] = 8
        book["begeleiders"]["L2"].number_format = '0" uur (100%)"'

    assert told(dutch_workbook(problem, tmp_path / "a.xlsx", typed)) == []


def test_the_only_row_in_the_place_of_the_header_is_not_lost(problem: Problem, tmp_path: Path) -> None:
    """The header was removed: nothing would be left of the only tie, and who has it would be neutral."""
    (tmp_path / "a").mkdir()
    path = dutch_workbook(problem, tmp_path / "a" / "a.xlsx", sheet("banden", ["F1", "familie", "WAT"]))
    assert told(path) == [("header-missing", "banden!1:1")]
    folder = folder_of({**GOOD, "ties": "F1,family,WAT\n"}, tmp_path)
    assert told(folder) == [("header-missing", "line 1")]


@pytest.mark.parametrize("number", [31, 4.1, 1600])
def test_a_number_in_a_cell_for_dates_is_no_date_of_long_ago(number: float, problem: Problem, tmp_path: Path) -> None:
    """It would end a tie in 1900, and who has that tie would be neutral."""

    def tie(book: openpyxl.Workbook) -> None:
        sheet("banden", ["begeleider", "soort", "organisatie", "einde"], ["F1", "familie", "WAT", number])(book)
        book["banden"]["D2"].number_format = "d-m-yyyy"

    assert told(dutch_workbook(problem, tmp_path / "a.xlsx", tie)) == [("number-in-cell-of-dates", "banden!D2")]


def test_the_day_count_of_old_macs_hides_no_year(problem: Problem, tmp_path: Path) -> None:
    def tie(book: openpyxl.Workbook) -> None:
        sheet("banden", ["begeleider", "soort", "organisatie", "einde"], ["F1", "familie", "WAT", 2026])(book)
        book["banden"]["D2"].number_format = "d-m-yyyy"
        book.epoch = CALENDAR_MAC_1904

    path = dutch_workbook(problem, tmp_path / "a.xlsx", tie)
    assert ("number-in-cell-of-dates", "banden!D2") in told(path)


def test_a_pair_as_the_id_of_a_row_of_its_own(problem: Problem, tmp_path: Path) -> None:
    """What the lists give for the one would be the other, and whoever works there neutral for what is written GEM."""
    path = dutch_workbook(
        problem,
        tmp_path / "a.xlsx",
        lambda book: book["organisaties"].append(["GEM \u00b7 Gemeente", "Iets anders"]),
    )
    assert told(path) == [("id-with-a-name-behind-it", "organisaties!A4")]
