"""What a worksheet does with its cells besides holding them: nothing is lost or used without a word."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import openpyxl
import pytest
import xlsxwriter
from tests.tables.files import GOOD, folder_of
from tests.tables.workbook_parts import rewritten

from poolmatch.domain.problem import Problem
from poolmatch.errors import ProblemError
from poolmatch.tables import read, read_roster, write, write_roster
from poolmatch.tables.limits import LIMITS, Limits
from poolmatch.tables.readers import reading_of

Spoil = Callable[[openpyxl.Workbook], object]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The good problem as a workbook, with the columns that the CSV files have."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, text in GOOD.items():
        sheet = book.create_sheet(name)
        for line in text.strip().split("\n"):
            sheet.append([float(cell) if cell.count(".") == 1 else cell for cell in line.split(",")])
    book.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


@pytest.fixture
def good(tmp_path: Path) -> Problem:
    (tmp_path / "good").mkdir()
    return read(folder_of({}, tmp_path / "good"))


def spoilt(path: Path, spoil: Spoil) -> Path:
    book = openpyxl.load_workbook(path)
    spoil(book)
    book.save(path)
    return path


def errors(path: Path, limits: Limits = LIMITS) -> list[str]:
    with pytest.raises(ProblemError) as caught:
        reading_of(path, limits=limits).problem()
    return [str(issue) for issue in caught.value.errors]


def warned(path: Path) -> list[str]:
    return [str(issue) for issue in read(path).warnings]


def test_the_good_workbook_is_beyond_doubt(path: Path, good: Problem) -> None:
    assert read(path) == good
    assert warned(path) == []


# --- merged cells ----------------------------------------------------------------------------------------

UNMERGE = "has merged cells; unmerge them, and fill in each cell: only the first of them holds anything"


def test_8b_merged_cells_are_an_error_that_names_the_range(path: Path) -> None:
    spoilt(path, lambda book: book["facilitators"].merge_cells("C2:C3"))
    assert errors(path) == [f"facilitators (facilitators!C2:C3): {UNMERGE}"]


def test_8b_what_follows_from_merged_cells_is_not_told(path: Path) -> None:
    """The second meeting has lost its id, title and times; of the others' ids nobody is blamed."""

    def merge(book: openpyxl.Workbook) -> None:
        book["stakes"].merge_cells("A2:B3")
        book["seats"].merge_cells("C2:C3")
        book["seats"]["B2"] = None  # this has nothing to do with it

    assert errors(spoilt(path, merge)) == [
        f"stakes (stakes!A2:B3): {UNMERGE}",
        f"seats (seats!C2:C3): {UNMERGE}",
        "seats, column seat (seats!B2): is required and blank; fill it in",
    ]


@pytest.mark.parametrize(("block", "told"), [("A1:B1", False), ("A1:A2", True), ("B3:C3", True), ("H8:J9", True)])
def test_merged_cells_of_the_header_alone_are_no_error(block: str, told: bool, path: Path) -> None:
    spoilt(path, lambda book: book["period"].merge_cells(block))
    if told:
        assert any(f"(period!{block})" in line for line in errors(path))
    else:  # the second heading is lost with it, and that is told
        assert not any("merged" in line for line in errors(path))


def test_very_many_blocks_are_counted_as_far_as_they_are_kept(path: Path) -> None:
    def merge(book: openpyxl.Workbook) -> None:
        for row in range(10, 50):
            book["seats"].merge_cells(f"A{row}:B{row}")

    (line,) = errors(spoilt(path, merge), Limits(merged=12))
    assert line.count("seats!A") == 10
    assert " and 2 more): has merged cells" in line


def test_a_block_over_the_whole_sheet_takes_no_time(path: Path) -> None:
    spoilt(path, lambda book: book["seats"].merge_cells("A2:B3"))
    rewritten(path, "xl/worksheets/sheet6.xml", lambda xml: xml.replace('ref="A2:B3"', 'ref="A2:XFD1048576"'))
    assert errors(path) == [f"seats (seats!A2:XFD1048576): {UNMERGE}"]


