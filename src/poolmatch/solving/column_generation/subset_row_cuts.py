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
BEYOND = 0.02
"""A cut is of use when fractions go so far beyond it."""


@dataclass(frozen=True)
class Cuts:
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

    @classmethod
    def violated(cls, groups: csr_matrix, taken: csc_matrix, parts: Floats, most: int, each: int) -> Self:
        """Return cuts that fractions of schedules go beyond, those that are exceeded most.

        Parameters
        ----------
        groups
            Which candidates are in groups of which one at most is taken, each 1; shape ``(groups, candidates)``.
        taken
            Which candidates each schedule takes, each 1; shape ``(candidates, schedules)``.
        parts
            How much there is of each schedule, from 0 to 1, so that of each group there is 1 at most.
        most, each
            So many cuts at most, and with one group.
        """
        used = np.flatnonzero((parts > WHOLE) & (parts < 1 - WHOLE))
        has = csr_matrix((groups @ taken[:, used]) > 0)
        triples = _exceeded(has, parts[used])
        uses, chosen = Counter[int](), list[list[int]]()
        for triple in triples.tolist():
            if len(chosen) < most and max(uses[group] for group in triple) < each:
                uses.update(triple)
                chosen.append(triple)
        row, picked = np.arange(len(chosen)).repeat(3), np.array(chosen, np.int64).ravel()
        shape = len(chosen), groups.shape[0]
        member = csr_matrix(csr_matrix((np.ones(len(row), np.int64), (row, picked)), shape=shape) @ groups)
        member.data = np.minimum(member.data, 1).astype(np.int64)
        return cls(member)

    def __len__(self) -> int:
        return int(self.member.shape[0])

    def joined(self, others: Cuts) -> Cuts:
        """Return them with others after them."""
        return Cuts(csr_matrix(vstack([self.member, others.member])))

    def factors(self, taken: csc_matrix) -> csr_matrix:
        """Return for how much schedules count, given what each takes; shape ``(cuts, schedules)``.

        The sum over the schedules of a roster is 1 at most.
        """
        found = csr_matrix(self.member @ taken)
        found.data //= 2
        found.eliminate_zeros()
        return found


def _exceeded(has: csr_matrix, parts: Floats) -> Ints:
    """Return the triples of groups whose cuts are exceeded, the most first; shape ``(triples, 3)``.

    Parameters
    ----------
    has
        Which groups each schedule has; shape ``(groups, schedules)``.
    parts
        How much there is of each schedule.
    """
    has = has.astype(float)
    together = csr_matrix(has.multiply(parts[None, :]) @ has.T)  # how much has both of two groups
    together.setdiag(0)
    together.eliminate_zeros()
    pairs = together.tocoo()
    # Of a triple that is exceeded, at least two pairs are together; so each begins with a pair and a third beside it.
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
    likely = total > 1 + BEYOND
    triples, total = triples[likely], total[likely]
    one, other, third = triples.T
    all_three = has[one].multiply(has[other]).multiply(has[third])  # has been counted three times
    beyond = total - 2 * np.asarray(all_three @ parts).ravel() - 1
    order = np.argsort(-beyond, kind="stable")
    exceeded: Ints = triples[order[beyond[order] > BEYOND]]
    return exceeded


@dataclass(frozen=True)
class Charges:
    """What schedules pay for cuts.

    Attributes
    ----------
    cuts
        The cuts.
    each
        What each costs, in parts, at least 0; shape ``(cuts,)``.
    """

    cuts: Cuts
    each: Ints

    def cost(self, taken: csc_matrix) -> Ints:
        """Return what schedules pay, given what each takes; shape ``(schedules,)``."""
        cost: Ints = np.asarray(self.each @ self.cuts.factors(taken)).ravel()
        return cost
