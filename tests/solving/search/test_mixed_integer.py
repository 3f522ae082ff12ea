"""HiGHS beside the others: what it says is read, what was reached has a price, and its process is ended."""

from __future__ import annotations

import itertools
import random
import sys
from pathlib import Path

import numpy as np
import pytest
from tests.rings import seeds
from tests.solving.candidate_features import land
from tests.solving.systems import keeps, random_system, system_of

from poolmatch.arrays import Ints
from poolmatch.errors import ModelMismatch
from poolmatch.solving.backends.highs import BOUND, HighsProcess
from poolmatch.solving.model.goal import Goal
from poolmatch.solving.model.incumbent import Incumbent
from poolmatch.solving.model.system import UNBOUNDED, Objective, System
from poolmatch.solving.running.budget import Budget
from poolmatch.solving.search.mixed_integer import MixedInteger, MixedIntegerParams, Priced
from poolmatch.solving.strategy import Outcome
from poolmatch.solving.task import Kept, Task

AT_ONCE = MixedIntegerParams(after=0.0)


@pytest.mark.parametrize(
    ("row", "bound"),
    [
        (
            "         0       0         0   0.00%   143.5           356               59.69%   0",
            143.5,
        ),
        (
            " C       0       0         0   0.00%   -12             0                 Large        9      3      0",
            -12.0,
        ),
        (
            " T     812      40       371  93.75%   5.25e+06        5300000            0.94%     1017     55   2188",
            5.25e6,
        ),
        (
            "         0       0         0   0.00%   -inf            inf                  inf        0      0      0",
            None,
        ),
        ("  Dual bound        0", None),
        ("MIP has 3471 rows; 5986 cols; 45724 nonzeros; 5986 integer variables (5656 binary)", None),
    ],
)
def test_a_row_of_the_log_says_what_is_proven(row: str, bound: float | None) -> None:
    found = BOUND.match(row)
    assert (None if found is None else float(found[1])) == bound


def rosters(system: System) -> list[Ints]:
    sides = [range(low, high + 1) for low, high in zip(*system.bounds, strict=True)]
    return [values for each in itertools.product(*sides) if keeps(system, values := np.array(each, np.int64))]


def drawn(seed: int) -> tuple[Task, System, list[Ints]]:
    """Return a task below an objective that stays at its best or a little worse, and its system without that row."""
    rng = random.Random(seed)
    system, count = random_system(rng)
    width, every = len(system.bounds[0]), rosters(system)

    def objective(tier: int) -> Objective:
        column = np.array(sorted(rng.sample(range(width), rng.randint(1, width))))
        weight = np.array([rng.choice([-9, -2, -1, 1, 3, 40]) for _ in column])
        return Objective(tier, 1, column, weight, rng.randint(-3, 3), rng.choice([1, 5]))

    first, second = objective(1), objective(2)
    most = min(map(first.value, every)) + rng.choice([0, 0, 2])
    kept = system.keeping(first, most)
    left = [values for values in every if first.value(values) <= most]
    features = land([0] * count, [(52.0, 5.0)] * count)
    above = (Kept(first, most),)
    rows = len(system.row_bounds[0])
    return Task(features, kept, second, second, left[0], above=above, rules_rows=rows), system, every


def test_what_is_proven_at_any_price_is_true_and_at_a_high_one_all_there_is() -> None:
    tight = 0
    for seed in seeds(200):
        task, system, every = drawn(seed)
        first = task.above[0]
        optimum = min(task.objective.value(one) for one in every if first.objective.value(one) <= first.most)
        for price in (2, 30, 1000):
            priced = Priced.of(task, price, 10**6)
            assert not priced.by_rows
            least = min(float(priced.cost @ one) for one in every)
            bound = priced.bound(task, least)
            assert bound is not None
            assert bound <= optimum
        tight += bound == optimum
        assert len(system.row_bounds[0]) == task.rules_rows
    assert tight > len(list(seeds(200))) / 2


def test_where_prices_would_be_too_high_rows_keep_what_was_reached() -> None:
    task, _, _ = drawn(0)
    assert Priced.of(task, 30, 29).by_rows
    assert Priced.of(task, 30, 29).reached == 0


def dear() -> Task:
    """What gains a point above costs 100 below, so that a price of 30 is too low; a second seat gains nothing."""
    system = system_of([0, 0], [1, 1], [(0, 0, 1), (0, 1, 1)], [-UNBOUNDED], [1], [])
    above = Objective(1, 1, np.array([0]), np.array([-1]), 0)
    below = Objective(2, 1, np.array([0, 1]), np.array([100, 1]), 0)
    hint = np.array([1, 0])
    features = land(range(2), [(52, 4), (52, 5)])
    kept = system.keeping(above, -1)
    return Task(features, kept, below, below, hint, above=(Kept(above, -1),), rules_rows=1)


def test_a_price_that_was_too_low_is_made_higher() -> None:
    task = dear()
    incumbent = Incumbent(task.objective, task.guide)
    outcome = MixedInteger(AT_ONCE).run(task, incumbent, Budget(30.0))
    assert outcome is Outcome.EXHAUSTED
    assert (incumbent.value, incumbent.bound) == (100, 100)
    assert incumbent.best.values.tolist() == [1, 0]
    assert incumbent.exact_bound < incumbent.bound  # floating-point numbers said so


def test_it_is_not_asked_where_the_others_are_done_or_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def started(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(HighsProcess, "__init__", started)
    task = dear()
    incumbent = Incumbent(task.objective, task.guide, 100)
    incumbent.offer(task.hint)
    strategy = MixedInteger(MixedIntegerParams(after=0.2))
    assert strategy.run(task, incumbent, Budget(30.0)) is Outcome.TIME_UP
    open_ = Incumbent(task.objective, task.guide)
    assert strategy.run(task, open_, Budget(0.1)) is Outcome.TIME_UP


def test_where_no_process_can_be_started_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(Path(__file__) / "nowhere"))
    task = dear()
    incumbent = Incumbent(task.objective, task.guide)
    assert MixedInteger(AT_ONCE).run(task, incumbent, Budget(30.0)) is Outcome.EXHAUSTED
    assert not incumbent.found


def test_a_process_is_ended_and_leaves_nothing() -> None:
    task = dear()
    program, _ = task.relaxation.program(task.relaxation.cost(task.objective), np.arange(task.width))
    process = HighsProcess(program, 30.0)
    folder, running = Path(process._folder.name), process._process
    assert folder.exists()
    process.end()
    assert running.poll() is not None
    assert not folder.exists()


def test_what_floating_point_numbers_proved_gives_way_to_a_roster() -> None:
    goal = Goal(Objective(2, 1, np.array([0]), np.array([1]), 0), 0, 3)
    goal.raise_bound(9, exact=False)
    goal.hold_against(9)
    assert goal.bound == 9
    goal.hold_against(8)
    assert goal.bound == 3
    goal.raise_bound(7)
    goal.hold_against(7)
    with pytest.raises(ModelMismatch, match="below the bound 7"):
        goal.hold_against(6)
