"""What the sheets of a workbook are called that are no table."""

from __future__ import annotations

from collections.abc import Mapping

from poolmatch.words import Words

SHEETS: Mapping[str, Words] = {
    "start": Words("start here", "begin hier"),
    "grid": Words("who can when", "wie kan wanneer"),
    "explanation": Words("explanation", "uitleg"),
    "lists": Words("lists", "lijsten"),
}
"""By what they are for; no name is that of a table, and each may be the name of a sheet."""
