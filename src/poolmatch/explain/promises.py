"""What a roster told people of what is still to come, held against a problem: what each can keep, and why not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import numpy as np

from poolmatch.arrays import Ints, ints, second
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Roster, RosterRow
from poolmatch.eligibility import objections, possible_at
from poolmatch.explain.explanation import Explanation
from poolmatch.explain.trials import Trials
from poolmatch.solving.nearby import NOTHING, Told
from poolmatch.solving.prepared import Prepared
from poolmatch.words import Words, joined

CANNOT_KEEP = Words(
    "{who} cannot keep seat {seat} of {meeting}: {reasons}",
    "{who} kan plaats {seat} van {meeting} niet houden: {reasons}",
)
NO_MEETING = Words("{meeting} is not held any more.", "{meeting} gaat niet meer door.")
NO_SEAT = Words("{meeting} has no seat {seat} any more.", "{meeting} heeft geen plaats {seat} meer.")
NOT_IN_POOL = Words("{who} is not in the pool any more.", "{who} zit niet meer in de pool.")
NOT_THEN = Words("{meeting} cannot be held at that time any more.", "{meeting} kan op die tijd niet meer.")

Seated = tuple[str, str]
"""Meeting and seat, or duty and kind."""


@dataclass(frozen=True)
class GivenUp(Explanation):
    """A seat that somebody was told and cannot keep, whatever else the roster holds.

    Attributes
    ----------
    meeting, seat, facilitator
        Ids.
    reasons
        Why: every rule that objects, with its evidence; or that the meeting, the seat or the person is gone.
    """

    meeting: str
    seat: str
    facilitator: str
    reasons: tuple[Words, ...]

    @property
    def words(self) -> Words:
        """It and its reasons as a sentence; for the coordinator, because reasons hold what is on record of somebody."""
        reasons = joined(" ", self.reasons)
        return CANNOT_KEEP.fill(who=self.facilitator, seat=self.seat, meeting=self.meeting, reasons=reasons)

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as data for a JSON document."""
        reasons = [{"en": item.en, "nl": item.nl} for item in self.reasons]
        return {"meeting": self.meeting, "seat": self.seat, "facilitator": self.facilitator, "reasons": reasons}


class Promises:
    """What a roster told people of what is still to come, among the candidates of a problem.

    Parameters
    ----------
    prepared
        The problem as it is now.
    roster
        What people were told. It may name what there is no more.

    Attributes
    ----------
    rows
        Who was told to hold which seat, by meeting and seat; nothing of the past. Whoever was told no time was told the
        one at which the meeting counts as kept.
    told
        What of it each can keep, as candidates, and to whom something changes in any case. A meeting that is at another
        time now is kept at that; one that can be at several at the one at which most of those can come.
    given_up
        What somebody cannot keep, in the order of the roster.
    """

    def __init__(self, prepared: Prepared, roster: Roster) -> None:
        self._prepared = prepared
        self.rows: dict[Seated, RosterRow] = {
            (row.meeting, row.seat): row
            for row in roster.rows
            if row.facilitator is not None and not _over(prepared.problem, row)
        }
        candidates, positions = prepared.candidates, prepared.world.positions
        taken = np.zeros(len(candidates), np.int64)
        taken[candidates.past] = 1
        sure, given_up, elsewhen = set[str](), list[GivenUp](), self._elsewhen()
        for key, row in self.rows.items():
            moved, start = row.meeting in elsewhen, elsewhen.get(row.meeting, row.start)
            kept = self._at(row, start)
            taken[kept] = 1
            if not len(kept):
                given_up.append(self._given_up(row, start))
            if not len(kept) or (moved and row.start is not None):
                sure.add(str(row.facilitator))
            if row.start is None and start is not None:
                self.rows[key] = row.model_copy(update={"start": start})
        self.given_up = tuple(given_up)
        self.told = Told(taken, np.sort(ints(positions[name] for name in sure if name in positions)))

    @property
    def vacated(self) -> Ints:
        """Positions of the seats that somebody was told and cannot keep, of those that there still are."""
        seats = self._prepared.world.seat_positions
        keys = ((item.meeting, item.seat) for item in self.given_up)
        return ints(seats[key] for key in keys if key in seats)

    def _elsewhen(self) -> Mapping[str, datetime | None]:
        """Return at which time each meeting counts as kept of which the time that people were told is none any more."""
        problem, coming = self._prepared.problem, defaultdict[str, Counter[datetime]](Counter)
        for row in self.rows.values():
            if row.meeting in problem.occasion_ids:
                times = [start for start, _ in problem.open_times(problem.meeting(row.meeting))]
                if times and row.start not in times:
                    coming[row.meeting].update({start: len(self._at(row, start)) for start in times})
        return {name: max(sorted(counts), key=counts.__getitem__) for name, counts in coming.items()}

    def _at(self, row: RosterRow, start: datetime | None) -> Ints:
        """Return the candidate of a row at a time; nothing where there is none."""
        world, candidates = self._prepared.world, self._prepared.candidates
        seat = world.seat_positions.get((row.meeting, row.seat))
        if seat is None or row.facilitator not in world.positions:
            return NOTHING
        mine = candidates.find(world.positions[row.facilitator], seat)
        mine = mine[self._prepared.system.bounds[1][mine] > 0]
        return mine if start is None else mine[candidates.column("start")[mine] == second(start)]

    def _given_up(self, row: RosterRow, start: datetime | None) -> GivenUp:
        return GivenUp(row.meeting, row.seat, str(row.facilitator), tuple(self._reasons(row, start)))

    def _reasons(self, row: RosterRow, start: datetime | None) -> Iterator[Words]:
        """Yield why somebody cannot keep what they were told."""
        prepared, problem = self._prepared, self._prepared.problem
        name, meeting, seat = str(row.facilitator), row.meeting, row.seat
        if meeting not in problem.occasion_ids:
            yield NO_MEETING.fill(meeting=meeting)
        elif (meeting, seat) not in problem.seat_keys:
            yield NO_SEAT.fill(meeting=meeting, seat=seat)
        elif name not in problem.facilitator_ids:
            yield NOT_IN_POOL.fill(who=name)
        elif start is not None and start not in [begin for begin, _ in problem.times(problem.meeting(meeting))]:
            yield NOT_THEN.fill(meeting=meeting)
        else:
            against = list(objections(prepared.world, prepared.rules, name, meeting, seat, start))
            person, place = problem.facilitator(name), problem.seat(meeting, seat)
            yield from (rule.words_at(problem, person, problem.meeting(meeting), place, start) for rule in against)
            if not against:  # a limit has ruled it out, such as one on pins
                possible = partial(possible_at, prepared.world, prepared.rules)
                trials = Trials(Plan(problem, Roster(), possible), prepared.rules.limits)
                yield from (item.words for item in trials.broken(name, place, start) if item.severity == "violation")


def _over(problem: Problem, row: RosterRow) -> bool:
    """Tell whether a row is about the past, also of a meeting that there is no more."""
    if row.meeting in problem.occasion_ids:
        return row.meeting in problem.frozen
    return row.start is not None and problem.period.is_past(row.start)
