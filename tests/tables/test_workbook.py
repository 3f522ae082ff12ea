"""What the cells of a workbook hold, right and wrong."""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from tests.tables.workbook_parts import rewritten
from tests.tables.workbooks import Spoil, put, said, spoilt

from poolmatch.domain.problem import Problem
from poolmatch.tables import read, write

FORMULA_REMEDY = "open the workbook, let it calculate and save it, or write the value itself"
INSTANT_REMEDY = "write it as YYYY-MM-DD HH:MM, such as 2026-03-29 19:30"


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (
            lambda book: book["organisations"].append([7.5, "Zeven en een half"]),
            "organisations, column organisation (organisations!A4): must be text; "
            "write it as text; a number may have lost its leading zeros",
        ),
        (
            put("period", "B2", 46082),
            "period, column start (period!B2): is not a date; write it as YYYY-MM-DD, such as 2026-03-29",
        ),
        (
            put("meetings", "C2", 46091.8125),
            f"meetings, column start (meetings!C2): is not a date with a time; {INSTANT_REMEDY}",
        ),
        (
            put("meetings", "C2", date(2026, 3, 10), "dd-mm-yyyy"),
            f"meetings, column start (meetings!C2): is not a date with a time; {INSTANT_REMEDY}",
        ),
        (
            put("meetings", "C2", time(19, 30)),
            f"meetings, column start (meetings!C2): is not a date with a time; {INSTANT_REMEDY}",
        ),
        (
            put("period", "B2", datetime(2026, 3, 1, 12), "yyyy-mm-dd"),  # noqa: DTZ001 - a local clock time
            "period, column start (period!B2): is not a date; write it as YYYY-MM-DD, such as 2026-03-29",
        ),
        (
            put("meetings", "C2", 1e9, "yyyy-mm-dd hh:mm"),
            f"meetings, column start (meetings!C2): holds the error #VALUE!; {FORMULA_REMEDY}",
        ),
        (
            put("organisations", "B2", "#N/A"),
            f"organisations, column name (organisations!B2): holds the error #N/A; {FORMULA_REMEDY}",
        ),
        (
            put("organisations", "B2", "=1+1"),
            "organisations, column name (organisations!B2): holds a formula whose result is not stored; "
            f"{FORMULA_REMEDY}",
        ),
        (
            put("facilitators", "K2", 2.5),
            "facilitators, column max_meetings (facilitators!K2): is not a whole number; write digits only, such as 3",
        ),
        (
            put("facilitators", "H2", "53,2"),
            "facilitators, column lat (facilitators!H2): has a comma although the decimal sign is a point; "
            'write a decimal point, or read it with locale="nl" or decimal=","',
        ),
        (
            put("organisations", "G2", "stray"),
            "organisations (organisations!G2): has a cell without a heading; "
            "give the column a heading; a note stands well one column further on",
        ),
        (
            put("organisations", "XFD1", "stray"),
            "organisations: has more than 100 columns; remove what does not belong to the table",
        ),
        pytest.param(
            put("organisations", "A1048576", "stray"),
            "organisations (organisations!1048576:1048576): has something below more than 1,000 blank rows; "
            "remove what stands there, or the blank rows",
            marks=pytest.mark.slow,
        ),
        (
            lambda book: book["organisations"].delete_rows(1, 9),
            "organisations: has no header; write the names of the columns in the first line",
        ),
        (
            lambda book: book.remove(book["stakes"]),
            "stakes: is required and missing; add the table; it may be empty",
        ),
    ],
    ids=[
        "34-fraction as id",
        "34-serial number as date",
        "34-serial number as instant",
        "14-date as instant",
        "time as instant",
        "instant as date",
        "date out of range",
        "error cell",
        "formula without result",
        "fraction as whole number",
        "33-decimal comma in text",
        "cell without heading",
        "36-far heading",
        "36-far row",
        "no header",
        "no sheet",
    ],
)
def test_what_is_wrong_with_a_cell(spoil: Spoil, says: str, problem: Problem, tmp_path: Path) -> None:
    assert said(spoilt(problem, tmp_path / "a.xlsx", spoil)) == says