def test_merged_cells_of_a_roster(good: Problem, tmp_path: Path) -> None:
    from poolmatch.domain.roster import Roster

    write_roster(Roster.of(good, {("M1", "lead"): "F1"}), tmp_path / "roster.xlsx", good)
    spoilt(tmp_path / "roster.xlsx", lambda book: book["roster"].merge_cells("D2:D3"))
    with pytest.raises(ProblemError) as caught:
        read_roster(tmp_path / "roster.xlsx", good)
    assert [str(issue) for issue in caught.value.errors] == [f"roster (roster!D2:D3): {UNMERGE}"]


# --- hidden and filtered ---------------------------------------------------------------------------------

USED = "they are used: show them and look, or remove them"


def test_8b_hidden_rows_and_columns_are_used_and_told(path: Path, good: Problem) -> None:
    def hide(book: openpyxl.Workbook) -> None:
        book["meetings"].row_dimensions[3].hidden = True
        book["facilitators"].column_dimensions["C"].hidden = True
        book["facilitators"].column_dimensions["B"].hidden = True

    assert read(spoilt(path, hide)) == good
    assert warned(path) == [
        f"facilitators (facilitators!B:B, facilitators!C:C): has hidden columns; {USED}",
        f"meetings (meetings!3:3): has rows that are hidden or filtered out; {USED}",
    ]


def test_hidden_rows_and_columns_without_content_are_nothing(path: Path) -> None:
    def hide(book: openpyxl.Workbook) -> None:
        sheet = book["organisations"]
        for row in (4, 5, 900):
            sheet.row_dimensions[row].hidden = True
        sheet["A5"].number_format = "@"
        sheet.column_dimensions.group("C", "XFD", hidden=True)

    assert warned(spoilt(path, hide)) == []


