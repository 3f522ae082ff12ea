"""`solve`: from a problem to a roster whose worth is proven, re-judged by code that never saw the solver."""

from __future__ import annotations

import logging
import math
import os
import threading
import time
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import numpy as np

from poolmatch.arrays import Arrays, Candidates, Ints, second
from poolmatch.checking import Report, check, input_issues, judge, pins_alone
from poolmatch.domain.meetings import Pin
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Roster, RosterRow
from poolmatch.eligibility import eligibility
from poolmatch.errors import InternalError, ModelMismatch, ProblemError
from poolmatch.neutrality.second_look import second_look
from poolmatch.rule import Finding
from poolmatch.rules.neutral import NeutralRule
from poolmatch.rules.pinned import PinnedRule
from poolmatch.ruleset import STANDARD_RULES, RuleSet
from poolmatch.solving.blocks import Blocks, Objective
from poolmatch.solving.cpsat import Search, Settings
from poolmatch.solving.forced import ForcedBlocks, Widened, widen, with_pinned
from poolmatch.solving.pins import smallest_clash
from poolmatch.solving.progress import OnProgress, Teller, shown
from poolmatch.solving.result import Result, Status, Tier
from poolmatch.solving.start import quick_start
from poolmatch.solving.stopping import Stop
from poolmatch.versions import versions

logger = logging.getLogger("poolmatch")


def solve(
    problem: Problem,
    rules: RuleSet = STANDARD_RULES,
    *,
    time_limit: float = 60.0,
    seed: int = 0,
    workers: int | None = None,
    deterministic: bool = False,
    display: bool = False,
    initial_roster: Roster | None = None,
    on_progress: OnProgress | None = None,
    stop: threading.Event | None = None,
    executor: Executor | None = None,
) -> Result:
    """Make a roster, and prove how good it is.

    Tiers are solved in order; what a tier has reached is kept while lower tiers improve.

    Parameters
    ----------
    problem
        The problem.
    rules
        The rules.
    time_limit
        Seconds; in deterministic mode deterministic units of CP-SAT, roughly seconds. 0 is the quick start only.
    seed
        Seed of the lottery between equally good rosters.
    workers
        Threads; None is one per processor.
    deterministic
        Return the same roster for the same problem, rules and settings.
    display
        Show a progress bar (extra ``progress``).
    initial_roster
        A roster to start from; used when it is legal.
    on_progress
        Called in this thread whenever value or bound of a tier improve.
    stop
        Set it from another thread to stop; the best roster is returned. Ctrl-C and SIGTERM do the same.
    executor
        Not used yet; must be None.

    Returns
    -------
    Result
        Always with a roster.

    Raises
    ------
    ProblemError
        The problem uses what no rule judges, or breaks what a rule asks of the input.
    ValueError
        An argument is out of range.
    ModelMismatch
        The solver's answer contradicts the judge: a bug in poolmatch or in the solver.
    """
    _check_arguments(time_limit, workers, seed, executor)
    issues = input_issues(problem, rules)
    if any(issue.severity == "error" for issue in issues):
        raise ProblemError(issues)
    settings = Settings(workers or os.cpu_count() or 1, seed, deterministic)
    with Stop(stop).listening() as asked, shown(display) as bar:
        run = _Run(problem, rules, settings, time_limit, asked, Teller(on_progress, bar))
        result = run.result(initial_roster)
        return replace(result, report=replace(result.report, warnings=tuple(issues)))


def _check_arguments(time_limit: float, workers: int | None, seed: int, executor: Executor | None) -> None:
    if isinstance(time_limit, bool) or not (math.isfinite(time_limit) and time_limit >= 0):
        raise ValueError("time_limit must be a number of seconds, 0 or more")
    if workers is not None and (isinstance(workers, bool) or workers < 1):
        raise ValueError("workers must be 1 or more")
    if isinstance(seed, bool) or seed < 0:
        raise ValueError("seed must be a whole number, 0 or more")
    if executor is not None:
        raise ValueError("executor is not supported yet; leave it out")


