"""The roster as a sheet to hang on the wall and to edit: other people in seats, seats emptied, seats pinned.

What stands in the columns of a roster is read back by ``read_roster``; the other columns are for people alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import EditedRow
from poolmatch.report.page_layout import height_of, to_print
from poolmatch.report.sections.occasions import Occasion, Post
from poolmatch.report.workbook import MOMENT
from poolmatch.tables.references import SEPARATOR
from poolmatch.tables.schema import Kind, columns_of
from poolmatch.tables.workbook_write import cell_of, write_text
from poolmatch.vocabulary.closed_words import DEGREES, ROLES, TRUTH
from poolmatch.vocabulary.columns import FOR_PEOPLE, column_name
from poolmatch.vocabulary.tables import TABLES
from poolmatch.words import Language, Words, joined

TABLE = EditedRow.table
TIME = "hh:mm"
MINE, TINT, HEAD, RULE = "#FFF8E5", "#F8CBAD", "#DDEBF7", "#A6A6A6"
"""What is edited; a required seat that is empty; headings; lines between meetings."""
PICK = Words(
    "Choose somebody, or type an id or a name that only one person has. Empty: nobody.",
    "Kies iemand uit de lijst, of typ een kenmerk of een naam die maar één persoon heeft. Leeg: niemand.",
)
KEEP = Words(
    "yes: this seat stays as it is when a new roster is made from this one. no: it need not.",
    "ja: deze plaats blijft zoals ze is als van dit rooster een nieuw wordt gemaakt. nee: dat hoeft niet.",
)
BOLD = 0.85
"""Part of the letters of a line that fit where they are bold."""
FILTER, DASH = 2, " – "
"""Signs that the arrow of a filter takes; what stands between the words of the title."""
INSTANTS = {column.name: column for column in columns_of(EditedRow) if column.kind is Kind.INSTANT}
Value = str | Words | datetime | None


@dataclass(frozen=True)
class SheetColumn:
    """A column of the sheet.

    Attributes
    ----------
    heading
        What it is called.
    width
        In signs, at most where it holds text.
    value
        What stands in it, for a seat of a meeting.
    name
        Which column of a roster it is; "" for one that is for people alone.
    """

    heading: Words
    width: int
    value: Callable[[Occasion, Post], Value]
    name: str = ""


def _column(name: str, width: int, value: Callable[[Occasion, Post], Value]) -> SheetColumn:
    return SheetColumn(column_name(TABLE, name), width, value, name)


COLUMNS: tuple[SheetColumn, ...] = (
    _column("start", 20, lambda occasion, _: occasion.start),
    _column("end", 7, lambda occasion, _: occasion.end),
    SheetColumn(FOR_PEOPLE["title"], 38, lambda occasion, _: title_of(occasion)),
    SheetColumn(FOR_PEOPLE["where"], 10, lambda occasion, _: occasion.place),
    _column("role", 14, lambda _, post: ROLES.get(post.role)),
    _column("facilitator", 26, lambda _, post: pick_of(post)),
    SheetColumn(FOR_PEOPLE["with"], 40, lambda occasion, post: others_in(occasion, post)),
    _column("pin", 6, lambda _, post: TRUTH[True] if post.pinned else None),
    _column("degree", 13, lambda _, post: DEGREES[post.degree] if post.degree else None),
    _column("disclosure", 34, lambda _, post: joined("; ", post.disclosures) if post.disclosures else None),
    _column("meeting", 14, lambda occasion, _: occasion.id),
    _column("seat", 10, lambda occasion, post: occasion.seat_of(post)),
)


def choices_of(problem: Problem) -> Iterator[str]:
    """Yield everybody who can be chosen for a seat, as the list to choose from has them."""
    for row in problem.facilitators:
        yield f"{row.facilitator}{SEPARATOR}{row.name}"


def title_of(occasion: Occasion) -> str | Words | None:
    """Return what a meeting is called, and that it has no time where it has none."""
    if occasion.start is not None:
        return occasion.meeting.title
    return joined(DASH, [occasion.meeting.title, occasion.hours]) if occasion.meeting.title else occasion.hours


def others_in(occasion: Occasion, post: Post) -> Words | None:
    """Return who else sits in a meeting."""
    others = [item.who for item in occasion.held if item.seat != post.seat]
    return joined(", ", others) if others else None


def pick_of(post: Post) -> str | None:
    """Return who takes a seat as the list to choose from has them; of who has left the pool the id."""
    if post.facilitator is None:
        return None
    return f"{post.facilitator}{SEPARATOR}{post.who}" if isinstance(post.who, str) else post.facilitator


def add_roster_sheet(
    book: Any, problem: Problem, occasions: Sequence[Occasion], language: Language, pick_from: str
) -> None:
    """Add the sheet to a workbook.

    Parameters
    ----------
    book
        What `new_workbook` gives.
    problem
        Whose roster it is.
    occasions
        All meetings and duties with their seats, in the order of the sheet.
    language
        In which it is written.
    pick_from
        The range of cells in which everybody stands who can be chosen, as a formula.
    """
    sheet = book.add_worksheet(TABLES[TABLE].say(language))
    looks = _Looks(book, language)
    seats = [(occasion, post) for occasion in occasions for post in occasion.posts]
    rows = [[_cell(column.value(*seat), column.name, problem, language) for column in COLUMNS] for seat in seats]
    shown = [place for place, column in enumerate(COLUMNS) if column.name or any(row[place] for row in rows)]
    columns, rows = [COLUMNS[place] for place in shown], [[row[place] for place in shown] for row in rows]
    widths = [_width(column, [row[place] for row in rows], language) for place, column in enumerate(columns)]
    room = [
        width * (BOLD if column.name == "facilitator" else 1) for column, width in zip(columns, widths, strict=True)
    ]
    for place, (column, width) in enumerate(zip(columns, widths, strict=True)):
        write_text(sheet, 0, place, column.heading.say(language), looks.of("head"))
        sheet.set_column(place, place, width)
    for line, (row, (occasion, post)) in enumerate(zip(rows, seats, strict=True), 1):
        for place, (column, value) in enumerate(zip(columns, row, strict=True)):
            _write(sheet, (line, place), value, looks.of(column.name, first=post is occasion.posts[0]))
        texts = [value if isinstance(value, str) else "" for value in row]
        sheet.set_row(line, height_of(zip(texts, room, strict=True)))
    places = {column.name: place for place, column in enumerate(columns) if column.name}
    for first, last in _runs([line for line, (_, post) in enumerate(seats, 1) if post.required]):
        tint = {"type": "blanks", "format": looks.of("missing")}
        sheet.conditional_format(first, places["facilitator"], last, places["facilitator"], tint)
    for name, source, words in (
        ("facilitator", pick_from, PICK),
        ("pin", [word.say(language) for word in TRUTH.values()], KEEP),
    ):
        help_with = {"validate": "list", "source": source, "input_message": words.say(language), "show_error": False}
        sheet.data_validation(1, places[name], max(1, len(seats)), places[name], help_with)
    sheet.autofilter(0, 0, len(seats), len(columns) - 1)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    to_print(sheet)
    sheet.fit_to_pages(1, 0)
    title = f"{TABLES[TABLE].say(language).capitalize()}{DASH}{problem.period.name}"
    sheet.set_header("&C&14" + title.replace("&", "&&"))


def _cell(value: Value, name: str, problem: Problem, language: Language) -> str | datetime | None:
    """Return what a cell holds: text, or a time by the clock of the period; one that the clock shows twice as text."""
    if isinstance(value, datetime):
        told = cell_of(value, INSTANTS[name], problem.period.zone)
        return told if isinstance(told, datetime) else str(told)
    return value.say(language) if isinstance(value, Words) else value


def _width(column: SheetColumn, values: Sequence[str | datetime | None], language: Language) -> int:
    if column.name in INSTANTS and any(isinstance(value, datetime) for value in values):
        return column.width
    longest = max((len(value) for value in values if isinstance(value, str)), default=0)
    return min(max(longest, len(column.heading.say(language)) + FILTER) + 1, column.width)


def _write(sheet: Any, at: tuple[int, int], value: str | datetime | None, look: Any) -> None:
    if value is None:
        sheet.write_blank(*at, None, look)
    elif isinstance(value, datetime):
        sheet.write_datetime(*at, value, look)
    else:
        write_text(sheet, *at, value, look)


def _runs(lines: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of numbers that follow upon one another."""
    first = last = None
    for line in lines:
        if first is None or last is None:
            first = last = line
        elif line == last + 1:
            last = line
        else:
            yield first, last
            first = last = line
    if first is not None and last is not None:
        yield first, last


class _Looks:
    """How cells look: made once each, for a workbook has few formats."""

    def __init__(self, book: Any, language: Language) -> None:
        self._book = book
        self._known: dict[tuple[str, bool], Any] = {}
        text: dict[str, object] = {"text_wrap": True, "valign": "top"}
        self._properties: dict[str, dict[str, object]] = {
            "head": text | {"bold": True, "bg_color": HEAD, "bottom": 1},
            "start": text | {"num_format": MOMENT.say(language), "align": "left"},
            "end": text | {"num_format": TIME, "align": "left"},
            "facilitator": text | {"bg_color": MINE, "bold": True},
            "pin": text | {"bg_color": MINE},
            "missing": {"bg_color": TINT},
            "": text,
        }

    def of(self, kind: str, *, first: bool = False) -> Any:
        """Return the look of a kind of cell; of the first line of a meeting with a line above."""
        key = kind if kind in self._properties else "", first
        if key not in self._known:
            line = {"top": 1, "top_color": RULE} if first else {}
            self._known[key] = self._book.add_format(self._properties[key[0]] | line)
        return self._known[key]
