"""Who receives the hours that are given, and how much: what the ledger and the rule `reciprocity` have in common.

Who gives them are the `poolmatch.domain.employers.employers` of the day.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Literal

from poolmatch.domain.hours import TICKS, exact, half_up
from poolmatch.domain.organisations import LedgerEntry
from poolmatch.domain.problem import Problem

Split = Literal["commissioner", "parties"]
"""Who receives: the commissioners of a meeting, else its deciders, else all its parties; or all its parties at once."""
FIRST_ASKED = ("commissioner", "decider")


def receivers(problem: Problem, meeting: str, split: Split = "commissioner") -> tuple[str, ...]:
    """Return the organisations that receive the hours of a meeting, in equal parts; observers never do."""
    stakes = [stake for stake in problem.stakes_of(meeting) if stake.grade != "observer"]
    if split == "commissioner":
        for grade in FIRST_ASKED:
            found = tuple(stake.organisation for stake in stakes if stake.grade == grade)
            if found:
                return found
    return tuple(stake.organisation for stake in stakes)


@lru_cache(maxsize=1024)  # meetings have few different lengths
def part_minutes(ticks: int, count: int) -> int:
    """Return what each of so many organisations gives or receives of an assignment: whole minutes, rounded half up."""
    return half_up(Fraction(ticks, TICKS * count))


def opening_minutes(row: LedgerEntry | None) -> int:
    """Return an organisation's opening balance, given less received, in whole minutes, rounded half up."""
    if row is None:
        return 0
    return half_up((exact(row.hours_given) - exact(row.hours_received)) * 60)
