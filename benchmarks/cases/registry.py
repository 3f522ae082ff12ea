"""What is measured: each case is a made-up problem under a rule set, with a time limit and contenders.

A further case is one line in ``CASES``, a further family of problems one in `benchmarks.cases.families`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.cases import reviewers, smptsp
from benchmarks.cases.families import FAMILIES
from poolmatch import STANDARD_RULES, Problem
from poolmatch.rule import EligibilityRule
from poolmatch.ruleset import RuleSet

SEEDS = (1, 2, 3)
OF_MODELS = ("cpsat-whole", "cpsat", "highs", "scip")
"""Peers that solve the model that poolmatch builds, whatever the rules, in both modes."""
OF_POOLS = ("hand-written", "timefold", *OF_MODELS)
"""And those that know the standard rules by themselves, as one sum and as far as they occur in pools without teams."""
OF_SUMS = frozenset(OF_POOLS) - frozenset(OF_MODELS)
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
    limit
        Seconds for poolmatch.
    peers
        Names of the other contenders.
    rules
        The rule set, in mode ``tiers`` or ``weighted``.
    peer_limit
        Seconds for the others; None is as long as poolmatch.
    seeds
        Of the problem and of the solver at once.
    """

    make: Callable[[int], Problem]
    limit: float
    peers: tuple[str, ...] = ALONE
    rules: RuleSet = STANDARD_RULES
    peer_limit: float | None = None
    seeds: tuple[int, ...] = SEEDS

    def __post_init__(self) -> None:
        if self.rules.mode != "weighted" and OF_SUMS & set(self.peers):
            raise ValueError(f"{' and '.join(sorted(OF_SUMS & set(self.peers)))} know the weighted sum alone")

    def limit_of(self, contender: str) -> float:
        """Return the seconds that a contender has."""
        return self.limit if contender == "poolmatch" or self.peer_limit is None else self.peer_limit


def sized(
    family: str, facilitators: int, meetings: int, organisations: int, *, national: bool = False
) -> Callable[[int], Problem]:
    """Return what makes a problem of a family and size from a seed."""
    more = {"national": True} if national else {}
    return lambda seed: FAMILIES[family](facilitators, meetings, organisations, seed, **more)


def plain(rules: RuleSet) -> RuleSet:
    """Return of a rule set: who is eligible, double bookings and limits, coverage, loads and kilometres."""
    kept = [rule.id for rule in rules.rules if isinstance(rule, EligibilityRule) or rule.id in IN_PLAIN]
    return rules.without(*(rule.id for rule in rules.rules if rule.id not in kept))


WEIGHTED = STANDARD_RULES.weighted()
PAPERS, REVIEWERS, LOAD, COVERAGE = 118, 177, 4, 3
"""Sizes of a published set of reviewers' data."""
OF_TIERS: dict[str, Case] = {
    "teams 12x40": Case(sized("teams", 12, 40, 6), 10, OF_MODELS),
    "teams 30x120": Case(sized("teams", 30, 120, 10), 60, OF_MODELS),
    "teams 60x250": Case(sized("teams", 60, 250, 15), 60, OF_MODELS),
    "teams 100x400": Case(sized("teams", 100, 400, 25), 120, OF_MODELS),
    "teams 300x1500": Case(sized("teams", 300, 1500, 60), 180, OF_MODELS, peer_limit=60),
    "teams 1000x6000": Case(sized("teams", 1000, 6000, 150), 300, OF_MODELS, peer_limit=60),
    "pool 12x40": Case(sized("pools", 12, 40, 6), 10, OF_MODELS),
    "pool 60x250": Case(sized("pools", 60, 250, 15), 60, OF_MODELS),
    "pool 300x1500": Case(sized("pools", 300, 1500, 60), 60, OF_MODELS),
    "programme 40x120": Case(sized("programmes", 40, 120, 15), 60, OF_MODELS),
    "pleinen 60x200": Case(sized("pleinen", 60, 200, 20), 60, OF_MODELS),
    "nation with teams 3000x25000": Case(sized("teams", 3000, 25000, 342, national=True), 900, seeds=(1,)),
    "reviewers 118x177, made up": Case(
        lambda seed: reviewers.problem(reviewers.made_up(PAPERS, REVIEWERS, seed), LOAD, COVERAGE),
        10,
        OF_MODELS,
        reviewers.SUM_FIRST,
    ),
}
"""The default mode."""
OF_WEIGHTED: dict[str, Case] = {
    "pool 12x40, weighted": Case(sized("pools", 12, 40, 6), 10, OF_POOLS, WEIGHTED),
    "pool 60x250, weighted": Case(sized("pools", 60, 250, 15), 60, OF_POOLS, WEIGHTED, 30),
    "pool 300x1500, weighted": Case(sized("pools", 300, 1500, 60), 60, OF_POOLS, WEIGHTED),
    "plain 300x1500, weighted": Case(
        sized("pools", 300, 1500, 120, national=True), 120, ("cpsat", "highs", "scip"), plain(WEIGHTED)
    ),
    "nation 3000x25000x342, weighted": Case(
        sized("pools", 3000, 25000, 342, national=True), 900, OF_POOLS, WEIGHTED, seeds=(1,)
    ),
    "teams 60x250, weighted": Case(sized("teams", 60, 250, 15), 60, OF_MODELS, WEIGHTED),
}
"""And one sum of all tiers."""
CASES: dict[str, Case] = OF_TIERS | OF_WEIGHTED
SCORES = os.environ.get("POOLMATCH_REVIEWERS")
"""File of a published matrix of reviewers' scores, which is not ours to hand on; without it the case is left out."""
PUBLISHED_REVIEWERS = "reviewers 118x177, published"
if SCORES:
    CASES[PUBLISHED_REVIEWERS] = Case(
        lambda _: reviewers.problem(reviewers.read(str(SCORES)), LOAD, COVERAGE), 10, OF_MODELS, reviewers.SUM_FIRST
    )
PUBLISHED = os.environ.get("POOLMATCH_SMPTSP")
"""Folder of published instances of shift minimisation, which are not ours to hand on; without it they are left out."""
if PUBLISHED:
    CASES |= {
        f"SMPTSP {file.stem.removeprefix('data_')}": Case(
            lambda seed, file=file: smptsp.read(file),  # type: ignore[misc] # noqa: ARG005 - the file is the seed
            60,
            rules=smptsp.WEIGHTED,
            seeds=(1,),
        )
        for file in sorted(Path(PUBLISHED).glob("*.dat"), key=lambda file: int(file.stem.split("_")[1]))
    }
SMOKE: dict[str, Case] = {
    "smoke": Case(sized("teams", 6, 12, 3), 5, ("cpsat-whole", "cpsat"), seeds=(1,)),
    "smoke, weighted": Case(sized("pools", 6, 15, 3), 5, ("hand-written", "cpsat"), WEIGHTED, seeds=(1,)),
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
