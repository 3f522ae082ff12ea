"""The assessment, the table of degrees and the page spelled out agree on every facilitator, meeting and slot."""

from __future__ import annotations

import random
from collections import Counter

import numpy as np
import pytest
from tests.neutrality.naive import POLICY, Verdict, naive_assessment
from tests.neutrality.worlds import GRADES, rich_problem

from poolmatch import Problem
from poolmatch.arrays import Arrays
from poolmatch.neutrality import INTERNAL, STRICT, Policy, assess
from poolmatch.neutrality.table import degrees

POLICIES = {"strict": STRICT, "internal": INTERNAL}
PROBLEMS = 480


def say(problem: Problem, policy: Policy, seed: int) -> dict[tuple[str, str, int], tuple[str, bool, str, bool]]:
    """Return what the assessment and the table say of everyone at every meeting and slot."""
    world = Arrays(problem, seed)
    said = {}
    for position, person in enumerate(world.people):
        found = degrees(world.person(position), world.occasions, policy)
        for row, place in enumerate(world.occasions.meeting.tolist()):
            meeting = world.meetings[place]
            starts = [start for start, _ in problem.times(meeting)]
            slot = next(n for n, start in enumerate(starts) if start.timestamp() == world.occasions.start[row])
            one = assess(problem, person.facilitator, meeting.meeting, starts[slot], policy=policy)
            many = ("neutral", "avoid", "disclose", "waivable", "blocked")[found.degree[row]], bool(found.waived[row])
            said[person.facilitator, meeting.meeting, slot] = (one.degree.word, one.waived, *many)
    return said


def read(problem: Problem, policy: str, key: tuple[str, str, int]) -> Verdict:
    """Return what the page says."""
    return naive_assessment(problem, *key, policy=policy)


@pytest.mark.parametrize("policy", POLICIES)
def test_three_implementations_agree_on_every_pair(policy: str) -> None:
    seen: Counter[str] = Counter()
    rows: Counter[tuple[str, str]] = Counter()
    for seed in range(PROBLEMS // 2):
        problem = rich_problem(random.Random(f"{policy} {seed}"))
        for key, (one, one_waived, many, many_waived) in say(problem, POLICIES[policy], seed).items():
            page = read(problem, policy, key)
            assert (one, one_waived) == (page.degree, page.waived), (seed, key)
            assert (many, many_waived) == (page.degree, page.waived), (seed, key)
            seen[page.degree + (" waived" if page.waived else "")] += 1
            rows.update({(found.rule, found.grade) for found in page.found})
    # The draw is worth its name: every row of the policy at every grade, and every degree, many times.
    assert seen.total() >= 2000
    assert min(seen[word] for word in ("neutral", "avoid", "disclose", "waivable", "blocked", "disclose waived")) >= 20
    assert {(rule, grade) for rule, *_ in POLICY[policy] for grade in GRADES} == set(rows)
    assert min(rows.values()) >= 3


def test_the_draw_walks_every_link_in_every_direction_and_to_every_length() -> None:
    steps: Counter[tuple[str, bool]] = Counter()
    lengths: Counter[int] = Counter()
    notes: Counter[str] = Counter()
    for seed in range(60):
        problem = rich_problem(random.Random(f"strict {seed}"))
        for person in problem.facilitators:
            for meeting in problem.meetings:
                for path in assess(problem, person.facilitator, meeting.meeting).paths:
                    steps.update((step.kind, step.forward) for step in path.steps)
                    lengths[len(path.steps)] += 1
                    notes.update(word for word in ("raised", "ended", "waived") if getattr(path, word))
    kinds = ("controls", "unit_of", "funds", "affiliate", "joint_venture")
    both_ways = {(kind, forward) for kind in kinds for forward in (True, False)}
    assert set(steps) == both_ways | {("member_of", True)}  # a membership is never walked back
    assert set(lengths) == {0, 1, 2, 3}
    assert min(*steps.values(), *lengths.values(), *(notes[word] for word in ("raised", "ended", "waived"))) >= 20


def test_a_table_without_rows_says_nothing() -> None:
    problem = rich_problem(random.Random(1))
    world = Arrays(problem)
    found = degrees(world.person(0), world.occasions.take(np.array([], np.int64)), STRICT)
    assert (len(found.degree), len(found.waived)) == (0, 0)


def test_what_the_table_says_of_a_row_does_not_depend_on_the_rows_beside_it() -> None:
    problem = rich_problem(random.Random("beside"), meetings=8)
    world = Arrays(problem)
    for position in range(len(world.people)):
        person = world.person(position)
        found = degrees(person, world.occasions, STRICT)
        for row in range(len(world.occasions)):
            alone = degrees(person, world.occasions.take(np.array([row])), STRICT)
            assert (alone.degree[0], alone.waived[0]) == (found.degree[row], found.waived[row])
