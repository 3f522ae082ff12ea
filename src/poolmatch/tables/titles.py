"""Which table each sheet of a workbook holds, or each file of a folder, by its title; else by its headings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from poolmatch.domain.assembly import unknown_names
from poolmatch.domain.roster import RosterRow
from poolmatch.domain.row import Row
from poolmatch.hints import meant, slip_of
from poolmatch.messages import files
from poolmatch.messages import tables as said
from poolmatch.tables.naming import column_called, sheet_called, table_called, title_of
from poolmatch.tables.reading import Reading
from poolmatch.tables.schema import columns_of

_LINES = 20
"""Lines of a sheet among which its headings are looked for."""
Lines = Callable[[str], Iterator[Sequence[object]]]
"""Gives the lines of a sheet, by its title."""


def tables_by_title(
    titles: Iterable[str], kinds: Mapping[str, type[Row]], reading: Reading, lines_of: Lines | None = None
) -> dict[str, str]:
    """Return which table each sheet or file holds, by its title, and note of the others what is to be said.

    A title that is a slip of the pen is an error, and so is another one over headings that are those of one table
    alone which is not there; the rows are read all the same, so that what is wrong with them is told with it.

    Parameters
    ----------
    titles
        Titles of sheets, or names of files.
    kinds
        Kind of row by table.
    reading
        Takes the issues.
    lines_of
        Gives the lines of those whose title is that of no table; None where there are only titles.
    """
    found: dict[str, str] = {}
    unknown: list[str] = []
    for title in titles:
        name = table_called(title)
        if name is not None and name in kinds:
            if name in found.values():
                reading.note(name, files.SHEET_TWICE.fill(other=title))
            else:
                found[title] = name
        elif name is None and sheet_called(title) is None:
            unknown.append(title)
    if lines_of is not None and RosterRow.table not in kinds:
        unknown = list(_not_by_headings(unknown, kinds, reading, lines_of, found))
    if reading.language != "nl" or RosterRow.table in kinds:
        reading.tables |= {title: [] for title in unknown}  # the domain warns of it and suggests a name
        return found
    dutch = {title_of(name, "nl"): name for name in kinds if name not in found.values()}
    missing = {title for title, name in dutch.items() if kinds[name].required_table}
    messages = said.TABLE_SLIP, said.TABLE_MAYBE, said.TABLE_UNUSED
    for title, message, hint in unknown_names(unknown, dutch, missing, messages):
        reading.note(title, message.fill(hint=hint))
        if message is said.TABLE_SLIP:
            found[title] = dutch[slip_of(title, dutch)]
    return found


def _not_by_headings(
    unknown: Iterable[str], kinds: Mapping[str, type[Row]], reading: Reading, lines_of: Lines, found: dict[str, str]
) -> Iterator[str]:
    """Put those among the found whose headings are those of one missing table, noted as a slip; yield the others."""
    for title in unknown:
        left = {name: kind for name, kind in kinds.items() if name not in found.values()}
        name = (
            None
            if slip_of(title, [title_of(name, reading.language) for name in left])
            else _fits(title, left, lines_of)
        )
        if name is None:
            yield title
        else:
            reading.note(title, said.TABLE_SLIP.fill(hint=meant(title_of(name, reading.language))))
            found[title] = name


def _fits(title: str, kinds: Mapping[str, type[Row]], lines_of: Lines) -> str | None:
    """Return the only table that knows all headings of a sheet, and whose required columns are among them."""
    for line in islice(lines_of(title), _LINES):
        texts = [cell for cell in line if cell is not None]
        if len(texts) < 2 or not all(isinstance(text, str) for text in texts):
            continue
        fitting = [name for name, kind in kinds.items() if _has(kind, [str(text) for text in texts])]
        if fitting:
            return fitting[0] if len(fitting) == 1 else None
    return None


def _has(kind: type[Row], headings: Iterable[str]) -> bool:
    columns = {column_called(kind, heading) for heading in headings}
    return None not in columns and columns >= {column.name for column in columns_of(kind) if column.required}
