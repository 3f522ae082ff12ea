"""What the days of the week are called, short."""

from __future__ import annotations

from poolmatch.words import Words

DAYS: tuple[Words, ...] = (
    Words("Mon", "ma"),
    Words("Tue", "di"),
    Words("Wed", "wo"),
    Words("Thu", "do"),
    Words("Fri", "vr"),
    Words("Sat", "za"),
    Words("Sun", "zo"),
)
"""From Monday on, as `datetime.weekday` counts."""
