"""Rows of a workbook that a person keeps: what hangs on them goes with them, and what is not as usual is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.table import Table
from tests.tables.kept_workbooks import (
    YELLOW,
    Edit,
    edited,
    example_in,
    month_after,
    same,
    told,
    with_days,
    written_anew,
)
from tests.tables.workbook_parts import rewritten

from poolmatch import Problem, read
from poolmatch.issues import Issue
from poolmatch.tables import marked_copy, write, write_to_finish

pytestmark = pytest.mark.slow


@pytest.fixture
def pool(tmp_path: Path) -> Path:
    """The example, with marks in its grid and a group of meetings that goes on."""
    return example_in(tmp_path)


# --- what hangs on a row goes where it goes --------------------------------------------------------------


def test_rows_go_up_with_all_that_is_theirs(pool: Path, tmp_path: Path) -> None:
    def add(book: openpyxl.Workbook) -> None:
        sheet = book["bezwaren"]
        for line, cells in enumerate([("DOR", "F03"), ("WAT", "F02"), ("NAT", "F01")], 2):
            for place, value in enumerate(cells, 1):
                sheet.cell(line, place).value = value
            sheet.cell(line, 4).value = f"=LEN(B{line})+$A$1"
            sheet.cell(line, 8).value = f"naast {line}"
        sheet["D1"] = "eigen"
        sheet["B4"].fill = YELLOW
        sheet["B4"].hyperlink = "#begeleiders!A1"
        sheet["A3"].comment = Comment("weg ermee", "coördinator")
        sheet["A4"].comment = Comment("blijft", "coördinator")
        sheet.row_dimensions[4].height = 33

    problem = read(with_days(edited(pool, add)))
    first, _, last = problem.strikes
    out = tmp_path / "out.xlsx"
    write(problem.replace(strikes=[last, first]), out, language="nl", source=pool)
    sheet = openpyxl.load_workbook(out)["bezwaren"]
    assert [[cell.value for cell in line] for line in sheet.iter_rows(min_row=2, max_row=4)] == [
        ["NAT", "F01", None, "=LEN(B2)+$A$1", None, None, None, "naast 2"],
        ["DOR", "F03", None, "=LEN(B3)+$A$1", None, None, None, "naast 3"],
        [None, None, None, None, None, None, None, "naast 4"],
    ]
    assert sheet["B2"].fill.fgColor.rgb == YELLOW.fgColor.rgb
    assert sheet["B2"].hyperlink.ref == "B2"
    assert {
        cell.coordinate: cell.comment.text for line in sheet.iter_rows(min_row=2) for cell in line if cell.comment
    } == {"A2": "blijft"}
    assert sheet.row_dimensions[2].height == 33


def test_a_row_of_the_same_id_keeps_what_is_beside_it(pool: Path, tmp_path: Path) -> None:
    def add(book: openpyxl.Workbook) -> None:
        book["organisaties"]["G1"], book["organisaties"]["G3"] = "contact", "Sjaan"

    problem = read(with_days(edited(pool, add)))
    first, second, *rest = problem.organisations
    renamed = second.model_copy(update={"name": "Heet nu anders", "kind": None})
    out = tmp_path / "out.xlsx"
    write(problem.replace(organisations=[first, renamed, *rest]), out, language="nl", source=pool)
    sheet = openpyxl.load_workbook(out)["organisaties"]
    assert [cell.value for cell in sheet[3]] == [second.organisation, "Heet nu anders", None, None, None, None, "Sjaan"]


def test_a_formula_that_cells_share_stays_in_each(pool: Path, tmp_path: Path) -> None:
    def add(book: openpyxl.Workbook) -> None:
        book["belangen"]["D1"] = "eigen"

    edited(pool, add)
    shared = {
        2: '<f t="shared" ref="D2:D4" si="0">LEN(A2)</f>',
        3: '<f t="shared" si="0"/>',
        4: '<f t="shared" si="0"/>',
    }

    def share(xml: str) -> str:
        for line, formula in shared.items():
            xml = re.sub(
                rf'(<row r="{line}".*?)(</row>)', rf'\1<c r="D{line}">{formula}<v>3</v></c>\2', xml, flags=re.S
            )
        return xml

    part = 1 + openpyxl.load_workbook(pool).sheetnames.index("belangen")
    problem = read(with_days(rewritten(pool, f"xl/worksheets/sheet{part}.xml", share)))
    out = tmp_path / "out.xlsx"
    write(problem.replace(stakes=problem.stakes[1:]), out, language="nl", source=pool)
    sheet = openpyxl.load_workbook(out)["belangen"]
    assert [sheet[cell].value for cell in ("D2", "D3", "D4")] == ["=LEN(A2)", "=LEN(A3)", None]


def test_filter_print_area_and_table_hold_new_rows(pool: Path, tmp_path: Path) -> None:
    def add(book: openpyxl.Workbook) -> None:
        sheet = book["eerder werk"]
        sheet.add_table(Table(displayName="werk", ref="A1:J2"))
        sheet.print_area = "A1:J2"
        book["organisaties"].auto_filter.ref = "A1:F7"

    problem = read(with_days(edited(pool, add)))
    work = {"facilitator": "F01", "role": "lead", "start": "2026-01-05 10:00", "end": "2026-01-05 11:00"}
    done = [{"meeting": f"X{number}", **work} for number in range(9)]
    more = [{"organisation": f"N{number}", "name": f"Nieuw {number}"} for number in range(3)]
    out = tmp_path / "out.xlsx"
    changed = problem.replace(history=done, organisations=[*problem.organisations, *more])
    write(changed, out, language="nl", source=pool)
    assert read(out) == changed
    book = openpyxl.load_workbook(out)
    last = 1 + len(changed.history)
    assert book["eerder werk"].tables["werk"].ref == f"A1:J{last}"
    assert book["eerder werk"].print_area == f"'eerder werk'!$A$1:$J${last}"
    assert book["organisaties"].auto_filter.ref == f"A1:F{1 + len(changed.organisations)}"


# --- what is not there, or not as usual ------------------------------------------------------------------


def test_a_sheet_that_was_removed_comes_back_when_it_is_needed(pool: Path, tmp_path: Path) -> None:
    def remove(book: openpyxl.Workbook) -> None:
        for title in ("gepubliceerd rooster", "grootboek", "begin hier", "lijsten"):
            del book[title]

    problem = read(with_days(edited(pool, remove)))
    out = tmp_path / "out.xlsx"
    write(told(problem), out, language="nl", source=pool)
    assert read(out) == told(problem)
    assert openpyxl.load_workbook(out).sheetnames == [*openpyxl.load_workbook(pool).sheetnames, "gepubliceerd rooster"]


def without_the_column(book: openpyxl.Workbook) -> None:
    book["gepubliceerd rooster"].delete_cols(3)


def days_from_1904(book: openpyxl.Workbook) -> None:
    book.epoch = CALENDAR_MAC_1904


@pytest.mark.parametrize(
    ("edit", "language"),
    [
        (without_the_column, "nl"),
        (lambda _: None, "en"),
        (lambda book: setattr(book, "epoch", CALENDAR_MAC_1904), "nl"),
    ],
)
def test_what_cannot_be_carried_is_told(
    edit: Edit, language: str, pool: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    problem = read(pool)
    edited(pool, edit)
    out = tmp_path / "out.xlsx"
    write(told(problem), out, language=language, source=pool)
    assert written_anew(caplog)
    assert read(out) == told(problem)
    assert out.read_bytes() == anew(told(problem), tmp_path / "anew.xlsx", language).read_bytes()


UNUSUAL: list[tuple[str, Callable[[str], str]]] = [
    ("xl/worksheets/sheet6.xml", lambda xml: re.sub(r'(<row) r="\d+"', r"\1", xml)),
    ("xl/workbook.xml", lambda xml: re.sub(r"(<definedName [^>]*Print_Area[^>]*>)[^<]*", r"\1", xml)),
]
"""Ways to store a workbook in which it is read all the same."""


@pytest.mark.parametrize(("part", "change"), UNUSUAL)
def test_a_workbook_that_is_stored_in_a_way_of_its_own_stops_nothing(
    part: str, change: Callable[[str], str], pool: Path, tmp_path: Path
) -> None:
    problem = read(rewritten(pool, part, change))
    write(told(problem), tmp_path / "out.xlsx", language="nl", source=pool)
    assert same(read(tmp_path / "out.xlsx"), told(problem))


def anew(problem: Problem, path: Path, language: str) -> Path:
    write(problem, path, language=language)
    return path


def test_another_form_is_written_as_ever(pool: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    problem = read(pool)
    write(problem, tmp_path / "folder")
    for source in (tmp_path / "folder", tmp_path / "nothing.xlsx"):
        write(problem, tmp_path / "out.xlsx", language="nl", source=source)
        assert (tmp_path / "out.xlsx").read_bytes() == anew(problem, tmp_path / "anew.xlsx", "nl").read_bytes()
    assert not written_anew(caplog)


def test_marks_of_mistakes_go_out(pool: Path, tmp_path: Path) -> None:
    problem = read(pool)
    issue = Issue("facilitators", (1,), "name", "is odd", "look at it", cells=("begeleiders!B2",))
    copy = marked_copy(pool, [issue], tmp_path / "pool.fouten.xlsx", "nl")
    out = tmp_path / "out.xlsx"
    write(told(problem), out, language="nl", source=copy)
    assert read(out) == told(problem)
    before, after = openpyxl.load_workbook(pool), openpyxl.load_workbook(out)
    assert after.sheetnames == before.sheetnames
    assert after["begeleiders"]["B2"].comment is None
    assert not after["begeleiders"].conditional_formatting
    assert {title: after[title].print_title_rows for title in after.sheetnames} == {
        title: before[title].print_title_rows for title in before.sheetnames
    }


EVIL = ("=cmd|'/c calc'!A1", "@SUM(1)", "+1", "-1", '=HYPERLINK("http://x")', "a_x000D_b", "<r><t>x</t></r>", "&amp;")


def test_text_stays_text(pool: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    problem = read(pool)
    evil = [{"organisation": f"N{number}", "name": text} for number, text in enumerate(EVIL)]
    changed = problem.replace(organisations=[*problem.organisations, *evil])
    out = tmp_path / "out.xlsx"
    write(changed, out, language="nl", source=pool)
    assert read(out) == changed
    assert not written_anew(caplog)
    sheet = openpyxl.load_workbook(out)["organisaties"]
    assert {cell.data_type for line in sheet.iter_rows(min_row=2) for cell in line if cell.value} <= {"s", "n"}


def test_names_with_a_prefix(pool: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """As some programs write the parts of a workbook."""
    problem = read(pool)
    for part in ("workbook", "styles", *(f"worksheets/sheet{number}" for number in range(1, 28))):
        rewritten(
            pool, f"xl/{part}.xml", lambda xml: re.sub(r"<(/?)(?=[a-z])", r"<\1x:", xml).replace("xmlns=", "xmlns:x=")
        )
    assert read(pool) == problem
    out = tmp_path / "out.xlsx"
    closed = month_after(told(problem))
    write_to_finish(closed, {}, out, "nl", force=False, source=pool)
    assert same(read(out), closed)
    assert not written_anew(caplog)


def test_formulas_of_own_columns_are_not_read(pool: Path) -> None:
    """Nobody needs their results: neither one that is not stored nor an error is told."""
    problem = read(pool)

    def add(book: openpyxl.Workbook) -> None:
        sheet = book["begeleiders"]
        place = sheet.max_column + 1
        for line, value in enumerate(["eigen", "=1+1", "#N/A"], 1):
            sheet.cell(line, place).value = value

    found = read(with_days(edited(pool, add)))
    assert found == problem
    assert not [issue for issue in found.warnings if issue.rows and issue.column == "eigen"]
