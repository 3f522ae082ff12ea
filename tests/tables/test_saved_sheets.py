"""The sheets of a workbook that were saved one by one are read as it is, the grid of half-days included."""

from __future__ import annotations

import csv
import subprocess
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from tests.office import OFFICE, needs_office
from tests.tables.files import folder_of

from poolmatch import Problem, ProblemError, read
from poolmatch.tables import write_template

LIKE_IN_A_WORKBOOK = "csv:Text - txt - csv (StarCalc):59,34,76,1,,1043,false,true,false,false,false,-1"
"""Semicolons between cells, UTF-8, Dutch, what is shown, every sheet."""

IN_DUTCH = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>nl-NL</value></prop>
</item>
</oor:items>
"""
"""Settings of LibreOffice as a Dutch user has them."""


def shown(value: object, dutch: bool) -> object:
    """A value as a program shows it."""
    if not isinstance(value, date):
        return value
    day = f"{value.day}-{value.month}-{value.year}" if dutch else f"{value:%Y-%m-%d}"
    timed = isinstance(value, datetime) and (value.hour or value.minute)
    return f"{day} {value:%H:%M}" if timed else day


def saved(path: Path, folder: Path, prefix: str = "", separator: str = ";", *, dutch: bool = True) -> Path:
    """Save each sheet of a workbook as a file."""
    folder.mkdir()
    for sheet in openpyxl.load_workbook(path, data_only=True).worksheets:
        with (folder / f"{prefix}{sheet.title}.csv").open("w", encoding="utf-8", newline="") as file:
            rows = ([shown(value, dutch) for value in row] for row in sheet.values)
            csv.writer(file, delimiter=separator).writerows(rows)
    return folder


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("book") / "pool 2026-09.xlsx"
    write_template(path, language="nl", example=True)
    return path


def codes(case: Problem) -> Iterator[str]:
    return (issue.code for issue in case.warnings)


@pytest.mark.parametrize("separator", [";", ","])
@pytest.mark.parametrize("prefix", ["", "pool-", "pool 2026-09-"])
def test_they_are_the_same_problem(book: Path, tmp_path: Path, prefix: str, separator: str) -> None:
    case = read(saved(book, tmp_path / "saved", prefix, separator))
    assert case == read(book)
    assert ("sheets-of-a-workbook" in codes(case)) == bool(prefix)


def test_those_of_an_english_workbook_are_too(tmp_path: Path) -> None:
    write_template(tmp_path / "pool.xlsx", language="en", example=True)
    folder = saved(tmp_path / "pool.xlsx", tmp_path / "saved", "pool-", ",", dutch=False)
    assert read(folder) == read(tmp_path / "pool.xlsx")


def test_of_two_workbooks_neither_is_read(tmp_path: Path) -> None:
    folder = folder_of({}, tmp_path)
    for number, file in enumerate(sorted(folder.iterdir())):
        file.rename(folder / f"{'maart' if number % 2 else 'april'}-{file.name}")
    with pytest.raises(ProblemError, match="holds the sheets of several workbooks: april and maart; put the files"):
        read(folder)


def test_a_file_of_another_name_beside_tables_is_told_as_before(tmp_path: Path) -> None:
    folder = folder_of({"old-meetings": "meeting\nM9\n"}, tmp_path)
    assert [issue.table for issue in read(folder).warnings] == ["old-meetings"]


def test_a_sheet_of_ones_own_is_told_by_its_name(tmp_path: Path) -> None:
    folder = folder_of({"notities": "let op\n"}, tmp_path)
    for file in sorted(folder.iterdir()):
        file.rename(folder / f"pool-{file.name}")
    assert {issue.table for issue in read(folder).warnings} == {"notities", folder.name}


def test_a_mark_without_a_day_is_told_at_its_cell(book: Path, tmp_path: Path) -> None:
    folder = saved(book, tmp_path / "saved", "pool-")
    path = folder / "pool-wie kan wanneer.csv"
    path.write_text(path.read_text("utf-8").replace("-9-2026", " sept"), "utf-8")
    with pytest.raises(ProblemError) as caught:
        read(folder)
    marks = [issue for issue in caught.value.issues if "wie kan wanneer!" in str(issue.where)]
    assert marks
    assert {issue.code for issue in marks} == {"mark-without-day"}


@needs_office
@pytest.mark.slow
def test_libre_office_saves_them_so(book: Path, tmp_path: Path) -> None:
    assert OFFICE is not None
    (tmp_path / "profile" / "user").mkdir(parents=True)
    (tmp_path / "profile" / "user" / "registrymodifications.xcu").write_text(IN_DUTCH, "utf-8")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    out = tmp_path / "out"
    command = [OFFICE, profile, "--headless", "--convert-to", LIKE_IN_A_WORKBOOK, "--outdir", str(out), str(book)]
    subprocess.run(command, capture_output=True, text=True, timeout=180, check=True)
    assert len(list(out.glob("pool 2026-09-*.csv"))) > 20
    assert read(out) == read(book)
