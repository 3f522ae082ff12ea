"""Measures the assessment of all pairs: ``python -m benchmarks.neutrality [people meetings organisations]``.

Promised: 3000 facilitators × 25000 meetings × 342 organisations within 20 s and 2 GiB on one core. The problem is read
before the clock starts; the tables of occasions are built within it.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from datetime import timedelta
from typing import Any

import numpy as np

from benchmarks.pools import pool
from poolmatch import Problem, assess
from poolmatch.arrays import Arrays
from poolmatch.neutrality import STRICT
from poolmatch.neutrality.table import degrees

KINDS = ("controls", "unit_of", "unit_of", "member_of", "member_of", "funds", "affiliate", "joint_venture")
TIES = ("director", "financial_interest", "former_employee", "family", "adviser", "resident")


def with_web(problem: Problem, seed: int) -> Problem:
    """Return the problem with a realistic web of links and ties: umbrellas with many members, some of it dated."""
    rng = random.Random(seed)
    names = [row.organisation for row in problem.organisations]
    umbrellas = names[:: max(1, len(names) // 12)]
    pairs = [(name, umbrella, "member_of") for name in names for umbrella in rng.sample(umbrellas, 2)]
    for _ in range(2 * len(names)):
        source, target = rng.sample(names, 2)
        pairs.append((source, target, rng.choice(KINDS)))
    first = problem.period.start
    links: dict[frozenset[str], dict[str, Any]] = {
        frozenset((row.source, row.target, row.kind)): row.model_dump() for row in problem.links
    }
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


def peak() -> float:
    """Return the most memory this process has held so far, in GiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def main() -> None:
    people, meetings, organisations = map(int, sys.argv[1:4] or (3000, 25000, 342))
    problem = with_web(pool(people, meetings, organisations, 1), 1)
    size = f"{len(problem.stakes)} stakes, {len(problem.links)} links, {len(problem.ties)} ties"
    print(f"{people} × {meetings} × {organisations}: {size}")
    before = peak()
    began = time.perf_counter()
    world = Arrays(problem)
    occasions = world.occasions
    built = time.perf_counter()
    counts = np.zeros(5, np.int64)
    for position in range(len(world.people)):
        counts += np.bincount(degrees(world.person(position), occasions, STRICT).degree, minlength=5)
    done = time.perf_counter()
    print(f"arrays {built - began:.1f} s, degrees of {counts.sum():,} pairs {done - built:.1f} s")
    print(f"pairs by degree, from neutral to blocked: {counts.tolist()}")
    print(f"peak {peak():.2f} GiB; {before:.2f} GiB when the problem had been read")
    rng = random.Random(2)
    began = time.perf_counter()
    for _ in range(200):
        assess(problem, rng.choice(problem.facilitators).facilitator, rng.choice(problem.meetings).meeting)
    print(f"assess: {(time.perf_counter() - began) / 200 * 1000:.2f} ms a pair")


if __name__ == "__main__":
    main()
