"""What loads cost beyond the room of a row: steps that grow dearer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from poolmatch.arrays import Ints


@dataclass(frozen=True)
class LoadCosts:
    """What the load of rows costs beyond their room: steps that grow dearer.

    Attributes
    ----------
    of
        For each row, where its steps are in the others; -1 for none.
    row, room
        Of each that has any, the row and its room.
    length, rate
        Of each step, the cheapest first, what it takes up and what that costs for each; shape ``(rows, steps)``.
    """

    of: Ints
    row: Ints
    room: Ints
    length: Ints
    rate: Ints

    @classmethod
    def gathered(cls, row: Ints, length: Ints, rate: Ints, room: Ints) -> LoadCosts:
        """Return the steps of rows, given the row of each, and the room of all rows."""
        order = np.lexsort((rate, row))
        row, length, rate = row[order], length[order], rate[order]
        rows, place = np.unique(row, return_inverse=True)
        number = np.arange(len(row)) - np.searchsorted(row, row)
        lengths, rates = np.zeros((2, len(rows), int(number.max(initial=-1)) + 1), np.int64)
        lengths[place, number], rates[place, number] = length, rate
        of = np.full(len(room), -1)
        of[rows] = np.arange(len(rows))
        return cls(of, rows, room[rows], lengths, rates)

    def cost(self, of: Ints, load: Ints, bits: int) -> Ints:
        """Return what loads cost, in fixed point."""
        cost = np.zeros(len(of), np.int64)
        left = np.maximum(load - self.room[of], 0)
        for length, rate in zip(self.length.T, self.rate.T, strict=True):
            part = np.minimum(left, length[of])
            cost += part * (rate[of] << bits)
            left = left - part
        return cost

    def underestimator(self, slope: Ints, bits: int) -> tuple[Ints, Ints]:
        """Return lines that nowhere lie above what loads cost: what a unit of load costs, and what to take off.

        Parameters
        ----------
        slope
            What a unit of each load is to cost, in fixed point; the line has no more than it can really cost.
        bits
            Binary places.

        Returns
        -------
        tuple of ndarray of int, shape ``(rows,)``
            Both in fixed point.
        """
        slope = np.minimum(slope, self.rate.max(axis=1, initial=0) << bits)
        everything = np.arange(len(self.row))
        edges = [self.room, *(self.room + np.cumsum(self.length, axis=1).T)]
        over = [slope * edge - self.cost(everything, edge, bits) for edge in edges]
        return slope, np.maximum.reduce([np.zeros(len(self.row), np.int64), *over])
