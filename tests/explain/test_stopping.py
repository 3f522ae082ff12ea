"""Stopping what takes long: what was found by then is returned, and says that it is not whole."""

import threading
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import pytest
from tests.builders import meeting, problem, roster

from poolmatch import bottlenecks, resilience

DAYS = [meeting(f"M{day}", f"2026-03-{day:02} 19:00", f"2026-03-{day:02} 21:00") for day in (5, 6, 9)]
CASE = problem(DAYS, ["F1", "F2", "F3"])
HELD = roster({"M5": "F1", "M6": "F2", "M9": "F3"})


def test_what_was_looked_at_before_a_stop_is_returned_and_the_rest_is_counted() -> None:
    stop = threading.Event()
    whole = resilience(CASE, HELD)
    assert (whole.whole, whole.left_out) == (True, 0)

    def after_two(done: int, _: int) -> None:
        if done == 2:
            stop.set()

    part = resilience(CASE, HELD, stop=stop, on_progress=after_two)
    assert [item.facilitators for item in part.facilitators] == [("F1",), ("F2",)]
    assert part.pairs == part.parties == ()
    assert not part.whole
    assert part.left_out == len(whole.mishaps) - 2
    assert part.words[-1].en == f"It was stopped before the end; not looked at: {part.left_out}."
    assert part.words[-1].nl == f"Het is voor het einde gestopt; niet bekeken: {part.left_out}."
    assert part.to_dict()["left_out"] == part.left_out
    assert all("stopped" not in words.en for words in whole.words)


@pytest.mark.parametrize("kind", ["threads", pytest.param("processes", marks=pytest.mark.slow)])
def test_a_stop_reaches_what_runs_on_an_executor(kind: str) -> None:
    stop = threading.Event()
    stop.set()
    executor: Executor = ThreadPoolExecutor(2) if kind == "threads" else ProcessPoolExecutor(2, get_context("spawn"))
    with executor:
        part = resilience(CASE, HELD, executor=executor, stop=stop, time_limit=60)
    assert not part.whole
    assert part.left_out + len(part.mishaps) == len(resilience(CASE, HELD).mishaps)


def test_bottlenecks_that_are_stopped_say_so() -> None:
    tight = problem(DAYS[:1], ["F1"], pins=(), requirements=[{"meeting": "M5", "skill": "deep", "level": 3}])
    stop = threading.Event()
    assert bottlenecks(tight, stop=stop).whole
    stop.set()
    answer = bottlenecks(tight, stop=stop)
    assert (answer.whole, answer.to_dict()["whole"]) == (False, False)
    assert (answer.one_more, answer.trainings) == ((), ())
    assert answer.words[-1].en == "It was stopped before the end: more may be wrong, and more may help."
