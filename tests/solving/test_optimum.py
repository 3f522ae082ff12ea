"""The optimum of random problems agrees with enumeration by the judge alone, and with an independent solver."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

import pytest
from tests.rings import chunks, seeds, seeds_of
from tests.solving.optima import CAPPED, STRICTER, best_by_enumeration, best_by_milp
from tests.solving.programmes import programme

from poolmatch import STANDARD_RULES, Problem, Status, solve
from poolmatch.checking import input_issues
from poolmatch.domain.meetings import Slot
from poolmatch.domain.roster import RosterRow
from poolmatch.testing import every_roster, random_problem

CHUNKS, PER_CHUNK = 14, 44
"""14 × 44 = 616 random problems in every run."""
PROGRAMME_CHUNKS, PER_PROGRAMME_CHUNK = 2, 80
"""And 2 × 80 = 160 with teams, series, slots and duties."""
PAST_CHUNKS, PER_PAST_CHUNK = 1, 60
"""And 60 of which a part lies before today."""


@pytest.mark.parametrize("chunk", chunks(CHUNKS))
def test_enumeration_finds_nothing_better(chunk: int) -> None:
    impossible = 0
    for seed in seeds_of(chunk, PER_CHUNK):
        problem = random_problem(random.Random(seed), people=3, meetings=3)
        rules = CAPPED if seed % 2 else STANDARD_RULES
        if any(issue.severity == "error" for issue in input_issues(problem, rules)):
            impossible += 1  # a pin that breaks a rule by itself
            problem = problem.replace(pins=())
        result = solve(problem, rules, seed=seed, workers=1)
        expected = best_by_enumeration(problem, rules)
        if expected is None:
            assert result.status is Status.INFEASIBLE
            continue
        assert result.status is Status.OPTIMAL, seed
        assert tuple(tier.value for tier in result.tiers) == expected, seed
        assert all(tier.bound == tier.value for tier in result.tiers)
    assert impossible < len(seeds_of(chunk, PER_CHUNK)) / 2


@pytest.mark.slow
@pytest.mark.parametrize("chunk", chunks(PAST_CHUNKS))
def test_enumeration_finds_nothing_better_where_a_part_is_past(chunk: int) -> None:
    found: Counter[str] = Counter()
    for seed in seeds_of(chunk, PER_PAST_CHUNK):
        shape = {"teams": True, "programme": True} if seed % 2 else {"teams": seed % 4 > 0}
        problem = random_problem(random.Random(seed), 2, 3, 1 + seed % 2, **shape, past=True)
        rules = CAPPED if seed % 3 else STANDARD_RULES
        if any(issue.severity == "error" for issue in input_issues(problem, rules)):
            problem = problem.replace(pins=(), spacing=())
        result = solve(problem, rules, seed=seed, workers=1)
        expected = best_by_enumeration(problem, rules)
        if expected is None:
            assert result.status is Status.INFEASIBLE
            continue
        assert tuple(tier.value for tier in result.tiers) == expected, seed
        assert all(tier.bound <= tier.value for tier in result.tiers)
        found["with a past"] += bool(problem.frozen)
        found["and something to come"] += 0 < len(problem.frozen) < len(problem.meetings)
    assert min(found.values()) > PER_PAST_CHUNK / 4


@pytest.mark.slow
@pytest.mark.parametrize("chunk", chunks(PROGRAMME_CHUNKS))
def test_enumeration_finds_nothing_better_for_programmes(chunk: int) -> None:
    seen: Counter[str] = Counter()
    for seed in seeds_of(chunk, PER_PROGRAMME_CHUNK):
        problem = programme(seed, 2, *((3, 1) if seed % 2 else (2, 2)), pins=seed % 3 == 0)
        rules = STANDARD_RULES if seed % 3 else STRICTER
        result = solve(problem, rules, seed=seed, workers=1)
        expected = best_by_enumeration(problem, rules)
        if expected is None:
            assert problem.pins
            assert result.status is Status.INFEASIBLE
            continue
        assert result.status is Status.OPTIMAL, seed
        assert tuple(tier.value for tier in result.tiers) == expected, seed
        assert all(tier.bound == tier.value for tier in result.tiers)
        quick = solve(problem, rules, seed=seed, time_limit=0)
        assert quick.report.legal or problem.pins, seed
        assert tuple(tier.value for tier in quick.tiers) >= expected or not quick.report.legal, seed
        held = [row for row in result.roster.rows if row.facilitator]
        seen["moved"] += any(len(slots) > 1 and row.start != slots[0].start for row, slots in with_slots(problem, held))
        seen["duties"] += any(problem.is_duty(row.meeting) for row in held)
        seen["together"] += len(held) > len({row.meeting for row in held})
        seen["series"] += len({row.meeting for row in held if problem.meeting(row.meeting).series}) > 1
    assert min(seen[what] for what in ("moved", "duties", "together", "series")) > 0, seen


def with_slots(problem: Problem, rows: Sequence[RosterRow]) -> list[tuple[RosterRow, tuple[Slot, ...]]]:
    return [(row, problem.slots_of(row.meeting)) for row in rows]


@pytest.mark.parametrize("seed", seeds(30))
def test_another_solver_agrees(seed: int) -> None:
    if seed < 40:
        problem = random_problem(random.Random(1000 + seed), people=8, meetings=12, pins=False)
    else:
        problem = programme(seed, people=5, meetings=6, seats=3)
    rules = STRICTER if seed % 2 else STANDARD_RULES
    result = solve(problem, rules, seed=seed, workers=1)
    assert result.status is Status.OPTIMAL
    assert tuple(tier.value for tier in result.tiers) == best_by_milp(problem, rules)


RENAMED = (
    *("facilitator", "first", "second", "meeting", "duty", "organisation", "source", "target", "seat", "party"),
    *("series", "theme", "region", "skill"),
)


def renamed_and_permuted(problem: Problem, rng: random.Random) -> Problem:
    """Return the same problem with other ids and its rows in another order."""
    names: dict[str, str] = {}
    fresh = [f"x{number:03}" for number in range(1000)]
    rng.shuffle(fresh)
    spare = iter(fresh)
    tables = problem.model_dump(exclude={"period", "schema_version"})
    for name, rows in tables.items():
        for row in rows:
            for column in (*RENAMED, "kind") if name == "duties" else RENAMED:
                if row.get(column) is not None:
                    row[column] = names.setdefault(row[column], next(spare))
            if "organisations" in row:
                row["organisations"] = [names.setdefault(party, next(spare)) for party in row["organisations"]]
    shuffled = {name: rng.sample(list(rows), len(rows)) for name, rows in tables.items()}
    return Problem(period=problem.period, **shuffled)


@pytest.mark.parametrize("seed", seeds(30))
def test_names_and_order_change_no_value(seed: int) -> None:
    if seed % 2:
        problem = random_problem(random.Random(2000 + seed), people=4, meetings=6, pins=False)
    else:
        problem = programme(seed, people=4, meetings=4, seats=2)
    other = renamed_and_permuted(problem, random.Random(seed))
    assert other.fingerprint != problem.fingerprint
    values = [[tier.value for tier in solve(item, workers=1).tiers] for item in (problem, other)]
    assert values[0] == values[1]


def test_many_equal_rosters_are_drawn_by_lot() -> None:
    """Four equal people and one meeting: the seed decides who goes, and in the long run everyone does."""
    people = [{"facilitator": f"F{n}", "name": f"F{n}", "organisation": "O"} for n in range(4)]
    problem = Problem(
        period={"name": "p", "start": "2026-03-01", "end": "2026-03-31", "timezone": "Europe/Amsterdam"},
        organisations=[{"organisation": name, "name": name} for name in "OP"],
        facilitators=people,
        meetings=[{"meeting": "M", "start": "2026-03-05 10:00", "end": "2026-03-05 12:00"}],
        stakes=[{"meeting": "M", "organisation": "P", "grade": "decider"}],
        seats=[{"meeting": "M", "seat": "lead", "role": "lead"}],
    )
    holders = [solve(problem, seed=seed, workers=1).roster.holder("M", "lead") for seed in range(24)]
    assert set(holders) == {"F0", "F1", "F2", "F3"}


def test_every_roster_counts_them_all() -> None:
    problem = random_problem(random.Random(3), people=3, meetings=3)
    rosters = list(every_roster(problem))
    assert len(rosters) == (len(problem.facilitators) + 1) ** len(problem.seats)
    assert len({tuple(row.facilitator for row in roster.rows) for roster in rosters}) == len(rosters)
