"""Which table each sheet of a workbook holds, or each file of a folder, by its title."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from poolmatch.domain.assembly import unknown_names
from poolmatch.domain.roster import RosterRow
from poolmatch.domain.row import Row
from poolmatch.hints import slip_of
from poolmatch.messages import files
from poolmatch.messages import tables as said
from poolmatch.tables.naming import sheet_called, table_called, title_of
from poolmatch.tables.reading import Reading


def tables_by_title(titles: Iterable[str], kinds: Mapping[str, type[Row]], reading: Reading) -> dict[str, str]:
    """Return which table each sheet or file holds, by its title, and note of the others what is to be said.

    A title that is a slip of the pen is an error; its rows are read all the same, so that what is wrong with them is
    told with it.

    Parameters
    ----------
    titles
        Titles of sheets, or names of files.
    kinds
        Kind of row by table.
    reading
        Takes the issues.
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
