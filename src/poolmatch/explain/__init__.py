"""Explaining a roster: why a seat is empty. Knows no single rule."""

from poolmatch.explain.empty_seats import EmptySeat, empty_seats

__all__ = ["EmptySeat", "empty_seats"]
