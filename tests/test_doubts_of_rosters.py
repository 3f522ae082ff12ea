"""What is doubtful in a roster is told in the language of whoever typed the command, and not as a log has it."""

from __future__ import annotations

import logging
from pathlib import Path

import openpyxl
import pytest
from tests.builders import facilitator, meeting, problem, roster

from poolmatch import check, write
from poolmatch.cli import main
from poolmatch.report import faces, write_judged

CASE = problem([meeting()], [{**facilitator("F1"), "name": "Anna"}, "F2"])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("POOLMATCH_LANGUAGE", raising=False)
    write(CASE, tmp_path / "pool.xlsx", language="nl")
    write_judged(check(CASE, roster({"M1": "F1"})), tmp_path / "roster.xlsx", "nl")
    book = openpyxl.load_workbook(tmp_path / "roster.xlsx")
    sheet = book["rooster"]
    sheet.cell(2, [cell.value for cell in sheet[1]].index("begeleider") + 1).value = "F1 · Bea"
    book.save(tmp_path / "roster.xlsx")
    return tmp_path


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("language", "told"),
    [
        ([], "heeft achter het kenmerk een andere naam dan in begeleiders staat (F1 · Bea)"),
        (["--language", "en"], "has another name behind the id than stands in "),
    ],
)
def test_a_doubt_is_told_in_the_language_of_the_answer(
    language: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = logging.getLogger("poolmatch").handlers[:]
    assert main(["check", "pool.xlsx", "roster.xlsx", *language]) == 0
    assert told in capsys.readouterr().err
    assert logging.getLogger("poolmatch").handlers == before


@pytest.mark.usefixtures("folder")
def test_what_is_not_written_is_told_so_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    face = faces.FACES["roster.xlsx"]
    monkeypatch.setitem(
        faces.FACES, "roster.xlsx", type(face)(face.write, extra="excel", packages=("no_such_package",))
    )
    assert main(["solve", "pool.xlsx", "--out", "made"]) == 0
    assert capsys.readouterr().err.startswith("geen roster.xlsx: ")
