"""The model of a pool as one writes it by hand with CP-SAT, and its search with the solver as it comes."""

from __future__ import annotations

import math
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import combinations
from typing import Any

from benchmarks.contenders.peers.hand_written.numbers import (
    SCORE_PARTS,
    Pair,
    Work,
    eligible,
    employers_of,
    half_up,
    kilometres,
    not_covered,
    targets,
    travel_seconds,
    wish,
    wished_times,
    works,
)
from ortools.sat.python import cp_model

from poolmatch import Problem

News = Callable[[int | None, int | None], None]
"""Told of the value and the bound in units of the model, each None while there is none."""

POINT = 30_000
"""Units of the model in a weighted point: a hundredth of a minute of load, 2/6000 point, is 10 units, and a
ten-thousandth of a wish is 3."""
REPORTED = 900_000_000 // POINT
"""Units of `Report.weighted` in a unit of the model: poolmatch counts 900 million in a weighted point."""
COVERAGE, NEUTRALITY, FAIRNESS, COMFORT = 1000 * POINT, 100 * POINT, 2 * POINT, POINT
"""Units of a point of tiers 1, 2, 5 and 6."""
LOAD_STEPS = ((110, 1), (125, 2), (150, 4), (200, 8))
"""From so many percent of the target on a further hour costs so many points."""
BALANCE_STEPS = ((0, 1), (8, 2), (24, 4))
"""From so many hours of balance on, either way, a further hour costs so many points."""
REST_SECONDS, DAY_SECONDS = 11 * 3600, 24 * 3600
AVOIDED_TIME, PREFERRED_TIME = 5, 5


