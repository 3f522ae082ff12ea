"""Explaining: why a seat is empty, who is left for a meeting, which consents would help."""

from poolmatch.explain.emptiness import EmptySeat, empty_seats
from poolmatch.explain.who_is_left import HelpfulWaiver, neutral_pool, waivers_that_help

__all__ = ["EmptySeat", "HelpfulWaiver", "empty_seats", "neutral_pool", "waivers_that_help"]
