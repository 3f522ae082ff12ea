"""What is wrong in a workbook, grouped by cause, with the cells that suffer from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from poolmatch.issues import Issue, Severity
from poolmatch.messages import joins, rosters
from poolmatch.tables.naming import table_called
from poolmatch.words import Language, Words, pattern

_NAMED = {
    message.code
    for message in (
        joins.UNKNOWN_ID,
        joins.NAME_OF_SEVERAL,
        joins.NAME_AND_ID,
        joins.NAME_OF_ANOTHER,
        rosters.NO_MEETING,
        rosters.NO_PERSON,
    )
}
"""What is said of an id or a name wherever it is written: wherever it stands, the cause is one."""
_CELLS = re.compile(r"('(?:[^']|'')+'|[^\s!',][^!',]*)!([A-Z]{0,3}\d*(?::[A-Z]{0,3}\d*)?)")
_BEGIN = re.compile(r"^\w|(?<=\? )\w")
_ROWS, _COLUMNS = re.compile(r"(\d+):\d+"), re.compile(r"([A-Z]+):[A-Z]+")


@dataclass(frozen=True)
class Place:
    """Where something is wrong.

    Attributes
    ----------
    sheet
        Title of the worksheet, or of the table that is missing.
    cells
        A cell or a range, such as ``C9``; "" where there is none.
    heading
        What the column is called.
    """

    sheet: str
    cells: str
    heading: str


@dataclass
class Cause:
    """One thing that is wrong.

    Attributes
    ----------
    severity
        Whether it stops the work.
    what, remedy
        What is wrong, and what to do about it, as sentences.
    places
        Where.
    """

    severity: Severity
    what: Words
    remedy: Words
    places: list[Place] = field(default_factory=list)


class Sentence(Words):
    """A part of a sentence, as one that stands by itself."""

    def say(self, language: Language) -> str:
        """Return it with a capital, also after a question, and with a full stop."""
        text = _BEGIN.sub(lambda found: found[0].upper(), super().say(language).strip())
        return text if text.endswith((".", "!", "?")) else f"{text}."


def causes_of(issues: Iterable[Issue], titles: Sequence[str]) -> list[Cause]:
    """Return what is wrong, errors first; what follows from one wrong id or name is one.

    Parameters
    ----------
    issues
        What was found in a workbook.
    titles
        Titles of its worksheets.
    """
    found: dict[object, Cause] = {}
    for number, issue in enumerate(sorted(issues, key=lambda issue: issue.severity != "error")):
        for value, places in _parts(issue, titles):
            one = issue.code in _NAMED and bool(value)
            key = (issue.code, issue.severity, str(value), issue.reason) if one else number
            if key not in found:
                what, remedy = issue.reason_words, issue.remedy_words
                if value:
                    what = pattern("{what} ({value})", what=what, value=value)
                found[key] = Cause(issue.severity, _sentence(what), _sentence(remedy))
            found[key].places += places
    return list(found.values())


def _sentence(words: Words) -> Words:
    return Sentence("{words}", "{words}", words=words)


def _parts(issue: Issue, titles: Sequence[str]) -> Iterator[tuple[str | Words, list[Place]]]:
    """Yield the values of an issue, each with its places."""
    sheet, heading = issue.called or (issue.table, issue.column)
    if issue.code in _NAMED and issue.seen and len(issue.cells) == len(issue.seen):
        for cell, value in zip(issue.cells, issue.seen, strict=True):
            yield value, list(_places([cell], heading, titles))
        return
    places = list(_places(issue.cells or [str(issue.where)], heading, titles))
    if not places:
        there = sheet if sheet in titles else next((item for item in titles if table_called(item) == issue.table), "")
        places = [Place(there or sheet, "A1" if there else "", heading)]
    yield issue.value, places


def _places(cells: Iterable[str], heading: str, titles: Sequence[str]) -> Iterator[Place]:
    """Yield the places that a text names; of whole rows and columns the first cell."""
    for text in cells:
        for sheet, named in _CELLS.findall(text):
            title = sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
            if title in titles:
                yield Place(title, _COLUMNS.sub(r"\g<1>1", _ROWS.sub(r"A\g<1>", named)), heading)
