"""Goals of made-up problems with their optima, their relaxations, and linear programs that are solved wrongly."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import numpy as np
from tests.solving.optima import best_by_milp
from tests.solving.programmes import programme

from poolmatch import STANDARD_RULES, Problem
from poolmatch.arrays import Arrays, Ints
from poolmatch.eligibility import eligibility
from poolmatch.rules.worst_served import WorstServedRule
from poolmatch.ruleset import RuleSet
from poolmatch.solving.backends.linear_program import Program, Solution, solve_lp
from poolmatch.solving.bounds.relaxation import Relaxation
from poolmatch.solving.model.blocks import Blocks
from poolmatch.solving.model.features import CandidateFeatures
from poolmatch.solving.model.system import Objective, System
from poolmatch.solving.running.stopping import Stop
from poolmatch.testing import random_problem

RULES = (STANDARD_RULES, STANDARD_RULES.weighted(), STANDARD_RULES.plus(WorstServedRule()))
SIZES = (0.01, 1.0, 1e3, 1e6, 1e9, 1e12, 1e18, 1e300)
"""How large wrong duals are, in the dearest weight."""


def alternatives(blocks: Blocks) -> Ints:
    """Return the seat of each candidate, -1 of other columns."""
    groups = np.full(len(blocks.system.bounds[0]), -1)
    groups[: len(blocks.candidates)] = blocks.candidates.seat
    return groups


def goals(seed: int, rules: RuleSet) -> Iterator[tuple[System, Ints, Objective, int]]:
    """Yield system, alternatives, objective and optimum of each goal of a made-up problem, tier after tier."""
    if seed % 2:
        problem = programme(seed, people=5, meetings=6, seats=3)
    else:
        problem = random_problem(random.Random(seed), people=6, meetings=8, pins=False)
    blocks = Blocks.of(eligibility(Arrays(problem), rules).candidates, rules)
    if not len(blocks.candidates):
        return
    system = blocks.system
    for objective, optimum in zip(blocks.objectives(rules), best_by_milp(problem, rules), strict=True):
        yield system, alternatives(blocks), objective, optimum
        system = system.keeping(objective, optimum)


def wrong(rng: np.random.Generator, size: float) -> Any:
    """Return a way to solve programs whose duals are off by so much, and a few of them no numbers at all."""

    def answer(program: Program, limit: float, stop: Stop | None) -> Solution:
        right = solve_lp(program, limit, stop) or Solution(program.cost, np.zeros(len(program.row_low)), False)
        dearest = min(max(1.0, np.abs(program.cost).max(initial=0.0)), 1e6)
        duals = np.clip(right.duals, -1e6, 1e6) + rng.normal(size=len(right.duals)) * size * dearest
        duals[rng.random(len(duals)) < 0.02] = rng.choice([np.nan, np.inf, -np.inf])
        return Solution(right.values, duals, False)

    return answer


def parts(problem: Problem, rules: RuleSet) -> tuple[CandidateFeatures, Relaxation, Objective]:
    """Return features and relaxation of a problem, and its last objective."""
    blocks = Blocks.of(eligibility(Arrays(problem), rules).candidates, rules)
    relaxation = Relaxation(blocks.system, alternatives(blocks))
    return CandidateFeatures.of(blocks.candidates), relaxation, blocks.objectives(rules)[-1]
