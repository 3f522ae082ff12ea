"""Rosters and their proof from whole schedules, beside the search in neighbourhoods.

On a thread of its own prices are made better (`master`), and each time they prove more. Of the schedules that people
answered rosters are put together (`restricted_master`), and of further ones that cost little more. All schedules that
could be in a roster near the bound are written down (`enumeration`), made fewer, and searched to the end: there is such
a roster, or the bound is better. Once they are all that could be in a better roster than the best, it is proven.
"""

from __future__ import annotations

import logging
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count

import numpy as np

from poolmatch.arrays import Bools, Ints
from poolmatch.solving.bounds.relaxation import Relaxation
from poolmatch.solving.column_generation.enumeration import Enumeration
from poolmatch.solving.column_generation.labelling import TooManyStates
from poolmatch.solving.column_generation.master import MasterProblem
from poolmatch.solving.column_generation.personal_rows import PersonalRows
from poolmatch.solving.column_generation.restricted_master import RestrictedMaster
from poolmatch.solving.column_generation.schedules import Schedules
from poolmatch.solving.model.features import CandidateFeatures
from poolmatch.solving.model.incumbent import Found
from poolmatch.solving.model.relaxed import Relaxed
from poolmatch.solving.model.system import Objective, System
from poolmatch.solving.running.stopping import POLL_SECONDS, Stop
from poolmatch.solving.start.greedy import quick_start

logger = logging.getLogger("poolmatch")
FEW, MANY = 4_000, 50_000
"""Rosters are put together from so many schedules at first and at most."""
LISTED = 250_000
"""So many schedules are written down at most;"""
HALVINGS = 2
"""how far that reaches is found out to a factor of two, halved so often."""
ENOUGH, SLOWLY = 3_000, 0.9
"""They are made fewer until there are so few of them, or until more than this part is left of what there was before."""
APPROACHING_SECONDS = 5.0
"""Time for better rosters before anything else."""
ASSEMBLING_SECONDS = 6.0
"""Time for putting a roster together, as long as there may be better schedules."""
PEOPLE = 100
"""The schedules of so many people are looked at together at first;"""
DOUBLES, GROWS, SHRINKS, SMALLEST = 2.0, 1.3, 0.5, 0.05
"""of twice as many when the best was found in a part of the time, of more when it was found in time, of fewer when not,
and of this part of all at least."""
QUICK = 0.25
"""That part of the time."""
AROUND = 3
"""After parts that make so many times all people together, without gain, there have to be more schedules."""
NEAREST = 9
"""Schedules that cost more by the gap over 2 to this power are looked for first."""
PROVING_SECONDS = 12.0
"""Time for looking at all rosters near the bound; after one that took longer, the double with half as many schedules.
"""
PATIENCE = 20
"""So many looks at whether a roster was taken over."""


