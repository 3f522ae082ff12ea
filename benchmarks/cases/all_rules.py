"""Pools with teams in which the rules that are off by default have something to say as well.

People, places and meetings are those of `benchmarks.cases.teams`; each addition draws from a stream of chance of its
own, so that a further one leaves the others, and the pools without them, as they were.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from benchmarks.cases import kilometres, off_hours, teams
from benchmarks.cases.earned_roles import roles_held_before
from benchmarks.cases.insiders import insiders
from benchmarks.cases.known_faces import known_faces
from benchmarks.cases.skill_limits import limits_on_skills
from benchmarks.cases.team_rows import even
from poolmatch.domain.problem import Problem
from poolmatch.neutrality.policy import Policy
from poolmatch.rule import Rule
from poolmatch.rules.balanced_team import BalancedTeamRule
from poolmatch.rules.evenings import EveningsRule
from poolmatch.rules.few_people import FewPeopleRule
from poolmatch.rules.growth import GrowthRule
from poolmatch.rules.growth_step import GrowthStepRule
from poolmatch.rules.known_faces import KnownFacesRule
from poolmatch.rules.max_evenings import MaxEveningsRule
from poolmatch.rules.max_on_end import MaxOnEndRule
from poolmatch.rules.one_trip import OneTripRule
from poolmatch.rules.practice_window import PracticeWindowRule
from poolmatch.rules.quid_pro_quo import QuidProQuoRule
from poolmatch.rules.team_limit import TeamLimitRule
from poolmatch.rules.travel_budget import TravelBudgetRule
from poolmatch.rules.travel_share import TravelShareRule
from poolmatch.rules.weekend import WeekendRule
from poolmatch.rules.worst_served import WorstServedRule

Addition = Callable[[np.random.Generator, dict[str, Any]], None]
"""Changes the cells of a pool in place, by table."""

ADDITIONS: tuple[Addition, ...] = (
    insiders,
    off_hours.evening_limits,
    off_hours.weekends,
    limits_on_skills,
    roles_held_before,
    kilometres.limits_of_kilometres,
    kilometres.shared_houses,
    known_faces,
)
"""What a pool has on top of one with teams, in this order."""

RULES: Mapping[str, Rule] = {
    "travel-budget": TravelBudgetRule(),
    "balanced-team": BalancedTeamRule(),
    "quid-pro-quo": QuidProQuoRule(cycle=3, contention="low"),
    "max-evenings": MaxEveningsRule(),
    "max-on-end": MaxOnEndRule(days=2, weekends=1),
    "weekend": WeekendRule(),
    "evenings": EveningsRule(),
    "team-limit": TeamLimitRule(),
    "growth": GrowthRule(),
    "growth-step": GrowthStepRule(),
    "practice-window": PracticeWindowRule(meetings=6, hours=12.0, window_days=365),
    "known-faces": KnownFacesRule(),
    "travel-share": TravelShareRule(step_km=20),
    "one-trip": OneTripRule(near_km=2),
    "worst-served": WorstServedRule(),
    "few-people": FewPeopleRule(),
}
"""Rules by id, with the parameters under which they are looked at: not standard, or idle in all other families."""
TIERS: Mapping[str, float] = {"worst-served": 3.5, "few-people": 3.5}
"""Preferences that are looked at in a higher tier than their own: fair shares, to the minute, leave them no choice."""
POLICIES: Mapping[str, Policy] = {
    "balanced-team": Policy.from_data({"name": "insiders", "base": "internal", "balanced_teams": True}),
}
"""Policies that rules need which bend them, by rule."""


def pool(facilitators: int, meetings: int, organisations: int, seed: int, *, today: str | None = None) -> Problem:
    """Return a pool with teams and all additions; parameters as of `benchmarks.cases.teams.tables`."""
    cells: dict[str, Any] = teams.tables(facilitators, meetings, organisations, seed, today=today)
    for add in ADDITIONS:
        add(np.random.default_rng([seed, zlib.crc32(add.__name__.encode())]), cells)
    return Problem.model_validate({name: even(rows) for name, rows in cells.items()})
