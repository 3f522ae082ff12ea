"""Measures the assessment of all pairs: ``python -m benchmarks.measuring.neutrality [people meetings organisations]``.

Promised: 3000 facilitators × 25000 meetings × 342 organisations within 20 s and 2 GiB on one core; and 20 × 20 with
4,000 links, everything with everything, within a second, paths and all. The problem is read before the clock starts;
the tables of occasions are built within it.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from datetime import date, timedelta
from typing import Any

import numpy as np

from benchmarks.cases.pools import pool
from poolmatch import Problem, assess
from poolmatch.arrays import Arrays
from poolmatch.neutrality import STRICT
from poolmatch.neutrality.table import degrees

KINDS = ("controls", "unit_of", "member_of", "funds", "affiliate", "joint_venture", "same_as")
ACROSS = ("funds", "affiliate", "joint_venture")
TIES = ("director", "financial_interest", "former_employee", "family", "adviser", "resident")
FAMILY = 8
"""Organisations in a group: a municipality with its departments and their teams, or a school group."""


def with_web(problem: Problem, seed: int) -> Problem:
    """Return the problem with a realistic web of links and ties: deep groups, umbrellas, some of it dated.

    Each family of organisations is one group, some of it six links deep; its top is a member of two umbrellas, and one
    organisation in three is linked to another family.
    """
    rng = random.Random(seed)
    names = [row.organisation for row in problem.organisations]
    families = [names[place : place + FAMILY] for place in range(0, len(names), FAMILY)]
    umbrellas = [family[0] for family in families[:: max(1, len(families) // 12)]]
    pairs = [(family[0], umbrella, "member_of") for family in families for umbrella in rng.sample(umbrellas, 2)]
    for family in families:
        for place, name in enumerate(family[1:]):
            above = family[max(0, place - rng.choice([0, 0, 0, 1, 3]))]
            pairs.append((name, above, "unit_of") if rng.random() < 0.7 else (above, name, "controls"))
    for _ in range(len(names) // 3):
        source, target = rng.sample(names, 2)
        pairs.append((source, target, rng.choice(ACROSS)))
    first = problem.period.start
    links: dict[frozenset[str], dict[str, Any]] = {}
    for source, target, kind in pairs:
        start = first + timedelta(days=rng.randrange(-900, 40)) if rng.random() < 0.3 else None
        if source != target:
            cells = {"source": source, "target": target, "kind": kind, "start": start}
            links.setdefault(frozenset((source, target, kind)), cells)
    ties = []
    for person in problem.facilitators:
        for kind in rng.sample(TIES, rng.choice([0, 1, 1, 2])):
            ends = kind == "former_employee" or rng.random() < 0.3
            end = first - timedelta(days=1 + rng.randrange(1500)) if ends else None
            ties.append(
                {"facilitator": person.facilitator, "kind": kind, "organisation": rng.choice(names), "end": end}
            )
    return problem.replace(links=list(links.values()), ties=ties)


def thicket(links: int, seed: int, people: int = 20, meetings: int = 20, organisations: int = 200) -> Problem:
    """Return a small pool in a web so thick that everything leads to everything, in every form; half of it is dated."""
    rng = random.Random(seed)
    start = date(2026, 3, 1)
    names = [f"O{n:03}" for n in range(organisations)]
    pairs = [(a, b, kind) for a in names for b in names for kind in KINDS if a != b]
    rows: list[dict[str, Any]] = []
    for source, target, kind in rng.sample(pairs, links):
        day = start + timedelta(days=rng.randrange(-400, 31)) if rng.random() < 0.5 else None
        rows.append({"source": source, "target": target, "kind": kind, rng.choice(["start", "end"]): day})
    ties = [
        {"facilitator": f"F{n}", "kind": kind, "organisation": rng.choice(names), "end": start - timedelta(days=40 * n)}
        for n in range(people)
        for kind in ("former_employee", "adviser")
    ]
    return Problem(
        period={"name": "thicket", "start": start, "end": "2026-03-31", "timezone": "Europe/Amsterdam"},
        organisations=[{"organisation": name, "name": name} for name in names],
        links=rows,
        facilitators=[
            {"facilitator": f"F{n}", "name": f"F{n}", "organisation": rng.choice(names)} for n in range(people)
        ],
        ties=ties,
        meetings=[
            {"meeting": f"M{n}", "start": f"2026-03-{n + 1:02} 10:00", "end": f"2026-03-{n + 1:02} 12:00"}
            for n in range(meetings)
        ],
        stakes=[
            {"meeting": f"M{n}", "organisation": name, "grade": grade}
            for n in range(meetings)
            for name, grade in zip(rng.sample(names, 3), ("decider", "contributor", "observer"), strict=True)
        ],
    )


def measure_thicket() -> None:
    problem = thicket(4000, 1)
    began = time.process_time()
    found = [
        assess(problem, person.facilitator, row.meeting) for person in problem.facilitators for row in problem.meetings
    ]
    assessed = time.process_time()
    world = Arrays(problem)
    for position in range(len(world.people)):
        degrees(world.person(position), world.occasions, STRICT)
    done = time.process_time()
    paths = sum(len(one.paths) for one in found)
    print(f"20 × 20 with {len(problem.links)} links: {len(found)} pairs, {paths} paths in {assessed - began:.2f} s,")
    print(f"their table in {done - assessed:.2f} s")


def peak() -> float:
    """Return the most memory this process has held so far, in GiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def main() -> None:
    people, meetings, organisations = map(int, sys.argv[1:4] or (3000, 25000, 342))
    problem = with_web(pool(people, meetings, organisations, 1), 1)
    size = f"{len(problem.stakes)} stakes, {len(problem.links)} links, {len(problem.ties)} ties"
    print(f"{people} × {meetings} × {organisations}: {size}")
    before = peak()
    began = time.process_time()
    world = Arrays(problem)
    occasions = world.occasions
    built = time.process_time()
    counts = np.zeros(5, np.int64)
    for position in range(len(world.people)):
        counts += np.bincount(degrees(world.person(position), occasions, STRICT).degree, minlength=5)
    done = time.process_time()
    print(f"arrays {built - began:.1f} s, degrees of {counts.sum():,} pairs {done - built:.1f} s")
    print(f"pairs by degree, from neutral to blocked: {counts.tolist()}")
    print(f"peak {peak():.2f} GiB; {before:.2f} GiB when the problem had been read")
    rng = random.Random(2)
    began = time.process_time()
    for _ in range(200):
        assess(problem, rng.choice(problem.facilitators).facilitator, rng.choice(problem.meetings).meeting)
    print(f"assess: {(time.process_time() - began) / 200 * 1000:.2f} ms a pair")
    measure_thicket()


if __name__ == "__main__":
    main()
