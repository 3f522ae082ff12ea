"""A row of a table: frozen, strict, and able to say what its table is called and which columns make its key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, partial
from typing import Any, ClassVar, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from poolmatch.domain.values import Named, Ref
from poolmatch.hints import nearest
from poolmatch.issues import Issue, Message
from poolmatch.messages import cells
from poolmatch.messages.faults import fault_of, limits_of

M = TypeVar("M")


def is_blank(value: object) -> bool:
    """Tell whether a cell is blank: absent, empty text or only white space."""
    return value is None or (isinstance(value, str) and not value.strip())


class Row(BaseModel):
    """One row of a table. Blank cells take the column's default.

    Class attributes
    ----------------
    table
        Name of the table.
    key
        Columns that together are unique in the table; empty when rows may repeat.
    """

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        allow_inf_nan=False,
        hide_input_in_errors=True,
        ser_json_inf_nan="null",
    )

    table: ClassVar[str]
    key: ClassVar[tuple[str, ...]] = ()
    required_table: ClassVar[bool] = False

    @model_validator(mode="before")
    @classmethod
    def _leave_out_blanks(cls, data: Any) -> Any:
        if isinstance(data, Mapping):
            return {name: value for name, value in data.items() if not is_blank(value)}
        return data

    def key_of(self) -> tuple[object, ...]:
        """Return the values of the key columns."""
        return tuple(getattr(self, name) for name in self.key)


def words_of(field: FieldInfo) -> tuple[str, ...]:
    """Return the closed words a column may hold, or nothing where any value may stand."""

    def search(annotation: object) -> Iterator[str]:
        if get_origin(annotation) is Literal:
            yield from get_args(annotation)
        else:
            for part in get_args(annotation):
                yield from search(part)

    return tuple(search(field.annotation))


def marks_of(field: FieldInfo, mark: type[M]) -> tuple[M, ...]:
    """Return the marks of a kind that the type of a column carries."""

    def search(annotation: object, metadata: tuple[object, ...]) -> Iterator[M]:
        yield from (found for found in metadata if isinstance(found, mark))
        for part in get_args(annotation):
            yield from search(part, getattr(annotation, "__metadata__", ()))

    return tuple(search(field.annotation, tuple(field.metadata)))


def tables_of(field: FieldInfo) -> tuple[str, ...]:
    """Return the tables whose ids a column may hold, or nothing where it is no reference."""
    return tuple(dict.fromkeys(table for mark in marks_of(field, Ref) for table in mark.tables))


@cache
def references(kind: type[Row]) -> Mapping[str, tuple[str, ...]]:
    """Return the columns of a table that hold ids of other tables, and which tables."""
    found = {column: tables_of(field) for column, field in kind.model_fields.items()}
    return {column: tables for column, tables in found.items() if tables}


@cache
def names_of(kind: type[Row]) -> Mapping[str, Named]:
    """Return the columns of a table that name things without a table of their own, and what they name."""
    found = {column: marks_of(field, Named) for column, field in kind.model_fields.items()}
    return {column: marks[0] for column, marks in found.items() if marks}


NAMES = frozenset({"name", "title", "disclosure"})
"""Columns whose content is never told: names of people and parties, and free text about them."""


def issues_of(error: ValidationError, kind: type[Row], position: int, raw: Mapping[str, object]) -> Iterator[Issue]:
    """Translate what pydantic found in a row into issues with row, column, reason and remedy.

    Parameters
    ----------
    error
        What was raised for the row.
    kind
        The kind of row.
    position
        Data row, counted from 1.
    raw
        The cells as they were given.
    """
    for detail in error.errors(include_url=False, include_context=True):
        yield _issue(detail, kind, position, raw)


def _issue(detail: ErrorDetails, kind: type[Row], position: int, raw: Mapping[str, object]) -> Issue:
    context: Mapping[str, Any] = detail.get("ctx", {})
    column = str(detail["loc"][0]) if detail["loc"] else str(context.get("column", ""))
    value = raw.get(column)
    field = kind.model_fields.get(column)
    at = partial(Message.at, table=kind.table, rows=(position,), column=column, value=told_value(column, value))
    match detail["type"]:
        case "missing":
            return at(cells.ID_BLANK if kind.key == (column,) and NAMES & kind.model_fields.keys() else cells.BLANK)
        case "literal_error":
            known = words_of(field) if field else ()
            return at(cells.UNKNOWN_WORD, hint=nearest(str(value), known), known=", ".join(known))
        case "poolmatch":
            return at(context["message"])
        case other if other in cells.BY_BOUND:
            return at(cells.BY_BOUND[other], **limits_of(detail))
        case _:
            return at(cells.NOT_TAKEN, fault=fault_of(detail))


def told_value(column: str, value: object) -> str:
    """Return the value of a cell as an issue may carry it: shortened, and nothing of a name."""
    return "" if value is None or column in NAMES else str(value)[:200]
