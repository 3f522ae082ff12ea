"""What answers about one roster begin with: the problem made ready, the rosters near it, and the best of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from poolmatch.arrays import Bools, Ints
from poolmatch.checking import Report
from poolmatch.domain.roster import Roster
from poolmatch.explain.comparison import Comparison, TierChange, compare
from poolmatch.solving.model.decoding import roster_of
from poolmatch.solving.model.system import Objective, summed
from poolmatch.solving.nearby import CHANGES, PEOPLE, Asked, Goal, NearbyRosters, Nearest
from poolmatch.solving.prepared import Prepared
from poolmatch.solving.running.budget import Budget


def prepared_of(report: Report) -> Prepared:
    """Return the problem of a report under its rules, made ready once, however many ask."""
    return report.memo("prepared", lambda: Prepared(report.world, report.rules))


def nearby_of(report: Report) -> NearbyRosters:
    """Return the rosters near the one of a report."""
    prepared = prepared_of(report)
    return report.memo("nearby", lambda: NearbyRosters(prepared, prepared.columns_of(report.roster)))


def goals_of(report: Report) -> Sequence[Objective | float]:
    """Return what the best of rosters are sought by: the order of the tiers, then few people, then few changes."""
    return [*prepared_of(report).objectives, PEOPLE, CHANGES]


def about(report: Report, asked: Asked, roster: Roster) -> Bools:
    """Tell which candidates may change for a roster to do what another does: a small one that does what is asked.

    They are those for the meetings that are asked about, that the other one names, and in which its people sit, each
    with its series.
    """
    world, candidates = prepared_of(report).world, prepared_of(report).candidates
    who = [world.positions[row.facilitator] for row in roster.rows if row.facilitator in world.positions]
    held = (nearby_of(report).taken > 0) & np.isin(candidates.person, who)
    named = [world.meeting_positions[row.meeting] for row in roster.rows]
    meetings = np.concatenate([candidates.meeting[asked.named], candidates.meeting[held], np.array(named, np.int64)])
    series = candidates.column("series")
    near = np.isin(candidates.meeting, np.unique(meetings))
    near |= (series >= 0) & np.isin(series, np.unique(series[near]))
    return near


def in_exchange(report: Report, asked: Asked, roster: Roster) -> Bools:
    """Tell which candidates may change for a roster to do what another does and to leave what does not go with that.

    They are those that are asked about, those that the other one takes, and what its people have and its meetings hold.
    """
    world, candidates = prepared_of(report).world, prepared_of(report).candidates
    who = np.array([world.positions[row.facilitator] for row in roster.rows if row.facilitator], np.int64)
    seats = np.array([world.seat_positions[row.meeting, row.seat] for row in roster.rows], np.int64)
    meetings = np.array([world.meeting_positions[row.meeting] for row in roster.rows], np.int64)
    held = nearby_of(report).taken > 0
    mine, there = np.isin(candidates.person, who), np.isin(candidates.meeting, meetings)
    near = (mine & np.isin(candidates.seat, seats)) | (held & (mine | there))
    near[asked.named] = True
    series = candidates.column("series")
    return np.asarray(near | (held & (series >= 0) & np.isin(series, np.unique(series[near]))))


def best_in(report: Report, asked: Asked, free: Bools, budget: Budget) -> tuple[Comparison, bool] | None:
    """Return what the best roster has otherwise that does what is asked and differs in freed candidates only.

    Returns
    -------
    tuple or None
        The comparison, and whether none of those that were looked at is better; None where none does what is asked, or
        none was found in time.
    """
    found = nearby_of(report).best(asked, goals_of(report), free, budget)
    return None if found is None else (beside(report, found.report), found.proven)


def better(
    found: tuple[Comparison, bool] | None, best: tuple[Comparison, bool] | None
) -> tuple[Comparison, bool] | None:
    """Return the better of two rosters by the tiers: where time is short, the one found last may be the worse."""
    if found is None or best is None:
        return found or best
    worse = [item.after for item in found[0].tiers] > [item.after for item in best[0].tiers]
    return (best[0], False) if worse else found


def modelled_in(report: Report, asked: Asked, free: Bools, budget: Budget) -> tuple[Comparison, bool] | None:
    """Return the same as `best_in`, sooner: rules are not compared, and the tiers are worth what the model says.

    Where the model does not say what the given roster is worth, the judge is asked.
    """
    goals = goals_of(report)
    found = nearby_of(report).searched(asked, goals, free, budget)
    if found is None:
        return None
    proven = found.settled == len(goals)
    return _modelled(report, found.values, lowest=proven), proven


def nearest_in(report: Report, asked: Asked, free: Bools, budget: Budget) -> tuple[Comparison, bool] | None:
    """Return the same as `modelled_in`, sooner still: of the tier that comes first the least, the nearest by.

    The others are as they come, so that it is never proven that no roster is better.
    """
    first, *others = prepared_of(report).objectives
    goals: list[Goal] = [Nearest(first), *([summed(others)] if others else [])]
    found = nearby_of(report).searched(asked, goals, free, budget)
    return None if found is None else (_modelled(report, found.values, lowest=found.settled == len(goals)), False)


def _modelled(report: Report, values: Ints, *, lowest: bool) -> Comparison:
    """Return what a roster has otherwise than the given one, with the tiers as the model says.

    Parameters
    ----------
    report
        The given roster.
    values
        Value of each column in the other.
    lowest
        Whether what rules count is as low in it as it can be.
    """
    prepared = prepared_of(report)
    before = nearby_of(report).values
    after = values if lowest else NearbyRosters(prepared, values).values
    worth = list(zip(report.tiers, prepared.tiers, strict=True))
    known = before is not None and after is not None and report.rules.mode == "tiers"
    if not known or any(goal.value(_sure(before)) != item.value for item, goal in worth):
        return beside(report, prepared.judged(values))
    tiers = (TierChange(item.tier, item.points, goal.value(_sure(after)) / item.scale) for item, goal in worth)
    return replace(compare(report.roster, _beside(report, values)), tiers=tuple(tiers))


def _beside(report: Report, values: Ints) -> Roster:
    """Return a roster by the value of each column; who sits where and when is all that it tells."""
    problem, candidates, was = report.problem, prepared_of(report).candidates, nearby_of(report).taken
    changed = np.flatnonzero(values[: len(candidates)] != was)
    seats = [candidates.world.seats[seat] for seat in candidates.seat[changed].tolist()]
    if any(len(problem.times(problem.meeting(seat.meeting))) > 1 for seat in seats):
        return roster_of(problem, candidates, values)  # at what time it is may have changed too
    holders: dict[tuple[str, str], str | None] = {(seat.meeting, seat.seat): None for seat in seats}
    for place, seat in zip(changed.tolist(), seats, strict=True):
        if values[place]:
            holders[seat.meeting, seat.seat] = candidates.world.people[candidates.person[place]].facilitator
    return report.roster.with_rows(
        lambda row: {"facilitator": holders[key]} if (key := (row.meeting, row.seat)) in holders else {}
    )


def beside(report: Report, after: Report) -> Comparison:
    """Return what another roster has otherwise than the given one; where the weighted sum counts, that comes first.

    Parameters
    ----------
    report, after
        The given roster and the other.
    """
    found = compare(report, after)
    if report.rules.mode != "weighted":
        return found
    return replace(found, tiers=(TierChange(0, report.weighted.points, after.weighted.points), *found.tiers))


def _sure(values: Ints | None) -> Ints:
    assert values is not None
    return values
