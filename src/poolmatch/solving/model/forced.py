"""Pins that are kept by force: candidates and blocks in which whoever is pinned can be taken."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from poolmatch.arrays import Candidates, Ints, second
from poolmatch.eligibility import together
from poolmatch.solving.model.blocks import Blocks


def with_pinned(candidates: Candidates) -> Candidates:
    """Return the candidates together with those that are pinned although they are not eligible."""
    world = candidates.world
    pairs: list[tuple[int, int]] = []
    for pin in world.problem.open_pins:
        if pin.facilitator is not None:
            here = world.rows_of(world.seat_positions[pin.meeting, pin.seat])
            if pin.slot_start is not None:
                here = here[world.occasions.start[here] == second(pin.slot_start)]
            pairs += [(world.positions[pin.facilitator], occasion) for occasion in here.tolist()]
    person, occasion = np.array(pairs, np.int64).reshape(-1, 2).T
    return together(candidates, person, occasion)


class ForcedBlocks(Blocks):
    """Blocks in which whoever is pinned can be taken, whatever the rules fix."""

    @cached_property
    def pinned(self) -> list[Ints]:
        """The candidates of whom each pin with a facilitator asks one."""
        pins = self.candidates.world.problem.open_pins
        return [self.candidates.of_pin(pin) for pin in pins if pin.facilitator is not None]

    @cached_property
    def bounds(self) -> tuple[Ints, Ints]:
        """Lower and upper bound of each column; never contradictory."""
        lower, upper = super().bounds
        for columns in self.pinned:
            upper[columns] = 1
            lower[columns] = int(len(columns) == 1)
        return np.minimum(lower, upper), upper
