"""One goal, improved until it is proven or time is up: neighbourhoods find rosters, whole schedules prove.

Beside one another run a search by schedules (`schedules.search`), which proves a bound and finds rosters too, and
searches over parts of the best roster so far, each solved by CP-SAT within a fraction of a second (large neighbourhood
search; Shaw, "Using constraint programming and local search methods to solve vehicle routing problems", CP 1998). Where
schedules do not come to an end, CP-SAT searches all candidates that could be in a better roster for a proof.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count

import numpy as np

from poolmatch.arrays import Bools, Ints
from poolmatch.solving.backends.cpsat import Search, Settings
from poolmatch.solving.bounds.relaxation import Relaxation
from poolmatch.solving.column_generation.search import ScheduleSearch
from poolmatch.solving.model.features import CandidateFeatures
from poolmatch.solving.model.incumbent import Found
from poolmatch.solving.model.relaxed import Relaxed
from poolmatch.solving.model.submodel import SubModel, SubModels
from poolmatch.solving.model.system import Objective, System
from poolmatch.solving.running.stopping import POLL_SECONDS, Stop
from poolmatch.solving.running.work import Work
from poolmatch.solving.search.fewer_people import FewerPeople, usage_columns
from poolmatch.solving.search.neighbourhoods import Neighbourhoods

logger = logging.getLogger("poolmatch")
PROVABLE = 25_000
"""Up to so many candidates that could be in a better roster the whole model is searched for a proof."""
SHRUNK, LEAST_SECONDS = 0.5, 3.0
"""A proof begins anew when so much less is left to search, after so many seconds."""
PATIENCE = 12
"""With one worker, a proof begins after so many neighbourhoods in a row without gain."""
ALONE = 0.5
"""With one worker, the search by schedules leaves this part of the time to neighbourhoods."""
LIKELY, WIDE = 6, 5
"""A neighbourhood has about so many candidates for each seat; one of so many has all that are open."""
PART_SECONDS = 0.4
"""Time for one neighbourhood."""
FEWER_PEOPLE = "fewer_people"
"""Kind of the looks at the second roster of a `FewerPeople`."""
COMPLETING_SECONDS = 5.0
"""Time for the columns that are no candidates, given these."""
MENDING_SECONDS = 2.0
"""Time for the other columns of a part, when the roster around it has changed meanwhile."""
WHOLE = 1e-6
"""A number so close to a whole one is meant to be it."""


class Improver:
    """Improves the rosters of one system.

    Parameters
    ----------
    features, system
        The candidates, and what the rules wrote about them, limits on other objectives included.
    settings
        How to search.
    stop
        Asked every few hundredths of a second.
    executor
        Where neighbourhoods are searched; None is threads of this process.
    """

    def __init__(
        self,
        features: CandidateFeatures,
        system: System,
        settings: Settings,
        stop: Stop,
        executor: Executor | None = None,
    ) -> None:
        self._system, self._settings, self._stop, self._executor = system, settings, stop, executor
        self._count = len(features)
        self._asked = stop
        self.sub_models = SubModels(system, self._count)
        """Cuts parts out of the system."""
        self._features = features
        self._around = Neighbourhoods(features, settings.seed)
        self._near = Neighbourhoods(features, settings.seed + 1)  # with fewer candidates, these grow larger
        self._known: tuple[Relaxed, Bools] | None = None
        self._looked = self._idle = 0
        self._fewer_people: FewerPeople | None = None

    def complete(self, taken: Ints, objective: Objective) -> Ints | None:
        """Return the best values of all columns for given candidates; None when there are none."""
        part = self.sub_models.complete(taken, objective)
        values = np.zeros(len(self._system.bounds[0]), np.int64)
        values[: self._count] = taken[: self._count]
        return self._settled(part, values, COMPLETING_SECONDS)

    def _settled(self, part: SubModel, values: Ints, limit: float) -> Ints | None:
        """Return values with the best for a part, of which all candidates are decided; None when none were found.

        Mostly these columns are loads in bands, each dearer than the one before, whose linear program is whole already.
        """
        if not len(part.columns):
            return values if self.sub_models.feasible(values) else None
        relaxed = Relaxation(part.system, np.full(len(part.columns), -1)).solve(part.objective, limit, stop=self._asked)
        if relaxed is not None and relaxed.solved:
            whole = np.rint(relaxed.values)
            settled = with_part(values, part, whole.astype(np.int64))
            if np.abs(whole - relaxed.values).max() < WHOLE and self.sub_models.feasible(settled):
                return settled
        answer = searched(part, limit, self._settings.seed, self._asked)
        settled = values if answer is None else with_part(values, part, answer[0])
        return settled if self.sub_models.feasible(settled) else None

    def improve(
        self,
        objective: Objective,
        guide: Objective,
        found: Found,
        limit: float,
        relaxed: Relaxed | None,
        tell: Callable[[int, int], None] | None,
        by_schedules: bool = True,
    ) -> Found:
        """Improve a roster and its bound in place, and return both.

        Parameters
        ----------
        objective
            What is minimised.
        guide
            What is minimised in neighbourhoods: the objective itself, or with an eye to what comes after it.
        found
            Where to start from.
        limit
            Seconds.
        relaxed
            What the relaxation of the objective says, or None.
        tell
            Called with value and bound whenever either has improved.
        by_schedules
            Whether schedules come first to prove it; else the whole model is searched from the start on.
        """
        until = time.monotonic() + limit
        ended = threading.Event()
        self._asked = Stop.either(self._stop, ended)
        workers, proof = self._settings.workers, None
        alone = workers == 1 and self._executor is None  # then neighbourhoods and proof take turns
        beside = self._by_schedules(objective, found, relaxed) if by_schedules else None
        numbers, looks = count(), dict[int, Trial]()
        self._fewer_people = FewerPeople.of(
            self._features, self._system, self.sub_models, objective, guide, self._settings.seed
        )
        with ExitStack() as ending:
            pool = ending.enter_context(ThreadPoolExecutor(workers + 1))
            work = ending.enter_context(Work(self._executor or pool, workers))
            ending.callback(ended.set)  # also when something fails: what still runs is not waited for
            if beside is not None:
                ends = until - limit * ALONE if alone else until
                beside.start(pool, ends, self._settings.seed, self._asked)
            while time.monotonic() < until and not found.proven and not self._stop.asked():
                relaxed = relaxed if beside is None else beside.relaxed
                open_ = np.ones(self._count, np.bool_) if relaxed is None else relaxed.open(found.value)[: self._count]
                proving = beside is not None and not beside.over
                turn = proving or (open_.sum() <= PROVABLE and (not alone or self._idle >= PATIENCE))
                if proof is None and turn and not proving and not (alone and work.pending):
                    taken = found.values[: self._count] == 1
                    part = self.sub_models.among(open_ | taken, found.values, objective)
                    proof = _Proof(part, objective, found, int(open_.sum()), self._asked)
                    proof.start(pool, until, self._settings.seed)
                free = workers - work.pending - ((proving or proof is not None) and self._executor is None)
                for _ in range(0 if alone and turn else free):
                    number = next(numbers)
                    squeezed = None if alone and number % 2 else self._with_fewer_people(guide, found)
                    looks[number] = squeezed or self._look(guide, found, open_, relaxed)
                    left = min(PART_SECONDS, max(0.05, until - time.monotonic()))
                    self._submit(work, looks[number].part, left, number)
                if not work.pending:
                    time.sleep(POLL_SECONDS)
                before = found.value, found.bound
                self._collect(work, looks, objective, guide, found)
                if beside is not None:
                    self._learn(beside, objective, guide, found)
                if proof is not None and proof.update(guide, found, int(open_.sum())):
                    proof = None
                if tell is not None and (found.value, found.bound) != before:
                    tell(found.value, found.bound)
            ended.set()
            self._asked = self._stop  # what comes back now is still taken over
            work.cancel()
            soon = time.monotonic() + PART_SECONDS
            while work.pending and (work.here or time.monotonic() < soon):
                self._collect(work, looks, objective, guide, found)
            if beside is not None:
                beside.finish()
                self._learn(beside, objective, guide, found)
            if proof is not None:
                proof.finish(guide, found)
        logger.info("%s: %s, of likely candidates %s", objective.name, self._around.tally, self._near.tally)
        return found

    def _by_schedules(self, objective: Objective, found: Found, relaxed: Relaxed | None) -> ScheduleSearch | None:
        """Return the search by schedules, None where the relaxation gives it nothing to begin with.

        Nor is there one where people are charged for being used: what a schedule costs is in columns of its own then.
        """
        if relaxed is None or usage_columns(self._features, self._system, objective) is not None:
            return None
        return ScheduleSearch(self._features, self._system, objective, relaxed, found)

    def _learn(self, beside: ScheduleSearch, objective: Objective, guide: Objective, found: Found) -> None:
        """Take over what the search by schedules has come to, and tell it of the best roster."""
        for base, taken in beside.news():
            both = np.where(taken != base, taken, found.values[: self._count])  # the best one may be another by now
            for roster in (both, taken) if (both != taken).any() else (taken,):
                self._exchange(self.complete(roster, guide), objective, guide, found)
        found.bound = max(found.bound, beside.bound)
        beside.know(found)

    def _look(self, guide: Objective, found: Found, open_: Bools, relaxed: Relaxed | None) -> Trial:
        """Choose a neighbourhood of the best roster."""
        taken = found.values[: self._count]
        wide = relaxed is None or self._looked % WIDE == 0
        self._looked += 1
        around = self._around if wide else self._near
        kind, free = around.draw(taken)
        if not wide and relaxed is not None:
            open_ = open_ & self._likely(relaxed)
        part = self.sub_models.around(free & (open_ | (taken == 1)), found.values, guide)
        return Trial(kind, part, found.values, around)

    def _likely(self, relaxed: Relaxed) -> Bools:
        """Return the candidates that are most likely to be taken: those that add least to the bound."""
        if self._known is None or self._known[0] is not relaxed:
            reduced_cost = relaxed.reduced_cost[: self._count]
            count = min(self._count, LIKELY * len(np.unique(self._features.seat)))
            most = np.partition(reduced_cost, count - 1)[count - 1]
            self._known = relaxed, np.asarray(reduced_cost <= most)
        return self._known[1]

    def _with_fewer_people(self, guide: Objective, found: Found) -> Trial | None:
        """Look at the second roster, if there is one and it is not being looked at."""
        fewer_people = self._fewer_people
        if fewer_people is None or fewer_people.under_way:
            return None
        part = fewer_people.look(found, lambda taken: self.complete(taken, guide))
        return (
            None
            if part is None or fewer_people.values is None
            else Trial(FEWER_PEOPLE, part, fewer_people.values, None)
        )

    def _submit(self, work: Work, part: SubModel, limit: float, number: int) -> None:
        stop = [self._asked] if work.here else []
        work.submit(searched, part, limit, self._settings.seed, *stop, tag=number)

    def _collect(
        self, work: Work, looks: dict[int, Trial], objective: Objective, guide: Objective, found: Found
    ) -> None:
        """Take over what has been searched by now."""
        for number, answer in work.values(2 * POLL_SECONDS):
            look = looks.pop(number)
            values, ended = (None, False) if answer is None else answer
            if self._fewer_people is not None and look.around is None:
                self._exchange(self._fewer_people.learn(look.part, values, ended), objective, guide, found)
                continue
            gain = self.stitch(look.part, look.base, values, objective, guide, found)
            self._idle = 0 if gain > 0 else self._idle + 1
            if look.around is not None:
                look.around.learn(look.kind, gain, ended)

    def _exchange(self, values: Ints | None, objective: Objective, guide: Objective, found: Found) -> None:
        """Take another roster for the best one if it is better."""
        if values is None:
            return
        worth = objective.value(values), guide.value(values)
        if worth < (found.value, found.guided) and self.sub_models.feasible(values):
            found.values, found.value, found.guided = values, *worth

    def stitch(
        self, part: SubModel, base: Ints, answer: Ints | None, objective: Objective, guide: Objective, found: Found
    ) -> int:
        """Put better values of a part into the best roster, if it is better by that; return what it gains.

        Parameters
        ----------
        part
            The part.
        base
            Values of all columns of the roster that it was cut out of: perhaps not the best one any more.
        answer
            Values of the free columns, None when none were found.
        objective, guide
            What is minimised.
        found
            The best roster, changed in place.
        """
        gain = 0 if answer is None else part.objective.value(part.hint) - part.objective.value(answer)
        if answer is None or gain <= 0:
            return 0
        values = found.values.copy()
        changed = answer != part.hint
        values[part.columns[changed]] = answer[changed]
        if base is not found.values and not self.sub_models.feasible(values):
            others = self.sub_models.others(part, values, guide)
            mended = self._settled(others, values, MENDING_SECONDS)
            if mended is None:
                return 0
            values = mended
        worth = objective.value(values), guide.value(values)
        if worth >= (found.value, found.guided):
            return 0
        found.values, found.value, found.guided = values, *worth
        return gain


def with_part(values: Ints, part: SubModel, answer: Ints) -> Ints:
    """Return values of all columns with those of a part replaced."""
    changed = values.copy()
    changed[part.columns] = answer
    return changed


def searched(part: SubModel, limit: float, seed: int, stop: Stop | None = None) -> tuple[Ints, bool] | None:
    """Return the best values of a slice, and whether nothing is better; None when none were found in time.

    Parameters
    ----------
    part
        The slice.
    limit
        Seconds.
    seed
        Of the search.
    stop
        Asked every few hundredths of a second; None is never.
    """
    search = Search(part.system, Settings(1, seed, False, brief=True))
    search.hint(part.hint)
    answer = search.minimise(part.objective, limit, stop or Stop(None))
    if answer.values is None:
        return None
    return answer.values, answer.bound is not None and answer.bound >= part.objective.value(answer.values)


@dataclass(frozen=True)
class Trial:
    """A neighbourhood that is being searched.

    Attributes
    ----------
    kind, part
        The neighbourhood.
    base
        Values of all columns of the roster it was cut out of.
    around
        Who drew it, to learn from it; None for a look at the second roster.
    """

    kind: str
    part: SubModel
    base: Ints
    around: Neighbourhoods | None


class _Proof:
    """A search among all rosters that could still be better, for the sake of its bound.

    A candidate whose reduced cost is more than the gap is in no better roster; so the search leaves it out, and what it
    proves holds for all rosters that are better than the one it began with.
    """

    def __init__(self, part: SubModel, objective: Objective, found: Found, size: int, stop: Stop) -> None:
        self._part, self._objective, self._size = part, objective, size
        self._began, self._value, self._base = time.monotonic(), found.value, found.values
        self._bounds: list[int] = []
        self._ended = threading.Event()
        self._stop = Stop.either(stop, self._ended)
        self._latest: Ints | None = None
        """Values of the part in the last roster that was found, which is the best of them."""
        self._running: Future[None] | None = None

    def start(self, pool: ThreadPoolExecutor, until: float, seed: int) -> None:
        """Start in the background."""
        self._running = pool.submit(self._run, until, seed)

    def _run(self, until: float, seed: int) -> None:
        search = Search(self._part.system, Settings(1, seed, False))
        search.hint(self._part.hint)
        left = max(0.1, until - time.monotonic())
        goal = self._part.objective
        answer = search.minimise(
            goal, left, self._stop, on_bound=self._bounds.append, on_roster=self._found, at_most=self._value
        )
        if answer.bound is not None:
            self._bounds.append(answer.bound)
        if answer.values is not None:
            self._found(answer.values)

    def _found(self, values: Ints) -> None:
        self._latest = values

    def update(self, guide: Objective, found: Found, size: int) -> bool:
        """Take over what is better; stop when far fewer candidates are open by now. Tell whether it is over."""
        self._take_over(guide, found)
        assert self._running is not None
        if size < SHRUNK * self._size and time.monotonic() - self._began > LEAST_SECONDS:
            self._ended.set()
        if not self._running.done():
            return False
        self.finish(guide, found)
        return True

    def finish(self, guide: Objective, found: Found) -> None:
        """Wait for the end and take over what was found."""
        assert self._running is not None
        self._running.result()
        self._take_over(guide, found)

    def _take_over(self, guide: Objective, found: Found) -> None:
        """Take over a better bound, and the last roster if it is better."""
        if self._bounds:
            found.bound = max(found.bound, min(self._value, max(self._bounds)))
        if self._latest is not None:
            values = self._base.copy()
            values[self._part.columns] = self._latest
            worth = self._objective.value(values), guide.value(values)
            if worth < (found.value, found.guided):
                found.values, found.value, found.guided = values, *worth
