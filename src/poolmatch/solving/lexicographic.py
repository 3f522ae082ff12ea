"""Goal by goal: a roster is improved for one goal after another, and what a goal has reached is kept from then on."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from typing import NamedTuple

import numpy as np

from poolmatch.arrays import Ints
from poolmatch.checking import Report
from poolmatch.errors import ModelMismatch
from poolmatch.solving.bounds.whole_assignments import least_value
from poolmatch.solving.decomposition.components import components, keeping_apart
from poolmatch.solving.model.goal import Goal
from poolmatch.solving.model.incumbent import Incumbent
from poolmatch.solving.params import Params
from poolmatch.solving.pins.forced import legal_but_for_pins
from poolmatch.solving.portfolio import Portfolio
from poolmatch.solving.prepared import Prepared
from poolmatch.solving.running.budget import Budget
from poolmatch.solving.running.progress import ProgressReporter
from poolmatch.solving.running.stopping import POLL_SECONDS
from poolmatch.solving.search.pieces import Pieces
from poolmatch.solving.strategy import Resources
from poolmatch.solving.task import Kept, Task

logger = logging.getLogger("poolmatch")
LEAST_SECONDS = 1.0
"""With less than this left nothing is begun again."""


class Judged(NamedTuple):
    """A roster with what is known of it."""

    report: Report
    """What the judge says."""
    values: Ints
    """Of the first columns, or of all."""
    legal: bool
    """Whether it breaks no rule, but for what pins break that are kept by force."""


KeptSoFar = tuple[Prepared, Ints, dict[float, int], dict[float, Kept]]
"""The problem, which parts of it share nothing, what goals have reached, and what they may be worth from then on."""


class Lexicographic:
    """Improves a roster goal by goal, and the bounds of the goals in place.

    Parameters
    ----------
    prepared
        The problem.
    resources, params
        What strategies work with, and how.
    budget
        How long in all, what is kept for judging at the end left out.
    reporter
        Told of each improvement, in this thread.
    """

    def __init__(
        self, prepared: Prepared, resources: Resources, params: Params, budget: Budget, reporter: ProgressReporter
    ) -> None:
        self._prepared, self._resources, self._params = prepared, resources, params
        self._budget, self._reporter = budget, reporter
        self._portfolio = Portfolio(resources, params)
        self._part_of = self._components()
        self._reached: dict[float, int] = {}
        """What each goal that is done has reached, by tier."""
        self._kept: dict[float, Kept] = {}
        """What each of them may be worth from then on: what it has reached, and its tolerance."""
        self._rules_rows = len(prepared.system.row_bounds[0])
        self._cut_short = False
        """Whether a goal would have taken more than its share of the time, and some is left."""

    def improve(self, goals: Sequence[Goal], best: Judged) -> Judged:
        """Return the best roster that is found in time.

        Parameters
        ----------
        goals
            What is minimised, in this order; their bounds are raised.
        best
            The roster to begin with, which is legal.
        """
        before, first, settled = [self._kept_so_far()], 0, set[int]()
        while not self._budget.over:
            known, self._cut_short = [(goal.value(best.report), goal.bound) for goal in goals], False
            for place in range(first, len(goals)):
                best = self._improved(goals, place, best)
                if goals[place].value(best.report) == goals[place].bound:
                    settled.add(place)
                before[place + 1 :] = [self._kept_so_far()]
            waiting = [place for place in range(len(goals)) if place not in settled]
            gained = known != [(goal.value(best.report), goal.bound) for goal in goals]
            if not waiting or self._budget.deterministic or not (gained or self._cut_short):
                break
            first = waiting[0]  # the time that those after it did not need
            self._return_to(before[first])
        return best

    def _improved(self, goals: Sequence[Goal], place: int, best: Judged) -> Judged:
        """Return the best roster for a goal that is found in its share of the time, and keep what it reaches."""
        goal, budget = goals[place], self._budget.at_most(self._budget.left * share(place, len(goals)))
        if budget.over:
            return best
        objective = goal.objective
        if objective.tier:
            most = {tier: kept.most for tier, kept in self._kept.items()}
            goal.raise_bound(least_value(self._prepared.blocks, self._prepared.rules, objective, most))
        if goal.constant:
            goal.raise_bound(goal.value(best.report))
        if goal.value(best.report) != goal.bound:
            best = self._searched(goals, place, best, budget)
            self._cut_short |= budget.over and self._budget.left > LEAST_SECONDS
        for other in goals[: place + 1]:
            other.hold_against(other.value(best.report))
        self._keep_all(goals[: place + 1], best)
        value = goal.value(best.report)
        logger.info("%s: value %d, bound %d, scale %d", objective.name, value, goal.bound, objective.scale)
        return best

    def _kept_so_far(self) -> KeptSoFar:
        return self._prepared, self._part_of, dict(self._reached), dict(self._kept)

    def _return_to(self, kept: KeptSoFar) -> None:
        """Keep only what was kept before some goal."""
        self._prepared, self._part_of, reached, most = kept
        self._reached, self._kept = dict(reached), dict(most)

    def _components(self) -> Ints:
        """Return which component each column belongs to; where runs must repeat exactly there is only one."""
        prepared = self._prepared
        if self._resources.deterministic:
            return np.zeros(len(prepared.system.bounds[0]), np.int64)
        return components(prepared.system, len(prepared.candidates), self._params.components.pack)

    def _searched(self, goals: Sequence[Goal], place: int, best: Judged, budget: Budget) -> Judged:
        """Return what the portfolio makes of a roster for a goal, and raise its bound."""
        goal, prepared = goals[place], self._prepared
        guide = prepared.blocks.guide(prepared.rules, goal.objective)
        leads = place == 0 and len(goals) > 1
        about = prepared.features, prepared.system, goal.objective, guide, best.values
        task = Task(*about, leads=leads, part_of=self._part_of, above=self._above(), rules_rows=self._rules_rows)
        incumbent = Incumbent(goal.objective, guide, goal.bound)
        self._reporter.tier(goal.objective)
        self._reporter.improvement(goal.value(best.report), goal.bound)
        self._attended(task, incumbent, budget)
        goal.raise_bound(incumbent.exact_bound)
        goal.raise_bound(incumbent.bound, exact=False)
        return self._better(goals, best, incumbent, goal) if incumbent.found else best

    def _attended(self, task: Task, incumbent: Incumbent, budget: Budget) -> None:
        """Run the portfolio on a thread of its own, and report in this one what it comes to."""
        ended = threading.Event()
        with ThreadPoolExecutor(1) as pool:
            running = pool.submit(self._portfolio.run, task, incumbent, budget.unless(ended.is_set))
            try:
                while not wait([running], POLL_SECONDS).done:
                    self._report(incumbent)
            finally:  # also when the caller's function fails that is told
                ended.set()
            running.result()
        self._report(incumbent)

    def _report(self, incumbent: Incumbent) -> None:
        if incumbent.found:
            self._reporter.improvement(incumbent.value, incumbent.bound)

    def _better(self, goals: Sequence[Goal], best: Judged, incumbent: Incumbent, goal: Goal) -> Judged:
        """Return the incumbent, judged, if it is as good by all goals as the best roster; else that.

        Raises
        ------
        ModelMismatch
            The judge says otherwise than the model.
        """
        values, count = incumbent.best.values, len(self._prepared.candidates)
        if np.array_equal(values[:count], best.values[:count]):
            found = Judged(best.report, values, True)
        else:
            found = judge_answer(self._prepared, values)
        modelled, judged = goal.objective.value(values), goal.value(found.report)
        if modelled < judged:
            raise ModelMismatch(f"{goal.objective.name}: the model says {modelled}, the judge says {judged}")
        return found if self._worth(goals, found.report) <= self._worth(goals, best.report) else best

    def _worth(self, goals: Sequence[Goal], report: Report) -> tuple[int, ...]:
        """Return what a roster is worth by each goal; whatever a tolerance allows is worth what was reached."""
        reached, kept = self._reached, self._kept
        values = zip((goal.objective.tier for goal in goals), worth(goals, report), strict=True)
        return tuple(
            reached[tier] if reached.get(tier, value) < value <= kept[tier].most else value for tier, value in values
        )

    def _keep_all(self, goals: Sequence[Goal], best: Judged) -> None:
        """Keep what the last of some goals has reached, and the others where it has become better by chance."""
        for goal in goals:
            value, tier = goal.value(best.report), goal.objective.tier
            if tier not in self._reached or value < self._reached[tier]:
                self._reached[tier] = value
                self._kept[tier] = Kept(goal.objective, value + goal.slack(value))
                self._keep(goal, value, best.values)

    def _above(self) -> tuple[Kept, ...]:
        return tuple(kept for _, kept in sorted(self._kept.items()) if len(kept.objective.column))

    def _keep(self, goal: Goal, value: int, hint: Ints) -> None:
        """Keep a goal at a value, but for its tolerance.

        Where the value is the best there is, so is that of each component, and each is kept by itself. Else one row
        says it, which joins the components: one may do worse so that another does better; and so may goals that come
        after use the tolerance for whichever component gains most.
        """
        prepared, (objective, most) = self._prepared, self._kept[goal.objective.tier]
        if not len(objective.column):
            return
        if self._part_of.any() and most == value == goal.bound:
            values: Ints | None = hint
            if len(hint) < len(self._part_of) or objective.value(hint) != value:
                task = Task(prepared.features, prepared.system, objective, objective, hint)
                pieces = Pieces(task, self._resources.seed, self._budget.stop, self._params.neighbourhoods.pieces)
                values = pieces.complete(hint)
            if values is not None and objective.value(values) == value:
                system = keeping_apart(prepared.system, objective, values, self._part_of)
                self._prepared = prepared.with_system(system)
                return
        self._prepared = prepared.keeping(objective, most)
        self._part_of = np.zeros_like(self._part_of)


def judge_columns(prepared: Prepared, values: Ints) -> Judged:
    """Return the roster of some columns, judged."""
    report = prepared.judged(values)
    return Judged(report, values, legal_but_for_pins(report))


def judge_answer(prepared: Prepared, values: Ints) -> Judged:
    """Return the roster of columns that a solver has found, judged.

    Raises
    ------
    ModelMismatch
        It is illegal.
    """
    found = judge_columns(prepared, values)
    if not found.legal:
        first = found.report.violations[0]
        raise ModelMismatch(f"the solver's roster is illegal: {first.rule}: {first.words.en}")
    return found


def share(place: int, tiers: int) -> float:
    """Return which part of the time left a tier gets: the first half of it, the others as much as those after them.

    Coverage is what matters most and what is hardest to find; time that a tier does not need passes on.
    """
    return 0.5 if place == 0 and tiers > 1 else 1 / (tiers - place)


def worth(goals: Sequence[Goal], report: Report) -> tuple[int, ...]:
    """Return what a roster is worth by each goal."""
    return tuple(goal.value(report) for goal in goals)
