"""Every rule judges a roster, and what it tells of each seat is filled in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from poolmatch.arrays import Arrays
from poolmatch.checking.report import Report
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Roster, RosterRow, span_of
from poolmatch.eligibility import objected, possible_at
from poolmatch.neutrality.assessment import assessed
from poolmatch.neutrality.words import named, path_words
from poolmatch.rule import Finding, told
from poolmatch.ruleset import RuleSet


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
    plan = _laid(problem, roster, rules, world)
    report = Report(problem, described(plan, rules), rules, tuple(_findings(plan, world, rules)))
    if world.seed == 0:  # answers about a roster do not hang on the lottery by which it was solved
        vars(report)["world"] = world  # as if it had been worked out
    return report


def broken_rules(problem: Problem, roster: Roster, rules: RuleSet, world: Arrays) -> frozenset[str]:
    """Return ids of the rules that a roster breaks: what `judge` says of legality, without the rest.

    Parameters
    ----------
    problem, roster, rules, world
        As of `judge`.
    """
    plan = _laid(problem, roster, rules, world)
    return frozenset(item.rule for item in _findings(plan, world, rules) if item.severity == "violation")


def _laid(problem: Problem, roster: Roster, rules: RuleSet, world: Arrays) -> Plan:
    """Return a roster laid on its problem, which knows who is possible where."""
    return Plan(problem, roster, partial(possible_at, world, rules))


def _findings(plan: Plan, world: Arrays, rules: RuleSet) -> Iterator[Finding]:
    yield from told(plan, _eligible(plan, world, rules))
    for constraint in rules.constraints:
        found = constraint.judge(plan)
        yield from found if constraint.binds_past else told(plan, found)
    for preference in rules.preferences:
        yield from told(plan, preference.judge(plan))


def _eligible(plan: Plan, world: Arrays, rules: RuleSet) -> Iterator[Finding]:
    out = objected(world, rules, plan.assignments)
    for rule, against in zip(rules.eligibility, out.T.tolist(), strict=True):
        rule.judge_again(plan, against)
        for item, objects in zip(plan.assignments, against, strict=True):
            if objects:
                name, meeting, seat = item.facilitator.facilitator, item.meeting, item.seat
                words = rule.words_at(plan.problem, item.facilitator, meeting, seat, item.start)
                yield Finding(rule.id, "violation", words, (name,), (meeting.meeting,), seat.seat, item.day)


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
