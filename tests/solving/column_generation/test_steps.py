"""Steps and cuts end, and change nothing where there was no time, or too much to look through."""

from __future__ import annotations

import random
import threading

import numpy as np
import pytest
from tests.solving.column_generation.drawn_systems import circle, two_people

from poolmatch.solving.backends.linear_program import Program, Solution, solve_lp
from poolmatch.solving.column_generation import master as module
from poolmatch.solving.column_generation.labelling import TooManyStates
from poolmatch.solving.column_generation.master import MasterParams
from poolmatch.solving.column_generation.pricer import Priced, Pricer
from poolmatch.solving.running.stopping import Stop


def test_without_time_nothing_changes() -> None:
    master = two_people().master(np.zeros(6, np.int64))
    before = master.bound, len(master.schedules)
    assert not master.step(-22, 0.0)
    assert (master.bound, len(master.schedules)) == before
    assert master.step(-22, 10.0)


def cut_short(program: Program, limit: float, stop: Stop | None) -> Solution | None:
    """Solve a program, but say that it was not solved to the end."""
    answer = solve_lp(program, limit, stop)
    return answer and Solution(answer.values, answer.duals, False)


def test_a_program_that_is_not_solved_to_the_end_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    master = two_people().master(np.zeros(6, np.int64))
    monkeypatch.setattr(module, "solve_lp", cut_short)
    assert not master.step(-22, 10.0)
    assert master.bound == -30


@pytest.mark.parametrize("unsolved", [None, 0, 1])
def test_cuts_come_in_only_when_both_programs_are_solved_to_the_end(
    unsolved: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three people want two of three seats each: the first program says what to cut, the second what that promises."""
    case, calls = circle(random.Random(1), 0), list[int]()
    master = case.master(case.rosters()[0][0])
    for _ in range(60):
        assert master.step(-100, 10.0)

    def solve(program: Program, limit: float, stop: Stop | None) -> Solution | None:
        calls.append(len(program.cost))
        return (cut_short if len(calls) - 1 == unsolved else solve_lp)(program, limit, stop)

    monkeypatch.setattr(module, "solve_lp", solve)
    assert master.cut(-100, 10.0) == (unsolved is None)
    assert len(calls) == (1 if unsolved == 0 else 2)
    assert len(master.cuts) == len(master.cut_duals) == (unsolved is None)


def test_a_stop_ends_it() -> None:
    case, event = two_people(alike=False), threading.Event()
    master = case.master(np.zeros(6, np.int64), stop=Stop(event))
    event.set()
    assert not master.step(-22, 10.0)
    assert master.within(0, 99) is None
    with pytest.raises(TooManyStates):
        case.master(np.zeros(6, np.int64), stop=Stop(event))


def test_prices_that_ask_for_too_much_prove_nothing_and_come_nearer(monkeypatch: pytest.MonkeyPatch) -> None:
    master = two_people().master(np.zeros(6, np.int64))
    before = master.bound
    boxes = list[float]()

    def too_many(*_: object) -> Priced:
        raise TooManyStates

    monkeypatch.setattr(Pricer, "price", too_many)
    for _ in range(3):
        assert master.step(-22, 10.0)
        boxes.append(master.stabilisation.width)
    assert boxes == sorted(boxes, reverse=True)
    assert boxes[0] > boxes[1] > boxes[2]
    assert master.bound == before
    assert master.within(0, 99) is None
    monkeypatch.undo()
    for _ in range(30):
        master.step(-22, 10.0)
    assert master.bound == -22


def test_more_schedules_than_may_be_are_none() -> None:
    master = two_people().master(np.zeros(6, np.int64))
    found = master.within(0, 99)
    assert found is not None
    assert len(found) == 6
    assert master.within(0, 5) is None


def test_steps_end() -> None:
    """Where nothing is gained, the box shrinks until it is small enough."""
    master = two_people().master(np.zeros(6, np.int64), params=MasterParams(lately=1000))
    steps = 0
    while not master.ended(-22):
        assert master.step(-22, 10.0)
        steps += 1
        assert steps < 200
    assert steps > 5
