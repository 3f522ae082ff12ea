"""The JSON document of a problem, before its rows are looked at."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from poolmatch.errors import Issue, ProblemError


def parse_document(text: str | bytes) -> Mapping[str, Any]:
    """Return what a JSON text holds.

    Raises
    ------
    ProblemError
        It is not JSON, repeats a key, holds NaN, or is nested too deep.
    """

    def refuse(reason: str, remedy: str) -> ProblemError:
        return ProblemError([Issue("document", (), "", reason, remedy)])

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len({name for name, _ in pairs}) < len(pairs):
            twice = next(name for name, _ in pairs if sum(name == other for other, _ in pairs) > 1)
            raise refuse(f"has the key {twice!r} twice in one object", "keep one of them")
        return dict(pairs)

    def constant(word: str) -> None:
        raise refuse(f"holds {word}, which JSON does not know", "write a number or null")

    try:
        if isinstance(text, bytes):
            text = text.decode("utf-8-sig")
        document = json.loads(text, object_pairs_hook=once, parse_constant=constant)
    except UnicodeDecodeError as error:
        raise refuse("is not UTF-8 text", "save it as UTF-8") from error
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise refuse(f"is not JSON: {error.msg} at {place}", "correct it there") from error
    except RecursionError as error:
        raise refuse("is nested too deep", "a problem is an object of tables, each a list of flat rows") from error
    except ValueError as error:  # a whole number of too many digits
        raise refuse("holds a number that is too long", "correct the number") from error
    if not isinstance(document, Mapping):
        raise refuse("is not an object", "give an object with a table per name")
    return document
