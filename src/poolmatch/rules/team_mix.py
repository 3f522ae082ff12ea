"""Rule `team-mix`: no team of one employer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, ClassVar

import numpy as np
from pydantic import BeforeValidator, Field

from poolmatch.arrays import (
    ROLES,
    Candidates,
    Ints,
    bools,
    bounds,
    distinct,
    expand_ranges,
)
from poolmatch.domain.employers import team_groups
from poolmatch.domain.plan import Plan
from poolmatch.neutrality.labels import labels, stretch_of
from poolmatch.neutrality.policy import STRICT, Policy, as_policy
from poolmatch.rule import ConstraintRule, Finding, Model, Words
from poolmatch.teams import TEAM, stands_for

KINDS = ("employee", "former_employee", "director")
"""Kinds of tie that make someone one of a group while they are active."""


def _by_group(candidates: Candidates, column: Ints) -> tuple[Ints, Ints]:
    """Return each of some candidates once for each group they are one of, and its number in their slot."""
    world = candidates.world
    person, organisation, first, last = stands_for(world, KINDS)
    edges = bounds(person, len(world.people))
    who, day = candidates.person[column], candidates.column("day")[column]
    row, tie = expand_ranges(edges[who], edges[who + 1])
    on = (first[tie] <= day[row]) & (day[row] <= last[tie])
    row, tie = row[on], tie[on]
    kept, group, _ = distinct(row, labels(world).group[stretch_of(world, day[row]), organisation[tie]])
    return column[kept], group


class TeamMixRule(ConstraintRule):
    """At most ``most`` people in the lead, co and mentor seats of a meeting belong to one group of organisations.

    Someone belongs to a group by the employer column, and by ties of kind `employee` or `director` that are active on
    the day of the meeting; to several, if so, and once to each. Organisations form a group when they are joined by
    links of kind `controls`, `unit_of` or `same_as` that are active on that day, whatever their number. Who has no such
    tie is a group of their own. Off under a policy without mixed teams, such as `internal`.

    Example: lead and co both work for the municipality, or one for it and one for its works company.
    """

    id: ClassVar[str] = "team-mix"
    sentence: ClassVar[Words] = Words(
        "A team is not made up of people of one employer.", "Een team bestaat niet uit mensen van één werkgever."
    )
    looks_wide: ClassVar[bool] = False

    policy: Annotated[Policy, BeforeValidator(as_policy)] = STRICT
    most: Annotated[int, Field(ge=1, description="Most people of one group of employers in a team.")] = 1

    def post(self, candidates: Candidates, model: Model) -> None:
        """Count the candidates of each group of employers, per meeting and slot."""
        if not self.policy.mixed_teams:
            return
        world = candidates.world
        in_team = np.isin(candidates.column("role"), [ROLES.index(role) for role in TEAM])
        # A team of no more seats than a group of employers may hold at once needs no row.
        large = bools(sum(world.seats[place].role in TEAM for place in places) > self.most for places in world.seats_at)
        column = np.flatnonzero(in_team & candidates.column("timed") & large[candidates.meeting])
        column, group = _by_group(candidates, column)
        slot, seat = candidates.column("slot")[column], candidates.seat[column]
        groups, _, row = distinct(slot, group)
        # Nor does a group that could take no more of them.
        of_group, _, _ = distinct(row, seat)
        binds = np.bincount(of_group, minlength=len(groups)) > self.most
        kept, renumbered = binds[row], np.cumsum(binds) - 1
        if self.most == 1:
            model.at_most_one(renumbered[row[kept]], column[kept])
        else:
            model.rows(renumbered[row[kept]], column[kept], 1, upper=np.full(int(binds.sum()), self.most))

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each group of employers with too many people in one team."""
        if not self.policy.mixed_teams:
            return
        for meeting, placements in plan.of_meeting.items():
            if len(placements) <= self.most:
                continue
            teams: defaultdict[tuple[datetime, str], dict[str, tuple[str, ...]]] = defaultdict(dict)
            for item in placements:
                if item.seat.role in TEAM:
                    name = item.facilitator.facilitator
                    for group, found in team_groups(plan.problem, name, item.day).items():
                        teams[item.start, group][name] = found
            for team in teams.values():
                if len(team) > self.most:
                    people, names = tuple(team), ", ".join(team)
                    employers = ", ".join(dict.fromkeys(name for found in team.values() for name in found))
                    words = Words(
                        "{names} of {employers} are together in the team of {meeting}, at most {most} may be.",
                        "{names} van {employers} zitten samen in het team van {meeting}, hoogstens {most} mag.",
                        names=names,
                        employers=employers,
                        meeting=meeting,
                        most=self.most,
                    )
                    yield Finding(self.id, "violation", words, people, (meeting,))
