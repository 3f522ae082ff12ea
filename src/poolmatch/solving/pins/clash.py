"""Pins that no roster can keep together: the smallest set of them that clashes."""

from __future__ import annotations

import time

import numpy as np

from poolmatch.arrays import Arrays, Candidates, second
from poolmatch.domain.meetings import Pin
from poolmatch.ruleset import RuleSet
from poolmatch.solving.backends.cpsat import Search, Settings, smallest_hitting_set
from poolmatch.solving.model.blocks import Blocks
from poolmatch.solving.model.system import Objective
from poolmatch.solving.running.stopping import Stop


def smallest_clash(
    candidates: Candidates, rules: RuleSet, settings: Settings, limit: float, stop: Stop
) -> tuple[Pin, ...] | None:
    """Return the fewest pins that no roster can keep together; nothing when a roster can keep them all.

    None when it was stopped, or time was up, before either was known.

    Each round asks for a roster that keeps a guess of pins, and as many more as it can. While that is possible, what
    it had to leave out is remembered, and the next guess is a smallest set that touches every such remainder; the
    first guess that is impossible is a smallest clash (Ignatiev, Previti, Liffiton and Marques-Silva, "Smallest MUS
    extraction with minimal hitting set dualization", CP 2015).

    Parameters
    ----------
    candidates
        Of the problem without its pins.
    rules
        The rules, without `pinned`.
    settings, limit, stop
        How to search, and how long in all: seconds, or in deterministic mode units.
    """
    world = candidates.world
    pins = world.problem.open_pins
    left_out: list[set[int]] = []
    while not stop.asked() and limit > 0:
        guess = smallest_hitting_set(left_out, len(pins))
        blocks = Blocks.of(candidates, rules)
        keeps = [_keeping(world, candidates, blocks, pin) for pin in pins]
        for pin in guess:
            blocks.fix([keeps[pin]], 1)
        want = Objective(0, 1, np.array(keeps), np.full(len(keeps), -1), 0)
        if blocks.contradictory.any():
            return tuple(pins[pin] for pin in sorted(guess))
        began = time.monotonic()
        answer = Search(blocks.system, settings).minimise(want, limit, stop)
        limit -= answer.spent if settings.deterministic else time.monotonic() - began
        if answer.infeasible:
            return tuple(pins[pin] for pin in sorted(guess))
        if answer.values is None:
            return None
        missing = {pin for pin, column in enumerate(keeps) if not answer.values[column]}
        if not missing:
            return ()
        left_out.append(missing)
    return None


def _keeping(world: Arrays, candidates: Candidates, blocks: Blocks, pin: Pin) -> int:
    """Add a column that can be 1 only when the pin is kept, and return it."""
    column = int(blocks.columns([0], [1])[0])
    against = np.zeros(0, np.int64)
    if pin.slot_start is not None:
        whole = candidates.of_seats(world.seats_at[world.meeting_positions[pin.meeting]])
        against = whole[candidates.column("start")[whole] != second(pin.slot_start)]
    if pin.facilitator is None:
        against = np.union1d(against, candidates.of_seat(world.seat_positions[pin.meeting, pin.seat]))
    pairs = np.stack([against, np.full(len(against), column)], axis=1)
    blocks.at_most_one(np.repeat(np.arange(len(pairs)), 2), pairs.ravel())
    if pin.facilitator is None:
        return column
    held = candidates.of_pin(pin)
    entries = np.append(held, column)
    blocks.rows(np.zeros(len(entries), np.int64), entries, np.append(np.ones(len(held), np.int64), -1), lower=[0])
    return column
