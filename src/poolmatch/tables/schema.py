"""The columns of each table and the kind of value they hold, taken from the rows of the domain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import AwareDatetime
from pydantic.fields import FieldInfo

from poolmatch.domain.row import Row, tables_of, words_of


class Kind(StrEnum):
    """Kind of value a column holds, in words for people."""

    TEXT = "text"
    WORD = "one of the words"
    WHOLE = "whole number"
    NUMBER = "number"
    YES_NO = "yes or no"
    DAY = "date"
    INSTANT = "date and time"
    MOMENT = "date, or date and time"
    ITEMS = "list, separated by ;"
    DAYS = "list of dates, separated by ;"


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    name
        As it is written in the header.
    kind
        Kind of value.
    required
        No row may leave it blank.
    default
        What a blank cell stands for.
    words
        Closed words that may stand in it; empty where any value may.
    tables
        Tables whose ids it refers to; empty where it is no reference.
    explanation
        What it means, for people.
    """

    name: str
    kind: Kind
    required: bool
    default: Any
    words: tuple[str, ...]
    tables: tuple[str, ...]
    explanation: str


@cache
def columns_of(kind: type[Row]) -> tuple[Column, ...]:
    """Return the columns of a table, in order.

    Parameters
    ----------
    kind
        The kind of row the table has.
    """
    return tuple(
        Column(
            name=name,
            kind=_kind_of(field),
            required=field.is_required(),
            default=None if field.is_required() else field.default,
            words=words_of(field),
            tables=tables_of(field),
            explanation=field.description or "",
        )
        for name, field in kind.model_fields.items()
    )


_KINDS: dict[frozenset[Any], Kind] = {
    frozenset({str}): Kind.TEXT,
    frozenset({Literal}): Kind.WORD,
    frozenset({int}): Kind.WHOLE,
    frozenset({float}): Kind.NUMBER,
    frozenset({bool}): Kind.YES_NO,
    frozenset({date}): Kind.DAY,
    frozenset({AwareDatetime}): Kind.INSTANT,
    frozenset({AwareDatetime, date}): Kind.MOMENT,
    frozenset({tuple, date}): Kind.DAYS,
}


def _kind_of(field: FieldInfo) -> Kind:
    types = frozenset(_types(field.annotation))
    return _KINDS.get(types, Kind.ITEMS)


def _types(annotation: Any) -> Iterator[Any]:
    """Yield the plain types of an annotation, without None; of a list also those of its items."""
    origin = get_origin(annotation)
    if origin is Literal:
        yield origin
    elif origin is Annotated:
        yield from _types(get_args(annotation)[0])
    elif origin is not None:
        if origin is tuple:
            yield origin
        for part in get_args(annotation):
            yield from _types(part)
    elif annotation not in (type(None), Ellipsis):
        yield annotation
