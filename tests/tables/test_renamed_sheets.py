"""A sheet of another name over the headings of one table is not left out: its rows may be ties."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from tests.builders import PARTY, problem

from poolmatch import ProblemError, read, write

CASE = problem(ties=[{"facilitator": "F1", "kind": "director", "organisation": PARTY}])


def renamed(path: Path, language: str, before: str, after: str) -> list[tuple[str, str, str]]:
    """Table, severity and remedy of what is said of a workbook with a sheet of another name."""
    write(CASE, path, language=language)
    book = openpyxl.load_workbook(path)
    book[before].title = after
    book.save(path)
    try:
        issues = read(path).warnings
    except ProblemError as refused:
        issues = refused.issues
    return [(issue.table, issue.severity, issue.remedy_words.say(language)) for issue in issues if not issue.column]


@pytest.mark.parametrize(
    ("language", "before", "after", "meant"),
    [
        ("nl", "banden", "relaties", 'bedoelt u "banden"?'),
        ("nl", "begeleiders", "medewerkers", 'bedoelt u "begeleiders"?'),
        ("nl", "belangen", "Blad 2", 'bedoelt u "belangen"?'),
        ("nl", "wie kan wanneer", "kalender", "de inhoud wordt niet gebruikt"),
        ("en", "ties", "relations", 'did you mean "ties"?'),
    ],
)
def test_a_sheet_is_known_by_its_headings(tmp_path: Path, language: str, before: str, after: str, meant: str) -> None:
    ((table, severity, remedy),) = renamed(tmp_path / "pool.xlsx", language, before, after)
    assert (table, severity) == (after, "error" if "?" in meant else "warning")
    assert remedy.startswith(meant)


def test_a_copy_of_a_sheet_that_is_there_is_only_told(tmp_path: Path) -> None:
    path = tmp_path / "pool.xlsx"
    write(CASE, path, language="nl")
    book = openpyxl.load_workbook(path)
    book.copy_worksheet(book["banden"]).title = "van vorig jaar"
    book.save(path)
    found = read(path)
    assert found == CASE
    assert [issue.severity for issue in found.warnings if issue.table == "van vorig jaar"] == ["warning"]


def test_what_is_wrong_on_it_is_told_with_it(tmp_path: Path) -> None:
    path = tmp_path / "pool.xlsx"
    write(CASE, path, language="nl")
    book = openpyxl.load_workbook(path)
    book["banden"]["C2"] = "Nergens"
    book["banden"].title = "relaties"
    book.save(path)
    with pytest.raises(ProblemError) as refused:
        read(path)
    assert {"relaties", "ties"} <= {issue.table for issue in refused.value.issues if issue.severity == "error"}
