"""Goal by goal: a roster is improved for one tier after another, and what a tier has reached is kept from then on."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace

import numpy as np

from poolmatch.arrays import Arrays, Candidates, Ints
from poolmatch.checking import Report, check, judge, pins_alone
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Roster
from poolmatch.eligibility import eligibility
from poolmatch.errors import InternalError, ModelMismatch
from poolmatch.results import Result, Status, Tier
from poolmatch.rule import Finding
from poolmatch.ruleset import RuleSet
from poolmatch.solving.backends.cpsat import Search, Settings
from poolmatch.solving.bounds.dual_ascent import DualAscent
from poolmatch.solving.bounds.relaxation import Relaxation
from poolmatch.solving.bounds.whole_assignments import least_value
from poolmatch.solving.decomposition.components import Parts, components, decided, keeping_apart
from poolmatch.solving.decomposition.regional_search import RegionalSearch, Tell
from poolmatch.solving.model.blocks import Blocks
from poolmatch.solving.model.decoding import columns_of, judged
from poolmatch.solving.model.features import CandidateFeatures
from poolmatch.solving.model.goal import Goal
from poolmatch.solving.model.incumbent import Found
from poolmatch.solving.model.system import Objective, System
from poolmatch.solving.model.task import Task
from poolmatch.solving.pins.clash import smallest_clash
from poolmatch.solving.pins.forced import ForcedBlocks, Widened, widen, with_pinned
from poolmatch.solving.running.progress import ProgressReporter
from poolmatch.solving.running.stopping import Stop
from poolmatch.solving.running.work import Work
from poolmatch.solving.search.fewer_people import usage_columns
from poolmatch.solving.search.neighbourhood_search import PROVABLE, Improver
from poolmatch.solving.search.root import better_start, solve_root
from poolmatch.solving.start.greedy import quick_start
from poolmatch.versions import versions

logger = logging.getLogger("poolmatch")
DIRECT = 1500
"""Up to so many candidates the whole model is searched at once."""
WHOLE, FAIR = 20_000, 5
"""Up to so many, the tiers above that of fair shares are proven by a search of the whole model, not by schedules."""
LARGE = 300_000
"""From so many candidates on a problem is split into pieces."""
APPROACHES = 3
"""How often all its candidates are relaxed at once before there is a roster to improve."""
RELAXING = 0.5
"""Part of a goal's time that the relaxation may take."""
TURNS = 2
"""How often a component is searched, if it was not proven."""


