"""What refers to nothing: ids that no table has, and values that do not stand where a join looks for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from poolmatch.domain.join_sides import Before, Sides, Values
from poolmatch.domain.joins import JOINS, Join, NumberedTables
from poolmatch.domain.row import Row, references
from poolmatch.domain.spelling import shown
from poolmatch.hints import nearest
from poolmatch.issues import Issue
from poolmatch.messages import joins as said
from poolmatch.vocabulary.terms import table_term
from poolmatch.words import OR, Words, in_a_row

MOST_HINTS = 50
"""Words of one column for which the nearest known word is looked up: each costs a look at all known words."""


def join_issues(tables: NumberedTables, ids: Mapping[str, set[str]]) -> Iterator[Issue]:
    """Yield an issue for whatever refers to nothing.

    Parameters
    ----------
    tables
        Rows with their numbers; also those that are wrong by themselves, with the cells that are right.
    ids
        Every id that was written, by table.
    """
    yield from _references(tables, ids)
    sides = Sides(tables)
    for join in JOINS:
        if (not join.after or tables[join.after]) and join.where(tables):
            yield from _unmatched(join, sides)


def _references(tables: NumberedTables, ids: Mapping[str, set[str]]) -> Iterator[Issue]:
    for name, rows in tables.items():
        if not rows:
            continue
        kind: type[Row] = type(rows[0][1])
        for column, targets in references(kind).items():
            if name in targets:
                continue
            known = set().union(*(ids.get(target, set()) for target in targets))
            hint = _Hints(known)
            for number, row in rows:
                value = getattr(row, column, None)
                if value is not None and value not in known:
                    tables_of = in_a_row([table_term(target) for target in targets], OR)
                    yield said.UNKNOWN_ID.at(name, (number,), column, value=value, tables=tables_of, hint=hint(value))


class _Hints:
    """Names the nearest of some known words, of as many words as there is time for."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = sorted(known)
        self._found: dict[str, Words | None] = {}

    def __call__(self, word: str) -> Words | None:
        """Return the opening words of a remedy, or None when none is close."""
        if word not in self._found and len(self._found) < MOST_HINTS:
            self._found[word] = nearest(word, self._known)
        return self._found.get(word)


def _unmatched(join: Join, sides: Sides) -> Iterator[Issue]:
    known = sides.of(*join.stands)
    nothing: Values = frozenset()
    missing: defaultdict[tuple[Before, str], list[int]] = defaultdict(list)
    for number, row, before, values in sides.walk(join.asks):
        there = known.get(before, nothing)
        if there.issuperset(values) or (before and before not in known):
            continue
        if not join.blank or getattr(row, join.blank, None) is None:
            for value in values:
                if value not in there:
                    missing[before, value].append(number)
    hints: dict[Before, _Hints] = {}
    plain: list[int] = []
    words: list[str] = []
    for (before, value), numbers in missing.items():
        hint = None
        if join.hint and (before in hints or len(hints) < MOST_HINTS):
            hint = hints.setdefault(before, _Hints(known[before]))(value)
        if join.message.severity == "error":
            for number in numbers:
                yield join.message.at(join.table, (number,), join.column, value=value, hint=hint)
        elif hint:
            yield join.message.at(join.table, numbers, join.column, value=value, hint=hint)
        else:
            plain += numbers
            words.append(value)
    if plain:
        yield join.message.at(join.table, sorted(set(plain)), join.column, value=shown(words), hint=None)
