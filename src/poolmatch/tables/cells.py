"""From values to cells and back: the one place that knows how a value is written down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from poolmatch.tables.schema import Column, Kind

# --- writing ---------------------------------------------------------------------------------------------


def clock_time(moment: datetime, zone: ZoneInfo) -> datetime | None:
    """Return an instant as naive local time, or None when the clock shows that time twice.

    Parameters
    ----------
    moment
        An instant.
    zone
        Time zone of the clock.
    """
    naive = moment.astimezone(zone).replace(tzinfo=None, fold=0)
    twice = naive.replace(tzinfo=zone).utcoffset() != naive.replace(tzinfo=zone, fold=1).utcoffset()
    return None if twice else naive


def instant_text(moment: datetime, zone: ZoneInfo) -> str:
    """Return an instant as local time; with its offset where the clock shows that time twice.

    Where that offset is not in whole minutes, as before clocks were set alike, the instant is given as UTC.
    """
    clock = clock_time(moment, zone)
    if clock is not None:
        return _iso(clock)
    local = moment.astimezone(zone)
    offset = local.utcoffset()
    if offset is not None and offset.total_seconds() % 60 == 0:
        return _iso(local)
    return _iso(moment.astimezone(UTC).replace(tzinfo=None)) + "Z"


def _iso(moment: datetime) -> str:
    return moment.isoformat(sep=" ", timespec="seconds" if moment.second else "minutes")


def number_text(number: float) -> str:
    """Return a number in digits and a decimal point, never with an exponent, such that it reads back exactly."""
    if number == int(number):
        return str(int(number))
    text = repr(number)
    return format(Decimal(text), "f") if "e" in text else text


def items_text(items: Sequence[object], column: Column) -> str:
    """Return a list as text. An empty list is ";" where blank would stand for other items."""
    return ";".join(map(str, items)) or (";" if column.default else "")


def storable(value: Any, column: Column, zone: ZoneInfo) -> Any:
    """Return a value as one that a typed column can hold: lists, and what may be a date or an instant, are text."""
    if value is None:
        return None
    if column.kind in (Kind.ITEMS, Kind.DAYS):
        return items_text(value, column) or None
    if column.kind is Kind.MOMENT:
        return text_of(value, column, zone)
    return value


def text_of(value: Any, column: Column, zone: ZoneInfo) -> str:
    """Return a value as text.

    Parameters
    ----------
    value
        A value of a row; None is blank.
    column
        The column it stands in.
    zone
        Time zone in which instants are written.
    """
    if value is None:
        return ""
    match column.kind:
        case Kind.NUMBER:
            return number_text(value)
        case Kind.YES_NO:
            return "yes" if value else "no"
        case Kind.ITEMS | Kind.DAYS:
            return items_text(value, column)
        case Kind.DAY | Kind.INSTANT | Kind.MOMENT:
            return instant_text(value, zone) if isinstance(value, datetime) else str(value)
        case _:
            return str(value)


# --- reading ---------------------------------------------------------------------------------------------


def day_of(value: object, kind: Kind) -> object:
    """Return the date where a column of dates holds a midnight without a zone, as workbooks and pandas keep dates.

    A column of lists may hold one date alone, which spreadsheet programs keep as a date.
    """
    if kind is Kind.DAYS and isinstance(value, date):
        day = day_of(value, Kind.DAY)
        return [day] if not isinstance(day, datetime) else value
    if kind is Kind.DAY and isinstance(value, datetime) and value.tzinfo is None and value.time() == time():
        return value.date()
    return value


def whole_of(value: object, kind: Kind) -> object:
    """Return the whole number where a column of whole numbers holds it as a float, for want of another number type."""
    if kind is Kind.WHOLE and isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return int(value)
    return value


def plain(value: object) -> object:
    """Return a pandas, numpy or decimal scalar as the plain Python value it stands for.

    What has no exact plain value, such as a time with nanoseconds, becomes text, so that the row can say what
    is wrong with it.
    """
    if isinstance(value, datetime):  # a Timestamp is one too
        if getattr(value, "nanosecond", 0):
            return value.isoformat()
        to_python = getattr(value, "to_pydatetime", None)
        return value if to_python is None else to_python()
    if isinstance(value, Decimal):
        return format(value, "f")
    item = getattr(value, "item", None)
    if callable(item) and not isinstance(value, date):
        return item()
    return value
