"""Check a roster against the rules, without a solver: what is illegal, what costs points, and where."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import lcm
from typing import Any, Protocol, TypeVar

from poolmatch.arrays import Arrays
from poolmatch.domain.assignments import SeatAt
from poolmatch.domain.degree import Degree
from poolmatch.domain.grouping import grouped
from poolmatch.domain.meetings import Pin
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem, must_be_problem
from poolmatch.domain.roster import Roster, RosterRow, must_be_roster, span_of
from poolmatch.eligibility import objected, standings
from poolmatch.errors import InternalError, Issue, ProblemError
from poolmatch.neutrality.assessment import assessed
from poolmatch.neutrality.words import named, path_words
from poolmatch.rule import Finding, told
from poolmatch.rules.neutral import NeutralRule
from poolmatch.rules.pinned import PinnedRule
from poolmatch.ruleset import STANDARD_RULES, RuleSet, must_be_rules

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

    @cached_property
    def plan(self) -> Plan:
        """The roster laid on its problem."""
        return Plan(self.problem, self.roster)

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


def check(problem: Problem, roster: Roster, rules: RuleSet = STANDARD_RULES) -> Report:
    """Check a roster, made by ``solve``, by hand, or edited.

    Parameters
    ----------
    problem
        The problem.
    roster
        The roster; seats without a row are empty.
    rules
        The rules.

    Returns
    -------
    Report

    Raises
    ------
    ProblemError
        The problem breaks what a rule asks of the input, or the roster does not fit it.
    """
    must_be_problem(problem)
    must_be_roster(roster)
    must_be_rules(rules)
    world = Arrays(problem)
    issues = input_issues(problem, rules, world)
    if any(issue.severity == "error" for issue in issues):
        raise ProblemError(issues)
    return replace(judge(problem, roster, rules, world), warnings=tuple(issues))


def judge(problem: Problem, roster: Roster, rules: RuleSet, world: Arrays | None = None) -> Report:
    """Return what the rules say of a roster, whatever they think of the input.

    Parameters
    ----------
    problem, roster, rules
        As for `check`.
    world
        The problem as numbers, when it is at hand: many rosters of one problem are judged faster.
    """
    world = world or Arrays(problem)

    def eligible(seats: Collection[SeatAt]) -> Mapping[SeatAt, Collection[str]]:
        return {seat: standing.eligible for seat, standing in standings(world, rules, seats).items()}

    plan = Plan(problem, roster, eligible)
    found = [*told(plan, _eligible(plan, world, rules))]
    for constraint in rules.constraints:
        findings = constraint.judge(plan)
        found += findings if constraint.binds_past else told(plan, findings)
    for preference in rules.preferences:
        found += told(plan, preference.judge(plan))
    return Report(problem, described(plan, rules), rules, tuple(found))


def _eligible(plan: Plan, world: Arrays, rules: RuleSet) -> Iterator[Finding]:
    out = objected(world, rules, plan.assignments)
    for rule, against in zip(rules.eligibility, out.T.tolist(), strict=True):
        if isinstance(rule, NeutralRule):
            _judge_again(plan, rule, against)
        for item, objects in zip(plan.assignments, against, strict=True):
            if objects:
                name, meeting, seat = item.facilitator.facilitator, item.meeting, item.seat
                about = plan.problem, item.facilitator, meeting, seat
                words = rule.words(*about, item.start) if isinstance(rule, NeutralRule) else rule.words(*about)
                yield Finding(rule.id, "violation", words, (name,), (meeting.meeting,), seat.seat, item.day)


def _judge_again(plan: Plan, rule: NeutralRule, against: list[bool]) -> None:
    """Hold what the table says of the neutrality of each assignment against `assess`, its second door."""
    assessments = assessed(plan, rule.policy)
    for item, objects in zip(plan.assignments, against, strict=True):
        name, meeting = item.facilitator.facilitator, item.meeting.meeting
        again = assessments[name, meeting, item.start]
        if (again.degree >= Degree.WAIVABLE) != objects:
            raise InternalError(f"{name} at {meeting} is {again.degree.word}, but the table differs")


def described(plan: Plan, rules: RuleSet) -> Roster:
    """Return the roster of every seat of the problem, each with role, times, degree and what must be disclosed."""
    problem, assessments = plan.problem, assessed(plan, rules.policy)
    naming = named(problem)
    gone = {(item.meeting.meeting, item.seat.seat): item.facilitator for item in plan.departed}
    rows: list[RosterRow] = []
    starts = {row.meeting: row.start for row in plan.roster.rows if row.start is not None}
    starts |= {name: placements[0].start for name, placements in plan.of_meeting.items()}
    row_of = RosterRow.model_construct  # its values have been checked where they come from
    for seat in problem.all_seats:
        about: dict[str, Any] = {"meeting": seat.meeting, "seat": seat.seat, "role": seat.role or None}
        key = seat.meeting, seat.seat
        placements = plan.of_seat.get(key, ())
        if not placements:
            start, end = span_of(problem, seat.meeting, starts.get(seat.meeting))
            rows.append(row_of(None, **about, facilitator=gone.get(key), start=start, end=end))
        for item in placements:
            name = item.facilitator.facilitator
            found = assessments[name, seat.meeting, item.start]
            words = dict.fromkeys(path_words(path, naming).en for path in found.told)
            shown: dict[str, Any] = {"degree": found.degree.word, "disclosure": "; ".join(words) or None}
            rows.append(row_of(None, **about, facilitator=name, start=item.start, end=item.end, **shown))
    return Roster(rows=tuple(rows)).told_in(problem)


# --- what rules ask of the input -------------------------------------------------------------------------


def input_issues(problem: Problem, rules: RuleSet, world: Arrays | None = None) -> list[Issue]:
    """Return what is wrong or doubtful in a problem under a rule set: what reading alone cannot know.

    Parameters
    ----------
    problem, rules, world
        As for `judge`.
    """
    issues: list[Issue] = []
    for rule in rules.rules:
        issues += rule.issues(problem)
    if not any(issue.severity == "error" for issue in issues):
        issues += pin_issues(problem, rules, world)
    return issues


TOGETHER = frozenset({"one-per-seat", "no-double-booking"})
"""Rules that say one person cannot be in two places: pins that break them together are as wrong as a single one."""


def pin_issues(problem: Problem, rules: RuleSet, world: Arrays | None = None) -> Iterable[Issue]:
    """Yield each pin that breaks a rule by itself, and pins that put one person in two places at once.

    Pins that clash in any other way only together are no error here: no roster can keep them, and ``solve`` names them.
    """
    pinned = next((rule for rule in rules.rules if isinstance(rule, PinnedRule)), None)
    held = [pin for pin in problem.open_pins if pin.facilitator is not None]
    if pinned is None or pinned.force or not held:
        return
    rows = {(pin.meeting, pin.seat): number for number, pin in enumerate(problem.pins, 1)}
    unpinned, world = rules.without(pinned.id), world or Arrays(problem)
    remedy = "change the pin, or set the parameter force of the rule pinned"
    together = judge(problem, _held(problem, held), unpinned, world)
    for pin in _suspects(together, held, world):
        for finding in _broken_alone(problem, pin, unpinned, world):
            reason = f"breaks the rule {finding.rule}: {finding.words.en.rstrip('.')}"
            yield Issue("pins", (rows[pin.meeting, pin.seat],), "facilitator", reason, remedy)
    fixed = [pin for pin in held if pin.slot_start or len(problem.times(problem.meeting(pin.meeting))) <= 1]
    if len(fixed) < len(held):
        together = judge(problem, _held(problem, fixed), unpinned, world)
    for finding in together.violations:
        if finding.rule in TOGETHER:
            numbers = [
                rows[p.meeting, p.seat]
                for p in fixed
                if p.meeting in finding.meetings and p.facilitator in finding.facilitators
            ]
            reason = f"break the rule {finding.rule} together: {finding.words.en.rstrip('.')}"
            yield Issue("pins", tuple(numbers), "facilitator", reason, remedy)


def _held(problem: Problem, pins: Sequence[Pin]) -> Roster:
    """Return the roster of some pins; where a pin leaves the slot open, the first from today on."""
    rows = []
    for pin in pins:
        times = problem.open_times(problem.meeting(pin.meeting))
        start = pin.slot_start or (times[0][0] if times else None)
        rows.append(RosterRow(meeting=pin.meeting, seat=pin.seat, facilitator=pin.facilitator, start=start))
    return Roster(rows=tuple(rows))


def pins_alone(problem: Problem) -> Roster:
    """Return the roster of the pins and nothing else; those on past meetings do not count."""
    return _held(problem, problem.open_pins)


def _suspects(together: Report, pins: Sequence[Pin], world: Arrays) -> Sequence[Pin]:
    """Return the pins that may break a rule by themselves, of thousands mostly none, given what all break together.

    Filling more seats does not cure what a pin breaks: all of them together break it too, and most rules name it then.
    """
    problem, rules = together.problem, together.rules
    broken = _incurable(together)
    who = {name for item in broken for name in item.facilitators}
    where = {name for item in broken for name in item.meetings}
    named, others = list[Pin](), list[Pin]()
    for pin in pins:
        (named if pin.facilitator in who or pin.meeting in where else others).append(pin)
    return pins if broken and _incurable(judge(problem, _held(problem, others), rules, world)) else named


def _incurable(report: Report) -> tuple[Finding, ...]:
    """Return the violations that filling more seats does not cure."""
    curable = {rule.id for rule in report.rules.constraints if rule.curable}
    return tuple(item for item in report.violations if item.rule not in curable)


def _broken_alone(problem: Problem, pin: Pin, rules: RuleSet, world: Arrays) -> tuple[Finding, ...]:
    """Return what a pin breaks by itself, whatever else the roster holds: in the first of its slots, if in each."""
    times = problem.times(problem.meeting(pin.meeting))
    starts = [pin.slot_start] if pin.slot_start or not times else [start for start, _ in times]
    first: tuple[Finding, ...] = ()
    for start in starts:
        alone = _held(problem, [pin.model_copy(update={"slot_start": start})])
        found = _incurable(judge(problem, alone, rules, world))
        if not found:
            return ()
        first = first or found
    return first
