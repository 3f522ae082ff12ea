"""Who could step in: for one seat, or for all that somebody holds on a day, each with the price and who has to move."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import islice

import numpy as np

from poolmatch.arrays import Bools, Ints, second
from poolmatch.checking import HasReport, Report, report_of
from poolmatch.domain.arguments import seconds
from poolmatch.domain.calendar import day_in
from poolmatch.domain.roster import Roster, RosterRow
from poolmatch.explain.asking import nearby_of, prepared_of
from poolmatch.explain.comparison import Comparison, TierChange, compare
from poolmatch.explain.stepping_in import Absence, Substitute, Substitutes
from poolmatch.solving.exchange import Exchanges, priced
from poolmatch.solving.model.system import Objective
from poolmatch.solving.nearby import CHANGES, NO_GOAL, PEOPLE, Asked, Searched, is_late
from poolmatch.solving.running.budget import Budget
from poolmatch.words import Words

ILLEGAL = Words(
    "the roster breaks rules: mend it first, by replan",
    "het rooster overtreedt regels: maak het eerst in orde, met replan",
)
PAST = Words("{meeting} was before today: nobody can step in", "{meeting} was vóór vandaag: niemand kan er invallen")
EVERY = 1500
"""Up to so many candidates all rosters are looked at for somebody; beyond, the first that is found near will do."""
PRICING = 5.0
"""Most seconds for the price of one roster; a hundredth will do."""


def substitutes(result: Report | HasReport, meeting: str, seat: str, *, time_limit: float = 0.45) -> Substitutes:
    """Return everybody who could take a seat of a roster, with the price of each and who would have to move.

    Parameters
    ----------
    result
        What ``solve``, ``check`` or ``replan`` returned; its roster is legal.
    meeting, seat
        Ids; of a duty the duty and its kind.
    time_limit
        Seconds; those who can take it only if others move are looked for in what is left once all others are priced.
        What it takes to make the problem ready, once for a result, does not count.

    Raises
    ------
    UnknownId
        The problem has no such seat; a KeyError.
    ValueError
        The meeting was before today, the roster breaks rules, or the time limit is out of range.
    """
    report, limit = report_of(result), seconds(time_limit, "time_limit")
    place = _Place(report, meeting, seat)  # which may have to make the problem ready
    return place.substitutes(Budget(limit))


def substitutes_for(result: Report | HasReport, facilitator: str, day: date, *, time_limit: float = 2.0) -> Absence:
    """Return who could take each seat of somebody on a day, and the best roster in which they hold none of these.

    Parameters
    ----------
    result
        As for `substitutes`.
    facilitator
        Id of who falls out.
    day
        The local day; what begins then.
    time_limit
        Seconds for all seats, as for `substitutes`.

    Raises
    ------
    UnknownId
        The problem has no such facilitator; a KeyError.
    ValueError
        The day lies outside the period, or before today and they had a seat on it; the roster breaks rules; or the time
        limit is out of range.
    TypeError
        The day is no date.
    """
    report, limit = report_of(result), seconds(time_limit, "time_limit")
    report.problem.facilitator(facilitator)
    day = day_in(report.problem.period, day, "day")
    budget = Budget(limit)
    theirs = [item for item in report.plan.of_facilitator.get(facilitator, ()) if item.day == day]
    places = [_Place(report, item.meeting.meeting, item.seat.seat) for item in theirs]
    found = []
    for number, place in enumerate(places):
        found.append(place.substitutes(budget.at_most(budget.left / (len(places) + 1 - number))))
    return Absence(facilitator, day, tuple(found), _together(report, places, budget) if places else None)


class _Place:
    """A seat of a roster that is still to come, and those who are eligible for it."""

    def __init__(self, report: Report, meeting: str, seat: str) -> None:
        report.problem.seat(meeting, seat)
        if meeting in report.problem.frozen:
            raise ValueError(PAST.fill(meeting=meeting))
        self._report, self._meeting, self._seat = report, meeting, seat
        self._prepared, self._nearby = prepared_of(report), nearby_of(report)
        if not report.legal or self._nearby.values is None:
            raise ValueError(ILLEGAL)
        candidates = self._prepared.candidates
        here = candidates.of_seat(self._prepared.world.seat_positions[meeting, seat])
        self.leaving: Ints = here[self._nearby.taken[here] > 0]
        chosen = report.plan.of_meeting.get(meeting)
        if chosen:
            here = here[candidates.column("start")[here] == second(chosen[0].start)]
        self._coming = here[~np.isin(candidates.person[here], candidates.person[self.leaving])]

    @property
    def holder(self) -> str | None:
        """Who holds it."""
        names = [self._prepared.world.people[place].facilitator for place in self._people(self.leaving)]
        return names[0] if names else None

    def _people(self, candidates: Ints) -> Sequence[int]:
        found: list[int] = np.unique(self._prepared.candidates.person[candidates]).tolist()
        return found

    def substitutes(self, budget: Budget) -> Substitutes:
        """Return everybody who could take the seat."""
        world, found, impossible = self._prepared.world, dict(self._in_place()), list[str]()
        names = {place: world.people[place].facilitator for place in self._by_work(self._people(self._coming))}
        # In a large problem what is near is looked at for everybody before what is farther is for anybody.
        rounds = [range(3)] if len(self._prepared.candidates) <= EVERY else [range(1), range(1, 2)]
        for rings in rounds:
            for position in [place for place, name in names.items() if name not in (*found, *impossible)]:
                ranked, certain = self._with_moves(position, rings, budget)
                if ranked is not None:
                    found[names[position]] = ranked
                elif certain:
                    impossible.append(names[position])
        order = tuple(item for _, item in sorted(found.values(), key=lambda item: item[0]))
        unknown = sorted(set(names.values()) - {*found, *impossible})
        here = (self._meeting, self._seat, self.holder)
        pinned = any((pin.meeting, pin.seat, pin.facilitator) == here for pin in world.problem.pins)
        return Substitutes(*here, order, tuple(sorted(impossible)), tuple(unknown), pinned)

    def _by_work(self, people: Sequence[int]) -> Sequence[int]:
        """Return people by how many seats they hold on the days of the seat, and in all: the least first."""
        candidates, held = self._prepared.candidates, np.flatnonzero(self._nearby.taken)
        day = candidates.column("day")
        near = held[np.isin(day[held], day[self._coming])]
        size = len(self._prepared.world.people)
        counts = [np.bincount(candidates.person[part], minlength=size) for part in (near, held)]
        return sorted(people, key=lambda place: (counts[0][place], counts[1][place], place))

    def _in_place(self) -> Iterator[tuple[str, _Ranked]]:
        """Yield who can take the seat while nobody else moves, in the best of the slots."""
        prepared, nearby = self._prepared, self._nearby
        exchanges = Exchanges(nearby, self.leaving, self._coming, _worths(self._report))
        best: dict[str, tuple[tuple[int, ...], int]] = {}
        for candidate in self._coming.tolist():
            worth = exchanges.worth(candidate, Budget(PRICING))
            name = prepared.world.people[prepared.candidates.person[candidate]].facilitator
            if worth is not None and (name not in best or worth < best[name][0]):
                best[name] = worth, candidate
        for name, (worth, candidate) in best.items():
            taken = nearby.taken.copy()
            taken[self.leaving], taken[candidate] = 0, 1
            yield name, self._ranked(name, taken, worth, settled=True)

    def _with_moves(self, position: int, rings: range, budget: Budget) -> tuple[_Ranked | None, bool]:
        """Return the best roster that is found in which somebody has the seat; without one, whether there is none.

        Parameters
        ----------
        position
            Who.
        rings
            Which of the rings of `NearbyRosters.rings` are looked at.
        budget
            How long; where a ring could not be made ready in it, it is left out.
        """
        if budget.over:
            return None, False
        candidates, nearby = self._prepared.candidates, self._nearby
        asked = Asked(barred=self.leaving, some=(self._coming[candidates.person[self._coming] == position],))
        name, best, begun = self._prepared.world.people[position].facilitator, None, nearby
        for ring in islice(nearby.rings(asked), rings.start, rings.stop):
            free, whole = self.freed(ring), bool(ring.all())
            if is_late(free, budget):
                break
            found = begun.searched(asked, goals_of(self._report), free, budget)
            if found is not None:
                best, begun = self._searched(name, found, whole) or best, nearby.beside(found.values)
            elif whole and not budget.over:
                return None, True
        return best, False

    def freed(self, ring: Bools) -> Bools:
        """Tell which candidates are free of a ring: who leaves the seat keeps all others, and gets no other."""
        candidates = self._prepared.candidates
        free: Bools = ring & ~np.isin(candidates.person, candidates.person[self.leaving])
        free[self.leaving] = True
        return free

    def _searched(self, name: str, found: Searched, whole: bool) -> _Ranked | None:
        proven = found.settled == len(goals_of(self._report))
        taken = found.values[: len(self._nearby.taken)]
        worth = priced(self._nearby, taken, _worths(self._report), Budget(PRICING))
        return None if worth is None else self._ranked(name, taken, worth, settled=proven and whole)

    def _ranked(self, name: str, taken: Ints, worth: tuple[int, ...], *, settled: bool) -> _Ranked:
        """Return somebody with what would be otherwise, and by what they are ranked."""
        report = self._report
        tiers = tuple(
            TierChange(item.tier, item.points, value / item.scale)
            for item, value in zip(report.tiers, worth, strict=False)
        )
        before, after = differing(report, taken)
        changes = replace(compare(before, after), tiers=tiers)
        movers = tuple(
            item.facilitator
            for item in changes.people
            if item.facilitator != self.holder
            and (item.facilitator != name or item.leaves or item.elsewhen or len(item.comes) > 1)
        )
        counts = worth[len(tiers) :] or worth
        return (len(movers), counts, name), Substitute(
            name, self._meeting, self._seat, changes, movers, settled, after.rows
        )


_Ranked = tuple[tuple[int, tuple[int, ...], str], Substitute]


def goals_of(report: Report) -> Sequence[Objective | float]:
    """Return what is sought where others move: the highest tier, the fewest people, the other tiers, fewest changes."""
    prepared = prepared_of(report)
    first = prepared.tiers[0] if prepared.tiers else NO_GOAL
    rest = prepared.objectives if report.rules.mode == "weighted" else prepared.objectives[1:]
    return (first, PEOPLE, *rest, CHANGES)


def _worths(report: Report) -> Sequence[Objective]:
    """Return what a roster is worth by: each tier, and the weighted sum where it is what counts."""
    prepared = prepared_of(report)
    return (*prepared.tiers, *(prepared.objectives if report.rules.mode == "weighted" else ()))


def differing(report: Report, taken: Ints) -> tuple[Roster, Roster]:
    """Return the rows of a roster that another has otherwise, and those of the other.

    Parameters
    ----------
    report
        The roster.
    taken
        Value of each candidate in the other.
    """
    was = nearby_of(report).taken
    changed = np.flatnonzero(taken != was)
    before, after = (changed[side[changed] > 0].tolist() for side in (was, taken))
    first, second = (Roster(rows=tuple(_row(report, place) for place in side)) for side in (before, after))
    return first, second


def _row(report: Report, candidate: int) -> RosterRow:
    """Return a candidate as a row of a roster."""
    candidates = prepared_of(report).candidates
    world, occasions = candidates.world, candidates.world.occasions
    seat, occasion = world.seats[candidates.seat[candidate]], candidates.occasion[candidate]
    start = None
    if occasions.timed[occasion]:
        start = report.problem.period.local_time(datetime.fromtimestamp(int(occasions.start[occasion]), UTC))
    who = world.people[candidates.person[candidate]].facilitator
    return RosterRow(meeting=seat.meeting, seat=seat.seat, facilitator=who, start=start)


def _together(report: Report, places: Sequence[_Place], budget: Budget) -> Comparison | None:
    """Return what the best roster that is found near has otherwise in which somebody has left several seats."""
    nearby = begun = nearby_of(report)
    leaving = np.concatenate([place.leaving for place in places])
    asked, best = Asked(barred=leaving), None
    for ring in nearby.rings(asked):
        if budget.over or (ring.all() and len(ring) > EVERY):
            break
        free = np.logical_and.reduce([place.freed(ring) | np.isin(np.arange(len(ring)), leaving) for place in places])
        found = begun.best(asked, goals_of(report), free, budget)
        if found is not None:
            best, begun = found, nearby.beside(found.values)
    return None if best is None else compare(report, best.report)
