"""A case of a trade-off: two legal rosters with their worth, and the parts of problems that cases are made of."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from tests.builders import PARTY, Cells, Holders, facilitator, meeting, problem

from poolmatch import STANDARD_RULES, PreferenceRule, Problem, RuleSet

PREFERENCES = (
    "fill-seats",
    "team-skills",
    "neutral-choice",
    "external-last",
    "keep-published",
    "continuity",
    "practice",
    "optional-seats",
    "fair-load",
    "short-travel",
    "cost",
    "wishes",
)
RULES = RuleSet(
    "trade-offs",
    1,
    tuple(rule for rule in STANDARD_RULES.rules if not isinstance(rule, PreferenceRule) or rule.id in PREFERENCES),
)
"""The preferences that the values are computed for, and all else as it comes."""

Points = tuple[int | Fraction, ...]


class Case(NamedTuple):
    """A problem with its best roster, and a rival that is better in a lower tier."""

    problem: Problem
    best: Holders
    worth: Points
    rival: Holders
    rival_worth: Points
    rules: RuleSet = RULES
    starts: Mapping[str, str] = {}
    rival_starts: Mapping[str, str] = {}


def f(text: str) -> Fraction:
    return Fraction(text)


def worth(tiers: Iterable[Any]) -> Points:
    """Return the points of each tier, exactly."""
    return tuple(Fraction(tier.value, tier.scale) for tier in tiers)


def person(name: str, **cells: Any) -> Cells:
    """Return somebody with an employer of their own, so that any two may share a meeting."""
    return facilitator(name, organisation=f"Employer of {name}", **cells)


def outsider(name: str, cost: float = 95, **cells: Any) -> Cells:
    return person(name, external=True, hourly_cost=cost, **cells)


def late(name: str = "M1", day: int = 30, **cells: Any) -> Cells:
    """Return a meeting of two hours on 30 March or another day; on the 30th and 31st a change costs 1 point."""
    return meeting(name, f"2026-03-{day} 19:30", f"2026-03-{day} 21:30", **cells)


def told(who: str, where: str = "M1", start: str | None = None) -> Cells:
    return {"meeting": where, "seat": "lead", "facilitator": who, "slot_start": start}


def seat(where: str, name: str = "lead", role: str | None = None, **cells: Any) -> Cells:
    return {"meeting": where, "seat": name, "role": role or name, **cells}


def course(word: str, people: Sequence[Cells], **tables: Any) -> Problem:
    """Return a series of two sessions of two hours, on 30 and 31 March, whose lead seats ask for continuity."""
    rows = [late("M1", 30, series="course", session=1), late("M2", 31, series="course", session=2)]
    return problem(rows, people, seats=[seat(name, continuity=word) for name in ("M1", "M2")], **tables)


def tied(who: str) -> Cells:
    return {"facilitator": who, "kind": "resident", "organisation": PARTY}


NORTH_ONLY = {"facilitator": "F2", "region": "north"}
