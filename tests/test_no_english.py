"""From the empty template to what hangs on the wall a Dutch reader meets no English: every text is looked through.

Words are looked for that are English and not Dutch: common ones, and those by which the contract calls tables, columns,
closed words and rules. Files for other programs (CSV, JSON) have the names of the contract, and are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest
from icalendar import Calendar
from openpyxl.worksheet.worksheet import Worksheet
from tests.builders import problem
from tests.guide import Done, follow
from tests.messages.pseudo import ENGLISH, WORDS
from tests.report.worked_example import example, made

from poolmatch import read, report_page, write
from poolmatch.cli import COMMANDS, main
from poolmatch.domain.assembly import TABLES
from poolmatch.report import write_page, write_result
from poolmatch.rules import ALL_RULES
from poolmatch.tables.schema import columns_of
from poolmatch.vocabulary import words_of_column

COMMON = {"and", "empty", "roster", "rosters", "sheet", "the", "with", "workbook"}
"""Words that are no names of the contract, besides those that are looked for in messages."""
BOTH = """
    adviser co contract director dossier in km last lead limit links max mentor min mix of online past per period pro
    quid quo rest score start team week weekend
"""
"""Names of the contract that Dutch has too, in whatever sense; and the id of the seat of a meeting that names none."""
TYPED = re.compile(r"\S*[/\\]\S*|\S+\.(?:csv|html|ics|json|toml|txt|xlsx)\b|(?<!\w)--?\w[\w-]*|standaard:?\s+\w+")
"""Paths, addresses, files, flags, and what stands where none is given."""


def names() -> Iterator[str]:
    """Yield by what the contract calls tables, columns, closed words and rules."""
    for table, kind in TABLES.items():
        yield table
        for column in columns_of(kind):
            yield column.name
            yield from words_of_column(table, column.name)
    yield from (rule.id for rule in ALL_RULES)


NOT_DUTCH = (ENGLISH | COMMON | {word for name in names() for word in re.split("[-_]", name)}) - {
    *BOTH.split(),
    *COMMANDS,
}


def english(text: str) -> set[str]:
    """The words of English in a text, what is to be typed aside."""
    return {word for word in WORDS.findall(TYPED.sub("", text)) if word.lower() in NOT_DUTCH}


def texts_of_sheet(sheet: Worksheet) -> Iterator[str]:
    """Yield all that people read on a sheet: its name, cells, notes, hints, messages of lists, and what is printed."""
    yield sheet.title
    for cell in (cell for row in sheet.iter_rows() for cell in row):
        if cell.value is not None and cell.data_type != "f":
            yield str(cell.value)
        if cell.comment:
            yield cell.comment.text
        if cell.hyperlink and cell.hyperlink.tooltip:
            yield cell.hyperlink.tooltip
    for item in sheet.data_validations.dataValidation:
        yield from filter(None, (item.promptTitle, item.prompt, item.errorTitle, item.error))
    for printed in filter(None, (sheet.oddHeader, sheet.oddFooter)):
        yield from (part.text for part in (printed.left, printed.center, printed.right) if part.text)


class Page(HTMLParser):
    """The texts of a page, also those that are only read aloud or shown by a pointer."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.languages: list[str | None] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("style", "script")
        given = dict(attributes)
        self.languages += [given["lang"]] if "lang" in given else []
        self.texts += [value for name in ("title", "aria-label", "alt") if (value := given.get(name))]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("style", "script")

    def handle_data(self, text: str) -> None:
        if not self._silent:
            self.texts.append(text)


def texts_of(path: Path) -> Iterator[str]:
    """Yield all that people read in a file."""
    if path.suffix == ".xlsx":
        for sheet in openpyxl.load_workbook(path).worksheets:
            yield from texts_of_sheet(sheet)
    elif path.suffix == ".html":
        page = Page()
        page.feed(path.read_text("utf-8"))
        assert page.languages == ["nl"]
        yield from page.texts
    elif path.suffix == ".ics":
        for item in Calendar.from_ical(path.read_bytes()).walk():
            yield from (
                str(item[name]) for name in ("SUMMARY", "DESCRIPTION", "LOCATION", "X-WR-CALNAME") if name in item
            )
    elif path.suffix == ".txt":
        yield path.read_text("utf-8")


def left_in(path: Path) -> dict[str, str]:
    """The words of English in a file, with a text in which each stands."""
    return {word: text for text in texts_of(path) for word in english(text)}


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Done:
    return follow(tmp_path_factory.mktemp("guide"))


def test_what_the_page_for_coordinators_leads_to_is_dutch(done: Done) -> None:
    files = [path for path in done.folder.rglob("*") if path.suffix in (".xlsx", ".html", ".ics", ".txt")]
    assert {path.suffix for path in files} == {".xlsx", ".html", ".ics", ".txt"}
    assert {str(path.relative_to(done.folder)): found for path in files if (found := left_in(path))} == {}


def test_what_its_commands_answer_is_dutch(done: Done) -> None:
    assert {" ".join(step.words): found for step, _, text in done.answers if (found := english(text))} == {}


def test_a_month_with_all_there_may_be_to_tell_is_dutch(tmp_path: Path) -> None:
    """Empty and optional seats, pins, disclosures and changes since what was published."""
    write(example(), tmp_path / "pool.xlsx", language="nl")
    result = made(read(tmp_path / "pool.xlsx"))
    write_result(result, tmp_path / "all", "nl")
    write_page(report_page(result, "nl", time_limit=2), tmp_path / "all" / "page.html")
    files = [path for path in tmp_path.rglob("*") if path.suffix in (".xlsx", ".html", ".txt")]
    assert len(files) == 4
    assert {path.name: found for path in files if (found := left_in(path))} == {}


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_dutch(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*([command] if command else []), "--help", "--language", "nl"]) == 0
    said, _, _ = capsys.readouterr().out.partition("voorbeeld")
    assert english(said) == set()


def test_english_would_be_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In each kind of text, and by more words than one or two."""
    assert english("staat niet in facilitators, kolom lat") == {"facilitators", "lat"}
    assert english("staat niet in begeleiders; typ poolmatch next-month, of --from roster/roster.xlsx") == set()
    result = made()
    write_result(result, tmp_path / "all", "en")
    write_page(report_page(result, "en", time_limit=0), tmp_path / "all" / "page.html")
    text = (tmp_path / "all" / "page.html").read_text("utf-8").replace('lang="en"', 'lang="nl"')
    (tmp_path / "all" / "page.html").write_text(text, "utf-8")
    for name in ("roster.xlsx", "certificate.txt", "page.html"):
        assert len(left_in(tmp_path / "all" / name)) > 10, name
    write(problem([]), tmp_path / "pool.xlsx", language="en")
    assert len(left_in(tmp_path / "pool.xlsx")) > 100
    for command in COMMANDS:
        assert main([command, "--help", "--language", "en"]) == 0
        assert len(english(capsys.readouterr().out)) > 3
