"""The template as LibreOffice keeps it: filled in, opened and saved by it, and read back."""

from __future__ import annotations

import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from poolmatch import Problem, solve
from poolmatch.tables import read, write_template

OFFICE = shutil.which("soffice")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")]


def saved(path: Path, folder: Path, suffix: str = "xlsx") -> Path:
    """Return the file that LibreOffice makes of a workbook, with all formulas worked out."""
    assert OFFICE is not None
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [OFFICE, profile, "--headless", "--convert-to", suffix, "--outdir", str(folder), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=True)
    assert "Error" not in done.stdout + done.stderr
    return folder / f"{path.stem}.{suffix}"


def day(*parts: int) -> datetime:
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001 - a local clock time


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A template that somebody filled in, and LibreOffice saved."""
    folder = tmp_path_factory.mktemp("office")
    write_template(folder / "pool.xlsx", language="nl")
    book = openpyxl.load_workbook(folder / "pool.xlsx")
    rows: dict[str, list[list[str | datetime]]] = {
        "periode": [["maart 2027", day(2027, 3, 1), day(2027, 3, 28)]],
        "organisaties": [["GEM", "Gemeente"], ["WAT", "Waterschap"], ["NAT", "Natuurclub"]],
        "begeleiders": [
            ["F1", "Anna Bedacht", "GEM · Gemeente"],
            ["F2", "Bram Bedacht", "Waterschap"],
            ["F3", "Cor Bedacht", "NAT"],
        ],
        "bijeenkomsten": [["M1", "Plein", "4-3-2027 19:30", day(2027, 3, 4, 21, 30)]],
        "belangen": [["Plein", "GEM · Gemeente", "beslisser"]],
    }
    for title, lines in rows.items():
        for number, line in enumerate(lines, 2):
            for place, value in enumerate(line, 1):
                book[title].cell(number, place, value)
    grid = book["wie kan wanneer"]
    for cell, mark in {
        "A7": "F1 · Anna Bedacht",
        "A8": "Bram Bedacht",
        "A9": "F3",
        "B7": "X",
        "C7": "x",
        "D7": "x",
        "M8": "x",
        "M9": "g",
    }.items():
        grid[cell] = mark  # M: the evening of the fourth day
    book.save(folder / "filled.xlsx")
    (folder / "kept").mkdir()
    return saved(folder / "filled.xlsx", folder / "kept")


def test_from_an_empty_workbook_to_a_roster(kept: Path) -> None:
    problem = read(kept)
    assert [(row.facilitator, row.organisation) for row in problem.facilitators] == [
        ("F1", "GEM"),
        ("F2", "WAT"),
        ("F3", "NAT"),
    ]
    expected = Problem.model_validate(
        {
            "period": [{"name": "x", "start": "2027-03-01", "end": "2027-03-28", "timezone": "Europe/Amsterdam"}],
            "organisations": problem.organisations,
            "facilitators": problem.facilitators,
            "meetings": [{"meeting": "M1", "title": "Plein", "start": "2027-03-04 19:30", "end": "2027-03-04 21:30"}],
            "stakes": [{"meeting": "M1", "organisation": "GEM", "grade": "decider"}],
            "availability": [
                {"facilitator": "F1", "start": "2027-03-01", "end": "2027-03-01", "kind": "unavailable"},
                {"facilitator": "F2", "start": "2027-03-04 18:00", "end": "2027-03-05 00:00", "kind": "unavailable"},
                {"facilitator": "F3", "start": "2027-03-04 18:00", "end": "2027-03-05 00:00", "kind": "prefer"},
            ],
        }
    )
    assert problem.meetings == expected.meetings
    assert problem.stakes == expected.stakes
    assert problem.availability == expected.availability
    assert solve(problem, time_limit=10, workers=1).roster.holder("M1", "lead") == "F3"


def test_lists_formats_and_formulas_survive(kept: Path) -> None:
    book = openpyxl.load_workbook(kept)
    sources = {
        (sheet.title, str(item.sqref).split(":")[0]): item.formula1
        for sheet in book.worksheets
        for item in sheet.data_validations.dataValidation
    }
    assert sources["belangen", "B2"].replace("'", "") == "OFFSET(lijsten!$B$3,0,0,lijsten!$B$2,1)"
    assert sources["begeleiders", "D2"].replace("'", "") == "lijsten!$D$3:$D$4"
    assert ("wie kan wanneer", "B7") in sources
    assert book["lijsten"].sheet_state == "hidden"
    assert book["bijeenkomsten"].print_title_rows == "$1:$1"
    formats = [column.number_format for column in book["bijeenkomsten"].column_dimensions.values()]
    assert any("ddd" in shown for shown in formats), "days of the week where times are typed"
    worked_out = openpyxl.load_workbook(kept, data_only=True)
    lists = worked_out["lijsten"]
    assert [lists[f"A{row}"].value for row in range(2, 6)] == [
        3,
        "F1 · Anna Bedacht",
        "F2 · Bram Bedacht",
        "F3 · Cor Bedacht",
    ]
    grid = worked_out["wie kan wanneer"]
    assert [grid["B5"].value, grid["CE5"].value] == [day(2027, 3, 1), day(2027, 3, 28)]
    assert not grid["CH5"].value, "the 29th is not in the period"
    assert [worked_out["begin hier"][f"D{row}"].value for row in range(5, 11)] == [1, 3, 3, 1, 1, 0]


def test_it_prints_one_page_wide(kept: Path, tmp_path: Path) -> None:
    """As many pages as sheets, but for the explanation, which is longer than a page."""
    pages = saved(kept, tmp_path, "pdf").read_bytes()
    sheets = len(openpyxl.load_workbook(kept).sheetnames) - 1
    assert sheets < pages.count(b"/Type/Page\n") + pages.count(b"/Type/Page/") <= sheets + 6
