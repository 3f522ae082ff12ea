"""How many of a thing: one and several, in every language."""

from __future__ import annotations

from poolmatch.words import Words


def _counted(count: int, one: Words, several: Words) -> Words:
    return one if count == 1 else several.fill(count=count)


def meetings(count: int) -> Words:
    """Return a number of meetings."""
    return _counted(count, Words("1 meeting", "1 bijeenkomst"), Words("{count} meetings", "{count} bijeenkomsten"))


def days(count: int) -> Words:
    """Return a number of days."""
    return _counted(count, Words("1 day", "1 dag"), Words("{count} days", "{count} dagen"))


def evening_meetings(count: int) -> Words:
    """Return a number of evening meetings."""
    one = Words("1 evening meeting", "1 avondbijeenkomst")
    return _counted(count, one, Words("{count} evening meetings", "{count} avondbijeenkomsten"))


def weekends(count: int) -> Words:
    """Return a number of weekends."""
    return _counted(count, Words("1 weekend", "1 weekend"), Words("{count} weekends", "{count} weekenden"))


def minutes(count: int) -> Words:
    """Return a number of minutes."""
    return _counted(count, Words("1 minute", "1 minuut"), Words("{count} minutes", "{count} minuten"))


def times(count: int) -> Words:
    """Return how often."""
    twice = Words("twice", "twee keer")
    several = twice if count == 2 else Words("{count} times", "{count} keer")
    return _counted(count, Words("once", "één keer"), several)


def seats(count: int) -> Words:
    """Return a number of seats."""
    return _counted(count, Words("1 seat", "1 plaats"), Words("{count} seats", "{count} plaatsen"))


def facilitators(count: int) -> Words:
    """Return a number of facilitators."""
    return _counted(count, Words("1 facilitator", "1 begeleider"), Words("{count} facilitators", "{count} begeleiders"))
