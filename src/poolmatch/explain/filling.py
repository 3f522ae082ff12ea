"""Sets of edits that fill one seat, found one by one: first what is tried fast, then other times and others moving."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from poolmatch.checking import Report
from poolmatch.domain.meetings import Seat
from poolmatch.edits import Edit
from poolmatch.explain.proposals import MOVING, Proposal, proposals
from poolmatch.explain.trying import Step, emptied, exchanged, swapped, tried
from poolmatch.solving.running.budget import Budget

ALIKE = 2
"""Of edits of one kind that name nobody, such as other times, so many are enough."""
SHARE = 0.5
"""Part of the time that is left which one search for a roster in which others move may take."""


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
        self._pool, self._dry = proposals(report, seat), False
        self._asked: set[object] = set()
        self._timed: list[Proposal] = []
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
            yield from self._of_people(most)
            yield from self._others_move(exchanged)
            yield from self._put_off(self._timed, most)
            if not self._late:
                yield from self._others_move(swapped)
                yield from self._put_off(self._moving, most)

    def whole(self, most: int) -> bool:
        """Tell whether nothing that could ask less, or fill up what was asked for, was left out for want of time."""
        prices = self._prices[:most]
        enough = len(prices) == most
        left = [item for item in (*self._timed, *self._moving) if not enough or item.price < prices[-1]]
        swapping = swapped not in self._asked and frozenset() not in self._found
        return not (left or swapping) and (enough or (self._dry and not self._budget.over))

    @property
    def _prices(self) -> list[float]:
        """Prices of what was found and holds all of no other, in order."""
        return sorted(price for edits, price in self._found.items() if is_least(edits, self._found))

    @property
    def _late(self) -> bool:
        return self._budget.over or self._budget.left < self._budget.gone

    def _part(self) -> Budget:
        return self._budget.at_most(SHARE * self._budget.left)

    def _of_people(self, most: int) -> Iterator[Step]:
        """Yield what leaves all others, and all times, as they are; put off all else."""
        while not (self._budget.over or len(self._prices) >= most):
            item = next(self._pool, None)
            if item is None:
                self._dry = True
                return
            if item.stage == MOVING:
                self._moving.append(item)
            elif any(edit.starts for edit in item.edits):
                self._timed.append(item)
            else:
                yield from self._tried(item)

    def _others_move(self, move: Callable[[Report, Seat, Budget], Report | None]) -> Iterator[Step]:
        """Yield a roster in which others move and nothing is edited, where none is known; each way is tried once."""
        if move in self._asked or self._budget.over or frozenset() in self._found:
            return
        self._asked.add(move)
        after = move(self._report, self._seat, self._part())
        if after is not None:
            if not emptied(self._report, after):  # else an optional seat is given up for it, which asks something
                self._found[frozenset()] = 0.0
            yield (), after

    def _put_off(self, waiting: list[Proposal], most: int) -> Iterator[Step]:
        """Yield of what was put off that which asks less than what was found, or all where that is not enough."""
        while waiting and not self._budget.over:
            prices = self._prices[:most]
            if len(prices) == most and waiting[0].price >= prices[-1]:
                return  # they come by price
            yield from self._tried(waiting.pop(0))

    def _tried(self, item: Proposal) -> Iterator[Step]:
        edits = frozenset(item.edits)
        kind = item.edits[0].kind if item.facilitator is None else ""
        if edits not in self._found and is_least(edits, self._found) and self._alike[kind] < ALIKE:
            step = tried(self._report, self._seat, item, self._part())
            if step is not None:
                self._found[frozenset(step[0])] = sum(edit.price for edit in step[0])
                self._alike.update([kind] if kind else ())
                yield step


def is_least(edits: frozenset[Edit], others: Iterable[frozenset[Edit]]) -> bool:
    """Tell whether a set of edits holds all of no other and more; that without edits, which every set holds, aside."""
    return not any(other and other < edits for other in others)
