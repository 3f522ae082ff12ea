"""What is measured: each case is a made-up problem under a rule set, with a time limit and contenders.

A further case is one line in ``CASES``.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.cases import smptsp
from benchmarks.cases.pools import pool
from benchmarks.cases.programmes import programme
from poolmatch import STANDARD_RULES, Problem
from poolmatch.rule import EligibilityRule
from poolmatch.ruleset import RuleSet

SEEDS = (1, 2, 3)
OF_MODELS = ("cpsat", "highs", "scip")
"""Peers that solve the model that poolmatch builds, whatever the rules."""
OF_POOLS = ("hand-written", "timefold", *OF_MODELS)
"""And those that know the standard rules by themselves, as far as they occur in pools."""
ALONE: tuple[str, ...] = ()
IN_PLAIN = {
    "one-per-seat",
    "no-double-booking",
    "max-per-day",
    "max-per-week",
    "max-meetings",
    "max-hours",
    "fill-seats",
    "fair-load",
    "short-travel",
}


@dataclass(frozen=True)
class Case:
    """A problem under rules, to be solved by poolmatch and by others.

    Attributes
    ----------
    make
        Returns the problem of a seed.
    rules
        The rule set.
    limit
        Seconds for poolmatch.
    peers
        Names of the other contenders; none in mode ``tiers``: they minimise one sum.
    peer_limit
        Seconds for the others; None is as long as poolmatch.
    seeds
        Of the problem and of the solver at once.
    """

    make: Callable[[int], Problem]
    rules: RuleSet
    limit: float
    peers: tuple[str, ...] = ALONE
    peer_limit: float | None = None
    seeds: tuple[int, ...] = SEEDS

    def __post_init__(self) -> None:
        if self.peers and self.rules.mode != "weighted":
            raise ValueError("peers minimise one sum: a case with peers needs rules in mode weighted")

    def limit_of(self, contender: str) -> float:
        """Return the seconds that a contender has."""
        return self.limit if contender == "poolmatch" or self.peer_limit is None else self.peer_limit


def sized(facilitators: int, meetings: int, organisations: int) -> Callable[[int], Problem]:
    """Return what makes a pool of a size from a seed."""
    return lambda seed: pool(facilitators, meetings, organisations, seed)


def series(facilitators: int, meetings: int, organisations: int) -> Callable[[int], Problem]:
    """Return what makes a programme of a size from a seed."""
    return lambda seed: programme(facilitators, meetings, organisations, seed)


def plain(rules: RuleSet) -> RuleSet:
    """Return of a rule set: who is eligible, double bookings and limits, coverage, loads and kilometres."""
    kept = [rule.id for rule in rules.rules if isinstance(rule, EligibilityRule) or rule.id in IN_PLAIN]
    return rules.without(*(rule.id for rule in rules.rules if rule.id not in kept))


WEIGHTED = STANDARD_RULES.weighted()
CASES: dict[str, Case] = {
    "pool 12x40": Case(sized(12, 40, 6), WEIGHTED, 10, OF_POOLS),
    "pool 60x250": Case(sized(60, 250, 15), WEIGHTED, 60, OF_POOLS, 30),
    "pool 300x1500": Case(sized(300, 1500, 60), WEIGHTED, 60, OF_POOLS),
    "plain 300x1500": Case(lambda seed: pool(300, 1500, 120, seed, national=True), plain(WEIGHTED), 120, OF_MODELS),
    "nation 3000x25000x342": Case(
        lambda seed: pool(3000, 25000, 342, seed, national=True),
        WEIGHTED,
        900,
        OF_POOLS,
        seeds=(1,),
    ),
    "pool 12x40 in tiers": Case(sized(12, 40, 6), STANDARD_RULES, 10),
    "pool 60x250 in tiers": Case(sized(60, 250, 15), STANDARD_RULES, 10),
    "programme 40x120x15": Case(series(40, 120, 15), STANDARD_RULES, 60),
}
PUBLISHED = os.environ.get("POOLMATCH_SMPTSP")
"""Folder of published instances of shift minimisation, which are not ours to hand on; without it they are left out."""
if PUBLISHED:
    CASES |= {
        f"SMPTSP {file.stem.removeprefix('data_')}": Case(
            lambda seed, file=file: smptsp.read(file),  # type: ignore[misc] # noqa: ARG005 - the file is the seed
            smptsp.WEIGHTED,
            60,
            seeds=(1,),
        )
        for file in sorted(Path(PUBLISHED).glob("*.dat"), key=lambda file: int(file.stem.split("_")[1]))
    }
SMOKE: dict[str, Case] = {
    "smoke": Case(sized(6, 15, 3), WEIGHTED, 5, ("hand-written", "cpsat"), seeds=(1,)),
    "smoke in tiers": Case(series(8, 12, 4), STANDARD_RULES, 5, seeds=(1,)),
}
"""Tiny cases, whose contenders need no environment of their own."""


def case_of(name: str) -> Case:
    """Return the case of a name, of the tiny ones too.

    Raises
    ------
    ValueError
        There is none.
    """
    known = CASES | SMOKE
    if name not in known:
        raise ValueError(f"no case {name!r}; there are: {', '.join(known)}")
    return known[name]
