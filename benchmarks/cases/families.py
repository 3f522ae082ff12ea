"""Families of made-up problems, by name: each makes a problem of any size from a seed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from benchmarks.cases.all_rules import pool as pool_for_all_rules
from benchmarks.cases.pleinen import city
from benchmarks.cases.pools import pool
from benchmarks.cases.programmes import programme
from benchmarks.cases.teams import pool as pool_with_teams
from poolmatch import Problem

FAMILIES: Mapping[str, Callable[..., Problem]] = {
    "pools": pool,
    "teams": pool_with_teams,
    "programmes": programme,
    "pleinen": city,
    "all rules": pool_for_all_rules,
}
"""Called with facilitators, meetings, organisations and seed; what else they take stands with each."""
