"""What people write for want of anything to write, such as ?, n.v.t. and onbekend.

Read as a word it is one like any other: a meeting would belong to a series that nobody has a dossier on, and whoever is
employed by the organisation "unknown" would be neutral everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from poolmatch.domain.row import Row
from poolmatch.domain.spelling import columns_naming, shown
from poolmatch.domain.values import fold
from poolmatch.issues import Issue
from poolmatch.messages import files
from poolmatch.messages import stopgaps as said

STOPGAPS = frozenset(
    (
        "nvt", "geen", "onbekend", "nog onbekend", "niet bekend", "nog niet bekend", "onbekende organisatie",
        "weet niet", "weet ik niet", "ntb", "nog te bepalen", "nog in te vullen", "volgt", "volgt nog",
        "none", "unknown", "not known", "unknown organisation", "not applicable", "n/a", "tbd", "tba", "to be decided",
        "to be determined",
    )
)  # fmt: skip
"""What stands where there is nothing, or nothing is known yet; folded, and without full stops."""
SIGNS = " ?!()[]/*_.-\u2013\u2014\u2026"
"""Signs that say nothing by themselves, nor around such a word."""
_ERRORS = frozenset(text for shown in files.ERRORS.values() for text in (shown.en, shown.nl))
_SHOWN_ERROR = re.compile(r"#{3,}|(?:err|fout):\d{3}", re.IGNORECASE)
"""What LibreOffice shows for an error, and what it and others show where a column is too narrow."""
_IDS = (("facilitators", "facilitator"), ("meetings", "meeting"), ("duties", "duty"))


def is_stopgap(text: str) -> bool:
    """Tell whether a text says only that there is nothing to say, as a dash or a question mark does."""
    if not text.strip(SIGNS) or is_error_text(text):
        return True
    return fold(text).replace(".", "").strip(SIGNS) in STOPGAPS


def is_error_text(text: str) -> bool:
    """Tell whether a text is what spreadsheet programs show for an error: copied or exported it is mere text."""
    return text.upper() in _ERRORS or _SHOWN_ERROR.fullmatch(text) is not None


def stopgaps(kinds: Mapping[str, type[Row]], rows: Mapping[str, Sequence[tuple[int, Any]]]) -> Iterator[Issue]:
    """Warn of words, series and organisations that are none.

    Parameters
    ----------
    kinds
        The kind of row of each table.
    rows
        The rows, with words in one spelling.
    """
    columns = [place for places in columns_naming(kinds).values() for place in places]
    for table, column in (*columns, *_IDS):
        words = [(number, getattr(row, column, None)) for number, row in rows[table]]
        found = [(number, word) for number, word in words if isinstance(word, str) and is_stopgap(word)]
        if found:
            numbers, told = [number for number, _ in found], shown(word for _, word in found)
            yield said.STOPGAP_WORD.at(table, numbers, column, value=told)
    for column in ("organisation", "name"):
        named = [number for number, row in rows["organisations"] if is_stopgap(getattr(row, column))]
        if named:
            yield said.STOPGAP_ORGANISATION.at("organisations", named, column)
