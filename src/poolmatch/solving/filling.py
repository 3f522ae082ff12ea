"""Rosters in which a seat is filled, by some of the rules: is there one, and which."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from math import inf

import numpy as np

from poolmatch.arrays import Arrays, Bools, Candidates, Ints
from poolmatch.checking import broken_rules, pins_alone
from poolmatch.domain.meetings import Seat
from poolmatch.domain.roster import Roster, RosterRow
from poolmatch.eligibility import candidates_of, eligibility, objecting_at
from poolmatch.errors import ModelMismatch
from poolmatch.rule import EligibilityRule
from poolmatch.ruleset import RuleSet
from poolmatch.solving.backends.cpsat import Search, Settings
from poolmatch.solving.model.blocks import Blocks
from poolmatch.solving.model.system import Objective
from poolmatch.solving.running.budget import Budget

MOST_TWICE = 40
"""So many people at most are tried in two seats of a meeting."""
PER_RULE = 8
"""That a rule puts somebody out weighs as much as so many seats that are held besides."""


@dataclass(frozen=True)
class Filled:
    """What a search for a roster in which the seat is filled came to.

    Attributes
    ----------
    roster
        Such a roster, of what is held alone; None when none was found.
    certain
        Whether that is sure: there is one, or there is none. Else time was up.
    """

    roster: Roster | None
    certain: bool = True


class Filling:
    """Looks for rosters in which a seat is filled, and that are legal by some of the rules.

    Parameters
    ----------
    world
        The problem as numbers.
    rules
        All the rules.
    seat
        The seat.
    out
        Which eligibility rules put whom out of it, as `poolmatch.eligibility.objecting` says.
    largest
        So many candidates at most are searched: where there are more, only those about the seat are.
    """

    def __init__(self, world: Arrays, rules: RuleSet, seat: Seat, out: Bools, largest: float = inf) -> None:
        self._world, self.rules, self._seat, self._out, self._largest = world, rules, seat, out, largest
        self._position = world.seat_positions[seat.meeting, seat.seat]
        self._settings = Settings(1, 0, deterministic=False, brief=True)
        problem = world.problem
        self.starts: tuple[datetime | None, ...] = tuple(
            start for start, _ in problem.times(problem.meeting(seat.meeting))
        ) or (None,)
        """Starts of the slots of the seat, in order of time; None of a duty."""

    @property
    def names(self) -> Sequence[str]:
        """Ids of the rules of which some are kept."""
        return [rule.id for rule in self.rules.rules]

    def closed(self, kept: Collection[str]) -> frozenset[str]:
        """Return some rules with those that they presume or lean on."""
        return with_needed(self.rules, kept)

    def without(self, kept: Collection[str], name: str) -> frozenset[str]:
        """Return some rules without one of them, and without those that presume it or lean on it."""
        return without(self.rules, kept, name)

    def alone(self, position: int, start: datetime | None) -> RosterRow:
        """Return the row of somebody in the seat.

        Parameters
        ----------
        position
            Position among the people.
        start
            Start of the slot.
        """
        name = self._world.people[position].facilitator
        return RosterRow(meeting=self._seat.meeting, seat=self._seat.seat, facilitator=name, start=start)

    def find(self, kept: Collection[str], budget: Budget, *, near: bool = False) -> Filled:
        """Return a roster that fills the seat and is legal by some rules; what the past holds is part of each.

        The seat's meeting, its series and the pins are looked at first, with all other seats empty; where there is none
        of that kind, all rosters.

        Parameters
        ----------
        kept
            Ids of the rules; all others are as if they were not.
        budget
            How long.
        near
            Whether those that are looked at first are enough: then nothing is certain where none is found.

        Raises
        ------
        ModelMismatch
            The judge finds the roster illegal: a bug in poolmatch, in the solver, or in a rule.
        """
        rules = only(self.rules, kept)
        if self._seat.meeting in self._world.problem.frozen:
            return self._in_the_past(rules)
        if all(isinstance(rule, EligibilityRule) for rule in rules.rules):
            return self._by_eligibility(kept)
        found = self._sought(rules, self._candidates(kept), budget, whole=False)
        if found.roster is not None or len(self._near) == len(self._world.occasions):
            return found
        if near or budget.over:
            return Filled(None, certain=False)
        everybody = eligibility(self._world, rules).candidates
        if len(everybody) > self._largest:
            return Filled(None, certain=False)
        return self._sought(rules, everybody, budget, whole=True)

    def beyond(self, kept: Collection[str]) -> Iterator[Roster]:
        """Yield small rosters in which who fills the seat has another of the meeting too: models may count them twice.

        Parameters
        ----------
        kept
            Ids of the rules; whom one of them puts out of the seat is left out.
        """
        problem, seat = self._world.problem, self._seat
        if seat.meeting in problem.frozen:
            return
        mine = [rule.id in kept for rule in self.rules.eligibility]
        pinned = [row for row in pins_alone(problem).rows if row.facilitator is not None]
        for position, slot in np.argwhere(~self._out[:, :, mine].any(axis=2))[:MOST_TWICE].tolist():
            one = self.alone(position, self.starts[slot])
            for other in problem.seats_of(seat.meeting):
                if other.seat != seat.seat:
                    names = seat.seat, other.seat
                    rest = [row for row in pinned if row.meeting != seat.meeting or row.seat not in names]
                    yield Roster(rows=(*rest, one, one.model_copy(update={"seat": other.seat})))

    def _in_the_past(self, rules: RuleSet) -> Filled:
        """Return a roster that says somebody held a seat of the past which nobody did, if the rules bear it."""
        for position in range(len(self._world.people)):
            roster = Roster(rows=(self.alone(position, self.starts[0]),))
            if not broken_rules(self._world.problem, roster, rules, self._world):
                return Filled(roster)
        return Filled(None)

    def _by_eligibility(self, kept: Collection[str]) -> Filled:
        """Return the roster of the first person whom no kept rule puts out, where only eligibility rules are kept."""
        mine = [rule.id in kept for rule in self.rules.eligibility]
        free = np.argwhere(~self._out[:, :, mine].any(axis=2))
        if not len(free):
            return Filled(None)
        position, slot = free[0].tolist()
        return Filled(Roster(rows=(self.alone(position, self.starts[slot]),)))

    @cached_property
    def _near(self) -> Ints:
        """Occasions of the seat's meeting, its series, and the pinned seats."""
        world, problem = self._world, self._world.problem
        series = problem.meeting(self._seat.meeting).series
        names = {self._seat.meeting, *(row.meeting for row in problem.series.get(series or "", ()))}
        meetings = [world.meeting_positions[name] for name in names]
        pinned = [world.seat_positions[pin.meeting, pin.seat] for pin in problem.open_pins]
        near = np.isin(world.occasions.meeting, meetings) | np.isin(world.occasions.seat, pinned)
        return np.flatnonzero(near)

    @cached_property
    def _out_near(self) -> Bools:
        """Which eligibility rules put whom out there."""
        return objecting_at(self._world, self.rules, self._near)

    def _candidates(self, kept: Collection[str]) -> Candidates:
        """Return the candidates there, by the kept eligibility rules."""
        mine = [rule.id in kept for rule in self.rules.eligibility]
        out = self._out_near[:, :, mine]
        return candidates_of(self._world, [self._near[~there.any(axis=1)] for there in out])

    def _least_broken(self, candidates: Candidates) -> Objective:
        """Return an objective by which few seats are held, by people whom few rules put out, kept or not."""
        place = np.searchsorted(self._near, candidates.occasion).clip(max=len(self._near) - 1)
        against = self._out_near[candidates.person, place].sum(axis=1)
        against[self._near[place] != candidates.occasion] = 0  # the past
        return Objective(0, 1, np.arange(len(candidates)), 1 + PER_RULE * against, 0)

    def _sought(self, rules: RuleSet, candidates: Candidates, budget: Budget, *, whole: bool) -> Filled:
        """Return a roster of some candidates; near the seat a small one, which breaks little of what is left out."""
        mine = candidates.of_seat(self._position)
        blocks = Blocks.of(candidates, rules)
        if blocks.contradictory.any() or not blocks.bounds[1][mine].any():
            return Filled(None)
        goal = None if whole else self._least_broken(candidates)
        answer = Search(blocks.system.requiring(mine), self._settings).minimise(goal, budget.left, budget.stop)
        if answer.values is None:
            return Filled(None, answer.infeasible)
        roster = self._held(candidates, np.flatnonzero(answer.values[: len(candidates)]))
        broken = broken_rules(self._world.problem, roster, rules, self._world)
        if broken:
            raise ModelMismatch(f"a roster that fills a seat breaks {sorted(broken)}")
        return Filled(roster)

    def _held(self, candidates: Candidates, taken: Ints) -> Roster:
        """Return the roster of what some candidates hold, and of nothing else."""
        world, rows = self._world, []
        for candidate in taken.tolist():
            seat, occasion = world.seats[candidates.seat[candidate]], candidates.occasion[candidate]
            timed = world.occasions.timed[occasion]
            rows.append(
                RosterRow(
                    meeting=seat.meeting,
                    seat=seat.seat,
                    facilitator=world.people[candidates.person[candidate]].facilitator,
                    start=datetime.fromtimestamp(int(world.occasions.start[occasion]), UTC) if timed else None,
                )
            )
        return Roster(rows=tuple(rows))


