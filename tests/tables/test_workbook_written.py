"""Workbooks as they are written: text that stays text, times, the header, and what does not fit a cell."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from tests.tables.files import GOOD, folder_of

from poolmatch.domain.problem import Problem
from poolmatch.errors import ProblemError
from poolmatch.tables import read, write


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
        {"source": "GEM", "target": "WAT", "kind": "controls", "start": start} for start in ("1909-12-31", "1910-01-01")
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
    assert [book["links"].cell(row, 4).value for row in (2, 3)] == ["1909-12-31", datetime(1910, 1, 1)]  # noqa: DTZ001
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
