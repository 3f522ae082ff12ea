"""What people write for want of anything to write, such as ?, n.v.t. and onbekend.

Read as a word it is one like any other: a meeting would belong to a series that nobody has a dossier on, and whoever is
employed by the organisation "unknown" would be neutral everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from poolmatch.domain.row import Row
from poolmatch.domain.spelling import columns_naming, shown
from poolmatch.domain.values import fold
from poolmatch.issues import Issue
from poolmatch.messages import between_rows as between

STOPGAPS = frozenset(
    (
        "nvt", "geen", "onbekend", "nog onbekend", "niet bekend", "nog niet bekend", "onbekende organisatie",
        "weet niet", "weet ik niet", "ntb", "nog te bepalen", "nog in te vullen", "volgt", "volgt nog",
        "none", "unknown", "not known", "unknown organisation", "not applicable", "n/a", "tbd", "tba", "to be decided",
        "to be determined",
    )
)  # fmt: skip
"""What stands where there is nothing, or nothing is known yet; folded, and without full stops."""


def is_stopgap(text: str) -> bool:
    """Tell whether a text says only that there is nothing to say; one without any letter or digit does."""
    return not any(sign.isalnum() for sign in text) or fold(text).replace(".", "").strip(" ?!-()") in STOPGAPS


def stopgaps(kinds: Mapping[str, type[Row]], rows: Mapping[str, Sequence[tuple[int, Any]]]) -> Iterator[Issue]:
    """Warn of words, series and organisations that are none.

    Parameters
    ----------
    kinds
        The kind of row of each table.
    rows
        The rows, with words in one spelling.
    """
    for what, places in columns_naming(kinds).items():
        if what == "seat":  # named in its meeting only, and held against the seats of that meeting
            continue
        for table, column in places:
            words = [(number, getattr(row, column, None)) for number, row in rows[table]]
            found = [(number, word) for number, word in words if isinstance(word, str) and is_stopgap(word)]
            if found:
                numbers, said = [number for number, _ in found], shown(word for _, word in found)
                yield between.STOPGAP_WORD.at(table, numbers, column, value=said)
    for column in ("organisation", "name"):
        named = [number for number, row in rows["organisations"] if is_stopgap(getattr(row, column))]
        if named:
            yield between.STOPGAP_ORGANISATION.at("organisations", named, column)
