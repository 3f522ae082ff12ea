"""Workbooks: what cells hold, what a reader refuses before it takes memory, what a writer puts in."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from tests.tables.files import GOOD, folder_of
from tests.tables.workbook_parts import rewritten

from poolmatch.domain.problem import Problem
from poolmatch.errors import ProblemError
from poolmatch.tables import read, write
from poolmatch.tables.limits import LIMITS, Limits
from poolmatch.tables.readers import reading_of

Spoil = Callable[[openpyxl.Workbook], object]


@pytest.fixture
def problem(tmp_path: Path) -> Problem:
    (tmp_path / "good").mkdir()
    return read(folder_of({}, tmp_path / "good"))


def spoilt(problem: Problem, path: Path, spoil: Spoil) -> Path:
    """The good problem as a workbook, changed the way a spreadsheet program would."""
    write(problem, path)
    book = openpyxl.load_workbook(path)
    spoil(book)
    book.save(path)
    return path


def said(path: Path, limits: Limits = LIMITS) -> str:
    with pytest.raises(ProblemError) as caught:
        reading_of(path, limits=limits).problem()
    head, *lines = str(caught.value).split("\n")
    assert head.startswith(f"{len(lines)} problem")
    return "\n".join(line.strip() for line in lines)


def put(sheet: str, cell: str, value: Any, number_format: str = "General") -> Spoil:
    def spoil(book: openpyxl.Workbook) -> None:
        book[sheet][cell] = value
        book[sheet][cell].number_format = number_format

    return spoil


# --- what cells hold -------------------------------------------------------------------------------------

FORMULA_REMEDY = "open the workbook, let it calculate and save it, or write the value itself"
INSTANT_REMEDY = "write it as YYYY-MM-DD HH:MM, such as 2026-03-29 19:30"


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (
            lambda book: book["organisations"].append([7, "Nummer zeven"]),
            "organisations, row 3, column organisation (organisations!A4): must be text; "
            "write it as text; a number may have lost its leading zeros",
        ),
        (
            put("period", "B2", 46082),
            "period, row 1, column start (period!B2): is not a date; write it as YYYY-MM-DD, such as 2026-03-29",
        ),
        (
            put("meetings", "C2", 46091.8125),
            f"meetings, row 1, column start (meetings!C2): is not a date with a time; {INSTANT_REMEDY}",
        ),
        (
            put("meetings", "C2", date(2026, 3, 10), "dd-mm-yyyy"),
            f"meetings, row 1, column start (meetings!C2): is not a date with a time; {INSTANT_REMEDY}",
        ),
        (
            put("meetings", "C2", time(19, 30)),
            f"meetings, row 1, column start (meetings!C2): is not a date with a time; {INSTANT_REMEDY}",
        ),
        (
            put("period", "B2", datetime(2026, 3, 1, 12), "yyyy-mm-dd"),  # noqa: DTZ001 - a local clock time
            "period, row 1, column start (period!B2): is not a date; write it as YYYY-MM-DD, such as 2026-03-29",
        ),
        (
            put("meetings", "C2", 1e9, "yyyy-mm-dd hh:mm"),
            f"meetings, row 1, column start (meetings!C2): holds the error #VALUE!; {FORMULA_REMEDY}",
        ),
        (
            put("organisations", "B2", "#N/A"),
            f"organisations, row 1, column name (organisations!B2): holds the error #N/A; {FORMULA_REMEDY}",
        ),
        (
            put("organisations", "B2", "=1+1"),
            "organisations, row 1, column name (organisations!B2): holds a formula whose result is not stored; "
            f"{FORMULA_REMEDY}",
        ),
        (
            put("facilitators", "K2", 2.5),
            "facilitators, row 1, column max_meetings (facilitators!K2): is not a whole number; "
            "write digits only, such as 3",
        ),
        (
            put("facilitators", "H2", "53,2"),
            "facilitators, row 1, column lat (facilitators!H2): has a comma although the decimal sign is a point; "
            'write a decimal point, or read it with locale="nl" or decimal=","',
        ),
        (
            put("organisations", "H2", "stray"),
            "organisations, row 1 (organisations!H2): has a cell without a heading; "
            "give the column a heading; in CSV, put text that holds the separator in double quotes",
        ),
        (
            put("organisations", "XFD2", "stray"),
            "organisations, row 1 (organisations!XFD2): has a cell without a heading; "
            "give the column a heading; in CSV, put text that holds the separator in double quotes",
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
        "34-number as id",
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
        "36-far column",
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


# --- what is refused -------------------------------------------------------------------------------------


def package(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return path


@pytest.mark.slow
def test_36_a_zip_bomb(tmp_path: Path) -> None:
    path = package(tmp_path / "a.xlsx", {"[Content_Types].xml": b"", "xl/workbook.xml": bytes(300 * 2**20)})
    assert path.stat().st_size < 2**20
    assert said(path) == (
        "a.xlsx: unpacks to more than 268,435,456 bytes or 10,000 parts; split the problem, or use CSV or Parquet files"
    )


def test_36_a_bomb_of_parts(tmp_path: Path) -> None:
    path = package(tmp_path / "a.xlsx", {f"{n}.xml": b"" for n in range(11)})
    assert said(path, Limits(parts=10)).startswith("a.xlsx: unpacks to more than")


def test_a_large_file(problem: Problem, tmp_path: Path) -> None:
    write(problem, tmp_path / "a.xlsx")
    assert (
        said(tmp_path / "a.xlsx", Limits(file_bytes=100))
        == "a.xlsx: is a file of more than 100 bytes; split the problem"
    )


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet2.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"]
)
def test_37_xml_entities(part: str, problem: Problem, tmp_path: Path) -> None:
    write(problem, tmp_path / "a.xlsx")
    path = rewritten(tmp_path / "a.xlsx", part, lambda xml: xml.replace("?>", f"?>{ENTITIES}", 1))
    assert said(path) == "a.xlsx: holds XML entities, which no workbook needs; save it as .xlsx again"


@pytest.mark.parametrize("part", ["xl/vbaProject.bin", "xl/VBAPROJECT.BIN", "xl/macrosheets/sheet1.xml"])
def test_38_macros(part: str, problem: Problem, tmp_path: Path) -> None:
    write(problem, tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx", "a") as file:
        file.writestr(part, b"")
    assert said(tmp_path / "a.xlsx") == "a.xlsx: holds macros; save it as .xlsx, which has none"


def test_38_a_workbook_of_a_kind_that_may_hold_macros(problem: Problem, tmp_path: Path) -> None:
    write(problem, tmp_path / "a.xlsx")
    change: Callable[[str], str] = lambda xml: xml.replace(  # noqa: E731
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    rewritten(tmp_path / "a.xlsx", "[Content_Types].xml", change).rename(tmp_path / "a.xlsm")
    assert said(tmp_path / "a.xlsm") == "a.xlsm: holds macros; save it as .xlsx, which has none"


def test_38_an_encrypted_workbook(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1000))
    assert said(tmp_path / "a.xlsx") == ("a.xlsx: is encrypted, or of before 2007; save it as .xlsx without a password")


def test_38_an_encrypted_package(problem: Problem, tmp_path: Path) -> None:
    write(problem, tmp_path / "a.xlsx")
    data = bytearray((tmp_path / "a.xlsx").read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the flag in the table of contents
    (tmp_path / "a.xlsx").write_bytes(data)
    assert said(tmp_path / "a.xlsx") == "a.xlsx: is encrypted; save it without a password"


DAMAGED = "is not a workbook, or is damaged; save it as .xlsx again"


def test_damage(problem: Problem, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write(problem, path)
    whole = path.read_bytes()
    path.write_text("no workbook")
    assert said(path) == f"a.xlsx: {DAMAGED}"
    package(path, {"readme.txt": b""})
    assert said(path) == f"a.xlsx: {DAMAGED}"
    package(path, {"[Content_Types].xml": b"<x/>"})
    assert said(path) == f"a.xlsx: {DAMAGED}"
    path.write_bytes(whole)
    rewritten(path, "xl/worksheets/sheet4.xml", lambda xml: xml[: len(xml) // 2])
    assert said(path) == f"a.xlsx: {DAMAGED}"
    path.write_bytes(whole)
    rewritten(path, "xl/worksheets/sheet4.xml", lambda xml: xml.replace('t="s"><v>', 't="s"><v>9999'))
    assert said(path) == f"a.xlsx: {DAMAGED}"


def test_it_is_not_read_without_protection(problem: Problem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(problem, tmp_path / "a.xlsx")
    monkeypatch.setattr(openpyxl, "DEFUSEDXML", False)
    assert said(tmp_path / "a.xlsx") == (
        "a.xlsx: cannot be read safely; unset the environment variable OPENPYXL_DEFUSEDXML"
    )


# --- what is written -------------------------------------------------------------------------------------


def test_39_to_41_text_is_text(problem: Problem, tmp_path: Path) -> None:
    names = ["=1+1", "@x", "+31", "-1", "{=1}", "http://a.nl", "mailto:a@b.nl", "12", "<script>", "'=x", "a\nb", "TRUE"]
    rows = [{"organisation": f"O{n}", "name": name} for n, name in enumerate(names)]
    many = problem.replace(organisations=(*problem.organisations, *rows))
    write(many, tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["organisations"]
    cells = [sheet.cell(row, 2) for row in range(4, 4 + len(names))]
    assert [cell.value for cell in cells] == names
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)


def test_times_are_local_cells_and_text_where_a_cell_cannot_say_them(problem: Problem, tmp_path: Path) -> None:
    history = [
        {"meeting": "H", "facilitator": "F1", "role": "lead", "hours": 1, "start": start, "end": "2027-01-01T00:00Z"}
        for start in (
            "2026-10-25T00:30Z",
            "2026-10-25T01:30Z",
            "2026-10-25T02:30Z",
            "2026-07-01T10:00:07Z",
            "1900-02-28T12:00Z",
        )
    ]
    links = [
        {"source": "GEM", "target": "WAT", "kind": "controls", "start": start} for start in ("1900-02-28", "1900-03-01")
    ]
    write(problem.replace(history=history, links=links), tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    *starts, old = [book["history"].cell(row, 4).value for row in range(2, 7)]
    assert starts == [
        "2026-10-25 02:30+02:00",
        "2026-10-25 02:30+01:00",
        datetime(2026, 10, 25, 3, 30),  # noqa: DTZ001 - a local clock time
        datetime(2026, 7, 1, 12, 0, 7),  # noqa: DTZ001 - a local clock time
    ]
    assert isinstance(old, str)  # how far Amsterdam then was from Greenwich is disputed
    assert old.startswith("1900-02-28 12:")
    assert [book["links"].cell(row, 4).value for row in (2, 3)] == ["1900-02-28", datetime(1900, 3, 1)]  # noqa: DTZ001
    assert book["links"]["D3"].number_format == "yyyy-mm-dd"
    assert book["history"]["D4"].number_format == "yyyy-mm-dd hh:mm"
    assert book["history"]["D5"].number_format == "yyyy-mm-dd hh:mm:ss"


@pytest.mark.parametrize("name", ["<r>x</r>", "_x0041_", "_x005F_x0041_", "_x0041_x0042_x0043_", "x005F_", "_x000D_"])
def test_text_like_codes_of_the_format_is_text(name: str, problem: Problem, tmp_path: Path) -> None:
    row = {"organisation": "O", "name": name, "lat": 0.1 + 0.2, "lon": 0.1}
    write(problem.replace(organisations=(*problem.organisations, row)), tmp_path / "a.xlsx")
    again = read(tmp_path / "a.xlsx").organisations[2]
    assert (again.name, again.lat, again.lon) == (name, 0.1 + 0.2, 0.1)


def test_the_header_is_bold_frozen_and_filtered(problem: Problem, tmp_path: Path) -> None:
    write(problem, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == list(GOOD)
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "A2"
        assert all(cell.font.bold for cell in sheet[1])
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(8 <= column.width <= 41 for column in sheet.column_dimensions.values())


def test_a_list_too_long_for_a_cell_is_an_error(problem: Problem, tmp_path: Path) -> None:
    row = {
        "meeting": "H",
        "facilitator": "F1",
        "role": "lead",
        "hours": 1,
        "organisations": [f"organisation {n}" for n in range(3000)],
    }
    with pytest.raises(ProblemError) as caught:
        write(problem.replace(history=[row]), tmp_path / "a.xlsx")
    assert str(caught.value) == (
        "1 problem in the input\n  history, row 1, column organisations: "
        "is too long for a cell of a workbook; write CSV, Parquet or JSON instead"
    )
    assert not (tmp_path / "a.xlsx").exists()


def test_a_workbook_of_another_program(tmp_path: Path) -> None:
    """Written by hand with plain xlsxwriter, as an export might: numbers, real dates, text."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "default_date_format": "d-m-yyyy h:mm"}) as book:
        for name, text in GOOD.items():
            sheet = book.add_worksheet(name)
            for number, line in enumerate(text.strip().split("\n")):
                for place, cell in enumerate(line.split(",")):
                    try:
                        sheet.write(number, place, datetime.strptime(cell, "%Y-%m-%d %H:%M"))  # noqa: DTZ007
                    except ValueError:
                        sheet.write(number, place, cell)
    (tmp_path / "a.xlsx").write_bytes(content.getvalue())
    (tmp_path / "csv").mkdir()
    assert read(tmp_path / "a.xlsx") == read(folder_of({}, tmp_path / "csv"))
