"""Prices: what schedules cost at duals of the rows that people share."""

from __future__ import annotations

from dataclasses import dataclass

from poolmatch.arrays import Ints
from poolmatch.solving.column_generation.subset_row_cuts import CutPrices


@dataclass(frozen=True)
class Prices:
    """What schedules cost at duals of shared rows and of cuts, but for their loads.

    Attributes
    ----------
    net
        What each candidate costs, duals of shared rows included, in fixed point; shape ``(candidates,)``.
    bits
        Binary places.
    cuts
        What is paid for cuts besides.
    """

    net: Ints
    bits: int
    cuts: CutPrices

    @classmethod
    def of(cls, net: Ints, bits: int) -> Prices:
        """Return prices without cuts."""
        return cls(net, bits, CutPrices.none(len(net)))
