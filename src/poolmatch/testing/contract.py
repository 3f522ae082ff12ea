"""The contract of every rule: its two doors, held against one another on all rosters of a problem."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from poolmatch.arrays import Arrays, Candidates, Ints
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem, kept
from poolmatch.rule import ConstraintRule, EligibilityRule, Finding, PreferenceRule, Rule, told
from poolmatch.rules.past import PastRule
from poolmatch.ruleset import RuleSet
from poolmatch.solving.backends.cpsat import Search, Settings
from poolmatch.solving.model.blocks import Blocks
from poolmatch.solving.model.decoding import columns_of
from poolmatch.solving.model.system import UNBOUNDED, System
from poolmatch.solving.running.stopping import Stop
from poolmatch.testing.rosters import every_roster
from poolmatch.toml_keys import KINDS

OTHER_SEEDS = (1, 2, 3)
"""Other orders of the rows in which an eligibility rule must say the same."""


def check_rule(rule: Rule, problem: Problem, crowded: bool = False) -> int:
    """Hold the doors of a rule against one another, on every roster of a small problem.

    Rosters that contradict the past of the problem are tried by the rule `past` alone.

    Of an eligibility rule: the answer for an occasion does not depend on the rows beside it, nor on the order of the
    problem's rows, and there are words for every objection. Of a constraint: the empty roster is legal (pins aside),
    and the model accepts a roster exactly if the judge is silent, but for rosters that break what the rule leans on: it
    may refuse those. Of a preference: the least the model charges for a roster is what the judge charges. Of all:
    judging and building change nothing, and findings name the rule.

    Parameters
    ----------
    rule
        The rule, with its parameters.
    problem
        A small problem; only this rule is asked about it.
    crowded
        Also try rosters with several people in one seat.

    Returns
    -------
    int
        Number of rosters, or of pairs of person and occasion, that were tried.

    Raises
    ------
    AssertionError
        The rule contradicts itself; the message says where.
    """
    before = problem.to_json()
    if isinstance(rule, EligibilityRule):
        tried = _check_eligibility(rule, problem)
    elif isinstance(rule, ConstraintRule | PreferenceRule):
        tried = _check_doors(rule, problem, crowded)
    else:
        raise TypeError(f"{type(rule).__name__} is neither an eligibility rule, a constraint nor a preference")
    _must(problem.to_json() == before, rule, "changes the problem")
    return tried


def _must(holds: bool, rule: Rule, what: str) -> None:
    if not holds:
        raise AssertionError(f"rule {rule.id}: {what}")


# What rules share of a problem is worked out once for all of them: its rosters, laid on it and as columns.


@kept
def _world(problem: Problem, seed: int) -> Arrays:
    return Arrays(problem, seed)


@kept
def _everyone(problem: Problem) -> Candidates:
    """Return everyone in every seat, whoever is eligible."""
    world = _world(problem, 0)
    people, occasions = len(world.people), len(world.occasions)
    return Candidates(world, np.repeat(np.arange(people), occasions), np.tile(np.arange(occasions), people))


@kept
def _plans(problem: Problem, crowded: bool) -> Sequence[Plan]:
    return [Plan(problem, roster) for roster in every_roster(problem, crowded)]


@kept
def _taken(problem: Problem, crowded: bool) -> Ints:
    """Return which candidates each roster takes, 0 or 1; shape ``(rosters, candidates)``."""
    return np.stack([columns_of(_everyone(problem), plan.roster) for plan in _plans(problem, crowded)])


def _check_eligibility(rule: EligibilityRule, problem: Problem) -> int:
    world = _world(problem, 0)
    occasions = world.occasions
    shuffled = [_world(problem, seed) for seed in OTHER_SEEDS]
    for position, row in enumerate(world.people):
        person = world.person(position)
        out = rule.out(person, occasions)
        right = out.shape == (len(occasions),) and out.dtype == np.bool_
        _must(right, rule, "does not return a truth value per occasion")
        answers = {key: bool(answer) for key, answer in zip(_keys(world), out, strict=True)}
        for other in shuffled:
            again = rule.out(other.person(other.positions[row.facilitator]), other.occasions)
            for key, answer in zip(_keys(other), again, strict=True):
                where = f"{row.facilitator} at {key[0]}, {key[1]}"
                _must(bool(answer) == answers[key], rule, f"depends on the order of rows: {where}")
        for place, key in enumerate(_keys(world)):
            where = f"{row.facilitator} at {key[0]}, {key[1]}"
            alone = rule.out(person, occasions.take(np.array([place])))
            _must(bool(alone[0]) == bool(out[place]), rule, f"depends on other rows: {where}")
            if out[place]:
                meeting, seat = world.meetings[occasions.meeting[place]], world.seats[occasions.seat[place]]
                words = rule.words(world.problem, row, meeting, seat)
                _must(bool(words.en and words.nl), rule, f"has no words for {where}")
    return len(world.people) * len(occasions)


def _keys(world: Arrays) -> list[tuple[str, str, int]]:
    """Return meeting, seat and start of each occasion: what it is, wherever it stands."""
    seats = [world.seats[place] for place in world.occasions.seat.tolist()]
    starts = world.occasions.start.tolist()
    return [(seat.meeting, seat.seat, start) for seat, start in zip(seats, starts, strict=True)]


def _check_doors(rule: ConstraintRule | PreferenceRule, problem: Problem, crowded: bool) -> int:
    everyone = _everyone(problem)
    presumed = [KINDS[name]() for name in rule.presumes]
    rules = RuleSet("one rule", 1, (*presumed, rule))
    charging = _Charging(Blocks.of(everyone, rules), rules)
    leaned_on = [other for name in rule.leans_on if isinstance(other := KINDS[name](), ConstraintRule)]
    assumed: list[ConstraintRule] = [other for other in presumed if isinstance(other, ConstraintRule)]
    if not isinstance(rule, PastRule):  # the past is as it was before any other rule is asked
        assumed.append(PastRule())
    plans = _plans(problem, crowded)
    tried = [
        place
        for place, plan in enumerate(plans)
        if not any(item.severity == "violation" for other in assumed for item in _said(other, plan))
    ]
    for place, modelled in zip(tried, charging.of(_taken(problem, crowded)[tried]), strict=True):
        plan = plans[place]
        findings = list(_said(rule, plan))
        shown = ", ".join(f"{row.meeting}/{row.seat}={row.facilitator}" for row in plan.roster.rows if row.facilitator)
        violations = [item for item in findings if item.severity == "violation"]
        for finding in findings:
            _must(finding.rule == rule.id, rule, f"signs a finding as {finding.rule}")
            _must(bool(finding.words.en and finding.words.nl), rule, "has a finding without words")
        if not shown and isinstance(rule, ConstraintRule) and not problem.pins:
            _must(not violations, rule, "forbids the empty roster")
        if modelled is None and any(item.severity == "violation" for other in leaned_on for item in _said(other, plan)):
            continue
        if isinstance(rule, ConstraintRule) or violations:
            verdict = "accepts" if modelled is not None else "refuses"
            agree = (modelled is not None) == (not violations)
            what = f"what the judge says {len(violations)} things about"
            _must(agree, rule, f"the model {verdict} {what}: {shown or 'empty'}")
        else:
            charged = sum(finding.penalty for finding in findings)
            _must(modelled == charged, rule, f"the model charges {modelled}, the judge {charged}: {shown or 'empty'}")
    return len(tried)


def _said(rule: ConstraintRule | PreferenceRule, plan: Plan) -> Iterable[Finding]:
    """Return what a rule says of a roster; what the past alone breaks is no violation."""
    findings = rule.judge(plan)
    return findings if isinstance(rule, ConstraintRule) and rule.binds_past else told(plan, findings)


class _Charging:
    """What the model of one rule makes of rosters.

    With the candidates given, what is left is a small search over the rule's own columns. Many rosters leave the same
    one; each is done once.
    """

    def __init__(self, blocks: Blocks, rules: RuleSet) -> None:
        self._width = len(blocks.candidates)
        self._system = blocks.system
        self._objectives = blocks.objectives(rules)
        row, column, _ = self._system.matrix
        own = column >= self._width
        self._own_rows = np.unique(row[own])
        group, member = self._system.groups
        self._groups = int(group.max()) + 1 if len(group) else 0
        self._own_groups = np.unique(group[member >= self._width])
        self._known: dict[tuple[bytes, bytes], int | None] = {}

    def of(self, taken: Ints) -> list[int | None]:
        """Return the least that the model charges when these candidates are taken, None when it refuses them.

        Parameters
        ----------
        taken
            The candidates that each roster takes, 0 or 1; shape ``(rosters, candidates)``.
        """
        lower, upper = self._system.bounds
        row, column, factor = self._system.matrix
        mine = column < self._width
        low, high = self._system.row_bounds
        factors = np.zeros((len(high), self._width), np.int64)
        np.add.at(factors, (row[mine], column[mine]), factor[mine])
        activity = taken @ factors.T
        alone = np.ones(len(high), np.bool_)
        alone[self._own_rows] = False
        group, member = self._system.groups
        inside = member < self._width
        members = np.zeros((self._groups, self._width), np.int64)
        np.add.at(members, (group[inside], member[inside]), 1)
        held = taken @ members.T
        outside = (lower[: self._width] > taken) | (upper[: self._width] < taken)
        broken = ((activity > high) | (activity < low)) & alone
        impossible = np.asarray(np.column_stack((outside, broken, held > 1)).any(axis=1))
        contradictory = self._system.contradictory
        charged: list[int | None] = []
        for place, taking in enumerate(taken):
            refused = contradictory or impossible[place]
            rest = None if refused else self._least(activity[place], held[place])
            own = np.append(taking, np.zeros(len(lower) - self._width, np.int64))
            charged.append(None if rest is None else rest + sum(item.value(own) for item in self._objectives))
        return charged

    def _least(self, activity: Ints, held: Ints) -> int | None:
        key = activity[self._own_rows].tobytes(), held[self._own_groups].tobytes()
        if key not in self._known:
            self._known[key] = self._rest(activity, held)
        return self._known[key]

    def _rest(self, activity: Ints, held: Ints) -> int | None:
        """Return the least that the rule's own columns add, None when they have no values."""
        lower, upper = (bound[self._width :].copy() for bound in self._system.bounds)
        if not len(lower):
            return 0
        row, column, factor = self._system.matrix
        own = column >= self._width
        low, high = self._system.row_bounds
        room = np.where(low == -UNBOUNDED, low, low - activity), np.where(high == UNBOUNDED, high, high - activity)
        group, member = self._system.groups
        ours = member >= self._width
        upper[member[ours][held[group[ours]] > 0] - self._width] = 0
        if (lower > upper).any():
            return None
        rest = System(
            (lower, upper),
            (row[own], column[own] - self._width, factor[own]),
            room,
            (group[ours], member[ours] - self._width),
        )
        parts = []
        for item in self._objectives:
            kept = item.column >= self._width
            parts.append(replace(item, column=item.column[kept] - self._width, weight=item.weight[kept], constant=0))
        settings = Settings(workers=1, seed=0, deterministic=True)
        answer = Search(rest, settings).minimise(parts[0] if parts else None, 10.0, Stop(None))
        return None if answer.values is None else sum(item.value(answer.values) for item in parts)
