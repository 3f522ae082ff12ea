"""Measures the assessment of all pairs at national size: ``python -m benchmarks.neutrality [people meetings organisations]``.

Promised: 3000 facilitators × 25000 meetings × 342 organisations within 20 s and 2 GiB on one core. The problem is read
before the clock starts; the tables of occasions are built within it.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from datetime import date, timedelta

import numpy as np

from benchmarks.pools import pool
from poolmatch import Problem, assess
from poolmatch.arrays import Arrays
from poolmatch.neutrality import STRICT
from poolmatch.neutrality.table import degrees

KINDS = ("controls", "unit_of", "unit_of", "member_of", "member_of", "funds", "affiliate", "joint_venture")
TIES = ("director", "financial_interest", "former_employee", "family", "adviser", "resident", "resident")


def with_web(problem: Problem, seed: int) -> Problem:
    """Return the problem with a realistic web of links and ties: umbrellas with many members, some of it dated."""
    rng = random.Random(seed)
    names = [row.organisation for row in problem.organisations]
    umbrellas = names[:: max(1, len(names) // 12)]
    links = {(row.source, row.target, row.kind): row for row in problem.links}
    cells = [row.model_dump() for row in links.values()]
    for name in names:
        for umbrella in rng.sample(umbrellas, 2):
            if umbrella != name and (name, umbrella, "member_of") not in links:
                links[name, umbrella, "member_of"] = problem.links[0] if problem.links else None  # type: ignore[assignment]
                cells.append({"source": name, "target": umbrella, "kind": "member_of"})
    for _ in range(2 * len(names)):
        source, target = rng.sample(names, 2)
        kind = rng.choice(KINDS)
        if (source, target, kind) not in links and (target, source, kind) not in links:
            links[source, target, kind] = None  # type: ignore[assignment]
            start = problem.period.start + timedelta(days=rng.randrange(-900, 40))
            cells.append(
                {"source": source, "target": target, "kind": kind, "start": start if rng.random() < 0.3 else None}
            )
    ties = []
    for person in problem.facilitators:
        for kind in rng.sample(TIES[:6], rng.choice([0, 1, 1, 2])):
            ends = kind == "former_employee" or rng.random() < 0.3
            end = date(2026, 2, 28) - timedelta(days=rng.randrange(1500)) if ends else None
            ties.append(
                {"facilitator": person.facilitator, "kind": kind, "organisation": rng.choice(names), "end": end}
            )
    return problem.replace(links=cells, ties=ties)


def main() -> None:
    sizes = [int(word) for word in sys.argv[1:4]] or [3000, 25000, 342]
    problem = with_web(pool(*sizes, 1), 1)
    print(f"{sizes}: {len(problem.stakes)} stakes, {len(problem.links)} links, {len(problem.ties)} ties")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    began = time.perf_counter()
    world = Arrays(problem)
    occasions = world.occasions
    built = time.perf_counter()
    counts = np.zeros(5, np.int64)
    for position in range(len(world.people)):
        counts += np.bincount(degrees(world.person(position), occasions, STRICT).degree, minlength=5)
    done = time.perf_counter()
    print(
        f"arrays {built - began:.1f} s, degrees of {counts.sum():,} pairs {done - built:.1f} s, by degree {counts.tolist()}"
    )
    print(
        f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB, {before:.2f} GiB with the problem read"
    )
    rng = random.Random(2)
    began = time.perf_counter()
    for _ in range(200):
        assess(problem, rng.choice(problem.facilitators).facilitator, rng.choice(problem.meetings).meeting)
    print(f"assess: {(time.perf_counter() - began) / 200 * 1000:.2f} ms a pair")


if __name__ == "__main__":
    main()
