"""The JSON document of a problem, before its rows are looked at."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from poolmatch.errors import ProblemError
from poolmatch.issues import Message
from poolmatch.messages import tables as said


def parse_document(text: str | bytes) -> Mapping[str, Any]:
    """Return what a JSON text holds.

    Raises
    ------
    ProblemError
        It is not JSON, repeats a key, holds NaN, or is nested too deep.
    """

    def refuse(message: Message) -> ProblemError:
        return ProblemError([message.at("document")])

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len({name for name, _ in pairs}) < len(pairs):
            twice = next(name for name, _ in pairs if sum(name == other for other, _ in pairs) > 1)
            raise refuse(said.KEY_TWICE.fill(key=twice))
        return dict(pairs)

    def constant(word: str) -> None:
        raise refuse(said.NO_CONSTANT.fill(word=word))

    try:
        if isinstance(text, bytes):
            text = text.decode("utf-8-sig")
        document = json.loads(text, object_pairs_hook=once, parse_constant=constant)
    except UnicodeDecodeError as error:
        raise refuse(said.DOCUMENT_NOT_UTF8) from error
    except json.JSONDecodeError as error:
        fault = said.JSON_FAULTS.get(error.msg, said.JSON_UNREADABLE)
        raise refuse(said.NOT_JSON.fill(fault=fault, line=error.lineno, sign=error.colno)) from error
    except RecursionError as error:
        raise refuse(said.TOO_DEEP) from error
    except ValueError as error:  # a whole number of too many digits
        raise refuse(said.NUMBER_TOO_LONG) from error
    if not isinstance(document, Mapping):
        raise refuse(said.NOT_AN_OBJECT)
    return document
