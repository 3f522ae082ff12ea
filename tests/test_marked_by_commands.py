"""Commands show mistakes where they are: in a copy of the workbook of the problem, or of the roster."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from tests.messages.pseudo import left_in_english
from tests.report.worked_example import example, made
from tests.tables.dutch_workbooks import dutch_workbook

from poolmatch import read_roster, write
from poolmatch.cli import BAD_INPUT, DONE, ILLEGAL, main
from poolmatch.report.results_workbook import write_results

Shown = pytest.CaptureFixture[str]


RED, YELLOW = "FFFFC7CE", "FFFFEB9C"


def marks(path: Path, colour: str = RED) -> dict[str, str]:
    """The comment of each cell that has a colour of mistakes."""
    return {
        f"{sheet.title}!{cells}": sheet[cells.partition(":")[0]].comment.text
        for sheet in openpyxl.load_workbook(path)
        for block in sheet.conditional_formatting
        for rule in block.rules
        if rule.dxf is not None and rule.dxf.fill is not None and rule.dxf.fill.bgColor.rgb == colour
        for cells in str(block.sqref).split()
    }


def unknown_employer(book: openpyxl.Workbook) -> None:
    book["begeleiders"]["C2"] = "Niemand"


@pytest.mark.parametrize("line", ["solve {pool}", "check {pool} roster.csv", "bottlenecks {pool}"])
def test_mistakes_of_a_workbook_are_in_a_copy_beside_it(line: str, tmp_path: Path, capsys: Shown) -> None:
    pool = dutch_workbook(example(), tmp_path / "pool.xlsx", unknown_employer)
    before = pool.read_bytes()
    copy = tmp_path / "pool.fouten.xlsx"
    assert main(line.format(pool=pool).split()) == BAD_INPUT
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.splitlines()[-1] == f"De fouten zijn gemarkeerd in een kopie: {copy}"
    assert left_in_english(shown.err.replace(str(tmp_path), "")) == set()
    assert marks(copy) == {
        "begeleiders!C2": "Staat niet in organisaties (Niemand).\nVerbeter het, of voeg het toe aan organisaties."
    }
    assert pool.read_bytes() == before
    assert {file.name for file in tmp_path.iterdir()} == {"pool.xlsx", "pool.fouten.xlsx"}


def test_the_language_that_is_asked_for_is_that_of_the_copy(tmp_path: Path, capsys: Shown) -> None:
    pool = dutch_workbook(example(), tmp_path / "pool.xlsx", unknown_employer)
    assert main(["solve", str(pool), "--language", "en"]) == BAD_INPUT
    copy = tmp_path / "pool.mistakes.xlsx"
    assert capsys.readouterr().err.splitlines()[-1] == f"The mistakes are marked in a copy: {copy}"
    assert list(marks(copy).values()) == ["Is not in organisaties (Niemand).\nCorrect it, or add it to organisaties."]


def test_other_files_have_no_copy(tmp_path: Path, capsys: Shown) -> None:
    write(example(), tmp_path / "pool")
    (tmp_path / "pool" / "facilitators.csv").write_text("facilitator,name,organisation\nF1,Anna,Nobody\n", "utf-8")
    (tmp_path / "no.xlsx").write_bytes(b"PK\x03\x04 no")
    for name in ("pool", "no.xlsx", "nowhere.xlsx"):
        assert main(["solve", str(tmp_path / name)]) == BAD_INPUT
        assert "marked" not in capsys.readouterr().err
    assert {file.name for file in tmp_path.iterdir()} == {"pool", "no.xlsx"}


def test_a_copy_that_cannot_be_written_is_told_after_the_mistakes(tmp_path: Path, capsys: Shown) -> None:
    pool = dutch_workbook(example(), tmp_path / "pool.xlsx", unknown_employer)
    (tmp_path / "pool.fouten.xlsx").symlink_to(tmp_path / "elsewhere.xlsx")
    assert main(["solve", str(pool)]) == BAD_INPUT
    shown = capsys.readouterr().err
    assert "staat niet in organisaties" in shown
    assert "pool.fouten.xlsx" in shown.splitlines()[-1]
    assert not (tmp_path / "elsewhere.xlsx").exists()


def roster_of(folder: Path, cell: str, holder: str | None) -> Path:
    """The workbook of a result with somebody else in a seat."""
    path = folder / "roster.xlsx"
    write_results(path, made(), "nl")
    book = openpyxl.load_workbook(path)
    book.worksheets[0][cell] = holder
    book.save(path)
    return path


def test_seats_that_break_a_rule_are_marked_in_the_roster(tmp_path: Path, capsys: Shown) -> None:
    pool = tmp_path / "pool.xlsx"
    write(example(), pool)
    path = roster_of(tmp_path, "F4", "F1 · Anna")  # M2, at which everybody is away
    assert main(["check", str(pool), str(path), "--language", "nl"]) == ILLEGAL
    copy = tmp_path / "roster.fouten.xlsx"
    assert capsys.readouterr().out.splitlines()[-1] == f"De fouten zijn gemarkeerd in een kopie: {copy}"
    ((place, comment),) = marks(copy).items()
    assert place == "rooster!F4"
    assert comment == (
        "F1 is niet de hele tijd beschikbaar.\nEen begeleider is beschikbaar van het opbouwen tot en met het opruimen. "
        "Wijzig wie daar zit, of laat de plaats leeg."
    )
    assert left_in_english(comment) == set()
    book = openpyxl.load_workbook(copy)
    assert book["fouten"]["D5"].hyperlink.location == "'rooster'!F4"
    assert read_roster(copy, example()).rows == read_roster(path, example()).rows


def test_somebody_unknown_in_a_roster_is_marked_there(tmp_path: Path, capsys: Shown) -> None:
    pool = tmp_path / "pool.xlsx"
    write(example(), pool)
    path = roster_of(tmp_path, "F2", "Dirk")
    assert main(["check", str(pool), str(path), "--language", "nl"]) == BAD_INPUT
    assert capsys.readouterr().err.splitlines()[-1].endswith(str(tmp_path / "roster.fouten.xlsx"))
    assert list(marks(tmp_path / "roster.fouten.xlsx")) == ["rooster!F2"]
    assert not (tmp_path / "pool.fouten.xlsx").exists()


def test_a_legal_roster_has_no_copy(tmp_path: Path) -> None:
    pool = tmp_path / "pool.xlsx"
    write(example(), pool)
    write_results(tmp_path / "roster.xlsx", made(), "nl")
    assert main(["check", str(pool), str(tmp_path / "roster.xlsx")]) == DONE
    assert {file.name for file in tmp_path.iterdir()} == {"pool.xlsx", "roster.xlsx"}


def test_what_is_worth_a_look_is_marked_on_request(tmp_path: Path, capsys: Shown) -> None:
    def note(book: openpyxl.Workbook) -> None:
        book["belangen"]["H2"] = "navragen"

    pool = dutch_workbook(example(), tmp_path / "pool.xlsx", note)
    write_results(tmp_path / "roster.xlsx", made(), "nl")
    out = tmp_path / "kijk.xlsx"
    line = ["check", str(pool), str(tmp_path / "roster.xlsx"), "--marked", str(out)]
    assert main(line) == DONE
    assert capsys.readouterr().out.splitlines()[-1] == str(out)
    assert marks(out, YELLOW)["belangen!H2"].startswith("Heeft iets naast de tabel staan.")
    write(example(), tmp_path / "folder")
    assert main(["check", str(tmp_path / "folder"), *line[2:]]) == BAD_INPUT
    assert "--marked" in capsys.readouterr().err
    assert main([*line[:-1], "kijk.doc"]) == BAD_INPUT
