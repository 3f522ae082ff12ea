"""What stands in a file, and what the contract calls it: titles of sheets, headings and closed words.

A workbook may be in Dutch or in English; in either the names of the contract are taken too, and those of the other
language, whatever their capitals and white space. It says itself which it is, by the titles of its sheets: these stay
as they are, whatever program saves the workbook.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from poolmatch.domain.row import Row
from poolmatch.domain.values import fold
from poolmatch.tables.dutch_recurrence import RECURRENCE, told
from poolmatch.tables.schema import Kind, columns_of
from poolmatch.vocabulary.closed_words import TRUTH, words_of_column
from poolmatch.vocabulary.columns import FOR_PEOPLE, column_name
from poolmatch.vocabulary.half_days import MEANINGS
from poolmatch.vocabulary.sheets import SHEETS
from poolmatch.vocabulary.tables import TABLES
from poolmatch.words import Language, Words

_ISO_DAY = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")


@cache
def _titles() -> Mapping[str, str]:
    return _look_up(TABLES)


@cache
def _others() -> Mapping[str, str]:
    return _look_up(SHEETS)


@cache
def _headings(kind: type[Row]) -> Mapping[str, str]:
    return _look_up({name: column_name(kind.table, name) for name in kind.model_fields})


@cache
def _words(table: str, column: str) -> Mapping[str, str]:
    found = _look_up(words_of_column(table, column))
    # who explains the marks of the grid so may write it in the list too
    return {**_look_up(MEANINGS), **found} if (table, column) == ("availability", "kind") else found


def _look_up(names: Mapping[str, Words]) -> Mapping[str, str]:
    """Return the name of the contract for each way in which it may be written; the contract's own comes first."""
    found: dict[str, str] = {}
    for said in (lambda name: name, lambda name: names[name].nl, lambda name: names[name].en):
        for name in names:
            found.setdefault(fold(said(name)), name)
    return found


def table_called(title: str) -> str | None:
    """Return the table that a title of a sheet, or the name of a file, stands for; None where it is that of none."""
    return _titles().get(fold(title))


def sheet_called(title: str) -> str | None:
    """Return which sheet that is no table has a title, as `SHEETS` knows it; None where it is none of them."""
    return _others().get(fold(title))


def column_called(kind: type[Row], heading: str) -> str | None:
    """Return the column of a table that a heading stands for; None where it is that of none."""
    return _headings(kind).get(fold(heading))


def is_for_people(kind: type[Row], heading: str) -> bool:
    """Tell whether a heading is that of a column which a workbook of results has besides those of a roster."""
    return kind.table == "roster" and fold(heading) in _for_people()


@cache
def _for_people() -> frozenset[str]:
    return frozenset(fold(words.say(language)) for words in FOR_PEOPLE.values() for language in ("en", "nl"))


def word_called(table: str, column: str, text: str) -> str | None:
    """Return the closed word of a column that a text stands for; None where it is none of them."""
    return _words(table, column).get(fold(text))


def title_of(table: str, language: Language | None) -> str:
    """Return what a table is called in a file: the contract's name, or in a Dutch one that of `TABLES`."""
    return TABLES[table].nl if language == "nl" and table in TABLES else table


def heading_of(table: str, column: str, language: Language | None) -> str:
    """Return what a column is called in a file; a heading that no table knows is as it is."""
    if language != "nl":
        return column
    try:
        return column_name(table, column).nl
    except KeyError:
        return column


def words_in(table: str, column: str, language: Language | None) -> tuple[str, ...]:
    """Return the closed words of a column as a file has them."""
    words = words_of_column(table, column)
    return tuple(said.nl if language == "nl" else word for word, said in words.items())


def shown_in_dutch(kind: type[Row], column: str, values: str) -> str:
    """Return the content of cells as a Dutch file has it: closed words, yes and no, and dates.

    Parameters
    ----------
    kind
        The kind of row of the table.
    column
        Its column.
    values
        What an issue shows of it: one value, or a few after one another.
    """
    if column == RECURRENCE:
        return told(values)
    words = words_of_column(kind.table, column)
    holds = next((known.kind for known in columns_of(kind) if known.name == column), None)
    if holds is Kind.YES_NO:
        words = {said.en: said for said in TRUTH.values()}
    if holds in (Kind.DAY, Kind.DAYS, Kind.INSTANT, Kind.MOMENT):
        return _ISO_DAY.sub(lambda day: f"{int(day[3])}-{int(day[2])}-{day[1]}", values)
    return ", ".join(words[value].nl if value in words else value for value in values.split(", "))


def language_of(titles: Iterable[str]) -> Language | None:
    """Return the language of a workbook with sheets of these titles; None where no title says so.

    Parameters
    ----------
    titles
        Titles of its sheets, or names of files.
    """
    dutch = english = 0
    for title in map(fold, titles):
        name = _titles().get(title)
        said = TABLES[name] if name else SHEETS[_others()[title]] if title in _others() else None
        if said is not None:
            is_dutch = title == fold(said.nl) and title not in (name, fold(said.en))
            dutch, english = dutch + is_dutch, english + (not is_dutch)
    if not dutch and not english:
        return None
    return "nl" if dutch >= english else "en"
