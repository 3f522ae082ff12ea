"""What public functions say of an argument that is something else: what it is, and what to write instead."""

from __future__ import annotations

import math
import operator
import os
from numbers import Real

from poolmatch.words import Words


def what_is(value: object) -> str:
    """Return what a value is, in words that go after "is"; never the value itself, which may hold names."""
    if value is None:
        return "None"
    if isinstance(value, str):
        return "text"
    if isinstance(value, os.PathLike):
        return "a path"
    return _article(type(value))


def must_be(value: object, kind: type, name: str, remedy: str) -> None:
    """Raise TypeError where an argument is of another kind.

    Parameters
    ----------
    value
        The argument.
    kind
        What it must be.
    name
        What the argument is called.
    remedy
        What to write instead.
    """
    if not isinstance(value, kind):
        raise TypeError(f"{name} is {what_is(value)} where {_article(kind)} is meant: {remedy}")


def _article(kind: type) -> str:
    return f"{'an' if kind.__name__[0] in 'AEIOaeio' else 'a'} {kind.__name__}"


AT_LEAST = Words("{name} must be {least} or more", "{name} moet {least} of meer zijn")
SECONDS = Words("{name} must be a number of seconds, 0 or more", "{name} moet een aantal seconden zijn, 0 of meer")
"""What a coordinator can meet, who gives these on the command line."""


def whole_number(value: object, name: str, least: int) -> int:
    """Return a whole number, of numpy too, as a Python one.

    Raises
    ------
    TypeError
        It is no whole number.
    ValueError
        It is less than the least, or a truth value.
    """
    allowed = f"{name} must be a whole number, {least} or more"
    if isinstance(value, bool):
        raise ValueError(f"{allowed}, not yes or no")
    try:
        number = operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        raise TypeError(f"{allowed}; it is {what_is(value)}") from None
    if number < least:
        raise ValueError(AT_LEAST.fill(name=name, least=least))
    return number


def seconds(value: object, name: str) -> float:
    """Return a number of seconds, of numpy too, as a Python one.

    Raises
    ------
    TypeError
        It is no number.
    ValueError
        It is negative, not finite, or a truth value.
    """
    allowed = SECONDS.fill(name=name).en
    if isinstance(value, bool):
        raise ValueError(f"{allowed}, not yes or no")
    if not isinstance(value, Real):
        raise TypeError(f"{allowed}; it is {what_is(value)}")
    try:
        number = float(value)
    except OverflowError:  # such as 10**400: as good as infinite
        number = math.inf
    if not (math.isfinite(number) and number >= 0):
        raise ValueError(SECONDS.fill(name=name))
    return number


def yes_or_no(value: object, name: str) -> bool:
    """Return a truth value, of numpy too, as a Python one; raise TypeError where it is none."""
    if not isinstance(value, bool) and type(value).__name__ not in ("bool_", "bool"):
        raise TypeError(f"{name} must be True or False; it is {what_is(value)}")
    return bool(value)
