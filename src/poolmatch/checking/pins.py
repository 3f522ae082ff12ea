"""Pins that break rules: each by itself, or because one person cannot be in two places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from poolmatch.arrays import Arrays
from poolmatch.checking.judging import judge
from poolmatch.checking.report import Report
from poolmatch.domain.meetings import Pin
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Roster, RosterRow
from poolmatch.issues import Issue
from poolmatch.messages.rosters import PIN_BREAKS, PINS_BREAK
from poolmatch.rule import Finding
from poolmatch.ruleset import RuleSet
from poolmatch.vocabulary import rule_name
from poolmatch.words import Words, by_id


def pin_issues(problem: Problem, rules: RuleSet, world: Arrays | None = None) -> Iterable[Issue]:
    """Yield each pin that breaks a rule by itself, and pins that put one person in two places at once.

    Pins that clash in any other way only together are no error here: no roster can keep them, and ``solve`` names them.
    """
    held = [pin for pin in problem.open_pins if pin.facilitator is not None]
    if not rules.keeps_pins or rules.forces_pins or not held:
        return
    rows = {(pin.meeting, pin.seat): number for number, pin in enumerate(problem.pins, 1)}
    unpinned, world = rules.without_pins, world or Arrays(problem)
    together = judge(problem, _held(problem, held), unpinned, world)
    for pin in _suspects(together, held, world):
        for finding in _broken_alone(problem, pin, unpinned, world):
            row = rows[pin.meeting, pin.seat]
            yield PIN_BREAKS.at("pins", (row,), "facilitator", **_told(finding))
    fixed = [pin for pin in held if pin.slot_start or len(problem.times(problem.meeting(pin.meeting))) <= 1]
    if len(fixed) < len(held):
        together = judge(problem, _held(problem, fixed), unpinned, world)
    one_place = {rule.id for rule in rules.constraints if rule.one_place}
    for finding in together.violations:
        if finding.rule in one_place:
            numbers = [
                rows[p.meeting, p.seat]
                for p in fixed
                if p.meeting in finding.meetings and p.facilitator in finding.facilitators
            ]
            yield PINS_BREAK.at("pins", numbers, "facilitator", **_told(finding))


def _told(finding: Finding) -> dict[str, Words]:
    """Return what a finding says, and of which rule it is."""
    return {"rule": by_id(finding.rule, rule_name(finding.rule)), "finding": finding.words.clause}


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
