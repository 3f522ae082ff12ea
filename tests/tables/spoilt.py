"""Files of one good problem with a few of them spoilt, and what is said of values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.tables.files import GOOD


@dataclass(frozen=True)
class Case:
    """Files that differ from the good problem, and what is said of them."""

    id: str
    files: Mapping[str, str | bytes | None]
    says: str
    options: Mapping[str, str] = field(default_factory=dict)


def plus(table: str, row: str) -> dict[str, str]:
    """The good table with one more row."""
    return {table: GOOD[table] + row + "\n"}


def instead(table: str, old: str, new: str) -> dict[str, str]:
    """The good table with something else in one place."""
    assert GOOD[table].count(old) >= 1
    return {table: GOOD[table].replace(old, new)}


def limits(hours: str, meetings: str) -> dict[str, str]:
    """The good facilitators, the first with these limits."""
    head, first, second, _ = GOOD["facilitators"].split("\n")
    return {"facilitators": f"{head},max_hours,max_meetings\n{first},{hours},{meetings}\n{second},,\n"}


NOT_A_NUMBER = "is not a number; write digits with a decimal point, such as 1.5, without thousands marks"
NOT_WHOLE = "is not a whole number; write digits only, such as 3"
NOT_AN_INSTANT = "is not a date with a time; write it as YYYY-MM-DD HH:MM, such as 2026-03-29 19:30"
OUT_OF_YEARS = "lies outside the years 1900 to 2199; correct it, or leave it blank where no limit is meant"
