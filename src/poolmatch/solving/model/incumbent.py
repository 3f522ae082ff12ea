"""What a search has come to."""

from __future__ import annotations

from dataclasses import dataclass

from poolmatch.arrays import Ints


@dataclass
class Found:
    """The best roster so far, and what is proven.

    Attributes
    ----------
    values
        Values of all columns of the best roster.
    value, guided
        Its objective, and what guides the search among equally good rosters; constants included.
    bound
        Proven lower bound, constant included.
    """

    values: Ints
    value: int
    guided: int
    bound: int

    @property
    def proven(self) -> bool:
        """Whether nothing is better."""
        return self.bound >= self.value
