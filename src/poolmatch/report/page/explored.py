"""What searches found out about empty seats, in a given time: why they stay empty, and what would fill them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from poolmatch.checking import Report
from poolmatch.explain import Remedies, WhyEmpty, remedies, why_empty_all
from poolmatch.words import Words

MOST_REMEDIES = 3
"""So many ways to fill a seat are looked for."""
OnProgress = Callable[[int, int], object]
"""Told how many steps are done, and how many there are: two for each empty seat."""


@dataclass(frozen=True)
class Explored:
    """What is known of empty seats.

    Attributes
    ----------
    reasons
        Why each is empty; nothing where nobody searched.
    remedies
        What would fill each, verified.
    """

    reasons: tuple[WhyEmpty, ...] = ()
    remedies: tuple[Remedies, ...] = ()

    def verdict(self, meeting: str, seat: str) -> Words | None:
        """Return whether a seat could be filled at all, and what keeps it empty; None where nobody searched."""
        return self._verdicts.get((meeting, seat))

    @cached_property
    def _verdicts(self) -> Mapping[tuple[str, str], Words]:
        return {(item.meeting, item.seat): item.words[-1] for item in self.reasons}


def explored(report: Report, time_limit: float, on_progress: OnProgress | None = None) -> Explored:
    """Return why seats are empty and what would fill them, as far as a time allows; at 0 seconds nothing.

    Parameters
    ----------
    report
        What the rules say of the roster.
    time_limit
        Seconds for all of it, half for each question.
    on_progress
        Told how many steps are done, and how many there are.
    """
    if not time_limit:
        return Explored()
    tell = on_progress or (lambda _done, _all: None)
    until = time.monotonic() + time_limit
    reasons = why_empty_all(report, time_limit=time_limit / 2, on_progress=lambda done, seats: tell(done, 2 * seats))
    found = list[Remedies]()
    for number, item in enumerate(reasons):
        left = max(0.0, until - time.monotonic()) / (len(reasons) - number)
        found.append(remedies(report, item.meeting, item.seat, most=MOST_REMEDIES, time_limit=left))
        tell(len(reasons) + number + 1, 2 * len(reasons))
    return Explored(reasons, tuple(found))
