"""Rosters that grant a wish, by some of the rules and as good as a given one in some tiers: is there one, and which."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from poolmatch.arrays import Bools, Candidates, Ints
from poolmatch.domain.roster import Roster
from poolmatch.eligibility import together
from poolmatch.rule import EligibilityRule
from poolmatch.ruleset import RuleSet
from poolmatch.solving.backends.cpsat import Search, Settings
from poolmatch.solving.filling import Filled, only, with_needed, without
from poolmatch.solving.model.blocks import Blocks
from poolmatch.solving.model.decoding import roster_of
from poolmatch.solving.model.system import Objective, System
from poolmatch.solving.prepared import Prepared
from poolmatch.solving.running.budget import Budget

PER_RULE = 8
"""That a rule puts somebody out weighs as much as so many seats that are held besides."""


@dataclass(frozen=True)
class Wished:
    """What somebody wishes.

    Attributes
    ----------
    person
        Position among the people.
    rows
        Occasions that the wish is about.
    work
        Whether it is granted where they take one of these at least, or else where they take none.
    """

    person: int
    rows: Ints
    work: bool


class Granting:
    """Looks for rosters that grant a wish. Whom eligibility rules put out, others than who wishes, stays out.

    Parameters
    ----------
    prepared
        The problem under its rules.
    wished
        The wish.
    """

    def __init__(self, prepared: Prepared, wished: Wished) -> None:
        self._prepared, self._wished = prepared, wished
        self._settings = Settings(1, 0, deterministic=False, brief=True)

    @property
    def rules(self) -> RuleSet:
        """All the rules."""
        return self._prepared.rules

    @cached_property
    def out(self) -> Bools:
        """Which eligibility rules put who wishes out of what is wished for; shape ``(rows, rules)``."""
        world, wished = self._prepared.world, self._wished
        there, person = world.occasions.take(wished.rows), world.person(wished.person)
        tests = self.rules.eligibility
        if not wished.work or not len(wished.rows):
            return np.zeros((len(wished.rows), len(tests)), np.bool_)
        return (
            np.stack([rule.out(person, there) for rule in tests], 1) if tests else np.zeros((len(there), 0), np.bool_)
        )

    @cached_property
    def objecting(self) -> tuple[str, ...]:
        """Ids of these rules, those alone that put them out of something."""
        return tuple(rule.id for rule, out in zip(self.rules.eligibility, self.out.T, strict=True) if out.any())

    @cached_property
    def candidates(self) -> Candidates:
        """The candidates, and who wishes in all that is wished for."""
        rows = self._wished.rows if self._wished.work else self._wished.rows[:0]
        return together(self._prepared.candidates, np.full_like(rows, self._wished.person), rows)

    def _against(self, candidates: Candidates, kept: Collection[str]) -> tuple[Ints, Ints]:
        """Return the candidates that the wish is about, and how many rules put each out; many where one is kept."""
        mine = np.flatnonzero(
            (candidates.person == self._wished.person) & np.isin(candidates.occasion, self._wished.rows)
        )
        order = np.argsort(self._wished.rows, kind="stable")
        if not len(mine):
            return mine, mine
        place = order[np.searchsorted(self._wished.rows[order], candidates.occasion[mine])]
        objects = [rule.id in kept for rule in self.rules.eligibility]
        barred = self.out[place][:, objects].any(axis=1)
        return mine, np.where(barred, -1, self.out[place].sum(axis=1))

    def granting(self, system: System, candidates: Candidates, kept: Collection[str]) -> System:
        """Return a system in which the wish is granted, by eligibility rules that are kept."""
        mine, against = self._against(candidates, kept)
        if not self._wished.work:
            return system.fixing(mine, 0)
        return system.fixing(mine[against < 0], 0).requiring(mine[against >= 0])

    def found(
        self, candidates: Candidates, system: System, kept: Collection[str], goal: Objective | None, budget: Budget
    ) -> Filled:
        """Return a roster that grants the wish within a system, with whether that is sure."""
        if self._wished.work and not (self._against(candidates, kept)[1] >= 0).any():
            return Filled(None)
        system = self.granting(system, candidates, kept)
        low, high = system.bounds
        if (low > high).any():
            return Filled(None)
        answer = Search(system, self._settings).minimise(goal, budget.left, budget.stop)
        if answer.values is None:
            return Filled(None, answer.infeasible)
        return Filled(roster_of(self._prepared.problem, candidates, answer.values))

    def small(self, candidates: Candidates) -> Objective:
        """Return an objective by which few seats are held, and few rules put out who wishes."""
        weight = np.ones(len(candidates), np.int64)
        mine, against = self._against(candidates, ())
        weight[mine] += PER_RULE * against
        return Objective(0, 1, np.arange(len(candidates)), weight, 0)


class ByRules:
    """Rosters that grant a wish and are legal by some of the rules.

    Parameters
    ----------
    granting
        The wish.
    """

    def __init__(self, granting: Granting) -> None:
        self._granting = granting
        limits = [rule.id for rule in granting.rules.limits]
        self.names: Sequence[str] = (*granting.objecting, *limits)
        """Ids of the rules of which some are kept."""

    def closed(self, kept: Collection[str]) -> frozenset[str]:
        """Return some rules with those that they presume or lean on."""
        return with_needed(self._granting.rules, kept) & set(self.names)

    def without(self, kept: Collection[str], name: str) -> frozenset[str]:
        """Return some rules without one of them, and without those that presume it or lean on it."""
        return without(self._granting.rules, kept, name)

    def beyond(self, kept: Collection[str]) -> tuple[Roster, ...]:  # noqa: ARG002 - wishes are about one seat at a time
        """Return rosters that models may take for illegal though no judge does: none."""
        return ()

    def find(self, kept: Collection[str], budget: Budget) -> Filled:
        """Return a small roster that grants the wish and is legal by some rules; others are as if they were not.

        Parameters
        ----------
        kept
            Ids.
        budget
            How long.
        """
        granting = self._granting
        candidates = granting.candidates
        rules = only(granting.rules, [name for name in kept if not _decides_alone(granting.rules, name)])
        blocks = Blocks.of(candidates, rules)
        if blocks.contradictory.any():
            return Filled(None)
        return granting.found(candidates, blocks.system, kept, granting.small(candidates), budget)


def _decides_alone(rules: RuleSet, name: str) -> bool:
    return isinstance(rules[name], EligibilityRule)


class ByTiers:
    """Legal rosters that grant a wish and are as good as a given one in some tiers.

    Parameters
    ----------
    granting
        The wish.
    worth
        What the given roster is worth, by the names of the tiers, in the order in which they are minimised.
    counted
        Of these tiers, the names of those that may be kept.
    """

    def __init__(self, granting: Granting, worth: Mapping[str, int], counted: Collection[str]) -> None:
        self._granting, self._worth = granting, worth
        self.names: Sequence[str] = (*granting.objecting, *(name for name in worth if name in counted))
        """Ids of eligibility rules, and names of tiers, of which some are kept."""

    @cached_property
    def _blocks(self) -> Blocks:
        return Blocks.of(self._granting.candidates, self._granting.rules)

    @cached_property
    def _goals(self) -> Mapping[str, Objective]:
        return dict(zip(self._worth, self._blocks.objectives(self._granting.rules), strict=True))

    def closed(self, kept: Collection[str]) -> frozenset[str]:
        """Return the same names: none of them needs another."""
        return frozenset(kept)

    def without(self, kept: Collection[str], name: str) -> frozenset[str]:
        """Return some names without one of them."""
        return frozenset(kept) - {name}

    def beyond(self, kept: Collection[str]) -> tuple[Roster, ...]:  # noqa: ARG002 - all other rules are kept
        """Return rosters that models may take for illegal though no judge does: none."""
        return ()

    def find(self, kept: Collection[str], budget: Budget) -> Filled:
        """Return a legal roster that grants the wish, is no worse in tiers that are kept, and good in the next.

        Parameters
        ----------
        kept
            Ids of the eligibility rules that count for who wishes, and names of tiers.
        budget
            How long.
        """
        system, free = self._blocks.system, None
        for name, goal in self._goals.items():
            if name in kept:
                system = system.keeping(goal, self._worth[name])
            elif free is None:
                free = goal
        return self._granting.found(self._granting.candidates, system, kept, free, budget)
