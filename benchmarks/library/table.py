"""The table of the library: of each instance its size, and tier by tier the best value that is known and the bound."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from benchmarks.library.instances import LIBRARY, NAMES, Description, descriptions
from benchmarks.library.records import BEST_KNOWN, Record, read_record
from benchmarks.measuring.pages import with_table
from benchmarks.measuring.results import Goal
from benchmarks.measuring.table import percent

README = LIBRARY / "README.md"
BEGIN, END = "<!-- best known: python -m benchmarks library -->", "<!-- end of best known -->"
HEAD = (
    "| instance | seats | candidates | best known, tier by tier | who | when | bounds by |",
    "| --- | ---: | ---: | --- | --- | --- | --- |",
)


def goal_words(goal: Goal) -> str:
    """Return value and bound of a tier in points with the gap; ``=`` stands before what is proven to be least."""
    value = f"{goal.value / goal.scale:.10g}"
    if goal.bound is None:
        return value
    return f"= {value}" if goal.proven else f"{value} ≥ {goal.bound / goal.scale:.10g} ({percent(goal.gap)})"


def row(name: str, size: Description | None, known: Record | None) -> str:
    """Return the row of an instance; blank is what is not known."""
    sizes = ("", "") if size is None else (f"{size.seats:,}", f"{size.candidates:,}")
    best = ("", "", "", "")
    if known is not None:
        tiers = "; ".join(f"{level.goal.tier:g}: {goal_words(level.goal)}" for level in known.levels)
        provers = dict.fromkeys(level.by for level in known.levels if level.by)
        best = (tiers, known.by, known.on, ", ".join(provers))
    return f"| {' | '.join((name, *sizes, *best))} |"


def table(folder: Path = BEST_KNOWN, sizes: Mapping[str, Description] | None = None) -> str:
    """Return the table of all instances.

    Parameters
    ----------
    folder
        Where records are kept.
    sizes
        What instances are; None is what the library says.
    """
    known = descriptions() if sizes is None else sizes
    return "\n".join((*HEAD, *(row(name, known.get(name), read_record(name, folder)) for name in NAMES)))


def refresh(folder: Path = BEST_KNOWN, page: Path = README) -> None:
    """Write the table of all instances between the marks of the library's page; raises as `with_table`."""
    page.write_text(with_table(str(page), page.read_text("utf-8"), (BEGIN, END), table(folder)), "utf-8")