@dataclass
class _Run:
    """One call of `solve`."""

    problem: Problem
    rules: RuleSet
    settings: Settings
    limit: float
    stop: Stop
    tell: Teller
    began: float = field(default_factory=time.monotonic)

    def result(self, initial: Roster | None) -> Result:
        """Solve, and judge the answer."""
        world = Arrays(self.problem, self.settings.seed)
        candidates = eligibility(world, self.rules).candidates
        candidates = with_pinned(candidates) if self._forced else candidates
        if any(isinstance(rule, NeutralRule) for rule in self.rules.rules):
            second_look(world, self.rules.policy, self.settings.seed)
        logger.info("%d seats, %d facilitators, %d candidates", len(world.seats), len(world.people), len(candidates))
        blocks = (ForcedBlocks if self._forced else Blocks).of(candidates, self.rules)
        objectives = blocks.objectives(self.rules)
        floors = [blocks.floor(objective) for objective in objectives]
        system, widened = blocks.system, None
        if isinstance(blocks, ForcedBlocks) and self.problem.pins:
            widened = widen(blocks, self.settings, max(5.0, self.limit), self.stop)
            if widened is None:
                return self._finish(judge(self.problem, pins_alone(self.problem), self.rules), floors, floors)
            system = widened.system
        elif blocks.contradictory.any():
            return self._infeasible(candidates)
        best = self._start(blocks, widened, objectives, initial)
        bounds = list(floors)
        if self.limit > 0 and len(candidates):
            search = Search(system, self.settings)
            improved = self._tier_by_tier(search, blocks, objectives, bounds, best)
            if improved is None:
                return self._infeasible(candidates)
            best = improved
        elif not self._allowed(best):
            return self._infeasible(candidates)
        return self._finish(best, floors, bounds)

    # --- before the search -------------------------------------------------------------------------------

    @property
    def _forced(self) -> bool:
        return any(isinstance(rule, PinnedRule) and rule.force for rule in self.rules.rules)

    def _start(
        self, blocks: Blocks, widened: Widened | None, objectives: list[Objective], initial: Roster | None
    ) -> Report:
        """Return the better of the greedy roster and the caller's; when neither is legal the empty one, or the pins."""
        first = objectives[0] if objectives else Objective(1, 1, *(np.zeros(0, np.int64),) * 2, 0)
        system, hard_rows = (widened.system, widened.hard_rows) if widened else (blocks.system, blocks.hard_rows)
        best = self._judged(blocks.candidates, quick_start(blocks.candidates, system, hard_rows, first))
        if not self._allowed(best):
            logger.info("the quick start is not legal; starting from the %s", "pins" if widened else "empty roster")
            nobody = np.zeros(len(blocks.candidates), np.int64)
            best = self._judged(blocks.candidates, widened.taken if widened else nobody)
        if initial is not None:
            given = check(self.problem, initial, self.rules)
            if given.legal and (not self._allowed(best) or _values(given) < _values(best)):
                best = given
        return best

    def _judged(self, candidates: Candidates, taken: Ints) -> Report:
        """Return what the judge says of the candidates that are taken."""
        world = candidates.world
        holders: dict[tuple[str, str], str | None] = {}
        starts = {pin.meeting: pin.slot_start for pin in self.problem.pins if pin.slot_start is not None}
        own: dict[tuple[str, str], datetime] = {}
        for candidate in np.flatnonzero(taken[: len(candidates)]).tolist():
            seat = world.seats[candidates.seat[candidate]]
            holders[seat.meeting, seat.seat] = world.people[candidates.person[candidate]].facilitator
            occasion = candidates.occasion[candidate]
            if world.occasions.timed[occasion]:
                starts[seat.meeting] = datetime.fromtimestamp(int(world.occasions.start[occasion]), UTC)
                own[seat.meeting, seat.seat] = starts[seat.meeting]
        roster = Roster.of(self.problem, holders, starts)
        if self._forced:  # which may put the seats of a meeting in several slots

            def moved(row: RosterRow) -> dict[str, datetime | None]:
                start = own.get((row.meeting, row.seat), row.start)
                return {} if start == row.start else {"start": start, "end": None}

            roster = roster.with_rows(moved)
        return judge(self.problem, roster, self.rules, world)

    def _allowed(self, report: Report) -> bool:
        """Tell whether a roster is legal, but for what forced pins break by themselves in the slots it has them in."""
        if report.legal or not self._forced:
            return report.legal
        held = {(row.meeting, row.seat, row.facilitator): row.start for row in report.roster.rows}
        rows = []
        for pin, row in zip(self.problem.pins, pins_alone(self.problem).rows, strict=True):
            start = pin.slot_start or held.get((pin.meeting, pin.seat, pin.facilitator), row.start)
            rows.append(row.model_copy(update={"start": start}))
        alone = judge(self.problem, Roster(rows=tuple(rows)), self.rules).violations

        def excused(item: Finding) -> bool:
            same = (other for other in alone if (other.rule, other.seat) == (item.rule, item.seat))
            return any(set(other.facilitators) <= set(item.facilitators) for other in same)

        return all(excused(item) for item in report.violations)

    # --- the search --------------------------------------------------------------------------------------

    def _left(self) -> float:
        """Return seconds left; in deterministic mode the whole limit is shared out instead of the clock."""
        return self.limit if self.settings.deterministic else self.limit - (time.monotonic() - self.began)

    def _tier_by_tier(
        self, search: Search, blocks: Blocks, objectives: list[Objective], bounds: list[int], best: Report
    ) -> Report | None:
        """Improve the roster tier by tier and the bounds in place; None when there is no roster that keeps the pins."""
        candidates = blocks.candidates
        hint = self._columns(candidates, best.roster)
        proven = False
        for place, objective in enumerate(objectives):
            limit = self._left() * share(place, len(objectives))
            if self.stop.asked() or limit <= 0:
                break
            value = best.tiers[place].value
            if not len(objective.column) or (value == bounds[place] and self._allowed(best)):
                bounds[place] = value
                search.keep(objective, value)
                continue
            search.hint(hint)
            self.tell.tier(objective)
            answer = search.minimise(objective, limit, self.stop, self.tell.improvement)
            if answer.infeasible:
                if place == 0 and not proven and self.problem.pins:
                    return None
                self._refute_infeasible(search, objective, limit)
            if answer.bound is not None:
                bounds[place] = max(bounds[place], answer.bound)
            if answer.values is not None:
                found = self._judged(candidates, answer.values)
                self._compare(found, answer.values, objective, place)
                if not self._allowed(best) or _values(found)[: place + 1] <= _values(best)[: place + 1]:
                    best, hint, proven = found, answer.values, True
            value = best.tiers[place].value
            if value < bounds[place]:
                raise ModelMismatch(f"tier {objective.tier}: value {value} is below the bound {bounds[place]}")
            search.keep(objective, value)
            logger.info("tier %d: value %d, bound %d, scale %d", objective.tier, value, bounds[place], objective.scale)
        return best if self._allowed(best) else self._unknown(candidates)

    def _columns(self, candidates: Candidates, roster: Roster) -> Ints:
        """Return which candidates a roster takes."""
        world = candidates.world
        taken = np.zeros(len(candidates), np.int64)
        for row in roster.rows:
            if row.facilitator is not None:
                seat = world.seat_positions[row.meeting, row.seat]
                mine = candidates.find(world.positions[row.facilitator], seat)
                if row.start is not None and len(mine) > 1:
                    mine = mine[candidates.column("start")[mine] == second(row.start)]
                taken[mine[:1]] = 1
        return taken

    def _compare(self, found: Report, values: Ints, objective: Objective, place: int) -> None:
        """Raise when the judge says otherwise than the model."""
        if not self._allowed(found):
            first = next(item for item in found.violations)
            raise ModelMismatch(f"the solver's roster is illegal: {first.rule}: {first.words.en}")
        modelled = objective.value(values)
        judged = found.tiers[place].value
        if modelled < judged:
            raise ModelMismatch(f"tier {objective.tier}: the model says {modelled}, the judge says {judged}")

    def _refute_infeasible(self, search: Search, objective: Objective, limit: float) -> None:
        """Raise: without pins, or below a tier that has a roster, there always is one (google/or-tools#5274)."""
        again = search.minimise(objective, limit, self.stop, presolve=False)
        verdict = "confirms" if again.infeasible else "refutes"
        raise InternalError(
            f"the solver claims that tier {objective.tier} has no roster, though there always is one; "
            f"a search without presolve {verdict} it\n{search.proto}"
        )

    # --- the end -----------------------------------------------------------------------------------------

    def _unknown(self, candidates: Candidates) -> Report | None:
        """Return nothing when the pins clash; else the roster of the pins alone, which the quick start did not find."""
        if self._clash(candidates):
            return None
        alone = judge(self.problem, pins_alone(self.problem), self.rules)
        return alone if self._allowed(alone) else None

    def _clash(self, candidates: Candidates) -> tuple[Pin, ...]:
        rules = self.rules.without("pinned")
        limit = max(5.0, self._left())
        return smallest_clash(candidates, rules, self.settings, limit, self.stop)

    def _infeasible(self, candidates: Candidates) -> Result:
        """Return the empty roster and the pins that clash."""
        clash = self._clash(candidates)
        if not clash:
            raise InternalError("the solver found no roster, though all pins can be kept together")
        empty = judge(self.problem, Roster.of(self.problem, {}), self.rules)
        floors = [0] * len(empty.tiers)
        tiers = self._tiers(empty, floors, [tier.value for tier in empty.tiers])
        runtime = time.monotonic() - self.began
        status = Status.CANCELLED if self.stop.asked() else Status.INFEASIBLE  # what was stopped proves nothing
        return Result(status, empty, tiers, runtime, self.settings.seed, versions(), clash)

    def _finish(self, best: Report, floors: list[int], bounds: list[int]) -> Result:
        tiers = self._tiers(best, floors, bounds)
        status = Status.OPTIMAL if all(tier.proven for tier in tiers) else Status.FEASIBLE
        if self.stop.asked() and status is not Status.OPTIMAL:
            status = Status.CANCELLED
        runtime = time.monotonic() - self.began
        logger.info("%s after %.2f s", status, runtime)
        return Result(status, best, tiers, runtime, self.settings.seed, versions())

    @staticmethod
    def _tiers(report: Report, floors: list[int], bounds: list[int]) -> tuple[Tier, ...]:
        return tuple(
            Tier(item.tier, item.value, bound, item.scale, max(0, floor))
            for item, floor, bound in zip(report.tiers, floors, bounds, strict=True)
        )


def share(place: int, tiers: int) -> float:
    """Return which part of the time left a tier gets: the first half of it, the others as much as those after them.

    Coverage is what matters most and what is hardest to find; time that a tier does not need passes on.
    """
    return 0.5 if place == 0 and tiers > 1 else 1 / (tiers - place)


def _values(report: Report) -> tuple[int, ...]:
    return tuple(item.value for item in report.tiers)
