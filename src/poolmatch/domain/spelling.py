"""Words in one spelling: other spellings of a free word become the one that is shown, and slips of the pen are told."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from poolmatch.domain.meetings import Duty
from poolmatch.domain.nearness import gist_of, near_pairs
from poolmatch.domain.row import Row, names_of
from poolmatch.domain.values import fold
from poolmatch.issues import Issue
from poolmatch.messages import between_rows as between
from poolmatch.vocabulary.counts import times
from poolmatch.words import Words, first_few

Rows = Mapping[str, list[tuple[int, Row]]]
SHOWN = 5
"""Words that a warning names."""


def shown(words: Iterable[str]) -> str | Words:
    """Return words as an issue tells them: the first few, in order."""
    return first_few(sorted(set(words)), SHOWN)


def columns_naming(kinds: Mapping[str, type[Row]], *, free: bool | None = None) -> Mapping[str, list[tuple[str, str]]]:
    """Return the columns that name things of one kind, as table and column, by the kind.

    Parameters
    ----------
    kinds
        The kind of row of each table.
    free
        Only free words, or only ids; by default both.
    """
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for table, kind in kinds.items():
        for column, mark in names_of(kind).items():
            if free in (None, mark.free):
                found[mark.what].append((table, column))
    return found


# --- one spelling ----------------------------------------------------------------------------------------


def settle_spelling(kinds: Mapping[str, type[Row]], rows: Rows, halves: Rows) -> Iterator[Issue]:
    """Put the shown spelling in the place of every other, and yield a note that names the others.

    From here on words are compared as they are written. Shown is the most frequent spelling, of equally frequent ones
    the first by code point.

    Parameters
    ----------
    kinds
        The kind of row of each table.
    rows, halves
        Rows that are right by themselves, and those of which only some cells are; changed in place.
    """
    for places in columns_naming(kinds, free=True).values():
        counts = Counter(
            word
            for table, column in places
            for _, row in (*rows[table], *halves[table])
            if isinstance(word := getattr(row, column, None), str)
        )
        settled = _settled(counts)
        if settled:
            for table, column in places:
                yield from _respelled(table, column, [rows[table], halves[table]], settled)
    duties = {row.duty: row.kind for _, row in rows["duties"] if isinstance(row, Duty)}
    if duties:  # the seat of a duty is called by its kind
        for table, column in columns_naming(kinds)["seat"]:
            for side in (rows[table], halves[table]):
                for place, (number, row) in enumerate(side):
                    written = getattr(row, column, None)
                    kind = duty_seat(duties, getattr(row, "meeting", ""), written)
                    if written is not None and kind != written:
                        side[place] = number, row.model_copy(update={column: kind})


def duty_seat(kind_of: Mapping[str, str], duty: str, seat: str | None) -> str | None:
    """Return the name of a seat; of a duty in the spelling of its kind.

    Parameters
    ----------
    kind_of
        The kind of each duty.
    duty
        The duty or meeting.
    seat
        The seat as it was written.
    """
    kind = kind_of.get(duty)
    same = kind is not None and seat is not None and fold(kind) == fold(seat)
    return kind if same else seat


def _settled(counts: Mapping[str, int]) -> Mapping[str, str]:
    """Return the spelling that is shown in the place of each that is not."""
    spellings: defaultdict[str, list[str]] = defaultdict(list)
    for word in counts:
        spellings[fold(word)].append(word)
    settled: dict[str, str] = {}
    for words in spellings.values():
        first = min(words, key=lambda word: (-counts[word], word))
        settled |= {word: first for word in words if word != first}
    return settled


def _respelled(
    table: str, column: str, sides: Iterable[list[tuple[int, Row]]], settled: Mapping[str, str]
) -> Iterator[Issue]:
    changed: list[tuple[int, str]] = []
    for side in sides:
        for place, (number, row) in enumerate(side):
            written = getattr(row, column, None)
            if isinstance(written, str) and written in settled:
                side[place] = number, row.model_copy(update={column: settled[written]})
                changed.append((number, written))
    if changed:
        firsts = {settled[written] for _, written in changed}
        numbers, others = sorted(number for number, _ in changed), shown(word for _, word in changed)
        message = between.OTHER_SPELLING if len(firsts) == 1 else between.OTHER_SPELLINGS
        yield message.at(table, numbers, column, value=others, word=min(firsts))


# --- slips of the pen ------------------------------------------------------------------------------------


def slips(
    kinds: Mapping[str, type[Row]], rows: Mapping[str, Sequence[tuple[int, Row]]], told: set[tuple[str, str]]
) -> Iterator[Issue]:
    """Warn of words and ids of series that are nearly equal, however often they stand.

    Parameters
    ----------
    kinds
        The kind of row of each table.
    rows
        The rows, with words in one spelling.
    told
        Columns and words of which something more serious was said.
    """
    for what, places in columns_naming(kinds).items():
        if what == "seat":  # named in its meeting only, and held against the seats of that meeting
            continue
        counts = Counter(
            word
            for table, column in places
            for _, row in rows[table]
            if isinstance(word := getattr(row, column, None), str)
        )
        words = sorted(counts, key=lambda word: (-counts[word], word))
        pairs = [(words[more], words[less]) for more, less in near_pairs([gist_of(word) for word in words])]
        rare = {word for _, word in pairs}
        for table, column in places:
            where: defaultdict[str, list[int]] = defaultdict(list)
            for number, row in rows[table] if rare else ():
                if (word := getattr(row, column, None)) in rare:
                    where[word].append(number)
            for often, word in pairs:
                if where[word] and told.isdisjoint({(column, often), (column, word)}):
                    yield between.CLOSE_WORD.at(
                        table,
                        where[word],
                        column,
                        value=word,
                        times=times(counts[word]),
                        other=between.OTHER[what],
                        word=often,
                        often=times(counts[often]),
                    )
