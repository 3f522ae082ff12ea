"""What a strategy is: it improves the incumbent of a task, its bound, or both, within a budget."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from poolmatch.solving.model.incumbent import Incumbent
from poolmatch.solving.running.budget import Budget
from poolmatch.solving.task import Task


class Outcome(Enum):
    """How a strategy ended. What it has found and proven is in the incumbent."""

    EXHAUSTED = auto()
    """Nothing more comes of it: it has proven the incumbent, or does not know how to go on."""
    TIME_UP = auto()
    """The budget is over, or no time is left that would be of use."""


class Strategy(Protocol):
    """A way to solve a task; it may be run again, also beside others on the same incumbent."""

    def run(self, task: Task, incumbent: Incumbent, budget: Budget) -> Outcome:
        """Improve the incumbent until it is proven, the budget is over, or the strategy is at its end.

        Parameters
        ----------
        task
            What is solved.
        incumbent
            The best roster and the bound, which others may improve at the same time.
        budget
            How long at most.
        """
        ...


@dataclass(frozen=True)
class Resources:
    """What strategies work with.

    Attributes
    ----------
    workers
        Threads, or pieces that are out at once on the executor; 1 or more.
    seed
        Of all that is drawn.
    deterministic
        Whether every run ends the same: one worker, and limits in deterministic units.
    executor
        Where pieces of the work are done; None is threads of this process.
    """

    workers: int
    seed: int = 0
    deterministic: bool = False
    executor: Executor | None = None

    @property
    def alone(self) -> bool:
        """Whether strategies take turns, because there is one worker for all."""
        return self.workers == 1 and self.executor is None


class Workers:
    """How many workers are free, of those that strategies share.

    Parameters
    ----------
    count
        How many there are.
    """

    def __init__(self, count: int) -> None:
        self._count, self._busy, self._lock = count, 0, threading.Lock()

    @property
    def free(self) -> int:
        """How many are free."""
        return self._count - self._busy

    @contextmanager
    def one(self) -> Iterator[None]:
        """Keep one busy meanwhile."""
        with self._lock:
            self._busy += 1
        try:
            yield
        finally:
            with self._lock:
                self._busy -= 1
