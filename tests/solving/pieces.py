"""Pieces of work for the tests: functions that worker processes can import."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any


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
