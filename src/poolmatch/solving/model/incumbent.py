"""The best roster so far and what is proven: the only state that searches share."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import NamedTuple

from poolmatch.arrays import Bools, Ints
from poolmatch.solving.model.relaxed import Relaxed
from poolmatch.solving.model.system import Objective

NOTHING = 2**62
"""What a roster is worth that nobody has found, and below which no bound lies that nobody has proven."""


class Best(NamedTuple):
    """A roster and what it is worth, which belong together whatever other searches find meanwhile."""

    values: Ints
    """Of all columns."""
    value: int
    guided: int


class Incumbent:
    """The best roster of one goal, its value and its bound; any thread may read it and offer better ones.

    Parameters
    ----------
    objective
        What is minimised.
    guide
        What tells equally good rosters apart: the objective with an eye to what comes after it.
    bound
        Proven lower bound of the objective, constant included.
    """

    def __init__(self, objective: Objective, guide: Objective, bound: int = -NOTHING) -> None:
        self._objective, self._guide = objective, guide
        self._on_change: Callable[[], None] | None = None
        self._lock = threading.Lock()
        self._best: Best | None = None
        self._bound = bound
        self._relaxed: Relaxed | None = None

    @property
    def best(self) -> Best:
        """The best roster.

        Raises
        ------
        LookupError
            There is none yet.
        """
        if self._best is None:
            raise LookupError("no roster has been found yet")
        return self._best

    @property
    def found(self) -> bool:
        """Whether there is a roster."""
        return self._best is not None

    @property
    def value(self) -> int:
        """What the best roster is worth, constant included; `NOTHING` when there is none."""
        return NOTHING if self._best is None else self._best.value

    @property
    def bound(self) -> int:
        """Proven lower bound, constant included; minus `NOTHING` when there is none."""
        return self._bound

    @property
    def proven(self) -> bool:
        """Whether nothing is better than the best roster."""
        return self._bound >= self.value

    @property
    def relaxed(self) -> Relaxed | None:
        """What the relaxation with the best bound says, None when there is none."""
        return self._relaxed

    def open(self, columns: int) -> Bools | None:
        """Return which of the first columns may be taken in a better roster; None where nothing is known of that."""
        relaxed = self._relaxed
        return None if relaxed is None else relaxed.open(self.value)[:columns]

    def offer(self, values: Ints) -> bool:
        """Take a roster for the best one if it is better; tell whether it is.

        Parameters
        ----------
        values
            Of all columns, which keep every row and group; not changed afterwards.
        """
        worth = self._objective.value(values), self._guide.value(values)
        with self._lock:
            if self._best is not None and worth >= (self._best.value, self._best.guided):
                return False
            self._best = Best(values, *worth)
        self._changed()
        return True

    def raise_bound(self, bound: int, relaxed: Relaxed | None = None) -> None:
        """Take a bound if it is better, and what a relaxation says if that proves at least as much as the last one.

        Parameters
        ----------
        bound
            Of all rosters that are better than the best, constant included.
        relaxed
            What the relaxation says that proves it, if one does.
        """
        with self._lock:
            known = self._relaxed
            if relaxed is not None and (known is None or relaxed.bound >= known.bound):
                self._relaxed = relaxed
            better = bound > self._bound
            self._bound = max(self._bound, bound)
        if better:
            self._changed()

    def listen(self, on_change: Callable[[], None]) -> None:
        """Have a function called after each better roster or bound, on the thread that brought it."""
        self._on_change = on_change

    def _changed(self) -> None:
        if self._on_change is not None:
            self._on_change()
