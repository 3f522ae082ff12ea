"""Every kind of message that there is: those of the package `messages`, and those that stand with rules."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping
from importlib import import_module

import poolmatch
from poolmatch.issues import Message


def _within(value: object) -> Iterator[Message]:
    if isinstance(value, Message):
        yield value
    elif isinstance(value, Mapping):
        yield from (item for item in value.values() if isinstance(item, Message))


def every_message() -> list[Message]:
    """Return the kinds of message of all modules, each once, in the order of the modules."""
    names = sorted(found.name for found in pkgutil.walk_packages(poolmatch.__path__, "poolmatch."))
    found: dict[int, Message] = {}
    for name in names:
        if not name.endswith("__main__"):
            for value in vars(import_module(name)).values():
                found |= {id(message): message for message in _within(value)}
    return list(found.values())
