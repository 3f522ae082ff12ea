"""Rule `past`: what was before today is as it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

import numpy as np

from poolmatch.arrays import Candidates, second
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import RosterRow
from poolmatch.domain.values import midnight
from poolmatch.issues import Issue, Message
from poolmatch.rule import ConstraintRule, Finding, Model, Words

OTHER_PIN = Message(
    "pin-on-the-past",
    Words(
        "differs from what was at that meeting, which is past",
        "verschilt van hoe het was op die bijeenkomst, die geweest is",
    ),
    Words(
        "the pin is ignored: remove it, or say in {table_history} what happened",
        "de rij telt niet mee: haal die weg, of zeg in {table_history} wat er gebeurd is",
    ),
    "warning",
)
EARLY_PIN = Message(
    "pin-slot-before-today",
    Words("lies before today", "ligt vóór vandaag"),
    Words(
        "nobody can be assigned to the meeting: fix another slot",
        "niemand kan bij de bijeenkomst worden ingedeeld: zet een ander tijdstip vast",
    ),
    "warning",
)
NOBODY = Words("nobody", "niemand")


class PastRule(ConstraintRule):
    """No roster names somebody else, or another time, for a seat of a meeting that began before today.

    Nor does it choose a slot before today for a meeting that is still to come. Who held a past meeting, and when, says
    the history, else the published roster (`poolmatch.domain.frozen`); a row that is left out or blank is as it was.

    Example: on 15 March a roster gives F2 the meeting of the 10th, which F1 led.
    """

    id: ClassVar[str] = "past"
    sentence: ClassVar[Words] = Words(
        "What was before today is as it was.", "Wat vóór vandaag was, blijft zoals het was."
    )
    looks_wide: ClassVar[bool] = False
    binds_past: ClassVar[bool] = True

    def issues(self, problem: Problem) -> Iterable[Issue]:
        """Yield pins on past meetings that differ from what was, and pins of empty seats to slots before today."""
        for number, pin in enumerate(problem.pins, 1):
            was = problem.frozen.get(pin.meeting)
            if was is not None:
                moved = pin.slot_start is not None and pin.slot_start != was.start
                if moved or pin.facilitator != was.holders[pin.seat]:
                    column = "slot_start" if pin.facilitator == was.holders[pin.seat] else "facilitator"
                    yield OTHER_PIN.at("pins", (number,), column)
            elif pin.facilitator is None and pin.slot_start is not None and problem.period.is_past(pin.slot_start):
                yield EARLY_PIN.at("pins", (number,), "slot_start")

    def post(self, candidates: Candidates, model: Model) -> None:
        """Rule out slots before today; the past itself is taken as it was before any rule is asked."""
        period = candidates.world.problem.period
        if period.today is not None:
            today = second(midnight(period.today, period.zone))
            early = candidates.column("timed") & candidates.open & (candidates.column("start") < today)
            model.fix(np.flatnonzero(early), 0)

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each row that contradicts the past, or is held in a slot before today."""
        problem = plan.problem
        for row in plan.roster.rows:
            was = problem.frozen.get(row.meeting)
            if was is not None:
                holder = was.holders[row.seat]
                if row.facilitator != holder:
                    yield self._otherwise(row, holder)
                if row.start not in (None, was.start) or row.end not in (None, was.end):
                    words = Words(
                        "{meeting}, seat {seat} is past, and was held at another time.",
                        "{meeting}, plaats {seat} is geweest, en was op een andere tijd.",
                        meeting=row.meeting,
                        seat=row.seat,
                    )
                    yield Finding(self.id, "violation", words, (), (row.meeting,), row.seat)
            elif row.facilitator is not None and row.start is not None and problem.period.is_past(row.start):
                words = Words(
                    "{who} sits in {meeting} in a slot before today.",
                    "{who} zit in {meeting} op een tijdstip vóór vandaag.",
                    who=row.facilitator,
                    meeting=row.meeting,
                )
                yield Finding(self.id, "violation", words, (row.facilitator,), (row.meeting,), row.seat)

    def _otherwise(self, row: RosterRow, holder: str | None) -> Finding:
        words = Words(
            "{meeting}, seat {seat} is past: {held} held it, not {told}.",
            "{meeting}, plaats {seat} is geweest: {held} bezette haar, niet {told}.",
            meeting=row.meeting,
            seat=row.seat,
            held=holder or NOBODY,
            told=row.facilitator or NOBODY,
        )
        people = tuple(name for name in (holder, row.facilitator) if name is not None)
        return Finding(self.id, "violation", words, people, (row.meeting,), row.seat)
