"""Pieces of work for the tests: functions that worker processes can import."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar

from tests.builders import facilitator, meeting, problem

from poolmatch import ConstraintRule, Problem
from poolmatch.arrays import Candidates
from poolmatch.domain.plan import Plan
from poolmatch.rule import Finding, Model, Words
from poolmatch.testing import random_problem


class Picky(Exception):
    """An exception that pickles, and does not unpickle."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(f"{first} and {second}")


def double(number: int) -> int:
    return 2 * number


def picky() -> None:
    raise Picky("one", "two")


def die() -> None:
    """End this process as the kernel ends one that takes too much memory."""
    os.kill(os.getpid(), signal.SIGKILL)


def die_first(begun: Path, function: Callable[..., Any], *args: Any) -> Any:
    """Note that this was begun; the first time die of it, then do what is asked."""
    if note(begun) == 1:
        die()
    return function(*args)


def die_always(begun: Path) -> None:
    note(begun)
    die()


def note(begun: Path) -> int:
    """Add a mark to a file; return how many there are."""
    with begun.open("a", encoding="ascii") as file:
        file.write("x")
    return begun.stat().st_size


def small(people: int = 1) -> Problem:
    """Return a problem of two meetings that overlap, which takes no time."""
    rows = [meeting("M1"), meeting("M2", "2026-03-05 20:00", "2026-03-05 22:00")]
    return problem(rows, [f"F{number}" for number in range(1, people + 1)])


def wrong() -> Problem:
    """Make a problem with two mistakes."""
    return problem([meeting("M1", "2026-02-30 10:00")], [facilitator(max_meetings=-1)])


def long() -> Problem:
    """Return a problem that is not proven within minutes."""
    return random_problem(random.Random(2), people=60, meetings=400, pins=False)


class OwnRule(ConstraintRule):
    """A rule of one's own, with a parameter, that forbids nothing."""

    id: ClassVar[str] = "own"
    sentence: ClassVar[Words] = Words("Nothing is forbidden.", "Niets is verboden.")

    limit: float = 3.5

    def post(self, candidates: Candidates, model: Model) -> None:
        """Write nothing."""

    def judge(self, plan: Plan) -> Iterator[Finding]:  # noqa: ARG002 - the name is that of the interface
        return iter(())
