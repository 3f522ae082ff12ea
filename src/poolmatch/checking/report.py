"""What the rules say of a roster, and what it is worth in each tier."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from math import lcm
from typing import Any, Protocol, TypeVar

from poolmatch.arrays import Arrays
from poolmatch.domain.assignments import SeatAt
from poolmatch.domain.grouping import grouped
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Roster
from poolmatch.eligibility import possible_at
from poolmatch.errors import Issue
from poolmatch.on_use import higher
from poolmatch.rule import Finding
from poolmatch.ruleset import RuleSet

T = TypeVar("T")


@dataclass(frozen=True)
class TierValue:
    """What a roster is worth in one tier, in whole units.

    Attributes
    ----------
    tier
        Level of the objective, 1 the highest; 0 is the weighted sum of all.
    value
        Sum of the penalties; lower is better.
    scale
        Units per penalty point.
    """

    tier: float
    value: int
    scale: int

    @property
    def points(self) -> float:
        """Value in penalty points."""
        return self.value / self.scale


@dataclass(frozen=True)
class Report:
    """What the rules say of a roster.

    Attributes
    ----------
    problem, roster, rules
        What was checked. The roster's degrees and disclosures are filled in.
    findings
        Everything the rules have to say; violations first.
    warnings
        What the rules find doubtful in the problem, besides the problem's own warnings.
    """

    problem: Problem
    roster: Roster
    rules: RuleSet
    findings: tuple[Finding, ...]
    warnings: tuple[Issue, ...] = ()

    def __getstate__(self) -> dict[str, Any]:  # what was worked out does not travel
        return {item.name: getattr(self, item.name) for item in fields(self)}

    def __repr__(self) -> str:
        verdict = "legal" if self.legal else f"{len(self.violations)} violations"
        return f"<Report {verdict}, {len(self.findings)} findings>"

    @cached_property
    def violations(self) -> tuple[Finding, ...]:
        """What is illegal."""
        return tuple(finding for finding in self.findings if finding.severity == "violation")

    @property
    def notes(self) -> tuple[Finding, ...]:
        """What is told besides: of the past, or good to know."""
        return tuple(finding for finding in self.findings if finding.severity == "note")

    @property
    def legal(self) -> bool:
        """Whether nothing is illegal."""
        return not self.violations

    @cached_property
    def by_rule(self) -> Mapping[str, tuple[Finding, ...]]:
        """Findings by rule; every rule has an entry."""
        found = grouped(self.findings, lambda item: item.rule)
        return {rule.id: found.get(rule.id, ()) for rule in self.rules.rules}

    @cached_property
    def _of_meeting(self) -> Mapping[str, tuple[int, ...]]:
        """Numbers of the findings about each meeting, in order."""
        about = ((name, number) for number, item in enumerate(self.findings) for name in dict.fromkeys(item.meetings))
        return {name: tuple(n for _, n in pairs) for name, pairs in grouped(about, lambda pair: pair[0]).items()}

    def _numbers(self, meeting: str, seat: str) -> list[int]:
        """Return which of the findings `by_seat` gives."""
        return [n for n in self._of_meeting.get(meeting, ()) if self.findings[n].seat in (seat, None)]

    def by_seat(self, meeting: str, seat: str) -> tuple[Finding, ...]:
        """Return the findings about one seat, and those about its meeting that name no seat.

        Raises
        ------
        UnknownId
            The problem has no such meeting or seat; a KeyError.
        """
        self.problem.seat(meeting, seat)
        return tuple(self.findings[n] for n in self._numbers(meeting, seat))

    def penalty(self, rule: str) -> int:
        """Return what a preference charges, in units of 1/scale points of the rule."""
        rule = self.rules[rule].id
        return sum(item.penalty for item in self.by_rule[rule] if item.severity == "penalty")

    @cached_property
    def tiers(self) -> tuple[TierValue, ...]:
        """Value of the roster in each tier, the highest tier first."""
        values = []
        for tier in self.rules.tiers:
            scale = tier_scale(self.rules, tier)
            value = sum(scale // rule.scale * self.penalty(rule.id) for rule in self.rules.in_tier(tier))
            values.append(TierValue(tier, value, scale))
        return tuple(values)

    @cached_property
    def world(self) -> Arrays:
        """The problem as numbers, for whoever explains the roster."""
        return Arrays(self.problem)

    def with_warnings(self, issues: Iterable[Issue]) -> Report:
        """Return the same report with other warnings.

        Parameters
        ----------
        issues
            What the rules find doubtful in the problem.
        """
        other = replace(self, warnings=tuple(issues))
        vars(other).update({name: value for name, value in vars(self).items() if name == "world"})
        return other

    @cached_property
    def plan(self) -> Plan:
        """The roster laid on its problem; it knows who is possible where."""
        return Plan(self.problem, self.roster, self._possible_at)

    def _possible_at(self, seats: Collection[SeatAt]) -> Mapping[SeatAt, Collection[str]]:
        return possible_at(self.world, self.rules, seats)

    def memo(self, key: Hashable, build: Callable[[], T]) -> T:
        """Return what was worked out about this roster before, or work it out now."""
        known = self._worked_out
        if key not in known:
            known[key] = build()
        value: T = known[key]
        return value

    @cached_property
    def _worked_out(self) -> dict[Hashable, Any]:
        return {}

    @cached_property
    def weighted(self) -> TierValue:
        """The weighted sum of the tiers, as tier 0."""
        scale = lcm(*(rule.scale for rule in self.rules.preferences))
        weight = self.rules.weight_of
        value = sum(weight(item.tier) * item.value * (scale // item.scale) for item in self.tiers)
        return TierValue(0, value, scale)

    diff = higher("poolmatch.explain", "compare")
    """Return what another report, or result, has otherwise than this one; see `poolmatch.compare`."""

    def to_dict(self) -> dict[str, Any]:
        """Return the report as data for a JSON document."""
        seats = [
            {
                "meeting": row.meeting,
                "seat": row.seat,
                "facilitator": row.facilitator,
                "findings": self._numbers(row.meeting, row.seat),
            }
            for row in self.roster.rows
        ]
        return {
            "legal": self.legal,
            "tiers": [{"tier": item.tier, "value": item.value, "scale": item.scale} for item in self.tiers],
            "rules": {
                name: {
                    "violations": sum(item.severity == "violation" for item in items),
                    "penalty": self.penalty(name),
                    "scale": items[0].scale if items else 1,
                }
                for name, items in self.by_rule.items()
            },
            "seats": seats,
            "findings": [item.to_dict() for item in self.findings],
            "fingerprints": {"problem": self.problem.fingerprint, "rules": self.rules.fingerprint},
        }

    def to_json(self, indent: int | None = 2) -> str:
        """Return the report as a JSON document."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)


class HasReport(Protocol):
    """A result."""

    @property
    def report(self) -> Report:
        """What the rules say of the roster."""
        ...


def report_of(result: Report | HasReport) -> Report:
    """Return the report of a result; a report as it is."""
    return result if isinstance(result, Report) else result.report


def tier_scale(rules: RuleSet, tier: float) -> int:
    """Return the units per point of a tier: the least common multiple of its rules' scales."""
    return lcm(*(rule.scale for rule in rules.in_tier(tier)))
