"""Sets of edits that fill one seat, found one by one: first what leaves others where they are, then what moves them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from poolmatch.checking import Report
from poolmatch.domain.meetings import Seat
from poolmatch.edits import Edit
from poolmatch.explain.proposals import MOVING, Proposal, proposals
from poolmatch.explain.trying import swapped, tried
from poolmatch.solving.running.budget import Budget

ALIKE = 2
"""Of edits of one kind that name nobody, such as other times, so many are enough."""
SHARE = 0.5
"""Part of the time that is left which one search for a roster in which others move may take."""
Step = tuple[tuple[Edit, ...], Report]
"""Edits, and what the rules say of the roster with the seat filled."""


class Filling:
    """Sets of edits that fill one seat.

    Parameters
    ----------
    report
        What the rules say of the roster.
    seat
        The seat, which is empty in it.
    budget
        How long; others are moved only while half of it is left, because that may take long to begin.
    """

    def __init__(self, report: Report, seat: Seat, budget: Budget) -> None:
        self._report, self._seat, self._budget = report, seat, budget
        self._pool, self._dry, self._swapped = proposals(report, seat), False, False
        self._moving: list[Proposal] = []
        self._found: dict[frozenset[Edit], float] = {}
        self._alike: Counter[str] = Counter()

    def steps(self, most: int) -> Iterator[Step]:
        """Yield sets of edits until so many are found that hold all of no other; later ones may ask less.

        Parameters
        ----------
        most
            How many, at least 1.
        """
        while not (self._dry or self._budget.over or len(self._prices) >= most):
            yield from self._direct(most)
            yield from self._swap()
            yield from self._moves(most)

    @property
    def _prices(self) -> list[float]:
        """Prices of what was found and holds all of no other, in order."""
        return sorted(price for edits, price in self._found.items() if is_least(edits, self._found))

    @property
    def _late(self) -> bool:
        return self._budget.over or self._budget.left < self._budget.gone

    def _direct(self, most: int) -> Iterator[Step]:
        """Yield what leaves all others where they are."""
        while not (self._budget.over or len(self._prices) >= most):
            item = next(self._pool, None)
            if item is None:
                self._dry = True
                return
            kind = item.edits[0].kind if item.facilitator is None else ""
            if item.stage == MOVING:
                self._moving.append(item)
            elif self._alike[kind] < ALIKE:
                for step in self._tried(item):
                    self._alike.update([kind] if kind else ())
                    yield step

    def _swap(self) -> Iterator[Step]:
        """Yield the roster in which others move and nothing is edited, once."""
        if self._swapped or self._late or frozenset() in self._found:
            return
        self._swapped = True
        after = swapped(self._report, self._seat, self._budget.at_most(SHARE * self._budget.left))
        if after is not None:
            self._found[frozenset()] = 0.0
            yield (), after

    def _moves(self, most: int) -> Iterator[Step]:
        """Yield what moves others after an edit, where it asks less than what was found or that is not enough."""
        waiting, self._moving = self._moving, []
        for item in waiting:
            prices = self._prices[:most]
            if self._late or (len(prices) == most and item.price >= prices[-1]):
                self._moving.append(item)
            else:
                yield from self._tried(item)

    def _tried(self, item: Proposal) -> Iterator[Step]:
        edits = frozenset(item.edits)
        if edits not in self._found and is_least(edits, self._found):
            after = tried(self._report, self._seat, item, self._budget.at_most(SHARE * self._budget.left))
            if after is not None:
                self._found[edits] = item.price
                yield item.edits, after


def is_least(edits: frozenset[Edit], others: Iterable[frozenset[Edit]]) -> bool:
    """Tell whether a set of edits holds all of no other and more; that without edits, which every set holds, aside."""
    return not any(other and other < edits for other in others)
