"""How a tie bears on a meeting."""

from __future__ import annotations

from enum import IntEnum


class Degree(IntEnum):
    """Degree of a tie, in rising order of harm to neutrality.

    ``NEUTRAL`` leaves no trace; ``AVOID`` may be assigned and is not listed; ``DISCLOSE`` may be assigned and
    is told to the parties; ``WAIVABLE`` needs the consent of every party; ``BLOCKED`` no consent can cure.
    """

    NEUTRAL = 0
    AVOID = 1
    DISCLOSE = 2
    WAIVABLE = 3
    BLOCKED = 4

    @property
    def word(self) -> str:
        """The degree as it is written in tables."""
        return self.name.lower()
