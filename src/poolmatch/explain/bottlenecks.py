"""What a pool hangs on: where demand exceeds supply, who would help, and how many people the demand needs."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import Any

from poolmatch.checking import input_issues
from poolmatch.domain.arguments import seconds, whole_number
from poolmatch.domain.problem import Problem, must_be_problem
from poolmatch.errors import ProblemError
from poolmatch.explain.answer import Answer
from poolmatch.explain.gains import Gains, kinds_wanted
from poolmatch.explain.newcomers import OneMore, Training
from poolmatch.explain.shortages import Shortages
from poolmatch.explain.supply import Demand, Supply
from poolmatch.ruleset import STANDARD_RULES, RuleSet, must_be_rules
from poolmatch.solving.coverage import Filled
from poolmatch.solving.running.budget import Budget
from poolmatch.solving.running.stopping import Stop
from poolmatch.vocabulary import counts
from poolmatch.words import Words

ALL_FILLED = Words(
    "The pool can fill all {seats} that are required and still to come.",
    "De pool kan alle {seats} bezetten die verplicht zijn en nog komen.",
)
NOT_ALL = Words(
    "Of {seats} that are required and still to come the pool can fill {fillable} at once, and no more.",
    "Van {seats} die verplicht zijn en nog komen kan de pool er {fillable} tegelijk bezetten, en niet meer.",
)
AT_LEAST = Words(
    "Of {seats} that are required and still to come the pool can fill {fillable} at once at least.",
    "Van {seats} die verplicht zijn en nog komen kan de pool er ten minste {fillable} tegelijk bezetten.",
)
NEEDED = Words(
    "That takes {people} of the {pool} there are; seats that go on at the busiest moment: {busiest}.",
    "Dat vraagt {people} van de {pool} die er zijn; plaatsen op het drukste moment: {busiest}.",
)
BETWEEN = Words("{least} to {most} people", "{least} tot {most} mensen")
NOT_FOUND = Words(
    "In the time nothing was found out about what the pool can fill.",
    "In de tijd is niets gevonden over wat de pool kan bezetten.",
)
MORE_MEMBERS = Words(
    "Organisations whose people would add as much or less: {count}.",
    "Organisaties van wie mensen evenveel of minder zouden toevoegen: {count}.",
)
MORE_SHORTAGES = Words(
    "Further kinds of seats that the pool cannot fill all of: {count}.",
    "Verdere soorten plaatsen die de pool niet alle kan bezetten: {count}.",
)
STOPPED = Words(
    "It was stopped before the end: more may be wrong, and more may help.",
    "Het is voor het einde gestopt: er kan meer knellen, en er kan meer helpen.",
)
SHORTAGES_TOLD = 10
"""So many kinds of seats are told of in sentences."""
MEMBERS_TOLD = 3
"""So many members are told of in sentences."""
FOR_FILLING, FOR_SHORTAGES, FOR_PEOPLE = 0.4, 0.5, 0.5
"""Parts of the time that is left then, from 0 to 1."""


@dataclass(frozen=True)
class Bottlenecks(Answer):
    """What a pool hangs on.

    Attributes
    ----------
    seats, hours
        How many seats are required and still to be filled, and what they take, travel aside.
    fillable
        How many of them the pool can fill at once; None where nothing was found out in time.
    settled
        Whether it is proven that it can fill no more.
    shortages
        Kinds of seats of which it cannot fill all, whatever stays empty elsewhere; together they explain what cannot be
        filled, as far as time allows. Those come first that explain most of it in few seats.
    kinds
        Every kind that speaks of one thing; those of which most hours fall to each who can come first.
    one_more
        What one more facilitator would add, of the kinds that ask for one; the best first.
    members
        What one more facilitator would add who can do everything, by whom they work for: an organisation, which would
        be a member or is one, or nobody (None); the best first, and none that would add nothing.
    trainings
        What those of the pool would add who learned something; the best first.
    pool
        How many there are in the pool, externals aside.
    needed
        With how few of them as many seats can be filled: proven to be no fewer than the first, and done with the
        second; None where that was not found out.
    at_once
        How many seats go on at the busiest moment: so many people any pool needs that fills them all.
    whole
        Whether it was not stopped before the end.
    """

    seats: int
    hours: float
    fillable: int | None
    settled: bool
    shortages: tuple[Demand, ...]
    kinds: tuple[Demand, ...]
    one_more: tuple[OneMore, ...]
    members: tuple[OneMore, ...]
    trainings: tuple[Training, ...]
    pool: int
    needed: tuple[int, int] | None
    at_once: int
    whole: bool = True

    @property
    def words(self) -> tuple[Words, ...]:
        """The answer in sentences; of the kinds those alone of which too few can be filled."""
        return (*self._found, *(() if self.whole else (STOPPED,)))

    @property
    def _found(self) -> tuple[Words, ...]:
        if self.fillable is None:
            return (NOT_FOUND,)
        seats = counts.seats(self.seats)
        if self.fillable == self.seats:
            told = [ALL_FILLED.fill(seats=seats)]
        else:
            told = [(NOT_ALL if self.settled else AT_LEAST).fill(seats=seats, fillable=self.fillable)]
        if self.needed is not None:
            least, most = self.needed
            people = counts.facilitators(most) if least == most else BETWEEN.fill(least=least, most=most)
            told.append(NEEDED.fill(people=people, pool=self.pool, busiest=self.at_once))
        told += [item.words for item in self.shortages[:SHORTAGES_TOLD]]
        if len(self.shortages) > SHORTAGES_TOLD:
            told.append(MORE_SHORTAGES.fill(count=len(self.shortages) - SHORTAGES_TOLD))
        told += [item.words for part in (self.one_more, self.members[:MEMBERS_TOLD]) for item in part]
        if len(self.members) > MEMBERS_TOLD:
            told.append(MORE_MEMBERS.fill(count=len(self.members) - MEMBERS_TOLD))
        return (*told, *(item.words for item in self.trainings))

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as data for a JSON document."""
        numbers = ("seats", "hours", "fillable", "settled", "pool", "at_once", "whole")
        parts = ("shortages", "kinds", "one_more", "members", "trainings")
        return {
            **{name: getattr(self, name) for name in numbers},
            "needed": None if self.needed is None else list(self.needed),
            **{name: [item.to_dict() for item in getattr(self, name)] for name in parts},
        }