class HandWritten:
    """The model of one problem.

    Parameters
    ----------
    problem
        The problem.
    seed
        Of the order in which people and meetings stand in the model.

    Raises
    ------
    ValueError
        The problem has something in it that this model knows nothing of.
    """

    def __init__(self, problem: Problem, seed: int = 0) -> None:
        unknown = not_covered(problem)
        if unknown:
            raise ValueError(f"the hand-written model does not cover {', '.join(unknown)}")
        self.problem = problem
        self.work = works(problem)
        self.people = {row.facilitator: row for row in problem.facilitators}
        points = eligible(problem, seed)
        tired = self._tired(points)
        self.model = cp_model.CpModel()
        self.taken = {pair: self.model.new_bool_var("_".join(pair)) for pair in points if pair not in tired}
        self.of_person: defaultdict[str, list[Work]] = defaultdict(list)
        self.of_meeting: defaultdict[str, list[str]] = defaultdict(list)
        for name, meeting in self.taken:
            self.of_person[name].append(self.work[meeting])
            self.of_meeting[meeting].append(name)
        self.costs: list[cp_model.LinearExprT] = []
        self._fill_seats()
        for name, mine in self.of_person.items():
            mine.sort(key=lambda item: (item.opens, item.closes))
            self._one_place_at_a_time(name, mine)
            self._limits(name, mine)
        self._pair_costs(points)
        self._fair_load()
        self._reciprocity()
        self.model.minimize(sum(self.costs))

    def _tired(self, pairs: Mapping[Pair, int]) -> set[Pair]:
        """Return the pairs without rest after, or before, past work."""
        past = defaultdict(list)
        for row in self.problem.past:
            if row.start is not None and row.end is not None:
                day = self.problem.period.local_day(row.start)
                past[row.facilitator].append((day, row.start.timestamp(), row.end.timestamp()))
        return {
            (name, meeting)
            for name, meeting in pairs
            for day, start, end in past[name]
            if day != self.work[meeting].day
            and self.work[meeting].opens < end + REST_SECONDS
            and start < self.work[meeting].closes + REST_SECONDS
        }

    def _fill_seats(self) -> None:
        """Give each seat one facilitator, or leave it empty at a price."""
        for name, work in self.work.items():
            empty = self.model.new_bool_var(f"{name}_empty")
            self.model.add_exactly_one(empty, *(self.taken[person, name] for person in self.of_meeting[name]))
            self.costs.append(2 ** (work.meeting.priority - 1) * COVERAGE * empty)

    def _one_place_at_a_time(self, name: str, mine: Sequence[Work]) -> None:
        """Keep a person's meetings apart: no overlap, rest between two days, time to travel besides online meetings."""
        intervals = [
            self.model.new_optional_fixed_size_interval_var(
                work.opens, work.closes - work.opens, self.taken[name, work.meeting.meeting], ""
            )
            for work in mine
        ]
        self.model.add_no_overlap(intervals)
        calls = [work for work in mine if work.meeting.online]
        for first, second in combinations(mine, 2):
            gap = second.opens - first.closes
            if not 0 <= gap < DAY_SECONDS:
                continue
            pair = [self.taken[name, work.meeting.meeting] for work in (first, second)]
            travel = travel_seconds(first.meeting, second.meeting)
            if gap < travel or (first.day != second.day and gap < REST_SECONDS):
                self.model.add_at_most_one(pair)
            elif travel:
                between = [work for work in calls if first.closes <= work.opens and work.closes <= second.opens]
                if sum(work.closes - work.opens for work in between) > gap - travel:
                    online = sum((w.closes - w.opens) * self.taken[name, w.meeting.meeting] for w in between)
                    self.model.add(online <= gap - travel).only_enforce_if(pair)

    def _limits(self, name: str, mine: Sequence[Work]) -> None:
        """Keep a person's limits per day, per week and in the period; past work counts for the week."""
        person = self.people[name]
        taken = {work.meeting.meeting: self.taken[name, work.meeting.meeting] for work in mine}
        by_day: defaultdict[date, list[Any]] = defaultdict(list)
        by_week: defaultdict[tuple[int, int], list[Any]] = defaultdict(list)
        for work in mine:
            by_day[work.day].append(taken[work.meeting.meeting])
            by_week[work.week].append(taken[work.meeting.meeting])
        for day in by_day.values():
            if len(day) > person.max_per_day:
                self.model.add(sum(day) <= person.max_per_day)
        if person.max_per_week is not None:
            past = self._past_weeks(name)
            for week, listed in by_week.items():
                left = max(0, person.max_per_week - past[week])
                if len(listed) > left:
                    self.model.add(sum(listed) <= left)
        if person.max_meetings is not None and len(mine) > person.max_meetings:
            self.model.add(sum(taken.values()) <= person.max_meetings)
        if person.max_hours is not None:
            minutes = sum(work.minutes * taken[work.meeting.meeting] for work in mine)
            self.model.add(minutes <= math.floor(Fraction(str(person.max_hours)) * 60))

    def _past_weeks(self, name: str) -> Counter[tuple[int, int]]:
        """Return how many past meetings someone had in each ISO week."""
        period = self.problem.period
        rows = (row for row in self.problem.past if row.facilitator == name)
        return Counter(
            week for _, week in {(row.meeting, period.local_week(row.start)) for row in rows if row.start is not None}
        )

    def _pair_costs(self, points: Mapping[Pair, int]) -> None:
        """Charge each pair its degree of neutrality, its kilometres and its wishes."""
        disliked, liked = (wished_times(self.problem, kind) for kind in ("avoid", "prefer"))
        for pair, taken in self.taken.items():
            name, work = pair[0], self.work[pair[1]]
            person = self.people[name]
            cost = points[pair] * NEUTRALITY + kilometres(person, work.meeting) * COMFORT
            cost += wish(self.problem, person, work) * COMFORT // SCORE_PARTS
            if any(start < work.closes and work.opens < end for start, end in disliked.get(name, ())):
                cost += AVOIDED_TIME * COMFORT
            if any(start <= work.opens and work.closes <= end for start, end in liked.get(name, ())):
                cost -= PREFERRED_TIME * COMFORT
            if cost:
                self.costs.append(cost * taken)

    def _fair_load(self) -> None:
        """Charge the hours of each person above their target."""
        for name, target in targets(self.problem, self.work).items():
            mine = self.of_person[name]
            most = sum(work.minutes for work in mine)
            steps = [(percent * target, rate) for percent, rate in LOAD_STEPS]
            if 100 * most > steps[0][0]:
                load = self.model.new_int_var(0, most, f"{name}_load")
                self.model.add(load == sum(work.minutes * self.taken[name, work.meeting.meeting] for work in mine))
                self._charge([100 * load], steps, 100 * most, FAIRNESS // 6000)

    def _reciprocity(self) -> None:
        """Charge the hours that each organisation gives more, or less, than it receives."""
        flows: defaultdict[str, Counter[Pair]] = defaultdict(Counter)
        for pair in self.taken:
            work = self.work[pair[1]]
            givers = employers_of(self.problem, self.people[pair[0]], work.day)
            for name in givers:
                flows[name][pair] += half_up(Fraction(work.minutes, len(givers)))
            for party in work.receivers:
                flows[party][pair] -= half_up(Fraction(work.minutes, len(work.receivers)))
        opening = {
            row.organisation: half_up((Fraction(str(row.hours_given)) - Fraction(str(row.hours_received))) * 60)
            for row in self.problem.ledger
        }
        steps = [(60 * hours, rate) for hours, rate in BALANCE_STEPS]
        for row in self.problem.organisations:
            flow, start = flows[row.organisation], opening.get(row.organisation, 0)
            least = start + sum(minutes for minutes in flow.values() if minutes < 0)
            most = start + sum(minutes for minutes in flow.values() if minutes > 0)
            balance = self.model.new_int_var(least, most, f"{row.organisation}_balance")
            self.model.add(balance == start + sum(minutes * self.taken[pair] for pair, minutes in flow.items()))
            self._charge([balance, -balance], steps, max(-least, most), FAIRNESS // 60)

    def _charge(
        self, amounts: Sequence[cp_model.LinearExprT], steps: Sequence[tuple[int, int]], most: int, units: int
    ) -> None:
        """Charge the largest of some amounts at rates that rise: the cost lies above the line of each step.

        Parameters
        ----------
        amounts
            What is charged.
        steps
            From which amount on a further one costs how much; rates rise.
        most
            The largest amount there can be.
        units
            Units of the model in what an amount costs at rate 1.
        """
        cost = self.model.new_int_var(0, steps[-1][1] * most, "")
        for amount in amounts:
            saved = before = 0
            for begin, rate in steps:
                saved += (rate - before) * begin
                before = rate
                self.model.add(cost >= rate * amount - saved)
        self.costs.append(units * cost)

    def solve(self, limit: float, seed: int, workers: int, news: News) -> tuple[str, dict[str, str]]:
        """Search, and return how it ended and who leads each meeting that is led.

        Parameters
        ----------
        limit
            Seconds.
        seed
            Of the search.
        workers
            Threads.
        news
            Told of every new roster and bound, one at a time, on threads of the solver.
        """
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = limit
        solver.parameters.random_seed = seed
        solver.parameters.num_workers = workers
        watch = _Watch(news)
        solver.best_bound_callback = watch.bound_found
        status = solver.solve(self.model, watch)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return solver.status_name(status), {}
        watch.tell(solver.objective_value, solver.best_objective_bound)
        leads = {meeting: name for (name, meeting), taken in self.taken.items() if solver.boolean_value(taken)}
        return solver.status_name(status), leads


class _Watch(cp_model.CpSolverSolutionCallback):
    """Passes on value and bound when either is better than before."""

    def __init__(self, news: News) -> None:
        super().__init__()
        self._news = news
        self._lock = threading.Lock()
        self._value: int | None = None
        self._bound: int | None = None

    def on_solution_callback(self) -> None:
        self.tell(self.objective_value, self.best_objective_bound)

    def bound_found(self, bound: float) -> None:
        self.tell(None, bound)

    def tell(self, value: float | None, bound: float) -> None:
        with self._lock:
            before = self._value, self._bound
            if value is not None and (self._value is None or value < self._value):
                self._value = round(value)
            if abs(bound) < 2**53:  # before there is a bound the solver says something enormous
                least = math.ceil(bound - 1e-6)
                self._bound = least if self._bound is None else max(self._bound, least)
            if (self._value, self._bound) != before:
                self._news(self._value, self._bound)
