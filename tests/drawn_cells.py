"""Hypothesis strategies for every kind of cell, and texts that one program or another takes for something else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args

from hypothesis import strategies as st

from poolmatch.domain.meetings import Grade
from poolmatch.domain.organisations import LinkKind
from poolmatch.domain.people import ROLES
from poolmatch.domain.values import tidy
from poolmatch.tables.grid import is_total

Cells = dict[str, Any]
Draw = Callable[[st.SearchStrategy[Any]], Any]

NASTY = (
    "007", "1e5", "NA", "N/A", "nan", "null", "None", "True", "no", "0", "-3.5", "12,5", "2026-03-01", "#N/A", "1/2",
    "=cmd|' /C calc'!A0", "'=x", "''-1", "+31", "@sum", "-", "'", "'s-Hertogenbosch", "a,b", 'say "no"', '"', "a|b",
    "café", "cafe\u0301", "ß", "_x000D_", "x005F_", "_x005F_x0041_", "<r>x</r>",
    "<script>", "&amp;", "http://a", "a  b", "\u2028x",
)  # fmt: skip
"""Text that one program or another takes for something else."""
ZONES = ("Europe/Amsterdam", "UTC", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Monrovia")
TWICE = (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
"""Half past two in Amsterdam, twice: the night the clock goes back."""
GRADES = get_args(get_args(Grade)[0])
LINK_KINDS = get_args(get_args(LinkKind)[0])


def blank_or(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def texts(extra: str = "") -> st.SearchStrategy[str]:
    """Words for people; ``extra`` are the control characters that may stand in them."""
    letters = st.characters(exclude_categories=["C"]) | st.sampled_from(extra or "'")
    return (st.sampled_from(NASTY) | st.text(letters, min_size=1, max_size=8)).map(tidy).filter(bool)


TITLES = texts("\n\t;'=,\"") | st.sampled_from(("=1+1\n=2", "a\tb", "a;b", "two\n\nlines"))
WORDS = texts().map(lambda text: text.replace(";", ":")).filter(lambda text: not is_total(text))
"""Ids and words that every form can hold: in tables of cells a word for a total is no id."""
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31)) | st.sampled_from(
    (date(1900, 1, 1), date(1900, 2, 28), date(1900, 3, 1), date(2199, 12, 31))
)
INSTANTS = (
    st.integers(0, int(timedelta(days=109_572).total_seconds()) - 1)
    .map(lambda seconds: datetime(1900, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds))
    .filter(lambda moment: moment.year < 2200)
) | st.sampled_from(TWICE)
HOURS = st.floats(0, 100_000) | st.sampled_from((0.1, 0.1 + 0.2, 5e-324, 1e-7, 2.0, 99999.99999999999))
COUNTS = st.integers(0, 10**9)
ROLE = st.sampled_from(ROLES)
LEVEL = st.integers(1, 5)