class ScheduleSearch:
    """A search by schedules in the background.

    Parameters
    ----------
    features, system, objective
        The candidates, rows and groups, and what is minimised.
    relaxed
        What the relaxation says of the objective.
    found
        The best roster.
    """

    def __init__(
        self, features: CandidateFeatures, system: System, objective: Objective, relaxed: Relaxed, found: Found
    ) -> None:
        self._features, self._system, self._objective = features, system, objective
        self._lock = threading.Lock()
        self._value, self._values = found.value, found.values
        self._news: list[tuple[Ints, Ints]] = []
        self._random = np.random.default_rng(len(found.values))
        self._running: Future[None] | None = None
        self._seed, self._stop = 0, Stop(None)
        self._share, self._budget, self._idle = min(1.0, PEOPLE / len(np.unique(features.person))), 0, 0.0
        self._few, self._patience, self._ruled_out = FEW, PROVING_SECONDS, False
        self._enumeration: Enumeration | None = None
        self.relaxed = relaxed
        """What the best prices say by now."""
        self.bound = found.bound
        """Proven by now, for rosters that are at least as good as the best."""

    def start(self, pool: ThreadPoolExecutor, until: float, seed: int, stop: Stop) -> None:
        """Start in the background."""
        self._seed, self._stop = seed, stop
        self._running = pool.submit(self._run, until)

    @property
    def over(self) -> bool:
        """Whether nothing more comes of it."""
        return self._running is not None and self._running.done()

    def finish(self) -> None:
        """Wait for the end."""
        assert self._running is not None
        self._running.exception()

    def know(self, found: Found) -> None:
        """Take over the best roster."""
        with self._lock:
            self._value, self._values = found.value, found.values

    def news(self) -> list[tuple[Ints, Ints]]:
        """Return of new rosters what those took that they came from, and what they take; raise what went wrong."""
        if self.over:
            assert self._running is not None
            self._running.result()
        with self._lock:
            news, self._news = self._news, []
        return news

    @property
    def _best(self) -> tuple[int, Ints]:
        with self._lock:
            return self._value, self._values

    def _run(self, until: float) -> None:
        try:
            self._search(until)
        except TooManyStates:
            if not self._stop.asked():
                logger.info("there are too many schedules to look at")

    def _search(self, until: float) -> None:
        relaxation = Relaxation.of(self._features, self._system)
        duals, values = self.relaxed.duals, self._best[1]
        personal = PersonalRows(relaxation, self._features, self._objective)
        master = MasterProblem(personal, duals, values, self._stop)
        if not len(master.shared):
            return
        self._prove(master)
        self._price(master, until)
        values = self._best[1]
        # Begin with what these prices like.
        self._offer(values, quick_start(self._features, self._system, master.relaxed().values))
        soon = min(until, time.monotonic() + APPROACHING_SECONDS)
        while not self._stop.asked() and time.monotonic() < soon and self._improve(master, soon):
            master.add(master.of_roster(self._best[1]))
        while not self._stop.asked() and time.monotonic() < until:
            master.add(master.of_roster(self._best[1]))
            if self._enumeration is None:
                self._price(master, until)
                while master.cut(self._best[0], until - time.monotonic()):
                    self._price(master, until)
            if self._rule_out(master, until) or not self._improve(master, until):
                return

    def _rule_out(self, master: MasterProblem, until: float) -> bool:
        """Look at all rosters near the bound, as many as there is time for: one is found, or the bound is better.

        Return whether these were all that may be better than the best.
        """
        best = self._best
        goal = best[0] - self._objective.unit
        enumeration = self._enumeration = self._enumerate(master, goal)
        self._ruled_out = False
        if enumeration is None:
            return False
        covered = enumeration.value >= goal
        self._narrow(enumeration, until if covered else min(until, time.monotonic() + self._patience))
        everything = covered
        if self.bound <= enumeration.value:
            everything = self._search_near(master, enumeration, best, until)
        if self.bound > enumeration.value:
            self._enumeration, self._ruled_out = None, True  # there are no such rosters
        return everything

    def _search_near(
        self, master: MasterProblem, enumeration: Enumeration, best: tuple[int, Ints], until: float
    ) -> bool:
        """Search the enumerated rosters, or those near the bound; return whether all better ones were among them."""
        near, chosen = enumeration.value, enumeration.near(enumeration.value)
        for part in range(1, NEAREST + 1):
            if chosen.sum() <= self._few:
                break
            near = self.bound + (enumeration.value - self.bound) // 2**part
            chosen = enumeration.near(near)
        if chosen.sum() > self._few:
            return False
        everything, left = bool(near >= best[0] - self._objective.unit), until - time.monotonic()
        schedules = enumeration.schedules.take(np.flatnonzero(chosen))
        _, ended = self._search_among(master, schedules, best, left if everything else min(left, self._patience), near)
        if ended:
            self._few, self._ruled_out = min(MANY, 2 * self._few), True
        else:
            self._few, self._patience = self._few // 2, 2 * self._patience
        return everything

    def _enumerate(self, master: MasterProblem, goal: int) -> Enumeration | None:
        """Return all schedules that may be in a roster of at most this value, or as far as there are not too many.

        None when there are too many however near to the bound.
        """
        if self._enumeration is not None:
            self._enumeration.aim(goal)
            return self._enumeration
        schedules, most, part = None, self.bound, 2.0**-NEAREST
        low, high = 0.0, 2.0
        while 2.0**-NEAREST <= part <= 1 and high - low > low / 2**HALVINGS:
            near = self.bound + int(part * (goal - self.bound))
            found = master.within(near, LISTED)
            if found is None:
                high = part
            else:
                schedules, most, low = found, near, part
            part = min(2 * part, (low + high) / 2)
        return None if schedules is None else Enumeration(master, schedules, most, self._stop)

    def _narrow(self, enumeration: Enumeration, until: float) -> None:
        """Make the schedules of an enumeration fewer."""
        before = len(enumeration)
        for number in count():
            last = len(enumeration)
            went = enumeration.price(until - time.monotonic())
            self.bound = max(self.bound, enumeration.bound)
            logger.info(
                "%d schedules may be in rosters from %d to %d", len(enumeration), enumeration.bound, enumeration.value
            )
            slow = number > 0 and len(enumeration) > SLOWLY * last
            if not went or slow or len(enumeration) <= ENOUGH or not enumeration.cut(until - time.monotonic()):
                break
        self._ruled_out |= len(enumeration) < SLOWLY * before

    def _improve(self, master: MasterProblem, until: float) -> bool:
        """Put a roster together from schedules of some people; return whether there are more to be looked at."""
        best, limit, begun = self._best, min(ASSEMBLING_SECONDS, until - time.monotonic()), time.monotonic()
        share, some = self._share, self._some(master, self._share)
        schedules = self._likely(master, best, self._budget if share == 1 else max(FEW, self._budget), some)
        better, ended = self._search_among(master, schedules, best, limit)
        quick = time.monotonic() < begun + QUICK * limit
        self._share = min(1.0, share * (DOUBLES if quick else GROWS)) if ended else max(SMALLEST, share * SHRINKS)
        self._idle = 0.0 if better else self._idle + share
        if self._idle >= (1 if share == 1 else AROUND):
            if self._budget >= MANY and not self._ruled_out:
                return False
            self._budget, self._idle = min(MANY, max(FEW, 2 * self._budget)), 0.0
        return True

    def _price(self, master: MasterProblem, until: float) -> None:
        """Find the best prices, as far as they matter for the best roster."""
        while not master.ended(self._best[0]) and not self._stop.asked():
            if not master.step(self._best[0], until - time.monotonic()):
                return
            self._prove(master)

    def _prove(self, master: MasterProblem) -> None:
        """Take over what prices prove."""
        if master.bound > self.relaxed.bound:
            self.relaxed = master.relaxed()
            self.bound = max(self.bound, master.bound)

    def _likely(self, master: MasterProblem, best: tuple[int, Ints], budget: int, people: Bools) -> Schedules:
        """Return the known schedules of some people, of all others of theirs about so many that cost least.

        And what everybody else does now.
        """
        known, now = master.schedules, master.of_roster(best[1])
        schedules = known.take(np.flatnonzero(people[known.person])).joined(now)
        if budget:
            found = schedules
            gap = best[0] - master.bound
            for part in range(NEAREST, 0, -1):  # the nearest are found in no time
                near = master.within(master.bound + gap // 2**part, budget, people)
                if near is None:
                    break
                found = near
            schedules = schedules.joined(found)
        return schedules.distinct()

    def _some(self, master: MasterProblem, share: float) -> Bools:
        """Return a part of all people who work near one another."""
        land = self._features
        people, place = np.unique(land.person, return_inverse=True)
        where = np.stack([np.nan_to_num(land.lat), np.nan_to_num(land.lon)])
        home = np.stack([np.bincount(place, side) for side in where]) / np.bincount(place)
        apart = np.hypot(*(home - home[:, self._random.integers(len(people)), None]))
        some = np.zeros(master.personal.people, np.bool_)
        some[people[np.argsort(apart, kind="stable")[: max(2, round(share * len(people)))]]] = True
        return some

    def _search_among(
        self,
        master: MasterProblem,
        schedules: Schedules,
        best: tuple[int, Ints],
        limit: float,
        all_up_to: int | None = None,
    ) -> tuple[bool, bool]:
        """Put a roster together, and tell whether it is better and whether the search came to its end.

        Parameters
        ----------
        master
            Prices.
        schedules
            The schedules.
        best
            The best roster and its value.
        limit
            Seconds.
        all_up_to
            The schedules are all that may be in a roster of at most this value: only such a roster is looked for, and
            when there is none, that is proven. None is nothing of that kind.
        """
        if limit <= 0 or self._stop.asked():
            return False, False
        value, values = best
        most = value if all_up_to is None else min(value, all_up_to)
        restricted = RestrictedMaster.of(master, schedules, values)
        objective = restricted.objective
        beyond = objective.value_of(objective.weight_within(most) + 1)

        def learn(bound: int) -> None:
            self.bound = max(self.bound, min(value, bound, beyond))

        answer = restricted.search(limit, self._seed, self._stop, most, None if all_up_to is None else learn)
        found = None if answer.values is None else objective.value(answer.values)
        if all_up_to is not None and (answer.infeasible or answer.bound is not None):
            learn(beyond if answer.bound is None else answer.bound)
        logger.info("%d schedules: %s of %d", len(schedules), "none" if found is None else found, most)
        better = answer.values is not None and found is not None and found < value
        if answer.values is not None and better:
            self._offer(values, restricted.taken(answer.values))
            for _ in range(PATIENCE):  # until it is the best roster
                if self._best[0] < value or self._stop.asked():
                    break
                time.sleep(POLL_SECONDS)
        return better, answer.infeasible or (found is not None and answer.bound is not None and answer.bound >= found)

    def _offer(self, base: Ints, taken: Ints) -> None:
        """Tell of a roster, and of that which it came from."""
        with self._lock:
            self._news.append((base[: len(taken)], taken))