def test_8b_rows_that_a_filter_hides(good: Problem, tmp_path: Path) -> None:
    """As spreadsheet programs write it: a criterion, and each row it leaves out is hidden."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        for name, text in GOOD.items():
            sheet = book.add_worksheet(name)
            for number, line in enumerate(text.strip().split("\n")):
                for place, cell in enumerate(line.split(",")):
                    sheet.write(number, place, float(cell) if cell.count(".") == 1 else cell)
            if name == "seats":
                sheet.autofilter("A1:C3")
                sheet.filter_column("A", "x == M1")
                sheet.set_row(2, options={"hidden": True})
    (tmp_path / "b.xlsx").write_bytes(content.getvalue())
    assert read(tmp_path / "b.xlsx") == good
    assert warned(tmp_path / "b.xlsx") == [f"seats (seats!3:3): has rows that are hidden or filtered out; {USED}"]


def test_8b_a_filter_that_hides_nothing_yet(path: Path) -> None:
    def filter_(book: openpyxl.Workbook) -> None:
        book["seats"].auto_filter.ref = "A1:C3"
        book["seats"].auto_filter.add_filter_column(0, ["M1"])

    assert warned(spoilt(path, filter_)) == ["seats: has a filter set; all rows are used, whatever the filter shows"]


def test_a_filter_without_a_criterion_is_nothing(good: Problem, tmp_path: Path) -> None:
    write(good, tmp_path / "b.xlsx")  # with the little arrows in the header
    assert warned(tmp_path / "b.xlsx") == []


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_used_and_told(state: Literal["hidden", "veryHidden"], path: Path, good: Problem) -> None:
    def hide(book: openpyxl.Workbook) -> None:
        book["stakes"].sheet_state = state

    assert read(spoilt(path, hide)) == good
    assert warned(path) == ["stakes: is a hidden sheet; it is used: show it and look, or remove it"]


# --- totals and blank rows -------------------------------------------------------------------------------

TOTAL = "is a total of other rows; remove the row, or give what it stands for another id"


@pytest.mark.parametrize("word", ["Totaal", "TOTAL", " totaal: ", "Subtotaal", "Eindtotaal", "Grand total", "Som"])
def test_8b_a_total_row_by_its_word(word: str, path: Path) -> None:
    spoilt(path, lambda book: book["organisations"].append([word, "2"]))
    assert errors(path) == [f"organisations (organisations!4:4): {TOTAL}"]


@pytest.mark.parametrize("word", ["Totaalplan", "TOT", "Somerset", "Total Wonen"])
def test_ids_that_only_look_like_totals(word: str, path: Path) -> None:
    spoilt(path, lambda book: book["organisations"].append([word, "2"]))
    assert read(path).organisations[2].organisation == word


def test_a_name_may_be_total(path: Path) -> None:
    spoilt(path, lambda book: book["organisations"].append(["TTE", "Total"]))
    assert read(path).organisations[2].name == "Total"


def test_8b_a_total_row_of_a_csv_file(tmp_path: Path) -> None:
    text = GOOD["organisations"] + ",\nTotaal,2\n"
    with pytest.raises(ProblemError) as caught:
        read(folder_of({"organisations": text}, tmp_path))
    assert [str(issue) for issue in caught.value.errors] == [f"organisations (line 5): {TOTAL}"]


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        ("=SUM(D2:D3)", True),
        ("=SUM($D$2:$D$3)", True),
        ("=SUBTOTAL(109,D2:D3)", True),
        ("=SUBTOTAL(109,Table1[lat])", True),
        ("=COUNTA(A2:E3)", True),
        ("=SUM(A4:C4)", False),
        ("=SUM(K2:K9)", False),
        ("=SUM(hours!D2:D3)", False),
        ("=D2+1", False),
        ("=VLOOKUP(A4,D2:E3,2)", False),
    ],
)
def test_8b_a_total_row_by_its_formula(formula: str, told: bool, path: Path) -> None:
    spoilt(path, lambda book: book["facilitators"].append(["F3", "Cees", "GEM", formula, 6.4]))
    if told:  # also without a stored result
        assert errors(path) == [f"facilitators (facilitators!4:4): {TOTAL}"]
    rewritten(path, "xl/worksheets/sheet3.xml", lambda xml: re.sub("</f><v ?/>|</f><v></v>", "</f><v>53.1</v>", xml))
    if told:
        assert errors(path) == [f"facilitators (facilitators!4:4): {TOTAL}"]
    else:
        assert read(path).facilitators[2].lat == 53.1


def test_8b_a_blank_row_in_the_middle_is_skipped_with_a_note(path: Path) -> None:
    spoilt(path, lambda book: book["organisations"].insert_rows(3))
    assert [row.organisation for row in read(path).organisations] == ["GEM", "WAT"]
    assert warned(path) == ["organisations (organisations!3:3): has blank rows between others; they are skipped"]


# --- cells and lines -------------------------------------------------------------------------------------


def test_34_messages_name_sheet_and_cell_below_a_blank_row(path: Path) -> None:
    def spoil(book: openpyxl.Workbook) -> None:
        book["meetings"].insert_rows(2, 6)
        book["meetings"]["C9"] = "tomorrow"

    assert errors(spoilt(path, spoil)) == [
        "meetings, column start (meetings!C9): is not a date with a time; "
        "write it as YYYY-MM-DD HH:MM, such as 2026-03-29 19:30"
    ]


def test_34_an_unknown_heading_is_named_by_its_cell(path: Path) -> None:
    def spoil(book: openpyxl.Workbook) -> None:
        book["meetings"]["B1"] = "tittle"

    assert errors(spoilt(path, spoil)) == [
        'meetings, column tittle (meetings!B1): is not a column of this table; did you mean "title"? '
        "rename it, or remove it"
    ]


def test_34_lines_of_a_csv_file_count_what_stands_above(tmp_path: Path) -> None:
    text = 'sep=,\norganisation,name\nGEM,"two\nlines"\n\nWAT,\n'
    with pytest.raises(ProblemError) as caught:
        read(folder_of({"organisations": text}, tmp_path))
    assert [str(issue) for issue in caught.value.errors] == [
        "organisations, column name (line 6): is required and blank; fill it in"
    ]
