"""The start that uses few people: seats in order of time, by whom that is used already."""

from __future__ import annotations

import random

import numpy as np
import pytest
from benchmarks.cases.smptsp import WEIGHTED, Instance, problem
from tests.rings import chunks, seeds_of
from tests.solving.programmes import programme

from poolmatch import STANDARD_RULES, Problem
from poolmatch.arrays import Arrays, Ints
from poolmatch.checking import input_issues
from poolmatch.eligibility import eligibility
from poolmatch.rules.few_people import FewPeopleRule
from poolmatch.ruleset import RuleSet
from poolmatch.solving.model.blocks import Blocks
from poolmatch.solving.model.decoding import judged
from poolmatch.solving.model.features import CandidateFeatures
from poolmatch.solving.start.greedy import chronological_start
from poolmatch.testing import random_problem

FEW = STANDARD_RULES.plus(FewPeopleRule()).weighted()


def swept(case: Problem, rules: RuleSet) -> tuple[Blocks, Ints]:
    blocks = Blocks.of(eligibility(Arrays(case), rules).candidates, rules)
    return blocks, chronological_start(CandidateFeatures.of(blocks.candidates, blocks.tiers(rules)[0]), blocks.system)


@pytest.mark.parametrize("chunk", chunks(4))
def test_it_is_legal_whatever_the_problem(chunk: int) -> None:
    filled = 0
    for seed in seeds_of(chunk, 25):
        rng = random.Random(seed)
        case = programme(seed, 2, 3, 1) if seed % 2 else random_problem(rng, 4, 5, 2, pins=False, teams=True)
        if any(issue.severity == "error" for issue in input_issues(case, FEW)):
            continue
        blocks, taken = swept(case, FEW)
        report = judged(case, FEW, blocks.candidates, taken)
        assert report.legal, seed
        filled += report.roster.filled
    assert filled > 15


@pytest.mark.parametrize(("begin", "needed"), [(90, {"w0000", "w0001"}), (89, {"w0000", "w0001", "w0002"})])
def test_who_was_free_last_comes_first(begin: int, needed: set[str]) -> None:
    """w0 works until 60 and w1 until 90. At 90 w1 goes on, so that w0 is free for what w1 cannot do at 95.

    A minute earlier w1 is not free yet: w0 goes on, and at 95 there is only w2.
    """
    tasks = [(0, 60), (0, 90), (begin, 120), (95, 130)]
    blocks, taken = swept(problem(Instance(tasks, [[0, 2, 3], [1, 2], [3]])), WEIGHTED)
    people = blocks.candidates.world.people
    assert taken.sum() == 4
    assert {people[place].facilitator for place in blocks.candidates.person[taken == 1].tolist()} == needed


def test_nobody_is_no_start() -> None:
    blocks, taken = swept(problem(Instance([(0, 60)], [[]])), WEIGHTED)
    assert len(blocks.candidates) == len(taken) == 0
    assert taken.dtype == np.int64
