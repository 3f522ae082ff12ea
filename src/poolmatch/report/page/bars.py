"""Bars: what a picture of a number shows, in hundredths of its width. The template draws them."""

from __future__ import annotations

from dataclasses import dataclass

from poolmatch.results import Tier

WHOLE = 100.0
Span = tuple[float, float]
"""Where something begins, and how wide it is."""


@dataclass(frozen=True)
class Bar:
    """A bar from left to right.

    Attributes
    ----------
    sure, open
        The full part, and the part that could still go.
    mark
        Where the mark of a fair share stands; None without one.
    said
        What the bar shows, in words.
    """

    sure: Span
    open: Span
    mark: float | None
    said: str


def bar_of_tier(tier: Tier, said: str) -> Bar:
    """Return the bar of a tier: full up to the proven bound, open from there to the value.

    Parameters
    ----------
    tier
        The tier. Its value may lie below nought, where wishes are met: then the full part runs from it up to nought.
    said
        What the bar shows, in words.
    """
    value, bound = tier.value, min(tier.bound, tier.value)
    low, high = min(bound, 0), max(value, 0)
    scale = WHOLE / (high - low) if high > low else 0.0

    def span(first: int, last: int) -> Span:
        return round((first - low) * scale, 2), round((last - first) * scale, 2)

    return Bar(span(0, max(bound, 0)) if value > 0 else span(value, 0), span(bound, value), None, said)


def bar_of_load(hours: float, share: float, most: float, said: str) -> Bar:
    """Return the bar of somebody's work, with a mark at their fair share.

    Parameters
    ----------
    hours, share
        Hours of work, and how many are fair.
    most
        Hours that the whole width stands for.
    said
        What the bar shows, in words.
    """
    scale = WHOLE / most if most > 0 else 0.0
    return Bar((0.0, round(hours * scale, 2)), (0.0, 0.0), round(share * scale, 2), said)
