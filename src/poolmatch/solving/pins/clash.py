"""Pins that no roster can keep together: the smallest set of them that clashes."""

from __future__ import annotations

import numpy as np

from poolmatch.domain.meetings import Pin
from poolmatch.solving.backends.cpsat import Search, Settings
from poolmatch.solving.backends.hitting_set import smallest_hitting_set
from poolmatch.solving.model.system import Objective
from poolmatch.solving.prepared import Prepared
from poolmatch.solving.running.budget import Budget


def smallest_clash(prepared: Prepared, settings: Settings, budget: Budget) -> tuple[Pin, ...] | None:
    """Return the fewest pins that no roster can keep together; nothing when a roster can keep them all.

    None when it was stopped, or time was up, before either was known.

    Each round asks for a roster that keeps a guess of pins, and as many more as it can. While that is possible, what
    it had to leave out is remembered, and the next guess is a smallest set that touches every such remainder; the
    first guess that is impossible is a smallest clash (Ignatiev, Previti, Liffiton and Marques-Silva, "Smallest MUS
    extraction with minimal hitting set dualization", CP 2015).

    Parameters
    ----------
    prepared
        The problem under its rules; what holds rosters to the pins is left out.
    settings, budget
        How to search, and how long in all.
    """
    pins = prepared.problem.open_pins
    unpinned = prepared.under(prepared.rules.without_pins)
    assumed, keeps = unpinned.assuming([unpinned.keeping_pin(pin) for pin in pins])
    want = Objective(0, 1, keeps, np.full(len(keeps), -1), 0)
    left_out: list[set[int]] = []
    while not budget.over:
        guess = sorted(smallest_hitting_set(left_out, len(pins)))
        system = assumed.system.fixing(keeps[guess], 1)
        if system.contradictory:
            return tuple(pins[pin] for pin in guess)
        answer = Search(system, settings).minimise(want, budget.left, budget.stop)
        budget.spend(answer.spent)
        if answer.infeasible:
            return tuple(pins[pin] for pin in guess)
        if answer.values is None:
            return None
        missing = {pin for pin, column in enumerate(keeps) if not answer.values[column]}
        if not missing:
            return ()
        left_out.append(missing)
    return None