def bottlenecks(
    problem: Problem,
    rules: RuleSet = STANDARD_RULES,
    *,
    most: int = 5,
    time_limit: float = 60.0,
    workers: int = 1,
    stop: threading.Event | None = None,
) -> Bottlenecks:
    """Return what a pool hangs on, roster or no roster.

    Looked at are the required seats that are still to be filled, and the pool without externals, as if nobody were
    pinned. What it can fill is what a legal roster fills, by a solve of its own, neutral and within every limit. What
    somebody more would add, or somebody who learns, is tried the same way, and the roster that shows it is judged on
    the problem with that one person or skill more.

    Parameters
    ----------
    problem, rules
        As for ``solve``; only eligibility rules and limits count, such as a preference that is made one.
    most
        So many kinds of facilitators, and trainings, are told at most; 0 looks for nobody who would help.
    time_limit
        Seconds that searches take at most.
    workers
        Threads of each search; with one the answer is the same every time, unless time is up.
    stop
        Set it from another thread to stop; what was found by then is returned, and says that it is not whole. Ctrl-C
        and SIGTERM do the same.

    Raises
    ------
    ProblemError
        As for ``solve``.
    """
    must_be_problem(problem)
    must_be_rules(rules)
    most, workers = whole_number(most, "most", 0), whole_number(workers, "workers", 1)
    budget = Budget(seconds(time_limit, "time_limit"), Stop(stop))
    issues = input_issues(problem, rules)
    if any(issue.severity == "error" for issue in issues):
        raise ProblemError(issues)
    with budget.stop.listening():
        return replace(_found(problem, rules, most, workers, budget), whole=not budget.stop.asked())


def _found(problem: Problem, rules: RuleSet, most: int, workers: int, budget: Budget) -> Bottlenecks:
    """Return what a pool hangs on, as far as it is found."""
    supply = Supply(problem, rules, workers)
    places = supply.seats.tolist()
    full = supply.most(budget.at_most(budget.left * FOR_FILLING)) if places else None
    pool = sum(not row.external for row in problem.facilitators)
    if full is None:
        nothing = None if places else 0
        return Bottlenecks(len(places), supply.hours(places), nothing, not places, (), (), (), (), (), pool, None, 0)
    short = Shortages(supply, full, budget.at_most(budget.left * FOR_SHORTAGES))
    found, kinds = short.found(), short.single()
    few = supply.coverage.fewest(supply.seats, full.count, budget.at_most(budget.left * FOR_PEOPLE / 2))
    needed = None if few is None else (max(few[0], _at_least(supply, full)), few[1])
    helpful = _helpful(supply, full, budget, most)
    return Bottlenecks(
        len(places),
        supply.hours(places),
        full.count,
        full.settled,
        found,
        kinds,
        *helpful,
        pool,
        needed,
        supply.at_once,
    )


def _at_least(supply: Supply, full: Filled) -> int:
    """Return how many people are needed at least because seats go on at once, where nobody is in two places."""
    one_place = any(rule.one_place for rule in supply.rules.constraints)
    return max(0, supply.at_once - (len(supply.seats) - full.count)) if one_place else 0


def _helpful(
    supply: Supply, full: Filled, budget: Budget, most: int
) -> tuple[tuple[OneMore, ...], tuple[OneMore, ...], tuple[Training, ...]]:
    """Return kinds of facilitators, members and trainings that would add something."""
    if not most or full.count == len(supply.seats) or budget.over:
        return (), (), ()
    kinds = kinds_wanted(supply, full)
    members = [OneMore(row.organisation) for row in supply.problem.organisations]
    gains = Gains(supply, full)
    places = {None: -1} | {row.organisation: place for place, row in enumerate(supply.problem.organisations)}

    def order(item: OneMore) -> tuple[int, int]:
        return -item.gain, places[item.organisation]

    return (
        gains.of_people(kinds, budget.at_most(budget.left / 3), most),
        tuple(sorted(gains.of_people([OneMore(), *members], budget.at_most(budget.left / 2)), key=order)),
        gains.of_training(budget, most),
    )
