"""How much the tests draw, in three rings: `quick` a tenth, `test` all, and `soak` ten times as much.

The environment variable POOLMATCH_RING says which, and is `test` unless it is set. What `make quick`, `make test` and
`make soak` run differs in this, and in one thing more: tests marked `slow`, which have little or nothing to draw and
take more than about a second, are left out of `quick`. Each ring tells what it leaves out (see `conftest.py`).

What `test` draws is the same every time, so that it fails by a change and never by lot; what nobody has drawn yet is
looked for in the two others, in which Hypothesis draws anew.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import TypeVar

T = TypeVar("T")

RINGS = {"quick": Fraction(1, 10), "test": Fraction(1), "soak": Fraction(10)}
"""What each ring draws of what `test` draws."""
RING = os.environ.get("POOLMATCH_RING", "test")
if RING not in RINGS:
    raise ValueError(f"POOLMATCH_RING is {RING!r}; it must be one of {', '.join(RINGS)}")
WHOLE = RINGS[RING] >= 1
"""Whether this ring draws all that `test` draws, or more."""


def scaled(count: int, least: int = 1) -> int:
    """Return how often to draw in this ring what is drawn so often in `test`; no less often than told."""
    return max(least, round(count * RINGS[RING]))


def seeds(count: int, first: int = 0, least: int = 1) -> range:
    """Return the seeds of this ring; `test` has so many."""
    return range(first, first + scaled(count, least))


def chunks(count: int) -> range:
    """Return the numbers of chunks of seeds, a test each; `quick` has fewer, and `soak` draws more in each."""
    return range(min(count, scaled(count)))


def seeds_of(chunk: int, size: int, first: int = 0) -> range:
    """Return the seeds of a chunk: so many in `test`, and in `quick`, which has fewer chunks instead.

    So what must occur in a chunk, for its draw to be worth its name, is the same in every ring.
    """
    size = max(size, scaled(size))
    return range(first + chunk * size, first + (chunk + 1) * size)


def enough(count: int) -> int:
    """Return how often something must occur in what is drawn, for the draw to be worth its name.

    A tenth of a draw may miss what is rare; so nothing is asked of it in `quick`.
    """
    return count if WHOLE else 0


def drawn_once(function: Callable[..., T]) -> Callable[..., T]:
    """Let what a function draws be shared by all tests of a process that ask for it; nobody may change it.

    In `soak` it is drawn each time, for ten times as much is too much to keep.
    """
    return function if RINGS[RING] > 1 else cache(function)
