"""The assessment, the table of degrees and the page spelled out agree on every facilitator, meeting and slot."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date
from itertools import product

import numpy as np
import pytest
from tests.neutrality.naive import (
    POLICY,
    Verdict,
    fewest_links,
    forms_on_either_day,
    kind_of,
    kinds_on,
    links_on,
    naive_assessment,
)
from tests.neutrality.worlds import GRADES, rich_problem
from tests.rings import WHOLE, enough, seeds

from poolmatch import Problem
from poolmatch.arrays import Arrays
from poolmatch.neutrality import INTERNAL, STRICT, Path, Policy, assess
from poolmatch.neutrality.consents import consenting
from poolmatch.neutrality.table import degrees

POLICIES = {"strict": STRICT, "internal": INTERNAL}


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
    for seed in seeds(240):
        problem = rich_problem(random.Random(f"{policy} {seed}"))
        for key, (one, one_waived, many, many_waived) in say(problem, POLICIES[policy], seed).items():
            page = read(problem, policy, key)
            assert (one, one_waived) == (page.degree, page.waived), (seed, key)
            assert (many, many_waived) == (page.degree, page.waived), (seed, key)
            seen[page.degree + (" waived" if page.waived else "")] += 1
            rows.update({(found.rule, found.grade) for found in page.found})
    # The draw is worth its name: every row of the policy at every grade, and every degree, many times.
    assert seen.total() >= enough(2000)
    assert min(
        seen[word] for word in ("neutral", "avoid", "disclose", "waivable", "blocked", "disclose waived")
    ) >= enough(20)
    assert {(rule, grade) for rule, *_ in POLICY[policy] for grade in GRADES} == set(rows) or not WHOLE
    assert min(rows.values()) >= enough(3)


KINDS = {"affiliate": "affiliate", "joint_venture": "affiliate", "funds": "funds", "member_of": "membership"}


def form_of(path: Path) -> str:
    """Return the form of the chain of a path, read from its links."""
    kinds = [step.kind for step in path.steps]
    once = [KINDS[kind] for kind in kinds if kind in KINDS]
    assert len(once) <= 1
    if once == ["membership"]:
        return "membership" if set(kinds[kinds.index("member_of") + 1 :]) <= {"same_as"} else "beyond"
    return once[0] if once else "none" if set(kinds) <= {"same_as"} else "group"


def test_the_evidence_is_one_shortest_chain_for_each_tie_party_and_form_and_no_form_is_missing() -> None:
    seen: Counter[str] = Counter()
    for seed in seeds(60):
        problem = rich_problem(random.Random(f"strict {seed}"))
        for person, meeting in product(problem.facilitators, problem.meetings):
            one = assess(problem, person.facilitator, meeting.meeting)
            told = [(path.tie, path.party, form_of(path)) for path in one.paths if path.organisations and path.party]
            rows = Counter(problem.ties_of(person.facilitator))  # who repeats the employer as a tie is told so twice
            assert all(number == rows[tie] for (tie, _, _), number in Counter(told).items())
            parties = [stake.organisation for stake in problem.stakes_of(meeting.meeting)]
            ties = [tie for tie in problem.ties_of(person.facilitator) if tie.organisation is not None]
            expected = {
                (tie, party, form)
                for tie, party in product(ties, parties)
                for name in kinds_on(tie, one.day)
                for form in forms_on_either_day(problem, str(tie.organisation), party, kind_of(tie, name, one.day))
            }
            assert {item for item in told if item[2] != "beyond"} == expected
            for path in one.paths:
                _check_walk(problem, path, one.day, seen)
    assert min(seen[word] for word in ("six links", "same_as", "since reorganised")) >= enough(20)


def _check_walk(problem: Problem, path: Path, day: date, seen: Counter[str]) -> None:
    """Check that each step is a link that holds on the day that is told, and that no chain of its form is shorter."""
    if not path.organisations:
        return
    assert path.organisations[-1] == path.party
    assert (path.linked is None) == (not path.steps)
    linked = path.linked or day
    assert linked == day or (path.ended and linked == path.tie.end)
    for step, here, there in zip(path.steps, path.organisations, path.organisations[1:], strict=False):
        source, target = (here, there) if step.forward else (there, here)
        rows = links_on(problem, linked, step.kind)
        assert any((row.source, row.target) == (source, target) for row in rows)
    form = form_of(path)
    if form != "beyond":
        assert len(path.steps) == fewest_links(problem, path.organisations[0], path.party, form, linked)
    seen["six links"] += len(path.steps) >= 6
    seen["same_as"] += any(step.kind == "same_as" for step in path.steps)
    seen["since reorganised"] += linked != day


def test_the_order_of_rows_changes_no_evidence() -> None:
    for seed in seeds(40):
        problem = rich_problem(random.Random(f"strict {seed}"))
        links = list(problem.links)
        random.Random(seed).shuffle(links)
        turned = problem.replace(links=links)
        for person, meeting in product(problem.facilitators, problem.meetings):
            ask = person.facilitator, meeting.meeting
            assert assess(problem, *ask) == assess(turned, *ask)


@pytest.mark.slow
def test_the_draw_walks_every_link_in_every_direction_and_to_every_length() -> None:
    steps: Counter[tuple[str, bool]] = Counter()
    lengths: Counter[int] = Counter()
    notes: Counter[str] = Counter()
    for seed in seeds(60):
        problem = rich_problem(random.Random(f"strict {seed}"))
        for person, meeting in product(problem.facilitators, problem.meetings):
            for path in assess(problem, person.facilitator, meeting.meeting).paths:
                steps.update((step.kind, step.forward) for step in path.steps)
                lengths[len(path.steps)] += 1
                notes.update(word for word in ("raised", "ended", "waived") if getattr(path, word))
    kinds = ("controls", "unit_of", "funds", "affiliate", "joint_venture", "same_as")
    both_ways = {(kind, forward) for kind in kinds for forward in (True, False)}
    assert set(steps) == both_ways | {("member_of", True)}  # a membership is never walked back
    assert set(lengths) >= set(range(8))
    rare = (*(lengths[n] for n in range(8)), *(notes[word] for word in ("raised", "ended", "waived")))
    assert min(*steps.values(), *rare) >= 10


@pytest.mark.slow
def test_the_draw_has_who_is_unknown_independent_external_and_consents_under_another_id() -> None:
    seen: Counter[str] = Counter()
    for seed in seeds(240):
        problem = rich_problem(random.Random(f"strict {seed}"))
        for person, meeting in product(problem.facilitators, problem.meetings):
            one = assess(problem, person.facilitator, meeting.meeting)
            unknown = [path for path in one.paths if path.rule == "unknown-employer"]
            seen.update(f"unknown {path.degree.word}" for path in unknown)
            seen["independent"] += person.independent
            seen["external without employer"] += person.external and person.organisation is None
            assert not unknown or not (person.independent or person.external)
            seen["unknown on some days"] += bool(unknown) and bool(
                [tie for tie in problem.ties_of(person.facilitator) if tie.kind == "employee"]
            )
            exact = {(row.organisation, row.party) for row in problem.about(person.facilitator, "waivers")}
            for path in one.paths:
                must = consenting(problem, meeting.meeting)
                seen["consent under another id"] += path.waived and not all(
                    (path.organisations[0], party) in exact for party in must
                )
    words = ("neutral", "avoid", "disclose", "waivable")
    rare = ("independent", "external without employer", "unknown on some days", "consent under another id")
    assert min(seen[word] for word in (*(f"unknown {word}" for word in words), *rare)) >= 10, seen


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
