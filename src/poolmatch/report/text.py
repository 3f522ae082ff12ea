"""Plain text for the terminal: knows how to lay out what there is to say, and nothing of what that is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from poolmatch.checking import Report
from poolmatch.errors import Issue
from poolmatch.report.sections.findings import problems_section
from poolmatch.report.sections.names import named_content
from poolmatch.report.sections.of_check import content_of_check, content_of_input
from poolmatch.report.sections.section import Cell, Column, Content, Kind, Section
from poolmatch.views import COORDINATOR, Audience
from poolmatch.vocabulary.days import DAYS
from poolmatch.words import Language, Words, grouped, pattern

if TYPE_CHECKING:
    from poolmatch.explain import Comparison
    from poolmatch.results import Result

MOST_LINES = 190
"""Lines of a summary or a verdict; with the paths of the files a terminal of 200 holds it."""
MOST_VIOLATIONS, MOST_NOTES = 120, 20
"""Violations and notes that a verdict tells one by one; of the others it says how many there are of which rule."""
MOST_SIGNS = 60
"""Signs of a title; of a longer one the last is a sign that it goes on."""

LINES: Mapping[str, str] = {
    "answer": "{}",
    "changes": "{}",
    "clash": "{}, {}: {}",
    "disclosures": "{}  {} → {}",
    "doubts": "{}",
    "notes": "{}: {}",
    "people": "{}",
    "problems": "{}",
    "short": "{}",
    "violations": "{}: {}",
}
"""Sections of which each row is a line by itself, and how its cells are set; the others are tables."""
FORMATS: Mapping[Kind, str] = {
    Kind.WHOLE: "d",
    Kind.HOURS: ".1f",
    Kind.BALANCE: "+.1f",
    Kind.POINTS: "g",
    Kind.AMOUNT: ".2f",
    Kind.SHARE: ".2%",
    Kind.LOAD: ".0%",
}
NOTHING = "–"
MORE = Words("  and {count} more: see {where}", "  en nog {count}: zie {where}")
MORE_OF_RULES = Words("  and {count} more: {rules}", "  en nog {count}: {rules}")


def table(rows: Iterable[Iterable[str]], right: Iterable[int] = ()) -> Iterator[str]:
    """Yield rows as lines whose columns stand straight.

    Parameters
    ----------
    rows
        Cells of each row.
    right
        Columns that are set flush right: numbers.
    """
    cells = [list(row) for row in rows]
    numbers = set(right)
    widths = [max(len(cell) for cell in column) for column in zip(*cells, strict=True)]
    for row in cells:
        parts = [
            cell.rjust(width) if place in numbers else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  " + "  ".join(parts).rstrip()


@dataclass(frozen=True)
class Part:
    """A section, laid out.

    Attributes
    ----------
    head
        Its heading, of one line or more.
    rows
        A line each, of which the last may be left out.
    file
        Which file has them all.
    foot
        A last line that always stands, if there is one.
    """

    head: str
    rows: Sequence[str]
    file: str
    foot: str = ""

    @property
    def least(self) -> int:
        """Lines besides the rows: the heading, the foot, how many rows were left out, and a blank one."""
        return self.head.count("\n") + 3 + bool(self.foot)

    def text(self, most: int, language: Language) -> str:
        """Return the part with so many rows at most, and how many there are besides."""
        hidden = len(self.rows) - most
        more = [MORE.fill(count=grouped(hidden), where=self.file).say(language)] if hidden > 0 else []
        return "\n".join([self.head, *self.rows[:most], *more, *([self.foot] if self.foot else ())])


def _fitting(sizes: Sequence[int], room: int) -> int:
    """Return how many rows a part may have for all parts to fit together: the longest are cut to one length."""
    for left, size in zip(range(len(sizes), 0, -1), sorted(sizes), strict=True):
        if size > room // left:
            return max(0, room // left)
        room -= size
    return max(sizes, default=0)


# --- cells and rows ------------------------------------------------------------------------------------------


def _cell(cell: Cell, kind: Kind, language: Language) -> str:
    if cell is None:
        return NOTHING
    if isinstance(cell, Words):
        return cell.say(language)
    if isinstance(cell, datetime):
        return f"{DAYS[cell.weekday()].say(language)} {cell:%d-%m %H:%M}"
    if isinstance(cell, date):
        return f"{DAYS[cell.weekday()].say(language)} {cell:%d-%m}"
    if isinstance(cell, str):
        return f"{cell[: MOST_SIGNS - 1]}…" if kind is Kind.TITLE and len(cell) > MOST_SIGNS else cell
    return pattern(f"{{cell:{FORMATS[kind]}}}", cell=cell).say(language)


def _cells(section: Section, language: Language) -> list[list[str]]:
    kinds = [column.kind for column in section.columns]
    return [[_cell(*pair, language) for pair in zip(row, kinds, strict=True)] for row in section.rows]


def _lines(section: Section, language: Language) -> list[str]:
    """Return the rows of a section, a line each; the first of a table with several numbers is that of the headings."""
    cells = _cells(section, language)
    if section.id in LINES:
        return [f"  {LINES[section.id].format(*row)}" for row in cells]
    numbers = [place for place, column in enumerate(section.columns) if column.kind.is_number]
    return list(table([*_headings(section.columns, language), *cells], numbers))


def _headings(columns: Sequence[Column], language: Language) -> list[list[str]]:
    """Return the row of headings, where columns need any: what is said in words, or in one number, does not."""
    numbers = sum(column.kind.is_number for column in columns)
    return [[column.heading.say(language) for column in columns]] if numbers > 1 else []


def _part(section: Section, language: Language) -> Part:
    lines, above = _lines(section, language), len(_headings(section.columns, language))
    head = "\n".join([section.heading.say(language), *lines[:above]])
    foot = f"  {section.foot.say(language)}" if section.foot else ""
    return Part(head, lines[above:], section.file, foot)


def _some(section: Section, most: int, language: Language) -> list[str]:
    """Return so many lines of findings, and how many more there are of which rule."""
    hidden = Counter(rule for rule, *_ in _cells(section, language)[most:])
    rules = ", ".join(f"{rule} {grouped(count).say(language)}" for rule, count in hidden.items())
    more = [MORE_OF_RULES.fill(count=grouped(hidden.total()), rules=rules).say(language)] if hidden else []
    return [*_lines(section, language)[:most], *more]


# --- what is shown -------------------------------------------------------------------------------------------


def summary(result: Result, language: Language = "en", audience: Audience = COORDINATOR) -> str:
    """Return what there is to know of a result: seats, roster, empty seats, load, tiers with gaps.

    At most ``MOST_LINES`` lines: the longest parts are cut, and say how many rows they leave out and which file has
    them.

    Parameters
    ----------
    result
        What ``solve`` returned.
    language
        Language of the text.
    audience
        Who reads: they get what they may see.
    """
    from poolmatch.report.sections.of_result import content_of_result  # here, because a check needs none of it

    content = content_of_result(result, audience)
    if audience == COORDINATOR:
        content = named_content(result.problem, content)
    title = [content.title.say(language)] if content.title else []
    head = [*title, content.verdict.say(language), *_lines(content.details, language)]
    parts = [_part(section, language) for section in content.sections]
    room = MOST_LINES - len(head) - 1 - sum(part.least for part in parts)
    most = _fitting([len(part.rows) for part in parts], room)
    return "\n\n".join(["\n".join(head), *(part.text(most, language) for part in parts)])


def verdict(report: Report, language: Language = "en") -> str:
    """Return whether a checked roster is legal, its violations, and what it costs per rule and tier."""
    content = named_content(report.problem, content_of_check(report))
    blocks = [[content.verdict.say(language), *_some(content.details, MOST_VIOLATIONS, language)]]
    for section in content.sections:
        lines = _some(section, MOST_NOTES, language) if section.id in LINES else _lines(section, language)
        blocks.append([section.heading.say(language), *lines])
    return "\n\n".join("\n".join(block) for block in blocks)


def soundness(report: Report, language: Language = "en") -> str:
    """Return that a problem has no errors, and what in it is worth a look.

    Parameters
    ----------
    report
        What the rules say of any roster of the problem.
    language
        Language of the text.
    """
    return told(named_content(report.problem, content_of_input(report)), language)


def changes(comparison: Comparison, language: Language = "en") -> str:
    """Return what one roster has otherwise than another, for whom, and what that costs."""
    from poolmatch.report.sections.of_comparison import content_of_comparison  # here, as above

    return told(content_of_comparison(comparison), language)


def told(content: Content, language: Language = "en") -> str:
    """Return all there is to say of something, in full.

    Parameters
    ----------
    content
        What there is to say.
    language
        In which language.
    """
    head = [] if content.title is None else [content.title.say(language)]
    blocks = [[*head, content.verdict.say(language), *_lines(content.details, language)]]
    blocks += [[section.heading.say(language), *_lines(section, language)] for section in content.sections]
    return "\n\n".join("\n".join(block) for block in blocks)


def problems(issues: Iterable[Issue], language: Language = "en") -> str:
    """Return errors in the input, one a line, each with the value it is about: for the screen, not for a log."""
    part = _part(problems_section(issues), language)
    return "\n".join([part.head, *part.rows])