@dataclass
class Run:
    """One call of `solve`."""

    problem: Problem
    rules: RuleSet
    settings: Settings
    limit: float
    stop: Stop
    tell: ProgressReporter
    began: float
    executor: Executor | None
    spent: float = 0.0
    """Deterministic units that searches have taken."""
    judging: float = 0.0
    """Seconds that are left for judging at the end: what it took the first time, at most a tenth of the limit."""
    refuted: bool = False
    """Whether it is proven that no roster keeps the pins."""

    def result(self, initial: Roster | None) -> Result:
        """Solve, and judge the answer."""
        world = Arrays(self.problem, self.settings.seed)
        candidates = eligibility(world, self.rules).candidates
        candidates = with_pinned(candidates) if self._forced else candidates
        for rule in self.rules.eligibility:
            rule.look_again(world, self.settings.seed)
        logger.info("%d seats, %d facilitators, %d candidates", len(world.seats), len(world.people), len(candidates))
        blocks = (ForcedBlocks if self._forced else Blocks).of(candidates, self.rules)
        system, widened = blocks.system, None
        if isinstance(blocks, ForcedBlocks) and self.problem.open_pins:
            widened = widen(blocks, self._whole(len(candidates)), max(5.0, self.limit), self.stop)
            if widened is None:
                alone = judge(self.problem, pins_alone(self.problem), self.rules)
                return self._finish(alone, *self._goals(blocks, blocks.system))
            system = widened.system
        elif blocks.contradictory.any():
            self.refuted = True
            return self._without_pins(candidates, blocks)
        goals, tiers = self._goals(blocks, system)
        best = self._start(blocks, widened, goals, initial)
        if self.limit > 0 and len(candidates):
            improved = self._goal_by_goal(system, blocks, goals, best)
            if improved is None:
                return self._without_pins(candidates, blocks)
            best = improved
        elif not self._allowed(best):
            kept = self._any(system, candidates)
            if kept is None:
                return self._without_pins(candidates, blocks)
            best = kept
        return self._finish(best, goals, tiers)

    # --- before the search -------------------------------------------------------------------------------

    def _goals(self, blocks: Blocks, system: System) -> tuple[list[Goal], list[Goal]]:
        """Return what is minimised one after the other, and what is reported of each tier: mostly the same."""
        known = decided(system, len(blocks.candidates))
        goals = [Goal.of(blocks, objective, self.rules, known) for objective in blocks.objectives(self.rules)]
        if self.rules.mode != "weighted":
            return goals, goals
        return goals, [Goal.of(blocks, objective, self.rules, known) for objective in blocks.tiers(self.rules)]

    @property
    def _forced(self) -> bool:
        return self.rules.forces_pins

    def _start(self, blocks: Blocks, widened: Widened | None, goals: list[Goal], initial: Roster | None) -> Report:
        """Return the better of the greedy roster and the caller's; when neither is legal the empty one, or the pins."""
        system = widened.system if widened else blocks.system
        taken = quick_start(self._features(blocks), system)
        began = time.monotonic()
        best = judged(self.problem, self.rules, blocks.candidates, taken)
        self.judging = min(time.monotonic() - began, self.limit / 10)
        if not self._allowed(best):
            logger.info("the quick start is not legal; starting from the %s", "pins" if widened else "empty roster")
            nobody = np.zeros(len(blocks.candidates), np.int64)
            best = judged(self.problem, self.rules, blocks.candidates, widened.taken if widened else nobody)
        if initial is not None:
            given = check(self.problem, initial, self.rules)
            if given.legal and (not self._allowed(best) or worth(goals, given) < worth(goals, best)):
                best = given
        return best

    def _features(self, blocks: Blocks) -> CandidateFeatures:
        return CandidateFeatures.of(blocks.candidates, next(iter(blocks.tiers(self.rules)), None))

    def _allowed(self, report: Report) -> bool:
        """Tell whether a roster is legal, but for what forced pins break by themselves in the slots it has them in."""
        if report.legal or not self._forced:
            return report.legal
        held = {(row.meeting, row.seat, row.facilitator): row.start for row in report.roster.rows}
        rows = []
        for pin, row in zip(self.problem.open_pins, pins_alone(self.problem).rows, strict=True):
            start = pin.slot_start or held.get((pin.meeting, pin.seat, pin.facilitator), row.start)
            rows.append(row.model_copy(update={"start": start}))
        alone = judge(self.problem, Roster(rows=tuple(rows)), self.rules).violations

        def excused(item: Finding) -> bool:
            same = (other for other in alone if (other.rule, other.seat) == (item.rule, item.seat))
            return any(set(other.facilitators) <= set(item.facilitators) for other in same)

        return all(excused(item) for item in report.violations)

    # --- the search --------------------------------------------------------------------------------------

    def _whole(self, candidates: int) -> Settings:
        """Return how a whole model of so many candidates is searched: a small one so that every run ends the same."""
        return replace(self.settings, steady=candidates <= DIRECT)

    def _left(self) -> float:
        """Return the time that is left for searching: seconds, or in deterministic mode units."""
        if self.settings.deterministic:
            return self.limit - self.spent
        return self.limit - self.judging - (time.monotonic() - self.began)

    def _goal_by_goal(self, system: System, blocks: Blocks, goals: list[Goal], best: Report) -> Report | None:
        """Improve the roster goal by goal, and the bounds in place; None when none is found that keeps the pins."""
        candidates, features = blocks.candidates, self._features(blocks)
        hint, whole = columns_of(candidates, best.roster), system
        part_of = self._parts(system, features)
        known = False
        kept: dict[float, int] = {}
        for place, goal in enumerate(goals):
            objective = goal.objective
            limit = self._left() * share(place, len(goals))
            if self.stop.asked() or limit <= 0:
                break
            if objective.tier and self._allowed(best):
                goal.bound = max(goal.bound, least_value(blocks, self.rules, objective, kept))
            settled = goal.constant or goal.value(best) == goal.bound
            if not (settled and self._allowed(best)):
                self.tell.tier(objective)
                if self._allowed(best):
                    self.tell.improvement(goal.value(best), goal.bound)
                task = Task(features, system, goal, blocks.guide(self.rules, objective), hint)
                first, values = place == 0 and len(goals) > 1, None
                if part_of.any() and self._allowed(best):
                    values = self._apart(task, part_of, limit, first)
                if values is None and self._led(features) and self._allowed(best):
                    values = self._improved(task, limit, self.tell.improvement, whole=first)
                elif values is None:
                    values = self._searched(task, limit, self.tell.improvement, may_fail=place == 0 and not known)
                if values is None:
                    return None
                if len(values):
                    found = judged(self.problem, self.rules, candidates, values)
                    self._compare(found, values, goal)
                    if not self._allowed(best) or worth(goals, found) <= worth(goals, best):
                        best, hint, known = found, values, True
            else:
                goal.bound = goal.value(best)
            if not self._allowed(best):
                break  # what it is worth says nothing about rosters that keep the pins
            value = goal.value(best)
            if value < goal.bound:
                raise ModelMismatch(f"{objective.name}: value {value} is below the bound {goal.bound}")
            # A tier that was not proven may have become better by chance: what was reached is kept from then on.
            for before in goals[: place + 1]:
                reached = before.value(best)
                if before is goal or reached < kept[before.objective.tier]:
                    kept[before.objective.tier] = reached
                    system, part_of = self._kept(system, features, before, reached, hint, part_of)
            logger.info("%s: value %d, bound %d, scale %d", objective.name, value, goal.bound, objective.scale)
        return best if self._allowed(best) else self._any(whole, candidates)

    def _parts(self, system: System, features: CandidateFeatures) -> Ints:
        """Return which part each column belongs to; where runs must repeat exactly there is only one."""
        if self.settings.deterministic:
            return np.zeros(len(system.bounds[0]), np.int64)
        return components(system, len(features))

    def _apart(self, task: Task, part_of: Ints, limit: float, first: bool) -> Ints | None:
        """Work at each part by itself; return the columns of all, None when those of the roster cannot be completed.

        Each gets as much of the time as it has of the candidates that are left; what it does not need passes on, in the
        end to those that are not proven yet.
        """
        until = time.monotonic() + limit
        improver = Improver(task.features, task.system, self.settings, self.stop)
        start = improver.complete(task.hint, task.guide)
        if start is None:
            return None
        parts = Parts.of(replace(task, hint=start), improver.sub_models, part_of)
        logger.info("%s: %d parts", task.goal.objective.name, len(parts.tasks))
        for _ in range(TURNS):
            waiting = [place for place, part in enumerate(parts.tasks) if part.goal.bound < part.value]
            left = sum(len(parts.tasks[place].features) for place in waiting)
            for place in waiting:
                part = parts.tasks[place]
                seconds = (until - time.monotonic()) * len(part.features) / left
                left -= len(part.features)
                if seconds <= 0 or self.stop.asked():
                    break
                tell = self._told_of(task.goal, *parts.of_others(place))
                if self._led(part.features):
                    values = self._improved(part, seconds, tell, whole=first)
                else:
                    values = self._searched(part, seconds, tell)
                if values is not None and len(values):
                    parts.tasks[place] = part.improved(values)
        task.goal.bound = max(task.goal.bound, parts.bound)
        return parts.values

    def _told_of(self, goal: Goal, value: int, bound: int) -> Tell:
        """Return what tells of the whole when it hears of a part, with what all others add to value and bound."""
        return lambda own, proven: self.tell.improvement(value + own, max(goal.bound, bound + proven))

    def _kept(
        self, system: System, features: CandidateFeatures, goal: Goal, value: int, hint: Ints, part_of: Ints
    ) -> tuple[System, Ints]:
        """Return the system in which a goal stays at a value, and its parts.

        Where the value is the best there is, so is that of each part, and each is kept by itself. Else one row says
        it, which joins the parts: one may do worse so that another does better.
        """
        objective = goal.objective
        if not len(objective.column):
            return system, part_of
        if part_of.any() and value == goal.bound:
            values: Ints | None = hint
            if len(hint) < len(part_of) or objective.value(hint) != value:
                values = Improver(features, system, self.settings, self.stop).complete(hint, objective)
            if values is not None and objective.value(values) == value:
                return keeping_apart(system, objective, values, part_of), part_of
        return system.keeping(objective, value), np.zeros_like(part_of)

    def _led(self, features: CandidateFeatures) -> bool:
        """Tell whether searches are led by the relaxation and by neighbourhoods: not where runs must repeat exactly."""
        return not self.settings.deterministic and len(features) > DIRECT

    def _searched(self, task: Task, limit: float, tell: Tell, may_fail: bool = False) -> Ints | None:
        """Search the whole model; return the columns of what was found, empty if nothing, None if nothing exists."""
        goal = task.goal
        search = Search(task.system, self._whole(len(task.features)))
        search.hint(task.hint)
        answer = search.minimise(goal.objective, limit, self.stop, tell)
        self.spent += answer.spent
        if answer.infeasible:
            if may_fail and self.problem.open_pins:
                self.refuted = True
                return None
            self._refute_infeasible(search, goal.objective, limit)
        if answer.bound is not None:
            goal.bound = max(goal.bound, answer.bound)
        return np.zeros(0, np.int64) if answer.values is None else answer.values

    def _improved(self, task: Task, limit: float, tell: Tell, whole: bool) -> Ints | None:
        """Relax, start from what the relaxation likes if that is better, and improve; return the columns.

        With ``whole`` the whole model is searched if it is not too large: where only coverage counts, that is faster.
        """
        until = time.monotonic() + limit
        features, system, goal, guide = task.features, task.system, task.goal, task.guide
        objective = goal.objective
        improver = Improver(features, system, self.settings, self.stop, self.executor)
        # Who should do without somebody has to look everywhere: no region is a problem of its own then.
        if len(features) > LARGE and usage_columns(features, system, objective) is None:
            return self._spread(task, improver, until, tell)
        liked = objective if whole else guide  # coverage alone is an easy program, all tiers are not
        start = solve_root(improver, features, system, objective, liked, task.hint, limit * RELAXING, self.stop)
        if start is None:
            return np.zeros(0, np.int64)
        found, relaxed = start
        found.bound = goal.bound = max(goal.bound, found.bound)
        logger.info("%s: start %d, bound %d", objective.name, found.value, found.bound)
        tell(found.value, found.bound)
        left = until - time.monotonic()
        if whole and not found.proven and left > 0 and len(features) <= PROVABLE:
            return self._searched(replace(task, hint=found.values), left, tell)
        if not found.proven and left > 0:
            by_schedules = not (0 < objective.tier < FAIR and len(features) <= WHOLE)
            found = improver.improve(objective, guide, found, left, relaxed, tell, by_schedules)
        goal.bound = max(goal.bound, found.bound)
        return found.values

    def _spread(self, task: Task, improver: Improver, until: float, tell: Tell) -> Ints:
        """Improve a large roster in pieces; return its columns, none when there is no roster to start from."""
        features, system, goal, guide = task.features, task.system, task.goal, task.guide
        start = improver.complete(task.hint, guide)
        sweeps = DualAscent(Relaxation.of(features, system), features, goal.objective, self.settings.seed)
        with ExitStack() as ending:
            workers = self.settings.workers
            executor = self.executor or ending.enter_context(ThreadPoolExecutor(workers))
            work = ending.enter_context(Work(executor, workers))
            relaxing = time.monotonic() + (until - time.monotonic()) * RELAXING
            known = None if start is None else goal.objective.value(start)
            for _ in range(APPROACHES):
                sweeps.first_order(workers, relaxing, self.stop)
                if known is not None:
                    tell(known, max(goal.bound, sweeps.best.bound))
            start = better_start(improver, features, system, guide, start, sweeps.best.values)
            if start is None:
                return np.zeros(0, np.int64)
            value = goal.objective.value(start)
            found = Found(start, value, guide.value(start), max(goal.bound, sweeps.best.bound))
            tell(found.value, found.bound)
            spread = RegionalSearch(features, improver, sweeps, work, self.settings.seed, self.stop)
            found = spread.improve(goal.objective, guide, found, until, tell)
        goal.bound = max(goal.bound, found.bound)
        return found.values

    def _compare(self, found: Report, columns: Ints, goal: Goal) -> None:
        """Raise when the judge says otherwise than the model."""
        if not self._allowed(found):
            first = next(item for item in found.violations)
            raise ModelMismatch(f"the solver's roster is illegal: {first.rule}: {first.words.en}")
        modelled = goal.objective.value(columns)
        judged = goal.value(found)
        if modelled < judged:
            raise ModelMismatch(f"{goal.objective.name}: the model says {modelled}, the judge says {judged}")

    def _refute_infeasible(self, search: Search, objective: Objective, limit: float) -> None:
        """Raise: without pins, or below a tier that has a roster, there always is one (google/or-tools#5274)."""
        again = search.minimise(objective, limit, self.stop, presolve=False)
        verdict = "confirms" if again.infeasible else "refutes"
        raise InternalError(
            f"the solver claims that {objective.name} has no roster, though there always is one; "
            f"a search without presolve {verdict} it\n{search.proto}"
        )

    # --- the end -----------------------------------------------------------------------------------------

    def _any(self, system: System, candidates: Candidates) -> Report | None:
        """Return some roster that keeps the pins, which was not found so far; None when none is found."""
        whole = self._whole(len(candidates))
        answer = Search(system, whole).minimise(None, max(5.0, self._left()), self.stop)
        self.spent += answer.spent
        if answer.values is not None:
            return judged(self.problem, self.rules, candidates, answer.values)
        self.refuted |= answer.infeasible
        alone = judge(self.problem, pins_alone(self.problem), self.rules)
        return alone if self._allowed(alone) else None

    def _without_pins(self, candidates: Candidates, blocks: Blocks) -> Result:
        """Return the empty roster, and the pins that clash if it is known that some do."""
        rules = self.rules.without_pins
        whole = self._whole(len(candidates))
        clash = smallest_clash(candidates, rules, whole, max(5.0, self._left()), self.stop)
        if clash == () and self.refuted:
            raise InternalError("the solver found no roster, though all pins can be kept together")
        if clash is None and self.refuted and not self.stop.asked():
            clash = self.problem.open_pins  # no smaller set of them was found in time
        empty = judge(self.problem, Roster.of(self.problem, {}), self.rules)
        tiers = []
        for item, objective in zip(empty.tiers, blocks.tiers(self.rules), strict=True):
            # Where pins clash there is nothing else; where that is not known, this holds for whatever keeps them.
            bound = item.value if clash else min(item.value, Goal.of(blocks, objective, self.rules).bound)
            tiers.append(Tier(item.tier, item.value, bound, item.scale))
        unsettled = Status.CANCELLED if self.stop.asked() else Status.UNKNOWN
        status = Status.INFEASIBLE if clash else unsettled
        runtime = time.monotonic() - self.began
        return Result(status, empty, tuple(tiers), runtime, self.settings.seed, versions(), clash or ())

    def _finish(self, best: Report, goals: list[Goal], tiers: list[Goal]) -> Result:
        proofs = tuple(goal.tier(best) for goal in goals)
        status = Status.OPTIMAL if all(tier.proven for tier in proofs) else Status.FEASIBLE
        if self.stop.asked() and status is not Status.OPTIMAL:
            status = Status.CANCELLED
        runtime = time.monotonic() - self.began
        logger.info("%s after %.2f s", status, runtime)
        weighted = proofs[0] if self.rules.mode == "weighted" else None
        each = tuple(goal.tier(best) for goal in tiers)
        return Result(status, best, each, runtime, self.settings.seed, versions(), weighted=weighted)


def share(place: int, tiers: int) -> float:
    """Return which part of the time left a tier gets: the first half of it, the others as much as those after them.

    Coverage is what matters most and what is hardest to find; time that a tier does not need passes on.
    """
    return 0.5 if place == 0 and tiers > 1 else 1 / (tiers - place)


def worth(goals: Sequence[Goal], report: Report) -> tuple[int, ...]:
    """Return what a roster is worth by each goal."""
    return tuple(goal.value(report) for goal in goals)
