"""The template: an empty workbook that explains itself, and reads back once it is filled in."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from tests.tables.files import GOOD, folder_of

from poolmatch.domain.assembly import TABLES
from poolmatch.errors import ProblemError
from poolmatch.rules import ALL_RULES
from poolmatch.tables import read, write_template
from poolmatch.tables.schema import Kind, columns_of
from poolmatch.tables.template import EXPLANATION, MAX_DROP_DOWN, RULES


@pytest.fixture
def path(tmp_path: Path) -> Path:
    write_template(tmp_path / "template.xlsx")
    return tmp_path / "template.xlsx"


@pytest.fixture
def book(path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path)


def test_an_empty_template_lacks_the_period(path: Path) -> None:
    with pytest.raises(ProblemError) as caught:
        read(path)
    assert str(caught.value) == "1 problem in the input\n  period: has 0 rows; give exactly one row"


def test_it_has_a_sheet_per_table_with_every_column(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == [EXPLANATION, *TABLES]
    for name, kind in TABLES.items():
        assert [cell.value for cell in book[name][1]] == list(kind.model_fields)
        assert book[name].max_row == 1
        assert book[name].freeze_panes == "A2"


def test_required_columns_are_marked(book: openpyxl.Workbook) -> None:
    for name, kind in TABLES.items():
        for column, cell in zip(columns_of(kind), book[name][1], strict=True):
            assert (cell.border.bottom.style == "medium") is column.required
            assert cell.comment is not None
            assert cell.comment.text.startswith("Required. ") is column.required
            assert column.explanation in cell.comment.text


def test_the_first_sheet_explains_every_column(book: openpyxl.Workbook) -> None:
    head, *rows = [tuple(cell or "" for cell in row) for row in book[EXPLANATION].iter_rows(values_only=True)]
    assert head == ("table", "column", "required", "kind of value", "words", "explanation")
    assert [row[:2] for row in rows if row[0] != RULES] == [
        (name, column) for name, kind in TABLES.items() for column in kind.model_fields
    ]
    assert all(row[5] for row in rows)
    assert ("meetings", "start", "no", "date and time", "") in [row[:5] for row in rows]
    assert ("stakes", "organisation", "yes", "id in organisations", "") in [row[:5] for row in rows]
    assert ("pairings", "kind", "yes", "one of the words", "require, prefer, avoid, forbid") in [
        row[:5] for row in rows
    ]


def test_it_names_every_rule_after_the_columns(book: openpyxl.Workbook) -> None:
    rows = [tuple(cell or "" for cell in row) for row in book[EXPLANATION].iter_rows(values_only=True)]
    told = rows[-len(ALL_RULES) :]
    assert [(row[1], row[5]) for row in told] == [(rule.id, rule.sentence.en) for rule in ALL_RULES]
    assert {row[0] for row in told} == {RULES}
    assert {row[1] for row in told if row[3] == "a standard rule"} == {rule.id for rule in ALL_RULES if rule.standard}


def test_closed_words_and_truth_have_drop_downs(book: openpyxl.Workbook) -> None:
    for name, kind in TABLES.items():
        lists = {
            str(validation.sqref).split(":")[0]: validation.formula1
            for validation in book[name].data_validations.dataValidation
        }
        expected = {
            cell.coordinate.replace("1", "2"): '"' + ",".join(column.words or ("yes", "no")) + '"'
            for column, cell in zip(columns_of(kind), book[name][1], strict=True)
            if column.kind in (Kind.WORD, Kind.YES_NO)
        }
        assert lists == expected
        assert all(len(words) - 2 <= MAX_DROP_DOWN for words in lists.values())


def test_formats_keep_ids_text_and_dates_dates(book: openpyxl.Workbook) -> None:
    def number_format(name: str, column: str) -> str:
        letter = next(cell.coordinate.rstrip("1") for cell in book[name][1] if cell.value == column)
        return str(book[name].column_dimensions[letter].number_format)

    assert number_format("facilitators", "facilitator") == "@"
    assert number_format("period", "start") == "yyyy-mm-dd"
    assert number_format("meetings", "start") == "yyyy-mm-dd hh:mm"
    assert number_format("availability", "start") == "General"
    assert number_format("meetings", "priority") == "General"


def test_a_filled_template_is_a_problem(path: Path, book: openpyxl.Workbook, tmp_path: Path) -> None:
    for name, text in GOOD.items():
        head, *rows = [line.split(",") for line in text.strip().split("\n")]
        letters = {cell.value: cell.coordinate.rstrip("1") for cell in book[name][1]}
        for number, row in enumerate(rows, 2):
            for column, value in zip(head, row, strict=True):
                cell: str | float | date = value
                if column in ("start", "end"):
                    cell = datetime.fromisoformat(value) if " " in value else date.fromisoformat(value)
                elif column in ("lat", "lon"):
                    cell = float(value)
                book[name][f"{letters[column]}{number}"] = cell
    book.save(path)
    (tmp_path / "csv").mkdir()
    expected = read(folder_of({}, tmp_path / "csv"))
    assert read(path) == expected
    assert read(path).warnings == ()
