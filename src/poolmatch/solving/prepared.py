"""A problem under rules, made ready to be searched: where solving, fronts, explanations and benchmarks begin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Self

import numpy as np

from poolmatch.arrays import Arrays, Candidates, Ints
from poolmatch.checking import Report
from poolmatch.domain.meetings import Pin
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Roster
from poolmatch.eligibility import Eligibility, eligibility
from poolmatch.ruleset import STANDARD_RULES, RuleSet
from poolmatch.solving.model.blocks import Blocks
from poolmatch.solving.model.decoding import columns_of, judged
from poolmatch.solving.model.features import CandidateFeatures
from poolmatch.solving.model.forced import ForcedBlocks, with_pinned
from poolmatch.solving.model.system import Assumption, Objective, System
from poolmatch.solving.start.greedy import quick_start


class Prepared:
    """A problem as candidates, blocks and a system; each is made when it is first asked for, and once.

    Variants are cheap: they share all that they do not change.

    Parameters
    ----------
    world
        The problem as numbers.
    rules
        The rules.
    seed
        By which the world is shuffled.
    candidates, blocks, system
        What is known already; None is what `Prepared` makes of the others.
    """

    def __init__(
        self,
        world: Arrays,
        rules: RuleSet,
        seed: int = 0,
        *,
        candidates: Candidates | None = None,
        blocks: Blocks | None = None,
        system: System | None = None,
    ) -> None:
        self.world, self.rules, self.seed = world, rules, seed
        self._candidates, self._blocks, self._system = candidates, blocks, system

    @classmethod
    def of(cls, problem: Problem, rules: RuleSet = STANDARD_RULES, seed: int = 0) -> Self:
        """Return a problem as it is, under rules.

        Parameters
        ----------
        problem, rules
            The problem and the rules.
        seed
            Of the lottery between equally good rosters: the order of rows.
        """
        return cls(Arrays(problem, seed), rules, seed)

    # --- what it is made of ------------------------------------------------------------------------------

    @property
    def problem(self) -> Problem:
        """The problem."""
        return self.world.problem

    @cached_property
    def eligibility(self) -> Eligibility:
        """Who is possible where, and where the others fell away."""
        return eligibility(self.world, self.rules)

    @cached_property
    def candidates(self) -> Candidates:
        """The candidates; with those who are pinned by force although they are not eligible."""
        if self._candidates is not None:
            return self._candidates
        found = self.eligibility.candidates
        return with_pinned(found) if self.rules.forces_pins else found

    @cached_property
    def blocks(self) -> Blocks:
        """What the rules write about the candidates."""
        if self._blocks is not None:
            return self._blocks
        return (ForcedBlocks if self.rules.forces_pins else Blocks).of(self.candidates, self.rules)

    @cached_property
    def system(self) -> System:
        """The blocks as a search reads them."""
        return self.blocks.system if self._system is None else self._system

    @cached_property
    def tiers(self) -> Sequence[Objective]:
        """The objective of each tier, the highest first."""
        return self.blocks.tiers(self.rules)

    @cached_property
    def objectives(self) -> Sequence[Objective]:
        """What is minimised one after the other: the tiers, or their weighted sum."""
        return self.blocks.objectives(self.rules)

    @cached_property
    def features(self) -> CandidateFeatures:
        """Where the candidates lie, and what each is worth in the highest tier."""
        return CandidateFeatures.of(self.candidates, next(iter(self.tiers), None))

    # --- variants ----------------------------------------------------------------------------------------

    def with_system(self, system: System) -> Self:
        """Return the same problem with another system of the same columns, and more of them or of rows."""
        known = self.candidates, self.blocks
        return type(self)(self.world, self.rules, self.seed, candidates=known[0], blocks=known[1], system=system)

    def under(self, rules: RuleSet) -> Self:
        """Return the same candidates under rules that differ in constraints and preferences alone."""
        return type(self)(self.world, rules, self.seed, candidates=self.candidates)

    def fixing(self, candidates: Ints) -> Self:
        """Return the variant in which some candidates are taken."""
        return self.with_system(self.system.fixing(candidates, 1))

    def forbidding(self, candidates: Ints) -> Self:
        """Return the variant in which some candidates are not taken."""
        return self.with_system(self.system.fixing(candidates, 0))

    def filling(self, meeting: str, seat: str) -> Self:
        """Return the variant in which a seat is filled; see `poolmatch.domain.problem.Problem` for ids.

        Raises
        ------
        KeyError
            There is no such seat.
        """
        return self.with_system(
            self.system.requiring(self.candidates.of_seat(self.world.seat_positions[meeting, seat]))
        )

    def keeping(self, objective: Objective, value: int) -> Self:
        """Return the variant in which an objective stays at a value, constant included, or better."""
        return self.with_system(self.system.keeping(objective, value))

    def assuming(self, assumptions: Sequence[Assumption]) -> tuple[Self, Ints]:
        """Return the variant with a 0/1 column for each assumption, 1 only where it holds; and these columns."""
        system, columns = self.system.assuming(assumptions)
        return self.with_system(system), columns

    def edited(self, edit: Callable[[Problem], Problem]) -> Self:
        """Return the problem after an edit, prepared anew."""
        return self.of(edit(self.problem), self.rules, self.seed)

    # --- from and to rosters -----------------------------------------------------------------------------

    def start(self) -> Ints:
        """Return a greedy roster: a 0/1 value for each candidate."""
        return quick_start(self.features, self.system)

    def columns_of(self, roster: Roster) -> Ints:
        """Return which candidates a roster takes, 0 or 1 for each; who is no candidate is left out."""
        return columns_of(self.candidates, roster)

    def judged(self, values: Ints) -> Report:
        """Return what the judge says of the roster of some columns, the first of which are the candidates."""
        return judged(self.problem, self.rules, self.candidates, values)

    def keeping_pin(self, pin: Pin) -> Assumption:
        """Return the assumption that a pin is kept."""
        against = self.candidates.in_other_slots(pin)
        seat = self.world.seat_positions[pin.meeting, pin.seat]
        if pin.facilitator is None:
            return Assumption(None, np.union1d(against, self.candidates.of_seat(seat)))
        return Assumption(self.candidates.of_pin(pin), against)