@pytest.mark.slow
def test_a_cell_below_the_last_row_of_a_worksheet(problem: Problem, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write(problem, path)
    row = '<row r="999999999"><c r="A999999999" t="str"><v>x</v></c></row></sheetData>'
    rewritten(path, "xl/worksheets/sheet2.xml", lambda xml: xml.replace("</sheetData>", row))
    assert said(path) == ("organisations: has a cell below the last row of a worksheet; remove what stands there")


def test_a_size_that_the_file_only_claims_is_not_believed(problem: Problem, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write(problem, path)
    rewritten(
        path,
        "xl/worksheets/sheet2.xml",
        lambda xml: re.sub('<dimension ref="[^"]*"/>', '<dimension ref="A1:A1"/>', xml),
    )
    assert read(path) == problem
    rewritten(path, "xl/worksheets/sheet2.xml", lambda xml: xml.replace('"A1:A1"', '"A1:XFD1048576"'))
    assert read(path) == problem


def test_stored_results_of_formulas_are_read(problem: Problem, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write(problem, path)

    def with_formula(xml: str) -> str:
        cell = '<c r="H3"><f>50+3.1</f><v>53.1</v></c><c r="I3"><f>13/2</f><v>6.5</v></c>'
        empty = '<c r="G3" t="str"><f>""</f><v></v></c>'
        return re.sub(r'<c r="G3".*?</c><c r="H3".*?</c><c r="I3".*?</c>', empty + cell, xml)

    rewritten(path, "xl/worksheets/sheet3.xml", lambda xml: xml.replace('<c r="H3"', '<c r="G3"/><c r="H3"'))
    rewritten(path, "xl/worksheets/sheet3.xml", lambda xml: xml.replace('<c r="G3"/>', '<c r="G3"><v></v></c>'))
    rewritten(path, "xl/worksheets/sheet3.xml", with_formula)
    with zipfile.ZipFile(path) as book:
        assert book.read("xl/worksheets/sheet3.xml").count(b"<f>") == 3
    assert read(path) == problem


def test_dates_numbers_and_truth_as_people_enter_them(problem: Problem, tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book["period"]["B2"] = datetime(2026, 3, 1)  # noqa: DTZ001 - a local clock time
        book["period"]["C2"] = "2026-10-31"
        book["meetings"]["C2"] = "2026-03-10 19:30"
        book["meetings"]["H2"] = True
        sheet = book.create_sheet("availability")
        sheet.append(["facilitator", "start", "end", "kind"])
        sheet.append(["F1", date(2026, 3, 2), date(2026, 3, 3), "unavailable"])
        sheet.append(["F1", datetime(2026, 3, 4), datetime(2026, 3, 5), "unavailable"])  # noqa: DTZ001
        for row, number_format in ((2, "[$-nl-NL]d mmmm yyyy"), (3, "yyyy-mm-dd hh:mm")):
            for column in "BC":
                sheet[f"{column}{row}"].number_format = number_format

    again = read(spoilt(problem, tmp_path / "a.xlsx", fill))
    assert again.period == problem.period
    assert again.meetings[0].start == problem.meetings[0].start
    assert again.meetings[0].online is True
    whole_days, hours = again.availability
    assert (whole_days.start, whole_days.end) == (date(2026, 3, 2), date(2026, 3, 3))
    assert hours.start == datetime(2026, 3, 3, 23, tzinfo=UTC)


def test_other_sheets_are_named_and_not_used(problem: Problem, tmp_path: Path) -> None:
    again = read(spoilt(problem, tmp_path / "a.xlsx", lambda book: book.create_sheet("Blad1")))
    assert [str(issue) for issue in again.warnings] == [
        "Blad1: is not a table that poolmatch knows; its content is not used"
    ]


def test_30_a_misspelt_sheet_is_an_error(problem: Problem, tmp_path: Path) -> None:
    assert said(spoilt(problem, tmp_path / "a.xlsx", lambda book: book.create_sheet("Serve"))) == (
        'Serve: is not a table that poolmatch knows; did you mean "serves"? rename it, or remove it'
    )


@pytest.mark.slow
def test_formatted_blank_rows_below_a_table_are_nothing(problem: Problem, tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        for row in range(4, 3000):
            book["organisations"][f"B{row}"].number_format = "@"

    assert read(spoilt(problem, tmp_path / "a.xlsx", fill)) == problem


def test_text_in_the_codes_of_the_format_is_decoded(problem: Problem, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write(problem, path)
    rewritten(path, "xl/sharedStrings.xml", lambda xml: xml.replace(">Gemeente<", ">a_x0041_b x005F_<"))
    assert read(path).organisations[0].name == "aAb x005F_"
