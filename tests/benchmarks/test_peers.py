"""What peers are given, how they go from tier to tier, and what they are held to."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from benchmarks.cases.registry import WEIGHTED, sized
from benchmarks.contenders.environments import HOME
from benchmarks.contenders.peers import cpsat, cpsat_whole
from benchmarks.contenders.peers.exchange import UNBOUNDED, Curve, Ints, Maker, Model, Note, Objective, Task
from benchmarks.contenders.registry import curve_of
from benchmarks.contenders.theirs import model_of
from benchmarks.measuring.processes import ROOT
from benchmarks.measuring.results import Point

from poolmatch import STANDARD_RULES, solve
from poolmatch.ruleset import RuleSet
from poolmatch.solving.prepared import Prepared


def goal(tier: float, *weights: int) -> Objective:
    """Minimise 100 + 5 × weights of the columns."""
    return Objective(tier, np.arange(len(weights)), np.array(weights, np.int64), 100, 5, 10)


def model(*objectives: Sequence[int]) -> Model:
    """Three columns of 0 or 1: the first excludes the second; at most two in all, as a row that names each twice."""
    return Model(
        lower=np.zeros(3, np.int64),
        upper=np.ones(3, np.int64),
        row=np.zeros(6, np.int64),
        column=np.array([0, 1, 2, 0, 1, 2]),
        factor=np.array([1, 1, 1, 2, 2, 2]),
        row_lower=np.array([-UNBOUNDED]),
        row_upper=np.array([6]),
        group=np.zeros(2, np.int64),
        member=np.array([0, 1]),
        objectives=tuple(goal(place, *weights) for place, weights in enumerate(objectives or [(-3, -2, -2)], 1)),
    )


def task(model: Model, seconds: float = 10) -> Task:
    return Task(model, time.time() + seconds, seed=1, workers=1)


class Answers:
    """A peer that gives one answer after the other, and notes what it was asked."""

    def __init__(self, *answers: Sequence[float] | None) -> None:
        self.answers = list(answers)
        self.starts: list[list[int] | None] = []
        self.kept: list[tuple[float, int]] = []

    def __call__(self, asked: Task) -> Answers:
        del asked
        return self

    def minimise(
        self, objective: Objective, start: Ints | None, note: Note
    ) -> np.ndarray[tuple[int], np.dtype[np.float64]] | None:
        self.starts.append(None if start is None else start.tolist())
        found = self.answers.pop(0)
        if found is None:
            return None
        note(float(objective.weight @ np.asarray(found)), None)
        return np.array(found, float)

    def keep(self, objective: Objective, most: int) -> None:
        self.kept.append((objective.tier, most))


# --- the model ---------------------------------------------------------------------------------------------


def test_a_model_file_holds_the_model(tmp_path: Path) -> None:
    model((-3, -2, -2), (0, 1, 1)).write(tmp_path / "model.npz")
    again = Model.read(tmp_path / "model.npz")
    first, second = again.objectives
    assert (first.tier, second.tier, second.constant, second.unit, second.scale) == (1, 2, 100, 5, 10)
    assert [again.cost(item).tolist() for item in again.objectives] == [[-3, -2, -2], [0, 1, 1]]
    assert again.factor.tolist() == model().factor.tolist()


def test_groups_become_rows_of_at_most_one_and_a_column_stands_in_a_row_once() -> None:
    (row, column, factor), (low, high) = model().as_rows()
    assert list(zip(row.tolist(), column.tolist(), factor.tolist(), strict=True)) == [
        (0, 0, 3),
        (0, 1, 3),
        (0, 2, 3),
        (1, 0, 1),
        (1, 1, 1),
    ]
    assert low.tolist() == [-np.inf, -np.inf]
    assert high.tolist() == [6, 1]


@pytest.mark.parametrize(("least", "bound"), [(-5.0, 75), (-4.9, 80), (-5.0 + 1e-8, 75), (-4.0 - 1e-8, 80)])
def test_bounds_are_rounded_up_but_for_what_floating_point_may_be_wrong_by(least: float, bound: int) -> None:
    assert goal(1, -3, -2, -2).bound(least, 1e-9) == bound


@pytest.mark.parametrize("rules", [STANDARD_RULES, WEIGHTED], ids=["tiers", "weighted"])
def test_the_model_is_the_one_that_poolmatch_solves(rules: RuleSet, tmp_path: Path) -> None:
    """Its optimum is that of `solve`, goal by goal."""
    problem = sized("teams", 4, 8, 2)(1)
    found = cpsat_whole.PEER.solve(task(model_of(Prepared.of(problem, rules, 1))), tmp_path, time.time())
    assert found is not None
    ends = {point.tier: (point.value, point.bound) for point in curve_of(tmp_path / "curve.jsonl")}
    result = solve(problem, rules, seed=1, workers=1)
    assert ends == {item.tier: (item.value, item.value) for item in result.goals}


# --- from tier to tier -------------------------------------------------------------------------------------


def test_what_a_tier_reached_is_kept_and_its_solution_is_the_start_of_the_next(tmp_path: Path) -> None:
    peer = Answers([1, 0, 0.9999999], [0, 1, 1])
    found = Maker(peer).solve(task(model((-3, -2, -2), (0, 1, -1))), tmp_path, time.time())
    assert peer.starts == [None, [1, 0, 1]]
    # The second answer is worse than the start, which stays.
    assert (peer.kept, found.tolist() if found is not None else None) == ([(1, -5), (2, -1)], [1, 0, 1])


def test_a_tier_that_nothing_changes_is_not_searched(tmp_path: Path) -> None:
    peer = Answers([1, 0, 1])
    Maker(peer).solve(task(model((-3, -2, -2), ())), tmp_path, time.time())
    assert curve_of(tmp_path / "curve.jsonl")[-1] == Point(pytest.approx(0, abs=5), 2, 100, 100)  # type: ignore[arg-type]


def test_when_time_is_up_or_nothing_is_found_the_last_solution_is_the_answer(tmp_path: Path) -> None:
    three = model((-3, -2, -2), (1, 0, 0), (0, 0, 1))
    peer = Answers([0, 1, 1], None)
    found = Maker(peer).solve(task(three), tmp_path, time.time())
    assert found is not None
    assert (found.tolist(), len(peer.starts)) == ([0, 1, 1], 2)
    assert Maker(Answers()).solve(task(three, seconds=0), tmp_path, time.time()) is None


def test_a_curve_holds_improvements_only(tmp_path: Path) -> None:
    curve = Curve(tmp_path / "curve.jsonl", time.time() - 7)
    curve.begin(goal(1, -3, -2, -2))
    curve.note(None, -7.0)
    curve.note(1e20, -1e20)  # how solvers write that there is none
    curve.note(-3.0, -6.5)
    curve.note(-2.0, -7.0)
    curve.note(-5.0, -5.2, proven=True)
    curve.begin(goal(2, 1))
    curve.note(1.0, 0.0)
    curve.close()
    found = curve_of(tmp_path / "curve.jsonl")
    assert [(item.tier, item.value, item.bound) for item in found] == [
        (1, None, 65),
        (1, 85, 70),
        (1, 75, 75),
        (2, 105, 100),
    ]
    assert all(7 <= item.seconds < 30 for item in found)  # from the moment that was given


# --- the solvers -------------------------------------------------------------------------------------------

# Columns 0 and 2 are best: 100 + 5 × (−3 − 2) = 75. Of equally good ones the second tier prefers the second column,
# and cannot have it.
TWO_TIERS = [(75, 75), (100, 100)]


@pytest.mark.parametrize("maker", [cpsat.PEER, cpsat_whole.PEER], ids=["as it comes", "set for it"])
def test_cpsat_keeps_one_tier_while_it_minimises_the_next(maker: Maker, tmp_path: Path) -> None:
    two = model((-3, -2, -2), (0, -1, 0))
    found = maker.solve(task(two), tmp_path, time.time())
    assert found is not None
    assert found.tolist() == [1, 0, 1]
    last = {point.tier: (point.value, point.bound) for point in curve_of(tmp_path / "curve.jsonl")}
    assert list(last.values()) == TWO_TIERS
    swapped = replace(two, objectives=two.objectives[::-1])
    again = maker.solve(task(swapped), tmp_path, time.time())
    assert again is not None
    assert again.tolist() == [0, 1, 1]


@pytest.mark.parametrize("name", ["highs", "scip"])
def test_other_solvers_do_so_too(name: str, tmp_path: Path) -> None:
    python = HOME / name / "bin" / "python"
    if not python.exists():
        pytest.skip(f"needs the environment of {name}, which python -m benchmarks makes")
    two = model((-3, -2, -2), (0, -1, 0))
    two.write(tmp_path / "model.npz")
    command = [str(python), "-m", f"benchmarks.contenders.peers.{name}", str(tmp_path / "model.npz")]
    command += ["--out", str(tmp_path)]
    subprocess.run([*command, "--ends", str(time.time() + 20)], check=True, cwd=ROOT)
    with np.load(tmp_path / "columns.npz") as file:
        assert file["values"].tolist() == [1, 0, 1]
    last = {point.tier: (point.value, point.bound) for point in curve_of(tmp_path / "curve.jsonl")}
    assert list(last.values()) == TWO_TIERS
