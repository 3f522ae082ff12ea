"""Rule `balanced-team`: two insiders lead together, each of another party that decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated, ClassVar

import numpy as np
from pydantic import BeforeValidator

from poolmatch.arrays import ROLES, Candidates, Ints
from poolmatch.domain.assignments import Placement
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem
from poolmatch.issues import Issue, Message
from poolmatch.neutrality.assessment import assessed
from poolmatch.neutrality.consents import deciding
from poolmatch.neutrality.labels import deciders_at
from poolmatch.neutrality.policy import STRICT, Policy, as_policy
from poolmatch.neutrality.table import NO_SIDE, degrees
from poolmatch.rule import ConstraintRule, Finding, Model, Words
from poolmatch.teams import TEAM, at_most_sum
from poolmatch.words import joined, pattern

NO_BALANCE = Message(
    "balanced-team-without-policy",
    Words(
        "holds, but the policy {policy} has no balanced teams, so that it says nothing",
        "geldt, maar het beleid {policy} kent geen teams in evenwicht, zodat die niets zegt",
    ),
    Words(
        "choose a policy of your own with balanced_teams = true, or leave the rule out",
        "kies een eigen beleid met balanced_teams = true, of laat de regel weg",
    ),
)
NO_TEAMS = Message(
    "balanced-team-nowhere",
    Words(
        "matches no meeting: none is decided by several parties and has as many lead, co and mentor seats",
        "past bij geen bijeenkomst: nergens beslissen meer partijen en zijn er evenveel plaatsen voor leider, "
        "medebegeleider en mentor",
    ),
    Words(
        "add the parties that decide to {table_stakes}, and seats for a team, or leave the rule out",
        "voeg de partijen die beslissen toe aan {table_stakes}, en plaatsen voor een team, of laat de regel weg",
    ),
    "warning",
)
NOBODY = Words("nobody", "niemand")


class BalancedTeamRule(ConstraintRule):
    """Who is not neutral sits beside as many people of each other party that decides, and only in the team.

    Under a policy with balanced teams someone may act whose ties are waivable and all lean to one of several parties
    that decide: they take its side. They hold lead, co and mentor seats only, and there each party that decides has as
    many people on its side as any other. Parties are told apart by `same_as` on the day. Duties have nobody to balance.

    Example: the housing corporation and the municipality decide together; one of each leads, the other assists.
    """

    id: ClassVar[str] = "balanced-team"
    sentence: ClassVar[Words] = Words(
        "Who is not neutral sits beside as many people of each other party that decides.",
        "Wie niet neutraal is, zit naast evenveel mensen van elke andere partij die beslist.",
    )
    standard: ClassVar[bool] = False
    looks_wide: ClassVar[bool] = False
    curable: ClassVar[bool] = True
    balances: ClassVar[bool] = True

    policy: Annotated[Policy, BeforeValidator(as_policy)] = STRICT

    def issues(self, problem: Problem) -> Iterator[Issue]:
        """Yield that the policy knows no balanced teams, or that no meeting could have one."""
        if not self.policy.balanced_teams:
            yield NO_BALANCE.at("rules", column=f"rules.{self.id}", policy=self.policy.name)
        elif not any(_balanceable(problem, row.meeting) for row in problem.meetings):
            yield NO_TEAMS.at("rules", column=f"rules.{self.id}")

    def post(self, candidates: Candidates, model: Model) -> None:
        """Keep who takes a side out of other seats, and bound each side by the next, per meeting and slot."""
        if not self.policy.balanced_teams:
            return
        sides = self._sides(candidates)
        in_team = np.isin(candidates.column("role"), [ROLES.index(role) for role in TEAM])
        model.fix(np.flatnonzero((sides != NO_SIDE) & ~in_team), 0)
        column = np.flatnonzero((sides != NO_SIDE) & in_team)
        slot = candidates.column("slot")[column]
        order = np.argsort(slot, kind="stable")
        for there in np.split(column[order], np.flatnonzero(np.diff(slot[order])) + 1) if len(column) else ():
            parties = deciders_at(candidates.world, int(candidates.occasion[there[0]]))
            of_side = [there[sides[there] == party] for party in parties]
            # One is at most the next, and the last at most the first: so all are equal.
            for mine, theirs in zip(of_side, [*of_side[1:], of_side[0]], strict=True):
                if len(mine):
                    at_most_sum(model, mine, theirs)

    def _sides(self, candidates: Candidates) -> Ints:
        """Return the number of the party whose side each candidate takes, `NO_SIDE` for none."""
        world, sides = candidates.world, np.full(len(candidates), NO_SIDE)
        for position in range(len(world.people)):
            mine = candidates.of_person(position)
            if mine.start < mine.stop:
                found = degrees(world.person(position), world.occasions, self.policy)
                sides[mine] = found.side[candidates.occasion[mine]]
        return sides

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield who takes a side outside the team, and each team in which the sides are not equal."""
        if not self.policy.balanced_teams:
            return
        assessments = assessed(plan, self.policy)
        for meeting, placements in plan.of_meeting.items():
            teams: defaultdict[datetime, defaultdict[str, list[Placement]]] = defaultdict(lambda: defaultdict(list))
            for item in placements:
                side = assessments[item.facilitator.facilitator, meeting, item.start].balanced
                if side and item.seat.role in TEAM:
                    teams[item.start][side].append(item)
                elif side:
                    yield self._outside(item, side)
            for sides in teams.values():
                day = next(iter(sides.values()))[0].day
                parties = sorted(deciding(plan.problem, meeting, day))
                if len({len(sides[party]) for party in parties}) > 1:
                    yield self._unequal(meeting, [(party, sides[party]) for party in parties])

    def _outside(self, item: Placement, side: str) -> Finding:
        name, meeting, seat = item.facilitator.facilitator, item.meeting.meeting, item.seat.seat
        words = Words(
            "{who} takes the side of {side} in {meeting} on {seat}: only a lead, co or mentor can be balanced.",
            "{who} staat in {meeting} op {seat} aan de kant van {side}: alleen een leider, medebegeleider of mentor "
            "kan in evenwicht zijn.",
            who=name,
            side=side,
            meeting=meeting,
            seat=seat,
        )
        return Finding(self.id, "violation", words, (name,), (meeting,), seat, item.day, organisations=(side,))

    def _unequal(self, meeting: str, sides: Sequence[tuple[str, Sequence[Placement]]]) -> Finding:
        named = [(party, [item.facilitator.facilitator for item in items]) for party, items in sides]
        shown = [pattern("{party}: {who}", party=party, who=", ".join(who) or NOBODY) for party, who in named]
        words = Words(
            "In the team of {meeting} not every party that decides has as many of its own: {sides}.",
            "In het team van {meeting} heeft niet elke partij die beslist evenveel eigen mensen: {sides}.",
            meeting=meeting,
            sides=joined("; ", shown),
        )
        people = tuple(name for _, who in named for name in who)
        parties = tuple(party for party, _ in named)
        return Finding(self.id, "violation", words, people, (meeting,), organisations=parties)


def _balanceable(problem: Problem, meeting: str) -> bool:
    """Tell whether several parties decide on a meeting on some day, and each could have somebody in its team."""
    seats = sum(seat.role in TEAM for seat in problem.seats_of(meeting))
    days = {problem.day(meeting, start) for start, _ in problem.times(problem.meeting(meeting))}
    return any(1 < len(deciding(problem, meeting, day)) <= seats for day in days)
