"""From the empty template to what hangs on the wall a Dutch reader meets no English: every text is looked through.

Words are looked for that are English and not Dutch: common ones, those by which the contract calls tables, columns,
closed words and rules, all names of the vocabulary, and the English side of the glossary. Files for other programs
(CSV, JSON) have the names of the contract, and are left alone.
"""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterator, Mapping, Sequence
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path

import openpyxl
import pytest
from icalendar import Calendar
from openpyxl.worksheet.worksheet import Worksheet
from tests.builders import problem, roster
from tests.guide import Done, follow
from tests.messages.pseudo import ENGLISH, WORDS
from tests.report.worked_example import HOLDERS, example, made
from tests.results import result

import poolmatch.vocabulary
from poolmatch import Problem, Roster, read, read_roster, report_page, write
from poolmatch.cli import COMMANDS, main
from poolmatch.domain.assembly import TABLES
from poolmatch.report import write_page, write_result
from poolmatch.rules import ALL_RULES
from poolmatch.tables.schema import Kind, columns_of
from poolmatch.vocabulary import words_of_column
from poolmatch.words import Words

COMMON = {"and", "empty", "roster", "rosters", "sheet", "the", "with", "workbook"}
"""Words that are no names of the contract, besides those that are looked for in messages."""
BOTH = "contract last links max min past pro quid quo rest start weekend"
"""Words of Dutch, in whatever sense, that stand nowhere in Dutch in the vocabulary or the glossary."""
DATA = Path(__file__).parents[1] / "data" / "samples"
SAMPLES = sorted(path.name for path in DATA.iterdir() if path.is_dir())
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


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Done:
    return follow(tmp_path_factory.mktemp("guide"))


def test_what_the_page_for_coordinators_leads_to_is_dutch(done: Done) -> None:
    """Among it the templates, a marked copy, what is published, a roster made anew, and the next month."""
    assert left_below(done.folder) == {}


def test_what_its_commands_answer_is_dutch(done: Done) -> None:
    assert {" ".join(step.words): found for step, _, text in done.answers if (found := english(text))} == {}


def all_of(case: Problem, held: Roster, folder: Path) -> None:
    """Write everything that comes of a roster, in Dutch."""
    write(case, folder / "pool.xlsx", language="nl")
    made = result(read(folder / "pool.xlsx"), held)
    write_result(made, folder / "all", "nl")
    write_page(report_page(made, "nl", time_limit=1), folder / "all" / "page.html")
    files = str(folder / "pool.xlsx"), str(folder / "all" / "roster.xlsx")
    assert main(["publish", *files, "--out", str(folder / "told")]) == 0
    assert main(["next-month", *files, "--out", str(folder / "next.xlsx")]) == 0


def test_a_month_with_all_there_may_be_to_tell_is_dutch(tmp_path: Path) -> None:
    """Empty and optional seats, pins, disclosures and changes since what was published."""
    all_of(example(), roster(HOLDERS), tmp_path)
    assert left_below(tmp_path, free_texts(example())) == {}


@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_are_dutch_but_for_what_is_called_otherwise_in_them(name: str, tmp_path: Path) -> None:
    case = read(DATA / name)
    all_of(case, read_roster(DATA / f"{name}.hand-made.csv", case), tmp_path)
    assert left_below(tmp_path, free_texts(case)) == {}


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_dutch(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*([command] if command else []), "--help", "--language", "nl"]) == 0
    said, _, _ = capsys.readouterr().out.partition("voorbeeld")
    assert english(said) == set()


def test_english_would_be_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In each kind of text, and by more words than one or two."""
    assert english("staat niet in facilitators, kolom lat") == {"facilitators", "lat"}
    assert english("staat niet in begeleiders; typ poolmatch next-month, of --from roster/roster.xlsx") == set()
    month = made()
    write_result(month, tmp_path / "all", "en")
    write_page(report_page(month, "en", time_limit=0), tmp_path / "all" / "page.html")
    text = (tmp_path / "all" / "page.html").read_text("utf-8").replace('lang="en"', 'lang="nl"')
    (tmp_path / "all" / "page.html").write_text(text, "utf-8")
    for name in ("roster.xlsx", "certificate.txt", "page.html"):
        assert len(left_in(tmp_path / "all" / name)) > 10, name
    write(problem([]), tmp_path / "pool.xlsx", language="en")
    assert len(left_in(tmp_path / "pool.xlsx")) > 100
    for command in COMMANDS:
        assert main([command, "--help", "--language", "en"]) == 0
        assert len(english(capsys.readouterr().out)) > 3
