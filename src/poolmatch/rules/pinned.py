"""Rule `pinned`: the roster keeps to the coordinator's pins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

import numpy as np
from pydantic import Field

from poolmatch.arrays import Candidates
from poolmatch.domain.plan import Plan
from poolmatch.edits import PinReleased
from poolmatch.rule import ConstraintRule, Cure, Finding, Model, Words


class PinnedRule(ConstraintRule):
    """A roster never differs from the pins: a pinned seat is held by that facilitator only, or stays empty.

    A pin with a slot fixes the slot of its meeting, also when the seat must stay empty. Pins on past meetings are
    ignored.

    Example: a pin says F03 leads M07, and the roster has F05 there.
    """

    id: ClassVar[str] = "pinned"
    sentence: ClassVar[Words] = Words(
        "A pinned seat is held by who is pinned there.", "Een vastgezette plaats houdt wie daar is vastgezet."
    )
    looks_wide: ClassVar[bool] = False

    keeps_pins: ClassVar[bool] = True

    force: Annotated[
        bool,
        Field(description="Keep pins that break a rule, and report the violation, instead of refusing the problem."),
    ] = False

    @property
    def forces_pins(self) -> bool:
        """Whether pins are kept that break other rules."""
        return self.force

    def post(self, candidates: Candidates, model: Model) -> None:
        """Fix the candidates of pinned seats."""
        world = candidates.world
        for pin in world.problem.open_pins:
            column = candidates.of_seat(world.seat_positions[pin.meeting, pin.seat])
            holder = -1 if pin.facilitator is None else world.positions[pin.facilitator]
            model.fix(column[candidates.person[column] != holder], 0)
            model.fix(candidates.in_other_slots(pin), 0)
            if pin.facilitator is None:
                continue
            held = candidates.of_pin(pin)
            if len(held) == 1:
                model.fix(held, 1)
            elif len(held):  # in one of several slots
                model.rows(np.zeros(len(held), np.int64), held, 1, lower=[1])
            else:  # the one who is pinned is not eligible: a column without a value, which no roster can give one
                model.columns([1], [0])

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each pinned seat that is held otherwise."""
        for pin in plan.pins:
            holders = [item.facilitator.facilitator for item in plan.of_seat.get((pin.meeting, pin.seat), ())]
            wanted = [] if pin.facilitator is None else [pin.facilitator]
            if holders != wanted:
                has, should = ", ".join(holders) or "–", pin.facilitator or "–"
                words = Words(
                    "{meeting}, seat {seat} is pinned to {should}, but held by {has}.",
                    "{meeting}, plaats {seat} is vastgezet op {should}, maar bezet door {has}.",
                    meeting=pin.meeting,
                    seat=pin.seat,
                    should=should,
                    has=has,
                )
                people = tuple(dict.fromkeys([*wanted, *holders]))
                yield Finding(self.id, "violation", words, people, (pin.meeting,), pin.seat)
            for item in plan.of_meeting.get(pin.meeting, ()):
                if pin.slot_start is not None and item.start != pin.slot_start:
                    name = item.facilitator.facilitator
                    words = Words(
                        "{who} sits in {meeting} in another slot than the one it is pinned to.",
                        "{who} zit in {meeting} op een ander tijdstip dan is vastgezet.",
                        who=name,
                        meeting=pin.meeting,
                    )
                    yield Finding(self.id, "violation", words, (name,), (pin.meeting,), item.seat.seat)

    def cures(self, plan: Plan, finding: Finding) -> Iterator[Cure]:
        """Yield the pin, or the pins on the slot of the meeting, to be released."""
        slots = {item.start for item in plan.of_meeting.get(finding.meetings[0], ())}
        against = [
            pin
            for pin in plan.pins
            if pin.meeting in finding.meetings
            and (pin.seat == finding.seat or (pin.slot_start is not None and slots - {pin.slot_start}))
        ]
        if against:
            yield tuple(PinReleased(pin.meeting, pin.seat) for pin in against)
