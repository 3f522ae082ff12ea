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
from poolmatch.solving.model.system import Objective
from poolmatch.solving.nearby import CHANGES, PEOPLE, Asked, NearbyRosters
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


def modelled_in(report: Report, asked: Asked, free: Bools, budget: Budget) -> tuple[Comparison, bool] | None:
    """Return the same as `best_in`, sooner: rules are not compared, and the tiers are worth what the model says.

    Where the model does not say what the given roster is worth, the judge is asked.
    """
    prepared, nearby = prepared_of(report), nearby_of(report)
    goals = goals_of(report)
    found = nearby.searched(asked, goals, free, budget)
    if found is None:
        return None
    values, proven = found.values, found.settled == len(goals)
    before = nearby.values
    after = values if proven else NearbyRosters(prepared, values).values  # what rules count is as low as it can be
    worth = list(zip(report.tiers, prepared.tiers, strict=True))
    known = before is not None and after is not None and report.rules.mode == "tiers"
    if not known or any(goal.value(_sure(before)) != item.value for item, goal in worth):
        return beside(report, prepared.judged(values)), proven
    tiers = (TierChange(item.tier, item.points, goal.value(_sure(after)) / item.scale) for item, goal in worth)
    changed = compare(report.roster, roster_of(report.problem, prepared.candidates, values))
    return replace(changed, tiers=tuple(tiers)), proven


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
