"""The best roster so far and what is proven: the only state that searches share."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
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


@dataclass
class _State:
    """What all who share an incumbent know of it."""

    bound: int
    exact: int
    best: Best | None = None
    relaxed: Relaxed | None = None
    raised: float = -math.inf
    closed_by: str = ""
    on_change: Callable[[], None] | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


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
        self._state, self._by = _State(bound, bound), ""
        self._told, self._news = -NOTHING, time.monotonic()

    def shared(self, by: str) -> Incumbent:
        """Return the same incumbent for a strategy, which is named if what it finds or proves closes the gap."""
        mine = Incumbent(self._objective, self._guide)
        mine._state, mine._by = self._state, by
        return mine

    @property
    def silent(self) -> float:
        """Seconds since who shares it has told of a better roster, or of a bound that is better than its last one."""
        return time.monotonic() - self._news

    @property
    def closed_by(self) -> str:
        """Who has closed the gap; empty where nobody has."""
        return self._state.closed_by

    @property
    def best(self) -> Best:
        """The best roster.

        Raises
        ------
        LookupError
            There is none yet.
        """
        if self._state.best is None:
            raise LookupError("no roster has been found yet")
        return self._state.best

    @property
    def found(self) -> bool:
        """Whether there is a roster."""
        return self._state.best is not None

    @property
    def value(self) -> int:
        """What the best roster is worth, constant included; `NOTHING` when there is none."""
        return NOTHING if self._state.best is None else self._state.best.value

    @property
    def bound(self) -> int:
        """Proven lower bound, constant included; minus `NOTHING` when there is none."""
        return self._state.bound

    @property
    def raised(self) -> float:
        """When the bound was raised, by the monotonic clock; minus infinity where it never was."""
        return self._state.raised

    @property
    def exact_bound(self) -> int:
        """The bound as far as it is proven in whole numbers; see `raise_bound`."""
        return self._state.exact

    @property
    def proven(self) -> bool:
        """Whether nothing is better than the best roster."""
        return self._state.bound >= self.value

    @property
    def relaxed(self) -> Relaxed | None:
        """What the relaxation with the best bound says, None when there is none."""
        return self._state.relaxed

    def open(self, columns: int) -> Bools | None:
        """Return which of the first columns may be taken in a better roster; None where nothing is known of that."""
        relaxed = self._state.relaxed
        return None if relaxed is None else relaxed.open(self.value)[:columns]

    def offer(self, values: Ints) -> bool:
        """Take a roster for the best one if it is better; tell whether it is.

        Parameters
        ----------
        values
            Of all columns, which keep every row and group; not changed afterwards.
        """
        worth = self._objective.value(values), self._guide.value(values)
        with self._state.lock:
            if self._state.best is not None and worth >= (self._state.best.value, self._state.best.guided):
                return False
            self._state.best = Best(values, *worth)
            self._news = time.monotonic()
        self._changed()
        return True

    def raise_bound(self, bound: int, relaxed: Relaxed | None = None, *, exact: bool = True) -> None:
        """Take a bound if it is better, and what a relaxation says if that proves at least as much as the last one.

        Parameters
        ----------
        bound
            Of all rosters that are better than the best, constant included.
        relaxed
            What the relaxation says that proves it, if one does.
        exact
            Whether it is proven in whole numbers, and not by floating-point numbers that are off by a little.
        """
        with self._state.lock:
            known = self._state.relaxed
            if relaxed is not None and (known is None or relaxed.bound >= known.bound):
                self._state.relaxed = relaxed
            better = bound > self._state.bound
            self._told, self._news = max(self._told, bound), time.monotonic() if bound > self._told else self._news
            self._state.bound = max(self._state.bound, bound)
            self._state.raised = time.monotonic() if better else self._state.raised
            self._state.exact = max(self._state.exact, bound) if exact else self._state.exact
        if better:
            self._changed()

    def listen(self, on_change: Callable[[], None]) -> None:
        """Have a function called after each better roster or bound, on the thread that brought it."""
        self._state.on_change = on_change

    def _changed(self) -> None:
        if self.proven and not self._state.closed_by:
            self._state.closed_by = self._by
        if self._state.on_change is not None:
            self._state.on_change()