def only(rules: RuleSet, kept: Collection[str]) -> RuleSet:
    """Return some rules of a rule set.

    Parameters
    ----------
    rules
        The rule set.
    kept
        Ids; with a rule those that it presumes.
    """
    tiers_of = tuple((name, tier) for name, tier in rules.tiers_of if name in kept)
    return replace(rules, rules=tuple(rule for rule in rules.rules if rule.id in kept), tiers_of=tiers_of, keep=())


def with_needed(rules: RuleSet, kept: Collection[str]) -> frozenset[str]:
    """Return some rules together with those that they presume or lean on, without which their model says too much.

    Parameters
    ----------
    rules
        The rule set; what it does not have is left out.
    kept
        Ids.
    """
    needs = {rule.id: {*rule.presumes, *rule.leans_on} for rule in rules.rules}
    found, fresh = set[str](), set(kept)
    while fresh:
        found |= fresh
        fresh = {other for name in fresh for other in needs[name] if other in needs} - found
    return frozenset(found)


def without(rules: RuleSet, kept: Collection[str], rule: str) -> frozenset[str]:
    """Return some rules without one of them, and without those that presume it or lean on it.

    Parameters
    ----------
    rules, kept
        As of `with_needed`.
    rule
        Id of the one.
    """
    return frozenset(name for name in kept if rule not in with_needed(rules, (name,)))
