"""What one objective costs in terms of another: the Pareto front of two tiers or preferences, by proven points."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from typing import Any

from poolmatch.arrays import Ints
from poolmatch.checking import Report, input_issues
from poolmatch.domain.arguments import whole_number
from poolmatch.domain.problem import Problem, must_be_problem
from poolmatch.errors import InternalError, ProblemError
from poolmatch.hints import meant_by
from poolmatch.messages.rosters import PINS_CLASH
from poolmatch.results.frontier import Axis, Frontier, Point
from poolmatch.rule import PreferenceRule
from poolmatch.ruleset import STANDARD_RULES, RuleSet, must_be_rules
from poolmatch.solving.arguments import limits
from poolmatch.solving.backends.cpsat import Search
from poolmatch.solving.lexicographic import judge_answer
from poolmatch.solving.model.goal import Goal
from poolmatch.solving.model.system import Objective
from poolmatch.solving.params import Params
from poolmatch.solving.pins.clash import smallest_clash
from poolmatch.solving.prepared import Prepared
from poolmatch.solving.running.budget import Budget
from poolmatch.solving.running.stopping import Stop
from poolmatch.solving.search.whole import WholeModel
from poolmatch.solving.strategy import Resources
from poolmatch.words import Words


def frontier(
    problem: Problem,
    rules: RuleSet = STANDARD_RULES,
    first: Axis = 5,
    second: Axis = 6,
    *,
    points: int = 10,
    time_limit: float = 60.0,
    seed: int = 0,
    workers: int | None = None,
    stop: threading.Event | None = None,
    params: Params | None = None,
) -> Frontier:
    """Return what a little more of one objective costs in terms of another.

    Tiers above both objectives keep their best values, within the tolerances of the rules; everything else is left out
    of account. The points are spread evenly over the second objective: each is the best in the first that leaves the
    second within a limit, and then the best in the second with that value of the first (epsilon-constraint method;
    Haimes, Lasdon and Wismer, IEEE Transactions on Systems, Man, and Cybernetics, 1971).

    Parameters
    ----------
    problem, rules
        As for ``solve``. Tiers are looked at by themselves, whatever the mode of the rules.
    first, second
        The two objectives: numbers of tiers, or ids of preferences.
    points
        Most points, 2 or more.
    time_limit
        Seconds.
    seed, workers
        As for ``solve``.
    stop
        Set it from another thread to stop; the points found by then are returned. Ctrl-C and SIGTERM do the same.
    params
        As for ``solve``.

    Raises
    ------
    ProblemError
        As for ``solve``; or no roster keeps the pins, and the error names those that clash.
    ValueError
        An objective is no tier or preference of the rules, or both are the same, or points is below 2; an argument is
        out of range; or the rules keep pins by force.
    """
    must_be_problem(problem)
    must_be_rules(rules)
    time_limit, workers, seed = limits(time_limit, workers, seed)
    points = whole_number(points, "points", 2)
    if first == second:
        raise ValueError("first and second are the same objective; name two")
    for axis in (first, second):
        _members(rules, axis)
    if rules.forces_pins:
        raise ValueError("a front is of legal rosters; these rules keep pins by force: leave the parameter force out")
    issues = input_issues(problem, rules)
    if any(issue.severity == "error" for issue in issues):
        raise ProblemError(issues)
    budget = Budget(time_limit, Stop(stop))
    resources = Resources(workers or os.cpu_count() or 1, seed)
    with budget.stop.listening():
        whole = WholeModel(resources, (params or Params()).whole)
        return _Tracing(Prepared.of(problem, rules, seed), (first, second), whole, budget).front(points)


NO_PREFERENCE = Words("{axis!r} is not a preference of these rules", "{axis!r} is geen voorkeur van deze regels")


def _members(rules: RuleSet, axis: Axis) -> tuple[PreferenceRule, ...]:
    """Return the preferences that an objective adds up."""
    if isinstance(axis, str):
        found = tuple(rule for rule in rules.preferences if rule.id == axis)
        known = [rule.id for rule in rules.preferences]
        if not found:
            raise ValueError(meant_by(NO_PREFERENCE.fill(axis=axis), axis, known))
        return found
    found = rules.in_tier(axis)
    if not found:
        raise ValueError(f"tier {axis:g} has no rule; tiers: {', '.join(f'{tier:g}' for tier in rules.tiers)}")
    return found


class _Tracing:
    """One call of `frontier`."""

    def __init__(self, prepared: Prepared, axes: tuple[Axis, Axis], whole: WholeModel, budget: Budget) -> None:
        self._prepared, self._axes, self._budget = prepared, axes, budget
        rules = prepared.rules
        self._members = [_members(rules, axis) for axis in axes]
        self._objectives = [prepared.blocks.objective({rule.id: 1 for rule in mine}) for mine in self._members]
        self._settings = whole.settings(len(prepared.candidates))
        if prepared.system.contradictory:
            raise self._impossible()
        self._search = Search(prepared.system, self._settings)
        top = min(rules.tier_of(rule) for members in self._members for rule in members)
        above = [objective for objective in prepared.tiers if objective.tier < top]
        self._proven, self._begun = True, True
        self._search.hint(prepared.start())
        for objective in above:
            values, proven = self._minimise(objective)
            self._proven &= proven
            if values is None:
                self._begun = False
                return
            value = objective.value(values)
            self._search.keep(objective, value + Goal.of(prepared.blocks, objective, rules).slack(value))
        self._ceilings = [self._search.keep(objective, None) for objective in self._objectives]

    def _minimise(self, objective: Objective) -> tuple[Ints | None, bool]:
        """Return the best columns that were found, and whether nothing is better."""
        answer = self._search.minimise(objective, max(0.1, self._budget.left) / 4, self._budget.stop)
        if answer.infeasible:
            raise self._impossible()
        if answer.values is None:
            return None, False
        self._search.hint(answer.values)
        return answer.values, answer.bound == objective.value(answer.values)

    def _impossible(self) -> ProblemError | InternalError:
        """Return the error that names the pins that clash; without pins there always is a roster."""
        prepared, problem = self._prepared, self._prepared.problem
        pins = problem.open_pins
        if pins and prepared.rules.keeps_pins:
            clash = smallest_clash(prepared, self._settings, Budget(max(5.0, self._budget.left), self._budget.stop))
            named = pins if clash is None else clash  # all of them clash in any case
            numbers = tuple(number for number, pin in enumerate(problem.pins, 1) if pin in named)
            if numbers:
                return ProblemError([PINS_CLASH.at("pins", numbers, "facilitator")])
        return InternalError("the solver claims that there is no roster, though there always is one")

    def _corner(self, lead: int, limit: int | None) -> tuple[tuple[int, int], Report, bool] | None:
        """Return the best in one objective with the other within a limit, and then the best in the other."""
        other = 1 - lead
        self._ceilings[other].set(limit)
        self._ceilings[lead].set(None)
        values, proven = self._minimise(self._objectives[lead])
        if values is None:
            return None
        self._ceilings[lead].set(self._objectives[lead].value(values))
        better, again = self._minimise(self._objectives[other])
        report = judge_answer(self._prepared, values if better is None else better).report
        return self._worth(report), report, proven and again and self._proven

    def _worth(self, report: Report) -> tuple[int, int]:
        """Return what a roster is worth in the units of the two objectives."""
        first, second = (
            sum(objective.scale // rule.scale * report.penalty(rule.id) for rule in members)
            for objective, members in zip(self._objectives, self._members, strict=True)
        )
        return first, second

    def front(self, points: int) -> Frontier:
        """Return the points."""
        if not self._begun:
            return Frontier(*self._axes, (), False)
        found: dict[tuple[int, int], tuple[Report, bool]] = {}
        ends = [self._corner(0, None), self._corner(1, None)]
        for end in ends:
            if end is not None:
                worth, report, proven = end
                found[worth] = report, proven
        if ends[0] is not None and ends[1] is not None:
            (_, high), (_, low) = ends[0][0], ends[1][0]
            reached = high
            for step in range(1, points - 1):
                limit = high - (high - low) * step // (points - 1)
                if self._budget.over:
                    break
                if reached <= limit:
                    continue  # what was best within a looser limit keeps this one too
                corner = self._corner(0, limit)
                if corner is not None:
                    worth, report, proven = corner
                    reached = worth[1]
                    found.setdefault(worth, (report, proven))
        return self._frontier(found, ends)

    def _frontier(self, found: Mapping[tuple[int, int], tuple[Report, bool]], ends: list[Any]) -> Frontier:
        kept = [
            worth
            for worth in sorted(found)
            if not any(other != worth and other[0] <= worth[0] and other[1] <= worth[1] for other in found)
        ]
        scales = [objective.scale for objective in self._objectives]
        rows = tuple(
            Point(worth[0] / scales[0], worth[1] / scales[1], found[worth][1], found[worth][0].roster) for worth in kept
        )
        complete = all(end is not None and end[2] for end in ends)
        return Frontier(*self._axes, rows, complete)
