"""What explanations of a roster have in common: they are data, and are worked out once for a result."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import partial
from typing import Any, TypeVar

from poolmatch.arrays import Arrays
from poolmatch.checking import HasReport, Report, report_of
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem, must_be_problem
from poolmatch.domain.roster import Roster
from poolmatch.eligibility import possible_at
from poolmatch.ruleset import RuleSet, must_be_rules

T = TypeVar("T")
Explain = Callable[..., T]
"""Explains something about a plan under the rules, given its problem as numbers, and with options of its own."""


@dataclass(frozen=True)
class Explanation:
    """Base of what explains one thing of a roster."""

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as data for a JSON document."""
        return {field.name: _data(getattr(self, field.name)) for field in fields(self)}


def _data(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, tuple):
        return [_data(item) for item in value]
    if isinstance(value, Explanation):
        return value.to_dict()
    return value.isoformat() if isinstance(value, date) else value


def explained(explain: Explain[T], problem: Problem, roster: Roster, rules: RuleSet, **options: Any) -> T:
    """Return what there is to explain of a roster under some rules."""
    must_be_rules(rules)
    must_be_problem(problem)
    world = Arrays(problem)
    return explain(Plan(problem, roster, partial(possible_at, world, rules)), rules, world, **options)


def explained_once(explain: Explain[T], result: Report | HasReport, **options: Any) -> T:
    """Return what there is to explain of what ``solve`` or ``check`` returned: worked out once, however many ask.

    The options are those of who asks first.
    """
    report = report_of(result)
    return report.memo(explain, lambda: explain(report.plan, report.rules, report.world, **options))
