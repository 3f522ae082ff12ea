"""What people write in the place of an id: a name, or an id with the name behind it, as drop-down lists give it.

A workbook may name a person, an organisation or a meeting so wherever an id is meant. An id wins over a name. What
can be meant in two ways is an error: nothing is guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from poolmatch.domain.assembly import TABLES
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import RosterRow
from poolmatch.domain.row import Row, is_blank, marks_of, references
from poolmatch.domain.values import Listed, fold, tidy
from poolmatch.hints import meant, nearest_word
from poolmatch.issues import Message
from poolmatch.messages import joins as said
from poolmatch.tables.reading import Reading
from poolmatch.vocabulary.terms import table_term
from poolmatch.words import OR, in_a_row

SEPARATOR = " · "
"""What stands between an id and the name behind it."""
NAMED: Mapping[str, tuple[str, str | None]] = {
    "facilitators": ("facilitator", "name"),
    "organisations": ("organisation", "name"),
    "meetings": ("meeting", "title"),
    "duties": ("duty", None),
}
"""Tables to whose rows others refer: the columns of the id and of the name."""
_LOOSE: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("history", "facilitator"): ("facilitators",),
    ("history", "organisations"): ("organisations",),
    ("published", "facilitator"): ("facilitators",),
    ("published", "meeting"): ("meetings", "duties"),
    ("roster", "facilitator"): ("facilitators",),
    ("roster", "meeting"): ("meetings", "duties"),
}
"""Columns of ids that need not be known: people may have left, and meetings may be off."""
_OF_THE_PAST = ("history", "published")
"""Tables in which a name may also be the id of someone or something that is no longer there."""
MOST_HINTS = 50
"""Words of one register for which the nearest name is looked up: each costs a look at all names."""


@dataclass
class Register:
    """The ids that a column may hold, and the names by which people know them.

    Attributes
    ----------
    names
        Name by id, folded.
    spelt
        Name by id, as it is written.
    ids
        Ids by folded name.
    without_id
        Folded names of rows whose id is blank.
    by_name
        Whether something was found by its name: then a text that is an id may be meant as a name as well.
    """

    names: dict[str, str] = field(default_factory=dict)
    spelt: dict[str, str] = field(default_factory=dict)
    ids: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    without_id: set[str] = field(default_factory=set)
    by_name: bool = False
    _hinted: dict[str, str | None] = field(default_factory=dict)

    def add(self, pairs: Iterable[tuple[object, object]]) -> None:
        """Add ids with names; what is no text is left out."""
        for identifier, name in pairs:
            folded = fold(name) if isinstance(name, str) and not is_blank(name) else ""
            if not isinstance(identifier, str) or is_blank(identifier):
                self.without_id |= {folded} - {""}
                continue
            known = tidy(identifier)
            self.names[known] = folded
            if folded:
                self.spelt[known] = tidy(str(name))
            if folded and known not in self.ids[folded]:
                self.ids[folded].append(known)

    def others(self, text: str) -> list[str]:
        """Return the ids of others that have an id for a name."""
        return [found for found in self.ids.get(fold(text), ()) if found != text]

    def meant(self, text: str) -> tuple[str, Message | None]:
        """Return the id that is meant by a text that is none, or the text, and what is to be said of it."""
        for place in (n for n in range(len(text)) if text.startswith("·", n)):
            known, name = tidy(text[:place]), fold(text[place + 1 :])
            if known in self.names:
                named = [other for other in self.ids.get(fold(text), ()) if other != known]
                if named:
                    return text, said.NAME_AND_ID.fill(ids=in_a_row(sorted([known, *named])))
                return known, self._of_pair(known, name)
        found = self.ids.get(fold(text), [])
        alike = [known for known in self.names if fold(known) == fold(text)] if found else []
        if len({*found, *alike}) > 1:
            both = sorted({*found, *alike})
            return text, (said.NAME_AND_ID if alike else said.NAME_OF_SEVERAL).fill(ids=in_a_row(both))
        return (found[0] if found else text), None

    def _of_pair(self, known: str, name: str) -> Message | None:
        if name == self.names[known]:
            return None
        other = next((found for found in self.ids.get(name, ()) if found != known), None)
        return said.NAME_OF_ANOTHER.fill(id=known, other=other) if other else said.OTHER_NAME

    def near(self, text: str) -> str | None:
        """Return what a text nearly names, by a name that is alike or a number with other zeros; or None.

        It is told as lists show it, the id with the name: whoever slipped in a name knows people by their names.
        """
        if text not in self._hinted and len(self._hinted) < MOST_HINTS:
            bare = text.lstrip("0")
            numbers = [known for known in self.names if bare.isdigit() and known.lstrip("0") == bare]
            near = nearest_word(fold(text), self.ids)
            ids = numbers or (self.ids[near] if near else [])
            known = ids[0] if len(ids) == 1 else ""
            self._hinted[text] = SEPARATOR.join(filter(None, (known, self.spelt.get(known)))) or None
        return self._hinted.get(text)


def resolve(reading: Reading) -> None:
    """Put ids in the place of names in all tables of a workbook, and note what is in doubt.

    Parameters
    ----------
    reading
        What was read; rows are changed in place.
    """
    pairs = {
        table: [(row.get(known), row.get(name) if name else None) for row in reading.tables.get(table, ())]
        for table, (known, name) in NAMED.items()
    }
    names = _Names(reading, pairs)
    for kind in TABLES.values():
        names.resolve(kind)
    names.tell_doubts()
    _tell_pairs(reading)


def _tell_pairs(reading: Reading) -> None:
    """Note ids of rows that are those of others with a name behind: whoever writes such a pair means the other."""
    for table, (column, _) in NAMED.items():
        rows = reading.tables.get(table, ())
        ids = {tidy(cell) for row in rows if isinstance(cell := row.get(column), str)}
        for number, row in enumerate(rows, 1):
            cell = row.get(column)
            known = tidy(cell.partition(SEPARATOR.strip())[0]) if isinstance(cell, str) else ""
            if isinstance(cell, str) and known in ids and known != tidy(cell):
                reading.note(table, said.ID_WITH_NAME.fill(id=known), row=number, column=column, value=cell)


def resolve_roster(reading: Reading, problem: Problem) -> None:
    """Put ids in the place of names in a roster of a workbook, and note what is in doubt.

    Parameters
    ----------
    reading
        What was read; rows are changed in place.
    problem
        The problem it is a roster of.
    """
    if reading.language is None:
        return
    names = _Names(reading, {table: _called(problem, table) for table in NAMED})
    names.resolve(RosterRow)
    names.tell_doubts()


def register_of(problem: Problem, *tables: str) -> Register:
    """Return the ids that tables of a problem hold, and their names.

    Parameters
    ----------
    problem
        The problem.
    tables
        Some of `NAMED`.
    """
    register = Register()
    for table in tables:
        register.add(_called(problem, table))
    return register


def _called(problem: Problem, table: str) -> list[tuple[object, object]]:
    known, name = NAMED[table]
    return [(getattr(row, known), getattr(row, name) if name else None) for row in getattr(problem, table)]


class _Names:
    """Goes through the references of tables.

    Parameters
    ----------
    reading
        What was read.
    pairs
        Ids and names by table.
    """

    def __init__(self, reading: Reading, pairs: Mapping[str, Iterable[tuple[object, object]]]) -> None:
        self._reading = reading
        self._pairs = pairs
        self._registers: dict[tuple[str, ...], Register] = {}
        self._doubts: list[tuple[Register, str, int, str, str]] = []

    def _register(self, tables: tuple[str, ...]) -> Register:
        if tables not in self._registers:
            self._registers[tables] = made = Register()
            for table in tables:
                made.add(self._pairs[table])
        return self._registers[tables]

    def resolve(self, kind: type[Row]) -> None:
        """Put ids in the place of names in one table."""
        for column, tables in _columns(kind):
            register = self._register(tables)
            is_list = bool(marks_of(kind.model_fields[column], Listed))
            for number, row in enumerate(self._reading.tables.get(kind.table, ()), 1):
                cell = row.get(column)
                if not isinstance(cell, str) or is_blank(cell):
                    continue
                parts = cell.split(";") if is_list else [cell]
                ids = [self._id(tidy(part), register, kind, number, column) for part in parts]
                row[column] = ";".join(ids) if is_list else ids[0]

    def _id(self, text: str, register: Register, kind: type[Row], number: int, column: str) -> str:
        """Return the id that is meant by a text."""
        if text in register.names or not text:
            if register.others(text):
                self._doubts.append((register, kind.table, number, column, text))
            return text
        found, message = register.meant(text)
        if found != text:
            register.by_name = True
            if kind.table in _OF_THE_PAST and message is None and fold(text) in register.ids:
                message = said.NAME_OR_GONE.fill(id=found)
        elif message is None and fold(text) in register.without_id:  # that its id is blank is told there
            self._reading.emptied(kind.table, number, number, [column])
        elif message is None and (kind.table, column) not in _LOOSE:
            near = register.near(text)
            tables = in_a_row([table_term(table) for table in references(kind)[column]], OR)
            message = None if near is None else said.UNKNOWN_ID.fill(tables=tables, hint=meant(near))
        if message is not None:
            if message.code == said.OTHER_NAME.code:
                message = message.fill(tables=in_a_row([table_term(table) for table in _targets(kind, column)], OR))
            self._reading.note(kind.table, message, row=number, column=column, value=text)
        return found

    def tell_doubts(self) -> None:
        """Note ids that are also the name of another, where things are called by their names."""
        for register, table, number, column, text in self._doubts:
            if register.by_name:
                ids = in_a_row(sorted([text, *register.others(text)]))
                self._reading.note(table, said.NAME_AND_ID.fill(ids=ids), row=number, column=column, value=text)


def _columns(kind: type[Row]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the columns of a table that hold ids of others, and of which tables."""
    for column in kind.model_fields:
        tables = _targets(kind, column)
        if tables and kind.table not in tables:
            yield column, tables


def _targets(kind: type[Row], column: str) -> tuple[str, ...]:
    return references(kind).get(column) or _LOOSE.get((kind.table, column), ())
