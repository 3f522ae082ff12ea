"""The table of candidates: a facilitator who is eligible for an occasion, the unit of decision."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from poolmatch.arrays.columns import Bools, Ints, bools, bounds, second
from poolmatch.arrays.world import OPEN, Arrays
from poolmatch.domain.meetings import Pin


class Candidates:
    """The eligible pairs of person and occasion; candidate ``k`` is decision variable ``k``.

    Parameters
    ----------
    world
        The arrays.
    person, occasion
        Positions; shape ``(candidates,)``, sorted by person, then occasion.
    eligible
        Whether each is eligible: false only for who is pinned by force, or held a seat of the past; None is all.
        Shape ``(candidates,)``.
    """

    def __init__(self, world: Arrays, person: Ints, occasion: Ints, eligible: Bools | None = None) -> None:
        self.world = world
        self.person = person
        self.occasion = occasion
        self.eligible = np.ones(len(person), np.bool_) if eligible is None else eligible
        self._columns = dict[str, Any]()
        for column in (self.person, self.occasion, self.eligible):
            column.flags.writeable = False

    def __len__(self) -> int:
        return len(self.person)

    def column(self, name: str) -> Any:
        """Return a column of the occasions, such as ``"day"``, for each candidate; read only."""
        if name not in self._columns:  # rules ask once for each row of a table, of hundreds of thousands of candidates
            found = getattr(self.world.occasions, name)[self.occasion]
            found.flags.writeable = False
            self._columns[name] = found
        return self._columns[name]

    @cached_property
    def seat(self) -> Ints:
        """Position of each candidate's seat."""
        return np.asarray(self.column("seat"))

    @cached_property
    def meeting(self) -> Ints:
        """Position of each candidate's meeting."""
        return np.asarray(self.column("meeting"))

    @cached_property
    def open(self) -> Bools:
        """Which candidates are for seats that are still to be filled: those of the past are decided."""
        return np.asarray(self.world.held[self.seat] == OPEN)

    @cached_property
    def past(self) -> Ints:
        """The candidates who held a seat of the past: every roster takes them, and nobody else for these seats."""
        return np.flatnonzero(self.person == self.world.held[self.seat])

    @cached_property
    def timed(self) -> Ints:
        """The candidates for meetings, which have a time; not those for duties."""
        return np.flatnonzero(self.column("timed"))

    @cached_property
    def _by_seat(self) -> tuple[Ints, Ints]:
        order = np.argsort(self.seat, kind="stable")
        return order, bounds(self.seat[order], len(self.world.seats))

    def of_seat(self, position: int) -> Ints:
        """Return which candidates are for a seat, at any of its slots."""
        order, edges = self._by_seat
        return order[edges[position] : edges[position + 1]]

    def of_pin(self, pin: Pin) -> Ints:
        """Return the candidates of whom a pin asks one: its facilitator in its seat, in the slot if it names one."""
        held = self.find(self.world.positions[str(pin.facilitator)], self.world.seat_positions[pin.meeting, pin.seat])
        return held if pin.slot_start is None else held[self.column("start")[held] == second(pin.slot_start)]

    def in_other_slots(self, pin: Pin) -> Ints:
        """Return the candidates of a pin's meeting in other slots than the one it names; none if it names none."""
        if pin.slot_start is None:
            return np.zeros(0, np.int64)
        whole = self.of_seats(self.world.seats_at[self.world.meeting_positions[pin.meeting]])
        others: Ints = whole[self.column("start")[whole] != second(pin.slot_start)]
        return others

    def of_seats(self, positions: Sequence[int]) -> Ints:
        """Return which candidates are for any of some seats."""
        return np.concatenate([np.zeros(0, np.int64), *map(self.of_seat, positions)])

    def masters(self, columns: Ints, wanted: Sequence[tuple[str, int]]) -> Bools:
        """Tell of each of some candidates whether the person has any of the skills at its level on the day."""
        mastered = [self.world.problem.days_mastered(skill, level) for skill, level in wanted]
        names = (self.world.people[person].facilitator for person in self.person[columns].tolist())
        days = self.column("day")[columns].tolist()
        return bools(
            any(first <= day <= last for found in mastered for first, last in found.get(name, ()))
            for name, day in zip(names, days, strict=True)
        )

    def of_person(self, position: int) -> slice:
        """Return which candidates belong to a person."""
        first, last = np.searchsorted(self.person, [position, position + 1])
        return slice(int(first), int(last))

    def find(self, person: int, seat: int) -> Ints:
        """Return the candidates of a person for a seat, one per slot."""
        mine = self.of_person(person)
        return np.asarray(np.flatnonzero(self.seat[mine] == seat) + mine.start)
