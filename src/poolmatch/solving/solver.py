"""One problem, solved: pins that cannot be kept, a roster to start from, the goals in order, and what is proven."""

from __future__ import annotations

import logging

from poolmatch.checking import Report, check, judge, pins_alone
from poolmatch.domain.roster import Roster
from poolmatch.errors import InternalError
from poolmatch.results import Result, Status, Tier
from poolmatch.solving.backends.cpsat import Search, Settings
from poolmatch.solving.decomposition.components import decided
from poolmatch.solving.lexicographic import Judged, Lexicographic, judge_answer, judge_columns, worth
from poolmatch.solving.model.forced import ForcedBlocks
from poolmatch.solving.model.goal import Goal
from poolmatch.solving.params import Params
from poolmatch.solving.pins.clash import smallest_clash
from poolmatch.solving.pins.forced import Widened, widen
from poolmatch.solving.prepared import Prepared
from poolmatch.solving.running.budget import Budget
from poolmatch.solving.running.progress import ProgressReporter
from poolmatch.solving.search.whole import WholeModel
from poolmatch.solving.strategy import Resources
from poolmatch.versions import versions

logger = logging.getLogger("poolmatch")
LEAST_SECONDS = 0.75
"""So long at least is searched for a roster that keeps the pins, or for those that clash: without there is no result.
"""
FINDING = 0.5
"""Part of the time left that finding a roster that keeps the pins may take, from 0 to 1."""
JUDGING = 0.1
"""Part of the limit that may be kept for judging at the end, from 0 to 1."""


