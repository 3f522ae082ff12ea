"""One mishap after another, tried on a roster: the best that can be made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from poolmatch.arrays import Arrays, Bools, Ints
from poolmatch.checking import Report, TierValue, judge
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Roster
from poolmatch.eligibility import standings
from poolmatch.explain.asking import nearby_of, prepared_of
from poolmatch.explain.comparison import compare
from poolmatch.explain.late_parties import with_late_party
from poolmatch.explain.mishaps import Mishap
from poolmatch.solving.model.system import floor
from poolmatch.solving.nearby import CHANGES, PEOPLE, Asked, NearbyRosters, Nearest
from poolmatch.solving.prepared import Prepared
from poolmatch.solving.running.budget import Budget
from poolmatch.solving.running.stopping import Stop

LOSS = 3 / 4
"""Part of the time that may go to what must be lost; the rest is for how the roster is as good as it can be then."""


@dataclass(frozen=True)
class Stress:
    """What is tried.

    Attributes
    ----------
    facilitators
        Who falls out; of a late party, who sits in the meeting and can no longer.
    organisation, meeting
        Of a late party.
    """

    facilitators: tuple[str, ...]
    organisation: str = ""
    meeting: str = ""


class _Ready(NamedTuple):
    """A roster, its problem made ready, and the rosters near it."""

    report: Report
    prepared: Prepared
    nearby: NearbyRosters


class Stressing:
    """Tries mishaps on a roster.

    Parameters
    ----------
    report
        What is said of the roster, which is legal.
    time_limit
        Seconds for each mishap, and as many again where a late party costs something.
    stop
        Whether somebody asks to stop; None is nobody.
    """

    def __init__(self, report: Report, time_limit: float, stop: Stop | None = None) -> None:
        self._report, self._limit, self._stop = report, time_limit, stop
        self._before = first_of(report)

    def unknown(self, stress: Stress) -> Mishap:
        """Return a mishap of which nothing is known."""
        return self._mishap(stress, (), None, settled=False)

    def tried(self, stress: Stress) -> Mishap:
        """Return what becomes of the roster."""
        ready = self._unpinned(stress)
        edited = None
        if stress.organisation:
            edited = with_late_party(ready.report.problem, stress.organisation, stress.meeting)
        world = None if edited is None else Arrays(edited)
        barred = self._barred(ready, stress, world)
        held = np.flatnonzero(barred & (ready.nearby.taken > 0))
        seats = [ready.prepared.world.seats[place] for place in ready.prepared.candidates.seat[held].tolist()]
        vacated = tuple(sorted((seat.meeting, seat.seat) for seat in seats))
        if not vacated:
            return self._mishap(stress, (), self._report, settled=True)
        found, settled = self._best(ready, barred, held)
        if edited is not None and world is not None:
            found, settled = self._with_party(found, edited, world, stress)
        return self._mishap(stress, vacated, found, settled=settled)

    def _mishap(
        self, stress: Stress, vacated: tuple[tuple[str, str], ...], found: Report | None, *, settled: bool
    ) -> Mishap:
        return Mishap(
            stress.facilitators,
            stress.organisation or None,
            stress.meeting or None,
            vacated,
            self._before.tier,
            self._before.points,
            None if found is None else first_of(found).points,
            settled,
            None if found is None else compare(self._report, found),
        )

    def _unpinned(self, stress: Stress) -> _Ready:
        """Return the roster with nobody pinned where they cannot sit any more."""
        report = self._report
        problem, names = report.problem, set(stress.facilitators)
        gone = {
            pin.key_of()
            for pin in problem.open_pins
            if pin.facilitator in names and stress.meeting in ("", pin.meeting)
        }
        if gone:
            pins = [pin for pin in problem.pins if pin.key_of() not in gone]
            report = judge(problem.replace(pins=pins), report.roster, report.rules)
        return _Ready(report, prepared_of(report), nearby_of(report))

    def _barred(self, ready: _Ready, stress: Stress, late: Arrays | None) -> Bools:
        """Tell which candidates cannot be taken any more; shape ``(candidates,)``.

        Parameters
        ----------
        ready, stress
            What is tried, and on what.
        late
            The problem with the late party, if there is one.
        """
        candidates, world = ready.prepared.candidates, ready.prepared.world
        names = set(stress.facilitators)
        there = np.ones(len(candidates), np.bool_)
        if late is not None:
            place = world.meeting_positions[stress.meeting]
            there = candidates.meeting == place
            able = {world.people[person].facilitator for person in np.unique(candidates.person[there]).tolist()}
            keys = [(stress.meeting, world.seats[seat].seat, None) for seat in world.seats_at[place]]
            people = [row for row in late.problem.facilitators if row.facilitator in able]
            left = standings(late, ready.report.rules, keys, people).values()
            names |= able.difference(*(item.eligible for item in left))
        mine = np.isin(candidates.person, [world.positions[name] for name in names])
        return np.asarray(there & mine & candidates.open)

    def _best(self, ready: _Ready, barred: Bools, about: Ints) -> tuple[Report | None, bool]:
        """Return the best roster without some candidates, and whether less cannot be lost in the tier that comes first.

        Parameters
        ----------
        ready
            The roster.
        barred
            Which candidates are not taken.
        about
            Candidates by which it is told which rosters are near.
        """
        prepared, nearby = ready.prepared, ready.nearby
        first, *others = prepared.objectives
        bounds = prepared.system.fixing(np.flatnonzero(barred), 0).bounds
        enough = max(self._before.value, floor(first, bounds, prepared.candidates.seat))
        assert nearby.values is not None  # worked out once, before the time runs
        # First how little must be lost in the tier that comes first, nearest by; then the rest, about what changes.
        best: Ints | None = None
        goal, settled, budget = Nearest(first), False, Budget(self._limit, self._stop)
        searching = budget.at_most(self._limit * LOSS)
        for free in nearby.rings(Asked(barred=about)):
            if searching.over or settled:
                break
            if not free.any() and len(free):
                continue
            found = nearby.searched(Asked(barred=np.flatnonzero(barred & free)), [goal], free, searching)
            if found is not None and (best is None or first.value(found.values) < first.value(best)):
                best = found.values
            if best is not None:
                settled = first.value(best) <= enough or (found is not None and bool(free.all()) and found.settled > 0)
        if best is None:
            return None, False
        changed = np.flatnonzero(best[: len(barred)] != nearby.taken)
        free = next(nearby.rings(Asked(barred=changed)))
        asked = Asked(barred=np.flatnonzero(barred & free), most=((first, first.value(best)),))
        better = nearby.beside(best).searched(asked, [PEOPLE, *others, CHANGES], free, budget)
        return nearby.judged(best if better is None else better.values), settled

    def _with_party(
        self, found: Report | None, edited: Problem, world: Arrays, stress: Stress
    ) -> tuple[Report | None, bool]:
        """Return the best roster of the problem with the late party, and whether less cannot be lost.

        Parameters
        ----------
        found
            The best roster in which those whom the party puts out do not sit there.
        edited, world
            The problem with the late party.
        stress
            What is tried.
        """
        rules, again = self._report.rules, None
        if found is not None:
            again = judge(edited, found.roster, rules, world)
            if again.legal and first_of(again).value <= self._before.value:
                return again, True
        prepared, begun = Prepared(world, rules), self._begun(again, stress)
        reports = (judge(edited, roster, rules, world) for roster in begun)
        report = next((item for item in reports if item.legal), None)
        roster = begun[0] if report is None else report.roster
        near = NearbyRosters(prepared, prepared.columns_of(roster))
        # What others do may be illegal too, because it is for a party more.
        nearby = near if report is not None else near.mended(Budget(self._limit, self._stop))
        if nearby is None or nearby.values is None:
            return None, False
        ready = _Ready(report or nearby.judged(nearby.values), prepared, nearby)
        about = np.flatnonzero(prepared.candidates.meeting == world.meeting_positions[stress.meeting])
        return self._best(ready, np.zeros(len(prepared.candidates), np.bool_), about)

    def _begun(self, again: Report | None, stress: Stress) -> Sequence[Roster]:
        """Return rosters to begin with: the one that was found, and those in which the meeting is left, then empty."""
        names, roster = set(stress.facilitators), self._report.roster
        rows = [row for row in roster.rows if row.meeting != stress.meeting]
        rest = [row for row in roster.rows if row.meeting == stress.meeting and row.facilitator not in names]
        begun = Roster(rows=(*rows, *rest)), Roster(rows=tuple(rows))
        return begun if again is None else (again.roster, *begun)


def first_of(report: Report) -> TierValue:
    """Return what a roster is worth in the tier that comes first; tier 0 is the weighted sum of all."""
    return report.weighted if report.rules.mode == "weighted" else report.tiers[0]
