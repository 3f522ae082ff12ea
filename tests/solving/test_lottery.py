"""An honest lottery: equal people have equal chances, and with one seed the same roster comes out, everywhere."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from itertools import permutations
from pathlib import Path

import pytest
from scipy.stats import chisquare
from tests.builders import meeting, problem
from tests.rings import seeds
from tests.solving.programmes import programme

from poolmatch import Problem, Result, Status, read, solve

SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "westerkwartier-2026-03"
CHANCE = 0.001
"""A fair lottery fails a test one time in so many; the seeds are fixed, so it is once and for all."""


def five_people() -> Problem:
    """Return five people who have everything in common, and two meetings on different days."""
    rows = [meeting("M1"), meeting("M2", "2026-03-12 19:30", "2026-03-12 21:30")]
    return problem(rows, [f"F{n}" for n in range(1, 6)])


def renamed(case: Problem, rng: random.Random) -> tuple[Problem, dict[str, str]]:
    """Return the problem with its people renamed, so that they sort otherwise, and all rows in another order."""
    fresh = [f"{letter} {row.facilitator}" for letter, row in zip("VWXYZ", case.facilitators, strict=True)]
    rng.shuffle(fresh)
    names = {row.facilitator: f"{rng.choice('abc')}{name}" for row, name in zip(case.facilitators, fresh, strict=True)}
    people = [row.model_copy(update={"facilitator": names[row.facilitator]}) for row in case.facilitators]
    tables = {
        name: rng.sample(rows, len(rows))
        for name, rows in (("organisations", case.organisations), ("meetings", case.meetings), ("seats", case.seats))
    }
    return case.replace(facilitators=rng.sample(people, 5), **tables), names


def holders(result: Result) -> tuple[str, str]:
    first, second = (result.roster.holder(name, "lead") for name in ("M1", "M2"))
    assert first is not None
    assert second is not None
    return first, second


def assert_uniform(drawn: Counter[str], kinds: int) -> None:
    assert len(drawn) == kinds, drawn
    assert chisquare(sorted(drawn.values())).pvalue > CHANCE, drawn


def assert_fair(pairs: Iterable[tuple[str, str]]) -> None:
    """Hold that each of five is as often at each meeting, and each pair of two as often together as any other."""
    drawn = list(pairs)
    for place in range(2):
        assert_uniform(Counter(pair[place] for pair in drawn), 5)
    assert_uniform(Counter(" ".join(pair) for pair in drawn), 20)


@pytest.mark.slow
def test_over_five_hundred_seeds_everyone_is_drawn_as_often() -> None:
    case = five_people()
    results = [solve(case, seed=seed, workers=1) for seed in range(500)]
    # The work is shared: with two meetings one person would have what costs more in tier 5.
    assert all(len(set(holders(result))) == 2 for result in results)
    assert {result.status for result in results} == {Status.OPTIMAL}
    assert len({tuple(tier.value for tier in result.tiers) for result in results}) == 1
    assert_fair(holders(result) for result in results)


@pytest.mark.slow
def test_whatever_people_are_called_and_wherever_they_stand() -> None:
    case = five_people()
    expected = [tier.value for tier in solve(case, workers=1).tiers]
    for world in range(2):
        other, names = renamed(case, random.Random(world))
        back = {new: old for old, new in names.items()}
        assert sorted(back) != [names[old] for old in sorted(names)]
        drawn = []
        for seed in range(1000 + 120 * world, 1120 + 120 * world):
            result = solve(other, seed=seed, workers=1)
            assert [tier.value for tier in result.tiers] == expected
            first, second = holders(result)
            drawn.append((back[first], back[second]))
        assert_fair(drawn)


def test_an_unfair_lottery_would_be_noticed() -> None:
    pairs = list(permutations(["F1", "F2", "F3", "F4", "F5"], 2))
    assert_fair(pairs * 50)
    with pytest.raises(AssertionError):
        assert_fair([pair for pair in pairs * 50 if "F5" not in pair])
    with pytest.raises(AssertionError):  # 280 times instead of 200
        assert_fair([*(pairs * 50), *(pair for pair in pairs * 20 if pair[0] == "F1")])
    ring = [("F1", "F2"), ("F2", "F3"), ("F3", "F4"), ("F4", "F5"), ("F5", "F1")]
    with pytest.raises(AssertionError):  # fair to each person, not to pairs
        assert_fair([*(pairs * 40), *(ring * 40)])


# --- what the lottery does not depend on ---------------------------------------------------------------------


def shuffled(case: Problem, rng: random.Random) -> Problem:
    tables = case.model_dump(exclude={"period", "schema_version"})
    return Problem(period=case.period, **{name: rng.sample(list(rows), len(rows)) for name, rows in tables.items()})


def told(result: Result) -> set[tuple[object, ...]]:
    return {(row.meeting, row.seat, row.facilitator, row.start) for row in result.roster.rows}


@pytest.mark.parametrize("seed", seeds(24))
def test_with_one_seed_the_order_of_rows_changes_nothing(seed: int) -> None:
    case = five_people() if seed < 4 else programme(seed, people=4, meetings=4, seats=2)
    results = [solve(item, seed=seed, deterministic=True) for item in (case, shuffled(case, random.Random(seed)))]
    assert told(results[0]) == told(results[1])
    assert results[0].tiers == results[1].tiers


def test_another_seed_draws_another_roster() -> None:
    drawn = {holders(solve(five_people(), seed=seed, deterministic=True)) for seed in range(8)}
    assert len(drawn) > 2


# --- across processes ----------------------------------------------------------------------------------------

SCRIPT = """
import json, sys
from pathlib import Path
from poolmatch import Problem, solve, write_roster
case, to, limit, seed = Problem.from_json(Path(sys.argv[1]).read_text("utf-8")), *sys.argv[2:]
result = solve(case, time_limit=float(limit), seed=int(seed), deterministic=True)
write_roster(result.roster, Path(to) / "roster.csv", case)
(Path(to) / "roster.json").write_text(result.roster.model_dump_json(), "utf-8")
data = result.to_dict()
del data["seconds"]
(Path(to) / "run.json").write_text(json.dumps(data), "utf-8")
(Path(to) / "report.json").write_text(result.report.to_json(), "utf-8")
"""


def run_apart(case: Path, folder: Path, limit: float, seed: int, hashes: str) -> dict[str, bytes]:
    """Solve in a process of its own, and return the files it wrote."""
    folder.mkdir()
    environment = os.environ | {"PYTHONHASHSEED": hashes}
    command = [sys.executable, "-c", SCRIPT, str(case), str(folder), str(limit), str(seed)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {path.name: path.read_bytes() for path in folder.iterdir()}


# In deterministic units: enough to prove the sample; too little to prove it, so that what was found by then counts.
@pytest.mark.slow
@pytest.mark.parametrize(("name", "limit"), [("sample", 3), ("sample", 0.05), ("programme", 3)])
def test_the_same_bytes_come_out_of_every_process(tmp_path: Path, name: str, limit: float) -> None:
    case = read(SAMPLE) if name == "sample" else programme(8, people=5, meetings=6, seats=3)
    path = tmp_path / "problem.json"
    path.write_text(case.to_json(), "utf-8")
    runs = [run_apart(path, tmp_path / hashes, limit, 7, hashes) for hashes in ("0", "4711")]
    assert sorted(runs[0]) == ["report.json", "roster.csv", "roster.json", "run.json"]
    assert runs[0] == runs[1]
    assert runs[0]["roster.csv"].count(b"\n") > len(case.meetings)
    if name == "sample":
        proven = b'"status": "OPTIMAL"' in runs[0]["run.json"]
        assert proven == (limit == 3)
