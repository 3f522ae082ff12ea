"""Telling how far solving is: to the log, to the caller, and as a bar."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from poolmatch.errors import MissingExtra
from poolmatch.results.progress import OnProgress, Progress
from poolmatch.solving.model.system import Objective


class Bar(Protocol):
    """A line that can be rewritten."""

    def set_description_str(self, text: str) -> None:
        """Show this text."""
        ...


@contextmanager
def shown(display: bool) -> Iterator[Bar | None]:
    """Open a progress line, if one is wanted.

    Raises
    ------
    MissingExtra
        The package that draws it is not installed.
    """
    if not display:
        yield None
        return
    try:
        from tqdm.auto import tqdm
    except ImportError as error:
        raise MissingExtra("tqdm", "progress") from error
    with tqdm(bar_format="{desc} [{elapsed}]") as bar:
        yield bar


class ProgressReporter:
    """Passes on improvements, in the thread that called ``solve``.

    Parameters
    ----------
    on_progress
        The caller's function, if any.
    bar
        The progress line, if any.
    """

    def __init__(self, on_progress: OnProgress | None, bar: Bar | None) -> None:
        self._on_progress = on_progress
        self._bar = bar
        self._began = time.monotonic()
        self._objective: Objective | None = None
        self._last: tuple[int, int] | None = None

    def tier(self, objective: Objective) -> None:
        """Begin with a tier."""
        self._objective, self._last = objective, None
        if self._bar is not None:
            self._bar.set_description_str(f"tier {objective.tier}")

    def improvement(self, value: int, bound: int) -> None:
        """Tell of a value or bound of the tier, in units, if it is better than what was told before."""
        if self._objective is None:
            return
        if self._last is not None:
            value, bound = min(value, self._last[0]), max(bound, self._last[1])
        if (value, bound) == self._last:
            return
        self._last = value, bound
        scale, tier = self._objective.scale, self._objective.tier
        news = Progress(time.monotonic() - self._began, tier, value / scale, bound / scale)
        if self._bar is not None:
            self._bar.set_description_str(f"tier {tier}: {news.value:g} (at least {news.bound:g})")
        if self._on_progress is not None:
            self._on_progress(news)