class Solver:
    """One call of `solve`.

    Parameters
    ----------
    prepared
        The problem.
    resources, params
        What strategies work with, and how.
    budget
        How long in all, from the call on.
    reporter
        Told of each improvement.
    """

    def __init__(
        self, prepared: Prepared, resources: Resources, budget: Budget, reporter: ProgressReporter, params: Params
    ) -> None:
        self._prepared, self._resources, self._budget = prepared, resources, budget
        self._reporter, self._params = reporter, params
        self._refuted = False
        """Whether it is proven that no roster keeps the pins."""
        self._judging = 0.0
        """Seconds that are left for judging at the end: what it took the first time."""

    def result(self, initial: Roster | None) -> Result:
        """Solve, and judge the answer."""
        prepared, budget = self._prepared, self._budget
        world, blocks = prepared.world, prepared.blocks
        logger.info(
            "%d seats, %d facilitators, %d candidates", len(world.seats), len(world.people), len(blocks.candidates)
        )
        widened = None
        if isinstance(blocks, ForcedBlocks) and prepared.problem.open_pins:
            widened = widen(blocks, self._settings, self._at_least(1.0))
            if widened is None:
                alone = judge(prepared.problem, pins_alone(prepared.problem), prepared.rules)
                return self._finished(alone, *self._goals(prepared))
            prepared = prepared.with_system(widened.system)
        elif prepared.system.contradictory:
            self._refuted = True
            return self._without_pins()
        goals, tiers = self._goals(prepared)
        best = self._start(prepared, widened, goals, initial)
        if best is None:
            return self._without_pins()
        if not budget.over and len(blocks.candidates):
            searching = budget if budget.deterministic else budget.at_most(budget.left - self._judging)
            how = self._resources, self._params, searching, self._reporter
            best = Lexicographic(prepared, *how).improve(goals, best)
        return self._finished(best.report, goals, tiers)

    def _goals(self, prepared: Prepared) -> tuple[list[Goal], list[Goal]]:
        """Return what is minimised one after the other, and what is reported of each tier: mostly the same."""
        blocks, rules = prepared.blocks, prepared.rules
        known = decided(prepared.system, len(prepared.candidates))
        goals = [Goal.of(blocks, objective, rules, known) for objective in prepared.objectives]
        if rules.mode != "weighted":
            return goals, goals
        return goals, [Goal.of(blocks, objective, rules, known) for objective in prepared.tiers]

    def _start(
        self, prepared: Prepared, widened: Widened | None, goals: list[Goal], initial: Roster | None
    ) -> Judged | None:
        """Return a roster to start from; None when none is found that keeps the pins.

        It is the better of the greedy roster and the caller's; when neither is legal that of the pins alone, which is
        empty without any, or whatever a search finds.
        """
        taken = prepared.start()
        began = self._budget.gone
        best = judge_columns(prepared, taken)
        self._judging = min(self._budget.gone - began, JUDGING * max(0.0, self._budget.left))
        if initial is not None:
            given = check(prepared.problem, initial, prepared.rules)
            if given.legal and (not best.legal or worth(goals, given) < worth(goals, best.report)):
                best = Judged(given, prepared.columns_of(given.roster), True)
        if not best.legal:
            logger.info("the quick start is not legal; starting from the pins alone")
            best = judge_columns(prepared, widened.taken if widened else prepared.system.bounds[0][: len(taken)])
        return best if best.legal else self._any(prepared)

    @property
    def _settings(self) -> Settings:
        whole = WholeModel(self._resources, self._params.whole)
        return whole.settings(len(self._prepared.candidates))

    def _at_least(self, part: float) -> Budget:
        """Return a part of what is left, and so much at least that pins are settled where that is easy."""
        limit = max(LEAST_SECONDS, part * self._budget.left)
        return Budget(limit, self._budget.stop, deterministic=self._resources.deterministic)

    def _any(self, prepared: Prepared) -> Judged | None:
        """Return some roster that keeps the pins, whatever it is worth; None when none is found."""
        budget = self._at_least(FINDING)
        answer = Search(prepared.system, self._settings).minimise(None, budget.left, budget.stop)
        self._budget.spend(answer.spent)
        self._refuted = answer.infeasible
        return None if answer.values is None else judge_answer(prepared, answer.values)

    # --- the end -----------------------------------------------------------------------------------------

    def _without_pins(self) -> Result:
        """Return the empty roster, and the pins that clash if it is known that some do."""
        prepared, stop = self._prepared, self._budget.stop
        clash = smallest_clash(prepared, self._settings, self._at_least(1.0))
        if clash == () and self._refuted:
            raise InternalError("the solver found no roster, though all pins can be kept together")
        if clash is None and self._refuted and not stop.asked():
            clash = prepared.problem.open_pins  # no smaller set of them was found in time
        empty = judge(prepared.problem, Roster.of(prepared.problem, {}), prepared.rules)
        tiers = []
        for item, objective in zip(empty.tiers, prepared.tiers, strict=True):
            # Where pins clash there is nothing else; where that is not known, this holds for whatever keeps them.
            floor = prepared.blocks.floor(objective)
            tiers.append(Tier(item.tier, item.value, item.value if clash else min(item.value, floor), item.scale))
        unsettled = Status.CANCELLED if stop.asked() else Status.UNKNOWN
        status = Status.INFEASIBLE if clash else unsettled
        seed, took = self._resources.seed, self._budget.gone
        return Result(status, empty, tuple(tiers), took, seed, versions(), clash or ())

    def _finished(self, best: Report, goals: list[Goal], tiers: list[Goal]) -> Result:
        proofs = tuple(goal.tier(best) for goal in goals)
        status = Status.OPTIMAL if all(tier.proven for tier in proofs) else Status.FEASIBLE
        if self._budget.stop.asked() and status is not Status.OPTIMAL:
            status = Status.CANCELLED
        logger.info("%s after %.2f s", status, self._budget.gone)
        weighted = proofs[0] if self._prepared.rules.mode == "weighted" else None
        each = tuple(goal.tier(best) for goal in tiers)
        seed = self._resources.seed
        return Result(status, best, each, self._budget.gone, seed, versions(), weighted=weighted)
