"""Rule `team-mix`: no team of one employer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cache, partial
from typing import Annotated, ClassVar

import numpy as np
from pydantic import BeforeValidator, Field

from poolmatch.arrays import ROLES, Candidates, bools, distinct
from poolmatch.domain.employers import employer_groups
from poolmatch.domain.roster import Placement, Plan
from poolmatch.neutrality.policy import STRICT, Policy, as_policy
from poolmatch.rule import ConstraintRule, Finding, Model, Words
from poolmatch.teams import TEAM


class TeamMixRule(ConstraintRule):
    """At most ``most`` people in the lead, co and mentor seats of a meeting belong to one group of employers.

    Employers form a group when they are the same, or joined by links of kind `controls` or `unit_of` that are active on
    the day of the meeting, whatever their number. Who has no employer is a group of their own. Off under a policy
    without mixed teams, such as `internal`.

    Example: lead and co both work for the municipality, or one for it and one for its works company.
    """

    id: ClassVar[str] = "team-mix"
    sentence: ClassVar[Words] = Words(
        "A team is not made up of people of one employer.", "Een team bestaat niet uit mensen van één werkgever."
    )

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
        day = candidates.column("day")[column]
        group = np.full(len(column), -1)
        for ordinal in np.unique(day).tolist():
            found = employer_groups(world.problem, date.fromordinal(ordinal))
            numbers = {name: place for place, name in enumerate(dict.fromkeys(found.values()))}
            of_person = np.array([numbers[found[row.organisation]] if row.organisation else -1 for row in world.people])
            here = day == ordinal
            group[here] = of_person[candidates.person[column[here]]]
        column, group = column[group >= 0], group[group >= 0]
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
        groups = cache(partial(employer_groups, plan.problem))
        for meeting, placements in plan.of_meeting.items():
            if len(placements) <= self.most:
                continue
            teams: defaultdict[tuple[object, str], list[Placement]] = defaultdict(list)
            for item in placements:
                employer = item.facilitator.organisation
                if item.seat.role in TEAM and employer is not None:
                    teams[item.start, groups(item.day)[employer]].append(item)
            for team in teams.values():
                people = tuple(dict.fromkeys(item.facilitator.facilitator for item in team))
                if len(people) > self.most:
                    names = ", ".join(people)
                    employers = ", ".join(dict.fromkeys(str(item.facilitator.organisation) for item in team))
                    words = Words(
                        f"{names} of {employers} are together in the team of {meeting}, at most {self.most} may be.",
                        f"{names} van {employers} zitten samen in het team van {meeting}, hoogstens {self.most} mag.",
                    )
                    yield Finding(self.id, "violation", words, people, (meeting,))
