"""Proposals made real: the problem is edited, the seat filled, and the roster checked; or nothing comes of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice

from poolmatch.arrays import Arrays, Ints
from poolmatch.checking import Report, input_issues, judge
from poolmatch.domain.meetings import Seat
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Roster, RosterRow
from poolmatch.edits import Edit
from poolmatch.eligibility import standings
from poolmatch.errors import ProblemError
from poolmatch.explain.asking import nearby_of, prepared_of
from poolmatch.explain.exchanges import Exchanges
from poolmatch.explain.proposals import MOVING, Proposal, conflicts, edited_or_none, once
from poolmatch.explain.trials import Trials
from poolmatch.solving.model.system import Objective
from poolmatch.solving.nearby import CHANGES, PEOPLE, Asked, NearbyRosters, is_late
from poolmatch.solving.prepared import Prepared
from poolmatch.solving.running.budget import Budget

Step = tuple[tuple[Edit, ...], Report]
"""Edits, and what the rules say of the roster with the seat filled."""
MOST_TRIED = 3
"""Of those who can take a seat after an edit that names nobody, so many are checked in a whole roster."""


def tried(report: Report, seat: Seat, proposal: Proposal, budget: Budget) -> Step | None:
    """Return a proposal made, with what the rules say of a roster in which it fills a seat; None where there is none.

    The roster is legal, or breaks only what it broke before, and empties no required seat. Where somebody comes in
    whom constraints keep out, what would take that away is among the edits.

    Parameters
    ----------
    report
        What they say of the roster as it is.
    seat
        The empty seat.
    proposal
        What might fill it.
    budget
        How long others may be moved about.
    """
    if proposal.facilitator is None:
        return _whoever(report, seat, proposal.edits)
    edited = edited_or_none(report.problem, proposal.edits)
    if edited is None:
        return None
    if proposal.stage != MOVING:
        roster = _seated(report.roster, seat, proposal.facilitator, proposal.start)
        return _step(proposal.edits, accepted(report, edited, roster))
    prepared = Prepared.of(edited, report.rules)
    world = prepared.world
    place = world.seat_positions[seat.meeting, seat.seat]
    theirs = prepared.candidates.find(world.positions[proposal.facilitator], place)
    nearby = NearbyRosters(prepared, prepared.columns_of(report.roster))
    return _step(proposal.edits, _with_one_of(report, prepared, nearby, theirs, budget))


def _step(edits: Sequence[Edit], after: Report | None) -> Step | None:
    return None if after is None else (tuple(edits), after)


def swapped(report: Report, seat: Seat, budget: Budget) -> Report | None:
    """Return what the rules say of a roster in which others move so that a seat is filled, without any edit.

    Parameters
    ----------
    report, seat, budget
        As of `tried`.
    """
    if seat.meeting in report.problem.frozen:
        return None
    prepared = prepared_of(report)
    place = prepared.world.seat_positions[seat.meeting, seat.seat]
    return _with_one_of(report, prepared, nearby_of(report), prepared.candidates.of_seat(place), budget)


def exchanged(report: Report, seat: Seat, budget: Budget) -> Report | None:
    """Return what the rules say of a roster in which one other moves, and another takes their seat; without any edit.

    Where it can be no seat is left empty that was held, an optional one neither.

    Parameters
    ----------
    report, seat, budget
        As of `tried`.
    """
    second_best: Report | None = None
    for roster in islice(Exchanges(report, seat).rosters(budget), MOST_TRIED):
        after = accepted(report, report.problem, roster)
        if after is not None and not emptied(report, after):
            return after
        second_best = second_best or after
    return second_best


def accepted(report: Report, problem: Problem, roster: Roster) -> Report | None:
    """Return what the rules say of a roster, None where it is no remedy.

    It is none where it breaks what the roster before did not, or a required seat is empty that was not.

    Parameters
    ----------
    report
        What they say of the roster before.
    problem, roster
        The edited problem, and a roster of it.
    """
    world = Arrays(problem)
    try:
        after = judge(problem, roster, report.rules, world)
    except ProblemError:
        return None
    known = {(item.rule, item.words) for item in report.violations}
    worse = any((item.rule, item.words) not in known for item in after.violations)
    if worse or any(problem.seat(*key).required for key in emptied(report, after)):
        return None
    issues = input_issues(problem, report.rules, world)  # last, because it takes as long as all else
    return None if any(issue.severity == "error" for issue in issues) else after.with_warnings(issues)


def emptied(before: Report, after: Report) -> tuple[tuple[str, str], ...]:
    """Return meeting and seat of what was held before and is not after, of seats that are there still; in order."""
    gone = before.plan.filled - after.plan.filled
    return tuple(sorted(key for key in gone if key in after.problem.seat_keys))


def _seated(roster: Roster, seat: Seat, name: str | None, start: datetime | None) -> Roster:
    """Return a roster in which somebody sits in an empty seat, and all of its meeting in one slot; None is nobody."""
    rows = [row for row in roster.rows if row.meeting != seat.meeting]
    held = {row.seat: row.facilitator for row in roster.rows if row.meeting == seat.meeting} | {seat.seat: name}
    rows += [
        RosterRow(meeting=seat.meeting, seat=place, facilitator=who, start=start)
        for place, who in held.items()
        if who is not None
    ]
    return Roster(rows=tuple(rows))


def _whoever(report: Report, seat: Seat, edits: Sequence[Edit]) -> Step | None:
    """Return a roster in which somebody takes the seat after edits that name nobody, with all that takes."""
    edited = edited_or_none(report.problem, edits)
    if edited is None:
        return None
    world = Arrays(edited)
    for start in _starts(report, edited, seat.meeting):
        try:
            plan = Plan(edited, _seated(report.roster, seat, None, start))
        except ProblemError:
            continue
        trials = Trials(plan, report.rules.limits)
        key = seat.meeting, seat.seat, start
        possible = set(standings(world, report.rules, [key])[key].eligible)
        names = [row.facilitator for row in world.people if row.facilitator in possible]
        names.sort(key=lambda name: name in report.problem.facilitator_ids)  # who has come in is looked at first
        free = [name for name in names if not any(trials.broken(name, seat, start))]
        for name in free[:MOST_TRIED]:
            roster = _seated(report.roster, seat, name, start)
            after = accepted(report, edited, roster)
            if after is not None and accepted(report, report.problem, roster) is None:  # else it takes no edit
                return tuple(edits), after
        for name in names:
            if name not in free and name not in report.problem.facilitator_ids:
                for more in conflicts(trials, report.rules, name, seat, start)[1]:
                    further = edited_or_none(edited, more)
                    roster = _seated(report.roster, seat, name, start)
                    after = None if further is None else accepted(report, further, roster)
                    if after is not None:
                        return once((*edits, *more)), after
    return None


def _starts(report: Report, edited: Problem, meeting: str) -> Iterator[datetime | None]:
    """Yield the times that an edit has given a meeting, then the one at which it is held, else all it can be held."""
    held = report.plan.of_meeting.get(meeting)
    known = [start for start, _ in report.problem.open_times(report.problem.meeting(meeting))]
    now = [start for start, _ in edited.open_times(edited.meeting(meeting))]
    yield from (start for start in now if start not in known)
    yield from (held[0].start,) if held else tuple(start for start in now if start in known) or (None,)


def _with_one_of(
    report: Report, prepared: Prepared, nearby: NearbyRosters, some: Ints, budget: Budget
) -> Report | None:
    """Return the nearest good roster that takes one of some candidates.

    Where it can be no seat is left empty that was held, an optional one neither.
    """
    if not len(some) or not report.legal or budget.over or nearby.values is None:
        return None
    goals: list[Objective | float] = [*prepared.objectives, PEOPLE, CHANGES]
    second_best: Report | None = None
    for free in nearby.rings(Asked(some=(some,))):
        asked = Asked(some=(some,))
        while not is_late(free, budget) and (found := nearby.best(asked, goals, free, budget)) is not None:
            gone = emptied(report, found.report)
            after = accepted(report, prepared.problem, found.report.roster)
            if after is not None and not gone:
                return after
            second_best = second_best or after
            if not gone:
                break
            held = (prepared.candidates.of_seat(prepared.world.seat_positions[key]) for key in gone)
            asked = Asked(some=(*asked.some, *(part[free[part]] for part in held)))
    return second_best
