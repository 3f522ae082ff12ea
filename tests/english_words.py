"""Words that are English and not Dutch, in texts for people and in all files of theirs.

They are common ones, those by which the contract calls tables, columns, closed words and rules, all names of the
vocabulary, and the English side of the glossary. Files for other programs (CSV, JSON) have the names of the contract,
and are left alone.
"""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterator, Mapping, Sequence
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path

import openpyxl
from icalendar import Calendar
from openpyxl.worksheet.worksheet import Worksheet
from tests.messages.pseudo import ENGLISH, WORDS

import poolmatch.vocabulary
from poolmatch import Problem
from poolmatch.cli import COMMANDS
from poolmatch.domain.assembly import TABLES
from poolmatch.rules import ALL_RULES
from poolmatch.tables.schema import Kind, columns_of
from poolmatch.vocabulary import words_of_column
from poolmatch.words import Words

COMMON = {"and", "empty", "roster", "rosters", "sheet", "the", "with", "workbook"}
"""Words that are no names of the contract, besides those that are looked for in messages."""
BOTH = "contract last links max min past pro quid quo rest start weekend"
"""Words of Dutch, in whatever sense, that stand nowhere in Dutch in the vocabulary or the glossary."""
SHOWN = ("SUMMARY", "DESCRIPTION", "LOCATION", "X-WR-CALNAME", "NAME")
"""What programs show of a calendar."""
READ = {".xlsx", ".html", ".ics", ".txt"}
"""Files for people."""
GLOSSARY = Path(__file__).parent.parent / "docs" / "glossary.md"
LONGEST_NAME = 40
"""What is said in more signs is a sentence and no name."""
TYPED = re.compile(r"\S*[/\\]\S*|\S+\.(?:csv|html|ics|json|toml|txt|xlsx)\b|(?<!\w)--?\w[\w-]*|standaard:?\s+\w+")
"""Paths, addresses, files, flags, and what stands where none is given."""


def words_in(text: str) -> set[str]:
    """The words of a text, or of a name such as ``unit_of``."""
    return {word.lower() for word in WORDS.findall(re.sub(r"\{[^}]*\}", " ", text).replace("_", " ").replace("-", " "))}


def said_in(value: object) -> Iterator[Words]:
    """Yield all that is said in a table of the vocabulary."""
    if isinstance(value, Words):
        yield value
    elif isinstance(value, Mapping):
        yield from (words for pair in value.items() for words in said_in(pair))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        yield from (words for item in value for words in said_in(item))


def names() -> Iterator[str]:
    """Yield by what the contract calls tables, columns, closed words and rules."""
    for table, kind in TABLES.items():
        yield table
        for column in columns_of(kind):
            yield column.name
            yield from words_of_column(table, column.name)
    yield from (rule.id for rule in ALL_RULES)


def vocabulary() -> tuple[set[str], set[str]]:
    """The words that stand in the vocabulary: those of English names, and those of Dutch."""
    said = [
        words
        for module in pkgutil.iter_modules(poolmatch.vocabulary.__path__)
        for value in vars(import_module(f"poolmatch.vocabulary.{module.name}")).values()
        for words in said_in(value)
    ]
    templates = [words.templates for words in said]
    english = {word for name in names() for word in words_in(name)}
    english |= {word for text, _ in templates if len(text) < LONGEST_NAME for word in words_in(text)}
    return english, {word for _, text in templates for word in words_in(text)}


def glossary() -> tuple[set[str], set[str]]:
    """The words that the glossary has on its English and on its Dutch side."""
    english, dutch = set[str](), set[str]()
    for chapter in GLOSSARY.read_text("utf-8").split("\n## ")[1:]:
        head, _, *rows = (line.strip("|").split("|") for line in chapter.splitlines() if line.startswith("|"))
        place = next(number for number, cell in enumerate(head) if "Dutch" in cell)
        for row in rows:
            dutch |= words_in(row[place])
            english |= words_in(row[1 - place])
    return english, dutch


def not_dutch() -> frozenset[str]:
    """Words that give English away."""
    (english, dutch), (more, of_glossary) = vocabulary(), glossary()
    found = (ENGLISH | COMMON | english | more) - dutch - of_glossary - {*BOTH.split(), *COMMANDS}
    return frozenset(word for word in found if len(word) > 1)


NOT_DUTCH = not_dutch()


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
                str(item[name])
                for name in ("SUMMARY", "DESCRIPTION", "LOCATION", "X-WR-CALNAME", "NAME")
                if name in item
            )
    elif path.suffix == ".txt":
        yield path.read_text("utf-8")


def free_texts(case: Problem) -> frozenset[str]:
    """What somebody called things in a problem: names, titles, ids and free words, in whatever language."""
    found = set[str]()
    for table, kind in TABLES.items():
        rows = (case.period,) if table == "period" else getattr(case, table)
        for column in columns_of(kind):
            if column.kind in (Kind.TEXT, Kind.ITEMS) and not words_of_column(table, column.name):
                for value in (getattr(row, column.name) for row in rows):
                    found |= {value} if isinstance(value, str) else set(value or ())
    return frozenset(found)


def left_in(path: Path, given: frozenset[str] = frozenset()) -> dict[str, str]:
    """The words of English in a file that nobody gave, with a text in which each stands."""
    names = "|".join(re.escape(name) for name in sorted(given, key=len, reverse=True))
    free = re.compile(rf"(?<!\w)(?:{names})(?!\w)") if names else re.compile(r"(?!)")
    return {word: text for text in texts_of(path) for word in english(free.sub("", text))}


def left_below(folder: Path, given: frozenset[str] = frozenset()) -> dict[str, dict[str, str]]:
    """The words of English in the files of a folder for people, by file."""
    files = [path for path in sorted(folder.rglob("*")) if path.suffix in READ]
    assert {path.suffix for path in files} == READ
    return {str(path.relative_to(folder)): found for path in files if (found := left_in(path, given))}
