"""Subset-row cuts: of three groups, such as seats, at most one schedule has two.

Three schedules that have two of three seats each, half of each schedule, fill the three as no whole ones can. No price
of a seat tells them from whole ones, but one of the three together does: whoever takes a second of them pays it, and in
a roster at most one person does. It is the Chvátal-Gomory cut by half of each of the three groups (Jepsen, Petersen,
Spoorendonk and Pisinger, "Subset-row inequalities applied to the vehicle-routing problem with time windows", Operations
Research 56, 2008).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy.sparse import csc_matrix, csr_matrix, vstack

from poolmatch.arrays import Floats, Ints, expand_ranges

WHOLE = 1e-6
"""What is so close to a whole number is one."""


@dataclass(frozen=True)
class SubsetRowParams:
    """What tunes the separation of subset-row cuts.

    Attributes
    ----------
    violation
        By how much fractions go beyond a cut that is of use, in schedules; 0 or more, less than ½.
    at_once
        Cuts that come in at once at most; 1 or more.
    of_group
        How many of these are about one group at most; 1 or more.
    """

    violation: float = 0.02
    at_once: int = 100
    of_group: int = 5

    def __post_init__(self) -> None:
        if not 0 <= self.violation < 0.5 or min(self.at_once, self.of_group) < 1:
            raise ValueError(f"out of range: {self}")


@dataclass(frozen=True)
class SubsetRowCuts:
    """Triples of groups.

    Attributes
    ----------
    member
        Which candidates are in a group of each, each 1; shape ``(cuts, candidates)``.
    """

    member: csr_matrix

    @classmethod
    def none(cls, candidates: int) -> Self:
        """Return no cuts for so many candidates."""
        return cls(csr_matrix(np.zeros((0, candidates), np.int64)))

    def __len__(self) -> int:
        return int(self.member.shape[0])

    def joined(self, others: SubsetRowCuts) -> SubsetRowCuts:
        """Return them with others after them."""
        return SubsetRowCuts(csr_matrix(vstack([self.member, others.member])))

    def coefficients(self, taken: csc_matrix) -> csr_matrix:
        """Return for how much schedules count, given what each takes; shape ``(cuts, schedules)``.

        The sum over the schedules of a roster is 1 at most.
        """
        found = csr_matrix(self.member @ taken)
        found.data //= 2
        found.eliminate_zeros()
        return found


def separate(
    groups: csr_matrix, taken: csc_matrix, values: Floats, params: SubsetRowParams | None = None
) -> SubsetRowCuts:
    """Return cuts that fractions of schedules violate, those that are violated most.

    Parameters
    ----------
    groups
        Which candidates are in groups of which one at most is taken, each 1; shape ``(groups, candidates)``.
    taken
        Which candidates each schedule takes, each 1; shape ``(candidates, schedules)``.
    values
        How much there is of each schedule, from 0 to 1, so that of each group there is 1 at most.
    params
        What tunes it; None is as usual.
    """
    params = params or SubsetRowParams()
    used = np.flatnonzero((values > WHOLE) & (values < 1 - WHOLE))
    has = csr_matrix((groups @ taken[:, used]) > 0)
    triples = _violated(has, values[used], params.violation)
    uses, chosen = Counter[int](), list[list[int]]()
    for triple in triples.tolist():
        if len(chosen) < params.at_once and max(uses[group] for group in triple) < params.of_group:
            uses.update(triple)
            chosen.append(triple)
    row, picked = np.arange(len(chosen)).repeat(3), np.array(chosen, np.int64).ravel()
    shape = len(chosen), groups.shape[0]
    member = csr_matrix(csr_matrix((np.ones(len(row), np.int64), (row, picked)), shape=shape) @ groups)
    member.data = np.minimum(member.data, 1).astype(np.int64)
    return SubsetRowCuts(member)


def _violated(has: csr_matrix, values: Floats, violation: float) -> Ints:
    """Return the triples of groups whose cuts are violated, the most first; shape ``(triples, 3)``.

    Parameters
    ----------
    has
        Which groups each schedule has; shape ``(groups, schedules)``.
    values
        How much there is of each schedule.
    violation
        By how much at least.
    """
    has = has.astype(float)
    together = csr_matrix(has.multiply(values[None, :]) @ has.T)  # how much has both of two groups
    together.setdiag(0)
    together.eliminate_zeros()
    pairs = together.tocoo()
    # Of a triple that is violated, at least two pairs are together; so each begins with a pair and a third beside it.
    edges = together.indptr.astype(np.int64)
    pair, place = expand_ranges(edges[pairs.row], edges[pairs.row + 1])
    triples = np.stack([pairs.row[pair], pairs.col[pair], together.indices[place]], axis=1).astype(np.int64)
    triples = np.unique(np.sort(triples, axis=1), axis=0)
    triples = triples[(triples[:, 0] < triples[:, 1]) & (triples[:, 1] < triples[:, 2])]
    if not len(triples):
        return triples
    one, other, third = triples.T
    total = np.zeros(len(triples))
    for left, right in ((one, other), (one, third), (other, third)):
        total += np.asarray(together[left, right]).ravel()
    likely = total > 1 + violation
    triples, total = triples[likely], total[likely]
    one, other, third = triples.T
    all_three = has[one].multiply(has[other]).multiply(has[third])  # has been counted three times
    beyond = total - 2 * np.asarray(all_three @ values).ravel() - 1
    order = np.argsort(-beyond, kind="stable")
    violated: Ints = triples[order[beyond[order] > violation]]
    return violated


@dataclass(frozen=True)
class CutPrices:
    """What schedules pay for cuts.

    Attributes
    ----------
    cuts
        The cuts.
    each
        What each costs, in fixed point, at least 0; shape ``(cuts,)``.
    """

    cuts: SubsetRowCuts
    each: Ints

    @classmethod
    def none(cls, candidates: int) -> Self:
        """Return the prices of no cuts, for so many candidates."""
        return cls(SubsetRowCuts.none(candidates), np.zeros(0, np.int64))

    def cost(self, taken: csc_matrix) -> Ints:
        """Return what schedules pay, given what each takes; shape ``(schedules,)``."""
        cost: Ints = np.asarray(self.each @ self.cuts.coefficients(taken)).ravel()
        return cost
